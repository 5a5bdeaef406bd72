"""A report as a PDF: justified text, ruled tables, labels broken into lines, tables that run over pages."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.demo.page import Grid, GridCell, Page, Text
from loaders.demo.pdf_canvas import PAGE_HEIGHT, PAGE_WIDTH, Canvas, mixed_width, text_width
from loaders.patterns import pattern_of

_TOKENS = pattern_of("[!-~]+ *| +|[^ -~]")
NO_LINE_START = "，。、；：！？）》〉”’】％%"


@dataclass(frozen=True, slots=True)
class PdfLayout:
    """How a PDF is set; sizes are in points.

    `ruled` says which lines of tables are drawn: `all`, `horizontal`, `three` (around the header and at the end) or
    `none`. `valign` and `align` place figures in their cells. With `split_rows` a row may begin on one page and end
    on the next; with `repeat_header` the header of a table is printed again on each of its pages. With `latin_font`
    paragraphs have Latin words in a font of their own, and lines do not break within them.
    """

    margin: float = 72.0
    size: float = 14.0
    cell_size: float = 9.0
    leading: float = 1.6
    ruled: str = "all"
    page_numbers: bool = True
    valign: str = "middle"
    align: str = "center"
    split_rows: bool = False
    repeat_header: bool = False
    latin_font: bool = False


def render_pdf(page: Page, layout: PdfLayout | None = None) -> bytes:
    """The report as a PDF of A4 pages."""
    return Press(Canvas(page.title, page.mark), layout or PdfLayout()).print(page)


def wrap(text: str, width: float, size: float, indent: float = 0.0, hanging: str = NO_LINE_START) -> list[str]:
    """`text` in lines of `width`; signs of `hanging` do not begin a line but stick out of the one before."""
    lines: list[str] = []
    for part in text.split("\n"):
        line, room = "", width - indent
        for sign in part:
            if text_width(line + sign, size) > room and sign not in hanging and line:
                lines.append(line)
                line, room = "", width
            line += sign
        lines.append(line)
    return lines


def wrap_words(text: str, width: float, size: float, indent: float = 0.0) -> list[str]:
    """As `wrap`, but Latin words and figures stay whole and have widths of their own."""
    lines, room = [""], width - indent
    for token in _TOKENS.findall(text):
        if mixed_width((lines[-1] + token).rstrip(), size) > room and token not in NO_LINE_START and lines[-1]:
            lines.append("")
            room = width
        lines[-1] += token if lines[-1] else token.lstrip()
    return [line.rstrip() for line in lines]


class Press:
    """Puts blocks on the pages of a canvas from top to bottom."""

    def __init__(self, canvas: Canvas, layout: PdfLayout) -> None:
        self.canvas = canvas
        self.layout = layout
        self.y = layout.margin
        self.number = 1
        self.width = PAGE_WIDTH - 2 * layout.margin

    def print(self, page: Page) -> bytes:
        """All blocks of `page`, as a file. A picture is left out."""
        for block in page.blocks:
            if isinstance(block, Text):
                self.paragraph(block)
            elif isinstance(block, Grid):
                self.table(block)
        self._number_page()
        return self.canvas.to_bytes()

    def _number_page(self) -> None:
        if self.layout.page_numbers:
            self.canvas.text(f"- {self.number} -", PAGE_WIDTH / 2 - 10, PAGE_HEIGHT - 40, 10)

    def _need(self, height: float) -> bool:
        """Turn the page if `height` does not fit any more."""
        if self.y + height <= PAGE_HEIGHT - self.layout.margin:
            return False
        self._number_page()
        self.canvas.new_page()
        self.number += 1
        self.y = self.layout.margin
        return True

    def paragraph(self, block: Text) -> None:
        """One paragraph, over as many lines as it takes."""
        size = {"title": 20.0, "heading": 15.0, "note": 9.0}.get(block.style, self.layout.size)
        indent = 2 * size if block.style in {"body", "subheading"} else 0.0
        mixed = self.layout.latin_font
        lines = (wrap_words if mixed else wrap)(block.text, self.width, size, indent)
        measure, put = (mixed_width, self.canvas.mixed_text) if mixed else (text_width, self.canvas.text)
        for number, line in enumerate(lines):
            height = size * self.layout.leading
            self._need(height)
            slack = self.width - measure(line, size)
            shift = {"title": slack / 2, "note": slack / 2, "signature": slack - size}.get(block.style, 0.0)
            x = self.layout.margin + (shift if shift else indent if number == 0 else 0.0)
            put(line, x, self.y + size, size)
            self.y += height

    def table(self, grid: Grid) -> None:
        """Rows as high as their text; a table that does not fit goes on on the next page, merged cells as well."""
        unit = self.width / sum(grid.widths)
        edges = [self.layout.margin]
        for width in grid.widths:
            edges.append(edges[-1] + width * unit)
        heights = self._heights(grid, edges)
        self._need(min(sum(heights), 120.0))
        first = 0
        while first < len(heights):
            last = self._rows_that_fit(heights, first)
            if self.layout.split_rows and last < len(heights) and self._split(grid, edges, heights, first, last):
                last += 1
                heights = self._heights(grid, edges)
            self._part(grid, edges, heights, first, last)
            first = last
            if first < len(heights):
                self._need(PAGE_HEIGHT)
                if self.layout.repeat_header:
                    self._part(grid, edges, heights, 0, _header_rows(grid))
        self.y += self.layout.size

    def _rows_that_fit(self, heights: list[float], first: int) -> int:
        room = PAGE_HEIGHT - self.layout.margin - self.y
        last = first
        while last < len(heights) and sum(heights[first : last + 1]) <= room:
            last += 1
        return max(last, first + 1)

    def _split(self, grid: Grid, edges: list[float], heights: list[float], first: int, last: int) -> bool:
        """Cut row `last` in two so that its upper part fits on this page; False where it is too low for that."""
        room = PAGE_HEIGHT - self.layout.margin - self.y - sum(heights[first:last])
        fitting = int(room / (self.layout.cell_size * 1.25) - 0.6)
        cells = [cell for cell in grid.row_cells(last) if cell.row_span == 1]
        lines = {id(cell): self._lines(cell, edges) for cell in cells}
        if fitting < 1 or max((len(each) for each in lines.values()), default=0) <= fitting:
            return False
        for cell in grid.cells:
            if cell.row > last:
                cell.row += 1
            elif cell.row + cell.row_span > last and id(cell) not in lines:
                cell.row_span += 1
        for cell in cells:
            rest = "\n".join(lines[id(cell)][fitting:])
            cell.text = "\n".join(lines[id(cell)][:fitting])
            grid.cells.append(GridCell(rest, last + 1, cell.column, 1, cell.column_span, header=cell.header))
        return True

    def _heights(self, grid: Grid, edges: list[float]) -> list[float]:
        size = self.layout.cell_size
        heights = [size * 1.9] * grid.rows
        for cell in sorted(grid.cells, key=lambda each: each.row_span):
            wanted = (len(self._lines(cell, edges)) + 0.6) * size * 1.25
            rows = range(cell.row, cell.row + cell.row_span)
            missing = wanted - sum(heights[row] for row in rows)
            for row in rows if missing > 0 else ():
                heights[row] += missing / cell.row_span
        return heights

    def _lines(self, cell: GridCell, edges: list[float]) -> list[str]:
        width = edges[cell.column + cell.column_span] - edges[cell.column] - 4
        return wrap(cell.text, width, self.layout.cell_size, hanging="" if cell.key else NO_LINE_START)

    def _part(self, grid: Grid, edges: list[float], heights: list[float], first: int, last: int) -> None:
        """The rows from `first` up to `last` on this page; a cell cut by the page end is printed on either side."""
        tops = [self.y]
        for row in range(first, last):
            tops.append(tops[-1] + heights[row])
        for cell in grid.cells:
            begin, end = max(cell.row, first), min(cell.row + cell.row_span, last)
            if begin >= end:
                continue
            left, right = edges[cell.column], edges[cell.column + cell.column_span]
            top, bottom = tops[begin - first], tops[end - first]
            if self.layout.ruled in {"all", "horizontal"}:
                self.canvas.line(left, top, right, top)
                self.canvas.line(left, bottom, right, bottom)
            if self.layout.ruled == "all":
                self.canvas.line(left, top, left, bottom)
                self.canvas.line(right, top, right, bottom)
            if cell.row >= first:
                self._print(cell, self._lines(cell, edges), (left, top, right, bottom))
        if self.layout.ruled == "three":
            for row in {first, last, min(max(_header_rows(grid), first), last)}:
                self.canvas.line(edges[0], tops[row - first], edges[-1], tops[row - first])
        self.y = tops[-1]

    def _print(self, cell: GridCell, lines: list[str], box: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = box
        size = self.layout.cell_size
        slack = bottom - top - len(lines) * size * 1.25
        y = top + (slack / 2 if self.layout.valign == "middle" else 2) + size
        for line in lines:
            slack = right - left - text_width(line, size)
            share = {"center": 0.5, "left": 0.0, "right": 1.0}[self.layout.align if cell.key else "center"]
            x = left + (slack * share if cell.key or cell.header or cell.row_span > 1 else 0)
            x = min(max(x, left + 2), right - text_width(line, size) - 2) if slack > 4 else left + slack / 2
            if line:
                self.canvas.text(line, x, y, size)
            y += size * 1.25


def _header_rows(grid: Grid) -> int:
    """How many rows at the head of a table hold only header cells."""
    return next((row for row in range(grid.rows) if not all(cell.header for cell in grid.row_cells(row))), 0)
