"""The sidebar: language, filters from province to issuer, kind and year, and the way back to everything."""

from __future__ import annotations

import polars as pl
import streamlit as st

from pages.shared import address, data_access, words
from pages.shared.filters import EVERYTHING, Filters, forget_below, reset
from pages.shared.language import _

LISTED_ISSUERS = 300
"""More names than this are not listed; part of a name can always be typed."""


def _names(level: str, filters: Filters) -> list[str]:
    if level == "county":
        return data_access.counties(filters)
    regions = data_access.regions()
    if filters.province:
        regions = regions.filter(pl.col("province") == filters.province)
    return regions.get_column(level).drop_nulls().unique().sort().to_list()


def _region(level: str, label: str, filters: Filters) -> str | None:
    chosen: str | None = st.selectbox(
        label,
        _names(level, filters),
        index=None,
        key=level,
        bind="query-params",
        placeholder=_("全部"),
        on_change=forget_below,
        args=(level,),
    )
    return chosen


def _issuer(filters: Filters) -> str | None:
    names = data_access.issuer_names(filters, LISTED_ISSUERS).get_column("issuer").to_list()
    chosen: str | None = st.selectbox(
        _("机关"),
        names,
        index=None,
        key="issuer",
        bind="query-params",
        placeholder=_("全部，或输入部分名称"),
        accept_new_options=True,
        help=_("名称较多时只列出前{count}个，可直接输入名称的一部分后回车。").format(count=LISTED_ISSUERS),
    )
    return chosen


def _sums() -> bool:
    help_text = _(
        "政府的汇总报告已包含所属部门和乡镇。默认情况下，同一地区同一年度有汇总报告时，"
        "合计只取汇总报告，不再加所属单位；选“全部相加”则逐份相加。"
    )
    options = {EVERYTHING: _("全部相加")}
    return (
        address.select(_("合计口径"), options, "sums", placeholder=_("不重复计算"), help_text=help_text) == EVERYTHING
    )


def filters() -> Filters:
    """Draws the filters and returns what is chosen."""
    province = _region("province", _("省份"), Filters())
    prefecture = _region("prefecture", _("盟市"), Filters(province))
    county = _region("county", _("旗县区"), Filters(province, prefecture))
    kinds = {kind: words.kind(kind) for kind in data_access.kinds().get_column("issuer_kind").to_list()}
    kind = address.select(_("机关类别"), kinds, "kind", placeholder=_("全部"))
    issuer = _issuer(Filters(province, prefecture, county, None, kind))
    year = st.selectbox(
        _("年度"),
        data_access.years().get_column("year").to_list(),
        index=None,
        key="year",
        bind="query-params",
        placeholder=_("全部"),
        help=_("不选年度时，只属于一年的数字取最近一年，走势图画全部年度。"),
    )
    chosen = Filters(province, prefecture, county, issuer, kind, year, _sums(), data_access.is_issuer(issuer))
    st.button(
        _("清除全部筛选"),
        icon=":material/filter_alt_off:",
        on_click=reset,
        disabled=chosen == Filters(),
        width="stretch",
    )
    return chosen
