"""The table of contents: every rule of every family, in the order in which they are shown."""

from __future__ import annotations

from flags import (
    absence,
    arithmetic,
    cell_rules,
    claims_rules,
    content_rules,
    form_rules,
    integrity,
    issuer_rules,
    narrative_sums,
    outliers,
    over_time,
    presence,
    rollup,
    shares,
    wording,
    year_rules,
)
from flags.rule import Rule

RULES: tuple[Rule, ...] = (
    *arithmetic.RULES,
    *cell_rules.RULES,
    *over_time.RULES,
    *rollup.RULES,
    *claims_rules.RULES,
    *shares.RULES,
    *narrative_sums.RULES,
    *form_rules.RULES,
    *content_rules.RULES,
    *year_rules.RULES,
    *issuer_rules.RULES,
    *presence.RULES,
    *absence.RULES,
    *wording.RULES,
    *integrity.RULES,
    *outliers.RULES,
)


def rule_named(name: str) -> Rule:
    """The rule with this id. Raises KeyError where there is none."""
    return {rule.id: rule for rule in RULES}[name]
