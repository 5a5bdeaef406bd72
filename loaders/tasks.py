"""The work of a parser: a file becomes a report or a failure; files are dealt out in chunks of about equal work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from loaders.alarm import alarm
from loaders.document import ReadingError
from loaders.file_records import FileRecord, ReadFile, content_hash
from loaders.logfile import LOG
from loaders.manifest import Manifest, text_of
from loaders.report import Failure, Report
from loaders.walking import SourceFile

if TYPE_CHECKING:
    from loaders.identity.manifest import ManifestRow

TEXT_SECONDS = 60.0
"""How long one file may take; the slowest sound report measured stays below 2 s."""

SCAN_SECONDS = 900.0
"""The same for kinds that may need character recognition or another program, page by page."""

CHUNK_SECONDS = 0.25
"""Work that is handed to a worker at once, so that handing over costs next to nothing."""

CHUNK_FILES = 64
CHUNKS_A_WORKER = 4
"""At least so many chunks for each worker, so that all end at about the same time."""

_SECONDS_A_BYTE = 2e-8
_SECONDS = 0.004
_SECONDS_BY_ENDING = {
    **dict.fromkeys(("pdf", "rtf"), 0.03),
    **dict.fromkeys(("doc", "wps", "xls", "ods"), 0.3),
    **dict.fromkeys(("png", "jpg", "jpeg", "bmp", "tif", "tiff", "webp"), 5.0),
}
"""Rough costs by ending; a wrong ending only makes a chunk somewhat longer or shorter."""

Contents = Sequence["bytes | ReadingError"]
"""What is in a file, or in each of the pictures that may be its pages; where it cannot be had, the reason."""

Parse = Callable[[bytes, str, "ManifestRow | None"], Report]
"""Content, path and what a manifest says of the file become a report, or ReadingError is raised."""

ParsePages = Callable[[Sequence[bytes], Sequence[str], "ManifestRow | None"], "Report | None"]
"""Pictures, their paths and what a manifest says of the first become one report, or None if they are not of one."""


def parse_file(data: bytes, path: str, manifest_row: ManifestRow | None = None) -> Report:
    """`loaders.parsing.parse_file`, loaded by the process that parses: the one that deals out the work needs it not."""
    from loaders import parsing

    return parsing.parse_file(data, path, manifest_row)


def parse_pages(pictures: Sequence[bytes], paths: Sequence[str], manifest_row: ManifestRow | None) -> Report | None:
    """`loaders.joined_pages.parse_pages`, loaded likewise."""
    from loaders import joined_pages

    return joined_pages.parse_pages(pictures, paths, manifest_row)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that one file may take; pictures that may be the pages of one have the time of all of them."""

    text: float = TEXT_SECONDS
    scan: float = SCAN_SECONDS

    def of(self, source: SourceFile) -> float:
        """The limit for a file, by its ending."""
        one = self.scan if _ending(source) in _SECONDS_BY_ENDING else self.text
        return one * max(1, len(source.pages))


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker needs besides the files; sent to each worker once."""

    manifest: Manifest = field(default_factory=Manifest)
    limits: Limits = field(default_factory=Limits)
    parse: Parse = parse_file
    parse_pages: ParsePages = parse_pages


@dataclass(frozen=True, slots=True)
class Chunk:
    """Files for one worker. A chunk that may have broken its worker runs `alone`."""

    files: tuple[SourceFile, ...]
    alone: bool = False

    def parts(self) -> list[Chunk]:
        """Smaller chunks to try when this one came to nothing: its files, or the pages of a file; none of one file."""
        smaller = self.files if len(self.files) > 1 else self.files[0].pages
        return [Chunk((source,)) for source in smaller]


def read_source(source: SourceFile, work: Work) -> list[ReadFile]:
    """A file read and understood; whatever goes wrong becomes a failure with its reason.

    Pictures that are not the pages of one report are a file each.
    """
    return _read_pages(source, contents_of(source), work) if source.pages else [_read(source, work, source.read)]


def read_within_limit(source: SourceFile, work: Work, contents: Contents | None = None) -> list[ReadFile]:
    """The same for no longer than the file may take, with its content where that was sent along.

    Pictures of pages that take longer together are tried one by one.
    """
    seconds = work.limits.of(source)
    try:
        with alarm(seconds):
            return read_source(source, work) if contents is None else read_sent(source, contents, work)
    except TimeoutError:
        if not source.pages:
            return [out_of_time(source, seconds)]
        each_alone = [None] * len(source.pages) if contents is None else [[each] for each in contents]
        pages = zip(source.pages, each_alone, strict=True)
        return [file for page, content in pages for file in read_within_limit(page, work, content)]


def read_sent(source: SourceFile, contents: Contents, work: Work) -> list[ReadFile]:
    """The same for a file whose content was sent along."""
    if source.pages:
        return _read_pages(source, contents, work)
    return [_read(source, work, partial(_opened, contents[0]))]


def contents_of(source: SourceFile) -> Contents:
    """What to send along with a file."""
    return [_content_of(each) for each in source.pages or (source,)]


def _content_of(source: SourceFile) -> bytes | ReadingError:
    try:
        return source.read()
    except ReadingError as error:
        return error


def out_of_time(source: SourceFile, seconds: float) -> ReadFile:
    """A file that took longer than it may."""
    return _failure(source, "time-limit", f"解析超过 {seconds:g} 秒，已中止")


def worker_lost(source: SourceFile) -> ReadFile:
    """A file that the process parsing it did not survive."""
    return _failure(source, "internal", "解析此文件的进程异常退出，文件可能已损坏")


def chunks_of(files: Sequence[SourceFile], workers: int) -> list[Chunk]:
    """Files in their order, in chunks of about equal work."""
    aim = min(CHUNK_SECONDS, seconds_for(files) / (CHUNKS_A_WORKER * workers))
    chunks: list[Chunk] = []
    held: list[SourceFile] = []
    seconds = 0.0
    for source in files:
        held.append(source)
        seconds += _seconds(source)
        if seconds >= aim or len(held) == CHUNK_FILES:
            chunks.append(Chunk(tuple(held)))
            held, seconds = [], 0.0
    return [*chunks, Chunk(tuple(held))] if held else chunks


def seconds_for(files: Sequence[SourceFile]) -> float:
    """Rough seconds that one worker needs."""
    return sum(map(_seconds, files))


def _read_pages(source: SourceFile, contents: Contents, work: Work) -> list[ReadFile]:
    whole = _whole(source, [each for each in contents if isinstance(each, bytes)], work)
    if whole is not None:
        return [whole]
    pairs = zip(source.pages, contents, strict=True)
    return [_read(page, work, partial(_opened, content)) for page, content in pairs]


def _whole(source: SourceFile, pictures: list[bytes], work: Work) -> ReadFile | None:
    """The report whose pages the pictures are, if all of them could be had."""
    if len(pictures) < len(source.pages):
        return None
    row = work.manifest.row_of(source.path)
    try:
        report = work.parse_pages(pictures, [page.path for page in source.pages], row)
    except TimeoutError:
        raise
    except Exception:
        LOG.exception("%s and the pictures that follow it", source.path)
        return None
    if report is None:
        return None
    record = replace(_record(source, text_of(row)), content_hash=content_hash(b"".join(pictures)))
    report.report_id = record.content_hash[:16]
    return ReadFile(record, report)


def _read(source: SourceFile, work: Work, read: Callable[[], bytes]) -> ReadFile:
    row = work.manifest.row_of(source.path)
    record = _record(source, text_of(row))
    try:
        data = read()
        record = replace(record, content_hash=content_hash(data))
        report = work.parse(data, source.path, row)
        by_address = None if row else work.manifest.row_at(report.identity.source_url)
        if by_address:
            report = work.parse(data, source.path, by_address)
            record = replace(record, overrides=text_of(by_address))
        report.report_id = record.content_hash[:16]
        return ReadFile(record, report)
    except ReadingError as error:
        return ReadFile(record, Failure(source.path, error.reason, error.message))
    except TimeoutError:
        raise
    except MemoryError:
        return ReadFile(record, Failure(source.path, "too-large", "内存不足，文件过大或结构异常"))
    except Exception as error:
        LOG.exception("%s", source.path)
        what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        return ReadFile(record, Failure(source.path, "internal", f"程序读取此文件时出错（{what}），请把文件发给开发者"))


def _opened(content: bytes | ReadingError) -> bytes:
    if isinstance(content, ReadingError):
        raise content
    return content


def _failure(source: SourceFile, reason: str, message: str) -> ReadFile:
    return ReadFile(_record(source), Failure(source.path, reason, message))


def _record(source: SourceFile, overrides: str = "") -> FileRecord:
    return FileRecord(source.root, source.path, source.size, source.modified, overrides=overrides)


def _ending(source: SourceFile) -> str:
    return source.path.rpartition(".")[2].lower()


def _seconds(source: SourceFile) -> float:
    one = _SECONDS_BY_ENDING.get(_ending(source), _SECONDS)
    return one * max(1, len(source.pages)) + source.length * _SECONDS_A_BYTE
