"""Do the numbers of the narrative agree with the tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import polars as pl

from flags.equations import form_frame
from flags.outcomes import EPSILON, NO_ROWS, evidence, nothing_to_word, number, outcomes, quote, together
from flags.readings import (
    application_readings,
    document_readings,
    litigation_readings,
    outcome_readings,
    subject,
)
from flags.rule import Check, Corpus, Rule, Wording
from loaders.claims.publication import FEE_AMOUNT
from loaders.form.editions import all_keys

Readings = dict[str, tuple[pl.Expr, ...]]

_BEFORE, _AFTER = 48, 24  # characters of context that are looked at
_PART_OF_MORE = r"(?:其中|分别|本级|本机关|办公室)[^，,、；;]{0,14}$"
"""Words in front of a number that may be a part of what the table counts."""

_OUTCOME_WORDS = {
    "granted": "予以公开|全部公开|同意公开",
    "partial": "部分公开",
    "denied": "不予公开|不公开",
    "unavailable": "无法提供|不存在|不掌握",
    "rejected": "不予处理",
}
"""How the narrative names outcomes: a number right behind another outcome's name is not about this one."""

_WHOLE_REGION = r"全[省市州盟县区旗]|各(?:级|地|县|区|旗|部门|乡镇)"
_HANDLED = r"办理|处理|办结|答复|回复|受理并"
_COUNT_OF_PERSONS = r"人次"
_DECIDED = "applications.total.total"


def number_tolerance(words: pl.Expr) -> pl.Expr:
    """Half the unit of a number's last digit where it has decimals or a 万 behind it, else none."""
    decimals = words.str.extract(r"\d+\.(\d+)", 1).str.len_chars().fill_null(0)
    scaled = words.str.contains(r"[\d余]\s*万[^元]?") & ~words.str.contains("万元")
    rounded = scaled | (decimals > 0)
    unit = pl.lit(10.0).pow(-decimals.cast(pl.Float64)) * pl.when(scaled).then(1e4).otherwise(1.0)
    return pl.when(rounded).then(0.5 * unit + EPSILON).otherwise(EPSILON)


def keys_in(readings: Readings) -> list[str]:
    """The figures that any of the readings needs."""
    needed = {name for each in readings.values() for reading in each for name in reading.meta.root_names()}
    return [key for key in all_keys() if key in needed]


def spoken_of(readings: Readings, claims: pl.LazyFrame) -> Readings:
    """The readings of the subjects that claims are about: a corpus speaks of few, and a plan over all is long."""
    found = set(claims.select(pl.col("about").unique()).collect().to_series())
    return {about: each for about, each in readings.items() if about in found}


def of_subject(readings: Readings, position: int) -> pl.Expr:
    """The value of one reading of each row's subject; null where the subject has none in that position."""
    value = pl.lit(None, pl.Float64)
    for about, each in readings.items():
        if position < len(each):
            value = pl.when(pl.col("about") == about).then(each[position]).otherwise(value)
    return value


def with_context(corpus: Corpus, claims: pl.LazyFrame) -> pl.LazyFrame:
    """The words around each claim: `before`, `after`, and `clause`, the number with the clause in front of it."""
    texts = corpus.sections.select("report_id", pl.col("section").cast(pl.Int64), "text")
    text, start, end = pl.col("text"), pl.col("start"), pl.col("end")
    offset = (start - _BEFORE).clip(0)
    before = text.str.slice(offset, start - offset).str.extract(r"([^。；;！？\n]*)$", 1)
    return (
        claims.with_columns(pl.col("section").cast(pl.Int64))
        .join(texts, on=["report_id", "section"], how="left", maintain_order="left")
        .unique(["report_id", "section", "start", "end", "about"], keep="first", maintain_order=True)
        .with_columns(before.fill_null("").alias("before"), text.str.slice(end, _AFTER).fill_null("").alias("after"))
        .with_columns(
            pl.concat_str(pl.col("before").str.extract(r"((?:[^，,]{0,20}[，,])?[^，,]*)$", 1), "quote").alias("clause")
        )
        .drop("text")
    )


