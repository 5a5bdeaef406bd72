"""A document becomes rows of cells: the rows of its tables, and each line outside tables as a row of one cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from loaders.document import Cell, Document, Paragraph, Picture, Table
from loaders.form.editions import editions
from loaders.form.figures import (
    BLANK,
    MOST_CHARACTERS,
    NIL_MARKS,
    TEXT,
    FigureText,
    ends_in_open_unit,
    lacks_its_unit,
    read_figure,
)
from loaders.form.labels import bare, label_index, unnumbered
from loaders.form.numbering import numbers_columns, numbers_rows
from loaders.form.written_figures import as_recognised, with_words_read
from loaders.form.year_tables import names_year, parts_of_latest_year
from loaders.patterns import pattern_of

PAGE_NUMBER = pattern_of(
    r"^\s*(?:[-—–―~]+\s*\d{1,3}\s*[-—–―~]+|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+)\s*$"
)
_ANOTHER_BLOCK = 1_000_000
"""Added to the number of a block whose table is two beside each other, for the second."""
_LONGEST_YEAR = 6  # characters, with blanks
_SHORTEST_LABEL = 2
_ENOUGH_FIGURES = 5  # so many behind a label of one character make it the beginning of one
_HEIGHT_OF_HEADER = 7  # rows, the one that numbers its columns and the first of the figures included
APPLICANTS = 7  # figures in a row of the applications
_RULE = pattern_of(r"[\s-]*-{8}[\s-]*")
"""The rule below a table; three hyphens, or twice as many, are a dash for nought in what some programs write."""
_LONGEST_ROW = 140  # characters of a label and its figures in one line
LONGEST_LABEL = 60  # characters; the longest label of the form has 41, with its group 47
_UNITS = frozenset(("件", "条", "个", "项", "宗", "次", "份", "万元"))
"""Alone in a cell beside a label or a figure they are none. Not 元: it says what the figure in the next cell is."""
_REMARK = pattern_of(r"(?<=[^\s（(])\s*[（(](?=[^\s])")
"""Where a remark behind a label begins: 规章（设区的市应提供相关数据）."""


@dataclass(slots=True)
class RowCell:
    """A cell of a row with what its text is."""

    cell: Cell
    reading: FigureText


@dataclass(slots=True)
class PhysicalRow:
    """One row as it stands in the document. `block` numbers the block it comes from."""

    cells: list[RowCell]
    block: int
    tabular: bool
    aligned: bool = False


def _figure_in_text(text: str) -> FigureText:
    """What a cell of saved text is. A unit whose bracket is open shows that cells were taken apart."""
    return TEXT if ends_in_open_unit(text) else read_figure(text)


def physical_rows(document: Document) -> list[PhysicalRow | Picture]:
    """All rows in reading order; pictures keep their place among them."""
    rows: list[PhysicalRow | Picture] = []
    above = ""
    for number, block in enumerate(document.blocks):
        if isinstance(block, Table):
            for part, table in enumerate(parts_of_latest_year(block)):
                rows.extend(_table_rows(table, number + part * _ANOTHER_BLOCK, document.is_recognised))
        elif isinstance(block, Paragraph):
            if block.text.strip() and not PAGE_NUMBER.match(block.text) and not _is_year_over_table(document, number):
                cells = _paragraph_cells(block, above)
                if block.text.strip() in NIL_MARKS and _goes_on_as_label(document, number):
                    cells = [RowCell(cells[0].cell, TEXT)]
                rows.append(PhysicalRow(cells, number, tabular=False))
                above = block.text
        else:
            rows.append(block)
    return [row for at, row in enumerate(rows) if not _numbers_columns(row, rows[at + 1 : at + _HEIGHT_OF_HEADER])]


def _numbers_columns(row: PhysicalRow | Picture, below: list[PhysicalRow | Picture]) -> bool:
    """Whether a row numbers the columns, and one of those below has figures for them."""
    if isinstance(row, Picture) or not numbers_columns([each.cell.text for each in row.cells]):
        return False
    count = sum(each.reading.kind == "figure" for each in row.cells)
    others = (other for other in below if isinstance(other, PhysicalRow))
    return any(sum(each.reading.kind != "text" for each in other.cells) >= count for other in others)


def _is_year_over_table(document: Document, number: int) -> bool:
    """Whether a paragraph is a mere number that says of which year the table below it is."""
    block, below = document.blocks[number], document.blocks[number + 1 : number + 2]
    if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_YEAR:
        return False
    return bool(below) and isinstance(below[0], Table) and names_year(block.text)


def _goes_on_as_label(document: Document, number: int) -> bool:
    """Whether a paragraph that may mean nought begins a label that goes on below: 没有 above 现成信息需要另行制作."""
    block, below = document.blocks[number], document.blocks[number + 1 : number + 2]
    if not (below and isinstance(block, Paragraph) and isinstance(below[0], Paragraph)):
        return False
    following = bare(below[0].text)
    return bool(following) and any(block.text.strip() + following in label for label in _labels_of_rows())


def _paragraph_cells(paragraph: Paragraph, above: str) -> list[RowCell]:
    """A line is one cell, or a label and the figures behind it, each after a space.

    A label of one character is none, but for the last character of one that begins in the line above.
    """

    def cell(text: str, column: int) -> RowCell:
        made = Cell(text, 0, column, place=paragraph.place, confidence=paragraph.confidence)
        each = RowCell(made, _figure_in_text(text))
        return _without_remark(each) if each.reading.kind == "text" else each

    words = paragraph.text.split() if len(paragraph.text) <= _LONGEST_ROW else []
    if "：" in paragraph.text or ":" in paragraph.text:
        words = [part for word in words for part in _apart_at_colon(word)]
    first = len(words)
    while first and read_figure(words[first - 1]).kind != "text":
        first -= 1
    label = [" ".join(_once(words[:first]))] if first else []
    is_short = bool(label) and len(unnumbered(label[0])) < _SHORTEST_LABEL
    if is_short and len(words) - first < _ENOUGH_FIGURES:
        is_short = bare(above + label[0]) not in labels_of_publication()
    else:
        is_short = False
    if first == len(words) or len(words) == 1 or is_short:
        return [cell(label[0] if first == len(words) > len(_once(words)) else paragraph.text, 0)]
    return [cell(text, column) for column, text in enumerate(label + words[first:])]


def _apart_at_colon(word: str) -> list[str]:
    """The word, or the label of a row and its first figure: 行政许可：12件."""
    label, mark, figure = word.replace(":", "：").rpartition("：")
    return [label, figure] if mark and bare(label) in _labels_of_rows() and _is_figure(figure) else [word]


def _is_figure(text: str) -> bool:
    return len(text) <= MOST_CHARACTERS and read_figure(text).kind == "figure"


@cache
def _labels_of_rows() -> frozenset[str]:
    rows = (block.rows for each in editions() for block in each.blocks_of("applications"))
    return labels_of_publication().union(*(label_index(each).sure for each in rows))


@cache
def labels_of_publication() -> frozenset[str]:
    """The bare labels that name a row of publication beyond doubt."""
    return frozenset(label for each in editions() for label in label_index(each.publication_rows).sure)


def _once(words: list[str]) -> list[str]:
    """Words without those that follow themselves: a merged cell written down once for each cell that it covers."""
    return [word for word, _ in groupby(words)]


def holds_figures(line: str) -> bool:
    """Whether a line outside tables may be taken for figures, with or without a label in front."""
    words = line.rsplit(None, 1) if len(line) <= _LONGEST_ROW else []
    if not words:
        return False
    numeric = _is_figure(words[-1])
    numeric = numeric or (len(line) <= MOST_CHARACTERS and read_figure(line).kind != "text")
    return numeric and not PAGE_NUMBER.match(line)


def _table_rows(table: Table, number: int, is_recognised: bool) -> list[PhysicalRow]:
    by_row: defaultdict[int, list[RowCell]] = defaultdict(list)
    read = read_figure if table.aligned else _figure_in_text
    for cell in table.cells:
        reading = read(cell.text)
        each = RowCell(cell, as_recognised(cell.text, reading) if is_recognised else reading)
        by_row[cell.row].append(_without_remark(each) if each.reading.kind == "text" else each)
        if cell.text in _UNITS and len(by_row[cell.row]) > 1:
            by_row[cell.row].pop()
    _put_labels_beside_figures(table, by_row)
    by_row = _without_row_numbers(by_row)
    rows = []
    has_rows = any(len(cells) > 1 for cells in by_row.values())  # else one cell a line, with its blanks
    for position in sorted(by_row):
        cells = by_row[position]
        columns = [each.cell.column for each in cells]
        if columns != sorted(columns):
            cells.sort(key=lambda each: each.cell.column)
        if not table.aligned and _RULE.fullmatch(" ".join(each.cell.text for each in cells)):
            continue
        if PAGE_NUMBER.match(cells[0].cell.text) and all(each.cell.text == cells[0].cell.text for each in cells):
            continue  # one cell, or a merged one that was written down once a column
        if len(cells) == 1 and cells[0].cell.column_span > 1 and cells[0].reading.kind == "figure" and table.aligned:
            continue  # a bare page number over the whole table is the figure of no column
        if not is_recognised and any(each.reading.kind == "text" for each in cells[1:]) and _may_hold_words(cells):
            _read_words(cells)
        if not table.aligned and len(cells) > APPLICANTS:
            cells = [_illegible(each) if lacks_its_unit(each.cell.text) else each for each in cells]
        rows.append(PhysicalRow(cells, number, tabular=has_rows, aligned=table.aligned))
    return rows


def _without_row_numbers(by_row: defaultdict[int, list[RowCell]]) -> defaultdict[int, list[RowCell]]:
    """The rows without a first column that numbers them, as programs write a table with its index.

    A row without number is the next line of the one above.
    """
    named = sorted(by_row)
    if named and numbers_columns([each.cell.text for each in by_row[named[0]]]):
        del named[0]
    if not numbers_rows([by_row[at][0].cell.text for at in named]):
        return by_row
    rows: defaultdict[int, list[RowCell]] = defaultdict(list)
    numbered = named[0]
    for at in named:
        cells = by_row[at]
        if cells[0].cell.text.strip():
            numbered = at
        elif numbered in rows and _go_on_below(rows[numbered], cells[1:]):
            rows[numbered] = list(map(_joined, rows[numbered], cells[1:]))
            continue
        if len(cells) > 1:
            rows[at] = cells[1:]
    return rows


def _go_on_below(cells: Sequence[RowCell], below: Sequence[RowCell]) -> bool:
    """Whether each cell of a row that is not blank goes on with the words of one above."""
    return len(cells) == len(below) and all(
        one.cell.column == other.cell.column
        and (other.reading.kind == "blank" or (one.reading.kind != "figure" and other.reading.kind == "text"))
        for one, other in zip(cells, below, strict=True)
    )


def _joined(one: RowCell, below: RowCell) -> RowCell:
    if below.reading.kind == "blank":
        return one
    return RowCell(replace(one.cell, text=f"{one.cell.text}\n{below.cell.text}"), below.reading)


def _may_hold_words(cells: list[RowCell]) -> bool:
    """Whether a row has other figures, or a label that has but a few: one of numerals alone may number the columns."""
    return any(each.reading.kind == "figure" for each in cells) or bare(cells[0].cell.text) in labels_of_publication()


def _read_words(cells: list[RowCell]) -> None:
    """Tell the figures of a row that are written out."""
    readings = with_words_read([each.cell.text for each in cells], [each.reading for each in cells])
    for each, reading in zip(cells, readings, strict=True):
        each.reading = reading


def _illegible(each: RowCell) -> RowCell:
    """A figure of which a part stands elsewhere, so that it is no label."""
    return RowCell(each.cell, BLANK)


def _without_remark(each: RowCell) -> RowCell:
    """A label of publication without what an official added in brackets to explain it.

    So is a text longer than any label of the form: words of its remark may name another row.
    """
    text = each.cell.text
    if not ("（" in text or "(" in text):
        return each
    remark = _REMARK.search(text)
    if remark is None:
        return each
    label = text[: remark.start()]
    if len(text) <= LONGEST_LABEL and bare(label) not in labels_of_publication():
        return each
    return RowCell(replace(each.cell, text=label), each.reading) if "。" not in label else each


def _put_labels_beside_figures(table: Table, by_row: dict[int, list[RowCell]]) -> None:
    """Move labels that begin in the header and reach down to the first row of figures, as where its corner is empty.

    Not where that row has a cell of its own in the label's column: the label does not reach so far.
    """
    for cell in table.cells:
        end = cell.row + cell.row_span - 1
        if cell.row_span == 1 or not cell.text.strip() or end not in by_row:
            continue
        if any(each.cell.column == cell.column for each in by_row[end]):
            continue
        if _is_row_of_figures(by_row[end]) and not any(map(_holds_figure, map(by_row.get, range(cell.row, end)))):
            moved = next(each for each in by_row[cell.row] if each.cell is cell)
            by_row[cell.row].remove(moved)
            if not by_row[cell.row]:
                del by_row[cell.row]
            by_row[end].insert(0, RowCell(replace(cell, row=end, row_span=1), moved.reading))


def _is_row_of_figures(cells: list[RowCell]) -> bool:
    """Whether a row has nothing but figures and blanks, and several of them."""
    kinds = [each.reading.kind for each in cells]
    return "text" not in kinds and kinds.count("figure") > 1


def _holds_figure(cells: list[RowCell] | None) -> bool:
    return any(each.reading.kind == "figure" for each in cells or ())
