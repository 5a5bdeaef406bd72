"""Scanned pages and pictures: characters recognised, tables found by their lines, a confidence for every cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from loaders.document import Document
from loaders.reading.printed import spreads
from loaders.reading.printed.assemble import build_document
from loaders.reading.printed.grids import Grid, find_grids
from loaders.reading.printed.page_model import PageLayout, Run
from loaders.reading.scan import (
    ocr_back,
    ocr_bands,
    ocr_broken,
    ocr_cells,
    ocr_doubts,
    ocr_engine,
    ocr_figures,
    ocr_flat,
    ocr_folds,
    ocr_gaps,
    ocr_image,
    ocr_lean,
    ocr_lines,
    ocr_margins,
    ocr_rules,
    ocr_screens,
    ocr_seals,
    ocr_settled,
    ocr_specks,
    ocr_walls,
    ocr_watermarks,
    ocr_worn,
)
from loaders.reading.scan.ocr_engine import Recognised
from loaders.reading.scan.ocr_image import DOTS_PER_POINT, Grey, Point, ScannedPage
from loaders.reading.scan.ocr_legibility import legibility

_GUESSED = 0.6
"""Least confidence of a line that the detector overlooked; below it is a stain."""

_CROOKED = 2.0
"""Degrees of lean from which the detector runs short lines together that stand one above the other."""

_SMALL_TYPE, _LARGE_ENOUGH, _LARGEST_SCALE = 31.0, 40.0, 1.6
"""Pixels that the lower quarter of the lines of a page with small type are high, pixels that they are brought to, and
by how much at most."""

_LARGE_TYPE, _SMALLEST = 50.0, 10
"""Pixels that even the small type of a page is high where it is larger than it seems, for a part that was cut out of a
page was taken for a whole one; and the percentile of its lines that tells this, as a table may have the fewest."""

_LONG_LINE, _WORD, _ENOUGH_LINES = 2.5, 1.4, 8
"""Width of a line, as times its height, that has several characters, and of one that has two; and how many of them
tell the size of type."""

_MOST_READINGS = 3
"""How often a page is read once more when walls between its figures turn up: each may bring others to light."""

_UPSIDE_DOWN = 0.6

_LONG_SIDE, _ENOUGH_LEGIBLE = 1.8, 0.33
"""How many times its other side one side of a box is that holds a line, or characters one below the other; and how
legible a page is at least, as part of what it is when turned, that stands upright though most of its boxes are high."""
_SAMPLE = 9


def read_picture(data: bytes) -> Document:
    """Read a picture of a page (PNG, JPEG), or the pages of a TIFF.

    Raises `ReadingError`: `needs-package` without the extra `ocr`, `damaged`, `too-large`.
    """
    ocr_engine.require()
    pages: list[PageLayout] = []
    for printed_on, picture in enumerate(ocr_image.decode(data), 1):
        pages += recognise_sheets(ocr_seals.in_grey(picture), len(pages) + 1, printed_on)
    return build_document(pages, "image")


def recognise_sheets(grey: Grey, number: int, printed_on: int) -> list[PageLayout]:
    """The sheets of a picture as pages, counted from `number`, all of them printed on one page of the file."""
    pages: list[PageLayout] = []
    for start, end in ocr_image.sheets(grey):
        page = recognise_page(ocr_image.as_long_as_paper(grey, start, end), number + len(pages))
        page.printed_on, page.back = printed_on, _shifted(page.back, start)
        pages.append(page)
    return pages


def _shifted(back: Callable[[float, float], Point] | None, down: float) -> Callable[[float, float], Point]:
    """The way back to a sheet, continued to the long picture that it was cut from."""

    def shifted(x: float, y: float) -> Point:
        x, y = back(x, y) if back is not None else (x, y)
        return x, y + down

    return shifted


def recognise_page(grey: Grey, number: int, width: float | None = None, as_given: bool = False) -> PageLayout:
    """One page as runs of characters and ruling lines.

    `width` is that of the page in points, where known. `as_given` leaves a picture at its place: a part of a page
    that is known to be upright, and to have its size unless its type is too small.
    """
    if as_given:
        page = ScannedPage(grey, lambda x, y: (x / DOTS_PER_POINT, y / DOTS_PER_POINT))
        page.grey = ocr_specks.without_specks(_in_even_light(page.grey))
        page, quads = _large_enough(page, ocr_engine.detect(ocr_image.in_colour(page.grey)))
        return _read_level_page(page, quads, number)
    page = ocr_image.to_working_size(grey, width)
    paper = ocr_bands.without_bands(ocr_margins.without_margins(page.grey))
    even = ocr_watermarks.without_watermarks(ocr_folds.without_folds(_in_even_light(paper)))
    page.grey = ocr_specks.without_specks(even)
    page, quads = _upright(page)
    page, quads = _small_enough(page, quads) if _is_of_unknown_size(grey, width) else (page, quads)
    page, quads = _large_enough(page, quads)
    return spreads.unfolded(_read_level_page(*_level(page, quads), number))


def _in_even_light(grey: Grey) -> Grey:
    return ocr_screens.without_screens(ocr_image.with_even_light(grey))


def _read_level_page(page: ScannedPage, quads: ocr_engine.Quads, number: int) -> PageLayout:
    """A page whose lines of text are known and level, once more with softer strokes where they are worn."""
    read = _read_once(page, quads, number)
    broken = ocr_doubts.is_broken(read.layout.runs, read.grids)
    if broken:
        soft = ScannedPage(ocr_worn.softened(page.grey), page.back)
        again = _read_once(soft, ocr_engine.detect(ocr_image.in_colour(soft.grey)), number)
        read = ocr_worn.agreed(read, again)
        read.layout.look = ocr_doubts.doubting(read.layout.look)
    return replace(read.layout, runs=ocr_doubts.with_doubts(read.layout.runs, read.grids, broken=broken))


def _read_once(page: ScannedPage, quads: ocr_engine.Quads, number: int) -> ocr_worn.PageReading:
    page, quads = ocr_flat.flattened(page, quads)
    page.grey = ocr_bands.without_bands(page.grey)  # those of the printer lean with the page, a scanner's do not
    page.grey, quads = ocr_back.without_back(page.grey, quads)
    bare = ocr_seals.without_grey_seals(page.grey)
    rules = ocr_rules.find_rules(bare.ruled)
    grids = _grids(rules)
    inked = np.maximum(rules.dark, rules.mask)  # dashes that were joined are not broken
    level, upright = ocr_broken.broken_walls(grids, inked)
    if level or upright:
        rules.horizontal, rules.vertical = rules.horizontal + level, rules.vertical + upright
        grids = _grids(rules)
    clean = ocr_broken.without_pieces(ocr_rules.without_rules(bare.written, rules, grids), grids, inked)
    covered = np.maximum(bare.covered, rules.streaks)
    reader = ocr_engine.PageReader()
    runs = _read_text(clean, bare.written, covered, quads, grids, reader)
    for _ in range(_MOST_READINGS):
        level, upright = ocr_walls.lost_walls(grids, runs)
        if not level and not upright:
            break
        rules.horizontal, rules.vertical = rules.horizontal + level, rules.vertical + upright
        grids = _grids(rules)
        runs = _read_text(clean, bare.written, covered, quads, grids, reader)
    back = page.back
    layout = PageLayout(
        number,
        *page.size,
        runs,
        rules.horizontal,
        rules.vertical,
        back=lambda x, y: back(x * DOTS_PER_POINT, y * DOTS_PER_POINT),
        look=lambda box: ocr_figures.look(clean, box),
    )
    return ocr_worn.PageReading(layout, grids)


def _grids(rules: ocr_rules.Rules) -> list[Grid]:
    """The tables of a page, those within others first: what stands in both belongs to the smaller one."""
    found = find_grids(rules.horizontal, rules.vertical)
    return sorted(found, key=lambda grid: (grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1]))


def _large_enough(page: ScannedPage, quads: ocr_engine.Quads) -> tuple[ScannedPage, ocr_engine.Quads]:
    """The page and its lines, made larger where most lines are in type too small for the recogniser."""
    high = _type_height(quads)
    if not 0 < high < _SMALL_TYPE:
        return page, quads
    page = ocr_image.enlarged(page, min(_LARGE_ENOUGH / high, _LARGEST_SCALE))
    return page, ocr_engine.detect(ocr_image.in_colour(page.grey))


def _is_of_unknown_size(grey: Grey, width: float | None) -> bool:
    """Whether a page was taken for a sheet of A4 because nothing says how large it is."""
    return width is None or ocr_image.working_width(width, width * grey.shape[0] / grey.shape[1]) != width


def _small_enough(page: ScannedPage, quads: ocr_engine.Quads) -> tuple[ScannedPage, ocr_engine.Quads]:
    """The page and its lines, made smaller where even small type is large: its strokes would be taken for lines."""
    high = _type_height(quads, _WORD, _SMALLEST)
    if high <= _LARGE_TYPE:
        return page, quads
    page = ocr_image.enlarged(page, _LARGE_ENOUGH / high)
    return page, ocr_engine.detect(ocr_image.in_colour(page.grey))


def _type_height(quads: ocr_engine.Quads, least: float = _LONG_LINE, percentile: int = 25) -> float:
    """Pixels that the smaller lines of a page are high, told from lines of text alone: specks are none."""
    wide, high = _wide(quads), np.hypot(*(quads[:, 3] - quads[:, 0]).T)
    lines = high[wide > least * high]
    return float(np.percentile(lines, percentile)) if len(lines) >= _ENOUGH_LINES else 0.0


def _upright(page: ScannedPage) -> tuple[ScannedPage, ocr_engine.Quads]:
    """The page turned so that its text runs from left to right, and its lines of text."""
    quads = ocr_engine.detect(ocr_image.in_colour(page.grey))
    if not len(quads):
        return page, quads
    wide, high = _wide(quads), np.hypot(*(quads[:, 3] - quads[:, 0]).T)
    as_given = _head_up(page, quads)
    if high[high > _LONG_SIDE * wide].sum() <= wide[wide > _LONG_SIDE * high].sum():
        return as_given
    # High narrow boxes are lines of a page that lies on its side, or labels written downwards in narrow cells.
    side = ocr_image.turned(page, 1)
    on_side = _head_up(side, ocr_engine.detect(ocr_image.in_colour(side.grey)))
    given, turned = (_longest_lines(*found, least=_LONG_SIDE) for found in (as_given, on_side))
    return as_given if _is_upright(given, turned) else on_side


def _is_upright(given: list[ocr_engine.Picture], turned: list[ocr_engine.Picture]) -> bool:
    """Whether lines of a page as it was handed in are rather lines than those of the page when turned.

    Columns of characters are legible from the side as well, but they are shorter than the lines beside them.
    """
    whole, of_turned = legibility(given), legibility(turned)
    if whole >= of_turned:
        return True
    if whole[0] < _ENOUGH_LEGIBLE * of_turned[0]:
        return False
    return whole[0] * len(turned) > of_turned[0] * len(given)


def _head_up(page: ScannedPage, quads: ocr_engine.Quads) -> tuple[ScannedPage, ocr_engine.Quads]:
    """The page and its lines, turned if that makes them legible: of few lines the engine is often wrong at first."""
    if not len(quads) or ocr_engine.share_upside_down(_longest_lines(page, quads)) <= _UPSIDE_DOWN:
        return page, quads
    turned = ocr_image.turned(page, 2)
    height, width = turned.grey.shape[:2]
    on_head = turned, (np.array([width, height], dtype=np.float32) - quads)[:, [2, 3, 0, 1]]
    return max(on_head, (page, quads), key=lambda found: legibility(_longest_lines(*found)))


def _longest_lines(page: ScannedPage, quads: ocr_engine.Quads, least: float = 0.0) -> list[ocr_engine.Picture]:
    """The longest lines of a page that are so many times as wide as high."""
    wide = _wide(quads)
    high = np.hypot(*(quads[:, 3] - quads[:, 0]).T)
    longest = [index for index in np.argsort(-wide) if wide[index] >= least * high[index]][:_SAMPLE]
    return [ocr_image.in_colour(ocr_image.cut_out(page.grey, quads[index])) for index in longest]


def _wide(quads: ocr_engine.Quads) -> NDArray[np.float32]:
    widths: NDArray[np.float32] = np.hypot(*(quads[:, 1] - quads[:, 0]).T)
    return widths


def _level(page: ScannedPage, quads: ocr_engine.Quads) -> tuple[ScannedPage, ocr_engine.Quads]:
    """The page and its lines of text without their lean."""
    lean = ocr_lean.lean(page.grey, quads)
    page, forth = ocr_image.levelled(page, lean)
    if abs(lean) > _CROOKED:
        return page, ocr_engine.detect(ocr_image.in_colour(page.grey))
    return page, (quads @ forth[:, :2].T + forth[:, 2]).astype(np.float32)


def _read_text(
    clean: Grey,
    printed: Grey,
    covered: Grey,
    quads: ocr_engine.Quads,
    grids: list[Grid],
    reader: ocr_engine.PageReader,
) -> list[Run]:
    """What is written on a page, of which lines, seals and streaks covered a part."""
    boxes = ocr_lines.cut_lines(clean, quads, grids)
    seen = len(boxes)
    boxes += ocr_lines.overlooked_lines(clean, boxes, grids)
    cells, outside = ocr_cells.cells_with_ink(clean, printed, covered, grids, boxes)
    wanted = sorted(outside + ocr_figures.read_figures(clean, cells, reader))
    read = dict(zip(wanted, _recognised(clean, [boxes[number] for number in wanted], reader), strict=True))
    kept = {
        number: each for number, each in read.items() if each.text.strip() and (number < seen or each.score > _GUESSED)
    }
    lines = {number: _run(each, boxes[number], number) for number, each in kept.items()}
    beyond = _runs_beyond(
        clean, {number: (boxes[number], kept[number]) for number in outside if number in kept}, reader
    )
    return beyond + ocr_settled.settled_cells(clean, cells, lines, reader)


def _recognised(clean: Grey, boxes: list[ocr_engine.Quads], reader: ocr_engine.PageReader) -> list[Recognised]:
    return reader.recognise([ocr_image.in_colour(ocr_image.cut_out(clean, box)) for box in boxes])


def _runs_beyond(
    clean: Grey, lines: dict[int, tuple[ocr_engine.Quads, Recognised]], reader: ocr_engine.PageReader
) -> list[Run]:
    """Lines outside of tables, in parts where the detector took the words of several columns for one text."""
    words = {number: ocr_gaps.words(ocr_image.cut_out(clean, box), box, read) for number, (box, read) in lines.items()}
    again = [word for apart in words.values() if len(apart) > 1 for word in apart]
    parts = iter(_recognised(clean, [word.box for word in again], reader))
    return [
        ocr_figures.with_marks_told(clean, _run(read, word.ink, number))
        for number, apart in words.items()
        for word in apart
        if (read := lines[number][1] if len(apart) == 1 else next(parts)).text.strip()
    ]


def _run(read: Recognised, quad: ocr_engine.Quads, order: int) -> Run:
    left, top = (float(value) / DOTS_PER_POINT for value in quad.min(axis=0))
    right, bottom = (float(value) / DOTS_PER_POINT for value in quad.max(axis=0))
    shrink = 0.12 * (bottom - top)  # the detector's boxes are a little larger than the type
    top, bottom = top + shrink, bottom - shrink
    text = read.text.strip().replace(" ", "")
    others = tuple(figure for figure in read.figures if figure != text)
    return Run(text, left, top, right, bottom, bottom, order, read.score, other_readings=others)
