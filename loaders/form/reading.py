"""The form as a document holds it: edition, figures with place and confidence, and which tables are there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from loaders.document import Document, Picture
from loaders.form.aligning import RowMatch, label_candidates, match_rows
from loaders.form.editions import Column, Edition, FigureBlock, editions
from loaders.form.labels import bare, edition_marks, is_altered, label_index, unnumbered
from loaders.form.litigation import read_litigation
from loaders.form.placing import LOST, NO_COLUMNS, Columns, Placement, find_columns, header_bands, place
from loaders.form.rows import PhysicalRow, Record, RowCell, physical_rows, records
from loaders.form.witnesses import distrust_broken_rows
from loaders.report import FigureReading, FormReading

BLANK_BY_LABEL = 0.85  # the label is there and no figure after it
_FIRST_PUBLICATION_LABEL = "规章"
_PUBLICATION_HEADER = re.compile("第二十条|信息内容|制发件数|制作数量")
_LONGEST_LABEL = 60
CONFLICT = 0.3  # the table stands there twice with different figures


@dataclass(frozen=True)
class FormText:
    """A document as the form's readers see it."""

    rows: list[PhysicalRow | Picture]
    records: list[Record]
    seen: frozenset[str]
    """Every short text of the document as a bare label, with and without its numbering."""
    labels: str
    """All short texts in reading order as one string of bare labels, so that broken ones are whole again."""

    def has_labels(self, labels: Iterable[str], at_least: int) -> bool:
        """Whether at least so many of the labels occur."""
        return sum(1 for label in labels if bare(label) in self.seen or unnumbered(label) in self.seen) >= at_least


def form_text(document: Document) -> FormText:
    """Take the document apart into rows, records and labels."""
    rows = physical_rows(document)
    found = records(rows)
    texts = [
        each.cell.text
        for row in rows
        if not isinstance(row, Picture)
        for each in row.cells
        if each.reading.kind == "text" and len(each.cell.text) < _LONGEST_LABEL
    ]
    labels = [bare(text) for text in texts]
    joined = {bare("".join(record.labels[-parts:])) for record in found for parts in (2, 3)}
    seen = frozenset(labels) | frozenset(unnumbered(text) for text in texts) | joined
    return FormText(rows, found, seen, "".join(labels))


def read_form(document: Document) -> FormReading:
    """Read the three tables. A figure that cannot be placed is None with low confidence."""
    text = form_text(document)
    edition = _edition(text)
    if edition is None:
        return FormReading("none", {}, dict.fromkeys(("publication", "applications", "litigation"), "missing"), 0.0)
    figures: dict[str, FigureReading] = {}
    labels: list[tuple[str, str]] = []
    warnings: list[str] = []
    (applications,) = edition.blocks_of("applications")
    matches = match_rows(
        text.records, label_index(applications.rows), [len(applications.columns)] * len(applications.rows)
    )
    borders = _borders(matches, text.records)
    before = text.records[: borders[0]]
    used = {match.record.index for found in matches.values() for match in found}
    after = [record for record in text.records[borders[0] :] if record.index not in used] or text.records

    publication_found = 0
    for block, block_matches in _publication_matches(edition, before or text.records):
        publication_found += len(block_matches)
        _fill(block, block_matches, text, figures, labels)
    publication_there = publication_found > 0 or text.has_labels(
        (c.label for b in edition.blocks_of("publication") for c in b.columns), 2
    )
    _fill(applications, matches, text, figures, labels)
    distrust_broken_rows(applications, matches, figures)
    applications_there = len(matches) >= 3 or text.has_labels((row.label for row in applications.rows), 3)
    (litigation,) = edition.blocks_of("litigation")
    litigation_there = read_litigation(litigation, after, text.rows, text.seen, figures)

    ordered = {key: figures.get(key, FigureReading(confidence=LOST)) for key in edition.keys}
    tables = {
        "publication": "present" if publication_there else "missing",
        "applications": "present" if applications_there else "missing",
        "litigation": "present" if litigation_there else "missing",
    }
    for table, state in tables.items():
        if state == "missing":
            for key, reading in ordered.items():
                if key.startswith(table):
                    reading.confidence = 1.0  # nothing is there to be unsure of
    unplaced = sum(1 for reading in ordered.values() if reading.confidence < 0.5)
    if unplaced:
        warnings.append(f"有{unplaced}个数据未能确认位置，按空缺处理，请对照原文核对")
    confidence = sum(reading.confidence for reading in ordered.values()) / len(ordered)
    return FormReading(edition.name, ordered, tables, round(confidence, 4), warnings, labels)


