"""Does the report speak of its own year."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from flags.enumerations import position
from flags.outcomes import NO_ROWS, evidence, listed, nothing_to_word, outcomes, quote
from flags.rule import Corpus, Rule, Wording

_YEAR = r"((?:19|20)\d{2})"
_TITLE_YEAR = rf"{_YEAR}\s*年"
_PERIOD = (
    rf"{_YEAR}\s*年\s*0?1\s*月\s*0?1\s*日[^。；\n]{{0,8}}?(?:至|到|[—\-－–~～])[^。；\n\d]{{0,6}}"
    rf"(?:{_YEAR}\s*年)?\s*12\s*月\s*31\s*日"
)
_QUOTED = r"《[^》\n]*》|〈[^〉\n]*〉|“[^”\n]{12,}”|[〔\[（(【][^〕\]）)】\n]{0,24}[〕\]）)】]"
"""Titles, long quotations and brackets: documents and laws have years of their own."""

_SENTENCE = r"[^。！？；;\n]+"
_SUBJECT = rf"(?:^|[，,：:、\s]|[一二三四五六七八九]是|全面总结|现将)\s*{_YEAR}\s*年(?:度)?(?:全年|以内)?"
"""A year that stands at the head of a clause, not one that a preposition or another word depends on."""

_NOT_OF_DOCUMENTS = r"(?:部门|财政|预算|决算|年报|年度报告|政府工作报告|工作要点|要点|计划|目标|规划|方案|月)"
_NAMES_A_DOCUMENT = r"[^，,。；;\n]{0,40}(?:年报|报告|报表|预算|决算|清单|要点|方案|目录|公报|指南)(?:[，,、等和及]|$)"
"""Behind a year, with whose document it is: 公开了2020年某局网站工作年度报表、……"""
_NONE = rf"{_SUBJECT}[^。；\n]{{0,40}}?(?:未|没有|无)(?:收到|受理|发生|收取|产生|接到|依申请|因)"
_DONE = (
    rf"{_SUBJECT}[^。；\n]{{0,60}}?(?:公开|发布|收到|受理|办理|接到|推送|制发|答复)"
    r"[^。；\n]{0,36}?\d+\s*(?:余)?[条件篇次期]"
)
_FAULTS = rf"{_SUBJECT}[^。\n]{{0,80}}(?:问题|不足|差距|薄弱|短板)"
_UNTIL = rf"截[至止]到?\s*{_YEAR}\s*年\s*(?:12\s*月(?:\s*31\s*日|底|末)?|年?底|年?末)"
_PLAN = (
    rf"(?:^|[，,：:])\s*{_YEAR}\s*年(?:度)?[，,]?[^。，,\n]{{0,16}}"
    r"将(?:进一步|继续|重点|着力|持续|不断|切实|认真|大力|采取|努力|从以下|按照|围绕|做好|加强|加大)"
)
_OPENING = rf"^\s*(?:[（(][一二三四五][)）][^\n。，,]{{0,16}}[。\n：:]?)?\s*{_YEAR}\s*年(?:度)?[，,]"
_OWN_REPORT = rf"{_YEAR}\s*年(?:度)?(?:政府)?信息公开(?:工作)?(?:年度报告|情况|工作)"
_COMPARES = (
    r"同比|相比|对比|较上|比上|与上|去年|上年|上一年|以来|历年|近年|分别为|增[长加]|下降|减少|"
    r"整改|反馈|验收|获评?|荣获|评为|授予|成立|搬迁|印发|出台"
)
_MENDED = r"针对|对照|已|完成|(?:问题|不足)的?(?:改进|整改|解决)"
"""What was done about the faults of the year before: 2022年工作中存在问题的改进情况."""

_PLANS = r"计划|将|拟|力争|下一步|明年|预计"


def wrong_year(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Title, statistical period and narrative against the reporting year; one finding a report with all places.

    The year before in comparisons, the year after in plans, and the years of documents and laws are rightly named.
    """
    reports = corpus.reports.select("report_id", "year", "title", "preface", "text")
    places = [_in_title(reports), _in_period(reports), _in_preface(reports), _in_narrative(corpus, reports)]
    found = pl.concat(places).collect()
    if nothing_to_word(found):
        return NO_ROWS
    by_report = (
        found.lazy()
        .sort("report_id", "order", "section", "start", maintain_order=True)
        .group_by("report_id", maintain_order=True)
        .agg(
            pl.first("year"),
            pl.col("found_year").first(),
            pl.format("{}写“{}”", "place", _short(pl.col("quoted"))).unique(maintain_order=True).alias("zh"),
            pl.format("{}: “{}”", "place_en", _short(pl.col("quoted"))).unique(maintain_order=True).alias("en"),
            quote(pl.col("section"), pl.col("start"), pl.col("quoted")).alias("quotes"),
        )
    )
    frame = corpus.reports.select("report_id", pl.col("year").alias("of")).join(
        by_report, on="report_id", how="left", maintain_order="left"
    )
    wrong = pl.col("found_year").is_not_null()
    return outcomes(
        frame,
        status=pl.when(wrong)
        .then(pl.lit("failed"))
        .when(pl.col("of").is_not_null())
        .then(pl.lit("passed"))
        .otherwise(pl.lit("not-applicable")),
        reason=pl.when(pl.col("of").is_null()).then(pl.lit("no-year")),
        left=pl.col("found_year").cast(pl.String),
        right=pl.col("of").cast(pl.String),
        message=pl.when(wrong).then(
            pl.format("本报告为{}年度报告，但{}，年度不符。", "year", listed(pl.col("zh"), 3, separator="，"))
        ),
        message_en=pl.when(wrong).then(
            pl.format(
                "The report is on {}, but speaks of another year ({}).",
                "year",
                listed(pl.col("en"), 3, separator="; ", more="; …"),
            )
        ),
        evidence=pl.when(wrong).then(evidence(quotes=pl.col("quotes"), year=pl.col("year"))),
    )


