"""After an ingest: who the issuers are, and what the rules find."""

from __future__ import annotations

import hashlib

import polars as pl

from flags.engine import evaluate, make_corpus, quick_queries
from flags.registry import RULES
from flags.settings import Settings
from flags.wording_lexicon import contamination, masks, placeholder_patterns, statutory, stock_words
from loaders import __version__
from loaders.identity.issuers import issuers
from loaders.store import Store
from loaders.vocabulary import SEVERITIES


def prepare() -> None:
    """Load what judging is going to need; for a time when this process waits for its workers."""
    for lexicon in (stock_words, masks, statutory, contamination, placeholder_patterns):
        lexicon()


def derive(store: Store, settings: Settings) -> dict[str, int]:
    """Recompute issuers and findings unless they are up to date; the number of findings by severity."""
    stamp = _stamp(store, settings)
    if store.flags_stamp() != stamp:
        with quick_queries(_derive_issuers(store)):
            store.replace_flags(evaluate(make_corpus(store), settings).flags, stamp)
    counted = store.flags().group_by("severity").agg(pl.len()).collect()
    return dict.fromkeys(SEVERITIES, 0) | dict(counted.iter_rows())


def _derive_issuers(store: Store) -> int:
    """Write down whose report each is; how many reports are of a known issuer."""
    table, ids = issuers(store.rows().filter(pl.col("outcome") == "read"))
    store.derive(table, ids)
    return ids.height


def _stamp(store: Store, settings: Settings) -> str:
    """What the findings follow from: reports, settings, rules and program."""
    rules = [(rule.id, rule.version) for rule in RULES]
    roster = None if settings.roster is None else settings.roster.write_json()
    chosen = (settings.thresholds, sorted(settings.rules_off), sorted(settings.excluded_issuers), roster)
    text = repr((store.version(), __version__, rules, chosen))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
