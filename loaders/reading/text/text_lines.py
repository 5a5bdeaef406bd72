"""Lines of plain text, and the places of what stands on them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from loaders.document import Place

LONGEST_CELL = 80
"""Characters; longer ones are sentences."""


@dataclass(slots=True)
class Line:
    """A line, or a part of one, under the number of the line in the file."""

    text: str
    number: int
    start: int = 0
    """Where it begins on the line of that number."""


def place_on(line: Line, offset: int) -> Place:
    """The place of a character of a line, by its offset there."""
    return place_at(line.number, line.start + offset + 1)


@lru_cache(maxsize=1 << 15)
def place_at(line: int, character: int) -> Place:
    """A place, counted from 1. Kept, because the figures of one form stand at much the same places in every report."""
    return Place(line=line, character=character)
