"""Tables drawn in text with rules between their rows: a cell may have several lines, and may span rows and columns.

+--------+----+      Pandoc, docutils and Emacs write them so; frames of box characters are brought to the same shape.
| 行政   | 12 |
| 许可   |    |
+--------+----+
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.document import Cell, Place, Table
from loaders.patterns import pattern_of
from loaders.reading.printed.tables import is_figure
from loaders.reading.text.converter_marks import without_attributes

_FRAME = str.maketrans("┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝─━═", "++++++++++++++++++---")
_BOXED = pattern_of("[┌┬├┼╔╦╠╬─━═]")
_CORNERS = tuple("+┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝")
_FULL_RULE = pattern_of(r"^\s*\+(?:[-=:]+\++)+\s*$")
_RULE_BETWEEN_BARS = pattern_of(r"^\s*\|[-=:]+(?:\+[-=:]+)+\|\s*$")
"""Below a header in what databases print: |------+----|."""
_RULE_OF_ROW = pattern_of(r"\+[-=:]+\+")
"""A rule that ends at a cell which goes on below is no full one."""
_RULE_PART = pattern_of(r"[-=:]+")
_MARK = pattern_of(r"\||\+(?!\d)")
"""Not the sign of a figure."""
_HAN = pattern_of("[一-龥]")
_LINE_BREAK = "\\"
"""What Pandoc ends a line with that goes on in its cell; alone it is a blank cell."""
_FEWEST_COLUMNS = 2
_MOST_RULES_AROUND = 3
"""A table with rules only around it and under its header has a row a line."""

_MANY_FIGURES = 5

_Places = Callable[[str], list[int]]


@dataclass(slots=True)
class _OpenCell:
    column: int
    row: int
    span: int
    place: Place
    parts: list[str] = field(default_factory=list)


def read_drawn_table(lines: Sequence[str], start: int) -> tuple[Table | None, int]:
    """The table whose upper rule stands in line `start`, and the line after it; None where there is no such table.

    Only tables that need their rules are taken: those with a cell of several lines, whose rows all stand between
    rules. Places count lines from 1.
    """
    if not lines[start].lstrip().startswith(_CORNERS) or not _FULL_RULE.match(lines[start].translate(_FRAME)):
        return None, start
    drawn: list[str] = []
    left = len(lines[start]) - len(lines[start].lstrip())
    for line in lines[start:]:
        plain = _without_words_beside(line.translate(_FRAME), left)
        if _RULE_BETWEEN_BARS.match(plain):
            plain = plain.replace("|", "+")
        if not plain.strip().startswith(("+", "|")) or not plain.strip().endswith(("+", "|")):
            break
        if drawn and _FULL_RULE.match(drawn[-1]) and _FULL_RULE.match(plain):
            break  # another table right below
        drawn.append(_blank(plain) if _repeats(plain, drawn) else plain)
    measures = (_wide, _narrow, _doubled) if _BOXED.search(lines[start]) else (_wide, _narrow)
    places = min(measures, key=lambda measure: len({at for line in drawn for at in measure(line)}))
    edges = sorted({at for line in drawn if _RULE_OF_ROW.search(line) for at in places(line)})
    rules = [n for n, line in enumerate(drawn) if _FULL_RULE.match(line)]
    if len(edges) <= _FEWEST_COLUMNS or not any(below - above > 2 for above, below in pairwise(rules)):
        return None, start
    last = drawn[rules[-2] + 1 : rules[-1]]
    one_a_line = len(last) > 1 and (_is_row(last[-1]) or sum(map(_is_row, last)) > 1 or _ends_in_figures(last))
    if len(rules) <= _MOST_RULES_AROUND and one_a_line and not any(map(_RULE_OF_ROW.search, last)):
        return None, start
    shifts = [len(plain) - len(line) for plain, line in zip(drawn, lines[start:], strict=False)]
    cells = _cells(drawn[: rules[-1] + 1], edges, places, start, shifts)
    return Table(cells, Place(line=start + 1, character=1)), start + rules[-1] + 1


def _repeats(line: str, above: Sequence[str]) -> bool:
    """Whether a line with a label and figures stands there twice: to join the two would double each figure's digits."""
    return bool(above) and line == above[-1] and any(map(is_figure, _texts(line))) and bool(_HAN.search(line))