def _against_table(corpus: Corpus, thresholds: Mapping[str, float], *, readings: Readings) -> pl.LazyFrame:
    """Exact numbers on this year against every reading that the tables allow; a number that fits none contradicts."""
    claims = corpus.claims.filter(
        (pl.col("period") == "this_year") & pl.col("exact") & pl.col("about").is_in(list(readings))
    )
    of_applications = any(about.startswith("applications.") for about in readings)
    readings = spoken_of(readings, claims) or dict(list(readings.items())[:1])
    keys = list(dict.fromkeys([*keys_in(readings), *([_DECIDED] if of_applications else [])]))
    figures = form_frame(corpus).select("report_id", "doubtful_keys", "issuer_kind", *keys)
    judged = _judged(claims, figures, keys, readings)
    unfit = judged.filter(~pl.col("fits").fill_null(False) & pl.col("decidable")).collect()
    if nothing_to_word(unfit):
        return NO_ROWS
    wrong = _contradictions(corpus, unfit.lazy(), figures, readings)
    return together([_worded(wrong, readings), _without_contradiction(corpus, wrong, judged, readings)])


def _reading_names(readings: Readings) -> list[str]:
    return [f"reading{n}" for n in range(max(len(each) for each in readings.values()))]


def _judged(claims: pl.LazyFrame, figures: pl.LazyFrame, keys: list[str], readings: Readings) -> pl.LazyFrame:
    """Each claim with the values of its readings, whether it `fits` one, and whether there is any (`decidable`)."""
    names = _reading_names(readings)
    fits = [(pl.col("value") - pl.col(name)).abs() <= pl.max_horizontal("tolerance", _rounding(name)) for name in names]
    return (
        claims.drop("path")
        .join(figures, on="report_id", maintain_order="left")
        .with_columns([of_subject(readings, n).alias(name) for n, name in enumerate(names)])
        .drop(keys)
        .with_columns(number_tolerance(pl.col("quote")).alias("tolerance"))
        .with_columns(
            pl.any_horizontal(fits).alias("fits"),
            pl.any_horizontal([pl.col(name).is_not_null() for name in names]).alias("decidable"),
        )
    )


def _rounding(name: str) -> pl.Expr:
    """Half the unit of the last digit of fees, which table and text round as they like; of other numbers nothing."""
    digits = pl.col(name).round(6).cast(pl.String).str.strip_chars_end("0").str.extract(r"\.(\d+)$", 1)
    in_table = 0.5 * pl.lit(10.0).pow(-digits.str.len_chars().fill_null(0).cast(pl.Float64))
    in_text = pl.when(pl.col("quote").str.contains(r"^\d+\s*万元")).then(0.5).otherwise(0.0)
    half = pl.max_horizontal(in_table, in_text) + EPSILON
    return pl.when(pl.col("about") == FEE_AMOUNT).then(half).otherwise(0.0)


def _worded(wrong: pl.LazyFrame, readings: Readings) -> pl.LazyFrame:
    """The findings on claims that contradict the table."""
    names = _reading_names(readings)
    table_value = pl.coalesce(names)
    unsure = pl.col("doubtful_keys").list.set_intersection(pl.col("rests_on")).list.len() > 0
    about_zh, about_en = (
        pl.col("about").replace_strict(list(readings), [getattr(subject(about), language) for about in readings])
        for language in ("zh", "en")
    )
    also = (
        pl.when((pl.col("reading1") - pl.col("reading0")).abs() > EPSILON).then(pl.col("reading1"))
        if len(names) > 1
        else pl.lit(None, pl.Float64)
    )
    zh_also = pl.when(pl.col("about").str.contains(r"\.new\.") & also.is_not_null()).then(
        pl.format("（加上年结转为{}）", number(also))
    )
    return outcomes(
        wrong,
        status=pl.when(unsure).then(pl.lit("unsure")).otherwise(pl.lit("failed")),
        reason=pl.when(unsure).then(pl.lit("doubtful")),
        left=number(pl.col("value")),
        right=number(table_value),
        message=pl.format(
            "正文第{}部分写“{}”，表格“{}”为{}{}，两处不符。",
            _numeral(),
            pl.col("clause"),
            about_zh,
            number(table_value),
            zh_also.fill_null(""),
        ),
        message_en=pl.format(
            "Section {} says “{}”, but the table has {} for “{}”.",
            pl.col("section"),
            pl.col("clause"),
            number(table_value),
            about_en,
        ),
        evidence=evidence(
            cells=pl.concat_list(pl.struct(pl.col("about").alias("key"), table_value.alias("value"))),
            quotes=pl.concat_list(quote(pl.col("section"), pl.col("start"), pl.col("quote"))),
            claimed=pl.col("value"),
        ),
    )


