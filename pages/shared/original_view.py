"""Where a figure stands in the file that was read: a page pictured with the figure framed, or its table or line."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from loaders.document import Cell, Document, Paragraph, ReadingError, Table
from loaders.reading import read

SCALE = 2.0
"""Pixels a point: sharp enough to read a table on a page of A4."""
FRAME = (204, 62, 130)
MARGIN = 3.0
LINES_AROUND = 6
PDFIUM = threading.Lock()
"""PDFium must not be called from two visitors' threads at once."""


@dataclass(frozen=True)
class Original:
    """What can be shown: a picture (PNG) of a page, or HTML; else `missing` says why not."""

    picture: bytes | None = None
    page: int | None = None
    html: str = ""
    missing: str = ""


def find(root: str, path: str) -> Path | None:
    """The file that was read, if it is still there; members of archives are not unpacked again."""
    place = Path(root) / path
    return place if place.is_file() else None


def show_place(file: Path, where: dict[str, Any]) -> Original:
    """The original around a place of `cells.where`."""
    try:
        if where.get("page") is not None:
            return _page(file, where)
        return _around(read(file.read_bytes(), file.name), where)
    except (ReadingError, OSError) as error:
        return Original(missing=str(error))


def _page(file: Path, where: dict[str, Any]) -> Original:
    import pypdfium2  # type: ignore[import-untyped]
    from PIL import ImageDraw

    with PDFIUM:
        document = pypdfium2.PdfDocument(file)
        try:
            number = min(max(int(where["page"]), 1), len(document))
            picture = document[number - 1].render(scale=SCALE).to_pil().convert("RGB")
        finally:
            document.close()
    if box := where.get("box"):
        left, top, right, bottom = (side * SCALE for side in box)
        frame = (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)
        ImageDraw.Draw(picture).rectangle(frame, outline=FRAME, width=4)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return Original(buffer.getvalue(), number)


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
    return f'<div class="gk-scroll" tabindex="0"><table class="gk-form">{body}</table></div>'
