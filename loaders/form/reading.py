"""The form as a document holds it: edition, figures with place and confidence, and which tables are there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from loaders import words_of_warnings as warn
from loaders.document import Document, Picture
from loaders.form.aligning import RowMatch, label_candidates, match_rows, names_several_rows
from loaders.form.broken import is_rest, join_broken_figures, may_be_rest
from loaders.form.columns import NO_COLUMNS, Columns, as_elsewhere, end_of_form, find_columns, find_header
from loaders.form.detached import figure_rows, in_labelled_tables, labels_are_loose, match_by_count
from loaders.form.editions import TABLES, Column, Edition, FigureBlock, edition, editions
from loaders.form.labels import (
    LabelIndex,
    bare,
    column_names,
    edition_marks,
    is_altered,
    label_index,
    label_names,
    loosened,
    unnumbered,
)
from loaders.form.leading import (
    beside_their_figures,
    figures_lead,
    indexes,
    with_labels_first,
    without_rows_amid_strays,
    without_slipped,
)
from loaders.form.legacy import read_indicators
from loaders.form.litigation import has_broken_header, read_litigation, speaks_of_results
from loaders.form.placing import LOST, Placement, lost, place
from loaders.form.rows import PhysicalRow, Record, RowCell, physical_rows, records
from loaders.form.stacked import unstacked
from loaders.form.templates import recall, remember
from loaders.form.totals import totals_are_blank, without_total
from loaders.form.witnesses import distrust_broken_rows, spread_group_rows
from loaders.report import FigureReading, FormReading

UNPLACED = 0.5  # confidence below which a figure counts as not placed
BLANK_BY_LABEL = 0.85  # the label is there and no figure after it
BLANK_IN_TEXT = 0.95  # a figure may have been lost when the text was saved
_FIRST_PUBLICATION_LABEL = "规章"
_PUBLICATION_HEADER = re.compile("第二十条|第.十条第|信息内容|[信息].?内容|件数|制作数|公开数|公开总")
_ARTICLE = re.compile("第.?[二2].?[十0].?条.{0,2}第.{1,4}项")
_LONGEST_LABEL = 60
_ENOUGH_LABELS = 3
_GROUPS_OF_LITIGATION = ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"]
CONFLICT = 0.3  # the table stands there twice with different figures


@dataclass(frozen=True)
class FormText:
    """A document as the form's readers see it."""

    rows: list[PhysicalRow | Picture]
    records: list[Record]
    whole: frozenset[str]
    """Every short text of the document as a bare label, with and without its numbering."""
    seen: frozenset[str]
    """The same with the words of lines that hold several."""
    labels: str
    """All short texts in reading order as one string of loosened labels, so that broken ones are whole again."""

    def has_labels(self, labels: Iterable[str], at_least: int) -> bool:
        """Whether at least so many of the labels occur."""
        return sum(1 for label in labels if bare(label) in self.seen or unnumbered(label) in self.seen) >= at_least


def form_text(document: Document) -> FormText:
    """Take the document apart into rows, records and labels."""
    rows = with_labels_first(physical_rows(document))
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
    words = {bare(word) for text in texts if " " in text or "\u3000" in text for word in text.split()}
    whole = frozenset(labels) | frozenset(unnumbered(text) for text in texts) | joined
    return FormText(rows, found, whole, whole | words, loosened("".join(labels)))


def read_form(document: Document) -> FormReading:
    """Read the three tables. A figure that cannot be placed is None with low confidence."""
    return recall(document) or _read_anew(document)


def _read_anew(document: Document) -> FormReading:
    """Read the tables by alignment, and remember how where the next document may be read in the same way."""
    text = form_text(document)
    form = _edition(text)
    if form is None:
        nothing = FormReading("none", {}, dict.fromkeys(TABLES, "missing"), 0.0)
        return read_indicators(text.records) or nothing
    figures: dict[str, FigureReading] = {}
    labels: list[tuple[str, str]] = []
    (litigation,) = form.blocks_of("litigation")
    applications, first, rest = _read_applications(form, text, figures, labels)
    there = {
        "publication": _read_publication(form, text.records[:first] or text.records, text, figures, labels),
        "applications": applications,
        "litigation": read_litigation(litigation, rest, text.rows, text.seen, text.labels, figures),
    }
    ordered = {key: figures[key] for key in form.keys}
    for key, reading in ordered.items():
        if not there[key.partition(".")[0]]:
            reading.confidence = 1.0  # nothing is there to be unsure of
    confidences = [reading.confidence for reading in ordered.values()]
    unplaced = sum(1 for confidence in confidences if confidence < UNPLACED)
    warnings = [warn.UNPLACED.of(count=unplaced)] if unplaced else []
    read = FormReading(
        form.name,
        ordered,
        {table: "present" if found else "missing" for table, found in there.items()},
        round(sum(confidences) / len(confidences), 4),
        warnings,
        labels,
    )
    remember(document, read, text.records)
    return read


