"""The type that pages are drawn in: one family, whatever else a machine has, so that a page looks alike everywhere."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pypdfium2.raw as pdfium

FAMILY = "Noto Sans CJK SC"

_FOLDERS = (ctypes.c_char_p * 2)()
"""The folder of `FAMILY` and an end; PDFium looks at it again at the first page that it draws."""

_PATHS = ctypes.POINTER(ctypes.POINTER(ctypes.c_char))


@cache
def font_file(family: str) -> str | None:
    """The file of a family; None where it is not installed."""
    if shutil.which("fc-match") is None:
        return None
    asked = ["fc-match", "--format", "%{family}|%{file}", f"{family}:style=Regular"]
    found, _, path = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.partition("|")
    return path if family in found.split(",") else None


@cache
def draw_in_one_family() -> None:
    """Starts PDFium anew with the folder of `FAMILY` as its only one, before a document is opened.

    Left alone it takes the first of the Chinese typefaces it knows by name, and tests would see other strokes
    where another is installed. Nothing changes where the family is not.
    """
    path = font_file(FAMILY)
    if path is None:
        return
    _FOLDERS[0] = str(Path(path).parent).encode()
    config = pdfium.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=ctypes.cast(_FOLDERS, _PATHS))
    pdfium.FPDF_DestroyLibrary()
    pdfium.FPDF_InitLibraryWithConfig(config)
