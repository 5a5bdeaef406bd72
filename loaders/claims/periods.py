"""Of which time a number of the narrative speaks: this year, the last, a change between them, or another time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from loaders.claims.mentions import Mention
from loaders.patterns import pattern_of

_YEAR = pattern_of(
    r"(?<![较比与同])(?<!结转)(?<!转结)(?<!结转[至到入])(?<!转结[至到入])(20\d\d)\s*年"
    r"(?!度?(?:结转|转结)|[底末初]?[以之]?前)"
)
"""A year that says when; not one that something is compared with, carried in from or on to, or older than."""

_LAST_YEAR = pattern_of(r"去年|上一?年(?!度?(?:结转|转结|遗留))|往年|同期")
_PLAN = pattern_of(r"下一年|明年|下年度?|计划|拟|力争|将(?:继续|新|再)")
_CHANGE = pattern_of(r"(同比|环比|较上年|比上年|较去年|比去年|与上年|与去年|增长|增加|上升|提高|下降|减少|降低)")
_CHANGES = pattern_of(r"\s*(?:相比)?[，,]?(?:的)?(?:增|降|减|上升|下降|上涨|回落)")
_COMPARED_WITH = pattern_of(r"(?:较|比|与)(20\d\d)年度?")
_COMPARED_AMOUNT = pattern_of(r"\s*(?:较|比|与|相比)(?:[去上]一?年|(20\d\d)年)度?(?:同期)?的?\s*")
"""较2022年的35件增长20%: the number is last year's."""

_COMPARED_ASIDE = pattern_of(r"(?:较|比|与|同)(?:[去上]一?年|(20\d\d)年)度?(?:同期)?的?\s*[（(]\s*$")
"""较上年同期（12件）增长25%: what stands in the brackets is last year's."""
_IN_BRACKETS = pattern_of(r"[（(][^（）()]*[)）]")
_WHAT_A_CHANGE_BEGINS_WITH = pattern_of(r"[由从]20\d\d年度?(?:同期)?的?(?=\s*\d)")

_CARRIED = pattern_of(r"结转|转结|遗留")
_CARRIED_ON = pattern_of(r"结转|继续办理|顺延|转[至到入]?(?:下一?|次)年")
_SHARE = pattern_of(r"占|比例|率")
_SINCE = pattern_of(
    r"(?:自|从)(?!年初|今年|本年)((?:20\d\d)?)[^。；;]{1,20}?以来(?![^。；;]*(?:20\d\d年|全年|本年|今年))"
)
"""A count over several years: 自开通以来累计公开."""

_SEVERAL_YEARS = pattern_of(
    r"20\d\d年?度?[、和及与至到—–~-]{1,2}20\d\d年[^。；;]{0,20}分别|(?:近|连续)[两三四五\d]年|历年"
)
_EVERY_SO_OFTEN = pattern_of("每个?(?:半?年|季度?|月|周|星期|日|天)(?!报|刊)[^，,。；;]{0,8}$")
"""每季度更新1次 says how often, not how much."""
_PART_OF_YEAR = pattern_of("[上下]半年|前?[一二三四]季度")
_UNTIL_A_MONTH = r"(?:[2-9]|1[01])月份?(?:底|末|\d{1,2}日)?"
_OPENS_WITH_PART_OF_YEAR = pattern_of(
    rf"(?:[上下]半年|前?[一二三四]季度|截[至止]到?(?:20\d\d年)?{_UNTIL_A_MONTH}|1月?(?:1日)?[至到\-—–－~～]{_UNTIL_A_MONTH})"
    r"[，,](?!.*(?:全年|20\d\d年|本年度))"
)
"""2022年上半年，共受理申请12件: not the year's."""
_FROM = pattern_of(r"[由从](?:([去上]一?年)|(20\d\d)年)?度?(?:同期)?的?\s*$")
_TO = pattern_of(
    r"\s*(?:下降|减少|降低|上升|增加|增长|提高|[减降增升])了?[到至为](?:今年|本年|当年|(20\d\d)年)?度?的?\s*"
)
"""由2022年的78件下降至63件: last year's number and this year's."""
_COMPARES_YEARS = pattern_of(r"同比|(?:与|较|比|同)(?:[去上]一?年|20\d\d年)")
_PERCENTAGES = ("%", "％", "个百分点")
_TIMES = "次期"
_REMEMBERED = 1 << 12


def timed(found: Sequence[Mention], year: int | None) -> Iterator[tuple[Mention, Mention | None, str]]:
    """Each number of a line with the one that follows it and its period, as `period_of` gives it.

    Where two tell a change, 申请由2022年的78件下降至63件, both are about what stands in front of the first.
    """
    changed_from: Mention | None = None
    for mention, following in zip_longest(found, found[1:]):
        if changed_from is not None:
            yield _about_the_same(changed_from, mention), following, _periods_of_change(changed_from, mention, year)[1]
            changed_from = None
        elif following is not None and _tell_a_change(mention, following):
            changed_from = mention
            yield _about_the_same(mention, mention), following, _periods_of_change(mention, following, year)[0]
        else:
            yield mention, following, period_of(mention, year)


