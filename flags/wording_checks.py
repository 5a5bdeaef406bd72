"""The checks of the wording rules: each compares whole frames and words what it found."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from flags.outcomes import NO_ROWS, evidence, number, outcomes, together
from flags.rule import Corpus
from flags.wording_concrete import PLAIN_FIGURES, own_part, plain_figures
from flags.wording_copies import confirmed, measured, own_numbers, peer_copies, side_by_side
from flags.wording_numbers import repeated_cells, repeated_numbers, years_apart
from flags.wording_passages import narrative, sentences
from flags.wording_prints import Prints, prints

LEAST_TO_COMPARE = 80
"""Masked characters from which on two narratives are compared; shorter ones are alike by need."""
SHORT = 150
"""Shared masked characters below which a text must be the same almost throughout."""
LEAST_TO_JUDGE = 60
"""Han characters from which on a narrative is judged on its own."""
PARTNERS_NAMED = 5
WORTH_A_SECOND_LOOK = 0.8
"""The part of the limit from which on edited clauses are counted too."""


def _named_reports(corpus: Corpus, made: Prints) -> pl.LazyFrame:
    """`number`, `report_id`, `year`, `named` (issuer and year) and `path` of every report."""
    paths = corpus.reports.select("report_id", "path")
    named = pl.format(
        "{}{}年度报告", pl.col("issuer").fill_null("未识别机关"), pl.col("year").cast(pl.String).fill_null("未识别")
    )
    named_en = pl.format(
        "{} {}", pl.col("issuer").fill_null("unknown issuer"), pl.col("year").cast(pl.String).fill_null("unknown year")
    )
    return (
        made.reports.lazy()
        .join(paths, on="report_id", how="left")
        .select("number", "report_id", "path", "year", "issuer", named=named, named_en=named_en)
    )


def _with_partner(corpus: Corpus, best: pl.DataFrame) -> pl.LazyFrame:
    """Pairs `mine`, `other` with the names of the other report and the passages both share."""
    made = prints(corpus)
    reports = _named_reports(corpus, made)
    other = reports.select(
        other="number", other_id="report_id", other_named="named", other_named_en="named_en", other_path="path"
    )
    return (
        best.lazy()
        .join(side_by_side(corpus, best).lazy(), on=["mine", "other"], how="left")
        .join(reports.select(mine="number", report_id="report_id"), on="mine")
        .join(other, on="other")
    )


_UNIDENTIFIED = {"no-issuer": pl.col("issuer").is_null(), "no-year": pl.col("year").is_null()}


def _first(reasons: Mapping[str, pl.Expr]) -> pl.Expr:
    """The first reason whose condition holds, else null."""
    return pl.coalesce(pl.when(condition).then(pl.lit(reason)) for reason, condition in reasons.items())


def _percent(share: pl.Expr) -> pl.Expr:
    return (share * 100).round(0).cast(pl.Int64).cast(pl.String)


def _example(lengths: int = 40) -> pl.Expr:
    """The longest shared sentence, cut to a length that a message bears."""
    text = pl.col("passages").list.first().struct.field("text").str.replace_all(r"\s+", "")
    return pl.when(text.str.len_chars() > lengths).then(text.str.slice(0, lengths) + "…").otherwise(text).fill_null("")


def _quotes() -> pl.Expr:
    """The passages as quotes of this report, the other's words beside them."""
    return pl.col("passages")


