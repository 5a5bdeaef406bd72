"""Web pages that programs made of the pages of a PDF: every line at a place of its own, and no tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

import pytest

from loaders.demo.pdf_canvas import text_width
from loaders.document import Document, Paragraph, Table
from loaders.reading import read
from pages.shared.original_view import Source, show_place

Word = tuple[str, float, float]
"""What is written, its left edge and the line it stands on, in points."""

COLUMNS = (60.0, 260.0, 360.0, 460.0)
HEADER = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
FIGURES = [(f"第{'甲乙丙丁戊己庚辛壬癸'[n]}类文件", str(n), str(10 * n), str(n * n)) for n in range(10)]
SIZE = 10.0


def page() -> list[Word]:
    words: list[Word] = [("二、主动公开政府信息情况", 60, 80)]
    for number, row in enumerate([HEADER, *FIGURES]):
        words += [(text, x, 110 + 20.0 * number) for text, x in zip(row, COLUMNS, strict=True)]
    return words


def poppler(pages: list[list[Word]]) -> str:
    """`pdftohtml -c`: pixels, one and a half to the point, with the size of the type in classes."""
    body = ""
    for words in pages:
        body += '<div id="page-div" style="position:relative;width:892px;height:1262px;">'
        for text, x, y in words:
            place = f"position:absolute;top:{1.5 * (y - SIZE):.0f}px;left:{1.5 * x:.0f}px;white-space:nowrap"
            body += f'<p style="{place}" class="ft1">{escape(text)}</p>'
        body += "</div>"
    return f"<html><head><title>年报</title><style>.ft1{{font-size:15px;}}</style></head><body>{body}</body></html>"


def poppler_xml(pages: list[list[Word]]) -> str:
    body = ""
    for number, words in enumerate(pages, 1):
        body += f'<page number="{number}" position="absolute" top="0" left="0" height="1262" width="892">'
        for text, x, y in words:
            width = 1.5 * text_width(text, SIZE)
            sides = f'top="{1.5 * (y - SIZE):.0f}" left="{1.5 * x:.0f}" width="{width:.0f}" height="15"'
            body += f'<text {sides} font="0">{escape(text)}</text>'
        body += "</page>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<pdf2xml producer="poppler">{body}</pdf2xml>'


def mupdf(pages: list[list[Word]]) -> str:
    body = ""
    for number, words in enumerate(pages):
        body += f'<div id="page{number}" style="width:595.3pt;height:841.9pt">'
        for text, x, y in words:
            size = f"font-family:SimSun,serif;font-size:{SIZE}pt;color:#000000"
            place = f"top:{y - SIZE:.1f}pt;left:{x:.1f}pt;line-height:{SIZE}pt"
            body += f'<p style="{place}"><span style="{size}">{escape(text)}</span></p>'
        body += "</div>"
    return body


def pdfminer(pages: list[list[Word]]) -> str:
    """All pages in one system of places, an empty frame in front of each, boxes with the sides of their text."""
    body = ""
    for number, words in enumerate(pages):
        top = 50 + 850 * number
        frame = f"left:0px; top:{top}px; width:595px; height:842px;"
        body += f'<span style="position:absolute; border: gray 1px solid; {frame}"></span>'
        for text, x, y in words:
            sides = f"left:{x}px; top:{top + y - SIZE}px; width:{text_width(text, SIZE)}px; height:{SIZE}px;"
            span = f'<span style="font-family: SimSun; font-size:{SIZE}px">{escape(text)}\n<br></span>'
            body += f'<div style="position:absolute; border: textbox 1px solid; {sides}">{span}</div>'
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'


def pdf_js(pages: list[list[Word]]) -> str:
    """The text layer of a viewer, in parts of the page."""
    body = ""
    for words in pages:
        body += '<div class="page" style="width: 794px; height: 1123px;"><div class="textLayer">'
        for text, x, y in words:
            size = f"font-size: calc(var(--scale-factor)*{SIZE * 4 / 3:.2f}px)"
            place = f"left: {100 * x / 595.3:.2f}%; top: {100 * (y - SIZE) / 841.9:.2f}%"
            body += f'<span style="{place}; {size}; transform: scaleX(0.98);">{escape(text)}</span><br>'
        body += "</div></div>"
    return f"<html><head><title>年报</title></head><body>{body}</body></html>"


WRITERS = (poppler, poppler_xml, mupdf, pdfminer, pdf_js)
every_writer = pytest.mark.parametrize("write", WRITERS, ids=[each.__name__ for each in WRITERS])


def tables(document: Document) -> list[list[tuple[str, ...]]]:
    found = []
    for block in document.blocks:
        if isinstance(block, Table):
            rows = sorted({cell.row for cell in block.cells})
            found.append([tuple(cell.text for cell in block.cells if cell.row == row) for row in rows])
    return found


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@every_writer
def test_figures_stand_in_the_columns_that_they_are_printed_in(write: Callable[[list[list[Word]]], str]):
    document = read(write([page()]).encode(), "报告.html")
    assert document.format == "html"
    assert texts(document) == ["二、主动公开政府信息情况"]
    assert tables(document) == [[HEADER, *FIGURES]]


@every_writer
def test_pages_follow_each_other(write: Callable[[list[list[Word]]], str]):
    document = read(write([page(), [("五、存在的主要问题及改进情况", 60.0, 300.0)]]).encode(), "报告.html")
    assert texts(document)[-1] == "五、存在的主要问题及改进情况"
    places = [block.place.page for block in document.blocks]
    assert places == [1, 1, 2]


def box(sides: str, text: str) -> str:
    """An element of pdfminer."""
    return f'<div style="position:absolute; {sides}"><span style="font-size:{SIZE}px">{text}</span></div>'


def with_more(source: str, *boxes: str) -> Document:
    return read(source.replace("</body>", "".join(boxes) + "</body>").encode(), "a.html")


def test_words_of_a_wide_element_stand_apart():
    """pdfminer writes cells that are near each other as one element."""
    boxes = []
    for number, (_, first, second, _) in enumerate(FIGURES):
        left, top = COLUMNS[1], 50 + 110 + 20 * (number + 1) - SIZE
        width = COLUMNS[2] - left + text_width(second, SIZE)
        boxes.append(box(f"left:{left}px; top:{top}px; width:{width}px; height:{SIZE}px;", f"{first} {second}"))
    alone = [(text, x, y) for text, x, y in page() if not (x in COLUMNS[1:3] and text.isdigit())]
    prose = [(f"第{number}项工作有序开展。", 60.0, 500 + 16.0 * number) for number in range(10)]
    assert tables(with_more(pdfminer([alone + prose]), *boxes))[0] == [HEADER, *FIGURES]


def test_whose_figure_it_is_in_an_element_of_two_columns_is_not_said():
    source = pdfminer([page()])
    alone = with_more(source, box("left:260px; top:600px; width:40px; height:30px;", "结果<br>维持<br>31<br>"))
    beside = with_more(source, box("left:260px; top:600px; width:150px; height:30px;", "总计 结果<br>维持<br>31<br>"))
    assert "31" in everything(alone) and "31" not in everything(beside)


def everything(document: Document) -> list[str]:
    cells = [cell for table in tables(document) for row in table for cell in row]
    return "\n".join(cells + texts(document)).split()


def test_a_note_over_an_ordinary_page_leaves_it_as_it_is():
    rows = "".join(f"<p>第{number}段文字，说明本年度政府信息公开工作的情况。</p>" for number in range(30))
    notes = "".join(f'<p style="position:absolute;top:{20 * n}px;left:10px">分享{n}</p>' for n in range(50))
    document = read(f"<html><body><div>{rows}</div>{notes}</body></html>".encode(), "a.html")
    assert [block.place.paragraph for block in document.blocks][:3] == [1, 2, 3]


@every_writer
def test_the_evidence_is_the_page_drawn_with_the_figure_framed(write: Callable[[list[list[Word]]], str], tmp_path):
    file = tmp_path / "a.html"
    file.write_text(write([page()]), "utf-8")
    table = next(block for block in read(file.read_bytes(), file.name).blocks if isinstance(block, Table))
    cell = next(cell for cell in table.cells if cell.text == "81")
    shown = show_place(Source(file), json.loads(cell.place.to_json()))
    assert isinstance(shown.picture, str) and ">81</text>" in shown.picture and 'fill="none"' in shown.picture
