"""The many ways in which one and the same label, heading or mark is written without anything being wrong."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from loaders.demo.page import Grid

_SYNONYMS = (
    ("总计", "合计"),
    ("其他", "其它"),
    ("本年新收", "本年度新收"),
    ("数量", "数"),
    ("三安全一稳定", "三安全、一稳定"),
)
HALF_WIDTH = str.maketrans("（）：，．“”", '():,.""')


@dataclass(frozen=True, slots=True)
class Manner:
    """How one report writes its labels; drawn once a report, since a writer is consistent."""

    half_width: bool
    space_after_bracket: bool
    item_mark: str
    spaced_short: bool
    breaks: float
    plain_documents: bool
    note: str
    article: str
    heading: str
    synonyms: bool


def draw_manner(rng: random.Random) -> Manner:
    """A manner at random, the usual one most often."""
    usual = rng.random() < 0.4
    return Manner(
        half_width=not usual and rng.random() < 0.4,
        space_after_bracket=not usual and rng.random() < 0.2,
        item_mark="." if usual else rng.choice((".", ".", "．", "、", ". ", "")),
        spaced_short=not usual and rng.random() < 0.2,
        breaks=0.0 if usual else rng.choice((0.0, 0.0, 0.2, 0.7)),
        plain_documents=rng.random() < 0.25,
        note=rng.choice(("full", "full", "full", "missing", "broken", "short")),
        article="usual" if usual else rng.choice(("usual", "inner", "space", "short")),
        heading=rng.choice(("usual", "usual", "arabic", "comma", "and", "bare", "bracket")),
        synonyms=rng.random() < 0.12,
    )


def reword(rng: random.Random, grid: Grid, manner: Manner) -> None:
    """Write the labels of `grid` in this manner; figures stay as they are."""
    for cell in grid.cells:
        if not cell.key:
            cell.text = _label(rng, cell.text, manner)


def _label(rng: random.Random, text: str, manner: Manner) -> str:
    if text.startswith("（本列数据"):
        return _note(text, manner)
    if text.startswith("第二十条"):
        text = _article(text, manner)
    for word, other in _SYNONYMS if manner.synonyms else ():
        text = text.replace(word, other)
    if manner.plain_documents and text == "行政规范性文件":
        text = "规范性文件"
    text = re.sub(r"^(\d)\.", rf"\g<1>{manner.item_mark}" if manner.item_mark else "", text)
    if manner.space_after_bracket:
        text = text.replace("）", "） ", 1)
    if manner.spaced_short and len(text) <= 3:
        text = " ".join(text)
    if manner.half_width:
        text = text.translate(HALF_WIDTH)
    if rng.random() < manner.breaks and len(text) > 3:
        text = broken(rng, text)
    return text


def broken(rng: random.Random, text: str) -> str:
    """`text` over two or more lines."""
    width = rng.choice((2, 3, 4, 6, 8))
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def _note(text: str, manner: Manner) -> str:
    if manner.note == "missing":
        return ""
    if manner.note == "short":
        return "（勾稽关系：第一项加第二项之和等于第三项加第四项之和）"
    return text.replace("，", "，\n") if manner.note == "broken" else text


def _article(text: str, manner: Manner) -> str:
    number = text[text.index("（") + 1]
    return {
        "inner": f"第二十条第({number}项)",
        "space": f"第二十条 第（{number}）项",
        "short": f"第二十条第{number}项",
        "usual": text,
    }[manner.article]


_NUMERALS = "一二三四五六"


def heading(number: int, words: str, manner: Manner) -> str:
    """The heading of section `number`."""
    numeral = _NUMERALS[number - 1]
    if manner.heading == "and":
        words = words.replace("问题及改进", "问题和改进").replace("行政复议、行政诉讼", "行政复议和行政诉讼")
    return {
        "arabic": f"{number}、 {words}",
        "comma": f"{numeral}，{words}",
        "bare": f"{numeral} {words}",
        "bracket": f"（{numeral}）{words}",
    }.get(manner.heading, f"{numeral}、{words}")
