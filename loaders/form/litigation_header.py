"""What the header of the litigation table tells: that it is there, and which columns its results stand in."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.document import Picture
from loaders.form.editions import FigureBlock
from loaders.form.labels import bare
from loaders.form.records import Record
from loaders.form.rows import PhysicalRow, RowCell
from loaders.form.short_rows import lost_a_cell
from loaders.patterns import pattern_of

HEADER_LABELS = frozenset({"结果维持", "结果纠正", "其他结果", "尚未审结", "维持", "纠正", "未审结"})
RESULT_LABELS = HEADER_LABELS | {"总计", "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"}
_OF_HEADER = pattern_of("[维纠果审]")
_GROUPS_OF_LAWSUITS = frozenset({"未经复议直接起诉", "复议后起诉"})
FIRST_OF_HEADER = "结果维持"
_ENOUGH_HEADER, MOST_HEADER = 2, 3


def has_header(block: FigureBlock, rows: list[PhysicalRow | Picture], seen: frozenset[str], labels: str) -> bool:
    """Whether the table's header is anywhere in the document.

    `seen` and `labels` are all its short texts, one by one and run together.
    """
    thrice = sum(labels.count(column.label) >= len(block.rows) for column in block.columns)
    known = max(len(HEADER_LABELS & seen), len(HEADER_LABELS & _down_columns(rows)), thrice)
    return known >= _ENOUGH_HEADER or _groups_stand_in_a_line(rows)


def has_broken_header(rows: list[PhysicalRow | Picture]) -> bool:
    """Whether most results are there when the words of each column are run together."""
    return len(HEADER_LABELS & _down_columns(rows)) >= MOST_HEADER


def speaks_of_results(record: Record) -> bool:
    """Whether the header of the litigation table stands above the record."""
    likely = filter(_OF_HEADER.search, record.labels)
    return sum(len(names_in(label) & HEADER_LABELS) for label in likely) >= _ENOUGH_HEADER


def names_in(label: str) -> set[str]:
    """The label as a whole, and each word of a header written as one line."""
    return {bare(label), *(bare(word) for word in label.split())}


def cells_by_header(record: Record, rows: list[PhysicalRow | Picture]) -> list[RowCell | None] | None:
    """Cells under the labels of the lowest header, where the table has real columns."""
    if not record.tabular or not record.row:
        return None
    columns = columns_above(record, rows)
    if not record.aligned and record.row[-1].cell.column < len(record.row) < len(columns):
        return None  # blanks are left out, so that columns are but places in the row
    if lost_a_cell(record, max(columns, default=None)):
        return None
    at = {each.cell.column: each for each in record.row}
    if any(number.cell.column not in columns for number in record.numbers):
        return None
    return [at.get(column) for column in sorted(columns)]


def columns_above(record: Record, rows: list[PhysicalRow | Picture]) -> set[int]:
    """The columns that the header right above a record names, or any of its table."""
    table = table_of(record, rows)
    return labelled_columns(right_above(record, table)) or labelled_columns(table)


def table_of(record: Record, rows: list[PhysicalRow | Picture]) -> list[PhysicalRow]:
    """The rows of the table that a record stands in."""
    return [row for row in rows if not isinstance(row, Picture) and row.block == record.block and row.tabular]


def right_above(record: Record, table: list[PhysicalRow]) -> list[PhysicalRow]:
    """The rows of a table between a record and the figures above it: the header of a part that has its own."""
    above = [row for row in table if row.cells[0].cell.row < record.row[0].cell.row]
    with_figures = (n for n, row in enumerate(above) if any(each.reading.kind == "figure" for each in row.cells))
    return above[max(with_figures, default=-1) + 1 :]


def labelled_columns(rows: list[PhysicalRow]) -> set[int]:
    """The columns that rows with labels of results name."""
    columns: set[int] = set()
    for row in rows:
        named = [each for each in row.cells if bare(each.cell.text) in HEADER_LABELS | {"总计"}]
        if len(named) >= _ENOUGH_HEADER:
            columns |= {each.cell.column for each in named}
    return columns


def results_named(cells: Sequence[RowCell]) -> int:
    """How many cells name a result, or the total of a group."""
    return sum(bare(each.cell.text) in HEADER_LABELS | {"总计"} for each in cells)


def begins_before_header(record: Record, rows: list[PhysicalRow | Picture], width: int) -> bool:
    """Whether a blank cell stands in front of the header's first label, and figures are as many only with it."""
    if not (record.tabular and record.aligned) or len(record.row) != width or record.row[0].cell.text.strip():
        return False
    above = (each for row in right_above(record, table_of(record, rows)) for each in row.cells)
    firsts = [each.cell.column for each in above if bare(each.cell.text) == FIRST_OF_HEADER]
    return bool(firsts) and record.row[0].cell.column < min(firsts) == record.row[1].cell.column


def fills_first_column(record: Record, rows: list[PhysicalRow | Picture], width: int) -> bool:
    """Whether labels of the table's header stand in its first column, and in no line that a label was broken over."""
    firsts = (row.cells[0].cell for row in table_of(record, rows) if len(row.cells) >= width)
    return any(cell.column == 0 and bare(cell.text) in RESULT_LABELS for cell in firsts)


def has_more_cells_than_header(record: Record, rows: list[PhysicalRow | Picture], width: int) -> bool:
    """Whether the row has cells that neither figures nor empty cells behind the header's words explain."""
    header = right_above(record, table_of(record, rows)) if record.tabular else []
    behind = [len(row.cells) - 1 - _last_word(row) for row in header]
    return bool(header) and len(record.row) - width > min(behind)


def _last_word(row: PhysicalRow) -> int:
    return max((n for n, each in enumerate(row.cells) if each.cell.text.strip()), default=-1)


def _down_columns(rows: list[PhysicalRow | Picture]) -> set[str]:
    """The words of each column of each table run together: labels broken over lines are whole again."""
    columns: dict[tuple[int, int], str] = {}
    for row in rows:
        if not isinstance(row, Picture) and row.tabular:
            for each in row.cells:
                if each.reading.kind == "text":
                    at = row.block, each.cell.column
                    columns[at] = columns.get(at, "") + each.cell.text
    return set(map(bare, columns.values()))


def _groups_stand_in_a_line(rows: list[PhysicalRow | Picture]) -> bool:
    """Whether the header's groups of lawsuits are words of some line, as where a line holds several labels."""
    texts = (each.cell.text for row in rows if not isinstance(row, Picture) for each in row.cells)
    return any(set(text.split()) >= _GROUPS_OF_LAWSUITS for text in texts)
