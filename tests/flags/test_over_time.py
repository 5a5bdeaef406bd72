from datetime import date

import polars as pl
import pytest

from flags.corpus import ROSTER_SCHEMA
from flags.settings import Settings
from tests.flags.factory import applications, flags, messages, report, status, statuses


def last_year(cells=None, **more):
    return report(cells, year=2022, **more)


def test_carry_over_compares_every_column():
    before = last_year({"carried_out.person": 3, "carried_out.total": 3})
    assert status("carry-over", report(applications(person={"carried_in": 3, "granted": 3})), before) == "passed"
    found = flags("carry-over", report(applications(legal={"carried_in": 3, "granted": 3})), before)
    assert len(found) == 1
    assert "自然人3→0、法律服务机构0→3。" in found[0]["message"]
    assert found[0]["evidence"]["reports"] == [before.report_id]


def test_carry_over_works_from_one_edition_to_the_next():
    before = report({"carried_out.person": 2, "carried_out.total": 2}, year=2020, edition="2019")
    assert status("carry-over", report(year=2021), before) == "failed"


def test_carry_over_is_silent_where_figures_are_blank():
    blank = {
        f"carried_in.{c}": None for c in ("person", "business", "research", "nonprofit", "legal", "other", "total")
    }
    assert status("carry-over", report(blank), last_year()) == "not-applicable"


def test_one_of_two_reports_on_the_year_before_that_agrees_is_enough():
    wrong = last_year({"carried_out.person": 4, "carried_out.total": 4}, path="旧稿.docx")
    assert status("carry-over", report(), wrong, last_year()) == "passed"


def test_carry_over_on_doubtful_figures_is_a_notice():
    before = last_year({"carried_out.person": 3}, doubtful=["carried_out.person"])
    assert [row["severity"] for row in flags("carry-over", report(), before)] == ["notice"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"normative.issued": 2, "normative.repealed": 1, "normative.in_force": 11}, "passed"),
        ({"normative.issued": 2, "normative.repealed": 1, "normative.in_force": 12}, "failed"),
        ({"normative.issued": 2, "normative.repealed": None, "normative.in_force": 12}, "passed"),  # rules still hold
        ({"normative.in_force": 10, "rules.in_force": 1}, "failed"),
    ],
)
def test_documents_in_force(now, expected):
    assert status("in-force", report(now), last_year({"normative.in_force": 10})) == expected


def test_both_rows_of_documents_are_judged_apart():
    now = report({"normative.in_force": 9, "rules.in_force": 1})
    found = messages("in-force", now, last_year({"normative.in_force": 10}))
    assert found == [
        "规章现行有效件数不衔接：2022年现行有效0件＋本年制发0件－本年废止0件＝0件，本年填报1件。",
        "行政规范性文件现行有效件数不衔接：2022年现行有效10件＋本年制发0件－本年废止0件＝10件，本年填报9件。",
    ]


def test_a_streak_is_broken_by_a_figure_and_by_a_gap():
    zeros = [report(year=year) for year in (2021, 2022, 2023)]
    assert statuses("zero-streak", *zeros) == ["not-applicable", "not-applicable", "failed"]
    assert status("zero-streak", zeros[2], last_year({"new.person": 1}), zeros[0]) == "passed"
    assert status("zero-streak", zeros[2], zeros[0]) == "not-applicable"
    assert status("zero-streak", zeros[1], zeros[0], settings=Settings({"zero-streak": {"years": 2}})) == "failed"


@pytest.mark.parametrize(
    ("kind", "published", "expected"),
    [
        ("department", date(2024, 1, 31), "passed"),
        ("department", date(2024, 2, 1), "failed"),
        ("township", date(2024, 2, 1), "failed"),
        ("government", date(2024, 2, 1), "passed"),
        ("government", date(2024, 3, 31), "passed"),
        ("government", date(2024, 4, 1), "failed"),
    ],
)
def test_dates_due(kind, published, expected):
    assert status("late", report(kind=kind, published=published)) == expected


def test_until_2018_everyone_had_until_march():
    assert status("late", report(year=2018, edition="legacy", published=date(2019, 3, 31))) == "passed"
    assert status("late", report(year=2018, edition="legacy", published=date(2019, 4, 1))) == "failed"
    assert status("late", report(year=2019, edition="2019", published=date(2020, 3, 31))) == "failed"


def test_a_page_of_years_later_shows_when_an_archive_was_moved():
    old = {"year": 2014, "edition": "legacy", "kind": "government"}
    assert status("late", report(**old, published=date(2018, 2, 13))) == "not-applicable"
    assert status("late", report(**old, published=date(2016, 1, 4))) == "failed"


