"""The reporting year: statistical period, title, text and path, each with its weight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from loaders.identity.extract import Extract
from loaders.identity.numerals import EARLIEST_YEAR, LATEST_YEAR, YEAR, number, year_of
from loaders.identity.titles import Title
from loaders.patterns import pattern_of
from loaders.report import Evidence
from loaders.words import of_warnings as warn

WEIGHTS = {
    "period": 3.0,
    "title": 2.2,
    "announcement": 2.0,
    "furniture": 1.0,
    "metadata": 0.6,
    "file name": 0.8,
    "text": 1.2,
    "plans": 0.85,
    "publication date": 0.9,
    "folder": 0.5,
    "breadcrumb": 0.4,
}
"""The period outweighs the title; title, text and date together outweigh a period left over from last year."""

_BEST_TITLE = 1.8
"""The weight of the best title at hand, wherever it stands."""
_NOT_YET = 1.0
"""So much speaks against a year that was not over when the report was published."""

_LAST_MONTH_TO_REPORT = 6
"""A report published later in a year need not be on the year before."""

_LEAST = 0.8
"""Less than this is a year that the text happens to mention."""
_OPENING_VOTES = 3
_FAR_AHEAD = 3
_OPENING_AT_MOST = 4  # characters of numbering before the year

_Y = r"((?:20)\d{2}|二[〇○零oO0][〇○零oO0一二三][〇○零oO0一二三四五六七八九])"
_PERIOD = pattern_of(
    rf"{_Y}年?(?:度)?(?:0?1|一)月(?:(?:0?1|一)日)?(?:起|[0零]时)?(?:[至到\-—–~〜起]|截至|开始)+(?:{_Y}年?|同年|当年|本年)?(?:度)?"
    r"(?:12|十二)月(?:(?:31|三十一|30)日|底|末)?"
)
_SCHOOL_PERIOD = pattern_of(
    r"(20\d{2})年0?[789]月(?:\d{1,2}日)?(?:起|开始)?[-—–―~～至到,]+(20\d{2})年(?:0?[789]|1[01])月"
)
"""The year of a school, from one autumn to the next."""
_UNTIL_ITS_END = pattern_of(rf"截[止至]到?{_Y}年(?:12|十二)月(?:31日|三十一日|底|末)")
_ANNOUNCED = pattern_of(
    rf"(?:编制|公布|发布|现将|公开)了?《?[^。《》,;:]{{0,30}}?{_Y}年?度?[^。《》,;:\d]{{0,24}}?信息公开(?:工作)?(?:年度)?(?:报告|年报|情况)"
)
"""A report without title that names itself: 某局编制了2021年政府信息公开年度报告."""
_PART_OF_A_YEAR = pattern_of(
    rf"(?:统计|数据)[^。]{{0,8}}?(?:期限|时限|时间|截[至止]日期|截[至止])[^。]{{0,12}}?{_Y}年(?!度?第)"
)
_TEXT_YEAR = pattern_of(
    r"(20\d{2})年(?!\d{1,2}月\d{1,2}日|度?(?:[^。]{0,10}(?:将|拟|计划)|起|以前|之前|相比|遗留|度?相比))"
)
_PATH_YEAR = pattern_of(r"(?<!\d)(20[0-3]\d)(?!\d)(?![-_.年](?:0?[1-9]|1[0-2])(?:[-_.月]|$))")
_PLANNED = pattern_of(r"(20\d{2})年度?(?:起|[^。;]{0,10}(?:将|拟|计划))")
_SUBHEADING = pattern_of(r"\([一二三四五]\)[^。,;:]{2,16}[。:]")
_PLANS = pattern_of(r"下一步|下一年|明年|将(?:继续|进一步)|上年|去年|较20|比20|同比")


_Said = tuple[int | None, str, float]
"""A year, where it stands (a key of `WEIGHTS`), and the part of the weight of that place which it has."""


def year_evidence(extract: Extract, titles: Iterable[Title], published: date | None) -> list[Evidence]:
    """All that speaks for a reporting year."""
    found = list(titles)
    titled = {title.source for title in found}
    said = chain(
        _of_period(extract),
        _of_titles(found),
        () if "title" in titled else _of_announcement(extract),
        (_year_of_text(extract), (_year_before_plans(extract), "plans", 1.0)),
        _of_publication(published),
        _of_path(extract, titled),
        _of_breadcrumb(extract),
    )
    return [
        Evidence("year", str(year), source, round(WEIGHTS[source] * factor, 2))
        for year, source, factor in said
        if year is not None and EARLIEST_YEAR <= year <= LATEST_YEAR
    ]


def _of_period(extract: Extract) -> Iterator[_Said]:
    """The statistical period: of a year, of a school's year, or the part of one that the figures end with."""
    for text in (extract.head_text, "\n".join(extract.body[:4])):
        period = _PERIOD.search(text)
        if period:
            first, last = number(period[1]), number(period[2] or period[1])
            yield from [(first, "period", 1.0)] if first == last else [(first, "period", 0.5), (last, "period", 0.5)]
            return
    school = _SCHOOL_PERIOD.search("\n".join((extract.head_text, *extract.body[:4])))
    if school and int(school[2]) == int(school[1]) + 1:
        yield int(school[2]), "period", 1.0
        return
    part = _PART_OF_A_YEAR.search(extract.head_text)
    if part:
        yield number(part[1]), "period", 0.8
        return
    ended = next((match for line in extract.body if (match := _UNTIL_ITS_END.search(line))), None)
    yield number(ended[1]) if ended else None, "period", 0.4


