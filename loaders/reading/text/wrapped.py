"""Running text that was saved with a line break wherever a printed line ended, as out of a PDF, in one piece again."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from loaders.document import Block, Paragraph
from loaders.form.rows import holds_figures
from loaders.patterns import pattern_of
from loaders.reading.printed.lines import join_texts
from loaders.remains import is_remains

_LONG = 36
"""Columns of a line that is text; labels, headings and signatures are shorter. A Chinese character takes two."""
_ENDS = tuple("。！？；：:!?;")
_BEGINS = pattern_of(
    r"(?:[一二三四五六七八九十]{1,2}[、.．]|[（(][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]是"
    r"|第[一二三四五六]部分|附件|注：|[#|+>*•·])"
)
_TITLE_END = pattern_of(r"(?:年度|工作)报告\s*$")
_SENTENCE_END = pattern_of(r"[。！？]\s*$")
_HEADING = pattern_of(r"[（(]?[一二三四五六七八\d][)）、.．,，\s].{2,28}(?:情况|事项|问题|措施|概述)\s*$")
_BROKEN_BEHIND_A_FIGURE = pattern_of(r"(?:[^（(，]|[（(][^）)]*[)）])*，.*[^\s\d.,，][ \xa0]*\d[\d,.]*$")
"""A clause and, behind its comma, another one up to its number; labels of the form have commas in brackets only."""
_MOST_BEYOND = 1  # lines longer than the edge: an address that cannot be broken
_FEWEST = 3  # lines that end at the edge without ending a sentence
_MOST_OF_THEM = 0.7
_RAGGED = 7  # columns that a line may end before the edge: two characters that may not stand apart, or a word


def rejoin(blocks: list[Block], *, needs_ends: bool = False) -> list[Block]:
    """The blocks with the lines of each paragraph joined, if lines end where the page did and not the sentence.

    `needs_ends`: only if most paragraphs then end with a sentence, for each line may be a paragraph of its own.
    """
    lines = [block for block in blocks if isinstance(block, Paragraph) and len(block.text) * 2 >= _LONG]
    broken = [line for line in lines if not (_ends(line) or _TITLE_END.search(line.text)) and _is_text(line)]
    if len(broken) < _FEWEST:
        return blocks
    edge = _edge([_end(line) for line in broken])
    lines = [line for line in lines if _is_text(line)]
    if edge is None or sum(_end(line) > edge + _RAGGED for line in lines) > _MOST_BEYOND:
        return blocks
    margin = min(_indent(line) for line in lines)
    indented = any(_indent(line) > margin + 1 for line in lines)
    groups: list[list[Block]] = []
    before: Paragraph | None = None  # a line that goes on below
    for block in blocks:
        text = block if isinstance(block, Paragraph) and _is_text(block) else None
        goes_on = before is not None and text is not None and _indent(text) <= margin + 1
        if goes_on and before and text and not indented:
            goes_on = not (_BEGINS.match(text.text) or _SENTENCE_END.search(before.text))
        if goes_on:
            groups[-1].append(block)
        else:
            groups.append([block])
        before = text if text is not None and _is_full(text, edge) else None
    if needs_ends:
        ends = [_ends(group[-1]) for group in groups if len(group) > 1 and isinstance(group[-1], Paragraph)]
        if sum(ends) < _MOST_OF_THEM * len(ends):
            return blocks
    return [_joined(group) for group in groups]


def _joined(lines: list[Block]) -> Block:
    first = lines[0]
    if len(lines) > 1 and isinstance(first, Paragraph):
        for line in lines[1:]:
            first.text = join_texts(first.text, line.text) if isinstance(line, Paragraph) else first.text
    return first


def _edge(ends: list[int]) -> int | None:
    """Where most lines end that do not end a sentence."""
    best, lines_there = 0, 0
    for edge in set(ends):
        there = sum(edge - _RAGGED <= end <= edge for end in ends)
        if there > lines_there or (there == lines_there and edge > best):
            best, lines_there = edge, there
    return best if lines_there >= max(_FEWEST, _MOST_OF_THEM * len(ends)) else None


def _is_full(line: Paragraph, edge: int) -> bool:
    return edge - _RAGGED <= _end(line) <= edge + _RAGGED


def _is_text(line: Paragraph) -> bool:
    text = line.text
    if "|" in text or "\t" in text or is_remains(text) or _HEADING.match(text):
        return False
    return not holds_figures(text) or bool(_BROKEN_BEHIND_A_FIGURE.match(text))


def _ends(line: Paragraph) -> bool:
    """Whether a line ends a sentence, or announces what follows."""
    return line.text.rstrip().endswith(_ENDS)


def _indent(line: Paragraph) -> int:
    return (line.place.character or 1) - 1


def _end(line: Paragraph) -> int:
    return _indent(line) + sum(map(_columns, line.text))


@lru_cache(maxsize=1 << 13)
def _columns(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WFA" else 1
