"""Explorer: measures by regions, issuers, kinds or years, filtered by value, with totals, as a table to take away."""

from __future__ import annotations

import polars as pl
import streamlit as st

from flags.measures import MEASURES
from pages.shared import address, charts, data_access, downloads, figures, panel, words
from pages.shared.language import _, number, say
from pages.shared.page import open_page
from pages.shared.panel import Drawing

ROWS = ("province", "prefecture", "county", "issuer", "issuer_kind", "field_of_work", "edition", "year")
ACROSS = ("year", "issuer_kind", "edition")
CLICKED = ("province", "prefecture", "county", "issuer")
SHOWN_FIRST = ("received", "disclosure_rate")
LAZY_FROM = 2_000
DRAWN = 20


def ask() -> tuple[str, str | None, tuple[str, ...]]:
    """Rows, columns and measures."""
    left, middle, right = st.columns([1, 1, 2])
    with left:
        by = address.choose(_("行"), {name: words.column(name) for name in ROWS}, "by", "county")
    with middle:
        rest = {name: words.column(name) for name in ACROSS if name != by}
        across = address.select(_("列"), rest, "across", placeholder=_("不分列"))
    with right:
        chosen = address.several(_("指标"), figures.measure_titles(MEASURES), "measures", SHOWN_FIRST)
    return by, across, chosen


def within(table: pl.DataFrame, measures: tuple[str, ...]) -> pl.DataFrame:
    """Keeps the rows whose value of one measure lies between two bounds."""
    with st.expander(_("按数值筛选"), icon=":material/filter_alt:"):
        left, middle, right = st.columns(3)
        titles = figures.measure_titles(measures)
        with left:
            name = address.choose(_("按哪个指标"), titles, "bounded")
        low = middle.number_input(_("不小于"), value=None, key="at-least", placeholder=_("不限"), bind="query-params")
        high = right.number_input(_("不大于"), value=None, key="at-most", placeholder=_("不限"), bind="query-params")
        st.caption(_("比率按百分数填写，如60表示60%。没有数值的行在筛选时不保留。"))
    scale = 100 if MEASURES[name].is_rate else 1
    if low is not None:
        table = table.filter(pl.col(name) >= low / scale)
    if high is not None:
        table = table.filter(pl.col(name) <= high / scale)
    return table


def shown_columns(measures: tuple[str, ...]) -> list[str]:
    """The columns of measures, beside each rate its numerator and denominator."""
    return [column for name in measures for column in (name, *panel.parts_shown(name))]


def wide(table: pl.DataFrame, by: str, across: str, measures: tuple[str, ...]) -> tuple[pl.DataFrame, set[str]]:
    """A column for each value across and measure; and which of them are rates."""
    named = in_words(table.with_columns(pl.col(across).cast(pl.String)), across)
    named = named.with_columns(pl.col(across).fill_null(_("未识别")))
    parts, rates = named.select(by).unique(maintain_order=True), set()
    for value in named.get_column(across).unique().sort().to_list():
        titles = {name: f"{value} {words.column(name)}" for name in shown_columns(measures)}
        rates |= {titles[name] for name in measures if MEASURES[name].is_rate}
        part = named.filter(pl.col(across) == value).select(by, *(pl.col(name).alias(titles[name]) for name in titles))
        parts = parts.join(part, on=by, how="left", maintain_order="left", nulls_equal=True)
    return parts, rates


def in_words(table: pl.DataFrame, column: str) -> pl.DataFrame:
    """The table with kinds and editions in words."""
    named = {"issuer_kind": words.kind, "edition": words.edition}
    return figures.worded(table, column, named[column]) if column in named else table


def picture(table: pl.DataFrame, by: str, name: str) -> Drawing:
    """The first measure as bars."""
    measure = MEASURES[name]
    drawn = table.drop_nulls([by, name]).sort(name, descending=True).head(DRAWN)
    drawn = drawn.select(pl.col(by).cast(pl.String), *shown_columns((name,)))
    title = _("{measure}：按{level}").format(measure=say(measure.title), level=words.level(by))
    chart = charts.bars(drawn, by, name, percent=measure.is_rate)
    note = _("前{count}名；点击可筛选。") if by in CLICKED else _("前{count}名。")
    picks = {by: by} if by in CLICKED else {}
    return Drawing(
        "explorer", title, say(measure.unit), say(measure.source), chart, drawn, note.format(count=DRAWN), picks
    )


filters = open_page(_("数据透视"), _("自选指标和行列，筛选、合计、导出。"))
by, across, measures = ask()
if not measures:
    st.info(_("请至少选一个指标。"), icon=":material/pivot_table_chart:")
    st.stop()
groups = (by,) if across is None else (by, across)
year = data_access.latest_year(filters)
if "year" not in groups:
    filters = filters.in_year(year)
found = within(data_access.measures_by(filters, groups, measures), measures)
found = in_words(found, by)
total = data_access.measures_by(filters, (), measures)
scope = _("全部年度") if "year" in groups else _("{year}年度").format(year=year)
note = _("{scope}，{count}行。合计按“合计口径”计算，比率的合计＝分子之和÷分母之和。")
rates: set[str] = set()
if across is None:
    shown = found.select(by, "reports", *shown_columns(measures))
else:
    shown, rates = wide(found, by, across, measures)
st.caption(note.format(scope=scope, count=number(shown.height)))
panel.table(shown, "explorer-table", lazy=shown.height > LAZY_FROM, rates=rates)
st.markdown(f"**{_('合计')}**")
panel.table(total.select("reports", *shown_columns(measures)), "total")
with st.container(horizontal=True):
    downloads.table_buttons(shown, "pivot", filters)
if across is None:
    panel.show(picture(found, by, measures[0]), filters)
