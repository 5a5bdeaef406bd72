"""Ink on the ruling lines of a table, which is lost with the lines: an 8 without its left edge is a 3.

A line is as dark above and below a figure, or before and behind it, as it is beside it. What is darker than that
belongs to the figure.
"""

from __future__ import annotations

import numpy as np

from loaders.reading.scan.ocr_image import INK, Grey

Pixels = tuple[int, int, int, int]

_TOUCHES = 3
"""Pixels between ink and the dark of a line that the line covers, with its rim."""

_REACH = 9
"""Pixels from ink within which the middle of a line lies."""

_ALONG, _FEWEST = 40, 5
"""Pixels from ink within which a line is looked at, and how many along it, away from the ink, tell how dark it is."""

_FAINT = 40
"""Grey levels that the grain of a line may make."""


def with_hidden_ink(clean: Grey, printed: Grey, ink: Pixels, edges: Pixels) -> tuple[Grey, Pixels] | None:
    """The ink of a cell with that under the lines it touches, on white, and the box around it; None where none is.

    `printed` is the page with its lines, `clean` the one without; `edges` are those of the cell.
    """
    left, top = max(ink[0] - _ALONG, 0), max(ink[1] - _ALONG, 0)
    around = np.s_[top : ink[3] + _ALONG, left : ink[2] + _ALONG]
    bare, lined = clean[around], printed[around]
    drawn = np.full_like(bare, 255)
    inside = np.s_[max(edges[1] - top, 0) : edges[3] - top, max(edges[0] - left, 0) : edges[2] - left]
    drawn[inside] = bare[inside]
    first = box = (ink[0] - left, ink[1] - top, ink[2] - left, ink[3] - top)
    for _ in range(4):
        box = box[1], drawn.shape[1] - box[2], box[3], drawn.shape[1] - box[0]
        drawn, bare, lined = np.rot90(drawn), np.rot90(bare), np.rot90(lined)
        box = _with_ink_below(drawn, bare, lined, box)
    return None if box == first else (np.ascontiguousarray(drawn), box)


def _with_ink_below(drawn: Grey, bare: Grey, lined: Grey, box: Pixels) -> Pixels:
    """Draw what the line below a box hides, and return the box around all of it."""
    left, top, right, bottom = box
    near = np.s_[bottom : bottom + _TOUCHES, left:right]
    if not ((lined[near] < INK) & (bare[near] == 255)).any():
        return box
    reach = lined[bottom : bottom + _REACH].astype(np.int16)
    beside = np.concatenate([reach[:, : max(left - 2, 0)], reach[:, right + 2 :]], axis=1)
    if beside.shape[1] < _FEWEST:
        return box
    line = np.median(beside, axis=1)
    hidden = (line[:, None] - reach[:, left:right])[: int(line.argmin()) + 1]
    drawn[bottom : bottom + len(hidden), left:right] = np.where(hidden > _FAINT, 255 - hidden, 255)
    inked = np.nonzero((255 - hidden < INK).any(axis=1))[0]
    return left, top, right, bottom + int(inked.max(initial=-1)) + 1
