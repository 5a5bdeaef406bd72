"""Word 97 to 2003 files without LibreOffice: paragraphs and tables; numbers of lists and pictures are left out."""

from __future__ import annotations

from loaders.document import Document
from loaders.reading.word.typed import as_typed
from loaders.reading.word.word97 import Word97
from loaders.reading.word.word_blocks import WordBlocks


def read_doc(file: Word97) -> Document:
    """The Document in a Word file of the old kind."""
    reader = WordBlocks()
    for paragraph in file.paragraphs():
        reader.take(paragraph)
    reader.end_tables()
    return Document("doc", as_typed(reader.blocks))
