"""The word 无 for nothing in the cells of a scanned table, told from the characters that a coarse scan makes of it."""

from __future__ import annotations

from dataclasses import replace

from loaders.reading.printed.page_model import Run

_NOTHING = "无"
_LOOKS_LIKE = frozenset("尤充兀旡元")

_FEWEST, _LEGIBLE, _TOLD = 3, 0.8, 0.85
"""Cells of a page that say so legibly where another does as well, the confidence of these and of that one."""


def with_nothing_told(runs: list[Run]) -> list[Run]:
    """What is written in the cells of a page: a lone character like the word for nothing is that where others are."""
    said = sum(run.text == _NOTHING and run.confidence >= _LEGIBLE for run in runs)
    if said < _FEWEST:
        return runs
    return [
        replace(run, text=_NOTHING, confidence=_TOLD, other_readings=()) if run.text in _LOOKS_LIKE else run
        for run in runs
    ]
