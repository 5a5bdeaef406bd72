"""Where cells between runs of spaces stand on the screen, by the measure that whoever aligned them used."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from loaders.document import Cell

Measure = Callable[[str], int]
"""How many columns of the screen a text takes."""


def put_in_columns(cells: Sequence[Cell], origins: Sequence[tuple[str, int]]) -> None:
    """Number the columns of cells by their places on the screen. `origins`: the line of each and where it begins there.

    A Chinese character takes two columns; dashes and quotation marks take two for some programs and one for others;
    some count characters. The measure is right by which the cells stand in the fewest columns.
    """
    measures: list[Measure] = [_narrow_signs]
    if not all(text.isascii() for text, _ in origins):
        measures += [_wide_signs, len]

    def spread(measure: Measure) -> int:
        starts = [measure(text[:offset]) for text, offset in origins]
        ends = {start + measure(cell.text) for cell, start in zip(cells, starts, strict=True)}
        return min(len(set(starts)), len(ends))

    measure = min(measures, key=spread) if len(measures) > 1 else measures[0]
    for cell, (text, offset) in zip(cells, origins, strict=True):
        cell.column = measure(text[:offset])
        cell.column_span = max(measure(text[offset : offset + len(cell.text)]), 1)


def _narrow_signs(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _wide_signs(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
