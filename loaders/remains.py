"""Lines that are left of a table where a file keeps no table: its labels and figures are no narrative."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from loaders.form.editions import editions
from loaders.form.figures import read_figure
from loaders.form.labels import RESULTS_HEADING, bare, loosened, unnumbered
from loaders.patterns import pattern_of

_LONGEST = 140
_APART = pattern_of(r"[\s|｜\u3000]+")
_NOTE = pattern_of("本列数据的勾稽")
"""What no narrative says, whatever a page's end or the words beside it made of the rest."""

_LABEL_AND_FIGURE = pattern_of(r"(.*[\u4e00-\u9fff])[\d,.]+")
_HEADS = pattern_of(
    "(?:行政复议|行政诉讼|未经复议|直接起诉|复议后起诉|法人[或和]其他组织|结果|维持|纠正|其他|尚未|审结|总计|自然人|商业|企业|科研|机构|社会|公益|组织|法律|服务)+"
)
"""Words of the headers run together, as where they stand close in their columns."""

_NUMBER_OF_A_PAGE = pattern_of(r"\s*(?:[1-9]\d?\s*)?")

_CAPTION = pattern_of(
    "表[一二三四1-4]?[：:]?(?:主动公开政府信息|收到和处理政府信息公开申请|政府信息公开行政复议、?行政诉讼)情况表?"
)
"""What programs put above a table: 表二：主动公开政府信息情况."""

_SENTENCE = pattern_of("[。；！？]")
_HEADER = pattern_of(
    "第?二十条|信息内容|续表|勾稽|申请人情况|法人[或和]其他组织|商业企业|结果维持|处理决定数量|制发件数|公开总数量"
)
_HEADERS = (
    *("第二十条第（一）项", "第二十条第（五）项", "第二十条第（六）项", "第二十条第（八）项", "第二十条第（九）项"),
    *("第二十条第（一项）", "第二十条（一）项", "采购总金额（单位：万元）", "本年收费金额（单位：万元）"),
    *("信息内容", "申请人情况", "法人或其他组织", "法人和其他组织", "续表"),
    "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和",
    "勾稽关系：第一项加第二项之和等于第三项加第四项之和",
    *("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"),
    RESULTS_HEADING,
)


def without_remains(lines: Sequence[str]) -> list[str]:
    """The lines of a section without what is left of its table, if anything shows that it is."""
    left = [is_remains(line) for line in lines]
    remains = [line for line, found in zip(lines, left, strict=True) if found]
    alone = len(lines) == len(remains) == 1 and read_figure(remains[0]).kind == "text"
    alone = alone or all(map(_NUMBER_OF_A_PAGE.fullmatch, filter(None, lines)))  # between the parts of a table
    if not remains or not (alone or _HEADER.search("".join(remains)) or any(map(_shows_a_table, remains))):
        return list(lines)
    return [line for line, found in zip(lines, left, strict=True) if not found]


@lru_cache(maxsize=1 << 12)
def is_remains(line: str) -> bool:
    """Whether a line holds nothing but labels of the form, pieces of them, and figures."""
    if not line.strip() or len(line) > _LONGEST or _SENTENCE.search(line):
        return False
    return _NOTE.search(line) is not None or all(_is_of_form(word) for word in _APART.split(line.strip()))


def _is_of_form(word: str) -> bool:
    plain = bare(word).replace("它", "他")  # the second part of a broken 其它
    text = _form_text()
    if plain in text or unnumbered(word) in text or loosened(word) in text or read_figure(word).kind != "text":
        return True
    if plain.removeprefix("信息内容") in text or _CAPTION.fullmatch(word):
        return True
    labelled = _LABEL_AND_FIGURE.fullmatch(word)
    return _HEADS.fullmatch(plain) is not None or (labelled is not None and bare(labelled[1]) in text)


def _shows_a_table(line: str) -> bool:
    """Whether the line can be nothing else: several cells, or a piece of a label."""
    if len(_APART.split(line.strip())) > 1:
        return True
    whole = _form_text().split("\n")
    return read_figure(line).kind == "text" and bare(line) not in whole and unnumbered(line) not in whole


@cache
def _form_text() -> str:
    """All labels and headers of both editions as one text."""
    texts = list(_HEADERS)
    for edition in editions():
        for block in edition.blocks:
            texts += [column.label for column in block.columns]
            texts += [text for row in block.rows for text in (row.label, row.group, *row.aliases)]
    return "\n".join(dict.fromkeys(form for text in texts for form in (bare(text), loosened(text))))
