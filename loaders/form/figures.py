"""The text of one figure cell becomes a number, or is known to be none."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from loaders.document import UNSURE
from loaders.numerals import chinese_number
from loaders.patterns import pattern_of

CellKind = Literal["figure", "blank", "text"]

DOUBT = "?"
"""Stands around a figure in saved text that may belong to either of two columns, and is none."""

NIL_MARKS = frozenset({"无", "無", "零", "〇", "没有", "暂无"})
"""Marks that officials write for nothing; the figure is 0 and the mark is kept as raw text."""

_NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?"
_COUNT_UNIT = "件|条|个|项|宗|次|篇|份|起|人|家|例|部|户"
_CHARACTERS_OF_UNITS = _COUNT_UNIT.replace("|", "")
_FIGURE = pattern_of(
    rf"^(?:共|计|合计)?(?P<sign>[+\-‐−–]|净?增加?|净?减少?|↑|↓)?(?P<number>{_NUMBER})"
    rf"(?P<scale>[千万亿])?(?P<unit>元|{_COUNT_UNIT})?$"
)
_NOTE_MARK = pattern_of(
    r"(?<=[\d０-９件条\-—–－−/无])\s?(?:[\[［【]\^?注?\d{1,2}[\]］】]|[(（]注\d{0,2}[)）]|注\d?|[①-⑳⁰¹²³⁴-⁹]|[*＊※]{1,3})$"
)
"""Behind a figure: what refers to a note, as officials write it and as converters leave what is raised on paper."""
_ILLEGIBLE = pattern_of(r"\s*(?:[…·.⋯]+\s*$|[\d０-９,]+\s*[（(\s])")
_TYPED_MARK = pattern_of(r"[*＊※【注]")
_SPACES = pattern_of(r"[\s\u00ad\u200b-\u200d\ufeff\u00a0\u3000]+")
_SHARE = pattern_of(r"\s*[+\-]?[\d.]+\s*[%％]\s*")
_INVISIBLE = " \t\r\n\f\v\u00ad\u200b\u200c\u200d\ufeff\u00a0\u3000\u2002\u2003"
_PAGE_NUMBER = pattern_of(r"(?:^|\n)\s*[-—–]+\s*\d{1,3}\s*[-—–]+\s*(?:$|\n)")
"""On a line of its own in a cell: it was printed where the page ends, over the table."""
_NUMBERS_APART = pattern_of(r"\d[.．]?\s+\d")
_THOUSANDS_APART = pattern_of(r"^\s*\d{1,3}(?: \d{3})+\s*$")
_BROKEN_THOUSANDS = pattern_of(r"^\d{1,3}(?:[,，]\d{3})*[,，]\d{0,2}$")
"""A figure whose last digits stand in the line below."""
_BRACKETED_UNIT = pattern_of(rf"[(（](万?元|亿元|{_COUNT_UNIT})(?:[)）]|$)")
"""The closing bracket may stand in the line below."""
_OPEN_BRACKET = pattern_of(r"^\s*[\d０-９,，.．]+[(（]\s*$")
_OPEN_UNIT = pattern_of(rf"[(（](?:万?元|亿元|{_COUNT_UNIT})$")
_BRACKETS = pattern_of(r"^[(（\[【]([^()（）]+)[)）\]】]$")
_ONE = "[一二三四五六七八九]"
_BELOW_THOUSAND = f"{_ONE}百(?:零{_ONE}|{_ONE}十{_ONE}?)?"
_NUMERAL = pattern_of(
    rf"[二三四五六七八九]|{_ONE}?十{_ONE}?|{_BELOW_THOUSAND}|{_ONE}千(?:零{_ONE}(?:十{_ONE}?)?|{_BELOW_THOUSAND})?"
)
"""Not 一 alone, which is a dash as well, nor 三百五, which may be 350."""
_SCALE = {"千": 1e3, "万": 1e4, "亿": 1e8}
_NEGATIVE_SIGNS = frozenset({"-", "‐", "−", "–", "减", "减少", "净减", "净减少", "↓"})
_TOO_LARGE = 1e10  # no count or amount comes near; these are figures of several cells run together
_MOST_DIGITS = 10
MOST_CHARACTERS = 24  # longer texts are sentences, not figures


@dataclass(frozen=True, slots=True)
class FigureText:
    """What the text of a cell is, and its parts if it is a figure. `amount` has its sign, but no scale."""

    kind: CellKind
    amount: float = 0.0
    scale: float = 1.0
    money: bool = False

    def value(self, unit: str = "") -> float:
        """The figure in the unit of its column: a count, or 万元 where `unit` says so."""
        if unit != "万元":
            return self.amount if self.scale == 1.0 else round(self.amount * self.scale, 6)
        if self.money or self.scale != 1.0:
            return round(self.amount * self.scale / 1e4, 6)
        return self.amount


BLANK = FigureText("blank")
TEXT = FigureText("text")
NIL = FigureText("figure")
BROKEN = FigureText("blank")
"""Of a figure of which only the beginning is there, and which is known by its comma: no figure can be told."""


def ends_in_open_unit(text: str) -> bool:
    """Whether the bracket around a figure's unit is still to be closed."""
    return _OPEN_UNIT.search(text) is not None


