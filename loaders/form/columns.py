"""Where a table has the figures of each column: told from its complete rows, or from its header where none is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.document import Picture
from loaders.form.editions import Column
from loaders.form.figures import is_share
from loaders.form.labels import bare
from loaders.form.records import Record
from loaders.form.rows import PhysicalRow, RowCell
from loaders.patterns import pattern_of

Bands = tuple[tuple[int, int], ...]
"""The first and last column that each figure of a row may take."""

_ROWS_TO_SHOW_COLUMNS = 2
MOST_WAYS = 3  # a table whose rows are out of line in more ways than that says nothing about columns
_ROWS_TO_SHOW_BLANK_TOTALS = 8
_NEARLY_ALL = 0.8
_MOST_OF_TOTALS = 0.7  # of the totals more must be right; reports have wrong ones
_NAME_OF_COLUMN = pattern_of(r"\s*[A-Z]{1,2}\s*")
"""What a printed worksheet has over each of its columns, over one into which rows were shifted as well."""
_UNIT = pattern_of(r"[（(]\s*(?:单位|[万亿]?元|[件条项]\s*[)）]).*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Header:
    """The columns under a table's header labels; `repeated` where a merged label was written down once a column.

    `end` is the last column of the row with the last label: where rows end elsewhere, one of them is shifted.
    `beside` tells that words stand right of the last label.
    """

    bands: Bands
    repeated: bool = False
    end: int | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table has its figures: by column of the page, and by how many cells they stand behind their label.

    Several bands where the table's complete rows disagree: a row must fit one of them only.
    """

    by_place: tuple[Bands, ...] = ()
    behind_label: tuple[Bands, ...] = ()
    header: Header | None = None
    first: int = 0
    """The column of the page left of which no row has a figure: a blank cell there belongs to the labels."""
    last: int | None = None
    """The last column of the page that a complete row has a cell in; a row that goes further is shifted."""
    longest: int | None = None
    """The most cells behind a label in a complete row; in saved text a row with no more is not shifted."""
    usual: int | None = None
    """The cells behind a label, up to the last that is no blank, where nearly all rows have as many."""
    with_blanks: int | None = None
    """The cells behind a label, blanks included, where nearly all rows have as many."""
    complete: tuple[Record, ...] = ()
    """The complete rows of saved text, whose columns drift from line to line."""
    keeps_blanks: bool = True
    """Whether blanks are cells; else a row with fewer figures does not tell which are blank."""
    exceeded: bool = False
    """Whether rows have more figures than the form: something stands beside it."""
    ends_with_total: bool = False
    """Whether rows of saved text end with the total, wherever they begin: complete rows show that, or sums."""
    ends_in_words: bool = False
    """Whether rows have words behind as many cells as columns: notes, of which 无 is no nought of the form."""
    ends_in_shares: bool = False
    """Whether shares stand where rows of saved text with as many cells as columns end: a dash there is no nought."""
    only_totals: bool = False
    """Whether all rows have one figure, in the last of more cells than there are columns: nothing but their totals."""


NO_COLUMNS = Columns()


def find_columns(records: Sequence[Record], width: int, header: Header | None) -> Columns:
    """Learn from the complete rows of a table where its figures stand, and from its header where no row is complete."""
    longer = sum(record.tabular and not record.pieced and len(record.numbers) > width for record in records)
    found = _find_columns(records, width, header)
    enough = min(_ROWS_TO_SHOW_COLUMNS, max(len(records) - 1, 1))
    return replace(found, exceeded=True) if width > 1 and longer >= enough else found