def _tell_a_change(before: Mention, after: Mention) -> bool:
    return before.unit == after.unit and bool(_FROM.search(before.lead) and _TO.fullmatch(after.lead))


def _about_the_same(before: Mention, mention: Mention) -> Mention:
    return replace(mention, lead=_FROM.sub("", before.lead))


def _periods_of_change(before: Mention, after: Mention, year: int | None) -> tuple[str, str]:
    """The periods of the number that a change begins with and of the one it ends with."""
    since, until = _FROM.search(before.lead), _TO.fullmatch(after.lead)
    named, reached = since and since[2], until and until[1]
    if named and year is not None:
        from_last_year = int(named) == year - 1
    else:
        from_last_year = bool(named or (since and since[1]) or _compares_years(before))
    to_this_year = int(reached) == year if reached and year is not None else from_last_year
    return "last_year" if from_last_year else "other", "this_year" if to_this_year else "other"


def _compares_years(mention: Mention) -> bool:
    """Whether a sentence tells a change from year to year, not from one half of a year to the other."""
    return _COMPARES_YEARS.search(mention.sentence) is not None and not _PART_OF_YEAR.search(mention.sentence)


def period_of(mention: Mention, year: int | None) -> str:
    """The period of a claim, or `other` for a number of another time. `year` is the reporting year."""
    lead = mention.lead
    if mention.unit in _PERCENTAGES:
        if _CHANGE.search(lead):
            compared = _COMPARED_WITH.search(lead)
            other_year = compared is not None and year is not None and int(compared[1]) != year - 1
            return "other" if other_year or mention.unit == "个百分点" else "change"
        return "share" if _SHARE.search(lead) else "other"
    amount = _COMPARED_AMOUNT.fullmatch(lead) if _CHANGES.match(mention.tail) else compared_aside(mention)
    if amount:
        return "last_year" if year is None or amount[1] in (None, str(year - 1)) else "other"
    said = _time_said(lead)
    if mention.unit[0] in _TIMES and _EVERY_SO_OFTEN.search(lead):
        return "other"
    if said.other or _CHANGES.match(mention.tail) or _of_several_years(mention.sentence, lead, year):
        return "other"
    if _OPENS_WITH_PART_OF_YEAR.search(mention.sentence):
        return "other"
    years = said.years or frozenset(_years(_outside_brackets(mention))[-1:])
    if said.last_year or (year is not None and years == {year - 1} and not said.carried):
        return "last_year"
    if year is not None and years and year not in years and not said.carried:
        return "other"
    return "this_year"


def compared_aside(mention: Mention) -> re.Match[str] | None:
    """Whether a number alone in brackets is the one compared with: 比2022年（31件）下降29%. Group 1 is its year."""
    return _COMPARED_ASIDE.search(mention.before) if mention.aside and not mention.lead.strip() else None


def _outside_brackets(mention: Mention) -> str:
    """The sentence up to the number; a year in brackets, 受理46件（2022年36件）, is of what stands there alone.

    So is the year of the first number of a change: 由2022年的78件下降至63件，其中……
    """
    sentence = mention.sentence
    if mention.aside or "20" not in sentence:
        return sentence
    return _WHAT_A_CHANGE_BEGINS_WITH.sub("", _IN_BRACKETS.sub("", sentence))


@dataclass(frozen=True, slots=True)
class _TimeSaid:
    """What the words before a number say of when: of a change or a plan, of the last year, the years they name."""

    other: bool
    last_year: bool
    carried: bool
    years: frozenset[int]


@lru_cache(maxsize=_REMEMBERED)
def _time_said(lead: str) -> _TimeSaid:
    carried = _CARRIED_ON.search(lead) is not None
    other = _CHANGE.search(lead) or _PART_OF_YEAR.search(lead) or (not carried and _PLAN.search(lead))
    last_year = _LAST_YEAR.search(lead) and not _CARRIED.search(lead)
    return _TimeSaid(bool(other), bool(last_year), carried, frozenset(_years(lead)))


def _of_several_years(sentence: str, lead: str, year: int | None) -> bool:
    if "以来" in sentence:
        since = _SINCE.search(sentence)
        if since and since[1] != str(year):
            return True
    if "历年" not in lead and "分别" not in sentence and _years(lead) == [year]:
        return False  # 历年累计公开900条，2023年公开100条
    may_say_so = any(word in sentence for word in ("分别", "历年", "近", "连续"))
    return may_say_so and _SEVERAL_YEARS.search(sentence) is not None


def _years(text: str) -> list[int]:
    return list(map(int, _YEAR.findall(text))) if "20" in text else []
