"""Groups of reports that share a text, put together from the findings on copied text."""

from __future__ import annotations

import polars as pl

from pages.shared import data_access
from pages.shared.data_access import remembered
from pages.shared.filters import Filters

RULES = ("copied-from-peer", "copied-from-last-year")
_EVIDENCE = pl.Struct({"reports": pl.List(pl.String)})


@remembered
def _pairs(filters: Filters) -> pl.DataFrame:
    found = data_access.findings(filters).filter(pl.col("rule") == RULES[0])
    others = pl.col("evidence").str.json_decode(_EVIDENCE).struct.field("reports").alias("other")
    pairs = found.select("report_id", others, "score").explode("other", empty_as_null=False, keep_nulls=False)
    return pairs.drop_nulls().collect()


def groups(filters: Filters) -> list[tuple[str, ...]]:
    """Reports that share a text with one another, directly or through others; the largest group first."""
    leader: dict[str, str] = {}

    def first(report: str) -> str:
        while leader.setdefault(report, report) != report:
            leader[report] = leader[leader[report]]
            report = leader[report]
        return report

    for mine, other in _pairs(filters).select("report_id", "other").iter_rows():
        leader[first(mine)] = first(other)
    found: dict[str, list[str]] = {}
    for report in leader:
        found.setdefault(first(report), []).append(report)
    return sorted((tuple(sorted(members)) for members in found.values()), key=lambda each: (-len(each), each))
