"""Known words on pages, wherever the lines of their cells are broken and however close the cells stand.

A word of the form may stand in one piece or in several below each other, beside pieces of others that touch it. What it
is made of is found character by character; signs, digits and numerals do not count, as they are written in many ways.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from loaders.patterns import pattern_of
from loaders.reading.printed.page_model import Line, Run

_SIGNIFICANT = pattern_of("[㐀-鿿]")
_NUMERALS = frozenset("一二三四五六七八九十")
_SAME = str.maketrans("它", "他")

_CLOSING, _LEADERS = "）)”，,。、 ", "…·"
"""Signs that belong to what stands in front of them, and such as fill the way from a label to its figures."""

_PITCH, _LEAST_PITCH = 3.4, 0.6
"""Heights of type between the lines of one word, at most and at least."""

_LEVEL = 0.35
"""Part of the height of the type between baselines of one line."""

_SPREAD = 3.0
"""Heights of type between the characters of a word that is spread over its cell."""

_BESIDE = 0.5
"""Part of the narrower of two pieces of one word that stands below the other."""

_NUMBER, _LONG = 3.6, 4
"""Heights of type that a number in a run of its own takes, below which a word may go on; those over columns, whose
pieces have so many characters at most, have none."""

_FOOT, _HEAD = 6.0, 16.0
"""Heights of type from the last line of a page, and from the first of the next, within which a word may go on there."""

_MOST_TRIES = 400
"""Ways to go on that are tried for one word from one place; words repeat few characters."""


@dataclass(slots=True)
class Glyph:
    """A character that counts, with its run, its place in it and the page."""

    text: str
    left: float
    right: float
    run: Run
    at: int
    page: int


@dataclass(slots=True)
class Printed:
    """A word as printed: from first to last glyph, and the spans of glyphs that are its pieces."""

    word: str
    pieces: list[tuple[int, int]]
    glyphs: list[Glyph] = field(repr=False)
    _middles: dict[int, tuple[float, float]] = field(default_factory=dict, repr=False)
    _extents: dict[int, tuple[float, float]] = field(default_factory=dict, repr=False)

    @property
    def members(self) -> set[int]:
        """The numbers of its glyphs."""
        return {number for start, end in self.pieces for number in range(start, end)}

    @property
    def left(self) -> float:
        """Left edge."""
        return min(glyph.left for glyph in self.glyphs)

    @property
    def right(self) -> float:
        """Right edge."""
        return max(glyph.right for glyph in self.glyphs)

    @property
    def start(self) -> tuple[int, float]:
        """Page and upper edge of its first line."""
        first = self.glyphs[0]
        return first.page, first.run.top

    @property
    def runs(self) -> list[Run]:
        """The runs that it stands in, in reading order."""
        return list({id(glyph.run): glyph.run for glyph in self.glyphs}.values())

    @property
    def text(self) -> str:
        """The word with the signs and numbers around it, without the words that touch it."""
        places: dict[int, list[Glyph]] = {}
        for glyph in self.glyphs:
            places.setdefault(id(glyph.run), []).append(glyph)
        return "".join(_with_signs(of_run[0].run.text, of_run[0].at, of_run[-1].at) for of_run in places.values())

    def middles(self) -> dict[int, tuple[float, float]]:
        """The middles of its first and last line on each of its pages."""
        for glyph in self.glyphs if not self._middles else ():
            first, last = self._middles.get(glyph.page, (glyph.run.middle, glyph.run.middle))
            self._middles[glyph.page] = min(first, glyph.run.middle), max(last, glyph.run.middle)
        return self._middles

    def extents(self) -> dict[int, tuple[float, float]]:
        """Upper and lower edge on each of its pages."""
        for glyph in self.glyphs if not self._extents else ():
            top, bottom = self._extents.get(glyph.page, (glyph.run.top, glyph.run.bottom))
            self._extents[glyph.page] = min(top, glyph.run.top), max(bottom, glyph.run.bottom)
        return self._extents


def _with_signs(text: str, first: int, last: int) -> str:
    """The part of a text between two characters, with the signs in front of and behind it."""
    start, end = first, last + 1
    while start and text[start - 1] not in _LEADERS and not significant(text[start - 1]):
        start -= 1
    while text[start] in _CLOSING and start < first:
        start += 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return text[start:end]


def significant(text: str) -> str:
    """The characters of a label that count."""
    plain = text.translate(_SAME)
    return "".join(sign for sign in plain if _SIGNIFICANT.match(sign) and sign not in _NUMERALS)


class PrintedWords:
    """The characters of some pages, to look for words."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        self.glyphs: list[Glyph] = []
        self._of_run: dict[int, tuple[int, int]] = {}
        for number, lines in enumerate(pages):
            for line in lines:
                for run in line.runs:
                    first = len(self.glyphs)
                    self.glyphs += _glyphs(run, number)
                    self._of_run[id(run)] = first, len(self.glyphs)
        self._ends = [
            (min(line.baseline for line in page), max(line.baseline for line in page)) if page else (0.0, 0.0)
            for page in pages
        ]
        self._by_text: dict[str, list[int]] = defaultdict(list)
        for number, glyph in enumerate(self.glyphs):
            self._by_text[glyph.text].append(number)

    def of_run(self, run: Run) -> range:
        """The numbers of the glyphs of a run."""
        return range(*self._of_run.get(id(run), (0, 0)))

    def find(self, word: str) -> list[Printed]:
        """All places where a word is printed; `word` has only characters that count."""
        found: list[Printed] = []
        for start in self._by_text.get(word[0], ()):
            tries = [_MOST_TRIES]
            pieces = self._follow(word, start, 0, [], tries)
            if pieces is not None:
                glyphs = [self.glyphs[n] for a, b in pieces for n in range(a, b)]
                found.append(Printed(word, pieces, glyphs))
        return found

    def _follow(
        self, word: str, start: int, done: int, before: list[tuple[int, int]], tries: list[int]
    ) -> list[tuple[int, int]] | None:
        """The pieces of a word of which `before` is found, with the next one at `start`."""
        end, run = start, self.glyphs[start].run
        while end < len(self.glyphs) and done < len(word):
            glyph = self.glyphs[end]
            if glyph.run is not run or glyph.text != word[done]:
                break
            end, done = end + 1, done + 1
        pieces = [*before, (start, end)]
        if before and not self._is_beside(before, (start, end)):
            return None
        if done == len(word):
            return pieces
        for following in self._next(word[done], pieces):
            tries[0] -= 1
            if tries[0] < 0:
                return None
            found = self._follow(word, following, done, pieces, tries)
            if found is not None:
                return found
        return None

    def _is_beside(self, before: list[tuple[int, int]], piece: tuple[int, int]) -> bool:
        """Whether a piece stands on the line of the one before, or below those before it."""
        last, first = self.glyphs[before[-1][1] - 1], self.glyphs[piece[0]]
        if last.page == first.page and abs(last.run.baseline - first.run.baseline) < _LEVEL * first.run.height:
            return True
        left = min(self.glyphs[start].left for start, _ in before) - self._indent(before[0])
        right = max(self.glyphs[end - 1].right for _, end in before)
        end = self.glyphs[piece[1] - 1].right
        return min(right, end) - max(left, first.left) >= _BESIDE * min(right - left, end - first.left)

    def _indent(self, piece: tuple[int, int]) -> float:
        """The room in front of a word that its number takes, on its line or perhaps in a run of its own."""
        start, end = piece
        first = self.glyphs[start]
        if first.at:
            beside = start > 0 and self.glyphs[start - 1].run is first.run
            return 0.0 if beside else first.left - first.run.left
        return _NUMBER * first.run.height if end - start > _LONG else 0.0

    def _next(self, text: str, pieces: list[tuple[int, int]]) -> Iterator[int]:
        """Where a word may go on, the nearest first: on its line, below, at the top of the next page."""
        last = self.glyphs[pieces[-1][1] - 1]
        size = last.run.height
        level: list[tuple[float, int]] = []
        below: list[tuple[float, int]] = []
        beyond: list[tuple[float, int]] = []
        for number in self._by_text.get(text, ()):
            glyph = self.glyphs[number]
            if glyph.page == last.page:
                step = glyph.run.baseline - last.run.baseline
                if abs(step) < _LEVEL * size:
                    if 0 <= glyph.left - last.right + 0.2 * size < _SPREAD * size:
                        level.append((glyph.left, number))
                elif _LEAST_PITCH * size < step < _PITCH * size:
                    below.append((step, number))
            elif glyph.page == last.page + 1 and self._may_break(last.run, glyph.run, last.page):
                beyond.append((glyph.run.baseline, number))
        for group in (level, below, beyond):
            group.sort()
            for _, number in group:
                yield number

    def _may_break(self, above: Run, below: Run, page: int) -> bool:
        """Whether the page ends soon below one run, and the next one begins soon above another."""
        size = above.height
        return (
            self._ends[page][1] - above.baseline < _FOOT * size
            and below.baseline - self._ends[page + 1][0] < _HEAD * size
        )


