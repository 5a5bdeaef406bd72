"""A corpus of files comes into the store: walked, compared with what is known, parsed in parallel, committed."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from loaders import __version__
from loaders.cluster import parse_on_cluster
from loaders.copies import Copies
from loaders.file_records import ReadFile
from loaders.frames import FILE_COLUMNS, to_rows
from loaders.locking import exclusive
from loaders.manifest import Manifest
from loaders.planning import KnownFile, Plan, make_plan
from loaders.report import Failure
from loaders.store import Store
from loaders.tables import RowsInHand
from loaders.tasks import Limits, Parse, ParsePages, Work, parse_file, parse_pages
from loaders.vocabulary import EDITIONS, ISSUER_KINDS
from loaders.walking import Skipped, SourceFile, walk
from loaders.workers import parse_here, parse_in_processes

BATCH_FILES = 1_000
BATCH_SECONDS = 10.0
"""A batch is committed when it holds so many files or so much time has passed: what a crash can cost."""

REPLACING_FILES = 10_000
REPLACING_SECONDS = 60.0
"""The same where many reports are replaced: each such commit writes the data files anew that hold the old ones."""


@dataclass(slots=True)
class Summary:
    """What an ingest did. `failures` of this run are (path, reason, message); `known_failures` counts earlier ones."""

    read: int = 0
    unchanged: int = 0
    failures: list[tuple[str, str, str]] = field(default_factory=list)
    known_failures: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    gone: int = 0
    pruned: int = 0
    older: int = 0
    seconds: float = 0.0

    @property
    def nothing_to_read(self) -> bool:
        """Whether there was no file at all."""
        return not (self.read or self.unchanged or self.failures or self.known_failures or self.same_content)

    @property
    def same_content(self) -> int:
        """Files that are copies of others."""
        return sum(1 for each in self.skipped if each.reason == "same-content")


@dataclass(frozen=True, slots=True)
class Options:
    """How to ingest. `jobs` 0 parses in this process; `scheduler` is the address of a Dask scheduler."""

    jobs: int = 1
    scheduler: str = ""
    manifest: Manifest | None = None
    reread: bool = False
    prune: bool = False
    limits: Limits = field(default_factory=Limits)
    parse: Parse = parse_file
    parse_pages: ParsePages = parse_pages


Progress = Callable[[int, int], None]
"""Called with the number of files done and of all files to be read."""


def ingest(
    paths: Sequence[str | Path],
    store: Store,
    options: Options = Options(),
    passed_over: Collection[Path] = (),
    progress: Progress = lambda done, of: None,
) -> Summary:
    """Read what is new and changed under `paths` into the store. Findings are not recomputed here.

    Raises FileNotFoundError where one of `paths` does not exist, StoreError, SchedulerError, and BusyError where
    another ingest is writing to the store. What was committed before an error or an interruption stays.
    """
    began = time.monotonic()
    own = [Path(store.location)] if store.is_local else []
    found = walk(paths, [*passed_over, *own])
    with _lock(store):
        store.refresh()
        with TemporaryDirectory(prefix="gongkai-") as scratch:
            plan = make_plan(found, known_files(store), Path(scratch), options.manifest, reread=options.reread)
            summary = _start_summary(plan)
            _read_all(plan, store, options, summary, progress)
        _finish(plan, store, options, summary)
        store.compact()
    summary.seconds = time.monotonic() - began
    return summary


def _lock(store: Store) -> AbstractContextManager[None]:
    return exclusive(Path(store.location) / "ingest.lock") if store.is_local else nullcontext()


def known_files(store: Store) -> dict[str, KnownFile]:
    """What the store knows, by `file_id`."""
    names = KnownFile.__dataclass_fields__
    return {row[0]: KnownFile(*row) for row in store.file_rows().select(*names).iter_rows()}


def _start_summary(plan: Plan) -> Summary:
    failed = sum(1 for each in plan.unchanged if each.outcome == "failed")
    return Summary(
        unchanged=len(plan.unchanged) - failed,
        known_failures=failed,
        skipped=list(plan.skipped),
        older=sum(1 for each in plan.unchanged if each.program_version != __version__),
    )


def _read_all(plan: Plan, store: Store, options: Options, summary: Summary, progress: Progress) -> None:
    """Parse what is to be read and commit batch after batch; on an interruption, commit what is parsed."""
    batch = _Batch(store, plan, summary)
    progress(0, len(plan.to_read))
    try:
        for rows in _parsed(plan.to_read, options):
            batch.add(rows)
            progress(batch.done, len(plan.to_read))
    finally:
        batch.commit()


def _parsed(files: Sequence[SourceFile], options: Options) -> Iterator[pl.DataFrame]:
    if not files:
        return iter(())
    work = Work(options.manifest or Manifest(), options.limits, options.parse, options.parse_pages)
    if options.scheduler:
        return parse_on_cluster(files, work, options.scheduler)
    return parse_in_processes(files, work, options.jobs) if options.jobs else parse_here(files, work)


def _copies_of(store: Store, plan: Plan) -> Copies | None:
    """Copies can come to light while reading only where pictures turn out to be a file each."""
    if not any(source.pages for source in plan.to_read):
        return None
    going = [old for replaced in plan.replaced.values() for old in replaced]
    return Copies(store.file_rows().filter(~pl.col("file_id").is_in(going)))


class _Batch:
    """Rows that wait for their commit."""

    def __init__(self, store: Store, plan: Plan, summary: Summary) -> None:
        self.store = store
        self.plan = plan
        self.summary = summary
        many = len(plan.replaced) > BATCH_FILES
        self.most, self.seconds = (REPLACING_FILES, REPLACING_SECONDS) if many else (BATCH_FILES, BATCH_SECONDS)
        self.frames: list[pl.DataFrame] = []
        self.since = time.monotonic()
        self.done = 0
        self.held = 0
        self.copies = _copies_of(store, plan)

    def add(self, rows: pl.DataFrame) -> None:
        self.frames.append(rows)
        self.done = min(self.done + rows.height, len(self.plan.to_read))
        self.held += rows.height
        if self.held >= self.most or time.monotonic() - self.since >= self.seconds:
            self.commit()

    def commit(self) -> None:
        frames, self.frames = self.frames, []  # before writing: an interruption of it must not write them twice
        if frames:
            rows = pl.concat(frames)
            if self.copies is not None:
                rows = self.copies.noted(rows)
            rows = set_unsound_aside(rows)
            self.store.commit(rows, self._replaced_by(rows))
            failed = rows.filter(pl.col("outcome") == "failed").select("path", "reason", "message")
            copies = rows.filter(pl.col("outcome") == "duplicate").select("path", "message").rows()
            self.summary.failures += failed.rows()
            self.summary.skipped += [Skipped(path, "same-content", original) for path, original in copies]
            self.summary.read += rows.height - failed.height - len(copies)
        self.held = 0
        self.since = time.monotonic()

    def _replaced_by(self, rows: pl.DataFrame) -> list[str]:
        """The stored rows that these take the place of, each given once."""
        replaced: list[str] = []
        for each in rows["file_id"]:
            old = self.plan.replaced.get(each, [])
            replaced += old
            old.clear()
        return replaced


def set_unsound_aside(rows: pl.DataFrame) -> pl.DataFrame:
    """Reports that the schema of `reports` refuses become failures, so that no later step meets them."""
    if looks_sound(rows):
        return rows
    from loaders.schemas import Reports

    reports = RowsInHand(rows).reports().collect()
    _, refused = Reports.filter(reports)
    if not len(refused):
        return rows
    why = ", ".join(name for name, count in refused.counts().items() if count)
    bad = pl.col("report_id").is_in(refused.invalid()["report_id"].to_list())
    cleared = [pl.when(~bad).then(pl.col(name)).alias(name) for name in rows.columns if name not in FILE_COLUMNS]
    return rows.with_columns(
        *cleared,
        pl.when(bad).then(pl.lit("failed")).otherwise("outcome").alias("outcome"),
        pl.when(bad).then(pl.lit("internal")).otherwise("reason").alias("reason"),
        pl.when(bad)
        .then(pl.lit(f"读出的内容不合表的约定（{why}），请把文件发给开发者"))
        .otherwise("message")
        .alias("message"),
    )


def looks_sound(rows: pl.DataFrame) -> bool:
    """Whether the schema of `reports` is sure to take all of the rows: its own rules, once more in one expression.

    Asking the schema itself costs more than everything else about a commit; it is asked where this says no.
    """
    nameless = pl.any_horizontal(pl.col("report_id", "path", "format", "bytes", "confidence", "warnings").is_null())
    sound = (
        ~nameless
        & (pl.col("bytes") >= 0)
        & pl.col("issuer_kind").is_in(ISSUER_KINDS)
        & pl.col("edition").is_in(EDITIONS)
        & pl.col("region_code").str.contains(r"^\d{6}$").fill_null(True)
        & pl.col("year").is_between(2000, 2100).fill_null(True)
        & pl.col("confidence").is_between(0, 1)
    )
    read = rows.lazy().filter(pl.col("outcome") == "read")
    found = read.select(sound.fill_null(False).all(), pl.col("report_id").is_unique().all().alias("distinct"))
    return all(found.collect().row(0))


def _finish(plan: Plan, store: Store, options: Options, summary: Summary) -> None:
    """Note the copies, and forget what is gone if asked to."""
    rows = store.file_rows().select("file_id", "root", "path", "outcome", "reason", "message")
    known = {row[0]: row[1:] for row in rows.iter_rows()}
    notes: list[ReadFile] = []
    for copy in plan.duplicates:
        record = copy.record()
        root, path, outcome, reason, message = known.get(copy.original, ("", "", "read", "", ""))
        original = path if root == record.root else f"{root}/{path}"
        if outcome == "failed":
            notes.append(ReadFile(record, Failure(record.path, reason, message)))
            summary.failures.append((record.path, reason, message))
            continue
        summary.skipped.append(Skipped(record.path, "same-content", original))
        if known.get(record.file_id, ())[2:] != ("duplicate", None, original):
            notes.append(ReadFile(record, original))
    lost = [each for each in plan.gone if each.outcome == "read"]
    gone = [each.file_id for each in plan.gone if options.prune or each.outcome != "read"]
    summary.gone, summary.pruned = len(lost), len(lost) if options.prune else 0
    if notes or gone:
        store.commit(to_rows(notes), [*gone, *(note.record.file_id for note in notes if note.record.file_id in known)])
