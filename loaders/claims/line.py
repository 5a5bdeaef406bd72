"""The numbers of one line, each with what it is about, be it what the number before was about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from loaders.claims.answers import is_of_one_way_answered, is_of_some_answered
from loaders.claims.applications import (
    CARRIED_IN,
    CARRIED_OUT,
    DECIDED,
    GRANTED,
    NEW,
    application_of,
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
    are_of_all_kinds,
    dispute_named,
    dispute_of,
    is_without_those_of_before,
    names_dispute,
    names_other_disputes,
    result_of,
)
from loaders.claims.mentions import Mention, mentions
from loaders.claims.periods import compared_aside, timed
from loaders.claims.publication import FEE_AMOUNT, publication_of
from loaders.claims.respective import respective_figures
from loaders.patterns import pattern_of
from loaders.report import Claim, SectionReading

_COMPARED = r"(?:较|比|与)(?:[上去]一?年度?|20\d\d年度?)"
_BARE_CHANGE = pattern_of(rf"^\s*(?:[同环]比|{_COMPARED}|(?:增长|增加|上升|下降|减少|降低)了?\s*$)")
_BEHIND_AMOUNT = pattern_of(
    rf"{_COMPARED}(?:同期)?"
    r"(?:[（(][^（）()]*[)）]|的?\s*[超逾近约]?过?[\d,一二三四五六七八九十百]+\s*[余多]?[件宗条篇份](?:以上|左右)?)$"
)
"""A year compared with whose number is given: 比2022年（20件）下降25%, 较上年的20件增长5%."""
_THE_SAME_THEN = pattern_of(r"\s*(?:而|较|比|与)?(?:[去上]一?年|20\d\d年)度?(?:同期)?(?:为|是|收到|的)?\s*")
"""收到申请26件，去年21件: last year's number of what stands right before it."""

_YEAR_ALONE = pattern_of(r"\s*[、和及]?\s*20\d\d年度?(?:为|是|收到|的)?\s*")
"""收到申请2022年38件，2023年23件."""

_BY_HOW_MANY = pattern_of(
    rf"\s*(?:同比|{_COMPARED}(?:同期)?)?(?:相比)?(?:有所|共)?(?:增加|减少|增长|下降|多|少)了?\s*$"
)
"""收到申请46件，较上年增加10件，同比增长28%: the change in percent is of what stands before the change in number."""

_CAME_TO = pattern_of(r"\s*(?:(?:降|下降|减少|增|增加|增长|上升|升)[至到为]|达到?了?|为|共计?|合计)\s*")
_CHANGED = pattern_of(
    r"([^，,。；;\d]{4,}?)(?:(?:比|较|同比|与)[^，,。；;\d]{0,8})?"
    r"(?:持平|(?:增加|增长|上升|减少|下降)了?(?:[\d.,%％]+[余多]?)?)[^，,。；;\d]{0,3}[，,]$"
)

_DECREASE = pattern_of(r"下降|减少|降低|回落")
_RATE_OR_ASIDE = pattern_of(
    r"[（(][^（）()]*[)）]|20\d\d年|\d+(?:\.\d+)?\s*[%％]|(?:增加|减少|增长|下降|多|少)了?\s*[\d,]+\s*[件条宗篇份次期]"
)
_DISCLOSED_BEFORE = pattern_of(r"已(?:经)?主动公开的?[^，,。；;]{1,10}[件条]|已(?:经)?主动公开的?\d+[,，]\d+[件条]")
_ANSWERED_OTHERWISE = pattern_of("不予?公开|部分公开|无法提供|不予处理|不存在|不属于")
_INCLUDES_CARRIED_IN = pattern_of(
    r"\s*[，,（(。]?\s*(?:其中[，,：:]?|含|包括|包含)[^。；;）)]{0,24}?(?:[上去]一?年|20\d\d年)度?(?:结转|转结)"
    r"|\s*[（(](?:其中[，,：:]?|包?含|包括)?(?:本年度?|今年|当年)?新[收受接][^。；;）)]{0,16}?(?:结转|转结)(?![至到入下次])"
)
_NEW_BY_APPLICANT = NEW.removesuffix("total")
_APART_FROM = pattern_of("[^，,。；;]{0,16}外")
_LEFT_OUT = pattern_of("除去|扣除|剔除|除开")
_OF_THIS_YEAR = pattern_of("[，,（(]其中[，,：:]?(?:本年度?|今年|当年|20\\d\\d年度?)(?:新|共)?(?:收到?|受理|接)")
_ADDED_SINCE = pattern_of(
    rf"[^。；;\n]{{0,40}}{ADDED_THIS_YEAR.pattern}"
    r"|[，,；;]\s*(?:其中[，,]?)?(?:20\d\d年度?|今年|本年度?)(?:共|累计|主动)*(?:公开|发布)"
    r"|。\s*(?:20\d\d年度?|今年|本年度?|当年)[，,]?(?:我[局委办厅县市区旗镇乡])?(?:共|累计|主动|新)*(?:公开|发布)了?(?:政府|政务)?信息\s*\d"
)
_ADDED_AHEAD = pattern_of("新增[^。；;\n\\d]{0,20}\\d[^。；;\n]*$")
_ONLY_UPDATED = pattern_of(r"\s*(?:及时|共|并|另)*更新")
"""网站发布信息55条，更新信息5条."""
_MAY_BE_OF_DISPUTES = frozenset((CARRIED_IN, CARRIED_OUT, DECIDED))
"""What both applications and disputes are counted by."""
_JOINING = tuple("、和及与")
_BETWEEN = " 、,，和及与"
_PUBLICATION_UNITS = frozenset("条篇次期")


