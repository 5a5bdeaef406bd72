"""Tables whose caption names another year than the report's: last year's, printed beside this year's or instead of it.

Read as the report's they would accuse somebody of figures of another year, so the form is read without them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from loaders.document import Block, Document, Paragraph, Table
from loaders.form.figures import read_figure
from loaders.form.labels import bare
from loaders.form.rows import PAGE_NUMBER
from loaders.form.year_tables import names_year
from loaders.identity.numerals import year_of
from loaders.patterns import pattern_of
from loaders.sections.headings import CHINESE_NUMBER, LONGEST_CELL, SENTENCE_END, heading_of, is_title
from loaders.words import of_warnings as warn

_LONGEST = 50  # characters of a caption
_LONGEST_LABEL = 12
_PREFIX = pattern_of(r"\s*(?:附[件表录]?|表)?\s*(?:\d{1,2}(?!\d)|[一二三四五六](?![〇○零]))?\s*[:、.]?\s*")
_YEAR = pattern_of(r"(?:20[0-4]\d|二[〇○零oO0][一二三四]?[〇○零oO0一二三四五六七八九])\s*年?")
_LONE = pattern_of(r"\W*20[0-4]\d\s*年度?\W*")
_OTHER_WORDS = pattern_of(
    r"[。;,!?…>]|:\s*\S|年\s*(?:度)?\s*(?:\d+\s*月|版|式样|格式|修[订正]|印发|公布|发布|以[来前]|之前|[起底末初第至到]|同期|相比)"
    r"|\d{1,2}月|[较自截比]\s*20|条例|通知|规定|办法|制表|填报|\d\s*[件条项次个份万人%]"
)
"""Sentences, dates, counts, and the names of laws and forms: their year is not that of a table."""
_WORDS = pattern_of("政府信息|公开|申请|复议|诉讼|数据|统计|情况|指标|报表|附表")
_TITLE = pattern_of(r"(?:报告|年报)\W*$")
_NUMBERED = pattern_of(r"\s*(?:第?[一二三四五六七八九]\s*[、.,]|\d\s*[、.](?!\d))")
_RELATIVE = pattern_of(r"\W*(上一?年度?|去年|上期|本年度?|今年|当年|本期)(?:的?(?:数据|情况|报表|统计表?|表))?\W*")
_EARLIER = "上去"
_PART_OF_A_HEADER = "上一年"
_PARTS_OF_LABELS = frozenset({"本年", "本年度", "上年", _PART_OF_A_HEADER})
"""Words that stand on a line of their own where a label of the form is broken over lines."""
_ANY_WORD = pattern_of("[\u4e00-\u9fff]{2}")
_THIS = 1
"""Stands for the year of a report whose year is not known."""
_MOST_ON_TOP = 40  # cells

_SIGNS = {
    "litigation": ("结果维持", "结果纠正", "尚未审结"),
    "applications": ("自然人", "商业企业", "科研机构", "予以公开", "（一）予以公开"),
    "publication": ("规章", "规范性文件", "行政规范性文件", "信息内容", "行政许可", "行政处罚", "行政事业性收费"),
}
"""Labels that show which table of the form it is."""
_NAMES = {
    "litigation": pattern_of("复议|诉讼"),
    "applications": pattern_of("申请"),
    "publication": pattern_of("主动公开"),
}
_SIGN_OF = {bare(label): table for table, labels in _SIGNS.items() for label in labels}


@dataclass(slots=True)
class _Captioned:
    """A caption with its year, the table of the form that it names, and the blocks it stands over."""

    year: int
    named: str | None
    blocks: list[int] = field(default_factory=list)
    tables: set[str] = field(default_factory=set)


def of_its_year(document: Document, year: int | None, title: str) -> tuple[Document, list[str]]:
    """The document without tables of another year, as their captions say, and a warning of them.

    `year` is that of the report; where it is not known, the latest of the captions. All is left as it is where
    captions of one other year stand over all of the form: then they, or the title, are wrong.
    """
    named = ((number, _year_of(document.blocks, number, year or _THIS)) for number in range(len(document.blocks)))
    years = {number: each for number, each in named if each is not None}
    own = year or max(years.values(), default=_THIS)
    if all(each == own for each in years.values()):
        return document, []
    by_sheet = document.format == "xlsx"
    captioned = list(_captioned(document.blocks, years, bare(title), by_sheet))
    others = [each for each in captioned if each.year != own and each.tables]
    left_out = {number for each in others for number in each.blocks}
    if not left_out or _is_all_of_the_form(document.blocks, others, left_out):
        return document, []
    names = "、".join(f"{each}年" for each in sorted({each.year for each in others}) if each >= _THIS) or "上一年"
    kept = [block for number, block in enumerate(document.blocks) if number not in left_out]
    return replace(document, blocks=kept), [warn.TABLES_OF_OTHER_YEARS.of(years=names)]


def _is_all_of_the_form(blocks: Sequence[Block], others: Sequence[_Captioned], left_out: Collection[int]) -> bool:
    """Whether tables of one other year are all of the form, and there is none besides."""
    if len({each.year for each in others}) > 1 or {table for each in others for table in each.tables} != set(_SIGNS):
        return False
    return not any(_tables_of(block) for number, block in enumerate(blocks) if number not in left_out)


# --- captions ---


def _year_of(blocks: Sequence[Block], number: int, own: int) -> int | None:
    """The year that a caption names as that of a table; a mere number or 本年 is one right above a table alone."""
    text = _caption_of(blocks[number])
    if not text or len(text) > _LONGEST:
        return None
    if names_year(text) or bare(text) in _PARTS_OF_LABELS:
        if not _is_above(blocks, number) or bare(text) == _PART_OF_A_HEADER:
            return None
        return int(text) if names_year(text) else _named_year(text, own)
    return _named_year(text, own)


def _is_above(blocks: Sequence[Block], number: int) -> bool:
    """Whether a table stands right below a paragraph, or a label below the first cell of a table."""
    block = blocks[number]
    if not isinstance(block, Table):
        return number + 1 < len(blocks) and isinstance(blocks[number + 1], Table)
    filled = [cell for cell in islice(block.cells, _MOST_ON_TOP) if cell.text and not cell.text.isspace()]
    return len(filled) > 1 and filled[0].column == 0 and read_figure(filled[1].text).kind == "text"


def _caption_of(block: Block) -> str:
    """A paragraph, or the only text in the first row of a table."""
    if isinstance(block, Paragraph):
        return block.text
    return _text_on_top(block) if isinstance(block, Table) else ""


def _text_on_top(table: Table) -> str:
    """The text of the first row that has any, if it has only one, be it written down for each column."""
    filled = (cell for cell in islice(table.cells, _MOST_ON_TOP) if cell.text and not cell.text.isspace())
    first = next(filled, None)
    if first is None or any(cell.row == first.row and cell.text != first.text for cell in filled):
        return ""
    return first.text


def _named_year(text: str, own: int) -> int | None:
    if "年" not in text and "期" not in text:
        return None
    plain = unicodedata.normalize("NFKC", text.replace("\n", ""))
    if _NUMBERED.match(plain):
        return None
    plain = _PREFIX.sub("", plain, count=1)
    relative = _RELATIVE.fullmatch(plain)
    if relative:
        return own - (relative[1][0] in _EARLIER)
    found = set(_YEAR.findall(plain))
    if len(found) != 1 or _OTHER_WORDS.search(plain) or _TITLE.search(plain):
        return None
    named = found.pop()
    return year_of(named) if "年" in named and (_LONE.fullmatch(plain) or _WORDS.search(plain)) else None


def _captioned(blocks: Sequence[Block], years: Mapping[int, int], title: str, by_sheet: bool) -> Iterator[_Captioned]:
    """The captions with the blocks below each: up to a sentence, a heading, or a table that it does not name.

    `by_sheet`: up to the end of the sheet, too.
    """
    scope: _Captioned | None = None
    for number, block in enumerate(blocks):
        if number in years:
            if scope:
                yield scope
            scope = _Captioned(years[number], _named_table(_caption_of(block)))
        elif scope and (
            _ends_scope(block, scope, title) or (by_sheet and block.place.table != blocks[number - 1].place.table)
        ):
            yield scope
            scope = None
        if scope:
            scope.blocks.append(number)
            scope.tables |= _tables_of(block)
    if scope:
        yield scope


def _ends_scope(block: Block, scope: _Captioned, title: str) -> bool:
    if isinstance(block, Paragraph):
        text = " ".join(block.text.split())
        if not text or PAGE_NUMBER.match(text):
            return False
        if SENTENCE_END.search(text) or heading_of(text, 0) is not None:
            return True
        if len(text) > LONGEST_CELL and _ANY_WORD.search(text) and not _tables_of(block):
            return True
        return bare(text) == title or (CHINESE_NUMBER.match(text) is not None and is_title(text))
    if not isinstance(block, Table):
        return False
    tables = _tables_of(block)
    is_another = scope.named is not None and bool(tables) and scope.named not in tables
    return is_another or ("litigation" in tables and "litigation" in scope.tables)


def _named_table(text: str) -> str | None:
    """The table of the form that a caption names, if it names one."""
    return next((table for table, words in _NAMES.items() if words.search(text)), None)


def _tables_of(block: Block) -> set[str]:
    """The tables of the form of which labels stand in a block, be it a header or all of a table in one line."""
    if isinstance(block, Paragraph) and len(block.text) > _LONGEST_LABEL:
        line = bare(block.text)
        return {table for table, labels in _SIGNS.items() if sum(label in line for label in labels) > 1}
    if isinstance(block, Table):
        texts = [cell.text for cell in block.cells]
    else:
        texts = [block.text] if isinstance(block, Paragraph) else []
    return {table for text in texts if 1 < len(text) <= _LONGEST_LABEL and (table := _SIGN_OF.get(bare(text)))}
