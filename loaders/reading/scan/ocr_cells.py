"""Figures in the cells of a scanned table, read from the ink of their cells.

A figure that the engine is certain of is read once, from the ink. Any other is read a second time, in the line that
the detector found. Where both readings agree they confirm each other; readings that differ keep the better one with a
confidence too low to be believed alone. Where the detector missed a lone digit the cell still has its ink; a cell
without ink is blank.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from loaders.patterns import pattern_of
from loaders.reading.printed.grids import Grid, GridCell
from loaders.reading.printed.page_model import Box, Run
from loaders.reading.scan import ocr_covered, ocr_dashes, ocr_engine, ocr_hidden, ocr_image, ocr_noughts, ocr_worn
from loaders.reading.scan.ocr_engine import CERTAIN, PageReader, Recognised
from loaders.reading.scan.ocr_image import DOTS_PER_POINT, Grey
from loaders.reading.scan.ocr_readings import LOOKS_LIKE

Pixels = tuple[int, int, int, int]

_FIGURE_LIKE = pattern_of(r"^[\d０-９,，.．。'’·\s+\-—–－_~/／\\|lIiOoDQC〇○口Zzγ件()（）一]{1,12}$")
"""What a figure may be taken for."""

_FIGURE = pattern_of(r"^\d{1,7}$")
"""What may be certain after one reading."""

_ROUND = pattern_of(r"[035689]")
"""Digits that are like others once they are filled."""

_POINTS = ".,。·"
_POINT = pattern_of(r"(?<=\d)\.(?=\d{3}(?!\d))")
"""What may be the comma behind thousands."""

_POINTED = pattern_of(rf"^\d{{1,7}}[{_POINTS}]$")
"""A figure with a speck behind it."""

_UNIT = pattern_of(r"^[(（]?件[)）]?$")
"""What may stand below a figure for which its cell is too narrow."""

_REPAIRED = 0.7
"""Highest confidence of a figure in which a letter was taken for a digit."""

_BROKEN_NOUGHT = pattern_of(r"\(\)|^0\)$|^\(0$")
"""Brackets are what is left of a nought without its thin top and bottom, or a part of its rim that is read apart."""

_OF_NOUGHTS, _SIDES, _TOLD = frozenset("()（）[]0oOQ〇CD"), 2, 0.9
"""Signs that a broken nought is taken for, how many pieces of ink side by side it is at most, and the confidence of one
that was told by its shape."""

_RAGS = "_~"
"""What the remains of a digit are taken for."""

_STROKES, _DOTS = frozenset("1/lI|丿"), frozenset(".,，。．·'’~_")
_DOTTED = "i"
"""What a stroke with a speck above it is taken for, be it a digit or a slash."""

_NO_FIGURES = frozenset("!！fſノ")
"""What a stroke that leans is taken for, and no digit is."""

_MINUS = pattern_of(r"^[—–－一](?=\d)")
_FLAT_STROKES = frozenset("一—–-－")
_BLOCKS = frozenset("■▬")
_SLASH, _STEEP, _FLATTEST, _UNSURE = 0.18, 0.24, 1.5, 0.1
"""Slant of a lone stroke from which a slash is believed to be one, from which what was taken for another stroke is a
slash after all (an italic 1 is less steep), from which there is more than a stroke, such as the remains of a line, and
from which either is in doubt."""

_NARROW_SLASH, _STRAIGHT, _AT_WALL = 0.1, 0.03, 5
"""Slant from which a doubtful stroke is a slash where digits stand so upright, and pixels from the side of its cell
within which a wall may have cut a stroke."""

_EVEN_DIGITS, _ENOUGH_DIGITS, _UPRIGHT = frozenset("0235689"), 3, 0.07
"""Digits that lean to neither side, how many of them tell how type stands, and the slant up to which it is upright."""

_FLAT = 7
"""Pixels that a dash is high at most."""

_RIM = 2
"""Pixels by which it is higher with its pale rim."""

_AROUND = 0.75
"""Heights of the ink by which a line of the detector may be longer; a longer one has a sign that the ink lacks."""

_OVERHANG = 1.0
"""The same of one that goes on beyond the wall of a cell, from which a digit may stand there."""

_CONTRADICTED = 0.6
"""Highest confidence where two readings differ, or where a cell holds two figures: one that is broken, or a line was
overlooked."""

_ALONE = 0.97
"""Highest confidence of a figure that was read only once, for want of a second place to read it."""

_LONGEST_ODD, _SURE_TEXT = 4, 0.85
"""Characters of what may be a figure though it is read as a text, and the confidence from which it is a text."""

_SURELY = 0.33
"""Part of the height of figures by which a lone dash stands off their ends, for the row is not known exactly."""

_HARDLY = 0.5
"""Confidence below which a sign that was read in a dash is not believed to be a digit."""

_COVERED = 0.75
"""Highest confidence of what stood under a seal in grey, which may have taken a part of it away, or of a figure that
leaves ink unexplained."""

_ENOUGH_FIGURES = 8
_TOO_HIGH, _TOO_HIGH_FOR_SLASH, _TOO_WIDE = 1.4, 1.8, 0.6
"""How many times the usual height ink may be, and by how many digits it may be wider than the figure read."""

_FEWEST_DIGITS, _ROOM_OF_POINT, _GAPS = 3, 0.35, 2.0
"""Digits of a figure of which it can be told whether two stand further apart than the others, the room for a point as
part of the width of a digit, and how many times as far apart as others these are."""

_LOW = 0.72
"""Height of a digit at least, as part of that of the tallest beside it."""

_WIDEST_GAP, _GAPS_OF_BROKEN = 0.48, 1.5
"""Part of the height of digits that is the most between two of them, and how many times the next gap a wider one is."""

_BEYOND, _AS_HIGH = 0.4, 1.3
"""Heights of ink by which a line of the detector goes on beyond it where a digit is too thin to be seen, and how many
times as high the ink may be with that."""

_NO_INK = 0.4
_PALE = 45
"""Grey levels by which the ink of a cell may be paler where the detector saw something in it, or where it is a dash,
which may be thinner than a pixel of a picture of the screen."""

_MARGIN = 3
"""Pixels inside the edge of a cell that are left to the ruling lines."""

_SIDE, _AT_SIDE = 2, 8
"""Pixels from the side of a picture, or of the part of a cell that is looked at, where ink ends that is cut there, and
from the side of a picture where any ink beside a figure is what is left of its next digit."""

_HIGHEST, _WIDEST = 44, 5
"""Most pixels that the ink of a figure is high, and how many times its height it is wide, unless it is a long one."""


@dataclass(slots=True)
class InkCell:
    """A cell with the lines that the detector found in it, by number, and the place of its ink."""

    lines: list[int]
    edges: Pixels
    reach: tuple[float, float] = (math.inf, -math.inf)
    """From where to where the detector's lines run, in pixels."""
    ink: Pixels | None = None
    covered: bool = False
    """Whether a seal was taken away from the ink."""
    by_ink: Run | None = None
    """What the ink was read as, where it was."""
    signs: int = 0
    """Strokes of ink that stand apart from left to right."""
    is_uneven: bool = False
    """Whether one of its digits is much lower than another, as what is left of a sign before them is."""
    lacks_point: bool = False
    """Whether two digits stand so far apart that a point between them may have been lost."""
    with_hidden: Grey | None = None
    """The ink with that under the lines it touches, where there is any."""
    is_cut: bool = False
    """Whether digits may be missing: the picture ends within the column of the cell, or a wall stands on one."""
    is_another: bool = False
    """Whether the ink is another figure with what the lines hide."""
    is_dash: bool = False
    """Whether nothing but one flat stroke stands in the cell, not even pale."""
    overhang: tuple[float, float] = (math.inf, -math.inf)
    """From where to where a line of the detector runs that goes a little beyond the walls of the cell."""

    @property
    def shaped_like_figure(self) -> bool:
        """Whether the ink has the shape of a figure, or was overlooked by the detector."""
        if self.ink is None or len(self.lines) > 1:
            return False
        left, top, right, bottom = self.ink
        return not self.lines or (bottom - top <= _HIGHEST and right - left <= _WIDEST * max(bottom - top, 12))

    @property
    def is_certain(self) -> bool:
        """Whether the ink was read as a figure that needs no second reading, and the detector saw just that."""
        run = self.by_ink
        if run is None or self.ink is None or run.confidence < CERTAIN or not _FIGURE.match(run.text):
            return False
        left, top, right, bottom = self.ink
        around = _AROUND * (bottom - top)
        if not self.lines:
            return True
        return abs(self.reach[0] - left) < around and abs(self.reach[1] - right) < around

    @property
    def is_doubtful(self) -> bool:
        """Whether the place or the shape of its ink makes what was read doubtful."""
        return self.covered or self.is_cut or self.lacks_point or self.is_uneven

    def holds_more(self, run: Run, usual: tuple[float, float] | None) -> bool:
        """Whether the ink is higher or wider than the figure that was read in it, given the `usual` size of digits."""
        if usual is None or self.ink is None or self.by_ink is None or not (_FIGURE.match(run.text) or run.text == "/"):
            return False
        high, wide = usual
        left, top, right, bottom = self.ink
        too_wide = right - left > (len(run.text) + _TOO_WIDE) * wide and self.signs != len(run.text)
        too_high = _TOO_HIGH if run.text != "/" else _TOO_HIGH_FOR_SLASH
        return too_wide or bottom - top > too_high * high  # digits set far apart are as wide, but as many


