"""Tables without a single line, whose cells or rows are painted areas.

Web pages draw hairlines so: a dark ground shows between cells of white. Others part cells by their colour alone, or
paint every second row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from loaders.reading.printed.page_model import Box, Ruling, Run
from loaders.reading.printed.tables import is_figure

_GAP = 3.5
"""Points between two cells side by side; more of them belong to no table."""

_LAP = 2.0
"""Points by which cells may overlap, each painted with a line around it."""

_FEWEST, _MOST = 5, 4000
_FEWEST_ROWS, _FEWEST_COLUMNS = 2, 2
_SHARED = 2
"""Cells that begin at one edge, on average; those of marked words in running text begin anywhere."""

_COVERED = 0.85
"""Part of a table that its cells cover."""

_FEWEST_PAINTED, _WIDE, _LEVEL = 3, 0.6, 0.5
"""Rows that are painted, their width as part of the widest, and points by which edges of one row may differ."""

_BELOW = 2.5
"""Heights of type below the last row; a figure there belongs to a row that is not painted."""


def tiled_tables(areas: list[Box], lines: list[Ruling], runs: list[Run]) -> list[Box]:
    """The cells of tables that are painted as areas; those with upright `lines` in them draw their cells that way."""
    if not _FEWEST <= len(areas) <= _MOST:
        return []
    cells: list[Box] = []
    for table in _side_by_side(list(dict.fromkeys(areas))):
        if len(table) >= _FEWEST and _is_table(table, lines, runs):
            cells += table
    return cells


def painted_rows(areas: list[Box], lines: list[Ruling]) -> list[Ruling]:
    """Lines along the upper and lower edges of rows that are painted, as every second row of a table may be.

    Rows with upright `lines` through them are those of a table that is drawn.
    """
    if not _FEWEST_PAINTED <= len(areas) <= _MOST:
        return []
    rows = _in_rows(areas)
    wide = _WIDE * max((right - left for left, _, right, _ in rows), default=0.0)
    rows = [row for row in rows if row[2] - row[0] >= wide]
    if len(rows) < _FEWEST_PAINTED or any(_cross(row, lines) for row in rows):
        return []
    return [Ruling(edge, left, right) for left, top, right, bottom in rows for edge in (top, bottom)]


def _in_rows(areas: list[Box]) -> list[Box]:
    """Areas of one height that stand side by side, as one each."""
    rows: list[Box] = []
    for left, top, right, bottom in sorted(dict.fromkeys(areas), key=lambda area: (round(area[1]), area[0])):
        before = rows[-1] if rows else (0.0, 0.0, 0.0, 0.0)
        level = abs(before[1] - top) < _LEVEL and abs(before[3] - bottom) < _LEVEL
        if level and left <= before[2] + _GAP:
            rows[-1] = (before[0], before[1], max(before[2], right), before[3])
        else:
            rows.append((left, top, right, bottom))
    return rows


def _cross(row: Box, lines: list[Ruling]) -> bool:
    left, top, right, bottom = row
    return any(left + _GAP < line.at < right - _GAP and line.start < bottom and line.end > top for line in lines)


def _is_table(cells: list[Box], lines: list[Ruling], runs: list[Run]) -> bool:
    left, top = min(cell[0] for cell in cells), min(cell[1] for cell in cells)
    right, bottom = max(cell[2] for cell in cells), max(cell[3] for cell in cells)
    columns, rows = (len(_apart(cell[axis] for cell in cells)) for axis in (0, 1))
    if columns < _FEWEST_COLUMNS or rows < _FEWEST_ROWS or len(cells) < _SHARED * columns:
        return False
    covered = sum((cell[2] - cell[0] + _GAP) * (cell[3] - cell[1] + _GAP) for cell in cells)
    if covered < _COVERED * (right - left) * (bottom - top):
        return False
    if _cross((left, top, right, bottom), lines):
        return False
    figures = [run for run in runs if left < run.left and run.right < right and is_figure(run.text)]
    inside = any(top < run.middle < bottom for run in figures)
    below = [run for run in figures if bottom < run.middle < bottom + _BELOW * run.height]
    return inside and not any(_has_neighbours(run, runs) for run in below)


def _has_neighbours(run: Run, runs: list[Run]) -> bool:
    """Whether anything stands on the line of a figure; nothing stands beside the number of a page."""
    return any(other is not run and abs(other.middle - run.middle) < run.height / 2 for other in runs)


def _apart(edges: Iterable[float]) -> list[float]:
    """Edges that are no rounding of one another."""
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > _GAP:
            found.append(edge)
    return found


def _side_by_side(areas: list[Box]) -> list[list[Box]]:
    """Areas that hang together, each beside or below another."""
    group = list(range(len(areas)))
    for first, second in [*_neighbours(areas, 0), *_neighbours(areas, 1)]:
        group[_root(group, first)] = _root(group, second)
    found: defaultdict[int, list[Box]] = defaultdict(list)
    for index, area in enumerate(areas):
        found[_root(group, index)].append(area)
    return list(found.values())


def _root(group: list[int], index: int) -> int:
    while group[index] != index:
        group[index] = index = group[group[index]]
    return index


def _neighbours(areas: Sequence[Box], axis: int) -> Iterable[tuple[int, int]]:
    """Pairs of which the second begins along an axis where the first ends, with an edge in common."""
    by_start: defaultdict[int, list[int]] = defaultdict(list)
    for index, area in enumerate(areas):
        by_start[int(area[axis] // _GAP)].append(index)
    across = 1 - axis
    for index, area in enumerate(areas):
        end = area[axis + 2]
        for slot in range(int((end - _LAP) // _GAP), int((end + _GAP) // _GAP) + 1):
            for other in by_start.get(slot, ()):
                if other == index or not -_LAP <= areas[other][axis] - end <= _GAP:
                    continue
                if min(area[across + 2], areas[other][across + 2]) - max(area[across], areas[other][across]) > _LAP:
                    yield index, other
