"""Pale marks across a page, in larger type than its own, and shaded cells: what lies under the text."""

from __future__ import annotations

import cv2
import numpy as np

from loaders.reading.scan.ocr_image import Grey, as_grey, is_of_one_white

_PALEST, _PALE, _RIM = 248, 180, 150
"""Tones between which a mark is, and that its rim has at least beside paper."""

_DARK, _ENOUGH_DARK = 100, 0.003
"""Tone of ink, and part of a page that is ink: where all is pale the text is as well."""

_THICK, _AROUND, _NEAR = 7, 9, 3
"""Pixels that strokes of a mark are thick, thicker than hairlines and strokes of the text; around them that their rim
may lie, and around ink that are its own rim."""

_LEAST = 0.002
"""Part of a page that marks are at least."""

_LONG, _AREA = 200, 17
"""Pixels from which on a level or upright stroke is a line of a table, and that an area is wide."""

_LINES = (1, _LONG), (_LONG, 1)


def without_watermarks(even: Grey) -> Grey:
    """A page on white without broad pale strokes and areas; what is dark on them stays."""
    pale = as_grey(((even >= _PALE) & (even <= _PALEST)).astype(np.uint8))
    broad = _without_lines(as_grey(cv2.morphologyEx(pale, cv2.MORPH_OPEN, np.ones((_THICK, _THICK), np.uint8))))
    if cv2.countNonZero(broad) < _LEAST * even.size or not is_of_one_white(np.where(broad > 0, np.uint8(255), even)):
        return even
    dark = (even < _DARK).astype(np.uint8)
    if cv2.countNonZero(dark) < _ENOUGH_DARK * even.size:
        return even
    marks = cv2.dilate(broad, np.ones((_AROUND, _AROUND), np.uint8)) > 0
    near_ink = cv2.dilate(dark, np.ones((_NEAR, _NEAR), np.uint8)) > 0
    return as_grey(np.where(marks & (even >= _RIM) & ~near_ink, np.uint8(255), even))


def _without_lines(broad: Grey) -> Grey:
    """Broad strokes that are no lines of a table: pale ones are broad on a small picture that was made larger."""
    areas = cv2.morphologyEx(broad, cv2.MORPH_OPEN, np.ones((_AREA, _AREA), np.uint8))
    level, upright = (cv2.morphologyEx(broad, cv2.MORPH_OPEN, np.ones(size, np.uint8)) for size in _LINES)
    return as_grey(np.where((cv2.bitwise_or(level, upright) > 0) & (areas == 0), np.uint8(0), broad))
