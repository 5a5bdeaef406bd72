"""Rows as programs print the lists they hold: `['规章', '0', None]`, `["规章", "0"]`, one or several on a line."""

from __future__ import annotations

import ast
import re

from loaders.patterns import pattern_of

_LIST = pattern_of(r"""\[(?:[^\[\]'"]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")*\]""")
_BESIDE = pattern_of(r"[\s,\[\]]*")
"""What stands between the lists of a list."""

_NOTHING = re.compile(r"(?<=[\[,])(\s*)(?:nan|null|NaN)(?=\s*[,\]])")
_MOST_CHARACTERS = 20_000


def rows_of_lists(line: str) -> list[tuple[str, int]] | None:
    """The rows that a line of printed lists holds, with tabs between their cells, and where each begins."""
    if not line.lstrip().startswith("[") or len(line) > _MOST_CHARACTERS or not ("'" in line or '"' in line):
        return None
    found = list(_LIST.finditer(line))
    if not found or not _BESIDE.fullmatch(_LIST.sub("", line)):
        return None
    rows = [(_cells(each[0]), each.start()) for each in found]
    return [(row, start) for row, start in rows if row is not None] or None


def _cells(text: str) -> str | None:
    """The cells of one list; None where it is no list of texts and numbers."""
    try:
        items = ast.literal_eval(_NOTHING.sub(r"\1None", text))
    except (ValueError, SyntaxError):
        return None
    return "\t".join("" if item is None else "".join(str(item).split("\n")).replace("\t", " ") for item in items)
