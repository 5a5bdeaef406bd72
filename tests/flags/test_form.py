import pytest

from tests.flags.factory import flags, messages, report, status


def test_missing_sections_are_named():
    assert status("missing-section", report()) == "passed"
    assert messages("missing-section", report(without=[5])) == ["报告缺少“五、存在的主要问题及改进情况”部分。"]
    assert len(flags("missing-section", report(without=[2, 6]))) == 2


@pytest.mark.parametrize(
    ("year", "edition", "expected"),
    [
        (2017, "legacy", "not-applicable"),
        (2023, "legacy", "failed"),
        (2023, "none", "failed"),
        (None, "none", "failed"),
        (None, "legacy", "not-applicable"),
    ],
)
def test_which_reports_must_follow_the_form(year, edition, expected):
    tables = dict.fromkeys(("publication", "applications", "litigation"), "missing")
    free = report(year=year, edition=edition, tables=tables, without=[2])
    assert status("missing-section", free) == expected
    assert status("missing-table", free) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"issuer": "青禾大学"}, "not-applicable"),
        ({"issuer": None, "preface": "根据《高等学校信息公开办法》，现将我校信息公开工作报告如下。"}, "not-applicable"),
        ({"issuer": "青禾县教育局", "preface": "根据《高等学校信息公开办法》编制。"}, "failed"),
        ({"issuer": "青禾县教育局"}, "failed"),
        ({"issuer": "青禾大学", "edition": "2021"}, "failed"),
    ],
)
def test_schools_follow_the_outline_of_their_ministry(more, expected):
    tables = dict.fromkeys(("publication", "applications", "litigation"), "missing")
    labels = [("一、总体情况", "一、概述")]
    own = report(**{"edition": "none", "tables": tables, "without": [2], "labels": labels} | more)
    for rule in ("missing-section", "missing-table", "altered-heading"):
        assert status(rule, own) == expected


def test_missing_tables_are_named_and_pictures_told_apart():
    assert status("missing-table", report()) == "passed"
    found = messages("missing-table", report(tables={"litigation": "missing", "applications": "picture"}))
    assert found == [
        "“依申请公开情况表”以图片代替表格，数据无法读取和核对，视为缺表。",
        "报告缺少“行政复议、行政诉讼情况表”。",
    ]
