"""Numbers that the narrative states about what the tables hold too, and publication counts by channel.

Each number with a counting word is judged by what stands in front of it in its clause (the lead), right behind it
(the tail), and by the aspect of the paragraph it is in. A number whose subject is in doubt is no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.channels import channel_of, channels_in_order
from loaders.denials import denials
from loaders.mentions import Mention, mentions
from loaders.report import Claim, SectionReading

_SUBHEADING = re.compile(r"^\s*[（(]?[一二三四五六七八九十\d]+[)）、.．]")
_ITEM = re.compile(r"^\s*[一二三四五六七八九十]是")
_YEAR = re.compile(
    r"(?<![较比与同])(?<!结转)(?<!转结)(?<!结转[至到入])(?<!转结[至到入])(20\d\d)\s*年(?!度?(?:结转|转结))"
)
"""A year that says when; not one that something is compared with, carried in from or carried on to."""

_LAST_YEAR = re.compile(r"去年|上一?年(?!度?(?:结转|转结|遗留))|往年|同期")
_PLAN = re.compile(r"下一年|明年|下年度?|计划|拟|力争|将(?:继续|新|再)")
_CHANGE = re.compile(r"(同比|环比|较上年|比上年|较去年|比去年|与上年|与去年|增长|增加|上升|提高|下降|减少|降低)")
_BARE_CHANGE = re.compile(r"^\s*(?:同比|环比|较上年|比上年|较去年|比去年|与上年|与去年)")
_CHANGES = re.compile(r"\s*[，,]?(?:的)?(?:增|降|减)")
_CARRIED = re.compile(r"结转|转结|遗留")
_RECEIVED_AMOUNT = re.compile(r"申请(?:数?量|件数|总量|总数)|(?:收到|受理|新收|接收).{0,10}申请")
_DECREASE = re.compile(r"下降|减少|降低|回落")
_SHARE = re.compile(r"占|比例|率")
_NEW, _GRANTED = "applications.new.total", "applications.granted.total"
_DISCLOSED_BEFORE = re.compile(r"已(?:经)?主动公开的?\s*\d+\s*[件条]")
_INCLUDES_CARRIED_IN = re.compile(
    r"\s*[，,（(。]?\s*(?:其中[，,：:]?|含|包括|包含)[^。；;）)]{0,24}?(?:[上去]一?年|20\d\d年)度?(?:结转|转结)"
)
_NEWLY = re.compile("新收|新接|新受理|新增|本年度?新")
_CAME_IN = re.compile("收到|接到|接收")
_DENIAL = re.compile("[未没无]")
_JOINING = tuple("、和及与")
_BETWEEN = " 、,，和及与"
_ALL_OF_THEM = ("均", "已", "全部", "按")
_SENTENCE_END = re.compile("[。；;\n]")
_LEAD = 12
_REMEMBERED = 1 << 12
"""Clauses around numbers: from report to report most are worded alike."""
_ALREADY_ANSWERED = re.compile(r"(?:均|已|全部)(?![^，,。；;]{0,8}(?:延期|逾期|超期|未)).{0,12}(?:答复|办结|办复|回复)")

_OTHER_APPLICATIONS = re.compile(r"许可申请|复议申请|补助申请|救助申请|低保|贷款|专利|商标|调解|仲裁|听证|申报")
_OTHER_MATTERS = re.compile(r"热线|12345|信箱|留言|信访|咨询|投诉|建议|提案|议案|来信|来访|工单|诉求|舆情")
_FOR_OTHERS = re.compile(r"配合|协助|协查|不予受理|未予受理|转办|代(?:表|为|理)?[省市州盟区县旗]?(?:人民)?政府")
_BY_WAY = re.compile(r"网络|网上|信函|来信|邮寄|邮件|传真|当面|现场|平台申请|在线|电话|窗口|电子")
_RECEIVED = re.compile(r"收到|受理|接收|接到|接受|新收|收件|登记|收悉|办理|处理")
_APPLICATION = re.compile(r"依申请|信息(?:公开)?(?:的)?申请|公开申请|申请公开|信息公开(?:事项|申请)|要求公开")
_PLAIN_RECEIPT = re.compile(r"(?:收到|受理|接到|接收)(?:到|了)?(?:公众|群众|社会|各类|书面|公民)?(?:的)?申请")
_OUTCOMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "carried_out",
        re.compile(r"(?:结转|转结)(?:至|到|入)?(?:下|次|20\d\d)|转下(?:一)?年|尚(?:未办结|在办理)|未办结|^\s*继续办理"),
    ),
    ("carried_in", re.compile(r"(?:上|去|前)(?:一)?年度?(?:结转|转结|遗留)|结转上(?:一)?年|20\d\d年(?:度)?结转")),
    ("partial", re.compile(r"部分公开")),
    ("denied", re.compile(r"不予公开|不公开")),
    ("unavailable", re.compile(r"无法提供|(?:信息)?不存在|不掌握")),
    ("rejected", re.compile(r"不予处理")),
    ("misc", re.compile(r"其他处理")),
    ("granted", re.compile(r"予以公开|同意公开|全部公开|^\s*公开\s*$")),
    ("total", re.compile(r"办结|答复|回复|办复|办理完毕|处理完毕|办理完结|已(?:经|全部)?(?:处理|办理)")),
)
_APPLICANTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("person", re.compile(r"自然人|公民|个人")),
    ("business", re.compile(r"商业企业")),
    ("research", re.compile(r"科研机构")),
    ("nonprofit", re.compile(r"社会公益组织")),
    ("legal", re.compile(r"法律服务机构")),
)
_RESULTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("upheld", re.compile(r"维持")),
    ("corrected", re.compile(r"纠正")),
    ("pending", re.compile(r"(?:尚未|未)(?:审结|办结)|正在(?:审理|办理)")),
    ("other", re.compile(r"其他结果")),
)
_OF_DISCLOSURE = re.compile("信息公开|公开(?:政府|政务)?信息|申请公开|公开申请|依申请")
_HANDLED = re.compile("办理|审理|审结|受理|立案|化解|代理|承办")
"""An agency may handle reconsiderations of all kinds; the form asks for those about disclosure."""
_PAPERS = re.compile("决定书|典型|案例|文书|判决书")
_DISPUTE_CAUSE = re.compile(r"复议|诉讼|起诉")
_REVIEW = re.compile(r"复议")
_LAWSUIT = re.compile(r"诉讼|起诉|应诉")
_AFTER_REVIEW = re.compile(r"复议后(?:提?起诉|诉讼)|经复议后")
_DIRECT = re.compile(r"未经复议|直接起诉|直接提起")
_NORMATIVE = "规范性文件"
_REGULATION = re.compile(r"(?<!法律)(?<!法律法规)规章")
_ISSUED = re.compile(r"制发|制定|出台|印发|制作|起草并印发|新增|发文")
_REPEALED = re.compile(r"废止|失效|废除")
_IN_FORCE = re.compile(r"现行有效|继续有效|保留")
_LEADING_FATE = re.compile(
    r"\s*、?(?:本年|全年|其中|目前|截[至止]20\d\d年(?:年?底|末|12月31日)?)?(?:废止|失效|现行有效|继续有效)"
)
_NOT_ISSUING = re.compile(r"清理|审查|审核|备案|解读|转发|转载|上级|学习|公开|公布|发布|评估|修改|修订")
_DECISIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "publication.licensing.decisions",
        re.compile(r"(?:作出|办理|办结|完成|实施|核发).{0,6}行政许可(?!事项)|行政许可类?(?:处理)?决定"),
    ),
    (
        "publication.penalty.decisions",
        re.compile(r"(?:作出|办理|办结|实施|下达).{0,6}行政处罚(?!事项)|行政处罚类?(?:处理)?决定"),
    ),
    (
        "publication.coercion.decisions",
        re.compile(r"(?:作出|实施|采取).{0,6}行政强制(?!事项)|行政强制类?(?:处理)?决定"),
    ),
)
_FEES = re.compile(
    r"(?<!减免)(?<!免征)(?<!免收)(?<!降低)行政事业性收费(?:总?金额|收入|总额|共计?|总计|合计|为|计)*\s*$"
)
_FEE_AMOUNT = "publication.fees.amount"
_RATE_OR_ASIDE = re.compile(r"[（(][^（）()]*[)）]|\d+(?:\.\d+)?\s*[%％]")
_PUBLICATION_UNITS = frozenset("条篇次期")
_DOCUMENT_UNITS = frozenset("件份个项部条")
_CASE_UNITS = frozenset((*"件宗起例条次", "件次"))


def read_claims(sections: Sequence[SectionReading], year: int | None = None) -> list[Claim]:
    """The claims of all sections, in reading order. `year` is the reporting year, to tell other years' numbers."""
    claims: list[Claim] = []
    for section in sections:
        if section.section in (1, 2, 3, 4):
            for start, line, aspect in _lines(section):
                found = list(_claims_of_line(line, start, aspect, section, year))
                claims.extend(_without_rivals(found, section.text) if len(found) > 1 else found)
    return claims


