"""The rows of a table of the form whose labels are found on a page without lines, and the figures beside them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product

from loaders.document import UNSURE, Cell
from loaders.form.figures import read_figure
from loaders.form.rows import PAGE_NUMBER
from loaders.patterns import pattern_of
from loaders.reading.form_words.form_columns import Anchors, anchors_of, home_among, reached, stand_apart, ways_to_part
from loaders.reading.form_words.printed_words import Glyph, Printed, significant
from loaders.reading.printed.lines import line_text
from loaders.reading.printed.page_model import Line, PageLayout, Run, bounding_box
from loaders.reading.printed.tables import is_figure
from loaders.reading.unruled.figure_columns import Column

LABELS = 3
"""Columns of labels."""

_GROUPS = ("本年度办理结果", "不予公开", "无法提供", "不予处理", "其他处理")

_SLACK, _BESIDE, _FARTHEST = 0.3, 0.8, 2.5
"""Heights of type by which the middle of a figure stands above or below those of its label: mostly, where no other row
is near, and of the rest of a figure that is broken."""

_TIMES_NEARER, _TIMES_NEARER_ASIDE = 2.0, 2.5
"""A row must be so many times nearer than others to get a figure; more where that stands not level with its label."""

_ROOM = 0.9
"""Part of the width of a digit that is left in a line at most where a figure goes on in the next."""

_LEVEL = 0.35
"""Part of the height of the type between the baselines of one line."""

_UNSURE = 0.3

_NUMBER, _BELOW = pattern_of(r"[（(]?[一二三四五六七八\d]+[）)]?[、.．]?"), 2.0
"""A number of a label, and heights of type within which the label begins beside or below it."""

_MOST_WAYS = 64
"""So many ways to part the figures of a row are tried."""

_TOUCHING = pattern_of(r"(?<=[^\x00-\x7f])\d+$")
"""A figure behind a label that it touches."""

_NUMERALS = "一二三四五六七八"

Figure = tuple[int, Run]
"""The page that a run stands on, and the run."""


@dataclass(slots=True)
class FormRow:
    """A row of the form: its label as printed, and the figures beside it."""

    label: Printed
    figures: list[Figure] = field(default_factory=list)
    early: list[Figure] = field(default_factory=list)
    """Figures right of its label, but left of where the longest label of all ends."""
    number: Figure | None = None
    """The number in front of the label, where that stands by itself."""
    doubtful: bool = False
    """Whether figures may be its own that are not here, or the other way round."""

    def extent(self, page: int) -> tuple[float, float] | None:
        """The middles of the first and the last line of the label on a page."""
        found = self.label.middles().get(page)
        if self.number is None or self.number[0] != page:
            return found
        at = self.number[1].middle
        return (at, at) if found is None else (min(at, found[0]), max(at, found[1]))

    @property
    def start(self) -> tuple[int, float]:
        """Page and upper edge of its first line, that of its number included."""
        page, top = self.label.start
        if self.number is None or self.number[0] != page:
            return page, top
        return page, min(top, self.number[1].top)

    @property
    def last(self) -> tuple[int, float]:
        """Page and middle of its last line."""
        middles = self.label.middles()
        return max(middles), middles[max(middles)][1]


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

    def is_whole(self, widths: Sequence[float]) -> bool:
        """Whether each figure of several lines may be one: columns so wide have no room for more in the first ones."""
        return all(
            _goes_on(above, below, width)
            for parts, width in zip(self.parts, widths, strict=True)
            for (_, above), (_, below) in pairwise(sorted(parts, key=lambda part: (part[0], part[1].baseline)))
        )


def _goes_on(above: Run, below: Run, width: float) -> bool:
    own = above.right - above.left
    digits = above.text[-1].isdigit() and below.text[0].isdigit() and above.text != "0"
    return digits and own > width - _ROOM * own / len(above.text)


def widths_of(rows: Sequence[Sequence[list[Figure]]], count: int) -> list[float]:
    """How wide the widest figure of each column is."""
    return [max((run.right - run.left for row in rows for _, run in row[n]), default=0.0) for n in range(count)]


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


def share_out(
    rows: list[FormRow], lines: list[tuple[int, Line]], edge: float, covered: set[int]
) -> list[Figure] | None:
    """Give each figure to the row beside whose label it stands; the figures beside none, None where words are left.

    What stands not level with a label may be the rest of a figure of a row next to it.
    """
    (first, top), last = rows[0].start, rows[-1].label.extents()
    loose: list[Figure] = []
    for page, line in lines:
        outside = (page == first and line.bottom < top) or (page == max(last) and line.top > last[page][1])
        if PAGE_NUMBER.match(line_text(line)) or (outside and not _holds_figures_alone(line, edge)):
            continue
        figures: list[Run] = []
        others: list[Run] = []
        for run in [*line.runs, *_behind_labels(line, covered)]:
            if id(run) in covered:
                continue
            if run.right >= edge or any(map(_is_word, run.text)):
                (figures if run.left >= edge - 0.5 * run.height and is_figure(run.text) else others).append(run)
            elif is_figure(run.text):
                _give_early(rows, page, run)
        if others and not figures and not any(id(run) in covered for run in line.runs):
            continue  # something between the pages
        loose += [(page, run) for run in figures if not _give(rows, page, run)]
        if not all(_is_of_group(run, rows) for run in others):
            return None
    return loose if all(_is_near(rows, page, run) for page, run in loose) else None


def _behind_labels(line: Line, covered: set[int]) -> Iterator[Run]:
    """Figures that touch the label to their left, as runs of their own."""
    for run in line.runs:
        found = _TOUCHING.search(run.text) if id(run) in covered else None
        if found is not None:
            width = (run.right - run.left) / sum(map(_width, run.text))
            left = run.right - width * sum(map(_width, found[0]))
            yield replace(run, text=found[0], left=left, order=run.order + found.start(), characters=None)


def _width(sign: str) -> float:
    """The width of a character, as part of that of a Chinese one."""
    return 0.5 if sign < "\u2000" else 1.0


def _is_of_group(run: Run, rows: list[FormRow]) -> bool:
    """Whether a run left of the labels of rows is a part of a group's label, which the page's end may cut off."""
    words = significant(run.text)
    return run.right < max(row.label.left for row in rows) and any(words in group for group in _GROUPS)


def _holds_figures_alone(line: Line, edge: float) -> bool:
    """Whether a line above the first or below the last label may be of its row."""
    return line.left > edge and all(is_figure(run.text) for run in line.runs)


def _is_word(sign: str) -> bool:
    return sign.isalnum() and not sign.isdigit() and sign not in _NUMERALS


def _give(rows: list[FormRow], page: int, run: Run) -> bool:
    """Give a figure to the one row beside whose label it stands."""
    away = _distances(rows, page, run)
    if not away or away[0][0] > _BESIDE * run.height:
        return False
    times = _TIMES_NEARER if away[0][0] < _SLACK * run.height else _TIMES_NEARER_ASIDE
    if len(away) > 1 and away[1][0] <= times * away[0][0]:
        return False
    rows[away[0][1]].figures.append((page, run))
    return True


def _give_early(rows: list[FormRow], page: int, run: Run) -> None:
    """Give a figure left of where the longest label ends to the row whose label stands left of it, if any."""
    level = (rows[number] for away, number in _distances(rows, page, run) if away < _SLACK * run.height)
    row = next(level, None)
    if row is not None and row.label.right < run.left and (row.number is None or row.number[1] is not run):
        row.early.append((page, run))


def _is_near(rows: list[FormRow], page: int, run: Run) -> bool:
    away = _distances(rows, page, run)
    return bool(away) and away[0][0] < _FARTHEST * run.height


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
    """The figures of all rows in their columns. A row with broken figures has to add up."""
    anchors = anchors_of([[run for _, run in row.figures] for row in rows], len(columns))
    beside_form = any(len(row.figures) > len(columns) for row in rows)
    placed = [
        _in_order(row, columns)
        or _with_touching(row, columns, anchors)
        or by_column(row.figures, columns, may_be_shifted=not beside_form)
        for row in rows
    ]
    widths = widths_of([each.parts for each in placed], len(columns))
    amiss = [each.is_broken and not (each.is_whole(widths) and adds_up(each.texts)) for each in placed]
    for n, (row, each) in enumerate(zip(rows, placed, strict=True)):
        near = any(amiss[max(n - 1, 0) : n + 2]) or row.doubtful
        if near and (amiss[n] or row.doubtful or not adds_up(each.texts)):
            each.doubtful = True
    return placed


def _in_order(row: FormRow, columns: list[Column]) -> PlacedRow | None:
    """The figures of a row that begin left of the columns one by one, in doubt where not every column has one."""
    if not row.early:
        return None
    figures = sorted([*row.early, *row.figures], key=lambda figure: figure[1].left)
    if len(figures) == len(columns) and stand_apart([run for _, run in figures]):
        return PlacedRow([[figure] for figure in figures])
    found = by_column(row.figures, columns)
    found.doubtful = True
    return found


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
        placed = by_column(figures, columns)
        found += [placed] if not placed.doubtful and adds_up(placed.texts) else []
    return found[0] if len(found) == 1 else None


def by_column(figures: list[Figure], columns: list[Column], *, may_be_shifted: bool = False) -> PlacedRow:
    """Some figures in their columns, in doubt where one stands in none or in several.

    As many figures as columns may stand a column too far to the right, where an empty cell shifted them.
    """
    found = PlacedRow([[] for _ in columns])
    homes = _homes(figures, columns, may_be_shifted)
    found.doubtful = homes is None
    if homes is None:
        homes = [max(range(len(columns)), key=lambda n: columns[n].covers(run)) for _, run in figures]
    for figure, home in zip(figures, homes, strict=True):
        found.parts[home].append(figure)
    return found


def _homes(figures: list[Figure], columns: list[Column], may_be_shifted: bool) -> list[int] | None:
    """The column of each figure; None where one stands in none or in several."""
    homes = [home_among(run, columns) for _, run in figures]
    order = sorted(range(len(figures)), key=lambda n: figures[n][1].left)
    if len(figures) == len(columns) and stand_apart([figures[n][1] for n in order]):
        counted = [order.index(n) for n in range(len(columns))]
        under_next = [*range(1, len(columns)), None]
        shifted = may_be_shifted and [homes[n] for n in order] == under_next
        if shifted and figures[order[-1]][1].left > columns[-1].right:
            return counted
        return counted if all(home in (own, None) for home, own in zip(homes, counted, strict=True)) else None
    return None if None in homes else [home for home in homes if home is not None]


def _whole(parts: list[Figure]) -> str:
    """A figure over one line or more; two on one line are not one."""
    ordered = sorted(parts, key=lambda part: (part[0], part[1].baseline, part[1].left))
    level = any(a == b and below.top < above.middle for (a, above), (b, below) in pairwise(ordered))
    return (" " if level else "").join(run.text for _, run in ordered)


def adds_up(texts: Iterable[str]) -> bool:
    """Whether the last figure is the sum of the others; blank ones are noughts."""
    *parts, last = list(texts)
    readings = [read_figure(text) for text in parts if text] + [read_figure(last)]
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