def _without_contradiction(
    corpus: Corpus, wrong: pl.LazyFrame, judged: pl.LazyFrame, readings: Readings
) -> pl.LazyFrame:
    """The reports of which no claim contradicts the table: sound, or without a claim or a figure to judge by."""
    by_report = judged.group_by("report_id").agg(
        pl.col("decidable").any(),
        pl.col("value").filter("decidable").first(),
        pl.coalesce(_reading_names(readings)).filter("decidable").first().alias("table_value"),
    )
    rest = (
        corpus.reports.select("report_id")
        .join(wrong, on="report_id", how="anti")
        .join(by_report, on="report_id", how="left", maintain_order="left")
    )
    decidable = pl.col("decidable").fill_null(False)
    return outcomes(
        rest,
        status=pl.when(decidable).then(pl.lit("passed")).otherwise(pl.lit("not-applicable")),
        reason=pl.when(pl.col("decidable").is_null()).then(pl.lit("no-claim")).when(~decidable).then(pl.lit("blank")),
        left=number(pl.col("value")),
        right=number(pl.col("table_value")),
    )


def _numeral() -> pl.Expr:
    return pl.col("section").replace_strict(range(1, 7), list("一二三四五六"), default="", return_dtype=pl.String)


def _contradictions(corpus: Corpus, unfit: pl.LazyFrame, figures: pl.LazyFrame, readings: Readings) -> pl.LazyFrame:
    """Of the claims that fit no reading those that cannot be a part of it, another's, or several parts of it."""
    there = _DECIDED in figures.collect_schema()
    decided = figures.select("report_id", (pl.col(_DECIDED) if there else pl.lit(None, pl.Float64)).alias("decided"))
    rests_on = pl.col("about").replace_strict(
        list(readings),
        [sorted({name for reading in each for name in reading.meta.root_names()}) for each in readings.values()],
        return_dtype=pl.List(pl.String),
    )
    before, first = pl.col("before"), pl.coalesce(pl.col("^reading.*$"))
    a_part = before.str.contains(_PART_OF_MORE) & (pl.col("value") < first)
    others = before.str.contains(_WHOLE_REGION) & (pl.col("issuer_kind") != "government")
    handled = before.str.contains(_HANDLED) & ((pl.col("value") - pl.col("decided")).abs() < EPSILON)
    parts = (pl.col("value").sum().over("report_id", "about") - first).abs() < EPSILON
    several = pl.len().over("report_id", "about") > 1
    lead = before.str.extract(r"([^，,、；;：:（(]*)$", 1)
    row = pl.col("about").str.extract(r"^applications\.(\w+)\.", 1)
    own_words = row.replace_strict(_OUTCOME_WORDS, default=None, return_dtype=pl.String)
    another = lead.str.contains("|".join(_OUTCOME_WORDS.values())) & ~lead.str.contains(own_words)
    persons = pl.col("quote").str.contains(_COUNT_OF_PERSONS)
    return (
        with_context(corpus, unfit)
        .join(decided, on="report_id", how="left", maintain_order="left")
        .with_columns(rests_on.alias("rests_on"), (parts & several).alias("in_parts"))
        .filter(~another.fill_null(False))
        .filter(~(a_part | others | handled.fill_null(False) | persons | pl.col("in_parts").fill_null(False)))
        .sort("report_id", "section", "start", maintain_order=True)
    )


