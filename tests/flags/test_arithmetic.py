import json

import pytest

from flags.arithmetic import RULES
from flags.engine import corpus_of, evaluate
from flags.equations import outcome_rows
from tests.flags.factory import APPLICANTS, applications, flags, litigation, messages, reason, report, status

THREE_GRANTED = applications(person={"new": 3, "granted": 3})


@pytest.mark.parametrize(
    ("rule", "cells", "expected"),
    [
        ("balance", THREE_GRANTED, "passed"),
        ("balance", {}, "passed"),
        ("balance", THREE_GRANTED | {"new.person": 4}, "failed"),
        ("balance", THREE_GRANTED | {"carried_out.legal": 1}, "failed"),
        ("balance", {f"{row}.{c}": None for row in ("new", "total") for c in (*APPLICANTS, "total")}, "not-applicable"),
        # 3 new + blank carried in cannot be 2 decided + 0 carried over, whatever the blank hides
        ("balance", {"new.person": 3, "carried_in.person": None, "total.person": 2}, "failed"),
        ("outcome-sum", THREE_GRANTED, "passed"),
        ("outcome-sum", THREE_GRANTED | {"partial.person": 1}, "failed"),
        ("outcome-sum", THREE_GRANTED | {"total.total": 2}, "failed"),
        ("applicant-sum", THREE_GRANTED, "passed"),
        ("applicant-sum", THREE_GRANTED | {"granted.total": 4}, "failed"),
        ("applicant-sum", {"new.person": 56, "new.total": 56} | {f"new.{c}": None for c in APPLICANTS[1:]}, "passed"),
        ("applicant-sum", {"new.person": 56, "new.total": 50} | {f"new.{c}": None for c in APPLICANTS[1:]}, "failed"),
        ("litigation-sum", litigation(review={"upheld": 2, "pending": 1}), "passed"),
        ("litigation-sum", litigation(review={"upheld": 2}) | {"review.total": 3}, "failed"),
        ("litigation-sum", {f"{g}.total": None for g in ("review", "direct", "after_review")}, "not-applicable"),
    ],
)
def test_sums(rule, cells, expected):
    assert status(rule, report(cells)) == expected


@pytest.mark.parametrize("rule", ["balance", "outcome-sum", "applicant-sum", "litigation-sum"])
def test_without_the_form_sums_do_not_apply(rule):
    assert status(rule, report(edition="legacy", year=2017)) == "not-applicable"
    assert reason(rule, report(edition="legacy", year=2017)) == "no-form"


def test_a_sum_with_blanks_that_may_hold_is_left_to_blank_cells():
    filled_total_only = report({"review.total": 5} | {f"review.{r}": None for r in ("upheld", "corrected")})
    assert not flags("litigation-sum", filled_total_only)
    assert status("blank-cells", filled_total_only) == "failed"


def test_the_2019_edition_has_one_row_of_other_handling():
    cells = applications(person={"new": 2, "misc": 2})
    assert status("outcome-sum", report(cells, edition="2019", year=2020)) == "passed"
    assert status("outcome-sum", report(cells | {"misc.person": 1}, edition="2019", year=2020)) == "failed"


def test_a_finding_gives_both_sides_and_the_cells():
    found = flags("balance", report(THREE_GRANTED | {"new.person": 4, "new.total": 4}))
    assert [row["evidence"]["cells"][0] for row in found] == [
        {"key": "applications.new.person", "value": 4.0},
        {"key": "applications.new.total", "value": 4.0},
    ]
    assert "本年新收4件＋上年结转0件＝4件，办理结果总计3件＋结转下年度0件＝3件，相差1件" in found[0]["message"]
    assert "4 new + 0 carried in = 4, but 3 decided + 0 carried over = 3" in found[0]["message_en"]


def test_doubtful_figures_make_a_notice():
    found = flags("balance", report(THREE_GRANTED | {"new.person": 4}, doubtful=["new.person"]))
    assert [row["severity"] for row in found] == ["notice"]
    assert status("balance", report(THREE_GRANTED | {"new.person": 4}, doubtful=["new.person"])) == "unsure"
    assert flags("balance", report(THREE_GRANTED | {"new.person": 4}))[0]["severity"] == "error"


