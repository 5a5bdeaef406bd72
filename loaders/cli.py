"""The command line. Commands import what they need when they run, so that help appears at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from loaders import __version__
from loaders.logfile import LOG, log_path, write_log
from loaders.vocabulary import TABLE_NAMES
from loaders.words import UserError, say

DONE, FINDINGS, NOTHING, FAILED_FILES, UNEXPECTED, INTERRUPTED = 0, 1, 2, 3, 70, 130
"""Exit codes: the last two are the system's usual ones for a fault of the program and for Ctrl-C."""


def _first_line(key: str) -> str:
    return say(key).partition("\n")[0]


app = typer.Typer(
    name="gongkai",
    help=say("help"),
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)

StoreOption = Annotated[str, typer.Option("--store", metavar="DIR", envvar="GONGKAI_STORE", help=say("store"))]
ConfigOption = Annotated[Path | None, typer.Option("--config", metavar="FILE", help=say("config"))]
DEFAULT_STORE = "data/store"
CHECK_FORMATS = ("text", "json")


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"gongkai {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help=say("help.version"))
    ] = False,
) -> None:
    """Options of the program itself."""


@app.command(help=say("ingest"), short_help=_first_line("ingest"))
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help=say("ingest.paths"))],
    store: StoreOption = DEFAULT_STORE,
    manifest: Annotated[Path | None, typer.Option(metavar="FILE", help=say("ingest.manifest"))] = None,
    jobs: Annotated[int | None, typer.Option(min=0, metavar="N", help=say("ingest.jobs"))] = None,
    scheduler: Annotated[str, typer.Option(metavar="ADDRESS", help=say("ingest.scheduler"))] = "",
    strict: Annotated[bool, typer.Option("--strict", help=say("ingest.strict"))] = False,
    config: ConfigOption = None,
    reread: Annotated[bool, typer.Option("--reread", help=say("ingest.reread"))] = False,
    prune: Annotated[bool, typer.Option("--prune", help=say("ingest.prune"))] = False,
) -> None:
    """Read files and folders into the store."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its threads wait for work by counting, and never get any
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = cores if jobs is None else jobs
    if workers > 1 and not scheduler:
        from loaders.fork_server import start_early

        start_early()
    try:
        from loaders.commands.ingest import run

        summary = run(
            paths,
            store,
            manifest_path=manifest,
            jobs=workers,
            scheduler=scheduler,
            config=config,
            reread=reread,
            prune=prune,
        )
    except KeyboardInterrupt:
        _complain(say("interrupted"))
        raise typer.Exit(INTERRUPTED) from None
    if strict and (summary.failures or summary.known_failures):
        raise typer.Exit(FAILED_FILES)


@app.command(help=say("export", tables=", ".join(TABLE_NAMES)), short_help=_first_line("export"))
def export(
    table: Annotated[str, typer.Argument(metavar="TABLE", help=say("export.table"))],
    store: StoreOption = DEFAULT_STORE,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=say("export.out"))] = None,
    file_format: Annotated[str, typer.Option("--format", metavar="FORMAT", help=say("export.format"))] = "",
    region: Annotated[str, typer.Option(metavar="CODE", help=say("export.region"))] = "",
    year: Annotated[int | None, typer.Option(metavar="Y", help=say("export.year"))] = None,
    issuer: Annotated[str, typer.Option(metavar="TEXT", help=say("export.issuer"))] = "",
    rule: Annotated[str, typer.Option(metavar="ID", help=say("export.rule"))] = "",
    config: ConfigOption = None,
) -> None:
    """Write one table to a file or to the screen."""
    from loaders.commands.export import Filters, run

    run(table, store, out, file_format, Filters(region, year, issuer, rule), config)


@app.command(help=say("check"), short_help=_first_line("check"))
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=say("check.files"))],
    file_format: Annotated[str, typer.Option("--format", metavar="FORMAT", help=say("check.format"))] = "text",
    config: ConfigOption = None,
) -> None:
    """Parse and check drafts without a store."""
    from loaders.drafts import reading_of

    _refuse_what_is_no_draft(files, file_format)
    with reading_of(files) as reading:
        from loaders.commands.check import run  # loads Polars, while drafts are read

        raise typer.Exit(run(reading, file_format, config))


def _refuse_what_is_no_draft(files: list[Path], file_format: str) -> None:
    if file_format not in CHECK_FORMATS:
        raise UserError(say("no-format", format=file_format, formats=", ".join(CHECK_FORMATS)))
    for path in files:
        if path.is_dir():
            raise UserError(say("is-folder", path=path))
        if not path.exists():
            raise UserError(say("no-path", path=path))


@app.command(help=say("demo"), short_help=_first_line("demo"))
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("demo.folder"))],
    reports: Annotated[int, typer.Option(min=1, metavar="N", help=say("demo.reports"))] = 300,
    seed: Annotated[int, typer.Option(metavar="S", help=say("demo.seed"))] = 1,
) -> None:
    """Write an invented corpus."""
    from loaders.commands.progress import progress_of
    from loaders.demo import write_demo

    try:
        with progress_of("writing") as progress:
            written = write_demo(folder, reports, seed, progress)
    except OSError as error:
        raise UserError(say("cannot-write", path=folder, why=error.strerror or error)) from error
    typer.echo(say("demo.written", count=written.reports, folder=folder))
    typer.echo(say("demo.next", folder=folder))


@app.command(help=say("serve"), short_help=_first_line("serve"))
def serve(
    store: StoreOption = DEFAULT_STORE,
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="P", help=say("serve.port"))] = 8501,
    address: Annotated[str, typer.Option(metavar="HOST", help=say("serve.address"))] = "localhost",
    no_browser: Annotated[bool, typer.Option("--no-browser", help=say("serve.no_browser"))] = False,
) -> None:
    """Show the dashboard."""
    from loaders.commands.serve import run

    raise typer.Exit(run(store, port, address, open_browser=not no_browser))


@app.command(help=say("init"), short_help=_first_line("init"))
def init(store: StoreOption = DEFAULT_STORE, config: ConfigOption = None) -> None:
    """Write the settings file."""
    from loaders.commands.settings import write_settings

    typer.echo(say("init.written", path=write_settings(store, config)))


def main() -> None:
    """Run the command line; no traceback ever reaches a user."""
    _write_utf8()
    write_log()
    try:
        app(prog_name="gongkai")  # by any way it was started
    except SystemExit:
        raise
    except UserError as error:
        _complain(str(error))
        sys.exit(NOTHING)
    except BaseException as error:  # a panic in Polars is no Exception
        LOG.critical("unexpected", exc_info=error)
        _complain(say("unexpected", error=type(error).__name__, log=log_path()))
        sys.exit(UNEXPECTED)


def _complain(text: str) -> None:
    typer.echo(text, err=True)


def _write_utf8() -> None:
    """Files and pipes get UTF-8 on every system; a console keeps its own encoding and must not break on Chinese."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
