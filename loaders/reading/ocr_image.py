"""A scanned page made level: decoding, even light, turning, straightening, ruling lines and ink.

Pictures are grey, 0 black to 255 white. Everything works at one resolution, so that sizes in pixels mean the same
on every page.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.document import ReadingError
from loaders.reading.grids import Grid
from loaders.reading.page_model import Ruling

Grey = NDArray[np.uint8]
Point = tuple[float, float]

DOTS_PER_POINT = 200 / 72
"""Working resolution: 200 dots an inch, with points as on paper."""

_LONG_SIDE = 842.0
"""Points; length of an A4 page, which a page without a believable size is taken for."""

_SHORTEST_PAPER, _LONGEST_PAPER = 700.0, 1260.0
"""Points; between these the long side of a page is believed."""

_LONG_PICTURE = 1.7
"""Height of a picture, as times its width, from which it is more than one sheet."""

_QUIET = 60
"""Grey levels within a row of pixels that paper, noise and shadow may make."""

_MOST_PIXELS = 120_000_000
_LEVEL = 0.12
"""Degrees; a page that leans less is left alone."""

_WIDTH_OF_LIGHT = 41
"""Pixels; the neighbourhood in which paper is taken to be of one brightness."""

_RULE = 38
"""Pixels; a straight stroke as long as this may be a ruling line (strokes of letters are shorter)."""

_THICKEST_RULE = 12
_LONG = 84
"""Pixels; upright strokes longer than this are no part of a letter."""

_MISS = 6
"""Pixels by which a short upright line may miss the level ones at its ends."""

_PIECE = 160
"""Pixels; long lines are followed in pieces, since paper is never quite flat."""

_WALL = 9
"""Pixels around the edge of a cell in which its line may lie."""

INK = 165
_BLACK = 150


@dataclass(slots=True)
class ScannedPage:
    """A page ready for recognition. `back` maps its pixels to points of the page as it was handed in."""

    grey: Grey
    back: Callable[[float, float], Point]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points at working resolution."""
        height, width = self.grey.shape[:2]
        return width / DOTS_PER_POINT, height / DOTS_PER_POINT


