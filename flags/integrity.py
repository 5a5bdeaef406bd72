"""Text that should not be there: what a template left behind, and what intruders injected.

Both checks look over all passages with one expression each and split into sentences only the few that show a mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import polars as pl

from flags.outcomes import NO_ROWS, evidence, outcomes, together
from flags.rule import Corpus, Rule, Wording
from flags.wording_lexicon import Contamination, contamination, placeholder_marks, placeholder_patterns
from flags.wording_passages import offset_of, passages, sentences

QUOTE_REACH = 12
"""Characters shown on both sides of what is quoted."""
QUOTES_SHOWN = 5
NO_TEXT = "no-narrative"


def _found_columns() -> list[str]:
    return ["report_id", "part", "section", "start", "end", "text", "found", "zh", "en"]


def _finding(marked: pl.LazyFrame, kind: Wording) -> pl.LazyFrame:
    """Sentences whose column `found` is not null, as findings of one kind."""
    return (
        marked.filter(pl.col("found").is_not_null())
        .with_columns(zh=pl.lit(kind.zh), en=pl.lit(kind.en))
        .select(_found_columns())
    )


def _placed(findings: pl.LazyFrame) -> pl.LazyFrame:
    """The place of `found` in its passage, and `shown`: the words around it."""
    offset = offset_of(pl.col("found"), pl.col("text"))
    around = pl.col("text").str.slice(
        (pl.col("offset") - QUOTE_REACH).clip(0), pl.col("found").str.len_chars() + 2 * QUOTE_REACH
    )
    return (
        findings.with_columns(offset=offset)
        .with_columns(shown=around.str.replace_all(r"\s+", " ").str.strip_chars())
        .with_columns(start=pl.col("start") + pl.col("offset"))
        .with_columns(end=pl.col("start") + pl.col("found").str.len_chars())
    )


def _per_report(findings: pl.LazyFrame) -> pl.LazyFrame:
    """A row a report with all that was found: `kinds`, `kinds_en`, `first`, `places` (how many) and `quotes`."""
    quoted = pl.struct(
        "section", "part", "start", "end", pl.col("found").alias("text"), pl.col("shown").alias("context")
    )
    return (
        findings.unique(["report_id", "part", "section", "start"], keep="first", maintain_order=True)
        .sort("report_id", "section", "start", maintain_order=True)
        .group_by("report_id", maintain_order=True)
        .agg(
            kinds=pl.col("zh").unique(maintain_order=True).str.join("、"),
            kinds_en=pl.col("en").unique(maintain_order=True).str.join(", "),
            first=pl.col("shown").first(),
            places=pl.len(),
            quotes=quoted.head(QUOTES_SHOWN),
        )
    )


def _checked(corpus: Corpus, findings: pl.LazyFrame | None, message: pl.Expr, message_en: pl.Expr) -> pl.LazyFrame:
    """Outcome rows: a report with findings failed, one without any text is not applicable, the others passed."""
    failed = NO_ROWS if findings is None else _per_report(_placed(findings)).collect().lazy()
    readable = passages(corpus).select("report_id").unique().with_columns(readable=pl.lit(True))
    others = (
        corpus.reports.select("report_id")
        .join(failed.select("report_id"), on="report_id", how="anti")
        .join(readable, on="report_id", how="left")
    )
    applicable = pl.col("readable").fill_null(False)
    return together(
        [
            NO_ROWS
            if findings is None
            else outcomes(
                failed,
                status="failed",
                message=message,
                message_en=message_en,
                evidence=evidence(quotes=pl.col("quotes")),
            ),
            outcomes(
                others,
                status=pl.when(applicable).then(pl.lit("passed")).otherwise(pl.lit("not-applicable")),
                reason=pl.when(applicable).then(pl.lit(None, pl.String)).otherwise(pl.lit(NO_TEXT)),
            ),
        ]
    )


def placeholders(corpus: Corpus) -> pl.LazyFrame | None:
    """Every sentence with a mark of an unfilled template; None where no sentence comes near it."""
    marks = list(placeholder_marks())
    marked = passages(corpus).filter(pl.col("text").str.contains_any(marks))
    # The marks single out sentences once more; only these are tried against every pattern.
    suspects = sentences(marked).filter(pl.col("text").str.contains_any(marks)).collect()
    if not suspects.height:
        return None
    patterns = placeholder_patterns()
    text = pl.col("text").str
    found = [pl.when(~text.contains(each.unless)).then(text.extract(f"(?m){each.regex}", 1)) for each in patterns]
    kinds = [{"pattern": n, "zh": each.kind.zh, "en": each.kind.en} for n, each in enumerate(patterns)]
    kind = pl.DataFrame(kinds, schema={"pattern": pl.UInt32, "zh": pl.String, "en": pl.String})
    # One plan for all of them, and then the order of one plan for each: patterns first, sentences second.
    return (
        suspects.lazy()
        .with_columns(found=pl.concat_list(found), pattern=pl.lit(kind.get_column("pattern").implode()))
        .explode("found", "pattern")
        .filter(pl.col("found").is_not_null())
        .sort("pattern", maintain_order=True)
        .join(kind.lazy(), on="pattern", how="left", maintain_order="left")
        .select(_found_columns())
    )


def check_placeholder(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Whether marks of an unfilled template stand in the report."""
    count = pl.col("places").cast(pl.String)
    message = pl.format("有{}处模板未填写或未删净（{}），例如“{}”。", count, pl.col("kinds"), pl.col("first"))
    message_en = pl.format(
        "The template was not filled in or not removed ({} in all: {}), for instance “{}”.",
        count,
        pl.col("kinds_en"),
        pl.col("first"),
    )
    return _checked(corpus, placeholders(corpus), message, message_en)


