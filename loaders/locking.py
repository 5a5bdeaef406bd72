"""One writer at a time: a lock that the system takes back when its holder dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from loaders.words import UserError, say


class BusyError(UserError):
    """Another process holds the lock; the message says which and what to do."""


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock file `path`. Raises BusyError at once where another process holds it, UserError without access."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        opened = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise UserError(say("store.unwritable", store=path.parent, why=error.strerror or error)) from error
    with opened as stream:
        try:
            _lock(stream)
        except OSError as error:
            raise BusyError(say("store.busy", store=path.parent)) from error
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: IO[str]) -> None:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(stream: IO[str]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
