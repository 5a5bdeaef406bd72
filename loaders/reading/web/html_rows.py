"""Tags of rows and tables that a page left out, and that browsers put in."""

from __future__ import annotations

import re

from loaders.patterns import pattern_of

_CELL_BEHIND_ROW = pattern_of(r"(</tr\s*>\s*)(?=<t[dh]\b)")
_CELL_BEHIND_ROW_IN_CAPITALS = pattern_of(r"(</TR\s*>\s*)(?=<T[DH]\b)")
"""One pattern for both takes ten times as long to search for."""
_ROWS = pattern_of(r"<tr\b[^<>]*>.*?</tr\s*>(?:\s*<tr\b[^<>]*>.*?</tr\s*>)*", re.I | re.S)

_MOST_ROWS = 1000
"""A report has a hundred; where rows by the thousand are left open, to look for their ends would take minutes."""


def with_rows_whole(source: str) -> str:
    """The source with each cell behind the end of a row in a row, and rows outside tables in one."""
    for behind in (_CELL_BEHIND_ROW, _CELL_BEHIND_ROW_IN_CAPITALS):
        if behind.search(source):
            source = behind.sub(r"\1<tr>", source)
    has_tables = "<table" in source or "<TABLE" in source
    if "<td" in source and not has_tables and source.count("<tr") <= _MOST_ROWS:
        source = _ROWS.sub(r"<table>\g<0></table>", source)
    return source
