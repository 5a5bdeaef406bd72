"""Columns of a table without lines that has only one row of figures: where the words of its header stand."""

from __future__ import annotations

from itertools import pairwise

from loaders.reading.figure_columns import Column, figures_of
from loaders.reading.page_model import Line, Run
from loaders.reading.row_labels import one_run
from loaders.reading.tables import RESULTS

_SPACE = 0.6
"""Part of the height of the type that a space is wide at most; headers side by side stand further apart."""

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
    homes = [[column for column in columns if column.covers(run) > 0] for run in figures]
    if any(len(home) != 1 for home in homes) or len({id(home[0]) for home in homes}) != len(figures):
        return []
    beside = columns[0] is not homes[0][0] and not of_results  # which stand over figures alone
    if beside or len(lines[rows[0]].runs) != len(figures):
        return []  # there is a label beside the figures
    for run, (home,) in zip(figures, homes, strict=True):
        home.take(run)
    return columns


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
