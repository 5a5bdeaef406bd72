"""Where cells between runs of spaces stand on the screen, by the measure that whoever aligned them used."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from loaders.document import Cell
from loaders.patterns import pattern_of

_WIDE = "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6"
_SIGNS = (
    "\u00a7\u00b0\u00b1\u00b7\u00d7\u00f7\u2010\u2013-\u2016\u2018\u2019\u201c\u201d\u2025\u2026\u2030\u203b\u2103"
    "\u2160-\u2179\u2190-\u2199\u2460-\u24e9\u2500-\u254b\u25a0\u25a1\u25cb\u25cf\u2605\u2606"
)
_IS_WIDE, _MAY_BE_WIDE = pattern_of(f"[{_WIDE}]"), pattern_of(f"[{_WIDE}{_SIGNS}]")

Measure = Callable[[str], int]
"""How many columns of the screen a text takes."""


def put_in_columns(cells: Sequence[Cell], origins: Sequence[tuple[str, int]]) -> None:
    """Number the columns of cells by their places on the screen. `origins`: the line of each and where it begins there.

    A Chinese character takes two columns; dashes and quotation marks take two for some programs and one for others;
    some count characters. The measure is right by which the cells stand in the fewest columns.
    """
    measures: list[Measure] = [narrow_width]
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


def narrow_width(text: str) -> int:
    """How many columns of the screen a text takes whose signs take one."""
    return len(text) if text.isascii() else len(text) + len(_IS_WIDE.findall(text))


def _wide_signs(text: str) -> int:
    return len(text) if text.isascii() else len(text) + len(_MAY_BE_WIDE.findall(text))