def _read_applications(
    edition: Edition, text: FormText, figures: dict[str, FigureReading], labels: list[tuple[str, str]]
) -> tuple[bool, int, list[Record]]:
    """Fill the applications; return whether they are there, their first record, and the records behind it left over."""
    (block,) = edition.blocks_of("applications")
    matches = _match_applications(block, text)
    _fill(block, matches, text, figures, labels)
    join_broken_figures(block, matches, text.records, figures)
    distrust_broken_rows(block, matches, figures)
    spread_group_rows(block, matches, figures)
    whole = any(len(each.record.numbers) == len(block.columns) for found in matches.values() for each in found)
    there = whole or text.has_labels((row.label for row in block.rows), _ENOUGH_LABELS)
    there = there or len(matches) >= _ENOUGH_LABELS
    used = {match.record.index for found in matches.values() for match in found}
    if labels_are_loose(text.records, len(block.columns)):
        used |= {record.index for record in figure_rows(text.records, len(block.columns))}
    first = min(used, default=len(text.records))
    rest = [record for record in text.records[first:] if record.index not in used]
    return there, first, rest or [record for record in text.records if record.index not in used]


def _match_applications(block: FigureBlock, text: FormText) -> dict[int, list[RowMatch]]:
    width = len(block.columns)
    found = [_without_header(record, block) for record in text.records if not speaks_of_results(record)]
    found = [record for record in found if not _is_header(record, block)]
    if labels_are_loose(found, width):
        by_count = match_by_count(found, block)
        found = [record for record in in_labelled_tables(found, width) if record.aligned]
        if by_count or not found:
            return by_count
    index = label_index(block.rows)
    matches = match_rows(unstacked(found, index, width), index, [width] * len(block.rows))
    if figures_lead(matches.get(0, []), indexes(matches), text.records, width):
        matches = beside_their_figures(matches)
    kept = without_rows_amid_strays(_of_one_row(matches, index), text.records, block)
    return without_slipped(kept, text.records, block, text.labels)


def _of_one_row(matches: dict[int, list[RowMatch]], index: LabelIndex) -> dict[int, list[RowMatch]]:
    """The matches without records that stand beside the labels of two rows, but for those known by counting."""
    kept = {
        n: [match for match in rows if not match.label or not names_several_rows(match.record, index)]
        for n, rows in matches.items()
    }
    return {n: rows for n, rows in kept.items() if rows}


def _without_header(record: Record, block: FigureBlock) -> Record:
    """A row of a table without a label of its own, right below the header, has none: 其他 above it is a column."""
    if record.tabular and not record.own_labels and _ends_in_columns(record, block):
        return replace(record, labels=[])
    return record


def _is_header(record: Record, block: FigureBlock) -> bool:
    """Whether the labels are those of columns; 其他 behind another one is no row, though a row has that name."""
    names = column_names(block)
    if record.own_labels > 1 and sum(bare(each.cell.text) in names for each in record.row) > 1:
        return True
    return not record.tabular and _ends_in_columns(record, block)


def _ends_in_columns(record: Record, block: FigureBlock) -> bool:
    """Whether the last labels are those of neighbouring columns."""
    if not record.labels or bare(record.labels[-1]) not in column_names(block):
        return False
    labels = bare("".join(record.labels))
    return any(labels.endswith(bare(one.label + other.label)) for one, other in pairwise(block.columns[:-1]))


def _read_publication(
    edition: Edition,
    candidates: list[Record],
    text: FormText,
    figures: dict[str, FigureReading],
    labels: list[tuple[str, str]],
) -> bool:
    """Fill the publication table; return whether it is there.

    Other tables may name 行政许可 too; the form's begins with its last 规章.
    """
    blocks = edition.blocks_of("publication")
    widths = [len(block.columns) for block in blocks for _ in block.rows]
    start = _publication_start(candidates)
    index = label_index(edition.publication_rows)
    matches = _of_one_row(match_rows(candidates[start:], index, widths), index)
    if start and len(matches) < len(widths):
        matches = (
            _of_one_row(match_rows(candidates[_article_before(candidates, start) : start], index, widths), index)
            | matches
        )
    known = indexes(matches)
    first = 0
    for block in blocks:
        found = {n: matches[first + n] for n in range(len(block.rows)) if first + n in matches}
        if len(block.columns) > 1 and figures_lead(found.get(0, []), known, text.records, len(block.columns)):
            found = beside_their_figures(found)
        _fill(block, found, text, figures, labels)
        if _has_other_header(block, edition, text):
            for keys in block.row_keys:
                figures.update({key: replace(figures[key], value=None, confidence=LOST) for key in keys})
        first += len(block.rows)
    return bool(matches) or text.has_labels((column.label for block in blocks for column in block.columns), 2)


