"""Files of every kind become Documents: `read` looks at the content and calls the reader of that kind.

Readers are imported when first needed, so that starting the program stays cheap. They stand in packages by what they
start from:

- `word`, `web`, `text` and the module `xlsx` read formats that say themselves what is a table;
- `pdf`, `ofd` and `scan` only find what stands where on a page; `printed` makes tables and paragraphs of it, with
  `form_words` and `unruled` for tables without lines;
- `legacy` reads the office kinds before 2007, with `soffice` (LibreOffice) for what we cannot read ourselves.

A reader says what a file holds and where, never what it means: that is the work of `loaders.form`.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable

from loaders.document import Document, ReadingError
from loaders.reading.sniff import sniff

MAX_BYTES = 512 * 1024 * 1024
"""No report comes near this; what is larger is not loaded into memory piece by piece but refused."""


def read(data: bytes, name: str) -> Document:
    """The Document in `data`; `name` only settles what the content leaves open.

    Raises `ReadingError` with a reason of `FAILURE_REASONS`, whatever the file holds.
    """
    if len(data) > MAX_BYTES:
        raise ReadingError("too-large", f"文件超过 {MAX_BYTES // 2**20} MB，不予读取")
    reader = _READERS[sniff(data, name)]
    try:
        return reader(data, name)
    except ReadingError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise ReadingError("damaged", f"文件已损坏，无法读取（{error}）") from error
    except (MemoryError, RecursionError) as error:
        raise ReadingError("too-large", "文件结构过大或嵌套过深，无法读取") from error


def _docx(data: bytes, name: str) -> Document:
    from loaders.reading.word.docx import read_docx

    return read_docx(data)


def _odt(data: bytes, name: str) -> Document:
    from loaders.reading.word.odt import read_odt

    return read_odt(data)


def _xlsx(data: bytes, name: str) -> Document:
    from loaders.reading.xlsx import read_xlsx

    return read_xlsx(data)


def _html(data: bytes, name: str) -> Document:
    from loaders.reading.web.html import read_html

    return read_html(data)


def _json(data: bytes, name: str) -> Document:
    from loaders.reading.web.json_page import read_json

    return read_json(data)


def _mht(data: bytes, name: str) -> Document:
    from loaders.reading.web.mht import read_mht

    return read_mht(data)


def _pdf(data: bytes, name: str) -> Document:
    from loaders.reading.pdf.reader import read_pdf

    return read_pdf(data)


def _ofd(data: bytes, name: str) -> Document:
    from loaders.reading.ofd.reader import read_ofd

    return read_ofd(data)


def _image(data: bytes, name: str) -> Document:
    from loaders.reading.scan.ocr import read_picture

    return read_picture(data)


def _text(data: bytes, name: str) -> Document:
    from loaders.reading.encoding import decode, without_readings
    from loaders.reading.text.plain import read_text

    text = without_readings(decode(data))
    if "\\begin{" in text or "<tgroup" in text:
        from loaders.reading.text.typeset import html_of_docbook, text_of_latex

        if "<tgroup" in text:
            return _html(html_of_docbook(text).encode(), name)
        text = text_of_latex(text)
    if "</table" in text.lower():
        from loaders.reading.text.mixed import read_mixed

        return read_mixed(text)
    return read_text(text)


def _legacy(kind: str) -> Callable[[bytes, str], Document]:
    def reader(data: bytes, name: str) -> Document:
        from loaders.reading.legacy import read_legacy

        return read_legacy(data, kind)

    return reader


def _zip(data: bytes, name: str) -> Document:
    raise ReadingError("unsupported", "这是压缩包，应逐个读取其中的文件")


_READERS: dict[str, Callable[[bytes, str], Document]] = {
    "docx": _docx,
    "odt": _odt,
    "xlsx": _xlsx,
    "html": _html,
    "json": _json,
    "mht": _mht,
    "pdf": _pdf,
    "ofd": _ofd,
    "image": _image,
    "text": _text,
    "zip": _zip,
    **{kind: _legacy(kind) for kind in ("doc", "wps", "rtf", "xls", "ods")},
}