def test_one_wrong_cell_is_named_with_what_it_should_be():
    cells = applications(
        person={"new": 30, "granted": 11, "partial": 6, "denied.secret": 4, "rejected.repeat": 5},
        business={"new": 9, "carried_in": 3, "granted": 2, "unavailable.not_held": 7},
    )
    rows = ("new", "carried_in", *outcome_rows("2021"), "total", "carried_out")
    keys = [f"applications.{row}.{column}" for row in rows for column in (*APPLICANTS, "total")]
    wrong = {key: cells.get(key, 0) + 1 + n % 9 for n, key in enumerate(keys)}
    reports = [report(cells | {key: value}, path=key) for key, value in wrong.items()]
    found = evaluate(corpus_of(reports), None, RULES).flags
    assert set(found["path"]) == set(keys)
    for path, message, evidence in found.select("path", "message", "evidence").iter_rows():
        cause = json.loads(evidence)["cause"]
        assert (cause["key"], cause["value"], cause["should_be"]) == (path, wrong[path], cells.get(path, 0))
        assert ("改为" not in message) or f"由{wrong[path]}改为{cells.get(path, 0)}，" in message
    named = found.filter(found["message"].str.contains("改为"))
    assert sorted(named["path"]) == sorted(keys)


def test_two_wrong_cells_are_both_named():
    cells = applications(person={"new": 5, "granted": 5}, business={"new": 7, "partial": 7})
    wrong = cells | {"applications.granted.person": 6, "applications.new.business": 9}
    found = [flags(rule, report(wrong)) for rule in ("balance", "outcome-sum", "applicant-sum")]
    causes = {
        (row["evidence"]["cause"]["key"], row["evidence"]["cause"]["should_be"]) for rows in found for row in rows
    }
    assert causes == {("applications.granted.person", 5.0), ("applications.new.business", 7.0)}


def test_no_mend_is_named_where_no_single_cell_would_do():
    found = flags("applicant-sum", report(THREE_GRANTED | {"granted.person": 2, "partial.person": 1}))
    assert len(found) == 2
    assert all(row["evidence"]["cause"] is None and "改为" not in row["message"] for row in found)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"new.person": 12}, "passed"),
        ({"new.person": -1}, "failed"),
        ({"new.person": 1.5}, "failed"),
        ({"new.person": "若干"}, "failed"),
        ({"publication.fees.amount": 211.509}, "passed"),
        ({"publication.fees.amount": -3.0}, "failed"),
    ],
)
def test_invalid_figures(cells, expected):
    assert status("invalid-figure", report(cells)) == expected


def test_signed_columns_may_be_negative():
    assert status("invalid-figure", report({"licensing.change": -4}, edition="2019", year=2020)) == "passed"
    assert status("invalid-figure", report({"licensing.decisions": -4}, edition="2019", year=2020)) == "failed"


@pytest.mark.parametrize("written", ["0", "12", "781(件)", "１，２０３件", "2,39", "282⋯", "/⋯"])
def test_a_number_that_could_not_be_placed_is_no_invalid_figure(written):
    assert status("invalid-figure", report({"rules.issued": "0", "rules.repealed": written})) == "passed"


@pytest.mark.parametrize("written", ["若干", "约20", "3/4", "见附件"])
def test_words_are_no_figure(written):
    assert status("invalid-figure", report({"rules.repealed": written})) == "failed"


def test_invalid_figures_are_listed_in_one_finding():
    found = flags("invalid-figure", report({"new.person": -1, "granted.legal": "两三件"}))
    assert len(found) == 1
    assert "“一、本年新收政府信息公开申请数量·自然人”填为“-1”" in found[0]["message"]
    assert [cell["raw"] for cell in found[0]["evidence"]["cells"]] == ["-1", "两三件"]
    assert status("invalid-figure", report(edition="none", year=2017)) == "not-applicable"


def test_blank_cells_are_counted_and_named():
    assert status("blank-cells", report()) == "passed"
    found = flags("blank-cells", report({"new.person": None, "granted.total": None}))
    assert len(found) == 1 and "有2处数据空白" in found[0]["message"]
    assert [cell["key"] for cell in found[0]["evidence"]["cells"]] == [
        "applications.new.person",
        "applications.granted.total",
    ]


def test_what_the_reader_lost_is_not_blank():
    lost = report({"new.person": None}, doubtful=["new.person"])
    assert status("blank-cells", lost) == "passed"
    assert status("low-confidence", lost) == "failed"


def test_a_missing_table_is_not_blank():
    picture = report({"review.upheld": None}, tables={"litigation": "picture"})
    assert status("blank-cells", picture) == "passed"
    assert status("blank-cells", report(edition="legacy", year=2016)) == "not-applicable"


def test_all_zero():
    assert status("all-zero", report()) == "failed"
    assert "共200项数据全部为0" in messages("all-zero", report())[0]
    assert status("all-zero", report(THREE_GRANTED)) == "passed"
    assert status("all-zero", report({"new.person": None})) == "not-applicable"


def test_low_confidence():
    assert status("low-confidence", report()) == "passed"
    assert status("low-confidence", report(confidence=0.5)) == "passed"
    assert status("low-confidence", report(confidence=0.49)) == "failed"
    assert "本年新收政府信息公开申请数量·自然人" in messages("low-confidence", report(doubtful=["new.person"]))[0]
