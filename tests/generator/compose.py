"""From a filled form to a page: title, preface, sections full of numbers that are no figures, tables, signature."""

from __future__ import annotations

import random

from loaders.demo.grids import applications_grid, litigation_grid, publication_grid
from loaders.demo.page import Block, Page, Text
from tests.generator.filled import Filled
from tests.generator.wording import Manner, heading, reword

_PLACES = (
    ("河北省", "平山县", "130131", "pingshan", "0311"),
    ("内蒙古自治区", "正镶白旗", "152529", "zxbq", "0479"),
    ("甘肃省", "临泽县", "620723", "gslz", "0936"),
    ("四川省", "青神县", "511425", "scqs", "028"),
    ("福建省", "长汀县", "350821", "changting", "0597"),
)
_OFFICES = ("水利局", "民政局", "交通运输局", "林业和草原局", "统计局", "文化旅游广电局", "应急管理局", "人民政府")

_OVERVIEW = (
    "（一）主动公开情况。全年通过门户网站发布信息{a}条，其中机构职能{b}条、财政预决算{c}条、业务动态{d}条；公众号推送{e}篇，阅读{f}次。",
    "（二）依申请公开情况。1.受理渠道：现场、信函、网络三种。2.收到申请{a}件，比上年增长{b}.{c}%，办结{d}件，结转{e}件。",
    "（三）政府信息管理。修订审核制度{c}项，清理失效文件{b}件，其中宣布废止{c}件、修改{e}件。",
    "（四）平台建设。{y}年{c}月改版专栏{e}个，设置一级栏目{b}个、二级栏目{d}个。",
    "（五）监督保障。{y}年{c}月{b}日召开推进会，培训{d}人次；年度考核得分9{c}.{e}分，列第{c}位。",
)
_PROBLEMS = (
    "一是解读形式单一，{y}年图解只有{c}件；二是少数股室报送不及时，抽查{d}次发现问题{b}个。",
    "下一步，{n}年计划：（一）每季度通报一次；（二）新增视频解读{c}期；（三）6月底前完成目录修订。",
)
_OTHERS = (
    "本年度没有收取信息处理费。",
    "收取信息处理费0元，无其他需要报告的事项。",
    "1.信息处理费：未收取。2.建议提案：办理人大建议{c}件、政协提案{e}件，全部公开答复。",
)


def compose(rng: random.Random, filled: Filled, manner: Manner) -> Page:
    """The whole report as a page. Its tables stand in sections two to four."""
    _, county, _, site, area = rng.choice(_PLACES)
    office = county + rng.choice(_OFFICES)
    title = f"{office}{filled.year}年政府信息公开工作年度报告"
    blocks: list[Block] = [Text(title, "title"), Text(_preface(rng, filled, office, site, area))]
    tables = {2: publication_grid, 3: applications_grid, 4: litigation_grid}
    for section in filled.edition.sections:
        blocks.append(Text(heading(section.number, section.heading, manner), "heading"))
        blocks += [Text(text) for text in _narrative(rng, section.number, filled.year)]
        if section.number in tables:
            grid = tables[section.number](filled.edition, filled.written)
            reword(rng, grid, manner)
            blocks.append(grid)
    published = f"{filled.year + 1}-01-{rng.randint(10, 30)}"
    if rng.random() < 0.7:
        year, month, day = (int(part) for part in published.split("-"))
        blocks += [Text(office, "signature"), Text(f"{year}年{month}月{day}日", "signature")]
    address = f"http://www.{site}.gov.cn/zwgk/{filled.year}/t{rng.randint(10**6, 10**7)}.html"
    return Page(blocks, title, office, published, address, ["首页", "政务公开", "政府信息公开年报"])


def _preface(rng: random.Random, filled: Filled, office: str, site: str, area: str) -> str:
    return (
        f"根据《中华人民共和国政府信息公开条例》和{filled.edition.notice}要求，编制本报告。全文分六部分，统计期限为"
        f"{filled.year}年1月1日至{filled.year}年12月31日。报告可在www.{site}.gov.cn查阅，"
        f"联系{office}办公室，电话{area}-{rng.randint(2000000, 8999999)}，邮编{rng.randint(10**5, 8 * 10**5)}。"
    )


def _narrative(rng: random.Random, number: int, year: int) -> list[str]:
    if number == 1:
        chosen: tuple[str, ...] = _OVERVIEW
    elif number == 5:
        chosen = _PROBLEMS
    elif number == 6:
        chosen = (rng.choice(_OTHERS),)
    else:
        lead = (
            "本年新制发文件{b}件，废止{c}件，现行有效{d}件。",
            "全年新收申请{a}件，予以公开{b}件。",
            "行政复议{c}件，行政诉讼0件。",
        )
        chosen = (lead[number - 2],) if rng.random() < 0.25 else ()
    numbers = {letter: rng.randint(2, top) for letter, top in zip("abcdef", (400, 40, 9, 90, 9, 90000), strict=True)}
    return [text.format(y=year, n=year + 1, **numbers) for text in chosen]
