"""Web pages: tables with faulty spans, pages around reports, encodings that lie, pages meant to do harm."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.document import Document, Paragraph, Picture, Place, ReadingError, Table
from loaders.parsing import parse_file
from loaders.reading import read
from loaders.sections import HEADINGS


def page(body: str, head: str = "") -> bytes:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def lines(body: str) -> list[str]:
    return texts(read(page(body), "a.html"))


def tables(body: str) -> list[Table]:
    return [block for block in read(page(body), "a.html").blocks if isinstance(block, Table)]


def grid(body: str) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in tables(body)[0].cells]


LINES = [
    ("paragraphs", "<p>甲</p><p>乙</p>", ["甲", "乙"]),
    ("breaks", "甲<br>乙<BR/>丙", ["甲", "乙", "丙"]),
    ("inline elements do not part", "<p>一、<b>总体</b><span>情况</span></p>", ["一、总体情况"]),
    ("divs and spans as lines", "<div>甲</div><div><span>乙<br></span><span>丙</span></div>", ["甲", "乙", "丙"]),
    ("line ends in the source of Chinese text are nothing", "<p>年度\n   报告</p>", ["年度报告"]),
    ("other white space is one space", "<p>No.\n  12   条</p>", ["No. 12 条"]),
    ("unbroken spaces stay", "<p>甲&nbsp;&nbsp;乙</p>", ["甲\xa0\xa0乙"]),
    ("nothing of scripts and styles", "<script>var a='<p>x</p>'</script><style>p{}</style><p>甲</p>", ["甲"]),
    ("hidden by style", "<p style='display: none'>隐</p><p hidden>隐</p><p>甲</p>", ["甲"]),
    ("hidden by rule", "<style>.h{color:red;display:none}</style><p class='x h'>隐</p><p>甲</p>", ["甲"]),
    (
        "rules for telephones and paper",
        "<style>.m{display:none}@media (max-width:768px){.m{display:block}.w{display:none}}"
        "@media print{.w{display:none}}</style><p class=w>甲</p><p class=m>隐</p>",
        ["甲"],
    ),
    (
        "rules for wide screens",
        "<style>@media screen and (max-width:1920px){.h{display:none}}</style><p class=h>隐</p><p>甲</p>",
        ["甲"],
    ),
    ("clear as glass", "<p>甲<span style='opacity: 0'>隐</span><i style='color:transparent'>隐</i>乙</p>", ["甲乙"]),
    ("half clear", "<p style='opacity:0.5'>甲</p><p style='color:#000;left:-10px'>乙</p>", ["甲", "乙"]),
    ("off the page", "<style>.o{position:absolute;left:-9999px}</style><p>甲<b class=o>隐</b></p>", ["甲"]),
    ("without size", "<p>8<span style='font-size:0px'>9</span></p>", ["8"]),
    ("sizes of what is within", "<p style='font-size:0'><b style='font-size:14px'>甲</b></p>", ["甲"]),
    ("marks of notes in JATS", "<p>22<xref ref-type='fn' rid='fn7'>7</xref>件</p>", ["22件"]),
    ("text after something hidden", "<p>甲<span style='display:none'>隐</span>乙</p>", ["甲乙"]),
    ("what was deleted", "<p>甲<del cite='mailto:a'>3</del><ins>4</ins>乙</p>", ["甲4乙"]),
    ("preformatted", "<pre>甲  乙\n丙</pre>", ["甲  乙", "丙"]),
    ("a text field", "<textarea rows=3>甲\n乙</textarea>", ["甲", "乙"]),
    ("a text field that holds a page", "<textarea><p>甲</p><p>乙</p></textarea>", ["甲", "乙"]),
    ("unclosed paragraphs", "<P>甲<P>乙<LI>丙", ["甲", "乙", "丙"]),
    ("Word's tags", "<p class=MsoNormal><span lang=EN-US>2023<o:p></o:p></span>年</p>", ["2023年"]),
    ("Word's conditions", "<p><![if !supportLists]><span>一、</span><![endif]>总体情况</p>", ["一、总体情况"]),
    ("Word's islands", "<xml><w:View></w:View></xml><!--[if gte mso 9]><p>x</p><![endif]--><p>甲</p>", ["甲"]),
    ("numbered list", "<ol><li>甲</li><li><p>乙</p></li></ol>", ["1. 甲", "2. 乙"]),
    ("numbered list from five, Chinese", "<ol start=5 style='list-style-type:cjk-ideographic'><li>甲</ol>", ["五、甲"]),
    ("bullets have no number", "<ul><li>甲</li></ul>", ["甲"]),
    ("stray cells", "<p>甲</p><tr><td>乙</td></tr>", ["甲", "乙"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), [row[1:] for row in LINES], ids=[row[0] for row in LINES])
def test_lines(body, expected):
    assert lines(body) == expected


def test_places_count_lines_and_tables():
    document = read(page("<p>甲</p><p></p><p>乙</p><table><tr><td>1<td>2<tr><td>3<td>4</table>"), "")
    assert [b.place for b in document.blocks] == [Place(paragraph=1), Place(paragraph=2), Place(table=1)]
    assert document.blocks[2].cells[3].place == Place(table=1, row=2, column=2)


GRIDS = [
    (
        "rowspan and colspan",
        "<table><tr><td rowspan=2 colspan=2>甲<td>乙<tr><td>1<tr><td>2<td colspan=2>3</table>",
        [(0, 0, 2, 2, "甲"), (0, 2, 1, 1, "乙"), (1, 2, 1, 1, "1"), (2, 0, 1, 1, "2"), (2, 1, 1, 2, "3")],
    ),
    (
        "a span below the last row is cut",
        "<table><tr><td rowspan=9>甲<td>1<tr><td>2</table>",
        [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2")],
    ),
    (
        "rowspan 0 reaches the end",
        "<table><tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3</table>",
        [(0, 0, 3, 1, "甲"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2"), (2, 1, 1, 1, "3")],
    ),
    (
        "spans that are no numbers",
        "<table><tr><td rowspan='x' colspan='-2'>甲<td colspan=''>1<tr><td>2<td>3</table>",
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "2"), (1, 1, 1, 1, "3")],
    ),
    (
        "old markup: upper case, nothing closed, head and body",
        "<TABLE BORDER=1><THEAD><TR><TH>甲<TH>乙<TBODY><TR><TD ALIGN=center>1<TD>2</TABLE>",
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2")],
    ),
    (
        "a label over lines is one cell",
        "<table><tr><td>社会<br>公益<br/>组织</td><td><p>法律</p><p>服务</p></td></tr><tr><td>0<td>&nbsp;</table>",
        [(0, 0, 1, 1, "社会\n公益\n组织"), (0, 1, 1, 1, "法律\n服务"), (1, 0, 1, 1, "0"), (1, 1, 1, 1, "")],
    ),
    (
        "hidden rows and cells take no place",
        "<table><tr><td>甲<td style='display:none'>隐<td>乙<tr style='display:none'><td>隐<tr><td>1<td>2</table>",
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2")],
    ),
    (
        "a form between table and rows",
        "<table><form><tr><td>甲<td>乙</tr></form><tr><td>1<td>2</table>",
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2")],
    ),
    (
        "cells without a row",
        "<table><tbody><td>甲<td>乙<tr><td>1<td>2</table>",
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2")],
    ),
    (
        "figures in fields",
        "<table><tr><td>甲<td><input value='12'><tr><td>乙<td><input type=hidden value=9>3</table>",
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "12"), (1, 0, 1, 1, "乙"), (1, 1, 1, 1, "3")],
    ),
    (
        "a table of divs",
        "<style>.t{display:table}.r{display:table-row} .c { display : table-cell }</style><div class=t>"
        "<div class=r><div class=c>甲</div><div style='display:table-cell'>1</div></div>"
        "<div class=r><div class=c>乙</div><div class=c>2</div></div></div>",
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "乙"), (1, 1, 1, 1, "2")],
    ),
    (
        "a table by its roles",
        "<div role=table><div role=row><span role=cell>甲</span><span role=cell>1</span></div>"
        "<div role=row><span role=cell>乙</span><span role=cell>2</span></div></div>",
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "乙"), (1, 1, 1, 1, "2")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), [row[1:] for row in GRIDS], ids=[row[0] for row in GRIDS])
def test_grids(body, expected):
    assert [(*rest, text.strip("\xa0")) for *rest, text in grid(body)] == expected


FORM = "<table><tr><td>规章<td>0<td>0<tr><td>规范性文件<td>1<td>2</table>"


def test_form_inside_layout_tables():
    """Pages before style sheets: menu to the left, the report in a cell of a cell."""
    inner = f"<table><tr><td><p>一、总体情况</p>全年公开五条。<br>{FORM}</td></tr></table>"
    body = f"<table><tr><td><a href=x>首页</a><br><a href=y>新闻</a></td><td>{inner}</td></tr></table>"
    document = read(page(body), "")
    assert [type(block) for block in document.blocks] == [Paragraph, Paragraph, Table]
    assert texts(document) == ["一、总体情况", "全年公开五条。"]
    assert [cell.text for cell in document.blocks[2].cells] == ["规章", "0", "0", "规范性文件", "1", "2"]


def test_text_between_rows_stands_before_the_table():
    assert lines("<table>单位：件<tr><td>甲<td>1<tr><td>乙<td>2</table>") == ["单位：件"]


SITE = """
<div class="top"><h1>青禾县人民政府</h1><ul class="nav">
<li><a href="/">首页</a></li><li><a href="/xx">政务公开</a></li></ul></div>
<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/xx">政务公开</a> &gt; 年报</div>
<div class="main"><h2 class="title">青禾县水利局2023年<br>政府信息公开工作年度报告</h2>
<div class="info">发布时间：2024-01-12 09:30　来源：县水利局　浏览次数：12
【字体：<a>大</a> <a>中</a> <a>小</a>】</div>
<div id="zoom"><p>依照条例编制本报告。</p><p>一、总体情况</p><p>全年公开信息五条。</p><p>二、主动公开政府信息情况</p>
{form}<p>三、收到和处理政府信息公开申请情况</p><p>四、政府信息公开行政复议、行政诉讼情况</p><p>无。</p>
<p>五、存在的主要问题及改进情况</p><p>时间：全年开展培训两次。</p><p>六、其他需要报告的事项</p><p>无。</p>
<p align="right">青禾县水利局</p><p align="right">2024年1月12日</p></div>
<div class="share">分享到：<a>微信</a></div><p><a href="#">【打印本页】</a> <a href="#">【关闭窗口】</a></p>
<div class="xgwj"><h3>相关信息</h3><a href="/1">石桥镇2023年政府信息公开工作年度报告</a></div></div>
<div class="footer">主办单位：青禾县人民政府办公室 网站标识码：1234567890</div>
<div style="display:none">彩票开户</div>
""".replace("{form}", FORM)


def test_report_apart_from_its_page():
    head = (
        '<title>青禾县水利局年报_青禾县人民政府</title><meta name="PubDate" content="2024-01-12 09:30">'
        '<meta name="ContentSource" content="县水利局"><link rel="canonical" href="http://www.qinghe.example/1.html">'
    )
    document = read(page(SITE, head), "1.html")
    assert pickle.loads(pickle.dumps(document)) == document  # it travels between processes
    assert texts(document) == [
        "青禾县水利局2023年",
        "政府信息公开工作年度报告",
        "依照条例编制本报告。",
        "一、总体情况",
        "全年公开信息五条。",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "无。",
        "五、存在的主要问题及改进情况",
        "时间：全年开展培训两次。",
        "六、其他需要报告的事项",
        "无。",
        "青禾县水利局",
        "2024年1月12日",
    ]
    furniture = [line.text for line in document.furniture]
    assert furniture[0] == "青禾县水利局年报_青禾县人民政府"
    assert "当前位置：首页 > 政务公开 > 年报" in furniture
    assert any(line.startswith("发布时间：2024-01-12") for line in furniture)
    assert any("主办单位" in line for line in furniture)
    assert not any("石桥镇" in line for line in furniture)
    assert document.metadata["published"] == document.metadata["PubDate"] == "2024-01-12 09:30"
    assert document.metadata["source"] == "县水利局"
    assert document.metadata["source_url"] == "http://www.qinghe.example/1.html"
    assert document.metadata["hidden_text"] == "彩票开户"


def test_record_of_the_page_is_no_table_of_the_report():
    record = (
        "<table><tr><td>索 引 号：<td>0001<td>发布机构<td>水利局"
        "<tr><td>成文日期：<td>2024-01-12<td>主题分类：<td>其他</table>"
    )
    document = read(page(record + "<p>一、总体情况</p>" + FORM), "")
    assert sum(isinstance(block, Table) for block in document.blocks) == 1
    assert "成文日期：2024-01-12" in [line.text for line in document.furniture]


@pytest.mark.parametrize("name", ["footer", "nav", "share", "related", "print"])
def test_a_name_never_outweighs_the_report(name):
    body = (
        f"<div class='{name}'><p>一、总体情况</p><p>公开五条。</p>{FORM}<p>六、其他需要报告的事项</p><p>无。</p></div>"
    )
    assert lines(body) == ["一、总体情况", "公开五条。", "六、其他需要报告的事项", "无。"]
    assert len(tables(body)) == 1


def test_sections_in_scattered_elements_are_all_kept():
    parts = "".join(f"<div class='box'><h3>{heading}</h3><div>短句。</div></div>" for heading in "甲乙丙")
    last = "<article><p>六、其他需要报告的事项</p></article>"
    body = f"<div><p>一、总体情况</p></div>{parts}<section>{FORM}</section>{last}"
    assert lines(body) == ["一、总体情况", "甲", "短句。", "乙", "短句。", "丙", "短句。", "六、其他需要报告的事项"]


@pytest.mark.parametrize(
    "line", ["微信：12条", "打印3份", "来源：县级平台", "主办：培训两期", "编辑：图解五篇", "首页 - 改版一次"]
)
def test_lines_like_furniture_between_sections_are_report(line):
    body = f"<p>一、总体情况</p><p class='print'>{line}</p>{FORM}<p>六、其他需要报告的事项</p>"
    assert line in lines(body)


def test_report_hidden_until_a_script_runs():
    body = f"<p>加载中</p><div style='display:none'><p>一、总体情况</p>{FORM}</div>"
    assert lines(body) == ["加载中", "一、总体情况"]


def test_pictures_large_enough_to_hold_a_table():
    body = (
        "<p>三、收到和处理政府信息公开申请情况</p><p><img src='/a/b.png' width=600></p>"
        "<p><img src='c.gif' width=16></p><p><img src='/images/logo.png'></p><p>六、其他需要报告的事项</p>"
    )
    blocks = read(page(body), "").blocks
    assert [type(block) for block in blocks] == [Paragraph, Picture, Paragraph]


def test_saved_from():
    source = "<!-- saved from url=(0030)http://www.qinghe.example/2.html -->\n<html><body><p>甲</p></body></html>"
    assert read(source.encode(), "").metadata["source_url"] == "http://www.qinghe.example/2.html"


TRADITIONAL = "<html><head><meta charset=big5></head><body><p>政府信息公開工作年度報告，收到申請一件</p></body></html>"
SIMPLE = "<html><head><meta charset={}></head><body><p>青禾县政府信息公开工作年度报告，收到申请１２件</p></body></html>"


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("utf-8", "utf-8"),
        ("gbk", "gbk"),
        ("gb2312", "gb18030"),
        ("utf-8", "gbk"),
        ("gb2312", "utf-8"),
        ("iso-8859-1", "gbk"),
        ("nonsense", "gbk"),
        ("gbk", "utf-8-sig"),
        ("gbk", "utf-16"),
        ("utf-8", "utf-16-le"),
        ("utf-8", "utf-16-be"),
    ],
)
def test_encodings_that_lie(declared, written):
    data = SIMPLE.format(declared).encode(written)
    assert texts(read(data, "a.html")) == ["青禾县政府信息公开工作年度报告，收到申请１２件"]


def test_traditional_characters_in_big5():
    assert texts(read(TRADITIONAL.encode("big5"), "")) == ["政府信息公開工作年度報告，收到申請一件"]


def test_some_broken_bytes():
    data = SIMPLE.format("utf-8").encode().replace("收到".encode(), b"\xe6\x94")
    assert texts(read(data, ""))[0].startswith("青禾县政府信息公开工作年度报告")


@pytest.mark.parametrize("tag", ["div", "span", "font", "p", "b", "ul"])
def test_nesting_by_the_thousand_loses_nothing(tag):
    body = f"<p>外</p>{f'<{tag}>' * 10_000}内"
    found = read(page(body + "<p>后</p>"), "")
    assert texts(found)[0] == "外" and "内" in "".join(texts(found)) and "后" in "".join(texts(found))


def test_tables_in_tables_by_the_hundred():
    body = "<table><tr><td>甲" * 300 + FORM
    document = read(page(body), "")
    assert [c.text for b in document.blocks if isinstance(b, Table) for c in b.cells][-2:] == ["1", "2"]


def test_spans_meant_to_exhaust_memory():
    body = "<table>" + "<tr>" + "<td rowspan=65534 colspan=65534>甲" * 300 + "<tr><td>1</table>"
    assert len(tables(body)[0].cells) == 301


def test_more_cells_than_any_form(monkeypatch):
    monkeypatch.setattr("loaders.reading.layout.MAX_CELLS", 50)
    with pytest.raises(ReadingError) as caught:
        read(page("<table>" + "<tr><td>1<td>2" * 30 + "</table>"), "")
    assert caught.value.reason == "too-large"


def test_large_page():
    body = "<p>第一行</p>" + "<p>青禾县公开信息若干条。</p>" * 100_000 + "<p>最后</p>"
    found = lines(body)
    assert (found[0], found[-1], len(found)) == ("第一行", "最后", 100_002)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize("text", ["首甲乙丙丁", "首甲甲甲甲甲甲甲", "联通"])
def test_short_pages_of_uncommon_characters(text, encoding):
    """The last is also correct UTF-8 when written in GBK, of letters that no report has."""
    declared = f'<meta charset="{encoding}">' if encoding == "utf-8" else ""
    assert texts(read(f"<html>{declared}<p>{text}</p></html>".encode(encoding), "a.html")) == [text]


SOUP = """<td>|</td>|<tr>|<table>|</table>|<p>|</p>|<br>|<li>|<ol>|<a href=x>|</a>|<div class=footer>|</div>|甲
|一、总体情况|<pre>|<textarea>|<th rowspan=3>|<tbody>|<form>|<nav>|<h1>|</h1>|<input value=3>|<img src=a width=500>"""


@settings(max_examples=150)
@given(st.lists(st.sampled_from(SOUP.split("|")), max_size=40))
def test_any_soup_is_read(parts):
    body = "".join(parts)
    document = read(page("<p>首</p>" + body), "a.html")
    assert texts(document)[0].startswith("首") or "textarea" in body
    for block in document.blocks:
        if isinstance(block, Table):
            taken = [(c.row, c.column) for c in block.cells]
            assert len(taken) == len(set(taken))


FAULTY_NAMES = [
    '<p a<b="1">一、总体情况</p>',
    '<p a<b="1" title="&#1;">一、总体情况</p>',
    '<p =a title="x>y">一、总体情况</p>',
    "<div<span>一、总体情况</div<span>",
    '<p "quoted">一、总体情况</p>',
    '<p onclick="if(a<b)go()" title=\'"\'>一、总体情况</p>',
]


@pytest.mark.parametrize("source", FAULTY_NAMES)
def test_faulty_names_do_not_hide_text(source):
    assert "一、总体情况" in lines(source)


def test_written_entities_are_text_once():
    assert lines("<p>甲 &amp;lt; 乙 &lt;p&gt; 丙&#13;丁 &amp;amp;</p>") == ["甲 &lt; 乙 <p> 丙丁 &amp;"]


def test_preformatted_text_keeps_its_lines():
    assert lines("<pre>一、总体情况\n  甲  乙\n\n</pre><p>丙</p>") == ["一、总体情况", "  甲  乙", "丙"]


def test_pages_in_xhtml_are_read():
    xhtml = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
        "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
        <html xmlns="http://www.w3.org/1999/xhtml"><head><meta name="ArticleTitle" content="年度报告" /></head>
        <body><p>一、总体情况<br />二、主动公开政府信息情况</p><hr /><img src="a.png" alt="" /></body></html>"""
    assert texts(read(xhtml.encode(), "a.html")) == ["一、总体情况", "二、主动公开政府信息情况"]