def _of_titles(titles: Sequence[Title]) -> Iterator[_Said]:
    """The years of titles, one of each place; the best one weighs as much wherever it stands."""
    seen: set[str] = set()
    for title in titles:
        if title.source not in seen:
            factor = 1.0 if seen else max(1.0, _BEST_TITLE / WEIGHTS[title.source])
            seen.add(title.source)
            yield title.year, title.source, factor


def _of_announcement(extract: Extract) -> Iterator[_Said]:
    announced = _ANNOUNCED.search("\n".join((extract.head_text, *extract.body[:3])))
    yield number(announced[1]) if announced else None, "announcement", 1.0


def _of_publication(published: date | None) -> Iterator[_Said]:
    if published is not None and published.month <= _LAST_MONTH_TO_REPORT:
        yield published.year - 1, "publication date", 1.0


def _of_path(extract: Extract, titled: Collection[str]) -> Iterator[_Said]:
    """The year in the file's name, unless a title was found there, and in the innermost folder that names one."""
    if "file name" not in titled:
        yield _path_year(extract.file_name), "file name", 1.0
    in_folders = (_path_year(folder) for folder in reversed(extract.folders))
    yield next((year for year in in_folders if year is not None), None), "folder", 1.0


def _of_breadcrumb(extract: Extract) -> Iterator[_Said]:
    for line in extract.furniture + extract.head[:4]:
        if ">" in line and "。" not in line and "《" not in line:
            yield year_of(line.rsplit(">", 2)[-2] if line.count(">") > 1 else line), "breadcrumb", 1.0
            return


def _path_year(name: str) -> int | None:
    found = _PATH_YEAR.search(name)
    return int(found[1]) if found else None


def _year_of_text(extract: Extract) -> tuple[int | None, str, float]:
    """The year that the narrative is about: named most often, thrice as heavy where a line begins with it.

    A year that no line begins with may be one the report only looks back to; it then says less than the date.
    """
    votes: Counter[int] = Counter()
    openings: Counter[int] = Counter()
    for line in (*extract.head, *extract.body):
        heading = _SUBHEADING.match(line)
        opening = _OPENING_AT_MOST + (heading.end() if heading else 0)
        for match in _whole_years(_TEXT_YEAR, line):
            near = line[max(0, match.start() - 14) : match.start()]
            if "〔" in near[-3:] or "[" in near[-3:] or _PLANS.search(near):
                continue
            votes[int(match[1])] += 1
            openings[int(match[1])] += match.start() <= opening
    votes += Counter({year: (_OPENING_VOTES - 1) * count for year, count in openings.items()})
    if not votes:
        full = YEAR.search("".join(extract.body[:3]))
        return (year_of(full[0]) if full else None), "text", 0.6
    ranked = sorted(votes, key=lambda year: (votes[year], openings[year]), reverse=True)[:2]
    if len({(votes[year], openings[year]) for year in ranked}) < len(ranked):
        return None, "text", 1.0
    most = votes[ranked[0]]
    alone = most > 1 and most >= _FAR_AHEAD * (votes[ranked[1]] if len(ranked) > 1 else 0)
    return ranked[0], "text", 1.0 if openings[ranked[0]] else 0.75 if alone else 0.6


def _year_before_plans(extract: Extract) -> int | None:
    """The year before the one that the last sections plan for."""
    for line in reversed(extract.body):
        for match in _whole_years(_PLANNED, line):
            return int(match[1]) - 1
    return None


def _whole_years(pattern: re.Pattern[str], line: str) -> Iterator[re.Match[str]]:
    """Matches that are not the end of a longer number; a pattern that looks back itself would be tried everywhere."""
    for match in pattern.finditer(line) if "20" in line else ():
        if not line[match.start() - 1 : match.start()].isdigit():
            yield match


def settle_year(evidence: list[Evidence], published: date | None) -> tuple[int | None, float, list[str]]:
    """Year, confidence and warnings."""
    votes: dict[int, float] = {}
    for each in evidence:
        votes[int(each.value)] = votes.get(int(each.value), 0.0) + each.weight
    if published is not None:
        early = [year for year in votes if published < date(year, 12, 1)]
        votes |= {year: max(0.05, votes[year] - _NOT_YET) for year in early}
    if sum(votes.values()) < _LEAST:
        return None, 0.0, [warn.NO_YEAR.zh]
    year = max(votes, key=lambda each: (votes[each], each))
    total = sum(votes.values())
    warnings = []
    names = {"period": "统计期限", "title": "标题", "text": "正文"}
    for source, word in names.items():
        least = WEIGHTS[source] * (1.0 if source == "text" else 0.5)
        others = {
            each.value
            for each in evidence
            if each.source == source and int(each.value) != year and each.weight >= least
        }
        if others:
            warnings.append(warn.OTHER_YEARS.of(place=word, years="、".join(sorted(others)), year=year))
    share = votes[year] / total
    strength = min(1.0, votes[year] / 2.0)
    return year, round(share * (0.6 + 0.4 * strength), 3), warnings
