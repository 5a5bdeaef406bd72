"""Pages of a PDF that are pictures: which they are, and how they are handed to recognition.

The recognition packages are imported only when such a page is met.
"""

from __future__ import annotations

import ctypes
from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.reading.pdf.pdfium import raw
from loaders.reading.pdf.ruling_lines import PageDrawing
from loaders.reading.pdf.runs import Frame, PageText
from loaders.reading.printed.page_model import Box, PageLayout, Ruling, Run
from loaders.reading.scan import ocr_engine

if TYPE_CHECKING:
    from loaders.reading.scan.ocr_image import Grey

_FEW_CHARACTERS = 24
_COVERED = 0.4
"""Part of the page that pictures cover on a scanned page."""

_BROKEN = 0.25
"""Share of characters without meaning from which the text of a page is of no use."""

_MANY_AREAS = 120
"""So many painted shapes on a page without text are letters drawn as curves."""

HIDDEN_CONFIDENCE = 0.7
"""Confidence of the text that another program recognised and put behind the page."""

_TABLE_WIDTH, _TABLE_HEIGHT = 0.4, 0.04
"""Least part of the page's width and height of a picture that may hold a table."""

_FEWEST_RUNS = 12
"""A picture with less text holds no table."""

_WRITTEN_OVER = 80
"""Characters of text on a picture from which it is the ground of a page, or the same page once more."""


def is_scanned(text: PageText, drawing: PageDrawing, frame: Frame) -> bool:
    """Whether a page must be recognised: a picture of text, letters drawn as curves, or text without meaning."""
    if text.characters > _FEW_CHARACTERS and text.broken > _BROKEN:
        return True
    covered = sum((box[2] - box[0]) * (box[3] - box[1]) for box in drawing.pictures)
    if covered > _COVERED * frame.width * frame.height and (text.hidden or text.characters <= _FEW_CHARACTERS):
        return True
    return text.characters == 0 and len(drawing.outlines) + drawing.curves > _MANY_AREAS


def recognise(page: raw.FPDF_PAGE, number: int, width: float, height: float) -> PageLayout:
    """A page of a PDF (its size as shown, in points) through recognition."""
    from loaders.reading.scan.ocr import recognise_page
    from loaders.reading.scan.ocr_image import DOTS_PER_POINT, working_width

    scale = working_width(width, height) / width * DOTS_PER_POINT
    return recognise_page(_rendered(page, width, height, scale), number, width)


def may_hold_tables(layout: PageLayout) -> bool:
    """Whether a page with text has pictures large enough for a table, and recognition can look at them."""
    if not _candidates(layout) or layout.back is not None:
        return False
    return ocr_engine.is_available()


def _candidates(layout: PageLayout) -> list[Box]:
    wide, high = _TABLE_WIDTH * layout.width, _TABLE_HEIGHT * layout.height
    large = (box for box in layout.pictures if box[2] - box[0] >= wide and box[3] - box[1] >= high)
    return [box for box in large if _characters_on(layout, box) < _WRITTEN_OVER]


def with_pictured_tables(page: raw.FPDF_PAGE, layout: PageLayout) -> PageLayout:
    """The page with what stands in those of its pictures that may be tables."""
    from loaders.reading.scan.ocr import recognise_page
    from loaders.reading.scan.ocr_image import DOTS_PER_POINT

    whole = _rendered(page, layout.width, layout.height, DOTS_PER_POINT)
    for box in _candidates(layout):
        left, top, right, bottom = (max(0, round(value * DOTS_PER_POINT)) for value in box)
        part = whole[top:bottom, left:right]
        if part.size == 0:
            continue
        found = recognise_page(part, layout.number, box[2] - box[0], as_given=True)
        if len(found.runs) >= _FEWEST_RUNS:
            layout = _laid_over(layout, found, box)
    return layout


def _characters_on(layout: PageLayout, box: Box) -> int:
    left, top, right, bottom = box
    return sum(
        len(run.text) for run in layout.runs if left < (run.left + run.right) / 2 < right and top < run.middle < bottom
    )


def _laid_over(layout: PageLayout, found: PageLayout, box: Box) -> PageLayout:
    """The page with what was recognised in one of its pictures, at its place, save where text stands already."""
    order = len(layout.runs) + 1_000_000
    unit = (box[2] - box[0]) / found.width

    def across_page(x: float) -> float:
        return box[0] + x * unit

    def down_page(y: float) -> float:
        return box[1] + y * unit

    runs = [
        replace(
            run,
            left=across_page(run.left),
            top=down_page(run.top),
            right=across_page(run.right),
            bottom=down_page(run.bottom),
            baseline=down_page(run.baseline),
            order=run.order + order,
        )
        for run in found.runs
    ]
    runs = [run for run in runs if not any(_overlap(run, other) for other in layout.runs)]
    across = [Ruling(down_page(line.at), *map(across_page, (line.start, line.end))) for line in found.horizontal]
    down = [Ruling(across_page(line.at), *map(down_page, (line.start, line.end))) for line in found.vertical]
    return replace(
        layout,
        runs=layout.runs + runs,
        horizontal=layout.horizontal + across,
        vertical=layout.vertical + down,
    )


def _overlap(one: Run, other: Run) -> bool:
    """Whether the middle of one run lies in the other."""
    return any(
        b.left <= (a.left + a.right) / 2 <= b.right and b.top <= a.middle <= b.bottom
        for a, b in ((one, other), (other, one))
    )


def with_confidence(runs: list[Run], most: float) -> list[Run]:
    """Runs that are believed no more than so much."""
    return [replace(run, confidence=min(run.confidence, most)) for run in runs]


def _rendered(page: raw.FPDF_PAGE, width: float, height: float, scale: float) -> Grey:
    """The page as a grey picture on white, without seals."""
    import numpy as np

    from loaders.reading.scan.ocr_seals import in_grey

    columns, rows = max(1, round(width * scale)), max(1, round(height * scale))
    pixels = np.full((rows, columns, 4), 255, dtype=np.uint8)
    address = ctypes.c_void_p(pixels.ctypes.data)
    bitmap = raw.FPDFBitmap_CreateEx(columns, rows, raw.FPDFBitmap_BGRx, address, 4 * columns)
    order = raw.FPDF_REVERSE_BYTE_ORDER  # red, green, blue
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, order | raw.FPDF_ANNOT)
    raw.FPDFBitmap_Destroy(bitmap)
    return in_grey(np.ascontiguousarray(pixels[:, :, :3]))
