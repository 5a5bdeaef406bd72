"""Which reports to look at first, and why, in one line."""

from __future__ import annotations

import polars as pl

from flags.outcomes import listed
from flags.registry import RULES
from loaders.vocabulary import SEVERITIES

SEVERITY_WEIGHTS = {"error": 10.0, "warning": 3.0, "notice": 0.5}
RULE_WEIGHTS = {
    # What makes the whole report worthless, before a slip in one cell.
    "contaminated-text": 4.0,
    "foreign-issuer": 3.0,
    "wrong-year": 2.0,
    "missing-table": 2.5,
    "missing-section": 2.0,
    "placeholder": 2.0,
    "copied-from-peer": 3.0,
    "copied-from-last-year": 2.5,
    "boilerplate-only": 2.0,
    "rollup": 2.0,
    "missing-report": 2.0,
    "zero-streak": 1.5,
    "repeated-figures": 2.0,
    "outlier-jump": 1.5,
    "missing-fee-statement": 0.5,
    "late": 0.7,
}
"""How much a rule's findings weigh within their severity; 1 where nothing is said."""

FURTHER = 0.3
"""What each further cause under the same rule adds, in parts of the first."""

ORDER_SCHEMA = {
    "report_id": pl.String,
    "score": pl.Float64,
    "reason_zh": pl.String,
    "reason_en": pl.String,
    "errors": pl.UInt32,
    "warnings": pl.UInt32,
    "notices": pl.UInt32,
}


def order(flags: pl.LazyFrame | pl.DataFrame) -> pl.LazyFrame:
    """A row a report with findings, the most pressing first: `ORDER_SCHEMA`.

    `flags` has the columns of `loaders.schemas.Flags`. Findings that go back to one cell count once. `score` has no
    upper end; 10 is one plain error.
    """
    titles = {rule.id: rule.title for rule in RULES}
    weights = [RULE_WEIGHTS.get(rule, 1.0) for rule in titles]
    rule = pl.col("rule")
    cause = pl.coalesce(
        pl.col("evidence").str.extract(r'"cause":\{"key":"([^"]+)"', 1),
        pl.concat_str(rule, pl.lit("#"), pl.int_range(pl.len()).over("report_id", "rule").cast(pl.String)),
    )
    weighed = (
        flags.lazy()
        .filter(pl.col("report_id").is_not_null())
        .with_columns(
            cause.alias("cause"),
            pl.col("severity").cast(pl.String).replace_strict(SEVERITY_WEIGHTS, default=0.0).alias("severity_weight")
            * rule.replace_strict(list(titles), weights, default=1.0)
            * pl.col("score").fill_null(1.0).clip(0.3, 1.0),
            pl.col("severity").cast(pl.String),
        )
        .with_columns(
            (pl.int_range(pl.len()).over("report_id", "cause") == 0).alias("counts"),
        )
    )
    counted = weighed.filter("counts").with_columns(
        (pl.int_range(pl.len()).over("report_id", "rule") > 0).alias("further")
    )
    by_rule = counted.group_by("report_id", "rule", maintain_order=True).agg(
        (pl.col("severity_weight") * pl.when("further").then(FURTHER).otherwise(1.0)).sum().alias("weight"),
        pl.len().alias("times"),
    )
    names = {
        language: pl.concat_str(
            rule.replace_strict(list(titles), [getattr(each, language) for each in titles.values()], default=rule),
            pl.when(pl.col("times") > 1).then(pl.format(mark, "times")).otherwise(pl.lit("")),
        )
        for language, mark in (("zh", "（{}处）"), ("en", " ({})"))
    }
    scores = (
        by_rule.with_columns(names["zh"].alias("zh"), names["en"].alias("en"))
        .sort("weight", descending=True, maintain_order=True)
        .group_by("report_id", maintain_order=True)
        .agg(pl.col("weight").sum().round(2).alias("score"), pl.col("zh"), pl.col("en"))
    )
    totals = weighed.group_by("report_id").agg(
        (pl.col("severity") == severity).sum().cast(pl.UInt32).alias(f"{severity}s") for severity in SEVERITIES
    )
    return (
        scores.join(totals, on="report_id")
        .with_columns(
            listed(pl.col("zh"), 3).alias("reason_zh"),
            listed(pl.col("en"), 3, separator="; ", more="; …").alias("reason_en"),
        )
        .sort(["score", "report_id"], descending=[True, False])
        .select(list(ORDER_SCHEMA))
    )
