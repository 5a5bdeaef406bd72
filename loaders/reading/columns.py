"""Cells of a table whose columns no lines draw.

Figures whose extents overlap from line to line share a column; what stands to their left are labels, which are
gathered over their lines and go to the figures beside them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.document import Cell
from loaders.reading.lines import line_text, make_line
from loaders.reading.page_model import Line, PageLayout, Ruling, Run, bounding_box
from loaders.reading.tables import begins_row, cell_text, is_figure

LABEL_COLUMNS = 3
"""Labels stand in up to three columns: group, sub-group, reason."""

_FEWEST_ROWS = 3
_APART = 0.45
"""Part of the height of the type by which a figure in a cell stands away from its neighbours."""

_AROUND = 3.0
"""Points beside a column in which a figure may stand that was not found at first."""

_MANY = 5
"""So many columns filled on one line need no third line to be believed."""

_GAP = 1.0
"""Part of the height of the type that separates neighbouring cells of one line."""


@dataclass(slots=True)
class Column:
    """The extent of a column of figures."""

    left: float
    right: float

    def covers(self, run: Run) -> float:
        """How far a run reaches into the column."""
        return min(self.right, run.right) - max(self.left, run.left)


def centre(column: Column) -> float:
    """Half-way between the edges of a column."""
    return (column.left + column.right) / 2


@dataclass(slots=True)
class Bands:
    """Rules between rows."""

    rules: list[Ruling]

    @property
    def are_there(self) -> bool:
        """Whether the table has rules between its rows."""
        return len(self.rules) >= _FEWEST_ROWS

    def part(self, first: Run, second: Run) -> bool:
        """Whether a rule runs between two runs."""
        low, high = sorted((first.middle, second.middle))
        x = (second.left + second.right) / 2
        return any(low < rule.at < high and rule.start <= x <= rule.end for rule in self.rules)


@dataclass(slots=True)
class _Label:
    """A label over one or more lines."""

    runs: list[Run]

    @property
    def last(self) -> Run:
        return self.runs[-1]

    @property
    def top(self) -> float:
        return min(run.top for run in self.runs)

    @property
    def bottom(self) -> float:
        return max(run.bottom for run in self.runs)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def left(self) -> float:
        return min(run.left for run in self.runs)


@dataclass(slots=True)
class _Row:
    """Figures of one row and the labels beside them."""

    figures: list[Run] = field(default_factory=list)
    labels: list[_Label] = field(default_factory=list)

    @property
    def top(self) -> float:
        return min([run.top for run in self.figures] or [label.top for label in self.labels])

    @property
    def bottom(self) -> float:
        return max([run.bottom for run in self.figures] or [label.bottom for label in self.labels])

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def figures_of(line: Line) -> list[Run]:
    """The figures of a line that stand by themselves, not as part of a date or a sentence."""
    runs = line.runs
    apart = _APART * line.size
    ends = [-math.inf, *(run.right for run in runs[:-1])]
    starts = [*(run.left for run in runs[1:]), math.inf]
    return [
        run
        for run, end, start in zip(runs, ends, starts, strict=True)
        if run.left - end > apart and start - run.right > apart and is_figure(run.text)
    ]


def find_columns(lines: list[Line]) -> list[Column]:
    """Columns of figures, from left to right; lines with most figures say where they are."""
    columns: list[Column] = []
    for line in sorted(lines, key=lambda line: -len(figures_of(line))):
        for run in figures_of(line):
            covered = [column for column in columns if column.covers(run) > 0]
            if not covered:
                columns.append(Column(run.left, run.right))
            elif len(covered) == 1:
                covered[0].left, covered[0].right = min(covered[0].left, run.left), max(covered[0].right, run.right)
    return sorted(columns, key=lambda column: column.left)


def holds(lines: list[Line], columns: list[Column]) -> bool:
    """Whether the columns are the same in all lines: no two figures of a line in one column, none between two."""
    rows = 0
    for line in lines:
        homes = [_home(run, columns) for run in figures_of(line)]
        if None in homes or len(set(homes)) != len(homes):
            return False
        rows += bool(homes)
    headed = any(not figures_of(line) and len(line.runs) >= len(columns) for line in lines)
    full = any(len(figures_of(line)) == len(columns) for line in lines)
    return rows + headed >= _FEWEST_ROWS or len(columns) == 1 or (full and rows > 1 and len(columns) >= _MANY)


def _home(run: Run, columns: list[Column]) -> int | None:
    """The column that a run stands in; None for none or several."""
    homes = [index for index, column in enumerate(columns) if column.covers(run) > 0]
    return homes[0] if len(homes) == 1 else None


def merged_words(line: Line) -> list[Run]:
    """The runs of a line with those of one cell joined."""
    groups: list[list[Run]] = [[line.runs[0]]]
    for before, run in pairwise(line.runs):
        if run.left - before.right > _GAP * line.size or is_figure(run.text) or is_figure(before.text):
            groups.append([run])
        else:
            groups[-1].append(run)
    return [_one_run(group) for group in groups]


def _one_run(runs: list[Run]) -> Run:
    if len(runs) == 1:
        return runs[0]
    left, top, right, bottom = bounding_box(runs)
    confidence = min(run.confidence for run in runs)
    text = line_text(make_line(list(runs)), keep_wide_gaps=False)
    return Run(text, left, top, right, bottom, runs[0].baseline, runs[0].order, confidence)


def cells_in_columns(
    lines: list[Line], columns: list[Column], bands: Bands, page: PageLayout
) -> tuple[list[Cell], int]:
    """Cells and number of rows: labels in the first three columns, figures after them, blanks where nothing stands."""
    first = next(index for index, line in enumerate(lines) if figures_of(line))
    header, body = lines[:first], lines[first:]
    while header and (begins_row(line_text(header[-1])) or not _is_above(header[-1], body[0])):
        body.insert(0, header.pop())
    rows = _figure_rows(body, bands)
    edge = columns[0].left + 2
    figures = {id(run) for row in rows for run in row.figures}
    words = [run for line in body for run in line.runs if id(run) not in figures and run.right <= edge]
    for label in _labels(words, rows, bands):
        _give(label, rows, bands)
    rows = _without_broken_figures(sorted(rows, key=lambda row: row.middle), len(columns))
    cells: list[Cell] = []
    for number, line in enumerate(header):
        _add_header(line, columns, page, cells, number)
    for number, row in enumerate(rows, len(header)):
        _add_row(row, columns, page, cells, number)
    return cells, len(header) + len(rows)


def _is_above(line: Line, body: Line) -> bool:
    """Whether a line of the header is not the first line of the label beside the first figures."""
    if len(line.runs) > 1 or body.baseline - line.baseline > 1.2 * body.size:
        return True
    return line.left > body.left + 4 * body.size


def _figure_rows(lines: list[Line], bands: Bands) -> list[_Row]:
    """Figures on one baseline; where rules part the rows, all figures between two rules."""
    rows: list[_Row] = []
    for line in lines:
        figures = figures_of(line)
        if not figures:
            continue
        if bands.are_there and rows and not bands.part(rows[-1].figures[-1], figures[0]):
            rows[-1].figures += figures
        else:
            rows.append(_Row(figures))
    return rows


def _labels(runs: list[Run], rows: list[_Row], bands: Bands) -> list[_Label]:
    """Labels with the lines that belong to them, from top to bottom."""
    labels = _upright_strings([run for run in runs if len(run.text) == 1])
    taken = {id(run) for label in labels for run in label.runs}
    for run in sorted(runs, key=lambda run: (run.baseline, run.left)):
        if id(run) in taken:
            continue
        above = [label for label in labels if _continues(label, run, rows, bands)]
        if above:
            max(above, key=lambda label: label.last.baseline).runs.append(run)
        else:
            labels.append(_Label([run]))
    return labels


def _upright_strings(runs: list[Run]) -> list[_Label]:
    """Labels written downwards, one character a line."""
    strings: list[_Label] = []
    for run in sorted(runs, key=lambda run: run.baseline):
        for string in strings:
            step = run.baseline - string.last.baseline
            if (
                abs(run.left + run.right - string.last.left - string.last.right) < run.height
                and 0 < step < 2 * run.height
            ):
                string.runs.append(run)
                break
        else:
            strings.append(_Label([run]))
    return [string for string in strings if len(string.runs) >= _FEWEST_ROWS]


def _continues(label: _Label, run: Run, rows: list[_Row], bands: Bands) -> bool:
    """Whether a run is the next line of a label."""
    last = label.last
    size = max(run.height, last.height)
    if not 0.3 * size < run.baseline - last.baseline <= 1.8 * size or begins_row(run.text):
        return False
    if bands.part(last, run):
        return False
    if len(last.text) == 1 and len(label.runs) > 1 and len(run.text) > 1:
        return False
    beside = abs(run.left - last.left) < 0.8 * size
    centred = abs(run.left + run.right - last.left - last.right) < 1.6 * size
    return beside or (centred and (len(run.text) > 1 or len(label.runs[0].text) > 1))


def _give(label: _Label, rows: list[_Row], bands: Bands) -> None:
    """Hand a label to the figures beside it; one without any becomes a row of blanks."""
    slack = 0.35 * label.last.height
    beside = [row for row in rows if row.figures and _is_beside(label, row, slack, bands)]
    if beside:
        min(beside, key=lambda row: abs(row.middle - label.middle)).labels.append(label)
    else:
        rows.append(_Row([], [label]))


def _is_beside(label: _Label, row: _Row, slack: float, bands: Bands) -> bool:
    """Whether a label stands at the height of some figures, or in the same band of rules."""
    if label.top - slack <= row.middle <= label.bottom + slack:
        return True
    return bands.are_there and not bands.part(label.last, row.figures[0])


def _without_broken_figures(rows: list[_Row], columns: int) -> list[_Row]:
    """Rows without those that only hold the rest of figures too long for their column.

    Such a row has no label of its own, stands beside the label of its neighbour and fills few columns.
    """
    kept: list[_Row] = []
    for row in rows:
        before = kept[-1] if kept else None
        if before and row.figures and before.figures and 2 * len(row.figures) < columns and not row.labels:
            label = max(before.labels, key=lambda label: label.left, default=None)
            if label and row.middle <= label.bottom + label.last.height:
                before.figures += row.figures
                continue
        kept.append(row)
    return kept


def _add_row(row: _Row, columns: list[Column], page: PageLayout, cells: list[Cell], number: int) -> None:
    labels = sorted(row.labels, key=lambda label: label.left)[:LABEL_COLUMNS]
    for column, label in enumerate(labels):
        left, top, right, bottom = bounding_box(label.runs)
        span = LABEL_COLUMNS - column if column == len(labels) - 1 else 1
        confidence = min(run.confidence for run in label.runs)
        place = page.place((left, top, right, bottom))
        cells.append(Cell(cell_text(label.runs, left, right), number, column, 1, span, place, confidence))
    for index, extent in enumerate(columns):
        runs = [run for run in row.figures if _home(run, columns) == index]
        if not runs and page.look is not None and row.figures:
            unseen = page.look((extent.left - _AROUND, row.top - 1, extent.right + _AROUND, row.bottom + 1))
            runs = [unseen] if unseen else []
        box = bounding_box(runs) if runs else (extent.left, row.top, extent.right, row.bottom)
        confidence = min((run.confidence for run in runs), default=1.0)
        text = "".join(run.text for run in sorted(runs, key=lambda run: run.baseline))
        cells.append(Cell(text, number, LABEL_COLUMNS + index, place=page.place(box), confidence=confidence))


def _add_header(line: Line, columns: list[Column], page: PageLayout, cells: list[Cell], number: int) -> None:
    """Cells of a line above the figures, over the columns that they reach."""
    words = merged_words(line)
    spans = _header_spans(words, columns)
    taken = -1
    for run, (first, span) in zip(words, spans, strict=True):
        first = max(first, taken + 1)
        if first >= LABEL_COLUMNS + len(columns):
            continue
        taken = first + span - 1
        place = page.place(bounding_box([run]))
        cells.append(Cell(run.text, number, first, 1, span, place, run.confidence))


def _header_spans(words: list[Run], columns: list[Column]) -> list[tuple[int, int]]:
    """First column and number of columns for each cell of a header line."""
    if len(words) == len(columns) + 1:
        return [(0, LABEL_COLUMNS), *((LABEL_COLUMNS + index, 1) for index in range(len(columns)))]
    spans: list[tuple[int, int]] = []
    for word in words:
        reached = [index for index, column in enumerate(columns) if column.covers(word) > 0]
        if reached:
            spans.append((LABEL_COLUMNS + reached[0], len(reached)))
        elif (word.left + word.right) / 2 < columns[0].left - 1.5 * word.height:
            spans.append((0, LABEL_COLUMNS))
        else:
            middle = (word.left + word.right) / 2
            nearest = min(range(len(columns)), key=lambda index: abs(centre(columns[index]) - middle))
            spans.append((LABEL_COLUMNS + nearest, 1))
    return spans
