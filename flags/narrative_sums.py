"""Do the enumerations and shares that the narrative itself spells out add up."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from flags.outcomes import EPSILON, evidence, number, outcomes, quote, together
from flags.rule import Corpus, Rule, Threshold, Wording

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_UNIT = r"[条件篇次期份个项则场起]"
_BRACKET = r"(?:[（(][^（）()\n]{0,60}[)）])?"
_NAME = r"[^\d。！？\n；;，,、：:（）()]{0,30}"
_ITEM = rf"{_NAME}{_NUMBER}\s*{_UNIT}{_BRACKET}"
_OPENING = r"(?:其中|分别(?:是|为)|包括)"
_JOINT = rf"(?:[，,：:；;（(\s]*{_OPENING}(?:[：:，,\s]*其中)*[：:，,\s]*|[：:]\s*)"
"""Between the total and the first item: 其中 and the like, or a colon alone."""

_ENUMERATION = (
    rf"[^\d\n。]{{0,16}}{_NUMBER}\s*{_UNIT}{_BRACKET}{_JOINT}"
    rf"{_ITEM}(?:[、，,；;和及\s]+{_ITEM})+[^。！？\n]{{0,10}}"
)
_OPENS_ONE = rf"[^。！？\n]*\d\s*{_UNIT}[^。！？\n]*?(?:{_OPENING}|[：:])[^。！？\n]*\d\s*{_UNIT}[^。！？\n]*"
_ROUNDED = r"(?:约|近|超|逾|超过|接近|将近)$"
_ENDS_LIST = r"其中|共|总|累计|合计|办结|答复|办理|回复|同比|较|比上年|处理|点击|浏览|阅读"
"""Words by which an item belongs to another statement, not to the enumeration."""

_LEFT_OPEN = r"^\s*(?:等|余|多|左右|以上|以内|不等|[^，,。；;]{0,4}其[他它余]|[^，,。；;]{0,4}等)"
_BY_NATURE_CLOSED = r"自然人|公民|个人"
"""Applicants are persons or organisations: such an enumeration has no third."""

_BY_NATURE_OPEN = r"予以公开|部分公开|不予公开|无法提供|不予处理|办结|答复"
"""Outcomes that a text picks out; whether they are right is for text-outcomes to say."""


def _enumerations(corpus: Corpus) -> pl.LazyFrame:
    """A row an enumeration: the total it states, its items of the same unit, whether it is left open."""
    chunk = pl.col("chunk")
    head = rf"^([^\d\n。]{{0,16}})({_NUMBER})\s*({_UNIT}){_BRACKET}({_JOINT})"
    chunks = (
        corpus.sections.filter(pl.col("text").str.contains(rf"{_OPENING}|[：:]"))
        # 其中 may open a sentence of its own: 共50条。其中动态30条、公告20条。
        .with_columns(
            pl.col("text").alias("original"), pl.col("text").str.replace_all("。其中", "，其中", literal=True)
        )
        # The pattern for an enumeration is costly: it is tried on sentences that open one.
        .with_columns(pl.col("text").str.extract_all(_OPENS_ONE).alias("sentence"))
        .explode("sentence", keep_nulls=False, empty_as_null=False)
        .select("report_id", "section", "text", "original", _all_enumerations(pl.col("sentence")).alias("chunk"))
        .explode("chunk", keep_nulls=False, empty_as_null=False)
        .with_row_index("at")
        .with_columns(
            chunk.str.extract(head, 1).alias("lead"),
            _value(chunk.str.extract(head, 2)).alias("total"),
            chunk.str.extract(head, 3).alias("unit"),
            chunk.str.extract(head, 4).alias("opening"),
            # What follows the opening word: items, and some characters behind the last one.
            chunk.str.replace(head, "").alias("tail"),
        )
    )
    item = pl.col("item")
    items = (
        chunks.select("at", "unit", pl.col("tail").str.extract_all(_ITEM).alias("item"))
        .explode("item", keep_nulls=False, empty_as_null=False)
        .with_columns(
            item.str.extract(rf"^({_NAME}){_NUMBER}", 1).fill_null("").alias("name"),
            _value(item.str.extract(rf"({_NUMBER})\s*{_UNIT}{_BRACKET}$", 1)).alias("value"),
            item.str.extract(rf"{_NUMBER}\s*({_UNIT}){_BRACKET}$", 1).alias("item_unit"),
        )
        .with_columns(
            pl.col("name").str.contains(_ENDS_LIST).alias("ends"),
            pl.col("name").str.contains("其中").shift(-1).over("at").fill_null(False).alias("is_total"),
        )
        .with_columns(
            (~pl.col("ends") & ~pl.col("is_total") & (pl.col("item_unit") == pl.col("unit")))
            .cast(pl.Int8)
            .cum_min()
            .over("at")
            .alias("counts")
        )
        .group_by("at", maintain_order=True)
        .agg(
            pl.col("value").filter(pl.col("counts") == 1).alias("values"),
            (pl.col("counts") == 0).any().alias("cut"),
            pl.col("name").str.contains(_ROUNDED).any().alias("rounded"),
            pl.col("name").filter(pl.col("counts") == 1).str.join("、").alias("names"),
        )
    )
    behind = pl.col("tail").str.extract(rf"^.*{_NUMBER}\s*{_UNIT}{_BRACKET}([^\d]*)$", 1).fill_null("")
    written_out = rf"[一二两三四五六七八九十百]+\s*{_UNIT}|\d"
    return (
        chunks.join(items, on="at")
        .with_columns(
            (behind.str.contains(_LEFT_OPEN) | behind.str.contains(written_out)).alias("open"),
            (pl.col("rounded") | pl.col("lead").str.contains(_ROUNDED)).alias("rounded"),
        )
        .filter(~pl.col("rounded") & (pl.col("values").list.len() >= 2))
    )


def _all_enumerations(text: pl.Expr) -> pl.Expr:
    """Every enumeration, also one that stands behind another in the same sentence."""
    behind = text.str.extract_all(rf"[；;]{_ENUMERATION}").list.eval(pl.element().str.strip_chars_start("；;"))
    return pl.concat_list(text.str.extract_all(_ENUMERATION), behind).list.unique(maintain_order=True)


def _value(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(",", "").cast(pl.Float64, strict=False)


def text_sum(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Enumerations whose items do not add up to the total in front of them.

    Too much is always wrong. Too little is wrong where the enumeration is closed: after 分别, where it lists kinds of
    applicant, or where what lacks is so little that nothing can have been left out on purpose.
    """
    total, values = pl.col("total"), pl.col("values")
    added = values.list.sum()
    # A second classification may follow the first in the same list: 5 = 3 + 2, 4 + 1.
    partly = values.list.eval(pl.element().cum_sum()).list.contains(total)
    lacking = (total - added) / total
    closed = (
        pl.col("opening").str.contains("分别")
        | pl.col("names").str.contains(_BY_NATURE_CLOSED)
        | ((values.list.len() >= 3) & (lacking <= thresholds["lacking"]))
        | ((values.list.len() == 2) & (lacking <= thresholds["lacking"] / 2) & pl.col("opening").str.contains("其中"))
    )
    picked = pl.col("names").str.contains(_BY_NATURE_OPEN)
    short = (added < total - EPSILON) & closed & ~pl.col("open") & ~picked
    found = _enumerations(corpus).with_columns(
        added.alias("added"), (~partly & ((added > total + EPSILON) | short)).alias("wrong")
    )
    wrong = found.filter("wrong").sort("at")
    sum_zh = values.list.eval(number(pl.element())).list.join("＋")
    sum_en = values.list.eval(number(pl.element())).list.join(" + ")
    start = position(pl.col("text"), pl.col("chunk"))
    as_written = pl.col("original").str.slice(start, pl.col("chunk").str.len_chars())
    excerpt = as_written.str.strip_chars(" ，,；;、")
    failed = outcomes(
        wrong,
        status="failed",
        left=number(pl.col("added")),
        right=number(total),
        message=pl.format(
            "正文列举与总数不符：写明{}{}，各项{}＝{}{}（“{}”）。",
            number(total),
            "unit",
            sum_zh,
            number(pl.col("added")),
            "unit",
            _shortened(excerpt),
        ),
        message_en=pl.format(
            "An enumeration does not add up: {} stated, but {} = {} (“{}”).",
            number(total),
            sum_en,
            number(pl.col("added")),
            _shortened(excerpt),
        ),
        evidence=evidence(
            quotes=pl.concat_list(quote(pl.col("section"), start, as_written)),
            stated=total,
            items=values,
            added=pl.col("added"),
        ),
    )
    checked = found.group_by("report_id").agg(pl.first("added", "total"))
    rest = (
        corpus.reports.select("report_id")
        .join(wrong, on="report_id", how="anti")
        .join(checked, on="report_id", how="left", maintain_order="left")
    )
    none = pl.col("total").is_null()
    return together(
        [
            failed,
            outcomes(
                rest,
                status=pl.when(none).then(pl.lit("not-applicable")).otherwise(pl.lit("passed")),
                reason=pl.when(none).then(pl.lit("no-claim")),
                left=number(pl.col("added")),
                right=number(pl.col("total")),
            ),
        ]
    )