def _edition(text: FormText) -> Edition | None:
    """The edition most of whose own labels are there; the newer one where only common labels are."""
    exact = {each.name: sum(mark in text.labels for mark in edition_marks(each)) for each in editions()}
    best = max(editions(), key=lambda each: exact[each.name])
    if exact[best.name]:
        return best
    (applications,) = best.blocks_of("applications")
    (litigation,) = best.blocks_of("litigation")
    common = [row.label for row in applications.rows] + [column.label for column in litigation.columns[:4]]
    return max(editions(), key=lambda each: _likeness(each, text)) if text.has_labels(common, 3) else None


def _likeness(edition: Edition, text: FormText) -> float:
    """How much of an edition's own labels is left where not one of them is legible as a whole."""
    marks = edition_marks(edition)
    return sum(fuzz.partial_ratio(mark, text.labels) for mark in marks) / len(marks)


def _borders(matches: dict[int, list[RowMatch]], found: list[Record]) -> tuple[int, int]:
    """The first and last record of the applications table; nothing before and all after where there is none."""
    positions = [match.record.index for each in matches.values() for match in each]
    return (min(positions), max(positions)) if positions else (len(found), -1)


def _publication_matches(
    edition: Edition, candidates: list[Record]
) -> Iterator[tuple[FigureBlock, dict[int, list[RowMatch]]]]:
    """The records of each block. Other tables may name 行政许可 too; the form's begins with its last 规章."""
    blocks = edition.blocks_of("publication")
    rows = tuple(row for block in blocks for row in block.rows)
    widths = [len(block.columns) for block in blocks for _ in block.rows]
    index = label_index(rows)
    matches = match_rows(candidates[_publication_start(candidates) :], index, widths)
    first = 0
    for block in blocks:
        yield block, {n: matches[first + n] for n in range(len(block.rows)) if first + n in matches}
        first += len(block.rows)


def _publication_start(candidates: list[Record]) -> int:
    for position in range(len(candidates) - 1, -1, -1):
        if any(bare(label) == _FIRST_PUBLICATION_LABEL for label in label_candidates(candidates[position])):
            return position
    for position, record in enumerate(candidates):
        if any(_PUBLICATION_HEADER.search(label) for label in record.labels):
            return position
    return 0


def _fill(
    block: FigureBlock,
    matches: dict[int, list[RowMatch]],
    text: FormText,
    figures: dict[str, FigureReading],
    labels: list[tuple[str, str]],
) -> None:
    """Write the figures of all rows of a block, and note labels that are not the form's."""
    width = len(block.columns)
    matches = {row: [_with_figures(match) for match in found] for row, found in matches.items()}
    columns: dict[int, Columns] = {}
    for position, row in enumerate(block.rows):
        found = matches.get(position, [])
        if not found:
            blank = bare(row.label) in text.seen or unnumbered(row.label) in text.seen
            for column in block.columns:
                confidence = BLANK_BY_LABEL if blank and width > 0 else LOST
                figures[f"{block.table}.{row.key}.{column.key}"] = FigureReading(confidence=confidence)
            continue
        first = found[0]
        number = first.record.block
        if number not in columns:
            peers = [m.record for each in matches.values() for m in each if m.record.block == number]
            columns[number] = find_columns(peers, width, header_bands(text.rows, number, block.columns))
        readings = _readings(place(first.record, width, columns[number], first.label), block.columns, first.likeness)
        for other in found[1:]:
            _compare(
                readings, _readings(place(other.record, width, NO_COLUMNS, other.label), block.columns, other.likeness)
            )
        for column, reading in zip(block.columns, readings, strict=True):
            figures[f"{block.table}.{row.key}.{column.key}"] = reading
        if first.label and is_altered(row, first.label):
            labels.append((row.label, first.label))


def _with_figures(match: RowMatch) -> RowMatch:
    return replace(match, record=match.record.figures_behind(match.label)) if match.label else match


def _readings(placement: Placement, columns: tuple[Column, ...], likeness: float) -> list[FigureReading]:
    return [
        figure_reading(
            cell, column, min(placement.confidence, likeness) if placement.lost else _trust(placement, likeness)
        )
        for cell, column in zip(placement.cells, columns, strict=True)
    ]


def _trust(placement: Placement, likeness: float) -> float:
    """A label that is alike enough leaves little doubt, since its neighbours hold it in place."""
    return placement.confidence * (1.0 if likeness >= 0.85 else 0.9 if likeness >= 0.6 else likeness)


def figure_reading(cell: RowCell | None, column: Column, confidence: float) -> FigureReading:
    """The reading of one cell in the unit of its column."""
    if cell is None:
        return FigureReading(confidence=confidence)
    kind = cell.reading.kind
    value = cell.reading.value(column.unit) if kind == "figure" else None
    sure = confidence * cell.cell.confidence
    return FigureReading(value, cell.cell.text.strip(), round(sure, 4), cell.cell.place)


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
