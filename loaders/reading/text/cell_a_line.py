"""Tables in plain text with a cell a line, each opened by a tab or closed by a bar."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby, zip_longest

from loaders.document import Cell, Table
from loaders.form.editions import editions
from loaders.form.figures import read_figure
from loaders.form.labels import bare, label_names, loosened, unnumbered
from loaders.patterns import pattern_of
from loaders.reading.text.broken_rows import SECTION_HEADING
from loaders.reading.text.text_lines import LONGEST_CELL, Line, place_on

_PARTED = pattern_of(r"[\s\d]\||\|[\s\d]")
"""A bar that parts cells; one inside a word is a misread character."""
_LABEL = pattern_of("[一-龥].*[一-龥]", re.DOTALL)
_MOST_LINES_OF_A_CELL = 6
_BARS = pattern_of(r"\|{2,}")
_APPLICANTS = 7
_LAST_OF_HEADER = "总计"
_MOST_BARS = 3  # lines of bars behind a row
_FEWEST_ROWS_AMID = 6  # labels with figures behind those of another row; two forms may stand beside each other


class TabOpenedCells:
    """Cells that each open with a tab; lines without one go on with the cell; an empty line ends the row.

    Remembers up to where it looked in vain, since each of very many lines may open a cell.
    """

    def __init__(self) -> None:
        self._vain_before = 0

    def table_at(self, lines: list[Line], start: int) -> tuple[Table | None, int]:
        """The table that opens on a line and where it ends; none, and the line itself, where none does."""
        if start < self._vain_before or not _opens_cell(lines[start].text):
            return None, start
        cells, end = _cells_from(lines, start)
        if len(cells) < 3 or len(cells[-1].text) > LONGEST_CELL or not any(map(_is_of_a_form, cells)):
            self._vain_before = end
            return None, start
        return Table(cells, place_on(lines[start], 0), aligned=False), end


def without_indents(lines: list[str]) -> list[str]:
    """The lines with a space for the tab that opens a cell, where tabs merely indent: no empty line ends any row.

    Such cells are told apart like those a line without any mark; an empty line among them is an empty cell.
    """
    rows_amid = 0
    has_figures = is_behind_label = False  # of the cells since the last empty line
    for line in lines:
        if not line.strip():
            has_figures = is_behind_label = False
        elif _opens_cell(line):
            if read_figure(line[1:]).kind == "figure":
                rows_amid += has_figures and is_behind_label
                has_figures, is_behind_label = True, False
            elif loosened(unnumbered(line[1:].strip())) in labels_of_form():  # a figure with a note is none
                is_behind_label = True
    if rows_amid < _FEWEST_ROWS_AMID:
        return lines
    return [f" {line[1:]}" if _opens_cell(line) else line for line in lines]


def _cells_from(lines: list[Line], start: int) -> tuple[list[Cell], int]:
    """The cells from a line on, and where they end: behind the last, or the first that is too long for a cell."""
    cells: list[Cell] = []
    row = column = 0
    position = start
    while position < len(lines):
        line = lines[position]
        if _opens_cell(line.text):
            cells.append(Cell(line.text[1:].strip(), row, column, place=place_on(line, 1)))
            column += 1
        elif not line.text.strip():
            if not _row_follows(lines, position):
                break
            row, column = (row + 1, 0) if column else (row, column)
        elif column and len(line.text) <= LONGEST_CELL and "\t" not in line.text:
            cells[-1].text += "\n" + line.text.strip()
        else:
            break
        position += 1
        if len(cells[-1].text) > LONGEST_CELL:
            break
    return cells, position


def _opens_cell(text: str) -> bool:
    """Whether a line is a cell behind a tab, and no paragraph that a tab indents."""
    if not text.startswith("\t") or "\t" in text[1:].rstrip("\t") or len(text) > LONGEST_CELL:
        return False
    return "。" not in text and not SECTION_HEADING.match(text)


def _is_of_a_form(cell: Cell) -> bool:
    """Whether a cell holds a figure or what stands before figures; lines that are merely indented hold neither."""
    return read_figure(cell.text).kind == "figure" or loosened(unnumbered(cell.text)) in labels_of_form()


def _row_follows(lines: list[Line], position: int) -> bool:
    following = position + 1
    return following < len(lines) and _opens_cell(lines[following].text)


def without_gaps_between_cells(rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The numbered lines without the empty ones that stand between cells with a line each, as a page's source had them.

    Such rows are opened by a bar alone; an empty line between them would end the table.
    """
    if not any(_opens_row(text) for _, text in rows):
        return rows
    kept = rows[:1]
    for row, following in zip_longest(rows[1:], rows[2:], fillvalue=(0, "")):
        goes_on = _opens_row(following[1]) or _is_lone_cell(following[1])
        is_gap = not row[1].strip() and goes_on
        if not (_is_lone_cell(kept[-1][1]) and (is_gap or _ends_row(row[1]))):
            kept.append(row)
    return kept


