"""PDF as different programs set it: rules as lines or as thin boxes or not at all, characters one by one, page ends."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from loaders.demo.page import Grid, GridCell, Page
from loaders.demo.pdf_canvas import PAGE_HEIGHT, PAGE_WIDTH, Canvas, text_width
from loaders.demo.render_pdf import PdfLayout, Press


class BoxedCanvas(Canvas):
    """Rules are thin filled boxes, drawn in pieces, the way word processors export them."""

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        width, height = max(abs(x2 - x1), 0.5), max(abs(y2 - y1), 0.5)
        self.operator(f"{min(x1, x2):.2f} {842 - max(y1, y2):.2f} {width:.2f} {height:.2f} re f")


class LooseCanvas(Canvas):
    """Each character is placed by itself."""

    def text(self, text: str, x: float, y: float, size: float) -> None:
        for sign in text:
            super().text(sign, x, y, size)
            x += text_width(sign, size)


class BoldCanvas(Canvas):
    """Text is printed twice, a hair apart, to look bold."""

    def text(self, text: str, x: float, y: float, size: float) -> None:
        super().text(text, x, y, size)
        super().text(text, x + 0.3, y, size)


class SlantedCanvas(Canvas):
    """Type is slanted, as programs do where a font has no italics."""

    def text(self, text: str, x: float, y: float, size: float) -> None:
        code = text.encode("utf-16-be", "surrogatepass").hex()
        self.operator(f"BT /F1 {size:g} Tf 1 0 0.25 1 {x:.1f} {PAGE_HEIGHT - y:.1f} Tm <{code}> Tj ET")


class ShadedCanvas(Canvas):
    """Grey boxes lie behind the text, a frame runs around the page."""

    def new_page(self) -> None:
        super().new_page()
        self.operator("0.9 g 60 60 475 30 re f 0 g")
        for line in ((40, 40, 555, 40), (40, 802, 555, 802), (40, 40, 40, 802), (555, 40, 555, 802)):
            super().line(*line)


def _narrow(page: Page, rng: random.Random) -> None:
    """Label columns so narrow that labels run over many lines, groups one character a line."""
    for grid in page.grids():
        if grid.table == "applications":
            grid.widths = [0.5, rng.choice((0.5, 0.9)), rng.choice((1.2, 2.0)), *[1.3] * (len(grid.widths) - 3)]


def _plain(page: Page, rng: random.Random) -> None:
    pass


def _headed(page: Page, rng: random.Random) -> None:
    """A row of column letters above, as spreadsheets print."""
    for grid in page.grids():
        for cell in grid.cells:
            cell.row += 1
        grid.cells += [GridCell(chr(65 + number), 0, number, header=True) for number in range(len(grid.widths))]


_BASE = PdfLayout()
Prepare = Callable[[Page, random.Random], None]
LAYOUTS: dict[str, tuple[type[Canvas], PdfLayout, Prepare, bool]] = {
    "ruled": (Canvas, _BASE, _plain, True),
    "boxed_rules": (BoxedCanvas, _BASE, _plain, True),
    "loose_characters": (LooseCanvas, replace(_BASE, size=15), _plain, True),
    "bold_twice": (BoldCanvas, _BASE, _plain, True),
    "shaded": (ShadedCanvas, replace(_BASE, margin=70), _plain, True),
    "narrow_labels": (BoxedCanvas, replace(_BASE, cell_size=10), _narrow, True),
    "split_rows": (Canvas, replace(_BASE, split_rows=True, cell_size=11), _narrow, True),
    "top_left": (BoxedCanvas, replace(_BASE, valign="top", align="left"), _plain, True),
    "right_aligned": (Canvas, replace(_BASE, align="right", cell_size=8), _plain, True),
    "horizontal_rules": (Canvas, replace(_BASE, ruled="horizontal"), _plain, False),
    "borderless": (Canvas, replace(_BASE, ruled="none"), _plain, False),
    "borderless_narrow": (Canvas, replace(_BASE, ruled="none", page_numbers=False), _narrow, False),
    "borderless_right": (LooseCanvas, replace(_BASE, ruled="none", align="right"), _plain, False),
    "slanted": (SlantedCanvas, _BASE, _plain, True),
    "three_lines": (Canvas, replace(_BASE, ruled="three", repeat_header=True), _plain, False),
    "borderless_headed": (Canvas, replace(_BASE, ruled="none", repeat_header=True, valign="top"), _plain, False),
    "repeated_header": (BoxedCanvas, replace(_BASE, repeat_header=True, cell_size=11), _narrow, True),
    "spreadsheet": (Canvas, replace(_BASE, margin=40, cell_size=8), _headed, True),
}
"""Canvas, setting, what is done to the page before, and whether an empty cell can be seen."""


def write_pdf(rng: random.Random, page: Page, layout: str) -> bytes:
    """The page as a PDF with text, in `layout`."""
    canvas, setting, prepare, _ = LAYOUTS[layout]
    prepare(page, rng)
    for grid in page.grids():
        room_for_figures(grid, setting)
    return Press(canvas(page.title), setting).print(page)


def room_for_figures(grid: Grid, setting: PdfLayout) -> None:
    """Widen columns whose figures would not fit, at the cost of the others, as far as there is room."""
    points = PAGE_WIDTH - 2 * setting.margin
    widths = [width * points / sum(grid.widths) for width in grid.widths]
    needed = [0.0] * len(widths)
    for cell in grid.cells:
        if cell.key and cell.column_span == 1:
            needed[cell.column] = max(needed[cell.column], text_width(cell.text.strip(), setting.cell_size) + 6)
    wide = [max(width, need) for width, need in zip(widths, needed, strict=True)]
    spare = [width - max(need, 16.0) for width, need in zip(wide, needed, strict=True)]
    excess = sum(wide) - points
    giving = sum(max(each, 0.0) for each in spare)
    share = min(1.0, excess / giving) if giving else 0.0
    grid.widths = [width - max(each, 0.0) * share for width, each in zip(wide, spare, strict=True)]
    for cell in grid.cells:
        if cell.key and text_width(cell.text, setting.cell_size) > grid.widths[cell.column] - 4:
            cell.text = _shortened(cell.text)


def _shortened(text: str) -> str:
    """A figure in as few and as narrow characters as it can be written with."""
    return re.sub(r"[件(),\s]", "", unicodedata.normalize("NFKC", text))
