"""Faults in figures. Each breaks one rule without breaking others.

Each works on a copy of a draft and returns whether the draft was fit for it; if not, the copy is thrown away.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from loaders.demo.drafts import Draft
from loaders.demo.figures import APPLICANTS, invent_figures, outcome_rows
from loaders.form.editions import edition


@dataclass(slots=True)
class Drafts:
    """All drafts by issuer and year, and the chance that chooses among them."""

    by_key: dict[tuple[str, int], Draft]
    random: random.Random

    def before(self, draft: Draft) -> Draft | None:
        """The draft of the same issuer a year before."""
        return self.by_key.get((draft.issuer.name, draft.year - 1))

    def after(self, draft: Draft) -> Draft | None:
        """The draft of the same issuer a year later."""
        return self.by_key.get((draft.issuer.name, draft.year + 1))

    def above(self, draft: Draft) -> list[Draft]:
        """The governments whose reports cover this issuer."""
        codes = {draft.issuer.region.code, draft.issuer.region.parent_code}
        return [
            other
            for other in self.by_key.values()
            if other.issuer.is_government and other.year == draft.year and other.issuer.region.code in codes
        ]


def _apart(draft: Draft) -> bool:
    """Whether nobody adds this issuer's figures up, and it adds up nobody's."""
    return not draft.issuer.is_government


def _shift(draft: Draft, column: str, amount: float, *rows: str) -> None:
    for row in rows:
        draft.add(f"applications.{row}.{column}", amount)


def balance(drafts: Drafts, draft: Draft) -> bool:
    """More received than is accounted for, in a column and the total."""
    amount = drafts.random.choice((1, 2, 10))
    for column in ("person", "total"):
        _shift(draft, column, amount, "new")
    return draft.figure("applications.new.total") > 3


def outcome_sum(drafts: Drafts, draft: Draft) -> bool:
    """One outcome is higher than the total row allows."""
    amount = drafts.random.choice((1, 1, 3))
    for column in ("person", "total"):
        _shift(draft, column, amount, "granted")
    return draft.figure("applications.total.total") > 1


def applicant_sum(drafts: Drafts, draft: Draft) -> bool:
    """The six kinds of applicant do not add up to the total column, in rows that balance among themselves."""
    _shift(draft, "person", 1, "new", "granted", "total")
    return draft.figure("applications.new.total") > 2


def litigation_sum(drafts: Drafts, draft: Draft) -> bool:
    """A total of the litigation table is one too high."""
    draft.add("litigation.review.total", 1)
    return draft.figure("litigation.review.total") > 1


def carry_over(drafts: Drafts, draft: Draft) -> bool:
    """More is carried in than was carried out a year before."""
    if drafts.before(draft) is None or draft.figure("applications.new.person") < 3:
        return False
    for column in ("person", "total"):
        _shift(draft, column, 2, "carried_in")
        _shift(draft, column, -2, "new")
    return _apart(draft)


def in_force(drafts: Drafts, draft: Draft) -> bool:
    """A repeal is reported that the documents in force know nothing of."""
    before = drafts.before(draft)
    if before is None or before.edition.name != "2021" or draft.edition.name != "2021":
        return False
    draft.add("publication.normative.repealed", 2)
    return draft.figure("publication.normative.in_force") > 4


def invalid_figure(drafts: Drafts, draft: Draft) -> bool:
    """A count with a fraction, or below zero."""
    if not draft.figure("publication.licensing.decisions"):
        return False
    value = drafts.random.choice((12.5, -6.0, 3.2))
    draft.figures["publication.licensing.decisions"] = value
    return _apart(draft)


def rollup(drafts: Drafts, draft: Draft) -> bool:
    """A government reports only its own office, leaving out everybody below."""
    if not draft.issuer.is_government or draft.issuer.region.level != "county":
        return False
    below = max(
        (
            other.figure("applications.new.total")
            for other in drafts.by_key.values()
            if other.issuer.region == draft.issuer.region
            and other.year == draft.year
            and not other.issuer.is_government
        ),
        default=0.0,
    )
    cut = min(draft.figure("applications.new.person"), draft.figure("applications.granted.person"))
    for column in ("person", "total"):
        _shift(draft, column, -cut, "new", "granted", "total")
    return cut > 0 and draft.figure("applications.new.total") < below


def zero_disclosure(drafts: Drafts, draft: Draft) -> bool:
    """Everything that was granted becomes information not held."""
    for who in (*APPLICANTS, "total"):
        for row in ("granted", "partial"):
            _shift(draft, who, draft.figure(f"applications.{row}.{who}"), "unavailable.not_held")
            draft.figures[f"applications.{row}.{who}"] = 0.0
    return draft.figure("applications.total.total") >= 12 and _apart(draft)


def low_disclosure(drafts: Drafts, draft: Draft) -> bool:
    """Nearly everything that was granted becomes information not held."""
    for who in APPLICANTS:
        for row in ("granted", "partial"):
            moved = float(int(draft.figure(f"applications.{row}.{who}") * 0.92))
            _shift(draft, who, -moved, row)
            _shift(draft, who, moved, "unavailable.not_held")
            _shift(draft, "total", -moved, row)
            _shift(draft, "total", moved, "unavailable.not_held")
    decided = draft.figure("applications.total.total")
    return decided >= 50 and draft.figure("applications.granted.total") >= 1 and _apart(draft)


def high_correction(drafts: Drafts, draft: Draft) -> bool:
    """More than half of the closed reconsiderations end in a correction."""
    if draft.figure("applications.new.total") < 150:
        return False
    upheld, corrected = drafts.random.randint(14, 20), drafts.random.randint(34, 48)
    results = {"upheld": upheld, "corrected": corrected, "other": 3, "pending": 2}
    for result, number in (*results.items(), ("total", sum(results.values()))):
        key = f"litigation.review.{result}"
        for government in drafts.above(draft) if _apart(draft) else ():
            government.add(key, number - draft.figure(key))
        draft.figures[key] = float(number)
    return True


def outlier_jump(drafts: Drafts, draft: Draft) -> bool:
    """An issuer that has always had a few applications has hundreds for a year."""
    before = drafts.before(draft)
    usual = before.figure("applications.new.total") if before else 0.0
    if not 3 <= usual <= 60 or draft.year < 2022 or not _apart(draft):
        return False
    more = float(drafts.random.randint(1100, 2400))
    granted = float(round(more * 0.55))
    for each in (draft, *drafts.above(draft)):
        for column in ("person", "total"):
            _shift(each, column, more, "new", "total")
            _shift(each, column, granted, "granted")
            _shift(each, column, more - granted, "unavailable.not_held")
    return True


def repeated_figures(drafts: Drafts, draft: Draft) -> bool:
    """All figures are last year's, in an office without applications whose documents did not change."""
    before = drafts.before(draft)
    if before is None or before.edition != draft.edition or before.faults or not _apart(draft):
        return False
    changing = [f"publication.normative.{part}" for part in ("issued", "repealed", "made", "disclosed")]
    changing += ["applications.new.total", "applications.carried_in.total", "applications.carried_out.total"]
    if any(each.figure(key) for each in (before, draft) for key in changing):
        return False
    if sum(1 for value in before.figures.values() if value) < 4:
        return False
    for key, value in before.figures.items():
        for government in drafts.above(draft):
            government.figures[key] = round(government.figure(key) + (value or 0.0) - draft.figure(key), 4)
    draft.figures = dict(before.figures)
    return True


