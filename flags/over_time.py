"""Does a report agree with the issuer's own a year before."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from flags.cell_rules import zero_states
from flags.equations import form_frame
from flags.labels import COLUMNS_ZH, column_en
from flags.outcomes import EPSILON, evidence, number, outcomes, together
from flags.rule import Corpus, Rule, Threshold, Wording

_DOCUMENTS = {
    "rules": Wording("规章", "government rules"),
    "normative": Wording("行政规范性文件", "normative documents"),
}


def with_year_before(form: pl.LazyFrame, keys: list[str]) -> pl.LazyFrame:
    """Each report beside the same issuer's of the year before, figures of that one ending in `@`.

    Where an issuer has several reports for a year, there is a row for each; `report_id@` is null where there is none.
    """
    before = form.select(
        "issuer_id",
        (pl.col("year") + 1).alias("year"),
        pl.col("report_id").alias("report_id@"),
        pl.col("edition").alias("edition@"),
        pl.col("doubtful_keys").alias("doubtful_keys@"),
        *(pl.col(key).alias(f"{key}@") for key in keys),
    ).filter(pl.col("issuer_id").is_not_null() & pl.col("year").is_not_null())
    return form.join(before, on=["issuer_id", "year"], how="left", maintain_order="left_right")


def _why_not(missing: str) -> pl.Expr:
    """Why there is nothing to compare."""
    return (
        pl.when(pl.col("issuer_id").is_null())
        .then(pl.lit("no-issuer"))
        .when(pl.col("year").is_null())
        .then(pl.lit("no-year"))
        .when(pl.col("report_id@").is_null())
        .then(pl.lit("no-earlier-report"))
        .otherwise(pl.lit(missing))
    )


def _pick(pairs: pl.LazyFrame, state: pl.Expr) -> pl.LazyFrame:
    """One pair a report: one that agrees if any does, so that the lesser of two reports cannot accuse."""
    rank = state.replace_strict({"passed": 0, "failed": 1, "unsure": 1}, default=2, return_dtype=pl.Int8)
    return (
        pairs.with_columns(state.alias("state"), rank.alias("rank"))
        .sort("rank", maintain_order=True)
        .unique("report_id", keep="first", maintain_order=True)
        .drop("rank")
    )


def carry_over(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Each column's carried_in against the carried_out of the year before; one finding a report."""
    ins = {c: f"applications.carried_in.{c}" for c in COLUMNS_ZH}
    outs = {c: f"applications.carried_out.{c}" for c in COLUMNS_ZH}
    form = form_frame(corpus).select(
        "report_id", "issuer_id", "year", "edition", "doubtful_keys", *ins.values(), *outs.values()
    )
    pairs = with_year_before(form, list(outs.values()))
    differs = {c: (pl.col(ins[c]) - pl.col(f"{outs[c]}@")).abs() > EPSILON for c in COLUMNS_ZH}
    any_differs = pl.any_horizontal(list(differs.values())).fill_null(False)
    comparable = pl.any_horizontal([each.is_not_null() for each in differs.values()])
    rests_on = [
        each & (pl.lit(ins[c]).is_in(pl.col("doubtful_keys")) | pl.lit(outs[c]).is_in(pl.col("doubtful_keys@")))
        for c, each in differs.items()
    ]
    sure = pl.any_horizontal(
        [each & ~shaky.fill_null(False) for each, shaky in zip(differs.values(), rests_on, strict=True)]
    ).fill_null(False)
    state = (
        pl.when(any_differs)
        .then(pl.when(sure).then(pl.lit("failed")).otherwise(pl.lit("unsure")))
        .when(comparable)
        .then(pl.lit("passed"))
        .otherwise(pl.lit("not-applicable"))
    )
    found = _pick(pairs, state)
    total_in, total_out = pl.col(ins["total"]), pl.col(f"{outs['total']}@")
    words = [
        pl.when(differs[c]).then(
            pl.format(
                f"{zh if language == 'zh' else column_en(c) + ' '}{{}}→{{}}",
                number(pl.col(f"{outs[c]}@")),
                number(pl.col(ins[c])),
            )
        )
        for language in ("zh", "en")
        for c, zh in COLUMNS_ZH.items()
    ]
    zh, en = (
        pl.concat_str(words[n : n + len(ins)], separator=separator, ignore_nulls=True)
        for n, separator in ((0, "、"), (len(ins), ", "))
    )
    cells = pl.concat_list(
        [
            pl.when(differs[c]).then(
                pl.struct(
                    pl.lit(ins[c]).alias("key"),
                    pl.col(ins[c]).alias("value"),
                    pl.lit(outs[c]).alias("year_before_key"),
                    pl.col(f"{outs[c]}@").alias("year_before_value"),
                )
            )
            for c in COLUMNS_ZH
        ]
    ).list.drop_nulls()
    failed = pl.col("state").is_in(["failed", "unsure"])
    last = pl.col("year") - 1
    return outcomes(
        found,
        status=pl.col("state"),
        reason=pl.when(pl.col("state") == "not-applicable")
        .then(_why_not("blank"))
        .when(pl.col("state") == "unsure")
        .then(pl.lit("doubtful")),
        left=number(total_in),
        right=number(total_out),
        message=pl.when(failed).then(
            pl.format("上年结转与{}年报告的结转下年度对不上（{}年填报→本年填报）：{}。", last, last, zh)
        ),
        message_en=pl.when(failed).then(
            pl.format(
                "Carried in differs from what the {} report carried over ({} figure → this year's): {}.", last, last, en
            )
        ),
        evidence=pl.when(failed).then(evidence(cells=cells, reports=pl.concat_list("report_id@"))),
    )