def whole_ones(words: PrintedWords, found: Iterable[Printed]) -> list[Printed]:
    """Those in whose runs nothing stands but words that were found, none of which is a part of another.

    What is made of whole runs is believed before what is made of parts of them.
    """
    kept = _apart(list(found))
    in_whole_runs = [each for each in kept if each.members == set(_all_of(words, each))]
    taken = {number for each in in_whole_runs for number in each.members}
    others = [each for each in kept if not each.members.issubset(taken) and taken.isdisjoint(each.members)]
    chosen = [*in_whole_runs, *others]
    while True:
        covered = {number for each in chosen for number in each.members}
        clean = [each for each in chosen if covered.issuperset(_all_of(words, each))]
        if len(clean) == len(chosen):
            return sorted(chosen, key=lambda each: each.start)
        chosen = clean


def _all_of(words: PrintedWords, each: Printed) -> Iterator[int]:
    """The glyphs of all runs of a word."""
    return (number for run in each.runs for number in words.of_run(run))


def _apart(found: list[Printed]) -> list[Printed]:
    """Those that are no part of a longer one."""
    holders: dict[int, list[set[int]]] = defaultdict(list)
    kept: list[Printed] = []
    for each in sorted(found, key=lambda each: -len(each.glyphs)):
        members = each.members
        if any(members <= other for other in holders[min(members)]):
            continue
        kept.append(each)
        for member in members:
            holders[member].append(members)
    return kept


