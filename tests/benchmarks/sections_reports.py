"""Reports of known sections for `sections_judge`, with headings and all that stands around as real ones have them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.demo.grids import applications_grid, litigation_grid, publication_grid
from loaders.demo.page import Block, Page, Text
from tests.benchmarks.invented_narratives import FACTS, NO_DISPUTES, SPECIFIC_PROBLEMS, STOCK, Writer, invent_issuers
from tests.generator.filled import fill
from tests.generator.wording import draw_manner, reword

_NUMERALS = "一二三四五六"
_WORDS: tuple[tuple[str, ...], ...] = (
    ("总体情况", "总体情况", "概述", "基本情况"),
    ("主动公开政府信息情况", "主动公开政府信息情况", "主动公开情况", "主动公开政府信息的情况"),
    (
        "收到和处理政府信息公开申请情况",
        "收到和处理政府信息公开申请情况",
        "依申请公开情况",
        "收到和处理信息公开申请的情况",
    ),
    (
        "政府信息公开行政复议、行政诉讼情况",
        "政府信息公开行政复议和行政诉讼情况",
        "因政府信息公开被申请行政复议、提起行政诉讼情况",
        "行政复议、行政诉讼情况",
    ),
    ("存在的主要问题及改进情况", "存在的主要问题和改进情况", "存在的问题及改进措施", "工作中存在的不足和改进措施"),
    ("其他需要报告的事项", "其他需要报告的事项", "其他需要报告的事项情况", "需要报告的其他事项"),
)
_STYLES: dict[str, str] = {
    "usual": "{cn}、{words}",
    "comma": "{cn}，{words}",
    "spaced": "{cn}、 {words}",
    "point": "{cn}．{words}",
    "arabic": "{n}、{words}",
    "arabic point": "{n}.{words}",
    "bracket": "（{cn}）{words}",
    "part": "第{cn}部分 {words}",
    "part colon": "第{cn}部分：{words}",
    "bare": "{words}",
    "colon behind": "{cn}、{words}：",
    "run on": "{cn}、{words}。",
    "run on after space": "{cn}、{words}  ",
    "all one": "一、{words}",
    "glued": "{cn}、{words}",
    "number twice": "{before}、{words}",
    "mixed": "",
}
_MIXED = ("usual", "spaced", "comma", "arabic", "bare", "part", "colon behind")
"""How a report writes its headings; `run on` and `glued` have the text on the heading's line."""

_OWN_WORDS = ("usual", "spaced", "comma", "part", "colon behind")
"""Styles whose numbers tell the sections where the words are not the form's."""

_SUBHEADINGS: dict[int, tuple[str, ...]] = {
    1: (
        "（一）主动公开情况",
        "（二）依申请公开情况",
        "（三）政府信息管理情况",
        "（四）平台建设情况",
        "（五）监督保障情况",
    ),
    2: ("（一）主动公开的主要内容", "（二）公开的渠道和形式"),
    3: ("（一）申请的主要特点", "（二）申请处理情况"),
    4: ("（一）行政复议情况", "（二）行政诉讼情况"),
    5: ("（一）存在的主要问题", "（二）改进情况"),
    6: ("（一）收取信息处理费情况", "（二）其他需要报告的事项"),
}
_SUBHEADING_NUMBERS = ("（{cn}）", "（{cn}）", "（{cn}）", "({cn})", "{n}.", "{n}、", "（{n}）", "{cn}、")
_PAGE_NUMBERS = ("— {n} —", "- {n} -", "第 {n} 页 共 9 页", "第{n}页", "{n} / 9")
_FEES = ("本年度未收取信息处理费。", "本机关{year}年度没有收取信息处理费，也没有其他需要报告的事项。", "无", "无。")