def _find_columns(records: Sequence[Record], width: int, header: Header | None) -> Columns:
    complete = [record for record in records if record.tabular and len(record.numbers) == width]
    complete = [each for each in complete if not (holds_one_twice(each, header) or _has_words_amid(each, width))]
    if header is not None and len(complete) == 1 and not _stand_under(complete[0].numbers, header.bands):
        header = None
    by_place = _agreed([[span(each) for each in record.numbers] for record in complete])
    behind_label = _agreed([_offsets(record, record.numbers) for record in complete])
    first = min((each.cell.column for record in records if record.tabular for each in record.numbers), default=0)
    if header is not None and all(span(record.row[-1])[1] != header.end for record in records if record.row):
        header = None
    if len(complete) < _ROWS_TO_SHOW_COLUMNS and header is not None:
        keeps_blanks = any(each.reading.kind == "blank" for record in records for each in record.row)
        return Columns(by_place=(header.bands,), header=header, first=first, keeps_blanks=keeps_blanks)
    in_line = [record for record in complete if record.aligned or len(by_place) == 1]
    last = max((span(record.row[-1])[1] for record in in_line), default=None)
    longest = max((len(record.figures) for record in complete), default=None)
    filled = [record for record in records if record.tabular and record.numbers]
    usual = usual_count([_count_to_last(record) for record in filled])
    with_blanks = usual_count([len(record.figures) for record in filled])
    drifting = tuple(record for record in complete if not record.aligned)
    even = len(complete) < _ROWS_TO_SHOW_COLUMNS and _end_evenly(records, width)
    if len(complete) < _ROWS_TO_SHOW_COLUMNS and not even:
        behind_label = _right_behind_labels(records, width) or (() if complete else _blank_totals(records, width))
    ends = not records[0].aligned and (
        even or _all_end_with_total(complete, by_place) or _end_with_total(records, width)
    )
    notes = sum(len(each.figures) > width and each.figures[-1].reading.kind == "text" for each in records)
    of_saved = (record for record in records if not record.aligned and len(record.figures) == width)
    shares = sum(is_share(record.figures[-1].cell.text) for record in of_saved)
    totals = _only_totals(records, width)
    return Columns(
        by_place,
        behind_label,
        header,
        first,
        last,
        longest,
        usual,
        with_blanks,
        drifting,
        ends_with_total=ends,
        ends_in_words=notes >= _ROWS_TO_SHOW_COLUMNS,
        ends_in_shares=shares >= _ROWS_TO_SHOW_COLUMNS,
        only_totals=totals,
    )


def _has_words_amid(record: Record, width: int) -> bool:
    """Whether words stand for a figure in front of another in a row with more cells than columns."""
    if len(record.figures) <= width:
        return False
    last = max(n for n, each in enumerate(record.figures) if each.reading.kind == "figure")
    return any(each.reading.kind == "text" for each in record.figures[:last])


def usual_count(counts: Sequence[int]) -> int | None:
    """How many cells nearly all rows have, from those of each."""
    count, times = Counter(counts).most_common(1)[0] if counts else (0, 0)
    return count if times >= max(_NEARLY_ALL * len(counts), _ROWS_TO_SHOW_COLUMNS) else None


def _count_to_last(record: Record) -> int:
    return max(n for n, each in enumerate(record.figures, 1) if each.reading.kind != "blank")


def as_elsewhere(records: Sequence[Record], others: Iterable[Columns]) -> Columns:
    """The columns of another part of the table, for a part that shows none itself, if all its figures stand in them."""
    standing = [[span(each)[0] for each in record.numbers] for record in records if record.aligned]
    for bands in (each.by_place[0] for each in others if len(each.by_place) == 1):
        homes = [[_band(column, bands) for column in columns] for columns in standing]
        used = {home for row in homes for home in row}
        if {0, len(bands) - 1} <= used and None not in used and all(len(set(row)) == len(row) for row in homes):
            return Columns((bands,))
    return NO_COLUMNS


def _band(column: int, bands: Bands) -> int | None:
    return next((n for n, (first, last) in enumerate(bands) if first <= column <= last), None)


@dataclass(slots=True)
class Labels:
    """The header labels found above a row: where each stands, and the column of the words furthest right.

    `last_words` are those, as they may be the beginning of a label that is cut off.
    """

    at: dict[str, tuple[int, int]]
    repeated: bool = False
    end: int = 0
    rightmost: int = -1
    last_words: str = ""


def find_header(rows: Sequence[PhysicalRow | Picture], record: Record, columns: Sequence[Column]) -> Header | None:
    """The columns under the labels of the nearest header above a record, if it has them all from left to right."""
    found = labels_above(rows, record, columns)
    bands = tuple(found.at[column.key] for column in columns if column.key in found.at)
    if len(bands) < len(columns) or not apart(bands):
        return None
    return Header(bands, found.repeated, found.end, beside=found.rightmost > bands[-1][1])


