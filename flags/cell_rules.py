"""Are the cells of the form filled, and filled with figures: rules on single cells and on all of them together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import polars as pl

from flags.corpus import once_per_corpus
from flags.equations import FORM_EDITIONS, form_frame
from flags.labels import named, unit_of
from flags.outcomes import EPSILON, NO_ROWS, evidence, listed, nothing_to_word, number, outcomes, together
from flags.rule import Corpus, Rule, Threshold, Wording
from loaders.document import UNSURE
from loaders.form.editions import all_keys, edition, editions
from loaders.vocabulary import FORM_TABLES

_BASIS_FORM = "国办公开办函〔2021〕30号、〔2019〕60号所附表格"
_NUMBER_OR_DOUBT = rf"^\s*[0-9０-９][0-9０-９,，.．\s]*(?:[（(]?件?[）)]?)\s*$|{UNSURE}$"
_SHOWN = 5  # cells named in a message; the evidence holds them all


@cache
def _signed_keys() -> frozenset[str]:
    return frozenset(f.key for e in editions() for f in e.figures if f.column.signed)


def _has_form() -> pl.Expr:
    return pl.col("edition").is_in(FORM_EDITIONS)


def in_present_tables(keys: pl.Expr) -> pl.Expr:
    """Of a list of keys those whose table is there; a table that is missing is another rule's matter."""
    kept = keys
    for table in FORM_TABLES:
        rest = kept.list.eval(pl.element().filter(~pl.element().str.starts_with(f"{table}.")))
        kept = pl.when(pl.col("tables").struct.field(table) == "present").then(kept).otherwise(rest)
    return kept


def without(keys: pl.Expr, others: pl.Expr) -> pl.Expr:
    """The keys of one list that are not in another."""
    return pl.when(others.list.len() == 0).then(keys).otherwise(keys.list.set_difference(others))


def _names(keys: pl.Expr, language: str) -> pl.Expr:
    separator = ("、", "等") if language == "zh" else ("; ", "; …")
    words = keys.list.eval(named(pl.element(), language))
    return listed(words, _SHOWN, separator=separator[0], more=separator[1])


