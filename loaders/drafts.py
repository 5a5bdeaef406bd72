"""Drafts are read in processes of their own while this one still loads Polars and the rules.

To read one report and to load what judges it take about as long.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from loaders.archives import unpack
from loaders.draft_readers import can_be_forked, forked_readers, readers
from loaders.file_records import ReadFile
from loaders.fork_server import workers_context
from loaders.page_pictures import put_pages_together
from loaders.tasks import Contents, Work, contents_of, read_within_limit, worker_lost
from loaders.walking import Findings, SourceFile, may_be_archive

Reading = Callable[[], list[ReadFile]]
"""Waits for all drafts: each a report or a failure, in their order."""

_Sent = tuple[SourceFile, Contents]
"""A file with its content: it may be one that only this process can read, as what is piped into it."""

POLL_SECONDS = 0.25


@contextmanager
def reading_of(paths: Sequence[Path], work: Work | None = None) -> Iterator[Reading]:
    """Begin to read the files: beside this process where it can be forked, else when they are asked for.

    Polars must not be loaded yet: its threads survive no fork. What is still being read at the end is given up.
    """
    try:
        with TemporaryDirectory(prefix="gongkai-") as folder:
            drafts = [(source, contents_of(source)) for source in _sources(paths, Path(folder))]
        yield _begun(drafts, work or Work())
    finally:
        for process in multiprocessing.active_children():
            process.kill()


def _begun(drafts: Sequence[_Sent], work: Work) -> Reading:
    here = partial(_read_here, drafts, work)
    if not can_be_forked():
        return here
    try:
        pool = forked_readers(len(drafts))
        futures = [pool.submit(_read, draft, work) for draft in drafts]
    except (OSError, ImportError, NotImplementedError):  # no process to be had, or nothing that they could share
        return here
    return partial(_read_beside, drafts, work, futures)


def _read_beside(drafts: Sequence[_Sent], work: Work, futures: Sequence[Future[list[ReadFile]]]) -> list[ReadFile]:
    _wait_for(futures)
    results = (_result(draft, work, future) for draft, future in zip(drafts, futures, strict=True))
    return [file for result in results for file in result]


def _wait_for(futures: Sequence[Future[list[ReadFile]]]) -> None:
    while wait(futures, POLL_SECONDS).not_done:
        pass  # once Polars is loaded, Ctrl-C does not end a wait without limit


def _result(draft: _Sent, work: Work, future: Future[list[ReadFile]]) -> list[ReadFile]:
    try:
        return future.result()
    except BrokenProcessPool:  # by this file or by another
        return _read_alone(draft, work)


def _read_alone(draft: _Sent, work: Work) -> list[ReadFile]:
    future = readers(1, workers_context()).submit(_read, draft, work)
    _wait_for([future])
    try:
        return future.result()
    except BrokenProcessPool:
        return [worker_lost(draft[0])]


def _sources(paths: Sequence[Path], folder: Path) -> list[SourceFile]:
    """The files, of an archive those in it, unpacked to `folder`; pictures of the pages of one report are one."""
    found = Findings()
    for path in paths:
        source = SourceFile("", str(path), path, 0, 0, 0)
        packed = path.is_file() and may_be_archive(path)  # what is piped can be read only once
        found.files += unpack(source, folder).files if packed else [source]
    put_pages_together(found)
    return found.files


def _read(draft: _Sent, work: Work) -> list[ReadFile]:
    source, contents = draft
    return read_within_limit(source, work, contents)


def _read_here(drafts: Sequence[_Sent], work: Work) -> list[ReadFile]:
    return [file for draft in drafts for file in _read(draft, work)]
