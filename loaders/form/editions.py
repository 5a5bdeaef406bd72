"""The editions of the statutory form, from the files in `data/forms`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from data import DATA_DIR

TABLES = ("publication", "applications", "litigation")


# Editions are read once and never copied, so that identity is equality; hashing them by value would cost more than
# reading a report.
@dataclass(frozen=True, eq=False)
class Column:
    """A column of figures. `unit` is empty for counts; `signed` columns may be negative."""

    key: str
    label: str
    unit: str = ""
    signed: bool = False


@dataclass(frozen=True, eq=False)
class Row:
    """A row of the form. `group` is the label printed to the left and merged down, if there is one."""

    key: str
    label: str
    group: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class FigureBlock:
    """Rows under one header: a whole table, or one of the blocks of the publication table."""

    table: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    article: str = ""

    @cached_property
    def row_keys(self) -> tuple[tuple[str, ...], ...]:
        """The keys of the figures, row by row."""
        return tuple(tuple(f"{self.table}.{row.key}.{column.key}" for column in self.columns) for row in self.rows)


@dataclass(frozen=True, eq=False)
class Figure:
    """One figure that the form asks for."""

    table: str
    row: Row
    column: Column

    @property
    def key(self) -> str:
        """`table.row.column`, the name of the figure everywhere."""
        return f"{self.table}.{self.row.key}.{self.column.key}"


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections and its statutory heading."""

    number: int
    heading: str


@dataclass(frozen=True, eq=False)
class Edition:
    """One edition of the form. `figures` stand in the order of the printed form."""

    name: str
    first_year: int
    last_year: int
    notice: str
    sections: tuple[Section, ...]
    blocks: tuple[FigureBlock, ...]
    figures: tuple[Figure, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of all figures, in the order of the printed form."""
        return tuple(figure.key for figure in self.figures)

    def blocks_of(self, table: str) -> tuple[FigureBlock, ...]:
        """The blocks of one of the three tables."""
        return tuple(block for block in self.blocks if block.table == table)

    @cached_property
    def publication_rows(self) -> tuple[Row, ...]:
        """The rows of all blocks of the publication table, as one sequence."""
        return tuple(row for block in self.blocks_of("publication") for row in block.rows)


def _block(table: str, source: dict[str, Any]) -> FigureBlock:
    rows = tuple(
        Row(row["key"], row["label"], row.get("group", ""), tuple(row.get("aliases", ()))) for row in source["rows"]
    )
    columns = tuple(Column(**column) for column in source["columns"])
    return FigureBlock(table, rows, columns, source.get("article", ""))


@cache
def edition(name: str) -> Edition:
    """The edition `2021` or `2019`."""
    source = tomllib.loads((DATA_DIR / "forms" / f"{name}.toml").read_text(encoding="utf-8"))
    blocks = [_block("publication", block) for block in source["publication"]["blocks"]]
    blocks += [_block(table, source[table]) for table in ("applications", "litigation")]
    figures = tuple(Figure(b.table, row, column) for b in blocks for row in b.rows for column in b.columns)
    sections = tuple(Section(**section) for section in source["sections"])
    return Edition(
        source["edition"],
        source["first_year"],
        source["last_year"],
        source["notice"],
        sections,
        tuple(blocks),
        figures,
    )


EDITION_NAMES = ("2021", "2019")


def editions() -> tuple[Edition, ...]:
    """All editions with statutory tables, newest first."""
    return tuple(edition(name) for name in EDITION_NAMES)


@cache
def all_keys() -> tuple[str, ...]:
    """The keys of every figure of any edition, each once; the columns of the wide table."""
    return tuple(dict.fromkeys(key for each in editions() for key in each.keys))
