"""Tables that print several years: columns or rows of this year and the last in turn, or two forms beside each other.

What is of an earlier year is left out, so that no figure of it can be taken for one of the report's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from loaders.document import Cell, Table
from loaders.form.figures import read_figure
from loaders.form.labels import bare
from loaders.patterns import pattern_of

_YEAR = pattern_of(r"(20[0-4]\d)年度?")
_NUMBER = pattern_of(r"\s*(20[0-4]\d)\s*")
_HEADS_YEARS = frozenset({"年度", "年份", "年", "报告年度", "统计年度"})
_FEWEST_NUMBERS = 4
"""So many years without 年 in a row are a header; fewer may be figures."""
_EARLIER = frozenset({"上年", "上年度", "上一年", "上一年度", "去年", "上期", "上年数"})
_THIS = frozenset({"本年", "本年度", "今年", "本期", "当年", "本年数"})
_FIRST = "上去本今当2２"
"""What such a cell begins with."""

_YEAR_IN_TITLE = pattern_of(r"(20[0-4]\d)\s*年")
_LONGEST = 8
"""Characters of a cell that holds nothing but a year."""

_USUAL_WIDTHS = frozenset((4, 5, 10, 15))
_NARROWEST_PAIR = 7
"""Columns; two blocks of publication beside each other have no fewer."""

_FEWEST_PAIRS, _ALIKE = 3, 0.75
"""So many labels, and this part of all, stand there twice where two tables stand beside each other."""

_MOST_SHIFTS = 4
_LABEL = pattern_of(r"[\u4e00-\u9fff]\s*[\u4e00-\u9fff]")
"""A label has two characters and more; digits over several lines are a figure that cannot be told."""


def parts_of_latest_year(table: Table) -> list[Table]:
    """The table without what is of an earlier year than the rest; two where two forms stand beside each other."""
    cells = table.cells
    if not cells:
        return [table]
    last = cells[-1].column + cells[-1].column_span
    beside = _beside(table) if last >= _NARROWEST_PAIR and last not in _USUAL_WIDTHS else None
    parts = [table] if beside is None else beside
    parts = [_without_year_on_top(part) for part in parts]
    return [_of_latest_year(part) if _names_years(part) else part for part in parts]


def _without_year_on_top(table: Table) -> Table:
    """The table without a first row that is but a number for its year: no figure."""
    cells = table.cells
    if len(cells) < 2 or cells[1].row == cells[0].row or not names_year(cells[0].text):
        return table
    return Table(cells[1:], table.place, table.aligned)


def year_in(text: str) -> int | None:
    """The year that a cell names and nothing else; 1 for this year and 0 for the one before, without a number."""
    if len(text) > _LONGEST:
        return None
    label = bare(text)
    if year := _YEAR.fullmatch(label):
        return int(year[1])
    return int(label in _THIS) if label in _EARLIER or label in _THIS else None


def names_year(text: str) -> bool:
    """Whether a text is a mere number that may be a year."""
    return _NUMBER.fullmatch(text) is not None


def _names_years(table: Table) -> bool:
    """Whether cells name two years; nearly no table does, and this is asked of all of them."""
    short = {cell.text for cell in table.cells if 1 < len(cell.text) <= _LONGEST and cell.text.lstrip()[:1] in _FIRST}
    named = {text for text in short if year_in(text) is not None or _NUMBER.fullmatch(text)}
    return len(named) > 1


@dataclass(slots=True)
class _Rows:
    """The cells of a table by row, the years that cells name, and which rows hold figures other than these."""

    cells: defaultdict[int, list[Cell]] = field(default_factory=lambda: defaultdict(list))
    years: dict[int, int] = field(default_factory=dict)
    """By the identities of cells."""
    of_figures: set[int] = field(default_factory=set)

    def year(self, cell: Cell) -> int | None:
        """The year that a cell names."""
        return self.years.get(id(cell))


def _rows_of(table: Table) -> _Rows:
    rows = _Rows()
    for cell in table.cells:
        rows.cells[cell.row].append(cell)
        year = year_in(cell.text)
        if year is not None:
            rows.years[id(cell)] = year
    rows.years |= _numbers_for_years(table, rows)
    for cell in table.cells:
        if rows.year(cell) is None and read_figure(cell.text).kind == "figure":
            rows.of_figures.add(cell.row)
    return rows


def _numbers_for_years(table: Table, rows: _Rows) -> dict[int, int]:
    """Cells that name years as mere numbers: in a row of nothing else, or below the word for it."""
    found: dict[int, int] = {}
    for cells in rows.cells.values():
        numbers = [int(year[1]) for cell in cells if (year := _NUMBER.fullmatch(cell.text))]
        in_turn = len(set(numbers)) == 2 and all(one != other for one, other in pairwise(numbers))
        if len(numbers) >= _FEWEST_NUMBERS and in_turn and len(numbers) == sum(1 for cell in cells if cell.text):
            found |= {id(cell): int(cell.text) for cell in cells if cell.text}
    for head in table.cells:
        if bare(head.text) not in _HEADS_YEARS:
            continue
        below = [cell for cell in table.cells if cell.column == head.column and cell.row > head.row and cell.text]
        if all(_NUMBER.fullmatch(cell.text) for cell in below):
            found |= {id(cell): int(cell.text) for cell in below}
    return found


def _of_latest_year(table: Table) -> Table:
    """The table without columns under an earlier year, and without rows of one."""
    rows = _rows_of(table)
    cells = list(table.cells)
    if table.aligned:
        cells = _without_columns(cells, rows)
    cells = _without_rows(cells, rows)
    return table if len(cells) == len(table.cells) else Table(cells, table.place, table.aligned)


# --- columns ---


def _without_columns(cells: list[Cell], rows: _Rows) -> list[Cell]:
    """The cells without those in columns that a header calls those of an earlier year, and without that header."""
    dropped: set[int] = set()
    earlier: set[int] = set()
    is_header = False
    for row in sorted(rows.cells):
        years = {id(cell): year for cell in rows.cells[row] if (year := rows.year(cell)) is not None}
        if len(set(years.values())) > 1 and row not in rows.of_figures:
            latest = max(years.values())
            of_earlier = (cell for cell in rows.cells[row] if years.get(id(cell), latest) < latest)
            earlier = {column for cell in of_earlier for column in range(cell.column, cell.column + cell.column_span)}
            dropped.update(years)
            is_header = True
            continue
        is_header = is_header and row not in rows.of_figures
        if earlier and not is_header and _begins_anew(rows.cells[row], earlier):
            earlier = set()
        if earlier:
            dropped.update(id(cell) for cell in rows.cells[row] if earlier.issuperset(_columns(cell)))
    return [cell for cell in cells if id(cell) not in dropped]


def _begins_anew(row: Sequence[Cell], earlier: set[int]) -> bool:
    """Whether a row below the figures has a label in the columns of an earlier year: those of another table."""
    return any(read_figure(cell.text).kind == "text" and not earlier.isdisjoint(_columns(cell)) for cell in row)


def _columns(cell: Cell) -> range:
    return range(cell.column, cell.column + cell.column_span)


# --- rows ---


def _without_rows(cells: list[Cell], rows: _Rows) -> list[Cell]:
    """The cells without the figures of rows of an earlier year; labels that reach further stay for the rows below."""
    years = _years_of_rows(cells, rows)
    latest = max(years.values(), default=0)
    earlier = {row for row, year in years.items() if year < latest}
    if not earlier:
        return cells
    kept: list[Cell] = []
    for cell in cells:
        if rows.year(cell) is not None and not years.keys().isdisjoint(_rows_below(cell)):
            continue
        if cell.row not in earlier:
            kept.append(cell)
        elif read_figure(cell.text).kind == "text":
            kept += _moved_down(cell, rows, earlier)
    kept.sort(key=lambda cell: (cell.row, cell.column))
    return kept


def _years_of_rows(cells: Sequence[Cell], rows: _Rows) -> dict[int, int]:
    """The years of rows of figures or blanks, from cells that name nothing else and stand there or reach over them."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for cell in cells:
        year = rows.year(cell)
        if year is not None:
            for row in _rows_below(cell):
                found[row].add(year)
    filled = rows.of_figures | {cell.row for cell in cells if not cell.text.strip()}
    return {row: years.pop() for row, years in found.items() if len(years) == 1 and row in filled}


