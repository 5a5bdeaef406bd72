"""Which files there are below some folders, and what is passed over, with the reason."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from loaders.document import ReadingError
from loaders.file_records import file_id
from loaders.page_pictures import put_pages_together
from loaders.saved_pages import set_parts_apart

SkipReason = Literal[
    "hidden", "companion", "store", "repeated-folder", "broken-link", "special", "no-access", "same-content"
]

LARGEST_FILE = 300 * 1024 * 1024
"""Bytes. A report is some kilobytes; even a long scan is well below."""

_DOCUMENT_ENDINGS = {
    *(".docx", ".docm", ".xlsx", ".xlsm", ".odt", ".ods", ".wps", ".et", ".pptx", ".ofd", ".doc", ".xls", ".rtf"),
    *(".pdf", ".txt", ".md", ".html", ".htm", ".shtml", ".mht", ".mhtml", ".png", ".jpg", ".jpeg", ".bmp", ".tif"),
}
_LEFTOVERS = {"thumbs.db", "desktop.ini", "__macosx"}
_COMPANIONS = {"gongkai.toml", "truth.json", "INVENTED.txt"}
"""What `init` and `demo` write beside reports."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read. `path` is relative to `root` with `/`; a member of an archive hangs below its archive.

    `size` and `modified` (nanoseconds since 1970) are of the file on disk, a member has those of its archive;
    `length` is of the content itself, in bytes like `size`.
    `content_hash` is known for members only. `fault` is why it cannot be read, where that is known beforehand.
    `pages` are pictures that may be the pages of one report, which then has the path of the first.
    """

    root: str
    path: str
    disk: Path
    size: int
    modified: int
    length: int
    content_hash: str = ""
    may_be_archive: bool = False
    fault: tuple[str, str] | None = None
    pages: tuple[SourceFile, ...] = ()

    @property
    def file_id(self) -> str:
        """The key of the file in the store."""
        return file_id(self.root, self.path)

    def read(self, largest: int = LARGEST_FILE) -> bytes:
        """The content. Raises ReadingError when it cannot be had or is of more than `largest` bytes."""
        if self.fault:
            raise ReadingError(*self.fault)
        if self.pages:
            return b"".join(page.read(largest) for page in self.pages)
        try:
            size = self.disk.stat().st_size
            if size > largest:
                raise ReadingError("too-large", f"文件有 {size / 1e6:.0f} MB，上限是 {largest / 1e6:.0f} MB")
            return self.disk.read_bytes()
        except PermissionError as error:
            raise ReadingError("damaged", "没有读取这个文件的权限") from error
        except OSError as error:
            raise ReadingError("damaged", f"文件打不开：{error.strerror or error}") from error


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that is not read, and why; `detail` is the earlier file of the same content."""

    path: str
    reason: SkipReason
    detail: str = ""


@dataclass(slots=True)
class Findings:
    """What a walk below `folders` has found, in the order of names."""

    folders: list[str] = field(default_factory=list)
    files: list[SourceFile] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def walk(paths: Sequence[str | Path], passed_over: Collection[Path] = ()) -> Findings:
    """All files under `paths`; those in `passed_over` (a manifest, the store) are companions of the corpus.

    Raises FileNotFoundError, naming the path, where one of `paths` does not exist.
    """
    found = Findings()
    known: set[str] = set()
    over = {_absolute(each) for each in passed_over}
    for start in map(_absolute, paths):
        if not start.exists():
            raise FileNotFoundError(str(start))
        folder = start if start.is_dir() else start.parent
        walker = _Walker(folder, over, found, known)
        if start.is_dir():
            found.folders.append(shown(start.as_posix()))
            walker.folder(start)
        else:
            walker.file(start)
    set_parts_apart(found)
    put_pages_together(found)
    return found


class _Walker:
    """One walk below one root. Folders behind links come last, so that a file is met under its own name first."""

    def __init__(self, root: Path, over: Collection[Path], found: Findings, known: set[str]) -> None:
        self.root = root
        self.over = over
        self.found = found
        self.known = known
        self.seen_folders: set[tuple[int, int]] = set()

    def folder(self, start: Path) -> None:
        waiting = [start]
        while waiting:
            linked: list[Path] = []
            for folder in waiting:
                self._below(folder, linked)
            waiting = linked

    def _below(self, folder: Path, linked: list[Path]) -> None:
        try:
            about = folder.stat()
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            self._skip(folder, "no-access")
            return
        if (about.st_dev, about.st_ino) in self.seen_folders:
            self._skip(folder, "repeated-folder")
            return
        self.seen_folders.add((about.st_dev, about.st_ino))
        if any(entry.name == "_delta_log" for entry in entries):
            self._skip(folder, "store")
            return
        for entry in entries:
            path = Path(entry.path)
            if is_leftover(entry.name):
                self._skip(path, "hidden")
            elif path in self.over or entry.name in _COMPANIONS:
                self._skip(path, "store" if entry.is_dir() else "companion")
            elif entry.is_dir():
                if entry.is_symlink():
                    linked.append(path)
                else:
                    self._below(path, linked)
            else:
                self.file(path)

    def file(self, path: Path) -> None:
        try:
            about = path.stat()
        except OSError:
            self._skip(path, "broken-link" if path.is_symlink() else "no-access")
            return
        if not stat.S_ISREG(about.st_mode):
            self._skip(path, "special")
            return
        source = SourceFile(
            shown(self.root.as_posix()),
            self._relative(path),
            path,
            about.st_size,
            about.st_mtime_ns,
            about.st_size,
            may_be_archive=may_be_archive(path),
        )
        if source.file_id not in self.known:
            self.known.add(source.file_id)
            self.found.files.append(source)

    def _relative(self, path: Path) -> str:
        return "/".join(map(shown, path.relative_to(self.root).parts))

    def _skip(self, path: Path, reason: SkipReason) -> None:
        self.found.skipped.append(Skipped(self._relative(path) or shown(path), reason))


def is_leftover(*names: str) -> bool:
    """Whether one of the names is of a file or folder that programs leave behind: hidden, locks, thumbnails."""
    return any(n.startswith((".", "~$")) or n.lower() in _LEFTOVERS or n.lower().endswith(".tmp") for n in names)


def shown(name: str | Path) -> str:
    """A name as text. One that is not UTF-8 on disk was most likely written in GBK."""
    text = str(name)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(text).decode("gb18030", "replace")
    return text


def still_there(root: str, path: str) -> bool:
    """Whether a stored file, or the archive it came from, is still on disk."""
    place = Path(root, path)
    if place.exists():
        return True
    inner = path.split("/")
    return any(Path(root, *inner[:depth]).is_file() for depth in range(1, len(inner)))


def _absolute(path: str | Path) -> Path:
    return Path(os.path.abspath(Path(path).expanduser()))  # noqa: PTH100  links are kept, `..` is not


def may_be_archive(path: Path) -> bool:
    """Whether a file begins as zip files do, and has not the ending of a document that does so too."""
    if path.suffix.lower() in _DOCUMENT_ENDINGS:
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    except OSError:
        return False
