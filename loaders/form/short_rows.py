"""Rows of a table that have fewer cells than others: which of their cells is the one that is lost, nothing tells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from loaders.document import Cell
from loaders.form.columns import span
from loaders.form.figures import read_figure
from loaders.form.records import Record
from loaders.form.rows import RowCell

_ANYTHING = RowCell(Cell("?", 0, 0), read_figure("?"))
"""Stands for the figure of a cell that is lost."""

_MOST_LOST = 3
"""With more cells lost there are too many ways to put them back."""


def lost_a_cell(record: Record, end: int | None) -> bool:
    """Whether a row ends in front of `end`, the last column of other rows or of the header.

    Where all cells are noughts, each is right wherever it stands.
    """
    if end is None or not record.aligned or not record.row or _are_noughts(record.figures):
        return False
    return span(record.row[-1])[1] < end


def _are_noughts(cells: list[RowCell]) -> bool:
    return all(each.reading.kind == "figure" and not each.reading.value() for each in cells)


def moved_up(cells: Sequence[RowCell | None], size: int) -> frozenset[int]:
    """Which figures of a row of groups may have moved up to a lost cell, as an empty one closes the row or a group.

    So it is behind the groups in front that add up, where as many of the others do with a cell put back, or none of
    several does anyhow; and in a group without total whose last figure may be it. Where all groups add up with a cell
    put back in one in front, it may have been lost there. Where all totals are blank, they were left so.
    """
    groups = [cells[start : start + size] for start in range(0, len(cells), size)]
    blank = [_is_blank(group[-1]) for group in groups]
    if all(blank) or not any(map(_amount, cells)):
        return frozenset()
    moved = {n for n, group in enumerate(groups) if blank[n] and len(group) > 1 and _may_end_with_total(group)}
    broken = _first_broken(groups) if blank[-1] else None
    first = _first_that_lost(cells, size, broken) if broken is not None else None
    if first is None and broken is not None and _sums_hold_in_front_only(groups, broken):
        first = broken
    unsure = _first_unsure(cells, size, groups[:broken]) if broken else None
    first = first if unsure is None else unsure
    if first is not None:
        while first and _are_noughts_and_blanks(groups[first - 1]):
            first -= 1
        moved |= set(range(first, len(groups)))
    return frozenset(at for at in range(len(cells)) if at // size in moved)


def _first_unsure(cells: Sequence[RowCell | None], size: int, groups: Sequence[Sequence[RowCell | None]]) -> int | None:
    """The first of the groups in front that has other figures where all add up with a cell put back."""
    ways = _ways_to_put_back(cells[:-1], size, len(cells) // size)
    return next((n for n, group in enumerate(groups) if _may_differ(group, n * size, ways)), None)


def _may_end_with_total(group: Sequence[RowCell | None]) -> bool:
    *parts, last, _ = map(_amount, group)
    return 0 < last >= sum(parts)


def _first_broken(groups: Sequence[Sequence[RowCell | None]]) -> int | None:
    """The first group that does not add up, blanks counted as nought."""
    return next((n for n, group in enumerate(groups) if not _may_add_up(group)), None)


def _sums_hold_in_front_only(groups: Sequence[Sequence[RowCell | None]], first: int) -> bool:
    return (
        any(_amount(group[-1]) for group in groups[:first])
        and first < len(groups) - 1
        and not any(map(_may_add_up, groups[first:-1]))
    )


def _are_noughts_and_blanks(group: Sequence[RowCell | None]) -> bool:
    """Whether a lost cell may have stood in a group that adds up, and moved a blank of it."""
    return not any(map(_amount, group)) and any(map(_is_blank, group))


def _first_that_lost(cells: Sequence[RowCell | None], size: int, broken: int) -> int | None:
    """The first group in which a cell may be put back: the broken one, if as many groups add up then as without it.

    Or one behind it, if more do.
    """
    begin = broken * size
    as_it_stands = _groups_adding_up(cells[begin:], size)
    for at in range(begin, len(cells) - 1):
        enough = max(as_it_stands, 1) if at < begin + size else as_it_stands + 1
        if _groups_adding_up([*cells[begin:at], _ANYTHING, *cells[at:-1]], size) >= enough:
            return at // size
    return None


def _groups_adding_up(cells: Sequence[RowCell | None], size: int) -> int:
    groups = (cells[start : start + size] for start in range(0, len(cells), size))
    return sum(group[-1] is not _ANYTHING and _may_add_up(group) for group in groups)


def _may_add_up(group: Sequence[RowCell | None]) -> bool:
    """Whether the last of a group is the sum of the others, or may be where one is anything or illegible."""
    *parts, whole = map(_amount, group)
    if group[-1] is not None and group[-1].reading.kind == "text":
        return True
    has_unknown = any(each is not None and each.reading.kind == "text" for each in group)
    return sum(parts) <= whole if has_unknown else sum(parts) == whole


def _amount(cell: RowCell | None) -> float:
    return cell.reading.value() if cell is not None and cell.reading.kind == "figure" else 0


def _is_blank(cell: RowCell | None) -> bool:
    return cell is not None and cell.reading.kind == "blank"


def groups_in_front(cells: Sequence[RowCell | None], size: int, count: int) -> list[RowCell | None]:
    """The groups of a row that lost a cell as far as their last figure is the sum of the others: it stood behind.

    Not where it may as well have stood in one of them: where all `count` groups add up with it put back there.
    """
    ways = _ways_to_put_back(cells, size, count)
    whole: list[RowCell | None] = []
    for start in range(0, len(cells) - size + 1, size):
        group = cells[start : start + size]
        if not _adds_up(group) or _may_differ(group, start, ways):
            break
        whole += group
    return whole


def _may_differ(group: Sequence[RowCell | None], start: int, ways: Sequence[Sequence[RowCell | None]]) -> bool:
    return any(_amounts(way[start : start + len(group)]) != _amounts(group) for way in ways)


def _amounts(group: Sequence[RowCell | None]) -> list[float | None]:
    """The figures of a group, with those that its sum tells for cells put back; None for one that it does not tell."""
    *parts, total = (None if each is _ANYTHING else _amount(each) for each in group)
    known = sum(part or 0 for part in parts)
    if total is None:
        return [*parts, None if None in parts else known]
    rest = total - known if parts.count(None) == 1 or total == known else None
    return [*(rest if part is None else part for part in parts), total]


def _ways_to_put_back(cells: Sequence[RowCell | None], size: int, count: int) -> list[list[RowCell | None]]:
    """The row with cells put back for those that are lost, in all ways in which each group may add up."""
    lost = size * count - len(cells)
    if not 0 < lost <= _MOST_LOST:
        return []
    ways: list[list[RowCell | None]] = []
    for places in combinations(range(size * count), lost):
        way = list(cells)
        for place in places:
            way.insert(place, _ANYTHING)
        if _groups_adding_up(way, size) + sum(way[at] is _ANYTHING for at in range(size - 1, len(way), size)) == count:
            ways.append(way)
    return ways


def _adds_up(group: Sequence[RowCell | None]) -> bool:
    *parts, total = (each.reading.value() if each and each.reading.kind == "figure" else None for each in group)
    return total is not None and None not in parts and sum(part or 0 for part in parts) == total
