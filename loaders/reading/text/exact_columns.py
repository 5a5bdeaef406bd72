"""Tables between spaces whose columns stand exactly below their header, so that an empty cell shows where it is."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
    figures = Counter(cell.row for cell in cells if read_figure(cell.text).kind == "figure")
    found: list[_Row] = []
    exact: bool | None = None
    for header, body in _parts(list(rows.values()), figures):
        told, count = _told(header, body, figures)
        total = _count(body, figures)
        if total and exact is not None and exact != (count == total):
            break
        exact = count == total if total else exact
        found += [*header, *told]
    return [cell for row in found for cell in row], bool(exact)


def _count(rows: Iterable[_Row], figures: Counter[int]) -> int:
    """How many figures stand in some rows."""
    return sum(figures[row[0].row] for row in rows)


def _told(header: list[_Row], body: list[_Row], figures: Counter[int]) -> tuple[list[_Row], int]:
    """The rows below a header with all their cells, and of how many figures the columns are exact."""
    known = [cell for row in header for cell in row if bare(cell.text) in _labels()]
    first = min((cell.column for cell in known), default=0)
    standing = [row for row in body if not any(_reaches(cell, first) for cell in row)]
    columns = _columns(header, known, standing, figures)
    if columns is None:
        return body, 0
    stands = set(map(id, standing))
    made = [_in_columns(row, columns, figures) if id(row) in stands else None for row in body]
    count = _count((row for row in made if row is not None), figures)
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


def _parts(rows: Sequence[_Row], figures: Counter[int]) -> Iterable[tuple[list[_Row], list[_Row]]]:
    """The rows of each header, and those below it up to the next one."""
    header: list[_Row] = []
    body: list[_Row] = []
    for row in rows:
        if any(bare(cell.text) in _labels() for cell in row) and not _count([row], figures):
            if _count(body, figures):
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


def _columns(
    header: Sequence[_Row], known: Sequence[Cell], body: Sequence[_Row], figures: Counter[int]
) -> list[_Column] | None:
    """The columns below the labels of the form, and those of others with figures; None where some are not exact."""
    words = [cell for row in header for cell in row if cell.text and bare(cell.text) not in _OF_SEVERAL]
    others = [cell for cell in words if not any(_overlap(cell, label) for label in known)]
    of_body = [cell for row in body if figures[row[0].row] for cell in row if read_figure(cell.text).kind == "figure"]
    known_ids, figure_ids = set(map(id, known)), set(map(id, of_body))
    columns: list[_Column] = []
    for cell in sorted([*known, *others, *of_body], key=lambda each: each.column):
        end = cell.column + cell.column_span
        if not columns or cell.column >= columns[-1].end:
            columns.append(_Column(cell.column, end, [], []))
        columns[-1].end = max(columns[-1].end, end)
        (columns[-1].figures if id(cell) in figure_ids else columns[-1].labels).append(cell)
    used = [each for each in columns if each.figures or any(id(label) in known_ids for label in each.labels)]
    last = max((cell.column for cell in known), default=0)
    beside = {id(each) for each in used if each.first > last and not each.labels} if _is_whole(known) else set[int]()
    exact = all((len(each.labels) == 1 or id(each) in beside) and each.is_straight for each in used)
    return used if exact else None


def _is_whole(known: Sequence[Cell]) -> bool:
    """Whether labels are all of some block, so that what stands right of them on the screen is beside the form.

    Between marks it may be of a row that has a cell too many.
    """
    names = {bare(cell.text) for cell in known if cell.column_span > 1}
    return any(names >= labels for labels in _labels_of_blocks())


@cache
def _labels_of_blocks() -> frozenset[frozenset[str]]:
    """Those of the columns of each block with several."""
    blocks = (block for each in editions() for block in each.blocks if len(block.columns) > 1)
    return frozenset(frozenset(bare(column.label) for column in block.columns) for block in blocks)


def _overlap(one: Cell, other: Cell) -> bool:
    return one.column < other.column + other.column_span and other.column < one.column + one.column_span


def _in_columns(row: _Row, columns: Sequence[_Column], figures: Counter[int]) -> _Row | None:
    """A row with a cell in each column if it has figures; None where something else stands among them."""
    if not _count([row], figures):
        return row
    firsts = [each.first for each in columns]
    held: dict[int, Cell] = {}
    labels: _Row = []
    for cell in row:
        end = cell.column + cell.column_span
        last = bisect_left(firsts, end) - 1
        if last < 0 or cell.column >= columns[last].end:
            if cell.column >= firsts[0] and cell.text:
                return None
            labels.append(cell)
        elif last in held or (last and cell.column < columns[last - 1].end):
            return None
        else:
            held[last] = cell
    place = row[0].place
    for n, column in enumerate(columns):
        cell = held.get(n) or Cell("", row[0].row, 0, place=place)
        cell.column, cell.column_span = column.first, column.end - column.first
        labels.append(cell)
    return sorted(labels, key=lambda cell: cell.column)
