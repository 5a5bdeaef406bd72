"""Tables of web pages that have been read before with other figures in them.

Between the texts of a table stands the same markup in every report from the same template, and its labels are the same
too. What its cells are, and where the page goes on behind it, then follows without going through the markup again.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.document import Block, Cell, Paragraph, Place, Table
from loaders.form.figures import MOST_CHARACTERS, read_figure
from loaders.patterns import pattern_of
from loaders.reading.web import html_markup as markup
from loaders.reading.web.html_markup import Spot
from loaders.reading.web.html_style import Styles

_MOST_TABLES = 128  # of some 100 KB each
_END = "</table"
_SEPARATOR, _FIGURE = "\0", "\0figure"  # no page holds that character
_NOT_AS_WRITTEN = pattern_of(r"[\s&]")
_PLAIN_STEPS = frozenset(
    (
        *(markup.FLUSH, markup.SAY, markup.MOVE),
        *(markup.ROW, markup.ROW_END, markup.CELL, markup.NEXT_CELL, markup.CELL_END),
    )
)
"""What stands between the texts of a table of the form; no lists, pictures, regions or other tables."""


@dataclass(slots=True)
class Written:
    """A table in markup: from its first text to the last stretch of markup, as positions in the page."""

    key: Hashable
    first: int
    last: int
    figures: list[str]


@dataclass(slots=True)
class _Shape:
    """A block without its figures: text and place; of a table its cells, and which of them hold the figures."""

    text: str
    place: Place
    cells: list[tuple[str, int, int, int, int, Place]]
    figures: list[int]


@dataclass(slots=True)
class KnownTable:
    """How a table was read. Its last stretch begins in `spot`, so many elements inside that of the table."""

    spot: Spot
    depth: int
    shapes: list[_Shape]

    def blocks(self, figures: Sequence[str]) -> list[Block]:
        """The blocks that the table becomes with these figures in it."""
        made: list[Block] = []
        rest = iter(figures)
        for shape in self.shapes:
            if not shape.cells:
                made.append(Paragraph(shape.text, shape.place))
                continue
            cells = [Cell(*cell) for cell in shape.cells]
            for position in shape.figures:
                cells[position].text = next(rest)
            made.append(Table(cells, shape.place))
        return made


_known: dict[Hashable, KnownTable] = {}
"""By all of a table but its figures, those that were learned first in front."""


def forget() -> None:
    """Forget all tables, so that the next page is read as if it were the first."""
    _known.clear()


def written_at(parts: Sequence[str], position: int, spot: Spot, number: int) -> Written | None:
    """The table that the stretch of markup at `position`, which begins in `spot`, opens; None where it has no end."""
    last = next((n for n in range(position + 2, len(parts), 2) if _END in parts[n]), None)
    if last is None:
        return None
    texts = parts[position + 1 : last : 2]
    masked = list(map(_masked, texts))
    figures = [text for text, mask in zip(texts, masked, strict=True) if mask is _FIGURE]
    # One string each: as tuples of strings the keys would take twice the memory.
    key = spot, number, _SEPARATOR.join(parts[position : last + 1 : 2]), _SEPARATOR.join(masked)
    return Written(key, position + 1, last, figures)


@lru_cache(maxsize=1 << 13)
def _masked(text: str) -> str:
    """The text as it is, or for a figure that reading leaves as it is written, only that it is one."""
    if len(text) > MOST_CHARACTERS or _NOT_AS_WRITTEN.search(text):
        return text
    return _FIGURE if read_figure(text).kind == "figure" else text


def known(table: Written) -> KnownTable | None:
    """How the table was read before, if it was."""
    return _known.get(table.key)


def end_of_plain(
    parts: Sequence[str], table: Written, spot: Spot, depth: int, styles: Styles
) -> tuple[Spot, int] | None:
    """Where the last stretch of a table begins whose first text stands in a cell, in `spot`: the spot and its depth.

    None where anything but cells and their lines stands in the table.
    """
    in_cell = True
    for position in range(table.first, table.last, 2):
        if not in_cell or spot.text != markup.TEXT or spot.is_link:
            return None
        end = spot, depth
        steps, spot = spot.known.get(parts[position + 1]) or markup.understood(spot, parts[position + 1], styles)
        for step in steps:
            if step[0] == markup.TABLE_END:
                return end if position + 1 == table.last else None
            if step[0] not in _PLAIN_STEPS:
                return None
            if step[0] == markup.MOVE:
                depth += step[2] - step[1]
            elif step[0] in (markup.CELL, markup.NEXT_CELL, markup.CELL_END):
                in_cell = step[0] != markup.CELL_END
    return None


def learn(table: Written, spot: Spot, depth: int, blocks: Sequence[Block]) -> None:
    """Keep what such a table became, if each of its figures stands in a cell of its own."""
    rest = iter(table.figures)
    shapes: list[_Shape] = []
    for block in blocks:
        if isinstance(block, Table):
            shape = _Shape("", block.place, [], [])
            for position, cell in enumerate(block.cells):
                shape.cells.append((cell.text, cell.row, cell.column, cell.row_span, cell.column_span, cell.place))
                if _masked(cell.text) is _FIGURE:
                    if next(rest, None) != cell.text:
                        return
                    shape.figures.append(position)
        elif isinstance(block, Paragraph):
            shape = _Shape(block.text, block.place, [], [])
        else:
            return
        shapes.append(shape)
    if next(rest, None) is not None:
        return
    if len(_known) >= _MOST_TABLES and table.key not in _known:
        del _known[next(iter(_known))]
    _known[table.key] = KnownTable(spot, depth, shapes)
