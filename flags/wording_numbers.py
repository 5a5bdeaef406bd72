"""Whether a report's numbers are last year's numbers again: those of its tables, and those of its narrative."""

from __future__ import annotations

import math

import polars as pl

from flags.rule import Corpus
from flags.wording_passages import narrative
from loaders.form.editions import all_keys

STOCKS = (".in_force", ".total_disclosed", ".items_last_year", ".change", ".carried_in.")
"""Figures that carry over from year to year by their nature; that they are equal tells nothing."""

PAIRS_AT_ONCE = 2_000
_NONE_COUNTED = pl.DataFrame(
    schema={"report_id": pl.String, "earlier_id": pl.String, "cells_same": pl.Int64, "cells_any": pl.Int64}
)
_EVENTS = "条次|条|篇次|篇|期|次|场次|场|份|人次|批次|批|封|部|件|起|万元|元|户次|户|例|宗|%|％"
_NUMBER = rf"第?\s*[0-9][0-9,，]*(?:\.[0-9]+)?\s*[余多]?\s*(?:{_EVENTS})"
_DULL = r"^(?:第.*|0+(?:\.0+)?\D*|100[%％])$"


def flow_keys() -> list[str]:
    """The figures that count what happened within a year."""
    return [key for key in all_keys() if not any(mark in key for mark in STOCKS)]


def bits(value: pl.Expr) -> pl.Expr:
    """How much it tells that a count comes out equal twice, in bits.

    Two Poisson counts of mean v are equal with a probability of about 1 / (2 √(π v)). An amount with decimals has so
    many more ways to differ.
    """
    told = 1 + (value.abs().clip(1.0) * math.pi).log(2) / 2
    return told + pl.when(value != value.round(0)).then(math.log2(10)).otherwise(0.0)


def years_apart(corpus: Corpus) -> pl.LazyFrame:
    """Each report beside its issuer's report of the year before: `report_id`, `earlier_id`, `earlier_year`."""
    known = corpus.reports.select("report_id", "year", author=pl.coalesce("issuer_id", "issuer")).filter(
        pl.col("author").is_not_null() & pl.col("year").is_not_null()
    )
    earlier = known.select("author", earlier_id="report_id", earlier_year="year", year=pl.col("year") + 1)
    return known.join(earlier, on=["author", "year"]).select("report_id", "earlier_id", "earlier_year")


def repeated_cells(corpus: Corpus, pairs: pl.LazyFrame, share: float) -> pl.LazyFrame:
    """For each pair the figures of the tables.

    `cells_same`: figures that are not zero and equal. `cells_any`: figures that are not zero in either. Where the
    former reach `share` of the latter also `cell_values`: distinct values among the equal ones, `cell_bits`: what they
    tell together, and `cells`: the first of them.
    """
    pair = ["report_id", "earlier_id"]
    counted = _counted(corpus, pairs).lazy()
    alike = counted.filter((pl.col("cells_same") > 0) & (pl.col("cells_same") >= share * pl.col("cells_any")))
    figures = (
        corpus.figures.select("report_id", *flow_keys())
        .join(alike.select("report_id").unique(), on="report_id", how="semi")
        .unpivot(index="report_id", variable_name="key", value_name="value")
        .filter(pl.col("value") != 0)
    )
    before = (
        corpus.figures.select("report_id", *flow_keys())
        .join(alike.select(report_id="earlier_id").unique(), on="report_id", how="semi")
        .unpivot(index="report_id", variable_name="key", value_name="value")
        .select(earlier_id="report_id", key="key", value="value")
    )
    values = pl.col("value").unique().sort()
    told = (
        alike.select(pair)
        .join(figures, on="report_id")
        .join(before, on=["earlier_id", "key", "value"], how="semi")
        .sort("key")
        .group_by(pair)
        .agg(
            cell_values=values.len().cast(pl.Int64),
            cell_bits=bits(values).sum(),
            cells=pl.struct("key", "value").head(12),
        )
    )
    return counted.join(told, on=pair, how="left")


def _counted(corpus: Corpus, pairs: pl.LazyFrame) -> pl.DataFrame:
    """How many figures of each pair are equal and not zero, and how many are not zero in either.

    A plan with two expressions a figure takes longer than the work, so the figures stand below each other; some
    thousand pairs at a time, so that the columns stay short.
    """
    chosen = pairs.select("report_id", "earlier_id").collect()
    return pl.concat([_counted_of(corpus, part) for part in chosen.iter_slices(PAIRS_AT_ONCE)] or [_NONE_COUNTED])


def _counted_of(corpus: Corpus, pairs: pl.DataFrame) -> pl.DataFrame:
    keys = flow_keys()
    wanted = pl.concat([pairs.select("report_id"), pairs.select(report_id="earlier_id")]).unique().lazy()
    figures = corpus.figures.join(wanted, on="report_id", how="semi").select("report_id", *keys).collect()
    rows = figures.lazy().select("report_id").with_row_index("now")
    placed = (
        pairs.lazy()
        .join(rows, on="report_id")
        .join(rows.select(earlier_id="report_id", before="now"), on="earlier_id")
        .collect()
    )
    values = figures.select(keys).fill_null(0.0)
    now, before = (values[placed[name]].with_row_index("pair").unpivot(index="pair") for name in ("now", "before"))
    beside = now.select("pair", now="value").with_columns(before=before.get_column("value"))
    is_any, was_any = pl.col("now") != 0, pl.col("before") != 0
    counted = beside.group_by("pair").agg(
        cells_same=(is_any & (pl.col("now") == pl.col("before"))).sum().cast(pl.Int64),
        cells_any=(is_any | was_any).sum().cast(pl.Int64),
    )
    return placed.select("report_id", "earlier_id").hstack(counted.sort("pair").drop("pair"))


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
