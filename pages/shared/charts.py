"""Chart builders: a frame in, an Altair chart out, or None where every count is zero: that is said, not drawn.

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
from pages.shared.axes import (
    BAR_HEIGHT,
    INK,
    NAME_LETTERS_IN_A_TREE,
    amounts,
    amounts_with_text,
    bar_step,
    names_axis,
    names_legend,
    narrow,
    on_a_phone,
    start_of_colours,
    value_axis,
    value_format,
    value_legend,
    value_scale,
    year_axis,
)

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
HEATMAP_ROWS = 30
WIDEST_COLUMN = 46

schemapi.disable_debug_mode()
# Altair would check every part of a chart against its schema; that is the tests' work, not each visitor's.

AnyChart = alt.Chart | alt.LayerChart | alt.FacetChart


def clickable(*fields: str) -> alt.Parameter:
    """A click on a mark that hands on these fields."""
    return alt.selection_point(name=PICK, fields=list(fields), on="click")


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


def _colours(series: str, names: Mapping[str, str], colours: Mapping[str, str] | None) -> alt.Color:
    keys = list(names)
    chosen = [colours[key] for key in keys] if colours else [PALETTE[i % len(PALETTE)] for i in range(len(keys))]
    scale = alt.Scale(domain=[names[key] for key in keys], range=chosen)
    return alt.Color(f"{series}:N", title=words.column(series), scale=scale, legend=names_legend(names))


def trend(table: pl.DataFrame, value: str, *, percent: bool = False, height: int = 210) -> AnyChart | None:
    """A line over the years; a year without a figure breaks it."""
    table = _every_year(table)
    largest = _largest(table, value)
    if not (percent or largest):
        return None
    base = alt.Chart(table).encode(
        x=year_axis(table),
        y=alt.Y(f"{value}:Q", title=words.column(value), axis=value_axis(percent, largest), scale=amounts(largest)),
        tooltip=_tips(table, [value, "low", "high"] if percent else []),
    )
    line = base.mark_line(aria=False, color=BLUE, strokeWidth=2.5)
    points = base.transform_filter(f"isValid(datum['{value}'])").mark_point(color=BLUE, filled=True, size=70, opacity=1)
    points = points.add_params(clickable("year"))
    return alt.layer(line, points).properties(height=height)


def trend_with_interval(table: pl.DataFrame, value: str, *, height: int = 210) -> AnyChart:
    """A rate over the years with its interval `low` to `high` as a whisker."""
    table = _every_year(table)
    base = alt.Chart(table).encode(x=year_axis(table), tooltip=_tips(table, [value, "low", "high"]))
    largest = _largest(table, "high")
    axis = alt.Y(
        f"{value}:Q",
        title=words.column(value),
        axis=value_axis(percent=True, largest=largest),
        scale=amounts(largest),
    )
    whisker = base.mark_rule(aria=False, color=INK, strokeWidth=1.5).encode(
        y=alt.Y("low:Q", title=words.column("low")), y2="high:Q"
    )
    line = base.mark_line(aria=False, color=BLUE, strokeWidth=2.5).encode(y=axis)
    points = base.transform_filter(f"isValid(datum['{value}'])").mark_point(color=BLUE, filled=True, size=70, opacity=1)
    points = points.encode(y=axis).add_params(clickable("year"))
    return alt.layer(whisker, line, points).properties(height=height)


def trends(
    table: pl.DataFrame, value: str, series: str, names: Mapping[str, str], *, percent: bool = False, height: int = 210
) -> AnyChart | None:
    """Several lines over the years, told apart by colour and by the shape of their points."""
    shown = _every_year(table, series).with_columns(
        pl.col(series).replace_strict(dict(names), default=None, return_dtype=pl.String)
    )
    largest = _largest(shown, value)
    if not (percent or largest):
        return None
    shapes = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]
    base = alt.Chart(shown).encode(
        x=year_axis(shown),
        y=alt.Y(f"{value}:Q", title=words.column(value), axis=value_axis(percent, largest), scale=amounts(largest)),
        color=_colours(series, names, None),
        tooltip=_tips(shown, [value, "low", "high"] if percent else []),
    )
    shape = alt.Shape(
        f"{series}:N",
        title=words.column(series),
        scale=alt.Scale(domain=list(names.values()), range=shapes),
        legend=names_legend(names),
    )
    points = base.transform_filter(f"isValid(datum['{value}'])").mark_point(filled=True, size=70, opacity=1)
    points = points.encode(shape=shape).add_params(clickable("year"))
    return alt.layer(base.mark_line(aria=False, strokeWidth=2.5), points).properties(height=height)


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
) -> AnyChart | None:
    """Horizontal bars in the order of the table, the figure at their end.

    `label` is a column of text to print instead of the figure; `interval` draws `low` and `high` as a whisker; a click
    hands on `pick`.
    """
    order = table.get_column(category).to_list()
    longest = _largest(table, "high" if interval else value)
    if not (percent or longest):
        return None
    scale = amounts_with_text(longest) if label else amounts(longest)
    base = alt.Chart(table).encode(
        y=alt.Y(f"{category}:N", sort=order, title=words.column(category), axis=names_axis(order)),
        x=alt.X(f"{value}:Q", title=words.column(value), axis=value_axis(percent, longest), scale=scale),
        tooltip=_tips(table.drop(label or []), [value, "low", "high"] if percent else []),
    )
    layers: list[alt.Chart] = [
        base.mark_bar(color=colour, size=BAR_HEIGHT * 0.6, opacity=0.75 if interval else 1).add_params(
            clickable(pick or category)
        )
    ]
    if interval:
        whisker = base.mark_rule(aria=False, color=INK, strokeWidth=2).encode(
            x=alt.X("low:Q", title=words.column("low")), x2="high:Q"
        )
        layers.append(whisker)
    text = alt.Text(f"{label}:N") if label else alt.Text(f"{value}:Q", format=value_format(percent))
    end = alt.X("high:Q", title=words.column("high")) if interval else alt.X(f"{value}:Q", title=words.column(value))
    layers.append(base.mark_text(aria=False, align="left", dx=5, color=INK, fontSize=12).encode(x=end, text=text))
    return alt.layer(*layers).properties(height=bar_step(order))


def stacked_years(
    table: pl.DataFrame,
    value: str,
    series: str,
    names: Mapping[str, str],
    colours: Mapping[str, str] | None = None,
    *,
    shares: bool = False,
    height: int = 210,
) -> AnyChart | None:
    """Columns by year, stacked by series; `shares` stretches each to 100 %."""
    if not _largest(table, value):
        return None
    shown, order = _stackable(table, series, names)
    chart: AnyChart = (
        alt.Chart(shown)
        .mark_bar(size=_column_width(shown))
        .encode(
            x=year_axis(shown),
            y=alt.Y(
                f"{value}:Q",
                title=words.column(value),
                stack="normalize" if shares else "zero",
                axis=value_axis(shares),
                scale=amounts(_largest(shown, value, "year")),
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
) -> AnyChart | None:
    """Horizontal bars stacked by series, categories in the order of the table; a click hands on `pick`."""
    if not _largest(table, value):
        return None
    shown, order = _stackable(table, series, names)
    categories = shown.get_column(category).unique(maintain_order=True).to_list()
    place = alt.Y(f"{category}:N", sort=categories, title=words.column(category), axis=names_axis(categories))
    stacks = (
        alt.Chart(shown)
        .mark_bar(size=BAR_HEIGHT * 0.65)
        .encode(
            y=place,
            x=alt.X(
                f"{value}:Q",
                title=words.column(value),
                stack="normalize" if shares else "zero",
                axis=value_axis(shares),
                scale=amounts(_largest(shown, value, category)),
            ),
            color=_colours(series, names, colours),
            order=order,
            tooltip=_tips(shown.drop("_order"), ["share"]),
        )
        .add_params(clickable(pick or category))
    )
    if shares:
        return stacks.properties(height=bar_step(categories))  # type: ignore[no-any-return]
    sums = shown.group_by(category, maintain_order=True).agg(pl.col(value).sum().alias("_sum"))
    ends = alt.Chart(sums).mark_text(aria=False, align="left", dx=5, color=INK, fontSize=12)
    ends = ends.encode(
        y=place,
        x=alt.X("_sum:Q", title=words.column(value)),
        text=alt.Text("_sum:Q", format=value_format(percent=False)),
    )
    return alt.layer(stacks, ends).properties(height=bar_step(categories))


def _stackable(table: pl.DataFrame, series: str, names: Mapping[str, str]) -> tuple[pl.DataFrame, alt.Order]:
    rank = {key: place for place, key in enumerate(names)}
    shown = table.with_columns(
        _order=pl.col(series).replace_strict(rank, default=len(rank), return_dtype=pl.Int64),
    ).with_columns(pl.col(series).replace_strict(dict(names), default=None, return_dtype=pl.String))
    return shown, alt.Order("_order:Q")


def heatmap(table: pl.DataFrame, row: str, share: str, text: str) -> AnyChart:
    """Rows by years, a cell coloured by its share and `text` written in it; no cell where nothing is known.

    On a phone, where a cell is too narrow for the text, the share stands in it, never rounded up to all.
    """
    order = table.get_column(row).unique(maintain_order=True).to_list()
    base = alt.Chart(table).encode(
        x=year_axis(table),
        y=alt.Y(f"{row}:N", sort=order, title=words.column(row), axis=names_axis(order)),
        tooltip=_tips(table.drop(text), [share]),
    )
    lowest = start_of_colours(table.get_column(share))
    cells = base.mark_rect(cornerRadius=2, stroke=GREY, strokeWidth=0.3).encode(
        color=alt.Color(
            f"{share}:Q",
            title=words.column(share),
            scale=value_scale(1, percent=True, lowest=lowest),
            legend=value_legend(percent=True, lowest=lowest),
        )
    )
    middle = lowest + (1 - lowest) * 0.6
    ink = alt.condition(f"datum['{share}'] > {middle}", alt.value("white"), alt.value("#1C2430"))
    short = f"format(floor(datum['{share}'] * 100) / 100, '.0%')"
    labels = base.transform_calculate(_told=on_a_phone(short, f"datum['{text}']"))
    labels = labels.mark_text(aria=False, fontSize=narrow(11, 12)).encode(text=alt.Text("_told:N"), color=ink)
    return alt.layer(cells.add_params(clickable(row, "year")), labels).properties(height=bar_step(order))


def distribution(table: pl.DataFrame, *, percent: bool = False, height: int = 190) -> AnyChart:
    """How many reports fall between `low` and `high`; the table holds `low`, `high` and `reports`."""
    chart: AnyChart = (
        alt.Chart(table)
        .mark_bar(color=BLUE, binSpacing=1, minBandSize=2)
        .encode(
            x=alt.X(
                "low:Q", title=words.column("low"), bin="binned", axis=value_axis(percent), scale=alt.Scale(domainMin=0)
            ),
            x2="high:Q",
            y=alt.Y(
                "reports:Q",
                title=words.column("reports"),
                axis=value_axis(percent=False),
                scale=amounts(_largest(table, "reports")),
            ),
            tooltip=_tips(table, ["low", "high"] if percent else []),
        )
        .properties(height=height)
    )
    return chart


def tree(table: pl.DataFrame) -> AnyChart | None:
    """Groups and what they are made of: `label` in order, `depth` 0 or 1, `group` for the colour, `value`, `share`."""
    if not _largest(table, "value"):
        return None
    order = table.get_column("label").to_list()
    groups = table.get_column("group").unique(maintain_order=True).to_list()
    scale = alt.Scale(domain=groups, range=[OUTCOME_COLOURS[name] for name in groups])
    axis = names_axis(
        order, NAME_LETTERS_IN_A_TREE, labelFontWeight={"expr": "indexof(datum.label, '·') < 0 ? 600 : 400"}
    )
    base = alt.Chart(table.with_columns(told=pl.format("{} {}", "label", "text"))).encode(
        y=alt.Y("label:N", sort=order, title=words.column("label"), axis=axis),
        x=alt.X(
            "value:Q",
            title=words.column("value"),
            axis=value_axis(percent=False),
            scale=amounts_with_text(_largest(table, "value")),
        ),
        tooltip=_tips(table.select("label", "value", "share"), ["share"]),
    )
    marks = base.mark_bar().encode(
        description=alt.Description("told:N"),
        color=alt.Color("group:N", scale=scale, legend=None),
        size=alt.condition("datum.depth == 0", alt.value(15), alt.value(9)),
        opacity=alt.condition("datum.depth == 0", alt.value(1), alt.value(0.65)),
    )
    labels = base.mark_text(aria=False, align="left", dx=5, color=INK, fontSize=12).encode(text="text:N")
    return alt.layer(marks, labels).properties(height=bar_step(order))
