"""OpenDocument text: paragraphs, tables and pictures straight from the XML, without LibreOffice."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from loaders.document import NOWHERE, Block, Document, Paragraph, Picture, Place, ReadingError
from loaders.patterns import pattern_of
from loaders.reading.beside_text import is_note_mark, take_out
from loaders.reading.layout import MAX_COLUMNS, DraftCell, paragraphs_of, settle
from loaders.reading.parts import parse_xml, unpacked
from loaders.reading.pictured import may_hold_table, read_pictures
from loaders.reading.word.numbering import format_number
from loaders.reading.word.typed import as_typed

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_LEFT_OUT = frozenset(
    (
        _TEXT + "tracked-changes",
        _TEXT + "note",
        _TEXT + "ruby-text",
        _TEXT + "sequence-decls",
        _OFFICE + "annotation",
        _OFFICE + "forms",
        _TEXT + "hidden-paragraph",
        _TEXT + "table-of-content",
    )
)
_PARAGRAPHS = (_TEXT + "p", _TEXT + "h")
_ROW_GROUPS = (_TABLE + "table-header-rows", _TABLE + "table-rows", _TABLE + "table-row-group")
_MAX_DEPTH = 60
_MAX_REPEATED = 200
"""A file of some bytes can ask for a million equal rows."""
_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_METADATA = {
    "title": "title",
    "creator": "author",
    "date": "modified",
    "creation-date": "created",
    "keyword": "keywords",
}
_LENGTH = pattern_of(r"([\d.]+)\s*(cm|mm|in|pt)")
_CENTIMETRES = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 0.0353}


def read_odt(data: bytes) -> Document:
    """The Document in an OpenDocument text. Raises `ReadingError` and the errors of `zipfile`."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = _part(archive, "content.xml")
        body = None if root is None else root.find(f"{_OFFICE}body/{_OFFICE}text")
        if root is None or body is None:
            raise ReadingError("damaged", "ODT 文件不完整：缺少 content.xml 或其中的正文")
        _take_out_beside_text(root, body)
        lists = _ListStyles(root, _part(archive, "styles.xml"))
        reader = _Reader(lists)
        reader.read_children(body, reader.blocks, 0, in_cell=False)
        document = Document("odt", as_typed(reader.blocks), metadata=_metadata(_part(archive, "meta.xml")))
        read_pictures(document, partial(_member, archive))
        return document


def _take_out_beside_text(root: Element, body: Element) -> None:
    """Takes out what the looks of its span strike out, hide, or raise to mark a note."""
    struck: set[str] = set()
    raised: set[str] = set()
    for look in root.iter(f"{_STYLE}text-properties"):
        name = look.getparent().get(f"{_STYLE}name", "")
        if look.get(f"{_STYLE}text-line-through-style", "none") != "none" or look.get(f"{_TEXT}display") == "none":
            struck.add(name)
        elif look.get(f"{_STYLE}text-position", "").startswith("super"):
            raised.add(name)
    if not struck and not raised:
        return
    for paragraph in list(body.iter(*_PARAGRAPHS)):
        before = paragraph.text or ""
        for part in paragraph.xpath("*"):
            text, tail = "".join(part.itertext()), part.tail or ""
            name = part.get(f"{_TEXT}style-name", "") if part.tag == f"{_TEXT}span" else ""
            if name in struck or (name in raised and is_note_mark(text, before)):
                take_out(part)
            else:
                before += text
            before += tail


def _member(archive: zipfile.ZipFile, name: str) -> bytes | None:
    return unpacked(archive, archive.getinfo(name)) if name in archive.namelist() else None


def _part(archive: zipfile.ZipFile, name: str) -> Element | None:
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    content = unpacked(archive, info)
    if b"<" not in content[:100] and b"\x00<" not in content[:100]:
        # an encrypted OpenDocument file keeps its parts in the zip, as noise
        raise ReadingError("encrypted", "文件已加密，请去掉密码后再读")
    return parse_xml(content)


