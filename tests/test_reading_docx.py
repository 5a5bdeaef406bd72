"""Word files: text, merged cells, automatic numbers, and files meant to do harm."""

from __future__ import annotations

import pytest

from loaders.document import Document, Paragraph, Picture, Place, ReadingError, Table
from loaders.reading import read
from tests.office_files import STRICT, W, document_xml, docx, p, tbl, tc, tr, zip_of


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def grid(table: Table) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]


def run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


RUBY = "<w:ruby><w:rt><w:r><w:t>qi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>旗</w:t></w:r></w:rubyBase></w:ruby>"
PARAGRAPHS = [
    ("split over runs", "<w:p><w:r><w:t>一、总</w:t></w:r><w:r><w:t>体情况</w:t></w:r></w:p>", ["一、总体情况"]),
    (
        "tab and hyphen",
        f"<w:p>{run('<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t>')}</w:p>",
        ["甲\t乙-丙"],
    ),
    (
        "tab stops are no tabs",
        f'<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs></w:pPr>{run("<w:t>甲</w:t>")}</w:p>',
        ["甲"],
    ),
    ("soft returns part lines", f"<w:p>{run('<w:t>标题</w:t><w:br/><w:t>正文</w:t>')}</w:p>", ["标题", "正文"]),
    (
        "tracked changes: inserted stays, deleted goes",
        f"<w:p><w:ins>{run('<w:t>新</w:t>')}</w:ins><w:del>{run('<w:delText>旧</w:delText>')}</w:del></w:p>",
        ["新"],
    ),
    (
        "moved text stands once",
        f"<w:p><w:moveFrom>{run('<w:t>走</w:t>')}</w:moveFrom><w:moveTo>{run('<w:t>来</w:t>')}</w:moveTo></w:p>",
        ["来"],
    ),
    (
        "field codes are not text, results are",
        f"<w:p>{run('<w:instrText> PAGE </w:instrText>')}{run('<w:t>3</w:t>')}</w:p>",
        ["3"],
    ),
    ("hidden text", f"<w:p>{run('<w:rPr><w:vanish/></w:rPr><w:t>隐</w:t>')}{run('<w:t>显</w:t>')}</w:p>", ["显"]),
    (
        "shown again",
        f'<w:p>{run("""<w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t>""")}</w:p>',
        ["显"],
    ),
    (
        "links, smart tags and content controls",
        f"<w:p><w:hyperlink>{run('<w:t>网址</w:t>')}</w:hyperlink><w:smartTag>{run('<w:t>年</w:t>')}</w:smartTag>"
        f"<w:sdt><w:sdtContent>{run('<w:t>度</w:t>')}</w:sdtContent></w:sdt></w:p>",
        ["网址年度"],
    ),
    ("a control around paragraphs", f"<w:sdt><w:sdtContent>{p('甲')}{p('乙')}</w:sdtContent></w:sdt>", ["甲", "乙"]),
    ("readings over characters", f"<w:p>{run(RUBY)}</w:p>", ["旗"]),
    (
        "a table of contents repeats headings",
        f'<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('一、总体情况')}</w:sdtContent></w:sdt>"
        f'<w:p><w:hyperlink w:anchor="_Toc12">{run("<w:t>二、主动公开</w:t>")}</w:hyperlink></w:p>{p("正文")}',
        ["正文"],
    ),
    ("empty ones say nothing", p("") + p("  ") + p("甲"), ["甲"]),
]


@pytest.mark.parametrize(("body", "expected"), [row[1:] for row in PARAGRAPHS], ids=[row[0] for row in PARAGRAPHS])
def test_paragraphs(body, expected):
    assert texts(read(docx(body), "a.docx")) == expected


def test_text_box_is_read_once():
    box = "<w:txbxContent>{}</w:txbxContent>"
    alternatives = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box.format(p("框内"))}</wps:txbx>'
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box.format(p('框内'))}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent>"
    )
    assert texts(read(docx(f"<w:p>{run(alternatives)}{run('<w:t>框外</w:t>')}</w:p>"), "")) == ["框外", "框内"]


def test_table_in_text_box():
    inner = tbl(tr(tc("1"), tc("2")), tr(tc("3"), tc("4")))
    box = f"<w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict>"
    found = grid(tables(read(docx(f"<w:p>{run(box)}</w:p>"), ""))[0])
    assert found == [(0, 0, 1, 1, "1"), (0, 1, 1, 1, "2"), (1, 0, 1, 1, "3"), (1, 1, 1, 1, "4")]


