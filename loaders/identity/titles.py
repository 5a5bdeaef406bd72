"""The title of a report: found over broken lines, in page furniture or in the file name, and taken apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from loaders.identity.numerals import DATE, YEAR, year_of
from loaders.patterns import pattern_of

_SUBJECT = pattern_of(
    r"(?:政府信息与政务公开|政府信息公开|政务信息公开|政务公开|信息公开|政府信息)(?:工作)?"
    r"(?P<between>[^。;]{0,18}?)(?P<kind>年度?报告|年度总结|工作总结|年报|报告|总结|工作情况|情况)"
)
_END = pattern_of(
    r"^(?:的?(?:报告|说明|公告|总结)|[/(]?全文\)?|\([^()]{0,24}\)|[—-]{1,2}[\u4e00-\u9fff]{2,30}|》|\.{1,3}|[\d年度]{0,8}|二维码)*$"
)
_NO_PART = pattern_of(
    r"[。;>?!:|]|^[一二三四五六七]、|^(?:首页|索引|来源|编辑|分享|字体|字号|文号|登录|注册|无障碍|长者|收藏|设为首页|打印)|信息公开专栏$"
)
_NO_TITLE = pattern_of(
    r"^(?:本(?!溪)|根据|按照|为|依据|现将|特(?!克斯)|以下|附|您|当前|首页|索引|来源|信息来源|发布|责任|公开|政府信息公开指南|"
    r"政府信息公开制度|法定|编辑|分享|字体|文号|主题|[一二三四五六七八九十]、|\([一二三四五六七八九十]\)|\d+[.、])"
)
_COLUMN = pattern_of(
    r"(?:法定|重点)?(?:主动)?(?:政府|政务)?信息?公开(?:内容|专栏|目录|指南|年报|年度报告|工作年度报告)?"
)
_BARE_COLUMN = pattern_of(r"(?:政府|政务)?信息公开|政务公开")
_LABEL = pattern_of(r"^(?:标题|名称|信息名称|文件名称|文章标题|题名|主题名称)[:]|^标题(?=[\u4e00-\u9fff]{3,}\d{4}年)")
"""A label in front of a title; one word of a page's properties lost its colon."""
_OPENING = pattern_of(
    r"^(?:\[[^\]]*\]|【[^】]*】|附件\d*[:.]?|关于|公布|发布|上报|《|\"|“|-|—|_|\d{1,3}[._、-](?!\d{3}))+"
)
_HEADLINE = pattern_of("(?<=[局署部厅委会府])(?:发布|公布|公开)$")
"""海关总署发布2012年政府信息公开工作年度报告: the news of a report."""
_ANNEX = pattern_of(r"[(—-]+([\u4e00-\u9fff]{3,30})\)?$")
_PAGE = pattern_of(r"^Page\d{1,3}-")
_FILE_ENDING = pattern_of(r"(?i)\.(?:docx?|wps|pdf|html?|txt|rtf)$")
"""What a list of attachments or a viewer adds to a title."""
_BRACKETS = pattern_of(r"\((?![\u4e00-\u9fff]{2,8}[区县市旗]\)[\u4e00-\u9fff]{2})[^()]*\)")
"""All but those in the middle of a name: 高新区(新市区)司法局."""
_LONGEST = 90
_LONGEST_ENTRY, _FEWEST_ENTRIES = 8, 4
_LINES_OF_A_TITLE = 4
_SEARCHED_LINES = 14


@dataclass(frozen=True, slots=True)
class Title:
    """A title: its text, the name of the issuer in it (empty if it has none) and the year it speaks of.

    `lines` are the lines of the text that it stands in, for a title found there.
    """

    text: str
    issuer: str
    year: int | None
    source: str
    lines: range = range(0)


