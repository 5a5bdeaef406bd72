"""Which reports are not there: issuers that must report, or did before, without one for a year."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from flags.outcomes import evidence, outcomes, together
from flags.presence import dated_reports, nameless
from flags.rule import Corpus, Rule, Threshold, Wording

_FEW_ISSUERS = 3
"""In a place with fewer issuers nobody can tell a year that was not collected from one that was not reported."""
_FOLLOWED = 1 / 3
"""Where fewer of a place's issuers have reports of several years, these came by chance and were not collected."""
_MOST, _FEWEST_OF_MOST = 2 / 3, 3
"""Of a year for which so many reported, the reports were collected, even if of no other year."""


def missing_report(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Years for which an issuer that must report has none: one finding an issuer, hung on its nearest report.

    Who must report says the roster; without one, whoever reported before. An issuer of no known place, or of the
    country, is a place of its own: what years other such issuers reported says nothing about it.
    """
    known = (
        dated_reports(corpus, "region_code", "prefecture", "province")
        .filter(pl.col("issuer_id").is_not_null() & pl.col("year").is_not_null())
        .with_columns(pl.coalesce("prefecture", "province", "issuer_id").alias("place"))
    )
    issuers = (
        known.sort("year", maintain_order=True)
        .group_by("issuer_id", maintain_order=True)
        .agg(
            pl.last("issuer", "place"),
            pl.col("year").unique().sort().alias("years"),
            pl.struct(pl.col("year").alias("of"), "report_id").alias("reports"),
        )
    )
    roster = corpus.roster.collect()
    if roster.height:
        expected = _on_roster(corpus, roster.lazy(), known, issuers, thresholds)
    else:
        expected = _seen_before(known, issuers, thresholds)
    missing = (
        expected.group_by("issuer_id", "issuer", maintain_order=True)
        .agg(pl.col("year").unique().sort().alias("missing"))
        .join(issuers.drop("issuer", "place"), on="issuer_id", how="left", maintain_order="left")
        .sort("issuer", "issuer_id")
    )
    text = pl.element().cast(pl.String)
    zh = pl.col("missing").list.eval(pl.concat_str(text, pl.lit("年"))).list.join("、")
    en = pl.col("missing").list.eval(text).list.join(", ")
    there = pl.col("years").list.eval(text).list.join("、")
    failed = outcomes(
        _hung_on_a_report(missing),
        status="failed",
        left=there,
        right=en,
        message=pl.when(pl.col("years").list.len() > 0)
        .then(pl.format("{}没有{}政府信息公开工作年度报告（现有{}年的报告）。", "issuer", zh, there))
        .otherwise(pl.format("{}没有{}政府信息公开工作年度报告。", "issuer", zh)),
        message_en=pl.format("No report of {} for {} is at hand.", "issuer", en),
        evidence=evidence(
            issuer_id=pl.col("issuer_id"),
            issuer=pl.col("issuer"),
            years_missing=pl.col("missing"),
            years_at_hand=pl.col("years"),
        ),
    )
    unknown = nameless()
    rest = dated_reports(corpus).join(failed, on="report_id", how="anti")
    return together(
        [
            failed,
            outcomes(
                rest,
                status=pl.when(unknown.is_null()).then(pl.lit("passed")).otherwise(pl.lit("not-applicable")),
                reason=unknown,
            ),
        ]
    )


def _hung_on_a_report(missing: pl.LazyFrame) -> pl.LazyFrame:
    """With `report_id`: the last report before the first missing year, else the first at hand, else null."""
    first, of = pl.col("missing").list.first(), pl.col("of")
    distance = pl.when(of < first).then(first - of).otherwise(1000 + of)
    each = missing.explode("reports", keep_nulls=True, empty_as_null=True).with_columns(
        pl.col("reports").struct.field("of"), pl.col("reports").struct.field("report_id")
    )
    return (
        each.with_columns(distance.alias("distance"))
        .sort("distance", maintain_order=True, nulls_last=True)
        .unique(["issuer_id", "issuer"], keep="first", maintain_order=True)
    )


def _covered(known: pl.LazyFrame, share: float) -> pl.LazyFrame:
    """`place`, `year`, `issuers`, `reporting`: years for which so many of a place have reported that absence tells."""
    in_place = known.group_by("place").agg(pl.col("issuer_id").n_unique().alias("issuers"))
    return (
        known.group_by("place", "year")
        .agg(pl.col("issuer_id").n_unique().alias("reporting"))
        .join(in_place, on="place")
        .filter(pl.col("reporting") >= share * pl.col("issuers"))
        .select("place", "year", "issuers", "reporting")
    )


def _followed(known: pl.LazyFrame) -> pl.LazyFrame:
    """`place`, `year`, `followed`: years of which an issuer with reports of others has one, as have many there."""
    followed = pl.col("year").n_unique().over("issuer_id") > 1
    with_followed = known.select("place", "issuer_id", "year", followed.alias("followed"))
    steady = (
        with_followed.unique("issuer_id")
        .group_by("place")
        .agg(pl.col("followed").mean())
        .filter(pl.col("followed") >= _FOLLOWED)
    )
    years = with_followed.filter("followed").join(steady, on="place", how="semi")
    return years.select("place", "year", "followed").unique()


def _seen_before(known: pl.LazyFrame, issuers: pl.LazyFrame, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """`issuer_id`, `issuer`, `year` that are missing of issuers seen in other years.

    In between an issuer's own years every covered year counts; in a place of one or two issuers every year does.
    Behind its last year the covered ones count, unless the issuer is gone for so long that it may be abolished.
    A year is covered only where reports are collected year by year, or where most issuers have one.
    """
    most = (pl.col("reporting") >= _FEWEST_OF_MOST) & (pl.col("reporting") >= _MOST * pl.col("issuers"))
    covered = (
        _covered(known, thresholds["share"])
        .join(_followed(known), on=["place", "year"], how="left")
        .filter(pl.col("followed").fill_null(False) | most)
    )
    latest = covered.group_by("place").agg(pl.col("year").max().alias("latest"))
    first_seen, last_seen = pl.col("years").list.min(), pl.col("years").list.max()
    absent = ~pl.col("years").list.contains(pl.col("year"))
    still_there = pl.col("latest") - last_seen <= thresholds["seen_within"]
    by_place = (
        issuers.join(covered, on="place")
        .join(latest, on="place")
        .filter(absent & (pl.col("year") > first_seen) & ((pl.col("year") < last_seen) | still_there))
    )
    few = known.group_by("place").agg(pl.col("issuer_id").n_unique().alias("n")).filter(pl.col("n") < _FEW_ISSUERS)
    between = (
        issuers.join(few, on="place", how="semi")
        .with_columns(pl.int_ranges(first_seen, last_seen, dtype=pl.Int32).alias("year"))
        .explode("year", keep_nulls=False, empty_as_null=False)
        .filter(absent)
    )
    columns = ("issuer_id", "issuer", pl.col("year").cast(pl.Int32))
    return pl.concat([by_place.select(columns), between.select(columns)]).unique(maintain_order=True)


def _on_roster(
    corpus: Corpus,
    roster: pl.LazyFrame,
    known: pl.LazyFrame,
    issuers: pl.LazyFrame,
    thresholds: Mapping[str, float],
) -> pl.LazyFrame:
    """`issuer_id`, `issuer`, `year` on the roster without a report; `issuer_id` is null for issuers never seen."""
    rows = roster.with_row_index("row").with_columns(pl.col("issuer").fill_null(pl.col("issuer_id")))
    named = (
        corpus.issuers.select(pl.col("issuer_id").alias("id"), "names", pl.col("region_code").alias("of"))
        .explode("names", keep_nulls=False, empty_as_null=False)
        .rename({"names": "name"})
    )
    by_id = rows.join(known.select(pl.col("issuer_id").alias("id")).unique(), left_on="issuer_id", right_on="id")
    by_name = rows.join(named, left_on="issuer", right_on="name", maintain_order="left_right").filter(
        pl.col("region_code").is_null() | pl.col("of").is_null() | (pl.col("region_code") == pl.col("of"))
    )
    by_short_name = rows.join(named, left_on="region_code", right_on="of", maintain_order="left_right").filter(
        pl.col("name").str.ends_with(pl.col("issuer")) | pl.col("issuer").str.ends_with(pl.col("name"))
    )
    matched = pl.concat(
        [
            by_id.select("row", pl.col("issuer_id").alias("id")),
            by_name.select("row", "id"),
            by_short_name.select("row", "id"),
        ]
    ).unique("row", keep="first", maintain_order=True)
    years = (
        known.with_columns(pl.lit("").alias("place"))
        .pipe(_covered, thresholds["share"])
        .select(pl.col("year").alias("any_year"))
        .sort("any_year")
    )
    open_ended = rows.filter(pl.col("year").is_null()).join(years, how="cross")
    wanted = pl.concat(
        [
            open_ended.select("row", "issuer", pl.col("any_year").cast(pl.Int32).alias("year")),
            rows.filter(pl.col("year").is_not_null()).select("row", "issuer", "year"),
        ]
    ).join(matched, on="row", how="left", maintain_order="left")
    seen = known.select(pl.col("issuer_id").alias("id"), "year").unique()
    return wanted.join(seen, on=["id", "year"], how="anti").select(pl.col("id").alias("issuer_id"), "issuer", "year")


RULES = (
    Rule(
        id="missing-report",
        version=3,
        family="time",
        severity="warning",
        title=Wording("缺报", "Report missing"),
        reason=Wording(
            "行政机关每年都应当公布上一年度的报告；名录上的机关，或其他年度报送过的机关，缺了一年就要问。",
            "Every agency publishes a report every year; one on the roster, or that reported before, is missed.",
        ),
        basis=Wording("条例第四十九条", "Art. 49 of the Regulations"),
        formula=Wording(
            "名录上的机关每年都有报告；没有名录时，报送过的机关在中间各年和最近一年都有报告（只看当地多数机关报送或逐年收集的年度）",
            "issuers on the roster report each year; without one, issuers seen before do, in between and lately, for "
            "years that most of the place reported or that were collected year by year",
        ),
        remedy=Wording("催报；机关已撤并的，在名录中删去。", "Ask for it, or take a merged issuer off the roster."),
        needs=("issuer", "year", "roster"),
        check=missing_report,
        thresholds=(
            Threshold(
                "share",
                0.1,
                Wording(
                    "某年至少有多大比例的机关报送，才据以认定其他机关缺报",
                    "share of issuers that must have reported for a year",
                ),
            ),
            Threshold(
                "seen_within",
                3,
                Wording(
                    "几年未见报送即视为已撤并，不再提示", "years after which an issuer not seen counts as abolished"
                ),
            ),
        ),
        example=Wording(
            "某局有2021、2023年度报告，没有2022年度报告。", "A bureau reported for 2021 and 2023, not for 2022."
        ),
    ),
)
