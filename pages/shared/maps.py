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
from pages.shared.charts import GREY, AnyChart, clickable, value_format
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


def regions_map(table: pl.DataFrame, level: str, value: str, filters: Filters, *, percent: bool = False) -> AnyChart:
    """The regions of `level` inside the choice; one without a value is grey, never the colour of zero.

    `table` has a column named like the level, and `value`.
    """
    codes = _codes(level)
    values = {codes[name]: number for name, number in table.select(level, value).iter_rows() if name in codes}
    names = {code: name for name, code in codes.items()}
    shapes = [
        {**shape, level: names.get(code, shape["name"]), "value": values.get(code)}
        for code, shape in _shapes(level, filters)
    ]
    chosen = alt.selection_point(name=clickable(level).name, fields=[level], on="click")
    scale = alt.Scale(scheme="blues", domainMin=0, **({"domainMax": 1} if percent else {}))
    legend = alt.Legend(title=None, orient="bottom", format=".0%" if percent else ",.2~f")
    tip = [
        alt.Tooltip(f"{level}:N", title=words.column(level)),
        alt.Tooltip("value:Q", title=words.column(value), format=value_format(percent)),
    ]
    base = alt.Chart(alt.Data(values=shapes)).mark_geoshape(stroke=GREY, strokeWidth=0.5, invalid="show")
    colour = alt.condition(
        "isValid(datum.value)", alt.Color("value:Q", scale=scale, legend=legend), alt.value(NO_VALUE)
    )
    layers: list[alt.Chart] = [base.encode(color=colour, tooltip=tip).add_params(chosen)]
    if level == "province":
        layers.append(alt.Chart(alt.Data(values=_lines())).mark_geoshape(filled=False, stroke=GREY, strokeWidth=0.8))
    return alt.layer(*layers).project(type="mercator").properties(height=HEIGHT)


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


@lru_cache(maxsize=8)
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
