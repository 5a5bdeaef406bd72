"""The issuer's full name, put together from the names that a document uses for its author."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.identity.findings import OwnName
from loaders.identity.names import AgencyName, abbreviates, full_rest, is_government_office
from loaders.identity.places import PlaceNames
from loaders.regions import Region, Regions

_CONTACT_SHARE = 0.5
"""A contact may be an office of the author or the government's office: it says where better than who."""
_OFFICE_SHARE = 0.15
_WITHOUT_PLACE = 0.4
"""A name without place counts less than one with it."""
_NO_BUREAU = 0.35
_SCHOOLS = ("大学", "学院")
"""Their names are shown as they are: a place in front is no region that reports, and their seat no part of them."""


@dataclass(frozen=True, slots=True)
class Composed:
    """The issuer as it is to be shown and what is known of its parts."""

    issuer: str
    rest: str
    town: str = ""
    zone: str = ""
    has_place: bool = False
    weight: float = 0.0
    total: float = 0.0


def compose(
    own: list[OwnName], code: str, names: PlaceNames, level_open: bool, is_bureau: bool = False
) -> Composed | None:
    """The name that the own names agree on, with the region in front if it is known.

    `is_bureau` says that the text calls itself 我局: a government that its preface names may be left over.
    """
    regions = names.regions
    fitting = [each for each in own if _fits(each.name, code, regions)] or own
    if not fitting:
        return None
    groups: dict[tuple[str, str], list[tuple[float, OwnName]]] = {}
    for each in fitting:
        key = (each.name.town, full_rest(each.name))
        weight = each.weight
        if each.source == "contact":
            weight *= _OFFICE_SHARE if is_government_office(each.name.rest) else _CONTACT_SHARE
        if each.name.place is None:
            weight *= _WITHOUT_PLACE
        if is_bureau and key == ("", "人民政府"):
            weight *= _NO_BUREAU
        groups.setdefault(key, []).append((weight, each))
    merged = _merge(groups)
    totals = {key: sum(weight for weight, _ in members) for key, members in merged.items()}
    key = max(totals, key=lambda each: (totals[each], len(each[1])))
    members = merged[key]
    weight, best = max(members, key=lambda pair: _showing(pair, key[1]))
    issuer = _shown(best.name, key, code, regions, level_open)
    place = best.name.place
    zone = place.zone if place else ""
    has_place = bool(place and (place.links or zone)) or bool(code and not level_open)
    return Composed(issuer, key[1], key[0], zone, has_place, totals[key], sum(totals.values()))


def _showing(member: tuple[float, OwnName], rest: str) -> tuple[bool, bool, float]:
    """The name to show: in full, with its place, from the best source."""
    weight, own = member
    return full_rest(own.name) == rest, bool(own.name.place and own.name.place.links), weight


def _fits(name: AgencyName, code: str, regions: Regions) -> bool:
    return (
        name.place is None or not code or any(regions.within(code, other) for other in name.codes) or code in name.codes
    )


def _merge(
    groups: dict[tuple[str, str], list[tuple[float, OwnName]]],
) -> dict[tuple[str, str], list[tuple[float, OwnName]]]:
    """Join abbreviations to the longest name that they abbreviate."""
    keys = sorted(groups, key=lambda key: -len(key[1]))
    merged: dict[tuple[str, str], list[tuple[float, OwnName]]] = {}
    for town, rest in keys:
        target = next(
            (key for key in merged if key[0] == town and abbreviates(rest, key[1])),
            (town, rest),
        )
        merged.setdefault(target, []).extend(groups[town, rest])
    return merged


def _shown(name: AgencyName, key: tuple[str, str], code: str, regions: Regions, level_open: bool) -> str:
    town, rest = key
    place = name.place
    if place is not None and place.zone:
        return name.text[: place.start] + rest
    if town:
        front = (name.text[: place.start] if place else "") + _front(name, code, regions, level_open)
        ending = ("道" if town.endswith("街") and rest.startswith("办事处") else "") + rest
        return front + town + ending
    if place is not None and place.links:
        if rest.endswith(_SCHOOLS):
            return name.text
        chain = _links_in_full(place.links, code, regions)
        written = name.text
        if place.start:
            return written[: place.start] + chain + rest[place.start :]
        own = regions.by_code[code].name if code in regions.by_code else ""
        return chain + (rest.removeprefix(own) if own and chain.endswith(own) else rest)  # 阿右旗阿拉善右旗教体局
    if code and not level_open:
        region = regions.by_code[code].name
        if name.level and not region.endswith(name.level):
            return name.level + rest  # 区财政局 in a report that names but its province
        named = f"({region})" in rest or (len(region) > 2 and rest.startswith(region[:-1]))  # 怀远二中, of 怀远县
        named |= rest.endswith(_SCHOOLS)
        return ("" if named else region) + (rest or "人民政府")
    return name.level + rest


def _front(name: AgencyName, code: str, regions: Regions, level_open: bool) -> str:
    if name.place is not None and name.place.links:
        return _links_in_full(name.place.links, code, regions)
    return regions.by_code[code].name if code and not level_open else ""


def _links_in_full(links: tuple[str, ...], code: str, regions: Regions) -> str:
    """Abbreviations in a chain of places written out: 达茂旗 -> 达尔罕茂明安联合旗. Former names stay."""
    chain = [regions.by_code[each] for each in (*reversed(regions.ancestors(code)), code) if each in regions.by_code]
    return "".join(next((region.name for region in chain if _is_short_for(link, region)), link) for link in links)


def _is_short_for(link: str, region: Region) -> bool:
    if any(former.name == link for former in region.former):
        return False
    return link in region.aliases
