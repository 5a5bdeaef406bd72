"""The figures of the litigation table as groups of results, each with its total."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.form.cut_groups import is_irregular
from loaders.form.editions import FigureBlock
from loaders.form.records import Record
from loaders.form.rows import RowCell


def value_of(each: RowCell | None) -> float | None:
    """The figure of a cell; None for one that is blank, illegible or not there."""
    return each.reading.value() if each is not None and each.reading.kind == "figure" else None


def has_figures(record: Record) -> bool:
    """Whether a figure stands anywhere in the row, be it left of an illegible one."""
    return any(each.reading.kind == "figure" for each in (*record.row, *record.figures))


def groups_add_up(values: Sequence[float | None], size: int) -> bool:
    """Whether the last figure of each group of so many is the sum of the others; blanks count nothing."""
    groups = ([value or 0 for value in values[start : start + size]] for start in range(0, len(values), size))
    return all(sum(parts) == total for *parts, total in groups)


def adds_up(record: Record, block: FigureBlock) -> bool:
    """Whether figures without the table's header are its own: most groups add up."""
    values = [each.reading.value() or 0 for each in record.numbers]
    size = len(block.columns)
    groups = [values[start : start + size] for start in range(0, len(values), size)]
    return 2 * sum(sum(parts) == total for *parts, total in groups) > len(groups)


def may_be_cut(record: Record, block: FigureBlock) -> bool:
    """Whether the figures of some lines, as many as the form has, may be fewer that line ends cut."""
    size = len(block.columns)
    if len(record.numbers) != len(block.rows) * size or not is_irregular(record, size):
        return False
    return not groups_add_up([each.reading.value() for each in record.numbers], size)


def lack_their_first(cells: Sequence[RowCell | None], size: int) -> bool:
    """Whether of each group nothing but the first figure is blank, and one does not add up: its total may be blank."""
    groups = [list(map(value_of, cells[start : start + size])) for start in range(0, len(cells), size)]
    if not groups or not all(first is None and None not in others for first, *others in groups):
        return False
    return any(sum(filter(None, parts)) != total for *parts, total in groups)


def only_part_that_adds_up(record: Record, block: FigureBlock) -> list[RowCell | None] | None:
    """As many cells as the form has, with all figures in them, if their groups add up there and nowhere else."""
    width = len(block.rows) * len(block.columns)
    figures = [n for n, each in enumerate(record.row) if each.reading.kind != "blank"]
    if not record.tabular or any(each.reading.kind == "text" for each in record.row):
        return None
    starts = range(max(figures[-1] - width + 1, 0), min(figures[0], len(record.row) - width) + 1)
    parts = [record.row[start : start + width] for start in starts]
    parts = [part for part in parts if groups_add_up([value_of(each) for each in part], len(block.columns))]
    return [*parts[0]] if len(parts) == 1 else None
