"""Ruling lines of a scanned page: found, and painted over before characters are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from loaders.reading.printed.grids import Grid
from loaders.reading.printed.page_model import Ruling
from loaders.reading.scan.ocr_image import DOTS_PER_POINT, Grey, as_grey, is_of_one_white
from loaders.reading.scan.ocr_links import linked, without_strays
from loaders.reading.scan.ocr_strokes import Stroke, as_one, in_line, level_strokes

_RULE, _UPRIGHT = 38, 28
"""Pixels; a level or an upright stroke as long as this may be a ruling line (strokes of letters are shorter)."""

_DARKER_BY = 14
"""Grey levels by which ink is darker than what is around it."""

_PAPER = 15
"""Pixels within which there is paper beside any stroke."""

_FAINTER, _FAINTER_ALONE, _FAINTEST, _FAINTEST_ON_WHITE = 110.0, 60.0, 205.0, 232.0
"""Grey levels by which a ruling line may be fainter than most in its direction, by which a short one may that has a
line to itself, and the shade of a hairline, also on paper without grain."""

_ACROSS_TABLE, _FEWEST_ACROSS, _UNEVEN, _FAINTEST_OF_ALL = 420, 4, 10.0, 220.0
"""Pixels that lines across a table are long, how many of them tell how faint its lines are, grey levels by which others
of them may be fainter, and the shade beyond which all of them are something else."""

_HAIRLINE, _HAIRLINE_ON_WHITE = 5, 9
"""Pixels; what is pale and thicker is a part of a stamp. A picture of the screen was made larger for reading, and with
it its lines of a pixel or some."""

_WHOLE_PAGE, _PAST, _DARKER = 0.95, 40, 30
"""Part of the page that a streak is long, the pixels by which it passes everything, and grey levels by which it is
darker where it covers a line."""

_ALONG_STREAK, _DARKEST_STREAK, _PALEST_STREAK = 33, 70, 250
"""Pixels along a streak within which it is of one tone, longer than the strokes of digits, and the tones between which
ink can be told under it."""

_CUT, _FEWEST_ENDS, _ENDS = 12, 3, 2
"""Pixels from the side of a picture to lines that end there, how many of them show that a frame is cut off, and how
many lines end on each of so many lines of a table."""

_LONG = 84
"""Pixels; upright strokes longer than this are no part of a letter."""

_LONGER_THAN_LETTERS = (1, 160), (160, 1)
"""Pixels down and across."""

_MISS, _WIDEST_GAP = 6, 1
"""Pixels by which a short upright line may miss the level ones at its ends, and how many of them are without ink: the
strokes of letters end before the line, but so do those of cells that a page of the web frames one by one."""

_DASHED, _MISS_OF_DASHES = 0.9, 12
"""Part of a line of dashes or dots that is inked at most, and pixels that its last one may be from the line it runs to.
"""

_BESIDE, _MOST_BRANCHES = 2, 0.1
"""Pixels beside a line in which nothing stands but what branches off from a stroke, and how much of it may do so."""

_MANY_BRANCHES, _WHOLE, _PIECE_WHOLE = 0.15, 0.95, 0.9
"""The same of a long stroke that consists of letters below each other, and how much of a line is inked, and of a piece
of it within one row."""

_ROW = 15
"""Pixels between the lines above and below a row, at least."""

_FEWEST_WITHIN = 3
"""Upright lines within a closed row that no letters have."""

_WALL = 9
"""Pixels around the edge of a cell in which its line may lie."""


@dataclass(slots=True)
class Rules:
    """Ruling lines of a page in points, where they are in the picture, and where streaks are that are none.

    `dark` is whatever is darker than what is around it.
    """

    horizontal: list[Ruling]
    vertical: list[Ruling]
    mask: Grey
    streaks: Grey
    dark: Grey


def find_rules(grey: Grey) -> Rules:
    """Long straight strokes along both axes, and the sides of a table along which a picture was cut."""
    height, width = grey.shape
    dark = darker_than_around(grey)
    turned_dark, turned_grey = np.ascontiguousarray(dark.down.T), np.ascontiguousarray(grey.T)
    strokes = level_strokes(dark.across, grey, _RULE)
    hairline = (_FAINTEST_ON_WHITE, _HAIRLINE_ON_WHITE) if dark.grainless else (_faintest(strokes), _HAIRLINE)
    across, pale_across = _sorted_by_shade(strokes, *hairline)
    long = _painted([each for each in across if each.part.shape[1] > _LONG], grey.shape)
    strokes = level_strokes(turned_dark, turned_grey, _UPRIGHT, np.ascontiguousarray(_thickened(long).T))
    strokes = _upright_lines(strokes, across + pale_across, turned_dark, _MISS if dark.grainless else _WIDEST_GAP)
    down, pale_down = _sorted_by_shade(strokes, *hairline)
    _add_hairlines(across, down, pale_across, pale_down)
    across = _without_dashes(across, down)
    if _fill_picture(across, down, width, height):
        rules: list[tuple[list[Stroke], list[Stroke]]] = [(across, []), (down, [])]
    else:
        rules = [_apart(across, down, width), _apart(down, across, height)]
    masks = [
        cv2.bitwise_or(_painted(level, grey.shape), np.ascontiguousarray(_painted(upright, turned_dark.shape).T))
        for level, upright in zip(*rules, strict=True)
    ]
    horizontal, vertical = ([ruling for each in found for ruling in each.rulings()] for found, _ in rules)
    horizontal, vertical = without_strays(horizontal, vertical), without_strays(vertical, horizontal)
    horizontal, vertical = linked(horizontal, vertical, dark.down)
    left_and_right, top_and_bottom = _cut_off(horizontal, vertical, width), _cut_off(vertical, horizontal, height)
    horizontal, vertical = horizontal + top_and_bottom, vertical + left_and_right
    return Rules(horizontal, vertical, as_grey(masks[0]), _thickened(masks[1]), dark.down)


def _cut_off(lines: list[Ruling], others: list[Ruling], size: int) -> list[Ruling]:
    """The sides of a frame along which a picture of this size was cut: several lines end there, and none runs."""
    near = _CUT / DOTS_PER_POINT
    sides: list[Ruling] = []
    for side in (0.0, size / DOTS_PER_POINT):
        ends = [line.at for line in lines if min(abs(line.start - side), abs(line.end - side)) <= near]
        if len(ends) < _FEWEST_ENDS or any(abs(other.at - side) <= 2 * near for other in others):
            continue
        sides.append(Ruling(side, min(ends), max(ends)))
    return sides


@dataclass(frozen=True, slots=True)
class _Dark:
    """What may belong to lines along both axes, and whether paper is without grain."""

    across: Grey
    down: Grey
    grainless: bool


def darker_than_around(grey: Grey) -> _Dark:
    """Points darker than their neighbourhood; where paper has no grain, also long strokes darker than that.

    Pale lines close to letters are no darker than the neighbourhood, to which the letters belong.
    """
    dark = as_grey(cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, _DARKER_BY))
    if not is_of_one_white(grey):
        return _Dark(dark, dark, grainless=False)
    below_paper = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((_PAPER, _PAPER), np.uint8))
    darker = as_grey(cv2.bitwise_or(dark, as_grey((below_paper > _DARKER_BY).astype(np.uint8) * 255)))
    across = cv2.morphologyEx(darker, cv2.MORPH_OPEN, np.ones((1, _LONG), np.uint8))
    down = cv2.morphologyEx(darker, cv2.MORPH_OPEN, np.ones((_UPRIGHT, 1), np.uint8))
    return _Dark(as_grey(cv2.bitwise_or(dark, across)), as_grey(cv2.bitwise_or(dark, down)), grainless=True)


def _without_dashes(across: list[Stroke], down: list[Stroke]) -> list[Stroke]:
    """Level strokes but for the dashes in cells: short ones run from line to line, or go on where a long one ends."""
    long = [stroke for stroke in across if stroke.part.shape[1] > _LONG]
    return [stroke for stroke in across if stroke in long or _is_spanned(stroke, down) or _goes_on(stroke, long)]


def _goes_on(stroke: Stroke, others: list[Stroke]) -> bool:
    """Whether a stroke lies on the line of another one."""
    place = stroke.height_at(0)
    return any(abs(other.height_at(0 if stroke.left < other.left else -1) - place) <= _MISS for other in others)


def _upright_lines(strokes: list[Stroke], across: list[Stroke], dark: Grey, gap: int) -> list[Stroke]:
    """Upright strokes but for those of letters: short ones count only where they run from line to line.

    Between lines that are no further apart than letters are high, some letters do as well; where most rows have no
    upright line, all short ones are such, unless they close a row: bold letters side by side look like empty rows.
    """
    ends = sorted({round(ruling.at * DOTS_PER_POINT) for stroke in across for ruling in stroke.rulings()})
    walls = [
        wall
        for stroke in strokes
        for wall in ([stroke] if _is_wall(stroke, ends, dark, gap) else _walls_in(stroke, across, ends, dark))
    ]
    rows = list(_rows_between(across))
    walled = sum(any(_parts(wall, row) for wall in walls) for row in rows)
    if 2 * walled >= len(rows):
        return walls
    of_closed = {id(wall) for row in rows for wall in _walls_of_closed(row, walls)}
    return [wall for wall in walls if wall.part.shape[1] > _LONG or id(wall) in of_closed]


def _rows_between(across: list[Stroke]) -> Iterator[tuple[Stroke, Stroke]]:
    """Long level lines that follow each other closely, one below the other."""
    long = sorted((stroke for stroke in across if stroke.part.shape[1] > _LONG), key=lambda stroke: stroke.top)
    for upper, lower in pairwise(long):
        overlap = min(upper.right, lower.right) - max(upper.left, lower.left)
        if _ROW < lower.top - upper.top < _LONG and overlap > _LONG:
            yield upper, lower


def _parts(wall: Stroke, row: tuple[Stroke, Stroke]) -> bool:
    """Whether an upright stroke stands between two lines, away from their ends."""
    upper, lower = row
    within = upper.left + _MISS < wall.top < upper.right - 2 * _MISS
    return within and wall.left <= upper.top + 2 * _MISS and wall.right >= lower.top - _MISS


def _walls_of_closed(row: tuple[Stroke, Stroke], walls: list[Stroke]) -> list[Stroke]:
    """The upright strokes of a row between two lines as long across a table, at both ends and several within."""
    upper, lower = row
    edges = (upper.left, upper.right), (lower.left, lower.right)
    if upper.part.shape[1] < _ACROSS_TABLE or any(abs(a - b) > 2 * _MISS for a, b in zip(*edges, strict=True)):
        return []
    spanning = [wall for wall in walls if wall.left <= upper.top + 2 * _MISS and wall.right >= lower.top - _MISS]
    first = [wall for wall in spanning if abs(wall.top - upper.left) <= 2 * _MISS]
    last = [wall for wall in spanning if abs(wall.top + wall.part.shape[0] - upper.right) <= 2 * _MISS]
    within = [wall for wall in spanning if _parts(wall, row)]
    return [*first, *within, *last] if first and last and len(within) >= _FEWEST_WITHIN else []


def _is_wall(stroke: Stroke, ends: list[int], dark: Grey, gap: int) -> bool:
    """Whether an upright stroke is a line, given the places of all level ones, and not of letters."""
    if stroke.part.shape[1] > _LONG:
        return _is_long_wall(stroke, ends, dark)
    return bool(ends) and _is_short_wall(stroke, ends, dark, gap)


def _is_short_wall(stroke: Stroke, ends: list[int], dark: Grey, gap: int) -> bool:
    """Whether a short stroke runs from line to line and nothing branches off; otherwise it belongs to a letter.

    On one side a figure may touch it, if its ends touch the lines.
    """
    nearest = [min(ends, key=lambda value: abs(place - value)) for place in (stroke.left, stroke.right)]
    inked = ((dark[stroke.top : stroke.top + stroke.part.shape[0], stroke.left : stroke.right] > 0) & stroke.part).any(
        0
    )
    miss, gap = (_MISS_OF_DASHES, _MISS_OF_DASHES) if inked.mean() < _DASHED else (_MISS, gap)
    if any(abs(place - value) > miss for place, value in zip((stroke.left, stroke.right), nearest, strict=True)):
        return False
    beside = dark[max(stroke.top - 1, 0) : stroke.top + stroke.part.shape[0] + 1] > 0
    gaps = beside[:, nearest[0] : stroke.left], beside[:, stroke.right : nearest[1]]
    widest = max(int((~each.any(axis=0)).sum()) for each in gaps)
    if widest > gap:
        return False
    within = np.s_[stroke.left + _MISS : stroke.right - _MISS]
    sides = max(stroke.top - _BESIDE, 0), min(stroke.top + stroke.part.shape[0] + 1, len(dark) - 1)
    before, after = (dark[side, within] > 0 for side in sides)
    if widest <= _WIDEST_GAP and min(before.mean(), after.mean()) <= _MOST_BRANCHES:
        return True
    return float((before | after).mean()) <= _MOST_BRANCHES


def _is_long_wall(stroke: Stroke, ends: list[int], dark: Grey) -> bool:
    """Whether a long stroke is one line: letters in close rows may stand right below each other, between the lines."""
    high, long = stroke.part.shape
    upper, lower = stroke.part.argmax(axis=0), high - 1 - stroke.part[::-1].argmax(axis=0)
    before, after = (
        np.clip(stroke.top + edge, 0, len(dark) - 1) for edge in (upper - _BESIDE - 1, lower + _BESIDE + 1)
    )
    places = stroke.left + np.arange(long)
    apart = np.ones(long, np.bool_)
    for end in ends:
        apart[np.abs(places - end) <= _MISS] = False
    branches = (dark[before, places] > 0) | (dark[after, places] > 0)
    inked = ((dark[stroke.top : stroke.top + high, stroke.left : stroke.right] > 0) & stroke.part).any(axis=0)
    return not apart.any() or branches[apart].mean() <= _MANY_BRANCHES or inked.mean() >= _WHOLE


def _faintest(level: list[Stroke]) -> float:
    """The shade that lines of a page with grain may have: as faint as the long ones are, where most of these are."""
    shades = [each.shade for each in level if each.part.shape[1] >= _ACROSS_TABLE and each.thickness <= _HAIRLINE]
    if len(shades) < _FEWEST_ACROSS:
        return _FAINTEST
    return min(max(_FAINTEST, float(np.median(shades)) + _UNEVEN), _FAINTEST_OF_ALL)


def _walls_in(stroke: Stroke, across: list[Stroke], ends: list[int], dark: Grey) -> list[Stroke]:
    """The walls in a long stroke that runs into letters above or below them: its pieces from line to line that are."""
    if stroke.part.shape[1] <= _LONG:
        return []
    middle = stroke.top + stroke.part.shape[0] // 2
    crossed = (line for line in across if line.part.shape[1] > _LONG and line.left <= middle <= line.right)
    places = sorted(place for line in crossed if stroke.left <= (place := round(line.height_at(0))) <= stroke.right)
    found: list[Stroke] = []
    for start, end in pairwise(places):
        if end - start < _ROW:
            continue
        piece = _piece(stroke, start, end)
        inked = ((dark[piece.top : piece.top + piece.part.shape[0], start:end] > 0) & piece.part).any(axis=0)
        if inked.mean() >= _PIECE_WHOLE and _is_long_wall(piece, ends, dark):
            goes_on = bool(found) and found[-1].right >= start - _ROW
            found[-1:] = [_piece(stroke, found[-1].left, end)] if goes_on else [*found[-1:], piece]
    return found


def _piece(stroke: Stroke, start: int, end: int) -> Stroke:
    along = slice(start - stroke.left, end - stroke.left)
    return Stroke(start, stroke.top, stroke.part[:, along], stroke.tones[along])


def _sorted_by_shade(strokes: list[Stroke], faintest: float, hairline: int) -> tuple[list[Stroke], list[Stroke]]:
    """Strokes as dark as most, and long ones paler than that; what is paler still is a part of a stamp or of paper."""
    strokes = [each for each in strokes if each.darkest <= faintest]
    if not strokes:
        return [], []
    usual = float(np.median(np.repeat([each.shade for each in strokes], [each.part.shape[1] for each in strokes])))
    dark = [
        each for each in strokes if each.shade <= usual + (_FAINTER_ALONE if _is_alone(each, strokes) else _FAINTER)
    ]
    pale = [each for each in strokes if usual + _FAINTER < each.shade <= faintest and _is_thin(each, hairline)]
    return dark, pale


def _is_alone(stroke: Stroke, strokes: list[Stroke]) -> bool:
    """Whether a short stroke has a line to itself, as the rim of a stamp has."""
    others = [each for each in strokes if each is not stroke]
    return stroke.part.shape[1] <= _LONG and not _goes_on(stroke, others)


def _is_thin(stroke: Stroke, thickest: int) -> bool:
    return stroke.part.shape[1] > _LONG and stroke.thickness <= thickest


def _add_hairlines(
    across: list[Stroke], down: list[Stroke], pale_across: list[Stroke], pale_down: list[Stroke]
) -> None:
    """Put in pale strokes that run from line to line, as the hairlines inside of a table do."""
    while True:
        more_down = [stroke for stroke in pale_down if _is_spanned(stroke, across)]
        more_across = [stroke for stroke in pale_across if _is_spanned(stroke, down)]
        if not more_down and not more_across:
            return
        down += more_down
        across += more_across
        pale_down = [stroke for stroke in pale_down if stroke not in more_down]
        pale_across = [stroke for stroke in pale_across if stroke not in more_across]


def _apart(strokes: list[Stroke], others: list[Stroke], page: int) -> tuple[list[Stroke], list[Stroke]]:
    """Strokes, and those that run over all of a page and past what they cross: streaks of a scanner, and folds."""
    streaks: list[Stroke] = []
    for line in in_line(strokes):
        whole = as_one(line)
        long = whole.part.shape[1] >= _WHOLE_PAGE * page
        if long and _is_streak(whole, [each for each in others if each.crosses(whole)]):
            streaks += line
    return [stroke for stroke in strokes if stroke not in streaks], streaks


def _as_long_as(strokes: list[Stroke], page: int) -> list[Stroke]:
    return [stroke for stroke in strokes if stroke.part.shape[1] >= _WHOLE_PAGE * page]


def _fill_picture(across: list[Stroke], down: list[Stroke], width: int, height: int) -> bool:
    """Whether strokes that run from side to side are lines of a table that fills the picture.

    Others reach its sides, or end on them, or there are several of them in both directions; streaks have one.
    """
    level, upright = _as_long_as(across, width), _as_long_as(down, height)
    if min(len(level), len(upright)) >= _FEWEST_ENDS:
        return True
    return _are_of_table(across, level, down, width) or _are_of_table(down, upright, across, height)


def _are_of_table(strokes: list[Stroke], long: list[Stroke], others: list[Stroke], page: int) -> bool:
    """Whether long strokes of a direction have the company of shorter ones of a table that fills the picture."""
    short = [stroke for stroke in strokes if stroke not in long]
    if sum(stroke.left <= _CUT or stroke.right >= page - _CUT for stroke in short) >= _FEWEST_ENDS:
        return True
    return sum(sum(_ends_on(other, stroke) for other in others) >= _ENDS for stroke in long) >= _ENDS


def _ends_on(other: Stroke, stroke: Stroke) -> bool:
    """Whether a stroke of the other direction begins or ends at a stroke."""
    middle = stroke.top + stroke.part.shape[0] / 2
    return bool(min(abs(other.left - middle), abs(other.right - middle)) <= _MISS)


def _is_streak(stroke: Stroke, crossed: list[Stroke]) -> bool:
    """Whether a stroke passes all that it crosses; where it is darker within, a line of the table lies under it."""
    first, last = (end(each.top - stroke.left for each in crossed) if crossed else 0 for end in (min, max))
    if first == last or first < _PAST or last > stroke.part.shape[1] - _PAST:
        return False
    beyond = np.concatenate([stroke.tones[:first], stroke.tones[last:]])
    return float(np.median(stroke.tones[first:last])) > float(np.median(beyond)) - _DARKER


def _is_spanned(stroke: Stroke, others: list[Stroke]) -> bool:
    """Whether both ends of a stroke lie on strokes of the other direction, whose axes are exchanged."""
    return all(
        any(
            other.left - _MISS <= stroke.height_at(end) <= other.right + _MISS
            and other.top - _MISS <= place <= other.top + other.part.shape[0] + _MISS
            for other in others
        )
        for end, place in ((0, stroke.left), (-1, stroke.right))
    )


def _painted(strokes: list[Stroke], shape: tuple[int, ...]) -> Grey:
    mask = np.zeros(shape, np.uint8)
    for stroke in strokes:
        height, width = stroke.part.shape
        mask[stroke.top : stroke.top + height, stroke.left : stroke.left + width][stroke.part] = 255
    return mask


def without_rules(grey: Grey, rules: Rules, grids: list[Grid]) -> Grey:
    """The picture with the lines of its tables painted white; strokes of letters stay."""
    near = _longest(rules.mask)
    for grid in grids:
        for cell in grid.cells:
            left, top, right, bottom = (round(value * DOTS_PER_POINT) for value in cell.box)
            cv2.rectangle(near, (left, top), (right, bottom), 255, _WALL)
    clean = grey.copy()
    clean[_thickened(cv2.bitwise_and(rules.mask, near)) > 0] = 255
    _wipe_streaks(clean, rules.streaks > 0)
    return clean


def _wipe_streaks(page: Grey, streaks: NDArray[np.bool_]) -> None:
    """Make streaks as white as paper; the ink under those that run down the page and are not black stays."""
    if not streaks.any():
        return
    light = cv2.morphologyEx(page, cv2.MORPH_CLOSE, np.ones((_ALONG_STREAK, 1), np.uint8))
    upright = streaks & (light >= _DARKEST_STREAK) & (light < _PALEST_STREAK)
    rim = cv2.dilate(upright.astype(np.uint8), np.ones((1, 3), np.uint8)) > 0
    page[streaks & ~rim] = 255
    bright = page[upright].astype(np.float32) * 255 / light[upright]
    page[upright] = np.minimum(bright, 255).astype(np.uint8)


def _longest(mask: Grey) -> Grey:
    """The lines that are longer than any letter, in a table or not."""
    across, down = (cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(size, np.uint8)) for size in _LONGER_THAN_LETTERS)
    return as_grey(cv2.bitwise_or(across, down))


def _thickened(mask: MatLike) -> Grey:
    return as_grey(cv2.dilate(mask, np.ones((3, 3), np.uint8)))
