"""Archives of reports: their members become files to be read, unpacked only where something in them is new."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.document import ReadingError
from loaders.file_records import content_hash
from loaders.page_pictures import put_pages_together
from loaders.saved_pages import set_parts_apart
from loaders.walking import Findings, Skipped, SourceFile, is_leftover

if TYPE_CHECKING:
    from loaders.reading.archive import Member

LARGEST_ARCHIVE = 2 * 1024**3
"""Bytes; an archive is held in memory while it is unpacked."""


def unpack(source: SourceFile, folder: Path) -> Findings:
    """The members of an archive as files in `folder`, each with its path below the archive's.

    A file that only looks like an archive is given back as it is. An archive that cannot be opened, or holds nothing,
    is one file that cannot be read.
    """
    from loaders.reading import archive

    found = Findings()
    try:
        data = source.read(LARGEST_ARCHIVE)
        if not archive.is_archive(data):
            found.files.append(source)
            return found
        for number, member in enumerate(archive.members(data)):
            path = f"{source.path}/{member.path}"
            if is_leftover(*member.path.split("/")):
                found.skipped.append(Skipped(path, "hidden"))
            else:
                found.files.append(_unpacked(source, path, member, folder / f"{source.file_id}-{number}"))
    except ReadingError as error:
        return Findings(files=[replace(source, fault=(error.reason, error.message))])
    set_parts_apart(found)
    put_pages_together(found)
    if not found.files:
        found.files.append(replace(source, fault=("empty", "压缩包里没有可读的文件")))
    return found


def _unpacked(source: SourceFile, path: str, member: Member, disk: Path) -> SourceFile:
    if member.problem is not None:
        return replace(source, path=path, fault=(member.problem.reason, member.problem.message))
    disk.write_bytes(member.data)
    return replace(source, path=path, disk=disk, length=len(member.data), content_hash=content_hash(member.data))
