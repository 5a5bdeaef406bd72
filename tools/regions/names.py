"""Short names and abbreviations by rule: what a region's name becomes in daily use."""

from __future__ import annotations

import re

NATIONALITIES = (
    *("蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白", "土家"),
    *("哈尼", "哈萨克", "傣", "黎", "傈僳", "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西", "景颇", "柯尔克孜"),
    *("土", "达斡尔", "仫佬", "羌", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米", "塔吉克", "怒", "乌孜别克"),
    *(
        "俄罗斯",
        "鄂温克",
        "德昂",
        "保安",
        "裕固",
        "京",
        "塔塔尔",
        "独龙",
        "鄂伦春",
        "赫哲",
        "门巴",
        "珞巴",
        "基诺",
        "各",
    ),
)
_WITHOUT_SUFFIX = "蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|维吾尔"
_NATIONALITY = "|".join(f"{name}族" for name in sorted(NATIONALITIES, key=len, reverse=True))
_AUTONOMOUS = re.compile(rf"^(?P<place>.+?)(?:(?:{_NATIONALITY})|(?:{_WITHOUT_SUFFIX}))+自治(?P<kind>县|旗|州|区)$")
_SUFFIX = re.compile(
    r"(?:自治区|特别行政区|维吾尔自治区|壮族自治区|回族自治区|省|市|地区|(?<=..)新区|盟|州|县|林区(?<=神农架林区)|特区(?<=六枝特区)|(?<![林特矿])区|旗)$"
)
_PROVINCES = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
    "香港特别行政区": "香港",
    "澳门特别行政区": "澳门",
}


def short_name(name: str) -> str:
    """The name without its kind and nationalities: 巴彦淖尔市 -> 巴彦淖尔, 耿马傣族佤族自治县 -> 耿马.

    Names whose kind cannot go (新县, 郊区, 矿区) stay whole.
    """
    if name in _PROVINCES:
        return _PROVINCES[name]
    autonomous = _AUTONOMOUS.match(name)
    if autonomous:
        return autonomous["place"]
    stem = _SUFFIX.sub("", name)
    return stem if len(stem) >= 2 else name


def stem(name: str) -> str:
    """The name without its kind, even where one character is left: 蓟县 -> 蓟."""
    short = short_name(name)
    return name[:1] if short == name and len(name) == 2 else short


def everyday_names(name: str) -> list[str]:
    """Other names in use: 耿马县 for an autonomous county, 延边州, 甘孜州, 锡林郭勒 for longer ones."""
    autonomous = _AUTONOMOUS.match(name)
    if autonomous is None or name in _PROVINCES:
        return []
    place, kind = autonomous["place"], autonomous["kind"]
    return [place + kind, f"{place}自治{kind}"] if kind != "区" else []


def town_name(name: str) -> str:
    """A town's name without 办事处, 人民政府 and the like."""
    for ending in ("办事处", "人民政府", "社区服务中心"):
        if name.endswith(ending) and len(name) > len(ending) + 2:
            name = name.removesuffix(ending)
    return name.strip()
