"""PDF files written by hand, a page at a time, so that each test holds only what it is about.

Positions are points from the upper left corner of the page; `raw` operators are in PDF's own coordinates.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 5 0 R/DW 1000/W[1 95 500 814 939 500]"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 752"
    b"/Descent -271/CapHeight 737/StemV 58>>",
)

TO_CHARACTERS = b"""/CIDInit/ProcSet findresource begin 12 dict begin begincmap /CMapName/Own def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap end end"""


@dataclass
class Sheet:
    """A page under construction. `height` is that of its own coordinates, before any turning."""

    width: float = 595
    height: float = 842
    rotate: int = 0
    operators: list[str] = field(default_factory=list)
    form: str = ""
    form_matrix: str = "1 0 0 1 0 0"
    picture: NDArray[np.uint8] | None = None
    crop: str = ""
    """The part that is shown, in PDF's own coordinates; all of it without."""
    note: str = ""
    """What a reader typed onto the finished page, shown as operators say."""

    def text(self, text: str, x: float, y: float, size: float = 10, gap: float = 0) -> Sheet:
        """Text with its baseline at `y`; `gap` points between its characters."""
        code = text.encode("utf-16-be").hex()
        self.operators.append(f"BT /F1 {size:g} Tf {gap:g} Tc {x:g} {self.height - y:g} Td <{code}> Tj ET")
        return self

    def loose(self, text: str, x: float, y: float, gap: float, size: float = 10) -> Sheet:
        """Text in characters that blanks part, `gap` points between them."""
        moves = ""
        for character in text:
            step = gap + (size / 2 if character.isascii() else size)
            moves += f" <{(character + ' ').encode('utf-16-be').hex()}> Tj {step:g} 0 Td"
        self.operators.append(f"BT /F1 {size:g} Tf {x:g} {self.height - y:g} Td{moves} ET")
        return self

    def line(self, x1: float, y1: float, x2: float, y2: float) -> Sheet:
        """A thin line."""
        self.operators.append(f"{x1:g} {self.height - y1:g} m {x2:g} {self.height - y2:g} l S")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Sheet:
        """All lines of a table."""
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        return self

    def rows(self, xs: Sequence[float], top: float, rows: Sequence[Sequence[str]], height: float = 20) -> Sheet:
        """A ruled table of single lines, a little to the right of the left edge of each cell."""
        self.grid(xs, [top + height * number for number in range(len(rows) + 1)])
        return self.words(xs, top, rows, height)

    def words(self, xs: Sequence[float], top: float, rows: Sequence[Sequence[str]], height: float = 20) -> Sheet:
        """The texts of a table without its lines."""
        for number, row in enumerate(rows):
            for x, text in zip(xs, row, strict=False):
                if text:
                    self.text(text, x + 4, top + height * number + 14)
        return self

    def raw(self, operators: str) -> Sheet:
        """Operators as they are."""
        self.operators.append(operators)
        return self


def pdf(
    *sheets: Sheet, user_password: bytes | None = None, owner_password: bytes = b"", font: bytes | None = None
) -> bytes:
    """The file; encrypted where a password is given (an empty one opens without asking).

    A `font` is written into it, and its first glyph stands for every character.
    """
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b"", *(FONT if font is None else _embedded(font))]
    kids: list[int] = []
    for sheet in sheets:
        resources = b"<</Font<</F1 3 0 R>>"
        if sheet.form:
            head = f"/Type/XObject/Subtype/Form/BBox[0 0 2000 2000]/Matrix[{sheet.form_matrix}]".encode()
            objects.append(_stream(sheet.form.encode(), head + b"/Resources<</Font<</F1 3 0 R>>>>"))
            resources += b"/XObject<</X1 %d 0 R>>" % len(objects)
            sheet.raw("q /X1 Do Q")
        if sheet.picture is not None:
            high, wide = sheet.picture.shape
            head = f"/Type/XObject/Subtype/Image/Width {wide}/Height {high}/BitsPerComponent 8/ColorSpace/DeviceGray"
            objects.append(_stream(sheet.picture.tobytes(), head.encode()))
            resources += b"/XObject<</P1 %d 0 R>>" % len(objects)
        entries = f"/CropBox[{sheet.crop}]" if sheet.crop else ""
        if sheet.note:
            box = f"0 0 {sheet.width:g} {sheet.height:g}"
            head = f"/Type/XObject/Subtype/Form/BBox[{box}]/Resources<</Font<</F1 3 0 R>>>>".encode()
            objects.append(_stream(sheet.note.encode(), head))
            appearance = f"/AP<</N {len(objects)} 0 R>>"
            entries += f"/Annots[<</Type/Annot/Subtype/FreeText/F 4/DA()/Contents()/Rect[{box}]{appearance}>>]"
        objects.append(_stream(("0.5 w\n" + "\n".join(sheet.operators)).encode()))
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {sheet.width:g} {sheet.height:g}]/Rotate {sheet.rotate}"
        page += entries
        objects.append(page.encode() + b"/Contents %d 0 R/Resources" % len(objects) + resources + b">>>>")
        kids.append(len(objects))
    numbers = " ".join(f"{number} 0 R" for number in kids)
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{numbers}]>>".encode()
    return _file(objects, user_password, owner_password)


def _embedded(font: bytes) -> list[bytes]:
    """The objects of a font in the file, as LibreOffice writes them: without heights above and below the line."""
    return [
        b"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Own/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Own/FontDescriptor 5 0 R/DW 1000/W[0 255 500]"
        b"/CIDToGIDMap 8 0 R/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        b"<</Type/FontDescriptor/FontName/AAAAAA+Own/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 0/Descent 0"
        b"/CapHeight 737/StemV 58/FontFile2 6 0 R>>",
        _stream(font, b"/Length1 %d" % len(font)),
        _stream(TO_CHARACTERS),
        _stream(b"\0\1" * 0x10000),
    ]


def _stream(content: bytes, head: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(content), content)


def _file(objects: list[bytes], user_password: bytes | None, owner_password: bytes) -> bytes:
    identity = b"0123456789abcdef"
    trailer = b""
    if user_password is not None:
        key, dictionary = _encryption(user_password, owner_password, identity)
        objects = [_encrypted(content, number, key) for number, content in enumerate(objects, 1)]
        objects.append(dictionary)
        trailer = b"/Encrypt %d 0 R/ID[<%s><%s>]" % (len(objects), identity.hex().encode(), identity.hex().encode())
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
RIGHTS = -44


def _encryption(user: bytes, owner: bytes, identity: bytes) -> tuple[bytes, bytes]:
    """Key and dictionary of the standard security handler, revision 2 (40 bits)."""
    owner_key = hashlib.md5((owner + PADDING)[:32]).digest()[:5]
    owner_entry = _rc4(owner_key, (user + PADDING)[:32])
    rights = RIGHTS.to_bytes(4, "little", signed=True)
    key = hashlib.md5((user + PADDING)[:32] + owner_entry + rights + identity).digest()[:5]
    user_entry = _rc4(key, PADDING)
    entries = f"/O<{owner_entry.hex()}>/U<{user_entry.hex()}>".encode()
    return key, b"<</Filter/Standard/V 1/R 2/P %d%s>>" % (RIGHTS, entries)


def _encrypted(content: bytes, number: int, key: bytes) -> bytes:
    head, found, rest = content.partition(b"stream\n")
    if not found:
        return content
    own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
    return head + found + _rc4(own, rest.removesuffix(b"\nendstream")) + b"\nendstream"


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
