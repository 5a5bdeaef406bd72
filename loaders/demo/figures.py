"""Invented figures that could be true: every sum of the form holds, and a year follows from the year before."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from loaders.form.editions import Edition

Figures = dict[str, float | None]

APPLICANTS = ("person", "business", "research", "nonprofit", "legal", "other")
_APPLICANT_WEIGHTS = (82.0, 10.0, 0.6, 0.8, 3.6, 3.0)
_OUTCOME_WEIGHTS = {
    "granted": 42.0,
    "partial": 7.0,
    "denied.secret": 0.2,
    "denied.law": 0.8,
    "denied.safety": 0.3,
    "denied.third_party": 1.6,
    "denied.internal": 1.0,
    "denied.process": 1.4,
    "denied.case_file": 1.8,
    "denied.inquiry": 1.7,
    "unavailable.not_held": 24.0,
    "unavailable.not_compiled": 3.0,
    "unavailable.unclear": 0.9,
    "rejected.petition": 4.0,
    "rejected.repeat": 2.2,
    "rejected.publication": 0.2,
    "rejected.excessive": 0.2,
    "rejected.reconfirm": 0.3,
    "misc": 3.0,
    "misc.uncorrected": 2.0,
    "misc.unpaid": 0.1,
    "misc.other": 2.6,
}
_EVENNESS = 14.0
"""How even the years are: a year strays from the mean by about a quarter of it."""
_CASE_WEIGHTS = {"upheld": 60.0, "corrected": 12.0, "other": 18.0, "pending": 10.0}


@dataclass(frozen=True, slots=True)
class Workload:
    """How busy an issuer is, as yearly averages.

    `applications` received, `documents` issued, `licences`, `penalties`, `coercions` decided, `fees` in 万元,
    `disputed` the share of applications that ends in reconsideration or litigation.
    """

    applications: float = 0.0
    documents: float = 0.0
    rules: float = 0.0
    licences: float = 0.0
    penalties: float = 0.0
    coercions: float = 0.0
    fees: float = 0.0
    disputed: float = 0.05

    def times(self, factor: float) -> Workload:
        """The same kind of work, more or less of it."""
        work = ("applications", "documents", "rules", "licences", "penalties", "coercions", "fees")
        return replace(self, **{name: getattr(self, name) * factor for name in work})


def outcome_rows(edition: Edition) -> tuple[str, ...]:
    """The rows of the applications table that say how an application ended."""
    (block,) = edition.blocks_of("applications")
    return tuple(row.key for row in block.rows if row.key in _OUTCOME_WEIGHTS)


def count(rng: random.Random, mean: float) -> int:
    """A random count around `mean`, more spread out than chance alone would have it."""
    if mean <= 0:
        return 0
    drawn = rng.gammavariate(_EVENNESS, mean / _EVENNESS)
    if drawn > 50:
        return round(drawn)
    return sum(1 for _ in range(200) if rng.random() < drawn / 200)


def spread(rng: random.Random, total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """`total` dealt out at random over the keys of `weights`."""
    dealt = dict.fromkeys(weights, 0)
    tilted = [weight * rng.gammavariate(2.0, 0.5) for weight in weights.values()]
    for key in rng.choices(list(weights), tilted, k=total) if total else ():
        dealt[key] += 1
    return dealt


def invent_figures(
    rng: random.Random, edition: Edition, workload: Workload, before: Mapping[str, float | None] | None = None
) -> Figures:
    """A year's figures for an issuer of this `workload`; `before` are its own of the year before, if any."""
    figures: Figures = dict.fromkeys(edition.keys, 0.0)
    before = before or {}
    figures.update(_publication(rng, edition, workload, before))
    figures.update(_applications(rng, edition, workload, before))
    received = (figures["applications.new.total"] or 0) + (figures["applications.carried_in.total"] or 0)
    figures.update(_litigation(rng, received, workload.disputed))
    return figures


def _applications(
    rng: random.Random, edition: Edition, workload: Workload, before: Mapping[str, float | None]
) -> dict[str, float]:
    outcomes = outcome_rows(edition)
    weights = {row: _OUTCOME_WEIGHTS[row] for row in outcomes}
    figures: dict[str, float] = {}
    new = spread(rng, count(rng, workload.applications), dict(zip(APPLICANTS, _APPLICANT_WEIGHTS, strict=True)))
    for who in APPLICANTS:
        carried_in = int(before.get(f"applications.carried_out.{who}") or 0)
        received = new[who] + carried_in
        carried_out = min(received, count(rng, 0.05 * received))
        decided = spread(rng, received - carried_out, weights)
        rows = {"new": new[who], "carried_in": carried_in, **decided, "carried_out": carried_out}
        rows["total"] = sum(decided.values())
        figures.update({f"applications.{row}.{who}": float(value) for row, value in rows.items()})
    return with_totals(edition, figures)


