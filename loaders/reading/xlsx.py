"""Workbooks: sheets in which the form, and sometimes the whole report, is laid out in merged cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from loaders.document import Block, Cell, Document, Place, Table
from loaders.patterns import pattern_of
from loaders.reading.beside_text import take_out_of_runs
from loaders.reading.formulas import NOT_CALCULATED, calculate_open_formulas, is_open
from loaders.reading.layout import MAX_COLUMNS, cell_place, paragraphs_of, spoken_rows
from loaders.reading.parts import Package
from loaders.reading.sheets_of_years import of_latest_year
from loaders.words import of_warnings as warn

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

_REFERENCE = pattern_of(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_RELATION_ID = pattern_of(r"\{[^}]*relationships\}id$")
_MAX_ROWS = 20_000
_DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 32), *range(50, 55), 57, 58))
_DECIMALS = {1: 0, 2: 2, 3: 0, 4: 2, 9: 0, 10: 2, 37: 0, 38: 0, 39: 2, 40: 2}
_QUOTED = pattern_of(r'"[^"]*"|\[[^\]]*\]|\\.')
_WORDS = pattern_of("[\u4e00-\u9fff]")
_YES = ("1", "true")
_IN_THOUSANDS = pattern_of(r"(?<=[0#?])(,+)(?![0#?])")
_MOVED_POINT = pattern_of(r"0[!\\]\.(0+)")
"""A point that is only printed: `0!.0,` shows thousands as 万."""


@dataclass(slots=True)
class _Format:
    """How a number is printed: its decimals (None: as many as it has), as percentage, as date, in larger units."""

    decimals: int | None = None
    percent: bool = False
    date: bool = False
    unit: int = 1


@dataclass(slots=True)
class _Sheet:
    """Texts and merged areas of a sheet, rows and columns from 1, without the columns that are hidden.

    Hidden rows are kept where their words say what they are, and no visible row has the same.
    """

    number: int
    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def row(self, row: int) -> dict[int, str]:
        """The texts that stand in a row."""
        return self.texts.get(row, {})

    def reaches_into(self, row: int) -> bool:
        """Whether a merged area that began further up covers part of this row."""
        return any(r == row and origin[0] < row for (r, _), origin in self.covered.items())


def read_xlsx(data: bytes, hidden: Collection[str] = ()) -> Document:
    """The Document in a workbook, without the sheets whose names are known to be hidden.

    Raises `ReadingError` and the errors of `zipfile`.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        package = Package(archive)
        book = package.xml(package.main_part("xl/workbook.xml"))
        strings = _shared_strings(package)
        formats = _formats(package)
        knows_results = all(each.get("fullCalcOnLoad") not in ("1", "true") for each in book.iter("{*}calcPr"))
        names: list[str] = []
        sheets: list[_Sheet] = []
        for number, (name, part) in enumerate(_sheet_parts(package, book, hidden), 1):
            if package.has(part):
                root = package.xml(part)
                if calculate_open_formulas(root, knows_results, strings):
                    package.warnings.append(warn.OPEN_FORMULAS.zh)
                names.append(name)
                sheets.append(_read_sheet(root, number, strings, formats))
        latest = of_latest_year(names, [sheet.texts for sheet in sheets])
        if len(latest) < len(sheets):
            package.warnings.append(warn.SHEETS_OF_EARLIER_YEARS.zh)
        blocks = [block for n in latest for block in _blocks(sheets[n])]
        return Document("xlsx", blocks, metadata=package.properties(), warnings=list(dict.fromkeys(package.warnings)))


def _sheet_parts(package: Package, book: Element, hidden: Collection[str]) -> list[tuple[str, str]]:
    """The names and parts of the sheets that can be seen, in the order of their tabs."""
    targets = {r.get("Id"): package.resolve(r.get("Target", "")) for r in package.relationships(package.main)}
    parts = []
    for sheet in book.iter("{*}sheet"):
        relation = next((value for name, value in sheet.attrib.items() if _RELATION_ID.search(name)), "")
        is_shown = sheet.get("state", "visible") == "visible" and sheet.get("name") not in hidden
        if is_shown and relation in targets:
            parts.append((sheet.get("name", ""), targets[relation]))
    return parts


def _shared_strings(package: Package) -> list[str]:
    part = package.target_of("sharedStrings")
    if part is None:
        return []
    return [_rich_text(item) for item in package.xml(part).iter("{*}si")]


