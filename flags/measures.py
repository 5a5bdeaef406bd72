"""Every measure of the reports, defined once: wording, unit, numerator, denominator and source.

A measure over several reports is the sum of its numerators over the sum of its denominators, taken over the
reports that state both. What no report states is null, and a rate over nothing is null; neither is ever 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from flags.rule import Wording

WILSON_Z = 1.959963984540054
"""The 97.5 % quantile of the normal distribution: a two-sided 95 % interval."""

APPLICATIONS_FORM = Wording("年度报告第三部分表格，总计列", "Section three of the report, total column")
LITIGATION_FORM = Wording("年度报告第四部分表格", "Section four of the report")
PUBLICATION_FORM = Wording("年度报告第二部分表格", "Section two of the report")

COUNT = Wording("件", "applications")
DOCUMENTS = Wording("件", "documents")
CASES = Wording("件", "cases")
DECISIONS = Wording("件", "decisions")
MONEY = Wording("万元", "10,000 yuan")
SHARE = Wording("%", "%")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. `numerator` and `denominator` are expressions over a row of the wide `figures` table.

    `denominator` is None for a plain count. `keys` names the figures that are needed. `minimum` is the number in
    the denominator from which on a rate of a single issuer is fit to be ranked.
    """

    id: str
    title: Wording
    definition: Wording
    unit: Wording
    source: Wording
    keys: tuple[str, ...]
    numerator: pl.Expr
    denominator: pl.Expr | None = None
    minimum: int = 1

    @property
    def is_rate(self) -> bool:
        """Whether the measure is a share between two counts."""
        return self.denominator is not None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that `parts` makes."""
        ends = ("numerator", "denominator") if self.is_rate else ("numerator",)
        return tuple(f"{self.id}.{end}" for end in ends)

    def parts(self) -> list[pl.Expr]:
        """Numerator and denominator of each report, null where the report does not state all they need."""
        numerator = self.numerator.alias(f"{self.id}.numerator")
        if self.denominator is None:
            return [numerator]
        return [numerator, self.denominator.alias(f"{self.id}.denominator")]

    def aggregate(self) -> list[pl.Expr]:
        """Sums over the parts of many reports: `.numerator`, `.denominator` (rates) and `.reports` (how many count)."""
        numerator = pl.col(f"{self.id}.numerator")
        if self.denominator is None:
            stated = numerator.is_not_null()
            return [_sum_or_null(numerator, stated).alias(f"{self.id}.numerator"), _count(self.id, stated)]
        denominator = pl.col(f"{self.id}.denominator")
        stated = numerator.is_not_null() & denominator.is_not_null()
        return [
            _sum_or_null(numerator, stated).alias(f"{self.id}.numerator"),
            _sum_or_null(denominator, stated).alias(f"{self.id}.denominator"),
            _count(self.id, stated),
        ]

    def value(self) -> pl.Expr:
        """The measure itself, from the columns of `parts` or `aggregate`; a rate is between 0 and 1."""
        numerator = pl.col(f"{self.id}.numerator")
        if self.denominator is None:
            return numerator.alias(self.id)
        return divide(numerator, pl.col(f"{self.id}.denominator")).alias(self.id)


def _sum_or_null(column: pl.Expr, stated: pl.Expr) -> pl.Expr:
    return pl.when(stated.any()).then(column.filter(stated).sum())


def _count(measure: str, stated: pl.Expr) -> pl.Expr:
    return stated.sum().cast(pl.Int64).alias(f"{measure}.reports")


def divide(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """A quotient that is null, not infinite, over nothing."""
    return pl.when(denominator > 0).then(numerator / denominator)


def wilson_interval(numerator: pl.Expr, denominator: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Lower and upper end of the 95 % Wilson score interval of a share; null over nothing.

    Wilson, E. B. (1927), Journal of the American Statistical Association 22 (158), 209-212.
    """
    share = divide(numerator, denominator)
    square = WILSON_Z**2
    scale = 1 + square / denominator
    centre = (share + square / (2 * denominator)) / scale
    half = (share * (1 - share) / denominator + square / (4 * denominator**2)).sqrt() * WILSON_Z / scale
    return (centre - half).clip(0, 1), (centre + half).clip(0, 1)


