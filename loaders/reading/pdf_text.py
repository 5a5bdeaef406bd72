"""Runs of characters of a PDF page, level with the reader's eye whatever way the page was turned."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass

from loaders.reading import pdfium
from loaders.reading.page_model import Run
from loaders.reading.pdfium import raw

_SPACES = frozenset(" \t\r\n\x0b\x0c\xa0\u3000\u2002\u2003\u2009\u200b\ufeff\x00")
_ODD_HYPHENS = "\x02\ufffe\xad"
_HYPHENS = str.maketrans(dict.fromkeys(_ODD_HYPHENS, "-"))
_BROKEN = re.compile("[\x00\x01\x03-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")
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
    quarter = angles.most_common(1)[0][0]  # PDFium counts them clockwise
    return (-90 * quarter - frame.turn) % 360


def read_text(text_page: int, count: int, frame: Frame) -> PageText:
    """All runs of a page, in the file's own order."""
    if not count:
        return PageText([], 0, 0.0, False)
    text = pdfium.characters(text_page, count)
    if any(map(text.count, _ODD_HYPHENS)):
        text = text.translate(_HYPHENS)
    boxes = pdfium.character_boxes(text_page, count)
    lefts, tops, rights, bottoms = boxes[0::4], boxes[1::4], boxes[2::4], boxes[3::4]
    height = frame.height
    if frame.turn or frame.left or frame.bottom:
        lefts, tops, rights, bottoms = frame.place(lefts, bottoms, rights, tops)
        tops, bottoms = [height - y for y in tops], [height - y for y in bottoms]
    runs = _runs(text, lefts, tops, rights, bottoms, height)
    _set_baselines(text_page, runs, frame)
    level = _level_runs(text_page, runs, frame)
    return PageText(level, sum(len(run.text) for run in level), _broken_share(text), _is_hidden(text_page, level))


def _runs(
    text: str, lefts: list[float], tops: list[float], rights: list[float], bottoms: list[float], height: float
) -> list[Run]:
    """Cut the characters of a page wherever the line changes, a space stands or a gap opens; y goes upwards here."""
    runs: list[Run] = []
    characters = (lefts, rights)
    start = -1
    run_left = run_top = run_right = run_bottom = limit = 0.0
    for index, (character, left, top, right, bottom) in enumerate(zip(text, lefts, tops, rights, bottoms, strict=True)):
        if start >= 0:
            if (
                character not in _SPACES
                and -limit < left - run_right < limit
                and (top if top < run_top else run_top) - (bottom if bottom > run_bottom else run_bottom)
                > 0.5 * min(top - bottom, run_top - run_bottom)
            ):
                run_right = right
                if top > run_top:
                    run_top = top
                if bottom < run_bottom:
                    run_bottom = bottom
                continue
            upper, lower = height - run_top, height - run_bottom
            runs.append(Run(text[start:index], run_left, upper, run_right, lower, lower, start, 1.0, characters))
            start = -1
        if character not in _SPACES:
            start, run_left, run_top, run_right, run_bottom = index, left, top, right, bottom
            limit = _GAP * max(top - bottom, right - left)
    if start >= 0:
        upper, lower = height - run_top, height - run_bottom
        runs.append(Run(text[start:], run_left, upper, run_right, lower, lower, start, 1.0, characters))
    return runs


def _set_baselines(text_page: int, runs: list[Run], frame: Frame) -> None:
    """Let each run know the line that its first character stands on."""
    points = pdfium.character_origins(text_page, [run.order for run in runs])
    xs, ys = points[0::2], points[1::2]
    if frame.turn:
        _, ys, _, _ = frame.place(xs, ys, xs, ys)
    else:
        ys = [frame.top - y for y in ys]
    for run, y in zip(runs, ys, strict=True):
        run.baseline = y


def _level_runs(text_page: int, runs: list[Run], frame: Frame) -> list[Run]:
    """Runs without those that lean (a watermark, a stamp); those that lie on their side are marked."""
    angles: list[float] = [pdfium.character_angle(text_page, run.order) for run in runs]
    turned = math.radians(frame.turn)
    if not turned and not any(angles):
        return runs
    level: list[Run] = []
    for run, angle in zip(runs, angles, strict=True):
        quarters = (angle + turned) / (math.pi / 2)
        nearest = round(quarters)
        run.upright = nearest % 4 == 0
        if abs(quarters - nearest) * (math.pi / 2) <= _LEVEL:
            level.append(run)
    return level


def _broken_share(text: str) -> float:
    """The share of characters from private areas or without any code: a font that keeps its meaning to itself."""
    seen = len(text) - sum(map(text.count, " \r\n\t"))
    return len(_BROKEN.findall(text)) / seen if seen > 0 else 0.0


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
