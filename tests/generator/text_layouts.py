"""Plain text as converters leave it: each layout is one way to write paragraphs and merged tables as lines."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator

from loaders.demo.page import Grid, GridCell, Page, Text
from loaders.demo.pdf_canvas import text_width

Writer = Callable[[random.Random, Grid], str]
"""Writes one table as lines."""


def _lines(rng: random.Random, page: Page, write: Writer, gap: str = "\n") -> str:
    """The page with `write` for its tables and `gap` between blocks. A picture leaves nothing."""
    parts = []
    for block in page.blocks:
        if isinstance(block, Text):
            parts.append(block.text)
        elif isinstance(block, Grid):
            parts.append(write(rng, block))
    return gap.join(parts)


def _rows(grid: Grid) -> Iterator[list[GridCell]]:
    return (grid.row_cells(row) for row in range(grid.rows))


def _flat(text: str) -> str:
    return text.replace("\n", "").strip(" ")


def one_cell_a_line(rng: random.Random, grid: Grid) -> str:
    """Cell after cell on lines of their own, empty ones dropped; a broken label takes several lines."""
    return "\n".join(cell.text.strip() for row in _rows(grid) for cell in row if cell.text.strip())


def one_cell_a_paragraph(rng: random.Random, grid: Grid) -> str:
    """The same with blank lines between, sometimes two; broken labels are broken by blank lines or by line ends."""
    inner = rng.choice(("\n", "\n\n"))
    texts = [cell.text.strip().replace("\n", inner) for row in _rows(grid) for cell in row if cell.text.strip()]
    return "".join(text + rng.choice(("\n\n", "\n\n", "\n\n", "\n\n\n")) for text in texts)


def tab_before_cell(rng: random.Random, grid: Grid) -> str:
    """A tab begins each cell, an empty line ends each row; merged and empty cells are a lone tab."""
    out = ""
    for row in range(grid.rows):
        covered = grid.covered(row)
        column = 0
        while column < len(grid.widths):
            cell = covered.get(column)
            begins = cell is not None and cell.row == row
            out += f"\t{cell.text if begins and cell else ''}\n"
            column += cell.column_span if cell else 1
        out += "\n"
    return out


def tabs_expanded(rng: random.Random, grid: Grid) -> str:
    """A row a line; a merged cell stands where it begins, what it covers is empty."""
    trailing = "\t" * rng.choice((0, 0, 1, 4))
    lines = []
    for row in _rows(grid):
        begun = {cell.column: _flat(cell.text) for cell in row}
        lines.append("\t".join(begun.get(column, "") for column in range(len(grid.widths))) + trailing)
    return "\n".join(lines)


def tabs_collapsed(rng: random.Random, grid: Grid) -> str:
    """A row a line with only the cells that begin in it, some converters filling up at the end."""
    fill = rng.random() < 0.5
    lines = []
    for row in _rows(grid):
        texts = [_flat(cell.text) for cell in row]
        missing = len(grid.widths) - len(texts) if fill else 0
        lines.append("\t".join(texts) + "\t" * missing)
    return "\n".join(lines)


def tabs_broken_labels(rng: random.Random, grid: Grid) -> str:
    """As the converter of a page wise PDF: a label broken by the page end goes on in a row of its own."""
    lines = []
    for row in _rows(grid):
        texts = [_flat(cell.text) for cell in row]
        rest = ""
        labels = [number for number, cell in enumerate(row) if not cell.key and len(cell.text) > 8]
        if labels and any(cell.key for cell in row) and rng.random() < 0.12:
            at = labels[-1]
            cut = rng.randint(3, len(texts[at]) - 2)
            texts[at], rest = texts[at][:cut], texts[at][cut:]
            rest = "\t" * at + rest + "\t" * (len(texts) - at - 1)
        lines.append("\t".join(texts))
        if rest:
            lines += ["", rest] if rng.random() < 0.5 else [rest]
    return "\n".join(lines)


def markdown(rng: random.Random, grid: Grid) -> str:
    """A Markdown table: every row as wide as the table, what a cell covers is empty or repeats it."""
    repeat = rng.random() < 0.4
    lines = []
    for row in range(grid.rows):
        texts = []
        for column in range(len(grid.widths)):
            cell = grid.covered(row).get(column)
            begins = cell is not None and cell.row == row and cell.column == column
            texts.append(_flat(cell.text).replace("|", "｜") if cell and (begins or repeat) else "")
        lines.append("| " + " | ".join(texts) + " |")
        if row == 0:
            lines.append("|" + " --- |" * len(grid.widths))
    return "\n" + "\n".join(lines) + "\n"


def markdown_broken(rng: random.Random, grid: Grid) -> str:
    """A Markdown table that breaks lines in its cells by <br>, some figures bold, its header perhaps empty."""
    lines = []
    if rng.random() < 0.5:
        lines = ["|" + "  |" * len(grid.widths), "|" + "---|" * len(grid.widths)]
    for row in range(grid.rows):
        begun = {cell.column: cell for cell in grid.row_cells(row)}
        texts = [begun[column].text if column in begun else "" for column in range(len(grid.widths))]
        bold = [f"**{text.strip()}**" if text.strip() and rng.random() < 0.1 else text for text in texts]
        lines.append("| " + " | ".join(text.replace("\n", "<br>") for text in bold) + " |")
        if len(lines) == 1:
            lines.append("|" + ":---:|" * len(grid.widths))
    return "\n" + "\n".join(lines) + "\n"


def commas(rng: random.Random, grid: Grid) -> str:
    """A workbook saved with commas between its cells, broken labels in quotes."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    for row in range(grid.rows):
        begun = {cell.column: cell.text for cell in grid.row_cells(row)}
        rows.writerow([begun.get(column, "") for column in range(len(grid.widths))])
    return written.getvalue().rstrip("\n")


