"""Tables that do not keep their header above their figures: what it names, in order, tells the columns.

So of tables that lack a column, or have one of last year's figures, notes or shares beside the form's, where a page or
a text has lost how many columns each label of the header takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.document import Picture
from loaders.form.columns import usual_count
from loaders.form.editions import Column
from loaders.form.labels import bare
from loaders.form.records import Record
from loaders.form.rows import PhysicalRow
from loaders.patterns import pattern_of

BESIDE = pattern_of("[年注比率占备]|说明|单位")
"""In the words over a column that stands beside those of the form."""

_OVER_ALL = "申请人情况"
_OF_SEVERAL = frozenset((_OVER_ALL, "法人或其他组织", "信息内容"))
"""Labels that stand over several columns, or over those of labels."""

_OVER_NO_FIGURES = pattern_of(r".*勾稽关系|\s*(?:[（(]?[一二三四五六七]+[）)、]|[1-8][.．、])")
"""What stands over the labels, and labels of rows, as in text with a cell a line."""

_IN_FRONT = frozenset(("序号", "行次", "行号", "编号", "项次", "单位", "计量单位"))
"""Words over columns left of the form's, whose cells are no figures."""

_GAP = pattern_of(r"\t|\s{2,}")
_FEWEST_NAMES, _FEWEST_ROWS = 4, 4
_NEARLY_ALL = 0.8
"""So many rows must have as many cells."""

_MOST_SUMS = 0.5
"""Of the rows that are not all noughts more would add up if the table lacked no column; reports have wrong totals."""

_ALL_SHORT, _FEWEST_STATED = 0.95, 6
_FEWEST_SUMS, _MOST_SHORT = 0.2, 0.7
"""The part of them that adds up at least where one is lacking, and that whose figures are no more than their total."""


@dataclass(frozen=True, slots=True)
class InOrder:
    """The columns that the first cells of each row are of, none where nobody can say, and the records left out."""

    columns: tuple[Column, ...]
    others: frozenset[int]


@dataclass(slots=True)
class _Names:
    """What a header names: columns of the form, how many others, and whether one of these stands in front."""

    columns: list[Column]
    beside: int = 0
    in_front: bool = False
    is_known: bool = True


def named_in_order(
    rows: Sequence[PhysicalRow | Picture], records: Sequence[Record], columns: tuple[Column, ...], has_blanks: bool
) -> InOrder | None:
    """The columns that the header above the first of some records names, though it does not stand above all of them.

    They are told only where nearly all rows have a cell for each name, and sums do not speak against that; None where
    nothing shows that the columns are others than those of the form. `has_blanks`: cells of the header without words
    are those that its labels cover, and lost no word.
    """
    filled = [record for record in records if record.numbers]
    count = usual_count([len(record.figures) for record in filled])
    if count is None or len(filled) < _FEWEST_ROWS:
        return None
    usual = [record for record in filled if len(record.figures) == count]
    others = frozenset(record.index for record in records if len(record.figures) != count)
    names = _names(_header(rows, records[0]), columns, has_blanks)
    if not names.is_known:
        return InOrder((), others) if names.beside and _lacks_one_beside(usual, columns) else None
    if len(names.columns) < _FEWEST_NAMES or count != len(names.columns) + names.beside:
        return None
    if names.in_front:
        return InOrder((), others)
    if len(names.columns) == len(columns):
        return InOrder(columns, others) if names.beside and _keeps_blanks(usual) else None
    shown = tuple(column for column in columns if column in names.columns)
    sure = _are_shown(usual, shown, columns, count)
    return None if sure is None else InOrder(shown if sure else (), others)


