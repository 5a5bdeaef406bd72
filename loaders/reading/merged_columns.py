"""Tables between bars whose maker took two narrow columns for one, as converters of PDF files do: `| 0 24 |`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.form.figures import read_figure

_FEWEST_BARS = 3
_DOUBT = "?"
"""Put behind a figure that stands alone where others are two: it may belong to either column, and is none."""


def figures_apart(lines: list[str]) -> list[str]:
    """The lines with a bar between figures that stand together, which keeps all characters in their places.

    `1 472` alone may be one figure; it is two where the file has others that cannot be one.
    """
    found = [n for n, line in enumerate(lines) if any(_figures(field) > 1 for field in _fields(line))]
    if not any(read_figure(field).kind == "text" for n in found for field in _fields(lines[n]) if _figures(field) > 1):
        return lines
    apart = list(lines)
    for run in _runs(lines):
        rows = {n: _fields(lines[n]) for n in run}
        together = {at for fields in rows.values() for at, field in enumerate(fields) if _figures(field) > 1}
        for n, fields in rows.items():
            apart[n] = "|".join(_apart(field) if at in together else field for at, field in enumerate(fields))
    return apart


def _runs(lines: Sequence[str]) -> Iterator[list[int]]:
    """Neighbouring lines with the same number of fields."""
    run: list[int] = []
    for n, line in enumerate(lines):
        if run and len(_fields(line)) != len(_fields(lines[run[-1]])):
            yield run
            run = []
        if _fields(line):
            run.append(n)
    if run:
        yield run


def _fields(line: str) -> list[str]:
    return line.split("|") if line.count("|") >= _FEWEST_BARS else []


def _figures(field: str) -> int:
    """How many figures the field holds if it holds nothing else."""
    words = field.split()
    return len(words) if words and all(read_figure(word).kind == "figure" for word in words) else 0


def _apart(field: str) -> str:
    count = _figures(field)
    if count == 1:
        return f"{field.rstrip()}{_DOUBT}|{_DOUBT}"
    return re.sub(r"(?<=\S)\s(?=\s*\S)", "|", field) if count else field
