"""Which reports share a text: candidates without comparing every pair, then an exact measure of what they share.

Two ways lead to a candidate. The rarest clauses of a report that also stand elsewhere point to where a passage was
taken from. MinHash signatures (Broder 1997, "On the resemblance and containment of documents") in bands (Leskovec,
Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3) bring together reports that share most of their text even
where every clause is common. Each candidate is then measured by the clauses it really shares.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import polars as pl

from flags.rule import Corpus
from flags.wording_fuzzy import looked_at_again
from flags.wording_masking import telling, without_figures
from flags.wording_passages import narrative, sentences
from flags.wording_prints import LEAST_NARRATIVE, Prints, prints

RAREST = 16
"""Clauses by which a report looks for others."""
NEIGHBOURS = 3
"""In a bucket of many reports each is held against so many before it, and against the first."""
LEAST_MEETINGS = 2
MOST_CANDIDATES = 4
"""Pairs that meet in fewer buckets are not measured, nor more than so many of one report."""
BANDS = 16
LARGE_CORPUS = 20_000
"""From so many reports on a band has four rows instead of three, so that chance does not fill the buckets."""
SENTENCE = 35
"""Masked characters of a usual sentence: clauses of one sentence are no independent witnesses."""
OWN_OF_CLAUSE = 3
"""Characters beyond the common stock from which on a clause is more than a stock phrase."""
STOCK_WEIGHT = 0.2
"""What a clause of stock phrases weighs: anybody may have put it together."""
WEIGHT_STEPS = 2.0**20
"""To the unit. A power of two, so that sums of weights times characters have no rounding error."""
UNSEEN = 50
"""Issuers imagined beside those at hand: that two of three use a clause does not make it common."""
LONG = 600
WHOLE, WHOLE_LONG = 0.97, 150
"""Masked characters from which on a shared text, or a whole one, needs no other evidence against chance."""
WORTH_A_SECOND_LOOK = 0.4
SOME_EVIDENCE = 0.4
SECOND_LOOKS = 2
"""Pairs that share so much, with such a part of the evidence asked for, are measured again with edited clauses counted;
of each report the likest two."""
SAME_NUMBER = 2.5
OTHER_NUMBER = -1.5
"""Nats that a shared clause adds where its numbers are the same too, and takes where they are others."""
NUMBERS_TO_TELL = 3
"""So many numbers that differ show that a text was filled in anew; it may still be a copy, but needs evidence."""
WHOLE_MARGIN, PART_MARGIN = -1.0, 4.0
"""Nats of evidence asked for beyond the logarithm of the number of pairs: where nearly all of a text
is shared, and where a part is or the text is short."""


def candidates(made: Prints) -> pl.LazyFrame:
    """Pairs `a` < `b` of report numbers of different issuers that may share a text, each once."""
    # A report of an unknown issuer may be its likeness's own second copy.
    comparable = (pl.col("chars") >= LEAST_NARRATIVE) & pl.col("issuer").is_not_null()
    enough = made.reports.lazy().filter(comparable).select("number")
    clauses = made.clauses.lazy().join(enough, on="number", how="semi")
    pairs = pl.concat([_linked(_rarest(clauses), ["hash"]), _linked(_bands(made, clauses), ["band", "key"])])
    counted = pairs.group_by("a", "b").agg(meetings=pl.len()).filter(pl.col("meetings") >= LEAST_MEETINGS)
    counted = counted.collect().lazy()
    return counted.join(_most_met(counted), on=["a", "b"], how="semi").select("a", "b")


def _rarest(clauses: pl.LazyFrame) -> pl.LazyFrame:
    """The clauses of each report that fewest others share: `number`, `author`, `hash`."""
    # Rarity first, the hash second, in one number, so that two copies pick the same clauses.
    order = (pl.col("others").cast(pl.UInt64).clip(0, 2**23) * 2**40) + pl.col("hash") % 2**40
    return (
        clauses.filter((pl.col("others") > 0) & (pl.col("chars") >= 6))
        .with_columns(order=order)
        .group_by("number")
        .agg(pl.col("author").first(), hash=pl.col("hash").sort_by("order").head(RAREST))
        .explode("hash")
    )


def _bands(made: Prints, clauses: pl.LazyFrame) -> pl.LazyFrame:
    """MinHash signatures cut into bands: `number`, `author`, `band`, `key`."""
    rows = 4 if made.reports.height >= LARGE_CORPUS else 3
    minima = [_permuted(pl.col("hash"), seed).min().alias(f"m{seed}") for seed in range(BANDS * rows)]
    signatures = clauses.group_by("number").agg(pl.col("author").first(), *minima)
    keys = [
        pl.struct(f"m{band * rows + row}" for row in range(rows)).hash(seed=band).alias(f"{band}")
        for band in range(BANDS)
    ]
    return (
        signatures.select("number", "author", *keys)
        .unpivot(index=["number", "author"], variable_name="band", value_name="key")
        .with_columns(pl.col("band").cast(pl.UInt8))
    )


def _permuted(value: pl.Expr, seed: int) -> pl.Expr:
    """Another order of 64-bit hashes: an affine map with an odd factor, wrapping around."""
    factor = (0x9E3779B97F4A7C15 * (2 * seed + 1)) % 2**64
    shift = (0xD1B54A32D192ED03 * (seed + 1)) % 2**64
    return value * pl.lit(factor | 1, pl.UInt64) + pl.lit(shift, pl.UInt64)


def _linked(buckets: pl.LazyFrame, keys: list[str]) -> pl.LazyFrame:
    """Pairs of reports in one bucket: neighbours by number, and each with the first."""
    # Sorted, a bucket is a run of rows: to look back is far cheaper than windows.
    ordered = buckets.sort(*keys, "number").with_columns(
        opens=pl.any_horizontal(pl.col(key) != pl.col(key).shift(1) for key in keys).fill_null(True)
    )
    partners = [(_back("number", step, keys), _back("author", step, keys)) for step in range(1, NEIGHBOURS + 1)]
    partners.append((_at_opening("number"), _at_opening("author")))
    pairs = [
        ordered.select(a=other, b=pl.col("number"), mine=pl.col("author"), theirs=theirs).filter(
            (pl.col("a") < pl.col("b")) & (pl.col("mine") != pl.col("theirs"))
        )
        for other, theirs in partners
    ]
    return pl.concat(pairs).select("a", "b")


def _back(column: str, step: int, keys: list[str]) -> pl.Expr:
    """The value so many rows before, if that row is in the same bucket."""
    same = pl.all_horizontal(pl.col(key) == pl.col(key).shift(step) for key in keys)
    return pl.when(same).then(pl.col(column).shift(step))


def _at_opening(column: str) -> pl.Expr:
    """The value in the first row of the bucket."""
    return pl.when("opens").then(pl.col(column)).forward_fill()


def _most_met(counted: pl.LazyFrame) -> pl.LazyFrame:
    """For either side of the pairs the partners it met most often."""
    both = pl.concat(
        [
            counted.select("a", "b", "meetings", side=pl.col("a")),
            counted.select("a", "b", "meetings", side=pl.col("b")),
        ]
    )
    # Of partners met equally often the first: which ones are looked at must not be left to chance.
    best = pl.struct("a", "b").sort_by("meetings", "a", "b", descending=[True, False, False]).head(MOST_CANDIDATES)
    return both.group_by("side").agg(pair=best).explode("pair").select(pl.col("pair").struct.unnest()).unique()


def joins_as_written() -> pl.QueryOptFlags:
    """Optimisations but for the order of joins: all clauses joined with all clauses first would fill the memory."""
    flags = pl.QueryOptFlags()
    if hasattr(flags, "join_order"):  # as of Polars 2
        flags.join_order = False
    return flags


def rarity(made: Prints) -> pl.Expr:
    """How much a clause tells, 0 to 1: less the more other issuers have it, and little if it is all stock phrases."""
    spread = pl.lit(1.0)
    if made.authors > 3:
        held = (made.authors / (pl.col("others") + 1)).log()
        spread = (held / math.log(made.authors / 2)).clip(0, 1)
    return exactly(spread * spoken())


def exactly(weight: pl.Expr) -> pl.Expr:
    """A weight in steps so fine that they do not matter, of which sums are the same in any order."""
    return (weight * WEIGHT_STEPS).round(0) / WEIGHT_STEPS


def spoken() -> pl.Expr:
    """What a clause weighs for its words: 1, or little if it is put together from the common stock."""
    own = (pl.col("own") >= OWN_OF_CLAUSE) | (pl.col("own") * 4 >= pl.col("chars"))
    return pl.when(own).then(1.0).otherwise(STOCK_WEIGHT)


def measured(made: Prints, pairs: pl.LazyFrame, *, of_peers: bool) -> pl.LazyFrame:
    """What the narrative of `mine` shares with that of `other`; a row a pair, in the direction given.

    `share`: the part of its telling characters that stand in the other report too. `rare_share`: the same with every
    clause weighed by its rarity. `shared_chars`: how many characters. `nats`: the evidence against chance.
    `of_peers` says that the pairs are of different issuers, so that a clause nobody else has cannot be shared.
    `numbers`, `numbers_same`: shared clauses with numbers, and with the same numbers.
    """
    weight = rarity(made)
    clauses = made.clauses.lazy()
    sharable = clauses.filter(pl.col("others") > 0) if of_peers else clauses
    mine = sharable.rename({"number": "mine"}).drop("author")
    theirs = sharable.select(other="number", hash="hash", their_exact="exact")
    same_numbers = pl.when(pl.col("exact") == pl.col("their_exact")).then(SAME_NUMBER).otherwise(OTHER_NUMBER)
    information = ((made.authors + UNSEEN) / (pl.col("others") + 1)).log()
    shared = (
        pairs.join(mine, on="mine")
        .join(theirs, on=["other", "hash"])
        .group_by("mine", "other")
        .agg(
            shared_chars=pl.col("chars").cast(pl.Int64).sum(),
            rare_chars=(pl.col("chars") * weight).sum(),
            nats=(pl.col("chars") * exactly(information * spoken())).sum() / SENTENCE
            + same_numbers.filter("counted").sum(),
            numbers=pl.col("counted").sum(),
            numbers_same=(pl.col("counted") & (pl.col("exact") == pl.col("their_exact"))).sum(),
        )
        .collect(optimizations=joins_as_written())
        .lazy()
    )
    wanted = clauses.join(pairs.select(number="mine").unique(), on="number", how="semi")
    totals = wanted.group_by(mine="number").agg(
        chars=pl.col("chars").cast(pl.Int64).sum(), rare_total=(pl.col("chars") * weight).sum()
    )
    return shared.join(totals, on="mine").with_columns(
        share=pl.col("shared_chars") / pl.col("chars"),
        rare_share=pl.when(pl.col("rare_total") > 0).then(pl.col("rare_chars") / pl.col("rare_total")).otherwise(0.0),
    )


def _chance(made: Prints) -> float:
    """The logarithm of the number of pairs: what the best of them reaches by chance, in nats."""
    return math.log(max(made.authors * (made.authors - 1) / 2, 1.0))


def own_numbers() -> pl.Expr:
    """Whether a measured pair shares clauses with numbers, but hardly ever the numbers: each filled in its own."""
    other = pl.col("numbers").cast(pl.Int64) - pl.col("numbers_same").cast(pl.Int64)
    return (other >= NUMBERS_TO_TELL) & (other > pl.col("numbers_same"))


def copied(made: Prints, limits: Mapping[str, float]) -> pl.Expr:
    """Whether a measured pair is a copy: nearly all of the text shared, or most of what is not common to all."""
    best_by_chance = _chance(made)
    whole = (pl.col("share") >= WHOLE) & (pl.col("shared_chars") >= WHOLE_LONG)
    margin = pl.when(pl.col("shared_chars") >= WHOLE_LONG).then(WHOLE_MARGIN).otherwise(PART_MARGIN)
    plainly = whole | ((pl.col("shared_chars") >= LONG) & ~own_numbers())
    nearly_all = (
        (pl.col("share") >= limits["share"])
        & (pl.col("shared_chars") >= limits["characters"])
        & ((pl.col("nats") >= best_by_chance + margin) | plainly)
    )
    most_of_own = (
        (pl.col("rare_share") >= limits["rare_share"])
        & (pl.col("share") >= limits["rare_share"] / 2)
        & (pl.col("rare_chars") >= limits["characters"] / 2)
        & (pl.col("nats") >= best_by_chance + PART_MARGIN)
    )
    return nearly_all | most_of_own


def peer_copies(corpus: Corpus, limits: Mapping[str, float]) -> pl.DataFrame:
    """Pairs of reports of different issuers that share a text, a row a report and partner, the likest first.

    `mine`, `other` (numbers of `Prints.reports`), `share`, `rare_share`, `shared_chars`, `score`.
    """
    made = prints(corpus)
    found = candidates(made)
    both = pl.concat([found.select(mine="a", other="b"), found.select(mine="b", other="a")]).collect().lazy()
    worth_it = (pl.col("share") >= WORTH_A_SECOND_LOOK) & (pl.col("nats") >= SOME_EVIDENCE * _chance(made))
    likely = measured(made, both, of_peers=True).filter(copied(made, limits) | worth_it).collect()
    pairs = confirmed(corpus, made, likely, copied(made, limits))
    return (
        pairs.with_columns(score=pl.max_horizontal("share", "rare_share").clip(0, 1))
        .select("mine", "other", "share", "rare_share", "shared_chars", "score")
        .sort("mine", "score", "other", descending=[False, True, False])
    )


def confirmed(corpus: Corpus, made: Prints, pairs: pl.DataFrame, wanted: pl.Expr) -> pl.DataFrame:
    """The measured pairs that are `wanted`, after a second look at those that are not by their clauses alone."""
    plain = pairs.filter(wanted)
    left = pairs.join(plain, on=["mine", "other"], how="anti")
    rest = left.join(plain.select("mine"), on="mine", how="anti")
    ordered = rest.sort("share", "mine", "other", descending=[True, False, False])
    likest = ordered.group_by("mine", maintain_order=True).head(SECOND_LOOKS)
    again = looked_at_again(corpus, made, likest.select(pairs.columns), rarity(made)).filter(wanted)
    return pl.concat([plain, again])


def components(edges: pl.DataFrame) -> pl.DataFrame:
    """Connected parts of a graph with edges `a`, `b`: a row a node with `number` and `cluster`, its least member."""
    both = pl.concat([edges.select("a", "b"), edges.select(a="b", b="a")])
    labels = both.select(number="a", cluster="a").unique()
    while True:
        reached = both.join(labels, left_on="b", right_on="number").select(number="a", cluster="cluster")
        least = pl.concat([labels, reached]).group_by("number").agg(pl.col("cluster").min())
        # Each label follows its own label, so that long chains need few rounds.
        jumped = least.join(least.select(cluster="number", further="cluster"), on="cluster", how="left").select(
            "number", cluster=pl.min_horizontal("cluster", "further")
        )
        if jumped.sort("number").equals(labels.sort("number")):
            return jumped
        labels = jumped


def cluster_frame(corpus: Corpus, limits: Mapping[str, float]) -> pl.DataFrame:
    """Reports that share a text: `cluster_id`, `report_id`, `size` of the cluster, `score` with the likest partner."""
    pairs = peer_copies(corpus, limits)
    reports = prints(corpus).reports.select("number", "report_id")
    joined = components(pairs.select(a="mine", b="other"))
    scores = pl.concat([pairs.select(number="mine", score="score"), pairs.select(number="other", score="score")])
    best = scores.group_by("number").agg(pl.col("score").max())
    named = reports.select(cluster="number", cluster_id="report_id")
    return (
        joined.join(best, on="number", how="left")
        .join(reports, on="number")
        .join(named, on="cluster")
        .with_columns(size=pl.len().over("cluster_id"))
        .select("cluster_id", "report_id", "size", "score")
        .sort("size", "cluster_id", "score", "report_id", descending=[True, False, True, False])
    )


def side_by_side(corpus: Corpus, pairs: pl.DataFrame, shown: int = 5) -> pl.DataFrame:
    """The passages that pairs of reports share, next to each other: a row a pair with the list `passages`.

    `pairs` has `mine` and `other`. Each passage is a sentence of mine and the sentence of the other that shares most of
    its clauses: `section`, `start`, `end`, `text` and the same with `other_` in front. `count` says how many there are.
    """
    made = prints(corpus)
    wanted = pl.concat([pairs.select(number="mine"), pairs.select(number="other")]).unique()
    names = made.reports.lazy().select("number", "report_id").join(wanted.lazy(), on="number", how="semi")
    spoken = sentences(narrative(corpus).join(names, on="report_id", maintain_order="left")).select(
        "number", "section", "start", "end", "text", clause=made.masker.clauses(pl.col("text"))
    )
    held = spoken.collect().with_row_index("sentence")
    hashed = (
        held.lazy()
        .select("number", "sentence", "clause")
        .explode("clause")
        .with_columns(clause=without_figures(pl.col("clause")))
        .filter(telling(pl.col("clause")))
        .select("number", "sentence", chars=pl.col("clause").str.len_chars(), hash=pl.col("clause").hash())
    )
    matched = (
        pairs.lazy()
        .select("mine", "other")
        .join(hashed.select(mine="number", mine_sentence="sentence", hash="hash", chars="chars"), on="mine")
        .join(hashed.select(other="number", other_sentence="sentence", hash="hash"), on=["other", "hash"])
        .group_by("mine", "other", "mine_sentence", "other_sentence")
        .agg(pl.col("chars").sum())
        .sort("chars", "other_sentence", descending=[True, False])
        .unique(["mine", "other", "mine_sentence"], keep="first", maintain_order=True)
    )
    places = held.lazy().select("sentence", "section", "start", "end", text=pl.col("text").str.strip_chars())
    other = places.rename(lambda name: f"other_{name}")
    return (
        matched.join(places, left_on="mine_sentence", right_on="sentence")
        .join(other, on="other_sentence")
        .sort("mine", "other", "chars", "mine_sentence", descending=[False, False, True, False])
        .group_by("mine", "other", maintain_order=True)
        .agg(
            count=pl.len(),
            passages=pl.struct(
                "section", "start", "end", "text", "other_section", "other_start", "other_end", "other_text"
            ).head(shown),
        )
        .collect(optimizations=joins_as_written())
    )
