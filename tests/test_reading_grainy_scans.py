"""Scans whose paper is not white: grain that became points of black, and bands of a light that flickers."""

from __future__ import annotations

import pytest

from loaders.reading.scan import ocr_engine

if not ocr_engine.is_available():
    pytest.skip("the extra `ocr` is not installed", allow_module_level=True)

import cv2
import numpy as np

from loaders.reading.printed.grids import find_grids
from loaders.reading.scan import ocr_bands, ocr_image, ocr_rules
from loaders.reading.scan.ocr import read_picture, recognise_page
from tests.scanned_pages import FIGURES, ROWS, XS, Pixels, figures, png, rendered, sheet, table, turned


def _noise(shape: tuple[int, ...], grey_levels: float) -> np.ndarray:
    return np.random.default_rng(5).normal(0, grey_levels, shape)


def test_paper_snowed_under_with_points() -> None:
    page = cv2.erode(rendered(sheet()), np.ones((2, 2), np.uint8))
    grain = cv2.GaussianBlur(_noise(page.shape, 1).astype(np.float32), (0, 0), 0.7)
    snowed = np.where(grain > np.quantile(grain, 0.92), 0, page).astype(np.uint8)
    assert figures(read_picture(png(snowed))) == FIGURES


def test_points_of_a_screen_are_taken_away_without_the_thin_strokes_beside_them() -> None:
    page = np.full((400, 600), 255, np.uint8)
    page[::4, ::4] = 0
    for left in range(50, 550, 50):
        cv2.rectangle(page, (left, 150), (left + 14, 172), 0, 1)
    strokes = ocr_image.with_even_light(page)
    assert (strokes[:140] == 255).all()
    assert (strokes[150, 50:64] < 60).all()


@pytest.mark.parametrize("pitch", [3, 4])
def test_shaded_cells_of_a_page_in_black_and_white(pitch: int) -> None:
    page = np.where(rendered(sheet()) > 128, 255, 0).astype(np.uint8)
    header = page[round(100 * 200 / 72) : round(124 * 200 / 72), round(XS[0] * 200 / 72) : round(XS[-1] * 200 / 72)]
    header[::pitch, ::pitch] = 0
    header[pitch // 2 :: pitch, pitch // 2 :: pitch] = 0
    document = read_picture(png(page))
    assert figures(document) == FIGURES
    assert [cell.text for cell in table(document).cells if cell.row == 0] == list(ROWS[0])


@pytest.mark.parametrize(("levels", "pitch", "lean"), [(24, 12, 0.0), (20, 9, 0.9)])
def test_bands_across_the_page_are_no_lines(levels: int, pitch: int, lean: float) -> None:
    page: Pixels = rendered(sheet(), 150)
    banded = page - levels * (np.arange(len(page)) % pitch < pitch // 2)[:, None].astype(float)
    soft = cv2.GaussianBlur(turned(np.clip(banded, 0, 255).astype(np.uint8), lean), (0, 0), 0.6)
    picture = np.clip(soft + _noise(page.shape, 9), 0, 255).astype(np.uint8)
    squeezed = cv2.imdecode(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 60])[1], 0)
    layout = recognise_page(np.asarray(squeezed, np.uint8), 1)
    grids = find_grids(layout.horizontal, layout.vertical)
    assert 20 <= sum(len(each.cells) for each in grids) <= 24


def test_halo_of_the_lines_of_a_table_is_no_band() -> None:
    page = np.full((400, 600), 230, np.uint8)
    page[np.arange(400) % 4 < 2] -= 4
    for line in range(50, 400, 50):
        page[line - 2 : line + 3, 60:540] = 248
        page[line, 60:540] = 20
    paper = ocr_bands.without_bands(page)[:, :50]
    assert np.ptp(paper[5:-5].mean(axis=1)) < 6


def test_ink_under_a_streak_that_runs_down_the_page_stays() -> None:
    page = rendered(sheet()).copy()
    page[:, 702:706] = page[:, 702:706] * 0.45
    page[310:313, 690:718] = 0
    rules = ocr_rules.find_rules(page)
    clean = ocr_rules.without_rules(page, rules, find_grids(rules.horizontal, rules.vertical))
    assert (clean[330, 696:712] == 255).all()
    assert (clean[311, 692:716] < 60).all()
