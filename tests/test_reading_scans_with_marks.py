"""Scans on which something pale lies under the text: what shines through from the back, and watermarks."""

from __future__ import annotations

import pytest

from loaders.reading.scan import ocr_engine

if not ocr_engine.is_available():
    pytest.skip("the extra `ocr` is not installed", allow_module_level=True)

import cv2
import numpy as np

from loaders.reading.scan import ocr_back, ocr_watermarks
from tests.scanned_pages import Pixels

TEXT = (100, 200, 300, 400)


def _letters() -> tuple[Pixels, ocr_engine.Quads]:
    """A page with four lines of dark blocks, and the boxes around them."""
    page = np.full((500, 900), 255, np.uint8)
    for top in TEXT:
        for left in range(100, 700, 20):
            page[top : top + 20, left : left + 12] = 0
    boxes = [[(95, top), (700, top), (700, top + 20), (95, top + 20)] for top in TEXT]
    return page, np.array(boxes, np.float32)


@pytest.mark.parametrize(("below", "stays"), [(8, False), (50, True)])
def test_pale_lines_behind_letters_are_of_the_back(below: int, *, stays: bool) -> None:
    page, quads = _letters()
    letters = page == 0
    for top in TEXT:
        page[top + below : top + below + 4, 50:850] = np.minimum(page[top + below : top + below + 4, 50:850], 217)
    front, of_front = ocr_back.without_back(page, quads)
    assert ((front[100 + below, 50:90] == 217).all(), (front[letters] == 0).all(), len(of_front)) == (stays, True, 4)


def test_watermark_is_taken_away_from_under_the_text() -> None:
    page, _ = _letters()
    letters = page == 0
    page[450:453, 50:850] = 200
    marked = page.copy()
    cv2.putText(marked, "RMS", (60, 430), cv2.FONT_HERSHEY_SIMPLEX, 12, 210, 16, cv2.LINE_AA)
    marked[letters] = 0
    clean = ocr_watermarks.without_watermarks(marked)
    assert (clean[letters] == 0).all()
    assert (clean[450:453, 820:850] == 200).all()
    far = cv2.erode((page == 255).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    assert (clean[far] < 255).mean() < 0.002
    assert (marked[far] < 255).mean() > 0.05


def test_paper_and_pale_ink_stay_as_they_are() -> None:
    page, _ = _letters()
    for picture in (page, np.where(page == 0, 190, page).astype(np.uint8)):
        assert (ocr_watermarks.without_watermarks(picture) == picture).all()
