"""Word files (OOXML): paragraphs, tables and pictures straight from the XML.

python-docx needs thirty times as long for the same table, which is why the elements are walked here.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

from loaders.document import NOWHERE, Block, Cell, Document, Paragraph, Picture, Place, ReadingError
from loaders.patterns import pattern_of
from loaders.reading.beside_text import take_out_of_runs
from loaders.reading.layout import DraftCell, cell_place, paragraphs_of, settle
from loaders.reading.parts import Package, parse_xml
from loaders.reading.pictured import read_pictures
from loaders.reading.word.docx_pieces import NotPlainError, pieces_of
from loaders.reading.word.docx_plain import blocks_of
from loaders.reading.word.docx_rows import Rows, table_blocks
from loaders.reading.word.docx_tags import (
    ALTERNATIVES,
    BREAK,
    CELL,
    DELETED,
    GRID_BEFORE,
    GRID_SPAN,
    H_MERGE,
    HARD,
    HYPHEN,
    LEVEL,
    MATH_RUN,
    MATH_TEXT,
    NAMES,
    NUM_ID,
    PARAGRAPH,
    PICTURE,
    ROW,
    STYLE,
    TAB,
    TABLE,
    TEXT,
    V_MERGE,
    Names,
    cell_spans,
    chosen,
    column_span,
    integer,
    is_contents,
    is_hidden,
    is_raised,
    is_struck,
    large_picture,
    names_in,
    unwrapped,
)
from loaders.reading.word.numbering import Numbering
from loaders.reading.word.typed import as_typed

_WORTH_TRIMMING = 120_000
"""Bytes of XML from which on leaving out looks pays."""
_MAX_DEPTH = 40
"""Tables in tables, deeper than any page layout."""

_MAY_STAND_BESIDE = pattern_of(rb':d?strike(?:/| />|>| w:val="(?:1|on|true)")|:val="superscript"')
_WRITTEN = {TAB: "\t", BREAK: "\n", HYPHEN: "-"}

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help


def read_docx(data: bytes) -> Document:
    """The Document in a Word file. Raises `ReadingError` and the errors of `zipfile`."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        package = Package(archive)
        xml = package.bytes_of(package.main_part())
        try:
            blocks = _read_plain(xml, package)
        except NotPlainError:
            return _read_tree(xml, package)
        return Document("docx", as_typed(blocks), metadata=package.properties(), warnings=package.warnings)


def _read_plain(xml: bytes, package: Package) -> list[Block]:
    pieces = pieces_of(xml)
    return blocks_of(pieces, Numbering(package, names_in(xml).val))


def _read_tree(xml: bytes, package: Package) -> Document:
    root = parse_xml(_without_looks(xml), package.warnings)
    names = NAMES.get(root.tag.rpartition("}")[0].lstrip("{"))
    if names is None:
        raise ReadingError("damaged", "Word 文件的正文部分无法识别")
    body = root.find(names.body)
    if body is not None and _MAY_STAND_BESIDE.search(xml):
        _take_out_beside_text(body, names)
    reader = _Reader(names, Numbering(package, names.val), may_hide=b"vanish" in xml)
    blocks = [] if body is None else reader.read_body(body)
    document = Document("docx", as_typed(blocks), metadata=package.properties(), warnings=package.warnings)
    for number, relation in reader.chunks:
        _splice_chunk(document, package, number, relation)
    read_pictures(document, package.related)
    return document


def _without_looks(xml: bytes) -> bytes:
    """The main part without fonts and borders, which Word repeats for each run and cell: half of what is to parse.

    Only done where it is safe: usual prefix, no hidden, struck or raised text, no tracked change of looks, nothing
    that could hold tags as text.
    """
    if len(xml) < _WORTH_TRIMMING or b'xmlns:w="http://' not in xml[:4096]:
        return xml
    if b"vanish" in xml or b"PrChange" in xml or b"<!" in xml or _MAY_STAND_BESIDE.search(xml):
        return xml
    for name in (b"w:rPr", b"w:tcBorders"):
        first, *rest = xml.split(b"<" + name + b">")
        end = b"</" + name + b">"
        xml = first + b"".join([part.partition(end)[2] for part in rest])
    return xml


def _take_out_beside_text(body: Element, names: Names) -> None:
    for paragraph in body.iter(names.paragraph):
        take_out_of_runs(
            paragraph.iter(names.run, MATH_RUN),
            lambda run: "".join(text.text or "" for text in run.iterchildren(names.text, MATH_TEXT)),
            lambda run: is_struck(run, names),
            lambda run: is_raised(run, names),
        )


