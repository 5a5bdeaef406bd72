"""Findings: by rule, region, kind, severity and year, each with its evidence; copied text side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from pages.shared import (
    address,
    charts,
    copies,
    data_access,
    downloads,
    extracts,
    figures,
    findings_data,
    likeness,
    panel,
    rules,
    words,
)
from pages.shared.filters import Filters
from pages.shared.language import _, figure_name, is_english, number
from pages.shared.page import link, open_page
from pages.shared.panel import Drawing

ROWS_A_PAGE = 50
RANKED, RANKED_RULES = 20, 15
LISTED_GROUPS, NAMED = 50, 8
SEVERITIES = tuple(charts.SEVERITY_COLOURS)


def severity_names() -> dict[str, str]:
    """Severities in words."""
    return {key: words.severity(key) for key in SEVERITIES}


def source() -> str:
    """Where findings come from."""
    return _("检查规则，见“口径与方法”")


def by_rule(filters: Filters) -> Drawing:
    """How often each rule was raised."""
    found = findings_data.commonest_rules(filters, RANKED_RULES)
    table = figures.worded(found, "rule", rules.title, "rule_title").select(
        "rule_title", "severity", "findings", "reports", "rule"
    )
    chart = charts.stacked_bars(
        table, "rule_title", "findings", "severity", severity_names(), charts.SEVERITY_COLOURS, pick="rule"
    )
    shown = figures.named(table, "severity", severity_names())
    note = _("最常见的{count}条规则；点击某条规则，下面只列它的问题。").format(count=RANKED_RULES)
    picks = {"rule": "rule"}
    return Drawing(
        "findings-by-rule",
        _("各规则发现的问题"),
        _("个"),
        source(),
        chart,
        shown,
        note,
        picks,
        nothing=_("没有发现问题。"),
    )


def by_region(filters: Filters) -> Drawing:
    """Where the findings are."""
    level = data_access.level_to_compare(filters)
    found = findings_data.findings_by(filters, (level, "severity")).drop_nulls(level)
    ranked = found.group_by(level).agg(pl.col("findings").sum()).sort("findings", level, descending=[True, False])
    order = ranked.head(RANKED).with_row_index("place").select(level, "place")
    table = found.join(order, on=level).sort("place").drop("place")
    chart = charts.stacked_bars(table, level, "findings", "severity", severity_names(), charts.SEVERITY_COLOURS)
    title = _("问题最多的{level}").format(level=words.level(level))
    shown = figures.named(table, "severity", severity_names())
    note = _("前{count}名；点击可筛选。").format(count=RANKED)
    return Drawing(
        "findings-by-region", title, _("个"), source(), chart, shown, note, {level: level}, nothing=_("没有发现问题。")
    )


def by_year(filters: Filters) -> Drawing:
    """Findings year by year."""
    table = findings_data.findings_by(filters.any_year(), ("year", "severity")).drop_nulls("year")
    chart = charts.stacked_years(table, "findings", "severity", severity_names(), charts.SEVERITY_COLOURS)
    shown = figures.named(table, "severity", severity_names())
    note = _("点击某年即筛选该年。")
    return Drawing(
        "findings-by-year",
        _("各年问题数"),
        _("个"),
        source(),
        chart,
        shown,
        note,
        {"year": "year"},
        nothing=_("没有发现问题。"),
    )


def by_kind(filters: Filters) -> Drawing:
    """Findings a report, by kind of issuer."""
    found = findings_data.findings_by(filters, ("issuer_kind",))
    counts = data_access.reports_by(filters, ("issuer_kind",)).rename({"reports": "denominator"})
    joined = figures.worded(counts.join(found, on="issuer_kind", how="left"), "issuer_kind", words.kind, "kind")
    table = joined.select(
        "kind",
        pl.col("issuer_kind").cast(pl.String),
        (pl.col("findings").fill_null(0) / pl.col("denominator")).alias("value"),
        pl.col("findings").fill_null(0).alias("numerator"),
        "denominator",
    )
    table = table.sort("value", descending=True)
    note = _("平均每份报告的问题数＝问题数 ÷ 报告份数。")
    chart = charts.bars(table, "kind", "value", pick="issuer_kind")
    return Drawing(
        "findings-by-kind",
        _("平均每份报告的问题：按机关类别"),
        _("个/份"),
        source(),
        chart,
        table,
        note,
        {"issuer_kind": "kind"},
    )


def narrow(filters: Filters) -> tuple[str | None, str | None]:
    """The rule and the severity whose findings are listed."""
    left, right = st.columns(2)
    found = findings_data.findings_by(filters, ("rule", "severity")).group_by("rule").agg(pl.col("findings").sum())
    raised = found.sort("findings", "rule", descending=[True, False]).get_column("rule").to_list()
    with left:
        rule = address.select(_("规则"), {each: rules.title(each) for each in raised}, "rule", placeholder=_("全部"))
    with right:
        severity = address.select(_("级别"), severity_names(), "severity", placeholder=_("全部"))
    return rule, severity


def list_findings(filters: Filters, rule: str | None, severity: str | None, message: str) -> Mapping[str, Any] | None:
    """A page of findings, the gravest first; returns the one chosen."""
    total = findings_data.count_findings(filters, rule, severity)
    if not total:
        st.success(_("所选范围内没有发现问题。"), icon=":material/check_circle:")
        return None
    pages = -(-total // ROWS_A_PAGE)
    st.caption(_("共{count}条。选中一行看证据。").format(count=number(total)))
    page_number = st.pagination(pages, key="findings-page") if pages > 1 else 1
    found = findings_data.page_of_findings(filters, rule, severity, (page_number - 1) * ROWS_A_PAGE, ROWS_A_PAGE)
    titled = figures.worded(figures.worded(found, "rule", rules.title, "rule_title"), "severity", words.severity)
    shown = titled.select(
        "severity",
        "rule_title",
        "issuer",
        "year",
        pl.coalesce(pl.col(message).replace("", None), "message").alias("message"),
        "score",
    )
    if shown.get_column("score").null_count() == shown.height:
        shown = shown.drop("score")
    settings = {"message": st.column_config.TextColumn(words.column("message"), width="large")}
    event = panel.table(
        shown, "findings", on_select="rerun", selection_mode="single-row", column_config=settings, placeholder=""
    )
    chosen = event.selection.rows
    return found.to_dicts()[chosen[0]] if chosen and chosen[0] < found.height else None


def show_copies(filters: Filters) -> None:
    """Groups of reports that share a text, and two of them word by word."""
    found = copies.groups(filters)
    st.subheader(_("雷同文本（{count}组）").format(count=number(len(found))), anchor=False)
    if not found:
        st.caption(_("所选范围内没有发现互相雷同的报告。"))
        return
    table = pl.DataFrame(
        [(len(each), (", " if is_english() else "、").join(names_of(each))) for each in found[:LISTED_GROUPS]],
        schema={"reports": pl.Int64, "names": pl.String},
        orient="row",
    )
    settings = {
        "reports": st.column_config.NumberColumn(words.column("reports"), width="small"),
        "names": st.column_config.TextColumn(_("报告"), width="large"),
    }
    st.caption(_("选中一组，逐字比对其中两份。"))
    event = panel.table(table, "copies", on_select="rerun", selection_mode="single-row", column_config=settings)
    with st.container(horizontal=True):
        downloads.frame_buttons(table, "copies", filters)
    chosen = found[event.selection.rows[0] if event.selection.rows else 0]
    show_likeness(chosen[0], list(chosen[1:]))


def names_of(report_ids: tuple[str, ...]) -> list[str]:
    """Issuer and year of some reports."""
    named = data_access.names_of_reports(report_ids[:NAMED])
    return [f"{row['issuer'] or '?'} {row['year'] or ''}" for row in named.to_dicts()]


def show_evidence(finding: Mapping[str, Any], message: str) -> None:
    """What a finding rests on: figures, quotations, the other reports."""
    evidence = json.loads(finding["evidence"] or "{}")
    with st.container(border=True):
        st.markdown(
            f"**{rules.title(finding['rule'])}** · {panel.plain(finding['issuer'] or '')} {finding['year'] or ''}"
        )
        st.markdown(panel.plain(finding[message] or finding["message"]))
        st.caption(rules.explanation(finding["rule"]))
        if cells := evidence.get("cells"):
            rows = [(figure_name(cell["key"]), cell.get("value")) for cell in cells]
            schema = {"key": pl.String, "value": pl.Float64}
            panel.table(pl.DataFrame(rows, schema=schema, orient="row", strict=False), "evidence-cells")
        for quote in evidence.get("quotes") or ():
            st.markdown(f"> {panel.plain(str(quote.get('text', '')))}")
        if finding["report_id"]:
            link("report", _("打开这份报告"), ":material/description:", report=finding["report_id"])
        others = [other for other in evidence.get("reports") or () if isinstance(other, str)]
        if others and finding["report_id"]:
            show_likeness(finding["report_id"], others)


def show_likeness(report_id: str, others: list[str]) -> None:
    """The text of two reports, what only one of them says marked."""
    names = data_access.names_of_reports(tuple(others))
    labels = {row["report_id"]: f"{row['issuer']} {row['year']}" for row in names.to_dicts()}
    if not labels:
        return
    other = st.selectbox(_("与哪份报告比对"), list(labels), format_func=labels.__getitem__, key=f"likeness-{report_id}")
    mine = "".join(f"{row['issuer']} {row['year']}" for row in data_access.names_of_reports((report_id,)).to_dicts())
    likeness.show((report_id, other), (mine, labels[other]))


filters = open_page(_("异常与套话"), _("哪些问题最多，出在哪里，证据是什么。"))
message = "message_en" if is_english() else "message"
figures.severity_cards(filters)
left, right = st.columns(2)
with left:
    panel.show(by_rule(filters), filters)
    panel.show(by_kind(filters), filters)
with right:
    panel.show(by_region(filters), filters)
    panel.show(by_year(filters), filters)
st.subheader(_("逐条问题"), anchor=False)
rule, severity = narrow(filters)
chosen = list_findings(filters, rule, severity, message)
if chosen:
    show_evidence(chosen, message)
show_copies(filters)
explained = _("每条问题一行，按上面选的规则和级别；附证据、规则版本和文件指纹。")
extracts.rows_section("flags", filters, explained, rule=rule, severity=severity)
