"""The frame of every chart: a title that says what it shows, unit, source line, the table behind it, downloads."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from flags.measures import MEASURES
from loaders.words.of_warnings import in_english
from pages.shared import downloads, words
from pages.shared.axes import INK
from pages.shared.charts import PICK, AnyChart
from pages.shared.filters import Filters, choose
from pages.shared.language import _, date_format, is_english, number

PNG_SCALE = 2
OPENED = "_opened_by_a_click"
FONTS = "Noto Sans SC, Noto Sans CJK SC, PingFang SC, Hiragino Sans GB, Microsoft YaHei, sans-serif"
"""Of pictures: the page's own, so that names and figures of one line look alike."""
MARKUP = re.compile(r"([\\\\`*_{}\[\]<>#~:$|])")


@dataclass(frozen=True)
class Drawing:
    """A chart and all that must stand beside it.

    `chart` is None where all there is to draw is zero. `name` is its file name and key. `table` holds just what is
    drawn. `picks` maps fields of a click to filters; with `opens` the click leads to that page, with the filters of
    `along` beside. `shapes` are the outlines of a map as JSON, by name. `nothing` is what to say of an empty table,
    where that means zero.
    """

    name: str
    title: str
    unit: str
    source: str
    chart: AnyChart | None
    table: pl.DataFrame
    note: str = ""
    picks: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)
    nothing: str = ""
    opens: str = ""
    along: Mapping[str, int | None] = field(default_factory=dict)


def show(drawing: Drawing, filters: Filters) -> None:
    """Draws a chart in its frame: title, unit, chart, source line, table and downloads."""
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{drawing.title}** :small[{_('（单位：{unit}）').format(unit=drawing.unit)}]")
        if drawing.table.is_empty():
            st.caption(drawing.nothing or _("所选范围内这一项没有数据，或者分母为0，因此没有可画的内容（不等于0）。"))
            return
        note = drawing.note
        if drawing.chart is None:
            st.caption(_("所选范围内全部为0。"))
            note = "" if drawing.picks else note  # there is nothing to click
        else:
            _draw(drawing, drawing.chart)
        st.caption(sentences(note, f"{_('来源：')}{drawing.source}"))
        _behind(drawing, filters)


@st.fragment
def _behind(drawing: Drawing, filters: Filters) -> None:
    """The table and the downloads of a chart, made only where the visitor opens them."""
    behind = st.expander(_("数据表与下载"), icon=":material/table:", key=f"behind-{drawing.name}", on_change="rerun")
    if not behind.open:
        return
    with behind:
        table(drawing.table, key=f"table-{drawing.name}")
        with st.container(horizontal=True):
            downloads.frame_buttons(drawing.table, drawing.name, filters)
            if drawing.chart is not None:
                _picture_buttons(drawing, drawing.chart, filters)


def _picture_buttons(drawing: Drawing, chart: AnyChart, filters: Filters) -> None:
    """A picture leaves the page that tells what it is about, so that it says so itself."""
    title = alt.TitleParams(
        f"{drawing.title} ({drawing.unit})",
        subtitle=[f"{_('范围：')}{words.choice(filters)}", f"{_('来源：')}{drawing.source}"],
        anchor="start",
        subtitleColor=INK,
    )
    titled = chart.properties(title=title, background="white", width=800)
    for kind in ("svg", "png"):
        make = functools.partial(picture, titled, drawing.shapes, kind)
        downloads.button(kind.upper(), make, f"{drawing.name}.{kind}", f"{kind}-{drawing.name}")


def _draw(drawing: Drawing, chart: AnyChart) -> None:
    description = sentences(drawing.title, drawing.note, _("数据见图下的表。"))
    key = f"chart-{drawing.name}"
    spec = specification(chart, drawing.shapes)
    if not drawing.picks:
        st.vega_lite_chart(spec, width="stretch", key=key, alt=description)
        return

    def pick() -> None:
        points = st.session_state[key].selection.get(PICK) or []
        for point in points[:1]:
            choose(**{drawing.picks[name]: value for name, value in point.items() if name in drawing.picks})
            if drawing.opens:
                choose(**drawing.along)
                st.session_state[OPENED] = drawing.opens

    st.vega_lite_chart(spec, width="stretch", key=key, on_select=pick, selection_mode=PICK, alt=description)
    if page := st.session_state.pop(OPENED, None):
        st.switch_page(f"pages/{page}.py", query_params={})  # what is bound to the address stays


