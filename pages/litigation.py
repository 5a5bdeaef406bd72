"""Litigation: results of reconsiderations and lawsuits, the correction rate with its interval, who is corrected."""

from __future__ import annotations

import polars as pl
import streamlit as st

from flags.measures import DISPUTE_ROUTES, MEASURES, MIN_DECIDED
from pages.shared import charts, data_access, extracts, figures, panel, words
from pages.shared.filters import Filters
from pages.shared.language import _, say
from pages.shared.page import open_page
from pages.shared.panel import Drawing

CORRECTION = ("correction_rate", "review_correction_rate", "lawsuit_correction_rate")
CARDS = ("reconsideration", "litigation", *CORRECTION, "dispute_rate")
RESULTS = ("upheld", "corrected", "other", "pending")
KEYS = tuple(f"litigation.{route}.{result}" for route in DISPUTE_ROUTES for result in RESULTS)
FORM = MEASURES["litigation"].source
UNIT = MEASURES["litigation"].unit
RANKED = 20


def results_by_route(filters: Filters) -> Drawing:
    """Results of the three roads of review."""
    table = figures.result_table(data_access.figures_by(filters, (), KEYS), ())
    names = {result: words.result(result) for result in RESULTS}
    table = figures.named(table, "route", {route: words.route(route) for route in DISPUTE_ROUTES})
    chart = charts.stacked_bars(table, "route", "value", "result", names, charts.RESULT_COLOURS)
    shown = figures.named(table, "result", names)
    return Drawing("results-by-route", _("复议和诉讼的结果"), say(UNIT), say(FORM), chart, shown)


def results_by_year(filters: Filters) -> Drawing:
    """Results of all reviews, year by year."""
    found = figures.result_table(data_access.figures_by(filters.any_year(), ("year",), KEYS), ("year",))
    table = found.group_by("year", "result", maintain_order=True).agg(pl.col("value").sum())
    names = {result: words.result(result) for result in RESULTS}
    chart = charts.stacked_years(table, "value", "result", names, charts.RESULT_COLOURS)
    shown = figures.named(table, "result", names)
    return Drawing("results-by-year", _("各年复议诉讼结果"), say(UNIT), say(FORM), chart, shown, picks={"year": "year"})


def correction_by_year(filters: Filters) -> Drawing:
    """The correction rate with its interval, year by year."""
    measure = MEASURES["correction_rate"]
    table = figures.rates(data_access.measures_by(filters.any_year(), ("year",), (measure.id,)), measure, ("year",))
    chart = charts.trend_with_interval(table, measure.id)
    note, picks = say(measure.definition), {"year": "year"}
    return Drawing("correction-by-year", _("各年纠错率"), "%", say(FORM), chart, table, note, picks)


def from_application_to_correction(filters: Filters) -> Drawing:
    """How many applications, disputes, closed cases and corrections there were."""
    table = figures.dispute_steps(data_access.measures_by(filters, (), ("received", "dispute_rate", "correction_rate")))
    note = _("争议不一定出自本年度的申请，因此各环节之间只能大致对照。")
    chart = charts.bars(table, "step", "value")
    return Drawing("steps", _("从申请到争议再到纠正"), say(UNIT), _("年度报告第三、四部分表格"), chart, table, note)


def correction_ranking(filters: Filters) -> Drawing:
    """Regions or issuers by correction rate; those with few closed cases are left out and counted."""
    measure, level = MEASURES["correction_rate"], data_access.level_to_compare(filters)
    table = figures.rates(data_access.measures_by(filters, (level,), (measure.id,)), measure, (level,))
    enough = table.filter(pl.col("denominator") >= MIN_DECIDED).sort(measure.id, level, descending=[True, False])
    note = figures.ranking_note(MIN_DECIDED, table.height - enough.height)
    shown = figures.with_fraction(enough.head(RANKED))
    chart = charts.bars(shown, level, measure.id, percent=True, label="fraction", interval=True)
    title = _("{measure}：按{level}排名").format(measure=say(measure.title), level=words.level(level))
    table = shown.drop("fraction")
    return Drawing("correction-ranking", title, "%", say(FORM), chart, table, note, {level: level})


def dispute_ranking(filters: Filters) -> Drawing:
    """Regions or issuers with the most reconsiderations and lawsuits."""
    level = data_access.level_to_compare(filters)
    found = data_access.measures_by(filters, (level,), ("reconsideration", "litigation"))
    found = found.drop_nulls(level).with_columns(total=pl.sum_horizontal("reconsideration", "litigation"))
    found = found.sort("total", level, descending=[True, False]).head(RANKED)
    names = {each: say(MEASURES[each].title) for each in ("reconsideration", "litigation")}
    table = figures.long(found, tuple(names), (level,))
    chart = charts.stacked_bars(table, level, "value", "measure", names)
    title = _("复议和诉讼件数：按{level}").format(level=words.level(level))
    note = _("前{count}名；点击可筛选。").format(count=RANKED)
    shown = figures.with_titles(table)
    return Drawing("dispute-ranking", title, say(UNIT), say(FORM), chart, shown, note, {level: level})


filters = open_page(_("复议诉讼"), _("多少申请引出争议，结果是维持还是纠正。"))
year = data_access.latest_year(filters)
of_year = filters.in_year(year)
figures.year_cards(filters, year, CARDS)
left, right = st.columns(2)
with left:
    panel.show(results_by_route(of_year), of_year)
with right:
    panel.show(results_by_year(filters), filters)
left, right = st.columns(2)
with left:
    panel.show(correction_by_year(filters), filters)
with right:
    panel.show(from_application_to_correction(of_year), of_year)
left, right = st.columns(2)
with left:
    panel.show(dispute_ranking(of_year), of_year)
with right:
    panel.show(correction_ranking(of_year), of_year)
extracts.rows_section("litigation", filters)