def cells_with_ink(
    clean: Grey, printed: Grey, covered: Grey, grids: list[Grid], boxes: list[ocr_engine.Quads]
) -> tuple[list[InkCell], list[int]]:
    """All cells of some tables, and which of the detector's boxes are in no table.

    `printed` is the page with its lines, `clean` the one without, `covered` where seals and streaks were taken away.
    """
    found = {
        id(cell): InkCell([], pixels(cell.box, _MARGIN))
        for grid in grids
        for cell in grid.cells
        if not _is_around_a_table(cell, grids)
    }
    outside: list[int] = []
    overhang = _overhangs(boxes)
    for number, box in enumerate(boxes):
        (left, top), (right, bottom) = box.min(axis=0).tolist(), box.max(axis=0).tolist()
        x, y = (left + right) / 2 / DOTS_PER_POINT, (top + bottom) / 2 / DOTS_PER_POINT
        home = next((cell for grid in grids if (cell := grid.cell_at(x, y)) is not None), None)
        if home is None or id(home) not in found:
            outside.append(number)
            continue
        entry = found[id(home)]
        entry.lines.append(number)
        entry.reach = min(entry.reach[0], left), max(entry.reach[1], right)
        if number in overhang:
            entry.overhang = overhang[number]
    for each in found.values():
        each.ink = ocr_image.ink_box(clean, *each.edges)
        if each.ink is None:
            paler = ocr_image.ink_box(clean, *each.edges, lighter=_PALE)
            each.ink = paler if each.lines or (paler is not None and _is_dash(paler, each.edges)) else None
        elif _is_beyond(each.reach, each.ink):
            each.ink = _with_pale_ends(clean, each, each.ink)
        if each.ink is not None:
            each.is_dash = _is_only_dash(clean, each.ink, each.edges)
            left, top, right, bottom = each.ink
            most = _OVERHANG * (bottom - top)
            each.is_cut = left - each.overhang[0] > most or each.overhang[1] - right > most
            each.covered = bool(covered[top:bottom, left:right].any())
            hidden = ocr_hidden.with_hidden_ink(clean, printed, each.ink, each.edges)
            each.with_hidden = _strip(*hidden, (0, 0, *hidden[0].shape[::-1])) if hidden is not None else None
    _doubt_what_is_cut(list(found.values()), clean)
    return list(found.values()), outside


