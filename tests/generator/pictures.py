"""A table drawn as a picture, for reports that paste one in."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw

from loaders.demo.page import Grid


def picture_of(grid: Grid) -> bytes:
    """A PNG with the lines of the table and marks where text would be; small, since nobody reads it."""
    image = Image.new("1", (400, 16 * grid.rows + 1), 1)
    draw = ImageDraw.Draw(image)
    unit = 398 / len(grid.widths)
    for cell in grid.cells:
        left, top = cell.column * unit, cell.row * 16
        draw.rectangle((left, top, left + cell.column_span * unit, top + cell.row_span * 16), outline=0)
        draw.line((left + 4, top + 8, left + 4 + min(3 * len(cell.text), 30), top + 8), fill=0)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


@cache
def blank_picture() -> bytes:
    """A PNG of one white dot."""
    buffer = io.BytesIO()
    Image.new("1", (1, 1), 1).save(buffer, "PNG")
    return buffer.getvalue()
