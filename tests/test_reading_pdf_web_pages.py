"""Web pages printed to PDF: letter-spaced type, pages made smaller, cells painted as areas, what a browser adds."""

from __future__ import annotations

from itertools import pairwise

import pytest

from loaders.document import UNSURE
from loaders.reading.pdf.reader import read_pdf
from tests.pdf_files import Sheet, pdf
from tests.test_reading_pdf import rows, table, texts

XS = (60, 200, 260, 320, 380)
ROWS = (
    ("信访举报投诉类申请", "1234", "56", "0", "5678件"),
    ("要求提供公开出版物", "10", "19475", "20613", "0件"),
    ("无正当理由大量反复申请", "0", "20", "3068", "9件"),
)


def written(sheet: Sheet, text: str, x: float, y: float, gap: float) -> None:
    """Letter-spaced type as browsers write it, each character at its place."""
    for character in text:
        sheet.text(character, x, y, 8)
        x += (4 if character.isascii() else 8) + gap


@pytest.mark.parametrize("gap", [2.0, 3.0])
@pytest.mark.parametrize("ruled", [True, False])
def test_letter_spaced_figures_are_whole(gap: float, ruled: bool) -> None:
    sheet = Sheet().grid((*XS, 440), [100 + 20 * number for number in range(4)]) if ruled else Sheet()
    for number, row in enumerate(ROWS):
        for x, text in zip(XS, row, strict=True):
            written(sheet, text, x + 4, 114 + 20 * number, gap)
    found = rows(table(read_pdf(pdf(sheet))))
    assert [row[-4:] for row in found] == [list(row[1:]) for row in ROWS]


def test_digits_beside_each_other_are_no_figures_above_each_other() -> None:
    sheet = Sheet().grid((*XS, 440), [100 + 20 * number for number in range(4)])
    for number, row in enumerate(ROWS):
        sheet.text(row[0], 64, 114 + 20 * number, 8)
        for x, text in zip(XS[1:], row[1:], strict=True):
            written(sheet, text, x + 4, 114 + 20 * number, 3.0)
    found = rows(table(read_pdf(pdf(sheet))))
    assert [row[2] for row in found] == [row[2] for row in ROWS]


def test_figures_further_apart_than_letters_stay_apart() -> None:
    sheet = Sheet()
    for number, (label, *figures) in enumerate(ROWS):
        written(sheet, label, 64, 114 + 20 * number, 1.0)
        for column in range(len(figures)):
            sheet.text(str(column), 204 + 14 * column, 114 + 20 * number, 8)
    found = rows(table(read_pdf(pdf(sheet))))
    assert [row[-4:] for row in found] == [list("0123")] * len(ROWS)


def test_rows_of_a_page_made_smaller_stay_apart() -> None:
    sheet = Sheet().grid((60, 100, 130, 160), [100 + 5.5 * number for number in range(4)])
    for number, row in enumerate(("甲12", "乙34", "丙56")):
        for x, text in zip((62, 102, 132), row, strict=True):
            sheet.text(text, x, 104.2 + 5.5 * number, 4)
    assert rows(table(read_pdf(pdf(sheet)))) == [list("甲12"), list("乙34"), list("丙56")]


@pytest.mark.parametrize(("gap", "page_number"), [(0.0, ""), (0.6, ""), (2.0, ""), (0.6, "1")])
def test_cells_painted_side_by_side_are_cells(gap: float, page_number: str) -> None:
    sheet = Sheet().raw("0.2 g 59 681 382 62 re f 1 g")
    for row in range(3):
        for left, right in zip(XS, (*XS[1:], 440), strict=True):
            sheet.raw(f"{left} {722 - 20 * row} {right - left - gap} {20 - gap} re f")
    sheet.raw("0 g")
    for number, (label, *figures) in enumerate(ROWS):
        sheet.text(label, 64, 114 + 20 * number, 8)
        for x, text in zip(XS[1:], figures, strict=True):
            sheet.text(text[:3], x + 4, 109 + 20 * number, 8).text(text[3:], x + 4, 118 + 20 * number, 8)
    sheet.text(page_number, 290, 176, 8)
    found = rows(table(read_pdf(pdf(sheet))))
    assert [[text.replace("\n", "") for text in row] for row in found] == [list(row) for row in ROWS]