def _is_beyond(reach: tuple[float, float], ink: Pixels) -> bool:
    """Whether a line of the detector goes on beyond ink, to what is too thin to be seen as such."""
    left, top, right, bottom = ink
    return max(left - reach[0], reach[1] - right) > _BEYOND * (bottom - top)


def _with_pale_ends(clean: Grey, cell: InkCell, ink: Pixels) -> Pixels:
    """The ink of a cell with the paler one beside it that the detector saw as a part of the same line."""
    paler = ocr_image.ink_box(clean, *cell.edges, lighter=_PALE)
    if paler is None or paler[3] - paler[1] > _AS_HIGH * (ink[3] - ink[1]):
        return ink
    is_seen = cell.reach[0] - _MARGIN <= paler[0] and paler[2] <= cell.reach[1] + _MARGIN
    return paler if is_seen else ink


def _overhangs(boxes: list[ocr_engine.Quads]) -> dict[int, tuple[float, float]]:
    """From where to where the whole of a box runs of which a part too narrow for a figure was cut off at a wall."""
    found: dict[int, tuple[float, float]] = {}
    for number, (one, other) in enumerate(pairwise(boxes)):
        (left, top), (at, bottom) = one.min(axis=0).tolist(), one.max(axis=0).tolist()
        (start, upper), (right, lower) = other.min(axis=0).tolist(), other.max(axis=0).tolist()
        if (at, top, bottom) != (start, upper, lower):
            continue
        if at - left < bottom - top:
            found[number + 1] = left, found.get(number + 1, (0, right))[1]
        if right - at < bottom - top:
            found[number] = found.get(number, (left, 0))[0], right
    return found


