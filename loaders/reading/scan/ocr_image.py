"""A scanned page made level: decoding, even light, turning, sheets of long pictures, and ink.

Pictures are grey, 0 black to 255 white. Everything works at one resolution, so that sizes in pixels mean the same
on every page.
"""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.document import ReadingError

if TYPE_CHECKING:
    from PIL import Image

Grey = NDArray[np.uint8]
Point = tuple[float, float]

DOTS_PER_POINT = 200 / 72
"""Working resolution: 200 dots an inch, with points as on paper."""

_LONG_SIDE, _SHORT_SIDE = 842.0, 595.0
"""Points; an A4 page, which a page without a believable size is taken for."""

_LARGEST_DOT = 0.65
"""Points that a pixel of a long picture stands for at most: more would only make its characters coarser."""

_SHORTEST_PAPER, _LONGEST_PAPER = 700.0, 1260.0
"""Points; between these the long side of a page is believed."""

_LONG_PICTURE = 1.7
"""Height of a picture, as times its width, from which it is more than one sheet."""

_NARROWEST_SHEET = 300
"""Pixels; nothing can be read on narrower sheets."""

_QUIET = 60
"""Grey levels within a row of pixels that paper, noise and shadow may make."""

_WITHOUT_COLOUR = frozenset({"1", "L", "LA", "I", "I;16", "F"})
_MOST_PIXELS = 120_000_000
MOST_PAGES = 300
"""A yearly report has a few pages; a file with more is something else."""

_LEVEL = 0.12
"""Degrees; a page that leans less is left alone."""

_WIDTH_OF_LIGHT = 41
"""Pixels; the neighbourhood in which paper is taken to be of one brightness."""

_NOISY = 3.5
"""Grey levels of noise from which a page is made smooth."""

_SOFT, _BLACK_AGAIN, _WHITE_AGAIN = 1.0, 50.0, 150.0
"""Pixels within which the tones of paper full of black points are taken together, and what is black and white then:
points are paler, strokes are not."""

_RIM, _POINT, _MOST_POINTS = 190, 4, 1500
"""Tone that the rim of a point is darker than, pixels that one measures at most, and how many are dirt."""

_LONE_POINT = 2
"""Pixels that a point of a screen measures at most."""

_OF_ONE_WHITE = 0.6
"""Part of a page that is entirely white where its paper has no grain; a third is, where it was photographed."""

_WHITE_STROKE, _LOWEST_CELL, _SOLID, _MOST_STEPS = 9, 17, 0.25, 0.2
"""Pixels that white strokes are thick and dark cells are high; how much of one is without strokes, where dark
characters are nowhere as broad; at how many rows of pixels its side may move: that of a seal moves at most of them."""

_STROKE = 3
"""Dark points among nine that are more than a speck."""

_STRETCH, _HAIRLINE, _UPRIGHT_HAIRLINE, _DARK_LINE = 9, 100, 60, 60
"""Pixels in a row, most of which are dark within a line, the least length of level and upright ones, and the tone that
they are given."""

_NO_DARK_INK, _PALEST_INK, _ENOUGH_PALE_INK, _STRENGTH_OF_PALEST = 0.0005, 215, 0.005, 3.0
"""Part of a page that ink is at least where any of it is dark; where none is, the tone of what is ink then, how much of
that there is on a page that is not empty, and by how much it is made darker at most."""

_PALE_INK, _DARK, _MOST_STRENGTH = 40.0, 20.0, 1.8
"""Tone from which the darkest ink of a page is pale, the tone it is brought to, and by how much at most."""

_THIN, _NEAR_WALL, _AS_HIGH_AS_CELL = 5, 10, 0.8
"""Pixels that the remains of a line are wide and from the side of their cell, and their part of its height."""

_SHORTEST_DASH = 6
"""Pixels; a flat stroke that stands alone is a speck if it is shorter."""

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


