"""All rules over a corpus: findings, the status of every check, and what to look at first."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace

import polars as pl

from flags.corpus import corpus_of, in_simplified, make_corpus
from flags.outcomes import findings_only
from flags.registry import RULES
from flags.rule import OUTCOME_SCHEMA, Corpus, Rule
from flags.settings import Settings
from loaders import __version__
from loaders.tables import FLAG_SCHEMA, ROSTER_SCHEMA
from loaders.vocabulary import STATUSES

__all__ = ["Evaluation", "check_reports", "corpus_of", "evaluate", "make_corpus"]

_RAISED = ("failed", "unsure")
_ORDER = {
    "reports": ("path", "report_id"),
    "figures": ("report_id",),
    "sections": ("report_id", "section"),
    "claims": ("report_id", "section", "start"),
    "issuers": ("issuer_id",),
}
_SIDE_BY_SIDE = (os.cpu_count() or 1) + 1
FEW_REPORTS = 20_000
"""Up to so many reports several rules run at once: on few rows a rule keeps one core busy at the most, and not all the
time. Beyond, each rule is parallel within, and several at once would only need more memory."""

_DECIMALS_OF_SCORES = 9
"""Beyond them a logarithm or a mean may come out otherwise on the next run."""


@dataclass(frozen=True)
class Evaluation:
    """What the rules say of a corpus. `flags` has the columns of `loaders.schemas.Flags`."""

    corpus: Corpus
    settings: Settings
    rules: tuple[Rule, ...]
    flags: pl.DataFrame

    def checks(self, rules: Collection[str] | None = None, reports: Collection[str] | None = None) -> pl.DataFrame:
        """The status of every report under every rule, or of some of them: `loaders.schemas.Checks`.

        A report that a rule does not speak of at all is not applicable without a reason.
        """
        return _checks(self.corpus, self.settings, self.rules, rules, reports)


def check_reports(
    corpus: Corpus,
    settings: Settings | None = None,
    rules: Collection[str] | None = None,
    reports: Collection[str] | None = None,
) -> pl.DataFrame:
    """As `Evaluation.checks`, without the findings that `evaluate` words."""
    settings = settings or Settings()
    return _checks(_in_memory(corpus, settings), settings, _on(RULES, settings), rules, reports)


def evaluate(corpus: Corpus, settings: Settings | None = None, rules: Sequence[Rule] = RULES) -> Evaluation:
    """Judge every report of a corpus by every rule that is on."""
    settings = settings or Settings()
    held = _in_memory(corpus, settings)
    on = _on(rules, settings)
    several = _count(held) > 1
    judging = [rule for rule in on if several or not rule.compares]
    raised = _side_by_side(lambda rule: _raised(rule, held, settings), judging, held)
    return Evaluation(held, settings, on, _as_flags(raised, on, _about(held, settings)))


def _on(rules: Sequence[Rule], settings: Settings) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.id not in settings.rules_off)


def _count(corpus: Corpus) -> int:
    return int(corpus.reports.select(pl.len()).collect().item())


def _side_by_side(ask: Callable[[Rule], pl.DataFrame], rules: Sequence[Rule], corpus: Corpus) -> list[pl.DataFrame]:
    """An answer for each rule, those that take longest begun first: none is left over at the end."""
    order = sorted(rules, key=lambda rule: rule.family != "wording")
    with ThreadPoolExecutor(_SIDE_BY_SIDE if _count(corpus) <= FEW_REPORTS else 1) as threads:
        answers = {rule.id: threads.submit(ask, rule) for rule in order}
        return [answers[rule.id].result() for rule in rules]


@contextmanager
def quick_queries(reports: int) -> Iterator[None]:
    """Within it, queries over few reports start in half the time, and those over many keep to little memory.

    Holds for the whole process: for commands, not for pages, of which several may be at work at once.
    """
    with pl.Config(engine_affinity="in-memory" if reports <= FEW_REPORTS else "streaming"):
        yield


def _in_memory(corpus: Corpus, settings: Settings) -> Corpus:
    """The corpus with its frames read once, and the roster of the settings in place of an empty one.

    Rows come in the order of `_ORDER`, so that findings do not depend on the order in which files were read.
    """
    ordered = [getattr(corpus, name).sort(*keys, maintain_order=True) for name, keys in _ORDER.items()]
    frames = pl.collect_all([*ordered, corpus.roster])
    names = (*_ORDER, "roster")
    held = in_simplified(Corpus(**{name: frame.lazy() for name, frame in zip(names, frames, strict=True)}))
    roster = held.roster if settings.roster is None else settings.roster.lazy().select(*ROSTER_SCHEMA)
    return replace(held, roster=roster.filter(~_excluded(settings)))


def _about(corpus: Corpus, settings: Settings) -> pl.LazyFrame:
    """`report_id`, `path`, `content_hash` of the reports that are judged."""
    return corpus.reports.filter(~_excluded(settings)).select("report_id", "path", "content_hash")


def _excluded(settings: Settings) -> pl.Expr:
    left_out = list(settings.excluded_issuers)
    return (pl.col("issuer").is_in(left_out) | pl.col("issuer_id").is_in(left_out)).fill_null(False)


def _raised(rule: Rule, corpus: Corpus, settings: Settings) -> pl.DataFrame:
    """The outcome rows of one rule that are findings, with the rule's name."""
    with findings_only():
        found = rule.check(corpus, settings.limits(rule))
    raised = found.filter(pl.col("status").is_in(_RAISED) & pl.col("message").is_not_null())
    return raised.select(*OUTCOME_SCHEMA, pl.lit(rule.id).alias("rule")).collect()


