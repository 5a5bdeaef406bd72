"""One issuer over the years: short and full names of an agency meet, and renamings are joined where years allow it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

import polars as pl

from loaders.identity.kinds import fields
from loaders.identity.names import abbreviates, full_rest, take_apart
from loaders.identity.places import PlaceNames, place_names
from loaders.patterns import pattern_of
from loaders.tables import ISSUER_SCHEMA

_KEPT = ("issuer_kind", "field_of_work", "region_code", "province", "prefecture", "county")
_TOWN_KIND = pattern_of(r"(?:街道|镇|乡|苏木|街)$")
_FILLING = pattern_of(r"和|与|事务|管理(?=[局办])")
_COUNTY_LEVEL = "区县旗"
_DIGITS_OF_LEVELS = {_COUNTY_LEVEL: 6, "市州盟": 4, "省": 2}
"""How many digits of its code tell a place of a level that a name begins with from the others of that level."""
_ZONE_BODY = pattern_of(r"(?:管理委员会|管委会)$")


@dataclass(slots=True)
class _Name:
    """A name in use in one region: `key` is what is left without place and in full words.

    `own_years` are the years of the name itself, `years` those of all names joined to it.
    """

    region: str
    town: str
    key: str
    text: str
    own_years: frozenset[int]
    years: set[int] = field(default_factory=set)
    root: _Name | None = None

    def top(self) -> _Name:
        """The name that stands for the issuer."""
        here = self
        while here.root is not None:
            here = here.root
        return here


def issuers(reports: pl.LazyFrame | pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The table of issuers and `report_id`, `issuer_id` of each report.

    `reports` has at least `report_id`, `issuer`, `township`, `year` and the columns that an issuer keeps. A report
    without issuer has a null `issuer_id`, as has one whose issuer may be any of several namesakes. Ids follow from
    region and earliest name, so that later years leave them.
    """
    wanted = ("report_id", "issuer", "township", "year", *_KEPT)
    rows = reports.lazy().select(wanted).collect()
    named = _of_one_place(rows.filter(pl.col("issuer").is_not_null() & (pl.col("issuer") != "")))
    distinct = named.group_by("issuer", "region_code", "township").agg(pl.col("year").drop_nulls().unique().sort())
    ids = _ids(distinct)
    joined = named.join(ids, on=["issuer", "region_code", "township"], how="left", nulls_equal=True)
    table = _table(joined)
    of_reports = rows.select("report_id").join(
        joined.select("report_id", "issuer_id"), on="report_id", how="left", maintain_order="left"
    )
    return table, of_reports


def _table(joined: pl.DataFrame) -> pl.DataFrame:
    by_year = joined.sort("year", "issuer", nulls_last=False)
    return (
        by_year.group_by("issuer_id", maintain_order=True)
        .agg(
            pl.col("issuer").last(),
            pl.col("issuer").unique(maintain_order=True).alias("names"),
            *(pl.col(name).drop_nulls().last() for name in _KEPT),
            pl.col("year").drop_nulls().unique().sort().cast(pl.Int32).alias("years"),
        )
        .sort("region_code", "issuer", nulls_last=True)
        .select(pl.col(name).cast(kind) for name, kind in ISSUER_SCHEMA.items())
    )


def _of_one_place(named: pl.DataFrame) -> pl.DataFrame:
    """Without the reports that say 区民政局 and not of which district, where those at hand are of several districts.

    Years of namesakes beside each other would be changes, gaps and duplicates that nobody is to answer for.
    """
    regions = named["region_code"].drop_nulls().unique().to_list()
    if len(regions) <= 1:
        return named
    names = place_names()
    pairs = named.filter(pl.col("region_code").is_null() | pl.col("region_code").str.ends_with("00"))
    unsure = [
        (issuer, region)
        for issuer, region in pairs.select("issuer", "region_code").unique().iter_rows()
        if _may_be_of_several(issuer, region or "", regions, names)
    ]
    if not unsure:
        return named
    kinds = {"issuer": pl.String, "region_code": pl.String}
    left_out = pl.DataFrame(unsure, schema=kinds, orient="row")
    return named.join(left_out, on=list(kinds), how="anti", nulls_equal=True, maintain_order="left")


def _may_be_of_several(issuer: str, region: str, regions: Iterable[str], names: PlaceNames) -> bool:
    """Whether the name fits several places at hand within the region, as far as that is known.

    A name with its place in it, or without any word for its level, is taken by itself.
    """
    apart = take_apart(issuer, names)
    level = apart.level if apart.place is None else ""
    if apart.place is not None and len(apart.place.codes) > 1 and not region:
        level = _COUNTY_LEVEL[0]
    digits = next((digits for words, digits in _DIGITS_OF_LEVELS.items() if level and level in words), 0)
    known = region.removesuffix("00").removesuffix("00")
    if len(known) >= digits:
        return False
    own = [each[:digits] for each in regions if each.startswith(known) and each[digits - 2 : digits] != "00"]
    return len(set(own)) > 1


