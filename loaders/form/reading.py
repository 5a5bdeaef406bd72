"""The form as a document holds it: edition, figures with place and confidence, and which tables are there."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from loaders.document import Document
from loaders.form.aligning import RowMatch, label_candidates, match_rows, names_several_rows
from loaders.form.all_noughts import fill_with_noughts
from loaders.form.broken import join_broken_figures
from loaders.form.broken_in_columns import join_figures_in_columns
from loaders.form.cut_off import distrust_cut_rows, distrust_cut_totals, distrust_mixed_lines
from loaders.form.detached import figure_rows, in_labelled_tables, labels_are_loose, match_by_count
from loaders.form.editions import TABLES, Edition, FigureBlock, editions
from loaders.form.ends_below import distrust_figures_above_ends
from loaders.form.filling import fill
from loaders.form.form_text import FormText, form_text
from loaders.form.labels import (
    LabelIndex,
    bare,
    column_names,
    label_index,
    loosened,
)
from loaders.form.labels_below import with_labels_below
from loaders.form.leading import (
    beside_their_figures,
    figures_lead,
    indexes,
    without_page_number,
    without_rows_amid_strays,
    without_slipped,
)
from loaders.form.legacy import read_indicators
from loaders.form.litigation import read_litigation
from loaders.form.litigation_header import speaks_of_results
from loaders.form.placement import LOST
from loaders.form.records import Record
from loaders.form.several_reports import Copies, drop_what_one_report_says
from loaders.form.stacked import stands_behind_labels_out_of_order, unstacked
from loaders.form.templates import recall, remember
from loaders.form.which_edition import edition_in
from loaders.form.witnesses import distrust_broken_rows, spread_group_rows
from loaders.form.woven import match_woven
from loaders.patterns import pattern_of
from loaders.report import FigureReading, FormReading
from loaders.words import of_warnings as warn

UNPLACED = 0.5  # confidence below which a figure counts as not placed
_FIRST_PUBLICATION_LABEL = "规章"
_PUBLICATION_HEADER = pattern_of("第二十条|第.十条第|信息内容|[信息].?内容|件数|制作数|公开数|公开总")
_ARTICLE = pattern_of("第.?[二2].?[十0].?条.{0,2}第.{1,4}项")
_TRANSLATED_AMID = pattern_of("[\u4e00-\u9fff]{2}\\s?[A-Za-z]{4,}\\s?[\u4e00-\u9fff]{2}")
_ENOUGH_LABELS = 3
_FEWEST_OF_A_COPY = 2  # rows: the first block of publication alone may stand there twice
_WORD_OF_A_HEADER = 4  # characters


def read_form(document: Document) -> FormReading:
    """Read the three tables. A figure that cannot be placed is None with low confidence."""
    form = recall(document) or _read_anew(document)
    if fill_with_noughts(form, document):
        _tell_confidence(form)
    return form


def _read_anew(document: Document) -> FormReading:
    """Read the tables by alignment, and remember how where the next document may be read in the same way."""
    text = form_text(document)
    form = edition_in(text)
    if form is None:
        nothing = FormReading("none", {}, dict.fromkeys(TABLES, "missing"), 0.0)
        return read_indicators(text.records) or nothing
    figures: dict[str, FigureReading] = {}
    labels: list[tuple[str, str]] = []
    (litigation,) = form.blocks_of("litigation")
    copies = Copies()
    applications, first, rest = _read_applications(form, text, figures, labels, copies)
    there = {
        "publication": _read_publication(
            form, text.records[:first] or text.records, rest if first else [], text, figures, labels, copies
        ),
        "applications": applications,
        "litigation": read_litigation(litigation, rest, text.rows, text.seen, text.labels, figures, copies),
    }
    drop_what_one_report_says(figures, copies, rest, text.labels)
    ordered = {key: figures[key] for key in form.keys}
    for key, reading in ordered.items():
        if not there[key.partition(".")[0]]:
            reading.confidence = 1.0  # nothing is there to be unsure of
    read = FormReading(
        form.name,
        ordered,
        {table: "present" if found else "missing" for table, found in there.items()},
        0.0,
        labels=labels,
    )
    _tell_confidence(read)
    remember(document, read, text.records)
    return read


def _tell_confidence(form: FormReading) -> None:
    """Say how sure the figures are as a whole, and how many of them could not be placed."""
    confidences = [reading.confidence for reading in form.figures.values()]
    form.confidence = round(sum(confidences) / len(confidences), 4)
    unplaced = sum(1 for confidence in confidences if confidence < UNPLACED)
    others = [warning for warning in form.warnings if not warn.UNPLACED.says(warning)]
    form.warnings = [*([warn.UNPLACED.of(count=unplaced)] if unplaced else []), *others]


def _read_applications(
    edition: Edition,
    text: FormText,
    figures: dict[str, FigureReading],
    labels: list[tuple[str, str]],
    copies: Copies,
) -> tuple[bool, int, list[Record]]:
    """Fill the applications; return whether they are there, their first record, and the records behind it left over."""
    (block,) = edition.blocks_of("applications")
    matches = _match_applications(block, text)
    fill(block, matches, text, figures, labels, copies)
    join_broken_figures(block, matches, text.records, figures)
    join_figures_in_columns(block, matches, text.rows, figures)
    distrust_broken_rows(block, matches, figures)
    distrust_cut_totals(block, matches, figures)
    distrust_cut_rows(block, matches, figures)
    distrust_mixed_lines(block, matches, figures)
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
    woven = match_woven(text.rows, figure_rows(found, width), label_index(block.rows))
    if labels_are_loose(found, width):
        by_count = match_by_count(found, block)
        found = [record for record in in_labelled_tables(found, width) if record.aligned]
        if by_count or not found:
            return by_count or woven
    index = label_index(block.rows)
    found = unstacked(found, index, width)
    matches = with_labels_below(match_rows(found, index, [width] * len(block.rows)), found, index)
    matches = without_page_number(_in_order(matches, index), width)
    if figures_lead(matches.get(0, []), indexes(matches), text.records, width):
        matches = beside_their_figures(matches)
    kept = without_rows_amid_strays(_of_one_row(matches, index), text.records, block)
    return _with_woven(without_slipped(kept, text.records, block, text.labels), woven)


def _with_woven(matches: dict[int, list[RowMatch]], woven: dict[int, list[RowMatch]]) -> dict[int, list[RowMatch]]:
    """The matches with those of other records for rows that lack one."""
    known = indexes(matches)
    others = {row: [match for match in found if match.record.index not in known] for row, found in woven.items()}
    return matches | {row: found for row, found in others.items() if found and row not in matches}


def _of_one_row(matches: dict[int, list[RowMatch]], index: LabelIndex) -> dict[int, list[RowMatch]]:
    """The matches without records that stand beside the labels of two rows, but for those known by counting.

    Nor with those of nothing but labels, be they words of another table's header, where others have figures.
    """
    kept = {
        n: [match for match in rows if not match.label or not _names_several(match, index)]
        for n, rows in matches.items()
    }
    return {n: [match for match in rows if match.record.figures] or rows for n, rows in kept.items() if rows}


def _names_several(match: RowMatch, index: LabelIndex) -> bool:
    """Whether labels of two rows stand beside the figures, or parts of two with the translation of one in between."""
    return _TRANSLATED_AMID.search(match.label) is not None or names_several_rows(match.record, index)


def _in_order(matches: dict[int, list[RowMatch]], index: LabelIndex) -> dict[int, list[RowMatch]]:
    """The matches without records behind labels of several rows in another order than that of the form."""
    kept = {
        n: [match for match in rows if not stands_behind_labels_out_of_order(match.record, index)]
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
    if record.own_labels > 1 and len({bare(each.cell.text) for each in record.row} & names) > 1:
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
    rest: list[Record],
    text: FormText,
    figures: dict[str, FigureReading],
    labels: list[tuple[str, str]],
    copies: Copies,
) -> bool:
    """Fill the publication table; return whether it is there. `rest`: the records behind the applications.

    Other tables may name 行政许可 too; the form's begins with its last 规章. A whole one before that is the same again.
    """
    blocks = edition.blocks_of("publication")
    widths = [len(block.columns) for block in blocks for _ in block.rows]
    start = _publication_start(candidates)
    index = label_index(edition.publication_rows)
    candidates = _not_read_by_columns(candidates, start, edition, index)
    candidates = [record for record in candidates if not _is_rest(record)]
    matches = _of_one_row(match_rows(candidates[start:], index, widths), index)
    if start and len(matches) < len(widths):
        matches = (
            _of_one_row(match_rows(candidates[_article_before(candidates, start) : start], index, widths), index)
            | matches
        )
    others = _copies_before(candidates, start, index, widths)
    again = next((n for n, record in enumerate(rest) if _begins_publication(record)), None)
    if again is not None:
        others.append(_of_one_row(match_rows(rest[again:], index, widths), index))
    matches = {
        row: [*found, *(each for copy in others for each in copy.get(row, []))] for row, found in matches.items()
    }
    known = indexes(matches)
    first = 0
    for block in blocks:
        found = {n: matches[first + n] for n in range(len(block.rows)) if first + n in matches}
        if len(block.columns) > 1 and figures_lead(found.get(0, []), known, text.records, len(block.columns)):
            found = beside_their_figures(found)
        fill(block, found, text, figures, labels, copies)
        distrust_figures_above_ends(found, text.records, (figures[key] for keys in block.row_keys for key in keys))
        if _has_other_header(block, edition, text):
            for keys in block.row_keys:
                figures.update({key: replace(figures[key], value=None, confidence=LOST) for key in keys})
        first += len(block.rows)
    return bool(matches) or text.has_labels((column.label for block in blocks for column in block.columns), 2)


def _is_rest(record: Record) -> bool:
    """Whether figures outside tables stand below digits that touch a label: they are the last digits of that figure."""
    return not (record.tabular or record.own_labels) and bool(record.labels) and record.labels[-1][-1:].isdigit()


def _not_read_by_columns(candidates: list[Record], start: int, edition: Edition, index: LabelIndex) -> list[Record]:
    """The records, without figures outside tables where words of a header stand between a label and figures.

    There the page was read by columns, or in the order of its drawing: what stands below a label need not be its own;
    what stands on its line is.
    """

    def stands_apart(record: Record) -> bool:
        beside_label = record.own_labels and bare(record.labels[-1]) in index.sure
        return bool(record.numbers) and not (record.tabular or beside_label)

    outside = [n for n in range(start, len(candidates)) if stands_apart(candidates[n])]
    words = [bare(column.label) for block in edition.blocks_of("publication") for column in block.columns]
    if not any(
        _stands_below_a_header(candidates[n].labels, words, index) or _stands_above_a_header(candidates[n], words)
        for n in outside
    ):
        return candidates
    return [record for n, record in enumerate(candidates) if n not in outside]


def _stands_above_a_header(record: Record, words: list[str]) -> bool:
    """Whether the words over a column come right below figures; a header begins with its article or 信息内容."""
    below = bare(record.after[0]) if record.after else ""
    return len(below) >= _WORD_OF_A_HEADER and any(word.startswith(below) for word in words)


def _stands_below_a_header(labels: list[str], words: list[str], index: LabelIndex) -> bool:
    parts = [bare(label) for label in labels]
    end = len(parts)
    while end and (_ARTICLE.search(labels[end - 1]) or any(parts[end - 1] in word for word in (*words, "信息内容"))):
        end -= 1
    named = [*parts[end - 1 : end], "".join(parts[max(end - 2, 0) : end])]
    return end < len(parts) and any(name in index.sure for name in named)


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


def _copies_before(
    candidates: list[Record], start: int, index: LabelIndex, widths: list[int]
) -> list[dict[int, list[RowMatch]]]:
    """The rows of tables that stand before the last one, each beginning with its 规章, and have no row of others."""
    begins = [position for position in range(start) if _begins_publication(candidates[position])]
    parts = [candidates[begin:end] for begin, end in pairwise([*begins, start])]
    copies = [_of_one_row(match_rows(part, index, widths), index) for part in parts]
    return [copy for part, copy in zip(parts, copies, strict=True) if _is_copy(part, copy, widths)]


def _is_copy(part: list[Record], copy: dict[int, list[RowMatch]], widths: list[int]) -> bool:
    """Whether all rows with figures are of the form, and have as many cells as it has figures for them."""
    with_figures = {record.index for record in part if record.numbers}
    fitting = all(_fits(each.record, widths[row]) for row, found in copy.items() for each in found)
    return len(copy) >= _FEWEST_OF_A_COPY and fitting and with_figures <= indexes(copy)


def _fits(record: Record, width: int) -> bool:
    """Whether a row has as many cells as the form has figures for it, blanks of a cell that was not merged aside."""
    return len(record.figures) == width or not any(each.reading.kind == "figure" for each in record.figures[width:])


def _begins_publication(record: Record) -> bool:
    return any(bare(label) == _FIRST_PUBLICATION_LABEL for label in label_candidates(record))


def _publication_start(candidates: list[Record]) -> int:
    for position in range(len(candidates) - 1, -1, -1):
        if _begins_publication(candidates[position]):
            return position
    for position, record in enumerate(candidates):
        if any(_PUBLICATION_HEADER.search(label) for label in record.labels):
            in_table = (n for n, other in enumerate(candidates) if other.block == record.block)
            return next(in_table, position)  # the first legible header may be that of a later block
    return 0
