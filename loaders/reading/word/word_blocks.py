"""Paragraphs as Word's own formats mark them, each the end of a line, a cell or a row, become blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.document import NOWHERE, Block, Paragraph, Place
from loaders.reading.layout import DraftCell, paragraphs_of, settle
from loaders.reading.word.word97 import RowShape, WordParagraph

_SAME_EDGE = 30
"""Twips by which edges of cells may differ that are one: a twentieth of an inch is 72."""

_MAX_DEPTH = 30

_Content = list[str | Block]
_Row = tuple[list[_Content], RowShape]
"""The contents of the cells, and where they stand."""


@dataclass(slots=True)
class _OpenTable:
    number: int
    rows: list[_Row] = field(default_factory=list)
    cells: list[_Content] = field(default_factory=list)
    content: _Content = field(default_factory=list)


@dataclass(slots=True)
class WordBlocks:
    """Takes paragraphs one after the other. `blocks` is whole once `end_tables` was called."""

    blocks: list[Block] = field(default_factory=list)
    tables: int = 0
    paragraphs: int = 0
    _open: list[_OpenTable] = field(default_factory=list)

    def take(self, paragraph: WordParagraph) -> None:
        """Adds a paragraph, the end of a cell or the end of a row."""
        depth = min(paragraph.depth, _MAX_DEPTH)
        self.end_tables(depth)
        if depth == 0:
            self.paragraphs += 1
            self.blocks += paragraphs_of(paragraph.text, Place(paragraph=self.paragraphs))
            return
        while len(self._open) < depth:
            self.tables += 1
            self._open.append(_OpenTable(self.tables))
        table = self._open[-1]
        if paragraph.row is not None:
            table.rows.append((table.cells, paragraph.row))
            table.cells, table.content = [], []
            return
        table.content.append(paragraph.text)
        if paragraph.ends_cell:
            table.cells.append(table.content)
            table.content = []

    def add(self, blocks: list[Block]) -> None:
        """Adds what hangs on the last paragraph: pictures, and what stands in text boxes."""
        if not self._open:
            place = Place(paragraph=self.paragraphs)
            self.blocks += [_placed(block, place) for block in blocks]
            return
        table = self._open[-1]
        content = table.content if table.content or not table.cells else table.cells[-1]
        content += [block.text if isinstance(block, Paragraph) else block for block in blocks]

    def end_tables(self, depth: int = 0) -> None:
        """Ends the tables that are deeper than `depth`; each is a part of the cell around it."""
        while len(self._open) > depth:
            table = self._open.pop()
            found = _table(table.rows, table.number) if table.rows else []
            rest = [content for cell in (*table.cells, table.content) for content in cell]  # of a row without end
            if self._open:
                self._open[-1].content += [*found, *rest]
                continue
            self.blocks += found
            for part in rest:
                self.take(WordParagraph(part)) if isinstance(part, str) else self.blocks.append(part)


def _placed(block: Block, place: Place) -> Block:
    if block.place is NOWHERE:
        block.place = place
    return block


def _table(rows: list[_Row], number: int) -> list[Block]:
    """The table of some rows, as the blocks that it is."""
    edges = _merged_edges([edge for _, shape in rows for edge in shape.edges])
    cells: list[DraftCell] = []
    above: dict[int, DraftCell] = {}  # by column, what may go on
    for row, (contents, shape) in enumerate(rows):
        standing: dict[int, DraftCell] = {}
        last: DraftCell | None = None
        for column, end, content, covered, goes_on in _placed_cells(contents, shape, edges):
            upper = above.get(column)
            if covered and last is not None:
                last.column_span = end - last.column
                last.content += _said(content)
            elif goes_on and upper is not None:
                upper.row_span = row + 1 - upper.row
                upper.content += _said(content)
                standing[column] = last = upper
            else:
                standing[column] = last = DraftCell(row, column, 1, end - column, content)
                cells.append(last)
        above = standing
    return settle(cells, number)


def _said(content: _Content) -> _Content:
    return [part for part in content if not isinstance(part, str) or part.strip()]


def _placed_cells(
    contents: list[_Content], shape: RowShape, edges: list[int]
) -> Iterator[tuple[int, int, _Content, bool, bool]]:
    """First column, column after the last and content of each cell, and whether it goes on from the left or from above.

    Cells whose shape is not told, or another row's, are counted.
    """
    if len(shape.edges) != len(contents) + 1:
        yield from ((column, column + 1, content, False, False) for column, content in enumerate(contents))
        return
    columns = [_column(edge, edges) for edge in shape.edges]
    for at, content in enumerate(contents):
        yield columns[at], max(columns[at + 1], columns[at] + 1), content, shape.covered[at], shape.goes_on[at]


def _merged_edges(edges: list[int]) -> list[int]:
    """The distinct edges from left to right, those that differ by little as one."""
    ordered = sorted(set(edges))
    return ordered[:1] + [right for left, right in pairwise(ordered) if right - left > _SAME_EDGE]


def _column(edge: int, edges: list[int]) -> int:
    return min(range(len(edges)), key=lambda column: abs(edges[column] - edge))