def test_marked_words_in_running_text_are_no_cells() -> None:
    sheet = Sheet().raw("0.9 g")
    edges = ((60, 130, 260, 340, 530), (60, 170, 210, 390, 530), (60, 90, 300, 420, 530))
    for row, xs in enumerate(edges):
        for left, right in pairwise(xs):
            sheet.raw(f"{left} {722 - 20 * row} {right - left} 18 re f")
    sheet.raw("0 g")
    for row, xs in enumerate(edges):
        for x, text in zip(xs, ("本年", "公开", "12", "件"), strict=False):
            sheet.text(text, x + 2, 114 + 20 * row)
    assert texts(read_pdf(pdf(sheet)))


def test_the_line_a_browser_prints_on_every_page_is_no_part_of_the_text() -> None:
    sheets = []
    for number in (1, 2):
        sheet = Sheet().text("本年度按时答复全部申请并公开政府信息。", 60, 400).text(f"{number}/2", 540, 830, 8)
        address = ("fi", "le:///", "a.html") if number == 1 else ("file:///", "a.html")
        x = 24.0
        for part in address:
            sheet.text(part, x, 830, 8)
            x += 4 * len(part) + (3 if part == "fi" else 1)
        sheets.append(sheet)
    document = read_pdf(pdf(*sheets))
    assert texts(document) == ["本年度按时答复全部申请并公开政府信息。"] * 2


def test_rows_painted_in_turn_keep_figures_of_two_lines_together() -> None:
    figures = [("19475", "20613", "3071", "0", "3"), ("1", "2", "3", "4", "7"), ("20613", "30721", "0", "0", "5")]
    sheet = Sheet().raw("0.9 g")
    for row in (0, 2, 4):
        sheet.raw(f"60 {712 - 30 * row} 380 30 re f")
    sheet.raw("0 g")
    for number, row in enumerate([*figures, *figures]):
        y = 114 + 30 * number
        sheet.text(f"{number + 1}.信访举报投诉类申请", 64, y + 5, 8)
        for column, text in enumerate(row):
            for line, part in enumerate(filter(None, (text[:4], text[4:]))):
                sheet.text(part, 200 + 19 * column, y + (16 * line if len(text) > 4 else 5), 8)
    found = rows(table(read_pdf(pdf(sheet))))
    assert [row[-5:] for row in found] == [list(row) for row in (*figures, *figures)]


PARTS = (("12", "3"), ("45", "6"), ("78", "9"), ("10", "0"))


@pytest.mark.parametrize("label", [3, 17])
@pytest.mark.parametrize("parts", [PARTS, (("１", "３"), ("４", "６"), ("７", "９"), ("１", "０"))])
def test_the_parts_of_a_figure_on_two_lines_without_a_rule_are_doubted(
    label: int, parts: tuple[tuple[str, str], ...]
) -> None:
    sheet = Sheet()
    for number, name in enumerate(("1.甲类事项", "2.乙类事项", "3.丙类事项")):
        y = 114 + 34 * number
        sheet.text(name, 64, y + label, 8)
        for x, (first, rest) in zip(XS[1:], parts, strict=True):
            sheet.text(first, x + 4, y + 2, 8).text(rest, x + 8 if first.isascii() else x + 4, y + 18, 8)
    found = [text for row in rows(table(read_pdf(pdf(sheet)))) for text in row]
    assert not {part for pair in parts for part in pair} & set(found)


def test_the_label_of_a_group_is_none_of_a_row_beside_the_first_parts_of_its_figures() -> None:
    sheet = Sheet()
    for number, name in enumerate(("（六）其他处理", "（七）总计")):
        sheet.text(name, 124, 154 + 34 * number, 8)
        for x, parts in zip(XS[1:], PARTS, strict=True):
            for line, part in enumerate(parts if number else ("1",)):
                sheet.text(part, x + 4, 154 + 34 * number + (16 * line - 16 if number else 0), 8)
    sheet.text("三、本年度办理结果", 40, 172, 8)
    found = rows(table(read_pdf(pdf(sheet))))
    assert not {part for pair in PARTS for part in pair} & {text for row in found for text in row}


