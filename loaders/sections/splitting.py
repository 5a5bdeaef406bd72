"""The sections of a narrative: of all lines that may open one those that follow the form's order best."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from loaders.patterns import pattern_of
from loaders.remains import without_remains
from loaders.report import SectionReading
from loaders.sections.headings import (
    ALIKE_WITHOUT_NUMBER,
    CHINESE_NUMBER,
    HARDLY_REWORDED,
    HEADINGS,
    NUMBERED,
    NUMERALS,
    PRINTED_NUMBER,
    PROBLEMS,
    SUBHEADING,
    Heading,
    heading_of,
    is_misnumbered,
    is_title,
)
from loaders.sections.joined_lines import parts_of, with_their_numbers

_ALL_NUMERALS = "一二三四五六七八九十"
_OTHER_SUBJECT = pattern_of(
    r"\s*([二三四五六七八九])\s*[、.．]\s*(?=[^。，,；;：:]{2,30}$)[^。，,；;：:]*(?:收费|费用|减免|经费|咨询|机构建设|工作人员)"
)
"""A heading of older reports whose subject the form has no section for."""
_SECTIONS_WITH_TABLE = (2, 3, 4)
_FIRST_OF_PROBLEMS = pattern_of(r"\s*[（(]一[)）](?=[^。，,；;]{2,30}$).*(?:问题|不足)")
_DIGIT = pattern_of(r"\s*\d")
_FIRST_ASPECT = pattern_of(r"\s*[（(]\s*一\s*[)）]")
_CONTENTS = 4  # so many headings on lines one after the other, all of which come again, are a list of contents
_ENOUGH_HEADINGS = 3  # so many headings in the form's words show that the report follows the form


def split_sections(lines: Sequence[str]) -> tuple[str, list[SectionReading]]:
    """The text before the first section, and the sections found, in the order of the form."""
    lines = [part for line in with_their_numbers(lines) for part in parts_of(line)]
    headings = [h for n, line in enumerate(lines) if (h := heading_of(line, n)) is not None]
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


def _before_another_subject(heading: Heading, lines: Sequence[str], end: int) -> int:
    """Where a section ends that a heading of the report's own follows: 四、收费及减免情况 behind 三、依申请公开.

    The last section goes on to the signature.
    """
    number = PRINTED_NUMBER.match(heading.text)
    if end == len(lines) or heading.section >= PROBLEMS or number is None or number[1] is None:
        return end
    following = _ALL_NUMERALS[_ALL_NUMERALS.index(number[1]) + 1 :][:1]
    others = (
        n for n in range(heading.line + 1, end) if (other := _OTHER_SUBJECT.match(lines[n])) and other[1] == following
    )
    return next(others, end)


def _without_contents(headings: list[Heading]) -> list[Heading]:
    """Without a list of contents, whose numbers may be printed where Word numbers the headings themselves."""
    run = 1
    while run < len(headings) and headings[run].line == headings[run - 1].line + 1 and not headings[run - 1].rest:
        run += 1
    listed, later = headings[:run], headings[run:]
    again = {heading.section for heading in later}
    comes_again = run >= _CONTENTS and all(heading.section in again for heading in listed)
    return later if comes_again else headings


def _without_subheadings(headings: list[Heading]) -> list[Heading]:
    """Where the report numbers with 一、, headings in another style and with another section's number open aspects.

    （一）主动公开政府信息情况 and 1.主动公开 under 一、总体情况 speak of an aspect of the overview.
    """
    if any(CHINESE_NUMBER.match(heading.text) for heading in headings):
        headings = [heading for heading in headings if not _numbers_an_aspect(heading)]
    else:  # 1、总体情况 may have aspects of its own: 1、主动公开。某局……
        headings = [
            each for each in headings if not (each.rest and _DIGIT.match(each.text) and _numbers_an_aspect(each))
        ]
    fitting = {heading.section for heading in headings if not is_misnumbered(heading)}
    return [each for each in headings if not (each.section in fitting and is_misnumbered(each))]


def _without_aspects(headings: list[Heading], lines: Sequence[str]) -> list[Heading]:
    """Without headings in brackets that go on the count under a section: （二）主动公开情况 behind （一）培训情况."""
    opened = {each.line: each for each in headings}
    kept = []
    first_aspect = False
    for n, line in enumerate(lines):
        heading = opened.get(n)
        bracketed = SUBHEADING.match(line) is not None
        if heading is not None and not (bracketed and first_aspect):
            kept.append(heading)
        if heading is not None and CHINESE_NUMBER.match(line):
            first_aspect = False
        elif heading is None and kept and CHINESE_NUMBER.match(kept[-1].text) and _FIRST_ASPECT.match(line):
            first_aspect = True
    return kept


def _numbers_an_aspect(heading: Heading) -> bool:
    number = PRINTED_NUMBER.match(heading.text)
    if SUBHEADING.match(heading.text):
        return is_misnumbered(heading)
    exact = heading.likeness - NUMBERED >= ALIKE_WITHOUT_NUMBER
    reworded = heading.likeness - NUMBERED < HARDLY_REWORDED
    return number is not None and number[2] is not None and not exact and (reworded or is_misnumbered(heading))


def _with_reworded_headings(chain: list[Heading], lines: Sequence[str]) -> list[Heading]:
    """Add a section whose heading has nothing of the form's words, where the only line with its number stands right.

    Section five lost its heading where only the first part of it has one: （一）主要问题.
    """
    whole: list[Heading] = []
    borders = [Heading(0, 0, -1, "", ""), *chain, Heading(len(HEADINGS) + 1, 0, len(lines), "", "")]
    for before, after in pairwise(borders):
        if before.section:
            whole.append(before)
        if after.section != before.section + 2 or len(chain) < _ENOUGH_HEADINGS:
            continue
        if after.text and is_misnumbered(after):
            continue  # 四、依申请公开 behind 二、组织领导: the report has sections of its own
        numeral = NUMERALS[before.section]
        between = range(before.line + 1, after.line)
        found = [n for n in between if lines[n].lstrip().startswith(f"{numeral}、") and is_title(lines[n])]
        if len(found) == 1:
            whole.append(Heading(before.section + 1, 0, found[0], lines[found[0]].strip(), ""))
        elif before.section + 1 == PROBLEMS and not found:
            first = next((n for n in between if _FIRST_OF_PROBLEMS.match(lines[n])), None)
            whole += [] if first is None else [Heading(PROBLEMS, 0, first, "", lines[first].strip())]
    return whole


def _best_chain(headings: list[Heading]) -> list[Heading]:
    """The headings of increasing section that are most alike to the form's; of two equal chains the later one.

    A table of contents names all headings once before the report does; the later ones open the text.
    """
    best: list[tuple[float, list[Heading]]] = []
    for heading in headings:
        score, chain = heading.likeness, [heading]
        for before_score, before in best:
            if before[-1].section < heading.section and before_score + heading.likeness >= score:
                score, chain = before_score + heading.likeness, [*before, heading]
        best.append((score, chain))
    return max(reversed(best), key=lambda each: each[0])[1] if best else []
