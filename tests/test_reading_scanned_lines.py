"""Ruling lines of scanned tables: lost in part or altogether, under seals, thin as specks, and none between columns."""

from __future__ import annotations

import pytest

from loaders.reading.scan import ocr_engine

if not ocr_engine.is_available():
    pytest.skip("the extra `ocr` is not installed", allow_module_level=True)

import cv2
import numpy as np
from PIL import Image

from loaders.reading.printed.grids import find_grids
from loaders.reading.printed.page_model import Ruling, Run
from loaders.reading.scan import ocr_gaps, ocr_walls
from loaders.reading.scan.ocr import read_picture, recognise_page
from tests.pdf_files import Sheet
from tests.scanned_pages import XS, Pixels, degraded, figures, png, rendered, sheet, table, turned

FULL = (
    ("第一项", "自然人", "商业企业", "其他", "总计"),
    ("1.属于国家秘密", "10", "7", "25", "42"),
    ("2.重复申请", "12", "31", "305", "348"),
    ("3.其他", "41", "60", "8", "109"),
)
LEFT, TOP, PITCH = XS[0], 100, 24


def _page() -> Pixels:
    return rendered(Sheet().rows(XS, TOP, FULL, PITCH))


def _without_line(page: Pixels, left: float, top: float, right: float, bottom: float) -> Pixels:
    """The page without what a scanner lost of a line, in points."""
    worn = page.copy()
    x0, y0, x1, y1 = (round(value * 200 / 72) for value in (left, top, right, bottom))
    worn[y0 - 3 : y1 + 4, x0 - 3 : x1 + 4] = 255
    return worn


def test_line_that_is_lost_between_two_labels() -> None:
    page = _without_line(_page(), LEFT + 2, TOP + 2 * PITCH, XS[1] - 2, TOP + 2 * PITCH)
    cells = table(read_picture(png(page))).cells
    assert [cell.text for cell in cells if cell.column == 0] == [row[0] for row in FULL]


def test_lines_that_are_lost_below_a_header() -> None:
    page = _page()
    for row in (1, 2):
        page = _without_line(page, LEFT + 2, TOP + row * PITCH, XS[-1] - 2, TOP + row * PITCH)
    assert figures(read_picture(png(page))) == [row[1:] for row in FULL[1:]]


def test_wall_of_which_nothing_is_left_in_a_row() -> None:
    xs = (60, 120, 180, 240, 300, 360, 420)
    page = rendered(Sheet().rows(xs, TOP, [("7", "0", "31", "8", "12", "5")] * 2, PITCH))
    page = _without_line(page, 240, TOP + 2, 240, TOP + 2 * PITCH - 2)
    texts = [cell.text for cell in table(read_picture(png(page))).cells if cell.row]
    assert texts == ["7", "0", "31", "8", "12", "5"]


def test_figures_that_their_narrow_cells_broke_are_not_two_rows() -> None:
    xs = tuple(range(60, 60 + 7 * 25, 25))
    page = Sheet().grid(xs, (TOP, TOP + 30))
    for x, (above, below) in zip(
        xs, [("460", "8"), ("809", "1"), ("226", "9"), ("12", ""), ("507", "5")], strict=False
    ):
        page.text(above, x + 5, TOP + 12).text(below, x + 5, TOP + 24)
    cells = table(read_picture(png(rendered(page)))).cells
    assert {cell.row for cell in cells} == {0}
    assert [cell.text for cell in cells][:2] == ["4608", "8091"]
    assert all(cell.confidence < 0.9 for cell in cells[:2])


def test_figures_that_their_narrow_cells_broke_stand_beside_longer_ones_in_wider_cells() -> None:
    xs = (60, 85, 110, 135, 185, 235)
    page = Sheet().grid(xs, (TOP, TOP + 30))
    for x, (above, below) in zip(xs, [("460", "8"), ("809", "1"), ("226", "9")], strict=False):
        page.text(above, x + 5, TOP + 12).text(below, x + 5, TOP + 24)
    page.text("28381", 140, TOP + 14).text("25519", 190, TOP + 14)
    cells = table(read_picture(png(rendered(page)))).cells
    assert {cell.row for cell in cells} == {0}
    assert [cell.text for cell in cells][:3] == ["4608", "8091", "2269"]


