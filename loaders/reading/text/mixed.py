"""Plain text and Markdown with tables in HTML, as some converters write them."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.document import Block, Document, Paragraph, Place, Table
from loaders.patterns import pattern_of
from loaders.reading.text.plain import read_text
from loaders.reading.web.html import parse
from loaders.reading.web.html_flow import Flow

_TABLE = pattern_of(r"(<table\b.*?</table\s*>)", re.I | re.S)


def read_mixed(text: str) -> Document:
    """The Document in a text: its lines as the reader of text has them, its HTML tables as that of pages does."""
    document = Document("txt", [])
    lines_before = tables = 0
    for number, part in enumerate(_TABLE.split(text)):
        if number % 2:
            for block in _table_blocks(part):
                tables += isinstance(block, Table)
                document.blocks.append(_numbered(block, tables))
        else:
            read = read_text(part)
            document.format = read.format
            document.blocks += [_moved(block, lines_before) for block in read.blocks]
        lines_before += part.count("\n")
    return document


def _table_blocks(source: str) -> list[Block]:
    root = parse(source)
    blocks = [] if root is None else Flow(root).blocks
    for block in blocks:
        if isinstance(block, Paragraph):
            block.text = str(block.text)
    return blocks


def _numbered(block: Block, number: int) -> Block:
    """Each table is read by itself, but counts among all of the file."""
    if not isinstance(block, Table):
        return block
    cells = [replace(cell, place=replace(cell.place, table=number)) for cell in block.cells]
    return replace(block, cells=cells, place=Place(table=number))


def _moved(block: Block, lines: int) -> Block:
    """The block with its lines counted from the start of the file."""

    def moved(place: Place) -> Place:
        return place if place.line is None else replace(place, line=place.line + lines)

    if isinstance(block, Table):
        block.cells = [replace(cell, place=moved(cell.place)) for cell in block.cells]
    block.place = moved(block.place)
    return block
