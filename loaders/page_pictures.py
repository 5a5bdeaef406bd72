"""Pictures of the pages of one report that were delivered one by one: 第1页.jpg, 第2页.jpg and so on.

Names only make it likely. What the pictures show decides in the end (`loaders.joined_pages`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.file_records import content_hash
from loaders.numerals import chinese_number
from loaders.patterns import pattern_of

if TYPE_CHECKING:
    from loaders.walking import Findings, SourceFile

MOST_PAGES = 40
"""More pictures on end than any report has pages are a collection of reports."""

_ENDINGS = (".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff")
_NUMBER = pattern_of(r"\d+|(?<=第)[一二三四五六七八九十]+(?=[页张])")
_YEAR = pattern_of(r"(?:19|20)\d\d")


def series(paths: Iterable[str]) -> list[list[str]]:
    """The pictures among some paths that differ only in a running number, each series in the order of its numbers."""
    alike: dict[tuple[str, str], dict[int, list[str]]] = {}
    for path in paths:
        if path.lower().endswith(_ENDINGS) and (numbered := _numbered(path)):
            around, number = numbered
            alike.setdefault(around, {}).setdefault(number, []).append(path)
    return [run for by_number in alike.values() for run in _runs(by_number) if 1 < len(run) <= MOST_PAGES]


def pages_of(first: str, paths: Iterable[str]) -> list[str]:
    """The series that begins with a picture, among some paths; the picture alone where there is none."""
    return next((run for run in series(paths) if run[0] == first), [first])


def put_pages_together(found: Findings) -> None:
    """Make one file of the pictures of each series, at the place of the first that was found."""
    pictures: dict[str, dict[str, SourceFile]] = {}
    for source in found.files:
        if source.fault is None and source.path.lower().endswith(_ENDINGS):
            pictures.setdefault(source.root, {})[source.path] = source
    joined: dict[str, SourceFile] = {}
    for by_path in pictures.values():
        for run in series(by_path):
            whole = _whole([by_path[path] for path in run])
            joined |= dict.fromkeys((page.file_id for page in whole.pages), whole)
    if joined:
        found.files = list(dict.fromkeys(joined.get(source.file_id, source) for source in found.files))


def _numbered(path: str) -> tuple[tuple[str, str], int] | None:
    """What stands before and behind the last number of a file's name that is no year, and the number."""
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    numbers = [each for each in _NUMBER.finditer(stem) if not _YEAR.fullmatch(each[0])] or [*_NUMBER.finditer(stem)]
    if not numbers:
        return None
    last = numbers[-1]
    value = chinese_number(last[0]) if last[0][0] in "一二三四五六七八九十" else int(last[0])
    if value is None:
        return None
    return (folder + slash + stem[: last.start()], stem[last.end() :] + dot + ending.lower()), value


def _runs(by_number: dict[int, list[str]]) -> Iterable[list[str]]:
    """Paths whose numbers follow one another; a number that two names have (1 and 01) is no running number."""
    if any(len(paths) > 1 for paths in by_number.values()):
        return
    run: list[str] = []
    last = None
    for number in sorted(by_number):
        if last is not None and number != last + 1:
            yield run
            run = []
        run.extend(by_number[number])
        last = number
    yield run


def _whole(pages: Sequence[SourceFile]) -> SourceFile:
    """One file of several pictures; those of an archive have its size and date, others all of theirs together."""
    first = pages[0]
    packed = bool(first.content_hash)
    whole = replace(
        first,
        size=first.size if packed else sum(page.size for page in pages),
        modified=max(page.modified for page in pages),
        length=sum(page.length for page in pages),
        pages=tuple(pages),
    )
    return replace(whole, content_hash=content_hash(whole.read())) if packed else whole
