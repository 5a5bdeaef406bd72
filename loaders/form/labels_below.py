"""Saved text whose labels go on below their figures: what stands above a row without label is the end of another's.

Most labels begin on the line of their figures there. A row whose own label was lost would else be taken for the one
above it, whose last lines stand between both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from loaders.form.aligning import LIKE_ENOUGH, RowMatch, likeness
from loaders.form.labels import LabelIndex, bare
from loaders.form.records import Record

_ENOUGH_BELOW = 6
"""Rows whose label begins beside their figures and goes on below them."""

_MOST_ABOVE = 3
"""Rows known by what stands above them; where more are, labels stand so there."""


def with_labels_below(
    matches: Mapping[int, list[RowMatch]], records: Sequence[Record], index: LabelIndex
) -> dict[int, list[RowMatch]]:
    """The matches, a record that is known by the end of the label before it put right: that label is of its own row."""
    above = {row: found[0] for row, found in matches.items() if len(found) == 1 and _is_known_from_above(found[0])}
    below = sum(_goes_on_below(match) for found in matches.values() for match in found)
    if not above or len(above) > _MOST_ABOVE or below < _ENOUGH_BELOW:
        return dict(matches)
    put_right = dict(matches)
    before = {record.index: previous for previous, record in pairwise(records)}
    taken = {match.record.index for found in matches.values() for match in found}
    for row, match in sorted(above.items()):
        previous = before.get(match.record.index)
        if previous is None or not _shares_lines(previous, match.record) or previous.index in taken:
            continue
        taken |= {previous.index}
        taken -= {match.record.index}
        alike, label = likeness(previous, index, row)
        if alike >= LIKE_ENOUGH:
            put_right[row] = [RowMatch(previous, alike, label)]
        else:
            del put_right[row]
    return put_right


def _own(record: Record) -> list[str]:
    own = record.labels[-record.own_labels :] if record.own_labels else []
    return [part for part in own if bare(part)]


def _is_known_from_above(match: RowMatch) -> bool:
    """Whether the label that was recognised stands in the lines above the row of a table, and nothing of it beside."""
    record = match.record
    if not record.tabular or record.aligned or not match.label:
        return False
    return not any(part in match.label for part in _own(record))


def _goes_on_below(match: RowMatch) -> bool:
    """Whether the label that was recognised begins beside the figures and ends in the lines below."""
    own, after = _own(match.record), match.record.after
    return bool(own and after) and match.label.startswith(own[-1]) and match.label.endswith(tuple(after))


def _shares_lines(previous: Record, record: Record) -> bool:
    """Whether the lines between two rows are counted to both."""
    return bool(previous.numbers and previous.after and record.labels) and previous.after[0] == record.labels[0]
