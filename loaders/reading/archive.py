"""Archives of reports: the members of a zip file, one after the other, within limits."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from loaders.document import ReadingError
from loaders.patterns import pattern_of
from loaders.reading.sniff import sniff

MAX_MEMBERS = 100_000
MAX_TOTAL = 8 * 1024**3
MAX_MEMBER = 512 * 1024**2
MAX_RATIO = 250
"""Reports shrink to a tenth, blank bitmaps to a hundredth; what shrinks further and is large is made to harm."""
_RATIO_MATTERS_FROM = 32 * 1024**2
_MAX_DEPTH = 4
_NOT_DOCUMENTS = pattern_of(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", re.I)
_DAMAGED = "压缩包已损坏或不完整，请重新下载后再读"
_MEMBER = b"PK\x03\x04"
_CONTROL = pattern_of(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive. `path` has `/` between its parts and never leaves the archive.

    Where the member cannot be unpacked, `data` is empty and `problem` says why.
    """

    path: str
    data: bytes
    problem: ReadingError | None = None


@dataclass(slots=True)
class _Budget:
    members: int = MAX_MEMBERS
    total: int = MAX_TOTAL


def is_archive(data: bytes) -> bool:
    """Whether this is a zip of files rather than an office file in zip dress."""
    if not data.startswith(b"PK"):
        return False
    try:
        return sniff(data) == "zip"
    except ReadingError:
        return False


def members(data: bytes) -> Iterator[Member]:
    """The files in a zip and in the zips within it (path: `inner.zip/report.docx`).

    Raises `ReadingError`: damaged, if the archive itself cannot be opened.
    """
    yield from _members(data, "", _Budget(), 1)


def _members(data: bytes, prefix: str, budget: _Budget, depth: int) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except Exception as error:  # a directory of noise makes zipfile fail in many ways, and all mean damage
        raise ReadingError("damaged", _DAMAGED) from error
    if _is_cut(archive, data):
        raise ReadingError("damaged", _DAMAGED)
    seen: set[str] = set()
    with archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            path = prefix + _distinct(_harmless(_name(info)), seen)
            if _NOT_DOCUMENTS.search(path):
                continue
            budget.members -= 1
            if budget.members < 0:
                yield Member(path, b"", ReadingError("too-large", f"压缩包内文件超过 {MAX_MEMBERS} 个，其余未读"))
                return
            try:
                content = _unpack(archive, info, budget)
            except ReadingError as problem:
                yield Member(path, b"", problem)
                continue
            if depth < _MAX_DEPTH and is_archive(content):
                yield from _nested(content, path, budget, depth)
            else:
                yield Member(path, content)


def _is_cut(archive: zipfile.ZipFile, data: bytes) -> bool:
    """Whether this is the end of an archive within one whose own end is lost: the file begins with another member."""
    return data.startswith(_MEMBER) and min((info.header_offset for info in archive.infolist()), default=0) > 0


def _nested(content: bytes, path: str, budget: _Budget, depth: int) -> Iterator[Member]:
    try:
        yield from _members(content, f"{path}/", budget, depth + 1)
    except ReadingError as problem:
        yield Member(path, b"", problem)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> bytes:
    if info.flag_bits & 1:
        raise ReadingError("encrypted", "压缩包有密码，请去掉密码后再读")
    too_dense = info.file_size > MAX_RATIO * max(info.compress_size, 1) and info.file_size > _RATIO_MATTERS_FROM
    if info.file_size > MAX_MEMBER or info.file_size > budget.total or too_dense:
        raise ReadingError("too-large", f"解压后过大（{info.file_size // 2**20} MB），不予解压")
    budget.total -= info.file_size
    try:
        return archive.read(info)  # reads no more than the size declared
    except NotImplementedError as error:
        raise ReadingError("unsupported", f"压缩包使用了不支持的压缩方式（{error}）") from error
    except Exception as error:  # each compression method has errors of its own, and all mean damage
        raise ReadingError("damaged", "压缩包内的文件已损坏，请重新下载后再读") from error


def _name(info: zipfile.ZipInfo) -> str:
    """The name as written: archivers in China store GBK without saying so, and `zipfile` then reads it as CP437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030", "big5"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _harmless(name: str) -> str:
    """A relative path that stays inside: no drive, no root, no way up, no control characters."""
    parts = _CONTROL.sub("", name).replace("\\", "/").split("/")
    if re.fullmatch(r"[A-Za-z]:", parts[0]):
        parts = parts[1:]
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "unnamed"


def _distinct(path: str, seen: set[str]) -> str:
    """Two members of one name are two files."""
    number, candidate = 1, path
    while candidate in seen:
        number += 1
        stem, dot, ending = path.rpartition(".")
        candidate = f"{stem} ({number}){dot}{ending}" if dot else f"{path} ({number})"
    seen.add(candidate)
    return candidate
