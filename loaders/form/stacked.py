"""Labels of several rows that stand together before the figures of all of them, as where a page is read by columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from loaders.form.labels import LabelIndex, bare, unnumbered
from loaders.form.records import Record

_MOST_LOST = 3
"""So many rows may follow each other because those behind the first lost their labels."""

_MOST_PARTS = 8
"""A label falls into at most so many lines."""


def unstacked(records: Sequence[Record], index: LabelIndex, width: int) -> list[Record]:
    """The records, each complete row of a stack with its own label.

    Where rows and labels are not as many, the labels are not in the order of the form, or the figures are those of
    columns, all figures go to one record, which has too many to be placed.
    """
    result: list[Record] = []
    position = 0
    while position < len(records):
        stack = _stack(records, position)
        position += len(stack)
        labels = _labels_of_rows(stack[0].labels, index) if len(stack) > 1 else {}
        if len(labels) <= 1 and len(stack) <= _MOST_LOST:
            result += stack
        elif len(labels) == len(stack) and _in_order(labels) and _are_rows(stack, width):
            result += [replace(record, labels=[label]) for record, label in zip(stack, labels.values(), strict=True)]
        else:
            result.append(replace(stack[0], figures=[each for record in stack for each in record.figures]))
    return result


def stands_behind_labels_out_of_order(record: Record, index: LabelIndex) -> bool:
    """Whether figures with a cell a line stand behind labels of rows that the form has in another order.

    They were taken out of order from a page: the figures may be those of any of these rows.
    """
    if record.tabular or record.own_labels:
        return False
    labels = list(_labels_of_rows(record.labels, index))
    return labels != sorted(labels)


def _stack(records: Sequence[Record], start: int) -> list[Record]:
    """A record with one cell a line, and those behind it that have no label."""
    first, end = records[start], start + 1
    if not first.tabular and first.own_labels == 0 and first.labels:
        while end < len(records) and not records[end].labels and records[end].block == first.block:
            end += 1
    return list(records[start:end])


def _are_rows(stack: Sequence[Record], width: int) -> bool:
    """Whether each has the figures of a row, and most add up."""
    values = [[each.reading.value() for each in record.numbers] for record in stack]
    adding_up = sum(sum(parts) == total for *parts, total in values)
    return all(len(row) == width for row in values) and 2 * adding_up >= len(stack)


def _in_order(labels: dict[int, str]) -> bool:
    """Whether the rows follow each other on the form."""
    return all(row + 1 == following for row, following in pairwise(labels))


def _labels_of_rows(parts: Sequence[str], index: LabelIndex) -> dict[int, str]:
    """The labels of rows that the texts end with, by the row's position, in the order in which they stand."""
    found: list[tuple[int, str]] = []
    end = len(parts)
    while end:
        for start in range(end - 1, max(end - _MOST_PARTS, 0) - 1, -1):
            label = "".join(parts[start:end])
            row = index.sure.get(bare(label), index.sure.get(unnumbered(label)))
            if row is not None:
                break
        else:
            break
        found.append((row, label))
        end = start
    return dict(reversed(found))
