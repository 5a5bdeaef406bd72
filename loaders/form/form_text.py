"""A document as the readers of the form see it: rows of cells, figures with their labels, and all labels there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from loaders.document import Document, Picture
from loaders.form.labels import bare, loosened, unnumbered
from loaders.form.leading import with_labels_first
from loaders.form.records import Record, records
from loaders.form.rows import PhysicalRow, physical_rows
from loaders.form.serial_numbers import without_serial_numbers

_LONGEST_LABEL = 60
_BLANKS = " \u3000\xa0"
_HEADERS_OF_BLOCKS = ("信息内容", "本年处理决定数量")
"""What heads several blocks of the table of publication."""
_ROWS_OF_BLOCKS = frozenset(("行政许可", "行政处罚"))


@dataclass(frozen=True)
class FormText:
    """A document as the form's readers see it."""

    rows: list[PhysicalRow | Picture]
    records: list[Record]
    whole: frozenset[str]
    """Every short text of the document as a bare label, with and without its numbering."""
    seen: frozenset[str]
    """The same with the words of lines that hold several."""
    labels: str
    """All short texts in reading order as one string of loosened labels, so that broken ones are whole again."""

    def has_labels(self, labels: Iterable[str], at_least: int) -> bool:
        """Whether at least so many of the labels occur."""
        return sum(1 for label in labels if bare(label) in self.seen or unnumbered(label) in self.seen) >= at_least

    @cached_property
    def lacks_repeated_lines(self) -> bool:
        """Whether each line of saved text stands there once: noughts are gone as are the headers of later blocks."""
        lines = [
            bare(row.cells[0].cell.text)
            for row in self.rows
            if not isinstance(row, Picture) and not row.tabular and len(row.cells) == 1
        ]
        return set(lines) >= _ROWS_OF_BLOCKS and all(lines.count(header) == 1 for header in _HEADERS_OF_BLOCKS)


def form_text(document: Document) -> FormText:
    """Take the document apart into rows, records and labels."""
    rows = with_labels_first(physical_rows(document))
    texts = [
        each.cell.text
        for row in rows
        if not isinstance(row, Picture)
        for each in row.cells
        if each.reading.kind == "text" and len(each.cell.text) < _LONGEST_LABEL
    ]
    labels = [bare(text) for text in texts]
    cells = (each.cell.text for row in rows if not isinstance(row, Picture) for each in row.cells)
    words_of_cells = (word for cell in cells for word in cell.split())
    found = without_serial_numbers(records(rows), chain(labels, words_of_cells))
    joined = {bare("".join(record.labels[-parts:])) for record in found for parts in (2, 3)}
    words = {bare(word) for text in texts if any(blank in text for blank in _BLANKS) for word in text.split()}
    whole = frozenset(labels) | frozenset(unnumbered(text) for text in texts) | joined
    return FormText(rows, found, whole, whole | words, loosened("".join(labels)))
