"""Small consistent reports for tests: a row says only what differs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from flags.engine import corpus_of, evaluate
from flags.registry import rule_named
from flags.rule import Corpus
from flags.settings import Settings
from loaders.form.editions import edition as form_edition
from loaders.report import Claim, Evidence, FigureReading, FormReading, Identity, Report, SectionReading

HEADINGS = {section.number: section.heading for section in form_edition("2021").sections}
NUMERALS = "一二三四五六"
PRESENT = dict.fromkeys(("publication", "applications", "litigation"), "present")
APPLICANTS = ("person", "business", "research", "nonprofit", "legal", "other")
RESULTS = ("upheld", "corrected", "other", "pending")

OVERVIEW = (
    "{year}年，{name}把政务公开列入全年重点工作。\n"
    "（一）主动公开。通过县政府网站发布信息36条，解读稿4篇。\n"
    "（二）依申请公开。全年收到的申请均按时答复。\n"
    "（三）政府信息管理。对现行文件逐件清理，更新了公开目录。\n"
    "（四）平台建设。在政务大厅增设查阅点2处。\n"
    "（五）监督保障。3月举办培训一期，42人参加。"
)
TEXTS = {
    1: OVERVIEW,
    2: "",
    3: "",
    4: "",
    5: "公开目录更新不够快，{next_year}年将按月更新。",
    6: "按照《政府信息公开信息处理费管理办法》，{year}年未收取信息处理费。",
}
PREFACE = (
    "根据《中华人民共和国政府信息公开条例》和{notice}要求，{name}编制本报告。"
    "统计期限自{year}年1月1日起至{year}年12月31日止。"
)


def figures(edition: str = "2021", given: Mapping[str, float | str | None] | None = None) -> dict[str, FigureReading]:
    """Zeros throughout but for the cells given; a text is text that is no number, None a blank.

    A short key `new.person` means `applications.new.person`.
    """
    found = {key: FigureReading(0.0, "0") for key in form_edition(edition).keys}
    for short, value in (given or {}).items():
        key = full_key(short, edition)
        if isinstance(value, str):
            found[key] = FigureReading(None, value)
        else:
            found[key] = FigureReading(None if value is None else float(value), "" if value is None else f"{value:g}")
    return found


def full_key(short: str, edition: str = "2021") -> str:
    keys = form_edition(edition).keys
    match = [
        key for key in (short, f"applications.{short}", f"litigation.{short}", f"publication.{short}") if key in keys
    ]
    assert match, f"no figure {short} on the form of {edition}"
    return match[0]


def applications(**columns: Mapping[str, float]) -> dict[str, float]:
    """Consistent applications: of each kind of applicant `new`, `carried_in` and outcomes; the rest follows.

    `applications(person={"new": 3, "granted": 3})`.
    """
    found: dict[str, float] = {}
    for column, rows in columns.items():
        outcomes = {row: n for row, n in rows.items() if row not in ("new", "carried_in")}
        decided = sum(outcomes.values())
        received = rows.get("new", 0) + rows.get("carried_in", 0)
        cells = dict(rows) | {"total": decided, "carried_out": received - decided}
        for row, n in cells.items():
            found[f"applications.{row}.{column}"] = n
            found[f"applications.{row}.total"] = found.get(f"applications.{row}.total", 0) + n
    return found


def litigation(**groups: Mapping[str, float]) -> dict[str, float]:
    """Consistent disputes: `litigation(review={"upheld": 2})`."""
    found: dict[str, float] = {}
    for group, results in groups.items():
        found |= {f"litigation.{group}.{result}": n for result, n in results.items()}
        found[f"litigation.{group}.total"] = sum(results.values())
    return found


def report(
    cells: Mapping[str, float | str | None] | None = None,
    *,
    issuer: str = "青禾县水务局",
    kind: str = "department",
    region: str | None = "410999",
    province: str | None = "中原省",
    prefecture: str | None = "安平市",
    county: str | None = "青禾县",
    year: int | None = 2023,
    edition: str = "2021",
    published: date | None = date(2024, 1, 12),
    title: str | None = None,
    preface: str | None = None,
    signature: str | None = None,
    sections: Mapping[int, str] | None = None,
    without: Iterable[int] = (),
    headings: Mapping[int, str] | None = None,
    tables: Mapping[str, str] | None = None,
    labels: Sequence[tuple[str, str]] = (),
    claims: Sequence[Claim] = (),
    evidence: Sequence[Evidence] = (),
    doubtful: Iterable[str] = (),
    confidence: float = 0.95,
    path: str | None = None,
    name: str | None = None,
    file_format: str = "docx",
) -> Report:
    """A sound report for 2023 of a county's department; `sections` replaces texts, `without` drops sections."""
    own = name or issuer
    words = {"name": own, "year": year or "", "next_year": (year or 0) + 1, "notice": notice(year)}
    texts = {number: text.format(**words) for number, text in TEXTS.items()} | dict(sections or {})
    found = [
        SectionReading(n, (headings or {}).get(n, f"{NUMERALS[n - 1]}、{HEADINGS[n]}"), texts[n])
        for n in sorted(texts)
        if n not in set(without)
    ]
    before = PREFACE.format(**words) if preface is None else preface
    read = figures(edition, cells) if edition in ("2019", "2021") else {}
    for short in doubtful:
        read[full_key(short, edition)].confidence = 0.3
    body = "\n".join([before, *(f"{each.heading}\n{each.text}" for each in found)])
    identity = Identity(
        title=f"{issuer}{year}年政府信息公开工作年度报告" if title is None else title,
        issuer=issuer,
        issuer_kind=kind,
        region_code=region,
        province=province,
        prefecture=prefecture,
        county=county,
        year=year,
        published_on=published,
        confidence=confidence,
        evidence=list(evidence),
    )
    place = path or f"{issuer}/{year}.{file_format}"
    return Report(
        report_id=f"id:{place}",
        path=place,
        format=file_format,
        bytes=len(body),
        identity=identity,
        form=FormReading(edition, read, dict(PRESENT) | dict(tables or {}), confidence, labels=list(labels)),
        sections=found,
        claims=list(claims),
        preface=before,
        signature=issuer if signature is None else signature,
        text=body,
    )


