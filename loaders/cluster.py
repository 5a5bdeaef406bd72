"""Parsing on a cluster: the executor of a Dask client in place of processes on this machine."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import Any

import polars as pl

from loaders.frames import to_rows
from loaders.logfile import LOG
from loaders.tasks import Chunk, Contents, Work, chunks_of, contents_of, out_of_time, read_sent, worker_lost
from loaders.walking import SourceFile
from loaders.words import UserError, say

CONNECT_SECONDS = 10
POLL_SECONDS = 0.25
CHUNKS_UNDER_WAY = 4
"""For each thread of the cluster; what is under way is held in memory here."""


class SchedulerError(UserError):
    """The cluster cannot be used; the message says why and what to do."""


def parse_on_cluster(files: Sequence[SourceFile], work: Work, address: str) -> Iterator[pl.DataFrame]:
    """Rows of the store, a frame a chunk, in order of completion. Raises SchedulerError."""
    try:
        from distributed import Client
    except ImportError as error:
        raise SchedulerError(say("cluster.package")) from error
    connect: Any = Client  # the package has no types
    try:
        client = connect(address, timeout=CONNECT_SECONDS)
    except (OSError, ValueError) as error:
        raise SchedulerError(say("cluster.silent", address=address)) from error
    with client:
        threads = max(1, sum(client.nthreads().values()))
        yield from parse_with(client.get_executor(), chunks_of(files, threads), work, threads)


def parse_with(executor: Executor, chunks: Iterable[Chunk], work: Work, threads: int) -> Iterator[pl.DataFrame]:
    """Parse with any executor. Its workers are sent the files' content, so they need no access to the files.

    A chunk that is lost, or takes far longer than its files may, is tried again file by file before a file fails.
    """
    waiting = deque(chunks)
    under_way: dict[Future[pl.DataFrame], tuple[Chunk, float]] = {}
    while waiting or under_way:
        while waiting and len(under_way) < CHUNKS_UNDER_WAY * threads:
            chunk = waiting.popleft()
            allowed = CHUNKS_UNDER_WAY * sum(map(work.limits.of, chunk.files))
            future = executor.submit(_parse_sent, chunk.files, list(map(contents_of, chunk.files)), work)
            under_way[future] = (chunk, time.monotonic() + allowed)
        done, _ = wait(under_way, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
        late = {future for future, (_, end) in under_way.items() if future not in done and time.monotonic() > end}
        for future in done | late:
            chunk, _end = under_way.pop(future)
            rows = None if future in late else _rows_or_none(future)
            if rows is not None:
                yield rows
                continue
            future.cancel()
            parts = chunk.parts()
            if parts:
                waiting.extend(parts)
            else:
                yield to_rows([_failure(chunk.files[0], work, late=future in late)])


def _parse_sent(files: Sequence[SourceFile], contents: Sequence[Contents], work: Work) -> pl.DataFrame:
    pairs = zip(files, contents, strict=True)
    return to_rows([each for source, content in pairs for each in read_sent(source, content, work)])


def _rows_or_none(future: Future[pl.DataFrame]) -> pl.DataFrame | None:
    try:
        return future.result()
    except Exception:
        LOG.exception("a chunk was lost with its worker")
        return None


def _failure(source: SourceFile, work: Work, *, late: bool) -> Any:  # noqa: ANN401
    return out_of_time(source, work.limits.of(source)) if late else worker_lost(source)
