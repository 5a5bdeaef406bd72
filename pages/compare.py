"""Compare: issuers, regions or years side by side, in figures, in rates and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl
import streamlit as st

from flags.measures import MEASURES
from loaders.form.editions import all_keys
from pages.shared import address, charts, data_access, downloads, figures, narrative_view, one_report, panel
from pages.shared.filters import REGION_LEVELS, Filters
from pages.shared.language import _, figure_name, fraction, number, percent, say
from pages.shared.page import open_page
from pages.shared.panel import Drawing

MOST = 6
LISTED = 500
SEPARATOR = " › "


def region_choices() -> dict[str, Filters]:
    """Every region by its full name."""
    found: dict[str, Filters] = {}
    for row in data_access.regions().iter_rows():
        for depth in range(1, len(REGION_LEVELS) + 1):
            names = row[:depth]
            if all(names):
                found.setdefault(SEPARATOR.join(names), Filters(**dict(zip(REGION_LEVELS, names, strict=False))))
    return found


def choices(subject: str, filters: Filters) -> dict[str, Filters]:
    """What can be compared, by name, with the filters that choose it."""
    if subject == "regions":
        return {
            name: replace(each, kind=filters.kind, year=filters.year, add_everything=filters.add_everything)
            for name, each in region_choices().items()
        }
    if subject == "years":
        held = data_access.reports_by(filters.any_year(), ("year",)).get_column("year").drop_nulls().to_list()
        return {str(year): filters.in_year(year) for year in reversed(held)}
    names = data_access.issuer_names(filters, LISTED).get_column("issuer").to_list()
    return {name: replace(filters, issuer=name) for name in names}


def pick(filters: Filters) -> Mapping[str, Filters]:
    """Lets the visitor choose what to put side by side; the first few to begin with."""
    subjects = {"issuers": _("机关"), "regions": _("地区"), "years": _("年度")}
    subject = address.view(_("比较什么"), subjects, "subject")
    found = choices(subject, filters)
    if subject != "years":
        year = data_access.latest_year(filters)
        found = {name: each.in_year(year) for name, each in found.items()}
        st.caption(_("比较{year}年度；换年度请用左侧筛选。").format(year=year))
    chosen = st.multiselect(
        _("最多选{count}个").format(count=MOST),
        list(found),
        default=list(found)[:2],
        max_selections=MOST,
        key=f"compare-{subject}",
        bind="query-params",
    )
    return {name: found[name] for name in chosen}


def side_by_side(chosen: Mapping[str, Filters]) -> pl.DataFrame:
    """Every measure of everything chosen: `item`, and for each measure value, numerator, denominator, reports."""
    frames = [
        data_access.measures_by(each, (), tuple(MEASURES)).with_columns(item=pl.lit(name))
        for name, each in chosen.items()
    ]
    return pl.concat(frames)


def measure_table(compared: pl.DataFrame) -> pl.DataFrame:
    """A row a measure, a column a thing compared; rates with numerator and denominator."""
    columns: dict[str, list[str]] = {"measure": [say(measure.title) for measure in MEASURES.values()]}
    columns["unit"] = [say(measure.unit) for measure in MEASURES.values()]
    for row in compared.to_dicts():
        columns[row["item"]] = [
            f"{percent(row[name])} ({fraction(row[f'{name}.numerator'], row[f'{name}.denominator'])})"
            if measure.is_rate and row[name] is not None
            else percent(None)
            if measure.is_rate
            else number(row[name])
            for name, measure in MEASURES.items()
        ]
    return pl.DataFrame(columns)


def chart_of(compared: pl.DataFrame, measure_id: str) -> Drawing:
    """One measure of everything chosen as bars."""
    measure = MEASURES[measure_id]
    if measure.is_rate:
        table = figures.with_fraction(figures.rates(compared, measure, ("item",)))
        chart = charts.bars(table, "item", measure_id, percent=True, label="fraction", interval=True)
        table = table.drop("fraction")
    else:
        table = compared.select("item", measure_id, pl.col(f"{measure_id}.reports").alias("reports")).drop_nulls()
        chart = charts.bars(table, "item", measure_id)
    return Drawing(
        "compare", say(measure.title), say(measure.unit), say(measure.source), chart, table, say(measure.definition)
    )


def figure_table(chosen: Mapping[str, Filters]) -> pl.DataFrame:
    """Figures of the form that are not zero everywhere, a column a thing compared."""
    keys = all_keys()
    sums = {name: data_access.figures_by(each, (), keys).select(keys).row(0) for name, each in chosen.items()}
    table = pl.DataFrame({"key": keys, **{name: pl.Series(row, dtype=pl.Float64) for name, row in sums.items()}})
    told = pl.any_horizontal((pl.col(name).is_not_null() & (pl.col(name) != 0)) for name in sums)
    return figures.worded(table.filter(told), "key", figure_name)


def text_diff(filters: Filters) -> None:
    """The words of two reports, what only one says marked."""
    listed = data_access.report_list(filters, LISTED)
    labels = {row["report_id"]: f"{row['issuer'] or row['path']} {row['year'] or ''}" for row in listed.to_dicts()}
    if len(labels) < 2:
        st.caption(_("所选范围内不足两份报告。"))
        return
    columns = st.columns(2)
    ids = list(labels)
    picked = [
        column.selectbox(
            label, ids, index=at, format_func=labels.__getitem__, key=f"text-{at}", persist_state="session"
        )
        for at, (column, label) in enumerate(zip(columns, (_("左边的报告"), _("右边的报告")), strict=True))
    ]
    texts = ["\n".join(one_report.sections(each).get_column("text").to_list()) for each in picked]
    st.caption(_("文字相同程度：{share}").format(share=f"{narrative_view.likeness(*texts):.0%}"))
    for column, html in zip(columns, narrative_view.word_diff(*texts), strict=True):
        with column, st.container(border=True):
            st.html(html)


filters = open_page(_("对比"), _("机关、地区或年度并排，比数字，比比率，比文字。"))
chosen = pick(filters)
if not chosen:
    st.info(_("请至少选一个。"), icon=":material/compare_arrows:")
else:
    compared = side_by_side(chosen)
    st.subheader(_("指标"), anchor=False)
    titles = figures.measure_titles(MEASURES)
    measure_id = st.selectbox(
        _("画图的指标"), titles, key="compare-measure", format_func=titles.__getitem__, persist_state="session"
    )
    panel.show(chart_of(compared, measure_id), filters)
    table = measure_table(compared)
    panel.table(
        table, "compare-measures", column_config={"measure": st.column_config.TextColumn(_("指标"), pinned=True)}
    )
    with st.container(horizontal=True):
        downloads.frame_buttons(table, "compare-measures", filters)
    st.subheader(_("表格数据"), anchor=False)
    st.caption(_("只列不全为0的数据项。"))
    filled = figure_table(chosen)
    panel.table(filled, "compare-figures", column_config={"key": st.column_config.TextColumn(_("数据项"), pinned=True)})
    with st.container(horizontal=True):
        downloads.frame_buttons(filled, "compare-figures", filters)
st.subheader(_("文字比对"), anchor=False)
text_diff(filters)
