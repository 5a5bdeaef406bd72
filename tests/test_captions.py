"""Tables whose captions, or whose sheets, name the year that they are of."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter

from loaders.parsing import parse_file
from tests.form_documents import applications, count, litigation, publication

TITLE = "云岭市水务局2023年政府信息公开工作年度报告"
PERIOD = "本报告数据的统计期限自2023年1月1日起至2023年12月31日止。"
OVERVIEW = ("一、总体情况", "全年举办政务公开培训三次，网站改版一次。")
SECTION = "四、政府信息公开行政复议、行政诉讼情况"
UPHELD = count("litigation", 0, 0)


def last_year(rows):
    """The rows with other figures."""
    return [[f"9{text}" if text.isdigit() else text for text in row] for row in rows]


def table(rows) -> str:
    if rows[-1][0].isdigit():  # litigation, whose headers reach over several columns
        spans = [[(rows[0][0], 1, 5), (rows[0][1], 1, 10)]]
        spans.append([*((text, 2, 1) for text in rows[1][:5]), *((text, 1, 5) for text in rows[1][5:])])
        spans += [[(text, 1, 1) for text in row] for row in rows[2:]]
    else:
        spans = [[(text, 1, 1) for text in row] for row in rows]
    lines = (
        "".join(f'<td rowspan="{down}" colspan="{right}">{text}</td>' for text, down, right in row) for row in spans
    )
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def page(*blocks) -> bytes:
    blocks = (PERIOD, *OVERVIEW, *blocks)
    written = "".join(f"<p>{each}</p>" if isinstance(each, str) else table(each) for each in blocks)
    return f"<meta charset=utf-8><body><h1>{TITLE}</h1>{written}</body>".encode()


def upheld(*blocks):
    return parse_file(page(*blocks), "a.html").form.figures["litigation.review.upheld"].value


CAPTIONS = [
    "附：2022年行政复议、行政诉讼情况",
    "表4 2022年度复议诉讼数据",
    "（2022年度）",
    "上年度",
    "附件2：上年数据",
    "（上期）",
    "二〇二二年诉讼统计表",
]


@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_lone_table_of_another_year_gives_no_figures(caption):
    report = parse_file(page(SECTION, caption, last_year(litigation())), "a.html")
    assert all(each.value is None for each in report.form.figures.values())
    assert any("与报告年度不同" in warning for warning in report.warnings)


def test_the_year_may_stand_in_the_first_row_of_the_table():
    data = page(SECTION, litigation())
    top = "<table><tr><td colspan=15>2022年度行政复议、行政诉讼情况</td></tr>"
    report = parse_file(data.replace(b"<table>", top.encode()), "a.html")
    assert all(each.value is None for each in report.form.figures.values())


@pytest.mark.parametrize("caption", CAPTIONS)
@pytest.mark.parametrize("last_first", [False, True])
def test_of_two_tables_that_of_the_report_is_read(caption, last_first):
    pairs = [("2023年度复议诉讼情况", litigation()), (caption, last_year(litigation()))]
    if last_first:
        pairs.reverse()
    assert upheld(SECTION, *pairs[0], *pairs[1]) == UPHELD


@pytest.mark.parametrize(
    "line",
    [
        "2023年度行政复议、行政诉讼情况",
        "本年度",
        "按照2022年格式填报的情况",
        "制表日期：2022年12月",
        "与2022年相比情况",
        "2021年和2022年情况",
        "2022年收到申请30件，公开情况如下",
        "四、2022年政府信息公开行政复议、行政诉讼情况",
        TITLE.replace("2023", "2022"),
    ],
)
def test_other_lines_above_a_table_say_nothing_of_its_year(line):
    assert upheld(SECTION, line, litigation()) == UPHELD


def test_a_caption_reaches_no_further_than_a_sentence_or_a_heading():
    assert upheld("附：2022年公开情况", [["渠道", "条数"], ["网站", "9"]], SECTION, litigation()) == UPHELD
    assert upheld("附：2022年公开情况", "以上数据由各科室提供。", litigation()) == UPHELD


def test_captions_of_one_other_year_over_the_whole_form_are_a_slip():
    blocks = [publication(), applications(), litigation()]
    names = ["主动公开情况", "依申请公开情况", "复议诉讼情况"]
    captioned = [each for name, rows in zip(names, blocks, strict=True) for each in (f"2022年{name}", rows)]
    report = parse_file(page(*captioned), "a.html")
    assert all(each.value is not None for each in report.form.figures.values())


def test_cells_on_lines_of_their_own_below_a_caption_are_of_its_year():
    cells = [text for row in applications() for text in row]
    lines = [TITLE, PERIOD, *OVERVIEW, "三、收到和处理政府信息公开申请情况", "2022年度", *cells, SECTION]
    report = parse_file("\n".join(lines).encode(), "a.txt")
    assert all(each.value is None for each in report.form.figures.values())


def test_a_table_in_one_line_below_a_caption_is_of_its_year():
    header = "".join(text for row in litigation()[:3] for text in row)
    this, last = f"{header} {' '.join('210030021031004')}", f"{header} {' '.join('999999999999999')}"
    blocks = ("附：2022年复议诉讼情况", last, "二、主动公开政府信息情况", publication(), SECTION)
    assert upheld(*blocks, this) == 2
    assert upheld(*blocks, "无。") is None


@pytest.mark.parametrize("last_first", [False, True])
def test_lines_of_words_below_a_caption_are_of_its_year(last_first):
    """As a text writes tables whose lines have a space between cells."""
    rows = litigation()
    shifted = [*rows[:-1], ["", *rows[-1][1:]]]  # the figure that is missing is not last year's
    this, last = ("\n".join(" ".join(row) for row in each) for each in (shifted, last_year(rows)))
    written = [f"附：2022年情况\n{last}", f"2023年情况\n{this}"][:: 1 if last_first else -1]
    text = "\n".join([TITLE, PERIOD, *OVERVIEW, SECTION, *written])
    read = parse_file(text.encode(), "a.txt").form.figures
    assert {read[f"litigation.{group}.upheld"].value for group in ("review", "direct", "after_review")} <= {
        None,
        *(count("litigation", group, 0) for group in range(3)),
    }


def test_labels_broken_over_lines_are_no_captions():
    rows = publication("2019")
    cells = [part for row in rows for text in row for part in text.replace("上一年", "上一年\n").split("\n")]
    lines = [TITLE.replace("2023", "2020"), *OVERVIEW, "二、主动公开政府信息情况", *cells, SECTION]
    report = parse_file("\n".join(lines).encode(), "a.txt")
    assert report.form.figures["publication.licensing.decisions"].value == 9
    assert report.form.figures["publication.rules.made"].value == 7


def test_figures_that_look_like_years_are_none():
    cells = [text for row in applications(figures={"granted": ["2009", *["0"] * 5, "2009"]}) for text in row]
    lines = [TITLE, PERIOD, *OVERVIEW, "三、收到和处理政府信息公开申请情况", *cells, SECTION]
    report = parse_file("\n".join(lines).encode(), "a.txt")
    assert report.form.figures["applications.granted.person"].value == 2009


def workbook(sheets) -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("this", "last"), [("2023年", "2022年"), ("依申请2023", "依申请2022"), ("本年", "上年"), ("Sheet1", "Sheet2")]
)
@pytest.mark.parametrize("last_first", [False, True])
def test_sheets_of_earlier_years_are_left_out(this, last, last_first):
    sheets = [
        (this, [[TITLE], *applications()]),
        (last, [[TITLE.replace("2023", "2022")], *last_year(applications())]),
    ]
    report = parse_file(workbook(sheets[::-1] if last_first else sheets), "a.xlsx")
    assert report.identity.year == 2023
    assert report.form.figures["applications.new.person"].value == count("applications", 0, 0)
    assert "工作簿中另有以前年度的工作表，未读取" in report.warnings


def test_a_sheet_without_the_form_is_of_no_later_year():
    sheets = [("2023年", [[TITLE], *applications()]), ("2024年计划", [["培训", 3]])]
    report = parse_file(workbook(sheets), "a.xlsx")
    assert report.form.figures["applications.new.person"].value == count("applications", 0, 0)
