"""A table that runs over pages becomes one table again."""

from __future__ import annotations

from functools import lru_cache
from string import ascii_uppercase

from loaders.document import UNSURE, Cell
from loaders.form.figures import read_figure
from loaders.form.labels import ends_label
from loaders.patterns import pattern_of
from loaders.reading.printed.page_model import Line
from loaders.reading.printed.tables import ARTICLE, COLUMNS_OF_LITIGATION, RESULTS, TablePiece, begins_row, is_figure

_EDGE = 8.0
"""Points by which the outer edges of two parts of a table may differ."""

_CENTRE = 12.0
"""Points by which the centres of columns without lines may differ."""

_LABELS = 3
"""Columns of labels, which begin further left where a page has a group's label."""

_SAME = 4.0
"""Points within which the columns of two parts are the same."""

_BROKEN = 0.6
"""Confidence of a figure put together from both sides of a page's end."""

_UNSURE = 0.3
"""Confidence of one of which a part may stand there."""

_END_OF_FIGURE = pattern_of(
    r"^[\d０-９,，.．]{0,4}[（(]?(?:[件个次项条宗篇份起人家]|万?元|万|%)?[）)]?"
    r"(?:[\[［【（(]注?\d{0,2}[\]］】）)]|[①-⑳*＊※]+)?$"
)
"""What is left of a figure for the next page: digits, a unit, the mark of a note, or several of them."""

_END_OF_COUNT = pattern_of(r"\d{1,3}")

_CUT_BEHIND_POINT = pattern_of(r"[\d０-９]{1,2}[.．]")
"""The beginning of a figure which elsewhere is the number of a label."""

_NUMBER = pattern_of(r"^[（(]?[一二三四五六七八九\d]+[)）]?[、.．]?$")
"""A label of which no more than its number stands before the page's end."""

_GROUP, _REASON = pattern_of(r"[（(][三四五六][)）].{0,8}"), pattern_of(r"[1-8][.．、]")
"""A label of which no more than its group stands before the page's end, and the reason that follows it."""

_MOST_HEADER_ROWS, _LEFT_OUT = 12, 2


def join_pieces(first: TablePiece, second: TablePiece) -> TablePiece | None:
    """Both parts as one table, or None if they do not belong together.

    Header rows printed again are dropped, a row cut by the page's end and labels merged over it become one again.
    """
    if not (first.ruled and second.ruled):
        return _appended(first, second)
    shift = _shift(first, second)
    if shift is None:
        return None
    _drop_empty_rows(first, from_end=True)
    _drop_empty_rows(second, from_end=False)
    shifted = _aligned(first.columns, [x + shift for x in second.columns])
    columns = _united(first.columns, shifted)
    above = _moved(first.cells, first.columns, columns)
    below = _moved(second.cells, shifted, columns)
    repeated = _repeated_rows(above, below, first.height)
    below = [cell for cell in below if cell.row >= repeated]
    _move_down(below, -repeated)
    height = second.height - repeated
    if not below:
        return TablePiece(above, columns, first.height, first.page, first.top, first.bottom)
    figures = _figure_columns(above + below)
    overlap = _overlap(above, below, first.height, figures)
    header = not overlap and _is_header(_row_texts(above, first.height - 1), _row_texts(below, 0))
    _move_down(below, first.height - overlap)
    cells = _stitch(above, below, first.height, overlap, set() if header else figures, header)
    return TablePiece(
        cells, columns, first.height + height - overlap, first.page, first.top, first.bottom, first.aligned
    )


def _drop_empty_rows(piece: TablePiece, from_end: bool) -> None:
    """Take out rows at a page's end in which no text begins: slivers of cells that go on over it."""
    while piece.height > 1:
        row = piece.height - 1 if from_end else 0
        if any(cell.text for cell in piece.cells if cell.row == row):
            return
        kept: list[Cell] = []
        for cell in piece.cells:
            if cell.row <= row < cell.row + cell.row_span:
                cell.row_span -= 1
            elif cell.row > row:
                cell.row -= 1
            if cell.row_span:
                kept.append(cell)
        piece.cells, piece.height = kept, piece.height - 1


def _appended(first: TablePiece, second: TablePiece) -> TablePiece | None:
    """Parts without lines, where their figures stand in the same columns."""
    if first.ruled or second.ruled or not (first.aligned and second.aligned):
        return None
    if len(first.columns) != len(second.columns):
        return None
    centres = zip(first.columns[_LABELS:-1], second.columns[_LABELS:-1], strict=True)
    if any(abs(a - b) > _CENTRE for a, b in centres):
        return None
    repeated = _repeated_rows(first.cells, second.cells, first.height)
    below = [cell for cell in second.cells if cell.row >= repeated]
    _move_down(below, -repeated)
    figures = _figure_columns(first.cells + below)
    overlap = _overlap(first.cells, below, first.height, figures)
    if not overlap:
        _doubt_rests(first.cells, below, first.height, figures)
    _move_down(below, first.height - overlap)
    cells = _stitch(first.cells, below, first.height, overlap, figures, False) if overlap else first.cells + below
    height = first.height + second.height - repeated - overlap
    return TablePiece(cells, first.columns, height, first.page, first.top, first.bottom, ruled=False)