def _is_around_a_table(cell: GridCell, grids: list[Grid]) -> bool:
    """Whether a cell is a frame with a table in it, as the edge of a sheet on a desk is."""
    left, top, right, bottom = cell.box
    return any(left < x0 and top < y0 and x1 < right and y1 < bottom for x0, y0, x1, y1 in (g.box for g in grids))


def _doubt_what_is_cut(cells: list[InkCell], clean: Grey) -> None:
    """Doubt the cells at a side of a picture, without a line there, where the side cuts any ink."""
    width = clean.shape[1]
    at_left = [each for each in cells if each.ink and each.edges[0] - _MARGIN <= _SIDE]
    at_right = [each for each in cells if each.ink and each.edges[2] + _MARGIN >= width - _SIDE]
    cut_left = any(_is_cut(each.ink, clean[:, :_AT_SIDE]) for each in at_left if each.ink)
    cut_right = any(_is_cut(each.ink, clean[:, -_AT_SIDE:]) for each in at_right if each.ink)
    for each in at_left * cut_left + at_right * cut_right:
        each.is_cut = True


def _is_cut(ink: Pixels, side: Grey) -> bool:
    """Whether there is ink at the side of a picture, at the height of what is written in a cell."""
    _, top, _, bottom = ink
    return bool((side[top:bottom] < ocr_image.INK).any())


def read_figures(clean: Grey, cells: list[InkCell], reader: PageReader) -> list[int]:
    """Read the ink that is shaped like a figure; return the detector's lines that are still to be read."""
    _read_ink(clean, [each for each in cells if each.shaped_like_figure], reader)
    return [line for each in cells if not each.is_certain for line in each.lines]


def settled_cells(clean: Grey, cells: list[InkCell], lines: dict[int, Run], reader: PageReader) -> list[Run]:
    """What is written in the cells, by their ink and the lines of the detector that were read."""
    found = [[lines[line] for line in each.lines if line in lines] for each in cells]
    pairs = list(zip(cells, found, strict=True))
    unread = [each for each, runs in pairs if each.by_ink is None and each.ink is not None and _long(runs)]
    _read_ink(clean, unread, reader)
    _tell_slashes(clean, cells)
    _doubt_strokes_at_walls(cells)
    usual = _usual_size(cells)
    blotted = ocr_noughts.are_blotted([clean[y0:y1, x0:x1] for x0, y0, x1, y1 in _noughts(cells)])
    odd = ocr_dashes.odd_ones([_width_of_dash(each) for each in cells], usual[0] if usual else 0.0)
    odd = [is_odd or is_piece for is_odd, is_piece in zip(odd, _pieces_of_digits(cells), strict=True)]
    return [
        replace(run, confidence=min(run.confidence, _COVERED))
        if is_odd or each.is_doubtful or each.holds_more(run, usual) or (blotted and _may_be_filled(run.text))
        else run
        for (each, runs), is_odd in zip(pairs, odd, strict=True)
        for run in _told(clean, each, _runs_of(each, runs))
        if run.text  # a speck taken for a full stop leaves nothing
    ]


def _may_be_filled(text: str) -> bool:
    return _FIGURE_LIKE.match(text) is not None and _ROUND.search(text) is not None


def _noughts(cells: list[InkCell]) -> list[Pixels]:
    """The places of lone noughts."""
    return [each.ink for each in cells if each.ink and each.by_ink and each.by_ink.text == "0"]


def _width_of_dash(cell: InkCell) -> int:
    """Pixels that the dash in a cell is wide; 0 where there is none."""
    return cell.ink[2] - cell.ink[0] if cell.ink and cell.by_ink and cell.by_ink.text == "—" else 0


