"""`gongkai ingest`: read, then judge all reports, and say what happened."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from threading import Thread

import typer

from loaders.commands.progress import progress_of
from loaders.commands.settings import load_settings
from loaders.corpus import Options, Summary, ingest
from loaders.garbage import pass_over_what_is_loaded
from loaders.manifest import read_manifest
from loaders.store import Store
from loaders.words import UserError, say, say_failure

_LISTED = 20
"""So many failed files are named; the rest is counted."""

_EXAMPLES = 3


class NothingToReadError(UserError):
    """No file is under the paths given."""


def run(
    paths: Sequence[Path],
    store_place: str,
    *,
    manifest_path: Path | None,
    jobs: int,
    scheduler: str,
    config: Path | None,
    reread: bool,
    prune: bool,
) -> Summary:
    """Read the files, recompute issuers and findings, print the summary.

    Raises UserError for whatever the user can mend, before anything is read where possible.
    """
    began = time.monotonic()
    store = Store(store_place)
    settings = load_settings(store_place, config)
    manifest = None if manifest_path is None else read_manifest(manifest_path)
    companions = [each for each in (manifest_path, settings.path) if each is not None]
    options = Options(jobs, scheduler, manifest, reread, prune)
    for path in paths:
        if not path.exists():
            raise NothingToReadError(say("no-path", path=path))
    pass_over_what_is_loaded()
    Thread(target=_prepare, daemon=True).start()
    with progress_of("reading") as progress:
        summary = ingest(paths, store, options, companions, progress)
    if summary.nothing_to_read:
        raise NothingToReadError(_nothing(paths, summary))
    from loaders.deriving import derive

    counts = derive(store, settings)
    summary.seconds = time.monotonic() - began
    for line in _lines(summary):
        typer.echo(line)
    typer.echo(say("findings", **counts))
    return summary


def _prepare() -> None:
    """While workers read, load what comes after."""
    from loaders import deriving

    deriving.prepare()


def _nothing(paths: Sequence[Path], summary: Summary) -> str:
    skipped = say("nothing-but-skipped", count=len(summary.skipped)) if summary.skipped else ""
    return say("nothing-to-read", paths=", ".join(map(str, paths)), skipped=skipped)


def _lines(summary: Summary) -> Iterator[str]:
    for path, reason, message in sorted(summary.failures)[:_LISTED]:
        yield say("failed-file", path=path, reason=reason, message=say_failure(reason, message))
    if len(summary.failures) > _LISTED:
        yield say("more-failures", count=len(summary.failures) - _LISTED)
    by_reason = sorted(summary.skipped, key=lambda each: (each.reason, each.path))
    for reason, group in groupby(by_reason, key=lambda each: each.reason):
        found = list(group)
        examples = [say("same-as", path=s.path, other=s.detail) if s.detail else s.path for s in found[:_EXAMPLES]]
        if len(found) > _EXAMPLES:
            examples.append(say("more", count=len(found) - _EXAMPLES))
        yield say("skipped-files", count=len(found), why=say(f"skip.{reason}"), examples=", ".join(examples))
    if summary.known_failures:
        yield say("known-failures", count=summary.known_failures)
    if summary.pruned:
        yield say("pruned", count=summary.pruned)
    elif summary.gone:
        yield say("gone", count=summary.gone)
    if summary.older:
        yield say("older", count=summary.older)
    yield say(
        "summary",
        read=summary.read,
        unchanged=summary.unchanged + summary.known_failures,
        failed=len(summary.failures),
        skipped=len(summary.skipped),
        seconds=f"{summary.seconds:.1f}",
    )
