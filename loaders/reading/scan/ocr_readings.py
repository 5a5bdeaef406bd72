"""What else a line may say that the recogniser took for a figure, from the chances it gave to each character."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Chances = NDArray[np.float32]
"""Of each character (columns, the first for none) at each step along a line (rows)."""

LOOKS_LIKE = str.maketrans("OoDQ〇○口lIi|γ", "000000011117")
"""Digits by the letters that they are taken for."""

_SIGNS = "0123456789,.-+/—()件"

_LEAST_CHANCE = 0.005
"""Of a character at one step."""

_WAYS = 8
"""Beginnings of a line that are followed at once."""

_PLAUSIBLE = 0.05
"""Chance of another reading, as part of that of the likeliest."""

_MOST_READINGS = 5


@dataclass(frozen=True, slots=True)
class SignColumns:
    """Where a recogniser keeps the chances of what a figure consists of: columns, and the numbers of their signs.

    Number 0 stands for no character; letters that look like a digit count as that.
    """

    columns: list[int]
    signs: list[int]


def sign_columns(characters: Sequence[str]) -> SignColumns:
    """Find them by the characters of all columns."""
    found = [(0, 0)]
    for column, character in enumerate(characters):
        sign = _SIGNS.find(unicodedata.normalize("NFKC", character.translate(LOOKS_LIKE)))
        if column and character and sign >= 0:
            found.append((column, sign + 1))
    return SignColumns([column for column, _ in found], [sign for _, sign in found])


def likely_figures(chances: Chances, where: SignColumns) -> tuple[str, ...]:
    """The readings of a line as a figure that are plausible, the likeliest first.

    A reading may come about in many ways, since each character may last for several steps and none may stand between
    two; the chances of all of them add up.
    """
    begun = {"": (1.0, 0.0)}  # chances that no character stands at the end, and that the last one does
    for none, *step in _of_signs(chances, where):
        grown: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        possible = [(sign, chance) for sign, chance in zip(_SIGNS, step, strict=True) if chance > _LEAST_CHANCE]
        for text, (apart, lasting) in begun.items():
            grown[text][0] += (apart + lasting) * none
            for sign, chance in possible:
                if text.endswith(sign):
                    grown[text][1] += lasting * chance
                grown[text + sign][1] += (apart if text.endswith(sign) else apart + lasting) * chance
        likeliest = sorted(grown.items(), key=lambda each: -sum(each[1]))[:_WAYS]
        most = sum(likeliest[0][1]) or 1.0
        begun = {text: (apart / most, lasting / most) for text, (apart, lasting) in likeliest}
    return tuple(text for text, chance in begun.items() if sum(chance) >= _PLAUSIBLE and text)[:_MOST_READINGS]


def _of_signs(chances: Chances, where: SignColumns) -> list[list[float]]:
    """The chances of none and of each sign, step by step."""
    found = np.zeros((len(_SIGNS) + 1, len(chances)))
    np.add.at(found, where.signs, chances[:, where.columns].T)
    steps: list[list[float]] = found.T.tolist()
    return steps
