"""Word files (OOXML): paragraphs, tables and pictures straight from the XML.

python-docx needs thirty times as long for the same table, which is why the elements are walked here.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any, Generic, TypeVar

from loaders.document import NOWHERE, Block, Cell, Document, Paragraph, Picture, Place, ReadingError, Table
from loaders.reading.layout import MAX_COLUMNS, DraftCell, paragraphs_of, settle, split_rows
from loaders.reading.numbering import Numbering
from loaders.reading.parts import Package, parse_xml

_W_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_SMALLEST_PICTURE = 360_000 * 2
"""Two centimetres in English Metric Units; icons and seals' edges are smaller, tables are not."""
_WORTH_TRIMMING = 40_000
"""Bytes of XML from which on leaving out looks pays."""
_MAX_DEPTH = 40
"""Tables in tables, deeper than any page layout."""

(
    _TEXT, _TAB, _BREAK, _HYPHEN, _PARAGRAPH, _NUM_ID, _LEVEL, _STYLE, _PICTURE,
    _GRID_SPAN, _V_MERGE, _H_MERGE, _GRID_BEFORE, _ROW, _CELL, _DELETED, _TABLE, _HARD,
) = range(18)  # fmt: skip

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help


class _Names:
    """The tags of one of the two namespaces, made once."""

    def __init__(self, w: str) -> None:
        def tag(name: str) -> str:
            return f"{{{w}}}{name}"

        self.body, self.table, self.row, self.cell = tag("body"), tag("tbl"), tag("tr"), tag("tc")
        self.paragraph, self.row_properties, self.run = tag("p"), tag("trPr"), tag("r")
        self.grid_before, self.deleted, self.val = tag("gridBefore"), tag("del"), tag("val")
        self.text, self.content_box, self.chunk = tag("t"), tag("txbxContent"), tag("altChunk")
        self.vanish, self.run_properties = tag("vanish"), tag("rPr")
        self.position, self.cell_properties = tag("pos"), tag("tcPr")
        self.wrappers = {tag(n) for n in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink")}
        self.left_out = {tag(n) for n in ("del", "moveFrom", "rt", "sectPr", "tblPr", "tblGrid", "footnote")}
        self.kinds: dict[str, int] = {
            self.text: _TEXT,
            "{http://schemas.openxmlformats.org/officeDocument/2006/math}t": _TEXT,
            tag("tab"): _TAB,
            tag("ptab"): _TAB,
            tag("br"): _BREAK,
            tag("cr"): _BREAK,
            tag("noBreakHyphen"): _HYPHEN,
            self.paragraph: _PARAGRAPH,
            tag("numId"): _NUM_ID,
            tag("ilvl"): _LEVEL,
            tag("pStyle"): _STYLE,
            tag("drawing"): _PICTURE,
            tag("pict"): _PICTURE,
            tag("object"): _PICTURE,
            self.table: _TABLE,
            self.content_box: _HARD,
            tag("moveFrom"): _HARD,
            tag("rt"): _HARD,
            self.vanish: _HARD,
            _ALTERNATIVES: _HARD,
        }
        self.table_kinds = self.kinds | {
            tag("gridSpan"): _GRID_SPAN,
            tag("vMerge"): _V_MERGE,
            tag("hMerge"): _H_MERGE,
            self.grid_before: _GRID_BEFORE,
            self.row: _ROW,
            self.cell: _CELL,
            self.deleted: _DELETED,
        }
        self.inline = tuple(self.kinds)
        self.in_table = tuple(self.table_kinds)


_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_NAMES = {w: _Names(w) for w in _W_NAMESPACES}
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"


def read_docx(data: bytes) -> Document:
    """The Document in a Word file. Raises `ReadingError` and the errors of `zipfile`."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        package = Package(archive)
        root = parse_xml(_without_looks(package.bytes_of(package.main_part())), package.warnings)
        names = _NAMES.get(root.tag.rpartition("}")[0].lstrip("{"))
        if names is None:
            raise ReadingError("damaged", "Word 文件的正文部分无法识别")
        body = root.find(names.body)
        reader = _Reader(names, Numbering(package, names.val))
        blocks = [] if body is None else reader.read_body(body)
        document = Document("docx", blocks, metadata=package.properties(), warnings=package.warnings)
        for number, relation in reader.chunks:
            _splice_chunk(document, package, number, relation)
    return document


def _without_looks(xml: bytes) -> bytes:
    """The main part without fonts and borders, which Word repeats for each run and cell: half of what is to parse.

    Only done where it is safe: usual prefix, no hidden text, no tracked change of looks, nothing that could hold tags
    as text.
    """
    if len(xml) < _WORTH_TRIMMING or b'xmlns:w="http://' not in xml[:4096]:
        return xml
    if b"vanish" in xml or b"PrChange" in xml or b"<!" in xml:
        return xml
    for name in (b"w:rPr", b"w:tcBorders"):
        first, *rest = xml.split(b"<" + name + b">")
        end = b"</" + name + b">"
        xml = first + b"".join([part.partition(end)[2] for part in rest])
    return xml


def _splice_chunk(document: Document, package: Package, position: int, relation: str) -> None:
    """A part in another format (usually a web page) that Word shows as if it were text."""
    from loaders.reading import read

    data = package.related(relation)
    if data:
        document.blocks[position:position] = read(data, "chunk").blocks


class _Reader:
    """Walks the body once. Simple paragraphs and cells take a flat pass over the few tags that matter."""

    def __init__(self, names: _Names, numbering: Numbering) -> None:
        self._names = names
        self._numbering = numbering
        self._paragraphs = 0
        self._tables = 0
        self.chunks: list[tuple[int, str]] = []

    def read_body(self, body: Element) -> list[Block]:
        blocks: list[Block] = []
        self._read_children(body, blocks, 0, in_cell=False)
        return blocks

    def _read_children(self, parent: Element, blocks: list[Block], depth: int, *, in_cell: bool) -> None:
        names = self._names
        for child in parent:
            tag = child.tag
            if tag == names.paragraph:
                self._paragraphs += not in_cell
                place = NOWHERE if in_cell else Place(paragraph=self._paragraphs)
                self._read_paragraph(child, blocks, place, depth)
            elif tag == names.table:
                self._read_table(child, blocks, depth)
            elif tag == _ALTERNATIVES:
                self._read_children(_chosen(child), blocks, depth + 1, in_cell=in_cell)
            elif tag in names.wrappers and depth < _MAX_DEPTH:
                self._read_children(child, blocks, depth + 1, in_cell=in_cell)
            elif tag == names.chunk:
                self.chunks.insert(0, (len(blocks), next(iter(child.attrib.values()), "")))

    # --- paragraphs ---

    def _read_paragraph(self, paragraph: Element, blocks: list[Block], place: Place, depth: int) -> None:
        lines: list[str | Block] = []
        self._collect(paragraph, lines, depth)
        for line in lines:
            if not isinstance(line, str):
                blocks.append(Picture(place) if isinstance(line, Picture) else line)
            elif line.strip():
                if "\n" in line:
                    blocks += paragraphs_of(line, place)
                else:
                    blocks.append(Paragraph(line, place))

    def _collect(self, paragraph: Element, content: list[str | Block], depth: int) -> None:
        """One paragraph's text as one string, followed by what is anchored in it."""
        kinds = self._names.kinds
        pieces: list[str] = []
        number_id = level = style = None
        pictures = 0
        for element in paragraph.iter(*self._names.inline):
            kind = kinds[element.tag]
            if kind == _TEXT:
                pieces.append(element.text or "")
            elif kind in (_HARD, _TABLE):
                self._collect_hard(paragraph, content, depth)
                return
            elif kind == _BREAK:
                pieces.append("\n")
            elif kind == _TAB:
                if element.get(self._names.position) is None:  # else it is a tab stop
                    pieces.append("\t")
            elif kind == _NUM_ID:
                number_id = element.get(self._names.val)
            elif kind == _LEVEL:
                level = element.get(self._names.val)
            elif kind == _STYLE:
                style = element.get(self._names.val)
            elif kind == _HYPHEN:
                pieces.append("-")
            elif kind == _PICTURE and _is_large_picture(element):
                pictures += 1
        text = "".join(pieces)
        if number_id or style:
            text = self._numbered(text, number_id, level, style)
        content.append(text)
        content.extend(Picture() for _ in range(pictures))

    def _numbered(self, text: str, number_id: str | None, level: str | None, style: str | None) -> str:
        """The text after its automatic number; an empty paragraph counts, but its number alone says nothing."""
        label = self._numbering.label(number_id, level, style)
        return label + text if text.strip() else text

    def _collect_hard(self, paragraph: Element, content: list[str | Block], depth: int) -> None:
        """The same with text boxes, alternatives, moved, hidden and annotated text."""
        pieces: list[str] = []
        anchored: list[Block] = []
        found: dict[int, str | None] = {}
        self._walk_runs(paragraph, pieces, anchored, found, depth)
        text = "".join(pieces)
        number_id, style = found.get(_NUM_ID), found.get(_STYLE)
        if number_id or style:
            text = self._numbered(text, number_id, found.get(_LEVEL), style)
        content.append(text)
        content.extend(anchored)

    def _walk_runs(
        self,
        parent: Element,
        pieces: list[str],
        anchored: list[Block],
        found: dict[int, str | None],
        depth: int,
    ) -> None:
        names = self._names
        if depth > _MAX_DEPTH * 4:
            return
        for child in parent:
            tag = child.tag
            kind = names.kinds.get(tag)
            if tag in names.left_out or (tag == names.run and _is_hidden(child, names)):
                continue
            if kind is None or kind in (_HARD, _PICTURE, _PARAGRAPH):
                if tag == names.content_box:
                    self._read_children(child, anchored, depth + 1, in_cell=False)
                    continue
                if kind == _PICTURE and _is_large_picture(child):
                    anchored.append(Picture())
                branch = _chosen(child) if tag == _ALTERNATIVES else child
                self._walk_runs(branch, pieces, anchored, found, depth + 1)
            elif kind == _TABLE:
                self._read_table(child, anchored, depth + 1)
            elif kind == _TEXT:
                pieces.append(child.text or "")
            elif kind == _BREAK:
                pieces.append("\n")
            elif kind == _TAB:
                if child.get(names.position) is None:
                    pieces.append("\t")
            elif kind == _HYPHEN:
                pieces.append("-")
            else:
                found[kind] = child.get(names.val)

    # --- tables ---

    def _read_table(self, table: Element, blocks: list[Block], depth: int) -> None:
        self._tables += 1
        number = self._tables
        if depth >= _MAX_DEPTH:
            blocks += paragraphs_of("".join(table.itertext(self._names.text)), Place(table=number))
            return
        rows = self._read_flat(table, number)
        if rows is None:
            blocks += settle(self._read_rich(table, depth), number)
        elif len(rows.cells) == 1:
            blocks += paragraphs_of(rows.cells[0].text, rows.cells[0].place)
        else:
            blocks += split_rows(Table(rows.cells, Place(table=number)))

    def _read_flat(self, table: Element, number: int) -> _Rows[Cell] | None:
        """Cells in one pass over the tags that matter; None where a table, box or picture stands in a cell."""
        names = self._names
        kinds, val = names.table_kinds, names.val

        def make(row: int, column: int, row_span: int, column_span: int) -> Cell:
            return Cell("", row, column, row_span, column_span, Place(table=number, row=row + 1, column=column + 1))

        rows = _Rows(make)
        pieces: list[str] = []
        span, vertical, horizontal, number_id, level, style = 1, None, None, None, None, None
        in_cell, start = False, -1
        numbered = self._numbered

        for element in table.iter(*names.in_table):
            kind = kinds[element.tag]
            if kind == _TEXT:
                pieces.append(element.text or "")
            elif kind == _PARAGRAPH:
                if number_id or style:
                    pieces[start:] = [numbered("".join(pieces[start:]), number_id, level, style)]
                    number_id = level = style = None
                if start >= 0:
                    pieces.append("\n")
                start = len(pieces)
            elif kind in (_CELL, _ROW):
                if in_cell:
                    if number_id or style:
                        pieces[start:] = [numbered("".join(pieces[start:]), number_id, level, style)]
                        number_id = level = style = None
                    placed = rows.add(span, vertical, horizontal)
                    if placed is not None:
                        placed.text = "".join(pieces).strip("\n ")
                    pieces.clear()
                    span, vertical, horizontal, start = 1, None, None, -1
                in_cell = kind == _CELL
                if not in_cell:
                    rows.start()
            elif kind == _GRID_SPAN:
                span = _span(element.get(val))
            elif kind == _V_MERGE:
                vertical = element.get(val) or "continue"
            elif kind == _TAB:
                if element.get(names.position) is None:
                    pieces.append("\t")
            elif kind == _BREAK:
                pieces.append("\n")
            elif kind == _NUM_ID:
                number_id = element.get(val)
            elif kind == _LEVEL:
                level = element.get(val)
            elif kind == _STYLE:
                style = element.get(val)
            elif kind == _GRID_BEFORE:
                rows.skip(_integer(element.get(val), 0))
            elif kind == _HYPHEN:
                pieces.append("-")
            elif kind == _H_MERGE:
                horizontal = element.get(val) or "continue"
            elif element is not table and (kind != _DELETED or element.getparent().tag == names.row_properties):
                return None
        if in_cell:
            if number_id or style:
                pieces[start:] = [numbered("".join(pieces[start:]), number_id, level, style)]
            placed = rows.add(span, vertical, horizontal)
            if placed is not None:
                placed.text = "".join(pieces).strip("\n ")
        return rows

    def _read_rich(self, table: Element, depth: int) -> list[DraftCell]:
        """The same for tables whose cells hold more than text."""
        names = self._names
        rows = _Rows(DraftCell)
        for row_element in _unwrapped(table, names.row, names):
            properties = row_element.find(names.row_properties)
            if properties is not None and properties.find(names.deleted) is not None:
                continue
            rows.start()
            before = None if properties is None else properties.find(names.grid_before)
            if before is not None:
                rows.skip(_integer(before.get(names.val), 0))
            for element in _unwrapped(row_element, names.cell, names):
                span, vertical, horizontal = _cell_spans(element, names)
                placed = rows.add(span, vertical, horizontal)
                if placed is not None:
                    placed.content = self._read_rich_cell(element, depth)
        return rows.cells

    def _read_rich_cell(self, cell: Element, depth: int) -> list[str | Block]:
        blocks: list[Block] = []
        self._read_children(cell, blocks, depth + 1, in_cell=True)
        return [block.text if isinstance(block, Paragraph) else block for block in blocks]


_C = TypeVar("_C", Cell, DraftCell)


class _Rows(Generic[_C]):
    """Places cells on the grid: spans to the right, merges downwards, columns left out at the start of a row."""

    def __init__(self, make: Callable[[int, int, int, int], _C]) -> None:
        self.cells: list[_C] = []
        self._make: Callable[[int, int, int, int], _C] = make
        self._row = -1
        self._column = 0
        self._open: dict[int, _C] = {}
        self._merged: dict[int, _C] = {}
        self._last: _C | None = None

    def start(self) -> None:
        """The next cells stand in a new row."""
        self._row += 1
        self._column = 0
        self._open, self._merged = self._merged, {}
        self._last = None

    def skip(self, columns: int) -> None:
        """The row begins this many columns further right."""
        self._column += min(max(columns, 0), MAX_COLUMNS)

    def add(self, span: int, vertical: str | None, horizontal: str | None) -> _C | None:
        """The new cell, or None where a merged neighbour covers it."""
        row, column = self._row, self._column
        self._column += span
        if horizontal == "continue" and self._last is not None:
            self._last.column_span += span
            return None
        if vertical == "continue":
            above = self._open.get(column)
            if above is not None:
                if above.row + above.row_span == row:  # once a row, however many cells lie under it
                    above.row_span += 1
                self._merged.update(dict.fromkeys(range(column, column + span), above))
                self._last = above
                return None
        cell = self._make(row, column, 1, span)
        self.cells.append(cell)
        self._last = cell
        if vertical is not None:
            self._merged.update(dict.fromkeys(range(column, column + span), cell))
        return cell


def _cell_spans(cell: Element, names: _Names) -> tuple[int, str | None, str | None]:
    """Column span, vertical merge and horizontal merge of a cell."""
    span, vertical, horizontal = 1, None, None
    for properties in cell.iterchildren(names.cell_properties):
        for element in properties:
            kind = names.table_kinds.get(element.tag)
            if kind == _GRID_SPAN:
                span = _span(element.get(names.val))
            elif kind == _V_MERGE:
                vertical = element.get(names.val) or "continue"
            elif kind == _H_MERGE:
                horizontal = element.get(names.val) or "continue"
    return span, vertical, horizontal


def _unwrapped(parent: Element, wanted: str, names: _Names) -> list[Element]:
    """Children of one tag, also those inside content controls and custom XML."""
    found: list[Element] = []
    pending = list(parent)
    if all(child.tag not in names.wrappers for child in pending):
        return [child for child in pending if child.tag == wanted]
    pending.reverse()
    while pending:
        child = pending.pop()
        if child.tag == wanted:
            found.append(child)
        elif child.tag in names.wrappers:
            pending.extend(reversed(child))
    return found


def _chosen(alternatives: Element) -> Element:
    """The first choice; the fallback repeats it for older programs."""
    choice = alternatives.find(_CHOICE)
    if choice is not None:
        return choice
    return alternatives[0] if len(alternatives) else alternatives


def _is_hidden(run: Element, names: _Names) -> bool:
    properties = run.find(names.run_properties)
    if properties is None:
        return False
    vanish = properties.find(names.vanish)
    return vanish is not None and vanish.get(names.val, "1") not in ("0", "false", "off")


def _is_large_picture(element: Element) -> bool:
    """Whether a drawing shows a picture big enough to hold a table."""
    if next(element.iter(_BLIP, _IMAGE_DATA), None) is None:
        return False
    extent = next(element.iter(_EXTENT), None)
    if extent is None:
        return True
    return min(_integer(extent.get("cx"), 0), _integer(extent.get("cy"), 0)) >= _SMALLEST_PICTURE


def _span(text: str | None) -> int:
    return min(max(_integer(text, 1), 1), MAX_COLUMNS)


def _integer(text: str | None, default: int) -> int:
    try:
        return int(text or default)
    except ValueError:
        return default
