"""Runs fall into the cells of a grid, and the grid becomes a table of a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from statistics import median_low

from loaders.document import UNSURE, Cell, Place
from loaders.patterns import pattern_of
from loaders.reading.printed.grids import EDGE, Grid, GridCell
from loaders.reading.printed.lines import by_baseline, is_wide, join_texts, line_text, make_line
from loaders.reading.printed.overprinted import drop_labels_of_other_rows, drop_overprinted_labels
from loaders.reading.printed.page_model import Line, PageLayout, Run
from loaders.reading.printed.two_lines import doubt_figures_on_two_lines

FIGURE = pattern_of(
    r"^(?:[+＋\-−－–]|净?增加?|净?减少?)?[\d０-９](?:[\d０-９,，.．]*[\d０-９,，])?"
    r"[（(]?(?:[件个次项条宗篇份起人家]|万?元|万|%)?[）)]?$|^[/／—―\-－–−無无零Oo〇]$|^[—―\-－–]{2,3}$|^[\d０-９]{3,}[.．]$"
)
"""What stands in a cell of figures, be it one that is cut behind its point."""

OPENING = pattern_of(
    r"^\s*(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+[、.．]|\d{1,2}[、.．](?!\d)|第(?!三方)|"
    r"[（(](?:本列|勾稽)|申请人情况)"
)
"""How the label of a row begins; a text that begins otherwise may go on from the line or page before."""

_OVER_LABELS = "信息内容"
_PLAIN_LABEL = pattern_of(r"^(?:规章|规范性|行政[规许处强事]|其他对|政府集|信息内容)")
"""The labels of the form that have no number."""

ARTICLE = pattern_of(r"^第?二十条第?[（(]?第?[一二三四五六七八九十]")
"""The full-width line that opens a block of the publication table."""

SECTION = pattern_of(r"^[一二三四五六七八1-8][、.．\s](?!属于).{2,28}(?:情况|事项|问题)$")
"""The heading of a section, as against the label of a row."""

_GROWN = 2.2
"""A run so many times as high as most others in its table is a watermark."""

_DEEPEST_SPILL, _SPILL_PITCH = 8.0, 1.4
"""Heights of type below a table to which the text of a cell may spill over, and between its lines."""

_UNIT = pattern_of(r"[(（]?(?:件|条|项|个|万?元)?[)）]?")

_BEHIND_UNIT = pattern_of(r"[)）件]\d")

_SEAM = 0.08
"""Part of the height of the type; a line so near to a gap between characters may stand in it."""

_NO_GAP = 0.2
"""Points by which characters of one word may stand apart."""


_WIDER = 0.03
"""Part of the height of the type by which the gap between two figures is wider than those between their digits."""

_REACH = 0.4
"""Part of the height of the type by which a figure runs into the cell beside its own, if it does."""

_CENTRED = 0.15
"""Part of the height of the type within which a figure stands in the middle of its cell."""

_UNSURE = 0.3
"""Confidence of such figures."""

_GOES_ON = "…"
_NARROWEST_TYPE = 0.2
"""Part of the height of the type that a character is wide at least."""

_SPACED = pattern_of(r"^(?:[1-9]\d*|0)(?:\.\d+)?$")
_SPACED_PAIR, _SPACED_MANY, _UNEVEN = 0.8, 1.3, 0.3
"""Parts of the height of the type between the digits of one figure, two or more, and by how much these may differ."""


@dataclass(slots=True)
class TablePiece:
    """The part of a table that stands on one page, or after joining on several. Rows and columns count from 0.

    `page`, `top` and `bottom` say where it begins: a table over several pages ends, for its place, with the first.
    """

    cells: list[Cell]
    columns: list[float]
    height: int
    page: int
    top: float
    bottom: float
    aligned: bool = True
    ruled: bool = True
    """Whether lines draw the columns; otherwise `columns` holds the centres of figures after three for labels."""
    opens_block: bool = False
    """Whether this is only the line that opens a block of the table after it."""


_FEWEST_BESIDE, _FEWEST_ABOVE, _GAP = 2, 5, 1.5
"""Figures in one cell, beside or above each other, between which lines are missing; heights of type between those
beside each other, more than between the digits of one figure that were set apart."""

COLUMNS_OF_LITIGATION = 15
"""The one table of the form with so many, and with a single row of figures."""

RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
"""The words over each five of these columns."""

HEADER_WORDS = frozenset({*RESULTS, "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"})
"""The same, and those over the columns of the table on applications."""


@lru_cache(maxsize=1 << 12)
def is_figure(text: str) -> bool:
    """Whether the text of a cell is a figure or a stroke in its place."""
    return FIGURE.match(text) is not None


@lru_cache(maxsize=1 << 13)
def begins_row(text: str) -> bool:
    """Whether the label of a row of the form begins here."""
    return bool(OPENING.match(text) or _PLAIN_LABEL.match(text) or ARTICLE.match(text))


def is_plain_label(text: str) -> bool:
    """Whether a label of the form that has no number begins here."""
    return _PLAIN_LABEL.match(text) is not None


def fill_grids(grids: list[Grid], runs: list[Run]) -> list[Run]:
    """Put each run into the cell around it; what stands in no grid comes back.

    Of grids inside one another the smallest takes the run. A figure that runs into an empty cell may be two, and is
    marked so.
    """
    if not grids:
        return runs
    outside: list[Run] = []
    wide: list[tuple[Run, GridCell, list[GridCell]]] = []
    by_size = sorted(grids, key=lambda grid: (grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1]))
    reaches = [(grid.rows[0] - EDGE, grid.rows[-1] + EDGE, grid) for grid in by_size]
    for run in runs:
        left, right = run.left, run.right
        x, y = (left + right) / 2, (run.top + run.bottom) / 2
        for top, bottom, grid in reaches:
            if top <= y <= bottom and (cell := grid.cell_at(x, y)) is not None:
                if left >= cell.box[0] - 1.0 and right <= cell.box[2] + 1.0:
                    cell.runs.append(run)
                else:
                    wide += _fill_cut(grid, cell, run, y)
                break
        else:
            outside.append(run)
    outside = [run for run in outside if not any(_spills_over(run, grid) for grid in grids)]
    for grid in grids:
        _drop_watermarks(grid)
        drop_overprinted_labels(grid, is_figure)
        drop_labels_of_other_rows(grid, is_figure, begins_row)
        if grid.is_cut_off:
            _doubt_results_at_the_end(grid)
        _doubt_figures_beyond_the_page(grid)
    for run, cell, others in wide:
        if any(not other.runs for other in others):
            cell.runs[:] = [_doubtful(run) if other is run else other for other in cell.runs]
    return outside


def _doubt_results_at_the_end(grid: Grid) -> None:
    """Mark the last figure of litigation where half the word for a total is over it, as it may have lost digits.

    The total ends a group, so that the figure left out moves no other.
    """
    texts = {id(cell): "".join([run.text for run in cell.runs]) for cell in grid.cells}
    if RESULTS[0] not in texts.values():
        return
    last = [cell for cell in grid.cells if cell.column == len(grid.columns) - 2]
    heads = [texts[id(cell)] for cell in last if cell.runs]
    if any(RESULTS[-1].startswith(head) and RESULTS[-1] != head for head in heads):
        for cell in last:
            cell.runs[:] = [_doubtful(run) if is_figure(run.text) else run for run in cell.runs]


def _doubt_figures_beyond_the_page(grid: Grid) -> None:
    """Mark the figures of a last column that the edge of the page cuts: other digits of theirs may be gone.

    What is left of them is far narrower than any type.
    """
    last = [cell for cell in grid.cells if cell.column == len(grid.columns) - 2]
    runs = [run for cell in last for run in cell.runs if run.text[:1].isdigit()]
    if 2 * sum(map(_is_squeezed, runs)) > len(runs):
        for run in runs:
            run.text += _GOES_ON


def _is_squeezed(run: Run) -> bool:
    return run.upright and run.right - run.left < _NARROWEST_TYPE * run.height


def lacks_lines(grid: Grid) -> bool:
    """Whether lines part the rows of a table but not its columns, or its columns but not its rows.

    Then several figures stand apart in one cell, or figures below their header.
    """
    fewest = 1 if len(grid.columns) == 2 else _FEWEST_BESIDE
    if any(_holds_columns(cell.runs, fewest) or _holds_rows(cell.runs) for cell in grid.cells):
        return True
    if any(_holds_header_and_label(cell.runs) for cell in grid.cells):
        return True
    return sum(_holds_header(cell.runs) for cell in grid.cells) >= _FEWEST_ABOVE


def _holds_header(runs: list[Run]) -> bool:
    """Whether a word of the header on litigation stands in a cell with a figure below it."""
    if len(runs) < _FEWEST_BESIDE:
        return False
    *words, lowest = sorted(runs, key=lambda run: run.baseline)
    text = "".join([run.text for run in words])
    return is_figure(lowest.text) and any(word in text for word in RESULTS)


def _holds_header_and_label(runs: list[Run]) -> bool:
    """Whether the words over the labels of publication stand in one cell with such a label."""
    if len(runs) < _FEWEST_BESIDE:
        return False
    texts = [run.text for run in runs]
    return _OVER_LABELS in texts and any(is_plain_label(text) and text != _OVER_LABELS for text in texts)


def _holds_columns(runs: list[Run], fewest: int) -> bool:
    """Whether so many figures of a line stand far from what is left of them."""
    if len(runs) <= fewest:
        return False
    for line in by_baseline(runs):
        if len(line) > fewest:
            line.sort(key=lambda run: run.left)
            apart = (
                run for run, other in zip(line[1:], line, strict=False) if run.left - other.right > _GAP * run.height
            )
            if sum(is_figure(run.text) for run in apart) >= fewest:
                return True
    return False


def _holds_rows(runs: list[Run]) -> bool:
    """Whether so many figures stand above each other that they cannot be the parts of one."""
    if len(runs) < _FEWEST_ABOVE:
        return False
    figures = [run for run in runs if is_figure(run.text)]
    return len(figures) >= _FEWEST_ABOVE and len(by_baseline(figures)) >= _FEWEST_ABOVE


def _spills_over(run: Run, grid: Grid) -> bool:
    """Whether a run goes on from a cell over the lower edge of the table, and then put it there.

    Programs that let a page end in the middle of a row write on below it.
    """
    bottom, height = grid.rows[-1], run.bottom - run.top
    if not 0 < run.baseline - bottom < _DEEPEST_SPILL * height or run.left < grid.columns[0] or is_figure(run.text):
        return False
    cell = grid.cell_at((run.left + run.right) / 2, bottom)
    if cell is None or not cell.runs or cell.column_span == len(grid.columns) - 1 or run.right > cell.box[2] + 1.0:
        return False
    last = max(cell.runs, key=lambda other: other.baseline)
    if begins_row(run.text) or (_is_word(run) and all(is_figure(other.text) for other in cell.runs)):
        return False
    near = 0 <= run.baseline - last.baseline < _SPILL_PITCH * height
    if not near or abs(last.bottom - last.top - height) > 0.2 * height or run.left < cell.box[0] - 1.0:
        return False
    cell.runs.append(run)
    return True


def _is_word(run: Run) -> bool:
    """Whether a run is more than the unit of a figure."""
    return _UNIT.fullmatch(run.text.strip()) is None


def _fill_cut(grid: Grid, cell: GridCell, run: Run, y: float) -> Iterator[tuple[Run, GridCell, list[GridCell]]]:
    """Put a run that is wider than its cell into the cells, cut where a line between two of them parts it.

    What comes back are figures with their cell and the cells that they run into.
    """
    for part in _cut(grid, run, y):
        home = grid.cell_at((part.left + part.right) / 2, y) or cell
        home.runs.append(part)
        reach = _REACH * part.height
        aside = abs(part.left + part.right - home.box[0] - home.box[2]) / 2
        if is_figure(part.text) and aside > _CENTRED * part.height:  # one in the middle of its cell is hardly two
            ends = [grid.cell_at(x, y) for x in (part.left + reach, part.right - reach)]
            yield part, home, [other for other in ends if other is not None and other is not home]


def _cut(grid: Grid, run: Run, y: float) -> list[Run]:
    """Parts of a run, cut where a line falls into a gap between characters.

    Characters without a gap stay together, even where they run over the line: a long figure in a narrow column. Not so
    digits behind the unit of a figure.
    """
    lefts, rights = run.characters or ([], [])
    seam = _SEAM * run.height
    cuts = [0]
    gaps = [start - end for end, start in zip(rights, lefts[1:], strict=False)]
    least = median_low(gaps) + _WIDER * run.height if len(gaps) > 1 and is_figure(run.text) else _NO_GAP
    for index, (end, start) in enumerate(zip(rights, lefts[1:], strict=False), 1):
        if _BEHIND_UNIT.fullmatch(run.text[index - 1 : index + 1]):
            end, start = (lefts[index - 1] + end) / 2, (start + rights[index]) / 2
        elif start - end <= max(least, _NO_GAP):
            continue
        before, after = grid.cell_at(end - seam, y), grid.cell_at(start + seam, y)
        if before is not after:
            cuts.append(index)
    cuts.append(len(run.text))
    regular = [gap for gap, pair in zip(gaps, pairwise(run.text), strict=False) if _stand_evenly(*pair)]
    if regular and is_figure(run.text) and min(regular) < median_low(gaps) - _WIDER * run.height:
        return [_doubtful(run)]  # two figures that are written over each other
    if len(cuts) == 2:
        return [run]
    return [
        replace(run, text=run.text[a:b], left=lefts[a], right=rights[b - 1], order=run.order + a, characters=None)
        for a, b in pairwise(cuts)
    ]


def _stand_evenly(one: str, other: str) -> bool:
    """Whether characters stand as far apart as other digits: many fonts set two ones closer, and a comma is narrow."""
    return one.isdigit() and other.isdigit() and one + other != "11"


def _doubtful(run: Run) -> Run:
    return replace(run, text=run.text + UNSURE, confidence=_UNSURE, other_readings=())


def _drop_watermarks(grid: Grid) -> None:
    """Take out runs far larger than the others that lie across the lines of the table."""
    heights = [run.bottom - run.top for cell in grid.cells for run in cell.runs]
    if not heights or max(heights) < _GROWN * min(heights):
        return
    heights.sort()
    limit = _GROWN * heights[len(heights) // 2]
    if heights[-1] < limit:
        return
    for cell in grid.cells:
        cell.runs = [run for run in cell.runs if run.height < limit or _inside(run, cell)]


def _inside(run: Run, cell: GridCell) -> bool:
    slack = 0.2 * run.height
    return run.top >= cell.box[1] - slack and run.bottom <= cell.box[3] + slack


def cell_text(runs: list[Run], left: float, right: float) -> str:
    """The text of a cell between two edges. Lines that fill the cell go on in the next; others end a paragraph."""
    if not runs:
        return ""
    if len(runs) == 1:
        return runs[0].text
    lines = by_baseline(runs)
    if len(lines) > 2 and _runs_down(runs, len(lines)):
        return "".join(run.text for run in _downward(runs))
    text, width, size = "", 0.0, 0.0
    for line in lines:
        if len(line) == 1:
            (run,) = line
            after, start, end, height = run.text, run.left, run.right, run.bottom - run.top
            first = after
        else:
            whole = make_line(line)
            after, first = _spaced_figure(whole) or line_text(whole, keep_wide_gaps=False), whole.runs[0].text
            start, end, height = whole.left, whole.right, whole.size
        if not text:
            text = after
        elif text != "0" and _fills(right - left - width, size, first):
            text = join_texts(text, after)
        else:
            text += "\n" + after
        width, size = end - start, height
    return text


def _spaced_figure(line: Line) -> str:
    """A figure whose digits were set apart evenly; nothing for any other line."""
    text = "".join([run.text for run in line.runs])
    if len(text) != len(line.runs) or not _SPACED.match(text):
        return ""
    gaps = [after.left - before.right for before, after in pairwise(line.runs)]
    even = max(gaps) - min(gaps) < _UNEVEN * line.size
    return text if even and max(gaps) < (_SPACED_PAIR if len(text) == 2 else _SPACED_MANY) * line.size else ""


def _fills(room: float, size: float, first: str) -> bool:
    """Whether a line that begins with a word had no room left on the line before it, so that both are one paragraph."""
    word = 1
    if is_wide(first[0]):
        return room < (1 + 1.6) * size
    while word < len(first) and not is_wide(first[word]):
        word += 1
    return room < (0.55 * word + 1.6) * size


def _runs_down(runs: list[Run], lines: int) -> bool:
    """Whether the characters are written from top to bottom: single ones, one after the other, downwards."""
    if False in [run.upright for run in runs]:
        return True
    if len(runs) == lines or any(len(run.text) > 1 for run in runs):
        return False
    in_order = sorted(runs, key=lambda run: run.order)
    steps = [b.baseline - a.baseline for a, b in pairwise(in_order)]
    return sum(step > 0 for step in steps) > 0.7 * len(steps)


def _downward(runs: list[Run]) -> list[Run]:
    return sorted(runs, key=lambda run: run.order)


def piece_from_grid(grid: Grid, layout: PageLayout) -> TablePiece:
    """A filled grid as a table."""
    cells: list[Cell] = []
    number = layout.printed_on or layout.number
    is_level = layout.back is None and not layout.beside
    for cell in grid.cells:
        runs, box = cell.runs, cell.box
        others: tuple[str, ...] = ()
        if len(runs) > 1:
            text, confidence = cell_text(runs, box[0], box[2]), min(run.confidence for run in runs)
        elif runs:
            text, confidence, others = runs[0].text, runs[0].confidence, runs[0].other_readings
        else:
            text, confidence = "", 1.0
        place = Place(number, box) if is_level else layout.place(box)
        cells.append(Cell(text, cell.row, cell.column, cell.row_span, cell.column_span, place, confidence, others))
    doubt_figures_on_two_lines(list(zip(grid.cells, cells, strict=True)))
    _, top, _, bottom = grid.box
    return TablePiece(cells, grid.columns, len(grid.rows) - 1, layout.number, top, bottom)
