"""Walls between the cells of a scanned table that the scanner lost, known from the figures on both sides of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from statistics import median

from loaders.patterns import pattern_of
from loaders.reading.printed.grids import EDGE, Grid, GridCell
from loaders.reading.printed.page_model import Ruling, Run
from loaders.reading.printed.tables import begins_row, is_figure

_FEWEST_CELLS = 3
"""So many cells of a row, each with several figures at the same heights, are several rows."""

_FILLED, _LINES_OF_A_BROKEN = 0.6, 2
"""The part of a cell's width within its margins, and the lines in which most figures stand that do not fit in."""

_MORE_ROOM = 1.1
"""How many times as wide as those of broken figures a cell is in which longer ones are whole."""

_AS_TWO = 1.5
"""How many times as wide as most beside it a cell is that holds two figures, and the one of another cell."""

_ROOM = 5.5
"""Points by which the detector's box around a figure that stands beside a wall may reach over it."""

_NUMBERED = pattern_of(r"^(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+[、.．]|\d{1,2}[、.．](?!\d))")
"""How a label begins that has a number."""


_Held = list[tuple[GridCell, list[Run]]]


def lost_walls(grids: list[Grid], runs: list[Run]) -> tuple[list[Ruling], list[Ruling]]:
    """Level and upright lines that are missing beside figures: none of the form's cells holds more than one.

    A cell that covers several slots is parted where a figure stands in another one than the rest, or a label begins. A
    row of cells is parted where several of them hold figures at the same heights, and a cell as wide as two where it
    holds two figures side by side.
    """
    level: list[Ruling] = []
    upright: list[Ruling] = []
    for grid in grids:
        held = _runs_by_cell(grid, runs)
        for cell, inside in held:
            if len(inside) > 1:
                level += _level_walls(grid, cell, inside)
                upright += _upright_walls(grid, cell, inside)
        upright += [wall for row in range(len(grid.rows) - 1) for wall in _walls_in_wide_cells(row, held, grid)]
        level += [line for row in range(len(grid.rows) - 1) for line in _lines_between_rows(grid, row, held)]
    return level, upright


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
    return [Ruling(at, left, right) for at in inner if _parts([(run.top, run.bottom, run) for run in runs], at, EDGE)]


def _upright_walls(grid: Grid, cell: GridCell, runs: list[Run]) -> list[Ruling]:
    inner = grid.columns[cell.column + 1 : cell.column + cell.column_span]
    _, top, _, bottom = cell.box
    over = _ROOM if all(is_figure(run.text) for run in runs) else EDGE
    return [Ruling(at, top, bottom) for at in inner if _parts([(run.left, run.right, run) for run in runs], at, over)]


def _parts(runs: list[tuple[float, float, Run]], at: float, over: float) -> bool:
    """Whether a line would part a figure from something else without cutting through either.

    `over` is by how much their boxes may reach over it.
    """
    before = [run for start, end, run in runs if end <= at + over and start + end <= 2 * at]
    after = [run for start, end, run in runs if start >= at - over and start + end >= 2 * at]
    if not before or not after or len(before) + len(after) < len(runs):
        return False
    begins = min(after, key=lambda run: run.top)
    return any(is_figure(run.text) for run in (*before, *after)) or _NUMBERED.match(begins.text) is not None


def _walls_in_wide_cells(row: int, held: _Held, grid: Grid) -> list[Ruling]:
    """Lines between two figures side by side in cells about twice as wide as those of the other figures of a row.

    Where a wall of other rows stands between them, it is found by that.
    """
    of_row = [(cell, runs) for cell, runs in held if cell.row == row and all(is_figure(run.text) for run in runs)]
    widths = [cell.box[2] - cell.box[0] for cell, runs in of_row if len(runs) == 1]
    pairs = [(cell, sorted(runs, key=lambda run: run.left)) for cell, runs in of_row if len(runs) == 2]
    return [
        Ruling((first.right + second.left) / 2, cell.box[1], cell.box[3])
        for cell, (first, second) in pairs
        if len(widths) >= _FEWEST_CELLS
        and cell.box[2] - cell.box[0] > _AS_TWO * median(widths)
        and second.left - first.right > median(widths) / 4
        and first.top < second.middle < first.bottom
        and not any(first.right - _ROOM <= at <= second.left + _ROOM for at in grid.columns)
    ]


