"""Lines of figures between two rows of the form: the rest of figures too wide for their columns.

They go to the row above or below so that as many rows as possible are whole. Where that leaves more than one way, the
rows concerned are in doubt.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from loaders.reading.form_words.form_rows import Figure, FormRow, adds_up, by_column, widths_of
from loaders.reading.unruled.figure_columns import Column

_LEVEL = 0.35
"""Part of the height of the type between the baselines of one line."""

Lines = list[list[Figure]]
_Cut = int
"""How many of the lines in a gap belong to the row above it."""


@dataclass(slots=True)
class _Reached:
    """The least number of rows that are not whole, and in how many ways it is reached."""

    cost: float = math.inf
    ways: int = 0

    def take(self, cost: float, ways: int) -> None:
        """Count more ways."""
        if cost < self.cost:
            self.cost, self.ways = cost, ways
        elif cost == self.cost and cost < math.inf:
            self.ways += ways


def settle_loose(rows: list[FormRow], loose: list[Figure], columns: list[Column]) -> None:
    """Give each loose line to the row that it belongs to, or doubt the rows next to it."""
    gaps: list[Lines] = [[] for _ in range(len(rows) + 1)]
    for line in _lines(loose):
        page, run = line[0]
        gaps[sum(row.last < (page, run.middle) for row in rows)].append(line)
    known = [by_column(row.figures, columns).parts for row in rows]
    widths = widths_of([*known, by_column(loose, columns).parts], len(columns))
    for first, last in _stretches(gaps):
        _Stretch(rows, gaps, columns, widths, first, last).settle()


def _lines(loose: list[Figure]) -> Lines:
    """The figures by line, from top to bottom."""
    lines: Lines = []
    for page, run in sorted(loose, key=lambda figure: (figure[0], figure[1].baseline)):
        before = lines[-1][-1] if lines else None
        if before is not None and before[0] == page and run.baseline - before[1].baseline < _LEVEL * run.height:
            lines[-1].append((page, run))
        else:
            lines.append([(page, run)])
    return lines


def _stretches(gaps: Sequence[Lines]) -> Iterator[tuple[int, int]]:
    """First and last of gaps with lines that follow each other."""
    start = -1
    for number, lines in enumerate([*gaps, []]):
        if lines and start < 0:
            start = number
        if not lines and start >= 0:
            yield start, number - 1
            start = -1


@dataclass(slots=True)
class _Stretch:
    """Gaps with lines that follow each other, and the rows around them: row n stands below gap n."""

    rows: list[FormRow]
    gaps: list[Lines]
    columns: list[Column]
    widths: list[float]
    first: int
    last: int

    def settle(self) -> None:
        """Give the lines to rows that are whole with them in all best ways, and doubt the others."""
        costs = {number: self._costs(number) for number in range(self.first - 1, self.last + 1)}
        to = {self.first - 1: {0: _Reached(0.0, 1)}}
        for number in range(self.first - 1, self.last + 1):
            to[number + 1] = self._stepped(to[number], costs[number])
        back = {self.last + 1: {0: _Reached(0.0, 1)}}
        for number in range(self.last, self.first - 2, -1):
            turned = {(below, above): cost for (above, below), cost in costs[number].items()}
            back[number] = self._stepped(back[number + 1], turned)
        best = to[self.last + 1][0]
        for number in range(max(self.first - 1, 0), min(self.last + 1, len(self.rows))):
            certain = [
                ways
                for ways, cost in costs[number].items()
                if to[number][ways[0]].cost + cost + back[number + 1][ways[1]].cost == best.cost
                and to[number][ways[0]].ways * back[number + 1][ways[1]].ways == best.ways
            ]
            if len(certain) == 1 and not costs[number][certain[0]]:
                self.rows[number].figures = self._figures(number, *certain[0])
            else:
                self.rows[number].doubtful = True

    def _stepped(self, before: dict[_Cut, _Reached], costs: dict[tuple[_Cut, _Cut], float]) -> dict[_Cut, _Reached]:
        reached: dict[_Cut, _Reached] = {}
        for (above, below), cost in costs.items():
            so_far = before[above]
            reached.setdefault(below, _Reached()).take(so_far.cost + cost, so_far.ways)
        return reached

    def _costs(self, number: int) -> dict[tuple[_Cut, _Cut], float]:
        """Whether a row is not whole, by the cuts in the gaps above and below it; without a row no line is left."""
        ways = [(above, below) for above in self._cuts(number) for below in self._cuts(number + 1)]
        if not 0 <= number < len(self.rows):
            return dict.fromkeys(ways, 0.0)
        own = self.rows[number].figures
        return {way: 0.0 if self._is_whole(own, self._lines(number, *way)) else 1.0 for way in ways}

    def _cuts(self, gap: int) -> range:
        """How many lines of a gap may belong to the row above; there is none above the first and below the last."""
        if not self.first <= gap <= self.last:
            return range(1)
        lines = len(self.gaps[gap])
        return range(1) if gap == 0 else range(lines, lines + 1) if gap == len(self.rows) else range(lines + 1)

    def _lines(self, number: int, above: _Cut, below: _Cut) -> Lines:
        """The loose lines of a row."""
        lines = self.gaps[number][above:] if self.first <= number <= self.last else []
        return lines + (self.gaps[number + 1][:below] if self.first <= number + 1 <= self.last else [])

    def _figures(self, number: int, above: _Cut, below: _Cut) -> list[Figure]:
        return [*self.rows[number].figures, *chain.from_iterable(self._lines(number, above, below))]

    def _is_whole(self, own: list[Figure], lines: Lines) -> bool:
        """Whether figures are all of a row: they add up, or each column has one and all come together, or none does."""
        figures = [*own, *chain.from_iterable(lines)]
        if not figures:
            return True
        placed = by_column(figures, self.columns)
        if placed.doubtful or not placed.is_whole(self.widths):
            return False
        together = not lines or (not own and len(lines) == 1)
        return (together and all(placed.parts) and not placed.is_broken) or adds_up(placed.texts)
