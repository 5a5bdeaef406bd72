"""Regions of China: names, codes, parents, former names, towns and zones, from `data/regions`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from data import DATA_DIR

Level = Literal["province", "prefecture", "county"]
FOLDER = DATA_DIR / "regions"


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name or code that is no more. `last_year` is the last year in which a published list has it."""

    code: str
    name: str
    last_year: int


@dataclass(frozen=True, slots=True)
class Region:
    """A province, prefecture or county with its GB/T 2260 code.

    `last_year` is set for a region that was merged or divided away; `successors` are then the codes that took it in.
    `aliases` are abbreviations in use (达茂旗), `domains` names of its web site, `pinyin` a syllable a character.
    """

    code: str
    name: str
    short_name: str
    level: Level
    parent_code: str
    last_year: int | None
    successors: tuple[str, ...]
    aliases: tuple[str, ...]
    telephone: tuple[str, ...]
    pinyin: str
    domains: tuple[str, ...]
    former: tuple[FormerName, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Full name, abbreviations and former names, but not the name without its kind."""
        return tuple(dict.fromkeys((self.name, *self.aliases, *(former.name for former in self.former))))


def _list(value: str) -> tuple[str, ...]:
    return tuple(value.split("|")) if value else ()


def _region(line: str) -> Region:
    code, name, short, level, parent, last_year, successors, aliases, telephone, pinyin, domains, former = line.split(
        "\t"
    )
    formers = (each.split(":") for each in _list(former))
    return Region(
        code,
        name,
        short,
        level,  # type: ignore[arg-type]  # the build script writes no other
        parent,
        int(last_year) if last_year else None,
        _list(successors),
        _list(aliases),
        _list(telephone),
        pinyin,
        _list(domains),
        tuple(FormerName(code, name, int(year)) for code, name, year in formers),
    )


class Regions:
    """All regions, looked up by code and by name. Towns and zones are read when first asked for."""

    def __init__(self, rows: Iterable[Region]) -> None:
        self.by_code: dict[str, Region] = {region.code: region for region in rows}

    def __iter__(self) -> Iterator[Region]:
        return iter(self.by_code.values())

    def get(self, code: str) -> Region | None:
        """The region of a present or former code; for a former one the region that goes on under a new code."""
        return self.by_code.get(code) or self._moved.get(code)

    @cached_property
    def _moved(self) -> dict[str, Region]:
        return {former.code: region for region in self for former in region.former}

    @cached_property
    def by_name(self) -> dict[str, tuple[str, ...]]:
        """Full names, abbreviations and former names -> codes. A present full name hides former uses of it near by."""
        found: dict[str, list[str]] = {}
        for region in self:
            for name in region.names:
                found.setdefault(name, []).append(region.code)
        return {name: tuple(codes) for name, codes in found.items()}

    @cached_property
    def by_short_name(self) -> dict[str, tuple[str, ...]]:
        """Names without their kind (巴彦淖尔) -> codes."""
        found: dict[str, list[str]] = {}
        for region in self:
            if region.short_name != region.name:
                found.setdefault(region.short_name, []).append(region.code)
        return {name: tuple(codes) for name, codes in found.items()}

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for region in self:
            found.setdefault(region.parent_code, []).append(region.code)
        return {parent: tuple(codes) for parent, codes in found.items()}

    def children(self, code: str) -> tuple[Region, ...]:
        """The regions right below `code` (below "" stand the provinces), those that are no more among them."""
        return tuple(self.by_code[child] for child in self._children.get(code, ()))

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The codes above `code`, nearest first, itself not among them; empty for an unknown code."""
        return self._ancestors.get(code, ())

    @cached_property
    def _ancestors(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for region in self:
            parent = self.by_code.get(region.parent_code)
            if parent is None:
                found[region.code] = ()
            elif parent.parent_code:
                found[region.code] = (parent.code, parent.parent_code)
            else:
                found[region.code] = (parent.code,)
        return found

    def within(self, code: str, outer: str) -> bool:
        """Whether `code` is `outer` or lies in it."""
        return code == outer or outer in self.ancestors(code)

    def find(self, name: str, within: str = "") -> tuple[Region, ...]:
        """The regions of that name, abbreviation or former name, only those inside the region `within` if given."""
        codes = self.by_name.get(name) or self.by_short_name.get(name, ())
        return tuple(self.by_code[code] for code in codes if not within or self.within(code, within))

    def place_names(self, code: str) -> tuple[str, str, str]:
        """Names of province, prefecture and county; empty text where there is none."""
        names = {"province": "", "prefecture": "", "county": ""}
        for each in (code, *self.ancestors(code)):
            region = self.by_code.get(each)
            if region is not None:
                names[region.level] = region.name
        return names["province"], names["prefecture"], names["county"]

    @cached_property
    def _towns(self) -> dict[str, str]:
        lines = (FOLDER / "towns.tsv").read_text(encoding="utf-8").splitlines()
        return {line[:6]: line[7:] for line in lines}

    def towns(self, county: str) -> dict[str, str]:
        """Town name -> nine-digit code of the towns, 苏木 and subdistricts, past ones among them, of a county."""
        return {entry[3:]: county + entry[:3] for entry in self._towns.get(county, "").split()}

    @cached_property
    def town_hosts(self) -> dict[str, tuple[str, ...]]:
        """Town name -> codes of the counties that have a town of that name."""
        found: dict[str, list[str]] = {}
        for county, towns in self._towns.items():
            for entry in towns.split():
                found.setdefault(entry[3:], []).append(county)
        return {name: tuple(counties) for name, counties in found.items()}

    @cached_property
    def zones(self) -> dict[str, str]:
        """Name of a development zone, new area or division of the Corps -> code of the region that hosts it."""
        lines = (FOLDER / "zones.tsv").read_text(encoding="utf-8").splitlines()
        return {name: host for name, _, host in (line.partition("\t") for line in lines)}


def boundary_file(province: str = "") -> Path:
    """TopoJSON of the boundaries of a province (its code), or of the whole country.

    A province has the objects `counties` and `prefectures`, the country `prefectures`, `provinces` and `lines`. The id
    of each shape is the code of its region.
    """
    folder = DATA_DIR / "boundaries"
    return folder / "counties" / f"{province[:2]}0000.json" if province else folder / "prefectures.json"


def boundary_note() -> str:
    """Source and map approval number of the boundaries, in both languages."""
    return (DATA_DIR / "boundaries" / "NOTE.txt").read_text(encoding="utf-8")


@cache
def regions() -> Regions:
    """All regions, read once."""
    lines = (FOLDER / "regions.tsv").read_text(encoding="utf-8").splitlines()
    return Regions(_region(line) for line in lines[1:])
