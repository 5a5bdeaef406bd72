"""Tables as files to take away: CSV that is safe to open, workbooks and Parquet that say where they come from."""

from __future__ import annotations

import io
import itertools
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from loaders.words import UserError, say

FORMATS = ("csv", "parquet", "xlsx")

_NO_PROVENANCE: Mapping[str, str] = {}
_FORMULA_START = r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]"
_HARMLESS = r"^[+\-＋－]*[\d,，.]*[%％]?$"
"""A signed number, or a lone dash as forms have it for nothing: no spreadsheet takes it for a formula."""

_LARGEST_WHOLE = 2.0**53
XLSX_ROWS = 1_048_575
_XLSX_CHARACTERS = 32_767
_LIST_SEPARATOR = "；"


class ExportError(UserError):
    """The table does not fit the format; the message says what to do instead."""


def to_csv(frame: pl.DataFrame) -> bytes:
    """UTF-8 with byte order mark. Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return frame.select(_csv_columns(frame.schema)).write_csv(include_bom=True).encode()


def to_parquet(frame: pl.DataFrame, provenance: Mapping[str, str] = _NO_PROVENANCE) -> bytes:
    """Parquet with all types kept, and `provenance` as metadata of the file."""
    file = io.BytesIO()
    frame.write_parquet(file, metadata=dict(provenance))
    return file.getvalue()


def to_xlsx(frame: pl.DataFrame, provenance: Mapping[str, str] = _NO_PROVENANCE) -> bytes:
    """A workbook: the rows on one sheet, `provenance` on another. Raises ExportError for too many rows."""
    import xlsxwriter  # type: ignore[import-untyped]

    if frame.height > XLSX_ROWS:
        raise ExportError(say("too-many-rows", most=f"{XLSX_ROWS:,}", rows=f"{frame.height:,}"))
    flat = frame.select(_flat(pl.col(name), kind).alias(name) for name, kind in frame.schema.items())
    cut, shortened = _cut_long_texts(flat)
    notes = dict(provenance)
    if shortened:
        notes["shortened"] = f"{shortened} cells hold more than {_XLSX_CHARACTERS:,} characters; CSV has them whole"
    file = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(file, options) as book:
        cut.write_excel(
            book, "data", table_style=None, autofilter=False, freeze_panes=(1, 0), dtype_formats={pl.Float64: "General"}
        )
        if notes:
            sheet = book.add_worksheet("source")
            for line, (name, value) in enumerate(notes.items()):
                sheet.write_string(line, 0, name)
                sheet.write_string(line, 1, value)
    return file.getvalue()


def write_table(
    parts: Iterable[pl.DataFrame], path: Path, file_format: str, provenance: Mapping[str, str] = _NO_PROVENANCE
) -> int:
    """Write a table that comes in one or more parts, and say how many rows it has.

    The file appears whole or not at all. Raises ExportError where the format cannot hold the table.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    rows = 0

    def counted() -> Iterator[pl.DataFrame]:
        nonlocal rows
        for part in parts:
            rows += part.height
            yield part

    try:
        with partial.open("wb") as file:
            file.writelines(encoded(counted(), file_format, provenance))
        partial.replace(path)
        return rows
    finally:
        partial.unlink(missing_ok=True)


def encoded(
    parts: Iterable[pl.DataFrame], file_format: str, provenance: Mapping[str, str] = _NO_PROVENANCE, remark: str = ""
) -> Iterator[bytes]:
    """A table that comes in one or more parts, all of the same columns, as the bytes of a file, piece by piece.

    CSV, with `remark` as last line, and Parquet hold one part in memory at a time; a workbook is made as a whole.
    """
    if file_format == "csv":
        return _csv_pieces(parts, remark)
    if file_format == "parquet":
        return _parquet_pieces(parts, provenance)
    return iter([to_xlsx(pl.concat(parts), provenance)])


def _csv_pieces(parts: Iterable[pl.DataFrame], remark: str) -> Iterator[bytes]:
    for number, part in enumerate(parts):
        text = part.select(_csv_columns(part.schema))
        yield text.write_csv(include_bom=number == 0, include_header=number == 0).encode()
    if remark:
        quoted = remark.replace('"', "'")
        yield f'"# {quoted}"\n'.encode()


def _parquet_pieces(parts: Iterable[pl.DataFrame], provenance: Mapping[str, str]) -> Iterator[bytes]:
    coming = iter(parts)
    first, second = next(coming), next(coming, None)
    if second is None:
        yield to_parquet(first, provenance)
        return
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    schema = first.to_arrow().schema.with_metadata(dict(provenance))
    written = Sent()
    with pq.ParquetWriter(written, schema, compression="zstd") as writer:
        for part in itertools.chain((first, second), coming):
            writer.write_table(part.to_arrow().cast(schema))
            yield written.take()
    yield written.take()


class Sent(io.RawIOBase):
    """A file that is handed on while it is written: what was written since it was last taken."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._taken = 0

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401 - whatever holds bytes
        """Take the bytes in."""
        self._held += data
        return len(data)

    def tell(self) -> int:
        """How many bytes were written in all."""
        return self._taken + len(self._held)

    def take(self) -> bytes:
        """The bytes since the last call."""
        piece = bytes(self._held)
        self._taken += len(piece)
        self._held.clear()
        return piece


def _csv_columns(schema: Mapping[str, Any]) -> list[pl.Expr]:
    return [_as_text(pl.col(name), kind).alias(name) for name, kind in schema.items()]


def _as_text(column: pl.Expr, kind: pl.DataType) -> pl.Expr:
    """A column as CSV shows it: numbers plain, dates as ISO 8601, lists joined, structures as JSON."""
    if kind.is_float():
        whole = (column == column.round(0)) & (column.abs() < _LARGEST_WHOLE)
        return (
            pl.when(whole).then(column.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(column.cast(pl.String))
        )
    flat = _flat(column, kind)
    if isinstance(kind, pl.String | pl.Enum | pl.Categorical | pl.List | pl.Array | pl.Struct):
        return _formula_safe(flat.cast(pl.String))
    return flat


def _flat(column: pl.Expr, kind: pl.DataType) -> pl.Expr:
    """Lists and structures as one text."""
    if isinstance(kind, pl.Struct):
        return column.struct.json_encode()
    if isinstance(kind, pl.List) and isinstance(kind.inner, pl.Struct):
        items = column.list.eval(pl.element().struct.json_encode()).list.join(", ")
        return pl.concat_str(pl.lit("["), items, pl.lit("]"))
    if isinstance(kind, pl.List):
        return column.cast(pl.List(pl.String)).list.join(_LIST_SEPARATOR)
    return column


def _formula_safe(text: pl.Expr) -> pl.Expr:
    risky = text.str.contains(_FORMULA_START) & ~text.str.contains(_HARMLESS)
    return pl.when(risky).then(pl.concat_str(pl.lit("'"), text)).otherwise(text)


def _cut_long_texts(frame: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Texts as long as a cell of a workbook may be, and how many were longer."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    longer = frame.select((pl.col(name).str.len_chars() > _XLSX_CHARACTERS).sum() for name in texts)
    count = int(sum(longer.row(0))) if texts else 0
    return frame.with_columns(pl.col(name).str.head(_XLSX_CHARACTERS) for name in texts), count
