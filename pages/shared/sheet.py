"""The sheet of a self-check to take away, as a Word file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from loaders import __version__
from loaders.demo.page import Page, Text
from loaders.demo.render_docx import render_docx
from pages.shared import rules, words
from pages.shared.language import _, day


@dataclass(frozen=True)
class Line:
    """One finding on the sheet."""

    heading: str
    message: str
    remedy: str
    basis: str


def lines_of(findings: pl.DataFrame, message: str) -> list[str]:
    """The text of the sheet, paragraph by paragraph; each finding opens with its number."""
    if findings.is_empty():
        body = [_("没有发现问题。")]
    else:
        body = []
        for place, row in enumerate(findings.to_dicts(), start=1):
            body.append(f"{place}. [{words.severity(row['severity'])}] {rules.title(row['rule'])}")
            body.append(str(row[message] or row["message"]))
            body.append(f"{_('改法：')}{rules.remedy(row['rule'])}")
            body.append(f"{_('依据：')}{rules.basis(row['rule'])}")
    made = _("由 公开 Gongkai {version} 于{day}生成。").format(version=__version__, day=day(date.today()))
    return [*body, made]


def as_docx(title: str, lines: list[str]) -> bytes:
    """The sheet as a Word file."""
    texts = [Text(title, "title")]
    texts += [Text(line, "heading" if line[:1].isdigit() else "body") for line in lines]
    return render_docx(Page(blocks=[*texts], title=title))
