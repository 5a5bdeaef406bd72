"""Tables without ruling lines: figures that stand one below the other.

A stretch of lines with several figures each is a table. Figures whose extents overlap from line to line share a
column; what stands to their left are labels, which are gathered over their lines and go to the figures beside them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.document import Cell
from loaders.reading.lines import Line, line_text, make_line
from loaders.reading.page_model import PageLayout, Run, bounding_box
from loaders.reading.tables import OPENING, TablePiece, cell_text, is_figure

ARTICLE = re.compile(r"^第?二十条第?[（(]?第?[一二三四五六七八九十]")
"""The full-width line that opens a block of the publication table."""

_SECTION = re.compile(r"^[一二三四五六七八1-8][、.．\s].{2,28}(?:情况|事项|问题)$")
_FEWEST_FIGURES = 3
_FEWEST_ROWS = 3
_LABEL_COLUMNS = 3
"""Labels stand in up to three columns: group, sub-group, reason."""

_GUTTER = 1.0
"""Part of the height of the type that separates neighbouring cells of a header."""


@dataclass(slots=True)
class _Column:
    """The extent of a column of figures."""

    left: float
    right: float

    def covers(self, run: Run) -> float:
        """How far a run reaches into the column."""
        return min(self.right, run.right) - max(self.left, run.left)


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
    """Figures on one baseline, and the labels beside them."""

    middle: float
    figures: list[Run] = field(default_factory=list)
    labels: list[_Label] = field(default_factory=list)


def find_unruled(lines: list[Line], page: PageLayout) -> tuple[list[TablePiece], list[Line]]:
    """Tables without lines, and the lines of text that are in none."""
    pieces: list[TablePiece] = []
    rest: list[Line] = []
    position = 0
    for start, end in _stretches(lines, page):
        rest += lines[position:start]
        pieces += [_piece(block, page) for block in _blocks(lines[start:end])]
        position = end
    return pieces, rest + lines[position:]


def _figures(line: Line) -> list[Run]:
    return [run for run in line.runs if is_figure(run.text)]


def _is_tabular(line: Line, page: PageLayout) -> bool:
    """Whether a line looks like part of a table: cells with gaps between them, or a short label."""
    text = line_text(line)
    if _SECTION.match(text):
        return False
    if ARTICLE.match(text) and len(text) < 16:
        return True
    gaps = [b.left - a.right for a, b in zip(line.runs, line.runs[1:], strict=False)]
    if gaps and max(gaps) > _GUTTER * line.size:
        return max(run.right - run.left for run in line.runs) < 0.5 * page.width
    return line.right - line.left < 0.36 * page.width and not text.endswith(("。", "；"))


def _stretches(lines: list[Line], page: PageLayout) -> list[tuple[int, int]]:
    """Stretches of lines, as first and last but one, that hold a table."""
    found: list[tuple[int, int]] = []
    start = -1
    for index in range(len(lines) + 1):
        inside = index < len(lines) and _is_tabular(lines[index], page)
        if inside and start >= 0 and lines[index].top - lines[index - 1].bottom > 5 * lines[index].size:
            inside = False
        if inside:
            start = index if start < 0 else start
            continue
        if start >= 0:
            stretch = _trimmed(lines, start, index)
            if stretch:
                found.append(stretch)
        start = index if index < len(lines) and _is_tabular(lines[index], page) else -1
    return found


def _trimmed(lines: list[Line], start: int, end: int) -> tuple[int, int] | None:
    """A stretch without headings before its first and signatures after its last cells; None if it is no table."""
    rich = [index for index in range(start, end) if len(_figures(lines[index])) >= _FEWEST_FIGURES]
    if not rich:
        return None
    while start < rich[0] and len(lines[start].runs) == 1 and not _opens_table(lines[start]):
        start += 1
    last = max(index for index in range(start, end) if _figures(lines[index]))
    left = min(run.left for run in _figures(lines[last]))
    while (
        last + 1 < end and lines[last + 1].right < left and lines[last + 1].top - lines[last].bottom < lines[last].size
    ):
        last += 1
    return start, last + 1


def _opens_table(line: Line) -> bool:
    text = line_text(line)
    return bool(ARTICLE.match(text)) or text.startswith(("（本列", "(本列", "申请人", "信息内容", "行政复议"))


def _blocks(lines: list[Line]) -> list[list[Line]]:
    """The table cut where a line opens a new block."""
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if ARTICLE.match(line_text(line)) and blocks[-1]:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _piece(lines: list[Line], page: PageLayout) -> TablePiece:
    """One block as a table; in columns where they hold, else in reading order."""
    columns = _columns(lines)
    box = bounding_box([run for line in lines for run in line.runs])
    if not columns or not _holds(lines, columns):
        cells, edges = _in_reading_order(lines, page), [box[0], box[2]]
        return TablePiece(cells, edges, len(lines), page.number, box[1], box[3], aligned=False, ruled=False)
    cells, height = _in_columns(lines, columns, page)
    centres = [(column.left + column.right) / 2 for column in columns]
    edges = [*[box[0]] * _LABEL_COLUMNS, *centres, box[2]]
    return TablePiece(cells, edges, height, page.number, box[1], box[3], ruled=False)


def _columns(lines: list[Line]) -> list[_Column]:
    """Columns of figures, from left to right; lines with most figures say where they are."""
    columns: list[_Column] = []
    for line in sorted(lines, key=lambda line: -len(_figures(line))):
        for run in _figures(line):
            if len(line.runs) == 1 and run is line.runs[0] and not columns:
                continue
            home = max(columns, key=lambda column: column.covers(run), default=None)
            if home is None or home.covers(run) <= 0:
                columns.append(_Column(run.left, run.right))
            elif sum(column.covers(run) > 0 for column in columns) == 1:
                home.left, home.right = min(home.left, run.left), max(home.right, run.right)
    return sorted(columns, key=lambda column: column.left)


def _holds(lines: list[Line], columns: list[_Column]) -> bool:
    """Whether the columns are the same in all lines: no two figures of a line in one column, none between two."""
    rows = 0
    for line in lines:
        homes = [_home(run, columns) for run in _figures(line)]
        if None in homes or len(set(homes)) != len(homes):
            return False
        rows += bool(homes)
    headed = any(not _figures(line) and len(line.runs) > len(columns) for line in lines)
    return rows + headed >= _FEWEST_ROWS or len(columns) == 1


def _home(run: Run, columns: list[_Column]) -> int | None:
    """The column that a run stands in; None for none or several."""
    homes = [index for index, column in enumerate(columns) if column.covers(run) > 0]
    return homes[0] if len(homes) == 1 else None


def _in_reading_order(lines: list[Line], page: PageLayout) -> list[Cell]:
    return [
        Cell(
            run.text,
            row,
            column,
            place=page.place((run.left, run.top, run.right, run.bottom)),
            confidence=run.confidence,
        )
        for row, line in enumerate(lines)
        for column, run in enumerate(_merged_words(line))
    ]


def _merged_words(line: Line) -> list[Run]:
    """The runs of a line with those of one cell joined."""
    groups: list[list[Run]] = [[line.runs[0]]]
    for before, run in zip(line.runs, line.runs[1:], strict=False):
        apart = run.left - before.right > _GUTTER * line.size or is_figure(run.text) or is_figure(before.text)
        groups.append([run]) if apart else groups[-1].append(run)
    return [_one_run(group) for group in groups]


def _one_run(runs: list[Run]) -> Run:
    if len(runs) == 1:
        return runs[0]
    left, top, right, bottom = bounding_box(runs)
    confidence = min(run.confidence for run in runs)
    text = line_text(make_line(list(runs)), keep_wide_gaps=False)
    return Run(text, left, top, right, bottom, runs[0].baseline, runs[0].order, confidence)


def _in_columns(lines: list[Line], columns: list[_Column], page: PageLayout) -> tuple[list[Cell], int]:
    """Cells in columns: labels in the first three, figures after them, blanks where nothing stands."""
    edge = columns[0].left
    rows = [_Row(_middle(figures), figures) for figures in map(_figures, lines) if figures]
    body = next((line.top for line in lines if _figures(line)), 0.0)
    labels = _labels([run for line in lines for run in line.runs if not is_figure(run.text) and run.right <= edge + 2])
    head = [
        label for label in labels if label.bottom < body - label.last.height and not OPENING.match(label.runs[0].text)
    ]
    for label in labels:
        if not any(label is other for other in head):
            _give(label, rows)
    rows.sort(key=lambda row: row.middle)
    cells: list[Cell] = []
    header = [line for line in lines if line.bottom <= body + 1 and not _figures(line)]
    count = 0
    for line in header:
        count = _add_header(line, columns, page, cells, count)
    for row in rows:
        _add_row(row, columns, page, cells, count)
        count += 1
    return cells, count


def _middle(runs: list[Run]) -> float:
    return sum(run.middle for run in runs) / len(runs)


def _labels(runs: list[Run]) -> list[_Label]:
    """Labels with the lines that belong to them, from top to bottom."""
    labels: list[_Label] = []
    for run in sorted(runs, key=lambda run: (run.baseline, run.left)):
        above = [label for label in labels if _continues(label, run)]
        if above:
            max(above, key=lambda label: label.last.baseline).runs.append(run)
        else:
            labels.append(_Label([run]))
    return labels


def _continues(label: _Label, run: Run) -> bool:
    """Whether a run is the next line of a label."""
    last = label.last
    size = max(run.height, last.height)
    if not 0.3 * size < run.baseline - last.baseline <= 1.75 * size or OPENING.match(run.text):
        return False
    if (len(last.text) == 1) != (len(run.text) == 1) and len(label.runs) > 1:
        return False
    beside = abs(run.left - last.left) < 0.8 * size
    centred = abs(run.left + run.right - last.left - last.right) < 1.6 * size
    return beside or (centred and len(run.text) > 1)


def _give(label: _Label, rows: list[_Row]) -> None:
    """Hand a label to the figures beside it; one without any becomes a row of blanks."""
    slack = 0.35 * label.last.height
    beside = [row for row in rows if label.top - slack <= row.middle <= label.bottom + slack and row.figures]
    if beside:
        min(beside, key=lambda row: abs(row.middle - label.middle)).labels.append(label)
    else:
        rows.append(_Row(label.middle, [], [label]))


def _add_row(row: _Row, columns: list[_Column], page: PageLayout, cells: list[Cell], number: int) -> None:
    labels = sorted(row.labels, key=lambda label: label.left)[:_LABEL_COLUMNS]
    for column, label in enumerate(labels):
        left, top, right, bottom = bounding_box(label.runs)
        span = _LABEL_COLUMNS - column if column == len(labels) - 1 else 1
        confidence = min(run.confidence for run in label.runs)
        place = page.place((left, top, right, bottom))
        cells.append(Cell(cell_text(label.runs, left, right), number, column, 1, span, place, confidence))
    top, bottom = row.middle - 5, row.middle + 5
    for index, extent in enumerate(columns):
        run = next((run for run in row.figures if _home(run, columns) == index), None)
        box = (run.left, run.top, run.right, run.bottom) if run else (extent.left, top, extent.right, bottom)
        text, confidence = (run.text, run.confidence) if run else ("", 1.0)
        cells.append(Cell(text, number, _LABEL_COLUMNS + index, place=page.place(box), confidence=confidence))


def _add_header(line: Line, columns: list[_Column], page: PageLayout, cells: list[Cell], number: int) -> int:
    """Cells of a line above the figures, over the columns that they reach."""
    taken: set[int] = set()
    for run in _merged_words(line):
        reached = [_LABEL_COLUMNS + index for index, column in enumerate(columns) if column.covers(run) > 0]
        first = reached[0] if reached else _nearest(run, columns)
        if first in taken:
            continue
        span = max(1, len(reached)) if first >= _LABEL_COLUMNS else _LABEL_COLUMNS
        taken.update(range(first, first + span))
        place = page.place((run.left, run.top, run.right, run.bottom))
        cells.append(Cell(run.text, number, first, 1, span, place, run.confidence))
    return number + 1


def _nearest(run: Run, columns: list[_Column]) -> int:
    """The column for a run that reaches none: a label column, or the figures next to it."""
    centre = (run.left + run.right) / 2
    if centre < columns[0].left - 1.5 * run.height:
        return 0
    return _LABEL_COLUMNS + min(
        range(len(columns)), key=lambda index: abs(columns[index].left + columns[index].right - 2 * centre)
    )
