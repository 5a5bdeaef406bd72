"""Tables without ruling lines: figures that stand in columns."""

from __future__ import annotations

from loaders.reading.lines import Line
from loaders.reading.page_model import PageLayout
from loaders.reading.tables import TablePiece


def find_unruled(lines: list[Line], page: PageLayout) -> tuple[list[TablePiece], list[Line]]:
    """Tables without lines, and the lines of text that are in none."""
    return [], lines
