"""Tables whose last columns or rows are missing or cut, as by the edge of a page or of a box too small for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from loaders.form.aligning import RowMatch
from loaders.form.editions import FigureBlock
from loaders.form.labels import bare, label_index
from loaders.form.placement import LOST
from loaders.form.records import Record
from loaders.form.rows import PhysicalRow, RowCell
from loaders.report import FigureReading

_ENOUGH_CUT = 2
_SURE = 0.8
"""Confidence of figures by which a total is judged."""


def first_results(record: Record, header: Sequence[PhysicalRow], block: FigureBlock) -> list[RowCell | None] | None:
    """The first cells of the form, if the header above the row names them in the form's order and no others.

    Of ten columns or fewer nothing tells which groups they are of.
    """
    if not record.aligned:
        return None
    size = len(block.columns)
    results = [bare(column.label) for column in block.columns]
    named = {each.cell.column: bare(each.cell.text) for row in header for each in row.cells}
    columns = sorted(column for column, name in named.items() if name in results)
    in_order = [named[column] for column in columns] == (results * len(block.rows))[: len(columns)]
    if not in_order or not 2 * size < len(columns) < size * len(block.rows):
        return None
    if any(each.cell.column not in columns for each in record.row):
        return None
    at = {each.cell.column: each for each in record.row}
    return [at.get(column) for column in columns]


def distrust_cut_totals(
    block: FigureBlock, matches: dict[int, list[RowMatch]], figures: dict[str, FigureReading]
) -> None:
    """Drop totals of which a page shows only the first digits.

    Not in Word files, web pages and workbooks, which cut no figure: there the report has its sums wrong. Nor in saved
    text, where other rules tell what a line end cuts.
    """
    if all(found[0].record.aligned for found in matches.values()):
        for reading in cut_totals(block, figures):
            if reading.place.page is not None:
                reading.value, reading.confidence = None, min(reading.confidence, LOST)


def cut_totals(block: FigureBlock, figures: Mapping[str, FigureReading]) -> list[FigureReading]:
    """The totals that are the first digits of the sum of their row: several, while no other contradicts its own."""
    cut: list[FigureReading] = []
    for keys in block.row_keys:
        *parts, total = (figures[key].value for key in keys)
        if total is None or None in parts or any(figures[key].confidence < _SURE for key in keys):
            continue
        known = sum(part for part in parts if part is not None)
        if known != total:
            if not (total > 0 and f"{known:.0f}".startswith(f"{total:.0f}")):
                return []
            cut.append(figures[keys[-1]])
    return cut if len(cut) >= _ENOUGH_CUT else []


def distrust_cut_rows(
    block: FigureBlock, matches: dict[int, list[RowMatch]], figures: dict[str, FigureReading]
) -> None:
    """Drop the figures of rows that end what a page shows, if their labels are cut and they do not add up."""
    if all(each.cell.place.page is None for found in matches.values() for each in found[0].record.numbers):
        return
    last_of_part = {found[0].record.block: position for position, found in sorted(matches.items())}
    names = label_index(block.rows).sure
    for position in last_of_part.values():
        record = matches[position][0].record
        label, own = bare(block.rows[position].label), bare(record.labels[-1] if record.labels else "")
        is_cut = own != label and bool(own) and label.startswith(own) and own not in names
        if not is_cut or (record.after and label.startswith(own + bare(record.after[0]))):
            continue
        readings = [figures[key] for key in block.row_keys[position]]
        *parts, total = (reading.value for reading in readings)
        if total is None or sum(part or 0 for part in parts) != total:
            for reading in readings:
                reading.value, reading.confidence = None, LOST


def distrust_mixed_lines(
    block: FigureBlock, matches: dict[int, list[RowMatch]], figures: dict[str, FigureReading]
) -> None:
    """Drop rows whose total is less than a part between rows without figures, where each figure has its own line.

    Whoever took the text out of a page in another order than one reads it gave figures of the one to the other.
    """
    rows = [[figures[key] for key in keys] for keys in block.row_keys]
    for at in [at for at, found in matches.items() if _has_lines(found[0].record)]:
        row = rows[at]
        *parts, total = (reading.value for reading in row)
        beside = [other.value for n in (at - 1, at + 1) if 0 <= n < len(rows) for other in rows[n]]
        if total is None or None in parts or total >= max(filter(None, parts), default=0.0):
            continue
        if all(value is None for value in beside):
            for reading in row:
                reading.value, reading.confidence = None, LOST


def _has_lines(record: Record) -> bool:
    """Whether each figure of a record of saved text stands on a line of its own."""
    lines = [each.cell.place.line for each in record.numbers]
    return not record.tabular and None not in lines and len(set(lines)) == len(lines) > 1
