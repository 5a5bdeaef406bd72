"""Units and signs that a converter parted from their figures: `22 件`, `减 31`, a unit in the line below.

And the word that a label begins with and that would be a figure by itself, parted from its number: `4. 无`.
"""

from __future__ import annotations

from loaders.patterns import pattern_of

_UNIT = "[（(]?(?:件|条|项|个|份|宗|万?元)[)）]?"
_LONGEST = 12
_LONE = pattern_of(rf"(?<=[\d０-９]) (?={_UNIT}(?: |$))")
_ROW = pattern_of(rf"(?:(?:[-+－—–/\d０-９.,，．]|无){{1,14}}(?:{_UNIT})?|{_UNIT}| )+")
_UNIT_ALONE = pattern_of(rf"\s*{_UNIT}\s*")
_FIGURE_ALONE = pattern_of(r"\s*[\d０-９][\d０-９,，.．]*\s*")
_SIGN = pattern_of(r"(?<=\s{2})(净?(?:增加?|减少?)) (?=[\d０-９]+(?:\s|$))")
_NUMBERED_NONE = pattern_of(r"((?:^|\s)4[.．、]) (无正?)(?=\s{2})")
"""The fourth reason for rejecting applications, 无正当理由大量反复申请, broken behind its first word."""


def with_units_joined(line: str) -> str:
    """A line of nothing but figures with one blank between them, each unit at its figure; words of sign in any row.

    A label's first word moves to its number, the blank behind it.
    """
    if " 无" in line and "  " in line:
        line = _NUMBERED_NONE.sub(r"\1\2 ", line)
    if "  " in line and ("增" in line or "减" in line):
        return _SIGN.sub(r"\1", line)
    if " " not in line or "  " in line or not _LONE.search(line) or not _ROW.fullmatch(line):
        return line
    return _LONE.sub("", line)


def is_unit_of(line: str, above: str) -> bool:
    """Whether a line holds nothing but the unit of the figure that is alone on the line above."""
    return (
        len(line) <= _LONGEST and _UNIT_ALONE.fullmatch(line) is not None and _FIGURE_ALONE.fullmatch(above) is not None
    )
