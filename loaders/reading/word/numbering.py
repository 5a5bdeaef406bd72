"""Automatic numbers of Word: 一、 or （一） that the text itself does not hold are counted and written out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from loaders.document import ReadingError
from loaders.patterns import pattern_of
from loaders.reading.word.docx_styles import Styles, value_of
from loaders.words import of_warnings as warn

if TYPE_CHECKING:
    from loaders.reading.parts import Package

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_PLACEHOLDER = pattern_of(r"%(\d)")


NumberingState = tuple[dict[str, dict[int, int]], frozenset[str]]


@dataclass(slots=True)
class _Level:
    """One level of a list: how it counts and what it prints."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    paragraph_style: str = ""


@dataclass(slots=True)
class _List:
    """A list instance: the abstract list that counts, and its levels."""

    abstract: str
    levels: dict[int, _Level]
    restarts: dict[int, int] = field(default_factory=dict)
    used: bool = False


class Numbering:
    """Counts as Word does. The parts are read when the first numbered paragraph asks."""

    def __init__(self, package: Package, val: str) -> None:
        self._package = package
        self._val = val
        self._w = val.removesuffix("val")
        self._part: str | None = None
        self._is_known = False  # whether it was looked for the part
        self._styles: Styles | None = None
        self._lists: dict[str, _List] | None = None
        self._counters: dict[str, dict[int, int]] = {}
        self.plain_styles: set[str | None] = set()
        """Styles asked for so far that bring no number."""

    def label(self, number_id: str | None, level: str | None, style: str | None) -> str:
        """What Word prints before this paragraph; empty for paragraphs without number and for bullets."""
        if not self._is_known:
            self._is_known, self._part = True, self._package.target_of("numbering")
        if self._part is None:
            self.plain_styles.add(style)
            return ""
        depth = int(level) if level and level.isdigit() else 0
        if number_id is None:
            if self._styles is None:
                self._styles = Styles(self._package, self._val)
            number = self._styles.number_of(style or "")
            if number is None:
                self.plain_styles.add(style)
                return ""
            number_id, level = number
            depth = _whole(level, self._linked_depth(number_id, style or ""))
        numbered = self._list(number_id)
        return "" if numbered is None else self._count(numbered, depth)

    def state(self) -> NumberingState:
        """How far lists have counted, to go back to where something is read twice."""
        used = frozenset(number for number, each in (self._lists or {}).items() if each.used)
        return {abstract: dict(counters) for abstract, counters in self._counters.items()}, used

    def go_back(self, state: NumberingState) -> None:
        """Forget what was counted since."""
        self._counters, used = state
        for number, each in (self._lists or {}).items():
            each.used = number in used

    def _list(self, number_id: str) -> _List | None:
        if self._lists is None:
            self._load()
        return (self._lists or {}).get(number_id)

    def _linked_depth(self, number_id: str, style: str) -> int:
        """The level that a list keeps for a paragraph style."""
        numbered = self._list(number_id)
        levels = reversed(numbered.levels.items() if numbered else {}.items())
        return next((depth for depth, level in levels if level.paragraph_style == style), 0)

    def _count(self, numbered: _List, depth: int) -> str:
        level = numbered.levels.get(depth)
        if level is None:
            return ""
        counters = self._counters.setdefault(numbered.abstract, {})
        if not numbered.used:
            numbered.used = True
            for restarted, start in numbered.restarts.items():
                counters[restarted] = start - 1
        counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [d for d in counters if d > depth]:
            restart = numbered.levels[deeper].restart if deeper in numbered.levels else None
            if restart is None or (restart > 0 and depth < restart):
                del counters[deeper]
        return _printed(level, numbered, counters)

    def _load(self) -> None:
        self._lists = {}
        if self._part is None:
            return
        try:
            root = self._package.xml(self._part)
        except ReadingError:
            self._package.warnings.append(warn.NO_NUMBERS.zh)
            return
        w = self._w
        abstracts = {
            each.get(f"{w}abstractNumId"): {
                _whole(lvl.get(f"{w}ilvl"), 0): self._level(lvl) for lvl in each.findall(f"{w}lvl")
            }
            for each in root.findall(f"{w}abstractNum")
        }
        for num in root.findall(f"{w}num"):
            reference = self._value(num, "abstractNumId") or ""
            numbered = _List(reference, dict(abstracts.get(reference, {})))
            for override in num.findall(f"{w}lvlOverride"):
                depth = _whole(override.get(f"{w}ilvl"), 0)
                own = override.find(f"{w}lvl")
                if own is not None:
                    numbered.levels[depth] = self._level(own)
                start = self._value(override, "startOverride")
                if start is not None:
                    numbered.restarts[depth] = _whole(start, 1)
            self._lists[num.get(f"{w}numId")] = numbered

    def _level(self, element: Element) -> _Level:
        legal = element.find(f"{self._w}isLgl")
        restart = self._value(element, "lvlRestart")
        return _Level(
            start=_whole(self._value(element, "start"), 1),
            style=self._value(element, "numFmt") or self._custom_format(element),
            text=self._value(element, "lvlText") or "",
            suffix=self._value(element, "suff") or "tab",
            legal=legal is not None and legal.get(self._val, "1") not in ("0", "false"),
            restart=None if restart is None else _whole(restart, 0),
            paragraph_style=self._value(element, "pStyle") or "",
        )

    def _custom_format(self, element: Element) -> str:
        """Newer formats stand in alternatives, an older one in the fallback."""
        for format_element in element.iter(f"{self._w}numFmt"):
            return format_element.get(self._val) or "decimal"
        return "decimal"

    def _value(self, element: Element, name: str) -> str | None:
        return value_of(element, self._w + name, self._val)


