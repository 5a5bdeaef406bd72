"""The report apart from the page around it.

What is kept is chosen by what only a report has: headings of its sections, tables, running text. The smallest element
of the page that holds all of it is the report; where that is the whole page, everything stays but what is certainly
furniture. A name such as `footer` never outweighs a section or a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from loaders.document import NOWHERE, Block, Paragraph, Picture, Place, Table
from loaders.patterns import pattern_of
from loaders.reading.layout import is_section_heading, section_named
from loaders.reading.web.html_flow import Flow, Line, Node
from loaders.reading.web.html_hidden import take_out_hidden_words
from loaders.reading.web.html_style import Styles

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

_LABELS = (
    "索引号|索引|发布机构|发布单位|发布部门|公开机构|公开主体|公开责任部门|发文机关|发文单位|制发机关|发布日期|发布时间|发文日期|"
    "成文日期|归档时间|公开日期|公开时间|生成日期|印发日期|更新时间|更新日期|日期|时间|信息来源|文章来源|来源|稿源|作者|编辑|责任编辑|责编|"
    "审核|信息名称|名称|标题|文号|发文字号|主题分类|主题词|关键词|关键字|体裁分类|组配分类|信息分类|分类|公开方式|公开形式|公开范围|"
    "公开时限|公开程序|有效性|时效性|效力状态|生效日期|废止日期|内容概述|服务对象|浏览次数|浏览量|浏览|点击数|点击次数|点击率|点击量|点击|"
    "阅读次数|阅读量|阅读|访问量|访问次数|字体大小|字体|字号|打印|分享到|分享|收藏"
)
_NAMES = "|".join(r"\s*".join(name) for name in _LABELS.split("|"))
_LABEL = pattern_of(rf"(?:{_NAMES})\s*[:：】\]]")
_STARTS_WITH_LABEL = pattern_of(rf"[\s\[【(（|]*{_LABEL.pattern}")
_BARE_LABEL = pattern_of(rf"\s*(?:{_NAMES})\s*[:：]?\s*$")
_CRUMB = pattern_of(
    r"\s*(?:[您你]?\s*(?:当前|现在|目前)\s*(?:的|所在)*\s*(?:位置|页面|栏目)|[您你]\s*(?:的|所在的?)?\s*位置|所在位置|位置\s*[:：]|"
    r"(?:网站)?首页\s*(?:[>›»→/＞|\-]|$))"
)
_CONTROL = pattern_of(
    r"[\s【\[(（]*(?:打印(?:本页|页面|此页)?|关闭(?:本页|窗口|页面)?|分享(?:到|至)?|收藏(?:本页)?|字[体号](?:大小)?|[大中小](?=[\s】\])）]|$)|"
    r"上一[篇条页]|下一[篇条页]|扫一扫|扫码|微信扫|相关(?:信息|链接|文章|文档|稿件|新闻|解读|文件|推荐)|返回(?:顶部|首页|列表)?|"
    r"我要纠错|纠错|无障碍|长者模式|繁體|简体|加入收藏|设为首页|A[+-]|点击(?:下载|查看)|朗读|语音播报|微信|微博|QQ空间|复制链接)"
)
_FOOT = pattern_of(
    r"版权所有|ICP\s*备|公网安备|公安备|网站标识码|技术支持|网站地图|Copyright|©|(?:主办|承办|主管|维护)(?:单位)?\s*[:：]|"
    r"建议使用.{0,20}浏览器|网站声明|免责声明|隐私"
)
_TITLE = pattern_of(r"报\s*告|年\s*报|公\s*开")
_REPORT = pattern_of(r"年\s*度?.{0,30}报\s*告")
_SHORT = 160
_LONG = 40
"""From this length on a line that is not link is running text."""
_SURE = 4
"""With so many of the six sections in one element of the page, what stands outside is not the report."""
_SECTIONS = 6
_TITLE_LINES = 4
_META_NAMES = {
    "articletitle": "article_title",
    "og:title": "article_title",
    "pubdate": "published",
    "publishdate": "published",
    "article:published_time": "published",
    "contentsource": "source",
    "source": "source",
    "author": "author",
    "keywords": "keywords",
    "description": "description",
    "sitename": "site",
    "og:site_name": "site",
    "columnname": "column",
    "url": "source_url",
    "og:url": "source_url",
}
_SIGNS_OF_TABLES = ("行政许可", "结转", "审结")
"""Of publication, applications and litigation each one that hardly varies."""
_SAVED_FROM = pattern_of(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.I)


def flow_of(root: Element, simplify: Callable[[str], str]) -> Flow:
    """The page as it is seen, or with the hidden parts that hold the report: some show them when a script runs."""
    flow = Flow(root, simplify)
    if flow.hidden and not _shows_report(flow.blocks):
        take_out_hidden_words(root, Styles(flow.told["style"]))
        everything = Flow(root, simplify, shows_hidden=True)
        if _adds_sections(everything.blocks, flow.blocks):
            return everything
    return flow


def _shows_report(blocks: list[Block]) -> bool:
    """Whether a page shows all sections of a report, or enough of it that hidden parts are none of it."""
    if not _sections_named(blocks):
        return _has_report(blocks)
    return len(_sections_named(blocks)) >= _SECTIONS and len(set(_tables_named(blocks))) >= len(_SIGNS_OF_TABLES)


def _adds_sections(everything: list[Block], shown: list[Block]) -> bool:
    """Whether hidden parts hold the report where nothing else does, or sections or tables that stand nowhere else."""
    if not _has_report(shown):
        return _has_report(everything)
    sections, tables = _sections_named(everything), _tables_named(everything)
    if len(sections) > len(_sections_named(shown)):
        return len(set(sections)) == len(sections)
    return len(set(tables)) == len(tables) > len(_tables_named(shown))


def _tables_named(blocks: list[Block]) -> list[str]:
    """What tells the tables of the form that stand there, as often as they do."""
    tables = (block for block in blocks if isinstance(block, Table))
    words = ("".join(cell.text for cell in table.cells) for table in tables)
    return [sign for text in words for sign in _SIGNS_OF_TABLES if sign in text]


def separate(flow: Flow) -> tuple[list[Block], list[Paragraph]]:
    """Blocks of the report, and the lines of the page that say something about it."""
    for block in flow.blocks:
        if isinstance(block, Paragraph) and isinstance(block.text, Line):
            block.text.key = flow.simplify(block.text)
    evidence = [i for i, block in enumerate(flow.blocks) if _is_evidence(block)]
    certain = set(evidence)
    _release_regions(flow, evidence)
    texts = [i for i, block in enumerate(flow.blocks) if i in certain or _is_running_text(block, flow)]
    furniture = _page_title(flow)
    if not texts:
        return [_plain(block) for block in flow.blocks], furniture
    container = _common_container([_owner(flow.blocks[i], flow) for i in texts])
    first, last = texts[0], texts[-1]
    sure = _sections_seen(flow.blocks) >= _SURE
    titles = _titles_before(flow, container, first)
    inner = (evidence[0], evidence[-1]) if evidence else (0, 0)
    kept: list[Block] = []
    for i, block in enumerate(flow.blocks):
        if any(block is title for title in titles):
            continue
        kind = _sort(block, flow, container, sure=sure, within=first <= i <= last, inner=inner[0] < i < inner[1])
        if kind == "report":
            kept.append(_plain(block))
        elif kind == "page":
            furniture += _as_lines(block)
    return [_plain(title) for title in titles] + kept, furniture


def metadata_of(flow: Flow, source: str) -> dict[str, str]:
    """What the page says of itself: meta tags under their own names, the usual ones under plain names as well."""
    found: dict[str, str] = {}
    for meta in flow.told["meta"]:
        name = (meta.get("name") or meta.get("property") or "").strip()
        content = (meta.get("content") or "").strip()
        if not name or not content:
            continue
        found.setdefault(name, content)
        plain = _META_NAMES.get(name.lower())
        if plain:
            found.setdefault(plain, content)
    for link in flow.told["link"]:
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            found["source_url"] = link.get("href")
    saved = _SAVED_FROM.search(source[:4096])
    if saved:
        found["source_url"] = saved[1]
    for line in _page_title(flow):
        found["title"] = line.text
    return found


def _sort(block: Block, flow: Flow, container: Node, *, sure: bool, within: bool, inner: bool) -> str:
    """report, page (furniture worth keeping) or neither, for one block.

    `within` says that it stands between the first and the last text of the page, `inner` between sections and tables.
    """
    if isinstance(block, Table):
        if _is_information_table(block):
            return "page"
        return "report" if within or not sure or _is_inside(_owner(block, flow), container) else ""
    if isinstance(block, Picture):
        return "report" if _is_inside(_owner(block, flow), container) else ""
    line = block.text
    if not isinstance(line, Line) or is_section_heading(line) or (inner and line.linked < 0.5):
        return "report"
    if len(line) < _SHORT and (_CRUMB.match(line.key) or _is_label_line(line.key)):
        return "page"
    is_foot = len(line) < _SHORT and _FOOT.search(line.key) is not None
    region = flow.regions.get(line.region, "")
    if region and (is_foot or line.linked >= 0.5 or len(line) < _LONG):
        return "page" if region in ("crumb", "foot") and line.linked < 0.9 else ""
    if is_foot and not within:
        return "page"
    if len(line) < _LONG and _CONTROL.match(line.key) and (line.linked > 0 or len(line) < 12 or not within):
        return ""
    if sure and not _is_inside(line.element, container):
        return "" if line.linked >= 0.5 else "page"
    return "report" if within or line.linked < 0.5 or line.lstrip().startswith("附件") else ""


def _has_report(blocks: list[Block]) -> bool:
    return any(_is_evidence(block) for block in blocks)


def _is_evidence(block: Block) -> bool:
    """What only the report has: a section's heading or a table that is not about the page."""
    if isinstance(block, Table):
        return len(block.cells) >= 8 and not _is_information_table(block)
    if isinstance(block, Paragraph):
        linked = block.text.linked if isinstance(block.text, Line) else 0
        return linked < 0.5 and len(block.text) < 60 and is_section_heading(block.text)
    return False


