"""One file becomes one report: reading, form, sections, claims and identity in a row."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import blake2b

from loaders.claims import read_claims
from loaders.document import Document, Paragraph, Picture, ReadingError
from loaders.form.doubts import settle_doubts
from loaders.form.filling import CONFLICT
from loaders.form.reading import read_form
from loaders.identity.extract import ATTACHMENTS, clean
from loaders.identity.identifying import ManifestRow, identify
from loaders.identity.numerals import DATE
from loaders.reading import read
from loaders.report import FormReading, Identity, Report, SectionReading
from loaders.sections import HEADINGS, heading_is_altered, narrative_lines, split_sections
from loaders.traditional import is_traditional, simplified, simplify, texts_of
from loaders.words import of_warnings as warn

_SECTION_OF_TABLE = {"publication": 2, "applications": 3, "litigation": 4}
_LAST_YEAR_WITHOUT_FORM = 2018
_CONFLICTS_OF_TWO_REPORTS = 8
_SIGNATURE_LINES = 8
_LONGEST_SIGNATURE_LINE = 40
_SAYS_SOMETHING = re.compile(
    r"[。；！？]|^[一二三四五六](?:是|[、.．])|^[（(]|^\d[.．、]\s*\D"
    r"|^暂?(?:没有|无)(?!锡|\S{2,24}(?:局|委员会|政府|办公室|办事处|中心)$)"  # 无为市财政局 signs
)
_SPEAKS_OF_ITSELF = re.compile(
    "(?:现将|[现特](?:向社会|予以)?(?:公布|发布|公开)|编制|本年?度?报告|本年报)[^。]*(?:年度报告|年报|报告如下|信息公开)(?!编制|发布工作|的通知)"
    "|本年度(?:政府|政务)?信息公开(?:工作)?(?:年度)?报告(?:是|系)?(?:根据|依据|按照)"
    "|^(?=.*信息公开).*本(?:年度)?报告中?所列(?:各项)?数据的?统计"
    "|^(?=.*信息公开).*(?:(?:编制|制作|撰写|形成)(?:完成)?(?:、?(?:和|并)?发布)?本(?:年度?)?(?:报告|年报)|年度报告(?:[（(][^（）()]*[)）])?是?根据)"
)
_OF_A_NOTICE = re.compile(
    r"关于(?:认真|切实)?(?:做好|编制|报送|开展|组织|规范)[^。，]*(?:报告|年报)[^。，]*(?:通知|函|意见|方案)\s*$"
)
_LINES_OF_A_NOTICE = 6
_ARTICLE = re.compile(r"\s*第[一二三四五六七八九十]{1,3}条[\s\u3000]")
_ARTICLES_OF_A_RULE = 3
_ASPECT = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d][)）]|[一二三四五六七]是|\d[.．、])\s*[^。，；：:]{0,8}?(主动公开|依申请公开|信息(?:资源)?管理|平台建设|监督保障)"
)
_ASPECTS_OF_AN_OVERVIEW = 3
_LISTED = re.compile(r"\s*\d{1,2}[.．、]\s*(?!\d)[^。；]{2,60}$")
_SHORTEST_NARRATIVE = 40
"""Characters of a line that tells something; lists of reports and menus have none."""


def parse_file(data: bytes, path: str, manifest_row: ManifestRow | None = None) -> Report:
    """Read and understand one file.

    `path` is relative to the ingested root. Raises ReadingError with a reason for `failures` where the file cannot be
    read or holds no report.
    """
    document = read(data, path)
    return parse_document(document, data, path, manifest_row)


def parse_document(document: Document, data: bytes, path: str, manifest_row: ManifestRow | None = None) -> Report:
    """Understand a document that has been read from `data`."""
    traditional = is_traditional(document)
    matching = simplified(document) if traditional else document
    lines = narrative_lines(matching)
    written = _lines_as_written(lines, document) if traditional else lines

    form = read_form(matching)
    _warn_of_two_reports(form)
    settle_doubts(form, matching)
    preface, sections = split_sections(lines)
    sections, signature = _split_signature(sections)
    form.labels = [*form.labels, *_altered_headings(sections)] if not document.is_recognised else []
    identity = identify(matching, sections, path, manifest_row)
    if form.edition == "none" and (len(sections) < 2 or _is_notice(identity, lines)):
        _refuse_other_files(identity, lines, document.warnings)
    claims = read_claims(sections, identity.year)
    _settle_edition(form, identity.year)
    _tables_in_pictures(form, matching)
    if traditional:
        sections = _as_written(sections, "\n".join(written))
    return Report(
        report_id=blake2b(data, digest_size=8).hexdigest(),
        path=path,
        format=document.format,
        bytes=len(data),
        identity=identity,
        form=form,
        sections=sections,
        claims=claims,
        preface=preface,
        signature=signature,
        text="\n".join(written),
        warnings=[*document.warnings, *form.warnings, *identity.warnings],
    )


def _is_notice(identity: Identity, lines: list[str]) -> bool:
    """Whether the text tells others how to report: its outline has the headings of a report."""
    announces = any(_OF_A_NOTICE.search(line) for line in lines[:_LINES_OF_A_NOTICE])
    return not identity.title and (announces or _is_rule(lines))


def _is_rule(lines: list[str]) -> bool:
    """Whether the text is made of articles: it rules what a report must hold."""
    return sum(_ARTICLE.match(line) is not None for line in lines) >= _ARTICLES_OF_A_RULE


def _tells_all_aspects(lines: list[str]) -> bool:
    """Whether the text has the aspects that the form wants in the overview of a report."""
    return len({found[1] for line in lines if (found := _ASPECT.match(line))}) >= _ASPECTS_OF_AN_OVERVIEW


def _refuse_other_files(identity: Identity, lines: list[str], warnings: list[str]) -> None:
    """What has neither form nor sections is a report only where it says so and goes on to tell something.

    What the reader warned of may be why nothing was found.
    """
    says_so = identity.title or any(_SPEAKS_OF_ITSELF.search(line) for line in lines)
    says_so = (says_so or _tells_all_aspects(lines)) and not _is_rule(lines)
    tells = any("。" in line and len(line) >= _SHORTEST_NARRATIVE for line in lines)
    if not (says_so and tells):
        reasons = ["没有年度报告的表格、章节，也没有标题和正文，请确认文件是否放错位置", *warnings]
        raise ReadingError("not-a-report", "。".join(reasons))


def _split_signature(sections: list[SectionReading]) -> tuple[list[SectionReading], str]:
    """Take the short lines at the end (agency, date, page furniture) out of the last section."""
    if not sections:
        return sections, ""
    last = sections[-1]
    lines = last.text.split("\n")
    start = _end_before_attachments(lines)
    end = start
    while start > 1 and end - start < _SIGNATURE_LINES and _is_signature_line(lines[start - 1]):
        start -= 1
    kept = replace(last, text="\n".join(lines[:start]).strip())
    return [*sections[:-1], kept], "\n".join(lines[start:]).strip()


def _end_before_attachments(lines: list[str]) -> int:
    """Where the list of attachments begins that stands below the date of the signature; else the end."""
    for n in range(len(lines) - 1, max(len(lines) - _SIGNATURE_LINES, 1), -1):
        if ATTACHMENTS.match(lines[n]):
            return n if DATE.fullmatch(clean(lines[n - 1])) else len(lines)
        if not _LISTED.match(lines[n]):
            break
    return len(lines)


def _is_signature_line(line: str) -> bool:
    line = line.strip()
    return len(line) <= _LONGEST_SIGNATURE_LINE and not _SAYS_SOMETHING.search(line)


def _altered_headings(sections: list[SectionReading]) -> list[tuple[str, str]]:
    """Headings whose words or numbering differ from the form's: (what it says, what stands there)."""
    numerals = "一二三四五六"
    return [
        (f"{numerals[each.section - 1]}、{HEADINGS[each.section - 1]}", each.heading)
        for each in sections
        if heading_is_altered(each)
    ]