def _rich_text(item: Element) -> str:
    """All runs of a text, without the readings printed above it, struck runs and marks of notes."""
    if item.find("{*}r/{*}rPr") is not None:
        take_out_of_runs(item.iterchildren("{*}r"), lambda run: run.findtext("{*}t") or "", _is_struck, _is_raised)
    return "".join(
        element.text or "" for element in item.iter("{*}t") if not element.getparent().tag.endswith("}rPh")
    ).replace("_x000D_", "")


def _is_struck(run: Element) -> bool:
    strike = run.find("{*}rPr/{*}strike")
    return strike is not None and strike.get("val", "1") not in ("0", "false")


def _is_raised(run: Element) -> bool:
    raised = run.find("{*}rPr/{*}vertAlign")
    return raised is not None and raised.get("val") == "superscript"


def _formats(package: Package) -> list[_Format]:
    part = package.target_of("styles")
    if part is None:
        return []
    root = package.xml(part)
    codes = {_whole(each.get("numFmtId"), 0): each.get("formatCode", "") for each in root.iter("{*}numFmt")}
    cell_formats = root.find("{*}cellXfs")
    if cell_formats is None:
        return []
    return [_format(_whole(each.get("numFmtId"), 0), codes) for each in cell_formats]


def _format(number: int, codes: dict[int, str]) -> _Format:
    code = codes.get(number)
    if code is None:
        return _Format(_DECIMALS.get(number), number in (9, 10), number in _DATE_FORMATS)
    plain = _QUOTED.sub("", code.split(";")[0])
    if re.search(r"[yd年日]", plain, re.I):
        return _Format(date=True)
    decimals = re.search(r"\.(0+)(?![#?])", plain)
    thousands, moved = _IN_THOUSANDS.search(plain), _MOVED_POINT.search(code)
    unit = 1000 ** len(thousands[1] if thousands else "") * 10 ** len(moved[1] if moved else "")
    return _Format(None if unit > 1 or not decimals else len(decimals[1]), "%" in plain, unit=unit)


def _read_sheet(root: Element, number: int, strings: list[str], formats: list[_Format]) -> _Sheet:
    sheet = _Sheet(number)
    row_number = 0
    hidden: set[int] = set()
    for row in root.iter("{*}row"):
        row_number = _whole(row.get("r"), row_number + 1)
        if row.get("hidden") in _YES:
            hidden.add(row_number)
        column = 0
        for cell in row:
            found = _REFERENCE.match(cell.get("r") or "")
            column = _column_number(found[1]) if found else column + 1
            if column > MAX_COLUMNS:
                break
            text = _cell_text(cell, strings, formats).replace("\r", "")
            if text.strip():
                sheet.texts.setdefault(row_number, {})[column] = text
        if len(sheet.texts) > _MAX_ROWS:
            break
    last = max(sheet.texts, default=0)
    for merge in root.iter("{*}mergeCell"):
        _note_merge(sheet, merge.get("ref") or "", last)
    _leave_out(sheet, _hidden_columns(root))
    if hidden:
        _leave_out_repeated(sheet, hidden)
    return sheet


def _leave_out_repeated(sheet: _Sheet, hidden: set[int]) -> None:
    """Takes out hidden rows whose words all stand in visible ones, too: an older copy, or somebody's sums."""
    shown = {text.strip() for row, texts in sheet.texts.items() if row not in hidden for text in texts.values()}
    for row in hidden.intersection(sheet.texts):
        if all(text.strip() in shown for text in sheet.texts[row].values() if _WORDS.search(text)):
            del sheet.texts[row]


def _hidden_columns(root: Element) -> set[int]:
    hidden: set[int] = set()
    for each in root.iter("{*}col"):
        if each.get("hidden") in _YES:
            hidden.update(range(_whole(each.get("min"), 1), min(_whole(each.get("max"), 0), MAX_COLUMNS) + 1))
    return hidden


def _leave_out(sheet: _Sheet, hidden: set[int]) -> None:
    """Takes texts out that stand in hidden columns alone."""
    for row, texts in sheet.texts.items() if hidden else ():
        for column in hidden.intersection(texts):
            _, width = sheet.merges.get((row, column), (1, 1))
            if hidden.issuperset(range(column, column + width)):
                del texts[column]


