"""What shines through from the back of a sheet: pale strokes that can be read in a mirror only."""

from __future__ import annotations

import cv2
import numpy as np

from loaders.reading.scan import ocr_engine, ocr_image
from loaders.reading.scan.ocr_image import Grey, as_grey
from loaders.reading.scan.ocr_legibility import legibility
from loaders.reading.scan.ocr_rules import darker_than_around
from loaders.reading.scan.ocr_strokes import level_strokes

_PALER, _PALE = 80, 120
"""Grey levels by which the back is paler than what most lines are written in, and the tone that it has at least."""

_FEWEST, _SAMPLE = 4, 6
"""Pale lines without which there is no back, and how many of them are read."""

_CLEARLY = 1.5
"""How many times as many characters can be read in a mirror where no words tell: 三 and 人 are alike in one."""

_NEAR = 3
"""Pixels around dark strokes in which their rim lies."""


_LINE, _LONG = 38, 160
"""Pixels that a stroke is long which may be a line of a table, and that one is which tells of the back."""

_CROSSED, _FEWEST_CROSSED, _OF_ALL = 0.09, 3, 6
"""Part of a pale line that is dark where letters stand on it, how many such lines there are at least where they are
those of the back, and one of how many: a line of the page itself runs between its letters."""

_RIM = 40
"""Grey levels by which the ink of the back may be darker than its lines."""


def without_back(grey: Grey, quads: ocr_engine.Quads) -> tuple[Grey, ocr_engine.Quads]:
    """The page without the lines of its back, and the lines of text that are its own."""
    if len(quads) < _FEWEST:
        return grey, quads
    tones = np.array([_tone(grey, quad) for quad in quads])
    palest = max(float(np.percentile(tones, 25)) + _PALER, _PALE)
    of_back = tones > palest
    if np.count_nonzero(of_back) < _FEWEST or not _is_mirrored(grey, quads[of_back]):
        shade = _shade_of_crossed_lines(grey, palest) - _RIM
        if shade < palest:
            return grey, quads
        palest, of_back = shade, tones > shade
    near = cv2.dilate((grey < palest).astype(np.uint8), np.ones((_NEAR, _NEAR), np.uint8))
    return as_grey(np.where(near > 0, grey, np.uint8(255))), quads[~of_back]


def _shade_of_crossed_lines(grey: Grey, palest: float) -> float:
    """How dark those lines are that letters of the page stand on, which are lines of its back; 0 where there are none.

    Its ink is no paler than `palest`.
    """
    strokes = level_strokes(darker_than_around(grey).across, grey, _LINE)
    long = [stroke.tones for stroke in strokes if stroke.part.shape[1] > _LONG]
    pale = [tones for tones in long if np.median(tones) > palest]
    crossed = sum(float((tones < palest).mean()) >= _CROSSED for tones in pale)
    if crossed < max(_FEWEST_CROSSED, len(pale) / _OF_ALL):
        return 0.0
    return float(np.median([np.median(tones) for tones in pale]))


def _tone(grey: Grey, quad: ocr_engine.Quads) -> float:
    """That of the strokes in a box."""
    (left, top), (right, bottom) = quad.min(axis=0).astype(int), quad.max(axis=0).astype(int)
    part = grey[max(top, 0) : bottom, max(left, 0) : right]
    return float(np.percentile(part, 4)) if part.size else 255.0


def _is_mirrored(grey: Grey, quads: ocr_engine.Quads) -> bool:
    widths = np.hypot(*(quads[:, 1] - quads[:, 0]).T)
    strips = [ocr_image.in_colour(ocr_image.cut_out(grey, quads[n])) for n in np.argsort(-widths)[:_SAMPLE]]
    words, characters = legibility(strips)
    mirrored_words, mirrored_characters = legibility([np.ascontiguousarray(strip[:, ::-1]) for strip in strips])
    return mirrored_words > words or (mirrored_words == words and mirrored_characters > _CLEARLY * characters)
