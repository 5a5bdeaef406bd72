"""How long a report takes beside what other libraries need only to open the same file. One core, medians.

    python -m tests.benchmarks.speed [--repeat 15] [--batch 300] [--slow]

Times are by the clock, with processor time behind them: where the two differ, the machine was busy with other things,
and processor time is what to compare.

The complete work is: read the file, understand it, check it, store it. Reading and understanding are timed file by
file; checking and storing come a batch, as in use, and each file is charged its share.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

INSTALL = {
    "kreuzberg": "pip install kreuzberg",
    "docx": "pip install python-docx",
    "markitdown": "pip install 'markitdown[docx,pdf]'",
    "pdfplumber": "pip install pdfplumber",
    "docling": "pip install docling (large, and fetches models at first use)",
}


@dataclass(frozen=True, slots=True)
class Rival:
    """Another library and how it is asked for the text and tables of a file."""

    name: str
    module: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], object]
    slow: bool = False


def _kreuzberg(path: Path) -> object:
    from kreuzberg import extract_file_sync

    return extract_file_sync(str(path))


def _python_docx(path: Path) -> object:
    import docx

    document = docx.Document(str(path))
    return [[cell.text for row in table.rows for cell in row.cells] for table in document.tables]


def _markitdown(path: Path) -> object:
    from markitdown import MarkItDown

    return MarkItDown().convert(str(path))


def _pdfplumber(path: Path) -> object:
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [(page.extract_text(), page.extract_tables()) for page in document.pages]


def _docling(path: Path) -> object:
    from docling.document_converter import DocumentConverter

    return DocumentConverter().convert(str(path))


RIVALS = (
    Rival("kreuzberg", "kreuzberg", (".docx", ".pdf", ".html"), _kreuzberg),
    Rival("python-docx", "docx", (".docx",), _python_docx),
    Rival("markitdown", "markitdown", (".docx", ".pdf", ".html"), _markitdown),
    Rival("pdfplumber", "pdfplumber", (".pdf",), _pdfplumber),
    Rival("docling", "docling", (".docx", ".pdf", ".html"), _docling, slow=True),
)


def sample_files(folder: Path) -> dict[str, Path]:
    """A believable report of each kind, the PDF three pages long."""
    from loaders.demo.corpus import invent_corpus
    from loaders.demo.pages import print_page
    from loaders.demo.render_docx import render_docx
    from loaders.demo.render_html import render_html
    from loaders.demo.render_pdf import PdfLayout, render_pdf
    from loaders.demo.render_text import render_text

    drafts, _ = invent_corpus(60, 5)
    recent = [each for each in drafts if each.issuer.is_government and each.edition.name == "2021"]
    draft = min(recent, key=lambda each: len(each.faults))
    page = print_page(5, draft)
    makers: dict[str, Callable[[], bytes]] = {
        ".docx": lambda: render_docx(page),
        ".pdf": lambda: render_pdf(page, PdfLayout(size=14, cell_size=9)),
        ".html": lambda: render_html(page),
        ".txt": lambda: render_text(page),
    }
    files = {}
    for suffix, make in makers.items():
        files[suffix] = folder / f"report{suffix}"
        files[suffix].write_bytes(make())
    return files


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds by the clock and of the processor."""

    clock: float
    processor: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.clock + other.clock, self.processor + other.processor)

    def __str__(self) -> str:
        return f"{self.clock:8.1f} ms {self.processor:8.1f} ms cpu"


def measure(action: Callable[[], object]) -> Cost:
    """What one run costs."""
    clock, processor = time.perf_counter(), time.process_time()
    action()
    return Cost(1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor))


def median_cost(action: Callable[[], object], repeat: int) -> Cost:
    """The medians of `repeat` runs, after two that warm up."""
    runs = [measure(action) for _ in range(repeat + 2)][2:]
    return Cost(statistics.median(run.clock for run in runs), statistics.median(run.processor for run in runs))


def batch_cost(batch: int) -> Cost:
    """A report's share of everything but reading and understanding: fingerprint, commit, checks, flags."""
    from flags.settings import Settings
    from loaders.corpus import Options, ingest
    from loaders.demo import write_demo
    from loaders.deriving import derive
    from loaders.parsing import parse_file
    from loaders.store import Store

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "reports"
        write_demo(folder, batch, seed=2)
        files = [path for path in folder.rglob("*") if path.suffix in {".docx", ".pdf", ".html"}]
        for path in folder.rglob("*"):
            if path.is_file() and path not in files:
                path.unlink()
        parsing = [measure(lambda path=path: parse_file(path.read_bytes(), path.name)) for path in files]
        store = Store(Path(name) / "store")
        whole = measure(lambda: (ingest([folder], store, Options(jobs=0)), derive(store, Settings())))
    clock = whole.clock - sum(cost.clock for cost in parsing)
    processor = whole.processor - sum(cost.processor for cost in parsing)
    return Cost(max(clock, 0.0) / len(files), max(processor, 0.0) / len(files))


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=15)
    parser.add_argument("--batch", type=int, default=300, help="files of the batch that is checked and stored")
    parser.add_argument("--slow", action="store_true", help="also run libraries that take seconds a file")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    from loaders.parsing import parse_file

    share = batch_cost(options.batch)
    with tempfile.TemporaryDirectory() as name:
        files = sample_files(Path(name))
        for suffix, path in files.items():
            parsed = median_cost(lambda path=path: parse_file(path.read_bytes(), path.name), options.repeat)
            print_kind(suffix, path, parsed, share, options)


def print_kind(suffix: str, path: Path, parsed: Cost, share: Cost, options: argparse.Namespace) -> None:
    """Our line for a kind of file and those of the others, with how many times longer they take."""
    own = parsed + share
    print(f"\n{suffix}  ({path.stat().st_size / 1000:.0f} kB{pages(path)})")
    print(f"  {'gongkai: read, understand, check, store':44}{own}")
    print(f"  {'  of which read and understand':44}{parsed}")
    for rival in RIVALS:
        if suffix not in rival.suffixes:
            continue
        if importlib.util.find_spec(rival.module) is None:
            print(f"  {rival.name + ': read only':44}{'not installed':>13}   {INSTALL[rival.module]}")
            continue
        if rival.slow and not options.slow:
            print(f"  {rival.name + ': read only':44}{'left out':>13}   run with --slow")
            continue
        try:
            took = median_cost(lambda read=rival.read: read(path), 1 if rival.slow else options.repeat)
        except Exception as error:
            print(f"  {rival.name + ': read only':44}{'failed':>13}   {str(error)[:60]}")
            continue
        print(f"  {rival.name + ': read only':44}{took}   {took.processor / own.processor:.2f} times ours")


def pages(path: Path) -> str:
    """How many pages a PDF has, in words."""
    if path.suffix != ".pdf":
        return ""
    import pypdfium2

    return f", {len(pypdfium2.PdfDocument(io.BytesIO(path.read_bytes())))} pages"


if __name__ == "__main__":
    main()
