"""Cells of a table whose columns no lines draw.

What stands left of the columns of figures are labels, which are gathered over their lines and go to the figures
beside them.
"""

from __future__ import annotations

from itertools import pairwise

from loaders.document import UNSURE, Cell
from loaders.patterns import pattern_of
from loaders.reading.printed.lines import line_text
from loaders.reading.printed.overprinted import overprinted_heights
from loaders.reading.printed.page_model import Line, PageLayout, Run, bounding_box
from loaders.reading.printed.tables import (
    ARTICLE,
    COLUMNS_OF_LITIGATION,
    HEADER_WORDS,
    begins_row,
    cell_text,
    is_figure,
)
from loaders.reading.printed.two_lines import have_room, lines_of_digits, note_first_line
from loaders.reading.unruled.figure_columns import SAME_ROW, Column, centre, figures_in, home_of
from loaders.reading.unruled.row_labels import deal_out, one_run
from loaders.reading.unruled.row_parts import Bands, Label, Row
from loaders.reading.unruled.rows_by_sums import whole_rows
from loaders.reading.unruled.settling import BROKEN_PITCH, by_columns, columns_of, settle_by_sums, whole_figure

LABEL_COLUMNS = 3
"""Labels stand in up to three columns: group, sub-group, reason."""

_FEWEST_NARROW = 7
"""Columns; those of publication are so few that no figure is too long for them."""

_AROUND = 3.0
"""Points beside a column in which a figure may stand that was not found at first."""

_HEADER = "信息内容"
"""How the header of a block of the publication table begins."""

_ALONE = 1.2
"""Part of the height of the type by which a label may reach below a figure that is longer than others."""

_WIDEST_PITCH = 2.5
"""Heights of type between the lines of a figure that is broken, where style sheets set lines far apart."""

_FARTHEST = 3.5
"""The same where no other row can follow."""

_PARTED = 0.3
"""Part of the lines of figures that rules part, if they part all rows; the others are ends of broken figures."""

_PART = pattern_of(r"[\d０-９,，.．]+[（(]?")
"""What may be the first part of a broken figure, and no label."""

_UNIT = pattern_of("[（(]?(?:[件宗条项份篇]|万?元)[）)]?|[）)]")
_NEXT_LINE = 0.8
"""Part of the height of the type within which the next line of a cell follows."""

_UNSURE = 0.3
"""Confidence of figures that may be two, or another row's."""

_GAP = 1.0
"""Part of the height of the type that separates neighbouring cells of one line."""


def merged_words(line: Line) -> list[Run]:
    """The runs of a line with those of one cell joined."""
    groups: list[list[Run]] = [[line.runs[0]]]
    for before, run in pairwise(line.runs):
        if run.left - before.right > _GAP * line.size or _stands_alone(run) or _stands_alone(before):
            groups.append([run])
        else:
            groups[-1].append(run)
    return [one_run(group) for group in groups]


def _stands_alone(run: Run) -> bool:
    """Whether a run is a cell however close its neighbours are."""
    return is_figure(run.text) or run.text in HEADER_WORDS


def cells_in_columns(
    lines: list[Line], columns: list[Column], bands: Bands, page: PageLayout
) -> tuple[list[Cell], int]:
    """Cells and number of rows: labels in the first three columns, figures after them, blanks where nothing stands."""
    first = next(index for index, line in enumerate(lines) if figures_in(line, columns))
    header, body = lines[:first], lines[first:]
    while header and not _is_header(header[-1], body[0]):
        body.insert(0, header.pop())
    if not _part_rows(bands, body, columns):
        bands = Bands([])
    rows = _rows_of_figures(body, columns, bands)
    _with_remains(rows, body, columns)
    rows = _with_units_below(rows, body, columns)
    figures = {id(run) for row in rows for run in row.figures}
    words = [run for line in body for run in _labels_of(line, columns) if id(run) not in figures]
    rows = deal_out(words, rows, bands, len(columns))
    rows = _only_row(rows) if len(columns) == COLUMNS_OF_LITIGATION else rows
    settle_by_sums(rows, columns)
    _doubt_beside_lost(rows, body, columns)
    _doubt_beside_labels(rows, body, {id(run) for run in words})
    heights = overprinted_heights(words)
    for row in rows:
        row.doubtful = row.doubtful or any(top < row.middle < bottom for top, bottom in heights)
    cells: list[Cell] = []
    for number, line in enumerate(header):
        _add_header(line, columns, page, cells, number)
    widest = _widest_figures(rows, columns)
    for number, row in enumerate(rows, len(header)):
        _add_row(row, columns, widest, page, cells, number)
    return cells, len(header) + len(rows)


