"""What a page without text of its own would show once it is opened: a frame's source, or what its scripts write."""

from __future__ import annotations

import re
from typing import Any

from loaders.patterns import pattern_of

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

_STRING = pattern_of(
    r"""(?:"((?:[^"\\]|\\[\s\S])*)(?:"|\\?\Z)|'((?:[^'\\]|\\[\s\S])*)(?:'|\\?\Z)|`((?:[^`\\]|\\[\s\S])*)(?:`|\\?\Z))"""
)
"""To the end of the script where its closing quote is missing, lest the end be looked for from each quote anew."""

_MARKUP, _CHINESE = pattern_of("<|[\u4e00-\u9fff]"), pattern_of("[\u4e00-\u9fff]")
_FEWEST_CHINESE = 80
"""Characters; what a site counts its visitors with, or says of a wrong password, has fewer."""

_CLOSED = pattern_of(r"</(?:p|div|t[drh]|table|span)\s*>", re.I)
_ESCAPE = pattern_of(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))")
_WRITTEN = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "\n": ""}
"""What letters behind a backslash stand for in scripts; others stand for themselves."""


def carried_page(root: Element) -> str:
    """The source of the page that frames and scripts hold, in their order; nothing where it has hardly a word."""
    parts = [_held_by(element) for element in root.iter("iframe", "script")]
    page = "\n".join(part for part in parts if "<" in part)
    return page if _CLOSED.search(page) and len(_CHINESE.findall(page)) >= _FEWEST_CHINESE else ""


def _held_by(element: Element) -> str:
    if element.tag == "iframe":
        return element.get("srcdoc") or ""
    text = element.text or ""
    if "html" in (element.get("type") or ""):
        return text
    return "".join(_unescaped(said) for said in _strings_of(text) if _MARKUP.search(said))


def _strings_of(script: str) -> list[str]:
    """The strings of a script that hold markup or Chinese words, as they are written."""
    return [next(filter(None, found), "") for found in _STRING.findall(script.replace("\\u003c", "<"))]


def _unescaped(said: str) -> str:
    return _ESCAPE.sub(_character, said) if "\\" in said else said


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _WRITTEN.get(escape[3], escape[3])
