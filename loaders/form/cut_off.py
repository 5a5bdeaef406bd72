"""Litigation whose last columns are missing, as where the edge of a page cuts off a table too wide for it."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.form.editions import FigureBlock
from loaders.form.labels import bare
from loaders.form.rows import PhysicalRow, Record, RowCell


def first_results(record: Record, header: Sequence[PhysicalRow], block: FigureBlock) -> list[RowCell | None] | None:
    """The first cells of the form, if the header above the row names them in the form's order and no others.

    Of ten columns or fewer nothing tells which groups they are of.
    """
    if not record.aligned:
        return None
    size = len(block.columns)
    results = [bare(column.label) for column in block.columns]
    named = {each.cell.column: bare(each.cell.text) for row in header for each in row.cells}
    columns = sorted(column for column, name in named.items() if name in results)
    in_order = [named[column] for column in columns] == (results * len(block.rows))[: len(columns)]
    if not in_order or not 2 * size < len(columns) < size * len(block.rows):
        return None
    if any(each.cell.column not in columns for each in record.row):
        return None
    at = {each.cell.column: each for each in record.row}
    return [at.get(column) for column in columns]
