"""Scans as strangers hand them in: photographed, bent, sideways, sealed, full of specks, with faint or dotted lines."""

from __future__ import annotations

import io
import time

import pytest

from loaders.reading.scan import ocr_engine

if not ocr_engine.is_available():
    pytest.skip("the extra `ocr` is not installed", allow_module_level=True)

import cv2
import numpy as np
from PIL import Image

from loaders.document import Paragraph, Table
from loaders.reading.printed.grids import Grid, GridCell
from loaders.reading.printed.page_model import Run
from loaders.reading.scan import ocr_cells, ocr_figures, ocr_image, ocr_lines, ocr_settled
from loaders.reading.scan.ocr import read_picture, recognise_page
from loaders.reading.scan.ocr_engine import Recognised
from tests.pdf_files import Sheet
from tests.scanned_pages import FIGURES, XS, Pixels, figures, png, rendered, sheet, table


def _wall(x: float) -> slice:
    """The columns of pixels in which an upright line stands."""
    return slice(round(x * 200 / 72) - 3, round(x * 200 / 72) + 4)


def test_hairline_that_runs_from_line_to_line_divides_cells() -> None:
    page = rendered(sheet()).copy()
    part = page[282:541, _wall(410)]
    part[:] = np.where(part < 200, 165, part)
    assert figures(read_picture(png(page))) == FIGURES


def test_dotted_lines_divide_cells() -> None:
    page = rendered(sheet()).copy()
    for x in XS[1:-1]:
        part = page[282:541, _wall(x)]
        part[np.arange(len(part)) % 4 > 0] = 255
    for row in (1, 2, 3):
        at = round((100 + 24 * row) * 200 / 72)
        part = page[at - 2 : at + 3, 170:1302]
        part[:, np.arange(part.shape[1]) % 4 > 0] = 255
    assert figures(read_picture(png(page))) == FIGURES


def test_photograph_whose_sides_run_together() -> None:
    page = rendered(sheet())
    high, wide = page.shape
    corners = [(0.06 * wide, 0.02 * high), (0.97 * wide, 0), (wide, high), (0, 0.93 * high)]
    edges = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    matrix = cv2.getPerspectiveTransform(edges, np.array(corners, np.float32))
    photograph = np.asarray(cv2.warpPerspective(page, matrix, (wide, high), borderValue=90), np.uint8)
    document = read_picture(png(photograph))
    assert figures(document) == FIGURES
    box = next(cell.place.box for cell in table(document).cells if cell.text == "305")
    assert box is not None
    x, y = 380 * 200 / 72, 160 * 200 / 72  # where the middle of that cell was on paper
    seen = matrix @ (x, y, 1.0)
    assert box[0] < seen[0] / seen[2] < box[2]
    assert box[1] < seen[1] / seen[2] < box[3]


def test_page_that_is_bent() -> None:
    page = rendered(sheet())
    high, wide = page.shape
    xs, ys = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(high, dtype=np.float32))
    bent = cv2.remap(page, xs, ys + 26 * np.sin(xs / wide * np.pi * 2).astype(np.float32), cv2.INTER_LINEAR)
    assert figures(read_picture(png(np.asarray(bent, np.uint8)))) == FIGURES


def test_specks_below_a_figure_are_not_read_as_the_figure_once_more() -> None:
    clean = np.full((300, 400), 255, np.uint8)
    clean[40:62, 60:100] = 0
    clean[67:80:3, 50:120:5] = 0
    grid = Grid([14.4, 144.0], [7.2, 108.0], [GridCell(0, 0, 1, 1, (14.4, 7.2, 144.0, 108.0))], [[0]])
    figure = np.array([(54, 30), (106, 30), (106, 66), (54, 66)], np.float32)
    for box in ocr_lines.overlooked_lines(clean, [figure], [grid]):
        assert box[:, 1].min() >= 66


def test_two_figures_in_one_cell_are_doubtful() -> None:
    xs, top = (60, 230, 320, 410, 500), 100
    page = Sheet().grid(xs, (100, 124, 172, 196))
    words = (("第一项", "自然人", "商业企业", "其他"), ("重复申请", "598", "36", "28"), ("", "829", "42", "16"))
    page.words(xs, top, (*words, ("其他处理", "7", "12", "305")), 24)
    cells = {cell.text: cell.confidence for cell in table(read_picture(png(rendered(page)))).cells}
    joined = [confidence for text, confidence in cells.items() if "598" in text or "42" in text]
    assert joined
    assert max(joined) < 0.8
    assert cells["305"] > 0.8


