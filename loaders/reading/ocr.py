"""Scanned pages and pictures: characters recognised, tables found by their lines, a confidence for every cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from loaders.document import Document
from loaders.reading import ocr_cells, ocr_engine, ocr_image, ocr_rules
from loaders.reading.assemble import build_document
from loaders.reading.grids import Grid, find_grids
from loaders.reading.ocr_image import DOTS_PER_POINT, Grey, Point, ScannedPage
from loaders.reading.page_model import PageLayout, Run

_UPRIGHT = 45.0
"""Pixels; a narrow box as high as this holds text that is written downwards."""

_UPSIDE_DOWN = 0.6
_SAMPLE = 9


def read_picture(data: bytes) -> Document:
    """Read a picture of a page (PNG, JPEG).

    Raises `ReadingError`: `needs-package` without the extra `ocr`, `damaged`, `too-large`.
    """
    ocr_engine.require()
    picture = ocr_image.decode(data)
    sheets = ocr_image.sheets(picture)
    pages = [recognise_page(picture[start:end], number) for number, (start, end) in enumerate(sheets, 1)]
    for page, (start, _) in zip(pages, sheets, strict=True):
        page.printed_on, page.back = 1, _shifted(page.back, start)
    return build_document(pages, "image")


def _shifted(back: Callable[[float, float], Point] | None, down: float) -> Callable[[float, float], Point]:
    """The way back to a sheet, continued to the long picture that it was cut from."""

    def shifted(x: float, y: float) -> Point:
        x, y = back(x, y) if back is not None else (x, y)
        return x, y + down

    return shifted


def recognise_page(grey: Grey, number: int, width: float | None = None, as_given: bool = False) -> PageLayout:
    """One page as runs of characters and ruling lines.

    `width` is that of the page in points, where known. `as_given` leaves a picture at its size and place: a part
    of a page that is known to be upright.
    """
    if as_given:
        page = ScannedPage(grey, lambda x, y: (x / DOTS_PER_POINT, y / DOTS_PER_POINT))
        page.grey = ocr_image.with_even_light(page.grey)
        return _read_level_page(page, ocr_engine.detect(ocr_image.in_colour(page.grey)), number)
    page = ocr_image.to_working_size(grey, width)
    page.grey = ocr_image.with_even_light(page.grey)
    page, quads = _upright(page)
    return _read_level_page(*_level(page, quads), number)


def _read_level_page(page: ScannedPage, quads: ocr_engine.Quads, number: int) -> PageLayout:
    """A page whose lines of text are known and level."""
    rules = ocr_rules.find_rules(page.grey)
    straight = ocr_rules.straightened(page, rules)
    if straight is not None:
        page, forth = straight
        quads = np.array([[forth(*corner) for corner in quad] for quad in quads], dtype=np.float32).reshape(-1, 4, 2)
        rules = ocr_rules.find_rules(page.grey)
    grids = find_grids(rules.horizontal, rules.vertical)
    clean = ocr_rules.without_rules(page.grey, rules, grids)
    runs = _read_text(clean, quads, grids)
    back = page.back
    return PageLayout(
        number,
        *page.size,
        runs,
        rules.horizontal,
        rules.vertical,
        back=lambda x, y: back(x * DOTS_PER_POINT, y * DOTS_PER_POINT),
        look=lambda box: ocr_cells.look(clean, box),
    )


def _upright(page: ScannedPage) -> tuple[ScannedPage, ocr_engine.Quads]:
    """The page turned so that its text runs from left to right, and its lines of text."""
    quads = ocr_engine.detect(ocr_image.in_colour(page.grey))
    if not len(quads):
        return page, quads
    wide = np.hypot(*(quads[:, 1] - quads[:, 0]).T)
    high = np.hypot(*(quads[:, 3] - quads[:, 0]).T)
    if wide[high > 1.8 * wide].size + high[high > 1.8 * wide].sum() > wide[wide > 1.8 * high].sum():
        page = ocr_image.turned(page, 1)
        quads = ocr_engine.detect(ocr_image.in_colour(page.grey))
        wide = np.hypot(*(quads[:, 1] - quads[:, 0]).T)
    longest = np.argsort(-wide)[:_SAMPLE]
    strips = [ocr_image.in_colour(ocr_image.cut_out(page.grey, quads[index])) for index in longest]
    if ocr_engine.share_upside_down(strips) > _UPSIDE_DOWN:
        page = ocr_image.turned(page, 2)
        height, width = page.grey.shape[:2]
        quads = (np.array([width, height], dtype=np.float32) - quads)[:, [2, 3, 0, 1]]
    return page, quads


def _level(page: ScannedPage, quads: ocr_engine.Quads) -> tuple[ScannedPage, ocr_engine.Quads]:
    """The page and its lines of text without their lean."""
    page, forth = ocr_image.levelled(page, ocr_image.lean(quads))
    return page, (quads @ forth[:, :2].T + forth[:, 2]).astype(np.float32)


def _read_text(clean: Grey, quads: ocr_engine.Quads, grids: list[Grid]) -> list[Run]:
    """What is written on a page: lines as the detector found them, cut where they run over the lines of a table."""
    boxes = [part for quad in quads for whole in _cut_upright(clean, quad) for part in _cut_at_walls(whole, grids)]
    middles = [(float(x), float(y)) for x, y in (_middle(quad) / DOTS_PER_POINT for quad in boxes)]
    cells, outside = ocr_cells.cells_with_ink(clean, grids, middles)
    wanted = sorted(outside + ocr_cells.read_figures(clean, cells))
    strips = [ocr_image.in_colour(ocr_image.cut_out(clean, boxes[number])) for number in wanted]
    lines: dict[int, Run] = {}
    for number, (text, score) in zip(wanted, ocr_engine.recognise(strips), strict=True):
        if text.strip():
            lines[number] = _run(text, boxes[number], score, number)
    return [lines[number] for number in outside if number in lines] + ocr_cells.settled_cells(clean, cells, lines)


def _middle(quad: ocr_engine.Quads) -> NDArray[np.float32]:
    return np.asarray((quad.min(axis=0) + quad.max(axis=0)) / 2, dtype=np.float32)


def _run(text: str, quad: ocr_engine.Quads, score: float, order: int) -> Run:
    left, top = (float(value) / DOTS_PER_POINT for value in quad.min(axis=0))
    right, bottom = (float(value) / DOTS_PER_POINT for value in quad.max(axis=0))
    shrink = 0.12 * (bottom - top)  # the detector's boxes are a little larger than the type
    top, bottom = top + shrink, bottom - shrink
    return Run(text.strip().replace(" ", ""), left, top, right, bottom, bottom, order, score)


def _cut_upright(clean: Grey, quad: ocr_engine.Quads) -> Iterable[ocr_engine.Quads]:
    """The characters of text that is written downwards; other boxes as they are."""
    left, top = (float(value) for value in quad.min(axis=0))
    right, bottom = (float(value) for value in quad.max(axis=0))
    if bottom - top < max(_UPRIGHT, 2.2 * (right - left)):
        yield quad
        return
    part = clean[max(0, int(top)) : int(bottom), max(0, int(left)) : int(right)]
    start = 0
    for row in [*np.nonzero((part < ocr_image.INK).sum(axis=1) == 0)[0], part.shape[0]]:
        if row - start >= 0.7 * (right - left):
            corners = [(left, top + start), (right, top + start), (right, top + row), (left, top + row)]
            yield np.array(corners, dtype=np.float32)
            start = int(row)


def _cut_at_walls(quad: ocr_engine.Quads, grids: list[Grid]) -> Iterable[ocr_engine.Quads]:
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
