"""A report as plain text, the way a web page is copied out: a paragraph a line, a table row a line with tabs."""

from __future__ import annotations

from loaders.demo.page import Block, Grid, Page, Text


def render_text(page: Page) -> bytes:
    """The report as UTF-8 text."""
    head = [f"发布日期：{page.published}　来源：{page.issuer}"] if page.published else []
    return "\n\n".join([*head, *(block_text(block) for block in page.blocks)]).encode() + b"\n"


def block_text(block: Block) -> str:
    """One block; a merged cell stands where it begins and is empty where it goes on."""
    if isinstance(block, Text):
        return block.text
    if not isinstance(block, Grid):
        return ""
    lines = []
    for row in range(block.rows):
        begun = {cell.column: cell.text.replace("\n", "") for cell in block.row_cells(row)}
        lines.append("\t".join(begun.get(column, "") for column in range(len(block.widths))))
    return "\n".join(lines)