def claims_of_line(line: str, offset: int, aspect: str, section: SectionReading, year: int | None) -> Iterator[Claim]:
    """The claims of a line that begins at character `offset` of its section, under a heading on `aspect`."""
    said = _Said(line, offset, aspect, year)
    for mention, following, period in timed(list(mentions(line, offset)), year):
        if period in ("change", "share"):
            about = said.subject_of_rate(mention, period)
        else:
            about = said.subject_of_amount(mention, following, period)
        if about and period != "other":
            yield _claim(about, mention, period, section)
    yield from denials(line, offset, section, year)


def _claim(about: str, mention: Mention, period: str, section: SectionReading) -> Claim:
    value = _in_unit_of(about, mention)
    if period == "change" and _DECREASE.search(mention.lead):
        value = -value
    quote = section.text[mention.start : mention.end]
    return Claim(about, value, quote, section.section, mention.start, mention.end, mention.exact, period)


def _in_unit_of(about: str, mention: Mention) -> float:
    """The number as the form counts it: fees in 万元, all else as it stands."""
    return round(mention.value / 1e4, 6) if about == FEE_AMOUNT and mention.unit == "元" else mention.value


@dataclass(slots=True)
class _Said:
    """What a line has said so far."""

    line: str
    offset: int
    aspect: str
    year: int | None
    about: str = ""
    """Subject of the last number that had one, and `end`, where it ends in the line."""
    end: int = 0
    about_just_before: str = ""
    """Subject of the last number, where it had one."""
    respective: list[str] = field(default_factory=list)
    """What the numbers to come are about, in this order: 规章、规范性文件分别为2件、8件."""
    of_both: bool = False
    """复议1件、诉讼2件，其中维持2件: of which of them is not said."""
    of_all_kinds: str = ""
    """复议24件，其中信息公开类6件: what the next number counts of what the last one counted of all kinds."""
    with_carried_in: int | None = None
    """Where the last number of applications received ends, if it counts those of the year before too."""

    def subject_of_rate(self, mention: Mention, period: str) -> str:
        """What a change or a share is one of, or nothing."""
        between = self._since_before(mention)
        goes_on = period == "share" or not re.search("[。；;]", between)
        other_number = re.search(r"\d", _RATE_OR_ASIDE.sub("", between))
        before = self.about_just_before if goes_on and not other_number else ""
        return _change_subject(mention, before) if period == "change" else share_of(mention.lead, before)

    def subject_of_amount(self, mention: Mention, following: Mention | None, period: str) -> str:
        """The figure or channel that a number is about, or nothing. The numbers to come may go on with it."""
        about = self._in_its_place(mention, _subject(mention, self.aspect, self.about, self.year))
        about, self.of_all_kinds = self.of_all_kinds or about, ""
        then = period == "last_year" and (_THE_SAME_THEN.fullmatch(mention.lead) or compared_aside(mention))
        if (then or _YEAR_ALONE.fullmatch(mention.lead)) and not about:
            about = self.about_just_before
        if about and self._is_in_doubt(about, mention, following):
            about = ""
        about = self._of_dispute(mention, about)
        disputed = about or (dispute_named(mention.lead, mention.tail) if names_dispute(mention) else "")
        claimed = "" if disputed.startswith("litigation.") and self._is_not_the_forms(mention, disputed) else about
        if not mention.aside and not _BY_HOW_MANY.match(mention.lead):
            self.about_just_before = claimed
            if about:
                self.about, self.end = about, self._behind(mention)
        return claimed

    def _is_not_the_forms(self, mention: Mention, about: str) -> bool:
        """Whether a number counts more or fewer disputes than the form asks for, which the next one may tell."""
        behind = self.line[self._behind(mention) :]
        if are_of_all_kinds(behind):
            self.of_all_kinds = about
            return True
        return is_without_those_of_before(mention.lead, behind)

    def _behind(self, mention: Mention) -> int:
        return mention.end - self.offset

    def _since_before(self, mention: Mention) -> str:
        """What stands between the last number that had a subject and this one."""
        return self.line[self.end : mention.start - self.offset]

    def _in_its_place(self, mention: Mention, about: str) -> str:
        """The subject of a number in a row of several: 微信、微博分别发布12条、3条."""
        if "分别" in mention.lead:
            named = [each for each, _, _ in channels_in_order(mention.lead)] or respective_figures(mention.lead)
            about, *self.respective = named if len(named) > 1 else [about]
        elif self.respective and not mention.lead.strip(_BETWEEN):
            about = self.respective.pop(0)
        return about

    def _is_in_doubt(self, about: str, mention: Mention, following: Mention | None) -> bool:
        """Whether a number may be something else than what it seems to be about."""
        apart = "除" in mention.lead and _APART_FROM.match(self.line, self._behind(mention))
        if _LEFT_OUT.search(mention.lead):
            return True
        if apart and about != CARRIED_OUT:
            return True  # 除上年遗留的1件外，未发生行政诉讼; 除1件结转下年度外 says how many went on
        if about.startswith("channel."):
            return self._is_doubtful_channel(about, mention, following)
        return about.startswith("applications.") and self._is_doubtful_application(about, mention, following)

    def _is_doubtful_channel(self, about: str, mention: Mention, following: Mention | None) -> bool:
        if is_part_of_the_same(about, self.about, self._since_before(mention)):
            return True
        if is_one_kind_of_several(mention, following):
            return True
        if about == self.about and _ONLY_UPDATED.match(mention.lead):
            return True
        if about == ALL_CHANNELS and is_part_open_to_all(following) and not is_part_open_to_all(mention):
            return True  # with what was given on request
        if "累计" not in mention.lead:
            return False
        # Of all years, with this year's number behind it or in front of it.
        ahead = about == ALL_CHANNELS and _ADDED_AHEAD.search(mention.before)
        return bool(ahead or _ADDED_SINCE.match(self.line, self._behind(mention)))

    def _is_doubtful_application(self, about: str, mention: Mention, following: Mention | None) -> bool:
        if about == GRANTED and _DISCLOSED_BEFORE.search(self.line):
            return True  # the form counts what had been published among what was granted
        if about == GRANTED and mention.own == "公开答复" and not _ANSWERED_OTHERWISE.search(self.line):
            return True  # 收到276件，公开答复274件: those granted, or all that were answered
        if is_of_one_way(mention, following) or (about == DECIDED and is_without_those_refused(mention, following)):
            return True
        if about == DECIDED and is_of_some_answered(mention, self.line[self._behind(mention) :]):
            return True
        if about == self.about == DECIDED and is_of_one_way_answered(mention):
            return True  # 答复66件，当场答复5件
        if about == NEW and "累计" in mention.lead and _OF_THIS_YEAR.match(self.line, self._behind(mention)):
            return True  # 累计收到申请55件，其中2023年收到12件
        if about == NEW:  # what came in and what was carried in
            end = self._behind(mention)
            self.with_carried_in = end if _INCLUDES_CARRIED_IN.match(self.line, end) else None
            return self.with_carried_in is not None
        if self.with_carried_in is None or not about.startswith(_NEW_BY_APPLICANT) or "新" in mention.lead:
            return False
        # 收到申请46件（含上年结转4件），其中自然人40件
        return "。" not in self.line[self.with_carried_in : mention.start - self.offset]

    def _of_dispute(self, mention: Mention, about: str) -> str:
        """The result of a dispute named before, where a number counts one, else what it is about."""
        disputed = self.about.startswith("litigation.")
        if disputed and (not about or not DISPUTE_CAUSE.search(mention.lead)):
            about = ("" if self.of_both else result_of(mention, self.about)) or about
            if about in _MAY_BE_OF_DISPUTES and not re.search("申请|。", mention.lead + self._since_before(mention)):
                about = ""  # 新收行政复议4件，上年结转1件
            if not about and names_other_disputes(mention, self.about):
                self.about = ""  # what follows is of these
        elif about.startswith("litigation."):
            self.of_both = disputed and mention.lead.lstrip()[:1] in _JOINING
        return about


