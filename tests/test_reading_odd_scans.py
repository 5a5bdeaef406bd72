"""Scans with what strangers add to a page: sheets on a desk, seals in pieces, figures over walls, worn type."""

from __future__ import annotations

import pytest

from loaders.reading.scan import (
    ocr_cells,
    ocr_doubts,
    ocr_engine,
    ocr_figures,
    ocr_lean,
    ocr_nothing,
    ocr_rules,
    ocr_seals,
    ocr_settled,
)

if not ocr_engine.is_available():
    pytest.skip("the extra `ocr` is not installed", allow_module_level=True)

import cv2
import numpy as np

from loaders.document import Table
from loaders.reading.printed.grids import Grid, find_grids
from loaders.reading.printed.page_model import Ruling, Run
from loaders.reading.scan.ocr import read_picture
from tests.pdf_files import Sheet
from tests.scanned_pages import FIGURES, ROWS, XS, Pixels, figures, png, rendered, sheet, turned

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


def _run(text: str, row: int, column: int, confidence: float = 0.99, others: tuple[str, ...] = ()) -> Run:
    left, top = 60.0 + 60 * column, 100.0 + 20 * row
    return Run(text, left + 5, top + 4, left + 25, top + 16, top + 16, 0, confidence, other_readings=others)


def _grid(rows: int, columns: int) -> list[Grid]:
    level = [Ruling(100.0 + 20 * row, 60, 60.0 + 60 * columns) for row in range(rows + 1)]
    upright = [Ruling(60.0 + 60 * column, 100, 100.0 + 20 * rows) for column in range(columns + 1)]
    return find_grids(level, upright)


def _read_with(worn: list[Run]) -> list[Run]:
    """Worn texts of a table, and the others of it."""
    sound = [_run("305", row, column) for row in range(8) for column in range(4)][len(worn) :]
    return ocr_doubts.with_doubts(worn + sound, _grid(8, 4))


@pytest.mark.parametrize(("worn", "text", "most"), [(2, "305", 0.99), (6, "305", 0.75), (16, "□", 0.0)])
def test_figures_of_a_table_that_is_barely_legible(worn: int, text: str, most: float) -> None:
    runs = _read_with([_run("8", row, column, 0.4) for row in range(8) for column in range(4)][:worn])
    assert (runs[-1].text, runs[-1].confidence) == (text, most)


def test_one_may_be_a_four_where_noughts_are_broken() -> None:
    noughts = [_run("0", row, 0, 0.7, ("0)", "(")) for row in range(5)]
    *_, before, one = ocr_doubts.with_doubts([*noughts, _run("25", 6, 0), _run("12", 6, 1)], _grid(8, 4))
    assert (before.confidence, one.confidence, one.other_readings) == (0.99, 0.75, ("42", "72"))


def test_lone_brackets_are_no_broken_noughts() -> None:
    brackets = [_run(text, row, 0) for row, text in enumerate("()()()")]
    *_, one = ocr_doubts.with_doubts([*brackets, _run("12", 6, 1)], _grid(8, 4))
    assert one.confidence == 0.99


def test_page_without_long_lines_of_text_is_levelled_by_its_lines() -> None:
    page = Sheet().grid(XS, [100 + 24 * row for row in range(20)])
    for row in range(19):
        page.text("305", XS[1] + 8, 116 + 24 * row, 9)
    crooked = turned(rendered(page), -2.0)
    no_text = np.zeros((0, 4, 2), np.float32)
    slanting = np.array([[(100, 100), (330, 108), (330, 128), (100, 120)]], np.float32)
    assert [abs(ocr_lean.lean(crooked, quads) - 2.0) < 0.2 for quads in (no_text, slanting)] == [True, True]


def test_figure_on_whose_first_digit_a_wall_stands_is_doubted() -> None:
    clean = np.full((400, 600), 255, np.uint8)
    for left in (167, 190, 213, 236):
        clean[160:184, left : left + 14] = 0
    boxes = [
        np.array([(left, 155), (right, 155), (right, 190), (left, 190)], np.float32)
        for left, right in ((140, 152), (152, 255))
    ]
    places = [70 / DOTS, 152 / DOTS, 260 / DOTS]
    grid = find_grids([Ruling(at, places[0], places[2]) for at in (50, 80)], [Ruling(at, 50, 80) for at in places])
    nothing = np.zeros_like(clean)
    cells, _ = ocr_cells.cells_with_ink(clean, clean, nothing, grid, boxes)
    whole, _ = ocr_cells.cells_with_ink(clean, clean, nothing, grid, boxes[1:])
    assert ([each.is_cut for each in cells], [each.is_cut for each in whole]) == ([False, True], [False, False])


