"""What befalls reports on their way: each damage changes the page, and the truth of what may still be read."""

from __future__ import annotations

import random
from collections.abc import Callable

from loaders.demo.page import Grid, GridCell, Image, Page, Text
from tests.generator.filled import Filled

Damage = Callable[[random.Random, Page, Filled], None]

_TRUE = (
    "予公开部分国家秘密法律行政保护第三方机构不现成信息补正申请重"
    "复处理结转其他本年上收到总计人由语逾期未按费通知要求自然商业"
)
_MISREAD = (
    "子么幵邵兮囯冢祕蜜沽津仃攻俣沪弟二万札枸木观戊亻自朴止甲清里"
    "夏外埋绪较具它木午土攵刭忌汁入甲诰输朗末桉贲迵如耍术白燃啇亚"
)
_CONFUSED = dict(zip(_TRUE, _MISREAD, strict=True))


def _grid(page: Page, table: str) -> Grid:
    return next(grid for grid in page.grids() if grid.table == table)


def _any_grid(rng: random.Random, page: Page) -> Grid:
    return rng.choice(page.grids())


def _figure_rows(grid: Grid) -> list[int]:
    return sorted({cell.row for cell in grid.cells if cell.key})


def _keys(grid: Grid, row: int) -> set[str]:
    return {cell.key for cell in grid.cells if cell.row == row and cell.key}


def _label(grid: Grid, row: int) -> GridCell | None:
    """The label that stands right before the figures of `row` and belongs to it alone."""
    labels = [cell for cell in grid.row_cells(row) if not cell.key and cell.row_span == 1]
    return labels[-1] if labels else None


def none(rng: random.Random, page: Page, filled: Filled) -> None:
    """A sound report."""


def header_cell_missing(rng: random.Random, page: Page, filled: Filled) -> None:
    """One to three header cells are gone."""
    grid = _any_grid(rng, page)
    headers = [cell for cell in grid.cells if cell.header]
    gone = rng.sample(headers, rng.randint(1, 3))
    grid.cells = [cell for cell in grid.cells if not any(cell is other for other in gone)]


def header_lost(rng: random.Random, page: Page, filled: Filled) -> None:
    """The whole header of the applications or litigation table is gone."""
    grid = _grid(page, rng.choice(("applications", "litigation")))
    if grid.table == "litigation":
        filled.lose_place({cell.key for cell in grid.cells if cell.key})
    _remove_rows(grid, [row for row in range(grid.rows) if not _keys(grid, row)])


def _remove_rows(grid: Grid, gone: list[int]) -> None:
    """Take rows out; cells that reach over them get shorter, what stood below moves up."""
    for row in sorted(gone, reverse=True):
        kept: list[GridCell] = []
        for cell in grid.cells:
            if cell.row <= row < cell.row + cell.row_span:
                cell.row_span -= 1
            elif cell.row > row:
                cell.row -= 1
            if cell.row_span:
                kept.append(cell)
        grid.cells = kept


def _insert_row(grid: Grid, at: int, cells: list[GridCell]) -> None:
    """Put a row in before row `at`; cells that reach across it get longer."""
    for cell in grid.cells:
        if cell.row >= at:
            cell.row += 1
        elif cell.row + cell.row_span > at:
            cell.row_span += 1
    grid.cells += cells


def shifted(rng: random.Random, page: Page, filled: Filled) -> None:
    """In some rows of the applications table an empty cell pushes the figures one column to the right."""
    grid = _grid(page, "applications")
    rows = _figure_rows(grid)
    for row in rng.sample(rows, rng.choice((1, 3, len(rows)))):
        figures = [cell for cell in grid.cells if cell.row == row and cell.key]
        first = min(cell.column for cell in figures)
        for cell in figures:
            cell.column += 1
        grid.cells.append(GridCell("", row, first))
        filled.lose_place(_keys(grid, row))
    grid.widths.append(0.5)
    for row in rows:
        figures = sorted((cell for cell in grid.cells if cell.row == row and cell.key), key=lambda cell: cell.column)
        if not figures[0].text.strip():
            filled.lose_place(_keys(grid, row))  # looks just like a shifted one


