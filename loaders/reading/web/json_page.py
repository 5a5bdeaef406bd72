"""A report in the texts of a JSON file, which a server hands to the scripts of a page and collectors of pages save."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator

from loaders.document import Document
from loaders.patterns import pattern_of
from loaders.reading.encoding import decode
from loaders.reading.text.plain import read_text
from loaders.reading.web.html import read_html

_TAG = pattern_of(r"</(?:p|div|t[drh]|table|span)\s*>")


def read_json(data: bytes) -> Document:
    """The Document in the texts of a JSON file, in their order: a web page where one of them is, else plain text.

    A file that only begins like JSON is a web page, or text.
    """
    source = decode(data)
    try:
        texts = list(_texts_of(json.loads(source)))
    except (ValueError, RecursionError):
        return read_html(data) if _TAG.search(source.lower()) else read_text(source)
    if not any(_TAG.search(text.lower()) for text in texts):
        return read_text("\n".join(texts))
    return read_html("\n".join(map(_as_markup, texts)).encode())


def _texts_of(value: object) -> Iterator[str]:
    """All texts, but not the names that they go by."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for held in value.values() if isinstance(value, dict) else value:
            yield from _texts_of(held)


def _as_markup(text: str) -> str:
    return text if _TAG.search(text.lower()) else f"<p>{html.escape(text)}</p>"
