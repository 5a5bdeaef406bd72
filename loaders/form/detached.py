"""An applications table whose labels came loose from its figures, as in pages without ruling lines.

Then no label can be trusted, not even a legible one: it may stand beside the figures of the next row. The rows are
known only by counting them, and only if the form's own sums agree with the count.
"""

from __future__ import annotations

from collections.abc import Sequence

from loaders.form.aligning import RowMatch
from loaders.form.editions import FigureBlock
from loaders.form.rows import Record

BY_COUNT = 0.9  # likeness that stands for "the n-th of as many rows as the form has, and the sums agree"
_MOST_UNLABELLED = 0.2  # share of complete rows without a label in their own row; a label or two are lost elsewhere
_FEWEST_ROWS = 5
_COLUMNS_THAT_AGREE = 4


def labels_are_loose(records: Sequence[Record], width: int) -> bool:
    """Whether, in the tables with rows of `width` figures, labels do not stand in the rows of their figures."""
    rows = figure_rows(records, width)
    unlabelled = sum(1 for record in rows if not record.own_labels)
    return len(rows) >= _FEWEST_ROWS and unlabelled > _MOST_UNLABELLED * len(rows)


def figure_rows(records: Sequence[Record], width: int) -> list[Record]:
    """The rows of tables that have most of `width` figures, and no more."""
    return [record for record in records if record.tabular and width // 2 < len(record.numbers) <= width]


def match_by_count(records: Sequence[Record], block: FigureBlock) -> dict[int, list[RowMatch]]:
    """The rows in order if there are exactly as many as on the form and its sums agree; nothing otherwise."""
    rows = figure_rows(records, len(block.columns))
    if len(rows) != len(block.rows) or not _sums_agree([_values(record, len(block.columns)) for record in rows]):
        return {}
    return {position: [RowMatch(record, BY_COUNT, "")] for position, record in enumerate(rows)}


def _values(record: Record, width: int) -> list[float] | None:
    return [each.reading.value() for each in record.numbers] if len(record.numbers) == width else None


def _sums_agree(rows: list[list[float] | None]) -> bool:
    """Whether in most columns the outcomes add up to the total, and what came in to what went out."""
    known = [row for row in rows if row is not None]
    if len(known) != len(rows):
        return False
    new, carried_in, *outcomes, total, carried_out = known
    agreeing = sum(
        1
        for column in range(len(total))
        if sum(row[column] for row in outcomes) == total[column]
        and new[column] + carried_in[column] == total[column] + carried_out[column]
    )
    return agreeing >= _COLUMNS_THAT_AGREE
