"""The litigation table: one row of fifteen figures under a header of three levels, and the ways it is rearranged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from loaders.document import Picture
from loaders.form.broken import END_OF_FIGURE, digits_below, ends_of_figures, only_way_to_join, only_whole_row
from loaders.form.cut_groups import cut_figures
from loaders.form.cut_off import first_results
from loaders.form.editions import FigureBlock
from loaders.form.figures import is_broken, read_figure
from loaders.form.labels import bare
from loaders.form.listed_results import listed_results
from loaders.form.litigation_copies import agree, distrust_differing, tables_apart
from loaders.form.litigation_header import (
    FIRST_OF_HEADER,
    RESULT_LABELS,
    begins_before_header,
    cells_by_header,
    columns_above,
    fills_first_column,
    has_header,
    has_more_cells_than_header,
    labelled_columns,
    names_in,
    right_above,
    speaks_of_results,
    table_of,
)
from loaders.form.litigation_lines import as_one_row
from loaders.form.litigation_parts import in_parts
from loaders.form.litigation_sums import (
    adds_up,
    groups_add_up,
    has_figures,
    lack_their_first,
    may_be_cut,
    only_part_that_adds_up,
    value_of,
)
from loaders.form.placement import IN_ORDER, LOST, SETTLED_BY_SUM
from loaders.form.records import Record
from loaders.form.rows import PhysicalRow, RowCell
from loaders.form.several_reports import Copies
from loaders.form.several_years import of_latest_year
from loaders.form.short_rows import groups_in_front, lost_a_cell, moved_up
from loaders.patterns import pattern_of
from loaders.report import FigureReading

_MOST_PAGE_NUMBERS = 1  # more numbers below a row are the ends of its figures
_LAST_OF_HEADER = "总计"
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
    found = as_one_row(of_latest_year(found, rows), width, len(block.columns))
    cells = _cells(block, found, rows, width)
    keys = [f"{block.table}.{row.key}.{column.key}" for row in block.rows for column in block.columns]
    if cells is None:
        for key in keys:
            figures[key] = FigureReading(confidence=LOST)
        return has_header(block, rows, seen, labels)
    figures.update({key: FigureReading(confidence=LOST) for key in keys[len(cells) :]})
    is_saved = not any(record.aligned for record in found)
    cut = cut_figures(cells, len(block.columns)) if is_saved else frozenset()
    moved = moved_up(cells, len(block.columns))
    if moved and listed_results(block, found) is None:
        cut |= moved
    if lack_their_first(cells, len(block.columns)):
        cut |= frozenset(range(width))
    for at, (key, cell) in enumerate(zip(keys, cells, strict=False)):
        if cell is None:
            figures[key] = FigureReading(confidence=0.9)
        else:
            value = None if at in cut else value_of(cell)
            sure = LOST if at in cut else IN_ORDER * cell.cell.confidence
            figures[key] = FigureReading(value, cell.cell.text.strip(), round(sure, 4), cell.cell.place)
    tables = [_cells(block, table, rows, width) for table in tables_apart(found, speaks_of_results)]
    copies = [list(map(value_of, table)) for table in tables if table is not None and len(table) == width]
    distrust_differing(figures, keys, [*copies, *_rows_of_one_table(found, width)])
    if len(copies) == labels.count(FIRST_OF_HEADER) // len(block.rows):
        twice.agreeing |= {key for key, values in zip(keys, zip(*copies, strict=True), strict=False) if agree(values)}
    return True


def _rows_of_one_table(found: Sequence[Record], width: int) -> list[list[float | None]]:
    """The figures of rows of the whole form in one table, if there are several: a page's end joined what differs."""
    whole = [record for record in found if record.aligned and len(record.row) == width and has_figures(record)]
    blocks = [record.block for record in whole]
    return [list(map(value_of, record.row)) for record in whole if blocks.count(record.block) > 1]


