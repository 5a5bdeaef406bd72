"""Files to take away: what is drawn and the rows behind it. A file is made only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
import streamlit as st

from loaders import __version__
from loaders.export import to_csv, to_parquet, to_xlsx
from pages.shared import data_access, words
from pages.shared.filters import Filters
from pages.shared.language import _

MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
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
    quoted = note.replace('"', "'")
    return to_csv(frame) + f'"# {quoted}"\n'.encode()


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


def whole_table(name: str) -> None:
    """One of the public tables, whole, as CSV and Parquet."""
    note, store = provenance(Filters()), data_access.store()
    button("CSV", lambda: as_csv(getattr(store, name)().collect(), note), f"{name}.csv", f"whole-csv-{name}")
    button("Parquet", lambda: as_parquet(getattr(store, name)().collect(), note), f"{name}.parquet", f"whole-{name}")


@st.cache_data(show_spinner=False)
def _columns(store_version: str, name: str, _query: Callable[[], pl.LazyFrame]) -> list[str]:
    """The columns of a query, which are the same whatever is chosen."""
    return _query().collect_schema().names()


def rows_section(query: Callable[[], pl.LazyFrame], name: str, filters: Filters, meaning: str = "") -> None:
    """The rows behind a page for the present choice, a report each or what `meaning` says; queried on the click."""
    note = provenance(filters)
    with st.container(border=True):
        st.markdown(f"**{_('下载所选范围的逐份明细')}**")
        st.caption(meaning or _("每份报告一行，只含筛选后的报告；未填的格子为空，不是0。"))
        titles = headings(pl.DataFrame(schema=_columns(data_access.version(), name, query)))

        def titled() -> pl.DataFrame:
            return query().rename(titles).collect()

        with st.container(horizontal=True):
            button(_("CSV（中文表头）"), lambda: as_csv(titled(), note), f"{name}-rows.csv", f"csv-rows-{name}")
            button(
                _("CSV（字段名）"), lambda: as_csv(query().collect(), note), f"{name}-rows-fields.csv", f"f-rows-{name}"
            )
            button("Excel", lambda: as_xlsx(titled(), note), f"{name}-rows.xlsx", f"x-{name}")
            button("Parquet", lambda: as_parquet(query().collect(), note), f"{name}-rows.parquet", f"p-{name}")
