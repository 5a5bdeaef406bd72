"""About: measures and rules as the program defines them, glossary, what was read and what was not, whole tables."""

from __future__ import annotations

import polars as pl
import streamlit as st

from flags.measures import MEASURES
from flags.registry import RULES
from flags.rule import FAMILIES, Rule
from flags.settings import Settings, find_settings
from loaders import __version__
from loaders.words.of_messages import FAILURES
from pages.shared import address, data_access, downloads, extracts, figures, panel, rules, words
from pages.shared.filters import Filters
from pages.shared.language import _, is_english, number, say
from pages.shared.page import open_page


def measures() -> pl.DataFrame:
    """The measures as a table."""
    rows = [(say(m.title), say(m.definition), say(m.unit), say(m.source), m.id) for m in MEASURES.values()]
    return pl.DataFrame(rows, schema=["measure", "definition", "unit", "source", "id"], orient="row")


def show_rule(rule: Rule, settings: Settings) -> None:
    """One rule: what it compares, why, on what basis, how to mend, its limits in force."""
    with st.expander(f"{words.severity(rule.severity)} · {say(rule.title)} `{rule.id}`"):
        st.markdown(say(rule.reason))
        st.markdown(f"{_('公式：')}{panel.plain(say(rule.formula))}")
        st.markdown(f"{_('依据：')}{say(rule.basis)}")
        st.markdown(f"{_('改法：')}{say(rule.remedy)}")
        if say(rule.example):
            st.markdown(f"{_('例：')}{say(rule.example)}")
        limits = settings.limits(rule)
        for threshold in rule.thresholds:
            st.caption(
                _("阈值 {name}＝{value}：{meaning}").format(
                    name=threshold.name, value=f"{limits[threshold.name]:g}", meaning=say(threshold.meaning)
                )
            )
        st.caption(_("规则版本 {version}").format(version=rule.version))


def glossary() -> dict[str, str]:
    """Terms and what they mean."""
    return {
        _("主动公开"): _("行政机关不待申请而公布政府信息。"),
        _("依申请公开"): _("公民、法人或其他组织提出申请，行政机关答复。"),
        _("本年新收"): _("统计期内收到的申请，不论当年是否办结。"),
        _("上年结转"): _("上年末尚未办结、转到本年办理的申请，应与上年报告的“结转下年度”相同。"),
        _("部分公开"): _("同一申请区分处理，一部分公开；只计这一情形，不再计入不予公开的理由。"),
        _("不予处理"): _("信访举报投诉、重复申请等依法不作为申请处理的情形。"),
        _("无法提供"): _("本机关不掌握、没有现成信息需要另行制作、补正后仍不明确。"),
        _("结果纠正"): _("复议机关或法院撤销、变更、责令重作或确认违法。"),
        _("尚未审结"): _("统计期末仍在复议或诉讼中，不计入纠错率。"),
        _("规章"): _("国务院部门和有立法权的地方政府制定的规章。"),
        _("行政规范性文件"): _("规章以外、涉及公众权利义务、在一定期限内反复适用的文件。"),
        _("汇总报告"): _("一级政府把所属部门和乡镇的数字合计后发布的报告。"),
        _("95%威尔逊区间"): _("比率的不确定范围：案件少时区间宽，不宜只看比率高低。"),
        _("未填"): _("报告该格空白；不等于0。"),
        _("套话"): _("放在任何一份报告里都成立、看不出本机关做了什么的句子。"),
    }


def show_log() -> None:
    """What was read and what was not."""
    summary = data_access.ingest_summary().to_dicts()[0]
    with figures.card_row(3):
        figures.card(_("读成报告"), number(summary["read"]), None, _("份文件"))
        figures.card(_("读不成"), number(summary["failed"]), None, _("份文件，见下表"))
        figures.card(_("内容重复"), number(summary["duplicate"]), None, _("份文件，只计一次"))
    st.caption(
        _("最近一次读入：{time}（UTC）；数据版本 {version}").format(
            time=f"{summary['latest']:%Y-%m-%d %H:%M}" if summary["latest"] else _("无"),
            version=data_access.version().rpartition("@")[2],
        )
    )
    failures = data_access.failures()
    if failures.is_empty():
        st.caption(_("没有读不成的文件。"))
        return
    if is_english():
        failures = figures.worded(failures, "reason", FAILURES.__getitem__, "message")
    shown = figures.worded(failures, "reason", words.failure_reason)
    panel.table(shown, "failures", lazy=shown.height > 1000)
    with st.container(horizontal=True):
        downloads.frame_buttons(shown, "failures", Filters())


def whole_tables() -> None:
    """Every public table, whole."""
    st.caption(_("以下为全部数据，不受筛选影响；文件边生成边下载。"))
    extracts.every_table()
    for name, meaning in extracts.TABLES.items():
        st.markdown(f"`{name}`　{_(meaning)}")
        extracts.whole_table(name)


open_page(_("口径与方法"), _("指标怎样算，规则凭什么，数据从哪里来。"), needs_reports=False)
views = {
    "measures": _("指标一览"),
    "rules": _("规则一览"),
    "glossary": _("术语"),
    "log": _("读入记录"),
    "data": _("全部数据"),
}
view = address.view(_("查看"), views, "view")
if view == "measures":
    st.caption(_("多份报告合计时，比率＝分子之和÷分母之和；只计分子分母都填写了的报告。没有分母时不显示比率。"))
    table = measures()
    with st.container(key="measure-definitions"):
        st.table(table.rename(downloads.headings(table)), border="horizontal")
    with st.container(horizontal=True):
        downloads.frame_buttons(table, "measures", Filters())
elif view == "rules":
    st.caption(
        _("共{count}条规则。每条规则对每份报告的结论是通过、未通过、存疑或不适用（附原因）。").format(
            count=len(rules.rules())
        )
    )
    settings = find_settings(data_access.store_folder(), RULES)
    for family in FAMILIES:
        members = [rule for rule in rules.rules().values() if rule.family == family]
        if members:
            st.markdown(f"**{words.family(family)}**")
            for rule in members:
                show_rule(rule, settings)
elif view == "glossary":
    for term, meaning in glossary().items():
        st.markdown(f"**{term}**　{meaning}")
elif view == "log":
    show_log()
else:
    whole_tables()
st.caption(_("公开 Gongkai {version} · Apache-2.0 · 离线运行，不向外发送任何数据").format(version=__version__))
