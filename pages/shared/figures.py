"""Figures as cards and as small frames: a rate never without its numerator and denominator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from flags.measures import MEASURES, OUTCOME_GROUPS, Measure, wilson_interval
from flags.rule import Wording
from loaders.form.editions import edition
from pages.shared import address, data_access, findings_data, panel, words
from pages.shared.filters import Filters
from pages.shared.language import _, fraction, number, percent, row_name, say


def of_year(by_year: pl.DataFrame, year: int | None) -> dict[str, Any]:
    """The row of one year; empty where there is none."""
    if year is None:
        return {}
    return next(iter(by_year.filter(pl.col("year") == year).to_dicts()), {})


def change(now: float | None, before: float | None, rate: bool = False) -> str | None:
    """How a figure moved since last year; None where either is missing."""
    if now is None or before is None or now == before:
        return None
    if rate:
        return f"{(now - before) * 100:+.1f} {_('个百分点')}"
    return f"{'+' if now > before else '-'}{number(abs(now - before))}"


def last_year(value: float | None, rate: bool = False) -> str:
    """A line that says what a figure was last year; nothing where it is not known."""
    return "" if value is None else "\n" + _("上年{value}").format(value=percent(value) if rate else number(value))


def card_row(count: int) -> DeltaGenerator:
    """A row of so many cards that wraps where the screen is narrow; the style sheet makes it come out even."""
    return st.grid("auto", min_column_width=150, gap="small", key=f"cards-{count}")


def card(label: str, value: str, delta: str | None, detail: str, help_text: str | None = None) -> None:
    """One figure with what it rests on below it."""
    with st.container(border=True, height="stretch"):
        st.metric(label, value, delta, delta_color="off", help=help_text)
        st.caption(detail.replace("\n", "  \n"))


def measure_card(measure: Measure, now: dict[str, Any], before: dict[str, Any]) -> None:
    """A measure with last year's beside it; a rate with numerator and denominator."""
    value, last = now.get(measure.id), before.get(measure.id)
    stated = _("{count}份报告填写").format(count=number(now.get(f"{measure.id}.reports", 0)))
    if measure.is_rate:
        shown = percent(value)
        detail = fraction(now.get(f"{measure.id}.numerator"), now.get(f"{measure.id}.denominator")) + "\n"
    else:
        shown, detail = number(value), f"{say(measure.unit)} · "
    stated += last_year(last, measure.is_rate)
    card(say(measure.title), shown, change(value, last, measure.is_rate), f"{detail}{stated}", say(measure.definition))


def rates(frame: pl.DataFrame, measure: Measure, by: Sequence[str]) -> pl.DataFrame:
    """A rate by group with numerator, denominator and 95 % interval; groups over nothing are left out."""
    numerator, denominator = pl.col(f"{measure.id}.numerator"), pl.col(f"{measure.id}.denominator")
    low, high = wilson_interval(numerator, denominator)
    return frame.drop_nulls([*by, measure.id]).select(
        *by,
        measure.id,
        numerator.alias("numerator"),
        denominator.alias("denominator"),
        low.alias("low"),
        high.alias("high"),
        pl.col(f"{measure.id}.reports").alias("reports"),
    )


def year_cards(filters: Filters, year: int | None, names: Sequence[str]) -> None:
    """The year's figures as cards, last year's beside them."""
    by_year = data_access.measures_by(filters.any_year(), ("year",), tuple(names))
    now, before = of_year(by_year, year), of_year(by_year, None if year is None else year - 1)
    st.subheader(_("{year}年度").format(year=year) if year else _("全部年度"), anchor=False)
    counted_note(filters.in_year(year))
    with card_row(len(names)):
        for name in names:
            measure_card(MEASURES[name], now, before)


def choose_measure(names: Sequence[str], key: str, *, rates: bool | None, source: Wording | None = None) -> str:
    """Lets the visitor choose among the counts, the rates or (None) all of `names`."""
    fitting = [n for n in names if rates in (None, MEASURES[n].is_rate) and source in (None, MEASURES[n].source)]
    titles = measure_titles(fitting)
    return address.choose(_("画图的指标"), titles, key)


