"""Compare: issuers, regions or years side by side, in figures, in rates and in words."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl
import streamlit as st

from flags.measures import MEASURES
from loaders.form.editions import all_keys
from pages.shared import address, charts, data_access, downloads, extracts, figures, findings_data, likeness, panel
from pages.shared.filters import REGION_LEVELS, Filters
from pages.shared.language import _, figure_name, fraction, number, percent, say
from pages.shared.page import open_page
from pages.shared.panel import Drawing

MOST = 12
LISTED = 500
SEPARATOR = " › "
SIDES = ("left", "right")
COMPARED = "_compared"


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
    part = st.text_input(
        _("查找机关（名称的一部分，可用空格隔开几个词）"),
        key="find-issuer",
        placeholder=_("列出前{count}个").format(count=LISTED),
    )
    names = data_access.issuer_names(filters, LISTED, part.strip()).get_column("issuer").to_list()
    listed = dict.fromkeys([*chosen_before("issuers"), *first_issuers(filters), *names])
    return {name: replace(filters, issuer=name, whole_name=True) for name in listed}


def first_issuers(filters: Filters) -> list[str]:
    """The two with the most applications in the year spoken of, who are likely to be worth a comparison."""
    of_year = filters.in_year(data_access.latest_year(filters))
    received = data_access.measures_by(of_year, ("issuer",), ("received",)).drop_nulls()
    return received.sort("received", "issuer", descending=[True, False]).head(2).get_column("issuer").to_list()


def first_regions(filters: Filters, found: Mapping[str, Filters]) -> list[str]:
    """The first two of one level inside the choice: a part beside its whole would compare nothing."""
    level = data_access.level_to_compare(filters)
    depth = REGION_LEVELS.index(level) + 1 if level in REGION_LEVELS else len(REGION_LEVELS)
    inside = [
        name
        for name, each in found.items()
        if all(getattr(filters, upper) in (None, getattr(each, upper)) for upper in REGION_LEVELS[: depth - 1])
    ]
    return [name for name in inside if name.count(SEPARATOR) == depth - 1][:2]


def chosen_before(subject: str) -> list[str]:
    """What is chosen already, in this session or by the address."""
    key = f"compare-{subject}"
    return list(st.session_state.get(key) or st.query_params.get_all(key))


def pick(filters: Filters) -> Mapping[str, Filters]:
    """Lets the visitor choose what to put side by side; the first few to begin with."""
    subjects = {"issuers": _("机关"), "regions": _("地区"), "years": _("年度")}
    subject = address.view(_("比较什么"), subjects, "subject")
    found = choices(subject, filters)
    first = first_regions(filters, found) if subject == "regions" else list(found)[:2]
    if subject != "years":
        year = data_access.latest_year(filters)
        found = {name: each.in_year(year) for name, each in found.items()}
        st.caption(_("比较{year}年度；换年度请用筛选栏。").format(year=year))
    chosen = st.multiselect(
        _("最多选{count}个").format(count=MOST),
        list(found),
        default=first,
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
    """A row a measure with its unit, a column a thing compared; rates with numerator and denominator."""
    titles = [
        say(measure.title) if measure.is_rate else f"{say(measure.title)} ({say(measure.unit)})"
        for measure in MEASURES.values()
    ]
    columns: dict[str, list[str]] = {"measure": titles}
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


def first_report(chosen: Filters) -> str | None:
    """Of a thing compared, the report whose words stand for it: its government's, else the one to look at first."""
    for listed in (data_access.government_report, functools.partial(findings_data.report_list, limit=1)):
        if not (found := listed(chosen)).is_empty():
            return str(found.get_column("report_id")[0])
    return None


def text_diff(filters: Filters, compared: Sequence[Filters]) -> None:
    """The words of two reports, to begin with of what is compared; what only one says is marked."""
    if data_access.report_count(filters) < 2:
        st.caption(_("所选范围内不足两份报告。"))
        return
    labels: dict[str, str] = {}
    if st.session_state.get(COMPARED, compared) != compared:
        for key in SIDES:  # the texts follow what is compared
            st.session_state.pop(key, None)
            st.query_params.pop(key, None)
    st.session_state[COMPARED] = compared
    titles = (_("左边的报告"), _("右边的报告"))
    first = [first_report(each) for each in compared[:2]]
    picked: list[str | None] = []
    for place, (column, title, key) in enumerate(zip(st.columns(2), titles, SIDES, strict=True)):
        with column:
            picked.append(pick_report(filters, title, key, first[place] if place < len(first) else None, labels))
    left, right = picked
    if left and right:
        likeness.show((left, right), (labels[left], labels[right]))


def pick_report(filters: Filters, label: str, key: str, first: str | None, labels: dict[str, str]) -> str | None:
    """One of all reports chosen, found by a part of its name; fills in how the reports listed are called."""
    part = st.text_input(
        _("查找（机关、标题或文件名的一部分）"),
        key=f"find-{key}",
        placeholder=_("列出问题多的{count}份").format(count=LISTED),
    )
    listed = findings_data.report_list(filters, LISTED, part.strip())
    named = {row["report_id"]: f"{row['issuer'] or row['path']} {row['year'] or ''}" for row in listed.to_dicts()}
    wanted = [each for each in (st.session_state.get(key) or st.query_params.get(key), first) if each]
    if unlisted := tuple(each for each in wanted if each not in named):
        known = data_access.names_of_reports(unlisted).to_dicts()
        named = {row["report_id"]: f"{row['issuer'] or '?'} {row['year'] or ''}" for row in known} | named
    labels |= named
    if not named:
        st.caption(_("没有找到，请换一个词。"))
        return None
    return address.choose(label, named, key, first if first in named else next(iter(named)))


filters = open_page(_("对比"), _("机关、地区或年度并排，比数字，比比率，比文字。"))
chosen = pick(filters)
if not chosen:
    st.info(_("请至少选一个。"), icon=":material/compare_arrows:")
else:
    compared = side_by_side(chosen)
    st.subheader(_("指标一览"), anchor=False)
    titles = figures.measure_titles(MEASURES)
    measure_id = address.choose(_("画图的指标"), titles, "measure")
    panel.show(chart_of(compared, measure_id), filters)
    table = measure_table(compared)
    panel.side_by_side(table, "measures")
    with st.container(horizontal=True):
        in_figures = figures.with_titles(figures.long(compared, tuple(MEASURES), ("item",)))
        downloads.frame_buttons(in_figures, "compare-measures", filters)
    st.subheader(_("表格数据"), anchor=False)
    st.caption(_("只列不全为0的数据项。"))
    filled = figure_table(chosen)
    if filled.is_empty():
        st.caption(_("所选范围内全部为0。"))
    else:
        panel.side_by_side(filled, "figures")
        with st.container(horizontal=True):
            downloads.frame_buttons(filled, "compare-figures", filters)
st.subheader(_("文字比对"), anchor=False)
text_diff(filters, tuple(chosen.values()))
extracts.rows_section("measures", filters)
