"""Word 97 files written by hand: each paragraph with properties of its own, which say what of a table it is."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from tests.office_files import _entry

IN_TABLE, ROW_END, SHAPE = 0x2416, 0x2417, 0xD608
DELETED, LIST, DEPTH = 0x0800, 0x460B, 0x6649
INNER_CELL, INNER_ROW_END = 0x244B, 0x244C
COVERED, GOES_ON, OPENS = 1, 1 << 5, 3 << 5
_TEXT, _PAGE = 0x600, 512


@dataclass
class Piece:
    """A stretch of text that ends with its mark, its properties as a paragraph and as characters."""

    text: str
    paragraph: bytes = b""
    characters: bytes = b""


def flag(name: int, value: int = 1) -> bytes:
    """A property of one byte."""
    return struct.pack("<HB", name, value)


def cell(text: str) -> Piece:
    return Piece(f"{text}\x07", flag(IN_TABLE))


def inner_row(texts: Sequence[str], edges: Sequence[int]) -> list[Piece]:
    """A row of a table that stands in a cell."""
    inside = flag(IN_TABLE) + struct.pack("<Hi", DEPTH, 2)
    cells = [Piece(f"{text}\r", inside + flag(INNER_CELL)) for text in texts]
    return [*cells, Piece("\r", inside + flag(INNER_ROW_END) + row_end(edges).paragraph[6:])]


def row_end(edges: Sequence[int], flags: Sequence[int] = ()) -> Piece:
    """The end of a row: the edges of its cells in twips, and what each of them is."""
    cells = len(edges) - 1
    shape = struct.pack(f"<B{cells + 1}h", cells, *edges)
    shape += b"".join(struct.pack("<H18x", flags[n] if n < len(flags) else 0) for n in range(cells))
    definition = struct.pack("<HH", SHAPE, len(shape) + 1) + shape
    return Piece("\x07", flag(IN_TABLE) + flag(ROW_END) + definition)


def row(texts: Sequence[str], edges: Sequence[int], flags: Sequence[int] = ()) -> list[Piece]:
    return [*map(cell, texts), row_end(edges, flags)]


def word97(pieces: Sequence[Piece], version: int = 0xC1, title: str = "") -> bytes:
    """The file of these pieces, which names its title as files of Chinese Windows do."""
    text = "".join(piece.text for piece in pieces).encode("utf-16-le")
    begins = [_TEXT]
    for piece in pieces:
        begins.append(begins[-1] + len(piece.text.encode("utf-16-le")))
    pages = -(-(_TEXT + len(text)) // _PAGE)
    body = bytearray(_TEXT) + text
    body += bytes(pages * _PAGE - len(body))
    for number, piece in enumerate(pieces):
        body += _page(begins[number : number + 2], 13, struct.pack("<H", 0) + piece.paragraph, of_paragraph=True)
    for number, piece in enumerate(pieces):
        body += _page(begins[number : number + 2], 1, piece.characters, of_paragraph=False)
    count = len(pieces)
    clx = struct.pack("<BIII", 2, 16, 0, len(text) // 2) + struct.pack("<HIH", 0, _TEXT, 0)
    paragraphs = struct.pack(f"<{count + 1}I{count}I", *begins, *range(pages, pages + count))
    characters = struct.pack(f"<{count + 1}I{count}I", *begins, *range(pages + count, pages + 2 * count))
    struct.pack_into("<2H6xH", body, 0, 0xA5EC, version, 0x0200)
    struct.pack_into("<I", body, 0x4C, len(text) // 2)
    struct.pack_into("<II", body, 0x1A2, 0, len(clx))
    struct.pack_into("<II", body, 0x102, len(clx), len(paragraphs))
    struct.pack_into("<II", body, 0xFA, len(clx) + len(paragraphs), len(characters))
    streams = {"WordDocument": bytes(body), "1Table": clx + paragraphs + characters}
    return ole(streams | ({"\x05SummaryInformation": _summary(title)} if title else {}))


def _summary(title: str) -> bytes:
    text = title.encode("gbk") + b"\0"
    values = [struct.pack("<IHxx", 2, 936), struct.pack("<II", 0x1E, len(text)) + text]
    section = struct.pack("<IIIIII", 0, 2, 1, 24, 2, 24 + len(values[0])) + b"".join(values)
    return bytes(44) + struct.pack("<I", 48) + section


def _page(begins: Sequence[int], entry: int, properties: bytes, *, of_paragraph: bool) -> bytes:
    """A page of properties with one run."""
    page = bytearray(_PAGE)
    at = 64
    struct.pack_into("<2IB", page, 0, *begins, at // 2)
    if of_paragraph:
        properties += b"\0" * (len(properties) % 2)
        page[at + 1] = len(properties) // 2
        page[at + 2 : at + 2 + len(properties)] = properties
    else:
        page[at] = len(properties)
        page[at + 1 : at + 1 + len(properties)] = properties
    page[-1] = 1
    return bytes(page)


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file of streams, each at least 4096 bytes so that none is a small one."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    chain, sectors, data = [fat, end], [], b""
    for content in streams.values():
        size = -(-max(len(content), 4096) // 512)
        sectors.append((len(chain), size * 512))
        chain += [*range(len(chain) + 1, len(chain) + size), end]
        data += content.ljust(size * 512, b"\0")
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 40, 0, 1, 1, 0, 4096, end, 0, end, 0)
    struct.pack_into("<109I", header, 76, 0, *[free] * 108)
    entries = [_entry("Root Entry", 5, free, 1, end, 0)]
    for number, (name, (start, size)) in enumerate(zip(streams, sectors, strict=True), 1):
        following = number + 1 if number < len(streams) else free
        entries.append(_entry(name, 2, following, free, start, size))
    allocation = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    return bytes(header) + allocation + b"".join(entries).ljust(512, b"\0") + data
