"""Figures that leap: robust fences from an issuer's own years and from its peers.

Deviations are measured on a log scale, log(1 + value), where doubling weighs the same at every size. Against the
issuer's other years the modified z-score 0.6745 (x - median) / MAD counts as an outlier beyond 3.5 (Iglewicz and
Hoaglin 1993, "How to Detect and Handle Outliers"). The same deviation is then held against those of its peers in the
same figure. Without enough years a figure is held against peers of the same kind, level and field of work; beyond
three interquartile ranges it is far out (Tukey 1977, "Exploratory Data Analysis").
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import polars as pl

from flags.outcomes import evidence, number, outcomes, together
from flags.rule import Corpus, Threshold, Wording

WATCHED: tuple[str, ...] = (
    "applications.new.total",
    "applications.total.total",
    "applications.granted.total",
    "publication.licensing.decisions",
    "publication.penalty.decisions",
    "publication.coercion.decisions",
    "publication.fees.amount",
    "publication.normative.issued",
    "publication.normative.made",
    "publication.procurement.projects",
    "publication.procurement.amount",
    "litigation.review.total",
    "litigation.direct.total",
    "litigation.after_review.total",
)
"""The figures that are watched: independent counts and amounts; their parts would only repeat the finding."""

MAD_TO_SIGMA = 1.4826
"""The MAD of normal data is 0.6745 standard deviations."""

JUMP_THRESHOLDS = (
    Threshold("z", 3.5, Wording("修正Z值限值", "limit of the modified z-score")),
    Threshold("fence", 3.0, Wording("外围栏的四分位距倍数", "interquartile ranges up to the outer fence")),
    Threshold("difference", 30, Wording("与常年水平至少相差的数量", "least difference from the usual level")),
    Threshold("factor", 6, Wording("与常年水平至少相差的倍数", "least factor between the figure and the usual level")),
    Threshold("years", 2, Wording("比较所需的其他年份数", "other years needed for a comparison with its own history")),
    Threshold("peers", 8, Wording("比较所需的同类机关数", "peers needed for a comparison")),
)

SOME = math.log1p(5)
"""From five on the logarithm of a count speaks more of its issuer than of chance."""
FEW_YEARS = 2.0
"""The limit is raised by this many parts of itself over the number of years, for the MAD of few years is too small."""
DECIMALS = 9
"""Of strengths: beyond them a logarithm may come out otherwise on the next run, and change the order of equals."""
MONEY_FACTOR = 20
"""Amounts of money and purchases swing more than counts: they must differ by this factor."""

_LEVEL = (
    pl.when(pl.col("region_code").is_null())
    .then(pl.lit("unknown"))
    .when(pl.col("region_code").str.ends_with("0000"))
    .then(pl.lit("province"))
    .when(pl.col("region_code").str.ends_with("00"))
    .then(pl.lit("prefecture"))
    .otherwise(pl.lit("county"))
)


def _observations(corpus: Corpus) -> pl.LazyFrame:
    """A row a report and watched figure: who, when, `value` and its logarithm `x`.

    Counts with a fraction are left to `invalid-figure`.
    """
    about = corpus.reports.select(
        "report_id",
        "year",
        author=pl.coalesce("issuer_id", "issuer"),
        kind=pl.col("issuer_kind").cast(pl.String),
        level=_LEVEL,
        field="field_of_work",
    ).filter(pl.col("author").is_not_null() & pl.col("year").is_not_null())
    long = (
        corpus.figures.select("report_id", *WATCHED)
        .unpivot(index="report_id", variable_name="key", value_name="value")
        .filter((pl.col("value") >= 0) & (pl.col("key").str.ends_with("amount") | (pl.col("value") % 1 == 0)))
    )
    return long.join(about, on="report_id", maintain_order="left").with_columns(x=pl.col("value").log1p())


def _summary(seen: pl.LazyFrame) -> pl.LazyFrame:
    """A row an issuer and figure: `years`, the median `middle` of x, the extremes of the value."""
    return seen.group_by("author", "key").agg(
        known=pl.col("year").n_unique(),
        middle=pl.col("x").median(),
        least=pl.col("value").min(),
        most=pl.col("value").max(),
    )


def _against_history(seen: pl.LazyFrame, limits: Mapping[str, float]) -> pl.LazyFrame:
    """Figures that vary enough to matter, with the median `usual` and the MAD `own_mad` of the issuer's other years."""
    varied = (pl.col("most") - pl.col("least") >= limits["difference"]) & (
        pl.col("most") + 1 >= limits["factor"] * (pl.col("least") + 1)
    )
    worth = _summary(seen).filter((pl.col("known") > limits["years"]) & varied).select("author", "key")
    chosen = seen.join(worth, on=["author", "key"], how="semi")
    yearly = chosen.group_by("author", "key", "year").agg(x=pl.col("x").median())
    others = (
        chosen.select("report_id", "author", "key", "year")
        .join(yearly.rename({"year": "other_year", "x": "other_x"}), on=["author", "key"])
        .filter(pl.col("other_year") != pl.col("year"))
        .group_by("report_id", "key")
        .agg(
            years=pl.len(),
            usual=pl.col("other_x").median(),
            own_mad=(pl.col("other_x") - pl.col("other_x").median()).abs().median(),
        )
    )
    return chosen.join(others, on=["report_id", "key"]).with_columns(deviation=pl.col("x") - pl.col("usual"))


