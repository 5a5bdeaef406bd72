"""Names of agencies: taken apart into place and rest, and found in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from loaders.identity.places import ZONE, Place, PlaceNames
from loaders.patterns import pattern_of

_VERTICAL = pattern_of(
    r"(?:国家税务总局|国家统计局|中国气象局|国家金融监督管理总局|中国人民银行|中国证监会|中国证券监督管理委员会|中华人民共和国|"
    r"国家外汇管理局|国家矿山安全监察局|中国地震局|中国民用航空局|水利部|自然资源部|交通运输部|中共|共青团|中国共产党|中国共产主义青年团|"
    r"中国国际贸易促进委员会|国家能源局|国家粮食和物资储备局|国网|中国银行保险监督管理委员会|中国银保监会|"
    r"(?:(?:新疆生产建设)?兵团)?第?[一二三四五六七八九十]{1,2}师(?=[\u4e00-\u9fff]{2,5}市))+"
)
_CENTRAL = pattern_of(
    r"(?:中华人民共和国)?(?:(?:国家|国务院|中国)[\u4e00-\u9fff]{2,14}?(?:局|署|委员会|委|办公室|会|院)|审计署|海关总署|国务院办公厅|"
    r"(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|国家安全|民政|司法|财政|人力资源和?社会保障|自然资源|国土资源|生态环境|"
    r"环境保护|住房和城乡建设|交通运输|铁道|水利|农业|农业农村|商务|文化|文化和旅游|卫生|退役军人事务|应急管理)部)"
)
_VERTICAL_BEFORE = pattern_of(_VERTICAL.pattern + "$")
_LEVEL_MARK = pattern_of(
    r"^(?:本|我|全)?(自治[区州县旗]|[省市州盟县旗区])(?=[\u4e00-\u9fff])(?!委|直|级|域|内|里|场|长|辖)"
)
_BRANCH = pattern_of(r"局([\u4e00-\u9fff]{2,16}?)(?:分局|分中心|支局|调查队)")
_BRANCHES = ("分局", "支局")
_BUREAU_BEFORE = pattern_of(r"(?<![\u4e00-\u9fff])(?:20\d\d年度?)?([市州盟县区旗]?)([\u4e00-\u9fff]{2,10}局)$")
"""盟生态环境局 in front of 某某市分局: the whole name begins further left, without a place."""
_BRACKETED = pattern_of(r"\(([\u4e00-\u9fff]{2,8}[区县市旗])\)(?=[\u4e00-\u9fff])")
_GOVERNMENT_TOWN = pattern_of(r"(?:人民)?政府(?=[\u4e00-\u9fff]{1,9}?(?:街道|镇|乡|苏木))")
_AGENCY_END = (
    "管理委员会|委员会|(?:改革|健康|建设|信息化)委(?!员)|人民政府办公室|人民政府办公厅|人民政府|政府办公室|办公厅|办公室|办事处|管委会|"
    "供销合作社联合社|局|厅|发改委|卫健委|卫计委|国资委|住建委|建委|农委|经信委|经信局|教委|科委|编办|政府办|"
    "(?:信访|法制|扶贫|外事|外侨|移民|人防|民防|金融|合作|口岸|地方志|史志|参事|港澳|审改|房改)办(?![公理事学法])|"
    "支队|大队|总队|服务中心|中心|馆|联合会|供销社|供销合作社|集团有限公司|有限公司|公司|调查队|管理处|监管处"
)
_AGENCY = pattern_of(rf"[\u4e00-\u9fff、()]{{0,22}}?(?:{_AGENCY_END})(?:[\u4e00-\u9fff]{{2,14}}?分局|稽查局|机关)?")
_WHOLE_AGENCY = pattern_of(
    rf"[\u4e00-\u9fff、()·]{{0,40}}(?:{_AGENCY_END}|政府|分局|会|委|站|所|处|院|社|队|校|园|段|场|总工会|银行|学校|党委|团委|党校|办)"
)
_ZONE_AGENCY = pattern_of(rf"{ZONE.pattern}(?:\([\u4e00-\u9fff]{{2,12}}\))?(?:党工委|管理委员会|管委会)*")
_OF_ZONE = pattern_of("(?:区|园|新城)(?:管理委员会|管委会)$")
_BUREAU_OF_ZONE = pattern_of("[\u4e00-\u9fff]{2,10}?(?:分局|局)(?![面部势限长党机内级属处])")
_OF_GOVERNMENT = pattern_of(
    r"(?:外事|法制|侨务|外事侨务|台湾事务|金融工作|金融|口岸|人民防空|扶贫开发|地方志|合作交流)办公室|国有资产监督管理委员会|国资委"
    r"|研究室|参事室|驻[\u4e00-\u9fff]{1,6}办事处"
)
"""Agencies called after the government that they are of; its office for disclosure is none."""
_NOT_IN_A_NAME = pattern_of(
    r"认真|按照|严格|坚持|根据|关于|召开|完成|形成|组织(?!部)|通过|推进|公布|发布|印发|以及|落实|贯彻|领导|主动|依法|依申请|我|各(?!族)|本|全(?!民)|"
    r"的|了|与|由|向|将|从|并|为(?!民)|在|对(?!外)|被|是|于|共(?!和)|做|及其|网站|联系|负责"
)
_BEFORE_A_NAME = frozenset("的由在与向和及为经对到将现了省市县区旗州盟于从赴至以按请布开是")
_OFFICE_FOR_DISCLOSURE = pattern_of(r"(?:人民)?(?:政府)?(?:政务)?(?:信息|政务)公开|联系")
_SAID_TWICE = pattern_of(
    r"([\u4e00-\u9fff]{3,}).*\1$|^[^(]*(?:局|管委会|政府办|委员会)[^(]*(?:局|管理委员会|办公室)$(?<!分局)(?<!税务局)"
)
_OWN_OFFICE = pattern_of(
    r"(?:(?<=[局厅署镇乡区])|(?<=委员会)|(?<=办事处)|(?<=管委会)|(?<=苏木)|(?<=街道)|(?<=中心)|(?<=改革委)|(?<=发改委)|(?<=健康委)|(?<=卫健委)|"
    r"(?<=建设委)|(?<=住建委)|(?<=信息化委)|(?<=经信委)|(?<=国资委)|(?<=海关)|(?<=医院)|(?<=中学)|(?<=小学)|(?<=[支大总]队))"
    r"(?:党政|综合)?办公室$|(?<=署)办公厅$"
)
_RUNS_THE_SITE = pattern_of(r"(?:人民)?政府(?:门户|电子政务|网络|网站)*(?:信息|信息化|网站管理|政务服务|政务公开)中心$")
"""Whom a government names to be asked about its report: 某县政府信息中心."""
_STRAY_START = pattern_of(r"^(?:[\u4e00-\u9fffA-Za-z0-9]{1,12}网(?![络信格安])|(?:年度?|的|度|,|、|:|—|-|\d+)+)")

_WORD_TWICE = pattern_of(r"([\u4e00-\u9fff]{2,4})\1(?=[\u4e00-\u9fff])")
"""民族宗教宗教事务局: a slip of the pen, as no agency is called so."""
_GOVERNMENT_OFFICE = pattern_of(r"^(?:人民)?政府(办公室|办公厅|办)$")
_SAID_AGAIN = pattern_of(r"[市县区旗州盟](?![场政容监民域块划委]).+(?:局|委员会|办公室|中心)$")
"""The kind of region said twice: 涵江区区卫生局."""


@dataclass(frozen=True, slots=True)
class AgencyName:
    """An agency's name as written. `place` is None where it names none; `level` is 市 in 市水利局.

    `rest` is what follows the place: 工业和信息化局, 人民政府, empty for a region that reports for itself.
    """

    text: str
    place: Place | None
    rest: str
    level: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The regions the name may mean."""
        return self.place.codes if self.place else ()

    @property
    def town(self) -> str:
        """The town it names, if any."""
        return self.place.town if self.place else ""


