"""Stand-ins for the fonts that a PDF holds or only names.

PDFium draws the outline of every character only to know its extent, by the font in the file or else by one on the
machine; that costs more than all the rest of reading a page, and the latter differs from machine to machine. Codes,
widths and heights come from the file's own tables, so for reading a font will do whose characters are all small boxes.
Pictures of pages need the real ones.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from loaders.reading.pdf.pdfium import raw

_SIMPLIFIED = 134
_CHARSETS = frozenset({128, 129, _SIMPLIFIED, 136})
"""Japanese, Korean, simplified and traditional Chinese, as Windows numbers them."""

_STANDARD = (b"Courier", b"Helvetica", b"Times", b"Symbol", b"ZapfDingbats")
"""Fonts whose widths a file may leave out, since every reader knows them (ISO 32000-1, 9.6.2.2)."""

_EMBEDDED, _OVERLOOKED = b"/FontFile", b"/FontFilX"
"""The key of a font in the file, and one as long that means nothing, so that all objects stay in their places."""

_TO_CHARACTERS = b"/ToUnicode"

Box = tuple[int, int, int, int]
"""Left, bottom, right, top in thousandths of the size of the type."""

_LATIN, _CHINESE, _EITHER = (100, -100, 400, 700), (100, -100, 400, 850), (100, -120, 400, 880)
"""As high as real characters and no wider than their place. Codes of a font in the file do not tell which they are."""

_FIRST_CHINESE = 0x2E80

_FOR_CHINESE, _FOR_OTHERS = 1, 2
"""Handles of our fonts; PDFium's own are addresses."""


def without_embedded_fonts(data: bytes) -> bytes:
    """The same file for reading only: the fonts in it are overlooked, if tables tell the characters of their codes.

    Where a table is missing, only the font may tell them.
    """
    embedded = data.count(_EMBEDDED)
    return data.replace(_EMBEDDED, _OVERLOOKED) if 0 < embedded <= data.count(_TO_CHARACTERS) else data


@contextmanager
def stand_in_fonts() -> Iterator[None]:
    """Documents opened here get the stand-in; they must be closed before one is opened for a picture."""
    stand_in = _stand_in()
    stand_in.wanted = True
    try:
        yield
    finally:
        stand_in.wanted = False


class _StandIn:
    """PDFium's own way to find fonts, with our answers put before it."""

    def __init__(self) -> None:
        self.wanted = False
        self._fonts = {_FOR_CHINESE: box_font(_LATIN, _CHINESE), _FOR_OTHERS: box_font(_EITHER, _EITHER)}
        raw.FPDF_InitLibrary()
        found = raw.FPDF_GetDefaultSystemFontInfo()
        if not found:
            return  # a platform without fonts: nothing to stand in for
        answers: dict[str, tuple[Callable[..., bool], Callable[..., int | None]]] = {
            "MapFont": (self._stands_in, self._font_for),
            "GetFontData": (self._is_ours, self._data),
            "GetFaceName": (self._is_ours, lambda *_: 0),
            "GetFontCharset": (self._is_ours, lambda *_: _SIMPLIFIED),
            "DeleteFont": (self._is_ours, lambda *_: None),
        }
        self._kept = [found, *(_put_before(found.contents, name, *answer) for name, answer in answers.items())]
        raw.FPDF_SetSystemFontInfo(found)

    def _stands_in(
        self, _: object, weight: int, italic: int, charset: int, pitch: int, name: int, *rest: object
    ) -> bool:
        return self.wanted and (charset in _CHARSETS or not ctypes.string_at(name).startswith(_STANDARD))

    def _font_for(self, _: object, weight: int, italic: int, charset: int, *rest: object) -> int:
        return _FOR_CHINESE if charset in _CHARSETS else _FOR_OTHERS

    def _is_ours(self, _: object, font: int, *rest: object) -> bool:
        return font in self._fonts

    def _data(self, _: object, font: int, table: int, buffer: ctypes.c_void_p, size: int) -> int:
        """The whole font; there is no table that PDFium needs by itself."""
        data = self._fonts[font]
        if table:
            return 0
        if buffer and size >= len(data):
            ctypes.memmove(buffer, data, len(data))
        return len(data)


def _put_before(
    functions: ctypes.Structure, name: str, concerns: Callable[..., bool], answer: Callable[..., int | None]
) -> tuple[object, object]:
    """Let `answer` serve the calls that concern it, PDFium all others. What comes back is to be kept alive."""
    kind: Callable[..., Callable[..., int | None]] = type(getattr(functions, name))
    native = kind(ctypes.cast(getattr(functions, name), ctypes.c_void_p).value)
    ours = kind(lambda *arguments: (answer if concerns(*arguments) else native)(*arguments))
    setattr(functions, name, ours)
    return native, ours


@cache
def _stand_in() -> _StandIn:
    return _StandIn()


def box_font(latin: Box, chinese: Box) -> bytes:
    """A TrueType font with a box for every code there is, one for Latin characters, one for Chinese."""
    glyphs = [_box_glyph(latin), _box_glyph(chinese)]
    size = len(glyphs[0])
    codes = (0x20, _FIRST_CHINESE - 1, 1), (_FIRST_CHINESE, 0x10FFFF, 2)
    many_to_one = struct.pack(">2H3L", 13, 0, 16 + 12 * len(codes), 0, len(codes))
    many_to_one += b"".join(struct.pack(">3L", *group) for group in codes)
    tables = {
        b"cmap": struct.pack(">4HL", 0, 1, 3, 10, 12) + many_to_one,
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(">4L2H2q4h2H3h", 1 << 16, 1 << 16, 0, 0x5F0F3CF5, 0, 1000, 0, 0, *chinese, 0, 8, 2, 0, 0),
        b"hhea": struct.pack(">L3hH11hH", 1 << 16, 880, -120, 0, 1000, *[0] * 3, 1, *[0] * 7, 1),
        b"hmtx": struct.pack(">H3h", 1000, 0, 0, 0),
        b"loca": struct.pack(">4H", 0, 0, size // 2, size),
        b"maxp": struct.pack(">L14H", 1 << 16, 3, 4, 1, 0, 0, 1, *[0] * 8),
    }
    head, body = struct.pack(">L4H", 1 << 16, len(tables), 64, 2, 16 * len(tables) - 64), b""
    start = len(head) + 16 * len(tables)
    for tag, table in tables.items():
        padded = table + b"\0" * (-len(table) % 4)
        check = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        head += tag + struct.pack(">3L", check, start + len(body), len(table))
        body += padded
    return head + body


def _box_glyph(box: Box) -> bytes:
    left, bottom, right, top = box
    corners = (left, 0, right - left, 0, bottom, top - bottom, 0, bottom - top)
    return struct.pack(">5h2H4B8h", 1, *box, 3, 0, 1, 1, 1, 1, *corners).ljust(36, b"\0")
