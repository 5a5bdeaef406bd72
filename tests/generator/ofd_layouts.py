"""OFD as different programs set it, page by page as the PDFs are."""

from __future__ import annotations

import random
from dataclasses import replace

from loaders.demo.page import Page
from loaders.demo.pdf_canvas import PAGE_HEIGHT, PAGE_WIDTH, Canvas
from loaders.demo.render_pdf import PdfLayout, Press
from tests.generator.pdf_layouts import room_for_figures
from tests.ofd_files import Leaf, Manner, ofd

_PLAIN = PdfLayout()
LAYOUTS: dict[str, tuple[Manner, PdfLayout, bool]] = {
    "strokes": (Manner(), _PLAIN, True),
    "areas": (Manner(fills=True, repeats=True), replace(_PLAIN, cell_size=8), True),
    "single_characters": (Manner(single=True), replace(_PLAIN, size=14), True),
    "scaled": (Manner(scale=0.3528, repeats=True), replace(_PLAIN, align="right"), True),
    "without_lines": (Manner(), replace(_PLAIN, ruled="none"), False),
}
"""How text and lines are written, the setting, and whether an empty cell can be seen."""


class OfdCanvas(Canvas):
    """Pages of an OFD file."""

    def __init__(self, title: str, manner: Manner) -> None:
        self._manner = manner
        self._leaves: list[Leaf] = []
        super().__init__(title)

    def new_page(self) -> None:
        self._leaves.append(Leaf(self._manner, PAGE_WIDTH, PAGE_HEIGHT))

    def text(self, text: str, x: float, y: float, size: float) -> None:
        self._leaves[-1].text(text, x, y, size)

    def mixed_text(self, text: str, x: float, y: float, size: float) -> None:
        self.text(text, x, y, size)

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self._leaves[-1].line(x1, y1, x2, y2)

    def to_bytes(self) -> bytes:
        return ofd(*self._leaves, title=self._title)


def write_ofd(rng: random.Random, page: Page, layout: str) -> bytes:
    """The page as an OFD file, in `layout`."""
    manner, setting, _ = LAYOUTS[layout]
    for grid in page.grids():
        room_for_figures(grid, setting)
    return Press(OfdCanvas(page.title, manner), setting).print(page)
