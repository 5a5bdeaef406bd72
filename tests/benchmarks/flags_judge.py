"""Recall and precision of the rules: `python -m tests.benchmarks.flags_judge [CORPORA]`.

Faults of every rule are planted into corpora of hard sound reports. What a fault raises besides is neither counted for
nor against a rule. Ends with exit code 1 below 0.99 over all rules or 0.95 for any.
"""

from __future__ import annotations

import random
import sys
from collections import Counter

import polars as pl

from flags.corpus import corpus_of
from flags.engine import evaluate
from flags.registry import RULES
from tests.flags.faults import FAULTS, Corpus
from tests.flags.sound import corpus as sound_corpus

OVERALL, EACH = 0.99, 0.95
TIMES = 3  # faults of each kind in a corpus


def planted(seed: int) -> Corpus:
    """A corpus with faults of every kind planted."""
    corpus = Corpus(sound_corpus(seed), random.Random(seed))
    kinds = [plant for plants in FAULTS.values() for plant in plants] * TIMES
    corpus.chance.shuffle(kinds)
    for plant in kinds:
        plant(corpus)
    return corpus


def found_in(corpus: Corpus) -> set[tuple[str, str]]:
    """What the rules raise: path and rule."""
    reports = [each.report for each in corpus.reports if each.report.path not in corpus.removed]
    rules = [rule for rule in RULES if rule.id in FAULTS]
    flags = evaluate(corpus_of([*reports, *corpus.added]), None, rules).flags
    return set(flags.filter(pl.col("path").is_not_null()).select("path", "rule").iter_rows())


def main() -> int:
    corpora = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    hit: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    reports = 0
    for seed in range(corpora):
        corpus = planted(100 + seed)
        expected = {each for each in corpus.expected if each[0] not in corpus.removed}
        found = found_in(corpus)
        reports += len(corpus.reports)
        for path, rule in sorted(expected | (found - corpus.tolerated)):
            outcome = hit if (path, rule) in expected & found else missed if (path, rule) in expected else false
            outcome[rule] += 1
            if outcome is not hit:
                print(f"{'missed' if outcome is missed else 'false '} {rule}: {path} (corpus {100 + seed})")
    print(f"\n{reports:,} reports, {sum(hit.values()) + sum(missed.values()):,} planted findings")
    print(f"{'rule':24}{'planted':>8}{'recall':>8}{'precision':>10}")
    poor = []
    for rule in FAULTS:
        planted_here, raised = hit[rule] + missed[rule], hit[rule] + false[rule]
        recall = hit[rule] / planted_here if planted_here else 0.0
        precision = hit[rule] / raised if raised else 0.0
        print(f"{rule:24}{planted_here:8}{recall:8.3f}{precision:10.3f}")
        if min(recall, precision) < EACH:
            poor.append(rule)
    recall = sum(hit.values()) / (sum(hit.values()) + sum(missed.values()))
    precision = sum(hit.values()) / (sum(hit.values()) + sum(false.values()))
    print(f"{'all':24}{sum(hit.values()) + sum(missed.values()):8}{recall:8.3f}{precision:10.3f}")
    if poor:
        print(f"below {EACH}: {', '.join(poor)}")
    return 1 if poor or min(recall, precision) < OVERALL else 0


if __name__ == "__main__":
    raise SystemExit(main())
