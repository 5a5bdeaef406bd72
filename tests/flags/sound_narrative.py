"""Narratives true to the figures and hard on the rules: other years, agencies and open numbers, rightly named."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

COUNTIES = (
    ("410991", "青禾县", "安平市"),
    ("410992", "白河县", "安平市"),
    ("410993", "云岭区", "安平市"),
    ("150991", "阿古拉旗", "苏林盟"),
    ("150992", "红柳旗", "苏林盟"),
)
PROVINCES = {"41": "中原省", "15": "北疆自治区"}
BUREAUS = (
    ("水务局", "水务"),
    ("教育体育局", "教体"),
    ("民政局", "民政"),
    ("工业和信息化局", "工信"),
    ("人力资源和社会保障局", "人社"),
    ("市场监督管理局", "市监"),
    ("自然资源局", "自然资源"),
    ("住房和城乡建设局", "住建"),
    ("农业农村局", "农业农村"),
    ("卫生健康委员会", "卫健"),
    ("发展和改革委员会", "发改"),
    ("文化和旅游局", "文旅"),
    ("财政局", "财政"),
    ("交通运输局", "交通"),
)
TOWNS = ("白石镇", "柳河乡", "城关街道", "乌兰苏木")
OUTCOMES = {
    "granted": 10,
    "partial": 4,
    "denied.law": 1,
    "denied.third_party": 1,
    "denied.process": 1,
    "denied.internal": 1,
    "unavailable.not_held": 6,
    "unavailable.not_compiled": 2,
    "rejected.petition": 1,
    "rejected.repeat": 1,
}
CHINESE = "零一二三四五六七八九十"


@dataclass
class Agency:
    """An issuer that reports every year. `size` is the mean number of applications."""

    name: str
    short: str
    kind: str
    region: str
    county: str
    prefecture: str
    size: float
    pending: dict[str, int] = field(default_factory=dict)
    in_force: dict[str, int] = field(default_factory=lambda: {"rules": 0, "normative": 0})

    @property
    def ours(self) -> str:
        """How it calls itself."""
        for end, word in (("局", "我局"), ("委员会", "我委"), ("镇人民政府", "我镇"), ("乡人民政府", "我乡")):
            if self.name.endswith(end):
                return word
        return "我苏木" if "苏木" in self.name else "我街道" if "街道" in self.name else "全县"


def _chinese(n: int) -> str:
    return CHINESE[n] if n <= 10 else str(n)


def narrative(
    agency: Agency, year: int, cells: Mapping[str, float], before: Mapping[str, float] | None, chance: random.Random
) -> dict[int, str]:
    """Sections one, five and six, true to the figures, in one of many manners."""
    level = agency.county[-1]
    names = (
        [agency.name, agency.short, agency.ours]
        if agency.kind != "government"
        else [agency.county, "县政府".replace("县", level)]
    )
    name = chance.choice(names)
    return {
        1: "\n".join(_overview(agency, name, year, cells, before, chance)),
        2: "",
        3: _third(agency, year, cells, chance),
        4: "",
        5: _problems(agency, year, chance),
        6: _others(agency, name, year, chance),
    }


def _overview(
    agency: Agency,
    name: str,
    year: int,
    cells: Mapping[str, float],
    before: Mapping[str, float] | None,
    chance: random.Random,
) -> Iterator[str]:
    level = agency.county[-1]
    opening = [
        f"{year}年，{name}对照《{agency.county}{year}年政务公开工作要点》逐项落实。",
        f"{year}年，在{level}委、{level}政府领导下，{name}扎实做好公开工作。",
        f"{year}年度，{name}按照{level}政务服务局安排，配合{level}融媒体中心更新栏目。",
        f"自{year - 4}年以来，{name}连续五年把公开列入考核。{year}年继续如此。",
    ]
    yield chance.choice(opening)
    style = chance.choice(("brackets", "ordinals", "plain"))
    paragraphs = [
        ("主动公开", _published(agency, name, year, chance)),
        ("依申请公开", _applied(agency, name, year, cells, before, chance)),
        (
            "政府信息管理",
            chance.choice(
                (
                    f"根据《规范性文件管理办法》（{level}政发〔{year - 3}〕7号），逐件核对现行文件，"
                    + chance.choice(("更正目录两处。", "移交档案馆12卷。")),
                    f"实行拟文、审核、签发三级把关，保密审查由{level}保密局指导。",
                )
            ),
        ),
        (
            "平台建设",
            chance.choice(
                (
                    f"在{agency.county}人民政府网站新设专栏{chance.randint(2, 5)}个，"
                    f"{year - 1}年建成的查阅点继续开放。",
                    "门户网站改版上线，政务新媒体由7个整合为3个。",
                )
            ),
        ),
        (
            "监督保障",
            chance.choice(
                (
                    f"{chance.randint(3, 11)}月组织培训1期，参训{chance.randint(20, 90)}人；"
                    f"{year - 1}年度考核反馈的问题全部整改。",
                    f"明确1名副职分管，会同{level}司法局抽查答复文书。{level}教育局、{level}民政局派员观摩。",
                )
            ),
        ),
    ]
    for n, (head, text) in enumerate(paragraphs):
        if style == "brackets":
            yield f"（{CHINESE[n + 1]}）{head}{chance.choice(('', '情况', '方面'))}。{text}"
        elif style == "ordinals":
            yield f"{CHINESE[n + 1]}是{chance.choice(('做好', '抓实', '规范'))}{head}。{text}"
        else:
            yield f"{head}方面，{text}"


def _published(agency: Agency, name: str, year: int, chance: random.Random) -> str:
    first, second, third = chance.randint(20, 90), chance.randint(5, 40), chance.randint(1, 9)
    total = first + second + third
    site = f"{agency.county}人民政府网站"
    return chance.choice(
        (
            f"共公开信息{total}条，其中工作动态{first}条、通知公告{second}条、政策解读{third}条。",
            f"通过{site}发布{first}条，通过微信公众号发布{second}条，张贴公开栏{_chinese(third)}次。",
            f"全年公开信息{total}条，其中重点领域{first}条，占{100 * first / total:.1f}%。",
            f"发布信息{total}条，其中涉企政策{third}条、民生事项{max(1, second // 3)}条。",
            f"主动公开{total * 10}余条，其中政策文件近{third * 10}条、解读{second}条。",
            f"公开信息{total}条（其中网站{first + second}条、公众号{third}条），"
            f"比{year - 1}年增加{chance.randint(2, 9)}条。",
            f"公开内容涉及{third}类。{site}公开{first}条，其中动态{first - 3}条、公告3条；公众号公开{second}条。",
        )
    )


def _applied(
    agency: Agency,
    name: str,
    year: int,
    cells: Mapping[str, float],
    before: Mapping[str, float] | None,
    chance: random.Random,
) -> str:
    new, carried_in = (int(cells.get(f"applications.{row}.total", 0)) for row in ("new", "carried_in"))
    decided, granted = (int(cells.get(f"applications.{row}.total", 0)) for row in ("total", "granted"))
    partial, out = (int(cells.get(f"applications.{row}.total", 0)) for row in ("partial", "carried_out"))
    review = int(cells.get("litigation.review.total", 0))
    if new + carried_in == 0:
        return chance.choice(
            (
                f"{year}年未收到政府信息公开申请。",
                "全年共收到政府信息公开申请0件，未发生行政复议和行政诉讼。",
                f"修订申请指南，{year}年没有收到公民、法人或者其他组织的政府信息公开申请。",
            )
        )
    person, others = int(cells.get("applications.new.person", 0)), 0
    others = new - person
    texts = [
        f"全年共收到政府信息公开申请{new}件，上年结转{carried_in}件，办结{decided}件，结转下年度{out}件。",
        f"共受理依申请公开{new + carried_in}件（含上年结转{carried_in}件），已答复{decided}件，"
        f"其中予以公开{granted}件、部分公开{partial}件。",
        f"收到政府信息公开申请{new}件，其中自然人{person}件、法人或其他组织{others}件。",
        f"收到政府信息公开申请{_chinese(new)}件，均在法定期限内办理。",
        f"收到政府信息公开申请{new}件，发生行政复议{review}件。",
    ]
    if decided:
        texts.append(f"办结政府信息公开申请{decided}件，其中予以公开{granted}件，占{100 * granted / decided:.1f}%。")
    if before:
        last = int(before.get("applications.new.total", 0))
        if last:
            change = 100 * (new - last) / last
            word = "增长" if change >= 0 else "下降"
            texts.append(f"收到政府信息公开申请{new}件，同比{word}{abs(change):.1f}%。")
            texts.append(f"{year - 1}年收到申请{last}件，{year}年收到政府信息公开申请{new}件。")
    return chance.choice(texts)


def _third(agency: Agency, year: int, cells: Mapping[str, float], chance: random.Random) -> str:
    new = int(cells.get("applications.new.total", 0))
    if new and chance.random() < 0.3:
        who = agency.county if agency.kind == "government" else agency.short
        return f"{year}年，{who}新收政府信息公开申请{new}件，详见下表。"
    return ""


def _problems(agency: Agency, year: int, chance: random.Random) -> str:
    return chance.choice(
        (
            f"{year}年，公开工作还有一些问题：目录更新慢、解读偏少。{year + 1}年，{agency.short}将按月更新目录。",
            f"一是图解少，二是回应不够及时。{year - 1}年提出的栏目归并已经完成。下一步每季度检查一次。",
            f"针对{year - 1}年存在的更新不及时问题，已明确专人。仍需提高解读质量，{year + 1}年计划发布图解10篇。",
        )
    )


def _others(agency: Agency, name: str, year: int, chance: random.Random) -> str:
    return chance.choice(
        (
            f"按照《政府信息公开信息处理费管理办法》，{year}年未收取信息处理费。",
            f"{year}年度{name}没有产生信息处理费。无其他需要报告的事项。",
            "未收取信息处理费。",
        )
    )


def preface(agency: Agency, year: int, chance: random.Random) -> str:
    notice = (
        "国办公开办函〔2019〕60号"
        if year <= 2020
        else chance.choice(("国办公开办函〔2021〕30号", "国办公开办函[2021]30号"))
    )
    basis = (
        "根据《中华人民共和国政府信息公开条例》（国务院令第711号）和"
        f"《中华人民共和国政府信息公开工作年度报告格式》（{notice}）编制。"
    )
    period = f"统计期限为{year}年1月1日至{year}年12月31日。"
    office = agency.name if agency.kind == "government" else f"{agency.name}办公室"
    site = f"本报告可在{agency.county}人民政府网站下载，如有疑问请与{office}联系。"
    return chance.choice(
        (
            basis + period,
            basis + period + site,
            f"现公布{agency.name}{year}年政府信息公开工作年度报告。" + period,
            period,
        )
    )
