"""What section a line opens, if it opens one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from loaders.form.labels import bare
from loaders.patterns import pattern_of
from loaders.report import SectionReading

HEADINGS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
"""The headings of sections 1 to 6; both editions word them alike."""

NUMERALS = "一二三四五六"
PROBLEMS = 5
"""The section on problems and what is done about them."""

_QUOTES = tuple('“"「『‘')
WORDS_OF_HEADINGS = (  # a pattern of the words that they begin with
    "总体情况|主动公开|收到和处理|政府信息公开行政复议|存在的主要问题|其他需要报告"
)
PRINTED_NUMBER = pattern_of(
    rf"^\s*(?:第?([一二三四五六七八九十])\s*(?:[、.．,，:：]|部分[、，：:．.]?|\s|(?={WORDS_OF_HEADINGS}))"
    rf"|(\d)\s*(?:[、.．,，]\s*(?!\d)|(?={WORDS_OF_HEADINGS})))\s*"
)
CHINESE_NUMBER = pattern_of(r"^\s*[一二三四五六][、.．,，]")
SUBHEADING = pattern_of(r"^\s*[（(]\s*[一二三四五六七八九十\d]+\s*[)）]")
_CONTENTS_LINE = pattern_of(r"(?:…|\.{3}|·{3}|_{3}|-{3})\s*[-—]?\s*\d{1,3}\s*$")
PLAIN_WORDS = (  # a pattern of the form's headings, as the editions and notices word them
    "总体情况|主动公开政府信息情况|收到和处理政府信息公开申请情况|政府信息公开行政复议[、和]行政诉讼情况"
    "|存在的主要问题[及和]改进情况|其他需要报告的事项(?:情况)?"
)
_GLUED_HEADING = pattern_of(rf"(?:{PLAIN_WORDS})(?=(?!情况)[^\s。；;：:的][^。]*[。，,]|无)")
"""A heading of the form with its text right behind it, without any mark between."""
_HEADING_END = pattern_of(r"[。；;：:\n]|(?<![概综])\s{2,}|(?:(?<=情况|事项|措施|概述))\s+(?=[^。，,]*[。，,]|无$)")
LONGEST_HEADING = 40
LONGEST_CELL = 60  # characters of a line that can be a cell of the form
_LIKE_ENOUGH = 0.72
HARDLY_REWORDED = 0.85
ALIKE_WITHOUT_NUMBER = 0.95
"""Likeness to a heading of the form, from 0 to 1, without the number."""

NUMBERED = 0.1  # what a printed number adds to a heading's likeness
_KEYWORDS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (4, pattern_of("复议|诉讼")),
    (
        5,
        pattern_of(
            "问题.{0,8}(?:改进|措施|打算|建议)|改进(?:情况|措施)|下一步(?:工作)?(?:的?(?:主要)?)(?:计划|打算|安排|思路|措施)|"
            "存在(?:的)?(?:主要)?(?:困难(?:[和与、及])?)?(?:问题|不足|困难)"
        ),
    ),
    (6, pattern_of("其他需要|需要(?:报告|说明)的?(?:其他)?事项|其他(?:报告)?事项|其他情况")),
    (3, pattern_of("(?:收到|受理|处理).{0,12}申请|依申请公开")),
    (2, pattern_of("主动公开")),
    (1, pattern_of("总体|概述|综述|概况|基本情况|工作(?:开展|运行)?情况")),
)
_TABLE_LABELS = pattern_of(
    "本年新收|上年结转|本年度办理结果|结转下年|予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|总计$"
)
_FIRST_WORDS = pattern_of("问题|不足|困难")
_ON_REQUEST = pattern_of("依申请公开[^，,]{0,6}(?:情况|和|及)")
"""依申请公开政府信息和不予公开政府信息的情况 is a heading, whatever row of the form it names."""
SENTENCE_END = pattern_of(r"[。；！？]")


def _without_particles(text: str) -> str:
    """Words that the editions and the notices themselves use in turn: 及 and 和, with or without 的 and 情况."""
    return text.replace("的", "").replace("和", "及").replace("情况", "")


_PLAIN_HEADINGS = tuple((number, _without_particles(bare(heading))) for number, heading in enumerate(HEADINGS, 1))


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that may open a section: how alike it is to the form's heading, and the text behind it as `rest`."""

    section: int
    likeness: float
    line: int
    text: str
    rest: str


