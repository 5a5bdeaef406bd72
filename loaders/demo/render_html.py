"""A report as a page of a government site: breadcrumbs, date and source line, text, tables, footer."""

from __future__ import annotations

from html import escape

from loaders.demo.page import Block, Grid, GridCell, Page, Text

_CSS = "body{font:16px serif;width:60em;margin:auto}table{border-collapse:collapse}td{border:1px solid #333}"


def render_html(page: Page) -> bytes:
    """The report as one HTML file in UTF-8, with rowspan and colspan where cells are merged."""
    body = "\n".join(block_html(block) for block in page.blocks if not _is_title(block, page))
    trail = " &gt; ".join(escape(crumb) for crumb in page.breadcrumbs)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(page.title)}</title>\n"
        f'<meta name="ArticleTitle" content="{escape(page.title)}">\n'
        f'<meta name="PubDate" content="{page.published}">\n'
        f'<meta name="ContentSource" content="{escape(page.issuer)}">\n'
        f'<meta name="description" content="{escape(page.mark)}">\n'
        f'<link rel="canonical" href="{escape(page.address)}">\n'
        f"<style>{_CSS}</style>\n</head>\n<body>\n"
        f'<div class="position">您现在的位置：{trail}</div>\n'
        f"<h1>{escape(page.title)}</h1>\n"
        f'<div class="info"><span>发布日期：{page.published}</span> <span>来源：{escape(page.issuer)}</span> '
        "<span>【字体：大 中 小】</span></div>\n"
        f'<div class="article">\n{body}\n</div>\n'
        '<div class="footer"><p>网站地图 | 关于我们 | 打印本页 | 关闭窗口</p></div>\n</body>\n</html>\n'
    ).encode()


def _is_title(block: Block, page: Page) -> bool:
    return isinstance(block, Text) and block.style == "title" and block.text == page.title


def block_html(block: Block) -> str:
    """One block of the article. A picture becomes an image without a file."""
    if isinstance(block, Text):
        text = escape(block.text).replace("\n", "<br>")
        if block.style in {"heading", "title"}:
            return f"<p><strong>{text}</strong></p>"
        if block.style == "signature":
            return f'<p style="text-align:right">{text}</p>'
        return f"<p>　　{text}</p>"
    if isinstance(block, Grid):
        return table_html(block)
    return '<p><img src="table.png" alt=""></p>'


def table_html(grid: Grid) -> str:
    """A table; a merged cell stands once and says how far it reaches."""
    rows = ("".join(cell_html(cell) for cell in grid.row_cells(row)) for row in range(grid.rows))
    return "<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"


def cell_html(cell: GridCell) -> str:
    """One table cell."""
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    return f"<td{spans}>{escape(cell.text)}</td>".replace("\n", "<br>")
