"""How many numbers of a narrative are read as the claims they are, on thousands of invented narratives.

    python -m tests.benchmarks.claims_judge [--reports N] [--seed S] [--worst K] [--kinds received,channels]
    python -m tests.benchmarks.claims_judge --seed 1 --report 17     # one narrative, claim by claim

Each narrative is drawn sentence by sentence from the wordings in `claims_sentences.txt`, with sentences between whose
numbers claim nothing. A claim is `right` with its subject, value, exactness and period; `missed` where nothing
was read; `wrong` where a number was read as something else; `invented` where one that claims nothing was read.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from loaders.claims import read_claims
from loaders.report import Claim, SectionReading
from tests.benchmarks import claims_wordings

_SLOT = re.compile(r"\{(\?)?(?:(\w+):)?([\w.,-]+) ([^{}]+)\}|<(\?)?(?:(\w+):)?([\w.,]+)=([^<>]*)>")
_PERIODS = {"last": "last_year", "share": "share", "rise": "change", "fall": "change"}
_PUBLICATION_ROWS = ("issued", "repealed", "in_force")
_DECISIONS = ("licensing", "penalty", "coercion")
_DISPUTES = ("review", "lawsuits", "direct", "after")
_CHANNELS = ("all", "website", "wechat", "weibo", "video", "press", "media", "gazette", "board")
_APPLICANTS = ("person", "business", "legal")
_BRANDS = ("云溪发布", "白河政务", "健康青原", "临川教育", "安宁在线", "青原融媒")

ASPECTS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("主动公开情况", "主动公开", "主动公开政府信息情况"), ("channels", "change_of_channels")),
    (
        ("依申请公开情况", "依申请公开", "政府信息依申请公开情况"),
        ("received", "applicants", "outcomes", "carried", "last_year", "denied_applications", "change", "disputes"),
    ),
    (("政府信息管理情况", "政府信息管理"), ("documents", "decisions")),
    (("政府信息公开平台建设情况", "平台建设"), ("channels",)),
    (("监督保障情况", "监督保障"), ("disputes", "denied_applications")),
)
"""Headings of the overview and what is said below them."""

SECTIONS: dict[int, tuple[str, ...]] = {
    2: ("documents", "decisions"),
    3: ("received", "outcomes", "carried", "denied_applications"),
    4: ("disputes",),
}
ALONE, BELOW_A_HEADING = claims_wordings.sentences()
NOISE = ("other_matters", "formal")


@dataclass(frozen=True, slots=True)
class Truth:
    """A number that claims something, or a denial: any of `abouts` is right. `kind` tells its sentences apart."""

    abouts: tuple[str, ...]
    value: float
    exact: bool
    period: str
    start: int
    end: int
    optional: bool


@dataclass(slots=True)
class Sentence:
    """One sentence as drawn: its template, where it stands in its section."""

    kind: str
    template: str
    start: int
    end: int
    truths: list[Truth]


@dataclass(slots=True)
class Narrative:
    """Sections with their sentences."""

    year: int
    sections: list[tuple[SectionReading, list[Sentence]]] = field(default_factory=list)


def subject(name: str) -> str:
    """The subject of a claim for its short name in the templates."""
    row = name.split(".")[0]
    if row in _CHANNELS:
        return f"channel.{'total' if name == 'all' else name}"
    if row == "fees":
        return "publication.fees.amount"
    if row in _DECISIONS:
        return f"publication.{row}.decisions"
    if row == "rules" or row in _PUBLICATION_ROWS:
        return f"publication.{name if row == 'rules' else 'normative.' + name}"
    if row in _DISPUTES:
        row = "after_review" if row == "after" else row
        return f"litigation.{row}.{name.partition('.')[2] or 'total'}"
    if row in _APPLICANTS:
        return f"applications.new.{row}"
    known = {"in": "carried_in", "out": "carried_out", "decided": "total"}
    return f"applications.{known.get(name, name)}.total"


class Writer:
    """Draws narratives."""

    def __init__(self, seed: str, kinds: frozenset[str]) -> None:
        self.random = random.Random(seed)
        self.kinds = kinds
        self.published: float | None = None
        self.year = self.random.randint(2019, 2025)
        self.names = {
            "$Y": str(self.year),
            "$L": str(self.year - 1),
            "$N": str(self.year + 1),
            "$A": self.random.choice(("我局", "本机关", "我县", "县水利局", "我镇", "")),
        }

    def narrative(self) -> Narrative:
        """An overview, and now and then text in the sections with tables."""
        written = Narrative(self.year)
        written.sections.append(self._overview())
        for number, kinds in SECTIONS.items():
            if self.random.random() < 0.3:
                written.sections.append(self._section(number, self._paragraph(kinds, number == 3)))
        return written

    def _overview(self) -> tuple[SectionReading, list[Sentence]]:
        draw = self.random
        style = draw.choice(("（{}）{}。", "（{}）{}\n", "({}){}\n", "（{}）{}：", "{}是{}。", ""))
        numerals = "12345" if draw.random() < 0.1 else "一二三四五"
        parts: list[tuple[str, str, str]] = []
        for numeral, (headings, kinds) in zip(numerals, ASPECTS, strict=True):
            parts.append(("heading", "", style.format(numeral, draw.choice(headings))))
            in_context = style != "" and "applicants" in kinds
            parts += [*self._paragraph(kinds, in_context), ("heading", "", "\n")]
        return self._section(1, parts)

    def _paragraph(self, kinds: tuple[str, ...], in_context: bool) -> list[tuple[str, str, str]]:
        draw = self.random
        chosen = draw.sample(kinds, min(len(kinds), draw.randint(1, 2)))
        chosen += draw.choices(NOISE, k=draw.randint(0, 2))
        draw.shuffle(chosen)
        parts = []
        for kind in chosen:
            if self.kinds and kind not in self.kinds:
                continue
            templates = ALONE[kind] + (BELOW_A_HEADING[kind] if in_context else [])
            template = draw.choice(templates)
            parts.append((kind, template, self._worded(template)))
        return parts

    def _worded(self, text: str) -> str:
        text = claims_wordings.worded(self.random, text)
        for name, word in self.names.items():
            text = text.replace(name, word)
        text = text.replace("，?", self.random.choice(("，", "")))
        while "$B" in text:
            text = text.replace("$B", self.random.choice(_BRANDS), 1)
        return text

    def _section(self, number: int, parts: list[tuple[str, str, str]]) -> tuple[SectionReading, list[Sentence]]:
        text, sentences = "", []
        for kind, template, worded in parts:
            start, truths = len(text), []
            at = 0
            for slot in _SLOT.finditer(worded):
                text += worded[at : slot.start()]
                at = slot.end()
                piece, found = self._filled(slot, len(text))
                text += piece
                truths += found
            text += worded[at:]
            if kind != "heading":
                sentences.append(Sentence(kind, template, start, len(text), truths))
        return SectionReading(number, "", text), sentences

    def _filled(self, slot: re.Match[str], start: int) -> tuple[str, list[Truth]]:
        if slot[8] is not None:
            optional, period, names, text = slot[5], slot[6], slot[7], slot[8]
            denied = [((subject(name),), 0.0, True) for name in names.split(",")]
        else:
            optional, period, names = slot[1], slot[2], slot[3]
            unit = self.random.choice(slot[4].split(","))
            text, value, exact = claims_wordings.write_number(self.random, unit)
            value = -value if period == "fall" else value
            denied = [(tuple(map(subject, names.split(","))), value, exact)] if names != "-" else []
        if names == "all" and period is None:
            optional = optional or (self.published is not None and denied[0][1] < self.published)
            self.published = self.published if self.published is not None else denied[0][1]
        kind = _PERIODS.get(period or "", "this_year")
        return text, [
            Truth(abouts, value, exact, kind, start, start + len(text), bool(optional))
            for abouts, value, exact in denied
        ]


def judge(sentence: Sentence, claims: list[Claim]) -> list[tuple[str, str]]:
    """What became of each claim of a sentence: (state, in words)."""
    states = []
    left = list(claims)
    for truth in sentence.truths:
        there = [each for each in left if each.start < truth.end and truth.start < each.end]
        same = [each for each in there if each.about in truth.abouts]
        for each in same:
            left.remove(each)
        if not same:
            if not there and not truth.optional:
                states.append(("missed", f"{truth.abouts[0]} {truth.value:g}"))
            continue
        found = same[0]
        right = (found.value, found.exact, found.period) == (truth.value, truth.exact, truth.period)
        if right or truth.optional:
            states.append(("right", truth.abouts[0]))
        else:
            states.append(("wrong", f"{_told(found)}, is {truth.value:g} {truth.exact} {truth.period}"))
    for each in left:
        over = any(truth.start < each.end and each.start < truth.end for truth in sentence.truths)
        states.append(("wrong" if over else "invented", _told(each)))
    return states


def _told(claim: Claim) -> str:
    return f"{claim.about} {claim.value:g} {claim.exact} {claim.period} “{claim.quote}”"


def main() -> None:
    """Judge with the options of the command line; ends with 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worst", type=int, default=10, help="wordings shown, those with most faults first")
    parser.add_argument("--kinds", default="", help="only sentences of these kinds")
    parser.add_argument("--report", type=int, help="show one narrative with what became of each claim")
    options = parser.parse_args()
    kinds = frozenset(filter(None, options.kinds.split(",")))
    numbers = range(options.reports) if options.report is None else [options.report]
    states: dict[str, Counter[str]] = defaultdict(Counter)
    faults: dict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
    seconds = 0.0
    for number in numbers:
        written = Writer(f"{options.seed}/{number}", kinds).narrative()
        begun = time.process_time()
        claims = read_claims([section for section, _ in written.sections], written.year)
        seconds += time.process_time() - begun
        for section, sentences in written.sections:
            if options.report is not None:
                print(f"--- {written.year}, section {section.section}\n{section.text}")
            for sentence in sentences:
                inside = [
                    each
                    for each in claims
                    if each.section == section.section and sentence.start <= each.start < sentence.end
                ]
                for state, words in judge(sentence, inside):
                    states[sentence.kind][state] += 1
                    if state != "right":
                        text = section.text[sentence.start : sentence.end]
                        faults[sentence.template].append((number, state, words, text))
    print_results(states, faults, options.worst)
    print(f"{seconds / len(numbers) * 1000:.2f} ms a narrative")
    total = sum(states.values(), Counter())
    said = total.total() - total["invented"]
    false = total["wrong"] + total["invented"]
    raise SystemExit(0 if total["right"] >= 0.97 * said and false <= 0.003 * said else 1)


def print_results(
    states: dict[str, Counter[str]], faults: dict[str, list[tuple[int, str, str, str]]], worst: int
) -> None:
    """A line a kind, then the wordings with most faults, false ones first, each with the report that shows it."""
    columns = ("right", "missed", "wrong", "invented")
    print(f"{'kind':22}" + "".join(f"{column:>10}" for column in columns) + f"{'right %':>10}")
    total: Counter[str] = Counter()
    for kind, counts in sorted(states.items()):
        total += counts
        _print_line(kind, counts, columns)
    _print_line("all", total, columns)
    ranked = sorted(faults.values(), key=lambda each: (-sum(f[1] != "missed" for f in each), -len(each)))
    for found in ranked[:worst]:
        number, state, words, text = max(found, key=lambda each: each[1] != "missed")
        print(f"{len(found):5}  --report {number}: {state} {words}\n       {text.strip()}")


def _print_line(name: str, counts: Counter[str], columns: tuple[str, ...]) -> None:
    said = max(counts["right"] + counts["missed"] + counts["wrong"], 1)
    row = "".join(f"{counts[column]:10}" for column in columns)
    print(f"{name:22}{row}{100 * counts['right'] / said:10.2f}")


if __name__ == "__main__":
    main()
