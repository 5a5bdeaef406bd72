"""Figures on two lines of a cell: one that is too long for its column, or two, as of this year and the last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Lines:
    """A cell whose text is digits on several lines."""

    cell: Cell
    width: float
    lines: tuple[Run, ...]

    @property
    def texts(self) -> list[str]:
        """What stands on each line."""
        return [run.text for run in self.lines]

    def has_room(self, others: Iterable[tuple[float, float]]) -> bool:
        """Whether another digit fits behind a line that others follow, as wider ones stand in cells no wider."""
        own = [(self.width, run.right - run.left) for run in self.lines]
        taken = max(taken for width, taken in (*others, *own) if width <= self.width + _AS_WIDE)
        return any(taken >= _width_with_one_more(run) for run in self.lines[:-1])


def part_two_figures(cells: Sequence[tuple[GridCell, Cell]]) -> None:
    """Write figures on two lines where the first line is not full; doubt one whose second line is as long as the first.

    What was one figure on two lines may, by the sums of the form, be the one on the first line.
    """
    found = [each for held, cell in cells if (each := _lines(held, cell)) is not None]
    if not found:
        return
    singles = [(_width(held), held.runs[0].right - held.runs[0].left) for held, _ in cells if _is_single(held)]
    for each in found:
        first, *_, last = each.texts
        if each.has_room(singles):
            each.cell.text = "\n".join(each.texts)
        else:
            each.cell.other_readings = (first,)
            if len(last) >= len(first):
                each.cell.confidence = min(each.cell.confidence, _UNSURE)


def _lines(held: GridCell, cell: Cell) -> _Lines | None:
    if len(held.runs) < _FEWEST_LINES or not cell.text.isdecimal():
        return None
    lines = by_baseline(held.runs)
    if len(lines) < len(held.runs) or not _stand_below_each_other(held.runs):
        return None
    return _Lines(cell, _width(held), tuple(line[0] for line in lines))


def _stand_below_each_other(runs: Sequence[Run]) -> bool:
    """Whether lines begin, end or have their middles in one line; what slipped over an edge does not."""
    ways = ([run.left for run in runs], [run.right for run in runs], [(run.left + run.right) / 2 for run in runs])
    return any(max(way) - min(way) < _IN_LINE * runs[0].height for way in ways)


def _width_with_one_more(run: Run) -> float:
    """How wide a line would be with another digit."""
    width = run.right - run.left
    return width + width / len(run.text) - _SLACK * run.height


def _is_single(held: GridCell) -> bool:
    return len(held.runs) == 1 and held.runs[0].text.isdecimal()


def _width(held: GridCell) -> float:
    return held.box[2] - held.box[0]
