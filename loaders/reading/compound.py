"""OLE compound files, in which Word, WPS Writer and Excel before 2007 keep their streams."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterable
from datetime import datetime, timedelta
from io import BytesIO

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_compound(head: bytes) -> bool:
    """Whether the file starts like an OLE compound file."""
    return head.startswith(_MAGIC)


def names_in(data: bytes) -> set[str]:
    """Names of the streams right under the root (embedded objects keep theirs deeper); none in a damaged file."""
    from olefile import OleFileIO

    try:
        with OleFileIO(BytesIO(data)) as file:
            return {path[0] for path in file.listdir() if len(path) == 1}
    except _DAMAGE:
        return set()


def streams_of(data: bytes, names: Iterable[str]) -> dict[str, bytes]:
    """The streams of these names under the root, without those that are not there or damaged."""
    from olefile import OleFileIO

    found: dict[str, bytes] = {}
    try:
        with OleFileIO(BytesIO(data)) as file:
            for name in names:
                if file.exists(name):
                    found[name] = file.openstream(name).read()
    except _DAMAGE:
        pass
    return found


def properties_of(data: bytes) -> dict[str, str]:
    """Title, author, keywords and dates that the file names of itself ([MS-OLEPS])."""
    stream = streams_of(data, [_SUMMARY]).get(_SUMMARY, b"")
    values = _values(stream)
    encoding = _encoding(values.get(1))
    found: dict[str, str] = {}
    for number, name in _NAMES.items():
        value = values.get(number)
        if isinstance(value, bytes):
            found[name] = value.decode(encoding, "replace").strip("\0 ")
        elif isinstance(value, int) and value:
            found[name] = (_FIRST_MOMENT + timedelta(microseconds=min(value // 10, _MOST))).isoformat()
    return {name: text for name, text in found.items() if text}


def _values(stream: bytes) -> dict[int, bytes | int]:
    """The properties of a stream by their number, as far as they are texts, dates and short numbers."""
    found: dict[int, bytes | int] = {}
    try:
        start = struct.unpack_from("<I", stream, 44)[0]
        count = struct.unpack_from("<I", stream, start + 4)[0]
        for number, offset in struct.iter_unpack(
            "<II", stream[start + 8 : start + 8 + 8 * min(count, _MOST_PROPERTIES)]
        ):
            kind, value = struct.unpack_from("<IQ", stream, start + offset)
            if kind == _TEXT:
                length = value & 0xFFFFFFFF
                found[number] = stream[start + offset + 8 : start + offset + 8 + min(length, _LONGEST)]
            elif kind in (_SHORT, _DATE):
                found[number] = value & 0xFFFF if kind == _SHORT else value
    except struct.error:
        pass  # the stream is cut; what was found stays
    return found


def _encoding(codepage: bytes | int | None) -> str:
    """The name of the encoding that Windows counts."""
    number = codepage if isinstance(codepage, int) else 936
    name = {936: "gb18030", 1200: "utf-16-le", 65001: "utf-8"}.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "gb18030"


_SUMMARY = "\x05SummaryInformation"
_NAMES = {2: "title", 4: "author", 5: "keywords", 12: "created", 13: "modified"}
_SHORT, _TEXT, _DATE = 0x02, 0x1E, 0x40
_MOST_PROPERTIES, _LONGEST = 64, 4096
_FIRST_MOMENT, _MOST = datetime(1601, 1, 1), 1_000 * 365 * 86_400 * 10**6

_DAMAGE = (OSError, struct.error, IndexError, ValueError, RecursionError, AttributeError, TypeError)
"""What the reader of the container raises where it is cut or filled with noise."""
