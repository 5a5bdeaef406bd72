"""Plain text, as saved from Word, a web page or a PDF: tables are found again where their layout survived.

Five ways of writing a table down are known, whatever program did it:
cells of a row between tabs; cells between `|`; cells between runs of spaces; one cell a line, each opened by a tab,
an empty line after each row; one cell a line, each closed by a line with `|`. One cell a line without any mark is
left as paragraphs: the form's labels tell the cells apart there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.document import Block, Cell, Document, Paragraph, Place, Table
from loaders.form.figures import read_figure

_LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_CONVERTER_MARK = re.compile(r"\[bookmark: [^\]]*\]")
_MARKDOWN_RULE = re.compile(r"^[\s|:+\-=]*-{2,}[\s|:+\-=]*$")
_GAP = re.compile(r" {2,}|\u3000{2,}")
_LONGEST_CELL = 80  # characters; longer ones are sentences


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    number: int


def read_text(text: str) -> Document:
    """Read decoded text. Places are line and character, both from 1."""
    lines = [_Line(_CONVERTER_MARK.sub("", line), n) for n, line in enumerate(_LINE_BREAK.split(text), 1)]
    return Document("txt", list(_blocks(lines)))


def _blocks(lines: list[_Line]) -> Iterator[Block]:
    position = 0
    while position < len(lines):
        for read_table in (_tab_opened_cells, _bar_closed_cells, _rows_of_cells):
            table, after = read_table(lines, position)
            if table is not None:
                yield table
                position = after
                break
        else:
            line = lines[position]
            if line.text.strip():
                yield Paragraph(line.text.strip(), _place(line, len(line.text) - len(line.text.lstrip())))
            position += 1


def _place(line: _Line, offset: int) -> Place:
    return Place(line=line.number, character=offset + 1)


def _tab_opened_cells(lines: list[_Line], start: int) -> tuple[Table | None, int]:
    """Cells that each open with a tab; lines without one go on with the cell; an empty line ends the row."""
    if not _opens_cell(lines[start].text):
        return None, start
    cells: list[Cell] = []
    row = column = opened = 0
    position = start
    while position < len(lines):
        line = lines[position]
        if _opens_cell(line.text):
            cells.append(Cell(line.text[1:].strip(), row, column, place=_place(line, 1)))
            column += 1
            opened += 1
        elif not line.text.strip():
            if not _row_follows(lines, position):
                break
            row, column = (row + 1, 0) if column else (row, column)
        elif column and len(line.text) <= _LONGEST_CELL and "\t" not in line.text:
            cells[-1].text += "\n" + line.text.strip()
        else:
            break
        position += 1
    if opened < 3 or any(len(cell.text) > _LONGEST_CELL for cell in cells):
        return None, start
    return Table(cells, _place(lines[start], 0), aligned=False), position


def _opens_cell(text: str) -> bool:
    return text.startswith("\t") and "\t" not in text[1:].rstrip("\t") and len(text) <= _LONGEST_CELL


def _row_follows(lines: list[_Line], position: int) -> bool:
    following = position + 1
    return following < len(lines) and _opens_cell(lines[following].text)


def _bar_closed_cells(lines: list[_Line], start: int) -> tuple[Table | None, int]:
    """Cells that are each closed by a line with nothing but `|`; rows are not marked, so each cell is a row."""
    cells: list[Cell] = []
    parts: list[_Line] = []
    position, end = start, start
    while position < len(lines):
        line = lines[position]
        if line.text.strip() == "|":
            text = "\n".join(part.text.strip() for part in parts)
            cells.append(Cell(text, len(cells), 0, place=_place(parts[0] if parts else line, 0)))
            parts, end = [], position + 1
        elif line.text.strip():
            parts.append(line)
            if "|" in line.text or len(line.text) > _LONGEST_CELL or len(parts) > 6:
                break
        position += 1
    if len(cells) < 3 or lines[start].text.strip() == "" or position - start > 12 * (len(cells) + 1):
        return None, start
    return Table(cells, _place(lines[start], 0), aligned=False), end


def _rows_of_cells(lines: list[_Line], start: int) -> tuple[Table | None, int]:
    """Lines that each hold a row: cells between tabs, bars or runs of spaces."""
    cells: list[Cell] = []
    row = 0
    position = start
    while position < len(lines):
        line = lines[position]
        if _MARKDOWN_RULE.match(line.text) and "|" in line.text:
            position += 1
            continue
        fields = _fields(line.text)
        if fields is None:
            if line.text.strip() or not _another_row_follows(lines, position):
                break
        else:
            cells.extend(
                Cell(text, row, column, place=_place(line, offset)) for column, (text, offset) in enumerate(fields)
            )
            row += 1
        position += 1
    if not cells:
        return None, start
    return Table(cells, _place(lines[start], 0), aligned=False), position


def _another_row_follows(lines: list[_Line], position: int) -> bool:
    """Whether only empty lines stand between here and another row of cells."""
    for line in lines[position + 1 : position + 4]:
        if line.text.strip():
            return _fields(line.text) is not None
    return False


def _fields(text: str) -> list[tuple[str, int]] | None:
    """The cells of one line with their offsets, or None where the line is running text."""
    stripped = text.strip()
    if not stripped:
        return None
    if "\t" in text and ("\t" in text.strip("\t ") or text.count("\t") > 1):
        return _split(text, "\t")
    if "|" in stripped and stripped != "|":
        bars = _split(text, "|")
        if len(bars) >= 3 or any(read_figure(field).kind == "figure" for field, _ in bars):
            return bars[1:] if not bars[0][0] and stripped.startswith("|") else bars
        return None
    return _spaced_fields(text)


def _split(text: str, mark: str) -> list[tuple[str, int]]:
    fields, offset = [], 0
    for part in text.split(mark):
        fields.append((part.strip(), offset + len(part) - len(part.lstrip())))
        offset += len(part) + 1
    return fields


def _spaced_fields(text: str) -> list[tuple[str, int]] | None:
    """Cells between spaces: two figures at the end of a line, or three parts with wide gaps between them."""
    words = [(match.group(), match.start()) for match in re.finditer(r"\S+", text)]
    trailing = 0
    for word, _ in reversed(words):
        if read_figure(word).kind != "figure":
            break
        trailing += 1
    if trailing >= 2 or (trailing and trailing == len(words) > 1):
        label_end = words[len(words) - trailing][1]
        labels = [(part.strip(), label_end) for part in _GAP.split(text[:label_end].strip()) if part.strip()]
        return labels + words[len(words) - trailing :]
    parts = [part for part in _GAP.split(text.strip()) if part]
    if len(parts) >= 3 and all(len(part) <= 20 for part in parts):
        return [(part, text.find(part)) for part in parts]
    return None
