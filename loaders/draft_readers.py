"""Processes that read drafts, begun while the command line itself still loads: to load what reads them takes longer."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.context import BaseContext

from loaders.fork_server import THREADS_VARIABLE, end_with_parent


@dataclass(slots=True)
class _Early:
    """Readers that wait for drafts."""

    pool: ProcessPoolExecutor | None = None
    processes: int = 0


_early = _Early()


def begin_early(arguments: Sequence[str]) -> None:
    """Begin readers for the files among the arguments of a command.

    What hinders it is met again when they are needed.
    """
    files = sum(map(os.path.isfile, arguments))
    if files and can_be_forked():
        with suppress(OSError, ImportError, NotImplementedError):
            processes = _at_once(files)
            _early.pool = readers(processes, multiprocessing.get_context("fork"))
            _early.pool.submit(int)  # processes begin with the first work
            _early.processes = processes


def can_be_forked() -> bool:
    """Whether readers can be forked from this process: threads of Polars survive no fork."""
    return sys.platform == "linux" and "polars" not in sys.modules


def forked_readers(drafts: int) -> ProcessPoolExecutor:
    """Readers for so many drafts: those that were begun early, if they are enough.

    Raises OSError, ImportError or NotImplementedError where no process is to be had, or nothing that they could share.
    """
    processes = _at_once(drafts)
    if _early.pool is not None and _early.processes >= processes:
        return _early.pool
    return readers(processes, multiprocessing.get_context("fork"))


def readers(processes: int, context: BaseContext) -> ProcessPoolExecutor:
    """So many readers, which share the cores."""
    return ProcessPoolExecutor(processes, context, _start, (max(1, _cores() // processes),))


def _at_once(drafts: int) -> int:
    return min(_cores(), drafts)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start(threads: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a word
    end_with_parent()
    os.environ.setdefault(THREADS_VARIABLE, str(threads))
    import loaders.parsing  # noqa: F401  what every draft needs
