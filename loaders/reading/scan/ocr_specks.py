"""Specks of dust on a page, which stand beside figures like decimal points, and between columns like characters."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.reading.scan.ocr_image import Grey, as_grey

_DARK = 190
"""Tone that the rim of a speck is darker than."""

_SMALL, _APART, _RIM = 6, 12, 2
"""Pixels that a speck measures at most, within which nothing stands beside it, and that its rim is wide: the dots of a
dotted line are closer to each other, and a decimal point is to its digits."""

_FEWEST, _MOST = 15, 600
"""Specks without which a page is clean, and flat ones among which dashes cannot be told any more."""

_REACH, _LEAN, _ALIKE, _ENOUGH = 340, 0.045, 2, 2
"""Pixels within which the dashes of a table have others beside, above or below them, pixels to the side for each pixel
on the way as a page may lean, pixels by which they differ in size and place, and how many there are at least."""


def without_specks(grey: Grey) -> Grey:
    """The page without small points that stand alone, where there are many; small dashes in rows or columns stay."""
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
    clean, found = grey.copy(), small[alone]
    for x, y, w, h, _ in found[~_of_tables(found)].tolist():
        clean[max(y - _RIM, 0) : y + h + _RIM, max(x - _RIM, 0) : x + w + _RIM] = 255
    return clean


def _of_tables(specks: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which of them are flat and have others of their size in line with them, as the dashes for nothing in a table."""
    found = specks[:, cv2.CC_STAT_WIDTH] > specks[:, cv2.CC_STAT_HEIGHT]
    flat = np.flatnonzero(found)
    if len(flat) > _MOST:
        return np.zeros_like(found)
    across, down, wider, higher = (abs(each[:, None] - each) for each in specks[flat, :4].T)
    near, along = np.minimum(across, down), np.maximum(across, down)
    in_line = (along > _APART) & (along <= _REACH) & (near <= _ALIKE + _LEAN * along)
    found[flat] = (in_line & (np.maximum(wider, higher) <= _ALIKE)).sum(axis=1) >= _ENOUGH
    return found
