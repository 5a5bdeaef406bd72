"""Figures read from the ink of the cells of a scanned table, and what its place and its strokes say about them.

A figure that the engine is certain of is read once, from the ink. What is hardly a text is read with softer strokes as
well, what touches a line with the ink that the line hides. A lone stroke is told by its place and slant: a dash lies
flat, a slash leans.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from loaders.patterns import pattern_of
from loaders.reading.printed.page_model import Box, Run
from loaders.reading.scan import ocr_dashes, ocr_engine, ocr_image, ocr_worn
from loaders.reading.scan.ocr_cells import (
    FIGURE,
    FLAT,
    MARGIN,
    PALE,
    RIM,
    InkCell,
    Pixels,
    is_flat_stroke,
    pixels,
    strip_of,
)
from loaders.reading.scan.ocr_engine import PageReader, Recognised
from loaders.reading.scan.ocr_image import DOTS_PER_POINT, Grey

FIGURE_LIKE = pattern_of(r"^[\d０-９,，.．。'’·\s+\-—–－_~/／\\|lIiOoDQC〇○口Zzγ件()（）一]{1,12}$")
"""What a figure may be taken for."""

STROKES, FLAT_STROKES = frozenset("1/lI|丿"), frozenset("一—–-－")
"""What a lone stroke is taken for that stands, and one that lies."""

SLASH, _STEEP, FLATTEST, _UNSURE = 0.18, 0.24, 1.5, 0.1
"""Slant of a lone stroke from which a slash is believed to be one, from which what was taken for another stroke is a
slash after all (an italic 1 is less steep), from which there is more than a stroke, such as the remains of a line, and
from which either is in doubt."""

CONTRADICTED = 0.6
"""Highest confidence where two readings differ, or where a cell holds two figures: one that is broken, or a line was
overlooked."""

ALONE = 0.97
"""Highest confidence of a figure that was read only once, for want of a second place to read it."""

_POINTS = ".,。·"
_POINTED = pattern_of(rf"^\d{{1,7}}[{_POINTS}]$")
"""A figure with a speck behind it."""

_LONGEST_ODD, _SURE_TEXT = 4, 0.85
"""Characters of what may be a figure though it is read as a text, and the confidence from which it is a text."""

_SURELY = 0.33
"""Part of the height of figures by which a lone dash stands off their ends, for the row is not known exactly."""

_FEWEST_DIGITS, _ROOM_OF_POINT, _GAPS = 3, 0.35, 2.0
"""Digits of a figure of which it can be told whether two stand further apart than the others, the room for a point as
part of the width of a digit, and how many times as far apart as others these are."""

_LOW = 0.72
"""Height of a digit at least, as part of that of the tallest beside it."""

_WIDEST_GAP, _GAPS_OF_BROKEN = 0.48, 1.5
"""Part of the height of digits that is the most between two of them, and how many times the next gap a wider one is."""


def read_figures(clean: Grey, cells: list[InkCell], reader: PageReader) -> list[int]:
    """Read the ink that is shaped like a figure; return the detector's lines that are still to be read."""
    read_ink(clean, [each for each in cells if each.shaped_like_figure], reader)
    return [line for each in cells if not each.is_certain for line in each.lines]


def look(clean: Grey, box: Box) -> Run | None:
    """What is written in a box as high as the figures of its row, where the detector found nothing."""
    edges = pixels(box)
    ink = ocr_image.ink_box(clean, *edges)
    if ink is None:
        return None
    strip = strip_of(clean, ink, edges)
    read = _figure_in(ink, edges, strip, ocr_engine.recognise([ocr_image.in_colour(strip)], figures=True)[0])
    if read.text == "—" and ocr_dashes.is_beside_middle((ink[1], ink[3]), [(edges[1] + RIM, edges[3] - RIM)], _SURELY):
        read = replace(read, confidence=CONTRADICTED)
    return read if read.text else None


def with_marks_told(clean: Grey, run: Run) -> Run:
    """What stands outside of all cells, with its marks told apart.

    A lone stroke that leans is a slash, what was taken for the numeral 一 a dash, a point behind a figure a speck.
    """
    if _POINTED.match(run.text):
        return replace(run, text=run.text.rstrip(_POINTS))
    if run.text not in STROKES and run.text not in FLAT_STROKES:
        return run
    edges = pixels((run.left, run.top, run.right, run.bottom), -MARGIN)
    ink = ocr_image.ink_box(clean, *edges)
    if ink is None:
        return run
    if run.text in FLAT_STROKES:
        return replace(run, text="—") if ink[3] - ink[1] <= FLAT else run
    told = _figure_in(ink, edges, strip_of(clean, ink, edges), Recognised(run.text, run.confidence, run.other_readings))
    return replace(run, text=told.text, confidence=told.confidence)


def read_ink(clean: Grey, cells: list[InkCell], reader: PageReader) -> None:
    """Read the ink of some cells, and tell from its strokes what makes that doubtful."""
    places = [(each, each.ink) for each in cells if each.ink is not None]
    strips = [strip_of(clean, ink, each.edges) for each, ink in places]
    readings = reader.recognise([ocr_image.in_colour(strip) for strip in strips], figures=True)
    for (each, ink), strip, reading in zip(places, strips, readings, strict=True):
        each.by_ink = _figure_in(ink, each.edges, strip, reading)
        signs = _signs(strip)
        each.signs, each.lacks_point = len(signs), _lacks_point(each.by_ink.text, signs, ink[3] - ink[1])
        each.is_uneven = len(signs) == len(each.by_ink.text) > 1 and _is_uneven(each.by_ink.text, strip, signs)
    _read_softer([(each, strip) for (each, _), strip in zip(places, strips, strict=True)], reader)
    _doubt_without_hidden_ink(cells, reader)