def pipes_padded(rng: random.Random, grid: Grid) -> str:
    """`a | b | c |`: the cells that begin in a row, then bare bars up to the full width."""
    begin = rng.choice(("", "| "))
    lines = []
    for number, row in enumerate(_rows(grid)):
        missing = len(grid.widths) - len(row)
        lines.append(begin + "".join(f"{_flat(cell.text)} | " for cell in row).rstrip() + "|" * missing)
        if begin and number == 0:
            lines.append("|" + "---|" * len(grid.widths))
    return "\n".join(lines)


def pipes_bare(rng: random.Random, grid: Grid) -> str:
    """`a | b | c` without bars at the ends, only the cells that begin in the row."""
    bar = rng.choice((" | ", "|", " ｜ "))
    return "\n".join(bar.join(_flat(cell.text) for cell in row) for row in _rows(grid))


def bars_behind(rng: random.Random, grid: Grid) -> str:
    """`a | b | c |`, as extractors of a page's text write rows: only the cells that begin in it, each with its bar."""
    return "\n".join("".join(f"{_flat(cell.text)} | ".lstrip() for cell in row).rstrip() for row in _rows(grid))


def cells_with_bars(rng: random.Random, grid: Grid) -> str:
    """The same where paragraphs in the cells break the line: a bar ends each cell, and some more fill up the row."""
    fill, before = rng.random() < 0.5, rng.random() < 0.3
    lines: list[str] = []
    for row in _rows(grid):
        lines += ["|"] if before else []
        lines += [f"{cell.text.strip().replace(chr(10), ' ')} |".lstrip() for cell in row]
        missing = len(grid.widths) - len(row)
        if fill and missing and lines:
            lines[-1:] = [f"{lines[-1]} {'|' * missing}"] if before else [lines[-1], "|" * missing]
    return "\n".join(lines)


def bars_between_cells(rng: random.Random, grid: Grid) -> str:
    """A bar on a line of its own before each cell and after the row."""
    lines: list[str] = []
    for row in _rows(grid):
        for cell in row:
            lines += ["|", *([cell.text.strip()] if cell.text.strip() else [])]
        lines.append("|")
    return "\n".join(lines)