def test_places_count_from_one():
    document = read(docx(p("甲") + p("") + p("乙") + tbl(tr(tc("1"), tc("2")), tr(tc("3"), tc("4")))), "")
    assert [b.place for b in document.blocks[:2]] == [Place(paragraph=1), Place(paragraph=3)]
    assert tables(document)[0].cells[3].place == Place(table=1, row=2, column=2)


def test_merged_cells():
    body = tbl(
        tr(tc("项目", span=2, merge="restart"), tc("自然人"), tc("总计")),
        tr(tc(span=2, merge="continue"), tc("1"), tc("2")),
        tr(tc("三、", merge="restart"), tc("（一）予以公开"), tc("3"), tc("")),
        tr(tc(merge="continue"), tc("（二）部分公开"), tc("5"), tc("6")),
        columns=4,
    )
    assert grid(tables(read(docx(body), ""))[0]) == [
        (0, 0, 2, 2, "项目"),
        (0, 2, 1, 1, "自然人"),
        (0, 3, 1, 1, "总计"),
        (1, 2, 1, 1, "1"),
        (1, 3, 1, 1, "2"),
        (2, 0, 2, 1, "三、"),
        (2, 1, 1, 1, "（一）予以公开"),
        (2, 2, 1, 1, "3"),
        (2, 3, 1, 1, ""),
        (3, 1, 1, 1, "（二）部分公开"),
        (3, 2, 1, 1, "5"),
        (3, 3, 1, 1, "6"),
    ]


def test_columns_left_out_before_and_faulty_spans():
    rows = (
        tr(tc("甲"), tc("乙"), tc("丙")),
        tr(tc("丁"), properties='<w:gridBefore w:val="2"/>'),
        tr(f'<w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr>{p("戊")}</w:tc>', tc("己")),
        tr(tc("悬", merge="continue"), tc("庚")),
    )
    found = grid(tables(read(docx(tbl(*rows)), ""))[0])
    assert found[3:] == [
        (1, 2, 1, 1, "丁"),
        (2, 0, 1, 1, "戊"),
        (2, 1, 1, 1, "己"),
        (3, 0, 1, 1, "悬"),
        (3, 1, 1, 1, "庚"),
    ]


def test_old_horizontal_merges_and_deleted_rows():
    first = f'<w:tc><w:tcPr><w:hMerge w:val="restart"/></w:tcPr>{p("甲")}</w:tc>'
    second = f"<w:tc><w:tcPr><w:hMerge/></w:tcPr>{p()}</w:tc>"
    body = tbl(tr(first, second, tc("乙")), tr(tc("删"), properties="<w:del/>"), tr(tc("1"), tc("2"), tc("3")))
    assert grid(tables(read(docx(body), ""))[0]) == [
        (0, 0, 1, 2, "甲"),
        (0, 2, 1, 1, "乙"),
        (1, 0, 1, 1, "1"),
        (1, 1, 1, 1, "2"),
        (1, 2, 1, 1, "3"),
    ]


def test_label_over_paragraphs_is_one_cell():
    body = tbl(tr(tc(inner=p("社会") + p("公益") + p("组织")), tc("0")), tr(tc("其他"), tc("1")))
    assert tables(read(docx(body), ""))[0].cells[0].text == "社会\n公益\n组织"


def test_page_laid_out_in_a_table():
    """The form stands in a cell of a table that only frames the page."""
    form = tbl(tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2")))
    body = tbl(tr(tc(inner=p("一、总体情况") + p("全年公开五条。") + form + p("落款"))), columns=1)
    document = read(docx(body), "")
    assert texts(document) == ["一、总体情况", "全年公开五条。", "落款"]
    assert grid(tables(document)[0]) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "乙"), (1, 1, 1, 1, "2")]
    assert [type(block) for block in document.blocks] == [Paragraph, Paragraph, Table, Paragraph]


def test_framed_figure_stays_in_its_cell():
    framed = tbl(tr(tc("7")), columns=1)
    body = tbl(tr(tc("甲"), tc(inner=framed + p())), tr(tc("乙"), tc("8")))
    assert [cell.text for cell in tables(read(docx(body), ""))[0].cells] == ["甲", "7", "乙", "8"]


def test_heading_inside_the_table_parts_it():
    body = tbl(
        tr(tc("甲"), tc("1")),
        tr(tc("三、收到和处理政府信息公开申请情况", span=2)),
        tr(tc("乙"), tc("2")),
        columns=2,
    )
    document = read(docx(body), "")
    assert [type(block) for block in document.blocks] == [Table, Paragraph, Table]
    assert document.blocks[2].cells[0].place == Place(table=1, row=3, column=1)


