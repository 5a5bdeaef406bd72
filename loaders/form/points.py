"""Counts of a scan with a point in them: recognition takes commas for points, and specks for both."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cache

from loaders.document import Document, Place, Table
from loaders.form.editions import edition
from loaders.form.figures import read_figure
from loaders.patterns import pattern_of
from loaders.report import FormReading

_THOUSANDS = pattern_of(r"^[+-]?[1-9]\d{0,2}(?:[.,，．]\d{3})+(?!\d)")
"""A count in groups of three digits, whatever stands between them."""

_POINT = pattern_of(r"(?<=\d)[.．](?=\d{3}(?!\d))")

_SPECK = pattern_of(r"^[.．·•]{1,3}(?=\d{1,2}$)")
"""What stands before the digits of a count, and is no point; before three it may be all that is left of thousands."""


@cache
def counts_of(form: str) -> frozenset[str]:
    """Keys of the figures of an edition that count something, and cannot have a fraction."""
    return frozenset(figure.key for figure in edition(form).figures if not figure.column.unit)


def as_count(text: str) -> str:
    """What a count says: with a comma where three digits follow a point, and without specks before it."""
    return _with_comma(_SPECK.sub("", text.strip()))


def _with_comma(text: str) -> str:
    return _POINT.sub(",", text) if _THOUSANDS.match(text.strip()) else text


def differ_in_point(texts: Set[str]) -> bool:
    """Whether a point in one reading of a figure is a comma in another one, so that it is a thousand times as much."""
    return len({_with_comma(text) for text in texts}) < len(texts)


def mend_counts(form: FormReading, document: Document, counts: Set[str], most: float) -> None:
    """Take points for commas in counts that were recognised; drop other fractions, with a confidence of `most`."""
    recognised = set(_recognised(document))
    for key in counts & form.figures.keys():
        reading = form.figures[key]
        if reading.place not in recognised or (reading.value is None and not _SPECK.match(reading.raw.strip())):
            continue
        mended = read_figure(as_count(reading.raw))
        if mended.kind == "figure":
            reading.value = mended.value()
        if reading.value is not None and reading.value % 1:
            reading.value, reading.confidence = None, min(reading.confidence, most)


def _recognised(document: Document) -> Iterator[Place]:
    """The places of the cells in tables that are doubted anywhere, as what was recognised is."""
    for block in document.blocks:
        if isinstance(block, Table) and any(cell.confidence < 1.0 for cell in block.cells):
            yield from (cell.place for cell in block.cells)
