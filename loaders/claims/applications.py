"""Applications that a number of the narrative is about: received, carried, decided how, from whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from loaders.claims.disputes import REVIEW
from loaders.claims.mentions import Mention, own_words
from loaders.claims.publication import CASE_UNITS
from loaders.patterns import pattern_of

NEW, GRANTED = "applications.new.total", "applications.granted.total"
CARRIED_IN, CARRIED_OUT = "applications.carried_in.total", "applications.carried_out.total"
DECIDED = "applications.total.total"

_BETWEEN = " 、,，和及与"
_ALL_OF_THEM = ("均", "已", "全部", "按")
_REMEMBERED = 1 << 12
"""Clauses around numbers: from report to report most are worded alike."""
_ALREADY_ANSWERED = pattern_of(
    r"(?:均|已|全部|按[期时规])(?![^，,。；;]{0,8}(?:延期|逾期|超期|未)).{0,12}(?:答复|办结|办复|回复)"
)

_OTHER_KINDS = r"(?:许可|复议|低保|补助|补贴|救助|住房|项目|资金|登记)申请"
_OTHER_APPLICATIONS = pattern_of(rf"{_OTHER_KINDS}|发布依申请|低保|贷款|专利|商标|调解|仲裁|听证|申报")
_OTHER_MATTERS = pattern_of(r"热线|12345|信箱|留言|信访|咨询|投诉|建议|提案|议案|来信|来访|工单|诉求|舆情")
_OF_SERVICES = pattern_of("政务服务|服务大厅|行政审批|审批事项|不动产")
"""政务服务大厅受理申请事项2300件 is not of applications for information."""
_OTHER_SUBJECT = pattern_of(
    rf"{_OTHER_KINDS}|热线|12345|信箱|留言|(?:信访|投诉)(?![^，,。；;]{{0,4}}申请)|提案|工单|诉求|舆情"
)
"""Matters whose own numbers follow them in the sentence; how an application came in, by letter or so, is no matter."""
_MAY_BE_ALL = pattern_of("[办答复理均已全按收]")
_FATE = pattern_of(r"^\s*另|同意|拒绝|驳回|撤回|撤销|延期|逾期|超期|补正|告知|退回|不计")
_PAPERS = pattern_of(r"发文|公文|文件(?:共|共计|数)?\s*\d")
_FOR_OTHERS = pattern_of(
    r"配合|协助|协查|委托|移送|转送|指导|督促|不予受理|未予受理|转办|代(?:表|为|理)?[省市州盟区县旗]?(?:人民)?政府"
)
_BY_WAY = pattern_of(
    r"网络|网上|信函|来信|邮寄|邮件|传真|当面|现场|平台申请|在线|电话|窗口|电子|直接(?:受理|收到|接收)"
)
"""One of several ways in which applications came; 转办2件、直接受理11件 too."""
_OF_A_FEW = pattern_of(
    r"正在[办处]理|合并(?:答复|办理|处理)|答复(?:为|信息)?(?:不存在|不属于|不掌握)|不掌握[^，,。；;]{0,16}不予公开"
)
"""合并答复1次, 答复不存在8件: not of all; 不掌握相关信息、不予公开1件 may be in either of two rows."""
_OF_ONE_LEVEL = pattern_of(
    r"[省市县区旗州盟](?:直|级)(?:各)?(?:部门|单位|机关)[^，,。；;]{0,6}(?:收到|受理|接收|办理|答复|办结)[^，,。；;\d]*$"
    r"|(?:[县区市旗][（(·][市区旗、]+[)）·]|(?<![、和])(?:县区|区县|县市区|旗县区?))"
    r"[^，,。；;]{0,8}(?:收到|受理|接收|办理|答复|办结)[^，,。；;\d]*$"
)
_LONGEST_RECEIVER = 24
"""市级部门收到申请90件；县（市、区）收到申请80件: each is a part of all."""
_ON_A_SITE = pattern_of(r"(?:通过|经由?|从)[^，,。；;]{0,16}(?:网站|门户|平台|系统)")
_IN_WRITING = pattern_of(
    r"\s*[、和及]\s*(?:通过|以)?(?:纸质|书面|信函|邮寄|邮政|来信|邮件|传真|当面|现场|窗口)[^，,。；;]{0,6}$"
)
_ALL_WAYS = pattern_of(r"(?:等|多种|各种|各类)[^，,。；;]{0,4}(?:途径|渠道|方式|形式)")
_RECEIVED = pattern_of(r"收到|受理|接收|接到|接受|新收|收件|登记|收悉|办理|处理")
_APPLICATION = pattern_of(r"依申请|信息(?:公开)?(?:书面)?(?:的)?申请|公开申请|申请公开|信息公开(?:事项|申请)|要求公开")
_PLAIN_RECEIPT = pattern_of(
    r"(?:收到|受理|接到|接收|新收)(?:到|了)?(?:公众|群众|社会|各类|书面|公民)?(?:的)?申请"
    r"|(?:收到|受理|接到|接收|新收)[到了]?(?:政府|政务)?信息公开(?=\s*[约近]?[\d一二三四五六七八九十百])"
)
_DISCLOSURE_RECEIVED = pattern_of(r"(?:收到|受理|接到|接收)(?:到|了)?(?:政府|政务)?信息公开(?:件)?(?:共|共计)?\s*$")
_PLAIN_OBJECT = pattern_of(
    r"(?:收到|受理|接收|接到|接受|新收|收件|登记|收悉|办理|处理)(?:并(?:受理|办理|处理))?[到了完]?(?:共计?|合计)?"
    r"(?:公众|群众|社会|各类|书面|公民|有效|公开)*(?:提出|提交)?的?(?:申请(?:书|表|件|事项)?|件)?"
    r"(?:数量|总数|数|共计?|合计|总计|为|有)*\s*$"
)
"""A receipt without more: 受理5件, 收到申请书8份; not 收到意见5条 or 处理投诉5件."""
_THERE_WAS = pattern_of(r"(?:年度?|[共仅只本我][局委办县区市镇乡院厅旗]?|^)\s*(?:共|仅|只)?有\s*$")
_REQUEST_BEHIND = pattern_of(r"\s*(?:政府|政务)?(?:信息)?依申请公开(?:的)?(?:政府|政务)?(?:信息|申请|事项|件)?")
"""2023年度有1件依申请公开信息."""
_ANSWER_SENT = pattern_of(r"(?:答复|告知|决定|回复|补正通知|通知)书[》”]?(?:共计?|有|各)*\s*$")
"""出具《政府信息公开申请答复书》1份 counts papers."""
_NEWLY_RECEIVED = pattern_of(
    r"(?:本年度?|今年|当年|20\d\d年度?)新[收增](?:到|的)?(?:申请)?(?:件|数量|数)?(?:为|共)?\s*$"
    r"|^\s*(?:其中|包?含|包括)?新(?:收|受理|接收)(?:到|的)?(?:申请)?\s*$"
)
"""办理申请146件，其中本年新收140件，上年结转6件; 收到申请12件（含新收11件、上年结转1件）."""
_HEADED = pattern_of(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．])?(?:政府)?(?:依申请公开|信息公开申请)[^，,。；;：:\d]{0,12}情况[：:]"
)
"""政府信息公开申请受理情况：受理12件 says in front what all of the sentence is about."""
_COUNTED_BEHIND = pattern_of(r"[^，,。；;]*申请|$|[^\w]")

_OUTCOMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "carried_out",
        pattern_of(
            r"(?:结转|转结)(?:至|到|入)?(?:下|次|20\d\d)|(?:转|顺延)[至到入]?(?:下一?|次)年|年[末底]结转|尚(?:未办结|在办理)|未办结|^\s*继续办理"
            r"|(?:下一?|次)年度?继续办理"
        ),
    ),
    (
        "carried_in",
        pattern_of(
            r"(?:(?:结转|转结)[至到入](?:今年|本年度?|当年)|(?:上|去|前)(?:一)?年度?(?:结转|转结|遗留)|结转上(?:一)?年|20\d\d年(?:度)?结转|年初结转)"
            r"(?!.*(?:新收|新接|新受理))"
        ),
    ),
    ("partial", pattern_of(r"部分(?:予以|同意)?公开")),
    ("denied", pattern_of(r"[不未]予以?公开|[不未]同意公开|不公开")),
    ("unavailable", pattern_of(r"无法提供")),
    ("rejected", pattern_of(r"不予处理")),
    ("misc", pattern_of(r"其他处理")),
    ("granted", pattern_of(r"(?<![不未分])(?:予以公开|同意公开)|准予公开|全部公开|^\s*公开(?:答复)?\s*$")),
    (
        "total",
        pattern_of(
            r"办结|答复|回复|办复|[办处]理完[毕成]|办理完结|已(?:经|全部)?(?:处理|办理|完成[^，,。；;]{0,8}申请)"
        ),
    ),
)
_RESULTS = _OUTCOMES[2:-1]
"""The ways of deciding: what is decided, and not carried from year to year."""
_AND_OTHER_RESULTS = pattern_of("(?:予以?公开|部分公开|不公开|无法提供|不予处理|其他处理)等")
_NAMED_FROM_AFAR = ("carried_out", "carried_in", "total")
_NAMED_RIGHT_BEHIND, _RIGHT_BEHIND = ("carried_out", "partial", "denied"), 8
_COUNTS_DECIDED = pattern_of(
    r"\s*(?:其中[，,]?|在)?(?:[不准]?予以?公开|部分公开|无法提供|不予处理|其他处理|[^，,。；;\d]{0,12}补正)"
    r"(?:的|申请|共|有|为)*\s*\d+\s*件"
)
"""A sentence of its own on applications named before it: 不予公开的9件中，属于国家秘密1件."""
_WITHHELD = pattern_of("不(?:予)?公开的?(?:(?:政府|政务)?信息|公文|文件)(?:有|共|共计|为|数|数量)*\\s*$")
"""不予公开信息有10条 counts what an agency keeps to itself, not applications."""
_BEHIND_IS = pattern_of(
    r"\s*的?(?:申请)?(?:类型|(?:办理|答复|处理)?结果)?(?:均|都)?(?:依法)?(?:属于?|为|系|是|因|由于)"
)
"""其中5件因本机关不掌握相关信息无法提供, 2件属于不予公开: what became of so many stands behind the number."""
_OLD_AND_NEW = pattern_of("结转[^，,。；;]{0,6}(?:和|及|与|、|加)[^，,。；;]{0,6}新")
"""上年结转和本年新收申请共10件 is two figures together."""
_ANSWERED, _NOT_TAKEN_ON = pattern_of("答复|回复"), pattern_of(r"[，,、\s]*(?:不予(?:受理|处理)|未受理)")
_CARRIED, _TO_NEXT_YEAR = pattern_of(r"(?:结转|转结)\s*$"), pattern_of(r"\s*[至到入](?:下|次|20\d\d)")
"""结转2件到2024年."""
_PUT_OFF = pattern_of(r"[^，,。；;]{0,10}顺延[至到入]?(?:下一?|次)年")
"""另有72件申请按照《条例》顺延到下年度答复."""
_HANDLED = pattern_of("办理|处理")
_CAME_IN = pattern_of(r"(?:收到|受理|接到|接收|接受|新收)[^。；;\d]{0,24}\d[\d,]*\s*[件份]")
_GROUNDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (row, pattern_of(words))
    for row, words in (
        ("denied.secret", "国家秘密"),
        ("denied.third_party", "第三方(?:合法)?权益"),
        ("denied.internal", "内部事务"),
        ("denied.process", "过程性信息"),
        ("denied.case_file", "执法案卷"),
        ("denied.inquiry", "行政查询"),
        ("unavailable.not_held", "不掌握"),
        ("unavailable.not_compiled", "没有现成|另行制作"),
        ("unavailable.unclear", "补正后.{0,8}不明确"),
        ("rejected.petition", "(?:信访|投诉|举报)[^，,。；;]{0,6}类(?:的)?申请"),
        ("rejected.repeat", "重复申请"),
        ("rejected.publication", "公开出版物"),
        ("rejected.excessive", "大量反复"),
        ("rejected.reconfirm", "重新出具"),
        ("misc.uncorrected", "逾期(?:不|未)补正"),
    )
)
"""Why an application was not granted: rows of the form. 信息不存在 may be either of two, so it is none of them."""

_ANY_GROUND = pattern_of("|".join(pattern.pattern for _, pattern in _GROUNDS))
_BY_ATTRIBUTE = pattern_of(
    r"主动公开[^，,。；;、\d]{0,8}(?:\d[\d,]*|[零一两二三四五六七八九十百]+)[^，,。；;、]{0,3}[件份]"
    r"|其中[，,:：]?主动公开(?:[^，,。；;、]|(?<=\d)[,，](?=\d)){0,14}条"
)
"""Documents by who may see them: 主动公开30件、依申请公开5件、不予公开2件."""

_CARRIED_TO = pattern_of(r"(?:结转|转结)(?:至|到|入)?(20\d\d)")
_APPLICANTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("person", pattern_of(r"自然人|公民|个人")),
    ("business", pattern_of(r"商业企业")),
    ("research", pattern_of(r"科研机构")),
    ("nonprofit", pattern_of(r"社会公益组织")),
    ("legal", pattern_of(r"法律服务机构")),
)
_FROM_CITIZENS = pattern_of(r"(?:收到|受理|接收|接到|接受)(?:的|了)?公民(?![、和及与或])")
"""收到公民申请6件: persons alone, or whoever asked."""
_OF_ONE_KIND = pattern_of(
    r"\s*(?:其中[，,]?)?(?:收到|受理|接收|接到)?(?:自然人|商业企业|科研机构|社会公益组织|法律服务机构)(?![、和及与或，,])"
)
"""收到自然人申请政府信息公开申请5条: named first, in whatever words the rest is put."""
_LONGEST_APPLICANTS = 14
"""Characters in front of a number that counts one kind of applicants: 其中自然人申请."""
_ALL_APPLICATIONS = pattern_of(
    r"(?:依申请公开|信息公开申请|公开申请)(?:政府|政务)?(?:事项|信息|件|数量|总数|总量|数|量|为|共|共计|有)*\s*$"
)


def application_of(mention: Mention, aspect: str, year: int | None) -> str:
    """The figure of the applications table that a number is about, or nothing."""
    lead, tail, unit = mention.lead, mention.tail, mention.unit
    if unit not in CASE_UNITS and not (unit in ("份", "项") and _counts_papers(mention)):
        return ""
    sentence = mention.before[mention.before.rfind("。") + 1 :]
    of_applications = aspect == "applications" or _HEADED.match(sentence) is not None
    names_it = _names_application(sentence)
    if not of_applications and not names_it and _OF_SERVICES.search(sentence):
        return ""
    if not names_it and "公开" in lead and _PAPERS.search(sentence):
        return ""  # 发文20件，其中不予公开5件
    if unit in "条份" and _WITHHELD.search(lead):
        return ""
    if _OF_ONE_LEVEL.search(mention.sentence[-_LONGEST_RECEIVER:]):
        return ""
    if "主动公开" in sentence and _BY_ATTRIBUTE.search(sentence) and not _RECEIVED.search(lead):
        return ""
    named_before = names_it or _names_application(mention.before)
    in_context = of_applications or names_it or _PLAIN_RECEIPT.search(sentence) is not None
    in_context = in_context or (named_before and _COUNTS_DECIDED.match(sentence) is not None)
    amid_others = in_context and _MAY_BE_ALL.search(lead + tail[:2]) is not None and _is_amid_others(sentence)
    about = _row_of_applications(lead, tail, of_applications, in_context, in_context or named_before, amid_others)
    if about == NEW and _is_handled(lead) and _CAME_IN.search(mention.before.removesuffix(lead)):
        return DECIDED  # 受理749件，其中自然人741件；共办理718件
    carried_to = _CARRIED_TO.search(lead + tail) if about == CARRIED_OUT else None
    if carried_to and year is not None and int(carried_to[1]) != year + 1:
        # 结转至2023年 and 结转2022年的申请 both came into 2023.
        return CARRIED_IN if int(carried_to[1]) in (year - 1, year) else ""
    return about


def is_of_one_way(mention: Mention, following: Mention | None) -> bool:
    """Whether a number counts what came by a site, and the next what came on paper: 网站收到申请3件、纸质申请36件."""
    return following is not None and bool(_IN_WRITING.match(following.lead) and _ON_A_SITE.search(mention.lead))


def is_without_those_refused(mention: Mention, following: Mention | None) -> bool:
    """Whether those answered are told from those not taken on, and are so not all decided: 答复7件，不予受理4件."""
    return following is not None and bool(_NOT_TAKEN_ON.match(following.lead) and _ANSWERED.search(mention.own))


def _is_handled(lead: str) -> bool:
    """Whether a number is of what was handled, not of what was received."""
    received = _RECEIVED.findall(lead)
    return bool(received) and all(map(_HANDLED.fullmatch, received))


def _counts_papers(mention: Mention) -> bool:
    if _ANSWER_SENT.search(mention.lead):
        return False
    return "申请" in mention.lead[-12:] + mention.tail[:10] or "申请书" in mention.sentence


def _is_amid_others(sentence: str) -> bool:
    """Whether the sentence speaks of hotlines, petitions and the like after it last spoke of applications."""
    others = [found.end() for found in _OTHER_SUBJECT.finditer(sentence)]
    return (
        bool(others)
        and not _APPLICATION.search(sentence, others[-1])
        and not _PLAIN_RECEIPT.search(sentence, others[-1])
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """The words around a number, and what is known of the text that they stand in.

    `own` are those in front that belong to this number alone; `in_context` says that the text speaks of applications.
    """

    lead: str
    own: str
    tail: str
    names_applications: bool
    of_applications: bool
    in_context: bool
    amid_others: bool
    of_other_matters: bool

    @property
    def speak_of_applications(self) -> bool:
        """Whether these words or the text do."""
        return self.names_applications or self.in_context


@lru_cache(maxsize=_REMEMBERED)
def _row_of_applications(
    lead: str, tail: str, of_applications: bool, in_context: bool, named_before: bool, amid_others: bool
) -> str:
    """The figure that the words around a number name, in a text that speaks of applications or not."""
    if _OTHER_APPLICATIONS.search(lead + tail) or (_BY_WAY.search(lead) and not _ALL_WAYS.search(lead)):
        return ""
    if _OF_A_FEW.search(lead):
        return ""
    names_applications = _names_application_or_receipt(lead, tail)
    if not (names_applications or in_context or named_before) or _is_of_rows_together(lead):
        return ""
    words = _Words(
        lead,
        own_words(lead),
        tail,
        names_applications,
        of_applications,
        in_context,
        amid_others,
        bool((_OTHER_MATTERS.search(lead) and not _names_application(lead)) or _FOR_OTHERS.search(lead)),
    )
    row = _outcome_behind(words) or _ground_ahead(words) or _outcome_ahead(words) or _put_off_behind(words)
    if row:
        return f"applications.{row}.total"
    if tail.startswith(_ALL_OF_THEM) and not lead.strip(_BETWEEN):
        answered = in_context and _ALREADY_ANSWERED.match(tail) and not amid_others
        return DECIDED if answered else ""
    column = _applicants_ahead(words)
    return f"applications.new.{column}" if column else ""


def _names_application_or_receipt(lead: str, tail: str) -> bool:
    if _names_application(lead + tail) or _DISCLOSURE_RECEIVED.search(lead):
        return True
    return _PLAIN_RECEIPT.search(lead + tail) is not None and not REVIEW.search(lead + tail)


def _is_of_rows_together(lead: str) -> bool:
    """Whether a number counts several rows: 予以公开和部分公开5件, 无法提供等46件, 上年结转和本年新收申请共10件."""
    return len(_results_in(lead)) > 1 or bool(_AND_OTHER_RESULTS.search(lead) or _OLD_AND_NEW.search(lead))


def _results_in(text: str) -> list[str]:
    """The ways of deciding that a text names."""
    return [row for row, pattern in _RESULTS if pattern.search(text)]


def _outcome_behind(words: _Words) -> str:
    """What became of so many applications, told behind the number."""
    if _RECEIVED.search(words.own) or _results_in(words.own):
        return ""
    told = next((row for row, pattern in _RESULTS if pattern.match(words.tail)), "")
    if told or not words.in_context or words.own.strip(_BETWEEN) or not _BEHIND_IS.match(words.tail):
        return told
    return _ground_of(words.tail) if _ANY_GROUND.search(words.tail) else _only_outcome_of(words.tail)


def _ground_ahead(words: _Words) -> str:
    return _ground_of(words.own) if words.in_context and _ANY_GROUND.search(words.own) else ""


def _outcome_ahead(words: _Words) -> str:
    # 答复 and 办结 are said of much else.
    of_others = words.of_other_matters or (words.amid_others and "申请" not in words.lead)
    may_be_all = words.speak_of_applications and not of_others
    for row, pattern in _OUTCOMES:
        if row == "total" and not may_be_all:
            continue
        if pattern.search(words.lead if row in _NAMED_FROM_AFAR else words.own):
            return row
        if row in _NAMED_RIGHT_BEHIND and pattern.search(words.tail[:_RIGHT_BEHIND]):
            return row
    return ""


def _put_off_behind(words: _Words) -> str:
    if not words.in_context:
        return ""
    carried = _CARRIED.search(words.lead) and _TO_NEXT_YEAR.match(words.tail)
    return "carried_out" if carried or _PUT_OFF.match(words.tail) else ""


def _applicants_ahead(words: _Words) -> str:
    """From whom so many applications came: a kind of applicant, or all of them."""
    if len(words.lead) <= _LONGEST_APPLICANTS:
        if _FROM_CITIZENS.search(words.lead):
            return ""
        for column, pattern in _APPLICANTS:
            if pattern.search(words.lead):
                return column
    else:
        one_kind = _OF_ONE_KIND.match(words.lead)
        if one_kind:
            return next(column for column, pattern in _APPLICANTS if pattern.search(one_kind[0]))
    return "total" if _is_of_all_received(words) else ""


def _is_of_all_received(words: _Words) -> bool:
    lead = words.lead
    if words.in_context and _NEWLY_RECEIVED.search(lead):
        return not words.amid_others
    if _THERE_WAS.search(lead) and _REQUEST_BEHIND.fullmatch(words.tail):
        return True
    if lead.lstrip().startswith("其中") or words.of_other_matters or not words.speak_of_applications:
        return False
    if _is_receipt(words):
        return True
    return not _FATE.search(lead) and _ALL_APPLICATIONS.search(lead) is not None


def _ground_of(own: str) -> str:
    """The reason that words give, alone or with the outcome it is for: 重复申请, 因重复申请不予处理; not 重复申请等."""
    ground = next(row for row, pattern in _GROUNDS if pattern.search(own))
    outcomes = _results_in(own)
    alone = outcomes == [ground.partition(".")[0]] and not re.search("等|[、和及与或]", own)
    return ground if not outcomes or alone else ""


def _only_outcome_of(text: str) -> str:
    outcomes = _results_in(text)
    return outcomes[0] if len(outcomes) == 1 else ""


def _is_receipt(words: _Words) -> bool:
    if not _RECEIVED.search(words.lead):
        return False
    if words.names_applications:
        return True
    named = "申请" in words.lead or words.of_applications
    return named and _PLAIN_OBJECT.search(words.lead) is not None and _COUNTED_BEHIND.match(words.tail) is not None


def _names_application(text: str) -> bool:
    may_name = "申请" in text or "要求公开" in text or "信息公开事项" in text
    return may_name and _APPLICATION.search(text) is not None


_OF_NUMBER_BEFORE = pattern_of(r"[\s、]*(?:分别|约|共|合计)*占")
"""其他情况占5% is not about the number before it."""


def share_of(lead: str, about_before: str) -> str:
    """What a percentage is the share of: the outcome it names, else the number before it."""
    if re.search(r"办结率|答复率|办复率|回复率|按时", lead):
        return ""
    part = lead.partition("占")[0] if "占" in lead else lead  # 占办结总数的25% names the whole
    rows = [row for row, pattern in _OUTCOMES if pattern.search(part)]
    if rows:
        apart = len({row for row in rows if row != "total"}) < 2  # 予以公开和部分公开占80% is two rows together
        return f"applications.{rows[0]}.total" if apart else ""
    return about_before if _OF_NUMBER_BEFORE.match(lead) else ""


_RECEIVED_AMOUNT = pattern_of(r"申请(?:数?量|件数|总量|总数)|(?:收到|受理|新收|接收).{0,10}申请")


def is_amount_received(lead: str) -> bool:
    """Whether a change is one of how many applications came in: 申请量同比增长5%."""
    return not _OTHER_APPLICATIONS.search(lead) and _RECEIVED_AMOUNT.search(lead) is not None
