"""The sums that the form itself demands, as data, and their evaluation over the wide table of figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import polars as pl

from flags.corpus import once_per_corpus
from flags.labels import COLUMNS_ZH, column_en, row_en
from flags.outcomes import EPSILON, number
from flags.rule import Corpus, Wording
from loaders.form.editions import Edition, Row, edition, editions

FORM_EDITIONS = ("2019", "2021")
UNDECIDED, HOLDS, BROKEN = 0, 1, 2
"""States of an equation in a report; null where the report's edition does not have it."""

_SHORT_ZH = {"new": "本年新收", "carried_in": "上年结转", "total": "办理结果总计", "carried_out": "结转下年度"}
_SHORT_EN = {"new": "new", "carried_in": "carried in", "total": "decided", "carried_out": "carried over"}


@dataclass(frozen=True, slots=True)
class Equation:
    """The figures of `left` together must equal those of `right`. An empty `edition` stands for both."""

    id: str
    place: Wording
    left: tuple[str, ...]
    right: tuple[str, ...]
    edition: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """All figures of the equation."""
        return self.left + self.right


def _application_rows(each: Edition) -> tuple[Row, ...]:
    return each.blocks_of("applications")[0].rows


@cache
def outcome_rows(name: str) -> tuple[str, ...]:
    """The rows of the applications table that count outcomes, (一) to (六) of item three."""
    keys = [row.key for row in _application_rows(edition(name))]
    return tuple(keys[keys.index("granted") : keys.index("total")])


def _key(row: str, column: str, table: str = "applications") -> str:
    return f"{table}.{row}.{column}"


def _column(column: str) -> Wording:
    return Wording(f"“{COLUMNS_ZH[column]}”列", f"Column “{column_en(column)}”")


@cache
def balance_equations() -> tuple[Equation, ...]:
    """Item one plus item two equals item three plus item four, column by column."""
    return tuple(
        Equation(
            f"balance:{column}",
            _column(column),
            (_key("new", column), _key("carried_in", column)),
            (_key("total", column), _key("carried_out", column)),
        )
        for column in COLUMNS_ZH
    )


@cache
def outcome_equations() -> tuple[Equation, ...]:
    """The outcomes add up to their total, column by column."""
    return tuple(
        Equation(
            f"outcome-sum:{name}:{column}",
            _column(column),
            tuple(_key(row, column) for row in outcome_rows(name)),
            (_key("total", column),),
            name,
        )
        for name in FORM_EDITIONS
        for column in COLUMNS_ZH
    )


@cache
def applicant_equations() -> tuple[Equation, ...]:
    """The six kinds of applicant add up to the total column, row by row."""
    rows: dict[str, tuple[Row, set[str]]] = {}
    for each in editions():
        for row in _application_rows(each):
            rows.setdefault(row.key, (row, set()))[1].add(each.name)
    kinds = [column for column in COLUMNS_ZH if column != "total"]
    return tuple(
        Equation(
            f"applicant-sum:{key}",
            Wording(f"“{row.group}{row.label.split('（区分')[0]}”行", f"Row “{row_en(key)}”"),
            tuple(_key(key, column) for column in kinds),
            (_key(key, "total"),),
            "" if len(names) == len(FORM_EDITIONS) else min(names),
        )
        for key, (row, names) in rows.items()
    )


@cache
def litigation_equations() -> tuple[Equation, ...]:
    """The four results add up to the group's total."""
    groups = {"review": "行政复议", "direct": "未经复议直接起诉", "after_review": "复议后起诉"}
    results = ("upheld", "corrected", "other", "pending")
    return tuple(
        Equation(
            f"litigation-sum:{group}",
            Wording(f"“{label}”", f"“{row_en(group)}”"),
            tuple(_key(group, result, "litigation") for result in results),
            (_key(group, "total", "litigation"),),
        )
        for group, label in groups.items()
    )


def form_frame(corpus: Corpus) -> pl.LazyFrame:
    """Figures with what is needed to judge them: edition, year, tables, issuer."""
    return _form(corpus).lazy()


@once_per_corpus
def _form(corpus: Corpus) -> pl.DataFrame:
    about = corpus.reports.select(
        "report_id",
        pl.col("edition").cast(pl.String),
        "year",
        "tables",
        "issuer_id",
        "issuer",
        pl.col("issuer_kind").cast(pl.String),
    )
    figures, described = pl.collect_all([corpus.figures, about])
    if figures["report_id"].equals(described["report_id"]):
        # As a rule both stand in the same order: the columns are put side by side, and nothing is copied.
        return figures.hstack(described.drop("report_id"))
    return figures.join(described, on="report_id", how="inner")


def known(keys: tuple[str, ...]) -> pl.Expr:
    """The sum of what is stated; a blank adds nothing."""
    return pl.sum_horizontal(keys)


def states(corpus: Corpus) -> pl.LazyFrame:
    """`report_id` and a column an equation of the form, named after it: its state. Shared by the rules that ask."""
    return _states(corpus).lazy()


@once_per_corpus
def _states(corpus: Corpus) -> pl.DataFrame:
    equations = (*balance_equations(), *outcome_equations(), *applicant_equations(), *litigation_equations())
    form = _form(corpus)
    return form.select("report_id").hstack(states_of(form, equations))


