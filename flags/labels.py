"""What the figures of the form are called in messages, in both languages."""

from __future__ import annotations

from functools import cache

import polars as pl

from flags.rule import Wording
from loaders.form.editions import Figure, all_keys, editions

_ROWS_EN = {
    "rules": "government rules",
    "normative": "normative documents",
    "licensing": "licensing",
    "services": "other external administrative services",
    "penalty": "penalties",
    "coercion": "coercion",
    "fees": "administrative fees",
    "procurement": "government procurement",
    "new": "new applications this year",
    "carried_in": "carried in from last year",
    "granted": "granted",
    "partial": "partly granted",
    "denied": "denied",
    "denied.secret": "denied: state secret",
    "denied.law": "denied: forbidden by law",
    "denied.safety": "denied: safety and stability",
    "denied.third_party": "denied: third party's rights",
    "denied.internal": "denied: internal affairs",
    "denied.process": "denied: information in process",
    "denied.case_file": "denied: enforcement case file",
    "denied.inquiry": "denied: administrative inquiry",
    "unavailable": "unavailable",
    "unavailable.not_held": "unavailable: not held",
    "unavailable.not_compiled": "unavailable: would have to be compiled",
    "unavailable.unclear": "unavailable: unclear after correction",
    "rejected": "not processed",
    "rejected.petition": "not processed: petition or complaint",
    "rejected.repeat": "not processed: repeated application",
    "rejected.publication": "not processed: public publication",
    "rejected.excessive": "not processed: excessive applications",
    "rejected.reconfirm": "not processed: reconfirmation",
    "misc": "other handling",
    "misc.uncorrected": "other handling: not corrected in time",
    "misc.unpaid": "other handling: fee not paid",
    "misc.other": "other handling: other",
    "total": "total of outcomes",
    "carried_out": "carried over to next year",
    "review": "reconsideration",
    "direct": "lawsuits without reconsideration",
    "after_review": "lawsuits after reconsideration",
    "lawsuits": "lawsuits",
}
_COLUMNS_EN = {
    "issued": "issued this year",
    "repealed": "repealed this year",
    "in_force": "in force",
    "decisions": "decisions",
    "amount": "amount",
    "made": "made this year",
    "disclosed": "disclosed this year",
    "total_disclosed": "disclosed in all",
    "items_last_year": "items last year",
    "change": "change this year",
    "projects": "projects",
    "person": "natural persons",
    "business": "businesses",
    "research": "research bodies",
    "nonprofit": "non-profit bodies",
    "legal": "legal services",
    "other": "other",
    "total": "total",
    "upheld": "upheld",
    "corrected": "corrected",
    "pending": "pending",
}
_TABLES = {
    "publication": Wording("主动公开情况表", "proactive disclosure table"),
    "applications": Wording("依申请公开情况表", "applications table"),
    "litigation": Wording("行政复议、行政诉讼情况表", "reconsideration and litigation table"),
}
COLUMNS_ZH = {
    "person": "自然人",
    "business": "商业企业",
    "research": "科研机构",
    "nonprofit": "社会公益组织",
    "legal": "法律服务机构",
    "other": "其他",
    "total": "总计",
}
"""The columns of the applications table."""


def table(name: str) -> Wording:
    """What one of the three tables is called."""
    return _TABLES[name]


def _short_row(figure: Figure) -> str:
    """The label of a row without its bracketed explanation, its group in front."""
    label = figure.row.label.split("（区分")[0].split("、行政机关")[0]
    group = figure.row.group
    return f"{group}{label}" if group else label


@cache
def _figures() -> dict[str, Figure]:
    """The figures of all editions by key, as the first edition that has one prints it."""
    return {figure.key: figure for edition in reversed(editions()) for figure in edition.figures}


def wording_of(key: str) -> Wording:
    """The name of a figure: 予以公开·自然人. A key of no edition is its own name."""
    figure = _figures().get(key)
    if figure is None:
        return Wording(key, key)
    zh = f"{_short_row(figure)}·{figure.column.label}"
    return Wording(zh, f"{row_en(figure.row.key)}, {column_en(figure.column.key)}")


def row_en(key: str) -> str:
    """The English name of a row."""
    return _ROWS_EN.get(key, key)


def column_en(key: str) -> str:
    """The English name of a column."""
    return _COLUMNS_EN.get(key, key)


def unit_of(key: str) -> str:
    """万元 for the columns of money, else nothing."""
    figure = _figures().get(key)
    return figure.column.unit if figure else ""


@cache
def _names(language: str) -> tuple[pl.Series, pl.Series]:
    """All keys, and their names in `zh` or `en`."""
    keys = all_keys()
    return pl.Series(keys), pl.Series([getattr(wording_of(key), language) for key in keys])


def named(keys: pl.Expr, language: str) -> pl.Expr:
    """The keys of a text column by their names in `zh` or `en`."""
    return keys.replace_strict(*_names(language), default=keys, return_dtype=pl.String)
