"""What is written in the cells of a scanned table, settled from the readings of their ink and of the detector's lines.

A figure that the engine is not certain of is read a second time, in the line that the detector found. Where both
readings agree they confirm each other; readings that differ keep the better one with a confidence too low to be
believed alone. Dashes, slashes and noughts are told by those beside them and by the other figures of the page.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import replace

import numpy as np

from loaders.patterns import pattern_of
from loaders.reading.printed.page_model import Run
from loaders.reading.scan import ocr_covered, ocr_dashes, ocr_engine, ocr_image, ocr_nothing, ocr_noughts
from loaders.reading.scan.ocr_cells import InkCell, Pixels, strip_of
from loaders.reading.scan.ocr_engine import CERTAIN, PageReader
from loaders.reading.scan.ocr_figures import (
    ALONE,
    CONTRADICTED,
    FIGURE_LIKE,
    FLAT_STROKES,
    FLATTEST,
    SLASH,
    STROKES,
    other_texts,
    read_ink,
)
from loaders.reading.scan.ocr_image import Grey
from loaders.reading.scan.ocr_readings import LOOKS_LIKE

_ROUND = pattern_of(r"[035689]")
"""Digits that are like others once they are filled."""

_POINT = pattern_of(r"(?<=\d)\.(?=\d{3}(?!\d))")
"""What may be the comma behind thousands."""

_UNIT = pattern_of(r"^[(（]?件[)）]?$")
"""What may stand below a figure for which its cell is too narrow."""

_REPAIRED = 0.7
"""Highest confidence of a figure in which a letter was taken for a digit."""

_BROKEN_NOUGHT = pattern_of(r"\(\)|^0\)$|^\(0$")
"""Brackets are what is left of a nought without its thin top and bottom, or a part of its rim that is read apart."""

_OF_NOUGHTS, _SIDES, _TOLD = frozenset("()（）[]0oOQ〇CD"), 2, 0.9
"""Signs that a broken nought is taken for, how many pieces of ink side by side it is at most, and the confidence of one
that was told by its shape."""

_RAGS = "_~"
"""What the remains of a digit are taken for."""

_DOTS = frozenset(".,，。．·'’~_")
_DOTTED = "i"
"""What a stroke with a speck above it is taken for, be it a digit or a slash."""

_NO_FIGURES = frozenset("!！fſノ")
"""What a stroke that leans is taken for, and no digit is."""

_MINUS = pattern_of(r"^[—–－一](?=\d)")
_BLOCKS = frozenset("■▬")

_NARROW_SLASH, _STRAIGHT, _AT_WALL = 0.1, 0.03, 5
"""Slant from which a doubtful stroke is a slash where digits stand so upright, and pixels from the side of its cell
within which a wall may have cut a stroke."""

_EVEN_DIGITS, _ENOUGH_DIGITS, _UPRIGHT = frozenset("0235689"), 3, 0.07
"""Digits that lean to neither side, how many of them tell how type stands, and the slant up to which it is upright."""

_HARDLY = 0.5
"""Confidence below which a sign that was read in a dash is not believed to be a digit."""

_COVERED = 0.75
"""Highest confidence of what stood under a seal in grey, which may have taken a part of it away, or of a figure that
leaves ink unexplained."""

_ENOUGH_FIGURES = 8
"""Figures that are certain from which their usual size is told."""

_NO_INK = 0.4
"""Highest confidence of what the detector saw in a cell without ink."""


def settled_cells(clean: Grey, cells: list[InkCell], lines: dict[int, Run], reader: PageReader) -> list[Run]:
    """What is written in the cells, by their ink and the lines of the detector that were read."""
    found = [[lines[line] for line in each.lines if line in lines] for each in cells]
    pairs = list(zip(cells, found, strict=True))
    unread = [each for each, runs in pairs if each.by_ink is None and each.ink is not None and _long(runs)]
    read_ink(clean, unread, reader)
    _tell_slashes(clean, cells)
    _doubt_strokes_at_walls(cells)
    usual = _usual_size(cells)
    blotted = ocr_noughts.are_blotted([clean[y0:y1, x0:x1] for x0, y0, x1, y1 in _noughts(cells)])
    odd = ocr_dashes.odd_ones([_width_of_dash(each) for each in cells], usual[0] if usual else 0.0)
    odd = [is_odd or is_piece for is_odd, is_piece in zip(odd, _pieces_of_digits(cells), strict=True)]
    told = [
        replace(run, confidence=min(run.confidence, _COVERED))
        if is_odd or each.is_doubtful or each.holds_more(run, usual) or (blotted and _may_be_filled(run.text))
        else run
        for (each, runs), is_odd in zip(pairs, odd, strict=True)
        for run in _told(clean, each, _runs_of(each, runs))
        if run.text  # a speck taken for a full stop leaves nothing
    ]
    return ocr_nothing.with_nothing_told(told)


def _may_be_filled(text: str) -> bool:
    return FIGURE_LIKE.match(text) is not None and _ROUND.search(text) is not None


def _noughts(cells: list[InkCell]) -> list[Pixels]:
    """The places of lone noughts."""
    return [each.ink for each in cells if each.ink and each.by_ink and each.by_ink.text == "0"]


def _width_of_dash(cell: InkCell) -> int:
    """Pixels that the dash in a cell is wide; 0 where there is none."""
    return cell.ink[2] - cell.ink[0] if cell.ink and cell.by_ink and cell.by_ink.text == "—" else 0


def _pieces_of_digits(cells: list[InkCell]) -> list[bool]:
    """Which cells hold a dash that is rather a part of a digit, for it is not at half the height of those beside it."""
    if not any(map(_width_of_dash, cells)):
        return [False] * len(cells)
    rows: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for each in cells:
        if each.ink and each.is_certain:
            rows.setdefault((each.edges[1], each.edges[3]), []).append((each.ink[1], each.ink[3]))
    return [
        each.ink is not None
        and _width_of_dash(each) > 0
        and ocr_dashes.is_beside_middle((each.ink[1], each.ink[3]), rows.get((each.edges[1], each.edges[3]), []))
        for each in cells
    ]


def _tell_slashes(clean: Grey, cells: list[InkCell]) -> None:
    """Take doubtful strokes that lean for slashes, however narrow, where the digits stand upright and no 1 leans."""
    doubtful = [each for each in cells if each.by_ink and _may_be_slash(each.by_ink)]
    if not doubtful:
        return
    digits = [each for each in cells if each.is_certain and each.by_ink and each.by_ink.text in _EVEN_DIGITS]
    leans = [ocr_image.slant(strip_of(clean, each.ink, each.edges)) for each in digits if each.ink]
    upright = float(np.median(leans)) if len(leans) >= _ENOUGH_DIGITS else math.inf
    if upright <= _UPRIGHT:
        least = _NARROW_SLASH if upright <= _STRAIGHT else SLASH
        for each in doubtful:
            if each.ink and each.by_ink and least < ocr_image.slant(strip_of(clean, each.ink, each.edges)) < FLATTEST:
                each.by_ink = replace(each.by_ink, text="/", confidence=ALONE, other_readings=())


def _doubt_strokes_at_walls(cells: list[InkCell]) -> None:
    """Doubt each 1 beside a wall, which may have cut it, where others on the page are slashes."""
    runs = [each.by_ink for each in cells if each.by_ink]
    if not any(run.text == "/" or _may_be_slash(run) for run in runs):
        return
    for each in cells:
        ink, run = each.ink, each.by_ink
        if (
            ink
            and run
            and run.text in ("1", _DOTTED)
            and min(ink[0] - each.edges[0], each.edges[2] - ink[2]) <= _AT_WALL
        ):
            confidence = min(run.confidence, CONTRADICTED)
            each.by_ink = replace(run, confidence=confidence, other_readings=("/",))


def _may_be_slash(run: Run) -> bool:
    return (run.text in STROKES and "/" in run.other_readings) or run.text in _NO_FIGURES


def _usual_size(cells: list[InkCell]) -> tuple[float, float] | None:
    """Height of figures, and width of one digit, from those that are certain; any width where few have several."""
    certain = [(each.ink, each.by_ink.text) for each in cells if each.is_certain and each.ink and each.by_ink]
    if len(certain) < _ENOUGH_FIGURES:
        return None
    heights = [bottom - top for (_, top, _, bottom), _ in certain]
    widths = [(right - left) / len(text) for (left, _, right, _), text in certain if len(text) > 1]
    return float(np.median(heights)), float(np.median(widths)) if len(widths) >= _ENOUGH_FIGURES else math.inf


def _long(runs: list[Run]) -> bool:
    """Whether a cell holds one figure that was not taken for one by its shape."""
    return len(runs) == 1 and FIGURE_LIKE.match(runs[0].text) is not None


def _runs_of(cell: InkCell, found: list[Run]) -> list[Run]:
    if cell.ink is None:
        return [_as_figure(replace(run, confidence=min(run.confidence, _NO_INK)), _NO_INK) for run in found]
    if cell.by_ink is None:
        figures = [run for run in found if not _UNIT.match(run.text)]
        several = len(figures) > 1 and all(FIGURE_LIKE.match(run.text) for run in found)
        return [_as_figure(run, CONTRADICTED) for run in found] if several else found
    if cell.is_another or (cell.is_certain and cell.lines):
        return [cell.by_ink]
    if cell.is_dash and found and _is_misread_dash(found[0]):
        return [replace(cell.by_ink, other_readings=())]
    return _settled(found[0] if found else None, cell.by_ink)


def _told(clean: Grey, cell: InkCell, found: list[Run]) -> list[Run]:
    """What was read in a cell, without the strokes of a seal on it, and with broken noughts told."""
    return ocr_covered.without_strokes(found) if cell.covered else _noughts_told(clean, cell, found)


def _noughts_told(clean: Grey, cell: InkCell, found: list[Run]) -> list[Run]:
    """Believe a nought that may have been brackets, though no other digit, if the ink of its cell has its shape."""
    if len(found) != 1 or cell.ink is None or cell.signs > _SIDES or not _may_be_brackets(found[0]):
        return found
    left, top, right, bottom = cell.ink
    is_told = ocr_noughts.is_nought(clean[top:bottom, left:right])
    return [replace(found[0], confidence=max(found[0].confidence, _TOLD))] if is_told else found


def _may_be_brackets(run: Run) -> bool:
    return run.text == "0" and run.confidence < CERTAIN and all(set(text) <= _OF_NOUGHTS for text in run.other_readings)


def _is_misread_dash(run: Run) -> bool:
    """Whether a line may be what the detector's box around a dash was read as: one sign, and hardly a digit."""
    likely_figure = run.confidence >= _HARDLY and run.text not in _DOTS and FIGURE_LIKE.match(run.text)
    return len(run.text) == 1 and not likely_figure


