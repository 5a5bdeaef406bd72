"""Seals over figures, made pale so that the figures can be read.

A seal is told from coloured text by its size and shape. Black ink under it stays dark in every colour, while the ink
of the seal is pale in its own. Where a page was scanned without colour, its seal is a shade of grey between ink and
paper, and the only thing on a sharp page that is grey over more than the rim of a stroke.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.reading.scan.ocr_dark import on_white
from loaders.reading.scan.ocr_image import Grey, as_grey

_PAPER_WIDTH = 210.0
"""Millimetres; the shorter side of a page."""

_SMALLEST, _LARGEST = 15.0, 85.0
"""Millimetres of the sides of a seal."""

_LONGEST, _LONGEST_GREY = 2.5, 1.5
"""How many times its width a seal may be long. Blurred text is grey as well, but seldom as broad as it is long."""

_GAP, _GREY_GAP = 4.0, 8.0
"""Millimetres between strokes of one seal, and between those of one in grey, where lines of a table cut it up."""

_COLOUR = 50
"""Difference between the lightest and the darkest colour of a point from which it is no shade of grey."""

_PALE_COLOUR, _LEAST_COLOUR = 30, 0.01
"""The same where strokes are thin, and the part of a seal that has more of it."""

_FAINT_COLOUR = 24
"""The same within a seal, where its ink runs out."""

_PALEST, _MOST_BLEACH = 30, 2.2
"""Percentile of the tones of a seal in its own light that is bleached to paper, and by how much at most; what was
printed in black under it stays dark."""

_STAR = 7.0
"""Millimetres from anywhere in a seal to paper at most."""

_LEAST_INK = 0.03
"""Part of a seal that is covered with ink."""

_SMALLER = 4

_WIDTH_OF_LIGHT, _DARKEST_PAPER = 31, 64
"""Pixels of the smaller picture within which the same light falls on paper, and its least tone."""

_GREY_FROM, _GREY_TO = 85, 185
"""Tones between ink and paper."""

_BROAD, _THIN = 5, 3
"""Pixels; the rim of a stroke, where ink turns into paper, is narrower than the first even where a page is blurred. The
thinnest strokes of a seal are as wide as the second, lines of a table are narrower."""

_DARKER = 0.6
"""How far from the tone of ink to that of a seal a point may be that is taken for ink."""

_FOLD = 0.5
"""Part of a row or column of pixels that is grey along a fold."""

_IN_SEALS = 0.6
"""Share of the grey areas of a page that lies in seals, if grey areas are seals at all."""


_Box = tuple[int, int, int, int]
"""Left, top, right and bottom."""


def in_grey(picture: NDArray[np.uint8]) -> Grey:
    """A picture without colour and without seals, dark on white."""
    picture = on_white(picture)
    if picture.ndim == 2:
        return picture
    grey = as_grey(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))
    small = as_grey(cv2.resize(picture, None, fx=1 / _SMALLER, fy=1 / _SMALLER, interpolation=cv2.INTER_AREA))
    if int((small.max(axis=2) - small.min(axis=2)).max()) < _FAINT_COLOUR:
        return grey
    paper = _paper(small)
    balanced = np.minimum(small * (255.0 / paper), 255)
    colour = balanced.max(axis=2) - balanced.min(axis=2)
    coloured = as_grey((colour > _PALE_COLOUR).astype(np.uint8))
    whole, broken = _seals(coloured), _seals(coloured, in_pieces=True)
    for left, top, right, bottom in dict.fromkeys([*whole, *broken]):
        if float((colour[top:bottom, left:right] > _COLOUR).mean()) < _LEAST_COLOUR:
            continue
        place = np.s_[top * _SMALLER : bottom * _SMALLER, left * _SMALLER : right * _SMALLER]
        height, width = grey[place].shape
        light = np.asarray(cv2.resize(paper[top:bottom, left:right], (width, height)), np.float64)
        part = np.minimum(picture[place] * (255.0 / light), 255)
        bleached = _bleached(part, round(_STAR * min(grey.shape) / _PAPER_WIDTH)) * (light.mean(axis=2) / 255)
        grey[place] = np.maximum(grey[place], np.minimum(bleached, 255).astype(np.uint8))
    return grey


def _paper(small: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The paper of a page in the light that falls on it, so that coloured paper and shadows are white beside it."""
    bright = cv2.dilate(small, np.ones((5, 5), np.uint8))
    paper = np.asarray(cv2.medianBlur(bright, _WIDTH_OF_LIGHT), np.float32)
    lightest = np.maximum(paper.max(axis=2, keepdims=True), 1)
    return np.asarray(np.maximum(paper * np.maximum(_DARKEST_PAPER / lightest, 1), 1), np.float32)