def _with_peers(placed: pl.LazyFrame, seen: pl.LazyFrame, limits: Mapping[str, float]) -> pl.LazyFrame:
    """Adds how peers of the same kind and level move in the same figure: `peers`, `peer_median`, `peer_mad`.

    `peer_median` is that of the year, so that what moves all of them at once is nobody's outlier. Only figures of some
    size count: the chance of counting moves small ones, and zeros that stay zero tell nothing.
    """
    group = ["key", "kind", "level"]
    middles = _summary(seen).filter((pl.col("known") > limits["years"]) & (pl.col("middle") >= SOME))
    moving = seen.join(middles.select("author", "key", "middle"), on=["author", "key"]).with_columns(
        deviation=pl.col("x") - pl.col("middle")
    )
    by_year = moving.group_by(*group, "year").agg(peer_median=pl.col("deviation").median())
    apart = (pl.col("deviation") - pl.col("peer_median")).abs()
    spread = (
        moving.join(by_year, on=[*group, "year"])
        .group_by(group)
        .agg(peers=pl.col("author").n_unique(), peer_mad=apart.median())
    )
    return placed.join(spread, on=group, how="left").join(by_year, on=[*group, "year"], how="left")


def _noise(level: pl.Expr) -> pl.Expr:
    """The standard deviation that counting alone gives a logarithm of a Poisson count around exp(level)."""
    return 1 / level.exp().sqrt()


def _jumps_from_history(seen: pl.LazyFrame, limits: Mapping[str, float]) -> pl.LazyFrame:
    """Figures far from the issuer's own years, and further than those of peers go."""
    noise = _noise(pl.min_horizontal("usual", "x"))
    enough = pl.col("peers") >= limits["peers"]
    pooled = pl.when(enough).then(pl.col("peer_mad")).otherwise(0.0) * MAD_TO_SIGMA
    # A few years say little about how much an issuer varies; what its peers vary steps in.
    own = pl.max_horizontal(pl.col("own_mad") * MAD_TO_SIGMA, pooled)
    # A MAD of counts holds the noise of counting already.
    sigma = pl.max_horizontal(own, noise)
    level = pl.col("usual").exp() - 1
    return (
        _with_peers(_against_history(seen, limits), seen, limits)
        .with_columns(sigma=sigma, still=own == 0, usual_value=level)
        .with_columns(
            z=pl.col("deviation") / pl.col("sigma"),
            peer_z=pl.when(enough & (pl.col("peer_mad") > 0)).then(
                (pl.col("deviation") - pl.col("peer_median")) / pl.max_horizontal(pooled, noise)
            ),
        )
        .filter(
            (pl.col("z").abs() > limits["z"] * (1 + FEW_YEARS / pl.col("years")))
            & (pl.col("peer_z").abs() > limits["z"]).fill_null(True)
            & ~pl.col("still")
            & _large(pl.col("usual_value"), limits)
        )
        .with_columns(strength=pl.col("z").abs().round(DECIMALS), route=pl.lit("history"))
    )


