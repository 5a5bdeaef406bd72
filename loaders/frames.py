"""Parsed reports become rows of the store: a row a file, a column a figure, lists for what is long."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any

import polars as pl

from loaders import __version__
from loaders.document import Place
from loaders.form.editions import EDITION_NAMES, all_keys, edition
from loaders.report import Failure, FigureReading, Report
from loaders.vocabulary import DOUBTFUL_BELOW, FORM_TABLES

PLACE_TYPES: dict[str, Any] = {
    "page": pl.Int32,
    "box": pl.List(pl.Float64),
    "table": pl.Int32,
    "row": pl.Int32,
    "column": pl.Int32,
    "paragraph": pl.Int32,
    "line": pl.Int32,
    "character": pl.Int32,
}
PAIR = pl.List(pl.Struct({"expected": pl.String, "found": pl.String}))
EVIDENCE = pl.List(pl.Struct({"about": pl.String, "value": pl.String, "source": pl.String, "weight": pl.Float64}))
SECTIONS = pl.List(pl.Struct({"section": pl.Int32, "heading": pl.String, "text": pl.String}))
CLAIMS = pl.List(
    pl.Struct(
        {
            "about": pl.String,
            "value": pl.Float64,
            "quote": pl.String,
            "section": pl.Int32,
            "start": pl.Int64,
            "end": pl.Int64,
            "exact": pl.Boolean,
            "period": pl.String,
        }
    )
)
FILE_COLUMNS: dict[str, Any] = {
    "file_id": pl.String,
    "root": pl.String,
    "path": pl.String,
    "size": pl.Int64,
    "modified": pl.Int64,
    "content_hash": pl.String,
    "overrides": pl.String,
    "outcome": pl.String,
    "reason": pl.String,
    "message": pl.String,
    "program_version": pl.String,
    "read_at": pl.Datetime("us", "UTC"),
}
REPORT_COLUMNS: dict[str, Any] = {
    "report_id": pl.String,
    "source_url": pl.String,
    "format": pl.String,
    "bytes": pl.Int64,
    "title": pl.String,
    "issuer": pl.String,
    "issuer_kind": pl.String,
    "field_of_work": pl.String,
    "region_code": pl.String,
    "province": pl.String,
    "prefecture": pl.String,
    "county": pl.String,
    "township": pl.String,
    "year": pl.Int32,
    "edition": pl.String,
    "published_on": pl.Date,
    "confidence": pl.Float64,
    "identity_confidence": pl.Float64,
    "form_confidence": pl.Float64,
    "warnings": pl.List(pl.String),
    "preface": pl.String,
    "signature": pl.String,
    "text": pl.String,
    "tables": pl.Struct(dict.fromkeys(FORM_TABLES, pl.String)),
    "labels": PAIR,
    "evidence": EVIDENCE,
    "sections": SECTIONS,
    "claims": CLAIMS,
    "blank_keys": pl.List(pl.String),
    "unreadable": pl.List(pl.Struct({"key": pl.String, "raw": pl.String})),
    "doubtful_keys": pl.List(pl.String),
    "cell_keys": pl.List(pl.String),
}
CELL_COLUMNS: dict[str, Any] = {
    "cell_values": pl.List(pl.Float64),
    "cell_raw": pl.List(pl.String),
    "cell_confidence": pl.List(pl.Float64),
    "cell_places": pl.List(pl.Struct(PLACE_TYPES)),
}
"""Parallel to `cell_keys`, or to the keys of the edition where `cell_keys` is null."""

_NO_BOX = (0.0, 0.0, 0.0, 0.0)
_FILLED_LATER = (None, None, None)
"""Evidence, sections and claims: columns that are made for many reports at once."""

_REPORT_SCHEMA = REPORT_COLUMNS | dict.fromkeys(all_keys(), pl.Float64)

NOT_FOUND = FigureReading(None, "", 0.0)
"""A figure of the edition that the reader has not so much as met."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What the store knows of a file besides what is in it.

    `root` is the ingested folder, `path` the place under it with `/`, `modified` nanoseconds since 1970,
    `overrides` what a manifest says of the file, as JSON, or empty.
    """

    root: str
    path: str
    size: int
    modified: int
    content_hash: str = ""
    overrides: str = ""

    @property
    def file_id(self) -> str:
        """The same for the same place, whatever stands there."""
        return file_id(self.root, self.path)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file and what became of it: a report, a failure, or the place of an earlier file with the same content."""

    record: FileRecord
    result: Report | Failure | str


