"""What a number of the narrative may mean: for each subject the figures, or sums of figures, that it may stand for."""

from __future__ import annotations

from functools import cache

import polars as pl

from flags.equations import outcome_rows
from flags.labels import COLUMNS_ZH, wording_of
from flags.rule import Wording
from loaders.form.editions import all_keys

GROUPS_ZH = {"denied": "不予公开", "unavailable": "无法提供", "rejected": "不予处理", "misc": "其他处理"}
_GROUPS_EN = {"denied": "denied", "unavailable": "unavailable", "rejected": "not processed", "misc": "other handling"}
_RESULTS = ("upheld", "corrected", "other", "pending", "total")
_OLD_COLUMN = {"issued": ("made", "disclosed"), "in_force": ("total_disclosed",)}


def _known(key: str) -> pl.Expr:
    return pl.col(key)


def _sum(*keys: str) -> pl.Expr:
    """A sum that is null as soon as one part is."""
    total = _known(keys[0])
    for key in keys[1:]:
        total = total + pl.col(key)
    return total


def _a(row: str, column: str = "total") -> str:
    return f"applications.{row}.{column}"


def group_sum(group: str, column: str = "total") -> pl.Expr:
    """The outcomes of a group together; other handling is one row on the 2019 edition."""
    if group == "misc":
        return pl.coalesce(
            pl.col(_a("misc", column)), _sum(*(_a(row, column) for row in outcome_rows("2021") if row[:5] == "misc."))
        )
    return _sum(*(_a(row, column) for row in outcome_rows("2021") if row.startswith(f"{group}.")))


@cache
def application_readings() -> dict[str, tuple[pl.Expr, ...]]:
    """New, carried in and carried over. Received may mean new, or new and carried in."""
    found: dict[str, tuple[pl.Expr, ...]] = {}
    for column in COLUMNS_ZH:
        new, carried_in = _a("new", column), _a("carried_in", column)
        found[new] = (pl.col(new), _sum(new, carried_in))
        found[carried_in] = (pl.col(carried_in),)
        found[_a("carried_out", column)] = (pl.col(_a("carried_out", column)),)
    return found


@cache
def outcome_readings() -> dict[str, tuple[pl.Expr, ...]]:
    """Outcomes. Answered may leave out what was not processed; granted may include what was granted in part."""
    found: dict[str, tuple[pl.Expr, ...]] = {}
    for row in dict.fromkeys((*outcome_rows("2021"), *outcome_rows("2019"))):
        found[_a(row)] = (pl.col(_a(row)),)
    for group in GROUPS_ZH:
        found[_a(group)] = (group_sum(group),)
    found[_a("denied")] += (group_sum("denied") + pl.col(_a("partial")),)
    found[_a("granted")] += (_sum(_a("granted"), _a("partial")),)
    total, new = pl.col(_a("total")), pl.col(_a("new"))
    answered = total - group_sum("rejected") - group_sum("misc")
    found[_a("total")] = (total, total - group_sum("rejected"), answered, pl.when(new <= total).then(new))
    return found


@cache
def litigation_readings() -> dict[str, tuple[pl.Expr, ...]]:
    """Disputes. Lawsuits may mean all of them, or those without reconsideration first."""
    found: dict[str, tuple[pl.Expr, ...]] = {}
    for result in _RESULTS:
        review, direct, after = (f"litigation.{group}.{result}" for group in ("review", "direct", "after_review"))
        found[review] = (pl.col(review),)
        found[after] = (pl.col(after),)
        found[direct] = (pl.col(direct), _sum(direct, after))
        found[f"litigation.lawsuits.{result}"] = (_sum(direct, after), pl.col(direct))
    return found


@cache
def document_readings() -> dict[str, tuple[pl.Expr, ...]]:
    """Documents, decisions and fees. Documents may include government rules; the 2019 edition has other columns."""
    found: dict[str, tuple[pl.Expr, ...]] = {}
    for row in ("normative", "rules"):
        for column in ("issued", "repealed", "in_force"):
            key, columns = f"publication.{row}.{column}", (column, *_OLD_COLUMN.get(column, ()))
            found[key] = tuple(pl.col(f"publication.{row}.{each}") for each in columns) + tuple(
                _sum(f"publication.normative.{each}", f"publication.rules.{each}") for each in columns
            )
    for row in ("licensing", "penalty", "coercion"):
        found[f"publication.{row}.decisions"] = (pl.col(f"publication.{row}.decisions"),)
    found["publication.fees.amount"] = (pl.col("publication.fees.amount"),)
    found["publication.procurement.amount"] = (pl.col("publication.procurement.amount"),)
    found["publication.procurement.projects"] = (pl.col("publication.procurement.projects"),)
    return found


@cache
def subject(about: str) -> Wording:
    """What a subject of claims is called."""
    table, *rows, column = about.split(".")
    row = ".".join(rows)
    if table == "applications" and row in GROUPS_ZH and about not in all_keys():
        return Wording(f"{GROUPS_ZH[row]}各项合计", f"{_GROUPS_EN[row]}, all grounds")
    if row == "lawsuits":
        result = wording_of(f"litigation.direct.{column}")
        return Wording(
            f"行政诉讼{result.zh.split('·')[-1]}（两类合计）", f"lawsuits, both kinds, {result.en.split(', ')[-1]}"
        )
    return wording_of(about)
