"""What a scanner or a camera saw beside the paper: dark strips and wedges along the sides of a page."""

from __future__ import annotations

import cv2
import numpy as np

from loaders.reading.scan.ocr_image import Grey, as_grey

_DARK = 110
_THICK = 9
"""Pixels; what is thinner is a line that reaches to the side of the page."""

_LONG = 0.15
"""Part of a side along which something beside the paper stretches at least."""

_FADING, _PAPER, _BRIGHTER = 6, 12, 70
"""Pixels from something dark within which it fades, and within which there is paper, brighter by so much: the edge of a
shadow is not as sharp."""


def without_margins(grey: Grey) -> Grey:
    """The page with everything beside the paper in the tone of the paper."""
    beside = _beside_the_paper(grey)
    if beside is None:
        return grey
    paper = np.uint8(np.median(grey[beside == 0]))
    return as_grey(np.where(beside > 0, paper, grey))


def _beside_the_paper(grey: Grey) -> Grey | None:
    """The dark regions that touch a side of the page, with their fading edges; None if there is none."""
    around = (_THICK, _THICK, _THICK, _THICK)
    dark = cv2.copyMakeBorder((grey < _DARK).astype(np.uint8), *around, borderType=cv2.BORDER_REPLICATE)
    thick = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((_THICK, _THICK), np.uint8))
    thick = thick[_THICK:-_THICK, _THICK:-_THICK]
    count, labels = cv2.connectedComponents(thick, connectivity=4)
    sides = (labels[0], labels[-1], labels[:, 0], labels[:, -1])
    long = [np.bincount(side, minlength=count)[1:] > _LONG * len(side) for side in sides]
    regions = [(labels == label + 1).astype(np.uint8) for label in np.flatnonzero(np.any(long, axis=0))]
    beside = [_grown(region, _FADING) for region in regions if _is_sharp(grey, region)]
    return as_grey(np.maximum.reduce(beside)) if beside else None


def _is_sharp(grey: Grey, region: Grey) -> bool:
    """Whether paper begins right behind the edge of a dark region."""
    behind = grey[_grown(region, _PAPER) > _grown(region, _FADING)]
    return bool(len(behind)) and float(np.median(behind)) > _DARK + _BRIGHTER


def _grown(region: Grey, pixels: int) -> Grey:
    size = 2 * pixels + 1
    return as_grey(cv2.dilate(region, np.ones((size, size), np.uint8)))
