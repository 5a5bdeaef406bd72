"""Figures that stand above their label, as converters of PDF files put them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from loaders.document import Picture
from loaders.form.aligning import RowMatch
from loaders.form.broken import END_OF_FIGURE
from loaders.form.editions import FigureBlock
from loaders.form.labels import bare, loosened
from loaders.form.records import Record
from loaders.form.rows import PhysicalRow, labels_of_publication

_FEWEST = 2
_FEWEST_STRAYS = 3
_SHARE_OF_STRAYS = 0.12  # of the rows with a label
_ROWS_OF_A_HEAP = 3  # more figures than so many rows have, and more than litigation, behind one label

Rows = list[PhysicalRow | Picture]


def with_labels_first(rows: Rows) -> Rows:
    """The rows, lone figures of publication behind their labels, if those have a figure above and none below them.

    Where that is not sure, as with a single label or beside labels with figures below, a figure between two labels
    may be that of either and is left out, unless all figures that can be of one label only stand below theirs. A blank
    cell below a label is its first.
    """
    labels = [at for at in range(1, len(rows)) if _is_label(rows[at]) and _is_figure(rows, at - 1)]
    labels = [at for at in labels if not _is_of_kind("blank", rows, at + 1)]
    labels = [at for at in labels if at < 2 or not _is_figure(rows, at - 2)]  # else the last figure of a whole row
    lead = sum(not _is_figure(rows, at + 1) for at in labels)
    follow = sum(
        _is_figure(rows, at + 1) and not _is_figure(rows, at - 1) for at in range(len(rows)) if _is_label(rows[at])
    )
    if not lead or (follow and lead < _FEWEST) or (_surely_behind(rows) and not _surely_ahead(rows, labels)):
        return rows
    turned = list(rows)
    unsure: set[int] = set()
    for at in labels:
        if lead >= _FEWEST and not (follow and at > 1 and _is_label(rows[at - 2])):
            turned[at - 1], turned[at] = rows[at], rows[at - 1]
        else:
            unsure.update(near for near in (at - 1, at + 1) if _is_figure(rows, near))
    return [row for at, row in enumerate(turned) if at not in unsure]


def _surely_behind(rows: Rows) -> bool:
    """Whether a label has a figure below, none above, and no other label whose figure that could be."""
    return any(
        _is_label(row) and _is_figure(rows, at + 1) and not _is_figure(rows, at - 1) and not _is_label_at(rows, at + 2)
        for at, row in enumerate(rows)
    )


def _surely_ahead(rows: Rows, labels: list[int]) -> bool:
    """Whether one of the labels with a figure above has no other label whose figure that could be."""
    return any(not _is_label_at(rows, at - 2) for at in labels)


def _is_label_at(rows: Rows, at: int) -> bool:
    return 0 <= at < len(rows) and _is_label(rows[at])


def _is_label(row: PhysicalRow | Picture) -> bool:
    if isinstance(row, Picture) or row.tabular or len(row.cells) != 1:
        return False
    return bare(row.cells[0].cell.text) in labels_of_publication()


def _is_figure(rows: Sequence[PhysicalRow | Picture], at: int) -> bool:
    return _is_of_kind("figure", rows, at)


def _is_of_kind(kind: str, rows: Sequence[PhysicalRow | Picture], at: int) -> bool:
    row = rows[at] if at < len(rows) else None
    if row is None or isinstance(row, Picture) or row.tabular:
        return False
    return len(row.cells) == 1 and row.cells[0].reading.kind == kind


def figures_lead(first: list[RowMatch], known: Set[int], records: Sequence[Record], width: int) -> bool:
    """Whether a whole row without a label stands before the label of the first row: then figures go before labels.

    What follows a label is the next row then, as where a page was taken out by columns. `known`: records with a label.
    """
    for match in first:
        if match.record.index and not match.record.own_labels:
            before = records[match.record.index - 1]
            alike = before.tabular == match.record.tabular
            is_row = alike and not before.own_labels and len(before.numbers) == width
            return is_row and before.index not in known  # else the last row of the same table before it
    return False


def without_slipped(
    matches: dict[int, list[RowMatch]], records: Sequence[Record], block: FigureBlock, labels: str
) -> dict[int, list[RowMatch]]:
    """The matches without the rows between figures too many and a label without any: theirs may be their neighbours'.

    So it is where a page was taken out in pieces, some figures before and some behind their label. `labels` are all
    texts of the document run together.
    """
    records_of_rows = {row: matches[row][0].record for row in sorted(matches)}
    if any(record.tabular for record in records_of_rows.values()):
        return matches
    known = indexes(matches)
    whole = [
        each.index
        for each in records
        if len(each.numbers) == len(block.columns) and not each.own_labels and each.index not in known
    ]
    slipped: set[int] = set()
    since: list[int] = []  # rows since figures were too many, or a label had none
    excess = 0
    row, at = -1, len(records)
    for after, record in records_of_rows.items():
        between = [loosened(each.label) in labels for each in block.rows[row + 1 : after]]
        too_many = sum(at < index < record.index for index in whole)
        found = max(0, too_many - between.count(False)) - between.count(True)
        if found * excess < 0:
            slipped.update(since)
        if found:
            excess, since = (0 if found == -excess else found), []
        if excess:
            since.append(after)
        row, at = after, record.index
    return {row: found for row, found in matches.items() if row not in slipped}


def without_rows_amid_strays(
    matches: dict[int, list[RowMatch]], records: Sequence[Record], block: FigureBlock
) -> dict[int, list[RowMatch]]:
    """The matches whose figures stand in the line of their label, where figures without a label stand amid the rows.

    So it is where a page was taken out in reading order: a label of several lines is parted by figures of its own row
    or the next, and whole rows stand above or below their label by chance. Or labels and figures stand in heaps.
    """
    in_heaps = any(len(each.numbers) > _ROWS_OF_A_HEAP * len(block.columns) and not each.tabular for each in records)
    rows = [found[0].record for found in matches.values()]
    if not rows or (not in_heaps and any(record.tabular for record in rows)):
        return matches
    known = indexes(matches)
    first, last = min(known), max(known)
    amid = (each for each in records if first < each.index < last and each.index not in known)
    labels = "|".join(bare(row.group + row.label) for row in block.rows)
    strays = sum(len(each.numbers) > 1 and _lost_its_label(each, labels) for each in amid)
    if not in_heaps and (strays < _FEWEST_STRAYS or strays < _SHARE_OF_STRAYS * len(rows)):
        return matches
    beside = {row: [match for match in found if match.record.own_labels] for row, found in matches.items()}
    return {row: found for row, found in beside.items() if found}


def _lost_its_label(record: Record, labels: str) -> bool:
    """Whether a record has no words before it, or the rest of a row's label; not a unit, nor what is illegible."""
    if not record.labels:
        return True
    rest = bare(record.labels[-1])
    return bool(rest) and rest in labels and not END_OF_FIGURE.fullmatch(record.labels[-1].strip())


def without_page_number(matches: dict[int, list[RowMatch]], width: int) -> dict[int, list[RowMatch]]:
    """The matches without the only row that has all its figures, if the last is a number alone on the line below.

    All other rows lack one: it is the number of the page that ends there.
    """
    records = {match.record.index: match.record for found in matches.values() for match in found}
    whole = [record for record in records.values() if len(record.numbers) >= width]
    if len(whole) != 1 or len(records) < _FEWEST or whole[0].tabular:
        return matches
    *lines, last = [each.cell.place.line for each in whole[0].numbers]
    if len(set(lines)) > 1 or last in lines:
        return matches
    return {row: found for row, found in matches.items() if found[0].record is not whole[0]}


def indexes(matches: Mapping[int, list[RowMatch]]) -> frozenset[int]:
    """The numbers of the records that rows were matched with."""
    return frozenset(match.record.index for found in matches.values() for match in found)


def beside_their_figures(matches: Mapping[int, list[RowMatch]]) -> dict[int, list[RowMatch]]:
    """The matches of records whose label stands in the same line."""
    own = {n: [match for match in rows if match.record.own_labels] for n, rows in matches.items()}
    return {n: rows for n, rows in own.items() if rows}
