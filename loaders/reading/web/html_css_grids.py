"""Boxes that a page lays out in a CSS grid: a table whose cells say themselves where they stand."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from loaders.patterns import pattern_of

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

_IS_GRID = pattern_of(r"(?<![-\w])display\s*:\s*(?:inline-)?grid\b", re.I)
_TRACKS = pattern_of(r"(?<![-\w])grid-template-columns\s*:\s*([^;]+)", re.I)
_REPEATED = pattern_of(r"repeat\(\s*(\d{1,3})\s*,\s*((?:[^()]|\([^()]*\))*)\)", re.I)
_FUNCTION = pattern_of(r"\([^()]*\)")
_PLACE = pattern_of(r"(?<![-\w])grid-(row|column)(-start|-end)?\s*:\s*([^;]+)", re.I)
_FEWEST_COLUMNS, _FEWEST_CELLS, _MOST_TRACKS = 2, 6, 60


def make_grids(root: Element) -> None:
    """Turn boxes whose own style lays their children out in a grid into the tables that they look like.

    One with a table in it lays out the page.
    """
    for box in list(root.iter("div", "section", "ul", "dl", "main")):
        style = box.get("style", "")
        if _IS_GRID.search(style) and len(box) >= _FEWEST_CELLS and not (box.text and box.text.strip()):
            columns = _tracks(style)
            if _FEWEST_COLUMNS <= columns <= _MOST_TRACKS and box.find(".//table") is None:
                _make_table(box, columns)


def _tracks(style: str) -> int:
    """How many columns the style names."""
    match = _TRACKS.search(style)
    if match is None:
        return 0
    named = _REPEATED.sub(lambda found: f" {found[2]} " * min(int(found[1]), _MOST_TRACKS), match[1])
    return len(_FUNCTION.sub("", named).split())


def _make_table(box: Element, columns: int) -> None:
    grid = _Grid(columns)
    placed = [(*grid.place(cell), cell) for cell in box]
    table = etree.Element("table")
    rows: dict[int, Element] = {}
    for row, _, down, right, cell in sorted(placed, key=lambda each: each[:2]):
        if row not in rows:
            rows[row] = etree.SubElement(table, "tr")
        etree.SubElement(rows[row], "td", rowspan=str(down), colspan=str(right)).append(cell)
    box.append(table)


class _Grid:
    """Which places are taken, and where the last cell was put."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.taken: set[tuple[int, int]] = set()
        self.row = self.column = 0

    def place(self, cell: Element) -> tuple[int, int, int, int]:
        """Row, column, rows and columns of the next cell: where its style says, else in the next place with room."""
        (row, down), (column, right) = _extent(cell, "row"), _extent(cell, "column")
        right = min(right, self.columns)
        if column is not None and column + right > self.columns:
            column = None
        if row is None or column is None:
            row, column = self._free(row, column, right)
        self.row, self.column = row, column
        self.taken |= {(row + n, column + m) for n in range(down) for m in range(right)}
        return row, column, down, right

    def _free(self, at_row: int | None, at_column: int | None, right: int) -> tuple[int, int]:
        place = self.row * self.columns + self.column if at_row is None else at_row * self.columns
        while True:
            row, column = divmod(place, self.columns)
            room = column + right <= self.columns and not any((row, column + n) in self.taken for n in range(right))
            if room and at_column in (None, column):
                return row, column
            place += 1


def _extent(cell: Element, direction: str) -> tuple[int | None, int]:
    """Where a cell begins, counted from 0, None where the grid decides; and how many tracks it spans."""
    start, span = None, 1
    for name, edge, value in _PLACE.findall(cell.get("style", "")):
        if name.lower() != direction:
            continue
        first, _, last = (part.strip() for part in value.partition("/"))
        for part, is_end in ((first, edge.lower() == "-end"), (last, True)):
            number = re.search(r"\d{1,3}", part)
            if number is None:
                continue
            if part.startswith("span"):
                span = max(1, int(number[0]))
            elif not is_end:
                start = int(number[0]) - 1
            elif start is not None:
                span = max(1, int(number[0]) - 1 - start)
    return (None if start is None or start < 0 else start), min(span, _MOST_TRACKS)
