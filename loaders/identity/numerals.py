"""Years and dates in digits and in Chinese numerals."""

from __future__ import annotations

import re
from datetime import date

from loaders.numerals import chinese_number
from loaders.patterns import pattern_of

_CHINESE_YEAR = "二[〇○零oO0][〇○零oO0一二三][〇○零oO0一二三四五六七八九]"
YEAR = pattern_of(rf"(?<!\d)(?:(?:19|20)\d{{2}}|{_CHINESE_YEAR})(?!\d)(?:年度|年|度)?")
DATE = pattern_of(
    rf"(?<!\d)((?:20)\d{{2}}|{_CHINESE_YEAR})[年\-./](\d{{1,2}}|[一二三四五六七八九十]{{1,2}})"
    # A clock may follow without a space: 2024-01-16 17:29.
    r"[月\-./](\d{2}(?=\d{1,2}:\d{2})|\d{1,2}(?!\d)|[一二三四五六七八九十]{1,3})日?"
)
_SCHOOL_YEAR = pattern_of(r"(?<!\d)20\d{2}学?年?(?:度|学年)?[-—–―~～至/]{1,2}(?=20\d{2}(?:学年|年?度))")
"""The first half of a school year, whose report is named after the second: 2020-2021学年."""
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


def number(text: str) -> int | None:
    """A number in digits or Chinese numerals; ○ and the letter O count as zero."""
    if text.isdigit():
        return int(text)
    return chinese_number(re.sub("[oO0○零]", "〇", text))


def year_of(text: str) -> int | None:
    """The first year in the text; of a school year the one it ends in."""
    for match in YEAR.finditer(_SCHOOL_YEAR.sub("", text) if "20" in text else text):
        value = number(re.sub("[年度]", "", match[0]))
        if value is not None and EARLIEST_YEAR <= value <= LATEST_YEAR:
            return value
    return None


def date_of(match: re.Match[str]) -> date | None:
    """The date of a match of `DATE`; None for 31 February and the like."""
    year, month, day = (number(part) for part in match.groups()[:3])
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
