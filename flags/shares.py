"""Do the percentages of the narrative agree with the figures they are about."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from flags.claims_rules import Readings, keys_in, of_subject, spoken_of, with_context
from flags.enumerations import position
from flags.equations import form_frame
from flags.outcomes import EPSILON, NO_ROWS, evidence, nothing_to_word, number, outcomes, quote, together
from flags.over_time import with_year_before
from flags.readings import application_readings, litigation_readings, outcome_readings, subject
from flags.rule import Corpus, Rule, Threshold, Wording
from loaders.numerals import DIGITS

_READINGS = application_readings() | outcome_readings() | litigation_readings()
_WHOLES = (
    "applications.total.total",
    "applications.new.total",
    "applications.carried_in.total",
)
_SENTENCE = r"[^。！？\n]*"
_UNITS = "条件篇次期份个项则"
_SHARE = rf"(\d+)\s*([{_UNITS}])[^{DIGITS}。！？\n]{{0,4}}占[^{DIGITS}。；，,！？\n]{{0,12}}(\d+(?:\.\d+)?)\s*[%％]"
_TOTAL = rf"(?:共|总|累计|合计|总计)[^{DIGITS}。！？\n，,；;]{{0,20}}\d+\s*[{_UNITS}]"


def _tolerance(words: pl.Expr, unit: float) -> pl.Expr:
    """`unit` of the last digit that a percentage shows, in percentage points."""
    decimals = words.str.extract(r"\d+\.(\d+)", 1).str.len_chars().fill_null(0)
    return unit * pl.lit(10.0).pow(-decimals.cast(pl.Float64)) + EPSILON


def _near(claimed: pl.Expr, true: pl.Expr, words: pl.Expr, unit: float) -> pl.Expr:
    return ((claimed.abs() - true.abs()).abs() < _tolerance(words, unit)) & ((claimed * true) >= 0)


def text_share(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Shares and year-on-year changes against the figures they are about, or the numbers beside them in the text."""
    unit = thresholds["last_digit"]
    ends = pl.col("start") + pl.col("quote").str.len_chars()
    exact = corpus.claims.filter("exact")
    periods = set(exact.select(pl.col("period").unique()).collect().to_series())
    parts = [_shares(corpus, unit)] if "share" in periods else []
    parts += [_changes(corpus, unit)] if "change" in periods else []
    judged = (
        pl.concat([*parts, _narrated(corpus, unit)])
        # A percentage of the tables' figures is judged by them, not by the numbers beside it.
        .unique(["report_id", "section", ends.alias("end")], keep="first", maintain_order=True)
        .sort("report_id", "section", "start", maintain_order=True)
        .collect()
    )
    wrong = judged.filter(~pl.col("fits"))
    if nothing_to_word(wrong):
        return NO_ROWS
    failed = outcomes(
        wrong.lazy(),
        status="failed",
        left=pl.concat_str(number(pl.col("value")), pl.lit("%")),
        right=pl.concat_str(number(pl.col("true").round(2)), pl.lit("%")),
        message=pl.format(
            "正文写“{}”，{}，按此应为{}%。", pl.col("clause"), pl.col("basis_zh"), number(pl.col("true").round(2))
        ),
        message_en=pl.format(
            "The text says “{}”, but {} makes {} %.",
            pl.col("clause"),
            pl.col("basis_en"),
            number(pl.col("true").round(2)),
        ),
        evidence=evidence(
            quotes=pl.concat_list(quote(pl.col("section"), pl.col("start"), pl.col("quote"))),
            about=pl.col("about"),
            claimed=pl.col("value"),
            computed=pl.col("true").round(4),
        ),
    )
    checked = judged.lazy().group_by("report_id").agg(pl.first("value", "true"))
    rest = (
        corpus.reports.select("report_id")
        .join(wrong.lazy(), on="report_id", how="anti")
        .join(checked, on="report_id", how="left", maintain_order="left")
    )
    none = pl.col("value").is_null()
    return together(
        [
            failed,
            outcomes(
                rest,
                status=pl.when(none).then(pl.lit("not-applicable")).otherwise(pl.lit("passed")),
                reason=pl.when(none).then(pl.lit("no-claim")),
                left=number(pl.col("value")),
                right=number(pl.col("true").round(2)),
            ),
        ]
    )


_COLUMNS = (
    "report_id",
    "about",
    "section",
    "start",
    "quote",
    "clause",
    "value",
    "true",
    "fits",
    "basis_zh",
    "basis_en",
)


def _claims(corpus: Corpus, period: str) -> pl.LazyFrame:
    return corpus.claims.filter((pl.col("period") == period) & pl.col("exact")).drop("path")


def _named(language: str) -> pl.Expr:
    names = [getattr(subject(about), language) for about in _READINGS]
    return pl.col("about").replace_strict(list(_READINGS), names, default=pl.col("about"), return_dtype=pl.String)