def _read_softer(places: list[tuple[InkCell, Grey]], reader: PageReader) -> None:
    """Read what is hardly a text once more with softer strokes: grain at its rim may make a character of a digit."""
    odd = [(run, strip, each) for each, strip in places if (run := each.by_ink) is not None and _is_hardly_text(run)]
    soft = [ocr_image.in_colour(ocr_worn.softened(strip)) for _, strip, _ in odd]
    for (run, _, each), reading in zip(odd, reader.recognise(soft, figures=True), strict=True):
        text = reading.text.strip().replace(" ", "")
        if FIGURE.match(text):
            confidence = min(reading.score, CONTRADICTED)
            each.by_ink = replace(run, text=text, confidence=confidence, other_readings=reading.figures)
            each.is_another = True


def _is_hardly_text(run: Run) -> bool:
    is_short = 0 < len(run.text) <= _LONGEST_ODD
    return is_short and run.confidence < _SURE_TEXT and not FIGURE_LIKE.match(run.text)


def _doubt_without_hidden_ink(cells: list[InkCell], reader: PageReader) -> None:
    """Doubt figures that are others with the ink that lines hide."""
    places = [(each.by_ink, each.with_hidden, each) for each in cells]
    touching = [(run, strip, each) for run, strip, each in places if run is not None and strip is not None]
    readings = reader.recognise([ocr_image.in_colour(strip) for _, strip, _ in touching], figures=True)
    for (run, _, each), reading in zip(touching, readings, strict=True):
        whole = replace(run, text=reading.text.strip().replace(" ", ""), other_readings=reading.figures)
        if run.text == "—" and set(whole.text) <= FLAT_STROKES:
            continue
        if whole.text and whole.text != run.text:
            confidence = min(run.confidence, reading.score, CONTRADICTED)
            each.by_ink = replace(whole, confidence=confidence, other_readings=other_texts(whole, run))
            each.is_another = True


def other_texts(better: Run, worse: Run) -> tuple[str, ...]:
    """What else two readings of one figure allow."""
    found = dict.fromkeys((*better.other_readings, worse.text, *worse.other_readings))
    return tuple(text for text in found if text != better.text)


def _figure_in(ink: Pixels, edges: Pixels, strip: Grey, reading: Recognised) -> Run:
    """A run from the ink of a cell; a lone stroke is a dash if it lies flat in the middle, a slash if it leans."""
    left, top, right, bottom = (value / DOTS_PER_POINT for value in ink)
    text, score = reading.text.strip().replace(" ", ""), reading.score
    figures = reading.figures
    if is_flat_stroke(ink, edges):
        text, score = "—", ALONE
    elif text in STROKES:
        leaning = ocr_image.slant(strip) or ocr_image.slant(strip, lighter=PALE)
        if (SLASH if text == "/" else _STEEP) < leaning < FLATTEST:
            text, score = "/", ALONE
            figures = figures if leaning <= _STEEP else ()  # no 1 leans as much
        elif leaning > _UNSURE or text == "/":
            score = min(score, CONTRADICTED)
            figures = *figures, "1", "/"
    others = tuple(dict.fromkeys(figure for figure in figures if figure != text))
    return Run(text, left, top, right, bottom, bottom, 0, score, other_readings=others)


def _signs(strip: Grey) -> list[tuple[int, int]]:
    """From where to where strokes of ink run that stand apart from left to right."""
    steps = np.diff((strip < ocr_image.INK).any(axis=0).astype(np.int8), prepend=0, append=0)
    return list(zip(np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True))


def _is_uneven(text: str, strip: Grey, signs: list[tuple[int, int]]) -> bool:
    """Whether a digit of a figure is much lower than another one."""
    if not FIGURE.match(text):
        return False
    ink = strip < ocr_image.INK
    heights = [int(np.ptp(np.flatnonzero(ink[:, start:end].any(axis=1)))) + 1 for start, end in signs]
    return min(heights) < _LOW * max(heights)


def _lacks_point(text: str, signs: list[tuple[int, int]], high: int) -> bool:
    """Whether two digits of a figure are much further apart than the others; beside a 1 there is much room."""
    if not FIGURE.match(text) or len(text) < _FEWEST_DIGITS or len(signs) < _FEWEST_DIGITS:
        return False
    gaps = [after - end for (_, end), (after, _) in pairwise(signs)]
    *_, second, widest = sorted(gaps)
    if widest > _WIDEST_GAP * high and widest > _GAPS_OF_BROKEN * second:
        return True  # though digits be broken
    if len(signs) != len(text):
        return False
    wide = float(np.median([end - start for start, end in signs]))
    usual = sorted(gaps)[(len(gaps) - 1) // 2]
    room = [_ROOM_OF_POINT * (1 + ("1" in pair)) for pair in map("".join, pairwise(text))]
    return any(gap > _GAPS * usual and gap > usual + part * wide for gap, part in zip(gaps, room, strict=True))