def _metadata(root: Element | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter() if root is not None else ():
        name = _METADATA.get(element.tag.rpartition("}")[2])
        if name and element.text and element.text.strip():
            found.setdefault(name, element.text.strip())
    return found


@dataclass(slots=True)
class _Level:
    prefix: str
    suffix: str
    style: str
    start: int
    shown: int
    pattern: str = ""
    """The whole label with `%1%` for the number of level 1; newer files say it this way, and more exactly."""


class _ListStyles:
    """How the lists of a file print their numbers."""

    def __init__(self, *roots: Element | None) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self.of_paragraph: dict[str, str] = {}
        self.outline: dict[int, _Level] = {}
        for root in roots:
            if root is None:
                continue
            for style in root.iter(f"{_TEXT}list-style"):
                for element in style.iterchildren(f"{_TEXT}list-level-style-number"):
                    key = (style.get(f"{_STYLE}name", ""), _whole(element.get(f"{_TEXT}level"), 1))
                    self._levels[key] = _level(element)
            for element in root.iter(f"{_TEXT}outline-level-style"):
                self.outline[_whole(element.get(f"{_TEXT}level"), 1)] = _level(element)

    def level(self, style: str, depth: int) -> _Level | None:
        """The numbering of one level; None for bullets."""
        return self._levels.get((style, depth))


def _level(element: Element) -> _Level:
    written = element.get(f"{_STYLE}num-format") or ""
    if "一" in written:
        style = "chineseCounting"
    elif "壹" in written:
        style = "chineseLegalSimplified"
    elif "①" in written:
        style = "decimalEnclosedCircle"
    elif "甲" in written:
        style = "ideographTraditional"
    else:
        style = _FORMATS.get(written, "decimal" if written else "none")
    return _Level(
        element.get(f"{_STYLE}num-prefix") or "",
        element.get(f"{_STYLE}num-suffix") or "",
        style,
        _whole(element.get(f"{_TEXT}start-value"), 1),
        _whole(element.get(f"{_TEXT}display-levels"), 1),
        element.get(f"{_LOEXT}num-list-format") or "",
    )


class _Reader:
    """Walks the body once."""

    def __init__(self, lists: _ListStyles) -> None:
        self.blocks: list[Block] = []
        self._lists = lists
        self._counters: dict[str, dict[int, int]] = {}
        self._paragraphs = 0
        self._tables = 0
        self._label = ""

    def read_children(self, parent: Element, blocks: list[Block], depth: int, *, in_cell: bool) -> None:
        for child in parent:
            tag = child.tag
            if tag in _LEFT_OUT:
                continue
            if tag in _PARAGRAPHS:
                self._paragraphs += not in_cell
                self._read_paragraph(child, blocks, NOWHERE if in_cell else Place(paragraph=self._paragraphs), depth)
            elif tag == f"{_TABLE}table":
                self._read_table(child, blocks, depth)
            elif tag == f"{_TEXT}list":
                self._read_list(child, blocks, depth, [], in_cell=in_cell)
            elif depth < _MAX_DEPTH:
                self._add_picture(child, blocks, NOWHERE)
                self.read_children(child, blocks, depth + 1, in_cell=in_cell)

    # --- paragraphs ---

    def _read_paragraph(self, paragraph: Element, blocks: list[Block], place: Place, depth: int) -> None:
        pieces: list[str] = []
        anchored: list[Block] = []
        self._collect(paragraph, pieces, anchored, place, depth)
        text = "".join(pieces)
        if text.strip():
            if not self._label and paragraph.tag == f"{_TEXT}h":
                self._label = self._outline_label(paragraph)
            blocks += paragraphs_of(self._label + text, place)
        self._label = ""
        blocks += anchored

    def _collect(self, parent: Element, pieces: list[str], anchored: list[Block], place: Place, depth: int) -> None:
        """White space collapses as the format asks; what counts stands in elements of its own."""
        if depth > _MAX_DEPTH * 4:
            return
        if parent.text:
            pieces.append(_collapsed(parent.text))
        for child in parent:
            tag = child.tag
            if tag == f"{_TEXT}s":
                pieces.append(" " * min(_whole(child.get(f"{_TEXT}c"), 1), 1000))
            elif tag == f"{_TEXT}tab":
                pieces.append("\t")
            elif tag == f"{_TEXT}line-break":
                pieces.append("\n")
            elif tag.startswith(_DRAW):
                self._add_picture(child, anchored, place)
                self.read_children(child, anchored, depth + 1, in_cell=False)
            elif tag not in _LEFT_OUT and tag != f"{_TEXT}number":
                self._collect(child, pieces, anchored, place, depth + 1)
            if child.tail:
                pieces.append(_collapsed(child.tail))

    def _add_picture(self, element: Element, blocks: list[Block], place: Place) -> None:
        image = element.find(f"{_DRAW}image") if element.tag == f"{_DRAW}frame" else None
        if image is None:
            return
        width, height = (
            _centimetres(element.get(f"{_SVG}{name}")) / _CENTIMETRES["pt"] for name in ("width", "height")
        )
        if may_hold_table(width, height):
            blocks.append(Picture(place, image.get(f"{_XLINK}href", ""), width))

    # --- numbers ---

    def _read_list(self, element: Element, blocks: list[Block], depth: int, outer: list[str], *, in_cell: bool) -> None:
        """`outer` holds the style of each list around this one; a list without a style takes theirs."""
        if depth > _MAX_DEPTH:
            return
        style = element.get(f"{_TEXT}style-name") or (outer[-1] if outer else "")
        level = len(outer) + 1
        if (
            not outer
            and element.get(f"{_TEXT}continue-numbering") != "true"
            and not element.get(f"{_TEXT}continue-list")
        ):
            self._counters.pop(style, None)
        for item in element:
            if item.tag not in (f"{_TEXT}list-item", f"{_TEXT}list-header"):
                continue
            numbered = item.tag == f"{_TEXT}list-item"
            for child in item:
                if child.tag == f"{_TEXT}list":
                    self._read_list(child, blocks, depth + 1, [*outer, style], in_cell=in_cell)
                    continue
                if numbered:
                    self._label = self._count(style, level, item.get(f"{_TEXT}start-value"))
                    numbered = False
                self.read_children([child], blocks, depth + 1, in_cell=in_cell)

    def _count(self, style: str, level: int, start: str | None) -> str:
        shown = self._lists.level(style, level)
        if shown is None:
            return ""
        counters = self._counters.setdefault(style, {})
        counters[level] = _whole(start, 0) or counters.get(level, shown.start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            del counters[deeper]
        return _printed(shown, level, counters)

    def _outline_label(self, heading: Element) -> str:
        level = _whole(heading.get(f"{_TEXT}outline-level"), 1)
        shown = self._lists.outline.get(level)
        if shown is None or shown.style == "none" or heading.get(f"{_TEXT}is-list-header") == "true":
            return ""
        counters = self._counters.setdefault("", {})
        counters[level] = counters.get(level, shown.start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            del counters[deeper]
        return _printed(shown, level, counters)

    # --- tables ---

    def _read_table(self, table: Element, blocks: list[Block], depth: int) -> None:
        self._tables += 1
        number = self._tables
        if depth >= _MAX_DEPTH:
            blocks += paragraphs_of("".join(table.itertext()), Place(table=number))
            return
        cells: list[DraftCell] = []
        row = 0
        for row_element in _rows(table):
            column = 0
            for element in row_element:
                covered = element.tag == f"{_TABLE}covered-table-cell"
                if not covered and element.tag != f"{_TABLE}table-cell":
                    continue
                repeated = min(_whole(element.get(f"{_TABLE}number-columns-repeated"), 1), MAX_COLUMNS)
                for _ in range(0 if covered else repeated):
                    cell = DraftCell(row, column, _span(element, "rows"), _span(element, "columns"))
                    inner: list[Block] = []
                    self.read_children(element, inner, depth + 1, in_cell=True)
                    cell.content = [part.text if isinstance(part, Paragraph) else part for part in inner]
                    cells.append(cell)
                    column += 1
                column += repeated if covered else 0
            row += min(_whole(row_element.get(f"{_TABLE}number-rows-repeated"), 1), _MAX_REPEATED)
        for cell in cells:
            cell.row_span = max(1, min(cell.row_span, row - cell.row))
        blocks += settle(cells, number)


def _rows(table: Element) -> list[Element]:
    found: list[Element] = []
    pending = list(reversed(table))
    while pending:
        child = pending.pop()
        if child.tag == f"{_TABLE}table-row":
            found.append(child)
        elif child.tag in _ROW_GROUPS:
            pending.extend(reversed(child))
    return found


def _span(cell: Element, direction: str) -> int:
    return min(max(_whole(cell.get(f"{_TABLE}number-{direction}-spanned"), 1), 1), 10_000)


def _printed(level: _Level, depth: int, counters: dict[int, int]) -> str:
    if level.style == "none":
        return ""
    if "%" in level.pattern:
        label = re.sub(r"%(\d+)%", lambda m: format_number(counters.get(int(m[1]), 1), level.style), level.pattern)
    else:
        first = max(1, depth - level.shown + 1)
        number = ".".join(format_number(counters.get(d, 1), level.style) for d in range(first, depth + 1))
        label = f"{level.prefix}{number}{level.suffix}"
    return label if label[-1] in "、\uff09．。" else label + " "


def _collapsed(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)


def _centimetres(length: str | None) -> float:
    found = _LENGTH.match(length or "")
    return float(found[1]) * _CENTIMETRES[found[2]] if found else 99.0


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() else default
