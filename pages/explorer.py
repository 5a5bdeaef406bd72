"""Explorer: measures by regions, issuers, kinds or years, filtered by value, with totals, as a table to take away."""

from __future__ import annotations

import polars as pl
import streamlit as st

from flags.measures import MEASURES
from pages.shared import charts, data_access, downloads, figures, panel, words
from pages.shared.language import _, number, say
from pages.shared.page import open_page
from pages.shared.panel import Drawing

ROWS = ("province", "prefecture", "county", "issuer", "issuer_kind", "field_of_work", "edition", "year")
ACROSS = ("year", "issuer_kind", "edition")
LAZY_FROM = 2_000


def ask() -> tuple[str, str | None, tuple[str, ...]]:
    """Rows, columns and measures."""
    left, middle, right = st.columns([1, 1, 2])
    names = {name: words.column(name) for name in ROWS}
    by = left.selectbox(_("行"), ROWS, index=2, key="by", format_func=names.__getitem__, persist_state="session")
    rest = [name for name in ACROSS if name != by]
    across = middle.selectbox(
        _("列"),
        rest,
        index=None,
        key="across",
        format_func=names.__getitem__,
        placeholder=_("不分列"),
        persist_state="session",
    )
    titles = figures.measure_titles(MEASURES)
    chosen = right.multiselect(
        _("指标"),
        list(titles),
        default=["received", "disclosure_rate"],
        key="measures",
        format_func=titles.__getitem__,
        persist_state="session",
    )
    return str(by), across, tuple(chosen)


def within(table: pl.DataFrame, measures: tuple[str, ...]) -> pl.DataFrame:
    """Keeps the rows whose value of one measure lies between two bounds."""
    with st.expander(_("按数值筛选"), icon=":material/filter_alt:"):
        left, middle, right = st.columns(3)
        titles = figures.measure_titles(measures)
        name = left.selectbox(_("指标"), measures, key="bounded", format_func=titles.__getitem__)
        low = middle.number_input(_("不小于"), value=None, key="at-least")
        high = right.number_input(_("不大于"), value=None, key="at-most")
        st.caption(_("比率按百分数填写，如60表示60%。没有数值的行在筛选时不保留。"))
    scale = 100 if MEASURES[name].is_rate else 1
    if low is not None:
        table = table.filter(pl.col(name) >= low / scale)
    if high is not None:
        table = table.filter(pl.col(name) <= high / scale)
    return table


def wide(table: pl.DataFrame, by: str, across: str, measures: tuple[str, ...]) -> pl.DataFrame:
    """A column for each value across and measure."""
    named = table.with_columns(pl.col(across).cast(pl.String).fill_null("?"))
    if across == "issuer_kind":
        named = figures.worded(named, across, words.kind)
    columns = named.get_column(across).unique().sort().to_list()
    parts = named.select(by).unique(maintain_order=True)
    for value in columns:
        part = named.filter(pl.col(across) == value).select(
            by, *(pl.col(name).alias(f"{value} {say(MEASURES[name].title)}") for name in measures)
        )
        parts = parts.join(part, on=by, how="left", maintain_order="left", nulls_equal=True)
    return parts


def picture(table: pl.DataFrame, by: str, name: str) -> Drawing:
    """The first measure as bars."""
    measure = MEASURES[name]
    drawn = table.drop_nulls([by, name]).sort(name, descending=True).head(20)
    drawn = drawn.with_columns(pl.col(by).cast(pl.String))
    title = _("{measure}：按{level}").format(measure=say(measure.title), level=words.column(by))
    chart = charts.bars(drawn.select(by, name), by, name, percent=measure.is_rate)
    note = _("前{count}名。").format(count=20)
    return Drawing("explorer", title, say(measure.unit), say(measure.source), chart, drawn, note)


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
if by == "issuer_kind":
    found = figures.worded(found, by, words.kind)
elif by == "edition":
    found = figures.worded(found, by, words.edition)
total = data_access.measures_by(filters, (), measures)
scope = _("全部年度") if "year" in groups else _("{year}年度").format(year=year)
note = _("{scope}，{count}行。合计按“合计口径”计算，比率的合计＝分子之和÷分母之和。")
st.caption(note.format(scope=scope, count=number(found.height)))
if across is None:
    kept = [by, "reports", *(column for name in measures for column in (name, *panel.parts_shown(name)))]
    shown = found.select(kept)
    panel.table(shown, "explorer-table", lazy=shown.height > LAZY_FROM)
    panel.show(picture(found, by, measures[0]), filters)
else:
    shown = wide(found, by, across, measures)
    panel.table(shown, "explorer-table", lazy=shown.height > LAZY_FROM)
st.markdown(f"**{_('合计')}**")
panel.table(
    total.select("reports", *(column for name in measures for column in (name, *panel.parts_shown(name)))), "total"
)
with st.container(horizontal=True):
    downloads.table_buttons(shown, "pivot", filters)
