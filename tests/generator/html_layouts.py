"""Web pages as editors and content systems make them. Each layout writes paragraphs, tables and the page around."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable
from functools import cache
from html import escape

from loaders.demo.page import Block, Grid, GridCell, Page, Text
from tests.generator.pictures import picture_of

Layout = Callable[[random.Random, Page], str]

_SHARE = '<div class="share"><a href="#">微信</a><a href="#">微博</a><a href="#">QQ空间</a> 分享到：</div>'


def _cell(cell: GridCell, attributes: str = "", inner: str | None = None, tag: str = "td") -> str:
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    return f"<{tag}{spans}{attributes}>{inner if inner is not None else _text(cell.text)}</{tag}>"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br/>").replace("\xa0", "&nbsp;")


def _table(grid: Grid, write: Callable[[GridCell], str], attributes: str = ' border="1"') -> str:
    rows = "".join(f"<tr>{''.join(write(c) for c in grid.row_cells(row))}</tr>\n" for row in range(grid.rows))
    return f"<table{attributes}><tbody>{rows}</tbody></table>"


def _blocks(page: Page, paragraph: Callable[[Text], str], table: Callable[[Grid], str]) -> str:
    return "\n".join(_block(block, paragraph, table) for block in page.blocks)


def _block(block: Block, paragraph: Callable[[Text], str], table: Callable[[Grid], str]) -> str:
    if isinstance(block, Text):
        return paragraph(block)
    if isinstance(block, Grid):
        return table(block)
    data = base64.b64encode(picture_of(block.grid)).decode()
    return f'<p><img src="data:image/png;base64,{data}"/></p>'


def _framed(page: Page, article: str, head: str = "", top: str = "", bottom: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="{{charset}}"><title>{escape(page.title)}</title>{head}</head>'
        f"<body>{top}<div id='zoom'>{article}</div>{bottom}</body></html>"
    )


def word_export(rng: random.Random, page: Page) -> str:
    """Saved from Word as a web page."""

    def paragraph(text: Text) -> str:
        body = _text(text.text)
        return (
            f"<p class=MsoNormal style='text-indent:32.0pt;line-height:28.0pt'><span style='font-size:16.0pt;"
            f"font-family:仿宋'>{body}<span lang=EN-US><o:p></o:p></span></span></p>"
        )

    def cell(each: GridCell) -> str:
        body = _text(each.text) or "<o:p>&nbsp;</o:p>"
        inner = (
            f"<p class=MsoNormal align=center style='text-align:center'><span lang=EN-US style='font-size:9.0pt'>"
            f"{body}</span></p>"
        )
        return _cell(each, " width=52 valign=top style='width:39.0pt;border:solid windowtext 1.0pt'", inner)

    article = _blocks(page, paragraph, lambda grid: _table(grid, cell, " class=MsoTableGrid border=1 cellspacing=0"))
    head = (
        '<meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal'
        "</w:View></w:WordDocument></xml><![endif]-->"
        "<style><!-- p.MsoNormal {margin:0cm;} @page {size:595pt} --></style>"
    )
    return _framed(page, f"<div class=WordSection1>{article}</div>", head)


def wps_export(rng: random.Random, page: Page) -> str:
    """Saved from WPS: spans within spans, fonts on every run, empty runs between."""

    def runs(text: str) -> str:
        cut = rng.randint(0, len(text))
        parts = [part for part in (text[:cut], text[cut:]) if part]
        return "".join(
            f'<font face="宋体" ><span style="mso-spacerun:\'yes\';font-size:10.5pt;" >{_text(part)}</span></font>'
            for part in parts
        )

    def cell(each: GridCell) -> str:
        return _cell(
            each, ' class="td1" valign="center" ', f'<p class="p0" ><span>{runs(each.text)}</span><o:p></o:p></p>'
        )

    article = _blocks(
        page,
        lambda text: f'<p class="MsoNormal" ><b>{runs(text.text)}</b><o:p></o:p></p>',
        lambda grid: _table(grid, cell, ' class="MsoTableGrid" border="1" cellspacing="0" '),
    )
    return _framed(page, article, '<meta name="ProgId" content="Word.Document">')


def ueditor(rng: random.Random, page: Page) -> str:
    """Pasted into UEditor: inline styles, `firstRow`, non-breaking blanks in empty cells and around figures."""

    def cell(each: GridCell) -> str:
        text = _text(each.text)
        inner = (
            f"<p style='text-align:center'>&nbsp;{text}&nbsp;</p>"
            if rng.random() < 0.3
            else f"<p>{text or '<br/>'}</p>"
        )
        return _cell(each, ' style="border: 1px solid windowtext; padding: 0px 7px; word-break: break-all;"', inner)

    article = _blocks(
        page,
        lambda text: (
            f'<p style="text-indent:2em;line-height:2em"><span style="font-size:16px">{_text(text.text)}</span></p>'
        ),
        lambda grid: _table(grid, cell, ' cellspacing="0" cellpadding="0"').replace("<tr>", '<tr class="firstRow">', 1),
    )
    return _framed(page, article, top=_furniture(page), bottom=_footer(rng))


def tinymce(rng: random.Random, page: Page) -> str:
    """TinyMCE: headings as such, header cells as `th` in `thead`."""

    def table(grid: Grid) -> str:
        tag = rng.choice(("td", "th"))
        write = [
            "<tr>" + "".join(_cell(c, tag=tag if c.header else "td") for c in grid.row_cells(row)) + "</tr>"
            for row in range(grid.rows)
        ]
        return f"<table style='width:100%'><thead>{write[0]}</thead><tbody>{''.join(write[1:])}</tbody></table>"

    def paragraph(text: Text) -> str:
        tag = {"title": "h1", "heading": "h2"}.get(text.style, "p")
        return f"<{tag}>{_text(text.text)}</{tag}>"

    return _framed(page, _blocks(page, paragraph, table), top=_furniture(page), bottom=_footer(rng))


def uppercase_unclosed(rng: random.Random, page: Page) -> str:
    """Twenty years old: capitals, no closing tags, attributes without quotes, FONT everywhere."""

    def cell(each: GridCell) -> str:
        spans = f" ROWSPAN={each.row_span}" if each.row_span > 1 else ""
        spans += f" COLSPAN={each.column_span}" if each.column_span > 1 else ""
        return f"<TD{spans} ALIGN=center><FONT SIZE=2>{_text(each.text) or '&nbsp;'}</FONT>"

    def table(grid: Grid) -> str:
        rows = "\n".join("<TR>" + "".join(cell(c) for c in grid.row_cells(row)) for row in range(grid.rows))
        return f"<TABLE BORDER=1 WIDTH=90%>\n{rows}\n</TABLE>"

    article = _blocks(page, lambda text: f"<P><FONT FACE=宋体>{_text(text.text)}</FONT>", table)
    return (
        f"<HTML><HEAD><TITLE>{escape(page.title)}</TITLE><META CHARSET={{charset}}></HEAD><BODY>{article}</BODY></HTML>"
    )


def layout_tables(rng: random.Random, page: Page) -> str:
    """The whole page hangs in nested layout tables, navigation in the left cell."""
    article = _blocks(page, lambda text: f"<p>{_text(text.text)}</p>", lambda grid: _table(grid, _cell))
    left = "".join(
        f"<tr><td><a href='#'>{name}</a></td></tr>" for name in ("机构职能", "政策文件", "财政信息", "年度报告")
    )
    return _framed(
        page,
        f"<table width=960><tr><td><table>{left}</table></td><td><table><tr><td>{page.title}</td></tr>"
        f"<tr><td>发布日期：{page.published}</td></tr><tr><td>{article}</td></tr></table></td></tr></table>",
    )


def div_soup(rng: random.Random, page: Page) -> str:
    """Paragraphs are nested divs, share buttons and an index table stand around, the title is repeated."""
    index = (
        f"<table class='xxgk'><tr><td>索引号：</td><td>0115{rng.randint(10000, 99999)}/2024-0{rng.randint(1000, 9999)}"
        "</td>"
        f"<td>发布机构：</td><td>{page.issuer}</td></tr><tr><td>成文日期：</td><td>{page.published}</td>"
        "<td>有效性：</td><td>有效</td></tr></table>"
    )
    article = _blocks(
        page,
        lambda text: f"<div><div class='p'><span>　　</span><span>{_text(text.text)}</span></div></div>",
        lambda grid: f"<div class='tablewrap'><div>{_table(grid, _cell)}</div></div>",
    )
    return _framed(page, article, top=_furniture(page) + index + _SHARE, bottom=_SHARE + _footer(rng))


def div_tables(rng: random.Random, page: Page) -> str:
    """No table at all: a div for each row, a span or div for each cell."""
    tag = rng.choice(("div", "span"))

    def table(grid: Grid) -> str:
        rows = (
            "<div class='tr'>"
            + "".join(f"<{tag} class='td'>{_text(c.text)}</{tag}>" for c in grid.row_cells(row))
            + "</div>"
            for row in range(grid.rows)
        )
        return f"<div class='table'>{''.join(rows)}</div>"

    return _framed(page, _blocks(page, lambda text: f"<div>{_text(text.text)}</div>", table))


def minified(rng: random.Random, page: Page) -> str:
    """One line, a script and a style in the middle, comments between cells, hidden text."""

    def cell(each: GridCell) -> str:
        return _cell(each) + rng.choice(("", "", "<!-- cell -->"))

    article = _blocks(
        page, lambda text: f"<p>{_text(text.text)}</p>", lambda grid: _table(grid, cell).replace("\n", "")
    )
    extra = "<script>var total=12;document.write('<td>9</td>');</script><style>td{padding:3px}</style>"
    return _framed(page, article.replace("\n", "") + extra, bottom="<div style='display:none'>点击量 3821</div>")


def each_paragraph_a_table(rng: random.Random, page: Page) -> str:
    """The article stands in one table, the form's tables are nested in its cells."""
    inner = (_block(block, lambda t: f"<p>{_text(t.text)}</p>", lambda g: _table(g, _cell)) for block in page.blocks)
    rows = "".join(f"<tr><td>{each}</td></tr>" for each in inner)
    return _framed(page, f"<table>{rows}</table>", top=_furniture(page))


