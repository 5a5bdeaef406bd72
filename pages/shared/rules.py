"""The rules as the pages name them; a finding of a rule that this program no longer has keeps its id."""

from __future__ import annotations

from functools import cache

from flags.rule import NOT_APPLICABLE_REASONS, Rule
from pages.shared.language import _, say


@cache
def rules() -> dict[str, Rule]:
    """All rules by id, in the order of the registry."""
    from flags.registry import RULES

    return {rule.id: rule for rule in RULES}


def title(rule_id: str) -> str:
    """What a rule is called in the visitor's language."""
    rule = rules().get(rule_id)
    return say(rule.title) if rule else rule_id


def explanation(rule_id: str) -> str:
    """Why a rule matters, what it rests on and how to mend it, a line each."""
    rule = rules().get(rule_id)
    if rule is None:
        return ""
    return f"{say(rule.reason)}  \n{_('改法：')}{say(rule.remedy)}  \n{_('依据：')}{say(rule.basis)}"


def remedy(rule_id: str) -> str:
    """How to mend what a rule raised."""
    rule = rules().get(rule_id)
    return say(rule.remedy) if rule else ""


def basis(rule_id: str) -> str:
    """The article of law or line of the form that a rule rests on."""
    rule = rules().get(rule_id)
    return say(rule.basis) if rule else ""


def formula(rule_id: str) -> str:
    """What a rule compares."""
    rule = rules().get(rule_id)
    return say(rule.formula) if rule else ""


def reason(key: str | None) -> str:
    """Why a rule does not apply, in words."""
    wording = NOT_APPLICABLE_REASONS.get(key or "")
    return say(wording) if wording else key or ""
