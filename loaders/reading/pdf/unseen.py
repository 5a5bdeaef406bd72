"""Figures that nobody sees below those shown: a draft in white or invisible type."""

from __future__ import annotations

from itertools import pairwise

from loaders.reading.pdf import pdfium
from loaders.reading.printed.lines import run_over_one_another
from loaders.reading.printed.page_model import Run


def without_unseen(runs: list[Run], text_page: int) -> list[Run]:
    """The runs without figures that others run over and nobody sees: a white or invisible draft below those shown."""
    unseen: set[int] = set()
    for before, run in pairwise(runs):
        if run_over_one_another(before, run):
            hidden = [each for each in (before, run) if pdfium.is_unseen(text_page, each.order)]
            unseen.update(id(each) for each in hidden if len(hidden) == 1)
    return [run for run in runs if id(run) not in unseen]
