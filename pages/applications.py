"""Applications: from receipt to outcome to carry-over, grounds, applicants and rates, small numbers guarded."""

from __future__ import annotations

import polars as pl
import streamlit as st

from flags.measures import MEASURES, MIN_DECIDED, OUTCOME_GROUPS
from loaders.form.editions import edition
from pages.shared import charts, data_access, extracts, figures, flow, panel, words
from pages.shared.filters import Filters
from pages.shared.language import _, column_name, say
from pages.shared.page import open_page
from pages.shared.panel import Drawing

DEFINITIONS = ("disclosure_rate", "full_disclosure_rate", "disclosure_of_received")
CARDS = ("received", "new", "decided", "carried_out", *DEFINITIONS, "carry_over_rate")
FORM = MEASURES["received"].source
UNIT = MEASURES["received"].unit
RANKED = 20


def flow_of_year(filters: Filters) -> Drawing:
    """From new and carried-in applications to outcomes and carry-over."""
    table = figures.flow_table(data_access.outcomes_by(filters, ()))
    chart = flow.chart(table) if table.get_column("value").sum() else None
    return Drawing("flow", _("申请从收到到办结"), say(UNIT), say(FORM), chart, table, flow.note(table))


def outcomes_by_year(filters: Filters, shares: bool) -> Drawing:
    """Outcomes stacked, year by year."""
    table = figures.outcome_table(data_access.outcomes_by(filters.any_year(), ("year",)), ("year",))
    names = {group: words.outcome(group) for group in OUTCOME_GROUPS}
    chart = charts.stacked_years(table, "value", "outcome", names, charts.OUTCOME_COLOURS, shares=shares)
    shown = figures.named(table, "outcome", names)
    title = _("各年办理结果占比") if shares else _("各年办理结果")
    return Drawing(
        "outcomes-by-year", title, "%" if shares else say(UNIT), say(FORM), chart, shown, picks={"year": "year"}
    )


def outcomes_by_region(filters: Filters, shares: bool) -> Drawing:
    """Outcomes stacked, region by region or issuer by issuer."""
    level = data_access.level_to_compare(filters)
    found = data_access.outcomes_by(filters, (level,)).drop_nulls(level)
    found = found.sort("applications.total.total", descending=True, nulls_last=True).head(RANKED)
    table = figures.outcome_table(found, (level,))
    names = {group: words.outcome(group) for group in OUTCOME_GROUPS}
    chart = charts.stacked_bars(table, level, "value", "outcome", names, charts.OUTCOME_COLOURS, shares=shares)
    title = _("办理结果：按{level}").format(level=words.level(level))
    shown = figures.named(table, "outcome", names)
    note = _("按办结数排序的前{count}名；点击可筛选。").format(count=RANKED)
    return Drawing(
        "outcomes-by-region", title, "%" if shares else say(UNIT), say(FORM), chart, shown, note, {level: level}
    )


def grounds(filters: Filters) -> Drawing:
    """All outcomes and their grounds as a tree."""
    table = figures.ground_table(data_access.outcomes_by(filters, ()))
    note = _("占比＝该项 ÷ 办理结果总计。2019版“其他处理”只有一行，不分情形。")
    return Drawing("grounds", _("办理结果及理由"), say(UNIT), say(FORM), charts.tree(table), table, note)


def applicants(filters: Filters) -> Drawing:
    """New applications by kind of applicant."""
    (block,) = edition("2021").blocks_of("applications")
    columns = {f"applications.new.{column.key}": column_name(column) for column in block.columns[:-1]}
    sums = data_access.figures_by(filters, (), tuple(columns))
    table = pl.DataFrame(
        [(name, sums.get_column(key)[0]) for key, name in columns.items()],
        schema={"applicant": pl.String, "value": pl.Float64},
        orient="row",
    ).drop_nulls()
    table = table.with_columns(share=pl.col("value") / pl.col("value").sum()).fill_nan(None)
    chart = charts.bars(table.sort("value", descending=True), "applicant", "value")
    return Drawing("applicants", _("本年新收申请：按申请人类别"), say(UNIT), say(FORM), chart, table)


def rates_by_year(filters: Filters) -> Drawing:
    """The disclosure rate in its three definitions, year by year."""
    wide = data_access.measures_by(filters.any_year(), ("year",), DEFINITIONS)
    table = figures.long(wide, DEFINITIONS, ("year",))
    names = {each: say(MEASURES[each].title) for each in DEFINITIONS}
    chart = charts.trends(table, "value", "measure", names, percent=True)
    note = panel.sentences(*(figures.defined(MEASURES[each]) for each in DEFINITIONS))
    shown, picks = figures.with_titles(table), {"year": "year"}
    return Drawing("rates-by-year", _("公开率的三种算法"), "%", say(FORM), chart, shown, note, picks)


def rate_ranking(filters: Filters, measure_id: str) -> Drawing:
    """Regions or issuers by a rate, with interval and N; those below the minimum are left out and counted."""
    measure, level = MEASURES[measure_id], data_access.level_to_compare(filters)
    table = figures.rates(data_access.measures_by(filters, (level,), (measure_id,)), measure, (level,))
    enough = table.filter(pl.col("denominator") >= MIN_DECIDED).sort(measure_id, level, descending=[True, False])
    note = figures.ranking_note(MIN_DECIDED, table.height - enough.height)
    shown = figures.with_fraction(enough.head(RANKED))
    chart = charts.bars(shown, level, measure_id, percent=True, label="fraction", interval=True)
    title = _("{measure}：按{level}排名").format(measure=say(measure.title), level=words.level(level))
    table = shown.drop("fraction")
    return Drawing(f"rate-{measure_id}", title, "%", say(measure.source), chart, table, note, {level: level})


filters = open_page(_("依申请公开"), _("收到多少申请，怎样办结，还剩多少。"))
year = data_access.latest_year(filters)
of_year = filters.in_year(year)
figures.year_cards(filters, year, CARDS)
panel.show(flow_of_year(of_year), of_year)
shares = st.toggle(_("结果按占比显示"), key="shares", bind="query-params")
left, right = st.columns(2)
with left:
    panel.show(outcomes_by_year(filters, shares), filters)
with right:
    panel.show(outcomes_by_region(of_year, shares), of_year)
left, right = st.columns(2)
with left:
    panel.show(applicants(of_year), of_year)
with right:
    panel.show(rates_by_year(filters), filters)
panel.show(grounds(of_year), of_year)
chosen = figures.choose_measure(tuple(MEASURES), "applications-rate", rates=True, source=FORM)
panel.show(rate_ranking(of_year, chosen), of_year)
extracts.rows_section("applications", filters)
