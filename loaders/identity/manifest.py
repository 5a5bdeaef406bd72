"""Lists that users hand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """What a manifest says of one file. None leaves a thing to the report itself."""

    path: str = ""
    issuer: str | None = None
    region_code: str | None = None
    region: str | None = None
    year: int | None = None
    published_on: date | None = None
    source_url: str | None = None
