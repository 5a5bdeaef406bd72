"""What the columns of a row hold, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.form.rows import RowCell

IN_ORDER = 1.0
SETTLED_BY_SUM = 0.9
BY_NEIGHBOURS = 0.9
LOST = 0.3

FEWEST_WITH_TOTAL = 5
"""Columns; the last of fewer is no total."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A cell for each column of the form, None where there is none; `lost` if the figures cannot be told apart."""

    cells: tuple[RowCell | None, ...]
    confidence: float
    lost: bool = False


def lost(width: int) -> Placement:
    """No figure of the row can be placed."""
    return Placement((None,) * width, LOST, lost=True)
