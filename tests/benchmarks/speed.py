"""What a report costs from file to findings, beside what other libraries need only to read the same files.

    python -m tests.benchmarks.speed [--reports 100] [--thousand 1000] [--seconds 2] [--kind WORD] [--slow]

Many different reports, written in many ways. All figures but those of the last two tables are milliseconds of processor
time on one core, medians over the files of a kind: what else the machine does counts little. `read` is reading and
understanding, `check+store` a report's share of everything else that an ingest of so many files does: finding them,
fingerprints, rows, commit, issuers and all rules. The start of the program is in the last two tables only.
"""

from __future__ import annotations

import argparse
import compileall
import ctypes
import gc
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from loaders.garbage import look_rarely, pass_over_what_is_loaded
from tests.benchmarks.speed_files import Kind, invented_pages, kinds, write_files
from tests.benchmarks.speed_rivals import RIVALS, Rival

_WARM_UP = 3
_BLOCK = 25
"""Files that a library reads one after the other before it is the next one's turn."""

_STARTS = 9
_ROOT = Path(__file__).resolve().parents[2]
_PACKAGES = ("loaders", "flags", "data")
_LEAST = 3
"""A slow library is timed on so many files at least."""

_SET_CHILD_SUBREAPER = 36
"""Of Linux: who outlives the process that started it becomes a child of this one."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of processor time a report."""

    read: float
    check: float
    check_of_many: float | None

    @property
    def total(self) -> float:
        """In a batch of as many files as were read."""
        return self.read + self.check

    @property
    def total_of_many(self) -> float | None:
        """In a large batch."""
        return None if self.check_of_many is None else self.read + self.check_of_many


def milliseconds(action: Callable[[], object]) -> float:
    """Processor time of one run, of all threads."""
    began = time.process_time()
    action()
    return 1000 * (time.process_time() - began)


@dataclass(slots=True)
class Reader:
    """A library and the times it took, or how it failed. Without `seconds` (of the processor) it reads no more."""

    name: str
    read: Callable[[Path], object]
    seconds: float
    spent: list[float] = field(default_factory=list)
    failure: str = ""

    @property
    def median(self) -> float:
        """Milliseconds a file."""
        return statistics.median(self.spent)

    def time(self, path: Path) -> None:
        """Read one file, if there is time left."""
        if self.failure or (self.seconds < 0 and len(self.spent) >= _LEAST):
            return
        try:
            self.spent.append(milliseconds(lambda: self.read(path)))
            self.seconds -= self.spent[-1] / 1000
        except Exception as error:
            self.failure = f"{type(error).__name__}: {error}".splitlines()[0][:70]


def read_side_by_side(readers: Sequence[Reader], files: Sequence[Path]) -> None:
    """Block after block by each reader in turn, so that what else the machine does weighs on all alike.

    File by file each would begin with a processor full of what the others left there, which is not how a batch is read.
    Who comes first changes from block to block.
    """
    for reader in readers:
        for path in files[:_WARM_UP]:
            with suppress(Exception):  # met again when time counts
                reader.read(path)
    gc.collect()
    pass_over_what_is_loaded()  # as the program does before it reads a batch
    turn = list(readers)
    for start in range(0, len(files), _BLOCK):
        for reader in turn:
            for path in files[start : start + _BLOCK]:
                reader.time(path)
        turn.append(turn.pop(0))


def check_and_store(files: Sequence[Path]) -> float:
    """A report's share of an ingest but for reading and understanding, which is done beforehand."""
    from flags.settings import Settings
    from loaders.corpus import Options, ingest
    from loaders.deriving import derive
    from loaders.parsing import parse_file
    from loaders.report import Report
    from loaders.store import Store

    read: dict[str, Report] = {path.name: parse_file(path.read_bytes(), path.name) for path in files}
    options = Options(jobs=0, parse=lambda data, path, row: read.pop(path))
    gc.collect()
    with tempfile.TemporaryDirectory() as name:
        store = Store(Path(name) / "store")
        spent = milliseconds(lambda: (ingest(files, store, options), derive(store, Settings())))
    return spent / len(files)


def _ours(path: Path) -> object:
    from loaders.parsing import parse_file

    return parse_file(path.read_bytes(), path.name)


def print_kind(kind: Kind, files: Sequence[Path], check_of_many: float | None, options: argparse.Namespace) -> None:
    """Our lines for a kind of file and those of the others, with how many times longer they take."""
    rivals = [each for each in RIVALS if kind.suffix in each.suffixes]
    timed = [each for each in rivals if each.installed and (options.slow or not each.slow)]
    ours = Reader("gongkai", _ours, 3600)
    others = {each.name: Reader(each.name, each.read, options.seconds) for each in timed}
    read_side_by_side([ours, *others.values()], files)
    if ours.failure:
        print(f"\n{kind.name}: {ours.failure}")
        return
    cost = Cost(ours.median, check_and_store(files), check_of_many)
    size = statistics.median(path.stat().st_size for path in files) / 1000
    print(f"\n{kind.name}  ({len(files)} reports, median {size:.0f} kB{_pages(files)})")
    print(f"  {'gongkai':12}{cost.total:9.2f} ms = read {cost.read:.2f} + check+store {cost.check:.2f}")
    if cost.total_of_many is not None:
        large = f"in a batch of {options.thousand:,}: read {cost.read:.2f} + check+store {cost.check_of_many:.2f}"
        print(f"  {'':12}{cost.total_of_many:9.2f} ms {large}")
    for rival in rivals:
        print(f"  {rival.name:12}{_line_of(rival, others.get(rival.name), len(files), cost)}")