def _pieces_of_digits(cells: list[InkCell]) -> list[bool]:
    """Which cells hold a dash that is rather a part of a digit, for it is not at half the height of those beside it."""
    if not any(map(_width_of_dash, cells)):
        return [False] * len(cells)
    rows: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for each in cells:
        if each.ink and each.is_certain:
            rows.setdefault((each.edges[1], each.edges[3]), []).append((each.ink[1], each.ink[3]))
    return [
        each.ink is not None
        and _width_of_dash(each) > 0
        and ocr_dashes.is_beside_middle((each.ink[1], each.ink[3]), rows.get((each.edges[1], each.edges[3]), []))
        for each in cells
    ]


def _tell_slashes(clean: Grey, cells: list[InkCell]) -> None:
    """Take doubtful strokes that lean for slashes, however narrow, where the digits stand upright and no 1 leans."""
    doubtful = [each for each in cells if each.by_ink and _may_be_slash(each.by_ink)]
    if not doubtful:
        return
    digits = [each for each in cells if each.is_certain and each.by_ink and each.by_ink.text in _EVEN_DIGITS]
    leans = [ocr_image.slant(_strip(clean, each.ink, each.edges)) for each in digits if each.ink]
    upright = float(np.median(leans)) if len(leans) >= _ENOUGH_DIGITS else math.inf
    if upright <= _UPRIGHT:
        least = _NARROW_SLASH if upright <= _STRAIGHT else _SLASH
        for each in doubtful:
            if each.ink and each.by_ink and least < ocr_image.slant(_strip(clean, each.ink, each.edges)) < _FLATTEST:
                each.by_ink = replace(each.by_ink, text="/", confidence=_ALONE, other_readings=())


def _doubt_strokes_at_walls(cells: list[InkCell]) -> None:
    """Doubt each 1 beside a wall, which may have cut it, where others on the page are slashes."""
    runs = [each.by_ink for each in cells if each.by_ink]
    if not any(run.text == "/" or _may_be_slash(run) for run in runs):
        return
    for each in cells:
        ink, run = each.ink, each.by_ink
        if (
            ink
            and run
            and run.text in ("1", _DOTTED)
            and min(ink[0] - each.edges[0], each.edges[2] - ink[2]) <= _AT_WALL
        ):
            confidence = min(run.confidence, _CONTRADICTED)
            each.by_ink = replace(run, confidence=confidence, other_readings=("/",))


def _may_be_slash(run: Run) -> bool:
    return (run.text in _STROKES and "/" in run.other_readings) or run.text in _NO_FIGURES


def _usual_size(cells: list[InkCell]) -> tuple[float, float] | None:
    """Height of figures, and width of one digit, from those that are certain; any width where few have several."""
    certain = [(each.ink, each.by_ink.text) for each in cells if each.is_certain and each.ink and each.by_ink]
    if len(certain) < _ENOUGH_FIGURES:
        return None
    heights = [bottom - top for (_, top, _, bottom), _ in certain]
    widths = [(right - left) / len(text) for (left, _, right, _), text in certain if len(text) > 1]
    return float(np.median(heights)), float(np.median(widths)) if len(widths) >= _ENOUGH_FIGURES else math.inf


def _long(runs: list[Run]) -> bool:
    """Whether a cell holds one figure that was not taken for one by its shape."""
    return len(runs) == 1 and _FIGURE_LIKE.match(runs[0].text) is not None


def _runs_of(cell: InkCell, found: list[Run]) -> list[Run]:
    if cell.ink is None:
        return [_as_figure(replace(run, confidence=min(run.confidence, _NO_INK)), _NO_INK) for run in found]
    if cell.by_ink is None:
        figures = [run for run in found if not _UNIT.match(run.text)]
        several = len(figures) > 1 and all(_FIGURE_LIKE.match(run.text) for run in found)
        return [_as_figure(run, _CONTRADICTED) for run in found] if several else found
    if cell.is_another or (cell.is_certain and cell.lines):
        return [cell.by_ink]
    if cell.is_dash and found and _is_misread_dash(found[0]):
        return [replace(cell.by_ink, other_readings=())]
    return _settled(found[0] if found else None, cell.by_ink)


def _told(clean: Grey, cell: InkCell, found: list[Run]) -> list[Run]:
    """What was read in a cell, without the strokes of a seal on it, and with broken noughts told."""
    return ocr_covered.without_strokes(found) if cell.covered else _noughts_told(clean, cell, found)


