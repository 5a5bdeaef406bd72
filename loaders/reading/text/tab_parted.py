"""Tables in the text of a web page as a browser gives it: a tab between the cells of a row, each on lines of its own.

The words of a cell that stand in paragraphs of their own have line breaks around them, so that the tab behind them is
alone on its line, or at the margin of the next cell. Two empty lines or more end the row. Where only empty cells hold a
paragraph or a break, rows stand on one line each and are broken at those, with a tab on either side or in front alone.
"""

from __future__ import annotations

from loaders.document import Cell, Table
from loaders.form.figures import read_figure
from loaders.reading.text.broken_rows import SECTION_HEADING
from loaders.reading.text.text_lines import LONGEST_CELL, Line, place_on

_FEWEST_LONE_TABS = 5
_LONE_TABS_FOR_EACH_OTHER = 10
"""Where more lines begin with a tab and go on with words, each tab opens a cell."""
_FEWEST_CELLS = 3
_EMPTY_LINES_BEHIND_A_ROW = 2
_MOST_LINES_OF_AN_EMPTY_CELL = 7
_APPLICANTS, _RESULTS = 7, 15
_FIGURES_OF_ROWS = (3, _APPLICANTS, _RESULTS)


def has_lone_tabs(lines: list[str]) -> bool:
    """Whether cells of a text have line breaks around the tabs between them."""
    lone = lines.count("\t")
    if lone < _FEWEST_LONE_TABS:
        return False
    others = sum(line.startswith("\t") for line in lines) - lone
    return lone >= others * _LONE_TABS_FOR_EACH_OTHER


def tab_parted_cells(lines: list[Line], start: int) -> tuple[Table | None, int]:
    """The table whose first cell this line is, and the line behind it; no table where no tab comes next."""
    if not _opens_row(lines, start):
        return None, start
    cells: list[Cell] = []
    row = column = gap = 0
    end = start
    after_tab = False
    for position in range(start, len(lines)):
        line = lines[position]
        first, *others = line.text.split("\t")
        if not others and not first.strip():
            gap += 1
            continue
        if first.strip():
            if cells and _may_be_cell(first) and after_tab and gap < _EMPTY_LINES_BEHIND_A_ROW:
                cells[-1] = Cell(first.strip(), row, column, place=place_on(line, 0))
            elif not cells or (_may_be_cell(first) and gap >= _EMPTY_LINES_BEHIND_A_ROW):
                row, column = (row + 1, 0) if cells else (0, 0)
                cells.append(Cell(first.strip(), row, column, place=place_on(line, 0)))
            elif _goes_on(cells[-1], lines, position):
                cells[-1].text += "\n" + first.strip()
            else:
                break
        elif gap >= _EMPTY_LINES_BEHIND_A_ROW and not after_tab:
            row, column = row + 1, 0
            cells.append(Cell("", row, column, place=place_on(line, 0)))
        offset = len(first) + 1
        for other in others:
            column += 1
            cells.append(Cell(other.strip(), row, column, place=place_on(line, offset)))
            offset += len(other) + 1
        after_tab = bool(others) and not others[-1].strip()
        gap, end = 0, position + 1
    return (
        (Table(cells, place_on(lines[start], 0), aligned=False), end) if len(cells) >= _FEWEST_CELLS else (None, start)
    )


def _opens_row(lines: list[Line], position: int) -> bool:
    """Whether a line may be a cell, and a tab at the margin comes next."""
    text = lines[position].text
    if not text.strip() or text.startswith("\t") or not _may_be_cell(text):
        return False
    following = lines[position + 1 : position + 1 + _EMPTY_LINES_BEHIND_A_ROW]
    return text.endswith("\t") or next((line.text for line in following if line.text), "").startswith("\t")


def _may_be_cell(text: str) -> bool:
    return len(text) <= LONGEST_CELL and "。" not in text and not SECTION_HEADING.match(text)


def _goes_on(cell: Cell, lines: list[Line], position: int) -> bool:
    """Whether a line is another paragraph of a label: the tab behind it comes next, or another of the label does."""
    return bool(cell.text) and read_figure(cell.text).kind == "text" and _opens_row(lines, position)


