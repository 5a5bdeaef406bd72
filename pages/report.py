"""One report: the form with findings in their cells, the narrative with claims marked, the original, all checks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from loaders.form.editions import EDITION_NAMES, edition
from pages.shared import (
    address,
    downloads,
    figures,
    findings_data,
    form_view,
    narrative_view,
    one_report,
    original_view,
    panel,
    rules,
    sums,
    words,
)
from pages.shared.filters import Filters
from pages.shared.language import _, day, figure_name, is_english, number, percent
from pages.shared.page import link, open_page

PARAMETER = "report"
LISTED = 500
# Shares of the other reports from which on a sentence is shaded darkest, and darker than the rest.
COMMON, FAIRLY_COMMON = 0.25, 0.05
ICONS = {"error": ":material/error:", "warning": ":material/warning:", "notice": ":material/info:"}
COLOURS = {"error": "red", "warning": "orange", "notice": "blue"}
Report = Mapping[str, Any]


def choose(filters: Filters) -> str:
    """The report in the address, else the one with the gravest findings; any of the chosen ones can be picked."""
    asked = st.query_params.get(PARAMETER)
    left, right = st.columns([1, 2])
    part = left.text_input(_("查找（机关、标题或文件名的一部分）"), key="find-report", placeholder=_("全部"))
    listed = findings_data.report_list(filters, LISTED, part.strip())
    labels = {
        row["report_id"]: f"{row['issuer'] or row['title'] or row['path']} · {row['year'] or '?'}"
        for row in listed.to_dicts()
    }
    if asked and not part and asked not in labels and (found := one_report.first_row(one_report.details(asked))):
        labels = {asked: f"{found['issuer'] or found['path']} · {found['year'] or '?'}"} | labels
    options = list(labels)
    if not options:
        left.caption(_("没有找到，请换一个词。"))
        st.stop()
    chosen = right.selectbox(
        _("报告（最多列出{count}份，问题多的在前）").format(count=LISTED),
        options,
        index=options.index(asked) if asked in labels else 0,
        format_func=labels.__getitem__,
    )
    if asked and not part and asked not in labels:
        st.warning(_("找不到编号为{id}的报告，改为显示下面这一份。").format(id=asked))
    if chosen != asked:
        st.query_params[PARAMETER] = chosen
    return str(chosen)


def headline(report: Report, years: pl.DataFrame) -> None:
    """Who, where, when, and the way to the issuer's other years."""
    st.subheader(report["title"] or f"{report['issuer'] or report['path']} {report['year'] or ''}", anchor=False)
    region = " › ".join(
        part for part in (report["province"], report["prefecture"], report["county"], report["township"]) if part
    )
    facts = [region, words.kind(report["issuer_kind"]), words.edition(report["edition"])]
    facts += [_("发布日期：{day}").format(day=day(report["published_on"]))]
    facts += [_("识读把握：{share}").format(share=percent(report["confidence"], 0)), report["path"]]
    st.caption(" · ".join(fact for fact in facts if fact))
    with st.container(horizontal=True, vertical_alignment="center"):
        several = years.get_column("year").is_duplicated().to_list() if years.height else []
        for row, again in zip(years.to_dicts(), several, strict=True):
            label = str(row["year"] or "?")
            if again and row["published_on"]:  # two reports for one year are told apart by their date
                label += f" ({day(row['published_on'])})"
            if row["report_id"] == report["report_id"]:
                st.markdown(f":primary-badge[**{label}**]", width="content")
            else:
                link("report", label, report=row["report_id"])
    panel.show_warnings(report["warnings"])


def list_findings(findings: pl.DataFrame, message: str) -> None:
    """The findings one below the other, each with the rule's reason and remedy."""
    if findings.is_empty():
        st.success(_("没有发现问题。"), icon=":material/check_circle:")
        return
    for row in findings.to_dicts():
        severity = row["severity"]
        with st.container(border=True):
            badge = f":{COLOURS[severity]}-badge[{ICONS[severity]} {words.severity(severity)}]"
            st.markdown(f"{badge} **{rules.title(row['rule'])}**  \n{panel.plain(row[message] or row['message'])}")
            if explanation := rules.explanation(row["rule"]):
                st.caption(explanation)