def _doubt_rests(above: list[Cell], below: list[Cell], height: int, figures: set[int]) -> None:
    """Doubt the rows on both sides of a page's end where one has a few figures and no label: likely parts of others."""
    rows = _row_texts(above, height - 1), _row_texts(below, 0)
    stated = [{column for column in figures if _may_be_figure(row.get(column, ""))} for row in rows]
    if not all(stated) or not any(
        there != figures and not _last_label(row, figures) for row, there in zip(rows, stated, strict=True)
    ):
        return
    for cell in [*(cell for cell in above if cell.row == height - 1), *(cell for cell in below if cell.row == 0)]:
        if cell.column in figures and cell.text and not cell.text.endswith(UNSURE):
            cell.text, cell.confidence, cell.other_readings = cell.text + UNSURE, _UNSURE, ()


def doubt_figures_with_ends_below(piece: TablePiece, line: Line) -> None:
    """Doubt figures of a table's last row below which the next page begins with nothing but a few digits.

    They are the ends of figures that were too long for their columns, or a page number.
    """
    if not all(_END_OF_COUNT.fullmatch(run.text.strip()) for run in line.runs):
        return
    for cell in piece.cells:
        box = cell.place.box if cell.row == piece.height - 1 else None
        if box and any(run.left < box[2] and run.right > box[0] for run in line.runs) and is_figure(_plain(cell.text)):
            cell.text, cell.confidence, cell.other_readings = cell.text + UNSURE, _UNSURE, ()


def _shift(first: TablePiece, second: TablePiece) -> float | None:
    """How far the second part stands to the left of the first; None where their widths differ."""
    width = first.columns[-1] - first.columns[0]
    if abs(width - (second.columns[-1] - second.columns[0])) > _EDGE:
        return None
    return first.columns[0] - second.columns[0]


def _aligned(first: list[float], second: list[float]) -> list[float]:
    """The columns of the second part as wide as those of the first, if more of them are the same then.

    A photograph has each page in another size.
    """
    left, scale = second[0], (first[-1] - first[0]) / (second[-1] - second[0])
    scaled = [left + (x - left) * scale for x in second]
    return min((second, scaled), key=lambda columns: len(_united(first, columns)))


def _united(first: list[float], second: list[float]) -> list[float]:
    """The columns of both parts."""
    united = list(first)
    united += [x for x in second if all(abs(x - other) > _SAME for other in first)]
    return sorted(united)


def _moved(cells: list[Cell], own: list[float], united: list[float]) -> list[Cell]:
    """Cells counted in the united columns."""
    if own == united:
        return cells
    index = [min(range(len(united)), key=lambda k: abs(united[k] - x)) for x in own]
    if index == list(range(len(own))):
        return cells
    kept: list[Cell] = []
    for cell in cells:
        first, last = index[cell.column], index[cell.column + cell.column_span]
        if first == last and not cell.text:  # between two lines that are one in the other part
            continue
        cell.column = min(first, len(united) - 2)
        cell.column_span = max(1, last - cell.column)
        kept.append(cell)
    return kept


def _move_down(cells: list[Cell], rows: int) -> None:
    """Count rows from elsewhere."""
    if rows:
        for cell in cells:
            cell.row += rows


def _row_texts(cells: list[Cell], row: int) -> dict[int, str]:
    """Text by column of the cells that reach into a row."""
    return {cell.column: _plain(cell.text) for cell in cells if cell.row <= row < cell.row + cell.row_span}


@lru_cache(maxsize=1 << 12)
def _plain(text: str) -> str:
    return "".join(text.split())


def _repeated_rows(above: list[Cell], below: list[Cell], height: int) -> int:
    """How many rows at the head of the second part repeat the head of the first, of which it may leave out rows."""
    first = _words_of_rows(above, min(_MOST_HEADER_ROWS + _LEFT_OUT, height))
    second = _words_of_rows(below, _MOST_HEADER_ROWS)
    count = max(_common(first[start:], second) for start in range(_LEFT_OUT + 1))
    while count and any(cell.row < count < cell.row + cell.row_span for cell in below):
        count -= 1
    return count


def _words_of_rows(cells: list[Cell], count: int) -> list[list[str]]:
    """The texts of each of the first rows, left to right; none of a row with figures."""
    rows: list[dict[int, str]] = [{} for _ in range(count)]
    for cell in cells:
        if cell.row < count:
            for row in rows[cell.row : cell.row + cell.row_span]:
                row[cell.column] = _plain(cell.text)
    found = [[text for text in row.values() if text] for row in rows]
    return [[] if any(map(is_figure, texts)) else texts for texts in found]


