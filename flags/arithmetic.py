"""Do the figures of one form agree with each other, and are they figures at all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import polars as pl

from flags import repair
from flags.equations import (
    BROKEN,
    FORM_EDITIONS,
    HOLDS,
    UNDECIDED,
    Equation,
    applicant_equations,
    balance_equations,
    broken_sums,
    form_frame,
    known,
    litigation_equations,
    outcome_equations,
    states,
)
from flags.outcomes import NO_ROWS, evidence, nothing_to_word, number, outcomes, together
from flags.rule import Check, Corpus, Rule, Wording


def unbroken(corpus: Corpus, equations: tuple[Equation, ...], table: str) -> pl.LazyFrame:
    """Outcome rows of the reports in which no equation is broken: passed, or not applicable and why."""
    names = [each.id for each in equations]
    form = form_frame(corpus).join(states(corpus).select("report_id", *names), on="report_id", maintain_order="left")
    holds, undecided, broken = (
        pl.any_horizontal([pl.col(name) == state for name in names]).fill_null(False)
        for state in (HOLDS, UNDECIDED, BROKEN)
    )
    blank = (
        pl.when(~pl.col("edition").is_in(FORM_EDITIONS))
        .then(pl.lit("no-form"))
        .when(pl.col("tables").struct.field(table) != "present")
        .then(pl.lit("no-table"))
        .when(pl.col("doubtful_keys").list.len() > 0)
        .then(pl.lit("doubtful"))
        .otherwise(pl.lit("blank"))
    )
    shown = [each for each in equations if each.id.endswith((":total", ":new", ":review"))]
    sides = [
        [pl.when(pl.col(each.id) == HOLDS).then(number(known(keys))) for each, keys in pairs]
        for pairs in ([(e, e.left) for e in shown], [(e, e.right) for e in shown])
    ]
    return outcomes(
        form.filter(~broken),
        status=pl.when(holds).then(pl.lit("passed")).otherwise(pl.lit("not-applicable")),
        reason=pl.when(~holds).then(blank).when(undecided).then(pl.lit("some-blank")),
        left=pl.coalesce(sides[0]),
        right=pl.coalesce(sides[1]),
    )


def _broken(corpus: Corpus, broken: pl.DataFrame, zh: str, en: str, *, mend: bool) -> pl.LazyFrame:
    """Outcome rows of broken equations. `zh` and `en` hold fields named after columns, in braces."""
    found = broken.lazy()
    if mend:
        mends = repair.mends(corpus, found.select("report_id")).collect().lazy()
        causes = mends.rename({"key": "mend_key", "value": "mend_value"})
        found = found.join(causes, on=["report_id", "equation"], how="left")
        mend_zh, mend_en, cause = *repair.mend_words(), repair.cause()
    else:
        mend_zh = mend_en = pl.lit(None, pl.String)
        cause = pl.lit(None, pl.String)
    difference = (pl.col("left") - pl.col("right")).abs()
    blank_zh = pl.when("blank").then(pl.lit("（空白项未计入）")).otherwise(pl.lit(""))
    blank_en = pl.when("blank").then(pl.lit(" (blanks not counted)")).otherwise(pl.lit(""))
    fields = {
        "place": pl.col("place"),
        "place_en": pl.col("place_en"),
        "left": number(pl.col("left")),
        "right": number(pl.col("right")),
        "difference": number(difference),
    } | {name: pl.col(name) for name in ("left_terms", "right_terms", "left_terms_en", "right_terms_en")}
    return outcomes(
        found.sort("report_id", "order"),
        status=pl.when("doubtful").then(pl.lit("unsure")).otherwise(pl.lit("failed")),
        reason=pl.when("doubtful").then(pl.lit("doubtful")),
        left=number(pl.col("left")),
        right=number(pl.col("right")),
        message=pl.concat_str(_filled(zh, fields), blank_zh, mend_zh.fill_null(""), pl.lit("。")),
        message_en=pl.concat_str(_filled(en, fields), blank_en, mend_en.fill_null(""), pl.lit(".")),
        evidence=evidence(cells=pl.col("cells"), cause=cause),
    )


def _filled(template: str, fields: Mapping[str, pl.Expr]) -> pl.Expr:
    """A template with `{name}` fields as an expression."""
    parts: list[pl.Expr] = []
    for piece in template.split("{"):
        name, closing, rest = piece.partition("}")
        parts += [fields[name], pl.lit(rest)] if closing else [pl.lit(name)]
    return pl.concat_str(parts)


def _sum_check(
    corpus: Corpus,
    thresholds: Mapping[str, float],
    *,
    equations: tuple[Equation, ...],
    table: str,
    zh: str,
    en: str,
) -> pl.LazyFrame:
    # Few reports have broken sums: read at once, so that the search for mends is planned over them alone.
    broken = broken_sums(corpus, equations).collect()
    if nothing_to_word(broken):
        return NO_ROWS
    found = _broken(corpus, broken, zh, en, mend=table == "applications") if broken.height else NO_ROWS
    return together([found, unbroken(corpus, equations, table)])


def _sum_rule(equations: tuple[Equation, ...], table: str, zh: str, en: str) -> Check:
    return partial(_sum_check, equations=equations, table=table, zh=zh, en=en)


_BLANK_NOTE_ZH = "有空白时，只有已填部分已经超出才判为不符，其余由“blank-cells”提示"
_BLANK_NOTE_EN = "with blanks a sum counts as broken only if the stated part is too large already; see blank-cells"
_PARTS_EN = "; " + _BLANK_NOTE_EN
_BASIS_FORM = "国办公开办函〔2021〕30号、〔2019〕60号所附表格"

RULES = (
    Rule(
        id="balance",
        family="arithmetic",
        severity="error",
        title=Wording("收办结转不平衡", "Applications do not balance"),
        reason=Wording(
            "本年新收与上年结转之和应当等于办理结果总计与结转下年度之和，不等说明至少有一个数填错。",
            "What came in must equal what was decided plus what is carried over; if not, a figure is wrong.",
        ),
        basis=Wording(
            f"{_BASIS_FORM}三：“第一项加第二项之和，等于第三项加第四项之和”；条例第五十条第（二）项",
            "Table of section three, as printed: item one plus item two equals item three plus item four; Art. 50 (2)",
        ),
        formula=Wording(
            f"每列：本年新收＋上年结转＝办理结果总计＋结转下年度；{_BLANK_NOTE_ZH}",
            f"each column: new + carried_in = total + carried_out{_PARTS_EN}",
        ),
        remedy=Wording(
            "核对该列登记台账，更正四项中填错的数。", "Check the register and correct the wrong one of the four."
        ),
        needs=("applications.new", "applications.carried_in", "applications.total", "applications.carried_out"),
        check=_sum_rule(
            balance_equations(),
            "applications",
            "{place}收办不平衡：{left_terms}＝{left}件，{right_terms}＝{right}件，相差{difference}件",
            "{place_en} does not balance: {left_terms_en} = {left}, but {right_terms_en} = {right}"
            " (difference {difference})",
        ),
        example=Wording(
            "新收5件、上年结转1件，办理结果总计4件、结转下年度1件：6≠5。",
            "5 new and 1 carried in, but 4 decided and 1 carried over: 6 is not 5.",
        ),
    ),
    Rule(
        id="outcome-sum",
        family="arithmetic",
        severity="error",
        title=Wording("办理结果分项与总计不符", "Outcomes do not add up to their total"),
        reason=Wording(
            "予以公开至其他处理各项互不重复，相加应当等于（七）总计。",
            "The outcomes exclude each other, so together they must equal the total.",
        ),
        basis=Wording(
            f"{_BASIS_FORM}三第三项（一）至（七）；条例第五十条第（二）项",
            "Table of section three, item three (1) to (7); Art. 50 (2)",
        ),
        formula=Wording(
            f"每列：（一）至（六）各行之和＝（七）总计；{_BLANK_NOTE_ZH}",
            f"each column: sum of outcomes = total{_PARTS_EN}",
        ),
        remedy=Wording(
            "核对各办理结果分项；部分公开只计一次，不再计入其他情形。",
            "Check each outcome; partly granted counts only once.",
        ),
        needs=("applications.granted", "applications.partial", "applications.total"),
        check=_sum_rule(
            outcome_equations(),
            "applications",
            "{place}办理结果各项相加为{left}件，（七）总计填报为{right}件，相差{difference}件",
            "{place_en}: the outcomes add up to {left}, but the total says {right} (difference {difference})",
        ),
        example=Wording(
            "予以公开3件、不予公开1件，总计填5件：4≠5。", "3 granted and 1 denied, but the total says 5: 4 is not 5."
        ),
    ),
    Rule(
        id="applicant-sum",
        family="arithmetic",
        severity="error",
        title=Wording("申请人分类与总计不符", "Kinds of applicant do not add up to the total"),
        reason=Wording(
            "自然人与五类法人或其他组织相加应当等于总计列。",
            "Natural persons and the five kinds of organisation together must equal the total column.",
        ),
        basis=Wording(
            f"{_BASIS_FORM}三“申请人情况”各列；条例第五十条第（二）项",
            "Table of section three, columns of applicants; Art. 50 (2)",
        ),
        formula=Wording(
            f"每行：自然人＋商业企业＋科研机构＋社会公益组织＋法律服务机构＋其他＝总计；{_BLANK_NOTE_ZH}",
            f"each row: person + business + research + nonprofit + legal + other = total{_PARTS_EN}",
        ),
        remedy=Wording("按申请人类别重新汇总该行。", "Add the row up again by kind of applicant."),
        needs=("applications",),
        check=_sum_rule(
            applicant_equations(),
            "applications",
            "{place}六类申请人相加为{left}件，总计列填报为{right}件，相差{difference}件",
            "{place_en}: the six kinds of applicant add up to {left}, but the total column says {right}"
            " (difference {difference})",
        ),
        example=Wording(
            "自然人3件、商业企业1件，总计列填3件：4≠3。", "3 persons and 1 business, but the total column says 3."
        ),
    ),
    Rule(
        id="litigation-sum",
        family="arithmetic",
        severity="error",
        title=Wording("复议诉讼结果与总计不符", "Results of disputes do not add up to their total"),
        reason=Wording(
            "结果维持、结果纠正、其他结果、尚未审结相加应当等于该组总计。",
            "Upheld, corrected, other and pending together must equal the group's total.",
        ),
        basis=Wording(f"{_BASIS_FORM}四；条例第五十条第（三）项", "Table of section four; Art. 50 (3)"),
        formula=Wording(
            f"每组：结果维持＋结果纠正＋其他结果＋尚未审结＝总计；{_BLANK_NOTE_ZH}",
            f"each group: upheld + corrected + other + pending = total{_PARTS_EN}",
        ),
        remedy=Wording("核对该组复议、诉讼案件的结果。", "Check the results of the group's cases."),
        needs=("litigation",),
        check=_sum_rule(
            litigation_equations(),
            "litigation",
            "{place}四种结果相加为{left}件，总计填报为{right}件，相差{difference}件",
            "{place_en}: the four results add up to {left}, but the total says {right} (difference {difference})",
        ),
        example=Wording("维持2件、纠正1件，总计填2件：3≠2。", "2 upheld and 1 corrected, but the total says 2."),
    ),
)