def in_force(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Documents in force against last year's plus those issued less those repealed; one finding a kind of document."""
    columns = ("issued", "repealed", "in_force")
    keys = {row: {c: f"publication.{row}.{c}" for c in columns} for row in _DOCUMENTS}
    all_of = [key for each in keys.values() for key in each.values()]
    form = form_frame(corpus).select("report_id", "issuer_id", "year", "edition", "doubtful_keys", *all_of)
    before = [each["in_force"] for each in keys.values()]
    pairs = with_year_before(form, before)
    found = []
    passed = []
    for row, words in _DOCUMENTS.items():
        issued, repealed, now = (pl.col(keys[row][c]) for c in columns)
        last = pl.col(f"{keys[row]['in_force']}@")
        expected = last + issued - repealed
        shaky = (
            pl.col("doubtful_keys").list.set_intersection(pl.lit(list(keys[row].values()))).list.len() > 0
        ) | pl.col("doubtful_keys@").list.contains(keys[row]["in_force"])
        broken = (now - expected).abs() > EPSILON
        state = (
            pl.when(broken & shaky.fill_null(False))
            .then(pl.lit("unsure"))
            .when(broken)
            .then(pl.lit("failed"))
            .when(broken.is_not_null())
            .then(pl.lit("passed"))
            .otherwise(pl.lit("not-applicable"))
        )
        picked = _pick(pairs, state)
        year = pl.col("year") - 1
        parts = [number(each) for each in (last, issued, repealed, expected, now)]
        cells = pl.concat_list(
            [pl.struct(pl.lit(key).alias("key"), pl.col(key).alias("value")) for key in keys[row].values()]
        )
        found.append(
            outcomes(
                picked.filter(pl.col("state").is_in(["failed", "unsure"])),
                status=pl.col("state"),
                reason=pl.when(pl.col("state") == "unsure").then(pl.lit("doubtful")),
                left=number(now),
                right=number(expected),
                message=pl.format(
                    f"{words.zh}现行有效件数不衔接：{{}}年现行有效{{}}件＋本年制发{{}}件－本年废止{{}}件＝{{}}件，本年填报{{}}件。",
                    year,
                    *parts,
                ),
                message_en=pl.format(
                    f"{words.en.capitalize()} in force, {{}}: {{}} + {{}} issued - {{}} repealed = {{}}, not {{}}.",
                    year,
                    *parts,
                ),
                evidence=evidence(
                    cells=cells,
                    year_before=pl.struct(pl.lit(keys[row]["in_force"]).alias("key"), last.alias("value")),
                    reports=pl.concat_list("report_id@"),
                ),
            )
        )
        passed.append(
            picked.select(
                "report_id",
                pl.col("state").alias(row),
                number(now).alias(f"{row} now"),
                number(expected).alias(f"{row} expected"),
            )
        )
    rows = list(_DOCUMENTS)
    both = pairs.unique("report_id", keep="first", maintain_order=True)
    for each in passed:
        both = both.join(each, on="report_id")
    broken = pl.any_horizontal([pl.col(row).is_in(["failed", "unsure"]) for row in rows])
    holds = pl.any_horizontal([pl.col(row) == "passed" for row in rows])
    other_edition = (pl.col("edition") != "2021") | (pl.col("edition@") != "2021")
    rest = outcomes(
        both.filter(~broken),
        status=pl.when(holds).then(pl.lit("passed")).otherwise(pl.lit("not-applicable")),
        reason=pl.when(~holds).then(
            pl.when(pl.col("report_id@").is_not_null() & other_edition)
            .then(pl.lit("other-edition"))
            .otherwise(_why_not("blank"))
        ),
        left=pl.col("normative now"),
        right=pl.col("normative expected"),
    )
    return together([*found, rest])


def zero_streak(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Every figure zero in this and the years before, as many years running as the limit says."""
    years = int(thresholds["years"])
    states = zero_states(corpus).select("report_id", "issuer_id", "year", "zero")
    identified = states.filter(pl.col("issuer_id").is_not_null() & pl.col("year").is_not_null())
    by_year = identified.group_by("issuer_id", "year").agg(
        (pl.col("zero") == "zero").fill_null(False).all().alias("zero"), pl.col("report_id").min().alias("id")
    )
    joined = states
    for back in range(1, years):
        earlier = by_year.select(
            "issuer_id", pl.col("year") + back, pl.col("zero").alias(f"zero-{back}"), pl.col("id").alias(f"id-{back}")
        )
        joined = joined.join(earlier, on=["issuer_id", "year"], how="left", maintain_order="left")
    now = pl.col("zero") == "zero"
    earlier_zero = [pl.col(f"zero-{back}") for back in range(1, years)]
    running = pl.all_horizontal([now.fill_null(False), *(each.fill_null(False) for each in earlier_zero)])
    some_positive = (pl.col("zero") == "other").fill_null(False) | pl.any_horizontal(
        [~each.fill_null(True) for each in earlier_zero]
    )
    first = pl.col("year") - (years - 1)
    ids = pl.concat_list([pl.col(f"id-{back}") for back in range(1, years)])
    return outcomes(
        joined,
        status=pl.when(running)
        .then(pl.lit("failed"))
        .when(some_positive)
        .then(pl.lit("passed"))
        .otherwise(pl.lit("not-applicable")),
        reason=pl.when(~running & ~some_positive).then(
            pl.when(pl.col("issuer_id").is_null())
            .then(pl.lit("no-issuer"))
            .when(pl.col("year").is_null())
            .then(pl.lit("no-year"))
            .when(pl.col("zero").is_null())
            .then(pl.lit("blank"))
            .otherwise(pl.lit("no-earlier-report"))
        ),
        message=pl.when(running).then(
            pl.format("{}年至{}年连续{}年所有数据均为0，请核实是否如实统计。", first, pl.col("year"), years)
        ),
        message_en=pl.when(running).then(
            pl.format("Every figure is 0 for {} years running, {} to {}; please verify.", years, first, pl.col("year"))
        ),
        evidence=pl.when(running).then(evidence(reports=ids)),
    )


_BASIS_FORM = "国办公开办函〔2021〕30号、〔2019〕60号所附表格"

RULES = (
    Rule(
        id="carry-over",
        compares=True,
        family="time",
        severity="error",
        title=Wording("结转不衔接", "Carry-over does not connect"),
        reason=Wording(
            "上年报告结转下年度继续办理的申请，就是本年的上年结转，两个数应当相同。",
            "What last year's report carried over is what this year's carries in.",
        ),
        basis=Wording(f"{_BASIS_FORM}三第二项、第四项", "Table of section three, items two and four"),
        formula=Wording(
            "每列：本年“上年结转”＝上年报告“结转下年度继续办理”", "each column: carried_in = last year's carried_out"
        ),
        remedy=Wording("核对跨年申请台账，更正其中一年的数。", "Check the applications open at year's end."),
        needs=("applications.carried_in", "applications.carried_out"),
        check=carry_over,
        version=2,
        example=Wording("2022年结转下年度3件，2023年上年结转填0件。", "2022 carried 3 over, 2023 carried 0 in."),
    ),
    Rule(
        id="in-force",
        compares=True,
        family="time",
        severity="error",
        title=Wording("现行有效件数不衔接", "Documents in force do not connect"),
        reason=Wording(
            "现行有效件数应当等于上年现行有效件数加本年制发、减本年废止。",
            "Documents in force are last year's, plus those issued, less those repealed.",
        ),
        basis=Wording(
            "国办公开办函〔2021〕30号所附表格二第二十条第（一）项", "Table of section two, Art. 20 (1), edition 2021"
        ),
        formula=Wording(
            "规章、行政规范性文件：现行有效＝上年现行有效＋本年制发－本年废止",
            "in_force = last year's in_force + issued - repealed, rules and normative documents",
        ),
        remedy=Wording("对照文件清理结果核对三个数。", "Check the three figures against the list of documents."),
        needs=("publication.rules", "publication.normative"),
        check=in_force,
        example=Wording(
            "上年现行有效10件，本年制发2件、废止1件，却填12件。", "10 last year, 2 issued, 1 repealed, but 12 reported."
        ),
    ),
    Rule(
        id="zero-streak",
        compares=True,
        family="time",
        severity="warning",
        title=Wording("连年全零", "Zero year after year"),
        reason=Wording(
            "连续几年所有数据都是0，更像是没有统计，而不是没有发生。",
            "When every figure is zero year after year, it was likely never counted.",
        ),
        basis=Wording("条例第五十条", "Art. 50 of the Regulations"),
        formula=Wording("本年及此前连续各年的全部数据＝0", "all figures = 0 in this year and the years before it"),
        remedy=Wording(
            "核对各年台账，确属没有的在报告中说明。", "Check the registers of these years; explain if true."
        ),
        needs=("publication", "applications", "litigation"),
        check=zero_streak,
        thresholds=(Threshold("years", 3, Wording("连续几年（至少2）", "years running (at least 2)")),),
        example=Wording("2021、2022、2023年三份报告全部为0。", "The reports on 2021, 2022 and 2023 are all zeros."),
    ),
)
