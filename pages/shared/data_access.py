"""The queries behind the pages: lazy until filtered and summed, remembered for all visitors alike.

Every answer is remembered under the store's version and the visitor's choice, so that a new ingest is seen at
once and two visitors asking the same question share one answer. Nothing but answers is kept in memory.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Sequence
from datetime import date
from typing import ParamSpec

import polars as pl
import streamlit as st

from flags.measures import MEASURES, OUTCOME_GROUPS, aggregates_of, outcome, outcome_keys, parts_of, values_of
from loaders.form.editions import all_keys
from loaders.store import Store
from loaders.tables import Tables
from pages.shared.filters import REGION_LEVELS, Filters, told_apart

P = ParamSpec("P")
FLOW_KEYS = tuple(f"applications.{row}.total" for row in ("new", "carried_in", "total", "carried_out"))
APPLICANTS = ("person", "business", "research", "nonprofit", "legal", "other")
OUTCOME_COLUMNS = tuple(
    dict.fromkeys([*(key for group in OUTCOME_GROUPS for key in outcome_keys(group)), *FLOW_KEYS, *OUTCOME_GROUPS])
)
USUAL_KEYS = tuple(
    dict.fromkeys(
        [
            *OUTCOME_COLUMNS,
            *(f"applications.new.{column}" for column in APPLICANTS),
            *(key for key in all_keys() if key.startswith("litigation.")),
        ]
    )
)
"""Figures that pages sum, beside measures."""
REMEMBERED_ANSWERS = 2000
FRESH_FOR_SECONDS = 5
"""How soon a page sees a new ingest."""

BESIDE = {"county": ("province", "prefecture"), "issuer": ("issuer_id", "prefecture", "county")}
"""What tells apart counties, and issuers, of one name; the last that is known is shown."""

LONG_AGO = date(1, 1, 1)
WHO = ("report_id", "path", "issuer", "issuer_kind", *REGION_LEVELS, "region_code", "year", "edition", "published_on")
IN_ORDER = ("year", "region_code", "issuer")
ISSUER_COLUMNS = ("report_id", "issuer_id", "issuer", "issuer_kind", *REGION_LEVELS, "region_code", "year")


def store_folder() -> str:
    """Where the store lies: `$GONGKAI_STORE`, which `gongkai serve --store` sets, else `data/store`."""
    return os.environ.get("GONGKAI_STORE") or "data/store"


@st.cache_data(ttl=FRESH_FOR_SECONDS, show_spinner=False)
def _latest(folder: str) -> str:
    latest = Store(folder)
    return f"{latest.version()}-{latest.flags_stamp()}"


@st.cache_resource(show_spinner=False, max_entries=4)
def _opened(folder: str, store_version: str) -> Store:
    return Store(folder)


def version() -> str:
    """Changes with every commit to the store; part of the name of every remembered answer."""
    return f"{store_folder()}@{_latest(store_folder())}"


def store() -> Store:
    """The store behind all pages, as it was at the latest commit."""
    return _opened(store_folder(), version())


def remembered(query: Callable[P, pl.DataFrame]) -> Callable[P, pl.DataFrame]:
    """Keeps a query's answers for all visitors until the store changes."""

    @functools.wraps(query)
    def ask(store_version: str, *args: P.args, **kwargs: P.kwargs) -> pl.DataFrame:
        return query(*args, **kwargs)

    cached = st.cache_data(show_spinner=False, max_entries=REMEMBERED_ANSWERS)(ask)

    @functools.wraps(query)
    def answer(*args: P.args, **kwargs: P.kwargs) -> pl.DataFrame:
        return cached(version(), *args, **kwargs)

    return answer


class Chosen(Tables):
    """The tables of the chosen reports alone, so that lists of others are not unpacked."""

    def __init__(self, whole: Store, filters: Filters) -> None:
        self._whole, self._filters = whole, filters

    def rows(self) -> pl.LazyFrame:
        """Their rows."""
        return self._whole.rows().filter(self._filters.condition())

    def issuer_ids(self) -> pl.LazyFrame:
        """Whose reports there are, of all."""
        return self._whole.issuer_ids()

    def issuers(self) -> pl.LazyFrame:
        """Who writes reports, of all."""
        return self._whole.issuers()


def reports(filters: Filters) -> pl.LazyFrame:
    """The chosen reports, all columns."""
    return store().reports().filter(filters.condition())


def findings(filters: Filters) -> pl.LazyFrame:
    """The findings on the chosen reports with the issuer's columns beside them."""
    if filters == Filters():
        return store().flags().join(store().reports().select(*ISSUER_COLUMNS), on="report_id", how="left")
    issuers = reports(filters).select(*ISSUER_COLUMNS)
    return store().flags().join(issuers, on="report_id", how="inner")


