"""A file that was read, and what became of it: without Polars, so that those who read need not wait for it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from loaders.report import Failure, Report


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What the store knows of a file besides what is in it.

    `root` is the ingested folder, `path` the place under it with `/`, `modified` nanoseconds since 1970,
    `overrides` what a manifest says of the file, as JSON, or empty.
    """

    root: str
    path: str
    size: int
    modified: int
    content_hash: str = ""
    overrides: str = ""

    @property
    def file_id(self) -> str:
        """The same for the same place, whatever stands there."""
        return file_id(self.root, self.path)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file and what became of it: a report, a failure, or the place of an earlier file with the same content."""

    record: FileRecord
    result: Report | Failure | str


def file_id(root: str, path: str) -> str:
    """The key of a file in the store: its full place, so that it is one file below whichever folder it is met."""
    return hashlib.blake2b(f"{root}/{path}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def content_hash(data: bytes) -> str:
    """The hash that every finding and download carries; its first 16 characters are the `report_id`."""
    return hashlib.blake2b(data, digest_size=32).hexdigest()
