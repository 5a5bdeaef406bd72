"""The row of litigation on several lines: figures too long for their columns go on below, above and below the others.

So `pdftotext -layout` leaves it, and readers of pages that keep each line of a cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from loaders.document import Cell
from loaders.form.figures import TEXT, read_figure
from loaders.form.litigation_sums import groups_add_up, value_of
from loaders.form.placement import SETTLED_BY_SUM
from loaders.form.records import Record
from loaders.form.rows import RowCell


def as_one_row(found: list[Record], width: int, size: int) -> list[Record]:
    """The records, those as one that are the lines of one row.

    Figures that stand on a line of their own are read if their group of `size` figures adds up, and illegible if not.
    """
    joined: list[Record] = []
    for _, lines in groupby(found, key=lambda record: _columns(record, width) or record.index):
        records = list(lines)
        joined += [_joined(records, size)] if _share_a_row(records) else records
    return joined


def _columns(record: Record, width: int) -> tuple[int, ...]:
    """Where the cells of a row of nothing but figures stand, with the number of its table; empty for other rows."""
    if not record.aligned or len(record.row) != width or any(map(_is_word, record.row)):
        return ()
    return record.block, *(each.cell.column for each in record.row)


def _is_word(each: RowCell) -> bool:
    """Whether a cell has words and not digits, be they the end of a figure, as 04 is."""
    return each.reading.kind == "text" and not each.cell.text.strip().isdecimal()


def _share_a_row(records: Sequence[Record]) -> bool:
    """Whether no figure of other lines stands in a column of the line that has most of them."""
    if len(records) == 1:
        return False
    whole = max(records, key=lambda record: len(record.numbers))
    others = [each for record in records if record is not whole for each in record.row]
    taken = {each.cell.column for each in whole.row if each.cell.text.strip()}
    return not any(each.cell.text.strip() and each.cell.column in taken for each in others)


def _joined(records: Sequence[Record], size: int) -> Record:
    whole = max(records, key=lambda record: len(record.numbers))
    lines = [record.row for record in records]
    cells = [
        _with_lines(list(column), of_whole)
        for column, of_whole in zip(zip(*lines, strict=True), whole.row, strict=True)
    ]
    for start in range(0, len(cells), size):
        group = cells[start : start + size]
        if not groups_add_up(list(map(value_of, group)), size):
            cells[start : start + size] = map(_illegible_if_joined, group, whole.row[start : start + size])
    return replace(records[0], row=cells, figures=cells, own_labels=0)


def _with_lines(lines: Sequence[RowCell], of_whole: RowCell) -> RowCell:
    """The cell of the line with most figures, or what other lines have in its column, run together."""
    parts = [each.cell for each in lines if each.cell.text.strip()]
    if of_whole.cell.text.strip() or not parts:
        return of_whole
    text = "".join(part.text.strip() for part in parts)
    return RowCell(_settled(parts[0], text), read_figure(text))


def _settled(cell: Cell, text: str) -> Cell:
    return replace(cell, text=text, confidence=min(cell.confidence, SETTLED_BY_SUM))


def _illegible_if_joined(each: RowCell, of_whole: RowCell) -> RowCell:
    return each if each is of_whole else RowCell(each.cell, TEXT)
