"""Seals in coloured ink, made pale so that the figures under them can be read.

A seal is told from coloured text by its size and shape. Black ink under it stays dark in every colour, while the ink
of the seal is pale in its own.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.reading.ocr_image import Grey, as_grey

_PAPER_WIDTH = 210.0
"""Millimetres; the shorter side of a page."""

_SMALLEST, _LARGEST, _LONGEST = 15.0, 85.0, 2.5
"""Millimetres of the sides of a seal, and how many times its width it may be long."""

_GAP = 4.0
"""Millimetres between strokes of one seal."""

_COLOUR = 50
"""Difference between the lightest and the darkest colour of a point from which it is no shade of grey."""

_LEAST_INK = 0.03
"""Part of a seal that is covered with ink."""

_SMALLER = 4


def in_grey(picture: NDArray[np.uint8]) -> Grey:
    """A picture without colour and without seals."""
    if picture.ndim == 2:
        return picture
    grey = as_grey(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))
    small = cv2.resize(picture, None, fx=1 / _SMALLER, fy=1 / _SMALLER, interpolation=cv2.INTER_AREA)
    paper = np.percentile(small, 85, axis=(0, 1))  # coloured paper is white here
    balanced = np.minimum(small * (255.0 / np.maximum(paper, 64)), 255)
    coloured = balanced.max(axis=2) - balanced.min(axis=2) > _COLOUR
    for left, top, right, bottom in _seals(coloured.astype(np.uint8)):
        place = np.s_[top * _SMALLER : bottom * _SMALLER, left * _SMALLER : right * _SMALLER]
        lightest = (picture[place] * (float(paper.mean()) / np.maximum(paper, 64))).max(axis=2)
        grey[place] = np.maximum(grey[place], np.minimum(lightest, 255).astype(np.uint8))
    return grey


def _seals(coloured: NDArray[np.uint8]) -> list[tuple[int, int, int, int]]:
    """Boxes around points of colour that lie together like those of a seal."""
    if not coloured.any():
        return []
    unit = min(coloured.shape) / _PAPER_WIDTH
    gap = max(3, round(_GAP * unit))
    joined = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found: list[tuple[int, int, int, int]] = []
    for index in range(1, count):
        left, top, width, height = (int(value) for value in stats[index][:4])
        shorter, longer = sorted((width / unit, height / unit))
        share = float(coloured[top : top + height, left : left + width].mean())
        if shorter >= _SMALLEST and longer <= min(_LARGEST, _LONGEST * shorter) and share >= _LEAST_INK:
            found.append((max(left - 1, 0), max(top - 1, 0), left + width + 1, top + height + 1))
    return found
