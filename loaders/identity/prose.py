"""The author in running text: in the preface, as the subject of paragraphs, and by the sites that it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from loaders.identity import phrases
from loaders.identity.extract import Extract
from loaders.identity.findings import Witnesses
from loaders.identity.names import (
    AgencyName,
    after_system,
    agencies_in,
    agency_at,
    central_at,
    full_rest,
    is_agency,
    is_government_office,
    rebased,
    take_apart,
    without_office,
)
from loaders.identity.places import Place, PlaceNames
from loaders.identity.titles import read_title

HEADER_SHARE = 0.2
SHORTEST_SENTENCE = 12
_MOST_LINES = 12
_MOST_SUBJECTS = 3
_BEFORE_A_SITE = 24
_MOST_SITES = 5
_LINES_ON_A_SCHOOL = 4
_BEFORE_A_NAME = 40
_OURS_SHARE = 1.5
_NOBODY = ("政府", "政务", "我", "的")


def from_preface(extract: Extract, found: Witnesses, names: PlaceNames, year: int | None) -> None:
    """The author as the preface names it, with those it turns to, works with and stands under told apart."""
    text = "\n".join(extract.preface)
    for quoted in re.findall(r"《([^》]{6,60})》", text):
        title = read_title(quoted, "preface")
        if title is not None and title.issuer and not re.search("国务院|格式|通知|条例", quoted):
            found.add_own(take_apart(title.issuer, names, year), "preface", 0.7)
    _as_school(text, extract, found)
    text = phrases.QUOTED.sub("》", text)
    seen: set[str] = set()
    for name, start, end in agencies_in(text, names, year):
        _place_in_preface(name, text[max(0, start - _BEFORE_A_NAME) : start], text[end : end + 24], found, seen)
    if phrases.CONSOLIDATED.search(text):
        _as_governments(found)
    _announced(text, found, names, year, seen)
    _lone_contacts(text, found, names, year)
    for match in phrases.ADDRESS.finditer(text):
        place = names.at(match[1], 0, year)
        if place is not None:
            found.add_hint(place.codes, "address", match[1][: place.end])


def _as_school(text: str, extract: Extract, found: Witnesses) -> None:
    """The school that the opening of a school's report without title names most often."""
    opening = "\n".join((text, *extract.body[:_LINES_ON_A_SCHOOL]))
    if any(own.source == "title" for own in found.own) or not phrases.OF_SCHOOLS.search(opening):
        return
    counted = Counter(match[1] for match in phrases.SCHOOL.finditer(opening))
    for school, _ in counted.most_common(1):
        found.add_own(AgencyName(school, None, school), "preface")


def _as_governments(found: Witnesses) -> None:
    """The office of a government that puts the reports of all under it together writes the government's own."""
    for own in [each for each in found.own if each.source in ("preface", "contact")]:
        if is_government_office(own.name.rest) and own.name.place is not None:
            text = own.name.text.removesuffix(own.name.rest) + "人民政府"
            found.add_own(AgencyName(text, own.name.place, "人民政府"), "preface", _OURS_SHARE)
            return


def _place_in_preface(name: AgencyName, before: str, after: str, found: Witnesses, seen: set[str]) -> None:
    """What a name in the preface is doing there, by the words around it."""
    alone = (not before or before[-1] == "\n") and after[:1] in ("", "\n")
    if phrases.IN_AN_ADDRESS.search(before):
        found.add_hint(name.codes, "address", name.text)
        if name.town:
            found.add_own(without_office(name), "contact", 0.5)
    elif alone and full_rest(name) == "人民政府":
        found.add_own(name, "preface", HEADER_SHARE)  # the head of the page, rather than of the report
    elif phrases.SITE.match(after):
        found.add_hint(name.codes, "site", name.text)
    elif phrases.CONTACT_BEFORE.search(before) or phrases.CONTACT_AFTER.match(after):
        found.add_own(without_office(name), "contact")
    elif phrases.TOGETHER.search(before) or _is_superior(name, before, after) or _gets_copies(name, before):
        found.add_hint(name.codes, "mention", name.text)
    elif name.text not in seen:
        seen.add(name.text)
        found.add_own(name, "preface")


def _is_superior(name: AgencyName, before: str, after: str) -> bool:
    above = phrases.SUPERIOR_BEFORE.search(before) or phrases.SUPERIOR_AFTER.match(after)
    return bool(above) or "国务院" in name.text


def _gets_copies(name: AgencyName, before: str) -> bool:
    return bool(phrases.COPIES_GO_TO.search(name.text) and phrases.WHITHER.search(before))


def _announced(text: str, found: Witnesses, names: PlaceNames, year: int | None, seen: set[str]) -> None:
    for match in chain(phrases.ANNOUNCED.finditer(text), phrases.OPENS_AS_TITLE.finditer(text)):
        announced = re.sub(r"^20\d{2}年度?", "", match[1])
        if announced in _NOBODY:
            continue  # 现将2024年度政府信息公开工作年度报告如下
        if announced not in seen and (is_agency(announced, names) or _is_place(announced, names, year)):
            found.add_own(take_apart(announced, names, year), "preface")
    compiled = phrases.COMPILED_BY.search(text)
    if compiled and _is_place(compiled[1], names, year):
        found.add_own(take_apart(compiled[1], names, year), "preface")
    written = phrases.WRITTEN_BY.search(text)
    central = central_at(written[1], 0) if written else None
    if written is not None and central is not None and central.text == written[1]:
        found.add_own(central, "preface")
    ours = phrases.OURS.search(text)
    if ours:
        found.add_own(AgencyName(ours[1] + "人民政府", None, "人民政府", ours[1]), "preface", _OURS_SHARE)


