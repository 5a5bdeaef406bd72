"""From ruling lines to the cells of tables. The same steps serve PDF pages and scans.

Lines on one axis are merged, lines that meet form a table, the distinct positions give rows and columns, and cells
between which no line stands are one merged cell. Lines need not be complete: a table without outer edges, or cut
by the end of a page, is closed where its lines end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from loaders.reading.printed.page_model import Box, Ruling, Run

_SNAP = 6.5
"""Points; nothing can be read between lines closer than this: double lines, borders of neighbours drawn apart."""

_TIGHT = 0.75
"""Part of the height of the type that the lowest row is higher than."""

_NARROWEST = 60.0
"""Points; lines that frame less are strokes of letters or ornaments."""

EDGE = 3.0
"""Points by which text may stand outside its table."""

_COLLINEAR = 1.0
"""Points; pieces closer than this belong to one line wherever on the page they stand."""

_BRIDGE = 4.0
"""Points; gaps up to this are bridged (dots, dashes, corners)."""

_REACH = 4.0
"""Points; lines that miss each other by less still meet."""

_OVERHANG = 6.0
"""Points; lines that go on beyond the last crossing line by more have lost an outer edge."""

_FEWEST_CROSSED = 4
"""So many lines across the only one are those of a row, and no strokes of a letter."""

_Span = tuple[int, int, int, int]
"""First row and column of a cell, and those behind its last."""

_AT, _START = attrgetter("at"), attrgetter("start")


@dataclass(slots=True)
class GridCell:
    """One cell with its place in the grid and what stands in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    runs: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table as its lines draw it. `slots[row][column]` is the index of the cell that covers a slot.

    `drawn` says for each row where its own lines stand, if lines of several rows that stand near each other were taken
    for one: those of two tables without a gap between them, or of rows that were drawn one by one. `is_cut_off` tells
    that the last column has no line at its end, though the first has one at its beginning: the page may go on there.
    """

    columns: list[float]
    rows: list[float]
    cells: list[GridCell]
    slots: list[list[int]]
    drawn: list[list[float]] | None = None
    is_cut_off: bool = False

    @property
    def box(self) -> Box:
        """Outer edge."""
        return self.columns[0], self.rows[0], self.columns[-1], self.rows[-1]

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """The cell around a point; None outside the grid."""
        columns, rows = self.columns, self.rows
        if not (columns[0] - EDGE <= x <= columns[-1] + EDGE and rows[0] - EDGE <= y <= rows[-1] + EDGE):
            return None
        row = bisect_right(rows, y, 1, len(rows) - 1)
        column = bisect_right(columns if self.drawn is None else self.drawn[row - 1], x, 1, len(columns) - 1)
        return self.cells[self.slots[row - 1][column - 1]]


def find_grids(horizontal: list[Ruling], vertical: list[Ruling], type_size: float = 0.0) -> list[Grid]:
    """All tables of a page, from top to bottom. Frames around a single cell are left out.

    Between lines closer than the type is high nothing can be read; a page that was scaled down has small type.
    """
    snap = min(_SNAP, _TIGHT * type_size) if type_size else _SNAP
    parts = _components(merge_rulings(horizontal), merge_rulings(vertical))
    grids = [_build(across, down, snap) for across, down in parts]
    tables = [grid for grid in grids if grid is not None and grid.columns[-1] - grid.columns[0] >= _NARROWEST]
    return sorted(tables, key=lambda grid: (grid.rows[0], grid.columns[0]))


def merge_rulings(rulings: list[Ruling]) -> list[Ruling]:
    """Lines on one axis that touch or nearly touch, as one line each."""
    merged: list[Ruling] = []
    for group in _clusters(sorted(rulings, key=_AT)):
        if len(group) == 1:
            merged += group
            continue
        at = sum([ruling.at for ruling in group]) / len(group)
        group.sort(key=_START)
        start, end = group[0].start, group[0].end
        for ruling in group[1:]:
            if ruling.start <= end + _BRIDGE:
                if ruling.end > end:
                    end = ruling.end
            else:
                merged.append(Ruling(at, start, end))
                start, end = ruling.start, ruling.end
        merged.append(Ruling(at, start, end))
    return merged


def _clusters(rulings: list[Ruling]) -> Iterable[list[Ruling]]:
    """Neighbours along `at` that are collinear with the first of them."""
    start, first = 0, rulings[0].at if rulings else 0.0
    for end, ruling in enumerate(rulings):
        if ruling.at - first > _COLLINEAR:
            yield rulings[start:end]
            start, first = end, ruling.at
    if rulings:
        yield rulings[start:]


def _components(across: list[Ruling], down: list[Ruling]) -> Iterable[tuple[list[Ruling], list[Ruling]]]:
    """Sets of lines that hang together."""
    reaches = [(index, line.at, line.start - _REACH, line.end + _REACH) for index, line in enumerate(down)]
    meets: list[list[int]] = []
    for line in across:
        at, left, right = line.at, line.start - _REACH, line.end + _REACH
        meets.append([index for index, x, top, bottom in reaches if top <= at <= bottom and left <= x <= right])
    met_by: list[list[int]] = [[] for _ in down]
    for index, others in enumerate(meets):
        for other in others:
            met_by[other].append(index)
    seen: set[int] = set()
    for first in range(len(across)):
        if first in seen or not meets[first]:
            continue
        rows, columns, waiting = {first}, set[int](), [first]
        while waiting:
            for column in meets[waiting.pop()]:
                if column not in columns:
                    columns.add(column)
                    new = [row for row in met_by[column] if row not in rows]
                    rows.update(new)
                    waiting += new
        seen |= rows
        yield [across[row] for row in sorted(rows)], [down[column] for column in sorted(columns)]


def _positions(lines: list[Ruling], crossing: list[Ruling], snap: float) -> list[float]:
    """Where rows or columns are divided; a missing outer edge stands where two crossing lines end, or the only one."""
    groups: list[list[float]] = []
    for position in sorted([line.at for line in lines]):
        if not groups or position - groups[-1][0] > snap:
            groups.append([])
        groups[-1].append(position)
    found = [sum(group) / len(group) for group in groups]
    starts, ends = sorted([line.start for line in crossing]), sorted([line.end for line in crossing])
    if len(crossing) == 1 and len(found) < _FEWEST_CROSSED:
        return [round(position, 1) for position in found]
    second = min(1, len(crossing) - 1)
    if starts[second] < found[0] - _OVERHANG:
        found.insert(0, starts[0])
    if ends[-1 - second] > found[-1] + _OVERHANG:
        found.append(ends[-1])
    return [round(position, 1) for position in found]


def _walls(lines: list[Ruling], positions: list[float], crossing: list[float]) -> tuple[bytes, ...]:
    """`walls[p][k]`: whether a line at `positions[p]` closes the interval `crossing[k]` to `crossing[k + 1]`."""
    middles = [(a + b) / 2 for a, b in pairwise(crossing)]
    walls = [bytearray(len(middles)) for _ in positions]
    for line in lines:
        start, end = bisect_right(middles, line.start), bisect_right(middles, line.end)
        if start < end:
            walls[_nearest(positions, line.at)][start:end] = b"\1" * (end - start)
    return tuple(map(bytes, walls))


def _nearest(positions: list[float], value: float) -> int:
    after = min(bisect_right(positions, value), len(positions) - 1)
    return after - 1 if after and value - positions[after - 1] < positions[after] - value else after


def _build(across: list[Ruling], down: list[Ruling], snap: float) -> Grid | None:
    columns, rows = _positions(down, across, snap), _positions(across, down, snap)
    if len(columns) < 2 or len(rows) < 2 or (len(columns) == 2 and len(rows) == 2):
        return None
    spans, slots = _merged(_walls(across, rows, columns), _walls(down, columns, rows))
    if len(spans) < 2:
        return None
    drawn = _drawn(down, columns, rows)
    edges = [columns] * len(rows) if drawn is None else drawn
    cells = [
        GridCell(
            row, column, down_to - row, end - column, (edges[row][column], rows[row], edges[row][end], rows[down_to])
        )
        for row, column, down_to, end in spans
    ]
    upright = [line.at for line in down]
    is_cut_off = max(upright) < columns[-1] - _OVERHANG and min(upright) < columns[0] + _OVERHANG
    return Grid(columns, rows, cells, slots, drawn, is_cut_off)


def _drawn(lines: list[Ruling], columns: list[float], rows: list[float]) -> list[list[float]] | None:
    """Where the upright lines of each row stand; None where all stand at their columns. Double lines do so, too."""
    if all(abs(line.at - columns[_nearest(columns, line.at)]) <= _COLLINEAR for line in lines):
        return None
    drawn = [list(columns) for _ in rows[1:]]
    for line in lines:
        column = _nearest(columns, line.at)
        for row, (top, bottom) in enumerate(pairwise(rows)):
            if line.start < (top + bottom) / 2 < line.end:
                drawn[row][column] = round(line.at, 1) if drawn[row][column] == columns[column] else columns[column]
    return drawn if all(row == sorted(row) for row in drawn) else None


@lru_cache(maxsize=1 << 8)
def _merged(below: tuple[bytes, ...], beside: tuple[bytes, ...]) -> tuple[list[_Span], list[list[int]]]:
    """The cells between the walls and which of them covers each slot. Kept, because most tables are alike in this."""
    height, width = len(below) - 1, len(beside) - 1
    slots = [[-1] * width for _ in range(height)]
    cells: list[_Span] = []
    for row in range(height):
        for column in range(width):
            if slots[row][column] >= 0:
                continue
            right = column + 1
            while right < width and slots[row][right] < 0 and not beside[right][row]:
                right += 1
            bottom = row + 1
            while bottom < height and _goes_on(below[bottom], beside, slots[bottom], bottom, column, right):
                bottom += 1
            for line in slots[row:bottom]:
                line[column:right] = [len(cells)] * (right - column)
            cells.append((row, column, bottom, right))
    return cells, slots


def _goes_on(above: bytes, beside: tuple[bytes, ...], slots: list[int], row: int, left: int, right: int) -> bool:
    """Whether a merged cell that spans the columns `left` to `right` reaches down into `row`."""
    free = not any(above[left:right]) and all(slot < 0 for slot in slots[left:right])
    return free and not any(beside[column][row] for column in range(left + 1, right))