def _cells(
    block: FigureBlock, found: list[Record], rows: list[PhysicalRow | Picture], width: int
) -> list[RowCell | None] | None:
    """The fifteen cells in the order of the form, fewer if the last are cut off, None if they cannot be told apart."""
    found = [_without_column_beside(record, rows, block) for record in found if not may_be_cut(record, block)]
    found = [_behind_header(record, block) for record in found if not begins_before_header(record, rows, width)]
    candidates = [record for record in found if speaks_of_results(record)] or found[:1]
    for record in (*candidates, *found):
        if len(record.numbers) == width and (record.tabular or speaks_of_results(record) or adds_up(record, block)):
            return _with_ends(record.numbers, digits_below(record, _line_below(record, found)), block)
        if len(record.numbers) > width <= len(record.row) and not record.tabular and speaks_of_results(record):
            return _of_too_many(record, width, block)
    for record in candidates:
        if not has_figures(record) or _ends_figures_above(record):
            continue
        if lost_a_cell(record, max(columns_above(record, rows), default=None)):
            return groups_in_front(record.row, len(block.columns), len(block.rows))
        whole = cells_by_header(record, rows)
        if whole is None or len(whole) != width:
            whole = _whole_row(record, rows, width)
        if width < len(record.row) and not (whole and groups_add_up(list(map(value_of, whole)), len(block.columns))):
            shifted = only_part_that_adds_up(record, block)
            whole = shifted if shifted or has_more_cells_than_header(record, rows, width) else whole
        if whole is not None:
            return _with_ends(whole, digits_below(record, _line_below(record, found)), block)
        if (first := first_results(record, right_above(record, table_of(record, rows)), block)) is not None:
            return first
    return in_parts(block, found, rows, width)


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
    begins = cells[0].reading.kind == "figure" or groups_add_up(list(map(value_of, cells)), size)
    return replace(record, row=cells) if begins else record


def _without_column_beside(record: Record, rows: list[PhysicalRow | Picture], block: FigureBlock) -> Record:
    """The record without figures right of a whole header, as somebody's sums to check the form by.

    A row that an empty cell shifted ends there too, but no word stands above its end and it has no figure too many.
    """
    width = len(block.rows) * len(block.columns)
    header = right_above(record, table_of(record, rows)) if record.tabular and record.aligned else []
    columns = labelled_columns(header)
    own = [each for each in record.row if columns and each.cell.column <= max(columns)]
    if len(columns) != width or len(own) in (0, len(record.row)):
        return record
    has_words = any(each.cell.column > max(columns) and bare(each.cell.text) for row in header for each in row.cells)
    is_whole = all(each.reading.kind == "figure" for each in own if each.cell.column in columns)
    if not has_words and not (is_whole and groups_add_up(list(map(value_of, own[-width:])), len(block.columns))):
        return record
    return record.up_to(max(columns))


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
        return groups_add_up(values, size)

    texts = ["" if each is None else each.cell.text.strip() for each in cells]
    values = [value_of(each) for each in cells]
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
    if ends or groups_add_up(list(map(value_of, first)), size):
        return _with_ends(first, ends, block)
    whole = only_way_to_join(record.numbers, width, lambda values: groups_add_up(values, size))
    return [_settled(record.numbers[at], float(text)) for text, at in whole] if whole else None


def _settled(each: RowCell, value: float) -> RowCell:
    cell = replace(each.cell, text=f"{value:.0f}", confidence=min(each.cell.confidence, SETTLED_BY_SUM))
    return RowCell(cell, read_figure(cell.text))


def _whole_row(record: Record, rows: list[PhysicalRow | Picture], width: int) -> list[RowCell | None] | None:
    """A row of the table with blank cells in it, perhaps with empty cells behind the last column."""
    cells = record.row if record.tabular and len(record.row) > 1 else record.figures
    if len(cells) == width + 2 and not cells[0].cell.text.strip() and not cells[-1].cell.text.strip():
        if fills_first_column(record, rows, width):
            return list(cells[:width])
        cells = cells[1:-1]  # bars at both ends of a line
    if len(cells) < width or any(each.reading.kind == "figure" for each in cells[width:]):
        return None
    named = names_in(record.labels[-1]) if record.labels else set()
    if not record.tabular and not (cells[0].cell.text.strip() and named & RESULT_LABELS):
        return None  # a bar that ends a row may look like a blank cell, and words may stand for a figure
    if any(names_in(each.cell.text) & RESULT_LABELS for each in cells):
        return None
    starts_at_margin = len(cells) == width or (record.tabular and cells[0].cell.column == 0)
    return list(cells[:width]) if starts_at_margin else None
