"""Figures with the labels that stand in front of them: a row of a table, or the lines of a label and its figures."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

from loaders.document import Picture
from loaders.form.editions import editions
from loaders.form.figures import TEXT, is_broken
from loaders.form.labels import bare, unnumbered
from loaders.form.numbering import figures_behind_numbering
from loaders.form.rows import APPLICANTS, LONGEST_LABEL, PhysicalRow, RowCell
from loaders.patterns import pattern_of

MOST_LABELS = 24  # a label may be cut into so many lines, its group and the table's header above it included
_MOST_LINES_BELOW = 4
_MOST_LINES_OF_ROWS = 12  # the applications have 25 rows
_NUMERALS = frozenset("一二三四五六七八九十123456789")
_OF_RESULTS = pattern_of("维持|纠正|审结")
_FIGURES_OF_ONE_CELL = 2
_MOST_IN_A_ROW = 15  # figures, those of litigation
_NUMBERED_WORDS = pattern_of(r"\s*[1-8]\s*[.．、]\s*[一-龥]")


@dataclass(slots=True)
class Record:
    """Figures that stand together, and the label texts since the figures before.

    `figures` are the cells after the last label, blank ones included. `own_labels` counts how many of `labels`
    stand in the same row as the figures.
    """

    labels: list[str]
    own_labels: int
    figures: list[RowCell]
    block: int
    index: int
    tabular: bool
    row: list[RowCell] = field(default_factory=list)
    aligned: bool = False
    pieced: bool = False
    """Whether a line of figures without label was added to a line of figures; it may be a row that lost its label."""
    after: list[str] = field(default_factory=list)
    """Label texts right below, before the next figures: a label may go on beneath its figures."""
    _numbers: tuple[list[RowCell], int, list[RowCell]] | None = field(default=None, init=False, repr=False)

    @property
    def numbers(self) -> list[RowCell]:
        """The cells that hold a figure, without the blank ones."""
        known = self._numbers  # asked for hundreds of times a report; the figures may be others by then, or more
        if known is None or known[0] is not self.figures or known[1] != len(self.figures):
            found = [each for each in self.figures if each.reading.kind == "figure"]
            known = self._numbers = self.figures, len(self.figures), found
        return known[2]

    @property
    def begun(self) -> list[RowCell]:
        """The cells that hold a figure, or the beginning of one that goes on below."""
        return [each for each in self.figures if each.reading.kind == "figure" or is_broken(each.reading)]

    def up_to(self, column: int) -> Record:
        """The record without the cells right of a column of the page."""
        figures = [each for each in self.figures if each.cell.column <= column]
        return replace(self, figures=figures, row=[each for each in self.row if each.cell.column <= column])

    def behind(self, column: int) -> Record:
        """The record without cells left of a column of the page among its figures."""
        return replace(self, figures=[each for each in self.figures if each.cell.column >= column])

    def first_figures(self, count: int) -> Record:
        """The record without cells behind so many of its figures."""
        beyond = set(map(id, self.figures[count:]))
        return replace(self, figures=self.figures[:count], row=[each for each in self.row if id(each) not in beyond])

    def figures_behind(self, label: str) -> Record:
        """The record with all cells behind its label as figures, illegible ones too, once the label is known."""
        texts = (
            n
            for n in range(len(self.row) - 1, -1, -1)
            if self.row[n].reading.kind == "text" and _is_label(self.row[n].cell.text, label)
        )
        last = next(texts, None)
        if not self.tabular or last is None or len(self.row) == 1:
            return self
        if last + 1 < len(self.row) and _NUMBERED_WORDS.match(self.row[last + 1].cell.text):
            last += 1  # that of its group is broken over lines, and was taken for the beginning of the label
        if last + 1 == len(self.row) - len(self.figures):
            return self
        return replace(self, figures=self.row[last + 1 :])


def records(rows: list[PhysicalRow | Picture]) -> list[Record]:
    """Gather figures with the labels in front of them.

    In a table a record is a row. Where a file has one cell a line, figures follow their label line by line, and the
    next label closes the record. A sentence is no label: it clears what was pending.
    """
    found: list[Record] = []
    pending: list[str] = []
    open_record: Record | None = None
    last_with_figures: Record | None = None
    for row in rows:
        if isinstance(row, Picture):
            pending, open_record = [], None
            continue
        kinds = [each.reading.kind for each in row.cells]
        behind_labels = len(kinds)
        while behind_labels and kinds[behind_labels - 1] != "text":
            behind_labels -= 1
        labels = [row.cells[n].cell.text for n in range(behind_labels) if kinds[n] == "text"]
        figures = row.cells[behind_labels:]
        if any(len(label) > LONGEST_LABEL and "。" in label for label in labels):
            pending, open_record = [], None
            continue
        has_figure = "figure" in kinds
        if labels:
            open_record = None
            pending.extend(labels)
            if not has_figure and last_with_figures is not None and len(last_with_figures.after) < _MOST_LINES_BELOW:
                last_with_figures.after.extend(labels)
        one_cell = len(row.cells) == 1
        if open_record is not None and figures and (not row.tabular or one_cell):
            open_record.pieced = open_record.pieced or len(open_record.row) > 2
            open_record.figures.extend(_as_one_cell(figures) if len(open_record.row) == 1 else figures)
            continue
        stands_for_figure = one_cell and not (row.tabular and row.aligned)  # else part of a header, as of a merged cell
        if not has_figure and not (labels and figures) and not (pending and figures and stands_for_figure):
            continue
        record = Record(
            pending[-MOST_LABELS:], len(labels), figures, row.block, len(found), row.tabular, row.cells, row.aligned
        )
        found.append(record)
        if has_figure or one_cell:
            pending, last_with_figures = [], record
            # A line with a figure (a file with one cell a line) goes on in the lines after it.
            open_record = record if one_cell or not row.tabular else None
    return _apart(_without_numbering(found))


@cache
def _group_names() -> frozenset[str]:
    groups = (row.group for form in editions() for block in form.blocks_of("applications") for row in block.rows)
    return frozenset(unnumbered(group) for group in groups if group)


def _is_label(text: str, label: str) -> bool:
    """Whether a text in a row is its label or the name of its group, and not a figure that is illegible."""
    if bare(text) in _NUMERALS:
        return False
    return bool(bare(text)) and (text in label or unnumbered(text) in _group_names())


def _as_one_cell(figures: list[RowCell]) -> list[RowCell]:
    """What a line of a file with one cell a line holds: two figures in it are those of one cell, and none is told."""
    if len(figures) != _FIGURES_OF_ONE_CELL:
        return figures
    text = " ".join(each.cell.text for each in figures)
    return [RowCell(replace(figures[0].cell, text=text), TEXT)]


def _numbering_in_front(record: Record) -> int:
    label = bare(record.labels[-1]) if record.labels else ""
    return figures_behind_numbering([each.cell.text for each in record.figures], label)


def _without_numbering(found: list[Record]) -> list[Record]:
    """The records without numbers of columns, which stand one a line below a header with one cell a line."""
    starts = [0 if each.tabular else _numbering_in_front(each) for each in found]
    if not any(starts):
        return found
    kept = [(record, start) for record, start in zip(found, starts, strict=True) if start < len(record.figures)]
    return [
        replace(record, figures=record.figures[start:], row=record.row if start == 0 else [], index=index)
        for index, (record, start) in enumerate(kept)
    ]


def _apart(found: list[Record]) -> list[Record]:
    """Rows that ran together where a file with one cell a line lost the label between them, each as a record.

    Not where others hold figures of no number of rows: there a page was taken out by columns. Nor where more do so than
    two rows each would leave: there each column has two figures, as of this year and the last.
    """
    of_rows = {record.index for record in found if _holds_rows(record)}
    if not 0 < len(of_rows) <= _MOST_LINES_OF_ROWS or any(map(_holds_columns, found)):
        return found
    parted: list[Record] = []
    for record in found:
        numbers = record.numbers
        rows = range(0, len(numbers), APPLICANTS) if record.index in of_rows else (0,)
        for start in rows:
            part = replace(record, index=len(parted))
            if len(rows) > 1:
                part.figures = numbers[start : start + APPLICANTS]
                part.labels, part.own_labels = (record.labels, record.own_labels) if start == 0 else ([], 0)
                part.row = record.row if start == 0 else part.figures
                part.after = record.after if start == rows[-1] else []
            parted.append(part)
    return parted


def _holds_columns(record: Record) -> bool:
    """Whether the figures are more than those of two rows, and not those of several; litigation has fifteen."""
    count = len(record.numbers)
    return not record.tabular and count > _MOST_IN_A_ROW and count % APPLICANTS != 0


def _holds_rows(record: Record) -> bool:
    """Whether the figures are those of several rows of the applications; a bar may look like a blank behind each."""
    if record.tabular or record.pieced or len(record.figures) < 2 * APPLICANTS:
        return False
    if any(map(_OF_RESULTS.search, record.labels)):
        return False  # figures of litigation, one of them blank
    count = 0
    for each in record.figures:
        if each.reading.kind == "figure":
            count += 1
        elif count % APPLICANTS or not count:
            return False
    return count > APPLICANTS and count % APPLICANTS == 0
