"""Files are parsed in processes of this machine, through a standard executor.

A file that kills its process or does not come to an end costs only itself: the process is ended, the file becomes a
failure, the rest goes on. Each process writes into its slot of a board which file it is at and since when, so that the
one that is stuck can be found, and of a dead one which file it may have died of.
"""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from loaders.file_records import ReadFile
from loaders.fork_server import START_SECONDS, end_with_parent, workers_context
from loaders.frames import to_rows
from loaders.garbage import pass_over_what_is_loaded
from loaders.logfile import LOG, write_log
from loaders.tasks import Chunk, Work, chunks_of, out_of_time, read_source, read_within_limit, seconds_for, worker_lost
from loaders.walking import SourceFile
from loaders.words import UserError, say

POLL_SECONDS = 0.25
CHUNKS_UNDER_WAY = 4
"""For each process: enough that none waits, few enough that little is lost with a broken pool."""

_SLOT = 4
"""Numbers in a slot: process id, chunk number, place in the chunk, seconds since 1970 when it began (0: idle)."""


class WorkersError(UserError):
    """The worker processes cannot start; the message says what to do."""


def parse_here(files: Sequence[SourceFile], work: Work) -> Iterator[pl.DataFrame]:
    """Parse in this process, one after the other; rows of the store, a frame a chunk."""
    for chunk in chunks_of(files, 1):
        yield to_rows([each for source in chunk.files for each in read_within_limit(source, work)])


def parse_in_processes(files: Sequence[SourceFile], work: Work, jobs: int) -> Iterator[pl.DataFrame]:
    """Parse in up to `jobs` processes; rows of the store, a frame a chunk, in order of completion.

    Raises WorkersError where no process can be started.
    """
    worth = max(1, min(jobs, len(files), int(seconds_for(files) / START_SECONDS)))
    pool = _Pool(work, worth, deque(chunks_of(files, worth)))
    while pool.waiting or pool.under_way:
        yield from pool.results_until_broken()


@dataclass(slots=True)
class _Worker:
    """What a worker process knows: its work, the board and its slot there."""

    work: Work
    board: Any
    slot: int


_this_worker: _Worker | None = None


def _start_worker(work: Work, board: Any, next_slot: Any) -> None:  # noqa: ANN401  shared memory has no public type
    global _this_worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import loaders.preloaded  # noqa: F401  now, so that no file is charged with the time it takes

    write_log()
    end_with_parent()
    with next_slot.get_lock():
        slot = next_slot.value
        next_slot.value += 1
    _this_worker = _Worker(work, board, slot)
    pass_over_what_is_loaded()


def _parse_chunk(number: int, files: Sequence[SourceFile]) -> pl.DataFrame:
    worker = _this_worker
    if worker is None:
        raise RuntimeError("the worker was not started by `_start_worker`")
    slot = slice(worker.slot * _SLOT, (worker.slot + 1) * _SLOT)
    done: list[ReadFile] = []
    for place, source in enumerate(files):
        worker.board[slot] = (os.getpid(), number, place, time.monotonic())
        done += read_source(source, worker.work)
    worker.board[slot] = (os.getpid(), number, 0, 0)
    return to_rows(done)


