"""Where a report names the agency that wrote it: preface, headings, subjects, fees, signature, self-reference."""

from __future__ import annotations

import polars as pl

from flags.enumerations import position
from flags.rule import Corpus

HAN = r"[\x{4e00}-\x{9fff}]"
_END = (
    r"(?:委员会|管委会|办事处|人民政府|政府|办公室|分局|局|厅|委|中心|支队|大队|管理处|服务处|研究院|医院|学院|"
    r"镇|乡|苏木|街道)"
)
_NAME = rf"({HAN}{{2,26}}?{_END})"
_VERBS = (
    r"(?:党[组委])?(?:办公室)?(?:认真|严格|高度重视|坚持|积极|深入|按照|紧紧围绕|紧扣|切实|不断|进一步|持续|始终|共公开|共收到|共发布|"
    r"主动公开|全年|未收到|未发生|没有收到|政府信息公开|政务公开|扎实|全面|围绕|充分|着力|大力|依托|通过|及时|继续|聚焦|收到|累计|依法|"
    r"本年度|20\d\d年|在[^。\n]{2,30}(?:领导|指导|支持|关心)下|加强|强化|贯彻|落实|推进|做好)"
)
_SUBJECT = rf"(?:^|[，,。；;：:\n])\s*(?:20\d\d年(?:度)?[，,]?)?\s*{_NAME}{_VERBS}"
_PREFACE_PATTERNS = (
    rf"(?:公布|公开|发布|编制|形成)(?:了|[并和、](?:公布|发布|公开))?{_NAME}(?:20\d\d|本年度|年度|政府信息)",
    rf"(?:与|向){_NAME}{HAN}{{0,10}}?(?:联系|咨询|[（(])",
    rf"(?:结合|由){_NAME}(?:实际|编制|政府信息|20\d\d|{HAN}{{0,4}}工作)",
    rf"(?:^|[，,。；;：:\n、])\s*{_NAME}20\d\d年(?:度)?(?:政府)?信息公开",
    rf"包括了?{_NAME}(?:20\d\d年(?:度)?)?{HAN}{{0,6}}?(?:主动公开|公开)",
    rf"[，,。；;]\s*(?:20\d\d年(?:度)?[，,]?)?\s*{_NAME}(?:认真|严格|高度重视|坚持|积极|深入|紧紧围绕|切实|不断|进一步|扎实)",
)
_IN_HEADING = rf"(?:主动公开|收到和处理){_NAME}信息"
_FEES = (
    rf"(?:^|[，,。；;\n])\s*(?:20\d\d年(?:度)?[，,]?)?\s*{_NAME}"
    r"(?:本年度|20\d\d年(?:度)?)?(?:未|没有)(?:发生|收取|产生)"
)
_SELF = {
    "局": r"我局",
    "镇": r"我镇|[^基根资版样成]本镇(?:人民|政府|政务|信息|主动|收到|按照|严格|认真)",
    "乡": r"我乡",
    "苏木": r"我苏木",
    "街道": r"我街道|我街(?:办|[^道镇区头上])|我办事处",
}

_CALL = r"([我本](?:局|镇|乡|苏木|街道|街办?|办事处))"


SHAPE = ("report_id", "order", "place", "place_en", "section", "start", "name")
"""The columns of every frame of names: what stands where. `start` is -1 where the text must be searched for it."""


def _shape(order: int, zh: pl.Expr, en: pl.Expr, section: pl.Expr, start: pl.Expr, name: pl.Expr) -> list[pl.Expr]:
    return [
        pl.col("report_id"),
        pl.lit(order, pl.Int32).alias("order"),
        zh.alias("place"),
        en.alias("place_en"),
        section.cast(pl.Int32).alias("section"),
        start.cast(pl.Int64).alias("start"),
        name.alias("name"),
    ]


def _section_name() -> tuple[pl.Expr, pl.Expr]:
    numeral = pl.col("section").replace_strict(range(1, 7), list("一二三四五六"), default="", return_dtype=pl.String)
    return pl.format("第{}部分", numeral), pl.format("section {}", pl.col("section"))


