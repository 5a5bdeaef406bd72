"""Rich Text Format as Word, WPS Writer and LibreOffice write it: text, automatic numbers, tables and pictures.

A file is groups in braces; what a control word sets holds to the end of its group. The number that a list shows stands
as text in front of its paragraph, for the sake of older programs, so that nothing needs counting.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from loaders.document import Block, Document, Picture
from loaders.patterns import pattern_of
from loaders.reading.beside_text import is_note_mark
from loaders.reading.pictured import may_hold_table, read_pictures
from loaders.reading.word.rtf_codes import (
    CODECS_OF_CHARSETS,
    DESTINATIONS,
    WRITTEN,
    codec_of_page,
    decoded,
    with_escapes,
)
from loaders.reading.word.rtf_state import OpenPicture, OpenShape, State
from loaders.reading.word.typed import as_typed
from loaders.reading.word.word97 import RowShape, WordParagraph
from loaders.reading.word.word_blocks import WordBlocks
from loaders.words import of_warnings as warn

_TWIPS = 20.0
_MAX_DEPTH = 2000
_MAX_FALLBACKS = 8
_HALVES = pattern_of("[\ud800-\udfff]+")
_ENDS_NUMBER = ("、", "．", "。", "\uff09")


@dataclass(slots=True)
class _Story:
    """The text of the body, or of a text box, as far as it was read."""

    blocks: WordBlocks
    pieces: list[str] = field(default_factory=list)
    anchored: list[Block] = field(default_factory=list)


class RtfFile:
    """Reads a file once; `document` is what it holds."""

    def __init__(self, data: bytes) -> None:
        self._metadata: dict[str, str] = {}
        self._pictures: dict[str, bytes] = {}
        self._state = State()
        self._around: list[State] = []
        self._stories = [_Story(WordBlocks())]
        self._shape, self._inner_shape = OpenShape(), OpenShape()
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._bytes: list[bytes] = []
        self._collected: list[str] = []
        self._picture = OpenPicture()
        self._to_skip = 0
        self._may_be_left_out = False
        self._numbers = self._lists = 0
        self._read(with_escapes(data))

    def document(self) -> Document:
        """The Document in the file."""
        blocks = self._stories[0].blocks.blocks
        document = Document("rtf", as_typed(blocks), metadata=self._metadata)
        if self._around:
            document.warnings.append(warn.CUT_SHORT.zh)
        read_pictures(document, self._pictures.get)
        return document

    def lacks_numbers(self) -> bool:
        """Whether lists are used and none of their numbers was written out."""
        return self._lists > 0 and self._numbers == 0

    # --- tokens and groups ---

    def _read(self, data: bytes) -> None:
        at = 0
        while found := _TOKEN.search(data, at):
            at = found.end()
            kind, written = found.lastgroup, found[0]
            if kind == "idle":
                self._pass_over()
            elif kind == "brace":
                self._flush()
                if written == b"{":
                    self._open_group()
                else:
                    self._close_group()
            elif kind in ("word", "number"):
                number = found["number"]
                self._control(found["word"].decode(), None if number is None else int(number))
                if found["word"] == b"bin" and number:
                    self._picture.binary = data[at : at + max(int(number), 0)]
                    at += max(int(number), 0)
            elif self._state.destination == "left out":
                continue
            elif kind == "text":
                self._bytes.append(written[self._to_skip :])
                self._to_skip = max(self._to_skip - len(written), 0)
            elif kind == "symbol":
                self._symbol(found["symbol"])
            else:
                self._add(bytes.fromhex(found["code"].decode()) if kind == "code" else written)
        self._finish()

    def _finish(self) -> None:
        self._flush()
        while len(self._stories) > 1:
            self._end_box()
        self._end_story()

    def _open_group(self) -> None:
        if len(self._around) < _MAX_DEPTH:
            self._around.append(replace(self._state))

    def _close_group(self) -> None:
        if not self._around:
            return
        closed, self._state = self._state.destination, self._around.pop()
        if closed == self._state.destination:
            return
        if closed == "box":
            self._end_box()
        elif closed == "number":
            self._end_number()
        elif closed == "code" and "".join(self._collected).split(None, 1)[:1] == ["TOC"]:
            self._state.destination = "left out"
        elif closed == "picture":
            self._end_picture()
        elif closed in ("title", "author", "keywords"):
            self._metadata[closed] = "".join(self._collected).strip()

    def _add(self, code: bytes) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._bytes.append(code)

    def _flush(self) -> None:
        """Ends a stretch of bytes: what comes next may be in another encoding."""
        self._to_skip, self._may_be_left_out = 0, False
        if not self._bytes:
            return
        if self._state.destination == "picture":
            self._picture.digits += self._bytes
        else:
            self._write(decoded(b"".join(self._bytes), self._state.codec or self._page))
        self._bytes = []

    def _write(self, text: str) -> None:
        if self._shows():
            pieces = self._stories[-1].pieces
            if self._state.hidden or self._state.struck:
                return
            if not (self._state.raised and is_note_mark(text, "".join(pieces[-8:]))):
                pieces.append(text)
        elif self._state.destination in ("number", "code", "title", "author", "keywords"):
            self._collected.append(text)

    def _shows(self) -> bool:
        return self._state.destination in ("text", "box")

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._may_be_left_out = True
        elif symbol in (b"\\", b"{", b"}"):
            self._add(symbol)
        else:
            self._flush()
            if symbol in (b"\r", b"\n"):
                self._end_paragraph()
            elif symbol in (b"~", b"_"):
                self._write(" " if symbol == b"~" else "-")

    def _control(self, word: str, number: int | None) -> None:
        self._flush()
        if self._state.destination == "left out":
            return
        act = _ACTS.get(word)
        if act is not None:
            act(self, number)
        elif word in WRITTEN:
            self._write(WRITTEN[word])
        elif word in DESTINATIONS:
            self._begin(DESTINATIONS[word], word)

    def _pass_over(self) -> None:
        """Words that mean nothing here; a group that opens with one may ask to be left out."""
        may_be_left_out = self._may_be_left_out
        self._flush()
        if may_be_left_out:
            self._state.destination = "left out"

    # --- characters ---

    def _unicode(self, number: int | None) -> None:
        self._write(chr((number or 0) & 0xFFFF))
        self._to_skip = self._state.fallbacks

    def _set_fallbacks(self, number: int | None) -> None:
        self._state.fallbacks = min(max(1 if number is None else number, 0), _MAX_FALLBACKS)

    def _set_page(self, number: int | None) -> None:
        self._page = codec_of_page(number or 0)

    def _set_font(self, number: int | None) -> None:
        if self._state.destination == "fonts":
            self._font = number or 0
        else:
            self._state.codec = self._fonts.get(number or 0, "")

    def _set_charset(self, number: int | None) -> None:
        self._fonts[self._font] = CODECS_OF_CHARSETS.get(number or 0, "")

    def _set_plain(self, number: int | None) -> None:
        self._state.hidden, self._state.codec = False, ""
        self._state.struck = self._state.raised = False

    def _hide(self, number: int | None) -> None:
        self._state.hidden = number != 0

    def _strike(self, number: int | None) -> None:
        self._state.struck = number != 0

    def _raise(self, number: int | None) -> None:
        self._state.raised = number != 0

    def _lower(self, number: int | None) -> None:
        self._state.raised = False

    # --- paragraphs, cells and rows ---

    def _set_plain_paragraph(self, number: int | None) -> None:
        self._state.in_table, self._state.depth, self._state.listed = False, 0, False

    def _set_in_table(self, number: int | None) -> None:
        self._state.in_table = True

    def _set_depth(self, number: int | None) -> None:
        self._state.depth = max(number or 0, 0)

    def _set_list(self, number: int | None) -> None:
        self._state.listed = bool(number)

    def _end_paragraph(self, number: int | None = None) -> None:
        self._take(self._state.depth or int(self._state.in_table))

    def _end_cell(self, number: int | None) -> None:
        self._take(1, ends_cell=True)

    def _end_inner_cell(self, number: int | None) -> None:
        self._take(max(self._state.depth, 2), ends_cell=True)

    def _end_row(self, number: int | None) -> None:
        self._take(1, self._shape.shape)

    def _end_inner_row(self, number: int | None) -> None:
        self._state.destination = self._around[-1].destination if self._around else "text"
        self._take(max(self._state.depth, 2), self._inner_shape.shape)

    def _take(self, depth: int, row: RowShape | None = None, *, ends_cell: bool = False) -> None:
        if not self._shows():
            return
        story = self._stories[-1]
        self._lists += self._state.listed and row is None
        story.blocks.take(WordParagraph(self._text(), depth, ends_cell, row))
        if story.anchored:
            story.blocks.add(story.anchored)
            story.anchored = []

    def _text(self) -> str:
        story = self._stories[-1]
        text = "".join(story.pieces)
        story.pieces = []
        return _HALVES.sub(lambda half: half[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace"), text)

    def _tells_inner_row(self) -> bool:
        return self._state.destination == "row" or self._state.depth > 1

    def _row_told(self) -> OpenShape:
        return self._inner_shape if self._tells_inner_row() else self._shape

    def _begin_row(self, number: int | None) -> None:
        if self._tells_inner_row():
            self._inner_shape = OpenShape()
        else:
            self._shape = OpenShape()

    def _set_left(self, number: int | None) -> None:
        self._row_told().shape.edges[0] = number or 0

    def _set_covered(self, number: int | None) -> None:
        self._row_told().covered = True

    def _set_goes_on(self, number: int | None) -> None:
        self._row_told().goes_on = True

    def _end_cell_shape(self, number: int | None) -> None:
        self._row_told().end_cell(number or 0)

    # --- destinations ---

    def _begin(self, destination: str, word: str) -> None:
        if destination == "as around":
            return
        self._state.destination = word if destination == "property" else destination
        if destination == "box":
            blocks = self._stories[-1].blocks
            self._stories.append(_Story(WordBlocks(tables=blocks.tables, paragraphs=blocks.paragraphs)))
            self._set_plain_paragraph(None)
        elif destination == "picture":
            self._picture = OpenPicture()
        else:
            self._collected = []

    def _end_box(self) -> None:
        self._end_story()
        box = self._stories.pop().blocks
        story = self._stories[-1]
        story.anchored += box.blocks
        story.blocks.tables, story.blocks.paragraphs = box.tables, box.paragraphs

    def _end_story(self) -> None:
        story = self._stories[-1]
        if story.pieces or story.anchored:
            story.blocks.take(WordParagraph(self._text()))
            story.blocks.add(story.anchored)
        story.blocks.end_tables()

    def _end_number(self) -> None:
        number = "".join(self._collected).strip()
        if number:
            self._numbers += 1
            self._write(number if number.endswith(_ENDS_NUMBER) else f"{number} ")

    def _end_picture(self) -> None:
        if may_hold_table(self._picture.width, self._picture.height) and not self._state.hidden:
            source = f"picture {len(self._pictures) + 1}"
            self._pictures[source] = self._picture.data()
            self._stories[-1].anchored.append(Picture(source=source, width=self._picture.width))

    def _set_width(self, number: int | None) -> None:
        self._picture.width = (number or 0) / _TWIPS

    def _set_height(self, number: int | None) -> None:
        self._picture.height = (number or 0) / _TWIPS

    def _scale_width(self, number: int | None) -> None:
        self._picture.width *= (number or 100) / 100

    def _scale_height(self, number: int | None) -> None:
        self._picture.height *= (number or 100) / 100


_ACTS: dict[str, Callable[[RtfFile, int | None], None]] = {
    "u": RtfFile._unicode,
    "uc": RtfFile._set_fallbacks,
    "ansicpg": RtfFile._set_page,
    "f": RtfFile._set_font,
    "fcharset": RtfFile._set_charset,
    "plain": RtfFile._set_plain,
    "v": RtfFile._hide,
    "deleted": RtfFile._hide,
    "strike": RtfFile._strike,
    "striked": RtfFile._strike,
    "super": RtfFile._raise,
    "sub": RtfFile._lower,
    "nosupersub": RtfFile._lower,
    "par": RtfFile._end_paragraph,
    "sect": RtfFile._end_paragraph,
    "pard": RtfFile._set_plain_paragraph,
    "intbl": RtfFile._set_in_table,
    "itap": RtfFile._set_depth,
    "ls": RtfFile._set_list,
    "cell": RtfFile._end_cell,
    "nestcell": RtfFile._end_inner_cell,
    "row": RtfFile._end_row,
    "nestrow": RtfFile._end_inner_row,
    "trowd": RtfFile._begin_row,
    "trleft": RtfFile._set_left,
    "clmrg": RtfFile._set_covered,
    "clvmrg": RtfFile._set_goes_on,
    "cellx": RtfFile._end_cell_shape,
    "picwgoal": RtfFile._set_width,
    "pichgoal": RtfFile._set_height,
    "picscalex": RtfFile._scale_width,
    "picscaley": RtfFile._scale_height,
}

_WORDS = "|".join(sorted({*_ACTS, *WRITTEN, *DESTINATIONS, "bin"}))
_TOKEN = pattern_of(
    rf"(?P<idle>(?:\\(?!(?:{_WORDS})(?![a-zA-Z]))[a-zA-Z]+(?:-?\d{{1,10}})? ?[\r\n]*)+)"
    r"|(?P<text>[^\\{}\r\n\x80-\xff]+)|\\(?P<word>[a-zA-Z]+)(?P<number>-?\d{1,10})? ?|\\'(?P<code>[0-9a-fA-F]{2})"
    r"|\\(?P<symbol>[^a-zA-Z])|(?P<brace>[{}])|(?P<raw>[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\xff])".encode()
)
"""Words that mean nothing here are idle. A character of two bytes may hold a brace or a backslash."""
