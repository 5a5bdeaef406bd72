"""Figures that stand above their label, as converters of PDF files put them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from loaders.document import Picture
from loaders.form.aligning import RowMatch
from loaders.form.labels import bare
from loaders.form.rows import PhysicalRow, Record, labels_of_publication

_FEWEST = 2

Rows = list[PhysicalRow | Picture]


def with_labels_first(rows: Rows) -> Rows:
    """The rows, lone figures of publication behind their labels, if those have a figure above and none below them."""
    labels = [at for at in range(1, len(rows)) if _is_label(rows[at]) and _is_figure(rows, at - 1)]
    lead = sum(not _is_figure(rows, at + 1) for at in labels)
    follow = sum(
        _is_figure(rows, at + 1) and not _is_figure(rows, at - 1) for at in range(len(rows)) if _is_label(rows[at])
    )
    if lead < _FEWEST or follow:
        return rows
    turned = list(rows)
    for at in labels:
        turned[at - 1], turned[at] = rows[at], rows[at - 1]
    return turned


def _is_label(row: PhysicalRow | Picture) -> bool:
    if isinstance(row, Picture) or row.tabular or len(row.cells) != 1:
        return False
    return bare(row.cells[0].cell.text) in labels_of_publication()


def _is_figure(rows: Sequence[PhysicalRow | Picture], at: int) -> bool:
    row = rows[at] if at < len(rows) else None
    if row is None or isinstance(row, Picture) or row.tabular:
        return False
    return len(row.cells) == 1 and row.cells[0].reading.kind == "figure"


def figures_lead(first: list[RowMatch], known: Set[int], records: Sequence[Record], width: int) -> bool:
    """Whether a whole row without a label stands before the label of the first row: then figures go before labels.

    What follows a label is the next row then, as where a page was taken out by columns. `known`: records with a label.
    """
    for match in first:
        if match.record.index and not match.record.own_labels and not match.record.tabular:
            before = records[match.record.index - 1]
            is_row = not before.tabular and not before.own_labels and len(before.numbers) == width
            return is_row and before.index not in known  # else the last row of the same table before it
    return False


def indexes(matches: Mapping[int, list[RowMatch]]) -> frozenset[int]:
    """The numbers of the records that rows were matched with."""
    return frozenset(match.record.index for found in matches.values() for match in found)


def beside_their_figures(matches: Mapping[int, list[RowMatch]]) -> dict[int, list[RowMatch]]:
    """The matches of records whose label stands in the same line."""
    own = {n: [match for match in rows if match.record.own_labels] for n, rows in matches.items()}
    return {n: rows for n, rows in own.items() if rows}