def test_figures_that_their_narrow_cells_broke_stand_beside_one_with_its_unit() -> None:
    """A whole figure may be longer than a part of a broken one, if its unit is narrower than digits of full width."""
    xs = [60.0 + 50 * number for number in range(6)]
    level, upright = [Ruling(y, 60, 310) for y in (100, 134)], [Ruling(x, 100, 134) for x in xs]
    parts = [("3260", "7"), ("3710", "6"), ("2764", "76"), ("", "73987(件)"), ("", "(七)总计")]
    runs = [
        Run(text, x + 4, top, x + (45 if len(text) > 4 else 42 if len(text) > 2 else 14), top + 11, top + 11, 0)
        for x, stack in zip(xs, parts, strict=False)
        for top, text in zip((104.0, 119.0), stack, strict=True)
        if text
    ]
    assert ocr_walls.lost_walls(find_grids(level, upright), runs) == ([], [])


def test_hairlines_of_a_page_full_of_specks() -> None:
    dithered = Image.fromarray(np.minimum(rendered(sheet()), 240)).convert("1").convert("L")
    page = recognise_page(np.asarray(dithered, np.uint8), 1)
    (grid,) = find_grids(page.horizontal, page.vertical)
    assert len(grid.cells) == 20


def test_between_close_lines_nothing_is_seen_that_is_not_there() -> None:
    page = Sheet()
    for row, words in enumerate(FULL[1:] * 2):
        for x, text in zip(XS, words, strict=False):
            page.text(text, x + 4, TOP + 12 + 13 * row, 12)
    for row in range(7):
        page.line(XS[0], TOP + 13 * row + 1, XS[-1], TOP + 13 * row + 1)
    found = recognise_page(rendered(page), 1)
    assert not found.vertical
    assert sorted(run.text for run in found.runs) == sorted(text for row in FULL[1:] * 2 for text in row)


def test_red_seal_in_a_shadow_leaves_no_line() -> None:
    page = np.repeat(_page()[:, :, None], 3, axis=2)
    ring = np.zeros(page.shape[:2], np.uint8)
    cv2.circle(ring, (960, 420), 150, 255, 9)
    page[ring > 0] = np.minimum(page[ring > 0], (200, 30, 40))
    light = 1 - 0.78 / (1 + np.exp((650 - np.arange(page.shape[1])) / 25))
    shaded = (page * light[None, :, None] * (1.0, 0.97, 0.9)).astype(np.uint8)
    assert figures(read_picture(png(shaded))) == [row[1:] for row in FULL[1:]]


def test_words_of_columns_without_lines_that_the_detector_ran_together() -> None:
    figures = ("3610", "120", "1395", "1924", "7049", "2666", "605", "3930")
    page = Sheet().text("(四)无", 60, 100).text("2.没有现成信息需要另行制作", 96, 100)
    for number, figure in enumerate(figures):
        page.text(figure, 60 + 30 * number, 120).text("结果", 60 + 30 * number, 140)
    texts = [run.text for run in recognise_page(rendered(page), 1).runs]
    assert texts == ["(四)无", "2.没有现成信息需要另行制作", *figures, *["结果"] * 8]


@pytest.mark.parametrize(("within", "parts"), [(3, 2), (7, 1)])
def test_gap_that_stands_out_parts_two_figures_though_it_is_narrow(within: int, parts: int) -> None:
    strip, starts, at = np.full((43, 240), 255, np.uint8), [], 10
    for number in range(7):
        strip[8:35, at : at + 15] = 0
        starts.append(at)
        at += 15 + (14 if number == 2 else within)
    strip = strip[:, : at + 5]
    width = strip.shape[1]
    box = np.array([(0, 0), (width, 0), (width, 43), (0, 43)], np.float32)
    read = ocr_engine.Recognised("2453477", 0.9, (), tuple(start / width for start in starts))
    assert len(ocr_gaps.words(strip, box, read)) == parts


