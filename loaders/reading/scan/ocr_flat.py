"""Photographed and bent pages laid flat: lines that run together or in a bow are made level and upright.

How steep lines are is taken to change evenly over the page. That is found from long straight edges, mostly ruling
lines, and from lines of text; the page is then moved so that all of them run along its axes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.reading.scan.ocr_image import Grey, ScannedPage, as_grey

Floats = NDArray[np.float64]
Quads = NDArray[np.float32]
Shift = Callable[[Floats, Floats], Floats]
Source = Callable[[Floats, Floats], tuple[Floats, Floats]]

_SMALLER = 0.5
_LONG = 90.0
"""Pixels; straight edges longer than this are no strokes of letters."""

_FAINT, _ACROSS = 0.25, 2
"""Contrast of an edge, as part of that of the sharpest ones of a page, below which it is a stripe in the paper or in
the light; and pixels of the smaller picture on both sides of an edge between which it lies."""

_STEEPEST = 0.2
"""Slope from which an edge belongs to neither direction."""

_LEAST_EDGES = 0.5
"""Length of all edges along one axis, as part of the page along it, without which nothing is known of it."""

_FLAT = 3.0
"""Pixels; a page on which nothing lies further from its place is left alone."""

_SAMPLES, _SHARPEST = 15, 95
"""Places along an edge at which its contrast is measured, and the percentile of edges that are the sharpest."""

_ROUNDS, _STEPS = 3, 5
_DOUBT = 0.02
"""Weight of the assumption that a page is flat, as part of that of its edges."""

_SPREAD = 0.003
"""Differences of slope that are the inaccuracy of measuring."""


@dataclass(slots=True)
class _Edges:
    """Places of edges, from -1 to 1 along and across their direction, their slopes and lengths."""

    along: Floats
    across: Floats
    slope: Floats
    length: Floats


def flattened(page: ScannedPage, quads: Quads) -> tuple[ScannedPage, Quads]:
    """The page with its bent and converging lines made straight, and its lines of text."""
    for _ in range(_ROUNDS):
        height, width = page.grey.shape[:2]
        segments = _segments(page.grey)
        level, upright = _level_edges(segments, quads, width, height), _upright_edges(segments, width, height)
        down = _shift(level, width, _bow, _bow_moved)
        right = _shift(upright, height, _tilt, _tilt_moved)
        if max(_farthest(level, down), _farthest(upright, right)) < _FLAT:
            break
        page, source = _moved(page, down, right)
        quads = _followed(quads, source)
    return page, quads


def _segments(grey: Grey) -> Floats:
    """Straight edges as (x, y, x, y) in pixels."""
    small = cv2.resize(grey, None, fx=_SMALLER, fy=_SMALLER, interpolation=cv2.INTER_AREA)
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD).detect(small)[0]
    lines = np.zeros((0, 4)) if found is None else np.asarray(found, dtype=np.float64).reshape(-1, 4)
    lines = lines[np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]) > _LONG * _SMALLER]
    return _distinct(lines, as_grey(small)) / _SMALLER


def _distinct(lines: Floats, grey: Grey) -> Floats:
    """Edges but for those of stripes, such as a pattern of the screen or of cheap paper that a camera made visible."""
    if not len(lines):
        return lines
    starts, runs = lines[:, None, :2], (lines[:, 2:] - lines[:, :2])[:, None, :]
    aside = runs[..., ::-1] * (-1, 1) / np.linalg.norm(runs, axis=-1, keepdims=True)
    along = starts + np.linspace(0.1, 0.9, _SAMPLES)[None, :, None] * runs
    offsets = np.arange(-_ACROSS, _ACROSS + 1)[None, None, :, None]
    x, y = np.rint(np.moveaxis(along[:, :, None, :] + offsets * aside[:, :, None, :], -1, 0)).astype(np.intp)
    height, width = grey.shape
    tones = grey[y.clip(0, height - 1), x.clip(0, width - 1)].astype(np.float64)
    contrast = np.median(tones.max(axis=2) - tones.min(axis=2), axis=1)
    return np.asarray(lines[contrast >= _FAINT * np.percentile(contrast, _SHARPEST)], np.float64)


def _level_edges(segments: Floats, quads: Quads, width: int, height: int) -> _Edges:
    upper = np.concatenate([quads[:, 0], quads[:, 1]], axis=1).astype(np.float64).reshape(-1, 4)
    lower = np.concatenate([quads[:, 3], quads[:, 2]], axis=1).astype(np.float64).reshape(-1, 4)
    text = (upper + lower) / 2
    text = text[text[:, 2] - text[:, 0] > np.maximum(_LONG, 4 * (lower - upper)[:, 1])]
    return _edges(np.concatenate([segments, text]), width, height)


def _upright_edges(segments: Floats, width: int, height: int) -> _Edges:
    return _edges(segments[:, [1, 0, 3, 2]], height, width)


def _edges(lines: Floats, along: int, across: int) -> _Edges:
    """Those of some lines that run along an axis."""
    run, rise = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    lines, run, rise = (each[np.abs(rise) < _STEEPEST * np.abs(run)] for each in (lines, run, rise))
    places = (lines[:, 0] + lines[:, 2]) / along - 1, (lines[:, 1] + lines[:, 3]) / across - 1
    return _Edges(*places, rise / run, np.abs(run))


def _bow(along: Floats, across: Floats) -> Floats:
    """What the slope of a line may consist of: lines of a page that is bent, and those that run together."""
    return np.stack([np.ones_like(along), across, along, along * across, along**2, along**3, along**4], axis=-1)


def _bow_moved(along: Floats, across: Floats) -> Floats:
    """How far each of these moves a point, from the middle on."""
    powers = [along**3 / 3, along**4 / 4, along**5 / 5]
    return np.stack([along, across * along, along**2 / 2, along**2 * across / 2, *powers], axis=-1)


def _tilt(along: Floats, across: Floats) -> Floats:
    """The same for lines that only run together."""
    return np.stack([np.ones_like(along), across, along, along * across], axis=-1)


def _tilt_moved(along: Floats, across: Floats) -> Floats:
    return np.stack([along, across * along, along**2 / 2, along**2 * across / 2], axis=-1)


def _shift(edges: _Edges, size: int, slopes: Shift, moved: Shift) -> Shift:
    """How far a place is moved across the direction of some edges; not at all where there are too few of them."""
    if edges.length.sum() < _LEAST_EDGES * size:
        return lambda along, across: np.zeros_like(along)
    terms = slopes(edges.along, edges.across)
    weights = edges.length / edges.length.sum()
    trust = weights
    calm = _DOUBT * np.eye(terms.shape[1])
    for _ in range(6):
        weighted = terms * trust[:, None]
        shares = np.linalg.solve(weighted.T @ terms + calm * trust.sum(), weighted.T @ edges.slope)
        off = np.abs(edges.slope - terms @ shares)
        spread = max(1.5 * float(np.median(off)), _SPREAD)
        trust = weights / (1 + (off / spread) ** 2)
    return lambda along, across: np.asarray(moved(along, across) @ shares * size / 2, dtype=np.float64)


def _farthest(edges: _Edges, shift: Shift) -> float:
    """How far any edge is moved. What becomes of empty paper does not count."""
    return float(np.abs(shift(edges.along, edges.across)).max(initial=0.0))


def _moved(page: ScannedPage, down: Shift, right: Shift) -> tuple[ScannedPage, Source]:
    """The page after both movements, and where a place comes from."""
    height, width = page.grey.shape[:2]
    us, vs = (2 * np.arange(size) / size - 1 for size in (width, height))
    by_x, by_y = _over(vs, us, right).T, _over(us, vs, down)
    map_x = (by_x + np.arange(width)).astype(np.float32)
    map_y = (by_y + np.arange(height)[:, None]).astype(np.float32)
    grey = as_grey(cv2.remap(page.grey, map_x, map_y, cv2.INTER_CUBIC, borderValue=255))
    back = page.back

    def source(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        u, v = 2 * x / width - 1, 2 * y / height - 1
        return x + right(v, u), y + down(u, v)

    def back_from(x: float, y: float) -> tuple[float, float]:
        from_x, from_y = source(np.array(x), np.array(y))
        return back(float(from_x), float(from_y))

    return ScannedPage(grey, back_from), source


def _over(along: Floats, across: Floats, shift: Shift) -> Floats:
    """A shift all over the page: what it is in the middle, and the change from there, which is even."""
    middle = shift(along, np.zeros_like(along))
    change = shift(along, np.ones_like(along)) - middle
    return np.asarray(middle[None, :] + across[:, None] * change[None, :], dtype=np.float64)


def _followed(quads: Quads, source: Source) -> Quads:
    """Where some points of the page are after it was moved."""
    wanted = quads.astype(np.float64)
    found = wanted
    for _ in range(_STEPS):
        came_from = np.stack(source(found[..., 0], found[..., 1]), axis=-1)
        found = found + wanted - came_from
    return found.astype(np.float32)
