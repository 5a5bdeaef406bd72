"""Tables in the notation of AsciiDoc, between two lines `|===`.

A bar opens a cell, wherever its line ends; `2+|` spans columns, `.3+|` rows, `2.3+|` both, `3*|` stands for as many
equal cells, and letters before the bar say how the cell looks. Where a row ends is told by the number of columns alone:
that of `cols` in the line above, or of the cells in the first line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from loaders.document import Place, Table
from loaders.patterns import pattern_of
from loaders.reading.text.written_cells import WrittenCell, placed

_FENCE = pattern_of(r"\s*\|={3,}\s*$")
_ATTRIBUTES = pattern_of(r"\s*\[(?:.*[\s,%])?cols=.*\]\s*$")
_COLUMNS = pattern_of(r"cols=(?:\"([^\"]*)\"|([^\s,\]]+))")
_REPEATED_COLUMN = pattern_of(r"\s*(\d{1,3})\*")
_BAR = pattern_of(
    r"(?:(?<!\S)(?:(?P<columns>\d{1,2})?(?:\.(?P<rows>\d{1,2}))?(?P<how>[+*]))?[<^>]?(?:\.[<^>])?[adehlmsv]?)?(?<!\\)\|"
)
_LINE_BREAK = pattern_of(r" \+$", re.MULTILINE)
_MOST_CELLS = 100  # the form's widest table has fewer columns; what asks for more was not meant


def read_asciidoc_table(lines: Sequence[str], start: int) -> tuple[Table | None, int]:
    """The table that opens in line `start`, and the line after it; None where there is no such table."""
    opening = start + 1 if _ATTRIBUTES.match(lines[start]) and start + 1 < len(lines) else start
    if not _FENCE.match(lines[opening]):
        return None, start
    end = next((n for n in range(opening + 1, len(lines)) if _FENCE.match(lines[n])), None)
    if end is None:
        return None, start
    cells = list(_cells(lines, opening + 1, end))
    if not cells:
        return None, start
    columns = _declared_columns(lines[start]) if opening > start else 0
    columns = columns or sum(cell.columns for cell in cells if cell.line == cells[0].line)
    if not 0 < columns <= _MOST_CELLS:
        return None, start
    return Table(list(placed(_rows(cells, columns))), Place(line=start + 1, character=1)), end + 1


def _declared_columns(attributes: str) -> int:
    """How many columns are declared, by number (`cols=3`) or one by one (`cols="2,3*,1"`); 0 where none is."""
    found = _COLUMNS.search(attributes)
    if found is None:
        return 0
    columns = (found[1] or found[2] or "").strip()
    if columns.isdecimal():
        return int(columns[:4])  # longer ones ask for too many all the same
    parts = re.split("[,;]", columns)
    declared = [part for part in parts if part.strip()]
    if not declared and len(parts) > 1:
        return len(parts)  # commas alone: columns as usual
    return sum(int(many[1]) if (many := _REPEATED_COLUMN.match(part)) else 1 for part in declared)


def _cells(lines: Sequence[str], begin: int, end: int) -> Iterator[WrittenCell]:
    """The cells in some lines: each from behind its bar to what stands before the next one."""
    text = "\n".join(lines[begin:end])
    bars = list(_BAR.finditer(text))
    line, counted = begin + 1, 0
    for bar, following in zip_longest(bars, bars[1:]):
        until = following.start() if following else len(text)
        inside = text[bar.end() : until]
        at = bar.end() + (len(inside) - len(inside.lstrip()) if inside.strip() else 0)
        line, counted = line + text.count("\n", counted, at), at
        shown = _LINE_BREAK.sub("", inside).replace("\\|", "|").strip()
        many = int(bar["columns"] or 1)
        copies, columns = (many, 1) if bar["how"] == "*" else (1, many if bar["how"] else 1)
        rows = int(bar["rows"] or 1) if bar["how"] == "+" else 1
        character = at - text.rfind("\n", 0, at)
        for _ in range(min(copies, _MOST_CELLS)):
            yield WrittenCell(shown, rows, columns, line, character)


def _rows(cells: Sequence[WrittenCell], columns: int) -> list[list[WrittenCell]]:
    """The cells in rows: one is full when its cells, and those that reach down into it, fill all columns."""
    rows: list[list[WrittenCell]] = [[]]
    reaching: list[int] = [0]
    for cell in cells:
        while reaching[len(rows) - 1] >= columns:
            rows.append([])
            reaching += [0] * (len(rows) - len(reaching))
        here = len(rows) - 1
        reaching += [0] * (here + cell.rows - len(reaching))
        for row in range(here, here + cell.rows):
            reaching[row] += cell.columns
        rows[-1].append(cell)
    return rows
