"""Word 97 to 2003 files without LibreOffice: paragraphs and tables; numbers of lists and pictures are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.document import Block, Document, Place
from loaders.reading.layout import DraftCell, paragraphs_of, settle
from loaders.reading.tabbed import with_tables_of_tabs
from loaders.reading.word97 import RowShape, Word97, WordParagraph

_SAME_EDGE = 30
"""Twips by which edges of cells may differ that are one: a twentieth of an inch is 72."""

_Row = tuple[list[str], RowShape]
"""The texts of the cells, and where they stand."""


def read_doc(file: Word97) -> Document:
    """The Document in a Word file of the old kind."""
    reader = _Reader()
    for paragraph in file.paragraphs():
        reader.take(paragraph)
    reader.end_table()
    return Document("doc", with_tables_of_tabs(reader.blocks))


@dataclass(slots=True)
class _Reader:
    blocks: list[Block] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    tables: int = 0
    paragraphs: int = 0

    def take(self, paragraph: WordParagraph) -> None:
        if paragraph.depth == 0:
            self.end_table()
            self._add_paragraph(paragraph.text)
        elif paragraph.depth == 1 and paragraph.row is not None:
            self.rows.append((self.cells, paragraph.row))
            self.cells, self.lines = [], []
        else:  # a table inside a cell is lines of it
            self.lines.append(paragraph.text)
            if paragraph.depth == 1 and paragraph.ends_cell:
                self.cells.append("\n".join(self.lines))
                self.lines = []

    def end_table(self) -> None:
        if self.rows:
            self.tables += 1
            self.blocks += _table(self.rows, self.tables)
        for text in (*self.cells, *self.lines):  # of a row without end
            self._add_paragraph(text)
        self.rows, self.cells, self.lines = [], [], []

    def _add_paragraph(self, text: str) -> None:
        self.paragraphs += 1
        self.blocks += paragraphs_of(text, Place(paragraph=self.paragraphs))


def _table(rows: list[_Row], number: int) -> list[Block]:
    """The table of some rows, as the blocks that it is."""
    edges = _merged_edges([edge for _, shape in rows for edge in shape.edges])
    cells: list[DraftCell] = []
    above: dict[int, DraftCell] = {}  # by column, what may go on
    for row, (texts, shape) in enumerate(rows):
        standing: dict[int, DraftCell] = {}
        last: DraftCell | None = None
        for column, end, text, covered, goes_on in _placed(texts, shape, edges):
            upper = above.get(column)
            if covered and last is not None:
                last.column_span = end - last.column
                last.content += [text] if text.strip() else []
            elif goes_on and upper is not None:
                upper.row_span = row + 1 - upper.row
                upper.content += [text] if text.strip() else []
                standing[column] = last = upper
            else:
                standing[column] = last = DraftCell(row, column, 1, end - column, [text])
                cells.append(last)
        above = standing
    return settle(cells, number)


def _placed(texts: list[str], shape: RowShape, edges: list[int]) -> Iterator[tuple[int, int, str, bool, bool]]:
    """First column, column after the last and text of each cell, and whether it goes on from the left or from above.

    Cells whose shape is not told, or another row's, are counted.
    """
    if len(shape.edges) != len(texts) + 1:
        yield from ((column, column + 1, text, False, False) for column, text in enumerate(texts))
        return
    columns = [_column(edge, edges) for edge in shape.edges]
    for at, text in enumerate(texts):
        yield columns[at], max(columns[at + 1], columns[at] + 1), text, shape.covered[at], shape.goes_on[at]


def _merged_edges(edges: list[int]) -> list[int]:
    """The distinct edges from left to right, those that differ by little as one."""
    ordered = sorted(set(edges))
    return ordered[:1] + [right for left, right in pairwise(ordered) if right - left > _SAME_EDGE]


def _column(edge: int, edges: list[int]) -> int:
    return min(range(len(edges)), key=lambda column: abs(edges[column] - edge))
