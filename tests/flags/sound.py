"""Sound reports that are hard on the rules: consistent figures, and narratives that name other years and agencies."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from loaders.claims import read_claims
from loaders.report import Report
from tests.flags.factory import APPLICANTS, RESULTS, report
from tests.flags.sound_narrative import BUREAUS, COUNTIES, OUTCOMES, PROVINCES, TOWNS, Agency, narrative, preface


@dataclass
class SoundReport:
    """A sound report, the figures it was made from, and its agency."""

    report: Report
    agency: Agency
    cells: dict[str, float]


def agencies(chance: random.Random, counties: int = len(COUNTIES), bureaus: int = len(BUREAUS)) -> list[Agency]:
    found = []
    for code, county, prefecture in COUNTIES[:counties]:
        level = county[-1]
        for name, short in BUREAUS[:bureaus]:
            size = chance.choice((0, 0, 0.4, 2, 6, 25))
            kind = "department"
            found.append(
                Agency(
                    county + name,
                    f"{level}{short}{'委' if '委' in name else '局'}",
                    kind,
                    code,
                    county,
                    prefecture,
                    size,
                )
            )
        for town in TOWNS[: 2 if bureaus < 8 else 4]:
            end = "办事处" if town.endswith("街道") else "人民政府"
            kind = "subdistrict" if town.endswith("街道") else "township"
            found.append(Agency(county + town + end, town, kind, code, county, prefecture, chance.choice((0, 0, 1, 3))))
    return found


def year_of(agency: Agency, year: int, chance: random.Random) -> dict[str, float]:
    """Consistent figures of one year that go on from the year before."""
    edition = "2019" if year <= 2020 else "2021"
    cells: dict[str, float] = {}

    def add(key: str, n: float) -> None:
        cells[key] = cells.get(key, 0) + n

    pending = {}
    for column in APPLICANTS:
        weight = {"person": 0.8, "business": 0.12}.get(column, 0.02)
        new = sum(chance.random() < 0.5 for _ in range(round(2 * agency.size * weight * chance.uniform(0.6, 1.4))))
        received = new + agency.pending.get(column, 0)
        left = chance.choice((0, 0, 0, 1, 2)) if received > 3 else 0
        for key, n in (
            ("new", new),
            ("carried_in", agency.pending.get(column, 0)),
            ("total", received - left),
            ("carried_out", left),
        ):
            for where in (column, "total"):
                add(f"applications.{key}.{where}", n)
        for row in chance.choices(list(OUTCOMES), list(OUTCOMES.values()), k=received - left):
            for where in (column, "total"):
                add(f"applications.{row}.{where}", 1)
        pending[column] = left
    agency.pending = pending
    decided = cells["applications.total.total"]
    for group, scale in (("review", 0.12), ("direct", 0.06), ("after_review", 0.03)):
        total = 0
        for result in RESULTS:
            n = sum(chance.random() < scale / 4 for _ in range(int(decided)))
            cells[f"litigation.{group}.{result}"] = n
            total += n
        cells[f"litigation.{group}.total"] = total
    for row in ("licensing", "penalty", "coercion"):
        cells[f"publication.{row}.decisions"] = chance.choice((0, 0, chance.randint(1, 900)))
    issued, repealed = chance.choice((0, 0, 1, 3)), 0
    if agency.in_force["normative"] > 2:
        repealed = chance.choice((0, 0, 1))
    if edition == "2021":
        agency.in_force["normative"] += issued - repealed
        cells |= {
            "publication.normative.issued": issued,
            "publication.normative.repealed": repealed,
            "publication.normative.in_force": agency.in_force["normative"],
            "publication.fees.amount": chance.choice((0, 0, round(chance.uniform(1, 300), 2))),
        }
    else:
        cells |= {"publication.normative.made": issued, "publication.normative.disclosed": issued}
        cells["publication.licensing.change"] = chance.choice((0, -2, 3))
    return {key: n for key, n in cells.items() if n}


def consolidated(own: Mapping[str, float], below: Sequence[SoundReport]) -> dict[str, float]:
    """The figures of a region: its issuers' and the government's own, but for its documents."""
    total: dict[str, float] = dict(own)
    for each in below:
        for key, n in each.cells.items():
            if "normative" not in key and "fees" not in key:
                total[key] = total.get(key, 0) + n
    return total


def corpus(seed: int, years: Sequence[int] = (2020, 2021, 2022, 2023), **size: int) -> list[SoundReport]:
    """All agencies of some counties over some years, with consolidated reports of their governments."""
    chance = random.Random(seed)
    found: list[SoundReport] = []
    everyone = agencies(chance, **size)
    governments = {
        code: Agency(f"{county}人民政府", county, "government", code, county, prefecture, 3)
        for code, county, prefecture in dict.fromkeys((a.region, a.county, a.prefecture) for a in everyone)
    }
    before: dict[str, dict[str, float]] = {}
    for year in years:
        here: list[SoundReport] = []
        for agency in everyone:
            cells = year_of(agency, year, chance)
            here.append(_sound(agency, year, cells, before.get(agency.name), chance))
            before[agency.name] = cells
        for code, government in governments.items():
            below = [each for each in here if each.agency.region == code]
            own = year_of(government, year, chance)
            cells = consolidated(own, below)
            here.append(_sound(government, year, cells, before.get(government.name), chance))
            before[government.name] = cells
        found += here
    return found


def _sound(
    agency: Agency, year: int, cells: dict[str, float], before: Mapping[str, float] | None, chance: random.Random
) -> SoundReport:
    edition = "2019" if year <= 2020 else "2021"
    due = date(year + 1, 3, 31) if agency.kind == "government" else date(year + 1, 1, 31)
    made = report(
        cells,
        issuer=agency.name,
        kind=agency.kind,
        region=agency.region,
        province=PROVINCES[agency.region[:2]],
        prefecture=agency.prefecture,
        county=agency.county,
        year=year,
        edition=edition,
        published=chance.choice((due, due - timedelta(days=chance.randint(1, 25)))),
        title=f"{agency.name}{year}年政府信息公开工作年度报告",
        preface=preface(agency, year, chance),
        signature=chance.choice(("", agency.name, f"{agency.name}\n{year + 1}年1月{chance.randint(2, 30)}日")),
        sections=narrative(agency, year, cells, before, chance),
        labels=chance.choice(((), (("（六）其他处理", "(六)其它处理"),))),
    )
    made.claims = [replace(claim, value=float(claim.value)) for claim in read_claims(made.sections, year)]
    return SoundReport(made, agency, cells)
