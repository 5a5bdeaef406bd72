"""Shadows of folds across a page, made as white as its paper, so that they do not run together with lines and type."""

from __future__ import annotations

import cv2
import numpy as np

from loaders.reading.scan.ocr_image import Grey, as_grey

_SMALLER = 0.5

_BROAD, _STRAIGHT = 4, 31
"""Pixels of the smaller picture that a shadow is wide at least, and within which its lean does not matter: no stroke is
as broad over such a length."""

_SHADED, _DARKEST = 235, 85
"""Tones that a shadow is darker than, and that it is not darker than: broad lines of a table are."""

_LONG, _WIDEST = 0.6, 40
"""Part of the page that a shadow is long, and pixels of the smaller picture that it is wide at most, lean included."""


def without_folds(even: Grey) -> Grey:
    """The picture of a page on white without the shadows that run over most of it."""
    small = as_grey(cv2.resize(even, None, fx=_SMALLER, fy=_SMALLER, interpolation=cv2.INTER_AREA))
    upright, level = _shadows(small), _shadows(np.ascontiguousarray(small.T))
    if upright is None and level is None:
        return even
    for shadow in (upright, None if level is None else level.T):
        if shadow is not None:
            height, width = even.shape
            light = cv2.resize(np.ascontiguousarray(shadow), (width, height), interpolation=cv2.INTER_LINEAR)
            even = as_grey(cv2.divide(even, light, scale=255))
    return even


def _shadows(small: Grey) -> Grey | None:
    """The light that falls on a page along its upright folds; None where there are none."""
    light = as_grey(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_STRAIGHT, _BROAD), np.uint8)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats((light < _SHADED).astype(np.uint8), connectivity=8)
    long = stats[:, cv2.CC_STAT_HEIGHT] >= _LONG * len(small)
    narrow = stats[:, cv2.CC_STAT_AREA] <= _WIDEST * stats[:, cv2.CC_STAT_HEIGHT]
    folds = [n for n in range(1, count) if long[n] and narrow[n] and np.percentile(light[labels == n], 5) >= _DARKEST]
    return as_grey(np.where(np.isin(labels, folds), light, 255).astype(np.uint8)) if folds else None
