"""Tables between bars whose maker took two narrow columns for one, as converters of PDF files do: `| 0 24 |`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.form.figures import DOUBT, is_illegible, read_figure
from loaders.form.rows import PAGE_NUMBER
from loaders.patterns import pattern_of

_FEWEST_BARS = 3
_FEWEST_ROWS = 2
_LONE_FOR_EACH = 1.5
_FEWEST_BESIDE = 3
_BEHIND_LABEL = pattern_of(r"^([^|。]*(?:\|[^|。]*){0,3}[一-龥]) (\d[\d,]*\s*\|)")
_RULE = pattern_of(r"\s*:?-{2,}:?\s*$")
_FIGURES_OF_ROWS = frozenset((7, 15))
_FRAME = pattern_of(r"[ \t]*\+[-=:+]+\s*$")
_IN_BRACKETS = pattern_of(r"\S\s+[(（]\s*\d+\s*[)）]\s*$")


def figures_apart(lines: list[str]) -> list[str]:
    """The lines with a bar between figures that stand together, which keeps all characters in their places.

    `1 472` alone may be one figure; it is two where the file has others that cannot be one.
    """
    if not any("|" in line for line in lines):
        return lines
    lines = [_label_apart(line) if _BEHIND_LABEL.search(line) else line for line in lines]
    found = [n for n, line in enumerate(lines) if any(_figures(field) > 1 for field in _fields(line))]
    if not any(read_figure(field).kind == "text" for n in found for field in _fields(lines[n]) if _figures(field) > 1):
        return lines
    apart = list(lines)
    for run in _runs(lines):
        rows = {n: _fields(lines[n]) for n in run}
        if _is_whole(list(rows.values())) or (len(run) == 1 and _ends_whole(rows[run[0]])):
            continue
        counts = [[_figures(field) for field in fields] for fields in rows.values()]
        merged = {at for at, column in enumerate(zip(*counts, strict=True)) if _is_merged(column)}
        for n, fields in rows.items():
            apart[n] = "|".join(_apart(field, at in merged) for at, field in enumerate(fields))
    return apart


def _label_apart(line: str) -> str:
    """The row with a bar between a label and the figure behind it in one cell, if others hold figures too."""
    if sum(_figures(field) > 0 for field in _fields(line)) < _FEWEST_BESIDE:
        return line
    return _BEHIND_LABEL.sub(r"\1|\2", line, count=1)


def _is_whole(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the rows have a cell for each figure of applications or litigation, so that none is two columns."""
    cells = sum(any(_is_cell_of_figure(field) for field in column) for column in zip(*rows, strict=True))
    return cells in _FIGURES_OF_ROWS


def _ends_whole(fields: Sequence[str]) -> bool:
    """Whether a row has a cell for each figure behind its label, blank ones too."""
    behind = 0
    while behind < len(fields) and (not fields[~behind].strip() or _is_cell_of_figure(fields[~behind])):
        behind += 1
    is_closed = bool(behind) and not fields[-1].strip()  # by a bar, or its total is blank
    return behind in _FIGURES_OF_ROWS or (is_closed and behind - 1 in _FIGURES_OF_ROWS)


def _is_cell_of_figure(field: str) -> bool:
    """Whether a field holds a figure, or what stands for one."""
    text = "" if _RULE.match(field) else field.strip()
    return bool(text) and (_figures(field) > 0 or read_figure(text).kind == "figure" or is_illegible(text))


def _is_merged(counts: Sequence[int]) -> bool:
    """Whether so many rows have two figures in this column that the others may lack one of them."""
    several = sum(count > 1 for count in counts)
    return several >= _FEWEST_ROWS and several * _LONE_FOR_EACH > sum(count == 1 for count in counts)


def _runs(lines: Sequence[str]) -> Iterator[list[int]]:
    """Neighbouring lines with the same number of fields, whatever rules stand between them."""
    run: list[int] = []
    for n, line in enumerate(lines):
        if _FRAME.match(line):
            continue
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
    """How many figures the field holds if it holds nothing else; one in brackets is said of the one before it."""
    is_none = _RULE.match(field) or PAGE_NUMBER.match(field) or _IN_BRACKETS.search(field)
    words = [] if is_none or "*" in field else field.split()  # AsciiDoc says with a star how often a cell stands there
    return len(words) if words and all(read_figure(word).kind == "figure" for word in words) else 0


def _apart(field: str, merged: bool) -> str:
    count = _figures(field)
    if merged and not field.strip():
        return f"{field[:1]}|{field[2:]}"
    if merged and count == 1:
        return f"{field.rstrip()}{DOUBT}|{DOUBT}"
    return re.sub(r"(?<=\S)\s(?=\s*\S)", "|", field) if count > 1 else field
