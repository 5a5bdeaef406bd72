"""Enumerations in the narrative: a total and the items that it is made of, in front of it or behind."""

from __future__ import annotations

import polars as pl

from flags.rule import Corpus
from loaders.numerals import DIGITS, HALF_WIDTH

_DIGIT = f"[{DIGITS}]"
_NUMBER = rf"(?:{_DIGIT}{{1,3}}(?:,{_DIGIT}{{3}})+|{_DIGIT}+)"
_UNIT = r"[条件篇次期份个项则场起]"
_SHARE = rf"(?:[，,]?\s*[约各]?占[^{DIGITS}。！？\n；;，,、：:（）()]{{0,12}}{_DIGIT}[{DIGITS}.]{{0,6}}\s*[%％])"
_BRACKET = rf"(?:[（(][^（）()\n]{{0,60}}[)）])?{_SHARE}?"
"""Behind an item: what explains it, and its share of all."""
_NAME = rf"(?:20{_DIGIT}{{2}}年|[^{DIGITS}。！？\n；;，,、：:（）()]){{0,30}}"
_ITEM = rf"{_NAME}{_NUMBER}\s*{_UNIT}{_BRACKET}"
_ITEMS = rf"{_ITEM}(?:[、，,；;和及\s]+{_ITEM})+"
_OPENING = r"(?:其中|分别(?:是|为)|包括)"
_JOINT = (
    rf"(?:[，,：:；;（(\s]*{_OPENING}(?:[：:，,\s]*其中)*[：:，,\s]*"
    r"|[：:]\s*"
    rf"|[^{DIGITS}。！？\n；;，,、：:（）()]{{0,10}}中[，,：:]\s*)"
)
"""Between the total and the first item: 其中 and the like, a colon alone, or 这50条信息中."""

_LEAD = rf"[^{DIGITS}\n。]{{0,16}}"
_TOTAL_AHEAD = rf"{_LEAD}{_NUMBER}\s*{_UNIT}{_BRACKET}{_JOINT}{_ITEMS}[^。！？\n]{{0,10}}"
_HEAD = rf"^({_LEAD})({_NUMBER})\s*({_UNIT}){_BRACKET}({_JOINT})"
_CLOSING = rf"[，,；;、]?\s*(?:合计|共计|总计|总共|累计|共)[^{DIGITS}。！？\n；;，,、：:]{{0,8}}"
_TOTAL_BEHIND = rf"{_ITEMS}{_CLOSING}{_NUMBER}\s*{_UNIT}"
_HANDLED = rf"(?:办结|办理|答复|办复|回复|处理)[^{DIGITS}]{{0,4}}{_NUMBER}\s*{_UNIT}$"
_FOOT = rf"{_CLOSING}({_NUMBER})\s*({_UNIT})$"
_COUNT = rf"{_DIGIT}\s*{_UNIT}"
_HAS_ONE = rf"[^。！？\n]*{_COUNT}[^。！？\n]*?(?:{_OPENING}|[：:]|中[，,])[^。！？\n]*{_COUNT}[^。！？\n]*"
_HAS_CLOSED_ONE = rf"[^。！？\n]*{_COUNT}[^。！？\n]*?(?:合计|共计|总计|总共|累计|共)[^。！？\n]*"
_ROUNDED = r"(?:约|近|超|逾|超过|接近|将近)$"
_ISSUES_OF_PIECES = rf"{_NUMBER}\s*[次期](?:<[^<>]*>)?\s*({_NUMBER}\s*[条篇件])"
"""微信公开269次1189条 is one item, of so many pieces."""
_OF_ANOTHER = r"其中|^一?共|总计|总数|累计|合计|同比|^较|比上年|点击|浏览|阅读"
_ANSWERED = r"^(?:均|已|全部|按时|及时|当年|共)*(?:办结|答复|办理|回复|处理)"
_ENDS_LIST = f"{_OF_ANOTHER}|{_ANSWERED}"
"""Words by which an item belongs to another statement, not to the enumeration."""

_LEFT_OPEN = (
    r"^\s*(?:等|余|多|左右|以上|以内|不等|[^，,。；;]{0,4}其[他它余]|[^，,。；;]{0,4}等"
    r"|[，,、]\s*(?:发布|公开|公布|编制)[^，,。；;率]{4,}$)"
)
_GOES_ON = rf"^([^。！？\n]*?){_NUMBER}\s*[余多]?\s*({_UNIT})"
"""Behind an enumeration, up to the next count of its sentence."""
_IN_WORDS = rf"^[，,、和及][^{DIGITS}；;。！？\n]{{0,24}}[一二两三四五六七八九十百]+\s*({_UNIT})"
"""The next item, its number written out: …、公开栏公开十条."""
_WITHOUT_UNIT = rf"^[，,、；;][^{DIGITS}；;。！？\n，,、]{{1,24}}{_NUMBER}\s*(?:[。，,；;、]|$)"
"""The next item, its counting word lost: …，公告30条，部门动态1."""
_BROKEN_OFF = rf"^[，,、；;][^{DIGITS}。！？\n]+$"
_WRITTEN_OUT = rf"[一二两三四五六七八九十百]+\s*{_UNIT}|{_DIGIT}"


