"""What a manifest says of a file goes before what was read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from loaders.identity.deciding import Decision
from loaders.identity.findings import OwnName
from loaders.identity.names import take_apart
from loaders.identity.places import PlaceNames
from loaders.report import Evidence, Identity
from loaders.words import of_warnings as warn

MANIFEST_WEIGHT = 9.0
SOURCE = "manifest"


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


def own_name(row: ManifestRow, names: PlaceNames, year: int | None) -> OwnName | None:
    """The issuer that the manifest names, as an own name that outweighs all others."""
    if not row.issuer:
        return None
    return OwnName(take_apart("".join(row.issuer.split()), names, year), SOURCE, MANIFEST_WEIGHT * 3)


def region_of(row: ManifestRow, names: PlaceNames, found: Decision, year: int | None) -> Decision:
    """The region that the manifest names, if it names one that can be told; else the region as found."""
    regions = names.regions
    if row.region_code:
        known = regions.get(row.region_code)
        if known is None:
            return replace(found, warnings=[*found.warnings, warn.UNKNOWN_CODE.of(code=row.region_code)])
        code = row.region_code if row.region_code in regions.by_code else known.code
        return Decision(code, 1.0, rejected=found.rejected)
    if not row.region:
        return found
    text = "".join(row.region.split())
    place = names.at(text, 0, year)
    codes = place.codes if place is not None and place.end == len(text) else regions.by_short_name.get(text, ())
    if len(codes) > 1:
        near = tuple(code for code in codes if found.code and (regions.within(code, found.code) or code == found.code))
        codes = near or codes
    if len(codes) != 1:
        state = "不止一处" if codes else "未收录"
        return replace(found, warnings=[*found.warnings, warn.UNKNOWN_REGION.of(name=row.region, state=state)])
    return Decision(codes[0], 1.0, rejected=found.rejected)


def override(identity: Identity, row: ManifestRow) -> None:
    """Put in what the manifest says of year, publication date and address."""
    if row.year is not None:
        identity.year = row.year
        identity.warnings = [each for each in identity.warnings if each != warn.NO_YEAR.zh]
        identity.evidence.append(Evidence("year", str(row.year), SOURCE, MANIFEST_WEIGHT))
    if row.published_on is not None:
        identity.published_on = row.published_on
        identity.warnings = [each for each in identity.warnings if not warn.speaks_of_dates(each)]
        identity.evidence.append(Evidence("published_on", row.published_on.isoformat(), SOURCE, MANIFEST_WEIGHT))
    if row.source_url:
        identity.source_url = row.source_url
