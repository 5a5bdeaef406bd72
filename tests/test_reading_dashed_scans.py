"""Scans of tables whose lines are dashes or dots, with folds across them, and small marks told from digits."""

from __future__ import annotations

import pytest

from loaders.reading.scan import ocr_engine

if not ocr_engine.is_available():
    pytest.skip("the extra `ocr` is not installed", allow_module_level=True)

import cv2
import numpy as np

from loaders.reading.printed.grids import find_grids
from loaders.reading.printed.page_model import Run
from loaders.reading.scan import ocr_cells, ocr_dashes, ocr_figures, ocr_folds, ocr_settled
from loaders.reading.scan.ocr import read_picture, recognise_page
from loaders.reading.scan.ocr_engine import Recognised
from tests.pdf_files import Sheet
from tests.scanned_pages import XS, Pixels, figures, png, rendered

ROWS = (
    ("第一项", "自然人", "商业企业", "其他", "总计"),
    ("1.属于国家秘密", "34", "7", "25", "66"),
    ("2.重复申请", "12", "31", "305", "348"),
    ("3.其他", "41", "60", "8", "109"),
    ("4.总计", "87", "98", "338", "523"),
)
TOP, PITCH = 100, 15


def _broken(page: Pixels, dash: int, pitch: int) -> Pixels:
    """The page with its table lines in dashes of so many pixels, crossings included."""
    worn = page.copy()
    places = np.arange(max(page.shape)) % pitch >= dash
    for at in (round(x * 200 / 72) for x in XS):
        worn[places[: len(worn)], at - 2 : at + 3] = 255
    for at in (round((TOP + n * PITCH) * 200 / 72) for n in range(len(ROWS) + 1)):
        worn[at - 2 : at + 3, places[: worn.shape[1]]] = 255
    for x in XS:
        for n in range(len(ROWS) + 1):
            across, down = round(x * 200 / 72), round((TOP + n * PITCH) * 200 / 72)
            cv2.line(worn, (across - 6, down), (across + 6, down), 0, 2)
            cv2.line(worn, (across, down - 6), (across, down + 6), 0, 2)
    return worn


def _grid(page: Pixels) -> tuple[int, int]:
    layout = recognise_page(page, 1)
    (grid,) = find_grids(layout.horizontal, layout.vertical)
    return len(grid.cells), len(grid.columns) - 1


def test_dashed_lines_that_cross_in_low_rows() -> None:
    page = _broken(rendered(Sheet().rows(XS, TOP, ROWS, PITCH)), 12, 18)
    assert figures(read_picture(png(page))) == [row[1:] for row in ROWS[1:]]


def test_dots_of_a_pixel() -> None:
    page = np.full((1000, 1654), 255, np.uint8)
    for y in range(200, 601, 100):
        page[y, 100:1500:5] = 0
    for x in (100, 400, 700, 1000, 1300, 1499):
        page[200:600:6, x] = 0
    layout = recognise_page(page, 1, as_given=True)
    (grid,) = find_grids(layout.horizontal, layout.vertical)
    assert len(grid.cells) == 20


def test_shadow_of_a_fold_close_to_a_line() -> None:
    page = rendered(Sheet().rows(XS, TOP, ROWS, PITCH)).astype(np.float64)
    at = np.arange(page.shape[1])[None, :] - XS[1] * 200 / 72 + np.linspace(14, 2, page.shape[0])[:, None]
    folded = np.asarray(page * (1 - 0.3 * np.exp(-((at / 7) ** 2))), np.uint8)
    assert figures(read_picture(png(folded))) == [row[1:] for row in ROWS[1:]]


def test_broad_line_of_a_table_is_no_shadow() -> None:
    page = np.full((1000, 800), 255, np.uint8)
    page[100:900, 300:312] = 0
    assert (ocr_folds.without_folds(page) == page).all()


def _settled(cells: dict[str, ocr_cells.InkCell], page: Pixels, monkeypatch: pytest.MonkeyPatch) -> list[Run]:
    """What cells are read as whose ink the recogniser takes for certain texts."""
    texts = [text.split()[0] for text in cells]
    monkeypatch.setattr(
        ocr_engine.PageReader,
        "recognise",
        lambda _, lines, **__: [Recognised(t, 1.0) for t in texts[-len(lines) :]] if lines else [],
    )
    reader = ocr_engine.PageReader()
    ocr_figures.read_figures(page, list(cells.values()), reader)
    return ocr_settled.settled_cells(page, list(cells.values()), {}, reader)