def _settled(first: Run | None, second: Run) -> list[Run]:
    """One run from the reading of the detector's line and that of the cell's ink."""
    if first is None:
        return [_as_figure(second, ALONE)] if second.text else []
    if first.text in ocr_engine.NOUGHTS:
        first = replace(first, text="0", confidence=min(first.confidence, _REPAIRED))
    if second.text == "/" and not second.other_readings and first.text in _NO_FIGURES:
        return [second]
    if second.text == "—" and _may_be_dash(first.text):
        return [replace(second, confidence=max(first.confidence, second.confidence), other_readings=())]
    if not FIGURE_LIKE.match(first.text):
        return [first]
    if not second.text:
        return [replace(first, confidence=min(first.confidence, CONTRADICTED))]
    a, b = _as_figure(first, 1.0), _as_figure(second, 1.0)
    if second.text == "/" and not second.other_readings and a.text in STROKES:  # told from a digit by its slant
        return [second]
    better, worse = (a, b) if a.confidence >= b.confidence else (b, a)
    others = other_texts(better, worse)
    if a.text == b.text:
        dotted = _DOTTED in (first.text, second.text)
        confidence = (worse if others or dotted else better).confidence
        return [replace(second, text=a.text, confidence=confidence, other_readings=others)]
    if _POINT.sub(",", a.text) == _POINT.sub(",", b.text):  # which of both it is depends on what it counts
        return [replace(second, text=better.text, confidence=worse.confidence, other_readings=others)]
    if second.text == "/" and a.text in STROKES:
        return [second]
    confidence = min(better.confidence, CONTRADICTED)
    return [replace(second, text=better.text, confidence=confidence, other_readings=others)]


def _may_be_dash(text: str) -> bool:
    """Whether a line of the detector may be what a lone stroke was read as; a bold one is taken for a block."""
    return set(text) <= FLAT_STROKES or text in _BLOCKS


def _as_figure(run: Run, most: float) -> Run:
    """A run whose letters are read as the digits they resemble, with less confidence then."""
    normal = unicodedata.normalize("NFKC", run.text)
    if normal.strip(_RAGS) != normal:
        most = min(most, _REPAIRED)
    text = normal.strip(_RAGS + "。·'’").rstrip(".,")
    text = _MINUS.sub("-", text)
    if "一" in text and set(text) <= FLAT_STROKES:  # strokes, taken for the numeral that looks like them
        return replace(run, text="—" * len(text), confidence=min(run.confidence, most))
    repaired = _BROKEN_NOUGHT.sub("0", text).translate(LOOKS_LIKE) if FIGURE_LIKE.match(text) else text
    confidence = min(run.confidence, most if repaired == text else _REPAIRED)
    return replace(run, text=repaired, confidence=confidence)
