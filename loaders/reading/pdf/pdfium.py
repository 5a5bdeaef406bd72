"""The calls into PDFium that are made thousands of times a page, bound so that each costs least.

`map` over these functions with integer handles and addresses stays in C; the bindings of pypdfium2 would build
Python objects for every argument. The GIL is held on purpose: PDFium is not safe for threads.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any

import pypdfium2.raw  # type: ignore[import-untyped]

raw = pypdfium2.raw
"""The plain functions of PDFium, for calls made a few times a page."""

_HANDLE, _ADDRESS, _INT, _FLOAT = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_float


def _bind(name: str, result: type, *arguments: type) -> Callable[..., Any]:
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


_loose_box = _bind("FPDFText_GetLooseCharBox", _INT, _HANDLE, _INT, _ADDRESS)
_origin = _bind("FPDFText_GetCharOrigin", _INT, _HANDLE, _INT, _ADDRESS, _ADDRESS)
_unicode = _bind("FPDFText_GetUnicode", ctypes.c_uint, _HANDLE, _INT)
_object_at = _bind("FPDFPage_GetObject", _HANDLE, _HANDLE, _INT)
_form_object_at = _bind("FPDFFormObj_GetObject", _HANDLE, _HANDLE, ctypes.c_ulong)
_bounds = _bind("FPDFPageObj_GetBounds", _INT, _HANDLE, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)

_angle = _bind("FPDFText_GetCharAngle", _FLOAT, _HANDLE, _INT)
character_object = _bind("FPDFText_GetTextObject", _HANDLE, _HANDLE, _INT)
object_type = _bind("FPDFPageObj_GetType", _INT, _HANDLE)
count_segments = _bind("FPDFPath_CountSegments", _INT, _HANDLE)
render_mode = _bind("FPDFTextObj_GetTextRenderMode", _INT, _HANDLE)
_fill_color = _bind("FPDFText_GetFillColor", _INT, _HANDLE, _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
_segment_at = _bind("FPDFPath_GetPathSegment", _HANDLE, _HANDLE, _INT)
_segment_type = _bind("FPDFPathSegment_GetType", _INT, _HANDLE)
_segment_point = _bind("FPDFPathSegment_GetPoint", _INT, _HANDLE, _ADDRESS, _ADDRESS)
_segment_closes = _bind("FPDFPathSegment_GetClose", _INT, _HANDLE)
_draw_mode = _bind("FPDFPath_GetDrawMode", _INT, _HANDLE, _ADDRESS, _ADDRESS)
_text_matrix = _bind("FPDFText_GetMatrix", _INT, _HANDLE, _INT, _ADDRESS)
_matrix = _bind("FPDFPageObj_GetMatrix", _INT, _HANDLE, _ADDRESS)

Matrix = tuple[float, float, float, float, float, float]
_WHITE = 250
"""Red, green and blue from which type cannot be told from paper; 255 at most."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def handle(pointer: ctypes.c_void_p) -> int:
    """The address behind a handle of pypdfium2, as the functions here take it."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def characters(text_page: int, count: int) -> str:
    """All characters of a page, one for each index that PDFium counts."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(ctypes.cast(text_page, raw.FPDF_TEXTPAGE), 0, count, buffer)
    text = bytes(buffer)[: 2 * (written - 1)].decode("utf-16-le", "replace")
    if len(text) == count and written - 1 == count:
        return text
    # Characters outside the basic plane or without a code shift the text against the indexes.
    codes = map(_unicode, repeat(text_page), range(count))
    return "".join(chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


def written(text_page: int, indexes: Sequence[int]) -> list[int]:
    """Those of some characters that are no blanks and no ends of lines."""
    codes = map(_unicode, repeat(text_page), indexes)
    return [index for index, code in zip(indexes, codes, strict=True) if not chr(code & 0xFFFF).isspace()]


def character_boxes(text_page: int, indexes: list[int]) -> list[float]:
    """Left, top, right, bottom of some characters, one after the other, y upwards."""
    boxes = (ctypes.c_float * (4 * len(indexes)))()
    start = ctypes.addressof(boxes)
    _exhaust(map(_loose_box, repeat(text_page), indexes, range(start, start + 16 * len(indexes), 16)))
    return boxes[:]


def character_origins(text_page: int, indexes: list[int]) -> list[float]:
    """X and y of the points on the baseline where some characters start, one after the other, y upwards."""
    points = (ctypes.c_double * (2 * len(indexes)))()
    start = ctypes.addressof(points)
    end = start + 16 * len(indexes)
    _exhaust(map(_origin, repeat(text_page), indexes, range(start, end, 16), range(start + 8, end + 8, 16)))
    return points[:]


def character_angles(text_page: int, indexes: Sequence[int]) -> list[float]:
    """The turns of some characters, in radians clockwise."""
    return list(map(_angle, repeat(text_page), indexes))


def baseline_angle(text_page: int, index: int) -> float:
    """The turn of the line that a character stands on, in radians clockwise."""
    values = (ctypes.c_float * 6)()
    if not _text_matrix(text_page, index, ctypes.addressof(values)):
        return 0.0
    a, b, *_ = values[:]
    return -math.atan2(b, a)


def is_unseen(text_page: int, index: int) -> bool:
    """Whether a character is invisible, or white as paper."""
    if render_mode(character_object(text_page, index)) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        return True
    channels = (ctypes.c_uint * 4)()
    start = ctypes.addressof(channels)
    known = _fill_color(text_page, index, start, start + 4, start + 8, start + 12)
    return bool(known) and (min(channels[:3]) >= _WHITE or not channels[3])


def page_objects(page: int, count: int) -> list[int]:
    """Handles of the objects of a page."""
    return list(map(_object_at, repeat(page), range(count)))


def form_objects(form: int) -> list[int]:
    """Handles of the objects inside a form object."""
    count = raw.FPDFFormObj_CountObjects(ctypes.cast(form, raw.FPDF_PAGEOBJECT))
    return list(map(_form_object_at, repeat(form), range(max(0, count))))


def object_bounds(objects: list[int]) -> list[float]:
    """Left, bottom, right, top of every object, one after the other, y upwards."""
    count = len(objects)
    boxes = (ctypes.c_float * (4 * count))()
    start = ctypes.addressof(boxes)
    corners = (range(start + offset, start + offset + 16 * count, 16) for offset in (0, 4, 8, 12))
    _exhaust(map(_bounds, objects, *corners))
    return boxes[:]


def object_matrix(item: int) -> Matrix:
    """The transformation of an object."""
    values = (ctypes.c_float * 6)()
    if not _matrix(item, ctypes.addressof(values)):
        return IDENTITY
    a, b, c, d, e, f = values[:]
    return (a, b, c, d, e, f)


def is_stroked(path: int) -> bool:
    """Whether the outline of a path is drawn."""
    modes = (ctypes.c_int * 2)()
    start = ctypes.addressof(modes)
    return bool(_draw_mode(path, start, start + 4) and modes[1])


def is_filled(path: int) -> bool:
    """Whether the inside of a path is painted."""
    modes = (ctypes.c_int * 2)()
    start = ctypes.addressof(modes)
    return bool(_draw_mode(path, start, start + 4) and modes[0])


def outlines(path: int, count: int) -> list[list[tuple[float, float]]]:
    """The corners of every part of a path, in the path's own coordinates; a closed part ends where it began."""
    segments = list(map(_segment_at, repeat(path), range(count)))
    points = (ctypes.c_float * (2 * count))()
    start = ctypes.addressof(points)
    end = start + 8 * count
    _exhaust(map(_segment_point, segments, range(start, end, 8), range(start + 4, end + 4, 8)))
    parts: list[list[tuple[float, float]]] = []
    kinds = map(_segment_type, segments)
    for segment, kind, x, y in zip(segments, kinds, points[0::2], points[1::2], strict=True):
        if kind == raw.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        parts[-1].append((x, y))
        if _segment_closes(segment) and parts[-1][0] != (x, y):
            parts[-1].append(parts[-1][0])
    return parts


def _exhaust(calls: Iterable[int]) -> None:
    """Make all calls of a lazy map; what they return is only a success flag."""
    sum(calls)