def _note_merge(sheet: _Sheet, reference: str, last_row: int) -> None:
    corners = _REFERENCE.findall(reference)
    if len(corners) != 2:
        return
    (left, top), (right, bottom) = ((_column_number(c), int(r)) for c, r in corners)
    right, bottom = min(right, MAX_COLUMNS), min(bottom, last_row)
    if (top, left) in sheet.covered or bottom < top or right < left:
        return
    sheet.merges[top, left] = (bottom - top + 1, right - left + 1)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if (row, column) != (top, left):
                sheet.covered[row, column] = (top, left)
                sheet.row(row).pop(column, None)  # what a merge covers is not shown


def _cell_text(cell: Element, strings: list[str], formats: list[_Format]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inside = cell.find("{*}is")
        return "" if inside is None else _rich_text(inside)
    if is_open(cell):
        return NOT_CALCULATED
    value = cell.find("{*}v")
    text = "" if value is None else value.text or ""
    if kind == "s":
        index = _whole(text, -1)
        return strings[index] if 0 <= index < len(strings) else ""
    if kind == "b":
        return "FALSE" if text == "0" else "TRUE"
    if kind in ("n", "") and text:
        style = _whole(cell.get("s"), -1)
        return _printed(text, formats[style] if 0 <= style < len(formats) else _Format())
    return text


def _printed(text: str, number_format: _Format) -> str:
    try:
        value = float(text)
    except ValueError:
        return text
    if value != value or abs(value) >= 1e15:
        return text
    if number_format.date and 0 < value < 2_958_466:
        return (datetime(1899, 12, 30) + timedelta(days=value)).strftime("%Y-%m-%d")
    value /= number_format.unit
    if number_format.percent:
        return f"{_rounded(value * 100, number_format.decimals)}%"
    return _rounded(value, number_format.decimals)


def _rounded(value: float, decimals: int | None) -> str:
    """With the decimals of the format, unless they would hide a part of the number."""
    exact = f"{value:.12g}"
    if decimals is not None:
        printed = f"{value:.{decimals}f}"
        if float(printed) == float(exact):
            return printed
    return str(int(value)) if value == int(value) else exact


def _blocks(sheet: _Sheet) -> list[Block]:
    """Regions between blank rows: text where each row is one cell, else tables with the rows that speak taken out."""
    blocks: list[Block] = []
    for region in _regions(sheet):
        alone = {
            row: next(iter(sheet.row(row).values()), "")
            for row in region
            if len(sheet.row(row)) == 1 and not sheet.reaches_into(row)
        }
        spoken = set(region) if all(len(sheet.row(row)) <= 1 for row in region) else spoken_rows(alone)
        part: list[int] = []
        for row in region:
            if row not in spoken:
                part.append(row)
                continue
            blocks += _table(sheet, part)
            part = []
            for column, text in sheet.row(row).items():
                blocks += paragraphs_of(text, cell_place(sheet.number, row, column))
        blocks += _table(sheet, part)
    return blocks


def _regions(sheet: _Sheet) -> Iterator[list[int]]:
    merged_rows = {row for row, _ in sheet.covered}
    region: list[int] = []
    for row in sorted(set(sheet.texts) | merged_rows):
        if not sheet.row(row) and not sheet.reaches_into(row):
            continue
        if region and row != region[-1] + 1:
            yield region
            region = []
        region.append(row)
    if region:
        yield region


def _table(sheet: _Sheet, rows: list[int]) -> list[Block]:
    """One table of all positions between the outermost texts and merged areas of these rows."""
    columns = [c for row in rows for c in sheet.row(row)]
    if not columns:
        return []
    chosen = set(rows)
    ends = [c + sheet.merges.get((r, c), (1, 1))[1] - 1 for r in rows for c in sheet.row(r)]
    left, right = min(columns), max(ends)
    cells = []
    for index, row in enumerate(rows):
        for column in range(left, right + 1):
            origin = sheet.covered.get((row, column))
            if origin is not None and (origin[0] in chosen or origin[0] == row):
                continue
            height, width = sheet.merges.get((row, column), (1, 1))
            place = cell_place(sheet.number, row, column)
            height = sum(1 for r in range(row, row + height) if r in chosen) or 1
            cells.append(Cell(sheet.row(row).get(column, ""), index, column - left, height, width, place))
    return [Table(cells, Place(table=sheet.number))]


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _whole(text: str | None, default: int) -> int:
    try:
        return int(text) if text else default
    except ValueError:
        return default
