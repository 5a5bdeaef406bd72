"""Where a figure stands in the file that was read: a page pictured with the figure framed, or its table or line."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loaders.document import Cell, Document, Paragraph, ReadingError, Table
from loaders.page_pictures import pages_of
from loaders.reading import archive, read
from loaders.reading.ofd.reader import ofd_layouts
from loaders.reading.pictured import Pasted, pictures_of
from loaders.reading.sniff import sniff
from loaders.reading.web.html import html_layouts
from pages.shared.drawn_page import drawn
from pages.shared.language import _

if TYPE_CHECKING:
    from PIL.Image import Image as PILImage

    from loaders.reading.printed.page_model import PageLayout

_LAYOUTS = {"ofd": ofd_layouts, "html": html_layouts}
"""Kinds of files that hold pages, but are no pictures: what stands where on each."""

SCALE = 2.0
"""Pixels a point: sharp enough to read a table on a page of A4."""
FRAME = (204, 62, 130)
MARGIN = 3.0
LINES_AROUND = 6
PDFIUM = threading.Lock()
"""PDFium must not be called from two visitors' threads at once."""


@dataclass(frozen=True)
class Original:
    """What can be shown: a picture (PNG, or SVG as text) of a page, or HTML; else `missing` says why not.

    `page` counts the pictures of the file where `is_pasted`.
    """

    picture: bytes | str | None = None
    page: int | None = None
    is_pasted: bool = False
    html: str = ""
    missing: str = ""


@dataclass(frozen=True)
class Source:
    """The file that was read, or a member of an archive."""

    file: Path
    member: str = ""

    @property
    def name(self) -> str:
        """The name under which it is handed out."""
        return Path(self.member or self.file).name

    def read(self) -> bytes:
        """What is in it. Raises `ReadingError` and `OSError`."""
        data = self.file.read_bytes()
        if not self.member:
            return data
        for each in archive.members(data):
            if each.path == self.member and each.problem is None:
                return each.data
        raise ReadingError("damaged", f"{self.file.name}: {self.member}")

    def page(self, number: int) -> Source:
        """The picture of a page, where the pages of a report are pictures of which this is the first."""
        if self.member:
            inside = pages_of(self.member, [each.path for each in archive.members(self.file.read_bytes())])
            return replace(self, member=inside[number - 1]) if number <= len(inside) else self
        beside = pages_of(self.file.name, [each.name for each in self.file.parent.iterdir()])
        return replace(self, file=self.file.with_name(beside[number - 1])) if number <= len(beside) else self


def find(root: str, path: str) -> Source | None:
    """The file that was read, or the archive it was in, if it is still there."""
    place = Path(root) / path
    for file in (place, *place.parents):
        if file.is_file():
            return Source(file, place.relative_to(file).as_posix() if file != place else "")
        if file == Path(root):
            break
    return None


def show_place(source: Source, where: dict[str, Any]) -> Original:
    """The original around a place of `cells.where`."""
    try:
        data = source.read()
        if where.get("page") is None:
            return _around(read(data, source.name), where)
        if where.get("paragraph") or where.get("table"):
            return _pasted(pictures_of(data, source.name), where)
        if data.startswith(b"%PDF"):
            return _page(data, where)
        layouts_of = _LAYOUTS.get(sniff(data, source.name))
        if layouts_of is not None:
            return _drawn(layouts_of(data), where)
        return _picture(source.page(int(where["page"])).read(), where)
    except (ReadingError, OSError) as error:
        return Original(missing=str(error))


def _page(data: bytes, where: dict[str, Any]) -> Original:
    """A page of a PDF."""
    import pypdfium2  # type: ignore[import-untyped]

    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            number = min(max(int(where["page"]), 1), len(document))
            picture = document[number - 1].render(scale=SCALE).to_pil().convert("RGB")
        finally:
            document.close()
    return Original(_framed(picture, where.get("box"), SCALE), number)


def _drawn(pages: Sequence[PageLayout], where: dict[str, Any]) -> Original:
    """A page that stands in the file as places of words and lines."""
    number = int(where["page"])
    if not 1 <= number <= len(pages):
        return Original()
    return Original(drawn(pages[number - 1], where.get("box")), number)


def _pasted(pictures: list[Pasted], where: dict[str, Any]) -> Original:
    """A picture in a Word file."""
    number = int(where["page"])
    return (
        replace(_picture(pictures[number - 1].data, where), is_pasted=True) if number <= len(pictures) else Original()
    )


def _picture(data: bytes, where: dict[str, Any]) -> Original:
    """The part of a picture around the place; the boxes of pictures are in their own pixels."""
    from PIL import Image

    opened = Image.open(io.BytesIO(data))
    if 1 < int(where["page"]) <= getattr(opened, "n_frames", 1):
        opened.seek(int(where["page"]) - 1)
    picture = opened.convert("RGB")
    box = where.get("box")
    top = max(0, int(box[1]) - picture.width // 2) if box else 0
    part = picture.crop((0, top, picture.width, min(picture.height, top + picture.width)))
    moved = [box[0], box[1] - top, box[2], box[3] - top] if box else None
    return Original(_framed(part, moved, 1.0), int(where["page"]))


def _framed(picture: PILImage, box: Sequence[float] | None, scale: float) -> bytes:
    from PIL import ImageDraw

    if box:
        left, top, right, bottom = (side * scale for side in box)
        frame = (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)
        ImageDraw.Draw(picture).rectangle(frame, outline=FRAME, width=4)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _around(document: Document, where: dict[str, Any]) -> Original:
    for table in (block for block in document.blocks if isinstance(block, Table)):
        if where.get("table") and any(_is_here(cell, where) for cell in table.cells):
            return Original(html=_table(table, where))
    if where.get("line"):
        return Original(html=_lines(document, int(where["line"])))
    return Original()


def _is_here(cell: Cell, where: dict[str, Any]) -> bool:
    return all(getattr(cell.place, part) == where.get(part) for part in ("table", "row", "column"))


def _lines(document: Document, line: int) -> str:
    """The lines of a text file around one of them, whether they were read as text or as cells."""
    texts: dict[int, list[str]] = {}
    for block in document.blocks:
        pieces = block.cells if isinstance(block, Table) else [block] if isinstance(block, Paragraph) else []
        for piece in pieces:
            if piece.place.line is not None and abs(piece.place.line - line) <= LINES_AROUND:
                texts.setdefault(piece.place.line, []).append(piece.text)
    rows = (
        f'<div class="{"gk-here" if number == line else ""}">{number}　{escape("　".join(found))}</div>'
        for number, found in sorted(texts.items())
    )
    return f'<div class="gk-text">{"".join(rows)}</div>' if texts else ""


def _table(table: Table, where: dict[str, Any]) -> str:
    rows: dict[int, list[str]] = {}
    for cell in sorted(table.cells, key=lambda each: (each.row, each.column)):
        style = "gk-here" if _is_here(cell, where) else "gk-label"
        spans = f' rowspan="{cell.row_span}" colspan="{cell.column_span}"'
        rows.setdefault(cell.row, []).append(f'<td class="{style}"{spans}>{escape(cell.text)}</td>')
    body = "".join(f"<tr>{''.join(cells)}</tr>" for _row, cells in sorted(rows.items()))
    region = f'<div class="gk-scroll" tabindex="0" role="region" aria-label="{escape(_("原件"))}">'
    return f'{region}<table class="gk-form">{body}</table></div>'
