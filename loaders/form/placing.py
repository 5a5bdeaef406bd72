"""Which figure of a row belongs to which column of the form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.form.rows import Record, RowCell

Pattern = tuple[int, ...]
"""Column numbers at which the figures of a table stand."""

SETTLED_BY_SUM = 0.9
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


def column_pattern(records: Sequence[Record], width: int) -> Pattern | None:
    """The columns of the figures, where nearly all complete rows of a table agree on them."""
    seen = Counter(
        tuple(each.cell.column for each in record.numbers)
        for record in records
        if record.tabular and len(record.numbers) == width
    )
    if not seen:
        return None
    pattern, count = seen.most_common(1)[0]
    return pattern if count >= 2 and count >= 0.9 * seen.total() else None


def place(record: Record, width: int, pattern: Pattern | None) -> Placement:
    """Give each column its figure: by count where the row is complete, by geometry where cells are blank."""
    numbers = record.numbers
    if len(numbers) == width:
        return Placement(tuple(numbers), IN_ORDER)
    if len(numbers) > width:
        return _without_stray_number(numbers, width)
    by_column = _by_column(record, pattern)
    if by_column is not None:
        return by_column
    cells = record.figures
    if len(cells) == width:
        return Placement(tuple(cells), IN_ORDER if numbers else 0.95)
    if not numbers:
        return Placement((None,) * width, 0.9)
    trimmed = _trim_trailing_blanks(cells)
    if record.tabular and width <= 3 and len(trimmed) <= width <= len(cells) and cells[0].reading.kind == "figure":
        return Placement(tuple(cells[:width]), 0.9)
    return lost(width)


def _by_column(record: Record, pattern: Pattern | None) -> Placement | None:
    """Cells by the columns at which the table's complete rows have theirs; a cell with words in it is unreadable."""
    if pattern is None or not record.tabular:
        return None
    at = {each.cell.column: each for each in record.row}
    cells = tuple(at.get(column) for column in pattern)
    placed = {id(cell) for cell in cells if cell is not None}
    if any(id(number) not in placed for number in record.numbers) or all(cell is None for cell in cells):
        return None
    return Placement(cells, IN_ORDER)


def _trim_trailing_blanks(cells: list[RowCell]) -> list[RowCell]:
    end = len(cells)
    while end and cells[end - 1].reading.kind == "blank":
        end -= 1
    return cells[:end]


def _without_stray_number(numbers: list[RowCell], width: int) -> Placement:
    """One number too many, a page number perhaps: leave out the one without which the row adds up, if it is one."""
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
    return Placement(chosen, SETTLED_BY_SUM)
