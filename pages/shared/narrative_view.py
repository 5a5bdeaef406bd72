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
CHANCE = 3
"""So few signs that two texts have in common between two differences are no agreement; they only trouble the eye."""
Step = tuple[bool, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts as HTML with what only one of them says marked, and how alike they are, 0 to 1."""

    left: str
    right: str
    likeness: float


def compare(left: str, right: str) -> Comparison:
    """Two texts word by word; indents and empty lines make no difference."""
    before, after = WORDS.findall(_even(left)), WORDS.findall(_even(right))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    shown: tuple[list[str], list[str]] = ([], [])
    for same, a, b, c, d in _steps(matcher, before):
        shown[0].append(_piece(before[a:b], same, "gk-gone"))
        shown[1].append(_piece(after[c:d], same, "gk-new"))
    return Comparison(_box(shown[0]), _box(shown[1]), matcher.ratio())


def _even(text: str) -> str:
    """Lines without their indents, and no empty ones."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _steps(matcher: difflib.SequenceMatcher[str], before: Sequence[str]) -> list[Step]:
    """What both texts say and what only one does, in turn; chance agreements belong to the difference around them."""
    steps: list[Step] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        told = "".join(before[a:b])
        same = kind == "equal" and (len(told) > CHANCE or "\n" in told or not steps)
        if steps and steps[-1][0] == same:
            steps[-1] = (same, steps[-1][1], b, steps[-1][3], d)
        else:
            steps.append((same, a, b, c, d))
    return steps


def _piece(words: Sequence[str], same: bool, style: str) -> str:
    text = escape("".join(words))
    return text if same or not text else f'<mark class="{style}">{text}</mark>'


def _box(parts: Sequence[str]) -> str:
    return f'<div class="gk-text">{"".join(parts)}</div>'