def file_id(root: str, path: str) -> str:
    """The key of a file in the store: its full place, so that it is one file below whichever folder it is met."""
    return hashlib.blake2b(f"{root}/{path}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def content_hash(data: bytes) -> str:
    """The hash that every finding and download carries; its first 16 characters are the `report_id`."""
    return hashlib.blake2b(data, digest_size=32).hexdigest()


def stored_schema() -> dict[str, Any]:
    """Columns and types of the table of files."""
    return FILE_COLUMNS | REPORT_COLUMNS | CELL_COLUMNS | dict.fromkeys(all_keys(), pl.Float64)


def to_rows(files: Sequence[ReadFile]) -> pl.DataFrame:
    """Files as rows of the store, in their order, with the columns of `stored_schema`.

    A report that no frame can hold becomes a failure of reason `internal`; the others are unharmed.
    """
    try:
        return _to_rows(files)
    except (ValueError, TypeError, OverflowError, pl.exceptions.PolarsError) as error:
        if len(files) > 1:
            return pl.concat([to_rows([file]) for file in files])
        return _to_rows([_mended(files[0], error)])


def _mended(file: ReadFile, error: Exception) -> ReadFile:
    """The file with characters that no text can hold replaced, or, if that was not the matter, as a failure."""
    scrubbed = ReadFile(_scrub(file.record), _scrub(file.result))
    try:
        _to_rows([scrubbed])
    except (ValueError, TypeError, OverflowError, pl.exceptions.PolarsError):
        message = f"the report was read but cannot be stored: {error}".splitlines()[0]
        return ReadFile(scrubbed.record, Failure(scrubbed.record.path, "internal", str(_scrub(message))))
    return scrubbed


def _scrub(value: Any) -> Any:  # noqa: ANN401
    """The same value without lone surrogates, which damaged files bring along and UTF-8 forbids."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list | tuple):
        return type(value)(_scrub(each) for each in value)
    if isinstance(value, dict):
        return {_scrub(key): _scrub(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type | Place):
        return replace(value, **{f.name: _scrub(getattr(value, f.name)) for f in fields(value) if f.init})
    return value


def _to_rows(files: Sequence[ReadFile]) -> pl.DataFrame:
    results = [file.result if isinstance(file.result, Report) else None for file in files]
    reports = [result for result in results if result is not None]
    rows, cells = [], _Cells()
    for report in reports:  # all of a report at once, while it is in the processor's cache
        rows.append(_report_row(report))
        cells.add(report)
    read = pl.DataFrame(rows, schema=_REPORT_SCHEMA, orient="row").hstack(cells.columns())
    read = read.with_columns(
        _structs("evidence", [report.identity.evidence for report in reports]),
        _structs("sections", [report.sections for report in reports]),
        _structs("claims", [report.claims for report in reports]),
    )
    if len(reports) < len(files):
        places = iter(range(len(reports)))
        at = pl.Series([None if result is None else next(places) for result in results], dtype=pl.UInt32)
        read = read.select(pl.all().gather(at))
    return _file_frame(files).hstack(read).select(*stored_schema())


def _file_frame(files: Sequence[ReadFile]) -> pl.DataFrame:
    now = datetime.now(UTC)
    columns = zip(*map(_file_row, files), strict=True) if files else [()] * (len(FILE_COLUMNS) - 1)
    rows = dict(zip(FILE_COLUMNS, columns, strict=False))
    frame = pl.DataFrame(rows, schema={name: kind for name, kind in FILE_COLUMNS.items() if name != "read_at"})
    return frame.with_columns(pl.lit(now, FILE_COLUMNS["read_at"]).alias("read_at"))


def _file_row(file: ReadFile) -> tuple[Any, ...]:
    """The columns of files but the last, which says when they were read."""
    record, result = file.record, file.result
    outcome, reason, message = "read", None, None
    if isinstance(result, Failure):
        outcome, reason, message = "failed", result.reason, result.message
    elif isinstance(result, str):
        outcome, message = "duplicate", result
    return (
        record.file_id,
        record.root,
        record.path,
        record.size,
        record.modified,
        record.content_hash,
        record.overrides,
        outcome,
        reason,
        message,
        __version__,
    )


def _report_row(report: Report) -> tuple[Any, ...]:
    return (*_identity_fields(report), *_content_fields(report), *_figure_fields(report))


def _identity_fields(report: Report) -> tuple[Any, ...]:
    who, form = report.identity, report.form
    return (
        report.report_id,
        who.source_url or None,
        report.format,
        report.bytes,
        who.title or None,
        who.issuer or None,
        who.issuer_kind,
        who.field_of_work or None,
        who.region_code or None,
        who.province or None,
        who.prefecture or None,
        who.county or None,
        who.township or None,
        who.year,
        form.edition,
        who.published_on,
        min(who.confidence, form.confidence),
        who.confidence,
        form.confidence,
        list(dict.fromkeys((*report.warnings, *form.warnings, *who.warnings))),
    )


def _content_fields(report: Report) -> tuple[Any, ...]:
    form = report.form
    return (
        report.preface,
        report.signature,
        report.text,
        {table: form.tables.get(table, "missing") for table in FORM_TABLES},
        [{"expected": expected, "found": found} for expected, found in form.labels],
        *_FILLED_LATER,
    )


def _figure_fields(report: Report) -> tuple[Any, ...]:
    found = _readings(report)
    silent = {key: reading for key, reading in found.items() if reading.value is None}
    return (
        [k for k, f in silent.items() if not f.raw.strip() and f.confidence >= DOUBTFUL_BELOW],
        [{"key": k, "raw": f.raw} for k, f in silent.items() if f.raw.strip()],
        [k for k, f in found.items() if f.confidence < DOUBTFUL_BELOW],
        None if has_form(report.form.edition) else list(found),
        *map({key: reading.value for key, reading in found.items()}.get, all_keys()),
    )


def has_form(edition_name: str) -> bool:
    """Whether reports of the edition have a fixed list of figures."""
    return edition_name in EDITION_NAMES


def _readings(report: Report) -> dict[str, FigureReading]:
    """The figures of the report's edition, each with a reading, in order; of free forms, those found."""
    found, name = report.form.figures, report.form.edition
    if not has_form(name) or tuple(found) == keys_of(name):
        return found
    return {key: found.get(key, NOT_FOUND) for key in keys_of(name)}


@cache
def keys_of(edition_name: str) -> tuple[str, ...]:
    """The keys of an edition, in the order of the form."""
    return edition(edition_name).keys


class _Cells:
    """The long columns, gathered over all reports: far cheaper than a list of dictionaries a report."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self.values: list[float | None] = []
        self.raw: list[str] = []
        self.confidence: list[float] = []
        self.places: dict[str, list[Any]] = {name: [] for name in PLACE_TYPES}

    def add(self, report: Report) -> None:
        cells = list(_readings(report).values())
        places = [cell.place for cell in cells]
        self.lengths.append(len(cells))
        self.values += [cell.value for cell in cells]
        self.raw += [cell.raw for cell in cells]
        self.confidence += [cell.confidence for cell in cells]
        for name, held in self.places.items():
            held += map(attrgetter(name), places)

    def columns(self) -> pl.DataFrame:
        """A row a report; null where it has no figures."""
        flat = pl.DataFrame(
            [
                pl.Series("cell_values", self.values, dtype=pl.Float64, strict=False),
                pl.Series("cell_raw", self.raw, dtype=pl.String),
                pl.Series("cell_confidence", self.confidence, dtype=pl.Float64, strict=False),
                *(_place_field(name, held) for name, held in self.places.items()),
            ]
        )
        place = pl.struct(*PLACE_TYPES).alias("cell_places")
        return _in_lists(flat.select("cell_values", "cell_raw", "cell_confidence", place), self.lengths)


def _structs(column: str, found: Sequence[Sequence[object]]) -> pl.Series:
    """A list of structs a report, their fields taken from the attributes of these names."""
    items = list(chain.from_iterable(found))
    fields = REPORT_COLUMNS[column].inner.fields
    flat = pl.DataFrame([pl.Series(f.name, list(map(attrgetter(f.name), items)), dtype=f.dtype) for f in fields])
    listed = _in_lists(flat.select(pl.struct(pl.all()).alias(column)), list(map(len, found)))
    return listed[column].fill_null([])


def _in_lists(flat: pl.DataFrame, lengths: Sequence[int]) -> pl.DataFrame:
    """Every column as lists of the given lengths, one after the other; null where the length is 0."""
    at = pl.Series("at", range(len(lengths)), dtype=pl.UInt32)
    owner = at.repeat_by(pl.Series(lengths, dtype=pl.UInt32)).explode(keep_nulls=False, empty_as_null=False)
    listed = flat.with_columns(owner).group_by("at", maintain_order=True).agg(pl.all())
    if listed.height < len(lengths):
        listed = at.to_frame().join(listed, on="at", how="left", maintain_order="left")
    return listed.drop("at")


def _place_field(name: str, values: list[Any]) -> pl.Series:
    """Most fields are of other kinds of file, and null throughout."""
    kind = PLACE_TYPES[name]
    if values.count(None) == len(values):
        return pl.Series(name, [None], dtype=kind).new_from_index(0, len(values))
    if name != "box":
        return pl.Series(name, values, dtype=kind)
    # Numbers one after the other are read far faster than tuples.
    numbers = chain.from_iterable(value or _NO_BOX for value in values)
    boxes = pl.Series(name, list(numbers), dtype=pl.Float64).reshape((-1, len(_NO_BOX))).arr.to_list()
    there = pl.Series("there", [value is not None for value in values])
    return pl.select(pl.when(there).then(boxes)).to_series().alias(name)
