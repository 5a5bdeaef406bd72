"""Tables of litigation that a file has more than once, as where figures were corrected: what differs is unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from loaders.form.filling import CONFLICT
from loaders.form.records import Record
from loaders.report import FigureReading


def tables_apart(found: Sequence[Record], has_header: Callable[[Record], bool]) -> list[list[Record]]:
    """The records from each header of a table to the next one, if there are several."""
    tables: list[list[Record]] = []
    for record in found:
        if has_header(record):
            tables.append([record])
        elif tables:
            tables[-1].append(record)
    return tables if len(tables) > 1 else []


def distrust_differing(
    figures: dict[str, FigureReading], keys: Sequence[str], copies: Sequence[Sequence[float | None]]
) -> None:
    """Leave those figures empty of which a copy of the table says something else."""
    for values in copies:
        for key, value in zip(keys, values, strict=True):
            read = figures[key].value
            if read is not None and value is not None and read != value:
                figures[key].value, figures[key].confidence = None, CONFLICT


def agree(values: Sequence[float | None]) -> bool:
    """Whether several copies of a figure say the same."""
    return len(values) > 1 and len(set(values)) == 1