def heading_of(line: str, position: int) -> Heading | None:
    """What section a line opens, if it opens one."""
    text = line.strip().lstrip("# ")  # a heading in Markdown
    opened = _opened_often(text) if len(text) <= LONGEST_CELL else _opened(text)
    return Heading(opened.section, opened.likeness, position, opened.text, opened.rest) if opened else None


def _opened(text: str) -> Heading | None:
    """The heading that a text begins with, as if it stood in the first line."""
    if not text:
        return None
    bracketed = SUBHEADING.match(text)
    number = None if bracketed else PRINTED_NUMBER.match(text)
    numbering = bracketed or number
    body = text[numbering.end() :] if numbering else text
    glued = _GLUED_HEADING.match(body) if number else None
    end = _HEADING_END.search(body)
    head = glued.group() if glued else body[: end.start()] if end else body
    if (
        not head
        or head.startswith(_QUOTES)
        or len(head) > LONGEST_HEADING
        or (_TABLE_LABELS.search(head) and not (number and _ON_REQUEST.search(head)))
        or (head[-1].isdigit() and _CONTENTS_LINE.search(head))
    ):
        return None
    rest = body[len(head) :].lstrip("。；;：: \n\u3000") if end or glued else ""
    if number is None and rest:
        return None
    printed = text[: len(text) - len(body)] + head
    section, likeness = _most_alike(head)
    if likeness < _LIKE_ENOUGH:
        return None if number is None else _by_keyword(head, printed, rest, number)
    if number is None and likeness < ALIKE_WITHOUT_NUMBER:
        return None
    return Heading(section, likeness + (NUMBERED if number else 0.0), 0, printed.strip(), rest)


_opened_often = lru_cache(maxsize=1 << 12)(_opened)
"""For short lines: headings and what stands around tables are the same in most reports."""


@lru_cache(maxsize=1 << 12)
def _most_alike(head: str) -> tuple[int, float]:
    """The section whose heading is most like the text, and how alike."""
    plain = _without_particles(bare(head))
    return max(((n, fuzz.ratio(plain, form) / 100) for n, form in _PLAIN_HEADINGS), key=lambda each: each[1])


def _by_keyword(head: str, printed: str, rest: str, number: re.Match[str]) -> Heading | None:
    """A numbered heading in words of its own, as in reports on 2018 and before."""
    if len(head) > 30 or SENTENCE_END.search(head):
        return None
    head = re.sub(r"\s", "", head)  # 概  述
    written = NUMERALS.find(number[1]) + 1 if number[1] else int(number[2])
    for section, pattern in _KEYWORDS:
        if pattern.search(head):
            if section == 3 and written == 2 and "主动公开" in head:
                section = 2  # 二、主动公开、依申请公开情况
            first = section == PROBLEMS and _FIRST_WORDS.search(head) is not None  # 四、改进措施 may follow as its own
            likeness = 0.5 + (0.1 if written == section or first else 0.0)
            return Heading(section, likeness, 0, printed.strip(), rest)
    return None


def is_title(line: str) -> bool:
    """Whether a line reads like a heading of any words."""
    return len(line) <= LONGEST_HEADING and not SENTENCE_END.search(line) and not _TABLE_LABELS.search(line)


def is_numbered_heading(text: str) -> bool:
    """Whether a text is a heading of the form with its number."""
    opened = heading_of(text, 0)
    return opened is not None and opened.likeness >= ALIKE_WITHOUT_NUMBER + NUMBERED


def is_misnumbered(heading: Heading) -> bool:
    """Whether the printed number is not the section's: 2.其他需要报告的事项 stands within section six."""
    expected = (NUMERALS[heading.section - 1], str(heading.section))
    if bracketed := SUBHEADING.match(heading.text):
        return not any(digit in bracketed.group() for digit in expected)
    number = PRINTED_NUMBER.match(heading.text)
    return number is not None and (number[1] or number[2]) not in expected


def heading_is_altered(section: SectionReading) -> bool:
    """Whether a heading's words or its printed number differ from the form's; what is left out is no alteration."""
    if not section.heading:
        return False
    expected = bare(HEADINGS[section.section - 1])
    number = PRINTED_NUMBER.match(section.heading)
    head = bare(section.heading[number.end() :] if number else section.heading)
    if number is not None and number[1] != NUMERALS[section.section - 1]:
        return True
    return _without_particles(head) != _without_particles(expected)