def _shares(corpus: Corpus, unit: float) -> pl.LazyFrame:
    """Shares of applications, of whichever whole the text may mean: decided, new or received."""
    of_applications = {about: each for about, each in _READINGS.items() if about.startswith("applications.")}
    claims = _claims(corpus, "share").filter(pl.col("about").is_in(list(of_applications)))
    readings = spoken_of(of_applications, claims)
    keys = list(dict.fromkeys([*keys_in(readings), *_WHOLES]))
    figures = form_frame(corpus).select("report_id", *keys)
    decided, new, carried_in = (pl.col(key) for key in _WHOLES)
    wholes = [decided, new, new + carried_in]
    parts = [f"part{n}" for n in _ways(readings)]
    rates = [pl.when(whole > 0).then(100 * pl.col(part) / whole) for part in parts for whole in wholes]
    return (
        with_context(corpus, claims)
        .join(figures, on="report_id", maintain_order="left")
        .with_columns([of_subject(readings, n).alias(part) for n, part in enumerate(parts)])
        .with_columns(
            pl.coalesce(rates).alias("true"),
            pl.any_horizontal([_near(pl.col("value"), rate, pl.col("quote"), unit) for rate in rates]).alias("fits"),
            pl.format("表格“{}”为{}、办理结果总计为{}", _named("zh"), number(pl.col("part0")), number(decided)).alias(
                "basis_zh"
            ),
            pl.format("“{}” is {} of {} decided, which", _named("en"), number(pl.col("part0")), number(decided)).alias(
                "basis_en"
            ),
        )
        .filter(pl.col("true").is_not_null())
        .with_columns(pl.col("fits").fill_null(False))
        .select(_COLUMNS)
    )


def _changes(corpus: Corpus, unit: float) -> pl.LazyFrame:
    """Changes on the year before, from last year's report, or from last year's number in the same text."""
    changes = _claims(corpus, "change")
    readings = spoken_of(_READINGS, changes)
    by_reports = [_rate(f"before{n}", f"now{n}") for n in _ways(readings)]
    rates = [*by_reports, _rate("told before", "told now")]
    of_reports = pl.coalesce(by_reports).is_not_null()
    before, now = number(pl.col("before0")), number(pl.col("now0"))
    told_before, told_now = number(pl.col("told before")), number(pl.col("told now"))
    return (
        _beside_year_before(corpus, with_context(corpus, changes), readings)
        .join(_told(corpus), on=["report_id", "about"], how="left", maintain_order="left")
        .with_columns(
            pl.coalesce(rates).alias("true"),
            pl.any_horizontal([_near(pl.col("value"), rate, pl.col("quote"), unit) for rate in rates])
            .fill_null(False)
            .alias("fits"),
            pl.when(of_reports)
            .then(pl.format("“{}”上年为{}、本年为{}", _named("zh"), before, now))
            .otherwise(pl.format("正文所写上年为{}、本年为{}", told_before, told_now))
            .alias("basis_zh"),
            pl.when(of_reports)
            .then(pl.format("“{}” went from {} to {}, which", _named("en"), before, now))
            .otherwise(pl.format("the text's own {} after {}", told_now, told_before))
            .alias("basis_en"),
        )
        .filter(pl.col("true").is_not_null())
        # Of several reports for the year before the one that fits counts.
        .sort("fits", descending=True, maintain_order=True)
        .unique(["report_id", "section", "start"], keep="first", maintain_order=True)
        .select(_COLUMNS)
    )


def _ways(readings: Readings) -> range:
    """Numbers of the readings that a claim may have, of the subject with most of them."""
    return range(max((len(each) for each in readings.values()), default=1))


def _rate(before: str, now: str) -> pl.Expr:
    """The change from one column to the other in percent; null where it begins with none."""
    return pl.when(pl.col(before) > 0).then(100 * (pl.col(now) - pl.col(before)) / pl.col(before))


def _beside_year_before(corpus: Corpus, claims: pl.LazyFrame, readings: Readings) -> pl.LazyFrame:
    """Claims with each reading of their figure in this report (`now0` ...) and in the year before's (`before0` ...)."""
    keys = keys_in(readings)
    form = form_frame(corpus).select("report_id", "issuer_id", "year", "edition", "doubtful_keys", *keys)
    pairs = with_year_before(form, keys).select("report_id", *keys, *(f"{key}@" for key in keys))
    earlier = {about: tuple(reading.meta.undo_aliases() for reading in each) for about, each in readings.items()}
    return (
        claims.join(pairs, on="report_id", maintain_order="left_right")
        .with_columns([of_subject(readings, n).alias(f"now{n}") for n in _ways(readings)])
        .drop(keys)
        .rename({f"{key}@": key for key in keys})
        .with_columns([of_subject(earlier, n).alias(f"before{n}") for n in _ways(readings)])
        .drop(keys)
    )