def with_totals(edition: Edition, figures: dict[str, float]) -> dict[str, float]:
    """`figures` of the applications table with the total column added up."""
    (block,) = edition.blocks_of("applications")
    for row in block.rows:
        parts = [figures[f"applications.{row.key}.{who}"] for who in APPLICANTS]
        figures[f"applications.{row.key}.total"] = sum(parts)
    return figures


def _litigation(rng: random.Random, received: float, disputed: float) -> dict[str, float]:
    figures: dict[str, float] = {}
    for row, share in (("review", 0.6), ("direct", 0.25), ("after_review", 0.15)):
        cases = spread(rng, count(rng, received * disputed * share), _CASE_WEIGHTS)
        figures.update({f"litigation.{row}.{result}": float(value) for result, value in cases.items()})
        figures[f"litigation.{row}.total"] = float(sum(cases.values()))
    return figures


def _publication(
    rng: random.Random, edition: Edition, workload: Workload, before: Mapping[str, float | None]
) -> dict[str, float]:
    if edition.name == "2021":
        return _publication_2021(rng, workload, before)
    return _publication_2019(rng, workload, before)


def _publication_2021(rng: random.Random, workload: Workload, before: Mapping[str, float | None]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for row, mean in (("rules", workload.rules), ("normative", workload.documents)):
        stock = before.get(f"publication.{row}.in_force")
        held = int(stock) if stock is not None else count(rng, mean * 6)
        issued = count(rng, mean)
        repealed = min(held, count(rng, mean * 0.7))
        figures[f"publication.{row}.issued"] = float(issued)
        figures[f"publication.{row}.repealed"] = float(repealed)
        figures[f"publication.{row}.in_force"] = float(held + issued - repealed)
    for row, mean in _decisions(workload):
        figures[f"publication.{row}.decisions"] = float(count(rng, mean))
    figures["publication.fees.amount"] = _amount(rng, workload.fees)
    return figures


def _decisions(workload: Workload) -> tuple[tuple[str, float], ...]:
    return (("licensing", workload.licences), ("penalty", workload.penalties), ("coercion", workload.coercions))


def _amount(rng: random.Random, mean: float) -> float:
    if mean <= 0:
        return 0.0
    return round(rng.gammavariate(3.0, mean / 3.0), rng.choice((0, 1, 2, 2, 2, 3, 4)))


def _publication_2019(rng: random.Random, workload: Workload, before: Mapping[str, float | None]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for row, mean in (("rules", workload.rules), ("normative", workload.documents)):
        made = count(rng, mean)
        shown = made if rng.random() < 0.8 else round(made * rng.uniform(0.6, 1.0))
        earlier = before.get(f"publication.{row}.total_disclosed")
        figures[f"publication.{row}.made"] = float(made)
        figures[f"publication.{row}.disclosed"] = float(shown)
        figures[f"publication.{row}.total_disclosed"] = float(
            shown + (earlier if earlier is not None else count(rng, 5 * mean))
        )
    for row, mean in (*_decisions(workload), ("services", workload.licences * 2)):
        figures.update(_items(rng, row, 12.0 if mean else 0.0, before))
        figures[f"publication.{row}.decisions"] = float(count(rng, mean))
    figures.update(_items(rng, "fees", 3.0 if workload.fees else 0.0, before))
    projects = count(rng, 2 + workload.documents)
    figures["publication.procurement.projects"] = float(projects)
    figures["publication.procurement.amount"] = _amount(rng, 36.0 * projects)
    return figures


def _items(rng: random.Random, row: str, mean: float, before: Mapping[str, float | None]) -> dict[str, float]:
    earlier = before.get(f"publication.{row}.items_last_year")
    last_change = before.get(f"publication.{row}.change") or 0
    stock = float(count(rng, mean)) if earlier is None else earlier + last_change
    change = float(rng.choice((0, 0, 0, 1, 2, 5, -1, -2, -4))) if stock else 0.0
    return {
        f"publication.{row}.items_last_year": stock,
        f"publication.{row}.change": max(change, -stock),
    }


def as_printed(value: float | None, signed: bool = False) -> str:
    """A figure as a careful office writes it: no needless zeros, a plus only where the form asks for a change."""
    if value is None:
        return ""
    text = str(int(value)) if value == int(value) else f"{value:.10g}"
    return f"+{text}" if signed and value > 0 else text


def written_figures(edition: Edition, figures: Mapping[str, float | None]) -> dict[str, str]:
    """All figures of `edition` as text, by key."""
    return {figure.key: as_printed(figures.get(figure.key), figure.column.signed) for figure in edition.figures}
