"""The six sections of a report: where each begins, what its heading says, and its text without tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise, zip_longest

from rapidfuzz import fuzz

from loaders.document import Document, Paragraph, Table
from loaders.form.figures import read_figure
from loaders.form.labels import bare
from loaders.form.rows import PAGE_NUMBER
from loaders.remains import without_remains
from loaders.report import SectionReading

HEADINGS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
"""The headings of sections 1 to 6; both editions word them alike."""

_NUMERALS = "一二三四五六"
_ALL_NUMERALS = "一二三四五六七八九十"
_OTHER_SUBJECT = re.compile(
    r"\s*([二三四五六七八九])\s*[、.．]\s*(?=[^。，,；;：:]{2,30}$)[^。，,；;：:]*(?:收费|费用|减免|经费|咨询|机构建设|工作人员)"
)
"""A heading of older reports whose subject the form has no section for."""
_SECTIONS_WITH_TABLE = (2, 3, 4)
_PROBLEMS = 5
_FIRST_OF_PROBLEMS = re.compile(r"\s*[（(]一[)）](?=[^。，,；;]{2,30}$).*(?:问题|不足)")


def _without_particles(text: str) -> str:
    """Words that the editions and the notices themselves use in turn: 及 and 和, with or without 的 and 情况."""
    return text.replace("的", "").replace("和", "及").replace("情况", "")


_PLAIN_HEADINGS = tuple((number, _without_particles(bare(heading))) for number, heading in enumerate(HEADINGS, 1))
_WORDS_OF_HEADINGS = "总体情况|主动公开|收到和处理|政府信息公开行政复议|存在的主要问题|其他需要报告"
_NUMBER = re.compile(
    rf"^\s*(?:第?([一二三四五六七八九十])\s*(?:[、.．,，:：]|部分[、，：:．.]?|\s|(?={_WORDS_OF_HEADINGS}))"
    rf"|(\d)\s*(?:[、.．,，]\s*(?!\d)|(?={_WORDS_OF_HEADINGS})))\s*"
)
_CHINESE_NUMBER = re.compile(r"^\s*[一二三四五六][、.．,，]")
_DIGIT = re.compile(r"\s*\d")
_FIRST_ASPECT = re.compile(r"\s*[（(]\s*一\s*[)）]")
_SUBHEADING = re.compile(r"^\s*[（(]\s*[一二三四五六七八九十\d]+\s*[)）]")
_RUN_ON_HEADING = re.compile(
    rf"(?<=[。！？])\s*(?=[一二三四五六][、，,．.]\s*(?:{_WORDS_OF_HEADINGS}))"
    # After a mere space only where text follows: a list of the headings opens no sections.
    rf"|(?<=\s)(?=[一二三四五六]、(?:{_WORDS_OF_HEADINGS})\S{{0,24}}\s+(?![一二三四五六]、)[^。，,]*[。，,])"
)
_RUN_ON_TITLE = re.compile(
    r"(?<=[。！？：:])\s+(?=[一二三四五六七八]、[^。，,；;：:\s]{4,36}(?:情况|措施|事项|概述|概况)\s)"
)
"""A heading in words of its own in a report that is one paragraph: 如下： 一、政府信息主动公开情况 全年……"""
_EMPTY_RUN_ON_HEADING = re.compile(rf"(?<=\s)(?=[一二三四五六]、(?:{_WORDS_OF_HEADINGS})\S{{0,24}}\s)")
"""A heading after a space with nothing behind it, in a line that other headings open with text."""
_RUN_ON_SUBHEADING = re.compile(
    r"(?<=[。！？；;])\s*(?=[（(][一二三四五六七八九十][)）]\s*[^\s第])|\s(?=[（(]一[)）]\s*[^\s第])"
)
_LISTED = re.compile(r"[（(][一二三四五六七八九十][)）][^。；;]{2,30}[；;]")
"""A part of a sentence that tells what the report consists of: 全文包括（一）总体情况；（二）……"""
_LONE_NUMBER = re.compile(r"\s*[一二三四五六]\s*[、.．]\s*")
_QUOTES = tuple('“"「『‘')
_CONTENTS_LINE = re.compile(r"(?:…|\.{3}|·{3}|_{3}|-{3})\s*[-—]?\s*\d{1,3}\s*$")
_CONTENTS = 4  # so many headings on lines one after the other, all of which come again, are a list of contents
_PLAIN_WORDS = (
    "总体情况|主动公开政府信息情况|收到和处理政府信息公开申请情况|政府信息公开行政复议[、和]行政诉讼情况"
    "|存在的主要问题[及和]改进情况|其他需要报告的事项(?:情况)?"
)
_BARE_HEADING_BEHIND = re.compile(rf"(?<=[。！？])(?=(?:{_PLAIN_WORDS})$)")
_GLUED_HEADING = re.compile(rf"(?:{_PLAIN_WORDS})(?=(?!情况)[^\s。；;：:的][^。]*[。，,]|无)")
"""A heading of the form with its text right behind it, without any mark between."""

_NUMERAL = re.compile("[一二三四五六][、，,．.]")
_BRACKETED = re.compile("[（(][一二三四五六七八九十][)）]")
_HEADING_END = re.compile(r"[。；;：:\n]|(?<![概综])\s{2,}|(?:(?<=情况|事项|措施|概述))\s+(?=[^。，,]*[。，,]|无$)")
_LONGEST_HEADING = 40
_LIKE_ENOUGH = 0.72
_HARDLY_REWORDED = 0.85
_ALIKE_WITHOUT_NUMBER = 0.95
_NUMBERED = 0.1  # what a printed number adds to a heading's likeness
_ENOUGH_HEADINGS = 3  # so many headings in the form's words show that the report follows the form
_KEYWORDS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (4, re.compile("复议|诉讼")),
    (
        5,
        re.compile(
            "问题.{0,8}(?:改进|措施|打算|建议)|改进(?:情况|措施)|下一步(?:工作)?(?:的?(?:主要)?)(?:计划|打算|安排|思路|措施)|"
            "存在(?:的)?(?:主要)?(?:困难(?:[和与、及])?)?(?:问题|不足|困难)"
        ),
    ),
    (6, re.compile("其他需要|需要(?:报告|说明)的?(?:其他)?事项|其他(?:报告)?事项|其他情况")),
    (3, re.compile("(?:收到|受理|处理).{0,12}申请|依申请公开")),
    (2, re.compile("主动公开")),
    (1, re.compile("总体|概述|综述|概况|基本情况|工作(?:开展|运行)?情况")),
)
_TABLE_LABELS = re.compile(
    "本年新收|上年结转|本年度办理结果|结转下年|予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|总计$"
)
_FIRST_WORDS = re.compile("问题|不足|困难")
_ON_REQUEST = re.compile("依申请公开[^，,]{0,6}(?:情况|和|及)")
"""依申请公开政府信息和不予公开政府信息的情况 is a heading, whatever row of the form it names."""
_SENTENCE_END = re.compile(r"[。；！？]")
_LONGEST_CELL = 60  # characters of a line that can be a cell of the form
_FIGURES_OF_A_TABLE = 3  # so many lone figures in a run of short lines are a table, fewer may be a numbered list
_EXPLAINED_LABEL = re.compile(
    r"\s*(?:规章|(?:行政)?规范性文件|行政许可|行政处罚|行政强制|其他对外管理服务事项|其他主动公开文件|行政事业性收费|政府集中采购"
    r"|上一年项目数量|本年增/减|处理决定数量|本年新制作数量|本年新公开数量|对外公开总数量|采购总?金额)\s*[（(][^。]*[)）][\s|]*"
)
"""A label of the form with what a region's form explains in brackets, longer than other cells."""
_NARRATIVE_CELL = 8  # a single cell with so many characters and a full stop is narrative in a layout table
_NOTHING = re.compile("暂?无(?:其他需要报告的?事项)?。?")


