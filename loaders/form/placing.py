"""Which figure of a row belongs to which column of the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.document import Cell
from loaders.form.columns import (
    MOST_WAYS,
    Bands,
    Columns,
    Header,
    ends_with_sum,
    holds_one_twice,
    span,
    under,
)
from loaders.form.drifting import by_neighbours
from loaders.form.figures import TEXT, is_broken, is_share, read_figure
from loaders.form.placement import BY_NEIGHBOURS, FEWEST_WITH_TOTAL, IN_ORDER, SETTLED_BY_SUM, Placement, lost
from loaders.form.records import Record
from loaders.form.rows import RowCell
from loaders.form.short_rows import lost_a_cell
from loaders.form.surplus import of_pieces, one_for_all, one_for_each
from loaders.patterns import pattern_of

_NUMBER_OF_LABEL = pattern_of(r"^\s*\d{1,2}(?:\s*[.．、]|(?=\D))|[1-8]\s*[.．、]")
_NUMBER_ALONE = pattern_of(r"\s*[1-8]\s*[.．、]\s*")
_DIGITS = pattern_of(r"\d+")
_NARROW = 3  # columns


@dataclass(frozen=True, slots=True)
class _Row:
    """A row to be placed: how many columns the form has for it, where its table has theirs, and its label."""

    record: Record
    width: int
    columns: Columns
    label: str

    @property
    def numbers(self) -> list[RowCell]:
        """Its cells with a figure."""
        return self.record.numbers


def place(record: Record, width: int, columns: Columns, label: str = "") -> Placement:
    """Give each column its figure: by count where the row is complete, by geometry where cells are blank.

    `label` is the text by which the row was recognised; it cannot be a figure that is illegible.
    """
    row = _Row(record, width, columns, label)
    if record.pieced and len(record.numbers) >= width:
        return of_pieces(record, width)
    if len(record.numbers) >= width:
        return _of_enough(row)
    placed = _of_total_alone(row) or _of_total_at_the_end(row) or _with_figure_amid_label(row) or _of_doubtful(row)
    if placed is None and record.tabular:
        placed = _at_its_columns(row)
    placed = placed or _in_order(row)
    return lost(width) if any(map(_is_share, placed.cells)) else placed  # it stands beside the form: a cell is lost


def _is_share(cell: RowCell | None) -> bool:
    return cell is not None and cell.reading.kind == "text" and is_share(cell.cell.text)


def _of_enough(row: _Row) -> Placement:
    """As many figures as columns, or more."""
    record, width, header = row.record, row.width, row.columns.header
    if len(row.numbers) > width:
        placed = one_for_each(record, header) or one_for_all(record, width)
        return lost(width) if row.columns.exceeded and _drops_the_only_count(record, placed) else placed
    if _has_broken(record) or _is_one_of_others(record, width, row.columns):
        return lost(width)
    if row.columns.ends_in_shares and not row.numbers[-1].reading.value():
        return lost(width)
    if _ends_beside(record, width, row.columns):
        return Placement(tuple(record.figures[:width]), IN_ORDER)
    if _is_short_beside(record, width, row.columns):
        return lost(width)
    if _has_illegible_amid(record, width):
        return _at_its_columns(row) or lost(width)
    return _under_header(record, header) or Placement(tuple(row.numbers), IN_ORDER)


def _of_total_alone(row: _Row) -> Placement | None:
    """A table of which nothing but the totals is filled in."""
    alone = row.columns.only_totals and row.numbers
    return Placement(tuple(row.record.row[-row.width :]), IN_ORDER) if alone else None


def _of_total_at_the_end(row: _Row) -> Placement | None:
    columns = row.columns
    at_the_end = row.record.tabular and columns.ends_with_total and len(columns.by_place) != 1
    return _at_the_end(row.record, row.width) if at_the_end else None


def _with_figure_amid_label(row: _Row) -> Placement | None:
    if row.width < FEWEST_WITH_TOTAL or len(row.numbers) != row.width - 1:
        return None
    amid = _figure_amid(row.record, row.label)
    return None if amid is None else _with_first(amid, row.record, row.width)


def _of_doubtful(row: _Row) -> Placement | None:
    """Too few figures in a row that may have lost a cell or been shifted: none of them can be placed.

    One that ends elsewhere than the header may still have as many cells as columns.
    """
    record, width, columns = row.record, row.width, row.columns
    if not row.numbers:
        return None
    keeps_cells = record.aligned or columns.keeps_blanks or len(record.figures) >= width
    shifted = _is_shifted(record, width, columns) or _is_short_beside(record, width, columns)
    shifted = shifted or _holds_a_figure(row.label) or _is_short_of_a_note(record, width, columns)
    shifted = shifted or lost_a_cell(record, min((bands[-1][1] for bands in columns.by_place), default=None))
    if shifted or not keeps_cells or _lacks_a_cell(record, width, columns):
        return lost(width)
    if record.aligned and _is_out_of_line(record, width, columns):
        return Placement(tuple(record.figures), IN_ORDER) if len(record.figures) == width else lost(width)
    return None


def _at_its_columns(row: _Row) -> Placement | None:
    """The figures at the columns that complete rows, the header or neighbours show; lost where these disagree."""
    record, width, numbers = row.record, row.width, row.numbers
    found = _at_shown_columns(row)
    lacks_total = found and not record.aligned and found[0].cells[-1] is None
    if lacks_total and len(numbers) > 2 and ends_with_sum(numbers):
        return lost(width)  # the last one is the total, though no cell says which other one is blank
    if found:
        summing = _summing_under_header(record, row.columns.header, found[0], row.label)
        agree = all(_same(found[0], other) for other in found[1:])
        return summing or (found[0] if agree else _only_sum(found, width))
    near = None if record.pieced else by_neighbours(record, row.columns.complete)
    return None if near is None else Placement(near, BY_NEIGHBOURS)


def _at_shown_columns(row: _Row) -> list[Placement]:
    """One placement for each way in which complete rows show where the columns are.

    A measure on which all of them agree outweighs one on which they do not.
    """
    record, columns = row.record, row.columns
    fewest = min(len(columns.by_place) or MOST_WAYS, len(columns.behind_label) or MOST_WAYS)
    ways = columns.by_place if len(columns.by_place) <= fewest else ()
    if len(ways) > 1:  # rows have more or fewer cells for their labels: a shorter one is of none of these ways
        ways = tuple(bands for bands in ways if bands[-1][0] <= span(record.row[-1])[1])
    placements = [_by_place(record, bands, row.label) for bands in ways]
    if len(columns.behind_label) <= fewest:
        leftmost = columns.first if len(columns.by_place) == 1 and any(placements) else 0
        placements += [_behind_label(record, bands, leftmost) for bands in columns.behind_label]
    return [each for each in placements if each is not None]


def _in_order(row: _Row) -> Placement:
    """As many cells as columns one by one; a narrow row in front of what stands beside it; else nothing."""
    record, width = row.record, row.width
    cells = record.figures
    if any(is_share(each.cell.text) for each in cells) and not record.aligned:
        return lost(width)  # it stands beside the form, as far behind the last figure as cells are blank
    if _may_begin_behind(record, width, row.columns):
        return lost(width)
    if len(cells) == width and not (record.tabular and cells[0].cell.column < row.columns.first):
        return Placement(tuple(cells), IN_ORDER if row.numbers else 0.95)
    trimmed = _trim_trailing_blanks(cells)
    is_narrow = record.tabular and width <= _NARROW and bool(trimmed) and len(trimmed) <= width <= len(cells)
    if is_narrow and (len(cells) == width or cells[0].reading.kind != "blank"):
        return Placement(tuple(cells[:width]), 0.9)
    return lost(width) if row.numbers else Placement((None,) * width, 0.9)


def _may_begin_behind(record: Record, width: int, columns: Columns) -> bool:
    """Whether the blank in front of a row of saved text may be of its label, as no row is complete: a column lacks."""
    if width < FEWEST_WITH_TOTAL or not record.tabular or record.aligned or columns.complete:
        return False
    return record.figures[:1] != record.numbers[:1] and len(record.numbers) == width - 1 == len(record.figures) - 1


def _drops_the_only_count(record: Record, placed: Placement) -> bool:
    """Whether nothing but noughts is left of a row that holds another figure, in a table with columns beside."""
    return not any(cell and cell.reading.value() for cell in placed.cells) and any(
        each.reading.value() for each in record.numbers
    )


def _has_illegible_amid(record: Record, width: int) -> bool:
    """Whether words stand for a figure in front of another one in a row with more cells than the form has columns."""
    if not record.tabular or len(record.figures) <= width:
        return False
    kinds = [each.reading.kind for each in record.figures]
    last = len(kinds) - 1 - kinds[::-1].index("figure")
    return "text" in kinds[:last]


def _has_broken(record: Record) -> bool:
    """Whether one more figure was begun, whose rest may be the one behind it."""
    return len(record.figures) > len(record.numbers) and any(is_broken(each.reading) for each in record.figures)


def _is_one_of_others(record: Record, width: int, columns: Columns) -> bool:
    """Whether one of as many figures as columns may stand beside the form, and a cell between them be a blank of it.

    Not where they add up to their last and no other row has more figures; surely where they do not, but those before
    the last do.
    """
    is_whole = record.aligned and len(record.figures) == width
    if width >= FEWEST_WITH_TOTAL and not is_whole and _last_but_one_is_total(record.numbers):
        return True
    if not record.tabular or width == 1:
        return False
    at = [n for n, each in enumerate(record.figures) if each.reading.kind == "figure"]
    may_be_beside = columns.exceeded and (at[0] > 0 or not record.aligned)
    if at[-1] - at[0] < width and not may_be_beside:
        return False
    if width < FEWEST_WITH_TOTAL or ends_with_sum(record.numbers):
        return columns.exceeded and not (width >= FEWEST_WITH_TOTAL and record.numbers[-1].reading.value())
    return not _has_one_under_each(record, columns.header) or (columns.exceeded and _has_wide_labels(columns.header))


def _ends_beside(record: Record, width: int, columns: Columns) -> bool:
    """Whether the last of as many figures as columns stands where nearly all rows have one more cell than the form.

    Words of other rows show that such cells are beside the form: shares, of which a dash may be a nought.
    """
    usual = columns.usual
    if not (record.tabular and columns.ends_in_words) or columns.exceeded:
        return False
    if usual is None or not width < usual == len(record.figures):
        return False
    return record.figures[0].reading.kind != "blank" and record.figures[-1].reading.kind == "figure"


def _has_one_under_each(record: Record, header: Header | None) -> bool:
    """Whether each label of the header has one figure below it: none of them stands beside the form."""
    return header is not None and record.aligned and all(len(cells) == 1 for cells in under(header, record))


def _has_wide_labels(header: Header | None) -> bool:
    """Whether labels reach over several columns, each of which may hold a figure: this year's and last year's."""
    return header is not None and any(first < last for first, last in header.bands)


def _last_but_one_is_total(numbers: Sequence[RowCell]) -> bool:
    """Whether the last figure stands behind the sum of several others, which leaves one too few."""
    *parts, total = (each.reading.value() for each in numbers[:-1])
    several = sum(map(bool, parts)) > 1
    return several and sum(parts) == total and not ends_with_sum(numbers)


def _holds_a_figure(label: str) -> bool:
    """Whether a figure stands among the words of a label, on a line of its own: that of a column without lines."""
    _, *lines = label.split("\n")
    return any(line.strip().isdigit() for line in lines)


def _figure_amid(record: Record, label: str) -> RowCell | None:
    """The figure among the words of the row's label: that is wider than its cell and runs over the next one.

    Where a blank stands before another figure, or all others are noughts and the total is blank, the digits are of a
    label that was misread.
    """
    behind = [each for each in record.figures if each.reading.kind != "text"]
    blanks = [at for at, each in enumerate(behind) if each.reading.kind == "blank"]
    if not record.aligned or (blanks and blanks[0] < len(record.numbers)):
        return None
    if blanks and not any(each.reading.value() for each in record.numbers):
        return None
    number = next((each.cell.text for each in record.row if _NUMBER_ALONE.fullmatch(each.cell.text)), "")
    written = label if number in label else number + label
    found = _DIGITS.findall(_NUMBER_OF_LABEL.sub("", written, count=1))
    if len(found) != 1:
        return None
    holding = [each for each in record.row if each.reading.kind == "text" and found[0] in each.cell.text]
    cell = replace(holding[-1].cell, text=found[0]) if holding else Cell(found[0], 0, 0)
    return RowCell(cell, read_figure(found[0]))


def _with_first(first: RowCell, record: Record, width: int) -> Placement:
    """The row with another figure in front, if it then adds up; noughts do so, too, where a blank one is the total."""
    cells = (first, *record.numbers)
    *parts, total = (each.reading.value() for each in cells)
    no_blank = all(each.reading.kind != "blank" for each in record.figures)
    return Placement(cells, SETTLED_BY_SUM) if sum(parts) == total and (total or no_blank) else lost(width)


def _is_shifted(record: Record, width: int, columns: Columns) -> bool:
    """Whether a row begins with a blank and has one cell more than complete rows."""
    end = record.row[-1].cell
    if record.figures[0].reading.kind != "blank" or end.column_span > 1:
        return False
    header = columns.header if record.aligned else None
    if header is not None and _goes_beyond(record, header) and not _all_go_beyond(columns, header):
        return True
    beyond = columns.last is not None and end.column > columns.last
    if columns.usual is not None and width == columns.usual + 1 == len(record.figures):
        return True  # nearly all others have a cell less, as where the table lacks a column
    if record.aligned or columns.longest is None:
        return beyond
    return (beyond or columns.last is None) and len(record.figures) > columns.longest


def _all_go_beyond(columns: Columns, header: Header) -> bool:
    """Whether all complete rows stand in the same columns and end right of the header: an empty one moved them all."""
    return len(columns.by_place) == 1 and columns.by_place[0][-1][0] > header.bands[-1][1]


def _goes_beyond(record: Record, header: Header) -> bool:
    """Whether a cell that is not blank stands right of a header, where no words are over it."""
    end = header.bands[-1][1]
    return not header.beside and any(each.cell.column > end and each.reading.kind != "blank" for each in record.row)


def _is_short_of_a_note(record: Record, width: int, columns: Columns) -> bool:
    """Whether a row ends with words as rows with a note do, and has fewer cells than nearly all: one of it is lost."""
    usual = columns.with_blanks
    ends_in_words = record.tabular and bool(record.figures) and record.figures[-1].reading.kind == "text"
    if not ends_in_words or (record.aligned and span(record.row[-1])[1] == columns.last):
        return False  # or it ends where others do, as a cell is merged over two columns
    return usual is not None and width < usual and len(record.figures) < usual


def _is_short_beside(record: Record, width: int, columns: Columns) -> bool:
    """Whether a row has fewer cells than all complete rows of a table with others beside the form: one is lost.

    It may as well be an empty one, where all figures stand exactly at the columns of the other rows.
    """
    if columns.usual is None or width >= columns.usual or len(record.figures) >= columns.usual:
        return False
    at_its_columns = record.aligned and columns.by_place == (tuple(span(each) for each in record.numbers),)
    return not at_its_columns


def _lacks_a_cell(record: Record, width: int, columns: Columns) -> bool:
    """Whether a row of saved text, whose cells stand between marks, has fewer behind its label than complete rows."""
    marked = record.tabular and not record.aligned and record.row[-1].cell.column < len(record.row)
    return marked and bool(columns.complete) and len(record.figures) < width


def _is_out_of_line(record: Record, width: int, columns: Columns) -> bool:
    """Whether a row ends elsewhere than the header that alone shows the columns, and not for want of empty cells."""
    header = columns.header
    if header is None or columns.by_place != (header.bands,) or columns.behind_label:
        return False
    end = span(record.row[-1])[1]
    return end != header.end and (end > (header.end or 0) or len(record.figures) >= width)


def _same(one: Placement, other: Placement) -> bool:
    """Whether two placements differ in nothing but cells without text."""
    pairs = zip(one.cells, other.cells, strict=True)
    return all(a is b or not (_text(a) or _text(b)) for a, b in pairs)


def _text(cell: RowCell | None) -> str:
    return cell.cell.text.strip() if cell is not None else ""


def _by_place(record: Record, bands: Bands, label: str) -> Placement | None:
    """Cells by the columns at which the table's complete rows have theirs; a cell with words in it is unreadable."""
    cells: list[RowCell | None] = [None] * len(bands)
    for each in record.row:
        start, end = span(each)
        inside = [n for n, (first, last) in enumerate(bands) if start <= last and end >= first]
        is_label = each.reading.kind == "text" and each.cell.text in label
        if len(inside) == 1 and not is_label:
            if each.reading.kind == "figure" and start < bands[inside[0]][0]:
                return None  # out of line with the rows that show the columns
            other = cells[inside[0]]
            if _differ(other, each):
                cells[inside[0]] = RowCell(each.cell, TEXT)
            elif other is None or each.reading.kind == "figure":
                cells[inside[0]] = each
        elif inside and _is_merged_over(each, [bands[n] for n in inside]) and inside[-1] + 1 < len(bands):
            for n in inside:
                cells[n] = RowCell(each.cell, TEXT)
        elif (inside and is_label) or (each.reading.kind == "figure" and each in record.figures):
            return None
    return Placement(tuple(cells), IN_ORDER) if any(cells) else None


