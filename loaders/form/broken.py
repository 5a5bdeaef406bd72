"""Figures too long for their column, whose last digits the file holds in the line below their row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from loaders.form.above_rests import drop_above_rests
from loaders.form.aligning import RowMatch
from loaders.form.editions import FigureBlock, Row
from loaders.form.figures import DOUBT, ends_in_open_unit, is_broken, read_figure
from loaders.form.labels import bare, unnumbered
from loaders.form.placement import LOST, SETTLED_BY_SUM
from loaders.form.records import Record
from loaders.form.rows import RowCell
from loaders.patterns import pattern_of
from loaders.report import FigureReading

_COUNT = pattern_of(r"\d+")
_NO_DIGIT = pattern_of(r"\D")
_UNIT = pattern_of(r"\s*[（(]?件[)）]?$")
_REST = pattern_of(r"\d{1,3}")
END_OF_FIGURE = pattern_of(r"(\d{0,3})(?:[.．]\d{0,2})?[（(]?件?[)）]?|[—－]")
"""What stands below a figure too long for its column: its last digits, its decimals, its unit, or all of these.

Also the second half of a dash.
"""

_IN_TWO_LINES = pattern_of(r"[1-9]\d*\n\d{1,3}(?:[（(]件[)）])?")
_END_WITH_UNIT = pattern_of(r"(\d{1,3})[（(](?:件[)）]?)?")
"""Of a figure that was broken within, since the unit behind it has a bracket that nothing else opens."""

_NUMBER_OF_A_PAGE = 1  # number that may stand below a row; more are the ends of figures
_MOST_TOO_MANY = 2
"""So many figures more than columns may be ends of others."""

_MOST_ENDS = 5
"""With more there are too many ways to take them, and chance makes one of them add up."""

_IN_A_LINE = 0.9

_IMPOSSIBLE = 1e9
"""No agency receives so many applications."""

_FEWEST_DIGITS = 3
"""A column of several digits has room for so many at least."""

_BEGINNING = 2
"""Characters that a label begins with."""

_NARROWEST, _HALF_WIDTH = 2, "\u1100"
"""A column has room for so many digits; those of full width take two of them."""


def join_broken_figures(
    block: FigureBlock,
    matches: dict[int, list[RowMatch]],
    records: Sequence[Record],
    figures: dict[str, FigureReading],
) -> None:
    """Judge rows of the applications table that do not add up and have digits below them that are no row of the form.

    Where the row adds up with the digits behind one choice of its figures and no other, they belong there. Else
    figures that may be broken are dropped, and so is a row with an impossible figure.
    """
    below = {record.index - 1: record for record in records}
    used = {match.record.index for found in matches.values() for match in found}
    for position, found in matches.items():
        record = found[0].record
        readings = [figures[key] for key in block.row_keys[position]]
        if record.aligned and _is_sound(readings):
            continue
        if record.aligned:
            columns = zip(*block.row_keys, strict=True)
            _join_in_cells(readings, [[figures[key] for key in keys] for keys in columns])
        row = block.rows[position]
        following = None if record.aligned else _rests_below(found, below, used, row, len(block.columns))
        _join_row(row, readings, record, following)
        drop_above_rests(readings, record, below)


def _rests_below(
    found: list[RowMatch], below: dict[int, Record], used: set[int], row: Row, width: int
) -> Record | None:
    """What stands below a row and may be the ends of its figures.

    It is no row of the form, but one taken for the same row, or for another by words that go on with this row's label.
    """
    following = below.get(found[0].record.index)
    if following is None or following.index not in used:
        return following
    rests = [match.record for match in found[1:] if len(match.record.numbers) < width]
    goes_on = _stand_beside_its_label(following, row, width)
    return following if goes_on or any(following is rest for rest in rests) else None


def _join_row(row: Row, readings: list[FigureReading], record: Record, following: Record | None) -> None:
    """Judge a row with what stands below it, if anything does that may belong to it."""
    digits = _part_line(readings, record) or digits_below(record, following)
    beyond = record.figures[len(readings) :]
    with_units = digits == _ends_with_units(record) or _have_units(_cells_of(following) if following else beyond)
    narrowest = 1 if digits and with_units else _NARROWEST
    values = [reading.value for reading in readings]
    if any(value is not None and value >= _IMPOSSIBLE for value in values):
        _drop(readings)  # two figures in one, and those behind them a column too far left
    if len(record.begun) > len(values) and values == [None] * len(values):
        _put_together(readings, record.begun)
        return
    goes_on = len(digits) > _NUMBER_OF_A_PAGE and _stand_beside_its_label(following, row, len(values))
    if None not in values and _adds_up(values) and not goes_on:
        return
    if not digits:
        if not _join_with_figure_left_over(readings, record, following):
            _join_with_those_in_front(readings, record)
        return
    unknown = any(map(_is_unknown, readings))
    if unknown and narrowest > 1 and not any(ends_in_open_unit(each.raw) for each in readings):
        return
    texts = [reading.raw for reading in readings]
    whole = None if unknown else only_whole_row(texts, values, digits, _adds_up, narrowest)
    if whole is not None:
        _write_whole(readings, whole)
    elif following is None or _goes_on(following, row):
        each_has_one = len(digits) >= len(readings)  # then every second figure is the end of another
        _drop(reading for reading in readings if each_has_one or _may_go_on(reading.raw, narrowest))


def _join_with_figure_left_over(readings: list[FigureReading], record: Record, following: Record | None) -> bool:
    """Judge a row of saved text below which a figure stands alone: with it one more than columns, one was broken."""
    if following is None or following.tabular or following.own_labels or len(following.numbers) != 1:
        return False
    numbers = [*record.numbers, *following.numbers]
    if len(numbers) != len(readings) + 1 or not following.numbers[0].reading.value():
        return False
    _drop(readings)
    _put_together(readings, numbers)
    return True


def _join_with_those_in_front(readings: list[FigureReading], record: Record) -> None:
    """Write a row that adds up with the digits in front of the next row's label: they may as well be its number."""
    words = record.after[0].split() if record.after and not record.aligned else []
    label = next((n for n, word in enumerate(words) if not _REST.fullmatch(word)), 0)
    values = [reading.value for reading in readings]
    if label and None not in values:
        whole = only_whole_row([reading.raw for reading in readings], values, words[:label], _adds_up)
        if whole is not None:
            _write_whole(readings, whole)