def _subject(mention: Mention, aspect: str, about_before: str, year: int | None) -> str:
    """The figure or channel that the number is about, or nothing."""
    published = publication_of(mention, about_before)
    if published is not None:
        return published
    if names_dispute(mention):
        return dispute_of(mention, aspect)
    about = application_of(mention, aspect, year)
    if about:
        return about
    changed = _what_changed(mention)
    if changed is not None:
        return _subject(changed, aspect, about_before, year)
    unit = mention.unit
    of_pieces = unit[0] in _PUBLICATION_UNITS or unit == "件" or is_of_films(mention)
    if of_pieces and aspect not in ("applications", "disputes"):
        return channel_of(mention)
    return ""


def _what_changed(mention: Mention) -> Mention | None:
    """A number that is told behind its change, as if it stood in front: 行政复议较上年减少3件，降至2件."""
    clause = _CHANGED.search(mention.before.removesuffix(mention.lead)) if _CAME_TO.fullmatch(mention.lead) else None
    if clause is None:
        return None
    cut = len(mention.before) - clause.end(1)
    return replace(mention, lead=clause[1], sentence=mention.sentence[:-cut], before=mention.before[:-cut])


def _change_subject(mention: Mention, about_before: str) -> str:
    """What has changed: what the clause itself names, or the number before where it names nothing."""
    if _BARE_CHANGE.match(mention.lead) or _BEHIND_AMOUNT.search(mention.before[: -len(mention.lead) or None]):
        return about_before
    if DISPUTE_CAUSE.search(mention.lead):
        return dispute_named(mention.lead, "")
    return NEW if is_amount_received(mention.lead) else ""
