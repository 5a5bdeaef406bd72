"""Figures that were recognised with confidence and are others all the same, by the sums of the form.

A report may hold sums that are wrong, so that nothing is told from a sum that does not hold. But where its figure is
the beginning or the end of the one that would make it right, the picture likely ends within it; and where two sums ask
for the same other figure, which is easily read as this one, it was likelier misread than miscounted. Which of both it
is nobody knows: such figures are to be dropped.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from loaders.form.sums import Sum

_ALIKE = frozenset(["17", "38", "56"])
"""Digits that look alike where the ink of one is broken or runs. More would be miscounted as often as misread."""

_FEWEST_DIGITS = 2
"""Of a figure that may be a part of another."""

_WITNESSES = 2
"""Sums that ask for the same figure, where it is not told by the picture's end."""


def contradicted(sums: Iterable[Sum], known: dict[str, float]) -> list[str]:
    """The keys of figures that were misread, by what is known."""
    wanted = Counter((key, due) for each in sums for key, due in _wanted(each, known))
    return list(
        dict.fromkeys(
            key
            for (key, due), witnesses in wanted.items()
            if _is_part(known[key], due) or (witnesses >= _WITNESSES and _looks_like(known[key], due))
        )
    )


def _wanted(each: Sum, known: dict[str, float]) -> Iterator[tuple[str, float]]:
    """What each figure of a sum that does not hold would have to be for the sum to hold."""
    left, right = each
    if not all(key in known for key in (*left, *right)):
        return
    off = sum(known[key] for key in left) - sum(known[key] for key in right)
    if math.isclose(off, 0.0, abs_tol=1e-6):
        return
    yield from ((key, known[key] - off) for key in left)
    yield from ((key, known[key] + off) for key in right)


def _is_part(read: float, due: float) -> bool:
    """Whether a figure is the beginning or the end of another."""
    part, whole = _digits(read), _digits(due)
    return _FEWEST_DIGITS <= len(part) < len(whole) and (whole.startswith(part) or whole.endswith(part))


def _looks_like(read: float, due: float) -> bool:
    """Whether one figure is the other but for a digit that looks alike, or one too many."""
    one, other = _digits(read), _digits(due)
    if len(one) == len(other):
        unlike = ["".join(sorted(pair)) for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
        return len(unlike) == 1 and unlike[0] in _ALIKE
    short, long = sorted((one, other), key=len)
    return len(short) >= 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _digits(value: float) -> str:
    return f"{value:.0f}" if value >= 0 and value == int(value) else ""
