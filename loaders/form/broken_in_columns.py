"""Figures of saved text that go on in their own columns, in the line above or below: as browsers of text break them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.document import Picture
from loaders.form.aligning import RowMatch
from loaders.form.editions import FigureBlock
from loaders.form.figures import is_broken, read_figure
from loaders.form.placement import LOST, SETTLED_BY_SUM
from loaders.form.rows import PhysicalRow, RowCell
from loaders.patterns import pattern_of
from loaders.report import FigureReading

_UNIT = pattern_of(r"[（(]?[件宗项条][)）]?|[)）]")
_END = pattern_of(rf"\d{{1,3}}(?:{_UNIT.pattern})?")
_MOST_ENDS = 3
"""A line with more figures of so few digits is a row that lost its label."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What stands above and below a figure in its own column."""

    above: str = ""
    below: str = ""

    def with_figure(self, text: str) -> str:
        """The figure in one line."""
        return self.above + text + self.below


def join_figures_in_columns(
    block: FigureBlock,
    matches: dict[int, list[RowMatch]],
    rows: Sequence[PhysicalRow | Picture],
    figures: dict[str, FigureReading],
) -> None:
    """Write the figures whose parts stand above or below where their row adds up so; else drop them.

    Where it adds up without, the parts are none.
    """
    found = {position: match.record.row for position, (match, *_) in matches.items() if _is_of_text(match)}
    if not found:
        return
    at = {id(row.cells): n for n, row in enumerate(rows) if isinstance(row, PhysicalRow)}
    used = {at.get(id(match.record.row)) for each in matches.values() for match in each}
    for position, cells in found.items():
        number = at.get(id(cells))
        if number is None:
            continue
        above, below = (_cells_of(rows, n, number) if n not in used else [] for n in (number - 1, number + 1))
        parts = _parts(cells, above, below)
        if parts:
            _judge([figures[key] for key in block.row_keys[position]], cells, parts)


def _is_of_text(match: RowMatch) -> bool:
    return match.record.aligned and bool(match.record.row) and match.record.row[0].cell.place.line is not None


def _cells_of(rows: Sequence[PhysicalRow | Picture], number: int, beside: int) -> list[RowCell]:
    """The cells of a row, if it belongs to the same table as another."""
    row, other = rows[number] if 0 <= number < len(rows) else None, rows[beside]
    same = isinstance(row, PhysicalRow) and isinstance(other, PhysicalRow) and row.block == other.block
    return row.cells if same and isinstance(row, PhysicalRow) else []


def _parts(cells: list[RowCell], above: list[RowCell], below: list[RowCell]) -> dict[int, _Parts]:
    """What belongs to the figures of a row, by their columns."""
    stated = {each.cell.column for each in cells if each.reading.kind == "figure"}
    not_nought = {each.cell.column for each in cells if each.reading.kind == "figure" and each.reading.value()}
    beginnings = {each.cell.column: each.cell.text.strip() for each in above if is_broken(each.reading)}
    ends = {each.cell.column: each.cell.text.strip() for each in below if _END.fullmatch(each.cell.text.strip())}
    others = (each for each in below if each.cell.column in stated and each.cell.column not in ends)
    if len(ends) > _MOST_ENDS or any(each.cell.text.strip() and not _UNIT.fullmatch(each.cell.text) for each in others):
        ends = {}
    if not ends.keys() <= not_nought:
        ends = {}  # below a nought it is a figure of another row
    columns = (beginnings.keys() | ends.keys()) & stated
    return {column: _Parts(beginnings.get(column, ""), ends.get(column, "")) for column in columns}


def _judge(readings: Sequence[FigureReading], cells: list[RowCell], parts: dict[int, _Parts]) -> None:
    places = {each.cell.place: parts[each.cell.column] for each in cells if each.cell.column in parts}
    broken = [reading for reading in readings if reading.value is not None and reading.place in places]
    texts = {id(reading): places[reading.place].with_figure(reading.raw) for reading in broken}
    whole = {id(reading): read_figure(texts[id(reading)]) for reading in broken}
    joined = [whole[id(each)].value() if id(each) in whole else each.value for each in readings]
    adds_up = _adds_up(joined) and all(each.kind == "figure" for each in whole.values())
    if _adds_up([reading.value for reading in readings]) and not adds_up:
        return
    for reading, value in zip(readings, joined, strict=True):
        if id(reading) in whole:
            reading.value, reading.confidence = (value, SETTLED_BY_SUM) if adds_up else (None, LOST)
            reading.raw = texts[id(reading)]


def _adds_up(values: Sequence[float | None]) -> bool:
    *parts, total = values
    return None not in values and sum(part or 0 for part in parts) == total
