"""Rows whose cells have line breaks of their own, written with marks between cells: a row then takes several lines.

So does whoever joins the texts of the cells of a Word table. Every row has the same number of marks, which tells where
each one ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from loaders.form.figures import read_figure
from loaders.patterns import pattern_of

_MARKS = ("\t", " | ")
SECTION_HEADING = pattern_of(r"^\s*[（(]?[一二三四五六1-6](?:[)）]|\s*[、.．,，]|\s).{0,24}(?:情况|事项)\s*$")
_LONGEST_LINE = 90  # characters of a line that is a part of a cell
_MOST_LINES_OF_A_CELL = 40
_FEWEST_MARKS, _MOST_MARKS = 2, 60
_MARKS_OF_A_WHOLE_ROW = 4  # lines with as many, and all alike, are whole rows
_FEWEST_ROWS = 3
_MOST_BARS_FOR_EACH = 2
_OPENING = 0.9
_MIXED = 0.05


def joined_rows(lines: Sequence[str]) -> list[tuple[int, str]]:
    """The lines with their numbers, from 1; a row of several lines is one, numbered as its first."""
    for mark in _MARKS:
        counts = [line.count(mark) for line in lines]
        bars = sum(line.count("|") for line, count in zip(lines, counts, strict=True) if count)
        if sum(map(bool, counts)) < _FEWEST_ROWS or (mark != "\t" and bars > _MOST_BARS_FOR_EACH * sum(counts)):
            continue  # so many bars part cells by themselves
        rows = [row for first, last in _tables(lines, counts) for row in _rows(lines, counts, first, last, mark)]
        if rows:
            return _with_rows(lines, rows)
    return list(enumerate(lines, 1))


def _with_rows(lines: Sequence[str], rows: Sequence[range]) -> list[tuple[int, str]]:
    found, done = [], 0
    for row in rows:
        found += [(n + 1, lines[n]) for n in range(done, row.start)]
        found.append((row.start + 1, " ".join(lines[row.start : row.stop])))
        done = row.stop
    return found + [(n + 1, lines[n]) for n in range(done, len(lines))]


def _tables(lines: Sequence[str], counts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """From a line with marks to behind the last one before a heading, running text or too many lines without."""
    first = last = -1
    for n, line in enumerate(lines):
        if counts[n]:
            first = n if first < 0 else first
            last = n
        elif first >= 0 and (_tells(line) or SECTION_HEADING.match(line) or n - last > _MOST_LINES_OF_A_CELL):
            yield first, last + 1
            first = -1
    if first >= 0:
        yield first, last + 1


def _tells(line: str) -> bool:
    """Whether a line is running text: too long for a part of a cell, or a sentence, which no cell of the form is."""
    return len(line) > _LONGEST_LINE or line.rstrip().endswith("。")


def _rows(lines: Sequence[str], counts: Sequence[int], first: int, last: int, mark: str) -> list[range]:
    """The lines of each row of a table whose rows take several; none if it is no such table."""
    for marks in _marks_of_a_row(counts[first:last]):
        if _marks_open(lines[first:last], mark):
            break
        rows = _parted(lines, counts, range(first, last), marks)
        mixed = sum(_mixes(lines[row.start : row.stop], mark) for row in rows)
        if mixed <= _MIXED * len(rows):
            return rows
    return []


def _marks_open(lines: Sequence[str], mark: str) -> bool:
    """Whether marks open or close cells, a line each, or frame rows, instead of parting cells."""
    marked = [line for line in lines if mark in line]
    opening = sum(line.startswith(mark) and line.count(mark) == 1 for line in marked)
    closing = sum(line.count("|") == 1 and line.rstrip().endswith("|") for line in marked)
    return max(opening, closing) > _OPENING * len(marked) or any(
        line.startswith("|") or line.endswith("|") for line in marked
    )


def _marks_of_a_row(counts: Sequence[int]) -> Iterator[int]:
    """How many marks every row may have, where rows take several lines."""
    ends, total = set(), 0
    for count in counts:
        total += count
        ends.add(total)
    usual, often = Counter(count for count in counts if count).most_common(1)[0]
    if usual * often == total and usual > 1:
        return
    most = usual if usual >= _MARKS_OF_A_WHOLE_ROW and 2 * usual * often > total else _MOST_MARKS
    for marks in range(max(_FEWEST_MARKS, *counts), min(most, total // _FEWEST_ROWS) + 1):
        if total % marks == 0 and all(end in ends for end in range(marks, total + 1, marks)):
            yield marks


def _parted(lines: Sequence[str], counts: Sequence[int], table: range, marks: int) -> list[range]:
    """The rows; lines between the last mark of one and the first of the next go to the one if they are figures."""
    rows, begin, seen = [], table.start, 0
    for n in table:
        seen += counts[n]
        ahead = n + 1
        if seen >= marks and not (ahead < table.stop and not counts[ahead] and _is_figure(lines[ahead])):
            rows.append(range(begin, ahead))
            begin, seen = ahead, 0
    return rows


def _mixes(row: Sequence[str], mark: str) -> bool:
    """Whether a cell has both words and figures in lines of their own, which no cell of the form has."""
    cells = ([part for part in cell.split("\n") if part.strip()] for cell in "\n".join(row).split(mark))
    return any(len({_is_figure(part) for part in parts}) > 1 for parts in cells)


def _is_figure(line: str) -> bool:
    return not line.strip() or read_figure(line.strip()).kind != "text"
