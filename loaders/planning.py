"""What an ingest has to do: the files found, set against those the store knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from loaders import __version__
from loaders.archives import unpack
from loaders.document import ReadingError
from loaders.file_records import FileRecord, content_hash
from loaders.manifest import Manifest, text_of
from loaders.walking import Findings, Skipped, SourceFile, still_there

_WORTH_ANOTHER_TRY = ("needs-package",)
"""Failures that the machine, not the file, may have caused: tried again each time, for they fail at once."""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the store knows of a file."""

    file_id: str
    root: str
    path: str
    size: int
    modified: int
    content_hash: str
    overrides: str
    outcome: str
    reason: str | None
    source_url: str | None
    bytes: int | None
    program_version: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file whose content another file has already; `original` is that file's `file_id`."""

    source: SourceFile
    content: str
    original: str

    def record(self) -> FileRecord:
        """The file as the store notes it."""
        source = self.source
        return FileRecord(source.root, source.path, source.size, source.modified, self.content)


@dataclass(slots=True)
class Plan:
    """What an ingest will do. `replaced` holds the rows to take away, by the `file_id` of the file that replaces them.

    Pictures that may be the pages of one report have one list in common: they are replaced when the first row comes.

    `gone` are stored files below the folders walked that are no longer on disk and have not merely moved.
    """

    to_read: list[SourceFile] = field(default_factory=list)
    unchanged: list[KnownFile] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    replaced: dict[str, list[str]] = field(default_factory=dict)
    gone: list[KnownFile] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def make_plan(
    found: Findings,
    known: Mapping[str, KnownFile],
    scratch: Path,
    manifest: Manifest | None = None,
    *,
    reread: bool = False,
) -> Plan:
    """Decide for each file found whether it is read, known already, or a copy. `reread` reads known ones again.

    Archives with anything new in them are unpacked into `scratch`.
    """
    return _Planner(found, known, scratch, manifest, reread=reread).plan()