def _lines(section: SectionReading) -> Iterator[tuple[int, str, str]]:
    """Each line with its start and the aspect that the last heading above it named."""
    aspect = usual = {3: "applications", 4: "disputes"}.get(section.section, "")
    start, of_item = 0, False
    for line in section.text.split("\n"):
        heading = _SUBHEADING.match(line)
        if heading or _ITEM.match(line):
            head, named = line[:24], aspect
            if "依申请" in head:
                aspect = "applications"
            elif "主动公开" in head:
                aspect = "publication"
            elif _DISPUTE_CAUSE.search(head):
                aspect = "disputes"
            elif heading or of_item:  # an item ends what an item began, not what a heading did
                aspect = usual
            of_item = not heading and (of_item or aspect != named)
        yield start, line, aspect
        start += len(line) + 1


def _claims_of_line(line: str, offset: int, aspect: str, section: SectionReading, year: int | None) -> Iterator[Claim]:
    about_before, before_end = "", 0
    respective: list[str] = []
    of_both = False  # 复议1件、诉讼2件，其中维持2件: of which of them is not said
    for mention in mentions(line, offset):
        period = _period(mention, year)
        if period in ("change", "share"):
            other_number = re.search(r"\d", _RATE_OR_ASIDE.sub("", line[before_end : mention.start - offset]))
            goes_on = period == "share" or not re.search("[。；;]", line[before_end : mention.start - offset])
            named_before = about_before if goes_on and not other_number else ""
            about = (_change_subject if period == "change" else _share_subject)(mention, named_before)
        else:
            about = _subject(mention, aspect)
            if "分别" in mention.lead:
                named = [each for each, _, _ in channels_in_order(mention.lead)]
                about, *respective = named if len(named) > 1 else [about]
            elif respective and not mention.lead.strip(_BETWEEN):
                about = respective.pop(0)
            if not about and about_before.startswith("publication.") and mention.lead.startswith("、"):
                about = _same_of_other_documents(mention, about_before)
            if about == _GRANTED and _DISCLOSED_BEFORE.search(line):
                about = ""  # the form counts what had been published among what was granted
            if about == _NEW and _INCLUDES_CARRIED_IN.match(line, mention.end - offset):
                about = ""  # what came in and what was carried in, together
            if about_before and (not about or not _DISPUTE_CAUSE.search(mention.lead)):
                about = ("" if of_both else _result_of(mention, about_before)) or about
            elif about.startswith("litigation."):
                of_both = about_before.startswith("litigation.") and mention.lead.lstrip()[:1] in _JOINING
            if about and not mention.aside:
                about_before, before_end = about, mention.end - offset
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
    rivals = [
        each
        for each in claims
        if each.about == _NEW and each.period == "this_year" and _DENIAL.match(each.quote) is None
    ]
    if len({each.value for each in rivals}) < 2 or _SENTENCE_END.search(text, rivals[0].end, rivals[-1].start):
        return claims
    leads = {id(each): text[max(0, each.start - _LEAD) : each.start] for each in rivals}
    kept = [each for each in rivals if _NEWLY.search(leads[id(each)])]
    kept = kept or [each for each in rivals if _CAME_IN.search(leads[id(each)])]
    dropped = [each for each in rivals if len(kept) != 1 or each is not kept[0]]
    return [each for each in claims if all(each is not other for other in dropped)]