@dataclass(frozen=True, slots=True)
class _Heading:
    section: int
    likeness: float
    line: int
    text: str
    rest: str


def narrative_lines(document: Document) -> list[str]:
    """The paragraphs of a document in reading order, with long texts that stand alone in a row of a table.

    Where a file has one cell of its tables a line, the lines that are cells are left out.
    """
    lines: list[str] = []
    run: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph) and _may_be_cell(block.text):
            if not PAGE_NUMBER.match(block.text):
                run.append(block.text)
            continue
        lines.extend(_without_cells(run))
        run = []
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines.extend(_lone_texts(block))
    return lines + _without_cells(run)


def _may_be_cell(line: str) -> bool:
    if len(line) > _LONGEST_CELL:
        return _EXPLAINED_LABEL.fullmatch(line) is not None
    return _is_short_text(line)


@lru_cache(maxsize=1 << 12)
def _is_short_text(line: str) -> bool:
    """Whether a short line is neither a sentence nor a heading."""
    return not _SENTENCE_END.search(line) and _heading(line, 0) is None


def _without_cells(run: list[str]) -> list[str]:
    """Short lines up to the last figure are cells if there are several figures among them."""
    figures = [n for n, line in enumerate(run) if read_figure(line).kind == "figure"]
    return run[figures[-1] + 1 :] if len(figures) >= _FIGURES_OF_A_TABLE else run


