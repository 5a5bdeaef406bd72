"""A web page as it flows: lines, tables and pictures in reading order, each knowing where in the page it stood."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lxml import etree

from loaders.document import Block, Paragraph, Picture, Place
from loaders.reading.html_style import Styles, list_label, list_style, role_of
from loaders.reading.layout import DraftCell, Grid, settle

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

_INLINE, _BLOCK, _SKIP, _BREAK, _TABLE, _ROW, _CELL, _IMAGE, _PRE, _LINK, _LIST, _ITEM, _INPUT, _TEXTAREA = range(14)
_BLOCK_TAGS = """
    address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html legend main menu nav p section summary tbody tfoot thead ul
"""
_SILENT_TAGS = """
    script style noscript template head xml iframe object embed svg select button map audio video canvas colgroup col
    meta link title math datalist applet
"""
_KINDS = {
    **dict.fromkeys(_BLOCK_TAGS.split(), _BLOCK),
    **dict.fromkeys(_SILENT_TAGS.split(), _SKIP),
    **{"br": _BREAK, "table": _TABLE, "tr": _ROW, "td": _CELL, "th": _CELL, "img": _IMAGE, "v:imagedata": _IMAGE},
    **{"pre": _PRE, "xmp": _PRE, "listing": _PRE, "plaintext": _PRE, "textarea": _TEXTAREA},
    **{"a": _LINK, "ol": _LIST, "li": _ITEM, "input": _INPUT},
}
_DISPLAY_KINDS = {
    "table": _TABLE,
    "table-row": _ROW,
    "table-cell": _CELL,
    "block": _BLOCK,
    "list-item": _BLOCK,
    "flex": _BLOCK,
    "grid": _BLOCK,
}
_KEPT_KINDS = (_TABLE, _ROW, _CELL, _IMAGE, _BREAK, _TEXTAREA, _INPUT, _PRE)
"""What these are does not depend on their display."""
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201d"
_BREAK_IN_CHINESE = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_MARKUP = re.compile(r"<(?:p|table|div|br|span)\b", re.I)
_ICON = re.compile(
    r"logo|icon|ewm|qr_?code|erweima|weixin|wechat|weibo|share|print|button|btn|arrow|blank|spacer|banner|dzjg|jiucuo|"
    r"red\.png|blue\.png|pucode|beian|ghs",
    re.I,
)
_SMALLEST_PICTURE = 200
"""Pixels; icons, seals and portraits of mascots are smaller, a table is not."""
_MAX_HIDDEN = 40


class Line(str):
    """A line of text with its place in the page: share of it that is link, element, region of furniture.

    `key` is the text in simplified characters, by which it is matched.
    """

    __slots__ = ("element", "is_title", "key", "linked", "region")
    key: str
    linked: float
    element: Element
    region: int
    is_title: bool


@dataclass(slots=True)
class _Open:
    """An open table or cell: `grid` of the table, or the `cell` whose content is being read."""

    grid: Grid | None
    cell: DraftCell | None
    number: int = 0
    in_row: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    """What tag and attributes of an element come to."""

    kind: int
    region: str = ""
    is_title: bool = False
    row_span: int = 1
    column_span: int = 1
    is_hidden: bool = False


class Flow:
    """Walks the page once. `blocks` hold paragraphs whose text is a `Line`; `owners` the elements of other blocks."""

    def __init__(self, root: Element, simplify: Callable[[str], str] = str) -> None:
        self.root = root
        self._simplify = simplify
        self.blocks: list[Block] = []
        self.owners: dict[Place, Element] = {}
        self.regions: dict[int, str] = {}
        self.region_elements: dict[int, Element] = {}
        self.hidden: list[str] = []
        self._styles = Styles(root)
        self._tables = self._paragraphs = self._links = self._pre = self._titles = 0
        self._line: list[str] = []
        self._linked = 0
        self._label = ""
        self._open: list[_Open] = []
        self._open_regions: list[int] = []
        self._looks: dict[Any, _Look] = {}
        self._lists: list[list[Any]] = []
        self._walk(root)

    def show_hidden(self) -> None:
        """Starts again with all that is hidden: some pages keep the report out of sight until a script runs."""
        self.blocks, self.hidden = [], []
        self.owners.clear()
        self.regions.clear()
        self.region_elements.clear()
        self._tables = self._paragraphs = 0
        self._styles = Styles(None)
        self._looks.clear()
        self._walk(self.root)

    # --- the walk ---

    def _walk(self, root: Element) -> None:
        looks: list[tuple[int, _Look]] = []  # how each open element is to be closed
        elements: list[Element] = [root]
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                look = self._look(element)
                kind = look.kind
                if kind == _SKIP:
                    walk.skip_subtree()
                    if look.is_hidden:
                        self._note_hidden(element)
                elif kind != _INLINE:
                    kind = self._start(look, element, elements[-1])
                looks.append((kind, look))
                elements.append(element)
                if kind not in (_SKIP, _TEXTAREA) and (text := element.text):
                    self._say(text, element)
            else:
                kind, look = looks.pop()
                elements.pop()
                if kind not in (_INLINE, _SKIP):
                    self._end(kind, look, element)
                if tail := element.tail:
                    self._say(tail, elements[-1])
        self._flush(root)
        while self._open:
            self._close()

    def _look(self, element: Element) -> _Look:
        """What tag and attributes say; pages repeat both a thousand times, so it is worked out once for each."""
        items = element.items()
        key = (element.tag, *items) if items else element.tag
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._new_look(element.tag, dict(items))
        return look

    def _new_look(self, tag: object, attributes: dict[str, str]) -> _Look:
        if not isinstance(tag, str):
            return _Look(_SKIP)
        kind = _KINDS.get(tag.lower(), _INLINE)
        if kind == _SKIP:
            return _Look(_SKIP)
        shown = self._styles.display(attributes)
        if shown == "none":
            return _Look(_SKIP, is_hidden=True)
        region, is_title = role_of(tag, attributes)
        row_span, column_span = _number(attributes.get("rowspan"), 1), _number(attributes.get("colspan"), 1)
        return _Look(_shown_kind(kind, shown), region, is_title, row_span, column_span)

    def _note_hidden(self, element: Element) -> None:
        if len(self.hidden) < _MAX_HIDDEN:
            text = _SPACE.sub(" ", "".join(element.itertext())).strip()
            if len(text) > 1:
                self.hidden.append(text[:200])

    def _start(self, look: _Look, element: Element, parent: Element) -> int:
        """Opens an element; returns the kind by which it has to be closed."""
        kind = look.kind
        if kind == _LINK:
            self._links += 1
            return kind
        if kind == _IMAGE:
            self._add_picture(element)
            return _INLINE
        if kind == _INPUT:
            if self._open and self._open[-1].cell is not None:
                self._say(self._input_text(element), element)
            return _INLINE
        self._flush(parent)
        if kind == _BREAK:
            return _INLINE
        self._titles += look.is_title
        if look.region:
            self._enter_region(look.region, element)
        if kind == _TABLE:
            self._tables += 1
            self._open.append(_Open(Grid(), None, self._tables))
            self.owners[Place(table=self._tables)] = element
        elif kind in (_ROW, _CELL):
            return self._start_in_table(look)
        elif kind == _PRE:
            self._pre += 1
        elif kind == _TEXTAREA:
            self._read_textarea(element)
        elif kind == _LIST:
            self._lists.append([_number(element.get("start"), 1) - 1, list_style(element.attrib)])
        elif kind == _ITEM:
            self._start_item(element)
        return kind

    def _start_in_table(self, look: _Look) -> int:
        current = self._open[-1] if self._open else None
        if current is None or current.grid is None:
            return _BLOCK  # a stray row or cell outside any table
        if look.kind == _ROW:
            current.grid.start_row()
            current.in_row = True
            return _ROW
        if not current.in_row:
            current.grid.start_row()
            current.in_row = True
        cell = current.grid.add(look.row_span, look.column_span)
        self._open.append(_Open(None, cell, current.number))
        return _CELL

    def _end(self, kind: int, look: _Look, element: Element) -> None:
        if kind == _LINK:
            self._links -= 1
            return
        self._flush(element)
        self._titles -= look.is_title
        if look.region:
            self._open_regions.pop()
        if kind == _ROW:
            self._open[-1].in_row = False
        elif kind == _PRE:
            self._pre -= 1
        elif kind == _LIST:
            self._lists.pop()
        elif kind == _ITEM:
            self._label = ""
        elif kind in (_TABLE, _CELL):
            self._close()

    def _close(self) -> None:
        """Ends the innermost table or cell."""
        closed = self._open.pop()
        if closed.grid is None:
            return
        blocks = settle(closed.grid.finish(), closed.number)
        if self._open and self._open[-1].cell is not None:
            self._open[-1].cell.content.extend(blocks)
        else:
            self.blocks.extend(blocks)

    # --- text ---

    def _say(self, text: str, element: Element) -> None:
        if self._pre:
            *lines, text = text.split("\n")
            for line in lines:
                self._line.append(line)
                self._flush(element)
        elif text.isspace() and not self._line:
            return
        self._line.append(text)
        if self._links:
            self._linked += len(text.strip())

    def _flush(self, element: Element) -> None:
        """Ends the line: what was said since the last end becomes a paragraph or a line of the cell."""
        if not self._line:
            return
        text = "".join(self._line)
        self._line.clear()
        linked, self._linked = self._linked, 0
        if self._pre:
            text = text.strip("\r\n")
        elif " " in text or "\n" in text or "\t" in text or "\r" in text:
            if "\n" in text or "\r" in text:
                text = _BREAK_IN_CHINESE.sub("", text)
            text = _SPACE.sub(" ", text).strip(" ")
        if not text or text.isspace():
            return
        line = Line(self._label + text)
        self._label = ""
        line.key = self._simplify(line)
        line.linked = linked / len(text)
        line.element = element
        line.region = self._open_regions[-1] if self._open_regions else 0
        line.is_title = self._titles > 0
        self._emit(line)

    def _emit(self, line: Line) -> None:
        for level in reversed(self._open):  # text between rows stands before the table, as browsers show it
            if level.cell is not None:
                level.cell.content.append(line)
                return
        self._paragraphs += 1
        self.blocks.append(Paragraph(line, Place(paragraph=self._paragraphs)))

    def _start_item(self, element: Element) -> None:
        """The number that a browser prints before an item of an ordered list."""
        if not self._lists or element.getparent().tag != "ol":
            return
        counter = self._lists[-1]
        counter[0] = _number(element.get("value"), counter[0] + 1)
        style = list_style(element.attrib) or counter[1]
        self._label = list_label(counter[0], style)

    def _read_textarea(self, element: Element) -> None:
        """A text field shows its text line by line; some pages keep the source of the report in one."""
        text = element.text or ""
        if _MARKUP.search(text):
            from loaders.reading.html import parse

            root = parse(text)
            blocks = [] if root is None else Flow(root, self._simplify).blocks
            for block in blocks:
                if isinstance(block, Paragraph) and isinstance(block.text, Line):
                    block.text.element = element
            self._take(blocks)
            return
        self._pre += 1
        self._say(text, element)
        self._flush(element)
        self._pre -= 1

    def _take(self, blocks: list[Block]) -> None:
        inside = next((level.cell for level in reversed(self._open) if level.cell is not None), None)
        if inside is None:
            self.blocks.extend(blocks)
        else:
            inside.content.extend(blocks)

    def _input_text(self, element: Element) -> str:
        shown = (element.get("type") or "text").lower() in ("text", "number", "tel")
        return (element.get("value") or "") if shown else ""

    # --- pictures and regions ---

    def _add_picture(self, element: Element) -> None:
        source = element.get("src") or ""
        sizes = [_pixels(element, name) for name in ("width", "height")]
        known = [size for size in sizes if size is not None]
        if any(size < _SMALLEST_PICTURE / 2 for size in known) or (known and max(known) < _SMALLEST_PICTURE):
            return
        if _ICON.search(source[-80:]) or (source.startswith("data:") and len(source) < 4000):
            return
        self._flush(element)
        if self._open:
            number = self._open[-1].number
            self._take([Picture(Place(table=number))])
        else:
            self._paragraphs += 1
            place = Place(paragraph=self._paragraphs)
            self.owners[place] = element
            self.blocks.append(Picture(place))

    def _enter_region(self, region: str, element: Element) -> None:
        number = len(self.region_elements) + 1
        self.regions[number] = region
        self.region_elements[number] = element
        self._open_regions.append(number)


def _shown_kind(kind: int, display: str | None) -> int:
    """The kind that an element has by its display, where that may change what its tag says."""
    shown = _DISPLAY_KINDS.get(display or "")
    if shown is None or kind in _KEPT_KINDS:
        return kind
    if kind in (_LIST, _ITEM, _LINK):
        return shown if shown in (_TABLE, _ROW, _CELL) else kind
    return shown


def _number(text: str | None, default: int) -> int:
    """A number as browsers read it from an attribute: leading digits, else the default."""
    found = re.match(r"\s*\+?(\d{1,6})", text) if text else None
    return int(found[1]) if found else default


def _pixels(element: Element, name: str) -> int | None:
    value = element.get(name)
    if value is None:
        found = re.search(rf"(?<![-\w]){name}\s*:\s*(\d+(?:\.\d+)?)\s*(px|pt)", element.get("style") or "", re.I)
        return int(float(found[1])) if found else None
    return None if "%" in value else _number(value, 0) or None
