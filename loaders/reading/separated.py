"""Workbooks saved as text with commas or semicolons between the cells, quoted where a cell holds one."""

from __future__ import annotations

import csv
import re

from loaders.form.figures import read_figure

_MOST_BARS = 40  # misread characters; a table between bars has more
_FEWEST_ROWS = 3  # of figures
_FEWEST_MARKS = 3  # in a row
_FEWEST_FIGURES = 2  # in a row
_THOUSANDS = re.compile(r"(?<!\S)\d{1,3}(?:,\d{3})+(?!\S)")
"""A figure between spaces whose commas part no cells."""


def with_tabs(text: str) -> str:
    """The text with tabs between cells and a row a line, if it is such a file; else the text as it is."""
    mark = ";" if text.count(";") > text.count(",") else ","
    if "\t" in text or text.count("|") > _MOST_BARS or text.count(mark) < _FEWEST_ROWS * _FEWEST_MARKS:
        return text
    lines = text.splitlines(keepends=True)
    if sum(_is_row(line, mark) for line in lines) < _FEWEST_ROWS:
        return text
    rows = csv.reader(lines, delimiter=mark)
    try:
        return "\n".join(_line(row) for row in rows)
    except csv.Error:
        return text


def _is_row(line: str, mark: str) -> bool:
    if line.count(mark) < _FEWEST_MARKS or "。" in line:
        return False
    cells = _THOUSANDS.sub("", line).split(mark)
    return len(cells) > _FEWEST_MARKS and sum(read_figure(cell).kind == "figure" for cell in cells) >= _FEWEST_FIGURES


def _line(row: list[str]) -> str:
    """Cells that are alone in their row are running text."""
    cells = [re.sub(r"\s*[\r\n]+\s*", "", cell) for cell in row]
    filled = [cell for cell in cells if cell.strip()]
    return "\t".join(cells) if len(filled) > 1 or len(cells) < 2 else "".join(filled)
