"""The blocks of a plain Word file, from its pieces of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from loaders.document import Block, Cell, Place
from loaders.reading.layout import cell_place, paragraphs_of
from loaders.reading.word.docx_pieces import (
    CELL,
    LINE,
    NUMBER,
    PARAGRAPH,
    ROW,
    SKIP,
    TABLE,
    TABLE_END,
    WRITE,
    Event,
    Piece,
)
from loaders.reading.word.docx_rows import Rows, table_blocks
from loaders.reading.word.docx_shapes import Shape, recall, remember

if TYPE_CHECKING:
    from loaders.reading.word.numbering import Numbering


def blocks_of(pieces: list[Piece], numbering: Numbering) -> list[Block]:
    """The blocks in reading order."""
    return _Builder(numbering).read(pieces)


class _Builder:
    """Puts texts into paragraphs and cells as the events between them say."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._blocks: list[Block] = []
        self._said: list[str] = []  # texts of the open paragraph or cell
        self._label, self._label_at = "", 0  # the number of the open paragraph, and where in `_said` it belongs
        self._place: Place | None = None  # of the open paragraph, outside tables
        self._cell: Cell | None = None
        self._rows: Rows[Cell] = Rows(_maker(0))
        self._paragraphs = self._tables = self._table_from = 0

    def read(self, pieces: list[Piece]) -> list[Block]:
        """All blocks. The commonest events come first."""
        said, plain_styles = self._said, self._numbering.plain_styles
        at = behind = 0  # the piece, and how many of its events belong to a known table
        while at < len(pieces):
            events, text = pieces[at]
            known: Shape | None = None
            for event in events[behind:] if behind else events:
                kind = event[0]
                if kind == NUMBER:
                    if event[1] is not None or event[3] not in plain_styles:
                        self._label, self._label_at = self._numbering.label(*event[1:]), len(said)
                    continue
                if kind == WRITE:
                    said.append(event[1])
                    continue
                if self._label:
                    self._write_label()
                if kind == CELL:
                    if self._cell is not None:
                        self._cell.text = "".join(said).strip("\n ")
                    said.clear()
                    self._cell = self._rows.add(event[1], event[2], event[3])
                elif kind == LINE:
                    said.append("\n")
                else:
                    self._end()
                    if kind == TABLE:
                        known = recall(pieces, at, plain_styles)
                        if known is not None:
                            break
                        self._table_from = at
                    elif kind == TABLE_END:
                        remember(pieces, self._table_from, at, self._laid_out)
                    self._begin(kind, event)
            if known is not None:
                self._add_known_table(known, pieces[at : at + len(known.events)])
                at, behind = at + len(known.events) - 1, known.end + 1
                continue
            if text:
                said.append(text)
            at, behind = at + 1, 0
        if self._label:
            self._write_label()
        self._end()
        return self._blocks

    def _add_known_table(self, shape: Shape, pieces: list[Piece]) -> None:
        self._tables += 1
        self._blocks += table_blocks(shape.cells(pieces, self._tables), self._tables)

    def _laid_out(self, pieces: list[Piece]) -> list[Cell]:
        """The cells of pieces inside a table."""
        builder = _Builder(self._numbering)
        builder.read(pieces)
        return builder._rows.cells

    def _begin(self, kind: int, event: Event) -> None:
        if kind == PARAGRAPH:
            self._paragraphs += 1
            self._place = Place(paragraph=self._paragraphs)
        elif kind == ROW:
            self._rows.start()
        elif kind == SKIP:
            self._rows.skip(event[1])
        elif kind == TABLE:
            self._tables += 1
            self._rows = Rows(_maker(self._tables))
        else:
            self._blocks += table_blocks(self._rows.cells, self._tables)

    def _end(self) -> None:
        """Ends the open paragraph or cell."""
        text = "".join(self._said)
        self._said.clear()
        if self._cell is not None:
            self._cell.text = text.strip("\n ")
            self._cell = None
        elif self._place is not None and text:
            self._blocks += paragraphs_of(text, self._place)
        self._place = None

    def _write_label(self) -> None:
        """A paragraph without text counts, but its number alone says nothing."""
        if "".join(self._said[self._label_at :]).strip():
            self._said.insert(self._label_at, self._label)
        self._label = ""


def _maker(table: int) -> Callable[[int, int, int, int], Cell]:
    def make(row: int, column: int, row_span: int, column_span: int) -> Cell:
        return Cell("", row, column, row_span, column_span, cell_place(table, row + 1, column + 1))

    return make