def _claims_rule(readings: Readings) -> Check:
    return partial(_against_table, readings=readings)


_READ_ZH = "约数、其中数、上年数、计划数和别的机关的数不比"
_READ_EN = "rounded, partial, last year's, planned and other agencies' numbers are left out"


def _rule(
    name: str,
    readings: Readings,
    title: Wording,
    reason: Wording,
    formula: Wording,
    example: Wording,
    needs: str,
    version: int = 2,
) -> Rule:
    return Rule(
        id=name,
        family="claims",
        severity="error",
        title=title,
        reason=reason,
        basis=Wording("条例第五十条；表格与正文为同一报告，应当一致", "Art. 50; tables and text are one report"),
        formula=formula,
        remedy=Wording("核对台账，把写错的一处改过来。", "Check the register and correct the wrong one."),
        needs=("claims", needs),
        check=_claims_rule(readings),
        example=example,
        version=version,
    )


RULES = (
    _rule(
        "text-applications",
        application_readings(),
        Wording("正文与申请数不符", "Text contradicts applications"),
        Wording(
            "正文写的收到、结转件数应当与依申请公开表一致。",
            "What the text says was received must be what the table says.",
        ),
        Wording(
            f"正文“收到”＝本年新收，或本年新收＋上年结转，“办理”还可＝办理结果总计，任一相符即可；{_READ_ZH}",
            f"received in the text = new, or new + carried_in; handled may also be the total decided; {_READ_EN}",
        ),
        Wording(
            "正文写收到申请1件，表中本年新收为0。", "The text says one application was received, the table says 0."
        ),
        "applications",
    ),
    _rule(
        "text-outcomes",
        outcome_readings(),
        Wording("正文与办理结果不符", "Text contradicts outcomes"),
        Wording(
            "正文写的办结、答复及各类结果件数应当与依申请公开表一致。",
            "What the text says was decided, and how, must be what the table says.",
        ),
        Wording(
            f"正文“办结”“答复”＝办理结果总计（可不含不予处理、其他处理），“公开”可含部分公开；{_READ_ZH}",
            f"decided = total, with or without what was not processed; granted may include partly; {_READ_EN}",
        ),
        Wording("正文写予以公开6件，表中为4件、部分公开1件。", "The text says 6 granted, the table 4 and 1 in part."),
        "applications",
    ),
    _rule(
        "text-litigation",
        litigation_readings(),
        Wording("正文与复议诉讼数不符", "Text contradicts disputes"),
        Wording("正文写的行政复议、行政诉讼件数应当与表格一致。", "Disputes in the text must be those of the table."),
        Wording(
            f"正文“行政诉讼”＝两类诉讼之和，或其中直接起诉；{_READ_ZH}",
            f"lawsuits in the text = both kinds together, or those without reconsideration; {_READ_EN}",
        ),
        Wording(
            "正文写未发生行政复议，表中行政复议总计为2。",
            "The text says there was no reconsideration, the table says 2.",
        ),
        "litigation",
    ),
    _rule(
        "text-documents",
        document_readings(),
        Wording("正文与文件、决定数不符", "Text contradicts documents or decisions"),
        Wording(
            "正文写的规范性文件、许可处罚决定和收费数应当与主动公开表一致。",
            "Documents, decisions and fees in the text must be those of the table.",
        ),
        Wording(
            f"正文件数＝表中规章或规范性文件的制发、废止、现行有效件数（可合计）；{_READ_ZH}",
            f"documents = issued, repealed or in force, normative documents with or without rules; {_READ_EN}",
        ),
        Wording("正文写制发规范性文件3件，表中为2件。", "The text says 3 documents were issued, the table says 2."),
        "publication",
        version=3,
    ),
)
