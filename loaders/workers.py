"""Files are parsed in parallel: a map over chunks of files, submitted to a standard executor.

On one machine these are processes; with a scheduler's address it is a Dask cluster. A file that kills its worker or
does not come to an end costs only itself: its worker is ended, the file becomes a failure, the rest goes on.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context
from types import FrameType
from typing import TYPE_CHECKING, Any

from loaders.document import ReadingError
from loaders.frames import FileRecord, ReadFile, content_hash, to_rows
from loaders.logfile import LOG, write_log
from loaders.manifest import Manifest, text_of
from loaders.report import Failure
from loaders.walking import SourceFile
from loaders.words import UserError, say

if TYPE_CHECKING:
    import polars as pl

TEXT_SECONDS = 60.0
"""How long one file may take; the slowest sound report measured stays below 2 s."""

SCAN_SECONDS = 900.0
"""The same for kinds that may need character recognition or another program, page by page."""

CHUNK_COST = 0.25
"""Seconds of work that are handed to a worker at once, so that handing over costs next to nothing."""

CHUNK_FILES = 64
START_COST = 0.5
"""Seconds until a process has loaded what it needs."""

POLL_SECONDS = 0.25
WINDOW = 4
"""Chunks under way per worker: enough that none waits, few enough that little is lost with a broken pool."""

_SLOW_ENDINGS = {"pdf", "png", "jpg", "jpeg", "bmp", "tif", "tiff", "webp", "doc", "wps", "rtf", "odt", "xls"}
_COSTS = {"pdf": 0.03, "doc": 0.3, "wps": 0.3, "rtf": 0.3, "xls": 0.3} | dict.fromkeys(
    ("png", "jpg", "jpeg", "bmp", "tif", "tiff", "webp"), 5.0
)


class WorkersError(UserError):
    """The worker processes cannot start; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that one file may take."""

    text: float = TEXT_SECONDS
    scan: float = SCAN_SECONDS

    def of(self, source: SourceFile) -> float:
        """The limit for a file, by its ending: a wrong ending only makes the limit the wrong one of the two."""
        return self.scan if _ending(source) in _SLOW_ENDINGS else self.text


@dataclass(frozen=True, slots=True)
class Chunk:
    """Files for one worker. A chunk that may have broken its worker runs `alone`."""

    files: tuple[SourceFile, ...]
    alone: bool = False


def chunks_of(files: Sequence[SourceFile], jobs: int) -> list[Chunk]:
    """Files in their order, in chunks of about equal work, at least a few for each worker."""
    aim = min(CHUNK_COST, sum(map(_cost, files)) / (WINDOW * max(jobs, 1)))
    chunks: list[Chunk] = []
    held: list[SourceFile] = []
    cost = 0.0
    for source in files:
        held.append(source)
        cost += _cost(source)
        if cost >= aim or len(held) == CHUNK_FILES:
            chunks.append(Chunk(tuple(held)))
            held, cost = [], 0.0
    return [*chunks, Chunk(tuple(held))] if held else chunks


def workers_for(files: Sequence[SourceFile], jobs: int) -> int:
    """How many processes are worth starting: none for less work than it costs to start it."""
    return max(1, min(jobs, len(files), int(sum(map(_cost, files)) / START_COST)))


def parse_here(chunks: Iterable[Chunk], manifest: Manifest, limits: Limits) -> Iterator[pl.DataFrame]:
    """Parse in this process, one after the other; rows of the store, a frame a chunk."""
    for chunk in chunks:
        yield to_rows([_guarded(source, manifest, limits.of(source)) for source in chunk.files])


def parse_in_processes(
    chunks: Iterable[Chunk], manifest: Manifest, limits: Limits, jobs: int
) -> Iterator[pl.DataFrame]:
    """Parse in `jobs` processes of this machine; rows of the store, a frame a chunk, in order of completion."""
    yield from _Processes(chunks, manifest, limits, jobs).results()


def parse_on_cluster(
    chunks: Iterable[Chunk], manifest: Manifest, limits: Limits, executor: Executor, slots: int
) -> Iterator[pl.DataFrame]:
    """Parse on the workers behind `executor`, which are sent the files' content and need no access to the files."""
    waiting = deque(chunks)
    under_way: dict[Future[pl.DataFrame], tuple[Chunk, float]] = {}
    while waiting or under_way:
        while waiting and len(under_way) < WINDOW * slots:
            chunk = waiting.popleft()
            contents = [_content(source) for source in chunk.files]
            allowed = WINDOW * sum(map(limits.of, chunk.files))
            future = executor.submit(parse_sent, chunk.files, contents, manifest)
            under_way[future] = (chunk, time.monotonic() + allowed)
        done, _ = wait(under_way, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
        late = {future for future, (_, end) in under_way.items() if future not in done and time.monotonic() > end}
        for future in done | late:
            chunk, _end = under_way.pop(future)
            rows = _rows_or_none(future, late=future in late)
            if rows is not None:
                yield rows
            elif len(chunk.files) > 1:
                waiting.extend(Chunk((source,)) for source in chunk.files)
            else:
                source = chunk.files[0]
                failure = _out_of_time(source, limits.of(source)) if future in late else _worker_lost(source)
                yield to_rows([failure])


def _rows_or_none(future: Future[pl.DataFrame], *, late: bool) -> pl.DataFrame | None:
    if late:
        future.cancel()
        return None
    try:
        return future.result()
    except Exception:
        LOG.exception("a chunk was lost with its worker")
        return None


def parse_sent(
    files: Sequence[SourceFile], contents: Sequence[bytes | ReadingError], manifest: Manifest
) -> pl.DataFrame:
    """What a worker of a cluster runs: parse files whose content was sent along."""
    pairs = zip(files, contents, strict=True)
    return to_rows([_parsed(source, manifest, partial(_opened, content)) for source, content in pairs])


def _content(source: SourceFile) -> bytes | ReadingError:
    try:
        return source.read()
    except ReadingError as error:
        return error


def _opened(content: bytes | ReadingError) -> bytes:
    if isinstance(content, ReadingError):
        raise content
    return content


def parse_source(source: SourceFile, manifest: Manifest) -> ReadFile:
    """One file read and understood; whatever goes wrong becomes a failure with its reason."""
    return _parsed(source, manifest, source.read)


def _parsed(source: SourceFile, manifest: Manifest, read: Callable[[], bytes]) -> ReadFile:
    from loaders.parsing import parse_file

    row = manifest.row_of(source.path)
    record = FileRecord(source.root, source.path, source.size, source.modified, overrides=text_of(row))
    try:
        data = read()
        record = replace(record, content_hash=content_hash(data))
        report = parse_file(data, source.path, row)
        by_address = None if row else manifest.row_at(report.identity.source_url)
        if by_address:
            report = parse_file(data, source.path, by_address)
            record = replace(record, overrides=text_of(by_address))
        report.report_id = record.content_hash[:16]
        return ReadFile(record, report)
    except ReadingError as error:
        return ReadFile(record, Failure(source.path, error.reason, error.message))
    except TimeoutError:
        raise
    except MemoryError:
        return ReadFile(record, Failure(source.path, "too-large", "内存不足,文件过大或结构异常"))
    except Exception as error:
        LOG.exception("%s", source.path)
        what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        return ReadFile(record, Failure(source.path, "internal", f"程序在读取此文件时出错({what}),请把文件发给开发者"))


def _out_of_time(source: SourceFile, seconds: float) -> ReadFile:
    record = FileRecord(source.root, source.path, source.size, source.modified)
    message = f"解析超过 {seconds:g} 秒,已中止"
    return ReadFile(record, Failure(source.path, "time-limit", message))


def _worker_lost(source: SourceFile) -> ReadFile:
    record = FileRecord(source.root, source.path, source.size, source.modified)
    return ReadFile(record, Failure(source.path, "internal", "解析此文件的进程异常退出,文件可能已损坏"))


def _guarded(source: SourceFile, manifest: Manifest, seconds: float) -> ReadFile:
    try:
        with _alarm(seconds):
            return parse_source(source, manifest)
    except TimeoutError:
        return _out_of_time(source, seconds)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise TimeoutError after so long, where the system has alarms and this is the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# Processes of this machine. Each writes into its slot which file it is at and since when, so that the program can
# end the one that is stuck, and knows which files a dead one may have died of.

_SLOT_FIELDS = 4  # process id, chunk number, place in the chunk, seconds since 1970 when it began


@dataclass(slots=True)
class _Worker:
    manifest: Manifest
    board: Any
    slot: int


_this_worker: _Worker | None = None


def _start_worker(manifest: Manifest, board: Any, next_slot: Any) -> None:  # noqa: ANN401  types of multiprocessing
    global _this_worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    write_log()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with next_slot.get_lock():
        slot = next_slot.value
        next_slot.value += 1
    _this_worker = _Worker(manifest, board, slot)


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _parse_chunk(number: int, files: Sequence[SourceFile]) -> pl.DataFrame:
    worker = _this_worker
    if worker is None:
        raise RuntimeError("the worker was not started by `_start_worker`")
    at = worker.slot * _SLOT_FIELDS
    done: list[ReadFile] = []
    for place, source in enumerate(files):
        worker.board[at : at + _SLOT_FIELDS] = (os.getpid(), number, place, time.time())
        done.append(parse_source(source, worker.manifest))
    worker.board[at + 3] = 0
    return to_rows(done)


@dataclass(slots=True)
class _Processes:
    chunks: Iterable[Chunk]
    manifest: Manifest
    limits: Limits
    jobs: int
    waiting: deque[Chunk] = field(default_factory=deque)
    under_way: dict[Future[pl.DataFrame], int] = field(default_factory=dict)
    given: dict[int, Chunk] = field(default_factory=dict)
    number: int = 0
    failed: dict[SourceFile, ReadFile] = field(default_factory=dict)

    def results(self) -> Iterator[pl.DataFrame]:
        self.waiting.extend(self.chunks)
        while self.waiting or self.under_way:
            yield from self._with_one_pool()

    def _with_one_pool(self) -> Iterator[pl.DataFrame]:
        """Until all is done or the pool breaks; then what was under way is back among the waiting."""
        context = get_context("spawn")
        board = context.Array("d", _SLOT_FIELDS * self.jobs, lock=False)
        start = (self.manifest, board, context.Value("i", 0))
        pool = ProcessPoolExecutor(self.jobs, context, _start_worker, start)
        broken = False
        try:
            while not broken and (self.waiting or self.under_way):
                self._hand_out(pool)
                done, _ = wait(self.under_way, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
                for future in done:
                    try:
                        rows = future.result()
                    except (BrokenProcessPool, CancelledError):
                        broken = True
                        continue
                    self.given.pop(self.under_way.pop(future))
                    yield rows
                broken = self._end_overdue(board) or broken
            if broken:
                if not any(board):
                    raise WorkersError(say("workers"))
                yield from self._sort_out(board)
        finally:
            _end(pool, board)

    def _hand_out(self, pool: ProcessPoolExecutor) -> None:
        while self.waiting and len(self.under_way) < WINDOW * self.jobs:
            if self.under_way and (self.waiting[0].alone or self._running_alone()):
                return
            chunk = self.waiting.popleft()
            try:
                future = pool.submit(_parse_chunk, self.number, chunk.files)
            except BrokenProcessPool:
                self.waiting.appendleft(chunk)
                return
            self.given[self.number] = chunk
            self.under_way[future] = self.number
            self.number += 1

    def _running_alone(self) -> bool:
        return any(chunk.alone for chunk in self.given.values())

    def _current(self, board: Any) -> Iterator[tuple[int, SourceFile, float]]:  # noqa: ANN401
        """Process, file and beginning of all that is being parsed."""
        for slot in range(self.jobs):
            process, number, place, began = board[slot * _SLOT_FIELDS : (slot + 1) * _SLOT_FIELDS]
            chunk = self.given.get(int(number))
            if began and chunk is not None:
                yield int(process), chunk.files[int(place)], began

    def _end_overdue(self, board: Any) -> bool:  # noqa: ANN401
        """End workers that are past the limit; whether there was one."""
        late = [each for each in self._current(board) if time.time() - each[2] > self.limits.of(each[1])]
        for process, source, _ in late:
            self.failed[source] = _out_of_time(source, self.limits.of(source))
            _kill(process)
        return bool(late)

    def _sort_out(self, board: Any) -> Iterator[pl.DataFrame]:  # noqa: ANN401
        """After a break: the guilty fail, suspects wait to be tried alone, the others wait again."""
        suspects = set() if self.failed else {source for _, source, _ in self._current(board)}
        lost = list(self.given.values())
        if not suspects and not self.failed:
            suspects = {source for chunk in lost for source in chunk.files}
        for chunk in lost:
            if chunk.alone and chunk.files[0] not in self.failed:
                self.failed[chunk.files[0]] = _worker_lost(chunk.files[0])
        again = [source for chunk in lost for source in chunk.files if source not in self.failed]
        calm = tuple(source for source in again if source not in suspects)
        self.waiting.extendleft(Chunk((source,), alone=True) for source in again if source in suspects)
        if calm:
            self.waiting.append(Chunk(calm[:CHUNK_FILES]))
            self.waiting.extend(Chunk((source,)) for source in calm[CHUNK_FILES:])
        if self.failed:
            yield to_rows(list(self.failed.values()))
        self.failed.clear()
        self.given.clear()
        self.under_way.clear()


def _end(pool: ProcessPoolExecutor, board: Any) -> None:  # noqa: ANN401
    """End what is still being parsed, if anything, and close the pool."""
    for at in range(0, len(board), _SLOT_FIELDS):
        if board[at + 3]:
            _kill(int(board[at]))
    pool.shutdown(wait=True, cancel_futures=True)


def _kill(process: int) -> None:
    try:
        os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))
    except OSError:
        LOG.debug("process %s was gone already", process)


def _ending(source: SourceFile) -> str:
    return source.path.rpartition(".")[2].lower()


def _cost(source: SourceFile) -> float:
    """Rough seconds."""
    return _COSTS.get(_ending(source), 0.004) + source.size / 5e7
