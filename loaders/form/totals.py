"""Tables of applications whose last column, the totals, is left blank in all rows: six figures a row, in order."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.form.placement import IN_ORDER, Placement
from loaders.form.records import Record
from loaders.form.rows import RowCell

_FEWEST_ROWS, _FEWEST_BELOW = 8, 3
_APPLICANTS = 6
_MOST_WAYS = 3  # in which rows of a table may stand, as labels of different width or empty cells shift them


def totals_are_blank(records: Sequence[Record], width: int) -> bool:
    """Whether no row has a total: the last of six figures is less than the others together, and hardly ever their sum.

    Where another column is missing instead, the last is the total and never less than its parts.
    """
    if width != _APPLICANTS + 1 or any(len(record.numbers) >= width for record in records):
        return False
    rows = [record.numbers for record in records if _is_whole(record)]
    if len(rows) < max(_FEWEST_ROWS, len(records) / 2):
        return False
    if (
        len({tuple(_columns(record.numbers)) for record in records if record.aligned and _is_whole(record)})
        > _MOST_WAYS
    ):
        return False  # each row lacks another figure
    values = [[each.reading.value() or 0 for each in row] for row in rows]
    told = [(sum(parts), last) for *parts, last in values if any(parts)]
    below = sum(last < together for together, last in told)
    return below >= max(_FEWEST_BELOW, 2 * sum(last == together for together, last in told))


def may_all_be_shifted(records: Sequence[Record], width: int) -> bool:
    """Whether an empty cell stands before and behind the six figures of each row, which do not add up.

    Either each row lacks its first figure, or an empty cell shifted all of them and the totals are blank.
    """
    if len(records) < _FEWEST_ROWS or not all(_stands_between_blanks(record, width) for record in records):
        return False
    values = ([each.reading.value() for each in record.numbers] for record in records)
    return any(sum(parts) != last for *parts, last in values)


def _stands_between_blanks(record: Record, width: int) -> bool:
    cells = record.figures
    return len(cells) == width + 1 and len(record.numbers) == width - 1 and cells[1:-1] == record.numbers


def without_total(record: Record, others: Sequence[Record]) -> Placement | None:
    """The six figures of a row in order; blank ones among them by the columns of the page in which others stand."""
    if _is_whole(record):
        return Placement((*record.numbers, None), IN_ORDER)
    columns = [_columns(each.numbers) for each in others if each.aligned and _is_whole(each)]
    if not (record.aligned and record.numbers and columns and all(each == columns[0] for each in columns)):
        return None
    at = {each.cell.column: each for each in record.row}
    if not set(_columns(record.numbers)) <= set(columns[0]):
        return None
    return Placement((*(at.get(column) for column in columns[0]), None), IN_ORDER)


def _is_whole(record: Record) -> bool:
    """Whether a row has all figures but the total, side by side, and its own label where the file has a table."""
    if len(record.numbers) != _APPLICANTS or not (record.own_labels > 0 or not record.tabular):
        return False
    first = record.figures.index(record.numbers[0])
    return record.figures[first : first + _APPLICANTS] == record.numbers


def _columns(cells: Sequence[RowCell]) -> list[int]:
    return [each.cell.column for each in cells]