def _differ(one: RowCell | None, other: RowCell) -> bool:
    """Whether two figures stand in one column: none of them is told, nor that they are the parts of one."""
    if one is None or one.reading.kind != "figure" or other.reading.kind != "figure":
        return False
    return one.reading.value() != other.reading.value()


def _is_merged_over(each: RowCell, bands: Sequence[tuple[int, int]]) -> bool:
    """Whether a figure's cell takes whole columns, of which none is told then.

    At the end of a row that lost a cell, programs widen the last one.
    """
    return each.reading.kind == "figure" and span(each) == (bands[0][0], bands[-1][1])


def _behind_label(record: Record, bands: Bands, leftmost: int) -> Placement | None:
    """Cells by how many cells they stand behind the label, or behind a blank one beside it that belongs to it too."""
    most = len(record.figures) - 1 - bands[-1][1]
    beside = sum(each.cell.column < leftmost for each in record.figures[: max(most, 0)])
    figures = record.figures[beside:]
    if len(figures) <= bands[-1][1]:
        return None
    cells = tuple(figures[first] for first, _ in bands)
    if any(all(number is not cell for cell in cells) for number in record.numbers):
        return None
    return Placement(cells, IN_ORDER)


def _at_the_end(record: Record, width: int) -> Placement | None:
    """The last cells of a row; where a cell may be lost, its sum must show that none is."""
    cells = record.row[-width:]
    if len(record.row) <= width or any(each.reading.kind == "text" for each in cells):
        return None
    if any(all(number is not cell for cell in cells) for number in record.numbers):
        return None
    begins = cells[0].reading.kind == "figure" or not record.numbers
    stated = cells[-1].reading.kind == "figure" and bool(cells[-1].reading.value())
    sure = ends_with_sum(cells) if stated else begins
    return Placement(tuple(cells), SETTLED_BY_SUM) if sure else None