def blank_cells(drafts: Drafts, draft: Draft) -> bool:
    """Rows of zeros are left blank."""
    rows = [row for row in outcome_rows(draft.edition) if not draft.figure(f"applications.{row}.total")]
    for row in drafts.random.sample(rows, min(len(rows), 4)):
        for who in (*APPLICANTS, "total"):
            key = f"applications.{row}.{who}"
            draft.figures[key] = None
            draft.spelled[key] = ""
    return len(rows) > 6


def outdated_form(drafts: Drafts, draft: Draft) -> bool:
    """The report of a late year on the form of 2019."""
    if draft.year < 2022 or not _apart(draft):
        return False
    old = edition("2019")
    figures = invent_figures(drafts.random, old, draft.issuer.workload)
    misc = {f"applications.misc.{who}": 0.0 for who in (*APPLICANTS, "total")}
    for who in (*APPLICANTS, "total"):
        parts = ("uncorrected", "unpaid", "other")
        misc[f"applications.misc.{who}"] = sum(draft.figure(f"applications.misc.{part}.{who}") for part in parts)
    same = {key: value for key, value in draft.figures.items() if key in figures}
    draft.figures = {**figures, **same, **misc}
    draft.edition = old
    draft.notice = "国办公开办函〔2021〕30号"
    return True
