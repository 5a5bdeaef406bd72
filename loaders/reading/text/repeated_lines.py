"""Cells with line breaks of their own that stand as often as they have columns, a space between two.

    第二十
    条第(
    六项) 第二十
    条第(
    六项)

So write libraries that put a space between the cells of a merged row. Each is put on its last line, where the figures
of the row stand, and the others are left empty.
"""

from __future__ import annotations

from collections.abc import Sequence

_MOST_LINES = 16  # of a cell
_LONGEST_PART = 24  # characters in a line of a narrow cell
_MOST_WORDS = 3  # in such a line
_LONGEST_LINE = 60  # characters of one where such a cell ends and begins again


def with_repeated_cells_joined(lines: Sequence[str]) -> list[str]:
    """The lines, those of cells that repeat themselves joined in the last of them."""
    joined = list(lines)
    at = 1
    while at < len(joined):
        first = _first_line(joined, at) if _may_hold_cells(joined[at]) else None
        at = (_join(joined, *first, at) if first else at) + 1
    return joined


def _may_hold_cells(line: str) -> bool:
    return " " in line and len(line) <= _LONGEST_LINE and "\t" not in line and "|" not in line


def _first_line(lines: Sequence[str], at: int) -> tuple[int, str] | None:
    """The line where the cell begins that ends in line `at` and begins there once more, and its part of that line."""
    words = lines[at].split(" ")
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        opening = " ".join(words[-count:])
        if not opening or len(opening) > _LONGEST_PART:
            continue
        for start in range(at - 1, max(at - _MOST_LINES, 0) - 1, -1):
            if _ends_with(lines[start], opening) and _stands_again(lines, start, at, opening):
                return start, opening
    return None


def _ends_with(line: str, words: str) -> bool:
    return line == words or line.endswith(f" {words}")


def _stands_again(lines: Sequence[str], start: int, again: int, opening: str) -> bool:
    """Whether behind line `again` the lines follow that follow `start`, up to the end of the cell."""
    height = again - start
    if again + height >= len(lines) or list(lines[start + 1 : again]) != list(lines[again + 1 : again + height]):
        return False
    end = lines[again].removesuffix(opening).rstrip(" ")
    last = lines[again + height]
    return bool(end) and (last == end or last.startswith(f"{end} "))


def _join(lines: list[str], start: int, opening: str, again: int) -> int:
    """Put a cell and its repetitions on line `start`; return the last line of them."""
    height = again - start
    end = lines[again].removesuffix(opening).rstrip(" ")
    text = "".join([opening, *lines[start + 1 : again], end])
    times, last = 1, again
    while lines[last] == f"{end} {opening}" and _stands_again(lines, last - height, last, opening):
        times, last = times + 1, last + height
    whole = lines[start].removesuffix(opening) + " ".join([text] * times) + lines[last].removeprefix(end)
    lines[start : last + 1] = [""] * (last - start) + [whole]
    return last
