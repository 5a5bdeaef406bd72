"""A web page as it flows: lines, tables and pictures in reading order, each knowing where in the page it stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from loaders.document import Block, Paragraph, Picture, Place
from loaders.patterns import pattern_of
from loaders.reading.layout import FEW, DraftCell, Grid, settle
from loaders.reading.web import html_markup as markup
from loaders.reading.web.html_markup import (
    CELL,
    CELL_END,
    FLUSH,
    MOVE,
    NEXT_CELL,
    OddNameError,
    Spot,
    Step,
    plain,
    start_of,
    understood,
)
from loaders.reading.web.html_style import Styles, list_label, told_of
from loaders.reading.web.known_tables import Written, end_of_plain, known, learn, written_at

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

_SPACE = pattern_of(r"[ \t\r\n\f]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201d"
_BREAK_IN_CHINESE = pattern_of(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_MARKUP = pattern_of(r"<(?:p|table|div|br|span)\b", re.I)
_TEXT = pattern_of(r">(?!\s*+<)([^<]+)")
"""The text of an element that is not blank."""
_NO_TEXT = pattern_of("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that lxml takes in an attribute from a page, but from nobody else."""
_PROPER_NAME = pattern_of(r"[A-Za-z][\w:.-]*")
_MAX_HIDDEN = 40


