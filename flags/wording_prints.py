"""Fingerprints: the telling clauses of every report as 64-bit hashes, and how many other issuers use each."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from flags.corpus import once_per_corpus
from flags.rule import Corpus
from flags.wording_lexicon import stock_words
from flags.wording_masking import Masker, masker, telling, without_figures
from flags.wording_passages import narrative

LEAST_NARRATIVE = 80
"""Masked characters that a narrative needs before it is compared or judged."""

WORTH_KEEPING = 20_000
"""Up to so many reports their masked texts are kept: to make the automaton once more takes longer than masking."""

_AUTHOR = pl.coalesce("issuer_id", "issuer", "report_id")


@dataclass(frozen=True, slots=True)
class Prints:
    """What the copies are found by.

    `reports`: `number` (UInt32, a row number, older reports first), `report_id`, `issuer` (name, may be null), `author`
    (UInt32, the same for all reports of one issuer), `year`, `chars` (telling masked characters), `clauses`.
    `clauses`: a row a report's distinct clause: `number`, `author`, `hash` (UInt64), `chars` (UInt16), `own` (UInt16:
    characters that are not of the common stock), `others` (UInt32: in how many other issuers' reports it occurs),
    `exact` (UInt64: the hash with the numbers left in, the least where it occurs with several), `counted` (whether
    there are numbers).
    `written`: `number` and the list `written` of a passage's clauses, numbers left in; see `masked_clauses`.
    """

    masker: Masker
    reports: pl.DataFrame
    clauses: pl.DataFrame
    authors: int
    written: pl.DataFrame | None

    def masked_clauses(self, corpus: Corpus, numbers: pl.DataFrame) -> pl.LazyFrame:
        """`number` and `clause` (numbers left out) of the reports of these numbers: all telling ones, each once."""
        if self.written is not None:
            lists = self.written.lazy().join(numbers.lazy(), on="number", how="semi", maintain_order="left")
        else:
            wanted = self.reports.lazy().select("report_id", "number").join(numbers.lazy(), on="number", how="semi")
            spoken = narrative(corpus).join(wanted, on="report_id", maintain_order="left")
            lists = spoken.select("number", written=self.masker.clauses(pl.col("text")))
        return (
            lists.explode("written")
            .select("number", clause=without_figures(pl.col("written")))
            .filter(telling(pl.col("clause")))
            .unique(maintain_order=True)
        )


@once_per_corpus
def prints(corpus: Corpus) -> Prints:
    """The fingerprints of a corpus."""
    masks = masker(corpus)
    reports = _authors(corpus).collect()
    numbered = narrative(corpus).join(
        reports.lazy().select("report_id", "number", "author"), on="report_id", how="inner"
    )
    written = numbered.select("number", "author", written=masks.clauses(pl.col("text"))).collect()
    found = (
        written.lazy()
        .explode("written")
        .with_columns(clause=without_figures(pl.col("written")))
        .filter(telling(pl.col("clause")))
        .select(
            "number",
            "author",
            hash=pl.col("clause").hash(),
            chars=pl.col("clause").str.len_chars().cast(pl.UInt16),
            own=own_characters(pl.col("clause")).cast(pl.UInt16),
            exact=pl.col("written").hash(),
            counted=pl.col("written") != pl.col("clause"),
        )
        .group_by("number", "hash")
        .agg(pl.col("author", "chars", "own").first(), pl.col("exact").min(), pl.col("counted").max())
        .collect()
    )
    spread = (
        found.lazy()
        .select("hash", "author")
        .unique()
        .group_by("hash")
        .agg(others=(pl.len() - 1).cast(pl.UInt32))
        .filter(pl.col("others") > 0)
    )
    clauses = found.lazy().join(spread, on="hash", how="left").with_columns(pl.col("others").fill_null(0)).collect()
    sizes = clauses.group_by("number").agg(chars=pl.col("chars").sum().cast(pl.Int64), clauses=pl.len())
    sized = reports.join(sizes, on="number", how="left").with_columns(pl.col("chars", "clauses").fill_null(0))
    kept = written.drop("author") if reports.height <= WORTH_KEEPING else None
    return Prints(masks, sized, clauses, reports.get_column("author").n_unique(), kept)


def own_characters(clause: pl.Expr) -> pl.Expr:
    """How many characters of a masked clause are left once the common stock of words is taken out."""
    words = list(stock_words())
    return clause.str.replace_many(words, [""] * len(words), leftmost=True).str.len_chars()


def authors(corpus: Corpus) -> int:
    """How many issuers a corpus has, without any fingerprints."""
    return int(corpus.reports.select(_AUTHOR.n_unique()).collect().item())


def _authors(corpus: Corpus) -> pl.LazyFrame:
    """Reports numbered, and their issuers; reports of unknown issuers have an author of their own."""
    return (
        corpus.reports.select("report_id", "issuer", "issuer_id", "year")
        .sort("year", "report_id", nulls_last=True)
        .with_row_index("number")
        .with_columns(author=_AUTHOR.rank("dense").cast(pl.UInt32))
    )
