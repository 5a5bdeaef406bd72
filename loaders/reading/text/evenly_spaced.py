"""Text with a row a line and always as many spaces between two cells, so that an empty cell leaves twice as many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.form.figures import is_share, read_figure
from loaders.patterns import pattern_of

_SIZES = frozenset((3, 15))
"""Figures in the other rows of the form; those with one are never in doubt."""

_APPLICANTS, _MOST_BESIDE = 7, 3
"""Figures in a row of applicants, and how many others may stand beside them."""
_FEWEST_ROWS = 8
_MOST_OTHERS = 0.2
"""So many rows of applicants have their number of cells, and at the most such a part of them another one."""

_FEWEST_FIGURES = 3  # side by side, so that a line is a row
_GAP = pattern_of(r"(?<=\S) +(?=\S)")
_ONE_KIND = str.maketrans("\u3000", " ")
_SPACED = pattern_of(r"\S  +\S|  $")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of figures, cut at every gap. `cells` are those behind its label."""

    parts: list[str]
    cells: list[str]

    @property
    def is_even(self) -> bool:
        """Whether nothing is left over between the cells."""
        return all(part == part.strip(" ") for part in self.parts)

    @property
    def is_labelled(self) -> bool:
        """Whether its label stands in front of it, not in lines of its own."""
        return len(self.cells) < len(self.parts)

    @property
    def is_full(self) -> bool:
        """Whether no cell is empty."""
        return all(self.cells)

    def is_whole(self, size: int) -> bool:
        """Whether it has as many cells as a row of the form, one of them filled at least; `size` is that of others."""
        return (len(self.cells) == size or len(self.cells) in _SIZES) and self.is_even and any(self.cells)


def with_empty_cells(lines: Sequence[str]) -> list[str]:
    """The lines with tabs at those places where a cell ends, if their spaces tell which cells are empty.

    Told only where nearly all rows of applicants come out with all their cells, and as many beside them. Every line
    keeps its length.
    """
    texts = [line.translate(_ONE_KIND) for line in lines]
    figures = [text for text in texts if "。" not in text and _ends_in_figures(text)]
    if len(figures) < _FEWEST_ROWS or not any(map(_SPACED.search, figures)):
        return list(lines)
    step = min(len(gap) for text in figures for gap in _GAP.findall(_figures_of(text)))
    of_applicants = [row for row in (_cut(text, step) for text in figures) if _may_be_of_applicants(row)]
    sizes = Counter(len(row.cells) for row in of_applicants if row.is_even and row.is_labelled)
    size = max(range(_APPLICANTS, _APPLICANTS + _MOST_BESIDE + 1), key=lambda count: sizes[count])
    fitting = [row for row in of_applicants if row.is_even and row.is_labelled and len(row.cells) == size]
    others = len(of_applicants) - len(fitting)
    if len(fitting) < _FEWEST_ROWS or others > _MOST_OTHERS * len(of_applicants) or all(row.is_full for row in fitting):
        return list(lines)
    mark = "\t" + " " * (step - 1)
    rows = (_cut(text, step) for text in texts)
    return [mark.join(row.parts) if row.is_whole(size) else line for row, line in zip(rows, lines, strict=True)]


def _may_be_of_applicants(row: _Row) -> bool:
    return _FEWEST_FIGURES < len(row.cells) < max(_SIZES)


def _ends_in_figures(line: str) -> bool:
    words = line.split()[-_FEWEST_FIGURES:]
    return len(words) == _FEWEST_FIGURES and all(map(_is_figure, words))


def _is_figure(word: str) -> bool:
    """Whether a word is one, or a share as it may stand beside them."""
    return read_figure(word).kind == "figure" or is_share(word)


def _figures_of(line: str) -> str:
    """The end of the line that holds nothing but figures."""
    end = line.rstrip()
    start = len(end)
    for word in reversed(end.split()):
        if not _is_figure(word):
            break
        start = end.rindex(word, 0, start)
    return end[start:]


def _cut(line: str, step: int) -> _Row:
    parts = line.split(" " * step)
    texts = [n for n, part in enumerate(parts) if read_figure(part).kind == "text" and not is_share(part)]
    return _Row(parts, parts[texts[-1] + 1 if texts else 0 :])
