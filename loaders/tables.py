"""The public tables as lazy views over the rows of the store."""

from __future__ import annotations

from abc import ABC, abstractmethod

import polars as pl

from loaders.form.editions import EDITION_NAMES, all_keys, edition
from loaders.frames import PLACE_TYPES, stored_schema, to_rows
from loaders.vocabulary import EDITIONS, FAILURE_REASONS, ISSUER_KINDS, SEVERITIES

REPORT_VIEW = (
    "report_id",
    "path",
    "source_url",
    "format",
    "bytes",
    "title",
    "issuer",
    "issuer_id",
    "issuer_kind",
    "field_of_work",
    "region_code",
    "province",
    "prefecture",
    "county",
    "township",
    "year",
    "edition",
    "published_on",
    "confidence",
    "warnings",
)
DETAIL_COLUMNS = (
    "content_hash",
    "identity_confidence",
    "form_confidence",
    "preface",
    "signature",
    "text",
    "tables",
    "labels",
    "evidence",
)
ISSUER_ID_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {"report_id": pl.String, "issuer_id": pl.String}
FLAG_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "report_id": pl.String,
    "path": pl.String,
    "rule": pl.String,
    "severity": pl.Enum(SEVERITIES),
    "message": pl.String,
    "message_en": pl.String,
    "evidence": pl.String,
    "score": pl.Float64,
    "rule_version": pl.Int32,
    "program_version": pl.String,
    "content_hash": pl.String,
}

ROSTER_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "issuer_id": pl.String,
    "issuer": pl.String,
    "region_code": pl.String,
    "year": pl.Int32,
}

ISSUER_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "issuer_id": pl.String,
    "issuer": pl.String,
    "names": pl.List(pl.String),
    "issuer_kind": pl.Enum(ISSUER_KINDS),
    "field_of_work": pl.String,
    "region_code": pl.String,
    "province": pl.String,
    "prefecture": pl.String,
    "county": pl.String,
    "years": pl.List(pl.Int32),
}


class Tables(ABC):
    """The public tables over rows of the store; every method gives a lazy frame.

    `report_id` is unique among reports; `path` is relative to the folder that was ingested.
    """

    @abstractmethod
    def rows(self) -> pl.LazyFrame:
        """The rows as stored: `loaders.frames.stored_schema`."""

    @abstractmethod
    def issuer_ids(self) -> pl.LazyFrame:
        """`report_id`, `issuer_id`: whose report it is."""

    @abstractmethod
    def issuers(self) -> pl.LazyFrame:
        """The public table `issuers`."""

    def reports(self) -> pl.LazyFrame:
        """The public table `reports`."""
        return self._identified().select(REPORT_VIEW)

    def report_details(self) -> pl.LazyFrame:
        """`reports` and what rules and pages read beside it: texts, tables found, altered labels, evidence."""
        return self._identified().select(*REPORT_VIEW, *DETAIL_COLUMNS)

    def figures(self) -> pl.LazyFrame:
        """A row a report: `report_id`, a column a figure of any edition, and which are blank, unreadable, doubtful."""
        return self._read().select("report_id", *all_keys(), "blank_keys", "unreadable", "doubtful_keys")

    def cells(self) -> pl.LazyFrame:
        """The public table `cells`."""
        return cells_of(self._read())

    def sections(self) -> pl.LazyFrame:
        """The public table `sections`."""
        return _items(self._read(), "sections")

    def claims(self) -> pl.LazyFrame:
        """The public table `claims`."""
        return _items(self._read(), "claims")

    def failures(self) -> pl.LazyFrame:
        """The public table `failures`."""
        failed = self.rows().filter(pl.col("outcome") == "failed")
        return failed.select("path", pl.col("reason").cast(pl.Enum(FAILURE_REASONS)), "message").sort("path")

    def table(self, name: str) -> pl.LazyFrame:
        """The public table of that name."""
        views = {
            "reports": self.reports,
            "cells": self.cells,
            "sections": self.sections,
            "claims": self.claims,
            "failures": self.failures,
            "issuers": self.issuers,
        }
        return views[name]()

    def _read(self) -> pl.LazyFrame:
        return self.rows().filter(pl.col("outcome") == "read")

    def _identified(self) -> pl.LazyFrame:
        typed = self._read().with_columns(
            pl.col("issuer_kind").cast(pl.Enum(ISSUER_KINDS)), pl.col("edition").cast(pl.Enum(EDITIONS))
        )
        return typed.join(self.issuer_ids(), on="report_id", how="left", maintain_order="left")