def test_whole_report_in_one_table():
    rows = [
        "一、总体情况",
        "无。",
        ("规章", "0"),
        "第二十条第（五）项",
        ("许可", "1"),
        "六、其他需要报告的事项",
        "无。",
        "某局",
    ]
    body = tbl(*(tr(tc(row, span=2)) if isinstance(row, str) else tr(*map(tc, row)) for row in rows), columns=2)
    document = read(docx(body), "")
    assert texts(document) == ["一、总体情况", "无。", "六、其他需要报告的事项", "无。", "某局"]
    assert [cell.text for cell in tables(document)[0].cells] == ["规章", "0", "第二十条第（五）项", "许可", "1"]


def test_full_width_row_of_the_form_stays():
    body = tbl(tr(tc("第二十条第（一）项", span=2)), tr(tc("规章"), tc("0")), columns=2)
    assert [cell.text for cell in tables(read(docx(body), ""))[0].cells] == ["第二十条第（一）项", "规章", "0"]


DRAWING = (
    '<w:drawing><wp:inline><wp:extent cx="{0}" cy="{0}"/><a:graphic><a:blip r:embed="rId9"/></a:graphic></wp:inline>'
    "</w:drawing>"
)


@pytest.mark.parametrize(("size", "count"), [(5_000_000, 1), (200_000, 0)])
def test_pictures_that_can_hold_a_table(size, count):
    document = read(docx(p("甲") + f"<w:p>{run(DRAWING.format(size))}</w:p>" + p("乙")), "")
    assert sum(isinstance(block, Picture) for block in document.blocks) == count


def test_picture_in_a_cell_keeps_its_place():
    body = tbl(tr(tc("甲"), tc(inner=f"<w:p>{run(DRAWING.format(5_000_000))}</w:p>")), tr(tc("乙"), tc("1")))
    pictures = [block for block in read(docx(body), "").blocks if isinstance(block, Picture)]
    assert [picture.place for picture in pictures] == [Place(table=1, row=1, column=2)]


NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    "</w:lvlOverride></w:num></w:numbering>"
)
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
)


def numbered(text: str, level: int, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_written_out():
    body = (
        numbered("总体情况", 0)
        + numbered("主动公开", 1)
        + numbered("网站", 2)
        + numbered("点", 3)
        + numbered("依申请公开", 1)
        + numbered("主动公开政府信息情况", 0)
        + numbered("主动公开", 1)
        + numbered("问题", 0, 2)
        + p("未编号", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert texts(read(docx(body, parts={"word/numbering.xml": NUMBERING}), "")) == [
        "一、总体情况",
        "（一）主动公开",
        "1. 网站",
        "点",
        "（二）依申请公开",
        "二、主动公开政府信息情况",
        "（一）主动公开",
        "五、问题",
        "未编号",
    ]


def test_numbers_that_come_with_a_style():
    parts = {"word/numbering.xml": NUMBERING, "word/styles.xml": STYLES}
    body = p("甲", '<w:pStyle w:val="a"/>') + p("乙", '<w:pStyle w:val="b"/>') + p("丙", '<w:pStyle w:val="c"/>')
    assert texts(read(docx(body, parts=parts), "")) == ["一、甲", "二、乙", "丙"]


def test_numbers_inside_cells():
    body = tbl(tr(tc(inner=numbered("国家秘密", 2)), tc("0")), tr(tc(inner=numbered("其他", 2)), tc("1")))
    found = tables(read(docx(body, parts={"word/numbering.xml": NUMBERING}), ""))[0]
    assert [cell.text for cell in found.cells] == ["1. 国家秘密", "0", "2. 其他", "1"]


def test_numbers_are_counted_once_where_a_later_cell_of_the_table_holds_a_table():
    inner = tbl(tr(tc("乙")), columns=1)
    body = tbl(
        tr(tc(inner=numbered("甲", 2)), tc("3")), tr(tc(inner=numbered("丙", 2)), tc(inner=inner + p())), columns=2
    )
    found = read(docx(body, parts={"word/numbering.xml": NUMBERING}), "")
    assert [cell.text for cell in tables(found)[0].cells if cell.column == 0] == ["1. 甲", "2. 丙"]


@pytest.mark.parametrize(
    ("style", "value", "printed"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 21, "二十一"),
        ("japaneseCounting", 105, "一百〇五"),
        ("chineseLegalSimplified", 3, "叁"),
        ("decimalEnclosedCircleChinese", 12, "⑫"),
        ("upperRoman", 9, "IX"),
        ("lowerLetter", 28, "bb"),
        ("decimalFullWidth", 12, "１２"),
        ("unheardOf", 7, "7"),
    ],
)
def test_numbering_styles(style, value, printed):
    from loaders.reading.word.numbering import format_number

    assert format_number(value, style) == printed


def test_strict_namespace_and_unusual_main_part():
    body = p("甲") + tbl(tr(tc("1"), tc("2")), tr(tc("3"), tc("4")))
    for data in (docx(body, w=STRICT), docx(body, main="word/document2.xml"), docx(body, main="正文/内容.xml")):
        document = read(data, "")
        assert texts(document) == ["甲"] and len(tables(document)[0].cells) == 4


def test_other_prefixes():
    xml = document_xml(p("甲")).replace("xmlns:w=", "xmlns:ns0=").replace("w:", "ns0:")
    data = zip_of({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})
    assert texts(read(data, "")) == ["甲"]


def test_looks_are_left_out_without_loss():
    """Large parts are trimmed before parsing; the outcome must not depend on it."""
    looks = '<w:rPr><w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/></w:rPr>'
    lines = [f"第{n}行" for n in range(1500)]
    body = "".join(f"<w:p><w:pPr>{looks}</w:pPr><w:r>{looks}<w:t>{line}</w:t></w:r></w:p>" for line in lines)
    assert texts(read(docx(body), "")) == lines
    hidden = f"<w:p>{run('<w:rPr><w:vanish/></w:rPr><w:t>隐</w:t>')}</w:p>"
    assert texts(read(docx(body + hidden), "")) == lines


def test_properties():
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        "<dc:title>年度报告</dc:title><dcterms:created>2024-01-12T08:00:00Z</dcterms:created></cp:coreProperties>"
    )
    document = read(docx(p("甲"), parts={"docProps/core.xml": core}), "")
    assert document.metadata == {"title": "年度报告", "created": "2024-01-12T08:00:00Z"}
    assert read(docx(p("甲"), parts={"docProps/core.xml": "<broken"}), "").warnings


def test_web_page_embedded_as_a_chunk():
    chunk = '<w:altChunk r:id="rId7"/>'
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId7" Type="http://x/aFChunk" Target="page.htm"/></Relationships>'
    )
    parts = {
        "word/_rels/document.xml.rels": relations,
        "word/page.htm": "<html><body><p>一、总体情况</p></body></html>",
    }
    assert texts(read(docx(p("甲") + chunk + p("乙"), parts=parts), "")) == ["甲", "一、总体情况", "乙"]


