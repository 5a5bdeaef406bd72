"""Rows that number the columns and columns that number the rows, as statisticians and programs add them to tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile

_BESIDE_NUMBERS = frozenset(("", "甲", "乙", "丙", "栏次", "序号", "编号", "列号"))
_FEWEST = 5
"""Columns. The figures of no row of the form come one after the other, with its total among them."""

_FEWEST_ROWS, _ENOUGH_ROWS = 4, 8
"""So many may begin with any number, as where text parts a table from its header."""

DISPUTES, APPLICANTS = 15, 7
"""Columns of the tables of litigation and of the applications."""

_LAST_OF_APPLICANTS = _BESIDE_NUMBERS | {"其他", "总计"}


def numbers_columns(texts: Sequence[str]) -> bool:
    """Whether the cells of a row say nothing but 0, 1, 2 … or 1, 2, 3 …, in this order."""
    last = texts[-1].strip()
    if len(texts) < _FEWEST or not last.isdecimal() or len(texts) < int(last) or int(last) + 1 < _FEWEST:
        return False
    written = [text.strip() for text in texts]
    numbers = [text for text in written if text not in _BESIDE_NUMBERS]
    return _follow_each_other(numbers)


def numbers_rows(texts: Sequence[str]) -> bool:
    """Whether the first cells of the rows of a table say nothing but 0, 1, 2 … or 1, 2, 3 …, below their header.

    Those of the next lines of a row are blank.
    """
    last = next(filter(None, map(str.strip, reversed(texts))), "")
    if len(texts) < _FEWEST_ROWS or not last.isdecimal():
        return False
    numbers = [text for text in dropwhile(_BESIDE_NUMBERS.__contains__, map(str.strip, texts)) if text]
    if len(numbers) >= _ENOUGH_ROWS and numbers[0].isdecimal():
        return _follow_each_other(numbers, int(numbers[0]))
    return len(numbers) >= _FEWEST_ROWS and _follow_each_other(numbers)


def figures_behind_numbering(texts: Sequence[str], label: str) -> int:
    """How many figures of a line a cell, behind a header that ends with `label`, only number its columns.

    They stand in front of as many others, or behind the last column of the applications without any.
    """
    for columns in (DISPUTES, APPLICANTS):
        alone = len(texts) == columns == APPLICANTS and label in _LAST_OF_APPLICANTS
        if (alone or len(texts) == 2 * columns) and _follow_each_other([text.strip() for text in texts[:columns]]):
            return columns
    return 0


def _follow_each_other(numbers: Sequence[str], begin: int | None = None) -> bool:
    """Whether each number is one more than that before, from 0 or 1 on, or from another one."""
    if not numbers[-1].isdecimal():
        return False
    first = int(numbers[-1]) + 1 - len(numbers)
    begins = first in (0, 1) if begin is None else first == begin
    return begins and list(numbers) == [str(number) for number in range(first, first + len(numbers))]
