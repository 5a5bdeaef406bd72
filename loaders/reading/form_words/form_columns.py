"""The columns of a table whose rows are known: where figures stand in complete rows, or below the header's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from loaders.reading.form_words.printed_words import Printed
from loaders.reading.printed.page_model import Run
from loaders.reading.unruled.figure_columns import Column, centre

_EVEN = 0.6
"""Part of the height of the type by which the places of figures in their cells may differ."""

_CENTRED, _MANY = 0.35, 5
"""Part of the height of the type by which a figure may stand out of the middle of its cell; and so many columns and
figures at a side of theirs that their cells are told by the words."""

_OFF = 0.35
"""Part of the width of a digit by which a figure may stand out of its column's line."""

_MOST_TOUCHING = 3
"""So many figures that touch are parted at most."""

_BESIDE, _ALONE = 0.6, 1.2
"""Parts of the height of the type: a figure so near a column, and so far from the next, belongs to it."""

_TOUCH = 0.1
"""Part of the height of the type by which neighbours that touch may overlap."""

_FEWEST_CELLS = 2
"""Words of a header; how wide the cell is in whose middle one stands alone, nothing tells."""

_SLIGHT = 0.35
"""Part of the height of the type by which a figure may reach into the column beside its own."""


def columns_of_rows(rows: Sequence[list[Run]], header: list[Printed], count: int) -> list[Column] | None:
    """As many columns as the form has; None where they cannot be told."""
    words = [Column(word.left, word.right) for word in header]
    full = [sorted(row, key=lambda run: run.left) for row in rows if len(row) == count]
    full = [row for row in full if stand_apart(row)]
    columns = _of_full_rows(full)
    if columns is not None and (len(full) > 1 or words) and _agree(columns, words):
        return columns
    return _under_words([run for row in rows for run in row], words) if columns is None and words else None


def stand_apart(row: Sequence[Run]) -> bool:
    """Whether runs from left to right stand beside each other, be it not quite level: none is above another."""
    return all(one.right <= other.left + _TOUCH * other.height for one, other in pairwise(row))


def _of_full_rows(rows: list[list[Run]]) -> list[Column] | None:
    """The extents of the figures of complete rows, the shortest first, as long as they stay apart."""
    columns: list[Column] | None = None
    used = 0
    for row in sorted(rows, key=lambda row: sum(run.right - run.left for run in row)):
        wider = [
            Column(min(run.left, column.left), max(run.right, column.right)) if columns else Column(run.left, run.right)
            for run, column in zip(row, columns or [Column(0, 0)] * len(row), strict=True)
        ]
        if all(one.right <= other.left + _TOUCH * row[0].height for one, other in pairwise(wider)):
            columns, used = wider, used + 1
    return columns if 2 * used > len(rows) else None


def _agree(columns: list[Column], words: list[Column]) -> bool:
    """Whether no column stands below the word of another one and not below its own."""
    for number, column in enumerate(columns):
        under = [n for n, word in enumerate(words) if word.left < column.right and column.left < word.right]
        if under and number not in under:
            return False
    return True


def _under_words(runs: list[Run], words: list[Column]) -> list[Column] | None:
    """A column below each word of the header, if each figure stands in one."""
    columns = _touching(runs, words)
    return columns if columns is not None else _in_cells(runs, words)


def _touching(runs: list[Run], words: list[Column]) -> list[Column] | None:
    """The columns, where each figure stands below one word alone."""
    columns = [Column(word.left, word.right) for word in words]
    for run in sorted(runs, key=lambda run: run.right - run.left):
        homes = [n for n, word in enumerate(words) if word.left < run.right and run.left < word.right]
        if len(homes) != 1:
            return None
        columns[homes[0]].take(run)
    return columns if all(one.right <= other.left for one, other in pairwise(columns)) else None


