"""Rows with blank cells in text that keeps the columns of a page only roughly, as `pdftotext -layout` writes it.

Columns drift by a character or two from line to line, more over many lines. The complete rows nearest to a row show
where its figures stand, if all of them show the same; or if all that show anything do, and the row adds up.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from statistics import median

from loaders.form.columns import ends_with_sum
from loaders.form.records import Record
from loaders.form.rows import RowCell

_FEWEST_FIGURES = 3  # fewer may be the last digits of figures in the line above
_WIDE_GAP, _FEWEST_WIDE_GAPS = 2, 3  # columns of the screen; a line whose words are one blank apart keeps no columns
_MOST_ROWS_AWAY = 6
_MOST_NEIGHBOURS = 4
_FEWEST_NEIGHBOURS = 2
_MOST_DRIFT = 2.5  # columns of the screen that a whole line may be off
_MOST_OFF = 1.5  # columns of the screen that one figure may be off its column, apart from the drift
_MARGIN = 2.0  # by which any other way must be worse


def by_neighbours(record: Record, complete: Sequence[Record]) -> tuple[RowCell | None, ...] | None:
    """The figures by column, None where a cell is blank; None for all if the nearest complete rows do not agree.

    Rows that show nothing, since two ways are as good, do no harm where the last figure is the sum of the others.
    """
    numbers = record.numbers
    if len(numbers) < _FEWEST_FIGURES:
        return None
    near = sorted(
        (row for row in complete if _away(row, record) <= _MOST_ROWS_AWAY and _keeps_columns(row.numbers)),
        key=lambda row: _away(row, record),
    )
    alike = [row for row in near if row.own_labels == record.own_labels]
    near = near if alike and not _are_shifted(alike, near) else alike
    shown = [_columns(numbers, row.numbers) for row in near[:_MOST_NEIGHBOURS]]
    ways = [way for way in shown if way is not None]
    if len(set(ways)) != 1 or len(near) < _FEWEST_NEIGHBOURS:
        return None
    (way,) = set(ways)
    adds_up = bool(numbers[-1].reading.value()) and ends_with_sum(numbers)
    if len(ways) < len(shown) and not (len(ways) >= _FEWEST_NEIGHBOURS and adds_up):
        return None
    cells: list[RowCell | None] = [None] * len(near[0].numbers)
    for column, each in zip(way, numbers, strict=True):
        cells[column] = each
    return tuple(cells)


def _are_shifted(alike: Sequence[Record], rows: Sequence[Record]) -> bool:
    """Whether the figures of rows with as many labels begin elsewhere than those of some other rows near them."""
    begin = _middle(alike[0].numbers[0])
    return any(abs(_middle(row.numbers[0]) - begin) > _MOST_DRIFT for row in rows if row not in alike)


def _away(row: Record, record: Record) -> int:
    return abs(row.index - record.index)


def _keeps_columns(numbers: Sequence[RowCell]) -> bool:
    gaps = [after.cell.column - before.cell.column - before.cell.column_span for before, after in pairwise(numbers)]
    return sum(gap >= _WIDE_GAP for gap in gaps) >= _FEWEST_WIDE_GAPS


def _columns(numbers: Sequence[RowCell], complete: Sequence[RowCell]) -> tuple[int, ...] | None:
    """The columns whose figures in a complete row stand above or below the numbers, if one way is clearly best."""
    at, columns = list(map(_middle, numbers)), list(map(_middle, complete))
    costs = sorted((_cost(at, [columns[n] for n in way]), way) for way in combinations(range(len(columns)), len(at)))
    best, way = costs[0]
    clear = len(costs) == 1 or costs[1][0] - best >= _MARGIN
    return way if best <= _MOST_OFF and clear else None


def _cost(at: Sequence[float], columns: Sequence[float]) -> float:
    """How far the worst figure is off its column when the line is moved by its drift."""
    offs = [one - other for one, other in zip(at, columns, strict=True)]
    drift = max(-_MOST_DRIFT, min(_MOST_DRIFT, median(offs)))
    return max(abs(off - drift) for off in offs)


def _middle(each: RowCell) -> float:
    return each.cell.column + (each.cell.column_span - 1) / 2
