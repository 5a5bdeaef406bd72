"""The parts of a document that speak of its author, cleaned of what varies without meaning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import attrgetter
from pathlib import PurePosixPath

from loaders.document import Block, Document, Paragraph, Table
from loaders.patterns import pattern_of
from loaders.report import SectionReading

MOST_HEAD_LINES = 40
MOST_HEAD_CHARACTERS = 2500
MOST_TAIL_LINES = 12
MOST_BODY_CHARACTERS = 60_000
LONGEST_LINE = 2500
"""No report has a longer paragraph; what is longer is something else that got into the page."""
SHORTEST_PREFACE = 60
MOST_PROPERTY_CELLS = 40
LONGEST_LABEL = 10
_FIRST_HEADING = pattern_of(
    r"^[#*\s]*(?:第?一(?:部分)?|1)[、.．,:\s]*(?:总体|概述|概况|基本情况|工作情况|政府信息公开工作总体|主动公开)"
)
_LATER_HEADING = pattern_of(r"^[#*]*(?:第?二(?:部分)?|2)[、.．,:]?主动公开")
_ANY_HEADING = pattern_of(r"^(?:第?[一二三四五六七]|[1-7])(?:部分)?[、.,:].{2,24}$")
ATTACHMENTS = pattern_of(r"^\s*附(?:件|表)(?:[一二三\d]|\s*[:：]|\s*$)")
_LISTED = pattern_of(r"^\d{1,2}[.、](?!\d)[^。;]{2,60}$")
_PAGE_LINE = pattern_of(
    r"^正文$|^[^。]*(?:(?<!<)[\u4e00-\u9fff]>|»|›)[^。]*$|^(?:索引号|发布|成文|信息来源|来源|文章来源|责任|公开(?:主体|机构|方式|日期)|日期|时间|字体|"
    r"浏览|访问|打印|分享|主题|组配|文号|名称|标题|撰写|编辑|作者|供稿)[^。]{0,10}[:]"
)
_LONE_LABEL = pattern_of(
    r"(?:信息来源|文章来源|来源|发布机构|发布单位|发布日期|发布时间|公开日期|公开时间|发文日期|生成日期|撰写时间|成文日期|编辑|作者|责任编辑|索引号|公开主体|时间|日期)[:]?"
)
_LABELLED = pattern_of(
    r"(?:发布|公开|发文|生成|成文)(?:日期|时间|机构|单位)[:].{2,40}$|(?:日期|时间)[:]20\d\d[-./年].{4,40}$|20\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?\d{1,2}:\d{2}$|(?:标题|名称)[:].{6,60}(?:报告|年报)$"
)
"""A cell with its label: 发布时间:2022-01-27."""
_RUN_ON_TITLE = pattern_of(
    r"(?<=年度报告)\s+(?=20\d\d年[，,]|(?:根据|按照|依据|本(?:年度)?报告|为(?:深入|认真)?贯彻)\S{20})"
)
"""A title in a report that is one paragraph: …政府信息公开工作年度报告 2024年，……"""
_NOISE = pattern_of(r"\[bookmark:[^\]]*\]|[#*]{1,6}")
_PRINTED = pattern_of(r"^\d{1,4}/\d{1,2}/\d{1,4},?(?:[上下]午)?\d{1,2}:\d{2}(?::\d{2})?(?:[AP]M)?", re.MULTILINE)
"""When a page was printed, which browsers write in front of its title."""
_REPLACED = (
    *zip("，（）：；！？＞＜．－～＿｜", ",():;!?><.-~_|", strict=True),
    *((blank, "") for blank in " •\t\u3000\xa0\u200b\ufeff\u2002\u2003\r"),
)
_FULL_WIDTH = pattern_of("[\uff01-\uff5e\u2f00-\u2fdf\uf900-\ufaff]")


def clean(text: str) -> str:
    """Half-width, without white space and the bars of a table around it: how all matching in this package sees text."""
    return clean_lines(text).replace("\n", "").replace("\r", "").strip("|")


def clean_lines(text: str) -> str:
    """Half-width, without white space but for line breaks.

    Replacing what is common is thirty times as fast as NFKC, which is left to texts with full-width letters.
    """
    for mark, plain in _REPLACED:
        text = text.replace(mark, plain)
    if _FULL_WIDTH.search(text):
        text = unicodedata.normalize("NFKC", text)
    if "#" in text or "*" in text or "[" in text:
        text = _NOISE.sub("", text)
    if ":" in text and "/" in text:
        text = _PRINTED.sub("", text)
    return text


@dataclass(slots=True)
class Extract:
    """Cleaned lines: before the first section, after the last words, around the report, and the sections' text."""

    head: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    file_name: str = ""
    title_lines: range = range(0)

    @property
    def preface(self) -> list[str]:
        """The lines before the first section without those of the title; failing both, the first of the sections."""
        lines = self.head[: self.title_lines.start] + self.head[self.title_lines.stop :]
        short = not self.title_lines and sum(map(len, lines)) < SHORTEST_PREFACE
        return lines + self.body[:3] if short else lines

    @property
    def head_text(self) -> str:
        """The lines before the first section as one text."""
        return "\n".join(self.head)


