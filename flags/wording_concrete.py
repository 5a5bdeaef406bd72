"""What in a narrative only its issuer could have written: figures beyond the form's, dates, titles, names, own words.

A quick look counts plain figures; only reports that show few are taken apart clause by clause.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from flags.corpus import once_per_corpus
from flags.rule import Corpus
from flags.wording_lexicon import masks, statutory, stock_words
from flags.wording_masking import corpus_names
from flags.wording_passages import narrative
from flags.wording_prints import authors, prints

PLAIN_FIGURES = 3
"""So many figures of publicity in a narrative settle the matter without a closer look."""
COMMON_FROM, COMMON_SHARE = 3, 0.1
"""A clause that stands in so many other issuers' reports, and in such a part of them, is nobody's own."""
ISSUERS_TO_COUNT = 12
"""Fewer issuers say nothing about what is common."""

OWN_IN_CLAUSE = 4
OWN_SHARE = 0.25
"""Own words count where they are dense: so many characters, and such a part of the clause. A stray word does not."""

_COUNTED = (
    "条次|条|篇次|篇|期|次|场次|场|份|人次|批次|批|封|部|户次|户|件|万元|亿元|元|亩|公里|平方米|家次|家|起|例|幅|块|本|册|张|处|通|宗|余人|人|名|个|项|只|台|套|支|座|所|米|吨|"
    "种|万|字|款|集|节|学时|课时|株|头|辆|公顷|群|栋|批次|站|组|余|天|格|面|枚|道|口|艘|公斤|斤|分|版"
)
_PUBLICITY = "条|篇|期|次|场|份|人次|批|封|部|户"
_PLAIN_FIGURE = rf"(?:^|[^第0-9.．])[1-9][0-9,，]*\s*[余多]?\s*(?:{_PUBLICITY})"
_LARGE = rf"(?:^|[^第0-9.．])(?:[3-9]|[1-9][0-9]+)(?:\.[0-9]+)?\s*[余多]?\s*(?:{_COUNTED})"
_SMALL_EVENT = r"(?:^|[^第0-9.．])[12]\s*(?:次|场|期|篇|条|份|件|起|封|批|部|户|家|处)"
_SMALL_STAFF = r"(?:^|[^第0-9.．])[12]\s*(?:名|人|位|个|项|台|套|块)"
_CHINESE_NUMBER = (
    r"(?:^|[^第一二三四五六七八九十百])(?:[二两三四五六七八九]?十[一二三四五六七八九]?|[二两三四五六七八九]|[一二三四五六七八九]百[零一二三四五六七八九十]*)"
    r"余?(?:条|篇|期|场|份|人次|家|户|次|件|批|封|处|起)"
)
_PERCENTAGE = r"(?:^|[^0-9.])[1-9][0-9]?(?:\.[0-9]+)?\s*[%％]"
_DAY = r"(?:^|[^0-9])(?:[1-9]|1[0-2])\s*月\s*(?:[1-9]|[12][0-9]|3[01])\s*日"
_MONTH = r"(?:^|[^0-9])(?:[1-9]|1[01])\s*月(?:份|底|初|中旬|上旬|下旬|至|起|，|、|$)"
_STATUTORY_DAYS = r"(?:1\s*月\s*1\s*日|12\s*月\s*31\s*日|1\s*月\s*31\s*日|3\s*月\s*31\s*日|5\s*月\s*15\s*日)"
_COUNTS_OF_HEADINGS = r"[0-9一二三四五六七八九十]+\s*个?(?:方面|到位|环节|工作日|维度|层面|部分|常态|重点)"
_WITHOUT_POWERS = r"(?:无|没有|不具有|不具备|不以|不对外以)[^无有]{0,20}(?:职能|职权|权限|执法权|审批权)"
"""本单位无行政许可职能: what an agency says of its own powers, though the form names them."""
_PROPOSALS = r"(?:建议|提案)[^，。]{0,12}[1-9][0-9]*\s*[件份条篇]"
"""办理人大代表建议13件: the form does not ask how many."""
_COUNT_OF_THE_FORM = r"[1-9][0-9]*\s*[余多]?\s*[件条宗例份]"
"""收到申请12件: in a report from before the form, no table holds it."""
_COMPANY = r"\p{Han}{4,}(?:有限公司|股份公司)"
_TITLE = r"《[^》]{2,60}》"
_QUOTED = '[“"「][^”"」]{2,20}[”"」]'
_CLAUSES = r"[，。；！？：,;!?:\n]+"

WEIGHTS = {
    "large": 1.0,
    "event": 1.0,
    "chinese": 1.0,
    "percentage": 1.0,
    "day": 1.0,
    "month": 0.5,
    "staff": 0.3,
    "powers": 1.0,
    "company": 1.0,
}


def plain_figures(corpus: Corpus) -> pl.LazyFrame:
    """`report_id` and `figures`: how many plain figures of publicity its narrative holds."""
    return (
        narrative(corpus)
        .select("report_id", figures=pl.col("text").str.count_matches(_PLAIN_FIGURE))
        .group_by("report_id")
        .agg(pl.col("figures").sum())
    )


@cache
def _fixed_stock() -> tuple[str, ...]:
    fixed = masks()
    law = statutory()
    numerals = tuple("〇零一二三四五六七八九十百千万亿两0123456789０１２３４５６７８９")
    return (*stock_words(), *fixed.removed, *fixed.synonyms, *fixed.departments, *law.phrases, *law.clauses, *numerals)


@once_per_corpus
def _stock_patterns(corpus: Corpus) -> tuple[str, ...]:
    """All that does not make a sentence its author's own, the longest first; names count as nobody's own."""
    return tuple(sorted(dict.fromkeys((*_fixed_stock(), *corpus_names(corpus))), key=len, reverse=True))


def _own_words(text: pl.Expr) -> pl.Expr:
    """What is left of a text without the common stock: runs of at least two Han characters."""
    return text.str.extract_all(r"\p{Han}{2,}")


def _named(text: pl.Expr) -> pl.Expr:
    """The titles and quoted names in a text, but for those that the form dictates."""
    dictated = pl.element().str.contains_any(list(statutory().titles)) & (pl.element().str.len_chars() < 30)
    found = pl.concat_list(text.str.extract_all(_TITLE), text.str.extract_all(_QUOTED))
    return found.list.eval(pl.element().filter(~dictated))


def _without_stock(texts: pl.Expr, patterns: tuple[str, ...]) -> pl.Expr:
    """A list of texts without the common stock. All go through one automaton, for to build it is what takes time."""
    return texts.list.eval(pl.element().str.replace_many(list(patterns), ["·"] * len(patterns), leftmost=True))


def _facts(clause: pl.Expr) -> pl.Expr:
    """The weight of the figures and dates in a clause."""
    plain = (
        clause.str.replace_all(r"([0-9])[,，]([0-9]{3})", "$1$2")
        .str.replace_all(_STATUTORY_DAYS, "")
        .str.replace_all(_COUNTS_OF_HEADINGS, "")
    )
    patterns = {
        "large": _LARGE,
        "event": _SMALL_EVENT,
        "chinese": _CHINESE_NUMBER,
        "percentage": _PERCENTAGE,
        "day": _DAY,
        "month": _MONTH,
        "staff": _SMALL_STAFF,
        "powers": _WITHOUT_POWERS,
        "company": _COMPANY,
    }
    return pl.sum_horizontal(plain.str.count_matches(regex) * WEIGHTS[kind] for kind, regex in patterns.items())


_NO_WORDS = pl.LazyFrame(schema={"report_id": pl.String, "names": pl.Float64, "own_chars": pl.Int64})


def own_part(corpus: Corpus, wanted: pl.LazyFrame, enough: float) -> pl.LazyFrame:
    """What is concrete in the narratives of the reports `wanted` (`report_id`).

    `facts`: the weight of figures and dates; below `enough` titles and names count as well. `own_chars`: characters of
    words that are not of the common stock, counted where the facts are below `enough`, else null. `chars`: Han
    characters of the clauses that the form does not dictate. `all_chars`: of all clauses.
    """
    clauses = _clauses(corpus, wanted).collect().lazy()
    length = pl.col("clause").str.count_matches(r"\p{Han}").cast(pl.Int64)
    figures = (
        clauses.with_columns(
            facts=pl.when("dictated").then(0.0).otherwise(_facts(pl.col("clause"))),
            length=length,
        )
        .group_by("report_id")
        .agg(
            facts=pl.col("facts").sum().round(6),
            chars=pl.col("length").filter(~pl.col("dictated")).sum(),
            all_chars=pl.col("length").sum(),
        )
        .collect()
    )
    poor = figures.filter(pl.col("facts") < enough).select("report_id")
    words = _words(corpus, clauses.join(poor.lazy(), on="report_id", how="semi")) if poor.height else _NO_WORDS
    return (
        figures.lazy()
        .join(words, on="report_id", how="left")
        .with_columns(facts=pl.col("facts") + pl.col("names").fill_null(0))
    )


def _clauses(corpus: Corpus, wanted: pl.LazyFrame) -> pl.LazyFrame:
    """The clauses of narratives as written, and whether the form dictates them."""
    # Thousands are joined first, for a comma ends a clause.
    joined = pl.col("text").str.replace_all(r"([0-9])[,，]([0-9]{3})", "$1$2")
    return (
        narrative(corpus)
        .join(wanted, on="report_id", how="semi")
        .select("report_id", clause=joined.str.replace_all(_CLAUSES, "\u001f").str.split("\u001f"))
        .explode("clause")
        .filter(pl.col("clause").str.contains(r"\p{Han}"))
        .join(corpus.reports.select("report_id", "edition"), on="report_id", how="left")
        .with_columns(
            dictated=pl.col("clause").str.contains_any(list(statutory().clauses))
            & ~pl.col("clause").str.contains(f"{_WITHOUT_POWERS}|{_PROPOSALS}")
            & ~((pl.col("edition") == "legacy") & pl.col("clause").str.contains(_COUNT_OF_THE_FORM))
        )
        .drop("edition")
    )


def _words(corpus: Corpus, clauses: pl.LazyFrame) -> pl.LazyFrame:
    """`names` (titles and quoted names of its own) and `own_chars` of each report."""
    clause, left = pl.col("clause"), pl.col("left")
    own = _own_words(left.list.first()).list.eval(pl.element().str.len_chars().cast(pl.Int64)).list.sum().fill_null(0)
    names = left.list.slice(1).list.eval(pl.element().str.contains(r"\p{Han}{2,}")).list.sum().fill_null(0)
    dense = (pl.col("own") >= OWN_IN_CLAUSE) & (
        pl.col("own") >= OWN_SHARE * clause.str.count_matches(r"\p{Han}").cast(pl.Int64)
    )
    return (
        _with_spread(corpus, clauses.filter(~pl.col("dictated")))
        .filter(~pl.col("common"))
        .with_columns(
            left=_without_stock(pl.concat_list(pl.concat_list(clause), _named(clause)), _stock_patterns(corpus))
        )
        .with_columns(own=own, names=names)
        .group_by("report_id")
        .agg(names=pl.col("names").sum().cast(pl.Float64), own_chars=pl.col("own").filter(dense).sum())
    )


def _with_spread(corpus: Corpus, clauses: pl.LazyFrame) -> pl.LazyFrame:
    """Clauses with `common`: whether so many others have it that it is nobody's own."""
    if authors(corpus) < ISSUERS_TO_COUNT:
        return clauses.with_columns(common=pl.lit(False))
    made = prints(corpus)
    masked = made.masker.mask(pl.col("clause"))
    spread = (
        made.clauses.lazy()
        .filter(pl.col("others") >= max(COMMON_FROM, COMMON_SHARE * made.authors))
        .select("hash")
        .unique()
    )
    return (
        clauses.with_columns(hash=masked.hash())
        .join(spread.with_columns(common=pl.lit(True)), on="hash", how="left")
        .with_columns(pl.col("common").fill_null(False))
    )