def defined(measure: Measure) -> str:
    """A measure with what it is: one sentence without its end."""
    return _("{measure}＝{definition}").format(measure=say(measure.title), definition=say(measure.definition))


def measure_titles(names: Iterable[str]) -> dict[str, str]:
    """Measures in words, by id."""
    return {name: say(MEASURES[name].title) for name in names}


def long(wide: pl.DataFrame, names: Sequence[str], by: Sequence[str]) -> pl.DataFrame:
    """Measures as rows: `by`, `measure` (id), `value` and, where there is a rate, `numerator` and `denominator`."""
    parts = []
    for name in names:
        measure = MEASURES[name]
        columns = [pl.lit(name).alias("measure"), pl.col(name).alias("value")]
        if measure.is_rate:
            columns += [
                pl.col(f"{name}.numerator").alias("numerator"),
                pl.col(f"{name}.denominator").alias("denominator"),
            ]
        parts.append(wide.select(*by, *columns))
    return pl.concat(parts, how="diagonal").drop_nulls([*by, "value"])


def with_titles(table: pl.DataFrame) -> pl.DataFrame:
    """The column `measure` in words."""
    return named(table, "measure", {name: say(measure.title) for name, measure in MEASURES.items()})


def named(table: pl.DataFrame, column: str, names: Mapping[str, str]) -> pl.DataFrame:
    """A column of keys in words."""
    return table.with_columns(pl.col(column).replace_strict(dict(names), default=None, return_dtype=pl.String))


def worded(table: pl.DataFrame, column: str, word: Callable[[str], str], into: str | None = None) -> pl.DataFrame:
    """A column of keys in words, by the function that knows them; what is missing stays missing."""
    keys = table.get_column(column).drop_nulls().unique().cast(pl.String).to_list()
    words_of_keys = {key: word(key) for key in keys}
    return table.with_columns(
        pl.col(column)
        .cast(pl.String)
        .replace_strict(words_of_keys, default=None, return_dtype=pl.String)
        .alias(into or column)
    )


def with_fraction(table: pl.DataFrame) -> pl.DataFrame:
    """Adds `fraction`: the rate with its numerator and denominator as text, to stand at the end of a bar."""
    rate = table.columns[1]
    texts = [
        f"{percent(value)} ({fraction(top, bottom)})"
        for value, top, bottom in table.select(rate, "numerator", "denominator").iter_rows()
    ]
    return table.with_columns(fraction=pl.Series(texts, dtype=pl.String))


def ranking_note(minimum: int, left_out: int) -> str:
    """What the thin lines of a ranking of rates are, and how many are not ranked, where any is."""
    interval = _("细线为95%威尔逊区间。")
    if not left_out:
        return interval
    few = _("分母不足{minimum}的{count}个不参加排名。").format(minimum=minimum, count=number(left_out))
    return panel.sentences(interval, few)


def gap_note() -> str:
    """What a break in a line means."""
    return _("没有报告填写的年度留空，不画成0。2019版表格没有废止件数和现行有效件数。")


