"""Does the report have the parts that the statutory form prescribes."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from flags.equations import FORM_EDITIONS
from flags.labels import table as table_name
from flags.outcomes import evidence, listed, outcomes, together
from flags.rule import Corpus, Rule, Wording
from loaders.form.editions import edition
from loaders.vocabulary import FORM_TABLES

FIRST_YEAR_OF_FORM = edition("2019").first_year
_NUMERALS = "一二三四五六"
_BASIS = Wording(
    "条例第五十条；国办公开办函〔2021〕30号、〔2019〕60号所附格式",
    "Art. 50 of the Regulations; the format notices of 2021 (no. 30) and 2019 (no. 60)",
)


_SCHOOL = r"(?:大学|学院|学校)$"
_OF_SCHOOLS = r"高等?学?校信息公开(?:办法|事项清单|年度报告)"
"""The Ministry of Education's measures of 2010, which give schools an outline and a term of their own."""

JUDGED_BY = ("issuer", "preface")
"""What `must_follow_form` looks at besides year and edition."""


def must_follow_form() -> pl.Expr:
    """Whether a report must follow the statutory form: it does, or it is of a year for which there is one.

    The form is for agencies of government: a school's report on other lines follows those of the ministry.
    """
    of_form = pl.col("edition").is_in(FORM_EDITIONS)
    bound = pl.col("year") >= FIRST_YEAR_OF_FORM
    undated = pl.col("year").is_null() & (pl.col("edition") != "legacy")
    of_school = pl.col("issuer").fill_null("").str.contains(_SCHOOL) | (
        ~pl.col("issuer").fill_null("").str.contains(r"[局厅委部府]$|委员会$")
        & pl.col("preface").fill_null("").str.contains(_OF_SCHOOLS)
    )
    return of_form | ((bound.fill_null(False) | undated) & ~of_school)


def _reports(corpus: Corpus) -> pl.LazyFrame:
    return corpus.reports.select("report_id", "year", pl.col("edition").cast(pl.String), "tables", *JUDGED_BY)