def _noughts_told(clean: Grey, cell: InkCell, found: list[Run]) -> list[Run]:
    """Believe a nought that may have been brackets, though no other digit, if the ink of its cell has its shape."""
    if len(found) != 1 or cell.ink is None or cell.signs > _SIDES or not _may_be_brackets(found[0]):
        return found
    left, top, right, bottom = cell.ink
    is_told = ocr_noughts.is_nought(clean[top:bottom, left:right])
    return [replace(found[0], confidence=max(found[0].confidence, _TOLD))] if is_told else found


def _may_be_brackets(run: Run) -> bool:
    return run.text == "0" and run.confidence < CERTAIN and all(set(text) <= _OF_NOUGHTS for text in run.other_readings)


def _is_misread_dash(run: Run) -> bool:
    """Whether a line may be what the detector's box around a dash was read as: one sign, and hardly a digit."""
    likely_figure = run.confidence >= _HARDLY and run.text not in _DOTS and _FIGURE_LIKE.match(run.text)
    return len(run.text) == 1 and not likely_figure


def _read_ink(clean: Grey, cells: list[InkCell], reader: PageReader) -> None:
    places = [(each, each.ink) for each in cells if each.ink is not None]
    strips = [_strip(clean, ink, each.edges) for each, ink in places]
    readings = reader.recognise([ocr_image.in_colour(strip) for strip in strips], figures=True)
    for (each, ink), strip, reading in zip(places, strips, readings, strict=True):
        each.by_ink = _figure_in(ink, each.edges, strip, reading)
        signs = _signs(strip)
        each.signs, each.lacks_point = len(signs), _lacks_point(each.by_ink.text, signs, ink[3] - ink[1])
        each.is_uneven = len(signs) == len(each.by_ink.text) > 1 and _is_uneven(each.by_ink.text, strip, signs)
    _read_softer([(each, strip) for (each, _), strip in zip(places, strips, strict=True)], reader)
    _doubt_without_hidden_ink(cells, reader)


def _read_softer(places: list[tuple[InkCell, Grey]], reader: PageReader) -> None:
    """Read what is hardly a text once more with softer strokes: grain at its rim may make a character of a digit."""
    odd = [(run, strip, each) for each, strip in places if (run := each.by_ink) is not None and _is_hardly_text(run)]
    soft = [ocr_image.in_colour(ocr_worn.softened(strip)) for _, strip, _ in odd]
    for (run, _, each), reading in zip(odd, reader.recognise(soft, figures=True), strict=True):
        text = reading.text.strip().replace(" ", "")
        if _FIGURE.match(text):
            confidence = min(reading.score, _CONTRADICTED)
            each.by_ink = replace(run, text=text, confidence=confidence, other_readings=reading.figures)
            each.is_another = True


def _is_hardly_text(run: Run) -> bool:
    is_short = 0 < len(run.text) <= _LONGEST_ODD
    return is_short and run.confidence < _SURE_TEXT and not _FIGURE_LIKE.match(run.text)


def _doubt_without_hidden_ink(cells: list[InkCell], reader: PageReader) -> None:
    """Doubt figures that are others with the ink that lines hide."""
    places = [(each.by_ink, each.with_hidden, each) for each in cells]
    touching = [(run, strip, each) for run, strip, each in places if run is not None and strip is not None]
    readings = reader.recognise([ocr_image.in_colour(strip) for _, strip, _ in touching], figures=True)
    for (run, _, each), reading in zip(touching, readings, strict=True):
        whole = replace(run, text=reading.text.strip().replace(" ", ""), other_readings=reading.figures)
        if run.text == "—" and set(whole.text) <= _FLAT_STROKES:
            continue
        if whole.text and whole.text != run.text:
            confidence = min(run.confidence, reading.score, _CONTRADICTED)
            each.by_ink = replace(whole, confidence=confidence, other_readings=_others(whole, run))
            each.is_another = True


def look(clean: Grey, box: Box) -> Run | None:
    """What is written in a box as high as the figures of its row, where the detector found nothing."""
    edges = pixels(box)
    ink = ocr_image.ink_box(clean, *edges)
    if ink is None:
        return None
    strip = _strip(clean, ink, edges)
    read = _figure_in(ink, edges, strip, ocr_engine.recognise([ocr_image.in_colour(strip)], figures=True)[0])
    if read.text == "—" and ocr_dashes.is_beside_middle(
        (ink[1], ink[3]), [(edges[1] + _RIM, edges[3] - _RIM)], _SURELY
    ):
        read = replace(read, confidence=_CONTRADICTED)
    return read if read.text else None


