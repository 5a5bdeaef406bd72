"""A table that runs over pages becomes one table again."""

from __future__ import annotations

import re

from loaders.document import Cell
from loaders.reading.tables import TablePiece, is_figure

_EDGE = 8.0
"""Points by which the outer edges of two parts of a table may differ."""

_SAME = 4.0
"""Points within which the columns of two parts are the same."""

_MOST_HEADER_ROWS = 5

OPENING = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+[、.．]|\d{1,2}[、.．](?!\d)|第)"
)
"""How the label of a row begins; a text that begins otherwise may go on from the page before."""


def join_pieces(first: TablePiece, second: TablePiece) -> TablePiece | None:
    """Both parts as one table, or None if they do not belong together.

    Header rows printed again are dropped, a row cut by the page's end and labels merged over it become one again.
    """
    shift = _shift(first, second)
    if shift is None:
        return None
    columns = _united(first.columns, [x + shift for x in second.columns])
    above = _moved(first.cells, first.columns, columns, 0.0, 0)
    below = _moved(second.cells, second.columns, columns, shift, 0)
    repeated = _repeated_rows(above, below, first.height)
    below = [_at_row(cell, cell.row - repeated) for cell in below if cell.row >= repeated]
    height = second.height - repeated
    if not below:
        return TablePiece(above, columns, first.height, first.page, first.top, second.bottom)
    figures = _figure_columns(above + below)
    last_row, first_row = _row_texts(above, first.height - 1), _row_texts(below, 0)
    overlap = 1 if _is_cut(last_row, first_row, figures) else 0
    below = [_at_row(cell, cell.row + first.height - overlap) for cell in below]
    cells = _stitch(above, below, first.height, overlap, figures)
    return TablePiece(
        cells, columns, first.height + height - overlap, first.page, first.top, second.bottom, first.aligned
    )


def _shift(first: TablePiece, second: TablePiece) -> float | None:
    """How far the second part stands to the left of the first; None where their widths differ."""
    width = first.columns[-1] - first.columns[0]
    if abs(width - (second.columns[-1] - second.columns[0])) > _EDGE:
        return None
    return first.columns[0] - second.columns[0]


def _united(first: list[float], second: list[float]) -> list[float]:
    """The columns of both parts."""
    united = list(first)
    united += [x for x in second if all(abs(x - other) > _SAME for other in first)]
    return sorted(united)


def _moved(cells: list[Cell], own: list[float], united: list[float], shift: float, down: int) -> list[Cell]:
    """Cells counted in the united columns."""
    index = [min(range(len(united)), key=lambda k: abs(united[k] - x - shift)) for x in own]
    return [
        Cell(
            cell.text,
            cell.row + down,
            index[cell.column],
            cell.row_span,
            max(1, index[cell.column + cell.column_span] - index[cell.column]),
            cell.place,
            cell.confidence,
        )
        for cell in cells
    ]


def _at_row(cell: Cell, row: int) -> Cell:
    return Cell(cell.text, row, cell.column, cell.row_span, cell.column_span, cell.place, cell.confidence)


def _row_texts(cells: list[Cell], row: int) -> dict[int, str]:
    """Text by column of the cells that reach into a row."""
    return {cell.column: _plain(cell.text) for cell in cells if cell.row <= row < cell.row + cell.row_span}


def _plain(text: str) -> str:
    return "".join(text.split())


def _repeated_rows(above: list[Cell], below: list[Cell], height: int) -> int:
    """How many rows at the head of the second part repeat the head of the first."""
    count = 0
    for row in range(min(_MOST_HEADER_ROWS, height)):
        first, second = _row_texts(above, row), _row_texts(below, row)
        texts = [text for text in first.values() if text]
        same = texts == [text for text in second.values() if text]
        if not texts or not same or any(map(is_figure, texts)):
            break
        count = row + 1
    while count and any(cell.row < count < cell.row + cell.row_span for cell in below):
        count -= 1
    return count


def _figure_columns(cells: list[Cell]) -> set[int]:
    """Columns in which more figures than words stand."""
    score: dict[int, int] = {}
    for cell in cells:
        if cell.text:
            score[cell.column] = score.get(cell.column, 0) + (1 if is_figure(_plain(cell.text)) else -1)
    return {column for column, value in score.items() if value > 0}


def _is_cut(last: dict[int, str], first: dict[int, str], figures: set[int]) -> bool:
    """Whether the page's end cut a row in two: its figures stand on one side only and no new label begins."""
    labels = [text for column, text in first.items() if column not in figures and text]
    if any(OPENING.match(text) for text in labels):
        return False
    above = any(column in figures and is_figure(text) for column, text in last.items())
    below = any(column in figures and is_figure(text) for column, text in first.items())
    if above == below:
        return False
    return bool(labels) if above else any(text for column, text in last.items() if column not in figures)


def _stitch(above: list[Cell], below: list[Cell], height: int, overlap: int, figures: set[int]) -> list[Cell]:
    """Join the cells on both sides of the page's end that were one cell."""
    ending = {cell.column: cell for cell in above if cell.row + cell.row_span == height}
    row = height - overlap
    kept = list(above)
    for cell in below:
        partner = ending.get(cell.column) if cell.row == row else None
        if partner is None or not (overlap or _goes_on(partner, cell, figures)):
            kept.append(cell)
            continue
        partner.text = _joined(partner.text, cell.text)
        partner.row_span += cell.row_span - overlap
        partner.column_span = max(partner.column_span, cell.column_span)
        partner.confidence = min(partner.confidence, cell.confidence)
    return kept


def _joined(before: str, after: str) -> str:
    return before + after if before and after else before or after


def _goes_on(partner: Cell, cell: Cell, figures: set[int]) -> bool:
    """Whether a label cell at the head of a page belongs to the one above the page's end."""
    if cell.column in figures or partner.column_span != cell.column_span:
        return False
    text = _plain(cell.text)
    if not text:
        return bool(partner.text)
    merged = partner.row_span > 1 or cell.row_span > 1
    return merged and (not partner.text or not OPENING.match(text))
