"""What stands beside the text without being part of it: words struck out, and raised marks that point to a note."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from loaders.patterns import pattern_of

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

_NOTE_MARK = pattern_of(r"\s*(?:[\[［(（【〔]?(?:注|[*＊※])?\d{0,2}[\]］)）】〕]?|[①-⑳]|[*＊※]+)\s*")
_MARKS_NOTHING = pattern_of(r"[A-Za-z]\s*$")
"""A raised digit behind a letter is a power: m2, CO2."""


def is_note_mark(raised: str, before: str) -> bool:
    """Whether raised characters, with the text before them on their line, are the mark of a note."""
    if not raised.strip() or not before.strip() or _MARKS_NOTHING.search(before):
        return False
    return _NOTE_MARK.fullmatch(raised) is not None


def take_out(element: Element) -> None:
    """Takes an element out of its tree, but not the text behind it."""
    parent, tail = element.getparent(), element.tail or ""
    if parent is None:
        return
    previous = element.getprevious()
    if tail and previous is not None:
        previous.tail = (previous.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def take_out_of_runs(
    runs: Iterable[Element],
    text_of: Callable[[Element], str],
    is_struck: Callable[[Element], bool],
    is_raised: Callable[[Element], bool],
) -> None:
    """Takes struck runs and raised marks of notes out of the runs of one paragraph."""
    before = ""
    for run in list(runs):
        text = text_of(run)
        if is_struck(run) or (is_raised(run) and is_note_mark(text, before)):
            take_out(run)
        else:
            before += text