def with_marks_told(clean: Grey, run: Run) -> Run:
    """What stands outside of all cells, with its marks told apart.

    A lone stroke that leans is a slash, what was taken for the numeral 一 a dash, a point behind a figure a speck.
    """
    if _POINTED.match(run.text):
        return replace(run, text=run.text.rstrip(_POINTS))
    if run.text not in _STROKES and run.text not in _FLAT_STROKES:
        return run
    edges = pixels((run.left, run.top, run.right, run.bottom), -_MARGIN)
    ink = ocr_image.ink_box(clean, *edges)
    if ink is None:
        return run
    if run.text in _FLAT_STROKES:
        return replace(run, text="—") if ink[3] - ink[1] <= _FLAT else run
    told = _figure_in(ink, edges, _strip(clean, ink, edges), Recognised(run.text, run.confidence, run.other_readings))
    return replace(run, text=told.text, confidence=told.confidence)


def _settled(first: Run | None, second: Run) -> list[Run]:
    """One run from the reading of the detector's line and that of the cell's ink."""
    if first is None:
        return [_as_figure(second, _ALONE)] if second.text else []
    if first.text in ocr_engine.NOUGHTS:
        first = replace(first, text="0", confidence=min(first.confidence, _REPAIRED))
    if second.text == "/" and not second.other_readings and first.text in _NO_FIGURES:
        return [second]
    if second.text == "—" and _may_be_dash(first.text):
        return [replace(second, confidence=max(first.confidence, second.confidence), other_readings=())]
    if not _FIGURE_LIKE.match(first.text):
        return [first]
    if not second.text:
        return [replace(first, confidence=min(first.confidence, _CONTRADICTED))]
    a, b = _as_figure(first, 1.0), _as_figure(second, 1.0)
    if second.text == "/" and not second.other_readings and a.text in _STROKES:  # told from a digit by its slant
        return [second]
    better, worse = (a, b) if a.confidence >= b.confidence else (b, a)
    others = _others(better, worse)
    if a.text == b.text:
        dotted = _DOTTED in (first.text, second.text)
        confidence = (worse if others or dotted else better).confidence
        return [replace(second, text=a.text, confidence=confidence, other_readings=others)]
    if _POINT.sub(",", a.text) == _POINT.sub(",", b.text):  # which of both it is depends on what it counts
        return [replace(second, text=better.text, confidence=worse.confidence, other_readings=others)]
    if second.text == "/" and a.text in _STROKES:
        return [second]
    confidence = min(better.confidence, _CONTRADICTED)
    return [replace(second, text=better.text, confidence=confidence, other_readings=others)]


def _may_be_dash(text: str) -> bool:
    """Whether a line of the detector may be what a lone stroke was read as; a bold one is taken for a block."""
    return set(text) <= _FLAT_STROKES or text in _BLOCKS


def _others(better: Run, worse: Run) -> tuple[str, ...]:
    """What else two readings of one figure allow."""
    found = dict.fromkeys((*better.other_readings, worse.text, *worse.other_readings))
    return tuple(text for text in found if text != better.text)


def pixels(box: Box, inset: int = 0) -> Pixels:
    """A box in points, in pixels, smaller by so many."""
    left, top, right, bottom = (round(value * DOTS_PER_POINT) for value in box)
    return left + inset, top + inset, right - inset, bottom - inset


def _figure_in(ink: Pixels, edges: Pixels, strip: Grey, reading: Recognised) -> Run:
    """A run from the ink of a cell; a lone stroke is a dash if it lies flat in the middle, a slash if it leans."""
    left, top, right, bottom = (value / DOTS_PER_POINT for value in ink)
    text, score = reading.text.strip().replace(" ", ""), reading.score
    figures = reading.figures
    if _is_dash(ink, edges):
        text, score = "—", _ALONE
    elif text in _STROKES:
        leaning = ocr_image.slant(strip) or ocr_image.slant(strip, lighter=_PALE)
        if (_SLASH if text == "/" else _STEEP) < leaning < _FLATTEST:
            text, score = "/", _ALONE
            figures = figures if leaning <= _STEEP else ()  # no 1 leans as much
        elif leaning > _UNSURE or text == "/":
            score = min(score, _CONTRADICTED)
            figures = *figures, "1", "/"
    others = tuple(dict.fromkeys(figure for figure in figures if figure != text))
    return Run(text, left, top, right, bottom, bottom, 0, score, other_readings=others)