def _large(usual: pl.Expr, limits: Mapping[str, float]) -> pl.Expr:
    """Whether value and usual level differ enough to matter, by difference and by factor.

    A zero is no outlier: an agency may have had nothing to do, or have lost the task.
    """
    high, low = pl.max_horizontal(pl.col("value"), usual), pl.min_horizontal(pl.col("value"), usual)
    money = pl.col("key").str.contains_any(["fees", "procurement"])
    factor = pl.when(money).then(MONEY_FACTOR).otherwise(limits["factor"])
    return ((high - low) >= limits["difference"]) & ((high + 1) >= factor * (low + 1)) & (pl.col("value") > 0)


def _jumps_from_peers(seen: pl.LazyFrame, limits: Mapping[str, float]) -> pl.LazyFrame:
    """Figures of issuers with too little history, far above those of peers of the same kind, level and field."""
    group = ["key", "kind", "level", "field"]
    counted = seen.filter(pl.col("field").is_not_null() & (pl.col("field") != ""))
    years = counted.group_by("author", "key").agg(known=pl.col("year").n_unique())
    fences = counted.group_by(group).agg(
        peers=pl.col("author").n_unique(),
        lower=pl.col("x").quantile(0.25, "linear"),
        upper=pl.col("x").quantile(0.75, "linear"),
        usual=pl.col("x").median(),
    )
    spread = pl.col("upper") - pl.col("lower")
    return (
        counted.join(years, on=["author", "key"])
        .filter(pl.col("known") <= limits["years"])  # its own year and too few others
        .join(fences, on=group)
        .with_columns(usual_value=pl.col("usual").exp() - 1)
        .filter(
            (pl.col("peers") >= limits["peers"])
            & (spread > 0)
            & (pl.col("x") > pl.col("upper") + limits["fence"] * spread)
            & _large(pl.col("usual_value"), limits)
        )
        .with_columns(strength=((pl.col("x") - pl.col("upper")) / spread).round(DECIMALS), route=pl.lit("peers"))
    )


