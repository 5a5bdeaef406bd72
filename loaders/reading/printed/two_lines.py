"""Figures on two lines of a cell: one that is too long for its column, or two, as of this year and the last."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.document import Cell
from loaders.reading.printed.grids import GridCell
from loaders.reading.printed.lines import by_baseline
from loaders.reading.printed.page_model import Run

_SLACK = 0.03
"""Part of the height of the type by which figures of as many digits differ in width."""

_IN_LINE = 0.2
"""Part of the height of the type within which lines of a cell stand in one line."""

_AS_WIDE = 1.0
"""Points by which a column may be wider than another for which it has no more room."""

_FEWEST_LINES = 2
_UNSURE = 0.5
"""Confidence of a figure that may be two."""


def doubt_figures_on_two_lines(cells: Sequence[tuple[GridCell, Cell]]) -> None:
    """Doubt figures on two lines that may be two: the first line is not full, or the second is as long as the first.

    What was taken for one figure may, by the sums of the form, be the one on the first line.
    """
    found = [
        (held, cell, lines) for held, cell in cells if cell.text.isdecimal() and (lines := lines_of_digits(held.runs))
    ]
    if not found:
        return
    singles = [(_width(held), _extent(held.runs[0])) for held, _ in cells if _is_single(held)]
    for held, cell, lines in found:
        most = _width(held) + _AS_WIDE
        widest = max((taken for width, taken in singles if width <= most), default=0.0)
        note_first_line(cell, lines, may_be_two=have_room(lines, widest))


def note_first_line(cell: Cell, lines: Sequence[Run], *, may_be_two: bool = False) -> None:
    """Note that a figure on several lines may be that on the first; doubt it if they may be two, or are as long."""
    cell.other_readings = (lines[0].text,)
    if may_be_two or len(lines[-1].text) >= len(lines[0].text):
        cell.confidence = min(cell.confidence, _UNSURE)


def lines_of_digits(runs: Sequence[Run]) -> list[Run]:
    """The lines of a cell from top to bottom if there are several, below each other, and nothing but digits on them."""
    if len(runs) < _FEWEST_LINES or not all(run.text.isdecimal() for run in runs):
        return []
    lines = by_baseline(list(runs))
    if len(lines) < len(runs) or not _stand_below_each_other(runs):
        return []
    return [line[0] for line in lines]


def have_room(lines: Sequence[Run], widest: float) -> bool:
    """Whether another digit fits behind a line that others follow, as wider ones stand in the column or the cell."""
    taken = max(widest, *map(_extent, lines))
    return any(taken >= _width_with_one_more(run) for run in lines[:-1])


def _stand_below_each_other(runs: Sequence[Run]) -> bool:
    """Whether lines begin, end or have their middles in one line; what slipped over an edge does not."""
    ways = ([run.left for run in runs], [run.right for run in runs], [(run.left + run.right) / 2 for run in runs])
    return any(max(way) - min(way) < _IN_LINE * runs[0].height for way in ways)


def _width_with_one_more(run: Run) -> float:
    """How wide a line would be with another digit."""
    width = _extent(run)
    return width + width / len(run.text) - _SLACK * run.height


def _is_single(held: GridCell) -> bool:
    return len(held.runs) == 1 and held.runs[0].text.isdecimal()


def _width(held: GridCell) -> float:
    return held.box[2] - held.box[0]


def _extent(run: Run) -> float:
    return run.right - run.left
