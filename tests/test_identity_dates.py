"""Of which year a report is, and when it was published."""

from __future__ import annotations

from datetime import date

import pytest

from loaders.identity.identifying import identify
from loaders.reading.text.plain import read_text
from tests.identity_snippets import PERIOD, Snippet, titled

_OF_SCHOOLS = "根据《高等学校信息公开办法》和《青禾大学信息公开实施细则》，"


@pytest.mark.parametrize(
    ("snippet", "year", "warned"),
    [
        (titled("新县司法局2023年政府信息公开工作年度报告"), 2023, False),
        (Snippet(head=["新县司法局二〇二三年政府信息公开工作年度报告"]), 2023, False),
        (Snippet(head=["新县司法局政府信息公开年报", "统计期限自 2023 年 1 月 1 日起至 12 月 31 日止。"]), 2023, False),
        (Snippet(head=["新县司法局2022年政府信息公开年报", PERIOD], tail=["2024年1月3日"]), 2023, True),
        (
            Snippet(head=["新县司法局2023年政府信息公开年报", PERIOD.replace("2023", "2022")], tail=["2024年1月3日"]),
            2023,
            True,
        ),
        (Snippet(head=["新县司法局政府信息公开年报"], path="年报/2023年/x.txt"), 2023, False),
        (Snippet(head=["新县司法局政府信息公开年报"], body=["无。"], tail=["新县司法局", "2024年1月3日"]), 2023, False),
    ],
)
def test_the_year_rests_on_period_title_text_and_date(snippet: Snippet, year: int, warned: bool) -> None:
    found = snippet.read()
    assert found.year == year
    assert any("不一致" in warning for warning in found.warnings) == warned


def test_a_year_that_is_only_looked_back_to_is_not_taken() -> None:
    found = Snippet(head=["新县司法局政府信息公开年报"], body=["没有收到申请，2021年收到2件。"]).read()
    assert found.year is None
    assert "未找到报告年度" in found.warnings


@pytest.mark.parametrize(
    ("snippet", "when"),
    [
        (titled("新县司法局2023年政府信息公开年报", tail=["新县司法局", "2024年1月11日"]), date(2024, 1, 11)),
        (titled("新县司法局2023年政府信息公开年报", tail=["新县司法局  二〇二四年一月二十一日"]), date(2024, 1, 21)),
        (titled("新县司法局2023年政府信息公开年报", tail=["2024.1.9"]), date(2024, 1, 9)),
        (titled("新县司法局2023年政府信息公开年报", page=["发布日期：2024-01-17 来源：新县司法局"]), date(2024, 1, 17)),
        (titled("新县司法局2023年政府信息公开年报", page=["成文日期", "2024年01月18日"]), date(2024, 1, 18)),
        (
            titled("新县司法局2023年政府信息公开年报", page=["更新时间：2025-09-22 18:44 发布时间：2024-01-17 15:33"]),
            date(2024, 1, 17),
        ),
        (Snippet(head=["新县司法局2023年政府信息公开年报", "（2024年1月6日）", PERIOD]), date(2024, 1, 6)),
        (titled("新县司法局2023年政府信息公开年报", tail=["2024年2月30日"]), None),
        (titled("新县司法局2023年政府信息公开年报"), None),
    ],
)
def test_publication_dates(snippet: Snippet, when: date | None) -> None:
    found = snippet.read()
    assert found.published_on == when
    assert found.year == 2023


def test_an_implausible_date_is_a_warning_and_gives_way_to_a_plausible_one() -> None:
    title = "新县司法局2023年政府信息公开年报"
    alone = titled(title, tail=["2023年1月11日"]).read()
    assert (alone.published_on, alone.year) == (date(2023, 1, 11), 2023)
    assert any("落款日期2023-01-11" in warning for warning in alone.warnings)
    better = titled(title, tail=["2023年1月11日"], page=["发布日期：2024-01-12"]).read()
    assert better.published_on == date(2024, 1, 12)


