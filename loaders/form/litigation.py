"""The litigation table: one row of fifteen figures under a header of three levels, and the ways it is rearranged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from loaders.document import Picture
from loaders.form.broken import END_OF_FIGURE, digits_below, ends_of_figures, only_way_to_join, only_whole_row
from loaders.form.cut_groups import cut_figures, is_irregular
from loaders.form.cut_off import first_results
from loaders.form.editions import FigureBlock
from loaders.form.figures import is_broken, read_figure
from loaders.form.labels import bare
from loaders.form.listed_results import GROUPS, group_named, listed_results
from loaders.form.litigation_copies import agree, distrust_differing, tables_apart
from loaders.form.placement import IN_ORDER, LOST, SETTLED_BY_SUM
from loaders.form.records import MOST_LABELS, Record
from loaders.form.rows import PhysicalRow, RowCell
from loaders.form.several_reports import Copies
from loaders.form.several_years import of_latest_year
from loaders.form.short_rows import groups_in_front, lost_a_cell, moved_up
from loaders.patterns import pattern_of
from loaders.report import FigureReading

_HEADER_LABELS = frozenset({"结果维持", "结果纠正", "其他结果", "尚未审结", "维持", "纠正", "未审结"})
_RESULT_LABELS = _HEADER_LABELS | {"总计", "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"}
_OF_HEADER = pattern_of("[维纠果审]")
_MOST_PAGE_NUMBERS = 1  # more numbers below a row are the ends of its figures
_LAST_OF_HEADER = "总计"
_GROUPS_OF_LAWSUITS = frozenset({"未经复议直接起诉", "复议后起诉"})
_WORDS = pattern_of("[\u4e00-\u9fff]")
_FIRST_OF_HEADER = "结果维持"
_ENOUGH_HEADER, _MOST_HEADER = 2, 3
_END_OF_A_FIGURE = pattern_of("[)）件]+|件[)）]")


def read_litigation(
    block: FigureBlock,
    found: list[Record],
    rows: list[PhysicalRow | Picture],
    seen: frozenset[str],
    labels: str,
    figures: dict[str, FigureReading],
    twice: Copies,
) -> bool:
    """Write the fifteen figures; return whether the table is there. `found`: the records after the applications.

    `seen` and `labels` are all short texts of the document, one by one and run together. `twice`: what is known of
    tables that stand there more than once.
    """
    width = len(block.rows) * len(block.columns)
    found = of_latest_year(found, rows)
    cells = _cells(block, found, rows, width)
    keys = [f"{block.table}.{row.key}.{column.key}" for row in block.rows for column in block.columns]
    if cells is None:
        for key in keys:
            figures[key] = FigureReading(confidence=LOST)
        thrice = sum(labels.count(column.label) >= len(block.rows) for column in block.columns)
        known = max(len(_HEADER_LABELS & seen), len(_HEADER_LABELS & _down_columns(rows)), thrice)
        return known >= _ENOUGH_HEADER or _groups_stand_in_a_line(rows)
    figures.update({key: FigureReading(confidence=LOST) for key in keys[len(cells) :]})
    is_saved = not any(record.aligned for record in found)
    cut = cut_figures(cells, len(block.columns)) if is_saved else frozenset()
    moved = moved_up(cells, len(block.columns))
    if moved and listed_results(block, found) is None:
        cut |= moved
    if _lack_their_first(cells, len(block.columns)):
        cut |= frozenset(range(width))
    for at, (key, cell) in enumerate(zip(keys, cells, strict=False)):
        if cell is None:
            figures[key] = FigureReading(confidence=0.9)
        else:
            value = None if at in cut else _value(cell)
            sure = LOST if at in cut else IN_ORDER * cell.cell.confidence
            figures[key] = FigureReading(value, cell.cell.text.strip(), round(sure, 4), cell.cell.place)
    tables = [_cells(block, table, rows, width) for table in tables_apart(found, speaks_of_results)]
    copies = [list(map(_value, table)) for table in tables if table is not None and len(table) == width]
    distrust_differing(figures, keys, [*copies, *_rows_of_one_table(found, width)])
    if len(copies) == labels.count(_FIRST_OF_HEADER) // len(block.rows):
        twice.agreeing |= {key for key, values in zip(keys, zip(*copies, strict=True), strict=False) if agree(values)}
    return True


def _rows_of_one_table(found: Sequence[Record], width: int) -> list[list[float | None]]:
    """The figures of rows of the whole form in one table, if there are several: a page's end joined what differs."""
    whole = [record for record in found if record.aligned and len(record.row) == width and _has_figures(record)]
    blocks = [record.block for record in whole]
    return [list(map(_value, record.row)) for record in whole if blocks.count(record.block) > 1]


