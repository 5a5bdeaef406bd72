"""Small office files written by hand, so that tests say exactly what stands in the XML."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO

from loaders.document import Document, Paragraph, Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def zip_of(members: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file with these members."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(
    body: str, *, w: str = W, parts: Mapping[str, str | bytes] | None = None, main: str = "word/document.xml"
) -> bytes:
    """A Word file with this content of `w:body`."""
    parts = parts or {}
    kinds = {"word/numbering.xml": "numbering", "word/styles.xml": "styles"}
    overrides = f'<Override PartName="/{main}" ContentType="{_WORD_TYPE}.document.main+xml"/>'
    overrides += "".join(
        f'<Override PartName="/{name}" ContentType="{_WORD_TYPE}.{kind}+xml"/>'
        for name, kind in kinds.items()
        if name in parts
    )
    folder, _, base = main.rpartition("/")
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        for n, (name, kind) in enumerate(kinds.items(), 1)
        if name in parts
    )
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES.format(overrides=overrides),
        "_rels/.rels": _RELATIONS.format(
            relations=f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{main}"/>'
        ),
        main: document_xml(body, w),
        f"{folder}/_rels/{base}.rels": _RELATIONS.format(relations=relations),
    }
    return zip_of({**members, **parts})


def document_xml(body: str, w: str = W) -> str:
    """The main part around the content of `w:body`."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:document xmlns:w="{w}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )


def p(text: str = "", properties: str = "") -> str:
    """A paragraph of one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr><w:sz w:val="21"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'


def tc(text: str = "", *, span: int = 1, merge: str = "", inner: str = "") -> str:
    """A table cell; `merge` is `restart` or `continue`, `inner` replaces its paragraph."""
    properties = '<w:tcW w:w="900" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner or p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A table row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, columns: int = 3) -> str:
    """A table."""
    grid = '<w:gridCol w:w="900"/>' * columns
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def compound(*streams: str, encrypted: bool = False) -> bytes:
    """An OLE compound file with streams of these names under its root; a `WordDocument` may be marked encrypted."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 40, 0, 1, 1, 0, 4096, end, 0, end, 0)
    struct.pack_into("<109I", header, 76, 0, *[free] * 108)
    sectors = [fat, end] + [n + 1 for n in range(2, 9)] + [end]
    allocation = struct.pack("<128I", *sectors, *[free] * (128 - len(sectors)))
    entries = [_entry("Root Entry", 5, free, 1, end, 0)]
    for number, name in enumerate(streams, 1):
        following = number + 1 if number < len(streams) else free
        entries.append(_entry(name, 2, following, free, 2, 4096))
    directory = b"".join(entries).ljust(512, b"\0")
    word = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, 0x0100 if encrypted else 0).ljust(4096, b"\0")
    return bytes(header) + allocation + directory + word


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    free = 0xFFFFFFFF
    raw = name.encode("utf-16-le")
    entry = bytearray(128)
    entry[: len(raw)] = raw
    struct.pack_into("<HBB", entry, 64, len(raw) + 2, kind, 1)
    struct.pack_into("<III", entry, 68, free, right, child)
    struct.pack_into("<II", entry, 116, start, size)
    return bytes(entry)


def contents(document: Document) -> list[object]:
    """The texts of paragraphs, and the cells of tables with their spans, in reading order."""
    return [
        [(c.row, c.column, c.row_span, c.column_span, c.text) for c in block.cells]
        if isinstance(block, Table)
        else block.text
        for block in document.blocks
        if isinstance(block, Table | Paragraph)
    ]