@pytest.mark.parametrize(
    ("head", "issuer", "year"),
    [
        (["新疆大学2021-2022学年信息公开工作报告", _OF_SCHOOLS], "新疆大学", 2022),
        ([_OF_SCHOOLS + "由青禾大学党政办公室牵头编制，统计期限为2020年9月1日至2021年8月31日。"], "青禾大学", 2021),
        (["我校2021—2022学年度信息公开工作报告", "根据《高等学校信息公开办法》编制。"], "", 2022),
        ([_OF_SCHOOLS.replace("青禾大学", "本校") + "现将学院2022-2023学年信息公开工作报告如下。"], "", 2023),
    ],
)
def test_schools_report_on_the_school_year_that_ends(head: list[str], issuer: str, year: int) -> None:
    found = Snippet(head=head, body=["学校信息公开网站更新发布信息164项。"]).read()
    assert (found.issuer, found.year) == (issuer, year)


def test_a_year_named_far_more_often_than_another_is_the_report_s() -> None:
    body = ["公开情况 2023年我单位安排专人负责，相较于2022年各方面都更加充实。全县2023年公开62条，2023年新收申请2件。"]
    assert Snippet(head=[], body=body).read().year == 2023


def test_figures_up_to_the_end_of_december_tell_the_year() -> None:
    body = ["截止2023年12月31日我局通过官方网站发布政务类信息34条。", "本年度共受理申请2件。"]
    assert Snippet(head=[], body=body).read().year == 2023


@pytest.mark.parametrize(
    "line",
    [
        "发布时间:2024-01-16 17:29 来源:青禾县水务局 字号:[大 中 小]",
        "发布日期：2024年1月16日 浏览次数：20",
        "2024年01月16日 (点击: )",
    ],
)
def test_the_date_line_of_a_page_is_read_with_what_stands_around_it(line):
    text = f"固阳县水务局2023年政府信息公开工作年度报告\n{line}\n一、总体情况\n2023年，固阳县水务局公开信息30条。"
    identity = identify(read_text(text), [], "a.txt")
    assert str(identity.published_on) == "2024-01-16"


def test_bars_around_every_line_hide_neither_title_nor_signature_nor_date() -> None:
    lines = [
        "新县教育局2023年政府信息公开工作年度报告",
        PERIOD,
        "一、总体情况",
        "2023年公开信息12条。",
        "新县教育局",
        "2024年1月9日",
    ]
    found = identify(read_text("\n".join(f"{line} | ||||||" for line in lines)), [], "a.txt")
    assert (found.title, found.issuer, found.region_code) == (lines[0], "新县教育局", "411523")
    assert (found.year, found.published_on) == (2023, date(2024, 1, 9))


def test_a_date_in_the_table_of_properties_is_that_of_publication() -> None:
    properties = "| 索引号 | 411523-2025 |\n|---|---|\n| 公开日期: | 2025-01-15 |\n"
    text = f"{properties}\n新县教育局2024年政府信息公开工作年度报告\n\n一、总体情况\n\n2024年公开信息12条。\n"
    assert identify(read_text(text), [], "a.txt").published_on == date(2025, 1, 15)


def test_a_year_that_only_the_running_text_names_counts_if_it_names_it_again_and_no_other() -> None:
    again = Snippet(body=["全局各科室在2023年公开信息12条。", "机关各科室在2023年收到申请3件。"])
    assert again.read().year == 2023
    other = Snippet(body=["全局各科室在2023年公开信息12条。", "机关各科室在2022年收到申请3件。"])
    assert other.read().year is None


def test_the_date_is_found_amid_properties_in_one_line():
    line = "体裁分类：政府信息公开年报     主题分类：教育     发布时间： 2022-01-27      发布机构：临西县教育局"
    text = f"临西县教育局2021年政府信息公开工作年度报告\n\n{line}\n\n一、总体情况\n公开信息12条。"
    assert identify(read_text(text), [], "a.txt").published_on == date(2022, 1, 27)


