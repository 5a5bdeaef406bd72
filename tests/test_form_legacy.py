"""The table of indicators of 2018 and before in, figures with today's keys out."""

import pytest

from loaders.form.reading import read_form
from loaders.parsing import parse_file
from loaders.reading.pdf.reader import read_pdf
from loaders.reading.text.plain import read_text
from tests.form_documents import document, table
from tests.pdf_files import Sheet, pdf

ROWS = [
    ["统计指标", "单位", "统计数"],
    ["一、主动公开情况", "——", "——"],
    ["（一）主动公开政府信息数", "条", "120"],
    ["其中：主动公开规范性文件数", "条", "4"],
    ["制发规范性文件总数", "件", "5"],
    ["三、依申请公开情况", "——", "——"],
    ["（一）收到申请数", "件", "12"],
    ["1.当面申请数", "件", "7"],
    ["（二）申请办结数", "件", "11"],
    ["2.同意公开答复数", "件", "6"],
    ["3.同意部分公开答复数", "件", "2"],
    ["4.不同意公开答复数", "件", "3"],
    ["其中：涉及国家秘密", "件", "1"],
    ["涉及商业秘密", "件", "2"],
    ["四、行政复议数量", "件", "3"],
    ["（一）维持具体行政行为数", "件", "2"],
    ["（二）被依法纠错数", "件", "1"],
    ["（三）其他情形数", "件", "0"],
    ["五、行政诉讼数量", "件", "4"],
    ["（一）维持具体行政行为或者驳回原告诉讼请求数", "件", "3"],
    ["（二）被依法纠错数", "件", "1"],
]
EXPECTED = {
    "publication.normative.issued": 5,
    "applications.new.total": 12,
    "applications.total.total": 11,
    "applications.granted.total": 6,
    "applications.partial.total": 2,
    "applications.denied.secret.total": 1,
    "litigation.review.total": 3,
    "litigation.review.upheld": 2,
    "litigation.review.corrected": 1,
    "litigation.review.other": 0,
}


def values(form):
    return {key: figure.value for key, figure in form.figures.items()}


@pytest.mark.parametrize(
    "found",
    [
        document(table(ROWS)),
        read_text("\n".join("\t".join(row) for row in ROWS)),
        read_text("\n".join(cell for row in ROWS for cell in row)),
        read_text("\n".join(",".join(row) for row in ROWS)),
    ],
    ids=["table", "tabs", "one cell a line", "commas"],
)
def test_indicators_with_a_counterpart_are_read(found):
    form = read_form(found)
    assert form.edition == "legacy"
    assert values(form) == EXPECTED


def test_indicators_by_the_names_of_the_first_years():
    rows = [
        ["指标名称", "单位", "数量"],
        ["收到申请总数", "条", "9"],
        ["对申请的答复总数", "条", "8"],
        ["行政复议数", "件", "1"],
    ]
    expected = {"applications.new.total": 9, "applications.total.total": 8, "litigation.review.total": 1}
    assert values(read_form(document(table(rows)))) == expected


SAFETY = "危及国家安全、公共安全、经济安全和社会稳定"


@pytest.mark.parametrize(
    "written", [f"{SAFETY}          件      4", f"{SAFETY[:12]}      件      4\n{SAFETY[12:]}"], ids=["whole", "broken"]
)
def test_a_long_label_stands_before_its_figure_or_goes_on_below(written):
    rows = ["      ".join(row) for row in ROWS]
    form = read_form(read_text("\n".join([*rows[:14], written, *rows[14:]])))
    assert values(form) == EXPECTED | {"applications.denied.safety.total": 4}


def test_rows_of_a_page_that_end_with_a_figure_are_no_running_text():
    sheet = Sheet()
    for number, (label, unit, figure) in enumerate(ROWS):
        for text, x in zip((label.ljust(22, "　"), unit, figure), (60, 380, 500), strict=True):
            sheet.text(text, x, 60 + 16 * number)
    assert values(read_form(read_pdf(pdf(sheet)))) == EXPECTED


