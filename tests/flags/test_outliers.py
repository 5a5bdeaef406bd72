"""Jumps and rates: just below, at and above the limits, small samples, still figures, blank ones."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flags.outliers import HIGH_CORRECTION, LOW_DISCLOSURE, OUTLIER_JUMP, ZERO_DISCLOSURE
from tests.flags.narratives import Narrative, outcomes_of, statuses_of

NEW = "applications.new.total"
LICENCES = "publication.licensing.decisions"
USUAL = (40, 52, 37, 45, 49)


def decided(total: float | None, granted: float | None = 0, partial: float = 0) -> Narrative:
    """A report with so many applications decided and granted."""
    return Narrative(
        figures={
            "applications.total.total": total,
            "applications.granted.total": granted,
            "applications.partial.total": partial,
        }
    )


def closed(upheld: float, corrected: float, pending: float = 0) -> Narrative:
    """A report with so many reconsiderations."""
    return Narrative(
        figures={
            "litigation.review.upheld": upheld,
            "litigation.review.corrected": corrected,
            "litigation.review.pending": pending,
        }
    )


def status(rule, report: Narrative) -> str:
    return statuses_of(rule, [report])["r0"]


@pytest.mark.parametrize(
    ("total", "granted", "partial", "expected"),
    [
        (12, 0, 0, "failed"),
        (11, 0, 0, "not-applicable"),
        (200, 0, 0, "failed"),
        (200, 1, 0, "passed"),
        (200, 0, 1, "passed"),
        (0, 0, 0, "not-applicable"),
        (None, 0, 0, "not-applicable"),
        (40, None, 0, "not-applicable"),
    ],
)
def test_zero_disclosure(total: float | None, granted: float | None, partial: float, expected: str) -> None:
    assert status(ZERO_DISCLOSURE, decided(total, granted, partial)) == expected


@pytest.mark.parametrize(
    ("total", "granted", "expected"),
    [(30, 4, "failed"), (29, 4, "not-applicable"), (40, 6, "passed"), (40, 5, "failed"), (400, 300, "passed")],
    ids=["small enough a rate", "one too few", "at the limit", "below the limit", "high"],
)
def test_low_disclosure(total: float, granted: float, expected: str) -> None:
    assert status(LOW_DISCLOSURE, decided(total, granted)) == expected


def test_a_blank_figure_is_not_a_zero() -> None:
    row = outcomes_of(LOW_DISCLOSURE, [decided(60, None)])["r0"]
    assert (row["status"], row["reason"]) == ("not-applicable", "blank")


@pytest.mark.parametrize(
    ("upheld", "corrected", "pending", "expected"),
    [
        (17, 13, 0, "failed"),
        (16, 13, 0, "not-applicable"),
        (16, 13, 40, "not-applicable"),
        (18, 12, 0, "passed"),
        (60, 3, 0, "passed"),
    ],
    ids=["above", "one too few", "pending cases do not count", "at the limit", "low"],
)
def test_high_correction(upheld: float, corrected: float, pending: float, expected: str) -> None:
    assert status(HIGH_CORRECTION, closed(upheld, corrected, pending)) == expected


def test_the_limit_can_be_moved() -> None:
    assert statuses_of(LOW_DISCLOSURE, [decided(40, 10)], rate=0.3) == {"r0": "failed"}


def test_the_interval_is_shown_with_the_rate() -> None:
    row = outcomes_of(LOW_DISCLOSURE, [decided(40, 2)])["r0"]
    low, high = json.loads(row["evidence"])["interval"]
    # Wilson's interval for 2 of 40, worked out by hand: centre (0.05 + 0.0480) / 1.0960, half 0.0756.
    assert (low, high) == pytest.approx((0.0138, 0.1650), abs=2e-4)
    assert "1.4%～16.5%" in row["message"]


def years(*values: float | None, key: str = NEW, issuer: str = "临川县林业局", first: int = 2018) -> list[Narrative]:
    """One issuer's reports of successive years."""
    return [
        Narrative(issuer=issuer, year=first + at, figures={key: value}, name=f"{issuer}{first + at}")
        for at, value in enumerate(values)
    ]


