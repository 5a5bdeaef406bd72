"""Chinese first, English beside it: the words of the pages and how they write figures and dates.

Pages write Chinese, `_("总览")`; the English stands in `data/locale/en/LC_MESSAGES/gongkai.po`.
"""

from __future__ import annotations

import calendar
import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from pathlib import Path

import streamlit as st

from data import DATA_DIR
from flags import labels
from flags.rule import Wording
from loaders.form.editions import Column, Row

LOCALE_DIR = DATA_DIR / "locale"
DOMAIN = "gongkai"
PROGRAM = "公开 Gongkai"
KEY = "lang"
CHINESE, ENGLISH = "中文", "English"
MONTHS = tuple(calendar.month_name)
STREAMLITS_WORDS = Path(__file__).with_name("streamlit_words.js")


@cache
def catalogue() -> gettext.NullTranslations:
    """The English catalogue."""
    return gettext.translation(DOMAIN, LOCALE_DIR, languages=["en"])


_ASKED_FOR: ContextVar[str | None] = ContextVar("language", default=None)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """One language for all that is said within, where there is no visitor's session that knows it."""
    before = _ASKED_FOR.set(language)
    try:
        yield
    finally:
        _ASKED_FOR.reset(before)


def is_english() -> bool:
    """Whether this visitor reads English."""
    return (_ASKED_FOR.get() or st.session_state.get(KEY)) == ENGLISH


def _(text: str) -> str:
    """A text of the pages in the visitor's language."""
    return catalogue().gettext(text) if text and is_english() else text


def mark(text: str) -> str:
    """Marks a text for the catalogue where it is written down once and translated when shown."""
    return text


def say(wording: Wording) -> str:
    """A rule's or measure's own wording in the visitor's language."""
    return wording.en if is_english() else wording.zh


def switch() -> None:
    """The language switch, kept in the address."""
    st.segmented_control(
        "语言 / Language",
        (CHINESE, ENGLISH),
        default=CHINESE,
        required=True,
        key=KEY,
        bind="query-params",
        label_visibility="collapsed",
    )


@cache
def _speaking(language: str) -> str:
    script = STREAMLITS_WORDS.read_text(encoding="utf-8")
    return f"<script>window.gongkaiSpeaks || {script}; window.gongkaiSpeaks('{language}')</script>"


def speak() -> None:
    """Tells the browser which language the page is in, and has Streamlit's own words said in it."""
    st.html(_speaking("en" if is_english() else "zh-CN"), unsafe_allow_javascript=True)


def number(value: float | None, digits: int = 0) -> str:
    """A figure with thousands marked; what is not stated says so and is never 0."""
    if value is None:
        return _("未填")
    if digits == 0 and value != int(value):
        digits = 2
    return f"{value:,.{digits}f}"


def percent(value: float | None, digits: int = 1) -> str:
    """A share between 0 and 1 in per cent; absent over nothing."""
    return _("不适用") if value is None else f"{value * 100:.{digits}f}%"


def fraction(numerator: float | None, denominator: float | None) -> str:
    """Numerator and denominator as they stand under a rate."""
    return f"{number(numerator)} / {number(denominator)}"


def day(value: date | None) -> str:
    """A date as the language writes it."""
    if value is None:
        return _("未注明")
    if is_english():
        return f"{value.day} {MONTHS[value.month]} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


def date_format() -> str:
    """How tables write dates."""
    return "D MMM YYYY" if is_english() else "YYYY年M月D日"


def figure_name(key: str) -> str:
    """The name of a figure of the form, such as `applications.granted.total`."""
    return say(labels.wording_of(key))


def row_name(row: Row) -> str:
    """The label of a row of the form without its number, short enough for a chart."""
    return labels.row_en(row.key).split(": ")[-1].capitalize() if is_english() else unnumbered(row.label)


def column_name(column: Column) -> str:
    """The label of a column of the form, short enough for a chart."""
    return labels.column_en(column.key).capitalize() if is_english() else unnumbered(column.label)


NUMBERING = re.compile(r"^(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|\d+\.)")
NOTE = re.compile(r"（(?:区分处理|单位：).*?）$|、行政机关不再处理其政府信息公开申请$")


def unnumbered(label: str) -> str:
    """A label of the printed form without its number and without what it explains or says of all such cases."""
    return NOTE.sub("", NUMBERING.sub("", label)).strip()
