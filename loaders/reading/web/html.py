"""Web pages: the report's paragraphs and tables, apart from the page around them."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from loaders.document import Block, Document, Paragraph, ReadingError
from loaders.patterns import pattern_of
from loaders.reading.encoding import decode, without_readings
from loaders.reading.web.html_beside import take_out_beside_text
from loaders.reading.web.html_carried import carried_page
from loaders.reading.web.html_page import flow_of, metadata_of, separate
from loaders.reading.web.html_pictures import Pictures
from loaders.reading.web.html_rows import with_rows_whole
from loaders.reading.web.html_side_tables import with_labels_beside
from loaders.reading.web.html_typed import may_hold_typed_tables, with_typed_tables
from loaders.words import of_warnings as warn

if TYPE_CHECKING:
    from loaders.reading.printed.page_model import PageLayout

_USUAL_ASCII = bytes([9, 10, 12, 13, *range(32, 128)])
_NO_TEXT = pattern_of("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
_BOXES = pattern_of(r"</?(?:div|section|article|center|ul|ol|li|dl|dt|dd|blockquote|form|fieldset)\b[^<>]*>", re.I)
_NOT_NEEDED = pattern_of(
    r"</?(?!/|!|(?:table|t[rdh]|tbody|thead|p|br|h[1-6]|img|script|style|head|body|html|title|meta|link|pre)\b)"
    r"[a-z][^<>]*>",
    re.I,
)
_TABLE = pattern_of(
    r"""display\s*:\s*(?:inline-)?table|role=["']?(?:table|grid)\b|class=["']?(?:[^"'<>]*\s)?table[\s"'>]""",
    re.I,
)
"""What says that boxes are a table, if any are."""
_FEW_CELLS = 60
"""A page with fewer cells has its tables elsewhere, and these lay it out."""
_TRADITIONAL = pattern_of("[報開關區縣請體為於條總數處發時來編覽號佈]")
_ENOUGH_TRADITIONAL = 8
_WRITTEN_TAG, _CELL_END = pattern_of(r"&lt;/td\s*&gt;", re.I), pattern_of(r"</td\s*>", re.I)
_MAX_SOURCE = 96 * 1024 * 1024
"""Characters of a page; its tree in memory takes ten times as much."""
_DEEPEST = 2048
"""Where libxml2 gives up on nesting, and with it on all that follows."""

_FEWEST_LETTERS = 80
"""Characters; a page with fewer in all holds no report."""

_SIGNS_OF_PLACES = ("absolute", "<pdf2xml", "textLayer", '<div id="page0" style=')
"""Without one of these a page has nothing at a place of its own."""

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help


def read_html(
    data: bytes, charset: str | None = None, source_url: str = "", pictures: Pictures | None = None
) -> Document:
    """The Document in a web page. `charset`, `source_url` and `pictures` are of the file around it (MHTML)."""
    return read_page(decode(data, charset), source_url, pictures or Pictures())


def read_page(source: str, source_url: str, pictures: Pictures) -> Document:
    """The Document in the source of a web page."""
    if len(source) > _MAX_SOURCE:
        raise ReadingError("too-large", f"网页过大（{len(source) // 2**20} MB），不予读取")
    source = with_rows_whole(_with_tags_open(source))
    data = source.encode("utf-8", "replace")
    unusual = data.translate(None, _USUAL_ASCII).decode()  # a tenth of most pages, and quick to search
    if "ù" in unusual:
        data = without_readings(source).encode("utf-8", "replace")
    root = parse(data.decode()) if _NO_TEXT.search(unusual) else _root_of(data)
    if root is None:
        raise ReadingError("empty", "网页没有内容")
    take_out_beside_text(root, source)
    has_few_cells = source.count("<td") < _FEW_CELLS
    if has_few_cells and not _TABLE.search(source):  # the search takes long, and few pages need it
        from loaders.reading.web.html_css_grids import make_grids
        from loaders.reading.web.html_grids import make_tables

        make_grids(root)
        make_tables(root)
    elif "grid-template-columns" in source:
        from loaders.reading.web.html_css_grids import make_grids

        make_grids(root)
    if len(_TRADITIONAL.findall(unusual)) >= _ENOUGH_TRADITIONAL:
        from loaders.traditional import simplify

        flow = flow_of(root, simplify)
    else:
        flow = flow_of(root, str)
    blocks, furniture = separate(flow)
    if has_few_cells and may_hold_typed_tables(source):
        blocks = with_typed_tables(blocks)
    document = Document("html", with_labels_beside(blocks), furniture, metadata_of(flow, source))
    if has_few_cells and any(sign in source for sign in _SIGNS_OF_PLACES):
        _read_places(document, root, source)
    if source_url:
        document.metadata["source_url"] = source_url
    if flow.hidden:
        document.metadata["hidden_text"] = "\n".join(flow.hidden)
    if _is_shell(blocks, root):
        carried = carried_page(root)
        if carried and len(carried) < len(source):  # else a page might carry itself
            return read_page(carried, source_url, pictures)
        document.warnings.append(warn.EMPTY_PAGE.zh)
    pictures.read(document)
    return document


def _with_tags_open(source: str) -> str:
    """The page with its tags as such where a system wrote those of the text as characters, as frames have theirs."""
    if (
        "&lt;/" not in source
        or "srcdoc" in source
        or len(_WRITTEN_TAG.findall(source)) <= len(_CELL_END.findall(source))
    ):
        return source
    return html.unescape(source)


def _read_places(document: Document, root: Element, source: str) -> None:
    """Read a page whose lines all stand at places of their own as the pages that it shows."""
    from loaders.reading.printed.assemble import build_document
    from loaders.reading.web.html_positioned import positioned_pages

    pages = positioned_pages(root, source)
    if pages:
        found = build_document(pages, "html")
        document.blocks, document.furniture = found.blocks, found.furniture


def _is_shell(blocks: list[Block], root: Element) -> bool:
    """Whether there is next to no text, and scripts or frames would bring it where the page is opened."""
    if any(not isinstance(block, Paragraph) for block in blocks):
        return False
    letters = sum(len(block.text) for block in blocks if isinstance(block, Paragraph))
    return letters < _FEWEST_LETTERS and next(root.iter("script", "frame", "iframe"), None) is not None


def html_layouts(data: bytes) -> list[PageLayout]:
    """The pages of which a web page consists, for drawing them; none where it is an ordinary one."""
    from loaders.reading.web.html_positioned import positioned_pages

    source = decode(data, None)
    root = parse(source)
    return [] if root is None else positioned_pages(root, source)


def parse(source: str) -> Element | None:
    """The root element of a page, however faulty; None where there is none."""
    return _root_of(_NO_TEXT.sub("", source).encode("utf-8", "replace"))


def _root_of(data: bytes) -> Element | None:
    root = _parse(data)
    if root is not None and _is_cut(root):
        root = _parse(_NOT_NEEDED.sub("", _BOXES.sub("<br>", data.decode())).encode())
    return root


def _parse(data: bytes) -> Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def _is_cut(root: Element) -> bool:
    """Whether nesting went so deep (unclosed tags by the thousand) that the parser stopped."""
    element, depth = root, 0
    while len(element):
        element = element[-1]
        depth += 1
    return depth >= _DEEPEST - 8