def _ends_row(text: str) -> bool:
    """Whether an indented line holds nothing but the bars of the columns that the last cell of its row covers."""
    return text[:1].isspace() and _BARS.fullmatch(text.strip()) is not None


def _is_lone_cell(text: str) -> bool:
    """Whether a line is indented and holds one cell, closed by its bar."""
    words = text.strip()
    return text[:1].isspace() and words.endswith("|") and words.find("|") == len(words) - 1


def bar_closed_cells(lines: list[Line], start: int) -> tuple[Table | None, int]:
    """Cells that are each closed by a `|`, alone on its line or behind the text; several bars end a row.

    Where rows end is not always marked, so each label begins one; blank cells too many stand behind its figures. Where
    words that are no label stand before figures, each cell is a row of its own.
    """
    if not _closes_cell(lines, start):
        return None, start
    cells: list[Cell] = []
    parts: list[Line] = []
    opened_by_bars = _opens_row(lines[start].text) and _is_indented(lines, start + 1)
    row, column = 0, -1
    position, end = start, start
    while position < len(lines) and len(parts) <= _MOST_LINES_OF_A_CELL:
        line = lines[position]
        text = line.text.strip()
        if opened_by_bars and _opens_row(line.text):
            row, column, position, end = row + 1, -1, position + 1, position + 1
            continue
        words = text.strip("| \t\u3000")
        if _ends_table(text, words):
            break
        if words:
            parts.append(Line(words, line.number))
        if text.endswith("|") and (words or parts or text == "|" or opened_by_bars):
            joined = "\n".join(part.text for part in parts)
            is_label = not opened_by_bars and bool(_LABEL.search(joined)) and read_figure(joined).kind == "text"
            row, column = (row + 1, 0) if is_label else (row, column + 1)
            cells.append(Cell(joined, row, column, place=place_on(parts[0] if parts else line, 0)))
            parts = []
        if text.endswith("|"):
            end = position + 1
        position += 1
    if len(cells) < 3:
        return None, start
    if not opened_by_bars:
        cells = _without_bars_behind(cells) if _begin_with_known_labels(cells) else _each_a_row(cells)
    return Table(cells, place_on(lines[start], 0), aligned=False), end


def _ends_table(text: str, words: str) -> bool:
    """Whether a line is a sentence, a heading, or a row with cells of its own."""
    if "。" in text and "|" not in text:
        return True
    has_cells = "|" in words and bool(_PARTED.search(words))
    return has_cells or len(text) > LONGEST_CELL or bool(SECTION_HEADING.match(text))


def _is_indented(lines: list[Line], position: int) -> bool:
    return position < len(lines) and lines[position].text[:1].isspace()


def _opens_row(text: str) -> bool:
    """Whether nothing but a bar stands in a line, at its margin."""
    return text.startswith("|") and text.strip() == "|"


def _begin_with_known_labels(cells: list[Cell]) -> bool:
    """Whether all rows that hold figures begin with a label of the form, and none holds more than the form has."""
    for _, row in groupby(cells, key=lambda cell: cell.row):
        label, *others = row
        if not any(each.text for each in others):
            continue
        if loosened(unnumbered(label.text)) not in labels_of_form() or any(_LABEL.search(each.text) for each in others):
            return False
        if sum(bool(each.text) for each in others) > _APPLICANTS and bare(label.text) != _LAST_OF_HEADER:
            return False
    return True


@cache
def labels_of_form() -> frozenset[str]:
    """What stands before figures on the form, without its number."""
    names = {name for each in editions() for block in each.blocks for row in block.rows for name in label_names(row)}
    return frozenset(loosened(unnumbered(name)) for name in names) | {_LAST_OF_HEADER}


def _each_a_row(cells: list[Cell]) -> list[Cell]:
    for row, cell in enumerate(cells):
        cell.row, cell.column = row, 0
    return cells


def _without_bars_behind(cells: list[Cell]) -> list[Cell]:
    """The cells without blank ones behind the figures of an applicants' row: bars that fill up a row of fewer cells."""
    rows = [list(row) for _, row in groupby(cells, key=lambda cell: cell.row)]
    most = _APPLICANTS + 1
    return [
        each
        for row in rows
        for each in (row[:most] if len(row) <= most + _MOST_BARS and not any(e.text for e in row[most:]) else row)
    ]


def _closes_cell(lines: list[Line], start: int) -> bool:
    """Whether the line ends with its only bar, or nothing but a bar comes next."""
    text = lines[start].text.strip()
    if text.endswith("|"):
        return True
    following = next((line.text.strip() for line in lines[start + 1 : start + 3] if line.text.strip()), "")
    return bool(text) and "|" not in text and following == "|"
