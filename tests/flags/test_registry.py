import re

import pytest

from flags.engine import evaluate
from flags.registry import RULES, rule_named
from flags.rule import FAMILIES, NOT_APPLICABLE_REASONS, Rule
from loaders.vocabulary import SEVERITIES
from tests.flags.examples import EXAMPLES
from tests.flags.factory import corpus

# Rules that speak of every report, so that none is beyond them.
ALWAYS_APPLY = {"low-confidence"}
# fmt: off
FROM_THE_CONTRACT = {
    "balance", "outcome-sum", "applicant-sum", "litigation-sum", "carry-over", "in-force", "invalid-figure", "rollup",
    "text-applications", "text-outcomes", "text-litigation", "text-documents", "text-share", "text-sum",
    "missing-section", "missing-table", "blank-cells", "missing-aspect", "missing-fee-statement", "outdated-form",
    "altered-heading", "wrong-citation", "wrong-year", "foreign-issuer", "duplicate-report", "late", "missing-report",
    "copied-from-peer", "copied-from-last-year", "repeated-figures", "boilerplate-only", "placeholder",
    "contaminated-text", "all-zero", "zero-streak", "low-confidence",
}
# fmt: on

IN_ENGLISH = re.compile("[A-Z0-9“][^，。；：、等]{5,}[.]", re.DOTALL)
"""But for what it quotes: a sentence from its capital to its full stop, with names in Chinese and no more."""

by_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def test_ids_are_unique_and_public_names_are_all_there():
    names = [rule.id for rule in RULES]
    assert len(names) == len(set(names))
    assert set(names) >= FROM_THE_CONTRACT


@by_rule
def test_every_rule_explains_itself(rule: Rule):
    for text in (rule.title, rule.reason, rule.basis, rule.formula, rule.remedy):
        assert text.zh and text.en, f"{rule.id} lacks wording"
    assert rule.severity in SEVERITIES and rule.family in FAMILIES and rule.needs and rule.version >= 1
    for threshold in rule.thresholds:
        assert threshold.meaning.zh and threshold.meaning.en, f"{rule.id}.{threshold.name} lacks wording"


def _judged(rule: Rule, reports: tuple) -> tuple[str, str | None, int]:
    found = evaluate(corpus(*reports), None, [rule])
    checks = found.checks().filter(report_id=reports[0].report_id)
    raised = found.flags.filter(report_id=reports[0].report_id)
    for zh, en in raised.select("message", "message_en").iter_rows():
        assert len(zh) > 5 and zh.endswith("。")
        assert IN_ENGLISH.fullmatch(re.sub("“[^”]*”", "“”", en)), en
    return str(checks["status"][0]), checks["reason"][0], raised.height


@by_rule
def test_every_rule_has_an_example_that_passes(rule: Rule):
    assert rule.id in EXAMPLES, f"{rule.id} has no examples"
    assert _judged(rule, EXAMPLES[rule.id].passed) == ("passed", None, 0)


@by_rule
def test_every_rule_has_an_example_that_fails(rule: Rule):
    status, _, raised = _judged(rule, EXAMPLES[rule.id].failed)
    assert status == "failed" and raised >= 1


@by_rule
def test_every_rule_has_an_example_it_says_nothing_about(rule: Rule):
    if rule.id in ALWAYS_APPLY:
        assert EXAMPLES[rule.id].not_applicable == ()
        return
    status, reason, raised = _judged(rule, EXAMPLES[rule.id].not_applicable)
    assert status == "not-applicable" and raised == 0
    assert reason in NOT_APPLICABLE_REASONS, f"{rule.id} gives no reason from the list"


def test_a_rule_is_found_by_name():
    assert rule_named("late").severity == "warning"
    with pytest.raises(KeyError):
        rule_named("no-such-rule")