def test_digits_below_a_nought_of_the_row_above_make_both_rows_doubtful() -> None:
    sheet = Sheet()
    for number in range(3):
        sheet.text(f"{number + 1}.其他事项", 64, 114 + 24 * number, 8)
        for x, text in zip(XS[1:], ("7", "8", "9", ("0", "1", "2")[number]), strict=True):
            sheet.text(text, x + 4, 114 + 24 * number + (6 if number == 1 and x == XS[-1] else 0), 8)
    sheet.text("5364", XS[-1] + 4, 121, 8)
    found = rows(table(read_pdf(pdf(sheet))))
    assert [row[-1].endswith(UNSURE) for row in found] == [True, True, False]


def in_close_columns(sheet: Sheet, figures: tuple[str, ...], y: float) -> Sheet:
    for column, text in enumerate(figures):
        sheet.text(text, 216 + 18 * column - 4 * len(text), y, 8)
    return sheet


def test_figures_beside_the_middle_of_a_label_are_found_in_close_columns() -> None:
    sheet = Sheet()
    for number in range(4):
        sheet.text(f"{number + 1}.其他事项", 64, 114 + 30 * number, 8)
        in_close_columns(sheet, ("1", "22", "3", str(number)), 114 + 30 * number)
    sheet.text("5.要求行政机关确认或", 64, 228, 8).text("重新出具已获取信息", 64, 240, 8)
    in_close_columns(sheet, ("1111", "2222", "3333", "4444"), 234)
    assert rows(table(read_pdf(pdf(sheet))))[-1][-4:] == ["1111", "2222", "3333", "4444"]


def test_digits_between_two_rows_that_belong_to_neither_make_both_doubtful() -> None:
    sheet = Sheet()
    for number in range(4):
        sheet.text(f"{number + 1}.其他事项", 64, 114 + 30 * number, 8)
        in_close_columns(sheet, ("123", "22", "3", "77"), 114 + 30 * number)
    sheet.text("45", 234, 159, 8).text("61", 245.5, 159, 8)
    found = rows(table(read_pdf(pdf(sheet))))
    doubted = [any(text.endswith(UNSURE) for text in row) for row in found if row[0].endswith("其他事项")]
    assert doubted == [False, True, True, False]


def test_figures_that_run_over_one_another_are_doubted() -> None:
    sheet = Sheet().rows(XS, 100, [("甲", "12", "34", "56"), ("乙", "1", "", "2")])
    sheet.text("123456", 240, 134, 10).text("789", 264, 134, 10)
    found = rows(table(read_pdf(pdf(sheet))))
    assert found[0] == ["甲", "12", "34", "56"]
    assert not {"123456", "789"} & set(found[1])


def test_figures_that_touch_the_line_between_them_stay_apart() -> None:
    sheet = Sheet().rows(XS, 100, [("甲", "", "", "3")] * 2)
    for number in range(2):
        sheet.text("45", 249.6, 114 + 20 * number, 10).text("1017", 260.4, 114 + 20 * number, 10)
    assert rows(table(read_pdf(pdf(sheet)))) == [["甲", "45", "1017", "3"]] * 2


def test_a_table_without_its_left_line_goes_on_over_the_page_end() -> None:
    first = Sheet().rows(XS, 700, [("规章", "1", "2", "3"), ("行政许可", "4", "5", "6")])
    second = Sheet().line(60, 70, 380, 70)
    for x in XS[1:]:
        second.line(x, 50, x, 70)
    second.words(XS, 50, [("行政处罚", "7", "8", "9")])
    assert rows(table(read_pdf(pdf(first, second)))) == [
        ["规章", "1", "2", "3"],
        ["行政许可", "4", "5", "6"],
        ["行政处罚", "7", "8", "9"],
    ]


