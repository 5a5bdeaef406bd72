"""The narrative of reports as passages and sentences, each with its place."""

from __future__ import annotations

import polars as pl

from flags.corpus import once_per_corpus
from flags.rule import Corpus

SENTENCE_END = "[。；！？;!?\n]+"
ENUMERATOR = r"(^|[，。；：、:\s”])([一二三四五六七八九十]{1,2}是)"
_BREAK = "\u001f"


def passages(corpus: Corpus) -> pl.LazyFrame:
    """Everything a report says outside its tables, a row a passage.

    `part` is `title`, `preface`, `heading`, `text` or `signature`; `section` is 1 to 6 for headings and texts, else 0.
    A report without sections has its whole text as one passage of section 0.
    """
    return _passages(corpus).lazy()


@once_per_corpus
def _passages(corpus: Corpus) -> pl.DataFrame:
    reports = corpus.reports.select("report_id", "title", "preface", "signature", "text")
    around = [
        reports.select("report_id", pl.lit(part).alias("part"), pl.lit(0, pl.Int32).alias("section"), text=part)
        for part in ("title", "preface", "signature")
    ]
    sections = corpus.sections.select("report_id", pl.col("section").cast(pl.Int32), "heading", "text")
    inside = [
        sections.select("report_id", pl.lit(part).alias("part"), "section", text=column)
        for part, column in (("heading", "heading"), ("text", "text"))
    ]
    bare = reports.join(sections.select("report_id"), on="report_id", how="anti").select(
        "report_id", pl.lit("text").alias("part"), pl.lit(0, pl.Int32).alias("section"), "text"
    )
    return pl.concat([*around, *inside, bare]).filter(pl.col("text").str.contains(r"\S")).collect()


def narrative(corpus: Corpus) -> pl.LazyFrame:
    """The texts of the sections alone: `report_id`, `section`, `text`; the whole text where there are no sections."""
    return _narrative(corpus).lazy()


@once_per_corpus
def _narrative(corpus: Corpus) -> pl.DataFrame:
    sections = corpus.sections.select("report_id", pl.col("section").cast(pl.Int32), "text")
    bare = corpus.reports.join(sections.select("report_id"), on="report_id", how="anti").select(
        "report_id", pl.lit(0, pl.Int32).alias("section"), "text"
    )
    return pl.concat([sections, bare]).filter(pl.col("text").str.contains(r"\S")).collect()


def split_sentences(text: pl.Expr) -> pl.Expr:
    """A text as the list of its sentences, nothing lost: joined again they are the text.

    A sentence ends at 。；！？ and at the end of a line, and begins anew at 一是, 二是 and so on.
    """
    marked = text.str.replace_all(SENTENCE_END, "${0}" + _BREAK).str.replace_all(ENUMERATOR, "${1}" + _BREAK + "${2}")
    return marked.str.split(_BREAK)


def sentences(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Passages (any columns and `text`) as a row a sentence, with `position`, `start` and `end`.

    `position` counts sentences from 0; `start` and `end` count characters of the passage, the end not included.
    """
    keys = [name for name in frame.collect_schema().names() if name != "text"]
    exploded = (
        frame.with_row_index("passage")
        .with_columns(split_sentences(pl.col("text")))
        .explode("text")
        .with_columns(length=pl.col("text").str.len_chars().cast(pl.Int64))
        .with_columns(end=pl.col("length").cum_sum().over("passage"))
        .filter(pl.col("text").str.contains(r"\S"))
        .with_columns(
            start=pl.col("end") - pl.col("length"),
            position=pl.int_range(pl.len()).over("passage"),
        )
    )
    return exploded.select(*keys, "passage", "position", "start", "end", "text")


def offset_of(part: pl.Expr, text: pl.Expr) -> pl.Expr:
    """Where `part`, known to stand in `text`, begins, in characters."""
    return text.str.splitn(part, 2).struct.field("field_0").str.len_chars().cast(pl.Int64)