@pytest.mark.parametrize("tag", ['<p {x=1 a{b}c="2">', "<x}y>", '<p &=1 ,=2 ""=3>', '<p 中文="x">', "<a:b:c d:e:f=1>"])
def test_names_that_only_a_fault_can_have_made_do_no_harm(tag):
    document = read(page(f"{tag}一、总体情况<p>全年公开信息12条。"), "a.html")
    assert texts(document) == ["一、总体情况", "全年公开信息12条。"]


def test_pronunciation_behind_traditional_characters_is_no_text():
    assert texts(read(page("<p>一、總體情況</p><p>申請(qǐng)數(shù)量公開(kāi)</p>"), "a.html")) == [
        "一、總體情況",
        "申請數量公開",
    ]


@pytest.mark.parametrize(
    ("row", "cell"), [('div class="line" style="display:flex"', 'div class="col-1"'), ("ul", "li"), ("div", "span")]
)
def test_rows_of_boxes_are_a_table_where_the_page_has_none(row, cell):
    rows = [["", "自然人", "商业企业", "总计"], ["一、本年新收", "1", "", "3"], ["二、上年结转", "4", "5", "9"]]
    rows += [["（一）予以公开", "7", "8", "15"], ["（二）部分公开", "0", "/", "2"]]

    def element(tag, content):
        return f"<{tag}>{content}</{tag.split()[0]}>"

    written = "".join(element(row, "".join(element(cell, text) for text in each)) for each in rows)
    text = "<p>二、主动公开政府信息情况</p><div><span>本年公开</span><span>12</span><span>条。</span></div>"
    before, line, table = read(page(f"{text}<div>{written}</div>"), "a.html").blocks
    assert [before.text, line.text] == ["二、主动公开政府信息情况", "本年公开12条。"]
    assert [cell.text for cell in table.cells] == [text for each in rows for text in each]
    assert [cell.column for cell in table.cells] == [0, 1, 2, 3] * 5


