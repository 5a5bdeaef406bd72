"""Old office kinds (.doc, .wps, .rtf, .xls, .ods): texts by ourselves, workbooks through LibreOffice or kreuzberg."""

from __future__ import annotations

import importlib.util

from loaders.document import Document, ReadingError, Table
from loaders.reading.compound import is_compound, properties_of
from loaders.reading.ods import hidden_sheets
from loaders.reading.soffice import FILE_SECONDS, office, soffice_path
from loaders.reading.word.doc import read_doc
from loaders.reading.word.docx import read_docx
from loaders.reading.word.rtf import RtfFile
from loaders.reading.word.word97 import Word97
from loaders.reading.word.word_xml import package_of
from loaders.words import of_warnings as warn

_MIME = {
    "doc": "application/msword",
    "wps": "application/msword",
    "rtf": "application/rtf",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_MOST_LOST = 0.8
"""Where LibreOffice finds a smaller part of the cells than this, it has lost a table."""

_HELP = (
    "读取 .{kind} 需要 LibreOffice（Debian、Ubuntu：apt install libreoffice-writer libreoffice-calc python3-uno；"
    "其他系统：https://www.libreoffice.org），或者：pip install 'gongkai[legacy]'"
)


def read_legacy(data: bytes, kind: str, seconds: float = FILE_SECONDS) -> Document:
    """The Document in a file of an old kind: doc, wps, rtf, xls or ods.

    Raises `ReadingError`: needs-package where nothing installed can read it, time-limit, damaged.
    """
    read = _READERS.get(kind, _through_others)
    document = read(data, kind, seconds)
    document.format = kind
    return document


def _read_word(data: bytes, kind: str, seconds: float) -> Document:
    """What we read ourselves, where that is all; else through others, unless these lose more."""
    package = None if is_compound(data) else package_of(data)
    if package is not None:
        return read_docx(package)
    try:
        file = Word97(data)
        own = read_doc(file)
    except ReadingError:
        return _through_others(data, kind, seconds)
    own.metadata = properties_of(data)
    if not file.shows_more():
        return own
    return _with_more(own, data, kind, seconds, "自动编号、文本框和图片")


def _read_rtf(data: bytes, kind: str, seconds: float) -> Document:
    file = RtfFile(data)
    own = file.document()
    if not own.blocks:
        return _through_others(data, kind, seconds)
    return _with_more(own, data, kind, seconds, "自动编号") if file.lacks_numbers() else own


def _with_more(own: Document, data: bytes, kind: str, seconds: float, lacking: str) -> Document:
    """What LibreOffice reads, where it is installed and loses no table over it; else our own with a warning."""
    if soffice_path() is None:
        own.warnings.append(warn.NO_OFFICE.of(lacking=lacking))
        return own
    office = _through_office(data, kind, seconds)
    return own if _cells_in(office) < _MOST_LOST * _cells_in(own) else office


def _cells_in(document: Document) -> int:
    return sum(len(block.cells) for block in document.blocks if isinstance(block, Table))


def _through_others(data: bytes, kind: str, seconds: float) -> Document:
    has_kreuzberg = importlib.util.find_spec("kreuzberg") is not None
    if soffice_path() is not None:
        try:
            return _through_office(data, kind, seconds)
        except ReadingError as error:
            if error.reason != "needs-package" or not has_kreuzberg:
                raise
    if has_kreuzberg:
        return _through_kreuzberg(data, kind)
    raise ReadingError("needs-package", _HELP.format(kind=kind))


def _through_office(data: bytes, kind: str, seconds: float) -> Document:
    ending = ".xml" if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") else f".{kind}"
    if kind in ("xls", "ods"):
        from loaders.reading.xlsx import read_xlsx

        return read_xlsx(office().convert(data, ending, ".xlsx", seconds), hidden_sheets(data))
    from loaders.reading.word.odt import read_odt

    ending = ".doc" if kind == "wps" else ending  # WPS Writer writes Word's format; the ending means Works to others
    return read_odt(office().convert(data, ending, ".odt", seconds))


def _through_kreuzberg(data: bytes, kind: str) -> Document:
    """Text alone; its tables come as lines, which the form's alignment reads as it reads any text."""
    from kreuzberg import extract_bytes_sync

    from loaders.reading.text.plain import read_text

    try:
        text = extract_bytes_sync(data, _MIME[kind]).content
    except Exception as error:  # its errors share no base that older versions have too
        raise ReadingError("needs-package", _HELP.format(kind=kind)) from error
    if not _is_chinese(text):
        raise ReadingError("needs-package", _HELP.format(kind=kind))
    document = read_text(text)
    document.warnings.append(warn.NO_OFFICE_FOR_TABLES.zh)
    return document


def _is_chinese(text: str) -> bool:
    """Whether this is the text of a report, not the noise that some Word files give when read without LibreOffice."""
    letters = [character for character in text if not character.isspace()]
    return len(letters) >= 20 and sum("\u4e00" <= character <= "\u9fff" for character in letters) * 5 >= len(letters)


_READERS = {"doc": _read_word, "wps": _read_word, "rtf": _read_rtf}