def test_truncated_file_is_damaged():
    data = docx(p("甲" * 2000))
    for length in (30, len(data) // 2, len(data) - 10):
        with pytest.raises(ReadingError) as caught:
            read(data[:length], "a.docx")
        assert caught.value.reason == "damaged"


def test_broken_bytes_inside_are_damaged_or_read():
    data = bytearray(docx(p("甲" * 500), parts={"word/x.bin": "0" * 50}))
    data[200:210] = b"\xff" * 10
    try:
        read(bytes(data), "a.docx")
    except ReadingError as error:
        assert error.reason == "damaged"


def test_cut_xml_gives_what_is_left():
    xml = document_xml(p("甲") + p("乙"))
    data = zip_of({"[Content_Types].xml": "<Types/>", "word/document.xml": xml[: xml.index("乙") + 1]})
    document = read(data, "")
    assert texts(document)[0] == "甲" and document.warnings


def test_entities_are_refused():
    laughs = '<!DOCTYPE d [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;">]>'
    xml = document_xml(p("&b;")).replace("<w:document", laughs + "<w:document", 1)
    with pytest.raises(ReadingError) as caught:
        read(zip_of({"[Content_Types].xml": "<Types/>", "word/document.xml": xml}), "")
    assert caught.value.reason == "damaged"


def test_bomb_is_refused(monkeypatch):
    from loaders.reading import parts

    monkeypatch.setattr(parts, "MAX_PART", 1_000_000)
    with pytest.raises(ReadingError) as caught:
        read(docx("<w:p/>" * 400_000), "")
    assert caught.value.reason == "too-large"


@pytest.mark.parametrize("tag", ["sdt", "smartTag", "tbl"])
def test_deep_nesting_does_no_harm(tag):
    if tag == "tbl":
        opening, closing = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    elif tag == "sdt":
        opening, closing = "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"
    else:
        opening, closing = "<w:smartTag>", "</w:smartTag>"
    body = p("外") + opening * 10_000 + p("内") + closing * 10_000
    assert texts(read(docx(body), ""))[0] == "外"


def test_encrypted_member():
    data = bytearray(docx(p("甲")))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    with pytest.raises(ReadingError) as caught:
        read(bytes(data), "")
    assert caught.value.reason == "encrypted"