def test_noughts_in_pieces_tell_lost_lines() -> None:
    cell = ocr_cells.InkCell([0, 1], (0, 0, 100, 100), ink=(10, 10, 40, 90))
    lines = {0: _run("()", 0, 0), 1: _run("42", 1, 0)}
    runs = ocr_settled.settled_cells(np.full((200, 200), 255, np.uint8), [cell], lines, ocr_engine.PageReader())
    assert [run.text for run in runs] == ["0", "42"]


def test_one_with_a_piece_before_it_may_be_a_four() -> None:
    one = ocr_doubts.with_doubts([_run("1", 1, 1, 0.94, (".1",))], _grid(8, 4))[0]
    assert (one.confidence, one.other_readings) == (0.75, (".1", "4", "7"))


def test_digit_much_lower_than_others_is_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_engine, "recognise", lambda lines, **_: [ocr_engine.Recognised("17", 1.0)] * len(lines))
    found = []
    for top in (60, 72):
        page = np.full((200, 200), 255, np.uint8)
        page[top:82, 60:64] = page[60:82, 72:84] = 0
        cell = ocr_cells.InkCell([], (20, 20, 180, 180), ink=(60, 60, 84, 82))
        reader = ocr_engine.PageReader()
        ocr_figures.read_figures(page, [cell], reader)
        found += [run.confidence for run in ocr_settled.settled_cells(page, [cell], {}, reader)]
    assert found == [0.97, 0.75]


def test_dashes_of_a_blurred_scan_are_lines() -> None:
    page = rendered(Sheet().rows(XS, 100, ROWS, 24)).copy()
    page[:] = 255
    for row in range(len(ROWS) + 1):
        at = round((100 + 24 * row) * DOTS)
        for start in range(round(XS[0] * DOTS), round(XS[-1] * DOTS), 20):
            page[at - 3 : at + 4, start : start + 12] = 60
    for x in XS:
        for start in range(round(100 * DOTS), round((100 + 24 * len(ROWS)) * DOTS), 20):
            page[start : start + 12, round(x * DOTS) - 3 : round(x * DOTS) + 4] = 60
    rules = ocr_rules.find_rules(page)
    assert (len(rules.horizontal), len(rules.vertical)) == (5, 6)


def test_eights_may_be_noughts_where_these_have_dots() -> None:
    dotted = [_run("7080", row, 0, 0.9, ("7880",)) for row in range(4)]
    found = ocr_doubts.with_doubts([*dotted, _run("34882", 5, 0), _run("25", 6, 0)], _grid(8, 4))
    *_, eights, none = found
    assert (eights.confidence, set(eights.other_readings)) == (0.75, {"34082", "34802", "34002"})
    assert none.confidence == 0.99


@pytest.mark.parametrize(("beside", "texts"), [("C", ["149"]), ("2", ["□"]), ("其他", ["149", "其他"])])
def test_strokes_of_a_seal_beside_a_figure_make_no_text(beside: str, texts: list[str]) -> None:
    cell = ocr_cells.InkCell([0, 1], (0, 0, 100, 100), ink=(10, 10, 40, 90), covered=True)
    lines = {0: _run("149", 0, 0, 0.9), 1: _run(beside, 1, 0, 0.5)}
    runs = ocr_settled.settled_cells(np.full((200, 200), 255, np.uint8), [cell], lines, ocr_engine.PageReader())
    assert [run.text for run in runs] == texts


@pytest.mark.parametrize(("said", "told"), [(3, "无"), (2, "尤")])
def test_character_like_the_word_for_nothing_is_that_where_others_are(said: int, told: str) -> None:
    runs = [_run(text, 0, column) for column, text in enumerate(["无"] * said + ["3", "尤"])]
    *_, digit, last = ocr_nothing.with_nothing_told(runs)
    assert (digit.text, last.text, last.confidence >= 0.8) == ("3", told, True)
