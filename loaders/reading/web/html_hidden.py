"""Hidden words of a page whose hidden parts hold the report: figures of another day beside those that are shown."""

from __future__ import annotations

from typing import Any

from loaders.reading.beside_text import take_out
from loaders.reading.layout import is_section_heading
from loaders.reading.web.html_style import Styles

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

_CELLS, _OF_TABLES = ("td", "th"), ("tr", "td", "th")
_WITHIN_LINES = ("span", "font", "b", "i", "em", "strong", "label", "a", "u")
_LONGEST = 60
"""Characters; what is longer may be a part of the report that waits to be shown."""


def take_out_hidden_words(root: Element, styles: Styles) -> None:
    """Takes hidden rows, cells and short texts in cells and lines out of a page, before all else is shown."""
    for element in list(root.iter()):
        if element.attrib and styles.display(dict(element.attrib)) == "none" and _is_of_a_table(element):
            take_out(element)


def _is_of_a_table(element: Element) -> bool:
    if element.find(".//table") is not None:
        return False
    if element.tag in _OF_TABLES:
        return True
    text = "".join(element.itertext()).strip()
    if len(text) > _LONGEST or is_section_heading(text):
        return False
    return element.tag in _WITHIN_LINES or any(map(_is_cell, element.iterancestors(*_CELLS, "div", "li")))


def _is_cell(element: Element) -> bool:
    return element.tag in _CELLS or "table-cell" in element.get("style", "")