def _lone_contacts(text: str, found: Witnesses, names: PlaceNames, year: int | None) -> None:
    for match in phrases.LONE_CONTACT.finditer(text):
        contact = match[1] or match[2]
        if names.at(contact, 0, year) is None and is_agency(contact, names):
            name = take_apart(contact, names, year)
            if name.place is not None or not re.match(r"(?:本|我|单位|办公室|局|相关|有关)", name.rest):
                found.add_own(without_office(name), "contact", 0.8)


def _from_marked_subject(line: str, start: int, found: Witnesses, names: PlaceNames) -> None:
    marked = phrases.MARKED_SUBJECT.match(line, start)
    if marked is None or not is_agency(marked[2], names):
        return
    if not phrases.SITE.match(line, marked.end()) and not phrases.SUPERIOR_AFTER.match(line, marked.end()):
        found.add_own(AgencyName(marked[0], None, marked[2], marked[1]), "text")


def _from_elsewhere(line: str, start: int, found: Witnesses, names: PlaceNames) -> None:
    """A zone that no list has (2023年，某某工业园区管委会严格), a ministry, or a town without its county."""
    town = phrases.TOWN_ACTS.match(line, start)
    hosts = names.regions.town_hosts.get(town[1], ()) if town else ()
    if town is not None and hosts:
        found.add_own(AgencyName(town[1], Place(hosts, 0, len(town[1]), (), town[1]), ""), "text", 0.8)
        return
    zone = phrases.ZONE_SUBJECT.match(line, start)
    central = central_at(line, start) if zone is None else None
    if zone is not None:
        found.add_own(AgencyName(zone[1], None, zone[1]), "text")
    elif central is not None and phrases.ACTS.match(line, start + len(central.text)):
        found.add_own(central, "text")


def from_sites(extract: Extract, found: Witnesses, names: PlaceNames, year: int | None) -> None:
    """Sites that the sections name: 通过某旗人民政府网站公开信息50条."""
    windows = [line[max(0, at - _BEFORE_A_SITE) : at + 2] for line in extract.body for at in _nets(line)]
    for window in windows[:_MOST_SITES]:
        for place in names.scan(window, year):
            name = agency_at(window, place, names)
            behind = place.start + _behind(name) if name else place.end
            if phrases.SITE.match(window, behind) or window.startswith("政府", place.end):
                found.add_hint(place.codes, "site", window[place.start : behind], 0.75)


def _nets(line: str) -> Iterator[int]:
    at = line.find("网")
    while at >= 0:
        yield at
        at = line.find("网", at + _BEFORE_A_SITE)


def _is_place(text: str, names: PlaceNames, year: int | None) -> bool:
    """Whether the text is the name of a region or town and nothing else."""
    place = names.at(text, 0, year)
    whole = names.with_town(place, text) if place else names.lone_town(text)
    return whole is not None and whole.end == len(text)


def from_subjects(extract: Extract, found: Witnesses, names: PlaceNames, year: int | None) -> None:
    """The agency that paragraphs begin with, as in 2023年，某县科工局按照……."""
    count = 0
    for line in extract.body:
        town = phrases.TOWN_SUBJECT.search(line) if phrases.TOWN_BODY.search(line) else None
        if town and names.at(town[1], 0, year) is None and is_agency(town[1], names):
            found.add_own(take_apart(town[1], names, year), "text", 0.8)
            break
    for line in (*extract.preface, *extract.body):
        if len(line) < SHORTEST_SENTENCE:
            continue
        opening = phrases.SUBJECT.match(line)
        start = after_system(line, opening.end() if opening else 0)
        place = names.at(line, start, year)
        if place is None:
            _from_marked_subject(line, start, found, names)
            _from_elsewhere(line, start, found, names)
            continue
        name = agency_at(line[: start + 48], place, names)
        if name is None and phrases.ACTS.match(line, place.end):
            found.add_own(AgencyName(line[place.start : place.end], rebased(place), ""), "text", 0.5)
            continue
        if name is None or phrases.SITE.match(line, start + _behind(name)):
            found.add_hint(place.codes, "mention", line[place.start : place.end])
            continue
        if phrases.SUPERIOR_AFTER.match(line, start + _behind(name)):
            continue
        found.add_own(name, "text")
        count += 1
        if count == _MOST_SUBJECTS:
            return


def _behind(name: AgencyName) -> int:
    """Characters from where the place begins to where the name ends."""
    return len(name.text) - (name.place.start if name.place else 0)


def from_anywhere(extract: Extract, found: Witnesses, names: PlaceNames, year: int | None) -> None:
    """An agency that acts in the middle of a sentence; asked only where nothing else names the author."""
    for line in extract.body[:_MOST_LINES]:
        for name, _, end in agencies_in(line, names, year):
            if phrases.ACTS.match(line, end):
                found.add_own(name, "text", 0.8)
                return
        match = phrases.ACTING.search(line)
        if match and is_agency(match[2], names):
            found.add_own(AgencyName(match[1] + match[2], None, match[2], match[1]), "text", 0.8)
            return
    for match in phrases.OWN_GUIDE.finditer("\n".join(extract.body)):
        if is_agency(match[1], names) or _is_place(match[1], names, year):
            found.add_own(take_apart(match[1], names, year), "text", 0.8)
            return
