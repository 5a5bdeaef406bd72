"""Rows of a table without lines whose figures are too long for their columns, and go on in the line below."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from loaders.form.labels import ends_label
from loaders.patterns import pattern_of
from loaders.reading.printed.lines import is_wide
from loaders.reading.printed.page_model import Run
from loaders.reading.printed.tables import COLUMNS_OF_LITIGATION, begins_row
from loaders.reading.unruled.label_deal import PITCH
from loaders.reading.unruled.row_parts import SAME_EDGE, Bands, Label, Row

_LONG, _REST = pattern_of(r"^[\d,，.]{4,}$"), pattern_of(r"^\d{1,3}[（(]?[件宗]?[）)]?$")
_DIGITS = pattern_of(r"^[\d,，]{4,}$")
_ALIGNED = 0.3
"""Part of the height of the type within which the parts of a broken figure stand above each other."""

_FEWEST_STACKED = 3
"""Two digits above each other may well be figures of two rows."""

_BROKEN_PITCH = 1.4
"""Heights of type between the lines of a broken figure, at most."""

_WIDEST_PITCH = 2.5
"""The same where style sheets set lines far apart."""

_ENDS_EARLY = pattern_of(r"[\d０-９][,，][\d０-９]{0,2}$")
"""A figure whose last digits stand in the next line."""

_AS_NEAR = 1.3
"""Times the distance to the row above up to which the one below is as near."""

_FAR = 3.5
"""The same of a row that lacks figures as well as a label."""

_GROUP = pattern_of(r"三、|[（(](?:[三四五][）)]|本列|勾稽)")
_WHOLE = frozenset("0０/／-—―－无無零")
"""Figures of one character that have no second line."""

_MANY = 5
"""In tables of fewer columns blanks may fill each other by chance."""

_NARROWEST = 2
"""Digits that have room in any column; those of full width count twice."""

_MOST_PARTS = 5
"""Lines of a label, each of which may stand beside a part of its figures."""

_NEAR = 1.15
"""Times the distance of two lines of a label: rows are further apart."""


def with_whole_figures(rows: list[Row], columns: int, bands: Bands) -> list[Row]:
    """Rows from top to bottom, as one where they are parts of one, and in doubt where they may be."""
    whole = _torn_together(_without_broken_figures(_with_whole_stacks(rows), columns), columns)
    whole = _with_whole_labels(whole, columns)
    _doubt_rests(whole, bands, columns)
    return whole


def _with_whole_labels(rows: list[Row], columns: int) -> list[Row]:
    """The rows with those as one whose labels are one of the form together, and of none apart."""
    kept: list[Row] = []
    at = 0
    while at < len(rows):
        parts = _parts_of_label(rows[at : at + _MOST_PARTS], columns)
        kept.append(_one_row(parts, columns) if len(parts) > 1 else rows[at])
        at += max(len(parts), 1)
    return kept


def _parts_of_label(rows: list[Row], columns: int) -> list[Row]:
    """The first of some rows whose labels are one of the form together; none where the first has a whole one.

    Nor where another has many figures: in rows too low for their labels it is one of its own.
    """
    label = ""
    for count, row in enumerate(rows, 1):
        is_whole = count > 1 and columns >= _MANY and 2 * len(row.figures) >= columns
        if not row.labels or row.proven or is_whole:
            return []
        own = "".join(run.text for run in _own_label(row).runs)
        if label and ends_label(label, own):
            return rows[:count]
        label += own
    return []


def _one_row(parts: list[Row], columns: int) -> Row:
    """Rows as one, whose figures go on from line to line; in doubt where they may as well be figures of their own."""
    row = parts[0]
    for part in parts[1:]:
        below = [[above for above in row.figures if _is_below(figure, above)] for figure in part.figures]
        row.doubtful = row.doubtful or part.doubtful or not all(below)
        row.doubtful = row.doubtful or any(above.text in _WHOLE for each in below for above in each)
        row.torn = row.torn or (bool(part.figures) and columns >= _MANY)
        row.figures += part.figures
        _own_label(row).runs += _own_label(part).runs
    return row


def _with_whole_stacks(rows: list[Row]) -> list[Row]:
    """Rows without those that hold but one digit of a figure written downwards, which goes to the others."""
    lone = [row for row in rows if _is_lone_digit(row)]
    if not lone:
        return rows
    for row in rows:
        if row in lone:
            continue
        for digit in [run for run in row.figures if len(run.text) == 1]:
            stack = _stack_around(digit, [*row.figures, *(each.figures[0] for each in lone)])
            if len(stack) >= _FEWEST_STACKED:
                row.figures += [run for run in stack if run not in row.figures]
                lone = [each for each in lone if each.figures[0] not in stack]
    return [row for row in rows if row in lone or not _is_lone_digit(row)]


def _stack_around(digit: Run, others: list[Run]) -> list[Run]:
    """The digits that stand right above and below one another around one of them."""
    stack = [digit]
    for end in stack:  # which grows meanwhile
        near = (run for run in others if len(run.text) == 1 and run not in stack)
        stack += [run for run in near if _stands_below(run, end, _ALIGNED) or _stands_below(end, run, _ALIGNED)]
    return stack


def _is_lone_digit(row: Row) -> bool:
    return len(row.figures) == 1 and not row.labels and row.figures[0].text.isdigit() and len(row.figures[0].text) == 1


def _without_broken_figures(rows: list[Row], columns: int) -> list[Row]:
    """Rows without those that only hold the rest of figures too long for their column.

    Such a row has no label of its own, stands beside the label of its neighbour and fills few columns.
    """
    kept: list[Row] = []
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        before = kept[-1] if kept else None
        if row.proven or (before and before.proven):
            kept.append(row)
            continue
        if before and row.figures and before.figures and not row.labels and len(row.figures) < columns:
            label = max(before.labels, key=lambda label: label.left, default=None)
            if label and 2 * len(row.figures) < columns and row.middle <= label.bottom + label.last.height:
                if after is not None and _is_as_near(row, before, after):
                    before.torn = after.doubtful = True
                before.figures += row.figures
                continue
            if not label and row.top - before.bottom < 0.8 * row.figures[0].height:
                before.figures += row.figures
                before.torn = True
                continue
        few = before is not None and (2 * len(before.figures) < columns or _fill_their_columns(before, row))
        if before and few and not before.labels and _begins_figures_of(before, row):
            row.figures += before.figures
            kept[-1] = row
            continue
        if before and _ends_row(row, before):
            before.figures += row.figures
            if row.labels:
                _own_label(before).runs += _own_label(row).runs
            continue
        kept.append(row)
    return kept


def _is_as_near(row: Row, before: Row, after: Row) -> bool:
    """Whether figures stand no nearer to the row above than to the one below, which they may begin as well."""
    return bool(after.figures) and after.top - row.bottom < _AS_NEAR * max(row.top - before.bottom, 0.0)


def _torn_together(rows: list[Row], columns: int) -> list[Row]:
    """Rows no further apart than the lines of a label, one with few figures: the parts of one with broken figures.

    Where either has a label they may be two rows after all.
    """
    lines = [label.runs for row in rows for label in row.labels if len(label.runs) > 1]
    pitches = sorted(below.baseline - above.baseline for runs in lines for above, below in pairwise(runs))
    pitches = [pitch for pitch in pitches if pitch > 1]
    near = _NEAR * pitches[len(pitches) // 2] if pitches else 0.0
    kept: list[Row] = []
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        before = kept[-1] if kept else None
        if before and _is_torn(before, row, columns, near) and not (after and _is_nearer(row, before, after)):
            before.figures += row.figures
            before.torn, before.doubtful = True, before.doubtful or bool(before.labels and row.labels)
            before.labels += row.labels
        else:
            kept.append(row)
    return kept


def _is_torn(before: Row, row: Row, columns: int, near: float) -> bool:
    """Whether the figures of a row may go on in the next, given how near rows never are."""
    if row.proven or before.proven or not (row.figures and before.figures):
        return False
    if 2 * min(len(row.figures), len(before.figures)) > columns:
        return False
    if not (before.labels or row.labels):
        near = max(near, _BROKEN_PITCH * row.figures[0].height)
    elif before.labels and row.labels and begins_row(_own_label(row).runs[0].text):
        return False
    return row.bottom - before.bottom < near


def _is_nearer(row: Row, before: Row, after: Row) -> bool:
    """Whether a row without label stands nearer to the one below it than to the one above."""
    return not row.labels and bool(after.figures) and after.bottom - row.bottom < row.bottom - before.bottom


def _own_label(row: Row) -> Label:
    """The label right beside the figures."""
    return max(row.labels, key=lambda label: label.left)


def _begins_figures_of(before: Row, row: Row) -> bool:
    """Whether all figures of the row above go on in this one, which is level with their last line."""
    rests = [[figure for figure in row.figures if _is_rest(figure, long)] for long in before.figures]
    return bool(rests) and all(rests)


def _doubt_rests(rows: list[Row], bands: Bands, columns: int) -> None:
    """Doubt rows that may still be one: a figure of the second may end one above, and no label opens beside it.

    Where labels mostly have no opening, one that has none says nothing.
    """
    labelled = [row for row in rows if row.figures and row.labels]
    mostly_open = 2 * sum(map(_has_opening, labelled)) > len(labelled)
    for before, row in pairwise(rows):
        if not (before.figures and row.figures) or before.proven or row.proven:
            continue
        cut = _are_cut_in_two(before, row, rows) or _fill_each_other(before, row, columns) or _holds_more(before)
        cut = cut or (2 * len(labelled) >= len(rows) and _lacks_label(before, row, columns))
        cut = cut or (not labelled and columns < COLUMNS_OF_LITIGATION and _are_parts(before, row, columns))
        cut = cut or any(_ENDS_EARLY.search(figure.text) for figure in before.figures)
        cut = cut or (mostly_open and columns >= _MANY and _goes_on_beside_next(before, row, columns))
        if cut and not bands.part(before.figures[-1], row.figures[0]):
            before.doubtful = row.doubtful = True
        if row.top - before.bottom > 0.8 * row.figures[0].height:
            continue
        goes_on = not _has_opening(row) if mostly_open else not row.labels
        if goes_on and mostly_open and columns >= _MANY and 2 * len(row.figures) < columns:
            before.doubtful = row.doubtful = True
        longest = [figure for figure in before.figures if _DIGITS.match(figure.text)]
        if goes_on and any(_is_rest(figure, long) for long in longest for figure in row.figures):
            before.doubtful = row.doubtful = True


def _goes_on_beside_next(before: Row, row: Row, columns: int) -> bool:
    """Whether a row with few figures, right below those of one whose label has no opening, may hold their ends.

    The figures above are its own then, and the words beside them end the label above.
    """
    if not before.labels or _has_opening(before) or not _has_opening(row) or 2 * _filled(row) >= columns:
        return False
    near = min(run.bottom for run in row.figures) - before.bottom < _WIDEST_PITCH * row.figures[0].height
    return near and all(any(_is_below(figure, above) for above in before.figures) for figure in row.figures)


def _are_cut_in_two(before: Row, row: Row, rows: list[Row]) -> bool:
    """Whether one of two rows has no label, and all its figures go on in the other where columns have no room left."""
    if _has_own_label(before) == _has_own_label(row):
        return False
    lone = before if _has_own_label(row) else row
    figures = [figure for figure in lone.figures if figure.text[0].isdigit()]
    return bool(figures) and all(
        any(_is_cut(above, below, rows) for above, below in _pairs(figure, before, row)) for figure in figures
    )


def _lacks_label(before: Row, row: Row, columns: int) -> bool:
    """Whether one of two rows has no label and is near enough to hold parts of the other's figures."""
    return _has_own_label(before) != _has_own_label(row) and _are_parts(before, row, columns)


