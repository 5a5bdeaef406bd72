"""Word files that are one XML file, as systems fill in from a template and name .doc."""

from __future__ import annotations

import re
import zipfile
from base64 import b64encode
from io import BytesIO

import pytest

from loaders.document import Picture, ReadingError
from loaders.reading import legacy, read
from tests.office_files import contents, docx, p, tbl, tc, tr

BODY = p("三、收到和处理政府信息公开申请情况") + tbl(
    tr(tc("三、", merge="restart"), tc("（一）予以公开", span=2), tc("1"), tc("2")),
    tr(tc(merge="continue"), tc("（三）", merge="restart"), tc("1.属于国家秘密"), tc("4"), tc("5")),
    tr(tc(merge="continue"), tc(merge="continue"), tc("2.其他"), tc("7"), tc("")),
    columns=5,
)
W = "http://schemas.microsoft.com/office/word/2003/wordml"
WX = "http://schemas.microsoft.com/office/word/2003/auxHint"
AML = "http://schemas.microsoft.com/aml/2001/core"
OFFICE = "urn:schemas-microsoft-com:office:office"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'


@pytest.fixture(autouse=True)
def _without_other_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "soffice_path", lambda: None)
    monkeypatch.setattr(legacy, "_through_others", lambda *_: pytest.fail("read by another program"))


def flat(packed: bytes) -> bytes:
    """A package as one XML file; what is no XML in lines of letters."""
    parts = ""
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        for name in archive.namelist():
            held = archive.read(name)
            if name.endswith((".xml", ".rels")):
                inner = f"<pkg:xmlData>{re.sub(r'^<[?].*?[?]>', '', held.decode())}</pkg:xmlData>"
            else:
                inner = f"<pkg:binaryData>{b64encode(held).decode()}</pkg:binaryData>"
            parts += f'<pkg:part pkg:name="/{name}">{inner}</pkg:part>'
    return (
        f'{HEAD}<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{parts}</pkg:package>'
    ).encode()


def word_2003(body: str, title: str = "") -> bytes:
    return (
        f'{HEAD}<w:wordDocument xmlns:w="{W}" xmlns:wx="{WX}" xmlns:aml="{AML}" xmlns:o="{OFFICE}">'
        f"<o:DocumentProperties><o:Title>{title}</o:Title></o:DocumentProperties>"
        f"<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>"
    ).encode()


def texts(data: bytes) -> list[object]:
    return contents(read(data, "报告.doc"))


def test_flat_package_reads_as_the_file_it_stands_for() -> None:
    packed = docx(BODY)
    document = read(flat(packed), "报告.doc")
    assert contents(document) == contents(read(packed, "报告.docx"))
    assert document.format == "doc"


def test_pictures_of_a_flat_package() -> None:
    drawing = (
        "<w:p><w:r><w:drawing><wp:inline><wp:extent cx='5000000' cy='4000000'/><a:blip r:embed='rId9'/></wp:inline>"
        "</w:drawing></w:r></w:p>"
    )
    document = read(flat(docx(BODY + drawing, parts={"word/media/a.png": b"\x89PNG"})), "a.xml")
    assert any(isinstance(block, Picture) for block in document.blocks)


def test_merged_cells_of_word_2003() -> None:
    old = BODY.replace("w:vMerge", "w:vmerge")
    assert texts(word_2003(old)) == contents(read(docx(BODY), "报告.docx"))
    assert "vmerge" in old


def test_sections_within_sections_of_word_2003() -> None:
    inner = "<wx:sub-section><w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p><wx:sub-section>" + p("本年度无。")
    assert texts(word_2003(inner + "</wx:sub-section></wx:sub-section>")) == ["一、总体情况", "本年度无。"]


@pytest.mark.parametrize(("shown", "text"), [("一、", "一、总体情况"), ("\uf06c", "总体情况")])
def test_number_that_word_2003_counted_stands_in_front(shown: str, text: str) -> None:
    properties = f'<w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="{shown}"/></w:listPr></w:pPr>'
    assert texts(word_2003(f"<w:p>{properties}<w:r><w:t>总体情况</w:t></w:r></w:p>")) == [text]


def test_changes_and_comments_of_word_2003() -> None:
    def annotation(kind: str, inner: str) -> str:
        return f'<aml:annotation aml:id="1" w:type="Word.{kind}"><aml:content>{inner}</aml:content></aml:annotation>'

    paragraph = (
        "<w:p><w:r><w:t>收到申请</w:t></w:r>"
        + annotation("Deletion", "<w:r><w:delText>12</w:delText></w:r>")
        + annotation("Insertion", "<w:r><w:t>21</w:t></w:r>")
        + annotation("Comment", "<w:p><w:r><w:t>请核对</w:t></w:r></w:p>")
        + "<w:r><w:t>件</w:t></w:r></w:p>"
    )
    assert texts(word_2003(paragraph)) == ["收到申请21件"]


def test_title_that_word_2003_gives() -> None:
    document = read(word_2003(p("正文"), "青禾县水利局2023年年度报告 &amp; 附件"), "a.xml")
    assert document.metadata["title"] == "青禾县水利局2023年年度报告 & 附件"


def test_entities_are_refused() -> None:
    hostile = word_2003(p("&x;")).replace(b"<w:wordDocument", b'<!DOCTYPE a [<!ENTITY x "y">]><w:wordDocument')
    with pytest.raises(ReadingError, match="实体"):
        read(hostile, "a.doc")
