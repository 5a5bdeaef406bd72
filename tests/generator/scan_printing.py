"""Pages printed in the typefaces of offices, as pictures: 宋体, 仿宋, 楷体 with the digits of another face."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from loaders.demo.pdf_canvas import PAGE_HEIGHT, PAGE_WIDTH, Canvas, text_width
from tests.generator.printed_type import font_file

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Typeface:
    """A face for characters and one for digits and Latin letters, by the names that fontconfig knows."""

    characters: str
    latin: str
    narrow: float = 1.0
    """How much smaller the Latin face is set, so that its digits fit half a square."""
    bold: float = 0.0
    """Points by which strokes are thickened."""


TYPEFACES = {
    "song": Typeface("Noto Serif CJK SC", "Liberation Serif"),
    "song_thin": Typeface("AR PL SungtiL GB", "AR PL SungtiL GB"),
    "song_fandol": Typeface("FandolSong", "FandolSong"),
    "fangsong": Typeface("FandolFang", "Liberation Serif"),
    "fangsong_whole": Typeface("FandolFang", "FandolFang"),
    "kai": Typeface("FandolKai", "FandolKai"),
    "arial": Typeface("Noto Sans CJK SC", "Liberation Sans", narrow=0.9),
    "heavy": Typeface("Noto Sans CJK SC", "DejaVu Sans", narrow=0.78, bold=0.25),
}


def is_installed(typeface: str) -> bool:
    """Whether both faces of a typeface are installed."""
    face = TYPEFACES[typeface]
    return font_file(face.characters) is not None and font_file(face.latin) is not None


@cache
def _font(family: str, pixels: int) -> ImageFont.FreeTypeFont:
    path = font_file(family)
    if path is None:
        raise LookupError(family)
    return ImageFont.truetype(path, pixels, index=_index(path))


def _index(path: str) -> int:
    """Noto keeps the face for the mainland third in its collections."""
    return 2 if "Noto" in path and path.endswith(".ttc") else 0


class PaperCanvas(Canvas):
    """Pages as pictures in a typeface. `shift` moves all text down, so that figures touch the rules of their cells."""

    def __init__(self, title: str, typeface: str, dpi: int, shift: float = 0.0) -> None:
        self._face = TYPEFACES[typeface]
        self._scale = dpi / 72
        self._shift = shift
        self.sheets: list[Image.Image] = []
        super().__init__(title)

    def new_page(self) -> None:
        size = (round(PAGE_WIDTH * self._scale), round(PAGE_HEIGHT * self._scale))
        self.sheets.append(Image.new("L", size, 255))
        self._draw = ImageDraw.Draw(self.sheets[-1])

    def text(self, text: str, x: float, y: float, size: float) -> None:
        for sign in text:
            latin = " " <= sign <= "~"
            family = self._face.latin if latin else self._face.characters
            pixels = round(size * self._scale * (self._face.narrow if latin else 1.0))
            place = ((x + text_width(sign, size) / 2) * self._scale, (y + self._shift) * self._scale)
            stroke = self._face.bold * self._scale
            self._draw.text(place, sign, 0, _font(family, pixels), anchor="ms", stroke_width=stroke)
            x += text_width(sign, size)

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        place = tuple(round(value * self._scale) for value in (x1, y1, x2, y2))
        self._draw.line(place, 0, max(1, round(0.5 * self._scale)))

    def operator(self, operator: str) -> None:
        raise NotImplementedError(operator)

    def to_bytes(self) -> bytes:
        return b""

    def pictures(self) -> list[Pixels]:
        """The pages."""
        return [np.asarray(sheet, np.uint8) for sheet in self.sheets]
