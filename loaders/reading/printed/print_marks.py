"""What a browser prints at the edges of every page: date and title above, address and page number below.

A table that runs over pages reaches into these edges, so they are taken out before its cells are filled.
"""

from __future__ import annotations

from dataclasses import replace

from loaders.document import Paragraph
from loaders.patterns import pattern_of
from loaders.reading.printed.lines import group_lines, line_text
from loaders.reading.printed.page_model import Line, PageLayout, bounding_box

_EDGE = 0.08
"""Part of the height of the page."""

_ADDRESS = pattern_of(r"(?:https?|file|about|chrome-extension)://?\S")
_TIME = pattern_of(
    r"\d{1,4}[/.\-年]\d{1,2}[/.\-月]\d{1,4}日?[,，]?(?:星期.)?(?:[上下]午)?\d{1,2}:\d{2}(?::\d{2})?(?:[AP]M)?"
)
_PAGE = pattern_of(r"(?:\d+(?:/|of)\d+|第\d+页[,，]?共\d+页|页码[,，]?\d+/\d+)$")


def take_out_print_marks(pages: list[PageLayout]) -> tuple[list[PageLayout], list[Paragraph]]:
    """The pages without such lines, and what these say, once each."""
    cleared: list[PageLayout] = []
    said: dict[str, Paragraph] = {}
    for page in pages:
        marks = [line for line in _outermost_lines(page) if _is_mark(line)]
        taken = {id(run) for line in marks for run in line.runs}
        cleared.append(replace(page, runs=[run for run in page.runs if id(run) not in taken]) if marks else page)
        for line in marks:
            for run in line.runs:
                if len(run.text) > 1 and not run.text.isascii():
                    said.setdefault(run.text, Paragraph(run.text, page.place(bounding_box([run])), run.confidence))
    return cleared, list(said.values())


def _outermost_lines(page: PageLayout) -> list[Line]:
    """The first line at the upper edge of a page and the last at the lower one."""
    edge = _EDGE * page.height
    above = group_lines([run for run in page.runs if run.bottom < edge])
    below = group_lines([run for run in page.runs if run.top > page.height - edge])
    return [*above[:1], *below[-1:]]


def _is_mark(line: Line) -> bool:
    """Whether a line holds two of what browsers print, or begins with the time at which they did."""
    text = "".join(line_text(line).split())
    return bool(_TIME.match(text) or (_PAGE.search(text) and (_ADDRESS.search(text) or _TIME.search(text))))
