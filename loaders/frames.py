"""Parsed reports become rows of the store: a row a file, a column a figure, lists for what is long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import chain, repeat
from operator import attrgetter, itemgetter
from typing import Any

import polars as pl

from loaders import __version__
from loaders.document import Place
from loaders.file_records import ReadFile
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
# Long columns are made for many reports at once.
_ROW_SCHEMA = {name: kind for name, kind in REPORT_COLUMNS.items() if name not in ("evidence", "sections", "claims")}

NOT_FOUND = FigureReading(None, "", 0.0)
"""A figure of the edition that the reader has not so much as met."""


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
    values: list[float | None] = []
    for report in reports:  # all of a report at once, while it is in the processor's cache
        figures = _figures_of(report)
        rows.append(_report_row(report, figures))
        values += _in_all_columns(figures)
        cells.add(figures)
    read = pl.DataFrame(rows, schema=_ROW_SCHEMA, orient="row").hstack(_value_columns(values)).hstack(cells.columns())
    evidence = _structs("evidence", [report.identity.evidence for report in reports])
    sections = _structs("sections", [report.sections for report in reports])
    claims = _structs("claims", [report.claims for report in reports])
    read = read.hstack([evidence, sections, claims])
    if len(reports) < len(files):
        places = iter(range(len(reports)))
        at = pl.Series([None if result is None else next(places) for result in results], dtype=pl.UInt32)
        read = read.select(pl.all().gather(at))
    return _file_frame(files).hstack(read)[list(stored_schema())]  # quicker than `select`, which makes a plan


def _value_columns(values: list[float | None]) -> pl.DataFrame:
    """A column a figure, from the figures of all reports in a row; in the rows they would take twice as long."""
    keys = all_keys()
    table = pl.Series(values, dtype=pl.Float64, strict=False).reshape((-1, len(keys)))
    return table.arr.to_struct(keys).struct.unnest()


def _file_frame(files: Sequence[ReadFile]) -> pl.DataFrame:
    now = datetime.now(UTC)
    columns = zip(*map(_file_row, files), strict=True) if files else [()] * (len(FILE_COLUMNS) - 1)
    rows = dict(zip(FILE_COLUMNS, columns, strict=False))
    frame = pl.DataFrame(rows, schema={name: kind for name, kind in FILE_COLUMNS.items() if name != "read_at"})
    return frame.hstack([pl.Series("read_at", [now], dtype=FILE_COLUMNS["read_at"]).new_from_index(0, len(files))])


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


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of a report, each with a reading: of an edition all of them, in the order of the form."""

    edition: str
    keys: tuple[str, ...]
    readings: list[FigureReading]
    values: list[float | None]
    confidence: list[float]


def _figures_of(report: Report) -> _Figures:
    found, name = report.form.figures, report.form.edition
    keys = tuple(found)
    if has_form(name) and keys != keys_of(name):
        keys = keys_of(name)
        readings = [found.get(key, NOT_FOUND) for key in keys]
    else:
        readings = list(found.values())
    return _Figures(name, keys, readings, [each.value for each in readings], [each.confidence for each in readings])


def _report_row(report: Report, figures: _Figures) -> tuple[Any, ...]:
    return (*_identity_fields(report), *_content_fields(report), *_figure_fields(figures))


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
        list(dict.fromkeys(report.warnings)),
    )


def _content_fields(report: Report) -> tuple[Any, ...]:
    form = report.form
    return (
        report.preface,
        report.signature,
        report.text,
        {table: form.tables.get(table, "missing") for table in FORM_TABLES},
        [{"expected": expected, "found": found} for expected, found in form.labels],
    )


def _figure_fields(figures: _Figures) -> tuple[Any, ...]:
    keys, has_silent = figures.keys, None in figures.values
    silent = [pair for pair in zip(keys, figures.readings, strict=True) if pair[1].value is None] if has_silent else []
    return (
        [k for k, f in silent if not f.raw.strip() and f.confidence >= DOUBTFUL_BELOW],
        [{"key": k, "raw": f.raw} for k, f in silent if f.raw.strip()],
        [k for k, sure in zip(keys, figures.confidence, strict=True) if sure < DOUBTFUL_BELOW],
        None if has_form(figures.edition) else list(keys),
    )


def _in_all_columns(figures: _Figures) -> Iterable[float | None]:
    """A value for each figure of any edition."""
    if has_form(figures.edition):
        return _columns_of(figures.edition)([*figures.values, None])  # type: ignore[no-any-return]
    return map(dict(zip(figures.keys, figures.values, strict=True)).get, all_keys())


@cache
def _columns_of(edition_name: str) -> itemgetter[Any]:
    """Takes from an edition's values, with a null behind them, one for each figure of any edition."""
    places = {key: n for n, key in enumerate(keys_of(edition_name))}
    return itemgetter(*(places.get(key, len(places)) for key in all_keys()))


def has_form(edition_name: str) -> bool:
    """Whether reports of the edition have a fixed list of figures."""
    return edition_name in EDITION_NAMES


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
        self.places: list[Place] = []
        self.place_at: list[int | None] = []
        self._known_places: dict[int, int] = {}  # by identity: files of one kind share the places of their cells

    def add(self, figures: _Figures) -> None:
        readings, known = figures.readings, self._known_places
        self.lengths.append(len(readings))
        self.values += figures.values
        self.raw += [each.raw for each in readings]
        self.confidence += figures.confidence
        at = [known.get(id(each.place)) for each in readings]
        if None in at:
            for each in readings:
                if id(each.place) not in known:
                    known[id(each.place)] = len(self.places)
                    self.places.append(each.place)
            at = [known[id(each.place)] for each in readings]
        self.place_at += at

    def columns(self) -> pl.DataFrame:
        """A row a report; null where it has no figures."""
        fields = [_place_field(name, list(map(attrgetter(name), self.places))) for name in PLACE_TYPES]
        places = pl.DataFrame(fields).to_struct("cell_places")
        flat = pl.DataFrame(
            [
                pl.Series("cell_values", self.values, dtype=pl.Float64, strict=False),
                pl.Series("cell_raw", self.raw, dtype=pl.String),
                pl.Series("cell_confidence", self.confidence, dtype=pl.Float64, strict=False),
                places.gather(pl.Series(self.place_at, dtype=pl.UInt32)),
            ]
        )
        return _in_lists(flat, self.lengths)


def _structs(column: str, found: Sequence[Sequence[object]]) -> pl.Series:
    """A list of structs a report, their fields taken from the attributes of these names."""
    items = list(chain.from_iterable(found))
    fields = REPORT_COLUMNS[column].inner.fields
    flat = pl.DataFrame([pl.Series(f.name, list(map(attrgetter(f.name), items)), dtype=f.dtype) for f in fields])
    lengths = list(map(len, found))
    listed = _in_lists(flat.to_struct(column).to_frame(), lengths)[column]
    return listed if all(lengths) else listed.fill_null([])


def _in_lists(flat: pl.DataFrame, lengths: Sequence[int]) -> pl.DataFrame:
    """Every column as lists of the given lengths, one after the other; null where the length is 0."""
    owners = chain.from_iterable(map(repeat, range(len(lengths)), lengths))
    owner = pl.Series("at", list(owners), dtype=pl.UInt32)
    listed = flat.hstack([owner]).group_by("at", maintain_order=True).agg(pl.all())
    if listed.height < len(lengths):
        at = pl.DataFrame({"at": range(len(lengths))}, schema={"at": pl.UInt32})
        listed = at.join(listed, on="at", how="left", maintain_order="left")
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