def _as_flags(raised: Sequence[pl.DataFrame], rules: Sequence[Rule], about: pl.LazyFrame) -> pl.DataFrame:
    """Findings on the reports `about`, or on none, as the public table.

    What rests on doubtful figures is a notice, whatever the rule's severity.
    """
    empty = pl.DataFrame(schema=OUTCOME_SCHEMA | {"rule": pl.String})
    described = pl.LazyFrame(
        {
            "rule": [rule.id for rule in rules],
            "at": range(len(rules)),
            "usual": [rule.severity for rule in rules],
            "rule_version": [rule.version for rule in rules],
        },
        schema={"rule": pl.String, "at": pl.Int32, "usual": pl.String, "rule_version": pl.Int32},
    )
    severity = pl.when(pl.col("status") == "unsure").then(pl.lit("notice")).otherwise("usual")
    return (
        pl.concat([*raised, empty])
        .lazy()
        .join(about.with_columns(pl.lit(True).alias("judged")), on="report_id", how="left", maintain_order="left")
        .filter(pl.col("judged") | pl.col("report_id").is_null())
        .join(described, on="rule", how="left", maintain_order="left")
        .sort("path", "report_id", "at", maintain_order=True, nulls_last=True)
        .with_columns(
            severity.alias("severity"),
            pl.col("message_en").fill_null(""),
            pl.col("evidence").fill_null("{}"),
            pl.col("score").round(_DECIMALS_OF_SCORES),
            pl.lit(__version__).alias("program_version"),
        )
        .select(pl.col(name).cast(kind) for name, kind in FLAG_SCHEMA.items())
        .collect()
    )


def _checks(
    corpus: Corpus,
    settings: Settings,
    on: Sequence[Rule],
    rules: Collection[str] | None,
    reports: Collection[str] | None,
) -> pl.DataFrame:
    chosen = [rule for rule in on if rules is None or rule.id in rules]
    about = _about(corpus, settings).collect()
    if reports is not None:
        about = about.filter(pl.col("report_id").is_in(list(reports)))
    if not chosen:
        return _checks_of(on[0], about.clear(), pl.DataFrame(schema=OUTCOME_SCHEMA))
    found = _side_by_side(lambda rule: _status(rule, corpus, settings).collect(), chosen, corpus)
    return pl.concat([_checks_of(rule, about, rows) for rule, rows in zip(chosen, found, strict=True)])


def _status(rule: Rule, corpus: Corpus, settings: Settings) -> pl.LazyFrame:
    """One outcome row a report: of several findings the first, a sure one before an unsure one."""
    rank = pl.col("status").replace_strict({"failed": 0, "unsure": 1, "passed": 2, "not-applicable": 3}, default=4)
    return (
        rule.check(corpus, settings.limits(rule))
        .filter(pl.col("report_id").is_not_null())
        .sort(rank, maintain_order=True)
        .unique("report_id", keep="first", maintain_order=True)
    )


def _checks_of(rule: Rule, about: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    return about.join(rows, on="report_id", how="left", maintain_order="left").select(
        "report_id",
        "path",
        pl.lit(rule.id).alias("rule"),
        pl.col("status").fill_null("not-applicable").cast(pl.Enum(STATUSES)),
        "reason",
        "left",
        "right",
        pl.lit(rule.formula.zh).alias("formula"),
        pl.lit(rule.version, pl.Int32).alias("rule_version"),
        pl.lit(__version__).alias("program_version"),
        "content_hash",
    )
