"""Files that are no annual reports, however much they speak of them: notices, rules, guides, reports on half a year."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.document import ReadingError
from loaders.patterns import pattern_of
from loaders.report import FormReading, Identity, SectionReading

_SPEAKS_OF_ITSELF = pattern_of(
    "(?:现将|[现特](?:向社会|予以)?(?:公布|发布|公开)|编制|本年?度?报告|本年报)[^。]*(?:年度报告|年报|报告如下|信息公开)(?!编制|发布工作|的通知)"
    "|本年度(?:政府|政务)?信息公开(?:工作)?(?:年度)?报告(?:是|系)?(?:根据|依据|按照)"
    "|^(?=.*信息公开).*本(?:年度)?报告中?所列(?:各项)?数据的?统计"
    "|^(?=.*信息公开).*(?:(?:编制|制作|撰写|形成)(?:完成)?(?:、?(?:和|并)?发布)?本(?:年度?)?(?:报告|年报)|年度报告(?:[（(][^（）()]*[)）])?是?根据)"
)
_OF_A_NOTICE = pattern_of(
    r"关于(?:认真|切实)?(?:做好|编制|报送|开展|组织|规范)[^。，]*(?:报告|年报)[^。，]*(?:通知|函|意见|方案)\s*$"
)
_OF_A_GUIDE = pattern_of(r"(?:编制|制定|制作|编写)(?:了|完成)?本《?(?:政府信息公开)?指南")
_LINES_OF_A_NOTICE = 6
_ARTICLE = pattern_of(r"\s*第[一二三四五六七八九十]{1,3}条[\s\u3000]")
_ARTICLES_OF_A_RULE = 3
_ASPECT = pattern_of(
    r"\s*(?:[（(][一二三四五六七八九十\d][)）]|[一二三四五六七]是|\d[.．、])\s*[^。，；：:]{0,8}?(主动公开|依申请公开|信息(?:资源)?管理|平台建设|监督保障)"
)
_ASPECTS_OF_AN_OVERVIEW = 3
_PART_OF_A_YEAR = pattern_of(
    r"(?!.*(?:年度报告|年报))[^。，；：]{0,40}(?:[上下]半年|半年度|第?[一二三四1-4]季度|前三季度|(?<!\d)\d{1,2}(?:月?[-—–~～至到]\d{1,2})?(?<![-—–~～至到]12)月份?(?!\d))"
    r"[^。，；：]{0,20}(?:信息|政务)公开[^。，；：]{0,14}(?:报告|总结|小结|情况|统计表?|汇总表?|数据)\s*"
)
"""The title of a report on half a year, a quarter or some months."""
_PERIOD_OF_A_PART = pattern_of(r"1月1日[^。；]{0,12}?[至到\-—–~～止](?:20\d\d年)?(?:0?[1-9]|1[01])月(?:2[89]|3[01])日")
_LINES_OF_A_TITLE = 4
_SHORTEST_NARRATIVE = 40
"""Characters of a line that tells something; lists of reports and menus have none."""


def refuse_other_files(
    identity: Identity, form: FormReading, sections: Sequence[SectionReading], lines: list[str], warnings: list[str]
) -> None:
    """Raise `ReadingError` (`not-a-report`) where a text is no annual report on information disclosure.

    `lines` are those of the narrative. What the reader warned of may be why nothing was found.
    """
    if _is_on_part_of_a_year(identity, lines):
        raise ReadingError("not-a-report", "标题写的是半年、季度或月份的情况，不是年度报告，请确认文件是否放错位置")
    if form.edition != "none":
        return
    if len(sections) < 2 or _is_notice(identity, lines):
        is_report = _says_it_is_a_report(identity, lines) and _tells_something(lines)
    else:
        is_report = bool(identity.issuer) or identity.year is not None or any("。" in each.text for each in sections)
    if not is_report:
        reasons = ["没有年度报告的表格、章节，也没有标题和正文，请确认文件是否放错位置", *warnings]
        raise ReadingError("not-a-report", "。".join(reasons))


def _is_on_part_of_a_year(identity: Identity, lines: list[str]) -> bool:
    """Whether the title names less than a year, and no statistical period of a year follows."""
    ends_early = any(map(_PERIOD_OF_A_PART.search, lines[: 2 * _LINES_OF_A_TITLE]))
    if not ends_early and any(each.source == "period" for each in identity.evidence):
        return False
    return any(map(_PART_OF_A_YEAR.fullmatch, (identity.title, *lines[:_LINES_OF_A_TITLE])))


def _says_it_is_a_report(identity: Identity, lines: list[str]) -> bool:
    says_so = identity.title or any(_SPEAKS_OF_ITSELF.search(line) for line in lines)
    return bool(says_so or _tells_all_aspects(lines)) and not _is_rule(lines)


def _tells_something(lines: list[str]) -> bool:
    return any("。" in line and len(line) >= _SHORTEST_NARRATIVE for line in lines)


def _is_notice(identity: Identity, lines: list[str]) -> bool:
    """Whether the text tells others how to report or apply: its outline has the headings of a report."""
    announces = any(_OF_A_NOTICE.search(line) or _OF_A_GUIDE.search(line) for line in lines[:_LINES_OF_A_NOTICE])
    return not identity.title and (announces or _is_rule(lines))


def _is_rule(lines: list[str]) -> bool:
    """Whether the text is made of articles: it rules what a report must hold."""
    return sum(_ARTICLE.match(line) is not None for line in lines) >= _ARTICLES_OF_A_RULE


def _tells_all_aspects(lines: list[str]) -> bool:
    """Whether the text has the aspects that the form wants in the overview of a report."""
    return len({found[1] for line in lines if (found := _ASPECT.match(line))}) >= _ASPECTS_OF_AN_OVERVIEW
