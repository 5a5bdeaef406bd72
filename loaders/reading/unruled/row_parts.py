"""Rows and labels of a table without lines, as its figures and words are gathered into them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.reading.printed.page_model import Ruling, Run

_FEWEST = 3
"""So many rules part the rows of a table; fewer are underlines."""

_LEVEL = 0.2
"""Part of the height of the type within which a label is level with its figures."""

SAME_EDGE = 0.8
"""Part of the height of the type within which words begin at one edge."""


@dataclass(slots=True)
class Bands:
    """Rules between rows."""

    rules: list[Ruling]

    @property
    def are_there(self) -> bool:
        """Whether the table has rules between its rows."""
        return len(self.rules) >= _FEWEST

    def part(self, first: Run, second: Run) -> bool:
        """Whether a rule runs between two runs."""
        low, high = sorted((first.middle, second.middle))
        x = (second.left + second.right) / 2
        return any(low < rule.at < high and rule.start <= x <= rule.end for rule in self.rules)


@dataclass(slots=True)
class Label:
    """A label over one or more lines."""

    runs: list[Run]

    @property
    def last(self) -> Run:
        """Its last line."""
        return self.runs[-1]

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(run.top for run in self.runs)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(run.bottom for run in self.runs)

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2

    @property
    def left(self) -> float:
        """Left edge."""
        return min(run.left for run in self.runs)

    @property
    def pitch(self) -> float:
        """Distance of its last two lines."""
        heights = sorted({run.baseline for run in self.runs})
        return heights[-1] - heights[-2] if len(heights) > 1 else math.inf


@dataclass(slots=True)
class Row:
    """Figures of one row and the labels beside them; a label without figures is a row of blanks."""

    figures: list[Run] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    remains: list[Run] = field(default_factory=list)
    """What stands among the figures and is none by itself: a part of one, a mark."""
    torn: bool = False
    """Whether it was put together from two lines without a label to confirm that."""
    doubtful: bool = False
    """Whether these may be two rows."""
    proven: int = 0
    """How many figures sums prove to be all of it."""

    @property
    def top(self) -> float:
        """Upper edge of the figures, or of the label where there are none."""
        return min([run.top for run in self.figures] or [label.top for label in self.labels])

    @property
    def bottom(self) -> float:
        """Lower edge likewise."""
        return max([run.bottom for run in self.figures] or [label.bottom for label in self.labels])

    @property
    def middle(self) -> float:
        """Vertical centre likewise."""
        return (self.top + self.bottom) / 2

    @property
    def span(self) -> tuple[float, float]:
        """The heights between which its label stands: those of its first and last line, if all of them are its own."""
        middles = [run.middle for run in self.figures] if self.proven else [self.middle]
        return min(middles), max(middles)


def is_level(label: Label, row: Row) -> bool:
    """Whether a label, or its first line, stands at the height of a row."""
    return first_level(label, [row.middle]) is not None


def first_level(label: Label, middles: Sequence[float]) -> int | None:
    """The first of some rows, given by their middles, at whose height a label or its first line stands."""
    first = label.runs[0]
    middle, of_first, near = label.middle, first.middle, _LEVEL * first.height
    return next((n for n, at in enumerate(middles) if abs(middle - at) < near or abs(of_first - at) < near), None)


def by_baseline(words: list[Run]) -> list[list[Run]]:
    """Words by baseline, from top to bottom."""
    lines: list[list[Run]] = []
    for word in sorted(words, key=lambda word: word.baseline):
        if lines and word.baseline - lines[-1][-1].baseline < 0.35 * word.height:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines
