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

_RIM, _SIDES = 7, (0.01, 0.06)
"""Rows around a line of a table that its rim and halo make paler or darker, and parts of the width of a page from its
sides between which there is paper beside the table."""

_OFTEN = 0.09
"""How often rows turn from darker to paler than those around them or back, for each row: text and lines do less."""


def without_bands(grey: Grey) -> Grey:
    """The picture of a page with all its rows as bright as their neighbours, where bands follow each other closely."""
    off = _off(grey[:, ::_EVERY])
    turns = np.count_nonzero(np.diff(np.sign(off[abs(off) > _OFF])))
    if turns < _OFTEN * len(off):
        return grey
    shift = np.where(abs(off) <= _MOST_OFF, off, 0.0)
    lines = (abs(off) > _MOST_OFF).astype(np.uint8)
    if lines.any():
        beside = cv2.dilate(lines[:, None], np.ones((_RIM, 1), np.uint8))[:, 0] > 0
        shift = np.where(beside, _no_more_than(shift, _off(_sides(grey))), shift)
    return as_grey(np.clip(grey + shift[:, None], 0, 255).astype(np.uint8))


def _no_more_than(shift: NDArray[np.float32], of_sides: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the rows as a whole and the paper beside the table agree on: a band goes from side to side."""
    agreed: NDArray[np.float32] = np.sign(shift) * np.minimum(abs(shift), np.maximum(np.sign(shift) * of_sides, 0))
    return agreed


def _sides(grey: Grey) -> Grey:
    """The paper at both sides of a page."""
    width = grey.shape[1]
    first, last = (round(part * width) for part in _SIDES)
    return np.concatenate([grey[:, first:last], grey[:, width - last : width - first]], axis=1)


def _off(some: Grey) -> NDArray[np.float32]:
    """How much darker each row of a page, or of some of it, is than those around it."""
    at = some.shape[1] * _PAPER // 100
    tones = np.partition(some, at, axis=1)[:, at].astype(np.float32)
    around = cv2.blur(cv2.medianBlur(tones[:, None].astype(np.uint8), _AROUND).astype(np.float32), (1, _AROUND))
    off: NDArray[np.float32] = around[:, 0] - tones
    return off
