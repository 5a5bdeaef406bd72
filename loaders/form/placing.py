"""Which figure of a row belongs to which column of the form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.document import Picture
from loaders.form.drifting import by_neighbours
from loaders.form.editions import Column
from loaders.form.figures import is_broken
from loaders.form.labels import bare
from loaders.form.rows import PhysicalRow, Record, RowCell

Bands = tuple[tuple[int, int], ...]
"""The first and last column that each figure of a row may take."""

_ROWS_TO_SHOW_COLUMNS = 2
_MOST_WAYS = 3  # a table whose rows are out of line in more ways than that says nothing about columns
_ROWS_TO_SHOW_BLANK_TOTALS = 8
_UNIT = re.compile(r"[（(]\s*单位.*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Header:
    """The columns under a table's header labels; `repeated` where a merged label was written down once a column."""

    bands: Bands
    repeated: bool = False


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
    complete: tuple[Record, ...] = ()
    """The complete rows of saved text, whose columns drift from line to line."""


NO_COLUMNS = Columns()
SETTLED_BY_SUM = 0.9
BY_NEIGHBOURS = 0.9
IN_ORDER = 1.0
LOST = 0.3


@dataclass(frozen=True, slots=True)
class Placement:
    """A cell for each column of the form, None where there is none; `lost` if the figures cannot be told apart."""

    cells: tuple[RowCell | None, ...]
    confidence: float
    lost: bool = False


def lost(width: int) -> Placement:
    """No figure of the row can be placed."""
    return Placement((None,) * width, LOST, lost=True)


def find_columns(records: Sequence[Record], width: int, header: Header | None) -> Columns:
    """Learn from the complete rows of a table where its figures stand, and from its header where no row is complete."""
    complete = [record for record in records if record.tabular and len(record.numbers) == width]
    complete = [record for record in complete if _under_header(record, header) is None]
    if header is not None and len(complete) == 1 and not _stand_under(complete[0].numbers, header.bands):
        header = None
    by_place = _agreed([[_span(each) for each in record.numbers] for record in complete])
    behind_label = _agreed([_offsets(record, record.numbers) for record in complete])
    first = min((each.cell.column for record in records if record.tabular for each in record.numbers), default=0)
    if len(complete) < _ROWS_TO_SHOW_COLUMNS and header is not None:
        return Columns(by_place=(header.bands,), header=header, first=first)
    last = max((_span(record.row[-1])[1] for record in complete if record.aligned), default=None)
    drifting = tuple(record for record in complete if not record.aligned)
    if len(complete) < _ROWS_TO_SHOW_COLUMNS:
        behind_label = _right_behind_labels(records, width) or (() if complete else _blank_totals(records, width))
    return Columns(by_place, behind_label, header, first, last, drifting)


def as_elsewhere(records: Sequence[Record], others: Iterable[Columns]) -> Columns:
    """The columns of another part of the table, for a part that shows none itself, if all its figures stand in them."""
    standing = [[_span(each)[0] for each in record.numbers] for record in records if record.aligned]
    for bands in (each.by_place[0] for each in others if len(each.by_place) == 1):
        homes = [[_band(column, bands) for column in columns] for columns in standing]
        used = {home for row in homes for home in row}
        if {0, len(bands) - 1} <= used and None not in used and all(len(set(row)) == len(row) for row in homes):
            return Columns((bands,))
    return NO_COLUMNS


def _band(column: int, bands: Bands) -> int | None:
    return next((n for n, (first, last) in enumerate(bands) if first <= column <= last), None)


def find_header(rows: Sequence[PhysicalRow | Picture], record: Record, columns: Sequence[Column]) -> Header | None:
    """The columns under the labels of the nearest header above a record, if it has them all from left to right."""
    at: dict[str, tuple[int, int]] = {}
    labels = {column.key: bare(column.label) for column in columns}
    names = {name: key for key, label in labels.items() for name in (label, label.removesuffix("量"))}  # 数量 or 数
    above, repeated = True, False
    for row in rows:
        if isinstance(row, Picture) or row.block != record.block or not row.tabular:
            continue
        if row.cells is record.row:
            break
        if any(each.reading.kind == "figure" for each in row.cells):
            above = False  # what comes next is another header
            continue
        for each in row.cells:
            key = names.get(bare(_UNIT.sub("", each.cell.text))) if each.reading.kind == "text" else None
            if key is None:
                continue
            if not above:
                at, above, repeated = {}, True, False
            start, end = _span(each)
            if key not in at:
                at[key] = (start, end)
            elif at[key][1] + 1 == start:
                at[key], repeated = (at[key][0], end), True
    bands = tuple(at[column.key] for column in columns if column.key in at)
    return Header(bands, repeated) if len(bands) == len(columns) and _apart(bands) else None


def _stand_under(cells: Sequence[RowCell], bands: Bands) -> bool:
    return all(first <= _span(each)[0] <= last for each, (first, last) in zip(cells, bands, strict=True))