def _splice_chunk(document: Document, package: Package, position: int, relation: str) -> None:
    """A part in another format (usually a web page) that Word shows as if it were text."""
    from loaders.reading import read

    data = package.related(relation)
    if data:
        document.blocks[position:position] = read(data, "chunk").blocks


class _Reader:
    """Walks the body once. Simple paragraphs and cells take a flat pass over the few tags that matter."""

    def __init__(self, names: Names, numbering: Numbering, *, may_hide: bool) -> None:
        self._names = names
        self._may_hide = may_hide  # whether runs have to be asked if they are hidden
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
            elif tag == ALTERNATIVES:
                self._read_children(chosen(child), blocks, depth + 1, in_cell=in_cell)
            elif tag in names.wrappers and depth < _MAX_DEPTH and not is_contents(child, names):
                self._read_children(child, blocks, depth + 1, in_cell=in_cell)
            elif tag == names.chunk:
                self.chunks.insert(0, (len(blocks), next(iter(child.attrib.values()), "")))

    # --- paragraphs ---

    def _read_paragraph(self, paragraph: Element, blocks: list[Block], place: Place, depth: int) -> None:
        lines: list[str | Block] = []
        self._collect(paragraph, lines, depth)
        for line in lines:
            if not isinstance(line, str):
                blocks.append(replace(line, place=place) if isinstance(line, Picture) else line)
            elif line.strip():
                if "\n" in line:
                    blocks += paragraphs_of(line, place)
                else:
                    blocks.append(Paragraph(line, place))

    def _collect(self, paragraph: Element, content: list[str | Block], depth: int) -> None:
        """One paragraph's text as one string, followed by what is anchored in it."""
        simple = self._simple_text(paragraph)
        if simple is not None:
            content.append(simple)
            return
        kinds = self._names.kinds
        pieces: list[str] = []
        number_id = level = style = None
        pictures: list[Picture] = []
        for element in paragraph.iter(*self._names.inline):
            kind = kinds[element.tag]
            if kind == TEXT:
                pieces.append(element.text or "")
            elif kind in (HARD, TABLE):
                self._collect_hard(paragraph, content, depth)
                return
            elif kind == BREAK:
                pieces.append("\n")
            elif kind == TAB:
                if element.get(self._names.position) is None:  # else it is a tab stop
                    pieces.append("\t")
            elif kind == NUM_ID:
                number_id = element.get(self._names.val)
            elif kind == LEVEL:
                level = element.get(self._names.val)
            elif kind == STYLE:
                style = element.get(self._names.val)
            elif kind == HYPHEN:
                pieces.append("-")
            elif kind == PICTURE and (picture := large_picture(element)):
                pictures.append(picture)
        text = "".join(pieces)
        if number_id or style:
            text = self._numbered(text, number_id, level, style)
        content.append(text)
        content.extend(pictures)

    def _simple_text(self, paragraph: Element) -> str | None:
        """The text of a paragraph that is nothing but runs of text, as most are; None for any other."""
        names = self._names
        kinds, val = names.kinds, names.val
        pieces: list[str] = []
        number_id = level = style = None
        for child in paragraph:
            tag = child.tag
            if tag == names.run:
                for part in child:
                    kind = kinds.get(part.tag)
                    if kind == TEXT:
                        pieces.append(part.text or "")
                    elif kind is None:
                        if len(part) and (self._may_hide or part.tag != names.run_properties):
                            return None
                    elif kind in (TAB, BREAK, HYPHEN):
                        pieces.append(_WRITTEN[kind])
                    else:
                        return None
            elif tag == names.paragraph_properties:
                for part in child.iterchildren(names.number_properties, names.style):
                    if part.tag == names.style:
                        style = part.get(val)
                    for number in part:
                        if kinds.get(number.tag) == NUM_ID:
                            number_id = number.get(val)
                        elif kinds.get(number.tag) == LEVEL:
                            level = number.get(val)
            elif len(child):
                return None
        text = "".join(pieces)
        return self._numbered(text, number_id, level, style) if number_id or style else text

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
        number_id, style = found.get(NUM_ID), found.get(STYLE)
        if number_id or style:
            text = self._numbered(text, number_id, found.get(LEVEL), style)
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
            if tag in names.left_out or (tag == names.run and is_hidden(child, names)):
                continue
            if tag == names.hyperlink and is_contents(child, names):
                continue
            if kind is None or kind in (HARD, PICTURE, PARAGRAPH):
                if tag == names.content_box:
                    self._read_children(child, anchored, depth + 1, in_cell=False)
                    continue
                if kind == PICTURE and (picture := large_picture(child)):
                    anchored.append(picture)
                branch = chosen(child) if tag == ALTERNATIVES else child
                self._walk_runs(branch, pieces, anchored, found, depth + 1)
            elif kind == TABLE:
                self._read_table(child, anchored, depth + 1)
            elif kind == TEXT:
                pieces.append(child.text or "")
            elif kind == BREAK:
                pieces.append("\n")
            elif kind == TAB:
                if child.get(names.position) is None:
                    pieces.append("\t")
            elif kind == HYPHEN:
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
        before = self._numbering.state()
        rows = self._read_flat(table, number)
        if rows is None:
            self._numbering.go_back(before)
            blocks += settle(self._read_rich(table, depth), number)
        else:
            blocks += table_blocks(rows.cells, number)

    def _read_flat(self, table: Element, number: int) -> Rows[Cell] | None:
        """Cells in one pass over the tags that matter; None where a table, box or picture stands in a cell."""
        names = self._names
        kinds, val = names.table_kinds, names.val

        def make(row: int, column: int, row_span: int, column_span: int) -> Cell:
            return Cell("", row, column, row_span, column_span, cell_place(number, row + 1, column + 1))

        rows = Rows(make)
        pieces: list[str] = []
        span, vertical, horizontal, number_id, level, style = 1, None, None, None, None, None
        in_cell, start = False, -1
        numbered = self._numbered

        for element in table.iter(*names.in_table):
            kind = kinds[element.tag]
            if kind == TEXT:
                pieces.append(element.text or "")
            elif kind == PARAGRAPH:
                if number_id or style:
                    pieces[start:] = [numbered("".join(pieces[start:]), number_id, level, style)]
                    number_id = level = style = None
                if start >= 0:
                    pieces.append("\n")
                start = len(pieces)
            elif kind in (CELL, ROW):
                if in_cell:
                    if number_id or style:
                        pieces[start:] = [numbered("".join(pieces[start:]), number_id, level, style)]
                        number_id = level = style = None
                    placed = rows.add(span, vertical, horizontal)
                    if placed is not None:
                        placed.text = "".join(pieces).strip("\n ")
                    pieces.clear()
                    span, vertical, horizontal, start = 1, None, None, -1
                in_cell = kind == CELL
                if not in_cell:
                    rows.start()
            elif kind == GRID_SPAN:
                span = column_span(element.get(val))
            elif kind == V_MERGE:
                vertical = element.get(val) or "continue"
            elif kind == TAB:
                if element.get(names.position) is None:
                    pieces.append("\t")
            elif kind == BREAK:
                pieces.append("\n")
            elif kind == NUM_ID:
                number_id = element.get(val)
            elif kind == LEVEL:
                level = element.get(val)
            elif kind == STYLE:
                style = element.get(val)
            elif kind == GRID_BEFORE:
                rows.skip(integer(element.get(val), 0))
            elif kind == HYPHEN:
                pieces.append("-")
            elif kind == H_MERGE:
                horizontal = element.get(val) or "continue"
            elif element is not table and (kind != DELETED or element.getparent().tag == names.row_properties):
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
        rows = Rows(DraftCell)
        for row_element in unwrapped(table, names.row, names):
            properties = row_element.find(names.row_properties)
            if properties is not None and properties.find(names.deleted) is not None:
                continue
            rows.start()
            before = None if properties is None else properties.find(names.grid_before)
            if before is not None:
                rows.skip(integer(before.get(names.val), 0))
            for element in unwrapped(row_element, names.cell, names):
                span, vertical, horizontal = cell_spans(element, names)
                placed = rows.add(span, vertical, horizontal)
                if placed is not None:
                    placed.content = self._read_rich_cell(element, depth)
        return rows.cells

    def _read_rich_cell(self, cell: Element, depth: int) -> list[str | Block]:
        blocks: list[Block] = []
        self._read_children(cell, blocks, depth + 1, in_cell=True)
        return [block.text if isinstance(block, Paragraph) else block for block in blocks]
