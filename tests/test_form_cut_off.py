"""Tables whose last columns are missing, as where the edge of a page cuts off a table too wide for it."""

from __future__ import annotations

import pytest

from loaders.document import Place, Table
from loaders.form.figures import read_figure
from loaders.form.reading import read_form
from loaders.parsing import parse_file
from loaders.reading.pdf.reader import read_pdf
from tests.form_documents import APPLICANTS, applications, count, document, litigation, publication, table
from tests.pdf_files import Sheet, pdf

KEYS = ("person", "business", "research", "nonprofit", "legal", "other", "total")
RESULTS = ("upheld", "corrected", "other", "pending", "total")


def granted(rows: list[list[str]]) -> list[tuple[float | None, bool]]:
    """The figures of a row, and whether they are told with confidence."""
    figures = read_form(document(table(rows))).figures
    row = [figures[f"applications.granted.{key}"] for key in KEYS]
    return [(figure.value, figure.confidence > 0.5) for figure in row]


@pytest.mark.parametrize("shown", [2, 5, 6])
def test_the_header_tells_which_columns_of_applications_are_left(shown: int) -> None:
    _, _, *body = applications()
    rows = [["", *APPLICANTS[:shown]], *([row[0], *row[1 : shown + 1]] for row in body)]
    assert granted(rows) == [*((30 + n, True) for n in range(shown)), *[(None, False)] * (7 - shown)]


def test_a_header_that_lacks_another_label_tells_nothing() -> None:
    _, _, *body = applications()
    rows = [["", *APPLICANTS[:3], *APPLICANTS[4:6]], *([row[0], *row[1:4], *row[5:7]] for row in body)]
    assert granted(rows) == [(None, False)] * 7


def test_a_row_that_goes_on_beyond_the_last_label_is_not_cut_off() -> None:
    _, _, *body = applications()
    rows = [["", *APPLICANTS[:5]], *([row[0], "", *row[1:6]] for row in body)]
    assert granted(rows) == [(None, False)] * 7


@pytest.mark.parametrize("shown", [11, 14])
def test_the_header_tells_which_figures_of_litigation_are_left(shown: int) -> None:
    rows = [
        ["行政复议", "行政诉讼"],
        [*litigation()[2][:5], *litigation()[2][5:10], *litigation()[2][:5]][:shown],
        [str(20 + n) for n in range(shown)],
    ]
    figures = read_form(document(table(rows))).figures
    read = [
        figures[f"litigation.{group}.{key}"].value for group in ("review", "direct", "after_review") for key in RESULTS
    ]
    assert read == [*range(20, 20 + shown), *[None] * (15 - shown)]


def test_of_two_groups_of_litigation_nothing_tells_which_they_are() -> None:
    results = litigation()[2][:5]
    figures = read_form(document(table([["行政诉讼"], results * 2, [str(20 + n) for n in range(10)]]))).figures
    assert figures["litigation.review.upheld"].value is None


def test_a_figure_that_runs_over_the_edge_of_the_page_is_read() -> None:
    _, _, *body = applications()
    xs = (60, 300, 350, 400, 440, 480, 520, 582, 594.5)
    sheet = Sheet().text("三、收到和处理政府信息公开申请情况", 60, 60, 12).grid(xs, range(80, 80 + 20 * 27, 20))
    for number, row in enumerate([["", *APPLICANTS], *body]):
        y = 94 + 20 * number
        for x, text in zip(xs[:7], row, strict=False):
            sheet.text(text, x + 2, y, 6)
        sheet.text(f"{row[7]}000000" if number else row[7], 584, y, 8)
    read = parse_file(pdf(sheet), "甲县水利局2023年政府信息公开工作年度报告.pdf").form.figures
    assert [read[f"applications.granted.{key}"].value for key in ("person", "other", "total")] == [30, 35, 36000000]


def test_the_beginning_of_a_label_names_a_column_whose_figures_may_be_cut() -> None:
    _, _, *body = applications()
    rows = [["", *APPLICANTS[:4], "法律服务机"], *(row[:6] for row in body)]
    assert granted(rows) == [*((30 + n, True) for n in range(4)), *[(None, False)] * 3]


