"""Which single cell of the applications table, changed to what, would mend the sums that are broken."""

from __future__ import annotations

import polars as pl

from flags.equations import (
    Equation,
    applicant_equations,
    balance_equations,
    form_frame,
    outcome_equations,
)
from flags.labels import named
from flags.outcomes import EPSILON, number
from flags.rule import Corpus


def application_equations() -> tuple[Equation, ...]:
    """Every sum that the applications table must obey."""
    return balance_equations() + outcome_equations() + applicant_equations()


def _incidence(equations: tuple[Equation, ...]) -> pl.LazyFrame:
    rows = [
        (each.id, each.edition, key, sign)
        for each in equations
        for sign, keys in ((1.0, each.left), (-1.0, each.right))
        for key in keys
    ]
    return pl.LazyFrame(rows, schema=["equation", "of_edition", "key", "sign"], orient="row")


def mends(corpus: Corpus, failing: pl.LazyFrame) -> pl.LazyFrame:
    """A row a broken equation that a cell can mend: `report_id`, `equation`, `key`, `value`, `should_be`, `mended`.

    `failing` holds the `report_id`s of reports with broken sums. A cell is named when changing it mends every broken
    sum it stands in and breaks none, when no other cell would do, and when the cells named for a report leave no sum
    broken. `primary` marks the first sum of each cell.
    """
    equations = application_equations()
    keys = sorted({key for each in equations for key in each.keys})
    form = form_frame(corpus).join(failing, on="report_id", how="semi")
    values = form.select("report_id", "edition", *keys).unpivot(
        keys, index=["report_id", "edition"], variable_name="key"
    )
    terms = values.join(_incidence(equations), on="key").filter(
        (pl.col("of_edition") == "") | (pl.col("of_edition") == pl.col("edition"))
    )
    residual = (pl.col("value") * pl.col("sign")).sum()
    sums = (
        terms.group_by("report_id", "equation")
        .agg(residual.alias("residual"), pl.col("value").is_null().any().alias("blank"))
        .filter(~pl.col("blank"))
        .with_columns((pl.col("residual").abs() > EPSILON).alias("broken"))
    )
    change = -pl.col("residual") * pl.col("sign")
    candidates = (
        terms.join(sums, on=["report_id", "equation"])
        .group_by("report_id", "key")
        .agg(
            pl.col("value").first(),
            change.min().alias("change"),
            (change.max() - change.min()).alias("spread"),
            pl.col("broken").all().alias("all_broken"),
            pl.len().alias("mended"),
            pl.col("equation"),
        )
        .filter(
            pl.col("all_broken")
            & (pl.col("spread") < EPSILON)
            & (pl.col("mended") >= 2)
            & (pl.col("value") + pl.col("change") > -EPSILON)
        )
    )
    covered = candidates.explode("equation")
    broken = sums.filter(pl.col("broken"))
    settled = (
        broken.join(covered, on=["report_id", "equation"], how="left")
        .with_columns(pl.len().over("report_id", "equation").alias("candidates"))
        .filter((pl.col("key").is_not_null() & (pl.col("candidates") == 1)).all().over("report_id"))
    )
    order = pl.DataFrame({"equation": [e.id for e in equations], "order": range(len(equations))}).lazy()
    return (
        settled.join(order, on="equation")
        .with_columns(
            (pl.col("value") + pl.col("change")).alias("should_be"),
            (pl.col("order") == pl.col("order").min().over("report_id", "key")).alias("primary"),
        )
        .select("report_id", "equation", "key", "value", "should_be", "mended", "primary")
    )


def mend_words() -> tuple[pl.Expr, pl.Expr]:
    """The end of a message that names the mend, in both languages; null where there is none to name."""
    key, value, should_be = pl.col("mend_key"), number(pl.col("mend_value")), number(pl.col("should_be"))
    several = number(pl.col("mended"))
    zh = pl.format("；若将“{}”由{}改为{}，表内{}处勾稽不符即可一并消除", named(key, "zh"), value, should_be, several)
    en = pl.format(
        "; changing “{}” from {} to {} would mend {} broken sums at once", named(key, "en"), value, should_be, several
    )
    return pl.when(pl.col("primary")).then(zh), pl.when(pl.col("primary")).then(en)


def cause() -> pl.Expr:
    """Evidence: the cell that breaks the sums; null where no single cell does."""
    found = pl.struct(
        pl.col("mend_key").alias("key"),
        pl.col("mend_value").alias("value"),
        pl.col("should_be"),
        pl.col("mended").alias("sums"),
    )
    return pl.when(pl.col("mend_key").is_not_null()).then(found)
