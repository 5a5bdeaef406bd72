"""What happens to paper before and while it is scanned. Pictures are grey or in three colours."""

from __future__ import annotations

import random
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Effect = Callable[[Pixels, random.Random], Pixels]

_POINTS = 595.0
_RED = (215, 35, 45)


def black_and_white(page: Pixels, rng: random.Random) -> Pixels:
    """Two tones only, as a fax machine sends."""
    page = in_grey(page, rng)
    _, result = cv2.threshold(page, 150 + rng.randint(-15, 15), 255, cv2.THRESH_BINARY)
    return np.asarray(result, np.uint8)


def photographed(page: Pixels, rng: random.Random) -> Pixels:
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


def stained(page: Pixels, rng: random.Random) -> Pixels:
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


def in_colour(page: Pixels) -> Pixels:
    """Three channels."""
    return page if page.ndim == 3 else np.repeat(page[:, :, None], 3, axis=2)


def in_grey(page: Pixels, rng: random.Random) -> Pixels:
    """Scanned without colour."""
    return np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8) if page.ndim == 3 else page


def coloured_paper(page: Pixels, rng: random.Random) -> Pixels:
    """Yellow, pink, green or blue paper, a little uneven."""
    colour = np.array(rng.choice(((250, 236, 170), (246, 205, 205), (200, 232, 205), (196, 220, 244))), np.float32)
    height, width = page.shape[:2]
    rough = np.random.default_rng(rng.randrange(2**32)).normal(1.0, 0.03, (height // 16 + 1, width // 16 + 1))
    uneven = cv2.resize(rough.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(in_colour(page) * (colour / 255) * uneven[:, :, None], 0, 255).astype(np.uint8)


def grey_paper(page: Pixels, rng: random.Random) -> Pixels:
    """Recycled paper or a copy of a copy: grey ground, ink that is no longer black."""
    ground, ink = rng.randint(165, 210), rng.randint(40, 85)
    return np.asarray(ink + page.astype(np.float32) * ((ground - ink) / 255), np.uint8)


def sealed(page: Pixels, rng: random.Random) -> Pixels:
    """A round red seal of 42 mm, pressed on somewhere over the lower right half, ink unevenly taken."""
    result = in_colour(page).copy()
    height, width = result.shape[:2]
    unit = width / _POINTS
    x, y = int(width * rng.uniform(0.35, 0.8)), int(height * rng.uniform(0.35, 0.85))
    radius = round(59.5 * unit)
    ink = np.zeros((height, width), np.uint8)
    cv2.circle(ink, (x, y), radius, 255, max(2, round(3.4 * unit)), cv2.LINE_AA)
    angles = np.radians(np.arange(5) * 144 - 90)
    star = np.stack([x + 0.3 * radius * np.cos(angles), y + 0.3 * radius * np.sin(angles)], axis=1)
    cv2.fillPoly(ink, [star.astype(np.int32)], 255, cv2.LINE_AA)
    for degrees in range(150, 391, 24):  # strokes that stand for the name around the edge
        across = np.radians(degrees)
        middle = np.array([x + 0.78 * radius * np.cos(across), y + 0.78 * radius * np.sin(across)])
        for _ in range(7):
            start = middle + np.array([rng.uniform(-7, 7), rng.uniform(-7, 7)]) * unit
            end = start + np.array([rng.uniform(-9, 9), rng.uniform(-9, 9)]) * unit
            cv2.line(ink, start.astype(int), end.astype(int), 255, max(1, round(1.6 * unit)), cv2.LINE_AA)
    taken = np.random.default_rng(rng.randrange(2**32)).normal(0.8, 0.25, (height // 6 + 1, width // 6 + 1))
    taken = cv2.resize(np.clip(taken, 0.15, 1).astype(np.float32), (width, height))
    share = (ink / 255.0 * taken)[:, :, None]
    return np.clip(result * (1 - share * (1 - np.array(_RED) / 255)), 0, 255).astype(np.uint8)


def bled_through(page: Pixels, rng: random.Random) -> Pixels:
    """The back of the sheet shines through."""
    back = cv2.GaussianBlur(np.ascontiguousarray(page[:, ::-1]), (0, 0), 1.2)
    back = np.roll(back, (rng.randint(-40, 40), rng.randint(-20, 20)), axis=(0, 1))
    share = rng.uniform(0.12, 0.25)
    return np.asarray(page * (1 - share * (1 - back / 255.0)), np.uint8)


def bound(page: Pixels, rng: random.Random) -> Pixels:
    """Scanned from a binder: a dark gutter at the left, lines that bend near it."""
    height, width = page.shape[:2]
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    depth = rng.uniform(1.0, 3.5) * width / _POINTS
    bent = ys + depth * np.exp(-xs / (0.18 * width)).astype(np.float32)
    moved = cv2.remap(page, xs, bent, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    shade = 1 - rng.uniform(0.4, 0.7) * np.exp(-xs[0] / (0.05 * width))
    return np.clip(moved * shade[None, :], 0, 255).astype(np.uint8)


def on_a_desk(page: Pixels, rng: random.Random) -> Pixels:
    """A telephone's picture with the desk around the page: perspective, warm light, a shadow across, soft focus."""
    page = in_colour(page)
    height, width = page.shape[:2]
    edge = [rng.uniform(0.015, 0.05) * width for _ in range(8)]
    corners = [
        [edge[0], edge[1]],
        [width - edge[2], edge[3]],
        [width - edge[4], height - edge[5]],
        [edge[6], height - edge[7]],
    ]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, np.array(corners, np.float32))
    picture = cv2.warpPerspective(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(96, 70, 52))
    xs, ys = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    slope = rng.uniform(-0.6, 0.6)
    shadow = 1 / (1 + np.exp((xs + slope * ys - rng.uniform(0.3, 1.0)) * 14))
    light = 0.92 - rng.uniform(0.15, 0.4) * shadow
    warm = np.array([1.0, 0.96, 0.88])
    return np.clip(picture * light[:, :, None] * warm, 0, 255).astype(np.uint8)


def at_a_slant(page: Pixels, rng: random.Random) -> Pixels:
    """Photographed from one side, by a telephone held crooked: the sides of the page run together."""
    height, width = page.shape[:2]
    edge = [rng.uniform(0, 0.07) for _ in range(8)]
    corners = [
        [edge[0] * width, edge[1] * height],
        [(1 - edge[2]) * width, edge[3] * height],
        [(1 - edge[4]) * width, (1 - edge[5]) * height],
        [edge[6] * width, (1 - edge[7]) * height],
    ]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, np.array(corners, np.float32))
    ground = (90,) * 3 if page.ndim == 3 else 90
    return np.asarray(cv2.warpPerspective(page, matrix, (width, height), borderValue=ground), np.uint8)


def in_a_bow(page: Pixels, rng: random.Random) -> Pixels:
    """A sheet that does not lie flat: its lines rise and fall."""
    height, width = page.shape[:2]
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    bow = rng.uniform(0.003, 0.01) * width * np.sin(xs / width * np.pi * rng.choice((1, 1.5, 2)))
    moved = cv2.remap(page, xs, ys + bow.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.uint8)


def peppered(page: Pixels, rng: random.Random) -> Pixels:
    """A fax over a bad line: black and white specks all over."""
    chance = np.random.default_rng(rng.randrange(2**32)).random(page.shape[:2])
    result = black_and_white(page, rng).copy()
    result[chance < 0.01] = 0
    result[chance > 0.99] = 255
    return result


def with_handwriting(page: Pixels, rng: random.Random) -> Pixels:
    """Pen strokes: a number in the corner, ticks in the margin, an initial under the text."""
    result = page.copy()
    height, width = result.shape[:2]
    unit = width / _POINTS
    pen = max(1, round(1.1 * unit))
    colour = 70 if result.ndim == 2 else (40, 50, 150)
    for x, y in ((rng.uniform(0.85, 0.93), rng.uniform(0.03, 0.06)), (rng.uniform(0.4, 0.6), rng.uniform(0.95, 0.97))):
        cv2.putText(
            result,
            str(rng.randint(1, 99)),
            (int(x * width), int(y * height)),
            cv2.FONT_HERSHEY_SCRIPT_SIMPLEX,
            0.7 * unit,
            colour,
            pen,
            cv2.LINE_AA,
        )
    for _ in range(rng.randint(1, 4)):
        x, y = int(rng.uniform(0.93, 0.97) * width), int(rng.uniform(0.1, 0.9) * height)
        tick = np.array([[x, y], [x + 4 * unit, y + 7 * unit], [x + 14 * unit, y - 9 * unit]]).astype(np.int32)
        cv2.polylines(result, [tick], False, colour, pen, cv2.LINE_AA)
    return result


def sideways(page: Pixels, rng: random.Random) -> Pixels:
    """Laid on the scanner as it came: on its side or on its head."""
    return np.ascontiguousarray(np.rot90(page, rng.choice((1, 2, 3))))
