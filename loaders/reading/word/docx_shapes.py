"""Tables of Word files that were met before with other texts in them: their cells are laid out once.

A form that an office fills in year after year, or a province from one template, has the same rows, cells and merges
each time. Where the events of a table are those of an earlier one, its cells are copied and only the texts put in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from loaders.document import Cell, Place
from loaders.reading.layout import cell_place
from loaders.reading.word.docx_pieces import NUMBER, TABLE, TABLE_END, Event, Piece

_MOST_OF_ONE_START = 8
"""Shapes that begin alike; of more, none is remembered, for comparing them would take longer than laying out."""
_MOST_STARTS = 64
_MOST_SEEN = 4096
_MOST_PIECES = 0xFFFF
_MARK = 0xF0000
"""Private characters from here on: in a table laid out on trial, each stands for the text of its piece."""

_MOST_PLACES = 16
_Text = int | tuple[str | int, ...]
"""The piece whose text a cell holds; or several, with what is written between them."""


@dataclass(slots=True)
class Shape:
    """The cells of a table: for each the pieces whose texts it holds, and its place on the grid."""

    events: list[tuple[Event, ...]]
    """Of all its pieces, for comparing; the last is that in which the table ends."""
    end: int
    """Where in the last the table ends."""
    styles: set[str | None]
    """Of its paragraphs, none of which may bring a number."""
    texts: list[_Text]
    grid: list[tuple[int, int, int, int]]
    _places: dict[int, list[Place]] = field(default_factory=dict)

    def cells(self, pieces: Sequence[Piece], table: int) -> list[Cell]:
        """The cells with the texts of these pieces, as those of the `table`th table."""
        cells = []
        for parts, (row, column, row_span, column_span), place in zip(
            self.texts, self.grid, self._places_in(table), strict=True
        ):
            if isinstance(parts, int):
                text = pieces[parts][1]
            else:
                text = "".join([pieces[part][1] if isinstance(part, int) else part for part in parts])
            cells.append(Cell(text.strip("\n "), row, column, row_span, column_span, place))
        return cells

    def _places_in(self, table: int) -> list[Place]:
        if table not in self._places:
            if len(self._places) >= _MOST_PLACES:
                self._places.clear()
            self._places[table] = [cell_place(table, row + 1, column + 1) for row, column, _, _ in self.grid]
        return self._places[table]


_shapes: dict[tuple[Event, ...], list[Shape]] = {}
"""By the events of the piece in which the table begins."""
_seen: set[tuple[int, ...]] = set()
"""Tables met once, by the identity of their events: to remember one costs as much as to lay it out."""


def recall(pieces: Sequence[Piece], start: int, plain_styles: set[str | None]) -> Shape | None:
    """The shape of the table that begins in this piece, if it is known. Styles that are not plain bring numbers."""
    for shape in _shapes.get(pieces[start][0], ()):
        same = [events for events, _ in pieces[start : start + len(shape.events)]] == shape.events
        if same and shape.styles <= plain_styles:
            return shape
    return None


def remember(pieces: Sequence[Piece], start: int, stop: int, lay_out: Callable[[list[Piece]], list[Cell]]) -> None:
    """Keep the shape of the table that begins and ends in these pieces, on meeting it for the second time.

    `lay_out` gives the cells of pieces between the beginning and the end of a table.
    """
    events = [events for events, _ in pieces[start : stop + 1]]
    key = tuple(map(id, events))
    if key not in _seen:
        if len(_seen) >= _MOST_SEEN:
            _seen.clear()
        _seen.add(key)
        return
    of_start = _shapes.get(events[0], [])
    if len(of_start) >= _MOST_OF_ONE_START or any(shape.events == events for shape in of_start):
        return
    numbers = [event for each in events for event in each if event[0] == NUMBER]
    lone_borders = start < stop and events[0].count((TABLE,)) == 1 and events[-1].count((TABLE_END,)) == 1
    if not lone_borders or len(events) > _MOST_PIECES or any(event[1] is not None for event in numbers):
        return
    if len(_shapes) >= _MOST_STARTS:
        del _shapes[next(iter(_shapes))]
    end = events[-1].index((TABLE_END,))
    inside = [events[0][events[0].index((TABLE,)) + 1 :], *events[1:-1], events[-1][:end]]
    cells = lay_out(
        [(tuple(e for e in each if e[0] != NUMBER), chr(_MARK + number)) for number, each in enumerate(inside[:-1])]
        + [(tuple(e for e in inside[-1] if e[0] != NUMBER), "")]
    )
    grid = [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in cells]
    texts = [_text_of(cell.text) for cell in cells]
    _shapes.setdefault(events[0], []).append(Shape(events, end, {event[3] for event in numbers}, texts, grid))


def _text_of(marked: str) -> _Text:
    parts = tuple(ord(sign) - _MARK if ord(sign) >= _MARK else sign for sign in marked)
    return parts[0] if len(parts) == 1 and isinstance(parts[0], int) else parts
