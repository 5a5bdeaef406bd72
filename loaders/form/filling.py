"""The figures of a block of the form, from the records that its rows were matched with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from loaders.document import Picture
from loaders.form.aligning import RowMatch
from loaders.form.beside import parts_of, reaches_further, without_columns_beside, without_shares
from loaders.form.broken import is_rest, may_be_rest
from loaders.form.columns import (
    NO_COLUMNS,
    Columns,
    as_elsewhere,
    find_columns,
    find_header,
    names_in_another_order,
)
from loaders.form.editions import Column, FigureBlock
from loaders.form.figures import is_broken
from loaders.form.form_text import FormText
from loaders.form.labels import bare, is_altered, label_index, label_names, unnumbered
from loaders.form.named_columns import columns_shown
from loaders.form.placement import FEWEST_WITH_TOTAL, LOST, Placement, lost
from loaders.form.placing import place
from loaders.form.records import Record
from loaders.form.rows import RowCell
from loaders.form.run_together import with_figures_parted
from loaders.form.several_reports import Copies
from loaders.form.totals import may_all_be_shifted, totals_are_blank, without_total
from loaders.report import FigureReading

_BLANK_BY_LABEL = 0.85  # the label is there and no figure after it
_BLANK_IN_TEXT = 0.95  # a figure may have been lost when the text was saved
_PLACED = 0.5
_SHORTEST_PIECE = 2  # characters of a label that is torn
CONFLICT = 0.25  # the table stands there twice with different figures; no other doubt is so deep


def fill(
    block: FigureBlock,
    matches: dict[int, list[RowMatch]],
    text: FormText,
    figures: dict[str, FigureReading],
    labels: list[tuple[str, str]],
    copies: Copies,
) -> None:
    """Write the figures of all rows of a block; note labels that are not the form's, and rows that stand twice."""
    width = len(block.columns)
    matches = {row: [_with_figures(match, block, row) for match in found] for row, found in matches.items()}
    shown = columns_shown(text.rows, [found[0].record for found in matches.values()], block.columns)
    if shown.in_order and len(shown.columns) == width:
        matches = {row: rest for row, found in matches.items() if (rest := shown.within(found))}
    if len(shown.columns) < width:
        figures.update({key: FigureReading(confidence=LOST) for keys in block.row_keys for key in keys})
        if not shown.columns:
            return
        within = {row: shown.within(found) for row, found in matches.items()}
        within = {row: found for row, found in within.items() if found}
        fill(replace(block, columns=shown.columns), within, text, figures, labels, copies)
        return
    if width >= FEWEST_WITH_TOTAL:
        matches = without_shares(with_figures_parted(matches, width), width)
    beside = frozenset[int]()
    if any(reaches_further(each.record, width) for found in matches.values() for each in found):
        matches, beside = without_columns_beside(block, matches, text)
    columns: dict[int, Columns] = {}
    disordered = _parts_in_another_order(block, matches, text)
    records = [found[0].record for found in matches.values()]
    no_totals = totals_are_blank(records, width)
    if width >= FEWEST_WITH_TOTAL and may_all_be_shifted(records, width):
        figures.update({key: FigureReading(confidence=LOST) for keys in block.row_keys for key in keys})
        return
    goes_on = sum(len(record.figures) > width for record in records) > len(records) / 2
    for position, row in enumerate(block.rows):
        found = matches.get(position, [])
        if not found:
            keys = block.row_keys[position]
            figures.update(zip(keys, _without_figures(text, label_names(row), len(keys)), strict=True))
            continue
        first = found[0]
        number = first.record.block
        complete = len(first.record.figures) == len(first.record.numbers) == width
        if number not in columns and (goes_on or not complete):
            columns[number] = _columns_of_part(number, block, matches, text)
        known = columns.get(number, NO_COLUMNS)  # a complete row needs none
        broken = _words_stand_for_a_figure(first.record, block, position) or is_rest(first, row)
        broken = broken or number in disordered or first.record.index in beside
        broken = broken or _ends_figures_above(first.record, text.records, width)
        placement = without_total(first.record, records) if no_totals and not broken else None
        if placement is None:
            placement = lost(width) if broken else place(first.record, width, known, first.label)
        readings = _readings(first, placement, block.columns)
        for other in (each for each in found[1:] if not may_be_rest(each.record, width)):
            again = without_total(other.record, records) if no_totals else None
            again = again or place(other.record, width, NO_COLUMNS, other.label)
            others = _readings(other, again, block.columns)
            if all(each.confidence >= _PLACED for each in (*readings, *others)):
                copies.compare(block.row_keys[position], readings, others)
            _compare(readings, others)
        figures.update(zip(block.row_keys[position], readings, strict=True))
        if first.label and is_altered(row, first.label):
            labels.append((row.label, first.label))


def _parts_in_another_order(block: FigureBlock, matches: dict[int, list[RowMatch]], text: FormText) -> set[int]:
    """All parts of a table whose header has the columns in another order than the form."""
    first = {record.block: record for record in (found[0].record for found in matches.values()) if record.tabular}
    if len(block.columns) == 1:
        return set()
    is_disordered = any(names_in_another_order(text.rows, record, block.columns) for record in first.values())
    return set(first) if is_disordered else set()


