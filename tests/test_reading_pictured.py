"""Word files that show a table, or whole scanned pages, only as pictures."""

from __future__ import annotations

import base64
import io
import json

import numpy as np
import pytest
from PIL import Image

from loaders.document import Cell, Document, Paragraph, Picture, ReadingError, Table
from loaders.parsing import parse_file
from loaders.reading import read
from loaders.reading.scan import ocr, ocr_engine
from pages.shared.original_view import FRAME, Source, show_place
from tests.office_files import docx, p, tbl, tc, tr
from tests.pdf_files import Sheet
from tests.scanned_pages import FIGURES, ROWS, XS, Pixels, figures, png, rendered, sheet
from tests.test_reading_other import odt

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ALL_TABLES = tbl(*(tr(tc(text), tc("1")) for text in ("第二十条", "商业企业", "结果维持", "结果纠正")), columns=2)


def drawing(number: int, width: float, picture: Pixels) -> str:
    """A paragraph with a picture shown so many points wide."""
    wide, high = round(width * 12_700), round(width * 12_700 * picture.shape[0] / picture.shape[1])
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{wide}" cy="{high}"/><a:graphic>'
        f'<a:blip xmlns:r="{RELATIONS}" r:embed="rId{number}"/></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )


def word(body: str, *pictures: Pixels) -> bytes:
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/image" Target="media/{number}.png"/>'
        for number in range(1, len(pictures) + 1)
    )
    media = {f"word/media/{number}.png": png(picture) for number, picture in enumerate(pictures, 1)}
    kind = "http://schemas.openxmlformats.org/package/2006/relationships"
    rels = f'<Relationships xmlns="{kind}">{relations}</Relationships>'
    return docx(body, parts={"word/_rels/document.xml.rels": rels, **media})


@pytest.fixture(scope="module")
def table_alone() -> Pixels:
    whole = rendered(Sheet(595, 240).rows(XS, 40, ROWS, 24))
    return np.ascontiguousarray(whole[80:400, 140:1340])


def cells(document: Document) -> list[Cell]:
    return [cell for block in document.blocks if isinstance(block, Table) for cell in block.cells]


def kinds(document: Document) -> list[type]:
    return [type(block) for block in document.blocks]


def test_a_table_pasted_as_a_picture_is_read_at_its_place(table_alone: Pixels) -> None:
    document = read(word(p("甲") + drawing(1, 415, table_alone) + p("乙"), table_alone), "a.docx")
    assert kinds(document) == [Paragraph, Table, Paragraph]
    assert figures(document) == FIGURES
    cell = next(cell for cell in cells(document) if cell.text == "1,472")
    assert (cell.place.paragraph, cell.place.page) == (2, 1)
    assert any("由识别得出" in warning for warning in document.warnings)


def test_a_picture_written_into_a_web_page_is_read(table_alone: Pixels) -> None:
    """Its data may by chance read like the name of an icon."""
    data = base64.b64encode(png(table_alone)).decode()
    source = f'<img width="553" src="data:image/png;base64,{data}icon"><img src="http://a.example/b.png">'
    document = read(f"<html><body><p>甲</p>{source}<p>乙</p></body></html>".encode(), "a.html")
    assert kinds(document) == [Paragraph, Table, Picture, Paragraph]
    assert figures(document) == FIGURES
    cell = next(cell for cell in cells(document) if cell.text == "1,472")
    assert (cell.place.paragraph, cell.place.page) == (2, 1)


@pytest.mark.parametrize(
    ("source", "header"),
    [
        ("b.files/1.png", "Content-Location: file:///C:/x/b.files/1.png"),
        ("file:///C:/x/1.png", "Content-Location: file:///C:/x/1.png"),
        ("cid:1@x", "Content-ID: <1@x>"),
    ],
)
def test_a_picture_beside_the_page_of_a_web_archive_is_read(table_alone: Pixels, source: str, header: str) -> None:
    data = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        "Content-Type: text/html; charset=utf-8"
        "\nContent-Transfer-Encoding: 8bit\nContent-Location: file:///C:/x/b.htm\n\n"
        f"<html><body><p>甲</p><img src='{source}'><img src='http://['></body></html>\n"
        f"--b\nContent-Type: image/png\n{header}\n"
        f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(png(table_alone)).decode()}\n--b--\n"
    )
    document = read(data.encode(), "a.mht")
    assert kinds(document) == [Paragraph, Table, Picture]
    assert figures(document) == FIGURES


