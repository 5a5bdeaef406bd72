"""Which record of figures is which row of the form.

Labels that name one row wherever they stand are anchors, whatever their order. Between two anchors the remaining
records meet the remaining rows in order, by dynamic programming over the likeness of labels. A record whose label
is beyond recognition is accepted only where exactly one row is left for it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from loaders.form.labels import LabelIndex, bare, unnumbered
from loaders.form.rows import Record

SURE = 1.0
LIKE_ENOUGH = 0.6  # below this two labels have less in common than two different labels of the form often do
FORCED = 0.7  # a row that is known only because it is the one left between two known ones
_FEWEST_ANCHORS = 3  # rows known beyond doubt without which nothing holds the others in place
_LONG_ENOUGH = 8  # characters that a fragment must have to be told from fragments of other labels
_MOST_PARTS = 12  # a label falls into at most so many lines or cells
_PARTS_ABOVE = 4


@dataclass(frozen=True, slots=True)
class RowMatch:
    """A record taken for a row of the form. `label` is the text that was recognised."""

    record: Record
    likeness: float
    label: str


def label_candidates(record: Record) -> list[str]:
    """The texts that may be the record's label: its last parts joined, longest last, then other cells of its row.

    Where the label goes on below its figures, the parts below are joined to those above.
    """
    parts = record.labels[-_MOST_PARTS:]
    joined = ["".join(parts[start:]) for start in range(len(parts) - 1, -1, -1)]
    own = parts[-record.own_labels :] if record.own_labels else []
    joined += [part for part in own[:-1] if part not in joined]
    below = ""
    for part in record.after:
        below += part
        joined += [above + below for above in joined[:_PARTS_ABOVE]]
    return joined


def sure_row(record: Record, index: LabelIndex) -> tuple[int, str] | None:
    """The row that the record's label names beyond doubt, and the label."""
    for text in label_candidates(record):
        position = index.sure.get(bare(text))
        if position is None:
            position = index.sure.get(unnumbered(text))
        if position is not None:
            return position, text
    return None


def likeness(record: Record, index: LabelIndex, row: int) -> tuple[float, str]:
    """How alike the record's label and the row's are, 0 to 1, and which part of the record's labels was compared."""
    best, best_text = 0.0, ""
    forms = index.forms[row]
    for text in label_candidates(record):
        plain = bare(text)
        if not plain:
            continue
        for form in forms:
            score = fuzz.ratio(plain, form) / 100
            if score < 0.9 and min(len(plain), len(form)) >= 4 and (form.startswith(plain) or plain in form):
                # A label cut off by the end of a page or line.
                score = max(score, 0.85)
            elif score < LIKE_ENOUGH and min(len(plain), len(form)) >= _LONG_ENOUGH:
                # Cut off and misread as well.
                part = fuzz.partial_ratio(plain, form) / 100
                score = max(score, 0.85 * part if part >= 0.8 else 0.0)
            if score > best:
                best, best_text = score, text
    return best, best_text


def match_rows(records: Sequence[Record], index: LabelIndex, widths: Sequence[int]) -> dict[int, list[RowMatch]]:
    """The records for each row of the form, by the row's position; more than one where the table is repeated.

    `widths` says how many figures each row has.
    """
    found: dict[int, list[RowMatch]] = {}
    anchors: list[tuple[int, int]] = []
    for position, record in enumerate(records):
        sure = sure_row(record, index)
        if sure is not None:
            row, text = sure
            if row not in found:
                anchors.append((position, row))
            found.setdefault(row, []).append(RowMatch(record, SURE, text))
    if len(anchors) < _FEWEST_ANCHORS:
        return found
    taken = {id(match.record) for matches in found.values() for match in matches}
    in_order = _longest_increasing(anchors)
    borders = [(_first_near(in_order[0]), -1), *in_order, (len(records), len(index.rows))]
    for (start, row_before), (end, row_after) in pairwise(borders):
        loose = [r for r in records[max(start + 1, 0) : end] if id(r) not in taken]
        free = [row for row in range(row_before + 1, row_after) if row not in found]
        for row, match in _match_between(loose, free, index, widths):
            found[row] = [match]
    return found


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


def _match_between(
    loose: list[Record], free: list[int], index: LabelIndex, widths: Sequence[int]
) -> list[tuple[int, RowMatch]]:
    """Match records to rows in order so that the likeness of all pairs together is greatest."""
    if not loose or not free:
        return []
    scores = [[likeness(record, index, row) for row in free] for record in loose]
    pairs = _best_chain([[s if s >= LIKE_ENOUGH else 0.0 for s, _ in line] for line in scores])
    matched = [(free[j], RowMatch(loose[i], scores[i][j][0], scores[i][j][1])) for i, j in pairs]
    borders = [(-1, -1), *pairs, (len(loose), len(free))]
    for (i0, j0), (i1, j1) in pairwise(borders):
        rows = free[j0 + 1 : j1]
        full = [r for r in loose[i0 + 1 : i1] if rows and len(r.numbers) == widths[rows[0]]]
        if full and len(full) == len(rows) and len({widths[row] for row in rows}) == 1:
            matched += [(row, RowMatch(r, FORCED, "")) for row, r in zip(rows, full, strict=True)]
    return matched


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
