"""Kinds are told by content: endings lie, and much that arrives is no report at all."""

from __future__ import annotations

import contextlib
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.alarm import alarm
from loaders.document import Document, ReadingError
from loaders.reading import read
from loaders.reading.sniff import sniff
from tests.office_files import compound, docx, p, zip_of

ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}
MAIL = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
PAGE = "<html><body><p>一、总体情况</p></body></html>"

KINDS = [
    ("Word", docx(p("甲")), "a.doc", "docx"),
    ("workbook", zip_of({"xl/workbook.xml": "<a/>"}), "a.zip", "xlsx"),
    ("binary workbook", zip_of({"xl/workbook.bin": "0"}), "a.xlsb", "xls"),
    ("OpenDocument", zip_of(ODT), "a.docx", "odt"),
    ("files in a zip", zip_of({"a.docx": "0"}), "a.docx", "zip"),
    ("Word before 2007", compound("WordDocument"), "a.docx", "doc"),
    ("WPS Writer", compound("WordDocument"), "a.wps", "wps"),
    ("Excel before 2007", compound("Workbook"), "a.doc", "xls"),
    ("rich text", rb"{\rtf1\ansi}", "a.doc", "rtf"),
    ("PDF", b"%PDF-1.4\n", "a.txt", "pdf"),
    ("OFD", zip_of({"OFD.xml": "<a/>"}), "a.zip", "ofd"),
    ("PDF behind junk", b"\r\n junk \r\n%PDF-1.4\n", "a", "pdf"),
    ("PNG", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.doc", "image"),
    ("JPEG", b"\xff\xd8\xff\xe0\0\x10JFIF", "a", "image"),
    ("TIFF", b"II*\0\x08\0\0\0", "a", "image"),
    ("BMP", b"BM" + struct.pack("<IIII", 100, 0, 54, 40) + b"\0" * 40, "a", "image"),
    ("WebP", b"RIFF\x10\0\0\0WEBPVP8 ", "a", "image"),
    ("page", PAGE.encode(), "a.doc", "html"),
    ("page with mark", b"\xef\xbb\xbf" + PAGE.encode(), "a.xls", "html"),
    ("page in UTF-16", PAGE.encode("utf-16"), "a.doc", "html"),
    ("page behind a comment", f"<!-- 保存 -->\n{PAGE}".encode("gbk"), "a.txt", "html"),
    ("page behind an XML declaration", f'<?xml version="1.0" encoding="gbk"?>{PAGE}'.encode("gbk"), "a", "html"),
    ("part of a page", "<p>一、总体情况</p><table><tr><td>1</td></tr></table>".encode(), "a", "html"),
    ("text in front of a page", "青禾县<br>水利局<p>年报</p><table><tr><td>1</table>".encode(), "a", "html"),
    ("web archive named .doc", MAIL, "a.doc", "mht"),
    ("web archive of a browser", b"From: <Saved by Blink>\r\n" + MAIL, "a.mht", "mht"),
    ("Word 2003 XML", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:w/>', "a.xml", "doc"),
    ("UOF", b'<?xml version="1.0"?><uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof"/>', "a.uot", "doc"),
    ("flat workbook", b'<?xml version="1.0"?><a b="urn:schemas-microsoft-com:office:spreadsheet"/>', "a.xml", "xls"),
    ("OpenDocument workbook", zip_of(ODT | {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "a", "ods"),
    ("text", "一、总体情况\n二、主动公开政府信息情况".encode(), "a.html", "text"),
    ("JSON", b' [\n {"code": 200}]', "a.html", "json"),
    ("text in braces", "{一、总体情况}".encode(), "a", "text"),
    ("text in GBK", "一、总体情况\n二、主动公开".encode("gbk"), "a.doc", "text"),
    ("text in UTF-16 without mark", "收到申请 12 件\n".encode("utf-16-le") * 3, "a", "text"),
    ("text with a less-than sign", "若 a<b 则合格，本年新收 3 件。".encode(), "a.txt", "text"),
    ("text with colons at the start", "标题：年报\n日期：2024\n\n一、总体情况".encode(), "a.txt", "text"),
    ("text that mentions BM", "BM 局 2023 年年报".encode(), "a.txt", "text"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "name", "kind"), [row[1:] for row in KINDS], ids=[row[0] for row in KINDS])
def test_kinds(data, name, kind):
    assert sniff(data, name) == kind


REFUSED = [
    ("nothing", b"", "empty"),
    ("only white space", b" \r\n\t\n", "empty"),
    ("only zeros", b"\0" * 4096, "empty"),
    ("only a mark", b"\xff\xfe", "empty"),
    ("encrypted since 2007", compound("EncryptedPackage", "EncryptionInfo"), "encrypted"),
    ("encrypted Word before 2007", compound("WordDocument", encrypted=True), "encrypted"),
    ("UOF 2.0", zip_of({"uof.xml": "<a/>"}), "unsupported"),
    ("cut zip", docx(p("甲"))[:100], "damaged"),
    ("cut compound file", compound("WordDocument")[:400], "damaged"),
    ("slides", zip_of({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "unsupported"),
    ("old slides", compound("PowerPoint Document"), "unsupported"),
    ("7z", b"7z\xbc\xaf\x27\x1c\0\x04", "unsupported"),
    ("rar", b"Rar!\x1a\x07\x01\0", "unsupported"),
    ("program", b"MZ\x90\0\x03", "unsupported"),
    ("noise", bytes(range(256)) * 40, "unsupported"),
]


@pytest.mark.parametrize(("data", "reason"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused(data, reason):
    with pytest.raises(ReadingError) as caught:
        read(data, "报告.docx")
    assert caught.value.reason == reason
    assert caught.value.message.strip()


def test_zip_asks_to_be_opened():
    with pytest.raises(ReadingError) as caught:
        read(zip_of({"a.txt": "甲"}), "a.zip")
    assert caught.value.reason == "unsupported"


def test_too_large(monkeypatch):
    monkeypatch.setattr("loaders.reading.MAX_BYTES", 100)
    with pytest.raises(ReadingError) as caught:
        read(b"0" * 101, "")
    assert caught.value.reason == "too-large"


def test_directory_that_bites_its_tail():
    """The allocation table says that the directory follows itself."""
    data = bytearray(compound("WordDocument"))
    struct.pack_into("<I", data, 512 + 4, 1)
    assert sniff(bytes(data), "") == "doc"


@settings(max_examples=200)
@given(
    st.sampled_from(
        [b"", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"), b"<html>", b"MIME-Version: 1.0\n", b"<?xml"]
    ),
    st.binary(max_size=600),
)
def test_noise_never_raises_anything_else(start, rest):
    try:
        kind = sniff(start + rest, "a.docx")
    except ReadingError:
        return
    if kind in ("html", "mht", "docx", "xlsx", "odt"):
        with contextlib.suppress(ReadingError):
            assert isinstance(read(start + rest, "a.docx"), Document)


@settings(max_examples=100)
@given(st.data())
def test_flipped_bytes_in_a_word_file(data):
    good = docx(p("一、总体情况") * 20)
    broken = bytearray(good)
    for at in data.draw(st.lists(st.integers(0, len(good) - 1), min_size=1, max_size=6)):
        broken[at] ^= data.draw(st.integers(1, 255))
    try:
        assert isinstance(read(bytes(broken), "a.docx"), Document)
    except ReadingError as error:
        assert error.reason in ("damaged", "encrypted", "unsupported", "too-large")


def test_a_text_of_empty_lines_comes_to_an_end():
    """Time grew with the square of their number: to half a minute."""
    with alarm(20):
        assert sniff(b"|" + b"\n" * 65_000 + b"|", "a.txt") == "text"
