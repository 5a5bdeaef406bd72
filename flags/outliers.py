"""Figures and rates far from what is usual: jumps, refusals, low disclosure, high correction.

An outlier rule is silent on small counts and where nothing varies. Rates of few cases are not judged, and every rate
comes with its 95 % Wilson interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from flags.measures import MEASURES, wilson_interval
from flags.outcomes import doubtful, evidence, number, outcomes
from flags.outlier_jump import JUMP_THRESHOLDS, check_outlier_jump
from flags.rule import Corpus, Rule, Threshold, Wording

SMALLEST_SAMPLE = 30
"""Decided applications or closed cases from which on a rate is judged."""


@dataclass(frozen=True, slots=True)
class _Rate:
    """A rate of `flags.measures` as a rule compares it: `numerator` of `denominator`, in words of both languages."""

    measure: str
    numerator: Wording
    denominator: Wording


_DISCLOSURE = _Rate(
    "disclosure_rate",
    Wording("予以公开和部分公开", "granted wholly or partly"),
    Wording("件办结申请", "applications decided"),
)
_CORRECTION = _Rate(
    "correction_rate",
    Wording("被纠正", "corrected"),
    Wording("件已审结的复议和诉讼", "reconsiderations and lawsuits closed"),
)


def _percent(share: pl.Expr) -> pl.Expr:
    return (share * 100).round(1).cast(pl.String)


def _with_rate(corpus: Corpus, rate: _Rate) -> pl.LazyFrame:
    """`report_id`, `top`, `bottom`, `rate`, `low`, `high` (Wilson), the figures behind them, and `doubtful`."""
    measure = MEASURES[rate.measure]
    low, high = wilson_interval(pl.col("top"), pl.col("bottom"))
    return (
        corpus.figures.select("report_id", "doubtful_keys", *measure.keys, *measure.parts())
        .rename({f"{measure.id}.numerator": "top", f"{measure.id}.denominator": "bottom"})
        .with_columns(
            rate=pl.when(pl.col("bottom") > 0).then(pl.col("top") / pl.col("bottom")),
            low=low,
            high=high,
            doubtful=doubtful(measure.keys),
        )
    )


def _judged(frame: pl.LazyFrame, rate: _Rate, raised: pl.Expr, limit: pl.Expr, least: float) -> pl.LazyFrame:
    """Outcome rows of a rule on a rate: blank figures and small samples are not applicable."""
    keys = MEASURES[rate.measure].keys
    blank = pl.col("top").is_null() | pl.col("bottom").is_null()
    small = pl.col("bottom") < least
    status = (
        pl.when(blank | small)
        .then(pl.lit("not-applicable"))
        .when(~raised)
        .then(pl.lit("passed"))
        .when("doubtful")
        .then(pl.lit("unsure"))
        .otherwise(pl.lit("failed"))
    )
    reason = (
        pl.when(blank)
        .then(pl.lit("blank"))
        .when(small)
        .then(pl.lit("too-few"))
        .when(raised & pl.col("doubtful"))
        .then(pl.lit("doubtful"))
    )
    title = MEASURES[rate.measure].title
    interval = [_percent(pl.col("low")), _percent(pl.col("high"))]
    said = [number(pl.col("bottom")), number(pl.col("top"))]
    shown = [pl.struct(pl.lit(key).alias("key"), pl.col(key).alias("value")) for key in keys]
    return outcomes(
        frame,
        status=status,
        reason=reason,
        left=_percent(pl.col("rate")),
        right=_percent(limit),
        message=pl.format(
            "{}{}中{}{}件，{}{}%（95%置信区间{}%～{}%），{}限值{}%。",
            said[0],
            pl.lit(rate.denominator.zh),
            pl.lit(rate.numerator.zh),
            said[1],
            pl.lit(title.zh),
            _percent(pl.col("rate")),
            *interval,
            pl.when(pl.col("rate") < limit).then(pl.lit("低于")).otherwise(pl.lit("高于")),
            _percent(limit),
        ),
        message_en=pl.format(
            "Of {} {}, {} were {}: {} {} % (95 % interval {} to {} %), {} the limit of {} %.",
            said[0],
            pl.lit(rate.denominator.en),
            said[1],
            pl.lit(rate.numerator.en),
            pl.lit(title.en.lower()),
            _percent(pl.col("rate")),
            *interval,
            pl.when(pl.col("rate") < limit).then(pl.lit("below")).otherwise(pl.lit("above")),
            _percent(limit),
        ),
        evidence=evidence(
            cells=pl.concat_list(shown),
            rate=pl.col("rate").round(4),
            interval=pl.concat_list(pl.col("low").round(4), pl.col("high").round(4)),
        ),
        score=(pl.col("rate") - limit).abs().clip(0, 1),
    )


def check_low_disclosure(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Whether the share of applications granted wholly or partly is below the limit, from 30 decided on."""
    limit = pl.lit(thresholds["rate"])
    return _judged(_with_rate(corpus, _DISCLOSURE), _DISCLOSURE, pl.col("rate") < limit, limit, thresholds["decided"])


