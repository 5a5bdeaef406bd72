"""Tables of nothing but noughts, in text that has lost their layout: which nought is whose need not be known.

Text of PDF that was read by areas keeps all figures of a table and loses which stands where. Most agencies receive no
application and are not sued, so that all of them are 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from loaders.document import Document, Paragraph, Place, Table
from loaders.form.editions import EDITION_NAMES, TABLES, Edition, edition
from loaders.form.figures import read_figure
from loaders.form.labels import bare, unnumbered
from loaders.report import FigureReading, FormReading
from loaders.words import of_warnings as warn

BY_THEIR_NUMBER = 0.9
"""Confidence of a nought that is known because all figures of its table are noughts."""

_FIRST_SECTION_WITH_TABLE = 2
_UNREAD = 0.25
"""Share of its figures; fewer may be blank where a table is read as it stands."""

_SURELY_BLANK = 0.9
_MOST_PAGES = 20
_WORDS_OF_HEADING = 40
"""Characters; what is longer is a sentence that speaks of a section."""

_LIKE_A_HEADING = 88
"""Per cent; officials put an 和 into headings, or leave one out."""

_SIGNS = {"publication": "第二十条", "applications": "商业企业", "litigation": "结果维持"}
"""Words that a table cannot do without."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph, or the text of a cell."""

    text: str
    place: Place

    def figures(self) -> list[str]:
        """The figures between its spaces, if it holds nothing else; `000` are three that run together."""
        parts = self.text.split()
        if not all(read_figure(part).kind == "figure" for part in parts):
            return []
        return [figure for part in parts for figure in (part if set(part) == {"0"} else [part])]


def fill_with_noughts(form: FormReading, document: Document) -> bool:
    """Fill tables that are hardly read, where as many noughts stand below their headings as they have cells.

    No other figure may stand among them but the numbers of pages. Where figures slipped below the heading of the next
    table, both are looked at together. Returns whether any was filled.
    """
    lacks_any = any(reading.value is None for reading in form.figures.values())  # hardly ever, and told at once
    unread = [table for table in TABLES if _is_unread(form, table)] if lacks_any else []
    if not unread or form.edition not in EDITION_NAMES:
        return False
    pieces = list(_pieces(document))
    starts = _starts(edition(form.edition), pieces)
    filled = 0
    for table in unread:
        number = TABLES.index(table)
        if number in starts:
            filled += _fill(form, [table], pieces[starts[number] : starts.get(number + 1)])
    left = [TABLES.index(table) for table in unread if _is_unread(form, table)]
    for first in left[:-1]:
        tables = [TABLES[number] for number in left[left.index(first) :]]
        of_the_end = first in starts and tables == list(TABLES[first:])
        if of_the_end and (found := _fill(form, tables, pieces[starts[first] :])):
            filled += found
            break
    if filled:
        form.warnings.append(warn.ALL_NOUGHTS.of(count=filled))
    return filled > 0


def _is_unread(form: FormReading, table: str) -> bool:
    """Whether hardly a figure of a table is known, and none that is no nought."""
    keys = [key for key in form.figures if key.startswith(f"{table}.")]
    has_others = any(form.figures[key].value for key in keys)
    return not has_others and sum(_is_unknown(form, key) for key in keys) > _UNREAD * len(keys)


def _is_unknown(form: FormReading, key: str) -> bool:
    """Whether nothing tells that a figure without value is blank."""
    reading = form.figures[key]
    is_there = form.tables[key.partition(".")[0]] == "present"
    return reading.value is None and not (is_there and reading.confidence >= _SURELY_BLANK)


def _pieces(document: Document) -> Iterator[_Piece]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield _Piece(block.text, block.place)
        elif isinstance(block, Table):
            yield from (_Piece(cell.text, cell.place) for cell in block.cells)


def _starts(form: Edition, pieces: Sequence[_Piece]) -> dict[int, int]:
    """Where the sections of the tables begin, by the number of the table, and that behind the last."""
    starts: dict[int, int] = {}
    headings = {each.number - _FIRST_SECTION_WITH_TABLE: bare(each.heading) for each in form.sections}
    for position, piece in enumerate(pieces):
        if len(piece.text) > _WORDS_OF_HEADING:
            continue
        words = bare(piece.text)
        for number in range(len(TABLES) + 1):
            if words.endswith(headings[number]) or fuzz.ratio(unnumbered(words), headings[number]) >= _LIKE_A_HEADING:
                starts[number] = position
    return starts


def _fill(form: FormReading, tables: Sequence[str], pieces: Sequence[_Piece]) -> int:
    """Fill tables if the figures of these pieces are as many noughts as they have cells; return how many."""
    keys = [key for key in form.figures if key.partition(".")[0] in tables]
    figures = [(figure, piece.place) for piece in pieces for figure in piece.figures()]
    noughts = [(figure, place) for figure, place in figures if not read_figure(figure).amount]
    others = [figure for figure, _ in figures if read_figure(figure).amount]
    if len(noughts) != len(keys) or _holds_another_table(tables, pieces):
        return 0
    if others and ("publication" in tables or not _are_page_numbers(others)):
        return 0
    for key, (figure, place) in zip(keys, noughts, strict=True):
        if _is_unknown(form, key):
            form.figures[key] = FigureReading(0.0, figure, BY_THEIR_NUMBER, place)
    form.tables.update(dict.fromkeys(tables, "present"))
    return len(keys)


def _holds_another_table(tables: Sequence[str], pieces: Sequence[_Piece]) -> bool:
    """Whether another table stands there as well, the heading of which is lost: its noughts would be counted, too."""
    others = [bare(sign) for table, sign in _SIGNS.items() if table not in tables]
    return any(bare(piece.text).startswith(sign) for piece in pieces for sign in others)


def _are_page_numbers(figures: Sequence[str]) -> bool:
    """Whether figures count on from one another; a figure of applications or disputes stands in a total as well."""
    if not all(figure.isdecimal() for figure in figures):
        return False
    numbers = [int(figure) for figure in figures]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and 1 < numbers[-1] < _MOST_PAGES
