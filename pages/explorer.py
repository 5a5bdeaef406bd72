"""Explorer: measures by regions, issuers, kinds or years, filtered by value, with totals, as a table to take away."""

from __future__ import annotations

import polars as pl
import streamlit as st

from flags.measures import MEASURES, values_of
from pages.shared import address, charts, data_access, downloads, extracts, figures, panel, words
from pages.shared.language import _, number, say
from pages.shared.page import open_page
from pages.shared.panel import Drawing

ROWS = ("province", "prefecture", "county", "issuer", "issuer_kind", "field_of_work", "edition", "year")
ACROSS = ("year", "issuer_kind", "edition")
CLICKED = ("province", "prefecture", "county", "issuer")
SHOWN_FIRST = ("received", "disclosure_rate")
LAZY_FROM = 2_000
DRAWN = 20


def ask(level: str) -> tuple[str, str | None, tuple[str, ...]]:
    """Rows, to begin with regions of the level at which there are several, columns and measures."""
    left, middle, right = st.columns([1, 1, 2])
    with left:
        by = address.choose(_("行"), {name: words.column(name) for name in ROWS}, "by", level)
    with middle:
        rest = {name: words.column(name) for name in ACROSS if name != by}
        across = address.select(_("列"), rest, "across", placeholder=_("不分列"))
    with right:
        chosen = address.several(_("指标"), figures.measure_titles(MEASURES), "measures", SHOWN_FIRST)
    return by, across, chosen


def within(table: pl.DataFrame, measures: tuple[str, ...]) -> tuple[pl.DataFrame, bool]:
    """The rows whose value of one measure lies between two bounds, and whether a bound is set."""
    asked = bool({"at-least", "at-most"} & set(st.query_params))
    with st.expander(_("按数值筛选"), icon=":material/filter_alt:", expanded=asked):
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
    return table, low is not None or high is not None


def totals(rows: pl.DataFrame, across: str | None, measures: tuple[str, ...]) -> pl.DataFrame:
    """The sums of the rows shown, for each value across; rates as sums over sums."""
    wanted = [MEASURES[name] for name in measures]
    parts = [column for measure in wanted for column in measure.columns]
    sums = [pl.col("reports").sum(), *map(data_access.sum_of_stated, parts)]
    summed = rows.select(sums) if across is None else rows.group_by(across).agg(sums)
    return summed.with_columns(values_of(wanted))


def note_on_totals(bounded: bool, rows: int, total: int) -> str:
    """What the totals are sums of, where they are not simply those of the rows."""
    if bounded:
        return _("合计为筛选后各行之和，比率的合计＝分子之和÷分母之和。")
    if rows == total:
        return _("合计为各行之和，比率的合计＝分子之和÷分母之和。")
    return _(
        "合计取自{total}份报告，各行取自{rows}份：政府的汇总报告已含下级，不能归入任何一行的只在合计里，"
        "因此合计不一定等于各行之和。比率的合计＝分子之和÷分母之和。"
    ).format(total=number(total), rows=number(rows))


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
    drawn = table.with_columns(pl.col(by).cast(pl.String)).drop_nulls([by, name])
    drawn = drawn.sort(name, by, descending=[True, False]).head(DRAWN)
    title = _("{measure}：按{level}").format(measure=say(measure.title), level=words.level(by))
    if measure.is_rate:
        drawn = figures.rates(drawn, measure, (by,))
        chart = charts.bars(figures.with_fraction(drawn), by, name, percent=True, label="fraction", interval=True)
    else:
        drawn = drawn.select(by, name, pl.col(f"{name}.reports").alias("reports"))
        chart = charts.bars(drawn, by, name)
    note = _("前{count}名；点击可筛选。") if by in CLICKED else _("前{count}名。")
    picks = {by: by} if by in CLICKED else {}
    return Drawing(
        "explorer", title, say(measure.unit), say(measure.source), chart, drawn, note.format(count=DRAWN), picks
    )


filters = open_page(_("数据透视"), _("自选指标和行列，筛选、合计、导出。"))
by, across, measures = ask(data_access.level_to_compare(filters))
if not measures:
    st.info(_("请至少选一个指标。"), icon=":material/pivot_table_chart:")
    st.stop()
groups = (by,) if across is None else (by, across)
year = data_access.latest_year(filters)
if "year" not in groups:
    filters = filters.in_year(year)
found, bounded = within(data_access.measures_by(filters, groups, measures), measures)
total = totals(found, across, measures) if bounded else data_access.measures_by(filters, groups[1:], measures)
note = note_on_totals(bounded, *(int(table.get_column("reports").sum()) for table in (found, total)))
found, total = in_words(found, by), total.with_columns(pl.lit(_("合计")).alias(by))
scope = _("全部年度") if "year" in groups else _("{year}年度").format(year=year)
rates: set[str] = set()
if across is None:
    shown, total = (table.select(by, "reports", *shown_columns(measures)) for table in (found, total))
else:
    shown, rates = wide(found, by, across, measures)
    total = wide(total, by, across, measures)[0]
st.caption(_("{scope}，{count}行。").format(scope=scope, count=number(shown.height)))
panel.table(shown, "explorer-table", lazy=shown.height > LAZY_FROM, rates=rates)
if found.is_empty():
    st.stop()
st.caption(note)
panel.table(total, "total", rates=rates)
with st.container(horizontal=True):
    downloads.table_buttons(shown, "pivot", filters)
if across is None:
    panel.show(picture(found, by, measures[0]), filters)
extracts.rows_section("measures", filters)