def has_broken_header(rows: list[PhysicalRow | Picture]) -> bool:
    """Whether most results are there when the words of each column are run together."""
    return len(_HEADER_LABELS & _down_columns(rows)) >= _MOST_HEADER


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


def _cells(
    block: FigureBlock, found: list[Record], rows: list[PhysicalRow | Picture], width: int
) -> list[RowCell | None] | None:
    """The fifteen cells in the order of the form, fewer if the last are cut off, None if they cannot be told apart."""
    found = [_without_column_beside(record, rows, block) for record in found if not _may_be_cut(record, block)]
    found = [_behind_header(record, block) for record in found if not _begins_before_header(record, rows, width)]
    candidates = [record for record in found if speaks_of_results(record)] or found[:1]
    for record in (*candidates, *found):
        if len(record.numbers) == width and (record.tabular or speaks_of_results(record) or _adds_up(record, block)):
            return _with_ends(record.numbers, digits_below(record, _line_below(record, found)), block)
        if len(record.numbers) > width <= len(record.row) and not record.tabular and speaks_of_results(record):
            return _of_too_many(record, width, block)
    for record in candidates:
        if not _has_figures(record) or _ends_figures_above(record):
            continue
        if lost_a_cell(record, max(_columns_above(record, rows), default=None)):
            return groups_in_front(record.row, len(block.columns), len(block.rows))
        whole = _by_header(record, rows)
        if whole is None or len(whole) != width:
            whole = _whole_row(record, rows, width)
        if width < len(record.row) and not (whole and _groups_add_up(list(map(_value, whole)), len(block.columns))):
            shifted = _only_part_that_adds_up(record, block)
            whole = shifted if shifted or _has_more_cells_than_header(record, rows, width) else whole
        if whole is not None:
            return _with_ends(whole, digits_below(record, _line_below(record, found)), block)
        if (first := first_results(record, _right_above(record, _table_of(record, rows)), block)) is not None:
            return first
    return _in_parts(block, found, rows, width)


def _behind_header(record: Record, block: FigureBlock) -> Record:
    """The record without the last label of the header, which saved text with a cell a line does not part from it.

    A blank cell behind that label may be the end of the header, unless the groups add up with it.
    """
    size = len(block.columns)
    if record.aligned or len(record.row) != len(block.rows) * size + 1:
        return record
    label, *cells = record.row
    if bare(label.cell.text) != _LAST_OF_HEADER:
        return record
    begins = cells[0].reading.kind == "figure" or _groups_add_up(list(map(_value, cells)), size)
    return replace(record, row=cells) if begins else record


def _without_column_beside(record: Record, rows: list[PhysicalRow | Picture], block: FigureBlock) -> Record:
    """The record without figures right of a whole header, as somebody's sums to check the form by.

    A row that an empty cell shifted ends there too, but no word stands above its end and it has no figure too many.
    """
    width = len(block.rows) * len(block.columns)
    header = _right_above(record, _table_of(record, rows)) if record.tabular and record.aligned else []
    columns = _labelled_columns(header)
    own = [each for each in record.row if columns and each.cell.column <= max(columns)]
    if len(columns) != width or len(own) in (0, len(record.row)):
        return record
    has_words = any(each.cell.column > max(columns) and bare(each.cell.text) for row in header for each in row.cells)
    is_whole = all(each.reading.kind == "figure" for each in own if each.cell.column in columns)
    if not has_words and not (is_whole and _groups_add_up(list(map(_value, own[-width:])), len(block.columns))):
        return record
    return record.up_to(max(columns))


def _may_be_cut(record: Record, block: FigureBlock) -> bool:
    """Whether the figures of some lines, as many as the form has, may be fewer that line ends cut."""
    size = len(block.columns)
    if len(record.numbers) != len(block.rows) * size or not is_irregular(record, size):
        return False
    return not _groups_add_up([each.reading.value() for each in record.numbers], size)


def _adds_up(record: Record, block: FigureBlock) -> bool:
    """Whether figures without the table's header are its own: most groups add up."""
    values = [each.reading.value() or 0 for each in record.numbers]
    size = len(block.columns)
    groups = [values[start : start + size] for start in range(0, len(values), size)]
    return 2 * sum(sum(parts) == total for *parts, total in groups) > len(groups)


