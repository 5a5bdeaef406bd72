"""An applications table whose labels came loose from its figures, as in pages without ruling lines.

Then no label can be trusted, not even a legible one: it may stand beside the figures of the next row. The rows are
known only by counting them, and only if the form's own sums agree with the count.
"""

from __future__ import annotations

from collections.abc import Sequence

from loaders.form.aligning import RowMatch
from loaders.form.columns import find_columns
from loaders.form.editions import FigureBlock
from loaders.form.listed_results import group_named
from loaders.form.placement import Placement
from loaders.form.placing import place
from loaders.form.records import Record

BY_COUNT = 0.9  # likeness that stands for "the n-th of as many rows as the form has, and the sums agree"
_MOST_UNLABELLED = 0.2  # share of complete rows without a label in their own row; a label or two are lost elsewhere
_FEWEST_ROWS = 5
_RESULTS = 5
"""Figures of a group of disputes."""
_COLUMNS_THAT_AGREE = 2  # one may agree by chance, as with zeros throughout


def labels_are_loose(records: Sequence[Record], width: int) -> bool:
    """Whether, in the tables with rows of `width` figures, labels do not stand in the rows of their figures."""
    rows = figure_rows(records, width)
    if 2 * len(rows) < sum(width // 2 < len(record.numbers) <= width for record in records):
        return False  # most rows stand outside tables, each behind its label
    unlabelled = sum(1 for record in rows if not record.own_labels)
    return len(rows) >= _FEWEST_ROWS and unlabelled > _MOST_UNLABELLED * len(rows)


def in_labelled_tables(records: Sequence[Record], width: int) -> list[Record]:
    """The records of those tables, or parts of one on a page, whose labels do stand in the rows of their figures."""
    by_block: dict[int, list[Record]] = {}
    for record in figure_rows(records, width):
        by_block.setdefault(record.block, []).append(record)
    labelled = {
        block for block, rows in by_block.items() if len(rows) >= _FEWEST_ROWS and all(row.own_labels for row in rows)
    }
    return [record for record in records if record.block in labelled]


def figure_rows(records: Sequence[Record], width: int) -> list[Record]:
    """The rows of tables that have most of `width` figures, and no more; not those written one cell a line.

    Nor those of disputes, where each group has a row.
    """
    return [
        record
        for record in records
        if record.tabular and len(record.row) > 1 and width // 2 < len(record.numbers) <= width
        if len(record.numbers) > _RESULTS or not record.own_labels or group_named(record) is None
    ]


def match_by_count(records: Sequence[Record], block: FigureBlock) -> dict[int, list[RowMatch]]:
    """The rows in order if there are exactly as many as on the form and its sums agree; nothing otherwise."""
    width = len(block.columns)
    rows = figure_rows(records, width)
    if len(rows) != len(block.rows):
        return {}
    columns = {
        number: find_columns([record for record in rows if record.block == number], width, None)
        for number in {record.block for record in rows}
    }
    values = [_values(place(record, width, columns[record.block])) for record in rows]
    if not _sums_agree(values):
        return {}
    return {position: [RowMatch(record, BY_COUNT, "")] for position, record in enumerate(rows)}


def _values(placement: Placement) -> list[float | None]:
    return [None if each is None or each.reading.kind != "figure" else each.reading.value() for each in placement.cells]


def _sums_agree(rows: list[list[float | None]]) -> bool:
    """Whether what came in equals what went out, and the outcomes their total, in every column that is wholly known."""
    whole = [column for column in zip(*rows, strict=True) if None not in column]
    if len(whole) < _COLUMNS_THAT_AGREE:
        return False
    for new, carried_in, *outcomes, total, carried_out in whole:
        if sum(outcomes) != total or new + carried_in != total + carried_out:
            return False
    return True
