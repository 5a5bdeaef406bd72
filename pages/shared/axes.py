"""Axes, scales and legends of charts: names whole on every width of screen, figures as the language writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas  # type: ignore[import-untyped]  # noqa: F401  # whole before Altair looks for it from several threads
import polars as pl

from pages.shared import words

INK = "#59626F"
"""Of words in a drawing; on the page the style sheet gives them the colour of the theme."""
BAR_HEIGHT, TALL_BAR_HEIGHT = 26, 31
LABEL_LIMIT = 190
NAME_LETTERS, NAME_LETTERS_IN_A_TREE, NAME_LETTERS_ON_A_PHONE = 30, 44, 17
"""Room for a name beside a bar, in Latin letters; a Chinese one takes two."""
NO_LINE_START = "，。、；：？！）》”’）"
PHONE_WIDTH = 640
TEXT_ROOM, TEXT_ROOM_ON_A_PHONE = 1.35, 2.2
"""Room to the right of the longest bar for the text at its end."""


def on_a_phone(there: object, elsewhere: object) -> str:
    """One of two expressions, by how wide the window is."""
    return f"windowSize()[0] < {PHONE_WIDTH} ? {there} : {elsewhere}"


def narrow(there: float, elsewhere: float) -> alt.ExprRef:
    """A size that depends on how wide the window is."""
    return alt.ExprRef(on_a_phone(there, elsewhere))


def value_format(percent: bool) -> str:
    """How a figure is written in a chart."""
    return ".1%" if percent else ",.2~f"


def value_scale(largest: float | None, percent: bool, lowest: float = 0) -> alt.Scale:
    """Colours from nothing, or `lowest`, to the largest value, of a rate to all."""
    return alt.Scale(scheme="blues", domainMin=lowest, domainMax=1 if percent or not largest else alt.Undefined)


def start_of_colours(shares: pl.Series) -> float:
    """Where colours of shares that are nearly all 100 % begin, so that few missing ones can be told from none."""
    least = float(shares.min() or 0)  # type: ignore[arg-type]
    return min(0.8, int(least * 5) / 5)


def value_legend(percent: bool, lowest: float = 0) -> alt.Legend:
    """A band of colours with what they stand for; of a rate up to all."""
    if percent:
        marks = [lowest + (1 - lowest) * part / 4 for part in range(5)]
        return alt.Legend(title=None, aria=False, orient="bottom", format=".0%", values=marks)
    return alt.Legend(title=None, aria=False, orient="bottom", format=",.2~f", tickCount=4, tickMinStep=1)


def letters(text: str) -> int:
    """How much room a text takes, in Latin letters."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


def _two_lines(name: str, room: int) -> list[str]:
    """A name in two lines where one is too short for it, broken between words where it has any."""
    if letters(name) <= room:
        return [name]
    latin = letters(name) < 1.3 * len(name)
    pieces, joint = (name.split(" "), " ") if latin else (list(name), "")
    breaks = (at for at in range(1, len(pieces)) if pieces[at] not in NO_LINE_START)
    pairs = [(joint.join(pieces[:at]), joint.join(pieces[at:])) for at in breaks]
    return list(min(pairs, key=lambda pair: abs(letters(pair[0]) - letters(pair[1])), default=(name,)))


def bar_step(names: Sequence[str]) -> alt.Step:
    """How far apart bars stand: farther where a name needs two lines on a narrow screen."""
    tall = any(letters(name) > NAME_LETTERS_ON_A_PHONE for name in names)
    return alt.Step(TALL_BAR_HEIGHT if tall else BAR_HEIGHT)


def names_axis(names: Sequence[str], room: int = NAME_LETTERS, **settings: Any) -> alt.Axis:  # noqa: ANN401 - as Vega's
    """Names beside bars, whole: long ones in two lines, on a narrow screen sooner."""
    short = {name: _two_lines(name, NAME_LETTERS_ON_A_PHONE) for name in names}
    long = {name: _two_lines(name, room) for name in names}
    expression = f"({on_a_phone(json.dumps(short), json.dumps(long))})[datum.label]"
    return alt.Axis(
        labelExpr=expression,
        labelLimit=narrow(142, 290),
        labelFontSize=11.5,
        labelLineHeight=12,
        title=None,
        ticks=False,
        labelOverlap=False,
        domain=False,
        aria=False,
        **settings,
    )


def value_axis(percent: bool, largest: float | None = None) -> alt.Axis:
    """An axis of amounts with labels that leave each other room; of shares it never goes beyond all."""
    axis: dict[str, Any] = {
        "title": None,
        "aria": False,
        "labelFlush": False,
        "labelBound": False,
        "labelOverlap": "greedy",
        "labelSeparation": 8,
    }
    if not percent:
        return alt.Axis(format=",.2~f", tickMinStep=1, tickCount=narrow(3, 5), **axis)
    if largest is None or largest > 0.5:
        return alt.Axis(format=".0%", values=[0, 0.2, 0.4, 0.6, 0.8, 1], **axis)
    return alt.Axis(format=".0~%", tickCount=narrow(3, 5), **axis)


def amounts(largest: float | None) -> alt.Scale:
    """From nothing up to a round number; where everything is zero the axis still goes up from zero."""
    return alt.Scale(domainMin=0, domainMax=alt.Undefined if largest else 1, nice=5)


def amounts_with_text(largest: float | None) -> alt.Scale:
    """The same, with room for the text at the end of the longest bar."""
    if not largest:
        return amounts(largest)
    return alt.Scale(domainMin=0, domainMax=narrow(largest * TEXT_ROOM_ON_A_PHONE, largest * TEXT_ROOM))


def year_axis(table: pl.DataFrame) -> alt.X:
    """A place for every year from the first to the last, so that a missing one shows as a gap."""
    years = [int(year) for year in table.get_column("year").drop_nulls().to_list()]
    every = list(range(min(years), max(years) + 1)) if years else []
    axis = alt.Axis(title=None, labelAngle=0, labelOverlap=True, labelFlush=False, aria=False)
    return alt.X("year:O", title=words.column("year"), scale=alt.Scale(domain=every), axis=axis)


def names_legend(names: Mapping[str, str]) -> alt.Legend:
    """Below the chart, in as many columns as the longest name leaves room for."""
    longest = max(map(letters, names.values()), default=1)
    columns = alt.ExprRef(f"clamp(floor(width / {longest * 7 + 36}), 1, 3)")
    return alt.Legend(title=None, aria=False, orient="bottom", columns=columns, labelLimit=LABEL_LIMIT, symbolLimit=0)
