"""The form's row on litigation on pages without lines: its fifteen figures below the words of the header."""

from __future__ import annotations

from itertools import pairwise

from loaders.document import UNSURE, Cell
from loaders.patterns import pattern_of
from loaders.reading.form_words.form_columns import columns_of_rows, home_among
from loaders.reading.form_words.form_rows import adds_up, word_cell
from loaders.reading.form_words.printed_words import Printed, PrintedWords, whole_ones
from loaders.reading.printed.page_model import Line, PageLayout, Run, bounding_box
from loaders.reading.printed.tables import COLUMNS_OF_LITIGATION, TablePiece, is_figure
from loaders.reading.unruled.figure_columns import Column

_RESULTS = (("结果维持",), ("结果纠正",), ("其他结果",), ("尚未审结",), ("总计", "合计"))
_GROUPS = (("行政复议", 0, 0, 5), ("行政诉讼", 0, 5, 10), ("未经复议直接起诉", 1, 5, 5), ("复议后起诉", 1, 10, 5))
"""The words over several columns: row, first column and number of columns."""

_SIZE = len(_RESULTS)
_HEADER_ROWS = 3

_DEEPEST = 6.0
"""Heights of type from the header within which its figures begin, and between them and their ends."""

_NEXT, _SHORT = 1.5, 6
"""Heights of type within which a line of words so short may hold the ends of figures above."""

_PART = pattern_of(r"[\d０-９,，.．]*[（(]?(?:[件宗]|万?元)?[）)]?")

_OVER = 0.4
"""Part of the height of the type by which figures may reach into the header, where lines are tight."""

_UNSURE = 0.3


def litigation_table(
    words: PrintedWords, pages: list[PageLayout], lines: list[list[Line]]
) -> tuple[list[TablePiece], set[int]]:
    """The table, and the identities of the runs that it is made of; nothing where they are not certain."""
    names = [way for ways in _RESULTS for way in ways] + [name for name, *_ in _GROUPS]
    found = whole_ones(words, (each for name in names for each in words.find(name)))
    header = _header(found)
    if not header:
        return [], set()
    page = max(each.start[0] for each in header)
    bottom = max(each.extents()[page][1] for each in header if page in each.extents())
    rows = _figures_below(lines, page, bottom)
    columns = columns_of_rows([line.runs for _, line in rows], header, COLUMNS_OF_LITIGATION) if rows else None
    if columns is None:
        return [], set()
    texts = _by_column([run for _, line in rows for run in line.runs], columns)
    if texts is None:
        return [], set()
    groups = [each for each in found if each.word in {name for name, *_ in _GROUPS} and _is_over(each, header)]
    cells = _cells(header, groups, texts, columns, pages, rows)
    top = min(each.start for each in (*header, *groups) if each.start[0] == header[0].start[0])[1]
    edges = [*(column.left for column in columns), columns[-1].right]
    first = pages[header[0].start[0]].number
    piece = TablePiece(cells, edges, _HEADER_ROWS + 1, first, top, rows[-1][1].bottom, ruled=False)
    used = {id(run) for each in (*header, *groups) for run in each.runs}
    return [piece], used | {id(run) for _, line in rows for run in line.runs}


