"""Chart builders: a frame in, an Altair chart out.

Colours are Okabe and Ito's, which are told apart with every common kind of colour blindness. What is not stated
is left out of a drawing, never drawn as zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas  # type: ignore[import-untyped]  # noqa: F401  # whole before Altair looks for it from several threads
import polars as pl
from altair.utils import schemapi

from pages.shared import words

BLUE, ORANGE, GREEN, PINK, SKY, RED, GREY = "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C8C8C"
PALETTE = (BLUE, ORANGE, GREEN, PINK, SKY, RED, GREY)
OUTCOME_COLOURS = {
    "granted": GREEN,
    "partial": SKY,
    "denied": RED,
    "unavailable": ORANGE,
    "rejected": PINK,
    "misc": GREY,
}
SEVERITY_COLOURS = {"error": RED, "warning": ORANGE, "notice": SKY}
RESULT_COLOURS = {"upheld": BLUE, "corrected": RED, "other": GREY, "pending": ORANGE}
PICK = "pick"
BAR_HEIGHT = 26
LABEL_LIMIT = 190
LEGEND_LETTERS = 26
HEATMAP_ROWS = 30
PHONE_WIDTH = 640
TEXT_ROOM = 1.35
"""Room to the right of the longest bar for the text at its end."""
WIDEST_COLUMN = 46

schemapi.disable_debug_mode()
# Altair would check every part of a chart against its schema; that is the tests' work, not each visitor's.

AnyChart = alt.Chart | alt.LayerChart | alt.FacetChart


def clickable(*fields: str) -> alt.Parameter:
    """A click on a mark that hands on these fields."""
    return alt.selection_point(name=PICK, fields=list(fields), on="click")


def narrow(on_a_phone: float, elsewhere: float) -> alt.ExprRef:
    """A size that depends on how wide the window is."""
    return alt.ExprRef(f"windowSize()[0] < {PHONE_WIDTH} ? {on_a_phone} : {elsewhere}")


def value_format(percent: bool) -> str:
    """How a figure is written in a chart."""
    return ".1%" if percent else ",.2~f"


def value_scale(largest: float | None, percent: bool) -> alt.Scale:
    """Colours from nothing to the largest value, of a rate to all."""
    return alt.Scale(scheme="blues", domainMin=0, domainMax=1 if percent or not largest else alt.Undefined)


def _names_axis() -> alt.Axis:
    return alt.Axis(labelLimit=narrow(105, LABEL_LIMIT), ticks=False, labelOverlap=False, domain=False)


def _value_axis(percent: bool) -> alt.Axis:
    if percent:
        return alt.Axis(title=None, format=".0%", tickCount=5)
    return alt.Axis(title=None, format=",.2~f", tickMinStep=1, tickCount=5)


def _tips(table: pl.DataFrame, percent: Sequence[str] = ()) -> list[alt.Tooltip]:
    tips = []
    for name, kind in table.schema.items():
        form: dict[str, Any] = {}
        if kind.is_numeric():
            form["format"] = "d" if name == "year" else value_format(name in percent)
        tips.append(
            alt.Tooltip(name, type="quantitative" if kind.is_numeric() else "nominal", title=words.column(name), **form)
        )
    return tips


def _column_width(table: pl.DataFrame) -> int:
    """Narrow enough for a small screen, and no wall of colour where there are few years."""
    years = table.get_column("year").drop_nulls()
    span = 1 if years.is_empty() else int(years.max()) - int(years.min()) + 1  # type: ignore[arg-type]
    return max(6, min(WIDEST_COLUMN, 220 // span))


def _amounts(largest: float | None) -> alt.Scale:
    """From nothing upwards; where everything is zero the axis still goes up from zero."""
    return alt.Scale(domainMin=0, domainMax=alt.Undefined if largest else 1)


def _largest(table: pl.DataFrame, value: str, by: str | None = None) -> float | None:
    """The largest value, or the largest sum of values that are stacked."""
    if by is not None:
        table = table.group_by(by).agg(pl.col(value).sum())
    return table.get_column(value).max()  # type: ignore[return-value]


def _every_year(table: pl.DataFrame, by: str | None = None) -> pl.DataFrame:
    """The table with empty rows for years that are not there, so that a line breaks at them."""
    held = table.get_column("year").drop_nulls()
    if held.is_empty():
        return table
    years = pl.DataFrame({"year": pl.int_range(held.min(), held.max() + 1, eager=True)})  # type: ignore[operator, arg-type]
    frame = years if by is None else years.join(table.select(by).unique(), how="cross")
    keys = ["year"] if by is None else ["year", by]
    return frame.cast({"year": table.schema["year"]}).join(table, on=keys, how="left").select(table.columns)


def _year_axis(table: pl.DataFrame) -> alt.X:
    """A place for every year from the first to the last, so that a missing one shows as a gap."""
    years = [int(year) for year in table.get_column("year").drop_nulls().to_list()]
    every = list(range(min(years), max(years) + 1)) if years else []
    return alt.X("year:O", title=None, scale=alt.Scale(domain=every), axis=alt.Axis(labelAngle=0, labelOverlap=True))


def _colours(series: str, names: Mapping[str, str], colours: Mapping[str, str] | None) -> alt.Color:
    keys = list(names)
    chosen = [colours[key] for key in keys] if colours else [PALETTE[i % len(PALETTE)] for i in range(len(keys))]
    scale = alt.Scale(domain=[names[key] for key in keys], range=chosen)
    return alt.Color(f"{series}:N", scale=scale, legend=_legend(names))


def _legend(names: Mapping[str, str]) -> alt.Legend:
    """Below the chart, in as many columns as the longest name leaves room for."""
    longest = max((sum(2 if ord(letter) > 0x2E80 else 1 for letter in name) for name in names.values()), default=1)
    columns = max(1, min(3, LEGEND_LETTERS * 2 // (longest + 4)))
    return alt.Legend(
        title=None, orient="bottom", columns=narrow(min(2, columns), columns), labelLimit=LABEL_LIMIT, symbolLimit=0
    )


def trend(table: pl.DataFrame, value: str, *, percent: bool = False, height: int = 240) -> AnyChart:
    """A line over the years; a year without a figure breaks it."""
    table = _every_year(table)
    base = alt.Chart(table).encode(
        x=_year_axis(table),
        y=alt.Y(f"{value}:Q", axis=_value_axis(percent), scale=_amounts(_largest(table, value))),
        tooltip=_tips(table, [value] if percent else []),
    )
    line = base.mark_line(color=BLUE, strokeWidth=2.5)
    points = base.mark_point(color=BLUE, filled=True, size=70, opacity=1).add_params(clickable("year"))
    return alt.layer(line, points).properties(height=height)


def trend_with_interval(table: pl.DataFrame, value: str, *, height: int = 240) -> AnyChart:
    """A rate over the years with its interval `low` to `high` as a whisker."""
    table = _every_year(table)
    base = alt.Chart(table).encode(x=_year_axis(table), tooltip=_tips(table, [value, "low", "high"]))
    axis = alt.Y(f"{value}:Q", axis=_value_axis(percent=True), scale=_amounts(_largest(table, "high")))
    whisker = base.mark_rule(color=GREY, strokeWidth=2).encode(y=alt.Y("low:Q"), y2="high:Q")
    line = base.mark_line(color=BLUE, strokeWidth=2.5).encode(y=axis)
    points = base.mark_point(color=BLUE, filled=True, size=70, opacity=1).encode(y=axis)
    return alt.layer(whisker, line, points).properties(height=height)


def trends(
    table: pl.DataFrame, value: str, series: str, names: Mapping[str, str], *, percent: bool = False, height: int = 260
) -> AnyChart:
    """Several lines over the years, told apart by colour and by the shape of their points."""
    shown = _every_year(table, series).with_columns(
        pl.col(series).replace_strict(dict(names), default=None, return_dtype=pl.String)
    )
    shapes = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]
    base = alt.Chart(shown).encode(
        x=_year_axis(shown),
        y=alt.Y(f"{value}:Q", axis=_value_axis(percent), scale=_amounts(_largest(table, value))),
        color=_colours(series, names, None),
        tooltip=_tips(shown, [value] if percent else []),
    )
    shape = alt.Shape(f"{series}:N", scale=alt.Scale(domain=list(names.values()), range=shapes), legend=_legend(names))
    points = base.mark_point(filled=True, size=70, opacity=1).encode(shape=shape)
    return alt.layer(base.mark_line(strokeWidth=2.5), points).properties(height=height)


def bars(
    table: pl.DataFrame,
    category: str,
    value: str,
    *,
    percent: bool = False,
    colour: str = BLUE,
    label: str | None = None,
    interval: bool = False,
    pick: str | None = None,
) -> AnyChart:
    """Horizontal bars in the order of the table, the figure at their end.

    `label` is a column of text to print instead of the figure; `interval` draws `low` and `high` as a whisker; a click
    hands on `pick`.
    """
    order = table.get_column(category).to_list()
    longest = _largest(table, "high" if interval else value)
    scale = _amounts(longest)
    if label and longest:
        scale = alt.Scale(domainMin=0, domainMax=narrow(longest * 2.2, longest * TEXT_ROOM))
    base = alt.Chart(table).encode(
        y=alt.Y(f"{category}:N", sort=order, title=None, axis=_names_axis()),
        x=alt.X(f"{value}:Q", axis=_value_axis(percent), scale=scale),
        tooltip=_tips(table, [value, "low", "high"] if percent else []),
    )
    layers: list[alt.Chart] = [
        base.mark_bar(color=colour, size=BAR_HEIGHT * 0.6).add_params(clickable(pick or category))
    ]
    if interval:
        whisker = base.mark_rule(color=GREY, strokeWidth=2).encode(x=alt.X("low:Q"), x2="high:Q")
        layers.append(whisker)
    text = alt.Text(f"{label}:N") if label else alt.Text(f"{value}:Q", format=value_format(percent))
    end = alt.X("high:Q") if interval else alt.X(f"{value}:Q")
    layers.append(base.mark_text(align="left", dx=5, color=GREY, fontSize=12).encode(x=end, text=text))
    return alt.layer(*layers).properties(height=alt.Step(BAR_HEIGHT))


def stacked_years(
    table: pl.DataFrame,
    value: str,
    series: str,
    names: Mapping[str, str],
    colours: Mapping[str, str] | None = None,
    *,
    shares: bool = False,
    height: int = 280,
) -> AnyChart:
    """Columns by year, stacked by series; `shares` stretches each to 100 %."""
    shown, order = _stackable(table, series, names)
    chart: AnyChart = (
        alt.Chart(shown)
        .mark_bar(size=_column_width(shown))
        .encode(
            x=_year_axis(shown),
            y=alt.Y(
                f"{value}:Q",
                stack="normalize" if shares else "zero",
                axis=_value_axis(shares),
                scale=_amounts(_largest(shown, value, "year")),
            ),
            color=_colours(series, names, colours),
            order=order,
            tooltip=_tips(shown.drop("_order"), ["share"]),
        )
        .add_params(clickable("year"))
        .properties(height=height)
    )
    return chart


def stacked_bars(
    table: pl.DataFrame,
    category: str,
    value: str,
    series: str,
    names: Mapping[str, str],
    colours: Mapping[str, str] | None = None,
    *,
    shares: bool = False,
    pick: str | None = None,
) -> AnyChart:
    """Horizontal bars stacked by series, categories in the order of the table; a click hands on `pick`."""
    shown, order = _stackable(table, series, names)
    categories = shown.get_column(category).unique(maintain_order=True).to_list()
    chart: AnyChart = (
        alt.Chart(shown)
        .mark_bar(size=BAR_HEIGHT * 0.65)
        .encode(
            y=alt.Y(f"{category}:N", sort=categories, title=None, axis=_names_axis()),
            x=alt.X(
                f"{value}:Q",
                stack="normalize" if shares else "zero",
                axis=_value_axis(shares),
                scale=_amounts(_largest(shown, value, category)),
            ),
            color=_colours(series, names, colours),
            order=order,
            tooltip=_tips(shown.drop("_order"), ["share"]),
        )
        .add_params(clickable(pick or category))
        .properties(height=alt.Step(BAR_HEIGHT))
    )
    return chart


def _stackable(table: pl.DataFrame, series: str, names: Mapping[str, str]) -> tuple[pl.DataFrame, alt.Order]:
    rank = {key: place for place, key in enumerate(names)}
    shown = table.with_columns(
        _order=pl.col(series).replace_strict(rank, default=len(rank), return_dtype=pl.Int64),
    ).with_columns(pl.col(series).replace_strict(dict(names), default=None, return_dtype=pl.String))
    return shown, alt.Order("_order:Q")


def heatmap(table: pl.DataFrame, row: str, value: str, *, percent: bool = False, text: str | None = None) -> AnyChart:
    """Rows by years, a cell coloured by its value and its value written in it; no cell where nothing is known."""
    order = table.get_column(row).unique(maintain_order=True).to_list()
    base = alt.Chart(table).encode(
        x=_year_axis(table),
        y=alt.Y(f"{row}:N", sort=order, title=None, axis=_names_axis()),
        tooltip=_tips(table, [value] if percent else []),
    )
    scale = value_scale(_largest(table, value), percent)
    legend = alt.Legend(title=None, orient="bottom", format=".0%" if percent else ",.2~f")
    cells = base.mark_rect(cornerRadius=2, stroke=GREY, strokeWidth=0.3).encode(
        color=alt.Color(f"{value}:Q", scale=scale, legend=legend)
    )
    middle = 0.6 if percent else float(table.get_column(value).max() or 0) * 0.6  # type: ignore[arg-type]
    shown = alt.Text(f"{text}:N") if text else alt.Text(f"{value}:Q", format=value_format(percent))
    ink = alt.condition(f"datum['{value}'] > {middle}", alt.value("white"), alt.value("#1C2430"))
    labels = base.mark_text(fontSize=12).encode(text=shown, color=ink)
    return alt.layer(cells.add_params(clickable(row, "year")), labels).properties(height=alt.Step(BAR_HEIGHT))


def distribution(table: pl.DataFrame, *, percent: bool = False, height: int = 220) -> AnyChart:
    """How many reports fall between `low` and `high`; the table holds `low`, `high` and `reports`."""
    chart: AnyChart = (
        alt.Chart(table)
        .mark_bar(color=BLUE, stroke="white", strokeWidth=1)
        .encode(
            x=alt.X("low:Q", axis=_value_axis(percent), scale=alt.Scale(nice=False)),
            x2="high:Q",
            y=alt.Y("reports:Q", axis=_value_axis(percent=False)),
            tooltip=_tips(table, ["low", "high"] if percent else []),
        )
        .properties(height=height)
    )
    return chart


def tree(table: pl.DataFrame) -> AnyChart:
    """Groups and what they are made of: `label` in order, `depth` 0 or 1, `group` for the colour, `value`, `share`."""
    order = table.get_column("label").to_list()
    groups = table.get_column("group").unique(maintain_order=True).to_list()
    scale = alt.Scale(domain=groups, range=[OUTCOME_COLOURS[name] for name in groups])
    axis = alt.Axis(
        labelLimit=narrow(105, 230),
        ticks=False,
        labelOverlap=False,
        labelFontWeight={"expr": "indexof(datum.label, '·') < 0 ? 600 : 400"},
    )
    base = alt.Chart(table).encode(
        y=alt.Y("label:N", sort=order, title=None, axis=axis),
        x=alt.X("value:Q", axis=_value_axis(percent=False), scale=_amounts(_largest(table, "value"))),
        tooltip=_tips(table.select("label", "value", "share"), ["share"]),
    )
    marks = base.mark_bar().encode(
        color=alt.Color("group:N", scale=scale, legend=None),
        size=alt.condition("datum.depth == 0", alt.value(15), alt.value(9)),
        opacity=alt.condition("datum.depth == 0", alt.value(1), alt.value(0.65)),
    )
    labels = base.mark_text(align="left", dx=5, color=GREY, fontSize=12).encode(text="text:N")
    return alt.layer(marks, labels).properties(height=alt.Step(24))
