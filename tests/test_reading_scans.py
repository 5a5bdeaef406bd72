"""Scans and pictures: figures with a confidence, from tables that lie crooked, faint, noisy or on their side."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

import pytest

from loaders.document import ReadingError
from loaders.reading.scan import ocr_engine

if not ocr_engine.is_available():
    pytest.skip("the extra `ocr` is not installed", allow_module_level=True)

import cv2
import numpy as np

from loaders.reading.pdf.reader import read_pdf
from loaders.reading.printed.grids import Grid, GridCell
from loaders.reading.scan import ocr_image, ocr_lines, ocr_seals
from loaders.reading.scan.ocr import read_picture
from tests.pdf_files import Sheet, pdf
from tests.scanned_pages import FIGURES, ROWS, XS, Pixels, degraded, figures, png, rendered, sheet, table, turned


@pytest.fixture(scope="module", autouse=True)
def _no_network() -> Iterator[None]:
    """Recognition must not reach out for models."""

    def refuse(*_: object) -> None:
        raise AssertionError("recognition opened a connection")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        yield


def test_clean_picture() -> None:
    document = read_picture(png(rendered(sheet(260))))
    assert document.format == "image"
    assert next(getattr(block, "text", "") for block in document.blocks) == "二、主动公开政府信息情况"
    assert figures(document) == FIGURES
    assert all(cell.confidence > 0.8 for cell in table(document).cells)
    cell = next(cell for cell in table(document).cells if cell.text == "305")
    assert cell.place.box == pytest.approx([value * 200 / 72 for value in (350, 148, 410, 172)], abs=6)


def test_crooked_and_degraded_scan_in_a_pdf() -> None:
    scan = Sheet(height=260, picture=degraded(turned(rendered(sheet(260)), 2.2)))
    document = read_pdf(pdf(scan.raw("q 595 0 0 260 0 0 cm /P1 Do Q")))
    assert document.format == "scan"
    assert figures(document) == FIGURES
    left, top, right, bottom = next(cell.place.box for cell in table(document).cells if cell.text == "305")
    assert 330 < left < right < 430
    assert 130 < top < bottom < 195


@pytest.mark.parametrize("quarters", [1, 2])
def test_page_on_its_side_or_head(quarters: int) -> None:
    upright = rendered(sheet(260))
    document = read_picture(png(np.ascontiguousarray(np.rot90(upright, -quarters))))
    assert figures(document) == FIGURES


def test_table_as_picture_among_text() -> None:
    part = rendered(Sheet(595, 220).rows(XS, 40, ROWS, 24))
    page = Sheet(picture=part).raw("q 595 0 0 220 0 400 cm /P1 Do Q")
    page.text("二、主动公开政府信息情况如下表所示，请对照查看", 80, 80, 12)
    page.text("四、政府信息公开行政复议、行政诉讼情况说明", 80, 600, 12)
    document = read_pdf(pdf(page))
    assert document.format == "pdf"
    assert figures(document) == FIGURES
    kinds = [type(block).__name__ for block in document.blocks]
    assert kinds.index("Table") > kinds.index("Paragraph")
    assert "Picture" in kinds


def test_text_under_a_picture_of_it_is_read_once() -> None:
    picture = rendered(sheet(842))
    page = Sheet(picture=picture)
    page.operators = [*sheet(842).operators, "q 595 0 0 842 0 0 cm /P1 Do Q"]
    page.text("本页由扫描件转换而来，文字可以检索和复制，仅供内部核对使用，请以正式文本为准" * 3, 60, 600, 5)
    document = read_pdf(pdf(page))
    assert figures(document) == FIGURES
    assert all(cell.confidence == 1.0 for cell in table(document).cells)


def test_picture_with_a_few_words_of_text_on_it_is_recognised() -> None:
    page = Sheet(picture=rendered(sheet(842)))
    page.raw("q 595 0 0 842 0 0 cm /P1 Do Q").text("16", 475, 140).text(
        "某某市人民政府信息公开办公室扫描存档专用纸第一页", 80, 700
    )
    assert figures(read_pdf(pdf(page))) == FIGURES


def test_text_without_meaning_is_recognised_from_its_shapes() -> None:
    """Letters drawn as rectangles stand for a font whose codes mean nothing."""
    page = Sheet(height=260, picture=rendered(sheet(260))).raw("q 595 0 0 260 0 0 cm /P1 Do Q")
    page.raw("BT 3 Tr /F1 1 Tf 10 10 Td <" + "E001E002E003E004" * 20 + "> Tj ET")
    assert figures(read_pdf(pdf(page))) == FIGURES


class TestImages:
    def test_damaged(self) -> None:
        with pytest.raises(ReadingError) as error:
            read_picture(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
        assert error.value.reason == "damaged"
        assert not re.search("[A-Za-z<>]", str(error.value))

    def test_specks_are_no_ink_and_a_digit_is(self) -> None:
        cell = np.full((60, 120), 255, np.uint8)
        cell[10:12, 10:12] = 0
        assert ocr_image.ink_box(cell, 0, 0, 120, 60) is None
        cell[20:42, 50:62] = 0
        assert ocr_image.ink_box(cell, 0, 0, 120, 60) == (50, 20, 62, 42)

    def test_a_minus_belongs_to_its_figure(self) -> None:
        cell = np.full((60, 120), 255, np.uint8)
        cell[20:42, 50:62] = 0
        cell[31:33, 40:45] = 0
        assert ocr_image.ink_box(cell, 0, 0, 120, 60) == (40, 20, 62, 42)

    def test_a_slash_leans_and_a_one_does_not(self) -> None:
        slash, one = np.full((40, 40), 255, np.uint8), np.full((40, 40), 255, np.uint8)
        cv2.line(slash, (25, 5), (15, 35), 0, 2)
        cv2.line(one, (20, 5), (20, 35), 0, 2)
        assert ocr_image.slant(slash) > 0.2
        assert abs(ocr_image.slant(one)) < 0.05

    def test_long_picture_is_cut_where_nothing_stands(self) -> None:
        long = np.full((3200, 1000), 255, np.uint8)
        long[:, 100] = 0
        long[1390:1440] = 255
        long[1300:1320, 200:800] = 0
        sheets = ocr_image.sheets(long)
        assert [start for start, _ in sheets][1:2] and 1390 <= sheets[0][1] <= 1440
        assert sheets[0][0] == 0 and sheets[-1][1] == 3200
        assert ocr_image.sheets(long[:1400]) == [(0, 1400)]

    def test_long_photograph_is_cut_where_nothing_but_a_shadow_is(self) -> None:
        long = np.full((3200, 1000), 255, np.uint8)
        long[:, 100:130] = 0
        long[1390:1440] = 255
        shadow = np.linspace(0.6, 1, 1000)[None, :]
        sheets = ocr_image.sheets((long * shadow).astype(np.uint8))
        assert len(sheets) == 2 and 1390 <= sheets[0][1] <= 1440

    def test_a_flat_stroke_alone_at_half_height_is_a_dash(self) -> None:
        cell = np.full((60, 120), 255, np.uint8)
        cell[30, 54:62] = 0
        assert ocr_image.ink_box(cell, 0, 0, 120, 60) == (54, 30, 62, 31)
        low = np.roll(cell, 24, axis=0)
        assert ocr_image.ink_box(low, 0, 0, 120, 60) is None

    def test_pale_ink_is_made_dark_and_black_ink_left_alone(self) -> None:
        page = np.full((400, 400), 250, np.uint8)
        page[100:104, 50:350] = 40
        page[200:202, 50:350] = 90
        black, pale = ocr_image.with_even_light(page), ocr_image.with_even_light((page // 2 + 120).astype(np.uint8))
        assert black[201, 200] > 60
        assert pale[102, 200] < 70
        assert pale[300, 200] > 240


def sealed(page: Pixels, colour: tuple[int, int, int]) -> Pixels:
    """A round seal of 40 mm over the last rows, printed over what stands there."""
    ink = np.zeros(page.shape[:2], np.uint8)
    cv2.circle(ink, (1060, 480), 155, 255, 9, cv2.LINE_AA)
    cv2.line(ink, (985, 440), (1140, 520), 255, 6, cv2.LINE_AA)
    cv2.line(ink, (1150, 410), (1000, 540), 255, 6, cv2.LINE_AA)
    cv2.ellipse(ink, (1060, 480), (60, 40), 0, 0, 360, 255, -1)
    share = (ink / 255.0)[:, :, None]
    return np.asarray(page[:, :, None] * (1 - share * (1 - np.array(colour) / 255)), np.uint8)


class TestSeals:
    def test_red_seal_over_figures(self) -> None:
        assert figures(read_picture(png(sealed(rendered(sheet(842)), (215, 35, 45))))) == FIGURES

    def test_characters_of_a_dark_seal_in_a_shadow(self) -> None:
        colour = (50, 70, 170)
        words = (255 - rendered(Sheet().text("专", 386, 163, 14).text("章", 386, 187, 14))[:, :, None]) / 255
        page = np.minimum(sealed(rendered(sheet(842)), colour), 255 - words * (255 - np.array(colour)))
        shadow = np.linspace(1.0, 0.6, page.shape[1])[None, :, None]
        assert figures(read_picture(png((page * shadow).astype(np.uint8)))) == FIGURES

    def test_grey_seal_leaves_no_false_figure(self) -> None:
        page = sealed(rendered(sheet(842)), (105, 105, 105))
        cells = [cell for cell in table(read_picture(png(page))).cells if cell.text and cell.column]
        wanted = {text for row in (*FIGURES, ROWS[0]) for text in row}
        assert {cell.text for cell in cells if cell.confidence > 0.85} <= wanted
        assert len([cell for cell in cells if cell.confidence > 0.85]) >= 10

    def test_red_text_is_no_seal(self) -> None:
        page = np.repeat(rendered(sheet(842))[:, :, None], 3, axis=2)
        red = page.copy()
        red[:, :, 0] = np.maximum(red[:, :, 0], 190)
        assert np.array_equal(ocr_seals.in_grey(red), cv2.cvtColor(red, cv2.COLOR_RGB2GRAY))


def test_minus_in_pale_ink_is_kept() -> None:
    rows = (("行政处罚", "本年增/减", "处理决定"), ("上年项目", "-1882", "24"), ("本年项目", "-38", "7"))
    page = rendered(Sheet(height=842).rows((60, 230, 350, 470), 100, rows, 24), 150)
    pale = (95 + page.astype(float) * 85 / 255).astype(np.uint8)
    document = read_picture(png(pale))
    assert [cell.text for cell in table(document).cells if cell.row and cell.column == 1] == ["-1882", "-38"]


def test_line_paler_than_others_still_divides_cells() -> None:
    page = rendered(sheet(842)).copy()
    column = round(410 * 200 / 72)
    part = page[278:545, column - 3 : column + 4]
    part[:] = np.where(part < 200, 110, part)
    assert figures(read_picture(png(page))) == FIGURES


def test_short_line_above_others_is_looked_for_again() -> None:
    clean = np.full((300, 400), 255, np.uint8)
    clean[40:43, 40:64] = 0  # 一
    clean[44:52, 68:75] = 0  # 、
    clean[90:115, 40:120] = 0
    grid = Grid([14.4, 144.0], [7.2, 108.0], [GridCell(0, 0, 1, 1, (14.4, 7.2, 144.0, 108.0))], [[0]])
    below = np.array([(36, 84), (124, 84), (124, 121), (36, 121)], np.float32)
    (found,) = ocr_lines.overlooked_lines(clean, [below], [grid])
    left, top, right, bottom = *found.min(axis=0), *found.max(axis=0)
    assert left < 40 and 75 < right < 90
    assert top < 40 and 52 < bottom < 84
    whole = np.array([(36, 30), (124, 30), (124, 121), (36, 121)], np.float32)
    assert ocr_lines.overlooked_lines(clean, [whole], [grid]) == []


def test_ink_that_a_figure_does_not_explain_makes_it_doubtful() -> None:
    rows = [("行政处罚", "本年增减", "处理决定"), *((f"第{number}项", "1498", "2307") for number in range(6))]
    page = rendered(Sheet(height=842).rows((60, 230, 350, 470), 100, rows, 24)).copy()
    cv2.line(page, (720, 355), (790, 372), 0, 7)
    cells = [cell for cell in table(read_picture(png(page))).cells if cell.row and cell.column]
    wrong = [cell for cell in cells if cell.text not in ("1498", "2307")]
    assert len(wrong) <= 1
    assert all(cell.confidence < 0.8 for cell in wrong)
    assert sum(cell.confidence > 0.95 for cell in cells) >= 10


def test_unit_in_wide_brackets_is_the_same_as_in_narrow_ones() -> None:
    rows = (("行政处罚", "本年增减", "处理决定"), ("第一项", "2（件）", "17（件）"))
    cells = table(read_picture(png(rendered(Sheet(height=842).rows((60, 230, 350, 470), 100, rows, 24))))).cells
    assert [(cell.text, cell.confidence > 0.8) for cell in cells if cell.row and cell.column] == [
        ("2(件)", True),
        ("17(件)", True),
    ]


def test_two_pages_on_one_sheet_are_read_one_after_the_other() -> None:
    left, right = Sheet().text("二、主动公开政府信息情况", 80, 70, 14), Sheet()
    left.text("全年主动公开政府信息一百余条", 80, 300, 14)
    right.text("三、收到和处理政府信息公开申请情况", 80, 70, 14).rows(XS, 100, ROWS, 24)
    document = read_picture(png(np.hstack([rendered(left), rendered(right)])))
    texts = [getattr(block, "text", "") for block in document.blocks]
    assert [text[:2] for text in texts if text] == ["二、", "全年", "三、"]
    assert figures(document) == FIGURES
    box = table(document).place.box
    assert box is not None
    assert box[0] > 1654
    assert box[3] < 800


def test_thin_strokes_are_no_noise() -> None:
    page = np.full((600, 600), 255, np.uint8)
    page[20:580:12, 20:580] = 0
    page[20:580, 20:580:12] = 0
    assert (ocr_image.with_even_light(page) < ocr_image.INK).sum() > 40_000
    rough = np.random.default_rng(1).normal(215, 18, (600, 600)).clip(0, 255).astype(np.uint8)
    assert ocr_image.with_even_light(rough).std() < 0.7 * rough.std()


def test_a_box_over_short_lines_is_cut_into_them_and_one_around_a_figure_is_not() -> None:
    clean = np.full((300, 300), 255, np.uint8)
    for top in range(40, 160, 26):
        clean[top : top + 20, 60:104] = 0
    clean[210:232, 60:104] = 0
    lines, figure = (
        np.array([(40, top), (124, top), (124, bottom), (40, bottom)], np.float32)
        for top, bottom in ((30, 170), (195, 250))
    )
    assert len(ocr_lines.cut_lines(clean, lines[None], [])) == 5
    last = np.array([(50, 140), (114, 140), (114, 170), (50, 170)], np.float32)
    assert len(ocr_lines.cut_lines(clean, np.stack([lines, last]), [])) == 5
    (whole,) = ocr_lines.cut_lines(clean, figure[None], [])
    assert np.array_equal(whole, figure)


def test_a_crooked_page_is_looked_at_again_once_it_is_level(monkeypatch: pytest.MonkeyPatch) -> None:
    detect = ocr_engine.detect
    found: list[int] = []

    def counted(picture: Pixels) -> ocr_engine.Quads:
        found.append(len(detect(picture)))
        return detect(picture)

    monkeypatch.setattr(ocr_engine, "detect", counted)
    assert figures(read_picture(png(turned(rendered(sheet()), 5)))) == FIGURES
    assert len(found) == 2