def test_boxes_that_their_style_calls_a_table_stay_in_order():
    rows = [["规章", "484", "791", "455"], ["规范性文件", "1", "2", "3"], ["行政许可", "4", "5", "6"]]
    written = "".join(
        f'<div style="display: table-row">{"".join(f"<div class=c>{text}</div>" for text in row)}</div>'
        for row in [[100 * "长"], *rows, [100 * "长"], *rows]
    )
    blocks = read(
        page(f'<div style="display:table">{written}</div>', "<style>.c{display:table-cell}</style>"), "a.html"
    ).blocks
    found = [cell.text for block in blocks for cell in (block.cells if isinstance(block, Table) else [block])]
    assert found == [100 * "长", *(text for row in rows for text in row)] * 2


@pytest.mark.parametrize("placed", [True, False], ids=["placed", "in order"])
@pytest.mark.parametrize("tracks", ["2fr 1fr 1fr", "minmax(80px, 2fr) repeat(2, 1fr)"])
def test_boxes_in_a_grid_stand_where_their_style_says(placed, tracks):
    cells = [(1, 1, 1, 3, "第二十条第（一）项"), (2, 1, 2, 1, "规章"), (2, 2, 1, 1, "本年"), (2, 3, 1, 1, "3")]
    cells += [(3, 2, 1, 1, "上年"), (3, 3, 1, 1, ""), (4, 1, 1, 2, "规范性文件"), (4, 3, 1, 1, "7")]

    def style(row, column, down, right):
        if placed:
            return f"grid-row:{row} / span {down};grid-column:{column} / {column + right}"
        return f"grid-row: span {down};grid-column-end: span {right}"

    boxes = "".join(f'<div style="{style(*place)}">{text}</div>' for *place, text in cells)
    (table,) = read(page(f'<div style="display:grid;grid-template-columns:{tracks}">{boxes}</div>'), "a.html").blocks
    found = [(c.row + 1, c.column + 1, c.row_span, c.column_span, c.text) for c in table.cells]
    assert found == cells