def outcome_table(wide: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Outcomes as rows: `by`, `outcome`, `value`, `share` of all outcomes stated."""
    groups = list(OUTCOME_GROUPS)
    table = wide.select(*by, *groups).unpivot(groups, index=list(by), variable_name="outcome", value_name="value")
    total = pl.col("value").sum().over(list(by)) if by else pl.col("value").sum()
    return table.drop_nulls([*by, "value"]).with_columns(share=pl.when(total > 0).then(pl.col("value") / total))


def ground_table(wide: pl.DataFrame) -> pl.DataFrame:
    """Every outcome and, below it, its grounds: `label`, `group`, `depth`, `value`, `share`, `text`."""
    row = wide.to_dicts()[0]
    decided = row["applications.total.total"]
    (block,) = edition("2021").blocks_of("applications")
    labels = {each.key: row_name(each) for each in block.rows}
    lines: list[tuple[str, str, int, float]] = []
    for group, members in OUTCOME_GROUPS.items():
        if row[group] is None:
            continue
        lines.append((words.outcome(group), group, 0, row[group]))
        for member in members:
            value = row.get(f"applications.{member}.total")
            if member in labels and member != group and value is not None:
                lines.append((f"· {labels[member]}", group, 1, value))
    table = pl.DataFrame(lines, schema=["label", "group", "depth", "value"], orient="row")
    table = table.with_columns(
        pl.col("value").cast(pl.Float64), share=pl.col("value").cast(pl.Float64) / (decided or None)
    )
    texts = [f"{number(value)} ({percent(share)})" for value, share in table.select("value", "share").iter_rows()]
    return table.with_columns(text=pl.Series(texts, dtype=pl.String))


def result_table(wide: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Litigation figures as rows: `by`, `route`, `result`, `value`."""
    keys = [key for key in wide.columns if key.startswith("litigation.")]
    table = wide.unpivot(keys, index=list(by), variable_name="key", value_name="value").drop_nulls([*by, "value"])
    parts = pl.col("key").str.split(".")
    return table.select(*by, route=parts.list.get(1), result=parts.list.get(2), value=pl.col("value"))


def flow_table(wide: pl.DataFrame) -> pl.DataFrame:
    """What came in and what became of it: `step` in words, `side` (`in` or `out`), `key`, `value`."""
    row = wide.to_dicts()[0]
    steps = [("in", "new", _("本年新收"), row["applications.new.total"])]
    steps.append(("in", "carried_in", _("上年结转"), row["applications.carried_in.total"]))
    steps += [("out", group, words.outcome(group), row[group]) for group in OUTCOME_GROUPS]
    steps.append(("out", "carried_out", _("结转下年"), row["applications.carried_out.total"]))
    schema = {"side": pl.String, "key": pl.String, "step": pl.String, "value": pl.Float64}
    return pl.DataFrame(steps, schema=schema, orient="row").drop_nulls("value")


def dispute_steps(wide: pl.DataFrame) -> pl.DataFrame:
    """Applications, disputes, closed cases and corrections as rows: `step`, `value`."""
    row = wide.to_dicts()[0]
    steps = [
        (_("收到申请"), row["received"]),
        (_("复议和诉讼"), row["dispute_rate.numerator"]),
        (_("已审结"), row["correction_rate.denominator"]),
        (_("结果纠正"), row["correction_rate.numerator"]),
    ]
    return pl.DataFrame(steps, schema={"step": pl.String, "value": pl.Float64}, orient="row").drop_nulls()


def severity_cards(filters: Filters) -> None:
    """Findings by how grave they are, on how many reports, and a year before."""
    now = _findings_by_severity(filters)
    before = _findings_by_severity(filters.in_year(filters.year - 1)) if filters.year else {}
    with card_row(3):
        for severity in ("error", "warning", "notice"):
            findings, reports = now.get(severity, (0, 0))
            last = before.get(severity, (0, 0))[0] if before else None
            detail = _("涉及{count}份报告").format(count=number(reports))
            detail += last_year(last)
            card(words.severity_count(severity), number(findings), change(findings, last), detail)


def _findings_by_severity(filters: Filters) -> dict[str, tuple[int, int]]:
    found = findings_data.findings_by(filters, ("severity",))
    return {severity: (findings, reports) for severity, findings, reports in found.iter_rows()}


def counted_note(filters: Filters) -> None:
    """Says how many of the reports enter the sums, where not all do."""
    held, entered = data_access.report_count(filters), data_access.counted_reports(filters)
    if entered < held:
        st.caption(
            _(
                "所选{held}份报告中有{entered}份计入合计：政府的汇总报告已包含所属单位，一年多报的只计一份，不重复相加。"
            ).format(held=number(held), entered=number(entered))
        )
