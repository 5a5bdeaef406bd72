"""The parts from which the checks of all families put their outcome rows together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import polars as pl

from flags.rule import OUTCOME_SCHEMA

EPSILON = 1e-6
"""Figures closer than this are equal; money has at most six decimals."""


_findings_only: ContextVar[bool] = ContextVar("findings_only", default=False)
NO_ROWS = pl.LazyFrame(schema=OUTCOME_SCHEMA)
"""What a rule gives where it has looked and found nothing: the wording of findings need not be planned then."""


@contextmanager
def findings_only() -> Iterator[None]:
    """Within it, rows that cannot become findings because they have no message are not computed at all.

    An ingest asks for findings only; what passed or is not applicable is asked for report by report.
    """
    before = _findings_only.set(True)
    try:
        yield
    finally:
        _findings_only.reset(before)


def nothing_to_word(found: pl.DataFrame) -> bool:
    """Whether there is no finding where findings alone are asked for: then nothing more need be planned."""
    return _findings_only.get() and not found.height


def number(value: pl.Expr) -> pl.Expr:
    """A figure as text: 12, not 12.0; 3.5 stays."""
    whole = value.round(0).cast(pl.Int64, strict=False).cast(pl.String)
    return pl.when((value - value.round(0)).abs() < EPSILON).then(whole).otherwise(value.round(4).cast(pl.String))


def cells(keys: Iterable[str], always: Sequence[str] = ()) -> pl.Expr:
    """Evidence: the figures that are not zero, and those of `always`, as a list of `key` and `value`."""
    shown = list(dict.fromkeys([*always, *keys]))
    structs = [pl.struct(pl.lit(key).alias("key"), pl.col(key).alias("value")) for key in shown]
    element = pl.element()
    worth = (element.struct.field("value") != 0) | element.struct.field("key").is_in(list(always))
    return pl.concat_list(structs).list.eval(element.filter(worth.fill_null(True)))


def evidence(**parts: pl.Expr) -> pl.Expr:
    """The evidence of a finding as JSON with the parts named: `cells`, `quotes`, `reports`, `cause` and the like."""
    return pl.struct([part.alias(name) for name, part in parts.items()]).struct.json_encode()


def quote(section: pl.Expr, start: pl.Expr, text: pl.Expr) -> pl.Expr:
    """One quotation and where it stands, in characters of its section's text."""
    return pl.struct(
        section.cast(pl.Int32).alias("section"),
        start.cast(pl.Int64).alias("start"),
        (start + text.str.len_chars()).cast(pl.Int64).alias("end"),
        text.alias("text"),
    )


def listed(names: pl.Expr, limit: int = 5, *, separator: str = "、", more: str = "等") -> pl.Expr:
    """The first `limit` texts of a list column in one text, and `more` behind them if there are others."""
    joined = names.list.head(limit).list.join(separator)
    return pl.when(names.list.len() > limit).then(pl.concat_str(joined, pl.lit(more))).otherwise(joined)


def outcomes(
    frame: pl.LazyFrame,
    *,
    status: pl.Expr | str,
    reason: pl.Expr | str | None = None,
    left: pl.Expr | None = None,
    right: pl.Expr | None = None,
    message: pl.Expr | None = None,
    message_en: pl.Expr | None = None,
    evidence: pl.Expr | None = None,
    score: pl.Expr | None = None,
) -> pl.LazyFrame:
    """Rows of `OUTCOME_SCHEMA` from a frame with `report_id`; what is not given is null."""
    if message is None and _findings_only.get():
        return NO_ROWS
    given = {
        "report_id": pl.col("report_id"),
        "status": pl.lit(status) if isinstance(status, str) else status,
        "reason": pl.lit(reason) if isinstance(reason, str) else reason,
        "left": left,
        "right": right,
        "message": message,
        "message_en": message_en,
        "evidence": evidence,
        "score": score,
    }
    columns = [(pl.lit(None) if given[name] is None else given[name]) for name in OUTCOME_SCHEMA]
    typed = [
        column.cast(kind).alias(name)  # type: ignore[union-attr]
        for column, (name, kind) in zip(columns, OUTCOME_SCHEMA.items(), strict=True)
    ]
    return frame.select(typed)


def together(frames: Iterable[pl.LazyFrame]) -> pl.LazyFrame:
    """Several frames of outcome rows as one."""
    parts = [frame for frame in frames if frame is not NO_ROWS]
    return pl.concat(parts, how="vertical") if parts else NO_ROWS


def doubtful(keys: Sequence[str]) -> pl.Expr:
    """Whether any of the figures was read with low confidence; needs the column `doubtful_keys`."""
    return pl.col("doubtful_keys").list.set_intersection(pl.lit(pl.Series([list(keys)]))).list.len() > 0
