"""Workbooks saved as text with commas, semicolons or tabs between the cells, quoted where a cell holds one."""

from __future__ import annotations

import csv
import re
from collections import Counter

from loaders.form.figures import read_figure
from loaders.patterns import pattern_of

_MOST_BARS = 40  # misread characters; a table between bars has more
_FEWEST_ROWS = 3  # of figures
_FEWEST_MARKS = 3  # in a row
_FEWEST_FIGURES = 2  # in a row
_FEWEST_OF_ALL = 6  # where fewer rows are left
_FEWEST_INDICATORS = 10
_NEARLY_ALL = 0.9  # rows as wide as most
_INDICATOR = pattern_of(r"[^。\r\n]+([,;])(?:[条件次个人]|万?元|—+)\1[\d.]*\s*")
"""A row of the old table: an indicator, its unit, its count."""
_THOUSANDS = pattern_of(r"(?<!\S)\d{1,3}(?:,\d{3})+(?!\S)")
"""A figure between spaces whose commas part no cells."""


def with_tabs(text: str) -> str:
    """The text with tabs between cells and a row a line, if it is such a file; else the text as it is."""
    if "\t" in text:
        return _sheet_with_tabs(text)
    mark = ";" if text.count(";") > text.count(",") else ","
    if text.count("|") > _MOST_BARS or text.count(mark) < _FEWEST_ROWS * _FEWEST_MARKS:
        return text
    lines = text.splitlines(keepends=True)
    counts = [_figures_in(line, mark) for line in lines]
    several = [count for count in counts if count >= _FEWEST_FIGURES]
    indicators = sum(_INDICATOR.fullmatch(line) is not None for line in lines)
    if len(several) < _FEWEST_ROWS and sum(several) < _FEWEST_OF_ALL and indicators < _FEWEST_INDICATORS:
        return text
    rows = _rows(lines, mark)
    return "\n".join(map(_line, rows)) if rows else text


def _rows(lines: list[str], mark: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=mark))
    except csv.Error:
        return []


def _sheet_with_tabs(text: str) -> str:
    """The same of a whole sheet, whose rows all have as many tabs, so that narrative has them at its end."""
    lines = text.splitlines(keepends=True)
    if sum(line.rstrip("\r\n").endswith("\t") for line in lines) < _FEWEST_ROWS:
        return text
    rows = _rows(lines, "\t")
    widths = Counter(map(len, rows))
    width, count = max(widths.items(), key=lambda each: each[1], default=(0, 0))
    is_sheet = width > _FEWEST_MARKS and count >= _NEARLY_ALL * len(rows)
    return "\n".join(map(_line, rows)) if is_sheet else text


def _figures_in(line: str, mark: str) -> int:
    """How many cells between marks hold a figure; none where the line is a sentence."""
    if line.count(mark) < _FEWEST_MARKS or "。" in line:
        return 0
    cells = _THOUSANDS.sub("", line).split(mark)
    return sum(read_figure(cell.strip('=" ')).kind == "figure" for cell in cells) if len(cells) > _FEWEST_MARKS else 0


def _line(row: list[str]) -> str:
    """Cells that are alone in their row are running text."""
    cells = [re.sub(r"\s*[\r\n]+\s*", "", _without_formula(cell)) for cell in row]
    filled = [cell for cell in cells if cell.strip()]
    return "\t".join(cells) if len(filled) > 1 or len(cells) < 2 else "".join(filled)


def _without_formula(cell: str) -> str:
    """The text of a cell, `12` where `="12"` keeps a spreadsheet from taking it for a number."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell
