"""The form's own tables on pages without lines, found by the words that the form has for its rows and columns.

Where all labels of a table stand in their order, each in the lines that its cell has room for, the heights of its rows
are known, and figures go to the row beside whose label they stand. What does not come out without a remainder is left
to `unruled`, which knows nothing of the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from loaders.document import Cell
from loaders.form.editions import Column as FormColumn
from loaders.form.editions import Edition, FigureBlock, Row, editions
from loaders.form.labels import RESULTS_HEADING
from loaders.reading.form_words.form_columns import columns_of_rows
from loaders.reading.form_words.form_litigation import litigation_table
from loaders.reading.form_words.form_loose import settle_loose
from loaders.reading.form_words.form_rows import (
    LABELS,
    Figure,
    FormRow,
    PlacedRow,
    add_numbers,
    figure_cells,
    lines_between,
    placed_rows,
    share_out,
    word_cell,
)
from loaders.reading.form_words.printed_words import Printed, PrintedWords, in_order, significant, whole_ones
from loaders.reading.printed.page_model import Line, PageLayout
from loaders.reading.printed.tables import TablePiece
from loaders.reading.unruled.figure_columns import Column, centre

_SIGNS = (("密", "卷", "版"), ("章", "罚", "强", "费"), ("维", "纠", "审"))
"""Characters of the labels of each table, by which a document is told that cannot hold it without lines."""

_NOTES = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    "（勾稽关系：第一项加第二项之和等于第三项加第四项之和）",
)
_APPLICANTS, _BODIES, _CONTENT = "申请人情况", "法人或其他组织", "信息内容"
_OUTER = frozenset({"new", "carried_in", "carried_out"})

_OTHER_WORDS = (("总计", "合计"), ("本年新收", "本年度新收"), ("数量", "数"))
"""Words of labels that are written in another way without anything being wrong."""

_UNIT = "单位万元"


def take_out_form_tables(pages: list[PageLayout], lines: list[list[Line]]) -> tuple[list[list[Line]], list[TablePiece]]:
    """The lines of each page without those of the form's tables, and these tables, where no lines draw them."""
    texts = "".join([run.text for page in lines for line in page for run in line.runs])
    there = [all(sign in texts for sign in signs) for signs in _SIGNS]
    if not any(there):
        return lines, []
    words = PrintedWords(lines)
    pieces: list[TablePiece] = []
    used: set[int] = set()
    for is_there, find in zip(there, (_applications, _publication, litigation_table), strict=True):
        found, of_table = find(words, pages, lines) if is_there else ([], set())
        pieces += found
        used |= of_table
    left = [[line for line in page if not all(id(run) in used for run in line.runs)] for page in lines]
    return left if used else lines, pieces


@cache
def _ways_to_print(label: str) -> tuple[str, ...]:
    """What counts of a label in the ways that it is written without anything being wrong."""
    ways = [significant(label)]
    if "（" in label[1:] and label not in _NOTES:
        ways.append(significant(label[: label.index("（", 1)]))
    for usual, other in _OTHER_WORDS:
        ways += [way.replace(usual, other, 1) for way in ways if usual in way]
    return tuple(dict.fromkeys(filter(None, ways)))


def _names(row: Row) -> tuple[str, ...]:
    return row.label, *row.aliases


def _heads(column: FormColumn) -> tuple[str, ...]:
    """What may be printed over a column, its unit included."""
    return (column.label, column.label + _UNIT) if column.unit else (column.label,)


