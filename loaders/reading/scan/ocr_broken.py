"""Walls between cells that a scanner or a copier broke into pieces too short to be lines of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.reading.printed.grids import Grid
from loaders.reading.printed.page_model import Ruling
from loaders.reading.scan.ocr_image import DOTS_PER_POINT, Grey, as_grey

_END = 4
"""Pixels at the ends of a wall that belong to the lines it meets."""

_NEAR, _BESIDE = 7, 13
"""Pixels across within which the ink of a wall lies, and within which there is no other."""

_INKED, _INKED_AT_ENDS = 0.4, 0.25
"""Part of a wall that is inked, with nothing beside it, and of its first and last part: letters stand between."""

_PARTS = 6
"""In so many parts a wall is looked at."""

_WHOLE, _BROKEN = 0.93, 0.15
"""Part of a wall that is inked where nothing broke it, and share of broken ones in a table of which others may be lost:
the stroke of a letter is rarely where a wall might be."""

_OF_COLUMN, _OF_OTHER = 2.0, 1.0
"""Points by which a wall may stand beside its column, and beside other walls where the column is not known."""

_FEWEST = 3
"""Rows in which a wall stands whose column is not known otherwise."""

_THIN, _AT_WALL = 5, 5
"""Pixels that what is left of a wall is wide, and from the middle of the wall within which all of it lies."""

_OF_ROWS, _LEFT, _LEFT_OF_HALF = 0.5, 0.3, 0.1
"""Part of the rows in which a column has its wall, and of a wall, and of its halves, that pieces are left of."""

_INK = 200
"""Tone that the rim of a stroke is darker than."""

_Span = tuple[float, float]


def without_pieces(clean: Grey, grids: list[Grid], dark: Grey) -> Grey:
    """A page without the pieces of the walls of broken tables, which beside a figure are taken for a digit of it.

    They stand where their column or row has its walls, whether or not enough of one was left in every row.
    """
    broken = [grid for grid in grids if _is_broken(grid, _rows_of(grid, dark))]
    if not broken:
        return clean
    ink = (clean < _INK).astype(np.uint8)
    pieces = np.zeros_like(ink)
    for grid in broken:
        left, right, top, bottom = (
            round(place * DOTS_PER_POINT) for place in (grid.columns[0], grid.columns[-1], grid.rows[0], grid.rows[-1])
        )
        here = np.s_[max(top - _AT_WALL, 0) : bottom + _AT_WALL, max(left - _AT_WALL, 0) : right + _AT_WALL]
        columns = [round(place * DOTS_PER_POINT) - here[1].start for place in grid.columns]
        rows = [round(place * DOTS_PER_POINT) - here[0].start for place in grid.rows]
        pieces[here] |= _upright_pieces(ink[here], columns, rows)
        pieces[here] |= _upright_pieces(np.ascontiguousarray(ink[here].T), rows, columns).T
    bare = clean.copy()
    bare[cv2.dilate(pieces, np.ones((3, 3), np.uint8)) > 0] = 255
    return bare


def _upright_pieces(ink: NDArray[np.uint8], columns: list[int], rows: list[int]) -> NDArray[np.uint8]:
    """Thin strokes on some columns, and all that stands where these meet rows."""
    at_columns, at_rows = np.zeros(ink.shape[1], np.bool_), np.zeros(ink.shape[0], np.bool_)
    for places, at in ((columns, at_columns), (rows, at_rows)):
        for place in places:
            at[max(place - _AT_WALL, 0) : place + _AT_WALL + 1] = True
    _, labels, stats, _ = cv2.connectedComponentsWithStats(np.where(at_rows[:, None], np.uint8(0), ink), connectivity=8)
    left, width = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_WIDTH]
    walls = np.array(columns)[:, None]
    farthest = np.maximum(np.abs(left - walls), np.abs(left + width - 1 - walls)).min(axis=0)
    thin = (width <= _THIN) & (farthest <= _AT_WALL)
    thin[0] = False
    crossings = at_rows[:, None] & at_columns[None, :]
    return np.asarray(thin[labels] | (crossings & (ink > 0)), np.uint8)


def _rows_of(grid: Grid, dark: Grey) -> list[_Row]:
    across = grid.columns[0], grid.columns[-1]
    return [_Row(span, _Band.of(dark, span, across)) for span in pairwise(grid.rows)]


def broken_walls(grids: list[Grid], dark: Grey) -> tuple[list[Ruling], list[Ruling]]:
    """Level and upright walls of tables of which enough ink is left; `dark` is what may be ink.

    Level ones are looked for between rows that are known.
    """
    turned = np.ascontiguousarray(dark.T)
    level: list[Ruling] = []
    upright: list[Ruling] = []
    for grid in grids:
        rows = _rows_of(grid, dark)
        if not _is_broken(grid, rows):
            continue
        upright += _upright(grid, rows) + _upright_by_pieces(grid.columns, grid.rows, grid.slots, dark)
        sides = [list(column) for column in zip(*grid.slots, strict=True)]
        level += _upright_by_pieces(grid.rows, grid.columns, sides, turned, beside=True)
        level += [
            Ruling(at, *span)
            for at, span in _open_level(grid)
            if _Band.of(turned, span, (at - _OF_COLUMN, at + _OF_COLUMN)).walls()
        ]
    return level, upright


def _upright_by_pieces(
    columns: list[float], rows: list[float], slots: list[list[int]], dark: Grey, *, beside: bool = False
) -> list[Ruling]:
    """Walls of which some pieces are left, on columns that have one in most rows; `slots` are numbers of cells.

    `beside` asks for a wall in the row above or below: the strokes of 三 lie as the pieces of a level line do.
    """
    x0, y0 = round(columns[0] * DOTS_PER_POINT) - _AT_WALL, round(rows[0] * DOTS_PER_POINT) - _AT_WALL
    x1, y1 = round(columns[-1] * DOTS_PER_POINT) + _AT_WALL, round(rows[-1] * DOTS_PER_POINT) + _AT_WALL
    x0, y0 = max(x0, 0), max(y0, 0)
    xs = [round(place * DOTS_PER_POINT) - x0 for place in columns]
    ys = [round(place * DOTS_PER_POINT) - y0 for place in rows]
    pieces = _upright_pieces((dark[y0:y1, x0:x1] > 0).astype(np.uint8), xs, ys)
    found: list[Ruling] = []
    for column in range(1, len(columns) - 1):
        walled = [row[column - 1] != row[column] for row in slots]
        if sum(walled) < _OF_ROWS * len(walled):
            continue
        inked = pieces[:, xs[column] - _AT_WALL : xs[column] + _AT_WALL + 1].max(axis=1) > 0
        for number in [*range(len(walled)), *reversed(range(len(walled)))]:
            near = walled[max(number - 1, 0)] or walled[min(number + 1, len(walled) - 1)]
            part = inked[ys[number] + _AT_WALL + 1 : ys[number + 1] - _AT_WALL]
            if not walled[number] and (near or not beside) and _is_left_of_wall(part):
                walled[number] = True
                found.append(Ruling(columns[column], rows[number], rows[number + 1]))
    return found


def _is_left_of_wall(inked: NDArray[np.bool_]) -> bool:
    """Whether pieces along a wall are enough of it, in both of its halves."""
    half = len(inked) // 2
    if not half:
        return False
    return bool(inked.mean() >= _LEFT and min(inked[:half].mean(), inked[half:].mean()) >= _LEFT_OF_HALF)


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands between two level lines: where it begins, its ink, and that with nothing beside it."""

    left: int
    inked: NDArray[np.bool_]
    alone: NDArray[np.bool_]

    @classmethod
    def of(cls, dark: Grey, along: _Span, across: _Span) -> _Band:
        """That from the first to the second place of `along`, within `across`."""
        top, bottom, left, right = (round(place * DOTS_PER_POINT) for place in (*along, *across))
        left = max(left - _BESIDE, 0)
        part = as_grey((dark[top + _END : bottom - _END, left : right + _BESIDE] > 0).astype(np.uint8))
        if part.size == 0:
            return cls(left, np.zeros((0, 0), np.bool_), np.zeros((0, 0), np.bool_))
        near, around = (cv2.boxFilter(part, cv2.CV_16S, (width, 1), normalize=False) for width in (_NEAR, _BESIDE))
        return cls(left, near > 0, (near > 0) & (near == around))

    def inked_at(self, place: float) -> float:
        """How much of an upright wall at a place is inked."""
        at = round(place * DOTS_PER_POINT) - self.left
        return float(self.inked[:, at].mean()) if self.inked.size and 0 <= at < self.inked.shape[1] else 0.0

    def walls(self) -> list[float]:
        """Where upright walls stand of which enough is left."""
        size = len(self.alone) // _PARTS
        if not size:
            return []
        ends = np.minimum(self.alone[:size].mean(axis=0), self.alone[-size:].mean(axis=0))
        places = np.flatnonzero((self.alone.mean(axis=0) >= _INKED) & (ends >= _INKED_AT_ENDS))
        groups = np.split(places, np.flatnonzero(np.diff(places) > 1) + 1) if len(places) else []
        return [(self.left + float(group.mean()) + 0.5) / DOTS_PER_POINT for group in groups]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a grid: from where to where it goes, and what stands there."""

    span: _Span
    band: _Band


def _is_broken(grid: Grid, rows: list[_Row]) -> bool:
    """Whether many walls of a table have gaps."""
    parts = [part for row in rows for at in grid.columns if (part := row.band.inked_at(at)) > _INKED]
    return sum(part < _WHOLE for part in parts) > _BROKEN * len(parts)


def _open_level(grid: Grid) -> Iterator[tuple[float, _Span]]:
    """Where a level wall between two slots of one cell would stand, and from where to where."""
    for (above, below), at in zip(pairwise(grid.slots), grid.rows[1:], strict=False):
        for column, span in enumerate(pairwise(grid.columns)):
            if above[column] == below[column]:
                yield at, span


def _upright(grid: Grid, rows: list[_Row]) -> list[Ruling]:
    """Upright walls in the rows of a grid: those of its columns that are missing, and those of further columns."""
    found = [(at, number) for number, row in enumerate(rows) for at in row.band.walls()]
    missing: list[Ruling] = []
    for at, row in found:
        column = min(range(len(grid.columns)), key=lambda number: abs(grid.columns[number] - at))
        known = abs(grid.columns[column] - at) <= _OF_COLUMN
        if known and 0 < column < len(grid.columns) - 1 and grid.slots[row][column - 1] == grid.slots[row][column]:
            missing.append(Ruling(grid.columns[column], *rows[row].span))
        elif not known and sum(abs(other - at) <= _OF_OTHER for other, _ in found) >= _FEWEST:
            missing.append(Ruling(at, *rows[row].span))
    return missing
