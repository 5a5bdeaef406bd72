"""Plain Word files are read piece by piece, others as a tree: whichever way is taken, the outcome is the same."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from loaders.document import Paragraph, Table
from loaders.reading import read
from tests.generator.case import KINDS, generate
from tests.office_files import W, docx, p, tbl, tc, tr, zip_of


def run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


PLAIN = [
    p("一、总体情况") + p("政府信息公开 &amp; 管理 &lt;一&gt;"),
    f"<w:p>{run('<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t/>')}{run('<w:noBreakHyphen/><w:t>丙</w:t>')}</w:p><w:p/>",
    tbl(tr(tc("项目", span=2), tc("数量")), tr(tc("甲"), tc("乙"), tc("1")), tr(tc("甲"), tc(""), tc("2"))),
    "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>2</w:t></w:r></w:p>"
    "</w:tc></w:tr><w:tr><w:tc/><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    f'<w:p><w:hyperlink w:anchor="_Toc1">{run("<w:t>一、总体情况 1</w:t>")}</w:hyperlink></w:p>' + p("正文"),
    f'<w:p w:rsidR="00A1B2C3"><w:r w:rsidRPr="00A1B2C4"><w:t>甲</w:t></w:r></w:p><w:p w:rsidR="00A1B2C5"/>{p("乙")}',
    f'<w:p w:rsidR="00A1B2C3"><w:r w:rsidR="00A1B2C4"/>{run("<w:t>甲</w:t>")}</w:p>',
    f"<w:p>{run('<w:t>甲 > 乙</w:t>')}{run('<w:t>&#x4E59;&#65;</w:t>')}</w:p>",
    f"<w:customXml>{p('丙')}</w:customXml><w:sdt><w:sdtContent>{p('丁')}</w:sdtContent></w:sdt>",
]


@pytest.mark.parametrize("body", PLAIN)
def test_a_comment_changes_nothing(body):
    """Only the tree can tell a comment from text."""
    assert read(docx(body), "a.docx") == read(docx(body + "<!-- by hand -->"), "a.docx")
    assert read(docx(body), "a.docx").blocks


@pytest.mark.parametrize("layout", KINDS["docx"].layouts)
def test_a_comment_changes_nothing_in_a_report(layout):
    data = generate(3, "docx", layout).data
    assert read(data, "a.docx") == read(commented(data), "a.docx")


def commented(data: bytes) -> bytes:
    """The same file with a comment at the end of its body."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    main = members["word/document.xml"]
    return zip_of(members | {"word/document.xml": main.replace(b"</w:body>", b"<!-- by hand --></w:body>")})


def test_numbering_that_nothing_uses_is_not_read():
    parts = {"word/numbering.xml": "<broken", "word/styles.xml": "<w:styles/>"}
    styled = docx(p("一、总体情况", '<w:pStyle w:val="a3"/>'), parts=parts)
    assert read(styled, "a.docx").warnings == []


def same_form(*texts: str) -> str:
    """A table with merges, cells without text, several paragraphs and characters written as elements."""
    first, second, third, fourth = texts
    lines = f"{p(first)}<w:p>{run('<w:br/><w:t>' + second + '</w:t><w:tab/>')}</w:p><w:p/>"
    styled = p(fourth, '<w:pStyle w:val="a3"/>')
    return tbl(
        tr(tc("项目", span=2), tc(inner=f"<w:p>{run('<w:tab/>')}</w:p>")),
        tr(tc(inner=lines), tc(second, merge="restart"), tc(third)),
        tr(tc(inner="<w:p/>"), tc(merge="continue"), tc(inner=styled), properties='<w:gridBefore w:val="1"/>'),
    )


@pytest.mark.parametrize("between", ["", p("说明"), "<w:p/>"])
def test_a_form_met_again_holds_its_own_texts(between):
    for number in range(5):
        body = same_form(f" {number}", "", f"{number} ", "3")
        body += between + same_form("甲", f"第{number}行", "", "") + between + same_form("1", "2", "3", str(number))
        assert read(docx(body), "a.docx") == read(docx(body + "<!-- by hand -->"), "a.docx")


def test_numbers_of_a_form_met_again_are_counted_on():
    levels = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    listed = p("项", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    body = tbl(tr(tc("序号"), tc("项目")), tr(tc(inner=listed), tc("甲"))) * 4
    table = read(docx(body, parts={"word/numbering.xml": numbering}), "a.docx").blocks[-1]
    assert isinstance(table, Table)
    assert [cell.text.split()[0] for cell in table.cells][2:] == ["4.", "甲"]


def test_paragraphs_with_tabs_between_figures_are_rows_of_a_table():
    rows = [["", "1.甲", "3", "", "1", "4"], ["", "2.乙", "", "2", "", "2"], ["（四）", "1.丙", "0", "0", "0", "0"]]
    typed = [p("</w:t><w:tab/><w:t>".join(row)) for row in rows]
    signed = [p("</w:t><w:tab/><w:t>".join(["甲局", "乙局", "丙局", "丁局"]))] * 3
    blocks = read(docx("".join([*typed, p("五、存在的主要问题"), *signed])), "a.docx").blocks
    assert [type(block) for block in blocks] == [Table, *[Paragraph] * 4]
    assert blocks[0].aligned
    assert [cell.text for cell in blocks[0].cells] == [text for row in rows for text in row]
    assert [cell.place.paragraph for cell in blocks[0].cells[::6]] == [1, 2, 3]


def test_a_typed_row_of_disputes_and_its_header_are_a_table_with_blanks():
    rows = [["维持", "纠正", "其他", "未审结", "总计"] * 3, ["1", "", "0", "", "1", *["0"] * 10]]
    (table,) = read(docx("".join(p("</w:t><w:tab/><w:t>".join(row)) for row in rows)), "a.docx").blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == [text for row in rows for text in row]