def show_form(report: Report, findings: pl.DataFrame, before: str | None, message: str) -> None:
    """The three tables as printed, and both sides of every sum."""
    report_id = report["report_id"]
    if report["edition"] not in EDITION_NAMES:
        st.info(_("这份报告没有法定表格，下面是读到的数字。"))
        panel.table(one_report.cells(report_id).select("table", "row", "column", "value", "raw"), "free-cells")
        return
    cells = one_report.cells(report_id)
    doubtful = one_report.figures(report_id).get_column("doubtful_keys").to_list()
    filled = form_view.FormFigures(
        one_report.figure_values(report_id),
        {key: raw for key, raw in cells.select("key", "raw").iter_rows() if raw},
        one_report.figure_values(before) if before else {},
        form_view.marks_of(findings, message),
        frozenset(doubtful[0] or () if doubtful else ()),
    )
    st.html(form_view.legend())
    st.caption(_("格内小字为同一机关上一年度的数字；鼠标停在有标记的格子上可看说明。"))
    form = edition(report["edition"])
    headings = {section.number: section.heading for section in form.sections}
    for (name, html), number_ in zip(form_view.tables(form, filled).items(), (2, 3, 4), strict=True):
        st.markdown(f"**{headings[number_]}** {form_view.title(name) if is_english() else ''}")
        if (report["tables"] or {}).get(name) == "picture":
            st.caption(_("原文此表为图片。"))
        elif (report["tables"] or {}).get(name) == "missing":
            st.caption(_("原文没有此表。"))
        st.html(html)
    st.markdown(f"**{_('勾稽关系：左边与右边')}**")
    sums.show(report["edition"], filled.values)


def show_narrative(report: Report, findings: pl.DataFrame, message: str) -> None:
    """The sections with claims and quoted passages marked."""
    found = one_report.claims(report["report_id"]).to_dicts()
    quotes = [
        (quote, row[message])
        for row in findings.to_dicts()
        for quote in json.loads(row["evidence"] or "{}").get("quotes") or ()
    ]
    st.html(narrative_view.legend())
    values = one_report.figure_values(report["report_id"])
    with st.spinner(_("正在与其他机关的报告比对……")):
        shared = one_report.shared_sentences(report["report_id"], report["province"], report["year"]).to_dicts()
    peers = one_report.peers(report["province"], report["year"]).height
    st.caption(_("套话在同省同年度的{count}份报告中比对，已遮去名称、年份和数字。").format(count=number(peers)))
    for section in one_report.sections(report["report_id"]).to_dicts():
        text, place = section["text"], section["section"]
        spans = [
            narrative_view.Span(claim["start"], claim["end"], "gk-claim", claim_title(claim, values))
            for claim in found
            if claim["section"] == place
        ]
        spans += [
            narrative_view.Span(quote["start"], quote["end"], "gk-quote", title)
            for quote, title in quotes
            if quote.get("section") == place
        ]
        spans += [stock_span(sentence, peers) for sentence in shared if sentence["section"] == place]
        lost = _("（第{number}部分，标题缺失）").format(number=place)
        st.markdown(f"**{panel.plain(section['heading'] or lost)}**")
        if text.strip():
            st.html(narrative_view.marked(text, spans))
        else:
            st.caption(_("这一部分没有文字。"))


def stock_span(sentence: Mapping[str, Any], peers: int) -> narrative_view.Span:
    """A sentence that others use too: the darker, the more do."""
    share = sentence["others"] / max(1, peers)
    style = "gk-stock3" if share >= COMMON else "gk-stock2" if share >= FAIRLY_COMMON else "gk-stock1"
    title = _("另有{count}个机关用了同一句话").format(count=sentence["others"])
    return narrative_view.Span(sentence["start"], sentence["end"], style, title)


def claim_title(claim: Mapping[str, Any], values: Mapping[str, float | None]) -> str:
    """What a claim is about and what the table says of it."""
    about = str(claim["about"])
    if about.startswith("channel."):
        return words.channel(about)
    return _("正文：{stated}；表格“{figure}”：{value}").format(
        stated=number(claim["value"]), figure=figure_name(about), value=number(values.get(about))
    )


