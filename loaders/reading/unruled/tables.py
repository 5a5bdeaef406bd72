"""Tables without ruling lines between their columns: where on a page they stand.

A stretch of lines with several figures each is a table; `columns` makes cells of it. Rules between the rows alone
(a table with three lines, a web page with lines under its rows) are used to tell the rows apart.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from loaders.document import UNSURE, Cell
from loaders.form.rows import PAGE_NUMBER
from loaders.patterns import pattern_of
from loaders.reading.layout import is_section_heading
from loaders.reading.printed.grids import merge_rulings
from loaders.reading.printed.lines import line_text
from loaders.reading.printed.page_model import Line, PageLayout, Ruling, Run, bounding_box
from loaders.reading.printed.tables import ARTICLE, SECTION, TablePiece, is_figure, is_plain_label
from loaders.reading.unruled.columns import LABEL_COLUMNS, cells_in_columns, merged_words, overlaps
from loaders.reading.unruled.figure_columns import (
    Column,
    centre,
    figures_in,
    figures_of,
    find_columns,
    holds,
    in_known_columns,
)
from loaders.reading.unruled.header_columns import columns_of_header
from loaders.reading.unruled.header_words import columns_under_words, has_nothing_else, with_whole_words
from loaders.reading.unruled.row_labels import one_run
from loaders.reading.unruled.row_parts import Bands

_FEWEST_FIGURES = 3
_SHORTEST_RULE = 40.0
"""Points; shorter lines are underlines."""

_MANY_COLUMNS = 5
"""A table with fewer columns may well have those of another by chance."""

_GAP = 1.0
"""Part of the height of the type that separates neighbouring cells of one line."""

_MOST_WORDS_OF_PAGE_NUMBER = 7

_MANY_WORDS, _SHORT_WORD, _LITTLE_GAP = 10, 6, 0.5
"""So many words of at most so many characters, parted by this part of the height of the type, are a narrow header."""

_CUT = pattern_of("[\\d０-９](?:[.．,，]|[（(][件宗]?)$")
"""How a figure ends that goes on in the next line."""

_PITCH, _WIDEST_PITCH = 1.6, 2.5
"""Heights of type between the lines of one label, and of one figure, at most."""

_UNIT = pattern_of("[（(]?(?:件|万?元)[）)]?")

_HEADS = ("（本列", "(本列", "申请人情况", "行政复议")
"""How the headers of the tables on applications and litigation begin."""

_LAWSUITS = "行政诉讼"

_TABLE_OPENINGS = ("（本列", "(本列", "申请人", "信息内容", "行政复议", "自然人")


def find_unruled(
    lines: list[Line], page: PageLayout, known: list[Column], following: Callable[[], list[Column]]
) -> tuple[list[TablePiece], list[Line], list[Column]]:
    """Tables without lines between their columns, the lines of text in none, and the columns of the last table.

    `known` are the columns of the table before, which a few lines of it on the next page do not show by themselves;
    `following` asks for those of the table that the next page begins with.
    """
    lines = [_with_units(line) for line in lines]
    rest = [line for line in lines if _is_page_number(line)]
    lines = [line for line in lines if not _is_page_number(line)] if rest else lines
    pieces: list[TablePiece] = []
    position = 0
    stretches = _stretches(lines, page, known)
    rules = merge_rulings(page.horizontal) if stretches else []
    for start, end in stretches:
        rest += lines[position:start]
        for number, block in enumerate(_blocks(lines[start:end])):
            piece, known = _piece(block, rules, page, known, goes_on=start == 0 and number == 0)
            if not piece.aligned and end == len(lines) and block[-1] is lines[-1] and (later := following()):
                again, columns = _piece(block, rules, page, later, goes_on=True)
                piece, known = (again, columns) if again.aligned else (piece, known)
            pieces.append(piece)
        position = end
    return pieces, rest + lines[position:], known


def first_columns(lines: list[Line], page: PageLayout) -> list[Column]:
    """The columns of the table that a page begins with, if it has many and shows them by itself."""
    start, end = next(iter(_stretches(lines, page, [])), (1, 1))
    if start:
        return []
    block = _blocks(lines[:end])[0]
    columns = find_columns(block)
    return columns if len(columns) >= _MANY_COLUMNS and holds(block, columns) else []


def _stretches(lines: list[Line], page: PageLayout, known: list[Column]) -> list[tuple[int, int]]:
    """Stretches of lines, as first and last but one, that hold a table."""
    if not any(map(_is_rich, lines)):
        return []
    found: list[tuple[int, int]] = []
    start, edge = -1, -math.inf
    for index in range(len(lines) + 1):
        inside = index < len(lines) and (_is_tabular(lines[index], page) or _is_label(lines[index], edge))
        near = inside and start >= 0 and lines[index].top - lines[index - 1].bottom <= 5 * lines[index].size
        if not near:
            stretch = _trimmed(lines, start, index, known) if start >= 0 else None
            if stretch:
                found.append(stretch)
            start, edge = index if inside else -1, -math.inf
        if inside and _is_rich(lines[index]):
            first = min(run.left for run in figures_of(lines[index]))
            edge = first if edge < 0 else min(edge, first)
    return found


def _with_units(line: Line) -> Line:
    """The line with each figure and the unit close behind it as one run."""
    if len(line.runs) < 2 or not any(map(_UNIT.fullmatch, (run.text for run in line.runs))):
        return line
    runs = line.runs[:1]
    for run in line.runs[1:]:
        near = run.left - runs[-1].right < _LITTLE_GAP * line.size
        if near and _UNIT.fullmatch(run.text) and is_figure(runs[-1].text):
            runs[-1] = one_run([runs[-1], run])
        else:
            runs.append(run)
    return replace(line, runs=runs)


def _is_page_number(line: Line) -> bool:
    """Whether a line between rows is a page number, whose dashes are no figures: they stand close to it."""
    if not 1 < len(line.runs) <= _MOST_WORDS_OF_PAGE_NUMBER or not PAGE_NUMBER.match(line_text(line)):
        return False
    return all(after.left - before.right < _GAP * line.size for before, after in pairwise(line.runs))


def _is_rich(line: Line) -> bool:
    """Whether a line by itself shows that it is a row: several figures, or a label of the form and a figure."""
    figures = len(figures_of(line))
    return figures >= _FEWEST_FIGURES or (figures > 0 and is_plain_label(line.runs[0].text))


def _is_tabular(line: Line, page: PageLayout) -> bool:
    """Whether a line looks like part of a table: cells with gaps between them, or a short label."""
    text = line_text(line)
    if SECTION.match(text) or is_section_heading(text):
        return False
    if ARTICLE.match(text) and len(text) < 16:
        return True
    if len(line.runs) == len(figures_of(line)) >= _FEWEST_FIGURES or len(figures_of(line)) >= _MANY_COLUMNS:
        return True  # however close: fifteen figures fill a line
    gaps = [b.left - a.right for a, b in pairwise(line.runs)]
    if len(line.runs) >= _MANY_WORDS and min(gaps) > _LITTLE_GAP * line.size and _are_short(line.runs):
        return True
    if gaps and max(gaps) > _GAP * line.size:
        return max(run.right - run.left for run in line.runs) < 0.5 * page.width
    narrow = line.right - line.left < 0.36 * page.width and not text.endswith(("。", "；"))
    return narrow or has_nothing_else(text)


def _is_label(line: Line, edge: float) -> bool:
    """Whether a line stands left of the figures above it, as the label of a row of blanks does."""
    text = line_text(line)
    if line.right >= edge or text.endswith(("。", "；")):
        return False
    return not SECTION.match(text) and not is_section_heading(text)


def _are_short(words: list[Run]) -> bool:
    return max(len(word.text) for word in words) <= _SHORT_WORD


def _trimmed(lines: list[Line], start: int, end: int, known: list[Column]) -> tuple[int, int] | None:
    """A stretch without headings before its first and signatures after its last cells; None if it is no table."""
    rich = [index for index in range(start, end) if _is_rich(lines[index])]
    if not rich:
        return None
    edge = min(run.left for run in figures_of(lines[rich[0]]))
    label_goes_on = known and start == 0 and all(line.right < edge for line in lines[: rich[0]])
    first = rich[0]
    while first > start and _is_tight(lines[first - 1], lines[first]):
        above = lines[first - 1]
        figures = overlaps(above, lines[first]) or all(is_figure(run.text) for run in above.runs)
        if above.right >= edge and not figures:
            break
        first -= 1
    while not label_goes_on and start < first and len(lines[start].runs) == 1 and not _opens_table(lines[start]):
        if overlaps(lines[start], lines[start + 1]):
            break
        start += 1
    last = max(index for index in range(start, end) if figures_of(lines[index]))
    while last + 1 < end and _follows(lines[last], lines[last + 1]):
        if lines[last + 1].right >= edge and not overlaps(lines[last], lines[last + 1]):
            break
        last += 1
    return start, last + 1


def _follows(before: Line, line: Line) -> bool:
    return line.top - before.bottom < 2.5 * line.size


def _is_tight(before: Line, line: Line) -> bool:
    """Whether two lines stand as close as those of one label, or of one figure where style sheets set them apart."""
    has_figures_alone = all(is_figure(run.text) for run in before.runs)
    return line.baseline - before.baseline < (_WIDEST_PITCH if has_figures_alone else _PITCH) * line.size


def _opens_table(line: Line) -> bool:
    text = line_text(line)
    return bool(ARTICLE.match(text)) or text.startswith(_TABLE_OPENINGS)


def _blocks(lines: list[Line]) -> list[list[Line]]:
    """The table cut where a line opens a new block, or another table of the form that follows without a heading."""
    blocks: list[list[Line]] = [[]]
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        text = line_text(line)
        other = (text.startswith(_HEADS) or _heads_lawsuits(text, below)) and any(map(figures_of, blocks[-1]))
        if blocks[-1] and (other or ARTICLE.match(text)):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _heads_lawsuits(text: str, below: Line | None) -> bool:
    """Whether a line is the header over all lawsuits, and no label: the header of both kinds of them comes next."""
    return text == _LAWSUITS and below is not None and len(below.runs) > 1 and not figures_of(below)


def _piece(
    lines: list[Line], rules: list[Ruling], page: PageLayout, known: list[Column], *, goes_on: bool
) -> tuple[TablePiece, list[Column]]:
    """One block as a table, and its columns; where no columns hold, a table in reading order.

    `goes_on` says that the page begins with it; elsewhere it must have all columns of the table before to be part of
    that one.
    """
    lines = with_whole_words(lines)
    left, top, right, bottom = bounding_box([run for line in lines for run in line.runs])
    columns = find_columns(lines)
    named = columns_under_words(lines, columns)
    columns = named or columns
    if known and not _may_go_on(lines, columns, known):
        known = []
    if (goes_on and len(columns) <= len(known)) or len(columns) == len(known) >= _MANY_COLUMNS:
        before = in_known_columns(lines, known)
        columns = columns if _has_moved(lines, columns, before) else before or columns
    elif not goes_on:
        known = []
    certain = columns == in_known_columns(lines, known) or columns == in_known_columns(lines, named)
    if not certain and not holds(lines, columns):
        columns = columns_of_header(lines)
    if not columns or not any(figures_in(line, columns) for line in lines):
        cells = _in_reading_order(lines, page)
        return TablePiece(cells, [left, right], len(lines), page.number, top, bottom, False, False), known
    bands = Bands([line for line in rules if top < line.at < bottom and line.end - line.start > _SHORTEST_RULE])
    cells, height = cells_in_columns(lines, columns, bands, page)
    edges = [*[left] * LABEL_COLUMNS, *map(centre, columns), right]
    return TablePiece(cells, edges, height, page.number, top, bottom, ruled=False), columns


def _may_go_on(lines: list[Line], columns: list[Column], known: list[Column]) -> bool:
    """Whether lines may be rows of the table before: with many figures and no label they fill all of its columns."""
    if not _MANY_COLUMNS <= len(columns) < len(known):
        return True
    return any(run.right < columns[0].left for line in lines for run in line.runs)


def _has_moved(lines: list[Line], columns: list[Column], before: list[Column]) -> bool:
    """Whether a page lies elsewhere than the one before: by its columns, figures would stand among the labels."""
    if len(columns) != len(before) or len(columns) < _MANY_COLUMNS:
        return False
    own, known = (sum(len(figures_in(line, each)) for line in lines) for each in (columns, before))
    return own > known and holds(lines, columns)


def _in_reading_order(lines: list[Line], page: PageLayout) -> list[Cell]:
    broken = _broken_figures(lines) | _run_together(lines)
    return [
        Cell(
            run.text + UNSURE if run.text and (row, run.left) in broken else run.text,
            row,
            column,
            place=page.place(bounding_box([run])),
            confidence=run.confidence,
        )
        for row, line in enumerate(lines)
        for column, run in enumerate(merged_words(line))
    ]


def _run_together(lines: list[Line]) -> set[tuple[int, float]]:
    """Figures, likewise, that reach over two of those of whole rows, in rows with fewer: they are several in one."""
    rows = [[run for run in line.runs if is_figure(run.text)] for line in lines]
    most = max(map(len, rows), default=0)
    if most < _MANY_COLUMNS:
        return set()
    whole = [row for row in rows if len(row) == most]
    extents = [
        (min(run.left for run in column), max(run.right for run in column)) for column in zip(*whole, strict=True)
    ]
    return {
        (number, run.left)
        for number, row in enumerate(rows)
        if len(row) < most
        for run in row
        if sum(left < run.right and run.left < right for left, right in extents) > 1
    }


def _broken_figures(lines: list[Line]) -> set[tuple[int, float]]:
    """Figures, by line and left edge, that may go on in a line with few figures right above or below."""
    found: set[tuple[int, float]] = set()
    figures = [figures_of(line) for line in lines]
    for above, below in pairwise(range(len(lines))):
        few, many = sorted((figures[above], figures[below]), key=len)
        cut = 2 * len(few) < len(many) or any(_CUT.search(run.text) for run in lines[above].runs)
        if cut and _is_tight(lines[above], lines[below]):
            for one in figures[above]:
                for other in figures[below]:
                    if one.left < other.right and other.left < one.right:
                        found |= {(above, one.left), (below, other.left)}
    return found
