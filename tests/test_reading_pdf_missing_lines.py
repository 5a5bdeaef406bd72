"""PDF tables of which lines draw the rows but not the columns, or the columns but not the rows."""

from __future__ import annotations

import pytest

from loaders.reading.pdf.reader import read_pdf
from tests.pdf_files import Sheet, pdf
from tests.test_reading_pdf import rows, table

FIGURES = [
    [f"{row}.{name}", *("" if row == column else str(10 * row + column) for column in range(1, 6))]
    for row, name in enumerate("甲乙丙丁戊己", 1)
]
XS = (60, 200, 260, 320, 380, 440)


@pytest.mark.parametrize(
    ("xs", "ys"),
    [
        ((50, 500), [100 + 20 * number for number in range(7)]),
        ((50, 180, 500), [100 + 20 * number for number in range(7)]),
        ((50, *(x - 6 for x in XS[1:]), 500), [100, 220]),
    ],
    ids=["a frame and rows", "a frame, labels and rows", "a frame and columns"],
)
def test_figures_between_which_lines_are_missing_stand_in_cells_of_their_own(
    xs: tuple[float, ...], ys: list[float]
) -> None:
    sheet = Sheet().grid(xs, ys).words(XS, 100, FIGURES)
    assert [row[-6:] for row in rows(table(read_pdf(pdf(sheet))))] == FIGURES


def test_figures_that_go_on_in_the_line_below_need_no_line_between() -> None:
    sheet = Sheet().grid((50, 180, 250, 320), (100, 140, 180))
    for number, label in enumerate("甲乙"):
        top = 100 + 40 * number
        sheet.text(label, 64, top + 14).text("12345", 184, top + 14).text("678", 184, top + 27).text("9", 254, top + 14)
    assert rows(table(read_pdf(pdf(sheet)))) == [[label, "12345\n678", "9"] for label in "甲乙"]


def test_rows_of_publication_between_which_lines_are_missing_are_rows() -> None:
    words = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "12", "0", "3"],
        ["行政规范性文件", "7", "45", "6"],
    ]
    sheet = Sheet().grid((50, 170, 280, 390, 500), (90, 160)).words((60, 190, 300, 410), 100, words)
    assert [[cell for cell in row if cell] for row in rows(table(read_pdf(pdf(sheet))))][1:] == words[1:]
