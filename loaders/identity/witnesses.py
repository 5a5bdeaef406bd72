"""What a document says of its author: own names, each with where it stood, and hints of the region around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from loaders.identity import phrases
from loaders.identity.domains import hosts_in
from loaders.identity.extract import Extract, clean
from loaders.identity.findings import HINT_WEIGHTS, Hint, Witnesses
from loaders.identity.names import AgencyName, agency_at, is_agency, take_apart, without_stray_start
from loaders.identity.places import Place, PlaceNames
from loaders.identity.prose import from_anywhere, from_preface, from_sites, from_subjects
from loaders.identity.titles import Title, read_title
from loaders.patterns import pattern_of

_MOST_BODY = 4000
_OFTEN = 2
_NO_NAME = pattern_of("[A-Za-z_]")
"""What intruders or viewers put into a title: no agency is called so."""
_OURS = pattern_of("[我本](?:校|院|局|厅|委|办|镇|乡|苏木|街道|中心|单位|机关|学校|学院)")
"""What a title calls its author by is no name: 我校2021-2022学年信息公开工作报告."""
_DISTRICT_OF_CUSTOMS = pattern_of("(?<=海关)关区$")
_ALL_CUSTOMS, _GENERAL_ADMINISTRATION = "全国海关", "海关总署"
"""Of all of them their general administration reports."""
_SYSTEM, _SYSTEM_SHARE = ("部门", "系统"), 0.2
"""某市气象部门, 某市税务系统: the text may say which agency that is."""


def gather(extract: Extract, titles: list[Title], names: PlaceNames, year: int | None) -> Witnesses:
    """Everything in the document that speaks of its author."""
    found = Witnesses([], [], hosts_in(_web_texts(extract)))
    _from_titles(titles, found, names, year)
    _from_signature(extract, found, names, year)
    from_preface(extract, found, names, year)
    from_subjects(extract, found, names, year)
    from_sites(extract, found, names, year)
    _from_source_lines(extract, found, names, year)
    _from_trails(extract, titles, found, names, year)
    _from_numbers(extract, found, names)
    if not found.own:
        from_anywhere(extract, found, names, year)
    found.level = _level(extract, found)
    found.is_bureau = _calls_itself_a_bureau(extract)
    return found


def _calls_itself_a_bureau(extract: Extract) -> bool:
    """Whether the narrative says 我局 time and again, and hardly ever 我县."""
    bureau = sum(line.count("我局") for line in extract.body)
    if bureau < _OFTEN:
        return False
    return bureau > _OFTEN * sum(len(phrases.OUR_REGION.findall(line)) for line in extract.body)


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


def _from_titles(titles: list[Title], found: Witnesses, names: PlaceNames, year: int | None) -> None:
    for title in titles:
        if title.issuer and not _NO_NAME.search(title.issuer) and not _OURS.fullmatch(title.issuer):
            issuer = _DISTRICT_OF_CUSTOMS.sub("", without_stray_start(title.issuer))
            share = _SYSTEM_SHARE if issuer.endswith(_SYSTEM) else 1.0
            issuer = issuer.replace(_ALL_CUSTOMS, _GENERAL_ADMINISTRATION)
            if issuer:
                found.add_own(take_apart(issuer, names, year), title.source, share)


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
                found.add_own(name, "signature")
                return
        place = names.at(text, 0, year)
        if place is not None and place.end < len(text):
            town = names.with_town(place, text)
            if town.town and town.end == len(text):
                found.add_own(take_apart(text, names, year), "signature")
                return


def _from_source_lines(extract: Extract, found: Witnesses, names: PlaceNames, year: int | None) -> None:
    for line in (*extract.furniture, *extract.head[:12], *extract.tail):
        match = phrases.SOURCE_LINE.search(line)
        if match is None:
            continue
        name = take_apart(match[1], names, year)
        if is_agency(match[1], names) or name.place is not None:
            site = re.search("网|门户|信息中心|融媒体", match[1])
            if site and name.place is not None:
                found.add_hint(name.codes, "site", match[1])
            elif name.place is not None or len(name.rest) >= 3:
                found.add_own(_head_of(match[1], name, names), "source line")


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
            found.add_own(take_apart(value, names, year), "metadata")


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
            found.add_hint(place.codes, source, text[: here.end])
            if is_agency(text, names) and not re.search("人民政府$|政府$|网", text):
                found.add_own(take_apart(text, names, year), source)
        elif is_agency(text, names) and source != "breadcrumb" and len(text) >= 3:
            found.add_own(take_apart(text, names, year), source)


def _from_numbers(extract: Extract, found: Witnesses, names: PlaceNames) -> None:
    """Telephone area codes, and the code that every government's site must show at its foot."""
    for line in (*extract.head, *extract.body, *extract.tail):
        if "中国" in line:
            for match in phrases.SITE_OF_CHINA.finditer(line):
                found.add_hint(names.regions.by_short_name.get(match[1], ()), "site", match[0])
    seen: set[str] = set()
    for text in (extract.head_text, *extract.tail, *extract.furniture):
        code = phrases.SITE_CODE.search(text)
        region = names.regions.get(code[1]) if code else None
        if code is not None and region is not None:
            found.add_hint((region.code,), "site code", code[0])
        for match in phrases.TELEPHONE.finditer(text) if phrases.AREA_CODE.search(text) else ():
            if match[1] not in seen:
                seen.add(match[1])
                found.add_hint(names.telephone.get(match[1], ()), "telephone", match[1])


def _level(extract: Extract, found: Witnesses) -> str:
    """The kind of region that the narrative calls its own: 旗委、旗政府, 全县."""
    for own in found.own:
        if own.name.level and own.weight >= 1.5:
            return own.name.level
    votes: dict[str, int] = {}
    for line in (*extract.head, *extract.body):
        for first, behind in phrases.OWN_KIND_OF_REGION.findall(line):
            mark = behind or first
            votes[mark] = votes.get(mark, 0) + 1
    local = {mark: count for mark, count in votes.items() if mark != "省"}
    if not local:
        return ""
    best = max(local, key=lambda mark: local[mark])
    rest = sorted(local.values())[-2:-1]
    return best if not rest or local[best] > rest[0] else ""
