"""The words of Rich Text Format that a reader of text and tables has to know, and its encodings."""

from __future__ import annotations

import codecs

from loaders.patterns import pattern_of

SYMBOLS = "symbols"
"""In place of a codec: the font draws bullets and arrows, not characters."""

CODECS_OF_CHARSETS = {
    2: SYMBOLS,
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "big5hkscs",
    204: "cp1251",
}

_CHINESE = pattern_of(rb"(?:[\x00-\x7f]|[\xa1-\xf7][\xa1-\xfe])+")
"""Characters of the Chinese standard of 1980 alone beyond ASCII; Western letters hardly ever come in pairs."""

WRITTEN = {
    "line": "\n",
    "softline": "\n",
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": " ",
}

DESTINATIONS = {
    **dict.fromkeys(("listtext", "pntext"), "number"),
    "fldinst": "code",
    "pict": "picture",
    "nesttableprops": "row",
    **dict.fromkeys(("shptxt", "dptxbxtext"), "box"),
    **dict.fromkeys(("shp", "shpinst", "do", "info", "ud", "upr"), "unshown"),
    **dict.fromkeys(("title", "author", "keywords"), "property"),
    "fonttbl": "fonts",
    **dict.fromkeys(("shppict", "fldrslt", "field", "result"), "as around"),
    **dict.fromkeys(("colortbl", "stylesheet", "footnote", "annotation", "nonesttables", "nonshppict"), "left out"),
    **dict.fromkeys((f"{end}{side}" for end in ("header", "footer") for side in ("", "l", "r", "f")), "left out"),
    **dict.fromkeys(("shprslt", "ftnsep", "aftnsep", "objdata", "xe", "tc", "rxe", "fldtype", "pn"), "left out"),
}
"""What becomes of the text in groups that begin with these words."""


def codec_of_page(number: int) -> str:
    """The name of the encoding that Windows counts."""
    name = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 65001: "utf-8"}.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def decoded(written: bytes, codec: str) -> str:
    """The text of some bytes. Chinese in a Western encoding is Chinese: the font was not told, or is the wrong one."""
    if written.isascii():
        return written.decode()
    if codec == SYMBOLS:
        return ""
    is_chinese = codec == "cp1252" and _CHINESE.fullmatch(written)
    return written.decode("gb18030" if is_chinese else codec, "replace")


def with_escapes(data: bytes) -> bytes:
    """The same with characters that were written as UTF-8 named by number, as the format asks."""
    if data.isascii():
        return data
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data
    return "".join([each if each.isascii() else _escaped(each) for each in text]).encode()


def _escaped(character: str) -> str:
    halves = character.encode("utf-16-be")
    codes = [int.from_bytes(halves[at : at + 2], "big", signed=True) for at in range(0, len(halves), 2)]
    return "{\\uc0" + "".join(f"\\u{code}" for code in codes) + " }"
