"""Does a government's report, where it sums up its region, hold at least what the issuers under it reported."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from flags.equations import (
    BROKEN,
    applicant_equations,
    balance_equations,
    form_frame,
    litigation_equations,
    outcome_equations,
    states,
)
from flags.labels import wording_of
from flags.outcomes import EPSILON, NO_ROWS, evidence, listed, nothing_to_word, number, outcomes, together
from flags.rule import Corpus, Rule, Threshold, Wording

ADDITIVE = (
    "applications.new.total",
    "applications.granted.total",
    "applications.partial.total",
    "applications.total.total",
    "litigation.review.total",
    "litigation.direct.total",
    "litigation.after_review.total",
    "publication.licensing.decisions",
    "publication.penalty.decisions",
    "publication.coercion.decisions",
)
"""Figures of a region that are the sum of its issuers' figures. Documents and fees are left out: a government often
counts its own documents only, and fees are settled between levels. So are applications open at year's end, which say
nothing that new and decided ones do not."""

_LEAST_TO_COMPARE = 10  # a figure smaller than this does not tell a summed-up report from one for itself
_SUMS_UP = (
    r"(?:全[县区旗市盟州]|各级(?:行政机关|政府|部门)|各(?:镇|乡|苏木|街道)[^。；]{0,12}各?(?:部门|单位))"
    r"[^。；]{0,40}?(?:收到|受理|办理|答复|新收)[^。；]{0,16}申请"
    r"|汇总[^。；]{0,20}(?:全[县区旗市盟州]|本级及|各(?:部门|地区|镇|乡|单位)|所属)"
    r"|(?:报告|数据)[^。；]{0,16}汇总"
    r"|(?:含|包括)[^。；]{0,8}各?(?:部门|乡镇|镇街|苏木)[^。；]{0,12}(?:数据|情况)"
)
"""Words by which a report says that its figures are those of the whole region."""


def rollup(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Figures of a government's report that are smaller than those of the issuers under it together.

    A government counts as summing up its region if it says so, or if of the figures of the issuers below that are
    large enough to tell, most are covered by its own and none of those issuers alone outweighs it.
    """
    placed = _placed(corpus)
    governments = placed.filter(
        (pl.col("issuer_kind") == "government")
        & pl.col("region").is_not_null()
        & ~pl.col("region_code").str.ends_with("0000")
        & pl.col("year").is_not_null()
    )
    if not governments.select("report_id").head(1).collect().height:
        return outcomes(placed, status="not-applicable", reason="not-consolidated")
    sums = _sums_by_region(_issuers_below(_without_broken(corpus, _without_copies(placed, governments))))
    compared = governments.join(sums, on=["region", "year"], how="left", maintain_order="left").with_columns(
        _sums_up(thresholds["covered"]).alias("sums_up")
    )
    less = [
        (pl.col(key) + EPSILON < pl.col(f"{key}+")) & (pl.col(f"{key}+") - pl.col(key) >= thresholds["shortfall"])
        for key in ADDITIVE
    ]
    several, consolidated = pl.col("below").list.len() >= 2, pl.col("sums_up")
    short = pl.any_horizontal(less).fill_null(False)
    found = compared.filter(several & consolidated & short).collect()
    if nothing_to_word(found):
        return NO_ROWS
    return together([_found(found.lazy(), less), _rest(placed, compared, several, consolidated, short)])


def _placed(corpus: Corpus) -> pl.LazyFrame:
    """The additive figures of all reports, with the `region` whose sum they may be part of.

    A prefecture's code ends in 00 and heads those of its counties.
    """
    form = form_frame(corpus).select(
        "report_id", "issuer_id", "issuer_kind", "year", "edition", "doubtful_keys", *ADDITIVE
    )
    about = corpus.reports.select("report_id", "region_code", "county", "prefecture", "text")
    code = pl.col("region_code")
    region = pl.when(code.str.ends_with("00")).then(code.str.slice(0, 4)).otherwise(code)
    return form.join(about, on="report_id").with_columns(region.alias("region"))


