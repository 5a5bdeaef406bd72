"""Which label belongs to which row of figures, by their distance.

The lines of labels are dealt out to the rows in order, so that all rows together are served best: a label may run
over several lines, a row may have none, and a label may have no figures.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from loaders.reading.printed.page_model import Run
from loaders.reading.printed.tables import begins_row
from loaders.reading.unruled.row_parts import Label, Row, by_baseline, first_level, is_level

PITCH = 2.0
"""Part of the height of the type up to which lines follow each other in one label."""

_TIGHTEST = 0.9
"""Part of the height of the type that lines of one column are apart at least; nearer ones are of two columns."""

LOOSE = 1.3
"""Times the least distance of two lines; those further apart are rather two labels."""

_UNLABELLED, _UNMATCHED, _INNER_OPENING, _INNER_GAP, _TORN = 3.0, 3.0, 6.0, 1.5, 4.0
"""Costs, in heights of type: a row without label, a label without figures, a new label's opening or a wide gap inside
a label, and a label that begins in the middle of one although labels here have openings or stand apart."""

_MOSTLY = 0.5
"""Part of the rows that have openings (numbers, the form's own words) or wide gaps where labels have them."""

_MOST_LINES = 24
_REACH, _NEXT = 6.0, 0.8
"""Heights of type between label and figures beyond which they are rather left apart: mostly, and where a word further
left may be the label."""

_GOOD_DEAL = 0.3
"""Heights of type a row: labels dealt out at no more cost are dealt out right."""


Deal = list[tuple[int, int, int]]
"""First line, last line but one and row of every label; row -1 for a label without figures."""

Anchor = Callable[[int, int], float]
"""The height at which a label from one line to before another stands beside its figures."""


def by_distance(words: list[Run], rows: list[Row], groups: list[Label]) -> list[Row]:
    """Labels go to the figures they stand at, the same way in all rows: by their middle, first or last line.

    Figures level with one of the labels further left get none from above or below: that label may be theirs.
    """
    rows = sorted(rows, key=lambda row: row.middle)
    lines = by_baseline(words)
    if not lines or not rows:
        return [*rows, *(Row([], [Label(line)]) for line in lines)]
    middles = [line[0].middle for line in lines]
    anchors: list[Anchor] = [
        lambda start, end: (middles[start] + middles[end - 1]) / 2,
        lambda start, end: middles[start],
        lambda start, end: middles[end - 1],
    ]
    enough = _GOOD_DEAL * lines[0][0].height * len(rows)
    spans = [row.span for row in rows]
    reach = [_NEXT if any(is_level(label, row) for label in groups) else _REACH for row in rows]
    costs = _costs(lines, rows)
    cost, dealt = math.inf, Deal()
    for anchor in anchors:
        found = _best_deal(costs, spans, anchor, reach)
        if found[0] < cost:
            cost, dealt = found
        if cost < enough:
            break
    orphans: list[Row] = []
    for start, end, row in dealt:
        label = Label([word for line in lines[start:end] for word in line])
        if row < 0:
            orphans.append(Row([], [label]))
        else:
            rows[row].labels.append(label)
    return rows + orphans


@dataclass(slots=True)
class _Costs:
    """What it costs, in points, to begin a label at a line, or to go on with it there; infinite where it cannot."""

    size: float
    begins: list[float]
    goes_on: list[float]


def _costs(lines: list[list[Run]], rows: list[Row]) -> _Costs:
    size = sorted(line[0].height for line in lines)[len(lines) // 2]
    steps = [0.0, *(b[0].baseline - a[0].baseline for a, b in pairwise(lines))]
    tight = min((step for step in steps[1:] if step > _TIGHTEST * size), default=0.0)
    loose = [step > LOOSE * tight for step in steps]
    opens = [begins_row(line[0].text) for line in lines]
    middles = [row.middle for row in rows]
    level = [first_level(Label(line), middles) for line in lines]
    parted = [a is not None and b is not None and a != b for a, b in pairwise([None, *level])]
    pitch = min((below - above for above, below in pairwise(middles)), default=0.0)
    spaced = sum(loose) + 1 >= _MOSTLY * len(rows) and pitch > LOOSE * tight
    marked = spaced or sum(opens) >= _MOSTLY * len(rows)
    begins, goes_on = [0.0], [math.inf]
    for number in range(1, len(lines)):
        begun = loose[number] or opens[number] or parted[number]
        begins.append(_TORN * size if marked and not begun else 0.0)
        inner = _INNER_OPENING * (opens[number] or parted[number]) + _INNER_GAP * loose[number]
        goes_on.append(inner * size if steps[number] <= PITCH * size else math.inf)
    return _Costs(size, begins, goes_on)


def _possible_labels(costs: _Costs, anchor: Anchor) -> list[list[tuple[int, float, float]]]:
    """For each line the labels that may begin there: line after the last, cost, height at which the figures stand."""
    count = len(costs.begins)
    labels: list[list[tuple[int, float, float]]] = [[] for _ in range(count + 1)]
    for start in range(count):
        inner = costs.begins[start]
        for end in range(start + 1, min(count, start + _MOST_LINES) + 1):
            inner += costs.goes_on[end - 1] if end - 1 > start else 0.0
            if inner == math.inf:
                break
            labels[start].append((end, inner, anchor(start, end)))
    return labels


def _best_deal(
    costs: _Costs, spans: list[tuple[float, float]], anchor: Anchor, reach: list[float]
) -> tuple[float, Deal]:
    """The cheapest way to deal the lines out to the rows in order, and its cost."""
    count, size = len(costs.begins), costs.size
    unlabelled, unmatched = _UNLABELLED * size, _UNMATCHED * size
    labels = _possible_labels(costs, anchor)
    best = [[math.inf] * (count + 1) for _ in range(len(spans) + 2)]
    origin: dict[tuple[int, int], tuple[int, int, int]] = {}
    best[0][0] = 0.0
    # Thousands of ways a table: they are compared here without a call for each. No label reaches the last row.
    limits = [*(size * far for far in reach), -1.0]
    for number, ((top, bottom), limit) in enumerate(zip([*spans, (0.0, 0.0)], limits, strict=True)):
        here, below = best[number], best[number + 1]
        for start, so_far in enumerate(here):
            if so_far == math.inf:
                continue
            if so_far + unlabelled < below[start]:
                below[start] = so_far + unlabelled
                origin[number + 1, start] = number, start, 0
            for end, inner, height in labels[start]:
                cost = so_far + inner
                if cost + unmatched < here[end]:
                    here[end] = cost + unmatched
                    origin[number, end] = number, start, -1
                away = top - height if height < top else height - bottom if height > bottom else 0.0
                if away < limit and cost + away < below[end]:
                    below[end] = cost + away
                    origin[number + 1, end] = number, start, 1
    deal: Deal = []
    row, line = len(spans), count
    while row or line:
        before, start, what = origin[(row, line)]
        if what:
            deal.append((start, line, before if what > 0 else -1))
        row, line = before, start
    return best[len(spans)][count], deal[::-1]