def test_the_year_that_a_report_without_title_announces_outweighs_a_period_left_over():
    said = "我局编制了2021年政府信息公开年度报告。统计期限自2020年1月1日起至2020年12月31日止。"
    assert Snippet(head=[said], body=["2021年，我局公开信息12条。"]).read().year == 2021


def test_the_year_that_opens_a_paragraph_behind_its_heading_is_the_year():
    lines = ["(一)主动公开信息情况。2019年,市审计局公开信息12条。", "公开2018年决算和2019年预算。"]
    assert Snippet(head=[], body=lines).read().year == 2019


def test_the_date_above_a_list_of_attachments_is_that_of_publication():
    signed = ["新县财政局", "2024年1月20日", "附件：1.新县主动公开目录（2023年版）", "2.健身步道公示表"]
    found = Snippet(head=["新县财政局2023年政府信息公开工作年度报告", PERIOD], tail=signed).read()
    assert found.published_on == date(2024, 1, 20)


def test_the_first_day_of_a_period_is_no_date_of_publication():
    opening = "2023年1月1日至12月31日，我局围绕财政预决算、政府采购等重点工作，扎实推进政府信息公开。"
    found = Snippet(head=["新县财政局2023年政府信息公开工作年度报告", opening]).read()
    assert found.published_on is None


def test_the_day_that_the_figures_were_settled_is_no_date_of_publication():
    settled = "本报告按照规定格式编制，由新县财政局办公室汇总，各项数据的核定时间点为2023年12月31日。"
    head = ["新县财政局2023年政府信息公开工作年度报告", settled]
    assert Snippet(head=head).read().published_on is None
    run_on = f"时间：2024-01-18 点击数：9 {settled}"
    assert Snippet(head=[head[0], run_on]).read().published_on == date(2024, 1, 18)


def test_a_site_that_says_when_it_published_is_dated_by_that():
    title = "新县财政局2023年政府信息公开工作年度报告"
    page = Snippet(head=[title, PERIOD], page=["成文日期：2024-01-10", "发布日期：2024-01-25"]).read()
    assert page.published_on == date(2024, 1, 25)
    one_line = Snippet(head=[title, PERIOD], page=["成文日期：2024-01-10发布日期：2024-01-25"]).read()
    assert one_line.published_on == date(2024, 1, 25)


def test_the_line_below_a_title_may_name_the_day_and_the_office():
    head = ["新县政府信息公开工作2023年度报告", "2024-01-26   新县人民政府办公室", PERIOD]
    assert Snippet(head=head).read().published_on == date(2024, 1, 26)


def test_a_report_signed_on_the_last_day_of_its_year_was_published_later():
    cells = "作者：本站 | 来源：本站 | 时间：2024-01-18 点击数：9"
    title, end = "2023年新县白石镇政府信息公开工作年度报告", "新县人民政府\n2023年12月31日"
    text = f"{title}\n{cells}\n{PERIOD}\n一、总体情况\n公开信息22条。\n{end}"
    assert identify(read_text(text), [], "a.txt").published_on == date(2024, 1, 18)


@pytest.mark.parametrize("line", ["2024-01-26 10:06", "2024-01-2610:06", "2024年1月26日 10时06分"])
def test_a_day_with_a_clock_on_a_line_of_its_own_is_that_of_publication(line):
    head = ["新县林业局2023年政府信息公开工作年度报告", line, PERIOD]
    assert Snippet(head=head).read().published_on == date(2024, 1, 26)


def test_a_day_with_a_clock_in_a_row_of_its_own_cells_is_that_of_publication():
    row = "2024年01月26日17:47 | 某发展门户网 www.example.cn | 给编辑写信"
    text = f"新县林业局2023年政府信息公开工作报告/全文\n{row}\n{PERIOD}\n一、总体情况\n公开信息22条。\n"
    read = identify(read_text(text), [], "a.txt")
    assert (read.issuer, read.published_on) == ("新县林业局", date(2024, 1, 26))