def missing_section(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """One finding for each of the six sections that is not there."""
    there = corpus.sections.group_by("report_id").agg(pl.col("section").unique())
    form = (
        _reports(corpus)
        .join(there, on="report_id", how="left")
        .with_columns(pl.lit([1, 2, 3, 4, 5, 6], pl.List(pl.Int32)).alias("missing"))
        .with_columns(
            pl.col("missing").list.set_difference(pl.col("section").fill_null([]).cast(pl.List(pl.Int32))).list.sort()
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


def outdated_form(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """A report for a year of the 2021 edition on the tables of 2019, told by a table that the editions print unlike.

    Disputes alone do not tell: their table is the same in both.
    """
    first = edition("2021").first_year
    tables = pl.col("tables").struct
    told = (tables.field("publication") == "present") | (tables.field("applications") == "present")
    old, year = (pl.col("edition") == "2019") & told, pl.col("year")
    found = (old & (year >= first)).fill_null(False)
    known = pl.col("edition").is_in(FORM_EDITIONS) & year.is_not_null()
    return outcomes(
        _reports(corpus),
        status=pl.when(found)
        .then(pl.lit("failed"))
        .when(known)
        .then(pl.lit("passed"))
        .otherwise(pl.lit("not-applicable")),
        reason=pl.when(~known).then(pl.when(year.is_null()).then(pl.lit("no-year")).otherwise(pl.lit("no-form"))),
        left=pl.col("edition"),
        right=pl.when(year >= first).then(pl.lit("2021")).otherwise(pl.lit("2019")),
        message=pl.when(found).then(
            pl.format(f"{{}}年度报告仍用2019版表格，应当使用{edition('2021').notice}规定的格式。", year)
        ),
        message_en=pl.when(found).then(
            pl.format("The report on {} is still on the 2019 edition of the form; the 2021 edition applies.", year)
        ),
        evidence=pl.when(found).then(evidence(edition=pl.col("edition"), year=year)),
    )


def _plain(text: pl.Expr) -> pl.Expr:
    """A label without what may vary harmlessly: brackets, punctuation, spaces, 其它 for 其他."""
    return text.str.replace_all("其它", "其他", literal=True).str.replace_all(r"[^\p{Han}0-9]", "")


def _altered(expected: pl.Expr, found: pl.Expr) -> pl.Expr:
    """Whether words or number of a label differ. A number left out, or characters no agency wrote, do not count."""
    unnumbered = r"^(?:[一二三四五六七八九十]+、|\d+[.．、]|[（(][一二三四五六七八九十]+[)）])"
    without_number = _plain(expected.str.replace(unnumbered, ""))
    same = (_plain(found) == _plain(expected)) | (_plain(found) == without_number)
    misread = found.str.contains(r"[A-Za-z\x{FFFD}]")
    newer_name = (expected == "规范性文件") & (_plain(found) == "行政规范性文件")
    return ~same & ~misread & ~newer_name & (found.str.strip_chars() != "")


def altered_heading(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Headings and labels that do not say what the form says: what stands there and what should."""
    pair = pl.element().struct
    altered = (
        pl.col("labels")
        .list.eval(pl.element().filter(_altered(pair.field("expected"), pair.field("found"))))
        .list.unique(maintain_order=True)
    )
    form = corpus.reports.select(
        "report_id", "year", pl.col("edition").cast(pl.String), "labels", "format", *JUDGED_BY
    ).with_columns(pl.when(pl.col("labels").list.len() > 0).then(altered).alias("altered"))
    count = pl.col("altered").list.len()
    found = must_follow_form() & (count > 0).fill_null(False)
    # Characters of a scan are recognised, not copied: what looks altered may be misread.
    scanned = pl.col("format").is_in(["scan", "image"])
    words = {
        language: listed(
            pl.col("altered").list.eval(
                pl.format(template, pair.field("found").str.strip_chars(), pair.field("expected"))
            ),
            4,
            separator=separator,
            more=more,
        )
        for language, template, separator, more in (
            ("zh", "“{}”应为“{}”", "，", "等"),
            ("en", "“{}” should read “{}”", "; ", "; …"),
        )
    }
    return outcomes(
        form,
        status=pl.when(found)
        .then(pl.when(scanned).then(pl.lit("unsure")).otherwise(pl.lit("failed")))
        .when(must_follow_form())
        .then(pl.lit("passed"))
        .otherwise(pl.lit("not-applicable")),
        reason=pl.when(~must_follow_form()).then(pl.lit("no-form")).when(found & scanned).then(pl.lit("doubtful")),
        left=pl.when(found).then(pl.col("altered").list.first().struct.field("found")),
        right=pl.when(found).then(pl.col("altered").list.first().struct.field("expected")),
        message=pl.when(found).then(pl.format("法定标题或栏目名称有{}处改动：{}。", count, words["zh"])),
        message_en=pl.when(found).then(
            pl.format("Statutory headings or labels that were changed, {} in all: {}.", count, words["en"])
        ),
        evidence=pl.when(found).then(evidence(labels=pl.col("altered"), count=count)),
    )


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
        version=3,
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
        version=2,
        example=Wording("依申请公开情况表是一张截图。", "The applications table is a screenshot."),
    ),
    Rule(
        id="outdated-form",
        family="form",
        severity="error",
        title=Wording("沿用旧版表格", "Outdated form"),
        reason=Wording(
            "2021年度起的报告使用新版格式，旧表缺少新增的统计项，无法汇总。",
            "From the report on 2021 the new edition applies; the old tables lack its figures and cannot be added up.",
        ),
        basis=Wording("国办公开办函〔2021〕30号", "Format notice of 2021, no. 30"),
        formula=Wording("年度≥2021时，表格为2021版", "edition 2021 where year >= 2021"),
        remedy=Wording("按2021版格式重新填报。", "Fill in the 2021 edition."),
        needs=("edition", "year"),
        check=outdated_form,
        version=2,
        example=Wording("2023年度报告里还有“政府集中采购”表。", "A 2023 report still has the procurement block."),
    ),
    Rule(
        id="altered-heading",
        family="form",
        severity="warning",
        title=Wording("改动法定标题", "Statutory heading altered"),
        reason=Wording(
            "标题、表头是格式规定的，编号或用词改动后，统计口径也可能跟着变。",
            "Headings and labels are prescribed; where number or words change, so may what is counted.",
        ),
        basis=_BASIS,
        formula=Wording(
            "标题和栏目名称与格式一致；括号全半角、空格、“其它”与“其他”、未写编号不算改动",
            "labels equal the form's; kinds of brackets, spaces and a number left out do not count",
        ),
        remedy=Wording("改回格式规定的标题和名称。", "Restore the prescribed headings and labels."),
        needs=("labels",),
        check=altered_heading,
        version=4,
        example=Wording("“2、主动公开政府信息情况”应为“二、主动公开政府信息情况”。", "“2、” in place of “二、”."),
    ),
)
