"""The invented corpus as a whole: issuers, years and planted faults become files and their truth."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from loaders.demo import figure_faults, text_faults
from loaders.demo.drafts import Draft
from loaders.demo.figure_faults import Drafts
from loaders.demo.issuers import invent_issuers
from loaders.demo.narrative import sentences
from loaders.demo.page import Page
from loaders.demo.pages import print_page
from loaders.demo.render_docx import render_docx
from loaders.demo.render_html import render_html
from loaders.demo.render_pdf import render_pdf
from loaders.demo.render_text import render_text
from loaders.demo.years import YEARS, invent_years

TRUTH_FILE = "truth.json"
MARK_FILE = "INVENTED.txt"
"""Where this file lies, everything below is invented; the dashboard says so on every page."""

Fault = Callable[[Drafts, Draft], bool]
FAULTS: dict[str, Fault] = {
    fault.__name__.replace("_", "-"): fault
    for fault in (
        figure_faults.outlier_jump,
        figure_faults.low_disclosure,
        figure_faults.high_correction,
        figure_faults.zero_disclosure,
        figure_faults.rollup,
        figure_faults.repeated_figures,
        figure_faults.outdated_form,
        figure_faults.in_force,
        figure_faults.carry_over,
        figure_faults.balance,
        figure_faults.outcome_sum,
        figure_faults.applicant_sum,
        figure_faults.litigation_sum,
        figure_faults.invalid_figure,
        figure_faults.blank_cells,
        text_faults.text_share,
        text_faults.text_outcomes,
        text_faults.text_applications,
        text_faults.text_litigation,
        text_faults.text_documents,
        text_faults.text_sum,
        text_faults.copied_from_peer,
        text_faults.copied_from_last_year,
        text_faults.boilerplate_only,
        text_faults.contaminated_text,
        text_faults.low_confidence,
        text_faults.missing_section,
        text_faults.missing_table,
        text_faults.missing_aspect,
        text_faults.missing_fee_statement,
        text_faults.altered_heading,
        text_faults.wrong_citation,
        text_faults.wrong_year,
        text_faults.foreign_issuer,
        text_faults.late,
        text_faults.placeholder,
    )
}
"""Each fault by the rule that finds it, those first that few reports are fit for."""

_RENDER: dict[str, Callable[[Page], bytes]] = {
    "docx": render_docx,
    "html": render_html,
    "pdf": render_pdf,
    "txt": render_text,
}
_SHARE_OF_A_FAULT = 0.006
_TRIES = 400


@dataclass(frozen=True, slots=True)
class Demo:
    """What was written: how many reports, and how often each rule was broken."""

    directory: Path
    reports: int
    faults: dict[str, int]


def write_demo(
    directory: Path, reports: int = 300, seed: int = 1, progress: Callable[[int, int], None] | None = None
) -> Demo:
    """Write about `reports` invented reports below `directory`, with `truth.json` and a file that says so.

    `progress` is told how many files are written and how many there will be. The same `seed` gives the same bytes.
    Raises ValueError where `reports` is below 1.
    """
    if reports < 1:
        raise ValueError(f"A corpus of {reports} reports cannot be written; ask for at least 1.")
    drafts, missing = invent_corpus(reports, seed)
    directory.mkdir(parents=True, exist_ok=True)
    mark = sentences()["mark"]
    (directory / MARK_FILE).write_bytes(f"{mark['text']}\n{mark['english']}\nseed {seed}\n".encode())
    for number, draft in enumerate(drafts, start=1):
        path = directory / draft.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render(seed, draft))
        if progress:
            progress(number, len(drafts))
    truth = {
        "invented": True,
        "note": "figures are 0 unless listed in not_zero or blank; faults are ids of rules",
        "seed": seed,
        "reports": {draft.path: truth_of(draft) for draft in drafts},
        "missing": missing,
    }
    text = json.dumps(truth, ensure_ascii=False, indent=1, sort_keys=True)
    (directory / TRUTH_FILE).write_bytes(text.encode() + b"\n")
    counts = {rule: sum(rule in draft.faults for draft in drafts) for rule in FAULTS}
    return Demo(directory, len(drafts), {**counts, "missing-report": len(missing)})


def render(seed: int, draft: Draft) -> bytes:
    """The file of a draft."""
    return _RENDER[draft.issuer.format](print_page(seed, draft))


def invent_corpus(reports: int, seed: int) -> tuple[list[Draft], list[dict[str, Any]]]:
    """All drafts, and the reports that are missing: issuer, region code and year."""
    issuers = invent_issuers(seed, max(1, -(-reports // len(YEARS))))
    rng = random.Random(f"{seed}/faults")
    by_key = invent_years(seed, issuers)
    young_first = sorted(by_key, key=lambda key: (by_key[key].issuer.is_government, key[1]))
    for key in young_first[: len(by_key) - reports]:
        del by_key[key]
    drafts = Drafts(by_key, rng)
    times = max(1, round(len(by_key) * _SHARE_OF_A_FAULT))
    for rule, fault in FAULTS.items():
        _plant(drafts, rule, fault, times)
    _mark_zeros(drafts)
    duplicates = _duplicate(drafts, times)
    missing = _lose(drafts, times)
    for draft in by_key.values():
        before = drafts.before(draft)
        draft.before = before.figures if before else None
    return [*by_key.values(), *duplicates], missing


def _plant(drafts: Drafts, rule: str, fault: Fault, times: int) -> None:
    """Plant a fault in reports that have none yet, trying one after the other in random order."""
    keys = sorted(key for key, draft in drafts.by_key.items() if not draft.faults)
    drafts.random.shuffle(keys)
    planted = 0
    for key in keys[:_TRIES]:
        attempt = _copy(drafts.by_key[key])
        if planted < times and not attempt.faults and fault(drafts, attempt):
            attempt.faults.add(rule)
            drafts.by_key[key] = attempt
            planted += 1


def _copy(draft: Draft) -> Draft:
    """A draft that can be changed without changing `draft`."""
    other = copy(draft)
    for field in fields(Draft):
        value = getattr(draft, field.name)
        if isinstance(value, dict | set):
            setattr(other, field.name, copy(value))
    return other


def _mark_zeros(drafts: Drafts) -> None:
    """Reports whose figures are all zero break a rule without anybody's doing; the third year running another one."""
    for draft in drafts.by_key.values():
        years = [drafts.by_key.get((draft.issuer.name, draft.year - back)) for back in range(3)]
        if draft.is_all_zero():
            draft.faults.add("all-zero")
        if all(each is not None and each.is_all_zero() for each in years):
            draft.faults.add("zero-streak")


