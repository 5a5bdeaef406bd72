"""Tables as files hold them become tables as people see them.

Files use tables for the form, but also to lay out a whole page, to frame a paragraph or to hold a table inside a
table. `settle` takes one table with all that its cells contain and returns blocks in reading order: the form's rows as
a Table, headings and narrative as Paragraphs, tables inside cells as Tables of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from loaders.document import NOWHERE, Block, Cell, Paragraph, Picture, Place, ReadingError, Table
from loaders.patterns import pattern_of

MAX_COLUMNS = 200
"""No form is this wide; spans beyond it are faults or attacks."""

MAX_CELLS = 300_000
"""Cells of one table; the largest of the form has some three hundred."""

FEW = 12
"""A table with more cells than this, all of text, is no frame around a page."""

_LONG = 60
"""A full-width row with more characters than this is narrative: the longest label of the form has fewer."""

_NUMBERED_HEADING = pattern_of(
    r"\s*(?:第?[一二三四五六][、.．,\uff0c:\uff1a\s部分]*|[(\uff08][一二三四五六][)\uff09]|[1-6][、.．])\s*"
    r"(?:([总總][体體]|概述)|(主[动動]公[开開])|(收到和[处處]理|依申[请請])|(.{0,12}行政[复複復][议議])|"
    r"(存在.{0,4}[问問][题題]|.{0,6}主要[问問][题題])|(其[他它]需要))"
)
_BARE_HEADING = pattern_of(
    r"\s*(?:([总總][体體]情[况況])|(主[动動]公[开開]政府信息的?情[况況])|"
    r"((?:收到和)?[处處]理政府信息公[开開]申[请請]的?情[况況])|"
    r"(因?政府信息公[开開](?:被提起)?.{0,6}行政[复複復][议議].{0,10}情[况況])|"
    r"((?:政府信息公[开開]工作)?存在的?(?:主要)?[问問][题題].{0,8})|(其[他它]需要[报報]告的?事[项項]))[:\uff1a]?\s*$"
)
_FIGURE = pattern_of(r"\s*[\d０-９][\d０-９,，.]*\s*$")
_FEWEST_ROWS = 3
_TITLE = pattern_of(r"政府信息公[开開].{0,6}年\s*度?\s*[报報]\s*告")


_LABEL = pattern_of(r"\s*(?:第\s*二\s*十\s*[条條]|[(\uff08]?\s*本列|信息\s*[内內]容|[单單]\s*位)")
"""Rows that fill the width of the form itself: 第二十条第（一）项 and the like."""


@dataclass(slots=True)
class DraftCell:
    """A cell on the grid with its content: lines of text, tables and pictures in reading order."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    content: list[str | Block] = field(default_factory=list)

    def text(self) -> str:
        """The lines without what else stands in the cell."""
        if len(self.content) == 1 and isinstance(self.content[0], str):
            return self.content[0].strip("\n ")
        return "\n".join(part for part in self.content if isinstance(part, str)).strip("\n ")


def settle(cells: list[DraftCell], number: int) -> list[Block]:
    """The blocks of the table that is the `number`th of its file, counted from 1."""
    if not cells:
        return []
    if len(cells) > FEW and all(isinstance(part, str) for cell in cells for part in cell.content):
        return split_rows(_as_table(cells, number))
    _flatten_small(cells, number)
    inner = [part for cell in cells for part in cell.content if isinstance(part, Table)]
    is_layout = _is_layout_around(cells, inner) if inner else _is_layout_of_text(cells)
    if is_layout:
        return _as_flow(cells, number)
    blocks: list[Block] = list(split_rows(_as_table(cells, number)))
    blocks += [part for cell in cells for part in cell.content if not isinstance(part, str)]
    return blocks


def split_rows(table: Table) -> list[Block]:
    """Takes headings and narrative that fill a whole row out of a table, and keeps their order."""
    if not table.cells:
        return []
    one_column = all(cell.column == 0 and cell.column_span == 1 for cell in table.cells)
    per_row: dict[int, list[Cell]] = {}
    for cell in table.cells:
        per_row.setdefault(cell.row, []).append(cell)
    alone = {row: cells[0].text for row, cells in per_row.items() if len(cells) == 1 and cells[0].row_span == 1}
    spoken = set(alone) if one_column else spoken_rows(alone)
    if not spoken:
        return [table]
    blocks: list[Block] = []
    part: list[Cell] = []
    for row, cells in per_row.items():
        if row not in spoken:
            part += cells
            continue
        if part:
            blocks.append(Table(part, table.place, table.aligned))
            part = []
        blocks += paragraphs_of(cells[0].text, cells[0].place)
    if part:
        blocks.append(Table(part, table.place, table.aligned))
    return blocks


def paragraphs_of(text: str, place: Place) -> list[Block]:
    """A paragraph for each line that says something. A single line stays the object it is."""
    if "\n" not in text:
        return [Paragraph(text, place)] if text.strip() else []
    return [Paragraph(line, place) for line in text.split("\n") if line.strip()]


def spoken_rows(alone: dict[int, str]) -> set[int]:
    """Which of the rows that are one cell are headings, the report's title or narrative rather than labels.

    `alone` maps row numbers to texts. Short lines (无。, a signature) speak where they follow each other and one of
    them surely speaks.
    """
    spoken: set[int] = set()
    run: list[int] = []
    for row in sorted(alone):
        if run and row != run[-1] + 1:
            run = []
        if _LABEL.match(alone[row]):
            run = []
            continue
        run.append(row)
        if any(other in spoken for other in run) or _surely_speaks(alone[row]):
            spoken.update(run)
    return spoken


