"""The table of indicators in reports on 2018 and before: only what has a counterpart on today's form is read."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise

from data import DATA_DIR
from loaders.form.labels import bare, unnumbered
from loaders.form.records import Record
from loaders.form.rows import RowCell
from loaders.patterns import pattern_of
from loaders.report import FigureReading, FormReading

_FEWEST_INDICATORS = 3  # fewer may be a table of something else
_SHORTEST_LABEL = 3  # characters; what is shorter is a unit, perhaps a misread one
_FEWEST_LINES, _NEARLY_ALL = 5, 0.8
"""So many lines, and this part of all, end with a number one more than the line before where lines are numbered."""
_CODE = pattern_of(r"\d{1,3}")
_FEWEST_CODES = 10
_UNIT = pattern_of(r"[（(]?(?:单位[:：]?)?[件条份次项万元]+[)）]?$")
_OF_WHICH = pattern_of("^其中[:：]?")
_SECTION_OF_THE_TABLE = pattern_of(r"数量$")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. `under` is empty where its label stands in the table once."""

    label: str
    key: str
    under: str = ""


@cache
def indicators() -> tuple[Indicator, ...]:
    """The indicators with a counterpart, from `data/forms/legacy.toml`."""
    source = tomllib.loads((DATA_DIR / "forms" / "legacy.toml").read_text(encoding="utf-8"))
    return tuple(Indicator(**each) for each in source["indicators"])


def read_indicators(records: Sequence[Record]) -> FormReading | None:
    """The figures of the old table by the keys of today's form; None where the document has no such table."""
    figures: dict[str, FigureReading] = {}
    blank: set[str] = set()
    under = ""
    for record in _without_codes(_without_line_numbers(_one_below_another(records))):
        under = next(filter(_SECTION_OF_THE_TABLE.search, _labels(record)), under)
        found = _indicator(record, under)
        if found is not None and found.key not in figures and len(record.numbers) == 1:
            cell = record.numbers[0]
            value = cell.reading.value()
            figures[found.key] = FigureReading(value, cell.cell.text.strip(), cell.cell.confidence, cell.cell.place)
        elif found is not None and record.tabular and not record.numbers:
            blank.add(found.key)
    if not figures or len(blank | figures.keys()) < _FEWEST_INDICATORS:
        return None
    ordered = {each.key: figures[each.key] for each in indicators() if each.key in figures}
    tables = dict.fromkeys(("publication", "applications", "litigation"), "missing")
    return FormReading("legacy", ordered, tables, min(figure.confidence for figure in ordered.values()))


def _one_below_another(records: Sequence[Record]) -> Sequence[Record]:
    """The records with the right half of a table below its left one, where two indicators stand side by side."""
    begins = Counter((record.block, at) for record in records if (at := _second_label(record)) is not None)
    halves = {block: at for (block, at), count in begins.items() if count >= _FEWEST_INDICATORS}
    if not halves:
        return records
    ordered: list[Record] = []
    for block, group in groupby(records, key=lambda record: record.block):
        at = halves.get(block)
        of_block = list(group)
        if at is None:
            ordered += of_block
            continue
        for is_right in (False, True):
            parts = ([each for each in record.row if (each.cell.column >= at) == is_right] for record in of_block)
            ordered += [_part(record, part) for record, part in zip(of_block, parts, strict=True) if part]
    return ordered


def _second_label(record: Record) -> int | None:
    """The column of a label behind the figure of another one in the same row."""
    label = figure = False
    for each in record.row if record.tabular else ():
        if each.reading.kind == "text" and len(bare(each.cell.text)) > _SHORTEST_LABEL:
            if figure:
                return each.cell.column
            label = True
        figure = figure or (label and each.reading.kind == "figure")
    return None


def _part(record: Record, row: list[RowCell]) -> Record:
    labels = [each.cell.text for each in row if each.reading.kind == "text"]
    last = max((n for n, each in enumerate(row) if each.reading.kind == "text"), default=-1)
    return replace(record, labels=labels, own_labels=len(labels), figures=row[last + 1 :], row=row, after=[])


def _without_line_numbers(records: Sequence[Record]) -> Sequence[Record]:
    """The records without the number of the next line, where a table that numbers its lines has one cell a line."""
    lines = [record for record in records if not record.tabular and record.numbers]
    last = [record.numbers[-1].reading.value() for record in lines]
    if not _nearly_count_up(last):
        return records
    follows = [after == before + 1 for before, after in pairwise(last)]
    beside = zip([*follows, False], [False, *follows], strict=True)
    numbered = {id(record) for record, counts in zip(lines, beside, strict=True) if any(counts)}
    return [
        replace(record, figures=[each for each in record.figures if each is not record.numbers[-1]])
        if id(record) in numbered
        else record
        for record in records
    ]


def _without_codes(records: Sequence[Record]) -> Sequence[Record]:
    """The records without the codes of indicators (代码), which stand in a column of their own: 01, 02, 03."""
    columns: dict[tuple[int, int], list[str]] = {}
    for record in records:
        for each in record.row if record.tabular else ():
            columns.setdefault((record.block, each.cell.column), []).append(each.cell.text.strip())
    codes = {place for place, texts in columns.items() if _are_codes(texts)}
    if not codes:
        return records
    return [
        replace(record, figures=[each for each in record.figures if (record.block, each.cell.column) not in codes])
        if record.tabular
        else record
        for record in records
    ]


def _are_codes(texts: Sequence[str]) -> bool:
    """Whether the cells of a column grow from row to row: figures of so many rows do not."""
    codes = [int(text) for text in texts if _CODE.fullmatch(text)]
    return len(codes) >= _FEWEST_CODES and all(before < after for before, after in pairwise(codes))


def _nearly_count_up(values: Sequence[float | None]) -> bool:
    """Whether most of so many numbers are one more than the one before."""
    follows = sum(before is not None and after == before + 1 for before, after in pairwise(values))
    return follows >= max(_FEWEST_LINES, _NEARLY_ALL * (len(values) - 1))


def _labels(record: Record) -> Iterator[str]:
    """The record's labels without numbering, unit and 其中, the nearest first."""
    for label in reversed(record.labels):
        plain = unnumbered(_OF_WHICH.sub("", _UNIT.sub("", "".join(label.split()))))
        if len(plain) >= _SHORTEST_LABEL:
            yield plain


def _indicator(record: Record, under: str) -> Indicator | None:
    nearest = next(_labels(record), "")
    names = {nearest, nearest + bare(record.after[0]) if record.after else ""}  # a label may go on below its figure
    for indicator in indicators():
        if bare(indicator.label) in names and indicator.under in ("", under):
            return indicator
    return None