def test_scanned_pages_in_a_word_file_are_read_as_pages() -> None:
    """The first page holds text, the second a table."""
    first, second = rendered(Sheet().text("本年度政府信息公开工作总体情况如下", 80, 300, 14)), rendered(sheet())
    document = read(word(drawing(1, 415, first) + drawing(2, 415, second), first, second), "a.docx")
    assert kinds(document) == [Paragraph, Paragraph, Table]
    assert figures(document) == FIGURES
    assert {cell.place.page for cell in cells(document)} == {2}


def test_the_evidence_is_the_picture_with_the_figure_framed(table_alone: Pixels, tmp_path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(word(p("甲") + drawing(1, 415, table_alone), table_alone))
    cell = next(cell for cell in cells(read(file.read_bytes(), file.name)) if cell.text == "1,472")
    shown = show_place(Source(file), json.loads(cell.place.to_json()))
    assert shown.is_pasted and shown.picture is not None
    with Image.open(io.BytesIO(shown.picture)) as picture:
        framed = np.argwhere((np.asarray(picture) == FRAME).all(axis=2))
    (top, left), (bottom, right) = framed.min(axis=0) + 8, framed.max(axis=0) - 8
    assert table_alone[top:bottom, left:right].min() < 100  # the digits
    assert bottom - top < 100


def test_pictures_are_left_alone_where_no_table_is_missing(
    table_alone: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "recognise_page", lambda *_, **__: pytest.fail("was recognised"))
    document = read(word(ALL_TABLES + drawing(1, 415, table_alone), table_alone), "a.docx")
    assert kinds(document) == [Table, Picture]


def test_a_photograph_stays_a_picture() -> None:
    photograph = np.random.default_rng(1).normal(128, 40, (300, 500)).clip(0, 255).astype(np.uint8)
    document = read(word(p("甲") + drawing(1, 415, photograph), photograph), "a.docx")
    assert kinds(document) == [Paragraph, Picture]
    assert not document.warnings


def test_a_picture_that_the_file_lacks_stays_a_picture(table_alone: Pixels) -> None:
    data = word(p("甲") + drawing(1, 415, table_alone) + drawing(7, 415, table_alone), table_alone)
    assert kinds(read(data, "a.docx")) == [Paragraph, Table, Picture]


def test_a_damaged_picture_does_not_take_the_text_along(table_alone: Pixels) -> None:
    data = bytearray(word(p("甲") + drawing(1, 415, table_alone), table_alone))
    start = data.index(b"word/media/1.png")
    data[start + 40 : start + 400] = bytes(360)
    assert kinds(read(bytes(data), "a.docx")) == [Paragraph, Picture]


def test_without_recognition_a_file_of_pictures_says_what_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_engine, "is_available", lambda: False)
    page = rendered(sheet())
    with pytest.raises(ReadingError) as error:
        read(word(drawing(1, 415, page), page), "a.docx")
    assert error.value.reason == "needs-package"


def test_open_document(table_alone: Pixels) -> None:
    body = (
        "<text:p>甲</text:p><text:p>"
        '<draw:frame svg:width="415pt" svg:height="110pt"><draw:image xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' xlink:href="Pictures/1.png"/></draw:frame></text:p>'
    )
    document = read(odt(body, **{"Pictures/1.png": png(table_alone)}), "a.odt")
    assert figures(document) == FIGURES


def test_headings_that_were_recognised_are_not_called_altered() -> None:
    page = rendered(Sheet().text("二、主动公产政府信息情况", 80, 70, 14).rows(XS, 100, ROWS, 24))
    report = parse_file(word(p("甲县财政局2023年政府信息公开工作年度报告") + drawing(1, 415, page), page), "a.docx")
    assert [section.section for section in report.sections] == [2]
    assert report.form.labels == []


def test_low_picture_of_a_table_with_one_row() -> None:
    whole = rendered(Sheet(595, 120).rows(XS, 20, ROWS[:2], 24))
    strip = np.ascontiguousarray(whole[40:200, 140:1340])
    document = read(word(drawing(1, 300, strip), strip), "a.docx")
    assert document.is_recognised
    assert {cell.text for cell in cells(document)} >= {"自然人", "7", "16"}
