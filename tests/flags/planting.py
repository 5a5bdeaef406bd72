"""How faults are planted into sound reports, and what they are expected to raise."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from loaders.claims import read_claims
from loaders.report import Report
from tests.flags.sound import SoundReport

SUMS = ("balance", "outcome-sum", "applicant-sum")
TEXT = ("text-applications", "text-outcomes", "text-litigation", "text-documents", "text-share", "text-sum")
OVER_TIME = ("carry-over", "in-force")


@dataclass
class Corpus:
    """Sound reports into which faults are planted; a report or issuer is used once."""

    reports: list[SoundReport]
    chance: random.Random
    used: set[str] = field(default_factory=set)
    expected: set[tuple[str, str]] = field(default_factory=set)
    tolerated: set[tuple[str, str]] = field(default_factory=set)
    added: list[Report] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)

    def pick(self, fits: Callable[[SoundReport], bool] = lambda each: True) -> SoundReport | None:
        """A report of an issuer that no fault was planted with yet."""
        free = [
            each
            for each in self.reports
            if each.agency.name not in self.used and each.agency.kind != "government" and fits(each)
        ]
        if not free:
            return None
        chosen = self.chance.choice(free)
        self.used.add(chosen.agency.name)
        # What the government sums up may no longer fit.
        self.tolerated |= {(r.report.path, "rollup") for r in self.reports if r.agency.kind == "government"}
        return chosen

    def of_issuer(self, one: SoundReport) -> list[SoundReport]:
        return [each for each in self.reports if each.agency.name == one.agency.name]

    def raises(self, one: Report, rule: str, *tolerated: str) -> None:
        self.expected.add((one.path, rule))
        self.tolerated |= {(one.path, each) for each in tolerated}

    def tolerate(self, one: SoundReport, *rules: str) -> None:
        """What a change of figures may raise in all reports of the issuer."""
        self.tolerated |= {(each.report.path, rule) for each in self.of_issuer(one) for rule in rules}

    def __post_init__(self) -> None:
        for each in self.reports:
            if not each.cells:
                self.tolerated.add((each.report.path, "all-zero"))


Plant = Callable[[Corpus], bool]
FAULTS: dict[str, list[Plant]] = {}


def plants(rule: str) -> Callable[[Plant], Plant]:
    def add(plant: Plant) -> Plant:
        FAULTS.setdefault(rule, []).append(plant)
        return plant

    return add


def set_figure(one: SoundReport, key: str, value: float | None, raw: str | None = None) -> None:
    reading = one.report.form.figures[key]
    reading.value = value
    reading.raw = raw if raw is not None else "" if value is None else f"{value:g}"


def figure(one: SoundReport, key: str) -> float:
    return one.report.form.figures[key].value or 0.0


def retell(one: SoundReport, section: int, text: str) -> None:
    made = one.report
    made.sections = [replace(each, text=text) if each.section == section else each for each in made.sections]
    made.claims = [replace(c, value=float(c.value)) for c in read_claims(made.sections, made.identity.year)]
    made.text = "\n".join([made.preface, *(f"{each.heading}\n{each.text}" for each in made.sections)])


def text_of(one: SoundReport, section: int) -> str:
    return next(each.text for each in one.report.sections if each.section == section)


def is_busy(one: SoundReport) -> bool:
    return figure(one, "applications.total.total") >= 3


def add_line(one: SoundReport, line: str, section: int = 1) -> None:
    retell(one, section, f"{text_of(one, section)}\n{line}".strip())


def year_of(one: SoundReport) -> int:
    assert one.report.identity.year is not None
    return one.report.identity.year


def on_new_edition(one: SoundReport) -> bool:
    return one.report.form.edition == "2021"
