"""How well lines of a scanned page can be read: which way up they stand, or whether they are seen in a mirror."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from loaders.form.editions import editions
from loaders.patterns import pattern_of
from loaders.reading.scan import ocr_engine

_CHARACTER = pattern_of(r"[\u4e00-\u9fff]")


def legibility(lines: list[ocr_engine.Picture]) -> tuple[float, float]:
    """How much of some lines are words of the form, and characters.

    Digits may be read in any position, and so may columns of characters, which then make no words.
    """
    found = ocr_engine.recognise(lines)
    words = sum(each.score * sum(pair in _pairs_of_the_form() for pair in pairwise(each.text)) for each in found)
    return words, sum(each.score * len(_CHARACTER.findall(each.text)) for each in found)


@cache
def _pairs_of_the_form() -> frozenset[tuple[str, str]]:
    """Neighbouring characters in its labels and headings."""
    figures = (figure for each in editions() for figure in each.figures)
    texts = {text for figure in figures for text in (figure.row.label, figure.row.group, figure.column.label)}
    texts |= {section.heading for each in editions() for section in each.sections}
    pairs = {pair for text in texts for pair in pairwise(text)}
    return frozenset(pair for pair in pairs if _CHARACTER.match(pair[0]) and _CHARACTER.match(pair[1]))
