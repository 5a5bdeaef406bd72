"""Files that LibreOffice makes of ours: PDF, and the old formats of Word. Many files a start, since a start is slow."""

from __future__ import annotations

import contextlib
import html
import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_NEARLY_ALL = 0.97
_TOLD_FROM_PARTS = 3
"""Characters of a figure that hardly stands within others; a narrow cell may break it."""

FILTERS = {
    "web_pdf": "pdf:writer_web_pdf_Export",
    "pdf": "pdf",
    "docx": "docx:MS Word 2007 XML",
    "doc": "doc:MS Word 97",
    "rtf": "rtf",
    "odt": "odt",
    "xhtml": "html:XHTML Writer File",
    "html": "html",
    "txt": "txt:Text (encoded):UTF8",
}


def available() -> bool:
    """Whether LibreOffice is installed."""
    return shutil.which("soffice") is not None


def convert(files: list[tuple[str, bytes]], target: str, seconds: int = 600) -> list[bytes]:
    """Each of `files` (ending and content) converted to `target`. Raises RuntimeError where one cannot be."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        paths = []
        for number, (suffix, data) in enumerate(files):
            paths.append(work / f"{number:05}{suffix}")
            paths[-1].write_bytes(data)
        made = work / "made"
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{work}/profile", "--convert-to"]
        for suffix in sorted({suffix for suffix, _ in files}):
            batch = [str(path) for path in paths if path.suffix == suffix]
            subprocess.run(
                [*command, FILTERS[target], "--outdir", str(made), *batch],
                capture_output=True,
                timeout=seconds,
                check=True,
            )
        ending = FILTERS[target].split(":")[0]
        results = [made / f"{path.stem}.{ending}" for path in paths]
        missing = [path.name for path in results if not path.exists()]
        if missing:
            raise RuntimeError(f"LibreOffice made no {', '.join(missing[:5])}; look at the source of these files")
        return [path.read_bytes() for path in results]


def holds_all_text(source: bytes, printed: bytes) -> bool:
    """Whether a PDF has all text of its Word file: rows that fit on no page may vanish in LibreOffice."""
    with zipfile.ZipFile(io.BytesIO(source)) as parts:
        written = "".join(_TEXT.findall(parts.read("word/document.xml").decode()))
    with contextlib.closing(pypdfium2.PdfDocument(printed)) as document:
        shown = "".join(page.get_textpage().get_text_range() for page in document)
    return _characters(shown) >= _NEARLY_ALL * _characters(html.unescape(written))


def cut_off(written: Mapping[str, str], printed: bytes) -> frozenset[str]:
    """The figures that stand in a PDF less often than they were written: columns beyond the edge of its pages."""
    with contextlib.closing(pypdfium2.PdfDocument(printed)) as document:
        words = "".join(page.get_textpage().get_text_range() + "\n" for page in document).split()
    texts = {key: "".join(text.split()) for key, text in written.items()}
    as_word, wanted, run_together = Counter(words), Counter(texts.values()), "".join(words)

    def times(text: str) -> int:
        return as_word[text] if len(text) < _TOLD_FROM_PARTS else run_together.count(text)

    return frozenset(key for key, text in texts.items() if text and times(text) < wanted[text])


def _characters(text: str) -> int:
    return len("".join(text.split()))


def print_pages(pages: list[bytes], seconds: int = 60) -> list[bytes]:
    """Each web page as a PDF printed by Chromium. Raises RuntimeError where the browser prints nothing."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        results = []
        for number, data in enumerate(pages):
            source, target = work / f"{number:05}.html", work / f"{number:05}.pdf"
            source.write_bytes(data)
            command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
            command += [f"--user-data-dir={work}/profile", f"--print-to-pdf={target}", source.as_uri()]
            subprocess.run(command, capture_output=True, timeout=seconds, check=True)
            if not target.exists():
                raise RuntimeError(f"Chromium printed nothing for page {number}; is it installed with Chinese fonts?")
            results.append(target.read_bytes())
        return results