def _trim_trailing_blanks(cells: list[RowCell]) -> list[RowCell]:
    end = len(cells)
    while end and cells[end - 1].reading.kind == "blank":
        end -= 1
    return cells[:end]


def _under_header(record: Record, header: Header | None) -> Placement | None:
    """As many figures as columns, but two of them are one that was written down twice: another one is blank."""
    if header is None or not holds_one_twice(record, header):
        return None
    held = under(header, record)
    alike = all(len({each.reading.value() for each in cells}) <= 1 for cells in held)
    if not alike or sum(map(len, held)) != len(record.numbers):
        return lost(len(held))
    at = {each.cell.column: each for each in record.row}
    return Placement(
        tuple(cells[0] if cells else at.get(start) for cells, (start, _) in zip(held, header.bands, strict=True)),
        IN_ORDER,
    )


def _summing_under_header(record: Record, header: Header | None, placed: Placement, label: str) -> Placement | None:
    """The figures under the header's labels, if they add up there and do not where complete rows have theirs.

    Those rows may all be shifted.
    """
    under = _by_place(record, header.bands, label) if header is not None and record.aligned else None
    if under is None or _same(under, placed) or _adds_up(placed) or not _adds_up(under):
        return None
    return Placement(under.cells, SETTLED_BY_SUM)


def _only_sum(placements: Sequence[Placement], width: int) -> Placement:
    """The one placement whose figures add up to a total that is no nought."""
    summing = [placement for placement in placements if _adds_up(placement)]
    return Placement(summing[0].cells, SETTLED_BY_SUM) if len(summing) == 1 else lost(width)


def _adds_up(placement: Placement) -> bool:
    cells = placement.cells
    *parts, total = (each.reading.value() if each and each.reading.kind == "figure" else 0 for each in cells)
    return total > 0 and sum(parts) == total
