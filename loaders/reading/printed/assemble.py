"""Pages as read become a document: tables joined over pages, paragraphs between them, furniture apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import groupby, zip_longest

from loaders.document import Block, Cell, Document, Picture, Place, Table
from loaders.reading.form_words.form_tables import take_out_form_tables
from loaders.reading.printed.grids import Grid, find_grids
from loaders.reading.printed.joining import doubt_figures_with_ends_below, join_pieces
from loaders.reading.printed.lines import group_lines, line_text, without_doubles
from loaders.reading.printed.open_cells import add_open_row, divide_open_cells, figure_columns, labels_alone
from loaders.reading.printed.page_model import Line, PageLayout, Run, bounding_box
from loaders.reading.printed.pages_beside import with_pages_beside
from loaders.reading.printed.paragraphs import Margins, build_paragraphs, page_margins, set_apart_furniture
from loaders.reading.printed.print_marks import take_out_print_marks
from loaders.reading.printed.tables import ARTICLE, TablePiece, fill_grids, lacks_lines, piece_from_grid
from loaders.reading.unruled.figure_columns import Column
from loaders.reading.unruled.tables import find_unruled, first_columns

_PICTURE = 60.0
"""Points; smaller pictures are seals, logos and bullets in the text."""


_SMALL_TYPE = 10
"""One of so many words is not set in the smallest type by chance."""

_LONGEST_ARTICLE = 16
"""Characters; a line that opens a block of the publication table is shorter."""


@dataclass(slots=True)
class _PictureSpot:
    """A picture that may hold a table."""

    page: int
    top: float
    place: Place


_Item = Line | TablePiece | _PictureSpot


def build_document(pages: list[PageLayout], kind: str) -> Document:
    """The document that some pages hold; `kind` is its format."""
    pages, marks = take_out_print_marks(pages)
    pages = with_pages_beside(pages)
    grids: list[list[Grid]] = []
    lines: list[list[Line]] = []
    for page in pages:
        found = find_grids(page.horizontal, page.vertical, _type_size(page.runs))
        outside = fill_grids(found, without_doubles(page.runs))
        for grid in found:
            divide_open_cells(grid)
            outside = add_open_row(grid, outside)
        unruled = [grid for grid in found if lacks_lines(grid) or labels_alone(grid, outside)]
        outside += [run for grid in unruled for cell in grid.cells for run in cell.runs]
        grids.append([grid for grid in found if any(cell.runs for cell in grid.cells) and grid not in unruled])
        lines.append(group_lines(outside))
        for line in lines[-1]:
            line.page = page.number
    lines, furniture = set_apart_furniture(pages, lines)
    lines, of_form = take_out_form_tables(pages, lines)
    items: list[_Item] = []
    known: list[Column] = []
    for number, page in enumerate(pages):
        ordered, known = _in_order(page, grids[number], lines[number], known, partial(_begun, pages, lines, number + 1))
        items += sorted(
            [*ordered, *(piece for piece in of_form if piece.page == page.number)], key=lambda item: item.top
        )
    blocks = _blocks(_joined(_with_articles(items)), pages)
    return Document(kind, blocks, marks + furniture, is_recognised=kind in ("scan", "image"))


def _type_size(runs: list[Run]) -> float:
    """The height of the smallest type that much of a page is set in; 0 where nothing is written."""
    heights = sorted([run.bottom - run.top for run in runs])
    return heights[len(heights) // _SMALL_TYPE] if heights else 0.0


def _begun(pages: list[PageLayout], lines: list[list[Line]], number: int) -> list[Column]:
    """The columns of the table that a page begins with; none after the last page."""
    return first_columns(lines[number], pages[number]) if number < len(pages) else []


def _in_order(
    page: PageLayout, grids: list[Grid], lines: list[Line], known: list[Column], following: Callable[[], list[Column]]
) -> tuple[list[_Item], list[Column]]:
    """What stands on a page, from top to bottom, and the columns of its last table without lines."""
    pieces = [piece_from_grid(grid, page) for grid in grids]
    unruled, rest, known = find_unruled(lines, page, known, following)
    if grids and grids[-1].rows[0] > max((piece.top for piece in unruled), default=0.0):
        known = figure_columns(grids[-1])  # the next page may go on without lines
    pictures = [
        _PictureSpot(page.number, box[1], page.place(box))
        for box in page.pictures
        if box[2] - box[0] >= _PICTURE and box[3] - box[1] >= _PICTURE
    ]
    items: list[_Item] = [*pieces, *unruled, *rest, *pictures]
    return sorted(items, key=lambda item: item.top), known


def _with_articles(items: list[_Item]) -> list[_Item]:
    """The same with lines that open a block of a table, but stand outside its lines, as rows of it."""
    result: list[_Item] = []
    for item, following in zip_longest(items, items[1:]):
        if isinstance(item, Line) and isinstance(following, TablePiece) and following.ruled:
            text = line_text(item)
            if ARTICLE.match(text) and len(text) < _LONGEST_ARTICLE:
                result.append(_article_row(text, item, following))
                continue
        result.append(item)
    return result


def _article_row(text: str, line: Line, table: TablePiece) -> TablePiece:
    columns = [table.columns[0], table.columns[-1]]
    place = Place(line.page, bounding_box([line]))
    cell = Cell(text, 0, 0, 1, 1, place, line.confidence)
    return TablePiece([cell], columns, 1, line.page, line.top, line.bottom, opens_block=True)


def _joined(items: list[_Item]) -> list[_Item]:
    """The same with the parts of tables that follow each other over the end of a page joined."""
    joined: list[_Item] = []
    end = 0
    opened = False
    for item in items:
        if isinstance(item, TablePiece):
            last = joined[-1] if joined else None
            whole = None
            if isinstance(last, TablePiece) and (opened or item.opens_block or end == item.page - 1):
                whole = join_pieces(last, item)
            end, opened = item.page, item.opens_block
            if whole is not None:
                joined[-1] = whole
                continue
        elif isinstance(item, Line) and joined and isinstance(joined[-1], TablePiece) and end == item.page - 1:
            doubt_figures_with_ends_below(joined[-1], item)
        joined.append(item)
    return joined


def _blocks(items: list[_Item], pages: list[PageLayout]) -> list[Block]:
    by_number = {page.number: page for page in pages}
    margins = _margins([item for item in items if isinstance(item, Line)], pages)
    blocks: list[Block] = []
    for is_text, group in groupby(items, key=lambda item: isinstance(item, Line)):
        if is_text:
            blocks += build_paragraphs((item for item in group if isinstance(item, Line)), margins, by_number)
            continue
        blocks += _not_text(group, by_number)
    return blocks


def _not_text(items: Iterable[_Item], pages: dict[int, PageLayout]) -> Iterable[Block]:
    for item in items:
        if isinstance(item, TablePiece):
            page = pages[item.page]
            right = item.columns[-1]
            yield Table(item.cells, page.place((item.columns[0], item.top, right, item.bottom)), item.aligned)
        elif isinstance(item, _PictureSpot):
            yield Picture(item.place)


def _margins(lines: list[Line], pages: list[PageLayout]) -> dict[int, Margins]:
    """Margins by page number; pages of one width share theirs."""
    margins: dict[int, Margins] = {}
    widths = {page.number: round(page.width) for page in pages}
    for width in set(widths.values()):
        numbers = [page for page in pages if round(page.width) == width]
        of_width = [line for line in lines if widths[line.page] == width]
        shared = page_margins(of_width, numbers[0])
        margins.update({page.number: shared for page in numbers})
    return margins
