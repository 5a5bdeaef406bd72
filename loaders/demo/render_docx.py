"""A report as a Word file, written straight as the XML that Word writes."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from loaders.demo.page import Block, Grid, GridCell, Page, Style, Text

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STAMP = (2024, 1, 1, 0, 0, 0)
_TABLE_WIDTH = 8400

_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_LAYOUT: dict[Style, str] = {
    "title": '<w:jc w:val="center"/>',
    "heading": '<w:spacing w:before="120"/>',
    "subheading": '<w:ind w:firstLine="480"/>',
    "body": '<w:ind w:firstLine="480"/>',
    "signature": '<w:jc w:val="right"/>',
    "note": '<w:jc w:val="center"/>',
}
_FONTS: dict[Style, str] = {
    "title": '<w:b/><w:sz w:val="36"/>',
    "heading": '<w:b/><w:sz w:val="28"/>',
    "note": '<w:color w:val="808080"/><w:sz w:val="18"/>',
}


def render_docx(page: Page) -> bytes:
    """The report as one Word file, tables with merged cells as Word itself stores them."""
    body = "".join(block_xml(block) for block in page.blocks)
    return package(body, page.title, page.mark)


def block_xml(block: Block) -> str:
    """One block as it stands in the body of the document. A picture is left out."""
    if isinstance(block, Text):
        return paragraph_xml(block.text, block.style)
    if isinstance(block, Grid):
        return table_xml(block)
    return ""


def paragraph_xml(text: str, style: Style = "body") -> str:
    """One paragraph; a line break in `text` becomes a break inside the paragraph."""
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    font = f"<w:rPr>{_FONTS[style]}</w:rPr>" if style in _FONTS else ""
    return f"<w:p><w:pPr>{_LAYOUT[style]}</w:pPr><w:r>{font}{runs}</w:r></w:p>"


def table_xml(grid: Grid) -> str:
    """A table whose merged cells go on below as empty cells, the way Word keeps them."""
    return table_of(grid, "".join(f"<w:tr>{_row_xml(grid, row)}</w:tr>" for row in range(grid.rows)))


def table_of(grid: Grid, rows: str) -> str:
    """Rows made elsewhere, with borders and column widths of `grid` around them."""
    unit = _TABLE_WIDTH / sum(grid.widths)
    columns = "".join(f'<w:gridCol w:w="{round(width * unit)}"/>' for width in grid.widths)
    margins = '<w:tblCellMar><w:left w:w="30" w:type="dxa"/><w:right w:w="30" w:type="dxa"/></w:tblCellMar>'
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_TABLE_WIDTH}" w:type="dxa"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>{margins}</w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row_xml(grid: Grid, row: int) -> str:
    """The cells of one row: those that begin in it and the lower parts of those that began above."""
    covered = grid.covered(row)
    xml = ""
    column = 0
    while column < len(grid.widths):
        cell = covered.get(column)
        xml += cell_xml(cell, continued=cell.row < row) if cell else "<w:tc><w:p/></w:tc>"
        column += cell.column_span if cell else 1
    return xml


def cell_xml(cell: GridCell, continued: bool = False, content: str | None = None) -> str:
    """One table cell; `continued` for the lower part of a merged one, `content` for paragraphs made elsewhere."""
    properties = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    if cell.row_span > 1:
        properties += "<w:vMerge/>" if continued else '<w:vMerge w:val="restart"/>'
    text = "" if continued else cell.text
    inner = content if content is not None else paragraph_of_cell(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{'<w:p/>' if continued else inner}</w:tc>"


def paragraph_of_cell(text: str) -> str:
    """A cell's text as one centred paragraph."""
    if not text:
        return "<w:p/>"
    runs = "<w:br/>".join(f"<w:t>{escape(part)}</w:t>" for part in text.split("\n"))
    return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:sz w:val="18"/></w:rPr>{runs}</w:r></w:p>'


def package(body: str, title: str, mark: str = "", pictures: dict[str, bytes] | None = None) -> bytes:
    """The zip archive around the body. `pictures` maps relation ids to PNG files."""
    document = (
        f'<w:document xmlns:w="{WORD}" xmlns:r="{_OFFICE}"><w:body>{body}'
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'
    )
    core = (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:description>{escape(mark)}</dc:description></cp:coreProperties>"
    )
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": document,
        "docProps/core.xml": core,
    }
    if pictures:
        links = "".join(
            f'<Relationship Id="{name}" Type="{_OFFICE}/image" Target="media/{name}.png"/>' for name in pictures
        )
        parts["word/_rels/document.xml.rels"] = (
            f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
        )
        parts.update({f"word/media/{name}.png": data for name, data in pictures.items()})
    return zip_archive(parts)


def zip_archive(parts: dict[str, bytes | str]) -> bytes:
    """A zip archive that is the same byte for byte whenever it is made from the same parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            declared = content
            if isinstance(content, str):
                declared = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, declared)
    return buffer.getvalue()
