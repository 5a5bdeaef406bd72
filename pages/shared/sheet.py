"""The sheet of a self-check to take away, as a Word file or a PDF."""

from __future__ import annotations

from datetime import date

import polars as pl

from loaders import __version__
from loaders.demo.page import Page, Text
from loaders.demo.render_docx import render_docx
from loaders.demo.render_pdf import PdfLayout, render_pdf
from pages.shared import rules, words
from pages.shared.language import _, day

LAYOUT = PdfLayout(margin=64.0, size=11.0, latin_font=True)


def lines_of(findings: pl.DataFrame, message: str) -> list[str]:
    """The text of the sheet, paragraph by paragraph; each finding opens with its number."""
    if findings.is_empty():
        return [_("没有发现问题。")]
    lines = []
    for place, row in enumerate(findings.to_dicts(), start=1):
        lines.append(f"{place}. [{words.severity(row['severity'])}] {rules.title(row['rule'])}")
        lines.append(str(row[message] or row["message"]))
        lines.append(f"{_('改法：')}{rules.remedy(row['rule'])}")
        lines.append(f"{_('依据：')}{rules.basis(row['rule'])}")
    return lines


def page(title: str, lines: list[str]) -> Page:
    """The sheet as printed: title, findings, and what made it."""
    made = _("由 公开 Gongkai {version} 于{day}生成。").format(version=__version__, day=day(date.today()))
    texts = [Text(title, "title")]
    texts += [Text(line, "heading" if line[:1].isdigit() else "body") for line in lines]
    return Page(blocks=[*texts, Text(made, "note")], title=title)


def as_docx(sheet: Page) -> bytes:
    """The sheet as a Word file."""
    return render_docx(sheet)


def as_pdf(sheet: Page) -> bytes:
    """The sheet as a PDF."""
    return render_pdf(sheet, LAYOUT)
