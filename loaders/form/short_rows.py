"""Rows of a table that have fewer cells than others: which of their cells is the one that is lost, nothing tells."""

from __future__ import annotations

from collections.abc import Iterable

from loaders.form.columns import span
from loaders.form.rows import Record, RowCell


def lost_a_cell(record: Record, ends: Iterable[int]) -> bool:
    """Whether a row ends in front of all `ends`, the last columns of other rows or of the header.

    Where all figures are noughts, each is right wherever it stands.
    """
    if not record.aligned or not record.row or not any(each.reading.value() for each in record.numbers):
        return False
    end = min(ends, default=None)
    return end is not None and span(record.row[-1])[1] < end


def groups_in_front(record: Record, size: int) -> list[RowCell | None]:
    """The groups of a row that lost a cell as far as their last figure is the sum of the others: it stood behind."""
    groups = (record.row[start : start + size] for start in range(0, len(record.row), size))
    whole: list[RowCell | None] = []
    for group in groups:
        if len(group) < size or not _adds_up(group):
            break
        whole += group
    return whole


def _adds_up(group: list[RowCell]) -> bool:
    *parts, total = (each.reading.value() if each.reading.kind == "figure" else None for each in group)
    return total is not None and None not in parts and sum(part or 0 for part in parts) == total