def _span(each: RowCell) -> tuple[int, int]:
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
    if _apart(bands):
        return (bands,)
    ways = Counter(tuple(row) for row in spans)
    return tuple(ways) if len(ways) <= _MOST_WAYS else ()


def _right_behind_labels(records: Sequence[Record], width: int) -> tuple[Bands, ...]:
    """Hardly a row is complete, but the figures of all stand in as many cells as there are columns, in the last too."""
    rows = [record for record in records if record.tabular and len(record.figures) >= width and record.numbers]
    used = [[start for start, _ in _offsets(record, record.numbers)] for record in rows]
    begins, ends = (sum(column in row for row in used) for column in (0, width - 1))
    beyond = any(row[-1] >= width for row in used)
    if min(begins, ends) < _ROWS_TO_SHOW_COLUMNS or beyond:
        return ()
    return (tuple((n, n) for n in range(width)),)


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


def _bands(spans: list[list[tuple[int, int]]]) -> Bands:
    columns = zip(*spans, strict=True)
    return tuple((min(start for start, _ in column), max(end for _, end in column)) for column in map(list, columns))


def _apart(bands: Bands) -> bool:
    return all(end < start for (_, end), (start, _) in pairwise(bands))


def place(record: Record, width: int, columns: Columns, label: str = "") -> Placement:
    """Give each column its figure: by count where the row is complete, by geometry where cells are blank.

    `label` is the text by which the row was recognised; it cannot be a figure that is illegible.
    """
    numbers = record.numbers
    if record.pieced and len(numbers) >= width:
        return _of_pieces(record, width)
    if len(numbers) == width and _has_broken(record):
        return lost(width)
    if len(numbers) == width:
        return _under_header(record, columns.header) or Placement(tuple(numbers), IN_ORDER)
    if len(numbers) > width:
        return _one_for_each(record, columns.header) or _one_for_all(record, width)
    if numbers and columns.last is not None and _is_shifted(record, columns.last):
        return lost(width)
    if record.tabular:
        # A measure on which all complete rows agree outweighs one on which they do not.
        fewest = min(len(columns.by_place) or _MOST_WAYS, len(columns.behind_label) or _MOST_WAYS)
        ways = columns.by_place if len(columns.by_place) <= fewest else ()
        if len(ways) > 1:  # rows have more or fewer cells for their labels: a shorter one is of none of these ways
            ways = tuple(bands for bands in ways if bands[-1][0] <= _span(record.row[-1])[1])
        placements = [_by_place(record, bands, label) for bands in ways]
        if len(columns.behind_label) <= fewest:
            placements += [_behind_label(record, bands, columns.first) for bands in columns.behind_label]
        found = [each for each in placements if each is not None]
        if found and not record.aligned and found[0].cells[-1] is None and _ends_with_its_sum(numbers):
            return lost(width)
        if found and (summing := _summing_under_header(record, columns.header, found[0], label)) is not None:
            return summing
        if found:
            return found[0] if all(_same(found[0], other) for other in found[1:]) else lost(width)
        near = None if record.pieced else by_neighbours(numbers, record.index, columns.complete)
        if near is not None:
            return Placement(near, BY_NEIGHBOURS)
    cells = record.figures
    if len(cells) == width and not (record.tabular and cells[0].cell.column < columns.first):
        return Placement(tuple(cells), IN_ORDER if numbers else 0.95)
    trimmed = _trim_trailing_blanks(cells)
    if record.tabular and width <= 3 and trimmed and len(trimmed) <= width <= len(cells):
        return Placement(tuple(cells[:width]), 0.9)
    if not numbers:
        return Placement((None,) * width, 0.9)
    return lost(width)


def _has_broken(record: Record) -> bool:
    """Whether one more figure was begun, whose rest may be the one behind it."""
    return len(record.figures) > len(record.numbers) and any(is_broken(each.reading) for each in record.figures)


def _ends_with_its_sum(numbers: Sequence[RowCell]) -> bool:
    """Whether the last figure is the sum of the others: the total, though no cell says which other one is blank."""
    *parts, last = (each.reading.value() or 0 for each in numbers) if numbers else (0,)
    return len(parts) > 1 and sum(parts) == last


def _is_shifted(record: Record, last: int) -> bool:
    """Whether a row begins with a blank and has one cell more than complete rows."""
    end = record.row[-1].cell
    return record.figures[0].reading.kind == "blank" and end.column_span == 1 and end.column > last


def _same(one: Placement, other: Placement) -> bool:
    """Whether two placements differ in nothing but cells without text."""
    pairs = zip(one.cells, other.cells, strict=True)
    return all(a is b or not (_text(a) or _text(b)) for a, b in pairs)


def _text(cell: RowCell | None) -> str:
    return cell.cell.text.strip() if cell is not None else ""


