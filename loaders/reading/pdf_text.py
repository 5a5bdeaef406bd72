"""Runs of characters of a PDF page, level with the reader's eye whatever way the page was turned."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass

from loaders.reading import pdfium
from loaders.reading.page_model import Box, Ruling, Run
from loaders.reading.pdfium import raw

_WORD = re.compile("[^ \t\r\n\x0b\x0c\xa0\u3000\u2002\u2003\u2009\u200b\ufeff\x00]+")
_ODD_HYPHENS = "\x02\ufffe\xad"
_HYPHENS = str.maketrans(dict.fromkeys(_ODD_HYPHENS, "-"))
_BROKEN = re.compile("[\x00\x01\x03-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")
_GAP = 0.3
"""A gap of this part of the height of the type ends a run."""

_NARROWEST, _WIDEST = 0.3, 1.25
"""Width of a character, as part of the size of the type, between which a word looks ordinary."""

_FAR_AWAY = (math.inf, math.inf, math.inf, math.inf)

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


def read_text(text_page: int, count: int, frame: Frame, walls: list[Ruling]) -> PageText:
    """All runs of a page, in the file's own order.

    PDFium parts words where a gap opens or the line changes, so the first and the last character of a word tell
    where it stands. Every character is asked for only where the word looks odd or one of the `walls` (upright
    lines) passes through it.
    """
    if not count:
        return PageText([], 0, 0.0, False)
    text = pdfium.characters(text_page, count)
    if any(map(text.count, _ODD_HYPHENS)):
        text = text.translate(_HYPHENS)
    words = [match.span() for match in _WORD.finditer(text)]
    firsts = _Boxes(text_page, [start for start, _ in words], frame)
    lasts = _Boxes(text_page, [end - 1 for _, end in words], frame)
    columns = _Walls(walls)
    runs: list[Run] = []
    for (start, end), a, b in zip(words, firsts.boxes, lasts.boxes, strict=True):
        top, bottom = min(a[1], b[1]), max(a[3], b[3])
        if end - start > 1 and (_is_odd(a, b, end - start) or columns.cross(a[0], b[2], (top + bottom) / 2)):
            boxes = _Boxes(text_page, list(range(start, end)), frame).boxes
            runs += _split(text[start:end], boxes, start)
        else:
            runs.append(Run(text[start:end], a[0], top, b[2], bottom, bottom, start))
    _set_baselines(text_page, runs, frame)
    level = _level_runs(text_page, runs, frame)
    return PageText(level, sum(len(run.text) for run in level), _broken_share(text), _is_hidden(text_page, level))


class _Boxes:
    """Boxes of some characters, from the upper left corner of the page as shown."""

    def __init__(self, text_page: int, indexes: list[int], frame: Frame) -> None:
        found = pdfium.character_boxes(text_page, indexes)
        placed = frame.place(found[0::4], found[3::4], found[2::4], found[1::4])
        self.boxes: list[Box] = list(zip(*placed, strict=True))


class _Walls:
    """Upright lines of a page, to ask which words they pass through."""

    def __init__(self, rulings: list[Ruling]) -> None:
        self._rulings = sorted(rulings, key=lambda ruling: ruling.at)
        self._places = [ruling.at for ruling in self._rulings]

    def cross(self, left: float, right: float, y: float) -> bool:
        """Whether a line at height `y` passes between two edges."""
        start, end = bisect_right(self._places, left + 1.0), bisect_left(self._places, right - 1.0)
        return any(ruling.start <= y <= ruling.end for ruling in self._rulings[start:end])


def _is_odd(first: Box, last: Box, count: int) -> bool:
    """Whether the characters of a word cannot simply stand side by side between its first and its last."""
    height = max(first[3] - first[1], last[3] - last[1])
    shared = min(first[3], last[3]) - max(first[1], last[1])
    if shared <= 0.5 * min(first[3] - first[1], last[3] - last[1]):
        return True
    size = max(height, first[2] - first[0])
    return not _NARROWEST * count * size < last[2] - first[0] < _WIDEST * count * size


def _split(text: str, boxes: list[Box], start: int) -> list[Run]:
    """The runs of a word, cut wherever the line changes or a gap opens."""
    runs: list[Run] = []
    begin = 0
    limit = 0.0
    run_left = run_top = run_right = run_bottom = 0.0
    for index, (left, top, right, bottom) in enumerate([*boxes, _FAR_AWAY]):
        shared = min(bottom, run_bottom) - max(top, run_top)
        if (
            index > begin
            and -limit < left - run_right < limit
            and shared > 0.5 * min(bottom - top, run_bottom - run_top)
        ):
            run_right, run_top, run_bottom = right, min(top, run_top), max(bottom, run_bottom)
            continue
        if index > begin:
            edges = [box[0] for box in boxes[begin:index]], [box[2] for box in boxes[begin:index]]
            run = Run(
                text[begin:index], run_left, run_top, run_right, run_bottom, run_bottom, start + begin, 1.0, edges
            )
            runs.append(run)
        begin, run_left, run_top, run_right, run_bottom = index, left, top, right, bottom
        limit = _GAP * max(bottom - top, right - left)
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