def _signs(strip: Grey) -> list[tuple[int, int]]:
    """From where to where strokes of ink run that stand apart from left to right."""
    steps = np.diff((strip < ocr_image.INK).any(axis=0).astype(np.int8), prepend=0, append=0)
    return list(zip(np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True))


def _is_uneven(text: str, strip: Grey, signs: list[tuple[int, int]]) -> bool:
    """Whether a digit of a figure is much lower than another one."""
    if not _FIGURE.match(text):
        return False
    ink = strip < ocr_image.INK
    heights = [int(np.ptp(np.flatnonzero(ink[:, start:end].any(axis=1)))) + 1 for start, end in signs]
    return min(heights) < _LOW * max(heights)


def _lacks_point(text: str, signs: list[tuple[int, int]], high: int) -> bool:
    """Whether two digits of a figure are much further apart than the others; beside a 1 there is much room."""
    if not _FIGURE.match(text) or len(text) < _FEWEST_DIGITS or len(signs) < _FEWEST_DIGITS:
        return False
    gaps = [after - end for (_, end), (after, _) in pairwise(signs)]
    *_, second, widest = sorted(gaps)
    if widest > _WIDEST_GAP * high and widest > _GAPS_OF_BROKEN * second:
        return True  # though digits be broken
    if len(signs) != len(text):
        return False
    wide = float(np.median([end - start for start, end in signs]))
    usual = sorted(gaps)[(len(gaps) - 1) // 2]
    room = [_ROOM_OF_POINT * (1 + ("1" in pair)) for pair in map("".join, pairwise(text))]
    return any(gap > _GAPS * usual and gap > usual + part * wide for gap, part in zip(gaps, room, strict=True))


def _is_dash(ink: Pixels, edges: Pixels) -> bool:
    """Whether all that stands in a cell is one flat stroke at half its height."""
    left, top, right, bottom = ink
    middle = (top + bottom) / 2
    high = edges[3] - edges[1]
    return (
        bottom - top <= _FLAT
        and right - left >= 1.5 * (bottom - top)
        and edges[1] + 0.25 * high < middle < edges[3] - 0.25 * high
    )


def _is_only_dash(clean: Grey, ink: Pixels, edges: Pixels) -> bool:
    """Whether the ink of a cell is a dash, with nothing pale above or below it of which it might be a part."""
    if not _is_dash(ink, edges):
        return False
    paler = ocr_image.ink_box(clean, *edges, lighter=_PALE)
    return paler is not None and paler[3] - paler[1] <= _FLAT + _RIM


def _strip(clean: Grey, ink: Pixels, edges: Pixels) -> Grey:
    """The ink of a cell with the margin around it that the recogniser is used to."""
    left, top, right, bottom = ink
    height = max(bottom - top, 24)
    pad = round(0.28 * height)
    middle = (top + bottom) // 2
    return np.ascontiguousarray(
        clean[
            max(middle - height // 2 - pad // 2, edges[1], 0) : min(middle + height // 2 + pad // 2, edges[3]),
            max(left - pad, edges[0], 0) : min(right + pad, edges[2]),
        ]
    )


def _as_figure(run: Run, most: float) -> Run:
    """A run whose letters are read as the digits they resemble, with less confidence then."""
    normal = unicodedata.normalize("NFKC", run.text)
    if normal.strip(_RAGS) != normal:
        most = min(most, _REPAIRED)
    text = normal.strip(_RAGS + "。·'’").rstrip(".,")
    text = _MINUS.sub("-", text)
    if "一" in text and set(text) <= _FLAT_STROKES:  # strokes, taken for the numeral that looks like them
        return replace(run, text="—" * len(text), confidence=min(run.confidence, most))
    repaired = _BROKEN_NOUGHT.sub("0", text).translate(LOOKS_LIKE) if _FIGURE_LIKE.match(text) else text
    confidence = min(run.confidence, most if repaired == text else _REPAIRED)
    return replace(run, text=repaired, confidence=confidence)