def _application(row: str) -> str:
    return f"applications.{row}.total"


def _sum(keys: Iterable[str]) -> pl.Expr:
    """The sum of figures; null as soon as one of them is."""
    total = pl.lit(0.0)
    for key in keys:
        total = total + pl.col(key)
    return total


OUTCOME_GROUPS: dict[str, tuple[str, ...]] = {
    "granted": ("granted",),
    "partial": ("partial",),
    "denied": (
        "denied.secret",
        "denied.law",
        "denied.safety",
        "denied.third_party",
        "denied.internal",
        "denied.process",
        "denied.case_file",
        "denied.inquiry",
    ),
    "unavailable": ("unavailable.not_held", "unavailable.not_compiled", "unavailable.unclear"),
    "rejected": (
        "rejected.petition",
        "rejected.repeat",
        "rejected.publication",
        "rejected.excessive",
        "rejected.reconfirm",
    ),
    "misc": ("misc", "misc.uncorrected", "misc.unpaid", "misc.other"),
}
"""The rows of the applications table that make up each kind of outcome."""

MISC_ROWS_2021 = ("misc.uncorrected", "misc.unpaid", "misc.other")


def outcome_keys(group: str) -> tuple[str, ...]:
    """The figures of one kind of outcome, total column, of all editions."""
    return tuple(_application(row) for row in OUTCOME_GROUPS[group])


def outcome(group: str) -> pl.Expr:
    """How many applications ended with one kind of outcome; null where one of its rows is not stated.

    Other handling (六) is one row on the 2019 edition and three on the 2021 edition.
    """
    if group == "misc":
        return pl.coalesce(pl.col(_application("misc")), _sum(map(_application, MISC_ROWS_2021)))
    return _sum(outcome_keys(group))


NEW, CARRIED_IN = _application("new"), _application("carried_in")
GRANTED, PARTIAL = _application("granted"), _application("partial")
DECIDED, CARRIED_OUT = _application("total"), _application("carried_out")
REVIEW = "litigation.review.total"
LAWSUITS = ("litigation.direct.total", "litigation.after_review.total")
DISPUTE_ROUTES = ("review", "direct", "after_review")
CLOSED_RESULTS = ("upheld", "corrected", "other")
MIN_DECIDED = 30
"""Below 30 decided applications or closed cases a single issuer's rate is too unsteady to be ranked."""


def _cases(routes: Iterable[str], results: Iterable[str]) -> tuple[str, ...]:
    results = tuple(results)
    return tuple(f"litigation.{route}.{result}" for route in routes for result in results)


def _count_measure(
    name: str,
    title: Wording,
    definition: Wording,
    keys: tuple[str, ...],
    unit: Wording = COUNT,
    source: Wording = APPLICATIONS_FORM,
    numerator: pl.Expr | None = None,
) -> Measure:
    return Measure(name, title, definition, unit, source, keys, _sum(keys) if numerator is None else numerator)


def _share_of_decided(name: str, title: Wording, group: str, definition: Wording) -> Measure:
    keys = (*outcome_keys(group), DECIDED)
    return Measure(
        name, title, definition, SHARE, APPLICATIONS_FORM, keys, outcome(group), pl.col(DECIDED), minimum=MIN_DECIDED
    )


def _disclosure(
    name: str, title: Wording, definition: Wording, above: tuple[str, ...], below: tuple[str, ...]
) -> Measure:
    return Measure(
        name, title, definition, SHARE, APPLICATIONS_FORM, above + below, _sum(above), _sum(below), minimum=MIN_DECIDED
    )


def _correction(name: str, title: Wording, routes: tuple[str, ...]) -> Measure:
    above, below = _cases(routes, ("corrected",)), _cases(routes, CLOSED_RESULTS)
    definition = Wording(
        "结果纠正 ÷（结果维持＋结果纠正＋其他结果）；尚未审结的不计，附95%威尔逊区间",
        "corrected / (upheld + corrected + other results); pending cases do not count; with a 95 % Wilson interval",
    )
    return Measure(
        name, title, definition, SHARE, LITIGATION_FORM, below, _sum(above), _sum(below), minimum=MIN_DECIDED
    )


