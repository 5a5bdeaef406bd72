"""What the store costs: rows from reports, a commit, and the questions that pages and exports ask.

    python -m tests.benchmarks.store_speed --reports 100000

Seconds of one process, by the wall clock; the reports are one small report with other names, figures and
texts, so that they take room on disk.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import polars as pl

from loaders.corpus import set_unsound_aside
from loaders.export import write_table
from loaders.file_records import FileRecord, ReadFile
from loaders.form.editions import all_keys
from loaders.frames import to_rows
from loaders.parsing import parse_file
from loaders.parts import of_table
from loaders.report import SectionReading
from loaders.store import Store
from tests.small_reports import small_report

SAMPLE = 500
BATCH = 5_000
CHARACTERS = 3_000
"""Of narrative in a report; random ones, so that they take as much room on disk as any could."""


@contextmanager
def timed(what: str, count: int = 1, unit: str = "s") -> Iterator[None]:
    began = time.perf_counter()
    yield
    seconds = time.perf_counter() - began
    shown = f"{seconds / count * 1000:8.3f} ms a report" if count > 1 else f"{seconds:8.3f} {unit}"
    print(f"{what:44}{shown}")


def sample_files() -> list[ReadFile]:
    data = small_report().encode()
    report = parse_file(data, "sample.txt")
    letters = data.decode()
    files = []
    for number in range(SAMPLE):
        text = "".join(random.Random(number).choices(letters, k=CHARACTERS))
        sections = [SectionReading(n, "标题", text[n * 400 : n * 400 + 400]) for n in range(1, 7)]
        record = FileRecord("/corpus", f"{number}.txt", len(data), 1, f"{number:064x}")
        files.append(ReadFile(record, replace(report, report_id=f"{number:016x}", text=text, sections=sections)))
    return files


def copies(rows: pl.DataFrame, number: int) -> pl.DataFrame:
    """The same rows as other files."""
    ending = pl.lit(f"-{number}")
    names = ("file_id", "path", "report_id", "issuer")
    varied = [(pl.col("applications.new.total") + number).alias("applications.new.total")]
    return rows.with_columns(*(pl.concat_str(name, ending).alias(name) for name in names), *varied)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=20_000)
    reports = parser.parse_args().reports
    files = sample_files()
    to_rows(files[:50])
    with timed("rows from reports, 50 at a time", SAMPLE):
        frames = [to_rows(files[at : at + 50]) for at in range(0, SAMPLE, 50)]
    set_unsound_aside(frames[0])
    with timed("rows checked against the schema", SAMPLE):
        rows = pl.concat([set_unsound_aside(frame) for frame in frames])
    with tempfile.TemporaryDirectory() as folder:
        fill(Store(Path(folder) / "store"), rows, reports)
        ask(Path(folder))


def fill(store: Store, rows: pl.DataFrame, reports: int) -> None:
    batch = pl.concat([copies(rows, n) for n in range(BATCH // SAMPLE)])
    batches = [copies(batch, n) for n in range(3)]
    with timed("commit", len(batches) * BATCH):
        for each in batches:
            store.commit(each)
    for n in range(3, reports // BATCH):
        store.commit(copies(batch, n))
    with timed(f"a batch of {BATCH} replaced among {reports}", BATCH):
        store.commit(batches[0], batches[0]["file_id"].to_list())
    with timed("compaction"):
        store.compact()


def ask(folder: Path) -> None:
    with timed("open"):
        store = Store(folder / "store")
        count = store.reports().select(pl.len()).collect().item()
    print(f"{'reports':44}{count:8}")
    size = sum(each.stat().st_size for each in (folder / "store").rglob("*.parquet"))
    print(f"{'on disk, history included':44}{size / 1e6:8.0f} MB")
    with timed("table reports"):
        store.reports().collect()
    with timed("sums of 25 figures by year and region"):
        keys = all_keys()[:25]
        joined = store.reports().select("report_id", "year", "region_code").join(store.figures(), on="report_id")
        joined.group_by("year", "region_code").agg(pl.col(keys).sum()).collect()
    one = store.reports().select("report_id").tail(1).collect().item()
    with timed("cells of one report"):
        store.of_reports([one]).cells().collect()
    with timed("text and sections of one report"):
        few = store.of_reports([one])
        few.report_details().collect()
        few.sections().collect()
    with timed("export of cells as CSV", count):
        write_table(of_table(store, "cells"), folder / "cells.csv", "csv")


if __name__ == "__main__":
    main()