def _in_cells(runs: list[Run], words: list[Column]) -> list[Column] | None:
    """The columns as cells whose middles the words are, where all figures stand at the same place in theirs.

    Figures in the middle show it by themselves; at a side, many have to agree, as cells may differ in width.
    """
    if len(words) < _FEWEST_CELLS:
        return None
    middles = [centre(word) for word in words]
    inner = [(left + right) / 2 for left, right in pairwise(middles)]
    edges = [2 * middles[0] - inner[0], *inner, 2 * middles[-1] - inner[-1]]
    cells = [Column(left, right) for left, right in pairwise(edges)]
    sides: list[tuple[float, float, float]] = []
    columns: list[Column | None] = [None] * len(words)
    for run in runs:
        homes = [n for n, cell in enumerate(cells) if cell.covers(run) > _TOUCH * run.height]
        if len(homes) != 1:
            return None
        (home,) = homes
        cell, known = cells[home], columns[home]
        sides.append((run.left - cell.left, run.right - cell.right, (run.left + run.right) / 2 - middles[home]))
        if known is None:
            columns[home] = Column(run.left, run.right)
        else:
            known.take(run)
    whole = [Column(word.left, word.right) if own is None else own for own, word in zip(columns, words, strict=True)]
    if not sides or any(one.right > other.left for one, other in pairwise(whole)):
        return whole if not sides else None
    lefts, rights, centres = zip(*sides, strict=True)
    size = runs[0].height
    if max(map(abs, centres)) < _CENTRED * size:
        return whole
    even = min(max(side) - min(side) for side in (lefts, rights))
    return whole if len(cells) >= _MANY <= len(runs) and even < _EVEN * size else None


def home_among(run: Run, columns: list[Column]) -> int | None:
    """The column that a figure stands in, or beside and far from all others; None for none or several."""
    homes = [n for n, column in enumerate(columns) if column.left < run.right and run.left < column.right]
    if len(homes) > 1:
        slight = _SLIGHT * run.height
        most = max(homes, key=lambda n: columns[n].covers(run))
        if columns[most].covers(run) > 2 * slight and all(columns[n].covers(run) < slight for n in homes if n != most):
            return most
        return None
    if homes:
        return homes[0]
    near = [n for n, column in enumerate(columns) if column.covers(run) > -_BESIDE * run.height]
    far = [n for n, column in enumerate(columns) if column.covers(run) > -_ALONE * run.height]
    return near[0] if len(near) == len(far) == 1 else None


def reached(run: Run, columns: list[Column]) -> list[int]:
    """The columns into which a run reaches."""
    return [n for n, column in enumerate(columns) if column.left < run.right and run.left < column.right]


def anchors_of(rows: Sequence[list[Run]], count: int) -> list[Anchors]:
    """Where the figures of complete rows stand in each column: at which side, or in the middle, all of them do."""
    full = [sorted(row, key=lambda run: run.left) for row in rows if len(row) == count]
    full = [row for row in full if stand_apart(row)]
    if not full:
        return []
    found: list[Anchors] = []
    for share in (0.0, 0.5, 1.0):
        places = [
            sorted(run.left + share * (run.right - run.left) for run in column) for column in zip(*full, strict=True)
        ]
        if all(column[-1] - column[0] < _OFF * full[0][0].height / 2 for column in places):
            found.append((share, [column[len(column) // 2] for column in places]))
    return found


Anchors = tuple[float, list[float]]
"""The share of a figure's width, from its left, at which it stands in its column; and where that is in each."""


def ways_to_part(run: Run, columns: list[int], anchors: list[Anchors]) -> list[list[Run]]:
    """The ways in which a run may be the figures of some columns that touch each other."""
    if not run.text.isdecimal() or not 1 < len(columns) <= _MOST_TOUCHING:
        return []
    width = (run.right - run.left) / len(run.text)
    ways: set[tuple[int, ...]] = set()
    for cuts in combinations(range(1, len(run.text)), len(columns) - 1):
        ends = [0, *cuts, len(run.text)]
        for share, places in anchors:
            stand = (run.left + width * (start + share * (end - start)) for start, end in pairwise(ends))
            if all(abs(at - places[n]) < _OFF * width for at, n in zip(stand, columns, strict=True)):
                ways.add(cuts)
    return [_cut(run, [0, *cuts, len(run.text)], width) for cuts in sorted(ways)]


def _cut(run: Run, ends: list[int], width: float) -> list[Run]:
    return [
        replace(
            run,
            text=run.text[start:end],
            left=run.left + width * start,
            right=run.left + width * end,
            characters=None,
        )
        for start, end in pairwise(ends)
    ]
