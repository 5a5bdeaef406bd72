"""Lines become paragraphs, and what is repeated on every page is set apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from loaders.document import Paragraph
from loaders.patterns import pattern_of
from loaders.reading.layout import is_section_heading, is_whole_heading
from loaders.reading.printed.lines import is_wide, join_texts, line_text
from loaders.reading.printed.page_model import Line, PageLayout, Run, bounding_box
from loaders.reading.printed.tables import is_figure

HEADING = pattern_of(
    r"^(?:第[一二三四五六七八九十]+[章节条款部分]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|\d{1,2}[、.．](?!\d)|[（(]\d{1,2}[）)])"
)
_PAGE_NUMBER = pattern_of(
    r"^[\s\-–—－―·.~～]*(?:第\s*)?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[ivxIVX]{1,4})(?:\s*页)?"
    r"(?:\s*[/／，,\s]*\s*(?:共\s*)?\d{1,3}\s*页?)?[\s\-–—－―·.~～]*$"
)
_OF_PAGE = pattern_of(
    r"[【\[(（]?(?:分享[到至]|打印本页|关闭(?:本页|窗口)|上一篇|下一篇|扫一扫|[您你]?的?当前位置|首页(?:[|>›»]|$)|索引号|"
    r"发布(?:时间|日期|机构)[:：]|(?:主办|承办|主管)(?:单位)?[:：]|版权所有|备案号|网站标识码|.{1,3}ICP备)"
)
_BAND = 0.1
"""Part of the page's height at top and bottom in which headers and footers stand."""


_COLUMNS_APART = 5.0
"""Numbers that stand further from each other, in heights of their type, are not of a page."""

_NEAR_ROW, _ALIGNED, _FEWEST_FIGURES = 3.5, 0.3, 3
"""Heights of type between parts of figures and most of their row, part of it by which they may be out of line, and so
many figures are a row."""

_SMALLEST_INDENT, _LARGEST_INDENT = 1.2, 3.2  # of the first line of a paragraph, in characters
_SHARE_INDENTED = 0.08  # of the lines of a page
_NEARLY_FULL = 0.85
_SHORT_LINE = 0.3  # room left on a line, as a share of the text's width, that ends a paragraph whatever comes next
_SENTENCE_END = pattern_of(r"[。！？；：）)]\s*$")
_WIDE = 0.4
"""Part of the page's width from which a line shows where the margins are."""

_USUAL_RIGHT = 0.87
"""Part of the page's width at which running text ends where no line shows it."""

_CELL_GAP = 2.0
"""Part of the height of the type that no gap between words of running text is as wide as."""

_LOOSE = 1.55
"""Lines further apart than this many usual distances are no paragraph."""


@dataclass(slots=True)
class Margins:
    """Where running text begins and ends, and how far apart its lines stand."""

    left: float
    right: float
    pitch: float
    size: float
    indented: bool = False
    """Whether paragraphs open with an indented line, so that a line at the margin goes on with the one before."""


def set_apart_furniture(pages: list[PageLayout], lines: list[list[Line]]) -> tuple[list[list[Line]], list[Paragraph]]:
    """Lines of each page without page numbers, headers and footers; headers and footers once each."""
    repeated = _repeated_lines(pages, lines)
    kept: list[list[Line]] = []
    furniture: dict[str, Paragraph] = {}
    for page, page_lines in zip(pages, lines, strict=True):
        kept.append([])
        for line in page_lines:
            if not _in_band(line, page):
                kept[-1].append(line)
                continue
            text = line_text(line)
            if _PAGE_NUMBER.match(text) and _is_outermost(line, page_lines, page):
                if _may_be_part_of_a_figure(line, page_lines):
                    kept[-1].append(line)
                continue
            if (_masked(text), round(line.baseline / 6)) in repeated:
                place = page.place(bounding_box([line]))
                furniture.setdefault(_masked(text), Paragraph(text, place, line.confidence))
                continue
            kept[-1].append(line)
    return kept, list(furniture.values())


def _in_band(line: Line, page: PageLayout) -> bool:
    return line.bottom < _BAND * page.height or line.top > (1 - _BAND) * page.height


def _is_outermost(line: Line, lines: list[Line], page: PageLayout) -> bool:
    """Whether no other line stands between this one and the edge of the page, nor beside it in part."""
    others = [other for other in lines if other is not line]
    if line.top > page.height / 2:
        return all(other.bottom < line.top + 1 for other in others)
    return all(other.top > line.bottom - 1 for other in others)


def _may_be_part_of_a_figure(line: Line, lines: list[Line]) -> bool:
    """Whether digits stand right above or below a figure of a row, which may be broken there, or in columns."""
    if not all(run.text.isdigit() for run in line.runs):
        return False
    if any(right.left - left.right > _COLUMNS_APART * line.size for left, right in pairwise(line.runs)):
        return True
    near = (other for other in lines if 0 < abs(other.baseline - line.baseline) < _NEAR_ROW * line.size)
    rows = [[run for run in other.runs if is_figure(run.text)] for other in near]
    return any(len(row) >= _FEWEST_FIGURES and any(_are_above(run, line.runs[0]) for run in row) for row in rows)


def _are_above(one: Run, other: Run) -> bool:
    """Whether two runs stand above each other, at one edge or in one middle."""
    left, right = one.left - other.left, one.right - other.right
    return min(abs(left), abs(right), abs(left + right) / 2) < _ALIGNED * other.height


def _masked(text: str) -> str:
    """A line as it is on all pages: without what its figures say, nor the gaps that loose letters leave."""
    return re.sub(r"\d+", "#", text).replace(" ", "")