@lru_cache(maxsize=1 << 12)
def take_apart(text: str, names: PlaceNames, year: int | None = None) -> AgencyName:
    """Split the whole name of an agency into place and rest."""
    vertical = _VERTICAL.match(text)
    offset = vertical.end() if vertical else 0
    place = names.at(text, offset, year)
    zone = names.zone_at(text, offset, year)
    if zone is None and place is not None and ZONE.match(text, place.end):
        zone = names.zone_at(text, place.end, year)
        inside = zone is not None and any(names.regions.within(zone.codes[0], code) for code in place.codes)
        zone = replace(zone, start=place.start) if zone is not None and inside else None
    if zone is not None and (place is None or zone.end > place.end):
        rest = text[zone.end :] if zone.links else text[zone.start :]
        return AgencyName(text, zone, rest)
    if place is None and vertical is None:
        town = names.lone_town(text)
        if town is not None:
            return AgencyName(text, town, text[town.end :])
        mark = _LEVEL_MARK.match(text)
        return AgencyName(text, None, text[mark.end() :] if mark else text, mark[1] if mark else "")
    if place is None:
        return AgencyName(text, None, text)
    own = _GOVERNMENT_TOWN.match(text, place.end)
    if own:
        inner = names.with_town(Place(place.codes, place.start, own.end(), place.links), text)
        place = inner if inner.town else place
    else:
        place = names.with_town(place, text)
    place = _of_branch(text, place, names)
    rest = text[: place.start] + text[place.end :] if vertical else text[place.end :]
    return AgencyName(text, place, rest)


