"""Figures of saved text below which, in the same column, digits stand alone on a line: they may be their ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from loaders.form.aligning import RowMatch
from loaders.form.broken import END_OF_FIGURE
from loaders.form.placement import LOST
from loaders.form.records import Record
from loaders.form.rows import RowCell
from loaders.report import FigureReading

_FEWEST_DIGITS = 2
"""A column that held fewer was not too narrow for more."""


def distrust_figures_above_ends(
    matches: Mapping[int, Sequence[RowMatch]], records: Sequence[Record], readings: Iterable[FigureReading]
) -> None:
    """Leave figures empty whose ends may stand on the line below, where no sum tells whether they do."""
    below = {record.index - 1: record for record in records}
    places = {
        each.cell.place
        for found in matches.values()
        for match in found
        for each in _above(match.record, below.get(match.record.index))
    }
    for reading in readings if places else ():
        if reading.value is not None and reading.place in places:
            reading.value, reading.confidence = None, LOST


def _above(record: Record, following: Record | None) -> list[RowCell]:
    """The figures of a row of a table that stand right above one of a line of nothing but fewer, short ones."""
    if following is None or record.aligned or not record.tabular or following.block != record.block:
        return []
    ends = following.numbers
    if following.labels or not 0 < len(ends) < len(record.numbers):
        return []
    if not all(END_OF_FIGURE.fullmatch(each.cell.text.strip()) for each in ends):
        return []
    return [each for each in record.numbers if len(each.cell.text.strip()) >= _FEWEST_DIGITS and _is_over(each, ends)]


def _is_over(figure: RowCell, ends: Sequence[RowCell]) -> bool:
    first, last = figure.cell.column, figure.cell.column + figure.cell.column_span
    return any(first <= each.cell.column < last for each in ends)
