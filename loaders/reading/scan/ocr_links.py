"""Ruling lines of which a scan kept pieces, joined again.

Where a line that leans a little falls between two rows of points, a page in black and white loses it for a while.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from loaders.reading.printed.page_model import Ruling
from loaders.reading.scan.ocr_image import DOTS_PER_POINT, Grey

_WIDEST, _SHORT_BY = 240 / DOTS_PER_POINT, 120 / DOTS_PER_POINT
"""Points between two pieces of a line, and from its last piece to its end, at most."""

_LONG, _LONGER = 84 / DOTS_PER_POINT, 168 / DOTS_PER_POINT
"""Points; what is shorter may be a stroke of a letter, and one of a large letter where nothing follows it."""

_OUT_OF_LINE, _LEAN = 1.0, 0.012
"""Points by which a piece may lie beside the end of the one before it, and more of them for each on the way."""

_MEETS = 3.0
"""Points within which a line ends on another one."""

_CORNER = 6.0
"""Points by which a line of dashes may end before the corner of its table: the sides of two tables are no one line."""

_BESIDE, _REACH = 3, 8
"""Pixels from a line to what is beside it: from here to there. What has ink on both sides is written across it."""

_MOST_ACROSS = 0.04
"""Part of a gap that something may be written across."""

_SAME_LINE, _NO_ROW = 2.0, 9.5
"""Points from a line within which a stroke is a piece of it, and within which there is no row between both."""

_ROUNDS = 3
"""How often lines are looked at: each that is whole again tells where others end."""


def linked(level: list[Ruling], upright: list[Ruling], dark: Grey) -> tuple[list[Ruling], list[Ruling]]:
    """Level and upright lines with their gaps closed; `dark` is what may be ink.

    A gap that begins and ends on lines of the other direction is a merged cell, one with words in it is none of a line.
    A line that ends between two others goes on to the next one.
    """
    turned = np.ascontiguousarray(dark.T)
    for _ in range(_ROUNDS):
        joined = _joined(level, upright, dark), _joined(upright, level, turned)
        whole = _extended(joined[0], joined[1], dark), _extended(joined[1], joined[0], turned)
        if whole == (level, upright):
            break
        level, upright = whole
    return level, upright


def without_strays(lines: list[Ruling], others: list[Ruling]) -> list[Ruling]:
    """Lines of one direction but for strokes of a pen close beside a line that goes past both of their ends.

    Lines of a table that are as close to another, as those of a frame, end on lines of the other direction.
    """
    return [line for line in lines if not _is_stray(line, lines, others)]


def _is_stray(line: Ruling, lines: list[Ruling], others: list[Ruling]) -> bool:
    if _is_met(line.start, line.at, others) or _is_met(line.end, line.at, others):
        return False
    return any(
        _SAME_LINE < abs(longer.at - line.at) < _NO_ROW and longer.start < line.start and line.end < longer.end
        for longer in lines
    )


def _joined(lines: list[Ruling], others: list[Ruling], dark: Grey) -> list[Ruling]:
    """Lines of one direction, as one where the pieces follow each other with a gap that is none of the table."""
    found: list[Ruling] = []
    for line in sorted(lines, key=lambda each: each.start):
        before = next((each for each in reversed(found) if _goes_on(each, line, others, dark)), None)
        if before is None:
            found.append(line)
        else:
            found[found.index(before)] = _as_one(before, line)
    return found


def _goes_on(before: Ruling, after: Ruling, others: list[Ruling], dark: Grey) -> bool:
    gap = after.start - before.end
    shorter = min(before.end - before.start, after.end - after.start)
    if shorter < _LONG or not 0 < gap <= min(_WIDEST, shorter):
        return False
    if abs(after.at - before.at) > _OUT_OF_LINE + _LEAN * gap:
        return False
    at = (before.at + after.at) / 2
    if _is_met(before.end, at, others, _CORNER) and _is_met(after.start, at, others, _CORNER):
        return False
    return _is_bare(before.end, after.start, at, dark)


def _as_one(before: Ruling, after: Ruling) -> Ruling:
    long, longer = before.end - before.start, after.end - after.start
    at = (before.at * long + after.at * longer) / (long + longer)
    return Ruling(at, before.start, after.end)


def _extended(lines: list[Ruling], others: list[Ruling], dark: Grey) -> list[Ruling]:
    """Lines that end between two of the other direction, continued to the next one."""
    return [
        replace(line, start=_end(line, -1, others, dark), end=_end(line, 1, others, dark))
        if line.end - line.start >= _LONGER
        else line
        for line in lines
    ]


def _end(line: Ruling, step: int, others: list[Ruling], dark: Grey) -> float:
    """Where a line ends: as it is, or at the next line that crosses its way; `step` is -1 to the left, 1 to the right.

    The next line may lack its end as well, as both do at a corner.
    """
    end = line.end if step > 0 else line.start
    if _is_met(end, line.at, others, _CORNER):
        return end
    ahead = [(step * (other.at - end), other.at) for other in others if _spans(other, line.at, _SHORT_BY)]
    gap, place = min((each for each in ahead if each[0] > 0), default=(0.0, end))
    if not gap or gap > min(_SHORT_BY, line.end - line.start):
        return end
    return place if _is_bare(min(end, place), max(end, place), line.at, dark) else end


def _is_met(place: float, at: float, others: list[Ruling], short_by: float = _MEETS) -> bool:
    return any(abs(other.at - place) <= _MEETS and _spans(other, at, short_by) for other in others)


def _spans(other: Ruling, at: float, short_by: float = _MEETS) -> bool:
    return other.start - short_by <= at <= other.end + short_by


def _is_bare(start: float, end: float, at: float, dark: Grey) -> bool:
    """Whether nothing is written across a level line from one place to another."""
    left, right, middle = (round(value * DOTS_PER_POINT) for value in (start, end, at))
    above = _inked(dark[max(middle - _REACH, 0) : max(middle - _BESIDE + 1, 0), left:right])
    below = _inked(dark[middle + _BESIDE : middle + _REACH + 1, left:right])
    return bool((above & below).mean() <= _MOST_ACROSS) if right > left else True


def _inked(part: Grey) -> NDArray[np.bool_]:
    return np.asarray((part > 0).any(axis=0))
