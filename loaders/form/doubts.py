"""Figures whose characters were recognised with doubt: dropped, unless the form's own sums leave one reading only."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import pairwise, product

from loaders.document import Cell, Document, Place, Table
from loaders.form.contradicted import contradicted
from loaders.form.editions import EDITION_NAMES, edition
from loaders.form.figures import read_figure
from loaders.form.placement import SETTLED_BY_SUM
from loaders.form.points import as_count, counts_of, differ_in_point, mend_counts
from loaders.form.sums import Sum, sums_of
from loaders.patterns import pattern_of
from loaders.report import FormReading
from loaders.words import of_warnings as warn

LEGIBLE = 0.8
"""Confidence of recognition from which a figure is believed by itself."""

DOUBTED = 0.4
"""Highest confidence of a figure that was dropped."""

_ITEM = pattern_of(r"(?<!\d)[1-8][.．、](?=[\u4e00-\u9fff]{2})")
"""The number of a reason, with the words that follow it."""

_LONGEST_END = 3
"""Digits of what a page's end left of a figure for the next page."""

_MOST_WAYS = 4000
"""Combinations of readings that are tried at most; among more, one may add up by chance."""

_PLUS = ("+", "＋")

_WITNESSES = 2
"""Sums that must speak for a reading other than the likeliest: a single one may be wrong in the report itself."""

Values = dict[str, float]


@dataclass(frozen=True, slots=True)
class _Check:
    """A sum of which every figure is known or doubtful: by how much the known ones are off, and the doubtful."""

    off: float
    signs: tuple[tuple[str, int], ...]

    @property
    def keys(self) -> frozenset[str]:
        """Its doubtful figures."""
        return frozenset(key for key, _ in self.signs)

    def holds(self, values: Values) -> bool:
        """Whether it adds up with these values of the doubtful figures."""
        return math.isclose(self.off + sum(sign * values[key] for key, sign in self.signs), 0.0, abs_tol=1e-6)


def settle_doubts(form: FormReading, document: Document) -> None:
    """Drop figures of a scan that are barely legible; keep, marked by its confidence, one that the sums leave.

    A legible figure that may also be another becomes that one where the sums hold with it only. The text as recognised
    stays in `raw`.
    """
    counts = counts_of(form.edition) if form.edition in EDITION_NAMES else frozenset[str]()
    if document.is_recognised:
        mend_counts(form, document, counts, DOUBTED)
        _doubt_text_for_figures(form, document)
        _doubt_signs(form, document)
        _doubt_rows_with_two_labels(form, document)
        _doubt_rows_cut_by_a_page(form, document)
    _doubt_figures_cut_within_a_label(form, document)
    dropped = _settle_readings(form, document, counts)
    if document.is_recognised:
        dropped += _doubt_what_sums_contradict(form, document)
    if dropped:
        form.warnings.append(warn.ILLEGIBLE.of(count=dropped))


def _settle_readings(form: FormReading, document: Document, counts: Set[str]) -> int:
    """Settle figures by what else they may say; return how many were dropped."""
    cells = _cells_in_question(document)
    if not cells:
        return 0
    readings = {
        key: values
        for key, reading in form.figures.items()
        if reading.place in cells and (values := _possible_values(cells[reading.place], key in counts))
    }
    read = {key: reading.value for key, reading in form.figures.items() if key in readings}
    doubtful = {
        key
        for key in readings
        if read[key] is None or _is_doubtful(cells[form.figures[key].place], is_count=key in counts)
    }
    for key in doubtful:
        reading = form.figures[key]
        if reading.value is not None:
            reading.value, reading.confidence = None, min(reading.confidence, DOUBTED)
    settled = _settled(form, readings, read, doubtful)
    for key, value in settled.items():
        form.figures[key].value, form.figures[key].confidence = value, SETTLED_BY_SUM
    confirmed = sum(read[key] == value for key, value in settled.items())
    if confirmed:
        form.warnings.append(warn.CONFIRMED_BY_SUM.of(count=confirmed))
    if len(settled) > confirmed:
        form.warnings.append(warn.SETTLED_BY_SUM.of(count=len(settled) - confirmed))
    return sum(read[key] is not None for key in doubtful - settled.keys())


def _doubt_what_sums_contradict(form: FormReading, document: Document) -> int:
    """Drop figures that were read with confidence, but are others by the sums that are easily read so."""
    recognised = _recognised(document)
    known = {key: each.value for key, each in form.figures.items() if each.value is not None}
    misread = [key for key in contradicted(_sums(form), known) if form.figures[key].place in recognised]
    for key in misread:
        reading = form.figures[key]
        reading.value, reading.confidence = None, min(reading.confidence, DOUBTED)
    return len(misread)


def _sums(form: FormReading) -> list[Sum]:
    return list(sums_of(edition(form.edition))) if form.edition in EDITION_NAMES else []  # older reports have no sums


