"""OFD files: their pages become paragraphs and tables as those of a PDF do."""

from __future__ import annotations

import zipfile
from io import BytesIO

from loaders.document import Document, Picture, Place, ReadingError
from loaders.reading.ofd.container import Page, open_container
from loaders.reading.ofd.page_objects import POINTS, PageObjects, read_objects
from loaders.reading.parts import unpacked
from loaders.reading.pictured import read_pictures
from loaders.reading.printed.assemble import build_document
from loaders.reading.printed.page_model import PageLayout
from loaders.reading.printed.tiles import painted_rows, tiled_tables


def read_ofd(data: bytes) -> Document:
    """Read an OFD file; places are pages and boxes in points.

    Raises `ReadingError`: `damaged`, `encrypted`, `too-large`, `empty`, or `needs-package` where all pages are
    pictures and the extra `ocr` is not installed.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        container = open_container(archive)
        objects = [read_objects(page) for page in container.pages]
        pages = _layouts(container.pages, objects)
        document = build_document(pages, "ofd")
        document.metadata = container.metadata
        document.warnings += dict.fromkeys(container.warnings)
        sources = {
            page.place(box): container.pictures.get(resource, "")
            for page, found in zip(pages, objects, strict=True)
            for box, resource in found.pictures.items()
        }
        _name_sources(document, sources)
        read_pictures(document, lambda source: unpacked(archive, archive.getinfo(source)))
    if not document.blocks:
        raise ReadingError("empty", "OFD 中没有文字")
    return document


def ofd_layouts(data: bytes) -> list[PageLayout]:
    """What stands where on each page, for drawing it. Raises `ReadingError`."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        pages = open_container(archive).pages
        return _layouts(pages, [read_objects(page) for page in pages])


def _layouts(pages: list[Page], objects: list[PageObjects]) -> list[PageLayout]:
    return [_layout(number, *each) for number, each in enumerate(zip(pages, objects, strict=True), 1)]


def _layout(number: int, page: Page, found: PageObjects) -> PageLayout:
    _, _, width, height = page.area
    drawing = found.drawing
    cells = tiled_tables(drawing.outlines, drawing.vertical, found.runs)
    for cell in cells:
        drawing.add_frame(cell)
    if not cells:
        drawing.horizontal += painted_rows(drawing.outlines, drawing.vertical)
    size = width * POINTS, height * POINTS
    return PageLayout(number, *size, found.runs, drawing.horizontal, drawing.vertical, list(found.pictures))


def _name_sources(document: Document, sources: dict[Place, str]) -> None:
    """Say of each picture which part of the file holds it, so that what it shows can be recognised.

    Boxes of what is recognised are in the picture, not on the page, so the picture is known by its block.
    """
    for number, block in enumerate(document.blocks, 1):
        if isinstance(block, Picture) and block.place.box is not None:
            block.source = sources.get(block.place, "")
            block.width = block.place.box[2] - block.place.box[0]
            block.place = Place(paragraph=number)