def _write_whole(readings: list[FigureReading], whole: Sequence[float]) -> None:
    for reading, value in zip(readings, whole, strict=True):
        if reading.value != value:
            reading.raw, reading.value, reading.confidence = f"{value:.0f}", value, SETTLED_BY_SUM


def _is_sound(readings: Sequence[FigureReading]) -> bool:
    """Whether all figures of a row are there, and none is two in one."""
    return all(reading.value is not None and reading.value < _IMPOSSIBLE for reading in readings)


def _join_in_cells(readings: Sequence[FigureReading], columns: Sequence[Sequence[FigureReading]]) -> None:
    """Write figures that stand in two lines of their cells where the row adds up with them.

    Not where they are two each, as of this year and the last: then the first line has room for more, as a figure of the
    same column shows, or the row adds up with the first lines alone.
    """
    broken = [reading for reading in readings if reading.value is None and _IN_TWO_LINES.fullmatch(reading.raw)]
    if not broken:
        return
    joined = {id(reading): read_figure(reading.raw.replace("\n", "")).value() for reading in broken}
    first = {id(reading): float(reading.raw.partition("\n")[0]) for reading in broken}
    values = [joined.get(id(reading), reading.value) for reading in readings]
    if None in values or not _adds_up(values):
        return
    if any(map(_has_room, readings, columns)) or _adds_up(
        [first.get(id(reading), reading.value) for reading in readings]
    ):
        return
    for reading in broken:
        reading.value, reading.confidence = joined[id(reading)], SETTLED_BY_SUM


