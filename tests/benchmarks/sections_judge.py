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
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from loaders.parsing import parse_file
from loaders.report import SectionReading
from loaders.traditional import simplify
from tests.benchmarks.exactness import SLOW_KINDS
from tests.benchmarks.sections_reports import Written, compose
from tests.generator.case import KINDS

CHUNK = 40


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
