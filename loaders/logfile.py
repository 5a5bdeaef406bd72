"""Where the program writes down what went wrong inside it."""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path

LOG = logging.getLogger("gongkai")
_LARGEST_LOG = 5_000_000


def log_path() -> Path:
    """`$GONGKAI_LOG`, else a file among the system's temporary ones."""
    return Path(os.environ.get("GONGKAI_LOG") or Path(tempfile.gettempdir()) / "gongkai.log")


def write_log() -> None:
    """Let the program's log go to the file, which begins anew when it has grown large."""
    path = log_path()
    try:
        if path.exists() and path.stat().st_size > _LARGEST_LOG:
            path.replace(path.with_name(f"{path.name}.old"))
        handler: logging.Handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
    LOG.handlers[:] = [handler]
    LOG.propagate = False
