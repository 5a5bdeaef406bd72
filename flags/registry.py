"""The table of contents: every rule of every family, in the order in which they are shown."""

from __future__ import annotations

from flags import arithmetic, cell_rules, form_rules
from flags.rule import Rule

RULES: tuple[Rule, ...] = (
    *arithmetic.RULES,
    *cell_rules.RULES,
    *form_rules.RULES,
)


def rule_named(name: str) -> Rule:
    """The rule with this id. Raises KeyError where there is none."""
    return {rule.id: rule for rule in RULES}[name]
