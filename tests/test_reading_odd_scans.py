"""Scans with what strangers add to a page: sheets on a desk, seals in pieces."""

from __future__ import annotations

import cv2
import numpy as np

from loaders.document import Table
from loaders.reading.scan import ocr_seals
from loaders.reading.scan.ocr import read_picture
from tests.scanned_pages import FIGURES, Pixels, figures, png, rendered, sheet

DOTS = 200 / 72


def _framed(page: Pixels) -> Pixels:
    """A page with a frame of two cells around all that stands on it, as the edges of sheets on a desk are."""
    framed = page.copy()
    left, right, top, middle, bottom = (round(place * DOTS) for place in (30, 560, 40, 400, 560))
    for at in (top, middle, bottom):
        framed[at : at + 3, left:right] = 0
    for at in (left, right):
        framed[top:bottom, at : at + 3] = 0
    return framed


def test_table_within_a_frame_is_read_once() -> None:
    document = read_picture(png(_framed(rendered(sheet()))))
    tables = [block for block in document.blocks if isinstance(block, Table) and len(block.cells) > 10]
    document.blocks = [*tables]
    assert figures(document) == FIGURES


def test_square_seal_whose_frame_is_in_pieces() -> None:
    page = np.full((2339, 1654, 3), 255, np.uint8)
    blue = (60, 80, 190)
    for start, end in (
        ((600, 590), (780, 520)),
        ((690, 880), (920, 800)),
        ((580, 680), (640, 860)),
        ((880, 520), (950, 740)),
    ):
        cv2.line(page, start, end, blue, 10)
    for x, y in ((680, 640), (760, 610), (840, 640), (700, 720), (780, 690), (850, 720), (760, 770)):
        cv2.circle(page, (x, y), 22, blue, -1)
    page[690:710, 740:820] = (0, 0, 30)
    grey = ocr_seals.in_grey(page)
    assert (grey[555, 690], grey[695:705, 750:810].max() < 60) == (255, True)
