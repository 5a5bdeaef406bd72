"""Numbers with a counting word in running text, each with the words around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.numerals import CAPITALS, chinese_number
from loaders.patterns import pattern_of

_DIGITS = "零〇一二两三四五六七八九十百千" + "".join(CAPITALS)
# The pattern opens with a set of characters, so that the search skips all text between numbers.
_NUMBER = pattern_of(
    rf"(?P<number>[\d{_DIGITS}](?:(?<=\d)(?:\d{{0,2}}(?:[,，]\d{{3}})+(?:\.\d+)?|\d*(?:\.\d+)?)|(?<!\d)[{_DIGITS}]*))"
    r"\s*(?P<scale>万|亿)?\s*(?P<open>余|多|来|几)?\s*(?P<scale2>万)?"
    r"(?P<unit>万元|元|[件条篇宗次份个项起例期部人]次?|％|%|个百分点)(?P<after>以上|以下|左右|上下|以内|余|多)?"
)
_NEAR_BEFORE = pattern_of(r"(大?约|近|将近|接近|超过?|突破|逾|不足|不少于|至少|多达|累计达)?\s*$")
_PARTED_THOUSANDS = pattern_of(r"(?<!\d)\d{1,3}[ \u00a0\u2009\u202f]$")
_ENDS_OF_NEAR = frozenset("约近超过破逾足于少多达计 \t\u3000\xa0")
_ISSUES = ("次", "期")
_PIECES = pattern_of(
    r"(?:<[^<>]*>)?\s*(?:[、，,]?\s*(?:共计?|累计|合计|总计|刊发|推送|发布|编发|更新|信息|稿件|图文|推文|文章|各类)+)?"
    r"\s*(?:大?约|近|逾|超过?)?\s*(?:\d[\d,.]*|[一二两三四五六七八九十百千]+)\s*[万余多]*[条篇件]"
)
"""公众号推送174期603条 counts its pieces by the second number, as does 推送174期、刊发稿件603篇."""
_NOT_EVEN = pattern_of(r"(?:无|没有|未有|未曾有|未(?:发生|收到|出现|接到|产生)过?)$")
"""无一例行政复议: no number of cases, but none."""
_LONGEST_NEAR = 12
_LONGEST_TAIL = 16
_SCALES = {"万": 1e4, "亿": 1e8}
CLAUSE_BREAK = pattern_of(r"[，,。；;！？!?\n：:（）()](?!(?<=\d[，,])\d{3}(?!\d))")
"""Not the comma that sets thousands apart."""
_QUALIFIER = pattern_of(
    r"[（(]((?:[三四]类(?=[内过])|(?!结转|转结|其中|含(?!补正)|[年除较比])[^（）()\d，,。；;：:\n一二两三四五六七八九十]){1,12})[)）]"
    r"(?=[^，,。；;：:\n（）()]{0,16}\d)"
)
_WHAT_IT_HOLDS = pattern_of(
    r"[（(](?:其中)?(?:包?含|包括)[^（）()\d件]{1,40}[)）](?=(?:[申请数量共总合计为]{0,4})\s*\d)"
)
"""收到申请（含网上申请、信函申请）共35件: all of these kinds."""
_ACCOUNTS = pattern_of(
    r"(?<=[号站博台众端音手条])[（(](?:共|共计|含[^（）()\d]{0,16})?(?:\d{1,3}[个家])?[)）](?=[^，,。；;：:\n（）()]{1,16}\d)"
)
"""微博账号（1个）发布信息149条: what stands in brackets is of the channel alone."""
_BEFORE_COUNT = pattern_of(r"(?<=[\u4e00-\u9fff)）])[：:](?=\d[\d,]*[件条篇宗次份个项期])")
_TAIL_BREAK = pattern_of(r"[，,。；;！？!?\n：:（）()、]")
_SENTENCE_BREAK = "。；;！？!?\n"


@dataclass(slots=True)
class Mention:
    """A number in the text with its surroundings. Positions are characters of the section's text."""

    value: float
    unit: str
    exact: bool
    start: int
    end: int
    lead: str
    sentence: str
    tail: str
    before: str
    """The line up to the number."""
    aside: bool
    """Whether it stands in brackets, so that what follows speaks of the number before."""

    @property
    def own(self) -> str:
        """What stands right in front, without what follows the number before: 1件维持、2件纠正."""
        return own_words(self.lead)


