"""Figures of narrow columns that a converter wrote without spaces between some: `00 24000 24` of 0 0 24 0 0 0 24."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from loaders.form.aligning import RowMatch
from loaders.form.figures import read_figure
from loaders.form.placement import SETTLED_BY_SUM
from loaders.form.records import Record
from loaders.form.rows import RowCell
from loaders.patterns import pattern_of

_RUN_TOGETHER = pattern_of(r"\s*0\d+\s*")
"""No figure begins with a nought and goes on."""

_MOST_DIGITS = 24
"""Of a row; among the many ways of parting more, one may add up by chance."""


def with_figures_parted(matches: dict[int, list[RowMatch]], width: int) -> dict[int, list[RowMatch]]:
    """The matches, with the figures of rows apart of which a single way of parting adds up to the total at the end."""
    records = [match.record for found in matches.values() for match in found]
    if not any(_RUN_TOGETHER.fullmatch(each.cell.text) for record in records for each in record.numbers):
        return matches
    return {
        row: [replace(each, record=_parted(each.record, width)) for each in found] for row, found in matches.items()
    }


def _parted(record: Record, width: int) -> Record:
    texts = [each.cell.text.strip() for each in record.figures]
    few = len(texts) < width and all(text.isdecimal() and text.isascii() for text in texts)
    if not few or not width <= sum(map(len, texts)) <= _MOST_DIGITS:
        return record
    ways = list(islice((way for way in _ways(texts, width) if _adds_up(way)), 2))
    if len(ways) != 1:
        return record
    holders = [each for each, parts in zip(record.figures, ways[0], strict=True) for _ in parts]
    parts = [part for parts in ways[0] for part in parts]
    cells = [_with_text(holder, part) for holder, part in zip(holders, parts, strict=True)]
    return replace(record, figures=cells, pieced=False)


def _ways(texts: Sequence[str], width: int) -> Iterator[list[list[str]]]:
    """All ways to part texts into as many figures together, a list of parts for each text."""
    if not texts:
        if not width:
            yield []
        return
    first, *others = texts
    for parts in _parts(first, width - len(others)):
        for rest in _ways(others, width - len(parts)):
            yield [parts, *rest]


def _parts(text: str, most: int) -> Iterator[list[str]]:
    """All ways to part a text into figures, none of which begins with a nought and goes on."""
    if not text:
        yield []
    elif most > 0:
        for end in range(1, 2 if text[0] == "0" else len(text) + 1):
            yield from ([text[:end], *rest] for rest in _parts(text[end:], most - 1))


def _adds_up(way: list[list[str]]) -> bool:
    *shares, total = [int(part) for parts in way for part in parts]
    return sum(shares) == total


def _with_text(holder: RowCell, text: str) -> RowCell:
    cell = replace(holder.cell, text=text, confidence=min(holder.cell.confidence, SETTLED_BY_SUM))
    return RowCell(cell, read_figure(text))
