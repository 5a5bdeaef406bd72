"""How well a report was read: every figure is right, null, excused or wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders.report import FigureReading
from tests.generator.case import Case


@dataclass(slots=True)
class Score:
    """Counts of figures. `null`: there to be read and not read. `excused`: its place is lost, so null is right."""

    figures: int = 0
    right: int = 0
    null: int = 0
    excused: int = 0
    wrong: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count the figures of `other` as well."""
        self.figures += other.figures
        self.right += other.right
        self.null += other.null
        self.excused += other.excused
        self.wrong += other.wrong


def score(case: Case, readings: Mapping[str, FigureReading]) -> Score:
    """Compare `readings` with the truth of `case`; `faults` names each figure that is null or wrong."""
    result = Score()
    for key, truth in case.truth.items():
        reading = readings.get(key)
        value = reading.value if reading else None
        result.figures += 1
        if _same(value, truth):
            result.right += 1
        elif value is None and key in case.lost:
            result.excused += 1
        else:
            kind = "null" if value is None else "wrong"
            setattr(result, kind, getattr(result, kind) + 1)
            raw = reading.raw if reading else ""
            result.faults.append(f"{kind} {key}: written {case.written[key]!r} = {truth}, read {value} from {raw!r}")
    for key in readings.keys() - case.truth.keys():
        if readings[key].value is not None:
            result.wrong += 1
            result.faults.append(f"wrong {key}: not a figure of the {case.edition} edition, read {readings[key].value}")
    return result


def _same(value: float | None, truth: float | None) -> bool:
    if value is None or truth is None:
        return value is truth
    return math.isclose(value, truth, rel_tol=1e-9, abs_tol=1e-9)