def check_outlier_jump(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Whether a watched figure lies far outside what the issuer's history and its peers allow."""
    seen = _observations(corpus).collect().lazy()
    columns = ["report_id", "key", "value", "usual_value", "strength", "route"]
    remembered = _summary(seen).filter(pl.col("known") > thresholds["years"]).select("author", "key")
    history = seen.join(remembered, on=["author", "key"], how="semi").select("report_id").unique()
    jumps = pl.concat(
        [
            _jumps_from_history(seen, thresholds).select(columns),
            _jumps_from_peers(seen, thresholds).join(history, on="report_id", how="anti").select(columns),
        ]
    )
    found = (
        jumps.sort("report_id", "strength", "key", descending=[False, True, False])
        .group_by("report_id", maintain_order=True)
        .agg(
            pl.col("key", "value", "usual_value", "strength", "route").first(),
            count=pl.len(),
            cells=pl.struct("key", "value", pl.col("usual_value").round(1).alias("usual")),
        )
        .join(corpus.figures.select("report_id", "doubtful_keys"), on="report_id")
        .with_columns(doubtful=pl.col("doubtful_keys").list.contains(pl.col("key")))
    )
    own = pl.col("route") == "history"
    basis = pl.when(own).then(pl.lit("本机关其他年份约为")).otherwise(pl.lit("同级同领域机关约为"))
    basis_en = pl.when(own).then(pl.lit("its other years are about")).otherwise(pl.lit("peers are about"))
    usual = number(pl.col("usual_value").round(0))
    more = pl.when(pl.col("count") > 1).then(pl.format("，另有{}项同样异常", (pl.col("count") - 1).cast(pl.String)))
    more_en = pl.when(pl.col("count") > 1).then(
        pl.format("; the same holds for {} more of its figures", (pl.col("count") - 1).cast(pl.String))
    )
    label, label_en = _labels("zh"), _labels("en")
    failed = outcomes(
        found,
        status=pl.when("doubtful").then(pl.lit("unsure")).otherwise(pl.lit("failed")),
        reason=pl.when("doubtful").then(pl.lit("doubtful")),
        left=number(pl.col("value")),
        right=usual,
        message=pl.format(
            "{}为{}，{}{}，变动超出合理范围{}。", label, number(pl.col("value")), basis, usual, more.fill_null("")
        ),
        message_en=pl.format(
            "{} is {}, while {} {}: further off than is usual{}.",
            label_en,
            number(pl.col("value")),
            basis_en,
            usual,
            more_en.fill_null(""),
        ),
        evidence=evidence(cells=pl.col("cells"), route=pl.col("route"), strength=pl.col("strength").round(2)),
        score=1 - 1 / (1 + pl.col("strength") / thresholds["z"]),
    )
    return together([failed, _the_others(corpus, seen, history, failed, thresholds)])


def _the_others(
    corpus: Corpus, seen: pl.LazyFrame, history: pl.LazyFrame, failed: pl.LazyFrame, limits: Mapping[str, float]
) -> pl.LazyFrame:
    """Reports without a jump: passed where there was anything to compare with, else not applicable."""
    group = ["key", "kind", "level", "field"]
    crowded = (
        seen.filter(pl.col("field").is_not_null() & (pl.col("field") != ""))
        .group_by(group)
        .agg(peers=pl.col("author").n_unique())
        .filter(pl.col("peers") >= limits["peers"])
    )
    compared = pl.concat([history, seen.join(crowded, on=group, how="semi").select("report_id")]).unique()
    reports = (
        corpus.reports.select("report_id", "year", author=pl.coalesce("issuer_id", "issuer"))
        .join(failed.select("report_id"), on="report_id", how="anti")
        .join(compared.with_columns(compared=pl.lit(True)), on="report_id", how="left")
    )
    reason = pl.coalesce(
        pl.when(pl.col("author").is_null()).then(pl.lit("no-issuer")),
        pl.when(pl.col("year").is_null()).then(pl.lit("no-year")),
        pl.when(pl.col("compared").is_null()).then(pl.lit("no-peers")),
    )
    status = pl.when(reason.is_not_null()).then(pl.lit("not-applicable")).otherwise(pl.lit("passed"))
    return outcomes(reports, status=status, reason=reason)


def _labels(language: str) -> pl.Expr:
    """The name of the figure in `key`, in words."""
    named = _NAMES_ZH if language == "zh" else _NAMES_EN
    return pl.col("key").replace_strict(named, default=pl.col("key"), return_dtype=pl.String)


_NAMES_ZH = {
    "applications.new.total": "本年新收申请总计",
    "applications.total.total": "办理结果总计",
    "applications.granted.total": "予以公开总计",
    "publication.licensing.decisions": "行政许可处理决定数量",
    "publication.penalty.decisions": "行政处罚处理决定数量",
    "publication.coercion.decisions": "行政强制处理决定数量",
    "publication.fees.amount": "行政事业性收费金额",
    "publication.normative.issued": "规范性文件制发件数",
    "publication.normative.made": "规范性文件新制作数量",
    "publication.procurement.projects": "政府集中采购项目数量",
    "publication.procurement.amount": "政府集中采购总金额",
    "litigation.review.total": "行政复议总计",
    "litigation.direct.total": "未经复议直接起诉总计",
    "litigation.after_review.total": "复议后起诉总计",
}
_NAMES_EN = {
    "applications.new.total": "The number of new applications",
    "applications.total.total": "The number of applications decided",
    "applications.granted.total": "The number of applications granted",
    "publication.licensing.decisions": "The number of licensing decisions",
    "publication.penalty.decisions": "The number of penalty decisions",
    "publication.coercion.decisions": "The number of coercion decisions",
    "publication.fees.amount": "The amount of fees",
    "publication.normative.issued": "The number of normative documents issued",
    "publication.normative.made": "The number of normative documents made",
    "publication.procurement.projects": "The number of procurement projects",
    "publication.procurement.amount": "The amount of procurement",
    "litigation.review.total": "The number of reconsiderations",
    "litigation.direct.total": "The number of direct lawsuits",
    "litigation.after_review.total": "The number of lawsuits after reconsideration",
}
