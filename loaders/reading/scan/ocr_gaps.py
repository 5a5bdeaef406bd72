"""Words of one line that stand apart, as in a table without lines, though the detector took them for one text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from loaders.patterns import pattern_of
from loaders.reading.scan import ocr_image
from loaders.reading.scan.ocr_engine import Recognised
from loaders.reading.scan.ocr_image import Grey
from loaders.reading.scan.ocr_lines import Quad

_LEAST, _BETWEEN_FIGURES, _BETWEEN_WORDS, _BEFORE_FIGURES = 0.3, 0.36, 0.55, 0.8
"""Parts of the height of a box: a gap before a label that has a number, between two figures, between words, and
between a label and the figures beside it."""

_ALONE, _FEWEST_OTHERS = 3, 3
"""How many times as wide as any other of a line a gap is that parts two figures though it is narrow, and how many
others there are at least: digits of full width stand as far apart, but all of them do."""

_ONE_DIGIT, _OF_FULL_WIDTH = 0.6, 0.6
"""The same: what is no wider is a single digit, and two of them no further apart are digits of full width."""

_FIGURES = pattern_of(r"^[\d,，.．+＋\-－—–/／]+$")
_NUMBERED = pattern_of(r"^(?:[1-9]|[（(][一二三四五六七八]|[一二三四])[)）.．、]")
_WORD = pattern_of(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Word:
    """A part of a line: the box to read it in, and the one around its ink."""

    box: Quad
    ink: Quad


def words(strip: Grey, box: Quad, read: Recognised) -> list[Word]:
    """The words of a line that are columns of their own; most lines are one."""
    inked = np.flatnonzero((strip < ocr_image.INK).any(axis=0))
    if not len(inked) or len(read.places) != len(read.text):
        return [Word(box, box)]
    gaps = _gaps_between_columns(inked, read, *strip.shape)
    starts = [int(inked[0]), *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), int(inked[-1]) + 1]
    middles = [0.0, *((start + end) / 2 for start, end in gaps), float(strip.shape[1])]
    pairs = zip(pairwise(middles), zip(starts, ends, strict=True), strict=True)
    return [Word(_between(box, whole, strip.shape[1]), _between(box, ink, strip.shape[1])) for whole, ink in pairs]


def _between(box: Quad, edges: tuple[float, float], width: int) -> Quad:
    """The part of a box between two places along its length."""
    first, last = (edge / width for edge in edges)
    upper, lower = box[1] - box[0], box[2] - box[3]
    corners = box[0] + first * upper, box[0] + last * upper, box[3] + last * lower, box[3] + first * lower
    return np.array(corners, dtype=np.float32)


def _gaps(inked: NDArray[np.intp], height: int) -> Iterator[tuple[int, int]]:
    """First and last but one column of pixels without ink between two words."""
    for at in np.flatnonzero(np.diff(inked) > _LEAST * height).tolist():
        yield int(inked[at]) + 1, int(inked[at + 1])


def _gaps_between_columns(inked: NDArray[np.intp], read: Recognised, height: int, width: int) -> list[tuple[int, int]]:
    gaps = list(_gaps(inked, height))
    edges = [int(inked[0]), *(edge for gap in gaps for edge in gap), int(inked[-1]) + 1]
    narrow = [end - start <= _ONE_DIGIT * height for start, end in zip(edges[::2], edges[1::2], strict=True)]
    least = [_OF_FULL_WIDTH if before and after else _BETWEEN_FIGURES for before, after in pairwise(narrow)]
    if len(gaps) == 1 and _stands_out(inked, gaps[0]):
        least = [_LEAST]
    pairs = zip(gaps, least, strict=True)
    return [gap for gap, between in pairs if _is_between_columns(read, *gap, height, width, between)]


def _stands_out(inked: NDArray[np.intp], gap: tuple[int, int]) -> bool:
    """Whether a gap is far wider than all others of a line."""
    widths = sorted(int(width) - 1 for width in np.diff(inked) if width > 1)
    return len(widths) > _FEWEST_OTHERS and widths[-1] == gap[1] - gap[0] and widths[-1] > _ALONE * widths[-2]


def _is_between_columns(
    read: Recognised, start: int, end: int, height: int, width: int, between_figures: float
) -> bool:
    """Whether the words on both sides of a gap are such as stand in different columns."""
    middle = (start + end) / 2 / width
    signs = [(sign, place) for sign, place in zip(read.text, read.places, strict=True) if not sign.isspace()]
    before = "".join(sign for sign, place in signs if place < middle)
    after = "".join(sign for sign, place in signs if place >= middle)
    if not before or not after:
        return False
    gap = (end - start) / height
    if _FIGURES.match(after):
        return gap > (between_figures if before[-1].isdigit() else _BEFORE_FIGURES)
    if not _WORD.match(before[-1]):
        return False
    return _NUMBERED.match(after) is not None or (gap > _BETWEEN_WORDS and _WORD.match(after[0]) is not None)
