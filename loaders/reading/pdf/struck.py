"""Characters that a line strikes out: what a change that was not yet accepted leaves on the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import pairwise

from loaders.reading.printed.page_model import Ruling, Run

Struck = tuple[float, float, Run, int]
"""Left and right edge of a character, its run and its position there."""

_LOWEST, _HIGHEST = 0.12, 0.62
"""How far above the baseline a line strikes out, as parts of the size of the type."""

_NEAR = 0.3
"""The line begins and ends where characters do, give or take this part of the size of the type."""

_WIDEST_GAP = 1.5
"""Between two characters under one line, as part of the size of the type; a line of a table goes over wider ones."""


def without_struck(
    runs: list[Run], lines: list[Ruling], edges: Callable[[Run], tuple[list[float], list[float]]]
) -> list[Run]:
    """The runs without the characters that level lines strike out. `edges` tells where the characters of a run stand.

    The line of a table may pass through words, too, where they have no room; but it does not begin and end with them.
    """
    heights = sorted({line.at for line in lines})
    crossed: dict[float, list[Run]] = {}
    for run in runs if heights else ():
        size = _size(run)
        first = bisect_right(heights, run.baseline - _HIGHEST * size)
        while first < len(heights) and heights[first] < run.baseline - _LOWEST * size:
            crossed.setdefault(heights[first], []).append(run)
            first += 1
    if not crossed:
        return runs
    struck: dict[int, set[int]] = {}
    for line in lines:
        for _, _, run, at in _struck_by(line, crossed.get(line.at, []), edges):
            struck.setdefault(id(run), set()).add(at)
    return [piece for run in runs for piece in (_pieces(run, struck[id(run)], edges) if id(run) in struck else (run,))]


def _size(run: Run) -> float:
    return max(run.bottom - run.top, (run.right - run.left) / len(run.text))


def _struck_by(
    line: Ruling, crossed: list[Run], edges: Callable[[Run], tuple[list[float], list[float]]]
) -> list[Struck]:
    """The characters that a line strikes out; none if it is the line of a table."""
    under = [run for run in crossed if run.left < line.end and run.right > line.start]
    if not under:
        return []
    size = max(map(_size, under))
    if min(run.left for run in under) > line.start + size or max(run.right for run in under) < line.end - size:
        return []
    characters = sorted(
        [
            (left, right, run, at)
            for run in under
            for at, (left, right) in enumerate(zip(*edges(run), strict=True))
            if line.start < (left + right) / 2 < line.end
        ],
        key=lambda character: character[0],
    )
    if not characters:
        return []
    begins, ends = characters[0][0] - line.start, line.end - max(right for _, right, _, _ in characters)
    if abs(begins) > _NEAR * size or abs(ends) > _NEAR * size:
        return []
    gaps = (after[0] - before[1] for before, after in pairwise(characters))
    return [] if any(gap > _WIDEST_GAP * size for gap in gaps) else characters


def _pieces(run: Run, struck: set[int], edges: Callable[[Run], tuple[list[float], list[float]]]) -> list[Run]:
    """What is left of a run."""
    lefts, rights = edges(run)
    pieces: list[Run] = []
    begin = 0
    for end in [*sorted(struck), len(run.text)]:
        if end > begin:
            inner = lefts[begin:end], rights[begin:end]
            pieces.append(
                Run(
                    run.text[begin:end],
                    inner[0][0],
                    run.top,
                    inner[1][-1],
                    run.bottom,
                    run.baseline,
                    run.order + begin,
                    run.confidence,
                    inner,
                    run.upright,
                )
            )
        begin = end + 1
    return pieces