def enumerations(corpus: Corpus) -> pl.LazyFrame | None:
    """A row an enumeration of at least two items with exact numbers; None where nothing looks like one.

    `total`, `unit`, `joint` (the words between total and items), `behind` (whether the total stands behind), `values`
    and `names` of the items of the same unit, `of_any_unit` (the values of those of other units too), `others` (numbers
    of that unit ahead of the total in its sentence),
    `handled` (the total behind is what was decided of what came in), `open` (it goes on with 等, 其他, a number written
    out or an item that cannot be read), `start` and `excerpt` in the section's text.
    """
    parts = [part for part in (_ahead(corpus), _behind(corpus)) if part is not None]
    if not parts:
        return None
    chunks = pl.concat(parts, how="diagonal").lazy().with_row_index("at")
    tail = pl.col("tail")
    after = tail.str.extract(rf"^.*{_NUMBER}\s*{_UNIT}{_BRACKET}([^{DIGITS}]*)$", 1).fill_null("")
    start = position(pl.col("text"), pl.col("chunk"))
    return (
        chunks.join(_items(chunks), on="at")
        .with_columns(
            (after.str.contains(_LEFT_OPEN) | after.str.contains(_WRITTEN_OUT) | pl.col("goes_on")).alias("open"),
            (pl.col("rounded") | pl.col("lead").str.contains(_ROUNDED).fill_null(False)).alias("rounded"),
            start.alias("start"),
            pl.col("original").str.slice(start, pl.col("chunk").str.len_chars()).alias("excerpt"),
        )
        .filter(~pl.col("rounded") & (pl.col("values").list.len() >= 2))
    )


def _sentences(corpus: Corpus, words: str, pattern: str) -> pl.DataFrame:
    """Sentences that may hold an enumeration: the patterns for one are costly, and tried on these only."""
    found = (
        corpus.sections.filter(pl.col("text").str.contains(words))
        # 其中 may open a sentence of its own: 共50条。其中动态30条、公告20条。
        .with_columns(
            pl.col("text").alias("original"), pl.col("text").str.replace_all("。其中", "，其中", literal=True)
        )
        .with_columns(pl.col("text").str.extract_all(pattern).alias("sentence"))
        .explode("sentence", keep_nulls=False, empty_as_null=False)
    )
    return found.select("report_id", "section", "text", "original", "sentence").collect()


def _ahead(corpus: Corpus) -> pl.DataFrame | None:
    """The total first: 共50条，其中动态30条、公告20条; also a second one behind another in the same sentence."""
    sentence, chunk = pl.col("sentence"), pl.col("chunk")
    second = sentence.str.extract_all(rf"[；;]{_TOTAL_AHEAD}").list.eval(pl.element().str.strip_chars_start("；;"))
    both = pl.concat_list(sentence.str.extract_all(_TOTAL_AHEAD), second).list.unique(maintain_order=True)
    around = sentence.str.splitn(chunk.str.extract(rf"^(.*{_NUMBER}\s*{_UNIT}{_BRACKET})", 1), 2)
    before = around.struct.field("field_0") + chunk.str.extract(_HEAD, 1)
    rest = around.struct.field("field_1").fill_null("")
    another = (rest.str.extract(_GOES_ON, 2) == chunk.str.extract(_HEAD, 3)).fill_null(False)
    in_words = rest.str.extract(_IN_WORDS, 1) == chunk.str.extract(_HEAD, 3)
    cut = rest.str.contains(_BROKEN_OFF) & pl.col("text").str.strip_chars_end().str.ends_with(sentence)
    sentences = _sentences(corpus, rf"{_OPENING}|[：:]|中[，,]", _HAS_ONE)
    if not sentences.height:
        return None
    chunks = sentences.with_columns(both.alias("chunk")).explode("chunk", keep_nulls=False, empty_as_null=False)
    if not chunks.height:
        return None
    return chunks.with_columns(
        chunk.str.extract(_HEAD, 1).alias("lead"),
        _value(chunk.str.extract(_HEAD, 2)).alias("total"),
        chunk.str.extract(_HEAD, 3).alias("unit"),
        chunk.str.extract(_HEAD, 4).alias("joint"),
        chunk.str.replace(_HEAD, "").alias("tail"),
        before.str.extract_all(rf"{_NUMBER}\s*{_UNIT}")
        .list.eval(_value(pl.element().str.extract(rf"({_NUMBER})", 1)))
        .alias("others"),
        (another & ~rest.str.extract(_GOES_ON, 1).str.contains(_ENDS_LIST))
        .fill_null(False)
        .or_(in_words.fill_null(False), rest.str.contains(_WITHOUT_UNIT), cut)
        .alias("goes_on"),
        pl.lit(False).alias("behind"),
        pl.lit(False).alias("handled"),
    )


