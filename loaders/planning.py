"""What an ingest has to do: the files found, set against those the store knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders import __version__
from loaders.document import ReadingError
from loaders.frames import FileRecord, content_hash, file_id
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

    `gone` are stored files below the folders walked that are no longer on disk and have not merely moved.
    """

    to_read: list[SourceFile] = field(default_factory=list)
    unchanged: list[KnownFile] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    replaced: dict[str, list[str]] = field(default_factory=dict)
    gone: list[KnownFile] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def make_plan(
    found: Findings, known: Mapping[str, KnownFile], manifest: Manifest | None = None, *, reread: bool = False
) -> Plan:
    """Decide for each file found whether it is read, known already, or a copy. `reread` reads known ones again."""
    return _Planner(found, known, manifest, reread=reread).plan()


class _Planner:
    """Goes through the files in the order in which they were found: of several with one content, the first is read."""

    def __init__(
        self, found: Findings, known: Mapping[str, KnownFile], manifest: Manifest | None, *, reread: bool
    ) -> None:
        self.files = {file_id(each.root, each.path): each for each in found.files}
        self.folders = found.folders
        self.known = known
        self.manifest = manifest
        self.reread = reread
        self.result = Plan(skipped=list(found.skipped))
        self.readers: dict[str, str] = {}  # content hash to the file that will be read for it
        self.settled: set[str] = set()
        self.holders: dict[str, list[KnownFile]] = {}  # content hash to the files stored with it
        for each in known.values():
            if each.outcome == "read":
                self.holders.setdefault(each.content_hash, []).append(each)

    def plan(self) -> Plan:
        self.settled = {each for each, source in self.files.items() if self._is_settled(each, source)}
        open_ = {each: source for each, source in self.files.items() if each not in self.settled}
        self.result.unchanged = [self.known[each] for each in self.settled]
        sizes = Counter(source.size for source in open_.values())
        sizes.update(each.size for each in self.known.values() if each.outcome == "read")
        for each, source in open_.items():
            self._decide(each, source, self._content(each, source) if sizes[source.size] > 1 else "")
        self._note_the_gone()
        return self.result

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
        other = self._holder_of(content, each) if content else None
        if other is not None:
            self.result.duplicates.append(Duplicate(source, content, other))
            return
        if content:
            self.readers[content] = each
        self.result.to_read.append(source)
        moved_from = [k.file_id for k in self.holders.get(content, ()) if k.file_id not in self.files]
        replaced = [*([each] if known is not None else []), *moved_from]
        if replaced:
            self.result.replaced[each] = replaced

    def _holder_of(self, content: str, each: str) -> str | None:
        """Another file with this content, read before or about to be read, that is still there."""
        if content in self.readers:
            return self.readers[content]
        for holder in self.holders.get(content, ()):
            if holder.file_id in self.settled:
                return holder.file_id
            if holder.file_id not in self.files and still_there(holder.root, holder.path):
                return holder.file_id
        return None

    def _note_the_gone(self) -> None:
        """Stored files below the folders walked that are no longer on disk and have not merely moved."""
        moved = {each for replaced in self.result.replaced.values() for each in replaced}
        for each in self.known.values():
            if each.file_id in self.files or each.file_id in moved:
                continue
            place = f"{each.root}/{each.path}"
            if any(place.startswith(f"{folder}/") for folder in self.folders) and not still_there(each.root, each.path):
                self.result.gone.append(each)