def _in_unit_of(about: str, mention: Mention) -> float:
    """The number as the form counts it: fees in 万元, all else as it stands."""
    return round(mention.value / 1e4, 6) if about == _FEE_AMOUNT and mention.unit == "元" else mention.value


def _period(mention: Mention, year: int | None) -> str:
    lead = mention.lead
    if mention.unit in ("%", "％", "个百分点"):
        if _CHANGE.search(lead):
            return "change" if mention.unit != "个百分点" else "other"
        return "share" if _SHARE.search(lead) else "other"
    said = _time_said(lead)
    if said.other or _CHANGES.match(mention.tail):
        return "other"
    years = said.years or frozenset(_years(mention.sentence)[-1:])
    if said.last_year or (year is not None and years == {year - 1} and not said.carried):
        return "last_year"
    if year is not None and years and year not in years and not said.carried:
        return "other"
    return "this_year"


@dataclass(frozen=True, slots=True)
class _TimeSaid:
    """What the words before a number say of when: of a change or a plan, of the last year, the years they name."""

    other: bool
    last_year: bool
    carried: bool
    years: frozenset[int]


@lru_cache(maxsize=_REMEMBERED)
def _time_said(lead: str) -> _TimeSaid:
    carried = "结转" in lead
    other = _CHANGE.search(lead) or (not carried and _PLAN.search(lead))
    last_year = _LAST_YEAR.search(lead) and not _CARRIED.search(lead)
    return _TimeSaid(bool(other), bool(last_year), carried, frozenset(_years(lead)))


