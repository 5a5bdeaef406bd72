"""Rows of several years in one table: 2023年 above 2022年, 本年 above 上年."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loaders.document import Picture
from loaders.form.labels import bare
from loaders.form.records import Record
from loaders.form.rows import PhysicalRow
from loaders.patterns import pattern_of

_YEAR = pattern_of(r"(20\d\d)年?度?")
_EARLIER, _THIS = frozenset({"上年", "上年度", "上一年", "去年"}), frozenset({"本年", "本年度", "今年"})


def of_latest_year(records: Sequence[Record], rows: Sequence[PhysicalRow | Picture]) -> list[Record]:
    """The records without those that, by the year in front of them, are of an earlier one than other rows."""
    years = [_year_in(record.labels[-1]) if record.labels else None for record in records]
    if all(year is None for year in years):
        return list(records)
    blocks = {record.block for record, year in zip(records, years, strict=True) if year is not None}
    others = (_year_in(row.cells[0].cell.text) for row in _filled(rows) if row.block in blocks)
    latest = max(year for year in [*years, *others] if year is not None)
    return [record for record, year in zip(records, years, strict=True) if year in (None, latest)]


def _filled(rows: Sequence[PhysicalRow | Picture]) -> Iterator[PhysicalRow]:
    return (row for row in rows if not isinstance(row, Picture) and row.cells)


def _year_in(label: str) -> int | None:
    """The year that a row is of; 1 for this year and 0 for the one before, where its label gives no number."""
    label = bare(label)
    if year := _YEAR.fullmatch(label):
        return int(year[1])
    return int(label in _THIS) if label in _EARLIER | _THIS else None