def spaces_aligned(rng: random.Random, grid: Grid) -> str:
    """Columns kept apart by spaces, labels over several lines, figures on the middle line of their row."""
    starts, widths = [], []
    at = 0
    for width in grid.widths:
        starts.append(at)
        widths.append(max(6, round(width * 6)))
        at += widths[-1] + 2
    out: list[str] = []
    for row in _rows(grid):
        placed: list[tuple[int, int, str]] = []
        height = max((len(_folded(cell, widths)) for cell in row if cell.row_span == 1), default=1)
        for cell in row:
            parts = _folded(cell, widths)
            offset = max(0, (height - len(parts)) // 2)
            placed += [(offset + number, starts[cell.column], part) for number, part in enumerate(parts)]
        for line in range(max((number for number, _, _ in placed), default=0) + 1):
            out.append(_set_line([(x, part) for number, x, part in placed if number == line]))
    return "\n".join(out)


def _folded(cell: GridCell, widths: list[int]) -> list[str]:
    room = sum(widths[cell.column : cell.column + cell.column_span]) + 2 * (cell.column_span - 1)
    lines, line = [], ""
    for sign in _flat(cell.text):
        if text_width(line + sign, 2) > room and not cell.key:
            lines.append(line)
            line = ""
        line += sign
    return [*lines, line]


def _set_line(parts: list[tuple[int, str]]) -> str:
    line = ""
    for x, part in sorted(parts):
        line += " " * max(2 if line.strip() else 0, x - round(text_width(line, 2))) + part
    return line.rstrip()


def figures_after_label(rng: random.Random, grid: Grid) -> str:
    """Copied out of a PDF: a label on one or several lines, its figures after it separated by blanks."""
    lines: list[str] = []
    for row in _rows(grid):
        labels = [_flat(cell.text) for cell in row if not cell.key and cell.text]
        figures = " ".join(_flat(cell.text) for cell in row if cell.key)
        if labels and len(labels[-1]) > 12 and rng.random() < 0.4:
            cut = len(labels[-1]) // 2
            label = " ".join([*labels[:-1], labels[-1][:cut]]) + "\n" + labels[-1][cut:]
        else:
            label = rng.choice((" ", "\n") if len(labels) > 1 else " ").join(labels)
        lines.append(f"{label} {figures}".strip())
    return "\n".join(lines)


def html_in_markdown(rng: random.Random, grid: Grid) -> str:
    """What recognisers of pages write into Markdown: the table as HTML on one line."""
    rows = ""
    for row in _rows(grid):
        rows += "<tr>"
        for cell in row:
            spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
            spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
            rows += f"<td{spans}>{_flat(cell.text).replace('<', '&lt;')}</td>"
        rows += "</tr>"
    return f"\n<html><body><table>{rows}</table></body></html>\n"


def grid_lines(rng: random.Random, grid: Grid) -> str:
    """Tables drawn with `+---+`: every row as wide as the table."""
    widths = [max(6, round(width * 8)) for width in grid.widths]
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    lines = [rule]
    for row in _rows(grid):
        begun = {cell.column: _flat(cell.text) for cell in row}
        texts = [begun.get(column, "") for column in range(len(widths))]
        padded = (text + " " * (width - round(text_width(text, 2))) for text, width in zip(texts, widths, strict=True))
        lines += ["| " + " | ".join(padded) + " |", rule]
    return "\n" + "\n".join(lines) + "\n"


def grid_folded(rng: random.Random, grid: Grid) -> str:
    """The same in narrow columns: texts, even long figures, go on in the next line of their cell."""
    room = rng.choice((6, 8, 10))
    rule = ("+" + "-" * (room + 2)) * len(grid.widths) + "+"
    lines = [rule]
    for row in _rows(grid):
        begun = {cell.column: _narrow(_flat(cell.text), room) for cell in row}
        for number in range(max((len(parts) for parts in begun.values()), default=1)):
            parts = [dict(enumerate(begun.get(column, []))).get(number, "") for column in range(len(grid.widths))]
            lines.append("".join(f"| {part}{' ' * (room - round(text_width(part, 2)))} " for part in parts) + "|")
        lines.append(rule)
    return "\n" + "\n".join(lines) + "\n"


def _narrow(text: str, room: int) -> list[str]:
    parts = [""]
    for sign in text:
        if text_width(parts[-1] + sign, 2) > room:
            parts.append("")
        parts[-1] += sign
    return parts


def words_in_order(rng: random.Random, grid: Grid) -> str:
    """As libraries take words out of a PDF: cell by cell, labels in short lines, then the figures of the row."""
    lines: list[str] = []
    for row in _rows(grid):
        for cell in row:
            if not cell.key:
                lines += _narrow(_flat(cell.text), rng.choice((10, 12, 16)))
        figures = " ".join(_flat(cell.text) for cell in row if cell.key)
        if figures:
            joins = bool(lines) and len(lines[-1]) < 9 and rng.random() < 0.5
            lines.append(f"{lines.pop()} {figures}" if joins else figures)
    return "\n".join(line for line in lines if line.strip())


WRITERS: dict[str, tuple[Writer, bool]] = {
    "one_cell_a_line": (one_cell_a_line, False),
    "one_cell_a_paragraph": (one_cell_a_paragraph, False),
    "tab_before_cell": (tab_before_cell, True),
    "tabs_expanded": (tabs_expanded, True),
    "tabs_collapsed": (tabs_collapsed, True),
    "tabs_broken_labels": (tabs_broken_labels, True),
    "markdown": (markdown, True),
    "markdown_broken": (markdown_broken, True),
    "commas": (commas, True),
    "pipes_padded": (pipes_padded, True),
    "pipes_bare": (pipes_bare, True),
    "bars_behind": (bars_behind, True),
    "cells_with_bars": (cells_with_bars, False),
    "bars_between_cells": (bars_between_cells, False),
    "spaces_aligned": (spaces_aligned, False),
    "figures_after_label": (figures_after_label, False),
    "html_in_markdown": (html_in_markdown, True),
    "grid_lines": (grid_lines, True),
    "grid_folded": (grid_folded, True),
    "words_in_order": (words_in_order, False),
}
"""Each layout's writer and whether an empty cell can still be seen in it."""


_OUT_OF_PDF = frozenset({"spaces_aligned", "figures_after_label", "words_in_order"})


def _break_lines(rng: random.Random, page: Page) -> None:
    """Running text keeps the ends of its printed lines, paragraphs perhaps their indent."""
    columns, indent = rng.choice((56, 64, 76)), rng.choice(("", "    "))
    for block in page.blocks:
        if isinstance(block, Text) and block.style not in {"title", "heading", "signature"}:
            block.text = indent + "\n".join(_narrow(block.text, columns))


def write_text(rng: random.Random, page: Page, layout: str) -> bytes:
    """The page as text in `layout`, in one of the usual encodings and line ends."""
    writer, _ = WRITERS[layout]
    marked = layout in {"markdown", "markdown_broken", "html_in_markdown", "grid_lines", "grid_folded"}
    if marked:
        for block in page.blocks:
            if isinstance(block, Text) and block.style in {"title", "heading"} and rng.random() < 0.7:
                block.text = ("# " if block.style == "title" else "## ") + block.text
    if layout in _OUT_OF_PDF and rng.random() < 0.5:
        _break_lines(rng, page)
    gap = "\n\n" if marked else rng.choice(("\n", "\n\n"))
    text = _lines(rng, page, writer, gap) + "\n"
    if rng.random() < 0.3:
        crumbs = " > ".join(page.breadcrumbs)
        text = f"您当前的位置：{crumbs}\n\n{text}\n编辑：\n信息来源：{page.issuer}\n发布时间：{page.published}\n"
    if rng.random() < 0.2:
        text = text.replace("\n", "\r\n")
    encoding = rng.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16"))
    return text.encode(encoding)
