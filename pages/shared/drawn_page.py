"""A page that no browser shows as it is (OFD, pages of a PDF written as HTML) drawn as SVG, with a figure framed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from loaders.reading.printed.page_model import PageLayout, Run

FRAME = "#CC3E82"
SCALE = 2.0
"""Pixels a point in which the page is shown where there is room."""

_MARGIN = 3.0
"""Points around the framed figure."""


def drawn(page: PageLayout, box: Sequence[float] | None) -> str:
    """The page as SVG, with a frame around `box` (points)."""
    lines = [_line(each.start, each.at, each.end, each.at) for each in page.horizontal]
    lines += [_line(each.at, each.start, each.at, each.end) for each in page.vertical]
    size = f'width="{SCALE * page.width:.0f}" height="{SCALE * page.height:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {page.width:.1f} {page.height:.1f}" {size}>'
        f'<rect width="100%" height="100%" fill="#FFFFFF"/><g stroke="#000000" stroke-width="0.5">{"".join(lines)}</g>'
        f'<g fill="#000000">{"".join(map(_text, page.runs))}</g>{_frame(box)}</svg>'
    )


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(run: Run) -> str:
    place = f'x="{run.left:.1f}" y="{run.baseline:.1f}" textLength="{run.right - run.left:.1f}"'
    return f'<text {place} lengthAdjust="spacingAndGlyphs" font-size="{run.height:.1f}">{escape(run.text)}</text>'


def _frame(box: Sequence[float] | None) -> str:
    if not box:
        return ""
    left, top, right, bottom = box
    place = f'x="{left - _MARGIN:.1f}" y="{top - _MARGIN:.1f}"'
    size = f'width="{right - left + 2 * _MARGIN:.1f}" height="{bottom - top + 2 * _MARGIN:.1f}"'
    return f'<rect {place} {size} fill="none" stroke="{FRAME}" stroke-width="2"/>'
