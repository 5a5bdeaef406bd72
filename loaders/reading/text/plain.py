"""Plain text, as saved from Word, a web page or a PDF: tables are found again where their layout survived.

Five ways of writing a table down are known, whatever program did it:
cells of a row between tabs; cells between `|`; cells between runs of spaces; one cell a line, each opened by a tab,
an empty line after each row; one cell a line, each closed by a line with `|`. One cell a line without any mark is
left as paragraphs: the form's labels tell the cells apart there.
"""

from __future__ import annotations

from collections.abc import Iterator

from loaders.document import Block, Cell, Document, Paragraph, Table
from loaders.form.figures import read_figure
from loaders.form.labels import loosened, unnumbered
from loaders.form.rows import PAGE_NUMBER
from loaders.patterns import pattern_of
from loaders.reading.text.asciidoc import read_asciidoc_table
from loaders.reading.text.blank_lines import empty_cells
from loaders.reading.text.breaks import parts_between_breaks
from loaders.reading.text.broken_rows import SECTION_HEADING, joined_rows
from loaders.reading.text.cell_a_line import (
    TabOpenedCells,
    bar_closed_cells,
    labels_of_form,
    without_gaps_between_cells,
    without_indents,
)
from loaders.reading.text.converter_marks import split_lines, without_marks
from loaders.reading.text.dashed_columns import is_dashed_rule, read_dashed_columns
from loaders.reading.text.drawn_tables import read_drawn_table
from loaders.reading.text.evenly_spaced import with_empty_cells
from loaders.reading.text.exact_columns import in_exact_columns
from loaders.reading.text.heading_marks import unmarked
from loaders.reading.text.lone_units import is_unit_of, with_units_joined
from loaders.reading.text.merged_columns import figures_apart
from loaders.reading.text.org import read_org_table
from loaders.reading.text.printed_lists import rows_of_lists
from loaders.reading.text.repeated_cells import each_cell_once
from loaders.reading.text.repeated_lines import with_repeated_cells_joined
from loaders.reading.text.run_on import parts_of_run_on
from loaders.reading.text.separated import with_tabs
from loaders.reading.text.spaced_columns import put_in_columns
from loaders.reading.text.tab_parted import has_lone_tabs, tab_parted_cells, with_labels_apart, with_rows_joined
from loaders.reading.text.text_lines import LONGEST_CELL, Line, place_at, place_on
from loaders.reading.text.wiki import read_wiki_table
from loaders.reading.text.wrapped import rejoin

_RULE = pattern_of(r"^\s*[|+:]?[\s|:+\-=─━┼├┤┌┐└┘┬┴═╔╦╗╠╬╣╚╩╝]*(?:-|=|─|━|═){2,}[\s|:+\-=─━┼├┤┌┐└┘┬┴═╔╦╗╠╬╣╚╩╝]*$")
_RULE_OR_FRAME = frozenset("[|+:-=─━┼├┤┌┐└┘┬┴╔╦╗╠╬╣╚╩╝")
"""What a line begins with that is a rule, the upper edge of a drawn table, or what is said of one before it."""
_OTHER_BARS = "｜│┃¦║"
_BARS = str.maketrans(_OTHER_BARS, "|" * len(_OTHER_BARS))
_WORD = pattern_of(r"\S+")
_PART = pattern_of(r"\S+(?:\s\S+)*")
_GAP = pattern_of(r"\s+|\|")
_WIDE_GAP = pattern_of(r"\s\s|\t")
_FEWEST_BESIDE_A_BAR = 4  # cells between spaces in a line that has a bar, so that they are a row
_LONGEST_INDICATOR = 45  # characters in front of a lone figure: labels of the old table of indicators
_TAB_AT_END = pattern_of(r"\t\r?\n")
_MOST_BLANK_ROWS, _MOST_ROWS = 12, 500
_LONGEST_WORDS = 20  # characters in a cell between spaces; sentences are longer
_LONGEST_DASH = 8  # characters; as Markdown writes those that stand for noughts
_NUMBERS, _BEHIND_NUMBERS = "12345678", ".．、"
_FIGURES_OF_ROWS = frozenset((3, 7, 10, 15))


def read_text(text: str) -> Document:
    """Read decoded text. Places are line and character, both from 1."""
    written = list(enumerate(_written_lines(with_tabs(without_marks(text))), 1))
    numbered = without_gaps_between_cells(_without_breaks_at_tabs(written) if _TAB_AT_END.search(text) else written)
    rows = _joined(numbered)
    texts = figures_apart(each_cell_once(with_repeated_cells_joined([text for _, text in rows])))
    lines = _with_units([part for (n, _), text in zip(rows, texts, strict=True) for part in _parts(text, n)])
    return Document("txt", rejoin(list(_blocks(lines))))


