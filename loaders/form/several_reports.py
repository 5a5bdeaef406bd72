"""Files that hold the tables of several reports, as this year's and last year's: nothing tells whose a figure is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.form.labels import bare
from loaders.form.placement import LOST
from loaders.form.records import Record
from loaders.report import FigureReading

MANY_CONFLICTS = 8
"""So many figures that stand twice and differ show another report; a few may be slips of one."""
_FIRST_OF_PUBLICATION = frozenset({"规章", "信息内容"})
_FIRST_OF_DISPUTES, _GROUPS = "结果维持", 3
_WHOLE_TABLE = 20  # rows of applications that stand twice


@dataclass
class Copies:
    """What is known of figures whose rows stand twice: which are the same, and which are not."""

    agreeing: set[str] = field(default_factory=set)
    differing: set[str] = field(default_factory=set)

    def compare(self, keys: Sequence[str], first: Sequence[FigureReading], other: Sequence[FigureReading]) -> None:
        """Note which figures of a row are the same in another copy of it; a blank differs from all but a nought."""
        for key, one, two in zip(keys, first, other, strict=True):
            if one.value == two.value:
                self.agreeing.add(key)
            elif one.value or two.value:
                self.differing.add(key)

    def are_of_several_reports(self) -> bool:
        """Whether many figures differ, or some of a whole table that stands twice."""
        twice = {key.rpartition(".")[0] for key in self.agreeing | self.differing if key.startswith("applications")}
        return len(self.differing) >= MANY_CONFLICTS or (bool(self.differing) and len(twice) >= _WHOLE_TABLE)


def drop_what_one_report_says(
    figures: dict[str, FigureReading], copies: Copies, rest: Sequence[Record], labels: str
) -> None:
    """Drop the figures of several reports that are not the same in each.

    `rest`: the records after the applications. `labels`: those of the whole file, run together.
    """
    if not copies.are_of_several_reports():
        return
    twice = {key.partition(".")[0] for key in copies.agreeing | copies.differing}
    if any(bare(label) in _FIRST_OF_PUBLICATION for record in rest for label in record.labels):
        twice.add("publication")
    if labels.count(_FIRST_OF_DISPUTES) > _GROUPS:
        twice.add("litigation")
    for key, reading in figures.items():
        sure = key in copies.agreeing and key not in copies.differing
        if reading.value is not None and key.partition(".")[0] in twice and not sure:
            reading.value, reading.confidence = None, LOST