def test_a_grid_is_a_table_beside_other_tables_but_not_around_one():
    boxes = "".join(f"<div>{text}</div>" for text in ("规章", "1", "", "2", "规范性文件", "3"))
    grid = '<div style="display:grid;grid-template-columns:2fr 1fr">'
    beside = read(page(f"<table><tr><td>甲<td>乙</table>{grid}{boxes}</div>"), "a.html").blocks
    assert [[cell.text for cell in block.cells] for block in beside][1] == ["规章", "1", "", "2", "规范性文件", "3"]
    around = read(page(f"{grid}{boxes}<table><tr><td>甲<td>乙</table></div>"), "a.html").blocks
    assert [len(block.cells) for block in around if isinstance(block, Table)] == [2]


def test_a_grid_whose_cells_have_no_room_comes_to_an_end():
    boxes = "".join(f'<div style="grid-column:{n} / span 9">{n}</div>' for n in range(1, 9))
    blocks = read(page(f'<div style="display:grid;grid-template-columns:1fr 1fr">{boxes}</div>'), "a.html").blocks
    shown = [cell.text for block in blocks for cell in (block.cells if isinstance(block, Table) else [block])]
    assert shown == [str(n) for n in range(1, 9)]


@pytest.mark.parametrize("body", ['<div id="app"></div><script src="a.js"></script>', '<iframe src="a.pdf"></iframe>'])
def test_a_page_that_only_loads_its_content_is_told_apart(body):
    with pytest.raises(ReadingError) as caught:
        parse_file(page(body, "<title>青禾县水利局2023年政府信息公开工作年度报告</title>"), "a.html")
    assert caught.value.reason == "not-a-report" and "脚本或框架" in caught.value.message


