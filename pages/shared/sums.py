"""Both sides of every sum that the form demands, with which hold and which do not."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import streamlit as st

from flags.equations import Equation, applicant_equations, balance_equations, litigation_equations, outcome_equations
from pages.shared import panel, rules
from pages.shared.language import _, is_english, number, say

FAMILIES = {
    "balance": balance_equations,
    "outcome-sum": outcome_equations,
    "applicant-sum": applicant_equations,
    "litigation-sum": litigation_equations,
}


def show(edition: str, values: Mapping[str, float | None]) -> None:
    """A table of the sums: those that do not hold first; all of them on demand."""
    rows = [
        row
        for rule, equations in FAMILIES.items()
        for each in equations()
        if each.edition in ("", edition) and (row := _row(rule, each, values))
    ]
    table = pl.DataFrame(rows, schema=["rank", "rule_title", "place", "left", "right", "status"], orient="row")
    broken = table.filter(pl.col("rank") == 0)
    everything = st.toggle(_("显示全部算式（{count}个）").format(count=table.height), key="all-sums")
    if broken.is_empty() and not everything:
        st.caption(_("没有发现不相等的算式。"))
        return
    panel.table((table if everything else broken).sort("rank", maintain_order=True).drop("rank"), "sums")


def _row(rule: str, equation: Equation, values: Mapping[str, float | None]) -> tuple[int, str, str, str, str, str]:
    left, right = _side(equation.left, values), _side(equation.right, values)
    blank = any(values.get(key) is None for key in equation.keys)
    equal = abs(_total(equation.left, values) - _total(equation.right, values)) < 1e-6
    status = _("有空格，未核对") if blank else _("相等") if equal else _("不相等")
    return (1 if blank else 2 if equal else 0, rules.title(rule), say(equation.place), left, right, status)


def _total(keys: tuple[str, ...], values: Mapping[str, float | None]) -> float:
    return sum(values.get(key) or 0 for key in keys)


def _side(keys: tuple[str, ...], values: Mapping[str, float | None]) -> str:
    """The terms that are not zero and what they come to."""
    stated = [values.get(key) for key in keys]
    terms = [_("未填") if value is None else number(value) for value in stated if value != 0]
    total = number(_total(keys, values))
    plus, equals = (" + ", " = ") if is_english() else ("＋", "＝")
    return total if len(terms) < 2 else f"{plus.join(terms)}{equals}{total}"