def _either(words: tuple[str, ...]) -> str:
    return "|".join(words)


@cache
def _any_contamination() -> tuple[list[str], str]:
    """Fixed strings and the joined patterns that make a passage worth a closer look."""
    lexicon = contamination()
    strings = [word for kind in lexicon.kinds for word in (*kind.brands, *kind.words)]
    patterns = [pattern for kind in lexicon.kinds for pattern in kind.patterns]
    return strings, "(?i)" + _either(tuple(patterns))


_NEVER = "(a^)(a^)"
"""Matches nothing, in as many groups."""


@cache
def _latin_brands(kind: Contamination) -> str:
    """The brands in Latin letters, by themselves or as a site's name: not in leyuan@163.com or www.leyu.gov.cn.

    One of two groups holds the brand.
    """
    words = _either(tuple(re.escape(each) for each in kind.brands if each.isascii()))
    if not words:
        return _NEVER
    return (
        rf"(?:^|[^a-z0-9@._/-])({words})[0-9]{{0,4}}(?:$|[^a-z0-9@._-])"
        rf"|({words})[0-9]{{0,4}}\.(?:com|net|vip|cc|app|top|xyz|bet)(?:$|[^a-z.])"
    )


def _brand(kind: Contamination) -> pl.Expr:
    """The first brand of a kind in a sentence."""
    plain, latin = pl.col("plain").str, _latin_brands(kind)
    written = plain.extract_many([each for each in kind.brands if not each.isascii()], leftmost=True).list.first()
    return pl.coalesce(written, plain.extract(latin, 1), plain.extract(latin, 2))


def _foreign(kind: Contamination) -> pl.Expr:
    """What foreign text of one kind a sentence holds, if nothing excuses it; needs the column `plain`."""
    lexicon = contamination()
    plain = pl.col("plain")
    brand = _brand(kind)
    word = plain.str.extract_many(list(kind.words), leftmost=True).list.first()
    pattern = plain.str.extract(f"({_either(kind.patterns)})", 1)
    fought = plain.str.contains(
        f"(?:{_either(lexicon.guards_before)})[^。；]{{0,16}}(?:{_either(kind.brands)})"
        f"|(?:{_either(kind.brands)})[^。；]{{0,12}}(?:{_either(lexicon.guards_after)})"
    )
    guarded = plain.str.contains_any(list(lexicon.guards_anywhere))
    trade = ~pattern.str.contains(lexicon.not_brands)
    return pl.coalesce(
        pl.when(brand.is_not_null() & ~fought).then(brand),
        pl.when(word.is_not_null() & ~guarded).then(word),
        pl.when(pattern.is_not_null() & trade & ~guarded).then(pattern),
    )


