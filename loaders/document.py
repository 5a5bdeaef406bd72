"""What every reader hands on: paragraphs, tables and pictures in reading order, each with its place."""

from __future__ import annotations

import json
from dataclasses import dataclass, field


# Not frozen, though never changed: a frozen one takes three times as long to make, and a report has hundreds.
@dataclass(unsafe_hash=True, slots=True)
class Place:
    """Where something stands in the original. Counts start at 1; a field that does not apply is None.

    PDF and scans: `page` and `box` (left, top, right, bottom in points from the page's upper left corner).
    Word, web pages and workbooks: `table`, `row`, `column` for a cell, `paragraph` for text outside tables. What was
    recognised in a picture of a Word file or web page has the picture's place, its number among the pictures as
    `page`, and `box` in the picture's own pixels.
    Text files: `line` and `character`.
    """

    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    line: int | None = None
    character: int | None = None

    def to_json(self) -> str:
        """The place as the `where` column of the `cells` table holds it."""
        names = ("page", "box", "table", "row", "column", "paragraph", "line", "character")
        found = ((name, getattr(self, name)) for name in names)
        return json.dumps({name: value for name, value in found if value is not None})


NOWHERE = Place()

UNSURE = "⋯"
"""Ends the text of a cell whose figure the reader cannot vouch for: it may be two, or that of another row."""


@dataclass(slots=True)
class Paragraph:
    """One paragraph or line of running text, without the line break at its end."""

    text: str
    place: Place = NOWHERE
    confidence: float = 1.0


@dataclass(slots=True)
class Cell:
    """One cell of a table. `row` and `column` count from 0 and name the upper left corner of a merged cell."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    place: Place = NOWHERE
    confidence: float = 1.0
    """How sure the recognition of the characters is; 1 for all kinds but scans."""
    other_readings: tuple[str, ...] = ()
    """What else the characters of a doubtful figure may be, as far as the recognition thinks it possible."""


@dataclass(slots=True)
class Table:
    """Cells in rows. A cell that a merged neighbour covers is absent; an empty cell is there with empty text.

    `aligned` says whether column numbers are geometry that holds across rows (Word, web pages, ruled PDF pages,
    workbooks) or only the order in which cells were written down (text files).
    """

    cells: list[Cell]
    place: Place = NOWHERE
    aligned: bool = True


@dataclass(slots=True)
class Picture:
    """A picture in the text; a table may hide in it, so its place matters.

    `source` names its data in the file and `width` is how wide it is shown, in points, where the reader knows.
    """

    place: Place = NOWHERE
    source: str = ""
    width: float = 0.0


Block = Paragraph | Table | Picture


@dataclass(slots=True)
class Document:
    """A file as read: blocks in reading order, and what surrounds them.

    `furniture` holds lines of a web page that are not the report but speak of it: breadcrumbs, page title,
    date line, source line. `metadata` holds named values of the file itself (title, author, published,
    source_url ...), as found. `is_recognised` says that some of its characters were recognised in a picture: they may
    be others than those that stand there.
    """

    format: str
    blocks: list[Block]
    furniture: list[Paragraph] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    is_recognised: bool = False


class ReadingError(Exception):
    """A file that cannot be read. `reason` is from the closed list of `loaders.schemas.FAILURE_REASONS`."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
