"""Lines of which each begins with the heading or the number that it holds, whatever a converter joined or parted."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.patterns import pattern_of
from loaders.sections.headings import CHINESE_NUMBER, LONGEST_HEADING, PLAIN_WORDS, WORDS_OF_HEADINGS

_RUN_ON_HEADING = pattern_of(
    rf"(?<=[。！？])\s*(?=[一二三四五六][、，,．.]\s*(?:{WORDS_OF_HEADINGS}))"
    # After a mere space only where text follows: a list of the headings opens no sections.
    rf"|(?<=\s)(?=[一二三四五六]、(?:{WORDS_OF_HEADINGS})\S{{0,24}}\s+(?![一二三四五六]、)[^。，,]*[。，,])"
)
_RUN_ON_TITLE = pattern_of(
    r"(?<=[。！？：:])\s+(?=[一二三四五六七八]、[^。，,；;：:\s]{4,36}(?:情况|措施|事项|概述|概况)\s)"
)
"""A heading in words of its own in a report that is one paragraph: 如下： 一、政府信息主动公开情况 全年……"""
_EMPTY_RUN_ON_HEADING = pattern_of(rf"(?<=\s)(?=[一二三四五六]、(?:{WORDS_OF_HEADINGS})\S{{0,24}}\s)")
"""A heading after a space with nothing behind it, in a line that other headings open with text."""
_RUN_ON_SUBHEADING = pattern_of(
    r"(?<=[。！？；;])\s*(?=[（(][一二三四五六七八九十][)）]\s*[^\s第])|\s(?=[（(]一[)）]\s*[^\s第])"
)
_LISTED = pattern_of(r"[（(][一二三四五六七八九十][)）][^。；;]{2,30}[；;]")
"""A part of a sentence that tells what the report consists of: 全文包括（一）总体情况；（二）……"""
_FEWEST_LISTED = 3
_BEHIND_A_PAGE_S_LINE = pattern_of(r"(?:来源|发布|日期|时间|作者|浏览)[^。；;\n]{1,40}?(?=一、总体情况\s*$)")
"""2022年01月19日 来源: 某网一、总体情况: what a page puts over a report, with no break behind it."""
_LONE_NUMBER = pattern_of(r"\s*[一二三四五六]\s*[、.．]\s*")
_BARE_HEADING_BEHIND = pattern_of(rf"(?<=[。！？])(?=(?:{PLAIN_WORDS})$)")
_NUMERAL = pattern_of("[一二三四五六][、，,．.]")
_BRACKETED = pattern_of("[（(][一二三四五六七八九十][)）]")


def with_their_numbers(lines: Sequence[str]) -> Sequence[str]:
    """The lines with each number that stands on a line of its own before what it numbers."""
    if not any(map(_LONE_NUMBER.fullmatch, lines)):
        return lines
    whole: list[str] = []
    for line in lines:
        if whole and _LONE_NUMBER.fullmatch(whole[-1]):
            line = whole.pop().strip() + line.lstrip()
        whole.append(line)
    return whole


def parts_of(line: str) -> list[str]:
    """A line in front of each heading that a converter joined to the text before it."""
    parts = _RUN_ON_HEADING.split(line) if _NUMERAL.search(line, 1) else [line]
    if len(line) > LONGEST_HEADING and _NUMERAL.search(line, 1):
        parts = [piece for part in parts for piece in _RUN_ON_TITLE.split(part)]
    if len(parts) > 1 and CHINESE_NUMBER.match(line):
        parts = [piece for part in parts for piece in _EMPTY_RUN_ON_HEADING.split(part)]
    if line.endswith(("情况", "事项")):
        page = _BEHIND_A_PAGE_S_LINE.search(line)
        if page is not None and len(parts) == 1:
            return [line[: page.end()], line[page.end() :]]
        parts = [*parts[:-1], *_BARE_HEADING_BEHIND.split(parts[-1])]
    if len(line) <= LONGEST_HEADING or not _BRACKETED.search(line, 1):
        return parts
    pieces = [piece for part in parts for piece in _RUN_ON_SUBHEADING.split(part)]
    listed = sum(_LISTED.fullmatch(piece) is not None for piece in pieces)
    return parts if listed >= _FEWEST_LISTED else pieces
