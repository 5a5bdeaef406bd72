"""The form's own sums as a witness against figures whose place is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.document import UNSURE
from loaders.form.aligning import FORCED, RowMatch
from loaders.form.editions import FigureBlock, Row
from loaders.form.figures import is_broken
from loaders.form.labels import unnumbered
from loaders.form.placement import LOST
from loaders.report import FigureReading

CONFIRMED = 0.95
_FEWEST_CROWDED = 3
"""So many rows with too many figures show that figures are broken; in one or two something else may stand."""

_MOST_IN_PIECES = 0.2
"""Where more rows have empty lines among their figures, these say nothing."""

_SUMS_BELOW = 2  # rows: the total and what is carried out
_ENOUGH_SUMS, _NEARLY_ALL = 3, 0.8
"""So many rows, and this part of all, add up where sums hold in a table."""


def distrust_broken_rows(
    block: FigureBlock, matches: dict[int, list[RowMatch]], figures: dict[str, FigureReading]
) -> None:
    """Judge doubtful rows of the applications table by its sums.

    A row whose total is blank and whose last figure may be it lost a cell in front, if other rows have totals.
    A row of saved text with its sum amid its figures is out of order.
    A row with a blank cell that does not add up may have been shifted by that cell: what stands right of it is dropped
    where the sums speak for that, and in saved text whose only such row it is where they say nothing.
    A row known only by its neighbours stays if its applicants add up, and is dropped if not; likewise one whose figures
    an empty line parts in saved text, as they may be the ends of two rows with blanks, and one of a text in which other
    rows have too many figures, as theirs are broken, or of a table in which other rows hold parts of figures.
    """
    rows = [[figures[key] for key in keys] for keys in block.row_keys]
    found = {position: each[0] for position, each in matches.items()}
    testimony = _testimony(block, found, rows)
    for position, readings in enumerate(rows):
        match = found.get(position)
        if match and match.likeness <= FORCED and _adds_up(_values(readings)):
            for reading in readings:
                reading.confidence = CONFIRMED
            continue
        for reading in readings[_first_distrusted(position, match, readings, testimony) :]:
            _drop(reading)
        if match and not match.record.aligned and _begins_with_its_number(position, _values(readings)):
            _drop(readings[0])


@dataclass(frozen=True, slots=True)
class _Testimony:
    """What the rows of a table together say of each.

    `sums_hold`: rows add up, as a rule. `lone_blank`: one row has a blank, and sums say nothing. `short` (of a
    cell), `shifted` and `in_pieces` are positions of rows; `crowded` says that figures of other rows are broken.
    """

    sums_hold: bool
    lone_blank: bool
    short: list[int]
    shifted: list[int]
    in_pieces: list[int]
    crowded: bool


def _testimony(block: FigureBlock, found: dict[int, RowMatch], rows: list[list[FigureReading]]) -> _Testimony:
    values = list(map(_values, rows))
    blank_rows = sum(any(map(_is_blank, readings)) for readings in rows)
    sums_hold = _sums_hold(values)
    legible = [row for row, each in enumerate(rows) if not any(one.value is None and one.raw for one in each)]
    in_pieces = [position for position, match in found.items() if _is_in_pieces(match)]
    few_in_pieces = len(in_pieces) <= _MOST_IN_PIECES * len(found)
    beside_blanks = blank_rows > 0 and sums_hold
    return _Testimony(
        sums_hold,
        blank_rows == 1 and not sums_hold,
        _short_rows(values),
        _shifted_rows(values, legible) if beside_blanks else _impossible_rows(values, legible),
        in_pieces if sums_hold and few_in_pieces else [],
        _figures_are_broken(block, found, values, legible),
    )


def _figures_are_broken(
    block: FigureBlock, found: dict[int, RowMatch], values: list[list[float | None]], legible: list[int]
) -> bool:
    """Whether several rows have too many figures, or parts of others and a row that does not add up."""
    if sum(_has_too_many(match, block) for match in found.values()) >= _FEWEST_CROWDED:
        return True
    if sum(map(_holds_doubts, found.values())) < _FEWEST_CROWDED:
        return False
    return any(row in found and not _adds_up(values[row]) for row in legible)


def _first_distrusted(
    position: int, match: RowMatch | None, readings: list[FigureReading], testimony: _Testimony
) -> int:
    """The column from which on a row's figures are not to be trusted; behind the last one where all are."""
    values = _values(readings)
    none, adds_up = len(readings), _adds_up(values)
    if match and match.likeness <= FORCED:
        return 0
    if match and position in testimony.short and not readings[-1].raw:
        return 0
    if testimony.lone_blank and match and not match.record.aligned:
        blanks = [column for column, reading in enumerate(readings) if _is_blank(reading)]
        return blanks[0] if len(blanks) == 1 and blanks[0] < none - 1 and not adds_up else none
    if position in testimony.shifted:
        return values.index(None)
    if match and not match.record.aligned and testimony.sums_hold and not adds_up and _has_its_sum_amid(values):
        return 0
    doubtful = testimony.crowded or position in testimony.in_pieces or _holds_broken_line(match, none)
    return 0 if match and doubtful and not adds_up else none


