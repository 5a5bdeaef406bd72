"""The rows of a table of the form whose labels are found on a page without lines, and the figures beside them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

from loaders.document import UNSURE, Cell
from loaders.form.figures import read_figure
from loaders.form.rows import PAGE_NUMBER
from loaders.reading.figure_columns import Column
from loaders.reading.form_columns import Anchors, anchors_of, home_among, reached, ways_to_part
from loaders.reading.lines import line_text
from loaders.reading.page_model import Line, PageLayout, Run, bounding_box
from loaders.reading.printed_words import Glyph, Printed, significant
from loaders.reading.tables import is_figure

LABELS = 3
"""Columns of labels."""

_GROUPS = ("本年度办理结果", "不予公开", "无法提供", "不予处理", "其他处理")

_SLACK, _FARTHEST = 0.25, 2.0
"""Heights of type by which a figure may stand above or below its label, and the rest of a figure that is broken."""

_TIMES_NEARER = 2.0
"""A row must be so many times nearer than others to get what stands not level with its label."""

_LEVEL = 0.35
"""Part of the height of the type between the baselines of one line."""

_UNSURE = 0.3

_NUMBER, _BELOW = re.compile(r"[（(]?[一二三四五六七八\d]+[）)]?[、.．]?"), 2.0
"""A number of a label, and heights of type within which the label begins beside or below it."""

_MOST_WAYS = 64
"""So many ways to part the figures of a row are tried."""

_NUMERALS = "一二三四五六七八"

Figure = tuple[int, Run]
"""The page that a run stands on, and the run."""


@dataclass(slots=True)
class FormRow:
    """A row of the form: its label as printed, and the figures beside it."""

    label: Printed
    figures: list[Figure] = field(default_factory=list)
    number: Figure | None = None
    """The number in front of the label, where that stands by itself."""

    def extent(self, page: int) -> tuple[float, float] | None:
        """Upper and lower edge of the label on a page."""
        found = self.label.extents().get(page)
        if self.number is None or self.number[0] != page:
            return found
        run = self.number[1]
        return (run.top, run.bottom) if found is None else (min(run.top, found[0]), max(run.bottom, found[1]))


@dataclass(slots=True)
class PlacedRow:
    """The figures of a row by column, and whether they may be others."""

    parts: list[list[Figure]]
    doubtful: bool = False

    @property
    def texts(self) -> list[str]:
        """The figures, whole."""
        return [_whole(parts) for parts in self.parts]

    @property
    def is_broken(self) -> bool:
        """Whether a column holds more than one run."""
        return any(len(parts) > 1 for parts in self.parts)


def lines_between(lines: list[list[Line]], rows: Sequence[FormRow]) -> list[tuple[int, Line]]:
    """The lines of the table with their pages, from its first label to its last and what stands beside that."""
    (first, top), last = rows[0].label.start, rows[-1].label.extents()
    end = max(last)
    found: list[tuple[int, Line]] = []
    for page in range(first, end + 1):
        for line in lines[page]:
            slack = _FARTHEST * line.size
            if (page > first or line.bottom > top - slack) and (page < end or line.top < last[end][1] + slack):
                found.append((page, line))
    return found


def add_numbers(rows: list[FormRow], words: list[Printed], lines: list[tuple[int, Line]], edge: float) -> None:
    """Give numbers that stand by themselves to the labels that begin right or below of them."""
    by_label = {id(row.label): row for row in rows}
    for page, line in lines:
        for run in line.runs:
            if run.right > edge or not _NUMBER.fullmatch(run.text):
                continue
            near = [
                (each.glyphs[0].run.baseline - run.baseline, number)
                for number, each in enumerate(words)
                if each.start[0] == page and _may_number(run, each.glyphs[0])
            ]
            row = by_label.get(id(words[min(near)[1]])) if near else _next_row(rows, page, run)
            if row is not None:
                row.number = page, run


def _next_row(rows: list[FormRow], page: int, number: Run) -> FormRow | None:
    """The first row of the next page, where no row begins below a number on its page."""
    if any(row.label.start[0] == page and row.label.start[1] > number.top for row in rows):
        return None
    return next((row for row in rows if row.label.start[0] == page + 1), None)


def _may_number(number: Run, first: Glyph) -> bool:
    size = first.run.height
    return (
        -_LEVEL * size < first.run.baseline - number.baseline < _BELOW * size
        and number.left < first.left + _BELOW * size
        and first.left < number.right + _BELOW * size
    )


def share_out(rows: list[FormRow], lines: list[tuple[int, Line]], edge: float, covered: set[int]) -> bool:
    """Give each figure to the row beside whose label it stands; whether nothing was left over.

    What stands not level with a label may be the rest of a figure of its row, if that has others.
    """
    (first, top), last = rows[0].label.start, rows[-1].label.extents()
    loose: list[Figure] = []
    for page, line in lines:
        outside = (page == first and line.bottom < top) or (page == max(last) and line.top > last[page][1])
        if PAGE_NUMBER.match(line_text(line)) or (outside and not _holds_figures_alone(line, edge)):
            continue
        figures: list[Run] = []
        others: list[Run] = []
        for run in line.runs:
            if id(run) not in covered and (run.right >= edge or any(map(_is_word, run.text))):
                (figures if run.left >= edge - 0.5 * run.height and is_figure(run.text) else others).append(run)
        if others and not figures and not any(id(run) in covered for run in line.runs):
            continue  # something between the pages
        loose += [(page, run) for run in figures if not _give(rows, page, run, _SLACK, [])]
        if not all(_is_of_group(run, rows) for run in others):
            return False
    with_figures = [row for row in rows if row.figures]
    return all(_give(with_figures, page, run, _FARTHEST, rows) for page, run in loose)


def _is_of_group(run: Run, rows: list[FormRow]) -> bool:
    """Whether a run left of the labels of rows is a part of a group's label, which the page's end may cut off."""
    words = significant(run.text)
    return run.right < max(row.label.left for row in rows) and any(words in group for group in _GROUPS)


def _holds_figures_alone(line: Line, edge: float) -> bool:
    """Whether a line above the first or below the last label may be of its row."""
    return line.left > edge and all(is_figure(run.text) for run in line.runs)


def _is_word(sign: str) -> bool:
    return sign.isalnum() and not sign.isdigit() and sign not in _NUMERALS


def _give(rows: list[FormRow], page: int, run: Run, reach: float, all_rows: list[FormRow]) -> bool:
    """Give a figure to the row between whose edges its middle stands, or to the nearest within reach.

    That one must be nearer by far than any other, if all others are given.
    """
    away = _distances(rows, page, run)
    if not away or away[0][0] > reach * run.height:
        return False
    distance, number = away[0]
    others = [other for other, n in _distances(all_rows, page, run) if all_rows[n] is not rows[number]]
    if distance > 0 and others and min(others) < _TIMES_NEARER * distance:
        return False
    rows[number].figures.append((page, run))
    return True


def _distances(rows: list[FormRow], page: int, run: Run) -> list[tuple[float, int]]:
    """How far the middle of a run stands from the labels of rows, the nearest first."""
    extents = ((number, row.extent(page)) for number, row in enumerate(rows))
    found = (
        (max(extent[0] - run.middle, run.middle - extent[1], 0.0), number)
        for number, extent in extents
        if extent is not None
    )
    return sorted(found)


def placed_rows(rows: list[FormRow], columns: list[Column]) -> list[PlacedRow]:
    """The figures of all rows in their columns.

    A row with broken figures that does not add up may have its neighbours', and they its own.
    """
    anchors = anchors_of([[run for _, run in row.figures] for row in rows], len(columns))
    placed = [_with_touching(row, columns, anchors) or _by_column(row, columns) for row in rows]
    amiss = [each.is_broken and not _adds_up(each.texts) for each in placed]
    for n, each in enumerate(placed):
        if any(amiss[max(n - 1, 0) : n + 2]) and (amiss[n] or not _adds_up(each.texts)):
            each.doubtful = True
    return placed


def _with_touching(row: FormRow, columns: list[Column], anchors: list[Anchors]) -> PlacedRow | None:
    """The figures with those parted that touch, if the row then adds up in one way alone."""
    ways: list[list[list[Run]]] = []
    for _, run in row.figures:
        over = reached(run, columns) if home_among(run, columns) is None else []
        ways.append(ways_to_part(run, over, anchors) or [[run]])
    if all(len(parts) == 1 for way in ways for parts in way) or math.prod(map(len, ways)) > _MOST_WAYS:
        return None
    found: list[PlacedRow] = []
    for way in product(*ways):
        pages = [page for page, _ in row.figures]
        figures = [(page, part) for page, parts in zip(pages, way, strict=True) for part in parts]
        placed = _by_column(FormRow(row.label, figures), columns)
        found += [placed] if not placed.doubtful and _adds_up(placed.texts) else []
    return found[0] if len(found) == 1 else None


def _by_column(row: FormRow, columns: list[Column]) -> PlacedRow:
    found = PlacedRow([[] for _ in columns])
    homes = _homes(row, columns)
    found.doubtful = homes is None
    if homes is None:
        homes = [max(range(len(columns)), key=lambda n: columns[n].covers(run)) for _, run in row.figures]
    for figure, home in zip(row.figures, homes, strict=True):
        found.parts[home].append(figure)
    return found


def _homes(row: FormRow, columns: list[Column]) -> list[int] | None:
    """The column of each figure; None where one stands in none or in several."""
    homes = [home_among(run, columns) for _, run in row.figures]
    if len(row.figures) == len(columns) and _is_level(row):
        order = sorted(range(len(columns)), key=lambda n: row.figures[n][1].left)
        counted = [order.index(n) for n in range(len(columns))]
        return counted if all(home in (own, None) for home, own in zip(homes, counted, strict=True)) else None
    return None if None in homes else [home for home in homes if home is not None]


def _is_level(row: FormRow) -> bool:
    page, first = row.figures[0]
    return all(at == page and abs(run.baseline - first.baseline) < _LEVEL * run.height for at, run in row.figures)


def _whole(parts: list[Figure]) -> str:
    """A figure over one line or more; two on one line are not one."""
    ordered = sorted(parts, key=lambda part: (part[0], part[1].baseline, part[1].left))
    level = any(a == b and below.top < above.middle for (a, above), (b, below) in pairwise(ordered))
    return (" " if level else "").join(run.text for _, run in ordered)


def _adds_up(texts: Iterable[str]) -> bool:
    """Whether the last figure is the sum of the others, none of which is blank."""
    readings = [read_figure(text) for text in texts]
    if any(reading.kind != "figure" for reading in readings):
        return False
    *values, total = [reading.value() for reading in readings]
    return bool(values) and sum(values) == total


def figure_cells(
    row: FormRow, placed: PlacedRow, columns: list[Column], number: int, pages: list[PageLayout]
) -> Iterator[Cell]:
    """The cells of a row's figures, behind those for labels."""
    for index, (parts, text) in enumerate(zip(placed.parts, placed.texts, strict=True)):
        page, top = row.label.start
        box = (columns[index].left, top, columns[index].right, row.label.extents()[page][1])
        confidence = 1.0
        others: tuple[str, ...] = ()
        if parts:
            page = parts[0][0]
            box = bounding_box([run for at, run in parts if at == page])
            confidence = min(run.confidence for _, run in parts)
            others = parts[0][1].other_readings if len(parts) == 1 else ()
        if parts and placed.doubtful:
            text, confidence, others = text + UNSURE, min(confidence, _UNSURE), ()
        yield Cell(text, number, LABELS + index, 1, 1, pages[page].place(box), confidence, others)


def word_cell(
    printed: Printed, row: int, column: int, row_span: int, column_span: int, pages: list[PageLayout]
) -> Cell:
    """A cell with a word as it is printed."""
    page = printed.start[0]
    place = pages[page].place(bounding_box([glyph.run for glyph in printed.glyphs if glyph.page == page]))
    confidence = min(run.confidence for run in printed.runs)
    return Cell(printed.text, row, column, row_span, column_span, place, confidence)
