"""What enters a sum, and what a choice means: rows of reports in, those that count out."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from pages.shared import charts
from pages.shared.axes import start_of_colours
from pages.shared.data_access import grouped, one_a_year, without_consolidated
from pages.shared.downloads import as_csv, headings
from pages.shared.figures import change
from pages.shared.filters import REGION_LEVELS, Filters

COLUMNS = {
    "report_id": pl.String,
    "issuer_id": pl.String,
    "issuer": pl.String,
    "issuer_kind": pl.String,
    "province": pl.String,
    "prefecture": pl.String,
    "county": pl.String,
    "year": pl.Int32,
    "published_on": pl.Date,
}


def reports(*rows: dict[str, object]) -> pl.LazyFrame:
    """Reports of 2023 by departments of one county, but for what a row says."""
    usual = {"issuer_kind": "department", "province": "甲省", "prefecture": "乙市", "county": "丙县", "year": 2023}
    made = [
        usual | {"report_id": str(at), "issuer_id": f"i{at}", "issuer": f"局{at}"} | row for at, row in enumerate(rows)
    ]
    return pl.LazyFrame([{name: row.get(name) for name in COLUMNS} for row in made], schema=COLUMNS)


def ids(frame: pl.LazyFrame) -> list[str]:
    return sorted(frame.collect()["report_id"].to_list())


GOVERNMENT = {"issuer_kind": "government"}
CITY = GOVERNMENT | {"county": None}
PROVINCE = CITY | {"prefecture": None}

CONSOLIDATED = [
    (REGION_LEVELS, [{}, {}], ["0", "1"], "no government, all count"),
    (REGION_LEVELS, [GOVERNMENT, {}], ["0"], "the county's report holds the department's"),
    (REGION_LEVELS, [GOVERNMENT, {"county": "丁县"}], ["0", "1"], "of another county nothing is held"),
    (REGION_LEVELS, [GOVERNMENT, {"year": 2022}], ["0", "1"], "of another year nothing is held"),
    (REGION_LEVELS, [CITY, GOVERNMENT, {}], ["0"], "the prefecture's report holds its counties"),
    (REGION_LEVELS, [PROVINCE, CITY, GOVERNMENT, {}], ["0"], "the province's report holds all"),
    (("county",), [PROVINCE, CITY, GOVERNMENT, {}], ["0", "1", "2"], "by county only counties hold anything"),
    (REGION_LEVELS, [CITY, {"county": None}], ["0"], "a prefecture's own department is held too"),
    (REGION_LEVELS, [GOVERNMENT, {"county": None}], ["0", "1"], "a county does not hold its prefecture's department"),
]


@pytest.mark.parametrize(
    ("choice", "expected"), [(Filters(issuer="丙县政府"), 2), (Filters(issuer="丙县政府", whole_name=True), 1)]
)
def test_a_whole_name_is_that_issuer_alone(choice: Filters, expected: int):
    held = reports({"issuer": "丙县政府"}, {"issuer": "丙县政府办公室"}, {"issuer": "丙县公安局"})
    assert held.filter(choice.condition()).collect().height == expected


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [(32545, 21879, "+10,666"), (5, 7, "-2"), (1.5, 1.0, "+0.50"), (3, 3, None), (1, None, None)],
)
def test_a_change_is_written_like_the_figures_it_is_between(now: float, before: float | None, said: str | None):
    assert change(now, before) == said


def test_counts_that_are_all_zero_are_said_and_a_rate_of_zero_is_drawn():
    zero = pl.DataFrame({"year": [2022, 2023], "county": ["甲", "乙"], "value": [0.0, 0.0], "severity": ["error"] * 2})
    assert charts.bars(zero, "county", "value") is None and charts.trend(zero, "value") is None
    assert charts.stacked_bars(zero, "county", "value", "severity", {"error": "错误"}) is None
    assert charts.stacked_years(zero, "value", "severity", {"error": "错误"}) is None
    assert charts.bars(zero, "county", "value", percent=True) and charts.trend(zero, "value", percent=True)


@pytest.mark.parametrize(("shares", "start"), [([0.99, 1.0], 0.8), ([0.55], 0.4), ([0.0, 1.0], 0.0), ([], 0.0)])
def test_colours_of_shares_begin_where_the_smallest_can_be_told_apart(shares: list[float], start: float):
    assert start_of_colours(pl.Series(shares, dtype=pl.Float64)) == pytest.approx(start)


@pytest.mark.parametrize(("levels", "rows", "expected", "why"), CONSOLIDATED, ids=[row[3] for row in CONSOLIDATED])
def test_what_a_consolidated_report_holds_is_left_out(levels, rows, expected, why):
    assert ids(without_consolidated(reports(*rows), levels)) == expected, why


SEVERAL = [
    ([{"issuer_id": "a"}, {"issuer_id": "a"}], ["1"], "of two without a date one counts"),
    (
        [{"issuer_id": "a", "published_on": date(2024, 3, 1)}, {"issuer_id": "a", "published_on": date(2024, 1, 1)}],
        ["0"],
        "the one published last",
    ),
    ([{"issuer_id": "a", "published_on": date(2024, 1, 1)}, {"issuer_id": "a"}], ["0"], "a date goes before none"),
    ([{"issuer_id": "a"}, {"issuer_id": "a", "year": 2022}], ["0", "1"], "two years are two reports"),
    ([{"issuer_id": None}, {"issuer_id": None}], ["0", "1"], "issuers that are not known are not taken for one"),
]


@pytest.mark.parametrize(("rows", "expected", "why"), SEVERAL, ids=[row[2] for row in SEVERAL])
def test_an_issuer_counts_once_a_year(rows, expected, why):
    assert ids(one_a_year(reports(*rows))) == expected, why


def test_counties_of_one_name_stay_apart():
    found = grouped(reports({}, {"prefecture": "戊市"}, {"county": "己县"}), ("county",), [pl.len().alias("reports")])
    assert dict(found.iter_rows()) == {"丙县（乙市）": 1, "丙县（戊市）": 1, "己县": 1}


def test_a_county_told_apart_can_be_chosen():
    both = reports({}, {"prefecture": "戊市"})
    assert ids(both.filter(Filters(county="丙县（戊市）").condition())) == ["1"]
    assert ids(both.filter(Filters(county="丙县").condition())) == ["0", "1"]


def test_issuers_of_one_name_stay_apart_and_can_be_chosen():
    both = reports({"issuer": "教育局"}, {"issuer": "教育局", "county": "丁县"})
    found = grouped(both, ("issuer",), [pl.len().alias("reports")])
    assert found["issuer"].to_list() == ["教育局（丁县）", "教育局（丙县）"]
    assert ids(both.filter(Filters(issuer="教育局（丁县）").condition())) == ["1"]


def test_part_of_an_issuers_name_is_text_not_a_pattern():
    assert ids(reports({"issuer": "办公室(外办)"}, {"issuer": "水利局"}).filter(Filters(issuer="(外").condition())) == [
        "0"
    ]


def test_a_download_cannot_run_a_formula_and_says_where_it_comes_from():
    frame = pl.DataFrame({"issuer": ["=1+1", "水利局"], "year": [2023, 2022]})
    text = as_csv(frame.rename(headings(frame)), 'a "note"').decode("utf-8-sig")
    assert text.splitlines() == ["机关,年度", "'=1+1,2023", "水利局,2022", "\"# a 'note'\""]