def _years(text: str) -> list[int]:
    return list(map(int, _YEAR.findall(text))) if "20" in text else []


def _subject(mention: Mention, aspect: str) -> str:
    """The figure or channel that the number is about, or nothing."""
    lead, tail, unit = mention.lead, mention.tail, mention.unit
    around = lead + "□" + tail
    if _NORMATIVE in around or ("规章" in around and _REGULATION.search(around)):
        return _document(lead, tail, unit)
    if _NORMATIVE in mention.sentence and _LEADING_FATE.match(lead):
        return _document(f"规范性文件{lead}", tail, unit)
    if unit in ("万元", "元"):
        return _FEE_AMOUNT if _FEES.search(lead) else ""
    for about, pattern in _DECISIONS:
        if "行政" in lead and unit in _CASE_UNITS and pattern.search(lead):
            return about
    if unit in _CASE_UNITS and _DISPUTE_CAUSE.search(lead + tail[:8]):
        of_others = _HANDLED.search(mention.sentence) and aspect not in ("applications", "disputes")
        if _PAPERS.search(lead) or (of_others and not _OF_DISCLOSURE.search(mention.before + tail)):
            return ""
        return _dispute(lead, tail)
    if unit in _CASE_UNITS or (unit in ("份", "项") and "申请" in lead[-8:] + tail[:10]):
        about = _application(mention, aspect)
        if about:
            return about
    if (unit[0] in _PUBLICATION_UNITS or unit == "件") and aspect not in ("applications", "disputes"):
        return channel_of(mention)
    return ""


def _document(lead: str, tail: str, unit: str) -> str:
    if unit not in _DOCUMENT_UNITS:
        return ""
    row = "normative" if _NORMATIVE in lead + tail else "rules"
    if _REPEALED.search(lead):
        return f"publication.{row}.repealed"
    if _IN_FORCE.search(lead + tail[:6]):
        return f"publication.{row}.in_force"
    if _ISSUED.search(lead) and not _NOT_ISSUING.search(lead):
        return f"publication.{row}.issued"
    return ""


def _same_of_other_documents(mention: Mention, about_before: str) -> str:
    """制定规章2件、行政规范性文件8件: what was said of the one is said of the other."""
    _, _, column = about_before.rpartition(".")
    if column not in ("issued", "repealed", "in_force") or mention.unit not in _DOCUMENT_UNITS:
        return ""
    named = re.fullmatch(r"、\s*(?:政府)?(?:(规章)|(?:行政)?规范性文件)\s*", mention.lead)
    return f"publication.{'rules' if named[1] else 'normative'}.{column}" if named else ""


def _dispute(lead: str, tail: str) -> str:
    where = lead if _DISPUTE_CAUSE.search(lead) else tail[:8]
    if where is not lead and re.match(r"\s*(?:其中|另)", lead):
        return ""  # 其中2件驳回复议请求 is a part
    review, lawsuit = bool(_REVIEW.search(where)), bool(_LAWSUIT.search(where))
    if _AFTER_REVIEW.search(where):
        row = "after_review"
    elif _DIRECT.search(where):
        row = "direct"
    elif review and lawsuit:
        return ""
    else:
        row = "review" if review else "lawsuits"
    for column, pattern in _RESULTS:
        if pattern.search(lead):
            return f"litigation.{row}.{column}"
    return f"litigation.{row}.total"


def _result_of(mention: Mention, about_before: str) -> str:
    """A result named after the number of cases it is part of: 行政复议3件，其中结果维持1件."""
    table, _, rest = about_before.partition(".")
    if table != "litigation" or mention.unit not in _CASE_UNITS:
        return ""
    behind = re.match(r"\s*(?:被|予以|结果|尚未|未|维持|纠正)", mention.tail)
    said = (
        mention.tail[:6]
        if behind and not _own(mention.lead)
        else _own(mention.lead) + (mention.tail[:4] if behind else "")
    )
    found = next((column for column, pattern in _RESULTS if pattern.search(said)), "")
    return f"litigation.{rest.rpartition('.')[0]}.{found}" if found else ""


