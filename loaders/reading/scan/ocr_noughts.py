"""What noughts tell: those without their thin top and bottom are read as brackets, and filled ones show blots."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from loaders.reading.scan.ocr_image import INK, Grey

_NARROWEST, _WIDEST, _LOWEST = 0.35, 0.85, 14
"""Width of a nought as part of its height, and pixels that it is high at least."""

_HOLLOW, _SIDE = (0.4, 0.6), 0.4
"""Parts of its width between which nothing stands within, and that each of its sides is wide at most."""

_WITHIN, _WHOLE = 0.2, 0.9
"""Part of its height that is its top, and its bottom, and part of the rest that each of its sides takes up."""

_BOW, _END = 0.05, 3
"""Part of its width by which each side is further out at half the height than above and below, and how many rows of
pixels tell where that is."""

_FEWEST, _FILLED = 5, 0.72
"""Noughts that tell how far ink has run, and part of the box around one that is ink where 6 and 8 look alike: bold type
has little more than half."""


def are_blotted(strips: list[Grey]) -> bool:
    """Whether ink has run, or been spread by a copier, so that noughts of a page, cut out closely, are filled."""
    filled = [float((strip < INK).mean()) for strip in strips if strip.size]
    return len(filled) >= _FEWEST and float(np.median(filled)) > _FILLED


def is_nought(strip: Grey) -> bool:
    """Whether the ink of a cell, cut out closely, is two sides of equal height that bow outwards around nothing."""
    height, width = strip.shape
    if height < _LOWEST or not _NARROWEST * height <= width <= _WIDEST * height:
        return False
    ink = strip < INK
    top, bottom = round(_WITHIN * height), round((1 - _WITHIN) * height)
    first, last = (round(part * width) for part in _HOLLOW)
    if ink[top:bottom, first:last].any():
        return False
    side = round(_SIDE * width)
    return all(_is_side(each, width, top, bottom) for each in (ink[:, :side], ink[:, : -side - 1 : -1]))


def _is_side(ink: NDArray[np.bool_], width: int, top: int, bottom: int) -> bool:
    """Whether one side, seen from without, is there from top to bottom and bows outwards."""
    inked = np.asarray(ink.any(axis=1))
    if inked[top:bottom].mean() < _WHOLE:
        return False
    edge = np.where(inked, ink.argmax(axis=1), ink.shape[1])
    half = (top + bottom) // 2
    ends = edge[inked]
    nearest = min(float(ends[:_END].mean()), float(ends[-_END:].mean()))
    return nearest - float(edge[half - _END // 2 : half + _END // 2 + 1].mean()) >= _BOW * width
