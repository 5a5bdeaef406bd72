"""Pictures that look like the pages of one report by their names: are they, and what does the report say.

They are where none of the later ones begins a report of its own: no other title, no section or table once more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from loaders.document import Document, ReadingError
from loaders.form.reading import read_form
from loaders.identity.extract import extract
from loaders.identity.titles import Title, title_in_lines
from loaders.parsing import parse_document
from loaders.patterns import pattern_of
from loaders.report import Report
from loaders.sections import narrative_lines, split_sections
from loaders.words import of_warnings as warn

if TYPE_CHECKING:
    from loaders.identity.manifest import ManifestRow
    from loaders.reading.printed.page_model import PageLayout

_OF_A_REPORT = pattern_of("报告|年报")
_TWICE = 8
"""So many figures that stand on two pages are those of two tables."""


def parse_pages(pictures: Sequence[bytes], paths: Sequence[str], manifest_row: ManifestRow | None) -> Report | None:
    """The report whose pages some pictures are, or None where they are not of one, or not legible as one."""
    try:
        document = _joined(pictures)
        if document is None:
            return None
        document.warnings.append(_note(paths))
        return parse_document(document, b"".join(pictures), paths[0], manifest_row)
    except ReadingError:
        return None


def _note(paths: Sequence[str]) -> str:
    first, last = (PurePosixPath(path).name for path in (paths[0], paths[-1]))
    return warn.JOINED_PAGES.of(count=len(paths), first=first, last=last)


def _joined(pictures: Sequence[bytes]) -> Document | None:
    """The pictures as one document, looked at no further than the first that is no later page of the same report."""
    from loaders.reading.printed.assemble import build_document

    pages: list[PageLayout] = []
    so_far = _SoFar()
    for number, picture in enumerate(pictures, 1):
        sheets = _sheets(picture, len(pages) + 1, number)
        if not sheets or not so_far.goes_on(_alone(sheets)):
            return None
        pages += sheets
    return build_document(pages, "image")


def _sheets(picture: bytes, number: int, printed_on: int) -> list[PageLayout]:
    """What a picture shows, its sheets counted from `number`; nothing where it is a document of several pages."""
    from loaders.reading.scan import ocr, ocr_engine, ocr_image, ocr_seals

    ocr_engine.require()
    found: Iterator[PageLayout] = iter(())
    for count, page in enumerate(ocr_image.decode(picture)):
        if count:
            return []
        found = iter(ocr.recognise_sheets(ocr_seals.in_grey(page), number, printed_on))
    return list(found)


def _alone(sheets: list[PageLayout]) -> Document:
    """What stands on some sheets, read without the pages before."""
    from loaders.reading.printed.assemble import build_document

    return build_document([replace(deepcopy(sheet), number=n) for n, sheet in enumerate(sheets, 1)], "image")


@dataclass(slots=True)
class _SoFar:
    """What the pages up to now hold of a report."""

    pages: int = 0
    title: Title | None = None
    section: int = 0
    figures: Counter[str] = field(default_factory=Counter)

    def goes_on(self, page: Document) -> bool:
        """Whether a page may be the next of the same report; it is then added."""
        title = _title(page)
        _, sections = split_sections(narrative_lines(page))
        numbers = [each.section for each in sections]
        self.figures.update(key for key, each in read_form(page).figures.items() if each.value is not None)
        if self.pages and title is not None and not _is_same(self.title, title):
            return False
        if numbers and numbers[0] < self.section:
            return False
        self.pages += 1
        self.title = self.title or title
        self.section = max(self.section, *numbers, 0)
        return sum(1 for count in self.figures.values() if count > 1) < _TWICE


def _title(page: Document) -> Title | None:
    found = title_in_lines(extract(page, [], "").head, "title", lambda _: 0.0)
    return found if found is not None and _OF_A_REPORT.search(found.text) else None


def _is_same(first: Title | None, later: Title) -> bool:
    """Whether a title is that of the report again, as the head of a page."""
    if first is None:
        return False
    other_year = first.year and later.year and first.year != later.year
    return not other_year and (later.issuer in first.issuer or first.issuer in later.issuer)