def _has_figures(record: Record) -> bool:
    """Whether a figure stands anywhere in the row, be it left of an illegible one."""
    return any(each.reading.kind == "figure" for each in (*record.row, *record.figures))


def _ends_figures_above(record: Record) -> bool:
    """Whether cells hold the ends of figures too wide for their columns: a bracket or a unit without a digit."""
    return any(_END_OF_A_FIGURE.fullmatch(each.cell.text.strip()) for each in record.row)


def _line_below(record: Record, found: list[Record]) -> Record | None:
    """A line of bare figures below in saved text: the last digits of figures too wide for their columns."""
    below = next((each for each in found if each.index == record.index + 1), None)
    if below is None or record.aligned or below.block - record.block > 1:
        return None
    if not all(END_OF_FIGURE.fullmatch(word) for label in below.labels for word in label.split()):
        return None
    return below if any(each.reading.kind == "figure" for each in (*below.row, *below.figures)) else None


def _with_ends(
    cells: Sequence[RowCell | None], digits: Sequence[str], block: FigureBlock
) -> list[RowCell | None] | None:
    """The figures; with digits below them only if all groups add up, as they are or in one other way alone."""
    size = len(block.columns)

    def adds_up(values: Sequence[float | None]) -> bool:
        return _groups_add_up(values, size)

    texts = ["" if each is None else each.cell.text.strip() for each in cells]
    values = [_value(each) for each in cells]
    broken = any(is_broken(read_figure(text)) for text in texts) or len(digits) > _MOST_PAGE_NUMBERS
    if not digits or (not broken and adds_up(values)):
        return list(cells)
    whole = only_whole_row(texts, values, digits, adds_up)
    if whole is None:
        return None
    return [
        each if each is None or value == settled else _settled(each, settled)
        for each, value, settled in zip(cells, values, whole, strict=True)
    ]


def _of_too_many(record: Record, width: int, block: FigureBlock) -> list[RowCell | None] | None:
    """The figures of a line that has more: the ends of some stand behind them, or right behind their own beginnings."""
    first, ends = record.numbers[:width], ends_of_figures(record.figures[width:])
    size = len(block.columns)
    if ends or _groups_add_up(list(map(_value, first)), size):
        return _with_ends(first, ends, block)
    whole = only_way_to_join(record.numbers, width, lambda values: _groups_add_up(values, size))
    return [_settled(record.numbers[at], float(text)) for text, at in whole] if whole else None


def _settled(each: RowCell, value: float) -> RowCell:
    cell = replace(each.cell, text=f"{value:.0f}", confidence=min(each.cell.confidence, SETTLED_BY_SUM))
    return RowCell(cell, read_figure(cell.text))


def _has_more_cells_than_header(record: Record, rows: list[PhysicalRow | Picture], width: int) -> bool:
    """Whether the row has cells that neither figures nor empty cells behind the header's words explain."""
    header = _right_above(record, _table_of(record, rows)) if record.tabular else []
    behind = [len(row.cells) - 1 - _last_word(row) for row in header]
    return bool(header) and len(record.row) - width > min(behind)


def _may_be_shifted(
    whole: list[RowCell | None], record: Record, rows: list[PhysicalRow | Picture], block: FigureBlock
) -> bool:
    """Whether an empty cell may have shifted a row: it has cells too many, and under its header it does not add up."""
    width = len(block.rows) * len(block.columns)
    if len(whole) != width or len(record.row) <= width or _groups_add_up(list(map(_value, whole)), len(block.columns)):
        return False
    return _has_more_cells_than_header(record, rows, width)


def _last_word(row: PhysicalRow) -> int:
    return max((n for n, each in enumerate(row.cells) if each.cell.text.strip()), default=-1)


def _only_part_that_adds_up(record: Record, block: FigureBlock) -> list[RowCell | None] | None:
    """As many cells as the form has, with all figures in them, if their groups add up there and nowhere else."""
    width = len(block.rows) * len(block.columns)
    figures = [n for n, each in enumerate(record.row) if each.reading.kind != "blank"]
    if not record.tabular or any(each.reading.kind == "text" for each in record.row):
        return None
    starts = range(max(figures[-1] - width + 1, 0), min(figures[0], len(record.row) - width) + 1)
    parts = [record.row[start : start + width] for start in starts]
    parts = [part for part in parts if _groups_add_up([_value(each) for each in part], len(block.columns))]
    return [*parts[0]] if len(parts) == 1 else None


