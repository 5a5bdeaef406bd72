"""Dashes for nothing in the cells of a scanned table, told from flat specks: those of a page are all as wide."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

_ALIKE, _ODD = 0.25, 0.4
"""Parts of the usual width by which dashes of one page differ, and from which one is odd."""

_FEWEST, _MOST_ALIKE = 3, 0.7
"""Dashes of which the usual width is told, and part of them that is alike at least: specks are of all widths."""

_SHORTEST, _SHORTEST_ALIKE = 0.35, 0.25
"""Width of a hyphen at least, as part of the height of digits, and where all of a page are alike: that of Arial is
little more than a third, of which a scan may take a pixel."""

_HIGHEST, _LOWEST = 0.15, 0.92
"""Parts of the height of the digits beside it between which a dash stands: the bar of a 7 is higher, the foot of a 2
lower."""


def is_beside_middle(dash: tuple[int, int], digits: Sequence[tuple[int, int]], highest: float = _HIGHEST) -> bool:
    """Whether a dash, from its top to its bottom, stands too high or too low beside the `digits` of its row."""
    if not digits:
        return False
    top, bottom = median(top for top, _ in digits), median(bottom for _, bottom in digits)
    middle = sum(dash) / 2
    return not top + highest * (bottom - top) <= middle <= top + _LOWEST * (bottom - top)


def odd_ones(widths: list[int], digits: float) -> list[bool]:
    """Which cells hold what is hardly a dash, from the widths of their dashes in pixels, 0 for none.

    `digits` is how high figures are, 0 where that is not known.
    """
    dashes = [width for width in widths if width]
    if not dashes:
        return [False] * len(widths)
    usual = median(dashes)
    told = len(dashes) >= _FEWEST
    alike = sum(abs(width - usual) <= _ALIKE * usual for width in dashes)
    all_odd = told and alike < _MOST_ALIKE * len(dashes)
    shortest = (_SHORTEST_ALIKE if told and not all_odd else _SHORTEST) * digits
    return [
        width > 0 and (all_odd or width < shortest or (told and abs(width - usual) > _ODD * usual)) for width in widths
    ]