def one_a_year(chosen: pl.LazyFrame) -> pl.LazyFrame:
    """One report an issuer and year: of several, the one published last; they are findings of their own."""
    whose = pl.struct(pl.coalesce("issuer_id", "report_id"), "year").hash().alias("_whose")
    latest = pl.struct(pl.col("published_on").fill_null(LONG_AGO), "report_id")
    marked = chosen.with_columns(whose).with_columns(_several=pl.len().over("_whose") > 1)
    alone = marked.filter(~pl.col("_several"))
    several = marked.filter("_several").sort(latest, descending=True)
    several = several.unique("_whose", keep="first", maintain_order=True)
    return pl.concat([alone, several]).drop("_whose", "_several")


def without_consolidated(chosen: pl.LazyFrame, levels: Sequence[str] = REGION_LEVELS) -> pl.LazyFrame:
    """Leaves out what a government's consolidated report of the same region and year already counts.

    A county government's report holds its departments and townships, a prefecture's its counties, and so on.
    `levels` are the levels of region at which that matters; a breakdown by county looks at counties only.
    """
    government = pl.col("issuer_kind") == "government"
    kept = pl.lit(value=True)
    for level in levels:
        depth = REGION_LEVELS.index(level) + 1
        own = government & pl.col(level).is_not_null()
        for lower in REGION_LEVELS[depth:]:
            own = own & pl.col(lower).is_null()
        region = pl.struct(*REGION_LEVELS[:depth], "year").hash()
        consolidated = own.any().over(region) & pl.col(level).is_not_null()
        kept = kept & (own | ~consolidated)
    return chosen.filter(kept)


def counted(filters: Filters, by: Sequence[str]) -> pl.LazyFrame:
    """The reports that enter a sum broken down `by` columns: nothing counts twice unless the visitor wants it."""
    columns = dict.fromkeys((*ISSUER_COLUMNS, "published_on", *by))
    chosen = reports(filters).select(*columns)
    regions = [level for level in REGION_LEVELS if level in by]
    if regions:
        chosen = chosen.filter(pl.col(regions[-1]).is_not_null())
    if filters.add_everything or {"issuer", "issuer_id", "report_id", "issuer_kind"} & set(by):
        return one_a_year(chosen) if "report_id" not in by else chosen
    levels = REGION_LEVELS[REGION_LEVELS.index(regions[-1]) :] if regions else REGION_LEVELS
    return without_consolidated(one_a_year(chosen), levels)


def grouped(frame: pl.LazyFrame, by: Sequence[str], sums: Sequence[pl.Expr]) -> pl.DataFrame:
    """Sums by group, in order. Counties and issuers of one name in several places stay apart and say where they are."""
    if not by:
        return frame.select(sums).collect()
    beside = [column for name in by for column in BESIDE.get(name, ()) if column not in by]
    found = frame.group_by(*by, *dict.fromkeys(beside)).agg(sums).collect()
    for name in by:
        if name in BESIDE:
            found = found.with_columns(_told_apart(name))
    return found.select(*by, *(sum_.meta.output_name() for sum_ in sums)).sort(by, nulls_last=True)


def _told_apart(name: str) -> pl.Expr:
    identity, place = pl.struct(BESIDE[name]), pl.coalesce(*BESIDE[name][::-1])
    several = identity.n_unique().over(name) > 1
    labelled = pl.format(told_apart("{}", "{}"), pl.col(name), place.fill_null("?"))
    return pl.when(several).then(labelled).otherwise(pl.col(name)).alias(name)


def sum_of_stated(name: str) -> pl.Expr:
    """The sum of what is stated; null where nothing is."""
    return pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(name)


@remembered
def _sums(filters: Filters, by: tuple[str, ...], measures: tuple[str, ...], keys: tuple[str, ...]) -> pl.DataFrame:
    wanted = [MEASURES[name] for name in measures]
    parts = [outcome(key).alias(key) if key in OUTCOME_GROUPS else pl.col(key) for key in keys]
    figures = Chosen(store(), filters).figures().select("report_id", *parts_of(wanted), *parts)
    joined = counted(filters, by).join(figures, on="report_id", how="left")
    sums = [pl.len().alias("reports"), *aggregates_of(wanted), *map(sum_of_stated, keys)]
    return grouped(joined, by, sums).with_columns(values_of(wanted))


