"""The sentences of `claims_sentences.txt`, by what they speak of, and how a number in them is written."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from pathlib import Path

from tests.generator.filled import FULL_WIDTH

_FILE = Path(__file__).with_name("claims_sentences.txt")
_DEFINITION = re.compile(r"(\$[A-Z]{2,}) = (.+)")
_KIND = re.compile(r"\[(\w+)( below 依申请公开)?\]")
_ALTERNATIVES = re.compile(r"\(([^()]*)\)")

_DIGITS = "零一二三四五六七八九"
_LARGE_UNITS = frozenset("条篇次册份")
_BEFORE = ("约", "近", "超过", "逾", "大约", "将近", "超")
_BEHIND_NUMBER = ("余", "多")
_BEHIND_UNIT = ("以上", "左右")


def sentences() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The templates of each kind: those that stand by themselves, and those that need the heading above them."""
    alone: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    definitions: dict[str, str] = {}
    chosen: list[str] = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if defined := _DEFINITION.fullmatch(line):
            definitions[defined[1]] = defined[2]
        elif kind := _KIND.fullmatch(line):
            chosen = (below if kind[2] else alone)[kind[1]]
        else:
            for name, wordings in definitions.items():
                line = line.replace(name, wordings)
            chosen.append(line)
    return alone, below


def worded(draw: random.Random, template: str) -> str:
    """A template with one of its wordings chosen wherever it has several."""
    text, replaced = template, 1
    while replaced:
        text, replaced = _ALTERNATIVES.subn(lambda found: draw.choice(found[1].split("|")), text)
    return text


def write_number(draw: random.Random, unit: str) -> tuple[str, float, bool]:
    """A number with its unit: the text, the value, and whether it is exact."""
    if unit == "%":
        value = draw.choice((draw.randint(1, 99), round(draw.uniform(0.5, 99), draw.choice((1, 2)))))
        return f"{value}{draw.choice('%%%％')}", float(value), True
    if unit in ("万元", "元"):
        value = draw.choice((draw.randint(0, 900), round(draw.uniform(0.5, 900), 2)))
        return f"{value}{unit}", float(value), True
    number = _value(draw, unit)
    return _open(draw, number, unit) if draw.random() < 0.12 else _exact(draw, number, unit)


def _value(draw: random.Random, unit: str) -> int:
    if unit[0] in _LARGE_UNITS:
        return draw.choice((draw.randint(0, 99), draw.randint(100, 999), draw.randint(1000, 20000)))
    return draw.choice((draw.randint(0, 9), draw.randint(1, 60), draw.randint(10, 400), draw.randint(100, 4000)))


def _exact(draw: random.Random, value: int, unit: str) -> tuple[str, float, bool]:
    how = draw.random()
    if value >= 10000 and how < 0.3:
        value = value // 1000 * 1000
        written = f"{value / 10000:g}万"
    elif value >= 1000 and how < 0.2:
        written = f"{value:,}"
    elif value < 100 and how < 0.1:
        written = chinese(value)
    elif how < 0.13:
        written = str(value).translate(FULL_WIDTH)
    else:
        written = f"{value} " if how < 0.17 else str(value)
    return written + unit, float(value), True


def _open(draw: random.Random, value: int, unit: str) -> tuple[str, float, bool]:
    rounding = 10 if value < 100 else 100 if value < 1000 else 1000
    value = max(rounding, value // rounding * rounding)
    written = f"{value / 10000:g}万" if value >= 10000 and draw.random() < 0.4 else str(value)
    if value < 100 and draw.random() < 0.3:
        written = chinese(value)
    how = draw.choice(("before", "number", "unit"))
    if how == "before":
        return f"{draw.choice(_BEFORE)}{written}{unit}", float(value), False
    if how == "number" or "次" in unit:
        return f"{written}{draw.choice(_BEHIND_NUMBER)}{unit}", float(value), False
    return f"{written}{unit}{draw.choice(_BEHIND_UNIT)}", float(value), False


def chinese(value: int) -> str:
    """A number below a hundred in Chinese numerals: 两 where it counts, 十二 without 一."""
    if value < 10:
        return "两" if value == 2 else _DIGITS[value]
    tens, ones = divmod(value, 10)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
