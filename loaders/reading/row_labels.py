"""Which label belongs to which row of figures, where no lines tell.

A label may run over several lines, its figures stand beside its first line, its middle or its last one. All rows of
a table do it the same way, so the lines next to the figures are dealt out to the rows together: in order, with the
least distance between labels and figures. Group labels further left are gathered first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.reading.lines import line_text, make_line
from loaders.reading.page_model import Ruling, Run, bounding_box
from loaders.reading.tables import begins_row

_FEWEST = 3
_SPREAD = 2.5
"""Part of the height of the type up to which a gap may spread the characters of a short word."""

_NUMBER_GAP = 3.0
"""The same between the number of a label and its words."""

_NUMBER = re.compile(r"^\d{1,2}[.．、]?$")
_TIGHT = 1.6
"""The same within one label for sure."""

_PITCH = 2.0
"""The same up to which lines follow each other in one label."""

_UNLABELLED, _UNMATCHED, _INNER_OPENING, _INNER_GAP, _TORN = 3.0, 3.0, 6.0, 1.5, 4.0
"""Costs, in heights of type: a row without label, a label without figures, a new label's opening or a wide gap inside
a label, and a label that begins in the middle of one although labels here have openings or stand apart."""

_LOOSE = 1.3
"""Times the least distance of two lines; those further apart are rather two labels."""

_MOSTLY = 0.5
"""Part of the rows that have openings (numbers, the form's own words) or wide gaps where labels have them."""

_SAME_EDGE = 0.8
"""Part of the height of the type within which words begin at one edge."""

_GOOD_PART = 0.35
"""Part of the text at the edge where most of it begins."""

_OVERLAP = 0.6
"""Part of the height of the type by which a group label may reach under the column of labels beside it."""

_MOST_LINES = 24
_REACH, _NEXT = 6.0, 0.8
"""Heights of type between label and figures beyond which they are rather left apart: mostly, and where a word further
left may be the label."""

_LEVEL = 0.2
"""Part of the height of the type within which a label is level with its figures."""

_GOOD_DEAL = 0.3
"""Heights of type a row: labels dealt out at no more cost are dealt out right."""


@dataclass(slots=True)
class Bands:
    """Rules between rows."""

    rules: list[Ruling]

    @property
    def are_there(self) -> bool:
        """Whether the table has rules between its rows."""
        return len(self.rules) >= _FEWEST

    def part(self, first: Run, second: Run) -> bool:
        """Whether a rule runs between two runs."""
        low, high = sorted((first.middle, second.middle))
        x = (second.left + second.right) / 2
        return any(low < rule.at < high and rule.start <= x <= rule.end for rule in self.rules)


@dataclass(slots=True)
class Label:
    """A label over one or more lines."""

    runs: list[Run]

    @property
    def last(self) -> Run:
        """Its last line."""
        return self.runs[-1]

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(run.top for run in self.runs)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(run.bottom for run in self.runs)

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2

    @property
    def left(self) -> float:
        """Left edge."""
        return min(run.left for run in self.runs)

    @property
    def pitch(self) -> float:
        """Distance of its last two lines."""
        heights = sorted({run.baseline for run in self.runs})
        return heights[-1] - heights[-2] if len(heights) > 1 else math.inf


@dataclass(slots=True)
class Row:
    """Figures of one row and the labels beside them; a label without figures is a row of blanks."""

    figures: list[Run] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    torn: bool = False
    """Whether it was put together from two lines without a label to confirm that."""

    @property
    def top(self) -> float:
        """Upper edge of the figures, or of the label where there are none."""
        return min([run.top for run in self.figures] or [label.top for label in self.labels])

    @property
    def bottom(self) -> float:
        """Lower edge likewise."""
        return max([run.bottom for run in self.figures] or [label.bottom for label in self.labels])

    @property
    def middle(self) -> float:
        """Vertical centre likewise."""
        return (self.top + self.bottom) / 2


def deal_out(words: list[Run], rows: list[Row], bands: Bands, columns: int) -> list[Row]:
    """The rows with their labels, from top to bottom; words that belong to no figures become rows of their own."""
    upright = _upright_strings([run for run in words if len(run.text) == 1])
    taken = {id(run) for label in upright for run in label.runs}
    level = _whole_words([run for run in words if id(run) not in taken])
    near, far = _next_to_figures(level, rows)
    groups = [*upright, *_gathered([word for word in far if any(map(str.isalnum, word.text))], bands)]
    rows = _by_bands(near, rows, bands) if bands.are_there else _by_distance(near, rows, groups)
    unlabelled = [row for row in rows if row.figures and not row.labels]
    claimed = [row for row in unlabelled if any(_is_level(label, row) for label in groups)]
    for label in groups:
        _give(label, rows, claimed, bands)
    return _without_broken_figures(sorted(rows, key=lambda row: row.middle), columns)


def _upright_strings(runs: list[Run]) -> list[Label]:
    """Labels written downwards, one character a line."""
    strings: list[Label] = []
    for run in sorted(runs, key=lambda run: run.baseline):
        for string in strings:
            aside = abs(run.left + run.right - string.last.left - string.last.right)
            if aside < run.height and 0 < run.baseline - string.last.baseline < 2 * run.height:
                string.runs.append(run)
                break
        else:
            strings.append(Label([run]))
    return [string for string in strings if len(string.runs) >= _FEWEST]


def _whole_words(runs: list[Run]) -> list[Run]:
    """Runs with words that were spread over their cell, and numbers with what they number, in one piece."""
    words: list[Run] = []
    for run in sorted(runs, key=lambda run: (round(run.baseline), run.left)):
        if words and _belongs(words[-1], run):
            words[-1] = one_run([words[-1], run])
        else:
            words.append(run)
    return words


def _belongs(word: Run, run: Run) -> bool:
    """Whether a run goes on with the word to its left."""
    size, gap = run.height, run.left - word.right
    if abs(run.baseline - word.baseline) > 0.25 * size or gap < -0.5 * size:
        return False
    if _NUMBER.match(word.text) and not begins_row(run.text):
        return gap < _NUMBER_GAP * size
    count = len(word.text)
    inner = (word.right - word.left - count * size) / (count - 1) if count > 1 else gap
    return len(run.text) == 1 and gap < _SPREAD * size and abs(gap - inner) < 0.5 * size


def one_run(runs: list[Run]) -> Run:
    """Runs of one line as one."""
    if len(runs) == 1:
        return runs[0]
    left, top, right, bottom = bounding_box(runs)
    confidence = min(run.confidence for run in runs)
    text = line_text(make_line(list(runs)), keep_wide_gaps=False)
    return Run(text, left, top, right, bottom, runs[0].baseline, runs[0].order, confidence)


def _next_to_figures(words: list[Run], rows: list[Row]) -> tuple[list[Run], list[Run]]:
    """The words of the column beside the figures, and those of the columns further left."""
    lines = [sorted(line, key=lambda word: word.left) for line in _lines(words)]
    if not any(word.top < row.middle < word.bottom for row in rows for word in words):
        return words, []
    edge = _label_edge([line[-1] for line in lines]) + 1
    near: list[Run] = []
    far: list[Run] = []
    for line in lines:
        word = line.pop()
        far += line
        beyond = word.right > edge + _OVERLAP * word.height
        (near if beyond or any(_is_end_of(word, label, edge) for label in near[-6:]) else far).append(word)
    return near, far


def _label_edge(words: list[Run]) -> float:
    """Where the labels beside the figures begin: the rightmost place at which a good part of the text does."""
    weights: dict[float, int] = {}
    for word in sorted(words, key=lambda word: word.left):
        left = next((left for left in weights if word.left - left < _SAME_EDGE * word.height), word.left)
        weights[left] = weights.get(left, 0) + len(word.text)
    enough = _GOOD_PART * max(weights.values())
    return max(left for left, weight in weights.items() if weight >= enough)


def _is_end_of(word: Run, label: Run, edge: float) -> bool:
    """Whether a short word is the last line of a label that begins further left than the others."""
    below = 0 < word.baseline - label.baseline <= _TIGHT * word.height and not begins_row(word.text)
    return below and label.left < edge - word.height and abs(label.left - word.left) < 0.8 * word.height


def _lines(words: list[Run]) -> list[list[Run]]:
    """Words by baseline, from top to bottom."""
    lines: list[list[Run]] = []
    for word in sorted(words, key=lambda word: word.baseline):
        if lines and word.baseline - lines[-1][-1].baseline < 0.35 * word.height:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _by_bands(words: list[Run], rows: list[Row], bands: Bands) -> list[Row]:
    """Labels go to the figures between the same two rules."""
    loose: list[Label] = []
    for word in sorted(words, key=lambda word: word.baseline):
        home = next((row for row in rows if row.figures and not bands.part(word, row.figures[0])), None)
        if home is not None:
            home.labels = [Label([*(home.labels[0].runs if home.labels else []), word])]
        elif loose and not bands.part(loose[-1].last, word):
            loose[-1].runs.append(word)
        else:
            loose.append(Label([word]))
    return [*rows, *(Row([], [label]) for label in loose)]


def _by_distance(words: list[Run], rows: list[Row], groups: list[Label]) -> list[Row]:
    """Labels go to the figures they stand at, the same way in all rows: by their middle, first or last line.

    Figures level with one of the labels further left get none from above or below: that label may be theirs.
    """
    rows = sorted(rows, key=lambda row: row.middle)
    lines = _lines(words)
    if not lines or not rows:
        return [*rows, *(Row([], [Label(line)]) for line in lines)]
    anchors: list[Callable[[int, int], float]] = [
        lambda start, end: (lines[start][0].middle + lines[end - 1][0].middle) / 2,
        lambda start, end: lines[start][0].middle,
        lambda start, end: lines[end - 1][0].middle,
    ]
    enough = _GOOD_DEAL * lines[0][0].height * len(rows)
    reach = [_NEXT if any(_is_level(label, row) for label in groups) else _REACH for row in rows]
    cost, dealt = math.inf, list[tuple[int, int, int]]()
    for anchor in anchors:
        found = _best_deal(lines, rows, anchor, reach)
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


Deal = list[tuple[int, int, int]]
"""First line, last line but one and row of every label; row -1 for a label without figures."""


def _is_level(label: Label, row: Row) -> bool:
    """Whether a label, or its first line, stands at the height of a row."""
    first = label.runs[0]
    return min(abs(label.middle - row.middle), abs(first.middle - row.middle)) < _LEVEL * first.height


def _best_deal(
    lines: list[list[Run]], rows: list[Row], anchor: Callable[[int, int], float], reach: list[float]
) -> tuple[float, Deal]:
    """The cheapest way to deal the lines out to the rows in order, and its cost."""
    size = sorted(line[0].height for line in lines)[len(lines) // 2]
    steps = [b[0].baseline - a[0].baseline for a, b in pairwise(lines)]
    follows = [step <= _PITCH * size for step in steps]
    tight = min(steps, default=0.0)
    loose = [step > _LOOSE * tight for step in steps]
    opens = [begins_row(line[0].text) for line in lines]
    count = len(lines)
    pitch = min((below.middle - above.middle for above, below in pairwise(rows)), default=0.0)
    spaced = sum(loose) + 1 >= _MOSTLY * len(rows) and pitch > _LOOSE * tight
    marked = spaced or sum(opens) >= _MOSTLY * len(rows)
    level = [next((row for row in rows if _is_level(Label(line), row)), None) for line in lines]
    parted = [a is not None and b is not None and a is not b for a, b in pairwise([None, *level])]
    torn = [marked and start > 0 and not (loose[start - 1] or opens[start] or parted[start]) for start in range(count)]
    best = [[math.inf] * (count + 1) for _ in range(len(rows) + 1)]
    origin: dict[tuple[int, int], tuple[int, int, int]] = {}
    best[0][0] = 0.0

    def offer(row: int, line: int, cost: float, source: tuple[int, int, int]) -> None:
        if cost < best[row][line]:
            best[row][line] = cost
            origin[(row, line)] = source

    for number in range(len(rows) + 1):
        middle, limit = (rows[number].middle, reach[number] * size) if number < len(rows) else (math.inf, 0.0)
        for start in range(count + 1):
            so_far = best[number][start]
            if so_far == math.inf:
                continue
            if number < len(rows):
                offer(number + 1, start, so_far + _UNLABELLED * size, (number, start, 0))
            inner = _TORN * size if start < count and torn[start] else 0.0
            for end in range(start + 1, min(count, start + _MOST_LINES) + 1):
                if end - 1 > start:
                    if not follows[end - 2]:
                        break
                    inner += size * (_INNER_OPENING * (opens[end - 1] or parted[end - 1]) + _INNER_GAP * loose[end - 2])
                offer(number, end, so_far + inner + _UNMATCHED * size, (number, start, -1))
                away = abs(anchor(start, end) - middle)
                if away < limit:
                    offer(number + 1, end, so_far + inner + away, (number, start, 1))
    deal: Deal = []
    row, line = len(rows), count
    while row or line:
        before, start, what = origin[(row, line)]
        if what:
            deal.append((start, line, before if what > 0 else -1))
        row, line = before, start
    return best[len(rows)][count], deal[::-1]


def _gathered(words: list[Run], bands: Bands) -> list[Label]:
    """Group labels with the lines that belong to them, from top to bottom."""
    labels: list[Label] = []
    for run in sorted(words, key=lambda run: (run.baseline, run.left)):
        above = [label for label in labels if _continues(label, run, bands)]
        if above:
            max(above, key=lambda label: label.last.baseline).runs.append(run)
        else:
            labels.append(Label([run]))
    return labels


def _continues(label: Label, run: Run, bands: Bands) -> bool:
    """Whether a run is the next line of a group label."""
    last = label.last
    size = max(run.height, last.height)
    if not 0.3 * size < run.baseline - last.baseline <= _PITCH * size or begins_row(run.text):
        return False
    if bands.part(last, run) or run.baseline - last.baseline > _LOOSE * label.pitch:
        return False
    beside = abs(run.left - last.left) < 0.8 * size
    return beside or abs(run.left + run.right - last.left - last.right) < 1.6 * size


def _give(label: Label, rows: list[Row], claimed: list[Row], bands: Bands) -> None:
    """Hand a group label to the first row it stands beside, else to the nearest.

    It is the label of a row of blanks where a rule parts it from the nearest, or another label claims that one.
    """
    with_figures = [row for row in rows if row.figures]
    if not with_figures:
        rows.append(Row([], [label]))
        return
    beside = [row for row in with_figures if label.top <= row.middle <= label.bottom]
    home = beside[0] if beside else min(with_figures, key=lambda row: abs(row.middle - label.middle))
    if not beside and (home in claimed or bands.part(home.figures[0], label.last)):
        rows.append(Row([], [label]))
    else:
        home.labels.append(label)


def _without_broken_figures(rows: list[Row], columns: int) -> list[Row]:
    """Rows without those that only hold the rest of figures too long for their column.

    Such a row has no label of its own, stands beside the label of its neighbour and fills few columns.
    """
    kept: list[Row] = []
    for row in rows:
        before = kept[-1] if kept else None
        if before and row.figures and before.figures and not row.labels and len(row.figures) < columns:
            label = max(before.labels, key=lambda label: label.left, default=None)
            if label and 2 * len(row.figures) < columns and row.middle <= label.bottom + label.last.height:
                before.figures += row.figures
                continue
            if not label and row.top - before.bottom < 0.8 * row.figures[0].height:
                before.figures += row.figures
                before.torn = True
                continue
        kept.append(row)
    return kept
