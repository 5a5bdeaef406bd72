"""Where a table without lines between its columns has figures: extents that overlap from line to line are a column."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from loaders.patterns import pattern_of
from loaders.reading.printed.page_model import Line, Run
from loaders.reading.printed.tables import is_figure

_FEWEST_ROWS = 3

_APART = 0.45
"""Part of the height of the type by which a figure in a cell stands away from its neighbours."""

_BARELY_APART = 0.15
"""The same where a line has nothing but figures: fifteen fill it."""

SAME_ROW = 0.15
"""Part of the height of the type by which the lines of one row overlap, where a figure is broken."""

_MANY = 5
"""So many columns filled on one line need no third line to be believed."""

_CLOSE = 1.6
"""Heights of type between the characters of a label written downwards."""

_BELOW = 0.3
"""Part of the height of the type by which they may stand out of line."""

_BESIDE, _ALONE = 0.6, 1.2
"""Parts of the height of the type: a figure so near a column, and so far from the next, belongs to it."""

_CLOSER = 0.75
"""Part of the usual distance between columns, within which what looks like two may be one, aligned in two ways."""

_FAULTY = 0.35
"""Part of the lines of figures in which they may run over their columns."""

_NARROW = 3
"""Characters; labels written downwards may have so many on a line, as （四）."""
_WORDS = pattern_of("[\u4e00-\u9fff]")

_SLIGHT = 0.35
"""Part of the height of the type by which a figure may reach into the column beside its own."""


@dataclass(slots=True)
class Column:
    """The extent of a column of figures."""

    left: float
    right: float
    figures: int = 1

    def take(self, run: Run) -> None:
        """Widen the column by a figure."""
        self.left, self.right = min(self.left, run.left), max(self.right, run.right)
        self.figures += 1

    def covers(self, run: Run) -> float:
        """How far a run reaches into the column."""
        return min(self.right, run.right) - max(self.left, run.left)


def centre(column: Column) -> float:
    """Half-way between the edges of a column."""
    return (column.left + column.right) / 2


def figures_of(line: Line) -> list[Run]:
    """The figures of a line that stand by themselves, not as part of a date or a sentence."""
    if line.figures is None:
        line.figures = _find_figures(line)
    return line.figures


def _find_figures(line: Line) -> list[Run]:
    runs = line.runs
    kinds = [is_figure(run.text) for run in runs]
    if not any(kinds):
        return []
    apart = (_BARELY_APART if len(runs) >= _MANY and all(kinds) else _APART) * line.size
    ends = [-math.inf, *(run.right for run in runs[:-1])]
    starts = [*(run.left for run in runs[1:]), math.inf]
    return [
        run
        for run, is_one, end, start in zip(runs, kinds, ends, starts, strict=True)
        if is_one and run.left - end > apart and start - run.right > apart
    ]


def figures_in(line: Line, columns: list[Column]) -> list[Run]:
    """The figures of a line that do not stand among its labels.

    They may be close if each stands in a column of its own; in a row of figures one may touch its label if it stands
    right in the first column.
    """
    first = columns[0]
    found = [run for run in figures_of(line) if run.right > first.left]
    if len(found) < len(line.runs):
        beside = [run for run in line.runs if run.right > first.left]
        enough = bool(found) or len(beside) == len(line.runs) or len(beside) >= _MANY
        if enough and len(found) < len(beside) and _fill_columns(beside, columns):
            return beside
    if found and len(found) < len(columns) and first.covers(found[0]) <= 0:
        slack = _SLIGHT * line.size
        within = [run for run in line.runs if first.left - slack < run.left and run.right < first.right + slack]
        found[:0] = [run for run in within if is_figure(run.text)]
    return found


def _fill_columns(runs: list[Run], columns: list[Column]) -> bool:
    """Whether runs are figures each in a column of its own, however close the columns are."""
    homes = [home_of(run, columns) for run in runs if is_figure(run.text)]
    return len(runs) == len(homes) == len(set(homes) - {None})


def find_columns(lines: list[Line]) -> list[Column]:
    """Columns of figures, from left to right; lines with most figures say where they are.

    A lone stroke or word that no other figure stands above or below of is part of a label.
    """
    columns: list[Column] = []
    for line in sorted(lines, key=lambda line: -len(figures_of(line))):
        for run in figures_of(line):
            homes = homes_of(run, columns)
            if not homes:
                columns.append(Column(run.left, run.right))
            elif len(homes) == 1:
                columns[homes[0]].take(run)
    most = max((column.figures for column in columns), default=0)
    kept = [column for column in columns if column.figures > 1 or most < _FEWEST_ROWS + 1]
    end = max((column.right for column in kept), default=math.inf)
    beyond = [column for column in columns if column.left > end]
    if len(beyond) == 1:
        kept += beyond  # of a row that is shifted by a cell
    kept = _one_from_two(sorted(kept, key=lambda column: column.left), lines)
    while kept and (_is_upright_label(kept[0], lines) or (len(kept) > 1 and _holds_labels(kept[0], lines))):
        del kept[0]
    return kept


def _holds_labels(column: Column, lines: list[Line]) -> bool:
    """Whether words fill more lines of a column than figures, header aside: the latter are numbers of labels."""
    first = next((n for n, line in enumerate(lines) if len(figures_of(line)) >= _MANY), len(lines))
    within = [run for line in lines[first:] for run in line.runs if column.covers(run) > 0]
    words = sum(1 for run in within if len(run.text) > 1 and _WORDS.search(run.text))
    return words > _MANY and words > 2 * sum(1 for run in within if is_figure(run.text))


def _one_from_two(columns: list[Column], lines: list[Line]) -> list[Column]:
    """The columns, as one where two stand side by side and no line has a figure in both: it is out of its middle."""
    whole, rows = columns[:1], _rows(lines)
    pitch = _pitch(columns)
    for column in columns[1:]:
        before = whole[-1]
        near = column.left - before.right < _BESIDE * min(line.size for line in lines)
        near = near or (centre(column) - centre(before) < _CLOSER * pitch and _take_turns(rows, before, column))
        if near and not any(_fill_both(row, before, column) for row in rows):
            whole[-1] = Column(before.left, column.right, before.figures + column.figures)
        else:
            whole.append(column)
    return whole


def _pitch(columns: list[Column]) -> float:
    """The usual distance from a column to the next."""
    distances = sorted(centre(after) - centre(before) for before, after in pairwise(columns))
    return distances[len(distances) // 2] if len(distances) >= _MANY - 1 else 0.0


def _take_turns(rows: list[list[Run]], one: Column, other: Column) -> bool:
    """Whether each of many rows has a figure in one of the two: cells of one column are not all aligned alike."""
    filled = [any(one.covers(run) > 0 or other.covers(run) > 0 for run in row) for row in rows]
    return len(filled) >= _MANY and all(filled)


def _rows(lines: list[Line]) -> list[list[Run]]:
    """The figures of each row: those that overlap from line to line are one, whose figures are cut in their cells."""
    rows: list[list[Run]] = []
    bottom = -math.inf
    for line in lines:
        figures = figures_of(line)
        if not figures:
            continue
        if bottom - min(run.top for run in figures) > SAME_ROW * line.size:
            rows[-1] += figures
        else:
            rows.append([*figures])
        bottom = max(run.bottom for run in figures)
    return rows


def _fill_both(figures: list[Run], one: Column, other: Column) -> bool:
    """Whether each of the two has a figure of its own; one that reaches into both shows that they are one."""
    return any(a is not b and one.covers(a) > 0 and other.covers(b) > 0 for a in figures for b in figures)


def _is_upright_label(column: Column, lines: list[Line]) -> bool:
    """Whether what looks like figures (无) are characters of labels written downwards."""
    single = [run for line in lines for run in line.runs if len(run.text) == 1 and column.covers(run) > 0]
    words = [run for run in single if not is_figure(run.text) and not _ends_header(run, column, lines)]
    found = [run for line in lines for run in figures_of(line) if column.covers(run) > 0]
    if any(len(run.text) > 1 for run in found):
        return False
    apart = [run for run in found if not any(_stand_close(word, run) for word in words)]
    return not apart or (len(found) > len(apart) == 1 and apart[0] is found[-1])  # a page may end behind it


def _ends_header(word: Run, column: Column, lines: list[Line]) -> bool:
    """Whether a character is the rest of words above it that its column had no room for."""
    above = (run for line in lines for run in line.runs if run.baseline < word.baseline and column.covers(run) > 0)
    return any(len(run.text) > _NARROW and not is_figure(run.text) and _stand_close(run, word) for run in above)


def _stand_close(word: Run, run: Run) -> bool:
    """Whether two characters stand above each other as those of one label do."""
    if abs(word.baseline - run.baseline) >= _CLOSE * run.height:
        return False
    left, right = word.left - run.left, word.right - run.right
    return min(abs(left), abs(left + right) / 2) < _BELOW * run.height


def in_known_columns(lines: list[Line], known: list[Column]) -> list[Column]:
    """The columns of the page before, if all figures fall into them, one into each; else none.

    There is one more behind them where rows are shifted by a cell.
    """
    columns = [Column(column.left, column.right) for column in known]
    if not columns:
        return []
    beyond = [run for line in lines for run in figures_of(line) if run.left - columns[-1].right > _BESIDE * run.height]
    if beyond:
        columns.append(Column(min(run.left for run in beyond), max(run.right for run in beyond)))
    for line in lines:
        figures = figures_in(line, columns)
        homes = [home_of(run, columns) for run in figures]
        if None in homes or len(set(homes)) != len(homes) or _begins_before(line, columns[0]):
            return []
    return columns


def _begins_before(line: Line, column: Column) -> bool:
    """Whether the first of a line's words is a figure left of a column, and no part of a label."""
    figures = figures_of(line)
    return bool(figures) and figures[0] is line.runs[0] and column.left - figures[0].right > _BESIDE * line.size


