"""Lines of text on a scanned page: the detector's boxes, cut where they run over table lines, and what it missed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.reading.printed.grids import Grid
from loaders.reading.scan import ocr_image
from loaders.reading.scan.ocr_image import DOTS_PER_POINT, Grey, as_grey

Quad = NDArray[np.float32]
"""Four corners in pixels, clockwise from the upper left; or several of them."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""

_SHORT = 3.0
"""Width of a figure, as part of the height of its box, at the most."""

_FEWEST_IN_A_ROW = 3
"""So many figures that the detector saw side by side are a row of a table."""

_UPRIGHT = 45.0
"""Pixels; a box as high as this may hold text that is written downwards, or several lines."""

_LEAST_PART = 0.7
"""Height of one of its characters or lines, as part of its width or of the tallest of them."""

_HIGH, _LOWEST = 2.2, 15
"""Height of text that is written downwards, as times its width, and pixels that the tallest line is high at least."""

_FILLED = 0.65
"""Part of the height of a box that several lines fill; less is one line, whose thin strokes may be broken."""

_INSIDE = 4
"""Pixels inside the edge of a cell that are left to its ruling lines."""

_LEAST_INK, _LEAST_WIDTH = 24, 8
"""Pixels of ink, and of width, that an overlooked line has at least."""

_LEAST_HEIGHT = 0.2
"""Height of what is left over, as part of the height of a line; less is the rim of a letter."""

_TYPE = 0.75
"""Height of the type, as part of the height of the detector's boxes around it."""


def cut_lines(clean: Grey, quads: Quad, grids: list[Grid]) -> list[Quad]:
    """The detector's boxes: a character each where text is written downwards, a cell each inside of tables."""
    boxes: list[Quad] = []
    for number, quad in enumerate(quads):
        parts = _cut_upright(clean, quad)
        others = np.delete(quads, number, axis=0)
        boxes += parts if len(parts) == 1 else [part for part in parts if not _is_seen_apart(part, others)]
    return [part for box in boxes for part in _cut_at_walls(box, grids)]


def _is_seen_apart(part: Quad, quads: Quad) -> bool:
    """Whether one of the lines in a high box is also a box of its own."""
    x, y = part.mean(axis=0)
    lefts, tops = quads.min(axis=1).T
    rights, bottoms = quads.max(axis=1).T
    low = bottoms - tops < 1.5 * np.ptp(part[:, 1])
    return bool(((lefts < x) & (x < rights) & (tops < y) & (y < bottoms) & low).any())


def overlooked_lines(clean: Grey, boxes: list[Quad], grids: list[Grid]) -> list[Quad]:
    """Boxes around lines that the detector missed in cells where it found others: mostly short ones such as 一、."""
    rest = clean.copy()
    found: list[Box] = []
    for box in boxes:
        (left, top), (right, bottom) = box.min(axis=0), box.max(axis=0)
        cv2.rectangle(rest, (int(left), int(top)), (int(right), int(bottom)), 255, -1)
        found.append((float(left), float(top), float(right), float(bottom)))
    overlooked: list[Quad] = []
    for grid in grids:
        lines: dict[int, list[tuple[float, float]]] = {}
        for left, top, right, bottom in found:
            cell = grid.cell_at((left + right) / 2 / DOTS_PER_POINT, (top + bottom) / 2 / DOTS_PER_POINT)
            if cell is not None:
                lines.setdefault(id(cell), []).append((top, bottom))
        for cell in grid.cells:
            if id(cell) in lines:
                x0, y0, x1, y1 = (round(value * DOTS_PER_POINT) for value in cell.box)
                edges = x0 + _INSIDE, y0 + _INSIDE, x1 - _INSIDE, y1 - _INSIDE
                overlooked += _lines_in(rest, edges, lines[id(cell)])
    outside = [box for box in found if not _in_a_cell(box, grids)]
    return overlooked + [box for row in _rows_of_figures(outside) for box in _figures_beside(rest, row, grids)]


def _in_a_cell(box: Box, grids: list[Grid]) -> bool:
    left, top, right, bottom = (value / DOTS_PER_POINT for value in box)
    return any(grid.cell_at((left + right) / 2, (top + bottom) / 2) is not None for grid in grids)


def _rows_of_figures(boxes: list[Box]) -> Iterable[list[Box]]:
    """Short boxes that stand side by side, as the figures of a table without ruling lines."""
    short = [box for box in boxes if box[2] - box[0] < _SHORT * (box[3] - box[1])]
    row: list[Box] = []
    for box in sorted(short, key=lambda each: each[1] + each[3]):
        if row and (box[1] + box[3]) / 2 > row[0][3]:
            yield row
            row = []
        row.append(box)
    yield row