def _value(each: RowCell | None) -> float | None:
    return each.reading.value() if each is not None and each.reading.kind == "figure" else None


def _lack_their_first(cells: Sequence[RowCell | None], size: int) -> bool:
    """Whether of each group nothing but the first figure is blank, and one does not add up: its total may be blank."""
    groups = [list(map(_value, cells[start : start + size])) for start in range(0, len(cells), size)]
    if not groups or not all(first is None and None not in others for first, *others in groups):
        return False
    return any(sum(filter(None, parts)) != total for *parts, total in groups)


def _groups_add_up(values: Sequence[float | None], size: int) -> bool:
    groups = ([value or 0 for value in values[start : start + size]] for start in range(0, len(values), size))
    return all(sum(parts) == total for *parts, total in groups)


def _whole_row(record: Record, rows: list[PhysicalRow | Picture], width: int) -> list[RowCell | None] | None:
    """A row of the table with blank cells in it, perhaps with empty cells behind the last column."""
    cells = record.row if record.tabular and len(record.row) > 1 else record.figures
    if len(cells) == width + 2 and not cells[0].cell.text.strip() and not cells[-1].cell.text.strip():
        if _fills_first_column(record, rows, width):
            return list(cells[:width])
        cells = cells[1:-1]  # bars at both ends of a line
    if len(cells) < width or any(each.reading.kind == "figure" for each in cells[width:]):
        return None
    named = _names(record.labels[-1]) if record.labels else set()
    if not record.tabular and not (cells[0].cell.text.strip() and named & _RESULT_LABELS):
        return None  # a bar that ends a row may look like a blank cell, and words may stand for a figure
    if any(_names(each.cell.text) & _RESULT_LABELS for each in cells):
        return None
    starts_at_margin = len(cells) == width or (record.tabular and cells[0].cell.column == 0)
    return list(cells[:width]) if starts_at_margin else None


def _begins_before_header(record: Record, rows: list[PhysicalRow | Picture], width: int) -> bool:
    """Whether a blank cell stands in front of the header's first label, and figures are as many only with it."""
    if not (record.tabular and record.aligned) or len(record.row) != width or record.row[0].cell.text.strip():
        return False
    above = (each for row in _right_above(record, _table_of(record, rows)) for each in row.cells)
    firsts = [each.cell.column for each in above if bare(each.cell.text) == _FIRST_OF_HEADER]
    return bool(firsts) and record.row[0].cell.column < min(firsts) == record.row[1].cell.column


def _fills_first_column(record: Record, rows: list[PhysicalRow | Picture], width: int) -> bool:
    """Whether labels of the table's header stand in its first column, and in no line that a label was broken over."""
    firsts = (row.cells[0].cell for row in _table_of(record, rows) if len(row.cells) >= width)
    return any(cell.column == 0 and bare(cell.text) in _RESULT_LABELS for cell in firsts)


def speaks_of_results(record: Record) -> bool:
    """Whether the header of the litigation table stands above the record."""
    likely = filter(_OF_HEADER.search, record.labels)
    return sum(len(_names(label) & _HEADER_LABELS) for label in likely) >= _ENOUGH_HEADER


def _names(label: str) -> set[str]:
    """The label as a whole, and each word of a header written as one line."""
    return {bare(label), *(bare(word) for word in label.split())}


def _by_header(record: Record, rows: list[PhysicalRow | Picture]) -> list[RowCell | None] | None:
    """Cells under the labels of the lowest header, where the table has real columns."""
    if not record.tabular or not record.row:
        return None
    columns = _columns_above(record, rows)
    if not record.aligned and record.row[-1].cell.column < len(record.row) < len(columns):
        return None  # blanks are left out, so that columns are but places in the row
    if lost_a_cell(record, max(columns, default=None)):
        return None
    at = {each.cell.column: each for each in record.row}
    if any(number.cell.column not in columns for number in record.numbers):
        return None
    return [at.get(column) for column in sorted(columns)]


def _columns_above(record: Record, rows: list[PhysicalRow | Picture]) -> set[int]:
    """The columns that the header right above a record names, or any of its table."""
    table = _table_of(record, rows)
    return _labelled_columns(_right_above(record, table)) or _labelled_columns(table)


def _table_of(record: Record, rows: list[PhysicalRow | Picture]) -> list[PhysicalRow]:
    return [row for row in rows if not isinstance(row, Picture) and row.block == record.block and row.tabular]


