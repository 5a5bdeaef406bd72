"""How long a page takes after a filter change, on a big store: `python -m tests.benchmarks.page_speed [--reports N]`.

Prints for each page the seconds of the first visit, of a filter never asked for before, and of the same filter asked
for again, beside an empty Streamlit page and beside DuckDB doing the overview's aggregation over the same files.
The store is written once to `--store` (default: a folder under the system's temporary files) and used again.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

import polars as pl
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from flags.registry import RULES
from loaders import __version__
from loaders.frames import stored_schema
from loaders.regions import regions
from loaders.store import FLAG_SCHEMA, Store
from loaders.tables import ISSUER_SCHEMA
from tests.benchmarks import page_browser
from tests.pages import sample_store

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("overview", "coverage", "publication", "applications", "litigation", "flags", "report", "compare", "explorer")
YEARS = (2019, 2020, 2021, 2022, 2023, 2024)
BATCH = 20_000
SLOTS = 6
"""Issuers in a county."""
FINDINGS_A_REPORT = 2
ASKED = ("received", "disclosure_rate")


def build(folder: Path, reports: int) -> None:
    """A store of so many reports: a few invented ones, dealt out over all counties and six years."""
    with tempfile.TemporaryDirectory() as small:
        seeds = sample_store.build(Path(small) / "store").rows().filter(pl.col("outcome") == "read").collect()
    places = _places()
    store = Store(folder)
    for start in range(0, reports, BATCH):
        count = min(BATCH, reports - start)
        store.commit(_rows(seeds, places, start, count))
    store.refresh()
    known = store.rows().select(
        "report_id", "issuer", "issuer_kind", "region_code", "province", "prefecture", "county", "year"
    )
    held = known.collect().with_columns(issuer_id=pl.concat_str("region_code", "issuer", separator=":"))
    _derive(store, held)


def _places() -> pl.DataFrame:
    known = [region for region in regions() if region.level == "county" and region.last_year is None]
    rows = [(region.code, *regions().place_names(region.code)) for region in known]
    return pl.DataFrame(rows, schema=["region_code", "province", "prefecture", "county"], orient="row")


def _rows(seeds: pl.DataFrame, places: pl.DataFrame, start: int, count: int) -> pl.DataFrame:
    """Six issuers a county with a report a year each, copied from the seeds of that year."""
    number = pl.int_range(start, start + count, eager=True).alias("number")
    issuer = pl.col("number") // len(YEARS)
    dealt = number.to_frame().with_columns(
        year=pl.lit(YEARS).list.get(pl.col("number") % len(YEARS)).cast(pl.Int32),
        slot=issuer % SLOTS,
        place=(issuer // SLOTS) % places.height,
    )
    dealt = dealt.with_columns(seed_year=pl.min_horizontal("year", pl.lit(YEARS[-2], pl.Int32)))
    models = (
        seeds.rename({"year": "seed_year"})
        .sort("seed_year", "path")
        .with_columns(slot=pl.int_range(pl.len()).over("seed_year").cast(pl.Int64) % SLOTS)
    )
    models = models.unique(["seed_year", "slot"], maintain_order=True)
    copies = dealt.join(models.drop("region_code", "province", "prefecture", "county"), on=["seed_year", "slot"])
    named = copies.join(places.with_row_index("place"), on="place")
    unique = pl.format("{}-{}", "number", "report_id").hash().cast(pl.String)
    changed = named.with_columns(
        report_id=unique,
        file_id=unique,
        path=pl.format("{}/{}.docx", "county", "number"),
        issuer=pl.format("{}{}{}", "county", pl.col("issuer").str.slice(5), "slot"),
    )
    return changed.sort("number").select(pl.col(name).cast(kind) for name, kind in stored_schema().items())


def _derive(store: Store, held: pl.DataFrame) -> None:
    about = held.group_by("issuer_id").agg(
        pl.col("issuer", "issuer_kind", "region_code", "province", "prefecture", "county").first(),
        pl.col("issuer").unique().alias("names"),
        pl.col("year").unique().alias("years"),
        field_of_work=pl.lit(None, pl.String),
    )
    store.derive(
        about.select(pl.col(name).cast(kind) for name, kind in ISSUER_SCHEMA.items()),
        held.select("report_id", "issuer_id"),
    )
    findings = pl.concat([_findings(held, turn) for turn in range(FINDINGS_A_REPORT)])
    store.replace_flags(findings.select(pl.col(name).cast(kind) for name, kind in FLAG_SCHEMA.items()), "benchmark")


def _findings(held: pl.DataFrame, turn: int) -> pl.DataFrame:
    rules = pl.DataFrame(
        [
            (at, rule.id, rule.severity, rule.title.zh, rule.title.en)
            for at, rule in enumerate(RULES)
            if rule.id != "missing-report"
        ],
        schema=["at", "rule", "severity", "message", "message_en"],
        orient="row",
    )
    drawn = held.select("report_id", at=(pl.col("report_id").hash(seed=turn) % len(RULES)).cast(pl.Int64))
    return drawn.join(rules, on="at").with_columns(
        path=pl.lit(""),
        evidence=pl.lit("{}"),
        score=pl.lit(None, pl.Float64),
        rule_version=1,
        program_version=pl.lit(__version__),
        content_hash=pl.lit(""),
    )


def seconds(run: AppTest) -> float:
    """How long a run of a page takes."""
    start = time.perf_counter()
    run.run()
    return time.perf_counter() - start


def visit(page: str) -> tuple[float, float, float]:
    """Seconds of the first visit, of a new filter, and of the same filter again."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    test.run()
    if page != "overview":
        test.switch_page(f"pages/{page}.py")
    first = seconds(test)
    provinces = test.selectbox(key="province").options
    fresh = seconds(test.selectbox(key="province").set_value(provinces[PAGES.index(page) % len(provinces)]))
    seconds(test.selectbox(key="province").set_value(None))
    again = seconds(test.selectbox(key="province").set_value(provinces[PAGES.index(page) % len(provinces)]))
    assert not test.error and not test.exception, page
    return first, fresh, again