def _labels_of(line: Line, columns: list[Column]) -> list[Run]:
    """The runs beside the figures; in a line of words over the columns the first alone, as the next is over one."""
    edge = columns[0].left + 2
    beside = [run for run in line.runs if _is_beside(run, edge)]
    if any(run.left > edge for run in line.runs) and not figures_in(line, columns):
        return beside[:1]
    return beside


def _is_beside(run: Run, edge: float) -> bool:
    """Whether a run stands left of the figures, or hardly reaches below one that is longer than others."""
    return run.right <= edge + _ALONE * run.height and run.left + run.right < 2 * edge


def overlaps(above: Line, line: Line) -> bool:
    """Whether two lines are of one row: a figure too long for its column is broken, and both parts stand beside it."""
    return above.bottom - line.top > SAME_ROW * line.size


def _doubt_beside_lost(rows: list[Row], lines: list[Line], columns: list[Column]) -> None:
    """Doubt the rows next to digits that found no row: these may be the first or the last of their figures."""
    known = {id(run) for row in rows for run in row.figures}
    known |= {id(run) for row in rows for label in row.labels for run in label.runs}
    for run in (run for line in lines for run in line.runs if run.left > columns[0].left and id(run) not in known):
        if run.text[0].isdigit():
            reach = _WIDEST_PITCH * run.height
            for row in rows:
                if row.figures and row.top - reach < run.middle < row.bottom + reach:
                    row.doubtful = True


def _doubt_beside_labels(rows: list[Row], lines: list[Line], known: set[int]) -> None:
    """Doubt rows with a label that stands in a column in front of their figures: the one dealt out is another's."""
    labels = [run for line in lines for run in line.runs if id(run) not in known and begins_row(run.text)]
    for row in rows:
        if labels and row.figures:
            first = min(run.left for run in row.figures)
            row.doubtful = row.doubtful or any(
                row.top < run.middle < row.bottom and run.right < first for run in labels
            )


def _with_remains(rows: list[Row], lines: list[Line], columns: list[Column]) -> None:
    """Put what is no figure by itself, but stands level with figures in a column, beside them."""
    known = {id(run) for row in rows for run in row.figures}
    edge = columns[0].left
    remains = [run for line in lines for run in line.runs if id(run) not in known]
    remains = [run for run in remains if run.left > edge or (columns[0].covers(run) > 0 and _PART.fullmatch(run.text))]
    for run in remains:
        slack = SAME_ROW * run.height
        home = next((row for row in rows if row.top + slack < run.bottom and run.top + slack < row.bottom), None)
        if home is not None and (columns_of(run, columns) or _PART.fullmatch(run.text)):
            home.remains.append(run)
    for row in rows:
        row.figures += row.remains


def _with_units_below(rows: list[Row], lines: list[Line], columns: list[Column]) -> list[Row]:
    """The rows with the units that stand below their figures, where a column has no room for both.

    What else stands in such a line are the last digits of other figures: a row of its own has no units alone.
    """
    whole: list[Row] = []
    for row in rows:
        before = whole[-1] if whole else None
        has_units = not row.proven and bool(row.remains) and all(_UNIT.fullmatch(run.text) for run in row.remains)
        if before is not None and has_units and _goes_on_below(before, row.figures, columns):
            before.figures += row.figures
        else:
            whole.append(row)
    known = {id(run) for row in whole for run in row.figures}
    for line in lines:
        units = [run for run in line.runs if id(run) not in known and _UNIT.fullmatch(run.text)]
        above = max((row for row in whole if row.bottom < line.bottom), key=lambda row: row.bottom, default=None)
        if units and above is not None and _goes_on_below(above, units, columns):
            above.figures += units
    return whole


def _goes_on_below(row: Row, runs: list[Run], columns: list[Column]) -> bool:
    """Whether runs stand right below figures of a row, each in a column that it fills."""
    if min(run.top for run in runs) - row.bottom > _NEXT_LINE * runs[0].height:
        return False
    filled = {home_of(figure, columns) for figure in row.figures}
    return all(home_of(run, columns) in filled - {None} for run in runs)


