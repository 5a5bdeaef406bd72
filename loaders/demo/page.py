"""A report as printed: headings, paragraphs and grids of merged cells, before it becomes a file of some kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Style = Literal["title", "heading", "subheading", "body", "signature", "note"]


@dataclass(slots=True)
class Text:
    """One paragraph."""

    text: str
    style: Style = "body"


@dataclass(slots=True)
class GridCell:
    """One printed cell. `key` names the figure that stands in it; labels and headers have none."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    key: str = ""
    header: bool = False


@dataclass(slots=True)
class Grid:
    """A printed table: cells in rows, merged cells once, and the relative widths of its columns."""

    table: str
    cells: list[GridCell]
    widths: list[float]

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    def row_cells(self, row: int) -> list[GridCell]:
        """The cells that begin in `row`, from left to right."""
        return sorted((cell for cell in self.cells if cell.row == row), key=lambda cell: cell.column)

    def covered(self, row: int) -> dict[int, GridCell]:
        """The cell that stands at or reaches into each column of `row`."""
        found: dict[int, GridCell] = {}
        for cell in self.cells:
            if cell.row <= row < cell.row + cell.row_span:
                found.update(dict.fromkeys(range(cell.column, cell.column + cell.column_span), cell))
        return found


@dataclass(slots=True)
class Image:
    """A picture, drawn from a grid: what a table pasted as a picture looks like."""

    grid: Grid


Block = Text | Grid | Image


@dataclass(slots=True)
class Page:
    """A whole report, ready to be written as a file.

    `page_title`, `breadcrumbs`, `published` and `source` are the furniture of a web page; `address` is where it was
    published. `mark` is put where a reader of the raw file, not of the report, sees it.
    """

    blocks: list[Block]
    title: str = ""
    issuer: str = ""
    published: str = ""
    address: str = ""
    breadcrumbs: list[str] = field(default_factory=list)
    mark: str = ""

    def grids(self) -> list[Grid]:
        """The tables, in order."""
        return [block for block in self.blocks if isinstance(block, Grid)]
