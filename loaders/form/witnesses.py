"""The form's own sums as a witness against figures whose place is in doubt."""

from __future__ import annotations

from dataclasses import replace

from loaders.form.aligning import FORCED, RowMatch
from loaders.form.editions import FigureBlock
from loaders.form.labels import unnumbered
from loaders.form.placing import LOST
from loaders.report import FigureReading

CONFIRMED = 0.95


def distrust_broken_rows(
    block: FigureBlock, matches: dict[int, list[RowMatch]], figures: dict[str, FigureReading]
) -> None:
    """Judge doubtful rows of the applications table by its sums.

    In saved text a row with one blank cell that does not add up may have been shifted by that cell: what stands right
    of it is dropped. A row known only by its neighbours stays if its applicants add up, and is dropped if not.
    """
    rows = [[figures[key] for key in keys] for keys in block.row_keys]
    blank_rows = sum(1 for readings in rows if any(r.value is None and r.confidence > LOST for r in readings))
    usually_blank = blank_rows > 1
    for position, readings in enumerate(rows):
        found = matches.get(position)
        if found and found[0].likeness <= FORCED:
            adds_up = _adds_up(readings)
            for reading in readings:
                if adds_up:
                    reading.confidence = CONFIRMED
                else:
                    _drop(reading)
        elif blank_rows and not usually_blank and found and not found[0].record.aligned:
            blanks = [i for i, reading in enumerate(readings) if reading.value is None and reading.confidence > LOST]
            if len(blanks) == 1 and blanks[0] < len(readings) - 1 and not _adds_up(readings):
                for reading in readings[blanks[0] :]:
                    _drop(reading)


def spread_group_rows(
    block: FigureBlock, matches: dict[int, list[RowMatch]], figures: dict[str, FigureReading]
) -> None:
    """Judge rows that stand for a group of the form as a whole, such as 其他处理 written as one row instead of three.

    No figure of such a row belongs to any row of the group, but a 0 means that all of them are 0.
    """
    groups: dict[str, list[int]] = {}
    for position, row in enumerate(block.rows):
        if row.group:
            groups.setdefault(row.group, []).append(position)
    for group, positions in groups.items():
        found = [position for position in positions if position in matches]
        if len(found) != 1 or len(positions) == 1 or not _names_group(matches[found[0]][0].label, group):
            continue
        for column, key in enumerate(block.row_keys[found[0]]):
            whole = figures[key]
            for position in positions:
                figures[block.row_keys[position][column]] = (
                    replace(whole, confidence=CONFIRMED)
                    if whole.value == 0
                    else FigureReading(None, whole.raw, LOST, whole.place)
                )


def _names_group(label: str, group: str) -> bool:
    return unnumbered(label).endswith(unnumbered(group))


def _adds_up(readings: list[FigureReading]) -> bool:
    *parts, total = (reading.value for reading in readings)
    return total is not None and sum(part or 0 for part in parts) == total


def _drop(reading: FigureReading) -> None:
    reading.value, reading.confidence = None, LOST
