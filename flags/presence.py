"""Was the report published once, and in time."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from flags.outcomes import evidence, listed, outcomes, together
from flags.rule import Corpus, Rule, Threshold, Wording
from loaders.form.editions import all_keys

OWN_REPORT = "government"
"""The kind of issuer whose report is the government's own, due two months after the departments'."""


def dated_reports(corpus: Corpus, *more: str) -> pl.LazyFrame:
    """Whose report for which year, with further columns."""
    return corpus.reports.select(
        "report_id", "path", "issuer_id", "issuer", pl.col("issuer_kind").cast(pl.String), "year", *more
    )


def nameless() -> pl.Expr:
    """Why a report cannot be compared with others: no issuer, or no year."""
    return (
        pl.when(pl.col("issuer_id").is_null())
        .then(pl.lit("no-issuer"))
        .when(pl.col("year").is_null())
        .then(pl.lit("no-year"))
    )


_DAYS_OF_A_YEAR = 366
"""A page dated later still shows the day that an archive was moved to a new site, not when its report came out."""
_LAST_YEAR_OF_THE_OLD_REGULATION = 2018


def late(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Published after 31 January, a government's own report after 31 March, of the year after the reporting year.

    The regulation of 2008 (article 31), in force for the reports on 2018 and before, gave everyone until 31 March.
    """
    own = pl.col("issuer_kind") == OWN_REPORT
    until_march = own | (pl.col("year") <= _LAST_YEAR_OF_THE_OLD_REGULATION)
    due = pl.date(pl.col("year") + 1, pl.when(until_march).then(3).otherwise(1), 31)
    frame = dated_reports(corpus, "published_on").with_columns(due.alias("due"))
    grace = pl.duration(days=int(thresholds["grace_days"]))
    found = (pl.col("published_on") > pl.col("due") + grace).fill_null(False)
    days = (pl.col("published_on") - pl.col("due")).dt.total_days()
    known = (days <= _DAYS_OF_A_YEAR).fill_null(False)
    found &= known
    published, by = pl.col("published_on").cast(pl.String), pl.col("due").cast(pl.String)
    whose = pl.when(own).then(pl.lit("政府年度报告")).otherwise(pl.lit("部门、乡镇年度报告"))
    return outcomes(
        frame,
        status=pl.when(found)
        .then(pl.lit("failed"))
        .when(known)
        .then(pl.lit("passed"))
        .otherwise(pl.lit("not-applicable")),
        reason=pl.when(~known).then(
            pl.when(pl.col("year").is_null()).then(pl.lit("no-year")).otherwise(pl.lit("no-date"))
        ),
        left=published,
        right=by,
        message=pl.when(found).then(pl.format("{}应于{}前公布，本报告{}公布，逾期{}天。", whose, by, published, days)),
        message_en=pl.when(found).then(
            pl.format("Published on {}, {} days after the date it was due, {}.", published, days, by)
        ),
        evidence=pl.when(found).then(evidence(published_on=published, due=by, days=days)),
    )


def duplicate_report(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Other reports of the same issuer and year whose figures or narrative differ."""
    frame = dated_reports(corpus)
    identified = frame.filter(pl.col("issuer_id").is_not_null() & pl.col("year").is_not_null())
    several = identified.filter(pl.len().over("issuer_id", "year") > 1)
    ids = several.select("report_id")
    figures = corpus.figures.join(ids, on="report_id", how="semi").select(
        "report_id", pl.struct(all_keys()).hash().alias("figures")
    )
    words = (
        corpus.sections.join(ids, on="report_id", how="semi")
        .sort("report_id", "section", maintain_order=True)
        .group_by("report_id")
        .agg(pl.col("text").str.replace_all(r"[^\p{Han}0-9]", "").str.join("").hash().alias("words"))
    )
    several = several.join(figures, on="report_id", how="left").join(words, on="report_id", how="left")
    pairs = several.join(several, on=["issuer_id", "year"], suffix="@").filter(
        (pl.col("report_id") != pl.col("report_id@"))
        & (pl.col("figures").ne_missing(pl.col("figures@")) | pl.col("words").ne_missing(pl.col("words@")))
    )
    found = pairs.group_by("report_id", maintain_order=True).agg(
        pl.first("issuer", "year"),
        pl.col("path@").sort(),
        pl.col("report_id@").sort_by("path@", "report_id@"),
        pl.col("figures").ne_missing(pl.col("figures@")).any().alias("figures_differ"),
    )
    what_zh = pl.when("figures_differ").then(pl.lit("数据")).otherwise(pl.lit("文字"))
    what_en = pl.when("figures_differ").then(pl.lit("figures")).otherwise(pl.lit("text"))
    failed = outcomes(
        found,
        status="failed",
        message=pl.format(
            "{}{}年度报告有不止一份，{}不同（另见{}），请确认以哪一份为准。",
            pl.col("issuer").fill_null("该机关"),
            pl.col("year"),
            what_zh,
            listed(pl.col("path@"), 3),
        ),
        message_en=pl.format(
            "There is more than one {} report of this issuer, with different {} (see {}); please say which one holds.",
            pl.col("year"),
            what_en,
            listed(pl.col("path@"), 3, separator=", ", more=", …"),
        ),
        evidence=evidence(reports=pl.col("report_id@"), differs=what_en),
    )
    rest = frame.join(found, on="report_id", how="anti")
    unknown = nameless()
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


RULES = (
    Rule(
        id="duplicate-report",
        compares=True,
        family="time",
        severity="warning",
        title=Wording("一年多报", "More than one report"),
        reason=Wording(
            "同一机关同一年度只应有一份年度报告；内容不同的两份，可能是公布后又改动。",
            "An issuer has one report a year; two that differ may mean it was changed after publication.",
        ),
        basis=Wording("条例第四十九条", "Art. 49 of the Regulations"),
        formula=Wording(
            "同一机关、同一年度的报告数据与正文一致", "reports of one issuer and year agree in figures and text"
        ),
        remedy=Wording("确认有效的一份，撤下另一份并说明。", "Say which one holds, withdraw the other and explain."),
        needs=("issuer", "year"),
        check=duplicate_report,
        example=Wording(
            "同一局2023年度有两份报告，新收申请一份为3件、一份为5件。", "Two 2023 reports of one bureau: 3 and 5 new."
        ),
    ),
    Rule(
        id="late",
        family="time",
        severity="warning",
        title=Wording("逾期公布", "Published late"),
        reason=Wording(
            "部门应当在每年1月31日前、政府应当在每年3月31日前公布上一年度报告。",
            "Departments publish by 31 January, governments by 31 March, of the following year.",
        ),
        basis=Wording("条例第四十九条", "Art. 49 of the Regulations"),
        formula=Wording(
            "公布日期≤次年1月31日（部门、乡镇、街道等），≤次年3月31日（政府）",
            "published_on <= 31 January (departments, townships), 31 March (governments' own) of the next year",
        ),
        remedy=Wording(
            "核对公布日期，确属逾期的今后按时公布。", "Check the date of publication; be in time next year."
        ),
        needs=("published_on", "year", "issuer_kind"),
        check=late,
        version=2,
        thresholds=(Threshold("grace_days", 0, Wording("宽限天数", "days of grace")),),
        example=Wording(
            "某局2023年度报告2024年2月5日公布。", "A bureau's report on 2023 published on 5 February 2024."
        ),
    ),
)