@dataclass(slots=True)
class _Pool:
    """Chunks `waiting` and `under_way`, over as many pools of processes as it takes."""

    work: Work
    jobs: int
    waiting: deque[Chunk]
    under_way: dict[Future[pl.DataFrame], int] = field(default_factory=dict)
    given: dict[int, Chunk] = field(default_factory=dict)
    number: int = 0
    late: set[SourceFile] = field(default_factory=set)

    def results_until_broken(self) -> Iterator[pl.DataFrame]:
        """Rows until all is done or the pool breaks; then what was under way is among the waiting again."""
        context = workers_context()
        board = context.Array("d", _SLOT * self.jobs, lock=False)
        executor = ProcessPoolExecutor(self.jobs, context, _start_worker, (self.work, board, context.Value("i", 0)))
        broken = False
        try:
            while not broken and (self.waiting or self.under_way):
                self._hand_out(executor)
                done, _ = wait(self.under_way, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
                for future in done:
                    try:
                        rows = future.result()
                    except (BrokenProcessPool, CancelledError):
                        broken = True
                        continue
                    except Exception:
                        LOG.exception("a chunk came to nothing")
                        rows = self._without_result(self.given[self.under_way[future]])
                    self.given.pop(self.under_way.pop(future))
                    yield rows
                broken = self._end_late(board) or broken
            if broken:
                if not any(board):
                    raise WorkersError(say("workers"))
                yield self._sort_out(board)
        finally:
            _end(executor, board)

    def _hand_out(self, executor: ProcessPoolExecutor) -> None:
        while self.waiting and len(self.under_way) < CHUNKS_UNDER_WAY * self.jobs:
            alone = self.waiting[0].alone or any(chunk.alone for chunk in self.given.values())
            if self.under_way and alone:
                return
            chunk = self.waiting.popleft()
            try:
                future = executor.submit(_parse_chunk, self.number, chunk.files)
            except BrokenProcessPool:
                self.waiting.appendleft(chunk)
                return
            except (OSError, EOFError) as error:
                raise WorkersError(say("workers")) from error
            self.given[self.number] = chunk
            self.under_way[future] = self.number
            self.number += 1

    def _without_result(self, chunk: Chunk) -> pl.DataFrame:
        """A chunk whose rows could not be brought back is tried file by file before a file fails."""
        parts = chunk.parts()
        if parts:
            self.waiting.extend(parts)
            return to_rows([])
        return to_rows([worker_lost(chunk.files[0])])

    def _current(self, board: Any) -> Iterator[tuple[int, SourceFile, float]]:  # noqa: ANN401
        """Process, file and beginning of all that is being parsed."""
        for at in range(0, len(board), _SLOT):
            process, number, place, began = board[at : at + _SLOT]
            chunk = self.given.get(int(number))
            if began and chunk is not None:
                yield int(process), chunk.files[int(place)], began

    def _end_late(self, board: Any) -> bool:  # noqa: ANN401
        """End the processes that are past the limit; whether there was one."""
        now = time.monotonic()
        late = [each for each in self._current(board) if now - each[2] > self.work.limits.of(each[1])]
        for process, source, _ in late:
            self.late.add(source)
            _kill(process)
        return bool(late)

    def _sort_out(self, board: Any) -> pl.DataFrame:  # noqa: ANN401
        """After a break: the guilty fail, suspects wait to be tried alone, the others wait again."""
        lost = list(self.given.values())
        files = [source for chunk in lost for source in chunk.files]
        dead = {chunk.files[0] for chunk in lost if chunk.alone} - self.late
        suspects = {source for _, source, _ in self._current(board)} or set(files)
        if self.late:
            suspects = set()
        ended = [source for source in files if source in self.late or source in dead]
        self.waiting.extendleft(Chunk((page,), alone=True) for source in ended for page in source.pages)
        ended = [source for source in ended if not source.pages]
        failures = [out_of_time(source, self.work.limits.of(source)) for source in ended if source in self.late]
        failures += [worker_lost(source) for source in ended if source in dead]
        again = [source for source in files if source not in self.late and source not in dead]
        self.waiting.extendleft(Chunk((source,), alone=True) for source in again if source in suspects)
        self.waiting.extend(Chunk((source,)) for source in again if source not in suspects)
        self.late.clear()
        self.given.clear()
        self.under_way.clear()
        return to_rows(failures)


def _end(executor: ProcessPoolExecutor, board: Any) -> None:  # noqa: ANN401
    """End what is still being parsed, if anything, and close the pool."""
    for at in range(0, len(board), _SLOT):
        if board[at + 3]:
            _kill(int(board[at]))
    executor.shutdown(wait=True, cancel_futures=True)


def _kill(process: int) -> None:
    try:
        os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))
    except OSError:
        LOG.debug("process %s was gone already", process)
