"""What is left of a seal in the cells of a table that it covered: strokes that are read as signs beside a figure.

The figure is in doubt anyway, but the signs must not make a text of it, which would be a label and move its row.
"""

from __future__ import annotations

from dataclasses import replace

from loaders.patterns import pattern_of
from loaders.reading.printed.page_model import Run

_FIGURE = pattern_of(r"^[+-]?\d[\d,.]{0,11}$")
_WORD = pattern_of(r"[\u4e00-\u9fff]{2}")

_ILLEGIBLE = "□"


def without_strokes(runs: list[Run]) -> list[Run]:
    """The figure among what was read in a cell under a seal; one sign for nothing legible where there are several.

    A text with words is a label.
    """
    figures = [run for run in runs if _FIGURE.match(run.text)]
    if len(runs) < 2 or not figures or any(_WORD.search(run.text) for run in runs):
        return runs
    if len(figures) == 1:
        return figures
    return [replace(figures[0], text=_ILLEGIBLE, confidence=0.0, other_readings=())]
