"""The same invented reports, written the way different programs write them; and others, each laid out otherwise."""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from loaders.demo.corpus import invent_corpus
from loaders.demo.page import Grid, Page, Text
from loaders.demo.pages import print_page
from loaders.demo.render_docx import cell_xml, package, render_docx, table_of
from loaders.demo.render_html import render_html
from loaders.demo.render_pdf import PdfLayout, render_pdf
from loaders.demo.render_text import render_text
from tests.generator.case import KINDS, generate

_SEED = 5


@dataclass(frozen=True, slots=True)
class Kind:
    """One way of writing reports down; `write` makes all files at once. `needs` says what must be installed for it."""

    name: str
    suffix: str
    write: Callable[[list[Page]], list[bytes]]
    needs: str = ""
    installed: bool = True
    holds_pages: bool = True
    """Whether the files hold the reports that are to be written, not as many others."""


def invented_pages(reports: int) -> list[Page]:
    """Different reports, tables and narrative complete."""
    drafts, _ = invent_corpus(reports + reports // 5 + 10, _SEED)
    whole = [draft for draft in drafts if not draft.removed and not draft.pictured and not draft.garbled]
    return [print_page(_SEED, draft) for draft in whole[:reports]]


def kinds() -> tuple[Kind, ...]:
    """All ways, those included that cannot be had here."""
    office = shutil.which("soffice") is not None
    python_docx = importlib.util.find_spec("docx") is not None
    libre = "LibreOffice (soffice on the path)"
    return (
        Kind("Word, lean XML", ".docx", lambda pages: [render_docx(page) for page in pages]),
        Kind("Word, as Word itself writes", ".docx", lambda pages: [_as_word_writes(page) for page in pages]),
        Kind(
            "Word, by python-docx",
            ".docx",
            lambda pages: [_by_python_docx(page) for page in pages],
            "pip install python-docx",
            python_docx,
        ),
        Kind("Word, each laid out otherwise", ".docx", _each_otherwise, holds_pages=False),
        Kind("Word, by LibreOffice", ".docx", lambda pages: _by_libreoffice(pages, "docx"), libre, office),
        Kind("PDF, about three pages", ".pdf", lambda pages: [render_pdf(page, _THREE_PAGES) for page in pages]),
        Kind("PDF, by LibreOffice", ".pdf", lambda pages: _by_libreoffice(pages, "pdf"), libre, office),
        Kind("web page, plain", ".html", lambda pages: [render_html(page) for page in pages]),
        Kind("web page, by LibreOffice", ".html", lambda pages: _by_libreoffice(pages, "html"), libre, office),
        Kind("text", ".txt", lambda pages: [render_text(page) for page in pages]),
    )


_THREE_PAGES = PdfLayout(size=14, cell_size=9)


def write_files(kind: Kind, pages: list[Page], folder: Path) -> list[Path]:
    """The reports as files of one kind in a folder of their own."""
    folder.mkdir(parents=True)
    places = [folder / f"{number:04}{kind.suffix}" for number in range(len(pages))]
    for place, data in zip(places, kind.write(pages), strict=True):
        place.write_bytes(data)
    return places


def _each_otherwise(pages: list[Page]) -> list[bytes]:
    """As many other reports, of many layouts and wordings, some cells blank: hardly one form is like another."""
    layouts = list(KINDS["docx"].layouts)
    return [generate(n, "docx", layouts[n % len(layouts)], "none").data for n in range(len(pages))]


def _by_libreoffice(pages: list[Page], target: str) -> list[bytes]:
    from tests.generator.office import convert

    return convert([(".docx", render_docx(page)) for page in pages], target)


def _by_python_docx(page: Page) -> bytes:
    import docx

    document = docx.Document()
    for block in page.blocks:
        if isinstance(block, Text):
            document.add_paragraph(block.text)
        elif isinstance(block, Grid):
            table = document.add_table(block.rows, len(block.widths), "Table Grid")
            squares = table._cells  # the public way to a cell goes through all of them each time
            width = len(block.widths)
            for cell in block.cells:
                first = squares[cell.row * width + cell.column]
                if cell.row_span > 1 or cell.column_span > 1:
                    first = first.merge(
                        squares[(cell.row + cell.row_span - 1) * width + cell.column + cell.column_span - 1]
                    )
                first.text = cell.text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


_REVISION = 'w:rsidR="00A77B3E" w:rsidRPr="00D52C1A" w:rsidRDefault="00A77B3E" w:rsidP="00A77B3E"'
_FONT = (
    '<w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:cs="Times New Roman"'
    ' w:hint="eastAsia"/><w:color w:val="000000"/><w:kern w:val="0"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
)
_PARAGRAPH = (
    '<w:pPr><w:keepNext w:val="0"/><w:keepLines w:val="0"/><w:widowControl/><w:suppressLineNumbers w:val="0"/>'
    '<w:kinsoku/><w:wordWrap/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:beforeAutospacing="0" w:after="0"'
    ' w:afterAutospacing="0" w:line="560" w:lineRule="exact"/><w:ind w:left="0" w:right="0"/><w:jc w:val="{align}"/>'
    "{font}</w:pPr>"
)
_SIDES = "".join(
    f'<w:{side} w:val="single" w:color="000000" w:sz="4" w:space="0"/>' for side in ("top", "left", "bottom", "right")
)
_CELL = f'<w:tcW w:w="900" w:type="dxa"/>{{kept}}<w:tcBorders>{_SIDES}</w:tcBorders><w:vAlign w:val="center"/>'


def _as_word_writes(page: Page) -> bytes:
    """Word's own way: fonts at every run, runs broken where the script changes, marks of revision and spelling."""
    body = ""
    for block in page.blocks:
        if isinstance(block, Text):
            body += _wordy_paragraph(block.text, 32, "both")
        elif isinstance(block, Grid):
            body += table_of(block, "".join(_wordy_row(block, row) for row in range(block.rows)))
    buffer = io.BytesIO(package(body, page.title, page.mark))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/styles.xml", _STYLES)
        archive.writestr("word/settings.xml", _SETTINGS)
    return buffer.getvalue()


def _wordy_paragraph(text: str, size: int, align: str) -> str:
    font = _FONT.format(size=size)
    runs = "".join(
        f'<w:proofErr w:type="gramStart"/><w:r w:rsidRPr="00D52C1A">{font}'
        f'<w:t xml:space="preserve">{escape(part)}</w:t></w:r><w:proofErr w:type="gramEnd"/>'
        for part in re.findall(r"[0-9]+|[^0-9]+", text.replace("\n", ""))
    )
    mark = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
    return f"<w:p {_REVISION}>{_PARAGRAPH.format(align=align, font=font)}{mark}{runs}</w:p>"


def _wordy_row(grid: Grid, row: int) -> str:
    covered = grid.covered(row)
    xml, column = "", 0
    while column < len(grid.widths):
        cell = covered[column]
        made = cell_xml(cell, continued=cell.row < row, content=_wordy_paragraph(cell.text, 18, "center"))
        empty = f"<w:p {_REVISION}>{_PARAGRAPH.format(align='center', font=_FONT.format(size=18))}</w:p>"
        xml += re.sub("<w:tcPr>(.*?)</w:tcPr>", _with_borders, made).replace("<w:p/>", empty)
        column += cell.column_span
    return f'<w:tr {_REVISION}><w:trPr><w:trHeight w:val="454"/><w:jc w:val="center"/></w:trPr>{xml}</w:tr>'


def _with_borders(found: re.Match[str]) -> str:
    return f"<w:tcPr>{_CELL.format(kept=found[1])}</w:tcPr>"


_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STYLES = f"<w:styles {_WORD}>" + "".join(
    f'<w:style w:type="paragraph" w:styleId="a{number}"><w:name w:val="样式{number}"/><w:basedOn w:val="a"/>'
    f'<w:uiPriority w:val="99"/><w:pPr><w:jc w:val="left"/></w:pPr>{_FONT.format(size=21)}</w:style>'
    for number in range(120)
)
_STYLES += "</w:styles>"
_SETTINGS = (
    f"<w:settings {_WORD}><w:rsids>"
    + "".join(f'<w:rsid w:val="00{number:06X}"/>' for number in range(400))
    + "</w:rsids></w:settings>"
)
