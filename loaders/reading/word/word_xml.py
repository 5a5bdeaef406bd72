"""Word files that are one XML file: flat OPC packages, and those of Word 2003, as templates of many systems write them.

Both are made into the package that they stand for, so that one reader knows what Word means.
"""

from __future__ import annotations

import base64
import binascii
import zipfile
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from loaders.reading.parts import parse_xml
from loaders.reading.word.docx_tags import W_NAMESPACES

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

_FLAT = b"http://schemas.microsoft.com/office/2006/xmlPackage"
_WORD_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_START = 8192
"""Bytes in which the root declares its namespaces."""

_PKG = f"{{{_FLAT.decode()}}}"
_W = f"{{{_WORD_2003.decode()}}}"
_WX = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_O = "{urn:schemas-microsoft-com:office:office}"
_NOW = f"{{{W_NAMESPACES[0]}}}"

_RENAMED = {
    f"{_W}vmerge": f"{_NOW}vMerge",
    f"{_W}hmerge": f"{_NOW}hMerge",
    f"{_W}hlink": f"{_NOW}hyperlink",
    f"{_W}cfChunk": f"{_NOW}customXml",
    **{f"{_WX}{name}": f"{_NOW}customXml" for name in ("sect", "sub-section", "pBdrGroup")},
    f"{_AML}content": f"{_NOW}customXml",
}
_CHANGES = {"Word.Insertion": f"{_NOW}ins", "Word.Deletion": f"{_NOW}del"}
_PROPERTIES = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
)


def package_of(data: bytes) -> bytes | None:
    """The Word package that an XML file stands for; None where it is another file.

    Raises `ReadingError`: damaged.
    """
    start = data[:_START]
    pack = _unpacked if _FLAT in start else _of_2003 if _WORD_2003 in start else None
    return None if pack is None else _zipped(pack(parse_xml(data)))


def _zipped(parts: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def _unpacked(root: Element) -> dict[str, bytes]:
    """The parts that a flat package holds as elements, or as letters where they are no XML."""
    parts: dict[str, bytes] = {}
    for part in root.iterchildren(f"{_PKG}part"):
        name = part.get(f"{_PKG}name", "").lstrip("/")
        for held in part:
            if held.tag == f"{_PKG}xmlData" and len(held):
                parts[name] = etree.tostring(held[0], encoding="UTF-8")
            elif held.tag == f"{_PKG}binaryData":
                parts[name] = _from_letters(held.text or "")
    return parts


def _from_letters(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except binascii.Error:
        return b""


def _of_2003(root: Element) -> dict[str, bytes]:
    """The main part of today's format, and the title."""
    document = etree.Element(f"{_NOW}document", nsmap={"w": W_NAMESPACES[0]})
    title = root.findtext(f"{_O}DocumentProperties/{_O}Title") or ""
    body = root.find(f"{_W}body")
    if body is not None:
        document.append(body)
    for annotation in list(document.iter(f"{_AML}annotation")):
        _settle_annotation(annotation)
    for paragraph in document.iter(f"{_W}p"):
        _write_number(paragraph)
    for element in document.iter():
        if isinstance(element.tag, str):
            _rename(element)
    return {
        "word/document.xml": etree.tostring(document, encoding="UTF-8"),
        "docProps/core.xml": _PROPERTIES.format(title=escape(title)).encode(),
    }


def _write_number(paragraph: Element) -> None:
    """Put the number that Word counted for a paragraph, and keeps beside its list, in front of its text."""
    shown = paragraph.find(f"{_W}pPr/{_W}listPr/{_WX}t")
    number = "" if shown is None else shown.get(f"{_WX}val", "")
    if not any(map(str.isalnum, number)):  # a bullet
        return
    run = etree.Element(f"{_W}r")
    etree.SubElement(run, f"{_W}t").text = number
    paragraph.insert(1, run)


def _settle_annotation(annotation: Element) -> None:
    """Make what was put in or taken out what it is today, and leave out comments and bookmarks."""
    change = _CHANGES.get(annotation.get(f"{_W}type", ""))
    if change is not None:
        annotation.tag = change
    elif (parent := annotation.getparent()) is not None:
        parent.remove(annotation)


def _rename(element: Element) -> None:
    element.tag = _renamed(element.tag)
    for name, value in element.attrib.items():
        if name.startswith(_W):
            del element.attrib[name]
            element.set(_renamed(name), value)


def _renamed(name: str) -> str:
    return _RENAMED.get(name) or (_NOW + name[len(_W) :] if name.startswith(_W) else name)
