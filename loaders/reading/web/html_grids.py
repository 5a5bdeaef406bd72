"""Tables that a page builds of boxes, its style sheet elsewhere: rows side by side, and the cells in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from loaders.form.figures import in_words, is_illegible, read_figure

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

_BOXES = ("div", "section", "article", "main", "center", "form", "body", "td")
_ROWS = frozenset(("div", "ul", "ol", "dl", "section"))
_CELLS = frozenset(("div", "span", "li", "dt", "dd", "p"))
_FEWEST_ROWS = 3
_FEWEST_FIGURES = 3
"""So many rows with so many figures show that a page builds its tables of boxes."""

_APPLICANTS = 7
_MOST_LABELS = 3
"""Cells in front of the figures of a row."""

_LONGEST_CELL = 80


def make_tables(root: Element) -> None:
    """Turn boxes that hold rows of figures into the tables that they look like.

    Where most have one cell, they are the cells of a row, and what stands in one of them is one figure.
    """
    boxes = [box for box in root.iter(*_BOXES) if len(box) > 1]
    if not any(sum(map(_shows_table, box)) >= _FEWEST_ROWS for box in boxes):
        return
    for box in boxes:
        for rows in list(_runs(box)):
            if sum(map(_figures, rows)) >= _FEWEST_FIGURES and 2 * sum(len(row) > 1 for row in rows) >= len(rows):
                _make_table(box, rows)


def _shows_table(row: Element) -> bool:
    """Whether a row has several figures, or so many cells that most of its figures may be blank."""
    figures = _figures(row)
    return figures >= _FEWEST_FIGURES or (figures > 0 and len(row) > _APPLICANTS)


def _make_table(box: Element, rows: list[Element]) -> None:
    table = etree.Element("table")
    box.insert(box.index(rows[0]), table)
    for row in rows:
        made = etree.SubElement(table, "tr")
        for cell in row:
            etree.SubElement(made, "td").append(cell)
        table.tail = row.tail
        box.remove(row)


def _runs(box: Element) -> Iterator[list[Element]]:
    """Rows that follow each other in a box, two or more."""
    run: list[Element] = []
    for element in [*box, None]:
        if element is not None and _is_row(element):
            run.append(element)
            if not (element.tail and element.tail.strip()):
                continue
        if len(run) > 1:
            yield run
        run = []


def _is_row(row: Element) -> bool:
    """Whether an element holds nothing but short cells."""
    if row.tag not in _ROWS or not len(row) or (row.text and row.text.strip()):
        return False
    return all(
        cell.tag in _CELLS
        and not (cell.tail and cell.tail.strip())
        and len(_text(cell)) <= _LONGEST_CELL
        and not any(len(inner) > 1 for inner in cell.iter(*_ROWS))
        for cell in row
    )


def _figures(row: Element) -> int:
    """How many figures a row holds that has none but blank cells among them, and few labels in front."""
    if len(row) < 2 or not _is_row(row):
        return 0
    kinds = [_kind(_text(cell)) for cell in row]
    first = kinds.index("figure") if "figure" in kinds else 0
    return kinds.count("figure") if first <= _MOST_LABELS and "text" not in kinds[first:] else 0


def _kind(text: str) -> str:
    """What a cell holds; one that is illegible among figures is one of them."""
    kind = read_figure(text).kind
    is_other = kind == "text" and (is_illegible(text) or in_words(text).kind == "figure")
    return "figure" if is_other else kind


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()
