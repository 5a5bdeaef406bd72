"""The three tables as the form prints them, in either edition, from figures already written as text."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from loaders.demo.page import Grid, GridCell
from loaders.form.editions import Edition, FigureBlock

BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
OUTCOMES = "三、本年度办理结果"
LABEL_COLUMNS = 3


def publication_grid(edition: Edition, written: Mapping[str, str]) -> Grid:
    """What section two prints: four blocks (2021) or five (2019), each with its own header row."""
    cells: list[GridCell] = []
    row = 0
    for block in edition.blocks_of("publication"):
        cells += _publication_block(block, written, row)
        row += 2 + len(block.rows)
    return Grid("publication", cells, [3.0, 2.0, 2.0, 2.0])


def _publication_block(block: FigureBlock, written: Mapping[str, str], first: int) -> list[GridCell]:
    last = len(block.columns) - 1
    spans = [1 if number < last else 3 - last for number in range(last + 1)]
    cells = [GridCell(block.article, first, 0, 1, 4, header=True), GridCell("信息内容", first + 1, 0, header=True)]
    for number, column in enumerate(block.columns):
        cells.append(GridCell(column.label + _unit(column.unit, column.label), first + 1, 1 + number, 1, spans[number]))
        cells[-1].header = True
    for offset, line in enumerate(block.rows, start=2):
        cells.append(GridCell(line.label, first + offset, 0))
        for number, column in enumerate(block.columns):
            key = f"publication.{line.key}.{column.key}"
            cells.append(GridCell(written[key], first + offset, 1 + number, 1, spans[number], key))
    return cells


def _unit(unit: str, label: str) -> str:
    return f"（单位：{unit}）" if unit and unit not in label else ""


def applications_grid(edition: Edition, written: Mapping[str, str]) -> Grid:
    """What section three prints: ten columns, three of them labels merged down and across."""
    (block,) = edition.blocks_of("applications")
    cells = _applicant_header([column.label for column in block.columns])
    row = 3
    outcomes = [line for line in block.rows if not _is_outer(line.key)]
    for line in block.rows:
        if _is_outer(line.key):
            cells.append(GridCell(line.label, row, 0, 1, LABEL_COLUMNS))
        elif line is outcomes[0]:
            cells.append(GridCell(OUTCOMES, row, 0, len(outcomes), 1))
        if not _is_outer(line.key) and not line.group:
            cells.append(GridCell(line.label, row, 1, 1, 2))
        elif line.group:
            cells.append(GridCell(line.label, row, 2))
        for number, column in enumerate(block.columns):
            key = f"applications.{line.key}.{column.key}"
            cells.append(GridCell(written[key], row, LABEL_COLUMNS + number, key=key))
        row += 1
    row = 3
    for group, lines in groupby(block.rows, key=lambda line: line.group):
        count = len(list(lines))
        if group:
            cells.append(GridCell(group, row, 1, count, 1))
        row += count
    return Grid("applications", cells, [1.0, 1.2, 3.8, 1.3, 1.3, 1.3, 1.3, 1.3, 1.3, 1.4])


def _is_outer(key: str) -> bool:
    return key in {"new", "carried_in", "carried_out"}


def _applicant_header(labels: list[str]) -> list[GridCell]:
    person, *bodies, total = labels
    cells = [
        GridCell(BALANCE_NOTE, 0, 0, 3, 3),
        GridCell("申请人情况", 0, 3, 1, 7),
        GridCell(person, 1, 3, 2, 1),
        GridCell("法人或其他组织", 1, 4, 1, 5),
        GridCell(total, 1, 9, 2, 1),
        *(GridCell(label, 2, 4 + number) for number, label in enumerate(bodies)),
    ]
    for cell in cells:
        cell.header = True
    return cells


def litigation_grid(edition: Edition, written: Mapping[str, str]) -> Grid:
    """What section four prints: one row of fifteen figures under a header of three levels."""
    (block,) = edition.blocks_of("litigation")
    cells = [GridCell("行政复议", 0, 0, 1, 5), GridCell("行政诉讼", 0, 5, 1, 10)]
    for group, line in enumerate(block.rows):
        if line.group:
            cells.append(GridCell(line.label, 1, 5 * group, 1, 5))
        for number, column in enumerate(block.columns):
            at = 5 * group + number
            label_row, height = (2, 1) if line.group else (1, 2)
            cells.append(GridCell(column.label, label_row, at, height, 1))
            key = f"litigation.{line.key}.{column.key}"
            cells.append(GridCell(written[key], 3, at, key=key))
    for cell in cells:
        cell.header = not cell.key
    return Grid("litigation", cells, [1.0] * 15)
