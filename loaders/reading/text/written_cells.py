"""Cells of notations that write spans down, such as those of MediaWiki and AsciiDoc, put into their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.document import Cell, Place


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """A cell as written: text, spans, and where it begins."""

    text: str
    rows: int
    columns: int
    line: int
    character: int


def placed(rows: Sequence[Sequence[WrittenCell]]) -> Iterator[Cell]:
    """The cells in the columns that those of the rows above leave free."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            covered = ((row + down, column + right) for down in range(cell.rows) for right in range(cell.columns))
            taken.update(covered)
            place = Place(line=cell.line, character=cell.character)
            yield Cell(cell.text, row, column, cell.rows, cell.columns, place)
            column += cell.columns
