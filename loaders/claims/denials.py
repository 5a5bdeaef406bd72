"""Sentences that say there was nothing: no application, no dispute, nothing carried on. Each is a claim of zero."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from loaders.patterns import pattern_of
from loaders.report import Claim, SectionReading

_ASKED = (
    r"(?:依申请公开|(?:政府|政务)?信息公开的?(?:书面)?(?:申请|请求)|申请公开(?:相关|有关)?(?:政府|政务)?信息|公开申请|"
    r"(?:公开|获取)(?:政府|政务)?信息(?:办理)?的?(?:书面)?(?:申请|请求)|(?:政府|政务)信息(?:的)?申请|"
    r"申请(?:政府|政务)?信息公开的?事项|申请(?:公开|获取)?除[^，,。；;]{0,16}外的?其[他它](?:政府|政务)?信息)"
)
_NONE_APPLIED = pattern_of(
    r"(?:未曾|未|没有|无)(?:"
    r"(?:有(?!效)|收到|受理|接到|接收|收取|发生|产生|出现|办理(?!完|结)|涉及|结转|上年)+[^，,。；;]{0,30}?|"
    r"[^，,。；;]{0,24}?(?:提出|提交|递交)[^，,。；;]{0,12}?|"
    r"(?:任何|一[例件起宗]|新增|新收|相关|有关)*)" + _ASKED + "|"
    r"(?:未|没有|无)(?:收到|接到|受理|新收)(?:任何|新的)?申请(?=[。，,；;]|$)"
)
_NONE_DISPUTED = pattern_of(
    r"(?:未(?!\s*[经未末审总])|没有|无)(?:发生|收到|出现|产生|涉及|因|被|引发|有)?[^，,。；;]{0,30}?(?:复议|诉讼)[^，,。；;]{0,16}"
    r"(?:[，,](?:被)?(?:提起)?行政诉讼(?:的)?(?:情况|案件|事项)?(?:的)?(?:发生)?(?=[。；;]|$))?"
)
_NONE_CARRIED_OUT = pattern_of(
    r"(?:无|没有|未)(?:发生|产生|有)?结转(?:至|到|入)?(?:下一?年|次年|(20\d\d)年)|(?:无|没有)下一?年度?结转"
)
_NONE_CARRIED_IN = pattern_of(
    r"(?:没有|无)[上去]一?年度?结转(?:的)?(?:申请|件)?(?=[。，,；;、]|$)|[上去]一?年度?无结转(?:申请|件)?(?=[。，,；;]|$)"
)
_NIL = r"[“\"]?零[”\"]?"
_NIL_APPLIED = pattern_of(
    rf"{_ASKED}(?:的)?(?:受理|收到|接收)?(?:数量|总量|总数|件数|数|量)?(?:均|都|全部)?(?:(?:为|是){_NIL}(?![\u4e00-\u9fff])|{_NIL}(?:受理|申请))"
)
"""依申请公开零受理, 申请数量为零."""
_NIL_DISPUTED = pattern_of(
    rf"[^，,。；;]{{0,40}}(?:复议|诉讼)(?:申请|案件|案|数量|件数|数|量)*(?:均|都|全部|继续|保持|实现)*(?:(?:为|是){_NIL}(?![\u4e00-\u9fff])|{_NIL}发生[”\"]?)"
    rf"|{_NIL}(?:行政)?(?:复议|诉讼)(?![\u4e00-\u9fff])[”\"]?"
)
"""行政复议、行政诉讼均为零, “零发生”, 零复议."""
_NOUGHT_DISPUTED = pattern_of(
    r"(?:复议|诉讼)[^，,。；;\d]{0,8}?(?:[、和及与或]|以及)[^，,。；;\d]{0,8}(?:复议|诉讼)"
    r"(?:的|申请|案件|案|数量|件数|数|量|情况)*(?:均|都|各|共|合计|共计|总计|为|是|有|：)*\s*[0０]\s*[件起宗例次条项]"
)
"""行政复议、行政诉讼0件: of other numbers it is not said which of them are which; of nought it is."""
_DENIES = pattern_of(
    "(?:未|没有|无|零)[^。；;]*(?:申请|请求|复议|诉讼|结转)|(?:申请|复议|诉讼)[^。；;]*零"
    "|(?:复议|诉讼)[^，,。；;\\d]*[0０]\\s*[件起宗例次条项]"
)
_COMPLAINED = pattern_of(r"(?:投诉|举报|信访){1,2}(?=[、和及或与以])|(?<=[、和及或与])(?:投诉|举报|信访){1,2}")
_NEAR = 14  # characters behind a denial that may turn it into one about something else
_TURNED = pattern_of(
    r"[^，,。；;]*?(?:复议|诉讼|答复|引|投诉|举报|收费|费用|收取|逾期|超期|超时|问题|争议|纠纷|异议|不当|不规范|失误)"
    r"|[^，,。；;和及、]{0,6}?咨询|[^，,。；;和及、]{0,3}?结转|[^，,。；;]{0,6}?\d+\s*[件条宗次份例]"
)
_BECAUSE = pattern_of("因|不服|针对")
_DIGIT = pattern_of(r"\d")
_DISPUTES = (
    ("litigation.review.total", pattern_of("复议")),
    ("litigation.lawsuits.total", pattern_of("诉讼|起诉")),
)
_APART_FROM = pattern_of(r"除[^。；;]*\d[^。；;]*外")
"""除上年遗留的1件起诉外，未发生行政诉讼: there was one."""
_COSTS = pattern_of(r"(?:复议|诉讼)[^、和及与或，,。；;]{0,8}(?:费用|支出|开支)")
"""未产生诉讼相关的费用支出 denies the costs."""
_YEAR = pattern_of(r"(20\d\d)\s*年")
_NOT_A_ZERO = pattern_of(r"超期|逾期|超时|败诉|投诉|举报|纠错|被纠正|被撤销|(?<!被)申请人(?!提)|(?<!复议)(?<!诉讼)问题")

_Denied = tuple[str, re.Match[str]]
"""A figure, and the words that say it is nought."""


def denials(line: str, offset: int, section: SectionReading, year: int | None) -> Iterator[Claim]:
    """Sentences that say there was nothing: 未收到政府信息公开申请. Each figure is denied once a line."""
    if not _DENIES.search(line):
        return
    denied = chain(
        _applications_denied(line, year), _disputes_denied(line, year), _carrying_denied(line, year), _nil(line, year)
    )
    found: dict[str, Claim] = {}
    for about, match in denied:
        found.setdefault(about, _zero(about, match, offset, section))
    yield from found.values()


def _applications_denied(line: str, year: int | None) -> Iterator[_Denied]:
    for match in _NONE_APPLIED.finditer(line):
        turned = _TURNED.match(line[match.end() : match.end() + _NEAR]) or _BECAUSE.search(match.group())
        if _is_zero(match) and not turned and not _of_another_year(line, match.start(), year):
            yield _denied_application(match.group()), match


def _disputes_denied(line: str, year: int | None) -> Iterator[_Denied]:
    for match in _NONE_DISPUTED.finditer(line):
        if not _is_zero(match) or _of_another_year(line, match.start(), year) or _of_enforcement(line, match.start()):
            continue
        if "费" in line and _COSTS.search(line, match.start(), match.end() + _NEAR):
            continue
        apart = _APART_FROM.search(line, max(line.rfind(mark, 0, match.start()) for mark in "。；;") + 1, match.start())
        for about, cause in _DISPUTES:
            if cause.search(match.group()) and not (apart and cause.search(apart[0])):
                yield about, match


def _carrying_denied(line: str, year: int | None) -> Iterator[_Denied]:
    if "结转" not in line:
        return
    for match in _NONE_CARRIED_OUT.finditer(line):
        if not match[1] or (year is not None and int(match[1]) == year + 1):
            yield "applications.carried_out.total", match
    for match in _NONE_CARRIED_IN.finditer(line):
        yield "applications.carried_in.total", match


def _nil(line: str, year: int | None) -> Iterator[_Denied]:
    """What is said to be nought: 申请数量为零, 行政复议、行政诉讼零发生, 行政复议和诉讼0件."""
    for match in _NOUGHT_DISPUTED.finditer(line):
        if not _of_another_year(line, match.start(), year) and not _of_enforcement(line, match.start()):
            yield from ((about, match) for about, cause in _DISPUTES if cause.search(match.group()))
    if "零" not in line or "公开" not in line:
        return
    for match in _NIL_APPLIED.finditer(line):
        if not _of_another_year(line, match.start(), year):
            yield "applications.new.total", match
    for match in _NIL_DISPUTED.finditer(line):
        if not _is_zero(match) or _of_another_year(line, match.start(), year) or _of_enforcement(line, match.start()):
            continue
        for about, cause in _DISPUTES:
            if cause.search(match.group()):
                yield about, match


def _is_zero(match: re.Match[str]) -> bool:
    """Whether a denial denies the thing itself: 未发生投诉、复议 does, 未发生逾期答复 does not."""
    said = match.group()
    return not _DIGIT.search(said) and not _NOT_A_ZERO.search(_COMPLAINED.sub("", said))


def _of_another_year(line: str, start: int, year: int | None) -> bool:
    """Whether the sentence names years, and the reporting year is not among them: 2021年未收到申请."""
    begin = max(line.rfind(mark, 0, start) for mark in "。；;！？") + 1
    years = {int(found) for found in _YEAR.findall(line[begin:start])}
    return year is not None and bool(years) and year not in years


def _of_enforcement(line: str, start: int) -> bool:
    """Whether the sentence speaks of law enforcement instead: 行政执法工作均无被申请行政复议."""
    begin = max(line.rfind(mark, 0, start) for mark in "。；;！？") + 1
    before = line[begin:start]
    return "执法" in before and "公开" not in before


def _denied_application(said: str) -> str:
    if "结转" not in said:
        return "applications.new.total"
    return f"applications.{'carried_in' if re.search('[上去]一?年', said) else 'carried_out'}.total"


def _zero(about: str, match: re.Match[str], offset: int, section: SectionReading) -> Claim:
    start, end = offset + match.start(), offset + match.end()
    return Claim(about, 0.0, section.text[start:end], section.section, start, end)
