"""Numerals as officials write them in running text, Chinese and Arabic."""

from __future__ import annotations

DIGITS = "0-9０-９"
"""For a class of a pattern: `[^\\d]{0,30}` holds thirty copies of all digits of Unicode, and is slow to make."""

HALF_WIDTH = dict(zip("０１２３４５６７８９", "0123456789", strict=True))
"""Digits of full width, as input methods for Chinese write them, and the same as other programs do."""

CAPITALS = dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千", strict=True))
"""Numerals as cheques have them, and some reports."""

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_DIGITS |= {capital: _DIGITS[c] for capital, c in CAPITALS.items() if c in _DIGITS}
_UNITS |= {capital: _UNITS[c] for capital, c in CAPITALS.items() if c in _UNITS}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}


def chinese_number(text: str) -> int | None:
    """The value of 一百二十三, 四十, 叁拾, 二〇二三; None where the characters make no number."""
    if not text or any(c not in _DIGITS and c not in _UNITS and c not in _MYRIADS for c in text):
        return None
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = 0
    digit: int | None = None
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            section += (1 if digit is None else digit) * _UNITS[c]
            digit = None
        else:
            total += (section + (digit or 0)) * _MYRIADS[c]
            section, digit = 0, None
    return total + section + (digit or 0)
