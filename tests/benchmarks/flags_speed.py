"""How long all findings take for a large corpus: `python -m tests.benchmarks.flags_speed [REPORTS]`.

Sound and faulty reports are made once and repeated under other names until there are enough. Printed beside it: what
DuckDB needs for the form's sums alone, on the same figures, where it is installed.
"""

from __future__ import annotations

import resource
import sys
import time

import polars as pl

from flags.corpus import corpus_of
from flags.engine import evaluate
from flags.equations import (
    BROKEN,
    Equation,
    applicant_equations,
    balance_equations,
    form_frame,
    litigation_equations,
    outcome_equations,
    states_of,
)
from flags.registry import RULES
from flags.rule import Corpus
from flags.settings import Settings
from tests.flags.factory import report
from tests.flags.sound import corpus as sound_corpus

SEEDS = range(1, 6)
FAULTY_EVERY = 20


def base() -> Corpus:
    """Some two thousand reports; one in twenty has a wrong cell and an old year in its text."""
    reports = []
    for seed in SEEDS:
        for n, each in enumerate(sound_corpus(seed)):
            made = each.report
            made.report_id, made.path = f"{seed}:{made.report_id}", f"{seed}/{made.path}"
            made.identity.issuer = made.identity.issuer.replace("县", f"{seed}县", 1)
            if n % FAULTY_EVERY == 0:
                made.form.figures["applications.new.person"].value = 77.0
                made.sections[0].text = made.sections[0].text.replace(str(made.identity.year), "2018", 1)
            reports.append(made)
    return corpus_of([*reports, report(path="extra.docx")])


NOUNS = ("工作动态", "通知公告", "政策解读", "重点领域", "专栏", "培训", "考核", "目录", "栏目", "审核", "签发", "抽查")


def words_of_its_own(text: pl.Expr) -> pl.Expr:
    """Other nouns in every copy, so that copies are not copied texts."""
    for noun in NOUNS:
        text = text.str.replace_all(noun, pl.concat_str(pl.lit(noun[0]), "own", pl.lit(noun[-1])), literal=True)
    return text


def repeated(small: Corpus, reports: int) -> Corpus:
    """The same reports under new ids and with other nouns until there are `reports` of them."""
    count = -(-reports // small.reports.select(pl.len()).collect().item())
    own = ["".join("天地玄黄宇宙洪荒日月"[int(digit)] for digit in f"{n:03}") for n in range(count)]
    copies = pl.LazyFrame({"copy": [f"{n}/" for n in range(count)], "own": own})

    def renamed(frame: pl.LazyFrame, *columns: str) -> pl.LazyFrame:
        crossed = copies.join(frame, how="cross", maintain_order="left_right")
        names = crossed.with_columns(pl.concat_str("copy", column).alias(column) for column in columns)
        if "text" in frame.collect_schema().names():
            names = names.with_columns(words_of_its_own(pl.col("text")).alias("text"))
        return names.drop("copy", "own")

    kept = renamed(small.reports, "report_id", "path", "issuer_id").head(reports).collect()
    ids = kept.lazy().select("report_id")

    def of_kept(frame: pl.LazyFrame, *columns: str) -> pl.LazyFrame:
        return renamed(frame, *columns).join(ids, on="report_id", how="semi").collect().lazy()

    return Corpus(
        reports=kept.lazy(),
        figures=of_kept(small.figures, "report_id"),
        sections=of_kept(small.sections, "report_id"),
        claims=of_kept(small.claims, "report_id"),
        issuers=renamed(small.issuers, "issuer_id").collect().lazy(),
        roster=small.roster,
    )


def polars_sums(corpus: Corpus) -> float:
    """Seconds to count the broken sums of the form as the rules do."""
    equations = balance_equations() + outcome_equations() + applicant_equations() + litigation_equations()
    form = form_frame(corpus).collect()
    started = time.perf_counter()
    for state in states_of(form, equations):
        (state == BROKEN).sum()
    return time.perf_counter() - started


def _sql(equation: Equation) -> str:
    sides = [" + ".join(f'"{key}"' for key in keys) for keys in (equation.left, equation.right)]
    edition = f" AND edition = '{equation.edition}'" if equation.edition else ""
    return f"count(*) FILTER (abs(({sides[0]}) - ({sides[1]})) > 1e-6{edition})"


def duckdb_sums(corpus: Corpus) -> float | None:
    """Seconds that DuckDB needs to count the broken sums of the form; None where it is not installed."""
    try:
        import duckdb
    except ImportError:
        return None
    figures = corpus.figures.join(corpus.reports.select("report_id", pl.col("edition").cast(pl.String)), on="report_id")
    figures_table = figures.drop("blank_keys", "unreadable", "doubtful_keys").collect().to_arrow()  # noqa: F841
    equations = balance_equations() + outcome_equations() + applicant_equations() + litigation_equations()
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    started = time.perf_counter()
    connection.execute(f"SELECT {', '.join(map(_sql, equations))} FROM figures_table").fetchall()
    return time.perf_counter() - started


def main() -> None:
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    corpus = repeated(base(), reports)
    text = corpus.reports.select(pl.col("text").str.len_bytes().sum()).collect().item()
    print(f"{reports:,} reports, {text / 1e6:.0f} MB of text, {pl.thread_pool_size()} threads")
    slowest = []
    for rule in RULES:
        started = time.process_time()
        evaluate(corpus, Settings(), [rule])
        slowest.append((time.process_time() - started, rule.id))
    started, worked = time.perf_counter(), time.process_time()
    flags = evaluate(corpus).flags
    seconds, work = time.perf_counter() - started, time.process_time() - worked
    print(f"all {len(RULES)} rules: {seconds:.1f} s ({work:.1f} s of processor time), {flags.height:,} findings")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"memory at most {memory:.1f} GB, test data included")
    sums = [rule for rule in RULES if rule.id in ("balance", "outcome-sum", "applicant-sum", "litigation-sum")]
    started = time.perf_counter()
    evaluate(corpus, Settings(), sums)
    print(f"the form's sums with findings, evidence and mends: {time.perf_counter() - started:.2f} s")
    print(f"counting the broken sums alone: {polars_sums(corpus):.2f} s")
    beside = duckdb_sums(corpus)
    print("DuckDB is not installed" if beside is None else f"DuckDB, counting the same broken sums: {beside:.2f} s")
    print(
        "processor time of the slowest:",
        ", ".join(f"{name} {spent:.2f} s" for spent, name in sorted(slowest, reverse=True)[:16]),
    )


if __name__ == "__main__":
    main()
