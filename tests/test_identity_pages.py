"""Titles and names amid the page around them, and text that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document import Document, Paragraph
from loaders.identity.identifying import identify
from loaders.reading.text.plain import read_text
from loaders.report import SectionReading
from loaders.vocabulary import ISSUER_KINDS
from tests.identity_snippets import PERIOD, Snippet


def test_the_title_may_open_the_first_sentence() -> None:
    found = Snippet(head=["2023年丽水市政府信息公开工作年度报告根据条例编制并向社会公布。" + PERIOD]).read()
    assert (found.issuer, found.region_code) == ("丽水市人民政府", "331100")


def test_a_title_runs_on_into_a_report_that_is_one_paragraph() -> None:
    text = "新县水利局 2023年度政府信息公开工作年度报告 2023年，区水利局秉承公开透明、服务为民的原则，做好公开。"
    found = Snippet(head=[text]).read()
    assert (found.issuer, found.year, found.title) == (
        "新县水利局",
        2023,
        "新县水利局2023年度政府信息公开工作年度报告",
    )


def test_an_empty_document_is_no_error() -> None:
    found = identify(Document("text", []), [], "")
    assert (found.issuer, found.region_code, found.year) == ("", "", None)
    assert found.confidence <= 0.2


@given(st.lists(st.text(max_size=60), max_size=12), st.text(max_size=40))
def test_any_text_is_read_without_an_error(lines: list[str], path: str) -> None:
    document = Document("text", [Paragraph(line) for line in lines], [Paragraph(line) for line in lines[:3]])
    found = identify(document, [SectionReading(1, "", "\n".join(lines))], path)
    assert found.issuer_kind in ISSUER_KINDS
    assert 0 <= found.confidence <= 1


@given(
    st.lists(
        st.sampled_from(
            [
                "新县",
                "河南省",
                "教育局",
                "镇",
                "街道办事处",
                "人民政府",
                "2023年",
                "政府信息公开",
                "年度报告",
                "（",
                "：",
                "分局",
                "开发区",
                "12月31日",
            ]
        ),
        max_size=14,
    )
)
def test_any_order_of_the_usual_words_is_read_without_an_error(words: list[str]) -> None:
    found = Snippet(head=["".join(words)], tail=["".join(reversed(words))], path="".join(words)).read()
    assert found.region_code == "" or len(found.region_code) == 6


def test_the_buttons_of_a_site_are_no_part_of_a_name():
    text = (
        "登录    注册\n无障碍浏览\n应急管理局2023年政府信息公开工作年度报告\n一、总体情况\n固阳县应急管理局公开30条。"
    )
    assert identify(read_text(text), [], "a.txt").issuer == "固阳县应急管理局"


@pytest.mark.parametrize("stamp", ["11/28/26, 7:39 PM", "2026/11/28 19:39", "2026/11/28 下午7:39:01"])
def test_when_a_browser_printed_the_page_is_no_part_of_a_name(stamp: str) -> None:
    title = "罗庄区民政局2020年度政府信息公开工作报告"
    found = identify(read_text(f"{stamp}     {title}\n一、总体情况\n无。\n罗庄区民政局\n2021年1月20日"), [], "a.txt")
    assert (found.issuer, found.title) == ("罗庄区民政局", title)


@pytest.mark.parametrize("above", ["新县教育局政府信息公开专栏", "正文"])
def test_the_name_of_a_column_over_the_title_is_no_part_of_it(above: str) -> None:
    lines = [above, "2023年新县教育局政府信息公开工作年度报告"]
    found = identify(read_text("\n".join([*lines, "一、总体情况", "2023年公开信息12条。"])), [], "a.txt")
    assert found.title == lines[1]


def test_a_menu_above_the_title_is_no_part_of_it():
    title = "2023年怀柔区市场监督管理局政府信息公开工作年度报告"
    menu = ["首页", "政务公开", "政务服务", "互动交流", "走进沙依巴克区"]
    found = Snippet(head=[*menu, title, PERIOD]).read()
    assert (found.title, found.issuer) == (title, "怀柔区市场监督管理局")


def test_our_banners_report_is_not_that_of_the_office_which_put_it_on_the_page():
    said = "现向社会公布我旗2023年度信息公开年度报告。"
    read = Snippet(head=[said, PERIOD], page=["发布机构：政府办公室"], body=["乌拉特前旗政府网站公开信息12条。"]).read()
    assert (read.issuer, read.issuer_kind) == ("乌拉特前旗人民政府", "government")


@pytest.mark.parametrize(
    ("above", "title", "issuer"),
    [
        ("东街街道", "东街街道办事处2023年政府信息公开工作年度报告", "东街街道办事处"),
        ("请输入搜索内容", "新县教育局2023年政府信息公开工作年度报告", "新县教育局"),
        ("信阳市新县", "教育局2023年政府信息公开工作年度报告", "信阳市新县教育局"),
    ],
)
def test_lines_of_the_page_above_a_whole_title_are_no_part_of_it(above, title, issuer):
    assert Snippet(head=[above, title, PERIOD]).read().issuer == issuer


def test_a_title_takes_nothing_from_a_heading_or_a_viewer():
    assert Snippet(head=["行政事业性收费 96171.6", "三、收到和处理政府信息公开申请情况"]).read().issuer == ""
    paged = Snippet(head=["Page 8 - 威海市文登区信访局2022年政府信息公开工作年度报告", "P. 8"]).read()
    assert (paged.title[:4], paged.issuer) == ("威海市文", "威海市文登区信访局")
    listed = Snippet(head=["乌拉特中旗巴音乌兰苏木2021年政府信息公开工作年度报告.docx"]).read()
    assert (listed.year, listed.township) == (2021, "巴音乌兰苏木")


def test_a_cell_that_holds_label_and_title_names_the_author():
    table = "|||\n名 称: 陵水黎族自治县人民政府2019政府信息公开工作年度报告 | |||\n|\n"
    text = "我县编制了2019年政府信息公开工作年度报告。\n一、总体情况\n公开信息12条。\n"
    read = identify(read_text(f"|\n{table}{text}"), [], "a.txt")
    assert (read.issuer, read.region_code) == ("陵水黎族自治县人民政府", "469028")
