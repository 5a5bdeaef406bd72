"""The litigation table written downwards: each result of each group has a row of its own."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.form.editions import FigureBlock
from loaders.form.labels import bare
from loaders.form.records import Record
from loaders.form.rows import RowCell

GROUPS = (("行政复议",), ("直接起诉", "未经复议"), ("复议后", "后起诉"))
"""What names each of the three, in the order of the form; others may be misread."""


def group_named(record: Record) -> int | None:
    """The group that is named last in front of the figures, by its position on the form."""
    for label in reversed(record.labels):
        name = bare(label)
        if name.endswith("情况"):
            break  # the section's heading: what names the groups is lost
        ends = [max(name.rfind(way) for way in ways) for ways in GROUPS]  # a line may name several
        if max(ends) >= 0:
            return ends.index(max(ends))
    return None


def listed_results(block: FigureBlock, found: Sequence[Record]) -> list[RowCell | None] | None:
    """The figures by group and result, blank where a result has none; None unless each group is named.

    A result that comes twice in one group, or out of order, shows that the name of another group is lost.
    """
    results = {bare(column.label): at for at, column in enumerate(block.columns)}
    size = len(block.columns)
    cells: dict[int, RowCell] = {}
    group, last, named = None, -1, set()
    for record in found:
        result = results.get(bare(record.labels[-1])) if record.labels else None
        if result is None or len(record.figures) != 1 or not record.own_labels:
            continue
        opened = group_named(record)
        if opened is not None and opened != group:
            group, last = opened, -1
            named.add(opened)
        if group is None or result <= last or group * size + result in cells:
            return None
        last = result
        cells[group * size + result] = record.figures[0]
    if len(named) < len(block.rows):
        return None
    return [cells.get(at) for at in range(len(block.rows) * size)]