def holds(lines: list[Line], columns: list[Column]) -> bool:
    """Whether the columns are the same in all lines: no two figures of a line in one column, none between two.

    Among many lines a few may differ, whose figures are too long for their columns.
    """
    if not columns:
        return False
    rows = faulty = 0
    for line in lines:
        homes = [home_of(run, columns) for run in figures_in(line, columns)]
        faulty += None in homes or len(set(homes)) != len(homes)
        rows += bool(homes)
    if faulty > _FAULTY * rows or (faulty and rows - faulty < _MANY):
        return False
    headed = any(not figures_in(line, columns) and len(line.runs) >= len(columns) for line in lines)
    full = any(len(figures_in(line, columns)) == len(columns) for line in lines)
    return rows + headed >= _FEWEST_ROWS or len(columns) == 1 or (full and rows > 1 and len(columns) >= _MANY)


def home_of(run: Run, columns: list[Column]) -> int | None:
    """The column that a run stands in, or right beside and far from all others; None for none or several."""
    homes = homes_of(run, columns)
    if not homes:
        near, far = _BESIDE * run.height, _ALONE * run.height
        homes = [index for index, column in enumerate(columns) if column.covers(run) > -near]
        if len([column for column in columns if column.covers(run) > -far]) > 1:
            return None
    return homes[0] if len(homes) == 1 else None


def homes_of(run: Run, columns: list[Column]) -> list[int]:
    """The columns that a run reaches into; only the one that it fills where it barely touches others."""
    left, right = run.left, run.right
    homes = [index for index, column in enumerate(columns) if column.left < right and left < column.right]
    if len(homes) > 1:
        slight = _SLIGHT * run.height
        most = max(homes, key=lambda index: columns[index].covers(run))
        others = (index for index in homes if index != most)
        if columns[most].covers(run) > 2 * slight and all(columns[index].covers(run) < slight for index in others):
            return [most]
    return homes
