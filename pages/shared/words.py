"""Names of kinds, columns and states as the pages show them."""

from __future__ import annotations

from flags.measures import MEASURES
from pages.shared.filters import Filters
from pages.shared.language import _, figure_name, is_english, mark, say

KIND_NAMES = {
    "government": mark("政府（汇总报告）"),
    "office": mark("政府办公室"),
    "department": mark("部门"),
    "township": mark("乡镇、苏木"),
    "subdistrict": mark("街道"),
    "zone": mark("开发区、园区"),
    "other": mark("其他机关"),
}
SEVERITY_NAMES = {
    "error": mark("错误"),
    "warning": mark("警示"),
    "notice": mark("提示"),
}
SEVERITY_COUNT_NAMES = {
    "error": mark("错误数"),
    "warning": mark("警示数"),
    "notice": mark("提示数"),
}
STATUS_NAMES = {
    "passed": mark("通过"),
    "failed": mark("未通过"),
    "not-applicable": mark("不适用"),
    "unsure": mark("存疑"),
}
FAILURE_REASON_NAMES = {
    "empty": mark("空文件"),
    "encrypted": mark("已加密"),
    "damaged": mark("文件损坏"),
    "unsupported": mark("不支持的格式"),
    "needs-package": mark("缺少可选组件"),
    "too-large": mark("文件过大"),
    "time-limit": mark("超过时限"),
    "not-a-report": mark("不是年度报告"),
    "internal": mark("程序内部错误"),
}
EDITION_NAMES = {
    "2021": mark("2021年版格式"),
    "2019": mark("2019年版格式"),
    "legacy": mark("2018年及以前"),
    "none": mark("未见表格"),
}
OUTCOME_NAMES = {
    "granted": mark("予以公开"),
    "partial": mark("部分公开"),
    "denied": mark("不予公开"),
    "unavailable": mark("无法提供"),
    "rejected": mark("不予处理"),
    "misc": mark("其他处理"),
}
RESULT_NAMES = {
    "upheld": mark("结果维持"),
    "corrected": mark("结果纠正"),
    "other": mark("其他结果"),
    "pending": mark("尚未审结"),
    "total": mark("总计"),
}
ROUTE_NAMES = {
    "review": mark("行政复议"),
    "direct": mark("未经复议直接起诉"),
    "after_review": mark("复议后起诉"),
}
FAMILY_NAMES = {
    "arithmetic": mark("表内勾稽"),
    "time": mark("年度之间"),
    "rollup": mark("上下级之间"),
    "claims": mark("正文与表格"),
    "form": mark("格式"),
    "identity": mark("机关与年度"),
    "wording": mark("套话与雷同"),
    "integrity": mark("文本完整性"),
    "outliers": mark("异常数值"),
}
CHANNEL_NAMES = {
    "channel.website": mark("门户网站"),
    "channel.wechat": mark("微信"),
    "channel.weibo": mark("微博"),
    "channel.video": mark("短视频号"),
    "channel.app": mark("客户端"),
    "channel.media": mark("新媒体合计"),
    "channel.gazette": mark("政府公报"),
    "channel.press": mark("报刊广电和发布会"),
    "channel.board": mark("公开栏和电子屏"),
    "channel.total": mark("各渠道总数"),
}
COLUMN_NAMES = {
    "report_id": mark("报告编号"),
    "path": mark("文件"),
    "source_url": mark("来源网址"),
    "format": mark("格式"),
    "bytes": mark("字节数"),
    "title": mark("标题"),
    "issuer": mark("机关"),
    "issuer_id": mark("机关编号"),
    "issuer_kind": mark("机关类别"),
    "kind": mark("机关类别"),
    "field_of_work": mark("领域"),
    "region": mark("地区"),
    "region_code": mark("区划代码"),
    "province": mark("省份"),
    "prefecture": mark("盟市"),
    "county": mark("旗县区"),
    "township": mark("乡镇街道"),
    "year": mark("年度"),
    "edition": mark("表格版本"),
    "published_on": mark("发布日期"),
    "confidence": mark("识读把握"),
    "warnings": mark("识读提示"),
    "rule": mark("规则"),
    "rule_title": mark("规则"),
    "severity": mark("级别"),
    "message": mark("说明"),
    "score": mark("分值"),
    "status": mark("状态"),
    "reason": mark("原因"),
    "left": mark("左边"),
    "right": mark("右边"),
    "formula": mark("公式"),
    "received_reports": mark("已收报告"),
    "expected_reports": mark("应报"),
    "missing_reports": mark("缺报"),
    "late_reports": mark("逾期"),
    "reports": mark("报告份数"),
    "findings": mark("问题数"),
    "errors": mark("错误数"),
    "warnings_count": mark("警示数"),
    "notices": mark("提示数"),
    "value": mark("数值"),
    "numerator": mark("分子"),
    "denominator": mark("分母"),
    "low": mark("区间下限"),
    "high": mark("区间上限"),
    "outcome": mark("办理结果"),
    "share": mark("占比"),
    "group": mark("类别"),
    "applicant": mark("申请人类别"),
    "route": mark("途径"),
    "result": mark("结果"),
    "measure": mark("指标"),
    "step": mark("环节"),
    "channel": mark("渠道"),
    "names": mark("曾用名"),
    "years": mark("年度"),
    "last_year": mark("上年"),
    "change": mark("增减"),
    "table": mark("表格"),
    "row": mark("行"),
    "column": mark("列"),
    "key": mark("数据项"),
    "raw": mark("原文"),
    "where": mark("原件位置"),
    "evidence": mark("证据"),
    "rule_version": mark("规则版本"),
    "program_version": mark("程序版本"),
    "content_hash": mark("文件指纹"),
    "message_en": mark("英文说明"),
    "id": mark("编号"),
    "place": mark("位置"),
    "label": mark("情形"),
    "depth": mark("层级"),
    "text": mark("显示"),
    "side": mark("方向"),
    "item": mark("对象"),
    "unit": mark("单位"),
    "definition": mark("算法"),
    "source": mark("来源"),
    "keys": mark("所用数据"),
    "problem": mark("读不成的原因"),
}


