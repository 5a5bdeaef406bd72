"""The narrative with claims, quotations of findings and stock sentences marked, and the word diff of two texts."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from pages.shared.language import _


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a text, how they are marked and what the mark says."""

    start: int
    end: int
    style: str
    title: str


def marked(text: str, spans: Iterable[Span]) -> str:
    """The text as HTML; where spans overlap each keeps its mark."""
    chosen = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    edges = sorted({0, len(text), *(s.start for s in chosen), *(s.end for s in chosen)})
    parts = []
    for start, end in pairwise(edges):
        piece = escape(text[start:end])
        here = [span for span in chosen if span.start <= start and end <= span.end]
        if here:
            styles = " ".join(dict.fromkeys(span.style for span in here))
            titles = escape("\n".join(dict.fromkeys(span.title for span in here)))
            piece = f'<mark class="{styles}" title="{titles}">{piece}</mark>'
        parts.append(piece)
    return f'<div class="gk-text">{"".join(parts)}</div>'


def legend() -> str:
    """What the marks in the text mean."""
    marks = {
        "gk-claim": _("可与表格核对的数字"),
        "gk-quote": _("问题所在"),
        "gk-stock2": _("套话：颜色越深，用的机关越多"),
    }
    parts = (f'<span class="{style}">{escape(meaning)}</span>' for style, meaning in marks.items())
    return f'<p class="gk-key">{"".join(parts)}</p>'


WORDS = re.compile(r"[A-Za-z]+|\d[\d,.]*%?|.", re.DOTALL)


def word_diff(left: str, right: str) -> tuple[str, str]:
    """Both texts as HTML with what only one of them says marked."""
    before, after = WORDS.findall(left), WORDS.findall(right)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    shown: tuple[list[str], list[str]] = ([], [])
    for kind, a, b, c, d in matcher.get_opcodes():
        shown[0].append(_piece(before[a:b], kind, "gk-gone"))
        shown[1].append(_piece(after[c:d], kind, "gk-new"))
    return _box(shown[0]), _box(shown[1])


def likeness(left: str, right: str) -> float:
    """How alike two texts are, 0 to 1."""
    return difflib.SequenceMatcher(None, WORDS.findall(left), WORDS.findall(right), autojunk=False).ratio()


def _piece(words: Sequence[str], kind: str, style: str) -> str:
    text = escape("".join(words))
    return text if kind == "equal" or not text else f'<mark class="{style}">{text}</mark>'


def _box(parts: Sequence[str]) -> str:
    return f'<div class="gk-text">{"".join(parts)}</div>'