def empty_page() -> float:
    """Seconds of a page that shows a title."""
    test = AppTest.from_string("import streamlit as st\nst.title('nothing')").run()
    return min(seconds(test) for _turn in range(5))


def same_sums(folder: Path) -> tuple[float, float]:
    """Seconds of the overview's sums by year over the same files: this program's query, and DuckDB's."""
    import duckdb

    from flags.measures import MEASURES, aggregates_of, parts_of, values_of

    wanted = [MEASURES[name] for name in ASKED]
    start = time.perf_counter()
    store = Store(folder)
    figures = store.figures().select("report_id", *parts_of(wanted))
    mine = (
        store.reports()
        .select("report_id", "year")
        .join(figures, on="report_id")
        .group_by("year")
        .agg(aggregates_of(wanted))
        .with_columns(values_of(wanted))
        .sort("year")
        .collect()
    )
    ours = time.perf_counter() - start
    new, carried, granted, partial, total = (
        f'"applications.{row}.total"' for row in ("new", "carried_in", "granted", "partial", "total")
    )
    question = f"""
        select year, sum({new} + {carried}),
               sum({granted} + {partial}) filter ({total} is not null)
               / nullif(sum({total}) filter ({granted} is not null and {partial} is not null), 0)
        from read_parquet('{folder}/files/*.parquet') where outcome = 'read' group by year order by year"""
    connection = duckdb.connect()
    connection.execute("set threads to 2")
    start = time.perf_counter()
    theirs = connection.execute(question).fetchall()
    duck = time.perf_counter() - start
    assert [row[0] for row in theirs] == mine["year"].to_list()
    assert all(abs(row[1] - value) < 1e-6 for row, value in zip(theirs, mine["received"], strict=True))
    return ours, duck


def main() -> None:
    """Builds the store if need be and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--browser", action="store_true", help="also measure in Chromium, by clicks on the filters")
    asked = parser.parse_args()
    folder = asked.store or Path(tempfile.gettempdir()) / f"gongkai-pages-{asked.reports}"
    if not folder.exists():
        start = time.perf_counter()
        build(folder, asked.reports)
        print(f"store of {asked.reports:,} reports written in {time.perf_counter() - start:.0f} s: {folder}")
    os.environ["GONGKAI_STORE"] = str(folder)
    make = PagesManager.__init__

    def made(self: PagesManager, *args: object, **kwargs: object) -> None:
        make(self, *args, **kwargs)  # type: ignore[arg-type]
        PagesManager.uses_pages_directory = False

    PagesManager.__init__ = made  # type: ignore[method-assign]
    print(f"{'page':<14}{'first':>8}{'new filter':>12}{'again':>8}   seconds, {asked.reports:,} reports")
    for page in PAGES:
        first, fresh, again = visit(page)
        print(f"{page:<14}{first:>8.2f}{fresh:>12.2f}{again:>8.2f}", flush=True)
    print(f"{'empty page':<14}{empty_page():>8.2f}")
    if asked.browser:
        page_browser.report(folder, PAGES)
    ours, duck = same_sums(folder)
    print(f"sums by year, cold: {ours:.2f} s here, {duck:.2f} s in DuckDB")


if __name__ == "__main__":
    main()
