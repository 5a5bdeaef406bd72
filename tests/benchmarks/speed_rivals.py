"""Other libraries, and how each is asked for the text and tables of a file: reading only."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Rival:
    """Another library. `install` is how to get it; a `slow` one takes seconds a file."""

    name: str
    module: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], object]
    install: str
    slow: bool = False

    @property
    def installed(self) -> bool:
        """Whether it can be imported here."""
        return importlib.util.find_spec(self.module) is not None


def _kreuzberg(path: Path) -> object:
    from kreuzberg import extract_file_sync

    return extract_file_sync(str(path))


def _python_docx(path: Path) -> object:
    import docx

    document = docx.Document(str(path))
    return [[cell.text for row in table.rows for cell in row.cells] for table in document.tables]


def _markitdown(path: Path) -> object:
    from markitdown import MarkItDown

    return MarkItDown().convert(str(path))


def _pdfplumber(path: Path) -> object:
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [(page.extract_text(), page.extract_tables()) for page in document.pages]


def _docling(path: Path) -> object:
    from docling.document_converter import DocumentConverter

    return DocumentConverter().convert(str(path))


_PAGES = (".docx", ".pdf", ".html")
RIVALS = (
    Rival("kreuzberg", "kreuzberg", (*_PAGES, ".txt"), _kreuzberg, "pip install kreuzberg"),
    Rival("python-docx", "docx", (".docx",), _python_docx, "pip install python-docx"),
    Rival("pdfplumber", "pdfplumber", (".pdf",), _pdfplumber, "pip install pdfplumber"),
    Rival("markitdown", "markitdown", _PAGES, _markitdown, "pip install 'markitdown[docx,pdf]'"),
    Rival("docling", "docling", _PAGES, _docling, "pip install docling (large, and fetches models)", slow=True),
)
