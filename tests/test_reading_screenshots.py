"""Pictures of web pages as a screen shows them: small type, pale frames around each cell, dark headers, any length."""

from __future__ import annotations

from itertools import pairwise

import pytest

from loaders.reading.scan import ocr_engine

if not ocr_engine.is_available():
    pytest.skip("the extra `ocr` is not installed", allow_module_level=True)

import cv2
import numpy as np

from loaders.document import Table
from loaders.reading.scan.ocr import read_picture, recognise_page
from loaders.reading.scan.ocr_image import DOTS_PER_POINT, to_working_size
from tests.pdf_files import Sheet
from tests.scanned_pages import Pixels, figures, png, rendered

DOTS = 180
XS, TOP, HIGH = (30, 250, 320, 390, 460, 530), 60, 15
HEADER = ("信息内容", "自然人", "商业企业", "其他", "总计")


def rows(count: int) -> list[tuple[str, ...]]:
    labels = ("属于国家秘密", "重复申请", "信访举报", "要求提供公开出版物", "补正后仍不明确", "其他")
    return [(f"{n % 9 + 1}.{labels[n % 6]}", str(n), "0", str(10 * n + 7), str(11 * n + 7)) for n in range(count)]


def framed(body: list[tuple[str, ...]], grey: int = 176) -> Pixels:
    """A page of the screen whose cells have frames of their own, a pixel wide, close to their texts."""
    table = [HEADER, *body]
    page = Sheet()
    for number, row in enumerate(table):
        for x, text in zip(XS, row, strict=False):
            page.text(text, x + 1, TOP + HIGH * number + 10.5, 8)
    picture = rendered(page, DOTS).copy()
    for number in range(len(table)):
        for left, right in pairwise(XS):
            x0, x1, y0, y1 = (
                round(value * DOTS / 72)
                for value in (left, right - 1, TOP + HIGH * number, TOP + HIGH * (number + 1) - 1)
            )
            picture[[y0, y1], x0 : x1 + 1] = grey
            picture[y0 : y1 + 1, [x0, x1]] = grey
    return picture


def pixels_of_row(number: int) -> slice:
    return slice(round((TOP + HIGH * number) * DOTS / 72), round((TOP + HIGH * (number + 1)) * DOTS / 72))


@pytest.mark.parametrize("grey", [176, 204])
def test_pale_frames_around_each_cell(grey: int) -> None:
    body = rows(12)
    assert figures(read_picture(png(framed(body, grey)))) == [row[1:] for row in body]


def test_white_characters_in_dark_cells() -> None:
    """Where the cells end no line is drawn."""
    body = rows(6)
    picture = framed(body, grey=120)
    inside = pixels_of_row(0), slice(round(XS[0] * DOTS / 72), round(XS[-1] * DOTS / 72))
    picture[inside] = 255 - (picture[inside].astype(int) * (255 - 80) // 255)
    document = read_picture(png(picture))
    assert figures(document) == [row[1:] for row in body]
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert [cell.text for cell in table.cells if cell.row == 0] == list(HEADER)


@pytest.mark.parametrize("high", [900, 1700, 2900, 6000])
def test_type_on_a_picture_longer_than_paper_is_not_made_smaller(high: int) -> None:
    picture = np.full((high, 1000), 255, np.uint8)
    assert to_working_size(picture).grey.shape[1] > 1000


def test_a_dash_thinner_than_a_pixel() -> None:
    body = [(*row[:3], "", row[4]) for row in rows(6)]
    picture = framed(body)
    middle = round((XS[3] + XS[4]) / 2 * DOTS / 72)
    for number in (2, 5):
        band = pixels_of_row(number)
        at = (band.start + band.stop) // 2
        picture[at : at + 2, middle - 9 : middle + 9] = [[165], [200]]
    signs = [row[2] for row in figures(read_picture(png(picture)))]
    assert signs == ["", "—", "", "", "—", ""]


def test_figures_below_a_pale_mark_over_the_page_stay_blank_or_right() -> None:
    body = [(*row[:3], "", row[4]) for row in rows(8)]
    picture = framed(body).astype(int)
    for start in range(0, picture.shape[1], 60):
        for down in range(picture.shape[0]):
            across = (start + down) % picture.shape[1]
            picture[down, across : across + 3] -= 40
    read = figures(read_picture(png(np.clip(picture, 0, 255).astype(np.uint8))))
    assert [row[2] for row in read] == [""] * 8
    assert all(
        figure in ("", expected)
        for row, wanted in zip(read, body, strict=True)
        for figure, expected in zip(row, wanted[1:], strict=True)
    )


def test_small_type_is_made_larger() -> None:
    picture = framed(rows(24))
    small = cv2.resize(picture, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    page = recognise_page(np.asarray(small, np.uint8), 1, as_given=True)
    assert page.width > small.shape[1] / DOTS_PER_POINT
    assert page.back is not None
    assert page.back(page.width, page.height) == pytest.approx(np.array(small.shape[::-1]) / DOTS_PER_POINT, abs=1)


def test_pale_lines_within_a_black_frame() -> None:
    """The picture is small, and lines of some pixels are thick once it is made larger."""
    body = [row[:3] for row in rows(5)]
    edges = (*XS[:3], 530)
    page = Sheet(height=200)
    for number, row in enumerate([HEADER, *body]):
        for x, text in zip(edges, row, strict=False):
            page.text(text, x + 3, TOP + HIGH * number + 11, 9)
    picture = rendered(page, 120).copy()
    across = [round(x * 120 / 72) for x in edges]
    down = [round((TOP + HIGH * number) * 120 / 72) for number in range(len(body) + 2)]
    picture[down, across[0] : across[-1]] = 221
    for edge in across:
        picture[down[0] : down[-1], edge : edge + 3] = 221
    for edge in (0, -1):
        picture[down[edge] - 1 : down[edge] + 2, across[0] : across[-1]] = 0
        picture[down[0] : down[-1], across[edge] - 1 : across[edge] + 2] = 0
    assert figures(read_picture(png(picture))) == [row[1:] for row in body]