def _lone_texts(table: Table) -> Iterable[str]:
    """Texts that stand alone in their row: narrative, or a heading that a converter took into the table."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.text and not cell.text.isspace():
            rows.setdefault(cell.row, []).append(cell.text)
    for texts, below in zip_longest(rows.values(), islice(rows.values(), 1, None), fillvalue=[""]):
        if len(texts) > 2:
            continue
        first, last = texts[0], texts[-1]
        if len(texts) == 1:
            if _tells(first) or _heading(first, 0) or _opens(first, below[0]):
                yield from first.split("\n")
        elif _is_numbered_heading(first):  # 六、其他需要报告的事项    无
            yield first
            yield from last.split("\n")
        elif _is_numbered_heading(last):
            yield last


def _opens(text: str, following: str) -> bool:
    """Whether a text is the heading of narrative right below it: （四）平台建设 above a sentence."""
    return _SUBHEADING.match(text) is not None and _is_title(text) and _tells(following)


def _tells(text: str) -> bool:
    """Whether a text alone in its row is narrative; no label of the form has a full stop."""
    return ("。" in text and len(text) >= _NARRATIVE_CELL) or _NOTHING.fullmatch(text.strip()) is not None


def _is_numbered_heading(text: str) -> bool:
    opened = _heading(text, 0)
    return opened is not None and opened.likeness >= _ALIKE_WITHOUT_NUMBER + _NUMBERED


def split_sections(lines: Sequence[str]) -> tuple[str, list[SectionReading]]:
    """The text before the first section, and the sections found, in the order of the form."""
    lines = [part for line in _with_their_numbers(lines) for part in _parts_of(line)]
    headings = [h for n, line in enumerate(lines) if (h := _heading(line, n)) is not None]
    chain = _best_chain(_without_subheadings(_without_contents(_without_aspects(headings, lines))))
    if not chain:
        return "\n".join(lines), []
    chain = _with_reworded_headings(chain, lines)
    ends = [heading.line for heading in chain[1:]] + [len(lines)]
    sections = []
    for heading, end in zip(chain, ends, strict=True):
        body = [heading.rest] if heading.rest else []
        body += lines[heading.line + 1 : _before_another_subject(heading, lines, end)]
        if body and heading.section in _SECTIONS_WITH_TABLE:
            body = without_remains(body)
        sections.append(SectionReading(heading.section, heading.text, "\n".join(body).strip()))
    return "\n".join(lines[: chain[0].line]), sections


def _before_another_subject(heading: _Heading, lines: Sequence[str], end: int) -> int:
    """Where a section ends that a heading of the report's own follows: 四、收费及减免情况 behind 三、依申请公开.

    The last section goes on to the signature.
    """
    number = _NUMBER.match(heading.text)
    if end == len(lines) or heading.section >= _PROBLEMS or number is None or number[1] is None:
        return end
    following = _ALL_NUMERALS[_ALL_NUMERALS.index(number[1]) + 1 :][:1]
    others = (
        n for n in range(heading.line + 1, end) if (other := _OTHER_SUBJECT.match(lines[n])) and other[1] == following
    )
    return next(others, end)


def _with_their_numbers(lines: Sequence[str]) -> Sequence[str]:
    """The lines with each number that stands on a line of its own before what it numbers."""
    if not any(map(_LONE_NUMBER.fullmatch, lines)):
        return lines
    whole: list[str] = []
    for line in lines:
        if whole and _LONE_NUMBER.fullmatch(whole[-1]):
            line = whole.pop().strip() + line.lstrip()
        whole.append(line)
    return whole


def _parts_of(line: str) -> list[str]:
    """A line in front of each heading that a converter joined to the text before it."""
    parts = _RUN_ON_HEADING.split(line) if _NUMERAL.search(line, 1) else [line]
    if len(line) > _LONGEST_HEADING and _NUMERAL.search(line, 1):
        parts = [piece for part in parts for piece in _RUN_ON_TITLE.split(part)]
    if len(parts) > 1 and _CHINESE_NUMBER.match(line):
        parts = [piece for part in parts for piece in _EMPTY_RUN_ON_HEADING.split(part)]
    if line.endswith(("情况", "事项")):
        parts = [*parts[:-1], *_BARE_HEADING_BEHIND.split(parts[-1])]
    if len(line) <= _LONGEST_HEADING or not _BRACKETED.search(line, 1):
        return parts
    pieces = [piece for part in parts for piece in _RUN_ON_SUBHEADING.split(part)]
    listed = sum(_LISTED.fullmatch(piece) is not None for piece in pieces)
    return parts if listed >= _ENOUGH_HEADINGS else pieces


def _without_contents(headings: list[_Heading]) -> list[_Heading]:
    """Without a list of contents, whose numbers may be printed where Word numbers the headings themselves."""
    run = 1
    while run < len(headings) and headings[run].line == headings[run - 1].line + 1 and not headings[run - 1].rest:
        run += 1
    listed, later = headings[:run], headings[run:]
    again = {heading.section for heading in later}
    comes_again = run >= _CONTENTS and all(heading.section in again for heading in listed)
    return later if comes_again else headings


def _without_subheadings(headings: list[_Heading]) -> list[_Heading]:
    """Where the report numbers with 一、, headings in another style and with another section's number open aspects.

    （一）主动公开政府信息情况 and 1.主动公开 under 一、总体情况 speak of an aspect of the overview.
    """
    if any(_CHINESE_NUMBER.match(heading.text) for heading in headings):
        headings = [heading for heading in headings if not _numbers_an_aspect(heading)]
    else:  # 1、总体情况 may have aspects of its own: 1、主动公开。某局……
        headings = [
            each for each in headings if not (each.rest and _DIGIT.match(each.text) and _numbers_an_aspect(each))
        ]
    fitting = {heading.section for heading in headings if not _is_misnumbered(heading)}
    return [each for each in headings if not (each.section in fitting and _is_misnumbered(each))]


def _without_aspects(headings: list[_Heading], lines: Sequence[str]) -> list[_Heading]:
    """Without headings in brackets that go on the count under a section: （二）主动公开情况 behind （一）培训情况."""
    opened = {each.line: each for each in headings}
    kept = []
    first_aspect = False
    for n, line in enumerate(lines):
        heading = opened.get(n)
        bracketed = _SUBHEADING.match(line) is not None
        if heading is not None and not (bracketed and first_aspect):
            kept.append(heading)
        if heading is not None and _CHINESE_NUMBER.match(line):
            first_aspect = False
        elif heading is None and kept and _CHINESE_NUMBER.match(kept[-1].text) and _FIRST_ASPECT.match(line):
            first_aspect = True
    return kept


def _is_misnumbered(heading: _Heading) -> bool:
    """Whether the printed number is not the section's: 2.其他需要报告的事项 stands within section six."""
    expected = (_NUMERALS[heading.section - 1], str(heading.section))
    if bracketed := _SUBHEADING.match(heading.text):
        return not any(digit in bracketed.group() for digit in expected)
    number = _NUMBER.match(heading.text)
    return number is not None and (number[1] or number[2]) not in expected