def test_digits_of_full_width_in_columns_without_lines_are_one_figure() -> None:
    rows = [("甲", "8", "１１", "19", "6"), ("乙", "0", "7", "１２", "3"), ("丙", "31", "5", "2", "１")]
    page = Sheet()
    for number, row in enumerate(rows):
        for x, text in zip((60, 200, 250, 300, 350), row, strict=True):
            page.text(text, x, 100 + 20 * number)
    texts = [run.text for run in sorted(recognise_page(rendered(page), 1).runs, key=lambda run: run.left)]
    assert sorted(texts[3:]) == sorted(("8", "11", "19", "6", "0", "7", "12", "3", "31", "5", "2", "1"))


def test_strokes_in_columns_without_lines_are_told_apart() -> None:
    page = Sheet()
    for number, row in enumerate(("10/10", "2/507", "0/010", "17030", "00/00", "51040")):
        for x, mark in zip((60, *range(230, 480, 50)), ("其他法律行政法规", *row), strict=True):
            page.text(mark, x, 110 + 24 * number, 12)
    runs = recognise_page(degraded(rendered(page, 150)), 1, 595).runs
    strokes = {
        (round((run.left - 230) / 50), round((run.middle - 105) / 24)): run.text for run in runs if run.text in "1/"
    }
    ones, slashes = {(0, 0), (3, 0), (3, 2), (0, 3), (1, 5)}, {(2, 0), (1, 1), (1, 2), (2, 4)}
    assert strokes == dict.fromkeys(ones, "1") | dict.fromkeys(slashes, "/")


def test_letters_below_each_other_in_close_rows_are_no_line() -> None:
    xs, rows = (60, 220, 360, 500), [(f"{number}.申请答复数", "件", str(3 * number)) for number in range(1, 25)]
    page = Sheet().grid(xs, [TOP + 12.9 * row for row in range(25)])
    for number, row in enumerate(rows, start=1):
        for x, text in zip(xs, row, strict=False):
            page.text(text, x + 4, TOP + 12.9 * number - 2.4, 11.5)
    cells = table(read_picture(png(rendered(page)))).cells
    assert [(cell.row, cell.text) for cell in cells if cell.column == 1] == [(row, "件") for row in range(24)]
    assert [cell.text for cell in cells if cell.column == 2] == [row[2] for row in rows]


@pytest.mark.parametrize("wide", [(9, 9), (24, 24), (10, 40)])
def test_dark_strips_beside_the_paper_are_no_figures(wide: tuple[int, int]) -> None:
    rows = [
        ("甲", "乙", "丙", "丁", "戊"),
        ("1.属于国家秘密", "10", "", "25", "4"),
        ("2.重复申请", "12", "31", "", "8"),
    ]
    page = turned(rendered(Sheet().words(XS, 110, rows[:1] + rows[1:] * 6, 20)), 1.4)
    height = page.shape[0]
    cv2.fillPoly(page, [np.array([(0, 0), (wide[0], 0), (wide[1], height), (0, height)], np.int32)], 50)
    found = recognise_page(page, 1, 595)
    assert not found.vertical and all(run.left > 40 for run in found.runs)


def test_text_is_not_cut_at_its_punctuation() -> None:
    line = "全年收到申请 16 件，其中：（一）网络 9 件；（二）信函 7 件。"
    runs = recognise_page(rendered(Sheet().text(line, 60, 100)), 1).runs
    assert len(runs) == 1


def test_pattern_of_a_photographed_screen_has_no_lines() -> None:
    page = rendered(Sheet().text("二、主动公开政府信息情况", 80, 70, 14).rows(XS, TOP, FULL, PITCH))
    down, across = np.arange(page.shape[0])[:, None], np.arange(page.shape[1])[None, :]
    waves = 1 - 0.05 * (2 + np.sin(0.45 * across) + np.sin(0.4635 * down))
    grain = np.random.default_rng(1).normal(0, 4, page.shape)
    found = recognise_page(np.clip(page * waves + grain, 0, 255).astype(np.uint8), 1)
    assert len(found.vertical) == len(XS)