def _common(first: list[list[str]], second: list[list[str]]) -> int:
    """How many rows at the beginning are the same."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if not one or one != other:
            break
        count += 1
    return count


def _figure_columns(cells: list[Cell]) -> set[int]:
    """Columns in which more figures than words stand."""
    score: dict[int, int] = {}
    for cell in cells:
        if cell.text:
            score[cell.column] = score.get(cell.column, 0) + (1 if _may_be_figure(cell.text) else -1)
    return {column for column, value in score.items() if value > 0}


@lru_cache(maxsize=1 << 12)
def _may_be_figure(text: str) -> bool:
    return text.endswith(UNSURE) or is_figure(_plain(text))


def _is_cut(last: dict[int, str], first: dict[int, str], figures: set[int]) -> bool:
    """Whether the page's end cut a row in two: no new label begins, and its figures stand on one side only.

    Or they fill the row from both sides: some have slipped over the end where the others have not.
    """
    if any(map(ARTICLE.match, first.values())):
        return False
    label, begun = _last_label(first, figures), _label(last, figures)
    if begins_row(label) and begun and not _NUMBER.match(begun):
        return False
    above = {column for column, text in last.items() if column in figures and is_figure(text)}
    below = {column for column, text in first.items() if column in figures and is_figure(text)}
    if above and not below:
        return bool(label) and not any(text for column, text in first.items() if column >= min(figures))
    if below and not above:
        return bool(begun) and not any(last.get(column) for column in below)
    return bool(above) and not begins_row(label) and not above & below and above | below == figures


def _is_broken(last: dict[int, str], first: dict[int, str], figures: set[int]) -> bool:
    """Whether the page's end cut figures in two: the rest of a label goes with the rest of a few of them, or of many.

    Many end where their columns do, which are equally wide, or some in their units. Where no label goes on, few end, or
    the row then adds up. Others may have slipped over the page's end as a whole.
    """
    label = _label(first, figures)
    above = {column for column, text in last.items() if column in figures and _is_begun(text)}
    below = {column for column, text in first.items() if column in figures and text}
    slipped = {column for column in below - above if not last.get(column)} if above | below == figures else set()
    below -= slipped
    if not below or not below <= above:
        return False
    opens = any(begins_row(text) for at, text in first.items() if at < min(figures))
    if opens and not _NUMBER.match(_label(last, figures)) and not _goes_on_with_reason(last, first, figures):
        return False
    if not all(_END_OF_FIGURE.match(first[column]) for column in below):
        return False
    few = 2 * len(below) < len(figures)
    if slipped:
        return bool(label) and few
    if not all(is_figure(first[column]) for column in below):
        return True
    if not label:
        row = [first.get(at, "") for at in sorted(figures)]
        return (few and not _adds_up(row)) or _add_up(last, first, figures)
    (shortest, longest), rest = _lengths(last, below), _lengths(first, below)[1]
    return few or rest < shortest == longest


def _goes_on_with_reason(last: dict[int, str], first: dict[int, str], figures: set[int]) -> bool:
    """Whether the page's end parts a group from its reason in one label, and the row adds up only as a whole."""
    is_group = _GROUP.fullmatch(_label(last, figures)) is not None and _REASON.match(_label(first, figures)) is not None
    row = [first.get(at, "") for at in sorted(figures)]
    return is_group and not _adds_up(row) and _add_up(last, first, figures)


def _is_begun(text: str) -> bool:
    return is_figure(text) or _CUT_BEHIND_POINT.fullmatch(text) is not None


def _add_up(last: dict[int, str], first: dict[int, str], figures: set[int]) -> bool:
    """Whether the figures of two rows end with their sum when put together, and those of the upper one alone do not.

    Where both rows add up, they also do together.
    """
    columns = sorted(figures)
    above = [last.get(at, "") for at in columns]
    return _adds_up([text + first.get(at, "") for at, text in zip(columns, above, strict=True)]) and not _adds_up(above)


def _adds_up(texts: list[str]) -> bool:
    *parts, total = (reading.value() if reading.kind == "figure" else 0.0 for reading in map(read_figure, texts))
    return sum(parts) == total


def _lengths(row: dict[int, str], columns: set[int]) -> tuple[int, int]:
    """Characters of the shortest and of the longest text in some columns."""
    lengths = [len(row[column]) for column in columns]
    return min(lengths), max(lengths)


