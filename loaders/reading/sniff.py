"""What kind of file this is, by its content; the name only settles what the content leaves open."""

from __future__ import annotations

import re
import struct
import zipfile
from io import BytesIO

from loaders.document import ReadingError
from loaders.patterns import pattern_of
from loaders.reading.compound import is_compound, names_in, streams_of

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*")
_FOREIGN = {
    b"7z\xbc\xaf\x27\x1c": "7z 压缩包，请先解压或改存为 zip",
    b"Rar!\x1a\x07": "rar 压缩包，请先解压或改存为 zip",
    b"\x1f\x8b": "gzip 压缩文件，请先解压",
    b"BZh": "bzip2 压缩文件，请先解压",
    b"\xfd7zXZ\x00": "xz 压缩文件，请先解压",
    b"MZ": "可执行程序",
    b"\x7fELF": "可执行程序",
    b"SQLite format 3\x00": "数据库文件",
    b"PAR1": "Parquet 数据文件",
}
_HTML_START = pattern_of(r"<(?:!doctype\s+html|html|head|body|meta|title|table|div|style|script)\b", re.I)
_HTML_TAG = pattern_of(r"</?(html|head|body|meta|title|table|tr|t[dh]|div|p|span|br|h[1-6]|font|center)\b[^<>]*>", re.I)
_HTML_TABLE = pattern_of(r"<table\b.*?(?:</table\s*>|\Z)", re.I | re.S)
_BOX = pattern_of(r"(?:</?(?:div|section|center|span)\b[^<>]*>\s*)+", re.I)
_MARKED_TABLE = pattern_of(r"^[ \t]*(?:\|(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t\r]*$|\{\|)", re.M)
"""The rule below a table's header in Markdown, or what opens a table in MediaWiki."""
_WHOLE_PAGE = pattern_of(r"<(?:!doctype|html|head|body)\b", re.I)
_FEWEST_LINES = 5
_AROUND_TABLES = frozenset(("html", "body", "br"))
"""What converters write around each table; other tags mean a page."""
_XML_SHEET = (
    "urn:schemas-microsoft-com:office:spreadsheet",
    'office:mimetype="application/vnd.oasis.opendocument.spreadsheet',
)
_XML_WORD = (
    "http://schemas.microsoft.com/office/word/2003/wordml",
    'progid="Word.Document"',
    "office:mimetype",
    "http://schemas.uof.org/",
)
_JSON_START = pattern_of(r'(?:\[\s*)?\{\s*"[^"\n]*"\s*:')
_MAIL_HEADER = pattern_of(
    rb"^(?:MIME-Version|From|Subject|Date|Content-Type|Content-Location|Message-ID|X-[\w-]+|Snapshot-[\w-]+):", re.I
)
_LOOK = 65536


def sniff(data: bytes, name: str = "") -> str:
    """One of docx, odt, ods, xlsx, zip, doc, wps, xls, rtf, pdf, ofd, image, html, json, mht, text.

    Raises `ReadingError`: empty, encrypted, damaged or unsupported.
    """
    head = data[:_LOOK]
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise ReadingError("empty", "文件是空的")
    if head.startswith(b"PK"):
        return _kind_of_zip(data)
    if is_compound(head):
        return _kind_of_compound(data, name)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if _is_picture(head):
        return "image"
    for magic, what in _FOREIGN.items():
        if head.startswith(magic):
            raise ReadingError("unsupported", f"不支持这种文件：{what}")
    return _kind_of_text(head, name)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _is_picture(head: bytes) -> bool:
    if head.startswith(b"RIFF"):
        return head[8:12] == b"WEBP"
    if head.startswith(b"BM"):  # two letters are little proof: the header's size field must fit as well
        return len(head) > 18 and struct.unpack_from("<I", head, 14)[0] in (12, 40, 52, 56, 64, 108, 124)
    return head.startswith(_PICTURES)


def _kind_of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            encrypted = any(info.flag_bits & 1 for info in archive.infolist())
            mimetype = _mimetype(archive) if "mimetype" in names and not encrypted else b""
    except Exception as error:  # a directory of noise makes zipfile fail in many ways, and all mean damage
        raise ReadingError("damaged", "文件(zip 容器)已损坏或不完整，请重新下载后再读") from error
    if any(n.startswith("word/") for n in names):
        kind = "docx"
    elif "xl/workbook.bin" in names:
        kind = "xls"  # only LibreOffice reads the binary dress
    elif any(n.startswith("xl/") for n in names):
        kind = "xlsx"
    elif mimetype.startswith((b"application/vnd.oasis.opendocument.text", b"application/vnd.sun.xml.writer")):
        kind = "odt"
    elif mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        kind = "ods"
    elif "[Content_Types].xml" in names and not any(n.startswith("ppt/") for n in names):
        kind = "docx"  # the main part may stand anywhere; the reader asks the relationships
    elif mimetype or any(n.startswith("ppt/") for n in names):
        raise ReadingError("unsupported", "不支持这种文件：演示文稿或其他非文字文档")
    elif any(name.lower() == "ofd.xml" for name in names):
        kind = "ofd"
    elif "uof.xml" in names:
        raise ReadingError("unsupported", "不支持 UOF 2.0 文件，请改存为 Word")
    else:
        return "zip"
    if encrypted:
        raise ReadingError("encrypted", "文件已加密，请去掉密码后再读")
    return kind


