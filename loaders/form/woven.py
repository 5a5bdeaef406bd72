"""Labels whose lines stand above and below their figures, as where text keeps the look of a page: `pdftotext -layout`.

A figure in the middle of its cell has a line of its own between two lines of its label. The words between two lines of
figures belong to the label above or below; that is told where they make up a label of the form without a remainder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.document import Picture
from loaders.form.aligning import SURE, RowMatch
from loaders.form.labels import LabelIndex, bare
from loaders.form.records import Record
from loaders.form.rows import PhysicalRow, RowCell
from loaders.patterns import pattern_of

_PART = pattern_of(r"\S+(?:\s\S+)*")
_WIDE = pattern_of("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]")
_MOST_LINES = 6
"""Lines of a label on one side of its figures."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words in one line, and the columns of the screen they take."""

    text: str
    left: int
    right: int


def match_woven(
    rows: Sequence[PhysicalRow | Picture], records: Sequence[Record], index: LabelIndex
) -> dict[int, list[RowMatch]]:
    """The records whose own words, those above and those below make up a label, by the position of its row.

    `records` are the rows of figures in reading order. A label only above or only below them is not theirs for sure.
    """
    records = [record for record in records if not record.aligned]
    matches: dict[int, list[RowMatch]] = {}
    if not records:
        return matches
    lines = _lines_around(rows, records)
    used_below = 0
    for record, (above, below) in zip(records, pairwise(lines), strict=True):
        own = _last_piece(record.row)
        free = above[used_below:]
        found = set(_labels_around(free, own, below, index))
        used_below = 0
        if len({row for row, _, _ in found}) == 1:
            row, used_below, label = min(found)
            matches.setdefault(row, []).append(RowMatch(record, SURE, label))
    return matches


def _labels_around(
    above: Sequence[_Piece], own: _Piece | None, below: Sequence[_Piece], index: LabelIndex
) -> Iterator[tuple[int, int, str]]:
    """The rows whose labels are made up around figures, with the number of lines below and the label."""
    for over in range(min(len(above), _MOST_LINES) + 1):
        for under in range(min(len(below), _MOST_LINES) + 1):
            pieces = [*above[len(above) - over :], *([own] if own else []), *below[:under]]
            pieces = [piece for piece in pieces if piece.right > pieces[0].left]  # what ends left of it is a group's
            if own not in pieces and not (over and under):
                continue
            label = "".join(piece.text for piece in pieces)
            row = index.sure.get(bare(label))
            if row is not None:
                yield row, under, label


def _lines_around(rows: Sequence[PhysicalRow | Picture], records: Sequence[Record]) -> list[list[_Piece]]:
    """The lines of words before the first record, between each two and behind the last: the last words of each."""
    of_records = {id(record.row) for record in records}
    lines: list[list[_Piece]] = [[]]
    for row in rows:
        if isinstance(row, Picture):
            continue
        if id(row.cells) in of_records:
            lines.append([])
        elif (piece := _last_piece(row.cells)) is not None:
            lines[-1].append(piece)
    return lines


def _last_piece(cells: Sequence[RowCell]) -> _Piece | None:
    """The words furthest right in a line, in front of its figures: those beside them are names of groups."""
    words = [each.cell for each in cells if each.reading.kind == "text"]
    if not words:
        return None
    last = words[-1]
    if len(cells) > 1:
        return _Piece(last.text, last.column, last.column + last.column_span)
    start = (last.place.character or 1) - 1
    *_, part = _PART.finditer(last.text)
    left = start + _width(last.text[: part.start()])
    return _Piece(part.group(), left, left + _width(part.group()))


def _width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))
