"""Whether each paragraph of a report lands in its section, on thousands of generated files of every kind.

    python -m tests.benchmarks.sections_judge [--files N] [--kinds text,docx] [--seed S] [--worst K]
    python -m tests.benchmarks.sections_judge --file pdf/ruled --seed 17 [--dump DIR]      # one file again

Reports are drawn with headings as real ones have them (numbered in several ways, reworded, without numbers, on one
line with the text), subheadings that look like headings, lists of contents, attachments, and the three tables. A
paragraph is `right` in its section and nowhere else, `lost` where no section has it, `misplaced` in another section.
`leaked` are sections with text that no paragraph accounts for: what is left of a table, or of the page around it.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from loaders.demo.grids import applications_grid, litigation_grid, publication_grid
from loaders.demo.page import Block, Page, Text
from loaders.parsing import parse_file
from loaders.report import SectionReading
from loaders.traditional import simplify
from tests.benchmarks.exactness import SLOW_KINDS
from tests.benchmarks.invented_narratives import FACTS, NO_DISPUTES, SPECIFIC_PROBLEMS, STOCK, Writer, invent_issuers
from tests.generator.case import KINDS
from tests.generator.filled import fill
from tests.generator.wording import draw_manner, reword

CHUNK = 40
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


def bare(text: str) -> str:
    """Without what a format may add or lose: spaces, line ends, marks of Markdown, traditional characters."""
    return re.sub(r"[\s#\u3000*]", "", simplify(text))


def judge(written: Written, found: list[SectionReading]) -> list[tuple[str, str]]:
    """What became of each paragraph and section: (state, in words)."""
    texts = {each.section: bare(each.text) for each in found}
    states = []
    for section, text in written.paragraphs:
        where = [number for number, there in texts.items() if bare(text) in there]
        state = "right" if section in where else "misplaced" if where else "lost"
        if len(bare(text)) < 4:  # 无 may stand anywhere
            state = "right" if section in where else "lost"
        states.append((state, f"{section}: {text[:40]}"))
    for each in found:
        printed = bare(written.headings[each.section]).strip("。：")
        if bare(each.heading).strip("。：") not in (printed, printed[2:] if written.numbered_by_word else printed):
            states.append(("heading", f"{each.section}: {each.heading[:40]!r}"))
    known = sorted((bare(text) for _, text in written.paragraphs), key=len, reverse=True)
    for number, text in texts.items():
        for each in [*known, *map(bare, written.others)]:
            text = text.replace(each, "")
        if rest := text.strip("。：；，"):
            states.append(("leaked", f"{number}: {rest[:60]!r}"))
    return states


def make(seed: int, kind: str, layout: str) -> tuple[Written, bytes, str]:
    """The report that `seed` stands for, and the file it became."""
    draw = random.Random(f"{seed}/{kind}/{layout}")
    written = compose(draw, layout)
    data = KINDS[kind].write(draw, written.page, layout)
    return written, data, f"{written.page.issuer}{seed}{KINDS[kind].suffix}"


def run(tasks: list[tuple[int, str, str]]) -> list[tuple[tuple[int, str, str], str, list[tuple[str, str]]]]:
    """Make, read and judge some files."""
    results = []
    for task in tasks:
        written, data, name = make(*task)
        results.append((task, written.style, judge(written, parse_file(data, name).sections)))
    return results


def main() -> None:
    """Judge with the options of the command line; ends with 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=400, help="files a kind, fewer of the slow kinds")
    parser.add_argument("--kinds", default="text,docx,html,mht,xlsx,pdf")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--worst", type=int, default=15)
    parser.add_argument("--file", help="KIND/LAYOUT: replay one file of --seed")
    parser.add_argument("--dump", type=Path, help="where to write the replayed file")
    options = parser.parse_args()
    if options.file:
        replay(options.seed, *options.file.split("/"), options.dump)
        return
    started = time.perf_counter()
    tasks = []
    for kind in options.kinds.split(","):
        layouts = [each for each in KINDS[kind].layouts if each != "traditional"]  # not every character comes back
        count = max(1, options.files // SLOW_KINDS.get(kind, 1))
        tasks += [(options.seed + number, kind, layouts[number % len(layouts)]) for number in range(count)]
    chunks = [tasks[at : at + CHUNK] for at in range(0, len(tasks), CHUNK)]
    with ProcessPoolExecutor(options.jobs) as pool:
        results = [result for chunk in pool.map(run, chunks) for result in chunk]
    total = print_results(results, options.worst)
    print(f"{len(results)} files in {time.perf_counter() - started:.0f} s")
    paragraphs = total["right"] + total["lost"] + total["misplaced"]
    raise SystemExit(0 if total["right"] >= 0.995 * paragraphs and total["misplaced"] <= 0.001 * paragraphs else 1)


def print_results(results: list[tuple[tuple[int, str, str], str, list[tuple[str, str]]]], worst: int) -> Counter[str]:
    """Tables by kind and by style of the headings, then the worst files. Gives the sums."""
    columns = ("right", "lost", "misplaced", "heading", "leaked")
    total: Counter[str] = Counter()
    for title, key in (("kind", lambda task, style: task[1]), ("headings", lambda task, style: style)):
        groups: dict[str, Counter[str]] = defaultdict(Counter)
        for task, style, states in results:
            groups[key(task, style)].update(state for state, _ in states)
        print(f"\n{title:22}" + "".join(f"{column:>11}" for column in columns))
        for name, counts in sorted(groups.items()):
            print(f"{name:22}" + "".join(f"{counts[column]:11}" for column in columns))
        total = sum(groups.values(), Counter())
    print(f"{'all':22}" + "".join(f"{total[column]:11}" for column in columns))
    ranked = sorted(results, key=lambda each: -sum(state != "right" for state, _ in each[2]))
    for (seed, kind, layout), style, states in ranked[:worst]:
        faults = [(state, words) for state, words in states if state != "right"]
        if faults:
            print(f"{len(faults):4}  --file {kind}/{layout} --seed {seed} ({style}): {faults[0][0]} {faults[0][1]}")
    return total


def replay(seed: int, kind: str, layout: str, directory: Path | None) -> None:
    """Print what became of one file, and what its sections hold."""
    written, data, name = make(seed, kind, layout)
    if directory:
        directory.mkdir(parents=True, exist_ok=True)
        (directory / name).write_bytes(data)
        print(directory / name)
    found = parse_file(data, name).sections
    for each in found:
        print(f"## {each.section} {each.heading}\n{each.text}")
    for state, words in judge(written, found):
        print(f"{state:10} {words}")


if __name__ == "__main__":
    main()
