"""Word files as different hands and programs make them. Each layout is the usual file with one habit changed."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise
from xml.sax.saxutils import escape

from loaders.demo.page import Grid, GridCell, Image, Page, Text
from loaders.demo.render_docx import (
    block_xml,
    cell_xml,
    package,
    paragraph_of_cell,
    paragraph_xml,
    table_of,
    table_xml,
)
from tests.generator import litigation
from tests.generator.pictures import picture_of

Layout = Callable[[random.Random, Page], str]
"""Writes the body of the document."""

_DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData'
    ' uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
    '<a:blip r:embed="{id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)


def plain(rng: random.Random, page: Page) -> str:
    """As Word makes it."""
    return "".join(block_xml(block) for block in page.blocks)


def split_runs(rng: random.Random, page: Page) -> str:
    """Labels and figures split over runs and paragraphs, proofing marks and bookmarks between."""
    return "".join(
        _table(block, lambda cell: _scattered(rng, cell.text)) if isinstance(block, Grid) else block_xml(block)
        for block in page.blocks
    )


def _table(grid: Grid, content: Callable[[GridCell], str]) -> str:
    """The usual table with other paragraphs in its cells."""
    rows = ""
    for row in range(grid.rows):
        covered = grid.covered(row)
        rows += "<w:tr>"
        column = 0
        while column < len(grid.widths):
            cell = covered.get(column)
            if cell is None:
                rows += "<w:tc><w:tcPr/><w:p/></w:tc>"
                column += 1
                continue
            rows += cell_xml(cell, cell.row < row, content(cell))
            column += cell.column_span
        rows += "</w:tr>"
    return table_of(grid, rows)


def _scattered(rng: random.Random, text: str) -> str:
    if not text:
        return rng.choice(("<w:p/>", "<w:p><w:pPr><w:rPr/></w:pPr></w:p>", "<w:p/><w:p/>"))
    out = "<w:p>"
    for sign in text:
        if sign == "\n":
            out += "</w:p><w:p>"
            continue
        out += f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{escape(sign)}</w:t></w:r>'
        out += rng.choice(("", "", "", '<w:proofErr w:type="gramEnd"/>', '<w:bookmarkEnd w:id="0"/>'))
    return out + "</w:p>"


def paragraphs_in_cells(rng: random.Random, page: Page) -> str:
    """Labels broken over paragraphs, empty paragraphs before and after figures."""

    def content(cell: GridCell) -> str:
        if cell.key:
            return rng.choice(("", "<w:p/>")) + paragraph_of_cell(cell.text) + rng.choice(("", "<w:p/>"))
        width = rng.choice((2, 4, 7, 40))
        parts = [cell.text[at : at + width] for at in range(0, len(cell.text), width)] or [""]
        return "".join(paragraph_of_cell(part) for part in parts)

    return "".join(_table(block, content) if isinstance(block, Grid) else block_xml(block) for block in page.blocks)


def numbered(rng: random.Random, page: Page) -> str:
    """Section headings numbered by Word itself, so that their numerals are not in the text."""
    out = ""
    for block in page.blocks:
        if isinstance(block, Text) and block.style == "heading":
            words = block.text[2:].strip()
            out += (
                '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
                f"<w:r><w:t>{escape(words)}</w:t></w:r></w:p>"
            )
        else:
            out += block_xml(block)
    return out


def labels_numbered(rng: random.Random, page: Page) -> str:
    """The numbers of the reasons are made by Word, so the labels are bare."""

    def content(cell: GridCell) -> str:
        if not cell.key and cell.text[:1] in tuple("12345678") and len(cell.text) > 3:
            return (
                '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr>'
                f"<w:r><w:t>{escape(cell.text[2:])}</w:t></w:r></w:p>"
            )
        return paragraph_of_cell(cell.text)

    return "".join(_table(block, content) if isinstance(block, Grid) else block_xml(block) for block in page.blocks)


def split_tables(rng: random.Random, page: Page) -> str:
    """The applications table cut in two or three, with or without the header on top of the later parts."""
    out = ""
    for block in page.blocks:
        if isinstance(block, Grid) and block.table == "applications" and block.rows > 8:
            cuts = sorted(rng.sample(range(5, block.rows - 1), rng.choice((1, 1, 2))))
            repeat = rng.random() < 0.4
            bounds = [0, *cuts, block.rows]
            parts = [_part(block, first, last) for first, last in pairwise(bounds)]
            for number, part in enumerate(parts):
                if number and repeat:
                    part = _stacked(_part(block, 0, 3), part)
                between = rng.choice(("<w:p/>", paragraph_xml("（续表）"), paragraph_xml("- 4 -", "note")))
                out += ("" if number == 0 else between) + table_xml(part)
        else:
            out += block_xml(block)
    return out


def _part(grid: Grid, first: int, last: int) -> Grid:
    """Rows `first` up to `last` as a table of their own; a merged label is printed again or left empty."""
    cells = []
    for cell in grid.cells:
        begin, end = max(cell.row, first), min(cell.row + cell.row_span, last)
        if begin < end:
            text = cell.text if cell.row >= first else ""
            part = GridCell(text, begin - first, cell.column, end - begin, cell.column_span, cell.key, cell.header)
            cells.append(part)
    return Grid(grid.table, cells, grid.widths)


def _stacked(upper: Grid, lower: Grid) -> Grid:
    shifted = [
        GridCell(c.text, c.row + upper.rows, c.column, c.row_span, c.column_span, c.key, c.header) for c in lower.cells
    ]
    return Grid(upper.table, upper.cells + shifted, upper.widths)


def nested(rng: random.Random, page: Page) -> str:
    """Everything, or each table, stands in the cell of a layout table."""
    if rng.random() < 0.5:
        return _frame(plain(rng, page))
    return "".join(_frame(block_xml(block)) if isinstance(block, Grid) else block_xml(block) for block in page.blocks)


def _frame(inner: str) -> str:
    return (
        f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    )


def text_boxes(rng: random.Random, page: Page) -> str:
    """Title, headings or tables in text boxes, stored twice as Word does for older programs."""
    out = ""
    for block in page.blocks:
        boxed = isinstance(block, Grid) or (isinstance(block, Text) and block.style in {"title", "heading"})
        out += _box(block_xml(block)) if boxed and rng.random() < 0.5 else block_xml(block)
    return out


def _box(inner: str) -> str:
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    return (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"><w:drawing><wps:wsp'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:txbx>{content}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f'<v:textbox xmlns:v="urn:schemas-microsoft-com:vml">{content}</v:textbox></w:pict></mc:Fallback>'
        "</mc:AlternateContent></w:r></w:p>"
    )


def publication_apart(rng: random.Random, page: Page) -> str:
    """Each block of the publication table is a table of its own, its article inside or as a line above."""
    out = ""
    outside = rng.random() < 0.5
    for block in page.blocks:
        if not (isinstance(block, Grid) and block.table == "publication"):
            out += block_xml(block)
            continue
        starts = [c.row for c in block.cells if c.column_span == len(block.widths) and c.header]
        starts = sorted({0, *starts})
        for first, last in zip(starts, [*starts[1:], block.rows], strict=True):
            part = _part(block, first, last)
            article = next((cell.text for cell in part.row_cells(0)), None)  # none where damage took it
            is_above = outside and article is not None
            out += paragraph_xml(article or "") + table_xml(_part(part, 1, part.rows)) if is_above else table_xml(part)
            out += "<w:p/>"
    return out


def litigation_rows(rng: random.Random, page: Page) -> str:
    """Litigation with a row for each of reconsideration and the two kinds of action."""
    return _with_litigation(page, litigation.by_row)


def litigation_transposed(rng: random.Random, page: Page) -> str:
    """Litigation with a row for each result and a column for each kind."""
    return _with_litigation(page, litigation.by_result)


def litigation_apart(rng: random.Random, page: Page) -> str:
    """Litigation in two tables, one for reconsideration and one for actions."""
    return _with_litigation(
        page, lambda grid: litigation.columns(grid, 0, 5), lambda grid: litigation.columns(grid, 5, 15)
    )


def _with_litigation(page: Page, *make: Callable[[Grid], Grid]) -> str:
    out = ""
    for block in page.blocks:
        if isinstance(block, Grid) and block.table == "litigation":
            out += "<w:p/>".join(table_xml(each(block)) for each in make)
        else:
            out += block_xml(block)
    return out


def labels_repeated(rng: random.Random, page: Page) -> str:
    """No cell is merged downwards: merged labels stand in each of their rows, or only in the first."""
    repeat = rng.random() < 0.5
    out = ""
    for block in page.blocks:
        if isinstance(block, Grid):
            cells = []
            for c in block.cells:
                for offset in range(c.row_span):
                    text = c.text if repeat or offset == 0 else ""
                    cells.append(GridCell(text, c.row + offset, c.column, 1, c.column_span, c.key, c.header))
            block = Grid(block.table, cells, block.widths)
        out += block_xml(block)
    return out


def fine_grid(rng: random.Random, page: Page) -> str:
    """A grid finer than the columns seen: every cell spans two or three grid columns, rows begin after a gap."""
    out = ""
    for block in page.blocks:
        if isinstance(block, Grid):
            factor = rng.choice((2, 3))
            cells = [
                GridCell(c.text, c.row, c.column * factor, c.row_span, c.column_span * factor, c.key, c.header)
                for c in block.cells
            ]
            block = Grid(block.table, cells, [1.0] * (factor * len(block.widths)))
        xml = block_xml(block)
        if isinstance(block, Grid) and rng.random() < 0.5:
            xml = xml.replace("<w:tblGrid>", '<w:tblGrid><w:gridCol w:w="20"/>')
            xml = xml.replace("<w:tr>", '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>')
        out += xml
    return out


def revised(rng: random.Random, page: Page) -> str:
    """Tracked changes, content controls and fields: deleted text must not count, inserted text must."""

    def content(cell: GridCell) -> str:
        text = escape(cell.text.replace("\n", ""))
        if not text or rng.random() < 0.6:
            return paragraph_of_cell(cell.text)
        if rng.random() < 0.4:
            gone = f"<w:del><w:r><w:delText>{rng.randint(0, 99)}</w:delText></w:r></w:del>"
            return f"<w:p>{gone}<w:ins><w:r><w:t>{text}</w:t></w:r></w:ins></w:p>"
        if rng.random() < 0.5:
            return f"<w:p><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        return f"<w:p><w:smartTag><w:hyperlink><w:r><w:t>{text}</w:t></w:r></w:hyperlink></w:smartTag></w:p>"

    return "".join(_table(block, content) if isinstance(block, Grid) else block_xml(block) for block in page.blocks)


def one_table(rng: random.Random, page: Page) -> str:
    """The whole report is one table: a row for each paragraph, the form's tables stacked between."""
    width = max((len(grid.widths) for grid in page.grids()), default=1)
    cells: list[GridCell] = []
    row = 0
    for block in page.blocks:
        if isinstance(block, Text):
            cells.append(GridCell(block.text, row, 0, 1, width))
            row += 1
        elif isinstance(block, Grid):
            slack = width - len(block.widths)
            for c in block.cells:
                span = c.column_span + (slack if c.column + c.column_span == len(block.widths) else 0)
                cells.append(GridCell(c.text, c.row + row, c.column, c.row_span, span, c.key, c.header))
            row += block.rows
    return table_xml(Grid("all", cells, [1.0] * width))


LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout
    for layout in (
        plain,
        split_runs,
        paragraphs_in_cells,
        numbered,
        labels_numbered,
        split_tables,
        nested,
        text_boxes,
        publication_apart,
        litigation_rows,
        litigation_transposed,
        litigation_apart,
        labels_repeated,
        fine_grid,
        revised,
        one_table,
    )
}


def write_docx(rng: random.Random, page: Page, layout: str) -> bytes:
    """The page as a Word file in `layout`."""
    pictures = {}
    for number, block in enumerate(page.blocks):
        if isinstance(block, Image):
            pictures[f"rId{number + 10}"] = picture_of(block.grid)
    body = LAYOUTS[layout](rng, _with_placeholders(page))
    for name in pictures:
        body = body.replace(_PLACEHOLDER_XML, _DRAWING.format(id=name), 1)
    return package(body, page.title, pictures=pictures)


_PLACEHOLDER = "￼picture￼"
_PLACEHOLDER_XML = paragraph_xml(_PLACEHOLDER)


def _with_placeholders(page: Page) -> Page:
    blocks = [Text(_PLACEHOLDER) if isinstance(block, Image) else block for block in page.blocks]
    return Page(blocks, page.title, page.issuer, page.published, page.address, page.breadcrumbs)
