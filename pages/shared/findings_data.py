"""Queries about findings: how many there are, which are the gravest, and on which reports to look first."""

from __future__ import annotations

import polars as pl

from pages.shared.data_access import BESIDE, findings, grouped, level_to_compare, remembered, reports, store
from pages.shared.filters import Filters

COUNTS = (pl.len().alias("findings"), pl.col("report_id").n_unique().alias("reports"))
USUAL = (("severity",), ("rule", "severity"), ("year", "severity"), ("issuer_kind",))
"""What findings are broken down by, beside the level of region below the choice."""


@remembered
def _summed(filters: Filters) -> pl.DataFrame:
    """All breakdowns that pages show, one below the other, named in `by`: the findings are looked through once."""
    level = level_to_compare(filters)
    columns = dict.fromkeys(("report_id", "rule", "severity", "year", "issuer_kind", level, *BESIDE.get(level, ())))
    found = findings(filters).select(*columns).collect()
    parts = []
    for by in (*USUAL, (level, "severity")):
        summed = grouped(found.lazy(), by, COUNTS)
        parts.append(summed.with_columns(by=pl.lit("/".join(by))))
    return pl.concat(parts, how="diagonal")


def findings_by(filters: Filters, by: tuple[str, ...]) -> pl.DataFrame:
    """How many findings, and on how many reports, in each group."""
    held = _summed(filters).filter(pl.col("by") == "/".join(by))
    return held.select(*by, *(count.meta.output_name() for count in COUNTS))


def commonest_rules(filters: Filters, most: int) -> pl.DataFrame:
    """The rules that were raised most, each with all its severities: `rule`, `severity`, `findings`, `reports`."""
    total = pl.col("findings").sum().over("rule")
    found = findings_by(filters, ("rule", "severity")).sort(total, "rule", "findings", descending=[True, False, True])
    return found.filter(pl.col("rule").is_in(found.get_column("rule").unique(maintain_order=True).head(most).to_list()))


SEVERITY_COUNTS = {"errors": "error", "warnings_count": "warning", "notices": "notice"}


@remembered
def worst_reports(filters: Filters, limit: int) -> pl.DataFrame:
    """The reports with the gravest findings: most errors first, then warnings, then notices."""
    counts = [(pl.col("severity") == severity).sum().alias(name) for name, severity in SEVERITY_COUNTS.items()]
    counted_findings = store().flags().group_by("report_id").agg(counts)
    chosen = reports(filters).select("report_id", "issuer", "county", "year", "published_on")
    order = list(SEVERITY_COUNTS)
    ranked = chosen.join(counted_findings, on="report_id", how="inner").sort(
        *order, "issuer", descending=[True] * 3 + [False]
    )
    return ranked.head(limit).collect()


@remembered
def report_list(filters: Filters, limit: int, part: str = "") -> pl.DataFrame:
    """Reports to choose from, those with the gravest findings first; with `part` in issuer, title or path."""
    counts = [(pl.col("severity") == severity).sum().alias(name) for name, severity in SEVERITY_COUNTS.items()]
    found = store().flags().group_by("report_id").agg(counts)
    columns = ("report_id", "issuer", "title", "path", "year", "region_code")
    named = reports(filters).select(*columns)
    for word in part.split():
        places = (pl.col(name).str.contains(word, literal=True) for name in ("issuer", "title", "path"))
        named = named.filter(pl.any_horizontal(*places, pl.col("year").cast(pl.String) == word))
    chosen = named.join(found, on="report_id", how="left")
    order = [*SEVERITY_COUNTS, "year", "region_code", "issuer"]
    return chosen.sort(order, descending=[True] * 4 + [False] * 2, nulls_last=True).head(limit).collect()


def finding_rows(filters: Filters, rule: str | None = None, severity: str | None = None) -> pl.LazyFrame:
    """The findings on the chosen reports, the gravest first."""
    found = findings(filters)
    if rule:
        found = found.filter(pl.col("rule") == rule)
    if severity:
        found = found.filter(pl.col("severity") == severity)
    return found.sort("severity", pl.col("score").fill_null(0), "year", "issuer", descending=[False, True, True, False])


@remembered
def page_of_findings(filters: Filters, rule: str | None, severity: str | None, start: int, length: int) -> pl.DataFrame:
    """Some of the findings, the gravest first."""
    return finding_rows(filters, rule, severity).slice(start, length).collect()


def count_findings(filters: Filters, rule: str | None, severity: str | None) -> int:
    """How many findings there are."""
    found = findings_by(filters, ("rule", "severity"))
    for name, chosen in (("rule", rule), ("severity", severity)):
        if chosen:
            found = found.filter(pl.col(name) == chosen)
    return int(found.get_column("findings").sum())
