"""Reconsiderations and lawsuits that a number of the narrative is about."""

from __future__ import annotations

import re

from loaders.claims.mentions import Mention
from loaders.claims.publication import CASE_UNITS
from loaders.patterns import pattern_of

DISPUTE_CAUSE = pattern_of(r"复议|诉讼|起诉|应诉")
REVIEW = pattern_of(r"复议")
_IN_COURT_OR_BEFORE = pattern_of("复议|诉讼|起诉")
_RESULTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("upheld", pattern_of(r"维持")),
    ("corrected", pattern_of(r"纠正|纠错")),
    ("pending", pattern_of(r"(?:尚未|未)(?:审结|办结)|正在(?:[^，,。；;]{0,4}(?:机关|法院))?(?:审理|办理)")),
    ("other", pattern_of(r"其他结果")),
)
_OF_DISCLOSURE = pattern_of("信息公开|公开(?:政府|政务)?信息|申请公开|公开申请|依申请")
_HANDLED = pattern_of("办理|审理|审结|受理|立案|化解|代理|承办|(?:收到?|接到|接收)[^，,。；;]{0,8}复议申请")
"""An agency may handle reconsiderations of all kinds; the form asks for those about disclosure."""
_OF_OTHER_ACTS = pattern_of(
    r"(?:因|涉及|针对|不服)[^，,。；;公]{0,10}(?:行政行为|行政处罚|行政许可|行政执法|征收|拆迁|工伤认定)"
)
"""因具体行政行为被提起行政诉讼2件 are about something else."""
_PAPERS = pattern_of("决定书|典型|案例|文书|判决书|(?:复议|诉讼|应诉)(?:类|工作|案件|结果)*的?信息")
_FROM_BEFORE = pattern_of(r"[去上]一?年度?[^，,。；;]{0,6}(?:遗留|结转|转结|延续|未结|未审结|未办结|尚未)")
"""上年度遗留行政诉讼2件: whether the form counts them with this year's is not said."""
_NEW_ONES = pattern_of("新(?:收|增|发生|受理)")
_AND_THOSE_OF_BEFORE = pattern_of(
    r"[，,、；;（(]\s*(?:含|另有)?[去上]一?年度?[^，,。；;\d]{0,6}(?:遗留|结转|转结|延续|未结|未审结)"
)
_OF_ALL_KINDS = pattern_of(
    r"[^，,。；;、\d]{0,6}[，,（(]?\s*其中[，,：:]?(?:涉及?|因|有关|关于|属于?)?(?:政府|政务)?信息公开(?:类|方面|领域|工作)?的?"
    r"(?:行政)?(?:复议|诉讼|应诉)?(?:申请|案件|案)?(?:共|有|为|的)*\s*(?=[\d一二两三四五六七八九十约近逾超大不至多])"
)
"""办理行政复议案件24件，其中政府信息公开类6件: of all kinds, and those that the form asks for."""
_ENDED = pattern_of(r"(?:驳回|撤回|终止|不予受理|撤销|撤诉|败诉|胜诉|和解|调解)[^，,。；;、不服决起引]{0,10}$")
"""How a case ended where the form's results have no certain word for it: 驳回诉讼请求1件 is not all lawsuits."""
_BEFORE_WHOM = pattern_of(r"\s*(?:被|由|经|向|正?在)*(?:行政)?复议机关")
"""1件被复议机关撤销, 2件正在复议机关审理 tell what became of cases named before."""
_ENDED_BEHIND = pattern_of(r"\s*(?:被|已|依法|一审|二审|终审|判决|裁定|经)*(?:驳回|撤回|终止|撤销|撤诉)")