def test_other_words_behind_the_last_label_tell_nothing() -> None:
    _, _, *body = applications()
    rows = [["", *APPLICANTS[:4], "备注"], *(row[:6] for row in body)]
    assert granted(rows) == [(None, False)] * 7


def test_each_part_of_a_table_has_a_header_that_tells_which_columns_are_left() -> None:
    header, (_, _, *body) = ["", *APPLICANTS[:5]], applications()
    first, second = ([header, *(row[:6] for row in part)] for part in (body[:8], body[8:]))
    figures = read_form(document(table(first), table(second))).figures
    read = [figures[f"applications.{row}.{key}"].value for row in ("granted", "carried_out") for key in KEYS]
    assert read == [*range(30, 35), None, None, *range(250, 255), None, None]


def with_totals(totals: dict[str, int]) -> list[list[str]]:
    """Rows of seven figures that add up, but for some totals."""
    header, columns, *body = applications()
    rows = [[row[0], "4", "3", "2", "0", "0", "3", str(totals.get(row[0][:3], 12))] for row in body]
    return [header, columns, *rows]


def on_page(read: Table) -> Table:
    """The table as a page shows it."""
    for cell in read.cells:
        cell.place = Place(page=1)
    return read


@pytest.mark.parametrize(
    ("totals", "first", "second"),
    [
        ({"（一）": 1, "（二）": 1}, None, 12),
        ({"（一）": 1}, 1, 12),
        ({"（一）": 1, "（二）": 1, "四、结": 13}, 1, 12),
    ],
    ids=["cut", "one is another number", "some are other numbers"],
)
def test_totals_are_cut_where_several_are_the_first_digits_of_their_sums(
    totals: dict[str, int], first: float | None, second: float
) -> None:
    figures = read_form(document(on_page(table(with_totals(totals))))).figures
    assert figures["applications.granted.total"].value == first
    assert figures["applications.new.total"].value == second


def test_no_total_is_cut_where_no_page_has_an_edge() -> None:
    figures = read_form(document(table(with_totals({"（一）": 1, "（二）": 1})))).figures
    assert figures["applications.granted.total"].value == 1


def test_totals_are_cut_in_a_table_that_is_known_from_one_in_which_they_are_not() -> None:
    whole = [table(rows) for rows in (publication(), with_totals({}), litigation())]
    cut = [table(rows) for rows in (publication(), with_totals({"（一）": 1, "（二）": 1}), litigation())]
    assert read_form(document(*map(on_page, whole))).figures["applications.granted.total"].value == 12
    assert read_form(document(*map(on_page, cut))).figures["applications.granted.total"].value is None


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (["2.", "7其他法律行政法规禁止公开", "3", "0", "0", "0", "1", "11", ""], [7, 3, 0, 0, 0, 1, 11]),
        (["2.其他法律行政法", "0规禁止公开", "0", "0", "0", "0", "0", "0"], [0] * 7),
        (["2.", "0其他法律行政法规禁止公开", "0", "0", "0", "0", "0", "0", ""], [0] * 6 + [None]),
        (["2.", "7其他法律行政法规禁止公开", "3", "0", "0", "0", "1", "4", ""], [None] * 7),
        (["2.", "0其他法律行政法规禁止公开", "3", "", "0", "0", "0", "1", "4"], [3, None, 0, 0, 0, 1, 4]),
    ],
    ids=["adds up", "noughts", "noughts and a blank", "does not add up", "a label misread"],
)
def test_a_figure_in_a_label_that_runs_over_its_cell_is_the_first(cells: list[str], read: list[float | None]) -> None:
    rows = [cells if row[0].startswith("2.其他") else row for row in applications()]
    aligned = table(rows)
    for each in aligned.cells:
        each.column = [other for other in aligned.cells if other.row == each.row].index(each)
    figures = read_form(document(aligned)).figures
    assert [figures[f"applications.denied.law.{key}"].value for key in KEYS] == read