def _repeated_lines(pages: list[PageLayout], lines: list[list[Line]]) -> set[tuple[str, int]]:
    """Text (digits masked) and height of lines that stand at one spot on at least half of the pages."""
    if len(pages) < 2:
        return set()
    spots: Counter[tuple[str, int]] = Counter()
    for page, page_lines in zip(pages, lines, strict=True):
        for line in page_lines:
            if _in_band(line, page) and sum(is_figure(run.text) for run in line.runs) < 2:
                spots[(_masked(line_text(line)), round(line.baseline / 6))] += 1
    return {spot for spot, count in spots.items() if count >= 2 and 2 * count >= len(pages)}


def page_margins(lines: list[Line], page: PageLayout) -> Margins:
    """The margins of running text, from the lines of one page and those of pages of the same width."""
    if not lines:
        return Margins(0.1 * page.width, 0.9 * page.width, 20.0, 12.0)
    size = sorted(line.size for line in lines)[len(lines) // 2]
    wide = [line for line in lines if line.right - line.left > _WIDE * page.width]
    pitches = sorted(
        b.baseline - a.baseline
        for a, b in pairwise(lines)
        if a.page == b.page and 0 < b.baseline - a.baseline < 4 * size
    )
    left = min(line.left for line in wide or lines)
    indented = sum(1 for line in wide if _SMALLEST_INDENT * size < line.left - left < _LARGEST_INDENT * size)
    return Margins(
        left,
        _usual_right(wide) if wide else _USUAL_RIGHT * page.width,
        pitches[len(pitches) // 2] if pitches else 1.6 * size,
        size,
        indented >= 2 and indented >= _SHARE_INDENTED * len(wide),
    )


def _usual_right(lines: list[Line]) -> float:
    """Where full lines end. Punctuation may hang out beyond, and last lines of paragraphs end before."""
    farthest = max(line.right for line in lines)
    full = sorted(line.right for line in lines if line.right > _NEARLY_FULL * farthest) or [farthest]
    return full[len(full) // 2]


def build_paragraphs(
    lines: Iterable[Line], margins: dict[int, Margins], pages: dict[int, PageLayout]
) -> list[Paragraph]:
    """Paragraphs of consecutive lines; `margins` and `pages` by page number.

    The place of a paragraph is where it begins: over the end of a page it is not continued.
    """
    paragraphs: list[Paragraph] = []
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(group, line, margins):
            paragraphs.append(_paragraph(group, pages))
            group = []
        group.append(line)
    if group:
        paragraphs.append(_paragraph(group, pages))
    return paragraphs


def _paragraph(lines: list[Line], pages: dict[int, PageLayout]) -> Paragraph:
    text = line_text(lines[0])
    for line in lines[1:]:
        text = join_texts(text, line_text(line))
    on_page = [line for line in lines if line.page == lines[0].page]
    return Paragraph(text, pages[lines[0].page].place(bounding_box(on_page)), min(line.confidence for line in lines))


def _goes_on(group: list[Line], line: Line, margins: dict[int, Margins]) -> bool:
    """Whether a line belongs to the paragraph of the lines before it."""
    before = group[-1]
    if _is_row(before) or _is_of_page(before) or _is_of_page(line):
        return False
    own, last = margins[line.page], margins[before.page]
    size = before.size
    if abs(line.size - size) > 0.3 * max(line.size, size):
        return False
    pitch = max(own.pitch * max(1.0, size / own.size), 1.2 * size)
    if line.page == before.page and not 0 < line.baseline - before.baseline < _LOOSE * pitch:
        return False
    titles = _is_centred_title(before, last), _is_centred_title(line, own)
    if any(titles):
        return all(titles) and abs(line.size - size) <= 0.2 * size and not HEADING.match(line.runs[0].text)
    if line.left - own.left > 1.4 * min(size, line.size):
        return False
    first = line.runs[0].text
    room = last.right - before.right
    short = _SHORT_LINE * (last.right - last.left) if last.indented else _needed(first, size) + 0.7 * size
    if room > short:
        return False
    if HEADING.match(first):
        return _hangs(group, line)
    return not is_whole_heading(line_text(line))


def _is_of_page(line: Line) -> bool:
    """Whether a line is part of the web page around the text."""
    return _OF_PAGE.match(line.runs[0].text) is not None


def _is_row(line: Line) -> bool:
    """Whether a line ends with a figure far from its words, as in a table of one column."""
    far = len(line.runs) > 1 and line.runs[-1].left - line.runs[-2].right > _CELL_GAP * line.size
    return far and is_figure(line.runs[-1].text)


def _needed(text: str, size: float) -> float:
    """Width of the first word of a line, which had no room on the line before."""
    if is_wide(text[0]):
        count = 1
        while count < min(len(text), 3) and text[count] in "，。、；：）》”？！％":
            count += 1
        return count * size
    word = re.match(r"[!-~]+", text)
    return 0.55 * size * min(len(word.group() if word else text), 30)


def _hangs(group: list[Line], line: Line) -> bool:
    """Whether a sentence of a text with indented first line goes on with what only looks like a numbered heading."""
    indent = group[0].left - line.left
    if is_section_heading(line.runs[0].text):
        return False
    return 1.2 * line.size < indent < _LARGEST_INDENT * line.size and not _SENTENCE_END.search(line_text(group[-1]))


def _is_centred_title(line: Line, margins: Margins) -> bool:
    """Whether a line larger than running text stands in the middle."""
    if line.size < 1.12 * margins.size:
        return False
    return abs((line.left + line.right) - (margins.left + margins.right)) < 3.0 * line.size