def specification(chart: AnyChart, shapes: Mapping[str, str]) -> dict[str, Any]:
    """The chart as Vega-Lite.

    Shapes of a map go in as text that the browser reads, for Altair and Streamlit take apart and check all else.
    """
    spec: dict[str, Any] = chart.to_dict(validate=False)
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}  # a long legend takes nothing from the plot's height
    for layer in spec.get("layer", ()):
        if (name := layer.get("data", {}).get("name")) in shapes:
            layer["data"] = {"values": shapes[name], "format": {"type": "json"}}
    return spec


def picture(chart: AnyChart, shapes: Mapping[str, str], kind: str) -> bytes:
    """The chart as SVG or PNG, made on this machine."""
    import vl_convert

    spec = specification(chart, shapes)
    spec["config"] = {**spec.get("config", {}), "font": FONTS}
    if kind == "svg":
        return str(vl_convert.vegalite_to_svg(spec)).encode()
    return bytes(vl_convert.vegalite_to_png(spec, scale=PNG_SCALE))


def table(frame: pl.DataFrame, key: str, *, rates: Collection[str] = (), **options: Any) -> Any:  # noqa: ANN401 - Streamlit's own event
    """A table with headings in the visitor's language; rates in per cent, what is not stated marked as such.

    `rates` names columns that are rates beside those known to be.
    """
    if frame.is_empty():
        return st.caption(_("没有符合条件的行。"))
    settings: dict[str, Any] = {}
    for name, heading in downloads.headings(frame).items():
        kind = frame.schema[name]
        if name in RATE_COLUMNS or name in rates or _is_rate(name):
            settings[name] = st.column_config.NumberColumn(heading, format="percent")
        elif name in ("year", "region_code"):
            settings[name] = st.column_config.NumberColumn(heading, format="%d") if kind.is_integer() else heading
        elif kind == pl.Date:
            settings[name] = st.column_config.DateColumn(heading, format=date_format())
        elif kind.is_numeric():
            settings[name] = st.column_config.NumberColumn(heading, format="localized")
        else:
            settings[name] = heading
    settings |= options.pop("column_config", {})
    frame = frame.with_columns(pl.col(pl.String).fill_null(""))
    options.setdefault("placeholder", _("未填"))
    seen = frame.drop(name for name, setting in settings.items() if setting is None and name in frame.columns)
    return st.dataframe(frame, hide_index=True, column_config=settings, key=key, alt=_described(seen), **options)


def side_by_side(frame: pl.DataFrame, key: str) -> None:
    """A short table to be read across: the first column has its names in full and stays when the rest is scrolled."""
    worded = frame.with_columns(_in_figures(name) for name, kind in frame.schema.items() if kind.is_numeric())
    with st.container(key=f"across-{key}"):
        titles = {name: plain(heading) for name, heading in downloads.headings(worded).items()}
        st.table(worded.rename(titles), border="horizontal")


def _in_figures(name: str) -> pl.Expr:
    return pl.col(name).map_elements(number, return_dtype=pl.String, skip_nulls=False)


RATE_COLUMNS = frozenset({"share", "low", "high"})


def _described(frame: pl.DataFrame) -> str:
    """What a table holds, for those who hear it."""
    between = ", " if is_english() else "、"
    columns = between.join(downloads.headings(frame).values())
    return _("{rows}行的表：{columns}").format(rows=frame.height, columns=columns)


ENDS = "。.！!？?；;"


def sentences(*parts: str) -> str:
    """Parts as sentences one after the other, as the visitor's language ends and parts them."""
    end, gap = (".", " ") if is_english() else ("。", "")
    ended = (part if part[-1] in ENDS else part + end for part in (each.strip() for each in parts) if part)
    return gap.join(part[0].upper() + part[1:] for part in ended)


def parts_shown(measure: str) -> tuple[str, ...]:
    """The columns that must stand beside a measure: numerator and denominator of a rate."""
    return MEASURES[measure].columns if MEASURES[measure].is_rate else ()


def _is_rate(name: str) -> bool:
    return name in MEASURES and MEASURES[name].is_rate


def plain(text: str) -> str:
    """Text of a report as it is, safe from being taken for markup."""
    return MARKUP.sub(r"\\\1", text)


def show_warnings(warnings: Collection[str]) -> None:
    """What the reader is unsure of in one report, folded away."""
    if not warnings:
        return
    with st.expander(_("识读提示（{count}条）").format(count=len(warnings)), icon=":material/visibility:"):
        for warning in warnings:
            st.markdown(f"- {plain(in_english(warning) if is_english() else warning)}")
