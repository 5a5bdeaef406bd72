"""The rules as the pages name them; a finding of a rule that this program no longer has keeps its id."""

from __future__ import annotations

from functools import cache

from flags.rule import Rule
from pages.shared.language import say


@cache
def rules() -> dict[str, Rule]:
    """All rules by id, in the order of the registry."""
    from flags.registry import RULES

    return {rule.id: rule for rule in RULES}


def title(rule_id: str) -> str:
    """What a rule is called in the visitor's language."""
    rule = rules().get(rule_id)
    return say(rule.title) if rule else rule_id
