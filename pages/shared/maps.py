"""Maps of regions coloured by a value, from the boundaries that ship with the program; no tiles, no network."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from loaders.regions import boundary_file
from pages.shared import data_access, words
from pages.shared.axes import value_format, value_legend, value_scale
from pages.shared.charts import GREY, AnyChart, clickable
from pages.shared.filters import REGION_LEVELS, Filters
from pages.shared.language import _

DIGITS = {"province": 2, "prefecture": 4, "county": 6}
"""How many digits of a region code name a region of each level."""
NO_VALUE = "#C9CED6"
HEIGHT = 420
Ring = list[list[float]]
Shape = dict[str, Any]


def drawable(filters: Filters) -> bool:
    """Whether the next level of region can be put on a map."""
    level = data_access.level_to_compare(filters)
    return level == "province" or (level in REGION_LEVELS and _province(filters) is not None)


def regions_map(
    table: pl.DataFrame, level: str, value: str, filters: Filters, *, percent: bool = False, lowest: float = 0
) -> tuple[AnyChart, dict[str, str]]:
    """The regions of `level` inside the choice as chart and shapes; one without a value is grey, not pale.

    `table` has a column named like the level, and `value`; colours begin at `lowest`.
    """
    codes = _codes(level)
    stated = table.select(level, value).drop_nulls().iter_rows()
    values = {codes[name]: number for name, number in stated if name in codes}
    names = {code: name for name, code in codes.items()}
    shapes = [
        {**shape, level: names.get(code, shape["name"]), "value": values.get(code)}
        for code, shape in _shapes(level, filters)
    ]
    drawn = {
        "blank": [shape for shape in shapes if shape["value"] is None],
        "filled": [shape for shape in shapes if shape["value"] is not None],
        "lines": _lines() if level == "province" else [],
    }
    scale = value_scale(max(values.values(), default=None), percent, lowest)
    colour = alt.Color("value:Q", title=words.column(value), scale=scale, legend=value_legend(percent, lowest))
    name_tip = alt.Tooltip(f"{level}:N", title=words.column(level))
    value_tip = alt.Tooltip("value:Q", title=words.column(value), format=value_format(percent))
    layers = (
        _outlines("blank").encode(color=alt.value(NO_VALUE), tooltip=[name_tip]),
        _outlines("filled").encode(color=colour, tooltip=[name_tip, value_tip]).add_params(clickable(level)),
        alt.Chart(alt.NamedData("lines")).mark_geoshape(filled=False, stroke=GREY, strokeWidth=0.8),
    )
    return alt.layer(*layers).project(type="mercator").properties(height=HEIGHT), {
        name: json.dumps(each, ensure_ascii=False) for name, each in drawn.items()
    }


def _outlines(name: str) -> alt.Chart:
    chart: alt.Chart = alt.Chart(alt.NamedData(name)).mark_geoshape(stroke=GREY, strokeWidth=0.5)
    return chart


def note() -> str:
    """Source and approval of the boundaries."""
    return _("灰色为没有数据。底图：天地图，审图号GS(2024)0650号，化简后仅供示意。")


def _province(filters: Filters) -> str | None:
    """The code of the only province there is in the choice."""
    held = data_access.region_codes()
    if filters.province:
        held = held.filter(pl.col("province") == filters.province)
    codes = held.get_column("region_code").drop_nulls().str.head(2).unique().to_list()
    return f"{codes[0]}0000" if len(codes) == 1 else None


def _codes(level: str) -> dict[str, str]:
    digits = DIGITS[level]
    held = data_access.region_codes().drop_nulls([level, "region_code"])
    code = pl.col("region_code").str.head(digits).str.pad_end(6, "0")
    return dict(held.select(level, code).unique().sort("region_code").iter_rows())


def _shapes(level: str, filters: Filters) -> Iterable[tuple[str, Shape]]:
    if level == "province":
        return _decoded("", "provinces")
    province = _province(filters) or ""
    if level == "prefecture":
        return _decoded(province, "prefectures")
    inside = _codes("prefecture").get(filters.prefecture or "", province)
    stem = inside[:4] if filters.prefecture else inside[:2]
    return tuple(pair for pair in _decoded(province, "counties") if pair[0].startswith(stem))


def _lines() -> list[Shape]:
    return [shape for _code, shape in _decoded("", "lines")]


@lru_cache(maxsize=24)
def _decoded(province: str, name: str) -> tuple[tuple[str, Shape], ...]:
    """The shapes of one object of a TopoJSON file as GeoJSON features, by region code."""
    topology = json.loads(boundary_file(province).read_text(encoding="utf-8"))
    arcs = [_absolute(arc, topology["transform"]) for arc in topology["arcs"]]
    return tuple(
        (str(each.get("id", "")), _feature(each, arcs))
        for each in topology["objects"][name]["geometries"]
        if each["type"]
    )


def _absolute(arc: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    """An arc of differences on a grid as longitudes and latitudes."""
    (scale_x, scale_y), (shift_x, shift_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append([round(x * scale_x + shift_x, 4), round(y * scale_y + shift_y, 4)])
    return points


def _feature(geometry: dict[str, Any], arcs: list[Ring]) -> Shape:
    def join(indices: list[int]) -> Ring:
        line: Ring = []
        for index in indices:
            piece = arcs[index] if index >= 0 else arcs[~index][::-1]
            line += piece[1:] if line else piece
        return line

    def deep(indices: Any) -> Any:  # noqa: ANN401 - nested as deep as the kind of geometry asks
        return join(indices) if isinstance(indices[0], int) else [deep(each) for each in indices]

    name = (geometry.get("properties") or {}).get("name", "")
    coordinates = deep(geometry["arcs"])
    return {"type": "Feature", "name": name, "geometry": {"type": geometry["type"], "coordinates": coordinates}}
