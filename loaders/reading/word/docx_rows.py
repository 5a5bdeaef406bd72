"""The rows of a Word table on a grid: spans to the right, merges downwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from loaders.document import Block, Cell, Place, Table
from loaders.reading.layout import MAX_COLUMNS, DraftCell, paragraphs_of, split_rows

_C = TypeVar("_C", Cell, DraftCell)


class Rows(Generic[_C]):
    """Places cells on the grid: spans to the right, merges downwards, columns left out at the start of a row."""

    def __init__(self, make: Callable[[int, int, int, int], _C]) -> None:
        self.cells: list[_C] = []
        self._make: Callable[[int, int, int, int], _C] = make
        self._row = -1
        self._column = 0
        self._open: dict[int, _C] = {}
        self._merged: dict[int, _C] = {}
        self._last: _C | None = None

    def start(self) -> None:
        """The next cells stand in a new row."""
        self._row += 1
        self._column = 0
        self._open, self._merged = self._merged, {}
        self._last = None

    def skip(self, columns: int) -> None:
        """The row begins this many columns further right."""
        self._column += min(max(columns, 0), MAX_COLUMNS)

    def add(self, span: int, vertical: str | None, horizontal: str | None) -> _C | None:
        """The new cell, or None where a merged neighbour covers it."""
        row, column = self._row, self._column
        self._column = column + span
        if vertical is None and horizontal is None:  # nearly all
            cell = self._last = self._make(row, column, 1, span)
            self.cells.append(cell)
            return cell
        if horizontal == "continue" and self._last is not None:
            self._last.column_span += span
            return None
        if vertical == "continue":
            above = self._open.get(column)
            if above is not None:
                if above.row + above.row_span == row:  # once a row, however many cells lie under it
                    above.row_span += 1
                self._merged.update(dict.fromkeys(range(column, column + span), above))
                self._last = above
                return None
        cell = self._make(row, column, 1, span)
        self.cells.append(cell)
        self._last = cell
        if vertical is not None:
            self._merged.update(dict.fromkeys(range(column, column + span), cell))
        return cell


def table_blocks(cells: list[Cell], number: int) -> list[Block]:
    """The blocks of a table whose cells hold nothing but text, the `number`th of its file."""
    if len(cells) == 1:
        return paragraphs_of(cells[0].text, cells[0].place)
    return split_rows(Table(cells, Place(table=number)))