def _surely_speaks(text: str) -> bool:
    return len(text) > _LONG or is_section_heading(text) or _TITLE.search(text) is not None


def is_section_heading(text: str) -> bool:
    """Whether a line begins like the heading of one of the six sections, numbered rightly, wrongly or not at all."""
    return section_named(text) is not None


def is_whole_heading(text: str) -> bool:
    """Whether a line is nothing but the words of such a heading, with or without a number right in front of them."""
    return len(text) <= _LONG and _BARE_HEADING.match(text.lstrip(" 一二三四五六")) is not None


def section_named(text: str) -> int | None:
    """Which of the six sections a heading names by its words, whatever its number."""
    found = _NUMBERED_HEADING.match(text) or _BARE_HEADING.match(text)
    return None if found is None else found.lastindex


def _flatten_small(cells: list[DraftCell], number: int) -> None:
    """A table of one row or one column inside a cell frames text; the text is the cell's own.

    Not where each row of figures is such a table, as some pages lay them out.
    """
    are_rows = sum(map(_is_row_of_figures, _tables_in(cells))) >= _FEWEST_ROWS
    for cell in cells:
        if all(isinstance(part, str) for part in cell.content):
            continue
        place = cell_place(number, cell.row + 1, cell.column + 1)
        content: list[str | Block] = []
        for part in cell.content:
            if isinstance(part, Paragraph):
                content.append(part.text)
            elif isinstance(part, Picture) and part.place is NOWHERE:
                content.append(replace(part, place=place))
            elif isinstance(part, Table) and not (_is_grid(part) or (are_rows and _is_row(part))):
                content += [inner.text for inner in part.cells if inner.text]
            else:
                content.append(part)
        cell.content = content


def _tables_in(cells: list[DraftCell]) -> Iterator[Table]:
    return (part for cell in cells for part in cell.content if isinstance(part, Table))


def _is_row(table: Table) -> bool:
    return len(table.cells) > 1 and len({cell.row for cell in table.cells}) == 1


def _is_row_of_figures(table: Table) -> bool:
    """Whether a table is one row with a figure behind its first cell, and none of its cells holds a text."""
    texts = [cell.text for cell in table.cells]
    return _is_row(table) and any(map(_FIGURE.match, texts[1:])) and all(len(text) <= _LONG for text in texts)


def _is_grid(table: Table) -> bool:
    rows = {cell.row for cell in table.cells}
    columns = {cell.column for cell in table.cells}
    return len(rows) > 1 and len(columns) > 1


def _is_layout_around(cells: list[DraftCell], inner: list[Table]) -> bool:
    """A table is layout where the tables in it hold more cells than it fills itself."""
    own = sum(1 for cell in cells if cell.text())
    return own <= sum(len(table.cells) for table in inner)


def _is_layout_of_text(cells: list[DraftCell]) -> bool:
    """A few cells, one of which holds a whole text: menu to the left, report to the right."""
    if len(cells) > FEW:
        return False
    lengths = [len(cell.text()) for cell in cells]
    longest = max(lengths)
    return len(cells) == 1 or (longest > 300 and longest * 2 > sum(lengths))


def _as_flow(cells: list[DraftCell], number: int) -> list[Block]:
    blocks: list[Block] = []
    for cell in cells:
        place = cell_place(number, cell.row + 1, cell.column + 1)
        for part in cell.content:
            if isinstance(part, str):
                blocks += paragraphs_of(part, place)
            else:
                blocks.append(part)
    return blocks


def _as_table(cells: list[DraftCell], number: int) -> Table:
    made = []
    for cell in cells:
        place = cell_place(number, cell.row + 1, cell.column + 1)
        made.append(Cell(cell.text(), cell.row, cell.column, cell.row_span, cell.column_span, place))
    return Table(made, Place(table=number))


@lru_cache(maxsize=1 << 15)
def cell_place(table: int, row: int, column: int) -> Place:
    """The place of a cell, counted from 1. Kept, because every report asks for the same few hundred."""
    return Place(table=table, row=row, column=column)


class Grid:
    """Places cells with spans row by row, as browsers do: a cell goes to the first column that is free.

    Faulty spans do no harm: what reaches below the last row is cut, and widths are limited.
    """

    def __init__(self) -> None:
        self.cells: list[DraftCell] = []
        self._row = -1
        self._column = 0
        self._busy_until: list[int] = []

    def start_row(self) -> None:
        """The next cells stand in a new row."""
        self._row += 1
        self._column = 0

    def add(self, row_span: int, column_span: int) -> DraftCell:
        """A new cell at the next free place; `row_span` 0 reaches to the end."""
        busy, row, column = self._busy_until, self._row, self._column
        while column < len(busy) and busy[column] > row:
            column += 1
        if column_span != 1:
            column_span = min(max(column_span, 1), MAX_COLUMNS)
        until = row + row_span if row_span > 0 else 1 << 30
        self._column = end = column + column_span
        if end > len(busy):
            busy.extend([0] * (end - len(busy)))
        for covered in range(column, end):
            if busy[covered] < until:
                busy[covered] = until
        cell = DraftCell(row, column, until - row, column_span, [])
        if len(self.cells) >= MAX_CELLS:
            raise ReadingError("too-large", f"表格超过 {MAX_CELLS} 个单元格，不予读取")
        self.cells.append(cell)
        return cell

    def finish(self) -> list[DraftCell]:
        """All cells, spans cut at the last row."""
        rows = self._row + 1
        for cell in self.cells:
            if cell.row_span != 1:
                cell.row_span = max(1, min(cell.row_span, rows - cell.row))
        return self.cells
