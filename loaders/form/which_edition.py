"""Which edition of the form a document holds, told by the labels that only one of them has."""

from __future__ import annotations

from rapidfuzz import fuzz

from loaders.form.editions import Edition, edition, editions
from loaders.form.form_text import FormText
from loaders.form.labels import edition_marks, unnumbered
from loaders.form.litigation_header import has_broken_header
from loaders.form.records import Record

_ENOUGH_LABELS = 3
_LEGIBLE = 40.0
"""Less than this part of an edition's own labels, in percent, is in any text: its tables are not there."""

_SINGLE_MISC = "其他处理"
_ONE_MISREAD = 75.0
"""How much is alike, in percent, where one of its characters was misread."""

_GROUPS_OF_LITIGATION = ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"]


def edition_in(text: FormText) -> Edition | None:
    """The edition most of whose own labels are there; the newer one where only common labels are."""
    exact = {each.name: sum(mark in text.labels for mark in edition_marks(each)) for each in editions()}
    best = max(editions(), key=lambda each: exact[each.name])
    if exact[best.name] >= _ENOUGH_LABELS:
        return best
    (applications,) = best.blocks_of("applications")
    (litigation,) = best.blocks_of("litigation")
    applicants = [column.label for column in applications.columns if len(column.label) > 2]
    common = [row.label for row in applications.rows] + applicants
    common += [column.label for column in litigation.columns[:4]] + _GROUPS_OF_LITIGATION
    if not (exact[best.name] or text.has_labels(common, _ENOUGH_LABELS) or has_broken_header(text.rows)):
        return None
    if not exact[best.name] and any(map(_is_single_misc, text.records)):
        return edition("2019")
    if not exact[best.name] and text.has_labels(
        (row.label for row in edition("2021").publication_rows), _ENOUGH_LABELS
    ):
        return edition("2021")  # its rows are legible, and those that only the older form has are not there
    likeness = {each.name: _likeness(each, text) for each in editions()}
    if not exact[best.name] and max(likeness.values()) < _LEGIBLE:
        return best
    return max(editions(), key=lambda each: (likeness[each.name], exact[each.name]))


def _is_single_misc(record: Record) -> bool:
    """Whether 其他处理, perhaps on two lines, is a row with figures, as in the 2019 edition, and no group of three.

    The second line may stand below the figures.
    """
    if not record.labels:
        return False
    own = record.labels[-1:]
    names = (unnumbered("".join(lines)) for lines in (own, record.labels[-2:], own + record.after[:1]))
    return any(len(name) == len(_SINGLE_MISC) and fuzz.ratio(name, _SINGLE_MISC) >= _ONE_MISREAD for name in names)


def _likeness(edition: Edition, text: FormText) -> float:
    """How much of an edition's own labels is left where hardly one of them is legible as a whole."""
    marks = edition_marks(edition)
    return sum(fuzz.partial_ratio(mark, text.labels) for mark in marks) / len(marks)
