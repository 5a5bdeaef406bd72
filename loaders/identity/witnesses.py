"""What a document says of its author: own names, each with where it stood, and hints of the region around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loaders.identity import phrases
from loaders.identity.domains import hosts_in
from loaders.identity.extract import Extract, clean
from loaders.identity.names import (
    AgencyName,
    after_system,
    agencies_in,
    agency_at,
    full_rest,
    is_agency,
    rebased,
    take_apart,
    without_office,
    without_stray_start,
)
from loaders.identity.places import Place, PlaceNames
from loaders.identity.titles import Title, read_title

NAME_WEIGHTS = {
    "title": 5.0,
    "signature": 4.0,
    "furniture": 3.5,
    "file name": 3.0,
    "source line": 3.0,
    "preface": 3.0,
    "metadata": 1.5,
    "contact": 2.5,
    "text": 1.2,
    "folder": 1.5,
    "breadcrumb": 1.2,
}
HINT_WEIGHTS = {
    "site": 2.0,
    "telephone": 2.0,
    "web address": 2.0,
    "site code": 2.0,
    "address": 1.5,
    "breadcrumb": 1.5,
    "folder": 1.5,
    "file name": 1.2,
    "source line": 1.0,
    "mention": 0.6,
}
HEADER_SHARE = 0.2
SHORTEST_SENTENCE = 12
_MOST_SUBJECTS = 3
_BEFORE_A_SITE = 24
_MOST_SITES = 5
_MOST_BODY = 4000


@dataclass(frozen=True, slots=True)
class OwnName:
    """A name that stands where the author's own name belongs."""

    name: AgencyName
    source: str
    weight: float


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that points to a region without naming the author. `value` is what was found."""

    codes: tuple[str, ...]
    source: str
    weight: float
    value: str


@dataclass(slots=True)
class Witnesses:
    """All of it. `level` is the kind of region (旗, 市 ...) that the text speaks of as its own."""

    own: list[OwnName]
    hints: list[Hint]
    hosts: list[str]
    level: str = ""


def gather(extract: Extract, titles: list[Title], names: PlaceNames, year: int | None) -> Witnesses:
    """Everything in the document that speaks of its author."""
    found = Witnesses([], [], hosts_in(_web_texts(extract)))
    _from_titles(titles, found, names, year)
    _from_signature(extract, found, names, year)
    _from_head(extract, found, names, year)
    _from_subjects(extract, found, names, year)
    _from_sites(extract, found, names, year)
    _from_source_lines(extract, found, names, year)
    _from_trails(extract, titles, found, names, year)
    _from_numbers(extract, found, names)
    found.level = _level(extract, found)
    return found


def mentions(extract: Extract, names: PlaceNames, year: int | None) -> Iterator[Hint]:
    """Regions that the text merely mentions; read only where the rest leaves the region open."""
    text = "\n".join((*extract.head, *extract.body, *extract.tail))[:_MOST_BODY]
    seen: set[tuple[str, ...]] = set()
    for place in names.scan(text, year):
        if place.codes not in seen:
            seen.add(place.codes)
            yield Hint(place.codes, "mention", HINT_WEIGHTS["mention"], text[place.start : place.end])


def _web_texts(extract: Extract) -> Iterable[str]:
    yield extract.head_text
    yield from extract.tail
    yield from extract.furniture
    yield from extract.metadata.values()


def _own(found: Witnesses, name: AgencyName, source: str, factor: float = 1.0) -> None:
    found.own.append(OwnName(name, source, NAME_WEIGHTS[source] * factor))


def _hint(found: Witnesses, codes: tuple[str, ...], source: str, value: str, factor: float = 1.0) -> None:
    if codes:
        found.hints.append(Hint(codes, source, HINT_WEIGHTS[source] * factor, value))


def _from_titles(titles: list[Title], found: Witnesses, names: PlaceNames, year: int | None) -> None:
    for title in titles:
        if title.issuer:
            _own(found, take_apart(without_stray_start(title.issuer), names, year), title.source)


def _from_signature(extract: Extract, found: Witnesses, names: PlaceNames, year: int | None) -> None:
    for line in reversed(extract.tail):
        text = phrases.STAMP.sub("", line).strip("(),。:、")
        if not 3 <= len(text) <= 40 or phrases.SOURCE_LINE.match(line):
            continue
        if read_title(line, "tail"):
            continue
        if is_agency(text, names):
            name = take_apart(text, names, year)
            if name.place is not None or name.level or phrases.SIGNED.search(name.rest):
                _own(found, name, "signature")
                return
        place = names.at(text, 0, year)
        if place is not None and place.end < len(text):
            town = names.with_town(place, text)
            if town.town and town.end == len(text):
                _own(found, take_apart(text, names, year), "signature")
                return


def _from_head(extract: Extract, found: Witnesses, names: PlaceNames, year: int | None) -> None:
    text = "\n".join(extract.preface)
    for quoted in re.findall(r"《([^》]{6,60})》", text):
        title = read_title(quoted, "preface")
        if title is not None and title.issuer and not re.search("国务院|格式|通知|条例", quoted):
            _own(found, take_apart(title.issuer, names, year), "preface", 0.7)
    text = phrases.QUOTED.sub("", text)
    seen: set[str] = set()
    for name, start, end in agencies_in(text, names, year):
        before, after = text[max(0, start - 8) : start], text[end : end + 24]
        if before.endswith(("地址:", "地址为", "地点:", "位于")):
            _hint(found, name.codes, "address", name.text)
            if name.town:
                _own(found, without_office(name), "contact", 0.5)
        elif (not before or before[-1] == "\n") and after[:1] in ("", "\n") and full_rest(name) == "人民政府":
            _own(found, name, "preface", HEADER_SHARE)  # the head of the page, rather than of the report
        elif phrases.SITE.match(after):
            _hint(found, name.codes, "site", name.text)
        elif phrases.CONTACT_BEFORE.search(before) or phrases.CONTACT_AFTER.match(after):
            _own(found, without_office(name), "contact")
        elif phrases.TOGETHER.search(before):
            _hint(found, name.codes, "mention", name.text)
        elif phrases.SUPERIOR_BEFORE.search(before) or phrases.SUPERIOR_AFTER.match(after) or "国务院" in name.text:
            _hint(found, name.codes, "mention", name.text)
        elif name.text not in seen:
            seen.add(name.text)
            _own(found, name, "preface")
    for match in phrases.ANNOUNCED.finditer(text):
        announced = re.sub(r"^20\d{2}年度?", "", match[1])
        if announced not in seen and (is_agency(announced, names) or _is_place(announced, names, year)):
            _own(found, take_apart(announced, names, year), "preface")
    ours = phrases.OURS.search(text)
    if ours:
        _own(found, AgencyName(ours[1] + "人民政府", None, "人民政府", ours[1]), "preface", 0.5)
    for match in phrases.LONE_CONTACT.finditer(text):
        if names.at(match[1], 0, year) is None and is_agency(match[1], names):
            name = take_apart(match[1], names, year)
            if name.place is not None or not re.match(r"(?:本|我|单位|办公室|局|相关|有关)", name.rest):
                _own(found, without_office(name), "contact", 0.8)
    for match in phrases.ADDRESS.finditer(text):
        place = names.at(match[1], 0, year)
        if place is not None:
            _hint(found, place.codes, "address", match[1][: place.end])


def _from_marked_subject(line: str, start: int, found: Witnesses, names: PlaceNames) -> None:
    marked = phrases.MARKED_SUBJECT.match(line, start)
    if marked is None or not is_agency(marked[2], names):
        return
    if not phrases.SITE.match(line, marked.end()) and not phrases.SUPERIOR_AFTER.match(line, marked.end()):
        _own(found, AgencyName(marked[0], None, marked[2], marked[1]), "text")


def _from_sites(extract: Extract, found: Witnesses, names: PlaceNames, year: int | None) -> None:
    """Sites that the sections name: 通过某旗人民政府网站公开信息50条."""
    windows = [line[max(0, at - _BEFORE_A_SITE) : at + 2] for line in extract.body for at in _nets(line)]
    for window in windows[:_MOST_SITES]:
        for place in names.scan(window, year):
            name = agency_at(window, place, names)
            behind = place.start + _behind(name) if name else place.end
            if phrases.SITE.match(window, behind) or window.startswith("政府", place.end):
                _hint(found, place.codes, "site", window[place.start : behind], 0.75)


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


def _from_subjects(extract: Extract, found: Witnesses, names: PlaceNames, year: int | None) -> None:
    """The agency that paragraphs begin with, as in 2023年，某县科工局按照……."""
    count = 0
    for line in extract.body:
        town = phrases.TOWN_SUBJECT.search(line)
        if town and names.at(town[1], 0, year) is None and is_agency(town[1], names):
            _own(found, take_apart(town[1], names, year), "text", 0.8)
            break
    for line in (*extract.preface, *extract.body):
        if len(line) < SHORTEST_SENTENCE:
            continue
        opening = phrases.SUBJECT.match(line)
        start = after_system(line, opening.end() if opening else 0)
        place = names.at(line, start, year)
        if place is None:
            _from_marked_subject(line, start, found, names)
            continue
        name = agency_at(line[: start + 48], place, names)
        if name is None and phrases.ACTS.match(line, place.end):
            _own(found, AgencyName(line[place.start : place.end], rebased(place), ""), "text", 0.5)
            continue
        if name is None or phrases.SITE.match(line, start + _behind(name)):
            _hint(found, place.codes, "mention", line[place.start : place.end])
            continue
        if phrases.SUPERIOR_AFTER.match(line, start + _behind(name)):
            continue
        _own(found, name, "text")
        count += 1
        if count == _MOST_SUBJECTS:
            return


def _behind(name: AgencyName) -> int:
    """Characters from where the place begins to where the name ends."""
    return len(name.text) - (name.place.start if name.place else 0)


def _from_source_lines(extract: Extract, found: Witnesses, names: PlaceNames, year: int | None) -> None:
    for line in (*extract.furniture, *extract.head[:12], *extract.tail):
        match = phrases.SOURCE_LINE.search(line)
        if match is None:
            continue
        name = take_apart(match[1], names, year)
        if is_agency(match[1], names) or name.place is not None:
            site = re.search("网|门户|信息中心|融媒体", match[1])
            if site and name.place is not None:
                _hint(found, name.codes, "site", match[1])
            elif name.place is not None or len(name.rest) >= 3:
                _own(found, _head_of(match[1], name, names), "source line")


def _head_of(text: str, name: AgencyName, names: PlaceNames) -> AgencyName:
    """A source line may run on into a title; keep the agency at its beginning."""
    if name.place is None or is_agency(text, names):
        return name
    return agency_at(text, name.place, names) or name


def _from_trails(extract: Extract, titles: list[Title], found: Witnesses, names: PlaceNames, year: int | None) -> None:
    """Breadcrumbs, page titles, folders and the file name."""
    for line in extract.furniture:
        parts = [part for part in re.split(r"[>»|_›→/]|--|[-—](?=[\u4e00-\u9fff])", line) if part]
        if len(parts) > 1 or len(line) <= 30:
            _trail(parts, "breadcrumb", found, names, year)
    if extract.folders:
        _trail(extract.folders, "folder", found, names, year)
    if not any(title.source == "file name" for title in titles):
        stem = re.sub(r"^[\d_.\-()]+", "", extract.file_name)
        for part in re.split(r"[_\-—.()]|20\d{2}年?度?", stem):
            _trail([part], "file name", found, names, year)
    for key in ("author", "company", "creator", "publisher", "site_name", "source"):
        value = clean(extract.metadata.get(key, ""))
        if value and names.at(value, 0, year) is not None and is_agency(value, names):
            _own(found, take_apart(value, names, year), "metadata")


def _trail(parts: list[str], source: str, found: Witnesses, names: PlaceNames, year: int | None) -> None:
    """Place names along a path narrow each other: 河南省/信阳市/新县."""
    place: Place | None = None
    for part in parts:
        text = re.sub(r"^(?:\d{6}[-_]?|中国)", "", part)
        here = names.at(text, 0, year)
        if here is not None:
            inner = tuple(
                code for code in here.codes if place and any(names.regions.within(code, outer) for outer in place.codes)
            )
            place = Place(inner or here.codes, here.start, here.end, here.links)
            _hint(found, place.codes, source, text[: here.end])
            if is_agency(text, names) and not re.search("人民政府$|政府$|网", text):
                _own(found, take_apart(text, names, year), source)
        elif is_agency(text, names) and source != "breadcrumb" and len(text) >= 3:
            _own(found, take_apart(text, names, year), source)


def _from_numbers(extract: Extract, found: Witnesses, names: PlaceNames) -> None:
    """Telephone area codes, and the code that every government's site must show at its foot."""
    for line in (*extract.head, *extract.body, *extract.tail):
        if "中国" in line:
            for match in phrases.SITE_OF_CHINA.finditer(line):
                _hint(found, names.regions.by_short_name.get(match[1], ()), "site", match[0])
    seen: set[str] = set()
    for text in (extract.head_text, *extract.tail, *extract.furniture):
        code = phrases.SITE_CODE.search(text)
        region = names.regions.get(code[1]) if code else None
        if code is not None and region is not None:
            _hint(found, (region.code,), "site code", code[0])
        for match in phrases.TELEPHONE.finditer(text):
            if match[1] not in seen:
                seen.add(match[1])
                _hint(found, names.telephone.get(match[1], ()), "telephone", match[1])


def _level(extract: Extract, found: Witnesses) -> str:
    """The kind of region that the narrative calls its own: 旗委、旗政府, 全县."""
    for own in found.own:
        if own.name.level and own.weight >= 1.5:
            return own.name.level
    votes: dict[str, int] = {}
    for line in (*extract.head, *extract.body):
        for groups in phrases.OWN_KIND_OF_REGION.findall(line):
            mark = next(filter(None, groups))
            votes[mark] = votes.get(mark, 0) + 1
    local = {mark: count for mark, count in votes.items() if mark != "省"}
    if not local:
        return ""
    best = max(local, key=lambda mark: local[mark])
    rest = sorted(local.values())[-2:-1]
    return best if not rest or local[best] > rest[0] else ""