def test_slanting_stripes_of_light_do_not_bend_the_page() -> None:
    page = _page()
    down, across = np.arange(page.shape[0])[:, None], np.arange(page.shape[1])[None, :]
    striped = page * (1 + 0.07 * np.sin(0.4 * (down + 0.035 * across)))
    assert figures(read_picture(png(np.clip(striped, 0, 255).astype(np.uint8)))) == [row[1:] for row in FULL[1:]]


def test_picture_cut_along_the_frame_of_its_table() -> None:
    left, top, right, bottom = (round(value * 200 / 72) for value in (LEFT, TOP, XS[-1], TOP + 4 * PITCH))
    inside = np.ascontiguousarray(_page()[top + 4 : bottom - 3, left + 4 : right - 3])
    found = recognise_page(inside, 1, as_given=True)
    (grid,) = find_grids(found.horizontal, found.vertical)
    assert (len(grid.rows), len(grid.columns)) == (len(FULL) + 1, len(XS))


def test_ink_that_its_cell_lost_to_the_line_beside_it_is_doubted() -> None:
    page = rendered(Sheet().rows(XS, TOP, [(row[0], "8", *row[2:]) for row in FULL], PITCH)).copy()
    wall = round(XS[1] * 200 / 72) - 2
    for number in range(1, len(FULL)):
        top, bottom = (round((TOP + PITCH * number + down) * 200 / 72) for down in (3, 21))
        cell = page[top:bottom, wall + 8 : wall + 40].copy()
        inked = np.nonzero((cell < 200).any(axis=0))[0]
        eight = cell[:, inked[0] : inked[-1] + 1]
        page[top:bottom, wall + 8 : wall + 40] = 255
        place = np.s_[top:bottom, wall : wall + eight.shape[1]]
        page[place] = np.minimum(page[place], eight)
    column = [cell for cell in table(read_picture(png(page))).cells if cell.column == 1 and cell.row]
    assert all(cell.text == "8" or cell.confidence < 0.8 for cell in column)
    assert all("8" in (cell.text, *cell.other_readings) for cell in column)


def test_figures_side_by_side_for_want_of_a_line_do_not_part_the_row_that_they_stand_in() -> None:
    """Beside figures that two narrow cells broke they would be a third one that holds two, one for each row."""
    xs = (60, 230, 290, 350, 410, 470, 530)
    rows = (
        ("第一项", "甲", "乙", "丙", "丁", "戊"),
        ("1.属于国家秘密", "10", "36", "28", "25", "104"),
        ("2.其他法律行政法规", "1016", "761", "1400", "2,88", "1163"),
        ("3.重复申请", "12", "31", "7", "14", "208"),
    )
    edges = [100, 126, 152, 192, 218]
    page = Sheet()
    for edge in edges:
        page.line(xs[0], edge, xs[-1], edge)
    for x in xs:
        page.line(x, edges[0], x, edges[2]).line(x, edges[3], x, edges[4])
        if x != xs[3]:
            page.line(x, edges[2], x, edges[3])
    for top, row in zip((117, 143, 166, 209), rows, strict=True):
        for x, text in zip(xs, row, strict=False):
            page.text(text, x + 6, 175 if row[0][0] == "2" and x in xs[1:4] else top)
    for x, text in ((xs[0], "禁止公开"), (xs[4], "2"), (xs[5], "9")):
        page.text(text, x + 6, 180)
    cells = table(read_picture(png(rendered(page)))).cells
    assert not any(cell.text in ("2,88", "1163") and cell.confidence > 0.6 for cell in cells)


def test_line_of_a_pen_close_to_one_of_the_table_parts_no_row() -> None:
    page = rendered(Sheet().rows(XS, TOP, FULL, 40)).copy()
    y = round((TOP + 2 * 40 + 8) * 200 / 72)
    page[y : y + 3, round((XS[2] + 12) * 200 / 72) : round((XS[4] + 12) * 200 / 72)] = 60
    assert figures(read_picture(png(page))) == [row[1:] for row in FULL[1:]]
