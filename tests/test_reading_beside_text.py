"""Words struck out and the raised numbers of notes are no part of figures, whatever kind of file they stand in."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter

from loaders.form.figures import read_figure
from loaders.parsing import parse_file
from loaders.reading import read
from tests.office_files import docx, p, tbl, tc, tr
from tests.pdf_files import Sheet, pdf
from tests.test_reading_legacy import contents
from tests.test_reading_other import odt
from tests.test_reading_rtf import row as rtf_row
from tests.test_reading_rtf import rtf
from tests.word97_files import Piece, cell, row_end, word97

STRUCK_IN_WORD = ("<w:rPr><w:strike/></w:rPr>", '<w:rPr><w:dstrike w:val="true"/></w:rPr>')
RAISED_IN_WORD = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'


def page(figure: str) -> bytes:
    rows = [["第二十条第（一）项"], ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]]
    rows += [["规章", figure, "5", "6"], ["行政规范性文件", "7", "8", "9"]]
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    title = "<h1>甲县水利局2023年政府信息公开工作年度报告</h1><p>二、主动公开政府信息情况</p>"
    return f"<html><body>{title}<table>{table}</table></body></html>".encode()


@pytest.mark.parametrize(
    "figure",
    [
        "<s>98</s>12",
        "<strike>98</strike> 12",
        '<span style="text-decoration: line-through">98</span>12',
        "12<sup>1</sup>",
        "12<sup>[3]</sup>",
        '<span>12</span><a href="#n"><sup>①</sup></a>',
        '12<span style="vertical-align:super">2</span>',
        "12①",
        "12²",
        "12[1]",
    ],
)
def test_web_pages(figure):
    figures = parse_file(page(figure), "a.html").form.figures
    assert figures["publication.rules.issued"].value == 12
    assert figures["publication.rules.repealed"].value == 5


def test_powers_and_tags_left_open_stay():
    text = contents(read("<p>绿地5m<sup>2</sup>，<s><div>甲局</div></s></p>".encode(), "a.html"))
    assert "".join(str(each) for each in text) == "绿地5m2，甲局"


def run(text: str, looks: str = "") -> str:
    return f"<w:r>{looks}<w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize("beside", [*(run("98", looks) + run("12") for looks in STRUCK_IN_WORD)])
def test_struck_runs_of_word_files(beside):
    body = tbl(tr(tc("甲"), tc(inner=f"<w:p>{beside}</w:p>")))
    assert contents(read(docx(body), "a.docx")) == [[(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "12")]]


def test_raised_runs_of_word_files():
    body = tbl(tr(tc("甲"), tc(inner=f"<w:p>{run('12')}{run('1', RAISED_IN_WORD)}</w:p>")))
    body += f"<w:p>{run('绿地5m')}{run('2', RAISED_IN_WORD)}</w:p>"
    assert contents(read(docx(body), "a.docx")) == [[(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "12")], "绿地5m2"]


def test_raised_runs_behind_figures_written_as_formulas():
    figure = "<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>"
    formula = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    body = tbl(tr(tc("甲"), tc(inner=f"<w:p {formula}>{figure}{run('1', RAISED_IN_WORD)}</w:p>")))
    assert contents(read(docx(body), "a.docx")) == [[(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "12")]]


def test_switches_that_are_off_strike_nothing():
    looks = '<w:rPr><w:strike w:val="false"/><w:dstrike w:val="0"/><w:vertAlign w:val="baseline"/></w:rPr>'
    assert contents(read(docx(f"<w:p>{run('甲局', looks)}</w:p>" + p("乙")), "a.docx")) == ["甲局", "乙"]


@pytest.mark.parametrize(
    "figure", ["{\\strike 98}12", "12{\\super 1}", "12\\super 1\\nosupersub ", "\\strike 98\\strike0 12"]
)
def test_rich_text(figure):
    (cells,) = contents(
        read(rtf(rtf_row(("甲", 900, ""), ("FIGURE", 1800, ""))).replace(b"FIGURE", figure.encode()), "a.rtf")
    )
    assert [text for *_, text in cells] == ["甲", "12"]


@pytest.mark.parametrize("beside", ["struck", "raised", "hidden"])
def test_open_document(beside):
    looks = {
        "struck": 'style:text-line-through-style="solid"',
        "raised": 'style:text-position="super 58%"',
        "hidden": 'text:display="none"',
    }[beside]
    styles = f'<style:style style:name="T1" style:family="text"><style:text-properties {looks}/></style:style>'
    body = '<text:p>收到12<text:span text:style-name="T1">1</text:span>件</text:p>'
    assert contents(read(odt(styles + body), "a.odt")) == ["收到12件"]


def test_a_raised_mark_behind_a_field_of_open_document():
    look = '<style:text-properties style:text-position="super 58%"/>'
    styles = f'<style:style style:name="T1" style:family="text">{look}</style:style>'
    body = '<text:p><text:text-input>12</text:text-input><text:span text:style-name="T1">1</text:span></text:p>'
    assert contents(read(odt(styles + body), "a.odt")) == ["12"]


def test_old_word_files():
    edges = [0, 900, 1800]
    struck, raised = b"\x37\x08\x01", b"\x48\x2a\x01"
    pieces = [
        cell("甲"),
        Piece("98", b"", struck),
        Piece("12", b"", b""),
        Piece("1", b"", raised),
        cell(""),
        row_end(edges),
    ]
    (cells,) = contents(read(word97(pieces), "a.doc"))
    assert [text for *_, text in cells] == ["甲", "12"]


@pytest.mark.parametrize("in_cells", [False, True])
def test_workbooks(in_cells):
    """Their texts stand in a part of their own, or in the cells."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": in_cells}) as book:
        struck, raised = book.add_format({"font_strikeout": True}), book.add_format({"font_script": 1})
        book.add_worksheet().write_rich_string(0, 0, struck, "98", book.add_format(), "12", raised, "1")
    assert contents(read(buffer.getvalue(), "a.xlsx")) == ["12"]


@pytest.mark.parametrize("gap", [0, 2])
def test_raised_numbers_on_pages(gap):
    sheet = Sheet().rows([60, 160, 260], 60, [["规章", ""], ["甲", "7"]])
    sheet.text("12", 170, 74).text("1", 180 + gap, 70, size=6)
    (cells,) = contents(read(pdf(sheet), "a.pdf"))
    assert [text for *_, text in cells] == ["规章", "12", "甲", "7"]


def test_the_word_before_the_number_of_a_note_goes_with_it():
    sheet = Sheet().rows([60, 160, 260], 60, [["规章", ""], ["甲", "7"]])
    sheet.text("12", 170, 74).text("注", 180, 70, size=6).text("1", 186.5, 70, size=6)
    (cells,) = contents(read(pdf(sheet), "a.pdf"))
    assert [text for *_, text in cells] == ["规章", "12", "甲", "7"]


def test_figures_of_notes():
    assert [read_figure(text).amount for text in ("1,472①", "36件[2]", "5⁴", "－¹")] == [1472, 36, 5, 0]