def _recognised(document: Document) -> set[Place]:
    """The cells whose characters were recognised, and not written."""
    return {
        cell.place
        for block in document.blocks
        if isinstance(block, Table)
        for cell in block.cells
        if cell.confidence < 1.0
    }


def _doubt_text_for_figures(form: FormReading, document: Document) -> None:
    """What is no figure where one is due was likelier misread than written."""
    recognised = _recognised(document)
    for reading in form.figures.values():
        if reading.value is None and reading.raw.strip() and reading.place in recognised:
            reading.confidence = min(reading.confidence, DOUBTED)


def _doubt_signs(form: FormReading, document: Document) -> None:
    """Drop figures behind a plus where no change is counted: it is what is left of a 4."""
    if form.edition not in EDITION_NAMES:
        return
    signed = {figure.key for figure in edition(form.edition).figures if figure.column.signed}
    recognised = _recognised(document)
    for key, reading in form.figures.items():
        if reading.raw.strip().startswith(_PLUS) and key not in signed and reading.place in recognised:
            reading.value, reading.confidence = None, min(reading.confidence, DOUBTED)


def _doubt_rows_with_two_labels(form: FormReading, document: Document) -> None:
    """Drop the figures beside a label that is two, as where the line between two rows is lost among labels only."""
    for block in document.blocks:
        if not isinstance(block, Table):
            continue
        rows = {cell.row for cell in block.cells if cell.row_span == 1 and len(_ITEM.findall(cell.text)) > 1}
        places = {cell.place for cell in block.cells if cell.row in rows} if rows else set()
        for reading in form.figures.values():
            if reading.value is not None and reading.place in places:
                reading.value, reading.confidence = None, min(reading.confidence, DOUBTED)


def _doubt_rows_cut_by_a_page(form: FormReading, document: Document) -> None:
    """Drop the last row of a table where the next one begins with figures without label: likely the ends of its own."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    for above, below in pairwise(tables):
        last, first = _rows_with_figures(above)[-1:], _rows_with_figures(below)[:1]
        if not last or not first or any(_is_label(cell) for cell in first[0]):
            continue
        ends = [cell for cell in first[0] if cell.text.strip()]
        if len(ends) >= len(last[0]) or any(len(cell.text.strip()) > _LONGEST_END for cell in ends):
            continue
        places = {cell.place for cell in last[0]}
        for reading in form.figures.values():
            if reading.value is not None and reading.place in places:
                reading.value, reading.confidence = None, min(reading.confidence, DOUBTED)


def _doubt_figures_cut_within_a_label(form: FormReading, document: Document) -> None:
    """Drop the figures of a row below which others stand beside the same label: a page's end may have cut them.

    So it is where both rows add up, as 14 and 14 above 5 and 5, so that the reader kept them apart.
    """
    if document.format != "pdf":
        return
    places: set[Place] = set()
    for block in document.blocks:
        if isinstance(block, Table):
            at = {(cell.row, cell.column): cell for cell in block.cells}
            for label in block.cells:
                behind = label.column + label.column_span
                if label.row_span == 2 and _is_figure(at.get((label.row, behind))):
                    places |= _places_above_figures(at, label.row, behind)
    for reading in form.figures.values() if places else ():
        if reading.value is not None and reading.place in places:
            reading.value, reading.confidence = None, min(reading.confidence, DOUBTED)


def _places_above_figures(at: Mapping[tuple[int, int], Cell], row: int, first: int) -> set[Place]:
    """The places of the figures of a row from a column on that have another right below, if fewer stand there."""
    above = {column: cell for (line, column), cell in at.items() if line == row and column >= first}
    below = [column for column in above if _is_figure(at.get((row + 1, column)))]
    fewer = len(below) < sum(map(_is_figure, above.values()))
    return {above[column].place for column in below if fewer and _is_figure(above[column])}


def _is_figure(cell: Cell | None) -> bool:
    return cell is not None and read_figure(cell.text).kind == "figure"


def _rows_with_figures(table: Table) -> list[list[Cell]]:
    """The cells of those rows of a table, merged ones left out, that hold figures."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.row_span == 1:
            rows.setdefault(cell.row, []).append(cell)
    return [rows[row] for row in sorted(rows) if any(read_figure(cell.text).kind == "figure" for cell in rows[row])]


def _is_label(cell: Cell) -> bool:
    return read_figure(cell.text).kind == "text"


def _cells_in_question(document: Document) -> dict[Place, Cell]:
    """Those that are barely legible, or may say something else as well."""
    return {
        cell.place: cell
        for block in document.blocks
        if isinstance(block, Table)
        for cell in block.cells
        if cell.confidence < LEGIBLE or cell.other_readings
    }


def _is_doubtful(cell: Cell, *, is_count: bool) -> bool:
    """Whether a cell is not believed by itself; in a count, a comma and a point are one."""
    return cell.confidence < LEGIBLE or (not is_count and differ_in_point({cell.text, *cell.other_readings}))


