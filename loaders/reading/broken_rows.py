"""Rows whose cells have line breaks of their own, written with marks between cells: a row then takes several lines.

So does whoever joins the texts of the cells of a Word table. Every row has the same number of marks, which tells where
each one ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.form.figures import read_figure

_MARKS = ("\t", " | ")
_HEADING = re.compile(r"^\s*[（(]?[一二三四五六1-6](?:[)）]|\s*[、.．,，]|\s).{0,24}(?:情况|事项)\s*$")
_LONGEST_LINE = 90  # characters of a line that is a part of a cell
_MOST_LINES_OF_A_CELL = 40
_FEWEST_MARKS, _MOST_MARKS = 2, 60
_FEWEST_ROWS = 3
_OPENING = 0.9


def joined_rows(lines: Sequence[str]) -> list[tuple[int, str]]:
    """The lines with their numbers, from 1; a row of several lines is one, numbered as its first."""
    rows: list[tuple[int, str]] = []
    done = 0
    for mark in _MARKS:
        counts = [line.count(mark) for line in lines]
        if sum(map(bool, counts)) < _FEWEST_ROWS:
            continue
        for first, last in _tables(lines, counts):
            marks = 0 if _marks_open(lines[first:last], mark) else _marks_of_a_row(counts[first:last])
            if marks and first >= done:
                rows += [(n + 1, lines[n]) for n in range(done, first)]
                rows += _rows(lines, counts, first, last, marks)
                done = last
        if done:
            break
    return rows + [(n + 1, lines[n]) for n in range(done, len(lines))]


def _tables(lines: Sequence[str], counts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """From a line with marks to behind the last one before a heading, running text or too many lines without."""
    first = last = -1
    for n, line in enumerate(lines):
        if counts[n]:
            first = n if first < 0 else first
            last = n
        elif first >= 0 and (len(line) > _LONGEST_LINE or _HEADING.match(line) or n - last > _MOST_LINES_OF_A_CELL):
            yield first, last + 1
            first = -1
    if first >= 0:
        yield first, last + 1


def _marks_open(lines: Sequence[str], mark: str) -> bool:
    """Whether marks open cells, a line each, or frame rows, instead of parting cells."""
    marked = [line for line in lines if mark in line]
    opening = sum(line.startswith(mark) and line.count(mark) == 1 for line in marked)
    return opening > _OPENING * len(marked) or any(line.startswith("|") for line in marked)


def _marks_of_a_row(counts: Sequence[int]) -> int:
    """How many marks every row has, where rows take several lines; 0 if no number fits."""
    ends, total = set(), 0
    for count in counts:
        total += count
        ends.add(total)
    for marks in range(max(_FEWEST_MARKS, *counts), min(_MOST_MARKS, total // _FEWEST_ROWS) + 1):
        if total % marks == 0 and all(end in ends for end in range(marks, total + 1, marks)):
            return 0 if {count for count in counts if count} == {marks} else marks
    return 0


def _rows(lines: Sequence[str], counts: Sequence[int], first: int, last: int, marks: int) -> Iterator[tuple[int, str]]:
    """The rows; lines between the last mark of one and the first of the next go to the one if they are figures."""
    begin, seen = first, 0
    for n in range(first, last):
        seen += counts[n]
        ahead = n + 1
        if seen < marks or (ahead < last and not counts[ahead] and _is_figure(lines[ahead])):
            continue
        yield begin + 1, " ".join(lines[begin:ahead])
        begin, seen = ahead, 0
    if begin < last:
        yield begin + 1, " ".join(lines[begin:last])


def _is_figure(line: str) -> bool:
    return not line.strip() or read_figure(line.strip()).kind != "text"
