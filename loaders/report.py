"""One parsed report: what a document says once form, sections, claims and identity have been read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from loaders.document import NOWHERE, Place


@dataclass(slots=True)
class FigureReading:
    """A figure as read. `value` is None where the report leaves it blank or the reader cannot place it."""

    value: float | None = None
    raw: str = ""
    confidence: float = 1.0
    place: Place = NOWHERE


@dataclass(slots=True)
class SectionReading:
    """A numbered section: `heading` as written, `text` without tables."""

    section: int
    heading: str
    text: str


@dataclass(slots=True)
class Claim:
    """A number that the narrative states about something the tables hold too.

    `about` is a figure key (`applications.new.total`) or a channel (`channel.website`). `start` and `end` are
    characters in the text of section `section`. `exact` is False for 350余条, 近400条. `period` is `this_year`,
    `last_year`, `change` (a year-on-year percentage) or `share` (a percentage).
    """

    about: str
    value: float
    quote: str
    section: int
    start: int
    end: int
    exact: bool = True
    period: str = "this_year"


@dataclass(slots=True)
class FormReading:
    """The form as found. `figures` maps keys of the edition to readings, in the order of the form.

    `tables` says of each of the three tables whether it is `present`, `picture` or `missing`.
    `labels` lists the headings and labels that differ from the form: (what the form says, what stands there).
    """

    edition: str
    figures: dict[str, FigureReading]
    tables: dict[str, str]
    confidence: float
    warnings: list[str] = field(default_factory=list)
    labels: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Evidence:
    """A piece of evidence for who wrote the report, where or when: what was found, and where."""

    about: str
    value: str
    source: str
    weight: float


@dataclass(slots=True)
class Identity:
    """Who wrote the report, where and when. Empty text or None where the evidence does not settle it."""

    title: str = ""
    issuer: str = ""
    issuer_kind: str = "other"
    field_of_work: str = ""
    region_code: str = ""
    province: str = ""
    prefecture: str = ""
    county: str = ""
    township: str = ""
    year: int | None = None
    published_on: date | None = None
    source_url: str = ""
    confidence: float = 0.0
    evidence: list[Evidence] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """A file that has become a report."""

    report_id: str
    path: str
    format: str
    bytes: int
    identity: Identity
    form: FormReading
    sections: list[SectionReading]
    claims: list[Claim]
    preface: str = ""
    signature: str = ""
    text: str = ""
    warnings: list[str] = field(default_factory=list)
    """All of them, those of identity and form included."""


@dataclass(slots=True)
class Failure:
    """A file that gave no report."""

    path: str
    reason: str
    message: str