def test_figures_hidden_in_a_report_that_a_script_shows_stay_hidden():
    table = FORM.replace("</td>", "<span style='display:none'>9</span></td>").replace("<tr>", "<tr hidden><td>8<tr>", 1)
    body = f"<p>加载中</p><div style='display:none'><p>一、总体情况</p>{table}</div>"
    (shown,) = tables(body)
    (plain,) = tables(FORM)
    assert [cell.text for cell in shown.cells] == [cell.text for cell in plain.cells]


def test_sections_hidden_behind_those_that_are_shown_are_read():
    first = "<div class='tab'><p>一、总体情况</p><p>共公开政府信息三十条。</p></div>"
    second = f"<div class='tab' style='display:none'><p>三、收到和处理政府信息公开申请情况</p>{FORM}</div>"
    assert "三、收到和处理政府信息公开申请情况" in lines(first + second)
    assert len(tables(first + second)) == 1
    copy = f"<div style='display:none'><p>一、总体情况</p><p>六、其他需要报告的事项</p>{FORM}</div>"
    assert tables(first + copy) == []


def test_tables_hidden_behind_a_tab_are_read_unless_they_are_shown_as_well():
    def tab(figure, style):
        cells = "".join(f"<td>{text}</td>" for text in ("四、结转下年度继续办理", figure, *"123456"))
        return f"<div class='tab' {style}><table><tr>{cells}</tr></table></div>"

    sections = "".join(f"<p>{numeral}、{name}</p>" for numeral, name in zip("一二三四五六", HEADINGS, strict=True))
    hidden = tab("7", "style='display:none'")
    assert [cell.text for found in tables(sections + hidden) for cell in found.cells][1:2] == ["7"]
    shown = tables(sections + tab("8", "") + hidden)
    assert [cell.text for found in shown for cell in found.cells if cell.text in "78"] == ["8"]