def _of_branch(text: str, place: Place, names: PlaceNames) -> Place:
    """自然资源局某区分局 belongs to the district inside the city, as does 高新区(某区)司法局."""
    within = _BRACKETED.search(text, place.end)
    inner = tuple(code for outer in place.codes for code in names.short(within[1], outer)) if within else ()
    if inner:
        return replace(place, codes=inner)
    branch = _BRANCH.search(text, place.end)
    if not branch or not place.settled:
        return place
    codes = names.short(branch[1], place.codes[0])
    return replace(place, codes=codes) if codes else place


@lru_cache(maxsize=1 << 12)
def name_quality(text: str, names: PlaceNames) -> float:
    """How well a text reads as one whole name of an agency: with its place in front and none further in."""
    if not text:
        return 0.0
    name = take_apart(text, names)
    if _SAID_TWICE.search(text):
        return 0.5
    score = (
        1.0 + (name.place is not None) + 0.5 * (is_agency(text, names) or (name.place is not None and not name.rest))
    )
    inner = name.place.end if name.place else 1
    if name.place is None or not name.place.settled or not _BRANCH.search(text):
        score -= any(place.end - place.start > 2 for place in names.scan(text[inner:]))
    return score


def is_agency(text: str, names: PlaceNames) -> bool:
    """Whether the text is a name of an agency and nothing else."""
    if not _WHOLE_AGENCY.fullmatch(text) and not _ZONE_AGENCY.fullmatch(text):
        return False
    place = names.at(text, 0)
    town = names.with_town(place, text) if place else names.lone_town(text)
    return not _NOT_IN_A_NAME.search(_without_branch_place(text[town.end if town else 0 :], names))


def agencies_in(text: str, names: PlaceNames, year: int | None = None) -> Iterator[tuple[AgencyName, int, int]]:
    """Names of agencies with a place in running text, each with where it starts and ends."""
    taken = 0
    for place in names.scan(text, year):
        if place.start < taken:
            continue
        found = agency_at(text, place, names)
        if found is not None and not _ends_a_longer_word(text, place, found):
            taken = place.start + len(found.text) - (found.place.start if found.place else 0)
            start = place.start - (found.place.start if found.place else 0)
            yield found, start, start + len(found.text)


def _ends_a_longer_word(text: str, place: Place, name: AgencyName) -> bool:
    """Whether two characters in front of a zone are the end of its own name: 金山 in 我市黄金山工业新区."""
    if place.end - place.start != 2 or not ZONE.match(name.rest):
        return False
    before = text[place.start - 1 : place.start] if place.start else ""
    return "\u4e00" <= before <= "\u9fff" and before not in _BEFORE_A_NAME


def agency_at(text: str, place: Place, names: PlaceNames) -> AgencyName | None:
    """The agency whose name begins with the place."""
    if text.startswith(")", place.end):
        return None  # 高新区(某区)司法局 begins further left
    own = _GOVERNMENT_TOWN.match(text, place.end)
    town = names.with_town(Place(place.codes, place.start, own.end(), place.links) if own else place, text)
    place = town if town.town else place
    if place.town and _OFFICE_FOR_DISCLOSURE.match(text, place.end):
        return AgencyName(text[place.start : place.end], rebased(place), "")
    match = _AGENCY.match(text, place.end)
    if match is None or _NOT_IN_A_NAME.search(_without_branch_place(match[0], names)):
        match = _ZONE_AGENCY.match(text, place.end)
    if match is None or _NOT_IN_A_NAME.search(_without_branch_place(match[0], names)):
        if place.town and text[place.end - 2 : place.end] == "街道":
            return AgencyName(text[place.start : place.end], rebased(place), "")
        return None
    end = _end_of_bureau(text, match.end())
    whole = _BUREAU_BEFORE.search(text[: place.start]) if match[0] in _BRANCHES else None
    if whole is not None:
        rest = whole[2] + text[place.start : end]
        return AgencyName(whole[1] + rest, replace(place, start=0, end=0, links=()), rest, whole[1])
    place = _of_branch(text[:end], place, names)
    system = _VERTICAL_BEFORE.search(text[max(0, place.start - 20) : place.start])
    front = system[0] if system else ""
    return AgencyName(front + text[place.start : end], rebased(place, len(front)), front + text[match.start() : end])


