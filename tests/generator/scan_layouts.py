"""Pages put through printer and scanner: rasterised, turned, blurred, speckled, squeezed."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

from loaders.demo.page import Page
from tests.generator.pdf_layouts import write_pdf

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Scanner:
    """What happens to a page. `angle` in degrees, `noise` in grey levels, `blur` in points of the radius."""

    dpi: int
    printed: str = "ruled"
    angle: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    quality: int = 90
    suffix: str = ".pdf"
    rough: Callable[[Pixels, random.Random], Pixels] | None = None


def _binary(page: Pixels, rng: random.Random) -> Pixels:
    """Black and white, as a fax machine sends."""
    _, result = cv2.threshold(page, 150 + rng.randint(-15, 15), 255, cv2.THRESH_BINARY)
    return np.asarray(result, np.uint8)


def _photo(page: Pixels, rng: random.Random) -> Pixels:
    """Taken by a telephone: keystone, a shadow from one side, grey paper."""
    height, width = page.shape
    lean = [rng.uniform(0, 0.015) * width for _ in range(4)]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    corners = [
        [lean[0], lean[1]],
        [width - lean[1], lean[2]],
        [width - lean[3], height - lean[0]],
        [lean[2], height - lean[3]],
    ]
    turned = cv2.warpPerspective(
        page, cv2.getPerspectiveTransform(source, np.array(corners, np.float32)), (width, height), borderValue=235
    )
    shadow = np.linspace(1.0, rng.uniform(0.7, 0.85), width)[None, :]
    return np.clip(turned * shadow, 0, 255).astype(np.uint8)


def _stained(page: Pixels, rng: random.Random) -> Pixels:
    """Specks, a punch hole, a faint stamp over the table."""
    result = page.copy()
    height, width = result.shape
    for _ in range(height // 12):
        x, y = rng.randrange(width), rng.randrange(height)
        cv2.circle(result, (x, y), rng.choice((0, 1, 1)), rng.choice((0, 90, 255)), -1)
    cv2.circle(result, (width // 30, height // 2), width // 60, 40, -1)
    stamp = np.full_like(result, 255)
    cv2.circle(stamp, (int(width * 0.72), int(height * 0.8)), width // 10, 190, 3)
    return np.minimum(result, stamp)


LAYOUTS: dict[str, Scanner] = {
    "clean_300": Scanner(300),
    "clean_200": Scanner(200),
    "grey_150": Scanner(150, noise=6, blur=0.4, quality=80),
    "turned_200": Scanner(200, angle=1.6, noise=4, quality=80),
    "turned_back_200": Scanner(200, "top_left", angle=-2.4, noise=3, quality=85),
    "fax_200": Scanner(200, rough=_binary),
    "noisy_200": Scanner(200, noise=22, blur=0.6, quality=60),
    "photo_200": Scanner(200, angle=0.7, blur=0.5, quality=75, rough=_photo),
    "stained_200": Scanner(200, noise=5, quality=75, rough=_stained),
    "narrow_200": Scanner(200, "narrow_labels", noise=4, quality=85),
    "small_120": Scanner(120, quality=92),
    "borderless_200": Scanner(200, "borderless", quality=90),
    "long_picture": Scanner(150, quality=92, suffix=".jpg"),
    "long_screenshot": Scanner(144, quality=95, suffix=".png"),
}


def write_scan(rng: random.Random, page: Page, layout: str) -> bytes:
    """The page as a PDF of pictures, or as one long picture."""
    scanner = LAYOUTS[layout]
    document = pypdfium2.PdfDocument(write_pdf(rng, page, scanner.printed))
    sheets = [
        _scan(np.asarray(sheet.render(scale=scanner.dpi / 72, grayscale=True).to_pil()), scanner, rng)
        for sheet in document
    ]
    buffer = io.BytesIO()
    if scanner.suffix == ".pdf":
        first, *others = (Image.fromarray(sheet) for sheet in sheets)
        first.save(buffer, "PDF", resolution=scanner.dpi, save_all=True, append_images=others, quality=scanner.quality)
    else:
        picture = Image.fromarray(np.vstack(sheets))
        picture.save(buffer, "PNG" if scanner.suffix == ".png" else "JPEG", quality=scanner.quality)
    return buffer.getvalue()


def _scan(sheet: Pixels, scanner: Scanner, rng: random.Random) -> Pixels:
    result = sheet
    if scanner.angle:
        height, width = result.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), scanner.angle * rng.uniform(0.5, 1.0), 1.0)
        result = np.asarray(cv2.warpAffine(result, turn, (width, height), borderValue=255), np.uint8)
    if scanner.blur:
        result = np.asarray(cv2.GaussianBlur(result, (0, 0), scanner.blur * scanner.dpi / 150), np.uint8)
    if scanner.noise:
        grain = np.random.default_rng(rng.randrange(2**32)).normal(0, scanner.noise, result.shape)
        result = np.clip(result + grain, 0, 255).astype(np.uint8)
    return scanner.rough(result, rng) if scanner.rough else result