def _bleached(part: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """A part of a page in the light of the seal on it, whose ink is as bright as the paper within `reach` then."""
    lightest = np.asarray(part.max(axis=2), np.float64)
    of_seal = lightest - part.min(axis=2) > _FAINT_COLOUR
    if not of_seal.any():
        return lightest
    paper = np.asarray(cv2.dilate(lightest, np.ones((reach, reach), np.uint8)), np.float64)
    tones = lightest / np.maximum(paper, 1)
    tones[of_seal] /= max(float(np.percentile(tones[of_seal], _PALEST)), 1 / _MOST_BLEACH)
    return np.asarray(np.minimum(tones, 1) * paper, np.float64)


@dataclass(slots=True)
class WithoutSeals:
    """A page without seals in grey: for its ruling lines, for its characters, and where seals were taken away."""

    ruled: Grey
    written: Grey
    covered: Grey


def without_grey_seals(even: Grey) -> WithoutSeals:
    """The picture of a page on white without seals in grey; ink under them stays where it is dark enough."""
    between = as_grey(((even > _GREY_FROM) & (even < _GREY_TO)).astype(np.uint8))
    areas = _opened(between, _BROAD)
    share = as_grey(cv2.resize(areas * 255, None, fx=1 / _SMALLER, fy=1 / _SMALLER, interpolation=cv2.INTER_AREA))
    grey = _without_folds(as_grey((share > 100).astype(np.uint8)))
    seals = _seals(grey, _GREY_GAP, _LONGEST_GREY)
    if not _lies_in(grey, seals):
        seals = _seals(grey, _GREY_GAP, _LONGEST_GREY, in_pieces=True)
    found = WithoutSeals(even, even, np.zeros_like(even))
    if not _lies_in(grey, seals):
        return found
    found.ruled, found.written = even.copy(), even.copy()
    darkest = float(np.percentile(even[even < _GREY_FROM], 5))
    broad, strokes = _grown(areas, 5), _grown(_opened(between, _THIN), 5)
    for left, top, right, bottom in seals:
        place = np.s_[top * _SMALLER : bottom * _SMALLER, left * _SMALLER : right * _SMALLER]
        part = even[place]
        lightest_ink = darkest + _DARKER * (float(np.percentile(part[areas[place] > 0], 10)) - darkest)
        no_ink = _grown(as_grey((part < lightest_ink).astype(np.uint8)), 3) == 0
        found.covered[place] = strokes[place]
        found.written[place] = np.where(no_ink & (strokes[place] > 0), 255, part)
        found.ruled[place] = np.where(no_ink & (broad[place] > 0), 255, part)
    return found


def _lies_in(grey: Grey, seals: list[_Box]) -> bool:
    """Whether enough of the grey areas of a page lies in seals."""
    inside = sum(int(grey[top:bottom, left:right].sum()) for left, top, right, bottom in seals)
    return bool(seals) and inside >= _IN_SEALS * int(grey.sum())


def _without_folds(grey: Grey) -> Grey:
    """Grey areas but for those that run over most of a page, as the shadow of a fold does and no seal."""
    lying, standing = (grey.mean(axis=axis) > _FOLD for axis in (1, 0))
    return as_grey(np.where(lying[:, None] | standing, 0, grey))


def _opened(mask: Grey, size: int) -> Grey:
    return as_grey(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((size, size), np.uint8)))


def _grown(mask: Grey, size: int) -> Grey:
    return as_grey(cv2.dilate(mask, np.ones((size, size), np.uint8)))


def _seals(
    coloured: NDArray[np.uint8], millimetres: float = _GAP, longest: float = _LONGEST, *, in_pieces: bool = False
) -> list[_Box]:
    """Boxes around points of colour that lie together like those of a seal, whose ring may be broken `in_pieces`."""
    if not coloured.any():
        return []
    unit = min(coloured.shape) / _PAPER_WIDTH
    gap = max(3, round(millimetres * unit))
    joined = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = [(x, y, x + width, y + height) for x, y, width, height, _ in stats[1:].tolist()]
    found: list[_Box] = []
    for left, top, right, bottom in _together(boxes, gap) if in_pieces else boxes:
        shorter, longer = sorted(((right - left) / unit, (bottom - top) / unit))
        share = float(coloured[top:bottom, left:right].mean())
        if shorter >= _SMALLEST and longer <= min(_LARGEST, longest * shorter) and share >= _LEAST_INK:
            found.append((max(left - 1, 0), max(top - 1, 0), right + 1, bottom + 1))
    return found


def _together(boxes: list[_Box], gap: int) -> list[_Box]:
    """The boxes, one around those that overlap or are near each other."""
    found: list[_Box] = []
    for box in boxes:
        left, top, right, bottom = box
        while True:
            near = [
                each
                for each in found
                if each[0] < right + gap and left < each[2] + gap and each[1] < bottom + gap and top < each[3] + gap
            ]
            if not near:
                break
            found = [each for each in found if each not in near]
            around = [*near, (left, top, right, bottom)]
            left, top = min(each[0] for each in around), min(each[1] for each in around)
            right, bottom = max(each[2] for each in around), max(each[3] for each in around)
        found.append((left, top, right, bottom))
    return found