def _glyphs(run: Run, page: int) -> Iterator[Glyph]:
    text = run.text
    if not _SIGNIFICANT.search(text):
        return
    if run.characters is not None and len(run.characters[0]) == len(text):
        lefts, rights = run.characters
    else:
        widths = [0.5 if sign < "\u2000" else 1.0 for sign in text]
        unit = (run.right - run.left) / sum(widths)
        rights, at = [], run.left
        for width in widths:
            at += width * unit
            rights.append(at)
        lefts = [run.left, *rights[:-1]]
    for at, sign in enumerate(text):
        if _SIGNIFICANT.match(sign) and sign not in _NUMERALS:
            yield Glyph(sign.translate(_SAME), lefts[at], rights[at], run, at, page)


def in_order(rows: Sequence[Sequence[Printed]]) -> list[Printed] | None:
    """One place for each row so that they follow each other, at the edge where most begin; None if none does."""
    lefts = sorted(places[0].left for places in rows if len(places) == 1)
    edge = lefts[len(lefts) // 2] if lefts else 0.0
    best: list[list[tuple[float, int]]] = []
    for number, places in enumerate(rows):
        best.append([])
        for place in places:
            before = [(0.0, -1)]
            if number:
                above = zip(best[-2], rows[number - 1], strict=True)
                before = [(cost, n) for n, ((cost, _), one) in enumerate(above) if one.start < place.start]
            cost, at = min(before, default=(math.inf, -1))
            best[-1].append((cost + abs(place.left - edge), at))
    if not best or min(best[-1], default=(math.inf, -1))[0] == math.inf:
        return None
    at = best[-1].index(min(best[-1]))
    chosen: list[Printed] = []
    for number in range(len(rows) - 1, -1, -1):
        chosen.append(rows[number][at])
        at = best[number][at][1]
    return chosen[::-1]