def _are_parts(before: Row, row: Row, columns: int) -> bool:
    """Whether two rows do not both have all figures, and stand as near as parts of one."""
    least = min(map(_filled, (before, row)))
    near = min(run.bottom for run in row.figures) - before.bottom < _FAR * row.figures[0].height
    return least < columns and near


def _has_own_label(row: Row) -> bool:
    """Whether a label is there that is not that of a group, which stands beside any of its rows."""
    return any(
        not _GROUP.match(label.runs[0].text) or any(begins_row(run.text) for run in label.runs[1:])
        for label in row.labels
    )


def _holds_more(row: Row) -> bool:
    """Whether digits stand below a figure that they cannot be the end of: they begin one of the next row."""
    first = [figure for figure in row.figures if not any(_is_below(figure, other) for other in row.figures)]
    whole = [figure for figure in first if figure.text in _WHOLE]
    return any(_is_below(each, figure) for figure in whole for each in row.figures if each.text.isdigit())


def _filled(row: Row) -> int:
    """How many columns a row has figures in."""
    return sum(not any(_is_below(figure, other) for other in row.figures) for figure in row.figures)


def _is_below(figure: Run, above: Run) -> bool:
    return figure.top > above.middle and figure.left < above.right and above.left < figure.right


def _fill_each_other(before: Row, row: Row, columns: int) -> bool:
    """Whether two rows next to each other fill all of many columns, but none twice: figures on two lines and one."""
    if columns < _MANY or len(before.figures) + len(row.figures) != columns:
        return False
    if row.bottom - before.bottom > _WIDEST_PITCH * row.figures[0].height:
        return False
    return not any(
        above.left < below.right and below.left < above.right for above in before.figures for below in row.figures
    )