def _numbers_an_aspect(heading: _Heading) -> bool:
    number = _NUMBER.match(heading.text)
    if _SUBHEADING.match(heading.text):
        return _is_misnumbered(heading)
    exact = heading.likeness - _NUMBERED >= _ALIKE_WITHOUT_NUMBER
    reworded = heading.likeness - _NUMBERED < _HARDLY_REWORDED
    return number is not None and number[2] is not None and not exact and (reworded or _is_misnumbered(heading))


def _heading(line: str, position: int) -> _Heading | None:
    """What section a line opens, if it opens one."""
    text = line.strip().lstrip("# ")  # a heading in Markdown
    opened = _opened_often(text) if len(text) <= _LONGEST_CELL else _opened(text)
    return _Heading(opened.section, opened.likeness, position, opened.text, opened.rest) if opened else None


def _opened(text: str) -> _Heading | None:
    """The heading that a text begins with, as if it stood in the first line."""
    if not text:
        return None
    bracketed = _SUBHEADING.match(text)
    number = None if bracketed else _NUMBER.match(text)
    numbering = bracketed or number
    body = text[numbering.end() :] if numbering else text
    glued = _GLUED_HEADING.match(body) if number else None
    end = _HEADING_END.search(body)
    head = glued.group() if glued else body[: end.start()] if end else body
    if (
        not head
        or head.startswith(_QUOTES)
        or len(head) > _LONGEST_HEADING
        or (_TABLE_LABELS.search(head) and not (number and _ON_REQUEST.search(head)))
        or (head[-1].isdigit() and _CONTENTS_LINE.search(head))
    ):
        return None
    rest = body[len(head) :].lstrip("。；;：: \n\u3000") if end or glued else ""
    if number is None and rest:
        return None
    printed = text[: len(text) - len(body)] + head
    section, likeness = _most_alike(head)
    if likeness < _LIKE_ENOUGH:
        return None if number is None else _by_keyword(head, printed, rest, number)
    if number is None and likeness < _ALIKE_WITHOUT_NUMBER:
        return None
    return _Heading(section, likeness + (_NUMBERED if number else 0.0), 0, printed.strip(), rest)


