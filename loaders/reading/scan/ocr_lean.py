"""How far a scanned page leans: told from its long lines of text, or from its ink where there are few of them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.reading.scan.ocr_image import Grey

_LONG_ENOUGH, _ONE_LONG = 2500.0, 600.0
"""Pixels that lines of text are long together, or one of them alone, where they tell the lean of their page."""

_MOST, _COARSE, _FINE = 5.0, 0.25, 0.05
"""Degrees that are looked through, and the steps."""

_BIN, _POINTS = 2, 60_000
"""Pixels that are counted together, and points of ink that are looked at."""

_CLEARLY, _HARDLY_LESS = 1.03, 0.98
"""How many times as well ink lies in rows and columns where a page leans otherwise than its lines of text say, and in
each of both: on a bent page rows lean and columns do not."""

_AROUND, _DARKER_BY = 41, 14
"""Pixels around a point, and grey levels by which ink is darker than these."""

_Floats = NDArray[np.float64]


def lean(grey: Grey, quads: NDArray[np.float32]) -> float:
    """Degrees by which a page falls to the right."""
    across = (quads[:, 1] - quads[:, 0] + quads[:, 2] - quads[:, 3]) / 2
    length, height = np.hypot(across[:, 0], across[:, 1]), np.abs(quads[:, 3, 1] - quads[:, 0, 1])
    long = length > np.maximum(4 * height, 60)
    of_text = _middle(across[long], length[long]) if long.any() else 0.0
    if length[long].sum() >= _LONG_ENOUGH or length[long].max(initial=0.0) >= _ONE_LONG:
        return of_text
    return _of_ink(grey, of_text)


def _middle(across: NDArray[np.float32], weights: NDArray[np.float32]) -> float:
    """The angle that half of the length of some lines does not exceed."""
    angles = np.degrees(np.arctan2(across[:, 1], across[:, 0]))
    order = np.argsort(angles)
    middle = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    return float(angles[order][middle])


def _of_ink(grey: Grey, of_text: float) -> float:
    """The angle at which ink lies in rows and columns, as that of ruling lines and of type does."""
    kind, rule = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
    ys, xs = np.nonzero(cv2.adaptiveThreshold(grey, 1, kind, rule, _AROUND, _DARKER_BY))
    if not len(ys):
        return of_text
    every = len(ys) // _POINTS + 1
    x, y = xs[::every].astype(np.float64), ys[::every].astype(np.float64)
    coarse = np.arange(-_MOST, _MOST + _COARSE / 2, _COARSE)
    best = float(coarse[np.argmax([sum(_order(x, y, angle)) for angle in coarse])])
    fine = np.arange(best - _COARSE, best + _COARSE + _FINE / 2, _FINE)
    best = float(fine[np.argmax([sum(_order(x, y, angle)) for angle in fine])])
    rows, columns = _order(x, y, best)
    rows_as_text, columns_as_text = _order(x, y, of_text)
    agree = min(rows / rows_as_text, columns / columns_as_text) >= _HARDLY_LESS
    return best if agree and rows + columns > _CLEARLY * (rows_as_text + columns_as_text) else of_text


def _order(x: _Floats, y: _Floats, degrees: float) -> tuple[float, float]:
    """How unevenly points are spread over rows, and over columns, that lean so."""
    slope = np.tan(np.radians(degrees))
    return _unevenness(y - slope * x), _unevenness(x + slope * y)


def _unevenness(places: _Floats) -> float:
    bins = ((places - places.min()) / _BIN).astype(np.intp)
    return float(np.square(np.bincount(bins).astype(np.float64)).sum())
