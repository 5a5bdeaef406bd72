"""Runs of characters of a PDF page, level with the reader's eye whatever way the page was turned."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from loaders.reading import pdfium
from loaders.reading.page_model import Run
from loaders.reading.pdfium import raw

_SPACES = frozenset(" \t\r\n\x0b\x0c\xa0\u3000\u2002\u2003\u2009\u200b\ufeff\x00")
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\xad": "-"})
_GAP = 0.3
"""A gap of this part of the height of the type ends a run."""

_SAMPLE = 24
"""So many characters tell which way the text of a page runs."""

_INVISIBLE: int = raw.FPDF_TEXTRENDERMODE_INVISIBLE

_LEVEL = math.radians(4)
"""Text that leans more than this is a watermark or a stamp."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page in PDF coordinates and its turn in degrees clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def width(self) -> float:
        """Width of the page as shown."""
        return self.right - self.left if self.turn % 180 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        """Height of the page as shown."""
        return self.top - self.bottom if self.turn % 180 == 0 else self.right - self.left

    def place(
        self, left: list[float], bottom: list[float], right: list[float], top: list[float]
    ) -> tuple[list[float], list[float], list[float], list[float]]:
        """Boxes in PDF coordinates as left, top, right, bottom from the upper left corner of the page as shown."""
        if self.turn == 90:
            return (
                [y - self.bottom for y in bottom],
                [x - self.left for x in left],
                [y - self.bottom for y in top],
                [x - self.left for x in right],
            )
        if self.turn == 180:
            return (
                [self.right - x for x in right],
                [y - self.bottom for y in bottom],
                [self.right - x for x in left],
                [y - self.bottom for y in top],
            )
        if self.turn == 270:
            return (
                [self.top - y for y in top],
                [self.right - x for x in right],
                [self.top - y for y in bottom],
                [self.right - x for x in left],
            )
        return (
            [x - self.left for x in left],
            [self.top - y for y in top],
            [x - self.left for x in right],
            [self.top - y for y in bottom],
        )


@dataclass(slots=True)
class PageText:
    """The text of a page. `broken` is the share of characters that have no meaning, only a shape."""

    runs: list[Run]
    characters: int
    broken: float
    hidden: bool


def text_turn(text_page: int, count: int, frame: Frame) -> int:
    """Degrees clockwise by which the shown page must be turned further for most of its text to be level."""
    if not count:
        return 0
    step = max(1, count // _SAMPLE)
    angles = Counter(
        round(math.degrees(pdfium.character_angle(text_page, index)) / 90) % 4 for index in range(0, count, step)
    )
    quarter = angles.most_common(1)[0][0]
    return (90 * quarter - frame.turn) % 360


def read_text(text_page: int, count: int, frame: Frame) -> PageText:
    """All runs of a page, in the file's own order."""
    if not count:
        return PageText([], 0, 0.0, False)
    text = pdfium.characters(text_page, count)
    boxes = pdfium.character_boxes(text_page, count)
    origins = pdfium.character_origins(text_page, count)
    placed = frame.place(boxes[0::4], boxes[3::4], boxes[2::4], boxes[1::4])
    _, across, _, along = frame.place(origins[0::2], origins[1::2], origins[0::2], origins[1::2])
    baselines = along if frame.turn in (0, 90) else across
    runs = list(_runs(text.translate(_HYPHENS), *placed, baselines))
    level = [run for run in runs if _settle_direction(text_page, run, frame)]
    return PageText(level, sum(len(run.text) for run in level), _broken_share(text), _is_hidden(text_page, level))


def _runs(
    text: str,
    lefts: list[float],
    tops: list[float],
    rights: list[float],
    bottoms: list[float],
    baselines: list[float],
) -> Iterable[Run]:
    """Cut the characters of a page wherever the line changes, a space stands or a gap opens."""
    start = -1
    run_left = run_top = run_right = run_bottom = base = limit = 0.0
    for index, character in enumerate(text):
        if character in _SPACES:
            if start >= 0:
                yield _run(text, start, index, run_left, run_top, run_right, run_bottom, base, lefts, rights)
                start = -1
            continue
        left, top, right, bottom, baseline = lefts[index], tops[index], rights[index], bottoms[index], baselines[index]
        if start >= 0:
            gap = left - run_right
            if -0.5 < baseline - base < 0.5 and -limit < gap < limit:
                run_right = right
                if top < run_top:
                    run_top = top
                if bottom > run_bottom:
                    run_bottom = bottom
                continue
            yield _run(text, start, index, run_left, run_top, run_right, run_bottom, base, lefts, rights)
        start, run_left, run_top, run_right, run_bottom, base = index, left, top, right, bottom, baseline
        limit = _GAP * max(bottom - top, right - left)
    if start >= 0:
        yield _run(text, start, len(text), run_left, run_top, run_right, run_bottom, base, lefts, rights)


def _run(
    text: str,
    start: int,
    end: int,
    left: float,
    top: float,
    right: float,
    bottom: float,
    baseline: float,
    lefts: list[float],
    rights: list[float],
) -> Run:
    edges = tuple(zip(lefts[start:end], rights[start:end], strict=True))
    return Run(text[start:end], left, top, right, bottom, baseline, start, 1.0, edges)


def _settle_direction(text_page: int, run: Run, frame: Frame) -> bool:
    """Mark a run that lies on its side; False for one that leans (a watermark, a stamp)."""
    angle: float = pdfium.character_angle(text_page, run.order) - math.radians(frame.turn)
    if angle == 0.0:
        return True
    quarters = angle / (math.pi / 2)
    nearest = round(quarters)
    run.upright = nearest % 4 == 0
    return abs(quarters - nearest) * (math.pi / 2) <= _LEVEL


def _broken_share(text: str) -> float:
    """The share of characters from private areas or without any code: a font that keeps its meaning to itself."""
    seen = [character for character in text if character not in _SPACES]
    if not seen:
        return 0.0
    broken = sum(
        1 for character in seen if character < " " or "\ue000" <= character <= "\uf8ff" or character == "\ufffd"
    )
    return broken / len(seen)


def _is_hidden(text_page: int, runs: list[Run]) -> bool:
    """Whether the text is painted invisibly, as recognition programs put it behind a scanned page."""
    sample = runs[:: max(1, len(runs) // 8)][:8]
    modes: list[int] = [pdfium.render_mode(pdfium.character_object(text_page, run.order)) for run in sample]
    return bool(modes) and all(mode == _INVISIBLE for mode in modes)


def page_frame(page: raw.FPDF_PAGE) -> Frame:
    """The visible part of a page."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    return Frame(box.left, box.bottom, box.right, box.top, 90 * raw.FPDFPage_GetRotation(page))
