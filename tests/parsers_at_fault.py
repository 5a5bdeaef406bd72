"""Parsers for worker processes in tests: they do harm where the file tells them to."""

from __future__ import annotations

import os
import time
from pathlib import Path

from loaders.identity.manifest import ManifestRow
from loaders.parsing import parse_file
from loaders.report import Report


def obedient(data: bytes, path: str, row: ManifestRow | None = None) -> Report:
    """Parse, but die, hang, fail or wait where the file's first line says so."""
    order, _, rest = data.partition(b"\n")
    if order == b"die":
        os._exit(11)
    if order == b"hang":
        time.sleep(600)
    if order == b"raise":
        raise ZeroDivisionError("nought")
    if order.startswith(b"wait for "):
        _wait_for(Path(order.removeprefix(b"wait for ").decode()))
        data = rest
    return parse_file(data, path, row)


def _wait_for(sign: Path) -> None:
    while not sign.exists():
        time.sleep(0.02)
