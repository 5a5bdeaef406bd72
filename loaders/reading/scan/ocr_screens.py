"""Shaded cells of a page in black and white, made white: a scanner makes a screen of small points of their shade.

Left as they are, the points run into the lines and the characters of the cells, and neither are found.
"""

from __future__ import annotations

import cv2
import numpy as np

from loaders.reading.scan.ocr_image import Grey, as_grey

_RIM, _POINT, _FEWEST = 190, 4, 1500
"""Tone that the rim of a point is darker than, pixels that one measures at most, and how many make a screen."""

_LARGER = 3.0
"""How many times as large as most a point may be: that of a figure is larger than those of the screen behind it."""

_APART, _AREA, _FILLED = 9, 33, 0.85
"""Pixels from point to point within a screen, those of an area that is looked at, and the part of it that is near
points: pieces of worn characters leave the paper between their lines empty."""


def without_screens(even: Grey) -> Grey:
    """The page without the points of its screens; dirt that is strewn less densely is left alone."""
    dark = as_grey((even < _RIM).astype(np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    small = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= _POINT
    if np.count_nonzero(small) <= _FEWEST:
        return even
    points = as_grey(small.astype(np.uint8)[labels])
    near = cv2.dilate(points, np.ones((_APART, _APART), np.uint8))
    share = cv2.boxFilter(near, cv2.CV_32F, (_AREA, _AREA))
    screens = cv2.dilate((share > _FILLED).astype(np.uint8), np.ones((_AREA, _AREA), np.uint8))
    within = np.unique(labels[(points > 0) & (screens > 0)])
    if not len(within):
        return even
    area = stats[:, cv2.CC_STAT_AREA]
    small[area > _LARGER * float(np.median(area[within]))] = False
    points = as_grey(small.astype(np.uint8)[labels])
    rims = cv2.dilate(cv2.bitwise_and(points, screens), np.ones((3, 3), np.uint8))
    of_points = (rims > 0) & ((dark == 0) | (points > 0))
    return as_grey(np.where(of_points, 255, even))
