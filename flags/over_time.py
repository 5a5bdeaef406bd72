"""Does a report agree with the issuer's own a year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from flags.cell_rules import zero_states
from flags.equations import form_frame
from flags.labels import COLUMNS_ZH, column_en
from flags.outcomes import EPSILON, doubtful, evidence, number, outcomes, together
from flags.rule import Corpus, Rule, Threshold, Wording

_FOUND = ("failed", "unsure")
_DOUBTFUL = pl.when(pl.col("state") == "unsure").then(pl.lit("doubtful"))
"""Why a finding is unsure."""


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


@dataclass(frozen=True, slots=True)
class _Carried:
    """A column of the applications carried from year to year; `carried_out` is that of the year before."""

    column: str

    @property
    def carried_in_key(self) -> str:
        """Of this year's report."""
        return f"applications.carried_in.{self.column}"

    @property
    def carried_out_key(self) -> str:
        """Of the report on the year before."""
        return f"applications.carried_out.{self.column}"

    @property
    def carried_in(self) -> pl.Expr:
        """How many came over into this year."""
        return pl.col(self.carried_in_key)

    @property
    def carried_out(self) -> pl.Expr:
        """How many the year before left over."""
        return pl.col(f"{self.carried_out_key}@")

    @property
    def differs(self) -> pl.Expr:
        """Whether the two are not the same; null where one is blank."""
        return (self.carried_in - self.carried_out).abs() > EPSILON

    @property
    def doubtful(self) -> pl.Expr:
        """Whether one of the two was read with low confidence."""
        now = pl.lit(self.carried_in_key).is_in(pl.col("doubtful_keys"))
        return (now | pl.lit(self.carried_out_key).is_in(pl.col("doubtful_keys@"))).fill_null(False)

    def told(self, name: str) -> pl.Expr:
        """Both figures as text behind a name, where they differ."""
        return pl.when(self.differs).then(
            pl.format(f"{name}{{}}→{{}}", number(self.carried_out), number(self.carried_in))
        )

    def cell(self) -> pl.Expr:
        """Evidence, where they differ."""
        return pl.when(self.differs).then(
            pl.struct(
                pl.lit(self.carried_in_key).alias("key"),
                self.carried_in.alias("value"),
                pl.lit(self.carried_out_key).alias("year_before_key"),
                self.carried_out.alias("year_before_value"),
            )
        )


