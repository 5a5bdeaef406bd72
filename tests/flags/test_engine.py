import json
from dataclasses import replace

import polars as pl
import pytest

from flags.engine import corpus_of, evaluate
from flags.order import ORDER_SCHEMA, order
from flags.registry import RULES
from flags.settings import Settings
from loaders import __version__
from loaders.schemas import Checks, Flags
from tests.flags.factory import applications, report
from tests.flags.faults import FAULTS
from tests.flags.sound import corpus as sound_corpus

BROKEN = applications(person={"new": 3, "granted": 3}) | {"new.person": 4, "new.total": 4}


@pytest.fixture(scope="module")
def sound():
    return [each.report for each in sound_corpus(7, counties=2, bureaus=4)]


def test_findings_have_the_public_shape_and_carry_versions_and_hashes():
    flags = evaluate(corpus_of([report(BROKEN, path="a.docx"), report(path="b.docx", issuer="青禾县民政局")])).flags
    assert Flags.validate(flags).height == flags.height > 2
    assert flags["program_version"].unique().to_list() == [__version__]
    assert set(flags["content_hash"]) == {"id:a.docx", "id:b.docx"}
    assert flags["path"].is_sorted()
    assert all(json.loads(each) is not None for each in flags["evidence"])


def test_checks_have_a_row_for_every_report_and_rule():
    reports = [report(BROKEN, path="a.docx"), report(path="b.docx", issuer="青禾县民政局")]
    evaluation = evaluate(corpus_of(reports))
    checks = evaluation.checks()
    assert Checks.validate(checks).height == len(RULES) * 2
    balance = checks.filter(rule="balance", path="a.docx").row(0, named=True)
    assert (balance["status"], balance["left"], balance["right"]) == ("failed", "4", "3")
    some = evaluation.checks(rules=["balance"], reports=["id:b.docx"])
    assert some.select("path", "status").rows() == [("b.docx", "passed")]


def test_every_reason_of_a_check_is_from_the_list(sound):
    from flags.rule import NOT_APPLICABLE_REASONS

    checks = evaluate(corpus_of(sound)).checks()
    assert set(checks["reason"].drop_nulls()) <= set(NOT_APPLICABLE_REASONS)
    silent = checks.filter((pl.col("status") == "not-applicable") & pl.col("reason").is_null())
    assert silent.select("rule").unique().rows() == []


def test_rules_off_and_issuers_left_out():
    corpus = corpus_of([report(BROKEN), report(BROKEN, issuer="青禾县民政局")])
    off = evaluate(corpus, Settings(rules_off=frozenset({"balance"})))
    assert "balance" not in set(off.flags["rule"])
    left_out = evaluate(corpus, Settings(excluded_issuers=frozenset({"青禾县民政局"})))
    assert set(left_out.flags["path"]) == {"青禾县水务局/2023.docx"}
    assert set(left_out.checks()["path"]) == {"青禾县水务局/2023.docx"}


def test_an_empty_corpus_has_no_findings():
    evaluation = evaluate(corpus_of([]))
    assert Flags.validate(evaluation.flags).height == 0
    assert evaluation.checks().height == 0


def test_the_same_corpus_gives_the_same_findings_in_any_order(sound):
    sound[3].form.figures["applications.granted.person"].value = 99.0
    rules = [rule for rule in RULES if rule.id in FAULTS]
    one = evaluate(corpus_of(sound), None, rules).flags
    other = evaluate(corpus_of(list(reversed(sound))), None, rules).flags
    by = ["path", "rule", "message"]
    assert one.sort(by).equals(other.sort(by))


def test_sound_reports_raise_nothing_but_zeros():
    reports = [each.report for each in sound_corpus(11, counties=3, bureaus=6)]
    rules = [rule for rule in RULES if rule.id in FAULTS and rule.id not in ("all-zero", "zero-streak")]
    assert evaluate(corpus_of(reports), None, rules).flags.select("path", "rule", "message").rows() == []


def test_reports_in_traditional_characters_are_judged_alike():
    def written(*replacements: tuple[str, str]):
        made = report(applications(person={"new": 3, "granted": 3}))
        for old, new in replacements:
            made.sections = [replace(each, text=each.text.replace(old, new)) for each in made.sections]
            made.text = made.text.replace(old, new)
        return made

    pairs = [
        "报報",
        "开開",
        "县縣",
        "条條",
        "发發",
        "关關",
        "总總",
        "处處",
        "办辦",
        "应應",
        "体體",
        "动動",
        "费費",
        "监監",
    ]
    rules = [rule for rule in RULES if rule.family in ("form", "identity")]
    plain, traditional = (evaluate(corpus_of([each]), None, rules) for each in (written(), written(*map(tuple, pairs))))
    assert traditional.flags.rows() == plain.flags.rows() == []


HOSTILE = (
    "",
    "\x00\ud7ff（[{*+?.^$|\\",
    "2023年2023年2023年" * 40,
    "其中其中其中1件1件1件1件，其中：；、。" * 20,
    "占%占50%占100%，共0条，占0%。",
    "国办公开办函〔〕号国办〔2021〕号",
    "局" * 60,
    "(局)[委]*乡镇+街道?",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_a_rule(text):
    strange = report(
        issuer=text,
        region="",
        province="",
        prefecture="",
        county=text[:4],
        title=text,
        preface=text,
        signature=text,
        sections=dict.fromkeys(range(1, 7), text),
        headings=dict.fromkeys(range(1, 7), text),
        labels=[(text, text + "！"), ("", "")],
        path="strange.txt",
    )
    bare = report(issuer="", year=None, published=None, edition="none", without=range(1, 7), path="bare.txt")
    evaluation = evaluate(corpus_of([strange, bare, report(year=1, path="old.txt")]))
    assert evaluation.checks().height == 3 * len(RULES)


class TestOrder:
    def test_the_gravest_comes_first_with_its_reason(self):
        flags = evaluate(
            corpus_of(
                [
                    report(path="zero.docx", issuer="青禾县民政局"),
                    report(path="broken.docx", cells=BROKEN),
                    report(
                        path="foreign.docx",
                        issuer="青禾县财政局",
                        sections={
                            1: "我镇认真落实。（一）主动公开（二）依申请公开（三）信息管理（四）平台建设（五）监督保障"
                        },
                    ),
                ]
            )
        ).flags
        found = order(flags).collect()
        assert dict(found.schema) == {name: found.schema[name] for name in ORDER_SCHEMA}
        assert found["report_id"].to_list()[0] == "id:foreign.docx"
        assert found["reason_zh"][0].startswith("机关名称张冠李戴")
        assert found["score"].is_sorted(descending=True)

    def test_findings_from_one_cell_count_once(self):
        one_cell = applications(person={"new": 3, "granted": 3}) | {"granted.person": 4}
        flags = evaluate(corpus_of([report(one_cell)])).flags.filter(pl.col("rule").str.contains("-sum"))
        assert flags.height == 2
        assert order(flags).collect()["score"].to_list() == [10.0]
