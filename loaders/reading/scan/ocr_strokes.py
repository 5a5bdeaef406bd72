"""Long straight strokes along one axis of a scanned page: those that may be ruling lines, whole or dotted."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.reading.printed.page_model import Ruling
from loaders.reading.scan.ocr_image import DOTS_PER_POINT, Grey, as_grey

_THICKEST = 12
"""Pixels that a ruling line is high."""

_PIECE, _EVEN = 160, 6.0
"""Pixels; lines that are this much out of their way are followed in pieces, since paper is never quite flat."""

_FURTHEST_PIECE = 200
"""Pixels between two pieces of one line at most."""

_DOT_HIGH = 6
"""Pixels that dots and dashes of a line are high; they may be long where they run into each other."""

_BETWEEN_DOTS = 11
"""Pixels from dot to dot at most."""

_DOTTED_LONG = 56
"""Pixels that a line of dots is long at least."""

_DENSEST_SPECKS = 0.2
"""Part of a line of dots that is inked at least; specks that happen to lie in a row are fewer."""

_BETWEEN_DASHES, _DASHED_LONG, _DENSEST_DASHES = 29, 160, 0.4
"""The same of dashes, which a line that leans leaves where a page is black and white."""


@dataclass(slots=True, eq=False)
class Stroke:
    """A level stroke: its upper left corner, which of its points belong to it, and how dark it is along its way."""

    left: int
    top: int
    part: NDArray[np.bool_]
    tones: NDArray[np.uint8]

    @property
    def shade(self) -> float:
        """How dark it is; between dots it is not."""
        return float(np.percentile(self.tones, 30))

    @property
    def darkest(self) -> float:
        """How dark it is where it is darkest: the shade of its dots, if it has any."""
        return float(np.percentile(self.tones, 10))

    @property
    def right(self) -> int:
        """Where it ends."""
        return self.left + int(self.part.shape[1])

    @property
    def thickness(self) -> float:
        """Pixels across, on average."""
        return float(self.part.sum() / self.part.shape[1])

    def crosses(self, other: Stroke) -> bool:
        """Whether it meets a stroke of the other direction, whose axes are exchanged."""
        return self.left < other.top + other.part.shape[0] and other.top < self.right

    def height_at(self, end: int) -> float:
        """How far down it runs near one of its ends: 0 the left one, -1 the right one."""
        near = self.part[:, :_BETWEEN_DOTS] if end == 0 else self.part[:, -_BETWEEN_DOTS:]
        return self.top + float(np.nonzero(near)[0].mean()) + 0.5

    def rulings(self) -> list[Ruling]:
        """The stroke in points, in pieces where it is bent."""
        width = self.part.shape[1]
        found: list[Ruling] = []
        for start in range(0, width, _PIECE):
            rows = np.nonzero(self.part[:, start : start + _PIECE])[0]
            if len(rows):
                at = (self.top + float(rows.mean()) + 0.5) / DOTS_PER_POINT
                end = min(start + _PIECE, width)
                found.append(Ruling(at, (self.left + start) / DOTS_PER_POINT, (self.left + end) / DOTS_PER_POINT))
        places = [ruling.at for ruling in found]
        if (max(places) - min(places)) * DOTS_PER_POINT > _EVEN:
            return found
        return [Ruling(sum(places) / len(places), found[0].start, found[-1].end)]


def in_line(strokes: list[Stroke]) -> list[list[Stroke]]:
    """The strokes, those together that follow each other on one line."""
    lines: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda each: each.left):
        before = (line for line in lines if 0 <= stroke.left - line[-1].right <= _FURTHEST_PIECE)
        line = next((line for line in before if abs(line[-1].height_at(-1) - stroke.height_at(0)) <= _EVEN), None)
        if line is None:
            lines.append([stroke])
        else:
            line.append(stroke)
    return lines


def as_one(strokes: list[Stroke]) -> Stroke:
    """Strokes that follow each other, as one with gaps."""
    if len(strokes) == 1:
        return strokes[0]
    top = min(each.top for each in strokes)
    bottom = max(each.top + each.part.shape[0] for each in strokes)
    first, last = strokes[0].left, strokes[-1].right
    part = np.zeros((bottom - top, last - first), np.bool_)
    tones = np.full(last - first, 255, np.uint8)
    for each in strokes:
        along = slice(each.left - first, each.right - first)
        part[each.top - top : each.top - top + each.part.shape[0], along] |= each.part
        tones[along] = np.minimum(tones[along], each.tones)
    return Stroke(first, top, part, tones)


def level_strokes(dark: Grey, grey: Grey, shortest: int) -> list[Stroke]:
    """All level strokes of the points that are dark."""
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 1), np.uint8))
    opened = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    opened = cv2.bitwise_or(opened, _dotted(dark))
    linked = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((3, 15), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(linked, connectivity=8)
    found: list[Stroke] = []
    for index in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[index])
        if area / width > _THICKEST or width < shortest:
            continue
        part = labels[top : top + height, left : left + width] == index
        tones = np.where(part, grey[top : top + height, left : left + width], np.uint8(255)).min(axis=0)
        found.append(Stroke(left, top, part, tones))
    return found


def _dotted(dark: Grey) -> Grey:
    """Dots and short dashes that follow each other closely, made into lines, and longer dashes less closely."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    small = stats[:, cv2.CC_STAT_HEIGHT] <= _DOT_HIGH
    small[0] = False
    dots = as_grey(small.astype(np.uint8)[labels] * 255)
    tall = as_grey(cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones((3, 1), np.uint8)))
    lines = _in_lines(tall, _BETWEEN_DOTS, _DOTTED_LONG, _DENSEST_SPECKS)
    taller = as_grey(cv2.dilate(dots, np.ones((3, 1), np.uint8)))
    return as_grey(cv2.bitwise_or(lines, _in_lines(taller, _BETWEEN_DASHES, _DASHED_LONG, _DENSEST_DASHES)))


def _in_lines(dots: Grey, between: int, shortest: int, densest: float) -> Grey:
    """The level lines that dots make, given how far apart these are, and how long and how dense a line is."""
    joined = cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones((1, between), np.uint8))
    lines = as_grey(cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8)))
    inked, long = (cv2.boxFilter(each, cv2.CV_32F, (shortest, 1)) for each in (cv2.bitwise_and(dots, lines), lines))
    lines[inked < densest * long] = 0
    return lines
