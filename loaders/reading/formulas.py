"""Formulas of a workbook whose results its file does not hold: sums are calculated, as on opening; others stay open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from loaders.patterns import pattern_of

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

NOT_CALCULATED = "=?"
"""Stands for the text of a cell whose formula nobody has calculated."""

_OPEN = "open"
"""Stands for the type of such a cell."""
_TERM = pattern_of(r"([+-]?)(?:SUM\(([^()]*)\)|([A-Z]{1,3}\d{1,7})|(\d+(?:\.\d+)?))", re.IGNORECASE)
_AREA = pattern_of(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?", re.IGNORECASE)
_UNNEEDED = pattern_of(r"[\s$]")
_MOST_CELLS = 2_000
_DECIMALS = 10
"""More are what is left of calculating with binary fractions."""


def is_open(cell: Element) -> bool:
    """Whether `calculate_open_formulas` left the formula of this cell open."""
    return bool(cell.get("t") == _OPEN)


def calculate_open_formulas(root: Element, knows_results: bool, strings: Sequence[str]) -> bool:
    """Write the results that a sheet lacks, and tell whether some formula stays open.

    A program wrote such a sheet, and no spreadsheet has opened it since. Such programs write nothing or noughts for
    results, and ask for all to be calculated on opening, so that the workbook does not know them. `strings` are the
    texts that cells refer to by number.
    """
    cells = [formula.getparent() for formula in root.iter("{*}f")]
    results = [cell.findtext("{*}v") or "" for cell in cells]
    knows_results = knows_results or any(result not in ("", "0") for result in results)
    lacking = [
        cell
        for cell, result in zip(cells, results, strict=True)
        if not knows_results or (not result and cell.get("t") != "str")
    ]
    if not lacking:
        return False
    for cell in lacking:
        cell.set("t", _OPEN)
    sheet = _Sheet(root, strings)
    for cell, value in [(cell, sheet.value(cell.get("r") or "")) for cell in lacking]:
        if value is not None:
            _write(cell, value)
    return any(map(is_open, lacking))


def _write(cell: Element, value: float) -> None:
    del cell.attrib["t"]
    for old in cell.findall("{*}v"):
        cell.remove(old)
    result = cell.makeelement(cell.tag.replace("}c", "}v"), None, None)
    result.text = f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")
    cell.append(result)


class _Sheet:
    """The cells of a sheet by their name, and what their formulas come to."""

    def __init__(self, root: Element, strings: Sequence[str]) -> None:
        self._strings = strings
        self._cells: dict[str, Element] = {cell.get("r") or "": cell for cell in root.iter("{*}c")}
        self._known: dict[str, float | None] = {}

    def value(self, name: str) -> float | None:
        """The number in a cell: nothing counts as 0; None for words and for what is beyond sums."""
        if name not in self._known:
            self._known[name] = None  # for a formula that leads back to itself
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> float | None:
        cell = self._cells.get(name)
        if cell is None:
            return 0.0
        if is_open(cell):
            return self._calculated(_UNNEEDED.sub("", cell.findtext("{*}f") or ""))
        text = cell.findtext("{*}v")
        if cell.get("t", "n") not in ("n", ""):
            return None
        try:
            return float(text) if text else 0.0
        except ValueError:
            return None

    def _is_word(self, name: str) -> bool:
        """Whether a cell has a text without digits, such as 无: sums leave it out."""
        cell = self._cells.get(name)
        if cell is None or cell.get("t") not in ("s", "inlineStr"):
            return False
        text = "".join(cell.itertext())
        if cell.get("t") == "s":
            text = self._strings[int(text)] if text.isdecimal() and int(text) < len(self._strings) else "0"
        return not any(sign.isnumeric() for sign in text)

    def _calculated(self, formula: str) -> float | None:
        total, at = 0.0, 0
        while at < len(formula):
            term = _TERM.match(formula, at)
            if term is None or (at and not term[1]):
                return None
            sign, area, name, number = term.groups()
            value = self._sum(area) if area is not None else self.value(name.upper()) if name else float(number)
            if value is None:
                return None
            total += -value if sign == "-" else value
            at = term.end()
        return round(total, _DECIMALS) if formula else None

    def _sum(self, areas: str) -> float | None:
        total = 0.0
        for area in areas.split(","):
            corners = _AREA.fullmatch(area)
            if corners is None:
                value = self._calculated(area) if area else None
                if value is None:
                    return None
                total += value
                continue
            names = list(_names(*corners.groups()))
            values = [0.0 if self._is_word(name) else self.value(name) for name in names]
            if not values or None in values:
                return None
            total += sum(value or 0.0 for value in values)
        return total


def _names(left: str, top: str, right: str | None, bottom: str | None) -> Iterator[str]:
    """The names of all cells in an area; none where it is too large for a sum of the form."""
    first, last = _number(left), _number(right or left)
    rows = range(int(top), int(bottom or top) + 1)
    if len(rows) * max(last - first + 1, 0) <= _MOST_CELLS:
        for row, column in product(rows, range(first, last + 1)):
            yield f"{_letters(column)}{row}"


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
