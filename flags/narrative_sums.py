"""Do the enumerations that the narrative itself spells out add up."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from flags.enumerations import enumerations
from flags.outcomes import EPSILON, NO_ROWS, evidence, nothing_to_word, number, outcomes, quote, together
from flags.rule import Corpus, Rule, Threshold, Wording

_BY_NATURE_CLOSED = r"自然人|公民|个人"
"""Applicants are persons or organisations: such an enumeration has no third."""

_BY_NATURE_OPEN = r"予以公开|部分公开|不予公开|无法提供|不予处理|办结|答复|维持|纠正|审结|其他结果"
"""Outcomes that a text picks out; whether they are right is for text-outcomes to say."""


_MOST_NESTED = 30
"""Items of a list that may have parts of their own: each may be tried with them and without."""


def _wrong(lacking_most: float, lacking_surely: float) -> pl.Expr:
    """Whether an enumeration contradicts its total.

    Too much is wrong. Too little is wrong where the enumeration is closed: after 分别, where it lists kinds of
    applicant, or where so little lacks that nothing can have been left out on purpose. Where several numbers stand in
    front, any or all together may be the total; where the list goes on with a second classification (5 = 3 + 2,
    4 + 1), its beginning must fit; where the total stands behind, the end of the list must. It fits as well where
    items of other units make up what lacks (50条，其中网站30条、微信18条，回复留言2件).
    """
    total, values, added = pl.col("total"), pl.col("values"), pl.col("added")
    fits = _fits(values) | _fits(pl.col("of_any_unit"))
    lacking = (total - added) / total
    several = pl.col("others").list.len() > 0
    joint = pl.col("joint")
    # What was left out on purpose is as large as what was listed, unless next to nothing lacks.
    nothing_left_out = (lacking <= lacking_surely) | (total - added < values.list.min())
    closed = (
        joint.str.contains("分别")
        | pl.col("names").str.contains(_BY_NATURE_CLOSED)
        | ((values.list.len() >= 3) & (lacking <= lacking_most) & nothing_left_out)
        | ((values.list.len() == 2) & (lacking <= lacking_most / 2) & nothing_left_out & joint.str.contains("其中"))
    )
    picked = pl.col("names").str.contains(_BY_NATURE_OPEN)
    short = (added < total - EPSILON) & closed & ~pl.col("open") & ~picked
    # Of several numbers the nearest is the total only if it can hold every item.
    holds_all = values.list.max() <= total
    over = (added > total + EPSILON) & (holds_all | ~(several | picked)) & ~(several & picked)
    # Of 收到117件，结转4件，共办结115件 the rest goes on next year; only more than there was cannot be.
    near = (lacking.abs() <= lacking_most) & ~(pl.col("handled") & (added > total))
    return (total > 0) & ~fits & pl.when("behind").then(near).otherwise(over | short)


def _fits(values: pl.Expr) -> pl.Expr:
    """Whether the beginning of a list is a total in front of it, or its end the total behind."""
    total = pl.col("total")
    running = values.list.eval(pl.element().cum_sum())
    ending = values.list.reverse().list.eval(pl.element().cum_sum())
    together_with_others = total + pl.col("others").list.sum()  # 收到9件，上年结转1件，其中网络5件、信函5件
    totals = pl.concat_list(pl.concat_list("total"), "others", pl.concat_list(together_with_others))
    return (
        pl.when("behind")
        .then(ending.list.contains(total))
        .otherwise(running.list.set_intersection(totals).list.len() > 0)
    )


def _are_parts_of_parts(total: float, values: list[float]) -> bool:
    """Whether the list holds items and, behind some of them, what these are made of: 11 = 7 (6 + 1) + 4 (2 + 2)."""
    if not values or total <= 0:
        return total == 0 and not values
    if len(values) > _MOST_NESTED:
        return False
    item, rest = values[0], values[1:]
    if item <= 0 or item > total:
        return False
    inner = 0.0
    for count, value in enumerate(rest, 1):
        inner += value
        if inner == item and count > 1 and _are_parts_of_parts(total - item, rest[count:]):
            return True
        if inner > item:
            break
    return _are_parts_of_parts(total - item, rest)


def text_sum(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Enumerations whose items do not add up to the total they state."""
    values, total = pl.col("values"), pl.col("total")
    listed = enumerations(corpus)
    if listed is None:
        return outcomes(corpus.reports, status="not-applicable", reason="no-claim")
    found = (
        listed.with_columns(values.list.sum().alias("added"))
        .with_columns(_wrong(thresholds["lacking"], thresholds["lacking_surely"]).fill_null(False).alias("wrong"))
        .collect()
    )
    nested = pl.struct("total", "values").map_elements(
        lambda row: _are_parts_of_parts(row["total"], row["values"]), return_dtype=pl.Boolean
    )
    wrong = found.filter("wrong").filter(~nested).sort("at")
    if nothing_to_word(wrong):
        return NO_ROWS
    sum_zh = values.list.eval(number(pl.element())).list.join("＋")
    sum_en = values.list.eval(number(pl.element())).list.join(" + ")
    excerpt = _shortened(pl.col("excerpt").str.strip_chars(" ，,；;、"))
    failed = outcomes(
        wrong.lazy(),
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
            excerpt,
        ),
        message_en=pl.format(
            "An enumeration does not add up: {} stated, but {} = {} (“{}”).",
            number(total),
            sum_en,
            number(pl.col("added")),
            excerpt,
        ),
        evidence=evidence(
            quotes=pl.concat_list(quote(pl.col("section"), pl.col("start"), pl.col("excerpt"))),
            stated=total,
            items=values,
            added=pl.col("added"),
        ),
    )
    checked = found.lazy().group_by("report_id").agg(pl.col("added", "total").sort_by("at").first())
    rest = (
        corpus.reports.select("report_id")
        .join(wrong.lazy(), on="report_id", how="anti")
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
        version=6,
        thresholds=(
            Threshold(
                "lacking",
                0.4,
                Wording(
                    "“其中”三项以上、缺口不超过总数的多大比例才判为不符（两项减半）",
                    "share of the total that may lack for a list of three or more to count as closed (two: half)",
                ),
            ),
            Threshold(
                "lacking_surely",
                0.15,
                Wording(
                    "缺口超过总数的多大比例时，还须小于最小一项才判为不符",
                    "share of the total beyond which what lacks must also be less than the smallest item",
                ),
            ),
        ),
        example=Wording("共公开信息50条，其中网站30条、微信15条、公开栏3条。", "50 items, of which 30, 15 and 3."),
    ),
)
