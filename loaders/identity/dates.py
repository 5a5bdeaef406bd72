"""The day a report was published: under the signature, on the page's date line, in the file's properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from loaders.identity.extract import Extract
from loaders.identity.numerals import DATE, date_of
from loaders.patterns import pattern_of
from loaders.report import Evidence
from loaders.words import of_warnings as warn

_PAGE_LINE = pattern_of(
    r"发布日期|发布时间|发文日期|成文日期|公开日期|生成日期|信息时间|发稿时间|更新时间|日期|时间|发布于|来源"
)
_CLOCK = r"\d{1,2}[:时]\d{2}(?::\d{2}|分)?"
_FORMAL = pattern_of(r"发布日期|发布时间|公开日期|发布于")
_OF_THE_PAPER = pattern_of(r"发文日期|成文日期")
"""When the paper was drawn up; a page that says when it was published says more."""
_LABELLED = pattern_of(rf"(?:日期|时间)[:]{DATE.pattern}")
_STAMPED = pattern_of(rf"{DATE.pattern}(?:{_CLOCK})")
_WITH_AGENCY = pattern_of(rf"^{DATE.pattern}(?:{_CLOCK})?[\u4e00-\u9fff()]{{2,24}}(?:局|室|府|会|委|办|厅|处|中心)$")
"""Below a title: the day and who published the report."""
_ALONE = pattern_of(
    rf"^[\u4e00-\u9fff、()·]{{0,40}}?[(]?{DATE.pattern}[)]?(?:{_CLOCK})?(?:印发|发布)?(?:\s*[(（][^()（）]*[)）])?[。.]?$"
)
_NOT_OURS = pattern_of(r"施行|实施|国务院|条例|起至|期限|至20|截至|截止|\d\s*号")
_RANGE = ("至", "起", "到", "-", "—", "~", "以来")
"""Behind a date that opens a period."""
_SHORTEST_OPENED = 20
"""Characters of a text behind a date that opens it."""
_KEYS = ("published", "publish_date", "pubdate", "PubDate", "published_on", "date")
LATEST_AFTER_YEARS = 3
MOST_DAYS_APART = 60


_Said = tuple[re.Match[str], str, float]
"""A match of `DATE`, where it stands and what it weighs."""


def date_evidence(extract: Extract) -> list[Evidence]:
    """All that speaks for a publication date, best first."""
    said = chain(_of_signature(extract), _of_page_lines(extract), _of_head(extract), _of_metadata(extract))
    dated = ((date_of(match), source, weight) for match, source, weight in said)
    return [
        Evidence("published_on", when.isoformat(), source, weight) for when, source, weight in dated if when is not None
    ]


def _of_signature(extract: Extract) -> Iterator[_Said]:
    for line in reversed(extract.tail):
        match = _ALONE.match(line)
        if match and not _NOT_OURS.search(line):
            yield match, "signature", 3.0
            return


def _of_page_lines(extract: Extract) -> Iterator[_Said]:
    """The dates of lines that a page shows around a text; the first that says 发布 is the last looked at."""
    for line in (*extract.furniture, *extract.head[:10], *extract.tail[-6:]):
        if not (_PAGE_LINE.search(line) or _STAMPED.fullmatch(line)) or _NOT_OURS.search(line[:60]):
            continue
        published = _FORMAL.search(line)
        formal = published or _OF_THE_PAPER.search(line)
        if not formal and "。" in line and not _LABELLED.search(line):
            continue  # 数据核定时间点为2023年12月31日。 is a sentence of the report
        match = (DATE.search(line, formal.end()) if formal else None) or DATE.search(line)
        if match and not line.startswith(_RANGE, match.end()):
            yield match, "page", 2.5 if published else 2.4 if formal else 2.0
            if published:
                return


def _of_head(extract: Extract) -> Iterator[_Said]:
    """The date below a title, or the one that the text opens with."""
    for line in extract.head[:8]:
        match = _ALONE.match(line) or _WITH_AGENCY.match(line)
        if match and not _NOT_OURS.search(line):
            yield match, "head", 2.2
            return
        opening = DATE.match(line)
        if opening is None or len(line) <= opening.end() + _SHORTEST_OPENED or line.startswith(_RANGE, opening.end()):
            continue
        if not _NOT_OURS.match(line, opening.end()):
            yield opening, "head", 1.5
            return


def _of_metadata(extract: Extract) -> Iterator[_Said]:
    found = (DATE.search(extract.metadata.get(key, "")) for key in _KEYS)
    match = next(filter(None, found), None)
    if match:
        yield match, "metadata", 1.0


def settle_date(evidence: list[Evidence], year: int | None) -> tuple[date | None, list[str]]:
    """The date, a plausible one first, and warnings."""
    if not evidence:
        return None, []
    dates = [(date.fromisoformat(each.value), each) for each in evidence]
    plausible = [(when, each) for when, each in dates if _plausible(when, year)]
    after = [(when, each) for when, each in plausible if year is not None and when.year > year]
    chosen, why = max(after or plausible or dates, key=lambda pair: pair[1].weight)
    warnings = []
    for when, each in dates:
        if not _plausible(when, year):
            place = {"signature": "落款", "page": "页面", "head": "标题下"}.get(each.source, "文件属性")
            warnings.append(warn.ODD_DATE.of(place=place, date=when.isoformat(), year=year))
    for when, each in plausible:
        if (each.source in ("signature", "head")) != (why.source in ("signature", "head")):
            continue
        if abs((when - chosen).days) > MOST_DAYS_APART and each.source != "metadata":
            warnings.append(warn.TWO_DATES.of(date=chosen.isoformat(), other=when.isoformat()))
    return chosen, list(dict.fromkeys(warnings))


def _plausible(when: date, year: int | None) -> bool:
    if year is None:
        return True
    return date(year, 12, 1) <= when <= date(year + LATEST_AFTER_YEARS, 12, 31)
