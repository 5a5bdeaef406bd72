"""Reports that turn out, once they are read, to be copies of others in the store."""

from __future__ import annotations

import polars as pl

from loaders.frames import FILE_COLUMNS


class Copies:
    """Knows the content of what is stored and of what is read on top of it. `stored` are rows of files."""

    def __init__(self, stored: pl.DataFrame) -> None:
        self.holders: dict[str, tuple[str, str]] = {}
        for _, content, root, path in _reports(stored):
            self.holders.setdefault(content, (root, path))

    def noted(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows with those that hold a report for the second time noted as copies of the first."""
        originals: dict[str, str] = {}
        for file, content, root, path in _reports(rows):
            holder = self.holders.setdefault(content, (root, path))
            if holder != (root, path):
                originals[file] = holder[1] if holder[0] == root else "/".join(holder)
        return _as_copies(rows, originals) if originals else rows


def _reports(rows: pl.DataFrame) -> list[tuple[str, str, str, str]]:
    read = rows.filter(pl.col("outcome") == "read")
    return read.select("file_id", "content_hash", "root", "path").rows()


def _as_copies(rows: pl.DataFrame, originals: dict[str, str]) -> pl.DataFrame:
    is_copy = pl.col("file_id").is_in(list(originals))
    original = pl.col("file_id").replace_strict(originals, default=None, return_dtype=pl.String)
    return rows.with_columns(
        *(pl.when(~is_copy).then(pl.col(name)).alias(name) for name in rows.columns if name not in FILE_COLUMNS),
        pl.when(is_copy).then(pl.lit("duplicate")).otherwise("outcome").alias("outcome"),
        pl.when(is_copy).then(original).otherwise("message").alias("message"),
    )
