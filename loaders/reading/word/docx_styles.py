"""The numbers that paragraph styles of a Word file bring along.

Office programs write hundreds of styles into each file, a report uses three of them: only those are parsed.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from loaders.document import ReadingError
from loaders.patterns import pattern_of

if TYPE_CHECKING:
    from loaders.reading.parts import Package

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

_OPENING = pattern_of(rb"<w:styles\b[^<>]*>")
_MAX_ANCESTORS = 50


class Styles:
    """The styles of one file. `val` is the name of the attribute that holds values, with its namespace."""

    def __init__(self, package: Package, val: str) -> None:
        self._val = val
        self._w = val.removesuffix("val")
        self._numbers: dict[str, tuple[str, str | None] | None] = {}
        self._parsed: dict[str, Element] = {}
        self._data = _data_of(package)
        self._opening = _OPENING.search(self._data)
        if self._data and self._opening is None:
            self._parse_all()

    def number_of(self, style: str) -> tuple[str, str | None] | None:
        """List and level of a style, by itself or through the style it is based on."""
        if style not in self._numbers:
            self._numbers[style] = self._find_number(style)
        return self._numbers[style]

    def _find_number(self, style: str) -> tuple[str, str | None] | None:
        for _ in range(_MAX_ANCESTORS):
            element = self._element(style)
            if element is None:
                return None
            properties = element.find(f"{self._w}pPr/{self._w}numPr")
            if properties is not None:
                number = value_of(properties, f"{self._w}numId", self._val)
                return None if number is None else (number, value_of(properties, f"{self._w}ilvl", self._val))
            style = value_of(element, f"{self._w}basedOn", self._val) or ""
        return None

    def _element(self, style: str) -> Element | None:
        if style not in self._parsed and self._opening is not None:
            self._parsed[style] = self._cut_out(self._opening[0], style)
        return self._parsed.get(style)

    def _cut_out(self, opening: bytes, style: str) -> Element | None:
        data = self._data
        at = data.find(b'w:styleId="' + escape(style).encode() + b'"')
        start, end = data.rfind(b"<w:style ", 0, at), data.find(b"</w:style>", at)
        if at < 0 or start < 0 or end < 0:
            return None
        root = _parsed(opening + data[start:end] + b"</w:style></w:styles>")
        return None if root is None else next(iter(root), None)

    def _parse_all(self) -> None:
        self._opening = None
        root = _parsed(self._data)
        if root is not None:
            self._parsed = {style.get(f"{self._w}styleId", ""): style for style in root.iter(f"{self._w}style")}


def value_of(element: Element, name: str, val: str) -> str | None:
    """The value that a child of an element holds."""
    child = element.find(name)
    return None if child is None else child.get(val)


def _data_of(package: Package) -> bytes:
    """The part that holds the styles; empty where none of them brings a number."""
    part = package.target_of("styles")
    try:
        data = b"" if part is None else package.bytes_of(part)
    except ReadingError:
        return b""
    return data if b"numPr" in data else b""


def _parsed(data: bytes) -> Element | None:
    from loaders.reading.parts import parse_xml

    try:
        return parse_xml(data)
    except ReadingError:
        return None