def sums_by(filters: Filters, by: tuple[str, ...]) -> pl.DataFrame:
    """All that pages show summed over the chosen reports, a row for each group `by` (no column: one row).

    Columns: those of `by`, `reports`, for each measure its value, `.numerator`, `.denominator` (rates) and `.reports`,
    the number of reports that state it, and the figures of `USUAL_KEYS`, null where no report states one. It is one
    question whatever a page shows of it, so that charts and pages share the answer.
    """
    if not by and filters.year:
        of_year = sums_by(filters.any_year(), ("year",)).filter(pl.col("year") == filters.year)
        if of_year.height:
            return of_year.drop("year")
    return _sums(filters, by, tuple(MEASURES), USUAL_KEYS)


def measures_by(filters: Filters, by: tuple[str, ...], measures: tuple[str, ...]) -> pl.DataFrame:
    """The columns of `sums_by` for some measures; of issuers, who are many, only these are summed."""
    found = _sums(filters, by, measures, ()) if "issuer" in by else sums_by(filters, by)
    columns = [column for name in measures for column in (name, *MEASURES[name].columns, f"{name}.reports")]
    return found.select(*by, "reports", *dict.fromkeys(columns))


def figures_by(filters: Filters, by: tuple[str, ...], keys: tuple[str, ...]) -> pl.DataFrame:
    """Figures of the form summed over the chosen reports, a row for each group; null where no report states one."""
    usual = "issuer" not in by and set(keys) <= set(USUAL_KEYS)
    found = sums_by(filters, by) if usual else _sums(filters, by, (), keys)
    return found.select(*by, *keys, "reports")


def outcomes_by(filters: Filters, by: tuple[str, ...]) -> pl.DataFrame:
    """Outcomes summed by group: a column for each of `OUTCOME_GROUPS`, and every row of the total column."""
    return figures_by(filters, by, OUTCOME_COLUMNS)


