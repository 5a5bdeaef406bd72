"""Text with one cell a line in which empty cells are empty lines, as some converters of Word files leave it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.form.figures import MOST_CHARACTERS, read_figure
from loaders.form.rows import PAGE_NUMBER

_SIZES = frozenset((3, 7, 15))
"""Figures in the rows of the form; those with one are never in doubt."""

_LABELLED_SIZES = (3, 7)
_APPLICANTS = 7
_FEWEST_ROWS = 5
"""So many whole rows of applicants show how many empty lines stand between two cells."""

_FEWEST_OF_A_HEIGHT, _FEWEST_ENDS = 15, 3
"""So many rows of applicants, whole or not, and so many with their last cell, show where each cell stands."""


@dataclass(slots=True)
class _Row:
    """Lines with a figure behind the line of text at `label`, and that of the next text unless a page ends before."""

    label: int | None
    figures: list[int] = field(default_factory=list)
    next_label: int | None = None

    @property
    def height(self) -> int:
        """Lines from label to label; 0 where one of them is not known."""
        return 0 if self.label is None or self.next_label is None else self.next_label - self.label

    @property
    def steps(self) -> list[tuple[int, int]]:
        """For each figure its line, and how far it stands behind the one before it or the label."""
        known = self.figures if self.label is None else [self.label, *self.figures]
        return [(line, line - before) for before, line in pairwise(known)]


def empty_cells(lines: Sequence[str]) -> dict[int, int]:
    """How many empty cells stand before a line, by its number: one with a figure, or the first behind a row.

    Told only where all figures of a row stand equally far apart and a row with empty lines has all its cells with them,
    or where the rows of applicants are all of one height.
    """
    if sum(0 < len(line.strip()) <= MOST_CHARACTERS for line in lines) < _FEWEST_ROWS * _APPLICANTS:
        return {}
    rows = _rows(lines)
    return _by_whole_rows(rows) or _by_height(rows)


def _by_whole_rows(rows: Sequence[_Row]) -> dict[int, int]:
    """An empty last cell is not told from the empty line behind a row here.

    Nor is an empty first one where the first figures of whole rows stand at different places behind their labels.
    """
    whole = [row.steps for row in rows if len(row.steps) == _APPLICANTS]
    steps = Counter(step for row in whole for _, step in row[1:])
    if not steps:
        return {}
    (step, count), *others = steps.most_common()
    if others or count < _FEWEST_ROWS * (_APPLICANTS - 1):
        return {}
    first = 0 if all(row[0][1] == step for row in whole) else 1
    found: dict[int, int] = {}
    for row in rows:
        if any(gap % step for _, gap in row.steps):
            return {}
        blanks = _between(row.steps[first:], step)
        if blanks and len(row.steps) + sum(blanks.values()) in _SIZES:
            found |= blanks
    return found


def _by_height(rows: Sequence[_Row]) -> dict[int, int]:
    """Most cells may be empty here, for rows without any figure have the same height as the others."""
    heights = Counter(row.height for row in rows if row.height > _APPLICANTS)
    height, count = max(heights.items(), key=lambda each: each[1], default=(0, 0))
    step = _step([row for row in rows if row.height == height]) if count >= _FEWEST_OF_A_HEIGHT else 0
    behind = height - _APPLICANTS * step
    if not step or behind <= 0:
        return {}
    found: dict[int, int] = {}
    for size in _LABELLED_SIZES:
        fitting = [_fits(row, size, step, size * step + behind) for row in rows]
        for row, fits, next_fits in zip(rows, fitting, [*fitting[1:], False], strict=True):
            if row.figures and fits:
                found |= _between(row.steps, step)
                found |= _at_end(row, size, step) if next_fits else {}
    return found


def _fits(row: _Row, size: int, step: int, height: int) -> bool:
    """Whether all cells of a row are told. Behind the last row stands what is none: there its last cell tells."""
    even = all(gap % step == 0 for _, gap in row.steps)
    return even and (row.height == height or sum(gap for _, gap in row.steps) == size * step)


def _step(rows: Sequence[_Row]) -> int:
    """Lines from cell to cell, if the last cells of several rows stand at one place behind their labels; else 0."""
    ends = Counter(sum(gap for _, gap in row.steps) for row in rows if row.figures)
    last, count = max(ends.items(), default=(0, 0))
    return last // _APPLICANTS if count >= _FEWEST_ENDS and last % _APPLICANTS == 0 else 0


def _between(steps: Sequence[tuple[int, int]], step: int) -> dict[int, int]:
    return {line: gap // step - 1 for line, gap in steps if gap > step}


def _at_end(row: _Row, size: int, step: int) -> dict[int, int]:
    missing = size - sum(gap for _, gap in row.steps) // step
    return {row.next_label: missing} if missing > 0 and row.next_label is not None else {}


def _rows(lines: Sequence[str]) -> list[_Row]:
    rows: list[_Row] = []
    for number, line in enumerate(lines):
        text = line.strip()
        if not text:
            continue
        if PAGE_NUMBER.match(text):
            rows.append(_Row(None))  # what is empty around it is no cell
        elif len(text) <= MOST_CHARACTERS and read_figure(text).kind == "figure":
            if rows:
                rows[-1].figures.append(number)
        else:
            if rows:
                rows[-1].next_label = number
            rows.append(_Row(number))
    return rows
