"""A second look at pairs that share a good part of their clauses: clauses that differ in a few characters count too."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress

import polars as pl
from rapidfuzz import fuzz, process

from flags.rule import Corpus
from flags.wording_prints import Prints

LIKE = 72.0
"""From this likeness on (0 to 100, matching characters over all characters) two clauses are one, edited."""
SHORTEST = 6
"""Shorter clauses are alike too easily."""
MOST_PAIRS = 40_000
"""Pairs looked at again, the likest first."""


@dataclass(frozen=True, slots=True)
class _Clauses:
    """The clauses of one report with their length and weight."""

    texts: list[str]
    chars: list[int]
    weights: list[float]


def _clauses_of(corpus: Corpus, made: Prints, numbers: pl.DataFrame, weight: pl.Expr) -> dict[int, _Clauses]:
    known = made.clauses.lazy().select("number", "hash", "chars", "own", "others")
    rows = (
        made.masked_clauses(corpus, numbers)
        .with_columns(hash=pl.col("clause").hash())
        .join(known, on=["number", "hash"], how="left", maintain_order="left")
        .with_columns(weight=weight * pl.col("chars"))
        .group_by("number", maintain_order=True)
        .agg("clause", "chars", "weight")
        .collect()
    )
    return {number: _Clauses(*held) for number, *held in rows.iter_rows()}


def _share(mine: _Clauses, other: _Clauses) -> tuple[float, float, float, float]:
    """Shared characters and their part, plain and weighed, with edited clauses counted."""
    theirs = set(other.texts)
    # Clause by clause: comparing all with all at once needs NumPy, and to load it costs more than this.
    found = [
        text in theirs
        or (chars >= SHORTEST and bool(process.extractOne(text, other.texts, scorer=fuzz.ratio, score_cutoff=LIKE)))
        for text, chars in zip(mine.texts, mine.chars, strict=True)
    ]
    chars, weights = sum(compress(mine.chars, found)), sum(compress(mine.weights, found))
    return float(chars), chars / sum(mine.chars), weights, weights / max(sum(mine.weights), 1e-9)


def looked_at_again(corpus: Corpus, made: Prints, pairs: pl.DataFrame, weight: pl.Expr) -> pl.DataFrame:
    """The measured pairs with `shared_chars`, `share`, `rare_chars` and `rare_share` raised by edited clauses."""
    chosen = pairs.sort("share", "mine", "other", descending=[True, False, False]).head(MOST_PAIRS)
    if chosen.is_empty():
        return chosen
    numbers = pl.concat([chosen.select(number="mine"), chosen.select(number="other")]).unique()
    clauses = _clauses_of(corpus, made, numbers, weight)
    shares = [_share(clauses[mine], clauses[other]) for mine, other in chosen.select("mine", "other").iter_rows()]
    columns = ("shared_chars", "share", "rare_chars", "rare_share")
    raised = pl.DataFrame(shares, schema=dict.fromkeys(columns, pl.Float64), orient="row")
    return chosen.with_columns(
        raised.get_column("shared_chars").round(0).cast(pl.Int64),
        *(raised.get_column(name) for name in columns[1:]),
    )
