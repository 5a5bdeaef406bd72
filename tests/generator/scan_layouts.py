"""Pages put through printer and scanner: rasterised, turned, blurred, speckled, squeezed."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

from loaders.demo.page import Page
from loaders.demo.render_pdf import PdfLayout, Press
from tests.generator import scan_effects
from tests.generator.pdf_layouts import write_pdf
from tests.generator.printed_type import draw_in_one_family
from tests.generator.scan_effects import Effect
from tests.generator.scan_printing import PaperCanvas, is_installed

Pixels = NDArray[np.uint8]

draw_in_one_family()


@dataclass(frozen=True, slots=True)
class Scanner:
    """What happens to a page. `angle` in degrees, `noise` in grey levels, `blur` in points of the radius.

    `marks` are put on the paper before it is scanned, `rough` is done to the picture. `typeface` prints with another
    face than that of PDF, `low` so many points too low. With `spread` two pages share a sheet.
    """

    dpi: int
    printed: str = "ruled"
    angle: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    quality: int = 90
    suffix: str = ".pdf"
    rough: Effect | None = None
    marks: tuple[Effect, ...] = ()
    typeface: str = ""
    low: float = 0.0
    spread: bool = False


_ALL: dict[str, Scanner] = {
    "clean_300": Scanner(300),
    "clean_200": Scanner(200),
    "grey_150": Scanner(150, noise=6, blur=0.4, quality=80),
    "turned_200": Scanner(200, angle=1.6, noise=4, quality=80),
    "turned_back_200": Scanner(200, "top_left", angle=-2.4, noise=3, quality=85),
    "fax_200": Scanner(200, rough=scan_effects.black_and_white),
    "noisy_200": Scanner(200, noise=22, blur=0.6, quality=60),
    "photo_200": Scanner(200, angle=0.7, blur=0.5, quality=75, rough=scan_effects.photographed),
    "stained_200": Scanner(200, noise=5, quality=75, rough=scan_effects.stained),
    "narrow_200": Scanner(200, "narrow_labels", noise=4, quality=85),
    "small_120": Scanner(120, quality=92),
    "borderless_200": Scanner(200, "borderless", quality=90),
    "long_picture": Scanner(150, quality=92, suffix=".jpg"),
    "long_screenshot": Scanner(144, quality=95, suffix=".png"),
    "song_150": Scanner(150, typeface="song", noise=5, blur=0.3, quality=70),
    "song_thin_150": Scanner(150, typeface="song_thin", noise=4, quality=75),
    "song_thin_fax": Scanner(200, typeface="song_thin", rough=scan_effects.black_and_white),
    "fangsong_200": Scanner(200, typeface="fangsong", angle=0.8, noise=5, quality=75),
    "fangsong_whole_200": Scanner(200, typeface="fangsong_whole", noise=5, blur=0.4, quality=75),
    "kai_200": Scanner(200, typeface="kai", noise=4, quality=80),
    "arial_turned_150": Scanner(150, typeface="arial", angle=2.0, noise=4, quality=75),
    "heavy_150": Scanner(150, typeface="heavy", blur=0.5, noise=5, quality=60),
    "song_small_turned": Scanner(120, typeface="song", angle=-1.8, noise=3, quality=85),
    "low_figures": Scanner(200, typeface="song", low=3.0, noise=4, quality=80),
    "coloured_paper": Scanner(200, typeface="song", marks=(scan_effects.coloured_paper,), noise=5, quality=70),
    "grey_paper": Scanner(150, marks=(scan_effects.grey_paper,), noise=6, blur=0.4, quality=70),
    "red_seal": Scanner(200, typeface="fangsong", marks=(scan_effects.sealed,), noise=4, quality=80),
    "grey_seal": Scanner(200, typeface="song", marks=(scan_effects.sealed,), rough=scan_effects.in_grey, quality=80),
    "bled_through": Scanner(200, typeface="song", marks=(scan_effects.bled_through,), noise=5, quality=70),
    "bound_200": Scanner(200, typeface="song_fandol", rough=scan_effects.bound, noise=5, quality=75),
    "desk_photo": Scanner(190, typeface="song", rough=scan_effects.on_a_desk, blur=0.35, noise=6, quality=75),
    "handwriting": Scanner(200, typeface="fangsong", marks=(scan_effects.with_handwriting,), angle=0.6, quality=80),
    "sideways_150": Scanner(150, angle=0.9, rough=scan_effects.sideways, noise=4, quality=80),
    "sideways_small": Scanner(120, typeface="song", rough=scan_effects.sideways, quality=85),
    "spread_200": Scanner(200, typeface="song", spread=True, angle=0.5, noise=4, quality=80),
    "grey_seal_150": Scanner(
        150,
        typeface="fangsong",
        marks=(scan_effects.sealed,),
        angle=0.9,
        noise=4,
        rough=scan_effects.in_grey,
        quality=75,
    ),
    "fax_seal": Scanner(
        200, typeface="song", marks=(scan_effects.sealed,), blur=0.3, rough=scan_effects.black_and_white
    ),
    "slant_photo": Scanner(200, rough=scan_effects.at_a_slant, blur=0.3, noise=4, quality=75),
    "bow_200": Scanner(200, rough=scan_effects.in_a_bow, noise=4, quality=75),
    "peppered_fax": Scanner(200, rough=scan_effects.peppered),
    "long_small": Scanner(110, typeface="arial", quality=90, suffix=".png"),
}

LAYOUTS: dict[str, Scanner] = {
    name: scanner for name, scanner in _ALL.items() if not scanner.typeface or is_installed(scanner.typeface)
}
"""Those whose typefaces are installed (Debian: fonts-noto-cjk, fonts-liberation, texlive-lang-chinese,
fonts-arphic-gbsn00lp)."""


def write_scan(rng: random.Random, page: Page, layout: str) -> bytes:
    """The page as a PDF of pictures, or as one long picture."""
    scanner = LAYOUTS[layout]
    sheets = _printed(rng, page, scanner)
    for mark in scanner.marks:
        sheets = [mark(sheet, rng) for sheet in sheets]
    if scanner.spread:
        sheets = [np.hstack([*pair, np.full_like(pair[0], 255)][:2]) for pair in _pairs(sheets)]
    sheets = [_scan(sheet, scanner, rng) for sheet in sheets]
    buffer = io.BytesIO()
    if scanner.suffix == ".pdf":
        first, *others = (Image.fromarray(sheet) for sheet in sheets)
        first.save(buffer, "PDF", resolution=scanner.dpi, save_all=True, append_images=others, quality=scanner.quality)
    else:
        picture = Image.fromarray(np.vstack(sheets))
        picture.save(buffer, "PNG" if scanner.suffix == ".png" else "JPEG", quality=scanner.quality)
    return buffer.getvalue()


def _printed(rng: random.Random, page: Page, scanner: Scanner) -> list[Pixels]:
    """The pages as they come out of the printer."""
    if scanner.typeface:
        canvas = PaperCanvas(page.title, scanner.typeface, scanner.dpi, scanner.low)
        Press(canvas, PdfLayout()).print(page)
        return canvas.pictures()
    document = pypdfium2.PdfDocument(write_pdf(rng, page, scanner.printed))
    return [np.asarray(sheet.render(scale=scanner.dpi / 72, grayscale=True).to_pil()) for sheet in document]


def _pairs(sheets: list[Pixels]) -> list[list[Pixels]]:
    return [sheets[at : at + 2] for at in range(0, len(sheets), 2)]


def _scan(sheet: Pixels, scanner: Scanner, rng: random.Random) -> Pixels:
    result = sheet
    if scanner.angle:
        height, width = result.shape[:2]
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), scanner.angle * rng.uniform(0.5, 1.0), 1.0)
        white = 255 if result.ndim == 2 else (255, 255, 255)
        result = np.asarray(cv2.warpAffine(result, turn, (width, height), borderValue=white), np.uint8)
    if scanner.blur:
        result = np.asarray(cv2.GaussianBlur(result, (0, 0), scanner.blur * scanner.dpi / 150), np.uint8)
    if scanner.noise:
        grain = np.random.default_rng(rng.randrange(2**32)).normal(0, scanner.noise, result.shape)
        result = np.clip(result + grain, 0, 255).astype(np.uint8)
    return scanner.rough(result, rng) if scanner.rough else result
