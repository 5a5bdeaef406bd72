"""Tables in the notation of MediaWiki, between `{|` and `|}`.

`|-` opens a row; a cell stands in a line of its own, `| a`, or behind another, `| a || b`; with `!` for `|` it is a
heading; attributes and one more bar may stand before the text: `| rowspan="2" | a`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loaders.document import Place, Table
from loaders.patterns import pattern_of
from loaders.reading.text.written_cells import WrittenCell, placed

_OPENS, _CLOSES, _NEW_ROW, _CAPTION = "{|", "|}", "|-", "|+"
_PARTS = pattern_of(r"\|\||!!")
_ATTRIBUTES = pattern_of(r"\s*(?:[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s|]+)\s*)+\|(?!\|)")
_SPAN = pattern_of(r"(row|col)span\s*=\s*[\"']?(\d+)")
_LONGEST_CELL = 400  # characters; what is longer is no cell, and the table was not closed


def read_wiki_table(lines: Sequence[str], start: int) -> tuple[Table | None, int]:
    """The table that opens in line `start`, and the line after it; None where there is no such table."""
    if not lines[start].lstrip().startswith(_OPENS):
        return None, start
    end = next((n for n in range(start + 1, len(lines)) if lines[n].strip().startswith(_CLOSES)), len(lines))
    rows: list[list[WrittenCell]] = [[]]
    for n in range(start + 1, end):
        line = lines[n].strip()
        if line.startswith(_NEW_ROW):
            rows.append([])
        elif line.startswith(("|", "!")) and not line.startswith(_CAPTION):
            rows[-1] += _cells(lines[n], n + 1)
        elif line and rows[-1] and not line.startswith(_CAPTION):
            rows[-1][-1] = _longer(rows[-1][-1], line)
    cells = list(placed([row for row in rows if row]))
    if not cells or max(len(cell.text) for cell in cells) > _LONGEST_CELL:
        return None, start
    widths = {sum(cell.columns for cell in row) for row in rows if row}
    spans = any(cell.row_span > 1 for cell in cells)
    return Table(cells, Place(line=start + 1, character=1), aligned=spans or len(widths) == 1), end + 1


def _cells(line: str, number: int) -> Iterator[WrittenCell]:
    """The cells that open in a line."""
    at = len(line) - len(line.lstrip()) + 1
    for end in [*(part.start() for part in _PARTS.finditer(line, at)), len(line)]:
        attributes = _ATTRIBUTES.match(line, at, end)
        begin = attributes.end() if attributes else at
        spans = dict(_SPAN.findall(attributes[0])) if attributes else {}
        text = line[begin:end]
        character = begin + len(text) - len(text.lstrip()) + 1
        yield WrittenCell(text.strip(), int(spans.get("row", 1)), int(spans.get("col", 1)), number, character)
        at = end + 2


def _longer(cell: WrittenCell, line: str) -> WrittenCell:
    text = f"{cell.text}\n{line}" if cell.text else line
    return WrittenCell(text, cell.rows, cell.columns, cell.line, cell.character)
