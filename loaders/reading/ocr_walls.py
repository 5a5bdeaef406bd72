"""Walls between the cells of a scanned table that the scanner lost, known from the figures on both sides of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from loaders.reading.grids import EDGE, Grid, GridCell
from loaders.reading.page_model import Ruling, Run
from loaders.reading.tables import begins_row, is_figure

_FEWEST_CELLS = 3
"""So many cells of a row, each with several figures at the same heights, are several rows."""


def lost_walls(grids: list[Grid], runs: list[Run]) -> tuple[list[Ruling], list[Ruling]]:
    """Level and upright lines that are missing beside figures: none of the form's cells holds more than one.

    A cell that covers several slots is parted where a figure stands in another one than the rest. A row of cells is
    parted where several of them hold figures at the same heights.
    """
    level: list[Ruling] = []
    upright: list[Ruling] = []
    for grid in grids:
        held = _runs_by_cell(grid, runs)
        for cell, inside in held:
            if len(inside) > 1:
                level += _level_walls(grid, cell, inside)
                upright += _upright_walls(grid, cell, inside)
        level += [line for row in range(len(grid.rows) - 1) for line in _lines_between_rows(grid, row, held)]
    return level, upright


_Held = list[tuple[GridCell, list[Run]]]


def _runs_by_cell(grid: Grid, runs: list[Run]) -> _Held:
    found: dict[int, tuple[GridCell, list[Run]]] = {}
    for run in runs:
        cell = grid.cell_at((run.left + run.right) / 2, run.middle)
        if cell is not None:
            found.setdefault(id(cell), (cell, []))[1].append(run)
    return list(found.values())


def _level_walls(grid: Grid, cell: GridCell, runs: list[Run]) -> list[Ruling]:
    inner = grid.rows[cell.row + 1 : cell.row + cell.row_span]
    left, _, right, _ = cell.box
    return [Ruling(at, left, right) for at in inner if _parts([(run.top, run.bottom, run) for run in runs], at)]


def _upright_walls(grid: Grid, cell: GridCell, runs: list[Run]) -> list[Ruling]:
    inner = grid.columns[cell.column + 1 : cell.column + cell.column_span]
    _, top, _, bottom = cell.box
    return [Ruling(at, top, bottom) for at in inner if _parts([(run.left, run.right, run) for run in runs], at)]


def _parts(runs: list[tuple[float, float, Run]], at: float) -> bool:
    """Whether a line would part a figure from something else without cutting through either."""
    before = [run for _, end, run in runs if end <= at + EDGE]
    after = [run for start, _, run in runs if start >= at - EDGE]
    if not before or not after or len(before) + len(after) < len(runs):
        return False
    return any(is_figure(run.text) for run in (*before, *after))


def _lines_between_rows(grid: Grid, row: int, held: _Held) -> list[Ruling]:
    """Lines between figures that stand at the same heights in several cells of one row, and across its label."""
    of_row = [(cell, sorted(runs, key=lambda run: run.middle)) for cell, runs in held if cell.row == row]
    stacks = [(cell, runs) for cell, runs in of_row if len(runs) > 1 and all(is_figure(run.text) for run in runs)]
    if len(stacks) < _FEWEST_CELLS:
        return []
    several = Counter(len(runs) for _, runs in stacks).most_common(1)[0][0]
    stacks = [(cell, runs) for cell, runs in stacks if len(runs) == several]
    heights = list(zip(*(runs for _, runs in stacks), strict=True))
    if len(stacks) < _FEWEST_CELLS or any(_top(same) > _bottom(same) for same in heights):
        return []
    first = min((cell for cell, _ in stacks), key=lambda cell: cell.column)
    label = next(((cell, runs) for cell, runs in of_row if cell.column + cell.column_span == first.column), (first, []))
    places = [_between(above, below, several, label[1]) for above, below in pairwise(heights)]
    return [Ruling(at, label[0].box[0], grid.columns[-1]) for at in places if at is not None and None not in places]


def _top(figures: Sequence[Run]) -> float:
    return max(run.top for run in figures)


def _bottom(figures: Sequence[Run]) -> float:
    return min(run.bottom for run in figures)


def _between(above: Sequence[Run], below: Sequence[Run], several: int, label: list[Run]) -> float | None:
    """Where a line must lie between figures of two rows: above the label that begins there, if that can be told."""
    upper, lower = above[0].middle, below[0].middle
    aside = (lower - upper) / 4
    begun = [run for run in label if begins_row(run.text) and upper < run.middle - aside < lower]
    if len(begun) == 1:
        before = [run.bottom for run in label if run.middle < begun[0].top]
        return (max([upper, *before]) + min(begun[0].top, _top(below))) / 2
    return (_bottom(above) + _top(below)) / 2 if len(label) in (0, several) else None
