"""What a web page shows beside its text: words struck out, and raised marks that point to a note."""

from __future__ import annotations

from typing import Any

from loaders.patterns import pattern_of
from loaders.reading.beside_text import is_note_mark, take_out

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

_STRUCK_TAGS = ("s", "strike")
_BLOCKS = ("p", "div", "table", "tr", "td", "th", "ul", "ol", "li", "section", "h1", "h2", "h3")
"""An element around these was left open by mistake."""
_STRUCK = pattern_of(r"text-decoration[\w-]*\s*:[^;]*line-through")
_RAISED = pattern_of(r"vertical-align\s*:\s*super")
_WITHOUT_SIZE = pattern_of(r"font-size\s*:\s*0(?![.\d])")


def take_out_beside_text(root: Element, source: str) -> None:
    """Takes struck text, marks of notes, and characters without size out of a page."""
    for element in list(root.iter("sup", *_STRUCK_TAGS)):
        _settle(element, is_struck=element.tag != "sup")
    if "<xref" in source:  # of JATS
        for element in list(root.iter("xref")):
            if element.get("ref-type", "").endswith("fn"):
                take_out(element)
    if "line-through" in source or "vertical-align:super" in source or "vertical-align: super" in source:
        for element in list(root.iter("span", "font", "a")):
            style = element.get("style", "")
            if _STRUCK.search(style) or _RAISED.search(style):
                _settle(element, is_struck=bool(_STRUCK.search(style)))
    if _WITHOUT_SIZE.search(source):
        for element in list(root.iter("span", "font", "b", "i", "em", "p", "div")):
            if not len(element) and _WITHOUT_SIZE.search(element.get("style", "")):  # what is within has its own size
                take_out(element)


def _settle(element: Element, *, is_struck: bool) -> None:
    if next(element.iterdescendants(*_BLOCKS), None) is not None:
        return
    if is_struck or is_note_mark("".join(element.itertext()), _text_before(element)):
        take_out(element)


def _text_before(element: Element) -> str:
    """What stands before an element in the same block; empty where nothing does."""
    while element is not None and element.tag not in _BLOCKS:
        previous = element.getprevious()
        if previous is None:
            element = element.getparent()
            text = "" if element is None else element.text
        else:
            text = previous.tail or ("" if previous.tag in _BLOCKS or previous.tag == "br" else _text_in(previous))
            element = None if previous.tag in (*_BLOCKS, "br") else previous
        if text and text.strip():
            return str(text)
    return ""


def _text_in(element: Element) -> str:
    return "".join(element.itertext())
