"""The flow of applications as a band chart: what came in on the left, what became of it on the right."""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt
import polars as pl

from pages.shared.axes import INK, letters, narrow
from pages.shared.charts import BLUE, OUTCOME_COLOURS, SKY, AnyChart
from pages.shared.language import _, number

LEFT, MIDDLE, RIGHT = 0.0, 0.34, 1.0
STEPS = 24
GAP = 0.02
LETTER = 7.2
WIDTHS = (300, 850)
"""Pixels: of a letter, and for the whole drawing on a phone and elsewhere."""
COLOURS = {**OUTCOME_COLOURS, "new": BLUE, "carried_in": SKY, "carried_out": "#4D4D4D"}


def chart(table: pl.DataFrame) -> AnyChart:
    """The bands of `figures.flow_table`: widths are numbers of applications, text carries the figures."""
    came = table.filter(pl.col("side") == "in")
    became = table.filter(pl.col("side") == "out")
    bands = [*_bands(came, LEFT, MIDDLE, spread_at_start=True), *_bands(became, MIDDLE, RIGHT, spread_at_start=False)]
    ends = [*_ends(came, LEFT), *_ends(became, RIGHT)]
    schema = {
        "key": pl.String,
        "x": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "step": pl.String,
        "value": pl.Float64,
    }
    shown = pl.DataFrame(bands, schema=schema, orient="row")
    shown = shown.with_columns(told=pl.format("{} {}", "step", pl.col("value").cast(pl.Int64)))
    scale = alt.Scale(domain=list(COLOURS), range=list(COLOURS.values()))
    tip = [alt.Tooltip("step:N", title=_("环节")), alt.Tooltip("value:Q", title=_("件"), format=",.0f")]
    x = alt.X("x:Q", axis=None, scale=_with_words(ends))
    y = alt.Y("low:Q", axis=None, scale=alt.Scale(reverse=True, zero=True, nice=False))
    areas = (
        alt.Chart(shown)
        .mark_area(opacity=0.6)
        .encode(
            x=x,
            y=y,
            y2="high:Q",
            color=alt.Color("key:N", scale=scale, legend=None),
            detail="key:N",
            tooltip=tip,
            description="told:N",
        )
    )
    labels = pl.DataFrame(ends, schema={"x": pl.Float64, "y": pl.Float64, "text": pl.String}, orient="row")
    left = alt.Chart(labels.filter(pl.col("x") < MIDDLE)).mark_text(
        aria=False, align="right", dx=-6, fontSize=13, color=INK
    )
    right = alt.Chart(labels.filter(pl.col("x") > MIDDLE)).mark_text(
        aria=False, align="left", dx=6, fontSize=13, color=INK
    )
    spot = {"x": x, "y": alt.Y("y:Q", axis=None), "text": "text:N"}
    return alt.layer(areas, left.encode(**spot), right.encode(**spot)).properties(height=340)


def _with_words(ends: Sequence[tuple[float, float, str]]) -> alt.Scale:
    """Room for the words on both sides, on a phone and on a wide screen; they keep their size, the bands do not."""
    left, right = (
        max((letters(text) for x, _y, text in ends if (x < MIDDLE) == on_the_left), default=0) * LETTER + 12
        for on_the_left in (True, False)
    )
    domains = [(-left / bands, 1 + right / bands) for bands in (max(60, room - left - right) for room in WIDTHS)]
    (low, high), (low_wide, high_wide) = domains
    return alt.Scale(domainMin=narrow(low, low_wide), domainMax=narrow(high, high_wide), nice=False)


def note(table: pl.DataFrame) -> str:
    """Whether what came in equals what became of it, with both figures."""
    came = float(table.filter(pl.col("side") == "in").get_column("value").sum())
    became = float(table.filter(pl.col("side") == "out").get_column("value").sum())
    if came == became:
        return _("新收＋结转 {came} ＝ 办结＋结转下年 {became}。").format(came=number(came), became=number(became))
    return _("新收＋结转 {came} ≠ 办结＋结转下年 {became}：有报告不平衡或有缺项。").format(
        came=number(came), became=number(became)
    )


Band = tuple[str, float, float, float, str, float]


def _bands(part: pl.DataFrame, start: float, end: float, *, spread_at_start: bool) -> list[Band]:
    points: list[Band] = []
    for (key, step, value), spread, close in zip(
        part.select("key", "step", "value").iter_rows(),
        _offsets(part, gaps=True),
        _offsets(part, gaps=False),
        strict=True,
    ):
        first, last = (spread, close) if spread_at_start else (close, spread)
        for at in range(STEPS + 1):
            share = at / STEPS
            ease = (1 - math.cos(math.pi * share)) / 2
            low = first + (last - first) * ease
            points.append((key, start + (end - start) * share, low, low + value, step, value))
    return points


def _offsets(part: pl.DataFrame, *, gaps: bool) -> list[float]:
    """Where each band begins, from the top; with `gaps` small bands keep room for their label."""
    values = part.get_column("value").to_list()
    room = sum(values) * 0.075 if gaps else 0.0
    offsets, at = [], 0.0
    for value in values:
        offsets.append(at)
        at += max(value, room) + (sum(values) * GAP if gaps else 0.0)
    return offsets


def _ends(part: pl.DataFrame, x: float) -> list[tuple[float, float, str]]:
    rows = part.select("step", "value").iter_rows()
    return [
        (x, offset + value / 2, f"{step} {number(value)}")
        for (step, value), offset in zip(rows, _offsets(part, gaps=True), strict=True)
    ]