def title_in_lines(lines: list[str], source: str, quality: Callable[[str], float]) -> Title | None:
    """The best title among the first lines, put together where it was broken over several.

    `quality` says how well a text reads as the name of an agency; it decides where the title begins.
    """
    best: tuple[float, Title] | None = None
    menu = _menu(lines[:_SEARCHED_LINES])
    for start, line in enumerate(lines[:_SEARCHED_LINES]):
        joined = ""
        if start in menu or _COLUMN.fullmatch(line):
            continue
        for count, part in enumerate(lines[start : start + _LINES_OF_A_TITLE]):
            part = _LABEL.sub("", part)
            if _NO_PART.search(part) or (not joined and _NO_TITLE.match(part)) or len(joined) + len(part) > _LONGEST:
                break
            if _BARE_COLUMN.fullmatch(part) and not YEAR.search(joined):
                break  # the head of a page: the government, then the column
            joined += part
            title = read_title(joined, source)
            if title is not None:
                if count and _is_whole_without(part, title, source, quality):
                    break  # what stands above is the page's
                score = 2.0 * bool(title.year) + quality(title.issuer) - 0.05 * count - 0.15 * start
                if best is None or score > best[0]:
                    best = (score, replace(title, lines=range(start, start + count + 1)))
    return best[1] if best else None


def _menu(lines: list[str]) -> set[int]:
    """Which lines are a menu: so many short ones on end, without a year, as no title is broken."""
    found: set[int] = set()
    run: list[int] = []
    for n, line in enumerate([*lines, ""]):
        if 0 < len(line) <= _LONGEST_ENTRY and not YEAR.search(line):
            run.append(n)
            continue
        found.update(run if len(run) >= _FEWEST_ENTRIES else ())
        run = []
    return found


def _is_whole_without(part: str, title: Title, source: str, quality: Callable[[str], float]) -> bool:
    """Whether the last line of a title is one by itself, whose name is none the better for the lines above it."""
    alone = read_title(part, source)
    if alone is None or not alone.issuer or alone.year is None:
        return False
    return quality(alone.issuer) >= quality(title.issuer)


def read_title(text: str, source: str) -> Title | None:
    """The text as a title, or None if it is none. `text` is clean (`loaders.identity.extract.clean`)."""
    text = DATE.sub("", text, count=1) if DATE.match(text) else text
    text = _PAGE.sub("", _FILE_ENDING.sub("", text))
    subject = _SUBJECT.search(text)
    if subject is None or not _END.match(text[subject.end() :]):
        return None
    before, after = text[: subject.start()], subject["between"] + text[subject.end() :]
    if before.endswith("人民"):
        before += "政府"
    year = year_of(before) or year_of(after)
    issuer = _issuer(before)
    if not issuer:
        annex = _ANNEX.search(text[subject.end() :])
        issuer = annex[1] if annex else ""
    if year is None and not issuer and subject["kind"] in ("情况", "报告", "总结"):
        return None
    return Title(text, issuer, year, source)


def _issuer(before: str) -> str:
    text = _OPENING.sub("", YEAR.sub("|", before))
    parts = [part.strip('|的年度(),:—-_·“”"《》') for part in re.split(r"\||关于", _BRACKETS.sub("", text))]
    named = [part for part in parts if len(part) >= 2 and re.search("[\u4e00-\u9fff]{2}", part)]
    if len(named) > 1 and named[-1] in named[0]:
        named = named[:1]  # 海关总署2010年海关信息公开工作年度报告
    return _HEADLINE.sub("", _OPENING.sub("", named[-1])) if named else ""


def titles_elsewhere(furniture: Iterable[str], metadata: dict[str, str], file_name: str) -> Iterable[Title]:
    """Titles in the page's furniture, the file's properties and the file name."""
    for line in furniture:
        for part in re.split(
            r"[_|>]|--|—(?=[\u4e00-\u9fff]{2,20}(?:政府|网))|-(?=[\u4e00-\u9fff])", _LABEL.sub("", line)
        ):
            title = read_title(part, "furniture")
            if title is not None:
                yield title
    for key in ("title", "subject"):
        title = read_title("".join(metadata.get(key, "").split()), "metadata")
        if title is not None:
            yield title
    title = read_title(re.sub(r"[_\s]+", "", file_name), "file name")
    if title is not None:
        yield title