def _has_room(reading: FigureReading, column: Sequence[FigureReading]) -> bool:
    """Whether the first of two lines is shorter than a figure of its column that has one, for want of a unit behind it.

    The unit behind the second, which needs more room, may have broken the figure in front of its last digit.
    """
    first, _, second = reading.raw.partition("\n")
    return second.isdecimal() and any(each.raw.isdecimal() and len(each.raw) > len(first) for each in column)


def is_rest(match: RowMatch, row: Row) -> bool:
    """Whether few figures in saved text stand beside the end of a label only: they may be ends of those above them."""
    record, label = match.record, bare(match.label)
    if not (record.tabular and label and record.numbers and may_be_rest(record, len(record.figures))):
        return False
    begins = any(label.startswith(form[:_BEGINNING]) for form in (bare(row.label), unnumbered(row.label)))
    return _is_numbered(row.label) and not (begins or _is_numbered(match.label))


def _is_numbered(label: str) -> bool:
    return bare(label) != unnumbered(label)


def may_be_rest(record: Record, width: int) -> bool:
    """Whether few figures in saved text are perhaps the last digits of those in the line above."""
    return not record.aligned and 2 * len(record.numbers) < width


def _part_line(readings: list[FigureReading], record: Record) -> list[str]:
    """The digits that were taken for more figures of a line that is whole without them; the line is written then."""
    if not record.pieced:
        return []
    line = [each for each in record.row if any(each is other for other in record.figures)]
    if len(line) != len(readings):
        return []
    digits = ends_of_figures(record.figures[len(line) :])
    if len(digits) >= len(line):
        return []  # they may be a row that lost its label
    for reading, each in zip(readings, line if digits else (), strict=False):
        reading.value = each.reading.value() if each.reading.kind == "figure" else None
        reading.raw, reading.place, reading.confidence = each.cell.text.strip(), each.cell.place, _IN_A_LINE
    return digits


def _is_unknown(reading: FigureReading) -> bool:
    return reading.value is None and not is_broken(read_figure(reading.raw))


def _put_together(readings: list[FigureReading], numbers: list[RowCell]) -> None:
    """Write a row with more figures than columns, where joining neighbours in one way and no other makes it add up."""
    whole = only_way_to_join(numbers, len(readings), _adds_up)
    for reading, (text, at) in zip(readings, whole or (), strict=False):
        reading.raw, reading.value, reading.confidence = text, float(text), SETTLED_BY_SUM
        reading.place = numbers[at].cell.place


def only_way_to_join(
    numbers: Sequence[RowCell], width: int, adds_up: Callable[[Sequence[float | None]], bool]
) -> list[tuple[str, int]] | None:
    """Of somewhat more numbers than columns, those put together that were broken: the text of each and where it began.

    None unless the row adds up in one way and no other.
    """
    broken = {at for at, each in enumerate(numbers) if is_broken(each.reading)}
    texts = [_UNIT.sub("", each.cell.text.strip()) for each in numbers]
    texts = [_NO_DIGIT.sub("", text) if at in broken else text for at, text in enumerate(texts)]
    too_many = len(texts) - width
    if too_many > _MOST_TOO_MANY or not all(map(_COUNT.fullmatch, texts)):
        return None
    breaks = [at for at in range(len(texts) - 1) if len(texts[at]) >= _FEWEST_DIGITS and _REST.fullmatch(texts[at + 1])]
    possible = [_parts(texts, joined) for joined in combinations(breaks, too_many) if broken <= set(joined)]
    ways = [parts for parts in possible if adds_up([int(part) for part, _ in parts])]
    return ways[0] if len(ways) == 1 else None


def _parts(texts: Sequence[str], joined: Sequence[int]) -> list[tuple[str, int]]:
    """The texts and where each stands, those whose number is in `joined` together with the next one."""
    parts: list[tuple[str, int]] = []
    for at, text in enumerate(texts):
        if at - 1 in joined:
            before, start = parts.pop()
            parts.append((before + text, start))
        else:
            parts.append((text, at))
    return parts


def _stand_beside_its_label(following: Record | None, row: Row, width: int) -> bool:
    """Whether the line below is surely the second one of a row: the rest of its label, and fewer figures."""
    if following is None or following.aligned or not following.own_labels:
        return False
    return 0 < len(following.numbers) < width and _goes_on(following, row)


