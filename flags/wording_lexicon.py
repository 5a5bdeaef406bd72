"""The words that the wording rules rest on, read once from `data/wording`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from data import DATA_DIR
from flags.rule import Wording

WORDING_DIR = DATA_DIR / "wording"


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((WORDING_DIR / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class PlaceholderPattern:
    """One mark of an unfilled template. The first group of `regex` is quoted; `unless` excuses a sentence."""

    id: str
    kind: Wording
    regex: str
    unless: str


@cache
def placeholder_patterns() -> tuple[PlaceholderPattern, ...]:
    """The marks of `data/wording/placeholders.toml`."""
    source = _read("placeholders")
    excuse = source["excuse"]["words"]
    return tuple(
        PlaceholderPattern(
            each["id"],
            Wording(each["zh"], each["en"]),
            each["regex"],
            f"{excuse}|{each['unless']}" if "unless" in each else excuse,
        )
        for each in source["patterns"]
    )


@cache
def placeholder_marks() -> tuple[str, ...]:
    """Fixed strings of which a passage has at least one if any placeholder pattern matches."""
    return tuple(_read("placeholders")["marks"]["any"])


@dataclass(frozen=True, slots=True)
class Contamination:
    """One kind of foreign text. `brands` and `words` are in lower case; see the file for what excuses which."""

    id: str
    kind: Wording
    brands: tuple[str, ...]
    words: tuple[str, ...]
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContaminationLexicon:
    """All of `data/wording/contamination.toml`."""

    kinds: tuple[Contamination, ...]
    honest: tuple[str, ...]
    guards_before: tuple[str, ...]
    guards_after: tuple[str, ...]
    guards_anywhere: tuple[str, ...]
    not_brands: str


@cache
def contamination() -> ContaminationLexicon:
    """The foreign words and what excuses them."""
    source = _read("contamination")
    kinds = tuple(
        Contamination(
            name,
            Wording(source[name]["zh"], source[name]["en"]),
            tuple(source[name]["brands"]),
            tuple(source[name]["words"]),
            tuple(source[name]["patterns"]),
        )
        for name in ("gambling", "adult", "advertising")
    )
    guards = source["guards"]
    return ContaminationLexicon(
        kinds,
        tuple(source["honest"]),
        tuple(guards["before"]),
        tuple(guards["after"]),
        tuple(guards["anywhere"]),
        source["advertising"]["not_brands"],
    )


@dataclass(frozen=True, slots=True)
class Masks:
    """What is taken out of a text, or made one, before it is compared: `data/wording/masks.toml`."""

    removed: tuple[str, ...]
    synonyms: dict[str, str]
    departments: tuple[str, ...]


@cache
def masks() -> Masks:
    """The fixed part of the masks; the names of a corpus come on top."""
    source = _read("masks")
    departments = source["departments"]
    names = tuple(stem + ending for stem in departments["stems"] for ending in departments["endings"])
    return Masks((*source["self"], *source["times"], *source["small"]), dict(source["synonyms"]), names)


@dataclass(frozen=True, slots=True)
class Statutory:
    """What the form dictates: `data/wording/statutory.toml`."""

    clauses: tuple[str, ...]
    phrases: tuple[str, ...]
    titles: tuple[str, ...]


@cache
def statutory() -> Statutory:
    """Clauses, phrases and titles that count for nothing either way."""
    source = _read("statutory")
    return Statutory(tuple(source["clauses"]), tuple(source["phrases"]), tuple(source["titles"]))


@cache
def stock_words() -> tuple[str, ...]:
    """The common stock of words and phrases: `data/wording/stock.toml`, longest first."""
    source = _read("stock")
    words = dict.fromkeys([*source["phrases"], *source["words"]])
    return tuple(sorted(words, key=len, reverse=True))