def _header(found: list[Printed]) -> list[Printed]:
    """The fifteen words from left to right; none where they are not all there, or not in their order."""
    results = [[each for each in found if each.word in ways] for ways in _RESULTS]
    *others, totals = results
    if any(len(places) != COLUMNS_OF_LITIGATION // _SIZE for places in others):
        return []
    rest = [each for places in others for each in places]
    totals = [each for each in totals if _is_beside(each, rest)]
    ordered = sorted([*rest, *totals], key=lambda each: each.left)
    if len(ordered) != COLUMNS_OF_LITIGATION or len({each.start[0] for each in ordered}) > 1:
        return []
    if any(each.word not in _RESULTS[number % _SIZE] for number, each in enumerate(ordered)):
        return []
    return [] if any(one.right > other.left + 0.1 for one, other in pairwise(ordered)) else ordered


def _is_beside(each: Printed, others: list[Printed]) -> bool:
    """Whether a word stands at the height of some others."""
    page, _ = each.start
    extents = [other.extents()[page] for other in others if page in other.extents()]
    if not extents:
        return False
    slack = 1.5 * each.runs[0].height
    top, bottom = each.extents()[page]
    return min(top for top, _ in extents) - slack < top and bottom < max(bottom for _, bottom in extents) + slack


def _is_over(each: Printed, header: list[Printed]) -> bool:
    page, top = header[0].start
    size = header[0].runs[0].height
    return each.start[0] == page and top - 2 * _DEEPEST * size < each.start[1] <= top + 2 * size


def _figures_below(lines: list[list[Line]], page: int, bottom: float) -> list[tuple[int, Line]]:
    """The lines of figures right below the header, or at the top of the next page."""
    found: list[tuple[int, Line]] = []
    below = [(page, line) for line in lines[page] if line.top > bottom - _OVER * line.size]
    if not below and page + 1 < len(lines):
        below, bottom = [(page + 1, line) for line in lines[page + 1]], -1.0
    for at, line in below:
        away = (line.top - bottom) / line.size if bottom >= 0 else 0.0
        if away > _DEEPEST or not all(_is_part(run.text) for run in line.runs):
            may_go_on = found and away < _NEXT and all(len(run.text) <= _SHORT for run in line.runs)
            return [] if may_go_on else found
        found.append((at, line))
        bottom = line.bottom
    return found


def _is_part(text: str) -> bool:
    """Whether a text is a figure, or the end of one that is broken."""
    return is_figure(text) or _PART.fullmatch(text) is not None


def _by_column(runs: list[Run], columns: list[Column]) -> list[tuple[str, list[Run]]] | None:
    """The figure of each column and its runs; None where a run stands in no column or in several.

    Figures over several lines are certain where their group adds up.
    """
    parts: list[list[Run]] = [[] for _ in columns]
    level = len(runs) == len(columns)
    for number, run in enumerate(sorted(runs, key=lambda run: run.left)):
        home = home_among(run, columns)
        if home is None and level:
            home = number
        if home is None:
            return None
        parts[home].append(run)
    for runs_of_column in parts:
        runs_of_column.sort(key=lambda run: run.baseline)
    texts = ["".join(run.text for run in each) for each in parts]
    broken = any(len(each) > 1 for each in parts)
    for start in range(0, len(texts), _SIZE) if broken else ():
        if not adds_up(texts[start : start + _SIZE]):
            for number in range(start, start + _SIZE):
                texts[number] += UNSURE if texts[number] else ""
    return list(zip(texts, parts, strict=True))


def _cells(
    header: list[Printed],
    groups: list[Printed],
    figures: list[tuple[str, list[Run]]],
    columns: list[Column],
    pages: list[PageLayout],
    rows: list[tuple[int, Line]],
) -> list[Cell]:
    cells: list[Cell] = []
    for name, row, first, span in _GROUPS:
        cells += [word_cell(each, row, first, 1, span, pages) for each in groups if each.word == name][:1]
    cells += [word_cell(each, _HEADER_ROWS - 1, number, 1, 1, pages) for number, each in enumerate(header)]
    page, line = rows[0]
    for number, (text, runs) in enumerate(figures):
        column = columns[number]
        box = bounding_box(runs) if runs else (column.left, line.top, column.right, line.bottom)
        confidence = min((run.confidence for run in runs), default=1.0)
        if text.endswith(UNSURE):
            confidence = min(confidence, _UNSURE)
        others = runs[0].other_readings if len(runs) == 1 and not text.endswith(UNSURE) else ()
        cells.append(Cell(text, _HEADER_ROWS, number, 1, 1, pages[page].place(box), confidence, others))
    return cells
