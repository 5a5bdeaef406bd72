"""Runs side by side become lines; lines become text without the spaces that justification left."""

from __future__ import annotations

import math
from itertools import pairwise
from operator import attrgetter

from loaders.document import UNSURE
from loaders.reading.printed.page_model import Line, Run

_WORD_GAP = 0.16
"""Part of the height of the type from which a gap between Latin letters is a space."""

_DIGIT_GAP = 0.5
"""The same between digits, which justification may spread."""

_WIDE_GAP = 1.7
"""The same between Chinese characters in running text; smaller gaps are justification."""


_BASELINE = attrgetter("baseline")

_OVERPRINTED, _UNREADABLE = 0.15, 0.3
"""Part of the height of the type by which figures run over one another, if they do, and the confidence of such ones."""

_DOUBLE = 0.12
"""The same text so near itself, as part of the height of the type, is imitated bold type."""


def make_line(runs: list[Run]) -> Line:
    """One line of runs that share a baseline."""
    if len(runs) == 1:
        run = runs[0]
        return Line(runs, run.left, run.top, run.right, run.bottom, run.baseline, run.bottom - run.top)
    runs.sort(key=lambda run: run.left)
    widest = max(runs, key=lambda run: run.right - run.left)
    return Line(
        runs,
        runs[0].left,
        min([run.top for run in runs]),
        max([run.right for run in runs]),
        max([run.bottom for run in runs]),
        widest.baseline,
        max([run.bottom - run.top for run in runs]),
    )


def group_lines(runs: list[Run]) -> list[Line]:
    """Lines from top to bottom."""
    return [make_line(line) for line in by_baseline(runs)]


def by_baseline(runs: list[Run]) -> list[list[Run]]:
    """The runs of each line, from top to bottom; those of a line in any order."""
    lines: list[list[Run]] = []
    baseline, size = -math.inf, 0.0
    for run in sorted(runs, key=_BASELINE):
        height = run.bottom - run.top
        if run.baseline - baseline <= 0.35 * (height if height < size else size) + 0.5:
            lines[-1].append(run)
        else:
            lines.append([run])
        baseline, size = run.baseline, height
    return lines


def is_wide(character: str) -> bool:
    """Whether a character is Chinese or full-width, so that no space belongs beside it."""
    return character >= "\u2e80" or character in "“”‘’—…·"


def line_text(line: Line, keep_wide_gaps: bool = True) -> str:
    """The text of a line. Spaces stand between Latin words, and at wide gaps where those are wanted."""
    if len(line.runs) == 1:
        return line.runs[0].text
    if not keep_wide_gaps:
        return _text_of(line, keep_wide_gaps=False)
    if line.text is None:
        line.text = _text_of(line, keep_wide_gaps=True)
    return line.text


def _text_of(line: Line, *, keep_wide_gaps: bool) -> str:
    parts = [line.runs[0].text]
    end, size = line.runs[0].right, max(line.size, 1.0)
    for before, run in pairwise(line.runs):
        gap = (run.left - end) / size
        if run.right > end:
            end = run.right
        if is_wide(before.text[-1]) or is_wide(run.text[0]):
            wanted = keep_wide_gaps and gap > _WIDE_GAP
        elif before.text[-1].isdigit() and run.text[0].isdigit():
            wanted = gap > _DIGIT_GAP
        else:
            wanted = gap > _WORD_GAP
        parts.append(" " + run.text if wanted else run.text)
    return "".join(parts)


def join_texts(before: str, after: str) -> str:
    """Two lines of one paragraph as one text; a space only between Latin words."""
    if before and after and before[-1].isascii() and before[-1].isalpha() and after[0].isascii() and after[0].isalpha():
        return f"{before} {after}"
    return before + after


def doubt_overprinted(runs: list[Run]) -> None:
    """Mark figures that run over one another, as those do that are wider than their columns: neither can be read."""
    for before, run in pairwise(runs):
        if run_over_one_another(before, run):
            for each in (before, run):
                each.text, each.confidence, each.characters = each.text.rstrip(UNSURE) + UNSURE, _UNREADABLE, None


def run_over_one_another(before: Run, run: Run) -> bool:
    """Whether two neighbours are figures of which one is printed over the other.

    What is printed again at nearly the same spot is imitated bold type.
    """
    height = run.bottom - run.top
    if run.left > before.right - _OVERPRINTED * height or abs(run.baseline - before.baseline) > _DOUBLE * height:
        return False
    if not (before.text[-1:].isdigit() and run.text[0].isdigit()) or run.right < before.left + _OVERPRINTED * height:
        return False
    return run.left > before.left + _DOUBLE * height or run.text != before.text


def without_doubles(runs: list[Run]) -> list[Run]:
    """Runs without those printed again at nearly the same spot, as imitated bold type is."""
    last: dict[str, Run] = {}
    kept: list[Run] = []
    for run in runs:
        text = run.text
        twin = last.get(text)
        last[text] = run
        if twin is not None:
            near = _DOUBLE * (run.bottom - run.top)
            below = run.baseline - twin.baseline
            if -near <= below <= near and abs(twin.left - run.left) + abs(below) <= near:
                continue
        kept.append(run)
    return kept
