"""OpenDocument, workbooks, web archives, zip archives, encodings, and the old kinds through LibreOffice."""

from __future__ import annotations

import base64
import quopri
import zipfile
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.document import Document, Paragraph, Place, ReadingError, Table
from loaders.reading import read
from loaders.reading.archive import Member, is_archive, members
from loaders.reading.encoding import decode
from tests.office_files import compound, docx, p, zip_of


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grid(document: Document, number: int = 0) -> list[tuple[int, int, int, int, str]]:
    table = [block for block in document.blocks if isinstance(block, Table)][number]
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]


# --- OpenDocument ---

ODT_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("svg", "svg-compatible"),
    )
)
LIST_STYLE = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-suffix="、"'
    ' style:num-format="一, 二, 三, ..."/><text:list-level-style-number text:level="2" style:num-prefix="（"'
    ' style:num-suffix="）" style:num-format="一, 二, 三, ..."/></text:list-style>'
)


def odt(body: str, **parts: str) -> bytes:
    content = (
        f"<office:document-content {ODT_NAMES}><office:automatic-styles>{LIST_STYLE}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zip_of({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **parts})


def test_odt_paragraphs():
    body = (
        "<text:tracked-changes><text:p>旧</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">一、总体情况</text:h>'
        '<text:p>甲<text:span>乙</text:span><text:s text:c="2"/>丙<text:tab/>丁<text:line-break/>戊</text:p>'
        "<text:p>己<text:note><text:note-body><text:p>注</text:p></text:note-body></text:note>庚</text:p>"
        "<text:p>  </text:p><text:section><text:p>辛\n  壬</text:p></text:section>"
    )
    document = read(odt(body), "a.odt")
    assert document.format == "odt"
    assert texts(document) == ["一、总体情况", "甲乙  丙\t丁", "戊", "己庚", "辛 壬"]
    assert document.blocks[0].place == Place(paragraph=1)


def test_odt_numbers():
    def item(text: str, more: str = "") -> str:
        return f"<text:list-item><text:p>{text}</text:p>{more}</text:list-item>"

    inner = f"<text:list>{item('主动公开')}{item('依申请公开')}</text:list>"
    body = (
        f'<text:list text:style-name="L1">{item("总体情况", inner)}</text:list><text:p>正文</text:p>'
        f'<text:list text:style-name="L1" text:continue-numbering="true">{item("主动公开政府信息情况")}</text:list>'
    )
    expected = ["一、总体情况", "（一）主动公开", "（二）依申请公开", "正文", "二、主动公开政府信息情况"]
    assert texts(read(odt(body), "")) == expected


def test_odt_table():
    def cell(text: str, **spans: int) -> str:
        attributes = "".join(f' table:number-{name}-spanned="{n}"' for name, n in spans.items())
        return f"<table:table-cell{attributes}><text:p>{text}</text:p></table:table-cell>"

    covered = "<table:covered-table-cell/>"
    body = (
        '<table:table><table:table-column table:number-columns-repeated="3"/><table:table-header-rows>'
        f"<table:table-row>{cell('甲', columns=2, rows=2)}{covered}{cell('乙')}</table:table-row>"
        '</table:table-header-rows><table:table-row><table:covered-table-cell table:number-columns-repeated="2"/>'
        f"{cell('1')}</table:table-row>"
        '<table:table-row><table:table-cell table:number-columns-repeated="3"><text:p>0</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )
    assert grid(read(odt(body), "")) == [
        (0, 0, 2, 2, "甲"),
        (0, 2, 1, 1, "乙"),
        (1, 2, 1, 1, "1"),
        (2, 0, 1, 1, "0"),
        (2, 1, 1, 1, "0"),
        (2, 2, 1, 1, "0"),
    ]


def test_odt_without_content_is_damaged_and_encrypted_is_named():
    mimetype = {"mimetype": "application/vnd.oasis.opendocument.text"}
    for content, reason in ((b"\x8f\x01\x9c" * 99, "encrypted"), (None, "damaged"), ("<a/>", "damaged")):
        with pytest.raises(ReadingError) as caught:
            read(zip_of({**mimetype, **({} if content is None else {"content.xml": content})}), "a.odt")
        assert caught.value.reason == reason


def test_odt_repeats_are_bounded():
    cell = '<table:table-cell table:number-columns-repeated="99999"/>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    document = read(odt(f"<table:table>{row}</table:table>"), "")
    assert sum(len(b.cells) for b in document.blocks if isinstance(b, Table)) <= 200


# --- workbooks ---


def workbook(fill) -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        fill(book)
    return buffer.getvalue()


def test_report_in_a_workbook():
    def fill(book):
        sheet = book.add_worksheet("年报")
        sheet.merge_range("A1:D1", "青禾县水利局2023年政府信息公开工作年度报告")
        sheet.merge_range("A2:D2", "二、主动公开政府信息情况")
        sheet.merge_range("A3:D3", "第二十条第（一）项")
        sheet.write_row("A4", ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"])
        sheet.write_row("A5", ["规章", 0, 0, 0])
        sheet.write_row("A6", ["行政规范性文件", 1472.0, "", 12.5])
        sheet.merge_range("A8:B8", "办理结果")
        sheet.merge_range("A9:A10", "三、")
        sheet.write_row("B9", ["予以公开", 3])
        sheet.write_row("B10", ["部分公开"])
        sheet.write("C8", "自然人")
        sheet.write("A12", "青禾县水利局")
        sheet.write("A13", "2024年1月12日")

    document = read(workbook(fill), "a.xls")
    assert document.format == "xlsx"
    assert texts(document) == [
        "青禾县水利局2023年政府信息公开工作年度报告",
        "二、主动公开政府信息情况",
        "青禾县水利局",
        "2024年1月12日",
    ]
    assert grid(document) == [
        (0, 0, 1, 4, "第二十条第（一）项"),
        (1, 0, 1, 1, "信息内容"),
        (1, 1, 1, 1, "本年制发件数"),
        (1, 2, 1, 1, "本年废止件数"),
        (1, 3, 1, 1, "现行有效件数"),
        (2, 0, 1, 1, "规章"),
        (2, 1, 1, 1, "0"),
        (2, 2, 1, 1, "0"),
        (2, 3, 1, 1, "0"),
        (3, 0, 1, 1, "行政规范性文件"),
        (3, 1, 1, 1, "1472"),
        (3, 2, 1, 1, ""),
        (3, 3, 1, 1, "12.5"),
    ]
    assert grid(document, 1) == [
        (0, 0, 1, 2, "办理结果"),
        (0, 2, 1, 1, "自然人"),
        (1, 0, 2, 1, "三、"),
        (1, 1, 1, 1, "予以公开"),
        (1, 2, 1, 1, "3"),
        (2, 1, 1, 1, "部分公开"),
        (2, 2, 1, 1, ""),
    ]
    second = [block for block in document.blocks if isinstance(block, Table)][1]
    assert second.cells[4].place == Place(table=1, row=9, column=3)


@pytest.mark.parametrize(
    ("value", "number_format", "printed"),
    [
        (1472.0, None, "1472"),
        (0.1 + 0.2, None, "0.3"),
        (251000, "#,##0.00", "251000.00"),
        (0.5, "0.0%", "50.0%"),
        (45303, "yyyy-mm-dd", "2024-01-12"),
        (45303, 'yyyy"年"m"月"d"日"', "2024-01-12"),
        (3, '0"件"', "3"),
        (2.5, "0", "2.5"),
        (12.345, "0.00", "12.345"),
        (12.5, "0.##", "12.5"),
        (-2, "0_ ", "-2"),
        ("１２", None, "１２"),
        ("/", None, "/"),
    ],
)
def test_numbers_as_printed(value, number_format, printed):
    def fill(book):
        shape = book.add_format({"num_format": number_format}) if number_format else None
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["甲", "乙"])
        sheet.write("A2", "丙")
        sheet.write("B2", value, shape)

    assert grid(read(workbook(fill), "a.xlsx"))[3][4] == printed


def test_sheets_in_order_and_hidden_ones_left_out():
    def fill(book):
        for name in "甲乙丙":
            sheet = book.add_worksheet(name)
            sheet.write("A1", f"{name}表的文字")
            if name == "乙":
                sheet.hide()

    assert texts(read(workbook(fill), "a.xlsx")) == ["甲表的文字", "丙表的文字"]


# --- web archives ---


def mail(content: bytes, encoding: str, charset: str = "utf-8", kind: str = "text/html") -> bytes:
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.qinghe.example/3.html\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b"\r\n\r\n'
        f"----b\r\nContent-Type: {kind}; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n"
        "Content-Location: http://www.qinghe.example/3.html\r\n\r\n"
    )
    return head.encode() + content + b"\r\n----b\r\nContent-Type: image/png\r\n\r\nx\r\n----b--\r\n"


SMALL_PAGE = "<html><body><p>一、总体情况</p><table><tr><td>甲<td>1<tr><td>乙<td>2</table></body></html>"


@pytest.mark.parametrize(
    "data",
    [
        mail(quopri.encodestring(SMALL_PAGE.encode()), "quoted-printable"),
        mail(base64.encodebytes(SMALL_PAGE.encode("gbk")), "base64", "gb2312"),
        mail(base64.encodebytes(SMALL_PAGE.encode("gbk")), "base64", "utf-8"),
        mail(SMALL_PAGE.encode(), "8bit"),
    ],
)
def test_web_archives(data):
    document = read(data, "a.doc")
    assert document.format == "mht"
    assert texts(document) == ["一、总体情况"]
    assert [cell[4] for cell in grid(document)] == ["甲", "1", "乙", "2"]
    assert document.metadata["source_url"] == "http://www.qinghe.example/3.html"


def test_a_small_table_around_a_web_archives_page_is_not_its_page():
    report = mail("<p>一、总体情况</p><div>二、主动公开政府信息情况</div><p>本机关按规定公开。</p>".encode(), "8bit")
    footer = "----b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<table><tr><td>主办</table>\r\n----b--\r\n"
    document = read(report.replace(b"----b--\r\n", footer.encode()), "a.mht")
    assert texts(document)[0] == "一、总体情况"


def test_a_broken_address_of_a_web_archive_is_no_reason_to_fail():
    data = mail(SMALL_PAGE.encode(), "8bit").replace(b"Location: http://www", b"Location: http://\xff\xfewww")
    assert texts(read(data, "a.mht")) == ["一、总体情况"]


def test_web_archive_without_a_page():
    with pytest.raises(ReadingError) as caught:
        read(mail(b"x", "8bit", kind="text/plain"), "a.mht")
    assert caught.value.reason == "damaged"


# --- zip archives ---


def paths(data: bytes) -> list[str]:
    return [member.path for member in members(data)]


def test_members_and_zips_within():
    inner = zip_of({"乙.txt": "乙"})
    data = zip_of(
        {"甲/": "", "甲/报告.docx": docx(p("甲")), "里.zip": inner, "__MACOSX/._x": "0", "甲/~$报告.docx": "0"}
    )
    assert is_archive(data)
    assert not is_archive(docx(p("甲")))
    assert [(m.path, m.problem) for m in members(data)] == [("甲/报告.docx", None), ("里.zip/乙.txt", None)]
    assert list(members(inner)) == [Member("乙.txt", "乙".encode())]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_the_flag(encoding):
    data = zip_of({"x" * len("水利局年报.txt".encode(encoding)): "甲"})
    raw = "水利局年报.txt".encode(encoding)
    assert paths(data.replace(b"x" * len(raw), raw)) == ["水利局年报.txt"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\temp\\a.doc", "temp/a.doc"),
        ("a/./b/../c.txt", "a/b/c.txt"),
        ("..", "unnamed"),
        ("a\nb.txt", "ab.txt"),
    ],
)
def test_paths_stay_inside(name, path):
    assert paths(zip_of({name: "甲"})) == [path]