def _possible_values(cell: Cell, is_count: bool) -> list[float]:
    """What a cell may say, the likeliest first."""
    texts = (cell.text, *cell.other_readings)
    readings = (read_figure(as_count(text) if is_count else text) for text in texts)
    return list(dict.fromkeys(each.value() for each in readings if each.kind == "figure"))


def _settled(
    form: FormReading, readings: dict[str, list[float]], read: Mapping[str, float | None], doubtful: Set[str]
) -> Values:
    """The doubtful figures of which the sums leave one reading, and legible ones that must be another.

    `read` is the likeliest reading, where that is a figure.
    """
    sums = _sums(form)
    known = {key: reading.value for key, reading in form.figures.items() if reading.value is not None}
    settled = _by_sums(sums, known, {key: readings[key] for key in doubtful}, read)
    known |= settled
    dropped = doubtful - settled.keys()
    in_question = {key: readings[key] for key in readings.keys() - settled.keys()}
    amiss = [
        check.keys for check in _checks(sums, known, in_question) if check.keys & dropped or not check.holds(known)
    ]
    suspects = {key: readings[key] for key in dropped.union(*amiss)}
    others = {key: value for key, value in known.items() if key not in suspects}
    again = _by_sums(sums, others, suspects, read)
    return settled | {key: value for key, value in again.items() if key in dropped or value != read[key]}


def _by_sums(
    sums: list[Sum], known: Values, readings: dict[str, list[float]], read: Mapping[str, float | None]
) -> Values:
    """Those of some figures of which the sums leave one reading.

    All that hang together by sums are looked at together; where that leads nowhere, those of one sum after the other,
    since one figure that is beyond reading must not take the others with it.
    """
    settled: Values = {}
    by_size = sorted({check.keys for check in _checks(sums, known, readings)}, key=lambda keys: (len(keys), min(keys)))
    for keys in [*_hanging_together(by_size), *by_size]:
        rest = {key: readings[key] for key in readings.keys() - settled.keys()}
        checks = [check for check in _checks(sums, known | settled, rest) if check.keys <= keys]
        way = _only_way({key: rest[key] for key in keys & rest.keys()}, checks)
        witnesses = {key: sum(key in check.keys for check in checks) for key in way}
        if all(value == read[key] or witnesses[key] >= _WITNESSES for key, value in way.items()):
            settled |= way
    rest = {key: readings[key] for key in readings.keys() - settled.keys()}
    return settled | _confirmed(_checks(sums, known | settled, rest), rest, read)


def _confirmed(checks: list[_Check], readings: dict[str, list[float]], read: Mapping[str, float | None]) -> Values:
    """Figures that were recognised so that a sum holds, as it does with no other readings.

    A sum that does not hold speaks against a figure, unless another doubtful one may be to blame.
    """
    likeliest = {key: value for key in readings if (value := read[key]) is not None}
    legible = [check for check in checks if check.keys <= likeliest.keys()]
    holding = [check for check in legible if check.holds(likeliest)]
    ways = [_only_way({key: readings[key] for key in check.keys}, [check]) for check in holding]
    confirmed = {key for way in ways for key in way}
    against = [check.keys for check in legible if check not in holding and check.keys <= confirmed]
    return {key: likeliest[key] for key in confirmed if not any(key in keys for keys in against)}


def _checks(sums: Iterable[Sum], known: Values, doubtful: dict[str, list[float]]) -> list[_Check]:
    """The sums that say something about doubtful figures."""
    found: list[_Check] = []
    for left, right in sums:
        signs = [*((key, 1) for key in left), *((key, -1) for key in right)]
        if any(key in doubtful for key, _ in signs) and all(key in doubtful or key in known for key, _ in signs):
            off = sum(sign * known[key] for key, sign in signs if key not in doubtful)
            found.append(_Check(off, tuple((key, sign) for key, sign in signs if key in doubtful)))
    return found


def _hanging_together(groups: list[frozenset[str]]) -> list[frozenset[str]]:
    """The union of groups that share a key, for all of them."""
    unions: list[frozenset[str]] = []
    for group in groups:
        touched = [union for union in unions if union & group]
        unions = [union for union in unions if not union & group] + [group.union(*touched)]
    return unions


def _only_way(readings: dict[str, list[float]], checks: list[_Check]) -> Values:
    """The values of some figures if only one combination of their readings satisfies all sums; else nothing."""
    in_sums = frozenset[str]().union(*(check.keys for check in checks))
    if readings.keys() != in_sums or math.prod(map(len, readings.values())) > _MOST_WAYS:
        return {}
    ways = (dict(zip(readings, values, strict=True)) for values in product(*readings.values()))
    found = [way for way in ways if all(check.holds(way) for check in checks)]
    return found[0] if len(found) == 1 else {}
