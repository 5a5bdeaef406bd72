"""Pages of a PDF that a program wrote as HTML: each line of text at its place, and no tables.

`pdftohtml -c` and `-xml`, MuPDF, pdfminer and the text layer of pdf.js write such pages. They are read as those of the
PDF would be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from loaders.document import UNSURE
from loaders.patterns import pattern_of
from loaders.reading.pdf.ruling_lines import PageDrawing
from loaders.reading.printed.lines import is_wide
from loaders.reading.printed.page_model import PageLayout, Run
from loaders.reading.printed.tables import is_figure

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

_SIDE = pattern_of(r"(?<![-\w])(left|top|width|height|font-size)\s*:\s*([^;]+)", re.I)
_LENGTH = pattern_of(r"(-?\d+(?:\.\d+)?)\s*(%?)")
_SIZE_OF_CLASS = pattern_of(r"\.([\w-]+)\s*\{[^{}]*?font-size\s*:\s*(\d+(?:\.\d+)?)", re.I)
_FEWEST_LINES = 40
"""A page with fewer lines at places of their own is an ordinary one with a menu or a note over it."""

_MOST_OF_ALL = 0.8
"""Part of the text of a page that stands at such places."""

_SMALLEST_PAGE = 300.0
_SHORT_SIDE, _LONG_SIDE = 595.3, 841.9
"""Points of A4, to which pages are scaled: programs write them in pixels of their own choice."""

_USUAL_SIZE = 12.0
_ASCENT = 0.86
_NARROW = 0.5
"""Width of digits and Latin letters as part of the size of the type."""


@dataclass(slots=True)
class _Spot:
    """An element at a place of its own: sides in the page's own lengths, and its lines of text."""

    left: float
    top: float
    width: float
    height: float
    size: float
    lines: list[str]


@dataclass(slots=True)
class _Sheet:
    """A page with what stands on it. `top` is where it begins, where all pages have one system of places."""

    width: float = 0.0
    height: float = 0.0
    top: float = 0.0
    spots: list[_Spot] = field(default_factory=list)


def positioned_pages(root: Element, source: str) -> list[PageLayout]:
    """The pages of which a web page consists; none where it is an ordinary one."""
    reading = _Reading({name: float(size) for name, size in _SIZE_OF_CLASS.findall(source)})
    sheets = reading.sheets(root)
    written = [line for sheet in sheets for spot in sheet.spots for line in spot.lines]
    letters = sum(map(_count, written))
    if len(written) < _FEWEST_LINES or letters < _MOST_OF_ALL * _letters_of(root):
        return []
    return [_layout(number, sheet) for number, sheet in enumerate(sheets, 1)]


def _letters_of(root: Element) -> int:
    unseen = sum(_count("".join(each.itertext())) for each in root.iter("style", "script", "title"))
    return sum(map(_count, root.itertext())) - unseen


def _count(text: str) -> int:
    """Characters that are seen."""
    return sum(map(len, text.split()))


class _Reading:
    def __init__(self, sizes: dict[str, float]) -> None:
        self._sizes = sizes
        """Of type, by class."""

    def sheets(self, root: Element) -> list[_Sheet]:
        """Pages in reading order: elements with width and height around others, or empty ones behind them."""
        by_page: dict[Element | None, _Sheet] = {}
        frames: list[_Sheet] = []
        for element in root.iter():
            if not isinstance(element.tag, str):
                continue
            page = _page_around(element)
            sheet = by_page.get(page) or by_page.setdefault(page, _sheet_of(page))
            spot = self._spot(element, sheet)
            if spot is None:
                continue
            if not spot.lines and spot.width >= _SMALLEST_PAGE and spot.height >= _SMALLEST_PAGE:
                frames.append(_Sheet(spot.width, spot.height, spot.top))
            else:
                sheet.spots.append(spot)
        loose = by_page.get(None)
        if loose is not None and frames:
            _deal_out(loose, frames)
            del by_page[None]
        return [sheet for sheet in [*frames, *by_page.values()] if sheet.spots]

    def _spot(self, element: Element, sheet: _Sheet) -> _Spot | None:
        sides = _sides(element)
        if "left" not in sides or "top" not in sides:
            return None
        left, top = _number(sides["left"], sheet.width), _number(sides["top"], sheet.height)
        if left is None or top is None:
            return None
        width = _number(sides.get("width", ""), sheet.width) or 0.0
        height = _number(sides.get("height", ""), sheet.height) or 0.0
        lines = [line for line in _lines(element) if line.strip()]
        size = self._size(element) or (height / len(lines) if lines and height else _USUAL_SIZE)
        return _Spot(left, top, width, height, size, lines)

    def _size(self, element: Element) -> float:
        """The size of the type that a text begins with."""
        for each in element.iter():
            written = _number(_sides(each).get("font-size", ""), 0.0) if isinstance(each.tag, str) else None
            if written:
                return written
            for name in (each.get("class") or "").split():
                if name in self._sizes:
                    return self._sizes[name]
        return 0.0


