"""What is written and drawn on a page of an OFD file: runs of characters, ruling lines and pictures.

Clauses are those of GB/T 33190-2016. Lengths are millimetres there and points here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.reading.ofd.container import Element, Page, local_name, numbers
from loaders.reading.pdf.ruling_lines import PageDrawing
from loaders.reading.printed.lines import is_wide
from loaders.reading.printed.page_model import Box, Run

POINTS = 72 / 25.4
"""Of a millimetre."""

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_ASCENT, _DESCENT = 0.86, 0.14
"""Parts of the size of the type above and below the line that it stands on."""

_NARROW = 0.5
"""Width of digits and Latin letters as part of the size of the type; fonts are not asked."""

_WIDEST = 1.1
"""So wide, as part of the size of the type, is a character at the most, by the step to the next: a minus may be."""

_GAP = 0.3
"""A gap of this part of the size of the type ends a run."""

_LEVEL = math.radians(4)
"""Text that leans more than this is a watermark or a stamp."""

_STRAIGHT = 0.6
"""Points; a line that leaves its axis by less is straight."""

_DEEPEST = 8
_MOST_CHARACTERS = 200_000
_STEP = re.compile(r"g\s+(\d{1,5})\s+([-+.\deE]+)|([-+.\deE]+)")
_COMMAND = re.compile(r"([SMLQBAC])([^SMLQBAC]*)")
_END_POINT = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7}
"""Numbers behind each command of a path; the last two are where it ends (table 35)."""


@dataclass(slots=True)
class PageObjects:
    """What stands on a page, in points from its upper left corner."""

    runs: list[Run] = field(default_factory=list)
    drawing: PageDrawing = field(default_factory=PageDrawing)
    pictures: dict[Box, str] = field(default_factory=dict)
    """Boxes of pictures with the number of the picture shown in each."""


@dataclass(slots=True)
class _Character:
    text: str
    left: float
    right: float
    baseline: float
    size: float
    upright: bool


def read_objects(page: Page) -> PageObjects:
    """All that is written and drawn on a page."""
    found = PageObjects()
    left, top, _, _ = page.area
    characters: list[_Character] = []
    for layer in page.layers:
        for element in _objects(layer, 0):
            name, place = local_name(element), _placement(element, left, top)
            if name == "TextObject":
                if len(characters) < _MOST_CHARACTERS:
                    characters += _characters(element, place)
            elif name == "PathObject":
                _draw(element, place, found.drawing)
            elif (box := _box_of(element, left, top)) is not None and not found.drawing.add(box):
                found.pictures[box] = element.get("ResourceID", "")
    found.drawing.string_dots()
    found.runs = _runs(characters)
    return found


def _objects(parent: Element, depth: int) -> Iterator[Element]:
    """Text, paths and pictures in the order of painting, those of blocks among them."""
    for element in parent:
        name = local_name(element)
        if element.get("Visible", "true").lower() == "false" or element.get("Alpha") == "0":
            continue
        if name in ("TextObject", "PathObject", "ImageObject"):
            yield element
        elif name == "PageBlock" and depth < _DEEPEST:
            yield from _objects(element, depth + 1)


def _placement(element: Element, left: float, top: float) -> Matrix:
    """From the coordinates of an object to points on the page: its own matrix, then its place (clause 8.5)."""
    boundary = numbers(element.get("Boundary")) or [0.0, 0.0, 0.0, 0.0]
    own = numbers(element.get("CTM"))
    a, b, c, d, e, f = own if len(own) == len(_IDENTITY) else _IDENTITY
    x, y = boundary[0] - left, boundary[1] - top if len(boundary) > 1 else 0.0
    return a * POINTS, b * POINTS, c * POINTS, d * POINTS, (e + x) * POINTS, (f + y) * POINTS


def _applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box_of(element: Element, left: float, top: float) -> Box | None:
    sides = numbers(element.get("Boundary"))
    if len(sides) != 4:
        return None
    x, y = (sides[0] - left) * POINTS, (sides[1] - top) * POINTS
    return x, y, x + sides[2] * POINTS, y + sides[3] * POINTS


def _characters(element: Element, matrix: Matrix) -> Iterator[_Character]:
    """The characters of a text object with their places, without those that lean."""
    a, b, c, d, _, _ = matrix
    turn = math.atan2(b, a)
    if abs(turn - round(turn / (math.pi / 2)) * (math.pi / 2)) > _LEVEL:
        return
    across, down = math.hypot(a, b), math.hypot(c, d)
    type_size = _number(element.get("Size"), 0.0) or (numbers(element.get("Boundary")) or [0.0])[-1]
    size, own_width = type_size * down, type_size * _number(element.get("HScale"), 1.0)
    if size <= 0 or own_width <= 0 or not across:
        return
    width = own_width * across
    upright = round(turn / (math.pi / 2)) % 4 == 0 and _number(element.get("CharDirection"), 0.0) == 0
    x = y = 0.0
    for code in element:
        if local_name(code) != "TextCode" or not code.text:
            continue
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        points = [_applied(matrix, *origin) for origin in _origins(code, x, y, own_width)]
        steps = [after - before for (before, _), (after, _) in pairwise(points)]
        for character, (left, baseline), step in zip(code.text, points, [*steps, 0.0], strict=True):
            usual = width if is_wide(character) else width * _NARROW
            right = left + (step if usual < step <= _WIDEST * width else usual)
            yield _Character(character, left, right, baseline, size, upright)


def _origins(code: Element, x: float, y: float, width: float) -> list[tuple[float, float]]:
    """Where the characters of a text code stand, by the steps between them (clause 11.3).

    Where no steps are written, by how wide they are.
    """
    text = code.text
    across, down = _steps(code.get("DeltaX"), len(text) - 1), _steps(code.get("DeltaY"), len(text) - 1)
    if not any(across) and not any(down):
        across = [width if is_wide(character) else width * _NARROW for character in text[:-1]]
    origins = [(x, y)]
    for step_x, step_y in zip(across, down, strict=True):
        x, y = x + step_x, y + step_y
        origins.append((x, y))
    return origins


def _steps(written: str | None, count: int) -> list[float]:
    """The steps between characters: `5 5 g 3 2.5` says 5, 5 and three times 2.5; what is left out is the last one."""
    steps: list[float] = []
    for times, repeated, single in _STEP.findall(written or ""):
        steps += [_number(repeated, 0.0)] * min(int(times), count) if times else [_number(single, 0.0)]
        if len(steps) >= count:
            break
    return (steps + [steps[-1] if steps else 0.0] * count)[:count]


def _number(text: str | None, otherwise: float) -> float:
    found = numbers(text)
    return found[0] if found else otherwise


def _runs(characters: list[_Character]) -> list[Run]:
    """Runs of characters that follow each other on a line without a gap."""
    runs: list[Run] = []
    run: list[_Character] = []
    for order, character in enumerate(characters):
        if not character.text.strip():
            continue
        if run and not _goes_on(run[-1], character):
            runs.append(_run(run, order - len(run)))
            run = []
        run.append(character)
    return runs + ([_run(run, len(characters) - len(run))] if run else [])


def _goes_on(before: _Character, character: _Character) -> bool:
    limit = _GAP * max(before.size, character.size)
    if before.upright != character.upright or abs(character.baseline - before.baseline) > 0.1 * limit + 0.2:
        return False
    return -limit < character.left - before.right < limit and character.left > before.left


def _run(characters: list[_Character], order: int) -> Run:
    for before, after in pairwise(characters):
        before.right = min(before.right, after.left)
    size = max(character.size for character in characters)
    baseline = characters[0].baseline
    edges = [each.left for each in characters], [each.right for each in characters]
    return Run(
        "".join(each.text for each in characters),
        edges[0][0],
        baseline - _ASCENT * size,
        edges[1][-1],
        baseline + _DESCENT * size,
        baseline,
        order,
        characters=edges,
        upright=characters[0].upright,
    )


def _draw(element: Element, matrix: Matrix, drawing: PageDrawing) -> None:
    """Take the straight strokes of a path and the thin areas that it fills as lines, others as outlines."""
    data = next((each.text or "" for each in element if local_name(each) == "AbbreviatedData"), "")
    stroked = element.get("Stroke", "true").lower() != "false"
    filled = element.get("Fill", "false").lower() == "true"
    for outline in _outlines(data):
        corners = [_applied(matrix, x, y) for x, y in outline]
        if len(corners) < 2 or not (stroked or filled):
            continue
        box = _around(corners)
        if drawing.add(box):
            continue
        if stroked:
            for a, b in pairwise(corners):
                if (abs(a[0] - b[0]) < _STRAIGHT) != (abs(a[1] - b[1]) < _STRAIGHT):
                    drawing.add(_around([a, b]))
        else:
            drawing.outlines.append(box)


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _outlines(data: str) -> Iterator[list[tuple[float, float]]]:
    """The lines of a path, each with the points that it goes through; curves go straight to their ends."""
    outline: list[tuple[float, float]] = []
    for command, written in _COMMAND.findall(data):
        if command == "C":
            outline += outline[:1]
            continue
        values = numbers(written)
        if len(values) < _END_POINT[command]:
            continue
        point = values[_END_POINT[command] - 2], values[_END_POINT[command] - 1]
        if command in ("M", "S"):
            if outline:
                yield outline
            outline = [point]
        else:
            outline.append(point)
    if outline:
        yield outline