def _without_copies(placed: pl.LazyFrame, governments: pl.LazyFrame) -> pl.LazyFrame:
    """All reports but those of a government's office that publish the government's figures as its own."""
    same = governments.select("region", "year", pl.struct(ADDITIVE).hash().alias("figures"))
    copies = (
        placed.filter(pl.col("issuer_kind") == "office")
        .with_columns(pl.struct(ADDITIVE).hash().alias("figures"))
        .join(same, on=["region", "year", "figures"], how="semi")
        .select("report_id")
    )
    return placed.join(copies, on="report_id", how="anti")


def _issuers_below(placed: pl.LazyFrame) -> pl.LazyFrame:
    """The figures of each issuer but governments: of two reports on one year the smaller, for the government's sake."""
    return (
        placed.filter(
            (pl.col("issuer_kind") != "government")
            & pl.col("issuer_id").is_not_null()
            & pl.col("region_code").is_not_null()
            & pl.col("year").is_not_null()
        )
        .group_by("issuer_id", "year", "region_code")
        .agg(pl.col(ADDITIVE).min(), pl.col("report_id").min())
    )


def _sums_by_region(below: pl.LazyFrame) -> pl.LazyFrame:
    """Of counties and of prefectures with their counties: for each key the sum `key+` and the largest part `key^`."""
    levels = [
        below.with_columns(pl.col("region_code").alias("region")),
        below.with_columns(pl.col("region_code").str.slice(0, 4).alias("region")),
    ]
    return (
        pl.concat(levels)
        .group_by("region", "year")
        .agg(
            *(pl.col(key).sum().alias(f"{key}+") for key in ADDITIVE),
            *(pl.col(key).max().alias(f"{key}^") for key in ADDITIVE),
            pl.col("report_id").sort().alias("below"),
        )
    )


def _sums_up(covered: float) -> pl.Expr:
    """Whether a government sums up its region; one that does so in one year does in the others."""
    sums = [pl.col(f"{key}+") for key in ADDITIVE]
    telling = [whole >= _LEAST_TO_COMPARE for whole in sums]
    holds = [
        (pl.col(key) >= covered * whole) & (pl.col(key) >= pl.col(f"{key}^"))
        for key, whole in zip(ADDITIVE, sums, strict=True)
    ]
    both = pl.sum_horizontal([(t & h).fill_null(False) for t, h in zip(telling, holds, strict=True)])
    judged = pl.sum_horizontal(
        [(t & pl.col(key).is_not_null()).fill_null(False) for t, key in zip(telling, ADDITIVE, strict=True)]
    )
    says_so = pl.col("text").str.contains(_SUMS_UP).fill_null(False)
    summing_up = says_so | ((judged > 0) & (both * 2 > judged)).fill_null(False)
    return pl.when(pl.col("issuer_id").is_null()).then(summing_up).otherwise(summing_up.any().over("issuer_id"))


def _without_broken(corpus: Corpus, placed: pl.LazyFrame) -> pl.LazyFrame:
    """Figures that contradict their own form do not accuse the government: they count as not stated."""
    groups = {
        "applications.": (*balance_equations(), *outcome_equations(), *applicant_equations()),
        **{f"{each.id.replace('-sum:', '.')}.": (each,) for each in litigation_equations()},
    }
    broken = states(corpus).select(
        "report_id",
        *(
            pl.any_horizontal([pl.col(each.id) == BROKEN for each in group]).fill_null(False).alias(f"broken {prefix}")
            for prefix, group in groups.items()
        ),
    )
    judged = placed.join(broken, on="report_id", how="left", maintain_order="left")
    kept = [
        pl.when(~pl.col(f"broken {prefix}")).then(pl.col(key)).alias(key)
        for prefix in groups
        for key in ADDITIVE
        if key.startswith(prefix)
    ]
    return judged.with_columns(kept)


