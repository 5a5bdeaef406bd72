"""`gongkai export`: one table, filtered, as a file or on the screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

import polars as pl
import typer

from loaders import __version__, parts
from loaders.commands.settings import load_settings
from loaders.export import FORMATS, encoded, write_table
from loaders.store import Store
from loaders.tables import Tables
from loaders.vocabulary import TABLE_NAMES
from loaders.words import UserError, say

LARGE_TABLES = ("cells", "sections", "claims")
SORTED_REPORTS = 4_000
"""Of so many reports a large table is sorted; of more it comes in parts, in the order of the store."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What to keep; empty keeps all. `region` is a code or a name, `issuer` a part of a name."""

    region: str = ""
    year: int | None = None
    issuer: str = ""
    rule: str = ""

    def given(self) -> dict[str, str]:
        """The filters in force, by the name of their option."""
        found = {"--region": self.region, "--year": str(self.year or ""), "--issuer": self.issuer, "--rule": self.rule}
        return {option: value for option, value in found.items() if value}

    def on_reports(self) -> list[pl.Expr]:
        """Conditions on rows that have `region_code`, the names of regions, `year` and `issuer`."""
        wanted = []
        if self.region:
            wanted.append(_in_region(self.region))
        if self.year is not None:
            wanted.append(pl.col("year") == self.year)
        if self.issuer:
            wanted.append(pl.col("issuer").str.contains(self.issuer, literal=True).fill_null(False))
        return wanted


class Selection(Tables):
    """The tables of a store with the reports that a filter keeps, in the order of their paths."""

    def __init__(self, store: Store, filters: Filters) -> None:
        self.store = store
        self.filters = filters

    def rows(self) -> pl.LazyFrame:
        """The rows kept."""
        return self.store.rows().filter(*self.filters.on_reports()).sort("path", "root")

    def issuer_ids(self) -> pl.LazyFrame:
        """As in the store."""
        return self.store.issuer_ids()

    def issuers(self) -> pl.LazyFrame:
        """The issuers kept: any of their names, any of their years."""
        wanted = [_in_region(self.filters.region)] if self.filters.region else []
        if self.filters.issuer:
            names = pl.col("names").list.eval(pl.element().str.contains(self.filters.issuer, literal=True))
            wanted.append(names.list.any() | pl.col("issuer").str.contains(self.filters.issuer, literal=True))
        if self.filters.year is not None:
            wanted.append(pl.col("years").list.contains(self.filters.year))
        return self.store.issuers().filter(*wanted).sort("region_code", "issuer", nulls_last=True)


def run(
    table: str, store_place: str, out: Path | None, file_format: str, filters: Filters, config: Path | None
) -> None:
    """Write the table. Raises UserError for whatever the user can mend."""
    if table not in TABLE_NAMES:
        raise UserError(say("no-table", table=table, tables=", ".join(TABLE_NAMES)))
    chosen = _format(out, file_format)
    _refuse_filters(table, filters)
    store = Store(store_place)
    if not store.exists():
        raise UserError(say("no-store", store=store_place))
    pieces = _explained(store, _parts(table, store, filters, config))
    if out is None:
        _print(pieces)
        return
    try:
        rows = write_table(pieces, out, chosen, provenance(store, table, filters))
    except OSError as error:
        raise UserError(say("cannot-write", path=out, why=error.strerror or error)) from error
    typer.echo(say("written", rows=rows, path=out), err=True)


def _print(pieces: Iterator[pl.DataFrame]) -> None:
    try:
        sys.stdout.buffer.writelines(encoded(pieces, "csv"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. Python would complain once more on leaving.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def provenance(store: Store, table: str, filters: Filters) -> dict[str, str]:
    """Where a file comes from: program, store and state of the store, choice, time."""
    return {
        "program": f"gongkai {__version__}",
        "table": table,
        "store": store.location,
        "store version": str(store.version()),
        "filters": " ".join(f"{option} {value}" for option, value in filters.given().items()),
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _format(out: Path | None, given: str) -> str:
    if given and given not in FORMATS:
        raise UserError(say("no-format", format=given, formats=", ".join(FORMATS)))
    if out is None:
        if given not in ("", "csv"):
            raise UserError(say("needs-out", format=given))
        return "csv"
    ending = out.suffix.lower().lstrip(".")
    if not given and ending not in FORMATS:
        raise UserError(say("which-format", path=out))
    return given or ending


def _refuse_filters(table: str, filters: Filters) -> None:
    """A filter that a table cannot have is refused, not ignored."""
    able = {"failures": (), "flags": None, "checks": None}.get(table, ("--region", "--year", "--issuer"))
    for option in filters.given():
        if able is not None and option not in able:
            raise UserError(say("no-filter", table=table, option=option))


def _parts(table: str, store: Store, filters: Filters, config: Path | None) -> Iterator[pl.DataFrame]:
    """The table in one part, or, where it is a large one of many reports, in as many as memory likes."""
    selection = Selection(store, filters)
    if table in LARGE_TABLES and selection.reports().select(pl.len()).collect().item() > SORTED_REPORTS:
        yield from parts.of_table(store, table, pl.all_horizontal(pl.lit(value=True), *filters.on_reports()))
    else:
        yield _table(table, selection, config).collect()


def _explained(store: Store, pieces: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The same parts; what goes wrong in reading them, and only that, is the store's fault."""
    while True:
        with store.explained():
            part = next(pieces, None)
        if part is None:
            return
        yield part


def _table(table: str, selection: Selection, config: Path | None) -> pl.LazyFrame:
    if table in ("flags", "checks"):
        _refuse_unknown_rule(selection.filters.rule)
        return _flags(selection) if table == "flags" else _checks(selection, config)
    return selection.table(table)


def _flags(selection: Selection) -> pl.LazyFrame:
    found = selection.store.flags()
    if selection.filters.rule:
        found = found.filter(pl.col("rule") == selection.filters.rule)
    if selection.filters.on_reports():
        found = found.join(selection.reports().select("report_id"), on="report_id", how="semi")
    return found


def _checks(selection: Selection, config: Path | None) -> pl.LazyFrame:
    from flags.engine import check_reports, make_corpus

    store = selection.store
    settings = load_settings(store.location, config)
    rules = [selection.filters.rule] if selection.filters.rule else None
    reports = None
    if selection.filters.on_reports():
        reports = selection.reports().select("report_id").collect()["report_id"].to_list()
    return check_reports(make_corpus(store), settings, rules, reports).lazy()


def _refuse_unknown_rule(rule: str) -> None:
    from flags.registry import RULES

    names = [each.id for each in RULES]
    if rule and rule not in names:
        near = get_close_matches(rule, names, n=3)
        hint = say("no-rule.near", names=", ".join(near)) if near else say("no-rule.all", names=", ".join(names))
        raise UserError(say("no-rule", rule=rule, near=hint))


def _in_region(region: str) -> pl.Expr:
    """Everything inside a region: by the leading digits of its code, or by its name on any level."""
    if region.isascii() and region.isdigit():
        return pl.col("region_code").str.starts_with(_leading_digits(region)).fill_null(False)
    return pl.any_horizontal(pl.col("province", "prefecture", "county").eq_missing(region))


def _leading_digits(code: str) -> str:
    """150000 to 15, 150800 to 1508: pairs of zeros at the end stand for all."""
    while len(code) > 2 and code.endswith("00") and len(code) % 2 == 0:
        code = code[:-2]
    return code