def _begins_with_its_number(position: int, values: list[float | None]) -> bool:
    """Whether the first figure of a row is that of its place in the form, and the row adds up without it only."""
    first, *others = values
    return first == position + 1 and others[-1] != 0 and _adds_up(others)


def _values(readings: list[FigureReading]) -> list[float | None]:
    return [reading.value for reading in readings]


def _has_its_sum_amid(values: list[float | None]) -> bool:
    """Whether a figure before the last is the sum of all others: the text has them in another order than the page."""
    whole = sum(value or 0 for value in values)
    return None not in values and values[-1] != 0 and any(value and 2 * value == whole for value in values[:-1])


def _has_too_many(match: RowMatch, block: FigureBlock) -> bool:
    return not match.record.tabular and len(match.record.numbers) > len(block.columns)


def _holds_doubts(match: RowMatch) -> bool:
    """Whether figures of a row may be parts of others."""
    return any(each.cell.text.endswith(UNSURE) for each in match.record.row)


def _holds_broken_line(match: RowMatch | None, width: int) -> bool:
    """Whether a figure outside tables goes on in the next line, where its end may be taken for the next figure.

    Not where its own line has all figures of the row.
    """
    if match is None or match.record.tabular:
        return False
    lines = [each.cell.place.line for each in match.record.figures]
    broken = (each for each in match.record.figures if is_broken(each.reading))
    return any(lines.count(each.cell.place.line) < width for each in broken)


def _is_in_pieces(match: RowMatch) -> bool:
    """Whether the figures of a row, a line each, do not follow each other evenly."""
    lines = [each.cell.place.line or 0 for each in match.record.numbers]
    steps = {below - above for above, below in pairwise(lines)}
    return not match.record.tabular and len(steps) > 1 and 0 not in steps


def _is_blank(reading: FigureReading) -> bool:
    """Whether the cell is there and empty, not illegible."""
    return reading.value is None and reading.confidence > LOST and not reading.raw


def _sums_hold(rows: list[list[float | None]]) -> bool:
    """Whether nearly all rows without blanks add up, several that are not all zeros among them."""
    whole = [values for values in rows if values[-1] and None not in values]
    holding = sum(map(_adds_up, whole))
    return holding >= _ENOUGH_SUMS and holding >= _NEARLY_ALL * len(whole)


def _blanks_are_zeros(rows: list[list[float | None]]) -> bool:
    """Whether some row with a blank cell adds up without it."""
    return any(values[-1] and None in values and _adds_up(values) for values in rows)


def _short_rows(rows: list[list[float | None]]) -> list[int]:
    """Rows without total whose last figure may be it, as other rows have theirs: they lost a cell in front of it.

    It may be if it is the sum of the others; or more than that, or less, as a wrong total is, and columns do not say
    otherwise. Rows that may be short themselves say nothing.
    """
    if 2 * sum(values[-1] is not None for values in rows) <= len(rows):
        return []
    return [row for row, values in enumerate(rows) if _may_end_with_total(row, values, rows)]


def _may_end_with_total(row: int, values: list[float | None], rows: list[list[float | None]]) -> bool:
    *parts, last, total = values
    excess = (last or 0) - sum(part or 0 for part in parts)
    if total is not None or not last:
        return False
    others_are_short = any(other[-1] is None and any(other) for other in _in_sums_with(row, rows))
    if not excess or (excess > 0 and others_are_short):
        return True
    put_back = ([*values[:at], None, *values[at:-1]] for at in range(len(parts) + 1))
    enough = max(_columns_adding_up(row, values, rows), 1 if excess < 0 else 0)
    return any(_columns_adding_up(row, whole, rows) >= enough for whole in put_back)


def _in_sums_with(row: int, rows: list[list[float | None]]) -> list[list[float | None]]:
    """The other rows of the sums of columns that a row is part of, but for the outcomes among each other."""
    if 1 < row < len(rows) - _SUMS_BELOW:
        return [rows[-_SUMS_BELOW]]
    return [each for n, each in enumerate(rows) if n != row and not 1 < n < len(rows) - _SUMS_BELOW]