def _overlap(above: list[Cell], below: list[Cell], height: int, figures: set[int]) -> int:
    """How many rows both parts share: one that the page's end cut, or none. Rows below count from 0."""
    last, first = _row_texts(above, height - 1), _row_texts(below, 0)
    if sum(text in RESULTS for text in last.values()) >= len(RESULTS) and any(map(is_figure, first.values())):
        return 0  # the header of litigation, and its only row
    if _names_columns(first):
        return 0
    label = _label(first, figures)
    if ends_label(_label(last, figures), label):
        return 1
    has_units = any(text and not is_figure(text) for column, text in first.items() if column in figures)
    broken = _is_broken(last, first, figures) and (
        has_units or not label or _has_numbered_labels(above + below, figures)
    )
    return int(broken or _is_cut(last, first, figures) or _is_cut_litigation(last, first))


def _names_columns(row: dict[int, str]) -> bool:
    """Whether a row holds the letters over the columns of a printed worksheet, of which O looks like a nought."""
    letters = "".join(row.values())
    return len(letters) > _LABELS and ascii_uppercase.startswith(letters)


def _is_cut_litigation(last: dict[int, str], first: dict[int, str]) -> bool:
    """Whether both rows have as many columns as the litigation table, whose only row they are then.

    Where they fill the same columns, the table may stand there twice, unless some are no figures by themselves.
    """
    if min(len(last), len(first)) < COLUMNS_OF_LITIGATION:
        return False
    texts = [*last.values(), *first.values()]
    if not all(is_figure(text) or _END_OF_FIGURE.match(text) for text in texts):
        return False
    if any(text and read_figure(text).kind != "figure" for text in texts):
        return True
    return any(bool(text) != bool(first.get(at)) for at, text in last.items())


def _has_numbered_labels(cells: list[Cell], figures: set[int]) -> bool:
    """Whether most labels right beside the figures show where they begin."""
    labels = [cell.text for cell in cells if figures and cell.text and cell.column + cell.column_span == min(figures)]
    return 2 * sum(map(begins_row, labels)) > len(labels)


def _label(row: dict[int, str], figures: set[int]) -> str:
    """The label right beside the figures; what stands further left may be merged over many rows."""
    columns = [column for column in row if not figures or column < min(figures)]
    return row[max(columns)] if columns else ""


def _last_label(row: dict[int, str], figures: set[int]) -> str:
    """The last label in front of the figures, where cells right beside them are empty."""
    columns = [column for column, text in row.items() if text and (not figures or column < min(figures))]
    return row[max(columns)] if columns else ""


def _is_header(last: dict[int, str], first: dict[int, str]) -> bool:
    """Whether the page's end cut a header in two."""
    texts = [text for text in (*last.values(), *first.values()) if text]
    return bool(texts) and not any(is_figure(text) or begins_row(text) for text in texts)


def _stitch(
    above: list[Cell], below: list[Cell], height: int, overlap: int, figures: set[int], header: bool
) -> list[Cell]:
    """Join the cells on both sides of the page's end that were one cell."""
    ending = {cell.column: cell for cell in above if cell.row + cell.row_span == height}
    row = height - overlap
    labels = _columns_of_labels([cell for cell in below if cell.row == row])
    kept = list(above)
    for cell in below:
        partner = ending.get(cell.column) if cell.row == row else None
        if not overlap and not cell.text and cell.column >= labels:
            partner = None
        if partner is None or not (overlap or _goes_on(partner, cell, figures, header)):
            kept.append(cell)
            continue
        sure = _BROKEN if cell.column in figures and partner.text and not _lacks_digits(cell.text) else 1.0
        partner.text = _joined(partner.text, cell.text)
        partner.row_span += cell.row_span - overlap
        partner.column_span = max(partner.column_span, cell.column_span)
        partner.confidence = min(partner.confidence, cell.confidence, sure)
    return kept


def _lacks_digits(text: str) -> bool:
    """Whether a text is no part of a number: blank, or the unit behind one that ended before the page did."""
    plain = _plain(text)
    return not any(map(str.isdigit, plain)) and _END_OF_FIGURE.match(plain) is not None


def _columns_of_labels(row: list[Cell]) -> int:
    """The columns of a row left of its figures: a blank cell among figures is no end of the header above."""
    figures = [cell.column for cell in row if is_figure(cell.text)]
    if figures:
        return 0 if len(row) == COLUMNS_OF_LITIGATION else min(figures)
    return max((cell.column + 1 for cell in row), default=0)


def _joined(before: str, after: str) -> str:
    return before + after if before and after else before or after


def _goes_on(partner: Cell, cell: Cell, figures: set[int], header: bool) -> bool:
    """Whether a label cell at the head of a page belongs to the one above the page's end."""
    if partner.column_span != cell.column_span or (figures and cell.column >= min(figures)):
        return False
    text = _plain(cell.text)
    if not text:
        return True
    merged = header or partner.row_span > 1 or cell.row_span > 1
    return merged and not is_figure(text) and (not partner.text or not begins_row(text))