def _printed(level: _Level, numbered: _List, counters: dict[int, int]) -> str:
    if level.style in ("bullet", "none") and "%" not in level.text:
        return ""

    def number(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        other = numbered.levels.get(depth, level)
        style = "decimal" if level.legal else other.style
        return format_number(counters.get(depth, other.start), style)

    text = _PLACEHOLDER.sub(number, level.text)
    if not text or level.suffix == "nothing" or text[-1] in "、.．。\uff09)\uff1a:,\uff0c":
        return text if not text or text[-1] not in ".)" or level.suffix == "nothing" else text + " "
    return text + " "


def format_number(value: int, style: str) -> str:
    """A counter as a numbering style prints it."""
    if style in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
                 "taiwaneseCountingThousand", "koreanCounting", "ideographDigital", "japaneseDigitalTenThousand",
                 "taiwaneseDigital"):  # fmt: skip
        digital = style in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital")
        return "".join(_DIGITS[int(d)] for d in str(value)) if digital else _chinese(value, _DIGITS, "十百千")
    if style in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        return _chinese(value, _LEGAL_DIGITS, "拾佰仟")
    if style.startswith("decimalEnclosedCircle") or style == "ideographEnclosedCircle":
        base = 0x2460 if style.startswith("decimal") else 0x3280
        return chr(base + value - 1) if 1 <= value <= (20 if base == 0x2460 else 10) else str(value)
    if style == "decimalEnclosedParen":
        return chr(0x2474 + value - 1) if 1 <= value <= 20 else f"({value})"
    if style == "decimalEnclosedFullstop":
        return chr(0x2488 + value - 1) if 1 <= value <= 20 else f"{value}."
    if style.startswith("decimalFullWidth"):
        return "".join(chr(0xFF10 + int(d)) for d in str(value))
    if style in ("upperRoman", "lowerRoman"):
        roman = _roman(value)
        return roman if style == "upperRoman" else roman.lower()
    if style in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if style == "upperLetter" else letter.lower()
    if style == "decimalZero":
        return f"{value:02d}"
    if style == "ideographTraditional":
        return _STEMS[(value - 1) % 10]
    if style == "ideographZodiac":
        return _BRANCHES[(value - 1) % 12]
    return "" if style == "none" else str(value)


def _chinese(value: int, digits: str, units: str) -> str:
    """Up to 9999, as lists are numbered: 十一, not 一十一."""
    if not 0 < value < 10000:
        return digits[0] if value == 0 else str(value)
    text = ""
    zero = False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit == 0:
            zero = bool(text)
            continue
        text += (digits[0] if zero else "") + digits[digit] + (units[power - 1] if power else "")
        zero = False
    return text.removeprefix(digits[1]) if value < 20 and value >= 10 and digits is _DIGITS else text


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for number, sign in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
                         (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        text += sign * (value // number)
        value %= number
    return text


def _whole(text: str | None, default: int) -> int:
    try:
        return int(text) if text else default
    except ValueError:
        return default
