"""The sheet of a self-check to take away, as a Word file or a PDF."""

from __future__ import annotations

from datetime import date

import polars as pl

from loaders import __version__
from loaders.demo.page import Page, Text
from loaders.demo.pdf_canvas import PAGE_WIDTH, text_width
from loaders.demo.render_docx import render_docx
from loaders.demo.render_pdf import PdfLayout, render_pdf
from pages.shared import rules, words
from pages.shared.language import _, day

LAYOUT = PdfLayout(margin=64.0, size=11.0)


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
    blocks = [Text(_between_words(each.text), each.style) for each in sheet.blocks if isinstance(each, Text)]
    return render_pdf(Page(blocks=[*blocks], title=sheet.title), LAYOUT)


def _between_words(text: str) -> str:
    """Lines of English broken between words; Chinese breaks anywhere by itself."""
    room = PAGE_WIDTH - 2 * LAYOUT.margin - 5 * LAYOUT.size
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if word.isascii() and lines[-1] and text_width(longer, LAYOUT.size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)