def decode(data: bytes) -> Grey:
    """The picture in a PNG, JPEG or similar file, upright as its camera meant it, on white."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise ReadingError("too-large", f"图片过大({opened.width}×{opened.height} 像素)，请缩小后再读取")
            picture = ImageOps.exif_transpose(opened)
            if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
                layer = picture.convert("RGBA")
                picture = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
            return np.asarray(picture.convert("L"), dtype=np.uint8)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ReadingError("damaged", f"图片已损坏，无法打开({error})") from error


def sheets(grey: Grey) -> list[tuple[int, int]]:
    """First and last but one row of each sheet of a long picture, such as pages glued together or a long web page.

    It is cut where nothing stands, as near to the length of a sheet as that is possible; other pictures stay whole.
    """
    height, width = grey.shape[:2]
    if height < _LONG_PICTURE * width:
        return [(0, height)]
    empty = _empty_rows(grey)
    length = round(width * math.sqrt(2))
    found: list[tuple[int, int]] = []
    start = 0
    while height - start > 1.25 * length:
        near = empty[(empty > start + 0.5 * length) & (empty < start + 1.6 * length)]
        if not len(near):
            near = empty[empty >= start + 1.6 * length][:1]
        if not len(near):
            break
        end = int(near[np.argmin(np.abs(near - (start + length)))])
        found.append((start, end))
        start = end
    return [*found, (start, height)]


def _empty_rows(grey: Grey) -> NDArray[np.intp]:
    """Rows in the middle of bands without ink."""
    quiet = (grey.max(axis=1).astype(int) - grey.min(axis=1)) < _QUIET
    band = max(3, grey.shape[1] // 120)
    calm = np.convolve(quiet, np.ones(band), mode="same") >= band
    return np.nonzero(calm)[0]


def working_width(width: float, height: float) -> float:
    """Width in points that a page is read at: its own, or that of A4 where its size says nothing of paper."""
    longest = max(width, height)
    return width if _SHORTEST_PAPER <= longest <= _LONGEST_PAPER else width * _LONG_SIDE / longest


def to_working_size(grey: Grey, width: float | None = None) -> ScannedPage:
    """The picture at working resolution.

    `width` is that of the page in points. Where the file does not say, a pixel of the file counts as a point of the
    places given.
    """
    rows, columns = grey.shape[:2]
    own = float(columns) if width is None else width
    scale = working_width(own, own * rows / columns) * DOTS_PER_POINT / columns
    if abs(scale - 1) > 0.02:
        size = (max(32, round(columns * scale)), max(32, round(rows * scale)))
        grey = _grey(cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC))
    unit = grey.shape[1] / own
    return ScannedPage(grey, lambda x, y: (x / unit, y / unit))


def with_even_light(grey: Grey) -> Grey:
    """Paper made white whatever light fell on it, and specks of single pixels removed where there are many."""
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), _WIDTH_OF_LIGHT // 4 * 2 + 1)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    even = _grey(cv2.divide(grey, np.maximum(paper, 32), scale=255))
    noise = float(np.mean(cv2.absdiff(even, cv2.medianBlur(even, 3))))
    return _grey(cv2.medianBlur(even, 3)) if noise > 6 else even


def turned(page: ScannedPage, quarters: int) -> ScannedPage:
    """The page turned clockwise by quarter turns."""
    height, width = page.grey.shape[:2]
    back = page.back
    if quarters % 4 == 1:
        return ScannedPage(np.ascontiguousarray(np.rot90(page.grey, 3)), lambda x, y: back(y, height - x))
    if quarters % 4 == 2:
        return ScannedPage(np.ascontiguousarray(np.rot90(page.grey, 2)), lambda x, y: back(width - x, height - y))
    if quarters % 4 == 3:
        return ScannedPage(np.ascontiguousarray(np.rot90(page.grey, 1)), lambda x, y: back(width - y, x))
    return page


def lean(quads: NDArray[np.float32]) -> float:
    """Degrees by which lines of text fall to the right, from the long ones among them."""
    if not len(quads):
        return 0.0
    across = (quads[:, 1] - quads[:, 0] + quads[:, 2] - quads[:, 3]) / 2
    length, height = np.hypot(across[:, 0], across[:, 1]), np.abs(quads[:, 3, 1] - quads[:, 0, 1])
    long = length > np.maximum(4 * height, 60)
    if not long.any():
        return 0.0
    angles, weights = np.degrees(np.arctan2(across[long, 1], across[long, 0])), length[long]
    order = np.argsort(angles)
    middle = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    return float(angles[order][middle])


def levelled(page: ScannedPage, degrees: float) -> tuple[ScannedPage, NDArray[np.float64]]:
    """The page turned so that its lines are level, and the transformation (2, 3) from old pixels to new."""
    height, width = page.grey.shape[:2]
    if abs(degrees) < _LEVEL:
        return page, np.array([[1.0, 0, 0], [0, 1.0, 0]])
    forth = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), dtype=np.float64)
    a, b, c = (float(value) for value in cv2.invertAffineTransform(forth)[0])
    d, e, f = (float(value) for value in cv2.invertAffineTransform(forth)[1])
    grey = cv2.warpAffine(page.grey, forth, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    back = page.back
    return ScannedPage(_grey(grey), lambda x, y: back(a * x + b * y + c, d * x + e * y + f)), forth


@dataclass(slots=True)
class Rules:
    """Ruling lines of a page in points, and where they are in the picture."""

    horizontal: list[Ruling]
    vertical: list[Ruling]
    mask: Grey


def find_rules(grey: Grey) -> Rules:
    """Long straight strokes along both axes."""
    dark = _grey(cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 14))
    across, across_mask = _strokes(dark, _RULE, None)
    ends = sorted({round(ruling.at * DOTS_PER_POINT) for ruling in across})
    down, down_mask = _strokes(np.ascontiguousarray(dark.T), _RULE * 3 // 4, ends)
    mask = cv2.bitwise_or(across_mask, np.ascontiguousarray(down_mask.T))
    return Rules(across, down, _grey(mask))


def _strokes(dark: Grey, shortest: int, ends: list[int] | None) -> tuple[list[Ruling], Grey]:
    """Horizontal strokes, followed in pieces, and their mask; short ones only where they run from end to end."""
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 1), np.uint8))
    opened = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    linked = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((3, 15), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(linked, connectivity=8)
    rulings: list[Ruling] = []
    mask = np.zeros_like(dark)
    for index in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[index])
        if area / width > _THICKEST_RULE or width < shortest:
            continue
        if ends is not None and not _reaches(left, left + width, ends):
            continue
        part = labels[top : top + height, left : left + width] == index
        mask[top : top + height, left : left + width][part] = 255
        for start in range(0, width, _PIECE):
            piece = part[:, start : start + _PIECE]
            rows = np.nonzero(piece)[0]
            if len(rows):
                at = (top + float(rows.mean()) + 0.5) / DOTS_PER_POINT
                end = min(start + _PIECE, width)
                rulings.append(Ruling(at, (left + start) / DOTS_PER_POINT, (left + end) / DOTS_PER_POINT))
    return rulings, mask


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

    return ScannedPage(_grey(grey), lambda x, y: back(*source(x, y))), forth


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


def ink_box(clean: Grey, left: int, top: int, right: int, bottom: int) -> tuple[int, int, int, int] | None:
    """The box around what is written in a part of the page; None for nothing but specks and remains of lines."""
    top, left = max(top, 0), max(left, 0)
    part = clean[top:bottom, left:right]
    if part.size == 0:
        return None
    count, labels, stats, _ = cv2.connectedComponentsWithStats((part < INK).astype(np.uint8), connectivity=8)
    height, width = part.shape
    boxes: list[tuple[int, int, int, int]] = []
    flat: list[tuple[int, int, int, int]] = []
    for index in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[index])
        on_edge = x == 0 or y == 0 or x + w == width or y + h == height
        if area < 7 or (on_edge and (w <= 4 or h <= 4)):
            continue
        if int(part[y : y + h, x : x + w][labels[y : y + h, x : x + w] == index].min()) > _BLACK:
            continue
        if area >= 14 and (w >= 5 or h >= 7):
            boxes.append((x, y, x + w, y + h))
        elif w >= 4 and w >= 1.6 * h:
            flat.append((x, y, x + w, y + h))
    if not boxes:
        return None
    x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
    x1, y1 = max(box[2] for box in boxes), max(box[3] for box in boxes)
    for x, y, end, bottom_edge in flat:  # a minus before the figure, which is little more than a speck
        if 0 <= x0 - end < y1 - y0 and y0 + 0.25 * (y1 - y0) < (y + bottom_edge) / 2 < y1 - 0.15 * (y1 - y0):
            x0 = min(x0, x)
    return left + x0, top + y0, left + x1, top + y1


def slant(strip: Grey) -> float:
    """How far a lone stroke moves to the left on its way down, as part of its height: 0 for 1, more for a slash."""
    ys, xs = np.nonzero(strip < INK)
    if len(ys) < 12:
        return 0.0
    top, bottom = float(ys.min()), float(ys.max())
    third = (bottom - top) / 3
    upper, lower = xs[ys < top + third], xs[ys > bottom - third]
    return float(upper.mean() - lower.mean()) / max(2 * third, 1.0)


def cut_out(grey: Grey, quad: NDArray[np.float32]) -> Grey:
    """The part of the page between four corners, as an upright strip."""
    width = max(2, round(float(max(np.hypot(*(quad[1] - quad[0])), np.hypot(*(quad[2] - quad[3]))))))
    height = max(2, round(float(max(np.hypot(*(quad[3] - quad[0])), np.hypot(*(quad[2] - quad[1]))))))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), target)
    return _grey(cv2.warpPerspective(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255))


def in_colour(grey: Grey) -> NDArray[np.uint8]:
    """Three equal channels, as the models expect."""
    return _grey(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))


def _grey(picture: object) -> Grey:
    return np.asarray(picture, dtype=np.uint8)
