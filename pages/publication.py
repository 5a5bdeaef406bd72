"""Publication: documents made, repealed and in force; licences, penalties, coercion; fees; counts by channel."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import streamlit as st

from flags.measures import MEASURES
from pages.shared import charts, data_access, extracts, figures, panel, words
from pages.shared.filters import Filters
from pages.shared.language import _, say
from pages.shared.page import open_page
from pages.shared.panel import Drawing

DOCUMENTS = ("documents_issued", "documents_repealed", "documents_in_force")
DECISIONS = ("licensing", "penalty", "coercion")
CARDS = (*DOCUMENTS, "renewal", *DECISIONS, "fees")
RANKED = 15


def series_by_year(filters: Filters, names: Mapping[str, str], name: str, title: str) -> Drawing:
    """Several counts, a line each, over the years; `names` says what each is called beside the title."""
    first = MEASURES[next(iter(names))]
    wide = data_access.measures_by(filters.any_year(), ("year",), tuple(names))
    table = figures.long(wide, tuple(names), ("year",))
    chart = charts.trends(table, "value", "measure", names)
    shown = figures.with_titles(table)
    return Drawing(
        name, title, say(first.unit), say(first.source), chart, shown, figures.gap_note(), picks={"year": "year"}
    )


def fees_by_year(filters: Filters) -> Drawing:
    """Fees charged, year by year."""
    table = data_access.measures_by(filters.any_year(), ("year",), ("fees",)).drop_nulls(["year", "fees"])
    table = table.select("year", "fees", pl.col("fees.reports").alias("reports"))
    measure = MEASURES["fees"]
    chart = charts.trend(table, "fees")
    title, unit, source = _("各年行政事业性收费"), say(measure.unit), say(measure.source)
    return Drawing("fees-by-year", title, unit, source, chart, table, picks={"year": "year"})


def ranking(filters: Filters, measure_id: str) -> Drawing:
    """The regions or issuers with the most."""
    measure, level = MEASURES[measure_id], data_access.level_to_compare(filters)
    table = data_access.measures_by(filters, (level,), (measure_id,)).drop_nulls([level, measure_id])
    table = table.select(level, measure_id, pl.col(f"{measure_id}.reports").alias("reports"))
    table = table.sort(measure_id, level, descending=[True, False]).head(RANKED)
    return Drawing(
        f"ranking-{measure_id}",
        _("{measure}：按{level}排名").format(measure=say(measure.title), level=words.level(level)),
        say(measure.unit),
        say(measure.source),
        charts.bars(table, level, measure_id),
        table,
        _("前{count}名；点击可筛选。").format(count=RANKED),
        {level: level},
    )


def spread(filters: Filters, measure_id: str) -> Drawing:
    """How the reports of one year spread over the range of a count."""
    measure = MEASURES[measure_id]
    table = data_access.distribution(filters, measure_id)
    return Drawing(
        f"distribution-{measure_id}",
        _("{measure}：各报告的分布").format(measure=say(measure.title)),
        _("份"),
        say(measure.source),
        charts.distribution(table),
        table,
        _("横轴为每份报告的数值（{unit}），纵轴为报告份数。").format(unit=say(measure.unit)),
    )


def channels(filters: Filters) -> Drawing:
    """What the narratives say was published, by channel."""
    table = figures.worded(data_access.channels(filters), "channel", words.channel)
    return Drawing(
        "channels",
        _("各渠道公开信息条数（据正文所述）"),
        _("条"),
        _("年度报告正文"),
        charts.bars(table, "channel", "value"),
        table,
        _("只计正文写明准确数字的报告；各报告口径不一，仅供参考。"),
    )


filters = open_page(_("主动公开"), _("制发、废止和现行有效的文件，许可、处罚、强制和收费。"))
year = data_access.latest_year(filters)
of_year = filters.in_year(year)
figures.year_cards(filters, year, CARDS)
left, right = st.columns(2)
with left:
    names = dict(zip(DOCUMENTS, (_("制发"), _("废止"), _("现行有效")), strict=True))
    panel.show(series_by_year(filters, names, "documents-by-year", _("各年规章和规范性文件")), filters)
with right:
    names = dict(zip(DECISIONS, (_("许可"), _("处罚"), _("强制")), strict=True))
    panel.show(series_by_year(filters, names, "decisions-by-year", _("各年许可、处罚、强制决定")), filters)
left, right = st.columns(2)
with left:
    panel.show(fees_by_year(filters), filters)
with right:
    panel.show(channels(of_year), of_year)
if data_access.report_count(of_year) > 1:  # one alone has no rank
    chosen = figures.choose_measure(CARDS, "publication-measure", rates=False)
    left, right = st.columns(2)
    with left:
        panel.show(ranking(of_year, chosen), of_year)
    with right:
        panel.show(spread(of_year, chosen), of_year)
extracts.rows_section("publication", filters)
