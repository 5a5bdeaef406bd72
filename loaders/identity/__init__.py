"""Who wrote a report, where and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.document import Document
from loaders.report import Identity, SectionReading


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """What a manifest says of one file."""

    path: str


def identify(
    document: Document, sections: Sequence[SectionReading], path: str, manifest_row: ManifestRow | None = None
) -> Identity:
    """Nothing is known yet."""
    return Identity()
