"""Text with one cell a line in which empty cells are empty lines, as some converters of Word files leave it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from loaders.form.figures import MOST_CHARACTERS, read_figure
from loaders.form.rows import PAGE_NUMBER

_SIZES = frozenset((3, 7, 15))
"""Figures in the rows of the form; those with one are never in doubt."""

_APPLICANTS = 7
_FEWEST_ROWS = 5
"""So many whole rows of applicants show how many empty lines stand between two cells."""


def empty_cells(lines: Sequence[str]) -> dict[int, int]:
    """How many empty cells stand before a line with a figure, by its number.

    Told only where all figures of a row stand equally far apart and a row with empty lines has all its cells with them.
    An empty last cell is not told from the empty line behind a row.
    """
    if sum(0 < len(line.strip()) <= MOST_CHARACTERS for line in lines) < _FEWEST_ROWS * _APPLICANTS:
        return {}
    rows = _rows(lines)
    steps = Counter(step for row in rows if len(row) == _APPLICANTS for _, step in row[1:])
    if not steps:
        return {}
    (step, count), *others = steps.most_common()
    if others or count < _FEWEST_ROWS * (_APPLICANTS - 1):
        return {}
    found: dict[int, int] = {}
    for row in rows:
        blanks = {line: (gap - step) // step for line, gap in row if gap > step}
        if any((gap - step) % step for _, gap in row):
            return {}
        if blanks and len(row) + sum(blanks.values()) in _SIZES:
            found |= blanks
    return found


def _rows(lines: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Figures that follow each other behind a line of text: the number of each line, and how far behind it stands."""
    rows: list[list[tuple[int, int]]] = []
    last: int | None = None
    for number, line in enumerate(lines):
        text = line.strip()
        if not text:
            continue
        if PAGE_NUMBER.match(text):
            last = None  # what is empty around it is no cell
        elif len(text) <= MOST_CHARACTERS and read_figure(text).kind == "figure":
            if last is None:
                rows.append([])
            elif rows:
                rows[-1].append((number, number - last))
            last = number
        else:
            rows.append([])
            last = number
    return [row for row in rows if row]
