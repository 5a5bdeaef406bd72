"""Documents, decisions and fees that a number of the narrative is about."""

from __future__ import annotations

import re

from loaders.claims.mentions import Mention
from loaders.patterns import pattern_of

CASE_UNITS = frozenset((*"件宗起例条次", "件次"))
FEE_AMOUNT = "publication.fees.amount"

_NORMATIVE = "规范性文件"
_REGULATION = pattern_of(r"(?<!法律)(?<!法律法规)规章")
_ISSUED = pattern_of(r"制发|制定|出台|印发|制作|起草并印发|新增|发文")
_ISSUED_AND_PUBLISHED = pattern_of(r"(制定|制发|印发|出台)(?:并|、|及|和)?(?:公开|公布|发布)")
_REPEALED = pattern_of(r"废止|失效|废除")
_IN_FORCE = pattern_of(r"现行有效|现有有效|继续有效|保留")
_LEADING_FATE = pattern_of(
    r"\s*、?(?:本年|全年|其中|目前|截[至止]20\d\d年(?:年?底|末|12月31日)?)?(?:清理)?(?:宣[布告])?(?:废止|失效|现行有效|继续有效)"
)
_FATE_ALONE = pattern_of(r"\s*(?:本年|全年|其中|同时)?(?:宣[布告])?(?:废止|失效)(?:了|共|共计)?\s*")
"""制定规范性文件4件，均在20个工作日内公开；废止2件: what the semicolon parts is still of the same documents."""
_NEW_AMONG_THEM = pattern_of(
    r"\s*(?:其中)?(?:本年度?|当年|今年|全年|20\d\d年度?)?新?(?:制定|制发|印发|出台)(?:了|共|共计)?\s*"
)
"""现行有效规范性文件27件，其中本年新制定3件."""
_SAME_DOCUMENTS = pattern_of(r"publication\.(?:rules|normative)\.")
_DOCUMENTS = {"rules": "规章", "normative": _NORMATIVE}
_NOT_ISSUING = pattern_of(r"清理|审查|审核|备案|解读|转发|转载|上级|学习|公开|公布|发布|评估|修改|修订")
_OF_DEPARTMENTS = pattern_of(r"[省市县区旗州盟](?:直|级)(?:各)?(?:部门|单位)")
_LOOKED_OVER = pattern_of(r"[^，,。；;]{0,12}(?:清理|评估|审查|审核|备案)")
"""印发的113件规范性文件开展清理: what is counted was looked over, whenever it was issued."""
_WITH_OTHERS = pattern_of("(?:规范性文件|规章)(?:、|和|及|与|以及)(?:其[他它]|各类|相关|有关)[^，,。；;、]{0,6}文件")
"""废止规范性文件和其他文件85件: how many of them are the form's is not said."""
_AMONG_OTHERS = pattern_of("(?:规范性文件|规章)[^，,。；;]*、[^，,。；;]*等[^，,。；;]{0,6}信息")
"""发布规范性文件、政策解读等信息90条: pieces of all sorts."""
_REPEALED_ON_SHOW = pattern_of(r"(?:公示|公开|公布|发布)[^，,。；;]*(?:废止|失效)的")
_DOCUMENT_UNITS = frozenset("件份个项部条")
_SAME_OF_OTHER_DOCUMENTS = pattern_of(r"、?\s*(?:政府)?(?:(规章)|(?:行政)?规范性文件)\s*")
_DECISIONS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (
        f"publication.{row}.decisions",
        pattern_of(rf"(?:{verbs}).{{0,6}}{words}(?!事项)"),
        pattern_of(rf"{words}类?(?:处理)?决定"),
    )
    for row, words, verbs in (
        ("licensing", "行政许可", "作出|办理|办结|完成|实施|核发"),
        ("penalty", "行政处罚", "作出|办理|办结|实施|下达"),
        ("coercion", "行政强制", "作出|实施|采取"),
    )
)
_OF_ONE_PROCEDURE = pattern_of("(?:一般|普通|简易|快速)程序")
"""一般程序处罚决定64件、简易程序310件: whether the form's number holds both is not said."""
_OTHER_DECISIONS = pattern_of(r"[、和及]?\s*行政(?:(许可)|(处罚)|(强制))(?:措施|执行)?(?:决定|案件)?\s*")
_MADE_PUBLIC = pattern_of("公开|公示|公布|发布")
_FEES = pattern_of(
    r"(?<!减免)(?<!免征)(?<!免收)(?<!降低)行政事业性收费(?:总?金额|收入|总额|共计?|总计|合计|为|计)*\s*$"
)


