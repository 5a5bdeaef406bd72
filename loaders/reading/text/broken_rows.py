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
_FIGURES_OF_A_ROW = (7, 15)


def joined_rows(lines: Sequence[str]) -> list[tuple[int, str]]:
    """The lines with their numbers, from 1; a row of several lines is one, numbered as its first."""
    for mark in _MARKS:
        counts = [line.count(mark) for line in lines]
        bars = sum(line.count("|") for line, count in zip(lines, counts, strict=True) if count)
        if sum(map(bool, counts)) < _FEWEST_ROWS or (mark != "\t" and bars > _MOST_BARS_FOR_EACH * sum(counts)):
            continue  # so many bars part cells by themselves
        tables = ((first, _end_of_last_cell(lines, last, mark)) for first, last in _tables(lines, counts))
        rows = [row for first, end in tables for row in _rows(lines, counts, first, end, mark)]
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


def _end_of_last_cell(lines: Sequence[str], behind: int, mark: str) -> int:
    """Where a table ends whose last marks stand in the line before `behind`: figures of an empty cell are still its.

    Where the last cell has a figure already, another one is the number of the page.
    """
    if not lines[behind - 1].rstrip(" ").endswith(mark.rstrip(" ")):
        return behind
    end = behind
    while end < min(len(lines), behind + _MOST_LINES_OF_A_CELL) and _is_figure(lines[end]):
        end += 1
    return end


def _tells(line: str) -> bool:
    """Whether a line is running text: too long for a part of a cell, or a sentence, which no cell of the form is."""
    return len(line) > _LONGEST_LINE or line.rstrip().endswith("。")


def _rows(lines: Sequence[str], counts: Sequence[int], first: int, last: int, mark: str) -> list[range]:
    """The lines of each row of a table whose rows take several lines; none if it is no such table.

    Where rows may have few marks or many, they have those that leave one as many figures as a row of the form has.
    """
    found: list[list[range]] = []
    for marks in _marks_of_a_row(counts[first:last]):
        if _marks_open(lines[first:last], mark):
            break
        rows = _parted(lines, counts, range(first, last), mark, marks)
        mixed = sum(_mixes(lines[row.start : row.stop], mark) for row in rows)
        if mixed <= _MIXED * len(rows):
            found.append(rows)
    if len(found) > 1:
        return next(
            (rows for rows in found if any(_is_of_form(lines[row.start : row.stop], mark) for row in rows)), found[0]
        )
    return found[0] if found else []


def _is_of_form(row: Sequence[str], mark: str) -> bool:
    """Whether a row ends in as many figures as one of applicants or results has."""
    kinds = [_is_figure(cell.replace("\n", "")) for cell in reversed("\n".join(row).split(mark))]
    return (kinds.index(False) if False in kinds else len(kinds)) in _FIGURES_OF_A_ROW


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


def _parted(lines: Sequence[str], counts: Sequence[int], table: range, mark: str, marks: int) -> list[range]:
    """The rows; lines between the last mark of one and the first of the next go to the one if they are its last cell's.

    So are figures, unless words stand before them in that cell, and words that repeat those of the cell before it.
    """
    rows, begin, seen = [], table.start, 0
    for n in table:
        seen += counts[n]
        if seen >= marks and not _last_cell_goes_on(lines, counts, range(begin, n + 1), table.stop, mark):
            rows.append(range(begin, n + 1))
            begin, seen = n + 1, 0
    return rows


def _last_cell_goes_on(lines: Sequence[str], counts: Sequence[int], row: range, end: int, mark: str) -> bool:
    if row.stop >= end or counts[row.stop]:
        return False
    cells = "\n".join(lines[row.start : row.stop]).split(mark)
    last = cells[-1].strip()
    if _is_figure(lines[row.stop]):
        return _is_figure(last.replace("\n", ""))
    repeats = cells[-2].strip().startswith(f"{last}\n{lines[row.stop].strip()}")
    return bool(last) and (repeats or _figures_follow(lines, counts, range(row.stop, end), mark))


def _figures_follow(lines: Sequence[str], counts: Sequence[int], rest: range, mark: str) -> bool:
    """Whether the words here end above a row that begins with a figure, so that they are no label of it."""
    behind = next((n for n in rest if counts[n] or _is_figure(lines[n])), None)
    first = lines[behind].partition(mark)[0].strip() if behind is not None else ""
    return bool(first) and _is_figure(first)


def _mixes(row: Sequence[str], mark: str) -> bool:
    """Whether a cell has both words and figures in lines of their own, which no cell of the form has."""
    cells = ([part for part in cell.split("\n") if part.strip()] for cell in "\n".join(row).split(mark))
    return any(len({_is_figure(part) for part in parts}) > 1 for parts in cells)


def _is_figure(line: str) -> bool:
    return not line.strip() or read_figure(line.strip()).kind != "text"
