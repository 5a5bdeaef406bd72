"""Figures of a page whose type is worn as a whole: what was read of them with confidence may be wrong all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import product

from loaders.patterns import pattern_of
from loaders.reading.printed.grids import Grid
from loaders.reading.printed.page_model import Box, Run
from loaders.reading.printed.tables import is_figure

_HARDLY, _UNSURE, _FEWEST = 0.5, 0.65, 20
"""Confidence below which a text is hardly legible, and below which two readings of it differ, and texts in tables
without which nothing is said of a page.

Figures that share a cell do not count: there a line was lost, and not the ink."""

_WORN, _ILLEGIBLE = 0.1, 0.4
"""Part of the texts in tables that is hardly legible where all are in doubt, and that is unsure where none can be
believed: ordinary pages have one in fifty."""

_IN_DOUBT = 0.75
"""Highest confidence of a figure in doubt: the sums of the form may confirm it."""

_UNREADABLE = "□"

_NOUGHT, _BROKEN = pattern_of(r"^(?:[(（]?0[)）]?|[(（][)）])$"), pattern_of(r"[()（）]")
"""What a nought is read as, and what of it tells that its thin top and bottom are lost."""

_FEWEST_NOUGHTS, _MOST_BROKEN = 5, 0.3
"""Noughts that tell how worn strokes are, and part of them that may be broken."""

_FIGURE, _PLUS, _STROKE = pattern_of(r"^\d{1,7}$"), pattern_of(r"^[+＋]\d{0,6}$"), pattern_of(r"^[/／—–-]$")
_SLASHES = ("/", "／")
_WITHOUT_BAR, _EIGHT, _MOST_SUCH = "147", "80", 2
"""What a 1 may be the rest of where level strokes are lost, what an 8 may be, and how many such digits of a figure are
looked at."""

_FEWEST_ALIKE, _ALIKE = 4, 0.08
"""Figures that may be others with a nought for an 8, and their part of those with either, where both look alike."""


def is_broken(runs: list[Run], grids: list[Grid]) -> bool:
    """Whether the strokes of a page are broken, from the noughts in its tables."""
    return _noughts_are_broken([run for run in runs if _cell_around(run, grids) is not None])


def with_doubts(runs: list[Run], grids: list[Grid], *, broken: bool = False) -> list[Run]:
    """The texts of a page, with less confidence in those of tables where these are barely legible or strokes broken.

    `broken` says that they were before they were mended: a 1 may still be what is left of another digit.
    """
    homes = [_cell_around(run, grids) for run in runs]
    within = [home is not None for home in homes]
    of_tables = [run for run, inside in zip(runs, within, strict=True) if inside]
    alone = _alone(runs, homes)
    if _is_worn(alone):
        unsure = sum(run.confidence < _UNSURE for run in alone)
        if unsure >= _ILLEGIBLE * len(alone):
            return [_unreadable(run) if inside else run for run, inside in zip(runs, within, strict=True)]
        runs = [_in_doubt(run) if inside else run for run, inside in zip(runs, within, strict=True)]
    if _noughts_look_like_eights(of_tables):
        runs = [_in_doubt_by(run, "8", _EIGHT) if inside else run for run, inside in zip(runs, within, strict=True)]
    broken = broken or _noughts_are_broken(of_tables)
    if broken:
        runs = [_sign_in_doubt(run) if inside else run for run, inside in zip(runs, within, strict=True)]
    return [
        _in_doubt_by(run, "1", _WITHOUT_BAR) if inside and (broken or _has_a_piece_before(run)) else run
        for run, inside in zip(runs, within, strict=True)
    ]


def _alone(runs: list[Run], homes: list[int | None]) -> list[Run]:
    """The texts in tables that share their cell with no other figure."""
    figures = Counter(home for run, home in zip(runs, homes, strict=True) if is_figure(run.text))
    return [run for run, home in zip(runs, homes, strict=True) if home is not None and figures[home] <= 1]


def _is_worn(alone: list[Run]) -> bool:
    hardly = sum(run.confidence < _HARDLY for run in alone)
    return len(alone) >= _FEWEST and hardly >= _WORN * len(alone)


def _cell_around(run: Run, grids: list[Grid]) -> int | None:
    """What tells the cell that a text stands in from others; None outside of tables."""
    cells = (grid.cell_at((run.left + run.right) / 2, run.middle) for grid in grids)
    return next((id(cell) for cell in cells if cell is not None), None)


def _unreadable(run: Run) -> Run:
    if _STROKE.match(run.text):
        return _in_doubt(run)
    if not any(map(str.isdigit, run.text)):
        return run
    return replace(run, text=_UNREADABLE, confidence=0.0, other_readings=())


def doubting(look: Callable[[Box], Run | None] | None) -> Callable[[Box], Run | None] | None:
    """The same look at a part of a page, whatever is read there in doubt: of a digit a dash may be left."""
    if look is None:
        return None

    def doubtful(box: Box) -> Run | None:
        run = look(box)
        return None if run is None else _in_doubt(run)

    return doubtful


def _in_doubt(run: Run) -> Run:
    return replace(run, confidence=min(run.confidence, _IN_DOUBT))


def _sign_in_doubt(run: Run) -> Run:
    """A plus without its slanting stroke may be a 4, and a slash is a 2 or a 7 without its level ones."""
    if run.text in _SLASHES:
        return _in_doubt(run)
    if not _PLUS.match(run.text):
        return run
    readings = tuple(dict.fromkeys(("4" + run.text[1:], *run.other_readings)))
    return replace(run, confidence=min(run.confidence, _IN_DOUBT), other_readings=readings)


def _noughts_are_broken(runs: list[Run]) -> bool:
    noughts = [run for run in runs if _NOUGHT.match(run.text)]
    broken = sum(any(_BROKEN.search(text) for text in (run.text, *run.other_readings)) for run in noughts)
    return len(noughts) >= _FEWEST_NOUGHTS and broken > _MOST_BROKEN * len(noughts)


def _has_a_piece_before(run: Run) -> bool:
    """Whether a point may stand before a 1, which together with it may be what is left of a 4."""
    return run.text.startswith("1") and f".{run.text}" in run.other_readings


def _noughts_look_like_eights(runs: list[Run]) -> bool:
    """Whether several figures may be others with an 8 for a 0, as where noughts have a dot in the middle."""
    either = [run for run in runs if _FIGURE.match(run.text) and set(run.text) & set(_EIGHT)]
    alike = sum(any(_as_noughts(text) == _as_noughts(run.text) for text in run.other_readings) for run in either)
    return alike >= _FEWEST_ALIKE and alike >= _ALIKE * len(either)


def _as_noughts(text: str) -> str:
    return text.replace("8", "0")


def _in_doubt_by(run: Run, digit: str, others: str) -> Run:
    """A figure of which each such digit may be another one."""
    if not _FIGURE.match(run.text) or not 0 < run.text.count(digit) <= _MOST_SUCH:
        return run
    choices = [others if sign == digit else sign for sign in run.text]
    found = dict.fromkeys([*run.other_readings, *map("".join, product(*choices))])
    readings = tuple(text for text in found if text != run.text)
    return replace(run, confidence=min(run.confidence, _IN_DOUBT), other_readings=readings)