class _Planner:
    """Goes through the files in the order in which they were found: of several with one content, the first is read."""

    def __init__(
        self,
        found: Findings,
        known: Mapping[str, KnownFile],
        scratch: Path,
        manifest: Manifest | None,
        *,
        reread: bool,
    ) -> None:
        self.found = found
        self.known = known
        self.scratch = scratch
        self.manifest = manifest
        self.reread = reread
        self.result = Plan(skipped=list(found.skipped))
        self.files: dict[str, SourceFile] = {}
        self.archives: set[str] = set()
        self.packed: dict[str, SourceFile] = {}  # members left in their archive, by file, with the archive
        self.readers: dict[str, str] = {}  # content hash to the file that will be read for it
        self.settled: set[str] = set()
        self.holders: dict[str, list[KnownFile]] = {}  # content hash to the files stored with it
        for each in known.values():
            if each.outcome == "read":
                self.holders.setdefault(each.content_hash, []).append(each)

    def plan(self) -> Plan:
        self._open_archives()
        self._take_series_apart()
        self.settled = {each for each, source in self.files.items() if self._is_settled(each, source)}
        open_ = {each: source for each, source in self.files.items() if each not in self.settled}
        self.result.unchanged = [self.known[each] for each in self.settled]
        lengths = Counter(source.length for source in open_.values())
        lengths.update(each.bytes for each in self.known.values() if each.outcome == "read" and each.bytes)
        for each, source in open_.items():
            may_be_known = source.content_hash or lengths[source.length] > 1
            self._decide(each, source, self._content(each, source) if may_be_known else "")
        self._note_the_gone()
        return self.result

    def _open_archives(self) -> None:
        inside = self._known_members()
        for source in self.found.files:
            members = inside.get(f"{source.root}/{source.path}", [])
            if not source.may_be_archive or (not members and self._is_settled(source.file_id, source)):
                self.files[source.file_id] = source
                continue
            self.archives.add(f"{source.root}/{source.path}")
            if members and all(self._is_known_member(each, source) for each in members):
                for each in members:
                    self.packed[each.file_id] = source
                    self.files[each.file_id] = replace(
                        source, path=each.path, length=each.bytes or 0, content_hash=each.content_hash
                    )
                continue
            unpacked = unpack(source, self.scratch)
            self.result.skipped += unpacked.skipped
            self.files |= {each.file_id: each for each in unpacked.files}

    def _taken_out(self, each: str) -> SourceFile:
        """A member that was left in its archive and has to be read after all."""
        found = unpack(self.packed[each], self.scratch).files
        apart = (page for source in found for page in source.pages if source.pages[1].file_id in self.files)
        return next(member for member in (*apart, *found) if member.file_id == each)

    def _take_series_apart(self) -> None:
        """Pictures that may be the pages of one report by their names are not where they are known otherwise."""
        series = {each for each, source in self.files.items() if source.pages and self._are_files_each(source)}
        if series:
            parts = [source.pages if each in series else (source,) for each, source in self.files.items()]
            self.files = {source.file_id: source for part in parts for source in part}

    def _are_files_each(self, series: SourceFile) -> bool:
        """Whether pictures were found to be files of their own: nothing is stored of the later pages of a report."""
        pages = series.pages
        if self.manifest is not None and any(self.manifest.row_of(page.path) for page in pages[1:]):
            return True
        known = [self.known.get(page.file_id) for page in pages]
        if self.reread or not any(known[1:]):
            return False
        read = [k for k in known if k and k.outcome != "failed" and k.program_version == __version__]
        return len(read) > 1 or all(map(self._is_done_with, pages))

    def _is_done_with(self, page: SourceFile) -> bool:
        known = self.known.get(page.file_id)
        is_copy = known is not None and known.outcome == "duplicate" and self._is_untouched(known, page)
        return is_copy or self._is_settled(page.file_id, page)

    def _known_members(self) -> dict[str, list[KnownFile]]:
        """Stored files by each archive that they may have come from."""
        archives = {f"{each.root}/{each.path}" for each in self.found.files if each.may_be_archive}
        inside: dict[str, list[KnownFile]] = {}
        for each in self.known.values() if archives else ():
            for archive in _places_above(each) & archives:
                inside.setdefault(archive, []).append(each)
        return inside

    def _is_known_member(self, known: KnownFile, archive: SourceFile) -> bool:
        """Whether a member need not be looked at again: it is as it was, or a copy of what is still there."""
        if known.outcome != "duplicate":
            return self._is_settled(known.file_id, archive)
        same = self._is_untouched(known, archive) and not self.reread
        return same and any(self._is_there(holder) for holder in self.holders.get(known.content_hash, ()))

    def _is_settled(self, each: str, source: SourceFile) -> bool:
        known = self.known.get(each)
        if known is None or self.reread or known.outcome == "duplicate":
            return False
        if known.outcome == "failed" and (known.reason in _WORTH_ANOTHER_TRY or known.program_version != __version__):
            return False
        return self._is_untouched(known, source) and not self._manifest_says_otherwise(known)

    def _is_untouched(self, known: KnownFile, source: SourceFile) -> bool:
        return (known.size, known.modified) == (source.size, source.modified)

    def _is_only_touched(self, known: KnownFile, content: str) -> bool:
        """Whether a file with another date holds what it held before."""
        same = known.outcome == "read" and known.content_hash == content
        return same and not self.reread and not self._manifest_says_otherwise(known)

    def _manifest_says_otherwise(self, known: KnownFile) -> bool:
        manifest = self.manifest
        if manifest is None:
            return False
        return text_of(manifest.row_of(known.path) or manifest.row_at(known.source_url or "")) != known.overrides

    def _content(self, each: str, source: SourceFile) -> str:
        if source.content_hash:
            return source.content_hash
        known = self.known.get(each)
        if known is not None and known.content_hash and self._is_untouched(known, source):
            return known.content_hash
        try:
            return content_hash(source.read())
        except ReadingError:
            return ""

    def _decide(self, each: str, source: SourceFile, content: str) -> None:
        known = self.known.get(each)
        if known is not None and self._is_only_touched(known, content):
            self.settled.add(each)
            self.result.unchanged.append(known)
            return
        other = self._holder_of(content) if content else None
        if other is not None:
            self.result.duplicates.append(Duplicate(source, content, other))
            return
        if content and not source.pages:  # which may turn out to be several
            self.readers[content] = each
        self.result.to_read.append(self._taken_out(each) if each in self.packed else source)
        moved_from = [k.file_id for k in self.holders.get(content, ()) if k.file_id not in self.files]
        parts = [page.file_id for page in source.pages] or [each]
        replaced = [*(part for part in parts if part in self.known), *moved_from]
        if replaced:
            self.result.replaced |= dict.fromkeys(parts, replaced)

    def _holder_of(self, content: str) -> str | None:
        """Another file with this content, read before or about to be read, that is still there."""
        if content in self.readers:
            return self.readers[content]
        for holder in self.holders.get(content, ()):
            if holder.file_id in self.settled or (holder.file_id not in self.files and self._is_there(holder)):
                return holder.file_id
        return None

    def _is_there(self, known: KnownFile) -> bool:
        """Whether a stored file can still be found. What was in an archive that is at hand must be found in it."""
        if known.file_id in self.files:
            return True
        return not (_places_above(known) & self.archives) and still_there(known.root, known.path)

    def _note_the_gone(self) -> None:
        """Stored files below the folders walked that are no longer there and have not merely moved."""
        moved = {each for replaced in self.result.replaced.values() for each in replaced}
        walked = {*self.found.folders, *self.archives}
        for each in self.known.values():
            missing = each.file_id not in self.files and each.file_id not in moved
            if missing and _places_above(each) & walked and not self._is_there(each):
                self.result.gone.append(each)


def _places_above(known: KnownFile) -> set[str]:
    """The full places of all folders, or archives, that a stored file lies in."""
    parts = f"{known.root}/{known.path}".split("/")
    return {"/".join(parts[:depth]) for depth in range(1, len(parts))}
