"""Scans of copies and photographs: broken lines, dust, folds in pieces, dashes like lines, pages in a dark scheme."""

from __future__ import annotations

import pytest

from loaders.reading.scan import ocr_back, ocr_cells, ocr_engine, ocr_figures, ocr_lines, ocr_rules, ocr_settled

if not ocr_engine.is_available():
    pytest.skip("the extra `ocr` is not installed", allow_module_level=True)

import cv2
import numpy as np

from loaders.reading.printed.page_model import Run
from loaders.reading.scan.ocr import read_picture, recognise_page
from loaders.reading.scan.ocr_engine import Recognised
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


def test_short_dashes_in_the_cells_of_a_dusty_page() -> None:
    page = rendered(_table([("", "", "25", ""), ("", "31", "", "348"), ("41", "", "", "")])).copy()
    for row, column in ((0, 0), (0, 1), (0, 3), (1, 0), (1, 2), (2, 1), (2, 2), (2, 3)):
        x, y = (round(at * DOTS) for at in ((XS[column + 1] + XS[column + 2]) / 2, TOP + PITCH * (row + 1.5)))
        page[y : y + 3, x : x + 6] = 0
    for number in range(30):
        x, y = 120 + 47 * (number % 17), 620 + 37 * number
        page[y : y + 3, x : x + 4] = 40
    assert _read(page) == [("—", "—", "25", "—"), ("—", "31", "—", "348"), ("41", "—", "—", "—")]


def test_lines_so_faint_that_paper_shows_more() -> None:
    page = rendered(_table(FILLED)).astype(float)
    lines = [np.s_[:, round(x * DOTS) - 3 : round(x * DOTS) + 4] for x in XS]
    lines += [np.s_[round(y * DOTS) - 3 : round(y * DOTS) + 4, :] for y in range(TOP, TOP + PITCH * 5, PITCH)]
    for line in lines:
        page[line] = np.maximum(page[line], 217)
    grain = np.random.default_rng(5).normal(0, 2, page.shape)
    found = recognise_page(np.clip(page - 4 + grain, 0, 255).astype(np.uint8), 1)
    assert (len(found.vertical), len(found.horizontal)) == (len(XS), 5)


def test_wall_in_line_with_letters_above_and_below_it() -> None:
    page = rendered(Sheet().rows(XS, TOP, [ROWS[0], (ROWS[1][0], *FILLED[0])], PITCH)).copy()
    wall, top, bottom = (round(at * DOTS) for at in (XS[2], TOP, TOP + 2 * PITCH))
    for start in (top - 66, bottom + 10):
        page[start : start + 56, wall - 1 : wall + 2] = 0
        for y in range(start, start + 56, 6):
            page[y : y + 4, wall - 14 : wall + 15] = 0
    walls = [round(line.at) for line in ocr_rules.find_rules(page).vertical if line.end - line.start > PITCH]
    assert sorted(walls) == [round(x) for x in XS]