def position(text: pl.Expr, part: pl.Expr) -> pl.Expr:
    """Where a part begins in a text, in characters; null where it does not occur."""
    before = text.str.splitn(part, 2).struct.field("field_0").str.len_chars()
    return pl.when(text.str.contains(part, literal=True)).then(before)


def _shortened(text: pl.Expr, limit: int = 60) -> pl.Expr:
    return (
        pl.when(text.str.len_chars() > limit).then(pl.concat_str(text.str.slice(0, limit), pl.lit("…"))).otherwise(text)
    )


RULES = (
    Rule(
        id="text-sum",
        family="claims",
        severity="warning",
        title=Wording("正文列举相加不符", "An enumeration does not add up"),
        reason=Wording(
            "正文写明总数又逐项列举的，各项相加应当等于总数。",
            "Where the text states a total and lists its items, the items must add up to it.",
        ),
        basis=Wording("条例第五十条", "Art. 50 of the Regulations"),
        formula=Wording(
            "“共N条，其中甲a条、乙b条……”：a＋b＋……＝N；带“等”“约”“余”的不比，明显只举其一部分的不比",
            "N, of which a, b, …: a + b + … = N; rounded and open enumerations are left out",
        ),
        remedy=Wording("重新汇总各项，更正总数或分项。", "Add up the items and correct the wrong number."),
        needs=("sections",),
        check=text_sum,
        thresholds=(
            Threshold(
                "lacking",
                0.4,
                Wording(
                    "“其中”三项以上、缺口不超过总数的多大比例才判为不符（两项减半）",
                    "share of the total that may lack for a list of three or more to count as closed (two: half)",
                ),
            ),
        ),
        example=Wording("共公开信息50条，其中网站30条、微信15条、公开栏3条。", "50 items, of which 30, 15 and 3."),
    ),
)