def cell_lost(rng: random.Random, page: Page, filled: Filled) -> None:
    """In some rows one figure is gone with its cell, and those behind it move up one column.

    Noughts and blanks that move up are what they are there.
    """
    grid = _grid(page, rng.choice(("applications", "applications", "litigation")))
    rows = _figure_rows(grid)
    for row in rng.sample(rows, min(rng.choice((1, 1, 3)), len(rows))):
        cells = sorted((cell for cell in grid.cells if cell.row == row and cell.key), key=lambda cell: cell.column)
        gone = rng.choice(cells)
        behind = cells[cells.index(gone) :]
        filled.lose_place(_keys(grid, row))
        if not any(filled.truth[cell.key] for cell in cells):
            moved_up = [filled.truth[cell.key] for cell in behind[1:]]
            filled.truth |= dict(zip((cell.key for cell in behind), [*moved_up, None], strict=True))
        grid.cells = [cell for cell in grid.cells if cell is not gone]
        for cell in behind[1:]:
            cell.column -= gone.column_span


def furniture(rng: random.Random, page: Page, filled: Filled) -> None:
    """Page numbers, running heads and repeated headers stand between the rows."""
    for _ in range(rng.randint(1, 3)):
        grid = _grid(page, rng.choice(("applications", "applications", "publication")))
        texts = (
            "- 3 -",
            "第 4 页 共 7 页",
            page.title,
            "（续表）",
            "注：数据截至2023年12月31日。",
            "— 5 —",
            "打印本页 关闭窗口",
        )
        row = rng.randint(max(1, grid.rows - 20), grid.rows)
        if any(cell.row < row < cell.row + cell.row_span and cell.header for cell in grid.cells):
            continue
        _split_spans(grid, row)
        _insert_row(grid, row, [GridCell(rng.choice(texts), row, 0, 1, len(grid.widths))])


def _split_spans(grid: Grid, at: int) -> None:
    """Cut merged cells in two at row `at`, the lower part empty."""
    for cell in list(grid.cells):
        if cell.row < at < cell.row + cell.row_span:
            below = cell.row + cell.row_span - at
            cell.row_span = at - cell.row
            grid.cells.append(GridCell("", at, cell.column, below, cell.column_span))


def rows_out_of_order(rng: random.Random, page: Page, filled: Filled) -> None:
    """Two rows of one group of reasons have changed places, labels and figures together."""
    grid = _grid(page, "applications")
    for _ in range(rng.randint(1, 3)):
        groups = [cell for cell in grid.cells if cell.column == 1 and cell.row_span > 1 and not cell.header]
        if not groups:
            return
        group = rng.choice(groups)
        one, other = rng.sample(range(group.row, group.row + group.row_span), 2)
        for cell in grid.cells:
            if cell.row_span == 1 and cell.column > 1 and cell.row in (one, other):
                cell.row = other if cell.row == one else one


def label_misread(rng: random.Random, page: Page, filled: Filled) -> None:
    """Recognition has misread one to four characters in a good part of the labels."""
    share = rng.choice((0.1, 0.3, 0.6))
    for grid in page.grids():
        for cell in grid.cells:
            if not cell.key and cell.text and rng.random() < share:
                cell.text = misread(rng, cell.text)