def _short(text: pl.Expr, limit: int = 36) -> pl.Expr:
    plain = text.str.strip_chars(" ，,：:、\u3000")
    return (
        pl.when(plain.str.len_chars() > limit)
        .then(pl.concat_str(plain.str.slice(0, limit), pl.lit("…")))
        .otherwise(plain)
    )


def _place(
    order: int, zh: str | pl.Expr, en: str | pl.Expr, section: pl.Expr, start: pl.Expr, quoted: pl.Expr, found: pl.Expr
) -> list[pl.Expr]:
    return [
        pl.col("report_id"),
        pl.col("year"),
        found.cast(pl.Int32).alias("found_year"),
        pl.lit(order, pl.Int32).alias("order"),
        (pl.lit(zh) if isinstance(zh, str) else zh).alias("place"),
        (pl.lit(en) if isinstance(en, str) else en).alias("place_en"),
        section.cast(pl.Int32).alias("section"),
        start.cast(pl.Int64).alias("start"),
        quoted.alias("quoted"),
    ]


def _in_title(reports: pl.LazyFrame) -> pl.LazyFrame:
    digits = pl.col("title")
    for numeral, digit in zip("〇零一二三四五六七八九", "00123456789", strict=True):
        digits = digits.str.replace_all(numeral, digit, literal=True)
    years = digits.str.extract_all(_TITLE_YEAR).list.eval(pl.element().str.slice(0, 4).cast(pl.Int32, strict=False))
    return (
        reports.with_columns(years.alias("years"))
        .filter((pl.col("years").list.len() > 0) & ~pl.col("years").list.contains(pl.col("year")))
        .select(_place(0, "标题", "title", pl.lit(0), pl.lit(0), pl.col("title"), pl.col("years").list.first()))
    )


