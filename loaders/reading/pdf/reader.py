"""PDF files through PDFium: text with its places, ruling lines, tables over pages, scanned pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from loaders.document import Document, ReadingError
from loaders.reading.pdf import added_text, pdfium
from loaders.reading.pdf import scanned_pages as pdf_scans
from loaders.reading.pdf.fonts import stand_in_fonts, without_embedded_fonts
from loaders.reading.pdf.pdfium import raw
from loaders.reading.pdf.ruling_lines import read_drawing
from loaders.reading.pdf.runs import Frame, is_cropped, page_frame, read_text, text_turn
from loaders.reading.printed.assemble import build_document
from loaders.reading.printed.page_model import PageLayout
from loaders.reading.printed.spreads import unfolded
from loaders.reading.printed.tiles import painted_rows, tiled_tables
from loaders.reading.scan import ocr_engine
from loaders.words import of_warnings as warn

_MOST_PAGES = 300
"""A yearly report has a few pages; a file with more is something else."""


@dataclass(slots=True)
class _Page:
    """A page as read. `unread` says that it is a picture which nothing here can read."""

    layout: PageLayout
    frame: Frame
    """The page as shown, before its text was made level."""
    scanned: bool = False
    unread: bool = False

    @property
    def needs_eyes(self) -> bool:
        """Whether the page, or a picture on it, is to be painted and recognised."""
        return ocr_engine.is_available() if self.scanned else pdf_scans.may_hold_tables(self.layout)


def read_pdf(data: bytes) -> Document:
    """Read a PDF file; the format is `pdf`, or `scan` where all pages are pictures.

    Raises `ReadingError`: `damaged`, `encrypted` (with a password to open it), `too-large`, `empty`, or
    `needs-package` where all pages are scanned and the extra `ocr` is not installed.
    """
    with stand_in_fonts(), _opened(without_embedded_fonts(data)) as document:
        count = raw.FPDF_GetPageCount(document)
        if count > _MOST_PAGES:
            raise ReadingError("too-large", f"PDF 有 {count} 页，不像年度报告；请只保留报告部分再读取")
        pages = [_read_page(document, index) for index in range(count)]
    unseen = [(index, page) for index, page in enumerate(pages) if page.needs_eyes]
    if unseen:
        with _opened(data) as document:
            for index, page in unseen:
                _look_at(document, index, page)
    if not pages:
        raise ReadingError("empty", "PDF 中没有页面")
    if all(page.unread for page in pages):
        ocr_engine.require()
    scanned = all(page.scanned for page in pages)
    built = build_document([page.layout for page in pages], "scan" if scanned else "pdf")
    built.is_recognised = bool(unseen) or any(page.scanned for page in pages)
    built.warnings += [warning for page in pages if not scanned and (warning := _warning(page))]
    if not built.blocks:
        raise ReadingError("empty", "PDF 中没有文字")
    return built


def _warning(page: _Page) -> str:
    number = page.layout.number
    if page.unread:
        return warn.UNREAD_PAGE.of(number=number)
    return warn.RECOGNISED_PAGE.of(number=number) if page.scanned else ""


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


@contextmanager
def _page_of(document: raw.FPDF_DOCUMENT, index: int) -> Iterator[raw.FPDF_PAGE]:
    page = raw.FPDF_LoadPage(document, index)
    if not page:
        raise ReadingError("damaged", f"PDF 第 {index + 1} 页已损坏，无法读取，请从来源重新下载")
    try:
        yield page
    finally:
        raw.FPDF_ClosePage(page)


def _read_page(document: raw.FPDF_DOCUMENT, index: int) -> _Page:
    with _page_of(document, index) as page:
        if not added_text.is_on(page):
            return _read_loaded(page, index + 1)
        added_text.make_part_of(page)
    with _page_of(document, index) as page:
        return _read_loaded(page, index + 1)


def _read_loaded(page: raw.FPDF_PAGE, number: int) -> _Page:
    text_page = raw.FPDFText_LoadPage(page)
    try:
        return _understand(page, text_page, number)
    finally:
        raw.FPDFText_ClosePage(text_page)


def _understand(page: raw.FPDF_PAGE, text_page: raw.FPDF_TEXTPAGE, number: int) -> _Page:
    shown = page_frame(page)
    handle, count = pdfium.handle(text_page), max(0, raw.FPDFText_CountChars(text_page))
    turn = text_turn(handle, count, shown)
    frame = Frame(shown.left, shown.bottom, shown.right, shown.top, (shown.turn + turn) % 360)
    drawing = read_drawing(page, frame)
    text = read_text(handle, count, frame, drawing.vertical, drawing.horizontal)
    cells = tiled_tables(drawing.outlines, drawing.vertical, text.runs)
    if cells:
        for cell in cells:
            drawing.add_frame(cell)
        text = read_text(handle, count, frame, drawing.vertical, drawing.horizontal)
    else:
        drawing.horizontal += painted_rows(drawing.outlines, drawing.vertical)
    if is_cropped(page, shown):
        text.runs = frame.inside(text.runs)
    scanned = pdf_scans.is_scanned(text, drawing, frame)
    layout = PageLayout(
        number,
        frame.width,
        frame.height,
        text.runs if not scanned else pdf_scans.with_confidence(text.runs, pdf_scans.HIDDEN_CONFIDENCE),
        drawing.horizontal,
        drawing.vertical,
        drawing.pictures,
        back=_turned_back(turn, frame),
    )
    unread = scanned and not text.hidden
    if unread:
        layout.runs = []
    return _Page(unfolded(layout) if not scanned else layout, shown, scanned, unread)


def _look_at(document: raw.FPDF_DOCUMENT, index: int, page: _Page) -> None:
    """Recognise what a page shows only as a picture."""
    with _page_of(document, index) as painted:
        if page.scanned:
            page.layout = pdf_scans.recognise(painted, index + 1, page.frame.width, page.frame.height)
            page.unread = False
        else:
            page.layout = pdf_scans.with_pictured_tables(painted, page.layout)


def _turned_back(turn: int, frame: Frame) -> Callable[[float, float], tuple[float, float]] | None:
    """From a page turned clockwise to make its text level back to the page as shown."""
    width, height = frame.width, frame.height
    if turn == 90:
        return lambda x, y: (y, width - x)
    if turn == 180:
        return lambda x, y: (width - x, height - y)
    if turn == 270:
        return lambda x, y: (height - y, x)
    return None