def test_same_name_twice():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, pytest.warns(UserWarning):
        archive.writestr("a.txt", "甲")
        archive.writestr("a.txt", "乙")
    assert [(m.path, m.data.decode()) for m in members(buffer.getvalue())] == [("a.txt", "甲"), ("a (2).txt", "乙")]


def test_members_that_cannot_be_unpacked_do_not_stop_the_others(monkeypatch):
    monkeypatch.setattr("loaders.reading.archive.MAX_MEMBER", 1000)
    good = zip_of({"a.txt": "甲" * 9, "large.txt": "乙" * 1000, "b.txt": "丙" * 9}, zipfile.ZIP_STORED)
    broken = good.replace("丙丙".encode(), "丁丁".encode(), 1)
    assert [(m.path, m.problem.reason if m.problem else None) for m in members(broken)] == [
        ("a.txt", None),
        ("large.txt", "too-large"),
        ("b.txt", "damaged"),
    ]


def test_encrypted_member_is_named():
    data = bytearray(zip_of({"a.txt": "甲"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert [m.problem.reason for m in members(bytes(data)) if m.problem] == ["encrypted"]


def test_bombs():
    dense = zip_of({"zeros.txt": b"\0" * (40 * 2**20)})
    assert [m.problem.reason for m in members(dense) if m.problem] == ["too-large"]
    many = zip_of({f"{n}.txt": "甲" for n in range(20)})
    from loaders.reading import archive

    limited = list(archive._members(many, "", archive._Budget(members=5), 1))
    assert len(limited) == 6 and limited[-1].problem is not None and limited[-1].problem.reason == "too-large"


def test_a_cut_archive_is_not_taken_for_the_one_within():
    inner = zip_of({"乙.txt": "x"}, zipfile.ZIP_STORED)
    whole = zip_of({"甲.txt": "x", "内.zip": inner, "丙.txt": "x"}, zipfile.ZIP_STORED)
    with pytest.raises(ReadingError) as caught:
        list(members(whole[: whole.index(inner) + len(inner)]))
    assert caught.value.reason == "damaged"


def test_zips_in_zips_without_end():
    data = b"end"
    for _ in range(12):
        data = zip_of({"a.zip": data, "b.txt": "甲"})
    found = list(members(data))
    assert len(found) < 12 and found[-1].path.endswith("b.txt")


# --- text with tables in HTML ---


def test_markdown_with_html_tables():
    table = "<table><tr><td>{}</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    text = (
        f"# 年报\n\n一、总体情况\n\n{table.format('甲')}\n\n公开五条。\n{table.format('丙')}\n六、其他需要报告的事项\n"
    )
    document = read(text.encode(), "a.md")
    kinds = [type(block).__name__ for block in document.blocks]
    assert kinds == ["Paragraph", "Paragraph", "Table", "Paragraph", "Table", "Paragraph"]
    assert [cell[4] for cell in grid(document, 1)] == ["丙", "1", "乙", "2"]
    assert [document.blocks[n].place.line for n in (1, 3, 5)] == [3, 7, 9]
    assert [document.blocks[n].cells[0].place.table for n in (2, 4)] == [1, 2]


# --- encodings ---

CHINESE = st.text(
    st.sampled_from("政府信息公开工作年度报告的申请受理情况行政机关依法主动数量，。、（）一二三１２0123 \n"),
    min_size=12,
)


@settings(max_examples=200)
@given(CHINESE, st.sampled_from(["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]))
def test_text_comes_back(text, encoding):
    if encoding in ("utf-16-le", "utf-16-be") and sum(c in "0123 \n" for c in text) < 2:
        return  # without mark, digit or line end nothing tells byte order
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_drawn_tables_without_a_byte_order_mark(encoding):
    """Their lines have a zero where Latin letters have none."""
    text = "一、总体情况\n收到申请12件。\n" + "┌──────────┬──────────┐\n│一、新收  │12        │\n" * 9
    assert decode(text.encode(encoding)) == text
    (heading, *_) = read(text.encode(encoding), "page.txt").blocks
    assert heading.text == "一、总体情况"


def test_cut_inside_a_character():
    data = "青禾县政府信息公开工作年度报告".encode()
    assert decode(data[:-1], whole=False) == "青禾县政府信息公开工作年度报"


# --- old kinds ---


def test_without_libreoffice_and_kreuzberg_the_message_helps(monkeypatch):
    from loaders.reading import legacy

    monkeypatch.setattr(legacy, "soffice_path", lambda: None)
    monkeypatch.setattr(legacy.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ReadingError) as caught:
        read(compound("Workbook"), "a.xls")
    assert caught.value.reason == "needs-package"
    assert "LibreOffice" in caught.value.message and "gongkai[legacy]" in caught.value.message


def test_pronunciation_behind_characters_is_no_text():
    text = "一、總(zǒng)體情況\n本年新收政府信息公開(kāi)申請(qǐng)數(shù)量\n3\n某局（公開）報(bào)告\n"
    (first, second, figure, last) = read(text.encode(), "page.txt").blocks
    assert [first.text, second.text, figure.text] == ["一、總體情況", "本年新收政府信息公開申請數量", "3"]
    assert last.text == "某局（公開）報告"
