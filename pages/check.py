"""Self-check: drop a draft and see at once what is wrong and how to mend it; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import streamlit as st

from flags.corpus import corpus_of
from flags.engine import evaluate
from flags.registry import RULES
from flags.settings import find_settings
from loaders.document import ReadingError
from loaders.form.editions import EDITION_NAMES, edition
from loaders.parsing import parse_file
from loaders.report import Report
from pages.shared import data_access, downloads, form_view, panel, rules, sheet, sums, words
from pages.shared.language import _, day, is_english, percent
from pages.shared.original_view import PDFIUM
from pages.shared.page import open_page

LARGEST_MB = 100
UPLOAD_STYLE = """
[data-testid="stFileUploaderDropzone"] button p { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button p::after { content: "WORDS"; font-size: 0.95rem; }
[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
"""
# Streamlit's own words on the button are English only.
COLOURS = {"error": "red", "warning": "orange", "notice": "blue"}


@dataclass(frozen=True)
class Draft:
    """A draft as read, with its findings, or why it could not be read."""

    name: str
    report: Report | None
    findings: pl.DataFrame
    problem: str = ""


def examine(name: str, data: bytes) -> Draft:
    """Reads and checks a draft in memory."""
    try:
        with PDFIUM:
            report = parse_file(data, name)
    except ReadingError as error:
        return Draft(name, None, pl.DataFrame(), error.message)
    settings = find_settings(data_access.store_folder(), RULES)
    return Draft(name, report, evaluate(corpus_of([report]), settings).flags.sort("severity", maintain_order=True))


def headline(draft: Draft, report: Report) -> None:
    """What was recognised, so that the writer sees whether the right thing was read."""
    who = report.identity
    st.subheader(panel.plain(who.title or draft.name), anchor=False)
    facts = [
        who.issuer,
        who.province,
        who.prefecture,
        who.county,
        f"{who.year or '?'}",
        words.edition(report.form.edition),
    ]
    facts += [
        _("发布日期：{day}").format(day=day(who.published_on)),
        _("识读把握：{share}").format(share=percent(who.confidence, 0)),
    ]
    st.caption(_("识别为：") + " · ".join(fact for fact in facts if fact))
    counts = {key: int((draft.findings["severity"] == key).sum()) for key in COLOURS}
    badges = " ".join(f":{COLOURS[key]}-badge[{words.severity(key)} {count}]" for key, count in counts.items())
    st.markdown(badges)


def list_findings(draft: Draft, message: str) -> None:
    """The findings in order, each with how to mend it."""
    if draft.findings.is_empty():
        st.success(_("没有发现问题，可以提交。"), icon=":material/check_circle:")
        return
    for place, row in enumerate(draft.findings.to_dicts(), start=1):
        with st.container(border=True):
            badge = f":{COLOURS[row['severity']]}-badge[{words.severity(row['severity'])}]"
            st.markdown(
                f"{place}. {badge} **{rules.title(row['rule'])}**　{panel.plain(row[message] or row['message'])}"
            )
            st.markdown(f"{_('改法：')}{rules.remedy(row['rule'])}")
            st.caption(f"{_('依据：')}{rules.basis(row['rule'])}")


def show_form(draft: Draft, report: Report, message: str) -> None:
    """The form as read, with the findings in their cells, and both sides of every sum."""
    if report.form.edition not in EDITION_NAMES:
        return
    readings = report.form.figures
    values = {key: reading.value for key, reading in readings.items()}
    filled = form_view.FormFigures(
        values,
        {key: reading.raw for key, reading in readings.items() if reading.raw},
        marks=form_view.marks_of(draft.findings, message),
    )
    with st.expander(_("识读出的表格"), icon=":material/table:"):
        st.html(form_view.legend())
        for html in form_view.tables(edition(report.form.edition), filled).values():
            st.html(html)
    with st.expander(_("勾稽关系：左边与右边"), icon=":material/balance:"):
        sums.show(report.form.edition, values)


open_page(_("自查"), _("提交前先查一遍：放入草稿，立即列出问题和改法。"), needs_reports=False)
st.caption(_("文件只在本机内存中处理，不保存，不进入数据仓库，也不离开这台机器。"))
st.html(f"<style>{UPLOAD_STYLE.replace('WORDS', _('选择文件，或拖到这里'))}</style>")
uploaded = st.file_uploader(
    _("放入年度报告草稿（Word、WPS、PDF、网页、文本、扫描件均可）"), max_upload_size=LARGEST_MB, key="draft"
)
if uploaded is None:
    st.info(_("还没有放入文件。支持单个文件，最大{size} MB。").format(size=LARGEST_MB), icon=":material/upload_file:")
    st.stop()
message = "message_en" if is_english() else "message"
with st.spinner(_("正在识读和检查……")):
    draft = examine(uploaded.name, uploaded.getvalue())
if draft.report is None:
    st.error(_("读不了这份文件：{reason}").format(reason=draft.problem), icon=":material/error:")
    st.stop()
headline(draft, draft.report)
lines = sheet.lines_of(draft.findings, message)
title = _("自查单：{name}").format(name=draft.report.identity.title or draft.name)
downloads.button(_("下载自查单（Word）"), lambda: sheet.as_docx(title, lines), "self-check.docx", "check-sheet")
list_findings(draft, message)
show_form(draft, draft.report, message)
