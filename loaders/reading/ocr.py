"""Scanned pages and pictures: characters recognised, tables found by their lines, a confidence for every cell.

Each figure is read twice: in the line that the detector found, and in the ink of its cell. Where both readings agree
they confirm each other; where the detector missed a lone digit the cell still has its ink; a cell without ink is
blank. Readings that differ keep the better one with a confidence too low to be believed alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np

from loaders.document import Document
from loaders.reading import ocr_engine, ocr_image, ocr_rules
from loaders.reading.assemble import build_document
from loaders.reading.grids import Grid, GridCell, find_grids
from loaders.reading.ocr_image import DOTS_PER_POINT, Grey, Point, ScannedPage
from loaders.reading.page_model import Box, PageLayout, Run

Pixels = tuple[int, int, int, int]

_FIGURE_LIKE = re.compile(r"^[\d０-９,，.．。'’·\s+\-—–_~/／\\|lIiOoDQC〇○口Zz件一]{1,10}$")
"""What a figure may be taken for."""

_LOOKS_LIKE = str.maketrans("OoDQ〇○口lIi|", "00000001111")
_REPAIRED = 0.7
"""Highest confidence of a figure in which a letter was taken for a digit."""

_STROKES = frozenset("1/lI|丿")
_SLASH, _UNSURE = 0.18, 0.1
"""Slant from which a lone stroke is a slash, and from which it may be one."""

_CONTRADICTED = 0.6
"""Highest confidence where two readings differ."""

_ALONE = 0.97
"""Highest confidence of a figure that was read only once."""

_NO_INK = 0.4
_PALE = 45
"""Grey levels by which the ink of a cell may be paler where the detector saw something in it."""

_MARGIN = 3
"""Pixels inside the edge of a cell that are left to the ruling lines."""

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
    runs = _read_cells(clean, grids, _read_lines(clean, quads, grids))
    back = page.back
    return PageLayout(
        number,
        *page.size,
        runs,
        rules.horizontal,
        rules.vertical,
        back=lambda x, y: back(x * DOTS_PER_POINT, y * DOTS_PER_POINT),
        look=lambda box: _look(clean, box),
    )


def _look(clean: Grey, box: Box) -> Run | None:
    """What is written in a box where the detector found nothing."""
    edges = _pixels(box)
    ink = ocr_image.ink_box(clean, *edges)
    if ink is None:
        return None
    strip = _strip(clean, ink, edges)
    read = _figure_in(ink, strip, *ocr_engine.recognise([ocr_image.in_colour(strip)])[0])
    return read if read.text else None


def _pixels(box: Box, inset: int = 0) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(value * DOTS_PER_POINT) for value in box)
    return left + inset, top + inset, right - inset, bottom - inset


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


def _read_lines(clean: Grey, quads: ocr_engine.Quads, grids: list[Grid]) -> list[Run]:
    """The lines that the detector found, cut where they run over the lines of a table."""
    boxes = [part for quad in quads for whole in _cut_upright(clean, quad) for part in _cut_at_walls(whole, grids)]
    strips = [ocr_image.in_colour(ocr_image.cut_out(clean, quad)) for quad in boxes]
    runs: list[Run] = []
    for order, (quad, (text, score)) in enumerate(zip(boxes, ocr_engine.recognise(strips), strict=True)):
        if text.strip():
            left, top = (float(value) / DOTS_PER_POINT for value in quad.min(axis=0))
            right, bottom = (float(value) / DOTS_PER_POINT for value in quad.max(axis=0))
            runs.append(_run(text, (left, top, right, bottom), score, order))
    return runs


def _run(text: str, box: tuple[float, float, float, float], score: float, order: int) -> Run:
    left, top, right, bottom = box
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


def _read_cells(clean: Grey, grids: list[Grid], runs: list[Run]) -> list[Run]:
    """The runs with those of figure cells read a second time, and with what the detector missed."""
    inside, outside = _by_cell(grids, runs)
    waiting: list[tuple[Run | None, Pixels, Grey]] = []
    kept = outside
    for cell, found in inside:
        edges = _pixels(cell.box, _MARGIN)
        ink = ocr_image.ink_box(clean, *edges)
        if ink is None and found:
            ink = ocr_image.ink_box(clean, *edges, lighter=_PALE)
        if ink is None:
            kept += [replace(run, confidence=min(run.confidence, _NO_INK)) for run in found]
        elif not found or (len(found) == 1 and _FIGURE_LIKE.match(found[0].text)):
            waiting.append((found[0] if found else None, ink, _strip(clean, ink, edges)))
        else:
            kept += found
    readings = ocr_engine.recognise([ocr_image.in_colour(strip) for _, _, strip in waiting])
    for (run, ink, strip), (text, score) in zip(waiting, readings, strict=True):
        kept += _settled(run, _figure_in(ink, strip, text, score))
    return kept


def _figure_in(ink: Pixels, strip: Grey, text: str, score: float) -> Run:
    """A run from the ink of a cell; a lone stroke is a slash if it leans."""
    left, top, right, bottom = (value / DOTS_PER_POINT for value in ink)
    text = text.strip().replace(" ", "")
    if text in _STROKES:
        leaning = ocr_image.slant(strip) or ocr_image.slant(strip, lighter=_PALE)
        if leaning > _SLASH:
            text, score = "/", min(score, _ALONE)
        elif leaning > _UNSURE or text == "/":
            score = min(score, _CONTRADICTED)
    return Run(text, left, top, right, bottom, bottom, 0, score)


def _by_cell(grids: list[Grid], runs: list[Run]) -> tuple[list[tuple[GridCell, list[Run]]], list[Run]]:
    """Each cell with its runs, and the runs in no cell."""
    cells: dict[int, tuple[GridCell, list[Run]]] = {id(cell): (cell, []) for grid in grids for cell in grid.cells}
    outside: list[Run] = []
    for run in runs:
        home = next(
            (cell for grid in grids if (cell := grid.cell_at((run.left + run.right) / 2, run.middle)) is not None), None
        )
        if home is None:
            outside.append(run)
        else:
            cells[id(home)][1].append(run)
    return list(cells.values()), outside


def _strip(clean: Grey, ink: Pixels, edges: Pixels) -> Grey:
    """The ink of a cell with the margin around it that the recogniser is used to."""
    left, top, right, bottom = ink
    height = max(bottom - top, 24)
    pad = round(0.28 * height)
    middle = (top + bottom) // 2
    return np.ascontiguousarray(
        clean[
            max(middle - height // 2 - pad // 2, edges[1], 0) : min(middle + height // 2 + pad // 2, edges[3]),
            max(left - pad, edges[0], 0) : min(right + pad, edges[2]),
        ]
    )


def _settled(first: Run | None, second: Run) -> list[Run]:
    """One run from the reading of the detector's line and that of the cell's ink."""
    if first is None:
        return [_as_figure(second, _ALONE)] if second.text else []
    if not second.text:
        return [replace(first, confidence=min(first.confidence, _CONTRADICTED))]
    a, b = _as_figure(first, 1.0), _as_figure(second, 1.0)
    better = a if a.confidence >= b.confidence else b
    if a.text == b.text:
        return [replace(second, text=a.text, confidence=better.confidence)]
    if second.text == "/" and a.text in _STROKES:  # told from a digit by its slant
        return [second]
    return [replace(second, text=better.text, confidence=min(better.confidence, _CONTRADICTED))]


def _as_figure(run: Run, most: float) -> Run:
    """A run whose letters are read as the digits they resemble, with less confidence then."""
    text = run.text.strip("。·'’_~").replace("，", ",").replace("．", ".").rstrip(".,")
    if text and set(text) <= {"一"}:  # strokes, taken for the numeral that looks like them
        return replace(run, text="—" * len(text), confidence=min(run.confidence, most))
    repaired = text.translate(_LOOKS_LIKE) if _FIGURE_LIKE.match(text) else text
    confidence = min(run.confidence, most if repaired == text else _REPAIRED)
    return replace(run, text=repaired, confidence=confidence)
