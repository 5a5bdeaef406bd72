"""The measures: rows of figures in, sums and rates out."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flags.measures import (
    MEASURES,
    OUTCOME_GROUPS,
    aggregates_of,
    divide,
    keys_of,
    outcome,
    parts_of,
    values_of,
    wilson_interval,
)
from loaders.form.editions import all_keys


def summed(measure: str, *reports: dict[str, float | None]) -> dict[str, float | None]:
    """The sums of one measure over reports that state only these figures of the total column."""
    keys = keys_of([MEASURES[measure]])
    frame = pl.DataFrame(
        [{key: report.get(key) for key in keys} for report in reports], schema=dict.fromkeys(keys, pl.Float64)
    )
    wanted = [MEASURES[measure]]
    return frame.select(parts_of(wanted)).select(aggregates_of(wanted)).with_columns(values_of(wanted)).to_dicts()[0]


def applications(**rows: float | None) -> dict[str, float | None]:
    return {f"applications.{row}.total": value for row, value in rows.items()}


NOTHING_ASKED = applications(new=0, carried_in=0, granted=0, partial=0, total=0, carried_out=0)

ROWS = [
    # measure, reports, value, what the row stands for
    ("received", [applications(new=7, carried_in=2)], 9.0, "new and carried in together"),
    ("received", [applications(new=7, carried_in=None)], None, "half of a sum is no sum"),
    (
        "received",
        [applications(new=7, carried_in=2), applications(new=1, carried_in=None)],
        9.0,
        "only whole reports add up",
    ),
    ("disclosure_rate", [applications(granted=3, partial=1, total=8)], 0.5, "granted and partly granted of decided"),
    ("disclosure_rate", [NOTHING_ASKED], None, "a rate over nothing is absent"),
    ("disclosure_rate", [applications(granted=3, partial=1, total=None)], None, "a rate without denominator"),
    (
        "disclosure_rate",
        [applications(granted=1, partial=0, total=1), applications(granted=0, partial=0, total=99)],
        0.01,
        "sums over sums, not the mean of rates",
    ),
    (
        "disclosure_rate",
        [applications(granted=1, partial=0, total=2), applications(granted=None, partial=0, total=98)],
        0.5,
        "a denominator without its numerator stays out",
    ),
    ("full_disclosure_rate", [applications(granted=3, partial=1, total=6)], 0.5, "granted alone"),
    (
        "disclosure_of_received",
        [applications(granted=3, partial=1, new=7, carried_in=1)],
        0.5,
        "of received, not of decided",
    ),
    ("carry_over_rate", [applications(carried_out=2, new=7, carried_in=1)], 0.25, "still open of received"),
    ("other_share", [applications(misc=2, total=8)], 0.25, "the 2019 edition's single row"),
    (
        "other_share",
        [applications(**{"misc.uncorrected": 1, "misc.unpaid": 0, "misc.other": 1, "total": 8})],
        0.25,
        "the 2021 edition's three rows",
    ),
]


@pytest.mark.parametrize(("measure", "reports", "expected", "why"), ROWS, ids=[f"{row[0]}: {row[3]}" for row in ROWS])
def test_a_measure_of_reports(measure, reports, expected, why):
    assert summed(measure, *reports)[measure] == (None if expected is None else pytest.approx(expected)), why


def test_the_number_of_reports_that_state_a_measure_is_counted():
    found = summed("received", applications(new=1, carried_in=0), applications(new=None, carried_in=4))
    assert found["received.reports"] == 1


def test_pending_cases_stay_out_of_the_correction_rate():
    cases = dict.fromkeys(MEASURES["correction_rate"].keys, 0.0)
    cases["litigation.review.upheld"], cases["litigation.direct.corrected"] = 3.0, 1.0
    assert not [key for key in cases if key.endswith(".pending")]
    assert summed("correction_rate", cases)["correction_rate"] == pytest.approx(0.25)


def test_documents_of_both_editions_count_as_issued():
    newer = {"publication.rules.issued": 1.0, "publication.normative.issued": 4.0}
    older = {"publication.rules.made": 0.0, "publication.normative.made": 6.0}
    assert summed("documents_issued", newer, older)["documents_issued"] == 11


def test_renewal_may_exceed_one():
    figures = dict.fromkeys(MEASURES["renewal"].keys, 0.0)
    figures |= {"publication.normative.repealed": 6.0, "publication.normative.issued": 3.0}
    assert summed("renewal", figures)["renewal"] == pytest.approx(2.0)


WILSON = [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (1, 30, 0.0059, 0.1667)]


@pytest.mark.parametrize(("corrected", "closed", "low", "high"), WILSON)
def test_the_interval_is_wilsons(corrected, closed, low, high):
    frame = pl.DataFrame({"k": [float(corrected)], "n": [float(closed)]})
    lower, upper = wilson_interval(pl.col("k"), pl.col("n"))
    found = frame.select(lower.alias("low"), upper.alias("high")).row(0)
    assert found == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_the_interval_over_nothing_is_absent():
    lower, upper = wilson_interval(pl.col("k"), pl.col("n"))
    assert pl.DataFrame({"k": [0.0], "n": [0.0]}).select(lower.alias("l"), upper.alias("h")).row(0) == (None, None)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_rate_and_stays_between_nothing_and_all(case):
    frame = pl.DataFrame({"k": [float(case[0])], "n": [float(case[1])]})
    lower, upper = wilson_interval(pl.col("k"), pl.col("n"))
    low, rate, high = frame.select(lower.alias("l"), divide(pl.col("k"), pl.col("n")).alias("r"), upper.alias("h")).row(
        0
    )
    assert 0 <= low <= rate + 1e-12 and rate - 1e-12 <= high <= 1


def test_every_measure_rests_on_figures_of_the_form_and_is_worded_in_both_languages():
    for measure in MEASURES.values():
        assert set(measure.keys) <= set(all_keys()), measure.id
        for wording in (measure.title, measure.definition, measure.unit, measure.source):
            assert wording.zh.strip() and wording.en.strip(), measure.id


def test_the_keys_of_a_measure_are_those_its_expressions_read():
    for measure in MEASURES.values():
        read = {name for part in measure.parts() for name in part.meta.root_names()}
        assert read == set(measure.keys), measure.id


def test_outcomes_cover_every_row_between_receipt_and_total():
    rows = {row for members in OUTCOME_GROUPS.values() for row in members}
    printed = {key.removeprefix("applications.").removesuffix(".total") for key in all_keys() if key.endswith(".total")}
    outcomes = {row for row in printed if row.split(".")[0] in OUTCOME_GROUPS}
    assert rows == outcomes


def test_a_blank_ground_leaves_its_group_unstated():
    keys = [f"applications.{row}.total" for row in OUTCOME_GROUPS["denied"]]
    frame = pl.DataFrame({key: [1.0, None if key.endswith("law.total") else 0.0] for key in keys})
    assert frame.select(outcome("denied").alias("denied"))["denied"].to_list() == [8.0, None]
