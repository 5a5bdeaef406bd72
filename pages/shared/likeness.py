"""Two reports' texts side by side, what only one of them says marked."""

from __future__ import annotations

import streamlit as st

from pages.shared import narrative_view, one_report, panel
from pages.shared.language import _, percent


@st.cache_data(show_spinner=False, max_entries=200)
def _compared(left: str, right: str) -> narrative_view.Comparison:
    return narrative_view.compare(left, right)


def text_of(report_id: str) -> str:
    """The narrative of a report."""
    return "\n".join(one_report.sections(report_id).get_column("text").to_list())


def show(report_ids: tuple[str, str], names: tuple[str, str]) -> None:
    """How alike the texts of two reports are, and both of them."""
    with st.spinner(_("正在逐字比对……")):
        found = _compared(*map(text_of, report_ids))
    st.caption(_("文字相同程度：{share}").format(share=percent(found.likeness)))
    for column, name, html in zip(st.columns(2), names, (found.left, found.right), strict=True):
        with column, st.container(border=True):
            st.markdown(f"**{panel.plain(name)}**")
            st.html(html)