def _results_named(cells: Sequence[RowCell]) -> int:
    return sum(bare(each.cell.text) in _HEADER_LABELS | {"总计"} for each in cells)


def _right_above(record: Record, table: list[PhysicalRow]) -> list[PhysicalRow]:
    """The rows of a table between a record and the figures above it: the header of a part that has its own."""
    above = [row for row in table if row.cells[0].cell.row < record.row[0].cell.row]
    with_figures = (n for n, row in enumerate(above) if any(each.reading.kind == "figure" for each in row.cells))
    return above[max(with_figures, default=-1) + 1 :]


def _labelled_columns(rows: list[PhysicalRow]) -> set[int]:
    """The columns that rows with labels of results name."""
    columns: set[int] = set()
    for row in rows:
        named = [each for each in row.cells if bare(each.cell.text) in _HEADER_LABELS | {"总计"}]
        if len(named) >= _ENOUGH_HEADER:
            columns |= {each.cell.column for each in named}
    return columns


def _in_parts(
    block: FigureBlock, found: list[Record], rows: list[PhysicalRow | Picture], width: int
) -> list[RowCell | None] | None:
    """The table cut into several rows: a row a group, a row a figure, or results down and groups across."""
    listed = listed_results(block, found)
    if listed is not None:
        return listed
    by_result = _transposed(block, found)
    if by_result is not None:
        return [by_result[column][row] for row in range(len(block.rows)) for column in range(len(block.columns))]
    parts = [(record, part) for record in found if (part := _part(record, block, rows, width)) is not None]
    cells = [cell for _, part in parts for cell in part]
    sizes = {len(part) for _, part in parts}
    regular = len(sizes) == 1 or all(size % len(block.columns) == 0 for size in sizes)
    if cells and regular and len(cells) % width == 0:
        return _where_equal([cells[start : start + width] for start in range(0, len(cells), width)])
    return _by_group(parts, block, rows)


def _where_equal(copies: list[list[RowCell | None]]) -> list[RowCell | None]:
    """The figures of a table that may stand there several times; None for one that differs."""
    return [cells[0] if len(set(map(_value, cells))) == 1 else None for cells in zip(*copies, strict=True)]


def _part(
    record: Record, block: FigureBlock, rows: list[PhysicalRow | Picture], width: int
) -> list[RowCell | None] | None:
    """The figures of a row, if it is one of those into which the table was cut."""
    if not _has_figures(record) or not _is_litigation(record):
        return None
    above = _right_above(record, _table_of(record, rows)) if record.tabular else []
    if _begins_amid_a_group(above, block):
        return None  # the figures in front of them stand elsewhere, as on another page
    counted = bool(record.numbers) and len(record.numbers) % len(block.columns) == 0
    spread = len(record.figures) > len(record.numbers)  # blanks stand between them, or figures are blank
    by_header = _by_header(record, rows) if record.aligned or spread or not counted else None
    if by_header and _may_be_shifted(by_header, record, rows, block):
        return None
    first = by_header[0] if by_header else None
    if first is not None and first.reading.kind == "text" and len(_WORDS.findall(first.cell.text)) > 1:
        by_header = None  # a label: this row has more of them than the header's
    if by_header and len(by_header) % len(block.columns) == 0:
        return by_header  # some are blank or illegible
    if any(each.reading.kind == "text" and not _WORDS.search(each.cell.text) for each in record.row):
        return None  # figures that ran together stand left of those that can be counted
    blanks_count = record.tabular and len(record.figures) % len(block.columns) == 0
    if spread and _results_named(record.row) > record.aligned:
        return None  # the header runs on into the figures, and nobody knows where a blank belongs
    if spread and counted and not (blanks_count or _are_whole(record.figures)):
        return None  # it is not told which figures are blank
    of_cells = blanks_count and not (counted and _are_whole(record.figures))
    part: list[RowCell | None] = [*(record.figures if of_cells else record.numbers)]
    if len(part) > width or (len(part) % len(block.columns) and width % len(part)):
        return None  # 其他 of the applications, where that table is repeated, or each figure several times
    most = max((_results_named(row.cells) for row in above), default=0)
    if len(part) < (most if record.aligned else max(most, len(_labelled_columns(above)))):
        return None  # as many figures as one group has, or two, but blank ones among those of more
    return part