def _found(frame: pl.LazyFrame, less: list[pl.Expr]) -> pl.LazyFrame:
    shaky = [pl.col("doubtful_keys").list.contains(key) for key in ADDITIVE]
    sure = pl.any_horizontal([x & ~y for x, y in zip(less, shaky, strict=True)]).fill_null(False)
    parts = {
        language: pl.concat_list(
            [
                pl.when(x).then(
                    pl.format(
                        template.format(getattr(wording_of(key), language)),
                        pl.col(f"{key} written"),
                        pl.col(f"{key}+ written"),
                    )
                )
                for x, key in zip(less, ADDITIVE, strict=True)
            ]
        ).list.drop_nulls()
        for language, template in (("zh", "{}填报{{}}件、所属合计{{}}件"), ("en", "{}: {{}} reported, {{}} below"))
    }
    cells = pl.concat_list(
        [
            pl.when(x).then(
                pl.struct(pl.lit(key).alias("key"), pl.col(key).alias("value"), pl.col(f"{key}+").alias("sum_below"))
            )
            for x, key in zip(less, ADDITIVE, strict=True)
        ]
    ).list.drop_nulls()
    written = [number(pl.col(column)).alias(f"{column} written") for key in ADDITIVE for column in (key, f"{key}+")]
    count = pl.col("below").list.len()
    first = cells.list.first()
    return outcomes(
        frame.with_columns(written),
        status=pl.when(sure).then(pl.lit("failed")).otherwise(pl.lit("unsure")),
        reason=pl.when(~sure).then(pl.lit("doubtful")),
        left=number(first.struct.field("value")),
        right=number(first.struct.field("sum_below")),
        message=pl.format(
            "汇总报告的数据小于本地区{}个机关报告之和：{}。", count, listed(parts["zh"], 4, separator="；")
        ),
        message_en=pl.format(
            "The region's report says less than the {} issuers under it together: {}.",
            count,
            listed(parts["en"], 4, separator="; ", more="; …"),
        ),
        evidence=evidence(cells=cells, reports=pl.col("below").list.head(100), count=count),
    )


def _rest(
    placed: pl.LazyFrame, compared: pl.LazyFrame, several: pl.Expr, consolidated: pl.Expr, short: pl.Expr
) -> pl.LazyFrame:
    several = several.fill_null(False)
    governments = outcomes(
        compared.filter(~(several & consolidated & short)),
        status=pl.when(several & consolidated).then(pl.lit("passed")).otherwise(pl.lit("not-applicable")),
        reason=pl.when(~several).then(pl.lit("no-issuers-below")).when(~consolidated).then(pl.lit("not-consolidated")),
    )
    others = placed.join(compared.select("report_id"), on="report_id", how="anti")
    return together([governments, outcomes(others, status="not-applicable", reason="not-consolidated")])


RULES = (
    Rule(
        id="rollup",
        compares=True,
        family="rollup",
        severity="warning",
        title=Wording("汇总小于分项", "The whole is less than its parts"),
        reason=Wording(
            "县（市、旗、区）或市（盟、州）汇总报告的数据，不应小于所属各机关报告之和。",
            "A report that sums up a county or prefecture cannot say less than the issuers in it do together.",
        ),
        basis=Wording("条例第四十九条第二款、第五十条", "Art. 49 (2) and 50 of the Regulations"),
        formula=Wording(
            "汇总报告每项可加数据≥现有所属机关报告该项之和；政府只报本机关数据的不比",
            "each additive figure >= the sum over the issuers below; skipped where a government reports only itself",
        ),
        remedy=Wording(
            "逐个机关核对汇总底表，补上漏掉的机关。", "Check the table behind the sums; add whoever was left out."
        ),
        needs=("applications", "litigation", "publication", "region_code"),
        check=rollup,
        thresholds=(
            Threshold("shortfall", 1, Wording("相差多少件起提示", "shortfall from which on the rule speaks")),
            Threshold(
                "covered",
                0.6,
                Wording(
                    "未写明汇总时，政府数据达到所属合计的多大比例才看作汇总报告",
                    "without a word of summing up: share of the sum below that marks a report as summing up",
                ),
            ),
        ),
        example=Wording(
            "县政府报告新收40件，三个部门的报告合计52件。", "The county reports 40 new, three bureaus together 52."
        ),
    ),
)
