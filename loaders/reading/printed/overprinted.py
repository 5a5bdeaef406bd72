"""Labels with more lines than their rows have room for, so that they are written over those above and below.

Programs that print worksheets let them, where somebody set the height of the rows. The lines of a label then stand in
the rows beside its own, and where they meet others the characters of both are mixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from loaders.reading.printed.grids import Grid, GridCell
from loaders.reading.printed.page_model import Run

_SAME_LINE, _NEXT_LINE = 0.15, 0.75
"""Parts of the height of the type: runs whose baselines are farther apart are on two lines, and overlap if nearer."""

_LOW = 1.5
"""Heights of type of a row in which the lines of a label of two lines stand nearer to the rows beside it."""

_TOUCHING = 0.2
"""Part of the height of type that words side by side may share."""

_FEWEST_OVERLAPS = 2

_NEAR = 2.0
"""Heights of type from lines that overlap within which others may stand out of their rows."""


def drop_overprinted_labels(grid: Grid, is_figure: Callable[[str], bool]) -> None:
    """Leave the labels of low rows empty in columns in which labels run over one another, and figures alone in theirs.

    Over a figure stands the last line of a label above it.
    """
    overlaps: dict[tuple[int, int], int] = {}
    for cell in grid.cells:
        if len(cell.runs) > 1 and _is_low(cell) and _holds_overlap(cell.runs):
            column = cell.column, cell.column_span
            overlaps[column] = overlaps.get(column, 0) + 1
    columns = {column for column, count in overlaps.items() if count >= _FEWEST_OVERLAPS}
    for cell in grid.cells if columns else ():
        if (cell.column, cell.column_span) in columns and cell.runs and _is_low(cell):
            cell.runs = [run for run in cell.runs if is_figure(run.text)]
    for cell in grid.cells if overlaps else ():
        if len(cell.runs) > 1 and _is_low(cell) and _holds_overlap(cell.runs):
            figures = [run for run in cell.runs if is_figure(run.text)]
            cell.runs = figures if len(figures) == 1 else cell.runs


def drop_labels_of_other_rows(grid: Grid, is_figure: Callable[[str], bool], begins_row: Callable[[str], bool]) -> None:
    """Leave all labels empty where in several cells one begins amid the lines of another, which are written over it.

    Labels then run over the edges of their cells, however high these are, and none tells whose row it stands in.
    """
    if sum(_begins_amid_others(cell.runs, begins_row) for cell in grid.cells) < _FEWEST_OVERLAPS:
        return
    first = min((cell.column for cell in grid.cells if any(is_figure(run.text) for run in cell.runs)), default=0)
    for cell in grid.cells:
        if cell.column < first:
            cell.runs = []


def _begins_amid_others(runs: list[Run], begins_row: Callable[[str], bool]) -> bool:
    if len(runs) < 2:
        return False
    above, *below = sorted(runs, key=lambda run: run.baseline)
    begun = any(begins_row(run.text) and run.baseline - above.baseline > _SAME_LINE * run.height for run in below)
    return begun and _holds_overlap(runs)


def _is_low(cell: GridCell) -> bool:
    run = cell.runs[0]
    return cell.box[3] - cell.box[1] < _LOW * (run.bottom - run.top)


def _holds_overlap(runs: list[Run]) -> bool:
    """Whether two runs are written over each other on lines of their own."""
    return next(_overlaps(runs), None) is not None


def _overlaps(runs: list[Run]) -> Iterator[tuple[Run, Run]]:
    for one, other in pairwise(sorted(runs, key=lambda run: run.baseline)):
        height = min(one.bottom - one.top, other.bottom - other.top)
        apart = other.baseline - one.baseline
        shared = min(one.right, other.right) - max(one.left, other.left)
        if _SAME_LINE * height < apart < _NEXT_LINE * height and shared > _TOUCHING * height:
            yield one, other


def overprinted_heights(words: list[Run]) -> list[tuple[float, float]]:
    """From where to where the labels of a table without lines are written over one another, or stand near such."""
    found = list(_overlaps(words))
    if len(found) < _FEWEST_OVERLAPS:
        return []
    return [(one.top - _NEAR * one.height, other.bottom + _NEAR * other.height) for one, other in found]