def _sides(element: Element) -> dict[str, str]:
    if element.tag == "text":  # of pdf2xml
        return {name: element.get(name, "") for name in ("left", "top", "width", "height")}
    style = element.get("style")
    return {name.lower(): value for name, value in _SIDE.findall(style)} if style else {}


def _number(written: str, whole: float) -> float | None:
    """The first length that is written, a share of the `whole` where it is one."""
    found = _LENGTH.search(written)
    if found is None:
        return None
    return float(found[1]) * whole / 100 if found[2] else float(found[1])


def _page_around(element: Element) -> Element | None:
    return next((each for each in element.iterancestors() if _is_page(each)), None)


def _is_page(element: Element) -> bool:
    sheet = _sheet_of(element)
    return min(sheet.width, sheet.height) >= _SMALLEST_PAGE


def _sheet_of(element: Element | None) -> _Sheet:
    if element is None:
        return _Sheet()
    if element.tag == "page":  # of pdf2xml
        return _Sheet(_number(element.get("width", ""), 0.0) or 0.0, _number(element.get("height", ""), 0.0) or 0.0)
    sides = _sides(element)
    return _Sheet(_number(sides.get("width", ""), 0.0) or 0.0, _number(sides.get("height", ""), 0.0) or 0.0)


def _lines(element: Element) -> list[str]:
    """The lines of an element, without those that stand at places of their own."""
    lines = [""]
    for text in _pieces(element):
        if text is None:
            lines.append("")
        else:
            lines[-1] += text
    return lines


def _pieces(element: Element) -> Iterator[str | None]:
    """Texts, and None for each line break."""
    yield (element.text or "").replace("\n", " ")
    for child in element:
        if child.tag == "br":
            yield None
        elif isinstance(child.tag, str) and not {"left", "top"} <= _sides(child).keys():
            yield from _pieces(child)
        yield (child.tail or "").replace("\n", " ")


def _deal_out(loose: _Sheet, frames: list[_Sheet]) -> None:
    """Put what has places in one system for all pages on the page whose frame is around it."""
    for spot in loose.spots:
        frame = next((each for each in reversed(frames) if spot.top >= each.top), frames[0])
        spot.top -= frame.top
        frame.spots.append(spot)


def _layout(number: int, sheet: _Sheet) -> PageLayout:
    width = sheet.width or max(spot.left + spot.width for spot in sheet.spots)
    height = sheet.height or max(spot.top + spot.height for spot in sheet.spots)
    scale = (_SHORT_SIDE if width <= height else _LONG_SIDE) / width if width else 1.0
    drawing, runs = PageDrawing(), list[Run]()
    for spot in sheet.spots:
        if spot.lines:
            runs += _runs(spot, scale, len(runs))
        else:
            left, top = spot.left * scale, spot.top * scale
            drawing.add((left, top, left + spot.width * scale, top + spot.height * scale))
    return PageLayout(number, width * scale, height * scale, runs, drawing.horizontal, drawing.vertical)


def _runs(spot: _Spot, scale: float, order: int) -> Iterator[Run]:
    """The words of an element with their places, by how wide characters are and how wide the element is."""
    size = spot.size * scale
    pitch = spot.height * scale / len(spot.lines) if len(spot.lines) > 1 and spot.height else size
    # Header and figure of a narrow column may be one element; where another column's are too, whose they are is open.
    unsure = len(spot.lines) > 1 and any(len(line.split()) > 1 for line in spot.lines)
    for row, line in enumerate(spot.lines):
        words = line.split()
        widths = [_width(word, size) for word in words]
        gap, stretch = _NARROW * size, 1.0
        left, top = spot.left * scale, spot.top * scale + row * pitch
        if spot.width and len(spot.lines) == 1:
            gap, stretch = _spread(widths, spot.width * scale, gap)
        elif spot.width and is_figure(line.strip()):
            left += max(0.0, spot.width * scale - widths[0]) / 2
        for word, width in zip(words, widths, strict=True):
            right = left + stretch * width
            text = word + UNSURE if unsure and is_figure(word) else word
            yield Run(text, left, top, right, top + size, top + _ASCENT * size, order)
            left, order = right + gap, order + len(word)


def _spread(widths: list[float], room: float, gap: float) -> tuple[float, float]:
    """The gap between words that fill the room, and how much wider than usual they are; wide gaps part cells."""
    slack = room - sum(widths)
    if len(widths) > 1 and slack >= gap * (len(widths) - 1):
        return slack / (len(widths) - 1), 1.0
    stretch = room / (sum(widths) + gap * (len(widths) - 1))
    return gap * stretch, stretch


def _width(text: str, size: float) -> float:
    return size * sum(1.0 if is_wide(character) else _NARROW for character in text)
