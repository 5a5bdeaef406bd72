"""Rows in which a merged cell stands as often as it has columns: `行政许可 行政许可 12 12 12`.

So write libraries that go through a Word table column by column of its grid. Lines keep their length and what is kept
keeps its place: repetitions turn into blanks, and a tab parts cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders.form.figures import read_figure
from loaders.form.labels import bare
from loaders.form.rows import labels_of_publication
from loaders.patterns import pattern_of
from loaders.reading.text.broken_rows import SECTION_HEADING

_BETWEEN = pattern_of(r"\t| \| | ")
_MORE_THAN_NOUGHT = pattern_of("[1-9１-９]")
_WIDELY_PARTED = "     "
_WIDE_GAP = pattern_of(f"[一-龥）]{_WIDELY_PARTED} *[^ 一-龥]{{0,2}}[一-龥]")
_BLANK = pattern_of(" ")
_CHINESE = pattern_of("[一-龥]")
_SHORTEST_LABEL = pattern_of("(?:[^一-龥]*[一-龥]){2}")
_LONGEST_LABEL = 90
_SENTENCE = "。"
_FEWEST_ROWS = 3
_FEWEST_STATED = 4
_FIGURES_OF_A_ROW = (7, 15)
"""Of the table of applications and of that of litigation."""
_FIGURES_OF_LAWSUITS = 10
"""Where reconsideration has a table of its own."""
_WIDEST_GAP = 2  # lines, one of them empty, between rows of a table
_WIDEST_PART = 8  # lines, of rows whose label stands once
_MOST_COLUMNS_OF_PUBLICATION = 5


@dataclass(frozen=True, slots=True)
class _GridCell:
    text: str
    start: int
    end: int


def each_cell_once(lines: list[str]) -> list[str]:
    """The lines, every cell of such tables written once and parted from the next by a tab.

    Of a row whose labels went to pieces only the figures are told apart; where they cannot be, they are left out, but
    not among tables of nothing but noughts, of which hardly any repeats its figures.
    """
    labelled = [n for n, line in enumerate(lines) if _opens_with_a_label_twice(line)]
    if len(labelled) < _FEWEST_ROWS or sum(map(_is_laid_out, lines)) >= _FEWEST_ROWS:
        return lines
    whole = list(_whole_rows(lines, labelled))
    written = dict(_below_repeated_headers(lines)) | {n: line for n, line, _ in whole}
    sure = [n for n, _, by_header in whole if not by_header]
    marks = {"", *(_mark(lines[n]) for n in sure)}
    repeating = {"", *(_mark(lines[n]) for n in sure if _MORE_THAN_NOUGHT.search(lines[n]))}
    label_columns = max((line.count("\t") for line in written.values()), default=0) + 1 - min(_FIGURES_OF_A_ROW)
    rest = ((n, line) for n, line in enumerate(lines) if n not in written and _mark(line) in marks)
    broken = {n: cells for n, line in rest if (cells := _figures_at_the_end(line)) and not _is_plain_row(line, cells)}
    broken |= {n: cells for n, cells in _rows_with_blanks(lines).items() if n not in written}
    for width in {len(cells) for cells in broken.values()}:
        alike = _without_empty_edges({n: cells for n, cells in broken.items() if len(cells) == width})
        rows = list(alike.values())
        count = len(rows[0])
        evenly = _evenly(rows)
        begins = evenly or _begins(rows)
        certain = len(begins) == count or (len(alike) >= _FEWEST_ROWS and _repeats_figures(rows, begins))
        certain = certain or bool(evenly and _speak_for_themselves(rows))
        for n, cells in alike.items():
            if not certain and _mark(lines[n]) not in repeating:
                continue
            row = _once(lines[n], cells, begins if certain and len(begins) in _FIGURES_OF_A_ROW else [])
            written[n] = _labels_apart(row, label_columns)
    return [written.get(n, line) for n, line in enumerate(lines)]


def _is_laid_out(line: str) -> bool:
    """Whether blanks between labels put these under each other, so that they are no empty cells."""
    return _WIDELY_PARTED in line and _WIDE_GAP.search(line) is not None


def _whole_rows(lines: Sequence[str], labelled: Sequence[int]) -> Iterator[tuple[int, str, bool]]:
    """The rows of tables with as many cells in each, written, and whether it is their headers that say what repeats."""
    for table in _tables(lines, labelled):
        rows = {n: _cells(lines[n]) for n in range(table[0], min(table[-1] + _WIDEST_GAP + 1, len(lines)))}
        usual, often = Counter(len(rows[n]) for n in table).most_common(1)[0]
        if often >= _FEWEST_ROWS:
            whole = {n: cells for n, cells in rows.items() if len(cells) == usual}
            begins = _columns_of(list(whole.values()))
            columns = _under_their_headers(whole, begins)
            is_litigation = len(begins) == max(_FIGURES_OF_A_ROW) < usual
            repeats = is_litigation or _repeats_figures(list(whole.values()), begins)
            by_header = bool(_mark(lines[table[0]])) and not repeats
            if by_header and not _is_publication(whole, columns):
                continue  # repeated labels do no harm where marks part the cells
            yield from ((n, _once(lines[n], cells, columns[n]), by_header) for n, cells in whole.items())


def _below_repeated_headers(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Rows of publication whose figures repeat where the header above them has a label twice, between blanks.

    The beginning of either may stand in a line of its own, so that columns are counted from the end.
    """
    again: set[int] = set()
    for n, line in enumerate(lines):
        cells = _cells(line) if line and _SENTENCE not in line else []
        words = sum(map(_is_text, cells))
        if len(cells) > 1 and words == len(cells):
            again = set() if _mark(line) else {at - len(cells) for at in range(1, len(cells)) if not _differ(cells, at)}
        elif again and len({cell.text for cell in cells[:words]}) == 1 and not any(map(_is_text, cells[words:])):
            behind_first = [at for at in range(words + 1, len(cells)) if at - len(cells) in again]
            columns = [at for at in range(len(cells)) if at not in behind_first]
            is_row = len(columns) - words < _MOST_COLUMNS_OF_PUBLICATION - 1
            if is_row and behind_first and not any(_differ(cells, at) for at in behind_first):
                yield n, _once(line, cells, columns)


