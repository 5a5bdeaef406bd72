r"""Tables of Org notation whose rows take several lines.

| 行政事\\       | 12 |    A part that ends with two backslashes goes on below.
| 业性收费       |    |
|                |    |    Behind a row of empty cells comes the next paragraph of the cells above.
| （单位：万元） |    |
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from loaders.document import Cell, Place, Table
from loaders.form.figures import read_figure
from loaders.patterns import pattern_of

_BREAK = "\\\\"
_BROKEN_ROW = pattern_of(r"^\s*\|.*\\\\\s*\|")
_RULE = pattern_of(r"^\s*\|[-+]+\|?\s*$")
_EMPTY_ROW = pattern_of(r"^\s*\|(?:\s*\|)+\s*$")
_MOST_EMPTY = 4  # lines before the table
_FEWEST_PARAGRAPHS = 4  # behind empty rows, so that these stand between paragraphs


def read_org_table(lines: Sequence[str], start: int) -> tuple[Table | None, int]:
    """The table that begins in line `start` or behind empty lines, and the line after it.

    None where no cell of it has a line break or several paragraphs. Places count lines and characters from 1.
    """
    stop = start = next((n for n in range(start, min(start + _MOST_EMPTY, len(lines))) if lines[n].strip()), start)
    while stop < len(lines) and lines[stop].lstrip().startswith("|"):
        stop += 1
    if not any(map(_BROKEN_ROW.match, lines[start:stop])) and not _has_paragraphs(lines[start:stop]):
        return None, stop
    cells: list[Cell] = []
    above: list[Cell] = []
    goes_on = paragraph_ended = False
    for number in range(start, stop):
        if _RULE.match(lines[number]):
            continue
        parts = _parts(lines[number])
        if not any(text for text, _ in parts):
            paragraph_ended = True
            continue
        if above and (goes_on or (paragraph_ended and not any(_is_figure(text) for text, _ in parts))):
            for cell, (text, _) in zip(above, parts, strict=False):
                cell.text = f"{cell.text}\n{_unbroken(text)}".strip("\n")
        else:
            row = above[0].row + 1 if above else 0
            above = [Cell(_unbroken(text), row, n, place=_place(number, at)) for n, (text, at) in enumerate(parts)]
            cells += above
        goes_on = any(text.endswith(_BREAK) for text, _ in parts)
        paragraph_ended = False
    return Table(cells, _place(start, 0), aligned=False), stop


def _has_paragraphs(rows: Sequence[str]) -> bool:
    behind = [row for above, row in pairwise(rows) if _EMPTY_ROW.match(above) and not _EMPTY_ROW.match(row)]
    words = sum(not any(_is_figure(text) for text, _ in _parts(row)) for row in behind)
    return words >= _FEWEST_PARAGRAPHS and words > len(behind) / 2


def _parts(line: str) -> list[tuple[str, int]]:
    """What stands between the bars of a line, each with its offset."""
    found, offset = [], line.index("|") + 1
    for part in line.rstrip().removesuffix("|")[offset:].split("|"):
        found.append((part.strip(), offset + len(part) - len(part.lstrip()) if part.strip() else offset))
        offset += len(part) + 1
    return found


def _unbroken(text: str) -> str:
    return text.removesuffix(_BREAK).rstrip()


def _is_figure(text: str) -> bool:
    return bool(text) and read_figure(text).kind == "figure"


def _place(number: int, offset: int) -> Place:
    return Place(line=number + 1, character=offset + 1)