def _columns_of_part(number: int, block: FigureBlock, matches: dict[int, list[RowMatch]], text: FormText) -> Columns:
    """Where a table, or the part of one that stands by itself, has its figures; a part may show that for another."""
    parts = parts_of(matches)

    def columns(part: int) -> Columns:
        header = find_header(text.rows, parts[part][0], block.columns)
        return find_columns(parts[part], len(block.columns), header)

    own = columns(number)
    if own.by_place or own.behind_label:
        return own
    if not parts[number][0].aligned:
        rows = (record for part in parts.values() for record in part if record.tabular and not record.aligned)
        return replace(own, complete=tuple(row for row in rows if len(row.numbers) == len(block.columns)))
    elsewhere = as_elsewhere(parts[number], (columns(part) for part in parts if part != number))
    return replace(elsewhere, exceeded=own.exceeded, first=own.first)


def _ends_figures_above(record: Record, records: Sequence[Record], width: int) -> bool:
    """Whether few figures in saved text stand right below one of which only the beginning is there."""
    if not record.index or not may_be_rest(record, width):
        return False
    above = records[record.index - 1]
    return above.block == record.block and any(is_broken(each.reading) for each in above.row)


def _words_stand_for_a_figure(record: Record, block: FigureBlock, position: int) -> bool:
    """Whether, in a file with one cell a line, words that are not the label's stand between it and too few figures."""
    if record.tabular or len(record.numbers) >= len(block.columns) or not (record.numbers and record.labels):
        return False
    last = bare(record.labels[-1])
    return not last or not any(last in form for form in label_index(block.rows).forms[position])


def _without_figures(text: FormText, names: frozenset[str], width: int) -> list[FigureReading]:
    """A row without figures: blank where its label stands alone, unreadable where words are beside it.

    Where a converter left out lines that it had met before, the noughts are gone, and nothing is known to be blank.
    """
    for row in text.rows:
        if isinstance(row, Picture):
            continue
        *label, last = row.cells[0].cell.text.split() or [""]
        if width == 1 and len(row.cells) == 1 and bare("".join(label)) in names:
            return [FigureReading(None, last, _BLANK_BY_LABEL, row.cells[0].cell.place)]
        if not row.tabular:
            continue
        at = next((n for n, each in enumerate(row.cells) if bare(each.cell.text) in names), len(row.cells))
        words = [each for each in row.cells[at:] if each.reading.kind == "text" and bare(each.cell.text) not in names]
        if words and width == 1:
            return [FigureReading(None, words[0].cell.text.strip(), _BLANK_BY_LABEL, words[0].cell.place)]
        if words:
            return [FigureReading(confidence=LOST) for _ in range(width)]
    blank = bool(text.whole & names) and not text.lacks_repeated_lines
    return [FigureReading(confidence=_BLANK_BY_LABEL if blank else LOST) for _ in range(width)]


def _with_figures(match: RowMatch, block: FigureBlock, position: int) -> RowMatch:
    """The match with all cells behind its label as figures; words of the label in front of them are none."""
    record = match.record.figures_behind(match.label) if match.label else match.record
    if record is match.record:
        return match
    forms = label_index(block.rows).forms[position]
    words = list(takewhile(lambda each: _is_of_label(each, forms), record.figures))
    return replace(match, record=replace(record, figures=record.figures[len(words) :]))


def _is_of_label(each: RowCell, forms: Sequence[str]) -> bool:
    """Whether words are a piece of the label: 1．本机, of which 关不掌握相关政府信息 stands in the next line."""
    plain = unnumbered(each.cell.text) if each.reading.kind == "text" else ""
    return len(plain) >= _SHORTEST_PIECE and any(plain in form for form in forms)


def _readings(match: RowMatch, placement: Placement, columns: tuple[Column, ...]) -> list[FigureReading]:
    likeness = match.likeness
    confidence = min(placement.confidence, likeness) if placement.lost else _trust(placement, likeness)
    readings = [
        _figure_reading(cell, column, confidence) for cell, column in zip(placement.cells, columns, strict=True)
    ]
    if not match.record.aligned:
        for reading in readings:
            if reading.value is None:
                reading.confidence = min(reading.confidence, _BLANK_IN_TEXT)
    return readings


def _trust(placement: Placement, likeness: float) -> float:
    """A label that is alike enough leaves little doubt, since its neighbours hold it in place."""
    return placement.confidence * (1.0 if likeness >= 0.85 else 0.9 if likeness >= 0.6 else likeness)


def _figure_reading(cell: RowCell | None, column: Column, confidence: float) -> FigureReading:
    """The reading of one cell in the unit of its column."""
    if cell is None:
        return FigureReading(confidence=confidence)
    kind = cell.reading.kind
    value = cell.reading.value(column.unit) if kind == "figure" else None
    if cell.cell.confidence != 1.0:
        confidence = round(confidence * cell.cell.confidence, 4)
    return FigureReading(value, cell.cell.text.strip(), confidence, cell.cell.place)


def _compare(readings: list[FigureReading], others: list[FigureReading]) -> None:
    """Where a table is repeated, figures that differ cannot be told apart: they become None."""
    for reading, other in zip(readings, others, strict=True):
        if other.value is None or reading.value == other.value:
            continue
        if reading.value is None and reading.confidence < 0.5:
            reading.value, reading.raw, reading.place = other.value, other.raw, other.place
            reading.confidence = other.confidence
        elif reading.value is not None:
            reading.value, reading.confidence = None, CONFLICT
