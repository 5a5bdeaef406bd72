"""Numbers that the narrative states about what the tables hold too, and publication counts by channel.

Each number with a counting word is judged by what stands in front of it in its clause (the lead), right behind it
(the tail), and by the aspect of the paragraph it is in. A number whose subject is in doubt is no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from loaders.claims.applications import (
    DECIDED,
    GRANTED,
    NEW,
    application_of,
    is_amount_after_change,
    is_amount_received,
    is_of_one_way,
    is_without_those_refused,
    share_of,
)
from loaders.claims.channels import (
    ADDED_THIS_YEAR,
    ALL_CHANNELS,
    channel_of,
    channels_in_order,
    is_of_films,
    is_one_kind_of_several,
    is_part_of_the_same,
    is_part_open_to_all,
)
from loaders.claims.denials import denials
from loaders.claims.disputes import (
    DISPUTE_CAUSE,
    dispute_named,
    dispute_of,
    names_dispute,
    names_other_disputes,
    result_of,
)
from loaders.claims.mentions import Mention, mentions
from loaders.claims.periods import compared_aside, period_of
from loaders.claims.publication import FEE_AMOUNT, publication_of
from loaders.claims.respective import respective_figures
from loaders.report import Claim, SectionReading

_SUBHEADING = re.compile(r"^\s*[（(]?[一二三四五六七八九十\d]+[)）、.．]")
_ITEM = re.compile(r"^\s*[一二三四五六七八九十]是")
_HEAD_END = re.compile("[。：:；;]")
_COMPARED = r"(?:较|比|与)(?:[上去]一?年度?|20\d\d年度?)"
_BARE_CHANGE = re.compile(rf"^\s*(?:[同环]比|{_COMPARED}|(?:增长|增加|上升|下降|减少|降低)了?\s*$)")
_BEHIND_AMOUNT = re.compile(
    rf"{_COMPARED}(?:同期)?"
    r"(?:[（(][^（）()]*[)）]|的?\s*[超逾近约]?过?[\d,一二三四五六七八九十百]+\s*[余多]?[件宗条篇份](?:以上|左右)?)$"
)
"""A year compared with whose number is given: 比2022年（20件）下降25%, 较上年的20件增长5%."""
_THE_SAME_THEN = re.compile(r"\s*(?:而|较|比|与)?(?:[去上]一?年|20\d\d年)度?(?:同期)?(?:为|是|收到|的)?\s*")
"""收到申请26件，去年21件: last year's number of what stands right before it."""

_BY_HOW_MANY = re.compile(
    rf"\s*(?:同比|{_COMPARED}(?:同期)?)?(?:相比)?(?:有所|共)?(?:增加|减少|增长|下降|多|少)了?\s*$"
)
"""收到申请46件，较上年增加10件，同比增长28%: the change in percent is of what stands before the change in number."""

_DECREASE = re.compile(r"下降|减少|降低|回落")
_RATE_OR_ASIDE = re.compile(
    r"[（(][^（）()]*[)）]|20\d\d年|\d+(?:\.\d+)?\s*[%％]|(?:增加|减少|增长|下降|多|少)了?\s*[\d,]+\s*[件条宗篇份次期]"
)
_DISCLOSED_BEFORE = re.compile(r"已(?:经)?主动公开的?[^，,。；;]{1,10}[件条]|已(?:经)?主动公开的?\d+[,，]\d+[件条]")
_INCLUDES_CARRIED_IN = re.compile(
    r"\s*[，,（(。]?\s*(?:其中[，,：:]?|含|包括|包含)[^。；;）)]{0,24}?(?:[上去]一?年|20\d\d年)度?(?:结转|转结)"
)
_APART_FROM = re.compile("[^，,。；;]{0,16}外")
_ADDED_SINCE = re.compile(rf"[^。；;\n]{{0,40}}{ADDED_THIS_YEAR.pattern}")
_ADDED_AHEAD = re.compile("新增[^。；;\n\\d]{0,20}\\d[^。；;\n]*$")
_NEWLY = re.compile("新收|新接|新受理|新增|本年度?新")
_CAME_IN = re.compile("收到|接到|接收")
_ACCEPTED = re.compile("受理")
_DENIAL = re.compile("[未没无]")
_JOINING = tuple("、和及与")
_BETWEEN = " 、,，和及与"
_SENTENCE_END = re.compile("[。；;\n]")
_LEAD = 12
_PUBLICATION_UNITS = frozenset("条篇次期")


def read_claims(sections: Sequence[SectionReading], year: int | None = None) -> list[Claim]:
    """The claims of all sections, in reading order. `year` is the reporting year, to tell other years' numbers."""
    claims: list[Claim] = []
    for section in sections:
        if section.section in (1, 2, 3, 4):
            said: list[Claim] = []
            for start, line, aspect in _lines(section):
                found = list(_claims_of_line(line, start, aspect, section, year))
                said.extend(_without_rivals(found, section.text) if len(found) > 1 else found)
            claims.extend(_without_parts_of_all(said))
    return claims


