"""Worker processes are forked from one that has loaded what all of them need, where the system can fork."""

from __future__ import annotations

import multiprocessing
import os
import threading
from contextlib import suppress
from multiprocessing.context import BaseContext

_PRELOADED = ["loaders.preloaded"]
_FORKS = "forkserver" in multiprocessing.get_all_start_methods()

THREADS_VARIABLE = "GONGKAI_OCR_THREADS"
"""Environment variable: threads of character recognition; by default one in a worker process, all cores elsewhere."""

START_SECONDS = 0.1 if _FORKS else 0.5
"""What it costs to start a worker."""


def start_early() -> None:
    """Let the server load while this program itself still loads; what hinders it is met again when it is needed."""
    if _FORKS:
        from multiprocessing import forkserver

        workers_context()
        with suppress(OSError):
            forkserver.ensure_running()


def workers_context() -> BaseContext:
    """How workers are started: forked from the server, or on their own."""
    if not _FORKS:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def end_with_parent() -> None:
    """Let this worker end when the program that started it has ended, be it killed."""
    threading.Thread(target=_end_when_parent_has, daemon=True).start()


def _end_when_parent_has() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
