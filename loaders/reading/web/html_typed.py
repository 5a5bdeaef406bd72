"""Tables that a web page holds as text, their columns aligned by blanks or drawn with bars, as within `pre`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from loaders.document import Block, Paragraph, Place, Table
from loaders.patterns import pattern_of

_PARTED = pattern_of(r"\S(?:[ \u00a0\u3000]{2,}|\t+)\S.*[ \u00a0\u3000\t]{2,}[\d０-９/—无-]\S*\s*$")
_DRAWN = pattern_of(r"[ \u00a0\u3000]*(?:[|│┃║].*[|│┃║]|[+┌├╔╠][-=+─━┬┼═╦╬]+[+┐┤╗╣])[ \u00a0\u3000]*$")
_FEWEST = 6  # lines whose last figure stands apart, or that are drawn
_LONGEST = 400  # characters of such a line


def may_hold_typed_tables(source: str) -> bool:
    """Whether the source of a page has text that keeps its blanks."""
    return any(sign in source for sign in ("<pre", "<PRE", "&nbsp;&nbsp;", "white-space", "|</p>", "|<br", "|</div>"))


def with_typed_tables(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, the lines of typed tables as tables. Cells keep the places of their lines."""
    texts = [block.text for block in blocks if isinstance(block, Paragraph) and len(block.text) <= _LONGEST]
    if not any(sum(sign(text) is not None for text in texts) >= _FEWEST for sign in (_PARTED.search, _DRAWN.match)):
        return list(blocks)
    found: list[Block] = []
    for is_text, run in groupby(blocks, key=lambda block: isinstance(block, Paragraph)):
        part = list(run)
        found += _read([block for block in part if isinstance(block, Paragraph)]) if is_text else part
    return found


def _read(lines: Sequence[Paragraph]) -> list[Block]:
    from loaders.reading.text.plain import read_text

    places = [line.place for line in lines for _ in line.text.split("\n")]
    text = "\n".join(line.text for line in lines).replace("\u00a0", " ")
    read = read_text(text)
    return [_placed(block, places) for block in read.blocks]


def _placed(block: Block, places: Sequence[Place]) -> Block:
    """The block with the places that its lines have on the page."""

    def placed(place: Place) -> Place:
        return places[place.line - 1] if place.line and place.line <= len(places) else place

    if isinstance(block, Table):
        block.cells = [replace(cell, place=placed(cell.place)) for cell in block.cells]
    block.place = placed(block.place)
    return block