def _blank(line: str) -> str:
    return "".join(character if character in "|+" else " " for character in line)


def _without_words_beside(line: str, left: int) -> str:
    """The line with blanks for words left of the table, as text browsers leave the menu of a page there."""
    if line[:left].isspace() or not left:
        return line
    at = place = 0
    while at < left and place < len(line):
        at += 2 if unicodedata.east_asian_width(line[place]) in "WF" else 1
        place += 1
    return " " * left + line[place:] if at == left and line[place : place + 1] in ("+", "|") else line


def _is_row(line: str) -> bool:
    """Whether a line is a row by itself and not the end of one: its first cell is filled, and a figure stands in it."""
    cells = _texts(line)
    return bool(cells[0]) and any(map(is_figure, cells))


def _ends_in_figures(lines: Sequence[str]) -> bool:
    """Whether many figures stand below words alone: the only row of litigation, whose first cell may be blank."""
    *above, last = [sum(map(is_figure, _texts(line))) for line in lines]
    return last >= _MANY_FIGURES and not any(above)


def _texts(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _narrow(line: str) -> list[int]:
    """The columns of the marks of a line for a program that counts characters."""
    return [match.start() for match in _MARK.finditer(line)]


def _wide(line: str) -> list[int]:
    """The columns of the marks of a line where a Chinese character takes two."""
    if line.isascii():
        return _narrow(line)
    marks = {match.start() for match in _MARK.finditer(line)}
    found, at = [], 0
    for n, character in enumerate(line):
        if n in marks:
            found.append(at)
        at += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return found


def _doubled(line: str) -> list[int]:
    """The columns of the marks of a line where lines of boxes take two, too, as fonts for Chinese draw them."""
    found, at = [], 0
    ruled = _RULE_OF_ROW.search(line) is not None
    for n, character in enumerate(line):
        mark = _MARK.match(line, n) is not None
        if mark:
            found.append(at)
        drawn = mark or (ruled and character in "-=")
        at += 2 if drawn or unicodedata.east_asian_width(character) in "WF" else 1
    return found


def _cells(drawn: list[str], edges: list[int], places: _Places, first_line: int, shifts: list[int]) -> list[Cell]:
    """The cells; `shifts` say how many characters further right each line is drawn than it stands in the file."""
    cells: list[Cell] = []
    open_cells: dict[int, _OpenCell] = {}
    row = 0
    for number, line in enumerate(drawn):
        ruled = False
        for column, end, text, offset in _segments(line, edges, places):
            if _RULE_PART.fullmatch(text.strip()) and len(text.strip()) == len(text):
                ruled = True
                for closed in [each for each in open_cells if column <= each < end]:
                    cells.append(_closed(open_cells.pop(closed), row))
                continue
            cell = open_cells.get(column)
            if cell is None:
                place = Place(line=first_line + number + 1, character=offset + 1 - shifts[number])
                cell = open_cells[column] = _OpenCell(column, row, end - column, place)
            cell.parts.append(text.strip().removesuffix(_LINE_BREAK).rstrip())
        row += ruled and number > 0
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _segments(line: str, edges: list[int], places: _Places) -> list[tuple[int, int, str, int]]:
    """What stands between the marks of a line: first column, column after the last, text, its offset.

    A line with a mark for each edge is taken apart by counting, so that characters of doubtful width do no harm.
    """
    marks = [match.start() for match in _MARK.finditer(line)]
    columns = list(range(len(edges))) if len(marks) == len(edges) else [_nearest(at, edges) for at in places(line)]
    return [
        (columns[n], columns[n + 1], line[marks[n] + 1 : marks[n + 1]], marks[n] + 1)
        for n in range(len(marks) - 1)
        if columns[n] < columns[n + 1]
    ]


def _nearest(at: int, edges: list[int]) -> int:
    right = bisect_left(edges, at)
    if right == 0 or (right < len(edges) and edges[right] - at <= at - edges[right - 1]):
        return right
    return right - 1


def _closed(cell: _OpenCell, row: int) -> Cell:
    text = "".join(cell.parts)
    text = without_attributes(text) if "]{" in text else text
    return Cell(text, cell.row, cell.column, max(row - cell.row + 1, 1), cell.span, cell.place)
