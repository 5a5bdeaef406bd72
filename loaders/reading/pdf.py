"""PDF files through PDFium: text with its places, ruling lines, tables over pages, scanned pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from loaders.document import Document, ReadingError
from loaders.reading import pdfium
from loaders.reading.assemble import build_document
from loaders.reading.page_model import PageLayout
from loaders.reading.pdf_lines import read_drawing
from loaders.reading.pdf_text import Frame, page_frame, read_text, text_turn
from loaders.reading.pdfium import raw


def read_pdf(data: bytes) -> Document:
    """Read a PDF file.

    Raises `ReadingError` for a file that is damaged, encrypted with a password, or made of scanned pages where the
    recognition package is not installed.
    """
    with _opened(data) as document:
        pages = [_read_page(document, index) for index in range(raw.FPDF_GetPageCount(document))]
    return build_document(pages, "pdf")


@contextmanager
def _opened(data: bytes) -> Iterator[raw.FPDF_DOCUMENT]:
    raw.FPDF_InitLibrary()
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise _opening_error(raw.FPDF_GetLastError())
    try:
        yield document
    finally:
        raw.FPDF_CloseDocument(document)


def _opening_error(code: int) -> ReadingError:
    if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return ReadingError("encrypted", "PDF 设有打开密码，请先另存为不加密的副本再读取")
    return ReadingError("damaged", "PDF 已损坏，无法打开，请从来源重新下载")


def _read_page(document: raw.FPDF_DOCUMENT, index: int) -> PageLayout:
    page = raw.FPDF_LoadPage(document, index)
    if not page:
        raise ReadingError("damaged", f"PDF 第 {index + 1} 页已损坏，无法读取，请从来源重新下载")
    text_page = raw.FPDFText_LoadPage(page)
    try:
        shown = page_frame(page)
        handle, count = pdfium.handle(text_page), max(0, raw.FPDFText_CountChars(text_page))
        turn = text_turn(handle, count, shown)
        frame = Frame(shown.left, shown.bottom, shown.right, shown.top, (shown.turn + turn) % 360)
        text = read_text(handle, count, frame)
        drawing = read_drawing(page, frame)
    finally:
        raw.FPDFText_ClosePage(text_page)
        raw.FPDF_ClosePage(page)
    return PageLayout(
        index + 1,
        frame.width,
        frame.height,
        text.runs,
        drawing.horizontal,
        drawing.vertical,
        drawing.pictures,
        turn,
    )
