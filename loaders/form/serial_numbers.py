"""Numbers of rows between labels and figures, as statisticians add them to tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from loaders.form.numbering import APPLICANTS
from loaders.form.records import Record
from loaders.form.rows import RowCell

_TITLES = frozenset(("序号", "行次", "行号", "编号", "项次"))
_MOST_DIGITS = 3
_FEWEST_ROWS = 6
"""So many first figures in a row that each are one more than that above number the rows."""


def without_serial_numbers(found: list[Record], labels: Iterable[str]) -> list[Record]:
    """The records without the numbers of their rows, which stand in front of their figures.

    Where no label says so, they are such only if some row is left as many cells as the form has columns.
    """
    firsts = [_first_number(record) for record in found]
    if 1 not in firsts or _FEWEST_ROWS not in firsts:
        return found
    fewest = 0 if any(label in _TITLES for label in labels) else APPLICANTS
    serial: set[int] = set()
    run: list[int] = []
    for n, number in enumerate(firsts):
        if number is None:
            continue
        if run and number == (firsts[run[-1]] or 0) + 1:
            run.append(n)
        else:
            run = [n] if number == 1 else []
        if len(run) >= _FEWEST_ROWS and max(len(_cells_behind(found[each])) for each in run) >= fewest:
            serial.update(run)
    return [_without_first(each) if n in serial else each for n, each in enumerate(found)] if serial else found


def _first_number(record: Record) -> int | None:
    """What may number a row: its first figure, with other cells behind; -1 for one that cannot, None where is none."""
    first = _first(record)
    if first is None:
        return None
    text = first.cell.text.strip()
    return int(text) if text.isdecimal() and len(text) < _MOST_DIGITS and first is not _cells(record)[-1] else -1


def _first(record: Record) -> RowCell | None:
    """The first cell with a figure, be it left of one that is illegible."""
    return next((each for each in _cells(record) if each.reading.kind == "figure"), None)


def _cells_behind(record: Record) -> list[RowCell]:
    cells = _cells(record)
    first = next((n for n, each in enumerate(cells) if each.reading.kind == "figure"), len(cells))
    return cells[first + 1 :]


def _cells(record: Record) -> list[RowCell]:
    return record.row if record.tabular and len(record.row) > 1 else record.figures


def _without_first(record: Record) -> Record:
    """The record without its first figure, which its row in the document loses, too, if it has other cells."""
    first = _first(record)
    _take_out(first, record.figures)
    if len(record.row) == 1:
        return replace(record, row=record.figures[:1] or record.row)
    _take_out(first, record.row)
    return record


def _take_out(one: RowCell | None, cells: list[RowCell]) -> None:
    """In place: a row is known again by its list of cells."""
    cells[:] = [each for each in cells if each is not one]
