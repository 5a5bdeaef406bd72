"""What a Word 97 to 2003 file holds of its text and its rows ([MS-DOC]), which Word, WPS Writer and LibreOffice write.

The text lies in pieces anywhere in the main stream; pages of 512 bytes say which properties hold for which stretch of
it. Only what tells cells, rows and deleted text is looked at.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TypeVar

from loaders.document import ReadingError
from loaders.patterns import pattern_of
from loaders.reading.beside_text import is_note_mark
from loaders.reading.compound import streams_of

_Found = TypeVar("_Found")

_WORD_97 = 0xC1
"""The oldest version with this layout."""

_PAGE = 512
_CHARACTERS_PLC, _PARAGRAPHS_PLC, _PIECES = 0xFA, 0x102, 0x1A2
"""Where the header names the tables of properties and of pieces."""

_IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL, _INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_DELETED, _HIDDEN = 0x0800, 0x083C
_STRUCK, _STRUCK_TWICE, _RAISED = 0x0837, 0x2A53, 0x2A48
_SHOWN, _LEFT_OUT, _MAY_POINT_TO_A_NOTE = range(3)
_LIST = 0x460B
_FAST_SAVED = 0x4
_STYLES = 0xA2
_ELSEWHERE = (0x6646, 0x646B)
"""Properties too many for their page stand in the stream of data."""

_ROW_SHAPE, _MERGED, _MERGED_DOWN, _TABS = 0xD608, 0x5624, 0xD62B, 0xC615
_OPERAND_BYTES = (1, 1, 2, 4, 2, 2, 0, 3)
"""By the three highest bits of a property's number; 0 where the operand begins with its own length."""

_SHORTEST_OPERAND = 4
"""Bytes; what is shorter is filled up, so that a damaged one can be looked at like any other."""

_COVERED, _GOES_ON = 1, 1


@dataclass(slots=True)
class RowShape:
    """The cells of a row: edges from left to right, in twips, and which cells go on from the left or from above."""

    edges: list[int] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)
    goes_on: list[bool] = field(default_factory=list)


@dataclass(slots=True)
class WordParagraph:
    """A paragraph, the end of a cell, or the end of a row. `depth` counts the tables around it."""

    text: str
    depth: int = 0
    ends_cell: bool = False
    row: RowShape | None = None
    """Its shape, where this is the end of a row."""


@dataclass(slots=True)
class _Field:
    """An open field: its code is never shown, and its result is not where that is a table of contents."""

    code: str = ""
    code_ended: bool = False

    @property
    def hides(self) -> bool:
        return not self.code_ended or self.code.split(None, 1)[:1] == ["TOC"]

    def take(self, character: str) -> None:
        if not self.code_ended:
            self.code += character


@dataclass(slots=True)
class _Properties:
    depth: int = 0
    in_table: bool = False
    ends_row: bool = False
    ends_inner_cell: bool = False
    row: RowShape | None = None


