"""Workbooks saved as text with commas or semicolons between the cells, quoted where a cell holds one."""

from __future__ import annotations

import csv
import re

_FEWEST_ROWS = 10
_FEWEST_MARKS = 6  # in a row of the table of applications
_THOUSANDS = re.compile(r"(?<!\S)\d{1,3}(?:,\d{3})+(?!\S)")
"""A figure between spaces whose commas part no cells."""


def with_tabs(text: str) -> str:
    """The text with tabs between cells and a row a line, if it is such a file; else the text as it is."""
    mark = ";" if text.count(";") > text.count(",") else ","
    if "\t" in text or "|" in text or text.count(mark) < _FEWEST_ROWS * _FEWEST_MARKS:
        return text
    lines = text.splitlines(keepends=True)
    parted = [line for line in lines if line.count(mark) >= _FEWEST_MARKS and "。" not in line]
    if sum(_THOUSANDS.sub("", line).count(mark) >= _FEWEST_MARKS for line in parted) < _FEWEST_ROWS:
        return text
    rows = csv.reader(lines, delimiter=mark)
    try:
        return "\n".join(_line(row) for row in rows)
    except csv.Error:
        return text


def _line(row: list[str]) -> str:
    """Cells that are alone in their row are running text."""
    cells = [re.sub(r"\s*[\r\n]+\s*", "", cell) for cell in row]
    filled = [cell for cell in cells if cell.strip()]
    return "\t".join(cells) if len(filled) > 1 or len(cells) < 2 else "".join(filled)
