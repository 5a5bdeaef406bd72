"""A small PDF writer: text in the standard Chinese and Latin fonts that every viewer brings along, and lines."""

from __future__ import annotations

import zlib

from loaders.patterns import pattern_of

PAGE_WIDTH = 595.0
PAGE_HEIGHT = 842.0

_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 5 0 R/DW 1000/W[1 95 500 814 939 500]"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 752"
    b"/Descent -271/CapHeight 737/StemV 58>>",
)

_LATIN_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
_LATIN_RUNS = pattern_of("[ -~]+|[^ -~]+")
_LATIN_WIDTHS = {
    sign: width
    for width, signs in {
        191: "'",
        222: "ijl",
        260: "|",
        278: " !,./:;I[\\]ft",
        333: "()-`r",
        334: "{}",
        355: '"',
        389: "*",
        469: "^",
        500: "Jcksvxyz",
        556: "#$0123456789?L_abdeghnopqu",
        584: "+<=>~",
        611: "FTZ",
        667: "&ABEKPSVXY",
        722: "CDHNRUw",
        778: "GOQ",
        833: "Mm",
        889: "%",
        944: "W",
        1015: "@",
    }.items()
    for sign in signs
}
"""Of Helvetica, from the blank to the tilde, in thousandths of its size."""


def mixed_width(text: str, size: float) -> float:
    """How wide `text` runs in points where Latin characters are set in their own font."""
    thousandths = sum(_LATIN_WIDTHS.get(sign, 1000) for sign in text)
    return size * thousandths / 1000


def text_width(text: str, size: float) -> float:
    """How wide `text` runs in points: half a square for a Latin character, a square for any other."""
    return size * sum(0.5 if " " <= sign <= "~" else 1.0 for sign in text)


class Canvas:
    """Pages that text and lines are put on. Positions are points from the upper left corner."""

    def __init__(self, title: str, mark: str = "") -> None:
        self._title = title
        self._mark = mark
        self._pages: list[list[str]] = []
        self.new_page()

    def new_page(self) -> None:
        """Start the next page."""
        self._pages.append([])

    def text(self, text: str, x: float, y: float, size: float) -> None:
        """`text` with its baseline at `y`. Characters outside the basic plane are written as a blank."""
        codes = "".join(sign if ord(sign) < 0x10000 else "　" for sign in text).encode("utf-16-be").hex()
        self._pages[-1].append(f"BT /F1 {size:g} Tf {x:.1f} {PAGE_HEIGHT - y:.1f} Td <{codes}> Tj ET")

    def mixed_text(self, text: str, x: float, y: float, size: float) -> None:
        """`text` with Latin characters in their own font."""
        for run in _LATIN_RUNS.findall(text):
            if run[0] <= "~":
                codes = run.encode("ascii").hex()
                self._pages[-1].append(f"BT /F2 {size:g} Tf {x:.1f} {PAGE_HEIGHT - y:.1f} Td <{codes}> Tj ET")
            else:
                self.text(run, x, y, size)
            x += mixed_width(run, size)

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A thin line."""
        self._pages[-1].append(f"{x1:.1f} {PAGE_HEIGHT - y1:.1f} m {x2:.1f} {PAGE_HEIGHT - y2:.1f} l S")

    def operator(self, operator: str) -> None:
        """Any other operator of the page description language, in its own coordinates."""
        self._pages[-1].append(operator)

    def to_bytes(self) -> bytes:
        """The PDF file; the same calls give the same bytes."""
        first = 8
        kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(self._pages)))
        info = f"<</Title{_string(self._title)}/Subject{_string(self._mark)}>>".encode()
        objects = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>".encode(),
            *_FONT,
            info,
            _LATIN_FONT,
        ]
        for number, operators in enumerate(self._pages):
            content = zlib.compress("\n".join(["0.5 w", *operators]).encode())
            objects.append(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {PAGE_WIDTH:g} {PAGE_HEIGHT:g}]"
                f"/Contents {first + 2 * number + 1} 0 R/Resources<</Font<</F1 3 0 R/F2 7 0 R>>>>>>".encode()
            )
            objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content))
        return _file(objects)


def _string(text: str) -> str:
    return f"<{('﻿' + text).encode('utf-16-be').hex()}>"


def _file(objects: list[bytes]) -> bytes:
    """Objects with their numbers, the table of their places, and the trailer."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