def _is_header(line: Line, body: Line) -> bool:
    """Whether a line above the figures is no first line of the label beside the first of them."""
    if overlaps(line, body):
        return False
    text = line_text(line)
    if ARTICLE.match(text) or text.startswith(_HEADER):
        return True
    if begins_row(text):
        return False
    if len(line.runs) > 1 or body.baseline - line.baseline > 1.2 * body.size:
        return True
    return line.left > body.left + 4 * body.size


def _part_rows(bands: Bands, lines: list[Line], columns: list[Column]) -> bool:
    """Whether rules stand between all rows, not only under the header or between groups of them."""
    if not bands.are_there:
        return True
    found = [(line, figures) for line in lines if (figures := figures_in(line, columns))]
    inside = sum(found[0][0].baseline < rule.at < found[-1][0].baseline for rule in bands.rules)
    if inside < _PARTED * (len(found) - 1):
        return False
    full = [(line, figures) for line, figures in found if 2 * len(figures) > len(columns)]
    parted = 0
    for (above, before), (line, after) in pairwise(full):
        if bands.part(before[-1], after[0]):
            parted += 1
        elif line.baseline - above.baseline > _most_pitch(above, line) * line.size or _begin_rows(above, line):
            return False  # no figure that is broken goes on there
        elif len(before) == len(after) == len(columns) and any(run.text == "0" for run in before):
            return False  # nor does a nought
    return parted >= _PARTED * (len(full) - 1)


def _most_pitch(above: Line, line: Line) -> float:
    """Heights of type up to which a line may hold the ends of broken figures: fewer where both have words."""
    return BROKEN_PITCH if _has_words(above) and _has_words(line) else _WIDEST_PITCH


def _begin_rows(above: Line, line: Line) -> bool:
    """Whether a label begins beside a line that has one above: broken figures stand above a label in their middle."""
    words = (run.text for run in line.runs if not is_figure(run.text))
    return _has_words(above) and any(map(begins_row, words))


def _has_words(line: Line) -> bool:
    return not is_figure(line.runs[0].text)


def _rows_of_figures(lines: list[Line], columns: list[Column], bands: Bands) -> list[Row]:
    """The rows that sums tell, and between them those that rules and distances do.

    These are in doubt where sums tell of rows with broken figures.
    """
    lines = [line for line in lines if figures_in(line, columns)]
    proven = whole_rows([figures_in(line, columns) for line in lines], columns)
    rows: list[Row] = []
    start = at = 0
    while at < len(lines):
        end, row = proven.get(at, (at + 1, None))
        if row is not None:
            rows += [*_figure_rows(lines[start:at], columns, bands), row]
            start = end
        at = end
    rows += _figure_rows(lines[start:], columns, bands)
    if any(end > first + 1 for first, (end, _) in proven.items()):
        for row in rows:
            row.doubtful = not row.proven
    return rows


def _only_row(rows: list[Row]) -> list[Row]:
    """The rows as one: the table has no more, so that those that follow closely are the rest of its figures."""
    whole: list[Row] = []
    for row in rows:
        before = whole[-1] if whole else None
        if (
            before is not None
            and before.figures
            and row.figures
            and row.bottom - before.bottom < _FARTHEST * row.figures[0].height
        ):
            before.figures += row.figures
            before.torn = True
        else:
            whole.append(row)
    return whole


def _figure_rows(lines: list[Line], columns: list[Column], bands: Bands) -> list[Row]:
    """Figures on one baseline; where rules part the rows, all figures between two rules.

    Figures that overlap are in one row, since rows do not: one too long for its column is broken there. The labels
    beside them may reach over several rows.
    """
    rows: list[Row] = []
    for line in lines:
        figures = figures_in(line, columns)
        if not figures:
            continue
        same = bool(rows) and rows[-1].bottom - min(run.top for run in figures) > SAME_ROW * line.size
        if bands.are_there and rows:
            same = not bands.part(rows[-1].figures[-1], figures[0])
        if same:
            rows[-1].figures += figures
        else:
            rows.append(Row(figures))
    return rows


def _widest_figures(rows: list[Row], columns: list[Column]) -> list[float]:
    """For each column how wide the widest of its figures is that has a cell for itself."""
    widest = [0.0] * len(columns)
    if not any(row.bottom - row.top > BROKEN_PITCH * row.figures[0].height for row in rows if row.figures):
        return widest  # none is on two lines
    for row in rows:
        standing, _ = by_columns(row, columns)
        for index, runs in enumerate(standing):
            if len(runs) == 1 and runs[0].text.isdecimal():
                widest[index] = max(widest[index], runs[0].right - runs[0].left)
    return widest


