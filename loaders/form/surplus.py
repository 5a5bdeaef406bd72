"""Rows with more figures than the form has columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from loaders.form.columns import Header
from loaders.form.placement import IN_ORDER, SETTLED_BY_SUM, Placement, lost
from loaders.form.records import Record
from loaders.form.rows import RowCell
from loaders.patterns import pattern_of

_MOST_COPIES = 3
"""Columns that the only figure of a row takes beside others in the publication table."""

_NUMBERED = pattern_of(r"\s*[1-8]\s*[.．、]")


def one_for_each(record: Record, header: Header | None) -> Placement | None:
    """Merged cells that were written down once a column: those under the first mention of each label."""
    if header is None or not record.tabular:
        return None
    at = {each.cell.column: each for each in record.numbers}
    cells = [at.get(first) for first, _ in header.bands]
    values = {each.reading.value() for each in record.numbers if each.cell.column > header.bands[-1][0]}
    last = cells[-1]
    repeated = last is not None and values <= {last.reading.value()}
    return Placement(tuple(cells), IN_ORDER) if repeated and all(cells) else None


def one_for_all(record: Record, width: int) -> Placement:
    """The same for a single column, where each copy holds the same figure.

    With more of them outside tables, figures of many rows stand in a heap, and the first need not be of this one.
    """
    numbers = record.numbers
    if width != 1:
        return _without_stray_number(record, width)
    if not record.tabular and len(numbers) > _MOST_COPIES:
        return lost(1)
    values = {cell.reading.value() for cell in numbers}
    return Placement((numbers[0],), IN_ORDER) if len(values) == 1 else lost(1)


def of_pieces(record: Record, width: int) -> Placement:
    """A line of figures, or it and the line below, if the row then adds up; no cut figure begins with a zero."""
    line = [each for each in record.row if each.reading.kind == "figure"]
    for cells in (line, record.numbers):
        *parts, total = (each.reading.value() for each in cells)
        if len(cells) == width and sum(parts) == total and (total or cells is line):
            return Placement(tuple(cells), SETTLED_BY_SUM)
    return lost(width)


def _without_stray_number(record: Record, width: int) -> Placement:
    """One number too many, a page number perhaps: leave out the one without which the row adds up, if it is one.

    Not one that stands in the label's line in saved text: then those below are another row. Nor if the row adds up,
    too, where two of them are the halves of one that a line end parted; nor where the labels of several rows stand in
    front, as the figures may be those of any of them.
    """
    numbers = record.numbers
    if not record.tabular and sum(map(bool, map(_NUMBERED.match, record.labels))) > 1:
        return lost(width)
    beside_label = [each for each in record.row if not record.tabular and each.reading.kind == "figure"]
    if len(numbers) != width + 1 or width != 7:
        return lost(width)
    readings = set()
    chosen: tuple[RowCell, ...] | None = None
    for stray in range(len(numbers)):
        rest = numbers[:stray] + numbers[stray + 1 :]
        values = tuple(cell.reading.value() for cell in rest)
        if sum(values[:-1]) == values[-1] and values not in readings:
            readings.add(values)
            chosen = tuple(rest)
    if chosen is None or len(readings | _joined_readings(numbers)) != 1:
        return lost(width)
    if any(each is not other for each, other in zip(beside_label, chosen, strict=False)) and record.own_labels:
        return lost(width)
    return Placement(chosen, SETTLED_BY_SUM)


def _joined_readings(numbers: Sequence[RowCell]) -> set[tuple[float, ...]]:
    """The values that add up to their last if two numbers beside each other are one that was parted."""
    values = [cell.reading.value() for cell in numbers]
    readings = set()
    for first, (head, tail) in enumerate(pairwise(cell.cell.text.strip() for cell in numbers)):
        if head.isdecimal() and tail.isdecimal() and int(head):
            joined = (*values[:first], float(head + tail), *values[first + 2 :])
            if sum(joined[:-1]) == joined[-1]:
                readings.add(joined)
    return readings
