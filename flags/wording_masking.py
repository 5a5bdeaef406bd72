"""The comparable form of a text: names, levels, dates and numbers taken out, synonyms made one.

One pass of an Aho-Corasick automaton (Aho and Corasick 1975, Communications of the ACM 18 (6), 333-340) over the text,
the longest match winning. What comes out is a row of clauses between `，`, fit for hashing, not for reading.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from flags.rule import Corpus
from flags.wording_lexicon import masks, statutory
from loaders.numerals import HALF_WIDTH

CLAUSE_BREAK = "，"
DICTATED = "§"
"""Stands in a masked clause for words that the form dictates."""
SHORTEST_CLAUSE = 4
"""Clauses of fewer characters, once masked, say nothing of where they come from."""

_BREAKS = "。；！？：，;!?:,"
_NUMERALS_AND_UNITS = "〇零一二三四五六七八九十百千万亿两○"
_YEARS = tuple(f"{year}年{end}" for year in range(1990, 2100) for end in ("", "度"))
_MARKS = " 　\t\r\n\u00a0\u3000、“”\"'‘’《》〈〉<>（）()[]【】〔〕{}—–-_/\\|%％.．·•…*＊#&+=~～@"
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_REGION_ENDINGS = r"(?:自治区|自治州|自治县|自治旗|地区|省|市|县|区|旗|盟|州|镇|乡|街道|苏木)$"


@dataclass(frozen=True, slots=True)
class Masker:
    """What is replaced by what, the longest pattern first."""

    patterns: tuple[str, ...]
    replacements: tuple[str, ...]

    def mask(self, text: pl.Expr) -> pl.Expr:
        """A text as masked clauses between `，`."""
        return without_figures(self.keep_figures(text))

    def keep_figures(self, text: pl.Expr) -> pl.Expr:
        """The same with its numbers (but for years) left in."""
        return text.str.replace_many(list(self.patterns), list(self.replacements), leftmost=True)

    def clauses(self, text: pl.Expr) -> pl.Expr:
        """A text as the list of its masked clauses, numbers left in, short ones included."""
        return self.keep_figures(text).str.split(CLAUSE_BREAK)


def without_figures(masked: pl.Expr) -> pl.Expr:
    """A masked text without its numbers."""
    return masked.str.replace_all("[0-9]+", "")


def masker(corpus: Corpus) -> Masker:
    """The masker for a corpus: the fixed masks, and the names of its issuers and their regions."""
    fixed = masks()
    table: dict[str, str] = dict.fromkeys((*_NUMERALS_AND_UNITS, *_MARKS, *_YEARS), "")
    table |= dict.fromkeys(_BREAKS, CLAUSE_BREAK) | HALF_WIDTH
    table |= {f"{numeral}是": CLAUSE_BREAK for numeral in _NUMERALS}
    table |= fixed.synonyms
    table |= dict.fromkeys((*fixed.removed, *fixed.departments, *statutory().phrases, *corpus_names(corpus)), "")
    table |= dict.fromkeys(statutory().clauses, DICTATED)
    ordered = sorted(table, key=len, reverse=True)
    return Masker(tuple(ordered), tuple(table[pattern] for pattern in ordered))


def corpus_names(corpus: Corpus) -> list[str]:
    """Names of the issuers and regions of a corpus, with and without the region in front and the level behind."""
    regions = ("province", "prefecture", "county", "township")
    frame = corpus.reports.select("issuer", *regions).unique()
    bare = pl.col("issuer")
    for region in regions:
        bare = bare.str.strip_prefix(pl.col(region).fill_null(""))
    names = pl.concat(
        [
            *(frame.select(name=pl.col(region)) for region in regions),
            *(frame.select(name=pl.col(region).str.replace(_REGION_ENDINGS, "")) for region in regions),
            frame.select(name=pl.col("issuer")),
            frame.select(name=bare),
        ]
    )
    return names.unique().filter(pl.col("name").str.len_chars() >= 2).collect().get_column("name").sort().to_list()


def telling(clause: pl.Expr) -> pl.Expr:
    """Whether a masked clause is long enough to tell and not dictated by the form."""
    return (clause.str.len_chars() >= SHORTEST_CLAUSE) & ~clause.str.contains(DICTATED, literal=True)
