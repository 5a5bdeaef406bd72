"""Runs of characters of a PDF page, level with the reader's eye whatever way the page was turned."""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from loaders.patterns import pattern_of
from loaders.reading.beside_text import is_note_mark
from loaders.reading.pdf import pdfium
from loaders.reading.pdf.pdfium import raw
from loaders.reading.pdf.struck import without_struck
from loaders.reading.pdf.tracking import without_tracking
from loaders.reading.pdf.unseen import without_unseen
from loaders.reading.printed.lines import doubt_overprinted
from loaders.reading.printed.page_model import Box, Ruling, Run

_WORD = pattern_of("[^ \t\r\n\x0b\x0c\xa0\u3000\u2002\u2003\u2009\u200b\ufeff\x00]+")
_ODD_HYPHENS = "\x02\ufffe\xad"
_HYPHENS = str.maketrans(dict.fromkeys(_ODD_HYPHENS, "-"))
_BROKEN = pattern_of("[\x00\x01\x03-\x08\x0e-\x1f\xc0-\xd6\xd8-\xf6\xf8-\u024f\ue000-\uf8ff\ufffd]")
_CHINESE = pattern_of("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN_WORD = pattern_of("[A-Za-z]?[a-z]{2,}")
_NEITHER_WORD_NOR_FIGURE = pattern_of(r"[^\s\d.,:/\\()+\-\u2013\u2014]")
_GAP = 0.3
"""A gap of this part of the height of the type ends a run."""

_ON_A_LINE = 0.7
"""Part of the height of a character that it shares with its neighbours on a line, superscripts aside."""

_NARROWEST, _WIDEST = 0.3, 1.25
"""Width of a character, as part of the size of the type, between which a word looks ordinary."""

Edges = tuple[list[float], list[float], list[float], list[float]]
"""Left, upper, right and lower edges of several boxes."""

_DEEPEST_OVERLAP = 0.15
"""Part of the height of digits by which two of one figure may run over one another."""

_SMALLER, _RAISED = 0.9, 0.15
"""Height of raised type, and how far it stands above the line, as parts of the height of what it stands behind."""

_EDGE = 2.0
"""Points from the right edge of the page within which a line is that of a table which the page cuts off."""

_LINE_BREAK = "\r\n"

_SAMPLE = 48
"""So many characters tell which way the text of a page runs. Those that PDFium adds between words have no turn."""

_SAMPLE_OF_WORD = 6
"""So many characters of a word tell how far all of them stand apart."""

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

    def place(self, left: list[float], bottom: list[float], right: list[float], top: list[float]) -> Edges:
        """Boxes in PDF coordinates as seen from the upper left corner of the page as shown."""
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

    def inside(self, runs: list[Run]) -> list[Run]:
        """Those runs of which at least a part is shown."""
        return [
            run for run in runs if run.right > 0 and run.left < self.width and run.bottom > 0 and run.top < self.height
        ]


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
    sample = pdfium.written(text_page, range(0, count, max(1, count // _SAMPLE)))
    angles = pdfium.character_angles(text_page, sample)
    quarters = Counter([round(math.degrees(angle) / 90) % 4 for angle in angles]) if any(angles) else Counter([0])
    quarter = quarters.most_common(1)[0][0]  # PDFium counts them clockwise
    return (-90 * quarter - frame.turn) % 360


def read_text(text_page: int, count: int, frame: Frame, walls: list[Ruling], level_lines: list[Ruling]) -> PageText:
    """All runs of a page, in the file's own order.

    PDFium parts words where a gap opens or, as it thinks, the line changes, so the first and the last character of
    a word tell where it stands. Every character is asked for only where the word looks odd or one of the `walls`
    (upright lines) passes through it. What one of the `level_lines` strikes out is left out.
    """
    if not count:
        return PageText([], 0, 0.0, False)
    text = pdfium.characters(text_page, count)
    if any(map(text.count, _ODD_HYPHENS)):
        text = text.translate(_HYPHENS)
    spans = [match.span() for match in _WORD.finditer(text)]
    starts = [start for start, _ in spans]
    firsts = zip(*_edges(text_page, starts, frame), _baselines(text_page, starts, frame), strict=True)
    lasts = zip(*_edges(text_page, [end - 1 for start, end in spans if end - start > 1], frame), strict=True)
    columns = _Walls([wall for wall in walls if wall.at < frame.width - _EDGE])
    runs: list[Run | None] = []
    odd: list[tuple[int, int]] = []
    for (start, end), (left, top, right, bottom, baseline) in zip(spans, firsts, strict=True):
        if end - start > 1:
            first, last = (left, top, right, bottom), next(lasts)
            _, last_top, right, last_bottom = last
            top, bottom = top if top < last_top else last_top, bottom if bottom > last_bottom else last_bottom
            if _is_odd(first, last, end - start) or columns.cross(left, right, (top + bottom) / 2):
                odd.append((start, end))
                runs.append(None)
                continue
            if right - left < (end - start) * (first[2] - left) - _DEEPEST_OVERLAP * (bottom - top) and (
                text[start:end].isdigit()  # digits are as wide as each other: some of these run over others
            ):
                odd.append((start, end))
                runs.append(None)
                continue
        runs.append(Run(text[start:end], left, top, right, bottom, baseline, start))
    whole = _joined(_with_pieces(runs, odd, text, text_page, frame), columns)
    whole = without_tracking(whole, columns.part, partial(_first_gaps, text_page, frame))
    whole = _without_note_marks(whole)
    if any(run.left < before.right and before.left < run.right for before, run in pairwise(whole)):
        whole = without_unseen(whole, text_page)
        doubt_overprinted(whole)
    level = _level_runs(text_page, whole, frame)
    level = without_struck(level, level_lines, partial(_character_edges, text_page, text, frame))
    _end_on_page(level, frame.width)
    return PageText(level, sum([len(run.text) for run in level]), broken_share(text), _is_hidden(text_page, level))


def _end_on_page(runs: list[Run], width: float) -> None:
    """Let words that run over the right edge of the page, as in a table too wide for it, end there.

    So does what begins right at the edge: it may be the first line of a figure whose other lines are shown.
    """
    edge = width - _EDGE
    for run in runs:
        if run.left < width and run.right > edge:
            run.left, run.right = min(run.left, edge - _EDGE), edge


def _edges(text_page: int, indexes: list[int], frame: Frame) -> Edges:
    """Left, upper, right and lower edges of some characters, from the upper left corner of the page as shown."""
    found = pdfium.character_boxes(text_page, indexes)
    return frame.place(found[0::4], found[3::4], found[2::4], found[1::4])


def _first_gaps(text_page: int, frame: Frame, words: list[Run]) -> list[float]:
    """How far apart the first characters of some words are."""
    lengths = [min(len(word.text), _SAMPLE_OF_WORD) for word in words]
    indexes = [word.order + at for word, length in zip(words, lengths, strict=True) for at in range(length)]
    lefts, _, rights, _ = _edges(text_page, indexes, frame)
    return [
        left - right
        for (at, after), left, right in zip(pairwise(indexes), lefts[1:], rights, strict=False)
        if after == at + 1
    ]


def _character_edges(text_page: int, text: str, frame: Frame, run: Run) -> tuple[list[float], list[float]]:
    """Left and right edges of the characters of a run; PDFium may end lines and words between them."""
    if run.characters is not None:
        return run.characters
    indexes: list[int] = []
    at = run.order - 1
    for character in run.text:
        at = text.find(character, at + 1)
        if at < 0:
            return [], []
        indexes.append(at)
    lefts, _, rights, _ = _edges(text_page, indexes, frame)
    return lefts, rights


def _baselines(text_page: int, indexes: list[int], frame: Frame) -> list[float]:
    """The heights of the lines that some characters stand on."""
    points = pdfium.character_origins(text_page, indexes)
    if not frame.turn:
        return [frame.top - y for y in points[1::2]]
    xs, ys = points[0::2], points[1::2]
    return frame.place(xs, ys, xs, ys)[1]


def _with_pieces(
    runs: list[Run | None], odd: list[tuple[int, int]], text: str, text_page: int, frame: Frame
) -> list[Run]:
    """The runs with those pieces in place of each None that the words at the `odd` places fall into."""
    if not odd:
        return [run for run in runs if run is not None]
    edges = _edges(text_page, [index for start, end in odd for index in range(start, end)], frame)
    pieces: list[list[Run]] = []
    position = 0
    angles = pdfium.character_angles(text_page, [start for start, _ in odd])
    for (start, end), angle in zip(odd, angles, strict=True):
        until = position + end - start
        lefts, tops, rights, bottoms = (values[position:until] for values in edges)
        part = lefts, tops, rights, bottoms
        pieces.append(_split(text[start:end], part, start, is_slanted=bool(angle % (math.pi / 2))))
        position = until
    flat = [run for word in pieces for run in word]
    for run, baseline in zip(flat, _baselines(text_page, [run.order for run in flat], frame), strict=True):
        run.baseline = baseline
    words = iter(pieces)
    return [run for word in runs for run in ((word,) if word is not None else next(words))]


def _joined(runs: list[Run], columns: _Walls) -> list[Run]:
    """The runs, in one piece where PDFium ends a line and none ends."""
    whole: list[Run] = []
    next_line = -1
    for run in runs:
        goes_on = run.order == next_line and _goes_on(whole[-1], run)
        next_line = run.order + len(run.text) + len(_LINE_BREAK)
        if not goes_on or columns.part(whole[-1], run):
            whole.append(run)
            continue
        before = whole[-1]
        before.text, before.characters = before.text + run.text, None
        before.top, before.right, before.bottom = min(before.top, run.top), run.right, max(before.bottom, run.bottom)
    return whole


def _is_raised(top: float, bottom: float, last_top: float, last_bottom: float) -> bool:
    """Whether one box is smaller and stands higher than the one before."""
    height = bottom - top
    return last_bottom - last_top < _SMALLER * height and bottom - last_bottom > _RAISED * height


def _without_note_marks(runs: list[Run]) -> list[Run]:
    """The runs without the raised numbers of notes; what is raised behind a letter is a power, and stays."""
    heights = [run.bottom - run.top for run in runs]
    found: set[int] = set()
    for n, (height, following) in enumerate(pairwise(heights)):  # most neighbours are of one height
        if following < _SMALLER * height and _is_note_beside(runs[n], runs[n + 1]):
            found.add(n + 1)
        elif height < _SMALLER * following and _is_note_beside(runs[n + 1], runs[n]):
            found.add(n)
    for n in sorted(found):  # 注 and its number may be two runs
        while n + 1 < len(runs) and _continues_mark(runs[n], runs[n + 1]):
            n += 1
            found.add(n)
    return [run for n, run in enumerate(runs) if n not in found] if found else runs


def _is_note_beside(word: Run, mark: Run) -> bool:
    """Whether a run is the raised number of a note right behind another."""
    if not _is_raised(word.top, word.bottom, mark.top, mark.bottom):
        return False
    height = word.bottom - word.top
    stands_behind = -_GAP * height < mark.left - word.right < 2 * _GAP * height and mark.bottom > word.top
    is_above = word.baseline - mark.baseline > _RAISED * height
    return stands_behind and is_above and is_note_mark(mark.text, word.text)


def _continues_mark(mark: Run, run: Run) -> bool:
    height = mark.bottom - mark.top
    beside = abs(run.left - mark.right) < height and abs(run.baseline - mark.baseline) < _GAP * height
    return beside and run.bottom - run.top < height / _SMALLER and is_note_mark(run.text, mark.text)


def _goes_on(before: Run, run: Run) -> bool:
    """Whether no line ends between two runs: PDFium may take a page of loose characters for an upright one."""
    limit = _GAP * (run.bottom - run.top)
    return -limit < run.left - before.right < limit and abs(run.baseline - before.baseline) < 0.1 * limit


class _Walls:
    """Upright lines of a page, to ask which words they pass through."""

    def __init__(self, rulings: list[Ruling]) -> None:
        self._walls = sorted([(ruling.at, ruling.start, ruling.end) for ruling in rulings])
        self._places = [at for at, _, _ in self._walls]

    def part(self, before: Run, after: Run) -> bool:
        """Whether a line stands between two runs that follow each other."""
        return self.cross(before.right - 2, after.left + 2, after.baseline)

    def cross(self, left: float, right: float, y: float) -> bool:
        """Whether a line at height `y` passes between two edges."""
        places, last = self._places, right - 1.0
        index = bisect_right(places, left + 1.0)
        while index < len(places) and places[index] < last:
            _, start, end = self._walls[index]
            if start <= y <= end:
                return True
            index += 1
        return False


def _is_odd(first: Box, last: Box, count: int) -> bool:
    """Whether the characters of a word cannot simply stand side by side between its first and its last."""
    left, top, right, bottom = first
    last_left, last_top, last_right, last_bottom = last
    if last_left < right - _DEEPEST_OVERLAP * (bottom - top):
        return True
    height, last_height = bottom - top, last_bottom - last_top
    low, size = (height, last_height) if height < last_height else (last_height, height)
    if (bottom if bottom < last_bottom else last_bottom) - (top if top > last_top else last_top) <= _ON_A_LINE * low:
        return True
    if _is_raised(top, bottom, last_top, last_bottom):
        return True
    if right - left > size:
        size = right - left
    return not _NARROWEST * count * size < last_right - left < _WIDEST * count * size


def _split(text: str, edges: Edges, start: int, *, is_slanted: bool) -> list[Run]:
    """The runs of a word, cut wherever the line changes, a gap opens, or a digit is printed over the one before.

    Their baselines are still to be found. The boxes of slanted type reach over one another.
    """
    lefts, tops, rights, bottoms = edges
    runs: list[Run] = []
    begin, limit = 0, 0.0
    run_top = run_right = run_bottom = -math.inf
    for index, (left, top, right, bottom) in enumerate(zip(lefts, tops, rights, bottoms, strict=True)):
        if index and -limit < left - run_right < limit:
            shared = (bottom if bottom < run_bottom else run_bottom) - (top if top > run_top else run_top)
            goes_on = shared > _ON_A_LINE * (bottom - top) or shared > _ON_A_LINE * (run_bottom - run_top)
            digits = text[index - 1 : index + 1].isdigit()
            over = digits and not is_slanted and run_right - left > _DEEPEST_OVERLAP * (bottom - top)
            if goes_on and not over and not (digits and _is_raised(run_top, run_bottom, top, bottom)):
                run_right = right
                if top < run_top:
                    run_top = top
                if bottom > run_bottom:
                    run_bottom = bottom
                continue
        if index:
            runs.append(_piece(text, lefts, rights, run_top, run_bottom, (begin, index), start))
        begin, run_top, run_right, run_bottom = index, top, right, bottom
        limit = _GAP * max(bottom - top, right - left)
    runs.append(_piece(text, lefts, rights, run_top, run_bottom, (begin, len(text)), start))
    return runs


def _piece(
    text: str, lefts: list[float], rights: list[float], top: float, bottom: float, part: tuple[int, int], start: int
) -> Run:
    begin, end = part
    edges = lefts[begin:end], rights[begin:end]
    return Run(text[begin:end], lefts[begin], top, rights[end - 1], bottom, bottom, start + begin, 1.0, edges)


def _level_runs(text_page: int, runs: list[Run], frame: Frame) -> list[Run]:
    """Runs without those that lean (a watermark, a stamp); those that lie on their side are marked."""
    angles = pdfium.character_angles(text_page, [run.order for run in runs])
    turned = math.radians(frame.turn)
    if not turned and not any(angles):
        return runs
    level: list[Run] = []
    for run, angle in zip(runs, angles, strict=True):
        if angle % (math.pi / 2):
            angle = pdfium.baseline_angle(text_page, run.order)  # that of slanted type is not the angle of its strokes
        quarters = (angle + turned) / (math.pi / 2)
        nearest = round(quarters)
        run.upright = nearest % 4 == 0
        if abs(quarters - nearest) * (math.pi / 2) <= _LEVEL:
            level.append(run)
    return level


def broken_share(text: str) -> float:
    """The share of characters without meaning: a font that keeps it to itself, or whose codes are no characters.

    A page without a single Chinese character has meaning in its figures and in Latin words.
    """
    seen = len(text) - sum(map(text.count, " \r\n\t"))
    if seen <= 0:
        return 0.0
    if _CHINESE.search(text):
        return len(_BROKEN.findall(text)) / seen
    return len(_NEITHER_WORD_NOR_FIGURE.findall(_LATIN_WORD.sub("", text))) / seen


def _is_hidden(text_page: int, runs: list[Run]) -> bool:
    """Whether the text is painted invisibly, as recognition programs put it behind a scanned page."""
    sample = runs[:: max(1, len(runs) // 8)][:8]
    modes: list[int] = [pdfium.render_mode(pdfium.character_object(text_page, run.order)) for run in sample]
    return bool(modes) and all(mode == _INVISIBLE for mode in modes)


def is_cropped(page: raw.FPDF_PAGE, shown: Frame) -> bool:
    """Whether a page is larger than what is shown of it: printers' marks may stand around that."""
    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPage_GetMediaBox(page, *map(ctypes.byref, edges)):
        return False
    left, bottom, right, top = (edge.value for edge in edges)
    return right - left > shown.right - shown.left + 1 or top - bottom > shown.top - shown.bottom + 1


def page_frame(page: raw.FPDF_PAGE) -> Frame:
    """The visible part of a page."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    return Frame(box.left, box.bottom, box.right, box.top, 90 * raw.FPDFPage_GetRotation(page))