def _told(corpus: Corpus) -> pl.LazyFrame:
    """Numbers of last year and this that a text states once each: `report_id`, `about`, `told before`, `told now`."""
    said = corpus.claims.filter(pl.col("exact") & pl.col("period").is_in(["this_year", "last_year"]))
    last, this = (pl.col("value").filter(pl.col("period") == period) for period in ("last_year", "this_year"))
    return (
        said.group_by("report_id", "about")
        .agg(last.alias("last"), this.alias("this"))
        .filter(pl.col("last").list.len().eq(1) & pl.col("this").list.len().eq(1))
        .select(
            "report_id",
            "about",
            pl.col("last").list.first().alias("told before"),
            pl.col("this").list.first().alias("told now"),
        )
    )


def _narrated(corpus: Corpus, unit: float) -> pl.LazyFrame:
    """Shares of a total that the same sentence states: 共50条……其中动态20条，占40%."""
    chunk = pl.col("chunk")
    number_of = chunk.str.extract(_SHARE, 1).cast(pl.Float64, strict=False)
    pieces = (
        corpus.sections.filter(pl.col("text").str.contains("占") & pl.col("text").str.contains("[%％]"))
        .with_columns(pl.col("text").str.extract_all(_SENTENCE).alias("sentence"))
        .explode("sentence", keep_nulls=False, empty_as_null=False)
        .filter(pl.col("sentence").str.contains(_SHARE))
        .with_columns(pl.col("sentence").str.extract_all(_SHARE).alias("chunk"))
        .explode("chunk", keep_nulls=False, empty_as_null=False)
        .with_columns(
            number_of.alias("part"),
            chunk.str.extract(_SHARE, 2).alias("unit"),
            chunk.str.extract(_SHARE, 3).alias("percent"),
        )
    )
    # The total has the item's unit and stands in front of it; of several any may be meant.
    ahead = pl.col("sentence").str.splitn(chunk, 2).struct.field("field_0")
    stated = pl.col("stated")
    true = 100 * pl.col("part") / pl.col("total")
    return (
        pieces.with_columns(ahead.str.extract_all(_TOTAL).alias("stated"))
        .explode("stated", keep_nulls=False, empty_as_null=False)
        .filter(stated.str.ends_with(pl.col("unit")))
        .with_columns(stated.str.extract(r"(\d+)", 1).cast(pl.Float64, strict=False).alias("total"))
        .filter((pl.col("total") > 0) & (pl.col("part") <= pl.col("total")))
        .with_columns(
            pl.lit("narrative").alias("about"),
            pl.col("section").cast(pl.Int64),
            position(pl.col("text"), pl.col("sentence")).cast(pl.Int64).alias("start"),
            chunk.alias("quote"),
            chunk.alias("clause"),
            pl.col("percent").cast(pl.Float64).alias("value"),
            true.alias("true"),
            _near(pl.col("percent").cast(pl.Float64), true, pl.col("percent"), unit).alias("fits"),
            pl.format("同一句所写总数为{}{}", number(pl.col("total")), "unit").alias("basis_zh"),
            pl.format("the total of {} in the same sentence", number(pl.col("total"))).alias("basis_en"),
        )
        .with_columns(pl.col("start") + position(pl.col("sentence"), chunk).cast(pl.Int64))
        .sort("fits", descending=True, maintain_order=True)
        .unique(["report_id", "section", "start"], keep="first", maintain_order=True)
        .select(_COLUMNS)
    )


RULES = (
    Rule(
        id="text-share",
        family="claims",
        severity="warning",
        title=Wording("正文百分比不符", "A percentage does not fit"),
        reason=Wording(
            "正文写的占比和同比增减，应当能由表格、上年报告或正文自己的数算出来。",
            "Shares and year-on-year changes must follow from the table, last year's report or the text's own numbers.",
        ),
        basis=Wording("条例第五十条", "Art. 50 of the Regulations"),
        formula=Wording(
            "占比＝分项÷（办理结果总计、新收或新收加结转）；同比＝（本年－上年）÷上年；四舍五入和截尾之内不算不符",
            "share = part / (decided, new or received); change = (this year - last year) / last year; within rounding",
        ),
        remedy=Wording("重新计算百分比，或更正所依据的数。", "Compute the percentage again, or correct the figures."),
        needs=("claims", "applications", "litigation"),
        check=text_share,
        version=2,
        thresholds=(
            Threshold(
                "last_digit",
                1,
                Wording(
                    "相差多少个末位单位起算不符", "difference, in units of the last digit, from which on it contradicts"
                ),
            ),
        ),
        example=Wording("办结40件，予以公开30件，正文写占65%。", "30 of 40 granted, the text says 65 %."),
    ),
)
