"""Does the report have the parts that the statutory form prescribes."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from flags.equations import FORM_EDITIONS
from flags.labels import table as table_name
from flags.outcomes import evidence, outcomes, together
from flags.rule import Corpus, Rule, Wording
from loaders.form.editions import edition
from loaders.vocabulary import FORM_TABLES

FIRST_YEAR_OF_FORM = edition("2019").first_year
_NUMERALS = "一二三四五六"
_BASIS = Wording(
    "条例第五十条；国办公开办函〔2021〕30号、〔2019〕60号所附格式",
    "Art. 50 of the Regulations; the format notices of 2021 (no. 30) and 2019 (no. 60)",
)


def must_follow_form() -> pl.Expr:
    """Whether a report must follow the statutory form: it does, or it is of a year for which there is one."""
    of_form = pl.col("edition").is_in(FORM_EDITIONS)
    bound = pl.col("year") >= FIRST_YEAR_OF_FORM
    undated = pl.col("year").is_null() & (pl.col("edition") != "legacy")
    return of_form | bound.fill_null(False) | undated


def _reports(corpus: Corpus) -> pl.LazyFrame:
    return corpus.reports.select("report_id", "year", pl.col("edition").cast(pl.String), "tables")


def missing_section(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """One finding for each of the six sections that is not there."""
    there = corpus.sections.group_by("report_id").agg(pl.col("section").unique())
    form = (
        _reports(corpus)
        .join(there, on="report_id", how="left")
        .with_columns(
            pl.lit([1, 2, 3, 4, 5, 6], pl.List(pl.Int32))
            .list.set_difference(pl.col("section").fill_null([]).cast(pl.List(pl.Int32)))
            .list.sort()
            .alias("missing")
        )
    )
    bound = must_follow_form()
    failing = form.filter(bound & (pl.col("missing").list.len() > 0)).explode("missing")
    headings = edition("2021").sections
    numbers = [each.number for each in headings]
    printed = [f"{_NUMERALS[each.number - 1]}、{each.heading}" for each in headings]
    heading = pl.col("missing").replace_strict(numbers, printed, return_dtype=pl.String)
    found = pl.col("section").fill_null([]).list.sort()
    return together(
        [
            outcomes(
                failing,
                status="failed",
                left=found.list.eval(pl.element().cast(pl.String)).list.join("、"),
                right=pl.lit("1、2、3、4、5、6"),
                message=pl.format("报告缺少“{}”部分。", heading),
                message_en=pl.format("Section {} (“{}”) is not there.", pl.col("missing"), heading),
                evidence=evidence(section=pl.col("missing"), expected=heading, sections_found=found),
            ),
            outcomes(
                form.filter(~(bound & (pl.col("missing").list.len() > 0))),
                status=pl.when(bound).then(pl.lit("passed")).otherwise(pl.lit("not-applicable")),
                reason=pl.when(~bound).then(pl.lit("no-form")),
            ),
        ]
    )


def missing_table(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """One finding for each of the three tables that is not there, or only as a picture."""
    bound = must_follow_form()
    states = {name: pl.col("tables").struct.field(name).fill_null("missing") for name in FORM_TABLES}
    failing = []
    for name, state in states.items():
        words = table_name(name)
        zh = (
            pl.when(state == "picture")
            .then(pl.lit(f"“{words.zh}”以图片代替表格，数据无法读取和核对，视为缺表。"))
            .otherwise(pl.lit(f"报告缺少“{words.zh}”。"))
        )
        en = (
            pl.when(state == "picture")
            .then(pl.lit(f"The {words.en} is only a picture, which counts as not there."))
            .otherwise(pl.lit(f"The {words.en} is not there."))
        )
        failing.append(
            outcomes(
                _reports(corpus).filter(bound & (state != "present")),
                status="failed",
                left=state,
                right=pl.lit("present"),
                message=zh,
                message_en=en,
                evidence=evidence(table=pl.lit(name), found=state),
            )
        )
    complete = pl.all_horizontal([state == "present" for state in states.values()])
    rest = outcomes(
        _reports(corpus).filter(~bound | complete),
        status=pl.when(bound).then(pl.lit("passed")).otherwise(pl.lit("not-applicable")),
        reason=pl.when(~bound).then(pl.lit("no-form")),
    )
    return together([*failing, rest])


RULES = (
    Rule(
        id="missing-section",
        family="form",
        severity="error",
        title=Wording("缺少部分", "Section missing"),
        reason=Wording(
            "年度报告由六个部分组成，缺一部分就是没有报告法定内容。",
            "A report has six sections; without one of them it does not report what the law asks for.",
        ),
        basis=_BASIS,
        formula=Wording("一至六各部分标题齐全", "sections 1 to 6 are all there"),
        remedy=Wording(
            "按格式补齐该部分；没有内容也应当写明。", "Add the section, even if there is nothing to report."
        ),
        needs=("sections",),
        check=missing_section,
        example=Wording("报告没有“五、存在的主要问题及改进情况”。", "There is no section five."),
    ),
    Rule(
        id="missing-table",
        family="form",
        severity="error",
        title=Wording("缺少表格", "Table missing"),
        reason=Wording(
            "第二、三、四部分的数据以表格填报；没有表格或者用图片代替，数据无法统计。",
            "Sections two to four are reported in tables; without them, or with a picture, nothing can be counted.",
        ),
        basis=_BASIS,
        formula=Wording("三张表格都在且不是图片", "all three tables are there and are no pictures"),
        remedy=Wording("按格式补上表格，图片改为可以复制的表格。", "Add the table as text, not as a picture."),
        needs=("tables",),
        check=missing_table,
        example=Wording("依申请公开情况表是一张截图。", "The applications table is a screenshot."),
    ),
)
