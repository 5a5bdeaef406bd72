"""Scans of copies and photographs: broken lines, dust, folds in pieces, dashes like lines, pages in a dark scheme."""

from __future__ import annotations

import pytest

from loaders.reading.scan import ocr_engine

if not ocr_engine.is_available():
    pytest.skip("the extra `ocr` is not installed", allow_module_level=True)

import cv2
import numpy as np

from loaders.reading.scan.ocr import read_picture, recognise_page
from tests.pdf_files import Sheet
from tests.scanned_pages import FIGURES, ROWS, XS, Pixels, degraded, figures, png, rendered, sheet, table

DOTS = 200 / 72
TOP, PITCH = 100, 24
FILLED = [("10", "7", "25", "42"), ("12", "31", "305", "348"), ("41", "60", "8", "109")]


def _table(body: list[tuple[str, ...]]) -> Sheet:
    rows = [ROWS[0], *((label, *row) for (label, *_), row in zip(ROWS[1:], body, strict=True))]
    return Sheet().rows(XS, TOP, rows, PITCH)


def _read(page: Pixels) -> list[tuple[str, ...]]:
    return figures(read_picture(png(page)))


def test_long_dash_that_ends_beside_a_line_is_no_line() -> None:
    low = 13
    page = Sheet().grid(XS, [TOP + low * row for row in range(4)])
    for row, words in enumerate([("第一项", "自然人"), ("重复", ""), ("其他", "12")]):
        for x, text in zip(XS, words, strict=False):
            page.text(text, x + 4, TOP + low * row + 10, 9)
        page.text("305", XS[2] + 4, TOP + low * row + 10, 9)
    drawn = rendered(page).copy()
    at, end = round((TOP + low * 1.65) * DOTS), round(XS[2] * DOTS) - 8
    drawn[at : at + 2, end - 50 : end] = 0
    assert [row[:2] for row in _read(drawn)] == [("—", "305"), ("12", "305")]


def test_walls_of_a_copy_that_are_dashed() -> None:
    page = rendered(_table(FILLED)).copy()
    for x in XS[1:-1]:
        at = round(x * DOTS)
        for row in range(4):
            top = round((TOP + PITCH * row) * DOTS)
            for start in (8, 30, 48):
                page[top + start : top + start + 9, at - 4 : at + 5] = 255
    for row in range(1, 4):
        at = round((TOP + PITCH * row) * DOTS)
        for start in range(round(XS[0] * DOTS) + 44, round(XS[-1] * DOTS), 60):
            page[at - 4 : at + 5, start : start + 12] = 255
    assert _read(page) == FILLED


def test_rim_of_a_stamp_as_high_as_a_row_is_no_wall() -> None:
    page = rendered(_table(FILLED)).copy()
    top, bottom = (round((TOP + PITCH * row) * DOTS) for row in (2, 3))
    left = round(XS[3] * DOTS) - 40
    page[top:bottom, left : left + 2] = np.minimum(page[top:bottom, left : left + 2], 100)
    assert [len(row) for row in _read(page)] == [4, 4, 4]


def test_figures_that_touch_the_walls_of_a_low_row() -> None:
    xs = tuple(range(60, 60 + 8 * 42, 42))
    page = Sheet().grid(xs, (TOP, TOP + 15))
    for x, text in zip(xs, ("99", "2", "7", "109", "39", "26", "58"), strict=False):
        page.text(text, x + 1, TOP + 12, 11)
    blurred = cv2.GaussianBlur(rendered(page), (0, 0), 1.2)
    found = recognise_page(np.asarray(degraded(np.asarray(blurred, np.uint8)), np.uint8), 1)
    assert len({round(line.at) for line in found.vertical}) == 8


def test_fold_in_pieces_is_no_line() -> None:
    page = rendered(sheet()).copy()
    at = round((TOP + PITCH * 2 + 7) * DOTS)
    page[at : at + 3] = np.minimum(page[at : at + 3], 110)
    for x in (XS[0] - 6, XS[-1] + 6):
        page[at : at + 3, round(x * DOTS) - 9 : round(x * DOTS) + 9] = 255
    assert [len(row) for row in _read(page)] == [4, 4, 4]


def test_dust_between_columns_without_lines() -> None:
    page = Sheet()
    for row, words in enumerate(FILLED * 2):
        for x, text in zip(XS, words, strict=False):
            page.text(text, x + 4, TOP + PITCH * row)
    dusty = rendered(page).copy()
    random = np.random.default_rng(3)
    for x, y in zip(random.integers(0, 1640, 500), random.integers(0, 2330, 500), strict=True):
        near = dusty[max(y - 14, 0) : y + 18, max(x - 14, 0) : x + 18]
        if near.min() > 200:
            dusty[y : y + 4, x : x + 4] = 40
    found = recognise_page(dusty, 1)
    assert sorted(run.text for run in found.runs) == sorted(text for row in FILLED * 2 for text in row)


def test_grey_seal_whose_ring_is_in_pieces() -> None:
    page = Sheet().grid((60, 220, 370, 520), [TOP + 32 * number for number in range(9)])
    page.words((60, 270, 470), TOP + 6, [("行政处罚", "468", "3289"), ("行政强制", "389", "291")] * 4, 32)
    paper = rendered(page)
    ink = np.zeros_like(paper)
    for start in range(10, 360, 90):
        cv2.ellipse(ink, (825, 620), (165, 165), 0, start, start + 60, 255, 7, cv2.LINE_AA)
    cv2.circle(ink, (825, 620), 30, 255, -1, cv2.LINE_AA)
    found = _read((paper * (1 - 0.55 * (ink / 255.0))).astype(np.uint8))
    assert found == [("389", "291"), *[("468", "3289"), ("389", "291")] * 3]


def test_figures_that_the_side_of_the_picture_cuts_are_doubted() -> None:
    page = rendered(_table(FILLED))
    cut = page[:, : round((XS[4] + 4 + 11) * DOTS)]
    cells = [cell for cell in table(read_picture(png(cut))).cells if cell.row]
    assert max(cell.confidence for cell in cells if cell.column == 4) < 0.8
    assert min(cell.confidence for cell in cells if cell.column < 4) > 0.8


def test_page_in_a_dark_scheme() -> None:
    dark = 255 - (rendered(sheet()) * 0.9).astype(np.uint8)
    assert _read(dark) == FIGURES


def test_dark_paper_stays_as_it_is() -> None:
    dark = (rendered(sheet()) * 0.36).astype(np.uint8)
    assert _read(dark) == FIGURES