def last_of_labels(rows: Sequence[PhysicalRow | Picture], record: Record, columns: Sequence[Column]) -> int | None:
    """The column of the last label where words stand right of it, though other labels of the header are missing."""
    found = labels_above(rows, record, columns)
    bands = tuple(found.at[column.key] for column in columns if column.key in found.at)
    known = columns[-1].key in found.at and not found.repeated and 2 * len(bands) > len(columns) > 1
    return bands[-1][1] if known and apart(bands) and found.rightmost > bands[-1][1] else None


def names_in_another_order(rows: Sequence[PhysicalRow | Picture], record: Record, columns: Sequence[Column]) -> bool:
    """Whether a row of the table's header above a record names columns in another order than the form."""
    position = {bare(_UNIT.sub("", column.label)): n for n, column in enumerate(columns)}
    for row in rows:
        if isinstance(row, Picture) or row.block != record.block or not row.tabular:
            continue
        if row.cells is record.row:
            return False
        named = (position.get(bare(_UNIT.sub("", each.cell.text))) for each in row.cells)
        found = [n for n in named if n is not None]
        if found != sorted(found):
            return True
    return False


def count_shown(rows: Sequence[PhysicalRow | Picture], records: Sequence[Record], columns: Sequence[Column]) -> int:
    """How many columns a table shows that ends with one of the first, as where the edge of a page cuts off the others.

    Its header names them, and each figure stands under a name, or under the beginning of the next one, where figures
    are cut too. A part of the table without header must have as many cells. All columns where that is not so.
    """
    every = len(columns)
    if any(len(record.numbers) >= every or not record.aligned for record in records):
        return every
    parts = [[each for each in records if each.block == block] for block in {record.block for record in records}]
    labels = [labels_above(rows, part[0], columns) for part in parts]
    shown = {_count_shown_in_part(part, found, columns) for part, found in zip(parts, labels, strict=True) if found.at}
    if len(shown) != 1:
        return every
    count = shown.pop()
    goes_on = (part for part, found in zip(parts, labels, strict=True) if not found.at)
    return count if all(len(record.figures) in (count, count + 1) for part in goes_on for record in part) else every


def _count_shown_in_part(records: Sequence[Record], found: Labels, columns: Sequence[Column]) -> int:
    every = len(columns)
    first = [column.key for column in columns[: len(found.at)]]
    if not 1 < len(first) < every or found.repeated or any(key not in found.at for key in first):
        return every
    header = Header(tuple(found.at[key] for key in first))
    end = header.bands[-1][1]
    is_cut = found.rightmost == end + 1 and is_cut_off(found.last_words, columns[len(first)])
    figures_beyond = any(each.cell.column > end for record in records for each in record.numbers)
    last = end + 1 if is_cut or not figures_beyond else end
    if not apart(header.bands) or any(not end <= span(record.row[-1])[1] <= last for record in records):
        return every
    within = [record.up_to(end) for record in records]
    all_under = all(sum(map(len, under(header, record))) == len(record.numbers) for record in within)
    return len(first) if all_under else every


def is_cut_off(words: str, column: Column) -> bool:
    """Whether words of a header are the beginning of a column's label, and no more."""
    label = bare(column.label)
    return bool(bare(words)) and label.startswith(bare(words)) and label != bare(words)


def labels_above(rows: Sequence[PhysicalRow | Picture], record: Record, columns: Sequence[Column]) -> Labels:
    """Where the labels of the columns stand in the nearest header above a record."""
    labels = {column.key: bare(_UNIT.sub("", column.label)) for column in columns}
    names = {name: key for key, label in labels.items() for name in (label, label.removesuffix("量"))}  # 数量 or 数
    found, above, rightmost, words = Labels({}), True, -1, ""
    for row in rows:
        if isinstance(row, Picture) or row.block != record.block or not row.tabular:
            continue
        if row.cells is record.row:
            break
        if any(each.reading.kind == "figure" for each in row.cells):
            above, rightmost, words = False, -1, ""  # what comes next is another header
            continue
        before = ""
        for each in row.cells:
            key = names.get(bare(_UNIT.sub("", each.cell.text))) if each.reading.kind == "text" else None
            start, last = span(each)
            again, before = each.cell.text == before, each.cell.text  # a merged cell written down once a column
            if key is None:
                is_word = each.reading.kind == "text" and not _NAME_OF_COLUMN.fullmatch(each.cell.text)
                if is_word and start >= rightmost and not again:
                    rightmost, words = start, each.cell.text
                if above:
                    found.rightmost, found.last_words = rightmost, words
                continue
            if not above:
                found, above = Labels({}, rightmost=rightmost, last_words=words), True
            if key not in found.at:
                found.at[key] = (start, last)
            elif found.at[key][1] + 1 == start:
                found.at[key], found.repeated = (found.at[key][0], last), True
            if key == columns[-1].key:
                found.end = span(row.cells[-1])[1]
    return found