def spans_wrong(rng: random.Random, page: Page) -> str:
    """Spans that claim more than there is room for, empty rows left over from merging, `colgroup`."""

    def table(grid: Grid) -> str:
        width = len(grid.widths)
        rows = ""
        for row in range(grid.rows):
            cells = grid.row_cells(row)
            rows += "<tr>"
            for c in cells:
                full = len(cells) == 1 and c.column == 0 and c.column_span == width
                spans = f' colspan="{c.column_span + (rng.randint(1, 9) if full else 0)}"' if c.column_span > 1 else ""
                spans += f' rowspan="{c.row_span}"' if c.row_span > 1 else ""
                rows += f"<td{spans}>{_text(c.text)}</td>"
            rows += "</tr>"
        rows += "<tr></tr>"
        columns = "".join(f'<col width="{round(20 * w)}">' for w in grid.widths)
        return f"<table><colgroup>{columns}</colgroup>{rows}</table>"

    return _framed(page, _blocks(page, lambda text: f"<p>{_text(text.text)}</p>", table))


@cache
def _converter(name: str):
    from opencc import OpenCC

    return OpenCC(name)


def traditional(rng: random.Random, page: Page) -> str:
    """A mirror in traditional characters, in half of the cases with Taiwan's words as well."""
    return str(_converter(rng.choice(("s2t", "s2twp", "s2hk"))).convert(ueditor(rng, page)))


