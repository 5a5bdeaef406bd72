"""PDF tables whose figures run over the lines of their cells: whole where they can be told, else in doubt."""

from __future__ import annotations

import pytest

from loaders.document import UNSURE, Paragraph
from loaders.reading.pdf.reader import read_pdf
from tests.pdf_files import Sheet, pdf
from tests.test_reading_pdf import rows, table

XS = (60, 100, 120, 140, 160)


def row_of(sheet: Sheet) -> list[str]:
    (row,) = rows(table(read_pdf(pdf(sheet.grid(XS, (100, 120))))))
    return row


def test_a_line_between_the_digits_of_a_figure_does_not_part_it() -> None:
    """Its digits are as far apart there as elsewhere; it may be two, as the cell that it runs into is empty."""
    sheet = Sheet().text("甲", 64, 114).text("1234567", 103.4, 114, 6, gap=0.35)
    assert f"1234567{UNSURE}" in row_of(sheet)


def test_figures_written_over_each_other_are_in_doubt() -> None:
    codes = ["123".encode("utf-16-be").hex(), "456".encode("utf-16-be").hex()]
    sheet = Sheet().text("甲", 64, 114)
    sheet.raw(f"BT /F1 10 Tf 0.4 Tc 102 728 Td <{codes[0]}> Tj 13.7 0 Td <{codes[1]}> Tj ET")
    assert row_of(sheet)[1:] == [f"123{UNSURE}", f"456{UNSURE}", ""]


def test_figures_with_a_wider_gap_at_the_line_between_them_are_two() -> None:
    sheet = Sheet().text("甲", 64, 114).text("123", 103, 114).text("45", 121, 114)
    assert row_of(sheet)[1:] == ["123", "45", ""]


def test_digits_behind_a_unit_are_another_figure_though_no_gap_parts_them() -> None:
    """Its bracket reaches over the line between the cells."""
    sheet = Sheet().text("甲", 64, 114).text("3（件）7", 101, 114, 6)
    assert row_of(sheet)[1:] == ["3（件）", "7", ""]


@pytest.mark.parametrize("unseen", ["1 g", "3 Tr"])
@pytest.mark.parametrize(("draft", "shown"), [("54", "5"), ("7", "0"), ("9", "169")])
def test_a_draft_that_nobody_sees_below_a_figure_is_left_out(unseen: str, draft: str, shown: str) -> None:
    code = draft.encode("utf-16-be").hex()
    sheet = Sheet().text("甲", 64, 114)
    sheet.raw(f"BT {unseen} /F1 8 Tf 106 728 Td <{code}> Tj ET 0 g BT 0 Tr ET").text(shown, 107.5, 114, 8)
    assert row_of(sheet)[1:] == [shown, "", ""]


def test_what_stands_outside_the_part_that_is_shown_is_no_text() -> None:
    sheet = Sheet(crop="0 0 570 842").text("第一页", 64, 114).text("77", 580, 114)
    assert [block.text for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Paragraph)] == ["第一页"]


def test_what_was_filled_in_or_typed_onto_a_page_is_part_of_it() -> None:
    code = "12".encode("utf-16-be").hex()
    sheet = Sheet(note=f"BT /F1 8 Tf 104 728 Td <{code}> Tj ET").text("甲", 64, 114)
    assert row_of(sheet) == ["甲", "12", "", ""]