def _add_row(
    row: Row, columns: list[Column], widest: list[float], page: PageLayout, cells: list[Cell], number: int
) -> None:
    labels = sorted(row.labels, key=lambda label: label.left)
    if len(labels) > LABEL_COLUMNS:  # a group's label in pieces; that of the row stands right beside its figures
        labels[1:-1] = [Label([run for label in labels[1:-1] for run in label.runs])]
    for column, label in enumerate(labels):
        left, top, right, bottom = bounding_box(label.runs)
        span = LABEL_COLUMNS - column if column == len(labels) - 1 else 1
        confidence = min(run.confidence for run in label.runs)
        place = page.place((left, top, right, bottom))
        cells.append(Cell(cell_text(label.runs, left, right), number, column, 1, span, place, confidence))
    doubtful, torn = row.doubtful, row.torn
    standing, crossing = by_columns(row, columns)
    for index, (extent, runs, over) in enumerate(zip(columns, standing, crossing, strict=True)):
        if not (runs or over) and page.look is not None and row.figures:
            unseen = page.look((extent.left - _AROUND, row.top - 1, extent.right + _AROUND, row.bottom + 1))
            runs = [unseen] if unseen else []
        box = bounding_box(runs + over) if runs or over else (extent.left, row.top, extent.right, row.bottom)
        confidence = min((run.confidence for run in runs + over), default=1.0)
        lines = [] if torn or len(columns) < _FEWEST_NARROW else lines_of_digits(runs)
        text = whole_figure(runs, torn=torn or (bool(lines) and have_room(lines, widest[index])))
        if over or (doubtful and text):
            text, confidence = "".join([text, *(run.text for run in over), UNSURE]), min(confidence, _UNSURE)
        others = runs[0].other_readings if len(runs) == 1 and not text.endswith(UNSURE) else ()
        cells.append(Cell(text, number, LABEL_COLUMNS + index, 1, 1, page.place(box), confidence, others))
        if lines and text.isdecimal():
            note_first_line(cells[-1], lines)


def _add_header(line: Line, columns: list[Column], page: PageLayout, cells: list[Cell], number: int) -> None:
    """Cells of a line above the figures, over the columns that they reach."""
    words = merged_words(line)
    spans = _labels_apart(_header_spans(words, columns))
    taken = -1
    for run, (first, span) in zip(words, spans, strict=True):
        first = max(first, taken + 1)
        if first >= LABEL_COLUMNS + len(columns):
            continue
        taken = first + span - 1
        place = page.place(bounding_box([run]))
        cells.append(Cell(run.text, number, first, 1, span, place, run.confidence))


def _labels_apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same with the label columns shared out where several words stand in front of the figures."""
    labels = min(sum(span == (0, LABEL_COLUMNS) for span in spans), LABEL_COLUMNS)
    shares = [(number, 1) for number in range(labels - 1)]
    return [*shares, (labels - 1, LABEL_COLUMNS - labels + 1), *spans[labels:]] if labels > 1 else spans


def _header_spans(words: list[Run], columns: list[Column]) -> list[tuple[int, int]]:
    """First column and number of columns for each cell of a header line."""
    if len(words) == len(columns) + 1 and columns[0].covers(words[0]) <= 0:
        return [(0, LABEL_COLUMNS), *((LABEL_COLUMNS + index, 1) for index in range(len(columns)))]
    spans: list[tuple[int, int]] = []
    over = [[index for index, column in enumerate(columns) if column.covers(word) > 0] for word in words]
    free = [index for index in range(len(columns)) if not any(index in reached for reached in over)]
    for word, reached in zip(words, over, strict=True):
        if reached:
            spans.append((LABEL_COLUMNS + reached[0], len(reached)))
        elif (word.left + word.right) / 2 < columns[0].left - 1.5 * word.height:
            spans.append((0, LABEL_COLUMNS))
        else:
            middle = (word.left + word.right) / 2
            nearest = min(free or range(len(columns)), key=lambda index: abs(centre(columns[index]) - middle))
            spans.append((LABEL_COLUMNS + (nearest if free else len(columns)), 1))
    return spans