def publication_of(mention: Mention, about_before: str) -> str | None:
    """The figure of the publication table that a number is about; None where it may be about something else."""
    lead, tail, unit = mention.lead, mention.tail, mention.unit
    around = lead + "□" + tail
    if unit == "条" and _AMONG_OTHERS.search(lead):
        return None
    if _NORMATIVE in around or ("规章" in around and _REGULATION.search(around)):
        return _document(lead, tail, unit) or _same_of_other_documents(mention, about_before)
    if _NORMATIVE in mention.sentence and _LEADING_FATE.match(lead):
        return _document(f"{_NORMATIVE}{lead}", tail, unit)
    among_them = about_before.endswith(".in_force") and _NEW_AMONG_THEM.fullmatch(lead)
    if among_them or (_SAME_DOCUMENTS.match(about_before) and _FATE_ALONE.fullmatch(lead)):
        return _document(f"{_DOCUMENTS[about_before.split('.')[1]]}{lead}", tail, unit)
    if unit in ("万元", "元"):
        return FEE_AMOUNT if _FEES.search(lead) else ""
    if "行政" in lead and unit in CASE_UNITS:
        return _decision(mention, about_before)
    return None


def _document(lead: str, tail: str, unit: str) -> str:
    if unit not in _DOCUMENT_UNITS:
        return ""
    if _WITH_OTHERS.search(lead) or _REPEALED_ON_SHOW.search(lead) or _OF_DEPARTMENTS.search(lead):
        return ""
    row = "normative" if _NORMATIVE in lead + tail else "rules"
    if _REPEALED.search(lead):
        return f"publication.{row}.repealed"
    if _IN_FORCE.search(lead + tail[:6]):
        return f"publication.{row}.in_force"
    looked_over = _LOOKED_OVER.match(tail) or _NOT_ISSUING.search(_ISSUED_AND_PUBLISHED.sub(r"\1", lead))
    if _ISSUED.search(lead) and not looked_over:
        return f"publication.{row}.issued"
    return ""


def _same_of_other_documents(mention: Mention, about_before: str) -> str:
    """制定规章2件、行政规范性文件8件: what was said of the one is said of the other."""
    _, _, column = about_before.rpartition(".")
    if column not in ("issued", "repealed", "in_force") or mention.unit not in _DOCUMENT_UNITS:
        return ""
    named = _SAME_OF_OTHER_DOCUMENTS.fullmatch(mention.lead)
    return f"publication.{'rules' if named[1] else 'normative'}.{column}" if named else ""


def _decision(mention: Mention, about_before: str) -> str | None:
    """Decisions taken. What was put on show of them may be fewer, so 公示行政处罚决定12条 claims nothing."""
    lead = mention.lead
    if _OF_ONE_PROCEDURE.search(lead):
        return ""
    for about, taken, named in _DECISIONS:
        decided = taken.search(lead)
        if decided:
            return "" if _MADE_PUBLIC.search(lead, decided.end()) else about
        if named.search(lead) and not _MADE_PUBLIC.search(mention.sentence):
            return about
    other = _OTHER_DECISIONS.fullmatch(lead) if about_before.endswith(".decisions") else None
    if other is None:
        return None
    row = "licensing" if other[1] else "penalty" if other[2] else "coercion"
    return f"publication.{row}.decisions"