def test_a_unit_below_its_figure_is_no_second_figure() -> None:
    page = np.full((100, 200), 255, np.uint8)
    cell = ocr_cells.InkCell([0, 1], (0, 0, 200, 100), ink=(60, 10, 140, 80))
    lines = {0: Run("104", 22, 4, 50, 14, 14, 0, 1.0), 1: Run("(件)", 22, 18, 50, 28, 28, 1, 1.0)}
    assert [run.confidence for run in ocr_settled.settled_cells(page, [cell], lines, ocr_engine.PageReader())] == [
        1.0,
        1.0,
    ]
    lines[1] = Run("7", 22, 18, 50, 28, 28, 1, 1.0)
    assert max(run.confidence for run in ocr_settled.settled_cells(page, [cell], lines, ocr_engine.PageReader())) < 0.8


def test_a_full_stop_alone_in_a_cell_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    recognise = ocr_engine.recognise

    def full_stop_for_28(lines: list[Pixels], *, figures: bool = False) -> list[Recognised]:
        return [Recognised("。", 0.9) if read.text == "28" else read for read in recognise(lines, figures=figures)]

    monkeypatch.setattr(ocr_engine, "recognise", full_stop_for_28)
    runs = recognise_page(rendered(sheet()), 1).runs
    assert "305" in {run.text for run in runs}
    assert all(run.text for run in runs)


def test_ring_of_a_grey_seal_is_no_line_of_the_table() -> None:
    page = Sheet().grid((60, 220, 370, 520), [100 + 32 * number for number in range(9)])
    rows = [("行政处罚", "468", "3289"), ("行政强制", "389", "291")] * 4
    page.words((60, 270, 470), 106, rows, 32)
    paper = rendered(page)
    ink = np.zeros_like(paper)
    cv2.circle(ink, (825, 620), 165, 255, 5, cv2.LINE_AA)
    cv2.circle(ink, (825, 620), 40, 255, -1, cv2.LINE_AA)
    found = figures(read_picture(png((paper * (1 - 0.58 * (ink / 255.0))).astype(np.uint8))))
    assert [len(row) for row in found] == [2] * 7
    assert {row[1] for row in found} == {"3289", "291"}


def test_all_pages_of_a_tiff() -> None:
    first = Image.fromarray(rendered(sheet()))
    second = Image.fromarray(rendered(Sheet().text("附：情况说明如下", 80, 80, 14)))
    buffer = io.BytesIO()
    first.save(buffer, "TIFF", save_all=True, append_images=[second])
    document = read_picture(buffer.getvalue())
    assert figures(document) == FIGURES
    (last,) = (block for block in document.blocks if isinstance(block, Paragraph) and block.text == "附：情况说明如下")
    assert last.place.page == 2


def test_strips_and_specks_of_pictures_are_left_in_no_time() -> None:
    started = time.process_time()
    for shape in ((3, 5000), (12000, 40), (1, 1)):
        assert not [
            block for block in read_picture(png(np.full(shape, 255, np.uint8))).blocks if isinstance(block, Table)
        ]
    assert time.process_time() - started < 15


def test_remains_of_a_line_beside_a_figure_are_no_one() -> None:
    cell = np.full((40, 200), 255, np.uint8)
    cell[8:30, 60:72] = 0
    cell[2:36, 190:193] = 0
    assert ocr_image.ink_box(cell, 0, 0, 200, 40) == (60, 8, 72, 30)


def test_ink_beyond_what_the_detector_saw_is_read_twice() -> None:
    run = Run("231", 20, 3, 66, 11, 11, 0, 0.99)
    cell = ocr_cells.InkCell([0], (0, 0, 200, 40), (54.0, 92.0), (60, 8, 186, 30), by_ink=run)
    assert not cell.is_certain
    cell.reach = (54.0, 192.0)
    assert cell.is_certain


def test_a_stroke_that_leans_a_little_may_be_a_slash_however_often_it_is_read_as_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr_engine, "recognise", lambda lines, **_: [Recognised("1", 1.0)] * len(lines))
    page = np.full((60, 200), 255, np.uint8)
    cv2.line(page, (103, 16), (99, 38), 0, 2)
    cell = ocr_cells.InkCell([0], (0, 0, 200, 60), (96.0, 107.0), (97, 15, 105, 40))
    ocr_figures.read_figures(page, [cell], ocr_engine.PageReader())
    (settled,) = ocr_settled.settled_cells(
        page, [cell], {0: Run("1", 34, 5, 39, 14, 14, 0, 1.0)}, ocr_engine.PageReader()
    )
    assert settled.confidence < 0.8
    assert "/" in settled.other_readings


def test_one_above_the_remains_of_a_line_is_no_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_engine, "recognise", lambda lines, **_: [Recognised("1", 1.0)] * len(lines))
    cell = np.full((60, 200), 255, np.uint8)
    cell[10:32, 180:184] = 0
    cell[50:57, 4:24] = 0
    found = ocr_figures.look(cell, (0, 0, 72, 21.6))
    assert found is not None
    assert found.text == "1"


def test_streak_of_a_scanner_is_no_line_of_the_table() -> None:
    page = rendered(sheet()).copy()
    page[:, 590:593] = 40
    assert figures(read_picture(png(page))) == FIGURES


