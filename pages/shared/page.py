"""What every page begins with: its filters, and the states in which there is nothing to show."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import streamlit as st

from flags.settings import SettingsError
from loaders.store import StoreError
from pages.shared import data_access, panel, words
from pages.shared.filters import Filters, reset
from pages.shared.language import _

LOG = logging.getLogger(__name__)
FILTERS = "_filters"
REGISTERED = threading.Event()
"""Whether this server has registered the pages."""
PAGES_FOLDER = Path(__file__).resolve().parent.parent


def remember_filters(filters: Filters) -> None:
    """Hands what the sidebar chose to the page that runs next."""
    st.session_state[FILTERS] = filters


def current_filters() -> Filters:
    """What the visitor has chosen."""
    if FILTERS not in st.session_state:
        start_at_the_entry()
    chosen: Filters = st.session_state[FILTERS]
    return chosen


def start_at_the_entry() -> None:
    """Starts over at `app.py`, with the pages registered.

    Until an app has registered its pages once, Streamlit runs each file in a folder named `pages` by itself, and
    `app.py` as one of them. The first visitor of a new server who follows a link to a page would get it without
    filters and navigation; who comes by the entry would lose filters and language on the way to the next page.
    """
    REGISTERED.set()
    files = sorted(PAGES_FOLDER.glob("[a-z]*.py"))
    st.navigation([st.Page(file, default=file.stem == "overview") for file in files], position="hidden")
    st.rerun()


def open_page(title: str, answer: str, *, needs_reports: bool = True) -> Filters:
    """Draws title and leading sentence; stops with a word of help where the choice holds no report."""
    filters = current_filters()
    st.title(title, anchor=False)
    if not needs_reports:
        st.caption(answer)
        return filters
    if not data_access.report_count(Filters()):
        st.caption(answer)
        empty_store()
        st.stop()
    st.caption(f"{answer} {_('当前范围：')}{words.choice(filters)}")
    if not data_access.report_count(filters):
        nothing_chosen()
        st.stop()
    return filters


def empty_store() -> None:
    """What to do when no report has been read yet."""
    st.info(
        _("还没有读入任何报告。请先在命令行读入报告文件夹，再刷新本页："),
        icon=":material/inventory_2:",
    )
    st.code("gongkai ingest reports", language="shell")
    st.caption(_("想先看看效果，可以生成一批虚构的报告："))
    st.code("gongkai demo demo-reports --reports 200\ngongkai ingest demo-reports", language="shell")


def nothing_chosen() -> None:
    """What to do when the filters leave nothing."""
    st.info(_("所选范围内没有报告。请放宽筛选条件。"), icon=":material/filter_alt:")
    st.button(_("清除全部筛选"), on_click=reset, key="reset-on-page")


def report_table(found: pl.DataFrame, key: str) -> None:
    """A table of reports; choosing a row opens the report."""
    if found.is_empty():
        st.caption(_("没有可列出的报告。"))
        return
    event = panel.table(
        found,
        key,
        on_select="rerun",
        selection_mode="single-row",
        column_config={"report_id": None},
        placeholder=_("未注明"),
    )
    if rows := event.selection.rows:
        open_report(found.get_column("report_id")[rows[0]])


def open_report(report_id: str) -> None:
    """Goes to the page of one report."""
    st.switch_page("pages/report.py", query_params={"report": report_id})


def link(page: str, label: str, icon: str | None = None, **query: str) -> None:
    """A link to another page; Streamlit adds what is bound to the address, filters and language among it."""
    st.page_link(f"pages/{page}.py", label=label, icon=icon, query_params=query or None)


@contextmanager
def explained_errors() -> Iterator[None]:
    """Turns what goes wrong into a sentence; the details go to the server's log."""
    try:
        yield
    except SettingsError as error:
        st.error(str(error), icon=":material/error:")
    except StoreError as error:
        st.error(_("数据仓库无法读取：{reason}").format(reason=error), icon=":material/error:")
    except Exception:
        LOG.exception("a page failed")
        st.error(
            _("这一页出错了，其他页面不受影响。请刷新重试；如仍出错，请把服务器日志交给维护人员。"),
            icon=":material/error:",
        )
