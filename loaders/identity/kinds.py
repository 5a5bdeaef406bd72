"""What kind of issuer a name speaks of, and its field of work."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from data import DATA_DIR
from loaders.identity.places import ZONE
from loaders.patterns import pattern_of

_OFFICE = pattern_of(r"(?:人民)?政府(?:办公室|办公厅|办|机关)$")
_GOVERNMENT = pattern_of(r"(?:人民政府|政府|行政公署|行署|行政委员会|行委)?(?:\(本级\)|本级)?$")
_ZONE_BODY = pattern_of(
    rf"^{ZONE.pattern}(?:[\u4e00-\u9fff()]{{0,8}}?(?:管理委员会|管委会|党工委管委会|管理办公室|服务中心|管理局|管理中心|管理处))?$"
)
_CORPS = pattern_of(
    r"^(?:(?:新疆生产建设)?兵团)?(?:第?[一二三四五六七八九十]{1,2}师)?(?:管理委员会|[\u4e00-\u9fff]{1,6}市)?$"
)
_DEPARTMENT = pattern_of(
    r"(?:局|厅|署|委员会|委|办公室|办公厅|办|中心|支队|大队|总队|队|院|馆|站|所|处|社|会|公司|集团|银行|学|院|部|校|园|段|海关|研究室|参事室)$"
)
FIELDS = DATA_DIR / "issuers" / "fields.toml"


def kind_of(rest: str, town: str, has_place: bool, zone: str = "") -> str:
    """One of `loaders.vocabulary.ISSUER_KINDS`.

    `rest` is the name without the place, `town` the town it names, `zone` a zone known by its own name.
    """
    if town:
        bureau = re.search(r"(?:局|委员会|中心|站|所|大队)$", rest) and not re.search("党|政府|办事处", rest)
        if bureau:
            return "department"
        return "subdistrict" if town.endswith("街道") or town.endswith("街") else "township"
    if (zone and _ZONE_BODY.match(rest)) or (rest and _CORPS.match(rest)):
        return "zone"
    if _OFFICE.search(rest):
        return "office"
    if _ZONE_BODY.match(rest) and rest:
        return "zone"
    if _GOVERNMENT.fullmatch(rest):
        return "government" if has_place or rest else "other"
    if re.search(r"(?:街道|街道办|办事处)$", rest):
        return "subdistrict"
    if re.search(r"(?:镇|乡|苏木)(?:人民政府|政府)?$", rest):
        return "township"
    if re.search(r"(?:管理委员会|管委会)$", rest) and ZONE.search(rest):
        return "zone"
    return "department" if _DEPARTMENT.search(rest) else "other"


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of work and the successions of names, from `data/issuers/fields.toml`."""

    by_word: dict[str, str]
    pattern: re.Pattern[str]
    successions: tuple[tuple[tuple[str, ...], ...], ...]
    order: tuple[str, ...]


@cache
def fields() -> Fields:
    """The fields of work, read once."""
    source = tomllib.loads(FIELDS.read_text(encoding="utf-8"))
    by_word = {word: field["name"] for field in source["fields"] for word in field["words"]}
    pattern = re.compile("|".join(sorted(map(re.escape, by_word), key=len, reverse=True)))
    successions = tuple(tuple(tuple(each.split("|")) for each in entry["names"]) for entry in source["renamed"])
    return Fields(by_word, pattern, successions, tuple(field["name"] for field in source["fields"]))


_FIELD_OF_KIND = {"government": "政府", "township": "乡镇街道", "subdistrict": "乡镇街道", "zone": "园区"}


@cache
def field_of_work(rest: str, kind: str) -> str:
    """The field that the earliest word of a name belongs to; empty where none is known."""
    if kind in _FIELD_OF_KIND:
        return _FIELD_OF_KIND[kind]
    found = fields().pattern.search(rest)
    return fields().by_word[found[0]] if found else ""