def _begins_amid_a_group(header: Sequence[PhysicalRow], block: FigureBlock) -> bool:
    """Whether the results that a header names are in the order of the form, but begin with another one than a group."""
    order = [bare(column.label) for column in block.columns]
    for row in header:
        named = [name for each in row.cells if (name := bare(each.cell.text)) in order]
        if len(named) >= len(order) and named[0] != order[0]:
            first = order.index(named[0])
            return all(name == order[(first + n) % len(order)] for n, name in enumerate(named))
    return False


def _are_whole(cells: Sequence[RowCell]) -> bool:
    """Whether blank cells stand only around the figures of a row."""
    kinds = "".join("x" if each.reading.kind == "figure" else " " for each in cells)
    return " " not in kinds.strip()


def _stands_below_a_blank_group(record: Record, rows: list[PhysicalRow | Picture]) -> bool:
    """Whether a row has an empty cell for its label, and the row above it is that of another group, with blanks."""
    if record.own_labels or not record.aligned or record.row[0].cell.text.strip():
        return False
    above = [row for row in _table_of(record, rows) if row.cells[0].cell.row < record.row[0].cell.row]
    if not above or len(above[-1].cells) != len(record.row):
        return False
    label, *others = above[-1].cells
    is_group = label.cell.row_span == 1 and any(way in bare(label.cell.text) for ways in GROUPS for way in ways)
    return is_group and all(each.reading.kind == "blank" for each in others)


def _by_group(
    parts: list[tuple[Record, list[RowCell | None]]], block: FigureBlock, rows: list[PhysicalRow | Picture]
) -> list[RowCell | None] | None:
    """The figures by the names of their groups; nothing for one that is blank, or stands there twice and differs.

    Where a file has no cells, nothing tells that five figures are those of one group.
    """
    size = len(block.columns)
    groups: dict[int, list[RowCell | None]] = {}
    for record, part in parts:
        last = group_named(record)
        if len(part) < size or _stands_below_a_blank_group(record, rows):
            continue  # a page number, perhaps, or the row of a group whose label is lost
        if last is None or not record.tabular or len(part) % size or len(part) > (last + 1) * size:
            return None
        named = _groups_named(record)
        names_all = named == len(block.rows) and not record.own_labels
        if len(part) < named * size and (names_all or _lacks_blanks(record)):
            return None  # as many as some groups have, but some of each may be blank, or stand elsewhere
        for position in range(last + 1 - len(part) // size, last + 1):
            own, part = part[:size], part[size:]
            other = groups.setdefault(position, own)
            if list(map(_value, other)) != list(map(_value, own)):
                groups[position] = [None] * size
    if len(groups) < len(block.rows) and any(_lacks_blanks(each) and not each.own_labels for each, _ in parts):
        return None  # of a header of which words are lost
    return [cell for n in range(len(block.rows)) for cell in groups.get(n, [None] * size)] if groups else None


def _lacks_blanks(record: Record) -> bool:
    """Whether no cell is blank but at the ends of the line, so that nothing tells which figures are there."""
    return not record.aligned and _are_whole(record.row)


def _groups_named(record: Record) -> int:
    """How many groups the header above the figures names."""
    names = [bare(label) for label in record.labels]
    heading = max((n for n, name in enumerate(names) if name.endswith("情况")), default=-1)
    if heading < 0 and len(names) >= MOST_LABELS:
        return len(GROUPS)  # the beginning of the header was not kept
    header = " ".join(names[heading + 1 :])
    return sum(any(way in header for way in ways) for ways in GROUPS)


def _is_litigation(record: Record) -> bool:
    names = _HEADER_LABELS | {"总计", "其他", "其他结果"}
    if any(bare(label) in names for label in record.labels):
        return True
    return any(word in label for label in record.labels for word in ("复议", "起诉", "诉讼"))


def _transposed(block: FigureBlock, found: list[Record]) -> list[list[RowCell | None]] | None:
    """The figures by result, where each result has a row of its own with a figure for each group; some may be lost."""
    by_result: list[list[RowCell | None]] = []
    for column in block.columns:
        names = {bare(column.label), bare(column.label).removeprefix("结果")}
        rows = (_row_of_result(record, names, len(block.rows)) for record in found)
        by_result.append(next((row for row in rows if row is not None), [None] * len(block.rows)))
    there = sum(any(row) for row in by_result)
    return by_result if there == len(by_result) or there > _MOST_HEADER else None


def _row_of_result(record: Record, names: set[str], width: int) -> list[RowCell | None] | None:
    label = next((each for each in record.labels[-2:] if bare(each) in names), None)
    figures = record.figures_behind(label).figures if label is not None else []
    return [*figures] if _has_figures(record) and len(figures) == width else None
