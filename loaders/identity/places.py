"""Place names in text: chains such as 河南省信阳市新县 read from left to right, each link inside the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

from loaders.patterns import pattern_of
from loaders.regions import Regions, regions

LONGEST_TOWN = 16
_LONGEST_ZONE = 24
STILL_NAMED_FOR = 1
"""Years after a change in which the former name may still stand in a report."""

_JOINS = pattern_of("[》”)委府局厅办]")
"""Behind these 和县 is no county: 按照《条例》和县政府办的通知, 市委和县委."""
_TOWN = pattern_of(
    r"([\u4e00-\u9fff]{1,9}?(?:街道|镇|乡|苏木)|[\u4e00-\u9fff]{2,5}?街)"
    r"(?=(?:办事处|人民政府|政府|党工委|党委|党政|信息公开|政务公开|联系|$|[0-9(]))"
)
_ZONE_WORDS = (
    "开发区|高新区|经开区|保税区|保税港区|工业园区|产业园区|园区|工业区|新区|示范区|试验区|实验区|管理区|合作区|度假区|风景区|风景名胜区|"
    "产业集聚区|集聚区|功能区|自贸区|自由贸易试验区|工业园|产业园|科技园|科技城|新城|投资区|生态城|旅游区|保护区|集中区|港区|试验基地"
)
ZONE = pattern_of(rf"[\u4e00-\u9fff()·—]{{0,18}}?(?:{_ZONE_WORDS})")
_AFTER_SHORT_NAME = pattern_of(
    rf"{ZONE.pattern}|海关|铁路|机场|监狱|调查总?队|监管局|监管分局|监管办公室|海事局|分行|中心支行"
)
"""What may follow a name without its kind: 达拉特经济开发区, 呼和浩特海关, 国家统计局四川调查总队."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as written: the codes it may mean (deepest link), its links and where they stand in the text.

    `town` is set where the last link is a town; `host` says that the place only hosts what is named (a zone).
    """

    codes: tuple[str, ...]
    start: int
    end: int
    links: tuple[str, ...]
    town: str = ""
    zone: str = ""

    @property
    def settled(self) -> bool:
        """Whether the name means one region only."""
        return len(self.codes) == 1


class PlaceNames:
    """All names of regions, ready to be met at any position of a text."""

    def __init__(self, source: Regions) -> None:
        self.regions = source
        self._uses: dict[str, list[tuple[str, int]]] = {}
        for region in source:
            until = region.last_year or 9999
            for name in (region.name, *region.aliases):
                self._uses.setdefault(name, []).append((region.code, until))
            for former in region.former:
                if former.name != region.name:
                    self._uses.setdefault(former.name, []).append((region.code, former.last_year))
        self._short = source.by_short_name
        self._towns: dict[str, frozenset[str]] = {}
        lengths: dict[str, set[int]] = {}
        for names in (self._uses, self._short):
            for name in names:
                lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}
        first, second = ("".join(sorted({head[n] for head in lengths})) for n in (0, 1))
        self._beginnings = re.compile(f"[{first}](?=[{second}])")

    def meanings(self, name: str, year: int | None) -> tuple[str, ...]:
        """The codes a full name, abbreviation or former name may mean in a report for `year`."""
        uses = self._uses.get(name)
        if uses is None:
            return ()
        if len(uses) == 1:
            return (uses[0][0],)
        limit = 9999 - STILL_NAMED_FOR if year is None else year
        valid = dict.fromkeys(code for code, until in uses if until + STILL_NAMED_FOR >= limit)
        return tuple(valid) or tuple(dict.fromkeys(code for code, _ in uses))

    def at(self, text: str, start: int, year: int | None = None) -> Place | None:
        """The longest chain of place names that begins at `start`."""
        return self._chain(text, start, (), (), start, year)

    def scan(self, text: str, year: int | None = None) -> Iterator[Place]:
        """All chains from left to right; what one has taken is no part of the next (阜新县 holds no 新县)."""
        lengths, taken = self._lengths, 0
        for match in self._beginnings.finditer(text):
            position = match.start()
            if position >= taken and text[position : position + 2] in lengths:
                if text.startswith("和县", position) and _JOINS.match(text[position - 1 : position]):
                    continue
                place = self.at(text, position, year)
                if place is not None:
                    yield place
                    taken = place.end

    def _chain(
        self, text: str, at: int, outer: tuple[str, ...], links: tuple[str, ...], start: int, year: int | None
    ) -> Place | None:
        for length in self._lengths.get(text[at : at + 2], ()):
            name = text[at : at + length]
            if len(name) < length:
                continue
            codes, full = self.meanings(name, year), True
            inside = self._inside(codes, outer)
            if not inside:
                codes, full = self._short.get(name, ()), False
                inside = self._inside(codes, outer)
            if not inside:
                continue
            end = at + length
            if full and text[end : end + 1] == "镇" and not self._goes_on(text, end, inside):
                continue  # 新县镇 is a town, not the county 新县
            deeper = self._chain(text, end, inside, (*links, name), start, year)
            if deeper is not None:
                return deeper
            if full or (_AFTER_SHORT_NAME.match(text, end) and not self._is_zone_elsewhere(text, at, inside)):
                return Place(inside, start, end, (*links, name))
        return None

    def _is_zone_elsewhere(self, text: str, at: int, codes: tuple[str, ...]) -> bool:
        """Whether a known zone of another region begins there: 东湖高新区 is in 武汉, the district 东湖区 is not."""
        host = self._zone_in(text, at)[1]
        within = self.regions.within
        return bool(host) and not any(within(code, host) or within(host, code) for code in codes)

    def _goes_on(self, text: str, at: int, codes: tuple[str, ...]) -> bool:
        """Whether a region (镇平县) or a town of the region (勉县镇川镇) begins at `at`."""
        regions = any(text[at : at + length] in self._uses for length in self._lengths.get(text[at : at + 2], ()))
        return regions or any(self._town_at(text, at, code) for code in codes)

    def _inside(self, codes: tuple[str, ...], outer: tuple[str, ...]) -> tuple[str, ...]:
        if not outer:
            return codes
        return tuple(code for code in codes if code not in outer and any(self._lies_in(code, o) for o in outer))

    def _lies_in(self, code: str, outer: str) -> bool:
        if self.regions.within(code, outer):
            return True
        region = self.regions.by_code[code]
        return outer[2:] != "0000" and any(former.code[:4] == outer[:4] for former in region.former)

    def short(self, name: str, within: str) -> tuple[str, ...]:
        """Codes that `name`, with or without its kind, means inside the region `within`."""
        codes = self.meanings(name, None) or self._short.get(name, ())
        return tuple(code for code in codes if code != within and self.regions.within(code, within))

    def with_town(self, place: Place, text: str) -> Place:
        """The place with the town that follows it, if one does; a town may settle which county is meant."""
        found = [(code, town) for code in place.codes if (town := self._town_at(text, place.end, code))]
        if found:
            longest = max(len(town) for _, town in found)
            town = next(town for _, town in found if len(town) == longest)
            codes = tuple(code for code, name in found if name == town)
            return replace(place, codes=codes, end=place.end + len(town), town=town)
        generic = _TOWN.match(text, place.end)
        if generic and not ZONE.match(text, place.end):
            return replace(place, end=generic.end(), town=generic[1])
        return place

    def _town_at(self, text: str, start: int, county: str) -> str:
        towns = self.towns(county)
        for length in range(min(LONGEST_TOWN, len(text) - start), 1, -1):
            if text[start : start + length] in towns:
                return text[start : start + length]
        return ""

    @cached_property
    def telephone(self) -> dict[str, tuple[str, ...]]:
        """Telephone area code -> codes of the regions that have it."""
        found: dict[str, list[str]] = {}
        for region in self.regions:
            for area in region.telephone:
                found.setdefault(area, []).append(region.code)
        return {area: tuple(codes) for area, codes in found.items()}

    def towns(self, county: str) -> frozenset[str]:
        """Names of the towns of a county."""
        if county not in self._towns:
            self._towns[county] = frozenset(self.regions.towns(county))
        return self._towns[county]

    def lone_town(self, text: str) -> Place | None:
        """A town at the start of the text with no county before it."""
        match = _TOWN.match(text)
        if match is None or match[1].startswith(("我", "本", "全", "各", "该")):
            return None
        name = match[1]
        hosts = self.regions.town_hosts.get(name, ())
        if not hosts and name.endswith("街"):
            hosts = self.regions.town_hosts.get(name + "道", ())
            name += "道" if hosts else ""
        return Place(hosts, 0, match.end(), (), town=name)

    def zone_at(self, text: str, start: int, year: int | None = None) -> Place | None:
        """A zone known by its own name (苏州工业园区, 第八师) at `start`, with a region inside it if one follows."""
        name, host = self._zone_in(text, start)
        if not host:
            return None
        inner = self.at(text, start + len(name), year)
        codes = self._inside(inner.codes, (host,)) if inner else ()
        if inner and (codes or host in inner.codes):
            return Place(codes or (host,), start, inner.end, (name, *inner.links))
        return Place((host,), start, start + len(name), (), zone=name)

    def _zone_in(self, text: str, start: int) -> tuple[str, str]:
        """The longest name of a zone that begins at `start`, and the code of its region; empty ones if none does."""
        zones = self.regions.zones
        for length in range(min(_LONGEST_ZONE, len(text) - start), 2, -1):
            name = text[start : start + length]
            host = zones.get(name)
            if host is not None:
                return name, host
        return "", ""


@cache
def place_names() -> PlaceNames:
    """The names of all regions, read once."""
    return PlaceNames(regions())