def _joined(numbered: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The numbered lines, each row of several joined."""
    return [(numbered[n - 1][0], joined) for n, joined in joined_rows([line for _, line in numbered])]


def _without_breaks_at_tabs(numbered: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The numbered lines of text that has tabs at their ends, where cells and rows are broken."""
    mended = with_labels_apart(with_rows_joined(numbered))
    if mended == numbered:
        return numbered
    rows = _joined(numbered)
    return rows if len(rows) < len(numbered) else mended


def _written_lines(text: str) -> list[str]:
    """The lines, their bars of one kind, and each unit at its figure."""
    if any(bar in text for bar in _OTHER_BARS):
        text = text.translate(_BARS)
    lines = split_lines(text)
    lines = without_indents(lines) if "\n\t" in text else lines
    lines = [with_units_joined(line) if " " in line else line for line in lines]
    may_lack_cells = ("  " in text or "\u3000" in text) and "\t" not in text and "|" not in text
    return with_empty_cells(lines) if may_lack_cells else lines


def _parts(line: str, number: int) -> list[Line]:
    """The line; where it holds what were many, each of them."""
    parts = rows_of_lists(line) or (parts_between_breaks(line) if "<br" in line else parts_of_run_on(line))
    return [Line(line, number)] if parts is None else [Line(text, number, start) for text, start in parts]


def _with_units(lines: list[Line]) -> list[Line]:
    """The lines, a unit alone on one joined to the figure on the one before, and a full stop to the number it ends."""
    joined: list[Line] = []
    for line in lines:
        if joined and (is_unit_of(line.text, joined[-1].text) or _ends_number(line.text, joined[-1].text)):
            joined[-1].text = joined[-1].text.rstrip() + line.text.strip()
        else:
            joined.append(line)
    return joined


def _ends_number(text: str, before: str) -> bool:
    """Whether a line is what follows the number of a label whose characters stand below one another."""
    return len(text) == 1 and text in _BEHIND_NUMBERS and len(before) == 1 and before in _NUMBERS


def _blocks(lines: list[Line]) -> Iterator[Block]:
    position = 0
    written = [line.text for line in lines]
    empty = empty_cells(written)
    bars_alone = any(text.strip() == "|" for text in written)
    tabs_alone = has_lone_tabs(written)
    tab_opened = TabOpenedCells()
    while position < len(lines):
        if tabs_alone:
            table, after = tab_parted_cells(lines, position)
            if table is not None:
                yield table
                position = after
                continue
        if not bars_alone and _opens_no_table(lines, position):
            yield from _outside_tables(lines[position], empty.get(position))
            position += 1
            continue
        marked, after = read_drawn_table(written, position)
        if marked is None:
            marked, after = read_dashed_columns(written, position)
        if marked is None:
            marked, after = read_wiki_table(written, position)
        if marked is None:
            marked, after = read_org_table(written, position)
        if marked is None:
            marked, after = read_asciidoc_table(written, position)
        if marked is not None:
            yield marked
            position = after
            continue
        for read_table in (tab_opened.table_at, bar_closed_cells, _rows_of_cells):
            table, after = read_table(lines, position)
            if table is not None:
                yield table
                position = after
                break
            if after > position:
                for line in lines[position:after]:
                    yield from _outside_tables(line, None)
                position = after
                break
        else:
            yield from _outside_tables(lines[position], empty.get(position))
            position += 1


def _opens_no_table(lines: list[Line], position: int) -> bool:
    """Whether a line is surely no part of a table: it is one word without marks, or empty in front of no row.

    That is told of most lines at once. Only a bar alone on its line, anywhere behind, may make a word a cell.
    """
    text = lines[position].text
    if "\t" in text or "|" in text:
        return False
    words = text.split(None, 1)
    if not words:
        is_above_rule = position + 1 < len(lines) and is_dashed_rule(lines[position + 1].text)
        return is_above_rule or not _another_row_follows(lines, position)
    return len(words) == 1 and words[0][0] not in _RULE_OR_FRAME


def _outside_tables(line: Line, empty_cells_before: int | None) -> Iterator[Block]:
    if empty_cells_before is not None:
        cells = [Cell("", row, 0, place=place_on(line, 0)) for row in range(empty_cells_before)]
        yield Table(cells, place_on(line, 0), aligned=False)
    text = line.text.strip()
    is_rule = len(text) > _LONGEST_DASH and _RULE.match(text)
    if text and not PAGE_NUMBER.match(text) and not is_rule:
        yield _paragraph(line)


def _paragraph(line: Line) -> Paragraph:
    """A line outside tables, without the marks that make it a heading."""
    offset = len(line.text) - len(line.text.lstrip())
    marks, text = unmarked(line.text.strip())
    return Paragraph(text, place_on(line, offset + marks))


def _rows_of_cells(lines: list[Line], start: int) -> tuple[Table | None, int]:
    """Lines that each hold a row: cells between tabs, bars or runs of spaces.

    Between spaces a label goes on in lines of its own above and below its figures; these are rows of one cell. Where so
    many lines keep no layout that they are no form, there is no table, and the line returned is the one behind them.
    """
    if not lines[start].text.strip() and not _another_row_follows(lines, start):
        return None, start
    rows: list[tuple[Line, list[tuple[str, int]]]] = []
    spaced = marked = True
    position = start
    label: list[tuple[str, int]] = []
    rest = (lines[at].text.strip() for at in range(start, len(lines)))
    first = next((text for text in rest if text and not _RULE.match(text)), "")  # a rule may underline a heading
    led_by_bar = first.startswith(("|", "+"))
    closed_by_bars = "|" in first
    while position < len(lines):
        line = lines[position]
        if _RULE.match(line.text) and (rows or _another_row_follows(lines, position)):
            position += 1
            continue
        fields = _fields(line.text, led_by_bar)
        if fields is None and not label and _label_before_figures(lines, position):
            label = [(line.text.strip().rstrip("|").strip(), len(line.text) - len(line.text.lstrip()))]
            position += 1
            continue
        if fields is None and not label and "|" in line.text and _holds_one_cell(lines, position, bool(rows)):
            fields = [(line.text.strip("| \t\u3000"), len(line.text) - len(line.text.lstrip("| \t\u3000")))]
        if fields is None and line.text.strip():
            goes_on = rows and spaced and _may_go_on(line.text)
            if not goes_on or not (_another_row_follows(lines, position) or _blank_rows_follow(lines, position)):
                break
            fields = [(line.text.strip(), len(line.text) - len(line.text.lstrip()))]
        if fields is not None:
            is_marked = "\t" in line.text.strip() or "|" in line.text
            spaced = spaced and not is_marked
            marked = marked and (is_marked or len(fields) == 1)
            closed_by_bars = closed_by_bars and line.text.rstrip().endswith("|")
            rows.append((line, label + fields))
            label = []
        elif not _another_row_follows(lines, position):
            break
        position += 1
    if not rows or (spaced and _keeps_no_layout(lines[start:position])):
        return None, position if len(rows) > _MOST_ROWS else start
    cells = [cell for row, (line, fields) in enumerate(rows) for cell in _cells(line, row, fields)]
    if spaced:
        put_in_columns(cells, [(line.text, offset) for line, fields in rows for _, offset in fields])
    if closed_by_bars and not led_by_bar:
        cells = _without_closing_bars(cells)
    cells, exact = in_exact_columns(cells) if spaced or marked else (cells, False)
    last = max((cell.row for cell in cells), default=len(rows) - 1)
    if last < len(rows) - 1:
        position = next(n for n in range(start, position) if lines[n] is rows[last + 1][0])
    return Table(cells, place_on(lines[start], 0), aligned=exact), position


def _holds_one_cell(lines: list[Line], position: int, inside: bool) -> bool:
    """Whether a line is a merged cell closed by its only bar, between or above rows: 第二十条第（一）项 |."""
    text = lines[position].text.strip()
    if not text.endswith("|") or not 0 < len(text.strip("| ")) <= LONGEST_CELL or "。" in text:
        return False
    return inside or any(
        "|" in text[:-1] for text in (line.text.strip() for line in lines[position + 1 : position + 3])
    )


def _without_closing_bars(cells: list[Cell]) -> list[Cell]:
    """`a | b |` is two cells where every row ends with a bar: nothing stands behind the last one."""
    return [cell for n, cell in enumerate(cells) if cell.text or (n + 1 < len(cells) and cells[n + 1].row == cell.row)]


def _keeps_no_layout(lines: list[Line]) -> bool:
    """Whether words mostly stand one space apart.

    Then their place on the line says nothing of columns, and what belongs together follows each other.
    """
    gaps = [gap for line in lines if not _RULE.match(line.text) for gap in _GAP.findall(line.text.strip())]
    return sum(len(gap) > 1 or gap in "\t|" for gap in gaps) < len(gaps) / 2


def _label_before_figures(lines: list[Line], position: int) -> bool:
    """Whether a line holds nothing but a label closed by a bar, and its figures stand in the next one."""
    text = lines[position].text.strip()
    if not text.endswith("|") or "|" in text.rstrip("|").strip() or not text.strip("| "):
        return False
    following = next((line.text for line in lines[position + 1 : position + 3] if line.text.strip()), "")
    fields = _fields(following) or []
    kinds = [read_figure(field).kind for field, _ in fields]
    return kinds.count("figure") >= 2 and kinds[0] != "text"


def _may_go_on(text: str) -> bool:
    """Whether a line without figures can belong to a label; a section's heading and a sentence cannot."""
    return len(text.strip()) <= LONGEST_CELL and "。" not in text and not SECTION_HEADING.match(text)


def _cells(line: Line, row: int, fields: list[tuple[str, int]]) -> list[Cell]:
    number, first = line.number, line.start + 1
    return [
        Cell(text, row, column, 1, 1, place_at(number, first + offset)) for column, (text, offset) in enumerate(fields)
    ]


def _another_row_follows(lines: list[Line], position: int) -> bool:
    """Whether only empty lines stand between here and another row of cells."""
    for line in lines[position + 1 : position + 4]:
        if line.text.strip():
            return _fields(line.text) is not None
    return False


def _blank_rows_follow(lines: list[Line], position: int) -> bool:
    """Whether rows of which nothing but their labels is there stand between here and another row of cells."""
    for line in lines[position : position + _MOST_BLANK_ROWS]:
        if _fields(line.text) is not None and _ends_in_figure(line.text):
            return True
        parts = _wide_parts(line.text)
        if not parts or loosened(unnumbered(parts[-1][0])) not in labels_of_form():
            return False
    return False


def _ends_in_figure(text: str) -> bool:
    return read_figure(text.split()[-1]).kind == "figure"


def _fields(text: str, led_by_bar: bool = True) -> list[tuple[str, int]] | None:
    """The cells of one line with their offsets, or None where the line is running text.

    `led_by_bar`: rows of the table begin with a bar, so that nothing stands in front of it; else an empty cell does.
    """
    stripped = text.strip()
    if not stripped:
        return None
    if "\t" in text and ("\t" in text.strip("\t ") or text.count("\t") > 1):
        return _split(text, "\t")
    if "|" in stripped and stripped != "|":
        bars = _split(text, "|")
        if len(bars) >= 3 or any(read_figure(field).kind == "figure" for field, _ in bars):
            framed = led_by_bar and stripped.startswith("|")
            return bars[1 : -1 if stripped.endswith("|") else None] if framed else bars
        spaced = _spaced_fields(text)  # a bar may be a misread character
        return spaced if spaced and len(spaced) >= _FEWEST_BESIDE_A_BAR else None
    if PAGE_NUMBER.match(text) and not _WIDE_GAP.search(stripped):
        return None
    return _spaced_fields(text)


def _split(text: str, mark: str) -> list[tuple[str, int]]:
    fields, offset = [], 0
    for part in text.split(mark):
        bare = part.strip()
        fields.append((bare, offset + (0 if bare == part else len(part) - len(part.lstrip()))))
        offset += len(part) + 1
    return fields


def _spaced_fields(text: str) -> list[tuple[str, int]] | None:
    """Cells between spaces: two figures at the end of a line, or three parts with wide gaps between them."""
    if len(text.split(None, 1)) < 2:
        return None
    words = [(match.group(), match.start()) for match in _WORD.finditer(text)]
    trailing = 0
    for word, _ in reversed(words):
        if read_figure(word).kind == "text":
            break
        trailing += 1
    parts = _wide_parts(text)
    if trailing >= 2 or (trailing and trailing == len(words) > 1):
        label_end = words[-trailing][1]
        apart = _wide_parts(text[:label_end]) + words[-trailing:]
        return parts if _hold_broken_figures(parts, apart) else apart
    ends_in_figure = len(parts) > 1 and read_figure(parts[-1][0]).kind == "figure"
    is_numbered = len(parts) > 2 and parts[0][0].isdecimal()
    label = (1 if is_numbered else 0) if ends_in_figure else None
    if any(len(part) > (_LONGEST_INDICATOR if n == label else _LONGEST_WORDS) for n, (part, _) in enumerate(parts)):
        return None
    return parts if len(parts) >= 3 or ends_in_figure else None


def _hold_broken_figures(parts: list[tuple[str, int]], apart: list[tuple[str, int]]) -> bool:
    """Whether parts between wide gaps are a whole row in which some figures are broken, `3 013`.

    Taken word by word (`apart`) they are too many, or as many only because a piece, `6.`, is no figure.
    """
    whole, words = _trailing_figures(parts), _trailing_figures(apart)
    if whole not in _FIGURES_OF_ROWS:
        return False
    if words in _FIGURES_OF_ROWS:
        return whole == words and parts[-whole:] != apart[-whole:]
    return whole < words < 2 * whole


def _trailing_figures(parts: list[tuple[str, int]]) -> int:
    """How many parts at the end of a line are figures, be they broken by a space."""
    kinds = [read_figure(part.replace(" ", "")).kind for part, _ in reversed(parts)]
    return next((n for n, kind in enumerate(kinds) if kind == "text"), len(kinds))


def _wide_parts(text: str) -> list[tuple[str, int]]:
    """The parts of a line between gaps of two spaces or more, each with its offset."""
    return [(match.group(), match.start()) for match in _PART.finditer(text)]
