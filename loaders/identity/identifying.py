"""Who wrote a report, where and when: evidence from title to file name, weighed; open where it does not settle."""

from __future__ import annotations

from functools import cache

from loaders.document import Document
from loaders.identity.composing import Composed, compose
from loaders.identity.dates import date_evidence, settle_date
from loaders.identity.deciding import Decision, decide
from loaders.identity.extract import Extract, extract
from loaders.identity.findings import Witnesses
from loaders.identity.kinds import field_of_work, kind_of
from loaders.identity.manifest import ManifestRow, override, own_name, region_of
from loaders.identity.names import name_quality
from loaders.identity.places import PlaceNames, place_names
from loaders.identity.titles import Title, title_in_lines, titles_elsewhere
from loaders.identity.witnesses import gather, mentions
from loaders.identity.years import settle_year, year_evidence
from loaders.report import Evidence, Identity, SectionReading
from loaders.words import of_warnings as warn

__all__ = ["ManifestRow", "identify"]


def identify(
    document: Document,
    text_sections: list[SectionReading],
    path: str,
    manifest_row: ManifestRow | None = None,
) -> Identity:
    """Issuer, region, year and publication date of a report, with the evidence they rest on.

    `path` is relative to the ingested root; its folders count as evidence. A manifest overrides what it names.
    Where the evidence leaves a thing open, it stays empty and `warnings` says so.
    """
    parts = extract(document, text_sections, path)
    row = manifest_row or ManifestRow()
    names = place_names()
    titles = _titles(parts, names)
    identity = Identity(title=titles[0].text if titles else "", source_url=parts.metadata.get("source_url", ""))
    _settle_time(identity, parts, titles)
    override(identity, row)
    found = gather(parts, titles, names, identity.year)
    given = own_name(row, names, identity.year)
    if given is not None:
        found.own.insert(0, given)
    decision = decide(found, names, cache(lambda: list(mentions(parts, names, identity.year))))
    decision = region_of(row, names, decision, identity.year)
    composed = compose(found.own, decision.code, names, decision.level_open, found.is_bureau)
    _settle_issuer(identity, found, decision, composed, names)
    return identity


def _titles(parts: Extract, names: PlaceNames) -> list[Title]:
    first = title_in_lines(parts.head, "title", lambda issuer: name_quality(issuer, names))
    others = list(titles_elsewhere(parts.furniture, parts.metadata, parts.file_name))
    if first is None:
        return others
    parts.title_lines = first.lines
    return [first, *others]


def _settle_time(identity: Identity, parts: Extract, titles: list[Title]) -> None:
    dates = date_evidence(parts)
    rough, _ = settle_date(dates, None)
    years = year_evidence(parts, titles, rough)
    identity.year, sureness, warnings = settle_year(years, rough)
    identity.published_on, date_warnings = settle_date(dates, identity.year)
    identity.evidence += [*years, *dates]
    identity.warnings += [*warnings, *date_warnings]
    identity.confidence = sureness


def _settle_issuer(
    identity: Identity, found: Witnesses, decision: Decision, composed: Composed | None, names: PlaceNames
) -> None:
    regions = names.regions
    identity.region_code = decision.code
    identity.province, identity.prefecture, identity.county = regions.place_names(decision.code)
    identity.warnings += decision.warnings
    sureness = decision.confidence
    if composed is None:
        identity.warnings.append(warn.NO_ISSUER.zh)
        sureness = min(sureness, 0.2)
    else:
        identity.issuer = composed.issuer
        identity.township = composed.town
        identity.issuer_kind = kind_of(composed.rest, composed.town, composed.has_place, composed.zone)
        identity.field_of_work = field_of_work(composed.rest, identity.issuer_kind)
        share = composed.weight / composed.total if composed.total else 0.0
        sureness *= 0.7 + 0.3 * share
    identity.confidence = round(max(0.0, min(1.0, min(sureness, 0.4 + 0.6 * identity.confidence))), 3)
    rejected = {id(own) for own in decision.rejected}
    for own in found.own:
        about = "foreign-issuer" if id(own) in rejected else "issuer"
        identity.evidence.append(Evidence(about, own.name.text, own.source, round(own.weight, 2)))
    identity.evidence += [Evidence("region", hint.value, hint.source, round(hint.weight, 2)) for hint in found.hints]
    identity.evidence += [Evidence("region", f"{host}.gov.cn", "web address", 2.0) for host in found.hosts]
