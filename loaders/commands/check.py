"""`gongkai check`: drafts are read and judged, and nothing is stored."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import typer

from flags.corpus import corpus_of
from flags.engine import evaluate, quick_queries
from flags.registry import rule_named
from flags.settings import Settings
from loaders import __version__
from loaders.commands.settings import load_settings
from loaders.document import Place
from loaders.drafts import Reading
from loaders.file_records import ReadFile
from loaders.report import Failure, Report
from loaders.vocabulary import SEVERITIES
from loaders.words import language, say, say_failure
from loaders.words.of_warnings import in_english

_PLACES = 5
"""So many places of one finding are named."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in a draft. `where` are places of figures and quotes, by key or quote."""

    rule: str
    severity: str
    message: str
    message_en: str
    evidence: dict[str, Any]
    score: float | None
    remedy: str
    remedy_en: str
    where: dict[str, dict[str, Any]]


@dataclass(slots=True)
class Draft:
    """A file under check: a report with its findings, or the reason why it could not be read."""

    path: str
    report: Report | None = None
    reason: str = ""
    message: str = ""
    findings: list[Finding] = field(default_factory=list)


def run(reading: Reading, file_format: str, config: Path | None) -> int:
    """Check drafts and print; 1 where one has an error, else 2 where one could not be read, else 0."""
    settings = load_settings("", config)
    files = reading()
    with quick_queries(len(files)):
        drafts = check(files, settings)
    if file_format == "json":
        found = {"program": f"gongkai {__version__}", "files": [as_data(draft) for draft in drafts]}
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for draft in drafts:
            typer.echo("\n".join(as_text(draft)))
    if any(finding.severity == "error" for draft in drafts for finding in draft.findings):
        return 1
    return 2 if any(draft.report is None for draft in drafts) else 0


def check(files: Sequence[ReadFile], settings: Settings) -> list[Draft]:
    """Judge drafts that were read, each by itself and against each other."""
    drafts = [_draft(file) for file in files]
    reports = [draft.report for draft in drafts if draft.report]
    for number, report in enumerate(reports):
        report.report_id = f"{report.report_id}-{number}"  # two drafts may be the same file
    flags = evaluate(corpus_of(reports), settings).flags
    by_path = {draft.path: draft for draft in drafts}
    for row in flags.sort("severity", maintain_order=True).iter_rows(named=True):
        draft = by_path.get(row["path"])
        if draft and draft.report:
            draft.findings.append(_finding(row, draft.report))
    return drafts


def _draft(file: ReadFile) -> Draft:
    path, result = file.record.path, file.result
    if isinstance(result, Failure):
        return Draft(path, reason=result.reason, message=result.message)
    return Draft(path, result if isinstance(result, Report) else None)


def _finding(row: Mapping[str, Any], report: Report) -> Finding:
    rule = rule_named(row["rule"])
    evidence = json.loads(row["evidence"] or "{}")
    return Finding(
        row["rule"],
        row["severity"],
        row["message"],
        row["message_en"],
        evidence,
        row["score"],
        rule.remedy.zh,
        rule.remedy.en,
        _where(evidence, report),
    )


def _where(evidence: Mapping[str, Any], report: Report) -> dict[str, dict[str, Any]]:
    """Places of the cells of the evidence, by key."""
    keys = [cell["key"] for cell in evidence.get("cells") or () if isinstance(cell, dict) and "key" in cell]
    found = {key: report.form.figures[key].place for key in keys if key in report.form.figures}
    return {key: json.loads(place.to_json()) for key, place in found.items() if place != Place()}


def as_data(draft: Draft) -> dict[str, Any]:
    """A draft as JSON has it."""
    report = draft.report
    if report is None:
        return {"path": draft.path, "failure": {"reason": draft.reason, "message": draft.message}, "findings": []}
    who = report.identity
    return {
        "path": draft.path,
        "failure": None,
        "report": {
            "title": who.title,
            "issuer": who.issuer,
            "issuer_kind": who.issuer_kind,
            "region_code": who.region_code,
            "year": who.year,
            "edition": report.form.edition,
            "published_on": who.published_on.isoformat() if who.published_on else None,
            "confidence": min(who.confidence, report.form.confidence),
            "warnings": list(dict.fromkeys(report.warnings)),
        },
        "findings": [asdict(finding) for finding in draft.findings],
    }


def as_text(draft: Draft) -> Iterator[str]:
    """A draft as lines to read."""
    report = draft.report
    if report is None:
        yield say("draft.unread", path=draft.path, message=say_failure(draft.reason, draft.message))
        return
    who, form = report.identity, report.form
    edition = say(f"edition.{form.edition}") if form.edition in ("none", "legacy") else form.edition
    year = who.year or say("unknown")
    yield say("draft", path=draft.path, issuer=who.issuer or say("unknown"), year=year, edition=edition)
    chinese = language() == "zh"
    for each in draft.findings:
        message, remedy = (each.message, each.remedy) if chinese else (each.message_en or each.message, each.remedy_en)
        yield f"  {say(f'severity.{each.severity}')} {each.rule}: {message}"
        where = [*(_place_words(place) for place in each.where.values()), *_quotes(each)]
        if where:
            yield say("draft.where", where="; ".join(list(dict.fromkeys(where))[:_PLACES]))
        if remedy:
            yield say("draft.remedy", remedy=remedy)
    if not draft.findings:
        yield say("draft.clean")
    for warning in dict.fromkeys(report.warnings):
        yield say("draft.warning", message=warning if chinese else in_english(warning))
    yield "  " + say("findings", **{each: sum(f.severity == each for f in draft.findings) for each in SEVERITIES})


def _place_words(place: Mapping[str, Any]) -> str:
    names = ("page", "table", "row", "column", "paragraph", "line", "picture")
    if "page" in place and ("paragraph" in place or "table" in place):
        place = {"picture" if name == "page" else name: value for name, value in place.items()}
    return say("place.join").join(say(f"place.{name}", **{name: place[name]}) for name in names if name in place)


def _quotes(finding: Finding) -> Iterator[str]:
    for quote in finding.evidence.get("quotes") or ():
        if isinstance(quote, dict) and quote.get("text"):
            yield say("place.section", section=quote.get("section"), quote=quote["text"])
