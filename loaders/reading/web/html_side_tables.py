"""Pages that show a table's labels in one table and its figures in another beside it, so that labels stay in sight."""

from __future__ import annotations

from dataclasses import replace

from loaders.document import Block, Cell, Table
from loaders.form.figures import read_figure

_FEWEST_ROWS = 10
"""Tables with fewer rows may have as many as others by chance."""
_MOST_HEADER = 5  # rows


def with_labels_beside(blocks: list[Block]) -> list[Block]:
    """The blocks, with tables of nothing but labels and those of as many rows with figures right behind them as one."""
    joined: list[Block] = []
    for block in blocks:
        labels = joined[-1] if joined else None
        if isinstance(block, Table) and isinstance(labels, Table) and _are_one(labels, block):
            joined[-1] = _beside(labels, block)
        else:
            joined.append(block)
    return joined


def _are_one(labels: Table, figures: Table) -> bool:
    """Whether all rows of one table have labels and no figures, and those of the other figures alone below a header."""
    if not labels.cells or not figures.cells or labels.cells[-1].row < _FEWEST_ROWS - 1:
        return False
    count = _rows(labels)
    if count != _rows(figures) or any(_is_figure(cell) for cell in labels.cells):
        return False
    below = max((cell.row for cell in figures.cells if read_figure(cell.text).kind == "text"), default=-1) + 1
    labelled = {cell.row for cell in labels.cells if cell.text.strip()}
    return below <= _MOST_HEADER and labelled.issuperset(range(below, count)) and any(map(_is_figure, figures.cells))


def _is_figure(cell: Cell) -> bool:
    return read_figure(cell.text).kind == "figure"


def _rows(table: Table) -> int:
    return max(cell.row + cell.row_span for cell in table.cells)


def _beside(labels: Table, figures: Table) -> Table:
    width = max(cell.column + cell.column_span for cell in labels.cells)
    moved = [replace(cell, column=cell.column + width) for cell in figures.cells]
    cells = sorted([*labels.cells, *moved], key=lambda cell: (cell.row, cell.column))
    return Table(cells, labels.place, labels.aligned and figures.aligned)