def test_a_blank_indicator_is_left_out():
    rows = [[*row[:2], ""] if "收到申请数" in row[0] else row for row in ROWS]
    assert "applications.new.total" not in values(read_form(document(table(rows))))


def test_a_table_of_something_else_is_no_form():
    assert read_form(document(table([["项目", "件", "3"], ["收到申请数", "件", "5"]]))).edition == "none"


def test_a_report_of_2018_without_a_table_leaves_no_figure_to_be_unsure_of():
    title = "平遥县水利局2018年政府信息公开工作年度报告"
    narrative = "2018年，我局按照条例的要求，通过政府网站主动公开政府信息120条，没有收到政府信息公开申请。"
    form = parse_file(f"{title}\n一、概述\n{narrative}\n".encode(), "report.txt").form
    assert (form.edition, form.figures, form.confidence) == ("legacy", {}, 1.0)


def test_a_blank_row_is_one_of_the_table_and_lawsuits_are_no_reconsiderations():
    """Below blank rows, what stands under the next heading with the same words is not that of the one before."""
    rows = [[label, unit, {"四、行政复议数量": "3"}.get(label, "")] for label, unit, _ in ROWS]
    rows[-1] = [*ROWS[-1][:2], "7"]
    assert values(read_form(document(table(rows)))) == {"litigation.review.total": 3}


NUMBERED = [[str(n), *row] if n else ["序号", *row] for n, row in enumerate(ROWS)]


@pytest.mark.parametrize("blank", [False, True])
def test_numbers_of_lines_are_no_figures_where_each_cell_has_a_line(blank):
    rows = [[*row[:3], "" if blank and row[1] == "制发规范性文件总数" else row[3].strip("—")] for row in NUMBERED]
    written = "\n".join(cell for row in rows for cell in row if cell.strip("—"))
    assert values(read_form(read_text(written))) == {
        key: value for key, value in EXPECTED.items() if not (blank and key == "publication.normative.issued")
    }


@pytest.mark.parametrize("step", [1, 3])
@pytest.mark.parametrize("as_text", [False, True])
def test_codes_of_indicators_are_no_figures(step, as_text):
    rows = [[label, unit, f"{step * n:02}" if n else "代码", figure] for n, (label, unit, figure) in enumerate(ROWS)]
    found = read_text("\n".join("\t".join(row) for row in rows)) if as_text else document(table(rows))
    assert values(read_form(found)) == EXPECTED


def test_indicators_by_the_names_of_a_city():
    rows = [["新增的行政规范性文件数", "件", "5"], ["申请总数", "件", "12"], ["对申请的答复总数", "件", "11"]]
    assert values(read_form(document(table(rows)))) == {
        "publication.normative.issued": 5,
        "applications.new.total": 12,
        "applications.total.total": 11,
    }


def test_a_long_label_behind_the_number_of_its_line_is_a_cell():
    long = ["99", "危及国家安全、公共安全、经济安全和社会稳定", "件", "26609"]
    written = "\n".join("    ".join(row) for row in [*NUMBERED[:14], long, *NUMBERED[14:]])
    expected = EXPECTED | {"applications.denied.safety.total": 26609}
    assert values(read_form(read_text(written))) == expected


def test_a_unit_behind_an_indicator_may_be_broken_over_lines():
    rows = [[f"{label}（单\n位：{unit}）", figure] for label, unit, figure in ROWS]
    assert values(read_form(document(table(rows)))) == EXPECTED


@pytest.mark.parametrize("unit", [True, False])
def test_indicators_side_by_side_are_read_the_left_half_first(unit):
    rows = [row if unit else [row[0], row[2]] for row in ROWS[1:]]
    half = (len(rows) + 1) // 2
    right = [*rows[half:], *[[""] * len(rows[0])] * (2 * half - len(rows))]
    sides = [[*one, *other] for one, other in zip(rows[:half], right, strict=True)]
    read = read_form(document(table([["统计指标", "统计数"] * 2, *sides], aligned=False)))
    assert {key: reading.value for key, reading in read.figures.items()} == EXPECTED
