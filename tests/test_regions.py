"""Region data: codes, names, parents, former names, towns, zones, boundaries."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from loaders.identity.places import place_names
from loaders.regions import boundary_file, boundary_note, regions

NO_COUNTIES = {"629700", "629800", "629900"}
"""A horse farm and two reserves in Gansu that the boundaries show beside the counties."""


@pytest.mark.parametrize(
    ("code", "province", "prefecture", "county"),
    [
        ("150824", "内蒙古自治区", "巴彦淖尔市", "乌拉特中旗"),
        ("152923", "内蒙古自治区", "阿拉善盟", "额济纳旗"),
        ("411523", "河南省", "信阳市", "新县"),
        ("150823", "内蒙古自治区", "巴彦淖尔市", "乌拉特前旗"),
        ("150205", "内蒙古自治区", "包头市", "石拐区"),
        ("150100", "内蒙古自治区", "呼和浩特市", ""),
        ("110105", "北京市", "", "朝阳区"),
        ("429004", "湖北省", "", "仙桃市"),
        ("659001", "新疆维吾尔自治区", "", "石河子市"),
        ("441900", "广东省", "东莞市", ""),
    ],
)
def test_codes_name_their_places(code: str, province: str, prefecture: str, county: str) -> None:
    assert regions().place_names(code) == (province, prefecture, county)


@pytest.mark.parametrize(
    ("former", "present"),
    [
        ("510124", "郫都区"),
        ("320323", "铜山区"),
        ("110228", "密云区"),
        ("371202", "莱芜区"),
        ("420600", "襄阳市"),
        ("522200", "铜仁市"),
        ("540530", "错那市"),
        ("232701", "漠河市"),
    ],
)
def test_former_codes_lead_to_the_place_that_goes_on(former: str, present: str) -> None:
    region = regions().get(former)
    assert region is not None
    assert region.name == present


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("达茂旗", ["150223"]),
        ("达茂联合旗", ["150223"]),
        ("科左中旗", ["150521"]),
        ("阿荣旗", ["150721"]),
        ("耿马县", ["530926"]),
        ("阜新县", ["210921"]),
        ("襄樊市", ["420600"]),
        ("郫县", ["510117"]),
        ("崇文区", ["110103"]),
        ("江干区", ["330104"]),
        ("延边州", ["222400"]),
        ("鼓楼区", ["320106", "320302", "350102", "410204"]),
    ],
)
def test_names_abbreviations_and_former_names_are_found(name: str, codes: list[str]) -> None:
    assert [region.code for region in regions().find(name)] == codes


def test_merged_regions_stay_and_name_their_successors() -> None:
    merged = regions().by_code["110103"]
    assert (merged.name, merged.last_year, merged.successors) == ("崇文区", 2009, ("110101",))


def test_names_are_found_inside_an_outer_region_only() -> None:
    assert [region.code for region in regions().find("鼓楼区", within="350000")] == ["350102"]
    assert regions().find("鼓楼区", within="150000") == ()


def test_every_region_has_its_parents_and_no_code_is_used_twice() -> None:
    source = regions()
    for region in source:
        above = source.ancestors(region.code)
        assert (region.level == "province") == (not above)
        assert all(code in source.by_code for code in above)
        assert not above or above[-1][:2] == region.code[:2]
    formers = Counter((former.code, former.name) for region in source for former in region.former)
    assert max(formers.values()) == 1


def test_the_lists_are_whole() -> None:
    present = Counter(region.level for region in regions() if region.last_year is None)
    assert present["province"] == 34
    assert 330 <= present["prefecture"] <= 345
    assert 2830 <= present["county"] <= 2880
    assert sum(len(regions().towns(region.code)) for region in regions()) > 38_000


def test_every_prefecture_has_a_telephone_area_code() -> None:
    silent = [
        region.name
        for region in regions()
        if region.level == "prefecture" and region.last_year is None and not region.telephone
    ]
    assert silent == []
    assert "150800" in place_names().telephone["0478"]
    assert "152900" in place_names().telephone["0483"]


def test_towns_belong_to_their_county_and_name_their_hosts() -> None:
    assert regions().towns("150823")["额尔登布拉格苏木"] == "150823209"
    assert regions().town_hosts["额尔登布拉格苏木"] == ("150823",)


@pytest.mark.parametrize(("zone", "host"), [("苏州工业园区", "320500"), ("雄安新区", "130600"), ("第八师", "659001")])
def test_zones_name_the_region_that_hosts_them(zone: str, host: str) -> None:
    assert regions().zones[zone] == host


def test_boundaries_are_small_carry_codes_and_name_their_source() -> None:
    nation = json.loads(boundary_file().read_text(encoding="utf-8"))
    assert set(nation["objects"]) == {"prefectures", "provinces", "lines"}
    for province in regions().children(""):
        path = boundary_file(province.code)
        assert path.stat().st_size < 1_000_000
        shapes = json.loads(path.read_text(encoding="utf-8"))["objects"]["counties"]["geometries"]
        if province.code < "700000":
            assert {shape["id"] for shape in shapes} - set(regions().by_code) <= NO_COUNTIES
            assert all(shape["id"][:2] == province.code[:2] for shape in shapes)
    assert "GS(2024)0650" in boundary_note()


def test_a_county_inside_another_name_is_not_read() -> None:
    found = [text[place.start : place.end] for text in ["阜新县与永新县、阳新县"] for place in place_names().scan(text)]
    assert found == ["阜新县", "永新县", "阳新县"]
    assert [place.codes for place in place_names().scan("河南省信阳市新县")] == [("411523",)]
