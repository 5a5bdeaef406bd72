"""The figures of all issuers through the years: each follows from the year before, governments add up those below."""

from __future__ import annotations

import random
from collections.abc import Iterable

from loaders.demo.drafts import Draft, edition_of
from loaders.demo.figures import Figures, invent_figures
from loaders.demo.issuers import Issuer

YEARS = (2019, 2020, 2021, 2022, 2023, 2024)
_TRENDS = (0.92, 0.97, 1.0, 1.0, 1.04, 1.1, 1.16)
"""By how much an issuer's work grows or shrinks from year to year."""


def invent_years(seed: int, issuers: list[Issuer]) -> dict[tuple[str, int], Draft]:
    """A draft for each issuer and year, by name and year."""
    own = {issuer.name: _own_years(seed, issuer) for issuer in issuers}
    counties = [issuer for issuer in issuers if issuer.is_government and issuer.region.level == "county"]
    prefectures = [issuer for issuer in issuers if issuer.is_government and issuer.region.level == "prefecture"]
    for government in counties:
        below = [each.name for each in issuers if each.region.code == government.region.code and each != government]
        _consolidate(own, government.name, below)
    for government in prefectures:
        below = [each.name for each in counties if each.region.parent_code == government.region.code]
        _consolidate(own, government.name, below)
    return {(issuer.name, year): _draft(seed, issuer, year, own[issuer.name]) for issuer in issuers for year in YEARS}


def _own_years(seed: int, issuer: Issuer) -> dict[int, Figures]:
    rng = random.Random(f"{seed}/{issuer.name}/figures")
    years: dict[int, Figures] = {}
    before: Figures | None = None
    trend = rng.choice(_TRENDS)
    for number, year in enumerate(YEARS):
        workload = issuer.workload.times(trend**number)
        before = years[year] = invent_figures(rng, edition_of(year), workload, before)
    return years


def _consolidate(own: dict[str, dict[int, Figures]], name: str, below: Iterable[str]) -> None:
    """Add the figures of everybody below to the government's own."""
    for year, figures in own[name].items():
        for key in figures:
            parts = [figures[key] or 0.0, *(own[each][year].get(key) or 0.0 for each in below)]
            figures[key] = round(sum(parts), 4)


def _draft(seed: int, issuer: Issuer, year: int, years: dict[int, Figures]) -> Draft:
    rng = random.Random(f"{seed}/{issuer.name}/{year}/date")
    month, days = (3, (4, 30)) if issuer.is_government else (1, (6, 30))
    return Draft(
        issuer=issuer,
        year=year,
        edition=edition_of(year),
        figures=dict(years[year]),
        before=years.get(year - 1),
        published=f"{year + 1}-{month:02}-{rng.randint(*days):02}",
        voice=issuer,
        voice_year=year,
        manner=issuer.manner,
    )
