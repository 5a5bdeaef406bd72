"""What a rule is: one object that checks, words, justifies and demonstrates itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

Severity = Literal["error", "warning", "notice"]
Status = Literal["passed", "failed", "not-applicable", "unsure"]


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in both languages of the interface."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit that a supervisor may move in `gongkai.toml`. Limits are inclusive."""

    name: str
    default: float
    meaning: Wording


@dataclass(frozen=True, slots=True)
class Corpus:
    """The frames that rules read; every one is lazy and has a row per report unless it says otherwise.

    `reports`: the public columns of `loaders.schemas.Reports` and `content_hash`, `preface`, `signature`, `text`
    (the whole text without tables), `tables` (struct of publication, applications, litigation: `present`,
    `picture` or `missing`), `labels` (list of struct `expected`, `found`: headings and labels that differ),
    `evidence` (list of struct `about`, `value`, `source`, `weight`: what the identity rests on).
    `figures`: `report_id`, a Float64 column for each key of `loaders.form.editions.all_keys()` (null where blank,
    unreadable or not of the report's edition), `blank_keys`, `unreadable` (list of struct `key`, `raw`: text that
    is no number) and `doubtful_keys` (read with low confidence).
    `sections`, `claims`: the public tables, many rows a report.
    `issuers`: the public table. `roster`: issuers that must report: `issuer_id`, `issuer`, `region_code`, `year`.
    """

    reports: pl.LazyFrame
    figures: pl.LazyFrame
    sections: pl.LazyFrame
    claims: pl.LazyFrame
    issuers: pl.LazyFrame
    roster: pl.LazyFrame


OUTCOME_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "report_id": pl.String,
    "status": pl.String,
    "reason": pl.String,  # why a rule is not applicable or unsure: a key of NOT_APPLICABLE_REASONS
    "left": pl.String,
    "right": pl.String,
    "message": pl.String,
    "message_en": pl.String,
    "evidence": pl.String,
    "score": pl.Float64,
}
"""What `Rule.check` returns: one row a report; several `failed` rows where a report fails in several places."""

Check = Callable[[Corpus, Mapping[str, float]], pl.LazyFrame]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `check` is Polars expressions over whole frames and returns rows of `OUTCOME_SCHEMA`."""

    id: str
    family: str
    severity: Severity
    title: Wording
    reason: Wording
    basis: Wording
    formula: Wording
    remedy: Wording
    needs: tuple[str, ...]
    check: Check
    thresholds: tuple[Threshold, ...] = field(default=())
    version: int = 1