def _is_publication(rows: Mapping[int, Sequence[_GridCell]], columns: Mapping[int, Sequence[int]]) -> bool:
    """Whether rows with the labels of publication have fewer columns than cells, as their headers show."""
    return any(
        len(columns[n]) < len(cells) and bare(cells[0].text) in labels_of_publication() for n, cells in rows.items()
    )


def _columns_of(rows: Sequence[Sequence[_GridCell]]) -> Sequence[int]:
    """Where the columns of a table begin; all columns of labels count if it is as wide as that of applications.

    So its rows have their figures in the same place as those whose labels went to pieces. Figures that are as many as
    a row of the form has stand once each, whatever they are.
    """
    words = [[at for at, cell in enumerate(cells) if _is_text(cell)] for cells in rows]
    first = max(
        (found[-1] + 1 for found, cells in zip(words, rows, strict=True) if 0 < len(found) < len(cells)), default=0
    )
    if len(rows[0]) - first in _FIGURES_OF_A_ROW:
        return range(len(rows[0]))
    begins = _begins(rows)
    figures = [at for at in begins if at >= first]
    return [*range(first), *figures] if len(figures) == min(_FIGURES_OF_A_ROW) else begins


def _is_text(cell: _GridCell) -> bool:
    return read_figure(cell.text).kind == "text"


def _labels_apart(line: str, columns: int) -> str:
    """The line, its labels parted by tabs if there is one for each column of labels."""
    labels, tab, figures = line.partition("\t")
    return labels.replace(" ", "\t") + tab + figures if labels.count(" ") + 1 == columns else line


