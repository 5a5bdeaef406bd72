"""Two pages on one sheet: the right one is put below the left one, so that they are read one after the other."""

from __future__ import annotations

from dataclasses import replace

from loaders.patterns import pattern_of
from loaders.reading.printed.page_model import Box, PageLayout, Ruling, Run
from loaders.reading.printed.tables import is_figure

_WIDE = 1.2
"""Width of a sheet, as times its height, from which it may hold two pages."""

_FROM, _TO = 0.4, 0.6
"""Part of the width in which the gutter is."""

_GUTTER = 24.0
"""Points between the pages in which nothing stands."""


_WORDS = pattern_of("[\u4e00-\u9fff]")
_SAME_LINE = 3.0
"""Points within which runs stand on one line."""

_LONG_WORDS = 9
"""Characters that one line to the right of the fold has at least: no header of a single column is so long."""


def unfolded(page: PageLayout) -> PageLayout:
    """The page, or the right half of it below the left one where it is a sheet of two pages."""
    fold = _fold(page) if page.width > _WIDE * page.height else None
    if fold is None:
        return page
    height, back, look = page.height, page.back, page.look

    def folded(x: float, y: float) -> tuple[float, float]:
        x, y = (x, y) if y < height else (x + fold, y - height)
        return back(x, y) if back is not None else (x, y)

    def look_at(box: Box) -> Run | None:
        left, top, right, bottom = box
        if look is None or top < height:
            return look(box) if look is not None else None
        run = look((left + fold, top - height, right + fold, bottom - height))
        return run if run is None else _moved(run, fold, height)

    return replace(
        page,
        width=max(fold, page.width - fold),
        height=2 * height,
        runs=[_moved(run, fold, height) if run.left > fold else run for run in page.runs],
        horizontal=[
            Ruling(line.at + height, line.start - fold, line.end - fold) if line.start > fold else line
            for line in page.horizontal
        ],
        vertical=[
            Ruling(line.at - fold, line.start + height, line.end + height) if line.at > fold else line
            for line in page.vertical
        ],
        pictures=[
            (box[0] - fold, box[1] + height, box[2] - fold, box[3] + height) if box[0] > fold else box
            for box in page.pictures
        ],
        back=folded,
        look=look_at,
    )


def _fold(page: PageLayout) -> float | None:
    """The middle of the widest band near half the width that no text and no line reaches into."""
    if not any(run.left > _FROM * page.width and len(run.text) >= _LONG_WORDS for run in page.runs):
        return None  # the columns of one wide table
    if not _lines_open_with_words([run for run in page.runs if run.left > page.width / 2]):
        return None
    taken = [(run.left, run.right) for run in page.runs]
    taken += [(line.start, line.end) for line in page.horizontal]
    taken += [(line.at, line.at) for line in page.vertical]
    if not any(end < _FROM * page.width for _, end in taken) or not any(start > _TO * page.width for start, _ in taken):
        return None
    begin, widest, fold = _FROM * page.width, _GUTTER, None
    for start, end in [*sorted(taken), (_TO * page.width, page.width)]:
        free = min(start, _TO * page.width) - begin
        if free >= widest:
            widest, fold = free, begin + free / 2
        begin = max(begin, end)
    return fold


def _lines_open_with_words(runs: list[Run]) -> bool:
    """Whether most lines begin with words, as on a page; those of the right half of one table begin with figures."""
    first: dict[int, Run] = {}
    for run in sorted(runs, key=lambda run: run.left):
        first.setdefault(round(run.baseline / _SAME_LINE), run)
    words = (run.text for run in first.values() if _WORDS.search(run.text) and not is_figure(run.text))
    return 2 * sum(1 for _ in words) > len(first)


def _moved(run: Run, fold: float, height: float) -> Run:
    return replace(
        run,
        left=run.left - fold,
        right=run.right - fold,
        top=run.top + height,
        bottom=run.bottom + height,
        baseline=run.baseline + height,
    )
