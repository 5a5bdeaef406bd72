"""Does the issuer's own name stand where it belongs."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from flags.enumerations import position
from flags.issuer_names import (
    in_headings,
    in_preface,
    in_sections,
    in_signature,
    rejected_by_the_reader,
    self_calls,
)
from flags.outcomes import NO_ROWS, evidence, listed, nothing_to_word, outcomes, quote
from flags.rule import Corpus, Rule, Wording
from flags.strangers import strangers


def foreign_issuer(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Names that stand where the issuer's own belongs, and are another agency's or another region's.

    Looked at: preface, headings, the subjects of sentences on own work, the sentence on fees, the signature, how the
    issuer calls itself (我局, 我镇), and what the reader of names rejected. Superiors and partners are named rightly.
    """
    reports = corpus.reports.select(
        "report_id",
        "issuer_id",
        "issuer",
        pl.col("issuer_kind").cast(pl.String),
        "province",
        "prefecture",
        "county",
        "township",
        "preface",
        "signature",
        "text",
        "evidence",
    ).filter(pl.col("issuer").is_not_null())
    named = pl.concat(
        [
            in_sections(corpus),
            in_headings(corpus),
            *in_preface(reports),
            in_signature(reports),
            rejected_by_the_reader(reports),
        ]
    )
    found = pl.concat([strangers(corpus, reports, named), self_calls(reports)]).collect()
    if nothing_to_word(found):
        return NO_ROWS
    texts = reports.select("report_id", pl.col("text").alias("whole"))
    by_report = (
        found.lazy()
        .join(texts, on="report_id", how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("start") < 0)
            .then(position(pl.col("whole"), pl.col("name")).cast(pl.Int64))
            .otherwise(pl.col("start"))
            .alias("start")
        )
        .unique(["report_id", "place", "name"], keep="first", maintain_order=True)
        .sort("report_id", "order", maintain_order=True)
        .group_by("report_id", maintain_order=True)
        .agg(
            pl.format("{}写“{}”", "place", "name").alias("zh"),
            pl.format("{}: “{}”", "place_en", "name").alias("en"),
            pl.col("name").first(),
            quote(pl.col("section"), pl.col("start"), pl.col("name")).alias("quotes"),
        )
    )
    frame = corpus.reports.select("report_id", "issuer").join(
        by_report, on="report_id", how="left", maintain_order="left"
    )
    wrong = pl.col("name").is_not_null()
    return outcomes(
        frame,
        status=pl.when(wrong)
        .then(pl.lit("failed"))
        .when(pl.col("issuer").is_not_null())
        .then(pl.lit("passed"))
        .otherwise(pl.lit("not-applicable")),
        reason=pl.when(pl.col("issuer").is_null()).then(pl.lit("no-issuer")),
        left=pl.col("name"),
        right=pl.col("issuer"),
        message=pl.when(wrong).then(
            pl.format("应写“{}”的地方出现别的机关或地区：{}。", "issuer", listed(pl.col("zh"), 3, separator="，"))
        ),
        message_en=pl.when(wrong).then(
            pl.format(
                "Another agency or region stands where “{}” belongs ({}).",
                "issuer",
                listed(pl.col("en"), 3, separator="; ", more="; …"),
            )
        ),
        evidence=pl.when(wrong).then(evidence(quotes=pl.col("quotes"), issuer=pl.col("issuer"))),
    )


RULES = (
    Rule(
        id="foreign-issuer",
        family="identity",
        severity="error",
        title=Wording("机关名称张冠李戴", "Another agency's name"),
        reason=Wording(
            "应写本机关名称的地方写了别的机关或地区，说明报告抄自他处，内容和数据都存疑。",
            "Another agency or region where the issuer's own name belongs shows that the report was copied.",
        ),
        basis=Wording(
            "条例第四十九条、第五十条：报告本机关的情况", "Art. 49 and 50: the report is on the issuer itself"
        ),
        formula=Wording(
            "前言、标题、段首主语、收费说明、落款和自称中的机关＝发布机关（含简称、曾用名）；上级和协作机关不算",
            "names in preface, headings, subjects, fee statement, signature, self-reference = the issuer's, short or "
            "former; superiors and partners do not count",
        ),
        remedy=Wording(
            "改回本机关名称，并核实该段内容是否属实。", "Restore the own name and verify what is said there."
        ),
        needs=("issuer", "text", "sections", "evidence"),
        check=foreign_issuer,
        version=6,
        example=Wording(
            "民政局的报告里写“教育局严格落实条例”。", "A civil affairs bureau's report speaks of the education bureau."
        ),
    ),
)
