"""Says so on every page where reports shown are invented, and how to put one's own in their place."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import streamlit as st

from loaders.demo import MARK_FILE
from loaders.demo.narrative import sentences
from pages.shared import data_access, page
from pages.shared.language import _

LOOKED_AT = 20
"""So many texts are looked at for the mark where the folder read is no longer there."""

OWN_REPORTS = """source .venv/bin/activate          # Windows: .venv\\Scripts\\activate
gongkai ingest path/to/reports --store my-store
gongkai serve --store my-store"""


@data_access.remembered
def marked() -> pl.DataFrame:
    """`invented`: whether the store holds reports that `gongkai demo` wrote."""
    rows = data_access.store().rows().filter(pl.col("outcome") == "read")
    first = pl.col("path").str.split("/").list.first()
    folders = rows.select("root", first.alias("first")).unique().collect()
    beside = any(
        (folder / MARK_FILE).is_file()
        for root, below in folders.iter_rows()
        for folder in (Path(root) / below, Path(root), *Path(root).parents)
    )
    texts = rows.select("text").head(LOOKED_AT).collect().get_column("text")
    within = texts.str.contains(sentences()["mark"]["text"], literal=True).any()
    return pl.DataFrame({"invented": [beside or within]})


def banner() -> None:
    """A line on top of the page, and the way to one's own reports."""
    if not marked().get_column("invented").any():
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(
            f":orange-badge[{_('演示数据')}] {_('这里的报告由程序虚构，其中的差错是有意安排的，与任何机关无关。')}",
            width="stretch",
        )
        st.button(_("换成自己的报告"), icon=":material/folder_open:", type="primary", on_click=_own_reports)


def _own_reports() -> None:
    st.session_state["_own_reports"] = True


def dialog() -> None:
    """The steps to one's own reports, once after the button was pressed."""
    if st.session_state.pop("_own_reports", False):
        st.dialog(_("换成自己的报告"), width="medium")(_steps)()


def _steps() -> None:
    st.markdown(_("在终端按 Ctrl-C 结束演示，再在程序所在的文件夹里运行以下三行："))
    st.code(OWN_REPORTS, language="shell")
    st.markdown(
        _(
            "Word、WPS、PDF、OFD、扫描件、网页、文本、Excel 和压缩包都可以放在一个文件夹里，不必改名。"
            "自己的报告存入另一个数据仓，不会与演示数据混在一起。以后再运行，只读新增和改动过的文件。"
        )
    )
    page.link("check", _("只想查一份草稿：打开“自查”页"), ":material/rule:")