def end_of_form(records: Sequence[Record], header: Header | None) -> int | None:
    """The last column of the form where a table has more beside it, as somebody's sums to check it by; else None.

    Its header shows that, or some row: it has a figure under each label, and another one right of the last. What an
    empty cell shifted out of the form leaves a label without figure; what stands right of a single column may be a
    copy of its figure. So do nearly all rows that have one more in the same column.
    """
    if header is None or (header.repeated and not header.beside):
        return None
    end = header.bands[-1][1]
    if header.beside:
        return end
    if len(header.bands) == 1:
        return None
    filled = [record for record in records if record.aligned and record.numbers]
    beside = [record for record in filled if record.numbers[-1].cell.column > end]
    if any(all(len(each) == 1 for each in under(header, record)) for record in beside):
        return end
    return end if len(beside) > _NEARLY_ALL * len(filled) and _have_one_more(filled, header) else None


def _have_one_more(records: Sequence[Record], header: Header) -> bool:
    """Whether all figures stand below the labels, each below its own, or in one column right of them.

    Below the first label are some and below the last, so that the rows are not shifted, nor the last figures.
    """
    rows = [(record, under(header, record)) for record in records]
    end = header.bands[-1][1]
    beyond = {each.cell.column for record in records for each in record.numbers if each.cell.column > end}
    counts = (len(record.numbers) - sum(map(len, cells)) for record, cells in rows)
    is_below = all(count <= 1 for count in counts) and all(len(each) <= 1 for _, cells in rows for each in cells)
    begins, ends = (sum(bool(cells[at]) for _, cells in rows) for at in (0, -1))
    return is_below and len(beyond) == 1 and min(begins, ends) >= _ROWS_TO_SHOW_COLUMNS


def under(header: Header, record: Record) -> list[list[RowCell]]:
    """The figures of a row that stand under each of the header's labels."""
    return [[each for each in record.numbers if start <= each.cell.column <= end] for start, end in header.bands]


def holds_one_twice(record: Record, header: Header | None) -> bool:
    """Whether a row has as many figures as columns, but two of them are one that was written down twice."""
    if header is None or not record.tabular or not header.repeated:
        return False
    return any(len(each) != 1 for each in under(header, record))


def _stand_under(cells: Sequence[RowCell], bands: Bands) -> bool:
    return all(first <= span(each)[0] <= last for each, (first, last) in zip(cells, bands, strict=True))


def span(each: RowCell) -> tuple[int, int]:
    """The first and the last column that a cell takes."""
    return each.cell.column, each.cell.column + each.cell.column_span - 1


def _offsets(record: Record, cells: Sequence[RowCell]) -> list[tuple[int, int]]:
    """How many cells behind the label each cell stands."""
    positions = {id(each): n for n, each in enumerate(record.figures)}
    return [(positions[id(each)], positions[id(each)]) for each in cells]


def _agreed(spans: list[list[tuple[int, int]]]) -> tuple[Bands, ...]:
    """The bands in which the figures of all rows stand, or each way in which some rows have theirs."""
    if len(spans) < _ROWS_TO_SHOW_COLUMNS:
        return ()
    bands = _bands(spans)
    if apart(bands):
        return (bands,)
    ways = Counter(tuple(row) for row in spans)
    return tuple(ways) if len(ways) <= MOST_WAYS else ()


