"""Rows of a table that have fewer cells than others: which of their cells is the one that is lost, nothing tells."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.form.columns import span
from loaders.form.rows import Record, RowCell


def lost_a_cell(record: Record, end: int | None) -> bool:
    """Whether a row ends in front of `end`, the last column of other rows or of the header.

    Where all cells are noughts, each is right wherever it stands.
    """
    if end is None or not record.aligned or not record.row or _are_noughts(record.figures):
        return False
    return span(record.row[-1])[1] < end


def _are_noughts(cells: list[RowCell]) -> bool:
    return all(each.reading.kind == "figure" and not each.reading.value() for each in cells)


def may_have_moved_up(cells: Sequence[RowCell | None], size: int) -> bool:
    """Whether figures behind a lost cell may have moved up to it, as an empty cell closes a row of groups.

    So it is where a group in front does not add up, or the last figure may be the total of its group.
    """
    if not all(map(_is_figure, cells[:-1])) or (cells[-1] is not None and cells[-1].reading.kind != "blank"):
        return False
    groups = [cells[start : start + size] for start in range(0, len(cells), size)]
    *parts, last, _ = (each.reading.value() or 0 if each else 0 for each in groups[-1])
    return 0 < last >= sum(parts) or not all(map(_adds_up, groups[:-1]))


def groups_in_front(cells: Sequence[RowCell | None], size: int) -> list[RowCell | None]:
    """The groups of a row that lost a cell as far as their last figure is the sum of the others: it stood behind."""
    groups = (cells[start : start + size] for start in range(0, len(cells), size))
    whole: list[RowCell | None] = []
    for group in groups:
        if len(group) < size or not _adds_up(group):
            break
        whole += group
    return whole


def _is_figure(cell: RowCell | None) -> bool:
    return cell is not None and cell.reading.kind == "figure"


def _adds_up(group: Sequence[RowCell | None]) -> bool:
    *parts, total = (each.reading.value() if each and each.reading.kind == "figure" else None for each in group)
    return total is not None and None not in parts and sum(part or 0 for part in parts) == total