def _sections_seen(blocks: list[Block]) -> int:
    return len(set(_sections_named(blocks)))


def _sections_named(blocks: list[Block]) -> list[int]:
    """The sections whose headings stand there, as often as they do."""
    headings = (block.text for block in blocks if isinstance(block, Paragraph) and _is_evidence(block))
    return [section for section in map(section_named, headings) if section is not None]


def _is_running_text(block: Block, flow: Flow) -> bool:
    if not isinstance(block, Paragraph):
        return False
    line = block.text
    if not isinstance(line, Line):
        return True
    if line.region in flow.regions or line.linked >= 0.5 or len(line) < _LONG:
        return False
    return not (_FOOT.search(line.key) or _CRUMB.match(line.key) or _is_label_line(line.key))


def _release_regions(flow: Flow, evidence: list[int]) -> None:
    """A region that holds a section or a table is no furniture, whatever its name."""
    for i in evidence:
        element = _owner(flow.blocks[i], flow)
        ancestors = set(element.and_around())
        for number, owner in list(flow.region_elements.items()):
            if owner in ancestors:
                flow.regions.pop(number, None)


def _owner(block: Block, flow: Flow) -> Node:
    """The element that a block came from."""
    if isinstance(block, Paragraph) and isinstance(block.text, Line):
        return block.text.element
    place = block.place
    if place.table is not None:
        return flow.owners.get(Place(table=place.table), flow.top)
    return flow.owners.get(place, flow.top)


