"""The frames that rules read, from a store or from reports in hand."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, wraps
from threading import RLock
from typing import TypeVar

import polars as pl

from flags.rule import Corpus
from loaders.file_records import FileRecord, ReadFile
from loaders.frames import to_rows
from loaders.report import Report
from loaders.tables import ISSUER_SCHEMA, ROSTER_SCHEMA, RowsInHand, Tables
from loaders.traditional import simplify

_TRADITIONAL = "[報開關區縣請訴體辦為於業與訊應並發條總數處]"
_ENOUGH_TRADITIONAL = 12  # characters that only traditional writing has; fewer may be a quotation

Value = TypeVar("Value")
_kept: dict[tuple[object, ...], object] = {}


def once_per_corpus(make: Callable[[Corpus], Value]) -> Callable[[Corpus], Value]:
    """Let several rules share what is costly to make; forgotten together with the frames of the corpus."""
    making = RLock()  # rules run side by side: the second waits for the first

    @wraps(make)
    def shared(corpus: Corpus) -> Value:
        frames = (corpus.reports, corpus.figures, corpus.sections, corpus.claims)
        key = (make.__module__, make.__qualname__, *map(id, frames))
        with making:
            if key not in _kept:
                _kept[key] = make(corpus)
                for frame in frames:
                    weakref.finalize(frame, _kept.pop, key, None)
            return _kept[key]  # type: ignore[return-value]

    return shared


def make_corpus(tables: Tables, roster: pl.LazyFrame | None = None) -> Corpus:
    """The corpus of a store, or of any other `Tables`. Without a roster the issuers seen stand in."""
    return Corpus(
        reports=tables.report_details(),
        figures=tables.figures(),
        sections=tables.sections(),
        claims=tables.claims(),
        issuers=tables.issuers(),
        roster=pl.LazyFrame(schema=ROSTER_SCHEMA) if roster is None else roster,
    )


@cache
def _simplified_characters() -> dict[str, str]:
    """Each traditional character and the simplified one that stands for it."""
    characters = map(chr, range(0x4E00, 0xA000))
    return {old: new for old in characters if (new := simplify(old)) != old}


def in_simplified(corpus: Corpus) -> Corpus:
    """The corpus with reports in traditional characters in simplified ones, every character at its position.

    Rules are worded in simplified characters; what they quote of such a report is quoted so too.
    """
    counted = pl.col("text").str.count_matches(_TRADITIONAL)
    traditional = corpus.reports.filter(counted >= _ENOUGH_TRADITIONAL).select("report_id").collect()
    if not traditional.height:
        return corpus
    written = pl.col("report_id").is_in(traditional["report_id"].implode())

    def converted(frame: pl.LazyFrame, *columns: str) -> pl.LazyFrame:
        plain = [pl.col(each).str.replace_many(_simplified_characters()).alias(each) for each in columns]
        rest = frame.filter(~written)
        return pl.concat([rest, frame.filter(written).with_columns(plain)]).collect().lazy()

    return replace(
        corpus,
        reports=converted(corpus.reports, "title", "preface", "signature", "text"),
        sections=converted(corpus.sections, "heading", "text"),
        claims=converted(corpus.claims, "quote"),
    )


class _Drafts(RowsInHand):
    """Reports in hand; two of one issuer's name and region are of one issuer."""

    def issuer_ids(self) -> pl.LazyFrame:
        named = self.rows().filter(pl.col("issuer").is_not_null())
        return named.select("report_id", self._issuer_id())

    def issuers(self) -> pl.LazyFrame:
        named = self.rows().filter(pl.col("issuer").is_not_null()).sort("year", nulls_last=False)
        latest = [pl.last(name) for name in ISSUER_SCHEMA if name not in ("issuer_id", "names", "years")]
        found = named.group_by(self._issuer_id(), maintain_order=True).agg(
            *latest,
            pl.col("issuer").unique().sort().alias("names"),
            pl.col("year").drop_nulls().unique().sort().alias("years"),
        )
        return found.select(pl.col(name).cast(kind) for name, kind in ISSUER_SCHEMA.items())

    @staticmethod
    def _issuer_id() -> pl.Expr:
        return pl.concat_str(pl.col("region_code").fill_null(""), pl.lit(":"), pl.col("issuer")).alias("issuer_id")


def corpus_of(reports: Sequence[Report]) -> Corpus:
    """The corpus of reports that are in no store: drafts under check, and tests."""
    files = [
        ReadFile(FileRecord("", report.path, report.bytes, 0, content_hash=report.report_id), report)
        for report in reports
    ]
    return make_corpus(_Drafts(to_rows(files)))
