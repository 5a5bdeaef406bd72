import pytest

from tests.flags.examples import bureaus, government
from tests.flags.factory import applications, flags, report, status

BUREAUS = bureaus(10, 15, 27)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (52, "passed"),
        (60, "passed"),
        (51, "failed"),
        (33, "failed"),
        (26, "not-applicable"),  # one bureau alone outweighs it: a report for itself
        (2, "not-applicable"),
    ],
)
def test_a_region_s_report_against_its_issuers(size, expected):
    assert status("rollup", government(size), *BUREAUS) == expected


def test_a_report_that_says_it_sums_up_is_taken_at_its_word():
    small = government(5)
    small.text += "全县各部门共收到政府信息公开申请5件。"
    assert status("rollup", small, *BUREAUS) == "failed"


def test_who_sums_up_in_one_year_does_in_the_others():
    cells = applications(person={"new": 52, "granted": 52})
    earlier = report(cells, issuer="青禾县人民政府", kind="government", year=2022)
    below = [report(applications(person={"new": n, "granted": n}), issuer=f"青禾县{n}局", year=2022) for n in (25, 27)]
    assert status("rollup", government(5), *BUREAUS, earlier, *below) == "failed"


def test_the_finding_names_figures_and_reports():
    found = flags("rollup", government(40), *BUREAUS)
    assert len(found) == 1 and found[0]["severity"] == "warning"
    assert "本年新收政府信息公开申请数量·总计填报40件、所属合计52件" in found[0]["message"]
    assert found[0]["evidence"]["cells"][0] == {"key": "applications.new.total", "value": 40.0, "sum_below": 52.0}
    assert found[0]["evidence"]["count"] == 3


def test_the_same_report_under_the_office_s_name_is_not_added():
    whole = applications(person={"new": 52, "granted": 52})
    office = report(whole, issuer="青禾县人民政府办公室", kind="office")
    assert status("rollup", government(52), *BUREAUS, office) == "passed"


def test_a_prefecture_is_held_against_all_its_counties():
    cells = applications(person={"new": 60, "granted": 60})
    city = report(cells, issuer="安平市人民政府", kind="government", region="410900", county="")
    far = report(
        applications(person={"new": 20, "granted": 20}), issuer="白河县民政局", region="410902", county="白河县"
    )
    assert status("rollup", city, *BUREAUS) == "passed"
    assert status("rollup", city, *BUREAUS, far) == "failed"


def test_a_figure_that_contradicts_its_own_form_accuses_nobody():
    slip = report(applications(person={"new": 20, "granted": 20}) | {"new.total": 25}, issuer="青禾县戊局")
    assert status("rollup", government(52), *BUREAUS, slip) == "passed"


def test_departments_sum_up_nothing():
    assert status("rollup", BUREAUS[0], government(52)) == "not-applicable"