def _pairs(figure: Run, before: Row, row: Row) -> Iterator[tuple[Run, Run]]:
    """A figure of either row with each of the other, the upper one first."""
    if any(each is figure for each in before.figures):
        return ((figure, below) for below in row.figures)
    return ((above, figure) for above in before.figures)


def _is_cut(above: Run, below: Run, rows: list[Row]) -> bool:
    """Whether a figure stands right below another than which none is longer in its column."""
    if len(above.text) * (1 + is_wide(above.text[0])) < _NARROWEST or not _stands_below(
        below, above, _ALIGNED, _WIDEST_PITCH
    ):
        return False
    column = (each for row in rows for each in row.figures if each.left < above.right and above.left < each.right)
    return all(len(each.text) <= len(above.text) for each in column)


def _has_opening(row: Row) -> bool:
    return bool(row.labels) and begins_row(_own_label(row).runs[0].text)


def _fill_their_columns(before: Row, row: Row) -> bool:
    """Whether figures are all as long as their columns are wide, and the next line is as near as that of one label."""
    lengths = {len(figure.text) for figure in before.figures}
    return len(lengths) == 1 and row.top - before.bottom < 0.8 * before.figures[0].height


def _ends_row(row: Row, before: Row) -> bool:
    """Whether all of a row is the second line of the one above: rests of long figures, and of its label if any."""
    if not (row.figures and before.labels):
        return False
    rest = _own_label(row).runs[0] if row.labels else None
    if rest and (begins_row(rest.text) or not _stands_below(rest, _own_label(before).last, SAME_EDGE)):
        return False
    broken = [[long.text for long in before.figures if _is_rest(figure, long)] for figure in row.figures]
    return all(broken) and len({len(long) for each in broken for long in each}) == 1  # columns are equally wide


def _is_rest(figure: Run, long: Run) -> bool:
    """Whether these are the last digits of a figure that its column has no room for."""
    return bool(_LONG.match(long.text) and _REST.match(figure.text)) and _stands_below(figure, long, _ALIGNED)


def _stands_below(run: Run, above: Run, tolerance: float, pitch: float = PITCH) -> bool:
    """Whether a run is right below another, at one edge or in one middle with it."""
    if not 0 < run.baseline - above.baseline < pitch * run.height:
        return False
    left, right = run.left - above.left, run.right - above.right
    return min(abs(left), abs(right), abs(left + right) / 2) < tolerance * run.height
