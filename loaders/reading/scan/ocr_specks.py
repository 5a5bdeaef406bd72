"""Specks of dust on a page, which stand beside figures like decimal points, and between columns like characters."""

from __future__ import annotations

import cv2
import numpy as np

from loaders.reading.scan.ocr_image import Grey, as_grey

_DARK = 190
"""Tone that the rim of a speck is darker than."""

_SMALL, _APART, _RIM = 6, 12, 2
"""Pixels that a speck measures at most, within which nothing stands beside it, and that its rim is wide: the dots of a
dotted line are closer to each other, and a decimal point is to its digits."""

_FEWEST = 15
"""Specks without which a page is clean."""


def without_specks(grey: Grey) -> Grey:
    """The page without small points that stand alone, where there are many."""
    dark = as_grey((grey < _DARK).astype(np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    small = stats[(stats[:, cv2.CC_STAT_WIDTH] <= _SMALL) & (stats[:, cv2.CC_STAT_HEIGHT] <= _SMALL)]
    if len(small) < _FEWEST:
        return grey
    left, top, width, height, area = small.T
    ink = cv2.integral(dark)
    high, wide = dark.shape
    x0, x1 = np.maximum(left - _APART, 0), np.minimum(left + width + _APART, wide)
    y0, y1 = np.maximum(top - _APART, 0), np.minimum(top + height + _APART, high)
    alone = ink[y1, x1] - ink[y0, x1] - ink[y1, x0] + ink[y0, x0] == area
    if np.count_nonzero(alone) < _FEWEST:
        return grey
    clean = grey.copy()
    for x, y, w, h, _ in small[alone].tolist():
        clean[max(y - _RIM, 0) : y + h + _RIM, max(x - _RIM, 0) : x + w + _RIM] = 255
    return clean