_LAWSUIT = pattern_of(r"诉讼|起诉|应诉")
_AFTER_REVIEW = pattern_of(r"复议后(?:提?起诉|诉讼)|经复议后")
_DIRECT = pattern_of(r"未经复议|直接起诉|直接提起")
_ABOUT = pattern_of(
    r"\s*(?:(?:涉及|有关|关于|因)[^，,。；;、]{0,12}?|(?:政府)?信息公开[^，,。；;、]{0,4})(?:复议|诉讼)"
)
"""有1件涉及政府信息公开工作的行政复议, 2件政府信息公开行政复议."""
_A_PART = pattern_of(r"\s*(?:其中|另)")
_DONE_WITH_THEM = pattern_of(
    r"\s*(?:[，,]?(?:已经?|均|都|依法|全部)*(?:[做作]出?了?[^，,。；;]{0,4}(?:决定|裁定|判决)|审结|办结|结案|判决|裁定))"
)
"""行政复议144件，120件做出复议决定 counts a part of the cases named before."""
_BEHIND = pattern_of(r"\s*(?:被|予以|结果|尚未|未|维持|纠[正错]|正在)")
_RESULT_BEHIND = 12
"""Characters behind a number that may tell the result: 2件正在复议机关审理."""


def names_dispute(mention: Mention) -> bool:
    """Whether a number of cases stands beside the word for a reconsideration or a lawsuit."""
    unit = mention.unit
    if unit not in CASE_UNITS and not (unit == "项" and _OF_DISCLOSURE.search(mention.sentence)):
        return False
    around = mention.lead + _near(mention.tail)
    return ("议" in around or "诉" in around) and DISPUTE_CAUSE.search(around) is not None


def _near(tail: str) -> str:
    """What stands so near behind a number that it may be about it."""
    about = _ABOUT.match(tail)
    return about[0] if about else tail[:8]


def dispute_of(mention: Mention, aspect: str) -> str:
    """The figure of the litigation table that a number of cases is about, or nothing."""
    of_others = bool(_HANDLED.search(mention.sentence)) and aspect not in ("applications", "disputes")
    if _PAPERS.search(mention.lead) or _FROM_BEFORE.search(mention.lead) or _OF_OTHER_ACTS.search(mention.lead):
        return ""
    around = mention.lead + _near(mention.tail)
    if "应诉" in around and not _IN_COURT_OR_BEFORE.search(around) and "信息公开" not in mention.sentence:
        return ""  # agencies defend much else in court
    if of_others and not _OF_DISCLOSURE.search(mention.sentence + mention.tail):
        return ""
    return dispute_named(mention.lead, mention.tail)


def dispute_named(lead: str, tail: str) -> str:
    """The cases that the words around a number name."""
    where = lead if DISPUTE_CAUSE.search(lead) else _near(tail)
    if where is not lead and _A_PART.match(lead):
        return ""  # 其中2件驳回复议请求 is a part
    if _ENDED.search(lead):
        return ""
    if where is not lead and any(told.match(tail) for told in (_DONE_WITH_THEM, _ENDED_BEHIND, _BEFORE_WHOM)):
        return ""
    review, lawsuit = bool(REVIEW.search(where)), bool(_LAWSUIT.search(where))
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


def is_without_those_of_before(lead: str, behind: str) -> bool:
    """Whether a number of disputes is of new ones alone: 新收行政复议4件，上年结转1件."""
    return _NEW_ONES.search(lead) is not None and _AND_THOSE_OF_BEFORE.match(behind) is not None


def are_of_all_kinds(behind: str) -> bool:
    """Whether a number of disputes is told from the one behind it, of those about disclosure alone."""
    return _OF_ALL_KINDS.match(behind) is not None


def names_other_disputes(mention: Mention, about_before: str) -> bool:
    """Whether a number is of lawsuits where reconsiderations were spoken of, or of these where lawsuits were."""
    review, lawsuit = bool(REVIEW.search(mention.lead)), bool(_LAWSUIT.search(mention.lead))
    return lawsuit and not review if about_before.startswith("litigation.review.") else review and not lawsuit


def result_of(mention: Mention, about_before: str) -> str:
    """A result named after the number of cases it is part of: 行政复议3件，其中结果维持1件."""
    if mention.unit not in CASE_UNITS:
        return ""
    behind = _BEHIND.match(mention.tail)
    own = mention.own
    said = mention.tail[:_RESULT_BEHIND] if behind and not own else own + (mention.tail[:4] if behind else "")
    found = next((column for column, pattern in _RESULTS if pattern.search(said)), "")
    return f"{about_before.rpartition('.')[0]}.{found}" if found else ""
