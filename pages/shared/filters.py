"""The filters that all pages share, kept in the address so that every view can be sent on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import polars as pl
import streamlit as st

REGION_LEVELS = ("province", "prefecture", "county")
KEYS = (*REGION_LEVELS, "issuer", "kind", "year", "sums")
TOLD_APART = re.compile("(.+)（(.+)）")
EVERYTHING = "all"
"""The value of `Filters.sums` that adds up all reports, consolidated ones and what they consolidate alike."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a visitor has chosen; None chooses nothing.

    `issuer` is a part of a name or, where `whole_name` says so, all of it: an office is not its government, though the
    name of the one begins with the name of the other.
    """

    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    issuer: str | None = None
    kind: str | None = None
    year: int | None = None
    add_everything: bool = False
    whole_name: bool = False

    def condition(self) -> pl.Expr:
        """The choice as an expression over the `reports` table."""
        chosen = [pl.col(level) == name for level in ("province", "prefecture") if (name := getattr(self, level))]
        if self.county:
            chosen.append(_named("county", self.county, "prefecture", "province"))
        if self.issuer:
            named = _named("issuer", self.issuer, "county", "prefecture")
            part_of_name = pl.col("issuer").str.contains(self.issuer, literal=True)
            chosen.append(named if self.whole_name else named | part_of_name)
        if self.kind:
            chosen.append(pl.col("issuer_kind") == self.kind)
        if self.year:
            chosen.append(pl.col("year") == self.year)
        return pl.all_horizontal(chosen) if chosen else pl.lit(value=True)

    def any_year(self) -> Filters:
        """The same choice over all years, for trends."""
        return replace(self, year=None)

    def in_year(self, year: int | None) -> Filters:
        """The same choice in one year."""
        return replace(self, year=year)

    def to_query(self) -> dict[str, str]:
        """The choice as it stands in an address."""
        held = {key: str(value) for key in KEYS if key != "sums" and (value := getattr(self, key))}
        return held | ({"sums": EVERYTHING} if self.add_everything else {})

    @classmethod
    def from_query(cls, query: Mapping[str, str], is_issuer: Callable[[str | None], bool]) -> Filters:
        """The choice that an address makes; raises ValueError where its year is no number."""
        names = {key: query.get(key) or None for key in KEYS if key not in ("year", "sums")}
        year = query.get("year")
        if year and not year.isdecimal():
            raise ValueError(f"year={year}")
        sums = query.get("sums") == EVERYTHING
        return cls(
            **names, year=int(year) if year else None, add_everything=sums, whole_name=is_issuer(names["issuer"])
        )

    @property
    def region(self) -> str | None:
        """The name of the deepest region chosen."""
        return self.county or self.prefecture or self.province

    @property
    def level_below(self) -> str:
        """The column to break a choice down by: the next smaller region, and issuers within a county."""
        if self.county or self.issuer:
            return "issuer"
        if self.prefecture:
            return "county"
        return "prefecture" if self.province else "province"


def told_apart(name: str, place: str) -> str:
    """One of several of the same name, with the place it belongs to: 鼓楼区（南京市）."""
    return f"{name}（{place}）"


def _named(column: str, name: str, *places: str) -> pl.Expr:
    """Whether a row has the name, or the name and the place, the deepest known, that `told_apart` puts together."""
    exactly = pl.col(column) == name
    if parts := TOLD_APART.fullmatch(name):
        there = (pl.col(column) == parts[1]) & (pl.coalesce(places) == parts[2])
        return exactly | there.fill_null(value=False)
    return exactly


def choose(**values: str | int | None) -> None:
    """Sets filters from a click in a chart or table; call it in a callback. Levels below a changed region go."""
    for key, value in values.items():
        st.session_state[key] = value
        if key in REGION_LEVELS:
            forget_below(key)


def forget_below(level: str) -> None:
    """Drops the choices that a change of region makes void."""
    order = (*REGION_LEVELS, "issuer")
    for key in order[order.index(level) + 1 :]:
        st.session_state[key] = None


def reset() -> None:
    """Back to everything."""
    for key in KEYS:
        st.session_state[key] = None
