"""What a rule is: one object that checks, words, justifies and demonstrates itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

Severity = Literal["error", "warning", "notice"]

FAMILIES = ("arithmetic", "time", "rollup", "claims", "form", "identity", "wording", "integrity", "outliers")
"""The families of rules, in the order in which pages and documents present them."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in both languages of the interface."""

    zh: str
    en: str


NOTHING = Wording("", "")

NOT_APPLICABLE_REASONS: dict[str, Wording] = {
    "no-form": Wording("报告没有法定表格", "the report does not use the statutory form"),
    "no-table": Wording("没有这张表格", "the table is not there"),
    "blank": Wording("所需数据空缺", "figures it needs are blank"),
    "doubtful": Wording("所依据的数据识读把握不大", "figures it rests on were read with low confidence"),
    "some-blank": Wording("部分算式因数据空缺未核对", "some of the sums could not be checked for blank figures"),
    "no-year": Wording("报告年度不明", "the reporting year is unknown"),
    "no-issuer": Wording("发布机关不明", "the issuer is unknown"),
    "no-earlier-report": Wording("没有上一年度报告可比", "last year's report is not at hand"),
    "no-date": Wording("发布日期不明", "the publication date is unknown"),
    "no-section": Wording("缺少相应部分", "the section is not there"),
    "no-claim": Wording("正文没有可核对的数字", "the narrative states no number to check"),
    "no-citation": Wording("报告未引用格式文件", "the report does not cite the format notice"),
    "not-consolidated": Wording("不是汇总本地区数据的报告", "the report does not sum up a region"),
    "no-issuers-below": Wording("没有所属机关的报告可比", "no reports of issuers below are at hand"),
    "other-edition": Wording("报告所用表格版本没有这些数据", "the edition of the form does not have these figures"),
    "too-few": Wording("数量太少，不足以判断", "too few cases to judge"),
    "no-narrative": Wording("没有足够的正文", "there is too little narrative"),
    "small-corpus": Wording("可比报告太少", "too few reports to compare with"),
    "no-peers": Wording("没有可比的同类机关", "no comparable issuers"),
    "all-zero": Wording("全部数据为零", "every figure is zero"),
}
"""Why a rule says nothing about a report, or is unsure: a closed list, shown with the status."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit that a supervisor may move in `gongkai.toml`. Limits are inclusive."""

    name: str
    default: float
    meaning: Wording


@dataclass(frozen=True, slots=True)
class Corpus:
    """The frames that rules read; every one is lazy and has a row per report unless it says otherwise.

    `reports`: the public columns of `loaders.schemas.Reports` and `content_hash`, `preface`, `signature`, `text`
    (the whole text without tables), `tables` (struct of publication, applications, litigation: `present`,
    `picture` or `missing`), `labels` (list of struct `expected`, `found`: headings and labels that differ),
    `evidence` (list of struct `about`, `value`, `source`, `weight`: what the identity rests on).
    `figures`: `report_id`, a Float64 column for each key of `loaders.form.editions.all_keys()` (null where blank,
    unreadable or not of the report's edition), `blank_keys`, `unreadable` (list of struct `key`, `raw`: text that
    is no number) and `doubtful_keys` (read with low confidence).
    `sections`, `claims`: the public tables, many rows a report.
    `issuers`: the public table. `roster`: issuers that must report: `issuer_id`, `issuer`, `region_code`, `year`.
    """

    reports: pl.LazyFrame
    figures: pl.LazyFrame
    sections: pl.LazyFrame
    claims: pl.LazyFrame
    issuers: pl.LazyFrame
    roster: pl.LazyFrame


OUTCOME_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "report_id": pl.String,
    "status": pl.String,
    "reason": pl.String,  # why a rule is not applicable or unsure, a key of NOT_APPLICABLE_REASONS
    "left": pl.String,
    "right": pl.String,
    "message": pl.String,
    "message_en": pl.String,
    "evidence": pl.String,
    "score": pl.Float64,
}
"""What `Rule.check` returns: one row a report; several `failed` rows where a report fails in several places."""

Check = Callable[[Corpus, Mapping[str, float]], pl.LazyFrame]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `check` is Polars expressions over whole frames and returns rows of `OUTCOME_SCHEMA`."""

    id: str
    family: str
    severity: Severity
    title: Wording
    reason: Wording
    basis: Wording
    formula: Wording
    remedy: Wording
    needs: tuple[str, ...]
    check: Check
    thresholds: tuple[Threshold, ...] = field(default=())
    version: int = 1
    example: Wording = NOTHING
    compares: bool = False
    """Whether it only compares reports with each other, and so has nothing to say of one alone."""
