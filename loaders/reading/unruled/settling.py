"""Which rows of a table without lines are believed although their figures may be broken: those that add up."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from loaders.form.figures import read_figure
from loaders.reading.printed.page_model import Run
from loaders.reading.printed.tables import COLUMNS_OF_LITIGATION, is_figure
from loaders.reading.unruled.figure_columns import Column, home_of, homes_of
from loaders.reading.unruled.row_parts import Row

BROKEN_PITCH = 1.6
"""Heights of type between the lines of a figure that is broken."""

_WIDEST_PITCH = 2.5
"""The same where style sheets set lines far apart."""

_SIZES_OF_SUMS, _FEWEST_SUMMED = {7: 7, COLUMNS_OF_LITIGATION: 5}, 2
"""By the columns of a table, how many end with a sum; and how many figures above nought a sum proves nothing of."""

_MANY, _PART = 3, 0.2
"""So many rows, and such a part of all, that cannot be right show that any row of their table may be broken."""


def settle_by_sums(rows: list[Row], columns: list[Column]) -> None:
    """Believe rows that add up, unless one next to them in doubt does not: both may be halves of figures cut in two.

    Without their first digits the figures of a row may well add up.
    """
    rows = [row for row in rows if row.figures]
    for row in rows:
        row.doubtful = row.doubtful or _holds_two(row, columns)
        if row.proven and row.proven == sum(is_figure(run.text) for run in row.figures):
            row.doubtful = row.torn = False
    has_sums = len(columns) in _SIZES_OF_SUMS
    for above, below in pairwise(rows):
        if has_sums and _may_be_one(above, below) and not (_adds_up(above, columns) and _adds_up(below, columns)):
            above.doubtful = below.doubtful = True
    amiss = [(row.doubtful or row.torn) and not _adds_up(row, columns) for row in rows]
    if sum(amiss) >= max(_MANY, _PART * len(rows)):
        for row in rows:
            row.doubtful = row.doubtful or not row.proven
        amiss = [row.doubtful and not _adds_up(row, columns) for row in rows]
    for row, *near in zip(rows, [False, *amiss], amiss, [*amiss[1:], False], strict=False):
        if not any(near) and _adds_up(row, columns, _FEWEST_SUMMED):
            row.doubtful = row.torn = False


def _may_be_one(above: Row, below: Row) -> bool:
    """Whether one of two rows has no label, and they stand as near as the lines of figures that are all broken."""
    near = below.bottom - above.bottom < _WIDEST_PITCH * below.figures[0].height
    return near and bool(above.labels) != bool(below.labels) and not (above.proven or below.proven)


def _holds_two(row: Row, columns: list[Column]) -> bool:
    """Whether most columns have figures on two lines, so that these may be two rows, not one with broken figures."""
    if len(columns) >= COLUMNS_OF_LITIGATION or not row.figures:
        return False  # there is one row alone
    if row.bottom - row.top < BROKEN_PITCH * row.figures[0].height:
        return False
    homes = Counter(home_of(run, columns) for run in row.figures if is_figure(run.text))
    return 2 * sum(count > 1 for home, count in homes.items() if home is not None) > len(columns)


def _adds_up(row: Row, columns: list[Column], at_most: int = -1) -> bool:
    """Whether the figures of a row end with their sum, or each group of litigation does, and more are above nought."""
    standing, crossing = by_columns(row, columns)
    texts = [whole_figure(runs, torn=False) for runs in standing]
    size = _SIZES_OF_SUMS.get(len(texts))
    readings = [read_figure(text) for text in texts]
    if any(crossing) or size is None or any(reading.kind != "figure" for reading in readings):
        return False
    values = [reading.value() for reading in readings]
    groups = [values[start : start + size] for start in range(0, len(values), size)]
    return sum(map(bool, values)) > at_most and all(sum(parts) == total for *parts, total in groups)


def by_columns(row: Row, columns: list[Column]) -> tuple[list[list[Run]], list[list[Run]]]:
    """For each column the runs of a row that stand in it, and those that reach into others as well."""
    standing: list[list[Run]] = [[] for _ in columns]
    crossing: list[list[Run]] = [[] for _ in columns]
    for run in row.figures:
        home = home_of(run, columns)
        for index in columns_of(run, columns) or [_nearest(run, columns)]:
            (standing if home is not None else crossing)[index].append(run)
    return standing, crossing


def columns_of(run: Run, columns: list[Column]) -> list[int]:
    """The column that a run stands in, or those that it reaches into."""
    home = home_of(run, columns)
    return homes_of(run, columns) if home is None else [home]


def _nearest(run: Run, columns: list[Column]) -> int:
    return max(range(len(columns)), key=lambda index: columns[index].covers(run))


def whole_figure(runs: list[Run], *, torn: bool) -> str:
    """The text of a cell; two figures on one line are not one."""
    runs = sorted(runs, key=lambda run: (run.baseline, run.left))
    beside = any(below.top < above.middle for above, below in pairwise(runs))
    return ("\n" if torn else " " if beside else "").join(run.text for run in runs)