def _ids(distinct: pl.DataFrame) -> pl.DataFrame:
    """`issuer`, `region_code`, `township` -> `issuer_id`."""
    names = place_names()
    held: list[_Name] = []
    buckets: dict[tuple[str, str], list[_Name]] = defaultdict(list)
    for issuer, region, township, years in distinct.iter_rows():
        town, key = _key(issuer, region or "", township or "", names)
        name = _Name(region or "", town, key, issuer, frozenset(years), set(years))
        held.append(name)
        buckets[name.region, _TOWN_KIND.sub("", town)].append(name)
    for bucket in buckets.values():
        if len(bucket) > 1:
            _join(bucket)
    first = _earliest(held)
    codes = [_id(first[id(name.top())]) for name in held]
    return distinct.select("issuer", "region_code", "township").with_columns(pl.Series("issuer_id", codes, pl.String))


def _key(issuer: str, region: str, township: str, names: PlaceNames) -> tuple[str, str]:
    """Town and rest of the name. A name whose place is not the region keeps all its text: nothing else may join it."""
    apart = take_apart(issuer, names)
    fitting = apart.place is not None and (not region or region in apart.codes or bool(township))
    former = apart.place is not None and any(
        names.regions.get(code) == names.regions.get(region) for code in apart.codes
    )
    if not region or not (fitting or former):
        return township, "=" + issuer
    rest = full_rest(apart)
    if apart.place is not None and apart.place.zone:
        rest = apart.place.zone + rest.removeprefix(apart.place.zone)
    return township or apart.town, _ZONE_BODY.sub("", rest)


def _join(bucket: list[_Name]) -> None:
    """Join the names of one region that are one agency: same key, abbreviation, then succession."""
    by_key: dict[tuple[str, str], _Name] = {}
    for name in sorted(bucket, key=lambda each: (len(each.key), each.text)):
        first = by_key.setdefault((name.town, _plain(name.key)), name)
        if first is not name:
            name.root = first
            first.years |= name.years
    distinct = list(by_key.values())
    if bucket[0].town:
        _join_in_order(distinct)
        return
    _join_abbreviations(distinct)
    _join_successors([each for each in distinct if each.root is None])


def _plain(key: str) -> str:
    """The key without words that names take on and lose: 应急局 and 应急管理局."""
    return _FILLING.sub("", key.replace("监督管理", "监管")) if not key.startswith("=") else key


def _join_in_order(names: list[_Name]) -> None:
    """A township that became a town, a town that became a subdistrict: one after the other."""
    ordered = sorted((each for each in names if each.years), key=lambda each: min(each.years))
    for earlier, later in pairwise(ordered):
        if earlier.town != later.town and max(earlier.years) < min(later.years):
            _attach(later, earlier)


def _attach(name: _Name, to: _Name) -> None:
    top, other = to.top(), name.top()
    if top is not other:
        other.root = top
        top.years |= other.years


def _join_abbreviations(names: list[_Name]) -> None:
    placed = [each for each in names if not each.key.startswith("=")]
    for short in sorted(placed, key=lambda each: len(each.key)):
        fulls = [each for each in placed if each is not short and abbreviates(short.key, each.key)]
        contracted = [each for each in fulls if _is_contraction(short.key, each.key)]
        fitting = contracted or [each for each in fulls if _apart(short, each)]
        if len(fitting) == 1:
            _attach(short, fitting[0])


def _is_contraction(short: str, full: str) -> bool:
    """工信局 can only be short for a longer name; 教育局 may be another agency than 教育体育局."""
    return short[:2] != full[:2]


def _apart(one: _Name, other: _Name) -> bool:
    return bool(one.years and other.years) and (max(one.years) < min(other.years) or max(other.years) < min(one.years))


def _join_successors(names: list[_Name]) -> None:
    """A successor takes over from the agency that a reform names first and whose years end before its own."""
    taken: set[int] = set()
    for steps in _successions():
        for older, newer in pairwise(steps):
            before = [each for each in names if each.key in older and each.years and id(each) not in taken]
            after = [each for each in names if each.key in newer and each.years and each.key not in older]
            for later in after:
                fitting = [each for each in before if each is not later and max(each.years) < min(later.years)]
                if len(fitting) == 1 and later.root is None and fitting[0].top() is not later.top():
                    taken.add(id(fitting[0]))
                    _attach(later, fitting[0])


@lru_cache(maxsize=1)
def _successions() -> tuple[tuple[frozenset[str], ...], ...]:
    return tuple(tuple(frozenset(each) for each in steps) for steps in fields().successions)


def _earliest(held: Iterable[_Name]) -> dict[int, _Name]:
    """For each issuer its earliest name, in full rather than short where both begin in one year."""
    first: dict[int, _Name] = {}
    for name in held:
        top = id(name.top())
        best = first.get(top)
        if best is None or _order(name) < _order(best):
            first[top] = name
    return first


def _order(name: _Name) -> tuple[int, int, str]:
    return (min(name.own_years) if name.own_years else 9999, -len(name.key), name.text)


def _id(name: _Name) -> str:
    digest = blake2b(f"{name.region}|{name.town}|{name.key}".encode(), digest_size=5).hexdigest()
    return f"{name.region or '000000'}-{digest}"
