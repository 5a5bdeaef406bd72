"""Which record of figures is which row of the form.

Labels that name one row wherever they stand are anchors, whatever their order. Between two anchors the remaining
records meet the remaining rows in order, by dynamic programming over the likeness of labels. A record whose label
is beyond recognition is accepted only where exactly one row is left for it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from loaders.form.labels import LabelIndex, bare, loosened, unnumbered
from loaders.form.records import Record
from loaders.patterns import pattern_of

SURE = 1.0
LIKE_ENOUGH = 0.6  # below this two labels have less in common than two different labels of the form often do
HALF_LIKE = 0.5  # enough for the one record that is left between two rows with one row between them
VERY_LIKE = 0.85
FORCED = 0.7  # a row that is known only because it is the one left between two known ones
_FEWEST_ANCHORS = 3  # rows known beyond doubt without which nothing holds the others in place
_END_OF_HEADINGS = "情况"  # of sections and over columns; no row of the form ends so
_WORDS_OF_OTHERS = ("其他", "总计")  # labels that stand within others too
_BEGINNING = 6  # characters of its beginning that tell a label from all others
_LONG_ENOUGH = 8  # characters that a fragment must have to be told from fragments of other labels
_MOST_PARTS = 22  # a label falls into at most so many lines or cells
_PARTS_ABOVE = 4
_NUMBERED = pattern_of(r"\s*(?:[（(][三四五六]\S{0,5}\s+)?(?:[1-8]\s*[.．、]|\d{1,2}\s)")
"""A label that begins here, the beginning of its group's in front of it perhaps, and its full stop misread."""


@dataclass(frozen=True, slots=True)
class RowMatch:
    """A record taken for a row of the form. `label` is the text that was recognised."""

    record: Record
    likeness: float
    label: str


def label_candidates(record: Record) -> list[str]:
    """The texts that may be the record's label: its last parts joined, longest last, then other cells of its row.

    Where the label goes on below its figures, the parts below are joined to those above. What stands above a number
    in saved text belongs to another label.
    """
    parts = [part for part in record.labels[-_MOST_PARTS:] if bare(part)]
    own = _own_labels(record)
    begins = len(parts) - 1 if own and not record.aligned and _NUMBERED.match(own[-1]) else 0
    joined = ["".join(parts[start:]) for start in range(len(parts) - 1, begins - 1, -1)]
    joined += [part for part in own[:-1] if part not in joined]
    below = ""
    for part in record.after:
        below += part
        joined += [above + below for above in joined[:_PARTS_ABOVE]]
    return joined


def names_several_rows(record: Record, index: LabelIndex) -> bool:
    """Whether labels of two rows stand in one, as where a row lost its figures and its label met those of another.

    `RowMatch.label` is empty where such a record is known by counting.
    """
    own = [_rows_in(text, index) for text in _own_labels(record)]
    return len(frozenset().union(*own)) > 1


@lru_cache(maxsize=1 << 14)
def _rows_in(text: str, index: LabelIndex) -> frozenset[int]:
    """The rows whose label the text is, or stands in one of its lines, or begins as one of these does."""
    whole = bare(text)
    lines = [bare(line) for line in text.split("\n")]
    starts = tuple(line for line in map(unnumbered, lines) if len(line) >= _BEGINNING)
    found = set()
    for n, ways in enumerate(index.forms):
        label = unnumbered(index.rows[n].label)
        if whole in ways or any(map(label.startswith, starts)) or _is_any_within(ways, lines):
            found.add(n)
    return frozenset(found)


def _is_any_within(ways: Sequence[str], lines: Sequence[str]) -> bool:
    for way in ways:
        if way not in _WORDS_OF_OTHERS:
            for line in lines:
                if way in line:
                    return True
    return False


def _own_labels(record: Record) -> list[str]:
    """The label texts in the record's own row, without signs such as `*`, which stand for an illegible figure."""
    own = record.labels[-record.own_labels :] if record.own_labels else []
    return [part for part in own if bare(part)]


def _own_candidates(record: Record) -> list[str]:
    """The texts that stand in the record's own row of a table; all of them where there is no table."""
    if not record.tabular:
        return label_candidates(replace(record, after=[]))
    own = _own_labels(record)
    return ["".join(own[start:]) for start in range(len(own) - 1, -1, -1)] + own[:-1]