def misread(rng: random.Random, text: str) -> str:
    """`text` with up to four characters replaced, but never more than a third of it."""
    signs = list(text)
    for at in rng.sample(range(len(signs)), max(1, min(4, len(signs) // 3))):
        if signs[at] != "\n":
            signs[at] = _CONFUSED.get(signs[at], rng.choice("一丨口了人〇Il1|.'…囗亠"))
    return "".join(signs)


def label_lost(rng: random.Random, page: Page, filled: Filled) -> None:
    """A row has lost its label."""
    grid = _grid(page, rng.choice(("applications", "applications", "publication")))
    for row in rng.sample(_figure_rows(grid), rng.randint(1, 2)):
        label = _label(grid, row)
        if label:
            label.text = ""
            filled.lose_place(_keys(grid, row))


def row_lost(rng: random.Random, page: Page, filled: Filled) -> None:
    """One to three rows are gone, label and figures."""
    grid = _grid(page, rng.choice(("applications", "applications", "publication")))
    rows = rng.sample(_figure_rows(grid), rng.randint(1, 3))
    filled.forget(set().union(*(_keys(grid, row) for row in rows)))
    _remove_rows(grid, rows)


def first_zero_lost(rng: random.Random, page: Page, filled: Filled) -> None:
    """In some rows the first figure is not there any more."""
    grid = _grid(page, "applications")
    for row in rng.sample(_figure_rows(grid), rng.randint(1, 4)):
        first = min((cell for cell in grid.cells if cell.row == row and cell.key), key=lambda cell: cell.column)
        first.text = ""
        filled.forget({first.key})


def totals_blank(rng: random.Random, page: Page, filled: Filled) -> None:
    """The totals at the row ends, or of a whole row, are left blank."""
    grid = _grid(page, "applications")
    wanted = rng.choice((".total", "applications.total."))
    for cell in grid.cells:
        if cell.key.endswith(wanted) or cell.key.startswith(wanted):
            cell.text = ""
            filled.forget({cell.key})


def illegible(rng: random.Random, page: Page, filled: Filled) -> None:
    """Some cells hold something that is no number."""
    for grid in page.grids():
        cells = [cell for cell in grid.cells if cell.key]
        for cell in rng.sample(cells, max(1, len(cells) // 20)):
            cell.text = rng.choice(("#REF!", "见附件", "1O", "？", "若干", "l2", "*", "3.1.2", "约"))
            filled.written[cell.key] = cell.text
            filled.forget({cell.key})


def picture(rng: random.Random, page: Page, filled: Filled) -> None:
    """One or more tables are pictures."""
    for grid in rng.sample(page.grids(), rng.randint(1, 3)):
        page.blocks[page.blocks.index(grid)] = Image(grid)
        filled.forget({cell.key for cell in grid.cells if cell.key})


def tables_merged(rng: random.Random, page: Page, filled: Filled) -> None:
    """Two tables have run into one, with the heading between them as a row or lost."""
    grids = page.grids()
    at = rng.randint(0, len(grids) - 2)
    upper, lower = grids[at], grids[at + 1]
    begin, end = page.blocks.index(upper), page.blocks.index(lower)
    shift = upper.rows
    headings = [block.text for block in page.blocks[begin + 1 : end] if isinstance(block, Text)]
    width = max(len(upper.widths), len(lower.widths))
    if rng.random() < 0.7:
        for text in headings:
            upper.cells.append(GridCell(text, shift, 0, 1, width))
            shift += 1
    for cell in lower.cells:
        cell.row += shift
    upper.cells += lower.cells
    upper.widths = [1.0] * width
    upper.table = f"{upper.table}+{lower.table}"
    del page.blocks[begin + 1 : end + 1]


def table_repeated(rng: random.Random, page: Page, filled: Filled) -> None:
    """A table stands twice, the second time at the end or right after the first."""
    grid = _any_grid(rng, page)
    copy = Grid(grid.table, [GridCell(**_fields(cell)) for cell in grid.cells], list(grid.widths))
    at = page.blocks.index(grid) + 1 if rng.random() < 0.5 else len(page.blocks)
    page.blocks.insert(at, copy)


def _fields(cell: GridCell) -> dict[str, object]:
    return {name: getattr(cell, name) for name in GridCell.__slots__}


def headings_missing(rng: random.Random, page: Page, filled: Filled) -> None:
    """Some or all headings of sections are gone."""
    share = rng.choice((0.3, 1.0))
    page.blocks = [
        block
        for block in page.blocks
        if not (isinstance(block, Text) and block.style == "heading" and rng.random() < share)
    ]


def headings_misnumbered(rng: random.Random, page: Page, filled: Filled) -> None:
    """The numbers of the headings are wrong."""
    for block in page.blocks:
        if isinstance(block, Text) and block.style == "heading" and rng.random() < 0.6:
            at = next((n for n, sign in enumerate(block.text) if sign in "一二三四五六"), 0)
            block.text = block.text[:at] + rng.choice("一二三四五六七") + block.text[at + 1 :]


def groups_lost(rng: random.Random, page: Page, filled: Filled) -> None:
    """The labels of the groups of reasons are gone, the reasons are there."""
    grid = _grid(page, "applications")
    for cell in grid.cells:
        if cell.column <= 1 and cell.row_span > 1 and not cell.header:
            cell.text = ""


def truncated(rng: random.Random, page: Page, filled: Filled) -> None:
    """The file ends in the middle of a table."""
    grid = _any_grid(rng, page)
    last = rng.choice(_figure_rows(grid))
    at = page.blocks.index(grid)
    gone = {cell.key for cell in grid.cells if cell.key and cell.row > last}
    for later in page.blocks[at + 1 :]:
        if isinstance(later, Grid):
            gone |= {cell.key for cell in later.cells if cell.key}
    filled.forget(gone)
    _remove_rows(grid, list(range(last + 1, grid.rows)))
    del page.blocks[at + 1 :]


DAMAGES: dict[str, Damage] = {
    damage.__name__: damage
    for damage in (
        none,
        header_cell_missing,
        header_lost,
        shifted,
        cell_lost,
        furniture,
        rows_out_of_order,
        label_misread,
        label_lost,
        row_lost,
        first_zero_lost,
        totals_blank,
        illegible,
        picture,
        tables_merged,
        table_repeated,
        headings_missing,
        headings_misnumbered,
        groups_lost,
        truncated,
    )
}
"""Every damage by name."""
