"""Digits on a scan that are damaged: what else they may be is handed on, and the sums of the form choose."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2
from PIL import Image

from loaders.document import Cell, Document, Place, Table
from loaders.parsing import parse_document, parse_file
from loaders.reading.ocr import read_picture
from tests.generator.case import generate
from tests.scanned_pages import Pixels

DOTS = 200 / 72
KEY = "applications.carried_in.person"


def test_a_damaged_digit_is_settled_by_the_sums() -> None:
    case = generate(21, "scan", "clean_200", edition="2021", density="full", oddness=0.0)
    assert case.written[KEY] == "76"
    place = parse_file(case.data, case.filename).form.figures[KEY].place
    pages = [np.asarray(page.render(scale=DOTS, grayscale=True).to_pil()) for page in pypdfium2.PdfDocument(case.data)]
    assert place.page is not None
    pages[place.page - 1] = with_gap_in_last_digit(pages[place.page - 1], place)
    data = tiff(pages)
    document = read_picture(data)
    assert [cell.text for cell in cells(document) if cell.other_readings == ("76",)] == ["75"]
    form = parse_document(document, data, "a.tif").form
    assert (form.figures[KEY].value, form.figures[KEY].raw, form.figures[KEY].confidence) == (76.0, "75", 0.9)
    assert any("按表内合计确定" in warning for warning in form.warnings)


def with_gap_in_last_digit(page: Pixels, place: Place) -> Pixels:
    """The page without the lower left corner of a digit, so that a 6 is nearly a 5."""
    assert place.box is not None
    left, top, right, bottom = (round(value * DOTS) for value in place.box)
    rows, columns = np.nonzero(page[top + 4 : bottom - 4, left + 4 : right - 4] < 128)
    first, last, upper, lower = columns.min(), columns.max() + 1, rows.min(), rows.max() + 1
    middle, digit = (first + last) / 2, (last - first) / 2
    damaged = page.copy()
    across = slice(left + 4 + round(middle), left + 4 + round(middle + 0.3 * digit))
    damaged[top + 4 + (upper + lower) // 2 : top + 4 + lower, across] = 255
    return damaged


def tiff(pages: list[Pixels]) -> bytes:
    buffer = io.BytesIO()
    first, *others = (Image.fromarray(page) for page in pages)
    first.save(buffer, "TIFF", save_all=True, append_images=others, compression="tiff_lzw")
    return buffer.getvalue()


def cells(document: Document) -> list[Cell]:
    return [cell for block in document.blocks if isinstance(block, Table) for cell in block.cells]