def check_copied_from_peer(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Whether most of a narrative stands in the report of another issuer.

    Two reports of one year are both named, for the text does not say who wrote it; of two years only the later one.
    """
    made = prints(corpus)
    years = made.reports.select("number", "year")
    pairs = (
        peer_copies(corpus, thresholds)
        .join(years.select(mine="number", year="year"), on="mine")
        .join(years.select(other="number", other_year="year"), on="other")
        .filter((pl.col("other_year") <= pl.col("year")).fill_null(True))
    )
    failed = _copies_of_peers(corpus, made, pairs) if pairs.height else NO_ROWS
    reason = _first(
        {
            "no-issuer": pl.col("issuer").is_null(),
            "no-narrative": pl.col("chars") < LEAST_TO_COMPARE,
            "small-corpus": pl.lit(made.authors < 2),
        }
    )
    return together([failed, _the_others(made.reports.lazy(), failed, reason)])


def _copies_of_peers(corpus: Corpus, made: Prints, pairs: pl.DataFrame) -> pl.LazyFrame:
    """The findings on copies from other issuers."""
    best = pairs.unique("mine", keep="first", maintain_order=True)
    ids = made.reports.select(other="number", other_id="report_id")
    partners = (
        pairs.join(ids, on="other", maintain_order="left")
        .group_by("mine", maintain_order=True)
        .agg(reports=pl.col("other_id").head(PARTNERS_NAMED), partners=pl.len())
    )
    found = _with_partner(corpus, best).join(partners.lazy(), on="mine")
    more = (
        pl.when(pl.col("partners") > 1)
        .then(pl.format("，另与{}份报告雷同", (pl.col("partners") - 1).cast(pl.String)))
        .otherwise(pl.lit(""))
    )
    more_en = (
        pl.when(pl.col("partners") > 1)
        .then(pl.format("; {} more reports share it", (pl.col("partners") - 1).cast(pl.String)))
        .otherwise(pl.lit(""))
    )
    message = pl.format(
        "遮去名称、年份和数字后，正文有{}%与{}（{}）相同{}，例如“{}”。",
        _percent(pl.col("share")),
        pl.col("other_named"),
        pl.col("other_path"),
        more,
        _example(),
    )
    message_en = pl.format(
        "Once names, years and numbers are masked, {} % of the narrative is the same as that of {} ({}){}.",
        _percent(pl.col("share")),
        pl.col("other_named_en"),
        pl.col("other_path"),
        more_en,
    )
    return outcomes(
        found,
        status="failed",
        left=pl.col("report_id"),
        right=pl.col("other_id"),
        message=message,
        message_en=message_en,
        evidence=evidence(
            reports=pl.col("reports"),
            quotes=_quotes(),
            share=pl.col("share").round(4),
            rare_share=pl.col("rare_share").round(4),
        ),
        score=pl.col("score"),
    )


def _the_others(reports: pl.LazyFrame, failed: pl.LazyFrame, reason: pl.Expr) -> pl.LazyFrame:
    """The reports that did not fail: not applicable where there is a reason, else passed."""
    status = pl.when(reason.is_not_null()).then(pl.lit("not-applicable")).otherwise(pl.lit("passed"))
    return outcomes(reports.join(failed.select("report_id"), on="report_id", how="anti"), status=status, reason=reason)


def check_copied_from_last_year(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Whether a narrative is nearly the issuer's own of the year before."""
    made = prints(corpus)
    numbers = made.reports.lazy().select("report_id", "number")
    apart = years_apart(corpus)
    pairs = (
        apart.join(numbers.select(report_id="report_id", mine="number"), on="report_id")
        .join(numbers.select(earlier_id="report_id", other="number"), on="earlier_id")
        .select("mine", "other")
    )
    unsure = own_numbers() | (pl.col("shared_chars") < SHORT)
    least = pl.when(unsure).then(thresholds["share_with_own_numbers"]).otherwise(thresholds["share"])
    limit = (pl.col("share") >= least) & (pl.col("shared_chars") >= thresholds["characters"])
    likely = (
        measured(made, pairs, of_peers=False)
        .filter(pl.col("share") >= WORTH_A_SECOND_LOOK * thresholds["share"])
        .collect()
    )
    best = (
        confirmed(corpus, made, likely, limit)
        .sort("mine", "share", "other", descending=[False, True, False])
        .unique("mine", keep="first", maintain_order=True)
        .select("mine", "other", "share", "shared_chars")
    )
    failed = _copies_of_last_year(corpus, best) if best.height else NO_ROWS
    reports = made.reports.lazy().join(
        apart.select("report_id").unique().with_columns(earlier=pl.lit(True)), on="report_id", how="left"
    )
    reason = _first(
        _UNIDENTIFIED
        | {"no-earlier-report": pl.col("earlier").is_null(), "no-narrative": pl.col("chars") < LEAST_TO_COMPARE}
    )
    return together([failed, _the_others(reports, failed, reason)])


def _copies_of_last_year(corpus: Corpus, best: pl.DataFrame) -> pl.LazyFrame:
    """The findings on narratives taken over from the year before."""
    message = pl.format(
        "遮去年份和数字后，正文有{}%与本机关{}（{}）相同，例如“{}”。",
        _percent(pl.col("share")),
        pl.col("other_named"),
        pl.col("other_path"),
        _example(),
    )
    message_en = pl.format(
        "Once years and numbers are masked, {} % of the narrative is the same as the issuer's own a year before ({}).",
        _percent(pl.col("share")),
        pl.col("other_path"),
    )
    return outcomes(
        _with_partner(corpus, best),
        status="failed",
        left=pl.col("report_id"),
        right=pl.col("other_id"),
        message=message,
        message_en=message_en,
        evidence=evidence(reports=pl.concat_list("other_id"), quotes=_quotes(), share=pl.col("share").round(4)),
        score=pl.col("share").clip(0, 1),
    )


def check_repeated_figures(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Whether the figures of the tables, or the numbers of the narrative, are those of the year before."""
    pairs = years_apart(corpus)
    of_pair = ["report_id", "earlier_id"]
    compared = (
        pairs.select(of_pair)
        .join(repeated_cells(corpus, pairs, thresholds["share"]), on=of_pair, how="left")
        .join(repeated_numbers(corpus, pairs), on=of_pair, how="left")
        .with_columns(pl.col("cells_same", "cells_any", "cell_values", "cell_bits").fill_null(0))
    )
    least = thresholds["bits"]
    cells_told = (pl.col("cell_bits") >= least) & (pl.col("cell_values") >= thresholds["distinct"])
    cells_same = cells_told & (pl.col("cells_same") >= thresholds["share"] * pl.col("cells_any"))
    numbers_told = (pl.col("number_bits") >= least) & (pl.col("numbers_same") >= thresholds["distinct"])
    numbers_same = numbers_told & (pl.col("numbers_same") >= thresholds["share"] * pl.col("numbers_any"))
    judged = (
        compared.with_columns(cells_same_all=cells_same, numbers_same_all=numbers_same.fill_null(False))
        .with_columns(repeats=pl.col("cells_same_all") | pl.col("numbers_same_all"))
        .sort("report_id", "repeats", "cells_same", "earlier_id", descending=[False, True, True, False])
        .unique("report_id", keep="first", maintain_order=True)
        .collect()
    )
    repeated = judged.filter("repeats")
    failed = _repetitions(corpus, repeated.lazy()) if repeated.height else NO_ROWS
    reports = corpus.reports.select("report_id", "issuer", "year").join(
        judged.lazy()
        .with_columns(
            # Where little was equal there may yet have been enough to compare.
            told=(pl.col("cells_any") >= thresholds["distinct"]) | (pl.col("numbers_any") >= thresholds["distinct"]),
            earlier=pl.lit(True),
        )
        .select("report_id", "told", "earlier"),
        on="report_id",
        how="left",
    )
    reason = _first(_UNIDENTIFIED | {"no-earlier-report": pl.col("earlier").is_null(), "too-few": ~pl.col("told")})
    return together([failed, _the_others(reports, failed, reason)])


def _repetitions(corpus: Corpus, repeated: pl.LazyFrame) -> pl.LazyFrame:
    """The findings on figures and numbers that are those of the year before."""
    named = corpus.reports.select(earlier_id="report_id", earlier_path="path", earlier_year="year")
    found = repeated.join(named, on="earlier_id", how="left")
    tables = pl.format(
        "表格中{}个非零数据有{}个与{}年（{}）相同",
        number(pl.col("cells_any")),
        number(pl.col("cells_same")),
        pl.col("earlier_year").cast(pl.String),
        pl.col("earlier_path"),
    )
    words = pl.format(
        "正文中的数量（{}）与{}年（{}）相同",
        pl.col("repeated").list.head(6).list.join("、"),
        pl.col("earlier_year").cast(pl.String),
        pl.col("earlier_path"),
    )
    tables_en = pl.format(
        "{} of {} figures that are not zero are the same as in {} ({})",
        number(pl.col("cells_same")),
        number(pl.col("cells_any")),
        pl.col("earlier_year").cast(pl.String),
        pl.col("earlier_path"),
    )
    words_en = pl.format(
        "The numbers of the narrative ({}) are the same as in {} ({})",
        pl.col("repeated").list.head(6).list.join(", "),
        pl.col("earlier_year").cast(pl.String),
        pl.col("earlier_path"),
    )
    both = pl.col("cells_same_all") & pl.col("numbers_same_all")
    message = (
        pl.when(both)
        .then(pl.format("{}，{}。", tables, words))
        .when("cells_same_all")
        .then(pl.format("{}。", tables))
        .otherwise(pl.format("{}。", words))
    )
    message_en = (
        pl.when(both)
        .then(pl.format("{}. {}.", tables_en, words_en))
        .when("cells_same_all")
        .then(pl.format("{}.", tables_en))
        .otherwise(pl.format("{}.", words_en))
    )
    cells = pl.when("cells_same_all").then(pl.col("cells"))
    return outcomes(
        found,
        status="failed",
        left=number(pl.col("cells_same")),
        right=number(pl.col("cells_any")),
        message=message,
        message_en=message_en,
        evidence=evidence(cells=cells, numbers=pl.col("repeated"), reports=pl.concat_list("earlier_id")),
        score=pl.max_horizontal(
            pl.when("cells_same_all").then(pl.col("cells_same") / pl.col("cells_any")),
            pl.when("numbers_same_all").then(pl.col("numbers_same") / pl.col("numbers_any")),
        ),
    )


def check_boilerplate_only(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """Whether a narrative holds nothing that only its issuer could have written."""
    figures = plain_figures(corpus).collect()
    close = figures.filter(pl.col("figures") < PLAIN_FIGURES).select("report_id").lazy()
    parts = own_part(corpus, close, thresholds["facts"]).collect()
    empty = (pl.col("facts") < thresholds["facts"]) & (pl.col("own_chars").fill_null(0) < thresholds["own_characters"])
    judged = parts.with_columns(failed=empty & (pl.col("all_chars") >= LEAST_TO_JUDGE))
    stock = judged.filter("failed")
    failed = _stock_phrases(corpus, stock.lazy()) if stock.height else NO_ROWS
    reports = (
        corpus.reports.select("report_id")
        .join(parts.lazy(), on="report_id", how="left")
        .join(figures.lazy(), on="report_id", how="left")
    )
    short = pl.col("figures").is_null() | (pl.col("all_chars") < LEAST_TO_JUDGE)
    reason = pl.when(short).then(pl.lit("no-narrative"))
    return together([failed, _the_others(reports, failed, reason)])


def _stock_phrases(corpus: Corpus, judged: pl.LazyFrame) -> pl.LazyFrame:
    """The findings on narratives of stock phrases only."""
    found = judged.join(_samples(corpus, judged), on="report_id", how="left")
    length = pl.col("all_chars").cast(pl.String)
    sample = pl.col("quotes").list.first().struct.field("text").str.slice(0, 40).fill_null("")
    return outcomes(
        found,
        status="failed",
        left=number(pl.col("facts")),
        right=number(pl.col("own_chars")),
        message=pl.format(
            "正文{}字全为套话，表格数据以外没有一处具体数量、日期、地点、文件、项目或本机关独有的做法，例如“{}”。",
            length,
            sample,
        ),
        message_en=pl.format(
            "The narrative of {} characters is all stock phrases: beyond the form's figures no number, date, place, "
            "document, project or practice of the issuer's own.",
            length,
        ),
        evidence=evidence(
            quotes=pl.col("quotes"),
            facts=pl.col("facts"),
            own_characters=pl.col("own_chars"),
            characters=pl.col("all_chars"),
        ),
        score=(1 - pl.col("own_chars") / pl.col("all_chars")).clip(0, 1),
    )


def _samples(corpus: Corpus, wanted: pl.LazyFrame) -> pl.LazyFrame:
    """The three longest sentences of each report, with how many other issuers use them."""
    spoken = sentences(
        narrative(corpus).join(wanted.select("report_id"), on="report_id", how="semi", maintain_order="left")
    )
    text = pl.col("text").str.strip_chars()
    quoted = pl.struct("section", "start", "end", text.alias("text"))
    longest_first = quoted.sort_by(pl.col("text").str.len_chars(), "passage", "start", descending=[True, False, False])
    return spoken.group_by("report_id").agg(quotes=longest_first.head(3))
