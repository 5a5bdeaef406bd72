"""PDF tables whose figures touch the lines between their cells."""

from __future__ import annotations

from loaders.document import Table
from loaders.reading.pdf.reader import read_pdf
from tests.pdf_files import Sheet, pdf


def last_row(sheet: Sheet) -> list[str]:
    (found,) = [block for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Table)]
    last = max(cell.row for cell in found.cells)
    return [cell.text for cell in found.cells if cell.row == last]


def test_lines_stand_where_their_own_table_has_them() -> None:
    """A table above without a gap between them has a line near to one of the second; text leaves no room for both."""
    sheet = Sheet().grid((60, 166, 300), (60, 80)).grid((60, 160, 200, 300), (80.5, 100, 120))
    sheet.text("规章", 70, 74).text("甲", 70, 94).text("26021", 134.8, 114).text("0", 160.2, 114).text("7", 230, 114)
    assert last_row(sheet) == ["26021", "0", "7"]


def test_ones_set_closer_than_other_digits_are_written_over_nothing() -> None:
    sheet = Sheet().grid((60, 100, 131, 200), (60, 80, 100))
    sheet.text("甲", 70, 74).text("2914", 110, 74).text("7", 140, 74).text("甲", 70, 94)
    parts = [("21", 45), ("1", -10), ("450", -60), ("71", 45), ("19", 0)]
    kerned = " ".join(f"<{digits.encode('utf-16-be').hex()}> {back}" for digits, back in parts)
    sheet.raw(f"BT /F1 10 Tf 0 Tc 100.6 748 Td [{kerned}] TJ ET")
    assert last_row(sheet) == ["甲", "211450", "7119"]
