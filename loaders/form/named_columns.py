"""Tables of the form that lack a whole column: their header names the others, and each row has a cell for each name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.document import Picture
from loaders.form.aligning import RowMatch
from loaders.form.columns import Bands, Labels, apart, count_shown, labels_above, span
from loaders.form.editions import Column
from loaders.form.named_in_order import BESIDE, InOrder, named_in_order
from loaders.form.records import Record
from loaders.form.rows import PhysicalRow

_FEWEST_NAMES = 4
_FEWEST_ROWS = 3
_MOST_FIT = 0.8
"""Of the rows so many must have their cells below the names; an empty cell may have shifted some."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The columns that a table has, and where the first of them stands if the table names them and lacks others."""

    columns: tuple[Column, ...]
    first: int = 0
    last: int = 0
    others: frozenset[int] = frozenset()
    """The records whose cells do not stand below the names."""
    in_order: bool = False
    """Whether the columns are the first cells behind the labels, wherever these stand."""

    def within(self, found: list[RowMatch]) -> list[RowMatch]:
        """The matches whose cells stand in the columns, without blanks in front, which belong to their labels."""
        return [
            replace(match, record=self._cut(match.record)) for match in found if match.record.index not in self.others
        ]

    def _cut(self, record: Record) -> Record:
        """The record without cells that are of no column."""
        if self.in_order:
            return record.first_figures(len(self.columns))
        return record.behind(self.first).up_to(self.last) if self.first else record


def columns_shown(
    rows: Sequence[PhysicalRow | Picture], records: Sequence[Record], columns: tuple[Column, ...]
) -> Shown:
    """The columns that a table has: all of them, the first where the others are cut off, or those that it names."""
    count = count_shown(rows, records, columns)
    if count < len(columns):
        return Shown(columns[:count])
    if len(records) < _FEWEST_ROWS:
        return Shown(columns)
    records = sorted(records, key=lambda record: record.index)
    parts = {record.block: [each for each in records if each.block == record.block] for record in records}
    found = {block: labels_above(rows, part[0], columns) for block, part in parts.items()}
    named = []
    if not _has_column_each(records, columns):
        named = [_named(part, found[block], columns) for block, part in parts.items()]
    first = named[0] if named else None
    if first is None or any(each is None or each.columns != first.columns for each in named):
        in_order = _in_order(rows, records, list(found.values()), columns)
        return Shown(columns) if in_order is None else Shown(in_order.columns, others=in_order.others, in_order=True)
    left, right = min(each.first for each in named if each), max(each.last for each in named if each)
    return Shown(first.columns, left, right, frozenset().union(*(each.others for each in named if each)))


def _in_order(
    rows: Sequence[PhysicalRow | Picture],
    records: Sequence[Record],
    found: Sequence[Labels],
    columns: tuple[Column, ...],
) -> InOrder | None:
    """The columns that a header names if it does not name all of them above all parts of their table."""
    first, *others = found
    bands = tuple(first.at[column.key] for column in columns if column.key in first.at)
    stands_above = len(bands) == len(columns) and apart(bands) and not first.repeated
    if any(each.at for each in others) or (stands_above and not others):
        return None
    return named_in_order(rows, records, columns, has_blanks=stands_above or not records[0].aligned)


def _named(records: Sequence[Record], found: Labels, columns: tuple[Column, ...]) -> Shown | None:
    """The columns named above a part of the table if its rows have a cell below each name and no other; else none."""
    shown = tuple(column for column in columns if column.key in found.at)
    bands = tuple(found.at[column.key] for column in shown)
    has_gap = columns[-1] not in shown and shown != columns[: len(shown)]  # labels and figures may be cut off apart
    if has_gap or not _FEWEST_NAMES <= len(shown) < len(columns) or found.repeated or not apart(bands):
        return None
    further = sum(record.numbers[-1].cell.column > bands[-1][1] for record in records if record.numbers)
    if further > (1 - _MOST_FIT) * len(records) and not _names_other_columns(found, columns, bands):
        return None
    others = frozenset(record.index for record in records if not _stands_below(record, bands, found.rightmost))
    fitting = len(records) - len(others) >= max(_MOST_FIT * len(records), 1)
    return Shown(shown, bands[0][0], bands[-1][1], others) if fitting else None


def _has_column_each(records: Sequence[Record], columns: Sequence[Column]) -> bool:
    """Whether most rows have more cells than the form has columns even without one that stands beside the form."""
    more = sum(len(each.numbers) > len(columns) for each in records)
    return 2 * more > len(records)


def _names_other_columns(found: Labels, columns: Sequence[Column], bands: Bands) -> bool:
    """Whether words right of the named columns are those of a column beside the form, and not of the total misread."""
    if found.rightmost <= bands[-1][1] or len(bands) + 1 < len(columns):
        return False
    return columns[-1].key in found.at or BESIDE.search(found.last_words) is not None


def _stands_below(record: Record, bands: Bands, rightmost: int) -> bool:
    """Whether a row has a cell in each of the bands, nothing but blanks in front, and behind only what words name."""
    end = bands[-1][1]
    cells = [each for each in record.figures if each.cell.column <= end]
    beside = [each for each in cells if each.cell.column < bands[0][0]]
    blank = all(each.reading.kind == "blank" for each in beside)
    behind = [each for each in record.figures if each.cell.column > end and each.reading.kind != "blank"]
    return blank and tuple(map(span, cells[len(beside) :])) == bands and (not behind or rightmost > end)
