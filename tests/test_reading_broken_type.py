"""Scans whose thin strokes are lost, so that noughts are brackets and of other digits only pieces are left."""

from __future__ import annotations

from itertools import pairwise

import pytest

from loaders.reading.scan import ocr_cells, ocr_doubts, ocr_engine, ocr_figures, ocr_settled

if not ocr_engine.is_available():
    pytest.skip("the extra `ocr` is not installed", allow_module_level=True)

import cv2
import numpy as np

from loaders.reading.printed.grids import find_grids
from loaders.reading.printed.page_model import Ruling, Run
from loaders.reading.scan.ocr import recognise_page
from tests.pdf_files import Sheet
from tests.scanned_pages import XS, Pixels, rendered

DOTS = 200 / 72
TOP, PITCH = 100, 24


def _settled(page: Pixels, cells: list[ocr_cells.InkCell]) -> list[Run]:
    reader = ocr_engine.PageReader()
    ocr_figures.read_figures(page, cells, reader)
    return ocr_settled.settled_cells(page, cells, {}, reader)


def _two_sides(lower: bool) -> Pixels:
    """A nought without top and bottom, or what is left of a 6, whose right side is in its lower half only."""
    page = np.full((100, 100), 255, np.uint8)
    cv2.ellipse(page, (50, 50), (8, 15), 0, 130, 230, 0, 3)
    cv2.ellipse(page, (50, 50), (8, 15), 0, 0 if lower else -50, 50, 0, 3)
    return page


@pytest.mark.parametrize(("lower", "confidence"), [(False, 0.9), (True, 0.7)])
def test_brackets_of_the_shape_of_a_nought(lower: bool, confidence: float, monkeypatch: pytest.MonkeyPatch) -> None:
    brackets = ocr_engine.Recognised("()", 0.8, ("(", "0)"))
    monkeypatch.setattr(ocr_engine, "recognise", lambda lines, **_: [brackets] * len(lines))
    page = _two_sides(lower)
    rows, columns = np.nonzero(page < 165)
    ink = int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1
    (run,) = _settled(page, [ocr_cells.InkCell([], (20, 20, 80, 80), ink=ink)])
    assert (run.text, run.confidence) == ("0", confidence)


@pytest.mark.parametrize(("at", "confidence"), [(42, 0.75), (52, 0.97), (62, 0.75)])
def test_flat_stroke_beside_the_ends_of_digits_is_no_dash(
    at: int, confidence: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr_engine, "recognise", lambda lines, **_: [ocr_engine.Recognised("8", 1.0)] * len(lines))
    page = np.full((110, 300), 255, np.uint8)
    page[42:65, 40:52] = page[at : at + 3, 140:152] = 0
    cells = [
        ocr_cells.InkCell([], (left, 20, left + 90, 90), ink=ink)
        for left, ink in ((5, (40, 42, 52, 65)), (105, (140, at, 152, at + 3)))
    ]
    digit, dash = _settled(page, cells)
    assert (digit.text, dash.text, dash.confidence) == ("8", "—", confidence)


def test_a_plus_may_be_a_four_where_strokes_are_lost() -> None:
    rows, columns = [100.0 + 20 * row for row in range(7)], [60.0, 120.0]
    level, upright = [Ruling(at, 60, 120) for at in rows], [Ruling(at, 100, 220) for at in columns]
    runs = [
        Run(text, 80, top + 4, 100, top + 16, top + 16, 0, 0.97, other_readings=("()",) if text == "0" else ())
        for text, top in zip(("0", "0", "0", "0", "0", "+1"), rows, strict=False)
    ]
    *_, plus = ocr_doubts.with_doubts(runs, find_grids(level, upright))
    assert (plus.confidence, plus.other_readings[0]) == (0.75, "41")


@pytest.mark.parametrize(("others", "text", "sure"), [(("()",), "12", False), ((), "12", True), ((), "□", False)])
def test_a_slash_may_be_a_two_where_strokes_are_lost(others: tuple[str, ...], text: str, *, sure: bool) -> None:
    """`others` is what noughts may be, `text` what is read in most of the other cells, hardly where it is nothing."""
    level = [Ruling(100.0 + 20 * row, 60, 120) for row in range(28)]
    upright = [Ruling(at, 100, 640) for at in (60.0, 120.0)]
    texts, confidence = ["0"] * 6 + [text] * 20 + ["/"], 0.97 if text == "12" else 0.3
    runs = [
        Run(each, 80, top + 4, 100, top + 16, top + 16, 0, confidence if each == text else 0.97, other_readings=others)
        for each, top in zip(texts, range(100, 640, 20), strict=True)
    ]
    *_, slash = ocr_doubts.with_doubts(runs, find_grids(level, upright))
    assert (slash.confidence > 0.8) == sure