def _settle_edition(form: FormReading, year: int | None) -> None:
    """A report without statutory tables on 2018 or before follows no form: no figure is there to be unsure of."""
    if form.edition == "none" and year is not None and year <= _LAST_YEAR_WITHOUT_FORM:
        form.edition, form.confidence = "legacy", 1.0


def _warn_of_two_reports(form: FormReading) -> None:
    """Where many figures stand twice and differ, the file holds another report too, or last year's tables."""
    conflicts = [figure.confidence for figure in form.figures.values()].count(CONFLICT)
    if conflicts >= _CONFLICTS_OF_TWO_REPORTS:
        form.warnings.append(warn.TWO_REPORTS.of(count=conflicts))


def _tables_in_pictures(form: FormReading, document: Document) -> None:
    """Where a table is missing and a picture stands in its section, the table is a picture."""
    missing = {table for table, state in form.tables.items() if state == "missing"}
    if not missing or not any(isinstance(block, Picture) for block in document.blocks):
        return
    section = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            _, opened = split_sections([block.text])
            section = opened[0].section if opened else section
        elif isinstance(block, Picture):
            for table in missing:
                if _SECTION_OF_TABLE[table] == section:
                    form.tables[table] = "picture"


def _lines_as_written(lines: list[str], document: Document) -> list[str]:
    """Lines of the simplified document in the characters of the original."""
    text = "\n".join(texts_of(document))
    plain = simplify(text)
    written, at = [], 0
    for line in lines:
        start = plain.find(line, at)
        at = start + len(line) if start >= 0 else at
        written.append(text[start:at] if start >= 0 else line)
    return written


def _as_written(sections: list[SectionReading], text: str) -> list[SectionReading]:
    """Sections in the characters of the original, found again line by line in the simplified text, in its order."""
    plain = simplify(text)
    at = 0

    def original(line: str) -> str:
        nonlocal at
        start = plain.find(line, at)
        start = start if start >= 0 else plain.find(line)
        if not line or start < 0:
            return line
        at = start + len(line)
        return text[start:at]

    def part(lines: str) -> str:
        return "\n".join(map(original, lines.split("\n")))

    return [SectionReading(each.section, part(each.heading), part(each.text)) for each in sections]
