"""Tables that were typed as paragraphs of a Word file, with tabs between their cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from loaders.document import Block, Cell, Paragraph, Table
from loaders.form.figures import read_figure

_FEWEST_TABS, _FEWEST_ROWS = 3, 3
_WIDE = 15  # cells: the litigation table, whose lowest header and figures are two such rows
_FEWEST_FIGURES = 2
"""In a row of the form; a line of words between tabs is laid out, as are places to sign."""


def with_tables_of_tabs(blocks: list[Block]) -> list[Block]:
    """The blocks with paragraphs that follow each other and have tabs as rows of a table, if some hold figures."""
    if not any(isinstance(block, Paragraph) and _is_row(block) for block in blocks):
        return blocks
    found: list[Block] = []
    for _, group in groupby(blocks, lambda block: isinstance(block, Paragraph) and _is_row(block)):
        stretch = list(group)
        table = _table([block for block in stretch if isinstance(block, Paragraph) and _is_row(block)])
        found += stretch if table is None else [table]
    return found


def _is_row(paragraph: Paragraph) -> bool:
    return paragraph.text.count("\t") >= _FEWEST_TABS


def _table(rows: list[Paragraph]) -> Table | None:
    texts = [row.text.split("\t") for row in rows]
    are_wide = len(rows) > 1 and all(len(cells) >= _WIDE for cells in texts)
    if (len(rows) < _FEWEST_ROWS and not are_wide) or not any(map(_holds_figures, texts)):
        return None
    cells = [
        Cell(text.strip(), number, column, place=row.place)
        for number, (row, cells) in enumerate(zip(rows, texts, strict=True))
        for column, text in enumerate(cells)
    ]
    return Table(cells, rows[0].place, aligned=len({len(cells) for cells in texts}) == 1)


def _holds_figures(texts: Sequence[str]) -> bool:
    return sum(read_figure(text).kind == "figure" for text in texts) >= _FEWEST_FIGURES
