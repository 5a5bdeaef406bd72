"""Narratives that nobody wrote: stock sentences, texts taken from others, and last year's report once more."""

from __future__ import annotations

import polars as pl

from flags.rule import Corpus, Rule, Threshold, Wording
from flags.wording_checks import (
    LEAST_TO_COMPARE,
    check_boilerplate_only,
    check_copied_from_last_year,
    check_copied_from_peer,
    check_repeated_figures,
)
from flags.wording_copies import cluster_frame
from flags.wording_passages import narrative, sentences
from flags.wording_prints import prints

_ARTICLE_50 = Wording(
    "《政府信息公开条例》第五十条；年度报告格式要求内容真实、具体，不得照搬照抄",
    "Regulation, article 50: what the report holds; the format notice asks for content of the issuer's own",
)


def clusters(corpus: Corpus) -> pl.LazyFrame:
    """Reports of different issuers that share a text: `cluster_id`, `report_id`, `size`, `score`, the largest first."""
    return cluster_frame(corpus, _defaults(COPIED_FROM_PEER)).lazy()


def stock_sentences(corpus: Corpus) -> pl.LazyFrame:
    """Every sentence of the narratives and in how many other issuers' reports it occurs once masked.

    `report_id`, `section`, `position` (from 0 in its section), `start`, `end` (characters of the section's text),
    `text`, `masked`, `hash` (UInt64, null where nothing is left once masked), `others`.
    """
    made = prints(corpus)
    authors = made.reports.lazy().select("report_id", "author")
    masked = made.masker.mask(pl.col("text")).str.replace_all("，+", "，").str.strip_chars("，")
    spoken = (
        sentences(narrative(corpus))
        .with_columns(masked=masked)
        .with_columns(hash=pl.when(pl.col("masked").str.len_chars() > 0).then(pl.col("masked").hash()))
        .join(authors, on="report_id", how="left")
    )
    spread = (
        spoken.filter(pl.col("hash").is_not_null())
        .select("hash", "author")
        .unique()
        .group_by("hash")
        .agg(others=(pl.len() - 1).cast(pl.Int64))
    )
    return spoken.join(spread, on="hash", how="left", maintain_order="left").select(
        "report_id",
        "section",
        "position",
        "start",
        "end",
        "text",
        "masked",
        "hash",
        pl.col("others").fill_null(0),
    )


def _defaults(rule: Rule) -> dict[str, float]:
    return {threshold.name: threshold.default for threshold in rule.thresholds}


BOILERPLATE_ONLY = Rule(
    id="boilerplate-only",
    family="wording",
    severity="warning",
    title=Wording("通篇套话", "Boilerplate only"),
    reason=Wording(
        "正文换上任何机关的名称都成立，公众无从了解该机关一年中做了什么。",
        "The text would fit any agency; the public learns nothing of what this one did in the year.",
    ),
    basis=_ARTICLE_50,
    formula=Wording(
        "法定表述以外，没有具体数量、日期、文件、名称等事实，也没有通用词汇以外的表述",
        "apart from what the form dictates, no figure, date, document or name and no words beyond the common stock",
    ),
    remedy=Wording(
        "补写本机关本年度的具体做法：公开了什么、多少、在哪里、解决了什么问题。",
        "Say what the agency itself did: what was disclosed, how much, where, and which problem was solved.",
    ),
    needs=("sections",),
    check=check_boilerplate_only,
    version=2,
    thresholds=(
        Threshold(
            "facts", 1.0, Wording("事实的分量少于此数即为无具体内容", "concrete facts below this weight count as none")
        ),
        Threshold(
            "own_characters",
            10,
            Wording(
                "通用词汇以外的字数少于此数即为套话",
                "fewer characters than this beyond the common stock are boilerplate",
            ),
        ),
    ),
    example=Wording(
        "“高度重视，加强领导，扎实推进，成效明显。”通篇如此。",
        "“Great importance was attached, leadership strengthened, good results achieved”, and so on to the end.",
    ),
)

_SHARED_CHARACTERS = Threshold(
    "characters",
    LEAST_TO_COMPARE,
    Wording("相同部分至少的字数（遮去后）", "least number of shared characters, once masked"),
)