def _under_their_headers(rows: Mapping[int, Sequence[_GridCell]], begins: Sequence[int]) -> dict[int, Sequence[int]]:
    """The beginnings of each row's columns: where the header above has a label twice, the row has its figure twice.

    Only of publication, whose parts have headers of their own.
    """
    columns = dict.fromkeys(rows, begins)
    again: set[int] = set()
    for n, cells in rows.items() if len(begins) <= _MOST_COLUMNS_OF_PUBLICATION else ():
        if not all(map(_is_text, cells)):
            columns[n] = [at for at in begins if at not in again or _differ(cells, at)]
        elif len({cell.text for cell in cells}) > 1:
            again = {at for at in range(1, len(cells)) if not _differ(cells, at)}
    return columns


def _figures_at_the_end(line: str, fewest: int = _FEWEST_STATED) -> list[_GridCell]:
    """The cells behind the last word, if they are as many as a row of the form has figures."""
    if _SENTENCE in line:
        return []
    cells = _cells(line)
    words = [at for at, cell in enumerate(cells) if _is_text(cell)]
    figures = cells[words[-1] + 1 :] if words else cells
    return figures if len(figures) >= min(_FIGURES_OF_A_ROW) and _stated(figures) >= fewest else []


def _stated(cells: Sequence[_GridCell]) -> int:
    return sum(bool(cell.text) for cell in cells)


def _without_empty_edges(rows: dict[int, list[_GridCell]]) -> dict[int, list[_GridCell]]:
    """The rows without columns at their edges that are empty in all of them, if as many are left as the form has."""
    filled = [[at for at, cell in enumerate(cells) if cell.text] for cells in rows.values()]
    first, last = min(each[0] for each in filled), max(each[-1] for each in filled)
    if len(rows) < _FEWEST_ROWS or last + 1 - first not in _FIGURES_OF_A_ROW:
        return rows
    return {n: cells[first : last + 1] for n, cells in rows.items()}


def _rows_with_blanks(lines: Sequence[str]) -> dict[int, list[_GridCell]]:
    """Rows of applicants that are mostly blank, where rows with more figures show that one blank parts two cells."""
    found = {n: _figures_at_the_end(line, fewest=1) for n, line in enumerate(lines) if not _mark(line)}
    alike = {n: cells for n, cells in found.items() if len(cells) == min(_FIGURES_OF_A_ROW)}
    full = [cells for cells in alike.values() if _stated(cells) >= _FEWEST_STATED]
    return alike if len(full) >= _FEWEST_ROWS else {}


def _is_plain_row(line: str, cells: Sequence[_GridCell]) -> bool:
    """Whether there are as many figures as a row of the form has, each once.

    Between marks, empty cells in front of them belong to the label; between blanks, those behind them to a wider table.
    """
    filled = [at for at, cell in enumerate(cells) if cell.text]
    if _mark(line):
        return len(cells) - filled[0] in _FIGURES_OF_A_ROW
    return len(filled) == filled[-1] + 1 and len(filled) in (min(_FIGURES_OF_A_ROW), _FIGURES_OF_LAWSUITS)


def _begins(rows: Sequence[Sequence[_GridCell]]) -> Sequence[int]:
    """Where a new column begins: at a cell that differs from the one before in some row."""
    return [at for at in range(len(rows[0])) if not at or any(_differ(cells, at) for cells in rows)]


def _evenly(rows: Sequence[Sequence[_GridCell]]) -> Sequence[int]:
    """The beginnings of as many columns as a row of the form has, all of one width, if these rows allow it."""
    count = len(rows[0])
    for figures in _FIGURES_OF_A_ROW:
        step = count // figures
        if step * figures == count and not any(
            _differ(cells, at) for cells in rows for at in range(count) if at % step
        ):
            return range(0, count, step)
    return ()


def _speak_for_themselves(rows: Sequence[Sequence[_GridCell]]) -> bool:
    """Whether rows whose columns seem to be of one width say so: by a figure among others, or as all are noughts."""
    texts = [{cell.text for cell in cells} for cells in rows]
    return any(len(each) > 1 for each in texts) or not any(map(_MORE_THAN_NOUGHT.search, set().union(*texts)))