def peers(count: int = 10) -> list[Narrative]:
    """Issuers whose figures move as such figures do."""
    shifts = (0, 3, -4, 6, -2, 5)
    return [
        report
        for each in range(count)
        for report in years(*(30 + 4 * each + shifts[(at + each) % 6] for at in range(6)), issuer=f"第{each}局")
    ]


class TestOutlierJump:
    def test_a_digit_too_many_is_found_and_only_it(self) -> None:
        found = statuses_of(OUTLIER_JUMP, [*years(*USUAL, 4700), *peers()])
        assert found.pop("临川县林业局2023") == "failed"
        assert set(found.values()) == {"passed"}

    def test_the_message_names_figure_value_and_usual_level(self) -> None:
        row = outcomes_of(OUTLIER_JUMP, [*years(*USUAL, 4700), *peers()])["临川县林业局2023"]
        assert "本年新收申请总计为4700，本机关其他年份约为45" in row["message"]
        assert json.loads(row["evidence"])["cells"] == [{"key": NEW, "value": 4700.0, "usual": 45.0}]

    def test_a_fall_is_a_jump_too(self) -> None:
        found = statuses_of(OUTLIER_JUMP, [*years(4000, 4300, 3900, 4100, 4200, 40, key=LICENCES), *peers()])
        assert found["临川县林业局2023"] == "failed"

    @pytest.mark.parametrize(
        "last",
        [90, 20, 45],
        ids=["doubled", "halved", "as ever"],
    )
    def test_ordinary_change_passes(self, last: float) -> None:
        found = statuses_of(OUTLIER_JUMP, [*years(*USUAL, last), *peers()])
        assert set(found.values()) == {"passed"}

    def test_small_counts_may_do_as_they_like(self) -> None:
        found = statuses_of(OUTLIER_JUMP, [*years(0, 1, 0, 2, 1, 24), *peers()])
        assert found["临川县林业局2023"] == "passed"

    def test_a_jump_that_all_peers_make_in_the_same_year_is_none(self) -> None:
        reports = [
            report
            for each in range(12)
            for report in years(*(value + each + 7 * (each % 3) for value in (*USUAL, 900)), issuer=f"第{each}局")
        ]
        assert set(statuses_of(OUTLIER_JUMP, reports).values()) == {"passed"}

    def test_what_peers_do_all_the_time_is_none(self) -> None:
        swings = (9, 80, 12, 300, 40, 900)
        reports = [
            report
            for each in range(12)
            for report in years(*(swings[(at + each) % 6] for at in range(6)), issuer=f"第{each}局")
        ]
        assert set(statuses_of(OUTLIER_JUMP, reports).values()) == {"passed"}

    def test_nothing_varies_nothing_is_said(self) -> None:
        found = statuses_of(OUTLIER_JUMP, years(40, 40, 40, 40, 40, 400))
        assert found["临川县林业局2023"] == "passed"

    def test_a_single_report_has_nothing_to_be_compared_with(self) -> None:
        row = outcomes_of(OUTLIER_JUMP, years(40))["临川县林业局2018"]
        assert (row["status"], row["reason"]) == ("not-applicable", "no-peers")

    def test_without_history_peers_of_the_same_field_decide(self) -> None:
        values = (20, 25, 31, 28, 22, 35, 27, 24, 30, 26)
        reports = [
            Narrative(issuer=f"第{at}县教育局", field_of_work="教育", figures={NEW: value}, name=f"r{at}")
            for at, value in enumerate(values)
        ]
        foul = Narrative(issuer="临川县教育局", field_of_work="教育", figures={NEW: 2600}, name="foul")
        elsewhere = Narrative(issuer="临川县公安局", field_of_work="公安", figures={NEW: 2600}, name="police")
        found = statuses_of(OUTLIER_JUMP, [*reports, foul, elsewhere])
        assert found.pop("foul") == "failed"
        assert found.pop("police") == "not-applicable"
        assert set(found.values()) == {"passed"}

    @settings(max_examples=15)
    @given(st.lists(st.integers(60, 140), min_size=6, max_size=6))
    def test_whatever_stays_within_a_factor_passes(self, values: list[int]) -> None:
        assert set(statuses_of(OUTLIER_JUMP, years(*values)).values()) == {"passed"}
