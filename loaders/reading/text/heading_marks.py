"""Marks by which Markdown, wikis and their like make a line a heading or let it stand out."""

from __future__ import annotations

from loaders.patterns import pattern_of

_FIRST = frozenset("#=*_'h.")
_OPENING = pattern_of(
    r"#{1,6}\s*(?=[^#\s])|[=*]{2,6}\s+(?=\S)|h[1-6](?:\([^()]*\))?\.\s+(?:\{anchor:[^{}]*\})?|\.\. rubric::\s+"
)
_CLOSING = pattern_of(r"\s*\{[#.][^{}]*\}$|(?<=\S)\s+[#=]{1,6}$")
_AROUND = pattern_of(r"(\*{1,3}|_{1,3}|'{2,5})(?=[^\s*_'])(.*[^\s*_'])\1")


def unmarked(text: str) -> tuple[int, str]:
    """The line, which begins with no blank, without its marks, and how many characters stand before it."""
    if text[0] not in _FIRST:
        return 0, text
    opening = _OPENING.match(text)
    if opening is not None:
        return opening.end(), _CLOSING.sub("", text[opening.end() :])
    around = _AROUND.fullmatch(text)
    return (around.start(2), around[2]) if around else (0, text)