class RowsInHand(Tables):
    """Tables over rows in memory: drafts under check, or a few reports of a store.

    Without `issuer_ids` and `issuers` a report is of no known issuer.
    """

    def __init__(
        self,
        rows: pl.DataFrame | None = None,
        issuer_ids: pl.DataFrame | None = None,
        issuers: pl.DataFrame | None = None,
    ) -> None:
        self._rows = to_rows([]) if rows is None else rows
        self._issuer_ids = pl.DataFrame(schema=ISSUER_ID_SCHEMA) if issuer_ids is None else issuer_ids
        self._issuers = pl.DataFrame(schema=ISSUER_SCHEMA) if issuers is None else issuers

    def rows(self) -> pl.LazyFrame:
        """The rows as given."""
        return self._rows.lazy()

    def issuer_ids(self) -> pl.LazyFrame:
        """Those given."""
        return self._issuer_ids.lazy()

    def issuers(self) -> pl.LazyFrame:
        """Those given."""
        return self._issuers.lazy()


def cells_of(read: pl.LazyFrame) -> pl.LazyFrame:
    """The public table `cells` of stored rows, in the order of the form."""
    parallel = ("key", "value", "raw", "confidence", "place")
    # Not by the length of the values: that would unpack them for all reports where one is asked for.
    has_cells = pl.col("edition").is_in(EDITION_NAMES) | (pl.col("cell_keys").list.len() > 0)
    listed = read.filter(has_cells).select(
        "report_id",
        "path",
        _keys_of_row().alias("key"),
        pl.col("cell_values").alias("value"),
        pl.col("cell_raw").alias("raw"),
        pl.col("cell_confidence").alias("confidence"),
        pl.col("cell_places").alias("place"),
    )
    keys = all_keys()
    parts = [key.split(".") for key in keys]
    return listed.explode(parallel).select(
        "report_id",
        "path",
        pl.col("key").replace_strict(keys, [part[0] for part in parts]).alias("table"),
        pl.col("key").replace_strict(keys, [".".join(part[1:-1]) for part in parts]).alias("row"),
        pl.col("key").replace_strict(keys, [part[-1] for part in parts]).alias("column"),
        "value",
        "raw",
        "confidence",
        _place_as_json(pl.col("place")).alias("where"),
    )


def _keys_of_row() -> pl.Expr:
    keys = pl.col("cell_keys")
    for name in EDITION_NAMES:
        of_edition = pl.lit(list(edition(name).keys), dtype=pl.List(pl.String))
        keys = pl.when(pl.col("edition") == name).then(of_edition).otherwise(keys)
    return keys


def _place_as_json(place: pl.Expr) -> pl.Expr:
    """As `loaders.document.Place.to_json` writes it."""
    fields = [_field_as_json(name, place.struct.field(name)) for name in PLACE_TYPES]
    return pl.concat_str(pl.lit("{"), pl.concat_str(fields, separator=", ", ignore_nulls=True), pl.lit("}"))


def _field_as_json(name: str, value: pl.Expr) -> pl.Expr:
    if name == "box":
        value = pl.concat_str(pl.lit("["), value.cast(pl.List(pl.String)).list.join(", "), pl.lit("]"))
    return pl.concat_str(pl.lit(f'"{name}": '), value)


def _items(read: pl.LazyFrame, column: str) -> pl.LazyFrame:
    """A list of structs as a long table."""
    names = [field.name for field in stored_schema()[column].inner.fields]
    items = read.select("report_id", "path", column).explode(column).filter(pl.col(column).is_not_null())
    return items.select("report_id", "path", *(pl.col(column).struct.field(n) for n in names))