def _rows_below(cell: Cell) -> range:
    return range(cell.row, cell.row + cell.row_span)


def _moved_down(cell: Cell, rows: _Rows, earlier: set[int]) -> Iterator[Cell]:
    """A label of a row that is left out, in the next row that it reaches, or that has no label of its own."""
    below = next((row for row in range(cell.row + 1, cell.row + cell.row_span) if row not in earlier), None)
    if below is not None:
        yield replace(cell, row=below, row_span=cell.row + cell.row_span - below)
        return
    after = cell.row + 1
    if after in rows.cells and after not in earlier and not _has_label(rows, after):
        yield replace(cell, row=after, row_span=1)


def _has_label(rows: _Rows, row: int) -> bool:
    return any(read_figure(cell.text).kind == "text" and rows.year(cell) is None for cell in rows.cells[row])


# --- two forms beside each other ---


def _beside(table: Table) -> list[Table] | None:
    """The two tables that stand beside each other with the same labels; one where both name their years."""
    texts = [cell for cell in table.cells if _LABEL.search(cell.text) and read_figure(cell.text).kind == "text"]
    at: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for cell in texts:
        at[cell.row, bare(cell.text)].append(cell.column)
    shifts: Counter[int] = Counter()
    for columns in at.values():
        shifts.update(b - a for n, a in enumerate(columns) for b in columns[n + 1 :])
    for shift, count in shifts.most_common(_MOST_SHIFTS):
        if count >= _FEWEST_PAIRS and (cut := _cut(texts, at, shift)) is not None:
            return _parted(table, cut)
    return None


