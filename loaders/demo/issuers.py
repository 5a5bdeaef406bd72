"""The invented issuers: which offices of which real counties report, how busy they are and what they work on."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from data import DATA_DIR
from loaders.demo.figures import Workload
from loaders.regions import Region, regions

PREFECTURES = ("152500", "152900", "150900")
"""锡林郭勒盟, 阿拉善盟 and 乌兰察布市: two leagues and one city."""

MOST_PER_COUNTY = 40
_BUSY_OFFICES = (
    "自然资源局",
    "教育局",
    "住房和城乡建设局",
    "市场监督管理局",
    "公安局",
    "财政局",
    "人力资源和社会保障局",
    "town",
    "农牧局",
    "民政局",
    "town",
    "卫生健康委员会",
    "水利局",
    "应急管理局",
    "town",
)
"""Who is written first where there is no room for everybody; the others follow in the order of the data file."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """One invented issuer. `us` is how it speaks of itself, `seat` the authority on whose site it publishes."""

    name: str
    us: str
    kind: str
    region: Region
    seat: str
    workload: Workload
    topics: tuple[str, ...]
    deeds: tuple[str, ...]
    towns: tuple[str, ...]
    manner: str
    format: str
    site: str
    phone: str
    post: str

    @property
    def is_government(self) -> bool:
        """Whether the report covers everybody below as well."""
        return self.kind == "government"


@cache
def offices() -> dict[str, Any]:
    """The kinds of office, from `data/demo/departments.toml`."""
    return tomllib.loads((DATA_DIR / "demo" / "departments.toml").read_text(encoding="utf-8"))


def choose_counties(count: int) -> list[Region]:
    """`count` counties, one of each prefecture in turn."""
    columns = [[child for child in regions().children(code) if child.last_year is None] for code in PREFECTURES]
    turns = range(max(len(column) for column in columns))
    return [column[turn] for turn in turns for column in columns if turn < len(column)][:count]


def invent_issuers(seed: int, count: int) -> list[Issuer]:
    """About `count` issuers: a government and its offices and towns for each county, the prefectures where room is."""
    counties = choose_counties(max(1, min(26, round(count / 17) if count < 26 * 17 else 26)))
    prefectures = [code for code in PREFECTURES if count >= 40 and any(c.parent_code == code for c in counties)]
    issuers = [_government(seed, _region(code)) for code in prefectures]
    share, extra = divmod(max(count - len(issuers), len(counties)), len(counties))
    for number, county in enumerate(counties):
        issuers += list(_of_county(seed, county))[: min(share + (number < extra), MOST_PER_COUNTY)]
    return issuers


def _region(code: str) -> Region:
    found = regions().get(code)
    if found is None:
        raise LookupError(f"data/regions has no region {code}, which the invented corpus is about.")
    return found


def _of_county(seed: int, county: Region) -> Iterator[Issuer]:
    """The issuers of one county, those first that matter most."""
    yield _government(seed, county)
    names = _towns(county)
    kinds = {kind["name"]: kind for kind in offices()["departments"]}
    towns = iter(names)
    rest = [name for name in kinds if name not in _BUSY_OFFICES]
    for name in (*_BUSY_OFFICES, *rest):
        if name != "town":
            yield _office(seed, county, kinds[name])
            continue
        town = next(towns, None)
        if town:
            yield _town(seed, county, town)
    yield _zone(seed, county)
    for town in towns:
        yield _town(seed, county, town)


def _towns(county: Region) -> tuple[str, ...]:
    endings = ("镇", "苏木", "乡", "街道")
    names = tuple(regions().towns(county.code))
    return tuple(name for name in names if name.endswith(endings) and len(name) < 9 and name[:-1] not in names)


def _government(seed: int, region: Region) -> Issuer:
    league = region.name.endswith("盟")
    name = region.name + ("行政公署" if league else "人民政府")
    level = region.name[-1]
    source = offices()["government"]
    big = 12.0 if region.level == "prefecture" else 1.0
    rng = random.Random(f"{seed}/{name}")
    workload = Workload(
        90.0 * big * rng.uniform(0.6, 1.6), 9.0 * big, 0.4 * (big > 1), 60.0 * big, 0.0, 0.0, 8.0 * big, 0.12
    )
    topics, deeds = tuple(source["topics"]), tuple(deed.replace("{level}", level) for deed in source["deeds"])
    return _issuer(seed, name, "公署" if league else f"{level}政府", "government", region, workload, topics, deeds)


def _office(seed: int, county: Region, source: dict[str, Any]) -> Issuer:
    rng = random.Random(f"{seed}/{county.code}/{source['name']}")
    size = rng.choice((0.5, 0.8, 1.0, 1.3, 5.0 if source["applications"] > 20 else 1.6))
    names = ("applications", "documents", "licences", "penalties", "coercions", "fees")
    figures = {name: source.get(name, 0.0) * size for name in names}
    if figures["applications"] < 1.5 and rng.random() < 0.6:
        figures["applications"] = 0.0
    kind = "office" if source["name"].endswith("办公室") else "department"
    us = {"委员会": "我委", "办公室": "我办", "中心": "本中心"}
    own = next((word for ending, word in us.items() if source["name"].endswith(ending)), "我局")
    workload = Workload(**figures, disputed=source.get("disputed", 0.03))
    return _issuer(
        seed, county.name + source["name"], own, kind, county, workload, tuple(source["topics"]), tuple(source["deeds"])
    )


def _town(seed: int, county: Region, town: str) -> Issuer:
    kind = "subdistrict" if town.endswith("街道") else "township"
    source = offices()["subdistrict" if kind == "subdistrict" else "town"]
    name = county.name + town + ("办事处" if kind == "subdistrict" else "人民政府")
    rng = random.Random(f"{seed}/{name}")
    workload = Workload(rng.choice((0.0, 0.0, 0.0, 0.3, 1.2)))
    us = "我街道" if kind == "subdistrict" else f"我{town[-2:] if town.endswith('苏木') else town[-1]}"
    return _issuer(seed, name, us, kind, county, workload, tuple(source["topics"]), tuple(source["deeds"]))


def _zone(seed: int, county: Region) -> Issuer:
    source = offices()["zone"]
    workload = Workload(0.6, 0.2, licences=15.0)
    name = f"{county.name}工业园区管理委员会"
    return _issuer(seed, name, "管委会", "zone", county, workload, tuple(source["topics"]), tuple(source["deeds"]))


def _issuer(
    seed: int,
    name: str,
    us: str,
    kind: str,
    region: Region,
    workload: Workload,
    topics: tuple[str, ...],
    deeds: tuple[str, ...],
) -> Issuer:
    rng = random.Random(f"{seed}/{name}/manner")
    prefecture = region if region.level == "prefecture" else _region(region.parent_code)
    initials = "".join(syllable[0] for syllable in region.pinyin.split())
    ending = "行政公署" if region.name.endswith("盟") else "人民政府"
    counties = regions().children(prefecture.code)
    towns = _towns(region) or tuple(county.name for county in counties)
    return Issuer(
        name=name,
        us=us,
        kind=kind,
        region=region,
        seat=region.name + ending,
        workload=workload,
        topics=topics,
        deeds=deeds,
        towns=towns,
        manner=rng.choice(("specific", "specific", "mixed", "mixed", "mixed", "dull", "dull")),
        format=rng.choice(("docx", "docx", "docx", "html", "html", "pdf", "pdf", "txt")),
        site=f"www.{initials}.gov.example",
        phone=f"{prefecture.telephone[0]}-555{rng.randint(1000, 9999)}",
        post=f"0{rng.randint(11000, 37000)}",
    )