@remembered
def distribution(filters: Filters, measure: str, bins: int = 20) -> pl.DataFrame:
    """How the chosen reports spread over a measure: `low`, `high`, `reports`, in equal steps."""
    values = measures_of_issuers(filters, (measure,)).get_column(measure).drop_nulls()
    if values.is_empty():
        return pl.DataFrame(schema={"low": pl.Float64, "high": pl.Float64, "reports": pl.Int64})
    top = float(values.max())  # type: ignore[arg-type]
    step = max(1.0, -(-top // bins))
    binned = pl.DataFrame({"low": (values / step).floor() * step})
    counts = binned.group_by("low").agg(reports=pl.len().cast(pl.Int64)).sort("low")
    return counts.select("low", (pl.col("low") + step).alias("high"), "reports")


@remembered
def channels(filters: Filters) -> pl.DataFrame:
    """Published items by channel as the narratives state them exactly: `channel`, `value`, `reports`."""
    claims = Chosen(store(), filters).claims()
    stated = claims.filter(
        pl.col("about").str.starts_with("channel.") & pl.col("exact") & (pl.col("period") == "this_year")
    )
    chosen = counted(filters, ()).select("report_id")
    largest = stated.group_by("report_id", "about").agg(pl.col("value").max())
    summed = chosen.join(largest, on="report_id").group_by(channel="about")
    return summed.agg(pl.col("value").sum(), reports=pl.len()).sort("value", descending=True).collect()


def rows(filters: Filters, table: str) -> pl.LazyFrame:
    """The chosen reports with the figures of one table of the form, a row a report."""
    keys = [key for key in all_keys() if key.startswith(f"{table}.")]
    chosen = reports(filters).select(*WHO, "confidence")
    figures = Chosen(store(), filters).figures().select("report_id", *keys)
    return chosen.join(figures, on="report_id", how="left").sort(*IN_ORDER, nulls_last=True)


def measure_rows(filters: Filters) -> pl.LazyFrame:
    """The chosen reports with every measure, rates with numerator and denominator, a row a report."""
    figures = Chosen(store(), filters).figures().select("report_id", *parts_of(list(MEASURES.values())))
    joined = reports(filters).select(*WHO).join(figures, on="report_id", how="left")
    columns = [each for name, one in MEASURES.items() for each in (name, *(one.columns if one.is_rate else ()))]
    measured = joined.with_columns(values_of(list(MEASURES.values()))).select(*WHO, *columns)
    return measured.sort(*IN_ORDER, nulls_last=True)


@remembered
def measures_of_issuers(filters: Filters, measures: tuple[str, ...]) -> pl.DataFrame:
    """Measures of each chosen report, with who wrote it."""
    wanted = [MEASURES[name] for name in measures]
    figures = Chosen(store(), filters).figures().select("report_id", *parts_of(wanted))
    chosen = one_a_year(reports(filters).select(*ISSUER_COLUMNS, "published_on"))
    return chosen.join(figures, on="report_id", how="left").with_columns(values_of(wanted)).collect()


@remembered
def reports_by(filters: Filters, by: tuple[str, ...]) -> pl.DataFrame:
    """How many reports there are in each group."""
    return grouped(reports(filters), by, [pl.len().alias("reports")])


@remembered
def government_report(filters: Filters) -> pl.DataFrame:
    """`report_id` of the chosen report of the government that is highest up, if there is one."""
    chosen = reports(filters).filter(pl.col("issuer_kind") == "government")
    depth = pl.sum_horizontal(pl.col(level).is_not_null() for level in REGION_LEVELS)
    latest = chosen.sort(depth, "year", "report_id", descending=[False, True, False], nulls_last=True)
    return latest.select("report_id").head(1).collect()


@remembered
def names_of_reports(report_ids: tuple[str, ...]) -> pl.DataFrame:
    """`report_id`, `issuer`, `year` of some reports."""
    wanted = store().reports().filter(pl.col("report_id").is_in(list(report_ids)))
    return wanted.select("report_id", "issuer", "year").collect()


@remembered
def _dated(filters: Filters) -> pl.DataFrame:
    return reports(filters).select(pl.col("published_on").is_not_null().sum()).collect()


def dated_reports(filters: Filters) -> int:
    """How many of the chosen reports say when they were published."""
    return int(_dated(filters).item())


@remembered
def failures() -> pl.DataFrame:
    """The files that gave no report."""
    return store().failures().collect()


@remembered
def ingest_summary() -> pl.DataFrame:
    """Files `read`, `failed` and `duplicate`, and when the `latest` was read."""
    outcome = pl.col("outcome")
    counts = [(outcome == name).sum().alias(name) for name in ("read", "failed", "duplicate")]
    return store().rows().select(*counts, latest=pl.col("read_at").max()).collect()


def level_to_compare(filters: Filters) -> str:
    """The next level of region at which the chosen reports differ; issuers where no region is left."""
    level = filters.level_below
    if level == "issuer":
        return level
    held = regions()
    for upper in REGION_LEVELS:
        if name := getattr(filters, upper):
            held = held.filter(pl.col(upper) == name)
    below = REGION_LEVELS[REGION_LEVELS.index(level) :]
    return next((each for each in below if held.get_column(each).drop_nulls().n_unique() > 1), "issuer")


@remembered
def regions() -> pl.DataFrame:
    """Every region that occurs: province, prefecture, county."""
    return store().reports().select(*REGION_LEVELS).unique().sort(*REGION_LEVELS, nulls_last=True).collect()


def counties(filters: Filters) -> list[str]:
    """Names of the counties in the province and prefecture chosen; of those of one name, with the prefecture."""
    held = regions().drop_nulls("county")
    for upper in ("province", "prefecture"):
        if name := getattr(filters, upper):
            held = held.filter(pl.col(upper) == name)
    return held.select(_told_apart("county")).to_series().unique().sort().to_list()


@remembered
def region_codes() -> pl.DataFrame:
    """Every region that occurs with its code: province, prefecture, county, region_code."""
    return store().reports().select(*REGION_LEVELS, "region_code").unique().collect()


@remembered
def years() -> pl.DataFrame:
    """Every reporting year that occurs, latest first."""
    return store().reports().select("year").drop_nulls().unique().sort("year", descending=True).collect()


@remembered
def issuer_names(filters: Filters, limit: int, part: str = "") -> pl.DataFrame:
    """Names of the issuers chosen that have every word of `part` in them, at most `limit`."""
    names = reports(filters).select("issuer").drop_nulls().unique()
    for word in part.split():
        names = names.filter(pl.col("issuer").str.contains(word, literal=True))
    return names.sort("issuer").head(limit).collect()


@remembered
def _of_name(name: str) -> pl.DataFrame:
    return store().reports().filter(pl.col("issuer") == name).select("issuer").head(1).collect()


def is_issuer(name: str | None) -> bool:
    """Whether an issuer has exactly this name."""
    return name is not None and _of_name(name).height > 0


@remembered
def kinds() -> pl.DataFrame:
    """Every kind of issuer that occurs."""
    return store().reports().select("issuer_kind").unique().sort("issuer_kind").collect()


def report_count(filters: Filters) -> int:
    """How many reports are chosen."""
    by_year = reports_by(filters.any_year(), ("year",))
    chosen = by_year.filter(pl.col("year") == filters.year) if filters.year else by_year
    return int(chosen.get_column("reports").sum())


def counted_reports(filters: Filters) -> int:
    """How many of the chosen reports enter a sum."""
    return int(sums_by(filters, ()).get_column("reports").item())


def latest_year(filters: Filters) -> int | None:
    """The year a page speaks of: the one chosen, else the latest of the chosen reports."""
    if filters.year:
        return filters.year
    found = reports_by(filters, ("year",)).get_column("year").drop_nulls()
    return None if found.is_empty() else int(found.to_list()[-1])