def _blocks(page: Pixels, lefts: list[int], lean: int = 0) -> ocr_cells.InkCell:
    """A cell of signs like noughts, which lean to the right by so many pixels."""
    for left in lefts:
        corners = [(left + lean, 17), (left + 8 + lean, 17), (left + 8, 37), (left, 37)]
        cv2.polylines(page, [np.array(corners)], True, 0, 2)
    return ocr_cells.InkCell(
        [], (lefts[0] - 30, 0, lefts[-1] + 40, 60), ink=(lefts[0] - 1, 16, lefts[-1] + 10 + lean, 39)
    )


@pytest.mark.parametrize(("lean", "read"), [(0, "/"), (5, "1")])
def test_narrow_slash_beside_digits_that_stand_upright_or_lean(
    lean: int, read: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = np.full((60, 400), 255, np.uint8)
    cells = {f"0 {left}": _blocks(page, [left], lean) for left in (40, 110, 180)}
    cv2.line(page, (305, 16), (301, 36), 0, 2)
    cells["1"] = ocr_cells.InkCell([], (280, 0, 330, 60), ink=(300, 15, 307, 38))
    assert [run.text for run in _settled(cells, page, monkeypatch)] == ["0", "0", "0", read]


def test_figure_with_room_for_a_lost_point_is_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    page = np.full((60, 600), 255, np.uint8)
    cells = {"3064": _blocks(page, [40, 54, 68, 82]), "3065": _blocks(page, [240, 254, 275, 289])}
    whole, apart = _settled(cells, page, monkeypatch)
    assert whole.confidence > 0.9 > apart.confidence


def _stroke(page: Pixels, left: int, top: int, leans: int) -> ocr_cells.InkCell:
    """A cell from `top` on, 60 pixels high and 70 wide, with a stroke in it that leans by so many pixels."""
    cv2.line(page, (left + leans, top + 16), (left, top + 36), 0, 2)
    return ocr_cells.InkCell([], (270, top, 340, top + 60), ink=(left - 1, top + 15, left + leans + 2, top + 38))


def test_stroke_that_hardly_leans_beside_straight_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    page = np.full((60, 400), 255, np.uint8)
    cells = {f"0 {left}": _blocks(page, [left]) for left in (40, 110, 180)}
    cells["1"] = _stroke(page, 301, 0, 3)
    assert [run.text for run in _settled(cells, page, monkeypatch)][-1] == "/"


@pytest.mark.parametrize(("left", "certain"), [(273, False), (305, True)])
def test_one_at_a_wall_is_doubted_where_others_are_slashes(
    left: int, certain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = np.full((130, 400), 255, np.uint8)
    cells = {f"0 {left}": _blocks(page, [left]) for left in (40, 110, 180)}
    cells["/"], cells["1"] = _stroke(page, 301, 65, 8), _stroke(page, left, 0, 0)
    *_, slash, one = _settled(cells, page, monkeypatch)
    assert (slash.text, one.text, one.confidence > 0.8) == ("/", "1", certain)


@pytest.mark.parametrize(("widths", "odd"), [((22, 22, 7, 23), 2), ((22, 23, 21), None), ((8, 8, 8), None)])
def test_flat_speck_among_dashes_is_doubted(
    widths: tuple[int, ...], odd: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = np.full((60, 400), 255, np.uint8)
    cells: dict[str, ocr_cells.InkCell] = {}
    for at, width in enumerate(widths):
        left = 40 + 90 * at
        page[28:31, left : left + width] = 0
        cells[f"— {at}"] = ocr_cells.InkCell([], (left - 30, 0, left + 60, 60), ink=(left, 28, left + width, 31))
    found = [run.confidence > 0.8 for run in _settled(cells, page, monkeypatch)]
    assert found == [at != odd for at in range(len(widths))]


@pytest.mark.parametrize(("widths", "odd"), [((8, 8, 9, 8), []), ((8, 8), [0, 1]), ((5, 5, 5, 5), [0, 1, 2, 3])])
def test_short_hyphens_are_dashes_where_all_are_alike(widths: tuple[int, ...], odd: list[int]) -> None:
    found = ocr_dashes.odd_ones(list(widths), 23.0)
    assert [number for number, is_odd in enumerate(found) if is_odd] == odd


def test_stroke_with_a_speck_above_is_no_certain_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    page = np.full((130, 400), 255, np.uint8)
    stroke = _stroke(page, 305, 65, 0)
    page[70:74, 303:307] = 0
    stroke.ink = (303, 70, 308, 103)
    monkeypatch.setattr(
        ocr_engine.PageReader, "recognise", lambda _, lines, **__: [Recognised("i", 0.99) for _line in lines]
    )
    reader, seen = ocr_engine.PageReader(), Run("1", 110.0, 27.0, 112.0, 37.0, 37.0, 0, 0.99)
    stroke.lines = [7]
    ocr_figures.read_figures(page, [stroke], reader)
    (run,) = ocr_settled.settled_cells(page, [stroke], {7: seen}, reader)
    assert (run.text, run.confidence < 0.8) == ("1", True)
