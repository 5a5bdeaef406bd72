"""Tables whose last columns are missing, as where the edge of a page cuts off a table too wide for it."""

from __future__ import annotations

import pytest

from loaders.form.reading import read_form
from loaders.parsing import parse_file
from tests.form_documents import APPLICANTS, applications, document, litigation, table
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
