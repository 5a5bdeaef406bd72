"""All there is to know of one report: figures with last year's, findings, checks, text, and the file it came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from flags.corpus import make_corpus
from flags.engine import check_reports
from flags.registry import RULES
from flags.settings import find_settings
from flags.wording import stock_sentences
from loaders.form.editions import all_keys
from loaders.store import Store
from loaders.tables import Tables
from pages.shared.data_access import remembered, store, store_folder

NEEDS_OTHERS = frozenset({"no-peers", "small-corpus", "no-issuers-below"})
"""Reasons that only the whole store could settle; here the findings of the last ingest stand in."""


class SomeReports(Tables):
    """The tables of a few reports of a store."""

    def __init__(self, whole: Store, report_ids: list[str]) -> None:
        self._whole, self._ids = whole, report_ids

    def rows(self) -> pl.LazyFrame:
        """Their rows."""
        return self._whole.rows().filter(pl.col("report_id").is_in(self._ids))

    def issuer_ids(self) -> pl.LazyFrame:
        """Whose they are."""
        return self._whole.issuer_ids().filter(pl.col("report_id").is_in(self._ids))

    def issuers(self) -> pl.LazyFrame:
        """Who wrote them."""
        return self._whole.issuers().join(self.issuer_ids().select("issuer_id").unique(), on="issuer_id", how="semi")


@remembered
def details(report_id: str) -> pl.DataFrame:
    """The row of `report_details` with `root`, the folder it was read from; no row if there is no such report."""
    root = store().rows().filter(pl.col("report_id") == report_id).select("report_id", "root")
    return store().report_details().filter(pl.col("report_id") == report_id).join(root, on="report_id").collect()


@remembered
def of_issuer(issuer_id: str) -> pl.DataFrame:
    """All reports of one issuer, latest year first: `report_id`, `year`, `published_on`."""
    chosen = store().reports().filter(pl.col("issuer_id") == issuer_id)
    return chosen.select("report_id", "year", "published_on").sort("year", descending=True, nulls_last=True).collect()


@remembered
def figures(report_id: str) -> pl.DataFrame:
    """The row of `figures`."""
    return store().figures().filter(pl.col("report_id") == report_id).collect()


@remembered
def cells(report_id: str) -> pl.DataFrame:
    """The figures as read, with raw text and place: the `cells` table with `key`."""
    key = pl.concat_str("table", "row", "column", separator=".").alias("key")
    return store().of_reports([report_id]).cells().with_columns(key).collect()


@remembered
def sections(report_id: str) -> pl.DataFrame:
    """The numbered sections."""
    return store().of_reports([report_id]).sections().sort("section").collect()


@remembered
def claims(report_id: str) -> pl.DataFrame:
    """What the narrative states in numbers."""
    return store().of_reports([report_id]).claims().collect()


@remembered
def findings(report_id: str) -> pl.DataFrame:
    """The findings, the gravest first."""
    found = store().flags().filter(pl.col("report_id") == report_id)
    return found.sort("severity", "rule", maintain_order=True).collect()


@remembered
def checks(report_id: str, issuer_id: str | None) -> pl.DataFrame:
    """Every rule's status on one report: `loaders.schemas.Checks`, judged beside the issuer's other reports.

    What rests on other issuers' reports comes from the findings of the last ingest.
    """
    ids = of_issuer(issuer_id).get_column("report_id").to_list() if issuer_id else [report_id]
    settings = find_settings(store_folder(), RULES)
    judged = check_reports(make_corpus(store().of_reports(ids)), settings, reports=[report_id])
    raised = findings(report_id).get_column("rule").unique().to_list()
    elsewhere = pl.col("reason").is_in(list(NEEDS_OTHERS)).fill_null(value=False)
    status = (
        pl.when(pl.col("rule").is_in(raised) & ~pl.col("status").is_in(["failed", "unsure"]))
        .then(pl.lit("failed"))
        .otherwise(pl.col("status").cast(pl.String))
    )
    return judged.with_columns(
        status=status, reason=pl.when(elsewhere & pl.col("rule").is_in(raised)).then(None).otherwise("reason")
    )


PEERS = 400
"""So many reports of the same year are looked through for sentences that others use too."""


@remembered
def peers(province: str | None, year: int | None) -> pl.DataFrame:
    """`report_id` of at most `PEERS` reports of one province and year, evenly drawn."""
    same = pl.col("province").eq_missing(province) & pl.col("year").eq_missing(year)
    return store().reports().filter(same).select("report_id").sort("report_id").head(PEERS).collect()


@remembered
def shared_sentences(report_id: str, province: str | None, year: int | None) -> pl.DataFrame:
    """Sentences that other issuers of its province and year use too: `section`, `start`, `end`, `others`."""
    ids = peers(province, year).get_column("report_id").to_list()
    corpus = make_corpus(SomeReports(store(), list({*ids, report_id})))
    found = stock_sentences(corpus).filter((pl.col("report_id") == report_id) & (pl.col("others") > 0))
    return found.select("section", "start", "end", "others").collect()


def figure_values(report_id: str) -> dict[str, float | None]:
    """The figures of a report by key; empty if there is no such report."""
    row = next(iter(figures(report_id).to_dicts()), {})
    return {key: row.get(key) for key in all_keys()} if row else {}


def year_before(of_issuer_reports: pl.DataFrame, year: int | None) -> str | None:
    """The id of the same issuer's report a year before."""
    if year is None:
        return None
    found = of_issuer_reports.filter(pl.col("year") == year - 1).get_column("report_id")
    return None if found.is_empty() else str(found[0])


def first_row(frame: pl.DataFrame) -> Mapping[str, Any] | None:
    """The only row of a frame as a mapping."""
    return next(iter(frame.to_dicts()), None)