def own_words(lead: str) -> str:
    """The words of a lead that belong to its number alone."""
    return lead.rpartition("、")[2].strip().removeprefix("其中")


def mentions(line: str, offset: int) -> Iterator[Mention]:
    """All numbers of a line that begins at character `offset` of its section."""
    matches = list(_NUMBER.finditer(line))
    if not matches:
        return
    # One clause each: 发布（转发）信息5条, 公开信息数：5条.
    bracketed = "（" in line or "(" in line
    flat = _without_brackets(line) if bracketed else line
    flat = _BEFORE_COUNT.sub("·", flat) if "：" in flat or ":" in flat else flat
    clauses, sentences = [0], [0]
    for found in CLAUSE_BREAK.finditer(flat):
        clauses.append(found.end())
        if found[0] in _SENTENCE_BREAK:
            sentences.append(found.end())
    previous = taken = 0
    for match in matches:
        start, word = match.start(), None
        if bracketed and flat.startswith("·", start):
            continue
        if line[start - 1 : start] in _ENDS_OF_NEAR:
            near = _NEAR_BEFORE.search(line, max(taken, start - _LONGEST_NEAR), start)
            start, word = (near.start(), near[1]) if near else (start, None)
        end = taken = match.end()
        value = _value(match)
        if match["unit"] in _ISSUES and _PIECES.match(line, end):
            continue
        if value is None or line.startswith("事", end) or line.endswith("第", 0, start):
            continue
        if value == 1 and _NOT_EVEN.search(line, max(0, start - _LONGEST_NEAR), start):
            continue
        if _PARTED_THOUSANDS.search(line, max(0, match.start() - _LONGEST_NEAR), match.start()):
            continue  # 1 256条 may be one number or two
        clause = max(previous, clauses[bisect_right(clauses, start) - 1])
        sentence = sentences[bisect_right(sentences, start) - 1]
        tail_end = _TAIL_BREAK.search(line, end, end + _LONGEST_TAIL)
        yield Mention(
            value,
            match["unit"],
            not (word or match["open"] or match["after"]),
            offset + match.start(),
            offset + end,
            flat[clause:start],
            line[sentence:start],
            line[end : tail_end.start() if tail_end else end + _LONGEST_TAIL],
            line[:start],
            aside=bracketed and _inside_brackets(line, start),
        )
        previous = end


def _without_brackets(line: str) -> str:
    """The line, as long as before, with marks for those brackets that end no clause."""
    return _QUALIFIER.sub(r"·\1·", _ACCOUNTS.sub(_blank, _WHAT_IT_HOLDS.sub(_blank, line)))


def _blank(match: re.Match[str]) -> str:
    return "·" * len(match[0])


def _inside_brackets(line: str, position: int) -> bool:
    opened = max(line.rfind("（", 0, position), line.rfind("(", 0, position))
    return opened >= 0 and max(line.rfind("）", 0, position), line.rfind(")", 0, position)) < opened


def _value(match: re.Match[str]) -> float | None:
    written = match["number"]
    if written[0] in _DIGITS:
        value: float | None = chinese_number(written)
    else:
        value = float(written.replace(",", "").replace("，", ""))
    scales = match.group("scale", "scale2")
    if value is None or scales == (None, None):
        return None if value is None else float(value)
    for scale in scales:
        value *= _SCALES.get(scale, 1.0)
    return round(float(value), 6)
