"""Tables between spaces whose columns stand exactly below their header, so that an empty cell shows where it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from loaders.document import Cell
from loaders.form.editions import editions
from loaders.form.figures import read_figure
from loaders.form.labels import bare

_COUNTS = frozenset((1, 2, 3, 7, 15))
"""Figures in the rows of the form."""
_MOST_OFF = 2  # twice the columns of the screen by which the middles of centred figures differ for want of halves

_OF_SEVERAL = frozenset(("申请人情况", "法人或其他组织", "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"))
"""Labels that stand over several columns."""

_Row = list[Cell]


@dataclass(slots=True)
class _Column:
    """What overlaps on the screen: from `first` to before `end`, below one label."""

    first: int
    end: int
    labels: list[Cell]
    figures: list[Cell]

    @property
    def is_straight(self) -> bool:
        """Whether no row has two figures in it, and all begin, end or have their middles in one line."""
        rows = {cell.row for cell in self.figures}
        firsts = {cell.column for cell in self.figures}
        ends = {cell.column + cell.column_span for cell in self.figures}
        middles = [2 * cell.column + cell.column_span for cell in self.figures] or [0]
        in_line = len(firsts) <= 1 or len(ends) <= 1 or max(middles) - min(middles) <= _MOST_OFF
        return in_line and len(rows) == len(self.figures)


def in_exact_columns(cells: list[Cell]) -> tuple[list[Cell], bool]:
    """The cells of the first rows, and whether their columns are exact; those of all if they are alike in that.

    Exact ones have an empty cell for each column of the header in which a row has none. They are only where every
    figure stands below one label of its header, and those of each column begin, end or have their middles in one line:
    columns that drift show nothing. Rows whose labels reach into the columns stay as they are.
    """
    rows: defaultdict[int, _Row] = defaultdict(list)
    for cell in cells:
        rows[cell.row].append(cell)
    if all(map(_is_usual, rows.values())) or not any(bare(cell.text) in _labels() for cell in cells):
        return cells, False
    found: list[_Row] = []
    exact: bool | None = None
    for header, body in _parts(list(rows.values())):
        told, count = _told(header, body)
        figures = sum(sum(map(_is_figure, row)) for row in body)
        if figures and exact is not None and exact != (count == figures):
            break
        exact = count == figures if figures else exact
        found += [*header, *told]
    return [cell for row in found for cell in row], bool(exact)


def _told(header: list[_Row], body: list[_Row]) -> tuple[list[_Row], int]:
    """The rows below a header with all their cells, and of how many figures the columns are exact."""
    known = [cell for row in header for cell in row if bare(cell.text) in _labels()]
    first = min((cell.column for cell in known), default=0)
    standing = [row for row in body if not any(_reaches(cell, first) for cell in row)]
    columns = _columns(header, known, standing)
    if columns is None:
        return body, 0
    made = [None if any(_reaches(cell, first) for cell in row) else _in_columns(row, columns) for row in body]
    count = sum(sum(map(_is_figure, row)) for row in made if row is not None)
    return [row if new is None else new for row, new in zip(body, made, strict=True)], count


def _is_usual(row: _Row) -> bool:
    """Whether a row between marks has no figures, or as many as the form right behind its label and blanks behind."""
    kinds = [read_figure(cell.text).kind for cell in row]
    if "figure" not in kinds:
        return True
    texts = len(kinds) - kinds[::-1].index("text") if "text" in kinds else 0
    count = kinds.count("figure")
    spaced = row[-1].column >= len(row)
    return not spaced and count in _COUNTS and kinds[texts : texts + count].count("figure") == count


@cache
def _labels() -> frozenset[str]:
    """Those of columns."""
    return frozenset(bare(column.label) for each in editions() for block in each.blocks for column in block.columns)


def _is_figure(cell: Cell) -> bool:
    return read_figure(cell.text).kind == "figure"


def _parts(rows: Sequence[_Row]) -> Iterable[tuple[list[_Row], list[_Row]]]:
    """The rows of each header, and those below it up to the next one."""
    header: list[_Row] = []
    body: list[_Row] = []
    for row in rows:
        if any(bare(cell.text) in _labels() for cell in row) and not any(map(_is_figure, row)):
            if any(_is_figure(cell) for other in body for cell in other):
                yield header, body
                header, body = [], []
            header = [*header, *body, row]
            body = []
        else:
            body.append(row)
    yield header, body


def _reaches(label: Cell, column: int) -> bool:
    """Whether a label takes several columns of the screen, the last of them right in front of a column of figures."""
    return label.column_span > 1 and label.column < column <= label.column + label.column_span


def _columns(header: Sequence[_Row], known: Sequence[Cell], body: Sequence[_Row]) -> list[_Column] | None:
    """The columns below the labels of the form, and those of others with figures; None where some are not exact."""
    words = [cell for row in header for cell in row if cell.text and bare(cell.text) not in _OF_SEVERAL]
    others = [cell for cell in words if not any(_overlap(cell, label) for label in known)]
    figures = [cell for row in body for cell in row if _is_figure(cell)]
    known_ids, figure_ids = set(map(id, known)), set(map(id, figures))
    columns: list[_Column] = []
    for cell in sorted([*known, *others, *figures], key=lambda each: each.column):
        end = cell.column + cell.column_span
        if not columns or cell.column >= columns[-1].end:
            columns.append(_Column(cell.column, end, [], []))
        columns[-1].end = max(columns[-1].end, end)
        (columns[-1].figures if id(cell) in figure_ids else columns[-1].labels).append(cell)
    used = [each for each in columns if each.figures or any(id(label) in known_ids for label in each.labels)]
    exact = all(len(each.labels) == 1 and each.is_straight for each in used)
    return used if exact else None


def _overlap(one: Cell, other: Cell) -> bool:
    return one.column < other.column + other.column_span and other.column < one.column + one.column_span


def _in_columns(row: _Row, columns: Sequence[_Column]) -> _Row | None:
    """A row with a cell in each column if it has figures; None where something else stands among them."""
    if not any(map(_is_figure, row)):
        return row
    made: _Row = []
    held: set[int] = set()
    for cell in row:
        at = [
            n
            for n, each in enumerate(columns)
            if cell.column < each.end and each.first < cell.column + cell.column_span
        ]
        if not at and (cell.column < columns[0].first or not cell.text):
            made.append(cell)
            continue
        if len(at) != 1 or at[0] in held:
            return None
        held.add(at[0])
        made.append(_placed(cell, columns[at[0]]))
    place = row[0].place
    made += [_placed(Cell("", row[0].row, 0, place=place), each) for n, each in enumerate(columns) if n not in held]
    return sorted(made, key=lambda cell: cell.column)


def _placed(cell: Cell, column: _Column) -> Cell:
    return replace(cell, column=column.first, column_span=column.end - column.first)
