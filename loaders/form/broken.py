"""Figures too long for their column, whose last digits the file holds in the line below their row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from loaders.form.aligning import RowMatch
from loaders.form.editions import FigureBlock, Row
from loaders.form.labels import bare
from loaders.form.placing import LOST, SETTLED_BY_SUM
from loaders.form.rows import Record, RowCell
from loaders.report import FigureReading

_COUNT = re.compile(r"\d+")
_REST = re.compile(r"\d{1,3}")
_BEHIND_LABEL = re.compile(r"(?:\s{2,}\d{1,3})+$")
_FEW = 2
"""So many digits are ends of the longest figures of a row; more leave the whole row in doubt."""

_IMPOSSIBLE = 1e9
"""No agency receives so many applications."""

_FEWEST_DIGITS = 3
"""A column has room for so many digits at least."""


def join_broken_figures(
    block: FigureBlock,
    matches: dict[int, list[RowMatch]],
    records: Sequence[Record],
    figures: dict[str, FigureReading],
) -> None:
    """Judge rows of the applications table that do not add up and have digits below them that are no row of the form.

    Where the row adds up with the digits behind one choice of its figures and no other, they belong there. Else
    figures that may be broken are dropped, and so is a row with an impossible figure.
    """
    below = {record.index - 1: record for record in records}
    used = {match.record.index for found in matches.values() for match in found}
    for position, found in matches.items():
        record = found[0].record
        following = below.get(record.index)
        if record.aligned or (following and following.index in used):
            following = None
        digits = _digits_below(record, following)
        readings = [figures[key] for key in block.row_keys[position]]
        values = [reading.value for reading in readings]
        if any(value is not None and value >= _IMPOSSIBLE for value in values):
            _drop(readings)  # two figures in one, and those behind them a column too far left
        if len(record.numbers) > len(values) and values == [None] * len(values):
            _put_together(readings, record.numbers)
            continue
        if not digits or None in values or _adds_up(values):
            continue
        whole = list(_whole_rows([int(value or 0) for value in values], digits))
        if len(whole) != 1:
            if following is None or _ends(following, block.rows[position]):
                _drop(_longest(readings) if len(digits) <= _FEW else readings)
            continue
        for reading, value in zip(readings, whole[0], strict=True):
            if reading.value != value:
                reading.raw, reading.value = f"{value}", float(value)
                reading.confidence = min(reading.confidence, SETTLED_BY_SUM)


def _put_together(readings: list[FigureReading], numbers: list[RowCell]) -> None:
    """Write a row with more figures than columns, where joining neighbours in one way and no other makes it add up."""
    texts = [each.cell.text.strip() for each in numbers]
    too_many = len(texts) - len(readings)
    if too_many > _FEW or not all(map(_COUNT.fullmatch, texts)):
        return
    breaks = [at for at in range(len(texts) - 1) if len(texts[at]) >= _FEWEST_DIGITS and _REST.fullmatch(texts[at + 1])]
    possible = [_parts(texts, joined) for joined in combinations(breaks, too_many)]
    ways = [parts for parts in possible if _adds_up([int(part) for part, _ in parts])]
    if len(ways) != 1:
        return
    for reading, (text, at) in zip(readings, ways[0], strict=True):
        reading.raw, reading.value, reading.confidence = text, float(text), SETTLED_BY_SUM
        reading.place = numbers[at].cell.place


def _parts(texts: Sequence[str], joined: Sequence[int]) -> list[tuple[str, int]]:
    """The texts and where each stands, those whose number is in `joined` together with the next one."""
    parts: list[tuple[str, int]] = []
    for at, text in enumerate(texts):
        if at - 1 in joined:
            before, start = parts.pop()
            parts.append((before + text, start))
        else:
            parts.append((text, at))
    return parts


def _ends(record: Record, row: Row) -> bool:
    """Whether what stands left of a record's figures is the end of a row's label, or nothing."""
    return not record.labels or (record.own_labels == 1 and bare(row.label).endswith(bare(record.labels[-1])))


def _digits_below(record: Record, following: Record | None) -> list[str]:
    """What may be the ends of figures of a record: below the rest of its label, or behind it on the same line."""
    if not record.aligned and record.after and (behind := _BEHIND_LABEL.search(record.after[0])):
        return behind[0].split()
    digits = [each.cell.text.strip() for each in following.numbers] if following else []
    return digits if all(map(_REST.fullmatch, digits)) else []


def _whole_rows(values: list[int], digits: list[str]) -> Iterator[list[int]]:
    """The rows that add up, with the digits behind some of their figures, in order."""
    long = [column for column, value in enumerate(values) if len(str(value)) >= _FEWEST_DIGITS]
    for columns in combinations(long, len(digits)):
        whole = list(values)
        for column, rest in zip(columns, digits, strict=True):
            whole[column] = int(f"{whole[column]}{rest}")
        if _adds_up(whole):
            yield whole


def _adds_up(values: Sequence[float | None]) -> bool:
    *parts, total = values
    return sum(part or 0 for part in parts) == total


def _longest(readings: list[FigureReading]) -> list[FigureReading]:
    lengths = [len(str(int(reading.value or 0))) for reading in readings]
    return [reading for reading, length in zip(readings, lengths, strict=True) if length == max(lengths)]


def _drop(readings: Iterable[FigureReading]) -> None:
    for reading in readings:
        reading.value, reading.confidence = None, LOST
