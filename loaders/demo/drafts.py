"""A report before it is written: what it will say, what is wrong with it, and what is true."""

from __future__ import annotations

from dataclasses import dataclass, field

from loaders.demo.figures import Figures, written_figures
from loaders.demo.issuers import Issuer
from loaders.form.editions import Edition, edition

FIRST_YEAR_2021 = 2021


def edition_of(year: int) -> Edition:
    """The edition that the law asks for in `year`."""
    return edition("2021" if year >= FIRST_YEAR_2021 else "2019")


@dataclass(slots=True)
class Draft:
    """One invented report.

    `figures` are what its tables print, `spelled` those that are spelled otherwise than usual, `stated` what the
    narrative says where it differs from the tables. `voice` is the issuer whose words and `voice_year` the year whose
    choice of sentences it uses; both are its own but where text is copied. `removed` names parts that are left out.
    """

    issuer: Issuer
    year: int
    edition: Edition
    figures: Figures
    before: Figures | None
    published: str
    voice: Issuer
    voice_year: int
    manner: str
    faults: set[str] = field(default_factory=set)
    spelled: dict[str, str] = field(default_factory=dict)
    stated: dict[str, float] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    pictured: set[str] = field(default_factory=set)
    notice: str = ""
    period_year: int = 0
    named: str = ""
    inserted: dict[int, str] = field(default_factory=dict)
    garbled: bool = False
    copy: int = 0

    @property
    def title(self) -> str:
        """The title of the report."""
        return f"{self.issuer.name}{self.year}年政府信息公开工作年度报告"

    @property
    def path(self) -> str:
        """Where the file goes, below the folder of the corpus."""
        region = self.issuer.region
        second = f"（{self.copy}）" if self.copy else ""
        return f"{region.code[:4]}00/{region.name}/{self.year}/{self.title}{second}.{self.issuer.format}"

    def figure(self, key: str) -> float:
        """A printed figure, 0 where the edition lacks it."""
        return self.figures.get(key) or 0.0

    def add(self, key: str, amount: float) -> None:
        """Raise a printed figure."""
        self.figures[key] = self.figure(key) + amount

    def written(self) -> dict[str, str]:
        """All figures as text."""
        return {**written_figures(self.edition, self.figures), **self.spelled}

    def is_all_zero(self) -> bool:
        """Whether all tables can be read, and no figure is above or below zero."""
        tables = {"publication", "applications", "litigation"} & (self.removed | self.pictured)
        return not (tables or self.garbled or any(self.figures.values()))
