"""Public tables a part at a time, so that one larger than memory can be handed out."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from loaders.store import Store
from loaders.tables import RowsInHand

REPORTS_AT_ONCE = 2_000
"""Reports whose rows of a table are held in memory together."""

ROWS_AT_ONCE = 50_000
"""Rows of a table that has few columns."""

EVERY_REPORT = pl.lit(value=True)


def of_table(store: Store, name: str, wanted: pl.Expr = EVERY_REPORT) -> Iterator[pl.DataFrame]:
    """A public table in one or more parts, in the order of the store; never none, for the first has the columns.

    `wanted` is a condition on the columns of `reports`. Failures and issuers are of no report: all are given.
    """
    if name in ("failures", "issuers"):
        yield store.table(name).collect()
    elif name == "flags":
        yield from _slices(_findings_on(store, wanted))
    else:
        yield RowsInHand().table(name).collect()
        issuer_ids = store.issuer_ids().collect()
        for rows in store.batches(REPORTS_AT_ONCE):
            yield RowsInHand(rows.filter(wanted), issuer_ids).table(name).collect()


def in_slices(frame: pl.DataFrame, length: int = ROWS_AT_ONCE) -> Iterator[pl.DataFrame]:
    """A frame in hand in one or more parts, so that what is made of it need not be held whole beside it."""
    yield from frame.iter_slices(length) if frame.height else [frame]


def _findings_on(store: Store, wanted: pl.Expr) -> pl.LazyFrame:
    if wanted.meta.eq(EVERY_REPORT):
        return store.flags()
    return store.flags().join(store.reports().filter(wanted).select("report_id"), on="report_id", how="semi")


def _slices(rows: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    count = rows.select(pl.len()).collect().item()
    for start in range(0, max(count, 1), ROWS_AT_ONCE):
        yield rows.slice(start, ROWS_AT_ONCE).collect()
