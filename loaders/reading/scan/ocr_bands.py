"""Bands of a scanner whose light flickers: rows of a picture that are a little darker or paler from side to side."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.reading.scan.ocr_image import Grey, as_grey

_PAPER, _EVERY = 55, 3
"""Percentile of the tones of a row that is paper where no line of a table runs, and which points of it tell."""

_AROUND = 41
"""Pixels up and down within which paper is of one tone but for bands."""

_OFF, _MOST_OFF = 1.0, 30.0
"""Grey levels from which a row is of another tone than the rows around it, and up to which a band is."""

_OFTEN = 0.09
"""How often rows turn from darker to paler than those around them or back, for each row: text and lines do less."""


def without_bands(grey: Grey) -> Grey:
    """The picture of a page with all its rows as bright as their neighbours, where bands follow each other closely."""
    off = _off(grey)
    turns = np.count_nonzero(np.diff(np.sign(off[abs(off) > _OFF])))
    if turns < _OFTEN * len(off):
        return grey
    return as_grey(np.clip(grey + np.where(abs(off) <= _MOST_OFF, off, 0.0)[:, None], 0, 255).astype(np.uint8))


def _off(grey: Grey) -> NDArray[np.float32]:
    """How much darker each row is than those around it."""
    some = grey[:, ::_EVERY]
    at = some.shape[1] * _PAPER // 100
    tones = np.partition(some, at, axis=1)[:, at].astype(np.float32)
    around = cv2.blur(cv2.medianBlur(tones[:, None].astype(np.uint8), _AROUND).astype(np.float32), (1, _AROUND))
    off: NDArray[np.float32] = around[:, 0] - tones
    return off