def test_fold_along_a_line_leaves_the_line() -> None:
    page = rendered(sheet()).copy()
    fold = page[:, 1137:1140]
    fold[:] = np.minimum(fold, 150)
    assert figures(read_picture(png(page))) == FIGURES


def test_broad_pale_stroke_is_no_hairline() -> None:
    page = Sheet().grid((60, 220, 370, 520), [100 + 32 * number for number in range(9)])
    page.words((60, 270, 470), 106, [("行政处罚", "468", "3289"), ("行政强制", "389", "291")] * 4, 32)
    paper = rendered(page).copy()
    broad = paper[367:633, 1120:1130]  # from line to line, as the edge of a seal may happen to run
    broad[:] = np.minimum(broad, 170)
    assert {len(row) for row in figures(read_picture(png(paper)))} == {2}


def test_bar_that_is_left_of_a_seven_belongs_to_its_figure() -> None:
    cell = np.full((60, 200), 255, np.uint8)
    cell[20:42, 80:120] = 0
    cell[20, 66:75] = 0
    assert ocr_image.ink_box(cell, 0, 0, 200, 60) == (66, 20, 120, 42)


def test_what_digits_leave_behind_makes_a_figure_doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    recognise = ocr_engine.recognise

    def ragged(lines: list[Pixels], *, figures: bool = False) -> list[Recognised]:
        return [
            read._replace(text="305~") if read.text == "305" else read for read in recognise(lines, figures=figures)
        ]

    monkeypatch.setattr(ocr_engine, "recognise", ragged)
    runs = {run.text: run.confidence for run in recognise_page(rendered(sheet()), 1).runs}
    assert runs["305"] < 0.8
    assert runs["28"] > 0.8


def test_figure_of_a_stamp_is_doubted_among_single_digits() -> None:
    rows = [
        ("第一项", "自然人", "企业", "其他", "总计"),
        *[(f"{number}.重复申请", "0", "7", "0", "7") for number in "123"],
    ]
    page = Sheet().rows(XS, 100, [*rows, ("4.其他", "", "0", "3", "3")], 24).text("2021", 235, 216, 19)
    runs = {run.text: run.confidence for run in recognise_page(rendered(page), 1).runs}
    assert runs["2021"] < 0.8 < min(runs["0"], runs["7"])


def test_nought_with_a_dot_in_its_middle() -> None:
    page = rendered(Sheet().rows(XS, 100, [("第一项", "自然人"), ("1.属于国家秘密", "", "7", "12", "16")], 24)).copy()
    cv2.ellipse(page, (700, 377), (6, 9), 0, 0, 360, 20, 3, cv2.LINE_AA)
    page[375:380, 698:703] = 20
    runs = {run.text: run.confidence for run in recognise_page(page, 1).runs}
    assert runs["0"] > 0.9


def _without_line(page: Pixels, left: float, top: float, right: float, bottom: float) -> Pixels:
    """The page without what a scanner lost of a line, in points."""
    worn = page.copy()
    x0, y0, x1, y1 = (round(value * 200 / 72) for value in (left, top, right, bottom))
    worn[y0 - 3 : y1 + 4, x0 - 3 : x1 + 4] = 255
    return worn


FULL = (
    ("第一项", "自然人", "商业企业", "其他", "总计"),
    ("1.属于国家秘密", "10", "7", "25", "42"),
    ("2.重复申请", "12", "31", "305", "348"),
    ("3.其他", "41", "60", "8", "109"),
)


def test_line_that_is_lost_between_two_rows() -> None:
    page = rendered(Sheet().rows(XS, 100, FULL, 24))
    assert figures(read_picture(png(_without_line(page, 62, 148, 468, 148)))) == [row[1:] for row in FULL[1:]]


def test_walls_that_are_lost_beside_figures() -> None:
    page = rendered(Sheet().rows(XS, 100, FULL, 24))
    for wall in ((290, 174, 290, 194), (352, 148, 408, 148), (230, 126, 230, 146)):
        page = _without_line(page, *wall)
    assert figures(read_picture(png(page))) == [row[1:] for row in FULL[1:]]


def test_back_of_the_sheet_that_shines_through_is_not_read() -> None:
    back = Sheet().rows((125, 185, 245, 305, 535), 112, [("0", "16", "7", "没有现成信息需要另行制作")] * 4, 24)
    pale = 255 - (255 - rendered(back)[:, ::-1].astype(int)) // 3
    page = np.minimum(rendered(sheet()), pale).astype(np.uint8)
    assert figures(read_picture(png(page))) == FIGURES


def test_pale_lines_of_the_page_itself_are_read() -> None:
    pale = 255 - (255 - rendered(Sheet().rows(XS, 300, FULL, 24)).astype(int)) // 3
    page = np.minimum(rendered(Sheet().rows(XS, 100, FULL, 24)), pale).astype(np.uint8)
    runs = recognise_page(page, 1).runs
    assert sum(run.text == "348" for run in runs) == 2
