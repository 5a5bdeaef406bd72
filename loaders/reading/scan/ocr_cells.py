"""The cells of a scanned table with the lines that the detector found in them, and the place of their ink.

Where the detector missed a lone digit the cell still has its ink; a cell without ink is blank.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from loaders.patterns import pattern_of
from loaders.reading.printed.grids import Grid, GridCell
from loaders.reading.printed.page_model import Box, Run
from loaders.reading.scan import ocr_engine, ocr_hidden, ocr_image
from loaders.reading.scan.ocr_engine import CERTAIN
from loaders.reading.scan.ocr_image import DOTS_PER_POINT, Grey

Pixels = tuple[int, int, int, int]

FIGURE = pattern_of(r"^\d{1,7}$")
"""What may be certain after one reading."""

PALE = 45
"""Grey levels by which the ink of a cell may be paler where the detector saw something in it, or where it is a dash,
which may be thinner than a pixel of a picture of the screen."""

MARGIN = 3
"""Pixels inside the edge of a cell that are left to the ruling lines."""

FLAT = 7
"""Pixels that a dash is high at most."""

RIM = 2
"""Pixels by which it is higher with its pale rim."""

_AROUND = 0.75
"""Heights of the ink by which a line of the detector may be longer; a longer one has a sign that the ink lacks."""

_OVERHANG = 1.0
"""The same of one that goes on beyond the wall of a cell, from which a digit may stand there."""

_TOO_HIGH, _TOO_HIGH_FOR_SLASH, _TOO_WIDE = 1.4, 1.8, 0.6
"""How many times the usual height ink may be, and by how many digits it may be wider than the figure read."""

_BEYOND, _AS_HIGH = 0.4, 1.3
"""Heights of ink by which a line of the detector goes on beyond it where a digit is too thin to be seen, and how many
times as high the ink may be with that."""

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
        if run is None or self.ink is None or run.confidence < CERTAIN or not FIGURE.match(run.text):
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
        if usual is None or self.ink is None or self.by_ink is None or not (FIGURE.match(run.text) or run.text == "/"):
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
        id(cell): InkCell([], pixels(cell.box, MARGIN))
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
            paler = ocr_image.ink_box(clean, *each.edges, lighter=PALE)
            each.ink = paler if each.lines or (paler is not None and is_flat_stroke(paler, each.edges)) else None
        elif _is_beyond(each.reach, each.ink):
            each.ink = _with_pale_ends(clean, each, each.ink)
        if each.ink is not None:
            each.is_dash = _is_only_dash(clean, each.ink, each.edges)
            left, top, right, bottom = each.ink
            most = _OVERHANG * (bottom - top)
            each.is_cut = left - each.overhang[0] > most or each.overhang[1] - right > most
            each.covered = bool(covered[top:bottom, left:right].any())
            hidden = ocr_hidden.with_hidden_ink(clean, printed, each.ink, each.edges)
            each.with_hidden = strip_of(*hidden, (0, 0, *hidden[0].shape[::-1])) if hidden is not None else None
    _doubt_what_is_cut(list(found.values()), clean)
    return list(found.values()), outside


def _is_beyond(reach: tuple[float, float], ink: Pixels) -> bool:
    """Whether a line of the detector goes on beyond ink, to what is too thin to be seen as such."""
    left, top, right, bottom = ink
    return max(left - reach[0], reach[1] - right) > _BEYOND * (bottom - top)


def _with_pale_ends(clean: Grey, cell: InkCell, ink: Pixels) -> Pixels:
    """The ink of a cell with the paler one beside it that the detector saw as a part of the same line."""
    paler = ocr_image.ink_box(clean, *cell.edges, lighter=PALE)
    if paler is None or paler[3] - paler[1] > _AS_HIGH * (ink[3] - ink[1]):
        return ink
    is_seen = cell.reach[0] - MARGIN <= paler[0] and paler[2] <= cell.reach[1] + MARGIN
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
    at_left = [each for each in cells if each.ink and each.edges[0] - MARGIN <= _SIDE]
    at_right = [each for each in cells if each.ink and each.edges[2] + MARGIN >= width - _SIDE]
    cut_left = any(_is_cut(each.ink, clean[:, :_AT_SIDE]) for each in at_left if each.ink)
    cut_right = any(_is_cut(each.ink, clean[:, -_AT_SIDE:]) for each in at_right if each.ink)
    for each in at_left * cut_left + at_right * cut_right:
        each.is_cut = True


def _is_cut(ink: Pixels, side: Grey) -> bool:
    """Whether there is ink at the side of a picture, at the height of what is written in a cell."""
    _, top, _, bottom = ink
    return bool((side[top:bottom] < ocr_image.INK).any())


def is_flat_stroke(ink: Pixels, edges: Pixels) -> bool:
    """Whether all that stands in a cell is one flat stroke at half its height."""
    left, top, right, bottom = ink
    middle = (top + bottom) / 2
    high = edges[3] - edges[1]
    return (
        bottom - top <= FLAT
        and right - left >= 1.5 * (bottom - top)
        and edges[1] + 0.25 * high < middle < edges[3] - 0.25 * high
    )


def _is_only_dash(clean: Grey, ink: Pixels, edges: Pixels) -> bool:
    """Whether the ink of a cell is a dash, with nothing pale above or below it of which it might be a part."""
    if not is_flat_stroke(ink, edges):
        return False
    paler = ocr_image.ink_box(clean, *edges, lighter=PALE)
    return paler is not None and paler[3] - paler[1] <= FLAT + RIM


def pixels(box: Box, inset: int = 0) -> Pixels:
    """A box in points, in pixels, smaller by so many."""
    left, top, right, bottom = (round(value * DOTS_PER_POINT) for value in box)
    return left + inset, top + inset, right - inset, bottom - inset


def strip_of(clean: Grey, ink: Pixels, edges: Pixels) -> Grey:
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