def _in_period(reports: pl.LazyFrame) -> pl.LazyFrame:
    text = pl.col("text")
    groups = text.str.extract_groups(_PERIOD)
    first, last = (groups.struct.field(n).cast(pl.Int32, strict=False) for n in ("1", "2"))
    match = text.str.extract(f"({_PERIOD})", 1)
    return (
        reports.filter(text.str.contains(_PERIOD))
        .with_columns(first.alias("first"), last.alias("last"), match.alias("match"))
        .filter((pl.col("first") != pl.col("year")) | (pl.col("last") != pl.col("year")).fill_null(False))
        .select(
            _place(
                1,
                "统计期限",
                "statistical period",
                pl.lit(0),
                position(text, pl.col("match")),
                pl.col("match"),
                pl.when(pl.col("first") != pl.col("year")).then(pl.col("first")).otherwise(pl.col("last")),
            )
        )
    )


def _in_preface(reports: pl.LazyFrame) -> pl.LazyFrame:
    """现公布某局2022年政府信息公开工作年度报告 in the report on 2023; quoted notices have their own year."""
    # The report's own title, announced: 现发布《某镇2022年政府信息公开工作年度报告》.
    announced = pl.col("preface").str.replace_all(
        r"((?:发布|公布|公开|编制|形成)了?)《([^》\n]{0,40}年度报告)》", "${1}${2}"
    )
    plain = announced.str.replace_all(_QUOTED, "")
    years = plain.str.extract_all(_OWN_REPORT)
    found_year = pl.col("years").list.first().str.extract(_YEAR, 1).cast(pl.Int32, strict=False)
    own = pl.concat_str(pl.col("year").cast(pl.String), pl.lit("年"))
    quoted = pl.col("years").list.first()
    title_left = pl.col("title").fill_null("").str.contains(pl.col("years").list.first(), literal=True)
    return (
        reports.with_columns(years.alias("years"))
        .filter(pl.col("years").list.len() > 0)
        .filter(
            ~title_left & ~pl.col("years").list.join("").str.contains(own, literal=True) & (found_year < pl.col("year"))
        )
        .select(_place(2, "前言", "preface", pl.lit(0), position(pl.col("text"), quoted), quoted, found_year))
    )


def _in_narrative(corpus: Corpus, reports: pl.LazyFrame) -> pl.LazyFrame:
    """Sentences of the sections that speak of another year as their own."""
    section = pl.col("section")
    numerals = section.replace_strict(range(1, 7), list("一二三四五六"), default="", return_dtype=pl.String)
    return (
        _sentences_with_years(corpus, reports)
        .with_columns(_other_year_of_sentence().alias("found_year"))
        .filter(pl.col("found_year").is_not_null())
        .select(
            _place(
                3,
                pl.format("第{}部分", numerals),
                pl.format("section {}", section),
                section,
                position(pl.col("whole"), pl.col("sentence")),
                pl.col("sentence"),
                pl.col("found_year"),
            )
        )
    )


def _own_year() -> pl.Expr:
    return pl.concat_str(pl.col("year").cast(pl.String), pl.lit("年"))


