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


def test_missing_tables_are_named_and_pictures_told_apart():
    assert status("missing-table", report()) == "passed"
    found = messages("missing-table", report(tables={"litigation": "missing", "applications": "picture"}))
    assert found == [
        "“依申请公开情况表”以图片代替表格，数据无法读取和核对，视为缺表。",
        "报告缺少“行政复议、行政诉讼情况表”。",
    ]