def _article_before(candidates: list[Record], start: int) -> int:
    """The first record before the table that stands under an article, as where only some rows kept their cells."""
    under = (position for position in range(start) if any(map(_ARTICLE.search, candidates[position].labels)))
    return next(under, start)


def _has_other_header(block: FigureBlock, form: Edition, text: FormText) -> bool:
    """Whether the block stands under the header that the other edition has for it, which asks for other figures."""
    if any(loosened(column.label) in text.labels for column in block.columns[:2]):
        return False
    others = (other for each in editions() if each is not form for other in each.blocks_of("publication"))
    return any(
        other.rows[0].key == block.rows[0].key
        and all(loosened(column.label) in text.labels for column in other.columns[:2])
        for other in others
    )


def _edition(text: FormText) -> Edition | None:
    """The edition most of whose own labels are there; the newer one where only common labels are."""
    exact = {each.name: sum(mark in text.labels for mark in edition_marks(each)) for each in editions()}
    best = max(editions(), key=lambda each: exact[each.name])
    if exact[best.name] >= _ENOUGH_LABELS:
        return best
    (applications,) = best.blocks_of("applications")
    (litigation,) = best.blocks_of("litigation")
    applicants = [column.label for column in applications.columns if len(column.label) > 2]
    common = [row.label for row in applications.rows] + applicants
    common += [column.label for column in litigation.columns[:4]] + _GROUPS_OF_LITIGATION
    if not (exact[best.name] or text.has_labels(common, _ENOUGH_LABELS) or has_broken_header(text.rows)):
        return None
    if not exact[best.name] and any(record.labels and _is_single_misc(record.labels[-1]) for record in text.records):
        return edition("2019")
    if not exact[best.name] and text.has_labels(
        (row.label for row in edition("2021").publication_rows), _ENOUGH_LABELS
    ):
        return edition("2021")  # its rows are legible, and those that only the older form has are not there
    return max(editions(), key=lambda each: (_likeness(each, text), exact[each.name]))


def _is_single_misc(label: str) -> bool:
    """Whether 其他处理 is a row with figures, as in the 2019 edition, and not a group of three."""
    return unnumbered(label) == "其他处理"


def _likeness(edition: Edition, text: FormText) -> float:
    """How much of an edition's own labels is left where hardly one of them is legible as a whole."""
    marks = edition_marks(edition)
    return sum(fuzz.partial_ratio(mark, text.labels) for mark in marks) / len(marks)


def _publication_start(candidates: list[Record]) -> int:
    for position in range(len(candidates) - 1, -1, -1):
        if any(bare(label) == _FIRST_PUBLICATION_LABEL for label in label_candidates(candidates[position])):
            return position
    for position, record in enumerate(candidates):
        if any(_PUBLICATION_HEADER.search(label) for label in record.labels):
            in_table = (n for n, other in enumerate(candidates) if other.block == record.block)
            return next(in_table, position)  # the first legible header may be that of a later block
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
    if any(_reaches_further(each.record, width) for found in matches.values() for each in found):
        matches = _without_columns_beside(block, matches, text)
    columns: dict[int, Columns] = {}
    records = [found[0].record for found in matches.values()]
    no_totals = totals_are_blank(records, width)
    for position, row in enumerate(block.rows):
        found = matches.get(position, [])
        if not found:
            keys = block.row_keys[position]
            figures.update(zip(keys, _without_figures(text, label_names(row), len(keys)), strict=True))
            continue
        first = found[0]
        number = first.record.block
        if number not in columns and not len(first.record.figures) == len(first.record.numbers) == width:
            columns[number] = _columns_of_part(number, block, matches, text)
        known = columns.get(number, NO_COLUMNS)  # a complete row needs none
        broken = _words_stand_for_a_figure(first.record, block, position) or is_rest(first, row)
        placement = without_total(first.record, records) if no_totals and not broken else None
        if placement is None:
            placement = lost(width) if broken else place(first.record, width, known, first.label)
        readings = _readings(first, placement, block.columns)
        for other in (each for each in found[1:] if not may_be_rest(each.record, width)):
            _compare(readings, _readings(other, place(other.record, width, NO_COLUMNS, other.label), block.columns))
        figures.update(zip(block.row_keys[position], readings, strict=True))
        if first.label and is_altered(row, first.label):
            labels.append((row.label, first.label))


