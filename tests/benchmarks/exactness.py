"""How exactly reports are read: thousands of generated files, each figure compared with what is known.

python -m tests.benchmarks.exactness [--cases 600] [--kinds text,docx] [--seed 1] [--jobs 2]
python -m tests.benchmarks.exactness --case text/markdown/shifted --seed 17 --dump DIR
"""

from __future__ import annotations

import argparse
import os
import shutil
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.generator.case import KINDS, Case, generate, generate_many
from tests.generator.damage import DAMAGES
from tests.generator.score import Score, score

SLOW_KINDS = {
    "scan": 40,
    "office_pdf": 10,
    "office_doc": 20,
    "office_rtf": 20,
    "office_odt": 20,
    "office_html": 20,
    "office_web_pdf": 20,
    "chrome_pdf": 30,
}
CHUNK = 60
"""Kinds that take long to make or read: for so many cases of the others there is one of these."""


@dataclass(frozen=True, slots=True)
class Task:
    """What to generate."""

    seed: int
    kind: str
    layout: str
    damage: str


def tasks(kinds: list[str], cases: int, seed: int, damages: list[str]) -> Iterator[Task]:
    """`cases` tasks a kind, fewer of the slow ones; layouts and damages in turn, sound files most often."""
    for kind in kinds:
        layouts = list(KINDS[kind].layouts)
        possible = [damage for damage in damages if damage not in KINDS[kind].impossible]
        for number in range(max(1, cases // SLOW_KINDS.get(kind, 1))):
            layout = layouts[number % len(layouts)]
            turn = number // len(layouts)
            damage = "none" if turn % 3 == 0 and "none" in damages else possible[(turn * 7 + number) % len(possible)]
            yield Task(seed + number, kind, layout, damage)


def makeable(kinds: list[str]) -> list[str]:
    """The kinds that can be made here; the others are named, with the program they need."""
    found = []
    for kind in kinds:
        target = KINDS[kind].target
        program = "chromium" if target == "chromium" else "soffice" if target else ""
        if program and shutil.which(program) is None:
            print(f"{kind} left out: {program} is not installed")
        else:
            found.append(kind)
    return found


def run(chunk: list[Task]) -> list[tuple[Task, Score, str]]:
    """Generate, read and score the files of one chunk."""
    return [judge(case) for case in generate_many((t.seed, t.kind, t.layout, t.damage) for t in chunk)]


def judge(case: Case) -> tuple[Task, Score, str]:
    """Read and score one file. An error counts as every figure null and is told."""
    from loaders.parsing import parse_file

    task = Task(case.seed, case.kind, case.layout, case.damage)
    try:
        report = parse_file(case.data, case.filename)
        return task, score(case, report.form.figures), ""
    except Exception as error:
        return task, score(case, {}), f"{type(error).__name__}: {error}"


def main() -> None:
    """Run the benchmark, or replay one case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=600, help="files a kind, fewer of the slow kinds")
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--damages", default=",".join(DAMAGES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--worst", type=int, default=25)
    parser.add_argument("--case", help="KIND/LAYOUT/DAMAGE: replay one file of --seed")
    parser.add_argument("--dump", type=Path, help="where to write the replayed file")
    options = parser.parse_args()
    if options.case:
        replay(generate(options.seed, *options.case.split("/")), options.dump)
        return
    chosen = list(tasks(makeable(options.kinds.split(",")), options.cases, options.seed, options.damages.split(",")))
    chunks = [chosen[at : at + CHUNK] for at in range(0, len(chosen), CHUNK)]
    started = time.perf_counter()
    if options.jobs > 1:
        with ProcessPoolExecutor(options.jobs) as pool:
            results = [result for chunk in pool.map(run, chunks) for result in chunk]
    else:
        results = [result for chunk in chunks for result in run(chunk)]
    print_results(results, options.worst, time.perf_counter() - started)


def print_results(results: list[tuple[Task, Score, str]], worst: int, seconds: float) -> None:
    """Tables by kind, layout and damage, then the overall rates, then the worst files."""
    for title, key in (
        ("kind", lambda t: t.kind),
        ("layout", lambda t: f"{t.kind}/{t.layout}"),
        ("damage", lambda t: t.damage),
    ):
        groups: dict[str, Score] = defaultdict(Score)
        files: dict[str, int] = defaultdict(int)
        for task, result, _ in results:
            groups[key(task)].add(result)
            files[key(task)] += 1
        print(f"\n{'by ' + title:34}{'files':>7}{'figures':>10}{'right %':>10}{'null':>8}{'excused':>9}{'wrong':>7}")
        for name, group in sorted(groups.items()):
            print_line(name, files[name], group)
    for name, wanted in (("all but scans", lambda t: t.kind != "scan"), ("scans", lambda t: t.kind == "scan")):
        total = Score()
        chosen = [result for task, result, _ in results if wanted(task)]
        for result in chosen:
            total.add(result)
        if chosen:
            print()
            print_line(name, len(chosen), total)
            print(f"{'':34}wrong: one in {total.figures // max(total.wrong, 1):,}")
    print(f"\n{len(results)} files in {seconds:.0f} s")
    failed = [(task, error) for task, _, error in results if error]
    for task, error in failed[:worst]:
        print(f"failed  --case {task.kind}/{task.layout}/{task.damage} --seed {task.seed}: {error[:140]}")
    ranked = sorted((r for r in results if r[1].faults and not r[2]), key=lambda r: (-r[1].wrong, -r[1].null))
    for task, result, _ in ranked[:worst]:
        name = f"{task.kind}/{task.layout}/{task.damage}"
        print(f"{result.wrong:4} wrong {result.null:4} null  --case {name} --seed {task.seed}")


def print_line(name: str, files: int, group: Score) -> None:
    """One line of a table. Right are figures read as written, and nulls where nothing certain can be read."""
    share = 100 * (group.right + group.excused) / max(group.figures, 1)
    print(f"{name:34}{files:7}{group.figures:10}{share:10.4f}{group.null:8}{group.excused:9}{group.wrong:7}")


def replay(case: Case, directory: Path | None) -> None:
    """Write the file and print how each figure that is not right was read."""
    from loaders.parsing import parse_file

    if directory:
        directory.mkdir(parents=True, exist_ok=True)
        path = directory / case.filename
        path.write_bytes(case.data)
        print(path)
    report = parse_file(case.data, case.filename)
    result = score(case, report.form.figures)
    print(
        f"{case.name} seed {case.seed}: edition {case.edition}, read as {report.form.edition}; {case.density} figures"
    )
    print_line("", 1, result)
    print("\n".join(result.faults))


if __name__ == "__main__":
    main()
