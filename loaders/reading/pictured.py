"""What a text document shows only as pictures: a table pasted as one, or whole pages that were scanned.

Pictures are looked at only where the document lacks a table of the form: recognition takes seconds. The recognition
packages are imported only then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from loaders.document import Block, Document, Paragraph, Picture, Place, ReadingError, Table
from loaders.patterns import pattern_of
from loaders.reading.scan import ocr_engine
from loaders.words import of_warnings as warn

if TYPE_CHECKING:
    from loaders.reading.printed.page_model import PageLayout
    from loaders.reading.scan.ocr_image import Grey

DataOf = Callable[[str], bytes | None]
"""The data of a picture by its `source`."""

_SIGNS_OF_TABLES = (("第二十条",), ("商业企业",), ("结果维持", "结果纠正"))
"""Words that the tables of publication, of applications and of disputes cannot do without."""

_WIDEST_TABLE = 700.0
"""Points; what is shown wider is a page."""

_PAPER = 1.2
"""Height of a picture, as times its width, from which it is a page rather than a table."""

_LEAST_WIDTH, _LEAST_HEIGHT = 480, 60
"""Pixels of a picture in which a table can be read: a figure in one of ten columns takes some of them."""

_LEAST_SIDE, _LEAST_STRIP = 56.0, (224.0, 28.0)
"""Points that both sides of a picture of a table are long as shown, and width and height of one of a single row below
its header; icons and the edges of seals are smaller."""

_MOST_PICTURES = 40
_FEWEST_CHARACTERS = 12
"""A picture with fewer Chinese characters holds neither table nor page; strokes of all kinds look like a one (一)."""

_CHARACTER = pattern_of("(?!一)[\u4e00-\u9fff]")


_asked_for: ContextVar[list[Pasted] | None] = ContextVar("_asked_for", default=None)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A picture of a text document with its data."""

    picture: Picture
    data: bytes


@dataclass(frozen=True, slots=True)
class _Legible:
    """A picture to recognise, and its number among those of the file."""

    block: Picture
    grey: Grey
    number: int


def may_hold_table(width: float, height: float) -> bool:
    """Whether a picture is shown large enough, in points, to hold a table."""
    return min(width, height) >= _LEAST_SIDE or (width >= _LEAST_STRIP[0] and height >= _LEAST_STRIP[1])


def read_pictures(document: Document, data_of: DataOf) -> None:
    """Put what stands in pictures in their place, if the document without them lacks a table of the form.

    Raises `ReadingError` (`needs-package`) where a document is nothing but pictures and the extra `ocr` is missing.
    """
    sources = [block for block in document.blocks if isinstance(block, Picture) and block.source]
    asked_for = _asked_for.get()
    if asked_for is not None:
        asked_for += [Pasted(picture, _data(picture, data_of)) for picture in sources]
    elif sources and not _holds_all_tables(document.blocks):
        if ocr_engine.is_available():
            _read_pictures(document, data_of)
        elif all(isinstance(block, Picture) for block in document.blocks):
            ocr_engine.require()


def pictures_of(data: bytes, name: str) -> list[Pasted]:
    """The pictures of a text document in reading order, counted from 1 as `page` of a place; nothing is recognised."""
    from loaders.reading import read

    found: list[Pasted] = []
    token = _asked_for.set(found)
    try:
        read(data, name)
    finally:
        _asked_for.reset(token)
    return found


def _read_pictures(document: Document, data_of: DataOf) -> None:
    """Runs of pictures, such as scanned pages, are read as one document."""
    legible = _legible(document.blocks, data_of)
    blocks: list[Block] = []
    for pictured, group in groupby(document.blocks, lambda block: id(block) in legible):
        members = list(group)
        found = _recognised([legible[id(block)] for block in members]) if pictured else None
        if found is None:
            blocks += members
        else:
            blocks += _placed(found, [legible[id(block)] for block in members])
            document.is_recognised = True
    if document.is_recognised:
        document.warnings.append(warn.PICTURES.zh)
    document.blocks = blocks


def _holds_all_tables(blocks: list[Block]) -> bool:
    text = "\n".join(_text(block) for block in blocks)
    return all(all(word in text for word in words) for words in _SIGNS_OF_TABLES)


def _text(block: Block) -> str:
    if isinstance(block, Table):
        return "\n".join(cell.text.replace("\n", "") for cell in block.cells)
    return block.text if isinstance(block, Paragraph) else ""


def _data(picture: Picture, data_of: DataOf) -> bytes:
    """What the file holds of a picture; a damaged one must not take the text around it along."""
    try:
        return data_of(picture.source) or b""
    except ReadingError:
        return b""


def _legible(blocks: list[Block], data_of: DataOf) -> dict[int, _Legible]:
    """The pictures that can hold a table, by the identity of their blocks."""
    from loaders.reading.scan import ocr_image, ocr_seals

    found: dict[int, _Legible] = {}
    sources = (block for block in blocks if isinstance(block, Picture) and block.source)
    for number, picture in enumerate(sources, 1):
        try:
            grey = ocr_seals.in_grey(next(ocr_image.decode(_data(picture, data_of))))
        except ReadingError:
            continue  # a drawing, not a picture of points: nothing is lost that could be read
        height, width = grey.shape[:2]
        if width >= _LEAST_WIDTH and height >= _LEAST_HEIGHT and len(found) < _MOST_PICTURES:
            found[id(picture)] = _Legible(picture, grey, number)
    return found


def _recognised(pictures: list[_Legible]) -> Document | None:
    """The document that pictures show, a page each; nothing where there is no text to speak of in any of them."""
    from loaders.reading.printed.assemble import build_document

    pages: list[PageLayout] = []
    for page, picture in enumerate(pictures, 1):
        pages += _sheets(picture, len(pages) + 1, page)
    characters = sum(len(_CHARACTER.findall(run.text)) for page in pages for run in page.runs)
    return build_document(pages, "image") if characters >= _FEWEST_CHARACTERS else None


def _sheets(picture: _Legible, number: int, printed_on: int) -> list[PageLayout]:
    """What a picture shows, counted from `number`, all of it printed on one page."""
    from loaders.reading.scan import ocr, ocr_image

    height, width = picture.grey.shape[:2]
    shown = picture.block.width
    if not 0 < shown < _WIDEST_TABLE or height > _PAPER * width:
        return ocr.recognise_sheets(picture.grey, number, printed_on)
    unit = width / shown
    as_shown = ocr_image.resized(picture.grey, ocr_image.DOTS_PER_POINT / unit)
    page = ocr.recognise_page(as_shown, number, shown, as_given=True)
    back = page.back or (lambda x, y: (x, y))

    def in_picture(x: float, y: float) -> tuple[float, float]:
        x, y = back(x, y)
        return x * unit, y * unit

    page.printed_on, page.back = printed_on, in_picture
    return [page]


def _placed(found: Document, pictures: list[_Legible]) -> Iterator[Block]:
    """Blocks at the places of the pictures that they were found in."""

    def at(place: Place) -> Place:
        picture = pictures[(place.page or 1) - 1]
        return replace(picture.block.place, page=picture.number, box=place.box)

    for block in found.blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                cell.place = at(cell.place)
        else:
            block.place = at(block.place)
        yield block
