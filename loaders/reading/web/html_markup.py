"""The markup between two texts of a web page, understood once and remembered.

A page is written out again by the parser, so that every element is closed and every attribute quoted. Between its texts
stand a few dozen stretches of markup that repeat hundreds of times: each becomes a list of steps for the flow, at the
element where it stands.
"""

from __future__ import annotations

import re
from typing import Any

from loaders.patterns import pattern_of
from loaders.reading.web.html_style import Styles, list_style, role_of

(
    FLUSH, NEXT_CELL, MOVE, SAY, SAY_PRE, TABLE, TABLE_END, ROW, ROW_END, CELL, CELL_END, REGION, REGION_END, PICTURE,
    LIST, LIST_END, ITEM, ITEM_END, HEAR, NOTE,
) = range(20)  # fmt: skip
"""Steps. `MOVE` leaves so many elements and enters so many others; `FLUSH` ends a line, so many elements further out
than the innermost that is not left yet."""
TEXT, PRE_TEXT, NO_TEXT, HIDDEN_TEXT, FIELD_TEXT = range(5)
"""What becomes of text in an element."""

Step = tuple[Any, ...]

_INLINE, _BLOCK, _SKIP, _BREAK, _TABLE, _ROW, _CELL, _IMAGE, _PRE, _LINK, _LIST, _ITEM, _INPUT, _TEXTAREA = range(14)
_BLOCK_TAGS = """
    address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html legend main menu nav p section summary tbody tfoot thead ul
"""
_SILENT_TAGS = """
    script style noscript template head xml iframe object embed svg select button map audio video canvas colgroup col
    meta link title math datalist applet del
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
_WITHIN_LINES = (_INLINE, _LINK, _IMAGE, _INPUT, _BREAK)
"""What does not part the line before from the one after, but for breaks, and pictures that are kept."""
_NEED_ELEMENT = (TABLE, REGION, PICTURE)
_ENDINGS = {_TABLE: TABLE_END, _ROW: ROW_END, _CELL: CELL_END, _LIST: LIST_END, _ITEM: ITEM_END}
_KEPT_KINDS = (_TABLE, _ROW, _CELL, _IMAGE, _BREAK, _TEXTAREA, _INPUT, _PRE)
"""What these are does not depend on their display."""
_ICON = pattern_of(
    r"logo|icon|ewm|qr_?code|erweima|weixin|wechat|weibo|share|print|button|btn|arrow|blank|spacer|banner|dzjg|jiucuo|"
    r"red\.png|blue\.png|pucode|beian|ghs",
    re.I,
)
_SMALLEST_PICTURE = 200
"""Pixels; icons, seals and portraits of mascots are smaller, a table is not."""
_SMALLEST_DATA = 4000
"""Characters of a picture that is written into the page."""
_MAX_REMEMBERED = 16 * 1024 * 1024
"""Characters of markup from which on all of it is forgotten."""
_MAX_STRETCH = 8192
"""Characters of markup between two texts that are worth remembering."""

_TAG = pattern_of(r'([^<>]*)<(/?)([^\s<>/]+)((?:\s[^\s<>="]+="[^"<>]*")*)\s*(/?)>')
_ATTRIBUTE = pattern_of(r'([^\s="]+)="([^"]*)"')
_ENTITY = pattern_of(r"&(?:amp|lt|gt|quot|#13|#10|#9);")
_ENTITIES = {
    **{"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"'},
    **{"&#13;": "\r", "&#10;": "\n", "&#9;": "\t"},
}


class OddNameError(Exception):
    """An element or attribute whose name cannot be written as XML."""


class Spot:
    """An open element of a page: what becomes of text in it, and what markup was understood there so far."""

    __slots__ = ("children", "holder", "is_link", "is_title", "kind", "known", "parent", "region", "tag", "text")

    def __init__(self, tag: str, kind: int, parent: Spot | None, text: int) -> None:
        self.tag, self.kind, self.parent, self.text = tag, kind, parent, text
        self.is_link: bool = parent.is_link if parent else False
        self.is_title: bool = parent.is_title if parent else False
        self.holder: int = parent.holder if parent else _BLOCK
        """What holds this: a table whose rows are due, a cell, or neither."""
        self.region = ""
        self.children: dict[str, Spot] = {}
        self.known: dict[str, tuple[list[Step], Spot]] = {}


_remembered: dict[object, Spot] = {}
_amount = 0


def start_of(styles: Styles) -> Spot:
    """Where pages with these styles begin."""
    global _amount
    if _amount > _MAX_REMEMBERED:
        _remembered.clear()
        _amount = 0
    if styles.key not in _remembered:
        _remembered[styles.key] = Spot("", _INLINE, None, TEXT)
    return _remembered[styles.key]


def plain(text: str) -> str:
    """Text without the entities by which it is written out."""
    return _ENTITY.sub(lambda entity: _ENTITIES[entity[0]], text) if "&" in text else text


def understood(spot: Spot, markup: str, styles: Styles) -> tuple[list[Step], Spot]:
    """The steps of a stretch of markup that begins in `spot`, and where it ends. Raises `OddNameError`."""
    global _amount
    stretch = _Stretch(spot, styles)
    stretch.read(markup if markup.endswith(">") else markup + ">")
    found = stretch.steps, stretch.spot
    _amount += len(markup)
    if len(markup) <= _MAX_STRETCH:
        spot.known[markup] = found
    return found


class _Stretch:
    """Turns the tags of a stretch of markup into steps."""

    def __init__(self, spot: Spot, styles: Styles) -> None:
        self.spot = spot
        self.steps: list[Step] = []
        self._styles = styles
        self._is_flushed = False  # whether no text can be waiting
        self._left = self._entered = 0  # elements, since the last step that told

    def read(self, markup: str) -> None:
        """All tags, and the blanks between them."""
        at = 0
        while at < len(markup):
            tag = _TAG.match(markup, at)
            if tag is None:
                raise OddNameError
            at = tag.end()
            blank, closing, name, attributes, empty = tag.groups()
            if blank:
                self._say_blank(plain(blank))
            if not closing:
                self._open(name, attributes)
            if closing or empty:
                self._close()
        self._move()

    def _say_blank(self, text: str) -> None:
        spot = self.spot
        if spot.text == PRE_TEXT:
            self._add(SAY_PRE, text, spot.is_title)
        elif spot.text == HIDDEN_TEXT:
            self._add(HEAR, text)
        elif spot.text == TEXT and not self._is_flushed:
            self._add(SAY, text, spot.is_link)

    def _add(self, step: int, *arguments: object) -> None:
        if step in _NEED_ELEMENT:
            self._move()
        if step in (SAY, SAY_PRE):
            self._is_flushed = False
        if step == CELL and self.steps and self.steps[-1][0] == CELL_END:
            self.steps[-1] = (NEXT_CELL, *arguments)
        else:
            self.steps.append((step, *arguments))

    def _flush(self) -> None:
        if self._is_flushed:
            return
        if self._entered:
            self._move()
        self._add(FLUSH, self.spot.is_title, self.spot.text == PRE_TEXT, self._left)
        self._is_flushed = True

    def _move(self) -> None:
        if self._left or self._entered:
            self.steps.append((MOVE, self._left, self._entered))
            self._left = self._entered = 0

    def _leave(self) -> None:
        if self._entered:  # what is entered and left at once leaves no trace
            self._entered -= 1
        else:
            self._left += 1

    def _open(self, name: str, attributes: str) -> None:
        parent = self.spot
        values = {key: plain(value) for key, value in _ATTRIBUTE.findall(attributes)}
        spot = parent.children.get(name + attributes)
        if spot is None:
            spot = parent.children[name + attributes] = self._new_spot(name, values)
        self.spot = spot
        if spot.kind == _SKIP:
            return
        if spot.kind not in _WITHIN_LINES or spot.kind == _BREAK:
            self.spot = parent
            self._flush()
            self.spot = spot
        self._entered += 1
        if spot.region:
            self._add(REGION, spot.region)
        self._begin(spot, values)

    def _new_spot(self, name: str, values: dict[str, str]) -> Spot:
        """What tag and attributes of an element come to."""
        parent = self.spot
        kind = _KINDS.get(name.lower(), _INLINE)
        if kind == _SKIP or parent.text in (NO_TEXT, HIDDEN_TEXT):
            return Spot(name, _SKIP, parent, HIDDEN_TEXT if parent.text == HIDDEN_TEXT else NO_TEXT)
        shown = self._styles.display(values)
        if shown == "none":
            return Spot(name, _SKIP, parent, HIDDEN_TEXT)
        kind = _shown_kind(kind, shown)
        if kind in (_ROW, _CELL) and parent.holder != _TABLE:
            kind = _BLOCK  # a stray row or cell outside any table
        spot = Spot(name, kind, parent, {_PRE: PRE_TEXT, _TEXTAREA: FIELD_TEXT}.get(kind, parent.text % FIELD_TEXT))
        spot.is_link = parent.is_link or kind == _LINK
        spot.holder = kind if kind in (_TABLE, _CELL) else parent.holder
        if kind not in _WITHIN_LINES:
            spot.region, is_title = role_of(name, values)
            spot.is_title = parent.is_title or is_title
        return spot

    def _begin(self, spot: Spot, values: dict[str, str]) -> None:
        """The step of an element that does more than to part lines."""
        kind = spot.kind
        if kind == _TABLE:
            self._add(TABLE)
        elif kind == _ROW:
            self._add(ROW)
        elif kind == _CELL:
            self._add(CELL, _number(values.get("rowspan"), 1), _number(values.get("colspan"), 1))
        elif kind == _IMAGE and _may_hold_table(values):
            self._flush()
            self._add(PICTURE, values.get("src", ""), 0.75 * (_pixels(values, "width") or 0))  # in points
        elif kind == _INPUT and spot.holder == _CELL and _is_field_of_text(values):
            text = values.get("value", "")
            self._add(*((SAY_PRE, text, spot.is_title) if spot.text == PRE_TEXT else (SAY, text, spot.is_link)))
        elif kind == _LIST:
            self._add(LIST, (_number(values.get("start"), 1) or 0) - 1, list_style(values))
        elif kind == _ITEM and spot.parent is not None and spot.parent.tag == "ol":
            self._add(ITEM, _number(values.get("value"), None), list_style(values))

    def _close(self) -> None:
        spot = self.spot
        kind = spot.kind
        if spot.parent is None:
            raise OddNameError
        self.spot = spot.parent
        if kind == _SKIP:
            if spot.text == HIDDEN_TEXT and spot.parent.text != HIDDEN_TEXT:
                self._add(NOTE)
            return
        if kind not in _WITHIN_LINES:
            self.spot = spot
            self._flush()
            self.spot = spot.parent
        if spot.region:
            self._add(REGION_END)
        self._leave()
        if kind in _ENDINGS:
            self._add(_ENDINGS[kind])


def _shown_kind(kind: int, display: str | None) -> int:
    """The kind that an element has by its display, where that may change what its tag says."""
    shown = _DISPLAY_KINDS.get(display or "")
    if shown is None or kind in _KEPT_KINDS:
        return kind
    if kind in (_LIST, _ITEM, _LINK):
        return shown if shown in (_TABLE, _ROW, _CELL) else kind
    return shown


def _number(text: str | None, default: int | None) -> int | None:
    """A number as browsers read it from an attribute: leading digits, else the default."""
    found = re.match(r"\s*\+?(\d{1,6})", text) if text else None
    return int(found[1]) if found else default


def _may_hold_table(values: dict[str, str]) -> bool:
    """Whether a picture is large enough, and no icon by its name."""
    known = [size for size in (_pixels(values, name) for name in ("width", "height")) if size is not None]
    if any(size < _SMALLEST_PICTURE / 2 for size in known) or (known and max(known) < _SMALLEST_PICTURE):
        return False
    source = values.get("src", "")
    if source.startswith("data:"):
        return len(source) >= _SMALLEST_DATA
    return _ICON.search(source[-80:]) is None


def _pixels(values: dict[str, str], name: str) -> int | None:
    value = values.get(name)
    if value is None:
        found = re.search(rf"(?<![-\w]){name}\s*:\s*(\d+(?:\.\d+)?)\s*(px|pt)", values.get("style", ""), re.I)
        return int(float(found[1])) if found else None
    return None if "%" in value else _number(value, 0) or None


def _is_field_of_text(values: dict[str, str]) -> bool:
    return (values.get("type") or "text").lower() in ("text", "number", "tel")
