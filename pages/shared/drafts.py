"""Drafts under self-check: read and judged in memory, each member of an archive by itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from flags.corpus import corpus_of
from flags.engine import evaluate
from flags.registry import RULES
from flags.settings import Settings, find_settings
from loaders.document import ReadingError
from loaders.parsing import parse_file
from loaders.reading import archive
from loaders.report import Report
from loaders.walking import is_leftover
from loaders.words.of_messages import FAILURES
from pages.shared import data_access, words
from pages.shared.language import _, is_english
from pages.shared.original_view import PDFIUM

LOG = logging.getLogger(__name__)
MOST_MEMBERS = 50
"""So many files of one archive are read at once."""


@dataclass(frozen=True)
class Draft:
    """A draft as read, with its findings, or why it could not be read."""

    name: str
    report: Report | None = None
    findings: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={"severity": pl.String}))
    fault: ReadingError | None = None


def examine(name: str, data: bytes) -> list[Draft]:
    """Reads and checks a draft, or every file of an archive of drafts; never empty."""
    settings = find_settings(data_access.store_folder(), RULES)
    if not archive.is_archive(data):
        return [_examined(name, data, settings)]
    try:
        found = list(_members(data, settings))
    except ReadingError as error:
        return [Draft(name, fault=error)]
    return found or [Draft(name, fault=ReadingError("empty", _("压缩包里没有可读的文件")))]


def _members(data: bytes, settings: Settings) -> Iterator[Draft]:
    members = (each for each in archive.members(data) if not is_leftover(*each.path.split("/")))
    for place, member in enumerate(members):
        if place == MOST_MEMBERS:
            return
        yield (
            Draft(member.path, fault=member.problem)
            if member.problem
            else _examined(member.path, member.data, settings)
        )


def _examined(name: str, data: bytes, settings: Settings) -> Draft:
    try:
        with PDFIUM:
            report = parse_file(data, name)
    except ReadingError as error:
        return Draft(name, fault=error)
    except Exception:
        LOG.exception("a draft could not be read")
        return Draft(name, fault=ReadingError("internal", _("程序读这份文件时出错，请把文件交给维护人员")))
    flags = evaluate(corpus_of([report]), settings).flags
    return Draft(name, report, flags.sort("severity", maintain_order=True))


def problem(draft: Draft) -> str:
    """Why a draft could not be read, in the visitor's language; nothing where it was."""
    if draft.fault is None:
        return ""
    told = FAILURES[draft.fault.reason] if is_english() else draft.fault.message
    return _("{reason}：{message}").format(reason=words.failure_reason(draft.fault.reason), message=told)