def _named_row(candidates: list[str], index: LabelIndex) -> tuple[int, str] | None:
    """The row that one of the texts names beyond doubt, and the text."""
    for text in candidates:
        position = _sure_row(text, index)
        if position is not None:
            return position, text
    return None


@lru_cache(maxsize=1 << 14)
def _sure_row(text: str, index: LabelIndex) -> int | None:
    for plain in (bare(text), unnumbered(text), loosened(text)):
        if plain in index.sure:
            return index.sure[plain]
    return None


def own_row(record: Record, index: LabelIndex) -> tuple[int, str] | None:
    """The row that a label in the record's own row names beyond doubt, and the label."""
    return _named_row(_own_candidates(record), index)


def likeness(record: Record, index: LabelIndex, row: int) -> tuple[float, str]:
    """How alike the record's label and the row's are, 0 to 1, and which part of the record's labels was compared."""
    best, best_text = 0.0, ""
    forms = index.forms[row]
    for text in label_candidates(record):
        plain = _without_group(text, index)
        if not plain or plain in index.groups or plain in index.shared_ends or plain.endswith(_END_OF_HEADINGS):
            continue
        for form in forms:
            score = _alike(plain, form)
            if score > best:
                best, best_text = score, text
    return best, best_text


@lru_cache(maxsize=1 << 14)
def _without_group(text: str, index: LabelIndex) -> str:
    """The bare text without the name of a group in front, which makes it no more alike to one of its rows."""
    plain = bare(text)
    group = max((group for group in index.groups if plain.startswith(group)), key=len, default="")
    return plain.removeprefix(group) or plain


@lru_cache(maxsize=1 << 14)
def _alike(plain: str, form: str) -> float:
    """How alike a bare text and a label are, or a label cut off by the end of a page or line."""
    score = fuzz.ratio(plain, form) / 100
    if score < 0.9 and min(len(plain), len(form)) >= 4 and plain in form:
        return max(score, 0.85)
    if score < LIKE_ENOUGH and min(len(plain), len(form)) >= _LONG_ENOUGH:
        part = fuzz.partial_ratio(plain, form) / 100  # cut off and misread as well
        return max(score, 0.85 * part if part >= 0.8 else 0.0)
    return score


def match_rows(records: Sequence[Record], index: LabelIndex, widths: Sequence[int]) -> dict[int, list[RowMatch]]:
    """The records for each row of the form, by the row's position; more than one where the table is repeated.

    `widths` says how many figures each row has.
    """
    found = _sure_matches(records, index, _own_candidates, _cut_behind_number(records, index))
    if len(found) >= _FEWEST_ANCHORS:
        for loose, free in _gaps(records, found, len(index.rows)):
            found.update(_counted(loose, free, index, widths))
    found = _sure_matches(records, index, label_candidates, found)
    if len(found) < _FEWEST_ANCHORS:
        return _without_anchors(records, found, index, widths)
    for loose, free in _gaps(records, found, len(index.rows)):
        found.update(_alike_in_order(loose, free, index))
    found.update(_alike_anywhere(records, found, index))
    for loose, free in _gaps(records, found, len(index.rows)):
        found.update(_left_over(loose, free, index, widths))
    found.update(_groups_as_rows(records, found, index))
    return found


def _groups_as_rows(
    records: Sequence[Record], found: dict[int, list[RowMatch]], index: LabelIndex
) -> dict[int, list[RowMatch]]:
    """Records with the label of a group none of whose rows is there, as the first of these rows."""
    taken = {match.record.index for matches in found.values() for match in matches}
    matched: dict[int, list[RowMatch]] = {}
    for group in {row.group for row in index.rows if row.group}:
        positions = [n for n, row in enumerate(index.rows) if row.group == group]
        names = {bare(group), unnumbered(group)}
        named = [
            RowMatch(record, VERY_LIKE, text)
            for record in records
            if record.index not in taken and record.numbers
            for text in _own_labels(record)[-1:]
            if bare(text) in names or unnumbered(text) in names
        ]
        if named and found.keys().isdisjoint(positions):
            matched[positions[0]] = named[:1]
    return matched