def _by_place(record: Record, bands: Bands, label: str) -> Placement | None:
    """Cells by the columns at which the table's complete rows have theirs; a cell with words in it is unreadable."""
    cells: list[RowCell | None] = [None] * len(bands)
    for each in record.row:
        start, end = _span(each)
        inside = [n for n, (first, last) in enumerate(bands) if start <= last and end >= first]
        is_label = each.reading.kind == "text" and each.cell.text in label
        if len(inside) == 1 and not is_label:
            if cells[inside[0]] is None or each.reading.kind == "figure":
                cells[inside[0]] = each
        elif (inside and is_label) or (each.reading.kind == "figure" and each in record.figures):
            return None
    return Placement(tuple(cells), IN_ORDER) if any(cells) else None


def _behind_label(record: Record, bands: Bands, leftmost: int) -> Placement | None:
    """Cells by how many cells they stand behind the label, or behind a blank one beside it that belongs to it too."""
    figures = [each for each in record.figures if not record.aligned or each.cell.column >= leftmost]
    if len(figures) <= bands[-1][1]:
        return None
    cells = tuple(figures[first] for first, _ in bands)
    if any(all(number is not cell for cell in cells) for number in record.numbers):
        return None
    return Placement(cells, IN_ORDER)


def _trim_trailing_blanks(cells: list[RowCell]) -> list[RowCell]:
    end = len(cells)
    while end and cells[end - 1].reading.kind == "blank":
        end -= 1
    return cells[:end]


def _under_header(record: Record, header: Header | None) -> Placement | None:
    """As many figures as columns, but two of them are one that was written down twice: another one is blank."""
    if header is None or not record.tabular or not header.repeated:
        return None
    held = [[each for each in record.numbers if start <= each.cell.column <= end] for start, end in header.bands]
    if all(len(each) == 1 for each in held):
        return None
    alike = all(len({each.reading.value() for each in cells}) <= 1 for cells in held)
    if not alike or sum(map(len, held)) != len(record.numbers):
        return lost(len(held))
    at = {each.cell.column: each for each in record.row}
    return Placement(
        tuple(cells[0] if cells else at.get(start) for cells, (start, _) in zip(held, header.bands, strict=True)),
        IN_ORDER,
    )


def _summing_under_header(record: Record, header: Header | None, placed: Placement, label: str) -> Placement | None:
    """The figures under the header's labels, if they add up there and do not where complete rows have theirs.

    Those rows may all be shifted.
    """
    under = _by_place(record, header.bands, label) if header is not None and record.aligned else None
    if under is None or _same(under, placed) or _adds_up(placed) or not _adds_up(under):
        return None
    return Placement(under.cells, SETTLED_BY_SUM)


def _adds_up(placement: Placement) -> bool:
    cells = placement.cells
    *parts, total = (each.reading.value() if each and each.reading.kind == "figure" else 0 for each in cells)
    return total > 0 and sum(parts) == total


def _one_for_each(record: Record, header: Header | None) -> Placement | None:
    """Merged cells that were written down once a column: those under the first mention of each label."""
    if header is None or not record.tabular:
        return None
    at = {each.cell.column: each for each in record.numbers}
    cells = [at.get(first) for first, _ in header.bands]
    values = {each.reading.value() for each in record.numbers if each.cell.column > header.bands[-1][0]}
    last = cells[-1]
    repeated = last is not None and values <= {last.reading.value()}
    return Placement(tuple(cells), IN_ORDER) if repeated and all(cells) else None


def _one_for_all(record: Record, width: int) -> Placement:
    """The same for a single column, where each copy holds the same figure."""
    numbers = record.numbers
    if width != 1:
        return _without_stray_number(record, width)
    values = {cell.reading.value() for cell in numbers}
    return Placement((numbers[0],), IN_ORDER) if len(values) == 1 else lost(1)


def _of_pieces(record: Record, width: int) -> Placement:
    """A line of figures, or it and the line below, if the row then adds up; no cut figure begins with a zero."""
    line = [each for each in record.row if each.reading.kind == "figure"]
    for cells in (line, record.numbers):
        *parts, total = (each.reading.value() for each in cells)
        if len(cells) == width and sum(parts) == total and (total or cells is line):
            return Placement(tuple(cells), SETTLED_BY_SUM)
    return lost(width)


def _without_stray_number(record: Record, width: int) -> Placement:
    """One number too many, a page number perhaps: leave out the one without which the row adds up, if it is one.

    Not one that stands in the label's line in saved text: then those below are another row.
    """
    numbers = record.numbers
    beside_label = [each for each in record.row if not record.tabular and each.reading.kind == "figure"]
    if len(numbers) != width + 1 or width != 7:
        return lost(width)
    readings = set()
    chosen: tuple[RowCell, ...] | None = None
    for stray in range(len(numbers)):
        rest = numbers[:stray] + numbers[stray + 1 :]
        values = tuple(cell.reading.value() for cell in rest)
        if sum(values[:-1]) == values[-1] and values not in readings:
            readings.add(values)
            chosen = tuple(rest)
    if chosen is None or len(readings) != 1:
        return lost(width)
    if any(each is not other for each, other in zip(beside_label, chosen, strict=False)) and record.own_labels:
        return lost(width)
    return Placement(chosen, SETTLED_BY_SUM)
