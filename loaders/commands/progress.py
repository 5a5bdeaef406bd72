"""How far a command has come: a bar on a terminal, else a line now and then, both on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from loaders.words import say

Progress = Callable[[int, int], None]
"""Told how many are done and how many there are."""

_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def progress_of(what: str) -> Iterator[Progress]:
    """Progress of `what`, a key of the words; the lines are `what` with `.lines` behind."""
    if not sys.stderr.isatty():
        yield _lines(f"{what}.lines")
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say(what), total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _lines(key: str) -> Progress:
    last = time.monotonic()

    def show(done: int, of: int) -> None:
        nonlocal last
        if 0 < done < of and time.monotonic() - last >= _SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            typer.echo(say(key, done=done, of=of), err=True)

    return show