def check_high_correction(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Whether the share of closed cases that corrected the agency is above the limit, from 30 closed cases on."""
    limit = pl.lit(thresholds["rate"])
    return _judged(_with_rate(corpus, _CORRECTION), _CORRECTION, pl.col("rate") > limit, limit, thresholds["closed"])


def check_zero_disclosure(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Whether of a number of decided applications that rules out chance none was granted, wholly or partly."""
    frame = _with_rate(corpus, _DISCLOSURE)
    blank = pl.col("top").is_null() | pl.col("bottom").is_null()
    small = pl.col("bottom") < thresholds["decided"]
    none = pl.col("top") == 0
    status = (
        pl.when(blank | small)
        .then(pl.lit("not-applicable"))
        .when(~none)
        .then(pl.lit("passed"))
        .when("doubtful")
        .then(pl.lit("unsure"))
        .otherwise(pl.lit("failed"))
    )
    reason = (
        pl.when(blank)
        .then(pl.lit("blank"))
        .when(small)
        .then(pl.lit("too-few"))
        .when(none & pl.col("doubtful"))
        .then(pl.lit("doubtful"))
    )
    keys = MEASURES["disclosure_rate"].keys
    shown = [pl.struct(pl.lit(key).alias("key"), pl.col(key).alias("value")) for key in keys]
    return outcomes(
        frame,
        status=status,
        reason=reason,
        left=number(pl.col("top")),
        right=number(pl.col("bottom")),
        message=pl.format(
            "办结申请{}件，无一件予以公开或部分公开（公开率0%，95%置信区间上限{}%）。",
            number(pl.col("bottom")),
            _percent(pl.col("high")),
        ),
        message_en=pl.format(
            "Of {} applications decided none was granted, wholly or partly (95 % interval of the rate: 0 to {} %).",
            number(pl.col("bottom")),
            _percent(pl.col("high")),
        ),
        evidence=evidence(cells=pl.concat_list(shown), rate=pl.col("rate"), interval=pl.concat_list("low", "high")),
        score=(1 - pl.col("high")).clip(0, 1),
    )


_OUTCOMES_BASIS = Wording(
    "《政府信息公开条例》第五条、第三十六条：以公开为常态、不公开为例外",
    "Regulation, articles 5 and 36: disclosure is the rule, withholding the exception",
)
_SAMPLE = Wording("低于此数不作判断", "fewer than this are not judged")

ZERO_DISCLOSURE = Rule(
    id="zero-disclosure",
    family="outliers",
    severity="warning",
    title=Wording("申请无一公开", "Nothing disclosed"),
    reason=Wording(
        "办理了一定数量的申请而无一公开，超出偶然，需核查答复是否依法。",
        "That none of a fair number of applications is granted is beyond chance; the replies deserve a look.",
    ),
    basis=_OUTCOMES_BASIS,
    formula=Wording(
        "办理结果总计达到限值，且予以公开＋部分公开＝0", "decided reaches the limit and granted + partly granted = 0"
    ),
    remedy=Wording("抽查答复书，核实不公开、无法提供的理由。", "Look into the replies and the grounds they give."),
    needs=("figures",),
    check=check_zero_disclosure,
    thresholds=(
        Threshold(
            "decided",
            12,
            Wording(
                "办结数达到此数才判断（0/12的95%区间上限约24%）", "from so many decided on (0 of 12 reaches up to 24 %)"
            ),
        ),
    ),
    example=Wording(
        "办结40件，予以公开和部分公开均为0。", "Of 40 applications decided none was granted, wholly or partly."
    ),
)

LOW_DISCLOSURE = Rule(
    id="low-disclosure",
    family="outliers",
    severity="warning",
    title=Wording("公开率偏低", "Low disclosure rate"),
    reason=Wording("公开率明显低于监管要求。", "The disclosure rate is below what the supervisor asks for."),
    basis=_OUTCOMES_BASIS,
    formula=Wording(
        "（予以公开＋部分公开）÷办理结果总计＜限值，办结30件以上",
        "(granted + partly granted) / decided < limit, from 30 decided on",
    ),
    remedy=Wording(
        "分析不公开、无法提供、不予处理的构成，纠正不当答复。", "See which outcomes prevail and mend wrong replies."
    ),
    needs=("figures",),
    check=check_low_disclosure,
    thresholds=(
        Threshold("rate", 0.15, Wording("公开率限值", "limit of the disclosure rate")),
        Threshold("decided", SMALLEST_SAMPLE, _SAMPLE),
    ),
    example=Wording(
        "办结60件，予以公开4件、部分公开1件：公开率8.3%。", "Of 60 decided 4 were granted and 1 partly: 8.3 %."
    ),
)

HIGH_CORRECTION = Rule(
    id="high-correction",
    family="outliers",
    severity="warning",
    title=Wording("纠错率偏高", "High correction rate"),
    reason=Wording(
        "复议、诉讼结果被纠正的比例高，说明答复质量存在问题。",
        "Many decisions are corrected in reconsideration and court: the replies were not sound.",
    ),
    basis=Wording(
        "《政府信息公开条例》第五十条第（三）项；《行政复议法》《行政诉讼法》",
        "Regulation, article 50 (3); laws on administrative reconsideration and litigation",
    ),
    formula=Wording(
        "结果纠正÷（结果维持＋结果纠正＋其他结果）＞限值，已审结30件以上；尚未审结的不计",
        "corrected / (upheld + corrected + other) > limit, from 30 closed cases on; pending ones do not count",
    ),
    remedy=Wording("汇总被纠正案件的原因，规范答复。", "Gather why cases were corrected and mend the replies."),
    needs=("figures",),
    check=check_high_correction,
    thresholds=(
        Threshold("rate", 0.4, Wording("纠错率限值", "limit of the correction rate")),
        Threshold("closed", SMALLEST_SAMPLE, _SAMPLE),
    ),
    example=Wording(
        "复议审结40件，纠正22件：纠错率55%。", "22 of 40 closed reconsiderations corrected the agency: 55 %."
    ),
)

OUTLIER_JUMP = Rule(
    id="outlier-jump",
    compares=True,
    family="outliers",
    severity="warning",
    title=Wording("数据异常跳变", "Sudden jump"),
    reason=Wording(
        "数据远离本机关历年水平，也超出同类机关的变动幅度，常见于错位、多打一位或单位填错。",
        "The figure is far from the issuer's other years and moves more than its peers' do: often a slipped column, a "
        "digit too many or a wrong unit.",
    ),
    basis=Wording(
        "Iglewicz、Hoaglin（1993）修正Z值3.5；Tukey（1977）外围栏3倍四分位距",
        "Iglewicz and Hoaglin (1993): modified z-score 3.5; Tukey (1977): outer fence of 3 interquartile ranges",
    ),
    formula=Wording(
        "对数尺度上，偏离本机关其他年份中位数的修正Z值超过限值，且偏离幅度在同类机关中也超过限值；历史不足时与同级同领域机关比较，"
        "超出四分位距限值倍数的外围栏",
        "on a log scale, the modified z-score against the issuer's other years exceeds the limit and so does the "
        "deviation among its peers'; with too little history, beyond the outer fence of peers of its level and field",
    ),
    remedy=Wording("核对原始台账，确认是否错位或单位错误。", "Check the records for a slipped column or a wrong unit."),
    needs=("figures",),
    check=check_outlier_jump,
    version=2,
    thresholds=JUMP_THRESHOLDS,
    example=Wording(
        "历年新收申请45件左右，本年4700件。", "Some 45 new applications in other years, 4,700 in this one."
    ),
)

RULES: tuple[Rule, ...] = (OUTLIER_JUMP, ZERO_DISCLOSURE, LOW_DISCLOSURE, HIGH_CORRECTION)
