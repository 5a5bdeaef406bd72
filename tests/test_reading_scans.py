"""Scans and pictures: figures with a confidence, from tables that lie crooked, faint, noisy or on their side."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator

import pytest

from loaders.document import Cell, Document, ReadingError, Table
from loaders.reading import ocr_engine

if not ocr_engine.is_available():
    pytest.skip("the extra `ocr` is not installed", allow_module_level=True)

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

from loaders.reading import ocr_image
from loaders.reading.ocr import read_picture
from loaders.reading.pdf import read_pdf
from tests.pdf_files import Sheet, pdf

Pixels = NDArray[np.uint8]

XS = (60, 230, 290, 350, 410, 470)
ROWS = (
    ("第一项", "自然人", "商业企业", "其他", "总计"),
    ("1.属于国家秘密", "0", "7", "", "16"),
    ("2.重复申请", "/", "1", "305", "4"),
    ("3.其他", "1,472", "0", "—", "28"),
)
FIGURES = [("0", "7", "", "16"), ("/", "1", "305", "4"), ("1,472", "0", "—", "28")]


def sheet(height: float = 842) -> Sheet:
    return Sheet(height=height).text("二、主动公开政府信息情况", 80, 70, 14).rows(XS, 100, ROWS, 24)


def rendered(page: Sheet, dots: int = 200) -> Pixels:
    document = pypdfium2.PdfDocument(pdf(page))
    return np.asarray(document[0].render(scale=dots / 72, grayscale=True).to_pil())


if rendered(Sheet(height=200).text("情况", 80, 100, 40)).min() > 200:
    pytest.skip("no Chinese font to draw a page with", allow_module_level=True)


def png(picture: Pixels, **options: int) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG" if options else "PNG", **options)
    return buffer.getvalue()


def turned(picture: Pixels, degrees: float) -> Pixels:
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(picture, matrix, (width, height), borderValue=255, flags=cv2.INTER_CUBIC), np.uint8
    )


def degraded(picture: Pixels) -> Pixels:
    """Blurred, in uneven light, with grain, squeezed."""
    random = np.random.default_rng(7)
    blurred = cv2.GaussianBlur(picture, (0, 0), 0.9).astype(float)
    light = np.linspace(0.72, 1.0, picture.shape[1])[None, :]
    noisy = np.clip(blurred * light + random.normal(0, 7, picture.shape), 0, 255).astype(np.uint8)
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 40])[1], 0), np.uint8)


def table(document: Document) -> Table:
    (found,) = [block for block in document.blocks if isinstance(block, Table)]
    return found


def figures(document: Document) -> list[tuple[str, ...]]:
    rows: dict[int, list[Cell]] = {}
    for cell in table(document).cells:
        rows.setdefault(cell.row, []).append(cell)
    lines = [sorted(rows[row], key=lambda cell: cell.column) for row in sorted(rows)]
    return [tuple(cell.text for cell in line[1:]) for line in lines[1:]]


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
