"""A small page of the form as a picture, for tests of scans; they are left out where nothing can recognise it."""

from __future__ import annotations

import io

import pytest

from loaders.document import Cell, Document, Table
from loaders.reading.scan import ocr_engine

if not ocr_engine.is_available():
    pytest.skip("the extra `ocr` is not installed", allow_module_level=True)

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

from tests.generator.printed_type import draw_in_one_family
from tests.pdf_files import Sheet, pdf

Pixels = NDArray[np.uint8]

draw_in_one_family()

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