def _figures_beside(rest: Grey, row: list[Box], grids: list[Grid]) -> Iterable[Quad]:
    """Boxes around lone ink at the height of a row; the detector overlooks single digits."""
    if len(row) < _FEWEST_IN_A_ROW:
        return
    top, bottom = (int(np.median([box[side] for box in row])) for side in (1, 3))
    height = bottom - top
    ink = rest[max(top, 0) : bottom] < ocr_image.INK
    columns = np.nonzero(ink.any(axis=0))[0]
    for group in np.split(columns, np.nonzero(np.diff(columns) > 0.5 * height)[0] + 1):
        if not len(group):
            continue
        left, right = int(group[0]), int(group[-1]) + 1
        part = ink[:, left:right]
        tall = np.nonzero(part.any(axis=1))[0]
        is_figure = (
            np.count_nonzero(part) >= _LEAST_INK
            and tall[-1] - tall[0] > 0.4 * height
            and right - left < _SHORT * height
        )
        box = (left - 0.3 * height, float(top), right + 0.3 * height, float(bottom))
        if is_figure and not _in_a_cell(box, grids):
            x0, y0, x1, y1 = box
            yield np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], dtype=np.float32)


def _lines_in(rest: Grey, edges: tuple[int, int, int, int], lines: list[tuple[float, float]]) -> Iterable[Quad]:
    """Boxes around the ink that is left in a part of the page above, between and below its lines."""
    left, top, right, bottom = edges
    height = float(np.median([end - start for start, end in lines]))
    ink = as_grey((rest[max(top, 0) : bottom, max(left, 0) : right] < ocr_image.INK).astype(np.uint8))
    if np.count_nonzero(ink) < _LEAST_INK:
        return
    rows = np.nonzero(ink.any(axis=1))[0]
    for group in np.split(rows, np.nonzero(np.diff(rows) > 0.4 * height)[0] + 1):
        start, end = int(group[0]), int(group[-1]) + 1
        if any(first < top + (start + end) / 2 < last for first, last in lines):
            continue
        part = ink[start:end]
        columns = np.nonzero(part.any(axis=0))[0]
        first, last = int(columns[0]), int(columns[-1]) + 1
        if np.count_nonzero(part) < _LEAST_INK or last - first < _LEAST_WIDTH or end - start < _LEAST_HEIGHT * height:
            continue
        around = max(0.0, (_TYPE * height - (end - start)) / 2)
        above = [last for _, last in lines if last <= top + (start + end) / 2]  # not to be read once more
        below = [first for first, _ in lines if first >= top + (start + end) / 2]
        y0, y1 = max(top + start - around, top, *above), min(top + end + around, bottom, *below)
        x0, x1 = left + first - 0.15 * height, left + last + 0.15 * height
        yield np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], dtype=np.float32)


def _cut_upright(clean: Grey, quad: Quad) -> list[Quad]:
    """The characters of text that is written downwards, or the lines of a narrow cell; other boxes as they are.

    A character may consist of parts that lie one above the other, so that the parts of a box have a least height.
    """
    left, top = (float(value) for value in quad.min(axis=0))
    right, bottom = (float(value) for value in quad.max(axis=0))
    if bottom - top < _UPRIGHT:
        return [quad]
    part = clean[max(0, int(top)) : int(bottom), max(0, int(left)) : int(right)]
    bands = _bands(part)
    if bands and bands[-1][1] - bands[0][0] < _FILLED * (bottom - top):
        return [quad]
    tallest = max((end - start for start, end in bands), default=0)
    least = _LEAST_PART * min(right - left, max(tallest, _LOWEST))
    cuts = [0.0]
    first = bands[0][0] if bands else 0
    for (_, end), (following, _) in pairwise(bands):
        if end - first >= least and bands[-1][1] - following >= least:
            cuts.append((end + following) / 2)
            first = following
    if len(cuts) == 1 and bottom - top < _HIGH * (right - left):
        return [quad]
    edges = [*cuts, bottom - top]
    corners = [[(left, a), (right, a), (right, b), (left, b)] for a, b in pairwise(edges)]
    return [np.array(each, dtype=np.float32) + np.array([0, top], dtype=np.float32) for each in corners]


def _bands(part: Grey) -> list[tuple[int, int]]:
    """First and last but one row of what stands one above the other."""
    inked = (part < ocr_image.INK).any(axis=1).astype(np.int8)
    steps = np.diff(inked, prepend=0, append=0)
    return list(zip(np.nonzero(steps == 1)[0].tolist(), np.nonzero(steps == -1)[0].tolist(), strict=True))


def _cut_at_walls(quad: Quad, grids: list[Grid]) -> Iterable[Quad]:
    """Parts of a box that lie in different cells."""
    left, top = (float(value) / DOTS_PER_POINT for value in quad.min(axis=0))
    right, bottom = (float(value) / DOTS_PER_POINT for value in quad.max(axis=0))
    middle = (top + bottom) / 2
    for grid in grids:
        if grid.cell_at((left + right) / 2, middle) is None:
            continue
        walls = [
            x
            for x in grid.columns
            if left + 3 < x < right - 3 and grid.cell_at(x - 1, middle) is not grid.cell_at(x + 1, middle)
        ]
        edges = [left, *walls, right]
        if not walls:
            break
        for start, end in pairwise(edges):
            corners = [(start, top), (end, top), (end, bottom), (start, bottom)]
            yield np.array(corners, dtype=np.float32) * DOTS_PER_POINT
        return
    yield quad