def _own(lead: str) -> str:
    """What stands right in front of a number, without what follows the number before: 1件维持、2件纠正."""
    return lead.rpartition("、")[2].strip().removeprefix("其中")


def _application(mention: Mention, aspect: str) -> str:
    sentence = mention.sentence
    of_applications = aspect == "applications"
    in_context = of_applications or _names_application(sentence) or bool(_PLAIN_RECEIPT.search(sentence))
    named_before = in_context or _names_application(mention.before)
    amid_others = mention.tail.startswith(_ALL_OF_THEM) and _OTHER_MATTERS.search(sentence) is not None
    return _row_of_applications(mention.lead, mention.tail, of_applications, in_context, named_before, amid_others)


@lru_cache(maxsize=_REMEMBERED)
def _row_of_applications(
    lead: str, tail: str, of_applications: bool, in_context: bool, named_before: bool, amid_others: bool
) -> str:
    """The figure that the words around a number name, in a text that speaks of applications or not."""
    if _OTHER_APPLICATIONS.search(lead + tail) or _BY_WAY.search(lead):
        return ""
    names_applications = _names_application(lead + tail)
    if _PLAIN_RECEIPT.search(lead + tail) and not _REVIEW.search(lead + tail):
        names_applications = True
    if not (names_applications or in_context or named_before):
        return ""
    if len([row for row, pattern in _OUTCOMES[2:-1] if pattern.search(lead)]) > 1:
        return ""  # 予以公开和部分公开5件 is two rows together
    other_matters = (_OTHER_MATTERS.search(lead) and not _names_application(lead)) or _FOR_OTHERS.search(lead)
    own = _own(lead)
    if not _RECEIVED.search(own) and not any(pattern.search(own) for _, pattern in _OUTCOMES[2:-1]):
        behind = next((row for row, pattern in _OUTCOMES[2:-1] if pattern.match(tail)), "")
        if behind:
            return f"applications.{behind}.total"
    for row, pattern in _OUTCOMES:
        if row == "total" and (other_matters or not (names_applications or in_context)):
            continue  # 答复 and 办结 are said of much else
        named = pattern.search(lead if row in ("carried_out", "carried_in", "total") else own)
        if named or (row in ("carried_out", "partial", "denied") and pattern.search(tail[:8])):
            return f"applications.{row}.total"
    if tail.startswith(_ALL_OF_THEM) and not lead.strip(_BETWEEN):
        answered = in_context and _ALREADY_ANSWERED.match(tail) and not amid_others
        return "applications.total.total" if answered else ""
    for column, pattern in _APPLICANTS:
        if pattern.search(lead) and len(lead) <= 14:
            return f"applications.new.{column}"
    if lead.lstrip().startswith("其中") or other_matters or not (names_applications or in_context):
        return ""
    if _RECEIVED.search(lead) and (names_applications or "申请" in lead + tail or of_applications):
        return "applications.new.total"
    if re.search(r"(?:依申请公开|信息公开申请|公开申请)(?:事项|信息|件|数量|总数|数|为|共|共计|有)*\s*$", lead):
        return "applications.new.total"
    return ""


def _names_application(text: str) -> bool:
    may_name = "申请" in text or "要求公开" in text or "信息公开事项" in text
    return may_name and _APPLICATION.search(text) is not None


def _change_subject(mention: Mention, about_before: str) -> str:
    """What has changed: what the clause itself names, or the number before where it names nothing."""
    if _BARE_CHANGE.match(mention.lead):
        return about_before
    if _DISPUTE_CAUSE.search(mention.lead):
        return _dispute(mention.lead, "")
    if _OTHER_APPLICATIONS.search(mention.lead):
        return ""
    return "applications.new.total" if _RECEIVED_AMOUNT.search(mention.lead) else ""


def _share_subject(mention: Mention, about_before: str) -> str:
    """What a percentage is the share of: the outcome it names, else the number before it."""
    if re.search(r"办结率|答复率|办复率|回复率|按时", mention.lead):
        return ""
    for row, pattern in _OUTCOMES:
        if pattern.search(mention.lead):
            return f"applications.{row}.total"
    return about_before if re.search(r"占", mention.lead) else ""