def _duplicate(drafts: Drafts, times: int) -> list[Draft]:
    """Second versions of some reports, with one application more and other words."""
    found = []
    keys = sorted(key for key, draft in drafts.by_key.items() if not draft.faults and not draft.issuer.is_government)
    for key in drafts.random.sample(keys, min(times, len(keys))):
        original = drafts.by_key[key]
        second = _copy(original)
        second.copy = 2
        second.voice_year = original.year + 50
        for column in ("person", "total"):
            for row in ("new", "granted", "total"):
                second.add(f"applications.{row}.{column}", 1)
        for each in (original, second):
            each.faults.add("duplicate-report")
        found.append(second)
    return found


def _lose(drafts: Drafts, times: int) -> list[dict[str, Any]]:
    """Take reports out that nothing else hangs on, in the middle of a row of years or at its end."""
    keys = sorted(
        key
        for key, draft in drafts.by_key.items()
        if draft.year > YEARS[1]
        and not draft.issuer.is_government
        and not draft.faults
        and not getattr(drafts.after(draft), "faults", None)
    )
    missing = []
    for name, year in drafts.random.sample(keys, min(times, len(keys))):
        draft = drafts.by_key.pop((name, year))
        missing.append({"issuer": name, "region_code": draft.issuer.region.code, "year": year})
    return missing


def truth_of(draft: Draft) -> dict[str, Any]:
    """What a perfect reader would find: identity, figures and broken rules."""
    figures = {key: draft.figures.get(key) for key in draft.edition.keys}
    return {
        "issuer": draft.issuer.name,
        "issuer_kind": draft.issuer.kind,
        "region_code": draft.issuer.region.code,
        "title": draft.title,
        "year": draft.year,
        "edition": draft.edition.name,
        "published_on": draft.published,
        "format": draft.issuer.format,
        "not_zero": {key: value for key, value in figures.items() if value},
        "blank": [key for key, value in figures.items() if value is None],
        "absent_tables": sorted((draft.removed | draft.pictured) & {"publication", "applications", "litigation"}),
        "faults": sorted(draft.faults),
    }