class Word97:
    """An open file. Raises `ReadingError` (damaged, unsupported) where it is not what it says."""

    def __init__(self, data: bytes) -> None:
        streams = streams_of(data, ("WordDocument", "0Table", "1Table", "Data"))
        self._main = streams.get("WordDocument", b"")
        self._data = streams.get("Data", b"")
        try:
            version, self._flags = struct.unpack_from("<2xH6xH", self._main)
            self._tables = streams.get("1Table" if self._flags & 0x200 else "0Table", b"")
            self._length, *_, self._in_boxes = struct.unpack_from("<7I", self._main, 0x4C)
            if version < _WORD_97 or not self._tables:
                raise ReadingError("unsupported", "这是 Word 97 之前的文件，请另存为 .docx 后再读")
            self._pieces = list(self._read_pieces())
            self._paragraphs = self._runs(_PARAGRAPHS_PLC)
            characters = self._runs(_CHARACTERS_PLC)
        except (struct.error, IndexError) as error:
            raise ReadingError("damaged", "Word 文件已损坏或不完整，请重新下载或另存为 .docx 后再读") from error
        self._known: dict[bytes, _Properties] = {}
        shown_as = {properties: self._shown_as(properties) for _, properties in characters}
        self._shown = [(begin, shown_as[properties]) for begin, properties in characters]
        self._shows_all = all(way == _SHOWN for _, way in self._shown)

    def shows_more(self) -> bool:
        """Whether the file shows what `paragraphs` leaves out: numbers of lists, text boxes, pictures."""
        if self._in_boxes or self._flags & _FAST_SAVED:
            return True
        if any(mark in written for mark in _SHAPES for written in self._written()):
            return True
        start, size = struct.unpack_from("<II", self._main, _STYLES)
        if _NUMBERED.search(self._tables[start : start + size]):
            return True
        return any(_NUMBERED.search(found) for _, found in self._paragraphs)

    def paragraphs(self) -> Iterator[WordParagraph]:
        """All paragraphs, cells and rows in order, without contents and what is deleted, hidden or struck."""
        parts: list[str] = []
        fields: list[_Field] = []
        for character, at in self._text():
            if character == "\x13":
                fields.append(_Field())
            elif character == "\x14" and fields:
                fields[-1].code_ended = True
            elif character == "\x15" and fields:
                fields.pop()
            elif any(field.hides for field in fields):
                fields[-1].take(character)
            elif character in "\r\x07\x0c":
                yield self._paragraph(_joined(parts), character, at)
                parts = []
            elif self._shows_all or not self._is_left_out(character, at, parts):
                parts.append(_WRITTEN.get(character, character))
        if parts:
            yield WordParagraph(_joined(parts))

    def _paragraph(self, text: str, mark: str, at: int) -> WordParagraph:
        found = self._properties_at(at)
        depth = found.depth or int(found.in_table)
        if found.ends_row:
            return WordParagraph(text, depth, row=found.row or RowShape())
        ends_cell = (mark == "\x07" or found.ends_inner_cell) and depth > 0
        return WordParagraph(text, depth, ends_cell)

    # --- text ---

    def _read_pieces(self) -> Iterator[tuple[int, int, int]]:
        """Characters, offset in the main stream and bytes a character, of each piece of the text."""
        start, size = struct.unpack_from("<II", self._main, _PIECES)
        pieces = self._tables[start : start + size]
        at = 0
        while pieces[at] == 1:  # properties of pieces, which fast saving wrote
            at += 3 + struct.unpack_from("<H", pieces, at + 1)[0]
        count = (struct.unpack_from("<I", pieces, at + 1)[0] - 4) // 12
        begins = struct.unpack_from(f"<{count + 1}I", pieces, at + 5)
        for number in range(count):
            offset = struct.unpack_from("<I", pieces, at + 5 + 4 * (count + 1) + 8 * number + 2)[0]
            compressed = bool(offset & 0x40000000)
            offset &= 0x3FFFFFFF
            length = min(begins[number + 1], self._length) - begins[number]
            if length > 0:
                yield length, offset // 2 if compressed else offset, 1 if compressed else 2

    def _written(self) -> Iterator[str]:
        """The text of each piece, a character for each two bytes or one."""
        for length, offset, size in self._pieces:
            written = self._main[offset : offset + size * length]
            if size == 1:
                yield written.decode("cp1252", "replace")
            else:
                yield "".join(map(chr, struct.unpack(f"<{len(written) // 2}H", written[: len(written) // 2 * 2])))

    def _text(self) -> Iterator[tuple[str, int]]:
        """Each character with its offset in the main stream."""
        for (_, offset, size), text in zip(self._pieces, self._written(), strict=True):
            yield from zip(text, range(offset, offset + size * len(text), size), strict=True)

    # --- properties ---

    def _runs(self, where: int) -> list[tuple[int, bytes]]:
        """Where each stretch with properties of its own begins in the main stream, and these."""
        start, size = struct.unpack_from("<II", self._main, where)
        count = (size - 4) // 8
        pages = struct.unpack_from(f"<{count}I", self._tables, start + 4 * (count + 1)) if count > 0 else ()
        of_paragraphs = where == _PARAGRAPHS_PLC
        found: list[tuple[int, bytes]] = []
        for number in pages:
            page = self._main[number * _PAGE : (number + 1) * _PAGE]
            runs = page[-1]
            begins = struct.unpack_from(f"<{runs + 1}I", page)
            entry = 13 if of_paragraphs else 1
            for run in range(runs):
                at = 2 * page[4 * (runs + 1) + entry * run]
                found.append((begins[run], _properties_on(page, at, of_paragraphs)))
            found.append((begins[runs], b""))
        return sorted(found, key=lambda run: run[0])

    def _properties_at(self, offset: int) -> _Properties:
        written = _run_at(self._paragraphs, offset) or b""
        known = self._known.get(written)
        if known is None:
            known = self._known[written] = self._understood(written)
        return known

    def _understood(self, properties: bytes) -> _Properties:
        found = _Properties()
        for name, operand in self._modifiers(properties):
            if name == _IN_TABLE:
                found.in_table = bool(operand[0])
            elif name == _DEPTH:
                found.depth = struct.unpack_from("<i", operand)[0]
            elif name in (_ROW_END, _INNER_ROW_END):
                found.ends_row = found.ends_row or bool(operand[0])
            elif name == _INNER_CELL:
                found.ends_inner_cell = bool(operand[0])
            elif name == _ROW_SHAPE:
                found.row = _row_shape(operand)
            elif name == _MERGED and found.row:
                first, end = operand[0], operand[1]
                found.row.covered[first + 1 : end] = [True] * len(found.row.covered[first + 1 : end])
            elif name == _MERGED_DOWN and found.row and operand[1] < len(found.row.goes_on):
                found.row.goes_on[operand[1]] = operand[2] == _GOES_ON
        return found

    def _is_left_out(self, character: str, offset: int, before: list[str]) -> bool:
        way = _run_at(self._shown, offset)
        if way == _MAY_POINT_TO_A_NOTE:
            return is_note_mark(character, "".join(before[-8:]))
        return way == _LEFT_OUT

    def _shown_as(self, properties: bytes) -> int:
        way = _SHOWN
        for name, operand in self._modifiers(properties):
            if name in (_DELETED, _HIDDEN, _STRUCK, _STRUCK_TWICE) and operand[0] & 1:
                return _LEFT_OUT
            if name == _RAISED:
                way = _MAY_POINT_TO_A_NOTE if operand[0] == 1 else _SHOWN
        return way

    def _modifiers(self, properties: bytes, *, may_refer: bool = True) -> Iterator[tuple[int, bytes]]:
        """Number and operand of each property; what stands elsewhere refers no further."""
        at = 0
        while at + 2 < len(properties):
            name = struct.unpack_from("<H", properties, at)[0]
            at += 2
            size = _OPERAND_BYTES[name >> 13]
            if name == _ROW_SHAPE:
                size = int.from_bytes(properties[at : at + 2], "little") + 1
            elif not size:
                size = 1 + properties[at]
                if name == _TABS and properties[at] == 0xFF:
                    return  # the one property whose length is to be counted; none that matters comes after it
            operand = properties[at : at + size]
            if len(operand) < size:
                return
            operand = operand.ljust(_SHORTEST_OPERAND, b"\0")
            if name in _ELSEWHERE and may_refer:
                start = int.from_bytes(operand[:4], "little")
                length = int.from_bytes(self._data[start : start + 2], "little")
                yield from self._modifiers(self._data[start + 2 : start + 2 + length], may_refer=False)
            else:
                yield name, operand
            at += size


_WRITTEN = {"\x0b": "\n", "\x1e": "-", "\x1f": "", "\xa0": " ", **dict.fromkeys("\x01\x02\x03\x04\x05\x08", "")}
"""What stands for a character of the file that is none of the text."""


_SHAPES = "\x01\x08"
_HALF = pattern_of("[\\ud800-\\udfff]")
_NUMBERED = pattern_of(re.escape(_LIST.to_bytes(2, "little")) + b"(?!\0\0)")


def _run_at(runs: list[tuple[int, _Found]], offset: int) -> _Found | None:
    found = bisect_right(runs, offset, key=itemgetter(0))
    return runs[found - 1][1] if found else None


def _joined(characters: list[str]) -> str:
    """Characters as one text, those beyond the first 65,536 whole again."""
    text = "".join(characters)
    return text if text.isascii() or not _HALF.search(text) else _whole(text)


def _whole(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _properties_on(page: bytes, at: int, of_paragraphs: bool) -> bytes:
    """The properties that begin at an offset of a page; there are none at 0."""
    if not at:
        return b""
    if not of_paragraphs:
        return page[at + 1 : at + 1 + page[at]]
    size, begin = (2 * page[at] - 1, at + 1) if page[at] else (2 * page[at + 1], at + 2)
    return page[begin + 2 : begin + size]  # behind the number of the style


def _row_shape(operand: bytes) -> RowShape:
    count = min(operand[2], len(operand) // 2 - 2)
    if count < 1:
        return RowShape()
    edges = list(struct.unpack_from(f"<{count + 1}h", operand, 3))
    shape = RowShape(edges, [False] * count, [False] * count)
    for number in range(count):
        at = 3 + 2 * (count + 1) + 20 * number
        flags = struct.unpack_from("<H", operand, at)[0] if at + 2 <= len(operand) else 0
        shape.covered[number] = flags & 3 == _COVERED
        shape.goes_on[number] = flags >> 5 & 3 == _GOES_ON
    return shape
