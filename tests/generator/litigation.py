"""The litigation table in the other shapes that offices give it."""

from __future__ import annotations

from loaders.demo.page import Grid, GridCell

RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def by_row(grid: Grid) -> Grid:
    """A row for reconsideration and for each kind of action."""
    figures = [cell for cell in grid.cells if cell.key]
    cells = [GridCell("", 0, 0, 1, 2, header=True)]
    cells += [GridCell(result, 0, 2 + number, header=True) for number, result in enumerate(RESULTS)]
    cells += [GridCell("行政复议", 1, 0, 1, 2), GridCell("行政诉讼", 2, 0, 2, 1)]
    cells += [GridCell("未经复议直接起诉", 2, 1), GridCell("复议后起诉", 3, 1)]
    cells += [GridCell(f.text, 1 + f.column // 5, 2 + f.column % 5, key=f.key) for f in figures]
    return Grid("litigation", cells, [1.0] * 7)


def by_result(grid: Grid) -> Grid:
    """A row for each result and a column for each kind."""
    figures = [cell for cell in grid.cells if cell.key]
    cells = [GridCell("结果", 0, 0, 2, 1), GridCell("行政复议", 0, 1, 2, 1), GridCell("行政诉讼", 0, 2, 1, 2)]
    cells += [GridCell("未经复议直接起诉", 1, 2), GridCell("复议后起诉", 1, 3)]
    for cell in cells:
        cell.header = True
    cells += [GridCell(result, 2 + number, 0) for number, result in enumerate(RESULTS)]
    cells += [GridCell(f.text, 2 + f.column % 5, 1 + f.column // 5, key=f.key) for f in figures]
    return Grid("litigation", cells, [1.0] * 4)


def columns(grid: Grid, first: int, last: int) -> Grid:
    """Some columns of the table as a table of their own."""
    cells = [
        GridCell(c.text, c.row, c.column - first, c.row_span, c.column_span, c.key, c.header)
        for c in grid.cells
        if first <= c.column < last
    ]
    return Grid(grid.table, cells, grid.widths[first:last])
