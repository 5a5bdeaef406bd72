"""Long straight strokes along one axis of a scanned page: those that may be ruling lines, whole or dotted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from loaders.reading.printed.page_model import Ruling
from loaders.reading.scan.ocr_image import DOTS_PER_POINT, Grey, as_grey

_THICKEST = 12
"""Pixels that a ruling line is high."""

_PIECE, _EVEN = 160, 6.0
"""Pixels; lines that are this much out of their way are followed in pieces, since paper is never quite flat."""

_FURTHEST_PIECE = 200
"""Pixels between two pieces of one line at most."""

_DOT_HIGH = 7
"""Pixels that dots and dashes of a line are high; they may be long where they run into each other."""

_BETWEEN_TONES, _MOST_BARE = 80.0, 0.3
"""Grey levels by which paper between dots is brighter than these, and part of a line of dots that may lack them."""

_BETWEEN_DOTS = 11
"""Pixels from dot to dot at most."""

_DOTTED_LONG = 56
"""Pixels that a line of dots is long at least."""

_DENSEST_SPECKS, _DENSEST_OF_LONG, _FEW_SPECKS = 0.2, 0.13, 0.01
"""Part of a line of dots that is inked at least, and of one twice as long; specks that lie in a row are fewer, where no
more of the page is specks."""

_WHOLE = 36
"""Pixels; what is as long without a gap is no dash."""

_CROSSING, _SPARSE = 44, 5
"""Pixels that a crossing of two dashed lines measures at most, and of ink in it for each pixel of its sides."""

_WHOLE_BAR = 0.75
"""Part of the width of a crossing that its level dash is long at least."""

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
        """How dark it is; a line of dots is as dark as these."""
        shade = float(np.percentile(self.tones, 30))
        return self.darkest if shade > self.darkest + _BETWEEN_TONES and self._is_dotted else shade

    @property
    def _is_dotted(self) -> bool:
        """Whether it is hardly anywhere bare for longer than between two dots."""
        dark = np.flatnonzero(self.tones <= self.darkest + _BETWEEN_TONES / 2)
        gaps = np.diff(dark, prepend=-1, append=len(self.tones))
        return int(gaps[gaps > _BETWEEN_DOTS].sum()) <= _MOST_BARE * len(self.tones)

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


def level_strokes(dark: Grey, grey: Grey, shortest: int, crossed: Grey | None = None) -> list[Stroke]:
    """All level strokes of the points that are dark.

    `crossed` are the lines that are known across them: dots and dashes that hang on one are none of it.
    """
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 1), np.uint8))
    opened = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    opened = cv2.bitwise_or(opened, _dotted(dark))
    if crossed is not None:
        whole = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, _WHOLE), np.uint8))
        known = cv2.bitwise_or(crossed, cv2.dilate(whole, np.ones((5, 1), np.uint8)))
        opened = cv2.bitwise_or(opened, _dotted(as_grey(cv2.subtract(dark, known))))
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
    """Dots and short dashes that follow each other closely, made into lines, and longer dashes less closely.

    Letters consist of strokes that cross, too, but not with as many dashes between them.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    small = stats[:, cv2.CC_STAT_HEIGHT] <= _DOT_HIGH
    small[0] = False
    dots = as_grey(small.astype(np.uint8)[labels] * 255)
    lines = _of_dots(dots)
    bars = np.zeros_like(dots)
    for x, y, bar in _crossings(labels, stats):
        bars[y : y + len(bar), x : x + bar.shape[1]][bar] = 255
    if not bars.any():
        return lines
    crossed = _of_dots(as_grey(cv2.bitwise_or(dots, bars)))
    count, places = cv2.connectedComponents(crossed, connectivity=8)
    of_dots, of_bars = (np.bincount(places[each > 0], minlength=count) for each in (dots, bars))
    dashed = of_dots >= of_bars
    dashed[0] = False
    return as_grey(cv2.bitwise_or(lines, as_grey(dashed.astype(np.uint8)[places] * 255)))


def _of_dots(dots: Grey) -> Grey:
    tall = as_grey(cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones((3, 1), np.uint8)))
    lines = _in_lines(tall, _BETWEEN_DOTS, _DOTTED_LONG, _DENSEST_SPECKS)
    if cv2.countNonZero(dots) < _FEW_SPECKS * dots.size:
        lines = as_grey(cv2.bitwise_or(lines, _in_lines(tall, _BETWEEN_DOTS, 2 * _DOTTED_LONG, _DENSEST_OF_LONG)))
    taller = as_grey(cv2.dilate(dots, np.ones((3, 1), np.uint8)))
    return as_grey(cv2.bitwise_or(lines, _in_lines(taller, _BETWEEN_DASHES, _DASHED_LONG, _DENSEST_DASHES)))


def _crossings(labels: MatLike, stats: MatLike) -> Iterator[tuple[int, int, NDArray[np.bool_]]]:
    """The level dashes of what is a dash across another one or at the end of one, with their places."""
    wide, high, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    small = (np.maximum(wide, high) <= _CROSSING) & (np.minimum(wide, high) > _DOT_HIGH)
    for index in np.flatnonzero(small & (area <= _SPARSE * (wide + high))).tolist():
        x, y, width, height, _ = stats[index].tolist()
        part = labels[y : y + height, x : x + width] == index
        along = part.sum(axis=1)
        bar = np.flatnonzero(along >= _WHOLE_BAR * width)
        if not len(bar) or bar[-1] - bar[0] >= _DOT_HIGH:
            continue
        first, last = max(int(bar[0]) - 1, 0), int(bar[-1]) + 2  # with its rim
        rest = np.delete(part, np.s_[first:last], axis=0)
        if np.count_nonzero(rest.any(axis=0)) <= _DOT_HIGH:
            yield x, y + first, part[first:last]


def _in_lines(dots: Grey, between: int, shortest: int, densest: float) -> Grey:
    """The level lines that dots make, given how far apart these are, and how long and how dense a line is.

    Rows of pixels are looked at one by one, and only those with ink for half of a line, which its end may be.
    """
    found = np.zeros_like(dots)
    (rows,) = np.nonzero(np.count_nonzero(dots, axis=1) > densest * (shortest // 2 - 1))
    if not len(rows):
        return found
    inky = dots[rows]
    joined = cv2.morphologyEx(inky, cv2.MORPH_CLOSE, np.ones((1, between), np.uint8))
    lines = as_grey(cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8)))
    inked, long = (cv2.boxFilter(each, cv2.CV_32F, (shortest, 1)) for each in (cv2.bitwise_and(inky, lines), lines))
    lines[inked < densest * long] = 0
    found[rows] = lines
    return found
