"""Ruling lines of a scanned page: found, used to straighten the page, and painted over before characters are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.reading.grids import Grid
from loaders.reading.ocr_image import DOTS_PER_POINT, Grey, Point, ScannedPage, as_grey
from loaders.reading.page_model import Ruling

_RULE = 38
"""Pixels; a straight stroke as long as this may be a ruling line (strokes of letters are shorter)."""

_THICKEST_RULE = 12

_FAINTER = 110.0
"""Grey levels by which a ruling line may be fainter than most in its direction."""

_LONG = 84
"""Pixels; upright strokes longer than this are no part of a letter."""

_MISS = 6
"""Pixels by which a short upright line may miss the level ones at its ends."""

_PIECE = 160
"""Pixels; long lines are followed in pieces, since paper is never quite flat."""

_WALL = 9
"""Pixels around the edge of a cell in which its line may lie."""


@dataclass(slots=True)
class Rules:
    """Ruling lines of a page in points, and where they are in the picture."""

    horizontal: list[Ruling]
    vertical: list[Ruling]
    mask: Grey


def find_rules(grey: Grey) -> Rules:
    """Long straight strokes along both axes."""
    dark = as_grey(cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 14))
    across, across_mask = _strokes(dark, grey, _RULE, None)
    ends = sorted({round(ruling.at * DOTS_PER_POINT) for ruling in across})
    turned_dark, turned_grey = np.ascontiguousarray(dark.T), np.ascontiguousarray(grey.T)
    down, down_mask = _strokes(turned_dark, turned_grey, _RULE * 3 // 4, ends)
    mask = cv2.bitwise_or(across_mask, np.ascontiguousarray(down_mask.T))
    return Rules(across, down, as_grey(mask))


def _strokes(dark: Grey, grey: Grey, shortest: int, ends: list[int] | None) -> tuple[list[Ruling], Grey]:
    """Horizontal strokes, followed in pieces, and their mask; short ones only where they run from end to end.

    Strokes much fainter than most are parts of a stamp or of the paper.
    """
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 1), np.uint8))
    opened = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    linked = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((3, 15), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(linked, connectivity=8)
    found: list[tuple[int, int, NDArray[np.bool_], float]] = []
    for index in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[index])
        if area / width > _THICKEST_RULE or width < shortest:
            continue
        if ends is not None and not _reaches(left, left + width, ends):
            continue
        part = labels[top : top + height, left : left + width] == index
        found.append((left, top, part, _shade(part, grey[top : top + height, left : left + width])))
    shades = np.repeat([shade for *_, shade in found], [part.shape[1] for _, _, part, _ in found])
    faintest = float(np.median(shades)) + _FAINTER if len(shades) else 255.0
    rulings: list[Ruling] = []
    mask = np.zeros_like(dark)
    for left, top, part, shade in found:
        if shade > faintest:
            continue
        height, width = part.shape
        mask[top : top + height, left : left + width][part] = 255
        for start in range(0, width, _PIECE):
            piece = part[:, start : start + _PIECE]
            rows = np.nonzero(piece)[0]
            if len(rows):
                at = (top + float(rows.mean()) + 0.5) / DOTS_PER_POINT
                end = min(start + _PIECE, width)
                rulings.append(Ruling(at, (left + start) / DOTS_PER_POINT, (left + end) / DOTS_PER_POINT))
    return rulings, mask


def _shade(part: NDArray[np.bool_], grey: Grey) -> float:
    """How dark the middle of a stroke is along its way."""
    along = np.where(part, grey, 255).min(axis=0)
    return float(np.median(along))


def _reaches(start: int, end: int, ends: list[int]) -> bool:
    """Whether a short stroke runs from line to line; otherwise it belongs to a letter."""
    if end - start > _LONG:
        return True
    return all(any(abs(place - value) <= _MISS for value in ends) for place in (start, end))


def straightened(page: ScannedPage, rules: Rules) -> tuple[ScannedPage, Callable[[float, float], Point]] | None:
    """The page with slanting table lines made straight, and the way of a pixel there; None where they are straight.

    The slope of level lines is taken to change evenly from top to bottom, that of upright ones from left to right.
    """
    height, width = page.grey.shape[:2]
    level = _slopes(rules.horizontal, 0.25 * width / DOTS_PER_POINT)
    upright = _slopes(rules.vertical, 0.08 * height / DOTS_PER_POINT)
    if len(level) < 2:
        return None
    a, b = _trend(level)
    c, d = _trend(upright) if len(upright) > 1 else (0.0, 0.0)
    middle_x, middle_y = width / 2, height / 2
    worst = max(abs(a) + abs(b) * height, abs(c) + abs(d) * width)
    if worst * max(width, height) / 2 < 2.0 or worst > 0.05:
        return None

    def source(x: float, y: float) -> Point:
        return x + (c + d * x) * (y - middle_y), y + (a + b * y) * (x - middle_x)

    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    map_x = xs + (c + d * xs) * (ys - middle_y)
    map_y = ys + (a + b * ys) * (xs - middle_x)
    grey = cv2.remap(page.grey, map_x.astype(np.float32), map_y.astype(np.float32), cv2.INTER_CUBIC, borderValue=255)
    back = page.back

    def forth(x: float, y: float) -> Point:
        moved_x, moved_y = source(x, y)
        return 2 * x - moved_x, 2 * y - moved_y

    return ScannedPage(as_grey(grey), lambda x, y: back(*source(x, y))), forth


def _slopes(rulings: list[Ruling], shortest: float) -> list[tuple[float, float, float]]:
    """Place in pixels, slope and weight of long lines, put together from their pieces."""
    chains: list[list[Ruling]] = []
    for ruling in sorted(rulings, key=lambda ruling: ruling.start):
        for chain in chains:
            if abs(chain[-1].end - ruling.start) < 1.0 and abs(chain[-1].at - ruling.at) < 3.0:
                chain.append(ruling)
                break
        else:
            chains.append([ruling])
    slopes: list[tuple[float, float, float]] = []
    for chain in chains:
        first, last = chain[0], chain[-1]
        length = last.end - first.start
        if length < shortest or len(chain) < 2:
            continue
        run = (last.start + last.end - first.start - first.end) / 2
        slopes.append(((first.at + last.at) / 2 * DOTS_PER_POINT, (last.at - first.at) / run, length))
    return slopes


def _trend(slopes: list[tuple[float, float, float]]) -> tuple[float, float]:
    """Slope as a straight function of place: its value at 0 and its change a pixel."""
    places, values, weights = (np.array(column) for column in zip(*slopes, strict=True))
    spread = float(places.max() - places.min())
    if len(slopes) < 4 or spread < 200:
        return float(np.average(values, weights=weights)), 0.0
    change, start = np.polyfit(places, values, 1, w=weights)
    return float(start), float(change)


def without_rules(grey: Grey, rules: Rules, grids: list[Grid]) -> Grey:
    """The picture with the lines of its tables painted white; strokes of letters stay."""
    near = np.zeros_like(grey)
    for grid in grids:
        for cell in grid.cells:
            left, top, right, bottom = (round(value * DOTS_PER_POINT) for value in cell.box)
            cv2.rectangle(near, (left, top), (right, bottom), 255, _WALL)
    clean = grey.copy()
    clean[cv2.dilate(cv2.bitwise_and(rules.mask, near), np.ones((3, 3), np.uint8)) > 0] = 255
    return clean
