"""Litigation figures of saved text that a line end may have cut in two, told by the sums of their groups."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from loaders.form.records import Record
from loaders.form.rows import RowCell


def is_irregular(record: Record, size: int) -> bool:
    """Whether figures stand on lines of which the first ends within a group of `size`: the next may end a figure."""
    first = sum(each.reading.kind == "figure" for each in record.row)
    lone = first == 1 or len(record.figures) == len(record.row)
    return not record.tabular and not lone and first % size != 0


def cut_figures(cells: Sequence[RowCell | None], size: int) -> frozenset[int]:
    """Where parts of figures may stand: a total that begins the sum, a group that adds up with two of it joined."""
    cut: set[int] = set()
    for start in range(0, len(cells), size):
        texts = ["" if each is None else _digits(each) for each in cells[start : start + size]]
        if not all(map(str.isdecimal, texts)):
            continue
        *parts, total = map(int, texts)
        if sum(parts) == total:
            continue
        if any(sum(rest) == joined for *rest, joined in _with_two_joined(texts)):
            cut.update(range(start, start + size))
        elif total and str(sum(parts)).startswith(str(total)):
            cut.add(start + size - 1)
    return frozenset(cut)


def _with_two_joined(texts: Sequence[str]) -> Iterator[list[int]]:
    for at, (head, tail) in enumerate(pairwise(texts)):
        if int(head):
            yield [*map(int, texts[:at]), int(head + tail), *map(int, texts[at + 2 :])]


def _digits(each: RowCell) -> str:
    """The digits of a count, nought where a sign stands for it, nothing for other figures."""
    value = each.reading.value() if each.reading.kind == "figure" else None
    if value is None or value != int(value) or value < 0:
        return ""
    written = unicodedata.normalize("NFKC", each.cell.text).strip()
    return written if written.isdecimal() else str(int(value))