def _line_of(rival: Rival, reader: Reader | None, files: int, cost: Cost) -> str:
    if reader is None:
        return f"{'left out':>9}     {'run with --slow' if rival.installed else rival.install}"
    if reader.failure:
        return f"{'failed':>9}     {reader.failure}"
    times = [f"{reader.median / total:.2f}" for total in (cost.total, cost.total_of_many) if total]
    of = "" if len(reader.spent) == files else f", over {len(reader.spent)} files"
    return f"{reader.median:9.2f} ms only to read: {' / '.join(times)} times ours{of}"


def _pages(files: Sequence[Path]) -> str:
    if files[0].suffix != ".pdf":
        return ""
    import pypdfium2

    counts = []
    for path in files:
        document = pypdfium2.PdfDocument(path)
        counts.append(len(document))
        document.close()
    return f", {statistics.mean(counts):.1f} pages"


def print_processes(folder: Path, files: int) -> None:
    """What `gongkai ingest` takes of the clock with one process and with two, start of the program included."""
    print(
        f"\n`gongkai ingest` of {files:,} Word files (lean XML) into an empty store, by the clock and of the processor"
    )
    _adopt_orphans()
    first = 0.0
    for jobs in (1, 2):
        store = folder.with_name(f"store-{jobs}")
        command = [sys.executable, "-m", "loaders", "ingest", str(folder), "--store", str(store), "--jobs", str(jobs)]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        clock = time.monotonic() - began
        with suppress(ChildProcessError):
            while True:
                os.wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        first = first or clock
        faster = "" if jobs == 1 else f"   {first / clock:.2f} times as fast"
        name = f"{jobs} process{'es' if jobs > 1 else '  '}"
        busy = f"{spent / clock / jobs:.0%} of so many cores"
        print(f"  {name}  {clock:6.1f} s   {spent:6.1f} s of the processor, {busy}{faster}")
        shutil.rmtree(store)


def print_starts(file: Path) -> None:
    """What commands take of the clock from their start to their end, beside what Python and Polars take to load.

    With byte code, as after setting up: who changes the program may have switched its writing off.
    """
    for package in _PACKAGES:
        compileall.compile_dir(_ROOT / package, quiet=1)
    commands = {
        "Python alone": ["-c", ""],
        "import polars": ["-c", "import polars"],
        "gongkai --help": ["-m", "loaders", "--help"],
        "gongkai check, one Word file": ["-m", "loaders", "check", str(file)],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(_STARTS):
        for name, command in commands.items():
            began = time.monotonic()
            subprocess.run([sys.executable, *command], check=False, capture_output=True)  # a finding is exit code 1
            taken[name].append(time.monotonic() - began)
    print(f"\nFrom start to end, by the clock: median of {_STARTS}, and the least")
    for name, seconds in taken.items():
        print(f"  {name:30}{statistics.median(seconds):6.2f} s {min(seconds):6.2f} s")


def _adopt_orphans() -> None:
    """Count the server of the workers in, which ends after the program that started it."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _pin() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100, help="different reports of each kind")
    parser.add_argument("--thousand", type=int, default=1000, help="files of the large batch; 0 leaves it out")
    parser.add_argument("--seconds", type=float, default=2, help="a library that needs longer is timed on fewer files")
    parser.add_argument("--kind", default="", help="only kinds with this word in their name")
    parser.add_argument("--slow", action="store_true", help="also run libraries that take seconds a file")
    options = parser.parse_args()
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    pages = invented_pages(max(options.reports, options.thousand))
    lean = kinds()[0]
    with tempfile.TemporaryDirectory() as name:
        large = write_files(lean, pages, Path(name) / "large") if options.thousand else []
        made: list[tuple[Kind, list[Path]]] = []
        for number, kind in enumerate(kinds()):
            if options.kind.lower() not in kind.name.lower():
                continue
            if not kind.installed:
                print(f"left out: {kind.name}; it needs {kind.needs}")
                continue
            made.append((kind, write_files(kind, pages[: options.reports], Path(name) / f"kind-{number}")))
        _pin()  # before the libraries start threads of their own
        look_rarely()
        if made:
            check_and_store(made[0][1][:_WARM_UP])  # loads what is loaded once
        check_of_many = check_and_store(large) if large else None
        for kind, files in made:
            print_kind(kind, files, check_of_many, options)
        if cores:
            os.sched_setaffinity(0, cores)
        if large:
            print_processes(large[0].parent, len(large))
            print_starts(large[0])


if __name__ == "__main__":
    main()
