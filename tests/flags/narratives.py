"""Small corpora of narratives and figures for the tests of the wording, integrity and outlier rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from flags.rule import Corpus, Rule
from loaders.form.editions import all_keys

REPORTS: dict[str, Any] = {
    "report_id": pl.String,
    "path": pl.String,
    "format": pl.String,
    "title": pl.String,
    "issuer": pl.String,
    "issuer_id": pl.String,
    "issuer_kind": pl.String,
    "field_of_work": pl.String,
    "region_code": pl.String,
    "province": pl.String,
    "prefecture": pl.String,
    "county": pl.String,
    "township": pl.String,
    "year": pl.Int32,
    "edition": pl.String,
    "preface": pl.String,
    "signature": pl.String,
    "text": pl.String,
}
SECTIONS: dict[str, Any] = {
    "report_id": pl.String,
    "path": pl.String,
    "section": pl.Int32,
    "heading": pl.String,
    "text": pl.String,
}


@dataclass
class Narrative:
    """One report: who, when, and the texts of its sections; figures that are not given are zero."""

    issuer: str = "临川县林业局"
    year: int | None = 2023
    sections: Mapping[int, str] = field(default_factory=dict)
    title: str = ""
    preface: str = ""
    signature: str = ""
    county: str = ""
    prefecture: str = ""
    issuer_kind: str = "department"
    field_of_work: str | None = None
    edition: str = "2021"
    region_code: str = "361002"
    figures: Mapping[str, float | None] = field(default_factory=dict)
    name: str = ""


def corpus_of_narratives(reports: Iterable[Narrative]) -> Corpus:
    """The frames the rules read, with the reports named r0, r1, … or as they say."""
    rows, sections, figures = [], [], []
    for number, each in enumerate(reports):
        report_id = each.name or f"r{number}"
        texts = dict(each.sections)
        rows.append(
            {
                "report_id": report_id,
                "path": f"{report_id}.txt",
                "format": "text",
                "title": each.title,
                "issuer": each.issuer or None,
                "issuer_id": each.issuer or None,
                "issuer_kind": each.issuer_kind,
                "field_of_work": each.field_of_work,
                "region_code": each.region_code,
                "province": "",
                "prefecture": each.prefecture,
                "county": each.county,
                "township": "",
                "year": each.year,
                "edition": each.edition,
                "preface": each.preface,
                "signature": each.signature,
                "text": "\n".join([each.title, each.preface, *texts.values(), each.signature]),
            }
        )
        sections += [
            {"report_id": report_id, "path": f"{report_id}.txt", "section": section, "heading": "", "text": text}
            for section, text in texts.items()
        ]
        figures.append({"report_id": report_id} | dict.fromkeys(all_keys(), 0.0) | dict(each.figures))
    figure_schema = {"report_id": pl.String} | dict.fromkeys(all_keys(), pl.Float64)
    frame = pl.LazyFrame(figures, schema=figure_schema).with_columns(
        doubtful_keys=pl.lit([], pl.List(pl.String)), blank_keys=pl.lit([], pl.List(pl.String))
    )
    return Corpus(
        reports=pl.LazyFrame(rows, schema=REPORTS),
        figures=frame,
        sections=pl.LazyFrame(sections, schema=SECTIONS),
        claims=pl.LazyFrame(),
        issuers=pl.LazyFrame(),
        roster=pl.LazyFrame(),
    )


def outcomes_of(rule: Rule, reports: Iterable[Narrative], **limits: float) -> dict[str, dict[str, Any]]:
    """What a rule says of each report, by report id."""
    thresholds = {threshold.name: threshold.default for threshold in rule.thresholds} | limits
    found = rule.check(corpus_of_narratives(reports), thresholds).collect()
    return {row["report_id"]: row for row in found.to_dicts()}


def statuses_of(rule: Rule, reports: Iterable[Narrative], **limits: float) -> dict[str, str]:
    """The status of each report under a rule."""
    return {name: row["status"] for name, row in outcomes_of(rule, reports, **limits).items()}