@pytest.mark.parametrize("walled", [True, False])
def test_walls_of_a_lone_row_above_bold_letters_side_by_side(walled: bool) -> None:
    xs = range(100, 801, 100)
    page = np.full((700, 1000), 255, np.uint8)
    for y in (50, 117):
        page[y : y + 5, xs[0] : xs[-1] + 5] = 0
    for x in xs if walled else xs[3:4]:
        page[50:122, x : x + 5] = 0
    for y in range(250, 650, 50):
        page[y : y + 5, 300:420] = 0
    rules = ocr_rules.find_rules(page)
    assert [round(line.at * DOTS / 100) for line in rules.vertical] == ([x // 100 for x in xs] if walled else [])


@pytest.mark.parametrize("long", [9, 30])
def test_dashes_that_end_at_the_wall_of_their_cell(long: int) -> None:
    page = rendered(_table([("10", "", "25", "42"), ("12", "31", "", "348"), ("41", "60", "8", "109")])).copy()
    for row, column in ((1, 2), (2, 3)):
        wall, middle = round(XS[column + 1] * DOTS), round((TOP + PITCH * (row + 0.5)) * DOTS)
        page[middle : middle + 3, wall - long : wall] = 0
    assert _read(page)[:2] == [("10", "—", "25", "42"), ("12", "31", "—", "348")]


def test_slashes_that_lean_are_believed_though_the_recogniser_hesitates(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Recognised("/", 0.75, ("/", "1"))
    monkeypatch.setattr(ocr_engine, "recognise", lambda lines, **_: [reading] * len(lines))
    page = np.full((60, 200), 255, np.uint8)
    cv2.line(page, (106, 14), (94, 38), 0, 2)
    cell, seen = ocr_cells.InkCell([0], (0, 0, 200, 60), (92.0, 109.0), (93, 13, 108, 40)), ocr_engine.PageReader()
    ocr_figures.read_figures(page, [cell], seen)
    line = Run("/", 34, 5, 39, 14, 14, 0, 0.75, other_readings=("1",))
    (settled,) = ocr_settled.settled_cells(page, [cell], {0: line}, seen)
    assert (settled.text, settled.other_readings) == ("/", ())
    assert settled.confidence > 0.9


@pytest.mark.parametrize("read", ["-", "一", "■"])
def test_dash_that_the_recogniser_takes_for_another_stroke(read: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_engine, "recognise", lambda lines, **_: [Recognised("-", 0.7, ("-", "1"))] * len(lines))
    page = np.full((60, 200), 255, np.uint8)
    page[28:33, 95:104] = 0
    cell, seen = ocr_cells.InkCell([0], (0, 0, 200, 60), (92.0, 107.0), (95, 28, 104, 33)), ocr_engine.PageReader()
    ocr_figures.read_figures(page, [cell], seen)
    (settled,) = ocr_settled.settled_cells(page, [cell], {0: Run(read, 34, 9, 38, 13, 13, 0, 0.7)}, seen)
    assert (settled.text, settled.other_readings) == ("—", ())
    assert settled.confidence > 0.9


@pytest.mark.parametrize(("read", "figure"), [("()", "0"), ("2()", "20"), ("0)", "0"), ("(0)", "(0)")])
def test_brackets_that_a_thin_nought_leaves(read: str, figure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_engine, "recognise", lambda lines, **_: [Recognised(read, 0.9)] * len(lines))
    page = np.full((60, 200), 255, np.uint8)
    cv2.ellipse(page, (100, 30), (8, 12), 0, 0, 360, 0, 2)
    cell, seen = ocr_cells.InkCell([], (0, 0, 200, 60), ink=(91, 17, 110, 44)), ocr_engine.PageReader()
    ocr_figures.read_figures(page, [cell], seen)
    (settled,) = ocr_settled.settled_cells(page, [cell], {}, seen)
    assert settled.text == figure
    assert (settled.confidence < 0.8) == (read == "2()")  # others have the shape of a nought


@pytest.mark.parametrize("turn", [False, True])
def test_lines_of_which_every_second_part_is_lost(turn: bool) -> None:
    """A line that leans by less than a point in black and white is lost where it falls between two points."""
    body = [(str(3 * row), str(100 + row), "0", str(7 * row)) for row in range(1, 13)]
    rows = [ROWS[0], *((f"{number}.其他", *row) for number, row in enumerate(body, start=1))]
    page = rendered(Sheet().rows(XS, TOP, rows, PITCH)).copy()
    first, last = (round(value * DOTS) for value in (TOP, TOP + PITCH * len(rows)))
    for number, x in enumerate(XS):
        at = round(x * DOTS)
        for start in range(first + (40 if turn else 90) + 37 * number, last, 190):
            page[start : min(start + 50, last), at - 3 : at + 4] = 255
    for row in range(len(rows) + 1):
        at = round((TOP + PITCH * row) * DOTS)
        for start in range(round(XS[0] * DOTS) + (-20 if turn else 70) + 29 * row, round(XS[-1] * DOTS), 260):
            page[at - 3 : at + 4, start : start + 80] = 255
    assert _read(page) == body


def test_merged_cells_between_lines_that_stop_at_them_stay_whole() -> None:
    rows = [("第二十条第（一）项", "", "", ""), ("信息内容", "甲", "乙", "丙"), ("规章", "1", "2", "3")]
    xs, page = (60, 190, 290, 390, 490), Sheet()
    for block in range(3):
        top = TOP + 90 * block
        for down in (0, 30, 60):
            page.line(xs[0], top + down, xs[-1], top + down)
        for x in xs[1:-1]:
            page.line(x, top + 30, x, top + 90)
        for row, words in enumerate(rows):
            for x, text in zip(xs, words, strict=False):
                page.text(text, x + 6, top + 30 * row + 19)
    page.line(xs[0], TOP + 270, xs[-1], TOP + 270)
    for x in (xs[0], xs[-1]):
        page.line(x, TOP, x, TOP + 270)
    cells = table(read_picture(png(rendered(page)))).cells
    assert sum(cell.column_span == 4 for cell in cells) == 3


def test_pale_words_that_are_alike_in_a_mirror_are_no_back_of_the_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    page = np.full((900, 400), 255, np.uint8)
    quads = np.array([[(60, y), (160, y), (160, y + 40), (60, y + 40)] for y in range(40, 840, 100)], np.float32)
    for number, y in enumerate(range(40, 840, 100)):
        page[y + 5 : y + 30, 65:100] = 190 if number > 3 else 20

    def hardly_better_in_a_mirror(lines: list[Pixels]) -> tuple[float, float]:
        middle = lines[0].shape[1] // 2
        return 0.0, 11.8 + 0.03 * bool(lines[0][:, :middle].mean() > lines[0][:, middle:].mean())

    monkeypatch.setattr(ocr_back, "legibility", hardly_better_in_a_mirror)
    assert len(ocr_back.without_back(page, quads)[1]) == len(quads)


def test_figure_of_which_the_side_of_a_picture_left_a_sliver_is_doubted() -> None:
    page = rendered(Sheet().rows(XS, TOP, [("甲", "10", "7", "25", "4"), ("乙", "12", "31", "305", "42")], PITCH))
    last = page[round((TOP + PITCH) * DOTS) + 8 : round((TOP + 2 * PITCH) * DOTS) - 8, round(XS[4] * DOTS) + 8 :]
    inked = np.flatnonzero((last[:, : round(40 * DOTS)] < 150).any(axis=0))
    second = inked[np.flatnonzero(np.diff(inked) > 1)[0] + 1]  # where the 2 of 42 begins
    cut = page[:, : round(XS[4] * DOTS) + 8 + int(second) + 3]
    cells = table(read_picture(png(cut))).cells
    assert all(cell.confidence < 0.8 for cell in cells if cell.text == "4")


def test_short_dashes_that_are_read_as_another_sign() -> None:
    xs = (60, 120, 180, 240, 300, 360, 420)
    rows = [("7", "", "31", "8", "12", "5"), ("", "3", "", "9", "", "6"), ("14", "2", "0", "", "4", "")]
    dots = 130 / 72
    page = rendered(Sheet().rows(xs, TOP, rows, PITCH), 130).copy()
    for row, words in enumerate(rows):
        for x, text in zip(xs, words, strict=False):
            left, top = round((x + 12) * dots), round((TOP + PITCH * row + 12.5) * dots)
            page[top : top + 3, left : left + 6] = np.where(text, page[top : top + 3, left : left + 6], 0)
    cells = table(read_picture(png(np.asarray(cv2.GaussianBlur(page, (0, 0), 0.9), np.uint8)))).cells
    assert [cell.text for cell in cells] == [text or "—" for row in rows for text in row]
    assert min(cell.confidence for cell in cells) > 0.8


def test_comma_that_may_be_a_point_makes_no_digit_doubtful() -> None:
    xs = (60, 120, 180, 240, 300, 360, 420)
    rows = [
        ("3,391", "10,571", "2,047", "1,184", "12,344", "14,208"),
        ("3,272", "1,016", "11,364", "10,688", "1,661", "4,123"),
    ]
    page = cv2.GaussianBlur(rendered(Sheet().rows(xs, TOP, rows, PITCH), 100), (0, 0), 0.8)
    squeezed = np.asarray(cv2.imdecode(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 45])[1], 0), np.uint8)
    cells = table(read_picture(png(squeezed))).cells
    assert [cell.text.replace(".", ",") for cell in cells] == [text for row in rows for text in row]
    assert min(cell.confidence for cell in cells) > 0.8


def test_digit_in_halves_is_one_line_in_a_high_box() -> None:
    page = np.full((200, 200), 255, np.uint8)
    page[88:99, 90:106] = page[101:112, 90:106] = 20
    box = np.array([(75, 76), (121, 76), (121, 126), (75, 126)], np.float32)
    assert len(ocr_lines.cut_lines(page, box[None], [])) == 1


def test_pieces_of_walls_beside_figures_are_no_digits() -> None:
    xs, on, off = tuple(range(60, 301, 40)), 30, 20
    rows = [
        ("7", "4", "0", "1", "0", "5"),
        ("1", "0", "0", "14", "1", "0"),
        ("0", "0", "4", "11", "5", "1"),
        ("0", "11", "5", "7", "0", "0"),
        ("4", "2", "1", "14", "4", "0"),
        ("9", "11", "0", "7", "1", "3"),
    ]
    ys = [TOP + PITCH * row for row in range(len(rows) + 1)]
    drawn = Sheet().grid(xs, ys)
    for y, words in zip(ys, rows, strict=False):
        for x, text in zip(xs, words, strict=False):
            drawn.text(text, x + 2.5, y + 16)
    page = rendered(drawn).copy()
    (left, right), (top, bottom) = ((round(ends[0] * DOTS) + 4, round(ends[-1] * DOTS) - 2) for ends in (xs, ys))
    for number, y in enumerate(ys):
        lost = left + np.flatnonzero((np.arange(left, right) + 7 * number + 13) % (on + off) >= on)
        page[round(y * DOTS) - 2 : round(y * DOTS) + 3, lost] = 255
    for number, x in enumerate(xs):
        lost = top + np.flatnonzero((np.arange(top, bottom) + 11 * number + 13) % (on + off) >= on)
        page[lost, round(x * DOTS) - 2 : round(x * DOTS) + 3] = 255
    black = ((page > 150) * 255).astype(np.uint8)
    assert [cell.text for cell in table(read_picture(png(black))).cells] == [text for row in rows for text in row]