def foreign_text(corpus: Corpus) -> pl.LazyFrame | None:
    """Every sentence with gambling, pornographic or advertising text that no report on a crackdown explains.

    None where no passage comes near it.
    """
    lexicon = contamination()
    strings, pattern = _any_contamination()
    text = pl.col("text").str
    suspect = text.contains_any(strings, ascii_case_insensitive=True) | text.contains(pattern)
    plain = pl.col("text").str.to_lowercase()
    blanks = ["　" * len(phrase) for phrase in lexicon.honest]
    close = passages(corpus).filter(suspect).collect()
    if not close.height:
        return None
    suspects = sentences(close.lazy()).with_columns(
        plain=plain.str.replace_many(list(lexicon.honest), blanks, leftmost=True)
    )
    suspects = suspects.collect().lazy()
    found = pl.concat(
        _finding(suspects.with_columns(found=_foreign(kind)).with_columns(found=_as_written()), kind.kind)
        for kind in lexicon.kinds
    )
    # The name of a gambling site is often an advertisement too: a sentence counts once, under its gravest kind.
    return found.unique(["report_id", "part", "section", "text"], keep="first", maintain_order=True)


def _as_written() -> pl.Expr:
    """The foreign words in the letters of the report; `plain` has as many characters as `text`."""
    offset = offset_of(pl.col("found"), pl.col("plain"))
    return pl.col("text").str.slice(offset, pl.col("found").str.len_chars())


def check_contaminated_text(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Whether foreign text stands in the report."""
    message = pl.format(
        "正文混入与政府信息公开无关的{}内容（{}处），例如“{}”，疑似网页被篡改或模板被劫持。",
        pl.col("kinds"),
        pl.col("places").cast(pl.String),
        pl.col("first"),
    )
    message_en = pl.format(
        "The text holds foreign matter ({}; {} in all), for instance “{}”; the page has probably been tampered with.",
        pl.col("kinds_en"),
        pl.col("places").cast(pl.String),
        pl.col("first"),
    )
    return _checked(corpus, foreign_text(corpus), message, message_en)


PLACEHOLDER = Rule(
    id="placeholder",
    family="integrity",
    severity="error",
    title=Wording("模板未填写", "Unfilled template"),
    reason=Wording(
        "报告中留有“XX局”“××件”“此处填写”等模板痕迹，说明未经核对即公布。",
        "Marks such as “XX局”, “××件” or “此处填写” show that the report was published without being read.",
    ),
    basis=Wording("《政府信息公开条例》第六条：及时、准确地公开政府信息", "Regulation, article 6: accurate disclosure"),
    formula=Wording(
        "标题、正文、落款中出现未填写的名称、数字、日期或填写提示；手机号、证件号的遮挡和举例说明除外",
        "an open name, number or date or a prompt in title, text or signature; masked telephone and identity numbers "
        "and quoted examples do not count",
    ),
    remedy=Wording("填写或删除所引内容后重新公布。", "Fill in or delete the passages quoted, then publish again."),
    needs=("text",),
    check=check_placeholder,
    version=3,
    example=Wording("“XX局全年公开信息××件。”", "“XX Bureau disclosed ×× items.”"),
)

CONTAMINATED = Rule(
    id="contaminated-text",
    family="integrity",
    severity="error",
    title=Wording("混入有害内容", "Foreign text injected"),
    reason=Wording(
        "网页被植入博彩、色情或广告文字，既失实又违法，应立即处置。",
        "Gambling, pornographic or advertising text was planted in the page; it must be removed at once.",
    ),
    basis=Wording(
        "《政府网站发展指引》（国办发〔2017〕47号）；《网络安全法》第四十七条",
        "Guidelines for government websites (State Council General Office [2017] No. 47); Cybersecurity Law, art. 47",
    ),
    formula=Wording(
        "出现博彩、色情、广告的名称或搜索用语；报道打击、整治此类行为的句子和彩票公益金等职责表述除外",
        "names or search strings of gambling, pornography or advertising; sentences that report a crackdown, and an "
        "agency's own business such as the welfare lottery, do not count",
    ),
    remedy=Wording("清除所引文字，检查网站安全后重新公布。", "Remove the text quoted, check the site, publish again."),
    needs=("text",),
    check=check_contaminated_text,
    version=5,
    example=Wording(
        "“推进政务beat365手机版官方网站公开。”", "The name of a betting site stands inside “open government”."
    ),
)

RULES: tuple[Rule, ...] = (PLACEHOLDER, CONTAMINATED)
