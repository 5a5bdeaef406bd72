"""Letter-spaced text, which style sheets and typesetters call tracking: its words arrive as loose characters.

The gap is the same between all characters of a table, so those of its labels tell that digits which stand so far apart
are one figure, and not those of two columns.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise

from loaders.reading.printed.lines import is_wide
from loaders.reading.printed.page_model import Run

_EXACT = 0.06
"""Points by which the gaps of one text may differ."""

_WIDEST = 0.8
"""Part of the height of the type; characters further apart are none of one word."""

_BETWEEN = 2
"""Characters that PDFium puts where it thinks that a word or a line ends."""

_WIDER = 0.08
"""Part of the height of the type by which the gaps between digits may be wider: these fill less of their width."""

_FEWEST = 12
"""So many equal gaps between Chinese characters are no chance."""

_MOST_WORDS = 300
"""So many words tell how far their characters stand apart."""

Gap = tuple[Run, Run, float]


def without_tracking(
    runs: list[Run], are_parted: Callable[[Run, Run], bool], gaps_of: Callable[[list[Run]], list[float]]
) -> list[Run]:
    """The runs with letter-spaced words in one piece.

    `are_parted` says of two whether a line stands between them, `gaps_of` how far apart the first characters of some
    words are.
    """
    if not any(_in_figure(before, after) for before, after, _ in _gaps(runs)):
        return runs
    usual = [gap for before, after, gap in _gaps(runs) if is_wide(before.text[-1]) and is_wide(after.text[0])]
    words = [run for run in runs if len(run.text) > 1 and is_wide(run.text[0]) and is_wide(run.text[1])]
    usual = sorted(usual + gaps_of(words[:: max(1, len(words) // _MOST_WORDS)]))
    of_digits = sorted(gap for before, after, gap in _gaps(runs) if _in_figure(before, after))
    tracked = {
        id(after)
        for before, after, gap in _gaps(runs)
        if (_is_usual(gap, usual) or (_is_usual(gap, of_digits) and _is_little_wider(gap, after, usual)))
        and (_in_figure(before, after) or not are_parted(before, after))
    }
    whole: list[Run] = []
    for run in runs:
        if id(run) in tracked:
            _append(whole[-1], run)
        else:
            whole.append(run)
    return whole


def _is_usual(gap: float, gaps: list[float]) -> bool:
    """Whether many gaps are as wide; the gaps are in order."""
    return bisect_right(gaps, gap + _EXACT) - bisect_left(gaps, gap - _EXACT) >= _FEWEST


def _is_little_wider(gap: float, run: Run, usual: list[float]) -> bool:
    """Whether most gaps of tracked Chinese text are a little narrower than one beside a run."""
    tracked = usual[bisect_right(usual, _EXACT) :]
    middle = tracked[len(tracked) // 2] if tracked else 0.0
    return gap - _WIDER * run.height < middle < gap and _is_usual(middle, tracked)


def _gaps(runs: list[Run]) -> Iterator[Gap]:
    """Runs that follow each other in the file and on one line, and how far apart they are."""
    for before, after in pairwise(runs):
        gap = after.left - before.right
        if not _EXACT < gap < _WIDEST * (after.bottom - after.top):
            continue
        follows = after.order - before.order - len(before.text) <= _BETWEEN
        if follows and abs(after.baseline - before.baseline) < _EXACT:
            yield before, after, gap


def _in_figure(before: Run, after: Run) -> bool:
    """Whether both are digits: a long figure runs over the line beside its column, as one without tracking does."""
    return before.text[-1].isdigit() and after.text[0].isdigit()


def _append(word: Run, run: Run) -> None:
    word.text, word.characters = word.text + run.text, None
    word.top, word.right, word.bottom = min(word.top, run.top), run.right, max(word.bottom, run.bottom)
