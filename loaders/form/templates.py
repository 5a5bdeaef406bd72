"""Tables that have been read before with other figures in them: the same form printed from the same template.

Where every row of a table was known by its own label and held all its figures, their values had no part in placing
them. A table with the same labels, cells and kinds of cells is then filled in the same way, without alignment.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter

from loaders.document import Cell, Document, Paragraph, Table
from loaders.form.aligning import own_row
from loaders.form.cut_off import cut_totals
from loaders.form.editions import TABLES, Column, Edition, FigureBlock, Row, edition
from loaders.form.figures import MOST_CHARACTERS, read_figure
from loaders.form.labels import bare, is_altered, label_index
from loaders.form.records import Record
from loaders.form.rows import holds_figures
from loaders.report import FigureReading, FormReading

_MOST_TEMPLATES = 512  # of some 30 KB each
_SHAPE = attrgetter("row", "column", "row_span", "column_span")
Label = tuple[str, str]
"""What the form says, and what stands there."""


@dataclass(frozen=True, slots=True)
class Template:
    """Which cell of a table is which figure, in the order of the form: its key, its place among the cells, its unit.

    Empty for a table that holds no figures; no edition where it is the same in all of them. The labels are those that
    are not the form's, as the table said that was learned from.
    """

    edition: str = ""
    figures: tuple[tuple[str, int, str], ...] = ()
    applications: tuple[Label, ...] = ()
    publication: tuple[Label, ...] = ()
    alike: tuple[tuple[int, ...], ...] = ()
    """Cells that repeat one figure, as where a merged cell was written down once a column; they must agree."""


_templates: dict[Hashable, Template] = {}
"""By skeleton, those that were learned first in front."""


def recall(document: Document) -> FormReading | None:
    """The form, if all tables of the document are known and together hold all of it."""
    if document.is_recognised:  # no two such tables are the same
        return None
    tables: list[tuple[Template, list[Cell]]] = []
    for block in document.blocks:
        if isinstance(block, Table):
            template = _templates.get(_skeleton(block))
            if template is None:
                return None
            tables.append((template, block.cells))
        elif isinstance(block, Paragraph) and holds_figures(block.text):
            return None
    names = {template.edition for template, _ in tables if template.edition}
    return _filled(edition(names.pop()), tables) if len(names) == 1 else None


def _filled(form: Edition, tables: Sequence[tuple[Template, list[Cell]]]) -> FormReading | None:
    """The figures of all tables; None unless they are those of the form, each once and in order."""
    if sum(len(template.figures) for template, _ in tables) != len(form.keys):
        return None
    figures: dict[str, FigureReading] = {}
    for template, cells in tables:
        if any(len({read_figure(cells[n].text).value() for n in group}) > 1 for group in template.alike):
            return None
        for key, position, unit in template.figures:
            cell = cells[position]
            if cell.confidence != 1.0:
                return None
            text = cell.text
            figures[key] = FigureReading(_value(text, unit), text.strip(), 1.0, cell.place)
    if tuple(figures) != form.keys or any(cut_totals(block, figures) for block in form.blocks_of("applications")):
        return None
    labels = [label for template, cells in tables for label in _as_written(template.applications, cells)]
    labels += [label for template, cells in tables for label in _as_written(template.publication, cells)]
    return FormReading(form.name, figures, dict.fromkeys(TABLES, "present"), 1.0, [], labels)


def _as_written(labels: Sequence[Label], cells: Sequence[Cell]) -> list[Label]:
    """The labels as these cells have them."""
    written = {bare(cell.text): cell.text for cell in cells} if labels else {}
    return [(of_form, written.get(bare(found), found)) for of_form, found in labels]


@lru_cache(maxsize=1 << 13)
def _value(text: str, unit: str) -> float:
    return read_figure(text).value(unit)


@dataclass(frozen=True, slots=True)
class _KnownRow:
    """A row of the form and the record that holds all its figures. The litigation table is a row without label."""

    table: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    record: Record
    row: Row | None = None
    label: str = ""


def remember(document: Document, read: FormReading, records: Sequence[Record]) -> None:
    """Keep how the document's tables were filled, if that followed from their own labels and cells alone."""
    whole = all(each.value is not None and each.confidence == 1.0 for each in read.figures.values())
    rows = _known_rows(edition(read.edition), records) if whole and not document.is_recognised else []
    if not rows:
        return
    for number, block in enumerate(document.blocks):
        if isinstance(block, Table):
            of_block = [row for row in rows if row.record.block == number]
            if _holds_others(block, of_block):
                continue
            skeleton = _skeleton(block)
            if len(_templates) >= _MOST_TEMPLATES and skeleton not in _templates:
                del _templates[next(iter(_templates))]
            _templates[skeleton] = _template(read, block, of_block)