def _right_behind_labels(records: Sequence[Record], width: int) -> tuple[Bands, ...]:
    """Hardly a row is complete, but the figures of all stand in as many cells as there are columns, in the last too.

    That some stand in the first shows that no blank cell in front belongs to the labels; so do many totals.
    """
    rows = [record for record in records if record.tabular and len(record.figures) >= width and record.numbers]
    used = [[start for start, _ in _offsets(record, record.numbers)] for record in rows]
    begins, ends = (sum(column in row for row in used) for column in (0, width - 1))
    beyond = any(row[-1] >= width for row in used)
    if not begins and 2 * sum(record.own_labels > 0 for record in rows) < len(rows):
        return ()  # the first cell of all is that of a label that was lost
    if beyond or ends < (_ROWS_TO_SHOW_COLUMNS if begins >= _ROWS_TO_SHOW_COLUMNS else _ROWS_TO_SHOW_BLANK_TOTALS):
        return ()
    return (tuple((n, n) for n in range(width)),)


def _end_evenly(records: Sequence[Record], width: int) -> bool:
    """Whether rows of saved text have as many cells each, but not behind their labels: some have blanks for labels.

    The longest labels have as many cells behind them as there are columns, so these are the last cells of all rows.
    """
    rows = [record for record in records if record.tabular and record.row]
    if len(rows) < _ROWS_TO_SHOW_BLANK_TOTALS or rows[0].aligned or len({len(record.row) for record in rows}) > 1:
        return False
    behind = {len(record.figures) for record in rows}
    return len(behind) > 1 and min(behind) == width


def _all_end_with_total(complete: Sequence[Record], by_place: tuple[Bands, ...]) -> bool:
    """Whether all complete rows end with their total, though they begin in several places."""
    return len(by_place) > 1 and all(record.row[-1] is record.numbers[-1] for record in complete)


def _end_with_total(records: Sequence[Record], width: int) -> bool:
    """Whether nearly all rows with a total add up if their last cells are those of the columns.

    Converters that write a blank for each cell a label covers leave as many behind labels of different width. Where no
    row has a figure in the first of them, that is a blank of its label, and the table lacks a column.
    """
    rows = [record.row[-width:] for record in records if record.tabular and len(record.row) > width]
    stated = [row for row in rows if row[-1].reading.kind == "figure" and row[-1].reading.value()]
    right = [row for row in stated if ends_with_sum(row)]
    begins = sum(row[0].reading.kind == "figure" for row in right)
    return begins >= _ROWS_TO_SHOW_COLUMNS and len(right) > _MOST_OF_TOTALS * len(stated)


def ends_with_sum(cells: Sequence[RowCell]) -> bool:
    """Whether the last cell of several is the sum of the others, blanks counted as nought."""
    *parts, total = (each.reading.value() if each.reading.kind == "figure" else 0 for each in cells)
    return sum(parts) == total


def _blank_totals(records: Sequence[Record], width: int) -> tuple[Bands, ...]:
    """No row is complete: the totals may be blank throughout, if the figures start right behind their labels.

    Not so where the last figure is the sum of those before it: then a first column is missing, not the last; and not
    where noughts alone stand in rows of different lengths.
    """
    rows = [record for record in records if record.tabular and len(record.figures) >= width and record.numbers]
    if len(rows) < _ROWS_TO_SHOW_BLANK_TOTALS:
        return ()
    last = max(_offsets(record, record.numbers)[-1][0] for record in rows)
    if last != width - 2 or min(_offsets(record, record.numbers)[0][0] for record in rows) != 0:
        return ()
    values = [[each.reading.value() for each in record.numbers] for record in rows]
    totals_are_there = all(sum(row[:-1]) == row[-1] for row in values)
    if not any(map(any, values)):  # noughts add up in any order: that one is missing everywhere tells more
        totals_are_there = any(len(row) < width - 1 for row in values)
    return () if totals_are_there else (tuple((n, n) for n in range(width)),)


def _only_totals(records: Sequence[Record], width: int) -> bool:
    """Whether each row has but one figure, at its end behind as many cells as there are other columns."""
    rows = [record for record in records if record.tabular and record.numbers]
    alone = (record.numbers == record.row[-1:] and len(record.row) > width for record in rows)
    return len(rows) >= _ROWS_TO_SHOW_BLANK_TOTALS and all(alone)


def _bands(spans: list[list[tuple[int, int]]]) -> Bands:
    columns = zip(*spans, strict=True)
    return tuple((min(start for start, _ in column), max(end for _, end in column)) for column in map(list, columns))


def apart(bands: Bands) -> bool:
    """Whether no two bands share a column, and each ends before the next."""
    return all(end < start for (_, end), (start, _) in pairwise(bands))