def _are_shown(
    records: Sequence[Record], shown: tuple[Column, ...], columns: tuple[Column, ...], count: int
) -> bool | None:
    """Whether sums agree that rows have figures for some columns only; None where they say that none is lacking."""
    as_form = _share_adding_up(records, len(columns)) if count >= len(columns) else 0.0
    if as_form > _MOST_SUMS:
        return None
    if not records[0].aligned and any(len(record.numbers) < count for record in records):
        return None  # which cells are blank is lost
    stated = _stated(records, len(shown))
    if not stated:
        return True
    if shown[-1] is not columns[-1]:
        return True if records[0].aligned or count < len(columns) or as_form < _FEWEST_SUMS else None
    short = sum(sum(values[:-1]) <= values[-1] for values in stated) / len(stated)
    as_named = _share_adding_up(records, len(shown))
    if short >= _ALL_SHORT and len(stated) >= _FEWEST_STATED and as_form < _FEWEST_SUMS:
        return True  # totals count the column that is lacking
    return short >= _MOST_SHORT and as_named >= _FEWEST_SUMS and as_named > as_form


def _keeps_blanks(records: Sequence[Record]) -> bool:
    """Whether blanks are cells: in tables, and in text between marks, whose columns are places in the row."""
    return all(each.aligned or each.row[-1].cell.column < len(each.row) for each in records if each.row)


def _header(rows: Sequence[PhysicalRow | Picture], record: Record) -> list[list[str]]:
    """The texts of the rows right above a record, up to the figures of another table.

    The first lines of a header in saved text may stand above the table.
    """
    above: list[list[str]] = []
    for row in rows:
        if isinstance(row, Picture):
            continue
        if row.cells is record.row:
            break
        texts = [each.cell.text for each in row.cells]
        if not row.aligned:
            texts = [word for text in texts for part in _GAP.split(text) for word in _words(part)]
        if row.block == record.block and row.tabular:
            has_figures = any(each.reading.kind == "figure" for each in row.cells)
            above = [] if has_figures else [*above, texts]
        elif row.tabular:
            above = []
        elif above or any(_OVER_ALL in text for text in texts):
            above = [*above, texts]
    return above


def _words(text: str) -> list[str]:
    """The words of a part of a line; one where blanks stand between the characters of a label."""
    words = text.split()
    return words if any(len(word) > 1 for word in words) else [text]


def _names(header: Sequence[Sequence[str]], columns: Sequence[Column], has_blanks: bool) -> _Names:
    """What a header names."""
    known = {bare(column.label): column for column in columns}
    names = _Names([])
    for row in header:
        is_over_form = False
        for text in row:
            name = bare(text)
            if name in known:
                names.columns.append(known[name])
                is_over_form = True
            elif name in _OF_SEVERAL:
                is_over_form = True
            elif name in _IN_FRONT or _OVER_NO_FIGURES.match(text) or (has_blanks and not name):
                continue
            elif name and BESIDE.search(text):
                names.beside += 1
                names.in_front = names.in_front or not is_over_form
            else:
                names.is_known = False
    if len({column.key for column in names.columns}) < len(names.columns) or not header:
        names.is_known = False
    return names


def _stated(records: Sequence[Record], width: int) -> list[list[float]]:
    """The first figures of each row that can be read and is not all noughts, blanks as nought."""
    rows = (record.figures[:width] for record in records)
    legible = (cells for cells in rows if all(each.reading.kind != "text" for each in cells))
    values = ([each.reading.value() if each.reading.kind == "figure" else 0 for each in cells] for cells in legible)
    return [row for row in values if any(row)]


def _share_adding_up(records: Sequence[Record], width: int) -> float:
    """The part of the rows whose first figures add up to the last of them."""
    stated = _stated(records, width)
    return sum(sum(values[:-1]) == values[-1] for values in stated) / len(stated) if stated else 0.0


def _lacks_one_beside(records: Sequence[Record], columns: Sequence[Column]) -> bool:
    """Whether rows of as many cells as the form has columns add up without the last one only."""
    width = len(columns)
    if not records or len(records[0].figures) != width:
        return False
    return _share_adding_up(records, width) < 1 - _NEARLY_ALL and _share_adding_up(records, width - 1) >= _NEARLY_ALL