def states_of(form: pl.DataFrame, equations: tuple[Equation, ...]) -> list[pl.Series]:
    """A column an equation, named after it: whether it holds.

    With blanks on one side an equation is broken only if the other side is too small already: a blank may hide any
    count but no negative one, so 3 + 4 + blank cannot be 5. Column by column, for a plan with a dozen expressions an
    equation takes longer than the work.
    """
    keys = sorted({key for each in equations for key in each.keys})
    sides = _Sides(form.select(keys))
    no_negative = form.select(pl.min_horizontal(keys).ge(0).fill_null(True)).to_series()
    broken_ones, nothing = (pl.Series([each], dtype=pl.Int8).new_from_index(0, form.height) for each in (BROKEN, None))
    editions_found = form.get_column("edition")
    found = []
    for each in equations:
        left, left_whole = sides.of(each.left)
        right, right_whole = sides.of(each.right)
        over, under = left > right + EPSILON, left < right - EPSILON
        broken = (over & right_whole & (left_whole | no_negative)) | (under & left_whole & (right_whole | no_negative))
        whole = left_whole & right_whole
        state = broken_ones.zip_with(broken, whole.cast(pl.Int8))  # as numbers, true is HOLDS and false UNDECIDED
        if each.edition:
            state = state.zip_with(editions_found == each.edition, nothing)
        found.append(state.alias(each.id))
    return found


class _Sides:
    """Sums of figures, blanks left out, and in which reports none of the figures is blank."""

    def __init__(self, figures: pl.DataFrame) -> None:
        blank = [key for key in figures.columns if figures.get_column(key).has_nulls()]
        self._stated = figures.with_columns(pl.col(blank).fill_null(0.0)).to_dict()
        self._there = figures.select(pl.col(blank).is_not_null()).to_dict()
        self._all = pl.Series([True]).new_from_index(0, figures.height)

    def of(self, keys: tuple[str, ...]) -> tuple[pl.Series, pl.Series]:
        """The sum of what is stated, and whether all is."""
        total = self._stated[keys[0]]
        for key in keys[1:]:
            total = total + self._stated[key]
        whole = self._all
        for key in keys:
            if key in self._there:
                whole = whole & self._there[key]
        return total, whole


def _terms(equations: tuple[Equation, ...]) -> pl.LazyFrame:
    rows = [
        (
            index,
            each.id,
            each.place.zh,
            each.place.en,
            side,
            key,
            _SHORT_ZH.get(key.split(".")[1], ""),
            _SHORT_EN.get(key.split(".")[1], ""),
        )
        for index, each in enumerate(equations)
        for side, keys in (("left", each.left), ("right", each.right))
        for key in keys
    ]
    names = ["order", "equation", "place", "place_en", "side", "key", "term", "term_en"]
    return pl.LazyFrame(rows, schema=names, orient="row").with_row_index("at")


def broken_sums(corpus: Corpus, equations: tuple[Equation, ...]) -> pl.LazyFrame:
    """A row a broken equation: `report_id`, `equation`, `place`, both sides as numbers and as terms, `cells`.

    `blank` says whether figures of it are blank, `doubtful` whether it rests on figures read with low confidence.
    """
    names = [each.id for each in equations]
    keys = sorted({key for each in equations for key in each.keys})
    broken_ones = states(corpus).filter(pl.any_horizontal([pl.col(name) == BROKEN for name in names]))
    failing = form_frame(corpus).join(broken_ones.select("report_id", *names), on="report_id")
    broken = (
        failing.select("report_id", "doubtful_keys", *names)
        .unpivot(names, index=["report_id", "doubtful_keys"], variable_name="equation", value_name="state")
        .filter(pl.col("state") == BROKEN)
        .drop("state")
    )
    values = failing.select("report_id", *keys).unpivot(keys, index="report_id", variable_name="key")
    value, left = pl.col("value"), pl.col("side") == "left"
    shown = (value != 0) | ~left | (pl.col("term") != "")
    term = pl.concat_str(pl.col("term"), number(value), pl.lit("件"))
    term_en = pl.concat_str(number(value), pl.lit(" "), pl.col("term_en"))
    return (
        broken.join(_terms(equations), on="equation")
        .join(values, on=["report_id", "key"])
        .sort("report_id", "at")
        .group_by("report_id", "equation", maintain_order=True)
        .agg(
            pl.first("order", "place", "place_en"),
            value.filter(left).sum().alias("left"),
            value.filter(~left).sum().alias("right"),
            term.filter(left & value.is_not_null()).str.join("＋").alias("left_terms"),
            term.filter(~left & value.is_not_null()).str.join("＋").alias("right_terms"),
            term_en.filter(left & value.is_not_null()).str.join(" + ").alias("left_terms_en"),
            term_en.filter(~left & value.is_not_null()).str.join(" + ").alias("right_terms_en"),
            value.is_null().any().alias("blank"),
            pl.col("key").is_in(pl.col("doubtful_keys").first()).any().alias("doubtful"),
            pl.struct("key", "value").filter(shown.fill_null(True)).alias("cells"),
        )
    )