def _columns_adding_up(row: int, values: list[float | None], rows: list[list[float | None]]) -> int:
    """How many columns add up if a row holds these values."""
    changed = [*rows[:row], values, *rows[row + 1 :]]
    return sum(_column_adds_up(changed, column, row) for column in range(len(values)))


def _shifted_rows(rows: list[list[float | None]], legible: list[int]) -> list[int]:
    """Those legible rows that one blank cell shifted to the right, as the sums of columns say, or no sum denies.

    Such a row does not add up. Where blanks stand for zeros, one in front is odd if it is the only one or the
    total is less than a part.
    """
    broken = [row for row in legible if None in rows[row] and rows[row][-1] is not None and not _adds_up(rows[row])]
    if _blanks_are_zeros(rows):
        broken = [row for row in broken if rows[row][0] is None]
        broken = [row for row in broken if rows[row].count(None) == 1 or _exceeds_total(rows[row])]
    back = [_without_first_blank(values) if row in broken else values for row, values in enumerate(rows)]
    return [row for row in broken if _stands_better(row, back, rows)]


def _impossible_rows(rows: list[list[float | None]], legible: list[int]) -> list[int]:
    """Rows that begin with a blank and whose total is less than a part, as no total of other rows is."""
    odd = [row for row in legible if rows[row][0] is None and rows[row][-1] is not None and _exceeds_total(rows[row])]
    if not odd:
        return []
    whole = [values for values in rows if values[-1] and None not in values]
    possible = sum(not _exceeds_total(values) for values in whole)
    return odd if possible >= _ENOUGH_SUMS and possible >= _NEARLY_ALL * len(whole) else []


def _exceeds_total(values: list[float | None]) -> bool:
    *parts, total = values
    return max(part or 0 for part in parts) > (total or 0)


def _without_first_blank(values: list[float | None]) -> list[float | None]:
    at = values.index(None)
    return [*values[:at], *values[at + 1 :], None]


def _stands_better(row: int, back: list[list[float | None]], rows: list[list[float | None]]) -> bool:
    """Whether more columns add up with the row put back; where as many do, whether its parts exceed its total.

    A row that lacks nothing but its first figure and alone does not add up is taken for shifted as well.
    """
    blank = rows[row].index(None)
    differing = [n for n in range(blank, len(rows[row]) - 1) if back[row][n] != rows[row][n]]
    votes = sum(_column_adds_up(back, n, row) for n in differing)
    votes -= sum(_column_adds_up(rows, n, row) for n in differing if n > blank)
    *parts, total = rows[row]
    lacks_the_first = blank == 0 and None not in rows[row][1:]
    return votes > 0 or (not votes and (lacks_the_first or sum(part or 0 for part in parts) > (total or 0)))


def _column_adds_up(rows: list[list[float | None]], column: int, row: int) -> bool:
    """Whether a column adds up by the sum that the row is part of."""
    new, carried_in, *outcomes, total, carried_out = (values[column] or 0 for values in rows)
    if 1 < row < len(rows) - 1:
        return sum(outcomes) == total
    return new + carried_in == total + carried_out


def spread_group_rows(
    block: FigureBlock, matches: dict[int, list[RowMatch]], figures: dict[str, FigureReading]
) -> None:
    """Judge rows that stand for a group of the form as a whole, such as 其他处理 written as one row instead of three.

    No figure of such a row belongs to any row of the group, but a 0 means that all of them are 0.
    """
    groups: dict[str, list[int]] = {}
    for position, row in enumerate(block.rows):
        if row.group:
            groups.setdefault(row.group, []).append(position)
    for group, positions in groups.items():
        found = [position for position in positions if position in matches]
        rows = [block.rows[position] for position in positions]
        if len(found) != 1 or len(positions) == 1 or not _names_group(matches[found[0]][0].label, group, rows):
            continue
        for column, key in enumerate(block.row_keys[found[0]]):
            whole = figures[key]
            for position in positions:
                figures[block.row_keys[position][column]] = (
                    replace(whole, confidence=CONFIRMED)
                    if whole.value == 0
                    else FigureReading(None, whole.raw, LOST, whole.place)
                )


def _names_group(label: str, group: str, rows: Sequence[Row]) -> bool:
    """Whether a label ends with the group's name and has none of its rows in it."""
    name = unnumbered(label)
    within = (unnumbered(row.label) for row in rows)
    return name.endswith(unnumbered(group)) and not any(each in name and each not in group for each in within)


def _adds_up(values: list[float | None]) -> bool:
    *parts, total = values
    return total is not None and sum(part or 0 for part in parts) == total


def _drop(reading: FigureReading) -> None:
    reading.value, reading.confidence = None, LOST
