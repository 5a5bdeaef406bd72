"""Files to take away of what a page shows: small ones, made only when they are asked for. See `extracts` for large."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
import streamlit as st

from loaders import __version__
from loaders.export import encoded, to_parquet, to_xlsx
from pages.shared import data_access, words
from pages.shared.filters import Filters
from pages.shared.language import _

MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def provenance(filters: Filters) -> str:
    """One line on where a file comes from: program, data and choice."""
    return _("来源：公开 Gongkai {program}；数据版本 {data}；范围：{choice}；导出日期 {day}").format(
        program=__version__,
        data=data_access.version().rpartition("@")[2],
        choice=words.choice(filters),
        day=date.today(),
    )


def headings(frame: pl.DataFrame) -> dict[str, str]:
    """Column names in the visitor's language; of two that would read the same, the second keeps its field name too."""
    shown: dict[str, str] = {}
    for name in frame.columns:
        heading = words.column(name)
        shown[name] = f"{heading} ({name})" if heading in shown.values() else heading
    return shown


def as_csv(frame: pl.DataFrame, note: str) -> bytes:
    """UTF-8 with byte order mark, formula-safe, the note as last line."""
    return b"".join(encoded([frame], "csv", remark=note))


def as_xlsx(frame: pl.DataFrame, note: str) -> bytes:
    """A workbook: the rows on one sheet, the note on another."""
    return to_xlsx(frame, {"source": note})


def as_parquet(frame: pl.DataFrame, note: str) -> bytes:
    """Parquet with the types kept and the note in its metadata."""
    return to_parquet(frame, {"source": note})


def button(label: str, make: Callable[[], bytes], file_name: str, key: str) -> None:
    """A download whose file is made on the click."""
    ending = file_name.rpartition(".")[2]
    st.download_button(
        label, make, file_name, MIME[ending], key=key, on_click="ignore", icon=":material/download:", type="tertiary"
    )


def frame_buttons(frame: pl.DataFrame, name: str, filters: Filters) -> None:
    """What is drawn, as CSV with readable headings and as CSV with field names."""
    note, titles = provenance(filters), headings(frame)
    button(_("CSV（中文表头）"), lambda: as_csv(frame.rename(titles), note), f"{name}.csv", f"csv-{name}")
    button(_("CSV（字段名）"), lambda: as_csv(frame, note), f"{name}-fields.csv", f"fields-{name}")


def table_buttons(frame: pl.DataFrame, name: str, filters: Filters) -> None:
    """A table as CSV, workbook and Parquet."""
    note, titles = provenance(filters), headings(frame)
    frame_buttons(frame, name, filters)
    button("Excel", lambda: as_xlsx(frame.rename(titles), note), f"{name}.xlsx", f"xlsx-{name}")
    button("Parquet", lambda: as_parquet(frame, note), f"{name}.parquet", f"parquet-{name}")
