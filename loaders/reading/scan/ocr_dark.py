"""Pictures of the screen in a dark scheme, whose characters are lighter than what they stand on."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from loaders.reading.scan.ocr_image import as_grey

_DARK, _FLAT, _OF_ONE_TONE = 100, 10, 0.5
"""Tone that most of such a picture is darker than, grey levels that its ground differs by, and how much is ground."""

_LIGHTER, _FEWEST, _MOST = 50, 0.003, 0.35
"""Grey levels by which strokes are lighter than the ground, and the part of the picture that they may take up."""

_DARKER = 0.1
"""How much may be darker than the ground by as much, as part of what is lighter: dark paper has darker ink."""

_BROAD, _SOLID = 25, 0.5
"""Pixels that no stroke is thick, and the part of what is light that may be as thick: paper on a dark desk is."""


def on_white(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture with its tones turned round where light strokes stand on a dark ground."""
    grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    sample = grey[::3, ::3].astype(np.int16)
    ground = float(np.median(sample))
    if ground > _DARK or (abs(sample - ground) <= _FLAT).mean() < _OF_ONE_TONE:
        return picture
    light, dark = float((sample > ground + _LIGHTER).mean()), float((sample < ground - _LIGHTER).mean())
    if not _FEWEST <= light <= _MOST or dark > _DARKER * light:
        return picture
    strokes = as_grey((grey > ground + _LIGHTER).astype(np.uint8))
    broad = cv2.morphologyEx(strokes, cv2.MORPH_OPEN, np.ones((_BROAD, _BROAD), np.uint8))
    return picture if cv2.countNonZero(broad) > _SOLID * cv2.countNonZero(strokes) else as_grey(255 - picture)