def _end_of_bureau(text: str, end: int) -> int:
    """Where the name ends that goes on behind a government (人民政府外事办公室) or a zone's committee."""
    of_government = _OF_GOVERNMENT.match(text, end) if text.endswith("政府", 0, end) else None
    if of_government:
        return of_government.end()
    bureau = _BUREAU_OF_ZONE.match(text, end) if _OF_ZONE.search(text, max(0, end - 24), end) else None
    return bureau.end() if bureau and not _NOT_IN_A_NAME.search(bureau[0]) else end


def _without_branch_place(text: str, names: PlaceNames) -> str:
    """公安局向阳区分局 without 向阳区, whose characters are no words of a sentence."""
    branch = _BRANCH.search(text)
    inner = names.at(text, branch.start(1)) if branch else None
    if branch is None or inner is None or inner.end != branch.end(1):
        return text
    return text[: inner.start] + text[inner.end :]


def after_system(text: str, start: int = 0) -> int:
    """Where the place stands in 国家税务总局某县税务局: behind the name of the system."""
    system = _VERTICAL.match(text, start)
    return system.end() if system else start


def rebased(place: Place, start: int = 0) -> Place:
    """The place counted from the beginning of the name."""
    return replace(place, start=start, end=start + place.end - place.start)


def without_stray_start(text: str) -> str:
    """The text without what a title leaves over in front of a name."""
    return _STRAY_START.sub("", text)


def without_office(name: AgencyName) -> AgencyName:
    """The agency whose own office (某局办公室, 某镇党政办公室, 某县政府信息中心) a contact line names."""
    rest = _RUNS_THE_SITE.sub("政府", _OWN_OFFICE.sub("", name.rest))
    if rest == name.rest or not rest:
        return name
    return replace(name, text=name.text.removesuffix(name.rest) + rest, rest=rest)


def full_rest(name: AgencyName) -> str:
    """The part after the place in full: 政府 -> 人民政府, nothing -> 人民政府, 管委会 -> 管理委员会."""
    place = name.place
    rest = re.sub("(?<=[局厅])机关$", "", _WORD_TWICE.sub(r"\1", name.rest))
    if place is not None and place.links and _SAID_AGAIN.match(rest) and rest[0] == place.links[-1][-1]:
        rest = rest[1:]
    if name.town:
        rest = rest.removeprefix(name.text[: place.start] if place else "")
        if name.town.endswith(("街道", "街")):
            tail = re.sub(r"^道?(?:党工委)?", "", rest)
            return "办事处" if tail in ("", "办", "办事处", "人民政府", "政府", "党政办公室", "办公室") else tail
        bare = re.sub(r"(?:党政|综合)?办公室$", "", rest)
        return "人民政府" if bare in ("", "政府", "人民政府", "党委") else rest
    office = _GOVERNMENT_OFFICE.match(rest)
    if office:
        return "人民政府" + ("办公室" if office[1] == "办" else office[1])
    if rest in ("", "政府", "人民政府", "人民政府(本级)", "本级"):
        own = place is not None and (place.zone or (place.links[-1:] and place.links[-1].endswith("委员会")))
        return rest if own else "人民政府"
    return re.sub(r"(?<=区)管委会$", "管理委员会", rest)


def abbreviates(short: str, full: str) -> bool:
    """Whether the characters of `short` stand in `full` in the same order, with the same end: 工信局, 发改委."""
    if not 2 <= len(short) < len(full):
        return False
    end = {"委": ("委员会", "委"), "办": ("办公室", "办"), "管委会": ("管理委员会",)}.get(short[-1], (short[-1],))
    if not full.endswith(end):
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def is_central(name: AgencyName) -> bool:
    """Whether the name is of a ministry or agency of the central government itself, which belongs to no region."""
    return name.place is None and _CENTRAL.fullmatch(name.text) is not None


def central_at(text: str, start: int) -> AgencyName | None:
    """The ministry or central agency whose name begins here."""
    name = _CENTRAL.match(text, start)
    return AgencyName(name[0], None, name[0]) if name else None


def is_government_office(rest: str) -> bool:
    """Whether the part after the place is the office of a government."""
    return bool(_GOVERNMENT_OFFICE.match(rest))
