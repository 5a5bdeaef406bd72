"""Columns that a table has right of the form's: notes, shares, last year's figures, somebody's sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from loaders.form.aligning import RowMatch
from loaders.form.columns import end_of_form, find_header, last_of_labels, span
from loaders.form.editions import FigureBlock
from loaders.form.figures import is_share
from loaders.form.form_text import FormText
from loaders.form.records import Record

_FEWEST_ROWS = 5
_FEWEST_SHARES = 2
_NEARLY_ALL = 0.7
"""So many rows must end in the same column right of the form, so that others lost or were given a cell."""


def parts_of(matches: dict[int, list[RowMatch]]) -> dict[int, list[Record]]:
    """The records of each table, or of each part of one that stands by itself, in reading order."""
    parts: dict[int, list[Record]] = {}
    for record in sorted((each.record for found in matches.values() for each in found), key=lambda each: each.index):
        parts.setdefault(record.block, []).append(record)
    return parts


def reaches_further(record: Record, width: int) -> bool:
    """Whether a row of cells has a figure behind as many as the form has columns."""
    return record.aligned and any(each.reading.kind == "figure" for each in record.figures[width:])


def without_shares(matches: dict[int, list[RowMatch]], width: int) -> dict[int, list[RowMatch]]:
    """The matches without shares right behind the form's columns, of which a dash would be a nought.

    Nearly all rows have one cell more than the form has columns, and hold no figure in it.
    """
    records = [each.record for found in matches.values() for each in found if each.record.tabular]
    longer = [record for record in records if len(record.figures) == width + 1 and record.numbers]
    last = [record.figures[width] for record in longer]
    if sum(is_share(each.cell.text) for each in last) < _FEWEST_SHARES or any(each.reading.value() for each in last):
        return matches
    if len(longer) < _NEARLY_ALL * sum(bool(record.numbers) for record in records):
        return matches
    cut = {record.index for record in longer}

    def within(match: RowMatch) -> RowMatch:
        record = match.record
        if record.index not in cut:
            return match
        return replace(match, record=record.first_figures(width))

    return {row: list(map(within, found)) for row, found in matches.items()}


def without_columns_beside(
    block: FigureBlock, matches: dict[int, list[RowMatch]], text: FormText
) -> tuple[dict[int, list[RowMatch]], frozenset[int]]:
    """The matches without what stands in columns right of the form's, and the records that do not end as the others."""
    parts = parts_of(matches)

    def end_of_part(records: list[Record]) -> int | None:
        header = find_header(text.rows, records[0], block.columns)
        if header is None and records[0].aligned:
            return last_of_labels(text.rows, records[0], block.columns)
        return end_of_form(records, header)

    ends = {part: end_of_part(records) for part, records in parts.items()}

    def within(match: RowMatch) -> RowMatch:
        end = ends[match.record.block]
        return match if end is None else replace(match, record=match.record.up_to(end))

    uneven = (_uneven(records, ends[part]) for part, records in parts.items())
    return {row: list(map(within, found)) for row, found in matches.items()}, frozenset[int]().union(*uneven)


def _uneven(records: Sequence[Record], end: int | None) -> set[int]:
    """The rows that end elsewhere than nearly all others of their table do, right of the form: cells are shifted.

    So are those that begin with a blank, and have a figure where others have at most a note.
    """
    if end is None:
        return set()
    beyond = [record for record in records if _has_figure_behind(record, end)]
    shifted = set[int]()
    if len(beyond) <= (1 - _NEARLY_ALL) * len(records) and len(records) >= _FEWEST_ROWS:
        shifted = {record.index for record in beyond if record.figures[0].reading.kind == "blank"}
    lasts = {record.index: _last_column(record) for record in records if record.numbers}
    column, count = Counter(lasts.values()).most_common(1)[0] if lasts else (0, 0)
    if column <= end or count < max(_FEWEST_ROWS, _NEARLY_ALL * len(lasts)):
        return shifted
    return shifted | {index for index, last in lasts.items() if last != column}


def _has_figure_behind(record: Record, column: int) -> bool:
    """Whether a row has more than noughts, which a dash may be, right of a column."""
    return any(each.cell.column > column and each.reading.value() for each in record.numbers)


def _last_column(record: Record) -> int:
    return max(span(each)[1] for each in record.row if each.reading.kind != "blank")