def _without_parts_of_all(claims: list[Claim]) -> list[Claim]:
    """Of all that was published there is one number; a later and smaller one counts what was added on some occasion."""
    totals = [each for each in claims if each.about == ALL_CHANNELS and each.period == "this_year"]
    if len(totals) < 2:
        return claims
    parts = {id(each) for each in totals[1:] if each.value < totals[0].value}
    return [each for each in claims if id(each) not in parts]


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


def _claims_of_line(line: str, offset: int, aspect: str, section: SectionReading, year: int | None) -> Iterator[Claim]:
    about_before, before_end, about_just_before = "", 0, ""
    respective: list[str] = []
    of_both = False  # 复议1件、诉讼2件，其中维持2件: of which of them is not said
    found = list(mentions(line, offset))
    for mention, following in zip_longest(found, found[1:]):
        period = period_of(mention, year)
        if period in ("change", "share"):
            other_number = re.search(r"\d", _RATE_OR_ASIDE.sub("", line[before_end : mention.start - offset]))
            goes_on = period == "share" or not re.search("[。；;]", line[before_end : mention.start - offset])
            named_before = about_just_before if goes_on and not other_number else ""
            changed = period == "change"
            about = _change_subject(mention, named_before) if changed else share_of(mention.lead, named_before)
        else:
            about = _subject(mention, aspect, about_before, year)
            if "分别" in mention.lead:
                named = [each for each, _, _ in channels_in_order(mention.lead)] or respective_figures(mention.lead)
                about, *respective = named if len(named) > 1 else [about]
            elif respective and not mention.lead.strip(_BETWEEN):
                about = respective.pop(0)
            then = period == "last_year" and (_THE_SAME_THEN.fullmatch(mention.lead) or compared_aside(mention))
            if then and not about:
                about = about_just_before
            if about.startswith("channel."):
                own_part = is_part_of_the_same(about, about_before, line[before_end : mention.start - offset])
                about = "" if own_part or is_one_kind_of_several(mention, following) else about
            if about == ALL_CHANNELS and is_part_open_to_all(following) and not is_part_open_to_all(mention):
                about = ""  # with what was given on request
            if about == GRANTED and _DISCLOSED_BEFORE.search(line):
                about = ""  # the form counts what had been published among what was granted
            if (
                about.startswith("channel.")
                and "累计" in mention.lead
                and _ADDED_SINCE.match(line, mention.end - offset)
            ):
                about = ""  # of all years; this year's number follows
            if about == ALL_CHANNELS and "累计" in mention.lead and _ADDED_AHEAD.search(mention.before):
                about = ""  # of all years, behind this year's number
            if about.startswith("applications.") and is_of_one_way(mention, following):
                about = ""
            if about == DECIDED and is_without_those_refused(mention, following):
                about = ""
            if "除" in mention.lead and _APART_FROM.match(line, mention.end - offset):
                about = ""  # 除上年遗留的1件外，未发生行政诉讼
            if about == NEW and _INCLUDES_CARRIED_IN.match(line, mention.end - offset):
                about = ""  # what came in and what was carried in, together
            disputed = about_before.startswith("litigation.")
            if disputed and (not about or not DISPUTE_CAUSE.search(mention.lead)):
                about = ("" if of_both else result_of(mention, about_before)) or about
                if not about and names_other_disputes(mention, about_before):
                    about_before = ""  # what follows is of these
            elif about.startswith("litigation."):
                of_both = disputed and mention.lead.lstrip()[:1] in _JOINING
            if not mention.aside and not _BY_HOW_MANY.match(mention.lead):
                about_just_before = about
                about_before, before_end = (about, mention.end - offset) if about else (about_before, before_end)
        if not about or period == "other":
            continue
        value = _in_unit_of(about, mention)
        if period == "change" and _DECREASE.search(mention.lead):
            value = -value
        quote = section.text[mention.start : mention.end]
        yield Claim(about, value, quote, section.section, mention.start, mention.end, mention.exact, period)
    yield from denials(line, offset, section, year)


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


def _in_unit_of(about: str, mention: Mention) -> float:
    """The number as the form counts it: fees in 万元, all else as it stands."""
    return round(mention.value / 1e4, 6) if about == FEE_AMOUNT and mention.unit == "元" else mention.value


def _subject(mention: Mention, aspect: str, about_before: str, year: int | None) -> str:
    """The figure or channel that the number is about, or nothing."""
    published = publication_of(mention, about_before)
    if published is not None:
        return published
    if names_dispute(mention):
        return dispute_of(mention, aspect)
    about = application_of(mention, aspect, year) or (NEW if is_amount_after_change(mention) else "")
    if about:
        return about
    unit = mention.unit
    of_pieces = unit[0] in _PUBLICATION_UNITS or unit == "件" or is_of_films(mention)
    if of_pieces and aspect not in ("applications", "disputes"):
        return channel_of(mention)
    return ""


def _change_subject(mention: Mention, about_before: str) -> str:
    """What has changed: what the clause itself names, or the number before where it names nothing."""
    if _BARE_CHANGE.match(mention.lead) or _BEHIND_AMOUNT.search(mention.before[: -len(mention.lead) or None]):
        return about_before
    if DISPUTE_CAUSE.search(mention.lead):
        return dispute_named(mention.lead, "")
    return NEW if is_amount_received(mention.lead) else ""
