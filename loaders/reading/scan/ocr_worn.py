"""Pages whose strokes are worn or broken: read once more with softer strokes, which close the gaps between them.

The one reading is a witness for the other: where they disagree about a figure, it is in doubt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from loaders.reading.printed.grids import Grid
from loaders.reading.printed.page_model import PageLayout, Run
from loaders.reading.printed.tables import is_figure
from loaders.reading.scan.ocr_image import Grey, as_grey

_SOFT, _STRENGTH = 1.0, 1.8
"""Pixels by which strokes are made softer, and how much darker they are made then."""

_LEGIBLE = 0.8
"""Confidence from which a figure is believed by itself."""

_CONTRADICTED = 0.6
"""Highest confidence of a figure that the other reading says differently."""


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was read on a page, before any of it is doubted, and the tables that it stands in."""

    layout: PageLayout
    grids: list[Grid]

    @property
    def legible(self) -> int:
        """Figures that are legible by themselves."""
        return sum(is_figure(run.text) and run.confidence >= _LEGIBLE for run in self.layout.runs)


def softened(grey: Grey) -> Grey:
    """A page with strokes that are wider and softer."""
    soft = 255 - cv2.GaussianBlur(grey, (0, 0), _SOFT).astype(np.float32)
    return as_grey(np.clip(255 - _STRENGTH * soft, 0, 255).astype(np.uint8))


def agreed(first: PageReading, second: PageReading) -> PageReading:
    """The reading of a page in which more figures are legible, those doubted that the other contradicts."""
    better, other = (second, first) if second.legible > first.legible else (first, second)
    witnesses = [run for run in other.layout.runs if is_figure(run.text) and run.confidence >= _LEGIBLE]
    runs = [_doubted(run, witnesses) if is_figure(run.text) else run for run in better.layout.runs]
    return PageReading(replace(better.layout, runs=runs), better.grids)


def _doubted(run: Run, witnesses: list[Run]) -> Run:
    x = (run.left + run.right) / 2
    said = {each.text for each in witnesses if each.left <= x <= each.right and each.top <= run.middle <= each.bottom}
    said.discard(run.text)
    if not said:
        return run
    others = tuple(dict.fromkeys((*run.other_readings, *sorted(said))))
    return replace(run, confidence=min(run.confidence, _CONTRADICTED), other_readings=others)