def test_cells_whose_figures_stand_in_several_elements_are_no_rows():
    rows = "".join(f"<div><div>{label}</div><div>3</div><div>4</div><div>5</div></div>" for label in "甲乙丙")
    others = "".join(f"<div><span>{text}</span></div>" for text in ("丁", "-6", "5"))
    odd = f"<div>{others}<div><span>1</span><span>86</span><span>6</span></div></div>"
    found = tables(f"<div>{rows}</div><div>{odd}</div>")
    assert not any(cell.text == "86" for table in found for cell in table.cells)


@pytest.mark.parametrize("row", ["<table><tr>{}</tr></table>", "<div>{}</div>"])
def test_rows_of_their_own_in_a_table_that_lays_out_the_page_stay_rows(row):
    tag = "td" if "table" in row else "div"
    cells = (["规章", "1", "2", "7"], ["行政许可", "3", "4", "8"], ["行政处罚", "5", "6", "9"])
    rows = "".join(row.format("".join(f"<{tag}>{text}</{tag}>" for text in line)) for line in cells)
    body = f"<table><tr><td>1</td><td><p>一、总体情况</p></td></tr><tr><td>2</td><td>{rows}</td></tr></table>"
    found = tables(body)
    assert {cell.text for table in found for cell in table.cells} >= {"规章", "1", "行政许可", "3", "行政处罚", "6"}


def side_by_side(labels, figures):
    written = ["".join(f"<tr><td>{'<td>'.join(row)}</tr>" for row in rows) for rows in (labels, figures)]
    return f"<table><tr><td><table>{written[0]}</table></td><td><table>{written[1]}</table></td></tr></table>"


def test_labels_and_figures_in_two_tables_beside_each_other_are_one_table():
    labels = [["类", "项目"], *(["丁", f"{n}.甲"] for n in range(1, 12))]
    figures = [["本年", "上年"], *([str(n), ""] for n in range(1, 12))]
    (one,) = tables(side_by_side(labels, figures))
    assert [(cell.row, cell.column, cell.text) for cell in one.cells if cell.row == 4] == [
        (4, 0, "丁"),
        (4, 1, "4.甲"),
        (4, 2, "4"),
        (4, 3, ""),
    ]
    assert len(tables(side_by_side(labels, figures[:-1]))) == 2
    assert len(tables(side_by_side(labels, [*figures[:-1], ["12", "见附件"]]))) == 2
