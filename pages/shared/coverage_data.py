"""Which reports are there, which are missing and which came late."""

from __future__ import annotations

import polars as pl

from pages.shared import data_access
from pages.shared.data_access import remembered, store
from pages.shared.filters import REGION_LEVELS, Filters

MISSING_RULE, LATE_RULE = "missing-report", "late"
_EVIDENCE = pl.Struct({"issuer_id": pl.String, "issuer": pl.String, "years_missing": pl.List(pl.Int32)})


def missing(filters: Filters) -> pl.DataFrame:
    """A row for each report that should be there and is not: `issuer`, region columns, `issuer_kind`, `year`.

    Which are expected, the rule on missing reports decides: the roster, else issuers known from other years.
    """
    return of_year(_missing(filters.any_year()), filters)


def of_year(found: pl.DataFrame, filters: Filters) -> pl.DataFrame:
    """The rows of the year chosen: all years are asked for together, so that one question answers for each."""
    return found.filter(pl.col("year") == filters.year) if filters.year else found


@remembered
def _missing(filters: Filters) -> pl.DataFrame:
    found = (
        store()
        .flags()
        .filter(pl.col("rule") == MISSING_RULE)
        .select(pl.col("evidence").str.json_decode(_EVIDENCE).alias("evidence"))
        .unnest("evidence")
    )
    rows = found.explode("years_missing", empty_as_null=False, keep_nulls=False).rename({"years_missing": "year"})
    who = store().issuers().select("issuer_id", "issuer_kind", *REGION_LEVELS, "region_code")
    known = rows.join(who, on="issuer_id", how="left").select(
        "issuer_id", "issuer", pl.col("issuer_kind").cast(pl.String), *REGION_LEVELS, "region_code", "year"
    )
    return known.filter(filters.condition()).sort("year", "issuer", descending=[True, False]).collect()


@remembered
def received(filters: Filters, by: tuple[str, ...]) -> pl.DataFrame:
    """Issuers with a report, a year counted once, by group: `received_reports`."""
    who = pl.coalesce("issuer_id", "report_id")
    chosen = data_access.reports(filters).filter(pl.col("year").is_not_null())
    return data_access.grouped(chosen, (*by, "year"), [who.n_unique().alias("received_reports")])


def against_expected(filters: Filters, by: tuple[str, ...]) -> pl.DataFrame:
    """By group and year: `received_reports`, `missing_reports`, `expected_reports`, and the `share` received."""
    keys = [*by, "year"]
    there = received(filters, by)
    absent = data_access.grouped(missing(filters).lazy(), keys, [pl.len().alias("missing_reports")])
    joined = there.join(
        absent.with_columns(pl.col("missing_reports").cast(pl.UInt32)), on=keys, how="full", coalesce=True
    )
    counted = joined.with_columns(pl.col("received_reports", "missing_reports").fill_null(0).cast(pl.Int64))
    expected = pl.col("received_reports") + pl.col("missing_reports")
    return counted.with_columns(expected_reports=expected, share=pl.col("received_reports") / expected).sort(
        keys, nulls_last=True
    )


def late(filters: Filters) -> pl.DataFrame:
    """Reports published after the date the law sets."""
    return of_year(_late(filters.any_year()), filters)


@remembered
def _late(filters: Filters) -> pl.DataFrame:
    found = data_access.findings(filters).filter(pl.col("rule") == LATE_RULE).select("report_id")
    chosen = data_access.reports(filters).join(found.unique(), on="report_id", how="semi")
    columns = ("report_id", "issuer", "county", "year", "published_on")
    return chosen.select(*columns).sort("year", "published_on", descending=True).collect()