class _Search:
    """The words of a table, wherever they are printed."""

    def __init__(self, words: PrintedWords, labels: Iterable[str]) -> None:
        ways = {way for label in labels for way in _ways_to_print(label)}
        self.all = whole_ones(words, (each for way in sorted(ways) for each in words.find(way)))
        self.covered = {id(run) for each in self.all for run in each.runs}
        self._places: dict[str, list[Printed]] = {}
        for each in self.all:
            self._places.setdefault(each.word, []).append(each)

    def printed(self, *labels: str) -> list[Printed]:
        """Where one of some labels stands."""
        return [each for label in labels for way in _ways_to_print(label) for each in self._places.get(way, ())]

    def rows(self, rows: Sequence[Row], lines: list[list[Line]]) -> tuple[list[FormRow], list[Figure]] | None:
        """The rows with their figures, and the figures between them, where all labels are there and no words else."""
        places = [self.printed(*_names(row)) for row in rows]
        if not all(places) or 2 * sum(len(each) > 1 for each in places) > len(places):
            return None  # labels are missing, or there are two such tables
        labels = in_order(places)
        if labels is None:
            return None
        found = [FormRow(label) for label in labels]
        edge = max(label.right for label in labels)
        between = lines_between(lines, found)
        add_numbers(found, self.all, between, edge)
        loose = share_out(found, between, edge, self.covered)
        return None if loose is None else (found, loose)

    def header(self, block: FigureBlock, first: Printed, above: tuple[int, float]) -> list[Printed]:
        """The words over the columns, above the first row and below a place; none where not all stand in order."""
        found: list[Printed] = []
        for column in block.columns:
            places = self.printed(*_heads(column))
            near = [each for each in places if above < each.start and _is_above(each, first)]
            if not near:
                return []
            found.append(max(near, key=lambda each: each.start))
        return [] if any(one.right > other.left + 0.1 for one, other in pairwise(found)) else found

    def nearest_above(self, first: Printed, *labels: str) -> list[Printed]:
        """The nearest of each label above the first row, where it is there."""
        found = ([each for each in self.printed(label) if each.start < first.start] for label in labels)
        return [max(places, key=lambda each: each.start) for places in found if places]


def _is_above(each: Printed, first: Printed) -> bool:
    """Whether a word stands above a row, or at the end of the page before it."""
    page, at = first.start[0], first.glyphs[0].run.middle
    if each.start[0] != page:
        return each.start[0] == page - 1
    return each.middles()[page][1] < at


Pieces = tuple[list[TablePiece], set[int]]
"""Tables, and the identities of the runs that they are made of."""


def _applications(words: PrintedWords, pages: list[PageLayout], lines: list[list[Line]]) -> Pieces:
    for edition in editions():
        (block,) = edition.blocks_of("applications")
        labels = [name for row in block.rows for name in (*_names(row), row.group) if name]
        heads = [*_NOTES, _APPLICANTS, _BODIES, *(column.label for column in block.columns)]
        search = _Search(words, [*labels, RESULTS_HEADING, *heads])
        there = search.rows(block.rows, lines)
        if there is None:
            continue
        rows, loose = there
        header = search.header(block, rows[0].label, (rows[0].label.start[0] - 1, 0.0))
        columns = _columns(rows, header, block)
        if columns is not None:
            heads_there = [*header, *search.nearest_above(rows[0].label, *_NOTES, _APPLICANTS, _BODIES)]
            settle_loose(rows, loose, columns)
            cells = _header_cells(header, pages)
            height = 1 if header else 0
            for n, placed in enumerate(placed_rows(rows, columns)):
                cells += _label_cells(search, rows, block.rows, n, height, pages)
                cells += figure_cells(rows[n], placed, columns, height + n, pages)
            piece = _piece(cells, rows, columns, heads_there, pages)
            return [piece], _used(search, rows, heads_there, lines) | {id(run) for _, run in loose}
    return [], set()


def _columns(rows: list[FormRow], header: list[Printed], block: FigureBlock) -> list[Column] | None:
    """The columns of figures, right of all labels."""
    columns = columns_of_rows([[run for _, run in row.figures] for row in rows], header, len(block.columns))
    edge = max(row.label.right for row in rows) - 0.25 * rows[0].label.runs[0].height
    return columns if columns is not None and columns[0].left >= edge else None


def _header_cells(header: list[Printed], pages: list[PageLayout]) -> list[Cell]:
    return [word_cell(printed, 0, LABELS + number, 1, 1, pages) for number, printed in enumerate(header)]