def test_page_with_broken_noughts_is_read_once_more() -> None:
    figures = [("0", "20", "0", "36"), ("0", "0", "93", "0")]
    rows = [("一", *line) for line in [("人", "业", "他", "计"), *figures]]
    page = _without_level_strokes(rendered(Sheet(height=260).rows(XS, TOP, rows, PITCH)))
    part = page[round((TOP - 10) * DOTS) : round((TOP + 4 * PITCH) * DOTS), round(200 * DOTS) : round(500 * DOTS)]
    runs = recognise_page(np.ascontiguousarray(part), 1, as_given=True).runs
    read = sorted(
        (run for run in runs if run.text.isdigit()), key=lambda run: (round(run.middle / PITCH * 2), run.left)
    )
    assert [run.text for run in read] == [text for row in figures for text in row]
    assert min(run.confidence for run in read) >= 0.8


def _without_level_strokes(page: Pixels) -> Pixels:
    """The page with the thinnest strokes of its figures lost, as where a copier knows black and white only."""
    worn = page.copy()
    for top in (TOP + PITCH * row for row in range(1, 3)):
        for left, right in pairwise(XS[1:]):
            edges = (round(place * DOTS) for place in (top, top + PITCH, left, right))
            y0, y1, x0, x1 = (edge + inset for edge, inset in zip(edges, (5, -5, 5, -5), strict=True))
            thin = cv2.dilate(page[y0:y1, x0:x1], np.ones((2, 1), np.uint8))
            worn[y0:y1, x0:x1] = np.where(thin < 110, 0, 255)
    return worn


@pytest.mark.parametrize(("at", "confidence"), [(48, 0.6), (55, 0.97)])
def test_flat_stroke_that_the_detector_overlooked_may_be_the_top_of_a_digit(at: int, confidence: float) -> None:
    page = np.full((110, 200), 255, np.uint8)
    page[at : at + 2, 100:107] = 0
    found = ocr_figures.look(page, (80 / DOTS, 40 / DOTS, 130 / DOTS, 70 / DOTS))
    assert found is not None
    assert (found.text, found.confidence) == ("—", confidence)


@pytest.mark.parametrize(("odd", "text"), [("为", "4"), ("无", "无")])
def test_what_is_hardly_a_character_is_read_once_more(odd: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Grain at the rim of a digit makes a character of it; 无 is read with confidence."""
    first = ocr_engine.Recognised(odd, 0.5 if odd != text else 0.99)
    readings = iter([first, ocr_engine.Recognised("4", 0.99)])
    monkeypatch.setattr(ocr_engine, "recognise", lambda lines, **_: [next(readings) for _ in lines])
    page = np.full((110, 160), 255, np.uint8)
    page[42:65, 40:52] = 0
    (run,) = _settled(page, [ocr_cells.InkCell([], (5, 20, 95, 90), ink=(40, 42, 52, 65))])
    assert (run.text, run.confidence < 0.8) == (text, odd != text)


@pytest.mark.parametrize(("wide", "confidence"), [(3, 0.97), (11, 0.75)])
def test_figures_of_blotted_type_are_doubted(wide: int, confidence: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_engine, "recognise", lambda lines, **_: [ocr_engine.Recognised("0", 1.0)] * len(lines))
    page = np.full((110, 700), 255, np.uint8)
    cells = []
    for left in range(0, 600, 100):
        cv2.ellipse(page, (left + 50, 50), (8, 13), 0, 0, 360, 0, wide)
        rows, columns = np.nonzero(page[:, left : left + 100] < 165)
        ink = left + int(columns.min()), int(rows.min()), left + int(columns.max()) + 1, int(rows.max()) + 1
        cells.append(ocr_cells.InkCell([], (left + 5, 5, left + 95, 105), ink=ink))
    assert {round(run.confidence, 2) for run in _settled(page, cells)} == {confidence}


def test_page_without_any_dark_ink() -> None:
    figures = [("0", "20", "0", "36"), ("0", "0", "93", "0")]
    rows = [("一", *line) for line in [("人", "业", "他", "计"), *figures]]
    page = rendered(Sheet(height=260).rows(XS, TOP, rows, PITCH), 100)
    grain = np.random.default_rng(1).normal(0, 3, page.shape)
    pale = np.clip(page * 0.2 + 170 + grain, 0, 255).astype(np.uint8)
    scale = 100 / 72
    part = pale[round((TOP - 10) * scale) : round((TOP + 4 * PITCH) * scale), round(200 * scale) : round(500 * scale)]
    large = np.asarray(cv2.resize(part, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8)
    runs = [run for run in recognise_page(large, 1, as_given=True).runs if run.text.isdigit()]
    assert sorted(run.text for run in runs) == sorted(text for row in figures for text in row)
    assert min(run.confidence for run in runs) >= 0.8
