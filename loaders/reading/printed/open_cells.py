"""Tables whose makers drew lines around the labels only: their figures stand in one wide cell, or outside all lines.

The lines of the labels beside and above the figures tell where their cells end.
"""

from __future__ import annotations

from loaders.reading.printed.grids import EDGE, Grid, GridCell
from loaders.reading.printed.lines import by_baseline
from loaders.reading.printed.page_model import Run
from loaders.reading.printed.tables import COLUMNS_OF_LITIGATION, begins_row, cell_text, is_figure
from loaders.reading.unruled.figure_columns import Column

_INSIDE = 0.3
"""Part of the height of the type by which a figure may reach over the edge of its cell."""

_FEWEST = 3
"""So many figures beside labels are theirs."""

_FEWEST_LABELS = 2

_NEXT_LINE = 1.5
"""Heights of type below the lines within which such a row follows."""

Bounds = list[tuple[int, int]]
"""First line of a row or column, by its number, and last."""


def divide_open_cells(grid: Grid) -> None:
    """Part cells with the figures of several rows or columns, as the labels beside them and the header above are."""
    for cell in list(grid.cells):
        if cell.runs and (cell.row_span > 1 or cell.column_span > 1) and all(is_figure(run.text) for run in cell.runs):
            parts = _parts(grid, cell)
            if any(part.runs for part in parts):
                grid.cells.remove(cell)
                grid.cells += parts
                grid.cells.sort(key=lambda each: (each.row, each.column))


def add_open_row(grid: Grid, outside: list[Run]) -> list[Run]:
    """Take in the row of figures right below a header of many columns; what stands elsewhere comes back."""
    left, _, right, bottom = grid.box
    row = len(grid.rows) - 1
    above = [cell for cell in grid.cells if cell.row + cell.row_span == row]
    if len(above) != COLUMNS_OF_LITIGATION or any(map(_holds_figures, grid.cells)):
        return outside
    within = [run for run in outside if left - EDGE < run.left and run.right < right + EDGE and run.middle > bottom]
    figures = _first_lines(within, bottom)
    if not figures:
        return outside
    end = max(run.bottom for run in figures)
    cells = [GridCell(row, cell.column, 1, cell.column_span, (cell.box[0], bottom, cell.box[2], end)) for cell in above]
    if not _fill(cells, figures):
        return outside
    grid.rows.append(end)
    grid.cells += cells
    taken = {id(run) for run in figures}
    return [run for run in outside if id(run) not in taken]


def _first_lines(runs: list[Run], top: float) -> list[Run]:
    """The figures on the lines that follow each other below a height and hold nothing else."""
    figures: list[Run] = []
    for line in by_baseline(runs):
        if not all(is_figure(run.text) for run in line) or line[0].top - top > _NEXT_LINE * line[0].height:
            break
        figures += line
        top = max(run.bottom for run in line)
    return figures


def labels_alone(grid: Grid, outside: list[Run]) -> bool:
    """Whether lines are drawn around the labels of rows, and all their figures stand to the right of them."""
    _, top, right, bottom = grid.box
    if any(map(_holds_figures, grid.cells)):
        return False
    if sum(begins_row(run.text) for cell in grid.cells for run in cell.runs) < _FEWEST_LABELS:
        return False
    beside = (run for run in outside if run.left > right - EDGE and top < run.middle < bottom)
    return sum(is_figure(run.text) for run in beside) >= _FEWEST


def figure_columns(grid: Grid) -> list[Column]:
    """Where the last row of a table has its figures, behind its label; none where it has no label."""
    last = sorted((cell for cell in grid.cells if cell.row == len(grid.rows) - 2), key=lambda cell: cell.column)
    labels = [number for number, cell in enumerate(last) if cell.runs and not _holds_figures(cell)]
    figures = last[labels[-1] + 1 :] if labels else []
    return [Column(cell.box[0] + EDGE, cell.box[2] - EDGE) for cell in figures]


def _holds_figures(cell: GridCell) -> bool:
    """Whether nothing but figures stands in a cell, which 无 in a label written downwards is none of."""
    return bool(cell.runs) and all(is_figure(run.text) for run in cell.runs)


def _parts(grid: Grid, cell: GridCell) -> list[GridCell]:
    """The cells that a cell is parted into; empty ones where it holds but one figure or cannot be parted."""
    rows, columns = _rows_beside(grid, cell), _columns_above(grid, cell)
    parts = [
        GridCell(
            top, left, bottom - top, right - left,
            (grid.columns[left], grid.rows[top], grid.columns[right], grid.rows[bottom]),
        )
        for top, bottom in rows
        for left, right in columns
    ]  # fmt: skip
    if len(parts) == 1 or not _fill(parts, cell.runs):
        return []
    filled = [part for part in parts if part.runs]
    return parts if len(filled) > 1 or not _in_the_middle(cell, filled[0].runs) else []


def _in_the_middle(cell: GridCell, runs: list[Run]) -> bool:
    """Whether figures stand where those of a merged cell do."""
    _, top, _, bottom = cell.box
    return (
        cell.row_span == 1 or abs(sum(run.middle for run in runs) / len(runs) - (top + bottom) / 2) < runs[0].height / 2
    )


def _fill(cells: list[GridCell], runs: list[Run]) -> bool:
    """Put each run into the cell around it; whether all stand in one."""
    for run in runs:
        slack = _INSIDE * run.height
        home = next((cell for cell in cells if _holds(cell, run, slack)), None)
        if home is None:
            return False
        home.runs.append(run)
    return True


def _holds(cell: GridCell, run: Run, slack: float) -> bool:
    left, top, right, bottom = cell.box
    return (
        left - slack < run.left and run.right < right + slack and top < run.top + slack and run.bottom - slack < bottom
    )


def _rows_beside(grid: Grid, cell: GridCell) -> Bounds:
    """The rows of a cell as the labels to its left have them, where each begins a row of the form."""
    whole = [(cell.row, cell.row + cell.row_span)]
    beside = _cells_of(grid, [(row, cell.column - 1) for row in range(*whole[0])]) if cell.column else []
    bounds = [(max(each.row, cell.row), min(each.row + each.row_span, whole[0][1])) for each in beside]
    labels = [cell_text(each.runs, each.box[0], each.box[2]) for each in beside]
    return bounds if all(map(begins_row, labels[1:])) and bounds else whole


def _columns_above(grid: Grid, cell: GridCell) -> Bounds:
    """The columns of a cell as the header above has them."""
    whole = [(cell.column, cell.column + cell.column_span)]
    above = _cells_of(grid, [(cell.row - 1, column) for column in range(*whole[0])]) if cell.row else []
    return [
        (max(each.column, cell.column), min(each.column + each.column_span, whole[0][1])) for each in above
    ] or whole


def _cells_of(grid: Grid, slots: list[tuple[int, int]]) -> list[GridCell]:
    """The cells that cover some slots, in order."""
    return [cell for cell in grid.cells if any(_covers(cell, row, column) for row, column in slots)]


def _covers(cell: GridCell, row: int, column: int) -> bool:
    return cell.row <= row < cell.row + cell.row_span and cell.column <= column < cell.column + cell.column_span
