"""Self-check: drop a draft and see at once what is wrong and how to mend it; nothing is stored."""

from __future__ import annotations

import json
from collections.abc import Sequence

import polars as pl
import streamlit as st

from loaders.form.editions import EDITION_NAMES, edition
from loaders.report import Report
from pages.shared import downloads, drafts, form_view, panel, rules, sheet, sums, words
from pages.shared.drafts import Draft
from pages.shared.language import _, day, is_english, percent
from pages.shared.page import open_page

LARGEST_MB = 100
COLOURS = {"error": "red", "warning": "orange", "notice": "blue"}
QUOTED = 3
HELD = "_drafts"


def examined(name: str, data: bytes, file_id: str) -> list[Draft]:
    """The drafts of the file dropped last: read once, held for this visitor alone until the file is taken out."""
    held = st.session_state.get(HELD)
    if held is None or held[0] != file_id:
        with st.spinner(_("正在识读和检查……扫描件每页约需十几秒。")):
            held = (file_id, drafts.examine(name, data))
        st.session_state[HELD] = held
    found: list[Draft] = held[1]
    return found


def counts(draft: Draft) -> dict[str, int | None]:
    """How many findings there are of each severity; of a file that could not be read nothing is known."""
    return {key: int((draft.findings["severity"] == key).sum()) if draft.report else None for key in COLOURS}


def headline(draft: Draft, report: Report) -> None:
    """What was recognised, so that the writer sees whether the right thing was read."""
    who = report.identity
    st.subheader(panel.plain(who.title or draft.name), anchor=False)
    place = " › ".join(part for part in (who.province, who.prefecture, who.county) if part)
    facts = [who.issuer or _("没有认出机关"), place]
    facts += [
        _("{year}年度").format(year=who.year) if who.year else _("没有认出年度"),
        words.edition(report.form.edition),
    ]
    facts += [
        _("发布日期：{day}").format(day=day(who.published_on)),
        _("识读把握：{share}").format(share=percent(who.confidence, 0)),
    ]
    st.caption(_("识别为：") + " · ".join(fact for fact in facts if fact))
    found = counts(draft).items()
    st.markdown(" ".join(f":{COLOURS[key]}-badge[{words.severity_count(key)} {count}]" for key, count in found))
    panel.show_warnings(list(dict.fromkeys(report.warnings)))


def list_findings(draft: Draft, message: str) -> None:
    """The findings in order, each with how to mend it."""
    if draft.findings.is_empty():
        st.success(_("没有发现问题，可以提交。"), icon=":material/check_circle:")
        return
    for place, row in enumerate(draft.findings.to_dicts(), start=1):
        with st.container(border=True):
            badge = f":{COLOURS[row['severity']]}-badge[{words.severity(row['severity'])}]"
            st.markdown(f"{place}. {badge} **{rules.title(row['rule'])}**")
            st.markdown(panel.plain(row[message] or row["message"]))
            for quote in (json.loads(row["evidence"] or "{}").get("quotes") or ())[:QUOTED]:
                st.markdown(f"> {panel.plain(str(quote.get('text', '')))}")
            st.markdown(f"**{_('改法：').strip()}** {rules.remedy(row['rule'])}")
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


def choose(found: Sequence[Draft]) -> Draft:
    """Of several drafts in one archive, the one to look at; all of them stand in a table."""
    st.markdown(f"**{_('压缩包内{count}个文件').format(count=len(found))}**")
    if len(found) == drafts.MOST_MEMBERS:
        st.caption(_("一次最多查{count}份，其余没有读，请分几次放入。").format(count=drafts.MOST_MEMBERS))
    rows = [(draft.name, *counts(draft).values(), drafts.problem(draft)) for draft in found]
    schema = {"path": pl.String, "errors": pl.Int64, "warnings_count": pl.Int64, "notices": pl.Int64}
    table = pl.DataFrame(rows, schema=schema | {"problem": pl.String}, orient="row")
    panel.table(
        table,
        "drafts",
        placeholder="—",
        column_config={"path": st.column_config.TextColumn(words.column("path"), width="large")},
    )
    places = range(len(found))
    return found[st.selectbox(_("看哪一份"), places, format_func=lambda place: found[place].name)]


def show(draft: Draft, message: str) -> None:
    """One draft: what it is, the sheet to take away, the findings, the form."""
    if draft.report is None:
        st.error(_("读不了这份文件：{reason}").format(reason=drafts.problem(draft)), icon=":material/error:")
        return
    headline(draft, draft.report)
    title = _("自查单：{name}").format(name=draft.report.identity.title or draft.name)
    printed = sheet.page(title, sheet.lines_of(draft.findings, message))
    with st.container(horizontal=True):
        downloads.button(_("下载自查单（Word）"), lambda: sheet.as_docx(printed), "self-check.docx", "sheet-docx")
        downloads.button(_("下载自查单（PDF）"), lambda: sheet.as_pdf(printed), "self-check.pdf", "sheet-pdf")
    list_findings(draft, message)
    show_form(draft, draft.report, message)


open_page(_("自查"), _("提交前先查一遍：放入草稿，立即列出问题和改法。"), needs_reports=False)
st.caption(_("文件只在本机内存中处理，不保存，不进入数据仓库，也不离开这台机器。"))
uploaded = st.file_uploader(
    _("放入年度报告草稿（Word、WPS、PDF、OFD、网页、文本、Excel、扫描件或压缩包）"),
    max_upload_size=LARGEST_MB,
    key="draft",
)
if uploaded is None:
    st.session_state.pop(HELD, None)
    st.info(
        _("还没有放入文件。一次一个文件，多份草稿可以放进一个压缩包，最大{size} MB。").format(size=LARGEST_MB),
        icon=":material/upload_file:",
    )
    st.stop()
in_hand = examined(uploaded.name, uploaded.getvalue(), uploaded.file_id)
show(in_hand[0] if len(in_hand) == 1 else choose(in_hand), "message_en" if is_english() else "message")