def _lines_between_rows(grid: Grid, row: int, held: _Held) -> list[Ruling]:
    """Lines between figures that stand at the same heights in several cells of one row, and across its label."""
    of_row = [(cell, sorted(runs, key=lambda run: run.middle)) for cell, runs in held if cell.row == row]
    stacks = [(cell, stack) for cell, runs in of_row if len(stack := _stack(runs)) > 1]
    if len(stacks) < _FEWEST_CELLS:
        return []
    several = Counter(len(runs) for _, runs in stacks).most_common(1)[0][0]
    stacks = [(cell, runs) for cell, runs in stacks if len(runs) == several]
    if _are_broken(stacks, [each for each in of_row if len(each[1]) == 1]):
        return []
    heights = list(zip(*(runs for _, runs in stacks), strict=True))
    if len(stacks) < _FEWEST_CELLS or any(_top(same) > _bottom(same) for same in heights):
        return []
    first = min((cell for cell, _ in stacks), key=lambda cell: cell.column)
    labels = [(cell, runs) for cell, runs in of_row if not all(is_figure(run.text) for run in runs)]
    before = [each for each in labels if each[0].column < first.column]
    label = max(before, key=lambda each: each[0].column, default=(first, []))
    places = [_between(above, below, several, label[1]) for above, below in pairwise(heights)]
    return [Ruling(at, label[0].box[0], grid.columns[-1]) for at in places if at is not None and None not in places]


def _are_broken(stacks: _Held, alone: _Held) -> bool:
    """Whether figures below each other are one, too long for its cell: all fill it, but for the last line of each."""
    if any(len(runs) != _LINES_OF_A_BROKEN for _, runs in stacks):
        return False
    widest = max(_width(above) for _, (above, _) in stacks)
    room = _MORE_ROOM * max(_width(cell) for cell, _ in stacks)
    return all(_fills(above, cell) and _digits(below) <= _digits(above) for cell, (above, below) in stacks) and all(
        _width(run) <= widest for cell, (run, *_) in alone if run.text.isdecimal() and _width(cell) <= room
    )


def _fills(run: Run, cell: GridCell) -> bool:
    """Whether a cell has no room for a further digit."""
    return _width(run) * (1 + 1 / len(run.text)) > _FILLED * (cell.box[2] - cell.box[0])


def _digits(run: Run) -> int:
    return sum(map(str.isdigit, run.text))


def _width(part: Run | GridCell) -> float:
    return part.right - part.left if isinstance(part, Run) else part.box[2] - part.box[0]


def _stack(runs: list[Run]) -> list[Run]:
    """The figures of a cell below each other, under what words stand above them, as one; nothing for other cells."""
    words = list(takewhile(lambda run: not is_figure(run.text), runs))
    figures = runs[len(words) :]
    if not figures or not all(is_figure(run.text) for run in figures):
        return []
    if any(below.top < above.middle for above, below in pairwise(figures)):
        return []  # side by side, of two cells
    heads = [replace(words[-1], top=words[0].top)] if words else []
    return heads + figures


def _top(figures: Sequence[Run]) -> float:
    return max(run.top for run in figures)


def _first_top(runs: Sequence[Run]) -> float:
    return min(run.top for run in runs)


def _bottom(figures: Sequence[Run]) -> float:
    return min(run.bottom for run in figures)


def _between(above: Sequence[Run], below: Sequence[Run], several: int, label: list[Run]) -> float | None:
    """Where a line must lie between figures of two rows: above the label that begins there, if that can be told."""
    upper, lower = above[0].middle, below[0].middle
    aside = (lower - upper) / 4
    begun = [run for run in label if begins_row(run.text) and upper < run.middle - aside < lower]
    if begun and _top(begun) < _bottom(begun):
        before = [run.bottom for run in label if run.middle < _top(begun)]
        return (max([upper, *before]) + min(_first_top(begun), _top(below))) / 2
    return (_bottom(above) + _top(below)) / 2 if len(label) in (0, several) else None
