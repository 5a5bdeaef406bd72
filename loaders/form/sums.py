"""What must add up on the form, as keys of figures."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.form.editions import Edition, FigureBlock

_NO_OUTCOMES = frozenset({"new", "carried_in", "total", "carried_out"})

Sum = tuple[tuple[str, ...], tuple[str, ...]]
"""Keys of figures that add up to as much as others."""


def sums_of(form: Edition) -> Iterator[Sum]:
    """What must add up in the tables of applications and of disputes."""
    for table in ("applications", "litigation"):
        for block in form.blocks_of(table):
            for *parts, total in block.row_keys:
                yield tuple(parts), (total,)
            if table == "applications":
                yield from _column_sums(block)


def _column_sums(block: FigureBlock) -> Iterator[Sum]:
    for column in zip(*block.row_keys, strict=True):
        at = dict(zip((row.key for row in block.rows), column, strict=True))
        yield tuple(key for row, key in at.items() if row not in _NO_OUTCOMES), (at["total"],)
        yield (at["new"], at["carried_in"]), (at["total"], at["carried_out"])