def test_a_part_of_a_table_without_header_shows_as_many_columns_as_that_with_one() -> None:
    _, _, *body = applications()
    first = [["", *APPLICANTS[:5]], *(row[:6] for row in body[:2])]
    figures = read_form(document(table(first), table([row[:6] for row in body[2:]]))).figures
    read = [figures[f"applications.{row}.{key}"].value for row in ("granted", "carried_out") for key in KEYS]
    assert read == [*range(30, 35), None, None, *range(250, 255), None, None]


def test_a_last_column_without_figures_may_be_one_that_is_cut_off() -> None:
    _, _, *body = applications()
    rows = [["", *APPLICANTS[:3], ""], *([*row[:4], ""] for row in body)]
    assert granted(rows) == [*((30 + n, True) for n in range(3)), *[(None, False)] * 4]


@pytest.mark.parametrize(("word", "read"), [("总", None), ("总计", 7)], ids=["cut", "whole"])
def test_the_last_figure_of_litigation_below_a_word_that_is_cut_may_lack_digits(word: str, read: float | None) -> None:
    results = [*litigation()[2][:5], *litigation()[2][:4], word]
    sheet = Sheet().text("四、政府信息公开行政复议、行政诉讼情况", 40, 60, 12)
    for y in (80, 100, 120, 140):
        sheet.line(40, y, 560, y)
    for n in range(10):
        sheet.line(40 + 52 * n, 80 if n in (0, 5) else 100, 40 + 52 * n, 140)
        sheet.text(results[n], 44 + 52 * n, 114).text("7" if n == 9 else "0", 60 + 52 * n, 134)
    sheet.text("行政复议", 60, 94).text("行政诉讼", 320, 94)
    cells = [cell.text for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Table) for cell in block.cells]
    assert read_figure(next(text for text in cells if text.startswith("7"))).kind == ("figure" if read else "blank")


def test_the_beginning_of_a_group_that_is_cut_off_moves_no_figure_of_the_others() -> None:
    """A browser prints as much of a page as the paper is wide."""
    results = [*litigation()[2][:5] * 2, "结果维持", "结"]
    xs = [40 + 42 * n for n in range(13)]
    sheet = Sheet().text("四、政府信息公开行政复议、行政诉讼情况", 40, 60, 12)
    for y in (80, 100, 120, 140):
        sheet.line(40, y, 544, y)
    for n, x in enumerate(xs[:-1]):
        sheet.line(x, 80 if n in (0, 5, 10) else 100, x, 140)
        sheet.text(results[n], x + 1, 114).text("" if n == 0 else str(20 + n), x + 12, 134)
    sheet.text("行政复议", 60, 94).text("未经复议直接起诉", 280, 94).text("复议", 480, 94)
    cells = [cell.text for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Table) for cell in block.cells]
    assert cells[-1] == "31"  # of two figures of a group nothing is told, and one alone could be another's


@pytest.mark.parametrize(("total", "kept"), [("219", False), ("279", True)])
def test_a_row_that_ends_a_page_within_its_label_has_no_figures_unless_they_add_up(total: str, kept: bool) -> None:
    rows = applications()
    at = next(n for n, row in enumerate(rows) if row[0].startswith("2.其他法律"))
    cut = ["2.其他法律行政法规", "198", "30", "0", "0", "0", "51", total]
    parts = on_page(table([*rows[:at], cut])), on_page(table([["禁止公开", *[""] * 7], *rows[at + 1 :]]))
    read = read_form(document(parts[0], "三、收到和处理政", "府信息公开申请情况", parts[1])).figures
    figures = [read[f"applications.denied.law.{key}"].value for key in KEYS]
    assert figures == ([198, 30, 0, 0, 0, 51, 279] if kept else [None] * 7)
    assert read["applications.denied.safety.person"].value == count("applications", 6, 0)


def test_ten_figures_below_a_header_of_all_three_groups_are_of_none() -> None:
    results = litigation()[2][:5]
    rows = [
        ["行政复议", "", "", "", "行政诉讼", *[""] * 5],
        [*results, "未经复议直接起诉", "", "", "", "复议后起诉"],
        [*[""] * 4, *results, ""],
        ["4", "1", "1", "3", "9", "1", "", "", "1", ""],
    ]
    figures = read_form(document(table(rows))).figures
    assert all(figures[f"litigation.direct.{key}"].value is None for key in RESULTS)
