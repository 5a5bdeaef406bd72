"""Figures of a row that does not add up, above digits of rows without a label: they may lack their last digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from loaders.form.columns import span
from loaders.form.placement import LOST
from loaders.form.records import Record
from loaders.form.rows import RowCell
from loaders.patterns import pattern_of
from loaders.report import FigureReading

_REST = pattern_of(r"[\d，,.．]{1,6}(?:[（(]?件?[)）]?)?")
_UNIT = pattern_of(r"[（(]?件[)）]?")
_WORD = pattern_of(r"\S+")
_MOST_LINES = 2  # that a figure goes on below its first one


def drop_above_rests(readings: Sequence[FigureReading], record: Record, below: Mapping[int, Record]) -> None:
    """Drop the figures above digits in lines of nothing but such ends; `below` are records by the index before theirs.

    Not in text whose blanks keep no columns.
    """
    if record.aligned or not record.tabular:
        return
    values = [reading.value for reading in readings]
    if None not in values and sum(filter(None, values[:-1])) == values[-1]:
        return
    rests = [rest for line in _lines_of_rests(record, below) for rest in line]
    for each in record.row if rests else ():
        first, last = span(each)
        if any(start <= last and first <= end for start, end in rests):
            for reading in readings:
                if reading.place is each.cell.place:
                    reading.value, reading.confidence = None, LOST


def _lines_of_rests(record: Record, below: Mapping[int, Record]) -> Iterator[list[tuple[int, int]]]:
    """From where to where the digits stand in each of the lines right below that hold ends of figures alone."""
    for _ in range(_MOST_LINES):
        following = below.get(record.index)
        if following is None or following.block != record.block or not all(map(_UNIT.fullmatch, following.labels)):
            return
        words = [(each.cell.column + word.start(), word[0]) for each in following.row for word in _words(each)]
        if not all(_REST.fullmatch(word) or _UNIT.fullmatch(word) for _, word in words):
            return
        yield [(start, start + len(word) - 1) for start, word in words if _REST.fullmatch(word)]
        record = following


def _words(each: RowCell) -> Iterator[re.Match[str]]:
    return _WORD.finditer(each.cell.text)
