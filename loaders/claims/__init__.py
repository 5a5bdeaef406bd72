"""Numbers that the narrative states about what the tables hold too, and publication counts by channel.

Each number with a counting word is judged by what stands in front of it in its clause (the lead), right behind it
(the tail), and by the aspect of the paragraph it is in. A number whose subject is in doubt is no claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from loaders.claims.applications import NEW
from loaders.claims.channels import ALL_CHANNELS
from loaders.claims.disputes import DISPUTE_CAUSE
from loaders.claims.line import claims_of_line
from loaders.patterns import pattern_of
from loaders.report import Claim, SectionReading

_SUBHEADING = pattern_of(r"^\s*[（(]?[一二三四五六七八九十\d]+[)）、.．]")
_ITEM = pattern_of(r"^\s*[一二三四五六七八九十]是")
_HEAD_END = pattern_of("[。：:；;]")
_NEWLY = pattern_of("新收|新接|新受理|新增|本年度?新")
_CAME_IN = pattern_of("收到|接到|接收|登记")
_ACCEPTED = pattern_of("受理")
_DENIAL = pattern_of("[未没无]")
_SENTENCE_END = pattern_of("[。；;\n]")
_LEAD = 12


def read_claims(sections: Sequence[SectionReading], year: int | None = None) -> list[Claim]:
    """The claims of all sections, in reading order. `year` is the reporting year, to tell other years' numbers."""
    claims: list[Claim] = []
    for section in sections:
        if section.section in (1, 2, 3, 4):
            said: list[Claim] = []
            for start, line, aspect in _lines(section):
                found = list(claims_of_line(line, start, aspect, section, year))
                said.extend(_without_rivals(found, section.text) if len(found) > 1 else found)
            claims.extend(_without_parts_of_all(_without_two_fates(said, section.text)))
    return claims


def _without_parts_of_all(claims: list[Claim]) -> list[Claim]:
    """Of all that was published there is one number; a later and smaller one counts what was added on some occasion."""
    totals = [each for each in claims if each.about == ALL_CHANNELS and each.period == "this_year"]
    if len(totals) < 2:
        return claims
    parts = {id(each) for each in totals[1:] if each.value < totals[0].value}
    return [each for each in claims if id(each) not in parts]


def _without_two_fates(claims: list[Claim], text: str) -> list[Claim]:
    """失效2件、废止4件: which of the two the form's number of repealed documents is, is not said."""
    repealed = [each for each in claims if each.about.endswith(".repealed")]
    parted = {
        id(each)
        for first, second in pairwise(repealed)
        if first.about == second.about and not _SENTENCE_END.search(text, first.end, second.start)
        for each in (first, second)
    }
    return [each for each in claims if id(each) not in parted] if parted else claims


def _lines(section: SectionReading) -> Iterator[tuple[int, str, str]]:
    """Each line with its start and the aspect that the last heading above it named."""
    aspect = usual = {3: "applications", 4: "disputes"}.get(section.section, "")
    start, of_item, level = 0, False, 0
    for line in section.text.split("\n"):
        heading = _SUBHEADING.match(line)
        if heading or _ITEM.match(line):
            head, named = _HEAD_END.split(line[:24], maxsplit=1)[0], aspect
            below = bool(heading and named and _level(line) > level)
            if "依申请" in head and "主动公开" in head:
                aspect = usual
            elif "依申请" in head:
                aspect = "applications"
            elif "主动公开" in head:
                aspect = "publication"
            elif DISPUTE_CAUSE.search(head):
                aspect = "disputes"
            elif (heading and not below) or of_item:  # an item ends what an item began, not what a heading did
                aspect = usual
            of_item = not heading and (of_item or aspect != named)
            level = _level(line) if heading and not (below and aspect == named) else level
        yield start, line, aspect
        start += len(line) + 1


def _level(heading: str) -> int:
    """How deep a heading's numbering stands: 一、 above （一） above 1. above (1)."""
    number = heading.lstrip()
    return 2 * number.lstrip("（(")[:1].isdigit() + number.startswith(("（", "("))


def _without_rivals(claims: list[Claim], text: str) -> list[Claim]:
    """Of several numbers that one sentence gives for what came in: the one called new, else what was received.

    Numbers of several agencies cannot be told from their sum, so none of them is taken.
    """
    rivals: list[list[Claim]] = []
    for each in claims:
        if each.about == NEW and each.period == "this_year" and _DENIAL.match(each.quote) is None:
            if not rivals or _SENTENCE_END.search(text, rivals[-1][-1].end, each.start):
                rivals.append([])
            rivals[-1].append(each)
    dropped = {id(each) for sentence in rivals if len(sentence) > 1 for each in _losing(sentence, text)}
    return [each for each in claims if id(each) not in dropped] if dropped else claims


def _losing(rivals: list[Claim], text: str) -> list[Claim]:
    if len({each.value for each in rivals}) < 2:
        return []
    if rivals[0].value == sum(each.value for each in rivals[1:]):
        return rivals[1:]  # 收到12条，其中收到邮递1条、平台11条
    leads = {id(each): text[max(0, each.start - _LEAD) : each.start] for each in rivals}
    for word in (_NEWLY, _CAME_IN, _ACCEPTED):
        kept = [each for each in rivals if word.search(leads[id(each)])]
        if kept:
            return [each for each in rivals if len(kept) > 1 or each is not kept[0]]
    return rivals