def in_sections(corpus: Corpus) -> pl.LazyFrame:
    """Subjects of sentences on own work."""
    chunk = pl.col("chunk")
    zh, en = _section_name()
    name = pl.coalesce(chunk.str.extract(_SUBJECT, 1), chunk.str.extract(_FEES, 1))
    chunks = pl.concat_list(
        pl.col("text").str.extract_all(_SUBJECT),
        pl.when(pl.col("section") == 6)
        .then(pl.col("text").str.extract_all(_FEES))
        .otherwise(pl.lit([], pl.List(pl.String))),
    )
    return (
        corpus.sections.select("report_id", "section", "text", chunks.alias("chunk"))
        .explode("chunk", keep_nulls=False, empty_as_null=False)
        .with_columns(name.alias("name"))
        .filter(pl.col("name").is_not_null())
        .with_columns((position(pl.col("text"), chunk) + position(chunk, pl.col("name"))).alias("start"))
        .select(_shape(3, zh, en, pl.col("section"), pl.col("start"), pl.col("name")))
    )


def in_headings(corpus: Corpus) -> pl.LazyFrame:
    """Names in the statutory headings: 主动公开某局信息情况."""
    zh, en = _section_name()
    return (
        corpus.sections.select("report_id", "section", pl.col("heading").str.extract(_IN_HEADING, 1).alias("name"))
        .filter(pl.col("name").is_not_null())
        .select(
            _shape(2, pl.format("{}标题", zh), pl.format("heading of {}", en), pl.lit(0), pl.lit(-1), pl.col("name"))
        )
    )


def in_preface(reports: pl.LazyFrame) -> list[pl.LazyFrame]:
    """Names in the preface: whose report is announced, and whom to ask."""
    preface = pl.col("preface").str.replace_all(r"《[^》\n]*》|（[^）\n]{0,20}）|\([^)\n]{0,20}\)", "")
    return [
        reports.select("report_id", preface.str.extract(pattern, 1).alias("name"))
        .filter(pl.col("name").is_not_null())
        .select(_shape(1, pl.lit("前言"), pl.lit("preface"), pl.lit(0), pl.lit(-1), pl.col("name")))
        for pattern in _PREFACE_PATTERNS
    ]


def in_signature(reports: pl.LazyFrame) -> pl.LazyFrame:
    """Names that stand alone on a line of the signature."""
    lines = pl.col("signature").str.extract_all(rf"(?m)^[ \t\x{{3000}}]*{HAN}{{2,30}}{_END}[ \t\x{{3000}}]*$")
    return (
        reports.select("report_id", lines.alias("name"))
        .explode("name", keep_nulls=False, empty_as_null=False)
        .select(
            _shape(
                4,
                pl.lit("落款"),
                pl.lit("signature"),
                pl.lit(0),
                pl.lit(-1),
                pl.col("name").str.strip_chars(" \t\u3000"),
            )
        )
    )


def rejected_by_the_reader(reports: pl.LazyFrame) -> pl.LazyFrame:
    """Names that stood as the issuer's own and that the reader could not reconcile with it."""
    sources = {"title": "标题", "signature": "落款", "preface": "前言", "text": "正文"}
    each = pl.col("evidence").struct
    return (
        reports.select("report_id", "evidence")
        .explode("evidence", keep_nulls=False, empty_as_null=False)
        .filter((each.field("about") == "foreign-issuer") & each.field("source").is_in(list(sources)))
        .select(
            _shape(
                0,
                each.field("source").replace_strict(sources, return_dtype=pl.String),
                each.field("source"),
                pl.lit(0),
                pl.lit(-1),
                each.field("value"),
            )
        )
    )


def self_calls(reports: pl.LazyFrame) -> pl.LazyFrame:
    """我镇 in a bureau's report, 我局 in a town's."""
    issuer, text = pl.col("issuer"), pl.col("text")
    is_kind = {
        "局": issuer.str.contains("局"),
        "镇": issuer.str.contains("镇"),
        "乡": issuer.str.contains("乡"),
        "苏木": issuer.str.contains("苏木"),
        "街道": issuer.str.contains("街道|办事处"),
    }
    rural = is_kind["镇"] | is_kind["乡"] | is_kind["苏木"] | is_kind["街道"]
    bureau = is_kind["局"] & ~rural
    frames = []
    for kind, pattern in _SELF.items():
        judged = rural & ~is_kind[kind] if kind == "局" else (bureau | (rural & ~is_kind[kind]))
        frames.append(
            reports.filter(judged & text.str.contains(pattern))
            .with_columns(text.str.extract(f"({pattern})", 1).str.extract(_CALL, 1).alias("name"))
            .select(_shape(5, pl.lit("自称"), pl.lit("calls itself"), pl.lit(0), pl.lit(-1), pl.col("name")))
        )
    return pl.concat(frames)
