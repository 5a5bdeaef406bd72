"""PDF tables without lines in whose narrow columns figures are broken: rows are told by their sums, or are in doubt."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from loaders.document import UNSURE, Table
from loaders.reading.pdf.reader import read_pdf
from tests.pdf_files import Sheet, pdf
from tests.test_reading_pdf import rows, table

XS = (60, *range(240, 520, 40))
Lines = Sequence[tuple[float, str]]
"""Heights of type below the first line, and the figures there; `.` where there is none."""


def sheet_of(*blocks: tuple[float, str, Lines]) -> Sheet:
    """Rows with their labels, whose height is given first, and the lines of their figures."""
    sheet = Sheet()
    for y, label, lines in blocks:
        sheet.text(label, XS[0], y)
        for below, figures in lines:
            for x, figure in zip(XS[1:], figures.split(), strict=True):
                sheet.text(figure.strip("."), x, y + below)
    return sheet


def plain(top: float, count: int) -> list[tuple[float, str, Lines]]:
    """So many rows on single lines that add up."""
    rest = f"{' 0' * 4}"
    return [(top + 20 * n, f"{n + 1}.重复申请", [(0, f"1{n} 20 {rest} {30 + n}")]) for n in range(count)]


def figures_of(sheet: Sheet, label: str) -> list[str]:
    return next(row for row in rows(table(read_pdf(pdf(sheet)))) if row[0] == label)[-7:]


def test_figures_go_on_below_where_all_rows_then_add_up() -> None:
    """The lines of a row are as far apart as rows are."""
    broken = [(0, "12 20 31 0 0 0 64"), (12, "5 4 8 . . . 7")]
    below = [(0, "22 0 11 0 0 0 33")]
    sheet = sheet_of(*plain(100, 6), (220, "7.其他", broken), (244, "8.总计", below))
    assert figures_of(sheet, "7.其他") == ["125", "204", "318", "0", "0", "0", "647"]
    assert figures_of(sheet, "8.总计") == ["22", "0", "11", "0", "0", "0", "33"]


def test_figures_go_on_below_though_columns_are_so_narrow_that_they_nearly_touch() -> None:
    sheet = Sheet()
    lines = [(0, "1234 1234 1234 1234 1234 1234 4073"), (12, "5 5 5 . . . 7"), (30, "1000 1000 0 0 0 0 2000")]
    for number in range(6):
        sheet.text("重复申请", 60, 100 + 60 * number).text("总计", 60, 130 + 60 * number)
        for below, figures in lines:
            for column, figure in enumerate(figures.split()):
                sheet.text(figure.strip("."), 240 + 24 * column, 100 + 60 * number + below)
    found = rows(table(read_pdf(pdf(sheet))))
    assert found[0] == ["重复申请", *["12345"] * 3, *["1234"] * 3, "40737"]


def test_figures_begin_above_where_rows_stand_on_their_last_lines() -> None:
    broken = [(-12, "12 . 31 . . . 44"), (0, "5 0 8 0 0 0 3")]
    sheet = sheet_of(*plain(100, 6), (224, "7.其他", broken))
    assert figures_of(sheet, "6.重复申请") == ["15", "20", "0", "0", "0", "0", "35"]
    assert figures_of(sheet, "7.其他") == ["125", "0", "318", "0", "0", "0", "443"]


def test_a_row_with_blanks_is_no_end_of_the_sums_above_though_all_then_add_up() -> None:
    rest = [(0, "3 . 4 . . . 7")]
    sheet = sheet_of(*plain(100, 6), (220, "7.总计", [(0, "12 0 31 0 0 0 43")]), (240, "8.结转", rest))
    assert figures_of(sheet, "7.总计") == ["12", "0", "31", "0", "0", "0", "43"]
    assert figures_of(sheet, "8.结转") == ["3", "", "4", "", "", "", "7"]


def test_ends_of_figures_that_add_up_by_themselves_are_no_row_below_one_that_does_not() -> None:
    broken = [(0, "416 399 390 386 383 406 238"), (12, "52 56 66 67 25 66 332")]
    below = [(0, "122 200 311 0 0 0 634"), (12, "5 4 8 . . . 7")]
    sheet = sheet_of(*plain(100, 6), (220, "7.总计", broken), (244, "8.结转", below))
    assert figures_of(sheet, "7.总计") == ["41652", "39956", "39066", "38667", "38325", "40666", "238332"]
    assert figures_of(sheet, "8.结转") == ["1225", "2004", "3118", "0", "0", "0", "6347"]


def test_labels_stand_beside_any_line_of_their_figures() -> None:
    """Each stands beside the first line of its row, and nearer to the last one of the row above than to its own."""
    lines = [(0, "1 . . . . . 2"), (12, "2 . . . . . 3"), (24, "9 110 0 0 0 0 9")]
    labels = [f"{n + 1}.重复申请" for n in range(6)]
    found = rows(table(read_pdf(pdf(sheet_of(*((100 + 36 * n, label, lines) for n, label in enumerate(labels)))))))
    assert [row[0] for row in found] == labels
    assert [row[-7:] for row in found] == [["129", "110", "0", "0", "0", "0", "239"]] * 6


@pytest.mark.parametrize("label", ["", "三、本年度办理结果"])
def test_digits_without_label_leave_the_row_below_in_doubt_though_it_adds_up(label: str) -> None:
    sheet = sheet_of(*[(100 + 40 * n, f"{n + 1}.重复申请", [(0, "5 6 7 0 0 0 18")]) for n in range(3)])
    sheet.text(label, 40, 220)
    for x, digit in zip(XS[1:], "1....23", strict=True):
        sheet.text(digit.strip("."), x, 220)
    for x, figure in zip(XS[1:], ("256", "0", "0", "0", "279", "19", "554"), strict=True):
        sheet.text(figure, x, 232)
    sheet.text("（一）予以公开", 60, 232)
    row = next(row for row in rows(table(read_pdf(pdf(sheet)))) if "256" in row[-7])
    assert all(text.endswith(UNSURE) for text in row[-7:])


def test_digits_without_label_at_the_head_of_a_page_leave_the_last_row_of_the_one_before_in_doubt() -> None:
    above = sheet_of(*[(700 + 20 * n, f"{n + 1}.重复申请", [(0, "30 20 0 0 0 0 50")]) for n in range(4)])
    below = Sheet()
    for x, digit in zip(XS[1:], "7.....7", strict=True):
        below.text(digit.strip("."), x, 100)
    for n in range(3):
        below.text(f"{n + 5}.其他", 60, 120 + 20 * n)
        for x, figure in zip(XS[1:], "1200003", strict=True):
            below.text(figure, x, 120 + 20 * n)
    found = rows(table(read_pdf(pdf(above, below))))
    assert [row[-7] for row in found][:5] == ["30", "30", "30", f"30{UNSURE}", f"7{UNSURE}"]


def test_what_follows_closely_below_the_only_row_of_litigation_is_the_rest_of_its_figures() -> None:
    xs = [60 + 32 * number for number in range(15)]
    sheet = Sheet()
    for x, word in zip(xs, ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3, strict=True):
        sheet.text(word, x, 100, 6)
    row = ["12", "34", "0", "0", "46", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0"]
    for x, figure in zip(xs, row, strict=True):
        sheet.text(figure, x, 120)
    sheet.text("5", xs[0], 140).text("0", xs[1], 140).text("5", xs[4], 140)
    (found,) = (block for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Table))
    assert rows(found)[-1] == ["125", "340", "0", "0", "465", *row[5:]]


def test_a_row_that_is_broken_in_all_columns_is_in_doubt() -> None:
    sheet = Sheet()
    for x, word in zip(XS[1:], ("自然人", "商业", "科研", "社会", "法律", "其他", "总计"), strict=True):
        sheet.text(word, x, 80)
    for y, row in ((100, "23 15 14 70 10 10 72"), (122, "80 61 18 27 37 42 104"), (144, "19 28 17 6 36 9 205")):
        for x, figure in zip(XS[1:], row.split(), strict=True):
            sheet.text(figure, x, y)
    sheet.text("一、本年新收政府信息公开申请", 60, 122)
    _, *found = rows(table(read_pdf(pdf(sheet))))
    assert all(text.endswith(UNSURE) for row in found for text in row[-7:])


def test_digits_at_the_head_of_a_page_that_stand_above_figures_of_a_row_are_no_page_number() -> None:
    sheet = Sheet().text("1", XS[7], 50)
    for n, row in enumerate(("8 0 0 0 0 0 1", "7 1 0 0 0 0 8", "6 0 0 0 0 3 9")):
        sheet.text(f"{n + 1}.重复申请", 60, 62 + 24 * n)
        for x, figure in zip(XS[1:], row.split(), strict=True):
            sheet.text(figure, x, 62 + 24 * n)
    found = rows(table(read_pdf(pdf(sheet))))
    assert any("1" in row[-1] and row[-1] != "1" for row in found)


def test_digits_between_two_rows_that_do_not_add_up_leave_both_in_doubt() -> None:
    sheet = sheet_of(
        (100, "1.国家秘密", [(0, "80 0 5220 25 98 96 42"), (10, "47 . . . . . 47")]),
        (120, "2.重复申请", [(0, "42 0 0 0 0 8 0")]),
    )
    found = [row for row in rows(table(read_pdf(pdf(sheet)))) if row[0] in ("1.国家秘密", "2.重复申请")]
    assert found[0][1] in (f"8047{UNSURE}", f"80\n47{UNSURE}", "80\n47")
    assert found[1][1] == f"42{UNSURE}"


def test_a_figure_that_ends_behind_its_comma_goes_on_in_the_next_line() -> None:
    sheet = sheet_of((100, "一、本年新收申请", [(0, "37 . 13 30 51 12 1,5"), (22, "9 89 5 4 6 0 43")]))
    sheet.text("数量", XS[0], 122)
    for n in range(2):
        for x, figure in zip(XS, ("二、结转", "1", "2", "0", "0", "0", "0", "3"), strict=True):
            sheet.text(figure, x, 150 + 22 * n)
    found = [row for row in rows(table(read_pdf(pdf(sheet)))) if "13" in "".join(row[1:5])]
    assert all(text.endswith(UNSURE) for text in found[0][-7:] if text)


def test_lines_of_one_label_of_the_form_stand_beside_the_lines_of_its_figures() -> None:
    sheet = Sheet().text("信息内容", 60, 60).text("上一年", 240, 60).text("本年", 280, 60).text("处理决定", 320, 60)
    for y, *words in ((80, "行政", "0", "0", "5"), (96, "许可", "", "", "544"), (116, "行政强制", "7", "1", "12")):
        for x, word in zip((60, 240, 280, 320), words, strict=True):
            sheet.text(word, x, y)
    assert rows(table(read_pdf(pdf(sheet))))[-2:] == [["行政许可", "0", "0", "5544"], ["行政强制", "7", "1", "12"]]


def test_a_figure_beside_words_that_open_no_row_leaves_the_row_above_in_doubt() -> None:
    rest = [(0, ". . . . 8（件） . .")]
    sheet = sheet_of(*plain(100, 6), (220, "7.本机关不掌", [(0, "13 24 0 0 1 58 113")]), (231, "政府信", rest))
    found = rows(table(read_pdf(pdf(sheet))))
    assert not {"1", "8（件）"} & {row[5] for row in found[6:]}


def test_rows_with_all_figures_stay_apart_though_their_labels_are_one_of_the_form() -> None:
    """As where rows are too low for their labels, whose lines stand beside the figures of the next row."""
    low = [(220, "2.没有现成信息", [(0, "0 － 11 0 5 0 2")]), (234, "需要另行制作", [(0, "3 0 9 0 0 4 1")])]
    found = rows(table(read_pdf(pdf(sheet_of(*plain(100, 6), *low)))))
    assert [row[0] for row in found[-2:]] == ["2.没有现成信息", "需要另行制作"]


def ruled(*cells: tuple[str, ...], size: float = 10, width: float = 26) -> list[tuple[str, bool]]:
    """The last column of a ruled table with a figure a row, each on one line or several, and whether each is sure."""
    ys = range(100, 100 + 40 * (len(cells) + 1), 40)
    sheet = Sheet().grid((60, 200, 200 + width), ys)
    for top, lines in zip(ys, cells, strict=False):
        sheet.text("1.甲乙丙", 64, top + 14)
        for number, text in enumerate(lines):
            sheet.text(text, 203, top + 14 + 12 * number, size)
    return [(cell.text, cell.confidence == 1.0) for cell in table(read_pdf(pdf(sheet))).cells if cell.column == 1]


def test_two_figures_in_a_cell_are_no_sure_one_where_the_first_line_has_room_for_more() -> None:
    assert ruled(("25", "26"), ("1024",), ("7",)) == [("2526", False), ("1024", True), ("7", True)]


def test_a_figure_goes_on_in_the_second_line_of_its_cell_where_the_first_is_full() -> None:
    assert ruled(("1024", "8"), ("1024",), ("7",)) == [("10248", True), ("1024", True), ("7", True)]


def test_lines_of_a_figure_are_full_but_for_the_last() -> None:
    assert ruled(("46", "8", "47"), ("12",)) == [("46847", False), ("12", True)]


@pytest.mark.parametrize(("lines", "is_sure"), [(("468", "477"), False), (("468", "4"), True)])
def test_a_second_line_as_long_as_the_first_may_be_another_figure(lines: tuple[str, str], is_sure: bool) -> None:
    sheet = Sheet().grid((60, 200, 221), (100, 140, 180))
    for top, each in zip((100, 140), (lines, ("12", "")), strict=True):
        sheet.text("1.甲乙丙", 64, top + 14).text(each[0], 203, top + 14).text(each[1], 203, top + 26)
    cell = next(each for each in table(read_pdf(pdf(sheet))).cells if each.text == "".join(lines))
    assert (cell.confidence == 1.0, cell.other_readings) == (is_sure, (lines[0],))


def test_two_figures_on_two_lines_of_a_table_without_lines_are_not_one() -> None:
    """Another figure of the column is wider than the first line."""
    two = [(0, "128 20 0 0 0 0 148"), (12, "136 . . . . . .")]
    sheet = sheet_of(*plain(100, 6), (220, "7.其他", [(0, "20480 20 0 0 0 0 20500")]), (244, "8.总计", two))
    assert "128136" not in figures_of(sheet, "8.总计")
