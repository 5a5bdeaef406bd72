"""What a page holds before it becomes paragraphs and tables: runs of characters, ruling lines and pictures.

PDF pages and recognised scans both end up here, so that the steps from lines to tables exist once. All
coordinates are points from the upper left corner of the page as it is shown, x to the right, y downwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from loaders.document import Place

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(slots=True)
class Run:
    """Characters on one baseline without a gap between them."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    order: int = 0
    """Position in the file's own order of writing; it settles the order of vertical text."""
    confidence: float = 1.0
    characters: tuple[list[float], list[float]] | None = None
    """Left and right edges of the characters, where they were asked for; without them the run cannot be cut."""
    upright: bool = True
    """False for characters that lie on their side."""
    other_readings: tuple[str, ...] = ()
    """What else a doubtful figure on a scan may be."""

    @property
    def height(self) -> float:
        """Height of the run, close to the size of its type."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Line:
    """Runs on one baseline, from left to right."""

    runs: list[Run]
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    page: int = 0
    text: str | None = field(default=None, init=False, repr=False, compare=False)
    """What `lines.line_text` makes of several runs, once it was asked; they do not change."""
    figures: list[Run] | None = field(default=None, init=False, repr=False, compare=False)
    """Likewise of `figure_columns.figures_of`."""

    @property
    def confidence(self) -> float:
        """That of the least certain run."""
        return min(run.confidence for run in self.runs)


# Not frozen, though never changed: a frozen one takes three times as long to make, and a page has hundreds.
@dataclass(slots=True)
class Ruling:
    """A straight horizontal or vertical line: `at` across its direction, from `start` to `end` along it."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class PageLayout:
    """One page, read but not yet understood. `number` is its position among the pages read together."""

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    horizontal: list[Ruling] = field(default_factory=list)
    vertical: list[Ruling] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    back: Callable[[float, float], tuple[float, float]] | None = None
    """From a point here to the page as handed in, where the page was turned or straightened for reading."""

    printed_on: int | None = None
    """Page of the file, where that differs from `number`: one of the sheets of a long picture."""
    look: Callable[[Box], Run | None] | None = None
    """For a scan: what is written in a box where no run was found."""
    beside: Sequence[tuple[float, float, PageLayout]] = ()
    """Pages that were put to the right of this one: from where each stands, how far it was moved, and it by itself."""

    def place(self, box: Box) -> Place:
        """The place of a box, in the page as a reader sees it."""
        for start, moved, page in reversed(self.beside):
            if (box[0] + box[2]) / 2 > start:
                return page.place(rounded(box[0] - moved, box[1], box[2] - moved, box[3]))
        number = self.printed_on or self.number
        if self.back is None:
            return Place(number, box)
        left, top, right, bottom = box
        corners = [self.back(x, y) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Place(number, rounded(min(xs), min(ys), max(xs), max(ys)))


def rounded(left: float, top: float, right: float, bottom: float) -> Box:
    """A box to a tenth of a point."""
    return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)


def bounding_box(runs: Sequence[Run | Line]) -> Box:
    """The smallest box around some runs or lines, to a tenth of a point."""
    return rounded(
        min(run.left for run in runs),
        min(run.top for run in runs),
        max(run.right for run in runs),
        max(run.bottom for run in runs),
    )