def invalid_figure(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Counts below zero, with a fraction, or text that is no number; money may have a fraction.

    A number that could not be placed, as below a header of the other edition, is no text; nor is one that the reader
    could not tell from others.
    """
    raw = pl.element().struct.field("raw")
    texts_only = pl.col("unreadable").list.eval(pl.element().filter(~raw.str.contains(_NUMBER_OR_DOUBT)))
    form = form_frame(corpus).with_columns(texts_only)
    suspects = form.filter(_has_odd_cells()).collect()
    if nothing_to_word(suspects):
        return NO_ROWS
    found = _by_report(pl.concat([_odd_numbers(suspects), _odd_texts(suspects)]), suspects)
    rest = form.join(found, on="report_id", how="anti")
    some = pl.any_horizontal(pl.col(list(all_keys())).is_not_null())
    return together(
        [
            _invalid_worded(found),
            outcomes(
                rest,
                status=pl.when(some).then(pl.lit("passed")).otherwise(pl.lit("not-applicable")),
                reason=pl.when(~some).then(pl.when(_has_form()).then(pl.lit("blank")).otherwise(pl.lit("no-form"))),
            ),
        ]
    )


@cache
def _money_keys() -> frozenset[str]:
    return frozenset(key for key in all_keys() if unit_of(key))


def _has_odd_cells() -> pl.Expr:
    """Whether a form has a count below zero or with a fraction, or text for a number."""
    below_zero = pl.min_horizontal([key for key in all_keys() if key not in _signed_keys()]) < 0
    counts = pl.col([key for key in all_keys() if key not in _money_keys()])
    fraction = pl.max_horizontal((counts - counts.round(0)).abs()) > EPSILON
    return below_zero | fraction | (pl.col("unreadable").list.len() > 0)


def _odd_numbers(suspects: pl.DataFrame) -> pl.LazyFrame:
    """`report_id`, `key`, `value`, `raw` of the counts below zero or with a fraction."""
    value, key = pl.col("value"), pl.col("key")
    negative = (value < 0) & ~key.is_in(sorted(_signed_keys()))
    fraction = ((value - value.round(0)).abs() > EPSILON) & ~key.is_in(sorted(_money_keys()))
    keys = list(all_keys())
    return (
        suspects.lazy()
        .select("report_id", *keys)
        .unpivot(keys, index="report_id", variable_name="key")
        .filter(negative | fraction)
        .select("report_id", "key", "value", number(value).alias("raw"))
    )


def _odd_texts(suspects: pl.DataFrame) -> pl.LazyFrame:
    """The same of the cells with text, which have no value."""
    cell = pl.col("unreadable").struct
    return (
        suspects.lazy()
        .filter(pl.col("unreadable").list.len() > 0)
        .select("report_id", "unreadable")
        .explode("unreadable")
        .select("report_id", cell.field("key"), pl.lit(None, pl.Float64).alias("value"), cell.field("raw"))
    )


def _by_report(odd: pl.LazyFrame, suspects: pl.DataFrame) -> pl.LazyFrame:
    """A row a report: its odd `cells` in the order of the form, worded, and whether all of them are `doubtful`."""
    key = pl.col("key")
    about = suspects.lazy().select("report_id", "doubtful_keys", "tables", "edition")
    keys = list(all_keys())
    order = pl.LazyFrame({"key": keys, "order": range(len(keys))})
    return (
        odd.join(order, on="key", how="left")
        .join(about, on="report_id")
        .sort("report_id", "order", maintain_order=True)
        .with_columns(key.is_in(pl.col("doubtful_keys")).alias("doubtful"))
        .with_columns(
            pl.concat_str(pl.lit("“"), named(key, "zh"), pl.lit("”填为“"), pl.col("raw"), pl.lit("”")).alias("zh"),
            pl.concat_str(pl.lit("“"), named(key, "en"), pl.lit("” says “"), pl.col("raw"), pl.lit("”")).alias("en"),
        )
        .group_by("report_id", maintain_order=True)
        .agg(
            pl.col("doubtful").all(),
            pl.col("zh"),
            pl.col("en"),
            pl.struct("key", "value", "raw").alias("cells"),
            pl.col("raw").first().alias("first"),
        )
    )


def _invalid_worded(found: pl.LazyFrame) -> pl.LazyFrame:
    count = pl.col("cells").list.len()
    return outcomes(
        found,
        status=pl.when("doubtful").then(pl.lit("unsure")).otherwise(pl.lit("failed")),
        reason=pl.when("doubtful").then(pl.lit("doubtful")),
        left=pl.col("first"),
        message=pl.format("表格有{}处填报的不是有效数字：{}。", count, listed(pl.col("zh"), _SHOWN)),
        message_en=pl.format(
            "Cells that hold no valid figure, {} in all: {}.",
            count,
            listed(pl.col("en"), _SHOWN, separator="; ", more="; …"),
        ),
        evidence=evidence(cells=pl.col("cells")),
    )


def blank_cells(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Figures that the report leaves blank in a table that is there; what the reader merely lost does not count."""
    blank = in_present_tables(without(pl.col("blank_keys"), pl.col("doubtful_keys")))
    form = form_frame(corpus).with_columns(
        pl.when(_has_form() & (pl.col("blank_keys").list.len() > 0)).then(blank).alias("blank")
    )
    count = pl.col("blank").list.len()
    found = count >= thresholds["minimum"]
    table_there = pl.any_horizontal([pl.col("tables").struct.field(t) == "present" for t in FORM_TABLES])
    names = [_names(pl.col("blank"), language) for language in ("zh", "en")]
    cells = pl.col("blank").list.eval(pl.struct(pl.element().alias("key"), pl.lit(None, pl.Float64).alias("value")))
    return together(
        [
            outcomes(
                form.filter(found),
                status="failed",
                left=count.cast(pl.String),
                right=pl.lit("0"),
                message=pl.format("表格有{}处数据空白，没有的应当填0：{}。", count, names[0]),
                message_en=pl.format("Figures left blank where the form asks for 0, {} in all: {}.", count, names[1]),
                evidence=evidence(cells=cells, count=count),
            ),
            outcomes(
                form.filter(found.fill_null(False).not_()),
                status=pl.when(_has_form() & table_there).then(pl.lit("passed")).otherwise(pl.lit("not-applicable")),
                reason=pl.when(~_has_form()).then(pl.lit("no-form")).when(~table_there).then(pl.lit("no-table")),
            ),
        ]
    )


def zero_states(corpus: Corpus) -> pl.LazyFrame:
    """The form without its figures, and `zero`: whether all of them are 0 (see `_zero_state`)."""
    return _zero_states(corpus).lazy()


@once_per_corpus
def _zero_states(corpus: Corpus) -> pl.DataFrame:
    about = ("report_id", "issuer_id", "year", "edition", "doubtful_keys")
    return form_frame(corpus).select(*about, _zero_state().alias("zero")).collect()


def _zero_state() -> pl.Expr:
    """`zero` where every figure of the report's edition is 0, `other` where one is not, null where blanks hide it."""
    state = pl.lit(None, pl.String)
    for name in FORM_EDITIONS:
        keys = edition(name).keys
        positive = (pl.max_horizontal(keys) != 0) | (pl.min_horizontal(keys) != 0)
        complete = pl.sum_horizontal(keys, ignore_nulls=False).is_not_null()
        of_edition = pl.when(positive).then(pl.lit("other")).when(complete).then(pl.lit("zero"))
        state = pl.when(pl.col("edition") == name).then(of_edition).otherwise(state)
    return state


def all_zero(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Every figure of all three tables is 0. With a blank among zeros it stays open: see blank-cells."""
    form = zero_states(corpus)
    zero = pl.col("zero") == "zero"
    unsure = zero & (pl.col("doubtful_keys").list.len() > 0)
    status = (
        pl.when(unsure)
        .then(pl.lit("unsure"))
        .when(zero)
        .then(pl.lit("failed"))
        .when(pl.col("zero") == "other")
        .then(pl.lit("passed"))
        .otherwise(pl.lit("not-applicable"))
    )
    reason = (
        pl.when(unsure)
        .then(pl.lit("doubtful"))
        .when(~_has_form())
        .then(pl.lit("no-form"))
        .when(pl.col("zero").is_null())
        .then(pl.lit("blank"))
    )
    count = pl.when(pl.col("edition") == "2019").then(len(edition("2019").keys)).otherwise(len(edition("2021").keys))
    return outcomes(
        form,
        status=status,
        reason=reason,
        message=pl.when(zero).then(pl.format("三张表格共{}项数据全部为0，请核实是否如实填报。", count)),
        message_en=pl.when(zero).then(
            pl.format("All {} figures of the three tables are 0; please confirm that this is so.", count)
        ),
        evidence=pl.when(zero).then(evidence(count=count)),
    )


def low_confidence(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Figures of a table that is there were read with low confidence, or the report as a whole was."""
    confidence = corpus.reports.select("report_id", "confidence")
    form = (
        form_frame(corpus)
        .join(confidence, on="report_id")
        .with_columns(
            pl.when(_has_form() & (pl.col("doubtful_keys").list.len() > 0))
            .then(in_present_tables(pl.col("doubtful_keys")))
            .otherwise(pl.lit([], pl.List(pl.String)))
            .alias("unsure_keys")
        )
    )
    count = pl.col("unsure_keys").list.len()
    low = pl.col("confidence") < thresholds["confidence"]
    found = (count > 0) | low
    percent = (pl.col("confidence") * 100).round(0).cast(pl.Int64)
    cells = pl.col("unsure_keys").list.eval(pl.struct(pl.element().alias("key")))
    return outcomes(
        form,
        status=pl.when(found).then(pl.lit("failed")).otherwise(pl.lit("passed")),
        left=percent.cast(pl.String),
        right=pl.lit(str(round(thresholds["confidence"] * 100))),
        message=pl.when(count > 0)
        .then(pl.format("有{}处数据识读把握不大，请对照原件核对：{}。", count, _names(pl.col("unsure_keys"), "zh")))
        .when(low)
        .then(pl.format("报告整体识读把握只有{}%，请对照原件核对机关、年度和数据。", percent)),
        message_en=pl.when(count > 0)
        .then(
            pl.format(
                "Figures read with low confidence, {} in all, please compare with the original: {}.",
                count,
                _names(pl.col("unsure_keys"), "en"),
            )
        )
        .when(low)
        .then(
            pl.format(
                "The report was read with a confidence of only {} %, please compare issuer, year and figures with the"
                " original.",
                percent,
            )
        ),
        evidence=pl.when(found).then(evidence(cells=cells, confidence=pl.col("confidence"))),
        score=pl.when(found).then(1 - pl.col("confidence")),
    )


RULES = (
    Rule(
        id="invalid-figure",
        family="arithmetic",
        severity="error",
        title=Wording("数据无效", "Not a valid figure"),
        reason=Wording(
            "件数只能是零或正整数；负数、小数和文字不是件数。",
            "A count is zero or a whole positive number; negative numbers, fractions and words are none.",
        ),
        basis=Wording(f"{_BASIS_FORM}，单位为“件”的各栏；金额以万元计", "All count columns; money in 万元"),
        formula=Wording(
            "件数≥0且为整数；“本年增/减”可为负，金额（万元）可有小数",
            "count >= 0 and whole; changes may be negative, money (万元) may have a fraction",
        ),
        remedy=Wording("改填整数，没有的填0。", "Fill in whole numbers, 0 where there is nothing."),
        needs=("publication", "applications", "litigation"),
        check=invalid_figure,
        example=Wording("本年新收填“-2”或“若干”。", "New applications say “-2” or “several”."),
        version=3,
    ),
    Rule(
        id="blank-cells",
        family="arithmetic",
        severity="warning",
        title=Wording("表格留空", "Cells left blank"),
        reason=Wording(
            "表格要求没有的填0；空白使人分不清是没有还是漏填，相关勾稽也无法核对。",
            "The form asks for 0 where there is nothing; a blank may be an omission, and sums stay unchecked.",
        ),
        basis=Wording(f"{_BASIS_FORM}：逐格填报数字，没有的填0", "The form: a number in every cell, 0 for nothing"),
        formula=Wording("空白格数＝0", "number of blank cells = 0"),
        remedy=Wording("没有的填0，漏填的补上。", "Fill in 0 or the figure that was left out."),
        needs=("publication", "applications", "litigation"),
        check=blank_cells,
        version=2,
        thresholds=(
            Threshold("minimum", 1, Wording("空白达到多少格才提示", "blank cells from which on the rule speaks")),
        ),
        example=Wording("总计列填了数，申请人各列空着。", "Totals are filled, the columns of applicants are empty."),
    ),
    Rule(
        id="all-zero",
        family="arithmetic",
        severity="notice",
        title=Wording("全部为零", "Every figure is zero"),
        reason=Wording(
            "全表为零可能属实，也可能是没有认真统计。",
            "Zeros throughout may be true, or may mean that nobody counted.",
        ),
        basis=Wording("条例第五十条：报告应当包括主动公开、依申请公开等情况", "Art. 50: what a report must state"),
        formula=Wording("三张表格所有数据＝0；有空白时不作判断，见“blank-cells”", "all figures = 0; see blank-cells"),
        remedy=Wording("核对台账，确属没有的予以说明。", "Check the registers; say so if there really was nothing."),
        needs=("publication", "applications", "litigation"),
        check=all_zero,
        example=Wording("200项数据都填0。", "All 200 figures are 0."),
    ),
    Rule(
        id="low-confidence",
        family="arithmetic",
        severity="notice",
        title=Wording("识读把握不大", "Read with low confidence"),
        reason=Wording(
            "扫描不清或版式错乱时，程序可能读错；依据这些数据的结论只作提示。",
            "In poor scans or broken layouts the reader may err; findings that rest on such figures are only notices.",
        ),
        basis=Wording("程序的识读置信度", "The reader's own confidence"),
        formula=Wording("没有低把握数据，且整体把握不低于限值", "no doubtful figure, and confidence >= limit"),
        remedy=Wording(
            "对照原件核对，最好提供可复制文字的版本。", "Compare with the original; hand in a file with text."
        ),
        needs=("publication", "applications", "litigation"),
        check=low_confidence,
        version=2,
        thresholds=(
            Threshold(
                "confidence",
                0.5,
                Wording("整体把握低于此值即提示（0至1）", "overall confidence below which the rule speaks (0 to 1)"),
            ),
        ),
        example=Wording("扫描件中“总计”一格模糊。", "A total in a scan is blurred."),
    ),
)
