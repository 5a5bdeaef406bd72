"""Word's main part as a sequence of texts, each with what the markup before it says, without a tree of elements.

A form repeats a few dozen stretches of markup between its texts many hundred times. The part is cut at the ends of
texts; each stretch is understood once, at the place where it stands, and remembered. Only what is plain is understood:
runs of text in paragraphs, and tables of such paragraphs. Anything else - a picture, a text box, a tracked deletion, a
table in a table, a fault in the XML - and the part is left to the walk over its tree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from loaders.patterns import pattern_of
from loaders.reading.word.docx_tags import OFF, W_NAMESPACES, column_span, integer

PARAGRAPH, LINE, NUMBER, WRITE, CELL, ROW, SKIP, TABLE, TABLE_END = range(9)
"""What markup says: a paragraph of the body begins; another paragraph of the same cell; list, level and style of a
paragraph; a character written as an element; a cell with its columns, vertical and horizontal merge; a row; columns
left out; a table begins; it ends."""

Event = tuple[Any, ...]
Piece = tuple[tuple[Event, ...], str]

_MAX_REMEMBERED = 16 * 1024 * 1024
"""Bytes of markup from which on all of it is forgotten."""
_MAX_STRETCH = 8192
"""Bytes of markup between two texts that are worth remembering."""

_PROLOGUE = pattern_of(
    r"""\ufeff?(?:<\?xml[ ]version=["']1\.0["'](?:[ ]encoding=["'](?:UTF|utf)-8["'])?
    (?:[ ]standalone=["'](?:yes|no)["'])?[ ]?\?>)?[ \r\n]*(?=<w:document\s)""",
    re.X,
)
_TEXT_END = pattern_of(b"</w:t>")
"""Searches by way of `<`, which takes two thirds of the time of `bytes.split`."""
_TAG = pattern_of(
    r'[^<>&]*<(/?)([A-Za-z]\w*:[A-Za-z][\w.-]*)((?:\s+[A-Za-z][\w.:-]*="[^"<&\t\n]*")*)\s*(/?)>', re.ASCII
)
_ATTRIBUTE = pattern_of(r'([\w.:-]+)="([^"]*)"', re.ASCII)
_ILLEGAL = pattern_of("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_ENTITY = pattern_of("&(?:lt|gt|quot|apos|amp);")
_SESSION_MARKS = (b" w:rsid", b":paraId=")
"""Attributes of paragraphs, runs and rows that number editing sessions: they differ each time and say nothing."""
_START = 16_384
"""Bytes in which the first of them stands."""
_WRITTEN = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_IN_BODY = {"w:p", "w:tbl", "w:sectPr", "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:permStart", "w:permEnd"}
_NOT_PLAIN = {
    *("w:drawing", "w:pict", "w:object", "w:txbxContent", "w:altChunk"),
    *("w:vanish", "w:del", "w:moveFrom", "w:moveTo", "w:rt"),
}
_BESIDE_TEXT = {"w:strike", "w:dstrike", "w:vertAlign"}
_IN_TEXT = (*OFF, "baseline", "subscript")
_AROUND_RUNS = ("w:p", "w:hyperlink", "w:ins", "w:smartTag", "w:fldSimple", "w:customXml", "w:sdtContent")
_AROUND_BLOCKS = ("w:tbl", "w:tr", "w:tc", "w:customXml", "w:sdtContent")
_PARENTS: dict[str, tuple[str, ...]] = {
    "w:body": ("w:document",),
    "w:tbl": ("w:body",),
    "w:trPr": ("w:tr",),
    "w:tcPr": ("w:tc",),
    "w:pPr": ("w:p",),
    "w:numPr": ("w:pPr",),
    "w:pStyle": ("w:pPr",),
    **dict.fromkeys(("w:numId", "w:ilvl"), ("w:numPr",)),
    **dict.fromkeys(("w:gridSpan", "w:vMerge", "w:hMerge"), ("w:tcPr",)),
    "w:gridBefore": ("w:trPr",),
    "w:p": ("w:body", *_AROUND_BLOCKS),
    "w:r": _AROUND_RUNS,
    **dict.fromkeys(("w:t", *_WRITTEN), ("w:r",)),
    "w:tab": ("w:r", "w:tabs"),
    "w:tabs": ("w:pPr",),
    **dict.fromkeys(("w:smartTag", "w:fldSimple", "w:hyperlink"), _AROUND_RUNS),
    **dict.fromkeys(("w:customXml", "w:sdt"), _AROUND_RUNS + _AROUND_BLOCKS),
    "w:sdtContent": ("w:sdt",),
}
"""Where the elements that matter have to stand; the tree decides what they mean elsewhere."""


class NotPlainError(Exception):
    """This part needs its tree."""


@dataclass(slots=True, eq=False)
class _Spot:
    """Where markup stands: the open elements and the prefixes declared; and what was understood there so far."""

    path: tuple[str, ...]
    prefixes: frozenset[str]
    known: dict[bytes, _Found] = field(default_factory=dict)


_Found = tuple[tuple[Event, ...], _Spot]
"""What a stretch says, and where one is behind the text that follows it."""


class _Memory:
    """All spots, and how many bytes of markup are known."""

    def __init__(self) -> None:
        self.bytes = 0
        self._spots: dict[tuple[tuple[str, ...], frozenset[str]], _Spot] = {}
        self.start = self.spot((), frozenset())

    def spot(self, path: tuple[str, ...], prefixes: frozenset[str]) -> _Spot:
        key = path, prefixes
        found = self._spots.get(key)
        if found is None:
            found = self._spots[key] = _Spot(path, prefixes)
        return found


_memory = _Memory()


def pieces_of(xml: bytes) -> list[Piece]:
    """Each text with the events before it, and last an empty one. Raises `NotPlainError`."""
    global _memory
    if _memory.bytes > _MAX_REMEMBERED:
        _memory = _Memory()
    parts = [part.rpartition(b">") for part in _TEXT_END.split(xml)]
    texts = _decoded([text for _, _, text in parts])
    marked = any(mark in xml[:_START] for mark in _SESSION_MARKS)
    of_this_part: defaultdict[_Spot, dict[bytes, _Found]] = defaultdict(dict)  # marks included, for these repeat too
    spot = _memory.start
    last = len(parts) - 1
    pieces: list[Piece] = []
    for number, (markup, _, _) in enumerate(parts):
        known = of_this_part[spot] if marked else spot.known
        found = known.get(markup)
        if found is None:
            bare = _without_session_marks(markup) if marked else markup
            found = spot.known.get(bare) or _understood(spot, bare, is_last=number == last)
            if marked:
                known[markup] = found
        events, spot = found
        pieces.append((events, texts[number]))
    if spot.path or pieces.pop()[1].strip(" \r\n"):
        raise NotPlainError
    return [*pieces, (events, "")]


def _without_session_marks(markup: bytes) -> bytes:
    """A stretch with bare paragraphs, runs and rows, so that it repeats from file to file."""
    first, *rest = (markup + b">").split(b"<w:p ")
    parts = [part.partition(b">") for part in rest]
    bare = first + b"".join([(b"<w:p/>" if marks.endswith(b"/") else b"<w:p>") + after for marks, _, after in parts])
    for name in (b"<w:r ", b"<w:tr "):  # from the last quotation mark on: never empty, or else not plain
        first, *rest = bare.split(name)
        bare = (name + b'm="').join([first, *[part[part.find(b">") - 1 :] for part in rest]])
    return bare[:-1]


def _decoded(texts: list[bytes]) -> list[str]:
    """The texts as characters, all at once. Raises `NotPlainError` for what XML does not allow or changes."""
    try:
        joined = b"\n".join(texts).decode()
    except UnicodeDecodeError as error:
        raise NotPlainError from error
    if _ILLEGAL.search(joined):
        raise NotPlainError
    decoded = joined.split("\n")
    if len(decoded) != len(texts):  # some text holds line breaks of its own
        decoded = [text.decode() for text in texts]
    if "&" not in joined:
        return decoded
    if len(_ENTITY.findall(joined)) != joined.count("&"):
        raise NotPlainError
    return [_ENTITY.sub(lambda entity: _ENTITIES[entity[0]], text) for text in decoded]


def _understood(spot: _Spot, markup: bytes, *, is_last: bool) -> _Found:
    """What the markup before a text or at the end of the part says, and where one is after the text."""
    try:
        text = (markup + b">").decode()
    except UnicodeDecodeError as error:
        raise NotPlainError from error
    stretch = _Stretch(spot)
    if stretch.read(text) == is_last:
        raise NotPlainError
    found = tuple(tuple(event) for event in stretch.events), _memory.spot(tuple(stretch.path), stretch.prefixes)
    if not is_last and len(markup) <= _MAX_STRETCH:
        spot.known[markup] = found
        _memory.bytes += len(markup)
    return found


class _Stretch:
    """Reads the tags of one stretch of markup."""

    def __init__(self, spot: _Spot) -> None:
        self.path = list(spot.path)
        self.prefixes = spot.prefixes
        self.events: list[list[Any]] = []
        self._cell: list[Any] = []  # the event of the cell that opened in this stretch
        self._list: dict[str, str | None] = {}  # list, level and style of the open paragraph

    def read(self, text: str) -> bool:
        """Whether the last tag opens a text. Raises `NotPlainError`."""
        at = 0
        if not self.path:
            prologue = _PROLOGUE.match(text)
            if prologue is None:
                raise NotPlainError
            at = prologue.end()
        if _ILLEGAL.search(text, at):
            raise NotPlainError
        while at < len(text):
            tag = _TAG.match(text, at)
            if tag is None:
                raise NotPlainError
            at = tag.end()
            closing, name, attributes, empty = tag.groups()
            if closing:
                self._close(name)
                continue
            self._open(name, attributes)
            if empty:
                self._close(name)
            elif name == "w:t":
                if at < len(text):  # something stands inside the text
                    raise NotPlainError
                self._close(name)
                return True
        return False

    def _close(self, name: str) -> None:
        if not self.path or self.path.pop() != name:
            raise NotPlainError
        if name == "w:tbl":
            self.events.append([TABLE_END])
        elif name == "w:pPr" and self._list:
            self.events.append([NUMBER, *(self._list.get(part) for part in ("w:numId", "w:ilvl", "w:pStyle"))])
            self._list = {}

    def _open(self, name: str, attributes: str) -> None:
        parent = self.path[-1] if self.path else ""
        values = dict(_ATTRIBUTE.findall(attributes)) if attributes else {}
        if not self.path:
            self._open_root(name, values)
        elif "xmlns" in attributes:
            raise NotPlainError
        if any(key.partition(":")[0] not in self.prefixes for key in (name, *values) if ":" in key):
            raise NotPlainError
        if name in _NOT_PLAIN or not name.startswith(("w:", "w1")) or len(values) != attributes.count('="'):
            raise NotPlainError
        if name in _BESIDE_TEXT and parent == "w:rPr" and values.get("w:val", "1") not in _IN_TEXT:
            raise NotPlainError
        if parent not in _PARENTS.get(name, (parent,)) or (parent == "w:body" and name not in _IN_BODY):
            raise NotPlainError
        self.path.append(name)
        self._note(name, parent, values)

    def _open_root(self, name: str, values: dict[str, str]) -> None:
        spaces = list(values.values())
        if name != "w:document" or values.get("xmlns:w") not in W_NAMESPACES or spaces.count(values["xmlns:w"]) > 1:
            raise NotPlainError
        self.prefixes = frozenset(key[6:] for key in values if key.startswith("xmlns:")) | {"xmlns", "xml"}

    def _note(self, name: str, parent: str, values: dict[str, str]) -> None:
        """Adds what an element says to the events."""
        value = values.get("w:val")
        if name == "w:p":
            self._begin_paragraph(parent)
        elif name in ("w:numId", "w:ilvl", "w:pStyle"):
            self._list[name] = value
        elif name == "w:tab" and parent == "w:tabs":
            if "w:pos" not in values:
                raise NotPlainError
        elif name in _WRITTEN:
            if "w:pos" in values or "w:p" not in self.path:
                raise NotPlainError
            self.events.append([WRITE, _WRITTEN[name]])
        elif name == "w:tbl":
            self.events.append([TABLE])
        elif name in ("w:tr", "w:tc"):
            self._begin_row_or_cell(name)
        elif name in ("w:gridSpan", "w:vMerge", "w:hMerge"):
            if not self._cell:
                raise NotPlainError
            position = ("w:gridSpan", "w:vMerge", "w:hMerge").index(name)
            self._cell[1 + position] = column_span(value) if position == 0 else value or "continue"
        elif name == "w:gridBefore":
            if not self.events or self.events[-1][0] != ROW:
                raise NotPlainError
            self.events.append([SKIP, integer(value, 0)])
        elif (name == "w:t" and "w:p" not in self.path) or (name == "w:hyperlink" and not self._is_plain_link(values)):
            raise NotPlainError

    def _begin_paragraph(self, parent: str) -> None:
        if self.path.count("w:p") > 1:
            raise NotPlainError
        if "w:tc" not in self.path:
            if parent != "w:body":
                raise NotPlainError
            self.events.append([PARAGRAPH])
        elif self._cell and not self._cell[-1]:
            self._cell[-1] = True
        else:
            self.events.append([LINE])

    def _begin_row_or_cell(self, name: str) -> None:
        around = self.path[:-1]
        if "w:tbl" not in around or "w:tc" in around or ("w:tr" in around) != (name == "w:tc"):
            raise NotPlainError
        if name == "w:tr":
            self.events.append([ROW])
        else:
            self._cell = [CELL, 1, None, None, False]  # the last says whether a paragraph was seen in it
            self.events.append(self._cell)

    def _is_plain_link(self, values: dict[str, str]) -> bool:
        """A link in running text that is no line of a table of contents."""
        return self.path[1:3] == ["w:body", "w:p"] and not values.get("w:anchor", "").startswith("_Toc")
