"""What converters write into text that is no part of it: marks of Markdown, words for blank cells, their line ends."""

from __future__ import annotations

import re

from loaders.patterns import pattern_of
from loaders.reading.text.breaks import without_breaks

_BOLD = pattern_of(r"\*\*(?=[^\s*])((?:[^*\n]|\n(?!\s*\n))+)(?<=\S)\*\*")
_NOT_A_NUMBER = pattern_of(r"(?<![^\s|,])(?:nan|NaN)(?![^\s|,])")  # a blank cell of pandas
_OF_WORD = "[bookmark: "
_MARK_OF_WORD = pattern_of(r"\[bookmark: [^\]]*\]")
_LINE_BREAK = pattern_of(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_RARE_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"
_ESCAPE = pattern_of(r"(?<!\\)\\(?=[-+.()\[\]_*#!>~])")
_ESCAPED = pattern_of(rf"\S*{_ESCAPE.pattern}\S*")


_SPAN = pattern_of(r"\[([^\[\]|]*)\]\{[^{}|]*\}")
"""Text with attributes, as Pandoc writes it: `[规章]{lang="EN-US"}`; not over the edge of a cell."""
_ROW = pattern_of(r"^(?:\||  +\S.* {2,}\S).*$", re.MULTILINE)
_BETWEEN_CELLS = pattern_of(r"( {2,}|\|)")
_OF_TEXTILE = pattern_of(r"\|(?:(?:[\\/]\d{1,2}){1,2}|[_<>=^]{1,3})\.[ \t]")
r"""Opens a cell in Textile: `|/3. ` down three rows, `|\4. ` across four columns, `|_. ` a header, `|>. ` set right."""
_MARKS_OF_TEXTILE = ("|/", "|\\", "|_.", "|<.", "|>.", "|=.")
_DRAWER = pattern_of(r"^[ \t]*:[A-Z_]+:(?:[ \t].*)?$", re.MULTILINE)
"""Below a heading in Org: `:PROPERTIES:`, `:CUSTOM_ID: 总体情况`, `:END:`."""
_FENCE = pattern_of(r"^:{3,}.*$", re.MULTILINE)


_TAG = pattern_of(
    r"</?(?:html|body|main|article|section|center|div|p|span|font|a|b|u|i|em|strong|small|big|o:p)\b[^<>]*>", re.I
)
"""What some converters keep of a page, around tables and within lines."""


def without_marks(text: str) -> str:
    """The text without them; what stands under each other on a page still does."""
    if "<" in text:
        text = _TAG.sub(lambda tag: "\n" * tag[0].count("\n"), text)
    if "]{" in text and _SPAN.search(text):
        text = _FENCE.sub("", without_attributes(_rows_without_attributes(text)))
    if ":PROPERTIES:" in text:
        text = _DRAWER.sub("", text)
    if "**" in text or "<br" in text or "&nbsp;" in text:
        text = without_breaks(_BOLD.sub(r"\1", text))
    if any(mark in text for mark in _MARKS_OF_TEXTILE):
        text = _OF_TEXTILE.sub("|", text)
    if "\\" in text and _ESCAPE.search(text):
        text = "\n".join(_unescaped(line) if "\\" in line else line for line in text.split("\n"))
    if _OF_WORD in text:
        text = _MARK_OF_WORD.sub("", text)
    return _NOT_A_NUMBER.sub("   ", text) if "nan" in text or "NaN" in text else text


def split_lines(text: str) -> list[str]:
    """The lines, whatever ends them."""
    usual = text.replace("\r\n", "\n")
    return _LINE_BREAK.split(text) if any(mark in usual for mark in _RARE_BREAKS) else usual.split("\n")


def _rows_without_attributes(text: str) -> str:
    """The text without the attributes in rows of tables: blanks in their place keep the columns."""
    return _ROW.sub(lambda row: "".join(_padded(cell) for cell in _BETWEEN_CELLS.split(row[0])), text)


def _padded(cell: str) -> str:
    return without_attributes(cell).ljust(len(cell)) if "]{" in cell else cell


def without_attributes(text: str) -> str:
    """The text without the attributes that Pandoc writes behind parts of it, which may hold parts; lines stay."""
    count = 1
    while count:
        text, count = _SPAN.subn(lambda part: part[1] + "\n" * (part[0].count("\n") - part[1].count("\n")), text)
    return text


def _unescaped(line: str) -> str:
    r"""`\-32` is -32; between wide gaps blanks take the place of what is left out."""
    if "  " not in line:
        return _ESCAPE.sub("", line)
    return _ESCAPED.sub(lambda found: _ESCAPE.sub("", found[0]).ljust(len(found[0])), line)