def with_rows_joined(rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The numbered lines, those joined that an empty cell breaks: one ends with a tab and the next begins with one."""
    joined: list[tuple[int, str]] = []
    position = 0
    while position < len(rows):
        number, text = rows[position]
        position += 1
        if text.endswith("\t") and not text.startswith("\t"):
            whole, after = _whole_row(rows, text, position)
            text, position = (whole, after) if _figures(whole) in _FIGURES_OF_ROWS else (text, position)
        joined.append((number, text))
    return joined


def with_labels_apart(rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The numbered lines, the labels of a row one a line where its figures stand so behind them: blocks break lines.

    The tab behind the last label is all that is left of the marks between such cells.
    """
    ends = [n for n, (_, text) in enumerate(rows) if _are_labels(text) and _is_figure_alone(rows, n + 1)]
    if len(ends) < _FEWEST_LONE_TABS:
        return rows
    apart = set(ends)
    return [
        (number, part)
        for n, (number, text) in enumerate(rows)
        for part in (filter(None, text.split("\t")) if n in apart else [text])
    ]


def _are_labels(text: str) -> bool:
    """Whether a line holds labels alone, with a tab behind the last."""
    return text.endswith("\t") and all(read_figure(cell).kind == "text" for cell in text[:-1].split("\t"))


def _is_figure_alone(rows: list[tuple[int, str]], start: int) -> bool:
    """Whether a figure stands alone on the next line, and no tab opens the line behind it, as that of a cell would."""
    behind = [text for _, text in rows[start : start + 2 * _EMPTY_LINES_BEHIND_A_ROW] if text]
    figure = bool(behind) and "\t" not in behind[0] and read_figure(behind[0]).kind == "figure"
    return figure and not any(text.startswith("\t") for text in behind[1:2])


def _whole_row(rows: list[tuple[int, str]], text: str, position: int) -> tuple[str, int]:
    """A line with those behind it that go on with its row, and the position behind them.

    Where these begin with no tab, each break stands for an empty cell, and empty ones beside it left nothing; unless
    they are a whole row without such cells, for then breaks stand in front of words and figures.
    """
    most = _RESULTS if read_figure(text.split("\t", 1)[0]).kind == "figure" else _APPLICANTS
    further, after = _further_lines(rows, text, position, most)
    as_it_stands = text + "".join(line for _, line in further)
    if all(line.startswith("\t") for _, line in further):
        return as_it_stands, after
    if _figures(as_it_stands) in _FIGURES_OF_ROWS:
        return text, position
    behind = next((line for _, line in rows[after : after + _EMPTY_LINES_BEHIND_A_ROW] if line), "")
    if behind.startswith("\t") or not all("\t" in line for _, line in further):
        return text, position  # each figure may have a line of its own
    for number, (breaks, line) in enumerate(further):
        text += "" if line.startswith("\t") else "\t" * breaks
        lacking = most - _figures(text + line)
        if not number and len(further) == 1 and not line.startswith("\t") and 0 < lacking < most - most // 2:
            text += "\t" * lacking  # no other gap has room for the cells that lack
        text += line
    return text, after


def _further_lines(
    rows: list[tuple[int, str]], text: str, position: int, most: int
) -> tuple[list[tuple[int, str]], int]:
    """The lines that go on with a row, each with how many breaks stand in front of it; and the position behind them."""
    further: list[tuple[int, str]] = []
    while text.endswith("\t") and _figures(text) < most:
        following = range(position, min(position + _MOST_LINES_OF_AN_EMPTY_CELL, len(rows)))
        at = next((n for n in following if rows[n][1]), None)
        if at is None or _holds_words(rows[at][1]):
            break
        further.append((at - position + 1, rows[at][1]))
        text, position = text + rows[at][1], at + 1
    return further, position


def _holds_words(row: str) -> bool:
    return any(read_figure(cell).kind == "text" for cell in row.split("\t"))


def _figures(row: str) -> int:
    """How many cells stand behind the last one that holds words."""
    kinds = [read_figure(cell).kind for cell in reversed(row.split("\t"))]
    return kinds.index("text") if "text" in kinds else len(kinds)