def _repeats_figures(rows: Sequence[Sequence[_GridCell]], begins: Sequence[int]) -> bool:
    """Whether more than noughts stand twice, which may be so by chance."""
    again = set(range(len(rows[0]))) - set(begins)
    texts = {cells[at].text for cells in rows for at in again}
    return any(_MORE_THAN_NOUGHT.search(text) and read_figure(text).kind != "text" for text in texts)


def _tables(lines: Sequence[str], labelled: Sequence[int]) -> Iterator[list[int]]:
    """Neighbouring lines, and those with nothing but rows of as many cells between them.

    A line between rows of different numbers of cells is the heading of the second table, and so is that of a section.
    """
    table = [labelled[0]]
    for n in labelled[1:]:
        gap = n - table[-1]
        parted = gap > _WIDEST_GAP and (gap > _WIDEST_PART or not _all_alike(lines[table[-1] : n + 1]))
        parted = parted or any(map(SECTION_HEADING.match, lines[table[-1] + 1 : n]))
        if parted or (gap > 1 and len(_cells(lines[n])) != len(_cells(lines[table[-1]]))):
            yield table
            table = []
        table.append(n)
    yield table


def _all_alike(lines: Sequence[str]) -> bool:
    return len({len(_cells(line)) for line in lines if line.strip()}) == 1


def _opens_with_a_label_twice(line: str) -> bool:
    start = len(line) - len(line.lstrip("| "))
    head = _SHORTEST_LABEL.match(line, start)
    if head is None or line.find(f"\t{head[0]}", start + 1) == line.find(f" {head[0]}", start + 1) == -1:
        return False
    label = _label_twice(line, start, _BETWEEN)
    if label.endswith(" ") and not _mark(line):
        return False  # blanks that part two cells widely keep their places on the page
    return len(_CHINESE.findall(label)) > 1


def _label_twice(line: str, start: int, between: re.Pattern[str]) -> str:
    """The label that stands at `start` and once more behind it; empty if there is none."""
    for gap in between.finditer(line, start + 1, start + _LONGEST_LABEL):
        label = line[start : gap.start()]
        end = gap.end() + len(label)
        again = line.startswith(label, gap.end()) and (end == len(line) or between.match(line, end))
        if again and _CHINESE.search(label) and label[0] != " ":
            return label
    return ""


def _cells(line: str) -> list[_GridCell]:
    """A cell for every column of the grid; between blanks, a label that is repeated may have blanks inside it."""
    if mark := _mark(line):
        return list(_split(line, mark))
    cells, at = [], 0
    while at <= len(line):
        label = _label_twice(line, at, _BLANK)
        while label and line.startswith(label, at) and line[at + len(label) :][:1] in ("", " "):
            cells.append(_GridCell(label, at, at + len(label)))
            at += len(label) + 1
        if not label:
            end = line.find(" ", at)
            end = len(line) if end < 0 else end
            cells.append(_GridCell(line[at:end], at, end))
            at = end + 1
    return cells


def _mark(line: str) -> str:
    """What parts the cells of a line; empty where blanks do."""
    return "\t" if "\t" in line else "|" if " | " in line else ""


def _split(line: str, mark: str) -> Iterator[_GridCell]:
    """The cells between marks; a bar before the first and one behind the last part nothing."""
    at = 1 if line.startswith("|") else 0
    for part in line[at:].removesuffix("|").split(mark):
        yield _GridCell(part.strip(), at, at + len(part))
        at += len(part) + 1


def _differ(cells: Sequence[_GridCell], at: int) -> bool:
    return cells[at].text != cells[at - 1].text


def _once(line: str, cells: Sequence[_GridCell], begins: Sequence[int]) -> str:
    """The line with the cells that begin a column, each label once; a figure of several columns stands in each."""
    mark = _mark(line) or "\t"
    kept = list(line[: cells[0].start]) + [" "] * (len(line) - cells[0].start)
    for at in begins:
        cell = cells[at]
        if cell.start:
            kept[cell.start - 1] = mark
        goes_on = at and not _differ(cells, at) and _is_text(cell)
        if not goes_on:
            kept[cell.start : cell.end] = line[cell.start : cell.end]
    if line.endswith("|"):
        kept[-1] = "|"
    return "".join(kept)