def rows_as_paragraphs(rng: random.Random, page: Page) -> str:
    """The tables have been flattened: a paragraph a row, cells kept apart by tabs or non-breaking blanks."""
    gap = rng.choice(("\t", "&nbsp;&nbsp;&nbsp;&nbsp;", "　　"))

    def table(grid: Grid) -> str:
        return "".join(
            f"<p>{gap.join(escape(c.text.replace(chr(10), '')).strip() for c in grid.row_cells(row))}</p>\n"
            for row in range(grid.rows)
        )

    return _framed(page, _blocks(page, lambda text: f"<p>{_text(text.text)}</p>", table))


def _furniture(page: Page) -> str:
    crumbs = " &gt; ".join(f"<a href='#'>{crumb}</a>" for crumb in page.breadcrumbs)
    return (
        f"<div class='nav'>首页 | 政务公开 | 政务服务 | 互动交流</div><div>您当前的位置：{crumbs}</div>"
        f"<h1>{escape(page.title)}</h1><div>发布时间：{page.published} 来源：{page.issuer} 浏览次数：<span>128</span> "
        "字号：[大 中 小]</div>"
    )


def _footer(rng: random.Random) -> str:
    return (
        f"<div class='footer'>上一篇：没有了 下一篇：2020年年度报告<p>主办：县人民政府办公室 "
        f"备案号：蒙ICP备{rng.randint(10**7, 10**8)}号-1 "
        f"网站标识码：15{rng.randint(10**7, 10**8)}</p></div>"
    )


LAYOUTS: dict[str, tuple[Layout, bool]] = {
    layout.__name__: (layout, layout not in (div_tables, rows_as_paragraphs))
    for layout in (
        word_export,
        wps_export,
        ueditor,
        tinymce,
        uppercase_unclosed,
        layout_tables,
        div_soup,
        div_tables,
        minified,
        each_paragraph_a_table,
        spans_wrong,
        traditional,
        rows_as_paragraphs,
    )
}
"""Each layout and whether an empty cell can still be seen in it."""


def write_html(rng: random.Random, page: Page, layout: str) -> bytes:
    """The page as a web page in `layout`, in one of the usual encodings."""
    text = LAYOUTS[layout][0](rng, page)
    encoding = rng.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16"))
    if layout == "traditional":
        encoding = rng.choice(("utf-8", "utf-16"))
    declared = {"gb18030": rng.choice(("gb2312", "gbk", "GB2312"))}.get(encoding, "utf-8")
    return text.replace("{charset}", declared).encode(encoding)


def write_plain_html(rng: random.Random, page: Page, layout: str) -> bytes:
    """The page in UTF-8 with a mark, for programs that guess encodings badly."""
    return LAYOUTS[layout][0](rng, page).replace("{charset}", "utf-8").encode("utf-8-sig")
