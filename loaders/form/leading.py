"""Lines of publication in which the figure stands above its label, as converters of PDF files put a centred row."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.document import Picture
from loaders.form.labels import bare
from loaders.form.rows import PhysicalRow, labels_of_publication

_FEWEST = 2

Rows = list[PhysicalRow | Picture]


def with_labels_first(rows: Rows) -> Rows:
    """The rows, each such figure behind its label, if labels there have a figure above and none below them."""
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