def _goes_on(record: Record, row: Row) -> bool:
    """Whether what stands left of a record's figures is part of a row's label, or nothing."""
    words, _ = _label_and_ends(each.cell.text for each in _cells_of(record))
    label = bare(row.group + row.label)
    return all(bare(word) in label for word in words) and len(record.labels) <= record.own_labels


def digits_below(record: Record, following: Record | None) -> list[str]:
    """What may be the ends of figures of a record: below the rest of its label, or behind it on the same line."""
    if not record.aligned and record.after:
        words = [word for text in record.after for word in text.split()]
        if not all(map(END_OF_FIGURE.fullmatch, words)):
            words = record.after[0].split()
        behind = next((n for n in range(len(words), 0, -1) if not END_OF_FIGURE.fullmatch(words[n - 1])), 0)
        if ends := max(_ends(words[behind:]), _ends_with_units(record), key=len):
            return ends
    return ends_of_figures(_cells_of(following)) if following else []


def _ends_with_units(record: Record) -> list[str]:
    """The ends of figures among the words below a record in saved text, each with the unit that was broken off too."""
    words = [] if record.aligned else [word for text in record.after for word in text.replace(DOUBT, " ").split()]
    return [end[1] for end in map(_END_WITH_UNIT.fullmatch, words) if end]


def _have_units(cells: Sequence[RowCell]) -> bool:
    """Whether a unit stands behind some end of a figure in the line below."""
    words = (word for each in cells for word in each.cell.text.split())
    return any(map(_END_WITH_UNIT.fullmatch, words))


def _cells_of(record: Record) -> list[RowCell]:
    """The cells of a line; all figures where each has a line of its own."""
    return record.row if len(record.row) > 1 else record.figures


def ends_of_figures(row: Sequence[RowCell]) -> list[str]:
    """The last digits of figures in the line above, if the row holds nothing else but the rest of a label and units."""
    return _ends(_label_and_ends(each.cell.text for each in row)[1])


def _ends(texts: Iterable[str]) -> list[str]:
    found = [END_OF_FIGURE.fullmatch(text) for text in texts]
    return [end[1] for end in found if end and end[1]] if all(found) else []


def _label_and_ends(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    words = [word for text in texts for word in text.replace(DOUBT, " ").split()]
    label = next((n for n, word in enumerate(words) if END_OF_FIGURE.fullmatch(word)), len(words))
    return words[:label], words[label:]


def only_whole_row(
    texts: Sequence[str],
    values: Sequence[float | None],
    digits: Sequence[str],
    adds_up: Callable[[Sequence[float | None]], bool],
    narrowest: int = _NARROWEST,
) -> list[float] | None:
    """The row that adds up with the digits behind some of its figures, in order, if there is one and no other."""
    broken = {column for column, text in enumerate(texts) if is_broken(read_figure(text))}
    begun = [
        _NO_DIGIT.sub("", text) if value is None else f"{value:.0f}" for text, value in zip(texts, values, strict=True)
    ]
    long = [column for column, text in enumerate(texts) if column in broken or _may_go_on(text, narrowest)]
    ways: list[list[float]] = []
    for columns in combinations(long, len(digits)) if len(digits) <= _MOST_ENDS else ():
        if not broken <= set(columns):
            continue
        whole = [value or 0 for value in values]
        for column, rest in zip(columns, digits, strict=True):
            whole[column] = float(begun[column] + rest)
        if adds_up(whole) and whole not in ways:
            ways.append(whole)
    return ways[0] if len(ways) == 1 else None


def _may_go_on(text: str, narrowest: int) -> bool:
    """Whether a figure is as wide as a narrow column, and no unit ends it."""
    return text[-1:].isdigit() and sum(2 if sign > _HALF_WIDTH else 1 for sign in text) >= narrowest


def _adds_up(values: Sequence[float | None]) -> bool:
    *parts, total = values
    return sum(part or 0 for part in parts) == total


def _drop(readings: Iterable[FigureReading]) -> None:
    for reading in readings:
        reading.value, reading.confidence = None, LOST