def decode(data: bytes) -> Iterator[NDArray[np.uint8]]:
    """The picture in a PNG, JPEG or similar file, or all pages of a TIFF, upright as the camera meant it, on white.

    They are grey or in colour.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            opening = Image.open(io.BytesIO(data))
        with opening as opened:
            pages = int(getattr(opened, "n_frames", 1)) if opened.format == "TIFF" else 1  # others move
            if pages > MOST_PAGES:
                raise ReadingError("too-large", f"图片有 {pages} 页，不像年度报告；请只保留报告部分再读取")
            for page in range(pages):
                opened.seek(page)
                if opened.width * opened.height > _MOST_PIXELS:
                    raise ReadingError("too-large", _too_large(f"({opened.width}×{opened.height} 像素)"))
                yield _decoded(opened)
    except Image.DecompressionBombError as error:
        raise ReadingError("too-large", _too_large("")) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ReadingError("damaged", "图片已损坏或不完整，请重新下载或重新扫描后再读") from error


def _too_large(size: str) -> str:
    return f"图片过大{size}，请缩小后再读取"


def _decoded(opened: Image.Image) -> NDArray[np.uint8]:
    from PIL import Image, ImageOps

    picture = ImageOps.exif_transpose(opened)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
    return np.asarray(picture.convert("L" if picture.mode in _WITHOUT_COLOUR else "RGB"), dtype=np.uint8)


def sheets(grey: Grey) -> list[tuple[int, int]]:
    """First and last but one row of each sheet of a long picture, such as pages glued together or a long web page.

    It is cut where nothing stands, as near to the length of a sheet as that is possible; other pictures stay whole.
    Shadows are nothing.
    """
    height, width = grey.shape[:2]
    if height < _LONG_PICTURE * width or width < _NARROWEST_SHEET:
        return [(0, height)]
    empty = _empty_rows(with_even_light(grey))
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


def as_long_as_paper(grey: Grey, start: int, end: int) -> Grey:
    """A sheet of a long picture, with bare paper below it if it is short: all are to be read at one size."""
    missing = round(grey.shape[1] * math.sqrt(2)) - (end - start)
    if missing <= 0 or end - start == len(grey):
        return grey[start:end]
    return np.pad(grey[start:end], ((0, missing), (0, 0)), constant_values=int(np.median(grey[end - 1])))


def _empty_rows(grey: Grey) -> NDArray[np.intp]:
    """Rows in the middle of bands without ink."""
    quiet = (grey.max(axis=1).astype(int) - grey.min(axis=1)) < _QUIET
    band = max(3, grey.shape[1] // 120)
    calm = np.convolve(quiet, np.ones(band), mode="same") >= band
    return np.nonzero(calm)[0]


def working_width(width: float, height: float) -> float:
    """Width in points that a page is read at: its own, or that of A4 where its size says nothing of paper."""
    longest = max(width, height)
    return width if _SHORTEST_PAPER <= longest <= _LONGEST_PAPER else _width_of_sheet(width, height)


def _width_of_sheet(width: float, height: float) -> float:
    """Width in points of a sheet of A4 with these proportions.

    A picture of a page of the web may be longer than paper: what makes it as long would make it illegible.
    """
    as_long = width * _LONG_SIDE / max(width, height)
    if height < _LONG_PICTURE * width or width < _NARROWEST_SHEET:
        return as_long
    return max(as_long, min(_SHORT_SIDE, _LARGEST_DOT * width))


def to_working_size(grey: Grey, width: float | None = None) -> ScannedPage:
    """The picture at working resolution.

    `width` is that of the page in points. Where the file does not say, a pixel of the file counts as a point of the
    places given.
    """
    rows, columns = grey.shape[:2]
    own = float(columns) if width is None else width
    shown = _width_of_sheet(columns, rows) if width is None else working_width(own, own * rows / columns)
    scale = shown * DOTS_PER_POINT / columns
    if abs(scale - 1) > 0.02:
        grey = resized(grey, scale)
    unit = grey.shape[1] / own
    return ScannedPage(grey, lambda x, y: (x / unit, y / unit))


def enlarged(page: ScannedPage, scale: float) -> ScannedPage:
    """The page at a larger size than that of paper."""
    back = page.back
    return ScannedPage(resized(page.grey, scale), lambda x, y: back(x / scale, y / scale))


def resized(grey: Grey, scale: float) -> Grey:
    """The picture at another size."""
    rows, columns = grey.shape[:2]
    size = (max(32, round(columns * scale)), max(32, round(rows * scale)))
    return as_grey(cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC))


def with_even_light(grey: Grey) -> Grey:
    """Paper made white whatever light fell on it, and specks of single pixels removed where there are many."""
    even = _evenly_lit(grey)
    smooth = as_grey(cv2.medianBlur(even, 3))
    if _noise(even, smooth) > _NOISY:
        bare = _without_lone_points(even)
        if _noise(bare, as_grey(cv2.medianBlur(bare, 3))) <= _NOISY and not _is_full_of_points(bare):
            return _with_black_ink(_with_hairlines(even, bare))
        if _is_full_of_points(smooth):
            return _with_hairlines(even, _without_points(even))
        return _with_black_ink(_with_hairlines(even, smooth))
    if is_of_one_white(even):
        return _with_black_ink(_evenly_lit(_with_dark_cells_turned(grey)))
    return _with_black_ink(even)


def _is_full_of_points(smooth: Grey) -> bool:
    """Whether many dark points are left on a page that was made smooth, or rid of its smallest ones."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(as_grey((smooth < _RIM).astype(np.uint8)), connectivity=8)
    small = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= _POINT
    return int(np.count_nonzero(small)) > _MOST_POINTS