COPIED_FROM_PEER = Rule(
    id="copied-from-peer",
    compares=True,
    family="wording",
    severity="warning",
    title=Wording("与其他机关雷同", "Copied from a peer"),
    reason=Wording(
        "换掉名称和数字后与其他机关的报告几乎相同，说明没有如实报告本机关情况。",
        "Once names and numbers are exchanged the report is another agency's: it does not report on its own work.",
    ),
    basis=_ARTICLE_50,
    formula=Wording(
        "遮去名称、地区、年份、数字后，与另一机关报告相同的分句占正文的比例达到限值，或按罕见程度加权后达到限值",
        "once names, regions, years and numbers are masked, the part of the narrative whose clauses stand in another "
        "issuer's report reaches the limit, or does so with clauses weighed by their rarity",
    ),
    remedy=Wording(
        "核实两份报告的来源，责成照搬的一方据实重写。", "Find out who copied; have that report written anew."
    ),
    needs=("sections",),
    check=check_copied_from_peer,
    thresholds=(
        Threshold("share", 0.85, Wording("正文相同的比例", "share of the narrative that is the same")),
        Threshold(
            "rare_share", 0.6, Wording("按罕见程度加权后相同的比例", "the same share with clauses weighed by rarity")
        ),
        _SHARED_CHARACTERS,
    ),
    example=Wording(
        "甲县水利局的报告除局名外与乙县教育局的逐句相同。",
        "But for the name, one county’s water office says sentence by sentence what another’s schools office says.",
    ),
)

COPIED_FROM_LAST_YEAR = Rule(
    id="copied-from-last-year",
    compares=True,
    family="wording",
    severity="warning",
    title=Wording("照搬上年报告", "Copied from last year"),
    reason=Wording(
        "除年份和数字外与上年报告几乎相同，问题与措施年年照旧。",
        "But for years and numbers it is last year's report: the same problems and measures once more.",
    ),
    basis=_ARTICLE_50,
    formula=Wording(
        "遮去年份、数字后，与本机关上年报告相同的分句占正文的比例达到限值",
        "once years and numbers are masked, the part of the narrative whose clauses stand in the issuer's report "
        "of the year before reaches the limit",
    ),
    remedy=Wording("按本年度实际情况重写正文。", "Write the narrative anew from this year's facts."),
    needs=("sections",),
    check=check_copied_from_last_year,
    thresholds=(
        Threshold("share", 0.75, Wording("正文相同的比例", "share of the narrative that is the same")),
        Threshold(
            "share_with_own_numbers",
            0.92,
            Wording(
                "数字已逐项更新或正文很短时相同的比例", "the same share where the numbers are new or the text is short"
            ),
        ),
        _SHARED_CHARACTERS,
    ),
    example=Wording(
        "2023年报告只把2022年报告中的“2022”改成“2023”。", "The 2023 report is that of 2022 with the year exchanged."
    ),
)

REPEATED_FIGURES = Rule(
    id="repeated-figures",
    compares=True,
    family="wording",
    severity="warning",
    title=Wording("数据与上年相同", "Last year's figures"),
    reason=Wording(
        "一年间发生的数量全部与上年相同，几无可能，多为照搬。",
        "That all counts of a year come out as the year before is next to impossible; they were carried over.",
    ),
    basis=Wording(
        "《政府信息公开条例》第五十条第（一）至（三）项：当年情况的统计",
        "Regulation, article 50 (1) to (3): the year's counts",
    ),
    formula=Wording(
        "不为零的当年数据（存量数据除外）或正文所列数量与上年相同的比例达到限值，且足以排除巧合",
        "the share of figures that are not zero (stocks left out), or of the numbers of the narrative, equal to last "
        "year's reaches the limit, and there are enough of them to rule out chance",
    ),
    remedy=Wording("核对本年度台账，更正数据。", "Check the year's records and correct the figures."),
    needs=("figures", "sections"),
    check=check_repeated_figures,
    version=2,
    thresholds=(
        Threshold("share", 0.9, Wording("相同的比例", "share that is the same")),
        Threshold("distinct", 2, Wording("至少的不同数值个数", "least number of distinct values")),
        Threshold("bits", 9, Wording("排除巧合所需的信息量（比特）", "evidence against chance, in bits")),
    ),
    example=Wording(
        "行政许可126件、行政处罚37件、新收申请14件，与上年分毫不差。",
        "126 licences, 37 penalties, 14 applications: exactly as the year before.",
    ),
)

RULES: tuple[Rule, ...] = (COPIED_FROM_PEER, COPIED_FROM_LAST_YEAR, REPEATED_FIGURES, BOILERPLATE_ONLY)