def _label_cells(
    search: _Search, found: list[FormRow], rows: Sequence[Row], n: int, first: int, pages: list[PageLayout]
) -> list[Cell]:
    """The label of a row and those of the groups that begin with it, where the form prints them."""
    row = rows[n]
    column = 0 if row.key in _OUTER else 2 if row.group else 1
    cells: list[Cell] = []
    if row.key not in _OUTER and rows[n - 1].key in _OUTER:
        size = sum(each.key not in _OUTER for each in rows)
        cells += [word_cell(each, first + n, 0, size, 1, pages) for each in search.printed(RESULTS_HEADING)[:1]]
    if row.group and rows[n - 1].group != row.group:
        size = sum(each.group == row.group for each in rows)
        cells += [word_cell(each, first + n, 1, size, 1, pages) for each in search.printed(row.group)[:1]]
    return [*cells, word_cell(found[n].label, first + n, column, 1, LABELS - column, pages)]


def _piece(
    cells: list[Cell], rows: list[FormRow], columns: list[Column], heads: list[Printed], pages: list[PageLayout]
) -> TablePiece:
    page = rows[0].label.start[0]
    top = min(each.start for each in (rows[0].label, *heads) if each.start[0] == page)[1]
    extents = rows[-1].label.extents()
    edges = [min(row.label.left for row in rows)] * LABELS + [centre(column) for column in columns]
    height = 1 + max(cell.row for cell in cells)
    return TablePiece(
        cells, [*edges, columns[-1].right], height, pages[page].number, top, extents[max(extents)][1], ruled=False
    )


def _used(search: _Search, rows: list[FormRow], heads: list[Printed], lines: list[list[Line]]) -> set[int]:
    """The runs of a table: its figures, its labels and what else is known between them."""
    figures = {id(run) for row in rows for _, run in (*row.figures, *row.early)}
    numbers = {id(row.number[1]) for row in rows if row.number is not None}
    between = {id(run) for _, line in lines_between(lines, rows) for run in line.runs}
    signs = {
        id(run)
        for _, line in lines_between(lines, rows)
        for run in line.runs
        if not significant(run.text) and run.right < rows[0].label.right
    }
    return figures | numbers | signs | (between & search.covered) | {id(run) for each in heads for run in each.runs}


def _publication(words: PrintedWords, pages: list[PageLayout], lines: list[list[Line]]) -> Pieces:
    for edition in editions():
        blocks = edition.blocks_of("publication")
        labels = [name for row in edition.publication_rows for name in _names(row)]
        heads = [label for block in blocks for column in block.columns for label in _heads(column)]
        search = _Search(words, [*labels, *heads, _CONTENT, *(block.article for block in blocks)])
        there = search.rows(edition.publication_rows, lines)
        if there is not None and not there[1]:
            return _blocks(search, edition, there[0], pages, lines)
    return [], set()


def _blocks(
    search: _Search, edition: Edition, rows: list[FormRow], pages: list[PageLayout], lines: list[list[Line]]
) -> Pieces:
    """Each block of the publication table as a table, where all of them can be read."""
    pieces: list[TablePiece] = []
    used: set[int] = set()
    first, above = 0, (rows[0].label.start[0] - 1, 0.0)
    for block in edition.blocks_of("publication"):
        of_block = rows[first : first + len(block.rows)]
        header = search.header(block, of_block[0].label, above)
        columns = _columns(of_block, header, block)
        placed = placed_rows(of_block, columns) if columns is not None else []
        if columns is None or not header or any(row.is_broken or row.doubtful for row in placed):
            return [], set()
        pieces.append(_block(search, header, of_block, placed, columns, pages))
        heads = [*header, *search.nearest_above(of_block[0].label, block.article, _CONTENT)]
        used |= _used(search, of_block, heads, lines)
        first, above = first + len(block.rows), of_block[-1].label.start
    return pieces, used


def _block(
    search: _Search,
    header: list[Printed],
    rows: list[FormRow],
    placed: list[PlacedRow],
    columns: list[Column],
    pages: list[PageLayout],
) -> TablePiece:
    cells = _header_cells(header, pages)
    cells += [word_cell(each, 0, 0, 1, LABELS, pages) for each in search.nearest_above(rows[0].label, _CONTENT)]
    for number, (row, figures) in enumerate(zip(rows, placed, strict=True), 1):
        cells.append(word_cell(row.label, number, 0, 1, LABELS, pages))
        cells += figure_cells(row, figures, columns, number, pages)
    return _piece(cells, rows, columns, header, pages)
