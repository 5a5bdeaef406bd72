"""Workbooks with the form in them."""

from __future__ import annotations

import io
import random

import xlsxwriter

from loaders.demo.page import Grid, Page, Text

LAYOUTS = ("one_sheet", "sheet_each", "numbers_as_text")


def write_xlsx(rng: random.Random, page: Page, layout: str) -> bytes:
    """The page as a workbook: everything on one sheet, or a sheet for each table."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("年报")
    left = rng.choice((0, 0, 1))
    row = rng.choice((0, 1))
    for block in page.blocks:
        if isinstance(block, Text):
            sheet.write_string(row, left, block.text)
            row += 1
        elif isinstance(block, Grid) and layout == "sheet_each":
            _write_grid(book.add_worksheet(), block, 0, 0, layout)
        elif isinstance(block, Grid):
            _write_grid(sheet, block, row, left, layout)
            row += block.rows + rng.choice((0, 1))
    book.close()
    return buffer.getvalue()


def _write_grid(sheet: xlsxwriter.worksheet.Worksheet, grid: Grid, top: int, left: int, layout: str) -> None:
    for cell in grid.cells:
        row, column = top + cell.row, left + cell.column
        if cell.row_span * cell.column_span > 1:
            sheet.merge_range(row, column, row + cell.row_span - 1, column + cell.column_span - 1, cell.text)
        if cell.key and layout != "numbers_as_text" and cell.text.lstrip("-").isascii() and _is_number(cell.text):
            sheet.write_number(row, column, float(cell.text))
        elif cell.text:
            sheet.write_string(row, column, cell.text)


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit() and text == text.strip()
