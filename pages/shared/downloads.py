"""Files to take away: what is drawn and the rows behind it. A file is made only when it is asked for."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Literal

import polars as pl
import streamlit as st

from loaders import __version__
from pages.shared import data_access, words
from pages.shared.filters import Filters
from pages.shared.language import _

Format = Literal["csv", "xlsx", "parquet"]
MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "svg": "image/svg+xml",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
FORMULA_START = r"^[=+\-@\t\r]"
"""With these a spreadsheet takes text for a formula."""


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


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with lists as text, one cell each."""
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    return frame.with_columns(pl.col(name).cast(pl.List(pl.String)).list.join("；") for name in lists)


def formula_safe(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with an apostrophe before text that a spreadsheet would run as a formula."""
    texts = [name for name, kind in frame.schema.items() if kind in (pl.String, pl.Categorical, pl.Enum)]
    columns = (pl.col(name).cast(pl.String) for name in texts)
    return frame.with_columns(
        pl.when(text.str.contains(FORMULA_START)).then(pl.lit("'") + text).otherwise(text) for text in columns
    )


def as_csv(frame: pl.DataFrame, note: str) -> bytes:
    """UTF-8 with byte order mark, formula-safe, the note as last line."""
    body = formula_safe(flat(frame)).write_csv(include_bom=True)
    return (body + f'"# {note.replace(chr(34), chr(39))}"\n').encode()


def as_xlsx(frame: pl.DataFrame, note: str) -> bytes:
    """A workbook: the rows on one sheet, the note on another."""
    import xlsxwriter

    file = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(file, options) as book:
        flat(frame).write_excel(book, "data", autofit=frame.height < 5000)
        book.add_worksheet("source").write_string(0, 0, note)
    return file.getvalue()


def as_parquet(frame: pl.DataFrame) -> bytes:
    """Parquet with the types kept."""
    file = io.BytesIO()
    frame.write_parquet(file)
    return file.getvalue()


def encode(frame: pl.DataFrame, kind: Format, note: str) -> bytes:
    """A frame as a file of the wanted kind."""
    if kind == "parquet":
        return as_parquet(frame)
    return as_csv(frame, note) if kind == "csv" else as_xlsx(frame, note)


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


def rows_section(query: Callable[[], pl.LazyFrame], name: str, filters: Filters) -> None:
    """The rows behind a page for the present choice, queried only on the click."""
    note = provenance(filters)
    with st.container(border=True):
        st.markdown(f"**{_('下载所选范围的逐份明细')}**")
        st.caption(_("每份报告一行，只含筛选后的报告；未填的格子为空，不是0。"))
        columns = query().collect_schema().names()
        titles = headings(pl.DataFrame(schema=columns))
        with st.container(horizontal=True):
            button(
                _("CSV（中文表头）"),
                lambda: as_csv(query().rename(titles).collect(), note),
                f"{name}-rows.csv",
                f"csv-rows-{name}",
            )
            button(
                _("CSV（字段名）"), lambda: as_csv(query().collect(), note), f"{name}-rows-fields.csv", f"f-rows-{name}"
            )
            button("Excel", lambda: as_xlsx(query().rename(titles).collect(), note), f"{name}-rows.xlsx", f"x-{name}")
            button("Parquet", lambda: as_parquet(query().collect()), f"{name}-rows.parquet", f"p-{name}")