def _holds_others(table: Table, rows: Sequence[_KnownRow]) -> bool:
    """Whether a table has figures besides those of its rows: those of another year that were left out."""
    used = {id(each.cell) for row in rows for each in row.record.numbers}
    return any(id(cell) not in used and read_figure(cell.text).kind == "figure" for cell in table.cells)


def _known_rows(form: Edition, records: Sequence[Record]) -> list[_KnownRow]:
    """The rows in the order of the form, if each is there once, by its own label and with all its figures.

    No figure may stand anywhere else; rows of headings do not count.
    """
    found: dict[int, _KnownRow] = {}
    for record in records:
        position, row = _known_row(form, record)
        if not row.label and not any(each.reading.kind == "figure" for each in (*record.row, *record.figures)):
            continue
        if position in found or not _is_complete(row):
            return []
        found[position] = row
    return [found[n] for n in sorted(found)] if len(found) == len(_rows(form)) + 1 else []


def _known_row(form: Edition, record: Record) -> tuple[int, _KnownRow]:
    """Which row a label of its own makes the record, and its position; without one it can only be the last."""
    rows = _rows(form)
    for table in ("applications", "publication"):
        of_table = [n for n, (block, _) in enumerate(rows) if block.table == table]
        named = own_row(record, label_index(tuple(rows[n][0].rows[rows[n][1]] for n in of_table)))
        if named is not None:
            position = of_table[named[0]]
            block, n = rows[position]
            return position, _KnownRow(table, block.row_keys[n], block.columns, record, block.rows[n], named[1])
    (block,) = form.blocks_of("litigation")
    keys = tuple(key for keys in block.row_keys for key in keys)
    return len(rows), _KnownRow(block.table, keys, block.columns * len(block.rows), record)


@cache
def _rows(form: Edition) -> tuple[tuple[FigureBlock, int], ...]:
    """The rows with a label of their own, in the order of the form, each as its block and its position there."""
    blocks = [block for block in form.blocks if block.table != "litigation"]
    return tuple((block, n) for block in blocks for n in range(len(block.rows)))


def _is_complete(row: _KnownRow) -> bool:
    """Whether the record holds the figures of the row and no others, but for repetitions of a single one."""
    numbers = row.record.numbers
    figures = sum(1 for each in row.record.row if each.reading.kind == "figure")
    repeated = len(row.keys) == 1 and len({each.reading.value() for each in numbers}) == 1
    return row.record.tabular and figures == len(numbers) and (len(numbers) == len(row.keys) or repeated)


def _template(read: FormReading, table: Table, rows: Sequence[_KnownRow]) -> Template:
    positions = {id(cell): n for n, cell in enumerate(table.cells)}
    figures: list[tuple[str, int, str]] = []
    alike: list[tuple[int, ...]] = []
    for row in rows:
        numbers = row.record.numbers
        if len(numbers) > len(row.keys):
            alike.append(tuple(positions[id(each.cell)] for each in numbers))
            chosen = [each for each in numbers if each.cell.place is read.figures[row.keys[0]].place]
            numbers = (chosen or numbers)[:1]
        cells = [positions[id(each.cell)] for each in numbers]
        figures += zip(row.keys, cells, [column.unit for column in row.columns], strict=True)
    labels: dict[str, list[Label]] = {name: [] for name in TABLES}
    for each in rows:
        if each.row is not None and is_altered(each.row, each.label):
            labels[each.table].append((each.row.label, each.label))
    of_edition = any(row.table != "litigation" for row in rows)
    return Template(
        read.edition if of_edition else "",
        tuple(figures),
        tuple(labels["applications"]),
        tuple(labels["publication"]),
        tuple(alike),
    )


@lru_cache(maxsize=1 << 13)
def _masked(text: str) -> str:
    """The characters of a label; of a figure or a blank only that it is one."""
    kind = read_figure(text).kind
    return bare(text) or text if kind == "text" else f"\0{kind}"


def _skeleton(table: Table) -> Hashable:
    """All of a table but the values of its figures."""
    cells = table.cells
    return (
        table.aligned,
        tuple([_masked(cell.text) if len(cell.text) <= MOST_CHARACTERS else bare(cell.text) for cell in cells]),
        tuple(map(_SHAPE, cells)),
    )