def _mimetype(archive: zipfile.ZipFile) -> bytes:
    with archive.open("mimetype") as member:
        return member.read(100)


def _kind_of_compound(data: bytes, name: str) -> str:
    """Word, WPS Writer and Excel before 2007; encrypted files of any year since."""
    streams = names_in(data)
    if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
        raise ReadingError("encrypted", "文件已加密，请去掉密码后再读")
    if "WordDocument" in streams:
        start = streams_of(data, ["WordDocument"]).get("WordDocument", b"")
        if len(start) >= 12 and struct.unpack_from("<H", start, 10)[0] & 0x0100:
            raise ReadingError("encrypted", "文件已加密，请去掉密码后再读")
        return "wps" if _ending(name) == "wps" else "doc"
    if "Workbook" in streams or "Book" in streams:
        return "xls"
    if "PowerPoint Document" in streams:
        raise ReadingError("unsupported", "不支持这种文件：演示文稿")
    if not streams:
        raise ReadingError("damaged", "文件(OLE 容器)已损坏或不完整，请重新下载后再读")
    if _ending(name) in ("doc", "wps", "xls"):
        return _ending(name)
    raise ReadingError("unsupported", "不支持这种文件:OLE 容器中没有文字或表格文档")


def _kind_of_text(head: bytes, name: str) -> str:
    from loaders.reading.encoding import decode, looks_binary

    if looks_binary(head):
        raise ReadingError("unsupported", "不支持这种文件：内容不是文字，也不是已知的文档格式")
    if _is_mail(head):
        return "mht"
    text = decode(head, whole=False).lstrip("\ufeff \t\r\n\x00")
    if any(mark in text[:4000] for mark in _XML_SHEET) and text.startswith("<?xml"):
        return "xls"  # Excel 2003 XML and flat ODF: LibreOffice tells them apart
    if any(mark in text[:4000] for mark in _XML_WORD) and text.startswith("<?xml"):
        return "doc"  # Word's own XML; flat ODF and UOF, China's own, which LibreOffice tells apart
    if _JSON_START.match(text):
        return "json"
    if text.startswith("<") and "<tgroup" in text:
        return "text"  # DocBook
    if text.startswith("<") and "<pdf2xml" in text[:4096]:
        return "html"  # text of a PDF with places, a page an element
    if "|" in text and _MARKED_TABLE.search(text) and not _WHOLE_PAGE.search(text):
        return "text"  # what stands in tags as well was left of a page
    if _BOX.match(text) and _is_text_in_boxes(text):
        return "text"
    if _HTML_START.search(text[:4096]) and text.startswith("<"):
        return "html"
    names = [name.lower() for name in _HTML_TAG.findall(text)]
    if "table" in names and not text.startswith("<") and _AROUND_TABLES.issuperset(_tags_outside_tables(text)):
        return "text"  # converters write tables as HTML into plain text and Markdown
    tags = sum(name != "br" for name in names)  # Markdown breaks lines in its cells by <br>
    if tags >= 3 and (text.startswith("<") or tags * 60 > len(text)):
        return "html"
    return "html" if tags and _ending(name) in ("html", "htm", "shtml") else "text"


def _is_text_in_boxes(text: str) -> bool:
    """Whether lines of text stand between boxes that were left of a page, each tag on a line of its own.

    Markdown has such; a page has its text in elements, and its line ends mean nothing.
    """
    lines = [line for line in map(str.strip, _HTML_TABLE.sub("", text).splitlines()) if line]
    bare = sum("<" not in line for line in lines)
    return bare >= _FEWEST_LINES and all("<" not in line or _BOX.fullmatch(line) for line in lines)


def _tags_outside_tables(text: str) -> set[str]:
    return {name.lower() for name in _HTML_TAG.findall(_HTML_TABLE.sub("", text))}


def _is_mail(head: bytes) -> bool:
    lines = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:8192].splitlines()
    headers = 0
    for line in lines[:40]:
        if not line.strip():
            break
        if _MAIL_HEADER.match(line):
            headers += 1
        elif line[:1] not in b" \t" and b":" not in line[:60]:
            return False
    joined = b"\n".join(lines).lower()
    return headers >= 2 and (b"mime-version" in joined or b"content-type: multipart" in joined)
