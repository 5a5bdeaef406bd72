"""What an OpenDocument workbook says of its sheets: LibreOffice shows a hidden one that stands first."""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def hidden_sheets(data: bytes) -> frozenset[str]:
    """The names of the sheets that are not shown; none where the file cannot be read."""
    try:
        content = data
        if zipfile.is_zipfile(BytesIO(data)):
            with zipfile.ZipFile(BytesIO(data)) as archive:
                content = archive.read("content.xml")
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return frozenset()
    styles = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(look.get(f"{_TABLE}display") == "false" for look in style.iter(f"{_STYLE}table-properties"))
    }
    tables = root.iter(f"{_TABLE}table")
    return frozenset(table.get(f"{_TABLE}name", "") for table in tables if table.get(f"{_TABLE}style-name") in styles)
