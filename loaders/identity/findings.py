"""What was found of the author: own names and hints of the region, each with where it stood and what it weighs."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.identity.names import AgencyName

NAME_WEIGHTS = {
    "title": 5.0,
    "signature": 4.0,
    "furniture": 3.5,
    "file name": 3.0,
    "source line": 3.0,
    "preface": 3.0,
    "metadata": 1.5,
    "contact": 2.5,
    "text": 1.2,
    "folder": 1.5,
    "breadcrumb": 1.2,
}
HINT_WEIGHTS = {
    "site": 2.0,
    "telephone": 2.0,
    "web address": 2.0,
    "site code": 2.0,
    "address": 1.5,
    "breadcrumb": 1.5,
    "folder": 1.5,
    "file name": 1.2,
    "source line": 1.0,
    "mention": 0.6,
}


@dataclass(frozen=True, slots=True)
class OwnName:
    """A name that stands where the author's own name belongs."""

    name: AgencyName
    source: str
    weight: float


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that points to a region without naming the author. `value` is what was found."""

    codes: tuple[str, ...]
    source: str
    weight: float
    value: str


@dataclass(slots=True)
class Witnesses:
    """All of it. `level` is the kind of region (旗, 市 ...) that the text speaks of as its own.

    `is_bureau` says that the text calls itself 我局, as no government does.
    """

    own: list[OwnName]
    hints: list[Hint]
    hosts: list[str]
    level: str = ""
    is_bureau: bool = False

    def add_own(self, name: AgencyName, source: str, factor: float = 1.0) -> None:
        """A name that stands where the author's belongs; `factor` is below 1 where that is less than sure."""
        self.own.append(OwnName(name, source, NAME_WEIGHTS[source] * factor))

    def add_hint(self, codes: tuple[str, ...], source: str, value: str, factor: float = 1.0) -> None:
        """Something that points to one of the regions `codes`; nothing to add where there are none."""
        if codes:
            self.hints.append(Hint(codes, source, HINT_WEIGHTS[source] * factor, value))
