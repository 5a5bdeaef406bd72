"""Tables of Pandoc's plain text in a grid finer than the form: dashes above and below say where its columns stand.

      ---------- -- -- ---------- -- --
      结果维持         结果纠正

      12               0
      ---------- -- -- ---------- -- --

A merged cell stands in the first of its columns. Empty lines part rows, which may have several lines; where there are
none, each line is a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from loaders.document import Cell, Table
from loaders.patterns import pattern_of
from loaders.reading.text.spaced_columns import narrow_width
from loaders.reading.text.text_lines import place_at

_DASHES = pattern_of(r" *-{2,}(?: -{2,}){10,} *")
_GROUP = pattern_of(r"-+")
_MOST_LINES = 2_000


def is_dashed_rule(line: str) -> bool:
    """Whether a line is the upper or lower rule of such a table."""
    return _DASHES.fullmatch(line) is not None


def read_dashed_columns(lines: Sequence[str], start: int) -> tuple[Table | None, int]:
    """The table whose upper rule is line `start`, without columns that are empty throughout; and the line behind it."""
    rule = lines[start]
    if not is_dashed_rule(rule):
        return None, start
    behind = range(start + 1, min(start + _MOST_LINES, len(lines)))
    end = next((n for n in behind if lines[n].strip() == rule.strip()), None)
    if end is None:
        return None, start
    columns = [group.span() for group in _GROUP.finditer(rule)]
    rows = [_row(lines, numbers, columns) for numbers in _lines_of_rows(lines, range(start + 1, end))]
    filled = [at for at in range(len(columns)) if any(text for row in rows for text, _ in row[at : at + 1])]
    cells = [
        Cell(text, number, column, 1, 1, place_at(line + 1, 1))
        for number, row in enumerate(rows)
        for column, (text, line) in enumerate(row[at] for at in filled)
    ]
    return Table(cells, place_at(start + 1, 1)), end + 1


def _lines_of_rows(lines: Sequence[str], within: range) -> list[list[int]]:
    parts = [list(numbers) for is_empty, numbers in groupby(within, key=lambda n: not lines[n].strip()) if not is_empty]
    return parts if len(parts) > 1 else [[number] for part in parts for number in part]


def _row(lines: Sequence[str], numbers: list[int], columns: Sequence[tuple[int, int]]) -> list[tuple[str, int]]:
    """The text of each column in some lines, and the line where it begins."""
    row = [("", numbers[0])] * len(columns)
    for number in numbers:
        for at, part in enumerate(_parts(lines[number], columns)):
            if part:
                text, first = row[at]
                row[at] = (text + part, first if text else number)
    return row


def _parts(line: str, columns: Sequence[tuple[int, int]]) -> list[str]:
    """What stands in each of the columns of the screen."""
    parts = [""] * len(columns)
    position, at = 0, 0
    for character in line:
        while at < len(columns) and position >= columns[at][1]:
            at += 1
        if at < len(columns) and position >= columns[at][0]:
            parts[at] += character
        position += narrow_width(character)
    return [part.strip() for part in parts]
