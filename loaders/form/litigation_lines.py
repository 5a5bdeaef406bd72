"""The row of litigation on several lines: figures too long for their columns go on below, above and below the others.

So `pdftotext -layout` leaves it, and readers of pages that keep each line of a cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from loaders.form.figures import TEXT, read_figure
from loaders.form.litigation_sums import groups_add_up, value_of
from loaders.form.placement import SETTLED_BY_SUM
from loaders.form.records import Record
from loaders.form.rows import RowCell
from loaders.patterns import pattern_of

_END = pattern_of(r"\d{1,3}")
_MOST_ENDS = 3
"""A line with more figures of so few digits is another row."""


def as_one_row(found: list[Record], width: int, size: int) -> list[Record]:
    """The records, those as one that are the lines of one row.

    Figures with parts on other lines are read if their group of `size` figures adds up with these, else illegible.
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
    """Whether few figures of other lines stand in a column of the line that has most of them, as the ends of these."""
    if len(records) == 1:
        return False
    whole = max(records, key=lambda record: len(record.numbers))
    others = [each for record in records if record is not whole for each in record.row if each.cell.text.strip()]
    taken = {each.cell.column for each in whole.row if each.cell.text.strip()}
    ends = [each.cell.text.strip() for each in others if each.cell.column in taken]
    return len(ends) <= _MOST_ENDS and all(map(_END.fullmatch, ends))


def _joined(records: Sequence[Record], size: int) -> Record:
    whole = max(records, key=lambda record: len(record.numbers)).row
    columns = zip(*(record.row for record in records), strict=True)
    cells = [_in_one_line(column, of_whole) for column, of_whole in zip(columns, whole, strict=True)]
    for start in range(0, len(cells), size):
        group, alone = cells[start : start + size], whole[start : start + size]
        if _add_up(alone):
            cells[start : start + size] = alone
        elif not _add_up(group):
            cells[start : start + size] = map(_illegible_if_joined, group, alone)
    return replace(records[0], row=cells, figures=cells, own_labels=0)


def _add_up(group: Sequence[RowCell]) -> bool:
    return groups_add_up(list(map(value_of, group)), len(group)) and any(map(value_of, group))


def _in_one_line(lines: Sequence[RowCell], of_whole: RowCell) -> RowCell:
    """The cell of the line with most figures, with what other lines have in its column."""
    parts = [each.cell for each in lines if each.cell.text.strip()]
    if len(parts) == 0 or parts == [of_whole.cell]:
        return of_whole
    text = "".join(part.text.strip() for part in parts)
    cell = replace(parts[0], text=text, confidence=min(parts[0].confidence, SETTLED_BY_SUM))
    return RowCell(cell, read_figure(text))


def _illegible_if_joined(each: RowCell, of_whole: RowCell) -> RowCell:
    return each if each is of_whole else RowCell(each.cell, TEXT)
