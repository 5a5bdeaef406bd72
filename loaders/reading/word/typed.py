"""What people and programs put into the paragraphs of a Word file that is none: rows of tables, and printed lines."""

from __future__ import annotations

from loaders.document import Block
from loaders.reading.text.wrapped import rejoin
from loaders.reading.word.tabbed import with_tables_of_tabs


def as_typed(blocks: list[Block]) -> list[Block]:
    """The blocks with tables that were typed with tabs, and with the lines of a printed page joined to paragraphs.

    Programs that turn pages into Word files make a paragraph of each line.
    """
    return rejoin(with_tables_of_tabs(blocks), needs_ends=True)