def _behind(corpus: Corpus) -> pl.DataFrame | None:
    """The total last: 动态30条、公告20条，合计50条."""
    chunk = pl.col("chunk")
    sentences = _sentences(corpus, "合计|共计|总计|总共|累计|共", _HAS_CLOSED_ONE)
    if not sentences.height:
        return None
    listed = pl.col("sentence").str.extract_all(_TOTAL_BEHIND)
    chunks = sentences.with_columns(listed.alias("chunk")).explode("chunk", keep_nulls=False, empty_as_null=False)
    if not chunks.height:
        return None
    return chunks.with_columns(
        _value(chunk.str.extract(_FOOT, 1)).alias("total"),
        chunk.str.extract(_FOOT, 2).alias("unit"),
        pl.lit(None, pl.String).alias("lead"),
        pl.lit("").alias("joint"),
        chunk.str.replace(_FOOT, "").alias("tail"),
        pl.lit([], pl.List(pl.Float64)).alias("others"),
        pl.lit(False).alias("goes_on"),
        pl.lit(True).alias("behind"),
        chunk.str.contains(_HANDLED).alias("handled"),
    )


def _items(chunks: pl.LazyFrame) -> pl.LazyFrame:
    """The items of each enumeration, from the total on, up to the first of another statement or another unit."""
    item, name = pl.col("item"), pl.col("name")
    pieces = pl.col("tail").str.replace_all(_ISSUES_OF_PIECES, "${1}")
    of_reviews = pl.col("lead").fill_null("").str.contains("复议") & name.str.contains(r"诉讼|起诉")
    of_lawsuits = pl.col("lead").fill_null("").str.contains("诉讼|起诉") & name.str.contains("复议(?:[^后]|$)")
    another = (of_reviews | of_lawsuits) & ~pl.col("lead").fill_null("").str.contains("复议.*(?:诉讼|起诉)|诉讼.*复议")
    same_unit = pl.col("item_unit") == pl.col("unit")
    answered = name.str.contains(_ANSWERED) & same_unit  # 其中动态30条、公告20条，回复留言9件 may well be of the list
    of_list = ~name.str.contains(_OF_ANOTHER) & ~answered & ~another & ~pl.col("is_total")
    return (
        chunks.select("at", "unit", "behind", "lead", pieces.str.extract_all(_ITEM).alias("item"))
        .explode("item", keep_nulls=False, empty_as_null=False)
        .with_columns(
            item.str.extract(rf"^({_NAME}){_NUMBER}", 1).fill_null("").alias("name"),
            _value(item.str.extract(rf"({_NUMBER})\s*{_UNIT}{_BRACKET}$", 1)).alias("value"),
            item.str.extract(rf"{_NUMBER}\s*({_UNIT}){_BRACKET}$", 1).alias("item_unit"),
        )
        # An item that is itself opened by 其中 is a total, and its parts are another enumeration.
        .with_columns(name.str.contains("其中").shift(-1).over("at").fill_null(False).alias("is_total"))
        .with_columns(
            _without_gap(of_list).alias("of_list"),
            _without_gap(of_list & same_unit).alias("counts"),
        )
        .group_by("at", maintain_order=True)
        .agg(
            pl.col("value").filter("counts").alias("values"),
            pl.col("value").filter("of_list").alias("of_any_unit"),
            name.str.contains(_ROUNDED).any().alias("rounded"),
            name.filter("counts").str.join("、").alias("names"),
        )
    )


def _without_gap(counts: pl.Expr) -> pl.Expr:
    """Whether an item and all between it and the total count."""
    counted = counts.cast(pl.Int8)
    reached = pl.when("behind").then(counted.cum_min(reverse=True).over("at")).otherwise(counted.cum_min().over("at"))
    return reached == 1


def _value(text: pl.Expr) -> pl.Expr:
    plain = text.str.replace_all(",", "").str.replace_many(HALF_WIDTH)
    return plain.cast(pl.Float64, strict=False)


def position(text: pl.Expr, part: pl.Expr) -> pl.Expr:
    """Where a part begins in a text, in characters; null where it does not occur."""
    before = text.str.splitn(part, 2).struct.field("field_0").str.len_chars()
    return pl.when(text.str.contains(part, literal=True)).then(before)