def _cut_behind_number(records: Sequence[Record], index: LabelIndex) -> dict[int, list[RowMatch]]:
    """Rows whose label was cut in two, the second part in an empty row below: `5.` with figures, then its words.

    In saved text the ends of some figures may stand beside the second part.
    """
    found: dict[int, list[RowMatch]] = {}
    for above, below in pairwise(records):
        if not (above.numbers and above.own_labels and below.own_labels):
            continue
        if below.numbers and (above.aligned or len(below.numbers) >= len(above.numbers)):
            continue
        label = above.labels[-1] + below.labels[-1]
        row = index.sure.get(bare(label)) if above.block == below.block else None
        if row is not None and own_row(above, index) is None:
            found[row] = [RowMatch(above, SURE, label)]
    return found


def _counted(
    loose: list[Record], free: list[int], index: LabelIndex, widths: Sequence[int]
) -> dict[int, list[RowMatch]]:
    """As many complete rows as the form has between two known ones: each is the next, whatever its label became."""
    if len({widths[row] for row in free}) != 1:
        return {}
    full = [record for record in loose if len(record.begun) == widths[free[0]]]
    if len(full) != len(free) or len(free) == 1:
        return {}
    matched: dict[int, list[RowMatch]] = {}
    for row, record in zip(free, full, strict=True):
        alike, text = likeness(record, index, row)
        if alike < VERY_LIKE and _is_of_another_row(record, free, index):
            return {}
        label = text if alike >= HALF_LIKE and not names_several_rows(record, index) else ""
        matched[row] = [RowMatch(record, max(alike, VERY_LIKE) if label else FORCED, label)]
    return matched


def _is_of_another_row(record: Record, free: list[int], index: LabelIndex) -> bool:
    """Whether the label is very like that of a row, unless those of neighbours stand in one with the record's own."""
    others = [row for row in range(len(index.rows)) if likeness(record, index, row)[0] >= VERY_LIKE]
    beside_two = set(others) <= set(free) and names_several_rows(record, index)
    return bool(others) and not beside_two


def _without_anchors(
    records: Sequence[Record], found: dict[int, list[RowMatch]], index: LabelIndex, widths: Sequence[int]
) -> dict[int, list[RowMatch]]:
    """Hardly a label is legible: take all in order, if most rows of the form are found that way."""
    alike = _alike_in_order(list(records), list(range(len(index.rows))), index) if records else {}
    if len(alike) * 2 <= len(index.rows):
        return found
    for loose, free in _gaps(records, alike, len(index.rows)):
        alike.update(_left_over(loose, free, index, widths))
    return alike


def _sure_matches(
    records: Sequence[Record],
    index: LabelIndex,
    candidates: Callable[[Record], list[str]],
    known: dict[int, list[RowMatch]],
) -> dict[int, list[RowMatch]]:
    """What is known, and the records whose labels name a row; a row is named again where its table is repeated."""
    found = {row: list(matches) for row, matches in known.items()}
    taken = {match.record.index for matches in known.values() for match in matches}
    for record in records:
        named = None if record.index in taken else _named_row(candidates(record), index)
        if named is not None and named[0] not in known:
            found.setdefault(named[0], []).append(RowMatch(record, SURE, named[1]))
    return found


def _gaps(
    records: Sequence[Record], found: dict[int, list[RowMatch]], height: int
) -> Iterator[tuple[list[Record], list[int]]]:
    """The records and the rows that are still free between two matches that stand in the order of the form."""
    taken = {match.record.index for matches in found.values() for match in matches}
    free = [row for row in range(height) if row not in found]
    if not free or len(taken) == len(records):
        return
    positions = {record.index: n for n, record in enumerate(records)}
    anchors = sorted((positions[matches[0].record.index], row) for row, matches in found.items())
    in_order = _longest_increasing(anchors)
    borders = [(_first_near(in_order[0]), -1), *in_order, (len(records), height)]
    for (start, row_before), (end, row_after) in pairwise(borders):
        loose = [record for record in records[start + 1 : end] if record.index not in taken]
        between = [row for row in free if row_before < row < row_after]
        if loose and between:
            yield loose, between