def lacks_its_unit(text: str) -> bool:
    """Whether the unit of a figure, or the end of its bracket, stands in the line below."""
    return _OPEN_BRACKET.match(text) is not None


def is_broken(reading: FigureText) -> bool:
    """Whether the last digits of a figure stand elsewhere."""
    return reading is BROKEN


def in_words(text: str) -> FigureText:
    """A figure written out, 十二 or 三件: in a cell behind a label only, for numerals open labels too."""
    plain = _SPACES.sub("", text)
    numeral = plain.rstrip(_CHARACTERS_OF_UNITS)
    value = chinese_number(numeral) if _NUMERAL.fullmatch(numeral) and len(plain) - len(numeral) < 2 else None
    return TEXT if value is None else FigureText("figure", float(value))


def is_illegible(text: str) -> bool:
    """Whether a text that is no figure stands where one belongs: dots, or a figure with a remark behind it."""
    return _ILLEGIBLE.match(text) is not None


def has_typed_mark(text: str) -> bool:
    """Whether a text has a mark of a note that a reader of scans may have made of a digit."""
    return _TYPED_MARK.search(text) is not None


@lru_cache(maxsize=1 << 15)
def is_share(text: str) -> bool:
    """Whether a text is a share, 12.5%, which no column of the form holds."""
    return _SHARE.fullmatch(text) is not None


@lru_cache(maxsize=1 << 15)
def read_figure(text: str) -> FigureText:
    """Tell what `text` is. `251000元` in a 万元 column is 25.1, `211.509万` is 211.509, `/` and 无 are 0."""
    if text.endswith(UNSURE):
        return BLANK
    if "\n" in text:
        text = _PAGE_NUMBER.sub("", text)
    if len(text) > MOST_CHARACTERS:
        return TEXT if text.strip() else BLANK
    if not text.isascii() or "[" in text or "*" in text:
        text = _NOTE_MARK.sub("", text.rstrip(_INVISIBLE))
    spaced = unicodedata.normalize("NFKC", text.replace("&nbsp;", " "))
    if _NUMBERS_APART.search(spaced) and not _THOUSANDS_APART.match(spaced):
        return TEXT
    plain = _SPACES.sub("", spaced)
    if not plain:
        return BLANK
    if plain.isascii() and plain.isdigit() and len(plain) < _MOST_DIGITS:
        if plain[0] == "0" and plain.strip("0"):
            return BLANK  # the end of a figure whose first digits stand elsewhere
        return FigureText("figure", float(plain))
    if plain in NIL_MARKS or (len(plain) <= 6 and not plain.strip("-‐—–―−/\\")):
        return NIL
    plain = _BRACKETED_UNIT.sub(r"\1", plain)
    inner = _BRACKETS.match(plain)
    match = _FIGURE.match(inner.group(1) if inner else plain)
    if match is None:
        return BROKEN if _BROKEN_THOUSANDS.match(plain) else TEXT
    amount = float(match["number"].replace(",", "").replace("，", ""))
    if amount >= _TOO_LARGE:
        return TEXT
    if match["sign"] in _NEGATIVE_SIGNS:
        amount = -amount
    return FigureText("figure", amount, _SCALE.get(match["scale"] or "", 1.0), match["unit"] == "元")
