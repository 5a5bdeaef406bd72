"""The parts of a document that speak of its author, cleaned of what varies without meaning."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from loaders.document import Document, Paragraph
from loaders.report import SectionReading

MOST_HEAD_LINES = 40
MOST_HEAD_CHARACTERS = 2500
MOST_TAIL_LINES = 12
_FIRST_HEADING = re.compile(
    r"^[#*\s]*(?:第?一(?:部分)?|1)[、.．,:\s]*(?:总体|概述|概况|基本情况|工作情况|政府信息公开工作总体|主动公开)"
)
_LATER_HEADING = re.compile(r"^[#*]*(?:第?二(?:部分)?|2)[、.．,:]?主动公开")
_NOISE = re.compile(r"\[bookmark:[^\]]*\]|[#*]{1,6}|\u200b|\ufeff")
_NOTHING_TO_CLEAN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]*")


def clean(text: str) -> str:
    """Half-width, without white space: how all matching in this package sees text."""
    if _NOTHING_TO_CLEAN.fullmatch(text):
        return text
    return "".join(_NOISE.sub("", unicodedata.normalize("NFKC", text)).split())


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
        furniture=[line for each in document.furniture if (line := clean(each.text))],
        metadata={key: value for key, value in document.metadata.items() if value},
        folders=[clean(part) for part in parts[:-1]],
        file_name=clean(stem),
    )
    found.head = _head(document)
    found.tail = _tail(document)
    found.body = [line for each in sections for raw in each.text.split("\n") if (line := clean(raw))]
    return found


def _head(document: Document) -> list[str]:
    lines: list[str] = []
    characters = 0
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            if lines and characters > 60:
                break
            continue
        line = clean(block.text)
        if not line:
            continue
        if _FIRST_HEADING.match(line) or _LATER_HEADING.match(line):
            break
        lines.append(line)
        characters += len(line)
        if len(lines) >= MOST_HEAD_LINES or characters >= MOST_HEAD_CHARACTERS:
            break
    return lines


def _tail(document: Document) -> list[str]:
    lines: list[str] = []
    for block in reversed(document.blocks):
        if not isinstance(block, Paragraph):
            if lines:
                break
            continue
        line = clean(block.text)
        if line:
            lines.append(line)
        if len(lines) >= MOST_TAIL_LINES:
            break
    return lines[::-1]
