"""Whether a report's numbers are last year's numbers again: those of its tables, and those of its narrative."""

from __future__ import annotations

import math

import polars as pl

from flags.rule import Corpus
from flags.wording_passages import narrative
from loaders.form.editions import all_keys

STOCKS = (".in_force", ".total_disclosed", ".items_last_year", ".change", ".carried_in.")
"""Figures that carry over from year to year by their nature; that they are equal tells nothing."""

_EVENTS = "条次|条|篇次|篇|期|次|场次|场|份|人次|批次|批|封|部|件|起|万元|元|户次|户|例|宗|%|％"
_NUMBER = rf"第?\s*[0-9][0-9,，]*(?:\.[0-9]+)?\s*[余多]?\s*(?:{_EVENTS})"
_DULL = r"^(?:第.*|0+(?:\.0+)?\D*|100[%％])$"


def flow_keys() -> list[str]:
    """The figures that count what happened within a year."""
    return [key for key in all_keys() if not any(mark in key for mark in STOCKS)]


def bits(value: pl.Expr) -> pl.Expr:
    """How much it tells that a count comes out equal twice, in bits.

    Two Poisson counts of mean v are equal with a probability of about 1 / (2 √(π v)).
    """
    return 1 + (value.abs().clip(1.0) * math.pi).log(2) / 2


def years_apart(corpus: Corpus) -> pl.LazyFrame:
    """Each report beside its issuer's report of the year before: `report_id`, `earlier_id`, `earlier_year`."""
    known = corpus.reports.select("report_id", "year", author=pl.coalesce("issuer_id", "issuer")).filter(
        pl.col("author").is_not_null() & pl.col("year").is_not_null()
    )
    earlier = known.select("author", earlier_id="report_id", earlier_year="year", year=pl.col("year") + 1)
    return known.join(earlier, on=["author", "year"]).select("report_id", "earlier_id", "earlier_year")


def repeated_cells(corpus: Corpus, pairs: pl.LazyFrame) -> pl.LazyFrame:
    """For each pair the figures of the tables: `cells_same`, `cells_any` (not zero in either), `cell_bits`, `cells`."""
    keys = flow_keys()
    figures = corpus.figures.select("report_id", *keys)
    before = figures.select(
        pl.col("report_id").alias("earlier_id"), *(pl.col(key).alias(f"before {key}") for key in keys)
    )
    both = pairs.join(figures, on="report_id").join(before, on="earlier_id")
    same = {key: (pl.col(key) == pl.col(f"before {key}")) & (pl.col(key) != 0) for key in keys}
    told = [
        pl.col(key).is_not_null()
        & pl.col(f"before {key}").is_not_null()
        & ((pl.col(key) != 0) | (pl.col(f"before {key}") != 0))
        for key in keys
    ]
    values = pl.concat_list([pl.when(same[key]).then(pl.col(key)) for key in keys]).list.drop_nulls().list.unique()
    shown = pl.concat_list(
        [pl.when(same[key]).then(pl.struct(pl.lit(key).alias("key"), pl.col(key).alias("value"))) for key in keys]
    ).list.drop_nulls()
    return both.select(
        "report_id",
        "earlier_id",
        cells_same=pl.sum_horizontal(same[key].fill_null(False).cast(pl.Int64) for key in keys),
        cells_any=pl.sum_horizontal(one.cast(pl.Int64) for one in told),
        cell_values=values.list.len().cast(pl.Int64),
        cell_bits=values.list.eval(bits(pl.element())).list.sum().fill_null(0.0),
        cells=shown.list.head(12),
    )


def narrative_numbers(corpus: Corpus, wanted: pl.LazyFrame) -> pl.LazyFrame:
    """`report_id` and `numbers`: the distinct counts of events in its narrative, each with its unit."""
    found = pl.col("text").str.extract_all(_NUMBER)
    return (
        narrative(corpus)
        .join(wanted, on="report_id", how="semi")
        .select("report_id", number=found)
        .explode("number")
        .with_columns(pl.col("number").str.replace_all(r"[,，\s余多]", ""))
        .filter(pl.col("number").is_not_null() & ~pl.col("number").str.contains(_DULL))
        .group_by("report_id")
        .agg(numbers=pl.col("number").unique().sort())
    )


def repeated_numbers(corpus: Corpus, pairs: pl.LazyFrame) -> pl.LazyFrame:
    """For each pair the numbers of the narratives: `numbers_same`, `numbers_any`, `number_bits`, `repeated` (them)."""
    wanted = pl.concat([pairs.select("report_id"), pairs.select(report_id="earlier_id")]).unique()
    numbers = narrative_numbers(corpus, wanted)
    nothing = pl.lit([], pl.List(pl.String))
    now, before = pl.col("numbers").fill_null(nothing), pl.col("earlier_numbers").fill_null(nothing)
    value = pl.element().str.extract(r"([0-9]+(?:\.[0-9]+)?)").cast(pl.Float64)
    return (
        pairs.select("report_id", "earlier_id")
        .join(numbers, on="report_id", how="left")
        .join(numbers.select(earlier_id="report_id", earlier_numbers="numbers"), on="earlier_id", how="left")
        .with_columns(repeated=now.list.set_intersection(before), either=now.list.set_union(before))
        .select(
            "report_id",
            "earlier_id",
            "repeated",
            numbers_same=pl.col("repeated").list.len().cast(pl.Int64),
            numbers_any=pl.col("either").list.len().cast(pl.Int64),
            number_bits=pl.col("repeated").list.eval(bits(value)).list.sum().fill_null(0.0),
        )
    )