def _common_container(elements: list[Node]) -> Node:
    """The deepest element that holds all of these."""
    path = elements[0].path()
    for element in elements[1:]:
        shared = 0
        for a, b in zip(path, element.path(), strict=False):
            if a is not b:
                break
            shared += 1
        path = path[:shared]
    return path[-1]


def _is_inside(element: Node, container: Node) -> bool:
    return any(node is container for node in element.and_around())


def _titles_before(flow: Flow, container: Node, first: int) -> list[Block]:
    """The report's title, where it stands in front of the element that holds the report, on one line or several."""
    lines = [
        (block, block.text)
        for block in flow.blocks[:first]
        if isinstance(block, Paragraph) and isinstance(block.text, Line) and _may_be_title(block.text, flow, container)
    ]
    spoken: dict[Node, str] = {}
    for _, line in lines:
        spoken[line.element] = spoken.get(line.element, "") + line.key
    found = [
        block
        for block, line in lines
        if (line.is_title and _TITLE.search(spoken[line.element])) or _REPORT.search(spoken[line.element])
    ]
    return list(found[-_TITLE_LINES:])


def _may_be_title(line: Line, flow: Flow, container: Node) -> bool:
    if line.region in flow.regions or line.linked >= 0.5 or len(line) > _SHORT:
        return False
    return not (_CRUMB.match(line.key) or _is_label_line(line.key) or _is_inside(line.element, container))


def _is_label_line(line: str) -> bool:
    """发布日期:… 来源:… and the like: one label at the start, or several anywhere."""
    if len(line) > _SHORT:
        return False
    return _STARTS_WITH_LABEL.match(line) is not None or len(_LABEL.findall(line)) >= 2


def _is_information_table(table: Table) -> bool:
    """索引号 | … | 发布机构 | …: the record of the page, not a table of the report."""
    if len(table.cells) > 60:
        return False
    labels = sum([_is_label(cell.text) for cell in table.cells])
    return labels >= 2 and labels * 4 >= len(table.cells)


@lru_cache(maxsize=1 << 12)
def _is_label(text: str) -> bool:
    return _BARE_LABEL.match(text) is not None or _STARTS_WITH_LABEL.match(text) is not None


def _as_lines(block: Block) -> list[Paragraph]:
    if isinstance(block, Paragraph):
        return [Paragraph(str(block.text), block.place)]
    if isinstance(block, Picture):
        return []
    rows: dict[int, list[str]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, []).append(cell.text.replace("\n", " "))
    lines = []
    for texts in rows.values():
        for label, value in zip(texts[::2], [*texts[1::2], ""], strict=False):
            joint = "" if not value or label.rstrip().endswith((":", "\uff1a")) else "\uff1a"
            text = f"{label}{joint}{value}".strip()
            if text:
                lines.append(Paragraph(text, block.place))
    return lines


def _page_title(flow: Flow) -> list[Paragraph]:
    title = next(iter(flow.told["title"]), None)
    text = " ".join("".join(title.itertext()).split()) if title is not None else ""
    return [Paragraph(text, NOWHERE)] if text else []


def _plain(block: Block) -> Block:
    """The block without what only this module knows about its text."""
    if isinstance(block, Paragraph):
        block.text = str(block.text)
    return block
