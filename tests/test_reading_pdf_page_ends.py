"""Rows of PDF tables that a page's end cut: what goes on below it, and what does not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from loaders.document import Cell, Table
from loaders.reading.pdf.reader import read_pdf
from loaders.reading.printed.joining import join_pieces
from loaders.reading.printed.tables import TablePiece
from tests.pdf_files import Sheet, pdf
from tests.test_reading_pdf import rows, table

XS = (60, 200, 280, 360, 440)
LITIGATION = [("行政复议", "", "行政诉讼", "", ""), ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")]
FIFTEEN = tuple(60 + 30 * number for number in range(16))


def joined(
    above: list[tuple[str, ...]], below: list[tuple[str, ...]], xs: tuple[int, ...] = XS, size: float = 10
) -> list[list[str]]:
    """The rows of a ruled table, one part at the foot of a page and the other at the head of the next."""
    return rows(table(read_pdf(pdf(part(above, xs, 700, size), part(below, xs, 60, size)))))


def part(found: list[tuple[str, ...]], xs: Sequence[int], top: int, size: float = 6) -> Sheet:
    """A ruled table with its upper edge at `top`."""
    sheet = Sheet().grid(xs, [top + 20 * number for number in range(len(found) + 1)])
    for number, row in enumerate(found):
        for x, text in zip(xs, row, strict=False):
            if text:
                sheet.text(text, x + 2, top + 20 * number + 14, size)
    return sheet


@pytest.mark.parametrize("end", ["2", "件"])
def test_the_end_of_a_figure_without_the_rest_of_a_label_belongs_to_the_figure_above(end: str) -> None:
    above = [("1.属于国家秘密", "1", "2", "3"), ("2.重复申请", "7", "142", "6")]
    below = [("", "", end, ""), ("3.其他", "7", "8", "9")]
    assert joined(above, below)[1:] == [["2.重复申请", "7", f"142{end}", "6"], ["3.其他", "7", "8", "9"]]


def test_the_words_of_the_form_show_that_a_label_without_number_goes_on_beside_the_end_of_a_figure() -> None:
    above = [("属于国家秘密", "1", "2", "3"), ("属于三类内部事务", "7", "177", "6")]
    below = [("信息", "", "3", ""), ("属于四类过程性信息", "7", "8", "9")]
    assert joined(above, below)[1] == ["属于三类内部事务信息", "7", "1773", "6"]


def test_a_row_whose_label_is_cut_goes_on_though_most_figures_do_and_one_stands_below_alone() -> None:
    above = [("1.本机关不掌握相关政府信息", *"123456"), ("3.补正", "1509", "4203", "2658", "", "0", "1771")]
    below = [("后申请内容仍不明确", "", "9件", "4", "38936", "", "0件"), ("1.信访举报投诉类申请", *"123456")]
    found = joined(above, below, (60, 200, 240, 280, 320, 360, 400, 440))
    assert found[1] == ["3.补正后申请内容仍不明确", "1509", "42039件", "26584", "38936", "0", "17710件"]
    assert found[2][1:] == [*"123456"]


def test_a_figure_may_be_cut_behind_its_point() -> None:
    above = [("1.甲", "1", "2", "3", "6"), ("2.无正当理", "21", "", "2", "26.")]
    below = [("由逾期不补正", "", "", "（件）", "0"), ("3.丙", "7", "8", "9", "24")]
    found = joined(above, below, (60, 200, 260, 320, 380, 440))
    assert found[1] == ["2.无正当理由逾期不补正", "21", "", "2（件）", "26.0"]


@pytest.mark.parametrize("ends", [("58", "", "（件）", "3"), ("3", "2", "", "3")])
def test_ends_of_most_figures_belong_to_those_above_if_some_are_units_or_the_row_adds_up(ends: tuple[str, ...]) -> None:
    figures = ("10", "5", "8", "16")
    rest = [("", *ends), ("乙", "7", "8", "9", "24")]
    found = joined([("甲", "1", "2", "3", "6"), ("申请数量", *figures)], rest, (60, 200, 260, 320, 380, 440))
    whole = [above + below for above, below in zip(figures, ends, strict=True)]
    assert found[1:] == [["申请数量", *whole], ["乙", "7", "8", "9", "24"]]


@pytest.mark.parametrize("figures", [("10", "5", "8", "23"), ("0", "0", "0", "0")])
@pytest.mark.parametrize("label", ["", "（七）总计"])
def test_a_row_is_no_end_of_the_row_above_where_both_add_up(label: str, figures: tuple[str, ...]) -> None:
    """Put together they add up, too. Its label may stand left of an empty cell."""
    xs = (60, 160, 200, 260, 320, 380, 440)
    rest = [(label, "", "3", "2", "4", "9"), ("乙", "1.甲", "7", "8", "9", "24")]
    found = joined([("甲", "1.甲", "1", "2", "3", "6"), ("丁", "1.甲", *figures)], rest, xs)
    assert [row[-4:] for row in found[1:3]] == [list(figures), ["3", "2", "4", "9"]]


@pytest.mark.parametrize("ends", [("", "", "）"), ("", "", "")])
def test_a_label_goes_on_behind_its_number(ends: tuple[str, ...]) -> None:
    above = [("1.甲", "1", "2", "3"), ("（七）", "46305", "29973", "333（件")]
    found = joined(above, [("总计", *ends), ("2.乙", "7", "8", "9")])
    assert found[1:] == [["（七）总计", "46305", "29973", f"333（件{ends[-1]}"], ["2.乙", "7", "8", "9"]]


def test_a_table_of_words_alone_goes_on_over_the_page_end() -> None:
    above, below = ("1.属于国家秘密", "甲", "", ""), ("2.重复申请", "乙", "丙", "丁")
    assert joined([above], [below]) == [list(above), list(below)]


def test_few_figures_that_add_up_are_a_row_without_label() -> None:
    xs = (60, 200, 240, 280, 320, 360, 400)
    above = [("甲", "1", "2", "3", "4", "10"), ("丁", "10", "5", "8", "0", "23")]
    found = joined(above, [("", "3", "", "", "", "3"), ("乙", "7", "8", "9", "0", "24")], xs)
    assert [row[-5:] for row in found[1:3]] == [["10", "5", "8", "0", "23"], ["3", "", "", "", "3"]]


def test_words_of_the_next_table_are_no_end_of_a_figure() -> None:
    above = [*[(f"{n}.其他", "1", "2", "3", "6") for n in range(1, 4)], ("四、结转下年度", "7", "142", "6", "155")]
    assert joined(above, LITIGATION, (60, 200, 260, 320, 380, 440))[3] == ["四、结转下年度", "7", "142", "6", "155"]


def test_words_below_a_blank_cell_are_not_part_of_the_row_above() -> None:
    above = [*[(f"{n}.其他", "1", "2", "3", "6") for n in range(1, 4)], ("四、结转下年度", "7", "", "6", "13")]
    assert joined(above, LITIGATION, (60, 200, 260, 320, 380, 440))[3] == ["四、结转下年度", "7", "", "6", "13"]


def test_figures_that_slipped_over_the_page_end_stand_beside_one_that_it_cut() -> None:
    xs = (60, 200, 250, 300, 350, 400)
    above = [("1.属于国家秘密", "1", "2", "3", "6"), ("2.", "2621", "2，0", "", "5")]
    below = [("其他法律行政法规", "", "20", "3451", ""), ("3.其他", "7", "8", "9", "24")]
    assert joined(above, below, xs)[1] == ["2.其他法律行政法规", "2621", "2，020", "3451", "5"]


def test_the_only_row_of_litigation_goes_on_over_the_page_end() -> None:
    """Most of its figures do, and one begins there."""
    above = ("118", "363", "19", "7", "507", "333", "63", "19", "12", "427", "35", "36", "29", "26", "126")
    header = [("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3]
    below = ("3", "6", "5", "", "8", "", "", "", "(件)", "", "", "1", "6", "0", "5")
    found = joined([*header, ("", *above[1:])], [("118", *below[1:])], FIFTEEN, 6)
    assert found[-1] == ["118", *(one + other for one, other in zip(above[1:], below[1:], strict=True))]


@pytest.mark.parametrize("above", [("2,39", "1631."), ("239", "16315")])
@pytest.mark.parametrize("unit", ["件", ""])
def test_all_its_figures_may_be_cut_by_the_page_end(above: tuple[str, str], unit: str) -> None:
    """That one is none by itself, or a unit goes on below, shows that the table does not stand there twice."""
    header = [("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3]
    below = ("6", "0", unit or "5", *("7",) * 12)
    figures = (*above, "12", *("34",) * 12)
    found = joined([*header, figures], [below], FIFTEEN, 6)
    twice = above[0].isdigit() and not unit
    whole = [one + other for one, other in zip(figures, below, strict=True)]
    assert found[-1] == (list(below) if twice else whole)


@pytest.mark.parametrize("row", [tuple("123456789012345"), ("1", "2", "", *"456789012345")])
def test_the_litigation_table_printed_twice_keeps_two_rows(row: tuple[str, ...]) -> None:
    header = [("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3]
    assert joined([*header, row], [row], FIFTEEN, 6)[-2:] == [list(row)] * 2


def test_the_letters_over_the_columns_of_the_next_worksheet_are_no_end_of_a_row() -> None:
    """One of them looks like a nought."""
    row = ("四、结转下年度继续办理", *"0000000")
    above = part([row], (60, 200, 240, 280, 320, 360, 400, 440, 480), 700)
    below = part([tuple("ABCDEFGHIJKLMNO"), LITIGATION[1] * 3, tuple("0" * 15)], range(60, 508, 28), 60)
    found = rows(table(read_pdf(pdf(above, below))))
    assert found[0] == list(row)


def test_rows_of_figures_without_labels_stay_apart_in_smaller_tables() -> None:
    above = [("维持", "纠正", "其他", "总计"), ("1", "20", "3", "24")]
    assert joined(above, [("4", "5", "6", "15")])[-2:] == [["1", "20", "3", "24"], ["4", "5", "6", "15"]]


def test_a_blank_cell_of_litigation_is_no_end_of_the_header_before_the_page() -> None:
    header = [("行政复议", *[""] * 14), ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3]
    figures = ("1", "", "0", "0", "1", "0", "", "0", "0", "0", "2", "0", "0", "", "2")
    assert joined(header, [figures], FIFTEEN, 7)[-1] == list(figures)


def test_the_article_over_the_next_block_is_no_end_of_a_figure() -> None:
    xs = (60, 200, 300, 400)
    rows_above = [("信息内容", "制发", "废止", "有效"), ("规章", "1", "2", "4"), ("规范性文件", "126", "7", "9")]
    rows_below = [("", "第二十条第（五）项"), ("信息内容", "", "本年处理决定"), ("行政许可", "", "3")]
    document = read_pdf(pdf(Sheet().words(xs, 700, rows_above), Sheet().words(xs, 40, rows_below)))
    texts = [cell.text for block in document.blocks if isinstance(block, Table) for cell in block.cells]
    assert {"126", "7", "9", "第二十条第（五）项"} <= set(texts)


def test_a_label_that_slipped_over_the_page_end_stands_beside_its_figures_though_a_cell_between_is_empty() -> None:
    xs = (60, 160, 260, 320, 380, 440)
    above = [("三、办理结果", "（一）予以公开", "", "1", "2"), ("", "", "", "3", "4")]
    below = [("", "（二）部分公开", "", "", ""), ("", "（三）不予公开", "1.甲", "5", "6"), ("", "", "2.乙", "7", "8")]
    found = joined(above, [row[:5] for row in below], xs)
    assert [row[1:] for row in found if "（二）部分公开" in row] == [["（二）部分公开", "", "3", "4"]]


def test_a_unit_alone_shows_that_figures_go_on_though_labels_have_no_numbers() -> None:
    above = [("属于国家秘密", "1", "2", "3"), ("本年新收政府", "13003", "943", "69653")]
    below = [("信息公开申请", "", "1", "件"), ("重复申请", "7", "8", "9"), ("其他法律", "7", "8", "9")]
    assert joined(above, below)[1] == ["本年新收政府信息公开申请", "13003", "9431", "69653件"]


def test_lines_that_lie_together_at_the_right_of_one_page_only() -> None:
    words = ("1.属于国家秘密", "4", "7")
    above = TablePiece(
        [Cell(text, 0, column) for column, text in enumerate(words)], [55, 230, 400, 565], 1, 1, 700, 720
    )
    cells = [Cell(text, 0, column) for column, text in enumerate(("2.重复申请", "0", "3", "", ""))]
    whole = join_pieces(above, TablePiece(cells, [55, 230, 400, 568, 569, 570], 1, 2, 60, 80))
    assert whole is not None
    third = TablePiece([Cell(text, 0, column) for column, text in enumerate(words)], [55, 231, 401, 571], 1, 3, 60, 80)
    joined_again = join_pieces(whole, third)
    assert joined_again is not None
    assert [cell.text for cell in joined_again.cells] == [*words, "2.重复申请", "0", "3", *words]


def test_a_page_that_a_photograph_shows_larger_has_the_same_columns() -> None:
    xs = (60, 200, 240, 280, 320, 360, 400)
    above = [("1.甲", "1", "2", "3", "4", "10"), ("2.乙", "10", "5", "18", "0", "33")]
    larger = [round(58 + (x - 60) * 1.018) for x in xs]
    below = [("3.丙", "7", "8", "9", "0", "24"), ("4.丁", "1", "1", "1", "0", "3")]
    found = table(read_pdf(pdf(part(above, xs, 700, 10), part(below, larger, 60, 10))))
    assert max(cell.column for cell in found.cells) == len(xs) - 2
    assert rows(found) == [list(row) for row in above + below]


def test_a_group_and_its_reason_in_one_label_go_on_with_their_figures_where_the_row_then_adds_up() -> None:
    xs = (60, 200, 280, 360, 440)
    above = [("（五）不予处理2.重复申请", "1", "2", "3"), ("（六）其他处理", "732", "5680", "5754")]
    below = [("1.申请人无正当理由逾期不补正", "", "9", "1"), ("（七）总计", "733", "56811", "57544")]
    assert joined(above, below, xs)[1] == ["（六）其他处理1.申请人无正当理由逾期不补正", "732", "56809", "57541"]


def test_the_mark_of_a_note_goes_on_with_the_end_of_its_figure() -> None:
    above = [("1.属于国家秘密", "1", "2", "3"), ("2.重复申请", "55", "0", "553")]
    below = [("", "3【1】", "", ""), ("3.其他", "7", "8", "9")]
    assert joined(above, below)[1] == ["2.重复申请", "553【1】", "0", "553"]


@pytest.mark.parametrize(
    ("below", "doubted"), [({5: "3", 13: "8"}, (5, 13)), ({}, ()), ({5: "3件"}, ()), ({7: "6"}, ())]
)
def test_figures_without_lines_whose_ends_open_the_next_page_are_doubted(
    below: dict[int, str], doubted: tuple[int, ...]
) -> None:
    above, page = Sheet(), Sheet()
    for top, row in ((720, ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3), (740, ("12",) * 15)):
        for x, text in zip(FIFTEEN, row, strict=False):
            above.text(text, x + 2, top, 6)
    for column, text in below.items():
        page.text(text, FIFTEEN[column] + 2, 60, 6)
    found = table(read_pdf(pdf(above, page.text("五、存在的主要问题及改进情况", 60, 90))))
    last = max(cell.row for cell in found.cells)
    row = [cell.text for cell in sorted(found.cells, key=lambda cell: cell.column) if cell.row == last]
    assert [column for column, text in enumerate(row) if text != "12"] == list(doubted)


@pytest.mark.parametrize(("end", "sure"), [("件", True), ("）", True), ("2", False)])
def test_a_unit_below_the_end_leaves_no_doubt_of_its_figure(end: str, sure: bool) -> None:
    first = part(
        [("1.属于国家秘密", "1", "2", "3"), ("2.重复申请", "7", "142（件" if end == "）" else "142", "6")], XS, 700, 10
    )
    second = part([("", "", end, ""), ("3.其他", "7", "8", "9")], XS, 60, 10)
    cells = table(read_pdf(pdf(first, second))).cells
    (cut,) = [cell for cell in cells if cell.text.startswith("142")]
    assert (cut.confidence == 1.0) is sure
