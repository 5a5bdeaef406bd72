"""Names of kinds, columns and states as the pages show them."""

from __future__ import annotations

from flags.measures import MEASURES
from pages.shared.filters import Filters
from pages.shared.language import _, figure_name, say


def kind(value: str) -> str:
    """A kind of issuer."""
    names = {
        "government": _("政府（汇总报告）"),
        "office": _("政府办公室"),
        "department": _("部门"),
        "township": _("乡镇、苏木"),
        "subdistrict": _("街道"),
        "zone": _("开发区、园区"),
        "other": _("其他机关"),
    }
    return names.get(value, value)


def severity(value: str) -> str:
    """How grave a finding is."""
    return {"error": _("错误"), "warning": _("警示"), "notice": _("提示")}.get(value, value)


def status(value: str) -> str:
    """What came of a check."""
    names = {"passed": _("通过"), "failed": _("未通过"), "not-applicable": _("不适用"), "unsure": _("存疑")}
    return names.get(value, value)


def failure_reason(value: str) -> str:
    """Why a file gave no report."""
    names = {
        "empty": _("空文件"),
        "encrypted": _("已加密"),
        "damaged": _("文件损坏"),
        "unsupported": _("不支持的格式"),
        "needs-package": _("缺少可选组件"),
        "too-large": _("文件过大"),
        "time-limit": _("超过时限"),
        "not-a-report": _("不是年度报告"),
        "internal": _("程序内部错误"),
    }
    return names.get(value, value)


def edition(value: str) -> str:
    """An edition of the form."""
    names = {"2021": _("2021年版格式"), "2019": _("2019年版格式"), "legacy": _("2018年及以前"), "none": _("未见表格")}
    return names.get(value, value)


def outcome(value: str) -> str:
    """A kind of outcome of an application."""
    names = {
        "granted": _("予以公开"),
        "partial": _("部分公开"),
        "denied": _("不予公开"),
        "unavailable": _("无法提供"),
        "rejected": _("不予处理"),
        "misc": _("其他处理"),
    }
    return names[value]


def result(value: str) -> str:
    """A result of a reconsideration or lawsuit."""
    names = {
        "upheld": _("结果维持"),
        "corrected": _("结果纠正"),
        "other": _("其他结果"),
        "pending": _("尚未审结"),
        "total": _("总计"),
    }
    return names[value]


def route(value: str) -> str:
    """A road from a decision to its review."""
    names = {
        "review": _("行政复议"),
        "direct": _("未经复议直接起诉"),
        "after_review": _("复议后起诉"),
    }
    return names[value]


def family(value: str) -> str:
    """A family of rules."""
    names = {
        "arithmetic": _("表内勾稽"),
        "time": _("年度之间"),
        "rollup": _("上下级之间"),
        "claims": _("正文与表格"),
        "form": _("格式"),
        "identity": _("机关与年度"),
        "wording": _("套话与雷同"),
        "integrity": _("文本完整性"),
        "outliers": _("异常数值"),
    }
    return names.get(value, value)


def channel(value: str) -> str:
    """Where information was published, from the key of a claim."""
    names = {
        "channel.website": _("门户网站"),
        "channel.wechat": _("微信"),
        "channel.weibo": _("微博"),
        "channel.video": _("短视频号"),
        "channel.app": _("客户端"),
        "channel.media": _("新媒体合计"),
        "channel.gazette": _("政府公报"),
        "channel.press": _("报刊广电和发布会"),
        "channel.board": _("公开栏和电子屏"),
        "channel.total": _("各渠道总数"),
    }
    return names.get(value, value)


def choice(filters: Filters) -> str:
    """What the filters choose, in words."""
    parts = [filters.province, filters.prefecture, filters.county, filters.issuer]
    parts += [kind(filters.kind) if filters.kind else None]
    parts += [_("{year}年度").format(year=filters.year) if filters.year else None]
    chosen = [part for part in parts if part]
    return " › ".join(chosen) if chosen else _("全部报告")


def column(name: str) -> str:
    """The heading of a column, of any frame a page shows or hands out."""
    names = {
        "report_id": _("报告编号"),
        "path": _("文件"),
        "source_url": _("来源网址"),
        "format": _("格式"),
        "bytes": _("字节数"),
        "title": _("标题"),
        "issuer": _("机关"),
        "issuer_id": _("机关编号"),
        "issuer_kind": _("机关类别"),
        "kind": _("机关类别"),
        "field_of_work": _("领域"),
        "region": _("地区"),
        "region_code": _("区划代码"),
        "province": _("省份"),
        "prefecture": _("盟市"),
        "county": _("旗县区"),
        "township": _("乡镇街道"),
        "year": _("年度"),
        "edition": _("表格版本"),
        "published_on": _("发布日期"),
        "confidence": _("识读把握"),
        "warnings": _("识读提示"),
        "rule": _("规则"),
        "rule_title": _("规则"),
        "severity": _("级别"),
        "message": _("说明"),
        "score": _("分值"),
        "status": _("状态"),
        "reason": _("原因"),
        "left": _("左边"),
        "right": _("右边"),
        "formula": _("公式"),
        "received_reports": _("已收报告"),
        "expected_reports": _("应报"),
        "missing_reports": _("缺报"),
        "late_reports": _("逾期"),
        "reports": _("报告份数"),
        "findings": _("问题数"),
        "errors": _("错误"),
        "warnings_count": _("警示"),
        "notices": _("提示"),
        "value": _("数值"),
        "numerator": _("分子"),
        "denominator": _("分母"),
        "low": _("区间下限"),
        "high": _("区间上限"),
        "outcome": _("办理结果"),
        "share": _("占比"),
        "group": _("类别"),
        "applicant": _("申请人类别"),
        "route": _("途径"),
        "result": _("结果"),
        "measure": _("指标"),
        "step": _("环节"),
        "channel": _("渠道"),
        "names": _("曾用名"),
        "years": _("年度"),
        "last_year": _("上年"),
        "change": _("增减"),
        "table": _("表格"),
        "row": _("行"),
        "column": _("列"),
        "key": _("数据项"),
        "raw": _("原文"),
        "where": _("原件位置"),
        "evidence": _("证据"),
        "rule_version": _("规则版本"),
        "program_version": _("程序版本"),
        "content_hash": _("文件指纹"),
        "message_en": _("英文说明"),
        "id": _("编号"),
        "place": _("位置"),
        "label": _("情形"),
        "depth": _("层级"),
        "text": _("显示"),
        "side": _("方向"),
        "item": _("对象"),
        "unit": _("单位"),
        "definition": _("算法"),
        "source": _("来源"),
        "keys": _("所用数据"),
    }
    if name in MEASURES:
        return say(MEASURES[name].title)
    stem, _dot, part = name.rpartition(".")
    if stem in MEASURES:
        return f"{say(MEASURES[stem].title)}·{column(part)}"
    return names.get(name) or figure_name(name)