def extract(document: Document, sections: list[SectionReading], path: str) -> Extract:
    """Cut the document into the parts that the identity rests on."""
    parts = PurePosixPath(path.replace("\\", "/")).parts
    name = parts[-1] if parts else ""
    stem = name.rsplit(".", 1)[0] if "." in name else name
    found = Extract(
        furniture=[line for each in document.furniture if (line := clean(each.text[:LONGEST_LINE]))],
        metadata={key: value for key, value in document.metadata.items() if value},
        folders=[clean(part) for part in parts[:-1]],
        file_name=clean(stem),
    )
    for line in _labels_joined(_head(document)):
        (found.furniture if len(line) < 120 and _PAGE_LINE.search(line) else found.head).append(line)
    found.furniture = _labels_joined([*found.furniture, *_labelled_cells(document)])
    found.tail = _tail(document)
    body = "\n".join(each.text for each in sections)[:MOST_BODY_CHARACTERS]
    found.body = [line for line in clean_lines(body).split("\n") if line]
    return found


def _labels_joined(lines: list[str]) -> list[str]:
    """A label that stands alone in its line, joined to its value in the next: 来源:某局."""
    joined: list[str] = []
    for line in lines:
        if joined and _LONE_LABEL.fullmatch(joined[-1]) and not _LONE_LABEL.fullmatch(line) and len(line) <= 40:
            joined[-1] = joined[-1].rstrip(":") + ":" + line
        else:
            joined.append(line)
    return joined


def _labelled_cells(document: Document) -> Iterator[str]:
    """Cells of small tables behind a label such as 公开日期, as lines: the table of properties above many reports."""
    for block in document.blocks:
        if isinstance(block, Table) and len(block.cells) <= MOST_PROPERTY_CELLS:
            for cell in block.cells:
                if (":" in cell.text or "：" in cell.text) and _LABELLED.match(line := clean(cell.text)):
                    yield line
            for label, value in pairwise(block.cells):
                if not 1 < len(label.text) < LONGEST_LABEL or label.row != value.row:
                    continue
                if _LONE_LABEL.fullmatch(label.text.strip().replace("：", ":")):
                    yield clean(f"{label.text}:{value.text}").replace("::", ":")


def _head(document: Document) -> list[str]:
    lines: list[str] = []
    characters = 0
    for block in document.blocks:
        if not isinstance(block, Paragraph) and lines and characters > SHORTEST_PREFACE:
            break
        for text in (part for each in _texts(block) for part in _RUN_ON_TITLE.split(each)):
            line = clean(text[:LONGEST_LINE])
            if not line:
                continue
            if _FIRST_HEADING.match(line) or _LATER_HEADING.match(line):
                return lines
            lines.append(line)
            characters += len(line)
            if len(lines) >= MOST_HEAD_LINES or characters >= MOST_HEAD_CHARACTERS:
                return lines
    return lines


def _tail(document: Document) -> list[str]:
    lines: list[str] = []
    listed: list[str] = []  # the end of a list of attachments, if its first line says so; else of something else
    for block in reversed(document.blocks):
        if not isinstance(block, Paragraph) and lines:
            break
        for text in _texts(block, backwards=True):
            line = clean(text[:LONGEST_LINE])
            if ATTACHMENTS.match(line):
                listed = []
                continue
            if not lines and _LISTED.match(line) and len(listed) < MOST_TAIL_LINES:
                listed.append(line)
                continue
            if any(map(_ANY_HEADING.match, (*listed, line))):
                return lines[::-1]
            if line:
                lines += [*listed, line]
                listed = []
            if len(lines) >= MOST_TAIL_LINES:
                return lines[::-1]
        if not isinstance(block, Paragraph) and lines:
            break
    return lines[::-1]


def _texts(block: Block, backwards: bool = False) -> list[str]:
    """The text of a paragraph, or the lines that a converter drew into a table, alone in their rows, at its beginning.

    With `backwards` those at its end. A single one is the caption of the table.
    """
    if isinstance(block, Paragraph):
        return [block.text]
    lines: list[str] = []
    cells = block.cells if isinstance(block, Table) else []
    for _, row in groupby(reversed(cells) if backwards else cells, key=attrgetter("row")):
        texts = [cell.text for cell in row if cell.text and not cell.text.isspace()]
        if len(texts) > 1:
            break
        lines += texts
    return lines if len(lines) > 1 else []
