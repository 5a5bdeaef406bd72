"""The store: a Delta table of files, a row a file, one commit a batch, and what is derived from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from loaders.frames import FILE_COLUMNS, stored_schema
from loaders.tables import FLAG_SCHEMA, ISSUER_ID_SCHEMA, ISSUER_SCHEMA, RowsInHand, Tables
from loaders.words import UserError, say

if TYPE_CHECKING:
    from deltalake import DeltaTable, WriterProperties

FORMAT = 1
"""Raised when stored rows change so that older programs cannot read them; columns may be added without."""

ROWS_A_GROUP = 2_000
"""Rows in one group of a data file: one report's text is found without unpacking many others."""

SMALL_FILES = 24
"""As many data files are merged into few after an ingest; every one costs a page some milliseconds."""

KEEP_DERIVED_HOURS = 24
"""Findings and issuers can be derived again, so their earlier versions go once no page can still be reading them."""

_FOR_EVER = {
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
}
_FEW_STATISTICS = {"delta.dataSkippingNumIndexedCols": "3"}


class StoreError(UserError):
    """The store cannot be used; the message says why and what to do."""


class Store(Tables):
    """Reports, findings and issuers under one folder or object-store address.

    Reading is lazy and sees the state of the moment of the first call; `refresh` moves on to the latest.
    A store that does not exist yet reads as empty. With `version` the reports are as they were after that commit.
    Raises StoreError where the store is damaged or of another format.
    """

    def __init__(
        self, location: str | Path, storage_options: Mapping[str, str] | None = None, version: int | None = None
    ) -> None:
        text = str(location)
        self.is_local = "://" not in text
        self.location = str(Path(text).expanduser().resolve()) if self.is_local else text.rstrip("/")
        self.storage_options = dict(storage_options or {}) or None
        self._files_version = version
        self._opened: dict[str, DeltaTable | None] = {}

    def exists(self) -> bool:
        """Whether anything was ever committed."""
        return self._table("files") is not None

    def refresh(self) -> None:
        """Let the next reading see the latest commits."""
        self._opened.clear()

    def version(self) -> int:
        """The number of the commit of files that is read; -1 before the first."""
        table = self._table("files")
        return -1 if table is None else table.version()

    def rows(self) -> pl.LazyFrame:
        """The rows as stored; a column that the store was written without is null."""
        return self._scan("files", stored_schema())

    def file_rows(self) -> pl.DataFrame:
        """What is known of each file, without its content: `loaders.frames.FILE_COLUMNS` and some of its report."""
        return self.rows().select(*FILE_COLUMNS, "report_id", "source_url", "bytes").collect()

    def issuers(self) -> pl.LazyFrame:
        """The public table `issuers`, as of the last ingest."""
        return self._scan("issuers", ISSUER_SCHEMA)

    def issuer_ids(self) -> pl.LazyFrame:
        """`report_id`, `issuer_id`, as of the last ingest."""
        return self._scan("issuer_ids", ISSUER_ID_SCHEMA)

    def flags(self) -> pl.LazyFrame:
        """The public table `flags`, as of the last ingest."""
        return self._scan("flags", FLAG_SCHEMA)

    def of_reports(self, report_ids: Sequence[str]) -> RowsInHand:
        """The tables of a few reports, in their order in the store.

        Far quicker than a filter on the tables of the whole store, which unpacks the figures of all others too.
        """
        table = self._table("files")
        wanted = pl.col("report_id").is_in(list(report_ids)) & (pl.col("outcome") == "read")
        with self.explained():
            rows = self._rows_at(table, wanted) if table and self.is_local else self.rows().filter(wanted).collect()
            ids = self.issuer_ids().filter(pl.col("report_id").is_in(list(report_ids))).collect()
            issuers = self.issuers().filter(pl.col("issuer_id").is_in(ids["issuer_id"].to_list())).collect()
        return RowsInHand(rows, ids, issuers)

    def batches(self, size: int) -> Iterator[pl.DataFrame]:
        """All rows, `size` at a time, in the order of the store."""
        table = self._table("files")
        if table is None:
            return
        files = [self._scan_files("files", [each], stored_schema()) for each in _data_files(table)]
        for part in files if self.is_local else [self.rows()]:
            count = part.select(pl.len()).collect().item()
            for start in range(0, count, size):
                yield part.slice(start, size).collect()

    def _rows_at(self, table: DeltaTable, wanted: pl.Expr) -> pl.DataFrame:
        """First where the rows stand, then only these: columns that hold lists cannot be read sparingly otherwise."""
        found = []
        for name in _data_files(table):
            file = self._scan_files("files", [name], stored_schema())
            places = file.select("report_id", "outcome").with_row_index("at").filter(wanted).collect()["at"]
            found += [file.slice(place, 1).collect() for place in places]
        return pl.concat(found) if found else pl.DataFrame(schema=stored_schema())

    def commit(self, rows: pl.DataFrame, replaced: Sequence[str] = ()) -> None:
        """Add rows and take away those of the files `replaced`, in one transaction.

        A row of the same file is replaced in any case when its `file_id` is among `replaced`; replaced rows stay
        readable in the table's history.
        """
        if not rows.height and not replaced:
            return
        with self._explained_writing():
            if replaced:
                self._create("files", stored_schema())
                ids = sorted({*replaced, *rows["file_id"]})
                self._write("files", rows, predicate=f"file_id IN ({', '.join(repr(each) for each in ids)})")
            else:
                self._write("files", rows)

    def compact(self) -> None:
        """Merge the many small data files that batches leave into few; a transaction that changes no row."""
        table = self._table("files")
        if table is not None and len(_data_files(table)) >= SMALL_FILES:
            with self._explained_writing():
                table.optimize.compact(writer_properties=_writer_properties())
            self.refresh()

    def derive(self, issuers: pl.DataFrame, issuer_ids: pl.DataFrame) -> None:
        """Replace the tables of issuers."""
        self._replace("issuers", issuers, ISSUER_SCHEMA)
        self._replace("issuer_ids", issuer_ids, ISSUER_ID_SCHEMA)

    def replace_flags(self, flags: pl.DataFrame, stamp: str) -> None:
        """Replace the findings; `stamp` says what they were derived from (see `flags_stamp`)."""
        self._replace("flags", flags, FLAG_SCHEMA, stamp)

    def flags_stamp(self) -> str:
        """The stamp of the findings at hand; empty before the first."""
        table = self._table("flags")
        return "" if table is None else str(table.history(1)[0].get("stamp", ""))

    def _scan(self, name: str, schema: Mapping[str, Any]) -> pl.LazyFrame:
        table = self._table(name)
        if table is None:
            return pl.LazyFrame(schema=schema)
        storable = {column: pl.String() if _is_closed_list(kind) else kind for column, kind in schema.items()}
        scan = self._scan_local if self.is_local else self._scan_remote
        with self.explained():
            frame = scan(name, table, storable)
        return frame.select(pl.col(c).cast(k) if _is_closed_list(k) else c for c, k in schema.items())

    def _scan_local(self, name: str, table: DeltaTable, schema: Mapping[str, Any]) -> pl.LazyFrame:
        """Not by `scan_delta`, which looks for folders with spaces or Chinese characters under their quoted names."""
        names = _data_files(table)
        return self._scan_files(name, names, schema) if names else pl.LazyFrame(schema=schema)

    def _scan_files(self, name: str, files: Sequence[str], schema: Mapping[str, Any]) -> pl.LazyFrame:
        places = [Path(self._uri(name)) / each for each in files]
        return pl.scan_parquet(places, schema=schema, missing_columns="insert", extra_columns="ignore", glob=False)

    def _scan_remote(self, name: str, table: DeltaTable, schema: Mapping[str, Any]) -> pl.LazyFrame:
        frame = pl.scan_delta(self._uri(name), version=table.version(), storage_options=self.storage_options)
        held = frame.collect_schema().names()
        return frame.with_columns(pl.lit(None, dtype=schema[each]).alias(each) for each in schema if each not in held)

    def _uri(self, name: str) -> str:
        return str(Path(self.location) / name) if self.is_local else f"{self.location}/{name}"

    def _table(self, name: str) -> DeltaTable | None:
        if name not in self._opened:
            self._opened[name] = self._open(name)
        return self._opened[name]

    def _open(self, name: str) -> DeltaTable | None:
        if self.is_local and not (Path(self._uri(name)) / "_delta_log").is_dir():
            return None
        from deltalake import DeltaTable

        with self.explained():
            if not DeltaTable.is_deltatable(self._uri(name), self.storage_options):
                if self.is_local:
                    raise StoreError(self._damage(say("store.no-commit")))
                return None
            version = self._files_version if name == "files" else None
            table = DeltaTable(self._uri(name), version, self.storage_options)
            self._check_format(table)
            self._check_files(name, table)
        return table

    def _check_format(self, table: DeltaTable) -> None:
        found = table.metadata().description or ""
        if found != _description():
            found = found or say("store.foreign")
            raise StoreError(say("store.format", store=self.location, found=found, needed=_description()))

    def _check_files(self, name: str, table: DeltaTable) -> None:
        if not self.is_local:
            return
        there = {each.name for each in Path(self._uri(name)).glob("*.parquet")}
        needed = _data_files(table)
        missing = [each for each in needed if each not in there]
        if missing:
            what = say("store.missing-files", count=len(missing), of=len(needed), name=missing[0])
            raise StoreError(self._damage(what))

    def _damage(self, what: str) -> str:
        return say("store.damaged", store=self.location, what=what)

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn errors of the libraries beneath into a StoreError of one sentence."""
        from deltalake.exceptions import DeltaError

        try:
            yield
        except (DeltaError, pl.exceptions.ComputeError, OSError) as error:
            raise StoreError(self._damage(_first_line(error))) from error

    @contextmanager
    def _explained_writing(self) -> Iterator[None]:
        from deltalake.exceptions import DeltaError

        try:
            yield
        except (DeltaError, OSError) as error:
            raise StoreError(say("store.unwritable", store=self.location, why=_first_line(error))) from error

    def _create(self, name: str, schema: Mapping[str, Any]) -> None:
        if self._table(name) is None:
            self._write(name, pl.DataFrame(schema=schema))

    def _write(self, name: str, frame: pl.DataFrame, predicate: str | None = None, stamp: str | None = None) -> None:
        from deltalake import CommitProperties, write_deltalake

        options: dict[str, Any] = {"mode": "append", "schema_mode": "merge"}
        if predicate is not None:
            options = {"mode": "overwrite", "schema_mode": "merge", "predicate": predicate}
        if stamp is not None:
            properties = CommitProperties(custom_metadata={"stamp": stamp})
            options = {"mode": "overwrite", "schema_mode": "overwrite", "commit_properties": properties}
        write_deltalake(
            self._uri(name),
            frame,
            description=_description(),
            configuration=_FEW_STATISTICS | _FOR_EVER if name == "files" else _FEW_STATISTICS,
            storage_options=self.storage_options,
            writer_properties=_writer_properties(),
            **options,
        )
        self._opened.pop(name, None)

    def _replace(self, name: str, frame: pl.DataFrame, schema: Mapping[str, Any], stamp: str = "") -> None:
        storable = frame.select(pl.col(c).cast(pl.String if _is_closed_list(k) else k) for c, k in schema.items())
        with self._explained_writing():
            self._write(name, storable, stamp=stamp)
            table = self._table(name)
            if table is not None:
                table.vacuum(KEEP_DERIVED_HOURS, dry_run=False, enforce_retention_duration=False)


def _is_closed_list(kind: Any) -> bool:  # noqa: ANN401
    """Delta knows no closed lists: they are stored as text."""
    return isinstance(kind, pl.Enum)


def _data_files(table: DeltaTable) -> list[str]:
    """The names of the data files of the table's latest state; tables are not partitioned, so names suffice."""
    return [uri.replace("\\", "/").rsplit("/", 1)[-1] for uri in table.file_uris()]


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")


def _description() -> str:
    return f"gongkai store {FORMAT}"


def _writer_properties() -> WriterProperties:
    from deltalake import WriterProperties

    return WriterProperties(compression="ZSTD", compression_level=3, max_row_group_size=ROWS_A_GROUP)