def test_what_a_browser_prints_at_the_edges_of_a_page_is_in_no_cell() -> None:
    """A table that goes on reaches beyond the printed part of the page."""
    sheet = Sheet().grid((60, 200, 300), [10, 40, 60, 800, 830])
    sheet.text("2024/1/15 10:30", 64, 24, 8).text("某县水务局2023年政府信息公开工作年度报告", 204, 24, 8)
    sheet.text("规章", 64, 54).text("12", 204, 54)
    sheet.text("https://a.example/b.html", 64, 824, 8).text("1/1", 280, 824, 8)
    document = read_pdf(pdf(sheet))
    assert [text for row in rows(table(document)) for text in row if text] == ["规章", "12"]
    assert [line.text for line in document.furniture] == ["某县水务局2023年政府信息公开工作年度报告"]


def test_an_address_or_a_date_at_the_edge_of_a_page_is_text() -> None:
    sheet = Sheet().text("2024年1月15日公布", 60, 40).text("网址：https://a.example/b.html", 60, 820)
    assert texts(read_pdf(pdf(sheet))) == ["2024年1月15日公布", "网址：https://a.example/b.html"]


def test_the_title_and_the_lines_of_the_page_around_a_report_are_paragraphs_of_their_own() -> None:
    wide = "全年通过政府门户网站公开信息十二条并按时答复申请三件没有收取任何费用"
    lines = [
        ("发布日期：2024-02-13", 430, 16),
        ("某县水务局年度报告", 190, 22),
        ("一、总体情况", 60, 16),
        (wide, 60, 14),
        ("2024年2月13日", 430, 14),
        ("分享到：微信", 60, 14),
    ]
    sheet = Sheet()
    for number, (text, x, size) in enumerate(lines):
        sheet.text(text, x, 80 + 26 * number, size)
    assert texts(read_pdf(pdf(sheet))) == [text for text, _, _ in lines]


def test_a_nought_is_no_first_part_of_a_figure_below_it() -> None:
    sheet = Sheet().grid((60, 200, 216), (100, 140, 160)).text("规章", 64, 114)
    sheet.text("0", 202, 114).text("21", 202, 128).text("合计", 64, 154).text("3", 202, 154)
    assert rows(table(read_pdf(pdf(sheet)))) == [["规章", "0\n21"], ["合计", "3"]]


def test_rules_in_the_header_alone_part_no_rows() -> None:
    sheet = Sheet()
    for y in (80, 100, 120, 140):
        sheet.line(60, y, 480, y)
    sheet.text("申请人情况", 300, 94, 8).text("法人或其他组织", 300, 114, 8)
    names = ("自然人", "商业企业", "科研机构", "社会公益组织", "其他")
    filled = (("12", "", "", "", ""), ("", "", "34", "", ""), ("", "", "", "", "5"), ("1", "2", "3", "4", "5"))
    for column, name in enumerate(names):
        sheet.text(name, 200 + 56 * column, 134, 8)
    for number, row in enumerate(filled):
        sheet.text(f"{number + 1}.其他事项", 64, 158 + 20 * number, 8)
        for column, text in enumerate(row):
            if text:
                sheet.text(text, 210 + 56 * column, 158 + 20 * number, 8)
    found = rows(table(read_pdf(pdf(sheet))))
    assert [row[-5:] for row in found[-4:]] == [list(row) for row in filled]


def test_figures_on_two_lines_around_those_on_one_are_doubted() -> None:
    sheet = Sheet()
    for number in range(3):
        y = 114 + 50 * number
        sheet.text(f"{number + 1}.要求行政机关确", 64, y, 8).text("认已获取信息", 64, y + 22, 8)
        for column in range(3):
            sheet.text("7", 200 + 40 * column, y + 11, 8)
        for column in (3, 4):
            sheet.text("123", 200 + 40 * column, y, 8).text("4", 200 + 40 * column, y + 22, 8)
    found = [text for row in rows(table(read_pdf(pdf(sheet)))) for text in row]
    assert not {"123", "4"} & set(found)


@pytest.mark.parametrize("gap", [0.5, 1, 2])
def test_digits_that_fill_less_of_their_width_are_tracked_as_the_words_are(gap: float) -> None:
    sheet = Sheet()
    for number in range(5):
        sheet.loose("要求行政机关确认", 60, 100 + 20 * number, gap)
        for x in (240, 300, 360, 420):
            sheet.loose("1472", x, 100 + 20 * number, gap + 0.5)
    assert rows(table(read_pdf(pdf(sheet)))) == [["要求行政机关确认", *["1472"] * 4]] * 5
