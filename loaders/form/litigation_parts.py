"""The litigation table cut into several rows: a row a group, a row a figure, or results down and groups across."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.document import Picture
from loaders.form.editions import FigureBlock
from loaders.form.labels import bare
from loaders.form.listed_results import GROUPS, group_named, listed_results
from loaders.form.litigation_header import (
    HEADER_LABELS,
    MOST_HEADER,
    cells_by_header,
    has_more_cells_than_header,
    labelled_columns,
    results_named,
    right_above,
    table_of,
)
from loaders.form.litigation_sums import groups_add_up, has_figures, value_of
from loaders.form.records import MOST_LABELS, Record
from loaders.form.rows import PhysicalRow, RowCell
from loaders.patterns import pattern_of

_WORDS = pattern_of("[\u4e00-\u9fff]")


def in_parts(
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
    return [cells[0] if len(set(map(value_of, cells))) == 1 else None for cells in zip(*copies, strict=True)]


def _part(
    record: Record, block: FigureBlock, rows: list[PhysicalRow | Picture], width: int
) -> list[RowCell | None] | None:
    """The figures of a row, if it is one of those into which the table was cut."""
    if not has_figures(record) or not _is_litigation(record):
        return None
    above = right_above(record, table_of(record, rows)) if record.tabular else []
    if _begins_amid_a_group(above, block):
        return None  # the figures in front of them stand elsewhere, as on another page
    counted = bool(record.numbers) and len(record.numbers) % len(block.columns) == 0
    spread = len(record.figures) > len(record.numbers)  # blanks stand between them, or figures are blank
    under_header = cells_by_header(record, rows) if record.aligned or spread or not counted else None
    if under_header and _may_be_shifted(under_header, record, rows, block):
        return None
    first = under_header[0] if under_header else None
    if first is not None and first.reading.kind == "text" and len(_WORDS.findall(first.cell.text)) > 1:
        under_header = None  # a label: this row has more of them than the header's
    if under_header and len(under_header) % len(block.columns) == 0:
        return under_header  # some are blank or illegible
    if any(each.reading.kind == "text" and not _WORDS.search(each.cell.text) for each in record.row):
        return None  # figures that ran together stand left of those that can be counted
    blanks_count = record.tabular and len(record.figures) % len(block.columns) == 0
    if spread and results_named(record.row) > record.aligned:
        return None  # the header runs on into the figures, and nobody knows where a blank belongs
    if spread and counted and not (blanks_count or _are_whole(record.figures)):
        return None  # it is not told which figures are blank
    of_cells = blanks_count and not (counted and _are_whole(record.figures))
    part: list[RowCell | None] = [*(record.figures if of_cells else record.numbers)]
    if len(part) > width or (len(part) % len(block.columns) and width % len(part)):
        return None  # 其他 of the applications, where that table is repeated, or each figure several times
    most = max((results_named(row.cells) for row in above), default=0)
    if len(part) < (most if record.aligned else max(most, len(labelled_columns(above)))):
        return None  # as many figures as one group has, or two, but blank ones among those of more
    return part


def _may_be_shifted(
    whole: list[RowCell | None], record: Record, rows: list[PhysicalRow | Picture], block: FigureBlock
) -> bool:
    """Whether an empty cell may have shifted a row: it has cells too many, and under its header it does not add up."""
    width = len(block.rows) * len(block.columns)
    if len(whole) != width or len(record.row) <= width or groups_add_up(list(map(value_of, whole)), len(block.columns)):
        return False
    return has_more_cells_than_header(record, rows, width)


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
    above = [row for row in table_of(record, rows) if row.cells[0].cell.row < record.row[0].cell.row]
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
            if list(map(value_of, other)) != list(map(value_of, own)):
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
    names = HEADER_LABELS | {"总计", "其他", "其他结果"}
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
    return by_result if there == len(by_result) or there > MOST_HEADER else None


def _row_of_result(record: Record, names: set[str], width: int) -> list[RowCell | None] | None:
    label = next((each for each in record.labels[-2:] if bare(each) in names), None)
    figures = record.figures_behind(label).figures if label is not None else []
    return [*figures] if has_figures(record) and len(figures) == width else None