def _first_near(anchor: tuple[int, int]) -> int:
    """Rows before the first anchor can stand only so many records before it."""
    position, row = anchor
    return max(position - row - 3, -1)


def _longest_increasing(anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of anchors whose rows increase with their records."""
    tails: list[int] = []
    tail_at: list[int] = []
    previous = [-1] * len(anchors)
    for i, (_, row) in enumerate(anchors):
        at = bisect_left(tails, row)
        if at == len(tails):
            tails.append(row)
            tail_at.append(i)
        else:
            tails[at], tail_at[at] = row, i
        previous[i] = tail_at[at - 1] if at else -1
    chain, i = [], tail_at[-1]
    while i >= 0:
        chain.append(anchors[i])
        i = previous[i]
    return chain[::-1]


def _alike_in_order(loose: list[Record], free: list[int], index: LabelIndex) -> dict[int, list[RowMatch]]:
    """Match records to rows in order so that the likeness of all pairs together is greatest.

    As many records as rows, each alike to its own: count and labels agree, and a likeness above the least is enough.
    """
    scores = [[likeness(record, index, row) for row in free] for record in loose]
    pairs = _best_chain([[score if score >= LIKE_ENOUGH else 0.0 for score, _ in line] for line in scores])
    ends = [(-1, -1), *pairs, (len(loose), len(free))]
    for (before, row_before), (after, row_after) in pairwise(ends):
        between = [n for n in range(before + 1, after) if loose[n].numbers]
        if row_after - row_before == 2 and len(between) == 1 and scores[between[0]][row_before + 1][0] >= HALF_LIKE:
            # What stands below may be the next row's label.
            pairs += [] if _is_legible(replace(loose[between[0]], after=[]), index) else [(between[0], row_before + 1)]
    least = VERY_LIKE if len(pairs) == len(loose) == len(free) else 0.0
    return {free[j]: [RowMatch(loose[i], max(scores[i][j][0], least), scores[i][j][1])] for i, j in pairs}


def _alike_anywhere(
    records: Sequence[Record], found: dict[int, list[RowMatch]], index: LabelIndex
) -> dict[int, list[RowMatch]]:
    """Rows out of order whose label is misread: accepted where the label is very like one free row and no other."""
    free = [row for row in range(len(index.rows)) if row not in found]
    taken = {match.record.index for matches in found.values() for match in matches}
    matched: dict[int, list[RowMatch]] = {}
    for record in records if free else ():
        if record.index in taken:
            continue
        likely = [(row, *likeness(record, index, row)) for row in free]
        close = [each for each in likely if each[1] >= VERY_LIKE]
        if len(close) == 1 and close[0][0] not in matched:
            row, score, text = close[0]
            matched[row] = [RowMatch(record, score, text)]
    return matched


def _left_over(
    loose: list[Record], free: list[int], index: LabelIndex, widths: Sequence[int]
) -> dict[int, list[RowMatch]]:
    """Complete rows without a legible label, where exactly as many rows of the form are left for them."""
    full = [record for record in loose if len(record.begun) == widths[free[0]]]
    if len(full) != len(free) or len({widths[row] for row in free}) != 1:
        return {}
    if widths[free[0]] == 1 and not all(record.own_labels for record in full):
        return {}  # any figure alone is as complete
    if any(_is_legible(record, index) for record in full):
        return {}
    return {row: [RowMatch(record, FORCED, "")] for row, record in zip(free, full, strict=True)}


def _is_legible(record: Record, index: LabelIndex) -> bool:
    """Whether the label is that of some row of the form, so that it cannot stand for another one."""
    return any(likeness(record, index, row)[0] >= LIKE_ENOUGH for row in range(len(index.rows)))


def _best_chain(scores: list[list[float]]) -> list[tuple[int, int]]:
    """The increasing pairs with the greatest sum of scores; pairs of score 0 are never taken."""
    height, width = len(scores), len(scores[0])
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            taken = best[i + 1][j + 1] + scores[i][j] if scores[i][j] else 0.0
            best[i][j] = max(taken, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < height and j < width:
        if scores[i][j] and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