@dataclass(slots=True)
class Written:
    """A report as drawn: its page, what belongs to each section, and what else may stand in one."""

    page: Page
    style: str
    headings: dict[int, str]
    paragraphs: list[tuple[int, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    numbered_by_word: bool = False


def compose(draw: random.Random, layout: str) -> Written:
    """A report at random."""
    filled = fill(draw, draw.choice(("2021", "2021", "2019")), draw.choice(("mixed", "sparse", "zeros")), 0.0)
    issuer, other = invent_issuers(draw, 2)
    author = Writer(draw, issuer, filled.year, other.county)
    manner = draw_manner(draw)
    style = draw.choice(list(_STYLES)) if layout != "numbered" else "usual"  # Word numbers those itself
    own = style in _OWN_WORDS and layout != "numbered" and draw.random() < 0.4
    headings = {n: _heading(draw, style, n, own) for n in range(1, 7)}
    title = f"{issuer.name}{filled.year}年政府信息公开工作年度报告"
    written = Written(
        Page([], title, issuer.name, f"{filled.year + 1}-01-20", "", ["首页", "政务公开"]), style, headings
    )
    written.numbered_by_word = layout == "numbered"
    blocks = written.page.blocks
    blocks.append(Text(title, "title"))
    blocks += _contents(draw, headings)
    blocks.append(Text(f"根据《中华人民共和国政府信息公开条例》编制本报告，数据截至{filled.year}年12月31日。"))
    tables = {2: publication_grid, 3: applications_grid, 4: litigation_grid}
    for number, heading in headings.items():
        blocks += _section(draw, written, author, number, heading)
        if number in tables:
            grid = tables[number](filled.edition, filled.written)
            reword(draw, grid, manner)
            blocks.append(grid)
            blocks += _behind_table(draw, written, author, number)
    if draw.random() < 0.6:
        blocks += [Text(issuer.name, "signature"), Text(f"{filled.year + 1}年1月20日", "signature")]
    if draw.random() < 0.2:
        _number_pages(draw, blocks)
    if draw.random() < 0.2:
        blocks.append(Text("附件：1.政府信息公开情况统计表"))
        written.others.append("附件：1.政府信息公开情况统计表")
    return written


def _number_pages(draw: random.Random, blocks: list[Block]) -> None:
    """Printed page numbers between the paragraphs, as in text that came out of a PDF."""
    form = draw.choice(_PAGE_NUMBERS)
    for n, place in enumerate(sorted(draw.sample(range(2, len(blocks)), 3)), 1):
        blocks.insert(place + n - 1, Text(form.format(n=n), "note"))


def _heading(draw: random.Random, style: str, number: int, own: bool) -> str:
    words = _WORDS[number - 1]
    chosen = draw.choice(words) if own else draw.choice(words[:2])
    if style == "mixed":
        style = draw.choice(_MIXED)
    before = _NUMERALS[number - 1 - (number > 3)]
    return _STYLES[style].format(cn=_NUMERALS[number - 1], n=number, words=chosen, before=before)


def _contents(draw: random.Random, headings: dict[int, str]) -> list[Block]:
    """A list of the headings in front of the report, now and then."""
    if draw.random() < 0.75:
        return []
    plain = [heading.strip("。： ") for heading in headings.values()]
    how = draw.choice(("dots", "lines", "one line"))
    if how == "one line":
        return [Text("本报告由以下部分组成：" + "；".join(each[2:] for each in plain) + "。")]
    dots = "…" * draw.randint(4, 9)
    lines = [f"{each}{dots}{n}" if how == "dots" else each for n, each in enumerate(plain, 1)]
    return [Text("目录"), *(Text(line) for line in lines)]


def _section(draw: random.Random, written: Written, author: Writer, number: int, heading: str) -> Iterator[Block]:
    paragraphs = list(_paragraphs(draw, written, author, number))
    if written.style.startswith(("run on", "glued")) and paragraphs and paragraphs[0].style == "body":
        yield Text(heading + paragraphs[0].text, "body")
        yield from paragraphs[1:]
        return
    yield Text(heading, "heading")
    yield from paragraphs


def _paragraphs(draw: random.Random, written: Written, author: Writer, number: int) -> Iterator[Text]:
    """What a section tells before its table, with or without subheadings."""
    if number in (2, 3, 4) and draw.random() < 0.5:
        return
    subheadings = _SUBHEADINGS[number] if draw.random() < (0.8 if number == 1 else 0.25) else ()
    run_in = draw.random() < 0.5
    numbered = draw.choice(_SUBHEADING_NUMBERS)
    if numbered == "{cn}、" and not written.style.startswith("part"):
        numbered = "（{cn}）"
    for n, words in enumerate(subheadings, 1):
        subheading = numbered.format(cn=_NUMERALS[n - 1], n=n) + words[3:]
        text = _told(draw, author, number)
        written.paragraphs.append((number, text))
        written.others.append(subheading)
        if run_in:
            yield Text(f"{subheading}。{text}")
        else:
            yield Text(subheading, "subheading")
            yield Text(text)
    if not subheadings:
        for _ in range(draw.randint(1, 2)):
            text = _told(draw, author, number)
            written.paragraphs.append((number, text))
            yield Text(text)


def _behind_table(draw: random.Random, written: Written, author: Writer, number: int) -> Iterator[Block]:
    if draw.random() < 0.15:
        text = "说明：" + _told(draw, author, number)
        written.paragraphs.append((number, text))
        yield Text(text)


def _told(draw: random.Random, author: Writer, number: int) -> str:
    """A paragraph like no other: invented facts, or the short sentence that the section usually has."""
    if number == 6:
        return author.fill(draw.choice(_FEES)) if draw.random() < 0.6 else author.some(FACTS, 1, 2)
    if number == 5:
        return author.some(SPECIFIC_PROBLEMS, 1, 2)
    if number == 4:
        return author.fill(draw.choice(NO_DISPUTES)) + author.some(FACTS, 1, 1)
    return author.some(STOCK[draw.choice(list(STOCK))], 0, 1) + author.some(FACTS, 1, 3)