class Node:
    """An element of the page, by which lines that stand together are known."""

    __slots__ = ("parent",)
    parent: Node | None

    def path(self) -> list[Node]:
        """The elements from the page down to this one."""
        return list(self.and_around())[::-1]

    def and_around(self) -> Iterator[Node]:
        """This element and those around it, from the inside."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent


class Line(str):
    """A line of text with its place in the page: share of it that is link, element, region of furniture.

    `key` is the text in simplified characters, by which it is matched; it is set when the page is sorted.
    """

    __slots__ = ("element", "is_title", "key", "linked", "region")
    key: str
    linked: float
    element: Node
    region: int
    is_title: bool


@dataclass(slots=True)
class _OpenTable:
    """A table whose end is not reached."""

    grid: Grid
    number: int
    depth: int
    """How many elements are open where it begins, its own included."""
    in_row: bool = False
    blocks: list[Block] | None = None
    """What it becomes, where that is known beforehand."""
    unknown: tuple[Written, Spot, int] | None = None
    """What there is to learn of it at its end."""


class Flow:
    """Walks the page once. `blocks` hold paragraphs whose text is a `Line`; `owners` the elements of other blocks."""

    def __init__(self, root: Element, simplify: Callable[[str], str] = str, *, shows_hidden: bool = False) -> None:
        self.root = root
        self.simplify = simplify
        self.told = told_of(root)
        self._styles = Styles(None if shows_hidden else self.told["style"])
        try:
            self._start()
        except OddNameError:
            _rename(root)
            self._start()

    def _start(self) -> None:
        self._parts = [*_TEXT.split(_written(self.root)), ""]  # markup and text in turn
        self.blocks: list[Block] = []
        self.owners: dict[Place, Node] = {}
        self.regions: dict[int, str] = {}
        self.region_elements: dict[int, Node] = {}
        self.hidden: list[str] = []
        self.top = Node()
        self.top.parent = None
        self._nodes: list[Node | None] = [self.top]  # None until it matters which element it is
        self._tables = self._paragraphs = 0
        self._line: list[str] = []
        self._linked = 0
        self._label = ""
        self._heard: list[str] = []
        self._open: list[Any] = []  # tables, each with the cell that is open in it: `_OpenTable`, `DraftCell`
        self._open_regions: list[int] = []
        self._lists: list[list[Any]] = []
        self._walk()

    # --- the walk ---

    def _walk(self) -> None:
        """All steps and texts. The commonest stand first."""
        nodes, line, opened = self._nodes, self._line, self._open
        parts, position, tables = self._parts, 0, 0
        spot = start_of(self._styles)
        while position < len(parts):
            stretch, begun_in = parts[position], spot
            found = spot.known.get(stretch)
            steps, spot = found if found is not None else understood(spot, stretch, self._styles)
            for step in steps:
                kind = step[0]
                if kind == FLUSH:
                    if line:
                        self._flush(step[1], step[2], step[3])
                elif kind in (NEXT_CELL, CELL):
                    if kind == NEXT_CELL:
                        opened.pop()
                    table = opened[-1]
                    if not table.in_row:
                        self._start_row(table)
                    opened.append(table.grid.add(step[1], step[2]))
                elif kind == MOVE:
                    nodes[len(nodes) - step[1] :] = [None] * step[2]
                elif kind == CELL_END:
                    opened.pop()
                else:
                    self._do(step)
            if tables != self._tables:
                tables = self._tables
                end = self._end_of_known_table(position, begun_in, spot)
                if end is not None:
                    position, spot = end
                    continue
            text = parts[position + 1]
            position += 2
            if text and spot.text == markup.TEXT and not spot.is_link:
                line.append(plain(text) if "&" in text else text)
            elif text and spot.text != markup.NO_TEXT:
                self._hear(plain(text), spot)

    def _hear(self, text: str, spot: Spot) -> None:
        """Takes the text of an element."""
        mode = spot.text
        if mode == markup.TEXT:
            self._line.append(text)
            if spot.is_link:
                self._linked += len(text.strip())
        elif mode == markup.PRE_TEXT:
            self._say_lines(text, is_title=spot.is_title, is_link=spot.is_link)
        elif mode == markup.HIDDEN_TEXT:
            self._heard.append(text)
        else:
            self._read_field(text, spot)

    def _do(self, step: Step) -> None:
        """The rarer steps."""
        kind = step[0]
        if kind == markup.ROW:
            self._start_row(self._open[-1])
        elif kind == markup.ROW_END:
            self._open[-1].in_row = False
        elif kind == markup.TABLE:
            self._tables += 1
            self._open.append(_OpenTable(Grid(), self._tables, len(self._nodes)))
            self.owners[Place(table=self._tables)] = self._element()
        elif kind == markup.TABLE_END:
            self._end_table()
        elif kind == markup.SAY:
            self._say(step[1], is_link=step[2])
        elif kind == markup.SAY_PRE:
            self._say_lines(step[1], is_title=step[2])
        elif kind == markup.REGION:
            number = len(self.region_elements) + 1
            self.regions[number] = step[1]
            self.region_elements[number] = self._element()
            self._open_regions.append(number)
        elif kind == markup.REGION_END:
            self._open_regions.pop()
        elif kind == markup.PICTURE:
            self._add_picture(step[1], step[2])
        elif kind == markup.HEAR:
            self._heard.append(step[1])
        elif kind == markup.NOTE:
            self._note_hidden()
        elif kind == markup.LIST:
            self._lists.append([step[1], step[2]])
        elif kind == markup.LIST_END:
            self._lists.pop()
        elif kind == markup.ITEM and self._lists:
            self._start_item(step[1], step[2])
        elif kind == markup.ITEM_END:
            self._label = ""

    def _element(self, outwards: int = 0) -> Node:
        """The innermost open element, or one further out."""
        nodes = self._nodes
        at = first = len(nodes) - 1 - outwards
        while (node := nodes[first]) is None:
            first -= 1
        for number in range(first + 1, at + 1):
            inner = nodes[number] = Node()
            inner.parent, node = node, inner
        return node

    # --- tables ---

    def _start_row(self, table: _OpenTable) -> None:
        table.grid.start_row()
        table.in_row = True

    def _end_table(self) -> None:
        table = self._open.pop()
        around = self._open[-1] if self._open else None
        blocks = table.blocks
        if blocks is None:
            cells = table.grid.finish()
            blocks = settle(cells, table.number)
            if table.unknown is not None and len(cells) > FEW:  # with fewer, the length of texts makes a difference
                written, spot, depth = table.unknown
                learn(written, spot, depth, blocks)
        (around.content if isinstance(around, DraftCell) else self.blocks).extend(blocks)

    def _end_of_known_table(self, position: int, begun_in: Spot, spot: Spot) -> tuple[int, Spot] | None:
        """Where to go on if the table that the markup at `position` opens is known; else it is to be learned.

        Only for a table that waits for the text of its first cell. The markup that ends it is gone through as usual.
        """
        table, cell = self._open[-2:] if len(self._open) > 1 else (None, None)
        if not (isinstance(table, _OpenTable) and isinstance(cell, DraftCell)):
            return None
        if table.number != self._tables or self._line or self._label:
            return None
        written = written_at(self._parts, position, begun_in, table.number)
        if written is None:
            return None
        found = known(written)
        if found is not None:
            self._nodes[table.depth :] = [None] * found.depth
            table.blocks = found.blocks(written.figures)
            return written.last, found.spot
        end = end_of_plain(self._parts, written, spot, len(self._nodes) - table.depth, self._styles)
        table.unknown = None if end is None else (written, *end)
        return None

    def _content(self) -> list[Any]:
        """Where text and pictures go: the innermost open cell, or the page.

        What stands between rows thereby comes before the table, as browsers show it.
        """
        for level in reversed(self._open):
            if isinstance(level, DraftCell):
                return level.content
        return self.blocks

    # --- text ---

    def _say(self, text: str, *, is_link: bool) -> None:
        """Adds to the line; blanks do not begin one."""
        if self._line or not text.isspace():
            self._line.append(text)
            if is_link:
                self._linked += len(text.strip())

    def _say_lines(self, text: str, *, is_title: bool, is_link: bool = False) -> None:
        """Text whose line breaks count."""
        *lines, last = text.split("\n")
        for line in lines:
            self._line.append(line)
            self._flush(is_title, True)
        self._line.append(last)
        if is_link:
            self._linked += len(last.strip())

    def _flush(self, is_title: bool, keeps_blanks: bool, outwards: int = 0) -> None:
        """Ends the line: what was said since the last end becomes a paragraph or a line of the cell."""
        text = "".join(self._line)
        self._line.clear()
        linked, self._linked = self._linked, 0
        if keeps_blanks:
            text = text.strip("\r\n")
        elif " " in text or "\n" in text or "\t" in text or "\r" in text:
            if "\n" in text or "\r" in text:
                text = _BREAK_IN_CHINESE.sub("", text)
            text = _SPACE.sub(" ", text).strip(" ")
        if not text or text.isspace():
            return
        line = Line(self._label + text)
        self._label = ""
        line.linked = linked / len(text)
        line.element = self._element(outwards)
        line.region = self._open_regions[-1] if self._open_regions else 0
        line.is_title = is_title
        content = self._content()
        if content is self.blocks:
            self._paragraphs += 1
            content.append(Paragraph(line, Place(paragraph=self._paragraphs)))
        else:
            content.append(line)

    def _note_hidden(self) -> None:
        text = _SPACE.sub(" ", "".join(self._heard)).strip()
        self._heard.clear()
        if len(self.hidden) < _MAX_HIDDEN and len(text) > 1:
            self.hidden.append(text[:200])

    def _start_item(self, value: int | None, style: str) -> None:
        """The number that a browser prints before an item of an ordered list."""
        counter = self._lists[-1]
        counter[0] = counter[0] + 1 if value is None else value
        self._label = list_label(counter[0], style or counter[1])

    def _read_field(self, text: str, spot: Spot) -> None:
        """A text field shows its text line by line; some pages keep the source of the report in one."""
        if _MARKUP.search(text):
            from loaders.reading.web.html import parse

            root = parse(text)
            blocks = [] if root is None else Flow(root, self.simplify).blocks
            for block in blocks:
                if isinstance(block, Paragraph) and isinstance(block.text, Line):
                    block.text.element = self._element()
            self._content().extend(blocks)
            return
        self._say_lines(text, is_title=spot.is_title, is_link=spot.is_link)
        self._flush(spot.is_title, True)

    # --- pictures ---

    def _add_picture(self, source: str, width: float) -> None:
        table = next((level.number for level in reversed(self._open) if isinstance(level, _OpenTable)), None)
        if table is not None:
            self._content().append(Picture(Place(table=table), source, width))
            return
        self._paragraphs += 1
        place = Place(paragraph=self._paragraphs)
        self.owners[place] = self._element()
        self.blocks.append(Picture(place, source, width))


def _written(root: Element) -> str:
    """The page with every element closed and every attribute quoted."""
    return str(etree.tostring(root, encoding="unicode", with_tail=False))


def _rename(root: Element) -> None:
    """Takes names out of a page that only a fault can have made, such as `a<b`."""
    for element in root.iter():
        if not _PROPER_NAME.fullmatch(element.tag):
            element.tag = "span"
        proper = {name: value for name, value in element.attrib.items() if _PROPER_NAME.fullmatch(name)}
        if len(proper) != len(element.attrib):
            element.attrib.clear()  # lxml deletes none whose name is at fault
            element.attrib.update({name: _NO_TEXT.sub("", value) for name, value in proper.items()})