def test_late_says_by_how_much():
    assert messages("late", report(published=date(2024, 2, 5))) == [
        "部门、乡镇年度报告应于2024-01-31前公布，本报告2024-02-05公布，逾期5天。"
    ]
    lenient = Settings({"late": {"grace_days": 5}})
    assert status("late", report(published=date(2024, 2, 5)), settings=lenient) == "passed"


def test_duplicates_need_other_content():
    one, same = report(), report(path="同一份.pdf")
    assert statuses("duplicate-report", one, same) == ["passed", "passed"]
    changed = report(path="更新.docx", sections={5: "目录更新慢，已改。"})
    found = flags("duplicate-report", one, same, changed)
    assert [row["path"] for row in found] == sorted([one.path, same.path, changed.path])
    assert found[0]["evidence"]["differs"] == "text"


class TestMissingReport:
    def test_a_year_in_between(self):
        found = flags("missing-report", report(year=2021), report(year=2023))
        assert [(row["path"], row["message"]) for row in found] == [
            ("青禾县水务局/2021.docx", "青禾县水务局没有2022年政府信息公开工作年度报告（现有2021、2023年的报告）。")
        ]

    def test_the_latest_year_is_the_place_s(self):
        others = [report(issuer=f"青禾县{n}局", year=year) for n in "甲乙丙" for year in (2022, 2023)]
        far = report(issuer="远山县水务局", region="620999", prefecture="远山市", county="远山县", year=2022)
        found = flags("missing-report", *others, last_year(), far)
        assert [row["evidence"]["issuer"] for row in found] == ["青禾县水务局"]

    def test_an_issuer_long_gone_is_not_asked_for(self):
        others = [report(issuer=f"青禾县{n}局", year=year) for n in "甲乙丙" for year in range(2019, 2024)]
        assert flags("missing-report", *others, report(issuer="青禾县物价局", year=2019)) == []
        assert len(flags("missing-report", *others, report(issuer="青禾县物价局", year=2020))) == 1

    def test_a_year_nobody_collected_is_not_missed(self):
        reports = [report(issuer=f"青禾县{n}局", year=year) for n in "甲乙丙丁" for year in (2020, 2022)]
        assert flags("missing-report", *reports) == []

    def test_of_two_agencies_the_one_that_has_not_reported_is_missed(self):
        both = [report(issuer=f"青禾县{n}局", year=2022) for n in "甲乙"]
        found = flags("missing-report", *both, report(issuer="青禾县甲局", year=2023))
        assert [row["evidence"]["years_missing"] for row in found] == [[2023]]

    def test_reports_that_came_by_chance_make_nobody_else_s_missing(self):
        years = {"甲": 2021, "乙": 2022, "丙": 2023, "丁": 2023}
        scattered = [report(issuer=f"青禾县{n}局", year=year) for n, year in years.items()]
        assert flags("missing-report", *scattered) == []
        followed = [report(issuer="青禾县甲局", year=2023), report(issuer="青禾县乙局", year=2023)]
        (found,) = flags("missing-report", *scattered, *followed)
        assert (found["evidence"]["issuer"], found["evidence"]["years_missing"]) == ("青禾县甲局", [2022])
        most = [report(issuer=f"青禾县{n}局", year=2023) for n in "甲乙丙"]
        assert len(flags("missing-report", *most, report(issuer="青禾县丁局", year=2022))) == 1

    def test_issuers_of_no_known_place_say_nothing_about_each_other(self):
        nowhere = {"region": None, "province": None, "prefecture": None, "county": None}
        others = [report(issuer=f"{n}总署", year=year, **nowhere) for n in "甲乙丙" for year in (2021, 2022, 2023)]
        assert flags("missing-report", *others, report(issuer="丁总署", year=2021, **nowhere)) == []
        gap = [report(issuer="戊总署", year=year, **nowhere) for year in (2021, 2023)]
        assert [row["evidence"]["years_missing"] for row in flags("missing-report", *others, *gap)] == [[2022]]

    def test_a_roster_says_who_must_report(self):
        rows = {"issuer_id": [None] * 3, "issuer": ["水务局", "青禾县教育局", "青禾县民政局"]}
        rows |= {"region_code": ["410999", None, "410999"], "year": [None, 2023, 2022]}
        settings = Settings(roster=pl.DataFrame(rows, schema=ROSTER_SCHEMA))
        found = flags("missing-report", report(), last_year(issuer="青禾县民政局"), settings=settings)
        assert [(row["path"], row["message"]) for row in found] == [
            ("青禾县水务局/2023.docx", "水务局没有2022年政府信息公开工作年度报告（现有2023年的报告）。"),
            (None, "青禾县教育局没有2023年政府信息公开工作年度报告。"),
        ]
