"""Rows of figures that are broken in their narrow columns, told apart by their sums where no lines do.

On a page without lines the second line of a figure stands as near to the next row as to its own. A line of figures goes
with those above it, or begins a row, so that as many rows as possible have all their figures and add up.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from loaders.form.figures import read_figure
from loaders.reading.printed.page_model import Run
from loaders.reading.unruled.figure_columns import Column, home_of
from loaders.reading.unruled.row_parts import Row

_COLUMNS = 7
"""The table of applications alone has many rows that end with their sum."""

_MOST_LINES = 6
_FARTHEST = 3.0
"""Heights of type between the lines of a broken figure at most."""

_ROOM = 0.9
"""Part of the width of a digit that is left in a line at most where a figure goes on in the next."""

_APART, _FAR_APART = 1.12, 1.25
"""Times the distance of the lines of one row: other rows are further away, where they stand apart. More where nothing
shows how far rows are."""

_WIDER = 1.4
"""Times the distance to the next row: the lines of one row are no further apart."""

_NO_SUM, _NO_ROW = 3, 4
"""Costs of a row that does not add up, and of a line that is part of no whole row."""

_FEWEST = 5
"""So many rows that add up show that sums hold in a table."""

_MOSTLY = 0.7
"""Part of the whole rows that add up there."""

Figures = list[Run]


@dataclass(slots=True)
class _Group:
    """Lines that may be one row, from the first to before the last, and what it costs to take them so."""

    first: int
    end: int
    cost: int
    is_whole: bool


def whole_rows(lines: list[Figures], columns: list[Column]) -> dict[int, tuple[int, Row]]:
    """The rows that must be so: by their first line the one after the last, and the row.

    Nothing where no line lacks a figure, or where too few rows add up.
    """
    if len(columns) != _COLUMNS or all(len(line) >= _COLUMNS for line in lines):
        return {}
    homes = [[home_of(run, columns) for run in line] for line in lines]
    widths = [0.0] * _COLUMNS
    for line, at in zip(lines, homes, strict=True):
        for run, home in zip(line, at, strict=True):
            if home is not None:
                widths[home] = max(widths[home], run.right - run.left)
    groups = _groups(lines, homes, widths)
    certain = [group for group in _in_every_best_way(groups, len(lines)) if group.is_whole]
    adding = [group for group in certain if not group.cost]
    if len(adding) < max(_FEWEST, _MOSTLY * len(certain)):
        return {}
    certain = [group for group in certain if not group.cost or group.end == group.first + 1]
    found = _apart_from_remains(certain, lines)
    return {group.first: (group.end, _row(lines[group.first : group.end])) for group in found}


def _apart_from_remains(groups: list[_Group], lines: list[Figures]) -> list[_Group]:
    """The groups of which no line near them is part of none: it may belong to them after all."""
    of_groups = {number for group in groups for number in range(group.first, group.end)}
    remains = [number for number in range(len(lines)) if number not in of_groups]
    return [
        group
        for group in groups
        if not any(
            _are_near(lines[number], lines[edge])
            for number in remains
            for edge in (group.first, group.end - 1)
            if abs(number - edge) == 1
        )
    ]


def _are_near(one: Figures, other: Figures) -> bool:
    return abs(one[0].baseline - other[0].baseline) < _FARTHEST * one[0].height


def _groups(lines: list[Figures], homes: list[list[int | None]], widths: list[float]) -> list[_Group]:
    groups: list[_Group] = []
    for first in range(len(lines)):
        groups.append(_Group(first, first + 1, _NO_ROW, is_whole=False))
        parts: list[Figures] = [[] for _ in widths]
        for end in range(first + 1, min(len(lines), first + _MOST_LINES) + 1):
            if not _take(parts, lines[end - 1], homes[end - 1], widths):
                break
            if all(parts):
                cost = 0 if _adds_up(parts) else _NO_SUM
                groups.append(_Group(first, end, cost, is_whole=True))
    whole = [group for group in groups if group.is_whole]
    adding = {(group.first, group.end) for group in whole if not group.cost}
    amiss = {(group.first, group.end) for group in whole if group.cost}
    possible = [group for group in groups if not _holds_another(group, adding, amiss) or _is_set_apart(group, lines)]
    return [group for group in possible if not _reaches_over_a_gap(group, lines)]


def _holds_another(group: _Group, adding: set[tuple[int, int]], amiss: set[tuple[int, int]]) -> bool:
    """Whether the first or the last lines alone add up: those may be a row, and the others one with blanks.

    Not where the others have no blanks and do not add up, and all lines together do: 416|52 and 238|332 are two rests
    that add up by themselves wherever the sum of the first parts ends with a nought.
    """
    for at in range(group.first + 1, group.end):
        above, below = (group.first, at), (at, group.end)
        if any(one in adding and (group.cost or other not in amiss) for one, other in ((above, below), (below, above))):
            return True
    return False


def _steps(group: _Group, lines: list[Figures]) -> tuple[float, list[float], float]:
    """How far a group is from the line before it, its lines from each other, and the line after it."""
    heights = [-math.inf, *(line[0].baseline for line in lines), math.inf]
    before, *inner, after = [below - above for above, below in pairwise(heights[group.first : group.end + 2])]
    return before, inner, after


def _reaches_over_a_gap(group: _Group, lines: list[Figures]) -> bool:
    """Whether two of its lines are much further apart than it is from a line next to it."""
    before, inner, after = _steps(group, lines)
    return max(inner, default=0.0) > _WIDER * min(before, after)


def _is_set_apart(group: _Group, lines: list[Figures]) -> bool:
    """Whether its lines stand nearer to each other than to those around it, and than whole lines do anywhere."""
    before, inner, after = _steps(group, lines)
    between_rows = [
        below[0].baseline - above[0].baseline
        for above, below in pairwise(lines)
        if len(above) == len(below) == _COLUMNS
    ]
    apart = _APART if between_rows else _FAR_APART
    return apart * max(inner) < min(before, after, *between_rows)


def _take(parts: list[Figures], line: Figures, homes: list[int | None], widths: list[float]) -> bool:
    """Add a line to the figures of a row, if each figure in it is new or goes on from one that had no room."""
    for run, home in zip(line, homes, strict=True):
        if home is None:
            return False
        part = parts[home]
        if part and not _goes_on(part[-1], run, widths[home]):
            return False
        part.append(run)
    return True


def _goes_on(above: Run, run: Run, width: float) -> bool:
    digit = (above.right - above.left) / len(above.text)
    near = 0 < run.baseline - above.baseline < _FARTHEST * run.height
    full = above.right - above.left > width - _ROOM * digit
    return near and full and above.text[-1].isdigit() and run.text[0].isdigit() and above.text != "0"


def _adds_up(parts: list[Figures]) -> bool:
    readings = [read_figure("".join(run.text for run in part)) for part in parts]
    if any(reading.kind != "figure" for reading in readings):
        return False
    *values, total = (reading.value() for reading in readings)
    return math.isclose(sum(values), total)


def _in_every_best_way(groups: list[_Group], count: int) -> list[_Group]:
    """The groups that are part of all ways to divide the lines at the least cost."""
    to, ways_to = _best(groups, count)
    mirrored = [_Group(count - group.end, count - group.first, group.cost, group.is_whole) for group in groups]
    back, ways_back = _best(mirrored, count)
    return [
        group
        for group in groups
        if to[group.first] + group.cost + back[count - group.end] == to[count]
        and ways_to[group.first] * ways_back[count - group.end] == ways_to[count]
    ]


def _best(groups: list[_Group], count: int) -> tuple[list[float], list[int]]:
    """For each line the least cost of all those before it, and in how many ways it is reached."""
    costs, ways = [0.0, *[math.inf] * count], [1, *[0] * count]
    for group in sorted(groups, key=lambda group: group.end):
        cost = costs[group.first] + group.cost
        if cost < costs[group.end]:
            costs[group.end], ways[group.end] = cost, ways[group.first]
        elif cost == costs[group.end]:
            ways[group.end] += ways[group.first]
    return costs, ways


def _row(lines: list[Figures]) -> Row:
    figures = [run for line in lines for run in line]
    return Row(figures, proven=len(figures))
