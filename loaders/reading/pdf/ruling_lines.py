"""Ruling lines and pictures of a PDF page, from its path and picture objects."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.reading.pdf import pdfium
from loaders.reading.pdf.pdfium import IDENTITY, Matrix, raw
from loaders.reading.pdf.runs import Frame
from loaders.reading.printed.page_model import Box, Ruling

Point = tuple[float, float]

_PATH, _IMAGE, _FORM = raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM

_THIN = 4.0
"""Points; a painted rectangle thinner than this is a line."""

_SHORT = 3.0
"""Points; pieces shorter than this are dots, corners or parts of letters."""

_FEWEST_DOTS = 8
"""So many dots in a row are a line."""

_DOT_GAP = 4.0
"""Points; dots further apart belong to different lines."""

_MOST_SEGMENTS = 4000
"""A path with more pieces is a drawing."""

_MOST_CORNERS = 8
"""A shape with more corners than this is no rectangle."""

_STRAIGHT = 0.6
"""Points; a line that leaves its axis by less is straight."""

_DEEPEST_FORM = 4
"""Forms within forms beyond this depth are ornaments."""


@dataclass(slots=True)
class PageDrawing:
    """What is drawn on a page. `outlines` are filled areas, whose edges are lines only where no others are."""

    horizontal: list[Ruling] = field(default_factory=list)
    vertical: list[Ruling] = field(default_factory=list)
    outlines: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    dots: list[Point] = field(default_factory=list)
    curves: int = 0
    """Painted shapes that are no rectangles: letters drawn as curves, ornaments."""

    def add(self, box: Box) -> bool:
        """Take a box as a line if it is thin enough; False otherwise."""
        left, top, right, bottom = box
        width, height = right - left, bottom - top
        if width < _SHORT and height < _SHORT:
            self.dots.append(((left + right) / 2, (top + bottom) / 2))
        elif height <= _THIN and width > height:
            self.horizontal.append(Ruling((top + bottom) / 2, left, right))
        elif width <= _THIN:
            self.vertical.append(Ruling((left + right) / 2, top, bottom))
        else:
            return False
        return True

    def add_all(self, boxes: list[Box]) -> list[int]:
        """Take those boxes as lines that are thin enough; the numbers of the others.

        Tables of a thousand lines are common: the usual kinds are told apart here without a call for each.
        """
        others: list[int] = []
        for number, box in enumerate(boxes):
            left, top, right, bottom = box
            width, height = right - left, bottom - top
            if height <= _THIN and width > height and width >= _SHORT:
                self.horizontal.append(Ruling((top + bottom) / 2, left, right))
            elif width <= _THIN and height > width and height >= _SHORT:
                self.vertical.append(Ruling((left + right) / 2, top, bottom))
            elif not self.add(box):
                others.append(number)
        return others

    def string_dots(self) -> None:
        """Take rows of dots as lines."""
        if len(self.dots) < _FEWEST_DOTS:
            return
        self.horizontal += _strings(self.dots)
        self.vertical += _strings([(y, x) for x, y in self.dots])

    def add_frame(self, box: Box) -> None:
        """Take the four edges of a box as lines."""
        left, top, right, bottom = box
        self.horizontal += (Ruling(top, left, right), Ruling(bottom, left, right))
        self.vertical += (Ruling(left, top, bottom), Ruling(right, top, bottom))


def _strings(dots: list[Point]) -> Iterator[Ruling]:
    """Lines along the first axis from dots that follow each other closely."""
    by_line: dict[int, list[float]] = {}
    for along, across in dots:
        by_line.setdefault(round(4 * across), []).append(along)
    for across, positions in by_line.items():
        if len(positions) < _FEWEST_DOTS:
            continue
        positions.sort()
        start = end = positions[0]
        for position in [*positions[1:], math.inf]:
            if position - end > _DOT_GAP:
                if end - start > _FEWEST_DOTS:
                    yield Ruling(across / 4, start, end)
                start = position
            end = position


def read_drawing(page: raw.FPDF_PAGE, frame: Frame) -> PageDrawing:
    """All lines and pictures of a page, from its upper left corner as shown."""
    drawing = PageDrawing()
    objects = pdfium.page_objects(pdfium.handle(page), raw.FPDFPage_CountObjects(page))
    _collect(objects, IDENTITY, frame, drawing, 0)
    drawing.string_dots()
    return drawing


def _collect(objects: list[int], matrix: Matrix, frame: Frame, drawing: PageDrawing, depth: int) -> None:
    kinds = list(map(pdfium.object_type, objects))
    drawn = [item for item, kind in zip(objects, kinds, strict=True) if kind == _PATH]
    boxes = _boxes(drawn, matrix, frame)
    for number in drawing.add_all(boxes):
        _take_path(drawn[number], boxes[number], matrix, frame, drawing)
    pictures = [item for item, kind in zip(objects, kinds, strict=True) if kind == _IMAGE]
    for box in _boxes(pictures, matrix, frame):
        if not drawing.add(box):
            drawing.pictures.append(box)
    if depth < _DEEPEST_FORM and _FORM in kinds:
        for form, kind in zip(objects, kinds, strict=True):
            if kind == _FORM:
                inner = _product(pdfium.object_matrix(form), matrix)
                _collect(pdfium.form_objects(form), inner, frame, drawing, depth + 1)


def _take_path(path: int, box: Box, matrix: Matrix, frame: Frame, drawing: PageDrawing) -> None:
    """A path that is no single line: a frame, a filled area, or many lines drawn in one go."""
    count = pdfium.count_segments(path)
    stroked = pdfium.is_stroked(path)
    if count > _MOST_SEGMENTS or not (stroked or pdfium.is_filled(path)):
        return
    if count == 5 and not stroked:
        drawing.outlines.append(box)
        return
    drawing.curves += count > _MOST_CORNERS
    inner = _product(pdfium.object_matrix(path), matrix)
    parts = [[_apply(inner, x, y) for x, y in part] for part in pdfium.outlines(path, count)]
    if stroked:
        strokes = [(a, b) for part in parts for a, b in pairwise(part) if _is_straight(a, b)]
        for piece in _place(strokes, frame):
            drawing.add(piece)
    else:
        rectangles = [(part[0], part[2]) for part in parts if _is_rectangle(part)]
        for area in _place(rectangles, frame):
            if not drawing.add(area):
                drawing.outlines.append(area)


def _is_straight(a: Point, b: Point) -> bool:
    """Whether a piece runs along one axis of the page."""
    return (abs(a[0] - b[0]) < _STRAIGHT) != (abs(a[1] - b[1]) < _STRAIGHT)


def _is_rectangle(part: list[Point]) -> bool:
    """Whether the corners are those of an upright rectangle."""
    return len(part) in (4, 5) and all(
        abs(a[0] - b[0]) < _STRAIGHT or abs(a[1] - b[1]) < _STRAIGHT for a, b in pairwise([*part, part[0]])
    )


def _place(corners: list[tuple[Point, Point]], frame: Frame) -> list[Box]:
    """Boxes between opposite corners, from the upper left corner of the page as shown."""
    return list(
        zip(
            *frame.place(
                [min(a[0], b[0]) for a, b in corners],
                [min(a[1], b[1]) for a, b in corners],
                [max(a[0], b[0]) for a, b in corners],
                [max(a[1], b[1]) for a, b in corners],
            ),
            strict=True,
        )
    )


def _boxes(objects: list[int], matrix: Matrix, frame: Frame) -> list[Box]:
    """Boxes of objects, from the upper left corner of the page as shown."""
    if not objects:
        return []
    bounds = pdfium.object_bounds(objects)
    lefts, bottoms, rights, tops = bounds[0::4], bounds[1::4], bounds[2::4], bounds[3::4]
    if matrix is not IDENTITY:
        first = [_apply(matrix, x, y) for x, y in zip(lefts, bottoms, strict=True)]
        second = [_apply(matrix, x, y) for x, y in zip(rights, tops, strict=True)]
        lefts = [min(a[0], b[0]) for a, b in zip(first, second, strict=True)]
        rights = [max(a[0], b[0]) for a, b in zip(first, second, strict=True)]
        bottoms = [min(a[1], b[1]) for a, b in zip(first, second, strict=True)]
        tops = [max(a[1], b[1]) for a, b in zip(first, second, strict=True)]
    return list(zip(*frame.place(lefts, bottoms, rights, tops), strict=True))


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _product(first: Matrix, second: Matrix) -> Matrix:
    """The transformation that applies `first`, then `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