_opened_often = lru_cache(maxsize=1 << 12)(_opened)
"""For short lines: headings and what stands around tables are the same in most reports."""


@lru_cache(maxsize=1 << 12)
def _most_alike(head: str) -> tuple[int, float]:
    """The section whose heading is most like the text, and how alike."""
    plain = _without_particles(bare(head))
    return max(((n, fuzz.ratio(plain, form) / 100) for n, form in _PLAIN_HEADINGS), key=lambda each: each[1])


def _by_keyword(head: str, printed: str, rest: str, number: re.Match[str]) -> _Heading | None:
    """A numbered heading in words of its own, as in reports on 2018 and before."""
    if len(head) > 30 or _SENTENCE_END.search(head):
        return None
    head = re.sub(r"\s", "", head)  # 概  述
    written = _NUMERALS.find(number[1]) + 1 if number[1] else int(number[2])
    for section, pattern in _KEYWORDS:
        if pattern.search(head):
            if section == 3 and written == 2 and "主动公开" in head:
                section = 2  # 二、主动公开、依申请公开情况
            first = section == _PROBLEMS and _FIRST_WORDS.search(head) is not None  # 四、改进措施 may follow as its own
            likeness = 0.5 + (0.1 if written == section or first else 0.0)
            return _Heading(section, likeness, 0, printed.strip(), rest)
    return None


def _with_reworded_headings(chain: list[_Heading], lines: Sequence[str]) -> list[_Heading]:
    """Add a section whose heading has nothing of the form's words, where the only line with its number stands right.

    Section five lost its heading where only the first part of it has one: （一）主要问题.
    """
    whole: list[_Heading] = []
    borders = [_Heading(0, 0, -1, "", ""), *chain, _Heading(len(HEADINGS) + 1, 0, len(lines), "", "")]
    for before, after in pairwise(borders):
        if before.section:
            whole.append(before)
        if after.section != before.section + 2 or len(chain) < _ENOUGH_HEADINGS:
            continue
        if after.text and _is_misnumbered(after):
            continue  # 四、依申请公开 behind 二、组织领导: the report has sections of its own
        numeral = _NUMERALS[before.section]
        between = range(before.line + 1, after.line)
        found = [n for n in between if lines[n].lstrip().startswith(f"{numeral}、") and _is_title(lines[n])]
        if len(found) == 1:
            whole.append(_Heading(before.section + 1, 0, found[0], lines[found[0]].strip(), ""))
        elif before.section + 1 == _PROBLEMS and not found:
            first = next((n for n in between if _FIRST_OF_PROBLEMS.match(lines[n])), None)
            whole += [] if first is None else [_Heading(_PROBLEMS, 0, first, "", lines[first].strip())]
    return whole


def _is_title(line: str) -> bool:
    return len(line) <= _LONGEST_HEADING and not _SENTENCE_END.search(line) and not _TABLE_LABELS.search(line)


def _best_chain(headings: list[_Heading]) -> list[_Heading]:
    """The headings of increasing section that are most alike to the form's; of two equal chains the later one.

    A table of contents names all headings once before the report does; the later ones open the text.
    """
    best: list[tuple[float, list[_Heading]]] = []
    for heading in headings:
        score, chain = heading.likeness, [heading]
        for before_score, before in best:
            if before[-1].section < heading.section and before_score + heading.likeness >= score:
                score, chain = before_score + heading.likeness, [*before, heading]
        best.append((score, chain))
    return max(reversed(best), key=lambda each: each[0])[1] if best else []


def heading_is_altered(section: SectionReading) -> bool:
    """Whether a heading's words or its printed number differ from the form's; what is left out is no alteration."""
    if not section.heading:
        return False
    expected = bare(HEADINGS[section.section - 1])
    number = _NUMBER.match(section.heading)
    head = bare(section.heading[number.end() :] if number else section.heading)
    if number is not None and number[1] != _NUMERALS[section.section - 1]:
        return True
    return _without_particles(head) != _without_particles(expected)