def _cut(texts: Sequence[Cell], at: dict[tuple[int, str], list[int]], shift: int) -> int | None:
    """Where the second table begins, if what stands left of there stands right of it again."""
    twins = [cell.column + shift for cell in texts if cell.column + shift in at[cell.row, bare(cell.text)]]
    cut = min(twins)
    left = sum(1 for cell in texts if cell.column + cell.column_span <= cut)
    right = sum(1 for cell in texts if cell.column >= cut)
    pairs = sum(1 for column in twins if column - shift < cut)
    return cut if pairs >= _FEWEST_PAIRS and pairs >= _ALIKE * max(left, right) else None


def _parted(table: Table, cut: int) -> list[Table]:
    right = [cell for cell in table.cells if cell.column >= cut]
    left = [cell for cell in table.cells if cell.column < cut]
    parts = [Table(part, table.place, table.aligned) for part in (left, right)]
    years = [_year_of(part) for part in parts]
    if None in years or years[0] == years[1]:
        return parts
    return [part for part, year in zip(parts, years, strict=True) if year == max(filter(None, years))]


def _year_of(table: Table) -> int | None:
    """The year that stands above or in a table, if only one does; counted from 1, so that it is never nothing."""
    named = {year for cell in table.cells if (year := year_in(cell.text)) is not None}
    if table.cells and names_year(table.cells[0].text) and table.cells[0].column_span > 1:
        named.add(int(table.cells[0].text))
    named |= {int(year) for cell in table.cells for year in _YEAR_IN_TITLE.findall(cell.text)}
    return named.pop() + 1 if len(named) == 1 else None
