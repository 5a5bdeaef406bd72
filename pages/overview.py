"""Overview: reports received, applications, disclosure, disputes and findings, and where to look first."""

from __future__ import annotations

import streamlit as st

from flags.measures import MEASURES
from pages.shared import (
    charts,
    coverage_data,
    data_access,
    extracts,
    figures,
    findings_data,
    maps,
    panel,
    rules,
    words,
)
from pages.shared.filters import Filters
from pages.shared.language import _, number, percent, say
from pages.shared.page import link, open_page, report_table
from pages.shared.panel import Drawing

HEADLINES = ("received", "disclosure_rate", "reconsideration", "litigation", "correction_rate")
FIRST_TO_LOOK_AT, RULES_SHOWN = 10, 12
MAPPED = ("received", "disclosure_rate", "dispute_rate", "correction_rate")


def headline_figures(filters: Filters, year: int | None) -> None:
    """The year's figures as cards, last year's beside them."""
    by_year = data_access.measures_by(filters.any_year(), ("year",), HEADLINES)
    now, before = figures.of_year(by_year, year), figures.of_year(by_year, None if year is None else year - 1)
    coverage = coverage_data.against_expected(filters.any_year(), ())
    held, last = figures.of_year(coverage, year), figures.of_year(coverage, None if year is None else year - 1)
    with figures.card_row(1 + len(HEADLINES)):
        figures.card(
            _("已收报告"),
            number(held.get("received_reports")),
            figures.change(held.get("received_reports"), last.get("received_reports")),
            _("应报{expected}份\n报送率{share}").format(
                expected=number(held.get("expected_reports")), share=percent(held.get("share"))
            )
            + figures.last_year(last.get("received_reports")),
        )
        for name in HEADLINES:
            figures.measure_card(MEASURES[name], now, before)


def trend_of_applications(filters: Filters) -> Drawing:
    """Applications received, year by year."""
    table = data_access.measures_by(filters.any_year(), ("year",), ("received",))
    table = table.drop_nulls(["year", "received"]).select("year", "received", "received.reports")
    chart = charts.trend(table.rename({"received.reports": "reports"}), "received")
    return Drawing(
        "applications-by-year",
        _("各年收到的政府信息公开申请"),
        say(MEASURES["received"].unit),
        say(MEASURES["received"].source),
        chart,
        table,
        _("收到＝本年新收＋上年结转。点击某年即筛选该年。"),
        {"year": "year"},
    )


def trend_of_disclosure(filters: Filters) -> Drawing:
    """The disclosure rate, year by year."""
    measure = MEASURES["disclosure_rate"]
    table = figures.rates(data_access.measures_by(filters.any_year(), ("year",), (measure.id,)), measure, ("year",))
    return Drawing(
        "disclosure-by-year",
        _("各年公开率"),
        "%",
        say(measure.source),
        charts.trend(table, measure.id, percent=True),
        table,
        say(measure.definition),
        {"year": "year"},
    )


def findings_by_rule(filters: Filters) -> Drawing:
    """The rules that were raised most."""
    found = findings_data.commonest_rules(filters, RULES_SHOWN)
    table = figures.worded(found, "rule", rules.title, "rule_title")
    table = table.select("rule_title", "severity", "findings", "reports", "rule")
    names = {key: words.severity(key) for key in charts.SEVERITY_COLOURS}
    chart = charts.stacked_bars(
        table, "rule_title", "findings", "severity", names, charts.SEVERITY_COLOURS, pick="rule"
    )
    return Drawing(
        "findings-by-rule",
        _("最常见的问题"),
        _("个"),
        _("检查规则"),
        chart,
        figures.named(table, "severity", names),
        _("点击某条规则，逐条查看它的问题和证据。"),
        {"rule": "rule"},
        nothing=_("没有发现问题。"),
        opens="flags",
        along={"year": filters.year},
    )


def map_of(filters: Filters, measure_id: str) -> Drawing:
    """One measure on the map."""
    measure, level = MEASURES[measure_id], data_access.level_to_compare(filters)
    found = data_access.measures_by(filters, (level,), (measure_id,)).drop_nulls(level)
    table = figures.rates(found, measure, (level,)) if measure.is_rate else found.select(level, measure_id)
    chart, shapes = maps.regions_map(table, level, measure_id, filters, percent=measure.is_rate)
    title = _("地图：{measure}，按{level}").format(measure=say(measure.title), level=words.level(level))
    note = panel.sentences(say(measure.definition), maps.note())
    return Drawing("map", title, say(measure.unit), say(measure.source), chart, table, note, {level: level}, shapes)


def first_to_look_at(filters: Filters) -> None:
    """The reports with the gravest findings."""
    st.subheader(_("最先要看的报告"), anchor=False)
    st.caption(_("按错误、警示、提示的条数依次排序。选中一行可打开该报告。"))
    report_table(findings_data.worst_reports(filters, FIRST_TO_LOOK_AT), "first-to-look-at")


filters = open_page(_("总览"), _("报告收齐了没有，申请办得怎样，先看哪几份。"))
year = data_access.latest_year(filters)
of_year = filters.in_year(year)
st.subheader(_("{year}年度").format(year=year) if year else _("全部年度"), anchor=False)
figures.counted_note(of_year)
headline_figures(filters, year)
st.markdown(f"**{_('检查发现的问题')}**")
figures.severity_cards(of_year)
left, right = st.columns(2)
with left:
    panel.show(trend_of_applications(filters), filters)
with right:
    panel.show(trend_of_disclosure(filters), filters)
if maps.drawable(of_year):
    chosen = figures.choose_measure(MAPPED, "mapped", rates=None)
    panel.show(map_of(of_year, chosen), of_year)
panel.show(findings_by_rule(of_year), of_year)
link("flags", _("逐条查看问题和证据"), ":material/flag:")
first_to_look_at(of_year)
extracts.rows_section("measures", filters)