def _reaches_further(record: Record, width: int) -> bool:
    """Whether a row of cells has a figure behind as many as the form has columns."""
    return record.aligned and any(each.reading.kind == "figure" for each in record.figures[width:])


def _without_columns_beside(
    block: FigureBlock, matches: dict[int, list[RowMatch]], text: FormText
) -> dict[int, list[RowMatch]]:
    """The matches without what stands in columns right of the form's."""
    parts = _parts(matches)
    headers = {part: find_header(text.rows, records[0], block.columns) for part, records in parts.items()}
    ends = {part: end_of_form(records, headers[part]) for part, records in parts.items()}

    def within(match: RowMatch) -> RowMatch:
        end = ends[match.record.block]
        return match if end is None else replace(match, record=match.record.up_to(end))

    return {row: list(map(within, found)) for row, found in matches.items()}


def _parts(matches: dict[int, list[RowMatch]]) -> dict[int, list[Record]]:
    """The records of each table, or of each part of one that stands by itself, in reading order."""
    parts: dict[int, list[Record]] = {}
    for record in sorted((each.record for found in matches.values() for each in found), key=lambda each: each.index):
        parts.setdefault(record.block, []).append(record)
    return parts


def _columns_of_part(number: int, block: FigureBlock, matches: dict[int, list[RowMatch]], text: FormText) -> Columns:
    """Where a table, or the part of one that stands by itself, has its figures; a part may show that for another."""
    parts = _parts(matches)

    def columns(part: int) -> Columns:
        header = find_header(text.rows, parts[part][0], block.columns)
        return find_columns(parts[part], len(block.columns), header)

    own = columns(number)
    if own.by_place or own.behind_label or not parts[number][0].aligned:
        return own
    return as_elsewhere(parts[number], (columns(part) for part in parts if part != number))


def _words_stand_for_a_figure(record: Record, block: FigureBlock, position: int) -> bool:
    """Whether, in a file with one cell a line, words that are not the label's stand between it and too few figures."""
    if record.tabular or len(record.numbers) >= len(block.columns) or not (record.numbers and record.labels):
        return False
    last = bare(record.labels[-1])
    return not last or not any(last in form for form in label_index(block.rows).forms[position])


def _without_figures(text: FormText, names: frozenset[str], width: int) -> list[FigureReading]:
    """A row without figures: blank where its label stands alone, unreadable where words are beside it."""
    for row in text.rows:
        if isinstance(row, Picture):
            continue
        *label, last = row.cells[0].cell.text.split() or [""]
        if width == 1 and len(row.cells) == 1 and bare("".join(label)) in names:
            return [FigureReading(None, last, BLANK_BY_LABEL, row.cells[0].cell.place)]
        if not row.tabular:
            continue
        at = next((n for n, each in enumerate(row.cells) if bare(each.cell.text) in names), len(row.cells))
        words = [each for each in row.cells[at:] if each.reading.kind == "text" and bare(each.cell.text) not in names]
        if words and width == 1:
            return [FigureReading(None, words[0].cell.text.strip(), BLANK_BY_LABEL, words[0].cell.place)]
        if words:
            return [FigureReading(confidence=LOST) for _ in range(width)]
    blank = bool(text.whole & names)
    return [FigureReading(confidence=BLANK_BY_LABEL if blank else LOST) for _ in range(width)]


def _with_figures(match: RowMatch) -> RowMatch:
    """The match with all cells behind its label as figures."""
    record = match.record.figures_behind(match.label) if match.label else match.record
    return match if record is match.record else replace(match, record=record)


def _readings(match: RowMatch, placement: Placement, columns: tuple[Column, ...]) -> list[FigureReading]:
    likeness = match.likeness
    confidence = min(placement.confidence, likeness) if placement.lost else _trust(placement, likeness)
    readings = [figure_reading(cell, column, confidence) for cell, column in zip(placement.cells, columns, strict=True)]
    if not match.record.aligned:
        for reading in readings:
            if reading.value is None:
                reading.confidence = min(reading.confidence, BLANK_IN_TEXT)
    return readings


def _trust(placement: Placement, likeness: float) -> float:
    """A label that is alike enough leaves little doubt, since its neighbours hold it in place."""
    return placement.confidence * (1.0 if likeness >= 0.85 else 0.9 if likeness >= 0.6 else likeness)


def figure_reading(cell: RowCell | None, column: Column, confidence: float) -> FigureReading:
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