def _sentences_with_years(corpus: Corpus, reports: pl.LazyFrame) -> pl.LazyFrame:
    """Sentences of the sections that name a year, with their section as `whole` and without quotations as `plain`."""
    years = pl.col("whole").str.extract_all(r"(?:19|20)\d{2}\s*年")
    other_year = years.list.eval(pl.element().str.head(4)).list.unique() != pl.concat_list(
        pl.col("year").cast(pl.String)
    )
    return (
        corpus.sections.filter(pl.col("text").str.contains(_TITLE_YEAR))
        .select("report_id", "section", pl.col("text").alias("whole"))
        .join(
            reports.filter(pl.col("year").is_not_null()).select("report_id", "year"),
            on="report_id",
            maintain_order="left",
        )
        # A section that only ever speaks of its own year needs no closer look, but for plans.
        .filter(other_year | ((pl.col("section") == 5) & pl.col("whole").str.contains(_own_year(), literal=True)))
        .with_columns(pl.col("whole").str.split("\n").alias("line"))
        .explode("line", keep_nulls=False, empty_as_null=False)
        .filter(pl.col("line").str.contains(_TITLE_YEAR))
        .with_columns(
            pl.col("line").str.extract_all(_SENTENCE).alias("sentence"),
            (pl.int_range(pl.len()).over("report_id", "section") == 0).alias("first_line"),
            pl.col("line").str.contains(_own_year(), literal=True).alias("line_names_own"),
        )
        .explode("sentence", keep_nulls=False, empty_as_null=False)
        .filter(pl.col("sentence").str.contains(_TITLE_YEAR))
        .with_columns(pl.col("sentence").str.replace_all(_QUOTED, "").alias("plain"))
    )


def _other_year_of_sentence() -> pl.Expr:
    """The year that a sentence speaks of as the report's own and is not; null where there is none.

    An earlier one in any of the ways below, a later one in what was done, and a plan for a year that is over.
    """
    plain, section, year = pl.col("plain"), pl.col("section"), pl.col("year")
    speaks_of_it = ~plain.str.contains(_own_year(), literal=True) & ~plain.str.contains(_COMPARES)
    in_its_line = speaks_of_it & ~pl.col("line_names_own")
    plans = plain.str.contains(_PLANS)
    of_document = plain.str.contains(rf"{_SUBJECT}(?:{_NOT_OF_DOCUMENTS}|{_NAMES_A_DOCUMENT})")
    done = [
        pl.when(section.is_in([1, 3, 4, 6]) & in_its_line).then(_year_in(_NONE)),
        pl.when(section.is_in([1, 3, 4]) & in_its_line & ~of_document & ~plans).then(_year_in(_DONE)),
        pl.when((section == 1) & speaks_of_it & ~plans & pl.col("first_line")).then(_year_in(_OPENING)),
    ]
    until_then = [
        pl.when((section == 5) & speaks_of_it & ~plain.str.contains(_MENDED)).then(_year_in(_FAULTS)),
        pl.when(speaks_of_it).then(_year_in(_UNTIL)),
    ]
    planned = pl.when((section == 5) & ~plain.str.contains("作为|纳入|列入")).then(_year_in(_PLAN))
    return pl.coalesce(
        *(pl.when(each < year).then(each) for each in (*done, *until_then)),
        *(pl.when(each > year).then(each) for each in done),
        pl.when(planned <= year).then(planned),
    )


def _year_in(pattern: str) -> pl.Expr:
    return pl.col("plain").str.extract(pattern, 1).cast(pl.Int32, strict=False)


RULES = (
    Rule(
        id="wrong-year",
        family="identity",
        severity="error",
        title=Wording("年度写错", "Wrong year"),
        reason=Wording(
            "标题、统计期限或正文写的是别的年度，多半是沿用了往年的稿子。",
            "Where title, period or narrative speak of another year, last year's text was probably reused.",
        ),
        basis=Wording("条例第四十九条、第五十条：报告上一年度情况", "Art. 49 and 50: the report is on the past year"),
        formula=Wording(
            "标题年份、统计期限、正文所述年份＝报告年度；比较中的上年、计划中的下年、文件和法律的年份不算",
            "years of title, period, narrative = reporting year; comparisons, plans, documents, laws do not count",
        ),
        remedy=Wording(
            "改正年份；沿用旧稿的内容应当重写。", "Correct the year; rewrite what was copied from last year."
        ),
        needs=("title", "text", "year"),
        check=wrong_year,
        example=Wording(
            "2023年度报告的统计期限写“2022年1月1日至2022年12月31日”。", "A 2023 report with the period of 2022."
        ),
        version=3,
    ),
)