def notice(year: int | None) -> str:
    return "国办公开办函〔2019〕60号" if year in (2019, 2020) else "国办公开办函〔2021〕30号"


def corpus(*reports: Report) -> Corpus:
    return corpus_of(reports)


def statuses(rule: str, *reports: Report, settings: Settings | None = None) -> list[str]:
    """The status of each report under a rule, in their order."""
    checks = evaluate(corpus_of(reports), settings, [rule_named(rule)]).checks()
    found = dict(checks.select("report_id", "status").iter_rows())
    return [str(found[each.report_id]) for each in reports]


def status(rule: str, *reports: Report, settings: Settings | None = None) -> str:
    """The status of the first report; the others are what else is at hand."""
    return statuses(rule, *reports, settings=settings)[0]


def reason(rule: str, *reports: Report) -> str | None:
    """Why a rule says nothing about the first report."""
    checks = evaluate(corpus_of(reports), None, [rule_named(rule)]).checks()
    found: str | None = dict(checks.select("report_id", "reason").iter_rows())[reports[0].report_id]
    return found


def flags(rule: str, *reports: Report, settings: Settings | None = None) -> list[dict[str, Any]]:
    """The findings of a rule on the reports, evidence read."""
    found: pl.DataFrame = evaluate(corpus_of(reports), settings, [rule_named(rule)]).flags
    return [row | {"evidence": json.loads(row["evidence"])} for row in found.iter_rows(named=True)]


def messages(rule: str, *reports: Report) -> list[str]:
    return [row["message"] for row in flags(rule, *reports)]