def kind(value: str) -> str:
    """A kind of issuer."""
    return _(KIND_NAMES.get(value, value))


def severity(value: str) -> str:
    """How grave a finding is."""
    return _(SEVERITY_NAMES.get(value, value))


def severity_count(value: str) -> str:
    """What a number of findings of one gravity is called."""
    return _(SEVERITY_COUNT_NAMES.get(value, value))


def status(value: str) -> str:
    """What came of a check."""
    return _(STATUS_NAMES.get(value, value))


def failure_reason(value: str) -> str:
    """Why a file gave no report."""
    return _(FAILURE_REASON_NAMES.get(value, value))


def edition(value: str) -> str:
    """An edition of the form."""
    return _(EDITION_NAMES.get(value, value))


def outcome(value: str) -> str:
    """A kind of outcome of an application."""
    return _(OUTCOME_NAMES.get(value, value))


def result(value: str) -> str:
    """A result of a reconsideration or lawsuit."""
    return _(RESULT_NAMES.get(value, value))


def route(value: str) -> str:
    """A road from a decision to its review."""
    return _(ROUTE_NAMES.get(value, value))


def family(value: str) -> str:
    """A family of rules."""
    return _(FAMILY_NAMES.get(value, value))


def channel(value: str) -> str:
    """Where information was published, from the key of a claim."""
    return _(CHANNEL_NAMES.get(value, value))


def choice(filters: Filters) -> str:
    """What the filters choose, in words."""
    parts = [filters.province, filters.prefecture, filters.county, filters.issuer]
    parts += [kind(filters.kind) if filters.kind else None]
    parts += [_("{year}年度").format(year=filters.year) if filters.year else None]
    chosen = [part for part in parts if part]
    return " › ".join(chosen) if chosen else _("全部报告")


def level(name: str) -> str:
    """A level to break figures down by, as it stands in the middle of a title."""
    return column(name).lower() if is_english() else column(name)


def column(name: str) -> str:
    """The heading of a column, of any frame a page shows or hands out."""
    if name in MEASURES:
        return say(MEASURES[name].title)
    stem, _dot, part = name.rpartition(".")
    if stem in MEASURES:
        return f"{say(MEASURES[stem].title)}·{column(part)}"
    known = COLUMN_NAMES.get(name)
    return _(known) if known else figure_name(name)
