"""Figures whose characters were recognised with doubt: dropped, unless the form's own sums leave no other reading."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.document import Document, Place, Table
from loaders.form.editions import Edition, FigureBlock, edition
from loaders.form.figures import read_figure
from loaders.form.placing import SETTLED_BY_SUM
from loaders.report import FormReading

LEGIBLE = 0.8
"""Confidence of recognition from which a figure is believed by itself."""

DOUBTED = 0.4
"""Highest confidence of a figure that was dropped."""

_NO_OUTCOMES = frozenset({"new", "carried_in", "total", "carried_out"})

Sum = tuple[tuple[str, ...], tuple[str, ...]]
"""Keys of figures that add up to as much as others."""


def settle_doubts(form: FormReading, document: Document) -> None:
    """Drop figures of a scan that are barely legible; keep, marked by its confidence, one that the sums confirm.

    The text as recognised stays in `raw`.
    """
    places = _doubtful_places(document)
    if not places:
        return
    doubtful = {
        key: reading.value
        for key, reading in form.figures.items()
        if reading.value is not None and reading.place in places
    }
    if not doubtful or form.edition == "legacy":
        return
    for key in doubtful:
        reading = form.figures[key]
        reading.value, reading.confidence = None, min(reading.confidence, DOUBTED)
    settled = _settled(form, doubtful)
    dropped = len(doubtful) - settled
    if settled:
        form.warnings.append(f"有{settled}个数据字迹不清，识别结果经表内合计核实")
    if dropped:
        form.warnings.append(f"有{dropped}个数据字迹不清，按空缺处理，请对照原文核对")


def _doubtful_places(document: Document) -> frozenset[Place]:
    return frozenset(
        cell.place
        for block in document.blocks
        if isinstance(block, Table)
        for cell in block.cells
        if cell.confidence < LEGIBLE and read_figure(cell.text).kind == "figure"
    )


def _settled(form: FormReading, doubtful: dict[str, float]) -> int:
    """Give back figures that the sums confirm; return how many.

    A sum that holds with all figures as they were recognised confirms each of them. One that does not hold speaks
    against a figure, unless another doubtful one may be to blame.
    """
    values = {key: reading.value for key, reading in form.figures.items()} | doubtful
    holding: list[frozenset[str]] = []
    failing: list[frozenset[str]] = []
    for left, right in _sums(edition(form.edition)):
        sides = [[values.get(key) for key in side] for side in (left, right)]
        if None not in (*sides[0], *sides[1]):
            equal = sum(value or 0.0 for value in sides[0]) == sum(value or 0.0 for value in sides[1])
            (holding if equal else failing).append(frozenset(doubtful.keys() & {*left, *right}))
    confirmed = frozenset[str]().union(*holding)
    settled = {key for key in confirmed if not any(key in keys and keys <= confirmed for keys in failing)}
    for key in settled:
        form.figures[key].value, form.figures[key].confidence = doubtful[key], SETTLED_BY_SUM
    return len(settled)


def _sums(form: Edition) -> Iterator[Sum]:
    """What must add up in the tables of applications and of disputes."""
    for table in ("applications", "litigation"):
        for block in form.blocks_of(table):
            for *parts, total in block.row_keys:
                yield tuple(parts), (total,)
            if table == "applications":
                yield from _column_sums(block)


def _column_sums(block: FigureBlock) -> Iterator[Sum]:
    for column in zip(*block.row_keys, strict=True):
        at = dict(zip((row.key for row in block.rows), column, strict=True))
        yield tuple(key for row, key in at.items() if row not in _NO_OUTCOMES), (at["total"],)
        yield (at["new"], at["carried_in"]), (at["total"], at["carried_out"])
