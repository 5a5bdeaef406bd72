"""How long the wording, integrity and outlier rules take on many reports.

Run as `python -m tests.benchmarks.wording_speed [--reports N]`. Prints seconds a rule and in all, by the clock and of
processor time (a busy machine spoils only the former), and the memory used.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from typing import Any

import polars as pl

from flags import integrity, outliers, wording
from flags.rule import Corpus
from loaders.form.editions import all_keys
from tests.benchmarks.invented_narratives import Writer, invent_issuers
from tests.flags.narratives import REPORTS, SECTIONS

YEARS = (2020, 2021, 2022, 2023)
COPIES = 0.02


def invent_corpus(reports: int, seed: int = 1) -> Corpus:
    """Reports of some forty sentences each, two in a hundred of them copies of others."""
    rng = random.Random(seed)
    issuers = invent_issuers(rng, reports // len(YEARS))
    rows: list[dict[str, Any]] = []
    sections: list[dict[str, Any]] = []
    texts: list[dict[int, str]] = []
    for issuer in issuers:
        for year in YEARS:
            number = len(rows)
            name = f"r{number:07}"
            writer = Writer(rng, issuer, year, rng.choice(issuers).name)
            text = writer.sections((3, 7), (3, 5))
            if texts and rng.random() < COPIES:
                text = rng.choice(texts)
            texts.append(text)
            about = {"title": f"{issuer.name}{year}年政府信息公开工作年度报告", "preface": "", "signature": issuer.name}
            who = {
                "issuer": issuer.name,
                "issuer_id": issuer.name,
                "issuer_kind": "department",
                "county": issuer.county,
            }
            where = {
                "province": "",
                "prefecture": "",
                "township": "",
                "region_code": "361002",
                "field_of_work": issuer.work,
            }
            kind = {"report_id": name, "path": f"{name}.docx", "format": "docx", "year": year, "edition": "2021"}
            rows.append(kind | who | where | about | {"text": "\n".join(text.values())})
            sections += [
                {"report_id": name, "path": f"{name}.docx", "section": section, "heading": "", "text": words}
                for section, words in text.items()
            ]
    figures = {key: [float(rng.randint(0, 60)) if rng.random() < 0.15 else 0.0 for _ in rows] for key in all_keys()}
    frame = pl.DataFrame({"report_id": [row["report_id"] for row in rows]} | figures)
    return Corpus(
        reports=pl.DataFrame(rows, schema=REPORTS).lazy(),
        figures=frame.lazy().with_columns(doubtful_keys=pl.lit([], pl.List(pl.String))),
        sections=pl.DataFrame(sections, schema=SECTIONS).lazy(),
        claims=pl.LazyFrame(),
        issuers=pl.LazyFrame(),
        roster=pl.LazyFrame(),
    )


def main() -> None:
    """Time every rule once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    options = parser.parse_args()
    corpus = invent_corpus(options.reports)
    text = pl.col("text").str
    texts = corpus.sections.select(size=text.len_bytes().sum() / 1e6, stops=text.count_matches("。").sum())
    megabytes, stops = texts.collect().row(0)
    print(
        f"{options.reports} reports, {megabytes:.0f} MB of narrative, {stops / options.reports:.0f} sentences a report"
    )
    total = worked = 0.0
    for rule in (*wording.RULES, *integrity.RULES, *outliers.RULES):
        limits = {threshold.name: threshold.default for threshold in rule.thresholds}
        started, busy = time.perf_counter(), time.process_time()
        raised = rule.check(corpus, limits).filter(pl.col("status") == "failed").collect().height
        seconds, busy = time.perf_counter() - started, time.process_time() - busy
        total, worked = total + seconds, worked + busy
        print(f"{rule.id:24} {seconds:6.2f} s {busy:6.2f} s of processor {raised:7} raised")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{'all':24} {total:6.2f} s {worked:6.2f} s of processor, {memory:.1f} GB at most")


if __name__ == "__main__":
    main()
