"""One file becomes one report: reading, form, sections, claims and identity in a row."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b

from loaders.captions import of_its_year
from loaders.claims import read_claims
from loaders.document import Document, Paragraph, Picture
from loaders.form.doubts import settle_doubts
from loaders.form.editions import editions
from loaders.form.filling import CONFLICT
from loaders.form.reading import read_form
from loaders.form.several_reports import MANY_CONFLICTS
from loaders.identity.extract import ATTACHMENTS, clean
from loaders.identity.identifying import ManifestRow, identify
from loaders.identity.numerals import DATE
from loaders.other_files import refuse_other_files
from loaders.patterns import pattern_of
from loaders.reading import read
from loaders.report import Claim, FigureReading, FormReading, Report, SectionReading
from loaders.sections import HEADINGS, heading_is_altered, narrative_lines, split_sections
from loaders.traditional import is_traditional, simplified, simplify, texts_of
from loaders.words import of_warnings as warn

_SECTION_OF_TABLE = {"publication": 2, "applications": 3, "litigation": 4}
_LAST_YEAR_WITHOUT_FORM = 2018
_SIGNATURE_LINES = 8
_LONGEST_SIGNATURE_LINE = 40
_SAYS_SOMETHING = pattern_of(
    r"[。；！？]|^[一二三四五六](?:是|[、.．])|^[（(]|^\d[.．、]\s*\D"
    r"|^暂?(?:没有|无)(?!锡|\S{2,24}(?:局|委员会|政府|办公室|办事处|中心)$)"  # 无为市财政局 signs
)
_LISTED = pattern_of(r"\s*\d{1,2}[.．、]\s*(?!\d)[^。；]{2,60}$")


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

    preface, sections = split_sections(lines)
    sections, signature = _split_signature(sections)
    identity = identify(matching, sections, path, manifest_row)
    readable, of_other_years = of_its_year(matching, identity.year, identity.title)
    form = read_form(readable)
    form.warnings += of_other_years
    _warn_of_two_reports(form)
    settle_doubts(form, readable)
    form.labels = [*form.labels, *_altered_headings(sections)] if not document.is_recognised else []
    refuse_other_files(identity, form, sections, lines, document.warnings)
    claims = read_claims(sections, identity.year)
    _settle_edition(form, identity.year)
    _tables_in_pictures(form, matching)
    if traditional:
        sections = _as_written(sections, "\n".join(written))
        claims = _quoted_as_written(claims, sections)
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
    """The edition by the year where no table tells it: disputes are counted alike on both.

    A report without statutory tables on 2018 or before follows no form: no figure is there to be unsure of.
    """
    if year is None:
        return
    if form.edition == "none" and year <= _LAST_YEAR_WITHOUT_FORM:
        form.edition, form.confidence = "legacy", 1.0
    newest, older = editions()
    untold = form.tables["publication"] == form.tables["applications"] == "missing"
    if form.edition == newest.name and untold and year < newest.first_year:
        form.edition = older.name
        form.figures = {key: form.figures.get(key, FigureReading(confidence=1.0)) for key in older.keys}


def _warn_of_two_reports(form: FormReading) -> None:
    """Where many figures stand twice and differ, the file holds another report too, or last year's tables."""
    conflicts = [figure.confidence for figure in form.figures.values()].count(CONFLICT)
    if conflicts >= MANY_CONFLICTS:
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


def _quoted_as_written(claims: list[Claim], sections: list[SectionReading]) -> list[Claim]:
    """Claims with their quotes in the characters of the original, which stand where the simplified ones stood."""
    texts = {each.section: each.text for each in sections}
    quotes = (texts[each.section][each.start : each.end] for each in claims)
    return [
        replace(each, quote=quote) if simplify(quote) == each.quote else each
        for each, quote in zip(claims, quotes, strict=True)
    ]
