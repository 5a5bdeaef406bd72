"""The rows behind pages and the public tables as files with addresses of their own, sent while they are made.

`/rows/applications.csv?county=乌拉特中旗&year=2023` holds the reports that the page on applications counts,
`/tables/cells.parquet` every figure of the store. No file is made before it is asked for, and none is held whole.
"""

from __future__ import annotations

import html
import itertools
import logging
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import polars as pl
import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from loaders import parts
from loaders.export import FORMATS, XLSX_ROWS, Sent, encoded
from loaders.words import UserError
from pages.shared import data_access, downloads, findings_data
from pages.shared.filters import Filters
from pages.shared.language import CHINESE, ENGLISH, KEY, _, is_english, mark, number, speaking
from pages.shared.served import base

LOG = logging.getLogger(__name__)
Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows behind a page for a choice, and how many they are; the address may narrow them down further."""

    query: Callable[[Filters, Query], pl.LazyFrame]
    count: Callable[[Filters, Query], int] = lambda filters, _query: data_access.report_count(filters)


ROWS = {
    "reports": Rows(lambda filters, _query: data_access.reports(filters)),
    "measures": Rows(lambda filters, _query: data_access.measure_rows(filters)),
    "publication": Rows(lambda filters, _query: data_access.rows(filters, "publication")),
    "applications": Rows(lambda filters, _query: data_access.rows(filters, "applications")),
    "litigation": Rows(lambda filters, _query: data_access.rows(filters, "litigation")),
    "flags": Rows(
        lambda filters, query: findings_data.finding_rows(filters, query.get("rule"), query.get("severity")),
        lambda filters, query: findings_data.count_findings(filters, query.get("rule"), query.get("severity")),
    ),
}

TABLES = {
    "reports": mark("每份报告一行：机关、地区、年度、日期"),
    "cells": mark("每个数字一行：数值、原文、在原件中的位置"),
    "sections": mark("每个部分一行：标题和正文"),
    "claims": mark("正文写明、可与表格核对的数字"),
    "flags": mark("检查发现的问题和证据"),
    "failures": mark("没有读成报告的文件和原因"),
    "issuers": mark("机关名录"),
}
TABLE_FORMATS = ("csv", "parquet")
EVERYTHING = "gongkai-tables.zip"


def rows_section(name: str, filters: Filters, meaning: str = "", **narrower: str | None) -> None:
    """The rows behind a page for the present choice, a report each or what `meaning` says, as files."""
    with st.container(border=True, key="files-of-rows"):
        st.markdown(f"**{_('下载所选范围的逐份明细')}**")
        st.caption(meaning or _("每份报告一行，只含筛选后的报告；未填的格子为空，不是0。"))
        query: Query = {**filters.to_query(), **{key: value for key, value in narrower.items() if value}}
        fits = ROWS[name].count(filters, query) <= XLSX_ROWS
        with st.container(horizontal=True):
            _link(_("CSV（中文表头）"), "rows", f"{name}.csv", {**query, "headings": "words"})
            _link(_("CSV（字段名）"), "rows", f"{name}.csv", query)
            if fits:
                _link("Excel", "rows", f"{name}.xlsx", {**query, "headings": "words"})
            _link("Parquet", "rows", f"{name}.parquet", query)
        if not fits:
            st.caption(
                _("Excel 工作簿最多{most}行，放不下这些行，请用 CSV 或 Parquet。").format(most=number(XLSX_ROWS))
            )


def whole_table(name: str) -> None:
    """One of the public tables, whole, as CSV and Parquet."""
    with st.container(horizontal=True):
        for file_format in TABLE_FORMATS:
            _link("CSV" if file_format == "csv" else "Parquet", "tables", f"{name}.{file_format}", {})


def every_table() -> None:
    """All public tables in one file."""
    _link(_("全部数据表（zip，内为 Parquet）"), "tables", EVERYTHING, {})


def _link(label: str, folder: str, file: str, query: Query) -> None:
    """A link that saves a file. It is said what of, for those who hear it among many."""
    address = f"{base()}/{folder}/{file}?{urlencode({**query, KEY: ENGLISH if is_english() else CHINESE})}"
    spoken = _("下载 {file}：{label}").format(file=file, label=label)
    st.html(
        f'<a class="gk-file" href="{html.escape(address)}" download aria-label="{html.escape(spoken)}">'
        f"{html.escape(label)}</a>",
        width="content",
    )


def send_rows(request: Request) -> Response:
    """The answer to a request for the rows behind a page."""
    query = request.query_params
    name, _dot, file_format = request.path_params["file"].rpartition(".")

    def pieces() -> Iterator[bytes]:
        filters = Filters.from_query(query, data_access.is_issuer)
        found = ROWS[name].query(filters, query).collect()
        if query.get("headings") == "words":
            found = found.rename(downloads.headings(found))
        return _described(parts.in_slices(found), file_format, filters)

    known = name in ROWS and file_format in FORMATS
    return _send(request, f"{name}-rows.{file_format}", pieces if known else None)


def send_table(request: Request) -> Response:
    """The answer to a request for a public table, or for all."""
    file = request.path_params["file"]
    name, _dot, file_format = file.rpartition(".")

    def pieces() -> Iterator[bytes]:
        return _described(parts.of_table(data_access.store(), name), file_format, Filters())

    if file == EVERYTHING:
        return _send(request, file, _everything)
    return _send(request, file, pieces if name in TABLES and file_format in TABLE_FORMATS else None)


def _everything() -> Iterator[bytes]:
    """All public tables as Parquet in one archive."""
    store, sent, note = data_access.store(), Sent(), {"source": downloads.provenance(Filters())}
    with zipfile.ZipFile(sent, "w") as archive:
        for name in TABLES:
            with archive.open(f"{name}.parquet", "w", force_zip64=True) as member:
                for piece in encoded(parts.of_table(store, name), "parquet", note):
                    member.write(piece)
                    yield sent.take()
    yield sent.take()


def _described(rows: Iterator[pl.DataFrame], file_format: str, filters: Filters) -> Iterator[bytes]:
    note = downloads.provenance(filters)
    return encoded(rows, file_format, {"source": note}, note)


def _send(request: Request, file: str, make: Callable[[], Iterator[bytes]] | None) -> Response:
    """The answer begins when its first piece is there, so that what cannot be had is refused in words."""
    with speaking(request.query_params.get(KEY, CHINESE)):
        if make is None:
            return _refusal(404)
        try:
            pieces = make()
            first = next(pieces)
        except (UserError, ValueError) as error:
            return _refusal(400, str(error))
        except Exception:
            LOG.exception("a file could not be made")
            return _refusal(500)
    headers = {"content-disposition": f'attachment; filename="{file}"', "cache-control": "no-store"}
    kind = downloads.MIME[file.rpartition(".")[2]]
    return StreamingResponse(itertools.chain([first], pieces), media_type=kind, headers=headers)


def _refusal(status: int, reason: str = "") -> Response:
    told = {
        400: _("地址里的条件不能用：{reason}").format(reason=reason),
        404: _("没有这个文件。可下载的文件见各页的下载链接。"),
        500: _("文件没有生成。请重试；如仍出错，请把服务器日志交给维护人员。"),
    }
    return PlainTextResponse(told[status], status)