def _either(newer: tuple[str, ...], older: tuple[str, ...]) -> pl.Expr:
    """The 2021 edition's figures, else the 2019 edition's."""
    return pl.coalesce(_sum(newer), _sum(older))


ISSUED = ("publication.rules.issued", "publication.normative.issued")
MADE = ("publication.rules.made", "publication.normative.made")
REPEALED = ("publication.rules.repealed", "publication.normative.repealed")
IN_FORCE = ("publication.rules.in_force", "publication.normative.in_force")

_ALL = (
    _count_measure(
        "received",
        Wording("收到申请", "Applications received"),
        Wording("本年新收＋上年结转", "new this year + carried over from last year"),
        (NEW, CARRIED_IN),
    ),
    _count_measure(
        "new",
        Wording("本年新收申请", "New applications"),
        Wording("表格第一项“本年新收政府信息公开申请数量”", "the form's first item, received this year"),
        (NEW,),
    ),
    _count_measure(
        "decided",
        Wording("办结申请", "Applications decided"),
        Wording("表格第三项“本年度办理结果”的总计", "the total of outcomes, the form's third item"),
        (DECIDED,),
    ),
    _count_measure(
        "carried_out",
        Wording("结转下年", "Carried over to next year"),
        Wording("表格第四项“结转下年度继续办理”", "the form's fourth item, still open at year's end"),
        (CARRIED_OUT,),
    ),
    _disclosure(
        "disclosure_rate",
        Wording("公开率", "Disclosure rate"),
        Wording("（予以公开＋部分公开）÷ 办理结果总计", "(granted + partly granted) / decided"),
        (GRANTED, PARTIAL),
        (DECIDED,),
    ),
    _disclosure(
        "full_disclosure_rate",
        Wording("全部公开率", "Full disclosure rate"),
        Wording("予以公开 ÷ 办理结果总计", "granted / decided"),
        (GRANTED,),
        (DECIDED,),
    ),
    _disclosure(
        "disclosure_of_received",
        Wording("公开数占收到数", "Disclosed of received"),
        Wording("（予以公开＋部分公开）÷（本年新收＋上年结转）", "(granted + partly granted) / (new + carried in)"),
        (GRANTED, PARTIAL),
        (NEW, CARRIED_IN),
    ),
    _share_of_decided(
        "refusal_share",
        Wording("不予公开占比", "Refusal share"),
        "denied",
        Wording("不予公开八种情形之和 ÷ 办理结果总计", "the eight grounds of refusal together / decided"),
    ),
    _share_of_decided(
        "unavailable_share",
        Wording("无法提供占比", "Unavailable share"),
        "unavailable",
        Wording("无法提供三种情形之和 ÷ 办理结果总计", "the three cases of unavailable information / decided"),
    ),
    _share_of_decided(
        "not_processed_share",
        Wording("不予处理占比", "Not-processed share"),
        "rejected",
        Wording("不予处理五种情形之和 ÷ 办理结果总计", "the five cases of applications not processed / decided"),
    ),
    _share_of_decided(
        "other_share",
        Wording("其他处理占比", "Other-handling share"),
        "misc",
        Wording("其他处理 ÷ 办理结果总计", "other handling / decided"),
    ),
    Measure(
        "carry_over_rate",
        Wording("结转率", "Carry-over rate"),
        Wording("结转下年度继续办理 ÷（本年新收＋上年结转）", "carried over to next year / (new + carried in)"),
        SHARE,
        APPLICATIONS_FORM,
        (CARRIED_OUT, NEW, CARRIED_IN),
        pl.col(CARRIED_OUT),
        _sum((NEW, CARRIED_IN)),
        minimum=MIN_DECIDED,
    ),
    _count_measure(
        "reconsideration",
        Wording("行政复议", "Reconsiderations"),
        Wording("行政复议总计", "total of administrative reconsiderations"),
        (REVIEW,),
        CASES,
        LITIGATION_FORM,
    ),
    _count_measure(
        "litigation",
        Wording("行政诉讼", "Lawsuits"),
        Wording("未经复议直接起诉总计＋复议后起诉总计", "direct lawsuits + lawsuits after reconsideration"),
        LAWSUITS,
        CASES,
        LITIGATION_FORM,
    ),
    _correction("correction_rate", Wording("纠错率", "Correction rate"), DISPUTE_ROUTES),
    _correction("review_correction_rate", Wording("复议纠错率", "Correction rate in reconsideration"), ("review",)),
    _correction(
        "lawsuit_correction_rate", Wording("诉讼纠错率", "Correction rate in lawsuits"), ("direct", "after_review")
    ),
    Measure(
        "dispute_rate",
        Wording("争议率", "Dispute rate"),
        Wording("（行政复议＋行政诉讼）÷（本年新收＋上年结转）", "(reconsiderations + lawsuits) / received"),
        SHARE,
        Wording("年度报告第三、四部分表格", "Sections three and four of the report"),
        (REVIEW, *LAWSUITS, NEW, CARRIED_IN),
        _sum((REVIEW, *LAWSUITS)),
        _sum((NEW, CARRIED_IN)),
        minimum=MIN_DECIDED,
    ),
    _count_measure(
        "documents_issued",
        Wording("制发规章和规范性文件", "Documents issued"),
        Wording(
            "规章与行政规范性文件本年制发件数之和（2019版为本年新制作数量）",
            "rules and normative documents issued this year (2019 edition: newly made)",
        ),
        (*ISSUED, *MADE),
        DOCUMENTS,
        source=PUBLICATION_FORM,
        numerator=_either(ISSUED, MADE),
    ),
    _count_measure(
        "documents_repealed",
        Wording("废止规章和规范性文件", "Documents repealed"),
        Wording("规章与行政规范性文件本年废止件数之和", "rules and normative documents repealed this year"),
        REPEALED,
        DOCUMENTS,
        source=PUBLICATION_FORM,
    ),
    _count_measure(
        "documents_in_force",
        Wording("现行有效规章和规范性文件", "Documents in force"),
        Wording("规章与行政规范性文件现行有效件数之和", "rules and normative documents in force"),
        IN_FORCE,
        DOCUMENTS,
        source=PUBLICATION_FORM,
    ),
    Measure(
        "renewal",
        Wording("文件更新比", "Renewal of documents"),
        Wording("本年废止件数 ÷ 本年制发件数，规章与规范性文件合计", "documents repealed / documents issued"),
        SHARE,
        PUBLICATION_FORM,
        (*REPEALED, *ISSUED),
        _sum(REPEALED),
        _sum(ISSUED),
    ),
    _count_measure(
        "licensing",
        Wording("行政许可决定", "Licensing decisions"),
        Wording("行政许可处理决定数量", "decisions on administrative licences"),
        ("publication.licensing.decisions",),
        DECISIONS,
        PUBLICATION_FORM,
    ),
    _count_measure(
        "penalty",
        Wording("行政处罚决定", "Penalty decisions"),
        Wording("行政处罚处理决定数量", "decisions on administrative penalties"),
        ("publication.penalty.decisions",),
        DECISIONS,
        PUBLICATION_FORM,
    ),
    _count_measure(
        "coercion",
        Wording("行政强制决定", "Coercion decisions"),
        Wording("行政强制处理决定数量", "decisions on administrative coercion"),
        ("publication.coercion.decisions",),
        DECISIONS,
        PUBLICATION_FORM,
    ),
    _count_measure(
        "fees",
        Wording("行政事业性收费", "Administrative fees"),
        Wording("本年收费金额", "amount charged this year"),
        ("publication.fees.amount",),
        MONEY,
        PUBLICATION_FORM,
    ),
)

MEASURES: dict[str, Measure] = {measure.id: measure for measure in _ALL}
"""All measures by id, in the order in which they are shown."""


def keys_of(measures: Iterable[Measure]) -> list[str]:
    """The figures that the measures need, each once."""
    return list(dict.fromkeys(key for measure in measures for key in measure.keys))


def parts_of(measures: Iterable[Measure]) -> list[pl.Expr]:
    """The parts of several measures, for one `select` over the wide table."""
    return [part for measure in measures for part in measure.parts()]


def aggregates_of(measures: Iterable[Measure]) -> list[pl.Expr]:
    """The sums of several measures, for one `select` or `agg` over their parts."""
    return [part for measure in measures for part in measure.aggregate()]


def values_of(measures: Iterable[Measure]) -> list[pl.Expr]:
    """The values of several measures, from their parts or sums."""
    return [measure.value() for measure in measures]