def carry_over(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Each column's carried_in against the carried_out of the year before; one finding a report."""
    columns = [_Carried(column) for column in COLUMNS_ZH]
    into, out_of = ([getattr(each, key) for each in columns] for key in ("carried_in_key", "carried_out_key"))
    form = form_frame(corpus).select("report_id", "issuer_id", "year", "edition", "doubtful_keys", *into, *out_of)
    total = _Carried("total")
    zh = _joined([each.told(COLUMNS_ZH[each.column]) for each in columns], "、")
    en = _joined([each.told(f"{column_en(each.column)} ") for each in columns], ", ")
    cells = pl.concat_list([each.cell() for each in columns]).list.drop_nulls()
    failed = pl.col("state").is_in(_FOUND)
    last = pl.col("year") - 1
    return outcomes(
        _pick(with_year_before(form, out_of), _carried_state(columns)),
        status=pl.col("state"),
        reason=pl.when(pl.col("state") == "not-applicable").then(_why_not("blank")).otherwise(_DOUBTFUL),
        left=number(total.carried_in),
        right=number(total.carried_out),
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


def _carried_state(columns: Sequence[_Carried]) -> pl.Expr:
    differ = [each.differs for each in columns]
    surely = [each.differs & ~each.doubtful for each in columns]
    return (
        pl.when(pl.any_horizontal(differ).fill_null(False))
        .then(pl.when(pl.any_horizontal(surely).fill_null(False)).then(pl.lit("failed")).otherwise(pl.lit("unsure")))
        .when(pl.any_horizontal([each.is_not_null() for each in differ]))
        .then(pl.lit("passed"))
        .otherwise(pl.lit("not-applicable"))
    )


def _joined(texts: Sequence[pl.Expr], separator: str) -> pl.Expr:
    return pl.concat_str(texts, separator=separator, ignore_nulls=True)


@dataclass(frozen=True, slots=True)
class _Documents:
    """A kind of document of section two; `last` is what was in force in the report on the year before."""

    row: str
    words: Wording

    @property
    def keys(self) -> tuple[str, str, str]:
        """Issued, repealed and in force."""
        issued, repealed, in_force = (f"publication.{self.row}.{c}" for c in ("issued", "repealed", "in_force"))
        return issued, repealed, in_force

    @property
    def last(self) -> pl.Expr:
        """In force a year before."""
        return pl.col(f"{self.keys[-1]}@")

    @property
    def now(self) -> pl.Expr:
        """In force as reported."""
        return pl.col(self.keys[-1])

    @property
    def expected(self) -> pl.Expr:
        """In force as the other three figures would have it."""
        issued, repealed, _ = map(pl.col, self.keys)
        return self.last + issued - repealed

    def state(self) -> pl.Expr:
        """The status of a report beside the one on the year before."""
        broken = (self.now - self.expected).abs() > EPSILON
        doubtful_before = pl.col("doubtful_keys@").list.contains(self.keys[-1])
        return (
            pl.when(broken & (doubtful(self.keys) | doubtful_before).fill_null(False))
            .then(pl.lit("unsure"))
            .when(broken)
            .then(pl.lit("failed"))
            .when(broken.is_not_null())
            .then(pl.lit("passed"))
            .otherwise(pl.lit("not-applicable"))
        )

    def findings(self, judged: pl.LazyFrame) -> pl.LazyFrame:
        """Outcome rows of the reports whose figures do not connect."""
        issued, repealed, _ = map(pl.col, self.keys)
        figures = [number(each) for each in (self.last, issued, repealed, self.expected, self.now)]
        year = pl.col("year") - 1
        cells = [pl.struct(pl.lit(key).alias("key"), pl.col(key).alias("value")) for key in self.keys]
        return outcomes(
            judged.filter(pl.col("state").is_in(_FOUND)),
            status=pl.col("state"),
            reason=_DOUBTFUL,
            left=number(self.now),
            right=number(self.expected),
            message=pl.format(
                f"{self.words.zh}现行有效件数不衔接："
                "{}年现行有效{}件＋本年制发{}件－本年废止{}件＝{}件，本年填报{}件。",
                year,
                *figures,
            ),
            message_en=pl.format(
                f"{self.words.en.capitalize()} in force, {{}}: {{}} + {{}} issued - {{}} repealed = {{}}, not {{}}.",
                year,
                *figures,
            ),
            evidence=evidence(
                cells=pl.concat_list(cells),
                year_before=pl.struct(pl.lit(self.keys[-1]).alias("key"), self.last.alias("value")),
                reports=pl.concat_list("report_id@"),
            ),
        )

    def sides(self, judged: pl.LazyFrame) -> pl.LazyFrame:
        """`report_id`, the state under the name of the row, and both sides as text."""
        return judged.select(
            "report_id",
            pl.col("state").alias(self.row),
            number(self.now).alias(f"{self.row} now"),
            number(self.expected).alias(f"{self.row} expected"),
        )


_DOCUMENTS = (
    _Documents("rules", Wording("规章", "government rules")),
    _Documents("normative", Wording("行政规范性文件", "normative documents")),
)


def in_force(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Documents in force against last year's plus those issued less those repealed; one finding a kind of document."""
    keys = [key for each in _DOCUMENTS for key in each.keys]
    form = form_frame(corpus).select("report_id", "issuer_id", "year", "edition", "doubtful_keys", *keys)
    pairs = with_year_before(form, [each.keys[-1] for each in _DOCUMENTS])
    judged = [(each, _pick(pairs, each.state())) for each in _DOCUMENTS]
    found = [documents.findings(frame) for documents, frame in judged]
    sides = pairs.unique("report_id", keep="first", maintain_order=True)
    for documents, frame in judged:
        sides = sides.join(documents.sides(frame), on="report_id")
    return together([*found, _in_force_elsewhere(sides)])


def _in_force_elsewhere(sides: pl.LazyFrame) -> pl.LazyFrame:
    """Outcome rows of the reports without findings."""
    states = [pl.col(each.row) for each in _DOCUMENTS]
    holds = pl.any_horizontal([state == "passed" for state in states])
    other_edition = (pl.col("edition") != "2021") | (pl.col("edition@") != "2021")
    return outcomes(
        sides.filter(~pl.any_horizontal([state.is_in(_FOUND) for state in states])),
        status=pl.when(holds).then(pl.lit("passed")).otherwise(pl.lit("not-applicable")),
        reason=pl.when(~holds).then(
            pl.when(pl.col("report_id@").is_not_null() & other_edition)
            .then(pl.lit("other-edition"))
            .otherwise(_why_not("blank"))
        ),
        left=pl.col("normative now"),
        right=pl.col("normative expected"),
    )


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
