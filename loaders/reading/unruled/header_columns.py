"""Columns of a table without lines that has only one row of figures: where the words of its header stand."""

from __future__ import annotations

from itertools import pairwise

from loaders.reading.printed.page_model import Line, Run
from loaders.reading.printed.tables import COLUMNS_OF_LITIGATION, RESULTS
from loaders.reading.unruled.figure_columns import Column, centre, figures_of
from loaders.reading.unruled.row_labels import one_run

_SPACE = 0.6
"""Part of the height of the type that a space is wide at most; headers side by side stand further apart."""

_EVEN = 1.0
"""Part of the height of the type by which the places of figures in their cells may differ."""

_FEWEST = 5
"""So many figures in the only row are believed to stand under a header."""


def columns_of_header(lines: list[Line]) -> list[Column]:
    """The columns, where each figure of the only row stands under one header of its own; else none.

    Words of one header stand over each other; a word over several others is that of a group.
    """
    rows = [number for number, line in enumerate(lines) if figures_of(line)]
    if len(rows) != 1 or rows[0] == 0:
        return []
    header, figures = lines[: rows[0]], figures_of(lines[rows[0]])
    of_results = len(header[-1].runs) >= len(RESULTS) and all(run.text in RESULTS for run in header[-1].runs)
    if len(figures) < _FEWEST and not of_results:
        return []
    columns = _under_groups(header)
    is_whole = len(columns) == COLUMNS_OF_LITIGATION and of_results and len(lines[rows[0]].runs) == len(figures)
    if is_whole and (cells := _cells_under(columns, figures)):
        return cells
    homes = [[column for column in columns if column.covers(run) > 0] for run in figures]
    if any(len(home) != 1 for home in homes) or len({id(home[0]) for home in homes}) != len(figures):
        return []
    beside = columns[0] is not homes[0][0] and not of_results  # which stand over figures alone
    if beside or len(lines[rows[0]].runs) != len(figures):
        return []  # there is a label beside the figures
    for run, (home,) in zip(figures, homes, strict=True):
        home.take(run)
    return columns


def _cells_under(words: list[Column], figures: list[Run]) -> list[Column]:
    """The cells whose middles the words of a whole header are, where each figure stands in one; else none.

    All stand at the same side of their cells, or in the middle.
    """
    middles = [centre(word) for word in words]
    inner = [(left + right) / 2 for left, right in pairwise(middles)]
    edges = [2 * middles[0] - inner[0], *inner, 2 * middles[-1] - inner[-1]]
    cells = [Column(left, right) for left, right in pairwise(edges)]
    homes = [[cell for cell in cells if cell.left < run.right and run.left < cell.right] for run in figures]
    if any(len(home) != 1 for home in homes) or len({id(home[0]) for home in homes}) != len(figures):
        return []
    sides = zip(
        *((run.left - home.left, run.right - home.right) for run, (home,) in zip(figures, homes, strict=True)),
        strict=True,
    )
    lefts, rights = map(list, sides)
    whole = [left + right for left, right in zip(lefts, rights, strict=True)]
    even = min(max(side) - min(side) for side in (lefts, rights, whole))
    return cells if even < _EVEN * figures[0].height else []


def _under_groups(header: list[Line]) -> list[Column]:
    """Extents of the lowest headers, from left to right; what stands above a word over several of them is left out."""
    columns: list[Column] = []
    for line in reversed(header):
        words = _words(line)
        reached = [[column for column in columns if column.covers(word) > 0] for word in words]
        for word, under in zip(words, reached, strict=True):
            if not under:
                columns.append(Column(word.left, word.right))
            elif len(under) == 1:
                under[0].take(word)
        if any(len(under) > 1 for under in reached):
            break
    return sorted(columns, key=lambda column: column.left)


def _words(line: Line) -> list[Run]:
    """The runs of a line, in one piece where no more than a space parts them."""
    words = [[line.runs[0]]]
    for before, run in pairwise(line.runs):
        if run.left - before.right < _SPACE * line.size and run.text not in RESULTS:
            words[-1].append(run)
        else:
            words.append([run])
    return [one_run(word) for word in words]