def show_original(report: Report, findings: pl.DataFrame) -> None:
    """Where a figure stands in the file that was read."""
    cells = one_report.cells(report["report_id"]).filter(pl.col("where").is_not_null() & (pl.col("where") != "{}"))
    source = original_view.find(report["root"], report["path"])
    if source is None:
        st.info(_("原文件已不在读入时的位置：{path}").format(path=report["path"]))
        return
    if cells.is_empty():
        st.info(_("没有记下数字在原文件中的位置。"))
        return
    flagged = list(form_view.marks_of(findings, "message"))
    keys = sorted(cells.get_column("key").to_list(), key=lambda key: key not in flagged)
    names = {key: figure_name(key) for key in keys}
    key = st.selectbox(
        _("要在原件中找的数字（有问题的在前）"), keys, format_func=names.__getitem__, key="original-figure"
    )
    row = cells.filter(pl.col("key") == key).to_dicts()[0]
    st.markdown(_("读作：{value}；原文：“{raw}”").format(value=number(row["value"]), raw=panel.plain(row["raw"] or "")))
    with st.spinner(_("正在打开原件……")):
        shown = original_view.show_place(source, json.loads(row["where"]))
    if shown.picture:
        framed = _("原件第{page}幅图片，框出的是这个数字") if shown.is_pasted else _("原件第{page}页，框出的是这个数字")
        st.image(shown.picture, caption=framed.format(page=shown.page))
    elif shown.html:
        st.html(shown.html)
    else:
        st.info(shown.missing or _("无法在原件中定位这个数字。"))


def show_checks(report: Report) -> None:
    """Every rule's status on this report."""
    with st.spinner(_("正在逐条检查……")):
        found = one_report.checks(report["report_id"], report["issuer_id"])
    order = {"failed": 0, "unsure": 1, "passed": 2, "not-applicable": 3}
    ranked = found.sort(pl.col("status").replace_strict(order, return_dtype=pl.Int64), maintain_order=True)
    for column, word, into in (
        ("rule", rules.title, "rule_title"),
        ("rule", rules.formula, "formula"),
        ("status", words.status, "status"),
        ("reason", rules.reason, "reason"),
    ):
        ranked = figures.worded(ranked, column, word, into)
    shown = ranked.select("rule_title", "status", "reason", "left", "right", "formula", pl.col("rule").alias("id"))
    panel.table(shown, "checks", height="content", placeholder="")
    with st.container(horizontal=True):
        downloads.frame_buttons(shown, f"{report['report_id']}-checks", Filters())


def offer_downloads(report: Report, findings: pl.DataFrame, filters: Filters) -> None:
    """The report's tables as files, and the original."""
    with st.container(border=True, key="files-of-report"):
        st.markdown(f"**{_('下载本报告')}**")
        cells = one_report.cells(report["report_id"])
        for name, frame in ((_("表格数据"), cells), (_("检查发现的问题"), findings)):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(name, width="content")
                downloads.frame_buttons(
                    frame, f"{report['report_id']}-{'cells' if frame is cells else 'flags'}", filters
                )
        if source := original_view.find(report["root"], report["path"]):
            st.download_button(_("原件"), source.read, source.name, on_click="ignore", icon=":material/description:")


filters = open_page(_("报告"), _("一份报告的表格、正文、原件和全部检查。"))
message = "message_en" if is_english() else "message"
report = one_report.first_row(one_report.details(choose(filters)))
assert report is not None  # the list and the address were both looked up
findings = one_report.findings(report["report_id"])
years = one_report.of_issuer(report["issuer_id"]) if report["issuer_id"] else pl.DataFrame()
headline(report, years)
views = {
    "findings": _("问题（{count}）").format(count=findings.height),
    "form": _("表格"),
    "narrative": _("正文"),
    "original": _("原件"),
    "checks": _("全部检查"),
}
view = address.view(_("查看"), views, "view")
before = one_report.year_before(years, report["year"])
if view == "findings":
    list_findings(findings, message)
elif view == "form":
    show_form(report, findings, before, message)
elif view == "narrative":
    show_narrative(report, findings, message)
elif view == "original":
    show_original(report, findings)
else:
    show_checks(report)
offer_downloads(report, findings, filters)
