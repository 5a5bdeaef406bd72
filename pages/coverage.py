"""Coverage: reports received against expected, by region and year; which are missing and which came late."""

from __future__ import annotations

import polars as pl
import streamlit as st

from pages.shared import charts, coverage_data, data_access, downloads, extracts, figures, maps, panel, words
from pages.shared.axes import start_of_colours
from pages.shared.filters import Filters
from pages.shared.language import _, fraction, number, percent
from pages.shared.page import open_page, report_table
from pages.shared.panel import Drawing

LISTED = 200


def answer(filters: Filters, year: int | None) -> None:
    """The year's received, missing and late reports as cards."""
    by_year, year_before = coverage_data.against_expected(filters.any_year(), ()), None if year is None else year - 1
    now, before = figures.of_year(by_year, year), figures.of_year(by_year, year_before)
    late = coverage_data.late(filters.in_year(year)).height
    late_before = coverage_data.late(filters.in_year(year_before)).height if before else None
    dated = data_access.dated_reports(filters.in_year(year))
    cards = (
        ("received_reports", _("已收报告"), _("应报{count}份").format(count=number(now.get("expected_reports")))),
        ("share", _("报送率"), fraction(now.get("received_reports"), now.get("expected_reports"))),
        ("missing_reports", _("缺报"), _("应报而未见的报告")),
        ("late_reports", _("逾期"), _("在注明日期的{count}份中").format(count=number(dated))),
    )
    now, before = now | {"late_reports": late}, before | {"late_reports": late_before}
    with figures.card_row(len(cards)):
        for name, label, detail in cards:
            value, last, rate = now.get(name), before.get(name), name == "share"
            shown = percent(value) if rate else number(value)
            figures.card(label, shown, figures.change(value, last, rate), detail + figures.last_year(last, rate))


def matrix(filters: Filters) -> Drawing:
    """Regions by years: the share of expected reports that came in."""
    level = data_access.level_to_compare(filters)
    by = (level,) if level != "issuer" else ("issuer",)
    found = coverage_data.against_expected(filters.any_year(), by).drop_nulls([*by, "year"])
    worst = (
        found.group_by(by).agg(pl.col("missing_reports").sum().alias("_m")).sort("_m", level, descending=[True, False])
    )
    table = worst.head(charts.HEATMAP_ROWS).join(found, on=level, maintain_order="left").drop("_m")
    text = pl.format("{}/{}", "received_reports", "expected_reports").alias("label")
    chart = charts.heatmap(table.with_columns(text), level, "share", "label")
    title = _("报送情况：{level}×年度（已收/应报）").format(level=words.level(level))
    note = _("缺报多的在前，最多{count}行；空白表示当年没有应报记录。点击一格可筛选。").format(
        count=charts.HEATMAP_ROWS
    )
    picks = {level: level, "year": "year"}
    return Drawing("coverage", title, "%", _("读入的报告和应报名单"), chart, table, note, picks)


def map_of(filters: Filters) -> Drawing:
    """The year's share received, on the map."""
    level = data_access.level_to_compare(filters)
    table = coverage_data.against_expected(filters, (level,)).drop_nulls(level)
    chart, shapes = maps.regions_map(
        table, level, "share", filters, percent=True, lowest=start_of_colours(table.get_column("share"))
    )
    title = _("地图：报送率，按{level}").format(level=words.level(level))
    return Drawing(
        "coverage-map", title, "%", _("读入的报告和应报名单"), chart, table, maps.note(), {level: level}, shapes
    )


def every_year(filters: Filters) -> str:
    """Says where a list is not of one year."""
    return "" if filters.year else _("含全部年度。")


def missing_list(filters: Filters) -> None:
    """Who has not reported."""
    found = coverage_data.missing(filters)
    st.subheader(_("缺报名单（{count}份）").format(count=number(found.height)), anchor=False)
    st.caption(f"{every_year(filters)}{_('应报名单取自 gongkai.toml；没有名单时，其他年度报过而当年没有的算缺报。')}")
    if found.is_empty():
        st.caption(_("没有缺报。"))
        return
    shown = figures.worded(found, "issuer_kind", words.kind).select("issuer", "issuer_kind", "county", "year")
    panel.table(shown.head(LISTED), "missing-list", column_config={"issuer_id": None})
    with st.container(horizontal=True):
        downloads.frame_buttons(shown, "missing", filters)


def late_list(filters: Filters) -> None:
    """Who reported late."""
    found = coverage_data.late(filters)
    st.subheader(_("逾期名单（{count}份）").format(count=number(found.height)), anchor=False)
    st.caption(
        f"{every_year(filters)}{_('部门、乡镇街道次年1月31日前，政府次年3月31日前；没有注明发布日期的不在此列。')}"
    )
    report_table(found.head(LISTED), "late-list")
    if not found.is_empty():
        with st.container(horizontal=True):
            downloads.frame_buttons(found.drop("report_id"), "late", filters)


filters = open_page(_("报送"), _("该报的报了没有，谁缺，谁晚。"))
year = data_access.latest_year(filters)
st.subheader(_("{year}年度").format(year=year) if year else _("全部年度"), anchor=False)
answer(filters, year)
panel.show(matrix(filters), filters)
of_year = filters.in_year(year)
if maps.drawable(of_year):
    panel.show(map_of(of_year), of_year)
missing_list(filters)
late_list(filters)
extracts.rows_section("reports", filters)