def _without_lone_points(even: Grey) -> Grey:
    """Paper without the points of a screen that stand alone; making all smooth would break the thin strokes of type."""
    dark = as_grey((even < _RIM).astype(np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    points = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= _LONE_POINT
    around = cv2.dilate(points[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0  # with their pale rims
    return as_grey(np.where(around & (dark == 0) | points[labels], 255, even).astype(np.uint8))


def _without_points(even: Grey) -> Grey:
    """Paper without its grain where a scanner that knows black and white only made points of it."""
    soft = cv2.GaussianBlur(even, (0, 0), _SOFT).astype(np.float32)
    return as_grey(np.clip((soft - _BLACK_AGAIN) * (255 / (_WHITE_AGAIN - _BLACK_AGAIN)), 0, 255).astype(np.uint8))


def is_of_one_white(even: Grey) -> bool:
    """Whether paper is of one tone all over, as on a screen: a camera sees its grain."""
    return float((even == 255).mean()) >= _OF_ONE_WHITE


def _evenly_lit(grey: Grey) -> Grey:
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), _WIDTH_OF_LIGHT // 4 * 2 + 1)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return as_grey(cv2.divide(grey, np.maximum(paper, 32), scale=255))


def _with_dark_cells_turned(grey: Grey) -> Grey:
    """Dark areas with white characters, as headers of tables on the web, made white ones with dark characters.

    Their edges become lines. What reaches the edge of the picture is what the page lies on.
    """
    dark = as_grey((grey < INK).astype(np.uint8))
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((_WHITE_STROKE, _WHITE_STROKE), np.uint8))
    areas = as_grey(cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((_LOWEST_CELL, _LOWEST_CELL), np.uint8)))
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((_WHITE_STROKE, _WHITE_STROKE), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(areas, connectivity=4)
    turned = grey.copy()
    for index in range(1, count):
        left, top, width, height, _area = (int(value) for value in stats[index])
        here = np.s_[top : top + height, left : left + width]
        area = labels[here] == index
        on_edge = not (left and top and left + width < grey.shape[1] and top + height < grey.shape[0])
        round_off = (np.diff(area.argmax(axis=1)) != 0).mean() > _MOST_STEPS
        if on_edge or round_off or solid[here][area].mean() < _SOLID:
            continue
        fill = float(np.median(grey[here][area]))
        inside = cv2.erode(area.astype(np.uint8), np.ones((5, 5), np.uint8), borderValue=0) > 0
        tones = 255 - (grey[here].astype(np.float32) - fill) * 255 / max(255 - fill, 1)
        turned[here][area] = 0
        turned[here][inside] = np.clip(tones, 0, 255).astype(np.uint8)[inside]
    return turned


def _with_hairlines(even: Grey, smooth: Grey) -> Grey:
    """A page made smooth with its thinnest lines, which are no wider than a speck but long."""
    dark = as_grey((even < INK).astype(np.uint8))
    lines = np.zeros_like(dark)
    for along, across in ((0, 1), (1, 0)):
        stretch = _STRETCH if across else 1, _STRETCH if along else 1
        most = as_grey((cv2.boxFilter(dark, cv2.CV_16S, stretch, normalize=False) > _STRETCH // 2).astype(np.uint8))
        leaning = cv2.dilate(most, np.ones((1 + 2 * across, 1 + 2 * along), np.uint8))
        length = _UPRIGHT_HAIRLINE if along else 1, _HAIRLINE if across else 1
        lines |= most & as_grey(cv2.morphologyEx(leaning, cv2.MORPH_OPEN, np.ones(length, np.uint8)))
    return as_grey(np.where(lines > 0, np.minimum(smooth, _DARK_LINE), smooth))


def _noise(even: Grey, smooth: Grey) -> float:
    """Grey levels by which bare paper differs from its neighbourhood; thin strokes and lines are no noise."""
    dark = (even < INK).astype(np.uint8)
    together = cv2.boxFilter(dark, cv2.CV_16S, (3, 3), normalize=False) >= _STROKE
    near_ink = cv2.dilate(dark & together, np.ones((7, 7), np.uint8))
    return float(cv2.mean(cv2.absdiff(even, smooth), (1 - near_ink).astype(np.uint8))[0])


def _with_black_ink(even: Grey) -> Grey:
    """The same with pale ink made dark, so that faint strokes of it count as ink too."""
    ink, most = even[even < INK], _MOST_STRENGTH
    if len(ink) < _NO_DARK_INK * even.size:
        ink, most = even[even < _PALEST_INK], _STRENGTH_OF_PALEST
        if len(ink) < _ENOUGH_PALE_INK * even.size:
            return even
    darkest = float(np.percentile(ink, 5))
    if darkest < _PALE_INK:
        return even
    strength = min(most, (255 - _DARK) / (255 - darkest))
    tones = 255 - (255 - np.arange(256)) * strength
    return as_grey(cv2.LUT(even, np.clip(tones, 0, 255).astype(np.uint8)))


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
    return ScannedPage(as_grey(grey), lambda x, y: back(a * x + b * y + c, d * x + e * y + f)), forth


def ink_box(
    clean: Grey, left: int, top: int, right: int, bottom: int, lighter: int = 0
) -> tuple[int, int, int, int] | None:
    """The box around what is written in a part of the page; None for nothing but specks and remains of lines.

    `lighter` is how many grey levels paler than usual ink may be, where something is known to be written.
    """
    top, left = max(top, 0), max(left, 0)
    part = clean[top:bottom, left:right]
    if part.size == 0:
        return None
    count, labels, stats, _ = cv2.connectedComponentsWithStats((part < INK + lighter).astype(np.uint8), connectivity=8)
    height, width = part.shape
    boxes: list[tuple[int, int, int, int]] = []
    flat: list[tuple[int, int, int, int]] = []
    beside_wall: list[tuple[int, int, int, int]] = []
    for index in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[index])
        on_edge = x == 0 or y == 0 or x + w == width or y + h == height
        if area < 7 or _may_be_wall(x, w, h, part.shape):
            continue
        if int(part[y : y + h, x : x + w][labels[y : y + h, x : x + w] == index].min()) > _BLACK + lighter:
            continue
        if on_edge and (w <= 4 or h <= 4):
            beside_wall.append((x, y, x + w, y + h))
            continue
        if area >= 14 and (w >= 5 or h >= 7):
            boxes.append((x, y, x + w, y + h))
        elif w >= 4 and w >= 1.6 * h:
            flat.append((x, y, x + w, y + h))
    if not boxes:
        boxes = [box for box in flat if _may_be_dash(box, height)]
    if not boxes and len(beside_wall) == 1:
        boxes = [box for box in beside_wall if _may_be_dash(box, height) and _ends_at_wall(box, width)]
    if not boxes:
        return None
    x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
    x1, y1 = max(box[2] for box in boxes), max(box[3] for box in boxes)
    high = y1 - y0
    for x, y, end, bottom_edge in flat:  # little more than specks
        middle = (y + bottom_edge) / 2
        is_minus = 0 <= x0 - end < high and y0 + 0.25 * high < middle < y1 - 0.15 * high
        is_bar = end - x >= _SHORTEST_DASH and y0 - 2 < middle < y1 + 2 and max(x0 - end, x - x1) < high
        if is_minus or is_bar:  # a bar may be all that is left of a 7
            x0, x1 = min(x0, x), max(x1, end)
    return left + x0, top + y0, left + x1, top + y1


def _may_be_wall(left: int, width: int, height: int, cell: tuple[int, ...]) -> bool:
    """Whether a thin stroke along the side of a cell is what is left of its line."""
    near = min(left, cell[1] - left - width) <= _NEAR_WALL
    return width <= _THIN and height >= _AS_HIGH_AS_CELL * cell[0] and near


def _may_be_dash(box: tuple[int, int, int, int], height: int) -> bool:
    """Whether a flat stroke is wide enough, and near enough to half the height of its cell, to be more than a speck."""
    left, top, right, bottom = box
    return right - left >= _SHORTEST_DASH and 0.25 * height < (top + bottom) / 2 < 0.75 * height


def _ends_at_wall(box: tuple[int, int, int, int], width: int) -> bool:
    """Whether a flat stroke lies at one side of its cell, not across all of it as a line does."""
    left, top, right, bottom = box
    return right - left >= 1.6 * (bottom - top) and (left == 0) != (right == width)


def slant(strip: Grey, lighter: int = 0) -> float:
    """How far a lone stroke moves to the left on its way down, as part of its height: 0 for 1, more for a slash.

    A flat stroke has no height.
    """
    ys, xs = np.nonzero(strip < INK + lighter)
    if len(ys) < 12:
        return 0.0
    top, bottom = float(ys.min()), float(ys.max())
    third = (bottom - top) / 3
    if not third:
        return math.inf
    upper, lower = xs[ys < top + third], xs[ys > bottom - third]
    return float(upper.mean() - lower.mean()) / max(2 * third, 1.0)


def cut_out(grey: Grey, quad: NDArray[np.float32]) -> Grey:
    """The part of the page between four corners, as an upright strip."""
    width = max(2, round(float(max(np.hypot(*(quad[1] - quad[0])), np.hypot(*(quad[2] - quad[3]))))))
    height = max(2, round(float(max(np.hypot(*(quad[3] - quad[0])), np.hypot(*(quad[2] - quad[1]))))))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), target)
    return as_grey(cv2.warpPerspective(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255))


def in_colour(grey: Grey) -> NDArray[np.uint8]:
    """Three equal channels, as the models expect."""
    return as_grey(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))


def as_grey(picture: object) -> Grey:
    """What OpenCV gave back, as a picture."""
    return np.asarray(picture, dtype=np.uint8)
