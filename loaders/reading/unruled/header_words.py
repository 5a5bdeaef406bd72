"""The words over the columns of a table without lines, whole again where they are written downwards or broken."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.patterns import pattern_of
from loaders.reading.printed.lines import make_line
from loaders.reading.printed.page_model import Line, Run, bounding_box
from loaders.reading.printed.tables import HEADER_WORDS
from loaders.reading.unruled.figure_columns import Column, figures_of

_SIGN = pattern_of("[维纠审尚商科律]")
_FIRST_ROW = pattern_of("[一二三四1-4][、.．](?!.*(?:情况|问题)$)")
"""How the label of the first row begins, which may begin above its figures; rows before it may be lost."""

_FEWEST = 5
"""So many whole words are the header of reviews, of lawsuits or of applicants."""


def _pieces_of_words() -> re.Pattern[str]:
    """What a column of two characters and more has of a word on one of its lines."""
    lengths = (2, 3, 4, 6)
    pieces = {word[at : at + n] for word in HEADER_WORDS for n in lengths for at in range(0, len(word), n)}
    whole = sorted((piece for piece in pieces if len(piece) > 1), key=len, reverse=True)
    return re.compile("|".join(whole))


_PIECES = _pieces_of_words()
_NOTHING_ELSE = pattern_of(f"(?:{_PIECES.pattern}|行政复议|行政诉讼|未经复议直接起诉|复议后起诉)+")


@dataclass(slots=True)
class _Word:
    """The pieces of one word, the lowest first."""

    pieces: list[Run]
    closed: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in reversed(self.pieces))

    def is_below(self, run: Run) -> bool:
        """Whether it stands in the column of a run above it."""
        return any(piece.left < run.right and run.left < piece.right for piece in self.pieces)


def has_nothing_else(text: str) -> bool:
    """Whether a text is made of such words, their pieces and their groups, as a line of a tight header is."""
    return _NOTHING_ELSE.fullmatch(text.replace(" ", "")) is not None


def with_whole_words(lines: list[Line]) -> list[Line]:
    """The lines of a block, with the known words above its figures whole and on one line, be they broken.

    What stands above several of them is the label of their group and stays, as does all else. Without broken words
    the lines are as they were.
    """
    first = next((number for number, line in enumerate(lines) if figures_of(line)), 0)
    header = lines[:first]
    if len(header) < 2 or not any(_SIGN.search(run.text) for line in header for run in line.runs):
        return lines
    pieces = [[piece for run in line.runs for piece in _cut(run)] for line in header]
    by_height = sorted((piece for line in pieces for piece in line), key=lambda piece: piece.baseline)
    words = [word for word in _words(by_height) if word.text in HEADER_WORDS]
    if len(words) < _FEWEST or all(len(word.pieces) == 1 for word in words):
        return lines
    used = {id(piece) for word in words for piece in word.pieces}
    rest = [[piece for piece in line if id(piece) not in used] for line in pieces]
    above = [make_line(line) for line in rest if line]
    labels = next((number for number, line in enumerate(above) if _FIRST_ROW.match(line.runs[0].text)), len(above))
    return [*above[:labels], make_line([_whole(word) for word in words]), *above[labels:], *lines[first:]]


def columns_under_words(lines: list[Line], columns: list[Column]) -> list[Column]:
    """A column under each of the known words right above the figures, where each of `columns` is under one; else none.

    So a column in which nothing stands is found. A row that is shifted by a cell may reach beyond the last word.
    """
    first = next((number for number, line in enumerate(lines) if figures_of(line)), 0)
    words = next(filter(None, map(_known_of, reversed(lines[:first]))), [])
    if len(words) < _FEWEST or not columns:
        return []
    found = [Column(word.left, word.right) for word in words]
    beyond = columns[-1:] if columns[-1].left > found[-1].right else []
    within = columns[:-1] if beyond else columns
    if len(found) <= len(within):
        return []
    homes = [[under for under in found if _overlap(under, column)] for column in within]
    if any(len(home) != 1 for home in homes) or len({id(home[0]) for home in homes}) != len(within):
        return []
    for column, (home,) in zip(within, homes, strict=True):
        home.left, home.right = min(home.left, column.left), max(home.right, column.right)
    return [*found, *beyond]


def _overlap(one: Column, other: Column) -> bool:
    return one.left < other.right and other.left < one.right


def _known_of(line: Line) -> list[Run]:
    return [run for run in line.runs if run.text in HEADER_WORDS]


def _cut(run: Run) -> list[Run]:
    """The run, in pieces where those of several words touch."""
    texts = _PIECES.findall(run.text)
    if len(texts) < 2 or "".join(texts) != run.text:
        return [run]
    width = (run.right - run.left) / len(run.text)
    pieces: list[Run] = []
    left = run.left
    for text in texts:
        right = left + width * len(text)
        pieces.append(Run(text, left, run.top, right, run.bottom, run.baseline, run.order, run.confidence))
        left = right
    return pieces


def _words(pieces: list[Run]) -> list[_Word]:
    """Pieces that stand over each other, gathered from the lowest upwards."""
    words: list[_Word] = []
    for piece in reversed(pieces):
        below = [word for word in words if word.is_below(piece)]
        if not below:
            words.append(_Word([piece]))
        elif len(below) > 1:
            for word in below:
                word.closed = True
        elif not below[0].closed and below[0].text not in HEADER_WORDS:
            below[0].pieces.append(piece)
    return words


def _whole(word: _Word) -> Run:
    left, top, right, bottom = bounding_box(word.pieces)
    lowest = word.pieces[0]
    confidence = min(piece.confidence for piece in word.pieces)
    return Run(word.text, left, top, right, bottom, lowest.baseline, lowest.order, confidence)
